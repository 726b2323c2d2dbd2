#define G_LOG_DOMAIN "emend-formats"

#include "config.h"

#include "emend-frame.h"

/* A mask of more pixels than this is not turned: it is held as a bitmap meanwhile. */
#define MAX_MASK_PIXELS ((guint64) 256 * 1024 * 1024)

/**
 * emend_frame_get_stored_size:
 * @image: an image
 * @width: (out): of the pixels as they are stored
 * @height: (out): of the pixels as they are stored
 *
 * Any thread.
 */
void
emend_frame_get_stored_size (const EmendSourceImage *image,
                             int *width,
                             int *height)
{
  gboolean swapped = image->orientation >= 5 && image->orientation <= 8;

  *width = swapped ? image->height : image->width;
  *height = swapped ? image->width : image->height;
}

/**
 * emend_frame_turn_point:
 * @image: the image
 * @point: a point in the frame of the stored pixels
 *
 * EXIF 2.32, section 4.6.4 A, tag Orientation. Any thread.
 *
 * Returns: the same point in the upright frame
 */
EmendPoint
emend_frame_turn_point (const EmendSourceImage *image,
                        EmendPoint point)
{
  int stored_width;
  int stored_height;
  double right;
  double bottom;

  emend_frame_get_stored_size (image, &stored_width, &stored_height);
  right = stored_width - point.x;
  bottom = stored_height - point.y;
  switch (image->orientation) {
  case 2:
    return (EmendPoint){ right, point.y };
  case 3:
    return (EmendPoint){ right, bottom };
  case 4:
    return (EmendPoint){ point.x, bottom };
  case 5:
    return (EmendPoint){ point.y, point.x };
  case 6:
    return (EmendPoint){ bottom, point.x };
  case 7:
    return (EmendPoint){ bottom, right };
  case 8:
    return (EmendPoint){ point.y, right };
  default:
    return point;
  }
}

/**
 * emend_frame_turn_rect:
 * @image: the image
 * @rect: a rectangle in the frame of the stored pixels
 *
 * Its sides keep their exact lengths. Any thread.
 *
 * Returns: the same rectangle in the upright frame
 */
EmendRect
emend_frame_turn_rect (const EmendSourceImage *image,
                       const EmendRect *rect)
{
  EmendPoint a = emend_frame_turn_point (image, (EmendPoint){ rect->x, rect->y });
  EmendPoint b = emend_frame_turn_point (image, (EmendPoint){ rect->x + rect->width, rect->y + rect->height });
  EmendRect turned = emend_rect_from_corners (a, b);
  gboolean swapped = image->orientation >= 5 && image->orientation <= 8;

  turned.width = swapped ? rect->height : rect->width;
  turned.height = swapped ? rect->width : rect->height;
  return turned;
}

static void
paint_turned (const EmendSourceImage *image,
              const guint32 *counts,
              gsize n_counts,
              guint8 *bits)
{
  int stored_width;
  int stored_height;
  guint64 at = 0;

  emend_frame_get_stored_size (image, &stored_width, &stored_height);
  for (gsize i = 0; i < n_counts; i++) {
    for (guint64 pixel = at; i % 2 == 1 && pixel < at + counts[i]; pixel++) {
      guint64 column = pixel / (guint64) stored_height;
      guint64 row = pixel % (guint64) stored_height;
      EmendPoint to = emend_frame_turn_point (image, (EmendPoint){ (double) column + 0.5, (double) row + 0.5 });
      guint64 index = (guint64) to.x * (guint64) image->height + (guint64) to.y;

      bits[index / 8] |= (guint8) (1u << (index % 8));
    }
    at += counts[i];
  }
}

static GArray *
count_runs (const guint8 *bits,
            guint64 total)
{
  GArray *counts = g_array_new (FALSE, FALSE, sizeof (guint32));
  guint32 run = 0;
  gboolean on = FALSE;

  for (guint64 i = 0; i < total; i++) {
    gboolean set = (bits[i / 8] >> (i % 8) & 1) != 0;

    if (set != on) {
      g_array_append_val (counts, run);
      run = 0;
      on = set;
    }
    run++;
  }
  g_array_append_val (counts, run);
  return counts;
}

/**
 * emend_frame_turn_mask:
 * @image: the image
 * @mask: a mask of the size of the stored pixels; becomes one of the upright size
 *
 * Returns: whether it was turned; not when it is too large or of another size. Any thread.
 */
gboolean
emend_frame_turn_mask (const EmendSourceImage *image,
                       EmendShape *mask)
{
  guint32 width;
  guint32 height;
  gsize n_counts;
  gboolean compressed;
  const guint32 *counts = emend_shape_get_mask (mask, &width, &height, &n_counts, &compressed);
  guint64 total = (guint64) width * height;
  g_autofree guint8 *bits = NULL;
  g_autoptr (GArray) turned = NULL;
  EmendShape shape;
  int stored_width;
  int stored_height;

  emend_frame_get_stored_size (image, &stored_width, &stored_height);
  if (total > MAX_MASK_PIXELS || width != (guint32) stored_width || height != (guint32) stored_height)
    return FALSE;
  bits = g_try_malloc0 (total / 8 + 1);
  if (bits == NULL)
    return FALSE;
  paint_turned (image, counts, n_counts, bits);
  turned = count_runs (bits, total);
  if (!emend_shape_init_mask (&shape, (guint32) image->width, (guint32) image->height,
                              (const guint32 *) (void *) turned->data, turned->len, compressed))
    return FALSE;
  emend_shape_clear (mask);
  *mask = shape;
  return TRUE;
}

/**
 * emend_frame_guess:
 * @image: the image as the project knows it
 * @width: of the image as the source says
 * @height: of the image as the source says
 *
 * Returns: the frame that the source's size is of; %EMEND_FRAME_AUTO when it does not tell: both
 *   sizes are the same, or it is neither. Any thread.
 */
EmendFrame
emend_frame_guess (const EmendSourceImage *image,
                   gint64 width,
                   gint64 height)
{
  int stored_width;
  int stored_height;
  gboolean upright = width == image->width && height == image->height;
  gboolean stored;

  emend_frame_get_stored_size (image, &stored_width, &stored_height);
  stored = width == stored_width && height == stored_height;
  if (upright == stored)
    return EMEND_FRAME_AUTO;
  return upright ? EMEND_FRAME_UPRIGHT : EMEND_FRAME_STORED;
}
