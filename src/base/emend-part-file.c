#define G_LOG_DOMAIN "emend-base"

#include "config.h"

#include "emend-part-file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include <glib/gi18n-lib.h>

#include "emend-error.h"

struct _EmendPartFile {
  char *path;
  char *part_path;
  char *folder;
  int fd;
};

static void
set_io_error (GError **error,
              const char *path,
              int code)
{
  g_autofree char *name = g_filename_display_name (path);

  g_set_error (error, EMEND_BASE_ERROR, EMEND_BASE_ERROR_IO,
               /* TRANSLATORS: a file name, then the system's reason. */
               _ ("The file “%s” could not be written: %s. Nothing was changed under that name."),
               name, g_strerror (code));
}

/**
 * emend_part_file_new:
 * @path: where the finished file shall be
 * @error: EMEND_BASE_ERROR_IO
 *
 * Makes `.NAME.part` in the folder of @path; one left there by a program that died is replaced.
 * Not for the main thread.
 *
 * Returns: (transfer full) (nullable): the file to write to
 */
EmendPartFile *
emend_part_file_new (const char *path,
                     GError **error)
{
  g_autofree char *name = g_path_get_basename (path);
  g_autofree char *part_name = g_strdup_printf (".%s.part", name);
  g_autoptr (EmendPartFile) part = g_new0 (EmendPartFile, 1);

  part->path = g_strdup (path);
  part->folder = g_path_get_dirname (path);
  part->part_path = g_build_filename (part->folder, part_name, NULL);
  unlink (part->part_path);
  part->fd = open (part->part_path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0666);
  if (part->fd < 0) {
    set_io_error (error, path, errno);
    return NULL;
  }
  return g_steal_pointer (&part);
}

/**
 * emend_part_file_get_fd:
 * @part: a file being written
 *
 * Returns: its descriptor, readable and writable; it stays the file's own
 */
int
emend_part_file_get_fd (EmendPartFile *part)
{
  return part->fd;
}

/**
 * emend_part_file_get_part_path:
 * @part: a file being written
 *
 * Returns: (transfer none): where the bytes are until they are committed
 */
const char *
emend_part_file_get_part_path (EmendPartFile *part)
{
  return part->part_path;
}

/**
 * emend_part_file_write:
 * @part: a file being written
 * @data: (array length=size): the next bytes
 * @size: how many
 * @error: EMEND_BASE_ERROR_IO, for a full disk among others
 *
 * Returns: whether all bytes were taken
 */
gboolean
emend_part_file_write (EmendPartFile *part,
                       gconstpointer data,
                       gsize size,
                       GError **error)
{
  const guint8 *next = data;

  while (size > 0) {
    ssize_t written = write (part->fd, next, size);

    if (written < 0 && errno == EINTR)
      continue;
    if (written < 0) {
      set_io_error (error, part->path, errno);
      return FALSE;
    }
    next += written;
    size -= (gsize) written;
  }
  return TRUE;
}

static void
sync_folder (const char *folder)
{
  int fd = open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

  if (fd < 0)
    return;
  /* A file system that cannot sync a folder has no stronger way either. */
  if (fsync (fd) != 0)
    g_debug ("The folder could not be synced: %s", g_strerror (errno));
  close (fd);
}

/* For file systems that know no RENAME_NOREPLACE: a link never replaces. Sets errno on failure. */
static gboolean
rename_by_link (EmendPartFile *part)
{
  if (link (part->part_path, part->path) != 0)
    return FALSE;
  return unlink (part->part_path) == 0;
}

/* Whether what stands under the hidden name is still what is written here. */
static gboolean
is_own (EmendPartFile *part)
{
  struct stat own;
  struct stat there;

  return fstat (part->fd, &own) == 0 && lstat (part->part_path, &there) == 0 && own.st_dev == there.st_dev &&
         own.st_ino == there.st_ino;
}

static gboolean
check_own (EmendPartFile *part,
           GError **error)
{
  g_autofree char *name = g_filename_display_name (part->path);

  if (is_own (part))
    return TRUE;
  g_set_error (error, EMEND_BASE_ERROR, EMEND_BASE_ERROR_IO,
               _ ("Another program writes the file “%s” at the same time. Nothing was changed under that name; try "
                  "again when it is done."),
               name);
  return FALSE;
}

/**
 * emend_part_file_commit:
 * @part: a file whose bytes are all written
 * @replace: whether a file of that name may be replaced
 * @error: EMEND_BASE_ERROR_EXISTS or EMEND_BASE_ERROR_IO
 *
 * Syncs the bytes, gives the file its name in one step, and syncs the folder.
 *
 * Returns: whether the file stands under its name now
 */
gboolean
emend_part_file_commit (EmendPartFile *part,
                        gboolean replace,
                        GError **error)
{
  unsigned int flags = replace ? 0 : RENAME_NOREPLACE;

  if (fsync (part->fd) != 0) {
    set_io_error (error, part->path, errno);
    return FALSE;
  }
  if (!check_own (part, error))
    return FALSE;
  if (renameat2 (AT_FDCWD, part->part_path, AT_FDCWD, part->path, flags) != 0 &&
      !(errno == EINVAL && rename_by_link (part))) {
    g_autofree char *name = g_filename_display_name (part->path);
    int code = errno;

    if (code == EEXIST)
      g_set_error (error, EMEND_BASE_ERROR, EMEND_BASE_ERROR_EXISTS,
                   _ ("There is already a file “%s”. It was not touched; choose another name."),
                   name);
    else
      set_io_error (error, part->path, code);
    return FALSE;
  }
  g_clear_pointer (&part->part_path, g_free);
  sync_folder (part->folder);
  return TRUE;
}

/**
 * emend_part_file_free:
 * @part: (transfer full): a file; what was not committed is removed
 */
void
emend_part_file_free (EmendPartFile *part)
{
  if (part->part_path != NULL && part->fd > 0 && is_own (part))
    unlink (part->part_path);
  if (part->fd > 0)
    close (part->fd);
  g_free (part->path);
  g_free (part->part_path);
  g_free (part->folder);
  g_free (part);
}
