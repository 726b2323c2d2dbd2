#define G_LOG_DOMAIN "emend-media"

#include "config.h"

#include "emend-regions-private.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "emend-disk-cache-private.h"
#include "emend-media-private.h"
#include "emend-part-file.h"
#include "emend-pdf-private.h"

/* A tile is made of at most so many times as many pixels of the file: 8 x 8. */
#define MAX_SHRINK 3
/* All decoded copies together. */
#define COPIES_LIMIT ((guint64) 4 * 1024 * 1024 * 1024)

/* A copy is all tiles of all levels one after the other, upright, as EmendPixmap has them, then this. */
static const char copy_end[16] = "EmendPicture 1\n";

struct _EmendRegions {
  gatomicrefcount references;
  EmendHeader header;
  char *path;
  int copy; /* file descriptor, or -1 */

  GMutex lock; /* only held to open a level, by threads of this folder */
  VipsImage *levels[EMEND_MAX_LEVELS];
};

typedef struct {
  const EmendHeader *header;
  int fd;
} CopySink;

/**
 * emend_regions_new:
 * @header: of a page of a tiled file
 * @path: the file
 *
 * Opens nothing yet. Any thread.
 *
 * Returns: (transfer full): what reads its tiles
 */
EmendRegions *
emend_regions_new (const EmendHeader *header,
                   const char *path)
{
  EmendRegions *regions = g_new0 (EmendRegions, 1);

  g_atomic_ref_count_init (&regions->references);
  regions->header = *header;
  regions->path = g_strdup (path);
  regions->copy = -1;
  g_mutex_init (&regions->lock);
  return regions;
}

/**
 * emend_regions_ref:
 * @regions: a reader of tiles
 *
 * Any thread.
 *
 * Returns: (transfer full): @regions
 */
EmendRegions *
emend_regions_ref (EmendRegions *regions)
{
  g_atomic_ref_count_inc (&regions->references);
  return regions;
}

/**
 * emend_regions_unref:
 * @regions: (transfer full): a reader of tiles
 *
 * Any thread.
 */
void
emend_regions_unref (EmendRegions *regions)
{
  if (!g_atomic_ref_count_dec (&regions->references))
    return;
  for (int i = 0; i < EMEND_MAX_LEVELS; i++)
    g_clear_object (&regions->levels[i]);
  if (regions->copy >= 0)
    close (regions->copy);
  g_mutex_clear (&regions->lock);
  g_free (regions->path);
  g_free (regions);
}

/**
 * emend_regions_has_level:
 * @regions: a reader of tiles
 * @level: from 0
 *
 * Any thread.
 *
 * Returns: whether a tile of that level is made of few enough pixels to be read alone
 */
gboolean
emend_regions_has_level (EmendRegions *regions,
                         int level)
{
  return regions->copy >= 0 || level - (regions->header.n_levels - 1) <= MAX_SHRINK;
}

static guint64
copy_offset (const EmendHeader *header,
             const EmendTileKey *key)
{
  guint64 offset = emend_tiles_bytes (header, 0) - emend_tiles_bytes (header, key->level);
  int width;
  int height;

  emend_tiles_get_size (header, key, &width, &height);
  offset += (guint64) key->y * EMEND_TILE_SIZE * (guint64) emend_tiles_width (header, key->level) * 4;
  return offset + (guint64) key->x * EMEND_TILE_SIZE * (guint64) height * 4;
}

static EmendPixmap *
new_tile (EmendRegions *regions,
          const EmendTileKey *key,
          EmendOrient *orient,
          GError **error)
{
  int width;
  int height;

  emend_tiles_get_size (&regions->header, key, &width, &height);
  emend_orient_init (orient, regions->header.info.orientation, width, height);

  EmendPixmap *pixmap = emend_pixmap_new (orient->width, orient->height);
  if (pixmap == NULL)
    emend_media_set_no_memory (error, regions->path);
  return pixmap;
}

