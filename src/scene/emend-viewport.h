#pragma once

#include "emend-geometry.h"

G_BEGIN_DECLS

/**
 * EmendViewport:
 * @page_width: of the page in image pixels, 0 while not known
 * @page_height: of the page in image pixels, 0 while not known
 * @view_width: of the view in logical pixels
 * @view_height: of the view in logical pixels
 * @device_scale: device pixels per logical pixel, at least 1
 * @scale: logical pixels per image pixel
 * @offset_x: where the page's left edge is in the view, in logical pixels
 * @offset_y: where the page's top edge is in the view, in logical pixels
 *
 * Which part of a page a view shows: view = image * scale + offset. A plain value: copy it by
 * assignment. An #EmendPoint or #EmendRect that is called "view" is in logical pixels of the view.
 */
typedef struct {
  double page_width;
  double page_height;
  double view_width;
  double view_height;
  double device_scale;
  double scale;
  double offset_x;
  double offset_y;
} EmendViewport;

/* An empty view of an unknown page; every other function may be called on it. */
void emend_viewport_init (EmendViewport *viewport);
/* Sets another page and fits it. */
void emend_viewport_set_page (EmendViewport *viewport,
                              double width,
                              double height);
/* Keeps what is in the middle of the view there; a view that shows the page fitted stays fitted. */
void emend_viewport_set_view_size (EmendViewport *viewport,
                                   double width,
                                   double height,
                                   double device_scale);
EmendPoint emend_viewport_to_image (const EmendViewport *viewport,
                                    EmendPoint view);
EmendPoint emend_viewport_to_view (const EmendViewport *viewport,
                                   EmendPoint image);
EmendRect emend_viewport_rect_to_image (const EmendViewport *viewport,
                                        const EmendRect *view);
EmendRect emend_viewport_rect_to_view (const EmendViewport *viewport,
                                       const EmendRect *image);

/* Device pixels per image pixel: 1 is "100 %". */
double emend_viewport_get_zoom (const EmendViewport *viewport);
/* Sets that, keeping what is in the middle of the view there: emend_viewport_set_zoom (&v, 1) is 1:1. */
void emend_viewport_set_zoom (EmendViewport *viewport,
                              double zoom);
/* Multiplies the scale by @factor, keeping what is under the view point @at there (as far as
 * emend_viewport_clamp() allows); bounded by the smallest and largest zoom. */
void emend_viewport_zoom_at (EmendViewport *viewport,
                             double factor,
                             EmendPoint at);
/* The zoom (device pixels per image pixel) of the next step up (direction 1) or down (-1). */
double emend_viewport_get_next_zoom (const EmendViewport *viewport,
                                     int direction);
/* (array length=n_steps): 0.01 … 0.5, 0.66, 1, 1.5, 2 … 64, for a menu. */
const double *emend_viewport_get_zoom_steps (gsize *n_steps);

/* The whole page, with a small margin, in the middle; never enlarged above 8 device pixels a pixel. */
void emend_viewport_fit (EmendViewport *viewport);
gboolean emend_viewport_is_fitted (const EmendViewport *viewport);
/* @rect (image pixels) in the middle, with @margin of its larger side around it (0.5: half of it on
 * each side), at a zoom of at most @max_zoom and not less than fits the page. */
void emend_viewport_zoom_to_rect (EmendViewport *viewport,
                                  const EmendRect *rect,
                                  double margin,
                                  double max_zoom);
/* The smallest move that brings @rect (image pixels) into view with some room round it; zooms only
 * when it is too small or too large in the view to be judged. */
void emend_viewport_show (EmendViewport *viewport,
                          const EmendRect *rect,
                          double max_zoom);
/* Moves the page by this many logical pixels, then clamps. */
void emend_viewport_pan (EmendViewport *viewport,
                         double dx,
                         double dy);
/* Moves the page back so that it cannot be lost: on each axis it covers at least half of the view; where
 * it is smaller than half of the view it is centred. */
void emend_viewport_clamp (EmendViewport *viewport);
/* The part of the page that shows, in image pixels; empty when none does. */
EmendRect emend_viewport_get_visible (const EmendViewport *viewport);
/* On the way from @from to @to at @progress 0..1, eased out (fast, then slow); the size of the view
 * is that of @to. The middle of the view travels so that the way looks straight while zooming. */
EmendViewport emend_viewport_interpolate (const EmendViewport *from,
                                          const EmendViewport *to,
                                          double progress);
gboolean emend_viewport_equal (const EmendViewport *a,
                               const EmendViewport *b);

G_END_DECLS
