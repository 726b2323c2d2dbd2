#define G_LOG_DOMAIN "emend-app"

#include "config.h"

#include <inttypes.h>
#include <stdio.h>

#include "emend-window-private.h"

/* For benchmarks: with EMEND_FRAME_LOG=PATH a line for each frame, microseconds of its begin and how
 * long it took. */

typedef struct {
  FILE *file;
  gint64 begin;
} FrameLog;

static void
frame_log_free (gpointer data,
                GClosure *closure)
{
  FrameLog *log = data;

  (void) fclose (log->file);
  g_free (log);
}

static void
before_paint_cb (GdkFrameClock *clock,
                 FrameLog *log)
{
  log->begin = g_get_monotonic_time ();
}

static void
after_paint_cb (GdkFrameClock *clock,
                FrameLog *log)
{
  gint64 now = g_get_monotonic_time ();

  (void) fprintf (log->file, "%" PRId64 " %" PRId64 "\n", log->begin, now - log->begin);
  (void) fflush (log->file);
}

static void
realize_cb (GtkWidget *widget)
{
  const char *path = g_getenv ("EMEND_FRAME_LOG");
  GdkFrameClock *clock = gtk_widget_get_frame_clock (widget);
  FrameLog *log;
  FILE *file = fopen (path, "ae");

  if (file == NULL)
    return;
  log = g_new0 (FrameLog, 1);
  log->file = file;
  g_signal_connect (clock, "before-paint", G_CALLBACK (before_paint_cb), log);
  g_signal_connect_data (clock, "after-paint", G_CALLBACK (after_paint_cb), log, frame_log_free, 0);
}

/**
 * emend_frame_log_attach:
 * @widget: a window that is not shown yet
 *
 * Writes frame times when the environment asks for it.
 */
void
emend_frame_log_attach (GtkWidget *widget)
{
  if (g_getenv ("EMEND_FRAME_LOG") != NULL)
    g_signal_connect (widget, "realize", G_CALLBACK (realize_cb), NULL);
}
