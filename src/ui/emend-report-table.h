#pragma once

#include <gtk/gtk.h>

#include "emend-report.h"

G_BEGIN_DECLS

/**
 * EmendReportTable:
 *
 * Shows rows of a report as a table that can be sorted by each column, with small bars for shares.
 */
#define EMEND_TYPE_REPORT_TABLE (emend_report_table_get_type ())
G_DECLARE_FINAL_TYPE (EmendReportTable, emend_report_table, EMEND, REPORT_TABLE, GtkBox)

void emend_report_table_set_rows (EmendReportTable *self,
                                  GPtrArray *rows,
                                  gboolean has_reference);

G_END_DECLS
