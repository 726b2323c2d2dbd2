#define G_LOG_DOMAIN "emend-handoff"

#include "config.h"

#include "emend-zip-directory.h"

#include <inttypes.h>
#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include <glib/gi18n-lib.h>

#include "emend-handoff-types.h"

/*
 * Readers of zip archives differ: some believe the directory at the end, some the header in front of
 * each file, some search for either. A pack must mean the same to all of them, so this accepts only archives
 * that leave no choice: one directory, right at the end; the headers say the same as the directory; the files
 * lie one behind the other from the first byte on, without a gap, an overlap or anything behind.
 */

#define DIRECTORY_MAX ((gsize) 512 * 1024 * 1024)
#define VALUE_32_IN_EXTRA G_MAXUINT32

typedef struct {
  int fd;
  const char *path;
  guint64 file_size;
  guint64 n_entries;
  guint64 start;
  guint64 size;
} Directory;

static guint16
get_16 (const guint8 *p)
{
  return (guint16) (p[0] | p[1] << 8);
}

static guint32
get_32 (const guint8 *p)
{
  return (guint32) get_16 (p) | (guint32) get_16 (p + 2) << 16;
}

static guint64
get_64 (const guint8 *p)
{
  return (guint64) get_32 (p) | (guint64) get_32 (p + 4) << 32;
}

static void
free_entry (gpointer data)
{
  EmendZipEntry *entry = data;

  g_free (entry->name);
  g_free (entry);
}

static gboolean
fail_not_archive (const Directory *directory,
                  GError **error)
{
  g_autofree char *name = g_filename_display_name (directory->path);

  g_set_error (error, EMEND_HANDOFF_ERROR, EMEND_HANDOFF_ERROR_NOT_PACK,
               _ ("“%s” is not a whole zip archive: there is no sound directory at its end. It was cut off, changed, "
                  "or is something else."),
               name);
  return FALSE;
}

static gboolean
read_at (const Directory *directory,
         guint8 *bytes,
         gsize size,
         guint64 offset,
         GError **error)
{
  if (emend_handoff_read_at (directory->fd, bytes, size, offset))
    return TRUE;
  if (errno == 0)
    return fail_not_archive (directory, error);
  emend_handoff_set_read_error (error, directory->path, errno);
  return FALSE;
}

/* 4.3.14 and 4.3.15: the directory's end in archives that are large or have many files. */
static gboolean
find_directory_64 (Directory *directory,
                   const guint8 *locator,
                   GError **error)
{
  guint8 end[EMEND_ZIP_END64_SIZE];
  guint64 offset = get_64 (locator + 8);

  if (directory->file_size < EMEND_ZIP_END_SIZE + EMEND_ZIP_LOCATOR_SIZE + EMEND_ZIP_END64_SIZE ||
      offset != directory->file_size - EMEND_ZIP_END_SIZE - EMEND_ZIP_LOCATOR_SIZE - EMEND_ZIP_END64_SIZE ||
      get_32 (locator + 4) != 0 || get_32 (locator + 16) != 1)
    return fail_not_archive (directory, error);
  if (!read_at (directory, end, sizeof end, offset, error))
    return FALSE;
  if (get_32 (end) != EMEND_ZIP_END64 || get_64 (end + 4) != EMEND_ZIP_END64_SIZE - 12 || get_32 (end + 16) != 0 ||
      get_32 (end + 20) != 0 || get_64 (end + 24) != get_64 (end + 32))
    return fail_not_archive (directory, error);
  directory->n_entries = get_64 (end + 32);
  directory->size = get_64 (end + 40);
  directory->start = get_64 (end + 48);
  return directory->size <= offset &&
             directory->start == offset - directory->size ?
           TRUE :
           fail_not_archive (directory, error);
}

/* What the short end says must be the same, or all ones. */
static gboolean
agrees (const guint8 *end,
        const Directory *directory)
{
  guint16 count = get_16 (end + 10);
  guint32 size = get_32 (end + 12);
  guint32 start = get_32 (end + 16);

  return (count == G_MAXUINT16 || count == directory->n_entries) && (size == G_MAXUINT32 || size == directory->size) &&
         (start == G_MAXUINT32 || start == directory->start);
}

