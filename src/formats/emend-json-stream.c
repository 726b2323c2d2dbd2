#define G_LOG_DOMAIN "emend-formats"

#include "config.h"

#include "emend-json-stream.h"

#include <inttypes.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <glib/gi18n-lib.h>
#include <yajl/yajl_parse.h>

#include "emend-format.h"

#define CHUNK_SIZE ((gsize) 64 * 1024)

/* No file of another tool nests deeper than a handful of levels. */
#define MAX_DEPTH 64

/* One number or string longer than this is an attack; yajl holds it as a whole. */
#define MAX_VALUE_SIZE 16777216

struct _EmendJsonStream {
  char *path;
  int fd;
  guint64 size;
  EmendJsonFunc func;
  gpointer data;
  yajl_handle parser;
  int depth;
  gboolean has_value;
  GError *reason; /* (nullable): why the receiver stopped */

  guint8 *chunk;
  gint64 line;        /* of chunk[counted], from 1 */
  guint64 line_start; /* offset in the file of the first byte of that line */
  guint64 offset;     /* of the chunk in the file */
  gsize counted;      /* bytes of the chunk whose line breaks are counted */
  guint64 last_event; /* offset of the chunk that brought the last event */

  EmendProgressFunc progress;
  gpointer progress_data;
  guint64 progress_base;
  guint64 progress_total;
};

static void
set_read_error (GError **error,
                const char *path,
                int code)
{
  g_autofree char *name = g_filename_display_name (path);

  g_set_error (error, EMEND_FORMATS_ERROR, EMEND_FORMATS_ERROR_IO,
               /* TRANSLATORS: a file name, then the system's reason. */
               _ ("The file “%s” could not be read: %s."), name, g_strerror (code));
}

/**
 * emend_json_stream_open:
 * @path: a regular file
 * @error: EMEND_FORMATS_ERROR_IO
 *
 * Not for the main thread.
 *
 * Returns: (transfer full) (nullable): the file, nothing read yet
 */
EmendJsonStream *
emend_json_stream_open (const char *path,
                        GError **error)
{
  g_autoptr (EmendJsonStream) stream = g_new0 (EmendJsonStream, 1);
  struct stat info;

  stream->path = g_strdup (path);
  /* Not blocking, so that a named pipe cannot hold us. */
  stream->fd = open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
  if (stream->fd < 0 || fstat (stream->fd, &info) != 0) {
    set_read_error (error, path, errno);
    return NULL;
  }
  if (!S_ISREG (info.st_mode)) {
    set_read_error (error, path, S_ISDIR (info.st_mode) ? EISDIR : EINVAL);
    return NULL;
  }
  stream->size = (guint64) info.st_size;
  stream->chunk = g_malloc (CHUNK_SIZE);
  return g_steal_pointer (&stream);
}

/**
 * emend_json_stream_free:
 * @stream: (transfer full): a file
 */
void
emend_json_stream_free (EmendJsonStream *stream)
{
  if (stream->fd >= 0)
    close (stream->fd);
  g_clear_error (&stream->reason);
  g_free (stream->path);
  g_free (stream->chunk);
  g_free (stream);
}

/**
 * emend_json_stream_set_progress:
 * @stream: a file
 * @progress: (nullable): told after each piece
 * @data: its data
 * @base: bytes of work done before the next parse
 * @total: bytes of work in all
 */
void
emend_json_stream_set_progress (EmendJsonStream *stream,
                                EmendProgressFunc progress,
                                gpointer data,
                                guint64 base,
                                guint64 total)
{
  stream->progress = progress;
  stream->progress_data = data;
  stream->progress_base = base;
  stream->progress_total = total;
}

/* Counts the line breaks of the chunk up to @end. */
static void
count_lines (EmendJsonStream *stream,
             gsize end)
{
  while (stream->counted < end) {
    const guint8 *from = stream->chunk + stream->counted;
    const guint8 *found = memchr (from, '\n', end - stream->counted);

    if (found == NULL) {
      stream->counted = end;
      return;
    }
    stream->counted = (gsize) (found - stream->chunk) + 1;
    stream->line++;
    stream->line_start = stream->offset + stream->counted;
  }
}

/**
 * emend_json_stream_get_line:
 * @stream: a file that is being parsed
 *
 * Returns: the line of what was told last, from 1
 */
gint64
emend_json_stream_get_line (EmendJsonStream *stream)
{
  gsize consumed = yajl_get_bytes_consumed (stream->parser);

  count_lines (stream, consumed);
  return stream->line;
}

/**
 * emend_json_stream_get_size:
 * @stream: a file
 *
 * Returns: its bytes when it was opened
 */
guint64
emend_json_stream_get_size (EmendJsonStream *stream)
{
  return stream->size;
}

/**
 * emend_json_stream_get_path:
 * @stream: a file
 *
 * Returns: (transfer none): as it was opened
 */
