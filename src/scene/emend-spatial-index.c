#define G_LOG_DOMAIN "emend-scene"

#include "config.h"

#include "emend-spatial-index.h"

#include <math.h>
#include <string.h>

/*
 * A packed R-tree: the rectangles are sorted along a Hilbert curve, every 16 neighbours make a node, every
 * 16 nodes a node of the next level (Kamel and Faloutsos, "On Packing R-trees", CIKM 1993). All levels lie
 * in one array, so there are no pointers: node i of a level has the children 16 i … 16 i + 15 of the level
 * below, and covers the items 16^level i … of the sorted order.
 */
#define FAN_OUT_BITS 4
#define FAN_OUT (1u << FAN_OUT_BITS)
#define MAX_LEVELS 9
#define CURVE_BITS 16

typedef struct {
  double x1;
  double y1;
  double x2;
  double y2;
} Bounds;

typedef struct {
  guint32 key;
  guint32 item;
} SortEntry;

struct _EmendSpatialIndex {
  gatomicrefcount ref_count;
  gsize n_rects;                     /* that were given */
  gsize n_items;                     /* that are finite */
  guint n_levels;                    /* level 0 holds the items */
  gsize level_start[MAX_LEVELS + 1]; /* in @bounds */
  gsize level_size[MAX_LEVELS];
  Bounds *bounds;
  guint32 *items; /* their numbers, in the order of level 0 */
};

/* Distance along a Hilbert curve that fills 2^16 x 2^16 cells: bit by bit from the top, turning the
 * quadrant each time. */
static guint32
hilbert_distance (guint32 x,
                  guint32 y)
{
  guint32 distance = 0;

  for (guint32 side = 1u << (CURVE_BITS - 1); side > 0; side >>= 1) {
    guint32 rx = (x & side) != 0;
    guint32 ry = (y & side) != 0;

    distance = distance << 2 | ((3 * rx) ^ ry);
    if (ry == 0) {
      guint32 old_x = rx == 1 ? ~x : x;

      x = rx == 1 ? ~y : y;
      y = old_x;
    }
  }
  return distance;
}

/* Sorts by key, keeping the order of equal keys, one byte at a time. */
static void
radix_sort (SortEntry *entries,
            SortEntry *other,
            gsize n)
{
  for (guint shift = 0; shift < 32; shift += 8) {
    gsize starts[257] = { 0 };
    SortEntry *swap = entries;

    for (gsize i = 0; i < n; i++)
      starts[((entries[i].key >> shift) & 0xff) + 1]++;
    for (guint i = 0; i < 256; i++)
      starts[i + 1] += starts[i];
    for (gsize i = 0; i < n; i++)
      other[starts[(entries[i].key >> shift) & 0xff]++] = entries[i];
    entries = other;
    other = swap;
  }
}

static void
bounds_add (Bounds *all,
            const Bounds *one)
{
  all->x1 = MIN (all->x1, one->x1);
  all->y1 = MIN (all->y1, one->y1);
  all->x2 = MAX (all->x2, one->x2);
  all->y2 = MAX (all->y2, one->y2);
}

static const EmendRect *
rect_at (const EmendRect *rects,
         gsize index,
         gsize stride)
{
  return (const EmendRect *) (const void *) ((const char *) rects + index * stride);
}

static guint32
cell (double value,
      double low,
      double high)
{
  return high > low ? (guint32) ((value - low) / (high - low) * ((1 << CURVE_BITS) - 1)) : 0;
}

/* Numbers of the finite rectangles along the curve; level 0 of the tree. */
static void
sort_items (EmendSpatialIndex *index,
            const EmendRect *rects,
            gsize stride)
{
  g_autofree SortEntry *entries = g_new (SortEntry, index->n_rects + 1);
  g_autofree SortEntry *other = g_new (SortEntry, index->n_rects + 1);
  Bounds all = { INFINITY, INFINITY, -INFINITY, -INFINITY };
  gsize n = 0;

  for (gsize i = 0; i < index->n_rects; i++) {
    const EmendRect *r = rect_at (rects, i, stride);
    Bounds center = { r->x + r->width / 2, r->y + r->height / 2, r->x + r->width / 2, r->y + r->height / 2 };

    if (!emend_rect_is_finite (r) || !isfinite (r->x + r->width) || !isfinite (r->y + r->height))
      continue;
    bounds_add (&all, &center);
    entries[n++].item = (guint32) i;
  }
  for (gsize i = 0; i < n; i++) {
    const EmendRect *r = rect_at (rects, entries[i].item, stride);

    entries[i].key = hilbert_distance (cell (r->x + r->width / 2, all.x1, all.x2),
                                       cell (r->y + r->height / 2, all.y1, all.y2));
  }
  radix_sort (entries, other, n);
  index->n_items = n;
  index->items = g_new (guint32, n + 1);
  for (gsize i = 0; i < n; i++)
    index->items[i] = entries[i].item;
}

static void
lay_out_levels (EmendSpatialIndex *index)
{
  gsize size = index->n_items;
  gsize start = 0;

  do {
    index->level_start[index->n_levels] = start;
    index->level_size[index->n_levels] = size;
    index->n_levels++;
    start += size;
    size = (size + FAN_OUT - 1) / FAN_OUT;
  } while (index->level_size[index->n_levels - 1] > 1);
  index->bounds = g_new (Bounds, start + 1);
}

/**
 * emend_spatial_index_new:
 * @rects: (array length=n_rects): the rectangles, in any unit
 * @n_rects: how many; less than 2^32
 * @stride: bytes from one to the next
 *
 * Takes time in proportion to @n_rects. Any thread.
 *
 * Returns: (transfer full): an index of them; it keeps nothing of @rects.
 */