/* 4.3.16 */
static gboolean
find_directory (Directory *directory,
                GError **error)
{
  guint8 end[EMEND_ZIP_LOCATOR_SIZE + EMEND_ZIP_END_SIZE] = { 0 };
  guint8 *last = end + EMEND_ZIP_LOCATOR_SIZE;
  gsize size = (gsize) MIN (directory->file_size, sizeof end);

  if (directory->file_size < EMEND_ZIP_END_SIZE)
    return fail_not_archive (directory, error);
  if (!read_at (directory, end + sizeof end - size, size, directory->file_size - size, error))
    return FALSE;
  if (get_32 (last) != EMEND_ZIP_END || get_16 (last + 20) != 0 || get_16 (last + 4) != 0 || get_16 (last + 6) != 0 ||
      get_16 (last + 8) != get_16 (last + 10))
    return fail_not_archive (directory, error);
  if (get_32 (end) == EMEND_ZIP_LOCATOR) {
    if (!find_directory_64 (directory, end, error))
      return FALSE;
    return agrees (last, directory) ? TRUE : fail_not_archive (directory, error);
  }
  directory->n_entries = get_16 (last + 10);
  directory->size = get_32 (last + 12);
  directory->start = get_32 (last + 16);
  if (directory->start + directory->size != directory->file_size - EMEND_ZIP_END_SIZE)
    return fail_not_archive (directory, error);
  return TRUE;
}

/* Takes the next 64-bit value from a zip64 extra where the 32-bit one says so (4.5.3). */
static gboolean
take_64 (guint64 *value,
         const guint8 **next,
         const guint8 *end)
{
  if (*value != VALUE_32_IN_EXTRA)
    return TRUE;
  if (end - *next < 8)
    return FALSE;
  *value = get_64 (*next);
  *next += 8;
  return TRUE;
}

/* Reads the extra fields of a header; FALSE when they can be understood in more than one way. */
static gboolean
read_extra (const guint8 *extra,
            gsize length,
            EmendZipEntry *entry)
{
  const guint8 *end = extra + length;
  gboolean has_64 = FALSE;

  while (extra < end) {
    if (end - extra < 4 || get_16 (extra + 2) > end - extra - 4)
      return FALSE;
    guint16 id = get_16 (extra);
    const guint8 *field = extra + 4;
    const guint8 *field_end = field + get_16 (extra + 2);

    if (id == EMEND_ZIP_EXTRA_UNICODE_PATH || (id == EMEND_ZIP_EXTRA_64 && has_64))
      return FALSE;
    if (id == EMEND_ZIP_EXTRA_64) {
      has_64 = TRUE;
      if (!take_64 (&entry->size, &field, field_end) || !take_64 (&entry->packed_size, &field, field_end) ||
          !take_64 (&entry->offset, &field, field_end))
        return FALSE;
    }
    extra = field_end;
  }
  return has_64 || (entry->size != VALUE_32_IN_EXTRA && entry->packed_size != VALUE_32_IN_EXTRA &&
                    entry->offset != VALUE_32_IN_EXTRA);
}

/* Whether the attributes say: a file or a folder, nothing else. Made by Unix or macOS, they hold the mode. */
static gboolean
is_plain (const guint8 *central,
          EmendZipEntry *entry)
{
  guint8 host = central[5];
  guint32 attributes = get_32 (central + 38);
  guint32 type = host == 3 || host == 19 ? attributes >> 16 & S_IFMT : 0;

  entry->is_folder = g_str_has_suffix (entry->name, "/");
  if (type != 0)
    return type == (guint32) (entry->is_folder ? S_IFDIR : S_IFREG);
  return ((attributes & 0x10) != 0) == entry->is_folder || host == 3;
}

static gboolean
is_ascii (const char *text)
{
  while (*text != '\0')
    if ((guchar) *text++ >= 0x80)
      return FALSE;
  return TRUE;
}

