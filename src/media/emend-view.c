#define G_LOG_DOMAIN "emend-media"

#include "config.h"

#include "emend-view-private.h"

#include <math.h>

/* How many levels finer than wanted are still used where the wanted one is missing. */
#define FINER_LEVELS 2

static int
grid_index (double position,
            int level,
            int count)
{
  double side = (double) ((gint64) EMEND_TILE_SIZE << level);

  return (int) CLAMP (floor (position / side), 0, count - 1);
}

/**
 * emend_view_level:
 * @header: of the page
 * @scale: device pixels per image pixel
 *
 * Any thread.
 *
 * Returns: the coarsest level that still has a pixel for each pixel of the device
 */
int
emend_view_level (const EmendHeader *header,
                  double scale)
{
  int max = emend_tiles_max_level (header);
  int level = 0;

  /* A little more than exact, so that a size rounded to pixels does not need four times the tiles. */
  while (level < max && scale * (double) (1LL << (level + 1)) <= 1.01)
    level++;
  return level;
}

/**
 * emend_view_range:
 * @header: of the page
 * @visible: upright image pixels
 * @level: from 0
 * @range: (out): which tiles of @level it needs
 *
 * Any thread.
 *
 * Returns: whether anything of the page is visible
 */
gboolean
emend_view_range (const EmendHeader *header,
                  const EmendRect *visible,
                  int level,
                  EmendTileRange *range)
{
  EmendRect page = { 0, 0, header->info.width, header->info.height };
  EmendRect upright = emend_rect_intersect (visible, &page);
  EmendRect stored = emend_orient_rect_to_stored (header, &upright);
  int columns = (emend_tiles_width (header, level) + EMEND_TILE_SIZE - 1) / EMEND_TILE_SIZE;
  int rows = (emend_tiles_height (header, level) + EMEND_TILE_SIZE - 1) / EMEND_TILE_SIZE;

  *range = (EmendTileRange){ 0, 0, -1, -1 };
  if (!(upright.width > 0) || !(upright.height > 0))
    return FALSE;
  range->left = grid_index (stored.x, level, columns);
  range->top = grid_index (stored.y, level, rows);
  range->right = grid_index (nextafter (stored.x + stored.width, stored.x), level, columns);
  range->bottom = grid_index (nextafter (stored.y + stored.height, stored.y), level, rows);
  return TRUE;
}

/**
 * emend_view_contains:
 * @range: tiles of one level
 * @key: a tile of that level
 *
 * Any thread.
 *
 * Returns: whether it is one of them
 */
gboolean
emend_view_contains (const EmendTileRange *range,
                     const EmendTileKey *key)
{
  return key->x >= range->left && key->x <= range->right && key->y >= range->top && key->y <= range->bottom;
}

typedef struct {
  EmendTileKey key;
  double distance;
} Missing;

static int
compare_missing (gconstpointer a,
                 gconstpointer b)
{
  const Missing *one = a;
  const Missing *two = b;

  return (one->distance > two->distance) - (one->distance < two->distance);
}

/**
 * emend_view_missing:
 * @header: of the page
 * @tiles: what is there, by #EmendTileKey
 * @visible: upright image pixels
 * @level: from 0
 *
 * Any thread that may read @tiles.
 *
 * Returns: (transfer full) (element-type EmendTileKey): what is not there, from the centre outwards
 */
