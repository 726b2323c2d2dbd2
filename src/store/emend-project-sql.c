#define G_LOG_DOMAIN "emend-store"

#include "config.h"

#include "emend-project-private.h"

#include <math.h>
#include <string.h>

#include <glib/gi18n-lib.h>

/**
 * emend_query_release:
 * @query: a statement of the project's cache
 *
 * Ends its use; the statement stays in the cache.
 */
void
emend_query_release (EmendQuery *query)
{
  sqlite3_reset (query);
  sqlite3_clear_bindings (query);
}

/**
 * emend_query_new:
 * @project: a project
 * @sql: one statement; prepared once for each text
 * @error: see emend_project_set_db_error()
 *
 * Returns: (transfer none) (nullable): the statement, to be released by emend_query_release()
 */
EmendQuery *
emend_query_new (EmendProject *project,
                 const char *sql,
                 GError **error)
{
  sqlite3_stmt *query = g_hash_table_lookup (project->queries, sql);

  if (query == NULL) {
    if (sqlite3_prepare_v3 (project->db, sql, -1, SQLITE_PREPARE_PERSISTENT, &query, NULL) != SQLITE_OK) {
      emend_project_set_db_error (project, error);
      return NULL;
    }
    g_hash_table_insert (project->queries, g_strdup (sql), query);
  }
  g_assert (!sqlite3_stmt_busy (query));
  return query;
}

/**
 * emend_query_step:
 * @project: a project
 * @query: a statement with its values bound
 * @error: see emend_project_set_db_error()
 *
 * Returns: whether there is a row, no further one, or a failure
 */
EmendStep
emend_query_step (EmendProject *project,
                  EmendQuery *query,
                  GError **error)
{
  int status = sqlite3_step (query);

  if (status == SQLITE_ROW)
    return EMEND_STEP_ROW;
  if (status == SQLITE_DONE)
    return EMEND_STEP_DONE;
  emend_project_set_db_error (project, error);
  return EMEND_STEP_FAILED;
}

/**
 * emend_query_run:
 * @project: a project
 * @query: a statement that gives no rows, with its values bound
 * @error: see emend_project_set_db_error()
 *
 * Runs it and makes it ready for the next values.
 *
 * Returns: whether it succeeded
 */
gboolean
emend_query_run (EmendProject *project,
                 EmendQuery *query,
                 GError **error)
{
  EmendStep step = emend_query_step (project, query, error);

  sqlite3_reset (query);
  return step == EMEND_STEP_DONE;
}

/**
 * emend_query_bind_text:
 * @query: a statement
 * @index: of the value, from 1
 * @text: (nullable): must stay until the statement has run; %NULL for no value
 */
void
emend_query_bind_text (EmendQuery *query,
                       int index,
                       const char *text)
{
  sqlite3_bind_text (query, index, text, -1, SQLITE_STATIC);
}

/**
 * emend_query_bind_uuid:
 * @query: a statement
 * @index: of the value, from 1
 * @uuid: copied; nil for no value
 */
void
emend_query_bind_uuid (EmendQuery *query,
                       int index,
                       const EmendUuid *uuid)
{
  if (emend_uuid_is_nil (uuid))
    sqlite3_bind_null (query, index);
  else
    sqlite3_bind_blob (query, index, uuid->bytes, sizeof uuid->bytes, SQLITE_TRANSIENT);
}

/**
 * emend_query_bind_digest:
 * @query: a statement
 * @index: of the value, from 1
 * @digest: copied; all zero is stored as such
 */
void
emend_query_bind_digest (EmendQuery *query,
                         int index,
                         const EmendDigest *digest)
{
  sqlite3_bind_blob (query, index, digest->bytes, sizeof digest->bytes, SQLITE_TRANSIENT);
}

/**
 * emend_query_bind_bytes:
 * @query: a statement
 * @index: of the value, from 1
 * @bytes: (nullable): must stay until the statement has run
 */
void
emend_query_bind_bytes (EmendQuery *query,
                        int index,
                        GBytes *bytes)
{
  gsize size;
  gconstpointer data;

  if (bytes == NULL) {
    sqlite3_bind_null (query, index);
    return;
  }
  data = g_bytes_get_data (bytes, &size);
  sqlite3_bind_blob64 (query, index, data, size, SQLITE_STATIC);
}

/**
 * emend_query_bind_double:
 * @query: a statement
 * @index: of the value, from 1
 * @value: NaN for no value
 */
