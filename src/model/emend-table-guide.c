#define G_LOG_DOMAIN "emend-model"

#include "config.h"

#include "emend-table-guide.h"

#include <math.h>
#include <string.h>

#include "emend-json.h"
#include "emend-table-private.h"

/* Longer text was not written by emend_table_guide_to_text(). */
#define MAX_TEXT 65536
/* Lines of another table cut words of this one: more than this part of the rows is too much. */
#define MAX_CUT 0.15
/* A word is cut when this part of it is on either side. */
#define CUT 0.2
/* So many of the cells of a column can be read as its type when the lines fit. */
#define FITS 0.5

/**
 * emend_table_guide_free:
 * @guide: (transfer full) (nullable): a guide
 *
 * Any thread.
 */
void
emend_table_guide_free (EmendTableGuide *guide)
{
  if (guide == NULL)
    return;
  g_array_unref (guide->lines);
  g_strfreev (guide->names);
  g_free (guide);
}

/**
 * emend_table_guide_new:
 * @grid: as a person drew it
 * @table: the field of its columns
 *
 * Returns: (transfer full): what is to be remembered of it. Any thread.
 */
EmendTableGuide *
emend_table_guide_new (const EmendTableGrid *grid,
                       const EmendField *table)
{
  EmendTableGuide *guide = g_new0 (EmendTableGuide, 1);
  double width = MAX (emend_words_get_width (grid->words), 1);
  double height = MAX (emend_words_get_height (grid->words), 1);

  guide->rect = (EmendRect){ grid->rect.x / width, grid->rect.y / height, grid->rect.width / width,
                             grid->rect.height / height };
  guide->lines = g_array_new (FALSE, FALSE, sizeof (double));
  guide->names = g_new0 (char *, grid->columns->len + 1);
  for (guint i = 0; i < grid->columns->len; i++) {
    const EmendTableColumn *column = &g_array_index (grid->columns, EmendTableColumn, i);
    double right = column->right / width;

    if (i + 1 < grid->columns->len)
      g_array_append_val (guide->lines, right);
    guide->names[i] = g_strdup (
      column->column < 0 ? "" : ((EmendField *) g_ptr_array_index (table->columns, (guint) column->column))->name);
  }
  return guide;
}

/**
 * emend_table_guide_to_text:
 * @guide: a guide
 *
 * Returns: (transfer full): one JSON object, for emend_table_guide_from_text(). Any thread.
 */
char *
emend_table_guide_to_text (const EmendTableGuide *guide)
{
  const double rect[] = { guide->rect.x, guide->rect.y, guide->rect.width, guide->rect.height };
  GString *text = g_string_new (NULL);
  g_autoptr (EmendJsonWriter) writer = emend_json_writer_new (text, FALSE);

  emend_json_begin_object (writer);
  emend_json_key (writer, "rect");
  emend_json_begin_array (writer);
  for (gsize i = 0; i < G_N_ELEMENTS (rect); i++)
    emend_json_double (writer, rect[i]);
  emend_json_end_array (writer);
  emend_json_key (writer, "lines");
  emend_json_begin_array (writer);
  for (guint i = 0; i < guide->lines->len; i++)
    emend_json_double (writer, g_array_index (guide->lines, double, i));
  emend_json_end_array (writer);
  emend_json_key (writer, "columns");
  emend_json_begin_array (writer);
  for (gsize i = 0; guide->names[i] != NULL; i++)
    emend_json_string (writer, guide->names[i]);
  emend_json_end_array (writer);
  emend_json_end_object (writer);
  return g_string_free (text, FALSE);
}

static gboolean
numbers_from_json (const json_t *json,
                   GArray *numbers)
{
  if (!json_is_array (json) || json_array_size (json) > EMEND_TABLE_MAX_LINES)
    return FALSE;
  for (gsize i = 0; i < json_array_size (json); i++) {
    double number = json_number_value (json_array_get (json, i));

    if (!json_is_number (json_array_get (json, i)) || number < -1 || number > 2)
      return FALSE;
    g_array_append_val (numbers, number);
  }
  return TRUE;
}

static char **
names_from_json (const json_t *json,
                 gsize n)
{
  g_auto (GStrv) names = g_new0 (char *, n + 1);

  if (!json_is_array (json) || json_array_size (json) != n)
    return NULL;
  for (gsize i = 0; i < n; i++) {
    const char *name = json_string_value (json_array_get (json, i));

    if (name == NULL)
      return NULL;
    names[i] = g_strdup (name);
  }
  return g_steal_pointer (&names);
}

