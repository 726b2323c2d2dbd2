#define G_LOG_DOMAIN "emend-bench"

#include "config.h"

#include <adwaita.h>
#include <math.h>
#include <time.h>

#include "emend-application.h"
#include "emend-bench.h"
#include "emend-canvas-private.h"
#include "emend-window-private.h"
#include "window-input.h"
#include "window-pan.h"

/* Frames of the real window, with the renderer that GSK_RENDERER names:
 * window-frames PICTURE PROJECT N-BOXES, where each item of PROJECT has so many boxes. */

#define VIEW_WIDTH 1440
#define VIEW_HEIGHT 900
#define N_NEXT 7

static const guint32 colors[] = { 0xe69f00, 0x56b4e9, 0x009e73, 0xf0e442, 0x0072b2, 0xd55e00, 0xcc79a7, 0x44aa99 };

static EmendOverlay *
make_overlay (gsize n_marks)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);
  g_autofree EmendOverlayMark *marks = g_new0 (EmendOverlayMark, n_marks);

  for (gsize i = 0; i < n_marks; i++) {
    EmendRect box = { g_rand_double_range (rand, 0, WINDOW_INPUT_WIDTH - 120),
                      g_rand_double_range (rand, 0, WINDOW_INPUT_HEIGHT - 120),
                      g_rand_double_range (rand, 20, 120), g_rand_double_range (rand, 20, 120) };

    emend_shape_init_box (&marks[i].shape, &box);
    marks[i].color = colors[i % G_N_ELEMENTS (colors)];
    marks[i].verdict = i % 3 == 0 ? EMEND_VERDICT_ACCEPTED : EMEND_VERDICT_NONE;
    marks[i].tag = (char *) "thing";
    marks[i].score = g_rand_double (rand);
  }
  return emend_overlay_new (marks, n_marks);
}

static void
report_pan (const char *renderer,
            const char *view,
            gsize n_boxes,
            const WindowPanTimes *times,
            const WindowPanTimes *alone,
            double target)
{
  g_autofree char *what = n_boxes == 0 ? g_strdup ("picture alone") : g_strdup_printf ("%d boxes", (int) n_boxes);
  g_autofree char *paint = g_strdup_printf ("window %s: pan %s, %s, frame", renderer, view, what);
  g_autofree char *fresh = g_strdup_printf ("window %s: pan %s, %s, new picture", renderer, view, what);
  g_autofree char *cpu = g_strdup_printf ("window %s: pan %s, %s, CPU", renderer, view, what);

  emend_bench_report (paint, times->paint, "ms", n_boxes == 0 ? NAN : alone->paint, target);
  emend_bench_report (fresh, times->fresh, "ms", n_boxes == 0 ? NAN : alone->fresh, target);
  emend_bench_report (cpu, times->cpu, "ms", n_boxes == 0 ? NAN : alone->cpu, NAN);
}

/* The picture alone, then with boxes. */
static void
bench_view (EmendCanvas *canvas,
            const char *renderer,
            const char *view,
            double zoom)
{
  static const struct {
    gsize n_boxes;
    double target;
  } cases[] = { { 1000, 1.1 }, { 10000, 1.3 }, { 100000, 2.5 } };
  WindowPanTimes alone;

  emend_canvas_set_overlay (canvas, NULL);
  emend_canvas_fit (canvas);
  if (zoom > 0)
    emend_canvas_zoom (canvas, zoom);
  window_iterate_until (window_canvas_is_complete, canvas);
  alone = window_time_pan (canvas);
  report_pan (renderer, view, 0, &alone, &alone, NAN);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (EmendOverlay) overlay = make_overlay (cases[i].n_boxes);
    WindowPanTimes times;

    emend_canvas_set_overlay (canvas, overlay);
    times = window_time_pan (canvas);
    report_pan (renderer, view, cases[i].n_boxes, &times, &alone, cases[i].target);
  }
}

static void
bench_pan (const char *renderer,
           const char *path)
{
  g_autoptr (EmendPictureCache) pictures = emend_picture_cache_new ();
  g_autoptr (EmendPicture) picture = emend_picture_cache_get (pictures, path, 0);
  GtkWidget *window = gtk_window_new ();
  EmendCanvas *canvas = EMEND_CANVAS (emend_canvas_new ());

  gtk_window_set_decorated (GTK_WINDOW (window), FALSE);
  gtk_window_set_default_size (GTK_WINDOW (window), VIEW_WIDTH, VIEW_HEIGHT);
  gtk_window_set_child (GTK_WINDOW (window), GTK_WIDGET (canvas));
  emend_canvas_set_page (canvas, picture, WINDOW_INPUT_WIDTH, WINDOW_INPUT_HEIGHT);
  gtk_window_present (GTK_WINDOW (window));
  window_iterate_until (window_canvas_is_complete, canvas);
  bench_view (canvas, renderer, "fitted", 0);
  bench_view (canvas, renderer, "1:1", 1);
  gtk_window_destroy (GTK_WINDOW (window));
  window_iterate_for (G_USEC_PER_SEC / 10);
}

