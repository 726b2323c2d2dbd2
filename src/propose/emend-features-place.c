#define G_LOG_DOMAIN "emend-propose"

#include "config.h"

#include "emend-features-place-private.h"

#include <math.h>

#define N_BINS 16
#define MAX_ROWS 12
#define BAG 6

/**
 * emend_segment_key:
 * @layout: a layout
 * @segment: one of its segments
 *
 * Returns: a hash of its first words. Any thread.
 */
guint64
emend_segment_key (const EmendLayout *layout,
                   guint segment)
{
  const EmendSegment *at = &layout->segments[segment];
  guint64 key = 0;

  for (guint i = 0; i < MIN (at->n_words, BAG); i++)
    key = key * 31 + layout->tokens[at->first + i].key;
  return key;
}

/**
 * emend_features_add_bag:
 * @rows: where to add
 * @layout: a layout
 * @segment: one of its segments, or -1
 * @kind: what its words are
 * @limit: at most so many: the first of them, or the last when it is negative
 *
 * Adds the words of a segment, in any order.
 */
void
emend_features_add_bag (EmendRows *rows,
                        const EmendLayout *layout,
                        int segment,
                        guint kind,
                        int limit)
{
  const EmendSegment *at;
  guint n;
  guint first;

  if (segment < 0) {
    emend_rows_add (rows, kind, 0, 1);
    return;
  }
  at = &layout->segments[segment];
  n = MIN (at->n_words, (guint) ABS (limit));
  first = limit < 0 ? at->first + at->n_words - n : at->first;
  for (guint i = first; i < first + n; i++)
    emend_rows_add (rows, kind, layout->tokens[i].key, 1);
}

static guint64
bin_of (double share)
{
  return (guint64) CLAMP (share * N_BINS, 0, N_BINS - 1);
}

/* 0 for as large as is usual, steps of a quarter above and below. */
static guint64
ratio_bin (double ratio)
{
  return (guint64) CLAMP (lround (log2 (fmax (ratio, 0.01)) * 4) + 8, 0, 24);
}

/**
 * emend_features_add_place:
 * @rows: where to add
 * @layout: a layout
 * @box: of a value on the page, in page pixels
 *
 * Adds where it is within all words of the page, and how large.
 */
void
emend_features_add_place (EmendRows *rows,
                          const EmendLayout *layout,
                          const EmendRect *box)
{
  double width = fmax (layout->extent.width, 1);
  double height = fmax (layout->extent.height, 1);
  double x = (box->x - layout->extent.x) / width;
  double y = (box->y + box->height / 2 - layout->extent.y) / height;

  emend_rows_add (rows, EMEND_KIND_X_BIN, bin_of (x), 1);
  emend_rows_add (rows, EMEND_KIND_Y_BIN, bin_of (y), 1);
  emend_rows_add (rows, EMEND_KIND_RIGHT_BIN, bin_of (x + box->width / width), 1);
  emend_rows_add (rows, EMEND_KIND_X, 0, x);
  emend_rows_add (rows, EMEND_KIND_Y, 0, y);
  emend_rows_add (rows, EMEND_KIND_HEIGHT, ratio_bin (box->height / layout->height), 1);
}

static void
add_gap (EmendRows *rows,
         const EmendLayout *layout,
         guint kind,
         const EmendRect *upper,
         const EmendRect *lower)
{
  double gap = (lower->y - upper->y - upper->height) / layout->height;

  emend_rows_add (rows, kind, (guint64) CLAMP (lround (gap * 2) + 2, 0, 8), 1);
}

/* All that stands in the row above, as labels often do when the value is alone in its row. */
static void
add_row_above (EmendRows *rows,
               const EmendLayout *layout,
               guint row)
{
  if (row == 0)
    return;
  for (guint i = layout->rows[row - 1]; i < MIN (layout->rows[row], layout->rows[row - 1] + 3); i++)
    emend_features_add_bag (rows, layout, (int) layout->by_row[i], EMEND_KIND_ROW_ABOVE_BAG, 4);
}

/**
 * emend_features_add_segment:
 * @rows: where to add
 * @layout: a layout
 * @segment: in which a value stands
 *
 * Adds what stands round a segment, and which row it is in.
 */
void
emend_features_add_segment (EmendRows *rows,
                            const EmendLayout *layout,
                            guint segment)
{
  const EmendSegment *at = &layout->segments[segment];
  int left = at->left;

  if (left >= 0)
    emend_rows_add (rows, EMEND_KIND_LEFT, emend_segment_key (layout, (guint) left), 1);
  for (int i = 0; i < 3 && (left >= 0 || i == 0); i++) {
    emend_features_add_bag (rows, layout, left, EMEND_KIND_LEFT_BAG, -BAG);
    left = left >= 0 ? layout->segments[left].left : -1;
  }
  emend_features_add_bag (rows, layout, at->right, EMEND_KIND_RIGHT_BAG, 4);
  emend_features_add_bag (rows, layout, at->above, EMEND_KIND_ABOVE_BAG, BAG);
  emend_features_add_bag (rows, layout, at->below, EMEND_KIND_BELOW_BAG, BAG);
  if (at->above >= 0) {
    emend_rows_add (rows, EMEND_KIND_ABOVE_SHAPE, layout->tokens[layout->segments[at->above].first].shape, 1);
    add_gap (rows, layout, EMEND_KIND_GAP_ABOVE, &layout->segments[at->above].box, &at->box);
  }
  if (at->below >= 0) {
    emend_rows_add (rows, EMEND_KIND_BELOW_SHAPE, layout->tokens[layout->segments[at->below].first].shape, 1);
    add_gap (rows, layout, EMEND_KIND_GAP_BELOW, &at->box, &layout->segments[at->below].box);
  }
  add_row_above (rows, layout, at->row);
  emend_rows_add (rows, EMEND_KIND_ROW_TOP, MIN (at->row, MAX_ROWS), 1);
  emend_rows_add (rows, EMEND_KIND_ROW_BOTTOM, MIN (layout->n_rows - 1 - at->row, MAX_ROWS), 1);
}

/**
 * emend_features_add_page:
 * @rows: where to add
 * @page: from 0
 * @n_pages: of the document
 *
 * Adds whether it is the first or the last page, and what is true of everything.
 */
void
emend_features_add_page (EmendRows *rows,
                         guint page,
                         guint n_pages)
{
  emend_rows_add (rows, EMEND_KIND_BIAS, 0, 1);
  emend_rows_add (rows, EMEND_KIND_PAGE, (page == 0 ? 1u : 0u) + (page + 1 == n_pages ? 2u : 0u), 1);
}
