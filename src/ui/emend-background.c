#define G_LOG_DOMAIN "emend-ui"

#include "config.h"

#include "emend-background.h"

typedef struct {
  EmendBackgroundFunc func;
  gpointer data;
  GDestroyNotify data_free;
  GDestroyNotify result_free;
} Job;

static void
job_free (Job *job)
{
  if (job->data_free != NULL)
    job->data_free (job->data);
  g_free (job);
}

static void
run_worker (GTask *task,
            gpointer source,
            gpointer task_data,
            GCancellable *cancellable)
{
  Job *job = task_data;
  GError *error = NULL;
  gpointer result = job->func (job->data, cancellable, &error);

  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, result, job->result_free);
}

/**
 * emend_background_run_async:
 * @func: the work
 * @data: (transfer full): for @func
 * @data_free: (nullable): frees @data
 * @result_free: (nullable): frees a result that nobody takes
 * @cancellable: (nullable): to stop early
 * @callback: called on the main thread
 * @user_data: for @callback
 *
 * Runs blocking calls that belong to no project (verify a pack, find out the format of a file) on
 * GIO's threads. It is the only place of this folder where something runs on another thread. Main
 * thread.
 */
void
emend_background_run_async (EmendBackgroundFunc func,
                            gpointer data,
                            GDestroyNotify data_free,
                            GDestroyNotify result_free,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Job *job = g_new0 (Job, 1);

  job->func = func;
  job->data = data;
  job->data_free = data_free;
  job->result_free = result_free;
  g_task_set_name (task, G_STRFUNC);
  g_task_set_task_data (task, job, (GDestroyNotify) job_free);
  g_task_run_in_thread (task, run_worker);
}

/**
 * emend_background_run_finish:
 * @result: what the callback got
 * @error: the work's error, or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (nullable): the work's result. Main thread.
 */
gpointer
emend_background_run_finish (GAsyncResult *result,
                             GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
