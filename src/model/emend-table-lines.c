#define G_LOG_DOMAIN "emend-model"

#include "config.h"

#include "emend-table-private.h"

#include <math.h>
#include <string.h>

/* A line of text that is so many heights long tells how askew a page is. */
#define LONG_LINE 8.0
/* A page that is more askew is not read as level. */
#define MAX_SLOPE 0.12
/* So many heights apart, words stand on different lines. */
#define SAME_LINE 0.5
/* Taller is the rule of a table that was read as a character. */
#define TALL 3.0
/* No character is so many heights wide: this is a rule that was read as a few characters. */
#define WIDE 2.5
/* A mark that was read with less confidence (0..1) is none. */
#define UNLIKELY 0.2
/* Of the lines of text, so many may cross what parts two columns. */
#define CROSSING 0.1

typedef struct {
  double slope;
  double weight;
} Slope;

static int
compare_slopes (gconstpointer a,
                gconstpointer b)
{
  double left = ((const Slope *) a)->slope;
  double right = ((const Slope *) b)->slope;

  return (left > right) - (left < right);
}

static EmendPoint
middle_of (const EmendRect *box)
{
  return (EmendPoint){ box->x + box->width / 2, box->y + box->height / 2 };
}

/* Lines of the page as it was read, each from its first word to its last. */
static GArray *
measure_slopes (EmendWords *words)
{
  GArray *slopes = g_array_new (FALSE, FALSE, sizeof (Slope));
  gsize n = emend_words_get_n (words);

  for (gsize first = 0, next; first < n; first = next) {
    const EmendWord *begin = emend_words_get (words, first);
    const EmendWord *end;
    EmendPoint a;
    EmendPoint b;
    Slope slope;

    for (next = first + 1; next < n && emend_words_get (words, next)->line == begin->line;)
      next++;
    end = emend_words_get (words, next - 1);
    a = middle_of (&begin->box);
    b = middle_of (&end->box);
    slope.weight = b.x - a.x;
    if (slope.weight <= 0 || slope.weight < LONG_LINE * MAX (begin->box.height, end->box.height))
      continue;
    slope.slope = (b.y - a.y) / slope.weight;
    if (fabs (slope.slope) <= MAX_SLOPE)
      g_array_append_val (slopes, slope);
  }
  return slopes;
}

/**
 * emend_table_find_slope:
 * @words: of a page
 *
 * The median of its lines, each weighted by its length. Any thread.
 *
 * Returns: how far lines of text go down for each pixel to the right
 */
double
emend_table_find_slope (EmendWords *words)
{
  g_autoptr (GArray) slopes = measure_slopes (words);
  double all = 0;
  double sum = 0;

  g_array_sort (slopes, compare_slopes);
  for (guint i = 0; i < slopes->len; i++)
    all += g_array_index (slopes, Slope, i).weight;
  for (guint i = 0; i < slopes->len; i++) {
    sum += g_array_index (slopes, Slope, i).weight;
    if (sum * 2 >= all)
      return g_array_index (slopes, Slope, i).slope;
  }
  return 0;
}

/**
 * emend_table_level:
 * @rect: about whose middle the page is turned, in page pixels
 * @slope: of the lines of text
 * @page: in page pixels
 *
 * Returns: where it is on the page turned level. Any thread.
 */
EmendPoint
emend_table_level (const EmendRect *rect,
                   double slope,
                   EmendPoint page)
{
  EmendPoint middle = middle_of (rect);

  return (EmendPoint){ page.x + slope * (page.y - middle.y), page.y - slope * (page.x - middle.x) };
}

/**
 * emend_table_get_span:
 * @words: of a page
 * @index: of one of them
 * @rect: see emend_table_level()
 * @slope: see emend_table_level()
 *
 * Returns: from where to where it goes, level. Any thread.
 */
EmendTableSpan
emend_table_get_span (EmendWords *words,
                      guint index,
                      const EmendRect *rect,
                      double slope)
{
  const EmendRect *box = &emend_words_get (words, index)->box;
  double middle = emend_table_level (rect, slope, middle_of (box)).x;

  return (EmendTableSpan){ middle - box->width / 2, middle + box->width / 2 };
}

static gboolean
has_letter_or_digit (const char *text)
{
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p)) {
    if (g_unichar_isalnum (g_utf8_get_char (p)))
      return TRUE;
  }
  return FALSE;
}

/* Rules of a table and holes in the paper are read as characters at times. */
static gboolean
is_noise (EmendWords *words,
          guint index,
          double height)
{
  const EmendWord *word = emend_words_get (words, index);
  const char *text = emend_words_get_text (words, word->text);

  double most = WIDE * MAX (height, word->box.height) * (double) g_utf8_strlen (text, -1);

  return word->box.height > TALL * height || word->box.width > most || text[strspn (text, "|[]{}_ ")] == '\0' ||
         ((double) word->confidence < UNLIKELY && !has_letter_or_digit (text));
}

static int
compare_doubles (gconstpointer a,
                 gconstpointer b)
{
  double left = *(const double *) a;
  double right = *(const double *) b;

  return (left > right) - (left < right);
}

