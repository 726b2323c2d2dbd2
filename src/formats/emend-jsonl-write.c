#define G_LOG_DOMAIN "emend-formats"

#include "config.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "emend-document-format.h"
#include "emend-document-write.h"
#include "emend-formats-private.h"
#include "emend-part-file.h"

#define BUFFER_SIZE ((gsize) 64 * 1024)

/* One JSON a line for each document, as Donut is trained with: `gt_parse` is JSON in a string. */
EMEND_DEFINE_FORMAT (EmendJsonl, emend_jsonl)

typedef struct {
  const EmendWriteSource *source;
  EmendPartFile *part;
  GString *out;
} Writer;

static int
id_of (GPtrArray *marks,
       guint index)
{
  return emend_mark_get_label (g_ptr_array_index (marks, index));
}

/* The marks from @from on that are of the same field. */
static guint
end_of_field (GPtrArray *marks,
              guint from)
{
  guint end = from;

  while (end < marks->len && id_of (marks, end) == id_of (marks, from))
    end++;
  return end;
}

/* The rows of a table that have a value, one below the other. */
static void
append_rows (EmendJsonWriter *json,
             GPtrArray *marks,
             guint from,
             guint end)
{
  int row = -1;

  emend_json_begin_array (json);
  for (guint i = from; i < end; i++) {
    const EmendValue *value = emend_mark_get_value (g_ptr_array_index (marks, i));

    if (row != value->row) {
      if (row >= 0)
        emend_json_end_object (json);
      emend_json_begin_object (json);
      row = value->row;
    }
    emend_json_key (json, value->column != NULL ? value->column : "");
    emend_json_string (json, value->value != NULL ? value->value : "");
  }
  if (row >= 0)
    emend_json_end_object (json);
  emend_json_end_array (json);
}

static void
append_texts (EmendJsonWriter *json,
              GPtrArray *marks,
              guint from,
              guint end)
{
  if (end - from > 1)
    emend_json_begin_array (json);
  for (guint i = from; i < end; i++) {
    const char *text = emend_write_get_text (g_ptr_array_index (marks, i));
    emend_json_string (json, text != NULL ? text : "");
  }
  if (end - from > 1)
    emend_json_end_array (json);
}

static void
append_parse (const EmendWriteSource *source,
              EmendJsonWriter *json,
              GPtrArray *marks)
{
  emend_json_key (json, "gt_parse");
  emend_json_begin_object (json);
  for (guint i = 0; i < marks->len; i = end_of_field (marks, i)) {
    const EmendField *field = emend_write_get_field (source, g_ptr_array_index (marks, i));

    emend_json_key (json, field->name);
    if (field->type == EMEND_FIELD_TABLE)
      append_rows (json, marks, i, end_of_field (marks, i));
    else
      append_texts (json, marks, i, end_of_field (marks, i));
  }
  emend_json_end_object (json);
}

static void
append_illegible (const EmendWriteSource *source,
                  EmendJsonWriter *json,
                  GPtrArray *illegible)
{
  if (illegible->len == 0)
    return;
  emend_json_key (json, "illegible");
  emend_json_begin_array (json);
  for (guint i = 0; i < illegible->len; i++)
    emend_json_string (json, emend_write_get_field (source, g_ptr_array_index (illegible, i))->name);
  emend_json_end_array (json);
}

/* One value a cell: the format cannot say the second. */
static gboolean
is_same_cell (const EmendMark *a,
              const EmendMark *b)
{
  const EmendValue *one = emend_mark_get_value (a);
  const EmendValue *two = emend_mark_get_value (b);

  return one->row >= 0 && emend_mark_get_label (a) == emend_mark_get_label (b) && one->row == two->row &&
         g_strcmp0 (one->column, two->column) == 0;
}

static gboolean
write_item (gpointer data,
            const EmendWriteItem *item,
            GError **error)
{
  Writer *writer = data;
  g_autoptr (GPtrArray) marks = emend_write_list_values (writer->source, item);
  g_autoptr (GPtrArray) said = g_ptr_array_new ();
  g_autoptr (GPtrArray) illegible = g_ptr_array_new ();
  g_autoptr (GString) truth = g_string_new (NULL);
  g_autoptr (EmendJsonWriter) inner = emend_json_writer_new (truth, FALSE);
  g_autoptr (EmendJsonWriter) outer = emend_json_writer_new (writer->out, FALSE);

  for (guint i = 0; i < marks->len; i++) {
    EmendMark *mark = g_ptr_array_index (marks, i);

    if (emend_mark_get_verdict (mark) == EMEND_VERDICT_ILLEGIBLE)
      g_ptr_array_add (illegible, mark);
    else if (emend_write_get_text (mark) != NULL &&
             (said->len == 0 || !is_same_cell (said->pdata[said->len - 1], mark)))
      g_ptr_array_add (said, mark);
  }
  /* Nobody looked, and nothing is known. */
  if (!item->reviewed && said->len == 0 && illegible->len == 0)
    return TRUE;
  emend_json_begin_object (inner);
  append_parse (writer->source, inner, said);
  append_illegible (writer->source, inner, illegible);
  emend_json_end_object (inner);
  emend_json_begin_object (outer);
  emend_json_key (outer, "file_name");
  emend_json_string (outer, item->path);
  emend_json_key (outer, "ground_truth");
  emend_json_string (outer, truth->str);
  emend_json_end_object (outer);
  g_string_append_c (writer->out, '\n');
  if (writer->out->len < BUFFER_SIZE)
    return TRUE;
  if (!emend_part_file_write (writer->part, writer->out->str, writer->out->len, error))
    return FALSE;
  g_string_truncate (writer->out, 0);
  return TRUE;
}

static gboolean
jsonl_write (EmendFormat *format,
             const char *path,
             const EmendWriteSource *source,
             GCancellable *cancellable,
             GError **error)
{
  g_autoptr (EmendPartFile) part = emend_part_file_new (path, error);
  g_autoptr (GString) out = g_string_new (NULL);
  Writer writer = { source, part, out };

  return part != NULL && emend_write_each (source, write_item, &writer, cancellable, error) &&
         emend_part_file_write (part, out->str, out->len, error) && emend_part_file_commit (part, FALSE, error);
}

static void
emend_jsonl_format_init (EmendFormatInterface *iface)
{
  iface->id = "jsonl";
  iface->name = "JSON Lines (Donut)";
  iface->suffix = ".jsonl";
  iface->write = jsonl_write;
}
