#define G_LOG_DOMAIN "emend-bench"

#include "config.h"

#include <adwaita.h>
#include <math.h>
#include <time.h>

#include "emend-application.h"
#include "emend-bench.h"
#include "emend-review-page-private.h"
#include "emend-window-private.h"
#include "window-pan.h"

/* A page full of words beside a form full of fields in the real window, against a page and a form that are empty:
 * window-form EMPTY FULL, two projects. */

#define VIEW_WIDTH 1440
#define VIEW_HEIGHT 900
#define N_KEYS 30

typedef struct {
  EmendWindow *window;
  gint64 painted; /* when a frame was drawn last; 0 for not since */
} Form;

static gboolean
is_open (gpointer data)
{
  const Form *form = data;
  EmendReview *review = emend_window_get_review (form->window);

  return review != NULL && emend_review_get_state (review) == EMEND_REVIEW_READY &&
         emend_canvas_is_complete (form->window->page->canvas);
}

static gboolean
is_painted (gpointer data)
{
  return ((Form *) data)->painted != 0;
}

static void
painted_cb (GdkFrameClock *clock,
            Form *form)
{
  form->painted = g_get_monotonic_time ();
}

static void
type_letter (Form *form)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (form->window));
  int position = -1;

  if (!GTK_IS_EDITABLE (focus))
    g_error ("no entry has the focus");
  gtk_editable_insert_text (GTK_EDITABLE (focus), "x", 1, &position);
}

static void
press_enter (Form *form)
{
  emend_form_confirm (form->window->page->form, FALSE);
}

static double
get_thread_cpu (void)
{
  struct timespec now;

  if (clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now) != 0)
    return NAN;
  return (double) now.tv_sec * 1000 + (double) now.tv_nsec / 1e6;
}

/* Median of the ms from a key to the next frame, and of the time that this thread works for it. */
static void
time_keys (Form *form,
           void (*press) (Form *form),
           double *median,
           double *cpu)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (GTK_WIDGET (form->window));
  double times[N_KEYS];
  double cpus[N_KEYS];

  g_signal_connect (clock, "after-paint", G_CALLBACK (painted_cb), form);
  for (int i = 0; i < N_KEYS; i++) {
    gint64 begin;

    window_iterate_for (G_USEC_PER_SEC / 5);
    form->painted = 0;
    begin = g_get_monotonic_time ();
    cpus[i] = get_thread_cpu ();
    press (form);
    window_iterate_until (is_painted, form);
    times[i] = (double) (form->painted - begin) / 1000;
    cpus[i] = get_thread_cpu () - cpus[i];
  }
  g_signal_handlers_disconnect_by_data (clock, form);
  *median = emend_bench_median (times, N_KEYS);
  *cpu = emend_bench_median (cpus, N_KEYS);
}

typedef struct {
  double pan;
  double letter;
  double letter_cpu;
  double enter;
  double enter_cpu;
} Figures;

static Figures
measure (EmendApplication *application,
         const char *project,
         gboolean is_full)
{
  Form form = { .window = emend_window_new (application) };
  Figures figures = { 0 };

  gtk_window_set_default_size (GTK_WINDOW (form.window), VIEW_WIDTH, VIEW_HEIGHT);
  gtk_window_present (GTK_WINDOW (form.window));
  emend_window_open (form.window, project);
  window_iterate_until (is_open, &form);
  window_iterate_for (G_USEC_PER_SEC);
  emend_canvas_fit (form.window->page->canvas);
  window_iterate_until (window_canvas_is_complete, form.window->page->canvas);
  figures.pan = window_time_pan (form.window->page->canvas).paint;
  emend_form_grab_focus (form.window->page->form);
  if (is_full)
    time_keys (&form, press_enter, &figures.enter, &figures.enter_cpu);
  time_keys (&form, type_letter, &figures.letter, &figures.letter_cpu);
  gtk_window_destroy (GTK_WINDOW (form.window));
  window_iterate_for (G_USEC_PER_SEC / 2);
  return figures;
}

static void
report (const char *renderer,
        const char *what,
        double value,
        double reference,
        double target)
{
  g_autofree char *name = g_strdup_printf ("window %s: 800 words, 40 fields: %s", renderer, what);

  emend_bench_report (name, value, "ms", reference, target);
}

int
main (int argc,
      char **argv)
{
  g_autoptr (EmendApplication) application = NULL;
  g_autoptr (GError) error = NULL;
  const char *renderer = g_getenv ("GSK_RENDERER");
  Figures empty;
  Figures full;

  if (argc < 3 || renderer == NULL)
    return 2;
  application = EMEND_APPLICATION (emend_application_new ());
  g_application_set_flags (G_APPLICATION (application), G_APPLICATION_NON_UNIQUE | G_APPLICATION_HANDLES_OPEN);
  if (!g_application_register (G_APPLICATION (application), NULL, &error))
    g_error ("%s", error->message);
  empty = measure (application, argv[1], FALSE);
  full = measure (application, argv[2], TRUE);
  report (renderer, "panning, frame", full.pan, empty.pan, 1.1);
  report (renderer, "letter to frame", full.letter, empty.letter, 1.1);
  report (renderer, "letter to frame, CPU", full.letter_cpu, empty.letter_cpu, NAN);
  report (renderer, "Enter to frame", full.enter, NAN, 60);
  report (renderer, "Enter to frame, CPU", full.enter_cpu, NAN, NAN);
  return 0;
}
