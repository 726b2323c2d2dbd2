#define G_LOG_DOMAIN "emend-engine"

#include "config.h"

#include "emend-line-reader.h"

#include <string.h>

#define CHUNK_SIZE 65536

struct _EmendLineReader {
  GInputStream *stream;
  GByteArray *rest; /* read and not yet given out */
  gsize start;      /* where in it the next line begins */
  gint64 number;
  gboolean at_end;
};

/**
 * emend_line_reader_new:
 * @stream: where the lines come from
 *
 * Returns: (transfer full): a reader before the first line
 */
EmendLineReader *
emend_line_reader_new (GInputStream *stream)
{
  EmendLineReader *reader = g_new0 (EmendLineReader, 1);

  reader->stream = g_object_ref (stream);
  reader->rest = g_byte_array_new ();
  return reader;
}

/**
 * emend_line_reader_free:
 * @reader: (transfer full): a reader
 *
 * Releases it; the stream stays open as long as others hold it.
 */
void
emend_line_reader_free (EmendLineReader *reader)
{
  g_object_unref (reader->stream);
  g_byte_array_unref (reader->rest);
  g_free (reader);
}

/**
 * emend_line_reader_get_number:
 * @reader: a reader
 *
 * Returns: the number of the line that was read last, from 1; 0 before the first
 */
gint64
emend_line_reader_get_number (EmendLineReader *reader)
{
  return reader->number;
}

static gboolean
read_more (EmendLineReader *reader,
           GCancellable *cancellable,
           GError **error)
{
  gsize held;
  gssize n_read;

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  if (reader->start > 0) {
    g_byte_array_remove_range (reader->rest, 0, (guint) reader->start);
    reader->start = 0;
  }
  held = reader->rest->len;
  g_byte_array_set_size (reader->rest, (guint) (held + CHUNK_SIZE));
  n_read = g_input_stream_read (reader->stream, reader->rest->data + held, CHUNK_SIZE, cancellable, error);
  g_byte_array_set_size (reader->rest, (guint) (held + (gsize) MAX (n_read, 0)));
  reader->at_end = n_read == 0;
  return n_read >= 0;
}

/* Bytes of the line that begins at the start, without its end; what is held, when its end is not there yet. */
static gsize
find_end (const EmendLineReader *reader,
          gsize searched,
          gboolean *found)
{
  gsize held = reader->rest->len - reader->start;
  const guint8 *text = reader->rest->data + reader->start;
  const guint8 *end = held > searched ? memchr (text + searched, '\n', held - searched) : NULL;

  *found = end != NULL;
  return end != NULL ? (gsize) (end - text) : held;
}

/**
 * emend_line_reader_next:
 * @reader: a reader
 * @line: (out) (transfer full) (nullable): the next line without its end; %NULL for one that is longer
 *   than %EMEND_LINE_MAX_SIZE, which is passed over
 * @cancellable: (nullable): to stop waiting
 * @error: a failure of the stream, or cancelled
 *
 * Waits for the next line. Not for the main thread.
 *
 * Returns: whether there was one; %FALSE without error at the end
 */
gboolean
emend_line_reader_next (EmendLineReader *reader,
                        GBytes **line,
                        GCancellable *cancellable,
                        GError **error)
{
  gboolean too_long = FALSE;
  gboolean found = FALSE;
  gsize searched = 0;
  gsize size;

  *line = NULL;
  while (size = find_end (reader, searched, &found), !found && !reader->at_end) {
    searched = size;
    if (size > EMEND_LINE_MAX_SIZE) {
      too_long = TRUE;
      reader->start = reader->rest->len;
      searched = 0;
    }
    if (!read_more (reader, cancellable, error))
      return FALSE;
  }
  if (!found && size == 0 && !too_long)
    return FALSE;
  too_long |= size > EMEND_LINE_MAX_SIZE;
  reader->number++;
  if (!too_long)
    *line = g_bytes_new (reader->rest->data + reader->start, size);
  reader->start += size + (found ? 1 : 0);
  return TRUE;
}
