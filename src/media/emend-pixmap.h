#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * EmendPixmap:
 * @width: in pixels
 * @height: in pixels
 * @stride: bytes from one row to the next
 * @data: blue, green, red, unused: four bytes a pixel, opaque; what cairo calls RGB24 and GDK calls
 *   B8G8R8A8 when the fourth byte is 255, as it always is here
 *
 * Pixels in memory, counted. Once shared they are never changed.
 */
typedef struct {
  int width;
  int height;
  gsize stride;
  guint8 *data;
} EmendPixmap;

EmendPixmap *emend_pixmap_new (int width,
                               int height); /* (nullable): no memory */
EmendPixmap *emend_pixmap_ref (EmendPixmap *pixmap);
void emend_pixmap_unref (EmendPixmap *pixmap);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EmendPixmap, emend_pixmap_unref)
GBytes *emend_pixmap_to_bytes (EmendPixmap *pixmap); /* keeps @pixmap alive, copies nothing */

G_END_DECLS
