#define G_LOG_DOMAIN "emend-engine"

#include "config.h"

#include "emend-scan-walk.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <glib/gi18n-lib.h>

#include "emend-engine-error.h"
#include "emend-image.h"
#include "emend-text.h"

/* Folders within folders that are entered. */
#define MAX_DEPTH 64

typedef struct {
  const char *folder; /* of the project, without links */
  GPtrArray *files;
  GPtrArray *skipped;
  GHashTable *seen; /* absolute paths, borrowed from files */
  GCancellable *cancellable;
} Walk;

static void
scan_file_free (EmendScanFile *file)
{
  g_free (file->path);
  g_free (file->relative);
  g_free (file);
}

static void
skip (Walk *walk,
      const char *path)
{
  g_ptr_array_add (walk->skipped, g_filename_display_name (path));
}

/**
 * emend_scan_make_relative:
 * @folder: an absolute path without links
 * @path: another
 *
 * Returns: (transfer full): @path as seen from @folder, with `..` where it lies outside. Any thread.
 */
char *
emend_scan_make_relative (const char *folder,
                          const char *path)
{
  g_auto (GStrv) from = g_strsplit (folder, "/", -1);
  g_auto (GStrv) to = g_strsplit (path, "/", -1);
  g_autoptr (GString) relative = g_string_new (NULL);
  guint shared = 0;

  while (from[shared] != NULL && to[shared] != NULL && g_str_equal (from[shared], to[shared]))
    shared++;
  for (guint i = shared; from[i] != NULL; i++) {
    if (*from[i] != '\0')
      g_string_append (relative, "../");
  }
  for (guint i = shared; to[i] != NULL; i++)
    g_string_append_printf (relative, "%s%s", to[i], to[i + 1] != NULL ? "/" : "");
  return g_strdup (relative->str);
}

static void
take_file (Walk *walk,
           const char *path)
{
  EmendScanFile *file;

  if (g_hash_table_contains (walk->seen, path))
    return;
  if (!emend_media_is_supported_name (path) || !g_utf8_validate (path, -1, NULL)) {
    skip (walk, path);
    return;
  }
  file = g_new0 (EmendScanFile, 1);
  file->path = g_strdup (path);
  file->relative = emend_scan_make_relative (walk->folder, path);
  g_ptr_array_add (walk->files, file);
  g_hash_table_add (walk->seen, file->path);
}

static gboolean
fail_reading (GError **error,
              const char *path,
              int number)
{
  g_autofree char *name = g_filename_display_name (path);
  EmendEngineError code = number == ENOENT || number == ENOTDIR ? EMEND_ENGINE_ERROR_NOT_FOUND : EMEND_ENGINE_ERROR_IO;

  /* TRANSLATORS: a file or folder, then the system's reason. */
  g_set_error (error, EMEND_ENGINE_ERROR, (int) code, _ ("“%s” cannot be read: %s."), name, g_strerror (number));
  return FALSE;
}

static gboolean walk_folder (Walk *walk,
                             const char *path,
                             int depth,
                             GError **error);

/* One entry of a folder; links are left alone, so that no loop and no way out of it can be laid. */
static gboolean
take_entry (Walk *walk,
            const char *path,
            int depth,
            GError **error)
{
  struct stat facts;

  if (lstat (path, &facts) != 0)
    return errno == ENOENT || fail_reading (error, path, errno);
  if (S_ISREG (facts.st_mode)) {
    take_file (walk, path);
    return TRUE;
  }
  if (!S_ISDIR (facts.st_mode))
    return TRUE;
  if (depth < MAX_DEPTH)
    return walk_folder (walk, path, depth + 1, error);
  skip (walk, path);
  return TRUE;
}

static gboolean
walk_folder (Walk *walk,
             const char *path,
             int depth,
             GError **error)
{
  DIR *dir = opendir (path);
  gboolean all_well = TRUE;
  const struct dirent *entry;

  if (dir == NULL)
    return fail_reading (error, path, errno);
  while (all_well && (errno = 0, entry = readdir (dir)) != NULL) {
    g_autofree char *child = NULL;

    if (entry->d_name[0] == '.')
      continue;
    child = g_build_filename (path, entry->d_name, NULL);
    all_well = !g_cancellable_set_error_if_cancelled (walk->cancellable, error) &&
               take_entry (walk, child, depth, error);
  }
  if (all_well && errno != 0)
    all_well = fail_reading (error, path, errno);
  closedir (dir);
  return all_well;
}

/* What the caller named is taken even where it is a link: the file that it leads to. */
static gboolean
take_named (Walk *walk,
            const char *path,
            GError **error)
{
  char *real = realpath (path, NULL);
  struct stat facts;
  gboolean all_well = TRUE;

  if (real == NULL)
    return fail_reading (error, path, errno);
  if (stat (real, &facts) != 0)
    all_well = fail_reading (error, path, errno);
  else if (S_ISDIR (facts.st_mode))
    all_well = walk_folder (walk, real, 0, error);
  else if (S_ISREG (facts.st_mode))
    take_file (walk, real);
  else
    skip (walk, real);
  free (real);
  return all_well;
}

static int
compare_files (gconstpointer a,
               gconstpointer b)
{
  const EmendScanFile *first = *(EmendScanFile *const *) a;
  const EmendScanFile *second = *(EmendScanFile *const *) b;

  return emend_text_compare_natural (first->relative, second->relative);
}

/**
 * emend_scan_walk:
 * @folder: of the project
 * @paths: (array zero-terminated=1): files and folders
 * @skipped: (element-type utf8): gets the names of files that are no media, for people to read
 * @cancellable: (nullable): to stop early
 * @error: EMEND_ENGINE_ERROR_NOT_FOUND, EMEND_ENGINE_ERROR_IO or cancelled
 *
 * Lists the media files that @paths name and hold, each once: hidden names and links within folders
 * are left out, as is what lies more than 64 folders deep. Not for the main thread.
 *
 * Returns: (transfer full) (nullable) (element-type EmendScanFile): the files, in natural order
 */
GPtrArray *
emend_scan_walk (const char *folder,
                 const char *const *paths,
                 GPtrArray *skipped,
                 GCancellable *cancellable,
                 GError **error)
{
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func ((GDestroyNotify) scan_file_free);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  char *real = realpath (folder, NULL);
  g_autofree char *base = g_strdup (real != NULL ? real : folder);
  Walk walk = { base, files, skipped, seen, cancellable };

  free (real);
  for (; *paths != NULL; paths++) {
    if (!take_named (&walk, *paths, error))
      return NULL;
  }
  g_ptr_array_sort (files, compare_files);
  return g_steal_pointer (&files);
}
