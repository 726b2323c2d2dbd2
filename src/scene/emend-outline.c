#define G_LOG_DOMAIN "emend-scene"

#include "config.h"

#include "emend-outline.h"

#include <math.h>

#include "emend-contrast.h"
#include "emend-raster-private.h"

#define LINE_CONTRAST 3.0
#define POINT_RADIUS 5.0
#define FAR_AWAY 1e6       /* logical pixels from the view: lines beyond are bent to here */
#define LONGEST_DASHED 2e5 /* logical pixels: dashes of longer ones would take seconds */
#define DASH_ON 6.0
#define DASH_OFF 4.0
#define MASK_FILL 0.35
#define HALO_OPACITY 0.75
#define SIGN_SIDE 20.0 /* a thing smaller than this has no sign */
#define REJECTED_OPACITY 0.4
#define SKETCH_FILL 0.12
#define SKETCH_CLOSING 0.7

/* A point of the page in the view, held where cairo can still count (it has 24 bits for whole pixels). */
static EmendPoint
to_view (const EmendViewport *viewport,
         double x,
         double y)
{
  EmendPoint view = emend_viewport_to_view (viewport, (EmendPoint){ x, y });

  return (EmendPoint){ CLAMP (view.x, -FAR_AWAY, FAR_AWAY), CLAMP (view.y, -FAR_AWAY, FAR_AWAY) };
}

static void
add_ring (cairo_t *cr,
          const EmendViewport *viewport,
          const EmendPoint *points,
          gsize n_points,
          gboolean closed)
{
  for (gsize i = 0; i < n_points; i++) {
    EmendPoint view = to_view (viewport, points[i].x, points[i].y);

    if (i == 0)
      cairo_move_to (cr, view.x, view.y);
    else
      cairo_line_to (cr, view.x, view.y);
  }
  if (closed)
    cairo_close_path (cr);
}

static void
add_box (cairo_t *cr,
         const EmendViewport *viewport,
         const EmendRect *box)
{
  double right = box->x + box->width;
  double bottom = box->y + box->height;
  const EmendPoint corners[] = { { box->x, box->y }, { right, box->y }, { right, bottom }, { box->x, bottom } };

  add_ring (cr, viewport, corners, G_N_ELEMENTS (corners), TRUE);
}

static void
add_rotated_box (cairo_t *cr,
                 const EmendViewport *viewport,
                 const EmendShape *shape)
{
  const double *values = g_bytes_get_data (shape->data, NULL);
  double radians = values[4] * G_PI / 180;
  EmendPoint along = { cos (radians) * values[2] / 2, sin (radians) * values[2] / 2 };
  EmendPoint across = { -sin (radians) * values[3] / 2, cos (radians) * values[3] / 2 };
  const EmendPoint corners[] = {
    { values[0] - along.x - across.x, values[1] - along.y - across.y },
    { values[0] + along.x - across.x, values[1] + along.y - across.y },
    { values[0] + along.x + across.x, values[1] + along.y + across.y },
    { values[0] - along.x + across.x, values[1] - along.y + across.y },
  };

  add_ring (cr, viewport, corners, G_N_ELEMENTS (corners), TRUE);
}

static void
add_ellipse (cairo_t *cr,
             const EmendViewport *viewport,
             const EmendRect *box)
{
  EmendRect view = emend_viewport_rect_to_view (viewport, box);

  /* Nothing of the curve of one that is so large would look like a curve. */
  if (view.width <= 0 || view.height <= 0 || fmax (view.width, view.height) > FAR_AWAY ||
      fmax (fabs (view.x), fabs (view.y)) > FAR_AWAY) {
    add_box (cr, viewport, box);
    return;
  }
  cairo_save (cr);
  cairo_translate (cr, view.x + view.width / 2, view.y + view.height / 2);
  cairo_scale (cr, view.width / 2, view.height / 2);
  cairo_new_sub_path (cr);
  cairo_arc (cr, 0, 0, 1, 0, 2 * G_PI);
  cairo_close_path (cr);
  cairo_restore (cr);
}

