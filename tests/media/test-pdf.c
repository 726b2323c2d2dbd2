#include "config.h"

#include <math.h>
#include <string.h>
#include <sys/resource.h>

#include <glib/gstdio.h>

#include "emend-image.h"
#include "emend-pdf-private.h"
#include "emend-pdf.h"
#include "emend-test.h"
#include "media-fixtures.h"

#define CATALOG "<< /Type /Catalog /Pages 2 0 R >>"
#define PAGES "<< /Type /Pages /Kids [3 0 R] /Count 1 >>"

/* Of 255; another page, or one turned or shifted by a line, is above 20. */
#define MAX_DIFFERENCE 9.0

/* Names the file for the child that looks at a hostile one. */
#define HOSTILE_FILE "EMEND_TEST_HOSTILE_PDF"
#define HOSTILE_SECONDS 30
#define HOSTILE_MEGABYTES 1024

static void
assert_refused (const char *path,
                int code,
                const char *words)
{
  EmendImageInfo info;
  g_autoptr (GError) error = NULL;

  g_assert_false (emend_image_probe (path, &info, NULL, &error));
  g_assert_error (error, EMEND_MEDIA_ERROR, code);
  g_assert_nonnull (strstr (error->message, words));
  g_assert_true (g_str_has_suffix (error->message, "."));
}

static char *
make_page (const char *folder,
           const char *box,
           const char *content)
{
  g_autofree char *page = g_strdup_printf ("<< /Type /Page /Parent 2 0 R %s /Contents 4 0 R >>", box);
  g_autofree char *stream = media_pdf_stream (content);
  const char *const objects[] = { CATALOG, PAGES, page, stream, NULL };

  return media_make_pdf (folder, "page.pdf", objects);
}

static void
assert_size (const char *path,
             int page,
             int width,
             int height)
{
  EmendImageInfo info;
  g_autoptr (GError) error = NULL;

  emend_image_probe_page (path, page, &info, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (info.width, ==, width);
  g_assert_cmpint (info.height, ==, height);
}

static void
test_probe_size (void)
{
  g_autofree char *folder = emend_test_make_folder ();
  g_autofree char *path = make_page (folder, "/MediaBox [0 0 595.276 841.89]", "");
  EmendImageInfo info;

  g_assert_true (emend_media_is_supported_name ("A.PDF"));
  g_assert_true (emend_image_probe (path, &info, NULL, NULL));
  g_assert_cmpstr (info.format, ==, "PDF");
  g_assert_cmpint (info.n_pages, ==, 1);
  g_assert_cmpint (info.orientation, ==, 1);
  assert_size (path, 0, 4961, 7016);
  g_free (path);
  path = make_page (folder, "/MediaBox [0 0 400 300] /CropBox [50 60 350 260] /Rotate 90", "");
  assert_size (path, 0, 1667, 2500);
  g_free (path);
  path = make_page (folder, "/MediaBox [0 0 14400 72]", "");
  assert_size (path, 0, 120000, 600);
  emend_test_remove_folder (folder);
}

/* What others say of these documents: the list that comes with them, and pdfinfo. */
static void
test_probe_pages (void)
{
  g_autofree char *folder = emend_test_shared ("conformance");

  if (folder == NULL)
    return;
  g_autoptr (GPtrArray) paths = media_find_files (folder, ".pdf");
  for (guint i = 0; i < paths->len; i++) {
    const char *path = paths->pdata[i];
    EmendImageInfo info;
    g_autoptr (GError) error = NULL;
    if (strstr (path, "-password") != NULL) {
      assert_refused (path, EMEND_MEDIA_ERROR_LOCKED, "password");
      continue;
    }
    emend_image_probe (path, &info, NULL, &error);
    g_assert_no_error (error);
    /* Some titles have a character zero. */
    const char *const argv[] = { "sh", "-c", "pdfinfo \"$0\" | tr -d '\\000'", path, NULL };
    g_autofree char *output = emend_test_run (argv, 0);
    const char *line = strstr (output, "Pages:");
    g_assert_nonnull (line);
    g_assert_cmpint (info.n_pages, ==, (int) g_ascii_strtoll (line + strlen ("Pages:"), NULL, 10));
  }
}

static char *
make_pages (const char *folder,
            int n)
{
  g_autoptr (GPtrArray) objects = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GString) kids = g_string_new ("<< /Type /Pages /Kids [");
  g_autofree char *name = g_strdup_printf ("%d.pdf", n);

  for (int i = 0; i < n; i++)
    g_string_append_printf (kids, "%d 0 R ", i + 3);
  g_string_append_printf (kids, "] /Count %d >>", n);
  g_ptr_array_add (objects, g_strdup (CATALOG));
  g_ptr_array_add (objects, g_strdup (kids->str));
  for (int i = 0; i < n; i++)
    g_ptr_array_add (objects, g_strdup ("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 72 144] >>"));
  g_ptr_array_add (objects, NULL);
  return media_make_pdf (folder, name, (const char *const *) objects->pdata);
}