/* What is measured of the way to the next item. */
typedef struct {
  EmendWindow *window;
  gsize n_boxes;
  gint64 item; /* the one that was open */
  gint64 asked;
  double cpu_asked;  /* of this thread, then; in ms */
  double cpu_boxes;  /* and when its boxes were drawn */
  gint64 boxes_at;   /* when a frame with its boxes was drawn */
  gint64 picture_at; /* when nothing better came any more */
} Next;

static double
get_thread_cpu (void)
{
  struct timespec now;

  if (clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now) != 0)
    return NAN;
  return (double) now.tv_sec * 1000 + (double) now.tv_nsec / 1e6;
}

static gboolean
is_open (gpointer data)
{
  const Next *next = data;
  EmendReview *review = emend_window_get_review (next->window);

  return review != NULL && emend_review_get_state (review) == EMEND_REVIEW_READY &&
         emend_canvas_is_complete (emend_review_page_get_canvas (next->window->page));
}

static gboolean
is_shown (gpointer data)
{
  return ((Next *) data)->picture_at != 0;
}

/* The canvas drops its picture when an item is opened, and its first new one is made of the item's boxes. */
static void
next_painted_cb (GdkFrameClock *clock,
                 Next *next)
{
  EmendCanvas *canvas = emend_review_page_get_canvas (next->window->page);
  const EmendItem *item = emend_review_get_item (emend_window_get_review (next->window));

  if (item->id == next->item || canvas->pixels == NULL || canvas->overlay == NULL ||
      emend_overlay_get_n_marks (canvas->overlay) != next->n_boxes)
    return;
  if (next->boxes_at == 0) {
    next->boxes_at = g_get_monotonic_time ();
    next->cpu_boxes = get_thread_cpu ();
  }
  if (next->picture_at == 0 && emend_canvas_is_complete (canvas))
    next->picture_at = g_get_monotonic_time ();
}

static void
time_next (Next *next,
           double *boxes,
           double *cpu,
           double *picture)
{
  EmendReview *review = emend_window_get_review (next->window);
  GdkFrameClock *clock = gtk_widget_get_frame_clock (GTK_WIDGET (next->window));

  /* A reviewer looks at an item for a while; its neighbours are read ahead meanwhile. */
  window_iterate_for (G_USEC_PER_SEC);
  next->item = emend_review_get_item (review)->id;
  next->boxes_at = 0;
  next->picture_at = 0;
  next->asked = g_get_monotonic_time ();
  next->cpu_asked = get_thread_cpu ();
  g_signal_connect (clock, "after-paint", G_CALLBACK (next_painted_cb), next);
  emend_review_open_next_waiting (review);
  window_iterate_until (is_shown, next);
  g_signal_handlers_disconnect_by_data (clock, next);
  *boxes = (double) (next->boxes_at - next->asked) / 1000;
  *cpu = next->cpu_boxes - next->cpu_asked;
  *picture = (double) (next->picture_at - next->asked) / 1000;
}

static void
bench_next (const char *renderer,
            EmendApplication *application,
            const char *project,
            int n_boxes)
{
  g_autofree char *boxes_name = g_strdup_printf ("window %s: next item, %d boxes shown", renderer, n_boxes);
  g_autofree char *cpu_name = g_strdup_printf ("window %s: next item, %d boxes, CPU of the main thread", renderer,
                                               n_boxes);
  g_autofree char *picture_name = g_strdup_printf ("window %s: next item, %d boxes and best picture", renderer,
                                                   n_boxes);
  Next next = { .n_boxes = (gsize) n_boxes };
  double boxes[N_NEXT];
  double cpus[N_NEXT];
  double pictures[N_NEXT];

  next.window = emend_window_new (application);
  gtk_window_set_default_size (GTK_WINDOW (next.window), VIEW_WIDTH, VIEW_HEIGHT);
  gtk_window_present (GTK_WINDOW (next.window));
  emend_window_open (next.window, project);
  window_iterate_until (is_open, &next);
  for (int i = 0; i < N_NEXT; i++)
    time_next (&next, &boxes[i], &cpus[i], &pictures[i]);
  emend_bench_report (boxes_name, emend_bench_median (boxes, N_NEXT), "ms", NAN, 60);
  emend_bench_report (cpu_name, emend_bench_median (cpus, N_NEXT), "ms", NAN, NAN);
  emend_bench_report (picture_name, emend_bench_median (pictures, N_NEXT), "ms", NAN, NAN);
  gtk_window_close (GTK_WINDOW (next.window));
  window_iterate_for (G_USEC_PER_SEC / 2);
}

int
main (int argc,
      char **argv)
{
  g_autoptr (EmendApplication) application = NULL;
  g_autoptr (GError) error = NULL;
  const char *renderer = g_getenv ("GSK_RENDERER");

  if (argc < 4 || renderer == NULL)
    return 2;
  application = EMEND_APPLICATION (emend_application_new ());
  g_application_set_flags (G_APPLICATION (application), G_APPLICATION_NON_UNIQUE | G_APPLICATION_HANDLES_OPEN);
  if (!g_application_register (G_APPLICATION (application), NULL, &error))
    g_error ("%s", error->message);
  bench_next (renderer, application, argv[2], (int) g_ascii_strtoll (argv[3], NULL, 10));
  bench_pan (renderer, argv[1]);
  return 0;
}
