#define G_LOG_DOMAIN "emend-handoff"

#include "config.h"

#include "emend-handoff-types.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <glib/gi18n-lib.h>

#include "emend-text.h"

/* Room that must stay free on the disk. */
#define SPARE_BYTES ((gsize) 16 * 1024 * 1024)

/**
 * emend_work_advance:
 * @work: a piece of work
 * @bytes: how many more are done
 * @error: G_IO_ERROR_CANCELLED
 *
 * Returns: whether the work shall go on
 */
gboolean
emend_work_advance (EmendWork *work,
                    guint64 bytes,
                    GError **error)
{
  if (g_cancellable_set_error_if_cancelled (work->cancellable, error))
    return FALSE;
  work->done += bytes;
  work->total = MAX (work->total, work->done);
  if (work->progress != NULL)
    work->progress (work->done, work->total, work->progress_data);
  return TRUE;
}

static void
take_problem (GPtrArray *problems,
              char *sentence)
{
  if (problems->len < EMEND_PROBLEMS_MAX - 1)
    g_ptr_array_add (problems, sentence);
  else {
    if (problems->len == EMEND_PROBLEMS_MAX - 1)
      g_ptr_array_add (problems, g_strdup (_ ("There are more problems than are listed here.")));
    g_free (sentence);
  }
}

/**
 * emend_problems_add:
 * @problems: (element-type utf8): a list
 * @format: a whole sentence, for printf()
 * @...: its values; none of them text from the pack
 *
 * Adds a reason why a pack must not be trusted. The list stays short whatever a pack holds.
 */
void
emend_problems_add (GPtrArray *problems,
                    const char *format,
                    ...)
{
  va_list values;

  va_start (values, format);
  take_problem (problems, g_strdup_vprintf (format, values));
  va_end (values);
}

/**
 * emend_problems_add_for:
 * @problems: (element-type utf8): a list
 * @name: a name from the pack, any bytes
 * @format: a whole sentence with one %s for the name
 *
 * Adds a reason that names a file in the pack; what could command a terminal is written out.
 */
void
emend_problems_add_for (GPtrArray *problems,
                        const char *name,
                        const char *format)
{
  g_autofree char *safe = emend_text_for_terminal (name);

  take_problem (problems, g_strdup_printf (format, safe));
}

/**
 * emend_handoff_set_disk_error:
 * @error: (out): EMEND_HANDOFF_ERROR_DISK
 * @path: what could not be written
 * @code: the system's number
 */
void
emend_handoff_set_disk_error (GError **error,
                              const char *path,
                              int code)
{
  g_autofree char *name = g_filename_display_name (path);

  if (code == ENOSPC || code == EDQUOT)
    g_set_error (error, EMEND_HANDOFF_ERROR, EMEND_HANDOFF_ERROR_DISK,
                 _ ("The disk is full: “%s” could not be written. Nothing was left behind; free some space or choose "
                    "another place."),
                 name);
  else
    g_set_error (error, EMEND_HANDOFF_ERROR, EMEND_HANDOFF_ERROR_DISK,
                 /* TRANSLATORS: a file name, then the system's reason. */
                 _ ("“%s” could not be written: %s. Nothing was left behind."), name, g_strerror (code));
}

/**
 * emend_handoff_set_busy_error:
 * @error: (out): EMEND_HANDOFF_ERROR_EXISTS
 * @path: what another program is making under a name of its own until it is complete
 */
void
emend_handoff_set_busy_error (GError **error,
                              const char *path)
{
  g_autofree char *name = g_filename_display_name (path);

  g_set_error (error, EMEND_HANDOFF_ERROR, EMEND_HANDOFF_ERROR_EXISTS,
               _ ("“%s” is just being written by another program. Nothing was changed; wait until it is done, or "
                  "choose another name."),
               name);
}

/**
 * emend_handoff_set_read_error:
 * @error: (out): EMEND_HANDOFF_ERROR_DISK
 * @path: what could not be read
 * @code: the system's number
 */
void
emend_handoff_set_read_error (GError **error,
                              const char *path,
                              int code)
{
  g_autofree char *name = g_filename_display_name (path);

  g_set_error (error, EMEND_HANDOFF_ERROR, EMEND_HANDOFF_ERROR_DISK,
               /* TRANSLATORS: a file name, then the system's reason. */
               _ ("“%s” could not be read: %s."), name, g_strerror (code));
}

/**
 * emend_handoff_read_at:
 * @fd: a file
 * @buffer: (out): room for @size bytes
 * @size: how many
 * @offset: from where
 *
 * Returns: whether all of them could be read; errno is 0 when the file ends before
 */
gboolean
emend_handoff_read_at (int fd,
                       gpointer buffer,
                       gsize size,
                       guint64 offset)
{
  guint8 *next = buffer;

  while (size > 0) {
    ssize_t got = pread (fd, next, size, (off_t) offset);

    if (got < 0 && errno == EINTR)
      continue;
    if (got <= 0) {
      if (got == 0)
        errno = 0;
      return FALSE;
    }
    next += got;
    offset += (guint64) got;
    size -= (gsize) got;
  }
  return TRUE;
}

/**
 * emend_handoff_has_room:
 * @fd: a file or folder on a disk
 * @bytes: how many more shall be written there
 * @path: of @fd or of where it will be, for messages
 * @error: EMEND_HANDOFF_ERROR_DISK
 *
 * So a pack that needs more than there is does not fill the disk at first. Some room is left for others.
 *
 * Returns: whether there is so much room, as far as the system tells
 */
gboolean
emend_handoff_has_room (int fd,
                        guint64 bytes,
                        const char *path,
                        GError **error)
{
  struct statvfs disk;

  /* A file system without a limit says that it has no blocks at all. */
  if (fstatvfs (fd, &disk) != 0 || disk.f_blocks == 0 || disk.f_frsize == 0 ||
      (bytes + SPARE_BYTES) / disk.f_frsize <= disk.f_bavail)
    return TRUE;
  g_autofree char *size = g_format_size (bytes + SPARE_BYTES);
  g_autofree char *name = g_filename_display_name (path);

  g_set_error (error, EMEND_HANDOFF_ERROR, EMEND_HANDOFF_ERROR_DISK,
               /* TRANSLATORS: a size such as "2 GB", then a folder. */
               _ ("The pack needs %s, and there is not so much room in “%s”. Nothing was unpacked."), size, name);
  return FALSE;
}

/**
 * emend_handoff_lock:
 * @fd: a file or folder that may belong to another program as well
 * @parent_fd: the folder where it is, or AT_FDCWD
 * @name: of it there
 *
 * Holds it until @fd is closed. Programs remove what was left by others only while they hold it; so what is held and
 * still there stays there.
 *
 * Returns: 0; EWOULDBLOCK when a living program holds it; ENOENT when it is not there any more; or another errno where
 *   nothing can be locked
 */
int
emend_handoff_lock (int fd,
                    int parent_fd,
                    const char *name)
{
  struct stat held;
  struct stat there;

  if (flock (fd, LOCK_EX | LOCK_NB) != 0)
    return errno;
  if (fstat (fd, &held) != 0 || fstatat (parent_fd, name, &there, AT_SYMLINK_NOFOLLOW) != 0)
    return ENOENT;
  return held.st_dev == there.st_dev && held.st_ino == there.st_ino ? 0 : ENOENT;
}
