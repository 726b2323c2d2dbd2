#pragma once

#include <gtk/gtk.h>

#include "emend-label-mapping.h"

G_BEGIN_DECLS

/**
 * EmendImportSummary:
 *
 * Shows what an import would do: numbers, what becomes of each label, what does not match and what
 * cannot be used. Signal "mapping-changed" when another label was chosen.
 */
#define EMEND_TYPE_IMPORT_SUMMARY (emend_import_summary_get_type ())
G_DECLARE_FINAL_TYPE (EmendImportSummary, emend_import_summary, EMEND, IMPORT_SUMMARY, GtkBox)

void emend_import_summary_set_report (EmendImportSummary *self,
                                      const EmendImportReport *report,
                                      EmendSchema *schema);
void emend_import_summary_clear (EmendImportSummary *self);
GListModel *emend_import_summary_get_mappings (EmendImportSummary *self);

G_END_DECLS
