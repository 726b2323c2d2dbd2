#define G_LOG_DOMAIN "emend-engine"

#include "config.h"

#include "emend-scan.h"

#include <glib/gi18n-lib.h>

#include "emend-engine-error.h"
#include "emend-hash.h"
#include "emend-image.h"
#include "emend-scan-walk.h"

/* Files that are read at a time: one waits for the disk while another is hashed. */
#define N_THREADS 2

/* Between two notices of progress, in microseconds. */
#define NOTICE_INTERVAL (G_USEC_PER_SEC / 20)

typedef struct {
  EmendScanFile *file; /* (unowned) */
  EmendNewItem *item;
} Job;

typedef struct {
  GMutex mutex;
  GCond changed;
  guint n_running;
  GCancellable *cancellable; /* (unowned) (nullable) */
} Crew;

static void
new_item_free (EmendNewItem *new_item)
{
  emend_item_free (new_item->item);
  g_clear_pointer (&new_item->pages, g_array_unref);
  g_free (new_item);
}

/* All pages of a file with several, so that each has its own size. */
static GArray *
probe_pages (const char *path,
             const EmendImageInfo *first,
             GCancellable *cancellable,
             GError **error)
{
  g_autoptr (GArray) pages = g_array_new (FALSE, TRUE, sizeof (EmendPage));

  for (int number = 0; number < first->n_pages; number++) {
    EmendImageInfo info = *first;
    EmendPage page;

    if (number > 0 && !emend_image_probe_page (path, number, &info, cancellable, error))
      return NULL;
    page = (EmendPage){ number, info.width, info.height, info.orientation };
    g_array_append_val (pages, page);
  }
  return g_steal_pointer (&pages);
}

static void
mark_unreadable (EmendItem *item,
                 const GError *error)
{
  item->media_state = EMEND_MEDIA_UNREADABLE;
  g_free (item->media_reason);
  item->media_reason = g_strdup (error->message);
  item->n_pages = 1;
  item->width = 0;
  item->height = 0;
  item->orientation = 1;
}

static EmendNewItem *
read_file (const EmendScanFile *file,
           GCancellable *cancellable)
{
  g_autoptr (GError) error = NULL;
  EmendNewItem *new_item = g_new0 (EmendNewItem, 1);
  EmendItem *item = new_item->item = emend_item_new ();
  EmendImageInfo info = { 0 };

  item->path = g_strdup (file->relative);
  if (!emend_digest_of_file (file->path, &item->sha256, &item->size, cancellable, &error)) {
    mark_unreadable (item, error);
    return new_item;
  }
  if (!emend_image_probe (file->path, &info, cancellable, &error)) {
    mark_unreadable (item, error);
    return new_item;
  }
  item->media_state = EMEND_MEDIA_OK;
  item->n_pages = info.n_pages;
  item->width = info.width;
  item->height = info.height;
  item->orientation = info.orientation;
  if (info.n_pages > 1) {
    new_item->pages = probe_pages (file->path, &info, cancellable, &error);
    if (new_item->pages == NULL)
      mark_unreadable (item, error);
  }
  return new_item;
}

static void
read_worker (gpointer data,
             gpointer user_data)
{
  Job *job = data;
  Crew *crew = user_data;

  if (!g_cancellable_is_cancelled (crew->cancellable))
    job->item = read_file (job->file, crew->cancellable);
  g_mutex_lock (&crew->mutex);
  crew->n_running--;
  g_cond_signal (&crew->changed);
  g_mutex_unlock (&crew->mutex);
}

/* Waits for the readers and tells how far they are. */
static void
await_crew (Crew *crew,
            guint n_jobs,
            EmendProgressFunc progress,
            gpointer progress_data)
{
  gint64 next_notice = 0;

  g_mutex_lock (&crew->mutex);
  while (crew->n_running > 0) {
    guint n_done;

    g_cond_wait (&crew->changed, &crew->mutex);
    n_done = n_jobs - crew->n_running;
    if (progress != NULL && (g_get_monotonic_time () >= next_notice || n_done == n_jobs)) {
      g_mutex_unlock (&crew->mutex);
      progress (n_done, n_jobs, progress_data);
      g_mutex_lock (&crew->mutex);
      next_notice = g_get_monotonic_time () + NOTICE_INTERVAL;
    }
  }
  g_mutex_unlock (&crew->mutex);
}

