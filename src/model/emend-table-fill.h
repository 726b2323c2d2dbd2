#pragma once

#include "emend-annotation.h"
#include "emend-schema.h"
#include "emend-table-grid.h"

G_BEGIN_DECLS

/**
 * EmendTableFill:
 * @mark: number of the mark of the cell, or -1 when nothing stands there yet
 * @agrees: the proposal of that mark says the same of the same place
 * @value: (transfer none): what the cell gets, with its row and column
 * @place: where it stands
 *
 * What one cell gets.
 */
typedef struct {
  int mark;
  gboolean agrees;
  EmendValue *value;
  EmendRegion place;
} EmendTableFill;

/**
 * EmendTableFilling:
 * @fills: (element-type EmendTableFill): row by row
 * @n_rows: rows that get something
 * @n_columns: columns that get something
 * @unread: (element-type EmendTableFill): cells whose words cannot be read as the type of their column or break a rule
 *   of it; they are for a person to decide
 *
 * What a table gets from a grid.
 */
typedef struct {
  GPtrArray *fills;
  guint n_rows;
  guint n_columns;
  GPtrArray *unread;
} EmendTableFilling;

EmendTableFilling *emend_table_filling_new (const EmendTableGrid *grid,
                                            EmendSchema *schema,
                                            const EmendField *table,
                                            int page,
                                            GPtrArray *marks,
                                            EmendDateOrder order);
void emend_table_filling_free (EmendTableFilling *filling);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EmendTableFilling, emend_table_filling_free)

G_END_DECLS