/**
 * emend_table_guide_from_text:
 * @text: (nullable): what emend_table_guide_to_text() made
 *
 * Trusts nothing in @text. Any thread.
 *
 * Returns: (transfer full) (nullable): the guide; %NULL when @text is none
 */
EmendTableGuide *
emend_table_guide_from_text (const char *text)
{
  g_autoptr (json_t) tree = text != NULL ? emend_json_parse (text, strlen (text), MAX_TEXT, NULL) : NULL;
  g_autoptr (GArray) rect = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (EmendTableGuide) guide = g_new0 (EmendTableGuide, 1);

  guide->lines = g_array_new (FALSE, FALSE, sizeof (double));
  if (!json_is_object (tree) || !numbers_from_json (json_object_get (tree, "rect"), rect) || rect->len != 4 ||
      !numbers_from_json (json_object_get (tree, "lines"), guide->lines))
    return NULL;
  guide->rect = (EmendRect){ g_array_index (rect, double, 0), g_array_index (rect, double, 1),
                             g_array_index (rect, double, 2), g_array_index (rect, double, 3) };
  guide->names = names_from_json (json_object_get (tree, "columns"), guide->lines->len + 1);
  return guide->names != NULL && emend_rect_area (&guide->rect) > 0 ? g_steal_pointer (&guide) : NULL;
}

static guint
count_cut (const EmendTableGrid *grid)
{
  guint n = 0;

  for (guint i = 0; i < grid->rows->len; i++) {
    for (guint j = 0; j < grid->columns->len; j++) {
      const EmendTableColumn *column = &g_array_index (grid->columns, EmendTableColumn, j);
      const GArray *cell = emend_table_grid_get_cell (grid, i, j);

      for (guint k = 0; k < cell->len; k++) {
        EmendTableSpan span = emend_table_get_span (grid->words, g_array_index (cell, guint, k), &grid->rect,
                                                    grid->slope);
        double least = CUT * (span.right - span.left);

        n += column->left - span.left > least || span.right - column->right > least ? 1 : 0;
      }
    }
  }
  return n;
}

static gboolean
fits (const EmendTableGrid *grid,
      const EmendField *table)
{
  if (grid->rows->len == 0 || count_cut (grid) > MAX_CUT * grid->rows->len)
    return FALSE;
  for (guint i = 0; i < grid->columns->len; i++) {
    int column = g_array_index (grid->columns, EmendTableColumn, i).column;
    double fit = column >= 0 ?
                   emend_table_measure (grid, i, g_ptr_array_index (table->columns, (guint) column)) :
                   1;

    if (fit < FITS)
      return FALSE;
  }
  return TRUE;
}

static GArray *
find_chosen (const EmendTableGuide *guide,
             const EmendField *table)
{
  GArray *chosen = g_array_new (FALSE, FALSE, sizeof (int));

  for (gsize i = 0; guide->names[i] != NULL; i++) {
    int column = *guide->names[i] == '\0' ? EMEND_TABLE_NO_COLUMN : EMEND_TABLE_OPEN;

    for (guint j = 0; j < table->columns->len; j++) {
      if (g_str_equal (((EmendField *) g_ptr_array_index (table->columns, j))->name, guide->names[i]))
        column = (int) j;
    }
    g_array_append_val (chosen, column);
  }
  return chosen;
}

/**
 * emend_table_guide_place:
 * @guide: a guide
 * @words: of a page
 * @table: the field of the columns
 *
 * Lays the lines over the table of another page: its heading says where it is, else it is where the one before was;
 * the left edges of both tables lie on each other. Any thread.
 *
 * Returns: (transfer full) (nullable): the table in these columns; %NULL when they do not fit it
 */
EmendTableGrid *
emend_table_guide_place (const EmendTableGuide *guide,
                         EmendWords *words,
                         const EmendField *table)
{
  double width = emend_words_get_width (words);
  double height = emend_words_get_height (words);
  EmendRect rect = { guide->rect.x * width, guide->rect.y * height, guide->rect.width * width,
                     guide->rect.height * height };
  g_autoptr (GArray) lines = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) chosen = find_chosen (guide, table);
  g_autoptr (EmendTableGrid) grid = NULL;
  EmendRect found;
  double shift = 0;

  if (emend_table_find (words, table, &found)) {
    shift = found.x - rect.x;
    rect = (EmendRect){ found.x, found.y, MAX (rect.width, found.width), found.height };
  }
  for (guint i = 0; i < guide->lines->len; i++) {
    double x = g_array_index (guide->lines, double, i) * width + shift;
    g_array_append_val (lines, x);
  }
  grid = emend_table_grid_new (words, &rect, table, lines, chosen);
  return fits (grid, table) ? g_steal_pointer (&grid) : NULL;
}
