#pragma once

#include "emend-geometry.h"
#include "emend-image.h"

G_BEGIN_DECLS

/**
 * EmendTile:
 * @pixmap: its pixels
 * @rect: what it covers of the upright page, in image pixels
 */
typedef struct {
  EmendPixmap *pixmap;
  EmendRect rect;
} EmendTile;

/**
 * EmendPicture:
 *
 * One page of an image file as a pyramid of tiles that are decoded in the background. All functions
 * are for the main thread except where said. Signal "changed": better tiles are there (coalesced, in
 * the main context). Signal "failed" (GError): it cannot be decoded.
 */
#define EMEND_TYPE_PICTURE (emend_picture_get_type ())
G_DECLARE_FINAL_TYPE (EmendPicture, emend_picture, EMEND, PICTURE, GObject)

const char *emend_picture_get_path (EmendPicture *picture);
int emend_picture_get_page (EmendPicture *picture);
int emend_picture_get_width (EmendPicture *picture);  /* 0 while not known */
int emend_picture_get_height (EmendPicture *picture); /* 0 while not known */
const GError *emend_picture_get_error (EmendPicture *picture);

/* Asks for what is needed to show @visible (image pixels) at @scale (device pixels per image pixel).
 * Cheap to call for every frame; a new request replaces the one before. */
void emend_picture_request (EmendPicture *picture,
                            const EmendRect *visible,
                            double scale);
/* (element-type EmendTile): the best tiles that are there now, to be drawn in this order: coarser
 * first, finer above, nothing that is wholly covered; possibly empty. @complete says whether nothing
 * better is coming for this view. The tiles may be used on any thread. */
GArray *emend_picture_take_tiles (EmendPicture *picture,
                                  const EmendRect *visible,
                                  double scale,
                                  gboolean *complete);

/**
 * EmendPictureCache:
 *
 * Hands out pictures and keeps their tiles within the memory that emend_media_init() allows: what is
 * shown stays, then what was asked for ahead, then what was shown last.
 */
#define EMEND_TYPE_PICTURE_CACHE (emend_picture_cache_get_type ())
G_DECLARE_FINAL_TYPE (EmendPictureCache, emend_picture_cache, EMEND, PICTURE_CACHE, GObject)

EmendPictureCache *emend_picture_cache_new (void);
EmendPicture *emend_picture_cache_get (EmendPictureCache *cache,
                                       const char *path,
                                       int page);
/* Decodes these ahead, at the size that fits width x height device pixels, when nothing else is
 * wanted; replaces what was asked for before. */
void emend_picture_cache_prefetch (EmendPictureCache *cache,
                                   const char *const *paths,
                                   int width,
                                   int height);
void emend_picture_cache_set_limit (EmendPictureCache *cache,
                                    guint64 bytes);
guint64 emend_picture_cache_get_limit (EmendPictureCache *cache);

/**
 * EmendThumbnailer:
 *
 * Makes small pictures in the background and keeps them in the user's cache folder, by the file's
 * path, size and time. The newest request goes first.
 */
#define EMEND_TYPE_THUMBNAILER (emend_thumbnailer_get_type ())
G_DECLARE_FINAL_TYPE (EmendThumbnailer, emend_thumbnailer, EMEND, THUMBNAILER, GObject)

EmendThumbnailer *emend_thumbnailer_new (const char *cache_folder);
void emend_thumbnailer_get_async (EmendThumbnailer *thumbnailer,
                                  const char *path,
                                  int width,
                                  int height,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
EmendPixmap *emend_thumbnailer_get_finish (EmendThumbnailer *thumbnailer,
                                           GAsyncResult *result,
                                           GError **error);

G_END_DECLS
