#pragma once

#include <gio/gio.h>

#include "emend-media-error.h"
#include "emend-pixmap.h"

G_BEGIN_DECLS

/**
 * EmendImageInfo:
 * @format: "JPEG", "PNG", "PDF", …; static
 * @width: of the first page, upright, in pixels
 * @height: of the first page, upright
 * @orientation: EXIF 1 to 8: how stored pixels become upright
 * @n_pages: pages or frames, at least 1
 * @bits: of one sample
 * @n_bands: samples of one pixel
 * @has_profile: whether an ICC profile is embedded
 *
 * What the header of a file says; no pixel was decoded for it.
 */
typedef struct {
  const char *format;
  int width;
  int height;
  int orientation;
  int n_pages;
  int bits;
  int n_bands;
  gboolean has_profile;
} EmendImageInfo;

/* Once, before anything else of media; @memory is the most bytes that decoded pictures may hold (0
 * for a quarter of the machine's). Blocks all loaders but those of the allow-list. */
void emend_media_init (guint64 memory);
guint64 emend_media_memory (void);

gboolean emend_media_is_supported_name (const char *name);

/* Refused from the header, before anything is decoded: more than 2,000 pages; more than 268,435,456
 * pixels or 200,000 on a side, but of a tiled TIFF, which is read by region, 4,294,967,296 and
 * 1,000,000, of a page of a PDF, which has the pixels of EMEND_PDF_DPI, 200 inches on a side, and of a
 * JPEG XL, which is decoded in one piece, 67,108,864 pixels. A picture that ends early is damaged, not
 * half shown. */
gboolean emend_image_probe (const char *path,
                            EmendImageInfo *info,
                            GCancellable *cancellable,
                            GError **error);
gboolean emend_image_probe_page (const char *path,
                                 int page,
                                 EmendImageInfo *info,
                                 GCancellable *cancellable,
                                 GError **error);
/* Upright, in sRGB, on white where it was transparent, at most max_width x max_height and never
 * enlarged; shrinks while loading where the format can. Not for the main thread. */
EmendPixmap *emend_image_decode (const char *path,
                                 int page,
                                 int max_width,
                                 int max_height,
                                 GCancellable *cancellable,
                                 GError **error);

/* Finds a file that was moved below @folder: same size first, then same SHA-256. Returns the new
 * path relative to @folder, or NULL without error when there is none. Not for the main thread. */
char *emend_media_locate (const char *folder,
                          const char *name,
                          guint64 size,
                          const guint8 sha256[32],
                          GCancellable *cancellable,
                          GError **error);

G_END_DECLS