static double
find_median_height (EmendWords *words,
                    const GArray *inside)
{
  g_autoptr (GArray) heights = g_array_new (FALSE, FALSE, sizeof (double));

  for (guint i = 0; i < inside->len; i++)
    g_array_append_val (heights, emend_words_get (words, g_array_index (inside, guint, i))->box.height);
  g_array_sort (heights, compare_doubles);
  return heights->len > 0 ? MAX (g_array_index (heights, double, heights->len / 2), 1) : 1;
}

static GArray *
find_inside (EmendWords *words,
             const EmendRect *rect,
             double slope)
{
  GArray *inside = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; i < emend_words_get_n (words); i++) {
    if (emend_rect_contains (rect, emend_table_level (rect, slope, middle_of (&emend_words_get (words, i)->box))))
      g_array_append_val (inside, i);
  }
  return inside;
}

typedef struct {
  guint index;
  double x;
  double y;
  double height;
} Placed;

static int
compare_y (gconstpointer a,
           gconstpointer b)
{
  const Placed *left = a;
  const Placed *right = b;

  return left->y < right->y ? -1 : left->y > right->y ? 1 :
                                                        (left->index > right->index) - (left->index < right->index);
}

static int
compare_x (gconstpointer a,
           gconstpointer b)
{
  const Placed *left = a;
  const Placed *right = b;

  return left->x < right->x ? -1 : left->x > right->x ? 1 :
                                                        (left->index > right->index) - (left->index < right->index);
}

static void
line_free (EmendTableLine *line)
{
  g_array_unref (line->words);
  g_free (line);
}

static EmendTableLine *
line_new (const GArray *placed)
{
  EmendTableLine *line = g_new0 (EmendTableLine, 1);
  g_autoptr (GArray) sorted = g_array_copy ((GArray *) placed);

  line->words = g_array_new (FALSE, FALSE, sizeof (guint));
  line->top = G_MAXDOUBLE;
  line->bottom = -G_MAXDOUBLE;
  g_array_sort (sorted, compare_x);
  for (guint i = 0; i < sorted->len; i++) {
    const Placed *word = &g_array_index (sorted, Placed, i);

    g_array_append_val (line->words, word->index);
    line->top = MIN (line->top, word->y - word->height / 2);
    line->bottom = MAX (line->bottom, word->y + word->height / 2);
    line->middle += word->y / sorted->len;
  }
  return line;
}

/* Marks like a comma or a dash stand higher or lower than the words of their line: they join the nearest one. */
static void
join_marks (GPtrArray *groups,
            const GArray *marks,
            double height)
{
  for (guint i = 0; i < marks->len; i++) {
    const Placed *mark = &g_array_index (marks, Placed, i);
    GArray *nearest = NULL;
    double best = height;

    for (guint j = 0; j < groups->len; j++) {
      GArray *group = g_ptr_array_index (groups, j);
      double away = fabs (g_array_index (group, Placed, 0).y - mark->y);

      if (away >= best)
        continue;
      best = away;
      nearest = group;
    }
    if (nearest != NULL)
      g_array_append_val (nearest, *mark);
  }
}

/* Words go to one line as long as their middles are close to the mean of what the line has. */
static GPtrArray *
group_words (const GArray *placed,
             double height)
{
  GPtrArray *groups = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);
  g_autoptr (GArray) marks = g_array_new (FALSE, FALSE, sizeof (Placed));
  GArray *group = NULL;
  double sum = 0;

  for (guint i = 0; i < placed->len; i++) {
    const Placed *word = &g_array_index (placed, Placed, i);

    if (word->height < SAME_LINE * height) {
      g_array_append_val (marks, *word);
      continue;
    }
    if (group == NULL || word->y - sum / group->len > SAME_LINE * height) {
      group = g_array_new (FALSE, FALSE, sizeof (Placed));
      g_ptr_array_add (groups, group);
      sum = 0;
    }
    g_array_append_val (group, *word);
    sum += word->y;
  }
  join_marks (groups, marks, height);
  return groups;
}

/**
 * emend_table_find_lines:
 * @words: of a page
 * @rect: of a table
 * @slope: of the lines of text
 * @height: (out): of a usual word, in page pixels, never 0
 *
 * Any thread.
 *
 * Returns: (transfer full) (element-type EmendTableLine): the lines of text in it, from top to bottom
 */
GPtrArray *
emend_table_find_lines (EmendWords *words,
                        const EmendRect *rect,
                        double slope,
                        double *height)
{
  GPtrArray *lines = g_ptr_array_new_with_free_func ((GDestroyNotify) line_free);
  g_autoptr (GArray) inside = find_inside (words, rect, slope);
  g_autoptr (GArray) placed = g_array_new (FALSE, FALSE, sizeof (Placed));
  g_autoptr (GPtrArray) groups = NULL;

  *height = find_median_height (words, inside);
  for (guint i = 0; i < inside->len; i++) {
    guint index = g_array_index (inside, guint, i);
    const EmendRect *box = &emend_words_get (words, index)->box;
    EmendPoint at = emend_table_level (rect, slope, middle_of (box));
    Placed word = { index, at.x, at.y, box->height };

    if (!is_noise (words, index, *height))
      g_array_append_val (placed, word);
  }
  g_array_sort (placed, compare_y);
  groups = group_words (placed, *height);
  for (guint i = 0; i < groups->len; i++)
    g_ptr_array_add (lines, line_new (g_ptr_array_index (groups, i)));
  return lines;
}

