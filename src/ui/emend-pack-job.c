#define G_LOG_DOMAIN "emend-ui"

#include "config.h"

#include "emend-pack-job.h"

#include "emend-background.h"

/* Items that are loaded at a time to add up their sizes. */
#define CHUNK 1000

typedef struct {
  char *path;
  char *folder;
  char *filter;
  EmendPackKind kind;
  EmendPackChoice choice;
  gboolean blind;
  EmendTaskProgress *progress;
} Job;

static void
job_free (Job *job)
{
  g_free (job->path);
  g_free (job->folder);
  g_free (job->filter);
  g_clear_object (&job->progress);
  g_free (job);
}

/* (element-type gint64): numbers of the chosen items. */
static GArray *
choose_items (EmendProject *project,
              const Job *job,
              GError **error)
{
  EmendItemFilter filter;
  GArray *items = NULL;

  emend_item_filter_init (&filter);
  if (job->choice == EMEND_PACK_DONE)
    filter.reading = 1u << EMEND_READING_DONE;
  if (job->choice != EMEND_PACK_FILTER ||
      emend_item_filter_parse (&filter, emend_project_get_schema (project), job->filter, error))
    items = emend_project_query_items (project, &filter, EMEND_ITEM_ORDER_POSITION, -1, error);
  emend_item_filter_clear (&filter);
  return items;
}

static gpointer
tally_worker (EmendProject *project,
              gpointer data,
              GCancellable *cancellable,
              GError **error)
{
  g_autoptr (GArray) items = choose_items (project, data, error);
  EmendPackTally tally = { 0 };

  if (items == NULL)
    return NULL;
  for (guint first = 0; first < items->len; first += CHUNK) {
    g_autoptr (GPtrArray) loaded = NULL;

    if (g_cancellable_set_error_if_cancelled (cancellable, error))
      return NULL;
    loaded = emend_project_load_items (project, &g_array_index (items, gint64, first),
                                       MIN (CHUNK, items->len - first), error);
    if (loaded == NULL)
      return NULL;
    for (guint i = 0; i < loaded->len; i++) {
      const EmendItem *item = g_ptr_array_index (loaded, i);

      tally.n_bytes += item->size;
      tally.n_done += item->reading == EMEND_READING_DONE ? 1 : 0;
    }
  }
  tally.n_items = items->len;
  return g_memdup2 (&tally, sizeof tally);
}

/**
 * emend_pack_job_tally_async:
 * @store: the project
 * @choice: which items
 * @filter: (nullable): for %EMEND_PACK_FILTER
 * @cancellable: (nullable): to stop early
 * @callback: called with the sums
 * @user_data: for @callback
 *
 * Adds up what would be packed. Main thread.
 */
void
emend_pack_job_tally_async (EmendStore *store,
                            EmendPackChoice choice,
                            const char *filter,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  Job *job = g_new0 (Job, 1);

  job->choice = choice;
  job->filter = g_strdup (filter != NULL ? filter : "");
  emend_store_run_async (store, tally_worker, job, (GDestroyNotify) job_free, g_free, cancellable, callback, user_data);
}

/**
 * emend_pack_job_tally_finish:
 * @store: the project
 * @result: what the callback got
 * @tally: (out): the sums
 * @error: of the store: also a filter that cannot be understood
 *
 * Returns: whether there are sums
 */
gboolean
emend_pack_job_tally_finish (EmendStore *store,
                             GAsyncResult *result,
                             EmendPackTally *tally,
                             GError **error)
{
  g_autofree EmendPackTally *sums = emend_store_run_finish (store, result, error);

  if (sums == NULL)
    return FALSE;
  *tally = *sums;
  return TRUE;
}

static gpointer
write_worker (EmendProject *project,
              gpointer data,
              GCancellable *cancellable,
              GError **error)
{
  const Job *job = data;
  g_autoptr (GArray) items = NULL;
  EmendPackOptions options = { .kind = job->kind, .blind = job->blind };

  if (job->choice != EMEND_PACK_ALL) {
    items = choose_items (project, job, error);
    if (items == NULL)
      return NULL;
    options.items = &g_array_index (items, gint64, 0);
    options.n_items = items->len;
  }
  return emend_pack_write (project, job->path, &options, cancellable, emend_task_progress_report, job->progress, error);
}

