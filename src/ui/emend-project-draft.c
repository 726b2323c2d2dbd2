#define G_LOG_DOMAIN "emend-ui"

#include "config.h"

#include "emend-project-draft.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "emend-background.h"

struct _EmendProjectDraft {
  GObject parent_instance;

  char *path;       /* where it will be */
  char *draft_path; /* where it is made */
  char *name;
  char *reviewer; /* (nullable) */
  EmendStore *store;
  EmendScanResult *scan;
};

typedef struct {
  char *folder;
  EmendTaskProgress *progress;
  EmendSchema *schema;
} OpenJob;

typedef struct {
  char *from;
  char *to; /* (nullable): NULL to delete */
} MoveJob;

G_DEFINE_FINAL_TYPE (EmendProjectDraft, emend_project_draft, G_TYPE_OBJECT)

static void
open_job_free (OpenJob *job)
{
  g_free (job->folder);
  g_clear_object (&job->progress);
  g_clear_pointer (&job->schema, emend_schema_unref);
  g_free (job);
}

static void
move_job_free (MoveJob *job)
{
  g_free (job->from);
  g_free (job->to);
  g_free (job);
}

/**
 * emend_project_draft_get_path:
 * @self: a draft
 *
 * Returns: (transfer none): where the project will be
 */
const char *
emend_project_draft_get_path (EmendProjectDraft *self)
{
  g_return_val_if_fail (EMEND_IS_PROJECT_DRAFT (self), NULL);

  return self->path;
}

/**
 * emend_project_draft_get_store:
 * @self: a draft
 *
 * Returns: (transfer none) (nullable): the project while it is open
 */
EmendStore *
emend_project_draft_get_store (EmendProjectDraft *self)
{
  g_return_val_if_fail (EMEND_IS_PROJECT_DRAFT (self), NULL);

  return self->store;
}

/**
 * emend_project_draft_get_scan:
 * @self: a draft
 *
 * Returns: (transfer none) (nullable): what the folder held, once it is open
 */
const EmendScanResult *
emend_project_draft_get_scan (EmendProjectDraft *self)
{
  g_return_val_if_fail (EMEND_IS_PROJECT_DRAFT (self), NULL);

  return self->scan;
}

static gpointer
move_worker (gpointer data,
             GCancellable *cancellable,
             GError **error)
{
  const MoveJob *job = data;
  g_autofree char *journal = g_strconcat (job->from, "-journal", NULL);
  int code = 0;

  if (job->to == NULL) {
    if (g_unlink (job->from) != 0 && errno != ENOENT)
      code = errno;
    (void) g_unlink (journal);
  } else if (renameat2 (AT_FDCWD, job->from, AT_FDCWD, job->to, RENAME_NOREPLACE) != 0) {
    code = errno;
    /* Not every file system knows the flag. */
    if ((code == EINVAL || code == ENOSYS) && !g_file_test (job->to, G_FILE_TEST_EXISTS))
      code = g_rename (job->from, job->to) == 0 ? 0 : errno;
  }
  if (code != 0) {
    g_autofree char *name = g_filename_display_name (job->to != NULL ? job->to : job->from);
    g_set_error (error, G_IO_ERROR, (int) g_io_error_from_errno (code),
                 job->to != NULL ?
                   /* TRANSLATORS: a file, then the system's reason. */
                   _ ("The project could not be put at “%s”: %s. Nothing there was changed; choose another name or "
                      "folder.") :
                   _ ("The unfinished project “%s” could not be deleted: %s. It can be deleted by hand."),
                 name, g_strerror (code));
    return NULL;
  }
  return GINT_TO_POINTER (TRUE);
}

