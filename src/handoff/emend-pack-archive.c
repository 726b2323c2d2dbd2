#define G_LOG_DOMAIN "emend-handoff"

#include "config.h"

#include "emend-pack-archive.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <locale.h>
#include <string.h>
#include <unistd.h>

#include <glib/gi18n-lib.h>

/*
 * The only place where libarchive is used, and only to get bytes out of files whose headers
 * emend-zip-directory.c accepted. libarchive must find the same files in the same order with the same
 * sizes: then two independent readers agree. It writes nothing.
 */

/* In the locale C, libarchive 3.6 gives no name for some entries and dies on others. */
#define ARCHIVE_LOCALE "C.UTF-8"
/* Small, as so much is read at the header of a file that is skipped. */
#define BLOCK_SIZE ((gsize) 32 * 1024)

/* After bytes that cannot be unpacked the reading starts again behind them, but not without end. */
#define RESTARTS_MAX 100

typedef struct archive EmendArchive;
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EmendArchive, archive_read_free)

typedef struct {
  int fd;
  const char *path;
  GPtrArray *entries;
  GPtrArray *problems;
  const EmendArchiveVisitor *visitor;
  gpointer user_data;
  guint next;
  gboolean lost; /* libarchive cannot go on from where it is */
} Visit;

static void
add_damaged (Visit *visit,
             guint index)
{
  const EmendZipEntry *entry = visit->entries->pdata[index];

  emend_problems_add_for (visit->problems, entry->name,
                          _ ("“%s” in the pack is damaged: its bytes are not those that were packed."));
}

/* Opens nothing but a zip archive with a directory: other readers of libarchive guess. */
static EmendArchive *
open_archive (const Visit *visit,
              GError **error)
{
  g_autoptr (EmendArchive) archive = archive_read_new ();

  if (archive == NULL || lseek (visit->fd, 0, SEEK_SET) != 0) {
    emend_handoff_set_read_error (error, visit->path, archive == NULL ? ENOMEM : errno);
    return NULL;
  }
  if (archive_read_support_format_zip_seekable (archive) != ARCHIVE_OK ||
      archive_read_open_fd (archive, visit->fd, BLOCK_SIZE) != ARCHIVE_OK) {
    int code = archive_errno (archive);

    emend_handoff_set_read_error (error, visit->path, code > 0 ? code : EIO);
    return NULL;
  }
  return g_steal_pointer (&archive);
}

/* Whether libarchive sees the file that the directory names at this place. */
static gboolean
is_expected (struct archive_entry *found,
             const EmendZipEntry *entry)
{
  const char *name = archive_entry_pathname_utf8 (found);
  unsigned int type = archive_entry_filetype (found);

  if (name == NULL || strcmp (name, entry->name) != 0)
    return FALSE;
  if (entry->is_folder)
    return type == AE_IFDIR;
  if (archive_entry_hardlink (found) != NULL || archive_entry_symlink (found) != NULL)
    return FALSE;
  return type == AE_IFREG && (!archive_entry_size_is_set (found) ||
                              archive_entry_size (found) == (la_int64_t) entry->size);
}

/* Gives the bytes of one file on. FALSE with an error only when the visitor has one. */
static gboolean
visit_data (Visit *visit,
            EmendArchive *archive,
            gboolean *is_whole,
            GError **error)
{
  const EmendZipEntry *entry = visit->entries->pdata[visit->next];
  guint64 count = 0;
  int status;

  *is_whole = FALSE;
  for (;;) {
    const void *bytes = NULL;
    size_t size = 0;
    la_int64_t offset = 0;

    status = archive_read_data_block (archive, &bytes, &size, &offset);
    if (status != ARCHIVE_OK)
      break;
    if (size == 0)
      continue;
    if (offset < 0 || (guint64) offset != count || size > entry->size - count) {
      visit->lost = TRUE;
      return TRUE;
    }
    if (!visit->visitor->data (visit->user_data, visit->next, bytes, size, error))
      return FALSE;
    count += size;
  }
  *is_whole = status == ARCHIVE_EOF && count == entry->size;
  visit->lost = status != ARCHIVE_EOF && status != ARCHIVE_WARN;
  return TRUE;
}