/**
 * emend_table_find_runs:
 * @words: of a page
 * @line: of it
 * @rect: see emend_table_level()
 * @slope: see emend_table_level()
 * @height: of a usual word
 *
 * Any thread.
 *
 * Returns: (transfer full) (element-type EmendTableSpan): what stands together, parted by wide white
 */
GArray *
emend_table_find_runs (EmendWords *words,
                       const EmendTableLine *line,
                       const EmendRect *rect,
                       double slope,
                       double height)
{
  GArray *runs = g_array_new (FALSE, FALSE, sizeof (EmendTableSpan));

  for (guint i = 0; i < line->words->len; i++) {
    EmendTableSpan span = emend_table_get_span (words, g_array_index (line->words, guint, i), rect, slope);
    EmendTableSpan *last = runs->len > 0 ? &g_array_index (runs, EmendTableSpan, runs->len - 1) : NULL;

    if (last != NULL && span.left - last->right < EMEND_TABLE_GAP * height)
      last->right = MAX (last->right, span.right);
    else
      g_array_append_val (runs, span);
  }
  return runs;
}

typedef struct {
  double x;
  int step; /* 1 where a run begins, -1 where it ends */
} Edge;

static int
compare_edges (gconstpointer a,
               gconstpointer b)
{
  const Edge *left = a;
  const Edge *right = b;

  return left->x < right->x ? -1 : left->x > right->x ? 1 :
                                                        right->step - left->step;
}

static GArray *
find_edges (EmendWords *words,
            GPtrArray *lines,
            const EmendRect *rect,
            double slope,
            double height)
{
  GArray *edges = g_array_new (FALSE, FALSE, sizeof (Edge));

  for (guint i = 0; i < lines->len; i++) {
    g_autoptr (GArray) runs = emend_table_find_runs (words, g_ptr_array_index (lines, i), rect, slope, height);

    for (guint j = 0; j < runs->len; j++) {
      const EmendTableSpan *run = &g_array_index (runs, EmendTableSpan, j);
      Edge begin = { run->left, 1 };
      Edge end = { run->right, -1 };

      g_array_append_val (edges, begin);
      g_array_append_val (edges, end);
    }
  }
  g_array_sort (edges, compare_edges);
  return edges;
}

/* White that at most @limit runs cross, between the first and the last run. */
static GArray *
find_white (const GArray *edges,
            int limit,
            double least)
{
  GArray *white = g_array_new (FALSE, FALSE, sizeof (EmendTableSpan));
  double since = NAN;
  int covered = 0;

  for (guint i = 0; i < edges->len; i++) {
    const Edge *edge = &g_array_index (edges, Edge, i);
    int before = covered;

    covered += edge->step;
    if (before > limit && covered <= limit)
      since = edge->x;
    else if (before == limit && covered > limit && edge->x - since >= least) {
      EmendTableSpan span = { since, edge->x };
      g_array_append_val (white, span);
    }
  }
  return white;
}

static gboolean
overlaps_any (const GArray *spans,
              const EmendTableSpan *span)
{
  for (guint i = 0; i < spans->len; i++) {
    const EmendTableSpan *other = &g_array_index (spans, EmendTableSpan, i);

    if (other->left < span->right && span->left < other->right)
      return TRUE;
  }
  return FALSE;
}

/**
 * emend_table_find_gaps:
 * @words: of a page
 * @lines: (element-type EmendTableLine): of a table
 * @rect: see emend_table_level()
 * @slope: see emend_table_level()
 * @height: of a usual word
 *
 * White that no line of text crosses parts columns; so does white that at most a tenth of them cross, where there is
 * no other. Any thread.
 *
 * Returns: (transfer full) (element-type double): the middles of that white, level, from left to right
 */
GArray *
emend_table_find_gaps (EmendWords *words,
                       GPtrArray *lines,
                       const EmendRect *rect,
                       double slope,
                       double height)
{
  GArray *middles = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) edges = find_edges (words, lines, rect, slope, height);
  g_autoptr (GArray) clear = find_white (edges, 0, EMEND_TABLE_GAP * height);
  g_autoptr (GArray) crossed = find_white (edges, (int) (CROSSING * lines->len), EMEND_TABLE_GAP * height);

  for (guint i = 0; i < crossed->len; i++) {
    if (!overlaps_any (clear, &g_array_index (crossed, EmendTableSpan, i)))
      g_array_append_val (clear, g_array_index (crossed, EmendTableSpan, i));
  }
  for (guint i = 0; i < clear->len && i < EMEND_TABLE_MAX_LINES; i++) {
    const EmendTableSpan *span = &g_array_index (clear, EmendTableSpan, i);
    double middle = (span->left + span->right) / 2;

    g_array_append_val (middles, middle);
  }
  g_array_sort (middles, compare_doubles);
  return middles;
}
