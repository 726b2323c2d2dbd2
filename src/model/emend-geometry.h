#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * EmendPoint:
 * @x: image pixels from the left edge of the upright page
 * @y: image pixels from its top edge
 *
 * Coordinates are continuous: the first pixel covers 0..1.
 */
typedef struct {
  double x;
  double y;
} EmendPoint;

/**
 * EmendRect:
 * @x: left edge in image pixels
 * @y: top edge
 * @width: never negative
 * @height: never negative
 *
 * A rectangle on the upright page, half-open, origin at the top left.
 */
typedef struct {
  double x;
  double y;
  double width;
  double height;
} EmendRect;

gboolean emend_rect_is_finite (const EmendRect *rect);
gboolean emend_rect_equal (const EmendRect *a,
                           const EmendRect *b);
EmendRect emend_rect_from_corners (EmendPoint a,
                                   EmendPoint b);
EmendRect emend_rect_intersect (const EmendRect *a,
                                const EmendRect *b);
EmendRect emend_rect_union (const EmendRect *a,
                            const EmendRect *b);
EmendRect emend_rect_clamp (const EmendRect *rect,
                            double width,
                            double height);
gboolean emend_rect_contains (const EmendRect *rect,
                              EmendPoint point);
double emend_rect_area (const EmendRect *rect);
double emend_rect_iou (const EmendRect *a,
                       const EmendRect *b);

G_END_DECLS