/* Why an entry cannot be used, a sentence with one %s; or %NULL. */
static const char *
check_entry (const guint8 *central,
             EmendZipEntry *entry)
{
  if ((entry->flags & ~(EMEND_ZIP_FLAG_DESCRIPTOR | EMEND_ZIP_FLAG_UTF8 | 0x0006)) != 0)
    return _ ("The file “%s” in the pack is encrypted or patched, which packs never are.");
  if (entry->method != EMEND_ZIP_STORED && entry->method != EMEND_ZIP_DEFLATED)
    return _ ("The file “%s” in the pack is compressed in a way that packs never are.");
  if (!is_plain (central, entry))
    return _ ("“%s” in the pack is no regular file but a link, a device or the like.");
  if (entry->is_folder && (entry->size > 0 || entry->packed_size > 2))
    return _ ("The folder “%s” in the pack has bytes of its own.");
  if ((entry->flags & EMEND_ZIP_FLAG_UTF8) == 0 && !is_ascii (entry->name))
    return _ ("The name “%s” in the pack is not marked as UTF-8.");
  if (entry->method == EMEND_ZIP_STORED && entry->size != entry->packed_size)
    return _ ("The file “%s” in the pack is stored with two different sizes.");
  if (entry->size > EMEND_ZIP_RATIO_FLOOR && entry->size / EMEND_ZIP_RATIO_MAX > entry->packed_size)
    return _ ("The file “%s” in the pack grows more than 200 times when it is unpacked: it was made to fill the disk.");
  return NULL;
}

/* Whether the header as Emend writes it is what stands in the archive; takes @header. */
static gboolean
is_same (GByteArray *header,
         const guint8 *bytes,
         gsize size)
{
  g_autoptr (GByteArray) canonical = header;

  return canonical->len == size && memcmp (canonical->data, bytes, size) == 0;
}

/* 4.3.12; @used gets the record's size. NULL when it is none. */
static EmendZipEntry *
parse_central (const guint8 *p,
               guint64 left,
               gsize *used,
               GPtrArray *problems)
{
  EmendZipEntry *entry;
  const char *problem;
  gsize name_length;
  gsize extra_length;

  if (left < EMEND_ZIP_CENTRAL_SIZE || get_32 (p) != EMEND_ZIP_CENTRAL)
    return NULL;
  name_length = get_16 (p + 28);
  extra_length = get_16 (p + 30);
  *used = EMEND_ZIP_CENTRAL_SIZE + name_length + extra_length + get_16 (p + 32);
  if (*used > left || name_length == 0 || memchr (p + EMEND_ZIP_CENTRAL_SIZE, '\0', name_length) != NULL ||
      get_16 (p + 34) != 0)
    return NULL;
  entry = g_new0 (EmendZipEntry, 1);
  entry->name = g_strndup ((const char *) p + EMEND_ZIP_CENTRAL_SIZE, name_length);
  entry->flags = get_16 (p + 8);
  entry->method = get_16 (p + 10);
  entry->crc = get_32 (p + 16);
  entry->packed_size = get_32 (p + 20);
  entry->size = get_32 (p + 24);
  entry->offset = get_32 (p + 42);
  if (read_extra (p + EMEND_ZIP_CENTRAL_SIZE + name_length, extra_length, entry))
    problem = check_entry (p, entry);
  else
    problem = _ ("The directory says something about “%s” in the pack that can be understood in two ways.");
  if (problem != NULL)
    emend_problems_add_for (problems, entry->name, problem);
  entry->is_canonical = is_same (emend_zip_make_central_header (entry), p, *used);
  return entry;
}

static GPtrArray *
parse_directory (const Directory *directory,
                 GPtrArray *problems,
                 GError **error)
{
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func (free_entry);
  g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);
  g_autofree guint8 *bytes = NULL;
  guint64 position = 0;

  if (directory->size > DIRECTORY_MAX || directory->n_entries > EMEND_ZIP_ENTRIES_MAX ||
      directory->n_entries * EMEND_ZIP_CENTRAL_SIZE > directory->size) {
    emend_problems_add (problems,
                        ngettext ("The archive says that it has %" PRIu64 " file, which cannot be.",
                                  "The archive says that it has %" PRIu64 " files, which cannot be.",
                                  directory->n_entries),
                        directory->n_entries);
    return g_steal_pointer (&entries);
  }
  bytes = g_try_malloc ((gsize) directory->size + 1);
  if (bytes == NULL) {
    emend_handoff_set_read_error (error, directory->path, ENOMEM);
    return NULL;
  }
  if (!read_at (directory, bytes, (gsize) directory->size, directory->start, error))
    return NULL;
  for (guint64 i = 0; i < directory->n_entries; i++) {
    gsize used = 0;
    EmendZipEntry *entry = parse_central (bytes + position, directory->size - position, &used, problems);

    if (entry == NULL)
      break;
    g_ptr_array_add (entries, entry);
    if (!g_hash_table_add (names, entry->name))
      emend_problems_add_for (problems, entry->name, _ ("The name “%s” is in the pack more than once."));
    position += used;
  }
  if (entries->len != directory->n_entries || position != directory->size)
    emend_problems_add (problems, _ ("The directory of the archive does not have the files that it says it has."));
  return g_steal_pointer (&entries);
}

