#define G_LOG_DOMAIN "emend-formats"

#include "config.h"

#include <math.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include "emend-csv.h"
#include "emend-document-format.h"
#include "emend-document-json.h"
#include "emend-formats-private.h"
#include "emend-text.h"
#include "emend-values-private.h"

/* Values of fields and nothing else: a table or JSON of one value each, or JSON of one object for each document. */
EMEND_DEFINE_FORMAT (EmendValuesFormat, emend_values_format)

/* Pages and rows count from 1 in these files, as people do. */
static const struct {
  const char *name;
  EmendValuesKey key;
} names[] = {
  { "file", EMEND_VALUES_FILE },
  { "file_name", EMEND_VALUES_FILE },
  { "filename", EMEND_VALUES_FILE },
  { "field", EMEND_VALUES_FIELD },
  { "value", EMEND_VALUES_VALUE },
  { "confidence", EMEND_VALUES_CONFIDENCE },
  { "score", EMEND_VALUES_CONFIDENCE },
  { "page", EMEND_VALUES_PAGE },
  { "x", EMEND_VALUES_X },
  { "y", EMEND_VALUES_Y },
  { "w", EMEND_VALUES_WIDTH },
  { "width", EMEND_VALUES_WIDTH },
  { "h", EMEND_VALUES_HEIGHT },
  { "height", EMEND_VALUES_HEIGHT },
  { "row", EMEND_VALUES_ROW },
  { "column", EMEND_VALUES_COLUMN },
  { "text", EMEND_VALUES_TEXT },
  { "state", EMEND_VALUES_STATE },
};

/**
 * emend_values_find_key:
 * @name: of a column or member
 * @key: (out): what it is
 *
 * Returns: whether it is one that a value can have
 */
gboolean
emend_values_find_key (const char *name,
                       EmendValuesKey *key)
{
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++) {
    if (g_ascii_strcasecmp (names[i].name, name) == 0) {
      *key = names[i].key;
      return TRUE;
    }
  }
  return FALSE;
}

/**
 * emend_values_get_document:
 * @values: what is read
 * @name: (nullable): of its picture; %NULL when only the name of the file tells
 *
 * Returns: (transfer none): that document, until the next call
 */
EmendDocument *
emend_values_get_document (EmendValues *values,
                           const char *name)
{
  EmendDocument *whole = values->whole;
  const EmendReadSink *sink = whole->sink;

  if (name != NULL && *name == '\0')
    name = NULL;
  if (values->has_current && g_strcmp0 (values->name, name) == 0)
    return &values->current;
  emend_values_clear (values);
  emend_document_init (&values->current, sink, whole->options, whole->path, whole->cancellable);
  values->has_current = TRUE;
  values->name = g_strdup (name);
  if (name != NULL)
    values->current.found = sink->find_image (sink->data, name, strchr (name, '.') == NULL, &values->current.image);
  else
    emend_document_find (&values->current, NULL);
  return &values->current;
}

/**
 * emend_values_clear:
 * @values: what was read
 */
void
emend_values_clear (EmendValues *values)
{
  g_clear_pointer (&values->name, g_free);
  if (values->has_current)
    emend_document_clear (&values->current);
  values->has_current = FALSE;
}

static gboolean
get_number (const char *text,
            double *number)
{
  return text != NULL && *text != '\0' && emend_text_to_double (text, -1, number) && fabs (*number) < 1e9;
}

static gboolean
get_box (const char *const cells[EMEND_VALUES_N_KEYS],
         EmendRect *box)
{
  return get_number (cells[EMEND_VALUES_X], &box->x) && get_number (cells[EMEND_VALUES_Y], &box->y) &&
         get_number (cells[EMEND_VALUES_WIDTH], &box->width) && get_number (cells[EMEND_VALUES_HEIGHT], &box->height) &&
         box->width >= 0 && box->height >= 0;
}

/* A whole number from 1 becomes one from 0; -1 when it is none. */
static int
get_index (const char *text,
           int missing)
{
  double number;

  if (text == NULL || *text == '\0')
    return missing;
  if (!get_number (text, &number) || number < 1 || number > EMEND_DOCUMENT_MAX_ROWS || number != floor (number))
    return -1;
  return (int) number - 1;
}

