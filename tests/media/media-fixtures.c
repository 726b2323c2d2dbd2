#include "config.h"

#include "media-fixtures.h"

#include <math.h>
#include <string.h>

#include "emend-test.h"

VipsImage *
media_make_image (int width,
                  int height)
{
  g_autofree guint8 *pixels = g_malloc_n ((gsize) width * (gsize) height, 3);

  for (int y = 0; y < height; y++) {
    for (int x = 0; x < width; x++) {
      guint8 *pixel = pixels + ((gsize) y * (gsize) width + (gsize) x) * 3;
      pixel[0] = (guint8) (x * 255 / MAX (width - 1, 1));
      pixel[1] = (guint8) (y * 255 / MAX (height - 1, 1));
      pixel[2] = x < width / 4 && y < height / 4 ? 255 : 64;
    }
  }

  VipsImage *image = vips_image_new_from_memory_copy (pixels, (gsize) width * (gsize) height * 3, width, height, 3,
                                                      VIPS_FORMAT_UCHAR);
  g_assert_nonnull (image);
  g_autoptr (VipsImage) in = image;
  VipsImage *out = NULL;
  g_assert_cmpint (vips_copy (in, &out, "interpretation", VIPS_INTERPRETATION_sRGB, NULL), ==, 0);
  return out;
}

char *
media_save (VipsImage *image,
            const char *folder,
            const char *name)
{
  g_autofree char *target = g_build_filename (folder, name, NULL);
  char *path = g_strdup (target);

  /* The program never writes pictures, and blocks what libvips does not call safe. */
  vips_operation_block_set ("VipsForeignSaveJxl", FALSE);
  if (vips_image_write_to_file (image, target, NULL) != 0)
    g_error ("%s: %s", name, vips_error_buffer ());
  if (strchr (path, '[') != NULL)
    *strchr (path, '[') = '\0';
  return path;
}

char *
media_make_file (const char *folder,
                 const char *name,
                 int width,
                 int height)
{
  g_autoptr (VipsImage) image = media_make_image (width, height);

  return media_save (image, folder, name);
}

guint32
media_pixel (const EmendPixmap *pixmap,
             int x,
             int y)
{
  guint32 value;

  g_assert_cmpint (x, >=, 0);
  g_assert_cmpint (x, <, pixmap->width);
  g_assert_cmpint (y, >=, 0);
  g_assert_cmpint (y, <, pixmap->height);
  memcpy (&value, pixmap->data + (gsize) y * pixmap->stride + (gsize) x * 4, sizeof value);
  return value;
}

void
media_assert_position (const EmendPixmap *pixmap,
                       int x,
                       int y,
                       double u,
                       double v,
                       int tolerance)
{
  guint32 pixel = media_pixel (pixmap, x, y);
  int red = (int) (pixel >> 16 & 0xff);
  int green = (int) (pixel >> 8 & 0xff);

  g_assert_cmphex (pixel >> 24, ==, 0xff);
  g_assert_cmpint (abs (red - (int) lround (u * 255)), <=, tolerance);
  g_assert_cmpint (abs (green - (int) lround (v * 255)), <=, tolerance);
}

static gboolean
timeout_cb (gpointer data)
{
  *(gboolean *) data = TRUE;
  return G_SOURCE_CONTINUE;
}

void
media_wait_opened (EmendPicture *picture)
{
  gboolean late = FALSE;
  guint source = g_timeout_add_seconds (60, timeout_cb, &late);

  while (emend_picture_get_width (picture) == 0 && emend_picture_get_error (picture) == NULL && !late)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (source);
  g_assert_false (late);
}

GArray *
media_wait_view (EmendPicture *picture,
                 const EmendRect *visible,
                 double scale)
{
  gboolean late = FALSE;
  guint source = g_timeout_add_seconds (60, timeout_cb, &late);
  gboolean complete = FALSE;
  GArray *tiles;

  media_wait_opened (picture);
  emend_picture_request (picture, visible, scale);
  tiles = emend_picture_take_tiles (picture, visible, scale, &complete);
  while (!complete && !late) {
    g_main_context_iteration (NULL, TRUE);
    g_array_unref (tiles);
    tiles = emend_picture_take_tiles (picture, visible, scale, &complete);
  }
  g_source_remove (source);
  g_assert_false (late);
  return tiles;
}

static void
compose_tile (EmendPixmap *target,
              const EmendTile *tile,
              const EmendRect *visible,
              double scale)
{
  for (int y = 0; y < target->height; y++) {
    double v = (visible->y + (y + 0.5) / scale - tile->rect.y) / tile->rect.height;
    if (v < 0 || v >= 1)
      continue;
    guint32 *row = (guint32 *) (gpointer) (target->data + (gsize) y * target->stride);
    for (int x = 0; x < target->width; x++) {
      double u = (visible->x + (x + 0.5) / scale - tile->rect.x) / tile->rect.width;
      if (u >= 0 && u < 1)
        row[x] = media_pixel (tile->pixmap, (int) (u * tile->pixmap->width), (int) (v * tile->pixmap->height));
    }
  }
}

EmendPixmap *
media_compose (GArray *tiles,
               const EmendRect *visible,
               double scale)
{
  EmendPixmap *target = emend_pixmap_new ((int) floor (visible->width * scale), (int) floor (visible->height * scale));

  memset (target->data, 0, target->stride * (gsize) target->height);
  for (guint i = 0; i < tiles->len; i++)
    compose_tile (target, &g_array_index (tiles, EmendTile, i), visible, scale);
  return target;
}

char *
media_make_pdf (const char *folder,
                const char *name,
                const char *const *objects)
{
  g_autoptr (GString) text = g_string_new ("%PDF-1.4\n");
  g_autoptr (GString) table = g_string_new ("0000000000 65535 f \n");
  int n = 1;

  for (; objects[n - 1] != NULL; n++) {
    g_string_append_printf (table, "%010" G_GSIZE_FORMAT " 00000 n \n", text->len);
    g_string_append_printf (text, "%d 0 obj\n%s\nendobj\n", n, objects[n - 1]);
  }
  gsize start = text->len;
  g_string_append_printf (text, "xref\n0 %d\n%strailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n", n, table->str, n);
  g_string_append_printf (text, "%" G_GSIZE_FORMAT "\n%%%%EOF\n", start);
  return emend_test_write (folder, name, text->str);
}

char *
media_pdf_stream (const char *content)
{
  return g_strdup_printf ("<< /Length %" G_GSIZE_FORMAT " >>\nstream\n%s\nendstream", strlen (content), content);
}

static void
find_files (const char *folder,
            const char *suffix,
            GPtrArray *found)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (folder, name, NULL);
    if (g_file_test (path, G_FILE_TEST_IS_DIR))
      find_files (path, suffix, found);
    else if (g_str_has_suffix (name, suffix))
      g_ptr_array_add (found, g_steal_pointer (&path));
  }
}

static int
compare_paths (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

GPtrArray *
media_find_files (const char *folder,
                  const char *suffix)
{
  GPtrArray *found = g_ptr_array_new_with_free_func (g_free);

  find_files (folder, suffix, found);
  g_ptr_array_sort (found, compare_paths);
  return found;
}
