#define G_LOG_DOMAIN "emend-formats"

#include "config.h"

#include <math.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include "emend-azure-fields.h"
#include "emend-document-json.h"
#include "emend-small-file.h"

#define MAX_FIELDS_FILE ((gsize) 4 * 1024 * 1024)

/* What is being read of a *.labels.json: see the labelling tool's schema of 2021-03-01. */
typedef struct {
  EmendDocument *document;
  GHashTable *types; /* (element-type utf8 gint): of fields and, as "table/column", of columns */
  GHashTable *rows;  /* (element-type utf8 gint): numbers of the named rows of tables */
} Labels;

/* "~1" is a slash and "~0" a tilde, as in JSON pointers. */
static char *
unescape (const char *name)
{
  g_autoptr (GString) text = g_string_new (name);

  g_string_replace (text, "~1", "/", 0);
  g_string_replace (text, "~0", "~", 0);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
learn_columns (Labels *labels,
               const char *table,
               const char *definition,
               const json_t *definitions)
{
  const json_t *object = json_object_get (definitions, definition);
  gsize i;
  json_t *column;

  json_array_foreach (json_object_get (object, "fields"), i, column)
  {
    const char *name = emend_json_get_text (column, "fieldKey");
    const char *type = emend_json_get_text (column, "fieldType");

    if (name != NULL)
      g_hash_table_insert (labels->types, g_strdup_printf ("%s/%s", table, name),
                           GINT_TO_POINTER (emend_azure_field_type (type)));
  }
}

/* The types of fields stand in a `fields.json` beside the labels; without it all are text. */
static void
learn_types (Labels *labels)
{
  static const char prefix[] = "#/definitions/";
  g_autofree char *folder = g_path_get_dirname (labels->document->path);
  g_autofree char *path = g_build_filename (folder, "fields.json", NULL);
  gsize length;
  g_autofree char *text = emend_small_file_read (path, MAX_FIELDS_FILE, &length, NULL);
  g_autoptr (json_t) tree = text != NULL ? emend_document_parse_json (path, text, length, NULL) : NULL;
  gsize i;
  json_t *field;

  json_array_foreach (json_object_get (tree, "fields"), i, field)
  {
    const char *name = emend_json_get_text (field, "fieldKey");
    const char *type = emend_json_get_text (field, "fieldType");
    const char *item = emend_json_get_text (field, "itemType");

    if (name == NULL)
      continue;
    g_hash_table_insert (labels->types, g_strdup (name), GINT_TO_POINTER (emend_azure_field_type (type)));
    if (item != NULL && g_str_has_prefix (item, prefix))
      learn_columns (labels, name, item + strlen (prefix), json_object_get (tree, "definitions"));
  }
}

static EmendFieldType
type_of (Labels *labels,
         const char *name)
{
  int type = GPOINTER_TO_INT (g_hash_table_lookup (labels->types, name));

  return type != 0 ? (EmendFieldType) type : EMEND_FIELD_TEXT;
}

/* Rows are numbers, or have names in a table of fixed rows, which count as they come. */
static int
row_of (Labels *labels,
        const char *table,
        const char *row)
{
  g_autofree char *key = g_strdup_printf ("%s/%s", table, row);
  guint64 number;
  gpointer known;
  int next;

  if (g_ascii_string_to_unsigned (row, 10, 0, EMEND_DOCUMENT_MAX_ROWS - 1, &number, NULL))
    return (int) number;
  if (g_hash_table_lookup_extended (labels->rows, key, NULL, &known))
    return GPOINTER_TO_INT (known);
  next = emend_document_next_row (labels->document, table);
  g_hash_table_insert (labels->rows, g_steal_pointer (&key), GINT_TO_POINTER (next));
  return next;
}

static char *
collect_parts (const json_t *parts,
               GArray *regions)
{
  GString *text = g_string_new (NULL);
  gsize i;
  json_t *part;

  json_array_foreach (parts, i, part)
  {
    const char *word = emend_json_get_text (part, "text");
    gsize j;
    json_t *box;

    if (word != NULL && *word != '\0')
      g_string_append_printf (text, "%s%s", text->len > 0 ? " " : "", word);
    json_array_foreach (json_object_get (part, "boundingBoxes"), j, box)
      emend_json_add_region (regions, emend_json_get_page (part, "page", 1), box);
  }
  return g_string_free (text, FALSE);
}

static gboolean
add_label (Labels *labels,
           const json_t *label,
           GError **error)
{
  const char *key = emend_json_get_text (label, "label");
  g_auto (GStrv) parts = g_strsplit (key != NULL ? key : "", "/", -1);
  g_autoptr (GArray) regions = g_array_new (FALSE, FALSE, sizeof (EmendRegion));
  g_autofree char *text = collect_parts (json_object_get (label, "value"), regions);
  EmendDocumentValue value = { .row = -1, .text = text, .regions = regions, .score = NAN };
  guint n_parts = g_strv_length (parts);

  for (guint i = 0; i < n_parts; i++) {
    char *plain = unescape (parts[i]);
    g_free (parts[i]);
    parts[i] = plain;
  }
  if (n_parts != 1 && n_parts != 3)
    return emend_document_skip (labels->document, 0, _ ("A label is neither a field nor a cell of a table."));
  value.name = parts[0];
  value.type = type_of (labels, parts[0]);
  emend_json_get_number (label, "confidence", &value.score);
  if (n_parts == 3) {
    g_autofree char *cell = g_strdup_printf ("%s/%s", parts[0], parts[2]);

    value.row = row_of (labels, parts[0], parts[1]);
    value.column = parts[2];
    value.type = type_of (labels, cell);
  }
  return emend_document_add_value (labels->document, &value, error);
}

/**
 * emend_azure_read_labels:
 * @document: where they go
 * @tree: a file of labels
 * @error: what the sink said
 *
 * Returns: whether to go on
 */
gboolean
emend_azure_read_labels (EmendDocument *document,
                         const json_t *tree,
                         GError **error)
{
  g_autoptr (GHashTable) types = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) rows = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Labels labels = { document, types, rows };
  gsize i;
  json_t *label;

  emend_document_find (document, emend_json_get_text (tree, "document"));
  learn_types (&labels);
  json_array_foreach (json_object_get (tree, "labels"), i, label)
  {
    if (!add_label (&labels, label, error))
      return FALSE;
  }
  return TRUE;
}
