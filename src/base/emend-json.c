#define G_LOG_DOMAIN "emend-base"

#include "config.h"

#include "emend-json.h"

#include <inttypes.h>
#include <math.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include "emend-error.h"
#include "emend-text.h"

/* Nesting that the writer can hold; our own documents need six. */
#define MAX_DEPTH 32

struct _EmendJsonWriter {
  GString *out; /* (unowned) */
  gboolean pretty;
  int depth;
  gboolean filled[MAX_DEPTH]; /* whether the container at this depth has a member */
  gboolean after_key;
};

/**
 * emend_json_parse:
 * @text: (array length=length): one JSON document in UTF-8
 * @length: its bytes
 * @limit: the most bytes that are accepted
 * @error: EMEND_BASE_ERROR_LIMIT or EMEND_BASE_ERROR_JSON with line and column
 *
 * Parses strictly (RFC 8259; keys given twice are refused, nesting is bounded at 2048) into a tree.
 * For documents of a bounded size; large files are streamed instead. Any thread.
 *
 * Returns: (transfer full) (nullable): the tree
 */
json_t *
emend_json_parse (const char *text,
                  gsize length,
                  gsize limit,
                  GError **error)
{
  json_error_t problem;
  json_t *tree;

  if (length > limit) {
    g_set_error (error, EMEND_BASE_ERROR, EMEND_BASE_ERROR_LIMIT,
                 _ ("The JSON text has %" PRIuPTR " bytes; %" PRIuPTR
                    " are allowed here."),
                 length, limit);
    return NULL;
  }
  tree = json_loadb (text, length, JSON_REJECT_DUPLICATES, &problem);
  if (tree == NULL)
    g_set_error (error, EMEND_BASE_ERROR, EMEND_BASE_ERROR_JSON,
                 /* TRANSLATORS: line, column, and the parser's own words. */
                 _ ("It is not valid JSON at line %d, column %d: %s."),
                 problem.line, problem.column, problem.text);
  return tree;
}

/**
 * emend_json_writer_new:
 * @out: (transfer none): where the text is appended; must outlive the writer
 * @pretty: whether to break lines and indent by two spaces
 *
 * Returns: (transfer full): a writer. One thread at a time.
 */
EmendJsonWriter *
emend_json_writer_new (GString *out,
                       gboolean pretty)
{
  EmendJsonWriter *writer = g_new0 (EmendJsonWriter, 1);

  writer->out = out;
  writer->pretty = pretty;
  return writer;
}

/**
 * emend_json_writer_free:
 * @writer: (transfer full): a writer; the text stays
 */
void
emend_json_writer_free (EmendJsonWriter *writer)
{
  g_free (writer);
}

static void
break_line (EmendJsonWriter *writer)
{
  if (!writer->pretty)
    return;
  g_string_append_c (writer->out, '\n');
  for (int i = 0; i < writer->depth; i++)
    g_string_append (writer->out, "  ");
}

/* Puts the comma and the line break that belong before the next member. */
static void
before_member (EmendJsonWriter *writer)
{
  if (writer->after_key) {
    writer->after_key = FALSE;
    return;
  }
  if (writer->filled[writer->depth])
    g_string_append_c (writer->out, ',');
  writer->filled[writer->depth] = TRUE;
  if (writer->depth > 0)
    break_line (writer);
}

static void
open_container (EmendJsonWriter *writer,
                char bracket)
{
  g_return_if_fail (writer->depth + 1 < MAX_DEPTH);

  before_member (writer);
  g_string_append_c (writer->out, bracket);
  writer->depth++;
  writer->filled[writer->depth] = FALSE;
}

static void
close_container (EmendJsonWriter *writer,
                 char bracket)
{
  gboolean filled = writer->filled[writer->depth];

  g_return_if_fail (writer->depth > 0);

  writer->depth--;
  if (filled)
    break_line (writer);
  g_string_append_c (writer->out, bracket);
}

/**
 * emend_json_begin_object:
 * @writer: a writer
 */
void
emend_json_begin_object (EmendJsonWriter *writer)
{
  open_container (writer, '{');
}