static void
test_refused (void)
{
  g_autofree char *folder = emend_test_make_folder ();
  const char *const empty[] = { CATALOG, "<< /Type /Pages /Kids [] /Count 0 >>", NULL };
  g_autofree char *none = media_make_pdf (folder, "none.pdf", empty);
  g_autofree char *more = make_pages (folder, 2001);
  g_autofree char *most = make_pages (folder, 2000);
  g_autofree char *cut = emend_test_write (folder, "cut.pdf", "%PDF-1.4\n1 0 obj\n<< /Type");
  g_autofree char *missing = g_build_filename (folder, "missing.pdf", NULL);
  g_autofree char *wide = make_page (folder, "/MediaBox [0 0 14401 100]", "");

  assert_refused (none, EMEND_MEDIA_ERROR_DAMAGED, "no pages");
  assert_refused (more, EMEND_MEDIA_ERROR_TOO_LARGE, "2001");
  assert_size (most, 1999, 600, 1200);
  assert_refused (cut, EMEND_MEDIA_ERROR_DAMAGED, "cut.pdf");
  assert_refused (missing, EMEND_MEDIA_ERROR_NOT_FOUND, "missing.pdf");
  assert_refused (wide, EMEND_MEDIA_ERROR_TOO_LARGE, "200");
  emend_test_remove_folder (folder);
}

/* Of four pages the second is none, so that poppler counts the others on and has no fourth; the third is too large. */
static void
test_broken_page (void)
{
  g_autofree char *folder = emend_test_make_folder ();
  const char *const objects[] = { CATALOG, "<< /Type /Pages /Kids [3 0 R 4 0 R 5 0 R 6 0 R] /Count 4 >>",
                                  "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 72 36] >>", "42",
                                  "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 99999 36] >>",
                                  "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 72 72] >>", NULL };
  g_autofree char *path = media_make_pdf (folder, "broken.pdf", objects);
  g_autoptr (GError) error = NULL;

  assert_size (path, 0, 600, 300);
  assert_size (path, 1, 600, 300);
  assert_size (path, 2, 600, 600);
  assert_size (path, 3, 600, 300);
  for (int i = 0; i < 4; i++) {
    g_autoptr (EmendPixmap) pixmap = emend_image_decode (path, i, 100, 100, NULL, &error);
    g_assert_true ((pixmap != NULL) == (i == 0 || i == 2));
    if (i == 1)
      g_assert_error (error, EMEND_MEDIA_ERROR, EMEND_MEDIA_ERROR_TOO_LARGE);
    if (i == 3)
      g_assert_error (error, EMEND_MEDIA_ERROR, EMEND_MEDIA_ERROR_DAMAGED);
    g_clear_error (&error);
  }
  emend_test_remove_folder (folder);
}

/* The file is replaced by another one while it is known: the old pixels are not shown for it, nor the new ones in the
 * frame of the old. */
