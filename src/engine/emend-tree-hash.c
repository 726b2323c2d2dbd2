#define G_LOG_DOMAIN "emend-engine"

#include "config.h"

#include "emend-tree-hash.h"

#include <string.h>

#include "emend-hash.h"

/* A data set has a few levels of folders; more is a loop or an attack. */
#define MAX_DEPTH 32

static gboolean
list_files (const char *folder,
            const char *prefix,
            int depth,
            GPtrArray *names,
            GError **error)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, error);
  const char *name;

  if (dir == NULL)
    return FALSE;
  while ((name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (folder, name, NULL);
    g_autofree char *relative = prefix[0] != '\0' ? g_build_filename (prefix, name, NULL) : g_strdup (name);

    if (g_file_test (path, G_FILE_TEST_IS_SYMLINK))
      continue;
    if (g_file_test (path, G_FILE_TEST_IS_DIR)) {
      if (depth < MAX_DEPTH && !list_files (path, relative, depth + 1, names, error))
        return FALSE;
    } else if (g_file_test (path, G_FILE_TEST_IS_REGULAR))
      g_ptr_array_add (names, g_steal_pointer (&relative));
  }
  return TRUE;
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return g_strcmp0 (*(const char *const *) a, *(const char *const *) b);
}

static char *
hash_folder (const char *folder,
             GCancellable *cancellable,
             GError **error)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (EmendHasher) hasher = emend_hasher_new (EMEND_HASH_SHA256);

  if (!list_files (folder, "", 0, names, error))
    return NULL;
  g_ptr_array_sort (names, compare_names);
  for (guint i = 0; i < names->len; i++) {
    const char *name = g_ptr_array_index (names, i);
    g_autofree char *path = g_build_filename (folder, name, NULL);
    g_autofree char *hex = NULL;
    g_autofree char *line = NULL;
    EmendDigest digest;

    if (!emend_digest_of_file (path, &digest, NULL, cancellable, error))
      return NULL;
    hex = emend_digest_to_hex (&digest);
    line = g_strdup_printf ("%s  %s\n", hex, name);
    emend_hasher_update (hasher, line, strlen (line));
  }
  return emend_hasher_finish_hex (hasher);
}

/**
 * emend_tree_hash:
 * @path: a file or a folder
 * @cancellable: (nullable): to stop early
 * @error: EMEND_BASE_ERROR_IO, or of the folder's listing
 *
 * The SHA-256 of a file; of a folder that of the text that `sha256sum` prints for its files, by their paths
 * in it, in the order of the bytes of these. Links are not followed. Not for the main thread.
 *
 * Returns: (transfer full) (nullable): the hash in hexadecimal
 */
char *
emend_tree_hash (const char *path,
                 GCancellable *cancellable,
                 GError **error)
{
  EmendDigest digest;

  if (g_file_test (path, G_FILE_TEST_IS_DIR))
    return hash_folder (path, cancellable, error);
  if (!emend_digest_of_file (path, &digest, NULL, cancellable, error))
    return NULL;
  return emend_digest_to_hex (&digest);
}
