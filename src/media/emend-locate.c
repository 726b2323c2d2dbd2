#define G_LOG_DOMAIN "emend-media"

#include "config.h"

#include "emend-image.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "emend-hash.h"

/* A folder that holds more than this was not meant. */
#define MAX_ENTRIES 2000000
#define MAX_DEPTH 32
#define ATTRIBUTES \
  G_FILE_ATTRIBUTE_STANDARD_NAME "," G_FILE_ATTRIBUTE_STANDARD_TYPE "," G_FILE_ATTRIBUTE_STANDARD_SIZE

typedef struct {
  const char *name; /* what the file was called */
  guint64 size;
  guint left;             /* entries that may still be seen */
  GPtrArray *same_name;   /* of the right size, relative; these are read first */
  GPtrArray *other_names; /* of the right size, relative */
} Search;

static void
see_file (Search *search,
          GFileInfo *info,
          const char *relative)
{
  if ((guint64) g_file_info_get_size (info) != search->size)
    return;
  if (strcmp (g_file_info_get_name (info), search->name) == 0)
    g_ptr_array_add (search->same_name, g_strdup (relative));
  else
    g_ptr_array_add (search->other_names, g_strdup (relative));
}

/* Folders that cannot be read are passed over: the file may be elsewhere. */
static gboolean
walk (Search *search,
      const char *folder,
      const char *relative,
      GQueue *folders,
      GCancellable *cancellable,
      GError **error)
{
  g_autofree char *path = g_build_filename (folder, relative, NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileEnumerator) entries = g_file_enumerate_children (file, ATTRIBUTES,
                                                                   G_FILE_QUERY_INFO_NOFOLLOW_SYMLINKS, cancellable,
                                                                   NULL);
  GFileInfo *info = NULL;

  while (entries != NULL && search->left > 0 &&
         g_file_enumerator_iterate (entries, &info, NULL, cancellable, NULL) && info != NULL) {
    g_autofree char *child = *relative != '\0' ? g_build_filename (relative, g_file_info_get_name (info), NULL) :
                                                 g_strdup (g_file_info_get_name (info));
    search->left--;
    if (g_file_info_get_file_type (info) == G_FILE_TYPE_REGULAR)
      see_file (search, info, child);
    else if (g_file_info_get_file_type (info) == G_FILE_TYPE_DIRECTORY)
      g_queue_push_tail (folders, g_steal_pointer (&child));
  }
  return !g_cancellable_set_error_if_cancelled (cancellable, error);
}

static int
depth_of (const char *relative)
{
  int depth = 1;

  for (; *relative != '\0'; relative++)
    depth += *relative == G_DIR_SEPARATOR ? 1 : 0;
  return depth;
}

static const char *
find_equal (GPtrArray *candidates,
            const char *folder,
            const guint8 sha256[32],
            GCancellable *cancellable)
{
  for (guint i = 0; i < candidates->len && !g_cancellable_is_cancelled (cancellable); i++) {
    g_autofree char *path = g_build_filename (folder, candidates->pdata[i], NULL);
    EmendDigest digest;
    guint64 size;
    if (emend_digest_of_file (path, &digest, &size, cancellable, NULL) && memcmp (digest.bytes, sha256, 32) == 0)
      return candidates->pdata[i];
  }
  return NULL;
}

/**
 * emend_media_locate:
 * @folder: where to look, with all below it
 * @name: what the file was called; a path is taken for its last part
 * @size: its bytes
 * @sha256: its digest
 * @cancellable: (nullable): to stop
 * @error: (out) (optional): %G_IO_ERROR_CANCELLED
 *
 * Finds a file that was moved or renamed: by size, and then by digest, those of the same name first.
 * Follows no links, goes 32 folders deep and sees at most two million entries. Not for the main
 * thread.
 *
 * Returns: (transfer full) (nullable): the path relative to @folder, or %NULL, without an error when
 *   there is no such file
 */
char *
emend_media_locate (const char *folder,
                    const char *name,
                    guint64 size,
                    const guint8 sha256[32],
                    GCancellable *cancellable,
                    GError **error)
{
  g_return_val_if_fail (folder != NULL && name != NULL && sha256 != NULL, NULL);

  g_autofree char *last = g_path_get_basename (name);
  g_autoptr (GPtrArray) same_name = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) other_names = g_ptr_array_new_with_free_func (g_free);
  Search search = { last, size, MAX_ENTRIES, same_name, other_names };
  g_autoptr (GQueue) folders = g_queue_new ();
  gboolean going = TRUE;

  g_queue_push_tail (folders, g_strdup (""));
  while (going && !g_queue_is_empty (folders)) {
    g_autofree char *relative = g_queue_pop_head (folders);
    if (depth_of (relative) <= MAX_DEPTH)
      going = walk (&search, folder, relative, folders, cancellable, error);
  }
  g_queue_clear_full (folders, g_free);
  if (!going)
    return NULL;

  const char *found = find_equal (same_name, folder, sha256, cancellable);
  if (found == NULL)
    found = find_equal (other_names, folder, sha256, cancellable);
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  return g_strdup (found);
}
