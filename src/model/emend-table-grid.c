#define G_LOG_DOMAIN "emend-model"

#include "config.h"

#include "emend-table-private.h"

#include <math.h>

/* A line of text that is so many heights below the one before may go on with it. */
#define NEXT_LINE 2.3
/* A word that is so many heights below the one before begins a line. */
#define LINE_BREAK 0.75
/* Of the cells of a column so many are numbers when it has numbers. */
#define NUMERIC 0.5

static void
row_free (EmendTableRow *row)
{
  g_ptr_array_unref (row->cells);
  g_free (row);
}

/**
 * emend_table_grid_free:
 * @grid: (transfer full) (nullable): a grid
 *
 * Any thread.
 */
void
emend_table_grid_free (EmendTableGrid *grid)
{
  if (grid == NULL)
    return;
  emend_words_unref (grid->words);
  g_array_unref (grid->columns);
  g_ptr_array_unref (grid->rows);
  g_free (grid);
}

static EmendPoint
middle_of (const EmendRect *rect)
{
  return (EmendPoint){ rect->x + rect->width / 2, rect->y + rect->height / 2 };
}

/**
 * emend_table_grid_to_page:
 * @grid: a grid
 * @level: a place on the page turned level
 *
 * Returns: where it is on the page, in page pixels. Any thread.
 */
EmendPoint
emend_table_grid_to_page (const EmendTableGrid *grid,
                          EmendPoint level)
{
  EmendPoint middle = middle_of (&grid->rect);
  double scale = 1 + grid->slope * grid->slope;
  double x = level.x - middle.x;
  double y = level.y - middle.y;

  return (EmendPoint){ middle.x + (x - grid->slope * y) / scale, middle.y + (y + grid->slope * x) / scale };
}

/**
 * emend_table_grid_to_level:
 * @grid: a grid
 * @page: a place on the page, in page pixels
 *
 * Returns: where it is on the page turned level. Any thread.
 */
EmendPoint
emend_table_grid_to_level (const EmendTableGrid *grid,
                           EmendPoint page)
{
  return emend_table_level (&grid->rect, grid->slope, page);
}

/**
 * emend_table_grid_find_row:
 * @grid: a grid
 * @page: a place on the page, in page pixels
 *
 * Returns: number of the row that it is in, or -1. Any thread.
 */
int
emend_table_grid_find_row (const EmendTableGrid *grid,
                           EmendPoint page)
{
  EmendPoint level = emend_table_grid_to_level (grid, page);

  for (guint i = 0; i < grid->rows->len && level.x >= grid->rect.x && level.x < grid->rect.x + grid->rect.width; i++) {
    const EmendTableRow *row = g_ptr_array_index (grid->rows, i);

    if (level.y >= row->top && level.y < row->bottom)
      return (int) i;
  }
  return -1;
}

/**
 * emend_table_grid_get_cell:
 * @grid: a grid
 * @row: number of a row
 * @column: number of a column of the grid
 *
 * Returns: (transfer none) (element-type guint): its words, possibly none. Any thread.
 */
const GArray *
emend_table_grid_get_cell (const EmendTableGrid *grid,
                           guint row,
                           guint column)
{
  return g_ptr_array_index (((const EmendTableRow *) g_ptr_array_index (grid->rows, row))->cells, column);
}

static char *
join (const EmendTableGrid *grid,
      const GArray *cell)
{
  GString *text = g_string_new (NULL);
  double before = 0;

  for (guint i = 0; i < cell->len; i++) {
    const EmendWord *word = emend_words_get (grid->words, g_array_index (cell, guint, i));
    double y = emend_table_grid_to_level (grid, middle_of (&word->box)).y;

    if (i > 0)
      g_string_append_c (text, y - before > LINE_BREAK * grid->height ? '\n' : ' ');
    g_string_append (text, emend_words_get_text (grid->words, word->text));
    before = y;
  }
  return g_string_free (text, FALSE);
}

/**
 * emend_table_grid_get_text:
 * @grid: a grid
 * @row: number of a row
 * @column: number of a column of the grid
 *
 * Returns: (transfer full): what is printed there, its lines parted by line breaks; "" for nothing. Any thread.
 */
char *
emend_table_grid_get_text (const EmendTableGrid *grid,
                           guint row,
                           guint column)
{
  return join (grid, emend_table_grid_get_cell (grid, row, column));
}

