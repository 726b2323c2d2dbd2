#define G_LOG_DOMAIN "emend-ctl"

#include "config.h"

#include "emend-table.h"

#include <inttypes.h>
#include <math.h>

#include "emend-output.h"
#include "emend-text.h"

struct _EmendTable {
  EmendTableColumn *columns;
  gsize n_columns;
  GPtrArray *cells; /* row by row */
  gboolean headed;
};

/**
 * emend_table_new:
 * @columns: (array length=n_columns): the columns; titles must outlive the table
 * @n_columns: how many
 *
 * Returns: (transfer full): an empty table
 */
EmendTable *
emend_table_new (const EmendTableColumn *columns,
                 gsize n_columns)
{
  EmendTable *table = g_new0 (EmendTable, 1);

  table->columns = g_memdup2 (columns, n_columns * sizeof *columns);
  table->n_columns = n_columns;
  table->cells = g_ptr_array_new_with_free_func (g_free);
  return table;
}

/**
 * emend_table_free:
 * @table: (transfer full): a table
 *
 * Releases it without printing.
 */
void
emend_table_free (EmendTable *table)
{
  g_free (table->columns);
  g_ptr_array_unref (table->cells);
  g_free (table);
}

/**
 * emend_table_add:
 * @table: a table
 * @text: (nullable): any text, also from a file
 *
 * Fills the next cell.
 */
void
emend_table_add (EmendTable *table,
                 const char *text)
{
  g_ptr_array_add (table->cells, emend_text_for_terminal (text != NULL ? text : "–"));
}

/**
 * emend_table_add_number:
 * @table: a table
 * @value: a number
 *
 * Fills the next cell.
 */
void
emend_table_add_number (EmendTable *table,
                        gint64 value)
{
  g_ptr_array_add (table->cells, g_strdup_printf ("%" PRId64, value));
}

/**
 * emend_table_add_real:
 * @table: a table
 * @value: a number; NaN for one that is not defined
 * @digits: after the point
 *
 * Fills the next cell.
 */
void
emend_table_add_real (EmendTable *table,
                      double value,
                      int digits)
{
  if (isnan (value))
    emend_table_add (table, NULL);
  else
    g_ptr_array_add (table->cells, g_strdup_printf ("%.*f", digits, value));
}

/* Columns of a terminal that @text takes. */
static int
width_of (const char *text)
{
  int width = 0;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p)) {
    gunichar c = g_utf8_get_char (p);
    width += g_unichar_iszerowidth (c) ? 0 : g_unichar_iswide (c) ? 2 :
                                                                    1;
  }
  return width;
}

static void
print_cell (const EmendTable *table,
            gsize column,
            const char *text)
{
  gboolean last = column + 1 == table->n_columns;
  int gap = table->columns[column].width - width_of (text);

  if (table->columns[column].right)
    emend_output_print ("%*s%s", MAX (gap, 0), "", text);
  else
    emend_output_print ("%s%*s", text, last ? 0 : MAX (gap, 0), "");
  emend_output_print ("%s", last ? "\n" : "  ");
}

static void
widen (EmendTable *table)
{
  gsize at = 0;

  for (guint i = 0; i < table->cells->len; i++) {
    EmendTableColumn *column = &table->columns[at];

    column->width = MAX (column->width, width_of (g_ptr_array_index (table->cells, i)));
    at = at + 1 < table->n_columns ? at + 1 : 0;
  }
  for (gsize i = 0; i < table->n_columns; i++) {
    if (table->columns[i].title != NULL)
      table->columns[i].width = MAX (table->columns[i].width, width_of (table->columns[i].title));
  }
}

/**
 * emend_table_print:
 * @table: a table
 *
 * Prints the rows that were added since the last call, the first time below their headings.
 */
void
emend_table_print (EmendTable *table)
{
  gsize at = 0;

  widen (table);
  if (!table->headed && table->columns[0].title != NULL) {
    for (gsize i = 0; i < table->n_columns; i++)
      print_cell (table, i, table->columns[i].title);
  }
  table->headed = TRUE;
  for (guint i = 0; i < table->cells->len; i++) {
    print_cell (table, at, g_ptr_array_index (table->cells, i));
    at = at + 1 < table->n_columns ? at + 1 : 0;
  }
  g_ptr_array_set_size (table->cells, 0);
}
