#pragma once

#include <gtk/gtk.h>

#include "emend-label-mapping.h"

G_BEGIN_DECLS

/**
 * EmendMappingRow:
 *
 * Shows one label of a file and lets choose what becomes of it.
 */
#define EMEND_TYPE_MAPPING_ROW (emend_mapping_row_get_type ())
G_DECLARE_FINAL_TYPE (EmendMappingRow, emend_mapping_row, EMEND, MAPPING_ROW, GtkListBoxRow)

GtkWidget *emend_mapping_row_new (EmendLabelMapping *mapping,
                                  EmendSchema *schema);

G_END_DECLS