void
emend_query_bind_double (EmendQuery *query,
                         int index,
                         double value)
{
  if (isnan (value))
    sqlite3_bind_null (query, index);
  else
    sqlite3_bind_double (query, index, value);
}

/**
 * emend_query_bind_shape:
 * @query: a statement
 * @index: of the first of six values: kind, x, y, w, h, shape
 * @shape: must stay until the statement has run
 */
void
emend_query_bind_shape (EmendQuery *query,
                        int index,
                        const EmendShape *shape)
{
  sqlite3_bind_int (query, index, (int) shape->kind);
  sqlite3_bind_double (query, index + 1, shape->box.x);
  sqlite3_bind_double (query, index + 2, shape->box.y);
  sqlite3_bind_double (query, index + 3, shape->box.width);
  sqlite3_bind_double (query, index + 4, shape->box.height);
  emend_query_bind_bytes (query, index + 5, shape->data);
}

/**
 * emend_query_get_text:
 * @query: a statement with a row
 * @column: from 0
 *
 * Returns: (transfer full) (nullable): the text, made valid UTF-8
 */
char *
emend_query_get_text (EmendQuery *query,
                      int column)
{
  const char *text = (const char *) sqlite3_column_text (query, column);

  if (text == NULL || g_utf8_validate (text, -1, NULL))
    return g_strdup (text);
  return g_utf8_make_valid (text, -1);
}

/* Copies a value of exactly @size bytes; zeros when the file has something else. */
static void
get_fixed (EmendQuery *query,
           int column,
           guint8 *bytes,
           int size)
{
  gconstpointer data = sqlite3_column_blob (query, column);

  memset (bytes, 0, (gsize) size);
  if (data != NULL && sqlite3_column_bytes (query, column) == size)
    memcpy (bytes, data, (gsize) size);
}

/**
 * emend_query_get_uuid:
 * @query: a statement with a row
 * @column: from 0
 * @uuid: (out): nil when there is none
 */
void
emend_query_get_uuid (EmendQuery *query,
                      int column,
                      EmendUuid *uuid)
{
  get_fixed (query, column, uuid->bytes, sizeof uuid->bytes);
}

/**
 * emend_query_get_digest:
 * @query: a statement with a row
 * @column: from 0
 * @digest: (out): nil when there is none
 */
void
emend_query_get_digest (EmendQuery *query,
                        int column,
                        EmendDigest *digest)
{
  get_fixed (query, column, digest->bytes, sizeof digest->bytes);
}

/**
 * emend_query_get_shape:
 * @query: a statement with a row
 * @column: of the first of six values: kind, x, y, w, h, shape
 * @shape: (out): what was stored
 *
 * Returns: whether the values are a shape
 */
gboolean
emend_query_get_shape (EmendQuery *query,
                       int column,
                       EmendShape *shape)
{
  EmendRect box = { sqlite3_column_double (query, column + 1), sqlite3_column_double (query, column + 2),
                    sqlite3_column_double (query, column + 3), sqlite3_column_double (query, column + 4) };
  gconstpointer data = sqlite3_column_blob (query, column + 5);
  g_autoptr (GBytes) bytes = data != NULL ? g_bytes_new (data, (gsize) sqlite3_column_bytes (query, column + 5)) : NULL;

  return emend_shape_init_stored (shape, sqlite3_column_int (query, column), &box, bytes);
}

/**
 * emend_query_get_value:
 * @project: a project
 * @query: a statement with a row
 * @column: of the JSON text of a field's value, from 0
 * @value: (out) (nullable) (transfer full): the value; %NULL when the column has none
 * @error: EMEND_STORE_ERROR_DAMAGED
 *
 * Returns: whether there is none or it is one
 */
gboolean
emend_query_get_value (EmendProject *project,
                       EmendQuery *query,
                       int column,
                       EmendValue **value,
                       GError **error)
{
  const char *text = (const char *) sqlite3_column_text (query, column);

  *value = NULL;
  if (text == NULL)
    return TRUE;
  *value = emend_value_from_json (text, NULL);
  if (*value == NULL)
    emend_project_set_damaged (project, _ ("the value of a field cannot be read"), error);
  return *value != NULL;
}

/**
 * emend_project_exec:
 * @project: a project
 * @sql: statements without values
 * @error: see emend_project_set_db_error()
 *
 * Returns: whether all succeeded
 */
gboolean
emend_project_exec (EmendProject *project,
                    const char *sql,
                    GError **error)
{
  if (sqlite3_exec (project->db, sql, NULL, NULL, NULL) == SQLITE_OK)
    return TRUE;
  emend_project_set_db_error (project, error);
  return FALSE;
}

