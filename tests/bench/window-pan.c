#define G_LOG_DOMAIN "emend-bench"

#include "config.h"

#include "window-pan.h"

#include "emend-bench.h"
#include "emend-canvas-private.h"

#define PAN_TIME (5 * G_USEC_PER_SEC / 2)
#define MAX_FRAMES 1000

/* What is measured of a canvas that is panned. */
typedef struct {
  EmendCanvas *canvas;
  gint64 begin;
  int n_frames;
  double paints[MAX_FRAMES]; /* ms from the begin of a frame to its end */
  double fresh[MAX_FRAMES];  /* ms from one newly composed picture to the next */
  int n_fresh;
  gint64 last_fresh;
  EmendViewport shown; /* of the newest picture */
  int n_steps;
} Pan;

void
window_iterate_until (gboolean (*check) (gpointer data),
                      gpointer data)
{
  gint64 end = g_get_monotonic_time () + 30 * G_USEC_PER_SEC;

  while (!check (data)) {
    if (g_get_monotonic_time () > end)
      g_error ("waited in vain for the window");
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (200);
  }
}

static gboolean
is_over (gpointer data)
{
  return g_get_monotonic_time () >= *(gint64 *) data;
}

void
window_iterate_for (gint64 time)
{
  gint64 end = g_get_monotonic_time () + time;

  window_iterate_until (is_over, &end);
}

gboolean
window_canvas_is_complete (gpointer data)
{
  return emend_canvas_is_complete (data);
}

static void
before_paint_cb (GdkFrameClock *clock,
                 Pan *pan)
{
  pan->begin = g_get_monotonic_time ();
}

static void
after_paint_cb (GdkFrameClock *clock,
                Pan *pan)
{
  gint64 now = g_get_monotonic_time ();

  if (pan->n_frames < MAX_FRAMES)
    pan->paints[pan->n_frames++] = (double) (now - pan->begin) / 1000;
  if (emend_viewport_equal (&pan->canvas->pixels_viewport, &pan->shown))
    return;
  pan->shown = pan->canvas->pixels_viewport;
  if (pan->last_fresh != 0 && pan->n_fresh < MAX_FRAMES)
    pan->fresh[pan->n_fresh++] = (double) (now - pan->last_fresh) / 1000;
  pan->last_fresh = now;
}

/* To and fro, a little with every frame. */
static gboolean
step_cb (GtkWidget *widget,
         GdkFrameClock *clock,
         gpointer data)
{
  Pan *pan = data;
  EmendViewport viewport = *emend_canvas_get_viewport (pan->canvas);
  int direction = pan->n_steps++ / 60 % 2 == 0 ? -1 : 1;

  emend_viewport_pan (&viewport, 3 * direction, 2 * direction);
  emend_canvas_set_viewport (pan->canvas, &viewport, FALSE);
  return G_SOURCE_CONTINUE;
}

WindowPanTimes
window_time_pan (EmendCanvas *canvas)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (GTK_WIDGET (canvas));
  g_autofree Pan *pan = g_new0 (Pan, 1);
  WindowPanTimes times;
  guint tick;
  double cpu;

  pan->canvas = canvas;
  tick = gtk_widget_add_tick_callback (GTK_WIDGET (canvas), step_cb, pan, NULL);
  window_iterate_for (G_USEC_PER_SEC / 2);
  g_signal_connect (clock, "before-paint", G_CALLBACK (before_paint_cb), pan);
  g_signal_connect (clock, "after-paint", G_CALLBACK (after_paint_cb), pan);
  cpu = emend_bench_cpu ();
  window_iterate_for (PAN_TIME);
  cpu = emend_bench_cpu () - cpu;
  g_signal_handlers_disconnect_by_data (clock, pan);
  gtk_widget_remove_tick_callback (GTK_WIDGET (canvas), tick);
  if (pan->n_frames == 0 || pan->n_fresh == 0)
    g_error ("no frame was drawn");
  times.cpu = cpu * 1000 / pan->n_fresh;
  times.paint = emend_bench_median (pan->paints, (gsize) pan->n_frames);
  times.fresh = 0;
  for (int i = 0; i < pan->n_fresh; i++)
    times.fresh += pan->fresh[i] / pan->n_fresh;
  return times;
}
