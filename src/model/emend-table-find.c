#define G_LOG_DOMAIN "emend-model"

#include "config.h"

#include "emend-table-guide.h"
#include "emend-table-private.h"

/* White between two lines of a table is at most so many heights; below its heading it may be more. */
#define ROOM 3.0
#define ROOM_BELOW_HEADING 6.0
/* What begins further to the right than this part of the table is below it: its totals, for example. */
#define INDENT 0.35

/* What is looked at: the page turned level about its middle. */
typedef struct {
  EmendWords *words;
  EmendRect page;
  double slope;
  double height;
  GPtrArray *lines;
} View;

static char *
get_text_in (const View *view,
             const EmendTableLine *line,
             const EmendTableSpan *run)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < line->words->len; i++) {
    guint index = g_array_index (line->words, guint, i);
    EmendTableSpan span = emend_table_get_span (view->words, index, &view->page, view->slope);

    if (span.left < run->left || span.right > run->right)
      continue;
    g_string_append_printf (text, "%s%s", text->len > 0 ? " " : "",
                            emend_words_get_text (view->words, emend_words_get (view->words, index)->text));
  }
  return g_string_free (text, FALSE);
}

static GArray *
get_runs (const View *view,
          const EmendTableLine *line)
{
  return emend_table_find_runs (view->words, line, &view->page, view->slope, view->height);
}

/* How many columns of the field a line says the titles of, each at a place of its own. */
static guint
count_titles (const View *view,
              const EmendTableLine *line,
              const EmendField *table)
{
  g_autoptr (GArray) runs = get_runs (view, line);
  g_autofree gboolean *used = g_new0 (gboolean, table->columns->len);
  guint n = 0;

  for (guint i = 0; i < runs->len; i++) {
    g_autofree char *text = get_text_in (view, line, &g_array_index (runs, EmendTableSpan, i));
    double best = 0;
    guint column = 0;

    for (guint j = 0; j < table->columns->len; j++) {
      double score = used[j] ? 0 : emend_table_match_title (text, g_ptr_array_index (table->columns, j));

      if (score <= best)
        continue;
      best = score;
      column = j;
    }
    if (best < EMEND_TABLE_NAMED)
      continue;
    used[column] = TRUE;
    n++;
  }
  return n;
}

static int
find_heading (const View *view,
              const EmendField *table)
{
  guint most = MIN (2, table->columns->len) - 1;
  int found = -1;

  for (guint i = 0; i < view->lines->len; i++) {
    guint n = count_titles (view, g_ptr_array_index (view->lines, i), table);

    if (n <= most)
      continue;
    most = n;
    found = (int) i;
  }
  return found;
}

/* A sentence goes across columns. */
static gboolean
goes_across (const GArray *runs,
             const GArray *titles)
{
  for (guint i = 0; i < runs->len; i++) {
    const EmendTableSpan *run = &g_array_index (runs, EmendTableSpan, i);
    guint n = 0;

    for (guint j = 0; j < titles->len; j++) {
      const EmendTableSpan *title = &g_array_index (titles, EmendTableSpan, j);
      double middle = (title->left + title->right) / 2;

      n += middle > run->left && middle < run->right ? 1 : 0;
    }
    if (n >= 2)
      return TRUE;
  }
  return FALSE;
}

static EmendTableSpan
get_extent (const GArray *runs)
{
  return (EmendTableSpan){ g_array_index (runs, EmendTableSpan, 0).left,
                           g_array_index (runs, EmendTableSpan, runs->len - 1).right };
}

/* From the heading down as long as lines look like rows. */
static guint
find_end (const View *view,
          guint heading,
          EmendTableSpan *extent)
{
  const EmendTableLine *above = g_ptr_array_index (view->lines, heading);
  g_autoptr (GArray) titles = get_runs (view, above);
  EmendTableSpan whole = get_extent (titles);
  guint end = heading;

  *extent = whole;
  for (guint i = heading + 1; i < view->lines->len; i++) {
    const EmendTableLine *line = g_ptr_array_index (view->lines, i);
    g_autoptr (GArray) runs = get_runs (view, line);
    EmendTableSpan span = get_extent (runs);
    double room = (end == heading ? ROOM_BELOW_HEADING : ROOM) * view->height;
    gboolean indented = span.left > whole.left + INDENT * (whole.right - whole.left);

    if (line->top - above->bottom > room || goes_across (runs, titles) || (indented && end > heading))
      break;
    above = line;
    if (indented)
      continue;
    end = i;
    extent->left = MIN (extent->left, span.left);
    extent->right = MAX (extent->right, span.right);
  }
  return end;
}