static void
moved_cb (GObject *source,
          GAsyncResult *result,
          gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;

  if (emend_background_run_finish (result, &error) == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

static void
move_away (GTask *task)
{
  MoveJob *job = g_new0 (MoveJob, 1);
  const MoveJob *wanted = g_task_get_task_data (task);

  job->from = g_strdup (wanted->from);
  job->to = g_strdup (wanted->to);
  emend_background_run_async (move_worker, job, (GDestroyNotify) move_job_free, NULL, NULL, moved_cb, task);
}

static void
closed_cb (GObject *source,
           GAsyncResult *result,
           gpointer data)
{
  g_autoptr (GTask) task = data;
  const MoveJob *job = g_task_get_task_data (task);
  GError *error = NULL;

  /* What is thrown away need not be sound. */
  if (!emend_store_close_finish (EMEND_STORE (source), result, &error) && job->to != NULL) {
    g_task_return_error (task, error);
    return;
  }
  g_clear_error (&error);
  move_away (g_steal_pointer (&task));
}

static void
close_and_move (EmendProjectDraft *self,
                GTask *task,
                const char *target)
{
  g_autoptr (EmendStore) store = g_steal_pointer (&self->store);
  MoveJob *job = g_new0 (MoveJob, 1);

  job->from = g_strdup (self->draft_path);
  job->to = g_strdup (target);
  g_task_set_task_data (task, job, (GDestroyNotify) move_job_free);
  if (store != NULL)
    emend_store_close_async (store, closed_cb, task);
  else
    move_away (task);
}

static gpointer
scan_worker (EmendProject *project,
             gpointer data,
             GCancellable *cancellable,
             GError **error)
{
  const OpenJob *job = data;
  const char *const paths[] = { job->folder, NULL };

  return emend_scan_add (project, paths, cancellable, emend_task_progress_report, job->progress, error);
}

static void
opened_in_vain_cb (GObject *source,
                   GAsyncResult *result,
                   gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *reason = g_object_steal_data (G_OBJECT (task), "reason");

  emend_project_draft_discard_finish (EMEND_PROJECT_DRAFT (source), result, NULL);
  g_task_return_error (task, reason);
}

/* Gives up opening: the file goes, then the caller hears why. */
static void
open_failed (GTask *task,
             GError *reason)
{
  EmendProjectDraft *self = g_task_get_source_object (task);

  g_object_set_data (G_OBJECT (task), "reason", reason);
  emend_project_draft_discard_async (self, opened_in_vain_cb, task);
}

static void
scanned_cb (GObject *source,
            GAsyncResult *result,
            gpointer data)
{
  g_autoptr (GTask) task = data;
  EmendProjectDraft *self = g_task_get_source_object (task);
  GError *error = NULL;

  self->scan = emend_store_run_finish (EMEND_STORE (source), result, &error);
  if (self->scan == NULL) {
    open_failed (g_steal_pointer (&task), error);
    return;
  }
  g_task_return_boolean (task, TRUE);
}

static void
scan (GTask *task)
{
  EmendProjectDraft *self = g_task_get_source_object (task);
  const OpenJob *wanted = g_task_get_task_data (task);
  OpenJob *job = g_new0 (OpenJob, 1);

  job->folder = g_strdup (wanted->folder);
  job->progress = g_object_ref (wanted->progress);
  emend_store_run_async (self->store, scan_worker, job, (GDestroyNotify) open_job_free,
                         (GDestroyNotify) emend_scan_result_free, emend_task_progress_get_cancellable (job->progress),
                         scanned_cb, task);
}

static void
created_cb (GObject *source,
            GAsyncResult *result,
            gpointer data)
{
  g_autoptr (GTask) task = data;
  EmendProjectDraft *self = g_task_get_source_object (task);
  GError *error = NULL;

  self->store = emend_store_create_finish (result, &error);
  if (self->store == NULL) {
    open_failed (g_steal_pointer (&task), error);
    return;
  }
  scan (g_steal_pointer (&task));
}

static gpointer
schema_worker (EmendProject *project,
               gpointer data,
               GCancellable *cancellable,
               GError **error)
{
  return emend_project_set_schema (project, data, error) ? project : NULL;
}

static void
schema_set_cb (GObject *source,
               GAsyncResult *result,
               gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;

  if (emend_store_run_finish (EMEND_STORE (source), result, &error) == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

/**
 * emend_project_draft_open_async:
 * @self: a draft
 * @schema: its labels
 * @folder: folder whose images become its items
 * @progress: is told how far it is; its cancellable gives the draft up
 * @callback: called when all is in it
 * @user_data: for @callback
 *
 * Makes the project and adds the images. When it is open already only the schema is set. Main
 * thread.
 */
void
emend_project_draft_open_async (EmendProjectDraft *self,
                                EmendSchema *schema,
                                const char *folder,
                                EmendTaskProgress *progress,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  GTask *task = g_task_new (self, NULL, callback, user_data);
  OpenJob *job = g_new0 (OpenJob, 1);

  g_task_set_name (task, G_STRFUNC);
  job->folder = g_strdup (folder);
  job->progress = g_object_ref (progress);
  job->schema = emend_schema_copy (schema);
  g_task_set_task_data (task, job, (GDestroyNotify) open_job_free);
  if (self->store != NULL) {
    emend_store_run_async (self->store, schema_worker, emend_schema_copy (schema),
                           (GDestroyNotify) emend_schema_unref, NULL, NULL, schema_set_cb, task);
    return;
  }
  emend_store_create_async (self->draft_path, self->name, job->schema, self->reviewer,
                            emend_task_progress_get_cancellable (progress), created_cb, task);
}

/**
 * emend_project_draft_open_finish:
 * @self: a draft
 * @result: what the callback got
 * @error: from the store; after it nothing is left of the draft
 *
 * Returns: whether it is open
 */
gboolean
emend_project_draft_open_finish (EmendProjectDraft *self,
                                 GAsyncResult *result,
                                 GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * emend_project_draft_keep_async:
 * @self: a draft
 * @callback: called when the project is at its place
 * @user_data: for @callback
 *
 * Closes the draft and gives it its name, without replacing anything. Main thread.
 */
void
emend_project_draft_keep_async (EmendProjectDraft *self,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  GTask *task = g_task_new (self, NULL, callback, user_data);

  g_task_set_name (task, G_STRFUNC);
  close_and_move (self, task, self->path);
}

/**
 * emend_project_draft_keep_finish:
 * @self: a draft
 * @result: what the callback got
 * @error: of the store or from GIO
 *
 * Returns: whether the project is at its place
 */
gboolean
emend_project_draft_keep_finish (EmendProjectDraft *self,
                                 GAsyncResult *result,
                                 GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * emend_project_draft_discard_async:
 * @self: a draft
 * @callback: (nullable): called when nothing is left of it
 * @user_data: for @callback
 *
 * Main thread.
 */
void
emend_project_draft_discard_async (EmendProjectDraft *self,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  GTask *task = g_task_new (self, NULL, callback, user_data);

  g_task_set_name (task, G_STRFUNC);
  g_clear_pointer (&self->scan, emend_scan_result_free);
  close_and_move (self, task, NULL);
}

/**
 * emend_project_draft_discard_finish:
 * @self: a draft
 * @result: what the callback got
 * @error: from GIO
 *
 * Returns: whether it is gone
 */
gboolean
emend_project_draft_discard_finish (EmendProjectDraft *self,
                                    GAsyncResult *result,
                                    GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
emend_project_draft_finalize (GObject *object)
{
  EmendProjectDraft *self = EMEND_PROJECT_DRAFT (object);

  g_clear_object (&self->store);
  g_clear_pointer (&self->scan, emend_scan_result_free);
  g_free (self->path);
  g_free (self->draft_path);
  g_free (self->name);
  g_free (self->reviewer);
  G_OBJECT_CLASS (emend_project_draft_parent_class)->finalize (object);
}

static void
emend_project_draft_class_init (EmendProjectDraftClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = emend_project_draft_finalize;
}

static void
emend_project_draft_init (EmendProjectDraft *self)
{
}

/**
 * emend_project_draft_new:
 * @path: absolute path that the project shall have
 * @name: name of the project
 * @reviewer: (nullable): who makes it
 *
 * Returns: (transfer full): a draft of which nothing is on the disk yet
 */
EmendProjectDraft *
emend_project_draft_new (const char *path,
                         const char *name,
                         const char *reviewer)
{
  EmendProjectDraft *self = g_object_new (EMEND_TYPE_PROJECT_DRAFT, NULL);
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *base = g_path_get_basename (path);
  g_autofree char *hidden = g_strdup_printf (".%.100s.%08x.part", base, g_random_int ());

  self->path = g_strdup (path);
  self->draft_path = g_build_filename (folder, hidden, NULL);
  self->name = g_strdup (name);
  self->reviewer = g_strdup (reviewer);
  return self;
}
