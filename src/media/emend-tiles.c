#define G_LOG_DOMAIN "emend-media"

#include "config.h"

#include "emend-tiles-private.h"

#include "emend-halver-private.h"
#include "emend-media-private.h"

/* A pyramid ends where the picture is smaller than this. */
#define SMALLEST_SIDE 128

/* One size of the picture while its rows come in from the top. */
typedef struct {
  int level;
  int width;
  int height;
  EmendPixmap **row; /* tiles being filled, left to right */
  EmendOrient *orient;
  int n_columns;
} PassLevel;

typedef struct {
  const EmendHeader *header;
  const char *path;
  EmendHalver *halver;
  PassLevel *levels;
  int n_skipped; /* sizes finer than what is wanted */
  EmendTileFunc func;
  gpointer data;
} Pass;

static int
level_side (int side,
            int level)
{
  return (int) (((gint64) side + (1LL << level) - 1) >> level);
}

/**
 * emend_tiles_max_level:
 * @header: of the page
 *
 * Any thread.
 *
 * Returns: the coarsest level that is made
 */
int
emend_tiles_max_level (const EmendHeader *header)
{
  int level = 0;

  while (MAX (level_side (header->width, level), level_side (header->height, level)) > SMALLEST_SIDE)
    level++;
  return level;
}

/**
 * emend_tiles_width:
 * @header: of the page
 * @level: from 0
 *
 * Any thread.
 *
 * Returns: the stored width of that level in its own pixels
 */
int
emend_tiles_width (const EmendHeader *header,
                   int level)
{
  return level_side (header->width, level);
}

/**
 * emend_tiles_height:
 * @header: of the page
 * @level: from 0
 *
 * Any thread.
 *
 * Returns: the stored height of that level in its own pixels
 */
int
emend_tiles_height (const EmendHeader *header,
                    int level)
{
  return level_side (header->height, level);
}

/**
 * emend_tiles_bytes:
 * @header: of the page
 * @level: from 0
 *
 * Any thread.
 *
 * Returns: what all tiles of that level and of all coarser ones hold
 */
guint64
emend_tiles_bytes (const EmendHeader *header,
                   int level)
{
  guint64 bytes = 0;

  for (int i = emend_tiles_max_level (header); i >= level; i--)
    bytes += (guint64) emend_tiles_width (header, i) * (guint64) emend_tiles_height (header, i) * 4;
  return bytes;
}

/**
 * emend_tiles_get_size:
 * @header: of the page
 * @key: a tile
 * @width: (out): its stored width, in pixels of its level
 * @height: (out): its stored height
 *
 * Any thread.
 */
void
emend_tiles_get_size (const EmendHeader *header,
                      const EmendTileKey *key,
                      int *width,
                      int *height)
{
  *width = MIN (EMEND_TILE_SIZE, emend_tiles_width (header, key->level) - key->x * EMEND_TILE_SIZE);
  *height = MIN (EMEND_TILE_SIZE, emend_tiles_height (header, key->level) - key->y * EMEND_TILE_SIZE);
}

/**
 * emend_tiles_get_rect:
 * @header: of the page
 * @key: a tile
 *
 * Any thread.
 *
 * Returns: what it covers of the upright page, in image pixels
 */
EmendRect
emend_tiles_get_rect (const EmendHeader *header,
                      const EmendTileKey *key)
{
  double side = (double) ((gint64) EMEND_TILE_SIZE << key->level);
  EmendRect stored = { key->x * side, key->y * side, side, side };

  stored.width = MIN (side, header->width - stored.x);
  stored.height = MIN (side, header->height - stored.y);
  return emend_orient_rect_to_upright (header, &stored);
}

static void
pass_level_clear (PassLevel *level)
{
  for (int i = 0; i < level->n_columns; i++)
    g_clear_pointer (&level->row[i], emend_pixmap_unref);
  g_free (level->row);
  g_free (level->orient);
}

static void
pass_level_init (PassLevel *level,
                 const EmendHeader *header,
                 int number)
{
  level->level = number;
  level->width = emend_tiles_width (header, number);
  level->height = emend_tiles_height (header, number);
  level->n_columns = (level->width + EMEND_TILE_SIZE - 1) / EMEND_TILE_SIZE;
  level->row = g_new0 (EmendPixmap *, (gsize) level->n_columns);
  level->orient = g_new0 (EmendOrient, (gsize) level->n_columns);
}

