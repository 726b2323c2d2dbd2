#pragma once

#include <sys/stat.h>

#include <vips/vips.h>

#include "emend-image.h"

G_BEGIN_DECLS

/* libvips 8.14 has none. */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VipsImage, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VipsRegion, g_object_unref)

/* VIPS_REGION_ADDR () mixes signs in our own code. */
static inline const guint8 *
emend_region_row (VipsRegion *region,
                  int left,
                  int top)
{
  gsize pixel = vips_format_sizeof (vips_image_get_format (region->im)) * (gsize) vips_image_get_bands (region->im);

  return region->data + (gsize) (top - region->valid.top) * (gsize) region->bpl +
         (gsize) (left - region->valid.left) * pixel;
}

/* Steps of two between the stored size and the smallest picture made of it. */
#define EMEND_MAX_LEVELS 32

typedef enum {
  EMEND_LOADER_JPEG,
  EMEND_LOADER_PNG,
  EMEND_LOADER_TIFF,
  EMEND_LOADER_GIF,
  EMEND_LOADER_WEBP,
  EMEND_LOADER_HEIF,
  EMEND_LOADER_JXL,
  EMEND_LOADER_PDF,
} EmendLoader;

/**
 * EmendStoredLevel:
 * @page: of the file
 * @subifd: of that page, or -1 for the page itself
 * @shift: the size is that of the page divided by 2 to the power of this
 * @width: in stored pixels
 * @height: in stored pixels
 *
 * A smaller copy of a page that the file itself holds.
 */
typedef struct {
  int page;
  int subifd;
  int shift;
  int width;
  int height;
} EmendStoredLevel;

/**
 * EmendHeader:
 * @loader: which loader reads the file
 * @info: what is public of this; upright
 * @page: which page of the file this is about
 * @width: as stored, before the orientation is applied
 * @height: as stored
 * @tiled: whether regions can be read, or drawn, without what is above them
 * @format: of one sample
 * @stretch: whether samples are mapped from @low to @high, for there is no agreed white
 * @low: shown black
 * @high: shown white
 * @levels: sizes that the file holds, largest first; the first is the page itself
 * @n_levels: at least 1
 *
 * All that is known of a page before its pixels are decoded. Never changed once made.
 */
typedef struct {
  EmendLoader loader;
  EmendImageInfo info;
  int page;
  int width;
  int height;
  gboolean tiled;
  VipsBandFormat format;
  gboolean stretch;
  double low;
  double high;
  EmendStoredLevel levels[EMEND_MAX_LEVELS];
  int n_levels;
} EmendHeader;

void emend_loader_init (void);
gboolean emend_header_read (EmendHeader *header,
                            const char *path,
                            int page,
                            GCancellable *cancellable,
                            GError **error);
VipsImage *emend_header_open (const EmendHeader *header,
                              const char *path,
                              int max_shift,
                              int *shift,
                              GCancellable *cancellable,
                              GError **error);
int emend_loader_open_file (const char *path,
                            struct stat *status,
                            GError **error);
void emend_loader_set_error (GError **error,
                             const char *path);
gboolean emend_header_name_is_supported (const char *name);

G_END_DECLS