static void
add_rings (cairo_t *cr,
           const EmendViewport *viewport,
           const EmendShape *shape)
{
  for (gsize ring = 0; ring < emend_shape_get_n_rings (shape); ring++) {
    gsize n_points;
    const EmendPoint *points = emend_shape_get_ring (shape, ring, &n_points);

    add_ring (cr, viewport, points, n_points, shape->kind == EMEND_SHAPE_POLYGON || n_points == 1);
  }
}

static void
add_point (cairo_t *cr,
           const EmendViewport *viewport,
           const EmendRect *box)
{
  EmendPoint view = to_view (viewport, box->x, box->y);

  cairo_new_sub_path (cr);
  cairo_arc (cr, view.x, view.y, POINT_RADIUS, 0, 2 * G_PI);
  cairo_close_path (cr);
}

/**
 * emend_outline_add_path:
 * @cr: a context in logical pixels of the view
 * @shape: a shape
 * @viewport: where the page is
 *
 * Adds the outline to the current path; nothing for a mask. Any thread.
 */
void
emend_outline_add_path (cairo_t *cr,
                        const EmendShape *shape,
                        const EmendViewport *viewport)
{
  switch (shape->kind) {
  case EMEND_SHAPE_ROTATED_BOX:
    add_rotated_box (cr, viewport, shape);
    break;
  case EMEND_SHAPE_ELLIPSE:
    add_ellipse (cr, viewport, &shape->box);
    break;
  case EMEND_SHAPE_POLYGON:
  case EMEND_SHAPE_POLYLINE:
    add_rings (cr, viewport, shape);
    break;
  case EMEND_SHAPE_POINT:
    add_point (cr, viewport, &shape->box);
    break;
  case EMEND_SHAPE_BOX:
    add_box (cr, viewport, &shape->box);
    break;
  case EMEND_SHAPE_MASK:
  default:
    break;
  }
}

/**
 * emend_outline_get_line_color:
 * @color: of a label, 0xRRGGBB
 *
 * Returns: the colour of its lines: the same, lightened as far as it takes to tell the line from its
 *   halo (3:1, WCAG 2.1, 1.4.11). Any thread.
 */
guint32
emend_outline_get_line_color (guint32 color)
{
  return emend_contrast_lighten (color, EMEND_OUTLINE_HALO_COLOR, LINE_CONTRAST);
}

static void
set_color (cairo_t *cr,
           guint32 color,
           double opacity)
{
  cairo_set_source_rgba (cr, ((color >> 16) & 0xff) / 255.0, ((color >> 8) & 0xff) / 255.0, (color & 0xff) / 255.0,
                         opacity);
}

/* The bits of a mask at the size it has on the screen, in device pixels of the view. */
typedef struct {
  EmendPixelBox box;
  guint8 *bits; /* one byte a pixel */
} Stencil;

static void
stencil_fill (Stencil *stencil,
              const EmendPixelBox *part)
{
  EmendPixelBox b = emend_pixel_box_intersect (part, &stencil->box);
  gsize width = (gsize) (stencil->box.x2 - stencil->box.x1);

  for (int y = b.y1; y < b.y2; y++) {
    for (int x = b.x1; x < b.x2; x++)
      stencil->bits[(gsize) (y - stencil->box.y1) * width + (gsize) (x - stencil->box.x1)] = 1;
  }
}

