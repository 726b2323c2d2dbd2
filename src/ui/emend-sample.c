#define G_LOG_DOMAIN "emend-ui"

#include "config.h"

#include "emend-sample.h"

#include <errno.h>

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "emend-background.h"

/* A sample is two folders deep. */
#define MAX_DEPTH 3

typedef struct {
  char *source;
  char *target;
} Job;

static void
job_free (Job *job)
{
  g_free (job->source);
  g_free (job->target);
  g_free (job);
}

typedef struct {
  const char *variable;  /* of the environment */
  const char *installed; /* folder */
  const char *copy;      /* name of a person's own */
} Place;

static const Place places[] = {
  [EMEND_SAMPLE_IMAGES] = { "EMEND_SAMPLE", EMEND_DATADIR "/emend/sample", "sample" },
  [EMEND_SAMPLE_DOCUMENTS] = { "EMEND_SAMPLE_DOCUMENTS", EMEND_DATADIR "/emend/documents", "sample-documents" },
};

/**
 * emend_sample_find:
 * @sample: which one
 *
 * Returns: (transfer full): the folder of the sample project: what the environment variable
 *   EMEND_SAMPLE or EMEND_SAMPLE_DOCUMENTS says, or the installed one; it need not exist
 */
char *
emend_sample_find (EmendSample sample)
{
  const char *given = g_getenv (places[sample].variable);

  return g_strdup (given != NULL ? given : places[sample].installed);
}

/**
 * emend_sample_get_copy:
 * @sample: which one
 *
 * Returns: (transfer full): the folder of the person's own copy; it need not exist
 */
char *
emend_sample_get_copy (EmendSample sample)
{
  return g_build_filename (g_get_user_data_dir (), "emend", places[sample].copy, NULL);
}

static gboolean
copy_below (const char *source,
            const char *target,
            int depth,
            GCancellable *cancellable,
            GError **error)
{
  g_autoptr (GDir) dir = g_dir_open (source, 0, error);
  const char *name;

  if (dir == NULL)
    return FALSE;
  if (g_mkdir_with_parents (target, 0700) != 0) {
    g_set_error_literal (error, G_IO_ERROR, (int) g_io_error_from_errno (errno), g_strerror (errno));
    return FALSE;
  }
  while ((name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *from = g_build_filename (source, name, NULL);
    g_autofree char *to = g_build_filename (target, name, NULL);
    g_autoptr (GFile) from_file = g_file_new_for_path (from);
    g_autoptr (GFile) to_file = g_file_new_for_path (to);

    if (g_file_test (from, G_FILE_TEST_IS_DIR)) {
      if (depth < MAX_DEPTH && !copy_below (from, to, depth + 1, cancellable, error))
        return FALSE;
    } else if (!g_file_copy (from_file, to_file, G_FILE_COPY_TARGET_DEFAULT_PERMS, cancellable, NULL, NULL, error)) {
      return FALSE;
    }
  }
  return TRUE;
}

/* The project file of a folder, or NULL. */
static char *
find_project (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    if (g_str_has_suffix (name, ".emend"))
      return g_build_filename (folder, name, NULL);
  }
  return NULL;
}

static gpointer
copy_worker (gpointer data,
             GCancellable *cancellable,
             GError **error)
{
  const Job *job = data;
  g_autoptr (GError) reason = NULL;
  g_autofree char *part = NULL;
  char *project = find_project (job->target);

  if (project != NULL)
    return project;
  part = g_strdup_printf ("%s.%08x.part", job->target, g_random_int ());
  if (copy_below (job->source, part, 0, cancellable, &reason) && g_rename (part, job->target) == 0)
    project = find_project (job->target);
  if (project == NULL) {
    g_autofree char *name = g_filename_display_name (job->source);
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED,
                 /* TRANSLATORS: a folder, then the system's reason. */
                 _ ("The sample in “%s” could not be copied: %s. Install Emend again with its sample, or make a new "
                    "project."),
                 name, reason != NULL ? reason->message : _ ("there is no project in it"));
  }
  return project;
}

/**
 * emend_sample_copy_async:
 * @source: folder of the sample
 * @target: folder of the person's own copy
 * @callback: called when the copy is there
 * @user_data: for @callback
 *
 * Makes a copy that may be changed, unless there is one already. Main thread.
 */
void
emend_sample_copy_async (const char *source,
                         const char *target,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  Job *job = g_new0 (Job, 1);

  job->source = g_strdup (source);
  job->target = g_strdup (target);
  emend_background_run_async (copy_worker, job, (GDestroyNotify) job_free, g_free, NULL, callback, user_data);
}

/**
 * emend_sample_copy_finish:
 * @result: what the callback got
 * @error: %G_IO_ERROR_FAILED
 *
 * Returns: (transfer full) (nullable): path of the project in the copy
 */
char *
emend_sample_copy_finish (GAsyncResult *result,
                          GError **error)
{
  return emend_background_run_finish (result, error);
}
