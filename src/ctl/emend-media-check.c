#define G_LOG_DOMAIN "emend-ctl"

#include "config.h"

#include "emend-media-check.h"

#include <string.h>

#include <glib/gi18n-lib.h>

/* Items that are loaded at a time. */
#define BATCH 256

/* Compares one file with what the project knows of it; what differs is a problem. */
static gboolean
compare_file (EmendMediaCheck *check,
              const char *folder,
              const EmendItem *item,
              GPtrArray *problems,
              GCancellable *cancellable)
{
  g_autofree char *path = g_path_is_absolute (item->path) ? g_strdup (item->path) :
                                                            g_build_filename (folder, item->path, NULL);
  g_autoptr (GError) error = NULL;
  EmendDigest digest;
  guint64 size;

  if (emend_digest_is_nil (&item->sha256))
    return TRUE;
  if (!emend_digest_of_file (path, &digest, &size, cancellable, &error)) {
    if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
      return FALSE;
    g_ptr_array_add (problems, g_strdup_printf (_ ("The media file “%s” cannot be compared: %s"), item->path,
                                                error->message));
    return TRUE;
  }
  check->n_compared++;
  if (size != item->size || memcmp (&digest, &item->sha256, sizeof digest) != 0)
    g_ptr_array_add (problems,
                     g_strdup_printf (_ ("The media file “%s” is not the one that was added: its content differs."),
                                      item->path));
  return TRUE;
}

/**
 * emend_media_check_run:
 * @project: an open project
 * @problems: (element-type utf8): gets what is not as it should be
 * @cancellable: (nullable): to stop early
 * @progress: (nullable) (scope call): told the items that were looked at
 * @progress_data: for @progress
 * @error: what the project gives, or cancelled
 *
 * Compares the files of all items with the hashes that were taken when they were added. One that
 * could not be read even then has nothing to be compared with.
 *
 * Returns: (transfer full) (nullable): how many were compared
 */
EmendMediaCheck *
emend_media_check_run (EmendProject *project,
                       GPtrArray *problems,
                       GCancellable *cancellable,
                       EmendProgressFunc progress,
                       gpointer progress_data,
                       GError **error)
{
  g_autoptr (EmendMediaCheck) check = g_new0 (EmendMediaCheck, 1);
  g_autoptr (EmendProjectInfo) info = emend_project_get_info (project, error);
  gint64 position = 0;

  while (info != NULL) {
    g_autoptr (GPtrArray) items = emend_project_load_items_at (project, position, BATCH, error);

    if (items == NULL)
      return NULL;
    if (items->len == 0)
      return g_steal_pointer (&check);
    for (guint i = 0; i < items->len; i++) {
      if (!compare_file (check, info->folder, g_ptr_array_index (items, i), problems, cancellable)) {
        g_cancellable_set_error_if_cancelled (cancellable, error);
        return NULL;
      }
      position++;
      progress ((guint64) position, (guint64) info->n_items, progress_data);
    }
  }
  return NULL;
}

/**
 * emend_media_check_free:
 * @check: (transfer full): a result
 *
 * Releases it.
 */
void
emend_media_check_free (EmendMediaCheck *check)
{
  g_free (check);
}
