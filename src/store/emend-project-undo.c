#define G_LOG_DOMAIN "emend-store"

#include "config.h"

#include "emend-project-private.h"

#include <glib/gi18n-lib.h>

/* An event that can hold this much holds thousands of decisions. */
#define MAX_EVENT ((gsize) 64 * 1024 * 1024)

/**
 * emend_undo_push:
 * @project: a project in a transaction
 * @stream: number of the stream
 * @seq: of the event that can be undone now
 * @action: what it did
 * @error: EMEND_STORE_ERROR
 *
 * What was undone before cannot be done again after that.
 *
 * Returns: whether it was written
 */
gboolean
emend_undo_push (EmendProject *project,
                 gint64 stream,
                 gint64 seq,
                 const EmendAction *action,
                 GError **error)
{
  g_autoptr (EmendQuery) forget = emend_query_new (project, "DELETE FROM undo WHERE stream = ? AND undone = 1", error);
  g_autoptr (EmendQuery) push = emend_query_new (project,
                                                 "INSERT INTO undo (stream, depth, seq, undone, what, n) VALUES "
                                                 "(?1, (SELECT coalesce (max (depth), 0) + 1 FROM undo WHERE stream = "
                                                 "?1), ?2, 0, ?3, ?4)",
                                                 error);

  if (forget == NULL || push == NULL)
    return FALSE;
  sqlite3_bind_int64 (forget, 1, stream);
  sqlite3_bind_int64 (push, 1, stream);
  sqlite3_bind_int64 (push, 2, seq);
  emend_query_bind_text (push, 3, action->what);
  sqlite3_bind_int64 (push, 4, action->n);
  return emend_query_run (project, forget, error) && emend_query_run (project, push, error);
}

/**
 * emend_undo_clear:
 * @project: a project in a transaction
 * @stream: number of the stream
 * @error: EMEND_STORE_ERROR
 *
 * After an event that cannot be undone nothing before it can be, as undo steps over nothing.
 *
 * Returns: whether it was written
 */
gboolean
emend_undo_clear (EmendProject *project,
                  gint64 stream,
                  GError **error)
{
  g_autoptr (EmendQuery) query = emend_query_new (project, "DELETE FROM undo WHERE stream = ?", error);

  if (query == NULL)
    return FALSE;
  sqlite3_bind_int64 (query, 1, stream);
  return emend_query_run (project, query, error);
}

/**
 * emend_undo_mark:
 * @project: a project in a transaction
 * @stream: number of the stream
 * @seq: of the event that was undone or done again
 * @undone: which of the two
 * @error: EMEND_STORE_ERROR
 *
 * Returns: whether it was written
 */
gboolean
emend_undo_mark (EmendProject *project,
                 gint64 stream,
                 gint64 seq,
                 gboolean undone,
                 GError **error)
{
  g_autoptr (EmendQuery) query = emend_query_new (project,
                                                  "UPDATE undo SET undone = ?3 WHERE stream = ?1 AND seq = ?2", error);

  if (query == NULL)
    return FALSE;
  sqlite3_bind_int64 (query, 1, stream);
  sqlite3_bind_int64 (query, 2, seq);
  sqlite3_bind_int (query, 3, undone);
  return emend_query_run (project, query, error);
}

/* The step at the top of what can be undone, or at the bottom of what can be done again. */
static gboolean
find_step (EmendProject *project,
           gint64 stream,
           gboolean undo,
           gint64 *seq,
           GError **error)
{
  g_autoptr (EmendQuery) query = emend_query_new (project,
                                                  undo ? "SELECT seq FROM undo WHERE stream = ? AND undone = 0 ORDER "
                                                         "BY depth DESC LIMIT 1" :
                                                         "SELECT seq FROM undo WHERE stream = ? AND undone = 1 ORDER "
                                                         "BY depth LIMIT 1",
                                                  error);
  EmendStep step;

  if (query == NULL)
    return FALSE;
  sqlite3_bind_int64 (query, 1, stream);
  step = emend_query_step (project, query, error);
  if (step == EMEND_STEP_DONE)
    g_set_error_literal (error, EMEND_STORE_ERROR, EMEND_STORE_ERROR_REFUSED,
                         undo ? _ ("There is nothing to undo.") : _ ("There is nothing to redo."));
  *seq = step == EMEND_STEP_ROW ? sqlite3_column_int64 (query, 0) : 0;
  return step == EMEND_STEP_ROW;
}

