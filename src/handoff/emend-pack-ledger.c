#define G_LOG_DOMAIN "emend-handoff"

#include "config.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "emend-json.h"
#include "emend-pack-plan.h"

/* The journal of a project as text that people and simple programs can read: docs/packs.md says how. */

#define EVENT_MAX ((gsize) 64 * 1024 * 1024)
#define ITEMS_AT_ONCE 1000

typedef struct {
  EmendLedgerSink sink;
  gpointer sink_data;
  EmendSchema *schema;
  GHashTable *item_paths; /* utf8 identity of an item, to its path */
  GCancellable *cancellable;
  GString *line;
} Ledger;

static gboolean
load_item_paths (Ledger *ledger,
                 EmendProject *project,
                 GError **error)
{
  for (gint64 position = 0;; position += ITEMS_AT_ONCE) {
    g_autoptr (GPtrArray) items = emend_project_load_items_at (project, position, ITEMS_AT_ONCE, error);

    if (items == NULL)
      return FALSE;
    if (items->len == 0)
      return TRUE;
    for (guint i = 0; i < items->len; i++) {
      const EmendItem *item = items->pdata[i];

      g_hash_table_insert (ledger->item_paths, emend_uuid_to_string (&item->uuid), g_strdup (item->path));
    }
  }
}

/* RFC 3339 in UTC, with milliseconds, the same in every locale. */
static void
write_time (EmendJsonWriter *writer,
            gint64 at_ms)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (at_ms / 1000);
  char text[40];

  if (time == NULL) {
    emend_json_null (writer);
    return;
  }
  g_snprintf (text, sizeof text, "%04d-%02d-%02dT%02d:%02d:%02d.%03dZ", g_date_time_get_year (time),
              g_date_time_get_month (time),
              g_date_time_get_day_of_month (time), g_date_time_get_hour (time), g_date_time_get_minute (time),
              g_date_time_get_second (time), (int) (at_ms % 1000));
  emend_json_string (writer, text);
}

static void
write_annotation (const Ledger *ledger,
                  EmendJsonWriter *writer,
                  const EmendAnnotation *annotation)
{
  const EmendLabel *label = emend_schema_find_label (ledger->schema, annotation->label);
  const EmendRect *box = &annotation->shape.box;

  emend_json_key (writer, "verdict");
  emend_json_string (writer, emend_verdict_to_name (annotation->verdict));
  emend_json_key (writer, "label");
  emend_json_string (writer, label != NULL ? label->name : NULL);
  emend_json_key (writer, "page");
  emend_json_int (writer, annotation->page);
  emend_json_key (writer, "box");
  emend_json_begin_array (writer);
  emend_json_double (writer, box->x);
  emend_json_double (writer, box->y);
  emend_json_double (writer, box->width);
  emend_json_double (writer, box->height);
  emend_json_end_array (writer);
}

/* One state of an annotation, whole: with its shape, attributes and comment. */
static void
write_state (const Ledger *ledger,
             EmendJsonWriter *writer,
             const char *key,
             const json_t *json)
{
  g_autoptr (EmendAnnotation) annotation = NULL;
  EmendUuid run;

  emend_json_key (writer, key);
  if (json_is_object (json))
    annotation = emend_annotation_from_json (json, &run, NULL);
  if (annotation == NULL) {
    emend_json_null (writer);
    return;
  }
  emend_json_begin_object (writer);
  write_annotation (ledger, writer, annotation);
  emend_json_key (writer, "shape");
  emend_shape_to_json (&annotation->shape, writer);
  if (annotation->attributes != NULL) {
    emend_json_key (writer, "attributes");
    emend_json_string (writer, annotation->attributes);
  }
  if (annotation->comment != NULL) {
    emend_json_key (writer, "comment");
    emend_json_string (writer, annotation->comment);
  }
  emend_json_key (writer, "ms");
  emend_json_int (writer, annotation->ms);
  emend_json_end_object (writer);
}

/* The item that a part of an event is about: its identity, and its path where the pack has it. */
static void
write_item (const Ledger *ledger,
            EmendJsonWriter *writer,
            const json_t *json)
{
  const char *uuid = json_string_value (json_object_get (json, "item"));

  if (uuid == NULL)
    return;
  emend_json_key (writer, "item");
  emend_json_string (writer, g_hash_table_lookup (ledger->item_paths, uuid));
  emend_json_key (writer, "item_id");
  emend_json_string (writer, uuid);
}

static void
write_change (const Ledger *ledger,
              EmendJsonWriter *writer,
              const json_t *change)
{
  const json_t *after = json_object_get (change, "after");
  const json_t *known = json_is_object (after) ? after : json_object_get (change, "before");
  g_autoptr (EmendAnnotation) annotation = NULL;
  EmendUuid run = { 0 };

  if (json_is_object (known))
    annotation = emend_annotation_from_json (known, &run, NULL);
  if (annotation == NULL)
    return;
  emend_json_begin_object (writer);
  write_item (ledger, writer, change);
  emend_json_key (writer, "annotation");
  emend_json_uuid (writer, &annotation->uuid);
  if (!emend_uuid_is_nil (&run)) {
    emend_json_key (writer, "run");
    emend_json_uuid (writer, &run);
    emend_json_key (writer, "ordinal");
    emend_json_int (writer, annotation->proposal);
  }
  emend_json_key (writer, "by");
  emend_json_string (writer, json_string_value (json_object_get (change, "source")));
  if (known != after)
    annotation->verdict = EMEND_VERDICT_NONE;
  write_annotation (ledger, writer, annotation);
  write_state (ledger, writer, "before", json_object_get (change, "before"));
  write_state (ledger, writer, "after", after);
  emend_json_end_object (writer);
}

