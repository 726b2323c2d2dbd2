#define G_LOG_DOMAIN "emend-formats"

#include "config.h"

#include "emend-yolo-yaml.h"

#include <inttypes.h>
#include <string.h>

#include <glib/gi18n-lib.h>
#include <yaml.h>

#include "emend-format.h"
#include "emend-number.h"

typedef enum {
  STATE_TOP,        /* before the document's mapping */
  STATE_KEY,        /* a key of it is next */
  STATE_VALUE,      /* the value of a key that does not matter */
  STATE_NAMES,      /* the value of `names` is next */
  STATE_LIST,       /* in the list of names */
  STATE_MAP_NUMBER, /* in the map of names: a number is next */
  STATE_MAP_NAME,   /* and its name */
  STATE_DONE,
} State;

typedef struct {
  State state;
  int depth; /* of containers below a value that does not matter */
  gint64 number;
  gboolean seen;
  GPtrArray *names;
  const char *problem; /* (nullable) (unowned) */
} Reader;

static void
add_name (Reader *reader,
          gint64 number,
          const yaml_event_t *event)
{
  const char *text = (const char *) event->data.scalar.value;

  if (number < 0 || number >= EMEND_FORMATS_MAX_LABELS) {
    reader->problem = _ ("a class number is below zero or too large");
    return;
  }
  while (reader->names->len <= number)
    g_ptr_array_add (reader->names, NULL);
  if (reader->names->pdata[number] != NULL)
    reader->problem = _ ("a class number is given twice");
  else if (*text == '\0' || strlen (text) != event->data.scalar.length || strlen (text) > EMEND_FORMATS_MAX_LABEL_NAME)
    reader->problem = _ ("a class name is empty, too long, or holds a zero byte");
  else
    reader->names->pdata[number] = g_strdup (text);
}

static void
take_scalar (Reader *reader,
             const yaml_event_t *event)
{
  const char *text = (const char *) event->data.scalar.value;

  switch (reader->state) {
  case STATE_KEY:
    reader->state = g_str_equal (text, "names") ? STATE_NAMES : STATE_VALUE;
    if (reader->state == STATE_NAMES && reader->seen)
      reader->problem = _ ("it has “names” twice");
    reader->seen = reader->seen || reader->state == STATE_NAMES;
    break;
  case STATE_VALUE:
    reader->state = reader->depth == 0 ? STATE_KEY : STATE_VALUE;
    break;
  case STATE_LIST:
    add_name (reader, reader->names->len, event);
    break;
  case STATE_MAP_NUMBER:
    if (!emend_number_parse_int (text, event->data.scalar.length, &reader->number))
      reader->problem = _ ("a class number is no whole number");
    reader->state = STATE_MAP_NAME;
    break;
  case STATE_MAP_NAME:
    add_name (reader, reader->number, event);
    reader->state = STATE_MAP_NUMBER;
    break;
  case STATE_TOP:
  case STATE_NAMES:
  case STATE_DONE:
  default:
    reader->problem = _ ("“names” is neither a list nor a map from numbers to names");
    break;
  }
}

static void
begin_container (Reader *reader,
                 gboolean mapping)
{
  if (reader->state == STATE_VALUE)
    reader->depth++;
  else if (reader->state == STATE_TOP && mapping)
    reader->state = STATE_KEY;
  else if (reader->state == STATE_NAMES)
    reader->state = mapping ? STATE_MAP_NUMBER : STATE_LIST;
  else
    reader->problem = _ ("“names” is neither a list nor a map from numbers to names");
}

static void
end_container (Reader *reader)
{
  if (reader->state == STATE_VALUE) {
    reader->depth--;
    reader->state = reader->depth == 0 ? STATE_KEY : STATE_VALUE;
  } else
    reader->state = reader->state == STATE_KEY ? STATE_DONE : STATE_KEY;
}

static void
take_event (Reader *reader,
            const yaml_event_t *event)
{
  switch (event->type) {
  case YAML_SCALAR_EVENT:
    take_scalar (reader, event);
    break;
  case YAML_SEQUENCE_START_EVENT:
    begin_container (reader, FALSE);
    break;
  case YAML_MAPPING_START_EVENT:
    begin_container (reader, TRUE);
    break;
  case YAML_SEQUENCE_END_EVENT:
  case YAML_MAPPING_END_EVENT:
    end_container (reader);
    break;
  case YAML_ALIAS_EVENT:
    reader->problem = _ ("it refers to other parts of itself");
    break;
  case YAML_NO_EVENT:
  case YAML_STREAM_START_EVENT:
  case YAML_STREAM_END_EVENT:
  case YAML_DOCUMENT_START_EVENT:
  case YAML_DOCUMENT_END_EVENT:
  default:
    break;
  }
}

static gint64
run_parser (yaml_parser_t *parser,
            Reader *reader)
{
  gint64 line = 1;
  gboolean more = TRUE;

  while (more && reader->problem == NULL) {
    yaml_event_t event;

    if (!yaml_parser_parse (parser, &event)) {
      reader->problem = _ ("it is no valid YAML");
      return (gint64) parser->problem_mark.line + 1;
    }
    line = (gint64) event.start_mark.line + 1;
    take_event (reader, &event);
    more = event.type != YAML_DOCUMENT_END_EVENT && event.type != YAML_STREAM_END_EVENT;
    yaml_event_delete (&event);
  }
  return line;
}

/**
 * emend_yolo_yaml_parse_names:
 * @text: a `data.yaml` in UTF-8
 * @file: its name, for messages
 * @error: EMEND_FORMATS_ERROR_INVALID
 *
 * Only `names` is read, a list or a map from class numbers; paths and the like are for training. A file that
 * refers to parts of itself is refused, so it cannot grow. Any thread.
 *
 * Returns: (transfer full) (nullable) (element-type utf8): the names by class number, NULL for a number
 *   without a name
 */
GPtrArray *
emend_yolo_yaml_parse_names (const char *text,
                             const char *file,
                             GError **error)
{
  yaml_parser_t parser;
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  Reader reader = { .state = STATE_TOP, .names = names };
  gint64 line;

  if (!yaml_parser_initialize (&parser))
    g_error ("Out of memory");
  yaml_parser_set_input_string (&parser, (const unsigned char *) text, strlen (text));
  yaml_parser_set_encoding (&parser, YAML_UTF8_ENCODING);
  line = run_parser (&parser, &reader);
  yaml_parser_delete (&parser);
  if (reader.problem == NULL && names->len == 0)
    reader.problem = _ ("it names no class");
  if (reader.problem != NULL) {
    g_set_error (error, EMEND_FORMATS_ERROR, EMEND_FORMATS_ERROR_INVALID,
                 /* TRANSLATORS: a file name, a line, then what is wrong, as "it is no valid YAML". */
                 _ ("The names of the classes cannot be read from “%s”, line %" PRId64 ": %s."), file, line,
                 reader.problem);
    return NULL;
  }
  return g_steal_pointer (&names);
}