static int
compare_offsets (gconstpointer a,
                 gconstpointer b)
{
  const EmendZipEntry *x = *(EmendZipEntry *const *) a;
  const EmendZipEntry *y = *(EmendZipEntry *const *) b;

  return x->offset < y->offset ? -1 : x->offset > y->offset;
}

/* Whether the sizes in a local header are those of the directory; behind the data there may be more. */
static gboolean
sizes_agree (const EmendZipEntry *local,
             const EmendZipEntry *entry)
{
  if (local->crc == entry->crc && local->size == entry->size && local->packed_size == entry->packed_size)
    return TRUE;
  return (entry->flags & EMEND_ZIP_FLAG_DESCRIPTOR) != 0 && (local->crc == 0 || local->crc == entry->crc) &&
         (local->size == 0 || local->size == entry->size) &&
         (local->packed_size == 0 || local->packed_size == entry->packed_size);
}

/* 4.3.7 compared with what the directory says. The header fits in @limit, the start of what comes next. */
static gboolean
check_local (const Directory *directory,
             EmendZipEntry *entry,
             guint64 limit)
{
  guint8 fixed[EMEND_ZIP_LOCAL_SIZE];
  g_autofree guint8 *header = NULL;
  const guint8 *rest;
  EmendZipEntry local = { 0 };
  gsize name_length;
  gsize extra_length;
  gsize size;

  if (limit - entry->offset < EMEND_ZIP_LOCAL_SIZE ||
      !emend_handoff_read_at (directory->fd, fixed, sizeof fixed, entry->offset) ||
      get_32 (fixed) != EMEND_ZIP_LOCAL)
    return FALSE;
  name_length = get_16 (fixed + 26);
  extra_length = get_16 (fixed + 28);
  if (limit - entry->offset - EMEND_ZIP_LOCAL_SIZE < name_length + extra_length || name_length != strlen (entry->name))
    return FALSE;
  size = EMEND_ZIP_LOCAL_SIZE + name_length + extra_length;
  header = g_malloc (size);
  if (!emend_handoff_read_at (directory->fd, header, size, entry->offset))
    return FALSE;
  rest = header + EMEND_ZIP_LOCAL_SIZE;
  local.crc = get_32 (header + 14);
  local.packed_size = get_32 (header + 18);
  local.size = get_32 (header + 22);
  if (!read_extra (rest + name_length, extra_length, &local))
    return FALSE;
  entry->data_offset = entry->offset + size;
  entry->is_canonical = entry->is_canonical && is_same (emend_zip_make_local_header (entry), header, size);
  return memcmp (rest, entry->name, name_length) == 0 && get_16 (header + 6) == entry->flags &&
         get_16 (header + 8) == entry->method &&
         sizes_agree (&local, entry);
}

/* 4.3.9: what may stand between the end of a file's bytes and @limit. */
static gboolean
check_descriptor (const Directory *directory,
                  const EmendZipEntry *entry,
                  guint64 limit)
{
  guint64 end = entry->data_offset + entry->packed_size;
  guint8 bytes[24] = { 0 };
  const guint8 *p = bytes;
  gsize size = (gsize) (limit - end);
  gboolean is_64 = size >= 20;

  if ((entry->flags & EMEND_ZIP_FLAG_DESCRIPTOR) == 0)
    return size == 0;
  if (size != 12 && size != 16 && size != 20 && size != 24)
    return FALSE;
  if (!emend_handoff_read_at (directory->fd, bytes, size, end))
    return FALSE;
  if (size == 16 || size == 24) {
    if (get_32 (p) != EMEND_ZIP_DESCRIPTOR)
      return FALSE;
    p += 4;
  }
  return get_32 (p) == entry->crc && (is_64 ? get_64 (p + 4) : get_32 (p + 4)) == entry->packed_size &&
         (is_64 ? get_64 (p + 12) : get_32 (p + 8)) == entry->size;
}

