#include "config.h"

#include <math.h>
#include <string.h>

#include <glib/gstdio.h>
#include <vips/vips.h>

#include "emend-bench.h"
#include "emend-pdf.h"
#include "emend-picture.h"

#define WINDOW_WIDTH 1440
#define WINDOW_HEIGHT 900
#define RUNS 7
#define FRAME_MS 16.7
#define SCAN_WIDTH 2480
#define SCAN_HEIGHT 3508
#define A4_ROWS_AT_200 2339

/* Shapes under noise, so that a JPEG of it has the size of a photograph. */
static void
make_picture (const char *path,
              int width,
              int height)
{
  g_autofree guint8 *pixels = g_malloc_n ((gsize) width * (gsize) height, 3);
  guint32 state = 1;

  for (int y = 0; y < height; y++) {
    for (int x = 0; x < width; x++) {
      guint8 *pixel = pixels + ((gsize) y * (gsize) width + (gsize) x) * 3;
      int shape = (x / 300 + y / 200) % 3 * 60 + (hypot (x % 700 - 350, y % 500 - 250) < 180 ? 50 : 0);
      state = state * 1664525U + 1013904223U;
      pixel[0] = (guint8) (shape + (int) (state >> 24) % 24);
      pixel[1] = (guint8) (shape / 2 + 40 + (int) (state >> 16 & 0xff) % 24);
      pixel[2] = (guint8) (90 + (int) (state >> 8 & 0xff) % 24);
    }
  }
  VipsImage *image = vips_image_new_from_memory (pixels, (gsize) width * (gsize) height * 3, width, height, 3,
                                                 VIPS_FORMAT_UCHAR);
  VipsImage *tagged = NULL;
  if (image == NULL || vips_copy (image, &tagged, "interpretation", VIPS_INTERPRETATION_sRGB, NULL) != 0 ||
      vips_image_write_to_file (tagged, path, NULL) != 0)
    g_error ("%s", vips_error_buffer ());
  g_object_unref (tagged);
  g_object_unref (image);
}

static double
fit_scale (EmendPicture *picture)
{
  return MIN ((double) WINDOW_WIDTH / emend_picture_get_width (picture),
              (double) WINDOW_HEIGHT / emend_picture_get_height (picture));
}

/* Seconds from the request to tiles that cover the view. */
static double
show (EmendPictureCache *cache,
      const char *path)
{
  double start = emend_bench_wall ();
  g_autoptr (EmendPicture) picture = emend_picture_cache_get (cache, path, 0);
  gboolean complete = FALSE;

  while (!complete) {
    if (emend_picture_get_width (picture) > 0) {
      EmendRect all = { 0, 0, emend_picture_get_width (picture), emend_picture_get_height (picture) };
      double scale = fit_scale (picture);
      emend_picture_request (picture, &all, scale);
      g_array_unref (emend_picture_take_tiles (picture, &all, scale, &complete));
    }
    if (!complete)
      g_main_context_iteration (NULL, TRUE);
  }
  if (emend_picture_get_error (picture) != NULL)
    g_error ("%s", emend_picture_get_error (picture)->message);
  return emend_bench_wall () - start;
}

static double
thumbnail (const char *path)
{
  double start = emend_bench_wall ();
  VipsImage *image = NULL;
  size_t size;
  void *pixels;

  if (vips_thumbnail (path, &image, WINDOW_WIDTH, "height", WINDOW_HEIGHT, NULL) != 0)
    g_error ("%s", vips_error_buffer ());
  pixels = vips_image_write_to_memory (image, &size);
  g_free (pixels);
  g_object_unref (image);
  return emend_bench_wall () - start;
}

static void
bench_next (char **paths)
{
  double ours[RUNS];
  double floors[RUNS];

  for (int i = 0; i < RUNS; i++) {
    /* Once each before, so that both find the file in the memory of the system. */
    g_autoptr (EmendPictureCache) cache = emend_picture_cache_new ();
    floors[i] = thumbnail (paths[i % 2]);
    floors[i] = thumbnail (paths[i % 2]);
    ours[i] = show (cache, paths[i % 2]);
  }
  emend_bench_report ("media: next 24 MP JPEG, not decoded ahead (against vips_thumbnail)",
                      emend_bench_median (ours, RUNS) * 1e3, "ms", emend_bench_median (floors, RUNS) * 1e3, 1.3);
}