/**
 * emend_table_grid_get_box:
 * @grid: a grid
 * @row: number of a row
 * @column: number of a column of the grid
 *
 * Returns: the place of its words, in page pixels; without area when there are none. Any thread.
 */
EmendRect
emend_table_grid_get_box (const EmendTableGrid *grid,
                          guint row,
                          guint column)
{
  const GArray *cell = emend_table_grid_get_cell (grid, row, column);
  EmendRect box = { 0 };

  for (guint i = 0; i < cell->len; i++) {
    const EmendRect *word = &emend_words_get (grid->words, g_array_index (cell, guint, i))->box;

    box = i == 0 ? *word : emend_rect_union (&box, word);
  }
  return box;
}

/**
 * emend_table_grid_count_columns:
 * @grid: a grid
 *
 * Returns: how many of its columns are columns of the field. Any thread.
 */
guint
emend_table_grid_count_columns (const EmendTableGrid *grid)
{
  guint n = 0;

  for (guint i = 0; i < grid->columns->len; i++)
    n += g_array_index (grid->columns, EmendTableColumn, i).column >= 0 ? 1 : 0;
  return n;
}

static void
set_columns (EmendTableGrid *grid,
             const GArray *lines)
{
  double right = grid->rect.x + grid->rect.width;
  EmendTableColumn column = { grid->rect.x, right, EMEND_TABLE_NO_COLUMN };

  g_array_set_size (grid->columns, 0);
  for (guint i = 0; i < lines->len; i++) {
    column.right = CLAMP (g_array_index (lines, double, i), column.left, right);
    g_array_append_val (grid->columns, column);
    column.left = column.right;
  }
  column.right = right;
  g_array_append_val (grid->columns, column);
}

static guint
find_column (const EmendTableGrid *grid,
             double x)
{
  guint i = 0;

  while (i + 1 < grid->columns->len && x >= g_array_index (grid->columns, EmendTableColumn, i).right)
    i++;
  return i;
}

/* From the one that is read first. */
static void
order_words (const EmendTableGrid *grid,
             GArray *cell)
{
  if (!emend_table_goes_left (grid->words, cell))
    return;
  for (guint i = 0, j = cell->len - 1; i < j; i++, j--) {
    guint other = g_array_index (cell, guint, i);

    g_array_index (cell, guint, i) = g_array_index (cell, guint, j);
    g_array_index (cell, guint, j) = other;
  }
}

static EmendTableRow *
row_new (const EmendTableGrid *grid,
         const EmendTableLine *line)
{
  EmendTableRow *row = g_new0 (EmendTableRow, 1);

  row->top = line->top;
  row->bottom = line->bottom;
  row->last = line->middle;
  row->cells = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);
  for (guint i = 0; i < grid->columns->len; i++)
    g_ptr_array_add (row->cells, g_array_new (FALSE, FALSE, sizeof (guint)));
  for (guint i = 0; i < line->words->len; i++) {
    guint index = g_array_index (line->words, guint, i);
    EmendTableSpan span = emend_table_get_span (grid->words, index, &grid->rect, grid->slope);

    g_array_append_val (g_ptr_array_index (row->cells, find_column (grid, (span.left + span.right) / 2)), index);
  }
  for (guint i = 0; i < row->cells->len; i++)
    order_words (grid, g_ptr_array_index (row->cells, i));
  return row;
}

static void
fill_rows (EmendTableGrid *grid,
           GPtrArray *lines)
{
  g_ptr_array_set_size (grid->rows, 0);
  for (guint i = 0; i < lines->len; i++)
    g_ptr_array_add (grid->rows, row_new (grid, g_ptr_array_index (lines, i)));
}

static gboolean
has_letters_or_digits (const EmendTableGrid *grid,
                       guint column)
{
  for (guint i = 0; i < grid->rows->len; i++) {
    g_autofree char *text = emend_table_grid_get_text (grid, i, column);

    for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p)) {
      if (g_unichar_isalnum (g_utf8_get_char (p)))
        return TRUE;
    }
  }
  return FALSE;
}

/* The sign of a currency apart from its amounts is no column: it goes with what is to its right. */
static void
drop_sign_columns (const EmendTableGrid *grid,
                   GArray *lines)
{
  for (guint i = grid->columns->len; i-- > 0 && lines->len > 0;) {
    if (!has_letters_or_digits (grid, i))
      g_array_remove_index (lines, MIN (i, lines->len - 1));
  }
}

