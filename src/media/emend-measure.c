#define G_LOG_DOMAIN "emend-media"

#include "config.h"

#include "emend-render-private.h"

#include <math.h>

/* Whether black and white of such samples are agreed. */
static gboolean
has_agreed_white (VipsImage *image)
{
  VipsBandFormat format = vips_image_get_format (image);
  VipsInterpretation interpretation = vips_image_get_interpretation (image);

  if (vips_image_get_coding (image) != VIPS_CODING_NONE)
    return TRUE;
  if (format == VIPS_FORMAT_UCHAR || format == VIPS_FORMAT_USHORT)
    return TRUE;
  return interpretation == VIPS_INTERPRETATION_LAB || interpretation == VIPS_INTERPRETATION_LABS ||
         interpretation == VIPS_INTERPRETATION_scRGB;
}

static int
range_worker (VipsRegion *region,
              VipsRect *area,
              void *data)
{
  EmendHeader *header = data;
  int n = area->width * vips_image_get_bands (region->im);

  for (int y = 0; y < area->height; y++) {
    const float *row = (const float *) (gpointer) emend_region_row (region, area->left, area->top + y);
    for (int x = 0; x < n; x++) {
      if (!isfinite (row[x]))
        continue;
      header->low = MIN (header->low, (double) row[x]);
      header->high = MAX (header->high, (double) row[x]);
    }
  }
  return 0;
}

/**
 * emend_header_measure:
 * @header: of the page; gets @stretch, @low and @high
 * @path: the file
 * @cancellable: (nullable): to stop in the middle
 * @error: (out) (optional): an #EmendMediaError or %G_IO_ERROR_CANCELLED
 *
 * Samples that are neither 8 nor 16 bit have no agreed white, so they are shown between their least
 * and their largest finite value, for which all are read once. Does nothing for other pictures. Not
 * for the main thread.
 *
 * Returns: whether the page can be decoded
 */
gboolean
emend_header_measure (EmendHeader *header,
                      const char *path,
                      GCancellable *cancellable,
                      GError **error)
{
  int shift;

  if (header->format == VIPS_FORMAT_UCHAR || header->format == VIPS_FORMAT_USHORT)
    return TRUE;

  /* The smallest stored size is near enough. */
  g_autoptr (VipsImage) image = emend_header_open (header, path, header->n_levels - 1, &shift, cancellable, error);
  if (image == NULL)
    return FALSE;
  if (has_agreed_white (image))
    return TRUE;

  g_autoptr (VipsImage) values = NULL;
  header->stretch = TRUE;
  header->low = G_MAXDOUBLE;
  header->high = -G_MAXDOUBLE;
  if (vips_cast_float (image, &values, NULL) != 0) {
    emend_loader_set_error (error, path);
    return FALSE;
  }
  if (vips_sink_disc (values, range_worker, header) == 0)
    return TRUE;
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    vips_error_clear ();
  else
    emend_loader_set_error (error, path);
  return FALSE;
}