static gboolean
read_files (GArray *jobs,
            GCancellable *cancellable,
            EmendProgressFunc progress,
            gpointer progress_data,
            GError **error)
{
  Crew crew = { .n_running = jobs->len, .cancellable = cancellable };
  GThreadPool *pool = g_thread_pool_new (read_worker, &crew, N_THREADS, FALSE, error);

  if (pool == NULL)
    return FALSE;
  g_mutex_init (&crew.mutex);
  g_cond_init (&crew.changed);
  for (guint i = 0; i < jobs->len; i++)
    g_thread_pool_push (pool, &g_array_index (jobs, Job, i), NULL);
  await_crew (&crew, jobs->len, progress, progress_data);
  g_thread_pool_free (pool, FALSE, TRUE);
  g_mutex_clear (&crew.mutex);
  g_cond_clear (&crew.changed);
  return !g_cancellable_set_error_if_cancelled (cancellable, error);
}

static void
job_clear (gpointer data)
{
  Job *job = data;
  g_clear_pointer (&job->item, new_item_free);
}

/* Those of @files that are no items yet. */
static GArray *
choose_new (EmendProject *project,
            GPtrArray *files,
            EmendScanResult *result,
            GCancellable *cancellable,
            GError **error)
{
  g_autoptr (GArray) jobs = g_array_new (FALSE, TRUE, sizeof (Job));

  g_array_set_clear_func (jobs, job_clear);
  for (guint i = 0; i < files->len; i++) {
    EmendScanFile *file = g_ptr_array_index (files, i);
    g_autoptr (GError) problem = NULL;
    g_autoptr (EmendItem) known = NULL;

    if (g_cancellable_set_error_if_cancelled (cancellable, error))
      return NULL;
    known = emend_project_find_item (project, file->relative, &problem);
    if (known != NULL) {
      result->n_known++;
    } else if (g_error_matches (problem, EMEND_STORE_ERROR, EMEND_STORE_ERROR_REFUSED)) {
      Job job = { file, NULL };
      g_array_append_val (jobs, job);
    } else {
      g_propagate_error (error, g_steal_pointer (&problem));
      return NULL;
    }
  }
  return g_steal_pointer (&jobs);
}

static gboolean
add_items (EmendProject *project,
           GArray *jobs,
           EmendScanResult *result,
           GCancellable *cancellable,
           GError **error)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new ();

  for (guint i = 0; i < jobs->len; i++) {
    EmendNewItem *new_item = g_array_index (jobs, Job, i).item;

    g_ptr_array_add (items, new_item);
    if (new_item->item->media_state != EMEND_MEDIA_OK)
      result->n_unreadable++;
  }
  result->n_added = emend_project_add_items (project, items, cancellable, NULL, NULL, error);
  return result->n_added >= 0;
}

/**
 * emend_scan_add:
 * @project: a project that can be written
 * @paths: (array zero-terminated=1): files and folders, as the system names them
 * @cancellable: (nullable): to stop early; nothing is added then
 * @progress: (nullable) (scope call): told the files that were read, on the caller's thread
 * @progress_data: for @progress
 * @error: EMEND_ENGINE_ERROR_NOT_FOUND for a path that is not there, EMEND_ENGINE_ERROR_IO for a folder
 *   that cannot be read, what the project gives, or cancelled
 *
 * Each file is noted by its path relative to the project's folder, with `..` where it lies outside. A
 * file that is there and cannot be decoded becomes an item too, in state unreadable, with the reason.
 *
 * Returns: (transfer full) (nullable): what was added
 */