static gboolean
is_no_value (const char *state)
{
  static const char *const states[] = { "absent", "illegible", "rejected", NULL };

  return state != NULL && g_strv_contains (states, state);
}

/**
 * emend_values_add:
 * @values: what is read
 * @cells: (array fixed-size=13) (nullable elements): one value
 * @line: where it stands, 0 for nowhere
 * @error: what the sink said
 *
 * Returns: whether to go on
 */
gboolean
emend_values_add (EmendValues *values,
                  const char *const cells[EMEND_VALUES_N_KEYS],
                  gint64 line,
                  GError **error)
{
  EmendDocument *document = emend_values_get_document (values, cells[EMEND_VALUES_FILE]);
  g_autoptr (GArray) regions = g_array_new (FALSE, FALSE, sizeof (EmendRegion));
  EmendRegion region = { .page = get_index (cells[EMEND_VALUES_PAGE], 0) };
  EmendDocumentValue value = { .name = cells[EMEND_VALUES_FIELD], .regions = regions, .score = NAN, .line = line };
  const char *confidence = cells[EMEND_VALUES_CONFIDENCE];
  char buffer[EMEND_TEXT_DOUBLE_SIZE];

  if (is_no_value (cells[EMEND_VALUES_STATE]))
    return TRUE;
  value.row = get_index (cells[EMEND_VALUES_ROW], -1);
  value.column = cells[EMEND_VALUES_COLUMN] != NULL && *cells[EMEND_VALUES_COLUMN] != '\0' ?
                   cells[EMEND_VALUES_COLUMN] :
                   NULL;
  value.value = cells[EMEND_VALUES_VALUE];
  value.text = cells[EMEND_VALUES_TEXT] != NULL && *cells[EMEND_VALUES_TEXT] != '\0' ? cells[EMEND_VALUES_TEXT] :
                                                                                       value.value;
  value.type = emend_json_guess_type (value.value);
  if (confidence != NULL && *confidence != '\0') {
    if (!get_number (confidence, &value.score))
      emend_document_tell (document, line, _ ("A confidence is not a number and was left out."));
    else if (!g_str_equal (emend_text_from_double (buffer, value.score), confidence))
      value.score_text = confidence;
  }
  if (get_box (cells, &region.box)) {
    emend_document_use_pixels (document, region.page);
    g_array_append_val (regions, region);
  }
  return emend_document_add_value (document, &value, error);
}

