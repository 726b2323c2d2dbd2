#define G_LOG_DOMAIN "emend-media"

#include "config.h"

#include "emend-pdf-private.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "emend-media-private.h"
#include "emend-pdf.h"

/* To draw a part of a page, all that the page is made of is read, and its pictures decoded: 16 tiles cost little more
 * than one. So tiles are cut out of blocks: of the whole of a level where that is small enough, which is A4 at 300 dpi,
 * else of 4 x 4. */
#define WHOLE_TILES 8
#define BLOCK_TILES 4
/* Kept to cut more tiles of: two whole levels of 64 MiB, or eight blocks. */
#define BLOCK_BYTES ((gsize) 128 * 1024 * 1024)
/* What is drawn at once of a whole level; cairo can do no more than 32,767 on a side. */
#define PIECE_SIZE 4096

/* A part of a page as it is drawn at one size, of which tiles are cut. */
typedef struct {
  EmendPdfIdentity identity;
  int page;
  int level;
  int x; /* in blocks */
  int y;
} BlockKey;

typedef struct {
  BlockKey key;
  EmendPixmap *pixmap; /* NULL while a thread draws it */
} Block;

/* Held to look and to put, never to draw. */
static GMutex lock;
static GCond drawn;
static GQueue blocks = G_QUEUE_INIT; /* used last first */

static void
fill_alpha (EmendPixmap *pixmap)
{
  guint32 *pixels = (guint32 *) (gpointer) pixmap->data;
  gsize n = (gsize) pixmap->width * (gsize) pixmap->height;

  for (gsize i = 0; i < n; i++)
    pixels[i] |= 0xff000000U;
}

static gboolean
draw (PopplerPage *page,
      EmendPixmap *pixmap,
      int level,
      int left,
      int top)
{
  double scale = (double) EMEND_PDF_DPI / 72 / (double) (1LL << level);
  cairo_surface_t *surface = cairo_image_surface_create_for_data (pixmap->data, CAIRO_FORMAT_RGB24, pixmap->width,
                                                                  pixmap->height, (int) pixmap->stride);
  cairo_t *cairo = cairo_create (surface);

  cairo_set_source_rgb (cairo, 1, 1, 1);
  cairo_paint (cairo);
  cairo_translate (cairo, -left, -top);
  cairo_scale (cairo, scale, scale);
  poppler_page_render (page, cairo);
  cairo_surface_flush (surface);
  /* Not that of the context: of a page with a broken drawing command the rest is shown, as in any viewer. */
  gboolean done = cairo_surface_status (surface) == CAIRO_STATUS_SUCCESS;
  cairo_destroy (cairo);
  cairo_surface_destroy (surface);
  fill_alpha (pixmap);
  return done;
}

/* Draws the rectangle of @width x @height pixels of @level that starts at (@left, @top). */
static EmendPixmap *
draw_part (EmendPdf *pdf,
           const EmendHeader *header,
           const char *path,
           int level,
           const VipsRect *area,
           GError **error)
{
  int width;
  int height;
  g_autoptr (PopplerPage) page = emend_pdf_get_page (pdf, path, header->page, &width, &height, error);
  g_autofree char *name = g_filename_display_basename (path);

  if (page == NULL)
    return NULL;
  if (width != header->width || height != header->height) {
    /* TRANSLATORS: A page number, the name of a file. */
    g_set_error (error, EMEND_MEDIA_ERROR, EMEND_MEDIA_ERROR_DAMAGED,
                 _ ("Page %d of the document “%s” has another size than before: the file was changed. Close it and "
                    "open it again."),
                 header->page + 1, name);
    return NULL;
  }
  g_autoptr (EmendPixmap) pixmap = emend_pixmap_new (area->width, area->height);
  if (pixmap == NULL || !draw (page, pixmap, level, area->left, area->top)) {
    emend_media_set_no_memory (error, path);
    return NULL;
  }
  return g_steal_pointer (&pixmap);
}

static void
pack_rgb (const EmendPixmap *pixmap,
          guint8 *rgb,
          gsize stride)
{
  for (int y = 0; y < pixmap->height; y++) {
    const guint32 *from = (const guint32 *) (gconstpointer) (pixmap->data + (gsize) y * pixmap->stride);
    guint8 *to = rgb + (gsize) y * stride;
    for (gsize x = 0; x < (gsize) pixmap->width; x++) {
      to[3 * x] = (guint8) (from[x] >> 16);
      to[3 * x + 1] = (guint8) (from[x] >> 8);
      to[3 * x + 2] = (guint8) from[x];
    }
  }
}