static void
wait_for_prefetch (void)
{
  double end = emend_bench_wall () + 3;

  while (emend_bench_wall () < end)
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (1000);
}

static void
bench_prefetched (char **paths)
{
  g_autoptr (EmendPictureCache) cache = emend_picture_cache_new ();
  double values[RUNS];

  emend_picture_cache_prefetch (cache, (const char *const *) paths, WINDOW_WIDTH, WINDOW_HEIGHT);
  wait_for_prefetch ();
  for (int i = 0; i < RUNS; i++)
    values[i] = show (cache, paths[i % 2]);
  /* The floor is one frame. */
  emend_bench_report ("media: next 24 MP JPEG, decoded ahead (against one frame)",
                      emend_bench_median (values, RUNS) * 1e3,
                      "ms", FRAME_MS, 1);
}

static void
run_child (const char *path,
           const char *mode)
{
  g_autofree char *self = g_file_read_link ("/proc/self/exe", NULL);
  const char *const argv[] = { self, mode, path, NULL };
  int status = 0;
  g_autoptr (GError) error = NULL;

  if (!g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_CHILD_INHERITS_STDIN, NULL, NULL, NULL, NULL, &status,
                     &error) ||
      !g_spawn_check_wait_status (status, &error))
    g_error ("%s", error->message);
}

#define DOCUMENT_START                                           \
  "%PDF-1.4\n1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj\n" \
  "2 0 obj << /Type /Pages /Kids [3 0 R] /Count 1 >> endobj\n"   \
  "3 0 obj << /Type /Page /Parent 2 0 R /MediaBox [0 0 595.276 841.89] /Contents 4 0 R /Resources "

static void
write_document (const char *path,
                GString *document,
                const char *content)
{
  g_string_append_printf (document,
                          "4 0 obj << /Length %zu >> stream\n%s\nendstream endobj\ntrailer << /Root 1 0 R >>\n",
                          strlen (content), content);
  if (!g_file_set_contents (path, document->str, (gssize) document->len, NULL))
    g_error ("The document cannot be written");
}

/* An A4 page of text in two columns; every word is placed alone, as most programs write them. */
static void
make_text (const char *path)
{
  g_autoptr (GString) content = g_string_new ("BT /F 9 Tf\n");
  g_autoptr (GString) document = g_string_new (DOCUMENT_START "<< /Font << /F 5 0 R >> >> >> endobj\n"
                                                              "5 0 obj << /Type /Font /Subtype /Type1 "
                                                              "/BaseFont /Times-Roman >> endobj\n");

  for (int row = 0; row < 70; row++)
    for (int word = 0; word < 14; word++)
      g_string_append_printf (content, "1 0 0 1 %d %d Tm (word%d) Tj\n", 40 + word * 36 + word / 7 * 12, 800 - row * 11,
                              row * 14 + word);
  g_string_append (content, "ET");
  write_document (path, document, content->str);
}

/* An A4 page scanned at 300 dpi: one JPEG. */
static void
make_scan (const char *path)
{
  g_autofree char *picture = g_strconcat (path, ".jpg", NULL);
  g_autofree char *data = NULL;
  gsize size = 0;
  g_autoptr (GString) document = g_string_new (DOCUMENT_START "<< /XObject << /I 5 0 R >> >> >> endobj\n");

  make_picture (picture, SCAN_WIDTH, SCAN_HEIGHT);
  if (!g_file_get_contents (picture, &data, &size, NULL))
    g_error ("The picture of a scan cannot be read");
  g_string_append_printf (document, "5 0 obj << /Type /XObject /Subtype /Image /Width %d /Height %d "
                                    "/ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /DCTDecode "
                                    "/Length %zu >> stream\n",
                          SCAN_WIDTH, SCAN_HEIGHT, size);
  g_string_append_len (document, data, (gssize) size);
  g_string_append (document, "\nendstream endobj\n");
  g_unlink (picture);
  write_document (path, document, "595.276 0 0 841.89 0 0 cm /I Do");
}