/**
 * emend_json_end_object:
 * @writer: a writer inside an object
 */
void
emend_json_end_object (EmendJsonWriter *writer)
{
  close_container (writer, '}');
}

/**
 * emend_json_begin_array:
 * @writer: a writer
 */
void
emend_json_begin_array (EmendJsonWriter *writer)
{
  open_container (writer, '[');
}

/**
 * emend_json_end_array:
 * @writer: a writer inside an array
 */
void
emend_json_end_array (EmendJsonWriter *writer)
{
  close_container (writer, ']');
}

static void
append_quoted (GString *out,
               const char *text)
{
  g_autofree char *valid = NULL;

  if (!g_utf8_validate (text, -1, NULL))
    text = valid = g_utf8_make_valid (text, -1);
  g_string_append_c (out, '"');
  for (const char *p = text; *p != '\0'; p++) {
    guchar c = (guchar) *p;

    if (c == '"' || c == '\\') {
      g_string_append_c (out, '\\');
      g_string_append_c (out, *p);
    } else if (c == '\n')
      g_string_append (out, "\\n");
    else if (c == '\t')
      g_string_append (out, "\\t");
    else if (c == '\r')
      g_string_append (out, "\\r");
    else if (c < 0x20 || c == 0x7f)
      g_string_append_printf (out, "\\u%04x", c);
    else
      g_string_append_c (out, *p);
  }
  g_string_append_c (out, '"');
}

/**
 * emend_json_key:
 * @writer: a writer inside an object
 * @key: the name of the next member
 */
void
emend_json_key (EmendJsonWriter *writer,
                const char *key)
{
  before_member (writer);
  append_quoted (writer->out, key);
  g_string_append (writer->out, writer->pretty ? ": " : ":");
  writer->after_key = TRUE;
}

/**
 * emend_json_string:
 * @writer: a writer
 * @text: (nullable): a string; %NULL writes null, bytes that are not UTF-8 become U+FFFD
 */
void
emend_json_string (EmendJsonWriter *writer,
                   const char *text)
{
  if (text == NULL) {
    emend_json_null (writer);
    return;
  }
  before_member (writer);
  append_quoted (writer->out, text);
}

/**
 * emend_json_uuid:
 * @writer: a writer
 * @uuid: an identifier, written as a string; nil as null
 */
void
emend_json_uuid (EmendJsonWriter *writer,
                 const EmendUuid *uuid)
{
  char text[EMEND_UUID_TEXT_LENGTH + 1];

  if (emend_uuid_is_nil (uuid)) {
    emend_json_null (writer);
    return;
  }
  emend_uuid_format (uuid, text);
  emend_json_string (writer, text);
}

/**
 * emend_json_int:
 * @writer: a writer
 * @value: a whole number
 */
void
emend_json_int (EmendJsonWriter *writer,
                gint64 value)
{
  before_member (writer);
  g_string_append_printf (writer->out, "%" PRId64, value);
}

/**
 * emend_json_double:
 * @writer: a writer
 * @value: a number; one that is not finite is written as null, as JSON has none
 */
void
emend_json_double (EmendJsonWriter *writer,
                   double value)
{
  char buffer[EMEND_TEXT_DOUBLE_SIZE];

  before_member (writer);
  g_string_append (writer->out, isfinite (value) ? emend_text_from_double (buffer, value) : "null");
}

/**
 * emend_json_bool:
 * @writer: a writer
 * @value: a truth value
 */
void
emend_json_bool (EmendJsonWriter *writer,
                 gboolean value)
{
  before_member (writer);
  g_string_append (writer->out, value ? "true" : "false");
}

/**
 * emend_json_null:
 * @writer: a writer
 */
void
emend_json_null (EmendJsonWriter *writer)
{
  before_member (writer);
  g_string_append (writer->out, "null");
}

/**
 * emend_json_raw:
 * @writer: a writer
 * @json: one JSON value that is known to be valid
 */
void
emend_json_raw (EmendJsonWriter *writer,
                const char *json)
{
  before_member (writer);
  g_string_append (writer->out, json);
}
