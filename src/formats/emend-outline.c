#define G_LOG_DOMAIN "emend-formats"

#include "config.h"

#include "emend-outline.h"

#include <math.h>

#include <glib/gi18n-lib.h>

#include "emend-frame.h"

/* No picture is as large as this. */
#define MAX_COORDINATE 1e7

static gboolean
turn_points (const EmendSourceImage *image,
             EmendShape *shape)
{
  gsize n_rings = emend_shape_get_n_rings (shape);
  g_autoptr (GArray) points = g_array_new (FALSE, FALSE, sizeof (EmendPoint));
  g_autofree guint32 *sizes = g_new (guint32, n_rings);
  EmendShape turned;

  for (gsize i = 0; i < n_rings; i++) {
    gsize n_points;
    const EmendPoint *ring = emend_shape_get_ring (shape, i, &n_points);

    sizes[i] = (guint32) n_points;
    for (gsize j = 0; j < n_points; j++) {
      EmendPoint point = emend_frame_turn_point (image, ring[j]);
      g_array_append_val (points, point);
    }
  }
  if (!emend_shape_init_points (&turned, shape->kind, (const EmendPoint *) (void *) points->data, sizes, n_rings))
    return FALSE;
  emend_shape_clear (shape);
  *shape = turned;
  return TRUE;
}

/**
 * emend_outline_turn:
 * @image: its image
 * @shape: a box, polygon or mask in the frame of the stored pixels; becomes upright
 *
 * Returns: whether it was turned; a mask of another size than the image cannot be. Any thread.
 */
gboolean
emend_outline_turn (const EmendSourceImage *image,
                    EmendShape *shape)
{
  if (shape->kind == EMEND_SHAPE_MASK)
    return emend_frame_turn_mask (image, shape);
  if (shape->kind == EMEND_SHAPE_POLYGON)
    return turn_points (image, shape);
  shape->box = emend_frame_turn_rect (image, &shape->box);
  return TRUE;
}

/**
 * emend_outline_check:
 * @shape: a shape from a file, upright
 * @image: (nullable): its image; NULL when its size is not known
 * @problem: (inout): set when the shape cannot be used
 * @remark: (inout): set when there is something to know about it; a remark that is there stays
 *
 * A shape that reaches out of the image by more than a pixel is what the source said, and is kept and
 * reported; one that lies wholly outside of it cannot be looked at. Any thread.
 *
 * Returns: whether it can be used
 */
gboolean
emend_outline_check (const EmendShape *shape,
                     const EmendSourceImage *image,
                     char **problem,
                     char **remark)
{
  const EmendRect *box = &shape->box;

  if (!emend_rect_is_finite (box) || box->width <= 0 || box->height <= 0) {
    *problem = g_strdup (_ ("The place has no area: its width and height must be above zero."));
    return FALSE;
  }
  if (fabs (box->x) > MAX_COORDINATE || fabs (box->y) > MAX_COORDINATE || box->width > MAX_COORDINATE ||
      box->height > MAX_COORDINATE) {
    *problem = g_strdup (_ ("The place is millions of pixels away from any picture."));
    return FALSE;
  }
  if (image == NULL || image->width <= 0 || image->height <= 0)
    return TRUE;
  if (box->x >= image->width || box->y >= image->height || box->x + box->width <= 0 || box->y + box->height <= 0) {
    *problem = g_strdup (_ ("The place lies outside of the image."));
    return FALSE;
  }
  if (*remark == NULL && (box->x < -1 || box->y < -1 || box->x + box->width > image->width + 1 ||
                          box->y + box->height > image->height + 1))
    *remark = g_strdup (_ ("The place reaches out of the image. It is kept as it is."));
  return TRUE;
}