static gboolean
start_tile_row (Pass *pass,
                PassLevel *level,
                int y,
                GError **error)
{
  EmendTileKey key = { level->level, 0, y / EMEND_TILE_SIZE };
  int width;
  int height;

  for (int i = 0; i < level->n_columns; i++) {
    key.x = i;
    emend_tiles_get_size (pass->header, &key, &width, &height);
    emend_orient_init (&level->orient[i], pass->header->info.orientation, width, height);
    level->row[i] = emend_pixmap_new (level->orient[i].width, level->orient[i].height);
    if (level->row[i] == NULL) {
      emend_media_set_no_memory (error, pass->path);
      return FALSE;
    }
  }
  return TRUE;
}

static gboolean
finish_tile_row (Pass *pass,
                 PassLevel *level,
                 int y,
                 GError **error)
{
  EmendTileKey key = { level->level, 0, y / EMEND_TILE_SIZE };

  for (int i = 0; i < level->n_columns; i++) {
    key.x = i;
    if (!pass->func (&key, g_steal_pointer (&level->row[i]), pass->data, error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
level_row_worker (int step,
                  const guint32 *row,
                  int y,
                  gpointer data,
                  GError **error)
{
  Pass *pass = data;
  PassLevel *level = &pass->levels[step];
  int in_tile = y % EMEND_TILE_SIZE;

  if (step < pass->n_skipped)
    return TRUE;
  if (in_tile == 0 && !start_tile_row (pass, level, y, error))
    return FALSE;
  for (int i = 0; i < level->n_columns; i++) {
    int left = i * EMEND_TILE_SIZE;
    emend_orient_write (&level->orient[i], level->row[i], row + left, in_tile,
                        MIN (EMEND_TILE_SIZE, level->width - left));
  }
  if (in_tile + 1 == EMEND_TILE_SIZE || y + 1 == level->height)
    return finish_tile_row (pass, level, y, error);
  return TRUE;
}

static gboolean
pass_row_worker (const guint32 *row,
                 int y,
                 gpointer data,
                 GError **error)
{
  Pass *pass = data;

  return emend_halver_add (pass->halver, row, level_row_worker, pass, error);
}

/**
 * emend_tiles_pass:
 * @header: of the page
 * @path: the file
 * @level: the finest level wanted
 * @func: (scope call): gets the tiles of @level and of all coarser ones
 * @data: for @func
 * @cancellable: (nullable): to stop in the middle
 * @error: (out) (optional): an #EmendMediaError, %G_IO_ERROR_CANCELLED or what @func set
 *
 * Decodes the whole page once, from the top, shrunk while loading where the format can. Not for the
 * main thread.
 *
 * Returns: whether all tiles were made
 */
gboolean
emend_tiles_pass (const EmendHeader *header,
                  const char *path,
                  int level,
                  EmendTileFunc func,
                  gpointer data,
                  GCancellable *cancellable,
                  GError **error)
{
  int loaded = 0;
  g_autoptr (VipsImage) image = emend_render_open (header, path, level, &loaded, cancellable, error);

  if (image == NULL)
    return FALSE;

  int n_levels = emend_tiles_max_level (header) - loaded + 1;
  g_autofree PassLevel *levels = g_new0 (PassLevel, (gsize) n_levels);
  g_autoptr (EmendHalver) halver = emend_halver_new (emend_tiles_width (header, loaded),
                                                     emend_tiles_height (header, loaded), n_levels);
  if (halver == NULL) {
    emend_media_set_no_memory (error, path);
    return FALSE;
  }

  Pass pass = { header, path, halver, levels, level - loaded, func, data };
  for (int i = 0; i < n_levels; i++)
    pass_level_init (&levels[i], header, loaded + i);
  gboolean done = emend_render_rows (image, path, pass_row_worker, &pass, cancellable, error);
  for (int i = 0; i < n_levels; i++)
    pass_level_clear (&levels[i]);
  return done;
}
