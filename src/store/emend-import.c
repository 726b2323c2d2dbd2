#define G_LOG_DOMAIN "emend-store"

#include "config.h"

#include "emend-import.h"

#include <inttypes.h>
#include <math.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include "emend-project-private.h"

/* Attributes of one record; more is no attribute. */
#define MAX_ATTRIBUTES ((gsize) 1024 * 1024)

/* An item that the import speaks of, and what it gets. */
typedef struct {
  gint64 id;
  EmendUuid uuid;
  int n_pages;
  gboolean is_touched;
  gint64 n;
  gboolean has_values; /* of fields, which can take the place of earlier ones */
  double doubt;
} Target;

/**
 * EmendImport:
 * @project: in a transaction for the time of the import
 * @is_open: not yet finished or taken back
 * @run: what is being written
 * @hasher: over the records, see hash_record()
 * @targets: (element-type gint64 Target): the items that were looked up, by number
 * @insert: writes one record; all its values are bound anew each time
 * @old_schema: (nullable): to go back to, when it was changed
 * @target: (nullable): the item of the last record
 */
struct _EmendImport {
  EmendProject *project;
  gboolean is_open;
  EmendRun *run;
  EmendHasher *hasher;
  GHashTable *targets;
  EmendQuery *insert;
  EmendSchema *old_schema;
  Target *target;
};

static gboolean
insert_run (EmendImport *self,
            GError **error)
{
  EmendProject *project = self->project;
  const EmendRun *run = self->run;
  g_autoptr (EmendQuery) query = emend_query_new (project,
                                                  "INSERT INTO run (id, uuid, role, name, model, version, source, "
                                                  "source_sha256, params, created, count, sha256) VALUES (?, ?, ?, ?, "
                                                  "?, ?, ?, ?, ?, ?, 0, zeroblob (32))",
                                                  error);

  if (query == NULL)
    return FALSE;
  sqlite3_bind_int (query, 1, run->id);
  emend_query_bind_uuid (query, 2, &run->uuid);
  sqlite3_bind_int (query, 3, (int) run->role);
  emend_query_bind_text (query, 4, run->name);
  emend_query_bind_text (query, 5, run->model);
  emend_query_bind_text (query, 6, run->version);
  emend_query_bind_text (query, 7, run->source);
  emend_query_bind_text (query, 8, run->source_sha256);
  emend_query_bind_text (query, 9, run->params);
  sqlite3_bind_int64 (query, 10, run->created_ms);
  return emend_query_run (project, query, error);
}

static EmendRun *
copy_run (const EmendRun *run)
{
  EmendRun *copy = emend_run_new ();

  copy->uuid = run->uuid;
  if (emend_uuid_is_nil (&copy->uuid))
    emend_uuid_init_v7 (&copy->uuid);
  copy->role = run->role;
  copy->name = g_strdup (run->name != NULL ? run->name : "");
  copy->model = g_strdup (run->model);
  copy->version = g_strdup (run->version);
  copy->source = g_strdup (run->source);
  copy->source_sha256 = g_strdup (run->source_sha256);
  copy->params = g_strdup (run->params);
  copy->created_ms = run->created_ms != 0 ? run->created_ms : emend_journal_now ();
  return copy;
}

/**
 * emend_import_begin:
 * @project: a project
 * @run: what the records are; its number and count are ignored, a nil identity is made
 * @error: EMEND_STORE_ERROR; _NO_REVIEWER when annotations are taken over and nobody's name is known
 *
 * Begins a run in one transaction. Until it is finished or freed the project records nothing else. Not
 * for the main thread.
 *
 * Returns: (transfer full) (nullable): the import
 */
