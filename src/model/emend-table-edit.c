#define G_LOG_DOMAIN "emend-model"

#include "config.h"

#include "emend-table-edit-private.h"

#include <glib/gi18n-lib.h>

#include "emend-model-error.h"
#include "emend-normal.h"

/**
 * emend_table_change_new:
 * @kind: what is decided
 * @mark: number of the cell, or -1
 *
 * Returns: (transfer full): a change that sets nothing yet. Any thread.
 */
EmendTableChange *
emend_table_change_new (EmendDecisionKind kind,
                        int mark)
{
  EmendTableChange *change = g_new0 (EmendTableChange, 1);

  change->kind = kind;
  change->mark = mark;
  return change;
}

/**
 * emend_table_change_free:
 * @change: (transfer full): a change
 *
 * Any thread.
 */
void
emend_table_change_free (EmendTableChange *change)
{
  g_clear_pointer (&change->value, emend_value_free);
  g_free (change);
}

static GPtrArray *
new_changes (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) emend_table_change_free);
}

static const EmendTableCell *
get_cell (const EmendTable *table,
          guint index)
{
  return &g_array_index (table->cells, EmendTableCell, index);
}

static int
row_of (const EmendTableCell *cell)
{
  return emend_mark_get_value (cell->is)->row;
}

static gboolean
is_undecided (const EmendTableCell *cell)
{
  return emend_mark_get_verdict (cell->is) == EMEND_VERDICT_NONE;
}

/**
 * emend_table_get_column:
 * @table: a table
 * @cell: one of its cells
 *
 * Returns: (nullable): what the schema says of its column
 */
const EmendField *
emend_table_get_column (const EmendTable *table,
                        const EmendTableCell *cell)
{
  const EmendField *field = emend_schema_find_field (table->schema, table->field);

  return field != NULL ? emend_field_find_column (field, emend_mark_get_value (cell->is)->column) : NULL;
}

/**
 * emend_table_find_cell:
 * @table: a table
 * @row: number of a row
 * @column: name of a column
 *
 * Returns: (nullable): what stands there; of several the last
 */
const EmendTableCell *
emend_table_find_cell (const EmendTable *table,
                       int row,
                       const char *column)
{
  for (guint i = table->cells->len; i > 0; i--) {
    const EmendTableCell *cell = get_cell (table, i - 1);

    if (row_of (cell) == row && g_strcmp0 (emend_mark_get_value (cell->is)->column, column) == 0)
      return cell;
  }
  return NULL;
}

/**
 * emend_table_find_row_below:
 * @table: a table
 * @row: number of a row
 *
 * Returns: number of the row below it that something stands in, or -1. Any thread.
 */
int
emend_table_find_row_below (const EmendTable *table,
                            int row)
{
  int found = -1;

  for (guint i = 0; i < table->cells->len; i++) {
    int other = row_of (get_cell (table, i));

    if (other > row && (found < 0 || other < found))
      found = other;
  }
  return found;
}

/**
 * emend_table_get_place:
 * @cell: a cell
 *
 * Returns: where it stands; without area for nowhere
 */
EmendRegion
emend_table_get_place (const EmendTableCell *cell)
{
  return (EmendRegion){ emend_mark_get_page (cell->is), emend_mark_get_shape (cell->is)->box };
}

/**
 * emend_table_correct:
 * @table: a table
 * @cell: one of its cells, with a value
 *
 * Returns: (transfer full): a correction that says what the cell says, as it is read now, to be changed further
 */
EmendTableChange *
emend_table_correct (const EmendTable *table,
                     const EmendTableCell *cell)
{
  EmendTableChange *change = emend_table_change_new (EMEND_DECISION_CORRECT, (int) cell->mark);
  const EmendField *column = emend_table_get_column (table, cell);

  change->value = emend_value_copy (emend_mark_get_value (cell->is));
  g_clear_pointer (&change->value->candidates, g_ptr_array_unref);
  if (is_undecided (cell) && column != NULL && column->type == EMEND_FIELD_DATE)
    change->value->date_order = table->date_order;
  return change;
}

/**
 * emend_table_move:
 * @table: a table
 * @cell: one of its cells
 * @row: number of another row
 *
 * Returns: (transfer full): the cell is of that row, and otherwise as it is
 */
EmendTableChange *
emend_table_move (const EmendTable *table,
                  const EmendTableCell *cell,
                  int row)
{
  EmendVerdict verdict = emend_mark_get_verdict (cell->is);
  EmendTableChange *change = emend_table_correct (table, cell);

  change->value->row = row;
  if (verdict == EMEND_VERDICT_ABSENT)
    change->kind = EMEND_DECISION_ABSENT;
  else if (verdict == EMEND_VERDICT_ILLEGIBLE)
    change->kind = EMEND_DECISION_ILLEGIBLE;
  return change;
}

