#define G_LOG_DOMAIN "emend-store"

#include "config.h"

#include "emend-project-private.h"

#include <inttypes.h>

#include <glib/gi18n-lib.h>

/* Number of the reviewer's stream: with @any_copy the latest of any copy, else the one of this copy; 0 for none. */
static gboolean
find_stream (EmendProject *project,
             gboolean any_copy,
             gint64 *stream,
             GError **error)
{
  g_autoptr (EmendQuery) query = emend_query_new (project,
                                                  "SELECT id FROM stream WHERE reviewer = ?1 AND (?3 OR copy = ?2) "
                                                  "ORDER BY created DESC, id DESC LIMIT 1",
                                                  error);
  EmendStep step;

  *stream = 0;
  if (query == NULL)
    return FALSE;
  emend_query_bind_text (query, 1, project->reviewer != NULL ? project->reviewer : "");
  emend_query_bind_uuid (query, 2, &project->copy);
  sqlite3_bind_int (query, 3, any_copy);
  step = emend_query_step (project, query, error);
  if (step == EMEND_STEP_ROW)
    *stream = sqlite3_column_int64 (query, 0);
  return step != EMEND_STEP_FAILED;
}

static gboolean
store_view (EmendProject *project,
            gint64 view,
            GError **error)
{
  g_autofree char *text = g_strdup_printf ("%" PRId64, view);

  project->view = view;
  return emend_project_set_meta (project, "view", text, error);
}

/* Items in which one of two streams has said something: all others have the same counters in both. */
static GArray *
items_of_streams (EmendProject *project,
                  gint64 a,
                  gint64 b,
                  GError **error)
{
  g_autoptr (GArray) items = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (EmendQuery) query = emend_query_new (project, "SELECT DISTINCT item FROM reading WHERE stream IN (?, ?)",
                                                  error);
  EmendStep step;

  if (query == NULL)
    return NULL;
  sqlite3_bind_int64 (query, 1, a);
  sqlite3_bind_int64 (query, 2, b);
  while ((step = emend_query_step (project, query, error)) == EMEND_STEP_ROW) {
    gint64 item = sqlite3_column_int64 (query, 0);
    g_array_append_val (items, item);
  }
  return step == EMEND_STEP_DONE ? g_steal_pointer (&items) : NULL;
}

static gboolean
switch_view (EmendProject *project,
             gint64 view,
             GError **error)
{
  g_autoptr (EmendTransaction) transaction = NULL;
  g_autoptr (GArray) items = NULL;

  if (!emend_project_begin (project, error))
    return FALSE;
  transaction = project;
  items = items_of_streams (project, project->view, view, error);
  if (items == NULL || !store_view (project, view, error))
    return FALSE;
  for (guint i = 0; i < items->len; i++) {
    if (!emend_project_refresh_item (project, g_array_index (items, gint64, i), error))
      return FALSE;
  }
  return emend_project_commit (project, error);
}

/* The reviewer whose stream the file's counters speak of. */
static gboolean
adopt_viewed_reviewer (EmendProject *project,
                       GError **error)
{
  g_autoptr (EmendQuery) query = emend_query_new (project, "SELECT reviewer FROM stream WHERE id = ?", error);
  EmendStep step;

  if (query == NULL)
    return FALSE;
  sqlite3_bind_int64 (query, 1, project->view);
  step = emend_query_step (project, query, error);
  g_clear_pointer (&project->reviewer, g_free);
  if (step == EMEND_STEP_ROW)
    project->reviewer = emend_query_get_text (query, 0);
  return step != EMEND_STEP_FAILED;
}

/**
 * emend_stream_view_reviewer:
 * @project: a project whose reviewer was set
 * @error: EMEND_STORE_ERROR
 *
 * Makes the counters those of the reviewer: of the stream of this copy, or, before the first decision in
 * this copy, of the latest stream that the reviewer has elsewhere. Without a reviewer they stay.
 *
 * Returns: whether it could be done
 */
gboolean
emend_stream_view_reviewer (EmendProject *project,
                            GError **error)
{
  gint64 view;

  if (project->read_only_reason != NULL)
    return adopt_viewed_reviewer (project, error);
  if (project->reviewer == NULL)
    return TRUE;
  if (!find_stream (project, FALSE, &view, error) || (view == 0 && !find_stream (project, TRUE, &view, error)))
    return FALSE;
  return view == project->view || switch_view (project, view, error);
}

/**
 * emend_stream_copy_state:
 * @project: a project in a transaction
 * @from: number of the stream that is gone on from
 * @to: number of the new stream
 * @error: EMEND_STORE_ERROR
 *
 * Returns: whether the new stream has the same readings and annotations
 */
gboolean
emend_stream_copy_state (EmendProject *project,
                         gint64 from,
                         gint64 to,
                         GError **error)
{
  static const char *const copies[] = {
    "INSERT INTO reading (item, stream, state, decision, ms, decided, done) "
    "SELECT item, ?2, state, decision, ms, decided, done FROM reading WHERE stream = ?1",
    "INSERT INTO annotation (stream, " EMEND_ANNOTATION_COLUMNS ") SELECT ?2, " EMEND_ANNOTATION_COLUMNS
    " FROM annotation WHERE stream = ?1",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (copies); i++) {
    g_autoptr (EmendQuery) query = emend_query_new (project, copies[i], error);

    if (query == NULL)
      return FALSE;
    sqlite3_bind_int64 (query, 1, from);
    sqlite3_bind_int64 (query, 2, to);
    if (!emend_query_run (project, query, error))
      return FALSE;
  }
  return TRUE;
}

