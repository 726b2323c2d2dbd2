#define G_LOG_DOMAIN "emend-media"

#include "config.h"

#include "emend-image.h"

#include <math.h>
#include <unistd.h>

#include <glib/gi18n-lib.h>

#include "emend-halver-private.h"
#include "emend-media-private.h"
#include "emend-tiles-private.h"

typedef struct {
  EmendPixmap *pixmap;
  EmendOrient orient;
  int width;
} PixmapSink;

typedef struct {
  EmendHalver *halver;
  int step; /* the size that is kept */
  int width;
  guint8 *rgb;
} HalfSink;

static guint64 memory_limit;

/**
 * emend_media_init:
 * @memory: the most bytes that decoded pictures may hold; 0 for a quarter of the machine's memory
 *
 * Once, on any thread, and finished before anything else of this folder is used.
 */
void
emend_media_init (guint64 memory)
{
  if (memory == 0) {
    guint64 pages = (guint64) MAX (sysconf (_SC_PHYS_PAGES), 0);
    guint64 size = (guint64) MAX (sysconf (_SC_PAGESIZE), 0);
    memory = MAX (pages * size / 4, (guint64) 64 * 1024 * 1024);
  }
  memory_limit = memory;
  emend_loader_init ();
}

/**
 * emend_media_memory:
 *
 * Any thread.
 *
 * Returns: the most bytes that decoded pictures may hold
 */
guint64
emend_media_memory (void)
{
  return memory_limit;
}

/**
 * emend_media_set_no_memory:
 * @error: (out) (optional): where the error goes
 * @path: the file
 *
 * Any thread.
 */
void
emend_media_set_no_memory (GError **error,
                           const char *path)
{
  g_autofree char *name = g_filename_display_basename (path);

  /* TRANSLATORS: %s is the name of a file. */
  g_set_error (error, EMEND_MEDIA_ERROR, EMEND_MEDIA_ERROR_TOO_LARGE,
               _ ("There is not enough memory to show the picture “%s”. Close other programs and try again."), name);
}

/**
 * emend_media_is_supported_name:
 * @name: a file name or path
 *
 * Any thread.
 *
 * Returns: whether a file with this name may be a picture that can be opened
 */
gboolean
emend_media_is_supported_name (const char *name)
{
  g_return_val_if_fail (name != NULL, FALSE);

  return emend_header_name_is_supported (name);
}

/**
 * emend_image_probe:
 * @path: an image file
 * @info: (out): what its header says of the first page
 * @cancellable: (nullable): to stop
 * @error: (out) (optional): an #EmendMediaError
 *
 * Not for the main thread.
 *
 * Returns: whether the file can be opened
 */
gboolean
emend_image_probe (const char *path,
                   EmendImageInfo *info,
                   GCancellable *cancellable,
                   GError **error)
{
  return emend_image_probe_page (path, 0, info, cancellable, error);
}

/**
 * emend_image_probe_page:
 * @path: an image file
 * @page: from 0
 * @info: (out): what the header says of that page
 * @cancellable: (nullable): to stop
 * @error: (out) (optional): an #EmendMediaError
 *
 * Not for the main thread.
 *
 * Returns: whether the page is there and can be opened
 */
gboolean
emend_image_probe_page (const char *path,
                        int page,
                        EmendImageInfo *info,
                        GCancellable *cancellable,
                        GError **error)
{
  EmendHeader header;

  g_return_val_if_fail (path != NULL, FALSE);
  g_return_val_if_fail (info != NULL, FALSE);

  if (!emend_header_read (&header, path, page, cancellable, error))
    return FALSE;
  *info = header.info;
  return TRUE;
}

static gboolean
pixmap_row_worker (const guint32 *row,
                   int y,
                   gpointer data,
                   GError **error)
{
  PixmapSink *sink = data;

  emend_orient_write (&sink->orient, sink->pixmap, row, y, sink->width);
  return TRUE;
}

/* Writes the rows of @image upright into a new pixmap. */
static EmendPixmap *
to_pixmap (const EmendHeader *header,
           VipsImage *image,
           const char *path,
           GCancellable *cancellable,
           GError **error)
{
  PixmapSink sink = { .width = vips_image_get_width (image) };

  emend_orient_init (&sink.orient, header->info.orientation, sink.width, vips_image_get_height (image));
  g_autoptr (EmendPixmap) pixmap = emend_pixmap_new (sink.orient.width, sink.orient.height);
  if (pixmap == NULL) {
    emend_media_set_no_memory (error, path);
    return NULL;
  }
  sink.pixmap = pixmap;
  if (!emend_render_rows (image, path, pixmap_row_worker, &sink, cancellable, error))
    return NULL;
  return g_steal_pointer (&pixmap);
}