static void
test_replaced (void)
{
  g_autofree char *folder = emend_test_make_folder ();
  g_autofree char *path = make_page (folder, "/MediaBox [0 0 72 72]", "1 0 0 rg 0 0 72 72 re f");
  EmendTileKey key = { 0, 0, 0 };
  EmendHeader header;
  g_autoptr (GError) error = NULL;

  g_assert_true (emend_header_read (&header, path, 0, NULL, NULL));
  g_autoptr (EmendPixmap) before = emend_pdf_read_tile (&header, path, &key, NULL, NULL);
  g_assert_cmphex (media_pixel (before, 100, 100), ==, 0xffff0000);
  g_free (path);
  path = make_page (folder, "/MediaBox [0 0 72 72]", "0 0 1 rg 0 0 72 72 re f %");
  g_autoptr (EmendPixmap) after = emend_pdf_read_tile (&header, path, &key, NULL, NULL);
  g_assert_cmphex (media_pixel (after, 100, 100), ==, 0xff0000ff);
  g_free (path);
  path = make_page (folder, "/MediaBox [0 0 72 99]", "");
  g_assert_null (emend_pdf_read_tile (&header, path, &key, NULL, &error));
  g_assert_error (error, EMEND_MEDIA_ERROR, EMEND_MEDIA_ERROR_DAMAGED);
  g_assert_nonnull (strstr (error->message, "changed"));
  g_clear_error (&error);
  g_unlink (path);
  g_assert_null (emend_pdf_read_tile (&header, path, &key, NULL, &error));
  g_assert_error (error, EMEND_MEDIA_ERROR, EMEND_MEDIA_ERROR_NOT_FOUND);
  emend_test_remove_folder (folder);
}