/* Another program's way to the same pixels: the page drawn at that height and written to a file. */
static double
pdftoppm (const char *path,
          int rows)
{
  g_autofree char *written = g_strconcat (path, ".ppm", NULL);
  g_autofree char *height = g_strdup_printf ("%d", rows);
  const char *const argv[] = { "pdftoppm", "-q", "-singlefile", "-scale-to-x", "-1", "-scale-to-y", height, path, path,
                               NULL };
  double start = emend_bench_wall ();
  int status = 0;

  if (!g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, &status, NULL) ||
      status != 0)
    g_error ("pdftoppm failed");
  double seconds = emend_bench_wall () - start;
  g_unlink (written);
  return seconds;
}

/* Seconds until tiles have covered the window at 200 dpi in each of its places from the top to the bottom. */
static double
pan (EmendPicture *picture)
{
  double scale = 200.0 / EMEND_PDF_DPI;
  double start = emend_bench_wall ();

  for (int top = 0; top < emend_picture_get_height (picture) * scale; top += WINDOW_HEIGHT / 4) {
    EmendRect view = { 0, top / scale, WINDOW_WIDTH / scale, WINDOW_HEIGHT / scale };
    gboolean complete = FALSE;
    emend_picture_request (picture, &view, scale);
    g_array_unref (emend_picture_take_tiles (picture, &view, scale, &complete));
    while (!complete) {
      g_main_context_iteration (NULL, TRUE);
      g_array_unref (emend_picture_take_tiles (picture, &view, scale, &complete));
    }
  }
  return emend_bench_wall () - start;
}

static void
bench_document (const char *folder,
                const char *name,
                void (*make) (const char *path))
{
  g_autofree char *path = g_build_filename (folder, "page.pdf", NULL);
  g_autofree char *first = g_strdup_printf ("media: PDF page of %s, first picture (against pdftoppm)", name);
  g_autofree char *panned = g_strdup_printf ("media: PDF page of %s, all of it at 200 dpi (against pdftoppm)", name);
  double ours[RUNS];
  double floors[RUNS];
  double pans[RUNS];
  double pan_floors[RUNS];

  for (int i = 0; i < RUNS; i++) {
    g_autoptr (EmendPictureCache) cache = emend_picture_cache_new ();
    /* A new file each time, else the open document would be at hand. */
    make (path);
    floors[i] = pdftoppm (path, WINDOW_HEIGHT);
    pan_floors[i] = pdftoppm (path, A4_ROWS_AT_200);
    ours[i] = show (cache, path);
    g_autoptr (EmendPicture) picture = emend_picture_cache_get (cache, path, 0);
    pans[i] = pan (picture);
    g_unlink (path);
  }
  emend_bench_report (first, emend_bench_median (ours, RUNS) * 1e3, "ms", emend_bench_median (floors, RUNS) * 1e3, 1.3);
  emend_bench_report (panned, emend_bench_median (pans, RUNS) * 1e3, "ms", emend_bench_median (pan_floors, RUNS) * 1e3,
                      1);
}

/* In a process of its own, because memory once held counts for ever. */
static void
child_large (const char *path)
{
  g_autoptr (EmendPictureCache) cache = emend_picture_cache_new ();
  double seconds = show (cache, path);
  double peak = emend_bench_peak_memory ();

  emend_bench_report ("media: 12,000 x 12,000 TIFF in strips, first picture", seconds * 1e3, "ms", 914, 1);
  emend_bench_report ("media: 12,000 x 12,000 TIFF in strips, peak memory", peak / 1e6, "MB", 216, 1);
}

int
main (int argc,
      char **argv)
{
  emend_media_init (0);
  if (argc == 3) {
    child_large (argv[2]);
    return 0;
  }

  g_autofree char *folder = g_dir_make_tmp ("emend-bench-XXXXXX", NULL);
  g_autofree char *one = g_build_filename (folder, "1.jpg", NULL);
  g_autofree char *two = g_build_filename (folder, "2.jpg", NULL);
  g_autofree char *large = g_build_filename (folder, "large.tif", NULL);
  char *paths[] = { one, two, NULL };

  g_setenv ("XDG_CACHE_HOME", folder, TRUE);
  make_picture (one, 6000, 4000);
  make_picture (two, 6000, 4000);
  make_picture (large, 12000, 12000);
  bench_next (paths);
  bench_prefetched (paths);
  run_child (large, "large");
  bench_document (folder, "text", make_text);
  bench_document (folder, "a scan", make_scan);
  g_unlink (one);
  g_unlink (two);
  g_unlink (large);
  g_rmdir (folder);
  return 0;
}