static void
write_json (EmendJsonWriter *writer,
            const char *key,
            const json_t *json)
{
  char *text = json != NULL ? json_dumps (json,
                                          JSON_ENCODE_ANY | JSON_COMPACT | JSON_SORT_KEYS | JSON_REAL_PRECISION (17)) :
                              NULL;

  emend_json_key (writer, key);
  if (text != NULL)
    emend_json_raw (writer, text);
  else
    emend_json_null (writer);
  free (text);
}

static void
write_reading (const Ledger *ledger,
               EmendJsonWriter *writer,
               const json_t *reading)
{
  emend_json_begin_object (writer);
  write_item (ledger, writer, reading);
  write_json (writer, "before", json_object_get (reading, "before"));
  write_json (writer, "after", json_object_get (reading, "after"));
  emend_json_end_object (writer);
}

/* What the event says beyond what every event has and what is written out in other words. */
static void
write_rest (EmendJsonWriter *writer,
            const json_t *body)
{
  static const char *const known[] = { "action", "at", "reviewer", "changes", "readings", "item", NULL };
  const char *key;
  json_t *value;

  json_object_foreach ((json_t *) body, key, value) if (!g_strv_contains (known, key))
    write_json (writer, key, value);
}

static void
write_body (const Ledger *ledger,
            EmendJsonWriter *writer,
            const json_t *body)
{
  const json_t *changes = json_object_get (body, "changes");
  const json_t *readings = json_object_get (body, "readings");

  if (changes != NULL) {
    emend_json_key (writer, "changes");
    emend_json_begin_array (writer);
    for (gsize i = 0; i < json_array_size (changes); i++)
      write_change (ledger, writer, json_array_get (changes, i));
    emend_json_end_array (writer);
  }
  if (readings != NULL) {
    emend_json_key (writer, "readings");
    emend_json_begin_array (writer);
    for (gsize i = 0; i < json_array_size (readings); i++)
      write_reading (ledger, writer, json_array_get (readings, i));
    emend_json_end_array (writer);
  }
  write_rest (writer, body);
}

static gboolean
write_event (const EmendEvent *event,
             gpointer data,
             GError **error)
{
  Ledger *ledger = data;
  g_autoptr (json_t) body = emend_json_parse (event->body, strlen (event->body), EVENT_MAX, error);
  g_autoptr (EmendJsonWriter) writer = NULL;

  if (body == NULL || g_cancellable_set_error_if_cancelled (ledger->cancellable, error))
    return FALSE;
  g_string_truncate (ledger->line, 0);
  writer = emend_json_writer_new (ledger->line, FALSE);
  emend_json_begin_object (writer);
  emend_json_key (writer, "stream");
  emend_json_uuid (writer, &event->stream);
  emend_json_key (writer, "seq");
  emend_json_int (writer, event->seq);
  emend_json_key (writer, "time");
  write_time (writer, event->at_ms);
  emend_json_key (writer, "reviewer");
  emend_json_string (writer, event->reviewer);
  emend_json_key (writer, "action");
  emend_json_string (writer, event->action);
  emend_json_key (writer, "item");
  emend_json_string (writer, event->item_path);
  write_body (ledger, writer, body);
  emend_json_end_object (writer);
  g_string_append_c (ledger->line, '\n');
  return ledger->sink (ledger->line->str, ledger->line->len, ledger->sink_data, error);
}

/**
 * emend_pack_tell_ledger:
 * @project_path: the snapshot that is packed
 * @sink: gets the lines, one at a time; may stop with an error
 * @sink_data: for @sink
 * @cancellable: (nullable): stops the work
 * @error: EMEND_STORE_ERROR, G_IO_ERROR_CANCELLED, or what @sink sets
 *
 * Makes one JSON object a line of each event of a project, with the names of labels and items instead of
 * their numbers.
 *
 * Returns: whether the ledger is complete
 */
gboolean
emend_pack_tell_ledger (const char *project_path,
                        EmendLedgerSink sink,
                        gpointer sink_data,
                        GCancellable *cancellable,
                        GError **error)
{
  g_autoptr (EmendProject) project = emend_project_open (project_path, EMEND_PROJECT_READ_ONLY, NULL, error);
  g_autoptr (GHashTable) item_paths = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (GString) line = g_string_new (NULL);
  Ledger ledger = { sink, sink_data, NULL, item_paths, cancellable, line };

  if (project == NULL || !load_item_paths (&ledger, project, error))
    return FALSE;
  ledger.schema = emend_project_get_schema (project);
  return emend_project_foreach_event (project, write_event, &ledger, error);
}
