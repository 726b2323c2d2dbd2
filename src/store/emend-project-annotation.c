#define G_LOG_DOMAIN "emend-store"

#include "config.h"

#include "emend-project-private.h"

#include <glib/gi18n-lib.h>

/**
 * emend_annotation_from_query:
 * @project: a project
 * @query: a row that begins with EMEND_ANNOTATION_COLUMNS
 * @error: EMEND_STORE_ERROR_DAMAGED
 *
 * Returns: (transfer full) (nullable): the annotation
 */
EmendAnnotation *
emend_annotation_from_query (EmendProject *project,
                             EmendQuery *query,
                             GError **error)
{
  g_autoptr (EmendAnnotation) annotation = emend_annotation_new ();
  int verdict = sqlite3_column_int (query, 3);

  emend_query_get_uuid (query, 0, &annotation->uuid);
  annotation->item = sqlite3_column_int64 (query, 1);
  annotation->proposal = sqlite3_column_int64 (query, 2);
  annotation->verdict = (EmendVerdict) verdict;
  annotation->page = sqlite3_column_int (query, 4);
  annotation->label = sqlite3_column_int (query, 5);
  if (verdict < EMEND_VERDICT_ACCEPTED || verdict > EMEND_VERDICT_ILLEGIBLE ||
      !emend_query_get_shape (query, 6, &annotation->shape)) {
    emend_project_set_damaged (project, _ ("an annotation has no verdict or no shape"), error);
    return NULL;
  }
  annotation->attributes = emend_query_get_text (query, 12);
  annotation->comment = emend_query_get_text (query, 13);
  annotation->ms = sqlite3_column_int64 (query, 14);
  annotation->decided_ms = sqlite3_column_int64 (query, 15);
  if (!emend_query_get_value (project, query, 16, &annotation->value, error))
    return NULL;
  return g_steal_pointer (&annotation);
}

/**
 * emend_annotation_store:
 * @project: a project in a transaction
 * @stream: number of the stream
 * @annotation: what it says now
 * @error: EMEND_STORE_ERROR
 *
 * Returns: whether it was written in place of the one before
 */
