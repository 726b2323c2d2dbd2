#define G_LOG_DOMAIN "emend-model"

#include "config.h"

#include "emend-table-fill.h"

#include "emend-normal.h"

/* What stands in a cell of the field. */
typedef struct {
  int row;
  int column;
  int mark;
} Cell;

/* What is asked while a table is filled. */
typedef struct {
  const EmendTableGrid *grid;
  EmendSchema *schema;
  const EmendField *table;
  int page;
  GPtrArray *marks;
  EmendDateOrder order;
  GArray *cells; /* (element-type Cell) */
  int n_rows;    /* that the field has */
} Case;

static void
fill_free (EmendTableFill *fill)
{
  emend_value_free (fill->value);
  g_free (fill);
}

/**
 * emend_table_filling_free:
 * @filling: (transfer full) (nullable): a filling
 *
 * Any thread.
 */
void
emend_table_filling_free (EmendTableFilling *filling)
{
  if (filling == NULL)
    return;
  g_ptr_array_unref (filling->fills);
  g_ptr_array_unref (filling->unread);
  g_free (filling);
}

static int
find_column (const EmendField *table,
             const char *name)
{
  for (guint i = 0; name != NULL && i < table->columns->len; i++) {
    if (g_str_equal (((const EmendField *) g_ptr_array_index (table->columns, i))->name, name))
      return (int) i;
  }
  return -1;
}

/* What was rejected stands in no cell. */
static void
find_cells (Case *self)
{
  for (guint i = 0; i < self->marks->len; i++) {
    const EmendMark *mark = g_ptr_array_index (self->marks, i);
    const EmendValue *value = mark != NULL ? emend_mark_get_value (mark) : NULL;
    Cell cell = { 0, 0, (int) i };

    if (value == NULL || value->row < 0 || emend_mark_get_label (mark) != self->table->id ||
        emend_mark_get_verdict (mark) == EMEND_VERDICT_REJECTED)
      continue;
    cell.row = value->row;
    cell.column = find_column (self->table, value->column);
    self->n_rows = MAX (self->n_rows, cell.row + 1);
    if (cell.column >= 0)
      g_array_append_val (self->cells, cell);
  }
}

static const Cell *
find_cell (const Case *self,
           int row,
           int column)
{
  for (guint i = 0; i < self->cells->len; i++) {
    const Cell *cell = &g_array_index (self->cells, Cell, i);

    if (cell->row == row && cell->column == column)
      return cell;
  }
  return NULL;
}

/* How many cells of each row of the field (rows) stand in each row of the grid (columns). */
static guint *
count_votes (const Case *self)
{
  guint n = self->grid->rows->len;
  guint *votes = g_new0 (guint, (gsize) self->n_rows * n + 1);

  for (guint i = 0; i < self->cells->len; i++) {
    const Cell *cell = &g_array_index (self->cells, Cell, i);
    const EmendMark *mark = g_ptr_array_index (self->marks, (guint) cell->mark);
    const EmendRect *box = &emend_mark_get_shape (mark)->box;
    EmendPoint middle = { box->x + box->width / 2, box->y + box->height / 2 };
    int row = emend_rect_area (box) > 0 && emend_mark_get_page (mark) == self->page ?
                emend_table_grid_find_row (self->grid, middle) :
                -1;

    if (row >= 0)
      votes[(guint) cell->row * n + (guint) row]++;
  }
  return votes;
}

/* Which row of the field each row of the grid is: the one whose cells stand there, or -1 for one of its own. */
static int *
match_rows (const Case *self)
{
  guint n = self->grid->rows->len;
  g_autofree guint *votes = count_votes (self);
  int *rows = g_new (int, n + 1);

  for (guint i = 0; i < n; i++)
    rows[i] = -1;
  for (;;) {
    guint best = 0;

    for (guint i = 1; i < (guint) self->n_rows * n; i++) {
      if (votes[i] > votes[best])
        best = i;
    }
    if (n == 0 || votes[best] == 0)
      return rows;
    rows[best % n] = (int) (best / n);
    for (guint i = 0; i < (guint) self->n_rows * n; i++) {
      if (i / n == best / n || i % n == best % n)
        votes[i] = 0;
    }
  }
}

/* Without a normalised form when it is not right as it is. */
static EmendValue *
read_value (const Case *self,
            guint grid_row,
            guint grid_column,
            int row,
            const EmendField *column)
{
  EmendValue *value = emend_value_new (NULL);
  g_auto (EmendNormal) result = { 0 };

  value->text = emend_table_grid_get_text (self->grid, grid_row, grid_column);
  value->value = g_strdelimit (g_strdup (value->text), "\n", ' ');
  value->row = row;
  value->column = g_strdup (column->name);
  value->date_order = column->type == EMEND_FIELD_DATE ? self->order : (EmendDateOrder) 0;
  emend_field_parse_in_order (column, emend_schema_find_list (self->schema, column->list), value->date_order,
                              value->value, &result);
  if (result.problem == NULL)
    value->normal = g_steal_pointer (&result.normal);
  return value;
}

