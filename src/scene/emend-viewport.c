#define G_LOG_DOMAIN "emend-scene"

#include "config.h"

#include "emend-viewport.h"

#include <math.h>

#define FIT_MARGIN 12.0     /* logical pixels round a fitted page */
#define FIT_MAX_ZOOM 8.0    /* a small page is not blown up further than this */
#define MAX_ZOOM 64.0       /* device pixels per image pixel */
#define SHOW_MARGIN 24.0    /* logical pixels round a thing that is brought into view */
#define SHOW_SMALLEST 28.0  /* logical pixels: a thing smaller than this cannot be judged … */
#define SHOW_ENLARGED 140.0 /* … and is enlarged to this */
#define SHOW_LARGEST 0.96   /* of the view: a thing larger than this cannot be judged … */
#define SHOW_REDUCED 0.8    /* … and is reduced to this */

static const double zoom_steps[] = {
  0.01,
  0.02,
  0.03,
  0.05,
  0.07,
  0.10,
  0.15,
  0.20,
  0.25,
  0.33,
  0.50,
  0.66,
  1.0,
  1.5,
  2.0,
  3.0,
  4.0,
  6.0,
  8.0,
  12.0,
  16.0,
  24.0,
  32.0,
  48.0,
  64.0,
};

static gboolean
has_page (const EmendViewport *viewport)
{
  return viewport->page_width > 0 && viewport->page_height > 0;
}

static gboolean
has_view (const EmendViewport *viewport)
{
  return viewport->view_width > 0 && viewport->view_height > 0;
}

/* The scale at which the page fits, in logical pixels per image pixel. */
static double
fit_scale (const EmendViewport *viewport)
{
  double margin = MIN (viewport->view_width, viewport->view_height) > 8 * FIT_MARGIN ? 2 * FIT_MARGIN : 0;
  double x;
  double y;

  if (!has_page (viewport) || !has_view (viewport))
    return 1 / viewport->device_scale;
  x = (viewport->view_width - margin) / viewport->page_width;
  y = (viewport->view_height - margin) / viewport->page_height;
  return fmin (fmin (x, y), FIT_MAX_ZOOM / viewport->device_scale);
}

static double
bounded_scale (const EmendViewport *viewport,
               double scale)
{
  double largest = MAX_ZOOM / viewport->device_scale;
  double smallest = fmin (1 / viewport->device_scale, fit_scale (viewport) / 2);

  return CLAMP (scale, smallest, largest);
}

static EmendPoint
middle_of_view (const EmendViewport *viewport)
{
  return (EmendPoint){ viewport->view_width / 2, viewport->view_height / 2 };
}

/* Sets the scale and puts the image point @image under the view point @at; does not clamp. */
static void
place (EmendViewport *viewport,
       double scale,
       EmendPoint image,
       EmendPoint at)
{
  viewport->scale = scale;
  viewport->offset_x = at.x - image.x * scale;
  viewport->offset_y = at.y - image.y * scale;
}

/**
 * emend_viewport_init:
 * @viewport: (out): the viewport to set
 *
 * An empty view of an unknown page, at 1:1. Any thread.
 */
void
emend_viewport_init (EmendViewport *viewport)
{
  *viewport = (EmendViewport){ .device_scale = 1, .scale = 1 };
}

/**
 * emend_viewport_set_page:
 * @viewport: a viewport
 * @width: of the page in image pixels, 0 while not known
 * @height: of the page in image pixels
 *
 * Sets another page and fits it. Any thread.
 */
void
emend_viewport_set_page (EmendViewport *viewport,
                         double width,
                         double height)
{
  g_return_if_fail (isfinite (width) && width >= 0 && isfinite (height) && height >= 0);

  viewport->page_width = width;
  viewport->page_height = height;
  emend_viewport_fit (viewport);
}

/**
 * emend_viewport_set_view_size:
 * @viewport: a viewport
 * @width: of the view in logical pixels
 * @height: of the view in logical pixels
 * @device_scale: device pixels per logical pixel
 *
 * Keeps what is in the middle of the view there; a fitted page stays fitted. Any thread.
 */