gboolean
emend_annotation_store (EmendProject *project,
                        gint64 stream,
                        const EmendAnnotation *annotation,
                        GError **error)
{
  g_autoptr (EmendQuery) query = emend_query_new (project,
                                                  "INSERT OR REPLACE INTO annotation "
                                                  "(stream, " EMEND_ANNOTATION_COLUMNS ") "
                                                  "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                                                  error);
  g_autofree char *value = annotation->value != NULL ? emend_value_to_json (annotation->value) : NULL;

  if (query == NULL)
    return FALSE;
  sqlite3_bind_int64 (query, 1, stream);
  emend_query_bind_uuid (query, 2, &annotation->uuid);
  sqlite3_bind_int64 (query, 3, annotation->item);
  sqlite3_bind_int64 (query, 4, annotation->proposal);
  sqlite3_bind_int (query, 5, (int) annotation->verdict);
  sqlite3_bind_int (query, 6, annotation->page);
  sqlite3_bind_int (query, 7, annotation->label);
  emend_query_bind_shape (query, 8, &annotation->shape);
  emend_query_bind_text (query, 14, annotation->attributes);
  emend_query_bind_text (query, 15, annotation->comment);
  sqlite3_bind_int64 (query, 16, annotation->ms);
  sqlite3_bind_int64 (query, 17, annotation->decided_ms);
  emend_query_bind_text (query, 18, value);
  return emend_query_run (project, query, error);
}

/**
 * emend_annotation_remove:
 * @project: a project in a transaction
 * @stream: number of the stream
 * @annotation: which
 * @error: EMEND_STORE_ERROR
 *
 * Returns: whether it is no more
 */
gboolean
emend_annotation_remove (EmendProject *project,
                         gint64 stream,
                         const EmendAnnotation *annotation,
                         GError **error)
{
  g_autoptr (EmendQuery) query = emend_query_new (
    project, "DELETE FROM annotation WHERE item = ? AND stream = ? AND proposal = ? AND uuid = ?", error);

  if (query == NULL)
    return FALSE;
  sqlite3_bind_int64 (query, 1, annotation->item);
  sqlite3_bind_int64 (query, 2, stream);
  sqlite3_bind_int64 (query, 3, annotation->proposal);
  emend_query_bind_uuid (query, 4, &annotation->uuid);
  return emend_query_run (project, query, error);
}

/**
 * emend_annotation_find:
 * @project: a project
 * @stream: number of the stream
 * @item: number of the item
 * @proposal: of which proposal; 0 to look for @uuid alone
 * @uuid: identity; looked for when @proposal is 0
 * @annotation: (out) (nullable) (transfer full): what was found
 * @error: EMEND_STORE_ERROR
 *
 * Returns: whether it could be asked
 */
gboolean
emend_annotation_find (EmendProject *project,
                       gint64 stream,
                       gint64 item,
                       EmendProposalId proposal,
                       const EmendUuid *uuid,
                       EmendAnnotation **annotation,
                       GError **error)
{
  g_autoptr (EmendQuery) query = NULL;
  EmendStep step;

  *annotation = NULL;
  if (proposal != 0)
    query = emend_query_new (project,
                             "SELECT " EMEND_ANNOTATION_COLUMNS " FROM annotation WHERE item = ? AND stream = ? AND "
                             "proposal = ?",
                             error);
  else
    query = emend_query_new (project,
                             "SELECT " EMEND_ANNOTATION_COLUMNS " FROM annotation WHERE item = ? AND stream = ? AND "
                             "uuid = ?",
                             error);
  if (query == NULL)
    return FALSE;
  sqlite3_bind_int64 (query, 1, item);
  sqlite3_bind_int64 (query, 2, stream);
  if (proposal != 0)
    sqlite3_bind_int64 (query, 3, proposal);
  else
    emend_query_bind_uuid (query, 3, uuid);
  step = emend_query_step (project, query, error);
  if (step != EMEND_STEP_ROW)
    return step == EMEND_STEP_DONE;
  *annotation = emend_annotation_from_query (project, query, error);
  return *annotation != NULL;
}

/**
 * emend_reading_load:
 * @project: a project
 * @stream: number of the stream
 * @item: number of the item
 * @reading: (out): state none when there is none
 * @error: EMEND_STORE_ERROR
 *
 * Returns: whether it could be asked
 */
gboolean
emend_reading_load (EmendProject *project,
                    gint64 stream,
                    gint64 item,
                    EmendReading *reading,
                    GError **error)
{
  g_autoptr (EmendQuery) query = emend_query_new (
    project, "SELECT state, decision, ms, decided, done FROM reading WHERE item = ? AND stream = ?", error);
  EmendStep step;

  *reading = (EmendReading){ 0 };
  if (query == NULL)
    return FALSE;
  sqlite3_bind_int64 (query, 1, item);
  sqlite3_bind_int64 (query, 2, stream);
  step = emend_query_step (project, query, error);
  if (step != EMEND_STEP_ROW)
    return step == EMEND_STEP_DONE;
  reading->state = sqlite3_column_int (query, 0) == EMEND_READING_DONE ? EMEND_READING_DONE : EMEND_READING_OPEN;
  reading->decision = emend_query_get_text (query, 1);
  reading->ms = sqlite3_column_int64 (query, 2);
  reading->decided_ms = sqlite3_column_int64 (query, 3);
  reading->done_ms = sqlite3_column_int64 (query, 4);
  return TRUE;
}

/**
 * emend_reading_store:
 * @project: a project in a transaction
 * @stream: number of the stream
 * @item: number of the item
 * @reading: what it is now; state none takes it away
 * @error: EMEND_STORE_ERROR
 *
 * Returns: whether it was written
 */
gboolean
emend_reading_store (EmendProject *project,
                     gint64 stream,
                     gint64 item,
                     const EmendReading *reading,
                     GError **error)
{
  g_autoptr (EmendQuery) query = emend_query_new (project,
                                                  reading->state == EMEND_READING_NONE ?
                                                    "DELETE FROM reading WHERE item = ? AND stream = ?" :
                                                    "INSERT OR REPLACE INTO reading (item, stream, state, decision, "
                                                    "ms, decided, done) VALUES (?, ?, ?, ?, ?, ?, ?)",
                                                  error);

  if (query == NULL)
    return FALSE;
  sqlite3_bind_int64 (query, 1, item);
  sqlite3_bind_int64 (query, 2, stream);
  if (reading->state != EMEND_READING_NONE) {
    sqlite3_bind_int (query, 3, (int) reading->state);
    emend_query_bind_text (query, 4, reading->decision);
    sqlite3_bind_int64 (query, 5, reading->ms);
    sqlite3_bind_int64 (query, 6, reading->decided_ms);
    sqlite3_bind_int64 (query, 7, reading->done_ms);
  }
  return emend_query_run (project, query, error);
}

/* The identity in column 0 of the row with this number. */
static gboolean
uuid_of_row (EmendProject *project,
             const char *sql,
             gint64 id,
             EmendUuid *uuid,
             GError **error)
{
  g_autoptr (EmendQuery) query = emend_query_new (project, sql, error);
  EmendStep step;

  *uuid = (EmendUuid){ 0 };
  if (query == NULL)
    return FALSE;
  sqlite3_bind_int64 (query, 1, id);
  step = emend_query_step (project, query, error);
  if (step == EMEND_STEP_ROW)
    emend_query_get_uuid (query, 0, uuid);
  return step != EMEND_STEP_FAILED;
}

/* The number in column 0 of the row with this identity; 0 for none, -1 for a failure. */
static gint64
row_of_uuid (EmendProject *project,
             const char *sql,
             const EmendUuid *uuid,
             GError **error)
{
  g_autoptr (EmendQuery) query = emend_query_new (project, sql, error);

  if (query == NULL)
    return -1;
  emend_query_bind_uuid (query, 1, uuid);
  switch (emend_query_step (project, query, error)) {
  case EMEND_STEP_ROW:
    return sqlite3_column_int64 (query, 0);
  case EMEND_STEP_DONE:
    return 0;
  case EMEND_STEP_FAILED:
  default:
    return -1;
  }
}

/**
 * emend_project_run_uuid:
 * @project: a project
 * @run: number of the run
 * @uuid: (out): its identity, nil when there is no such run
 * @error: EMEND_STORE_ERROR
 *
 * Returns: whether it could be asked
 */
gboolean
emend_project_run_uuid (EmendProject *project,
                        int run,
                        EmendUuid *uuid,
                        GError **error)
{
  return uuid_of_row (project, "SELECT uuid FROM run WHERE id = ?", run, uuid, error);
}

/**
 * emend_project_run_number:
 * @project: a project
 * @uuid: identity of a run
 * @run: (out): its number, 0 when there is no such run
 * @error: EMEND_STORE_ERROR
 *
 * Returns: whether it could be asked
 */
gboolean
emend_project_run_number (EmendProject *project,
                          const EmendUuid *uuid,
                          int *run,
                          GError **error)
{
  gint64 number = row_of_uuid (project, "SELECT id FROM run WHERE uuid = ?", uuid, error);

  *run = number > 0 ? (int) number : 0;
  return number >= 0;
}

/**
 * emend_project_item_uuid:
 * @project: a project
 * @item: number of the item
 * @uuid: (out): its identity, nil when there is no such item
 * @error: EMEND_STORE_ERROR
 *
 * Returns: whether it could be asked
 */
gboolean
emend_project_item_uuid (EmendProject *project,
                         gint64 item,
                         EmendUuid *uuid,
                         GError **error)
{
  return uuid_of_row (project, "SELECT uuid FROM item WHERE id = ?", item, uuid, error);
}

/**
 * emend_project_item_number:
 * @project: a project
 * @uuid: identity of an item
 * @error: EMEND_STORE_ERROR
 *
 * Returns: its number, 0 when there is no such item here, -1 when it could not be asked
 */
gint64
emend_project_item_number (EmendProject *project,
                           const EmendUuid *uuid,
                           GError **error)
{
  return row_of_uuid (project, "SELECT id FROM item WHERE uuid = ?", uuid, error);
}