const char *
emend_json_stream_get_path (EmendJsonStream *stream)
{
  return stream->path;
}

/**
 * emend_json_stream_stop:
 * @stream: a file that is being parsed
 * @reason: (transfer full): why the receiver wants no more
 *
 * Returns: FALSE, for the receiver to return
 */
gboolean
emend_json_stream_stop (EmendJsonStream *stream,
                        GError *reason)
{
  g_clear_error (&stream->reason);
  stream->reason = reason;
  return FALSE;
}

/**
 * emend_json_event_dup:
 * @event: a string, key or number
 *
 * Returns: (transfer full) (nullable): its text; NULL when there is a zero byte in it. Any thread.
 */
char *
emend_json_event_dup (const EmendJsonEvent *event)
{
  if (memchr (event->text, '\0', event->length) != NULL)
    return NULL;
  return g_strndup (event->text, event->length);
}

static gboolean
stop_at_limit (EmendJsonStream *stream,
               const char *format,
               int limit)
{
  g_autofree char *name = g_filename_display_name (stream->path);

  return emend_json_stream_stop (stream, g_error_new (EMEND_FORMATS_ERROR, EMEND_FORMATS_ERROR_LIMIT, format, name,
                                                      emend_json_stream_get_line (stream), limit));
}

static int
tell (EmendJsonStream *stream,
      EmendJsonEventKind kind,
      const void *text,
      gsize length)
{
  EmendJsonEvent event = { kind, stream->depth, text, length };

  stream->last_event = stream->offset;
  stream->has_value = TRUE;
  return stream->func (stream->data, &event);
}

static int
begin (EmendJsonStream *stream,
       EmendJsonEventKind kind)
{
  if (stream->depth >= MAX_DEPTH)
    /* TRANSLATORS: a file name, a line, a number of levels. */
    return stop_at_limit (stream, _ ("The file “%s” is nested too deeply at line %" PRId64 ": more than %d levels."),
                          MAX_DEPTH);
  if (!tell (stream, kind, NULL, 0))
    return 0;
  stream->depth++;
  return 1;
}

static int
end (EmendJsonStream *stream,
     EmendJsonEventKind kind)
{
  stream->depth--;
  return tell (stream, kind, NULL, 0);
}

static int
null_cb (void *data)
{
  return tell (data, EMEND_JSON_NULL, NULL, 0);
}

static int
boolean_cb (void *data,
            int value)
{
  return tell (data, value ? EMEND_JSON_TRUE : EMEND_JSON_FALSE, NULL, 0);
}

static int
number_cb (void *data,
           const char *text,
           size_t length)
{
  return tell (data, EMEND_JSON_NUMBER, text, length);
}

static int
string_cb (void *data,
           const unsigned char *text,
           size_t length)
{
  return tell (data, EMEND_JSON_STRING, text, length);
}

static int
key_cb (void *data,
        const unsigned char *text,
        size_t length)
{
  return tell (data, EMEND_JSON_KEY, text, length);
}

static int
begin_object_cb (void *data)
{
  return begin (data, EMEND_JSON_BEGIN_OBJECT);
}

static int
end_object_cb (void *data)
{
  return end (data, EMEND_JSON_END_OBJECT);
}

static int
begin_array_cb (void *data)
{
  return begin (data, EMEND_JSON_BEGIN_ARRAY);
}

static int
end_array_cb (void *data)
{
  return end (data, EMEND_JSON_END_ARRAY);
}

static const yajl_callbacks callbacks = {
  .yajl_null = null_cb,
  .yajl_boolean = boolean_cb,
  .yajl_number = number_cb,
  .yajl_string = string_cb,
  .yajl_start_map = begin_object_cb,
  .yajl_map_key = key_cb,
  .yajl_end_map = end_object_cb,
  .yajl_start_array = begin_array_cb,
  .yajl_end_array = end_array_cb,
};

/* Turns what stopped the parser into the error: the receiver's own, or line, column and the parser's words. */
static void
set_parse_error (EmendJsonStream *stream,
                 gsize at,
                 const char *words,
                 GError **error)
{
  g_autofree char *name = g_filename_display_name (stream->path);
  guint64 column;

  if (stream->reason != NULL) {
    g_propagate_error (error, g_steal_pointer (&stream->reason));
    return;
  }
  count_lines (stream, at);
  /* What is wrong is the last byte that was looked at. */
  column = MAX (stream->offset + at, stream->line_start + 1) - stream->line_start;
  g_set_error (error, EMEND_FORMATS_ERROR, EMEND_FORMATS_ERROR_INVALID,
               /* TRANSLATORS: a file name, line and column, then the parser's own words. */
               _ ("The file “%s” is not valid JSON at line %" PRId64 ", column %" PRIu64 ": %s. Nothing of it was "
                  "used."),
               name, stream->line, column, words);
}