void
emend_viewport_set_view_size (EmendViewport *viewport,
                              double width,
                              double height,
                              double device_scale)
{
  gboolean fitted = !has_view (viewport) || emend_viewport_is_fitted (viewport);
  EmendPoint middle = emend_viewport_to_image (viewport, middle_of_view (viewport));

  g_return_if_fail (isfinite (width) && width >= 0 && isfinite (height) && height >= 0);
  g_return_if_fail (isfinite (device_scale) && device_scale > 0);

  viewport->view_width = width;
  viewport->view_height = height;
  viewport->device_scale = device_scale;
  if (fitted) {
    emend_viewport_fit (viewport);
    return;
  }
  place (viewport, bounded_scale (viewport, viewport->scale), middle, middle_of_view (viewport));
  emend_viewport_clamp (viewport);
}

/**
 * emend_viewport_to_image:
 * @viewport: a viewport
 * @view: a point in logical pixels of the view
 *
 * Returns: the same point in image pixels, possibly beside the page. Any thread.
 */
EmendPoint
emend_viewport_to_image (const EmendViewport *viewport,
                         EmendPoint view)
{
  return (EmendPoint){ (view.x - viewport->offset_x) / viewport->scale,
                       (view.y - viewport->offset_y) / viewport->scale };
}

/**
 * emend_viewport_to_view:
 * @viewport: a viewport
 * @image: a point in image pixels
 *
 * Returns: the same point in logical pixels of the view, possibly outside it. Any thread.
 */
EmendPoint
emend_viewport_to_view (const EmendViewport *viewport,
                        EmendPoint image)
{
  return (EmendPoint){ image.x * viewport->scale + viewport->offset_x,
                       image.y * viewport->scale + viewport->offset_y };
}

/**
 * emend_viewport_rect_to_image:
 * @viewport: a viewport
 * @view: a rectangle in logical pixels of the view
 *
 * Returns: the same in image pixels. Any thread.
 */
EmendRect
emend_viewport_rect_to_image (const EmendViewport *viewport,
                              const EmendRect *view)
{
  EmendPoint corner = emend_viewport_to_image (viewport, (EmendPoint){ view->x, view->y });

  return (EmendRect){ corner.x, corner.y, view->width / viewport->scale, view->height / viewport->scale };
}

/**
 * emend_viewport_rect_to_view:
 * @viewport: a viewport
 * @image: a rectangle in image pixels
 *
 * Returns: the same in logical pixels of the view. Any thread.
 */
EmendRect
emend_viewport_rect_to_view (const EmendViewport *viewport,
                             const EmendRect *image)
{
  EmendPoint corner = emend_viewport_to_view (viewport, (EmendPoint){ image->x, image->y });

  return (EmendRect){ corner.x, corner.y, image->width * viewport->scale, image->height * viewport->scale };
}

/**
 * emend_viewport_get_zoom:
 * @viewport: a viewport
 *
 * Returns: device pixels per image pixel; 1 is 100 %. Any thread.
 */
double
emend_viewport_get_zoom (const EmendViewport *viewport)
{
  return viewport->scale * viewport->device_scale;
}

/**
 * emend_viewport_set_zoom:
 * @viewport: a viewport
 * @zoom: device pixels per image pixel; is bounded
 *
 * Keeps what is in the middle of the view there. Any thread.
 */
void
emend_viewport_set_zoom (EmendViewport *viewport,
                         double zoom)
{
  EmendPoint middle = middle_of_view (viewport);
  EmendPoint image = emend_viewport_to_image (viewport, middle);

  g_return_if_fail (isfinite (zoom) && zoom > 0);

  place (viewport, bounded_scale (viewport, zoom / viewport->device_scale), image, middle);
  emend_viewport_clamp (viewport);
}

/**
 * emend_viewport_zoom_at:
 * @viewport: a viewport
 * @factor: above 1 enlarges
 * @at: a point in logical pixels of the view
 *
 * What is under @at stays there, as far as the page may be moved that way. Any thread.
 */
void
emend_viewport_zoom_at (EmendViewport *viewport,
                        double factor,
                        EmendPoint at)
{
  EmendPoint image = emend_viewport_to_image (viewport, at);

  g_return_if_fail (isfinite (factor) && factor > 0);

  place (viewport, bounded_scale (viewport, viewport->scale * factor), image, at);
  emend_viewport_clamp (viewport);
}

/**
 * emend_viewport_get_next_zoom:
 * @viewport: a viewport
 * @direction: 1 for larger, -1 for smaller
 *
 * Returns: the zoom of the next step, or the zoom now when there is none. Any thread.
 */
