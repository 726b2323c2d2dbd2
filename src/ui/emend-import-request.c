#define G_LOG_DOMAIN "emend-ui"

#include "config.h"

#include "emend-import-request.h"

typedef struct {
  EmendImportRequest *request;
  EmendTaskProgress *progress;
  gboolean dry_run;
} Job;

/**
 * emend_import_request_new:
 *
 * Returns: (transfer full): an import of proposals from no file yet
 */
EmendImportRequest *
emend_import_request_new (void)
{
  return g_new0 (EmendImportRequest, 1);
}

/**
 * emend_import_request_free:
 * @request: (transfer full): a request
 */
void
emend_import_request_free (EmendImportRequest *request)
{
  g_strfreev (request->paths);
  g_free (request->format);
  g_free (request->run_name);
  g_free (request->model);
  g_free (request->names_file);
  g_clear_pointer (&request->map, g_hash_table_unref);
  g_free (request);
}

static void
job_free (Job *job)
{
  emend_import_request_free (job->request);
  g_object_unref (job->progress);
  g_free (job);
}

static gpointer
import_worker (EmendProject *project,
               gpointer data,
               GCancellable *cancellable,
               GError **error)
{
  const Job *job = data;
  const EmendImportRequest *request = job->request;
  const EmendImportOptions options = {
    .format = request->format,
    .run_name = request->run_name,
    .model = request->model,
    .role = request->role,
    .map = request->map,
    .add_labels = TRUE,
    .read = { .frame = request->frame, .trailing = request->trailing, .names_file = request->names_file },
    .dry_run = job->dry_run,
  };

  return emend_import_run (project, (const char *const *) request->paths, &options, cancellable,
                           emend_task_progress_report, job->progress, error);
}

/**
 * emend_import_request_run_async:
 * @request: (transfer full): what to import
 * @store: the project
 * @dry_run: only to tell what would happen
 * @progress: is told how far it is; its cancellable stops it
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Runs an import on the store's thread. Labels that the project has not are added, unless the map
 * leaves them out. Main thread.
 */
void
emend_import_request_run_async (EmendImportRequest *request,
                                EmendStore *store,
                                gboolean dry_run,
                                EmendTaskProgress *progress,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  Job *job = g_new0 (Job, 1);

  job->request = request;
  job->progress = g_object_ref (progress);
  job->dry_run = dry_run;
  emend_store_run_async (store, import_worker, job, (GDestroyNotify) job_free,
                         (GDestroyNotify) emend_import_report_free, emend_task_progress_get_cancellable (progress),
                         callback, user_data);
}

/**
 * emend_import_request_run_finish:
 * @store: the project
 * @result: what the callback got
 * @error: of the reader, the store, or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (nullable): what was, or would be, imported
 */
EmendImportReport *
emend_import_request_run_finish (EmendStore *store,
                                 GAsyncResult *result,
                                 GError **error)
{
  return emend_store_run_finish (store, result, error);
}
