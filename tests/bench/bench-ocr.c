#include "config.h"

#include <string.h>
#include <sys/resource.h>

#include <glib/gstdio.h>
#include <pango/pangocairo.h>

#include "emend-bench.h"
#include "emend-image.h"
#include "emend-ocr.h"

#define RUNS 5
/* A4 at 300 dpi */
#define WIDTH 2480
#define HEIGHT 3508

static double
children_cpu (void)
{
  struct rusage usage;

  getrusage (RUSAGE_CHILDREN, &usage);
  return (double) (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
         (double) (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
}

/* A printed page of 48 lines under the noise of a scanner. */
static void
make_page (const char *path)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, WIDTH, HEIGHT);
  cairo_t *cr = cairo_create (surface);
  g_autoptr (PangoLayout) layout = pango_cairo_create_layout (cr);
  g_autoptr (PangoFontDescription) font = pango_font_description_from_string ("DejaVu Serif");
  guint32 state = 1;

  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  cairo_set_source_rgb (cr, 0.1, 0.1, 0.1);
  pango_font_description_set_absolute_size (font, 42 * PANGO_SCALE);
  pango_layout_set_font_description (layout, font);
  for (int i = 0; i < 48; i++) {
    g_autofree char *line = NULL;

    line = g_strdup_printf ("Position %d: %d wooden chairs, delivered on %02d/%02d/2018, at %d.%02d each",
                            i + 1, i * 7 % 23 + 2, i % 28 + 1, i % 12 + 1, i * 37 % 900, i * 13 % 100);
    pango_layout_set_text (layout, line, -1);
    cairo_move_to (cr, 220, 240 + i * 62);
    pango_cairo_show_layout (cr, layout);
  }
  cairo_surface_flush (surface);
  for (int y = 0; y < HEIGHT; y++) {
    guint8 *row = cairo_image_surface_get_data (surface) + (gsize) y * (gsize) cairo_image_surface_get_stride (surface);
    for (int x = 0; x < WIDTH; x++) {
      state = state * 1664525U + 1013904223U;
      memset (row + x * 4, MAX (row[x * 4] - (int) (state >> 27), 0), 3);
    }
  }
  cairo_surface_mark_dirty (surface);
  if (cairo_surface_write_to_png (surface, path) != CAIRO_STATUS_SUCCESS)
    g_error ("the page cannot be written");
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
}

static double
read_by_program (const char *path)
{
  const char *argv[] = { "tesseract", path, "-", "--psm", "6", "--dpi", "300", "tsv", NULL };
  GSpawnFlags flags = G_SPAWN_SEARCH_PATH | G_SPAWN_STDOUT_TO_DEV_NULL | G_SPAWN_STDERR_TO_DEV_NULL;
  double start = children_cpu ();
  g_autoptr (GError) error = NULL;

  if (!g_spawn_sync (NULL, (char **) argv, NULL, flags,
                     NULL, NULL, NULL, NULL, NULL, &error))
    g_error ("%s", error->message);
  return children_cpu () - start;
}

static double
read_by_us (EmendOcr *ocr,
            const char *path)
{
  double start = emend_bench_cpu ();
  g_autoptr (GError) error = NULL;
  g_autoptr (EmendWords) words = emend_ocr_read_page (ocr, path, 0, NULL, NULL, NULL, &error);

  if (words == NULL)
    g_error ("%s", error->message);
  if (emend_words_get_n (words) < 300)
    g_error ("only %" G_GSIZE_FORMAT " words were read", emend_words_get_n (words));
  return emend_bench_cpu () - start;
}

int
main (void)
{
  g_autofree char *program = g_find_program_in_path ("tesseract");
  g_autofree char *folder = g_dir_make_tmp ("emend-bench-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "page.png", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (EmendOcr) ocr = NULL;
  double ours[RUNS];
  double floors[RUNS];
  const char *name = "ocr: words of an A4 page at 300 dpi, processor time (against the program tesseract, one thread)";

  emend_media_init (0);
  ocr = emend_ocr_new ("eng", &error);
  if (program == NULL || ocr == NULL) {
    emend_bench_skip (name, ocr == NULL ? error->message : "the program tesseract is not installed");
    return 0;
  }
  /* The program's start is a part of its time, as it is of whoever runs it page by page. */
  g_setenv ("OMP_THREAD_LIMIT", "1", TRUE);
  make_page (path);
  for (int i = 0; i < RUNS; i++) {
    floors[i] = read_by_program (path);
    ours[i] = read_by_us (ocr, path);
  }
  emend_bench_report (name, emend_bench_median (ours, RUNS) * 1e3, "ms", emend_bench_median (floors, RUNS) * 1e3, 1.1);
  g_unlink (path);
  g_rmdir (folder);
  return 0;
}