double
emend_viewport_get_next_zoom (const EmendViewport *viewport,
                              int direction)
{
  double zoom = emend_viewport_get_zoom (viewport);
  double best = zoom;

  for (gsize i = 0; i < G_N_ELEMENTS (zoom_steps); i++) {
    if (direction < 0 && zoom_steps[i] < zoom * 0.999)
      best = zoom_steps[i];
    if (direction > 0 && zoom_steps[i] > zoom * 1.001)
      return zoom_steps[i];
  }
  return best;
}

/**
 * emend_viewport_get_zoom_steps:
 * @n_steps: (out): how many
 *
 * Returns: (transfer none) (array length=n_steps): zooms in device pixels per image pixel, ascending.
 *   Any thread.
 */
const double *
emend_viewport_get_zoom_steps (gsize *n_steps)
{
  *n_steps = G_N_ELEMENTS (zoom_steps);
  return zoom_steps;
}

/**
 * emend_viewport_fit:
 * @viewport: a viewport
 *
 * The whole page in the middle of the view. Any thread.
 */
void
emend_viewport_fit (EmendViewport *viewport)
{
  EmendPoint center = { viewport->page_width / 2, viewport->page_height / 2 };

  place (viewport, fit_scale (viewport), center, middle_of_view (viewport));
}

/**
 * emend_viewport_is_fitted:
 * @viewport: a viewport
 *
 * Returns: whether it is as emend_viewport_fit() leaves it. Any thread.
 */
gboolean
emend_viewport_is_fitted (const EmendViewport *viewport)
{
  EmendViewport fitted = *viewport;

  emend_viewport_fit (&fitted);
  return fabs (fitted.scale - viewport->scale) <= fitted.scale * 1e-9 &&
         fabs (fitted.offset_x - viewport->offset_x) < 1e-3 &&
         fabs (fitted.offset_y - viewport->offset_y) < 1e-3;
}

static EmendPoint
center_of (const EmendRect *rect)
{
  return (EmendPoint){ rect->x + rect->width / 2, rect->y + rect->height / 2 };
}

/**
 * emend_viewport_zoom_to_rect:
 * @viewport: a viewport
 * @rect: in image pixels
 * @margin: on each side, as a part of the larger side of @rect
 * @max_zoom: in device pixels per image pixel
 *
 * Puts @rect in the middle. Any thread.
 */
void
emend_viewport_zoom_to_rect (EmendViewport *viewport,
                             const EmendRect *rect,
                             double margin,
                             double max_zoom)
{
  double room = 2 * margin * fmax (rect->width, rect->height);
  double x = viewport->view_width / fmax (rect->width + room, 1e-9);
  double y = viewport->view_height / fmax (rect->height + room, 1e-9);
  double scale = fmin (fmin (x, y), max_zoom / viewport->device_scale);

  g_return_if_fail (emend_rect_is_finite (rect) && margin >= 0 && max_zoom > 0);

  scale = bounded_scale (viewport, fmax (scale, fit_scale (viewport)));
  place (viewport, scale, center_of (rect), middle_of_view (viewport));
  emend_viewport_clamp (viewport);
}

/* How far to move so that start..start + size lies in margin..view - margin; the least way. */
static double
way_into (double start,
          double size,
          double view)
{
  double margin = fmin (SHOW_MARGIN, fmax (0, (view - size) / 2));

  if (start < margin)
    return margin - start;
  if (start + size > view - margin)
    return view - margin - size - start;
  return 0;
}

/**
 * emend_viewport_show:
 * @viewport: a viewport
 * @rect: in image pixels
 * @max_zoom: a small thing is not enlarged further than this, in device pixels per image pixel
 *
 * The smallest move that brings @rect into view; zooms only when it is too small or too large in the
 * view to be judged. Any thread.
 */
