#define G_LOG_DOMAIN "emend-store"

#include "config.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "emend-project-check-private.h"

#define MAX_EVENT ((gsize) 64 * 1024 * 1024)

/* One stream while its events are followed. */
typedef struct {
  gint64 id;
  EmendUuid uuid;
  char *reviewer;
  gint64 seq;
  EmendDigest hash;
} Stream;

static void
stream_free (Stream *stream)
{
  g_free (stream->reviewer);
  g_free (stream);
}

static GPtrArray *
load_streams (EmendProject *project,
              GError **error)
{
  g_autoptr (GPtrArray) streams = g_ptr_array_new_with_free_func ((GDestroyNotify) stream_free);
  g_autoptr (EmendQuery) query = emend_query_new (
    project, "SELECT id, uuid, reviewer, seq, hash FROM stream ORDER BY id", error);
  EmendStep step;

  if (query == NULL)
    return NULL;
  while ((step = emend_query_step (project, query, error)) == EMEND_STEP_ROW) {
    Stream *stream = g_new0 (Stream, 1);

    stream->id = sqlite3_column_int64 (query, 0);
    emend_query_get_uuid (query, 1, &stream->uuid);
    stream->reviewer = emend_query_get_text (query, 2);
    stream->seq = sqlite3_column_int64 (query, 3);
    emend_query_get_digest (query, 4, &stream->hash);
    g_ptr_array_add (streams, stream);
  }
  return step == EMEND_STEP_DONE ? g_steal_pointer (&streams) : NULL;
}

/* What an event says of the records of a run, or of items, is compared with what is there now. */
static gboolean
check_items_added (EmendChecker *checker,
                   const json_t *body,
                   GError **error)
{
  const char *said = json_string_value (json_object_get (body, "sha256"));
  gint64 first = json_integer_value (json_object_get (body, "first"));
  gint64 count = json_integer_value (json_object_get (body, "count"));
  g_autofree char *found = NULL;
  EmendDigest digest;

  if (checker->restricted)
    return TRUE;
  if (!emend_project_hash_items (checker->project, first, count, &digest, error))
    return FALSE;
  found = emend_digest_to_hex (&digest);
  if (g_strcmp0 (found, said) != 0)
    emend_checker_add (checker,
                       ngettext ("%d item, number %d, is not the one that was added: its hash or size was altered, or "
                                 "it is gone.",
                                 "The %d items from number %d on are not those that were added: their number, hashes "
                                 "or sizes were altered.",
                                 (gulong) count),
                       (int) count, (int) first + 1);
  return TRUE;
}

static gboolean
check_run_imported (EmendChecker *checker,
                    const json_t *body,
                    GError **error)
{
  const char *said = json_string_value (json_object_get (body, "sha256"));
  const char *uuid_text = json_string_value (json_object_get (body, "run"));
  g_autoptr (EmendQuery) query = emend_query_new (
    checker->project, "SELECT name, lower (hex (sha256)), count FROM run WHERE uuid = ?", error);
  EmendUuid uuid = { 0 };
  EmendStep step;

  if (query == NULL)
    return FALSE;
  if (uuid_text != NULL)
    emend_uuid_parse (uuid_text, &uuid);
  emend_query_bind_uuid (query, 1, &uuid);
  step = emend_query_step (checker->project, query, error);
  if (step == EMEND_STEP_DONE)
    emend_checker_add (checker, _ ("A run of which the journal speaks is missing."));
  if (step == EMEND_STEP_ROW && !checker->restricted &&
      (g_strcmp0 ((const char *) sqlite3_column_text (query, 1), said) != 0 ||
       sqlite3_column_int64 (query, 2) != json_integer_value (json_object_get (body, "count"))))
    emend_checker_add (checker, _ ("The run “%s” does not say of its records what the journal says."),
                       sqlite3_column_text (query, 0));
  return step != EMEND_STEP_FAILED;
}

/* A label that is called otherwise than when it was recorded would turn the meaning of all that carries it. */
static gboolean
check_schema (EmendChecker *checker,
              const json_t *body,
              GError **error)
{
  const json_t *said = json_object_get (body, "schema");
  gint64 version = json_integer_value (json_object_get (said, "version"));
  g_autoptr (EmendQuery) query = emend_query_new (checker->project,
                                                  "SELECT json FROM schema_version WHERE version = ?", error);
  g_autoptr (json_t) stored = NULL;
  EmendStep step;

  if (query == NULL)
    return FALSE;
  sqlite3_bind_int64 (query, 1, version);
  step = emend_query_step (checker->project, query, error);
  if (step == EMEND_STEP_ROW)
    stored = emend_json_parse ((const char *) sqlite3_column_text (query, 0), (gsize) sqlite3_column_bytes (query, 0),
                               MAX_EVENT, NULL);
  if (step != EMEND_STEP_FAILED && (stored == NULL || !json_equal (stored, said)))
    emend_checker_add (checker, _ ("Version %d of the schema is not what was recorded."), (int) version);
  return step != EMEND_STEP_FAILED;
}

