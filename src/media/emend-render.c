#define G_LOG_DOMAIN "emend-media"

#include "config.h"

#include "emend-render-private.h"

#include <string.h>

#include "emend-media-private.h"

G_STATIC_ASSERT (G_BYTE_ORDER == G_LITTLE_ENDIAN);

/* A difference that nobody sees. */
#define SAME_COLOUR 2
/* Six steps of each channel. */
#define N_COLOURS ((gsize) 216)

typedef struct {
  EmendRowFunc func;
  gpointer data;
  guint32 *row;
  GError *error;
} RowSink;

/* Where stored pixel (x, y) of a w x h rectangle goes. */
static void
map_pixel (int orientation,
           int w,
           int h,
           int *x,
           int *y)
{
  gboolean swap = orientation >= 5;
  gboolean flip_x = orientation == 2 || orientation == 3 || orientation == 7 || orientation == 8;
  gboolean flip_y = orientation == 3 || orientation == 4 || orientation == 6 || orientation == 7;
  int u = flip_x ? w - 1 - *x : *x;
  int v = flip_y ? h - 1 - *y : *y;

  *x = swap ? v : u;
  *y = swap ? u : v;
}

/**
 * emend_orient_init:
 * @orient: (out): the steps
 * @orientation: EXIF 1 to 8
 * @width: of the stored rectangle
 * @height: of the stored rectangle
 *
 * Any thread. Source of the eight cases: EXIF 2.3, tag 274.
 */
void
emend_orient_init (EmendOrient *orient,
                   int orientation,
                   int width,
                   int height)
{
  int at[3][2] = { { 0, 0 }, { 1, 0 }, { 0, 1 } };
  gssize offset[3];

  orient->width = orientation < 5 ? width : height;
  orient->height = orientation < 5 ? height : width;
  for (int i = 0; i < 3; i++) {
    map_pixel (orientation, width, height, &at[i][0], &at[i][1]);
    offset[i] = (gssize) at[i][1] * orient->width + at[i][0];
  }
  orient->first = offset[0];
  orient->across = offset[1] - offset[0];
  orient->down = offset[2] - offset[0];
}

/**
 * emend_orient_write:
 * @orient: of the rectangle that @pixmap holds
 * @pixmap: of the upright size
 * @row: @width stored pixels
 * @y: which stored row
 * @width: of the stored rectangle
 *
 * Any thread.
 */
void
emend_orient_write (const EmendOrient *orient,
                    EmendPixmap *pixmap,
                    const guint32 *row,
                    int y,
                    int width)
{
  guint32 *to = (guint32 *) (gpointer) pixmap->data + orient->first + orient->down * y;

  if (orient->across == 1) {
    memcpy (to, row, (gsize) width * sizeof *row);
    return;
  }
  for (int x = 0; x < width; x++)
    to[orient->across * x] = row[x];
}

static EmendRect
map_rect (int orientation,
          double w,
          double h,
          const EmendRect *rect)
{
  gboolean swap = orientation >= 5;
  gboolean flip_x = orientation == 2 || orientation == 3 || orientation == 7 || orientation == 8;
  gboolean flip_y = orientation == 3 || orientation == 4 || orientation == 6 || orientation == 7;
  double x = flip_x ? w - rect->x - rect->width : rect->x;
  double y = flip_y ? h - rect->y - rect->height : rect->y;

  if (swap)
    return (EmendRect){ y, x, rect->height, rect->width };
  return (EmendRect){ x, y, rect->width, rect->height };
}

/**
 * emend_orient_rect_to_upright:
 * @header: of the page
 * @stored: in stored image pixels
 *
 * Any thread.
 *
 * Returns: the same rectangle on the upright page
 */
EmendRect
emend_orient_rect_to_upright (const EmendHeader *header,
                              const EmendRect *stored)
{
  return map_rect (header->info.orientation, header->width, header->height, stored);
}