/* A decided cell stays as it is, and what is hidden until the reviewer has typed is not decided unseen. */
static gboolean
may_fill (const Case *self,
          const Cell *cell,
          const EmendField *column)
{
  const EmendMark *mark = cell != NULL ? g_ptr_array_index (self->marks, (guint) cell->mark) : NULL;

  return mark == NULL || (emend_mark_get_verdict (mark) == EMEND_VERDICT_NONE && !column->blind);
}

/* A proposal is right as it is when it says the same of the same place. */
static gboolean
agrees (const Case *self,
        const Cell *cell,
        const EmendValue *value,
        const EmendRect *box)
{
  const EmendMark *mark = cell != NULL ? g_ptr_array_index (self->marks, (guint) cell->mark) : NULL;
  EmendPoint middle = { box->x + box->width / 2, box->y + box->height / 2 };

  return mark != NULL && value->normal != NULL &&
         g_strcmp0 (emend_mark_get_value (mark)->normal, value->normal) == 0 &&
         emend_mark_get_page (mark) == self->page &&
         emend_rect_contains (&emend_mark_get_shape (mark)->box, middle);
}

static gboolean
fill_cell (const Case *self,
           EmendTableFilling *filling,
           guint grid_row,
           guint grid_column,
           int row)
{
  int number = g_array_index (self->grid->columns, EmendTableColumn, grid_column).column;
  const EmendField *column = number >= 0 ? g_ptr_array_index (self->table->columns, (guint) number) : NULL;
  const Cell *cell = find_cell (self, row, number);
  EmendTableFill *fill;

  if (column == NULL || emend_table_grid_get_cell (self->grid, grid_row, grid_column)->len == 0 ||
      !may_fill (self, cell, column))
    return FALSE;
  fill = g_new0 (EmendTableFill, 1);
  fill->mark = cell != NULL ? cell->mark : -1;
  fill->value = read_value (self, grid_row, grid_column, row, column);
  fill->place = (EmendRegion){ self->page, emend_table_grid_get_box (self->grid, grid_row, grid_column) };
  fill->agrees = agrees (self, cell, fill->value, &fill->place.box);
  g_ptr_array_add (fill->value->normal != NULL ? filling->fills : filling->unread, fill);
  return TRUE;
}

static void
fill_all (const Case *self,
          EmendTableFilling *filling)
{
  g_autofree int *rows = match_rows (self);
  g_autofree gboolean *used = g_new0 (gboolean, self->grid->columns->len);
  int next = self->n_rows;

  for (guint i = 0; i < self->grid->rows->len; i++) {
    guint before = filling->fills->len + filling->unread->len;
    int row = rows[i] >= 0 ? rows[i] : next;

    for (guint j = 0; j < self->grid->columns->len; j++) {
      if (fill_cell (self, filling, i, j, row))
        used[j] = TRUE;
    }
    if (filling->fills->len + filling->unread->len == before)
      continue;
    filling->n_rows++;
    next += rows[i] >= 0 ? 0 : 1;
  }
  for (guint j = 0; j < self->grid->columns->len; j++)
    filling->n_columns += used[j] ? 1 : 0;
}

/**
 * emend_table_filling_new:
 * @grid: the words of the table in columns and rows
 * @schema: of the project
 * @table: a field of the type table
 * @page: that @grid is on, from 0
 * @marks: (element-type EmendMark): all marks of the document; some may be %NULL
 * @order: how dates are read that can be read in two ways, or 0 for as their columns say
 *
 * A row of the grid goes to the row of the field whose cells stand there, else it is a new row below. What is decided
 * is left alone, and so is a proposal that is hidden from the reviewer. Any thread.
 *
 * Returns: (transfer full): what the cells get
 */
EmendTableFilling *
emend_table_filling_new (const EmendTableGrid *grid,
                         EmendSchema *schema,
                         const EmendField *table,
                         int page,
                         GPtrArray *marks,
                         EmendDateOrder order)
{
  g_autoptr (GArray) cells = g_array_new (FALSE, FALSE, sizeof (Cell));
  Case self = { grid, schema, table, page, marks, order, cells, 0 };
  EmendTableFilling *filling = g_new0 (EmendTableFilling, 1);

  filling->fills = g_ptr_array_new_with_free_func ((GDestroyNotify) fill_free);
  filling->unread = g_ptr_array_new_with_free_func ((GDestroyNotify) fill_free);
  find_cells (&self);
  fill_all (&self, filling);
  return filling;
}
