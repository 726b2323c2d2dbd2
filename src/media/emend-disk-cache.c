#define G_LOG_DOMAIN "emend-media"

#include "config.h"

#include "emend-disk-cache-private.h"

#include <inttypes.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>

#include <glib/gstdio.h>

#include "emend-hash.h"

#define MAX_DEPTH 2
#define ATTRIBUTES                                                                                     \
  G_FILE_ATTRIBUTE_STANDARD_NAME "," G_FILE_ATTRIBUTE_STANDARD_TYPE "," G_FILE_ATTRIBUTE_STANDARD_SIZE \
                                 "," G_FILE_ATTRIBUTE_TIME_MODIFIED

typedef struct {
  char *path;
  guint64 size;
  guint64 used; /* seconds since 1970 */
} Entry;

/**
 * emend_disk_cache_name:
 * @path: a file of which something is kept
 * @detail: what of it
 *
 * Another size or time of the file gives another name. Not for the main thread.
 *
 * Returns: (transfer full) (nullable): 64 characters, or %NULL when there is no such file
 */
char *
emend_disk_cache_name (const char *path,
                       const char *detail)
{
  GStatBuf status;
  EmendDigest digest;

  if (g_stat (path, &status) != 0)
    return NULL;

  g_autofree char *text = g_strdup_printf ("%s\n%" PRId64 " %" PRId64 ".%09ld %s", path,
                                           (gint64) status.st_size, (gint64) status.st_mtim.tv_sec,
                                           status.st_mtim.tv_nsec, detail);
  emend_digest_of (text, strlen (text), &digest);
  return emend_digest_to_hex (&digest);
}

/**
 * emend_disk_cache_touch:
 * @file: a kept file that is used again
 *
 * Not for the main thread.
 */
void
emend_disk_cache_touch (const char *file)
{
  /* Else it is only thrown away sooner. */
  if (utimensat (AT_FDCWD, file, NULL, AT_SYMLINK_NOFOLLOW) != 0)
    g_debug ("A kept file could not be marked as used");
}

static void
entry_clear (gpointer data)
{
  Entry *entry = data;

  g_free (entry->path);
}

static int
compare_use (gconstpointer a,
             gconstpointer b)
{
  const Entry *one = a;
  const Entry *two = b;

  return (one->used > two->used) - (one->used < two->used);
}

static void
collect (const char *folder,
         int depth,
         GArray *entries)
{
  g_autoptr (GFile) file = g_file_new_for_path (folder);
  g_autoptr (GFileEnumerator) children = g_file_enumerate_children (file, ATTRIBUTES,
                                                                    G_FILE_QUERY_INFO_NOFOLLOW_SYMLINKS, NULL, NULL);
  GFileInfo *info = NULL;

  while (children != NULL && g_file_enumerator_iterate (children, &info, NULL, NULL, NULL) && info != NULL) {
    g_autofree char *path = g_build_filename (folder, g_file_info_get_name (info), NULL);
    if (g_file_info_get_file_type (info) == G_FILE_TYPE_DIRECTORY && depth < MAX_DEPTH)
      collect (path, depth + 1, entries);
    if (g_file_info_get_file_type (info) != G_FILE_TYPE_REGULAR)
      continue;
    Entry entry = { g_steal_pointer (&path), (guint64) g_file_info_get_size (info),
                    g_file_info_get_attribute_uint64 (info, G_FILE_ATTRIBUTE_TIME_MODIFIED) };
    g_array_append_val (entries, entry);
  }
}

/**
 * emend_disk_cache_trim:
 * @folder: a folder of this program's own, with kept files in it and one folder below
 * @limit: the most bytes that all of them may hold
 *
 * Removes those used longest ago. Not for the main thread.
 */
void
emend_disk_cache_trim (const char *folder,
                       guint64 limit)
{
  g_autoptr (GArray) entries = g_array_new (FALSE, FALSE, sizeof (Entry));
  guint64 bytes = 0;

  g_array_set_clear_func (entries, entry_clear);
  collect (folder, 1, entries);
  g_array_sort (entries, compare_use);
  for (guint i = 0; i < entries->len; i++)
    bytes += g_array_index (entries, Entry, i).size;
  for (guint i = 0; i < entries->len && bytes > limit; i++) {
    const Entry *entry = &g_array_index (entries, Entry, i);
    if (g_unlink (entry->path) == 0)
      bytes -= entry->size;
  }
}
