#define G_LOG_DOMAIN "emend-engine"

#include "config.h"

#include "emend-read-job.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "emend-hash.h"
#include "emend-page-reader.h"
#include "emend-pages.h"
#include "emend-propose-error.h"

/* Pages that are read or wait for a reader, for each core: enough that none is idle while words are stored. */
#define AHEAD 2u

/* More problems than this are counted as a reason to stop: something is wrong with all of them. */
#define MAX_PROBLEMS 10000

typedef struct {
  EmendProject *project;
  EmendPageReader *reader;
  GCancellable *cancellable; /* of the job: also cancelled by its own failure */
  EmendReadReport *report;
  GPtrArray *tasks; /* (element-type EmendPageTask): of the items that were looked at, the next one last */
  guint n_running;
  GError *error; /* (nullable): what ends the job */
} Job;

typedef struct {
  Job *job;
  EmendPageTask *task;
} Request;

static void
problem_free (EmendReadProblem *problem)
{
  g_free (problem->path);
  g_free (problem->reason);
  g_free (problem);
}

/**
 * emend_read_report_free:
 * @report: (transfer full): a report
 *
 * Any thread.
 */
void
emend_read_report_free (EmendReadReport *report)
{
  g_ptr_array_unref (report->problems);
  g_free (report);
}

static void
note_problem (Job *job,
              const EmendPageTask *task,
              const char *reason)
{
  g_autoptr (GPtrArray) items = emend_project_load_items (job->project, &task->item, 1, NULL);
  EmendReadProblem *problem = g_new0 (EmendReadProblem, 1);

  problem->path = g_strdup (items != NULL && items->len == 1 ? ((EmendItem *) items->pdata[0])->path : task->path);
  problem->page = task->page;
  problem->reason = g_strdup (reason);
  g_ptr_array_add (job->report->problems, problem);
}

static void
fail (Job *job,
      GError *error)
{
  if (job->error == NULL)
    job->error = error;
  else
    g_error_free (error);
  g_cancellable_cancel (job->cancellable);
}

/* Whether a page says of all others that they cannot be read either. */
static gboolean
concerns_all (const Job *job,
              const GError *error)
{
  return g_error_matches (error, EMEND_PROPOSE_ERROR, EMEND_PROPOSE_ERROR_LANGUAGE) ||
         job->report->problems->len >= MAX_PROBLEMS;
}

static void
read_cb (GObject *source,
         GAsyncResult *result,
         gpointer data)
{
  Request *request = data;
  Job *job = request->job;
  GError *error = NULL;
  g_autoptr (EmendWords) words = emend_page_reader_read_finish (EMEND_PAGE_READER (source), result, &error);

  job->n_running--;
  if (words != NULL && emend_pages_store (job->project, request->task, words, &error)) {
    job->report->n_pages++;
    job->report->n_words += (gint64) emend_words_get_n (words);
  } else if (words != NULL || concerns_all (job, error)) {
    fail (job, g_steal_pointer (&error));
  } else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)) {
    note_problem (job, request->task, error->message);
  }
  g_clear_error (&error);
  emend_page_task_free (request->task);
  g_free (request);
}

static void
begin_page (Job *job)
{
  Request *request = g_new0 (Request, 1);

  request->job = job;
  request->task = g_ptr_array_steal_index (job->tasks, job->tasks->len - 1);
  job->n_running++;
  emend_page_reader_read_async (job->reader, request->task->path, request->task->page, EMEND_PAGE_READER_BATCH,
                                job->cancellable, read_cb, request);
}

/* Words are kept by the hash of the file: those of another file must not come under it. */
static gboolean
is_same_file (Job *job,
              const EmendPageTask *task)
{
  EmendDigest digest;
  g_autoptr (GError) error = NULL;

  if (!emend_digest_of_file (task->path, &digest, NULL, job->cancellable, &error)) {
    if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
      note_problem (job, task, error->message);
    return FALSE;
  }
  if (memcmp (digest.bytes, task->sha256.bytes, sizeof digest.bytes) == 0)
    return TRUE;
  note_problem (job, task, _ ("The file is not the one that was added to the project: it was changed since. Put the "
                              "file back, or add the changed one under another name."));
  return FALSE;
}