/**
 * emend_pack_job_write_async:
 * @store: the project
 * @order: what to pack; copied
 * @progress: is told how far it is; its cancellable stops it
 * @callback: called when the pack is written and verified
 * @user_data: for @callback
 *
 * Main thread.
 */
void
emend_pack_job_write_async (EmendStore *store,
                            const EmendPackOrder *order,
                            EmendTaskProgress *progress,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  Job *job = g_new0 (Job, 1);

  job->path = g_strdup (order->path);
  job->filter = g_strdup (order->filter);
  job->kind = order->kind;
  job->choice = order->choice;
  job->blind = order->blind && order->kind == EMEND_PACK_WORK;
  job->progress = g_object_ref (progress);
  emend_store_run_async (store, write_worker, job, (GDestroyNotify) job_free, (GDestroyNotify) emend_pack_facts_free,
                         emend_task_progress_get_cancellable (progress), callback, user_data);
}

/**
 * emend_pack_job_write_finish:
 * @store: the project
 * @result: what the callback got
 * @error: of the store, of handoff, or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (nullable): facts of the pack
 */
EmendPackFacts *
emend_pack_job_write_finish (EmendStore *store,
                             GAsyncResult *result,
                             GError **error)
{
  return emend_store_run_finish (store, result, error);
}

static Job *
job_for_archive (const char *path,
                 const char *folder,
                 EmendTaskProgress *progress)
{
  Job *job = g_new0 (Job, 1);

  job->path = g_strdup (path);
  job->folder = g_strdup (folder);
  job->progress = g_object_ref (progress);
  return job;
}

static gpointer
verify_worker (gpointer data,
               GCancellable *cancellable,
               GError **error)
{
  const Job *job = data;

  return emend_pack_verify (job->path, cancellable, emend_task_progress_report, job->progress, error);
}

/**
 * emend_pack_job_verify_async:
 * @path: of an archive
 * @progress: is told how far it is; its cancellable stops it
 * @callback: called when all of it was read
 * @user_data: for @callback
 *
 * Main thread.
 */
void
emend_pack_job_verify_async (const char *path,
                             EmendTaskProgress *progress,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  emend_background_run_async (verify_worker, job_for_archive (path, NULL, progress), (GDestroyNotify) job_free,
                              (GDestroyNotify) emend_pack_facts_free, emend_task_progress_get_cancellable (progress),
                              callback, user_data);
}

/**
 * emend_pack_job_verify_finish:
 * @result: what the callback got
 * @error: of handoff, or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (nullable): facts of the pack; look at its problems
 */
EmendPackFacts *
emend_pack_job_verify_finish (GAsyncResult *result,
                              GError **error)
{
  return emend_background_run_finish (result, error);
}

static gpointer
unpack_worker (gpointer data,
               GCancellable *cancellable,
               GError **error)
{
  const Job *job = data;

  return emend_pack_unpack (job->path, job->folder, cancellable, emend_task_progress_report, job->progress, error);
}

/**
 * emend_pack_job_unpack_async:
 * @path: of an archive
 * @folder: in which a folder of the pack's name is made
 * @progress: is told how far it is; its cancellable stops it
 * @callback: called when it is unpacked
 * @user_data: for @callback
 *
 * Main thread.
 */
void
emend_pack_job_unpack_async (const char *path,
                             const char *folder,
                             EmendTaskProgress *progress,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  emend_background_run_async (unpack_worker, job_for_archive (path, folder, progress), (GDestroyNotify) job_free,
                              g_free, emend_task_progress_get_cancellable (progress), callback, user_data);
}

/**
 * emend_pack_job_unpack_finish:
 * @result: what the callback got
 * @error: of handoff, or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (nullable): path of the project
 */
char *
emend_pack_job_unpack_finish (GAsyncResult *result,
                              GError **error)
{
  return emend_background_run_finish (result, error);
}