static gboolean
draw_level (const EmendHeader *header,
            const char *path,
            int level,
            guint8 *rgb,
            GCancellable *cancellable,
            GError **error)
{
  g_autoptr (EmendPdf) pdf = emend_pdf_open (path, error);
  int width = emend_tiles_width (header, level);
  int height = emend_tiles_height (header, level);
  gsize stride = (gsize) width * 3;

  if (pdf == NULL)
    return FALSE;
  for (int top = 0; top < height; top += PIECE_SIZE) {
    for (int left = 0; left < width; left += PIECE_SIZE) {
      VipsRect area = { left, top, MIN (PIECE_SIZE, width - left), MIN (PIECE_SIZE, height - top) };
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      g_autoptr (EmendPixmap) piece = draw_part (pdf, header, path, level, &area, error);
      if (piece == NULL)
        return FALSE;
      pack_rgb (piece, rgb + (gsize) top * stride + (gsize) left * 3, stride);
    }
  }
  return TRUE;
}

/**
 * emend_pdf_open_level:
 * @header: of the page
 * @path: the file
 * @level: the size: that of the page divided by 2 to the power of this
 * @cancellable: (nullable): to stop before the next piece of a large page
 * @error: (out) (optional): an #EmendMediaError or %G_IO_ERROR_CANCELLED
 *
 * Draws all of the page, annotations and form fields with it, on white. Not for the main thread.
 *
 * Returns: (transfer full) (nullable): the page in sRGB, three bytes a pixel, in memory
 */
VipsImage *
emend_pdf_open_level (const EmendHeader *header,
                      const char *path,
                      int level,
                      GCancellable *cancellable,
                      GError **error)
{
  int width = emend_tiles_width (header, level);
  int height = emend_tiles_height (header, level);
  gsize size = (gsize) width * (gsize) height * 3;
  g_autofree guint8 *rgb = g_try_malloc (size);
  g_autoptr (VipsImage) plain = NULL;
  VipsImage *image = NULL;

  if (rgb == NULL) {
    emend_media_set_no_memory (error, path);
    return NULL;
  }
  if (!draw_level (header, path, level, rgb, cancellable, error))
    return NULL;
  plain = vips_image_new_from_memory (rgb, size, width, height, 3, VIPS_FORMAT_UCHAR);
  if (plain == NULL || vips_copy (plain, &image, "interpretation", VIPS_INTERPRETATION_sRGB, NULL) != 0) {
    emend_loader_set_error (error, path);
    return NULL;
  }
  g_object_set_data_full (G_OBJECT (plain), "emend-pixels", g_steal_pointer (&rgb), g_free);
  return image;
}

static void
block_free (Block *block)
{
  g_clear_pointer (&block->pixmap, emend_pixmap_unref);
  g_free (block);
}

/* With the lock held. */
static GList *
find_block (const BlockKey *key)
{
  for (GList *l = blocks.head; l != NULL; l = l->next) {
    const BlockKey *one = &((Block *) l->data)->key;
    if (one->page == key->page && one->level == key->level && one->x == key->x && one->y == key->y &&
        emend_pdf_same_identity (&one->identity, &key->identity))
      return l;
  }
  return NULL;
}

/* What another thread has drawn or draws now; NULL when the caller is to draw it, and to say finish_block (). */
static EmendPixmap *
take_block (const BlockKey *key)
{
  EmendPixmap *pixmap = NULL;

  g_mutex_lock (&lock);
  for (;;) {
    GList *link = find_block (key);
    if (link == NULL) {
      Block *block = g_new0 (Block, 1);
      block->key = *key;
      g_queue_push_head (&blocks, block);
      break;
    }
    g_queue_unlink (&blocks, link);
    g_queue_push_head_link (&blocks, link);
    pixmap = ((Block *) link->data)->pixmap;
    if (pixmap != NULL) {
      emend_pixmap_ref (pixmap);
      break;
    }
    g_cond_wait (&drawn, &lock);
  }
  g_mutex_unlock (&lock);
  return pixmap;
}