static EmendPixmap *
read_copy (EmendRegions *regions,
           const EmendTileKey *key,
           GError **error)
{
  EmendOrient orient;
  g_autoptr (EmendPixmap) pixmap = new_tile (regions, key, &orient, error);
  gsize done = 0;

  if (pixmap == NULL)
    return NULL;

  gsize size = pixmap->stride * (gsize) pixmap->height;
  guint64 offset = copy_offset (&regions->header, key);
  while (done < size) {
    gssize got = pread (regions->copy, pixmap->data + done, size - done, (off_t) (offset + done));
    if (got < 0 && errno == EINTR)
      continue;
    if (got <= 0) {
      emend_loader_set_error (error, regions->path);
      return NULL;
    }
    done += (gsize) got;
  }
  return g_steal_pointer (&pixmap);
}

static VipsImage *
get_level (EmendRegions *regions,
           int level,
           GError **error)
{
  VipsImage *image;

  g_mutex_lock (&regions->lock);
  if (regions->levels[level] == NULL)
    regions->levels[level] = emend_render_open_shrunk (&regions->header, regions->path, level, error);
  image = regions->levels[level];
  if (image != NULL)
    g_object_ref (image);
  g_mutex_unlock (&regions->lock);
  return image;
}

static EmendPixmap *
read_file (EmendRegions *regions,
           const EmendTileKey *key,
           GError **error)
{
  g_autoptr (VipsImage) image = get_level (regions, key->level, error);
  EmendOrient orient;
  guint32 row[EMEND_TILE_SIZE];
  VipsRect area = { key->x * EMEND_TILE_SIZE, key->y * EMEND_TILE_SIZE, 0, 0 };

  if (image == NULL)
    return NULL;

  /* No threads of libvips for one tile: the other thread of this folder has one of its own. */
  g_autoptr (VipsRegion) region = vips_region_new (image);
  emend_tiles_get_size (&regions->header, key, &area.width, &area.height);
  if (region == NULL || vips_region_prepare (region, &area) != 0) {
    emend_loader_set_error (error, regions->path);
    return NULL;
  }

  EmendPixmap *pixmap = new_tile (regions, key, &orient, error);
  if (pixmap == NULL)
    return NULL;
  for (int y = 0; y < area.height; y++) {
    emend_render_pack (emend_region_row (region, area.left, area.top + y), row, area.width);
    emend_orient_write (&orient, pixmap, row, y, area.width);
  }
  return pixmap;
}

/**
 * emend_regions_read:
 * @regions: a reader of tiles
 * @key: which tile; its level is one of emend_regions_has_level()
 * @cancellable: (nullable): to give up before it starts
 * @error: (out) (optional): an #EmendMediaError or %G_IO_ERROR_CANCELLED
 *
 * Not for the main thread.
 *
 * Returns: (transfer full) (nullable): the tile, upright
 */
EmendPixmap *
emend_regions_read (EmendRegions *regions,
                    const EmendTileKey *key,
                    GCancellable *cancellable,
                    GError **error)
{
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  if (regions->copy >= 0)
    return read_copy (regions, key, error);
  if (regions->header.loader == EMEND_LOADER_PDF)
    return emend_pdf_read_tile (&regions->header, regions->path, key, cancellable, error);
  return read_file (regions, key, error);
}

static char *
copies_folder (void)
{
  return g_build_filename (g_get_user_cache_dir (), "emend", "pictures", NULL);
}

static char *
copy_path (const EmendHeader *header,
           const char *path)
{
  g_autofree char *detail = g_strdup_printf ("page %d, %dx%d, orientation %d", header->page, header->width,
                                             header->height, header->info.orientation);
  g_autofree char *name = emend_disk_cache_name (path, detail);
  g_autofree char *folder = copies_folder ();

  return name != NULL ? g_build_filename (folder, name, NULL) : NULL;
}

/**
 * emend_regions_find_copy:
 * @header: of a page
 * @path: the file
 *
 * Not for the main thread.
 *
 * Returns: (transfer full) (nullable): what reads the tiles of a copy made before
 */