static void
test_cancel (void)
{
  g_autofree char *folder = emend_test_make_folder ();
  g_autofree char *path = make_page (folder, "/MediaBox [0 0 72 72]", "");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  EmendTileKey key = { 0, 0, 0 };
  EmendHeader header;
  g_autoptr (GError) error = NULL;

  g_assert_true (emend_header_read (&header, path, 0, NULL, NULL));
  g_cancellable_cancel (cancellable);
  g_assert_null (emend_pdf_read_tile (&header, path, &key, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  g_assert_null (emend_pdf_open_level (&header, path, 0, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  /* Whoever comes after is not held up by what was given up. */
  g_autoptr (EmendPixmap) tile = emend_pdf_read_tile (&header, path, &key, NULL, NULL);
  g_assert_nonnull (tile);
  emend_test_remove_folder (folder);
}

/* Reads a P6 file of one byte a sample. */
static guint8 *
read_ppm (const char *path,
          int *width,
          int *height)
{
  g_autofree char *data = NULL;
  gsize size = 0;
  int used = 0;
  g_autoptr (GError) error = NULL;

  g_file_get_contents (path, &data, &size, &error);
  g_assert_no_error (error);
  g_assert_cmpint (sscanf (data, "P6 %d %d 255%n", width, height, &used), ==, 2);
  gsize n = (gsize) *width * (gsize) *height * 3;
  g_assert_cmpuint (size, ==, (gsize) used + 1 + n);
  return g_memdup2 (data + used + 1, n);
}

/* Mean absolute difference of all samples. */
static double
difference (const guint8 *a,
            const guint8 *b,
            gsize n)
{
  guint64 sum = 0;

  for (gsize i = 0; i < n; i++)
    sum += (guint64) abs (a[i] - b[i]);
  return (double) sum / (double) n;
}

static double
compare_level (const char *path,
               int page,
               int level,
               const char *folder)
{
  EmendHeader header;
  int width;
  int height;
  size_t size;
  g_autoptr (GError) error = NULL;
  g_autofree char *number = g_strdup_printf ("%d", page + 1);
  g_autofree char *resolution = g_strdup_printf ("%g", (double) EMEND_PDF_DPI / (1 << level));
  g_autofree char *root = g_build_filename (folder, "page", NULL);
  g_autofree char *ppm = g_strconcat (root, ".ppm", NULL);
  const char *const argv[] = { "pdftoppm", "-q", "-cropbox", "-singlefile", "-r", resolution,
                               "-f", number, "-l", number, path, root, NULL };
  g_autofree char *output = emend_test_run (argv, 0);
  g_autofree guint8 *theirs = read_ppm (ppm, &width, &height);

  emend_header_read (&header, path, page, NULL, &error);
  g_assert_no_error (error);
  g_autoptr (VipsImage) image = emend_pdf_open_level (&header, path, level, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (vips_image_get_width (image), ==, width);
  g_assert_cmpint (vips_image_get_height (image), ==, height);
  guint8 *ours = vips_image_write_to_memory (image, &size);
  double mean = difference (ours, theirs, (gsize) width * (gsize) height * 3);
  g_free (ours);
  return mean;
}

/* Against poppler's other renderer, which shares nothing with cairo. */
static void
test_pdftoppm (gconstpointer data)
{
  g_autofree char *shared = emend_test_shared (data);

  if (shared == NULL)
    return;
  g_autofree char *folder = emend_test_make_folder ();
  g_autoptr (GPtrArray) paths = media_find_files (shared, ".pdf");
  for (guint i = 0; i < paths->len; i++) {
    const char *path = paths->pdata[i];
    EmendImageInfo info;
    if (!emend_image_probe (path, &info, NULL, NULL))
      continue;
    for (int page = 0; page < info.n_pages; page++) {
      double fine = compare_level (path, page, 2, folder);
      double coarse = compare_level (path, page, 3, folder);
      g_test_message ("%s, page %d: %.2f, %.2f", path, page, fine, coarse);
      /* Pages of text differ by how edges of letters are smoothed. Those that are left out have 8 x 8 pixels, on half
       * of which the two renderers disagree whether the edge of the picture covers them. */
      if (strstr (path, "007-imagemagick-images") == NULL)
        g_assert_cmpfloat (MAX (fine, coarse), <, MAX_DIFFERENCE);
    }
  }
  emend_test_remove_folder (folder);
}

/* What is put together of tiles is what is drawn at once, to the pixel, so that there is no seam. */
static void
test_seams (void)
{
  g_autofree char *path = emend_test_shared ("formats/pawls/3febb2bed8865945e7fddc99efd791887bb7e14f.pdf");
  g_autoptr (GError) error = NULL;
  size_t size;

  if (path == NULL)
    return;
  g_autoptr (EmendPictureCache) cache = emend_picture_cache_new ();
  g_autoptr (EmendPicture) picture = emend_picture_cache_get (cache, path, 2);
  EmendHeader header;
  EmendRect all = { 0, 0, 4961, 7016 };
  g_autoptr (GArray) tiles = media_wait_view (picture, &all, 0.5);
  g_assert_null (emend_picture_get_error (picture));
  g_assert_cmpuint (tiles->len, ==, 5 * 7);

  emend_header_read (&header, path, 2, NULL, &error);
  g_assert_no_error (error);
  g_autoptr (VipsImage) level = emend_pdf_open_level (&header, path, 1, NULL, &error);
  g_assert_no_error (error);
  int width = vips_image_get_width (level);
  guint8 *rgb = vips_image_write_to_memory (level, &size);
  guint different = 0;
  for (guint i = 0; i < tiles->len; i++) {
    const EmendTile *tile = &g_array_index (tiles, EmendTile, i);
    for (int y = 0; y < tile->pixmap->height; y++) {
      const guint8 *row = rgb + ((gsize) (tile->rect.y / 2) + (gsize) y) * (gsize) width * 3;
      for (int x = 0; x < tile->pixmap->width; x++) {
        const guint8 *pixel = row + ((gsize) (tile->rect.x / 2) + (gsize) x) * 3;
        guint32 value = 0xff000000U | (guint32) pixel[0] << 16 | (guint32) pixel[1] << 8 | pixel[2];
        different += media_pixel (tile->pixmap, x, y) != value ? 1 : 0;
      }
    }
  }
  g_free (rgb);
  g_test_message ("%u pixels differ", different);
  g_assert_cmpuint (different, <, 100);
}

/* Decodes as OCR does, and as a list does. */
static void
test_decode (void)
{
  g_autofree char *folder = emend_test_make_folder ();
  g_autofree char *path = make_page (folder, "/MediaBox [0 0 144 72]", "0 0 1 rg 0 0 72 72 re f");
  g_autoptr (EmendPixmap) half = emend_image_decode (path, 0, 600, 300, NULL, NULL);
  g_autoptr (EmendPixmap) odd = emend_image_decode (path, 0, 100, 100, NULL, NULL);
  g_autoptr (EmendPixmap) full = emend_image_decode (path, 0, 9999, 9999, NULL, NULL);

  g_assert_cmpint (half->width, ==, 600);
  g_assert_cmpint (half->height, ==, 300);
  g_assert_cmpint (odd->width, ==, 100);
  g_assert_cmpint (odd->height, ==, 50);
  g_assert_cmpint (full->width, ==, 1200);
  g_assert_cmphex (media_pixel (half, 299, 150), ==, 0xff0000ff);
  g_assert_cmphex (media_pixel (half, 300, 150), ==, 0xffffffff);
  g_assert_cmphex (media_pixel (odd, 40, 25), ==, 0xff0000ff);
  g_assert_cmphex (media_pixel (full, 1199, 0), ==, 0xffffffff);
  emend_test_remove_folder (folder);
}

/* In a process of its own: all pages as a list, a reviewer and the words need them. */
static void
test_hostile_child (void)
{
  const char *path = g_getenv (HOSTILE_FILE);
  struct rusage usage;
  EmendImageInfo info;
  g_autoptr (GError) error = NULL;

  if (path == NULL)
    return;
  if (!emend_image_probe (path, &info, NULL, &error)) {
    g_assert_true (error->domain == EMEND_MEDIA_ERROR);
    return;
  }
  for (int page = 0; page < info.n_pages; page++) {
    g_autoptr (GError) reason = NULL;
    g_autoptr (EmendPixmap) small = emend_image_decode (path, page, 200, 200, NULL, NULL);
    g_autoptr (EmendPixmap) large = emend_image_decode (path, page, 2000, 2000, NULL, &reason);
    g_autoptr (EmendWords) words = emend_pdf_read_words (path, page, NULL, NULL);
    g_assert_true ((large != NULL) == (reason == NULL));
    g_assert_true ((large != NULL) == (small != NULL) && (large != NULL) == (words != NULL));
  }
  getrusage (RUSAGE_SELF, &usage);
  g_assert_cmpint (usage.ru_maxrss / 1024, <, HOSTILE_MEGABYTES);
}

static void
test_hostile (void)
{
  g_autofree char *folder = emend_test_shared ("hostile");

  if (folder == NULL)
    return;
  g_autoptr (GPtrArray) paths = media_find_files (folder, "");
  guint n = 0;
  for (guint i = 0; i < paths->len; i++) {
    const char *path = paths->pdata[i];
    if (strstr (path, "/pdf/") == NULL && !g_str_has_suffix (path, ".pdf"))
      continue;
    n++;
    g_setenv (HOSTILE_FILE, path, TRUE);
    g_test_trap_subprocess ("/media/pdf/hostile/subprocess/child", HOSTILE_SECONDS * G_USEC_PER_SEC, 0);
    if (!g_test_trap_has_passed ())
      g_error ("%s: %s", path, g_test_trap_reached_timeout () ? "takes too long" : "ends the program");
  }
  g_unsetenv (HOSTILE_FILE);
  g_test_message ("%u files", n);
  g_assert_cmpuint (n, >=, 10);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  emend_media_init (0);
  g_test_add_func ("/media/pdf/probe/size", test_probe_size);
  g_test_add_func ("/media/pdf/probe/pages", test_probe_pages);
  g_test_add_func ("/media/pdf/probe/refused", test_refused);
  g_test_add_func ("/media/pdf/probe/broken-page", test_broken_page);
  g_test_add_func ("/media/pdf/read-tile/replaced", test_replaced);
  g_test_add_func ("/media/pdf/read-tile/cancel", test_cancel);
  g_test_add_func ("/media/pdf/read-tile/seams", test_seams);
  g_test_add_func ("/media/pdf/decode/size", test_decode);
  g_test_add_func ("/media/pdf/hostile/files", test_hostile);
  g_test_add_func ("/media/pdf/hostile/subprocess/child", test_hostile_child);
  g_test_add_data_func ("/media/pdf/open-level/pdfjs", "conformance/pdf_pdfjs", test_pdftoppm);
  g_test_add_data_func ("/media/pdf/open-level/py-pdf", "conformance/pdf_CC-BY-SA", test_pdftoppm);
  return g_test_run ();
}