static gboolean
visit_entry (Visit *visit,
             EmendArchive *archive,
             GError **error)
{
  const EmendZipEntry *entry = visit->entries->pdata[visit->next];
  gboolean wanted = !entry->is_folder;
  gboolean is_whole = FALSE;

  if (wanted && visit->visitor->begin != NULL &&
      !visit->visitor->begin (visit->user_data, visit->next, &wanted, error))
    return FALSE;
  if (wanted) {
    if (!visit_data (visit, archive, &is_whole, error))
      return FALSE;
    if (!is_whole)
      add_damaged (visit, visit->next);
    if (!visit->visitor->end (visit->user_data, visit->next, is_whole, error))
      return FALSE;
  }
  visit->next++;
  return TRUE;
}

/* Reads from the first file that was not visited yet, to the end or to bytes that cannot be unpacked. */
static gboolean
visit_rest (Visit *visit,
            GError **error)
{
  g_autoptr (EmendArchive) archive = open_archive (visit, error);

  if (archive == NULL)
    return FALSE;
  visit->lost = FALSE;
  for (guint i = 0; i < visit->entries->len && !visit->lost; i++) {
    struct archive_entry *found = NULL;
    int status = archive_read_next_header (archive, &found);

    if (status != ARCHIVE_OK || !is_expected (found, visit->entries->pdata[i])) {
      add_damaged (visit, i);
      visit->next = visit->entries->len;
      return TRUE;
    }
    if (i == visit->next && !visit_entry (visit, archive, error))
      return FALSE;
  }
  if (!visit->lost) {
    struct archive_entry *found = NULL;

    if (archive_read_next_header (archive, &found) != ARCHIVE_EOF)
      emend_problems_add (visit->problems, _ ("The archive has more files than its directory says."));
  }
  return TRUE;
}

/**
 * emend_archive_visit:
 * @fd: a zip archive; its position is changed
 * @path: its name, for messages
 * @entries: (element-type EmendZipEntry): what emend_zip_directory_read() found without a problem
 * @problems: (element-type utf8): gets what is damaged
 * @visitor: gets the files, in the order of @entries, folders left out
 * @user_data: for @visitor
 * @error: EMEND_HANDOFF_ERROR_DISK, or what @visitor sets
 *
 * Unpacks an archive in memory, piece by piece.
 *
 * Returns: whether the reading came to its end; look at @problems then
 */
gboolean
emend_archive_visit (int fd,
                     const char *path,
                     GPtrArray *entries,
                     GPtrArray *problems,
                     const EmendArchiveVisitor *visitor,
                     gpointer user_data,
                     GError **error)
{
  Visit visit = { fd, path, entries, problems, visitor, user_data };
  locale_t utf8 = newlocale (LC_CTYPE_MASK, ARCHIVE_LOCALE, (locale_t) 0);
  locale_t before;
  gboolean went_on = TRUE;

  if (utf8 == (locale_t) 0) {
    g_set_error_literal (error, EMEND_HANDOFF_ERROR, EMEND_HANDOFF_ERROR_DISK,
                         _ ("This system has no locale “C.UTF-8”, which is needed to read packs."));
    return FALSE;
  }
  before = uselocale (utf8);
  for (int i = 0; i < RESTARTS_MAX && went_on && visit.next < entries->len; i++)
    went_on = visit_rest (&visit, error);
  uselocale (before);
  freelocale (utf8);
  if (went_on && visit.next < entries->len)
    emend_problems_add (problems, _ ("So many files in the pack are damaged that the others were not looked at."));
  return went_on;
}
