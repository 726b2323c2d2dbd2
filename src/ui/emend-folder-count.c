#define ATTRIBUTES \
  G_FILE_ATTRIBUTE_STANDARD_NAME "," G_FILE_ATTRIBUTE_STANDARD_TYPE "," G_FILE_ATTRIBUTE_STANDARD_IS_HIDDEN
#define G_LOG_DOMAIN "emend-ui"

#include "config.h"

#include "emend-folder-count.h"

#include <glib/gi18n-lib.h>

#include "emend-background.h"
#include "emend-image.h"

/* Counting is a preview: it stops here and says so. */
#define MAX_FILES 2000000
#define MAX_DEPTH 64

typedef struct {
  EmendFolderTally tally;
  GCancellable *cancellable; /* (unowned) */
} Walk;

static gboolean
count_folder (Walk *walk,
              GFile *folder,
              int depth,
              GError **error)
{
  g_autoptr (GFileEnumerator) children = NULL;

  children = g_file_enumerate_children (folder, ATTRIBUTES, G_FILE_QUERY_INFO_NOFOLLOW_SYMLINKS, walk->cancellable,
                                        error);
  if (children == NULL)
    return FALSE;
  while (TRUE) {
    GFileInfo *info = NULL;
    GFile *child = NULL;

    if (!g_file_enumerator_iterate (children, &info, &child, walk->cancellable, error))
      return FALSE;
    if (info == NULL)
      return TRUE;
    if (walk->tally.n_images + walk->tally.n_others >= MAX_FILES) {
      walk->tally.truncated = TRUE;
      return TRUE;
    }
    if (g_file_info_get_is_hidden (info))
      continue;
    if (g_file_info_get_file_type (info) == G_FILE_TYPE_DIRECTORY) {
      /* A folder below that may not be read is passed over, as adding does. */
      if (depth < MAX_DEPTH && !count_folder (walk, child, depth + 1, NULL) &&
          g_cancellable_set_error_if_cancelled (walk->cancellable, error))
        return FALSE;
    } else if (g_file_info_get_file_type (info) == G_FILE_TYPE_REGULAR) {
      if (emend_media_is_supported_name (g_file_info_get_name (info)))
        walk->tally.n_images++;
      else
        walk->tally.n_others++;
    }
  }
}

static gpointer
count_worker (gpointer data,
              GCancellable *cancellable,
              GError **error)
{
  g_autoptr (GFile) folder = g_file_new_for_path (data);
  Walk walk = { .cancellable = cancellable };
  g_autoptr (GError) reason = NULL;

  if (count_folder (&walk, folder, 0, &reason))
    return g_memdup2 (&walk.tally, sizeof walk.tally);
  if (g_error_matches (reason, G_IO_ERROR, G_IO_ERROR_CANCELLED)) {
    g_propagate_error (error, g_steal_pointer (&reason));
  } else {
    g_autofree char *name = g_filename_display_name (data);
    g_set_error (error, reason->domain, reason->code,
                 /* TRANSLATORS: a folder, then the system's reason. */
                 _ ("The folder “%s” cannot be read: %s. Choose another folder, or ask for the right to read it."),
                 name, reason->message);
  }
  return NULL;
}

/**
 * emend_folder_count_async:
 * @folder: absolute path
 * @cancellable: (nullable): to stop early
 * @callback: called with the count
 * @user_data: for @callback
 *
 * Counts by their names the images in a folder and below, as they would be added: no links are
 * followed, hidden names are left out. Main thread.
 */
void
emend_folder_count_async (const char *folder,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  emend_background_run_async (count_worker, g_strdup (folder), g_free, g_free, cancellable, callback, user_data);
}

/**
 * emend_folder_count_finish:
 * @result: what the callback got
 * @tally: (out): the count
 * @error: from GIO
 *
 * Returns: whether the folder could be read
 */
gboolean
emend_folder_count_finish (GAsyncResult *result,
                           EmendFolderTally *tally,
                           GError **error)
{
  g_autofree EmendFolderTally *counted = emend_background_run_finish (result, error);

  if (counted == NULL)
    return FALSE;
  *tally = *counted;
  return TRUE;
}
