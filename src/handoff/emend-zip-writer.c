#define G_LOG_DOMAIN "emend-handoff"

#include "config.h"

#include "emend-zip-writer.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>
#include <zlib.h>

#include "emend-handoff-types.h"
#include "emend-hash.h"
#include "emend-zip-format.h"

/*
 * Why not libarchive's writer: it puts sizes and CRC behind the data, which readers of streams refuse
 * for stored files, and its bytes change with its version. The pack is read back with libarchive, so
 * that two independent programs agree on every archive before it gets its name.
 */

/* Small enough that bytes are still in the processor's cache when the system takes them. */
#define BUFFER_SIZE ((gsize) 128 * 1024)
#define DEFLATE_LEVEL 6

/* So many bytes are given to the disk at once while the next are prepared: then little is left to sync. */
#define STRETCH ((guint64) 8 * 1024 * 1024)

/* From this ratio on data is put into a deflated file without compression, so that no honest file looks
 * like a bomb. */
#define RATIO_CALM (EMEND_ZIP_RATIO_MAX / 2)
#define DEFLATE_CHUNK ((gsize) 64 * 1024)

struct _EmendZipWriter {
  int fd;
  char *path;
  GPtrArray *entries; /* EmendZipEntry */
  guint8 *buffer;
  gsize used;
  guint64 flushed; /* where the buffer's first byte will be in the file */
  guint64 given;   /* to the disk; always a multiple of STRETCH */
  guint64 declared;
  z_stream stream;
  gboolean deflating;
  EmendHasher *packed;   /* of what the file is in the archive, when it is deflated */
  EmendHasher *deflated; /* of all deflated bytes; NULL when it was asked for */
};

static void
free_entry (gpointer data)
{
  EmendZipEntry *entry = data;

  g_free (entry->name);
  g_free (entry);
}

static EmendZipEntry *
get_current (EmendZipWriter *writer)
{
  return writer->entries->pdata[writer->entries->len - 1];
}

/**
 * emend_zip_writer_new:
 * @fd: an empty file, open for writing; stays the caller's
 * @path: its name, for messages
 *
 * Returns: (transfer full): a writer
 */
EmendZipWriter *
emend_zip_writer_new (int fd,
                      const char *path)
{
  EmendZipWriter *writer = g_new0 (EmendZipWriter, 1);

  writer->fd = fd;
  writer->path = g_strdup (path);
  writer->entries = g_ptr_array_new_with_free_func (free_entry);
  writer->buffer = g_malloc (BUFFER_SIZE);
  writer->deflated = emend_hasher_new (EMEND_HASH_SHA256);
  return writer;
}

static gboolean
write_at (EmendZipWriter *writer,
          const guint8 *data,
          gsize size,
          guint64 offset,
          GError **error)
{
  while (size > 0) {
    ssize_t written = pwrite (writer->fd, data, size, (off_t) offset);

    if (written < 0 && errno == EINTR)
      continue;
    if (written < 0) {
      emend_handoff_set_disk_error (error, writer->path, errno);
      return FALSE;
    }
    data += written;
    offset += (guint64) written;
    size -= (gsize) written;
  }
  return TRUE;
}

/* Bytes at the end of the file; the disk starts to write full stretches. Whether it can is told by the sync later. */
static gboolean
append (EmendZipWriter *writer,
        const guint8 *data,
        gsize size,
        GError **error)
{
  if (!write_at (writer, data, size, writer->flushed, error))
    return FALSE;
  writer->flushed += size;
  while (writer->flushed - writer->given >= STRETCH) {
    if (sync_file_range (writer->fd, (off_t) writer->given, (off_t) STRETCH, SYNC_FILE_RANGE_WRITE) != 0)
      g_debug ("The disk starts to write later");
    writer->given += STRETCH;
  }
  return TRUE;
}

static gboolean
flush_buffer (EmendZipWriter *writer,
              GError **error)
{
  if (!append (writer, writer->buffer, writer->used, error))
    return FALSE;
  writer->used = 0;
  return TRUE;
}

static gboolean
put (EmendZipWriter *writer,
     const guint8 *data,
     gsize size,
     GError **error)
{
  if (size > BUFFER_SIZE - writer->used && !flush_buffer (writer, error))
    return FALSE;
  if (size > BUFFER_SIZE / 4)
    return flush_buffer (writer, error) && append (writer, data, size, error);
  if (size > 0)
    memcpy (writer->buffer + writer->used, data, size);
  writer->used += size;
  return TRUE;
}