EmendSpatialIndex *
emend_spatial_index_new (const EmendRect *rects,
                         gsize n_rects,
                         gsize stride)
{
  EmendSpatialIndex *index;

  g_return_val_if_fail (n_rects < G_MAXUINT32, NULL);
  g_return_val_if_fail (stride >= sizeof (EmendRect), NULL);

  index = g_new0 (EmendSpatialIndex, 1);
  g_atomic_ref_count_init (&index->ref_count);
  index->n_rects = n_rects;
  sort_items (index, rects, stride);
  lay_out_levels (index);
  for (gsize i = 0; i < index->n_items; i++) {
    const EmendRect *r = rect_at (rects, index->items[i], stride);

    index->bounds[i] = (Bounds){ r->x, r->y, r->x + r->width, r->y + r->height };
  }
  for (guint level = 1; level < index->n_levels; level++) {
    const Bounds *below = index->bounds + index->level_start[level - 1];
    Bounds *here = index->bounds + index->level_start[level];

    for (gsize i = 0; i < index->level_size[level - 1]; i++) {
      if (i % FAN_OUT == 0)
        here[i / FAN_OUT] = below[i];
      else
        bounds_add (&here[i / FAN_OUT], &below[i]);
    }
  }
  return index;
}

/**
 * emend_spatial_index_ref:
 * @index: an index
 *
 * Returns: (transfer full): @index. Any thread.
 */
EmendSpatialIndex *
emend_spatial_index_ref (EmendSpatialIndex *index)
{
  g_atomic_ref_count_inc (&index->ref_count);
  return index;
}

/**
 * emend_spatial_index_unref:
 * @index: (transfer full): an index
 *
 * Any thread.
 */
void
emend_spatial_index_unref (EmendSpatialIndex *index)
{
  if (!g_atomic_ref_count_dec (&index->ref_count))
    return;
  g_free (index->bounds);
  g_free (index->items);
  g_free (index);
}

/**
 * emend_spatial_index_get_size:
 * @index: an index
 *
 * Returns: how many rectangles it was made of. Any thread.
 */
gsize
emend_spatial_index_get_size (EmendSpatialIndex *index)
{
  return index->n_rects;
}

typedef struct {
  const EmendSpatialIndex *index;
  Bounds wanted;
  guint64 *bits; /* one for each rectangle */
  gsize n_found;
} Query;

static void
find_all_below (Query *query,
                guint level,
                gsize node)
{
  gsize first = node << (FAN_OUT_BITS * level);
  gsize end = MIN ((node + 1) << (FAN_OUT_BITS * level), query->index->n_items);

  for (gsize i = first; i < end; i++) {
    guint32 item = query->index->items[i];

    query->bits[item / 64] |= G_GUINT64_CONSTANT (1) << item % 64;
  }
  query->n_found += end - first;
}

/* Depth is bounded by MAX_LEVELS. NOLINTNEXTLINE(misc-no-recursion) */
static void
find_below (Query *query,
            guint level,
            gsize node)
{
  const EmendSpatialIndex *index = query->index;
  const Bounds *b = &index->bounds[index->level_start[level] + node];
  const Bounds *w = &query->wanted;

  if (b->x1 > w->x2 || b->x2 < w->x1 || b->y1 > w->y2 || b->y2 < w->y1)
    return;
  if (level == 0 || (b->x1 >= w->x1 && b->x2 <= w->x2 && b->y1 >= w->y1 && b->y2 <= w->y2)) {
    find_all_below (query, level, node);
    return;
  }
  for (gsize i = node * FAN_OUT; i < MIN ((node + 1) * FAN_OUT, index->level_size[level - 1]); i++)
    find_below (query, level - 1, i);
}

/**
 * emend_spatial_index_query:
 * @index: an index
 * @rect: a rectangle, in the unit of the index
 * @found: (element-type guint32): where the numbers are appended
 *
 * Finds all that meet or touch @rect, in ascending order. Any thread.
 */
void
emend_spatial_index_query (EmendSpatialIndex *index,
                           const EmendRect *rect,
                           GArray *found)
{
  gsize n_words = index->n_rects / 64 + 1;
  g_autofree guint64 *bits = NULL;
  Query query = { index, { rect->x, rect->y, rect->x + rect->width, rect->y + rect->height }, NULL, 0 };
  guint32 *next;

  if (index->n_items == 0)
    return;
  bits = g_new0 (guint64, n_words);
  query.bits = bits;
  find_below (&query, index->n_levels - 1, 0);
  if (query.n_found == 0)
    return;
  g_array_set_size (found, found->len + (guint) query.n_found);
  next = &g_array_index (found, guint32, found->len - query.n_found);
  for (gsize i = 0; i < n_words; i++) {
    for (guint64 word = bits[i]; word != 0; word &= word - 1)
      *next++ = (guint32) (i * 64 + (gsize) __builtin_ctzll (word));
  }
}

/**
 * emend_spatial_index_query_point:
 * @index: an index
 * @point: a point, in the unit of the index
 * @distance: how far a rectangle may be away along each axis
 * @found: (element-type guint32): where the numbers are appended
 *
 * Finds all near a point, in ascending order. Any thread.
 */
void
emend_spatial_index_query_point (EmendSpatialIndex *index,
                                 EmendPoint point,
                                 double distance,
                                 GArray *found)
{
  EmendRect rect = { point.x - distance, point.y - distance, 2 * distance, 2 * distance };

  emend_spatial_index_query (index, &rect, found);
}