GArray *
emend_view_missing (const EmendHeader *header,
                    GHashTable *tiles,
                    const EmendRect *visible,
                    int level)
{
  g_autoptr (GArray) missing = g_array_new (FALSE, FALSE, sizeof (Missing));
  GArray *keys = g_array_new (FALSE, FALSE, sizeof (EmendTileKey));
  EmendRect stored = emend_orient_rect_to_stored (header, visible);
  double side = (double) ((gint64) EMEND_TILE_SIZE << level);
  double x = (stored.x + stored.width / 2) / side - 0.5;
  double y = (stored.y + stored.height / 2) / side - 0.5;
  EmendTileRange range;

  emend_view_range (header, visible, level, &range);
  for (int j = range.top; j <= range.bottom; j++) {
    for (int i = range.left; i <= range.right; i++) {
      Missing one = { { level, i, j }, hypot (i - x, j - y) };
      if (!g_hash_table_contains (tiles, &one.key))
        g_array_append_val (missing, one);
    }
  }
  g_array_sort (missing, compare_missing);
  for (guint i = 0; i < missing->len; i++)
    g_array_append_val (keys, g_array_index (missing, Missing, i).key);
  return keys;
}

/* Adds what there is below @key within the view; returns whether that is all of it. */
static gboolean
add_finer (const EmendHeader *header,
           GHashTable *tiles,
           const EmendRect *visible,
           const EmendTileKey *key,
           int depth,
           GPtrArray *found)
{
  EmendTileRange range;
  gboolean all = TRUE;

  if (key->level == 0 || depth == 0)
    return FALSE;
  emend_view_range (header, visible, key->level - 1, &range);
  for (int i = 0; i < 4; i++) {
    EmendTileKey child = { key->level - 1, key->x * 2 + i % 2, key->y * 2 + i / 2 };
    if (!emend_view_contains (&range, &child))
      continue;
    EmendCachedTile *tile = g_hash_table_lookup (tiles, &child);
    if (tile != NULL)
      g_ptr_array_add (found, tile);
    else if (!add_finer (header, tiles, visible, &child, depth - 1, found))
      all = FALSE;
  }
  return all;
}

static void
add_coarser (const EmendHeader *header,
             GHashTable *tiles,
             const EmendTileKey *key,
             GPtrArray *found)
{
  int max = emend_tiles_max_level (header);

  for (int level = key->level + 1; level <= max; level++) {
    EmendTileKey parent = { level, key->x >> (level - key->level), key->y >> (level - key->level) };
    EmendCachedTile *tile = g_hash_table_lookup (tiles, &parent);
    if (tile == NULL)
      continue;
    if (!g_ptr_array_find (found, tile, NULL))
      g_ptr_array_add (found, tile);
    return;
  }
}

static int
compare_levels (gconstpointer a,
                gconstpointer b)
{
  const EmendCachedTile *one = *(EmendCachedTile *const *) a;
  const EmendCachedTile *two = *(EmendCachedTile *const *) b;

  return (two->key.level > one->key.level) - (two->key.level < one->key.level);
}

/**
 * emend_view_collect:
 * @header: of the page
 * @tiles: (element-type EmendTileKey EmendCachedTile): what is there
 * @visible: upright image pixels
 * @level: what is wanted
 * @complete: (out): whether all of @level is there
 *
 * Any thread that may read @tiles.
 *
 * Returns: (transfer full) (element-type EmendCachedTile): what to draw, coarser first, nothing that
 *   is wholly covered
 */
GPtrArray *
emend_view_collect (const EmendHeader *header,
                    GHashTable *tiles,
                    const EmendRect *visible,
                    int level,
                    gboolean *complete)
{
  GPtrArray *found = g_ptr_array_new ();
  EmendTileRange range;

  *complete = TRUE;
  emend_view_range (header, visible, level, &range);
  for (int j = range.top; j <= range.bottom; j++) {
    for (int i = range.left; i <= range.right; i++) {
      EmendTileKey key = { level, i, j };
      EmendCachedTile *tile = g_hash_table_lookup (tiles, &key);
      if (tile != NULL) {
        g_ptr_array_add (found, tile);
        continue;
      }
      *complete = FALSE;
      if (!add_finer (header, tiles, visible, &key, FINER_LEVELS, found))
        add_coarser (header, tiles, &key, found);
    }
  }
  /* Those of one level do not overlap, so their order among themselves says nothing. */
  g_ptr_array_sort (found, compare_levels);
  return found;
}
