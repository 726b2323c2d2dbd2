#define G_LOG_DOMAIN "emend-store"

#include "config.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "emend-project-check-private.h"

/*
 * The state is made again in a database of its own that no file name leads to: items, runs and streams are given,
 * annotations, readings and undo steps follow from the events. Then both are walked through in the
 * same order.
 */

#define MAX_EVENT ((gsize) 64 * 1024 * 1024)

/* A table that follows from the journal, read in the order of its key. */
typedef struct {
  const char *name;
  const char *select; /* item and stream first */
} Derived;

static const Derived derived[] = {
  { "annotation",
    "SELECT item, stream, proposal, uuid, verdict, page, label, kind, x, y, w, h, shape, attributes, comment, ms, "
    "decided, value FROM annotation ORDER BY item, stream, proposal, uuid" },
  { "reading", "SELECT item, stream, state, decision, ms, decided, done FROM reading ORDER BY item, stream" },
  { "undo", "SELECT 0, stream, depth, seq, undone, what, n FROM undo ORDER BY stream, depth" },
  { "event_item", "SELECT item, event >> 40, event FROM event_item ORDER BY item, event" },
};

/* Of the annotations. */
enum {
  LABEL_COLUMN = 6,
  VALUE_COLUMN = 17,
};

/* How many leading columns make rows of @name the same row. */
static int
key_columns (const char *name)
{
  return g_str_equal (name, "annotation") ? 4 : g_str_equal (name, "reading") ? 2 :
                                                                                3;
}

static gboolean
copy_table (EmendProject *from,
            EmendProject *to,
            const char *select,
            const char *insert,
            GError **error)
{
  g_autoptr (EmendQuery) source = emend_query_new (from, select, error);
  g_autoptr (EmendQuery) target = source != NULL ? emend_query_new (to, insert, error) : NULL;
  EmendStep step;

  if (target == NULL)
    return FALSE;
  while ((step = emend_query_step (from, source, error)) == EMEND_STEP_ROW) {
    for (int i = 0; i < sqlite3_column_count (source); i++)
      sqlite3_bind_value (target, i + 1, sqlite3_column_value (source, i));
    if (!emend_query_run (to, target, error))
      return FALSE;
  }
  return step == EMEND_STEP_DONE;
}

static EmendProject *
new_scratch (EmendProject *project,
             GError **error)
{
  g_autoptr (EmendProject) scratch = emend_project_new_connection ("", SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE,
                                                                   error);

  if (scratch == NULL)
    return NULL;
  g_free (scratch->path);
  scratch->path = g_strdup (project->path);
  if (!emend_project_exec (scratch, "PRAGMA journal_mode = OFF; PRAGMA foreign_keys = OFF; BEGIN", error) ||
      !emend_project_create_tables (scratch, error) ||
      !copy_table (project, scratch, "SELECT id, uuid FROM item",
                   "INSERT INTO item VALUES (?1, ?2, ?1, ?1, 0, NULL, ?2, 0, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, NULL, "
                   "-1.0, 1)",
                   error) ||
      !copy_table (project, scratch, "SELECT id, uuid, role, sha256 FROM run",
                   "INSERT INTO run VALUES (?1, ?2, ?3, '', NULL, NULL, NULL, NULL, NULL, 0, 0, ?4)",
                   error) ||
      !copy_table (project, scratch, "SELECT id, uuid, reviewer, copy, parent, created, seq, hash FROM stream",
                   "INSERT INTO stream VALUES (?, ?, ?, ?, ?, ?, ?, ?)", error))
    return NULL;
  return g_steal_pointer (&scratch);
}

static gboolean
note_items (EmendProject *scratch,
            gint64 event,
            const EmendAction *action,
            GError **error)
{
  g_autoptr (GArray) items = emend_action_items (action);

  return emend_journal_note_items (scratch, event, items, error);
}

/* What one event does to undo steps. */
static gboolean
replay_undo (EmendProject *scratch,
             gint64 stream,
             gint64 seq,
             const char *action_name,
             const json_t *body,
             const EmendAction *action,
             GError **error)
{
  if (g_str_equal (action_name, "decided"))
    return emend_undo_push (scratch, stream, seq, action, error);
  if (g_str_equal (action_name, "annotations-imported"))
    return emend_undo_clear (scratch, stream, error);
  return emend_undo_mark (scratch, stream, json_integer_value (json_object_get (body, "of")),
                          g_str_equal (action_name, "undone"), error);
}

static gboolean
is_decision (const char *action)
{
  return g_str_equal (action, "decided") || g_str_equal (action, "undone") || g_str_equal (action, "redone") ||
         g_str_equal (action, "annotations-imported");
}

