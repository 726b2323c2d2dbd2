#define G_LOG_DOMAIN "emend-ui"

#include "config.h"

#include "emend-task-progress.h"

#include <glib/gi18n-lib.h>

#include "emend-count-text.h"
#include "emend-time-left.h"

/* 20 times a second. */
#define INTERVAL_MS 50

struct _EmendTaskProgress {
  GObject parent_instance;

  EmendProgressUnit unit;
  GCancellable *cancellable;

  GMutex mutex; /* for the following three */
  guint64 done;
  guint64 total;
  gboolean announced;

  EmendTimeLeft left; /* main thread only, as are the following */
  double seconds;
  guint64 shown_done;
  guint64 shown_total;
};

enum {
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (EmendTaskProgress, emend_task_progress, G_TYPE_OBJECT)

static gboolean
announce_cb (gpointer data)
{
  EmendTaskProgress *self = data;

  g_mutex_lock (&self->mutex);
  self->announced = FALSE;
  self->shown_done = self->done;
  self->shown_total = self->total;
  g_mutex_unlock (&self->mutex);
  self->seconds = emend_time_left_update (&self->left, self->shown_done, self->shown_total, g_get_monotonic_time ());
  g_signal_emit (self, signals[CHANGED], 0);
  return G_SOURCE_REMOVE;
}

/**
 * emend_task_progress_report:
 * @done: what is done
 * @total: the whole, 0 while it is not known
 * @progress: an #EmendTaskProgress
 *
 * An #EmendProgressFunc: keeps the newest numbers and has them told soon. Any thread.
 */
void
emend_task_progress_report (guint64 done,
                            guint64 total,
                            gpointer progress)
{
  EmendTaskProgress *self = progress;
  gboolean announce;

  g_return_if_fail (EMEND_IS_TASK_PROGRESS (self));

  g_mutex_lock (&self->mutex);
  self->done = done;
  self->total = total;
  announce = !self->announced;
  self->announced = TRUE;
  g_mutex_unlock (&self->mutex);
  if (announce)
    g_timeout_add_full (G_PRIORITY_DEFAULT_IDLE, INTERVAL_MS, announce_cb, g_object_ref (self), g_object_unref);
}

/**
 * emend_task_progress_get_cancellable:
 * @self: a progress
 *
 * Returns: (transfer none): what stops the work. Any thread.
 */
GCancellable *
emend_task_progress_get_cancellable (EmendTaskProgress *self)
{
  g_return_val_if_fail (EMEND_IS_TASK_PROGRESS (self), NULL);

  return self->cancellable;
}

/**
 * emend_task_progress_get_fraction:
 * @self: a progress
 *
 * Returns: the share that is done, 0 to 1, or -1 while the whole is not known. Main thread.
 */
double
emend_task_progress_get_fraction (EmendTaskProgress *self)
{
  g_return_val_if_fail (EMEND_IS_TASK_PROGRESS (self), -1);

  if (self->shown_total == 0)
    return -1;
  return MIN (1.0, (double) self->shown_done / (double) self->shown_total);
}

static char *
counted_text (EmendTaskProgress *self)
{
  g_autofree char *done = NULL;
  g_autofree char *total = NULL;

  if (self->unit == EMEND_PROGRESS_PLAIN || (self->shown_done == 0 && self->shown_total == 0))
    return g_strdup ("");
  if (self->unit == EMEND_PROGRESS_BYTES) {
    done = g_format_size (self->shown_done);
    total = g_format_size (self->shown_total);
  } else {
    done = emend_count_to_text (self->shown_done);
    total = emend_count_to_text (self->shown_total);
  }
  if (self->shown_total == 0)
    return g_steal_pointer (&done);
  /* TRANSLATORS: how far a long piece of work is: "12 of 240", "3.1 MB of 12 MB". */
  return g_strdup_printf (_ ("%s of %s"), done, total);
}

/**
 * emend_task_progress_get_text:
 * @self: a progress
 *
 * Returns: (transfer full): how far it is and how long it takes: "12 of 240 · about 2 minutes
 *   left"; possibly empty. Main thread.
 */
char *
emend_task_progress_get_text (EmendTaskProgress *self)
{
  g_autofree char *counted = NULL;
  g_autofree char *left = NULL;

  g_return_val_if_fail (EMEND_IS_TASK_PROGRESS (self), NULL);

  counted = counted_text (self);
  left = emend_time_left_to_text (self->seconds);
  if (left == NULL)
    return g_steal_pointer (&counted);
  if (*counted == '\0')
    return g_steal_pointer (&left);
  return g_strconcat (counted, " · ", left, NULL);
}

static void
emend_task_progress_finalize (GObject *object)
{
  EmendTaskProgress *self = EMEND_TASK_PROGRESS (object);

  g_clear_object (&self->cancellable);
  g_mutex_clear (&self->mutex);
  G_OBJECT_CLASS (emend_task_progress_parent_class)->finalize (object);
}

static void
emend_task_progress_class_init (EmendTaskProgressClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = emend_task_progress_finalize;

  /**
   * EmendTaskProgress::changed:
   *
   * There are newer numbers. Main thread.
   */
  signals[CHANGED] = g_signal_new ("changed", EMEND_TYPE_TASK_PROGRESS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
}

static void
emend_task_progress_init (EmendTaskProgress *self)
{
  g_mutex_init (&self->mutex);
  self->cancellable = g_cancellable_new ();
  self->seconds = -1;
  emend_time_left_init (&self->left, g_get_monotonic_time ());
}

/**
 * emend_task_progress_new:
 * @unit: what its numbers count
 *
 * Returns: (transfer full): a progress that starts now. Main thread.
 */
EmendTaskProgress *
emend_task_progress_new (EmendProgressUnit unit)
{
  EmendTaskProgress *self = g_object_new (EMEND_TYPE_TASK_PROGRESS, NULL);

  self->unit = unit;
  return self;
}
