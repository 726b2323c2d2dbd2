#define G_LOG_DOMAIN "emend-store"

#include "config.h"

#include "emend-project-private.h"

#include <string.h>
#include <time.h>

#include <glib/gi18n-lib.h>

/* Keeps these hashes apart from those of anything else; the zero at its end belongs to it. */
static const char domain[] = "emend-event-1";

/* Facts of one event; more is no fact. */
#define MAX_FACTS ((gsize) 1024 * 1024)

/**
 * emend_journal_now:
 *
 * Returns: Unix time in milliseconds. Any thread.
 */
gint64
emend_journal_now (void)
{
  return g_get_real_time () / 1000;
}

static gint64
offset_minutes (gint64 at_ms)
{
  time_t seconds = (time_t) (at_ms / 1000);
  struct tm local = { 0 };

  if (localtime_r (&seconds, &local) == NULL)
    return 0;
  return local.tm_gmtoff / 60;
}

/**
 * emend_journal_begin_body:
 * @project: whose reviewer acts
 * @writer: where the object is begun; the caller adds members and ends it
 * @action: what happens
 * @at_ms: Unix time in milliseconds
 */
void
emend_journal_begin_body (EmendProject *project,
                          EmendJsonWriter *writer,
                          const char *action,
                          gint64 at_ms)
{
  emend_json_begin_object (writer);
  emend_json_key (writer, "action");
  emend_json_string (writer, action);
  emend_json_key (writer, "at");
  emend_json_int (writer, at_ms);
  emend_json_key (writer, "tz");
  emend_json_int (writer, offset_minutes (at_ms));
  emend_json_key (writer, "reviewer");
  emend_json_string (writer, project->reviewer != NULL ? project->reviewer : "");
  emend_json_key (writer, "app");
  emend_json_string (writer, EMEND_VERSION);
}

/**
 * emend_journal_hash:
 * @previous: hash of the event before; all zero for the first
 * @stream: identity of the stream
 * @seq: of the event, from 1
 * @body: (array length=length): the event's text
 * @length: its bytes
 * @digest: (out): SHA-256 ("emend-event-1" 0 || previous || stream || seq, 8 bytes, most significant first || body)
 *
 * Any thread.
 */
void
emend_journal_hash (const EmendDigest *previous,
                    const EmendUuid *stream,
                    gint64 seq,
                    const char *body,
                    gsize length,
                    EmendDigest *digest)
{
  EmendHasher *hasher = emend_hasher_new (EMEND_HASH_SHA256);
  guint64 number = GUINT64_TO_BE ((guint64) seq);
  guint8 bytes[EMEND_HASH_MAX_SIZE];

  emend_hasher_update (hasher, domain, sizeof domain);
  emend_hasher_update (hasher, previous->bytes, sizeof previous->bytes);
  emend_hasher_update (hasher, stream->bytes, sizeof stream->bytes);
  emend_hasher_update (hasher, &number, sizeof number);
  emend_hasher_update (hasher, body, length);
  emend_hasher_finish (hasher, bytes);
  memcpy (digest->bytes, bytes, sizeof digest->bytes);
  emend_hasher_free (hasher);
}

static gboolean
store_event (EmendProject *project,
             gint64 id,
             const EmendDigest *hash,
             gint64 at_ms,
             const char *action,
             const char *body,
             GError **error)
{
  g_autoptr (EmendQuery) query = emend_query_new (
    project, "INSERT INTO event (id, hash, at, action, body) VALUES (?, ?, ?, ?, ?)", error);

  if (query == NULL)
    return FALSE;
  sqlite3_bind_int64 (query, 1, id);
  emend_query_bind_digest (query, 2, hash);
  sqlite3_bind_int64 (query, 3, at_ms);
  emend_query_bind_text (query, 4, action);
  emend_query_bind_text (query, 5, body);
  return emend_query_run (project, query, error);
}

/**
 * emend_journal_note_items:
 * @project: a project in a transaction
 * @event: number of an event row
 * @items: (element-type gint64): numbers of the items it is about
 * @error: EMEND_STORE_ERROR
 *
 * Returns: whether it was written
 */
