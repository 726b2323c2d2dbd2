#define G_LOG_DOMAIN "emend-formats"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "emend-document-format.h"
#include "emend-document-write.h"
#include "emend-formats-private.h"
#include "emend-part-folder.h"

/* The folder of a custom model: `fields.json`, and a `*.labels.json` beside each document. */
EMEND_DEFINE_FORMAT (EmendAzureLabels, emend_azure_labels)

#define SCHEMA "https://schema.cognitiveservices.azure.com/formrecognizer/2021-03-01/"

typedef struct {
  const EmendWriteSource *source;
  EmendPartFolder *folder;
} Writer;

static const char *
type_name (EmendFieldType type)
{
  switch (type) {
  case EMEND_FIELD_NUMBER:
  case EMEND_FIELD_AMOUNT:
    return "number";
  case EMEND_FIELD_INTEGER:
    return "integer";
  case EMEND_FIELD_DATE:
    return "date";
  case EMEND_FIELD_TIME:
    return "time";
  case EMEND_FIELD_MARK:
    return "selectionMark";
  case EMEND_FIELD_TABLE:
    return "array";
  case EMEND_FIELD_TEXT:
  case EMEND_FIELD_CODE:
  case EMEND_FIELD_EMAIL:
  case EMEND_FIELD_CHOICE:
  default:
    return "string";
  }
}

static void
string_member (EmendJsonWriter *json,
               const char *key,
               const char *text)
{
  emend_json_key (json, key);
  emend_json_string (json, text);
}

static void
append_field (EmendJsonWriter *json,
              const EmendField *field)
{
  emend_json_begin_object (json);
  string_member (json, "fieldKey", field->name);
  string_member (json, "fieldType", type_name (field->type));
  string_member (json, "fieldFormat", "not-specified");
  if (field->type == EMEND_FIELD_TABLE) {
    g_autofree char *item = g_strdup_printf ("#/definitions/%s_object", field->name);
    string_member (json, "itemType", item);
  }
  emend_json_end_object (json);
}

static void
append_definition (EmendJsonWriter *json,
                   const EmendField *table)
{
  g_autofree char *name = g_strdup_printf ("%s_object", table->name);

  emend_json_key (json, name);
  emend_json_begin_object (json);
  string_member (json, "fieldKey", name);
  string_member (json, "fieldType", "object");
  string_member (json, "fieldFormat", "not-specified");
  emend_json_key (json, "itemType");
  emend_json_null (json);
  emend_json_key (json, "fields");
  emend_json_begin_array (json);
  for (guint i = 0; table->columns != NULL && i < table->columns->len; i++)
    append_field (json, g_ptr_array_index (table->columns, i));
  emend_json_end_array (json);
  emend_json_end_object (json);
}

static gboolean
write_fields (Writer *writer,
              GError **error)
{
  EmendSchema *schema = writer->source->schema;
  g_autoptr (GString) out = g_string_new (NULL);
  g_autoptr (EmendJsonWriter) json = emend_json_writer_new (out, TRUE);

  emend_json_begin_object (json);
  string_member (json, "$schema", SCHEMA "fields.json");
  emend_json_key (json, "fields");
  emend_json_begin_array (json);
  for (gsize i = 0; i < emend_schema_get_n_fields (schema); i++)
    append_field (json, emend_schema_get_field (schema, i));
  emend_json_end_array (json);
  emend_json_key (json, "definitions");
  emend_json_begin_object (json);
  for (gsize i = 0; i < emend_schema_get_n_fields (schema); i++) {
    const EmendField *field = emend_schema_get_field (schema, i);
    if (field->type == EMEND_FIELD_TABLE)
      append_definition (json, field);
  }
  emend_json_end_object (json);
  emend_json_end_object (json);
  g_string_append_c (out, '\n');
  return emend_part_folder_add (writer->folder, "fields.json", out->str, out->len, error);
}

static void
append_escaped (GString *label,
                const char *name)
{
  for (; *name != '\0'; name++) {
    if (*name == '~')
      g_string_append (label, "~0");
    else if (*name == '/')
      g_string_append (label, "~1");
    else
      g_string_append_c (label, *name);
  }
}

static char *
label_name (const EmendField *field,
            const EmendValue *value,
            int row)
{
  g_autoptr (GString) label = g_string_new (NULL);

  append_escaped (label, field->name);
  if (row >= 0 && value->column != NULL) {
    g_string_append_printf (label, "/%d/", row);
    append_escaped (label, value->column);
  }
  return g_string_free (g_steal_pointer (&label), FALSE);
}

