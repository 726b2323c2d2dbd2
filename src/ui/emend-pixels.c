#define G_LOG_DOMAIN "emend-ui"

#include "config.h"

#include "emend-pixels.h"

#include <gsk/gskcairorenderer.h>

struct _EmendPixels {
  EmendPixmap *pixmap;
  GdkTexture *texture; /* (nullable): for renderers other than cairo; it is uploaded once */
  GskRenderNode *node; /* (nullable): as it was drawn last, so that GTK sees that nothing changed */
  graphene_rect_t bounds;
};

/**
 * emend_pixels_new:
 * @pixmap: a picture; a reference is kept
 *
 * Returns: (transfer full): it, to be drawn
 */
EmendPixels *
emend_pixels_new (EmendPixmap *pixmap)
{
  EmendPixels *pixels = g_new0 (EmendPixels, 1);

  pixels->pixmap = emend_pixmap_ref (pixmap);
  return pixels;
}

/**
 * emend_pixels_free:
 * @pixels: (transfer full): what was drawn stays on the screen
 */
void
emend_pixels_free (EmendPixels *pixels)
{
  g_clear_pointer (&pixels->node, gsk_render_node_unref);
  g_clear_object (&pixels->texture);
  emend_pixmap_unref (pixels->pixmap);
  g_free (pixels);
}

/**
 * emend_pixels_get_width:
 * @pixels: a picture
 *
 * Returns: in device pixels
 */
int
emend_pixels_get_width (const EmendPixels *pixels)
{
  return pixels->pixmap->width;
}

/**
 * emend_pixels_get_height:
 * @pixels: a picture
 *
 * Returns: in device pixels
 */
int
emend_pixels_get_height (const EmendPixels *pixels)
{
  return pixels->pixmap->height;
}

static const cairo_user_data_key_t pixmap_key;

/* The pixels as they are. Of a texture GTK 4.8 makes floats and bytes again each time that it draws with cairo, of all
 * of it though a corner has changed: measured 11 ns a pixel, 14 ms for a window, against 2 ms. */
static GskRenderNode *
new_cairo_node (EmendPixmap *pixmap,
                const graphene_rect_t *bounds)
{
  GskRenderNode *node = gsk_cairo_node_new (bounds);
  cairo_t *cr = gsk_cairo_node_get_draw_context (node);
  cairo_surface_t *surface = cairo_image_surface_create_for_data (pixmap->data, CAIRO_FORMAT_RGB24, pixmap->width,
                                                                  pixmap->height, (int) pixmap->stride);

  if (cairo_surface_set_user_data (surface, &pixmap_key, emend_pixmap_ref (pixmap),
                                   (cairo_destroy_func_t) emend_pixmap_unref) != CAIRO_STATUS_SUCCESS)
    emend_pixmap_unref (pixmap);
  cairo_rectangle (cr, (double) bounds->origin.x, (double) bounds->origin.y, (double) bounds->size.width,
                   (double) bounds->size.height);
  cairo_translate (cr, (double) bounds->origin.x, (double) bounds->origin.y);
  cairo_scale (cr, (double) bounds->size.width / pixmap->width, (double) bounds->size.height / pixmap->height);
  cairo_set_source_surface (cr, surface, 0, 0);
  cairo_pattern_set_extend (cairo_get_source (cr), CAIRO_EXTEND_PAD);
  cairo_fill (cr);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
  return node;
}

static GskRenderNode *
new_texture_node (EmendPixels *pixels,
                  const graphene_rect_t *bounds)
{
  if (pixels->texture == NULL) {
    g_autoptr (GBytes) bytes = emend_pixmap_to_bytes (pixels->pixmap);

    pixels->texture = gdk_memory_texture_new (pixels->pixmap->width, pixels->pixmap->height,
                                              GDK_MEMORY_B8G8R8A8_PREMULTIPLIED, bytes, pixels->pixmap->stride);
  }
  return gsk_texture_node_new (pixels->texture, bounds);
}

/**
 * emend_pixels_snapshot:
 * @pixels: a picture
 * @widget: the one that shows it
 * @snapshot: where to draw
 * @bounds: where all of it goes, in logical pixels
 *
 * Main thread.
 */
void
emend_pixels_snapshot (EmendPixels *pixels,
                       GtkWidget *widget,
                       GtkSnapshot *snapshot,
                       const graphene_rect_t *bounds)
{
  GtkNative *native = gtk_widget_get_native (widget);

  if (pixels->node == NULL || !graphene_rect_equal (&pixels->bounds, bounds)) {
    g_clear_pointer (&pixels->node, gsk_render_node_unref);
    pixels->bounds = *bounds;
    pixels->node = native != NULL && GSK_IS_CAIRO_RENDERER (gtk_native_get_renderer (native)) ?
                     new_cairo_node (pixels->pixmap, bounds) :
                     new_texture_node (pixels, bounds);
  }
  gtk_snapshot_append_node (snapshot, pixels->node);
}