EmendScanResult *
emend_scan_add (EmendProject *project,
                const char *const *paths,
                GCancellable *cancellable,
                EmendProgressFunc progress,
                gpointer progress_data,
                GError **error)
{
  g_autoptr (EmendProjectInfo) info = emend_project_get_info (project, error);
  g_autoptr (EmendScanResult) result = g_new0 (EmendScanResult, 1);
  g_autoptr (GPtrArray) files = NULL;
  g_autoptr (GArray) jobs = NULL;

  result->skipped = g_ptr_array_new_with_free_func (g_free);
  if (info == NULL)
    return NULL;
  files = emend_scan_walk (info->folder, paths, result->skipped, cancellable, error);
  if (files == NULL)
    return NULL;
  jobs = choose_new (project, files, result, cancellable, error);
  if (jobs == NULL)
    return NULL;
  if (jobs->len > 0 && (!read_files (jobs, cancellable, progress, progress_data, error) ||
                        !add_items (project, jobs, result, cancellable, error)))
    return NULL;
  return g_steal_pointer (&result);
}

/**
 * emend_scan_result_free:
 * @result: (transfer full): a result
 *
 * Any thread.
 */
void
emend_scan_result_free (EmendScanResult *result)
{
  g_clear_pointer (&result->skipped, g_ptr_array_unref);
  g_free (result);
}

static gboolean
note_state (EmendProject *project,
            const EmendProjectInfo *info,
            const EmendItem *item,
            const char *relative,
            const char *missing_reason,
            GError **error)
{
  EmendMediaState state = missing_reason != NULL ? EMEND_MEDIA_MISSING : EMEND_MEDIA_OK;

  if (info->read_only_reason != NULL)
    return TRUE;
  if (item->media_state == state && g_str_equal (item->path, relative))
    return TRUE;
  return emend_project_set_media (project, item->id, relative, state, missing_reason, error);
}

/**
 * emend_scan_locate:
 * @project: an open project
 * @item: one of its items
 * @cancellable: (nullable): to stop early
 * @error: EMEND_ENGINE_ERROR_NOT_FOUND when the file is nowhere, what the project gives, or cancelled
 *
 * Finds the file where it was, else below the project's folder by its size and hash. A new place, and
 * that a file is missing or here again, is noted in a project that can be written.
 *
 * Returns: (transfer full) (nullable): its absolute path
 */
char *
emend_scan_locate (EmendProject *project,
                   const EmendItem *item,
                   GCancellable *cancellable,
                   GError **error)
{
  g_autoptr (EmendProjectInfo) info = emend_project_get_info (project, error);
  g_autofree char *path = NULL;
  g_autofree char *name = emend_item_get_name (item);
  g_autofree char *found = NULL;
  g_autofree char *reason = NULL;
  g_autoptr (GError) problem = NULL;

  if (info == NULL)
    return NULL;
  path = g_path_is_absolute (item->path) ? g_strdup (item->path) : g_build_filename (info->folder, item->path, NULL);
  if (g_file_test (path, G_FILE_TEST_IS_REGULAR)) {
    if (item->media_state == EMEND_MEDIA_MISSING && !note_state (project, info, item, item->path, NULL, error))
      return NULL;
    return g_steal_pointer (&path);
  }
  if (!emend_digest_is_nil (&item->sha256))
    found = emend_media_locate (info->folder, name, item->size, item->sha256.bytes, cancellable, &problem);
  if (problem != NULL) {
    g_propagate_error (error, g_steal_pointer (&problem));
    return NULL;
  }
  if (found != NULL)
    return note_state (project, info, item, found, NULL, error) ? g_build_filename (info->folder, found, NULL) : NULL;
  reason = g_strdup_printf (_ ("The file “%s” is not there, and no file below the project’s folder has its "
                               "content. Put it back, or move it into the project’s folder."),
                            item->path);
  if (note_state (project, info, item, item->path, reason, error))
    g_set_error_literal (error, EMEND_ENGINE_ERROR, EMEND_ENGINE_ERROR_NOT_FOUND, reason);
  return NULL;
}
