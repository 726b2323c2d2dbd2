#define G_LOG_DOMAIN "emend-formats"

#include "config.h"

#include "emend-funsd-write.h"

#include <math.h>

#include <glib/gi18n-lib.h>

#include "emend-document-write.h"
#include "emend-part-folder.h"

typedef struct {
  const EmendWriteSource *source;
  EmendPartFolder *folder;
  GHashTable *written; /* (element-type utf8 utf8) */
} Writer;

static void
append_box (EmendJsonWriter *json,
            const EmendRect *box)
{
  emend_json_key (json, "box");
  emend_json_begin_array (json);
  emend_json_int (json, (gint64) floor (box->x));
  emend_json_int (json, (gint64) floor (box->y));
  emend_json_int (json, (gint64) ceil (box->x + box->width));
  emend_json_int (json, (gint64) ceil (box->y + box->height));
  emend_json_end_array (json);
}

/* One word for the whole: its box is what was decided. */
static void
append_words (EmendJsonWriter *json,
              const char *text,
              const EmendRect *box)
{
  emend_json_key (json, "words");
  emend_json_begin_array (json);
  if (*text != '\0') {
    emend_json_begin_object (json);
    append_box (json, box);
    emend_json_key (json, "text");
    emend_json_string (json, text);
    emend_json_end_object (json);
  }
  emend_json_end_array (json);
}

static void
append_entity (EmendJsonWriter *json,
               int id,
               const char *label,
               const char *text,
               const EmendRect *box)
{
  int key = id & ~1;

  emend_json_begin_object (json);
  append_box (json, box);
  emend_json_key (json, "text");
  emend_json_string (json, text);
  emend_json_key (json, "label");
  emend_json_string (json, label);
  append_words (json, text, box);
  emend_json_key (json, "linking");
  emend_json_begin_array (json);
  emend_json_begin_array (json);
  emend_json_int (json, key);
  emend_json_int (json, key + 1);
  emend_json_end_array (json);
  emend_json_end_array (json);
  emend_json_key (json, "id");
  emend_json_int (json, id);
  emend_json_end_object (json);
}

/* The question is the field, whose printed key nobody marked: it has a box without area. */
static gboolean
write_item (gpointer data,
            const EmendWriteItem *item,
            GError **error)
{
  Writer *writer = data;
  g_autoptr (GPtrArray) marks = emend_write_list_values (writer->source, item);
  g_autoptr (GString) out = g_string_new (NULL);
  g_autoptr (EmendJsonWriter) json = emend_json_writer_new (out, TRUE);
  g_autofree char *stem = emend_write_safe_path (item->path, FALSE);
  g_autofree char *name = g_strconcat (stem, ".json", NULL);
  const EmendRect none = { 0, 0, 0, 0 };
  int id = 0;

  if (!item->reviewed && marks->len == 0)
    return TRUE;
  emend_json_begin_object (json);
  emend_json_key (json, "form");
  emend_json_begin_array (json);
  for (guint i = 0; i < marks->len; i++) {
    const EmendMark *mark = g_ptr_array_index (marks, i);
    const EmendField *field = emend_write_get_field (writer->source, mark);
    const EmendValue *value = emend_mark_get_value (mark);
    const char *text = emend_write_get_text (mark);
    g_autofree char *key = value->column != NULL ? g_strdup_printf ("%s.%s", field->name, value->column) :
                                                   g_strdup (field->name);

    if (text == NULL || !emend_write_has_place (mark) || emend_mark_get_page (mark) != 0)
      continue;
    append_entity (json, id, "question", key, &none);
    append_entity (json, id + 1, "answer", text, &emend_mark_get_shape (mark)->box);
    id += 2;
  }
  emend_json_end_array (json);
  emend_json_end_object (json);
  g_string_append_c (out, '\n');
  return emend_write_claim (writer->written, name, item, error) &&
         emend_part_folder_add (writer->folder, name, out->str, out->len, error);
}

/**
 * emend_funsd_write:
 * @format: FUNSD
 * @path: the new folder; there must be nothing of that name
 * @source: what to write
 * @cancellable: (nullable): to stop early
 * @error: EMEND_FORMATS_ERROR_*, EMEND_BASE_ERROR_EXISTS or what the source said
 *
 * Writes a JSON for each item that is done or has values: each value on the first page is an answer, linked to a
 * question with the field's name. What is illegible, on later pages or without a place cannot be said. Not for the main
 * thread.
 *
 * Returns: whether the folder stands under its name now
 */
gboolean
emend_funsd_write (EmendFormat *format,
                   const char *path,
                   const EmendWriteSource *source,
                   GCancellable *cancellable,
                   GError **error)
{
  g_autoptr (EmendPartFolder) folder = emend_part_folder_new (path, error);
  g_autoptr (GHashTable) written = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  Writer writer = { source, folder, written };

  return folder != NULL && emend_write_each (source, write_item, &writer, cancellable, error) &&
         emend_part_folder_commit (folder, error);
}
