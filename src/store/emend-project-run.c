#define G_LOG_DOMAIN "emend-store"

#include "config.h"

#include "emend-project-private.h"

#include <math.h>
#include <string.h>

#include <glib/gi18n-lib.h>

/* How many records are read between two looks at the cancellable. */
#define RECORDS_PER_CHECK 10000

static void
hash_text (EmendHasher *hasher,
           const char *text)
{
  guint32 length = GUINT32_TO_LE (text != NULL ? (guint32) strlen (text) : G_MAXUINT32);

  emend_hasher_update (hasher, &length, sizeof length);
  if (text != NULL)
    emend_hasher_update (hasher, text, strlen (text));
}

/**
 * emend_run_hash_record:
 * @hasher: SHA-256 over the records of a run, in the order of their ordinals
 * @item: identity of the record's item
 * @record: the record
 *
 * The form that is hashed, numbers little-endian: item (16 bytes), page, label, kind (i32 each), x, y, width,
 * height (f64 each), whether there is a score (u32), score (f64, 0 without), bytes of the shape's data or
 * 0xffffffff (u32), the data, then score text and attributes, each as bytes or 0xffffffff (u32) and UTF-8; of a
 * field, then its value likewise, as emend_value_to_json() writes it.
 */
void
emend_run_hash_record (EmendHasher *hasher,
                       const EmendUuid *item,
                       const EmendProposal *record)
{
  struct {
    guint8 item[16];
    gint32 numbers[3];
    guint32 has_score;
    double values[5];
    guint32 nothing[4]; /* the three lengths of a record without data, text and attributes */
  } head = { 0 };
  const gsize head_size = 72;
  guint32 size = G_MAXUINT32;
  gsize length = 0;
  gconstpointer data = record->shape.data != NULL ? g_bytes_get_data (record->shape.data, &length) : NULL;

  G_STATIC_ASSERT (sizeof head == 88);
  memcpy (head.item, item->bytes, sizeof head.item);
  head.numbers[0] = record->page;
  head.numbers[1] = record->label;
  head.numbers[2] = (gint32) record->shape.kind;
  head.has_score = isnan (record->score) ? 0u : 1u;
  head.values[0] = record->shape.box.x;
  head.values[1] = record->shape.box.y;
  head.values[2] = record->shape.box.width;
  head.values[3] = record->shape.box.height;
  head.values[4] = isnan (record->score) ? 0 : record->score;
  if (data == NULL && record->score_text == NULL && record->attributes == NULL && record->value == NULL) {
    memset (head.nothing, 0xff, sizeof head.nothing);
    emend_hasher_update (hasher, &head, head_size + 3 * sizeof size);
    return;
  }
  emend_hasher_update (hasher, &head, head_size);
  if (record->shape.data != NULL)
    size = (guint32) length;
  emend_hasher_update (hasher, &size, sizeof size);
  if (length > 0)
    emend_hasher_update (hasher, data, length);
  hash_text (hasher, record->score_text);
  hash_text (hasher, record->attributes);
  if (record->value != NULL) {
    g_autofree char *value = emend_value_to_json (record->value);
    hash_text (hasher, value);
  }
}

/**
 * emend_run_hash_stored:
 * @project: a project
 * @run: number of a run
 * @cancellable: (nullable): to stop
 * @digest: (out): over the records that are stored
 * @count: (out): how many they are
 * @error: EMEND_STORE_ERROR, or G_IO_ERROR_CANCELLED
 *
 * Returns: whether all could be read
 */
gboolean
emend_run_hash_stored (EmendProject *project,
                       int run,
                       GCancellable *cancellable,
                       EmendDigest *digest,
                       gint64 *count,
                       GError **error)
{
  g_autoptr (EmendQuery) query =
    emend_query_new (project,
                     "SELECT p.id, p.item, page, label, kind, x, y, w, h, shape, score, "
                     "score_text, attributes, value, i.uuid FROM proposal p LEFT JOIN item i ON "
                     "i.id = p.item WHERE p.id BETWEEN ? AND ? ORDER BY p.id",
                     error);
  g_autoptr (EmendHasher) hasher = emend_hasher_new (EMEND_HASH_SHA256);
  guint8 bytes[EMEND_HASH_MAX_SIZE];
  EmendStep step;

  *count = 0;
  if (query == NULL)
    return FALSE;
  sqlite3_bind_int64 (query, 1, EMEND_PROPOSAL_ID (run, 0));
  sqlite3_bind_int64 (query, 2, EMEND_PROPOSAL_ID (run, G_MAXUINT32));
  while ((step = emend_query_step (project, query, error)) == EMEND_STEP_ROW) {
    g_autoptr (EmendProposal) record = emend_proposal_from_query (project, query, error);
    EmendUuid item;

    if (record == NULL || (*count % RECORDS_PER_CHECK == 0 &&
                           g_cancellable_set_error_if_cancelled (cancellable, error)))
      return FALSE;
    emend_query_get_uuid (query, 14, &item);
    emend_run_hash_record (hasher, &item, record);
    (*count)++;
  }
  emend_hasher_finish (hasher, bytes);
  memcpy (digest->bytes, bytes, sizeof digest->bytes);
  return step == EMEND_STEP_DONE;
}

