#define G_LOG_DOMAIN "emend-scene"

#include "config.h"

#include "emend-word-pick.h"

#include <math.h>

static GArray *
new_indices (void)
{
  return g_array_new (FALSE, FALSE, sizeof (guint));
}

/* How far a point is from a rectangle, 0 inside. */
static double
distance_to (const EmendRect *box,
             EmendPoint point)
{
  double dx = MAX (MAX (box->x - point.x, point.x - (box->x + box->width)), 0);
  double dy = MAX (MAX (box->y - point.y, point.y - (box->y + box->height)), 0);

  return hypot (dx, dy);
}

/**
 * emend_word_pick_at:
 * @words: of a page
 * @point: on the page, in page pixels
 * @distance: how far from a word is still on it, in page pixels
 *
 * Any thread.
 *
 * Returns: (transfer full) (element-type guint): the nearest word, or nothing
 */
GArray *
emend_word_pick_at (EmendWords *words,
                    EmendPoint point,
                    double distance)
{
  GArray *found = new_indices ();
  double best = distance;
  guint nearest = 0;
  gboolean any = FALSE;

  for (guint i = 0; i < emend_words_get_n (words); i++) {
    double away = distance_to (&emend_words_get (words, i)->box, point);

    if (away > best || (any && away == best))
      continue;
    best = away;
    nearest = i;
    any = TRUE;
  }
  if (any)
    g_array_append_val (found, nearest);
  return found;
}

/**
 * emend_word_pick_in:
 * @words: of a page
 * @rect: on the page, in page pixels
 *
 * Any thread.
 *
 * Returns: (transfer full) (element-type guint): the words whose centre is in @rect, in reading order
 */
GArray *
emend_word_pick_in (EmendWords *words,
                    const EmendRect *rect)
{
  GArray *found = new_indices ();

  for (guint i = 0; i < emend_words_get_n (words); i++) {
    const EmendRect *box = &emend_words_get (words, i)->box;

    if (emend_rect_contains (rect, (EmendPoint){ box->x + box->width / 2, box->y + box->height / 2 }))
      g_array_append_val (found, i);
  }
  return found;
}

/**
 * emend_word_pick_bounds:
 * @words: of a page
 * @indices: (element-type guint): some of them
 *
 * Any thread.
 *
 * Returns: the rectangle that holds them, in page pixels; without area for none
 */
EmendRect
emend_word_pick_bounds (EmendWords *words,
                        const GArray *indices)
{
  EmendRect bounds = { 0 };

  for (guint i = 0; i < indices->len; i++) {
    const EmendRect *box = &emend_words_get (words, g_array_index (indices, guint, i))->box;

    bounds = i == 0 ? *box : emend_rect_union (&bounds, box);
  }
  return bounds;
}

/**
 * emend_word_pick_same_line:
 * @words: of a page
 * @a: (element-type guint): some of them
 * @b: (element-type guint): others
 *
 * Any thread.
 *
 * Returns: whether all stand on one line, so that one goes on where the other ends
 */
gboolean
emend_word_pick_same_line (EmendWords *words,
                           const GArray *a,
                           const GArray *b)
{
  guint line;

  if (a->len == 0 || b->len == 0)
    return FALSE;
  line = emend_words_get (words, g_array_index (a, guint, 0))->line;
  for (guint i = 0; i < a->len; i++) {
    if (emend_words_get (words, g_array_index (a, guint, i))->line != line)
      return FALSE;
  }
  for (guint i = 0; i < b->len; i++) {
    if (emend_words_get (words, g_array_index (b, guint, i))->line != line)
      return FALSE;
  }
  return TRUE;
}

/**
 * emend_word_pick_step:
 * @words: of a page
 * @index: of a word, or -1
 * @direction: 1 to the next in reading order, -1 to the one before
 *
 * Any thread.
 *
 * Returns: the word there, which stays at the ends; -1 on a page without words
 */
int
emend_word_pick_step (EmendWords *words,
                      int index,
                      int direction)
{
  int n = (int) emend_words_get_n (words);

  if (n == 0)
    return -1;
  if (index < 0)
    return direction > 0 ? 0 : n - 1;
  return CLAMP (index + direction, 0, n - 1);
}

/**
 * emend_word_pick_doubtful:
 * @words: of a page
 * @threshold: confidence 0..1
 *
 * Any thread.
 *
 * Returns: (transfer full) (element-type guint): the words that were read with less confidence; of one whose
 *   confidence is not known nothing is said
 */
GArray *
emend_word_pick_doubtful (EmendWords *words,
                          double threshold)
{
  GArray *found = new_indices ();

  for (guint i = 0; i < emend_words_get_n (words); i++) {
    float confidence = emend_words_get (words, i)->confidence;

    if (!isnan (confidence) && (double) confidence < threshold)
      g_array_append_val (found, i);
  }
  return found;
}
