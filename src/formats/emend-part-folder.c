#define G_LOG_DOMAIN "emend-formats"

#include "config.h"

#include "emend-part-folder.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "emend-error.h"
#include "emend-format.h"

struct _EmendPartFolder {
  char *path;
  char *part_path; /* (nullable): NULL once it has its name */
  char *made;      /* (nullable): the subfolder that was made last */
};

static gboolean
fail (EmendPartFolder *folder,
      int code,
      GError **error)
{
  g_autofree char *name = g_filename_display_name (folder->path);

  if (code == EEXIST)
    g_set_error (error, EMEND_BASE_ERROR, EMEND_BASE_ERROR_EXISTS,
                 _ ("There is already something called “%s”. It was not touched; choose another name."), name);
  else
    g_set_error (error, EMEND_FORMATS_ERROR, EMEND_FORMATS_ERROR_IO,
                 /* TRANSLATORS: a folder, then the system's reason. */
                 _ ("The folder “%s” could not be written: %s. Nothing was changed under that name."), name,
                 g_strerror (code));
  return FALSE;
}

static void
remove_all (const char *path)
{
  g_autoptr (GDir) dir = NULL;
  const char *name;

  if (g_file_test (path, G_FILE_TEST_IS_SYMLINK) || !g_file_test (path, G_FILE_TEST_IS_DIR)) {
    g_unlink (path);
    return;
  }
  dir = g_dir_open (path, 0, NULL);
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *below = g_build_filename (path, name, NULL);
    remove_all (below);
  }
  g_rmdir (path);
}

/**
 * emend_part_folder_new:
 * @path: where the finished folder shall be
 * @error: EMEND_FORMATS_ERROR_IO
 *
 * One left there by a program that died is replaced. Not for the main thread.
 *
 * Returns: (transfer full) (nullable): the folder to write to
 */
EmendPartFolder *
emend_part_folder_new (const char *path,
                       GError **error)
{
  g_autoptr (EmendPartFolder) folder = g_new0 (EmendPartFolder, 1);
  g_autofree char *whole = g_canonicalize_filename (path, NULL);
  g_autofree char *name = g_path_get_basename (whole);
  g_autofree char *above = g_path_get_dirname (whole);
  g_autofree char *part_name = g_strdup_printf (".%s.part", name);
  g_autofree char *part_path = g_build_filename (above, part_name, NULL);

  folder->path = g_steal_pointer (&whole);
  remove_all (part_path);
  if (g_mkdir (part_path, 0777) != 0) {
    fail (folder, errno, error);
    return NULL;
  }
  folder->part_path = g_steal_pointer (&part_path);
  return g_steal_pointer (&folder);
}

/**
 * emend_part_folder_free:
 * @folder: (transfer full): a folder; what was not committed is removed
 */
void
emend_part_folder_free (EmendPartFolder *folder)
{
  if (folder->part_path != NULL)
    remove_all (folder->part_path);
  g_free (folder->part_path);
  g_free (folder->made);
  g_free (folder->path);
  g_free (folder);
}

static gboolean
make_above (EmendPartFolder *folder,
            const char *path,
            GError **error)
{
  g_autofree char *above = g_path_get_dirname (path);

  if (g_strcmp0 (above, folder->made) == 0)
    return TRUE;
  if (g_mkdir_with_parents (above, 0777) != 0)
    return fail (folder, errno, error);
  g_free (folder->made);
  folder->made = g_steal_pointer (&above);
  return TRUE;
}

static int
write_all (int fd,
           const char *text,
           gsize length)
{
  while (length > 0) {
    ssize_t written = write (fd, text, length);

    if (written < 0 && errno == EINTR)
      continue;
    if (written < 0)
      return errno;
    text += written;
    length -= (gsize) written;
  }
  return 0;
}

/**
 * emend_part_folder_add:
 * @folder: a folder being written
 * @name: of the new file, relative, without dot-dot
 * @text: (array length=length): its content
 * @length: its bytes
 * @error: EMEND_FORMATS_ERROR_IO
 *
 * Returns: whether it was written
 */
gboolean
emend_part_folder_add (EmendPartFolder *folder,
                       const char *name,
                       const char *text,
                       gsize length,
                       GError **error)
{
  g_autofree char *path = g_build_filename (folder->part_path, name, NULL);
  int code;
  int fd;

  if (!make_above (folder, path, error))
    return FALSE;
  fd = open (path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0666);
  if (fd < 0)
    return fail (folder, errno, error);
  code = write_all (fd, text, length);
  if (close (fd) != 0 && code == 0)
    code = errno;
  return code == 0 || fail (folder, code, error);
}

/* One call for the whole file system: a sync for each of many small files would take minutes. */
static int
sync_all (const char *path)
{
  int fd = open (path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  int code = 0;

  if (fd < 0)
    return errno;
  if (syncfs (fd) != 0)
    code = errno;
  close (fd);
  return code;
}

static int
rename_new (const char *from,
            const char *to)
{
  struct stat info;

  if (renameat2 (AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE) == 0)
    return 0;
  if (errno != EINVAL)
    return errno;
  /* A file system that knows no such flag. */
  if (lstat (to, &info) == 0)
    return EEXIST;
  return rename (from, to) == 0 ? 0 : errno;
}

/**
 * emend_part_folder_commit:
 * @folder: a folder whose files are all written
 * @error: EMEND_BASE_ERROR_EXISTS or EMEND_FORMATS_ERROR_IO
 *
 * Syncs the files and gives the folder its name in one step, never over something else.
 *
 * Returns: whether the folder stands under its name now
 */
gboolean
emend_part_folder_commit (EmendPartFolder *folder,
                          GError **error)
{
  int code = sync_all (folder->part_path);

  if (code == 0)
    code = rename_new (folder->part_path, folder->path);
  if (code != 0)
    return fail (folder, code, error);
  g_clear_pointer (&folder->part_path, g_free);
  return TRUE;
}
