#define G_LOG_DOMAIN "emend-ui"

#include "config.h"

#include "emend-canvas-private.h"

#include <math.h>

#define SIZE 24
#define RADIUS 7.5

/* The head of an arrow at the end of the arc, at @angle, that points on along it. */
static void
add_head (cairo_t *cr,
          double angle,
          double direction)
{
  const double head = 3.2;
  EmendPoint at = { RADIUS * cos (angle), RADIUS * sin (angle) };
  double along = angle + direction * G_PI / 2;

  cairo_move_to (cr, at.x + head * cos (along), at.y + head * sin (along));
  cairo_line_to (cr, at.x + head * cos (along + 2.2), at.y + head * sin (along + 2.2));
  cairo_line_to (cr, at.x + head * cos (along - 2.2), at.y + head * sin (along - 2.2));
  cairo_close_path (cr);
}

static void
draw_turning (cairo_t *cr,
              double room,
              double grey)
{
  const double start = -G_PI + 0.5;
  const double end = -0.5;

  cairo_set_source_rgb (cr, grey, grey, grey);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  cairo_set_line_width (cr, 2 + room);
  cairo_new_path (cr);
  cairo_arc (cr, 0, 0, RADIUS, start, end);
  cairo_stroke (cr);
  add_head (cr, end, 1);
  add_head (cr, start, -1);
  cairo_set_line_width (cr, room);
  if (room > 0)
    cairo_stroke_preserve (cr);
  cairo_fill (cr);
}

/* No theme has a cursor that says “turn”: two arrows on an arc, white with a dark edge, for any picture. */
static GdkCursor *
new_turning_cursor (void)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, SIZE, SIZE);
  cairo_t *cr = cairo_create (surface);
  g_autoptr (GdkCursor) fallback = gdk_cursor_new_from_name ("grab", NULL);
  g_autoptr (GdkTexture) texture = NULL;
  g_autoptr (GBytes) bytes = NULL;
  gsize stride = (gsize) cairo_image_surface_get_stride (surface);

  cairo_translate (cr, SIZE / 2.0, SIZE / 2.0 + 2);
  draw_turning (cr, 2, 0.08);
  draw_turning (cr, 0, 1);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  bytes = g_bytes_new (cairo_image_surface_get_data (surface), stride * SIZE);
  cairo_surface_destroy (surface);
  texture = gdk_memory_texture_new (SIZE, SIZE, GDK_MEMORY_B8G8R8A8_PREMULTIPLIED, bytes, stride);
  return gdk_cursor_new_from_texture (texture, SIZE / 2, SIZE / 2, fallback);
}

/**
 * emend_canvas_set_cursor:
 * @self: a canvas
 * @name: a CSS cursor, or %EMEND_HANDLE_ROTATE_CURSOR
 */
void
emend_canvas_set_cursor (EmendCanvas *self,
                         const char *name)
{
  GtkWidget *widget = GTK_WIDGET (self);

  if (!g_str_equal (name, EMEND_HANDLE_ROTATE_CURSOR)) {
    gtk_widget_set_cursor_from_name (widget, name);
    return;
  }
  if (self->turning == NULL)
    self->turning = new_turning_cursor ();
  gtk_widget_set_cursor (widget, self->turning);
}
