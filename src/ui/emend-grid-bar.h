#pragma once

#include <gtk/gtk.h>

#include "emend-table-fill.h"
#include "emend-table-tool.h"

G_BEGIN_DECLS

/**
 * EmendGridBar:
 *
 * Below the page while the columns of a table are drawn over it: what will be filled, what can be done, and what the
 * current column is.
 *
 * Signals:
 *   take ()                     the table is right as it is drawn
 *   leave ()                    given up
 *   column-chosen (int)         what the current column is: number of a column of the field, or -1 for none
 */
#define EMEND_TYPE_GRID_BAR (emend_grid_bar_get_type ())
G_DECLARE_FINAL_TYPE (EmendGridBar, emend_grid_bar, EMEND, GRID_BAR, GtkBox)

void emend_grid_bar_set_field (EmendGridBar *self,
                               const EmendField *table);
void emend_grid_bar_show_table (EmendGridBar *self,
                                const EmendTableTool *tool,
                                const EmendTableFilling *filling);

G_END_DECLS