/* One column of a run of the mask. A part smaller than a device pixel still fills one. */
static void
stencil_add (Stencil *stencil,
             const EmendViewport *viewport,
             double x,
             double y1,
             double y2)
{
  double zoom = emend_viewport_get_zoom (viewport);
  double left = viewport->offset_x * viewport->device_scale;
  double top = viewport->offset_y * viewport->device_scale;
  EmendPixelBox part = {
    emend_pixel_snap (x * zoom + left),
    emend_pixel_snap (y1 * zoom + top),
    emend_pixel_snap ((x + 1) * zoom + left),
    emend_pixel_snap (y2 * zoom + top),
  };

  part.x2 = MAX (part.x2, part.x1 + 1);
  part.y2 = MAX (part.y2, part.y1 + 1);
  stencil_fill (stencil, &part);
}

static void
stencil_add_mask (Stencil *stencil,
                  const EmendShape *shape,
                  const EmendViewport *viewport)
{
  EmendRect visible = emend_viewport_get_visible (viewport);
  guint32 height;
  gsize n_counts;
  const guint32 *counts = emend_shape_get_mask (shape, NULL, &height, &n_counts, NULL);
  guint64 at = 0;

  for (gsize i = 0; i < n_counts; i++) {
    guint64 end = at + counts[i];

    while (i % 2 == 1 && at < end) {
      guint64 column = at / height;
      guint64 stop = MIN (end, (column + 1) * height);

      if ((double) column > visible.x + visible.width)
        return;
      if ((double) (column + 1) >= visible.x)
        stencil_add (stencil, viewport, (double) column, (double) (at % height), (double) (stop - column * height));
      at = stop;
    }
    at = end;
  }
}

/* Whether a pixel of other value lies within @reach along the axes. */
static gboolean
stencil_is_edge (const Stencil *stencil,
                 int x,
                 int y,
                 int reach)
{
  int width = stencil->box.x2 - stencil->box.x1;
  int height = stencil->box.y2 - stencil->box.y1;
  guint8 here = stencil->bits[(gsize) y * (gsize) width + (gsize) x];

  for (int i = 1; i <= reach; i++) {
    guint8 left = x >= i ? stencil->bits[(gsize) y * (gsize) width + (gsize) (x - i)] : 0;
    guint8 right = x + i < width ? stencil->bits[(gsize) y * (gsize) width + (gsize) (x + i)] : 0;
    guint8 up = y >= i ? stencil->bits[(gsize) (y - i) * (gsize) width + (gsize) x] : 0;
    guint8 down = y + i < height ? stencil->bits[(gsize) (y + i) * (gsize) width + (gsize) x] : 0;

    if (left != here || right != here || up != here || down != here)
      return TRUE;
  }
  return FALSE;
}

static guint32
premultiplied (guint32 color,
               double opacity)
{
  guint32 alpha = (guint32) lround (opacity * 255);
  guint32 red = ((color >> 16) & 0xff) * alpha / 255;
  guint32 green = ((color >> 8) & 0xff) * alpha / 255;
  guint32 blue = (color & 0xff) * alpha / 255;

  return alpha << 24 | red << 16 | green << 8 | blue;
}

/* Fill inside, line along the inner side of the edge, halo along the outer. */
static cairo_surface_t *
stencil_to_surface (const Stencil *stencil,
                    guint32 color,
                    int line,
                    int halo)
{
  int width = stencil->box.x2 - stencil->box.x1;
  int height = stencil->box.y2 - stencil->box.y1;
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, width, height);
  guint32 fill_pixel = premultiplied (color, MASK_FILL);
  guint32 line_pixel = premultiplied (color, 1);
  guint32 halo_pixel = premultiplied (EMEND_OUTLINE_HALO_COLOR, HALO_OPACITY);
  guint8 *pixels = cairo_image_surface_get_data (surface);
  gsize stride = (gsize) cairo_image_surface_get_stride (surface);

  if (cairo_surface_status (surface) != CAIRO_STATUS_SUCCESS)
    return surface;
  for (int y = 0; y < height; y++) {
    guint32 *row = (guint32 *) (void *) (pixels + (gsize) y * stride);

    for (int x = 0; x < width; x++) {
      if (stencil->bits[(gsize) y * (gsize) width + (gsize) x] != 0)
        row[x] = stencil_is_edge (stencil, x, y, line) ? line_pixel : fill_pixel;
      else
        row[x] = stencil_is_edge (stencil, x, y, halo) ? halo_pixel : 0;
    }
  }
  cairo_surface_mark_dirty (surface);
  return surface;
}