/* Looks which pages of an item are to be read; what was begun goes on, whatever comes of it. */
static void
look_at (Job *job,
         gint64 item,
         gboolean again)
{
  g_autoptr (GPtrArray) tasks = g_ptr_array_new_with_free_func ((GDestroyNotify) emend_page_task_free);
  g_autoptr (GPtrArray) items = NULL;
  GError *error = NULL;

  items = emend_project_load_items (job->project, &item, 1, &error);
  if (items == NULL || !emend_pages_missing (job->project, item, again, tasks, &error)) {
    fail (job, error);
    return;
  }
  job->report->n_items++;
  if (items->len == 1 && ((EmendItem *) items->pdata[0])->media_state != EMEND_MEDIA_OK)
    job->report->n_left_out++;
  if (tasks->len > 0 && !is_same_file (job, g_ptr_array_index (tasks, 0)))
    return;
  while (tasks->len > 0)
    g_ptr_array_add (job->tasks, g_ptr_array_steal_index (tasks, tasks->len - 1));
}

static void
run (Job *job,
     GMainContext *context,
     const EmendReadOptions *options,
     EmendProgressFunc progress,
     gpointer progress_data)
{
  guint ahead = AHEAD * g_get_num_processors ();
  gsize next = 0;

  while (TRUE) {
    gboolean stopped = g_cancellable_is_cancelled (job->cancellable);

    if (!stopped && job->n_running < ahead && job->tasks->len > 0) {
      begin_page (job);
      continue;
    }
    if (!stopped && job->n_running < ahead && next < options->n_items) {
      look_at (job, options->items[next++], options->again);
      if (progress != NULL)
        progress (next - 1, options->n_items, progress_data);
      continue;
    }
    if (job->n_running == 0)
      return;
    g_main_context_iteration (context, TRUE);
  }
}

static void
cancel_cb (GCancellable *cancellable,
           gpointer job_cancellable)
{
  g_cancellable_cancel (job_cancellable);
}

/**
 * emend_read_run:
 * @project: a project that can be written
 * @options: which pages, and how
 * @cancellable: (nullable): to stop early; then the report says so
 * @progress: (nullable) (scope call): told the items that were taken up
 * @progress_data: for @progress
 * @error: EMEND_STORE_ERROR, or EMEND_PROPOSE_ERROR_LANGUAGE; the words that were stored before stay
 *
 * Reads the words of the pages that nobody has read: those of a PDF, else by OCR, a page on each core. The words of a
 * page are in the project as soon as it is read. A page that cannot be read stops nothing. For a program without a main
 * loop: it runs one of its own, and so is not for the main thread of one that has.
 *
 * Returns: (transfer full) (nullable): what was read
 */
EmendReadReport *
emend_read_run (EmendProject *project,
                const EmendReadOptions *options,
                GCancellable *cancellable,
                EmendProgressFunc progress,
                gpointer progress_data,
                GError **error)
{
  g_autoptr (GMainContext) context = g_main_context_new ();
  g_autoptr (GMainContextPusher) pusher = g_main_context_pusher_new (context);
  g_autoptr (EmendPageReader) reader = emend_page_reader_new (options->language);
  g_autoptr (GCancellable) stop = g_cancellable_new ();
  g_autoptr (GPtrArray) tasks = g_ptr_array_new_with_free_func ((GDestroyNotify) emend_page_task_free);
  g_autoptr (EmendReadReport) report = g_new0 (EmendReadReport, 1);
  Job job = { project, reader, stop, report, tasks, 0, NULL };
  gulong handler = 0;

  report->problems = g_ptr_array_new_with_free_func ((GDestroyNotify) problem_free);
  if (cancellable != NULL)
    handler = g_cancellable_connect (cancellable, G_CALLBACK (cancel_cb), g_object_ref (stop), g_object_unref);
  run (&job, context, options, progress, progress_data);
  if (cancellable != NULL)
    g_cancellable_disconnect (cancellable, handler);
  if (job.error != NULL) {
    g_propagate_error (error, job.error);
    return NULL;
  }
  report->interrupted = g_cancellable_is_cancelled (stop);
  return g_steal_pointer (&report);
}
