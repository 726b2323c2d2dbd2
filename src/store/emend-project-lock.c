#define G_LOG_DOMAIN "emend-store"

#include "config.h"

#include "emend-project-private.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <glib/gi18n-lib.h>

/*
 * The lock that makes one instance the writer is on a file beside the project, never on the project
 * itself: closing any descriptor of the database file would drop the locks that SQLite holds on it.
 * It is an open file description lock, so that it goes with the process, and two connections of one
 * process exclude each other too.
 */

/* How often a lock file may vanish between being opened and being locked before we give up. */
#define MAX_ATTEMPTS 16

/* Whether the path still names the file that is open; the last holder deletes it. */
static gboolean
is_same_file (int fd,
              const char *path)
{
  struct stat open_file;
  struct stat named_file;

  return fstat (fd, &open_file) == 0 && stat (path, &named_file) == 0 && open_file.st_dev == named_file.st_dev &&
         open_file.st_ino == named_file.st_ino;
}

/**
 * emend_project_lock:
 * @project: a project
 *
 * Becomes the one writer of the file until emend_project_unlock().
 *
 * Returns: (transfer full) (nullable): %NULL when it is; else why not, a sentence
 */
char *
emend_project_lock (EmendProject *project)
{
  g_autofree char *name = g_path_get_basename (project->path);
  g_autofree char *lock_name = g_strdup_printf (".%s.lock", name);
  g_autofree char *path = g_build_filename (project->folder, lock_name, NULL);

  for (int i = 0; i < MAX_ATTEMPTS; i++) {
    struct flock lock = { .l_type = F_WRLCK, .l_whence = SEEK_SET };
    int fd = open (path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);

    if (fd < 0)
      return g_strdup (_ ("A lock cannot be put beside it."));
    if (fcntl (fd, F_OFD_SETLK, &lock) != 0) {
      gboolean held = errno == EAGAIN || errno == EACCES;

      close (fd);
      return g_strdup (held ? _ ("It is open for writing in another window or on another desk.") :
                              _ ("Files cannot be locked where it lies, so that two could write it at once."));
    }
    if (is_same_file (fd, path)) {
      project->lock_fd = fd;
      project->lock_path = g_steal_pointer (&path);
      return NULL;
    }
    close (fd);
  }
  return g_strdup (_ ("It is open for writing in another window or on another desk."));
}

/**
 * emend_project_unlock:
 * @project: a project; may hold no lock
 */
void
emend_project_unlock (EmendProject *project)
{
  if (project->lock_fd < 0)
    return;
  if (is_same_file (project->lock_fd, project->lock_path))
    unlink (project->lock_path);
  close (project->lock_fd);
  project->lock_fd = -1;
  g_clear_pointer (&project->lock_path, g_free);
}
