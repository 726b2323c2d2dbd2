#define G_LOG_DOMAIN "emend-handoff"

#include "config.h"

#include "emend-pack-check.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <glib/gi18n-lib.h>

#include "emend-pack-archive.h"
#include "emend-pack-name.h"
#include "emend-private-folder.h"

/* Texts of a bag that are read into memory: bagit.txt and bag-info.txt, and a manifest for each file of the archive;
 * a line of it has a SHA-512 and a path in which every character may be encoded. */
#define TEXT_MAX ((gsize) 1024 * 1024)
#define MANIFEST_LINE_MAX ((gsize) 1024)
#define HASH_BLOCK ((gsize) 128 * 1024)

/* The hash of the whole archive is computed on another thread while the files in it are read. */
typedef struct {
  int fd;
  guint64 size;
  GCancellable *cancellable;
  char *sha256;
  int code;
} WholeHash;

/* The reading of all files, for emend_archive_visit(). */
typedef struct {
  EmendPackCheck *check;
  EmendWork *work;
  EmendHasher *sha256;
  EmendHasher *sha512;
  gboolean wants_512;
  int project_fd;
  const char *project_path;
} Reading;

static void
free_member (gpointer data)
{
  EmendPackMember *member = data;

  g_free (member->sha512);
  if (member->text != NULL)
    g_byte_array_unref (member->text);
  g_free (member);
}

static gpointer
whole_hash_worker (gpointer data)
{
  WholeHash *whole = data;
  g_autoptr (EmendHasher) hasher = emend_hasher_new (EMEND_HASH_SHA256);
  g_autofree guint8 *buffer = g_malloc (HASH_BLOCK);

  for (guint64 done = 0; done < whole->size; done += HASH_BLOCK) {
    gsize size = (gsize) MIN (whole->size - done, HASH_BLOCK);

    if (g_cancellable_is_cancelled (whole->cancellable))
      return NULL;
    if (!emend_handoff_read_at (whole->fd, buffer, size, done)) {
      whole->code = errno != 0 ? errno : EIO;
      return NULL;
    }
    emend_hasher_update (hasher, buffer, size);
  }
  whole->sha256 = emend_hasher_finish_hex (hasher);
  return NULL;
}

