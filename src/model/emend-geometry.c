#define G_LOG_DOMAIN "emend-model"

#include "config.h"

#include "emend-geometry.h"

#include <math.h>

/**
 * emend_rect_is_finite:
 * @rect: a rectangle
 *
 * Returns: whether all four numbers are finite and the size is not negative. Any thread.
 */
gboolean
emend_rect_is_finite (const EmendRect *rect)
{
  return isfinite (rect->x) && isfinite (rect->y) && isfinite (rect->width) &&
         isfinite (rect->height) && rect->width >= 0 && rect->height >= 0;
}

/**
 * emend_rect_equal:
 * @a: a rectangle
 * @b: another
 *
 * Returns: whether all four numbers are exactly equal. Any thread.
 */
gboolean
emend_rect_equal (const EmendRect *a,
                  const EmendRect *b)
{
  return a->x == b->x && a->y == b->y && a->width == b->width && a->height == b->height;
}

/**
 * emend_rect_from_corners:
 * @a: one corner
 * @b: the opposite one, on any side
 *
 * Returns: the rectangle between them. Any thread.
 */
EmendRect
emend_rect_from_corners (EmendPoint a,
                         EmendPoint b)
{
  return (EmendRect){ fmin (a.x, b.x), fmin (a.y, b.y), fabs (a.x - b.x), fabs (a.y - b.y) };
}

/**
 * emend_rect_intersect:
 * @a: a rectangle
 * @b: another
 *
 * Returns: what both cover; of width or height 0 when they do not meet. Any thread.
 */
EmendRect
emend_rect_intersect (const EmendRect *a,
                      const EmendRect *b)
{
  double x1 = fmax (a->x, b->x);
  double y1 = fmax (a->y, b->y);
  double x2 = fmin (a->x + a->width, b->x + b->width);
  double y2 = fmin (a->y + a->height, b->y + b->height);

  return (EmendRect){ x1, y1, fmax (0, x2 - x1), fmax (0, y2 - y1) };
}

/**
 * emend_rect_union:
 * @a: a rectangle
 * @b: another
 *
 * Returns: the smallest rectangle that covers both. Any thread.
 */
EmendRect
emend_rect_union (const EmendRect *a,
                  const EmendRect *b)
{
  double x1 = fmin (a->x, b->x);
  double y1 = fmin (a->y, b->y);
  double x2 = fmax (a->x + a->width, b->x + b->width);
  double y2 = fmax (a->y + a->height, b->y + b->height);

  return (EmendRect){ x1, y1, x2 - x1, y2 - y1 };
}

/**
 * emend_rect_clamp:
 * @rect: a rectangle
 * @width: of the page in pixels
 * @height: of the page in pixels
 *
 * Returns: the part of @rect on the page. Any thread.
 */
EmendRect
emend_rect_clamp (const EmendRect *rect,
                  double width,
                  double height)
{
  double x1 = CLAMP (rect->x, 0, width);
  double y1 = CLAMP (rect->y, 0, height);
  double x2 = CLAMP (rect->x + rect->width, 0, width);
  double y2 = CLAMP (rect->y + rect->height, 0, height);

  return (EmendRect){ x1, y1, x2 - x1, y2 - y1 };
}

/**
 * emend_rect_contains:
 * @rect: a rectangle
 * @point: a point
 *
 * Returns: whether @point lies in it; the right and bottom edges do not belong to it. Any thread.
 */
gboolean
emend_rect_contains (const EmendRect *rect,
                     EmendPoint point)
{
  return point.x >= rect->x && point.y >= rect->y && point.x < rect->x + rect->width &&
         point.y < rect->y + rect->height;
}

/**
 * emend_rect_area:
 * @rect: a rectangle
 *
 * Returns: its area in square pixels. Any thread.
 */
double
emend_rect_area (const EmendRect *rect)
{
  return rect->width * rect->height;
}

/**
 * emend_rect_iou:
 * @a: a rectangle
 * @b: another
 *
 * Intersection over union, the Jaccard index of two areas (Everingham et al., "The PASCAL Visual
 * Object Classes Challenge", IJCV 88, 2010, section 4.2), on continuous coordinates.
 *
 * Returns: 0 when they do not overlap or both are empty, to 1 when they are the same. Any thread.
 */
double
emend_rect_iou (const EmendRect *a,
                const EmendRect *b)
{
  EmendRect common = emend_rect_intersect (a, b);
  double shared = emend_rect_area (&common);
  double whole = emend_rect_area (a) + emend_rect_area (b) - shared;

  return whole > 0 ? shared / whole : 0;
}
