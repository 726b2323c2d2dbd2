#pragma once

#include "emend-picture.h"

#include "emend-queue-private.h"
#include "emend-tiles-private.h"

G_BEGIN_DECLS

/**
 * EmendCachedTile:
 * @key: which tile
 * @pixmap: its pixels
 * @bytes: what it holds
 * @used: when it was last shown or made, in the ticks of the cache
 */
typedef struct {
  EmendTileKey key;
  EmendPixmap *pixmap;
  guint64 bytes;
  guint64 used;
} EmendCachedTile;

EmendPicture *emend_picture_new (EmendPictureCache *cache,
                                 const char *path,
                                 int page);
void emend_picture_prefetch (EmendPicture *picture,
                             int width,
                             int height);
void emend_picture_stop_prefetch (EmendPicture *picture);
gboolean emend_picture_is_prefetched (EmendPicture *picture);
gboolean emend_picture_protects (EmendPicture *picture,
                                 const EmendTileKey *key);
GHashTable *emend_picture_get_tiles (EmendPicture *picture);
void emend_picture_drop_tile (EmendPicture *picture,
                              const EmendTileKey *key);
void emend_picture_set_shown (EmendPicture *picture,
                              gboolean shown);
gboolean emend_picture_is_shown (EmendPicture *picture);
guint64 emend_picture_get_last_use (EmendPicture *picture);

guint64 emend_picture_cache_tick (EmendPictureCache *cache);
guint64 emend_picture_cache_get_bytes (EmendPictureCache *cache);
void emend_picture_cache_add_bytes (EmendPictureCache *cache,
                                    gint64 bytes);
void emend_picture_cache_trim (EmendPictureCache *cache);

G_END_DECLS