/**
 * emend_zip_writer_begin:
 * @writer: a writer between two files
 * @name: of the next file, UTF-8
 * @size: how many bytes it will have
 * @deflate: whether to compress it
 * @error: EMEND_HANDOFF_ERROR_DISK
 *
 * Returns: whether its bytes can be added now
 */
gboolean
emend_zip_writer_begin (EmendZipWriter *writer,
                        const char *name,
                        guint64 size,
                        gboolean deflate,
                        GError **error)
{
  EmendZipEntry *entry = g_new0 (EmendZipEntry, 1);
  g_autoptr (GByteArray) header = NULL;

  entry->name = g_strdup (name);
  entry->offset = writer->flushed + writer->used;
  entry->flags = EMEND_ZIP_FLAG_UTF8;
  entry->method = deflate ? EMEND_ZIP_DEFLATED : EMEND_ZIP_STORED;
  entry->size = size;
  header = emend_zip_make_local_header (entry);
  entry->size = 0;
  writer->declared = size;
  g_ptr_array_add (writer->entries, entry);
  g_assert (!deflate || writer->deflated != NULL);
  if (deflate) {
    memset (&writer->stream, 0, sizeof writer->stream);
    if (deflateInit2 (&writer->stream, DEFLATE_LEVEL, Z_DEFLATED, -MAX_WBITS, 8, Z_DEFAULT_STRATEGY) != Z_OK)
      g_error ("zlib cannot compress");
    writer->deflating = TRUE;
    writer->packed = emend_hasher_new (EMEND_HASH_SHA256);
  }
  return put (writer, header->data, header->len, error);
}

/* Some of what zlib made. */
static gboolean
put_deflated (EmendZipWriter *writer,
              const guint8 *data,
              gsize size,
              GError **error)
{
  get_current (writer)->packed_size += size;
  emend_hasher_update (writer->deflated, data, size);
  emend_hasher_update (writer->packed, data, size);
  return put (writer, data, size, error);
}

/* Gives what zlib holds to the file, as far as @flush asks for. */
static gboolean
drain (EmendZipWriter *writer,
       int flush,
       GError **error)
{
  guint8 out[16 * 1024];
  int status;

  do {
    writer->stream.next_out = out;
    writer->stream.avail_out = sizeof out;
    status = deflate (&writer->stream, flush);
    if (!put_deflated (writer, out, sizeof out - writer->stream.avail_out, error))
      return FALSE;
  } while (writer->stream.avail_out == 0 || (flush == Z_FINISH && status == Z_OK));
  return TRUE;
}

/* One chunk; the level depends only on the bytes before it, so that the result does as well. */
static gboolean
deflate_chunk (EmendZipWriter *writer,
               const guint8 *data,
               gsize size,
               GError **error)
{
  const EmendZipEntry *entry = get_current (writer);
  gboolean is_suspicious = entry->size > EMEND_ZIP_RATIO_FLOOR / 2 &&
                           entry->size / (entry->packed_size + 1) >= RATIO_CALM;
  int level = is_suspicious ? 0 : DEFLATE_LEVEL;
  guint8 out[16 * 1024];

  writer->stream.next_in = (Bytef *) data;
  writer->stream.avail_in = 0;
  for (;;) {
    writer->stream.next_out = out;
    writer->stream.avail_out = sizeof out;
    int status = deflateParams (&writer->stream, level, Z_DEFAULT_STRATEGY);

    if (!put_deflated (writer, out, sizeof out - writer->stream.avail_out, error))
      return FALSE;
    if (status != Z_BUF_ERROR)
      break;
  }
  writer->stream.next_in = (Bytef *) data;
  writer->stream.avail_in = (uInt) size;
  return drain (writer, Z_NO_FLUSH, error);
}

/**
 * emend_zip_writer_add:
 * @writer: a writer within a file
 * @data: (array length=size): the next bytes
 * @size: how many
 * @error: EMEND_HANDOFF_ERROR_DISK
 *
 * The same bytes give the same archive only when they come in the same pieces: multiples of 64 KiB.
 *
 * Returns: whether they were taken
 */
gboolean
emend_zip_writer_add (EmendZipWriter *writer,
                      gconstpointer data,
                      gsize size,
                      GError **error)
{
  EmendZipEntry *entry = get_current (writer);
  const guint8 *bytes = data;

  entry->crc = (guint32) crc32_z (entry->crc, bytes, size);
  if (entry->method == EMEND_ZIP_STORED) {
    entry->size += size;
    entry->packed_size += size;
    return put (writer, bytes, size, error);
  }
  for (gsize done = 0; done < size; done += DEFLATE_CHUNK) {
    gsize part = MIN (size - done, DEFLATE_CHUNK);

    if (!deflate_chunk (writer, bytes + done, part, error))
      return FALSE;
    entry->size += part;
  }
  return TRUE;
}