static char *
parser_words (EmendJsonStream *stream)
{
  unsigned char *text = yajl_get_error (stream->parser, 0, NULL, 0);
  char *words = g_strstrip (g_utf8_make_valid ((const char *) text, -1));

  yajl_free_error (stream->parser, text);
  if (g_str_has_suffix (words, "."))
    words[strlen (words) - 1] = '\0';
  return words;
}

/* Where the first byte is that yajl takes for a blank and JSON does not; @size when there is none. */
static gsize
find_bad_blank (const guint8 *chunk,
                gsize size)
{
  const guint8 *tab = memchr (chunk, '\v', size);
  gsize end = tab != NULL ? (gsize) (tab - chunk) : size;
  const guint8 *feed = memchr (chunk, '\f', end);

  return feed != NULL ? (gsize) (feed - chunk) : end;
}

static gboolean
parse_chunk (EmendJsonStream *stream,
             gsize size,
             GError **error)
{
  g_autofree char *words = NULL;
  gsize good;

  stream->counted = 0;
  /* A byte order mark is no part of JSON, and editors write it all the same. */
  if (stream->offset == 0 && size >= 3 && memcmp (stream->chunk, "\xef\xbb\xbf", 3) == 0) {
    size -= 3;
    memmove (stream->chunk, stream->chunk + 3, size);
    stream->offset = 3;
    stream->line_start = 3;
  }
  good = find_bad_blank (stream->chunk, size);
  if (yajl_parse (stream->parser, stream->chunk, good) != yajl_status_ok) {
    words = parser_words (stream);
    set_parse_error (stream, yajl_get_bytes_consumed (stream->parser), words, error);
    return FALSE;
  }
  if (good < size) {
    set_parse_error (stream, good + 1, _ ("a control character stands between the values"), error);
    return FALSE;
  }
  count_lines (stream, size);
  stream->offset += size;
  if (stream->offset - stream->last_event > MAX_VALUE_SIZE) {
    stop_at_limit (stream, _ ("The file “%s” has a value at line %" PRId64 " that is longer than %d bytes."),
                   MAX_VALUE_SIZE);
    set_parse_error (stream, 0, NULL, error);
    return FALSE;
  }
  if (stream->progress != NULL)
    stream->progress (stream->progress_base + stream->offset, stream->progress_total, stream->progress_data);
  return TRUE;
}

static gboolean
parse_end (EmendJsonStream *stream,
           GError **error)
{
  g_autofree char *words = NULL;

  stream->counted = 0;
  if (yajl_complete_parse (stream->parser) != yajl_status_ok) {
    words = parser_words (stream);
    set_parse_error (stream, 0, words, error);
    return FALSE;
  }
  if (!stream->has_value || stream->depth > 0) {
    set_parse_error (stream, 0, _ ("it ends too early"), error);
    return FALSE;
  }
  return TRUE;
}

static gboolean
parse_all (EmendJsonStream *stream,
           GCancellable *cancellable,
           GError **error)
{
  for (;;) {
    ssize_t size = read (stream->fd, stream->chunk, CHUNK_SIZE);

    if (size < 0 && errno == EINTR)
      continue;
    if (size < 0) {
      set_read_error (error, stream->path, errno);
      return FALSE;
    }
    if (g_cancellable_set_error_if_cancelled (cancellable, error))
      return FALSE;
    if (size == 0)
      return parse_end (stream, error);
    if (!parse_chunk (stream, (gsize) size, error))
      return FALSE;
  }
}

/**
 * emend_json_stream_parse:
 * @stream: a file
 * @func: told each piece
 * @data: its data
 * @cancellable: (nullable): to stop early
 * @error: EMEND_FORMATS_ERROR_INVALID with line and column, EMEND_FORMATS_ERROR_LIMIT,
 *   EMEND_FORMATS_ERROR_IO, or what the receiver gave to emend_json_stream_stop()
 *
 * Reads the whole file from its begin, also a second time. Strict (RFC 8259), but for a byte order mark;
 * nesting and the length of one value are bounded. Not for the main thread.
 *
 * Returns: whether the whole file is valid and was told
 */
gboolean
emend_json_stream_parse (EmendJsonStream *stream,
                         EmendJsonFunc func,
                         gpointer data,
                         GCancellable *cancellable,
                         GError **error)
{
  gboolean done;

  if (lseek (stream->fd, 0, SEEK_SET) != 0) {
    set_read_error (error, stream->path, errno);
    return FALSE;
  }
  stream->func = func;
  stream->data = data;
  stream->depth = 0;
  stream->has_value = FALSE;
  stream->line = 1;
  stream->line_start = 0;
  stream->offset = 0;
  stream->last_event = 0;
  stream->parser = yajl_alloc (&callbacks, NULL, stream);
  done = parse_all (stream, cancellable, error);
  g_clear_pointer (&stream->parser, yajl_free);
  return done;
}