/**
 * emend_orient_rect_to_stored:
 * @header: of the page
 * @upright: in upright image pixels
 *
 * Any thread.
 *
 * Returns: the same rectangle in stored image pixels
 */
EmendRect
emend_orient_rect_to_stored (const EmendHeader *header,
                             const EmendRect *upright)
{
  /* Two of the eight are each other's inverse, the rest their own. */
  static const int inverse[9] = { 1, 1, 2, 3, 4, 5, 8, 7, 6 };

  return map_rect (inverse[header->info.orientation], header->info.width, header->info.height, upright);
}

/**
 * emend_render_pack:
 * @rgb: @width pixels of three bytes
 * @row: (out): @width pixels as #EmendPixmap has them
 * @width: number of pixels
 *
 * Any thread.
 */
void
emend_render_pack (const guint8 *rgb,
                   guint32 *row,
                   int width)
{
  for (gsize x = 0; x < (gsize) width; x++)
    row[x] = 0xff000000U | (guint32) rgb[3 * x] << 16 | (guint32) rgb[3 * x + 1] << 8 | rgb[3 * x + 2];
}

/* Puts an image with transparency on white. */
static VipsImage *
flatten (VipsImage *image)
{
  g_autoptr (VipsImage) in = image;
  VipsImage *out = NULL;

  if (!vips_image_hasalpha (in))
    return g_steal_pointer (&in);

  VipsInterpretation interpretation = vips_image_get_interpretation (in);
  double white = 255;
  if (interpretation == VIPS_INTERPRETATION_GREY16 || interpretation == VIPS_INTERPRETATION_RGB16)
    white = 65535;
  else if (interpretation == VIPS_INTERPRETATION_scRGB)
    white = 1;
  /* In CMYK no ink is white. */
  if (interpretation == VIPS_INTERPRETATION_CMYK)
    white = 0;
  VipsArrayDouble *background = vips_array_double_newv (1, white);
  if (vips_flatten (in, &out, "background", background, NULL) != 0)
    out = NULL;
  vips_area_unref (VIPS_AREA (background));
  return out;
}

/* Most profiles say sRGB, and then nothing has to be done to millions of pixels: tried with few. */
static gboolean
is_srgb (VipsImage *image,
         const void *profile,
         size_t size)
{
  guint8 colours[N_COLOURS * 3];
  g_autoptr (VipsImage) in = NULL;
  g_autoptr (VipsImage) tagged = NULL;
  g_autoptr (VipsImage) out = NULL;
  size_t n = 0;

  if (vips_image_get_bands (image) != 3 || vips_image_get_format (image) != VIPS_FORMAT_UCHAR)
    return FALSE;
  for (gsize i = 0; i < N_COLOURS; i++) {
    colours[3 * i] = (guint8) (i % 6 * 51);
    colours[3 * i + 1] = (guint8) (i / 6 % 6 * 51);
    colours[3 * i + 2] = (guint8) (i / 36 * 51);
  }
  in = vips_image_new_from_memory (colours, sizeof colours, N_COLOURS, 1, 3, VIPS_FORMAT_UCHAR);
  if (in == NULL || vips_copy (in, &tagged, "interpretation", VIPS_INTERPRETATION_sRGB, NULL) != 0)
    return FALSE;
  vips_image_set_blob_copy (tagged, VIPS_META_ICC_NAME, profile, size);
  if (vips_icc_transform (tagged, &out, "srgb", "embedded", TRUE, "intent", VIPS_INTENT_PERCEPTUAL, NULL) != 0)
    return FALSE;
  g_autofree guint8 *result = vips_image_write_to_memory (out, &n);
  gboolean same = result != NULL && n == sizeof colours;
  for (guint i = 0; same && i < sizeof colours; i++)
    same = ABS (result[i] - colours[i]) <= SAME_COLOUR;
  return same;
}

