#define G_LOG_DOMAIN "emend-handoff"

#include "config.h"

#include "emend-zip-format.h"

#include <string.h>

/* So large a file gets 64-bit sizes; below 4 GiB by more than deflate can add. */
#define NEEDS_64 0xff000000u

static void
add_16 (GByteArray *bytes,
        guint16 value)
{
  guint16 little = GUINT16_TO_LE (value);

  g_byte_array_append (bytes, (const guint8 *) &little, sizeof little);
}

static void
add_32 (GByteArray *bytes,
        guint32 value)
{
  guint32 little = GUINT32_TO_LE (value);

  g_byte_array_append (bytes, (const guint8 *) &little, sizeof little);
}

static void
add_64 (GByteArray *bytes,
        guint64 value)
{
  guint64 little = GUINT64_TO_LE (value);

  g_byte_array_append (bytes, (const guint8 *) &little, sizeof little);
}

/* What local and central header share, from "version needed" on: 4.4.3 to 4.4.9. The day is the first
 * that the format knows, which stands for none. */
static void
add_common (GByteArray *bytes,
            const EmendZipEntry *entry,
            gboolean is_64,
            gboolean sizes_in_extra)
{
  add_16 (bytes, is_64 ? 45 : 20);
  add_16 (bytes, EMEND_ZIP_FLAG_UTF8);
  add_16 (bytes, entry->method);
  add_16 (bytes, 0);
  add_16 (bytes, 1 << 5 | 1);
  add_32 (bytes, entry->crc);
  add_32 (bytes, sizes_in_extra ? G_MAXUINT32 : (guint32) entry->packed_size);
  add_32 (bytes, sizes_in_extra ? G_MAXUINT32 : (guint32) entry->size);
  add_16 (bytes, (guint16) strlen (entry->name));
}

/**
 * emend_zip_make_local_header:
 * @entry: a file
 *
 * Returns: (transfer full): the header in front of its bytes as Emend writes it (4.3.7)
 */
GByteArray *
emend_zip_make_local_header (const EmendZipEntry *entry)
{
  GByteArray *bytes = g_byte_array_new ();
  gboolean is_64 = entry->size >= NEEDS_64;

  add_32 (bytes, EMEND_ZIP_LOCAL);
  add_common (bytes, entry, is_64, is_64);
  add_16 (bytes, is_64 ? 20 : 0);
  g_byte_array_append (bytes, (const guint8 *) entry->name, (guint) strlen (entry->name));
  if (is_64) {
    add_16 (bytes, EMEND_ZIP_EXTRA_64);
    add_16 (bytes, 16);
    add_64 (bytes, entry->size);
    add_64 (bytes, entry->packed_size);
  }
  return bytes;
}

/**
 * emend_zip_make_central_header:
 * @entry: a file
 *
 * Returns: (transfer full): its record in the directory as Emend writes it (4.3.12); the attributes
 *   say: a regular file that its owner may change and all may read
 */
GByteArray *
emend_zip_make_central_header (const EmendZipEntry *entry)
{
  GByteArray *bytes = g_byte_array_new ();
  gboolean is_64 = entry->size >= NEEDS_64;
  gboolean is_far = entry->offset >= G_MAXUINT32;
  guint16 extra = (guint16) ((is_64 ? 16 : 0) + (is_far ? 8 : 0));

  add_32 (bytes, EMEND_ZIP_CENTRAL);
  add_16 (bytes, 3 << 8 | 45);
  add_common (bytes, entry, is_64 || is_far, is_64);
  add_16 (bytes, (guint16) (extra > 0 ? extra + 4 : 0));
  add_16 (bytes, 0);
  add_16 (bytes, 0);
  add_16 (bytes, 0);
  add_32 (bytes, 0100644u << 16);
  add_32 (bytes, is_far ? G_MAXUINT32 : (guint32) entry->offset);
  g_byte_array_append (bytes, (const guint8 *) entry->name, (guint) strlen (entry->name));
  if (extra > 0) {
    add_16 (bytes, EMEND_ZIP_EXTRA_64);
    add_16 (bytes, extra);
  }
  if (is_64) {
    add_64 (bytes, entry->size);
    add_64 (bytes, entry->packed_size);
  }
  if (is_far)
    add_64 (bytes, entry->offset);
  return bytes;
}

/**
 * emend_zip_make_end:
 * @n_entries: how many files
 * @start: where the directory begins
 * @end: where it ends
 *
 * Returns: (transfer full): what stands behind the directory as Emend writes it (4.3.14 to 4.3.16)
 */
GByteArray *
emend_zip_make_end (guint64 n_entries,
                    guint64 start,
                    guint64 end)
{
  GByteArray *bytes = g_byte_array_new ();
  gboolean is_64 = n_entries >= G_MAXUINT16 || end >= G_MAXUINT32;
  guint16 count = is_64 ? G_MAXUINT16 : (guint16) n_entries;

  if (is_64) {
    add_32 (bytes, EMEND_ZIP_END64);
    add_64 (bytes, EMEND_ZIP_END64_SIZE - 12);
    add_16 (bytes, 3 << 8 | 45);
    add_16 (bytes, 45);
    add_32 (bytes, 0);
    add_32 (bytes, 0);
    add_64 (bytes, n_entries);
    add_64 (bytes, n_entries);
    add_64 (bytes, end - start);
    add_64 (bytes, start);
    add_32 (bytes, EMEND_ZIP_LOCATOR);
    add_32 (bytes, 0);
    add_64 (bytes, end);
    add_32 (bytes, 1);
  }
  add_32 (bytes, EMEND_ZIP_END);
  add_16 (bytes, 0);
  add_16 (bytes, 0);
  add_16 (bytes, count);
  add_16 (bytes, count);
  add_32 (bytes, is_64 ? G_MAXUINT32 : (guint32) (end - start));
  add_32 (bytes, is_64 ? G_MAXUINT32 : (guint32) start);
  add_16 (bytes, 0);
  return bytes;
}