/* Nothing stands in the cell any more: what a model said is rejected, what a person added is gone. */
static EmendTableChange *
take_away (const EmendTableCell *cell)
{
  return emend_table_change_new (cell->is->proposal != NULL ? EMEND_DECISION_REJECT : EMEND_DECISION_CLEAR,
                                 (int) cell->mark);
}

/**
 * emend_table_check_seen:
 * @table: a table
 * @cell: one of its cells
 * @error: EMEND_MODEL_ERROR_ROWS
 *
 * What is hidden until the reviewer has typed it cannot be decided by moving it.
 *
 * Returns: whether it can be decided now
 */
gboolean
emend_table_check_seen (const EmendTable *table,
                        const EmendTableCell *cell,
                        GError **error)
{
  const EmendField *column = emend_table_get_column (table, cell);

  if (column == NULL || !column->blind || !is_undecided (cell))
    return TRUE;
  g_set_error (error, EMEND_MODEL_ERROR, EMEND_MODEL_ERROR_ROWS,
               /* TRANSLATORS: name of a column of a table. */
               _ ("Type what you see in “%s” first."),
               emend_field_get_title (column));
  return FALSE;
}

/* A date is taken as it is read now, which may be another day than the proposal's. */
static EmendTableChange *
accept (const EmendTable *table,
        const EmendTableCell *cell)
{
  EmendTableChange *change = emend_table_correct (table, cell);

  emend_schema_normalise (table->schema, table->field, change->value);
  if (g_strcmp0 (change->value->normal, emend_mark_get_value (cell->is)->normal) != 0 &&
      change->value->date_order != 0)
    return change;
  emend_table_change_free (change);
  return emend_table_change_new (EMEND_DECISION_ACCEPT, (int) cell->mark);
}

/* What Enter accepts without asking. */
static gboolean
is_acceptable (const EmendTable *table,
               const EmendTableCell *cell)
{
  const EmendField *column = emend_table_get_column (table, cell);
  const EmendValue *value = emend_mark_get_value (cell->is);
  g_auto (EmendNormal) normal = { 0 };

  if (!is_undecided (cell) || column == NULL || column->blind || value->value == NULL)
    return FALSE;
  emend_field_parse_in_order (column, emend_schema_find_list (table->schema, column->list), table->date_order,
                              value->value, &normal);
  return normal.problem == NULL;
}

/**
 * emend_table_accept_row:
 * @table: a table
 * @row: number of a row
 *
 * What is undecided in the row is right. A value that is hidden until the reviewer typed it, and one that cannot be
 * read as what its column asks for, stay undecided. Any thread.
 *
 * Returns: (transfer full) (element-type EmendTableChange): what is to be decided, possibly nothing
 */
GPtrArray *
emend_table_accept_row (const EmendTable *table,
                        int row)
{
  GPtrArray *changes = new_changes ();

  for (guint i = 0; i < table->cells->len; i++) {
    const EmendTableCell *cell = get_cell (table, i);

    if (row_of (cell) == row && is_acceptable (table, cell))
      g_ptr_array_add (changes, accept (table, cell));
  }
  return changes;
}

/**
 * emend_table_delete_row:
 * @table: a table
 * @row: number of a row
 *
 * There is no such row. The others keep their numbers. Any thread.
 *
 * Returns: (transfer full) (element-type EmendTableChange): what is to be decided, possibly nothing
 */
GPtrArray *
emend_table_delete_row (const EmendTable *table,
                        int row)
{
  GPtrArray *changes = new_changes ();

  for (guint i = 0; i < table->cells->len; i++) {
    const EmendTableCell *cell = get_cell (table, i);

    if (row_of (cell) == row)
      g_ptr_array_add (changes, take_away (cell));
  }
  return changes;
}

static char *
join (const char *upper,
      const char *lower,
      const char *between)
{
  if (upper == NULL || lower == NULL)
    return g_strdup (upper != NULL ? upper : lower);
  return g_strconcat (upper, between, lower, NULL);
}

/* On one page a place that holds both, else the lower one as a further place. */
static void
join_places (EmendTableChange *change,
             const EmendTableCell *upper,
             const EmendTableCell *lower)
{
  const EmendValue *below = emend_mark_get_value (lower->is);
  EmendRegion one = emend_table_get_place (upper);
  EmendRegion two = emend_table_get_place (lower);

  if (emend_rect_area (&two.box) > 0) {
    if (emend_rect_area (&one.box) <= 0)
      one = two;
    else if (one.page == two.page)
      one.box = emend_rect_union (&one.box, &two.box);
    else
      emend_value_add_region (change->value, two.page, &two.box);
    change->has_place = TRUE;
    change->place = one;
  }
  for (guint i = 0; below->regions != NULL && i < below->regions->len; i++) {
    const EmendRegion *region = &g_array_index (below->regions, EmendRegion, i);

    emend_value_add_region (change->value, region->page, &region->box);
  }
}