void
emend_viewport_show (EmendViewport *viewport,
                     const EmendRect *rect,
                     double max_zoom)
{
  EmendRect view = emend_viewport_rect_to_view (viewport, rect);
  double side = fmax (view.width, view.height);
  double zoom = emend_viewport_get_zoom (viewport);
  double part;

  g_return_if_fail (emend_rect_is_finite (rect) && max_zoom > 0);

  if (!has_view (viewport))
    return;
  part = fmax (view.width / viewport->view_width, view.height / viewport->view_height);
  if (side < SHOW_SMALLEST && zoom < max_zoom) {
    double scale = fmin (viewport->scale * SHOW_ENLARGED / fmax (side, 1e-9), max_zoom / viewport->device_scale);

    place (viewport, bounded_scale (viewport, scale), center_of (rect), middle_of_view (viewport));
  } else if (part > SHOW_LARGEST && viewport->scale > fit_scale (viewport)) {
    double scale = fmax (viewport->scale * SHOW_REDUCED / part, fit_scale (viewport));

    place (viewport, bounded_scale (viewport, scale), center_of (rect), middle_of_view (viewport));
  } else {
    viewport->offset_x += way_into (view.x, view.width, viewport->view_width);
    viewport->offset_y += way_into (view.y, view.height, viewport->view_height);
  }
  emend_viewport_clamp (viewport);
}

/**
 * emend_viewport_pan:
 * @viewport: a viewport
 * @dx: logical pixels to the right
 * @dy: logical pixels down
 *
 * Moves the page, as far as it may be moved. Any thread.
 */
void
emend_viewport_pan (EmendViewport *viewport,
                    double dx,
                    double dy)
{
  g_return_if_fail (isfinite (dx) && isfinite (dy));

  viewport->offset_x += dx;
  viewport->offset_y += dy;
  emend_viewport_clamp (viewport);
}

/* Where an axis may start: half of the view stays covered; without a jump from "is centred" (small
 * pages) to "may be moved" (large ones). */
static double
clamp_offset (double offset,
              double size,
              double view)
{
  double centred = (view - size) / 2;
  double slack = size >= view ? size / 2 : fmax (0, size - view / 2);

  return CLAMP (offset, centred - slack, centred + slack);
}

/**
 * emend_viewport_clamp:
 * @viewport: a viewport
 *
 * Moves the page back so that it cannot be lost. Any thread.
 */
void
emend_viewport_clamp (EmendViewport *viewport)
{
  if (!has_page (viewport) || !has_view (viewport))
    return;
  viewport->offset_x = clamp_offset (viewport->offset_x, viewport->page_width * viewport->scale, viewport->view_width);
  viewport->offset_y = clamp_offset (viewport->offset_y, viewport->page_height * viewport->scale,
                                     viewport->view_height);
}

/**
 * emend_viewport_get_visible:
 * @viewport: a viewport
 *
 * Returns: the part of the page that shows, in image pixels. Any thread.
 */
EmendRect
emend_viewport_get_visible (const EmendViewport *viewport)
{
  EmendRect view = { 0, 0, viewport->view_width, viewport->view_height };
  EmendRect image = emend_viewport_rect_to_image (viewport, &view);

  return emend_rect_clamp (&image, viewport->page_width, viewport->page_height);
}

/**
 * emend_viewport_interpolate:
 * @from: where the way starts
 * @to: where it ends
 * @progress: 0..1, in equal steps of time
 *
 * The scale changes by equal factors, and the page about one fixed point, so that the way looks
 * straight; eased out by a cubic. The size of the view is that of @to.
 *
 * Returns: the viewport at that time; exactly @to at 1. Any thread.
 */
EmendViewport
emend_viewport_interpolate (const EmendViewport *from,
                            const EmendViewport *to,
                            double progress)
{
  double left = 1 - CLAMP (progress, 0, 1);
  double eased = 1 - left * left * left;
  double ratio = to->scale / from->scale;
  double part = fabs (ratio - 1) < 1e-6 ? eased : (pow (ratio, eased) - 1) / (ratio - 1);
  EmendViewport now = *to;

  if (progress >= 1)
    return now;
  now.scale = from->scale + (to->scale - from->scale) * part;
  now.offset_x = from->offset_x + (to->offset_x - from->offset_x) * part;
  now.offset_y = from->offset_y + (to->offset_y - from->offset_y) * part;
  return now;
}

/**
 * emend_viewport_equal:
 * @a: a viewport
 * @b: another
 *
 * Returns: whether all numbers are the same. Any thread.
 */
gboolean
emend_viewport_equal (const EmendViewport *a,
                      const EmendViewport *b)
{
  return a->page_width == b->page_width && a->page_height == b->page_height &&
         a->view_width == b->view_width && a->view_height == b->view_height &&
         a->device_scale == b->device_scale && a->scale == b->scale &&
         a->offset_x == b->offset_x && a->offset_y == b->offset_y;
}