/* Columns whose cells are numbers for the most part. */
static gboolean *
find_numeric (const EmendTableGrid *grid)
{
  gboolean *numeric = g_new0 (gboolean, grid->columns->len);

  for (guint i = 0; i < grid->columns->len; i++) {
    guint n = 0;
    guint n_numbers = 0;

    for (guint j = 0; j < grid->rows->len; j++) {
      g_autofree char *text = emend_table_grid_get_text (grid, j, i);

      n += *text != '\0' ? 1 : 0;
      n_numbers += emend_table_is_number (text) ? 1 : 0;
    }
    numeric[i] = n_numbers > 0 && n_numbers >= NUMERIC * n;
  }
  return numeric;
}

static gboolean
has_number (const EmendTableGrid *grid,
            guint row,
            const gboolean *numeric)
{
  for (guint i = 0; i < grid->columns->len; i++) {
    g_autofree char *text = emend_table_grid_get_text (grid, row, i);

    if (numeric[i] && emend_table_is_number (text))
      return TRUE;
  }
  return FALSE;
}

static gboolean
has_titles (const EmendTableGrid *grid,
            guint row,
            const EmendField *table)
{
  guint n = 0;

  for (guint i = 0; i < grid->columns->len; i++) {
    g_autofree char *text = emend_table_grid_get_text (grid, row, i);
    double best = 0;

    for (guint j = 0; j < table->columns->len; j++)
      best = MAX (best, emend_table_match_title (text, g_ptr_array_index (table->columns, j)));
    n += best >= EMEND_TABLE_NAMED ? 1 : 0;
  }
  return n >= MIN (2, grid->columns->len);
}

/* What stands over the first row that has a number; in a table without numbers a line that says titles. */
static guint
count_heading (const EmendTableGrid *grid,
               const EmendField *table,
               const gboolean *numeric)
{
  guint n = 0;

  while (n < grid->rows->len && !has_number (grid, n, numeric))
    n++;
  if (n < grid->rows->len)
    return n;
  return grid->rows->len > 0 && has_titles (grid, 0, table) ? 1 : 0;
}

/* Takes the heading out of the rows. Each line of it is told, and all of them together. */
static GPtrArray *
take_heading (EmendTableGrid *grid,
              guint n)
{
  GPtrArray *heading = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  char **all = g_new0 (char *, grid->columns->len + 1);

  for (guint i = 0; i < grid->columns->len; i++)
    all[i] = g_strdup ("");
  for (guint i = 0; i < n; i++) {
    char **titles = g_new0 (char *, grid->columns->len + 1);

    for (guint j = 0; j < grid->columns->len; j++) {
      g_autofree char *before = all[j];

      titles[j] = emend_table_grid_get_text (grid, i, j);
      all[j] = g_strconcat (before, " ", titles[j], NULL);
    }
    g_ptr_array_add (heading, titles);
  }
  g_ptr_array_add (heading, all);
  grid->heading_top = n > 0 ? ((EmendTableRow *) g_ptr_array_index (grid->rows, 0))->top : grid->rect.y;
  grid->heading_bottom = n > 0 ? ((EmendTableRow *) g_ptr_array_index (grid->rows, n - 1))->bottom : grid->rect.y;
  if (n > 0)
    g_ptr_array_remove_range (grid->rows, 0, n);
  return heading;
}

/* Words in columns of text alone, close below a row that has more, go on with its text. */
static gboolean
goes_on (const EmendTableGrid *grid,
         const EmendField *table,
         const gboolean *numeric,
         const EmendTableRow *before,
         const EmendTableRow *row)
{
  if (row->last - before->last > NEXT_LINE * grid->height)
    return FALSE;
  for (guint i = 0; i < grid->columns->len; i++) {
    int column = g_array_index (grid->columns, EmendTableColumn, i).column;
    gboolean is_text = column < 0 ? !numeric[i] :
                                    ((const EmendField *) g_ptr_array_index (table->columns, (guint) column))->type ==
                                      EMEND_FIELD_TEXT;

    if (!is_text && ((const GArray *) g_ptr_array_index (row->cells, i))->len > 0)
      return FALSE;
  }
  return TRUE;
}