static gboolean
read_table (EmendValues *values,
            char *text,
            gsize length,
            GError **error)
{
  g_auto (EmendCsv) csv = { 0 };
  g_autoptr (GArray) keys = g_array_new (FALSE, FALSE, sizeof (int));
  gboolean has_field = FALSE;
  gboolean has_value = FALSE;

  if (!g_utf8_validate_len (text, length, NULL))
    return emend_document_refuse (values->whole->path, EMEND_FORMATS_ERROR_INVALID,
                                  _ ("It is no text in UTF-8. Save it as “CSV UTF-8”."), error);
  emend_csv_init (&csv, text, length);
  if (!emend_csv_next (&csv))
    return TRUE;
  for (guint i = 0; i < csv.cells->len; i++) {
    g_autofree char *name = g_strstrip (g_strdup (csv.cells->pdata[i]));
    EmendValuesKey key;
    int number = emend_values_find_key (name, &key) ? (int) key : -1;

    has_field = has_field || number == EMEND_VALUES_FIELD;
    has_value = has_value || number == EMEND_VALUES_VALUE;
    g_array_append_val (keys, number);
  }
  if (!has_field || !has_value)
    return emend_document_refuse (values->whole->path, EMEND_FORMATS_ERROR_INVALID,
                                  _ ("Its first line does not name the columns “field” and “value”."), error);
  while (emend_csv_next (&csv)) {
    const char *cells[EMEND_VALUES_N_KEYS] = { NULL };

    for (guint i = 0; i < csv.cells->len && i < keys->len; i++) {
      if (g_array_index (keys, int, i) >= 0)
        cells[g_array_index (keys, int, i)] = csv.cells->pdata[i];
    }
    if (!emend_values_add (values, cells, csv.line, error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
read_lines (EmendValues *values,
            char *text,
            GError **error)
{
  EmendDocument *whole = values->whole;
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++) {
    g_autoptr (GError) problem = NULL;
    g_autoptr (json_t) tree = NULL;

    g_strstrip (lines[i]);
    if (*lines[i] == '\0')
      continue;
    tree = emend_document_parse_json (whole->path, lines[i], strlen (lines[i]), &problem);
    if (tree == NULL)
      emend_document_skip (whole, i + 1, problem->message);
    else if (!emend_values_add_json (values, tree, i + 1, error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
is_table_name (const char *path)
{
  g_autofree char *lower = g_ascii_strdown (path, -1);

  return g_str_has_suffix (lower, ".csv") || g_str_has_suffix (lower, ".tsv");
}

static gboolean
is_lines_name (const char *path)
{
  g_autofree char *lower = g_ascii_strdown (path, -1);

  return g_str_has_suffix (lower, ".jsonl") || g_str_has_suffix (lower, ".ndjson");
}

static gboolean
read_document (EmendDocument *document,
               char *text,
               gsize length,
               GError **error)
{
  EmendValues values = { .whole = document };
  g_autoptr (json_t) tree = NULL;
  gboolean done;

  if (strlen (text) != length)
    return emend_document_refuse (document->path, EMEND_FORMATS_ERROR_INVALID, _ ("It holds a zero byte."), error);
  if (is_table_name (document->path))
    done = read_table (&values, text, length, error);
  else if (is_lines_name (document->path))
    done = read_lines (&values, text, error);
  else {
    tree = emend_document_parse_json (document->path, text, length, error);
    done = tree != NULL && emend_values_add_json (&values, tree, 0, error);
  }
  emend_values_clear (&values);
  return done;
}

static int
detect_table (const char *text)
{
  g_autofree char *line = g_strndup (text, strcspn (text, "\n"));
  g_auto (EmendCsv) csv = { 0 };
  guint seen = 0;

  emend_csv_init (&csv, line, strlen (line));
  emend_csv_next (&csv);
  for (guint i = 0; i < csv.cells->len; i++) {
    EmendValuesKey key;

    if (emend_values_find_key (csv.cells->pdata[i], &key))
      seen |= 1u << key;
  }
  return (seen & (1u << EMEND_VALUES_FIELD)) != 0 && (seen & (1u << EMEND_VALUES_VALUE)) != 0 ? 90 : 0;
}

/* Keys that are numbers are a list of something, not the fields of a document. */
static gboolean
has_named_keys (const EmendJsonHead *head)
{
  GHashTableIter iter;
  gpointer key;

  g_hash_table_iter_init (&iter, head->keys);
  while (g_hash_table_iter_next (&iter, &key, NULL)) {
    if (!g_ascii_isdigit (((const char *) key)[2]))
      return TRUE;
  }
  return FALSE;
}

/* An object of plain values could be anything, so whatever has coordinates or the members of another tool's file is not
 * taken for one. */
static int
detect (const char *path,
        const char *text)
{
  static const char *const others[] = { "annotations", "shapes", "conversations", "categories", "blocks", "Blocks",
                                        "completions", "predictions", "form", "labels", "rules",
                                        "licenses", "detection", "tokens", NULL };
  g_auto (EmendJsonHead) head = { 0 };
  int outer;

  if (is_table_name (path))
    return detect_table (text);
  emend_json_head_init (&head, text);
  outer = head.first == '[' ? 2 : 1;
  if (head.first == '\0')
    return 0;
  if (emend_json_head_has (&head, outer, "field") && emend_json_head_has (&head, outer, "value"))
    return 90;
  if (emend_json_head_has (&head, outer, "file_name") && emend_json_head_has (&head, outer, "ground_truth"))
    return 90;
  for (gsize i = 0; others[i] != NULL; i++) {
    if (emend_json_head_has (&head, 1, others[i]) || emend_json_head_has (&head, 2, others[i]))
      return 0;
  }
  return !head.nested && head.depth <= 4 && has_named_keys (&head) ? 25 : 0;
}

static const char *const suffixes[] = { ".json", ".jsonl", ".ndjson", ".csv", ".tsv", ".txt", NULL };
static const EmendDocumentReader reader = { suffixes, detect, read_document };

static void
emend_values_format_format_init (EmendFormatInterface *iface)
{
  iface->id = "values";
  iface->name = "Values (JSON or CSV)";
  emend_document_format_init (iface, &reader, TRUE);
}