/* Corners clockwise from the top left, as fractions of the page. */
static void
append_box (EmendJsonWriter *json,
            const EmendRect *box,
            int width,
            int height)
{
  double left = CLAMP (box->x / width, 0, 1);
  double top = CLAMP (box->y / height, 0, 1);
  double right = CLAMP ((box->x + box->width) / width, 0, 1);
  double bottom = CLAMP ((box->y + box->height) / height, 0, 1);
  const double corners[] = { left, top, right, top, right, bottom, left, bottom };

  emend_json_begin_array (json);
  for (gsize i = 0; i < G_N_ELEMENTS (corners); i++)
    emend_json_double (json, corners[i]);
  emend_json_end_array (json);
}

/* One entry for each place; the text stands in the first. */
static void
append_place (EmendJsonWriter *json,
              const EmendWriteItem *item,
              int page,
              const EmendRect *box,
              const char *text)
{
  int width;
  int height;

  emend_json_begin_object (json);
  emend_json_key (json, "page");
  emend_json_int (json, page + 1);
  string_member (json, "text", text);
  emend_json_key (json, "boundingBoxes");
  emend_json_begin_array (json);
  if (box->width > 0 && box->height > 0 && emend_write_get_page_size (item, page, &width, &height))
    append_box (json, box, width, height);
  emend_json_end_array (json);
  emend_json_end_object (json);
}

/* A place without text, as one that is illegible, is a region that somebody drew; text without a place has no box. */
static void
append_label (Writer *writer,
              EmendJsonWriter *json,
              const EmendWriteItem *item,
              const EmendMark *mark,
              int row)
{
  const EmendValue *value = emend_mark_get_value (mark);
  const char *text = emend_write_get_text (mark);
  g_autofree char *name = label_name (emend_write_get_field (writer->source, mark), value, row);

  emend_json_begin_object (json);
  string_member (json, "label", name);
  emend_json_key (json, "key");
  emend_json_null (json);
  emend_json_key (json, "value");
  emend_json_begin_array (json);
  append_place (json, item, emend_mark_get_page (mark), &emend_mark_get_shape (mark)->box, text != NULL ? text : "");
  for (guint i = 0; value->regions != NULL && i < value->regions->len; i++) {
    const EmendRegion *region = &g_array_index (value->regions, EmendRegion, i);
    append_place (json, item, region->page, &region->box, "");
  }
  emend_json_end_array (json);
  if (text == NULL || *text == '\0')
    string_member (json, "labelType", "region");
  emend_json_end_object (json);
}

static gboolean
is_written (const EmendMark *mark)
{
  const char *text = emend_write_get_text (mark);

  if (emend_mark_get_verdict (mark) == EMEND_VERDICT_ILLEGIBLE)
    return emend_write_has_place (mark);
  return text != NULL && (*text != '\0' || emend_write_has_place (mark));
}

static gboolean
write_item (gpointer data,
            const EmendWriteItem *item,
            GError **error)
{
  Writer *writer = data;
  g_autoptr (GPtrArray) marks = emend_write_list_values (writer->source, item);
  g_autoptr (GArray) rows = emend_write_number_rows (marks);
  g_autoptr (GString) out = g_string_new (NULL);
  g_autoptr (EmendJsonWriter) json = emend_json_writer_new (out, TRUE);
  g_autofree char *base = g_path_get_basename (item->path);
  g_autofree char *safe = emend_write_safe_path (item->path, TRUE);
  g_autofree char *name = g_strconcat (safe, ".labels.json", NULL);

  if (!item->reviewed && marks->len == 0)
    return TRUE;
  emend_json_begin_object (json);
  string_member (json, "$schema", SCHEMA "labels.json");
  string_member (json, "document", base);
  emend_json_key (json, "labels");
  emend_json_begin_array (json);
  for (guint i = 0; i < marks->len; i++) {
    if (is_written (marks->pdata[i]))
      append_label (writer, json, item, marks->pdata[i], g_array_index (rows, int, i));
  }
  emend_json_end_array (json);
  emend_json_key (json, "labelingState");
  emend_json_int (json, 1);
  emend_json_end_object (json);
  g_string_append_c (out, '\n');
  return emend_part_folder_add (writer->folder, name, out->str, out->len, error);
}

static gboolean
labels_write (EmendFormat *format,
              const char *path,
              const EmendWriteSource *source,
              GCancellable *cancellable,
              GError **error)
{
  g_autoptr (EmendPartFolder) folder = emend_part_folder_new (path, error);
  Writer writer = { source, folder };

  return folder != NULL && write_fields (&writer, error) &&
         emend_write_each (source, write_item, &writer, cancellable, error) &&
         emend_part_folder_commit (folder, error);
}

static void
emend_azure_labels_format_init (EmendFormatInterface *iface)
{
  iface->id = "azure-labels";
  iface->name = "Azure labels";
  iface->writes_folder = TRUE;
  iface->write = labels_write;
}