static EmendAction *
load_action (EmendProject *project,
             gint64 stream,
             gint64 seq,
             GError **error)
{
  g_autoptr (EmendQuery) query = emend_query_new (project, "SELECT body FROM event WHERE id = ?", error);
  g_autoptr (json_t) body = NULL;
  const char *text;

  if (query == NULL)
    return NULL;
  sqlite3_bind_int64 (query, 1, EMEND_EVENT_ID (stream, seq));
  if (emend_query_step (project, query, error) != EMEND_STEP_ROW) {
    if (error != NULL && *error == NULL)
      emend_project_set_damaged (project, _ ("an event that can be undone is missing"), error);
    return NULL;
  }
  text = (const char *) sqlite3_column_text (query, 0);
  body = emend_json_parse (text, (gsize) sqlite3_column_bytes (query, 0), MAX_EVENT, error);
  return body != NULL ? emend_action_read (project, body, error) : NULL;
}

static gint64
record_step (EmendProject *project,
             gint64 stream,
             const char *name,
             gint64 of,
             const EmendAction *action,
             GError **error)
{
  g_autoptr (GString) body = g_string_new (NULL);
  g_autoptr (EmendJsonWriter) writer = emend_json_writer_new (body, FALSE);
  g_autoptr (GArray) items = emend_action_items (action);
  gint64 at_ms = emend_journal_now ();

  emend_journal_begin_body (project, writer, name, at_ms);
  emend_json_key (writer, "of");
  emend_json_int (writer, of);
  if (!emend_action_write (action, project, writer, error))
    return 0;
  emend_json_end_object (writer);
  return emend_journal_append (project, stream, name, items, at_ms, body->str, error);
}

static gboolean
refresh_items (EmendProject *project,
               const EmendAction *action,
               GError **error)
{
  for (guint i = 0; i < action->readings->len; i++) {
    const EmendReadingChange *change = g_ptr_array_index (action->readings, i);

    if (!emend_project_refresh_item (project, change->item, error))
      return FALSE;
  }
  return TRUE;
}

/* Appends the inverse of an event, or the event once more, and brings the tables there. */
static EmendOutcome *
step (EmendProject *project,
      gboolean undo,
      GError **error)
{
  g_autoptr (EmendTransaction) transaction = NULL;
  g_autoptr (EmendAction) decided = NULL;
  g_autoptr (EmendAction) action = NULL;
  g_autoptr (EmendOutcome) outcome = NULL;
  g_autoptr (EmendSchema) schema = NULL;
  gint64 stream;
  gint64 of;
  gint64 seq;

  if (!emend_stream_require_reviewer (project, error) || !emend_project_begin (project, error))
    return NULL;
  transaction = project;
  stream = emend_stream_ensure (project, emend_journal_now (), error);
  if (stream == 0 || !find_step (project, stream, undo, &of, error))
    return NULL;
  decided = load_action (project, stream, of, error);
  if (decided == NULL)
    return NULL;
  action = undo ? emend_action_reverse (decided) : g_steal_pointer (&decided);
  emend_action_normalise (action, project->schema);
  if (!emend_action_apply (action, project, stream, error) || !emend_undo_mark (project, stream, of, undo, error) ||
      !refresh_items (project, action, error) || !emend_project_update_aliases (project, action, &schema, error))
    return NULL;
  seq = record_step (project, stream, undo ? "undone" : "redone", of, action, error);
  if (seq == 0)
    return NULL;
  outcome = emend_action_outcome (action, project, seq, error);
  if (outcome == NULL || !emend_project_commit (project, error))
    return NULL;
  outcome->learned = emend_project_take_schema (project, &schema);
  return g_steal_pointer (&outcome);
}

/**
 * emend_project_undo:
 * @project: a project
 * @error: EMEND_STORE_ERROR_REFUSED when there is nothing to undo, else as emend_project_decide()
 *
 * Takes back the reviewer's last action in this copy that is not taken back yet, by an event that says so.
 *
 * Returns: (transfer full) (nullable): what became of it, after it is on the disk
 */
EmendOutcome *
emend_project_undo (EmendProject *project,
                    GError **error)
{
  return step (project, TRUE, error);
}

/**
 * emend_project_redo:
 * @project: a project
 * @error: EMEND_STORE_ERROR_REFUSED when there is nothing to do again, else as emend_project_decide()
 *
 * Does again what was undone last, unless something new was decided since.
 *
 * Returns: (transfer full) (nullable): what became of it, after it is on the disk
 */
EmendOutcome *
emend_project_redo (EmendProject *project,
                    GError **error)
{
  return step (project, FALSE, error);
}