static EmendTableChange *
join_texts (const EmendTable *table,
            const EmendTableCell *upper,
            const EmendTableCell *lower)
{
  EmendTableChange *change = emend_table_correct (table, upper);
  const EmendValue *above = emend_mark_get_value (upper->is);
  const EmendValue *below = emend_mark_get_value (lower->is);

  g_free (change->value->value);
  g_free (change->value->text);
  change->value->value = join (above->value, below->value, " ");
  change->value->text = join (above->text, below->text, "\n");
  join_places (change, upper, lower);
  return change;
}

static gboolean
say_the_same (const EmendValue *a,
              const EmendValue *b)
{
  if (a->normal != NULL && b->normal != NULL)
    return g_str_equal (a->normal, b->normal);
  return g_strcmp0 (a->value, b->value) == 0;
}

/* Two cells of which both say something: texts go on, of two like values one stays. */
static gboolean
merge_values (const EmendTable *table,
              const EmendTableCell *upper,
              const EmendTableCell *lower,
              GPtrArray *changes,
              GError **error)
{
  const EmendField *column = emend_table_get_column (table, upper);

  if (column != NULL && column->type == EMEND_FIELD_TEXT)
    g_ptr_array_add (changes, join_texts (table, upper, lower));
  else if (!say_the_same (emend_mark_get_value (upper->is), emend_mark_get_value (lower->is))) {
    g_set_error (error, EMEND_MODEL_ERROR, EMEND_MODEL_ERROR_ROWS,
                 /* TRANSLATORS: name of a column of a table. */
                 _ ("Both rows have a value for “%s”: mark the wrong one with Ctrl+B first."),
                 column != NULL ? emend_field_get_title (column) : emend_mark_get_value (upper->is)->column);
    return FALSE;
  }
  g_ptr_array_add (changes, take_away (lower));
  return TRUE;
}

static gboolean
says (const EmendTableCell *cell)
{
  return cell != NULL && emend_mark_get_value (cell->is)->value != NULL;
}

/* One cell of the lower row goes into the upper row. */
static gboolean
merge_cell (const EmendTable *table,
            int row,
            const EmendTableCell *lower,
            GPtrArray *changes,
            GError **error)
{
  const EmendTableCell *upper = emend_table_find_cell (table, row, emend_mark_get_value (lower->is)->column);

  if (!emend_table_check_seen (table, lower, error) ||
      (upper != NULL && !emend_table_check_seen (table, upper, error)))
    return FALSE;
  if (says (upper) && says (lower))
    return merge_values (table, upper, lower, changes, error);
  if (upper != NULL && !says (lower))
    g_ptr_array_add (changes, take_away (lower));
  else {
    if (upper != NULL)
      g_ptr_array_add (changes, take_away (upper));
    g_ptr_array_add (changes, emend_table_move (table, lower, row));
  }
  return TRUE;
}

/**
 * emend_table_merge_row:
 * @table: a table
 * @row: number of a row
 * @error: EMEND_MODEL_ERROR_ROWS when no row is below it, when both rows have a value where there can be only one, or
 *   when a value is still hidden
 *
 * The row and the one below it are one: texts go on, other values fill what is empty. Any thread.
 *
 * Returns: (transfer full) (nullable) (element-type EmendTableChange): what is to be decided
 */
GPtrArray *
emend_table_merge_row (const EmendTable *table,
                       int row,
                       GError **error)
{
  g_autoptr (GPtrArray) changes = new_changes ();
  int below = emend_table_find_row_below (table, row);

  if (below < 0) {
    g_set_error_literal (error, EMEND_MODEL_ERROR, EMEND_MODEL_ERROR_ROWS,
                         _ ("There is no row below this one to merge it with."));
    return NULL;
  }
  for (guint i = 0; i < table->cells->len; i++) {
    const EmendTableCell *cell = get_cell (table, i);

    if (row_of (cell) != below)
      continue;
    if (cell != emend_table_find_cell (table, below, emend_mark_get_value (cell->is)->column))
      g_ptr_array_add (changes, take_away (cell));
    else if (!merge_cell (table, row, cell, changes, error))
      return NULL;
  }
  return g_steal_pointer (&changes);
}
