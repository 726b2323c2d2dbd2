#pragma once

#include "emend-render-private.h"

G_BEGIN_DECLS

/* Side of a tile in its own pixels. */
#define EMEND_TILE_SIZE 512

/**
 * EmendTileKey:
 * @level: the picture divided by 2 to the power of this
 * @x: column of the grid, which starts where the stored pixels start
 * @y: row of it
 */
typedef struct {
  int level;
  int x;
  int y;
} EmendTileKey;

/* Gets each tile as soon as it is whole; takes @pixmap. FALSE with an error ends the pass. */
typedef gboolean (*EmendTileFunc) (const EmendTileKey *key,
                                   EmendPixmap *pixmap,
                                   gpointer data,
                                   GError **error);

int emend_tiles_max_level (const EmendHeader *header);
int emend_tiles_width (const EmendHeader *header,
                       int level);
int emend_tiles_height (const EmendHeader *header,
                        int level);
guint64 emend_tiles_bytes (const EmendHeader *header,
                           int level);
void emend_tiles_get_size (const EmendHeader *header,
                           const EmendTileKey *key,
                           int *width,
                           int *height);
EmendRect emend_tiles_get_rect (const EmendHeader *header,
                                const EmendTileKey *key);
gboolean emend_tiles_pass (const EmendHeader *header,
                           const char *path,
                           int level,
                           EmendTileFunc func,
                           gpointer data,
                           GCancellable *cancellable,
                           GError **error);

G_END_DECLS