static gint64
insert_stream (EmendProject *project,
               const EmendUuid *uuid,
               const EmendUuid *parent,
               gint64 at_ms,
               GError **error)
{
  g_autoptr (EmendQuery) query = emend_query_new (project,
                                                  "INSERT INTO stream (uuid, reviewer, copy, parent, created, seq, "
                                                  "hash) VALUES (?, ?, ?, ?, ?, 0, ?)",
                                                  error);
  const EmendDigest nothing = { 0 };

  if (query == NULL)
    return 0;
  emend_query_bind_uuid (query, 1, uuid);
  emend_query_bind_text (query, 2, project->reviewer != NULL ? project->reviewer : "");
  emend_query_bind_uuid (query, 3, &project->copy);
  emend_query_bind_uuid (query, 4, parent);
  sqlite3_bind_int64 (query, 5, at_ms);
  emend_query_bind_digest (query, 6, &nothing);
  return emend_query_run (project, query, error) ? sqlite3_last_insert_rowid (project->db) : 0;
}

/* The first event of a stream says from which it goes on, and from which point. */
static gboolean
record_start (EmendProject *project,
              gint64 stream,
              EmendQuery *parent,
              gint64 at_ms,
              GError **error)
{
  g_autoptr (GString) body = g_string_new (NULL);
  g_autoptr (EmendJsonWriter) writer = emend_json_writer_new (body, FALSE);

  emend_journal_begin_body (project, writer, "stream-started", at_ms);
  emend_json_key (writer, "copy");
  emend_json_uuid (writer, &project->copy);
  if (parent != NULL) {
    EmendUuid uuid;
    EmendDigest hash;
    g_autofree char *hex = NULL;

    emend_query_get_uuid (parent, 0, &uuid);
    emend_query_get_digest (parent, 2, &hash);
    hex = emend_digest_to_hex (&hash);
    emend_json_key (writer, "parent");
    emend_json_uuid (writer, &uuid);
    emend_json_key (writer, "parent_seq");
    emend_json_int (writer, sqlite3_column_int64 (parent, 1));
    emend_json_key (writer, "parent_hash");
    emend_json_string (writer, hex);
  }
  emend_json_end_object (writer);
  return emend_journal_append (project, stream, "stream-started", NULL, at_ms, body->str, error) != 0;
}

static gint64
start_stream (EmendProject *project,
              gint64 parent,
              gint64 at_ms,
              GError **error)
{
  g_autoptr (EmendQuery) query = emend_query_new (project,
                                                  "SELECT uuid, seq, hash FROM stream WHERE id = ? AND seq > 0", error);
  EmendUuid parent_uuid = { 0 };
  EmendUuid uuid;
  EmendStep step;
  gint64 stream;

  if (query == NULL)
    return 0;
  sqlite3_bind_int64 (query, 1, parent);
  step = emend_query_step (project, query, error);
  if (step == EMEND_STEP_FAILED)
    return 0;
  if (step == EMEND_STEP_ROW)
    emend_query_get_uuid (query, 0, &parent_uuid);
  emend_uuid_init_v7 (&uuid);
  stream = insert_stream (project, &uuid, &parent_uuid, at_ms, error);
  if (stream == 0 || !record_start (project, stream, step == EMEND_STEP_ROW ? query : NULL, at_ms, error) ||
      (parent != 0 && !emend_stream_copy_state (project, parent, stream, error)))
    return 0;
  return stream;
}

/**
 * emend_stream_ensure:
 * @project: a project in a transaction
 * @at_ms: Unix time in milliseconds
 * @error: EMEND_STORE_ERROR
 *
 * What is recorded belongs to the reviewer's stream in this copy; it is begun here when there is none. If the
 * reviewer has worked in another copy that this one comes from, the stream goes on from that state. What
 * happens without a reviewer is in a stream without a name.
 *
 * Returns: number of the stream, or 0
 */
gint64
emend_stream_ensure (EmendProject *project,
                     gint64 at_ms,
                     GError **error)
{
  gint64 stream;
  gint64 parent = 0;

  if (!find_stream (project, FALSE, &stream, error))
    return 0;
  if (stream != 0)
    return stream;
  if (project->reviewer != NULL && !find_stream (project, TRUE, &parent, error))
    return 0;
  stream = start_stream (project, parent, at_ms, error);
  if (stream != 0 && project->reviewer != NULL && !store_view (project, stream, error))
    return 0;
  return stream;
}

/**
 * emend_stream_require_reviewer:
 * @project: a project
 * @error: EMEND_STORE_ERROR_NO_REVIEWER
 *
 * Returns: whether it is known who decides
 */
gboolean
emend_stream_require_reviewer (EmendProject *project,
                               GError **error)
{
  if (project->reviewer != NULL || project->read_only_reason != NULL)
    return TRUE;
  g_set_error (error, EMEND_STORE_ERROR, EMEND_STORE_ERROR_NO_REVIEWER,
               _ ("Nothing can be decided in “%s” before it is known who decides. Say your name first."),
               project->path);
  return FALSE;
}
