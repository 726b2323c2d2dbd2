#define G_LOG_DOMAIN "emend-handoff"

#include "config.h"

#include "emend-private-folder.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "emend-handoff-types.h"

#define PREFIX "emend-pack-"
#define PATTERN PREFIX "XXXXXX"

/* Another program may take a folder for one that was left in the moment before it is locked; but not without end. */
#define ATTEMPTS_MAX 100

struct _EmendPrivateFolder {
  char *path;
  int fd; /* holds the lock */
};

/* Whether a file is one that we put into such a folder; the store writes the project under another name at first. */
static gboolean
is_our_file (const char *name)
{
  return g_str_has_prefix (name, EMEND_PRIVATE_PROJECT) || g_str_has_prefix (name, EMEND_PRIVATE_LEDGER) ||
         g_str_has_prefix (name, "." EMEND_PRIVATE_PROJECT ".part");
}

/* Whether there is nothing in a folder but what we put into one. */
static gboolean
has_only_our_files (DIR *dir)
{
  const struct dirent *child;

  while ((child = readdir (dir)) != NULL)
    if (strcmp (child->d_name, ".") != 0 && strcmp (child->d_name, "..") != 0 && !is_our_file (child->d_name))
      return FALSE;
  rewinddir (dir);
  return TRUE;
}

/* Removes our files in a folder, and it, when nothing else is in it. */
static void
empty_and_remove (int parent_fd,
                  const char *name,
                  DIR *dir)
{
  const struct dirent *child;

  while ((child = readdir (dir)) != NULL)
    if (is_our_file (child->d_name) && unlinkat (dirfd (dir), child->d_name, 0) != 0)
      g_debug ("A temporary file could not be removed: %s", g_strerror (errno));
  if (unlinkat (parent_fd, name, AT_REMOVEDIR) != 0)
    g_debug ("A temporary folder could not be removed: %s", g_strerror (errno));
}

/* Removes a folder that looks like one of ours, if it is: it belongs to this user alone, no living program holds it,
 * and there is nothing else in it. Its lock is held until it is gone. */
static void
remove_left_over (int parent_fd,
                  const char *name)
{
  int fd = openat (parent_fd, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
  DIR *dir = fd >= 0 ? fdopendir (fd) : NULL;
  struct stat status;

  if (dir == NULL) {
    if (fd >= 0)
      close (fd);
    return;
  }
  if (fstat (fd, &status) == 0 && status.st_uid == geteuid () && (status.st_mode & 07777) == 0700 &&
      emend_handoff_lock (fd, parent_fd, name) == 0 && has_only_our_files (dir))
    empty_and_remove (parent_fd, name, dir);
  closedir (dir);
}

/* Removes what programs left that were killed. */
static void
remove_left_overs (void)
{
  DIR *dir = opendir (g_get_tmp_dir ());
  const struct dirent *child;

  while (dir != NULL && (child = readdir (dir)) != NULL)
    if (g_str_has_prefix (child->d_name, PREFIX) && strlen (child->d_name) == strlen (PATTERN))
      remove_left_over (dirfd (dir), child->d_name);
  if (dir != NULL)
    closedir (dir);
}

/* Makes a folder and locks it. Returns 0, or an errno; EAGAIN when another program took it for one that was left. */
static int
make_locked (EmendPrivateFolder *folder)
{
  int code;

  g_free (folder->path);
  folder->path = g_build_filename (g_get_tmp_dir (), PATTERN, NULL);
  if (g_mkdtemp_full (folder->path, 0700) == NULL) {
    code = errno;
    /* The pattern is gone, and nothing is to be removed. */
    g_free (folder->path);
    folder->path = g_strdup (g_get_tmp_dir ());
    return code;
  }
  folder->fd = open (folder->path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
  if (folder->fd < 0) {
    code = errno;
    rmdir (folder->path);
    return code == ENOENT ? EAGAIN : code;
  }
  code = emend_handoff_lock (folder->fd, AT_FDCWD, folder->path);
  /* Where nothing can be locked, nobody takes a folder for one that was left. */
  if (code != EWOULDBLOCK && code != ENOENT)
    return 0;
  close (folder->fd);
  folder->fd = -1;
  return EAGAIN;
}

/**
 * emend_private_folder_new:
 * @error: EMEND_HANDOFF_ERROR_DISK
 *
 * Makes an empty folder in the system's place for temporary files, and removes those there that were left when a
 * program was killed.
 *
 * Returns: (transfer full) (nullable): the folder
 */
EmendPrivateFolder *
emend_private_folder_new (GError **error)
{
  EmendPrivateFolder *folder = g_new0 (EmendPrivateFolder, 1);
  int code = EAGAIN;

  folder->fd = -1;
  remove_left_overs ();
  for (int i = 0; i < ATTEMPTS_MAX && code == EAGAIN; i++)
    code = make_locked (folder);
  if (code == 0)
    return folder;
  emend_handoff_set_disk_error (error, folder->path, code);
  emend_private_folder_free (folder);
  return NULL;
}

/**
 * emend_private_folder_get_path:
 * @folder: a folder
 *
 * Returns: (transfer none): where it is
 */
const char *
emend_private_folder_get_path (const EmendPrivateFolder *folder)
{
  return folder->path;
}

/**
 * emend_private_folder_free:
 * @folder: (transfer full): a folder; it is removed with what is in it
 */
void
emend_private_folder_free (EmendPrivateFolder *folder)
{
  DIR *dir = folder->fd >= 0 ? fdopendir (folder->fd) : NULL;

  if (dir != NULL) {
    empty_and_remove (AT_FDCWD, folder->path, dir);
    closedir (dir);
  } else if (folder->fd >= 0)
    close (folder->fd);
  g_free (folder->path);
  g_free (folder);
}