/* Drops the drawn ones that were used longest ago. With the lock held. */
static void
trim_blocks (void)
{
  gsize bytes = 0;

  for (GList *l = blocks.head; l != NULL;) {
    GList *next = l->next;
    const EmendPixmap *pixmap = ((Block *) l->data)->pixmap;
    bytes += pixmap != NULL ? pixmap->stride * (gsize) pixmap->height : 0;
    if (pixmap != NULL && bytes > BLOCK_BYTES) {
      block_free (l->data);
      g_queue_delete_link (&blocks, l);
    }
    l = next;
  }
}

/* Wakes who waits for it; without a @pixmap they try themselves. */
static void
finish_block (const BlockKey *key,
              EmendPixmap *pixmap)
{
  g_mutex_lock (&lock);
  GList *link = find_block (key);
  g_assert (link != NULL); /* trim_blocks() leaves a block that is being drawn */
  if (pixmap != NULL)
    ((Block *) link->data)->pixmap = emend_pixmap_ref (pixmap);
  else {
    block_free (link->data);
    g_queue_delete_link (&blocks, link);
  }
  trim_blocks ();
  g_cond_broadcast (&drawn);
  g_mutex_unlock (&lock);
}

/* Side of a block of that level, in tiles. */
static int
block_tiles (const EmendHeader *header,
             int level)
{
  int side = MAX (emend_tiles_width (header, level), emend_tiles_height (header, level));

  return side <= WHOLE_TILES * EMEND_TILE_SIZE ? WHOLE_TILES : BLOCK_TILES;
}

static EmendPixmap *
draw_block (const EmendHeader *header,
            const char *path,
            const BlockKey *key,
            GError **error)
{
  g_autoptr (EmendPdf) pdf = emend_pdf_open (path, error);
  int side = block_tiles (header, key->level) * EMEND_TILE_SIZE;
  VipsRect area = { key->x * side, key->y * side, 0, 0 };

  if (pdf == NULL)
    return NULL;
  area.width = MIN (side, emend_tiles_width (header, key->level) - area.left);
  area.height = MIN (side, emend_tiles_height (header, key->level) - area.top);
  return draw_part (pdf, header, path, key->level, &area, error);
}

static EmendPixmap *
cut_tile (const EmendPixmap *block,
          const EmendHeader *header,
          const char *path,
          const EmendTileKey *key,
          GError **error)
{
  int tiles = block_tiles (header, key->level);
  int left = key->x % tiles * EMEND_TILE_SIZE;
  int top = key->y % tiles * EMEND_TILE_SIZE;
  int width;
  int height;

  emend_tiles_get_size (header, key, &width, &height);
  EmendPixmap *tile = emend_pixmap_new (width, height);
  if (tile == NULL) {
    emend_media_set_no_memory (error, path);
    return NULL;
  }
  for (int y = 0; y < height; y++)
    memcpy (tile->data + (gsize) y * tile->stride,
            block->data + (gsize) (top + y) * block->stride + (gsize) left * 4, (gsize) width * 4);
  return tile;
}

/**
 * emend_pdf_read_tile:
 * @header: of the page
 * @path: the file
 * @key: which tile
 * @cancellable: (nullable): to give up before it starts
 * @error: (out) (optional): an #EmendMediaError or %G_IO_ERROR_CANCELLED
 *
 * Draws it with its neighbours, or cuts it out of what was drawn just before. A file that was changed is read anew.
 * Not for the main thread.
 *
 * Returns: (transfer full) (nullable): the tile, upright
 */
EmendPixmap *
emend_pdf_read_tile (const EmendHeader *header,
                     const char *path,
                     const EmendTileKey *key,
                     GCancellable *cancellable,
                     GError **error)
{
  int tiles = block_tiles (header, key->level);
  BlockKey block_key = { .page = header->page, .level = key->level, .x = key->x / tiles, .y = key->y / tiles };

  /* Without a file nothing is found, and drawing says why. */
  emend_pdf_identify (path, &block_key.identity);
  g_autoptr (EmendPixmap) block = take_block (&block_key);
  if (block == NULL) {
    if (!g_cancellable_set_error_if_cancelled (cancellable, error))
      block = draw_block (header, path, &block_key, error);
    finish_block (&block_key, block);
  }
  return block != NULL ? cut_tile (block, header, path, key, error) : NULL;
}
