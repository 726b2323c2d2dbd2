#define G_LOG_DOMAIN "emend-bench"

#include "config.h"

#include <X11/Xlib.h>
#include <X11/Xutil.h>
#include <math.h>
#include <vips/vips.h>

#include "emend-bench.h"
#include "emend-image.h"
#include "emend-test.h"
#include "window-input.h"

/* The real window on a display: from the start to the first picture, and the frames of
 * window-frames.c and window-form.c with each renderer. */

#define WINDOW_WIDTH 1280
#define WINDOW_HEIGHT 800
#define N_STARTS 5
#define N_BOXES 10000
#define N_ITEMS 9
#define N_WORDS 800
#define N_FIELDS 40

/* What the program may need over the floor, in ms. */
#define START_ALLOWANCE 150

/* Points of the screen that are looked at, and how many of them must show the picture. */
#define N_COLUMNS 12
#define N_ROWS 7
#define N_ENOUGH 3

static int
ignore_x_error (Display *display,
                XErrorEvent *event)
{
  return 0;
}

static int
count_points (Display *display,
              int y)
{
  int width = DisplayWidth (display, DefaultScreen (display));
  XImage *row = XGetImage (display, DefaultRootWindow (display), 0, y, (unsigned) width, 1, AllPlanes, ZPixmap);
  int n = 0;

  for (int column = 0; row != NULL && column < N_COLUMNS; column++) {
    gulong pixel = XGetPixel (row, (2 * column + 1) * width / (2 * N_COLUMNS), 0);

    n += window_input_is_picture ((guint8) (pixel >> 16 & 0xff), (guint8) (pixel >> 8 & 0xff), (guint8) (pixel & 0xff));
  }
  if (row != NULL)
    XDestroyImage (row);
  return n;
}

/* A row at a time: a question for each point would keep the display server busy, which has to draw. */
static gboolean
screen_shows_picture (Display *display)
{
  int height = DisplayHeight (display, DefaultScreen (display));
  int n = 0;

  for (int row = 0; row < N_ROWS && n < N_ENOUGH; row++)
    n += count_points (display, (2 * row + 1) * height / (2 * N_ROWS));
  return n >= N_ENOUGH;
}

static void
wait_for_screen (Display *display,
                 gboolean shows)
{
  double end = emend_bench_wall () + 30;

  while (screen_shows_picture (display) != shows) {
    if (emend_bench_wall () > end)
      g_error ("waited in vain for the screen");
    g_usleep (4000);
  }
}

/* From launching @argv to the picture on the screen, in ms; ends it again. */
static double
time_start (Display *display,
            const char *const *argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) program = NULL;
  double begin = emend_bench_wall ();
  double time;

  program = g_subprocess_newv (argv, G_SUBPROCESS_FLAGS_STDOUT_SILENCE, &error);
  if (program == NULL)
    g_error ("%s", error->message);
  wait_for_screen (display, TRUE);
  time = (emend_bench_wall () - begin) * 1000;
  g_subprocess_force_exit (program);
  g_subprocess_wait (program, NULL, NULL);
  wait_for_screen (display, FALSE);
  return time;
}

static double
time_decode (const char *path)
{
  double begin = emend_bench_wall ();
  g_autofree void *pixels = NULL;
  VipsImage *image;
  gsize size;

  if (vips_thumbnail (path, &image, WINDOW_WIDTH, "height", WINDOW_HEIGHT, NULL) != 0)
    g_error ("%s", vips_error_buffer ());
  pixels = vips_image_write_to_memory (image, &size);
  g_object_unref (image);
  return (emend_bench_wall () - begin) * 1000;
}

