#pragma once

#include <gio/gio.h>

#include "emend-error.h"

G_BEGIN_DECLS

/* What the numbers of a progress count. */
typedef enum {
  EMEND_PROGRESS_FILES = 0,
  EMEND_PROGRESS_ITEMS,
  EMEND_PROGRESS_BYTES,
  EMEND_PROGRESS_PLAIN, /* a share only: no number is shown */
} EmendProgressUnit;

/**
 * EmendTaskProgress:
 *
 * What one long piece of work tells, gathered on any thread and told on the main thread at most 20
 * times a second by the signal "changed".
 */
#define EMEND_TYPE_TASK_PROGRESS (emend_task_progress_get_type ())
G_DECLARE_FINAL_TYPE (EmendTaskProgress, emend_task_progress, EMEND, TASK_PROGRESS, GObject)

EmendTaskProgress *emend_task_progress_new (EmendProgressUnit unit);
void emend_task_progress_report (guint64 done,
                                 guint64 total,
                                 gpointer progress);
GCancellable *emend_task_progress_get_cancellable (EmendTaskProgress *self);
double emend_task_progress_get_fraction (EmendTaskProgress *self);
char *emend_task_progress_get_text (EmendTaskProgress *self);

G_END_DECLS