EmendRegions *
emend_regions_find_copy (const EmendHeader *header,
                         const char *path)
{
  g_autofree char *copy = copy_path (header, path);
  guint64 size = emend_tiles_bytes (header, 0);
  char end[sizeof copy_end];
  int fd = copy != NULL ? g_open (copy, O_RDONLY | O_CLOEXEC | O_NOFOLLOW, 0) : -1;

  if (fd < 0)
    return NULL;
  if (pread (fd, end, sizeof end, (off_t) size) != (gssize) sizeof end || memcmp (end, copy_end, sizeof end) != 0) {
    close (fd);
    return NULL;
  }
  emend_disk_cache_touch (copy);

  EmendRegions *regions = emend_regions_new (header, path);
  regions->copy = fd;
  return regions;
}

static gboolean
write_at (int fd,
          gconstpointer data,
          gsize size,
          guint64 offset,
          GError **error)
{
  const guint8 *bytes = data;
  gsize done = 0;

  while (done < size) {
    gssize put = pwrite (fd, bytes + done, size - done, (off_t) (offset + done));
    if (put < 0 && errno == EINTR)
      continue;
    if (put <= 0) {
      g_set_error (error, G_IO_ERROR, (int) g_io_error_from_errno (errno),
                   _ ("The decoded copy of a large picture cannot be written: %s. Make room on the disk."),
                   g_strerror (errno));
      return FALSE;
    }
    done += (gsize) put;
  }
  return TRUE;
}

static gboolean
write_tile_worker (const EmendTileKey *key,
                   EmendPixmap *pixmap,
                   gpointer data,
                   GError **error)
{
  CopySink *sink = data;
  g_autoptr (EmendPixmap) tile = pixmap;

  return write_at (sink->fd, tile->data, tile->stride * (gsize) tile->height, copy_offset (sink->header, key), error);
}

static gboolean
reserve (int fd,
         guint64 size,
         GError **error)
{
  /* File systems that cannot reserve find out when writing. */
  if (fallocate (fd, 0, 0, (off_t) size) == 0 || errno != ENOSPC)
    return TRUE;
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE,
                       _ ("There is no room on the disk for the decoded copy of a large picture."));
  return FALSE;
}

/**
 * emend_regions_make_copy:
 * @header: of a page
 * @path: the file
 * @cancellable: (nullable): to stop in the middle
 * @error: (out) (optional): why there is none
 *
 * Decodes the whole page into a file in the user's cache folder, which is kept for the next time and
 * bounded. Not for the main thread.
 *
 * Returns: (transfer full) (nullable): what reads the tiles of the copy
 */
EmendRegions *
emend_regions_make_copy (const EmendHeader *header,
                         const char *path,
                         GCancellable *cancellable,
                         GError **error)
{
  guint64 size = emend_tiles_bytes (header, 0);
  g_autofree char *folder = copies_folder ();
  g_autofree char *copy = copy_path (header, path);

  if (copy == NULL || g_mkdir_with_parents (folder, 0700) != 0) {
    emend_loader_set_error (error, path);
    return NULL;
  }
  emend_disk_cache_trim (folder, COPIES_LIMIT - MIN (size, COPIES_LIMIT));

  g_autoptr (EmendPartFile) part = emend_part_file_new (copy, error);
  if (part == NULL)
    return NULL;
  CopySink sink = { header, emend_part_file_get_fd (part) };
  if (!reserve (sink.fd, size + sizeof copy_end, error) ||
      !emend_tiles_pass (header, path, 0, write_tile_worker, &sink, cancellable, error) ||
      !write_at (sink.fd, copy_end, sizeof copy_end, size, error) ||
      !emend_part_file_commit (part, TRUE, error))
    return NULL;

  EmendRegions *regions = emend_regions_find_copy (header, path);
  if (regions == NULL)
    emend_loader_set_error (error, path);
  return regions;
}