static VipsImage *
apply_profile (VipsImage *image)
{
  VipsImage *out = NULL;
  const void *profile;
  size_t size;

  if (vips_image_get_typeof (image, VIPS_META_ICC_NAME) == 0 ||
      vips_image_get_blob (image, VIPS_META_ICC_NAME, &profile, &size) != 0 ||
      !vips_icc_is_compatible_profile (image, profile, size) || is_srgb (image, profile, size) ||
      vips_icc_transform (image, &out, "srgb", "embedded", TRUE, "intent", VIPS_INTENT_PERCEPTUAL, NULL) != 0) {
    /* A profile that is not for these pixels is passed over, as every viewer does. */
    vips_error_clear ();
    return NULL;
  }
  return out;
}

static VipsImage *
stretch (const EmendHeader *header,
         VipsImage *image)
{
  g_autoptr (VipsImage) in = image;
  g_autoptr (VipsImage) bands = NULL;
  VipsImage *out = NULL;
  double factor = header->high > header->low ? 255 / (header->high - header->low) : 0;
  int n = vips_image_get_bands (in) >= 3 ? 3 : 1;

  if (vips_extract_band (in, &bands, 0, "n", n, NULL) != 0 ||
      vips_linear1 (bands, &out, factor, -header->low * factor, "uchar", TRUE, NULL) != 0)
    return NULL;
  return out;
}

static VipsImage *
to_srgb (VipsImage *image)
{
  g_autoptr (VipsImage) in = image;
  VipsImage *out = apply_profile (in);

  if (out != NULL)
    return out;
  if (!vips_colourspace_issupported (in))
    return g_steal_pointer (&in);
  if (vips_colourspace (in, &out, VIPS_INTERPRETATION_sRGB, NULL) != 0)
    return NULL;
  return out;
}

/* One or three bands of bytes become three. */
static VipsImage *
to_three_bytes (VipsImage *image)
{
  g_autoptr (VipsImage) in = image;
  g_autoptr (VipsImage) bytes = NULL;
  VipsImage *out = NULL;
  int bands = vips_image_get_bands (in);

  if (vips_image_get_format (in) == VIPS_FORMAT_USHORT) {
    if (vips_msb (in, &bytes, NULL) != 0)
      return NULL;
  } else if (vips_cast_uchar (in, &bytes, NULL) != 0)
    return NULL;
  if (bands == 3)
    return g_steal_pointer (&bytes);
  if (bands > 3) {
    if (vips_extract_band (bytes, &out, 0, "n", 3, NULL) != 0)
      return NULL;
    return out;
  }

  g_autoptr (VipsImage) first = NULL;
  if (vips_extract_band (bytes, &first, 0, NULL) != 0)
    return NULL;
  VipsImage *three[3] = { first, first, first };
  if (vips_bandjoin (three, &out, 3, NULL) != 0)
    return NULL;
  return out;
}

static VipsImage *
to_colour (const EmendHeader *header,
           VipsImage *image)
{
  VipsImage *out = header->stretch ? stretch (header, image) : to_srgb (image);

  return out != NULL ? to_three_bytes (out) : NULL;
}

/* What the file or its loader rounded otherwise gets the size that all other code counts with. */
static VipsImage *
fit_to_level (const EmendHeader *header,
              VipsImage *image,
              int shift)
{
  g_autoptr (VipsImage) in = image;
  VipsImage *out = NULL;
  int width = (int) (((gint64) header->width + (1LL << shift) - 1) >> shift);
  int height = (int) (((gint64) header->height + (1LL << shift) - 1) >> shift);

  if (vips_image_get_width (in) == width && vips_image_get_height (in) == height)
    return g_steal_pointer (&in);
  if (vips_embed (in, &out, 0, 0, width, height, "extend", VIPS_EXTEND_COPY, NULL) != 0)
    return NULL;
  return out;
}