EmendImport *
emend_import_begin (EmendProject *project,
                    const EmendRun *run,
                    GError **error)
{
  g_autoptr (EmendImport) self = NULL;
  gint64 last = 0;

  if (run->role == EMEND_RUN_ANNOTATIONS && !emend_stream_require_reviewer (project, error))
    return NULL;
  if (run->params != NULL) {
    g_autoptr (json_t) params = emend_json_parse (run->params, strlen (run->params), MAX_ATTRIBUTES, error);

    if (params == NULL)
      return NULL;
  }
  if (!emend_project_begin (project, error))
    return NULL;
  self = g_new0 (EmendImport, 1);
  self->project = project;
  self->is_open = TRUE;
  self->run = copy_run (run);
  self->hasher = emend_hasher_new (EMEND_HASH_SHA256);
  self->targets = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, g_free);
  if (!emend_project_query_int (project, "SELECT coalesce (max (id), 0) FROM run", 0, &last, error))
    return NULL;
  self->run->id = (int) last + 1;
  self->insert = emend_query_new (project,
                                  "INSERT INTO proposal (" EMEND_PROPOSAL_COLUMNS ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, "
                                  "?, ?, ?, ?, ?, ?)",
                                  error);
  return self->insert != NULL && insert_run (self, error) ? g_steal_pointer (&self) : NULL;
}

static gboolean
refuse (EmendImport *self,
        const char *reason,
        GError **error)
{
  g_set_error (error, EMEND_STORE_ERROR, EMEND_STORE_ERROR_REFUSED,
               /* TRANSLATORS: the number of a record, then a sentence. */
               _ ("Record %" PRId64 " cannot be taken over. %s"), self->run->count + 1, reason);
  return FALSE;
}

/* Asks for an item that the import did not speak of yet. */
static Target *
load_target (EmendImport *self,
             gint64 item,
             GError **error)
{
  g_autoptr (EmendQuery) query = emend_query_new (self->project, "SELECT uuid, n_pages FROM item WHERE id = ?", error);
  Target *target;
  EmendStep step;

  if (query == NULL)
    return NULL;
  sqlite3_bind_int64 (query, 1, item);
  step = emend_query_step (self->project, query, error);
  if (step == EMEND_STEP_DONE)
    refuse (self, _ ("Its item is not in the project."), error);
  if (step != EMEND_STEP_ROW)
    return NULL;
  target = g_new0 (Target, 1);
  target->id = item;
  emend_query_get_uuid (query, 0, &target->uuid);
  target->n_pages = sqlite3_column_int (query, 1);
  target->doubt = -1;
  g_hash_table_insert (self->targets, &target->id, target);
  return target;
}

/* Makes the item the present one. */
static gboolean
find_item (EmendImport *self,
           gint64 item,
           GError **error)
{
  Target *target = self->target;

  if (target == NULL || target->id != item)
    target = g_hash_table_lookup (self->targets, &item);
  if (target == NULL)
    target = load_target (self, item, error);
  if (target != NULL)
    self->target = target;
  return target != NULL;
}

/* On a full disk SQLite takes the transaction back by itself; what is written after that would stand alone. */
static gboolean
check_open (EmendImport *self,
            GError **error)
{
  if (self->is_open && !sqlite3_get_autocommit (self->project->db))
    return TRUE;
  g_set_error (error, EMEND_STORE_ERROR, EMEND_STORE_ERROR_DISK,
               _ ("What was being taken over into “%s” was taken back, as the disk is full or fails. Nothing of it is "
                  "in the project."),
               self->project->path);
  return FALSE;
}

static gboolean
check_record (EmendImport *self,
              const EmendProposal *proposal,
              GError **error)
{
  if (!find_item (self, proposal->item, error))
    return FALSE;
  if (proposal->page < 0 || proposal->page >= self->target->n_pages)
    return refuse (self, _ ("Its item has no such page."), error);
  if (proposal->value != NULL && emend_schema_find_field (self->project->schema, proposal->label) == NULL)
    return refuse (self, _ ("Its field is not in the schema."), error);
  if (proposal->value == NULL && emend_schema_find_label (self->project->schema, proposal->label) == NULL)
    return refuse (self, _ ("Its label is not in the schema."), error);
  if (proposal->value != NULL && !emend_schema_has_cell (self->project->schema, proposal->label, proposal->value))
    return refuse (self, _ ("Its field has no such row and column."), error);
  if (!emend_rect_is_finite (&proposal->shape.box) || isinf (proposal->score))
    return refuse (self, _ ("It has a number that is not finite."), error);
  if (self->run->count >= G_MAXUINT32)
    return refuse (self, _ ("A run has no room for more."), error);
  if (proposal->attributes != NULL) {
    g_autoptr (json_t) tree = emend_json_parse (proposal->attributes, strlen (proposal->attributes), MAX_ATTRIBUTES,
                                                NULL);

    if (!json_is_object (tree))
      return refuse (self, _ ("Its attributes are not one JSON object."), error);
  }
  return TRUE;
}