static void
draw_mask (cairo_t *cr,
           const EmendOverlayMark *mark,
           const EmendViewport *viewport,
           double line)
{
  double scale = viewport->device_scale;
  int halo = MAX (1, (int) lround (scale));
  EmendRect view = emend_viewport_rect_to_view (viewport, &mark->shape.box);
  EmendPixelBox bounds = {
    emend_pixel_snap (view.x * scale) - halo,
    emend_pixel_snap (view.y * scale) - halo,
    emend_pixel_snap ((view.x + view.width) * scale) + halo + 1,
    emend_pixel_snap ((view.y + view.height) * scale) + halo + 1,
  };
  EmendPixelBox whole = {
    -halo - 1,
    -halo - 1,
    (int) ceil (viewport->view_width * scale) + halo + 1,
    (int) ceil (viewport->view_height * scale) + halo + 1,
  };
  Stencil stencil = { emend_pixel_box_intersect (&bounds, &whole), NULL };
  g_autofree guint8 *bits = NULL;
  cairo_surface_t *surface;

  if (emend_pixel_box_is_empty (&stencil.box))
    return;
  bits = g_malloc0 ((gsize) (stencil.box.x2 - stencil.box.x1) * (gsize) (stencil.box.y2 - stencil.box.y1));
  stencil.bits = bits;
  stencil_add_mask (&stencil, &mark->shape, viewport);
  surface = stencil_to_surface (&stencil, emend_outline_get_line_color (mark->color),
                                MAX (1, (int) lround (line * scale)), halo);
  cairo_surface_set_device_scale (surface, scale, scale);
  cairo_set_source_surface (cr, surface, stencil.box.x1 / scale, stencil.box.y1 / scale);
  cairo_paint (cr);
  cairo_surface_destroy (surface);
}

/* Where on the outline the sign of the verdict goes, in logical pixels of the view. */
static EmendPoint
sign_anchor (const EmendShape *shape,
             const EmendViewport *viewport)
{
  EmendPoint at = { shape->box.x, shape->box.y };

  if (shape->kind == EMEND_SHAPE_POLYGON || shape->kind == EMEND_SHAPE_POLYLINE) {
    gsize n_points;

    at = emend_shape_get_ring (shape, 0, &n_points)[0];
  } else if (shape->kind == EMEND_SHAPE_ELLIPSE || shape->kind == EMEND_SHAPE_MASK) {
    at.x += shape->box.width / 2;
  } else if (shape->kind == EMEND_SHAPE_ROTATED_BOX) {
    const double *values = g_bytes_get_data (shape->data, NULL);
    double radians = values[4] * G_PI / 180;

    at.x = values[0] - cos (radians) * values[2] / 2 + sin (radians) * values[3] / 2;
    at.y = values[1] - sin (radians) * values[2] / 2 - cos (radians) * values[3] / 2;
  }
  return to_view (viewport, at.x, at.y);
}

