#define G_LOG_DOMAIN "emend-handoff"

#include "config.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <glib/gi18n-lib.h>

#include "emend-pack-archive.h"
#include "emend-pack-check.h"
#include "emend-pack-name.h"

/* A folder tree that hostile hands made no deeper than a pack may be. */
#define TREE_DEPTH_MAX (EMEND_PACK_DEPTH_MAX + 4)

/*
 * The folder being made beside its final place. Everything below it is reached from its descriptor, one
 * part of a name after another, and no part may be a link.
 */
typedef struct {
  int folder_fd;
  int fd;
  char *folder;
  char *name;
  char *part_name;
  gboolean is_ours;
} Staging;

typedef struct {
  EmendPackCheck *check;
  Staging *staging;
  EmendWork *work;
  EmendHasher *hasher;
  int fd;
} Unpacking;

static int
open_folder_at (int fd,
                const char *name)
{
  return openat (fd, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
}

/* Removes a tree below @fd without ever following a link. */
static void
remove_tree (int fd,
             const char *name,
             int depth)
{
  int tree_fd = depth < TREE_DEPTH_MAX ? open_folder_at (fd, name) : -1;
  DIR *dir = tree_fd >= 0 ? fdopendir (tree_fd) : NULL;
  const struct dirent *child;

  while (dir != NULL && (child = readdir (dir)) != NULL) {
    if (strcmp (child->d_name, ".") == 0 || strcmp (child->d_name, "..") == 0)
      continue;
    if (unlinkat (tree_fd, child->d_name, 0) != 0)
      remove_tree (tree_fd, child->d_name, depth + 1);
  }
  if (dir != NULL)
    closedir (dir);
  if (unlinkat (fd, name, AT_REMOVEDIR) != 0)
    g_debug ("A folder could not be removed: %s", g_strerror (errno));
}

static void
staging_free (Staging *staging)
{
  /* Locked until it is gone, or has its name. */
  if (staging->is_ours)
    remove_tree (staging->folder_fd, staging->part_name, 0);
  if (staging->fd >= 0)
    close (staging->fd);
  if (staging->folder_fd >= 0)
    close (staging->folder_fd);
  g_free (staging->folder);
  g_free (staging->name);
  g_free (staging->part_name);
  g_free (staging);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Staging, staging_free)

static void
set_exists_error (const Staging *staging,
                  GError **error)
{
  g_autofree char *path = g_build_filename (staging->folder, staging->name, NULL);
  g_autofree char *name = g_filename_display_name (path);

  g_set_error (error, EMEND_HANDOFF_ERROR, EMEND_HANDOFF_ERROR_EXISTS,
               _ ("There is already something called “%s”. It was not touched; choose another folder."), name);
}

/* Removes what a program left that died; FALSE when one that lives holds it. */
static gboolean
remove_left_over (const Staging *staging)
{
  int fd = open_folder_at (staging->folder_fd, staging->part_name);
  int code = fd >= 0 ? emend_handoff_lock (fd, staging->folder_fd, staging->part_name) : ENOENT;

  if (code == 0)
    remove_tree (staging->folder_fd, staging->part_name, 0);
  if (fd >= 0)
    close (fd);
  return code != EWOULDBLOCK;
}

/* Makes `.NAME.part` in the target folder; one that a program left which died is replaced, one that is being
 * written by another program is not. */
static gboolean
make_part (Staging *staging,
           GError **error)
{
  int code;

  if (!remove_left_over (staging)) {
    emend_handoff_set_busy_error (error, staging->name);
    return FALSE;
  }
  if (mkdirat (staging->folder_fd, staging->part_name, 0777) != 0) {
    emend_handoff_set_disk_error (error, staging->part_name, errno);
    return FALSE;
  }
  staging->fd = open_folder_at (staging->folder_fd, staging->part_name);
  code = staging->fd >= 0 ? emend_handoff_lock (staging->fd, staging->folder_fd, staging->part_name) : errno;
  /* Another program took it for one that was left, in the moment before it was locked. */
  if (code == EWOULDBLOCK || code == ENOENT) {
    emend_handoff_set_busy_error (error, staging->name);
    return FALSE;
  }
  staging->is_ours = TRUE;
  if (staging->fd < 0) {
    emend_handoff_set_disk_error (error, staging->part_name, code);
    return FALSE;
  }
  return TRUE;
}

static Staging *
staging_new (const char *folder,
             const char *name,
             GError **error)
{
  g_autoptr (Staging) staging = g_new0 (Staging, 1);
  struct stat status;

  staging->fd = -1;
  staging->folder = g_strdup (folder);
  staging->name = g_strdup (name);
  staging->part_name = g_strdup_printf (".%s.part", name);
  staging->folder_fd = open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (staging->folder_fd < 0) {
    emend_handoff_set_disk_error (error, folder, errno);
    return NULL;
  }
  if (fstatat (staging->folder_fd, name, &status, AT_SYMLINK_NOFOLLOW) == 0) {
    set_exists_error (staging, error);
    return NULL;
  }
  return make_part (staging, error) ? g_steal_pointer (&staging) : NULL;
}

/* Makes the folders of @path below the staging folder and the file itself; -1 with errno. */
static int
create_file (const Staging *staging,
             const char *path)
{
  g_auto (GStrv) parts = g_strsplit (path, "/", -1);
  int fd = dup (staging->fd);
  int file_fd;
  int code;

  for (guint i = 0; fd >= 0 && parts[i + 1] != NULL; i++) {
    int next_fd;

    if (mkdirat (fd, parts[i], 0777) != 0 && errno != EEXIST)
      next_fd = -1;
    else
      next_fd = open_folder_at (fd, parts[i]);
    code = errno;
    close (fd);
    errno = code;
    fd = next_fd;
  }
  if (fd < 0)
    return -1;
  file_fd = openat (fd, parts[g_strv_length (parts) - 1], O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0666);
  code = errno;
  close (fd);
  errno = code;
  return file_fd;
}

static gboolean
begin_file (gpointer user_data,
            guint index,
            gboolean *wanted,
            GError **error)
{
  Unpacking *unpacking = user_data;
  const EmendPackMember *member = unpacking->check->members->pdata[index];

  unpacking->fd = create_file (unpacking->staging, member->path);
  if (unpacking->fd < 0) {
    emend_handoff_set_disk_error (error, member->path, errno);
    return FALSE;
  }
  unpacking->hasher = emend_hasher_new (EMEND_HASH_SHA256);
  return TRUE;
}

static gboolean
write_file (gpointer user_data,
            guint index,
            gconstpointer bytes,
            gsize size,
            GError **error)
{
  Unpacking *unpacking = user_data;
  const EmendPackMember *member = unpacking->check->members->pdata[index];
  const guint8 *next = bytes;
  gsize left = size;

  while (left > 0) {
    ssize_t written = write (unpacking->fd, next, left);

    if (written < 0 && errno == EINTR)
      continue;
    if (written < 0) {
      emend_handoff_set_disk_error (error, member->path, errno);
      return FALSE;
    }
    next += written;
    left -= (gsize) written;
  }
  emend_hasher_update (unpacking->hasher, bytes, size);
  return emend_work_advance (unpacking->work, size, error);
}

/* The pack was sound a moment ago; what comes out of it now must still be the same. */
static gboolean
end_file (gpointer user_data,
          guint index,
          gboolean is_whole,
          GError **error)
{
  Unpacking *unpacking = user_data;
  const EmendPackMember *member = unpacking->check->members->pdata[index];
  guint8 bytes[EMEND_HASH_MAX_SIZE];
  int status = close (unpacking->fd);

  unpacking->fd = -1;
  if (status != 0) {
    emend_handoff_set_disk_error (error, member->path, errno);
    return FALSE;
  }
  emend_hasher_finish (unpacking->hasher, bytes);
  g_clear_pointer (&unpacking->hasher, emend_hasher_free);
  if (!is_whole || memcmp (bytes, member->sha256.bytes, sizeof member->sha256.bytes) != 0) {
    g_set_error (error, EMEND_HANDOFF_ERROR, EMEND_HANDOFF_ERROR_REFUSED,
                 _ ("The file “%s” in the pack changed while it was being unpacked. Nothing was left behind; try "
                    "again."),
                 member->path);
    return FALSE;
  }
  return TRUE;
}

/* Files take whole blocks of the disk. */
static gboolean
has_room (const Staging *staging,
          GPtrArray *entries,
          GError **error)
{
  struct statvfs disk;
  guint64 needed = 0;

  if (fstatvfs (staging->folder_fd, &disk) != 0 || disk.f_bsize == 0)
    return TRUE;
  for (guint i = 0; i < entries->len; i++)
    needed += ((const EmendZipEntry *) entries->pdata[i])->size / disk.f_bsize * disk.f_bsize + disk.f_bsize;
  return emend_handoff_has_room (staging->folder_fd, needed, staging->folder, error);
}

static gboolean
unpack_files (EmendPackCheck *check,
              Staging *staging,
              EmendWork *work,
              GError **error)
{
  static const EmendArchiveVisitor visitor = { begin_file, write_file, end_file };
  Unpacking unpacking = { check, staging, work, NULL, -1 };
  gboolean is_done = emend_archive_visit (check->fd, check->facts->path, check->entries, check->facts->problems,
                                          &visitor, &unpacking, error);

  if (unpacking.fd >= 0)
    close (unpacking.fd);
  g_clear_pointer (&unpacking.hasher, emend_hasher_free);
  if (is_done && check->facts->problems->len > 0) {
    g_set_error_literal (error, EMEND_HANDOFF_ERROR, EMEND_HANDOFF_ERROR_REFUSED, check->facts->problems->pdata[0]);
    return FALSE;
  }
  return is_done;
}

/* Syncs what was written, and gives the folder its name in one step without replacing anything. */
static gboolean
staging_commit (Staging *staging,
                GError **error)
{
  struct stat status;
  int result;

  if (syncfs (staging->fd) != 0) {
    emend_handoff_set_disk_error (error, staging->name, errno);
    return FALSE;
  }
  result = renameat2 (staging->folder_fd, staging->part_name, staging->folder_fd, staging->name, RENAME_NOREPLACE);
  /* A file system without that flag: a folder that is not empty is never replaced. */
  if (result != 0 && errno == EINVAL) {
    if (fstatat (staging->folder_fd, staging->name, &status, AT_SYMLINK_NOFOLLOW) == 0)
      errno = EEXIST;
    else
      result = renameat (staging->folder_fd, staging->part_name, staging->folder_fd, staging->name);
  }
  if (result != 0 && (errno == EEXIST || errno == ENOTEMPTY)) {
    set_exists_error (staging, error);
    return FALSE;
  }
  if (result != 0) {
    emend_handoff_set_disk_error (error, staging->name, errno);
    return FALSE;
  }
  staging->is_ours = FALSE;
  if (fsync (staging->folder_fd) != 0)
    g_debug ("The folder could not be synced: %s", g_strerror (errno));
  return TRUE;
}

/* The file's name without what says that it is a pack. */
static char *
make_folder_name (const EmendPackCheck *check)
{
  static const char *const endings[] = { ".emend.zip", ".zip", NULL };
  g_autofree char *name = g_path_get_basename (check->facts->path);

  for (int i = 0; endings[i] != NULL; i++)
    if (g_str_has_suffix (name, endings[i]) && strlen (name) > strlen (endings[i]))
      return g_strndup (name, strlen (name) - strlen (endings[i]));
  /* Beside the pack itself, a folder of the same name would be in its way. */
  return g_strndup (check->top, strlen (check->top) - 1);
}

static gboolean
refuse_unsound (const EmendPackCheck *check,
                GError **error)
{
  g_autofree char *name = g_filename_display_name (check->facts->path);

  if (check->facts->problems->len == 0)
    return TRUE;
  g_set_error (error, EMEND_HANDOFF_ERROR, EMEND_HANDOFF_ERROR_REFUSED,
               /* TRANSLATORS: a file name, then a sentence that says why. */
               _ ("The pack “%s” was refused, and nothing was changed. %s"), name,
               (const char *) check->facts->problems->pdata[0]);
  return FALSE;
}

/**
 * emend_pack_unpack:
 * @path: a pack
 * @folder: an existing folder
 * @cancellable: (nullable): stops the work
 * @progress: (nullable): told how many bytes were read and written
 * @progress_data: for @progress
 * @error: EMEND_HANDOFF_ERROR_NOT_PACK, EMEND_HANDOFF_ERROR_REFUSED with the first problem,
 *   EMEND_HANDOFF_ERROR_EXISTS, EMEND_HANDOFF_ERROR_DISK, or G_IO_ERROR_CANCELLED
 *
 * Verifies a pack as emend_pack_verify() does, then writes its files to `.NAME.part` in @folder, where NAME
 * is the name of @path without `.emend.zip`, hashes them once more on the way, and renames that to NAME.
 * Nothing that was there before is replaced, and nothing stays behind after an error.
 * What comes out is the whole bag, so other programs can check it as well. Any thread but the main one.
 *
 * Returns: (transfer full) (nullable): path of the project in the new folder
 */
char *
emend_pack_unpack (const char *path,
                   const char *folder,
                   GCancellable *cancellable,
                   EmendProgressFunc progress,
                   gpointer progress_data,
                   GError **error)
{
  EmendWork work = { cancellable, progress, progress_data, 0, 0, 2 };
  g_autoptr (EmendPackCheck) check = emend_pack_check_run (path, NULL, &work, error);
  g_autofree char *name = NULL;
  g_autoptr (Staging) staging = NULL;

  if (check == NULL || !refuse_unsound (check, error))
    return NULL;
  name = make_folder_name (check);
  staging = staging_new (folder, name, error);
  if (staging == NULL || !has_room (staging, check->entries, error) || !unpack_files (check, staging, &work, error) ||
      !emend_work_advance (&work, 0, error) || !staging_commit (staging, error))
    return NULL;
  return g_build_filename (folder, name, EMEND_PACK_PROJECT, NULL);
}