static gboolean
insert_record (EmendImport *self,
               const EmendProposal *proposal,
               GError **error)
{
  EmendQuery *query = self->insert;
  g_autofree char *value = proposal->value != NULL ? emend_value_to_json (proposal->value) : NULL;

  sqlite3_bind_int64 (query, 1, EMEND_PROPOSAL_ID (self->run->id, self->run->count));
  sqlite3_bind_int64 (query, 2, proposal->item);
  sqlite3_bind_int (query, 3, proposal->page);
  sqlite3_bind_int (query, 4, proposal->label);
  emend_query_bind_shape (query, 5, &proposal->shape);
  emend_query_bind_double (query, 11, proposal->score);
  emend_query_bind_text (query, 12, proposal->score_text);
  emend_query_bind_text (query, 13, proposal->attributes);
  emend_query_bind_text (query, 14, value);
  return emend_query_run (self->project, query, error);
}

static void
add_gain (EmendImport *self,
          const EmendProposal *proposal)
{
  double doubt = isnan (proposal->score) ? 1 : 1 - 2 * fabs (proposal->score - 0.5);

  self->target->n++;
  self->target->has_values = self->target->has_values || proposal->value != NULL;
  self->target->doubt = MAX (self->target->doubt, doubt);
}

/**
 * emend_import_add:
 * @import: an import
 * @proposal: the record; it gets the next ordinal of the run, its own identity is ignored
 * @error: EMEND_STORE_ERROR_REFUSED when it does not fit the project; the import can go on without it
 *
 * Returns: whether it was taken
 */
gboolean
emend_import_add (EmendImport *import,
                  const EmendProposal *proposal,
                  GError **error)
{
  if (!check_open (import, error) || !check_record (import, proposal, error) ||
      !insert_record (import, proposal, error))
    return FALSE;
  emend_run_hash_record (import->hasher, &import->target->uuid, proposal);
  add_gain (import, proposal);
  import->run->count++;
  return TRUE;
}

/**
 * emend_import_add_words:
 * @import: an import
 * @item: number of the item
 * @page: from 0
 * @words: its words, in the frame of any size
 * @error: EMEND_STORE_ERROR_REFUSED when the item has no such page
 *
 * Keeps the words as part of the import, scaled to the page; a file that could not be read has none.
 *
 * Returns: whether they were taken
 */
gboolean
emend_import_add_words (EmendImport *import,
                        gint64 item,
                        int page,
                        EmendWords *words,
                        GError **error)
{
  g_autoptr (EmendItem) of = NULL;
  g_autoptr (EmendWords) scaled = NULL;
  EmendPage size;

  if (!check_open (import, error) || !find_item (import, item, error) ||
      !emend_project_get_page (import->project, item, page, &size, error))
    return FALSE;
  of = emend_project_load_item (import->project, item, error);
  if (of == NULL)
    return FALSE;
  import->target->is_touched = TRUE;
  scaled = emend_words_scale (words, size.width, size.height);
  return of->media_state != EMEND_MEDIA_OK || emend_words_write (import->project, &of->sha256, page, scaled, error);
}

/**
 * emend_import_touch:
 * @import: an import
 * @item: number of an item that the source speaks of, whether it has records for it or says that it has none
 * @error: EMEND_STORE_ERROR_REFUSED when there is no such item
 *
 * Returns: whether it was noted
 */