/**
 * emend_render_open:
 * @header: of the page
 * @path: the file
 * @max_shift: how far the page may be shrunk while loading: by 2 to the power of this
 * @shift: (out): how far it was shrunk
 * @cancellable: (nullable): stops what decodes the result, in the middle
 * @error: (out) (optional): an #EmendMediaError
 *
 * What libvips would need a cache of rows for is not done here: such a cache goes on after an error,
 * with black. Not for the main thread.
 *
 * Returns: (transfer full) (nullable): a pipeline that yields the page as stored, in sRGB with three
 *   bytes a pixel; its size is that of the page divided and rounded up
 */
VipsImage *
emend_render_open (const EmendHeader *header,
                   const char *path,
                   int max_shift,
                   int *shift,
                   GCancellable *cancellable,
                   GError **error)
{
  VipsImage *image = emend_header_open (header, path, max_shift, shift, cancellable, error);

  if (image == NULL)
    return NULL;
  image = flatten (image);
  if (image != NULL)
    image = fit_to_level (header, image, *shift);
  if (image != NULL)
    image = to_colour (header, image);
  if (image == NULL)
    emend_loader_set_error (error, path);
  return image;
}

/**
 * emend_render_open_shrunk:
 * @header: of a page of a tiled file
 * @path: the file
 * @shift: how far to shrink: by 2 to the power of this
 * @error: (out) (optional): an #EmendMediaError
 *
 * Not for the main thread.
 *
 * Returns: (transfer full) (nullable): a pipeline as that of emend_render_open(), for any region
 */
VipsImage *
emend_render_open_shrunk (const EmendHeader *header,
                          const char *path,
                          int shift,
                          GError **error)
{
  int loaded;
  g_autoptr (VipsImage) image = emend_render_open (header, path, shift, &loaded, NULL, error);
  VipsImage *out = NULL;
  int factor = 1 << (shift - loaded);

  if (image == NULL || factor == 1)
    return g_steal_pointer (&image);
  if (vips_shrink (image, &out, factor, factor, "ceil", TRUE, NULL) != 0) {
    emend_loader_set_error (error, path);
    return NULL;
  }
  return out;
}

static int
write_rows_worker (VipsRegion *region,
                   VipsRect *area,
                   void *data)
{
  RowSink *sink = data;

  for (int y = 0; y < area->height; y++) {
    const guint8 *rgb = emend_region_row (region, area->left, area->top + y);
    emend_render_pack (rgb, sink->row, area->width);
    if (!sink->func (sink->row, area->top + y, sink->data, &sink->error))
      return -1;
  }
  return 0;
}

/**
 * emend_render_rows:
 * @image: of three bytes a pixel, see emend_render_open()
 * @path: the file, for messages
 * @func: (scope call): gets each row, from top to bottom, on any one thread at a time
 * @data: for @func
 * @cancellable: (nullable): that with which @image was opened
 * @error: (out) (optional): an #EmendMediaError, %G_IO_ERROR_CANCELLED or what @func set
 *
 * Decodes a whole picture. Not for the main thread.
 *
 * Returns: whether all rows were told
 */
gboolean
emend_render_rows (VipsImage *image,
                   const char *path,
                   EmendRowFunc func,
                   gpointer data,
                   GCancellable *cancellable,
                   GError **error)
{
  g_autofree guint32 *row = g_try_malloc_n ((gsize) vips_image_get_width (image), sizeof *row);
  RowSink sink = { func, data, row, NULL };

  if (row == NULL) {
    emend_media_set_no_memory (error, path);
    return FALSE;
  }
  int failed = vips_sink_disc (image, write_rows_worker, &sink);
  if (failed == 0 && sink.error == NULL)
    return TRUE;
  if (g_cancellable_set_error_if_cancelled (cancellable, error)) {
    vips_error_clear ();
    g_clear_error (&sink.error);
  } else if (sink.error != NULL) {
    vips_error_clear ();
    g_propagate_error (error, sink.error);
  } else
    emend_loader_set_error (error, path);
  return FALSE;
}
