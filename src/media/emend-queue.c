#define G_LOG_DOMAIN "emend-media"

#include "config.h"

#include "emend-queue-private.h"

#include <vips/vips.h>

#define N_THREADS 2
#define IDLE_TIME (5 * G_TIME_SPAN_SECOND)

/* Thumbnails are not made until nothing visible was wanted for so long, nor so soon after the first is asked for:
 * what is opened comes in several steps, and is shown before the small pictures of what lies beside it. */
#define QUIET_TIME (50 * G_TIME_SPAN_MILLISECOND)

struct _EmendJob {
  gatomicrefcount references;
  EmendPriority priority;
  guint64 serial;
  EmendJobFunc func;
  gpointer data;
  GDestroyNotify free_data;
  GCancellable *cancellable;
  GList link;
};

/* Only held to move jobs in and out, never while one runs. */
static GMutex lock;
static GCond wake;
static GQueue waiting = G_QUEUE_INIT;
static guint64 last_serial;
static int n_threads;
static int n_idle;
static int n_behind;       /* threads at work on what is not visible */
static int n_visible;      /* and on what is */
static gint64 quiet_until; /* no thumbnail begins before */

static EmendJob *
job_ref (EmendJob *job)
{
  g_atomic_ref_count_inc (&job->references);
  return job;
}

/**
 * emend_job_unref:
 * @job: (transfer full): a job
 *
 * Any thread.
 */
void
emend_job_unref (EmendJob *job)
{
  if (!g_atomic_ref_count_dec (&job->references))
    return;
  if (job->free_data != NULL)
    job->free_data (job->data);
  g_object_unref (job->cancellable);
  g_free (job);
}

static gboolean
goes_before (const EmendJob *a,
             const EmendJob *b)
{
  if (a->priority != b->priority)
    return a->priority < b->priority;
  if (a->priority == EMEND_PRIORITY_THUMBNAIL)
    return a->serial > b->serial;
  return a->serial < b->serial;
}

/* When a job may begin; G_MAXINT64 for as long as another has to end before. With the lock held. */
static gint64
get_ready (const EmendJob *job)
{
  if (job->priority == EMEND_PRIORITY_VISIBLE || g_cancellable_is_cancelled (job->cancellable))
    return 0;
  if (n_behind >= N_THREADS - 1 || (job->priority == EMEND_PRIORITY_THUMBNAIL && n_visible > 0))
    return G_MAXINT64;
  return job->priority == EMEND_PRIORITY_THUMBNAIL ? quiet_until : 0;
}

/* One thread is kept for what is visible. With the lock held. Lowers @wake_at to when a job gets ready. */
static EmendJob *
take_next (gint64 *wake_at)
{
  gint64 now = g_get_monotonic_time ();
  EmendJob *best = NULL;

  for (GList *l = waiting.head; l != NULL; l = l->next) {
    EmendJob *job = l->data;
    gint64 ready = get_ready (job);

    if (ready > now)
      *wake_at = MIN (*wake_at, ready);
    else if (best == NULL || goes_before (job, best))
      best = job;
  }
  if (best != NULL)
    g_queue_unlink (&waiting, &best->link);
  return best;
}

static void
run (EmendJob *job)
{
  gboolean behind = job->priority != EMEND_PRIORITY_VISIBLE;

  n_behind += behind ? 1 : 0;
  n_visible += behind ? 0 : 1;
  g_mutex_unlock (&lock);
  job->func (job->data, job->cancellable);
  emend_job_unref (job);
  g_mutex_lock (&lock);
  n_behind -= behind ? 1 : 0;
  n_visible -= behind ? 0 : 1;
  if (behind)
    g_cond_signal (&wake);
  else
    quiet_until = g_get_monotonic_time () + QUIET_TIME;
}

static gpointer
thread_worker (gpointer data)
{
  g_mutex_lock (&lock);
  for (;;) {
    gint64 idle_end = g_get_monotonic_time () + IDLE_TIME;
    gint64 wake_at = idle_end;
    EmendJob *job = take_next (&wake_at);
    if (job != NULL) {
      run (job);
      continue;
    }
    n_idle++;
    gboolean woken = g_cond_wait_until (&wake, &lock, wake_at);
    n_idle--;
    if (!woken && wake_at == idle_end && g_queue_is_empty (&waiting))
      break;
  }
  n_threads--;
  g_mutex_unlock (&lock);
  vips_thread_shutdown ();
  return NULL;
}

/**
 * emend_job_start:
 * @priority: what goes first
 * @func: called on a thread of this folder, also when @job was cancelled, so that it can say so
 * @data: for @func
 * @free_data: (nullable): called on any thread when the job is no longer needed
 *
 * Any thread.
 *
 * Returns: (transfer full): the job
 */
EmendJob *
emend_job_start (EmendPriority priority,
                 EmendJobFunc func,
                 gpointer data,
                 GDestroyNotify free_data)
{
  EmendJob *job = g_new0 (EmendJob, 1);

  g_atomic_ref_count_init (&job->references);
  job->priority = priority;
  job->func = func;
  job->data = data;
  job->free_data = free_data;
  job->cancellable = g_cancellable_new ();
  job->link.data = job_ref (job);

  g_mutex_lock (&lock);
  if (priority == EMEND_PRIORITY_VISIBLE || (priority == EMEND_PRIORITY_THUMBNAIL && g_queue_is_empty (&waiting)))
    quiet_until = g_get_monotonic_time () + QUIET_TIME;
  job->serial = ++last_serial;
  g_queue_push_tail_link (&waiting, &job->link);
  if (n_idle == 0 && n_threads < N_THREADS) {
    n_threads++;
    g_thread_unref (g_thread_new ("emend-media", thread_worker, NULL));
  }
  g_cond_signal (&wake);
  g_mutex_unlock (&lock);
  return job;
}

/**
 * emend_job_raise:
 * @job: a job
 * @priority: what it is from now on, if that is more urgent
 *
 * Any thread. Does nothing for a job that runs already.
 */
void
emend_job_raise (EmendJob *job,
                 EmendPriority priority)
{
  g_mutex_lock (&lock);
  job->priority = MIN (job->priority, priority);
  g_cond_signal (&wake);
  g_mutex_unlock (&lock);
}

/**
 * emend_job_cancel:
 * @job: a job
 *
 * Any thread.
 */
void
emend_job_cancel (EmendJob *job)
{
  g_cancellable_cancel (job->cancellable);
}