static gboolean
halved_row_worker (int step,
                   const guint32 *row,
                   int y,
                   gpointer data,
                   GError **error)
{
  HalfSink *sink = data;

  if (step < sink->step)
    return TRUE;
  guint8 *rgb = sink->rgb + (gsize) y * (gsize) sink->width * 3;
  for (gsize x = 0; x < (gsize) sink->width; x++) {
    rgb[3 * x] = (guint8) (row[x] >> 16);
    rgb[3 * x + 1] = (guint8) (row[x] >> 8);
    rgb[3 * x + 2] = (guint8) row[x];
  }
  return TRUE;
}

static gboolean
full_row_worker (const guint32 *row,
                 int y,
                 gpointer data,
                 GError **error)
{
  HalfSink *sink = data;

  return emend_halver_add (sink->halver, row, halved_row_worker, sink, error);
}

static VipsImage *
resize (const guint8 *rgb,
        int width,
        int height,
        int to_width,
        int to_height)
{
  g_autoptr (VipsImage) plain = NULL;
  g_autoptr (VipsImage) in = NULL;
  VipsImage *out = NULL;

  plain = vips_image_new_from_memory (rgb, (gsize) width * (gsize) height * 3, width, height, 3, VIPS_FORMAT_UCHAR);
  if (plain == NULL || vips_copy (plain, &in, "interpretation", VIPS_INTERPRETATION_sRGB, NULL) != 0 ||
      vips_resize (in, &out, (double) to_width / width, "vscale", (double) to_height / height, NULL) != 0)
    return NULL;
  return out;
}

/* Halves on the way in, until it is less than twice the size wanted, and filters what remains. */
static EmendPixmap *
decode_shrunk (const EmendHeader *header,
               const char *path,
               double scale,
               GCancellable *cancellable,
               GError **error)
{
  int shift = 0;
  int loaded = 0;
  int width = MAX ((int) lround (header->width * scale), 1);
  int height = MAX ((int) lround (header->height * scale), 1);

  while (shift < EMEND_MAX_LEVELS - 1 && 1.0 / (double) (1LL << (shift + 1)) >= scale)
    shift++;
  g_autoptr (VipsImage) image = emend_render_open (header, path, shift, &loaded, cancellable, error);
  if (image == NULL)
    return NULL;

  HalfSink sink = { .step = shift - loaded, .width = emend_tiles_width (header, shift) };
  int rows = emend_tiles_height (header, shift);
  g_autoptr (EmendHalver) halver = emend_halver_new (vips_image_get_width (image), vips_image_get_height (image),
                                                     sink.step + 1);
  g_autofree guint8 *rgb = g_try_malloc_n ((gsize) sink.width * (gsize) rows, 3);
  if (halver == NULL || rgb == NULL) {
    emend_media_set_no_memory (error, path);
    return NULL;
  }
  sink.halver = halver;
  sink.rgb = rgb;
  if (!emend_render_rows (image, path, full_row_worker, &sink, cancellable, error))
    return NULL;

  g_autoptr (VipsImage) small = resize (rgb, sink.width, rows, width, height);
  if (small == NULL) {
    emend_loader_set_error (error, path);
    return NULL;
  }
  return to_pixmap (header, small, path, NULL, error);
}

/**
 * emend_image_decode:
 * @path: an image file
 * @page: from 0
 * @max_width: the result is at most this wide, in pixels
 * @max_height: the result is at most this high
 * @cancellable: (nullable): to stop in the middle
 * @error: (out) (optional): an #EmendMediaError
 *
 * Not for the main thread.
 *
 * Returns: (transfer full) (nullable): the page upright, in sRGB, on white, never enlarged
 */
EmendPixmap *
emend_image_decode (const char *path,
                    int page,
                    int max_width,
                    int max_height,
                    GCancellable *cancellable,
                    GError **error)
{
  EmendHeader header;

  g_return_val_if_fail (path != NULL, NULL);
  g_return_val_if_fail (max_width > 0 && max_height > 0, NULL);

  if (!emend_header_read (&header, path, page, cancellable, error) ||
      !emend_header_measure (&header, path, cancellable, error))
    return NULL;

  double scale = MIN ((double) max_width / header.info.width, (double) max_height / header.info.height);
  if (scale < 1)
    return decode_shrunk (&header, path, scale, cancellable, error);

  int shift;
  g_autoptr (VipsImage) image = emend_render_open (&header, path, 0, &shift, cancellable, error);
  return image != NULL ? to_pixmap (&header, image, path, cancellable, error) : NULL;
}