/**
 * emend_run_settle:
 * @project: a project in a transaction
 * @run: number of a run
 * @count: how many records it has
 * @digest: over them, see emend_run_hash_record()
 * @error: EMEND_STORE_ERROR
 *
 * Returns: whether it was written
 */
gboolean
emend_run_settle (EmendProject *project,
                  int run,
                  gint64 count,
                  const EmendDigest *digest,
                  GError **error)
{
  g_autoptr (EmendQuery) query = emend_query_new (project, "UPDATE run SET count = ?, sha256 = ? WHERE id = ?", error);

  if (query == NULL)
    return FALSE;
  sqlite3_bind_int64 (query, 1, count);
  emend_query_bind_digest (query, 2, digest);
  sqlite3_bind_int (query, 3, run);
  return emend_query_run (project, query, error);
}

/**
 * emend_project_list_runs:
 * @project: a project
 * @error: EMEND_STORE_ERROR
 *
 * Returns: (transfer full) (nullable) (element-type EmendRun): all runs in the order of their numbers
 */
GPtrArray *
emend_project_list_runs (EmendProject *project,
                         GError **error)
{
  g_autoptr (GPtrArray) runs = g_ptr_array_new_with_free_func ((GDestroyNotify) emend_run_free);
  g_autoptr (EmendQuery) query = emend_query_new (project,
                                                  "SELECT id, uuid, role, name, model, version, source, "
                                                  "source_sha256, params, created, count FROM run ORDER BY id",
                                                  error);
  EmendStep step;

  if (query == NULL)
    return NULL;
  while ((step = emend_query_step (project, query, error)) == EMEND_STEP_ROW) {
    EmendRun *run = emend_run_new ();

    run->id = sqlite3_column_int (query, 0);
    emend_query_get_uuid (query, 1, &run->uuid);
    run->role = (EmendRunRole) CLAMP (sqlite3_column_int (query, 2), 0, EMEND_RUN_ANNOTATIONS);
    run->name = emend_query_get_text (query, 3);
    run->model = emend_query_get_text (query, 4);
    run->version = emend_query_get_text (query, 5);
    run->source = emend_query_get_text (query, 6);
    run->source_sha256 = emend_query_get_text (query, 7);
    run->params = emend_query_get_text (query, 8);
    run->created_ms = sqlite3_column_int64 (query, 9);
    run->count = sqlite3_column_int64 (query, 10);
    g_ptr_array_add (runs, run);
  }
  return step == EMEND_STEP_DONE ? g_steal_pointer (&runs) : NULL;
}

/* The records of a run as annotations that were added, by item. */
static EmendAnnotation *
to_annotation (const EmendProposal *record,
               gint64 at_ms)
{
  EmendAnnotation *annotation = emend_annotation_new ();

  emend_uuid_init_v7 (&annotation->uuid);
  annotation->item = record->item;
  annotation->verdict = EMEND_VERDICT_ADDED;
  annotation->page = record->page;
  annotation->label = record->label;
  emend_shape_copy (&record->shape, &annotation->shape);
  annotation->attributes = g_strdup (record->attributes);
  if (record->value != NULL) {
    annotation->value = emend_value_copy (record->value);
    g_clear_pointer (&annotation->value->candidates, g_ptr_array_unref);
  }
  annotation->decided_ms = at_ms;
  return annotation;
}

static gboolean
record_taken_over (EmendProject *project,
                   gint64 stream,
                   const EmendRun *run,
                   const EmendAction *action,
                   gint64 at_ms,
                   GError **error)
{
  g_autoptr (GString) body = g_string_new (NULL);
  g_autoptr (EmendJsonWriter) writer = emend_json_writer_new (body, FALSE);
  g_autoptr (GArray) items = emend_action_items (action);

  emend_journal_begin_body (project, writer, "annotations-imported", at_ms);
  emend_json_key (writer, "run");
  emend_json_uuid (writer, &run->uuid);
  if (!emend_action_write (action, project, writer, error))
    return FALSE;
  emend_json_end_object (writer);
  return emend_journal_append (project, stream, "annotations-imported", items, at_ms, body->str, error) != 0;
}