static void
append_row (EmendTableRow *row,
            const EmendTableRow *more)
{
  for (guint i = 0; i < row->cells->len; i++) {
    const GArray *words = g_ptr_array_index (more->cells, i);

    if (words->len > 0)
      g_array_append_vals (g_ptr_array_index (row->cells, i), words->data, words->len);
  }
  row->bottom = MAX (row->bottom, more->bottom);
  row->last = more->last;
}

static void
join_lines (EmendTableGrid *grid,
            const EmendField *table,
            const gboolean *numeric)
{
  gboolean has_numbers = FALSE;

  for (guint i = 0; i < grid->columns->len; i++)
    has_numbers = has_numbers || numeric[i];
  for (guint i = 1; has_numbers && i < grid->rows->len;) {
    EmendTableRow *before = g_ptr_array_index (grid->rows, i - 1);
    const EmendTableRow *row = g_ptr_array_index (grid->rows, i);

    if (!goes_on (grid, table, numeric, before, row)) {
      i++;
      continue;
    }
    append_row (before, row);
    g_ptr_array_remove_index (grid->rows, i);
  }
}

static gboolean
says_something (const EmendTableGrid *grid,
                const EmendTableRow *row)
{
  for (guint i = 0; i < grid->columns->len; i++) {
    if (g_array_index (grid->columns, EmendTableColumn, i).column >= 0 &&
        ((const GArray *) g_ptr_array_index (row->cells, i))->len > 0)
      return TRUE;
  }
  return FALSE;
}

static void
drop_empty_rows (EmendTableGrid *grid)
{
  for (guint i = grid->rows->len; i-- > 0;) {
    if (!says_something (grid, g_ptr_array_index (grid->rows, i)))
      g_ptr_array_remove_index (grid->rows, i);
  }
}

static GArray *
copy_lines (const GArray *lines)
{
  GArray *copy = g_array_new (FALSE, FALSE, sizeof (double));

  for (guint i = 0; i < lines->len && i < EMEND_TABLE_MAX_LINES; i++) {
    double x = g_array_index (lines, double, i);

    if (isfinite (x))
      g_array_append_val (copy, x);
  }
  return copy;
}

/**
 * emend_table_grid_new:
 * @words: of a page
 * @rect: of a table on it, in page pixels
 * @table: a field of the type table, with columns
 * @lines: (element-type double) (nullable): where columns meet, level, from left to right; %NULL to find it out from
 *   the white between the words
 * @chosen: (element-type int) (nullable): what a person said each column is: number of a column of @table,
 *   %EMEND_TABLE_NO_COLUMN or %EMEND_TABLE_OPEN; those that are missing are open
 *
 * Puts the words of a table into columns and rows. What stands above the first row with a number is a heading. A line
 * of text without numbers close below a row goes on with its text. Any thread.
 *
 * Returns: (transfer full): the columns, at least one, and the rows, possibly none
 */
EmendTableGrid *
emend_table_grid_new (EmendWords *words,
                      const EmendRect *rect,
                      const EmendField *table,
                      const GArray *lines,
                      const GArray *chosen)
{
  EmendTableGrid *grid = g_new0 (EmendTableGrid, 1);
  g_autoptr (GPtrArray) texts = NULL;
  g_autoptr (GArray) parts = NULL;
  g_autofree gboolean *numeric = NULL;
  g_autoptr (GPtrArray) heading = NULL;

  grid->words = emend_words_ref (words);
  grid->rect = *rect;
  grid->slope = emend_table_find_slope (words);
  grid->columns = g_array_new (FALSE, FALSE, sizeof (EmendTableColumn));
  grid->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) row_free);
  texts = emend_table_find_lines (words, rect, grid->slope, &grid->height);
  parts = lines != NULL ? copy_lines (lines) :
                          emend_table_find_gaps (words, texts, rect, grid->slope, grid->height);
  set_columns (grid, parts);
  fill_rows (grid, texts);
  if (lines == NULL) {
    drop_sign_columns (grid, parts);
    set_columns (grid, parts);
    fill_rows (grid, texts);
  }
  numeric = find_numeric (grid);
  heading = take_heading (grid, count_heading (grid, table, numeric));
  emend_table_assign (grid, table, heading, chosen);
  join_lines (grid, table, numeric);
  drop_empty_rows (grid);
  return grid;
}