/**
 * emend_project_query_int:
 * @project: a project
 * @sql: a statement whose first column is wanted
 * @argument: bound where the statement has one value
 * @value: (out): of the first row; 0 when there is none
 * @error: see emend_project_set_db_error()
 *
 * Returns: whether it could be asked
 */
gboolean
emend_project_query_int (EmendProject *project,
                         const char *sql,
                         gint64 argument,
                         gint64 *value,
                         GError **error)
{
  g_autoptr (EmendQuery) query = emend_query_new (project, sql, error);
  EmendStep step;

  *value = 0;
  if (query == NULL)
    return FALSE;
  if (sqlite3_bind_parameter_count (query) > 0)
    sqlite3_bind_int64 (query, 1, argument);
  step = emend_query_step (project, query, error);
  if (step == EMEND_STEP_ROW)
    *value = sqlite3_column_int64 (query, 0);
  return step != EMEND_STEP_FAILED;
}

static void
set_disk_error (EmendProject *project,
                GError **error)
{
  if (sqlite3_errcode (project->db) == SQLITE_FULL) {
    g_set_error (error, EMEND_STORE_ERROR, EMEND_STORE_ERROR_DISK,
                 _ ("The disk that holds “%s” is full. Everything that was saved before is safe; make room and try "
                    "again."),
                 project->path);
    return;
  }
  g_set_error (error, EMEND_STORE_ERROR, EMEND_STORE_ERROR_DISK,
               /* TRANSLATORS: a file name, then the database's own words. */
               _ ("The disk failed while “%s” was read or written (%s). Everything that was saved before is safe "
                  "if the disk is; save a copy on another disk."),
               project->path, sqlite3_errmsg (project->db));
}

/**
 * emend_project_set_db_error:
 * @project: a project whose last call failed
 * @error: (out) (optional): EMEND_STORE_ERROR with the code that fits, or G_IO_ERROR_CANCELLED
 *
 * Puts SQLite's status into words that name the file and say what is safe.
 */
void
emend_project_set_db_error (EmendProject *project,
                            GError **error)
{
  int status = sqlite3_extended_errcode (project->db);

  if (status == SQLITE_READONLY_DBMOVED) {
    g_set_error (error, EMEND_STORE_ERROR, EMEND_STORE_ERROR_MOVED,
                 _ ("“%s” was moved, replaced or deleted while it was open, so nothing more is written to it. "
                    "Save a copy to keep what is shown."),
                 project->path);
    return;
  }
  if (status == SQLITE_READONLY_ROLLBACK || status == SQLITE_READONLY_CANTINIT) {
    g_set_error (error, EMEND_STORE_ERROR, EMEND_STORE_ERROR_READ_ONLY,
                 _ ("Saving “%s” was interrupted, and it cannot be finished where nothing can be written. Copy the "
                    "file and the file “-journal” beside it to a place that can be written, and open it there; "
                    "nothing is lost."),
                 project->path);
    return;
  }
  switch (status & 0xff) {
  case SQLITE_FULL:
  case SQLITE_IOERR:
    set_disk_error (project, error);
    break;
  case SQLITE_BUSY:
  case SQLITE_LOCKED:
    g_set_error (error, EMEND_STORE_ERROR, EMEND_STORE_ERROR_BUSY,
                 _ ("Another program is writing to “%s”. Nothing was changed; try again."), project->path);
    break;
  case SQLITE_READONLY:
  case SQLITE_PERM:
    g_set_error (error, EMEND_STORE_ERROR, EMEND_STORE_ERROR_READ_ONLY,
                 _ ("“%s” cannot be written. What is in it is safe."), project->path);
    break;
  case SQLITE_CANTOPEN:
    g_set_error (error, EMEND_STORE_ERROR, EMEND_STORE_ERROR_READ_ONLY,
                 _ ("“%s” or its journal beside it cannot be opened. What is in the file is safe; look whether "
                    "its folder can be written."),
                 project->path);
    break;
  case SQLITE_NOTADB:
    g_set_error (error, EMEND_STORE_ERROR, EMEND_STORE_ERROR_NOT_PROJECT,
                 _ ("“%s” is not a project of Emend. It was not touched."), project->path);
    break;
  case SQLITE_TOOBIG:
    g_set_error (error, EMEND_STORE_ERROR, EMEND_STORE_ERROR_REFUSED,
                 _ ("This is more than “%s” can record at once. Nothing was changed; do it in several parts."),
                 project->path);
    break;
  case SQLITE_INTERRUPT:
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, _ ("It was stopped."));
    break;
  default:
    emend_project_set_damaged (project, sqlite3_errmsg (project->db), error);
    break;
  }
}