/* A filled square for corrected, a plus for added. */
static void
draw_sign (cairo_t *cr,
           const EmendOverlayMark *mark,
           const EmendViewport *viewport)
{
  EmendPoint at = sign_anchor (&mark->shape, viewport);

  if (mark->shape.kind == EMEND_SHAPE_BOX) {
    at.x += 8;
    at.y += 8;
  }
  if (mark->verdict == EMEND_VERDICT_CORRECTED && mark->shape.kind == EMEND_SHAPE_BOX) {
    cairo_move_to (cr, at.x - 8, at.y - 8);
    cairo_line_to (cr, at.x + 4, at.y - 8);
    cairo_line_to (cr, at.x - 8, at.y + 4);
    cairo_close_path (cr);
  } else if (mark->verdict == EMEND_VERDICT_CORRECTED) {
    cairo_rectangle (cr, at.x - 3.5, at.y - 3.5, 7, 7);
  } else if (mark->verdict == EMEND_VERDICT_ADDED) {
    cairo_move_to (cr, at.x - 1, at.y - 4);
    for (int i = 0; i < 4; i++) {
      static const double plus[4][3][2] = {
        { { 1, -4 }, { 1, -1 }, { 4, -1 } },
        { { 4, 1 }, { 1, 1 }, { 1, 4 } },
        { { -1, 4 }, { -1, 1 }, { -4, 1 } },
        { { -4, -1 }, { -1, -1 }, { -1, -4 } },
      };

      for (int j = 0; j < 3; j++)
        cairo_line_to (cr, at.x + plus[i][j][0], at.y + plus[i][j][1]);
    }
    cairo_close_path (cr);
  } else {
    return;
  }
  set_color (cr, EMEND_OUTLINE_HALO_COLOR, HALO_OPACITY);
  cairo_set_line_width (cr, 2);
  cairo_stroke_preserve (cr);
  set_color (cr, emend_outline_get_line_color (mark->color), 1);
  cairo_fill (cr);
}

static void
draw_opaque (cairo_t *cr,
             const EmendOverlayMark *mark,
             const EmendViewport *viewport,
             double line)
{
  static const double dashes[] = { DASH_ON, DASH_OFF };
  EmendRect view = emend_viewport_rect_to_view (viewport, &mark->shape.box);

  cairo_new_path (cr);
  if (mark->shape.kind == EMEND_SHAPE_MASK)
    draw_mask (cr, mark, viewport, line);
  else
    emend_outline_add_path (cr, &mark->shape, viewport);
  if (mark->verdict == EMEND_VERDICT_REJECTED) {
    EmendPoint first = to_view (viewport, mark->shape.box.x, mark->shape.box.y);
    EmendPoint last = to_view (viewport, mark->shape.box.x + mark->shape.box.width,
                               mark->shape.box.y + mark->shape.box.height);

    line = line / 2;
    cairo_move_to (cr, first.x, first.y);
    cairo_line_to (cr, last.x, last.y);
  }
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_BUTT);
  cairo_set_line_width (cr, line + 2);
  set_color (cr, EMEND_OUTLINE_HALO_COLOR, HALO_OPACITY);
  cairo_stroke_preserve (cr);
  if (mark->verdict == EMEND_VERDICT_NONE && view.width + view.height < LONGEST_DASHED)
    cairo_set_dash (cr, dashes, G_N_ELEMENTS (dashes), 0);
  cairo_set_line_width (cr, line);
  set_color (cr, emend_outline_get_line_color (mark->color), 1);
  cairo_stroke (cr);
  cairo_set_dash (cr, NULL, 0, 0);
  if (fmax (view.width, view.height) >= SIGN_SIDE)
    draw_sign (cr, mark, viewport);
}

/**
 * emend_outline_draw:
 * @cr: a context in logical pixels of the view
 * @mark: what to draw
 * @viewport: where the page is
 * @line: width of the line in logical pixels
 * @opacity: 0..1
 *
 * Draws a mark of any kind: halo, line in the style of its verdict, sign in the corner. Any thread.
 */