/* An event whose item is named by "item" alone. */
static gboolean
replay_media (EmendProject *scratch,
              gint64 event,
              const json_t *body,
              GError **error)
{
  const char *text = json_string_value (json_object_get (body, "item"));
  g_autoptr (GArray) items = g_array_new (FALSE, FALSE, sizeof (gint64));
  EmendUuid uuid;
  gint64 item;

  if (text == NULL || !emend_uuid_parse (text, &uuid))
    return TRUE;
  item = emend_project_item_number (scratch, &uuid, error);
  if (item < 0)
    return FALSE;
  if (item > 0)
    g_array_append_val (items, item);
  return emend_journal_note_items (scratch, event, items, error);
}

static gboolean
replay_event (EmendProject *scratch,
              EmendQuery *event,
              gint64 target,
              gboolean own,
              GError **error)
{
  gint64 id = sqlite3_column_int64 (event, 0);
  const char *name = (const char *) sqlite3_column_text (event, 1);
  g_autoptr (json_t) body = NULL;
  g_autoptr (EmendAction) action = NULL;

  if (!is_decision (name) && !g_str_equal (name, "media-changed"))
    return TRUE;
  body = emend_json_parse ((const char *) sqlite3_column_text (event, 2), (gsize) sqlite3_column_bytes (event, 2),
                           MAX_EVENT, NULL);
  if (body == NULL)
    return TRUE;
  if (!is_decision (name))
    return !own || replay_media (scratch, id, body, error);
  action = emend_action_read (scratch, body, error);
  if (action == NULL || !emend_action_apply (action, scratch, target, error))
    return FALSE;
  return !own || (note_items (scratch, id, action, error) &&
                  replay_undo (scratch, target, EMEND_EVENT_SEQ (id), name, body, action, error));
}

/* Where a stream goes on from: number of the parent and of its last event that counts; 0 for none. */
static gboolean
find_parent (EmendProject *project,
             gint64 stream,
             gint64 *parent,
             gint64 *seq,
             GError **error)
{
  g_autoptr (EmendQuery) query = emend_query_new (project, "SELECT body FROM event WHERE id = ?", error);
  g_autoptr (EmendQuery) number = emend_query_new (project, "SELECT id FROM stream WHERE uuid = ?", error);
  g_autoptr (json_t) body = NULL;
  const char *text;
  EmendUuid uuid;
  EmendStep step;

  *parent = 0;
  *seq = 0;
  if (query == NULL || number == NULL)
    return FALSE;
  sqlite3_bind_int64 (query, 1, EMEND_EVENT_ID (stream, 1));
  step = emend_query_step (project, query, error);
  if (step != EMEND_STEP_ROW)
    return step == EMEND_STEP_DONE;
  body = emend_json_parse ((const char *) sqlite3_column_text (query, 0), (gsize) sqlite3_column_bytes (query, 0),
                           MAX_EVENT, NULL);
  text = json_string_value (json_object_get (body, "parent"));
  if (text == NULL || !emend_uuid_parse (text, &uuid))
    return TRUE;
  emend_query_bind_uuid (number, 1, &uuid);
  step = emend_query_step (project, number, error);
  if (step == EMEND_STEP_ROW) {
    *parent = sqlite3_column_int64 (number, 0);
    *seq = json_integer_value (json_object_get (body, "parent_seq"));
  }
  return step != EMEND_STEP_FAILED;
}

/* Brings the target to the state after event @last of @source: what @source goes on from comes first. */
static gboolean
replay_stream (EmendChecker *checker,
               EmendProject *scratch,
               gint64 target,
               GError **error)
{
  EmendProject *project = checker->project;
  g_autoptr (GArray) lineage = g_array_new (FALSE, FALSE, sizeof (gint64));
  gint64 source = target;
  gint64 last = G_MAXINT32;

  while (source != 0 && lineage->len < 2 * (guint) checker->check->n_streams) {
    g_array_append_val (lineage, source);
    g_array_append_val (lineage, last);
    if (!find_parent (project, source, &source, &last, error))
      return FALSE;
  }
  for (guint i = lineage->len; i > 0; i -= 2) {
    g_autoptr (EmendQuery) query = emend_query_new (
      project, "SELECT id, action, body FROM event WHERE id BETWEEN ? AND ? ORDER BY id", error);
    gint64 stream = g_array_index (lineage, gint64, i - 2);
    EmendStep step;

    if (query == NULL)
      return FALSE;
    sqlite3_bind_int64 (query, 1, EMEND_EVENT_ID (stream, 0));
    sqlite3_bind_int64 (query, 2, EMEND_EVENT_ID (stream, g_array_index (lineage, gint64, i - 1)));
    while ((step = emend_query_step (project, query, error)) == EMEND_STEP_ROW) {
      if (!emend_checker_advance (checker, error) || !replay_event (scratch, query, target, stream == target, error))
        return FALSE;
    }
    if (step == EMEND_STEP_FAILED)
      return FALSE;
  }
  return TRUE;
}

