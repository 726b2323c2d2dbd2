#define G_LOG_DOMAIN "emend-media"

#include "config.h"

#include "emend-pixmap.h"

/* The value comes first, so that the public pointer is also the pointer to this. */
typedef struct {
  EmendPixmap pixmap;
  gatomicrefcount references;
} CountedPixmap;

/* More bytes than this in one piece is never a view or a tile. */
#define MAX_BYTES ((gsize) 4 * 1024 * 1024 * 1024)

/**
 * emend_pixmap_new:
 * @width: in pixels, at least 1
 * @height: in pixels, at least 1
 *
 * Makes a pixmap whose pixels are not set yet. Any thread.
 *
 * Returns: (transfer full) (nullable): the pixmap, or %NULL when there is no memory for it
 */
EmendPixmap *
emend_pixmap_new (int width,
                  int height)
{
  g_return_val_if_fail (width > 0 && height > 0, NULL);

  gsize stride = (gsize) width * 4;
  if (stride > MAX_BYTES / (gsize) height)
    return NULL;

  guint8 *data = g_try_malloc (stride * (gsize) height);
  if (data == NULL)
    return NULL;

  CountedPixmap *counted = g_new0 (CountedPixmap, 1);
  counted->pixmap = (EmendPixmap){ width, height, stride, data };
  g_atomic_ref_count_init (&counted->references);
  return &counted->pixmap;
}

/**
 * emend_pixmap_ref:
 * @pixmap: a pixmap
 *
 * Any thread.
 *
 * Returns: (transfer full): @pixmap
 */
EmendPixmap *
emend_pixmap_ref (EmendPixmap *pixmap)
{
  g_return_val_if_fail (pixmap != NULL, NULL);

  g_atomic_ref_count_inc (&((CountedPixmap *) pixmap)->references);
  return pixmap;
}

/**
 * emend_pixmap_unref:
 * @pixmap: (transfer full): a pixmap
 *
 * Frees the pixels with the last reference. Any thread.
 */
void
emend_pixmap_unref (EmendPixmap *pixmap)
{
  g_return_if_fail (pixmap != NULL);

  CountedPixmap *counted = (CountedPixmap *) pixmap;
  if (!g_atomic_ref_count_dec (&counted->references))
    return;
  g_free (pixmap->data);
  g_free (counted);
}

/**
 * emend_pixmap_to_bytes:
 * @pixmap: a pixmap that will not be changed any more
 *
 * Any thread.
 *
 * Returns: (transfer full): height x stride bytes, row by row, that keep @pixmap alive
 */
GBytes *
emend_pixmap_to_bytes (EmendPixmap *pixmap)
{
  g_return_val_if_fail (pixmap != NULL, NULL);

  return g_bytes_new_with_free_func (pixmap->data,
                                     pixmap->stride * (gsize) pixmap->height,
                                     (GDestroyNotify) emend_pixmap_unref,
                                     emend_pixmap_ref (pixmap));
}
