#define G_LOG_DOMAIN "emend-formats"

#include "config.h"

#include "emend-ppocrlabel-write.h"

#include <glib/gi18n-lib.h>

#include "emend-document-write.h"
#include "emend-part-folder.h"

typedef struct {
  const EmendWriteSource *source;
  GString *labels;
  GString *states;
} Writer;

/* Corners clockwise from the top left. */
static void
append_points (EmendJsonWriter *json,
               const EmendRect *box)
{
  const double corners[4][2] = { { box->x, box->y },
                                 { box->x + box->width, box->y },
                                 { box->x + box->width, box->y + box->height },
                                 { box->x, box->y + box->height } };

  emend_json_begin_array (json);
  for (gsize i = 0; i < G_N_ELEMENTS (corners); i++) {
    emend_json_begin_array (json);
    emend_json_double (json, corners[i][0]);
    emend_json_double (json, corners[i][1]);
    emend_json_end_array (json);
  }
  emend_json_end_array (json);
}

/* What cannot be read is "###", which training ignores. */
static void
append_entry (Writer *writer,
              EmendJsonWriter *json,
              const EmendMark *mark)
{
  const EmendField *field = emend_write_get_field (writer->source, mark);
  const EmendValue *value = emend_mark_get_value (mark);
  const char *text = emend_write_get_text (mark);
  gboolean legible = text != NULL && *text != '\0';
  g_autofree char *class = value->column != NULL ? g_strdup_printf ("%s.%s", field->name, value->column) :
                                                   g_strdup (field->name);

  emend_json_begin_object (json);
  emend_json_key (json, "transcription");
  emend_json_string (json, legible ? text : "###");
  emend_json_key (json, "points");
  append_points (json, &emend_mark_get_shape (mark)->box);
  emend_json_key (json, "difficult");
  emend_json_bool (json, !legible);
  emend_json_key (json, "key_cls");
  emend_json_string (json, class);
  emend_json_end_object (json);
}

static gboolean
is_written (const EmendMark *mark)
{
  EmendVerdict verdict = emend_mark_get_verdict (mark);

  return verdict != EMEND_VERDICT_REJECTED && verdict != EMEND_VERDICT_ABSENT && emend_mark_get_page (mark) == 0 &&
         emend_write_has_place (mark);
}

static gboolean
write_item (gpointer data,
            const EmendWriteItem *item,
            GError **error)
{
  Writer *writer = data;
  g_autoptr (GPtrArray) marks = emend_write_list_values (writer->source, item);
  g_autoptr (EmendJsonWriter) json = emend_json_writer_new (writer->labels, FALSE);

  g_string_append_printf (writer->labels, "%s\t", item->path);
  emend_json_begin_array (json);
  for (guint i = 0; i < marks->len; i++) {
    if (is_written (marks->pdata[i]))
      append_entry (writer, json, marks->pdata[i]);
  }
  emend_json_end_array (json);
  g_string_append_c (writer->labels, '\n');
  if (item->reviewed)
    g_string_append_printf (writer->states, "%s\t1\n", item->path);
  return TRUE;
}

/**
 * emend_ppocrlabel_write:
 * @format: PPOCRLabel
 * @path: the new folder; there must be nothing of that name
 * @source: what to write
 * @cancellable: (nullable): to stop early
 * @error: EMEND_FORMATS_ERROR_*, EMEND_BASE_ERROR_EXISTS or what the source said
 *
 * Writes `Label.txt` with a line for each item, an empty list where nothing has a place, and `fileState.txt` with those
 * that are done. Values without a place and on later pages cannot be said. Not for the main thread.
 *
 * Returns: whether the folder stands under its name now
 */
gboolean
emend_ppocrlabel_write (EmendFormat *format,
                        const char *path,
                        const EmendWriteSource *source,
                        GCancellable *cancellable,
                        GError **error)
{
  g_autoptr (EmendPartFolder) folder = emend_part_folder_new (path, error);
  g_autoptr (GString) labels = g_string_new (NULL);
  g_autoptr (GString) states = g_string_new (NULL);
  Writer writer = { source, labels, states };

  return folder != NULL && emend_write_each (source, write_item, &writer, cancellable, error) &&
         emend_part_folder_add (folder, "Label.txt", labels->str, labels->len, error) &&
         emend_part_folder_add (folder, "fileState.txt", states->str, states->len, error) &&
         emend_part_folder_commit (folder, error);
}