/* The three are measured by turns, so that a load meets all of them. */
static void
bench_start (Display *display,
             const char *renderer,
             const char *picture,
             const char *project)
{
  g_autofree char *name = g_strdup_printf ("window %s: start to a 24 MP JPEG", renderer);
  g_autofree char *floor_name = g_strdup_printf ("window %s: start of an empty window", renderer);
  g_autofree char *width = g_strdup_printf ("%d", WINDOW_WIDTH);
  g_autofree char *height = g_strdup_printf ("%d", WINDOW_HEIGHT);
  const char *program[] = { EMEND_PROGRAM, project, NULL };
  const char *floor_program[] = { EMEND_WINDOW_FLOOR, width, height, NULL };
  double starts[N_STARTS];
  double floors[N_STARTS];
  double decodes[N_STARTS];
  double floor;
  double decode;

  time_start (display, floor_program);
  time_start (display, program);
  for (int i = 0; i < N_STARTS; i++) {
    floors[i] = time_start (display, floor_program);
    decodes[i] = time_decode (picture);
    starts[i] = time_start (display, program);
  }
  floor = emend_bench_median (floors, N_STARTS);
  decode = emend_bench_median (decodes, N_STARTS);
  emend_bench_report (floor_name, floor, "ms", NAN, NAN);
  emend_bench_report (name, emend_bench_median (starts, N_STARTS), "ms", floor + decode + START_ALLOWANCE, 1);
}

static void
run_program (const char *const *argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) program = g_subprocess_newv (argv, G_SUBPROCESS_FLAGS_NONE, &error);

  if (program == NULL || !g_subprocess_wait_check (program, NULL, &error))
    g_error ("%s", error->message);
}

static void
bench_frames (const char *picture,
              const char *project)
{
  g_autofree char *n_boxes = g_strdup_printf ("%d", N_BOXES);
  const char *argv[] = { EMEND_WINDOW_FRAMES, picture, project, n_boxes, NULL };

  run_program (argv);
}

static void
bench_form (const char *folder,
            const char *renderer,
            const char *picture)
{
  g_autofree char *empty_name = g_strconcat ("empty-", renderer, NULL);
  g_autofree char *full_name = g_strconcat ("full-", renderer, NULL);
  g_autofree char *empty = window_input_make_document (folder, empty_name, picture, 0, 0);
  g_autofree char *full = window_input_make_document (folder, full_name, picture, N_WORDS, N_FIELDS);
  const char *argv[] = { EMEND_WINDOW_FORM, empty, full, NULL };

  run_program (argv);
}

/* Settings, caches and lists of the person who measures are left alone. */
static void
set_environment (const char *folder)
{
  static const char *const homes[] = { "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME" };
  g_autofree char *settings = g_build_filename (folder, "glib-2.0", "settings", NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (homes); i++)
    g_setenv (homes[i], folder, TRUE);
  g_free (emend_test_write (settings, "keyfile", "[org/emend/Emend]\nreviewer='Ada'\n"));
  g_setenv ("GSETTINGS_BACKEND", "keyfile", TRUE);
  g_setenv ("GSETTINGS_SCHEMA_DIR", EMEND_SETTINGS_DIR, TRUE);
  g_setenv ("GDK_BACKEND", "x11", TRUE);
}

static void
bench_renderer (Display *display,
                const char *folder,
                const char *renderer)
{
  g_autofree char *picture = g_build_filename (folder, "picture.jpg", NULL);
  g_autofree char *start_name = g_strconcat ("start-", renderer, NULL);
  g_autofree char *boxes_name = g_strconcat ("boxes-", renderer, NULL);
  g_autofree char *start = window_input_make_project (folder, start_name, picture, 1, 0);
  g_autofree char *boxes = window_input_make_project (folder, boxes_name, picture, N_ITEMS, N_BOXES);

  g_setenv ("GSK_RENDERER", renderer, TRUE);
  bench_start (display, renderer, picture, start);
  bench_frames (picture, boxes);
  bench_form (folder, renderer, picture);
}

int
main (void)
{
  g_autofree char *folder = NULL;
  g_autofree char *picture = NULL;
  Display *display = XOpenDisplay (NULL);

  if (display == NULL) {
    emend_bench_skip ("window", "there is no X display; ./dev bench brings one");
    return 0;
  }
  XSetErrorHandler (ignore_x_error);
  emend_media_init (0);
  vips_cache_set_max (0); /* what was decoded once is decoded again */
  folder = emend_test_make_folder ();
  set_environment (folder);
  picture = g_build_filename (folder, "picture.jpg", NULL);
  window_input_write_picture (picture);
  bench_renderer (display, folder, "gl");
  bench_renderer (display, folder, "cairo");
  emend_test_remove_folder (folder);
  XCloseDisplay (display);
  return 0;
}