static gboolean
check_body (EmendChecker *checker,
            const Stream *stream,
            EmendQuery *query,
            gint64 seq,
            GError **error)
{
  const char *text = (const char *) sqlite3_column_blob (query, 4);
  const char *action = (const char *) sqlite3_column_text (query, 3);
  g_autoptr (json_t) body = emend_json_parse (text, (gsize) sqlite3_column_bytes (query, 4), MAX_EVENT, NULL);
  const char *said = json_string_value (json_object_get (body, "action"));

  if (g_strcmp0 (said, action) != 0 ||
      json_integer_value (json_object_get (body, "at")) != sqlite3_column_int64 (query, 2))
    emend_checker_add (checker, _ ("Event %d of %s is listed with another time or action than it has."), (int) seq,
                       stream->reviewer);
  if (g_strcmp0 (said, "items-added") == 0)
    return check_items_added (checker, body, error);
  if (g_strcmp0 (said, "project-created") == 0 || g_strcmp0 (said, "schema-changed") == 0)
    return check_schema (checker, body, error);
  if (g_strcmp0 (said, "run-imported") == 0)
    return check_run_imported (checker, body, error);
  return TRUE;
}

static gboolean
follow (EmendChecker *checker,
        const Stream *stream,
        GError **error)
{
  EmendProject *project = checker->project;
  g_autoptr (EmendQuery) query = emend_query_new (
    project, "SELECT id, hash, at, action, body FROM event WHERE id BETWEEN ? AND ? ORDER BY id", error);
  EmendDigest previous = { 0 };
  gint64 seq = 0;
  EmendStep step;

  if (query == NULL)
    return FALSE;
  sqlite3_bind_int64 (query, 1, EMEND_EVENT_ID (stream->id, 0));
  sqlite3_bind_int64 (query, 2, EMEND_EVENT_ID (stream->id + 1, 0) - 1);
  while ((step = emend_query_step (project, query, error)) == EMEND_STEP_ROW) {
    EmendDigest stored;
    EmendDigest actual;

    if (!emend_checker_advance (checker, error))
      return FALSE;
    if (EMEND_EVENT_SEQ (sqlite3_column_int64 (query, 0)) != ++seq) {
      emend_checker_add (checker, _ ("Event %d of %s is missing."), (int) seq, stream->reviewer);
      return TRUE;
    }
    emend_query_get_digest (query, 1, &stored);
    emend_journal_hash (&previous, &stream->uuid, seq, (const char *) sqlite3_column_blob (query, 4),
                        (gsize) sqlite3_column_bytes (query, 4), &actual);
    if (memcmp (&stored, &actual, sizeof stored) != 0)
      emend_checker_add (checker, _ ("Event %d of %s was altered: its hash is another one."), (int) seq,
                         stream->reviewer);
    if (!check_body (checker, stream, query, seq, error))
      return FALSE;
    previous = stored;
    checker->check->n_events++;
  }
  if (step == EMEND_STEP_DONE && (seq != stream->seq || memcmp (&previous, &stream->hash, sizeof previous) != 0))
    emend_checker_add (checker,
                       ngettext ("The journal of %s does not end where it should: %d event is there, and %d should be.",
                                 "The journal of %s does not end where it should: %d events are there, and %d should "
                                 "be.",
                                 (gulong) seq),
                       stream->reviewer, (int) seq,
                       (int) stream->seq);
  return step == EMEND_STEP_DONE;
}

/**
 * emend_checker_chains:
 * @checker: a check
 * @error: EMEND_STORE_ERROR
 *
 * Follows the hash chain of each stream from its first event to its head.
 *
 * Returns: whether all could be read
 */
gboolean
emend_checker_chains (EmendChecker *checker,
                      GError **error)
{
  g_autoptr (GPtrArray) streams = load_streams (checker->project, error);
  gint64 n_events = 0;
  gint64 n_total = 0;

  if (streams == NULL)
    return FALSE;
  for (guint i = 0; i < streams->len; i++) {
    if (!follow (checker, g_ptr_array_index (streams, i), error))
      return FALSE;
    checker->check->n_streams++;
  }
  if (!emend_project_query_int (checker->project, "SELECT count (*) FROM event", 0, &n_events, error) ||
      !emend_project_query_int (checker->project, "SELECT n_events FROM total", 0, &n_total, error))
    return FALSE;
  if (n_events != n_total)
    emend_checker_add (checker,
                       ngettext ("There is %d event, and the project counts %d.",
                                 "There are %d events, and the project counts %d.", (gulong) n_events),
                       (int) n_events, (int) n_total);
  if (checker->check->n_events < n_events)
    emend_checker_add (checker,
                       ngettext ("%d event belongs to no journal that could be followed.",
                                 "%d events belong to no journal that could be followed.",
                                 (gulong) (n_events - checker->check->n_events)),
                       (int) (n_events - checker->check->n_events));
  return TRUE;
}

/**
 * emend_checker_runs:
 * @checker: a check
 * @error: EMEND_STORE_ERROR
 *
 * Hashes the records of each run again.
 *
 * Returns: whether all could be read
 */
gboolean
emend_checker_runs (EmendChecker *checker,
                    GError **error)
{
  EmendProject *project = checker->project;
  g_autoptr (EmendQuery) query = emend_query_new (project, "SELECT id, name, count, sha256 FROM run ORDER BY id",
                                                  error);
  EmendStep step;

  if (query == NULL)
    return FALSE;
  while ((step = emend_query_step (project, query, error)) == EMEND_STEP_ROW) {
    EmendDigest stored;
    EmendDigest actual;
    gint64 count;

    if (!emend_run_hash_stored (project, sqlite3_column_int (query, 0), checker->cancellable, &actual, &count, error))
      return FALSE;
    emend_query_get_digest (query, 3, &stored);
    if (count != sqlite3_column_int64 (query, 2) || memcmp (&stored, &actual, sizeof stored) != 0)
      emend_checker_add (checker,
                         _ ("The records of the run “%s” are not those that were taken over: something in them was "
                            "altered."),
                         sqlite3_column_text (query, 1));
  }
  return step == EMEND_STEP_DONE;
}