/**
 * emend_project_set_damaged:
 * @project: a project
 * @what: what is not sound, a clause
 * @error: (out) (optional): EMEND_STORE_ERROR_DAMAGED
 */
void
emend_project_set_damaged (EmendProject *project,
                           const char *what,
                           GError **error)
{
  g_set_error (error, EMEND_STORE_ERROR, EMEND_STORE_ERROR_DAMAGED,
               /* TRANSLATORS: a file name, then what is wrong. */
               _ ("The content of “%s” is damaged: %s. It was not changed; go back to a copy, or check it to learn "
                  "more."),
               project->path, what);
}

/* Whether the file under the path is still the one that is open. */
static gboolean
is_in_place (EmendProject *project,
             GError **error)
{
  int moved = 0;

  if (sqlite3_file_control (project->db, "main", SQLITE_FCNTL_HAS_MOVED, &moved) == SQLITE_OK && !moved)
    return TRUE;
  g_set_error (error, EMEND_STORE_ERROR, EMEND_STORE_ERROR_MOVED,
               _ ("“%s” was moved, replaced or deleted while it was open, so nothing more is written to it. "
                  "Save a copy to keep what is shown."),
               project->path);
  return FALSE;
}

/**
 * emend_project_begin:
 * @project: a project
 * @error: EMEND_STORE_ERROR_READ_ONLY, _MOVED, _BUSY or _DISK
 *
 * Begins the transaction of one action.
 *
 * Returns: (transfer none) (nullable): whether it began
 */
gboolean
emend_project_begin (EmendProject *project,
                     GError **error)
{
  if (project->read_only_reason != NULL) {
    g_set_error (error, EMEND_STORE_ERROR, EMEND_STORE_ERROR_READ_ONLY,
                 /* TRANSLATORS: a file name, then a sentence why. */
                 _ ("Nothing can be recorded in “%s”. %s"), project->path, project->read_only_reason);
    return FALSE;
  }
  if (project->in_transaction) {
    g_set_error (error, EMEND_STORE_ERROR, EMEND_STORE_ERROR_BUSY,
                 _ ("“%s” is taking over a file; try again when that is done."), project->path);
    return FALSE;
  }
  if (!is_in_place (project, error) || !emend_project_exec (project, "BEGIN IMMEDIATE", error))
    return FALSE;
  project->in_transaction = TRUE;
  project->committed_view = project->view;
  if (project->place_pending && !emend_project_write_place (project, error)) {
    emend_project_rollback (project);
    return FALSE;
  }
  return TRUE;
}

/**
 * emend_project_commit:
 * @project: a project in a transaction
 * @error: as emend_project_begin()
 *
 * Returns: whether everything since the beginning is on the disk; on failure nothing is
 */
gboolean
emend_project_commit (EmendProject *project,
                      GError **error)
{
  if (!is_in_place (project, error) || !emend_project_exec (project, "COMMIT", error)) {
    emend_project_rollback (project);
    return FALSE;
  }
  project->in_transaction = FALSE;
  project->place_pending = FALSE;
  return TRUE;
}

/**
 * emend_project_rollback:
 * @project: a project
 *
 * Takes back what was not committed. SQLite may have done it by itself, on a full disk for one.
 */
void
emend_project_rollback (EmendProject *project)
{
  if (!project->in_transaction)
    return;
  if (!sqlite3_get_autocommit (project->db))
    sqlite3_exec (project->db, "ROLLBACK", NULL, NULL, NULL);
  project->in_transaction = FALSE;
  project->view = project->committed_view;
}

/**
 * emend_project_begin_read:
 * @project: a project
 * @error: see emend_project_set_db_error()
 *
 * Several reads that follow see one state, also where another instance writes. Inside a transaction
 * it changes nothing.
 *
 * Returns: whether it began
 */
gboolean
emend_project_begin_read (EmendProject *project,
                          GError **error)
{
  return project->in_transaction || emend_project_exec (project, "BEGIN", error);
}

/**
 * emend_project_end_read:
 * @project: a project after emend_project_begin_read()
 */
void
emend_project_end_read (EmendProject *project)
{
  if (!project->in_transaction)
    sqlite3_exec (project->db, "COMMIT", NULL, NULL, NULL);
}