/* Whether the files lie one behind the other, and each header says what the directory says. */
static gboolean
check_layout (const Directory *directory,
              GPtrArray *entries,
              GPtrArray *problems,
              GCancellable *cancellable,
              GError **error)
{
  guint64 expected = 0;

  for (guint i = 0; i < entries->len; i++) {
    EmendZipEntry *entry = entries->pdata[i];
    const EmendZipEntry *next = i + 1 < entries->len ? entries->pdata[i + 1] : NULL;
    guint64 limit = next != NULL ? MIN (next->offset, directory->start) : directory->start;

    if (g_cancellable_set_error_if_cancelled (cancellable, error))
      return FALSE;
    if (entry->offset != expected)
      emend_problems_add_for (problems, entry->name,
                              _ ("“%s” in the pack overlaps what stands before it, or hidden bytes stand before it."));
    expected = limit;
    if (limit < entry->offset || !check_local (directory, entry, limit))
      emend_problems_add_for (problems, entry->name,
                              _ ("The directory of the archive and the header of “%s” in it say different things."));
    else if (limit - entry->data_offset < entry->packed_size)
      emend_problems_add_for (problems, entry->name, _ ("“%s” in the pack overlaps what stands behind it."));
    else if (!check_descriptor (directory, entry, limit))
      emend_problems_add_for (problems, entry->name, _ ("Hidden bytes stand behind “%s” in the pack."));
  }
  if (entries->len == 0 && directory->start != 0)
    emend_problems_add (problems, _ ("The archive has bytes that belong to no file."));
  return TRUE;
}

/* An archive that Emend wrote is so to the last bit. One that another program made of the same files may say the
 * rest (times, modes, versions) in its own way, but then for all of them. */
static gboolean
check_canonical (const Directory *directory,
                 GPtrArray *entries,
                 GPtrArray *problems,
                 GError **error)
{
  guint64 size = directory->file_size - directory->start - directory->size;
  guint8 end[EMEND_ZIP_END64_SIZE + EMEND_ZIP_LOCATOR_SIZE + EMEND_ZIP_END_SIZE];
  guint n_canonical = 0;

  for (guint i = 0; i < entries->len; i++)
    n_canonical += ((const EmendZipEntry *) entries->pdata[i])->is_canonical ? 1 : 0;
  if (n_canonical == 0)
    return TRUE;
  for (guint i = 0; i < entries->len; i++) {
    const EmendZipEntry *entry = entries->pdata[i];

    if (!entry->is_canonical)
      emend_problems_add_for (problems, entry->name,
                              _ ("What the archive says about “%s” was changed after the pack was written."));
  }
  if (size > sizeof end || !read_at (directory, end, (gsize) size, directory->start + directory->size, error))
    return FALSE;
  if (!is_same (emend_zip_make_end (entries->len, directory->start, directory->start + directory->size), end,
                (gsize) size))
    emend_problems_add (problems, _ ("The end of the archive was changed after the pack was written."));
  return TRUE;
}

/**
 * emend_zip_directory_read:
 * @fd: a regular file, at any position
 * @path: its name, for messages
 * @problems: (element-type utf8): gets why the archive must not be trusted
 * @cancellable: (nullable): stops the work
 * @error: EMEND_HANDOFF_ERROR_NOT_PACK when there is no directory, EMEND_HANDOFF_ERROR_DISK, or
 *   G_IO_ERROR_CANCELLED
 *
 * Reads the directory of a zip archive and compares it with the headers in front of the files.
 *
 * Returns: (transfer full) (nullable) (element-type EmendZipEntry): the files and folders in the
 *   order of their bytes; to be used only when @problems did not grow
 */
GPtrArray *
emend_zip_directory_read (int fd,
                          const char *path,
                          GPtrArray *problems,
                          GCancellable *cancellable,
                          GError **error)
{
  Directory directory = { fd, path };
  g_autoptr (GPtrArray) entries = NULL;
  struct stat status;

  if (fstat (fd, &status) != 0) {
    emend_handoff_set_read_error (error, path, errno);
    return NULL;
  }
  directory.file_size = S_ISREG (status.st_mode) ? (guint64) status.st_size : 0;
  if (!find_directory (&directory, error))
    return NULL;
  entries = parse_directory (&directory, problems, error);
  if (entries == NULL)
    return NULL;
  g_ptr_array_sort (entries, compare_offsets);
  if (!check_layout (&directory, entries, problems, cancellable, error) ||
      !check_canonical (&directory, entries, problems, error))
    return NULL;
  return g_steal_pointer (&entries);
}