static int
compare_values (sqlite3_value *a,
                sqlite3_value *b)
{
  int type = sqlite3_value_type (a);

  if (type != sqlite3_value_type (b))
    return type < sqlite3_value_type (b) ? -1 : 1;
  if (type == SQLITE_INTEGER) {
    gint64 x = sqlite3_value_int64 (a);
    gint64 y = sqlite3_value_int64 (b);
    return x < y ? -1 : x > y;
  }
  if (type == SQLITE_FLOAT) {
    double x = sqlite3_value_double (a);
    double y = sqlite3_value_double (b);
    return x < y ? -1 : x > y;
  }
  if (type == SQLITE_TEXT || type == SQLITE_BLOB) {
    gconstpointer x = sqlite3_value_blob (a);
    gconstpointer y = sqlite3_value_blob (b);
    int size_x = sqlite3_value_bytes (a);
    int size_y = sqlite3_value_bytes (b);
    int order = size_x > 0 && size_y > 0 ? memcmp (x, y, (gsize) MIN (size_x, size_y)) : 0;
    return order != 0 ? order : size_x - size_y;
  }
  return 0;
}

/* Compares the first columns of two rows. */
static int
compare_rows (EmendQuery *a,
              EmendQuery *b,
              int n_columns)
{
  for (int i = 0; i < n_columns; i++) {
    int order = compare_values (sqlite3_column_value (a, i), sqlite3_column_value (b, i));

    if (order != 0)
      return order;
  }
  return 0;
}

/* Whether two annotations differ at most in that the one here has its normalised form from the schema in use, and the
 * one made from the journal from that of then. */
static gboolean
is_normalised (EmendChecker *checker,
               EmendProject *scratch,
               EmendQuery *here,
               EmendQuery *made)
{
  g_autoptr (EmendValue) value = NULL;
  g_autofree char *text = NULL;

  if (compare_rows (here, made, VALUE_COLUMN) != 0 ||
      !emend_query_get_value (scratch, made, VALUE_COLUMN, &value, NULL) || value == NULL)
    return FALSE;
  emend_schema_normalise (checker->project->schema, sqlite3_column_int (here, LABEL_COLUMN), value);
  text = emend_value_to_json (value);
  return g_strcmp0 (text, (const char *) sqlite3_column_text (here, VALUE_COLUMN)) == 0;
}

typedef enum {
  DIFFERENCE_MISSING,
  DIFFERENCE_EXTRA,
  DIFFERENCE_OTHER,
} Difference;

static void
add_difference (EmendChecker *checker,
                const char *table,
                EmendQuery *row,
                Difference difference)
{
  g_autoptr (EmendItem) item = emend_project_load_item (checker->project, sqlite3_column_int64 (row, 0), NULL);
  g_autoptr (EmendQuery) stream = emend_query_new (checker->project, "SELECT reviewer FROM stream WHERE id = ?", NULL);
  const char *reviewer = NULL;
  const char *path = item != NULL ? item->path : _ ("the project");

  sqlite3_bind_int64 (stream, 1, sqlite3_column_int64 (row, 1));
  if (emend_query_step (checker->project, stream, NULL) == EMEND_STEP_ROW)
    reviewer = (const char *) sqlite3_column_text (stream, 0);
  reviewer = reviewer != NULL ? reviewer : "";
  switch (difference) {
  case DIFFERENCE_MISSING:
    /* TRANSLATORS: the name of a table, the path of an image, a person. */
    emend_checker_add (checker, _ ("A row of “%s” is missing that follows from the journal: %s, %s."), table, path,
                       reviewer);
    break;
  case DIFFERENCE_EXTRA:
    emend_checker_add (checker, _ ("A row of “%s” does not follow from the journal: %s, %s."), table, path, reviewer);
    break;
  case DIFFERENCE_OTHER:
  default:
    emend_checker_add (checker, _ ("A row of “%s” says something else than the journal: %s, %s."), table, path,
                       reviewer);
    break;
  }
}