gboolean
emend_journal_note_items (EmendProject *project,
                          gint64 event,
                          GArray *items,
                          GError **error)
{
  g_autoptr (EmendQuery) query = emend_query_new (
    project, "INSERT OR IGNORE INTO event_item (item, event) VALUES (?, ?)", error);

  if (query == NULL)
    return FALSE;
  for (guint i = 0; i < items->len; i++) {
    sqlite3_bind_int64 (query, 1, g_array_index (items, gint64, i));
    sqlite3_bind_int64 (query, 2, event);
    if (!emend_query_run (project, query, error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
store_head (EmendProject *project,
            gint64 stream,
            gint64 seq,
            const EmendDigest *hash,
            GError **error)
{
  g_autoptr (EmendQuery) query = emend_query_new (project, "UPDATE stream SET seq = ?, hash = ? WHERE id = ?", error);

  if (query == NULL)
    return FALSE;
  sqlite3_bind_int64 (query, 1, seq);
  emend_query_bind_digest (query, 2, hash);
  sqlite3_bind_int64 (query, 3, stream);
  return emend_query_run (project, query, error);
}

/**
 * emend_journal_append:
 * @project: a project in a transaction
 * @stream: number of the stream
 * @action: what happened
 * @items: (nullable) (element-type gint64): numbers of the items it is about
 * @at_ms: Unix time in milliseconds
 * @body: the event as it is hashed, one JSON object
 * @error: EMEND_STORE_ERROR
 *
 * Returns: the event's number in its stream, or 0
 */
gint64
emend_journal_append (EmendProject *project,
                      gint64 stream,
                      const char *action,
                      GArray *items,
                      gint64 at_ms,
                      const char *body,
                      GError **error)
{
  g_autoptr (EmendQuery) query = emend_query_new (project, "SELECT uuid, seq, hash FROM stream WHERE id = ?", error);
  EmendUuid uuid;
  EmendDigest previous;
  EmendDigest hash;
  gint64 seq;

  if (query == NULL)
    return 0;
  sqlite3_bind_int64 (query, 1, stream);
  if (emend_query_step (project, query, error) != EMEND_STEP_ROW)
    return 0;
  emend_query_get_uuid (query, 0, &uuid);
  seq = sqlite3_column_int64 (query, 1) + 1;
  emend_query_get_digest (query, 2, &previous);
  emend_journal_hash (&previous, &uuid, seq, body, strlen (body), &hash);
  if (!store_event (project, EMEND_EVENT_ID (stream, seq), &hash, at_ms, action, body, error) ||
      (items != NULL && !emend_journal_note_items (project, EMEND_EVENT_ID (stream, seq), items, error)) ||
      !store_head (project, stream, seq, &hash, error) || !emend_project_add_totals (project, 0, 0, 0, 1, error))
    return 0;
  return seq;
}

/**
 * emend_project_record:
 * @project: a project
 * @action: what happened: "exported", "packed"
 * @body: one JSON object, kept as member "facts" of the event
 * @error: EMEND_STORE_ERROR; EMEND_BASE_ERROR_JSON when @body is no object
 *
 * Returns: whether it was recorded
 */
gboolean
emend_project_record (EmendProject *project,
                      const char *action,
                      const char *body,
                      GError **error)
{
  g_autoptr (json_t) facts = emend_json_parse (body, strlen (body), MAX_FACTS, error);
  g_autoptr (EmendTransaction) transaction = NULL;
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (EmendJsonWriter) writer = emend_json_writer_new (text, FALSE);
  gint64 at_ms = emend_journal_now ();
  gint64 stream;

  if (facts == NULL)
    return FALSE;
  if (!json_is_object (facts)) {
    g_set_error_literal (error, EMEND_BASE_ERROR, EMEND_BASE_ERROR_JSON,
                         _ ("The facts of an event must be one JSON object."));
    return FALSE;
  }
  if (!emend_project_begin (project, error))
    return FALSE;
  transaction = project;
  stream = emend_stream_ensure (project, at_ms, error);
  emend_journal_begin_body (project, writer, action, at_ms);
  emend_json_key (writer, "facts");
  emend_json_raw (writer, body);
  emend_json_end_object (writer);
  return stream != 0 && emend_journal_append (project, stream, action, NULL, at_ms, text->str, error) != 0 &&
         emend_project_commit (project, error);
}