gboolean
emend_import_touch (EmendImport *import,
                    gint64 item,
                    GError **error)
{
  if (!check_open (import, error) || !find_item (import, item, error))
    return FALSE;
  import->target->is_touched = TRUE;
  return TRUE;
}

/**
 * emend_import_set_schema:
 * @import: an import
 * @schema: the schema with the labels that the records need
 * @error: EMEND_STORE_ERROR_REFUSED when a label is gone
 *
 * Part of the import: it is taken back with it.
 *
 * Returns: whether it was recorded
 */
gboolean
emend_import_set_schema (EmendImport *import,
                         EmendSchema *schema,
                         GError **error)
{
  EmendProject *project = import->project;

  if (!check_open (import, error))
    return FALSE;
  if (import->old_schema == NULL)
    import->old_schema = emend_schema_ref (project->schema);
  return emend_project_set_schema (project, schema, error);
}

/* New proposals wait for everybody, so that counters grow by what was counted; where they can take the place of
 * others, the item is counted again. */
static gboolean
apply_gains (EmendImport *self,
             GError **error)
{
  EmendProject *project = self->project;
  g_autoptr (EmendQuery) count = emend_query_new (project,
                                                  "UPDATE item SET n_proposals = n_proposals + ?2, n_undecided = "
                                                  "n_undecided + ?2, doubt = max (doubt, ?3) WHERE id = ?1",
                                                  error);
  g_autoptr (EmendQuery) wait = emend_query_new (
    project, "UPDATE item SET waiting = 1 WHERE id = ? AND waiting = 0 AND reading <> 2", error);
  GHashTableIter iter;
  gpointer value;
  gint64 n_waiting = 0;
  gint64 n_proposals = 0;

  if (count == NULL || wait == NULL)
    return FALSE;
  g_hash_table_iter_init (&iter, self->targets);
  while (g_hash_table_iter_next (&iter, NULL, &value)) {
    const Target *target = value;

    if (target->n == 0)
      continue;
    if (target->has_values) {
      if (!emend_project_refresh_item (project, target->id, error))
        return FALSE;
      continue;
    }
    n_proposals += target->n;
    sqlite3_bind_int64 (count, 1, target->id);
    sqlite3_bind_int64 (count, 2, target->n);
    sqlite3_bind_double (count, 3, target->doubt);
    sqlite3_bind_int64 (wait, 1, target->id);
    if (!emend_query_run (project, count, error) || !emend_query_run (project, wait, error))
      return FALSE;
    n_waiting += sqlite3_changes (project->db);
  }
  return emend_project_add_totals (project, 0, n_waiting, n_proposals, 0, error);
}

/* How many items got records, and how many the source calls empty. */
static void
count_targets (EmendImport *self,
               gint64 *n_filled,
               gint64 *n_empty)
{
  GHashTableIter iter;
  gpointer value;

  *n_filled = 0;
  *n_empty = 0;
  g_hash_table_iter_init (&iter, self->targets);
  while (g_hash_table_iter_next (&iter, NULL, &value)) {
    const Target *target = value;

    *n_filled += target->n > 0;
    *n_empty += target->n == 0 && target->is_touched;
  }
}

static void
write_run (EmendImport *self,
           const EmendDigest *digest,
           EmendJsonWriter *writer)
{
  const EmendRun *run = self->run;
  g_autofree char *hex = emend_digest_to_hex (digest);
  gint64 n_filled;
  gint64 n_empty;
  const struct {
    const char *key;
    const char *text;
  } texts[] = {
    { "role", emend_run_role_to_name (run->role) },
    { "name", run->name },
    { "model", run->model },
    { "version", run->version },
    { "source", run->source },
    { "source_sha256", run->source_sha256 },
    { "sha256", hex },
  };

  emend_json_key (writer, "run");
  emend_json_uuid (writer, &run->uuid);
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++) {
    emend_json_key (writer, texts[i].key);
    emend_json_string (writer, texts[i].text);
  }
  emend_json_key (writer, "params");
  emend_json_raw (writer, run->params != NULL ? run->params : "null");
  emend_json_key (writer, "count");
  emend_json_int (writer, run->count);
  count_targets (self, &n_filled, &n_empty);
  emend_json_key (writer, "items");
  emend_json_int (writer, n_filled);
  emend_json_key (writer, "empty");
  emend_json_int (writer, n_empty);
}