static gboolean
compare_table (EmendChecker *checker,
               EmendProject *scratch,
               const Derived *table,
               GError **error)
{
  EmendProject *project = checker->project;
  g_autoptr (EmendQuery) here = emend_query_new (project, table->select, error);
  g_autoptr (EmendQuery) made = here != NULL ? emend_query_new (scratch, table->select, error) : NULL;
  EmendStep step_here = made != NULL ? emend_query_step (project, here, error) : EMEND_STEP_FAILED;
  EmendStep step_made = step_here != EMEND_STEP_FAILED ? emend_query_step (scratch, made, error) : EMEND_STEP_FAILED;

  while (step_here == EMEND_STEP_ROW || step_made == EMEND_STEP_ROW) {
    int order = step_here != EMEND_STEP_ROW ? 1 : -1;

    if (step_here == EMEND_STEP_FAILED || step_made == EMEND_STEP_FAILED)
      return FALSE;
    if (step_here == EMEND_STEP_ROW && step_made == EMEND_STEP_ROW)
      order = compare_rows (here, made, key_columns (table->name));
    if (order < 0)
      add_difference (checker, table->name, here, DIFFERENCE_EXTRA);
    else if (order > 0)
      add_difference (checker, table->name, made, DIFFERENCE_MISSING);
    else if (compare_rows (here, made, sqlite3_column_count (here)) != 0 &&
             !(g_str_equal (table->name, "annotation") && is_normalised (checker, scratch, here, made)))
      add_difference (checker, table->name, here, DIFFERENCE_OTHER);
    if (order <= 0) {
      checker->check->n_annotations += g_str_equal (table->name, "annotation");
      step_here = emend_query_step (project, here, error);
    }
    if (order >= 0)
      step_made = emend_query_step (scratch, made, error);
  }
  return step_here == EMEND_STEP_DONE && step_made == EMEND_STEP_DONE;
}

/**
 * emend_checker_rebuild:
 * @checker: a check after its chains
 * @error: EMEND_STORE_ERROR
 *
 * Makes annotations, readings and undo steps again from the journal and names each row that differs.
 *
 * Returns: whether it could be done
 */
gboolean
emend_checker_rebuild (EmendChecker *checker,
                       GError **error)
{
  g_autoptr (EmendProject) scratch = new_scratch (checker->project, error);
  g_autoptr (EmendQuery) streams = scratch != NULL ?
                                     emend_query_new (scratch, "SELECT id FROM stream ORDER BY id", error) :
                                     NULL;
  g_autoptr (GError) reason = NULL;
  EmendStep step;

  if (streams == NULL)
    return FALSE;
  while ((step = emend_query_step (scratch, streams, error)) == EMEND_STEP_ROW) {
    if (replay_stream (checker, scratch, sqlite3_column_int64 (streams, 0), &reason))
      continue;
    if (!g_error_matches (reason, EMEND_STORE_ERROR, EMEND_STORE_ERROR_DAMAGED)) {
      g_propagate_error (error, g_steal_pointer (&reason));
      return FALSE;
    }
    emend_checker_add (checker, _ ("The state cannot be made again from the journal. %s"), reason->message);
    return TRUE;
  }
  g_clear_pointer (&streams, emend_query_release);
  for (gsize i = 0; step == EMEND_STEP_DONE && i < G_N_ELEMENTS (derived); i++) {
    if (!compare_table (checker, scratch, &derived[i], error))
      return FALSE;
  }
  return step == EMEND_STEP_DONE;
}

/**
 * emend_checker_counters:
 * @checker: a check
 * @error: EMEND_STORE_ERROR
 *
 * Counts what each item and the project should count.
 *
 * Returns: whether it could be done
 */
gboolean
emend_checker_counters (EmendChecker *checker,
                        GError **error)
{
  EmendProject *project = checker->project;
  g_autoptr (EmendQuery) items = emend_query_new (project, "SELECT id, path FROM item ORDER BY id", error);
  gboolean totals = FALSE;
  EmendStep step;

  if (items == NULL)
    return FALSE;
  while ((step = emend_query_step (project, items, error)) == EMEND_STEP_ROW) {
    gboolean same = FALSE;

    if (!emend_checker_advance (checker, error) ||
        !emend_project_compare_item (project, sqlite3_column_int64 (items, 0), &same, error))
      return FALSE;
    if (!same)
      emend_checker_add (checker, _ ("The counters of “%s” are not what its annotations give."),
                         sqlite3_column_text (items, 1));
  }
  if (step == EMEND_STEP_FAILED || !emend_project_compare_totals (project, &totals, error))
    return FALSE;
  if (!totals)
    emend_checker_add (checker, _ ("The counters of the project are not the sums of those of its items."));
  return TRUE;
}