/**
 * emend_zip_writer_end:
 * @writer: a writer within a file
 * @error: EMEND_HANDOFF_ERROR_DISK, also when the bytes were not as many as said before
 *
 * Writes CRC and sizes into the header in front of the file.
 *
 * Returns: whether the file is complete
 */
gboolean
emend_zip_writer_end (EmendZipWriter *writer,
                      GError **error)
{
  EmendZipEntry *entry = get_current (writer);
  g_autoptr (GByteArray) header = NULL;

  if (writer->deflating && !drain (writer, Z_FINISH, error))
    return FALSE;
  if (writer->deflating) {
    guint8 bytes[EMEND_HASH_MAX_SIZE];

    deflateEnd (&writer->stream);
    emend_hasher_finish (writer->packed, bytes);
    memcpy (entry->packed_digest.bytes, bytes, sizeof entry->packed_digest.bytes);
  }
  g_clear_pointer (&writer->packed, emend_hasher_free);
  writer->deflating = FALSE;
  if (entry->size != writer->declared) {
    emend_handoff_set_disk_error (error, writer->path, EIO);
    return FALSE;
  }
  header = emend_zip_make_local_header (entry);
  if (entry->offset >= writer->flushed) {
    memcpy (writer->buffer + (entry->offset - writer->flushed), header->data, header->len);
    return TRUE;
  }
  /* The buffer may hold the second half of the header. */
  return flush_buffer (writer, error) && write_at (writer, header->data, header->len, entry->offset, error);
}

/**
 * emend_zip_writer_set_digest:
 * @writer: a writer between two files
 * @digest: SHA-256 of the bytes of the last one
 *
 * Says what a stored file is, for who reads it back; that of a deflated one the writer knows itself.
 */
void
emend_zip_writer_set_digest (EmendZipWriter *writer,
                             const EmendDigest *digest)
{
  EmendZipEntry *entry = get_current (writer);

  if (entry->method == EMEND_ZIP_STORED)
    entry->packed_digest = *digest;
}

/**
 * emend_zip_writer_get_entries:
 * @writer: a writer between two files, or finished
 *
 * Returns: (transfer none) (element-type EmendZipEntry): the files in the order of their bytes
 */
GPtrArray *
emend_zip_writer_get_entries (EmendZipWriter *writer)
{
  return writer->entries;
}

/**
 * emend_zip_writer_get_written:
 * @writer: a writer between two files, or finished
 *
 * Returns: how many bytes from the start of the archive the file has; they are not written again
 */
guint64
emend_zip_writer_get_written (EmendZipWriter *writer)
{
  return writer->flushed;
}

/**
 * emend_zip_writer_finish_deflated:
 * @writer: a writer between two files; only stored ones may follow
 *
 * The same bytes can be deflated in many ways, so the CRC of a file does not notice every change of its
 * deflated form. This does.
 *
 * Returns: (transfer full): SHA-256 of what all deflated files are in the archive, in their order
 */
char *
emend_zip_writer_finish_deflated (EmendZipWriter *writer)
{
  char *hex = emend_hasher_finish_hex (writer->deflated);

  g_clear_pointer (&writer->deflated, emend_hasher_free);
  return hex;
}

/**
 * emend_zip_writer_finish:
 * @writer: a writer between two files
 * @error: EMEND_HANDOFF_ERROR_DISK
 *
 * Writes the directory at the end.
 *
 * Returns: whether the archive is complete
 */
gboolean
emend_zip_writer_finish (EmendZipWriter *writer,
                         GError **error)
{
  guint64 start = writer->flushed + writer->used;
  g_autoptr (GByteArray) end = NULL;

  for (guint i = 0; i < writer->entries->len; i++) {
    g_autoptr (GByteArray) header = emend_zip_make_central_header (writer->entries->pdata[i]);

    if (!put (writer, header->data, header->len, error))
      return FALSE;
  }
  end = emend_zip_make_end (writer->entries->len, start, writer->flushed + writer->used);
  return put (writer, end->data, end->len, error) && flush_buffer (writer, error);
}

/**
 * emend_zip_writer_free:
 * @writer: (transfer full): a writer
 */
void
emend_zip_writer_free (EmendZipWriter *writer)
{
  if (writer->deflating)
    deflateEnd (&writer->stream);
  g_clear_pointer (&writer->packed, emend_hasher_free);
  g_clear_pointer (&writer->deflated, emend_hasher_free);
  g_ptr_array_unref (writer->entries);
  g_free (writer->buffer);
  g_free (writer->path);
  g_free (writer);
}
