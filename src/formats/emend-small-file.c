#define G_LOG_DOMAIN "emend-formats"

#include "config.h"

#include "emend-small-file.h"

#include <inttypes.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <glib/gi18n-lib.h>

#include "emend-format.h"

/* Enough to tell what a file is. */
#define HEAD_SIZE ((gsize) 64 * 1024)

static char *
fail (const char *path,
      int code,
      GError **error)
{
  g_autofree char *name = g_filename_display_name (path);

  g_set_error (error, EMEND_FORMATS_ERROR, EMEND_FORMATS_ERROR_IO,
               /* TRANSLATORS: a file name, then the system's reason. */
               _ ("The file “%s” could not be read: %s."), name, g_strerror (code));
  return NULL;
}

static char *
read_open (int fd,
           const char *path,
           gsize limit,
           gsize *length,
           GError **error)
{
  g_autofree char *name = g_filename_display_name (path);
  g_autofree char *text = NULL;
  struct stat info;
  gsize done = 0;

  if (fstat (fd, &info) != 0)
    return fail (path, errno, error);
  if (!S_ISREG (info.st_mode))
    return fail (path, S_ISDIR (info.st_mode) ? EISDIR : EINVAL, error);
  if ((guint64) info.st_size > limit) {
    g_set_error (error, EMEND_FORMATS_ERROR, EMEND_FORMATS_ERROR_LIMIT,
                 _ ("The file “%s” is too large for what it should be: more than %" PRIuPTR " bytes."), name, limit);
    return NULL;
  }
  text = g_malloc ((gsize) info.st_size + 1);
  while (done < (gsize) info.st_size) {
    ssize_t size = read (fd, text + done, (gsize) info.st_size - done);

    if (size < 0 && errno != EINTR)
      return fail (path, errno, error);
    if (size == 0)
      break;
    done += size > 0 ? (gsize) size : 0;
  }
  text[done] = '\0';
  *length = done;
  return g_steal_pointer (&text);
}

/**
 * emend_small_file_read:
 * @path: a regular file
 * @limit: the most bytes that it may have
 * @length: (out): its bytes
 * @error: EMEND_FORMATS_ERROR_IO or EMEND_FORMATS_ERROR_LIMIT
 *
 * Never waits for a named pipe or a device. Not for the main thread.
 *
 * Returns: (transfer full) (nullable): its content with a zero behind it
 */
char *
emend_small_file_read (const char *path,
                       gsize limit,
                       gsize *length,
                       GError **error)
{
  int fd = open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
  char *text;

  if (fd < 0)
    return fail (path, errno, error);
  text = read_open (fd, path, limit, length, error);
  close (fd);
  return text;
}

/**
 * emend_small_file_read_head:
 * @path: a file
 * @head: (out) (transfer full): its first bytes as a string
 *
 * Returns: whether it is a regular file that can be read. Not for the main thread.
 */
gboolean
emend_small_file_read_head (const char *path,
                            char **head)
{
  g_autofree char *buffer = g_malloc (HEAD_SIZE + 1);
  struct stat info;
  ssize_t size = -1;
  int fd = open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);

  if (fd < 0)
    return FALSE;
  if (fstat (fd, &info) == 0 && S_ISREG (info.st_mode))
    size = read (fd, buffer, HEAD_SIZE);
  close (fd);
  if (size < 0)
    return FALSE;
  buffer[size] = '\0';
  *head = g_steal_pointer (&buffer);
  return TRUE;
}
