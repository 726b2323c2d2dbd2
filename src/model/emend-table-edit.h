#pragma once

#include "emend-annotation.h"
#include "emend-decision.h"
#include "emend-schema.h"
#include "emend-words.h"

G_BEGIN_DECLS

/**
 * EmendTableCell:
 * @mark: a number by which the caller knows it
 * @is: its proposal and decision; it is not rejected, and its value has a row and a column
 * @words: (nullable): the words of its page, as far as they are known
 *
 * What stands in one cell.
 */
typedef struct {
  guint mark;
  const EmendMark *is;
  EmendWords *words;
} EmendTableCell;

/**
 * EmendTable:
 * @schema: what the table is described in
 * @field: number of the table
 * @cells: (element-type EmendTableCell): everything that stands in it. Rows may be missing: their numbers only say what
 *   stands above what
 * @date_order: how dates are read that nobody has decided; 0 for as their columns say
 *
 * A table of a document as it stands.
 */
typedef struct {
  EmendSchema *schema;
  int field;
  GArray *cells;
  EmendDateOrder date_order;
} EmendTable;

/**
 * EmendTableChange:
 * @kind: accept, correct, reject or clear; absent or illegible for a cell without a value that goes to another row; add
 * @mark: number of the cell; -1 for one that is added
 * @value: (nullable): of what is corrected or added, and where an absent or illegible cell goes
 * @has_place: whether it gets another place
 * @place: where it stands then
 * @makes_room: whether the cell is of a row below that only moves down
 *
 * What is to be decided of one cell.
 */
typedef struct {
  EmendDecisionKind kind;
  int mark;
  EmendValue *value;
  gboolean has_place;
  EmendRegion place;
  gboolean makes_room;
} EmendTableChange;

EmendTableChange *emend_table_change_new (EmendDecisionKind kind,
                                          int mark);
void emend_table_change_free (EmendTableChange *change);

int emend_table_find_row_below (const EmendTable *table,
                                int row);
GPtrArray *emend_table_accept_row (const EmendTable *table,
                                   int row);
GPtrArray *emend_table_delete_row (const EmendTable *table,
                                   int row);
GPtrArray *emend_table_merge_row (const EmendTable *table,
                                  int row,
                                  GError **error);
GPtrArray *emend_table_split_row (const EmendTable *table,
                                  int row,
                                  int mark,
                                  glong offset,
                                  GError **error);

G_END_DECLS