/* Whether the reviewer has decided the field already; that stays as it is. */
static gboolean
is_decided (EmendProject *project,
            gint64 stream,
            const EmendProposal *record,
            gboolean *decided,
            GError **error)
{
  const EmendField *field = emend_schema_find_field (project->schema, record->label);
  g_autoptr (EmendQuery) query = NULL;
  EmendStep step;

  *decided = FALSE;
  if (record->value == NULL || field == NULL || field->repeatable)
    return TRUE;
  query = emend_query_new (project,
                           "SELECT 1 FROM annotation WHERE item = ? AND stream = ? AND label = ? AND value IS NOT NULL "
                           "LIMIT 1",
                           error);
  if (query == NULL)
    return FALSE;
  sqlite3_bind_int64 (query, 1, record->item);
  sqlite3_bind_int64 (query, 2, stream);
  sqlite3_bind_int (query, 3, record->label);
  step = emend_query_step (project, query, error);
  *decided = step == EMEND_STEP_ROW;
  return step != EMEND_STEP_FAILED;
}

/* One event, with the state that follows from it, for one item. */
static gboolean
take_over_item (EmendProject *project,
                gint64 stream,
                const EmendRun *run,
                EmendAction *action,
                gint64 item,
                GError **error)
{
  gint64 at_ms = emend_journal_now ();
  EmendReadingChange *reading = emend_action_touch (action, project, stream, item, error);

  if (reading == NULL)
    return FALSE;
  if (reading->after.state == EMEND_READING_NONE)
    reading->after.state = EMEND_READING_OPEN;
  reading->after.decided_ms = at_ms;
  action->what = "add";
  action->n = action->changes->len;
  return emend_action_apply (action, project, stream, error) &&
         record_taken_over (project, stream, run, action, at_ms, error) &&
         emend_project_refresh_item (project, item, error);
}

static gboolean
take_over_records (EmendProject *project,
                   gint64 stream,
                   const EmendRun *run,
                   GError **error)
{
  g_autoptr (EmendQuery) query = emend_query_new (project,
                                                  "SELECT " EMEND_PROPOSAL_COLUMNS " FROM proposal WHERE id BETWEEN ? "
                                                  "AND ? ORDER BY item, id",
                                                  error);
  g_autoptr (EmendAction) action = emend_action_new ();
  gint64 item = 0;
  EmendStep step;

  if (query == NULL)
    return FALSE;
  sqlite3_bind_int64 (query, 1, EMEND_PROPOSAL_ID (run->id, 0));
  sqlite3_bind_int64 (query, 2, EMEND_PROPOSAL_ID (run->id, G_MAXUINT32));
  while ((step = emend_query_step (project, query, error)) == EMEND_STEP_ROW) {
    g_autoptr (EmendProposal) record = emend_proposal_from_query (project, query, error);
    gboolean decided;

    if (record == NULL || !is_decided (project, stream, record, &decided, error))
      return FALSE;
    if (record->item != item && item != 0) {
      if (!take_over_item (project, stream, run, action, item, error))
        return FALSE;
      emend_action_free (g_steal_pointer (&action));
      action = emend_action_new ();
    }
    item = record->item;
    if (!decided)
      emend_action_add (action, item, NULL, to_annotation (record, emend_journal_now ()), EMEND_DECISION_BY_BULK);
  }
  return step == EMEND_STEP_DONE && (item == 0 || take_over_item (project, stream, run, action, item, error));
}

/* What the source calls empty is work as well: the item was looked at. */
static gboolean
take_over_empty (EmendProject *project,
                 gint64 stream,
                 const EmendRun *run,
                 GArray *empty,
                 GError **error)
{
  for (guint i = 0; i < empty->len; i++) {
    g_autoptr (EmendAction) action = emend_action_new ();

    if (!take_over_item (project, stream, run, action, g_array_index (empty, gint64, i), error))
      return FALSE;
  }
  return TRUE;
}

/**
 * emend_project_take_over:
 * @project: a project in the transaction of an import
 * @run: a run of role annotations whose records are written
 * @empty: (element-type gint64): items of which the source says that they have no records
 * @error: EMEND_STORE_ERROR
 *
 * Makes the records annotations of the reviewer, with one event for each item. The items become open, not
 * done: that they are complete nobody has said here. A field that the reviewer has decided stays as it is. What was
 * decided before cannot be undone afterwards, as undo steps over nothing.
 *
 * Returns: whether all were written
 */
gboolean
emend_project_take_over (EmendProject *project,
                         const EmendRun *run,
                         GArray *empty,
                         GError **error)
{
  gint64 stream = emend_stream_ensure (project, emend_journal_now (), error);

  return stream != 0 && take_over_records (project, stream, run, error) &&
         take_over_empty (project, stream, run, empty, error) &&
         emend_undo_clear (project, stream, error);
}