static gboolean
record_run (EmendImport *self,
            const EmendDigest *digest,
            GError **error)
{
  EmendProject *project = self->project;
  g_autoptr (GString) body = g_string_new (NULL);
  g_autoptr (EmendJsonWriter) writer = emend_json_writer_new (body, FALSE);
  gint64 at_ms = emend_journal_now ();
  gint64 stream = emend_stream_ensure (project, at_ms, error);

  emend_journal_begin_body (project, writer, "run-imported", at_ms);
  write_run (self, digest, writer);
  emend_json_end_object (writer);
  return stream != 0 && emend_journal_append (project, stream, "run-imported", NULL, at_ms, body->str, error) != 0;
}

static int
compare_numbers (gconstpointer a,
                 gconstpointer b)
{
  gint64 x = *(const gint64 *) a;
  gint64 y = *(const gint64 *) b;

  return x < y ? -1 : x > y;
}

/* The records of annotations done elsewhere, and the items that were found empty there, in the order of their
 * numbers. */
static gboolean
take_over (EmendImport *self,
           GError **error)
{
  g_autoptr (GArray) empty = g_array_new (FALSE, FALSE, sizeof (gint64));
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->targets);
  while (g_hash_table_iter_next (&iter, NULL, &value)) {
    const Target *target = value;

    if (target->n == 0 && target->is_touched)
      g_array_append_val (empty, target->id);
  }
  g_array_sort (empty, compare_numbers);
  return emend_project_take_over (self->project, self->run, empty, error);
}

/**
 * emend_import_finish:
 * @import: an import; free it afterwards in any case
 * @error: EMEND_STORE_ERROR
 *
 * Writes counters and journal and commits.
 *
 * Returns: whether all of it is on the disk; on failure nothing is in the project
 */
gboolean
emend_import_finish (EmendImport *import,
                     GError **error)
{
  g_autoptr (EmendSchema) schema = NULL;
  guint8 bytes[EMEND_HASH_MAX_SIZE];
  EmendDigest digest;

  emend_hasher_finish (import->hasher, bytes);
  memcpy (digest.bytes, bytes, sizeof digest.bytes);
  if (!check_open (import, error) ||
      !emend_run_settle (import->project, import->run->id, import->run->count, &digest, error) ||
      !record_run (import, &digest, error))
    return FALSE;
  if (import->run->role == EMEND_RUN_PROPOSALS && !apply_gains (import, error))
    return FALSE;
  if (import->run->role == EMEND_RUN_ANNOTATIONS &&
      (!take_over (import, error) || !emend_project_update_aliases (import->project, NULL, &schema, error)))
    return FALSE;
  import->is_open = FALSE;
  if (!emend_project_commit (import->project, error))
    return FALSE;
  g_clear_pointer (&import->old_schema, emend_schema_unref);
  emend_project_take_schema (import->project, &schema);
  return TRUE;
}

/**
 * emend_import_free:
 * @import: (transfer full): an import
 *
 * Takes it back unless it was finished.
 */
void
emend_import_free (EmendImport *import)
{
  EmendProject *project = import->project;

  g_clear_pointer (&import->insert, emend_query_release);
  if (import->is_open)
    emend_project_rollback (project);
  if (import->old_schema != NULL) {
    emend_schema_unref (project->schema);
    project->schema = g_steal_pointer (&import->old_schema);
  }
  g_clear_pointer (&import->run, emend_run_free);
  g_clear_pointer (&import->hasher, emend_hasher_free);
  g_clear_pointer (&import->targets, g_hash_table_unref);
  g_free (import);
}