void
emend_outline_draw (cairo_t *cr,
                    const EmendOverlayMark *mark,
                    const EmendViewport *viewport,
                    double line,
                    double opacity)
{
  EmendRect view = emend_viewport_rect_to_view (viewport, &mark->shape.box);
  EmendPoint first = { fmax (view.x - SIGN_SIDE, -SIGN_SIDE), fmax (view.y - SIGN_SIDE, -SIGN_SIDE) };
  EmendPoint last = {
    fmin (view.x + view.width, viewport->view_width) + SIGN_SIDE,
    fmin (view.y + view.height, viewport->view_height) + SIGN_SIDE,
  };

  if (last.x <= first.x || last.y <= first.y)
    return;
  opacity *= mark->verdict == EMEND_VERDICT_REJECTED ? REJECTED_OPACITY : 1;
  cairo_save (cr);
  cairo_rectangle (cr, first.x, first.y, last.x - first.x, last.y - first.y);
  cairo_clip (cr);
  /* Halo, line and sign lie on one another: faint as a whole, not each. */
  if (opacity < 1)
    cairo_push_group (cr);
  draw_opaque (cr, mark, viewport, line);
  if (opacity < 1) {
    cairo_pop_group_to_source (cr);
    cairo_paint_with_alpha (cr, opacity);
  }
  cairo_restore (cr);
}

/* Strokes the current path twice and keeps it: the halo, then the line. */
static void
stroke_with_halo (cairo_t *cr,
                  guint32 color,
                  double line)
{
  set_color (cr, EMEND_OUTLINE_HALO_COLOR, HALO_OPACITY);
  cairo_set_line_width (cr, line + 2);
  cairo_stroke_preserve (cr);
  set_color (cr, color, 1);
  cairo_set_line_width (cr, line);
  cairo_stroke_preserve (cr);
}

/**
 * emend_outline_draw_sketch:
 * @cr: a context in logical pixels of the view
 * @points: (array length=n_points): what is placed, in image pixels
 * @n_points: how many; at least one
 * @at: where the next one would go
 * @closed: whether it becomes a ring
 * @color: of the label, 0xRRGGBB
 * @viewport: where the page is
 *
 * Draws what is not finished. Any thread.
 */
void
emend_outline_draw_sketch (cairo_t *cr,
                           const EmendPoint *points,
                           gsize n_points,
                           EmendPoint at,
                           gboolean closed,
                           guint32 color,
                           const EmendViewport *viewport)
{
  static const double dashes[] = { DASH_ON, DASH_OFF };
  EmendPoint pointer = to_view (viewport, at.x, at.y);
  EmendPoint last = to_view (viewport, points[n_points - 1].x, points[n_points - 1].y);
  EmendPoint first = to_view (viewport, points[0].x, points[0].y);
  guint32 line_color = emend_outline_get_line_color (color);

  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  cairo_new_path (cr);
  add_ring (cr, viewport, points, n_points, FALSE);
  if (closed && n_points > 1) {
    cairo_line_to (cr, pointer.x, pointer.y);
    cairo_close_path (cr);
    set_color (cr, color, SKETCH_FILL);
    cairo_fill (cr);
    add_ring (cr, viewport, points, n_points, FALSE);
  }
  stroke_with_halo (cr, line_color, EMEND_OUTLINE_SELECTED_LINE);
  cairo_new_path (cr);
  cairo_move_to (cr, last.x, last.y);
  cairo_line_to (cr, pointer.x, pointer.y);
  /* The edge that would close it is thinner than the one that is drawn. */
  set_color (cr, EMEND_OUTLINE_HALO_COLOR, HALO_OPACITY);
  cairo_set_line_width (cr, EMEND_OUTLINE_LINE + 2);
  cairo_stroke_preserve (cr);
  cairo_set_dash (cr, dashes, G_N_ELEMENTS (dashes), 0);
  set_color (cr, line_color, 1);
  cairo_set_line_width (cr, EMEND_OUTLINE_LINE);
  cairo_stroke (cr);
  if (!closed || n_points < 2)
    return;
  cairo_move_to (cr, pointer.x, pointer.y);
  cairo_line_to (cr, first.x, first.y);
  set_color (cr, line_color, SKETCH_CLOSING);
  cairo_set_line_width (cr, 1);
  cairo_stroke (cr);
}
