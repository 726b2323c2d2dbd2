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

/**
 * EmendReportColumns:
 * @EMEND_REPORT_COLUMNS_THINGS: what became of boxes
 * @EMEND_REPORT_COLUMNS_REFERENCE: the same, and how they compare with a reference
 * @EMEND_REPORT_COLUMNS_FIELDS: what became of values of fields
 *
 * What rows are about, and so which columns they need.
 */
typedef enum {
  EMEND_REPORT_COLUMNS_THINGS = 0,
  EMEND_REPORT_COLUMNS_REFERENCE,
  EMEND_REPORT_COLUMNS_FIELDS,
} EmendReportColumns;

void emend_report_table_set_rows (EmendReportTable *self,
                                  GPtrArray *rows,
                                  EmendReportColumns shown);

G_END_DECLS
