#define G_LOG_DOMAIN "emend-store"

#include "config.h"

#include "emend-project-private.h"

#include <inttypes.h>
#include <stdlib.h>

#include <glib/gi18n-lib.h>

#include "emend-part-file.h"

/*
 * A snapshot is built row by row in an empty file, each table in the order of its key, so that its bytes depend
 * on the state alone. It has no identity of a copy: who opens it for writing begins new streams, which go on
 * from the streams in it. The settings of this desk stay here.
 *
 * A choice of items keeps the journal whole, with what it says of items that are not there, as a chain with gaps
 * could not be verified; paths of other items are not in it, but for those whose file was moved. Runs keep
 * the numbers of their records, and count and hash are those of the records that are there. A blind snapshot
 * has no stream at all and only the runs that are to be reviewed.
 */

/* What is copied: from `select`, whose columns are put as they come into @table. */
typedef struct {
  const char *table;
  int n_columns;
  const char *select;
} Copy;

#define KEPT "(SELECT item FROM temp.kept)"

static const Copy common_copies[] = {
  { "schema_version", 3, "SELECT version, json, created FROM schema_version ORDER BY version" },
  { "item", 22,
    "SELECT id, uuid, row_number () OVER (ORDER BY position) - 1, path, media, reason, sha256, size, n_pages, width, "
    "height, orientation, n_proposals, n_undecided, n_accepted, n_corrected, n_rejected, n_added, reading, decision, "
    "doubt, waiting FROM item WHERE id IN " KEPT " ORDER BY id" },
  { "page", 5,
    "SELECT item, number, width, height, orientation FROM page WHERE item IN " KEPT " ORDER BY item, number" },
  { "run", 12,
    "SELECT id, uuid, role, name, model, version, source, source_sha256, params, created, count, sha256 FROM run "
    "WHERE role = 0 OR ?1 = 0 ORDER BY id" },
  { "proposal", 14,
    "SELECT id, item, page, label, kind, x, y, w, h, shape, score, score_text, attributes, value FROM proposal "
    "WHERE item IN " KEPT " AND (?1 = 0 OR (id >> 32) IN (SELECT id FROM run WHERE role = 0)) ORDER BY id" },
  { "words", 8,
    "SELECT row_number () OVER (ORDER BY sha256, page, engine, language), sha256, page, engine, language, created, n, "
    "data FROM words WHERE sha256 IN (SELECT sha256 FROM item WHERE id IN " KEPT
    ") ORDER BY sha256, page, engine, language" },
  { "learned", 3, "SELECT id, created, data FROM learned WHERE ?1 = 0" },
};

static const Copy journal_copies[] = {
  { "stream", 8, "SELECT id, uuid, reviewer, copy, parent, created, seq, hash FROM stream ORDER BY id" },
  { "reading", 7,
    "SELECT item, stream, state, decision, ms, decided, done FROM reading WHERE item IN " KEPT
    " ORDER BY item, stream" },
  { "annotation", 18,
    "SELECT item, stream, proposal, uuid, verdict, page, label, kind, x, y, w, h, shape, attributes, comment, ms, "
    "decided, value FROM annotation WHERE item IN " KEPT " ORDER BY item, stream, proposal, uuid" },
  { "event", 5, "SELECT id, hash, at, action, body FROM event ORDER BY id" },
  { "event_item", 2, "SELECT item, event FROM event_item WHERE item IN " KEPT " ORDER BY item, event" },
  { "undo", 6, "SELECT stream, depth, seq, undone, what, n FROM undo ORDER BY stream, depth" },
};

static gboolean
copy_rows (EmendProject *from,
           EmendProject *to,
           const Copy *copy,
           gboolean blind,
           GError **error)
{
  g_autoptr (GString) sql = g_string_new (NULL);
  g_autoptr (EmendQuery) source = emend_query_new (from, copy->select, error);
  g_autoptr (EmendQuery) target = NULL;
  EmendStep step;

  g_string_printf (sql, "INSERT INTO %s VALUES (?", copy->table);
  for (int i = 1; i < copy->n_columns; i++)
    g_string_append (sql, ", ?");
  g_string_append_c (sql, ')');
  target = source != NULL ? emend_query_new (to, sql->str, error) : NULL;
  if (target == NULL)
    return FALSE;
  if (sqlite3_bind_parameter_count (source) > 0)
    sqlite3_bind_int (source, 1, blind);
  while ((step = emend_query_step (from, source, error)) == EMEND_STEP_ROW) {
    for (int i = 0; i < copy->n_columns; i++)
      sqlite3_bind_value (target, i + 1, sqlite3_column_value (source, i));
    if (!emend_query_run (to, target, error))
      return FALSE;
  }
  return step == EMEND_STEP_DONE;
}