/* The same place about a middle of its own, with a little room. */
static EmendRect
to_own_level (const View *view,
              EmendTableSpan extent,
              double top,
              double bottom)
{
  EmendTableGrid grid = { .rect = view->page, .slope = view->slope };
  EmendPoint level = { (extent.left + extent.right) / 2, (top + bottom) / 2 };
  EmendPoint middle = emend_table_grid_to_page (&grid, level);
  double width = extent.right - extent.left + view->height;
  double height = bottom - top + view->height / 2;

  return (EmendRect){ middle.x - width / 2, middle.y - height / 2, width, height };
}

/**
 * emend_table_find:
 * @words: of a page
 * @table: a field of the type table, with columns
 * @rect: (out): of the table with its heading, in page pixels, as emend_table_grid_new() wants it
 *
 * Looks for a line that says the titles of at least two columns, and for the rows below it. Any thread.
 *
 * Returns: whether there is one
 */
gboolean
emend_table_find (EmendWords *words,
                  const EmendField *table,
                  EmendRect *rect)
{
  View view = { words, { 0, 0, emend_words_get_width (words), emend_words_get_height (words) }, 0, 0, NULL };
  g_autoptr (GPtrArray) lines = NULL;
  EmendTableSpan extent;
  int heading;
  guint end;

  view.slope = emend_table_find_slope (words);
  view.lines = lines = emend_table_find_lines (words, &view.page, view.slope, &view.height);
  heading = find_heading (&view, table);
  if (heading < 0)
    return FALSE;
  end = find_end (&view, (guint) heading, &extent);
  if (end == (guint) heading)
    return FALSE;
  *rect = to_own_level (&view, extent, ((EmendTableLine *) g_ptr_array_index (lines, (guint) heading))->top,
                        ((EmendTableLine *) g_ptr_array_index (lines, end))->bottom);
  return TRUE;
}

/* Lines of text beside the table too, level about its middle, which stays where it is. */
static GPtrArray *
find_lines_around (const EmendTableGrid *grid)
{
  double room = emend_words_get_height (grid->words);
  EmendRect tall = { grid->rect.x, grid->rect.y - room, grid->rect.width, grid->rect.height + 2 * room };
  double height;

  return emend_table_find_lines (grid->words, &tall, grid->slope, &height);
}

/* The number of the first line in the table, and of the first one below it. */
static void
find_inside (const EmendTableGrid *grid,
             GPtrArray *lines,
             guint *first,
             guint *after)
{
  *first = 0;
  while (*first < lines->len && ((EmendTableLine *) g_ptr_array_index (lines, *first))->middle < grid->rect.y)
    (*first)++;
  *after = *first;
  while (*after < lines->len &&
         ((EmendTableLine *) g_ptr_array_index (lines, *after))->middle < grid->rect.y + grid->rect.height)
    (*after)++;
}

/**
 * emend_table_grid_step_edge:
 * @grid: a grid
 * @at_top: whether its upper edge moves, else the lower one
 * @more: over one line of text more, else over one less
 * @rect: (out): what the table covers then, see #EmendTableGrid
 *
 * Any thread.
 *
 * Returns: whether there is such a line; at least one stays
 */
gboolean
emend_table_grid_step_edge (const EmendTableGrid *grid,
                            gboolean at_top,
                            gboolean more,
                            EmendRect *rect)
{
  g_autoptr (GPtrArray) lines = find_lines_around (grid);
  double top = grid->rect.y;
  double bottom = grid->rect.y + grid->rect.height;
  guint first;
  guint after;

  find_inside (grid, lines, &first, &after);
  if (more ? (at_top ? first == 0 : after == lines->len) : after - first < 2)
    return FALSE;
  if (at_top) {
    const EmendTableLine *line = g_ptr_array_index (lines, more ? first - 1 : first + 1);
    top = line->top - grid->height / 4;
  } else {
    const EmendTableLine *line = g_ptr_array_index (lines, more ? after : after - 2);
    bottom = line->bottom + grid->height / 4;
  }
  *rect = (EmendRect){ grid->rect.x, top, grid->rect.width, bottom - top };
  return TRUE;
}
