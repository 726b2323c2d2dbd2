#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Lower goes first; of equal ones, the newest request of thumbnails and the oldest of the rest. */
typedef enum {
  EMEND_PRIORITY_VISIBLE,
  EMEND_PRIORITY_PREFETCH,
  EMEND_PRIORITY_THUMBNAIL,
} EmendPriority;

/**
 * EmendJob:
 *
 * One piece of work for the two threads of this folder. Counted; cancelled through its #GCancellable,
 * after which it is dropped before it starts or stops in the middle.
 */
typedef struct _EmendJob EmendJob;

typedef void (*EmendJobFunc) (gpointer data,
                              GCancellable *cancellable);

EmendJob *emend_job_start (EmendPriority priority,
                           EmendJobFunc func,
                           gpointer data,
                           GDestroyNotify free_data);
void emend_job_raise (EmendJob *job,
                      EmendPriority priority);
void emend_job_cancel (EmendJob *job);
void emend_job_unref (EmendJob *job);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EmendJob, emend_job_unref)

G_END_DECLS