/* The chosen items, in a table of this connection alone. */
static gboolean
choose_items (EmendProject *project,
              const EmendSnapshotOptions *options,
              GError **error)
{
  if (!emend_project_exec (project, "CREATE TEMP TABLE kept (item INTEGER PRIMARY KEY)", error))
    return FALSE;
  if (options->items == NULL)
    return emend_project_exec (project, "INSERT INTO temp.kept SELECT id FROM item", error);
  for (gsize i = 0; i < options->n_items; i++) {
    g_autoptr (EmendQuery) query = emend_query_new (
      project, "INSERT OR IGNORE INTO temp.kept SELECT id FROM item WHERE id = ?", error);

    if (query == NULL)
      return FALSE;
    sqlite3_bind_int64 (query, 1, options->items[i]);
    if (!emend_query_run (project, query, error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
copy_meta (EmendProject *from,
           EmendProject *to,
           gboolean blind,
           gboolean restricted,
           GError **error)
{
  g_autofree char *created = g_strdup_printf ("%" PRId64, from->created_ms);
  g_autofree char *view = g_strdup_printf ("%" PRId64, blind ? 0 : from->view);
  g_autofree char *uuid = emend_uuid_to_string (&from->uuid);

  return emend_project_set_meta (to, "uuid", uuid, error) && emend_project_set_meta (to, "name", from->name, error) &&
         emend_project_set_meta (to, "created", created, error) && emend_project_set_meta (to, "view", view, error) &&
         emend_project_set_meta (to, "copy", "", error) && emend_project_set_meta (to, "place", "", error) &&
         emend_project_set_meta (to, "restricted", restricted ? "1" : "0", error);
}

/* Without streams nothing is decided; only items that were read have to be counted again. */
static gboolean
forget_readings (EmendProject *from,
                 EmendProject *to,
                 GError **error)
{
  g_autoptr (EmendQuery) query = emend_query_new (
    from, "SELECT item FROM reading WHERE stream = ? AND item IN " KEPT " ORDER BY item", error);
  EmendStep step;

  if (query == NULL)
    return FALSE;
  to->view = 0;
  sqlite3_bind_int64 (query, 1, from->view);
  while ((step = emend_query_step (from, query, error)) == EMEND_STEP_ROW) {
    if (!emend_project_refresh_item (to, sqlite3_column_int64 (query, 0), error))
      return FALSE;
  }
  return step == EMEND_STEP_DONE;
}

/* Counts and hashes of the records that are there. */
static gboolean
settle_runs (EmendProject *to,
             GError **error)
{
  g_autoptr (GPtrArray) runs = emend_project_list_runs (to, error);

  if (runs == NULL)
    return FALSE;
  for (guint i = 0; i < runs->len; i++) {
    const EmendRun *run = g_ptr_array_index (runs, i);
    EmendDigest digest;
    gint64 count;

    if (!emend_run_hash_stored (to, run->id, NULL, &digest, &count, error) ||
        !emend_run_settle (to, run->id, count, &digest, error))
      return FALSE;
  }
  return TRUE;
}

/* Gives items the paths that their files have beside the snapshot. It is about this copy alone, so there is
 * no event. */
static gboolean
move_files (EmendProject *to,
            GHashTable *paths,
            GError **error)
{
  GHashTableIter iter;
  gpointer item;
  gpointer path;

  g_hash_table_iter_init (&iter, paths);
  while (g_hash_table_iter_next (&iter, &item, &path)) {
    g_autoptr (EmendQuery) query = emend_query_new (to, "UPDATE item SET path = ? WHERE id = ?", error);

    if (query == NULL)
      return FALSE;
    emend_query_bind_text (query, 1, path);
    sqlite3_bind_int64 (query, 2, *(const gint64 *) item);
    if (!emend_query_run (to, query, error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
fill_snapshot (EmendProject *from,
               EmendProject *to,
               const EmendSnapshotOptions *options,
               GError **error)
{
  gboolean restricted = options->items != NULL;

  if (!choose_items (from, options, error) || !emend_project_create_tables (to, error) ||
      !copy_meta (from, to, options->blind, restricted, error))
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (common_copies); i++) {
    if (!copy_rows (from, to, &common_copies[i], options->blind, error))
      return FALSE;
  }
  for (gsize i = 0; !options->blind && i < G_N_ELEMENTS (journal_copies); i++) {
    if (!copy_rows (from, to, &journal_copies[i], FALSE, error))
      return FALSE;
  }
  if (!emend_words_index_all (to, error))
    return FALSE;
  if (options->paths != NULL && !move_files (to, options->paths, error))
    return FALSE;
  return (!options->blind || forget_readings (from, to, error)) && (!restricted || settle_runs (to, error)) &&
         emend_project_refresh_totals (to, error) &&
         emend_project_exec (to, "UPDATE total SET n_events = (SELECT count (*) FROM event)", error);
}

/* The connection to a file that nobody else sees yet: what a crash leaves of it is thrown away. */
static EmendProject *
open_part (EmendPartFile *part,
           GError **error)
{
  const char *path = emend_part_file_get_part_path (part);
  g_autofree char *real = realpath (path, NULL);
  EmendProject *project = emend_project_new_connection (real != NULL ? real : path, SQLITE_OPEN_READWRITE, error);

  if (project != NULL && emend_project_exec (project, "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF", error))
    return project;
  g_clear_pointer (&project, emend_project_close);
  return NULL;
}

/* Puts the words of base into ours. */
static void
set_part_error (GError *failure,
                const char *path,
                GError **error)
{
  g_autoptr (GError) owned = failure;

  g_set_error (error, EMEND_STORE_ERROR,
               g_error_matches (owned, EMEND_BASE_ERROR, EMEND_BASE_ERROR_EXISTS) ? EMEND_STORE_ERROR_EXISTS :
                                                                                    EMEND_STORE_ERROR_DISK,
               /* TRANSLATORS: a file name, then a sentence why. */
               _ ("The copy “%s” was not made. %s"), path, owned->message);
}

/**
 * emend_store_new_part:
 * @path: of the file to make
 * @error: EMEND_STORE_ERROR_DISK
 *
 * Returns: (transfer full) (nullable): see emend_part_file_new()
 */
EmendPartFile *
emend_store_new_part (const char *path,
                      GError **error)
{
  GError *failure = NULL;
  EmendPartFile *part = emend_part_file_new (path, &failure);

  if (part == NULL)
    set_part_error (failure, path, error);
  return part;
}

/**
 * emend_store_commit_part:
 * @part: a file whose bytes are all written
 * @path: its name
 * @replace: whether a file of that name may be replaced
 * @error: EMEND_STORE_ERROR_EXISTS or _DISK
 *
 * Returns: see emend_part_file_commit()
 */
gboolean
emend_store_commit_part (EmendPartFile *part,
                         const char *path,
                         gboolean replace,
                         GError **error)
{
  GError *failure = NULL;

  if (emend_part_file_commit (part, replace, &failure))
    return TRUE;
  set_part_error (failure, path, error);
  return FALSE;
}

/* A connection that is kept from writing still has to write tables of its own and other files. */
static gboolean
allow_own_tables (EmendProject *project,
                  gboolean allow,
                  GError **error)
{
  return project->read_only_reason == NULL ||
         emend_project_exec (project, allow ? "PRAGMA query_only = OFF" : "PRAGMA query_only = ON", error);
}

/**
 * emend_project_snapshot:
 * @project: a project; may be read-only
 * @path: of the file to make; nothing may be there
 * @options: what of it
 * @error: EMEND_STORE_ERROR_EXISTS or _DISK
 *
 * Writes the project, or the chosen items of it, as it is at one moment, for handing it on. The same state gives
 * the same bytes. Not for the main thread.
 *
 * Returns: whether the file is there, whole and on the disk
 */
gboolean
emend_project_snapshot (EmendProject *project,
                        const char *path,
                        const EmendSnapshotOptions *options,
                        GError **error)
{
  g_autoptr (EmendPartFile) part = emend_store_new_part (path, error);
  g_autoptr (EmendProject) target = part != NULL ? open_part (part, error) : NULL;
  gboolean ok;

  if (target == NULL || !allow_own_tables (project, TRUE, error) || !emend_project_exec (project, "BEGIN", error))
    return FALSE;
  ok = emend_project_exec (target, "BEGIN", error) && fill_snapshot (project, target, options, error) &&
       emend_project_exec (target, "COMMIT", error);
  sqlite3_exec (project->db, "ROLLBACK", NULL, NULL, NULL);
  ok = allow_own_tables (project, FALSE, ok ? error : NULL) && ok;
  g_clear_pointer (&target, emend_project_close);
  return ok && emend_store_commit_part (part, path, FALSE, error);
}

static gboolean
vacuum_into (EmendProject *project,
             const char *path,
             GError **error)
{
  g_autoptr (EmendQuery) query = emend_query_new (project, "VACUUM INTO ?", error);

  if (query == NULL)
    return FALSE;
  emend_query_bind_text (query, 1, path);
  return emend_query_run (project, query, error);
}

/**
 * emend_project_save_copy:
 * @project: a project; its file may have been moved or deleted under it
 * @path: of the file to make; nothing may be there
 * @error: EMEND_STORE_ERROR_EXISTS or _DISK
 *
 * Writes all that was committed to another file, with settings and journal. It is another copy: who goes on in it
 * begins a new stream there. Not for the main thread.
 *
 * Returns: whether the file is there, whole and on the disk
 */
gboolean
emend_project_save_copy (EmendProject *project,
                         const char *path,
                         GError **error)
{
  g_autoptr (EmendPartFile) part = emend_store_new_part (path, error);
  g_autoptr (EmendProject) target = NULL;
  gboolean ok;

  if (part == NULL || !allow_own_tables (project, TRUE, error))
    return FALSE;
  ok = vacuum_into (project, emend_part_file_get_part_path (part), error);
  ok = allow_own_tables (project, FALSE, ok ? error : NULL) && ok;
  target = ok ? open_part (part, error) : NULL;
  if (target == NULL || !emend_project_exec (target, "BEGIN", error) ||
      !emend_project_set_meta (target, "copy", "", error) ||
      !emend_project_set_meta (target, "place", "", error) || !emend_project_exec (target, "COMMIT", error))
    return FALSE;
  g_clear_pointer (&target, emend_project_close);
  return emend_store_commit_part (part, path, FALSE, error);
}