static gboolean
open_pack (EmendPackCheck *check,
           struct stat *status,
           GError **error)
{
  const char *path = check->facts->path;

  check->fd = open (path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
  if (check->fd < 0 || fstat (check->fd, status) != 0) {
    emend_handoff_set_read_error (error, path, errno);
    return FALSE;
  }
  if (!S_ISREG (status->st_mode)) {
    g_autofree char *name = g_filename_display_name (path);

    g_set_error (error, EMEND_HANDOFF_ERROR, EMEND_HANDOFF_ERROR_NOT_PACK,
                 _ ("“%s” is not a file, so it is no pack."), name);
    return FALSE;
  }
  return TRUE;
}

/* The text before the first slash, the same for all; NULL when there is none. */
static char *
find_top (GPtrArray *entries)
{
  const EmendZipEntry *first = entries->len > 0 ? entries->pdata[0] : NULL;
  const char *slash = first != NULL ? strchr (first->name, '/') : NULL;
  g_autofree char *top = slash != NULL ? g_strndup (first->name, (gsize) (slash + 1 - first->name)) : NULL;

  for (guint i = 0; top != NULL && i < entries->len; i++)
    if (!g_str_has_prefix (((const EmendZipEntry *) entries->pdata[i])->name, top))
      return NULL;
  return g_steal_pointer (&top);
}

/* Says what is wrong with a name; the slash at the end of a folder's is not. */
static void
check_name (EmendPackCheck *check,
            EmendNameSet *names,
            const EmendZipEntry *entry,
            const char *path)
{
  g_autofree char *name = g_strdup (path);
  const char *problem;

  if (entry->is_folder && name[0] != '\0')
    name[strlen (name) - 1] = '\0';
  if (entry->is_folder && name[0] == '\0')
    return;
  problem = emend_pack_name_check (name);
  if (problem == NULL && !entry->is_folder && !emend_name_set_add (names, name))
    problem = _ ("The name “%s” in the pack differs from another only in case or spelling, or is a folder elsewhere.");
  if (problem != NULL)
    emend_problems_add_for (check->facts->problems, entry->name, problem);
}

/* How large a text of the bag may be that is to be read into memory; 0 for a file that is not. */
static guint64
get_text_limit (const EmendPackCheck *check,
                const EmendPackMember *member,
                const char *algorithm)
{
  EmendHashKind hash;

  if (strcmp (member->path, EMEND_BAG_DECLARATION) == 0 || strcmp (member->path, EMEND_BAG_INFO) == 0)
    return TEXT_MAX;
  if (algorithm == NULL || !emend_bag_algorithm_to_kind (algorithm, &hash))
    return 0;
  return TEXT_MAX + check->entries->len * MANIFEST_LINE_MAX;
}

/* Makes a member of each entry, checks the names, and counts the payload. */
static void
make_members (EmendPackCheck *check)
{
  g_autoptr (EmendNameSet) names = emend_name_set_new ();
  gsize top_length = check->top != NULL ? strlen (check->top) : 0;
  g_autofree char *top = g_strndup (check->top != NULL ? check->top : "", top_length > 0 ? top_length - 1 : 0);

  if (check->top == NULL)
    emend_problems_add (check->facts->problems, _ ("The files in the archive do not have one folder in common."));
  else if (emend_pack_name_check (top) != NULL)
    emend_problems_add_for (check->facts->problems, top, emend_pack_name_check (top));
  for (guint i = 0; i < check->entries->len; i++) {
    const EmendZipEntry *entry = check->entries->pdata[i];
    EmendPackMember *member = g_new0 (EmendPackMember, 1);
    g_autofree char *algorithm = NULL;

    member->path = entry->name + top_length;
    member->kind = emend_bag_get_file_kind (member->path, &algorithm);
    g_ptr_array_add (check->members, member);
    check_name (check, names, entry, member->path);
    if (entry->is_folder)
      continue;
    g_hash_table_insert (check->by_path, (gpointer) member->path, member);
    if (member->kind != EMEND_BAG_FILE_PAYLOAD) {
      guint64 limit = get_text_limit (check, member, algorithm);

      member->has_text = entry->size <= limit && limit > 0;
      if (entry->size > limit && limit > 0)
        emend_problems_add_for (check->facts->problems, entry->name,
                                _ ("The text file “%s” in the pack is too large."));
      continue;
    }
    check->facts->n_files++;
    check->facts->n_bytes += entry->size;
  }
}

/* The hash of a file whose bytes are proven; NULL for one that is to be read. */
static const EmendDigest *
find_proven (const EmendPackCheck *check,
             guint index)
{
  const EmendPackMember *member = check->members->pdata[index];
  const EmendZipEntry *entry = check->entries->pdata[index];

  if (check->proof == NULL || member->kind != EMEND_BAG_FILE_PAYLOAD || strcmp (member->path, EMEND_PACK_PROJECT) == 0)
    return NULL;
  return g_hash_table_lookup (check->proof->digests, entry->name);
}

static gboolean
begin_member (gpointer user_data,
              guint index,
              gboolean *wanted,
              GError **error)
{
  Reading *reading = user_data;
  EmendPackMember *member = reading->check->members->pdata[index];
  const EmendZipEntry *entry = reading->check->entries->pdata[index];
  const EmendDigest *proven = find_proven (reading->check, index);

  *wanted = proven == NULL;
  if (proven != NULL) {
    member->sha256 = *proven;
    member->is_whole = TRUE;
    return emend_work_advance (reading->work, 0, error);
  }
  reading->sha256 = emend_hasher_new (EMEND_HASH_SHA256);
  if (reading->wants_512)
    reading->sha512 = emend_hasher_new (EMEND_HASH_SHA512);
  if (member->has_text)
    member->text = g_byte_array_new ();
  return strcmp (member->path, EMEND_PACK_PROJECT) != 0 ||
         emend_handoff_has_room (reading->project_fd, entry->size, reading->project_path, error);
}

static gboolean
write_project (Reading *reading,
               const guint8 *bytes,
               gsize size,
               GError **error)
{
  while (size > 0) {
    ssize_t written = write (reading->project_fd, bytes, size);

    if (written < 0 && errno == EINTR)
      continue;
    if (written < 0) {
      emend_handoff_set_disk_error (error, reading->project_path, errno);
      return FALSE;
    }
    bytes += written;
    size -= (gsize) written;
  }
  return TRUE;
}

static gboolean
read_member (gpointer user_data,
             guint index,
             gconstpointer bytes,
             gsize size,
             GError **error)
{
  Reading *reading = user_data;
  const EmendPackMember *member = reading->check->members->pdata[index];

  emend_hasher_update (reading->sha256, bytes, size);
  if (reading->sha512 != NULL)
    emend_hasher_update (reading->sha512, bytes, size);
  if (member->text != NULL)
    g_byte_array_append (member->text, bytes, (guint) size);
  if (strcmp (member->path, EMEND_PACK_PROJECT) == 0 && !write_project (reading, bytes, size, error))
    return FALSE;
  return emend_work_advance (reading->work, size, error);
}

static gboolean
end_member (gpointer user_data,
            guint index,
            gboolean is_whole,
            GError **error)
{
  Reading *reading = user_data;
  EmendPackMember *member = reading->check->members->pdata[index];
  guint8 bytes[EMEND_HASH_MAX_SIZE];

  member->is_whole = is_whole;
  if (is_whole) {
    emend_hasher_finish (reading->sha256, bytes);
    memcpy (member->sha256.bytes, bytes, sizeof member->sha256.bytes);
  }
  if (is_whole && reading->sha512 != NULL)
    member->sha512 = emend_hasher_finish_hex (reading->sha512);
  g_clear_pointer (&reading->sha256, emend_hasher_free);
  g_clear_pointer (&reading->sha512, emend_hasher_free);
  return emend_work_advance (reading->work, 0, error);
}

/* Reads all files, and leaves a copy of the project inside at @project_path. */
static gboolean
read_members (EmendPackCheck *check,
              const char *project_path,
              EmendWork *work,
              GError **error)
{
  static const EmendArchiveVisitor visitor = { begin_member, read_member, end_member };
  Reading reading = { check, work, NULL, NULL, FALSE, -1, project_path };
  gboolean is_read;

  for (guint i = 0; i < check->members->len; i++) {
    const EmendPackMember *member = check->members->pdata[i];

    reading.wants_512 = reading.wants_512 || strcmp (member->path, "manifest-sha512.txt") == 0 ||
                        strcmp (member->path, "tagmanifest-sha512.txt") == 0;
  }
  reading.project_fd = open (project_path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (reading.project_fd < 0) {
    emend_handoff_set_disk_error (error, project_path, errno);
    return FALSE;
  }
  is_read = emend_archive_visit (check->fd, check->facts->path, check->entries, check->facts->problems, &visitor,
                                 &reading, error);
  close (reading.project_fd);
  g_clear_pointer (&reading.sha256, emend_hasher_free);
  g_clear_pointer (&reading.sha512, emend_hasher_free);
  return is_read;
}

/* Reads the files, checks them as a bag, and opens the project that is among them. */
static gboolean
check_content (EmendPackCheck *check,
               EmendWork *work,
               GError **error)
{
  g_autoptr (EmendPrivateFolder) folder = emend_private_folder_new (error);
  g_autofree char *project_path = NULL;

  if (folder == NULL)
    return FALSE;
  project_path = g_build_filename (emend_private_folder_get_path (folder), EMEND_PRIVATE_PROJECT, NULL);
  return read_members (check, project_path, work, error) && emend_pack_check_bag (check, error) &&
         emend_pack_check_project (check, project_path, work, error);
}

/* Bytes of the files that are to be read. */
static guint64
sum_sizes (const EmendPackCheck *check)
{
  guint64 sum = 0;

  for (guint i = 0; i < check->entries->len; i++)
    if (find_proven (check, i) == NULL)
      sum += ((const EmendZipEntry *) check->entries->pdata[i])->size;
  return sum;
}

static gboolean
check_all (EmendPackCheck *check,
           EmendWork *work,
           GError **error)
{
  check->entries = emend_zip_directory_read (check->fd, check->facts->path, check->facts->problems, work->cancellable,
                                             error);
  if (check->entries == NULL)
    return FALSE;
  gboolean is_sound = check->facts->problems->len == 0;

  check->top = find_top (check->entries);
  make_members (check);
  work->total = MAX (work->total, work->done + work->n_passes * sum_sizes (check));
  if (!g_hash_table_contains (check->by_path, EMEND_BAG_DECLARATION)) {
    g_autofree char *name = g_filename_display_name (check->facts->path);

    if (is_sound) {
      g_set_error (error, EMEND_HANDOFF_ERROR, EMEND_HANDOFF_ERROR_NOT_PACK,
                   _ ("“%s” is a zip archive, but no pack: there is no folder with a file “bagit.txt” and an Emend "
                      "project in it."),
                   name);
      return FALSE;
    }
    return TRUE;
  }
  /* What contradicts itself is not read any further. */
  return !is_sound || check_content (check, work, error);
}

/* Hashes the whole archive beside the checking. */
static gboolean
check_and_hash (EmendPackCheck *check,
                guint64 size,
                EmendWork *work,
                GError **error)
{
  g_autoptr (GCancellable) stop = g_cancellable_new ();
  WholeHash whole = { .fd = check->fd, .size = size, .cancellable = stop };
  GThread *thread = g_thread_new ("pack-hash", whole_hash_worker, &whole);
  gboolean is_pack = check_all (check, work, error);

  if (!is_pack)
    g_cancellable_cancel (stop);
  g_thread_join (thread);
  check->facts->sha256 = whole.sha256;
  if (is_pack && whole.sha256 == NULL)
    emend_handoff_set_read_error (error, check->facts->path, whole.code);
  return is_pack && whole.sha256 != NULL;
}

/**
 * emend_pack_check_run:
 * @path: an archive
 * @proof: (nullable): what is proven of its bytes; %NULL for one that comes from anywhere
 * @work: gets how far the reading is, in bytes of files
 * @error: EMEND_HANDOFF_ERROR_NOT_PACK, EMEND_HANDOFF_ERROR_DISK, or G_IO_ERROR_CANCELLED
 *
 * Reads and checks everything in a pack. Writes nothing but a copy of the project inside, in a private
 * folder for temporary files, and removes that.
 *
 * Returns: (transfer full) (nullable): what was found; sound when its facts have no problems
 */
EmendPackCheck *
emend_pack_check_run (const char *path,
                      const EmendPackProof *proof,
                      EmendWork *work,
                      GError **error)
{
  g_autoptr (EmendPackCheck) check = g_new0 (EmendPackCheck, 1);
  struct stat status;

  check->facts = g_new0 (EmendPackFacts, 1);
  check->facts->path = g_strdup (path);
  check->facts->problems = g_ptr_array_new_with_free_func (g_free);
  check->members = g_ptr_array_new_with_free_func (free_member);
  check->by_path = g_hash_table_new (g_str_hash, g_str_equal);
  if (!open_pack (check, &status, error))
    return NULL;
  check->proof = proof;
  if (proof != NULL)
    check->facts->sha256 = g_strdup (proof->sha256);
  if (proof != NULL ? !check_all (check, work, error) : !check_and_hash (check, (guint64) status.st_size, work, error))
    return NULL;
  check->proof = NULL;
  return g_steal_pointer (&check);
}

/**
 * emend_pack_check_free:
 * @check: (transfer full): a pack that was looked at
 */
void
emend_pack_check_free (EmendPackCheck *check)
{
  if (check->fd > 0)
    close (check->fd);
  g_clear_pointer (&check->facts, emend_pack_facts_free);
  g_clear_pointer (&check->by_path, g_hash_table_unref);
  g_clear_pointer (&check->members, g_ptr_array_unref);
  g_clear_pointer (&check->entries, g_ptr_array_unref);
  g_free (check->top);
  g_free (check);
}
