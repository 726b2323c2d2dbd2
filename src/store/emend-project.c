#define G_LOG_DOMAIN "emend-store"

#include "config.h"

#include "emend-project-private.h"

#include <inttypes.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

/**
 * emend_project_get_meta:
 * @project: a project
 * @key: which fact of the file
 * @error: EMEND_STORE_ERROR_DAMAGED when it is not there
 *
 * Returns: (transfer full) (nullable): the value
 */
char *
emend_project_get_meta (EmendProject *project,
                        const char *key,
                        GError **error)
{
  g_autoptr (EmendQuery) query = emend_query_new (project, "SELECT value FROM meta WHERE key = ?", error);
  EmendStep step;

  if (query == NULL)
    return NULL;
  emend_query_bind_text (query, 1, key);
  step = emend_query_step (project, query, error);
  if (step == EMEND_STEP_DONE)
    emend_project_set_damaged (project, _ ("facts of the project are missing"), error);
  return step == EMEND_STEP_ROW ? emend_query_get_text (query, 0) : NULL;
}

/**
 * emend_project_set_meta:
 * @project: a project in a transaction
 * @key: which fact of the file
 * @value: the value
 * @error: EMEND_STORE_ERROR
 *
 * Returns: whether it was written
 */
gboolean
emend_project_set_meta (EmendProject *project,
                        const char *key,
                        const char *value,
                        GError **error)
{
  g_autoptr (EmendQuery) query = emend_query_new (project, "INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)",
                                                  error);

  if (query == NULL)
    return FALSE;
  emend_query_bind_text (query, 1, key);
  emend_query_bind_text (query, 2, value);
  return emend_query_run (project, query, error);
}

static gboolean
store_schema (EmendProject *project,
              EmendSchema *schema,
              gint64 at_ms,
              GError **error)
{
  g_autofree char *json = emend_schema_to_json (schema, FALSE);
  g_autoptr (EmendQuery) query = emend_query_new (
    project, "INSERT INTO schema_version (version, json, created) VALUES (?, ?, ?)", error);

  if (query == NULL)
    return FALSE;
  sqlite3_bind_int64 (query, 1, emend_schema_get_version (schema));
  emend_query_bind_text (query, 2, json);
  sqlite3_bind_int64 (query, 3, at_ms);
  return emend_query_run (project, query, error);
}

static char *
event_with_schema (EmendProject *project,
                   const char *action,
                   EmendSchema *schema,
                   gint64 at_ms)
{
  GString *body = g_string_new (NULL);
  g_autoptr (EmendJsonWriter) writer = emend_json_writer_new (body, FALSE);
  g_autofree char *json = emend_schema_to_json (schema, FALSE);

  emend_journal_begin_body (project, writer, action, at_ms);
  emend_json_key (writer, "project");
  emend_json_uuid (writer, &project->uuid);
  emend_json_key (writer, "name");
  emend_json_string (writer, project->name);
  emend_json_key (writer, "schema");
  emend_json_raw (writer, json);
  emend_json_end_object (writer);
  return g_string_free (body, FALSE);
}

static gboolean
fill_new (EmendProject *project,
          EmendSchema *schema,
          GError **error)
{
  char uuid[EMEND_UUID_TEXT_LENGTH + 1];
  g_autofree char *created = g_strdup_printf ("%" PRId64, project->created_ms);
  g_autofree char *body = NULL;
  gint64 stream;

  emend_uuid_format (&project->uuid, uuid);
  if (!emend_project_create_tables (project, error) || !emend_project_set_meta (project, "uuid", uuid, error) ||
      !emend_project_set_meta (project, "name", project->name, error) ||
      !emend_project_set_meta (project, "created", created, error) ||
      !emend_project_set_meta (project, "view", "0", error) ||
      !emend_project_set_meta (project, "restricted", "0", error) ||
      !emend_project_write_place (project, error) ||
      !store_schema (project, schema, project->created_ms, error))
    return FALSE;
  project->schema = emend_schema_ref (schema);
  stream = emend_stream_ensure (project, project->created_ms, error);
  body = event_with_schema (project, "project-created", schema, project->created_ms);
  return stream != 0 && emend_journal_append (project, stream, "project-created", NULL, project->created_ms, body,
                                              error) != 0;
}

/* Makes the empty file, so that its name is ours before SQLite opens it. */
static char *
claim_name (const char *path,
            GError **error)
{
  int fd = g_open (path, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0644);
  g_autofree char *real = NULL;
  char *copy;

  if (fd < 0) {
    int code = errno;

    if (code == EEXIST)
      g_set_error (error, EMEND_STORE_ERROR, EMEND_STORE_ERROR_EXISTS,
                   _ ("There is already something named “%s”. It was not touched; choose another name."), path);
    else
      g_set_error (error, EMEND_STORE_ERROR, EMEND_STORE_ERROR_DISK,
                   /* TRANSLATORS: a file name, then the system's own words. */
                   _ ("The project “%s” cannot be made: %s."), path, g_strerror (code));
    return NULL;
  }
  close (fd);
  real = realpath (path, NULL);
  copy = g_strdup (real != NULL ? real : path);
  return copy;
}

/**
 * emend_project_create:
 * @path: of the file to make; nothing may be there
 * @name: for people
 * @schema: what can be said in it
 * @reviewer: (nullable): whose work is recorded
 * @error: EMEND_STORE_ERROR_EXISTS or _DISK
 *
 * Makes an empty project and opens it for writing. Not for the main thread.
 *
 * Returns: (transfer full) (nullable): the project; on failure there is no file
 */
EmendProject *
emend_project_create (const char *path,
                      const char *name,
                      EmendSchema *schema,
                      const char *reviewer,
                      GError **error)
{
  g_autofree char *real = claim_name (path, error);
  g_autoptr (EmendProject) project = NULL;

  if (real == NULL)
    return NULL;
  project = emend_project_new_connection (real, SQLITE_OPEN_READWRITE, error);
  if (project != NULL) {
    g_autoptr (EmendTransaction) transaction = NULL;

    project->name = g_strdup (name);
    project->reviewer = reviewer != NULL && *reviewer != '\0' ? g_strdup (reviewer) : NULL;
    project->created_ms = emend_journal_now ();
    emend_uuid_init_v7 (&project->uuid);
    emend_uuid_init_v7 (&project->copy);
    project->place = emend_project_place (real);
    project->read_only_reason = emend_project_lock (project);
    if (emend_project_begin (project, error)) {
      transaction = project;
      if (fill_new (project, schema, error) && emend_project_commit (project, error))
        return g_steal_pointer (&project);
    }
  }
  g_clear_pointer (&project, emend_project_close);
  g_unlink (real);
  return NULL;
}

/* The path without links, of a regular file. */
static char *
resolve (const char *path,
         GError **error)
{
  g_autofree char *real = realpath (path, NULL);
  struct stat status;

  if (real == NULL || stat (real, &status) != 0) {
    int code = errno;

    g_set_error (error, EMEND_STORE_ERROR,
                 code == ENOENT || code == ENOTDIR ? EMEND_STORE_ERROR_NOT_FOUND : EMEND_STORE_ERROR_DISK,
                 /* TRANSLATORS: a file name, then the system's own words. */
                 _ ("The project “%s” cannot be opened: %s."), path, g_strerror (code));
    return NULL;
  }
  if (!S_ISREG (status.st_mode)) {
    g_set_error (error, EMEND_STORE_ERROR, EMEND_STORE_ERROR_NOT_PROJECT,
                 _ ("“%s” is not a project of Emend. It was not touched."), path);
    return NULL;
  }
  return g_strdup (real);
}

/* Why the file cannot be written, before it is opened; NULL when it can. */
static char *
find_read_only_reason (const char *path,
                       EmendProjectFlags flags)
{
  g_autofree char *folder = g_path_get_dirname (path);

  if ((flags & EMEND_PROJECT_READ_ONLY) != 0)
    return g_strdup (_ ("It was opened for reading only."));
  if (access (path, W_OK) != 0)
    return g_strdup (_ ("The file cannot be written."));
  if (access (folder, W_OK) != 0)
    return g_strdup (_ ("Its folder cannot be written, and saving needs a journal beside the file."));
  return NULL;
}

static gboolean
become_writer (EmendProject *project,
               GError **error)
{
  if (project->read_only_reason != NULL)
    return emend_project_exec (project, "PRAGMA query_only = ON", error);
  return emend_project_exec (project, "PRAGMA journal_mode = DELETE", error) &&
         emend_project_settle_copy (project, error);
}

/* Whether the file has the present version; an older one is brought to it first, by its one writer. */
static gboolean
update_version (EmendProject *project,
                gint64 version,
                GError **error)
{
  if (version == EMEND_PROJECT_VERSION)
    return TRUE;
  if (project->lock_fd >= 0)
    return emend_project_migrate (project->path, emend_project_migrations (), EMEND_PROJECT_VERSION, error);
  g_set_error (error, EMEND_STORE_ERROR, EMEND_STORE_ERROR_READ_ONLY,
               _ ("“%s” was made by an older Emend and must be brought up to date before it can be read, which cannot "
                  "be done where nothing can be written. Copy it to a place that can be written, and open it there."),
               project->path);
  return FALSE;
}

/* A connection to a file of the present version that was not looked into yet. */
static EmendProject *
connect_to (const char *path,
            gboolean writable,
            GError **error)
{
  int flags = writable ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY;
  g_autoptr (EmendProject) project = emend_project_new_connection (path, flags, error);
  gint64 version = 0;

  if (project == NULL || !emend_project_check_identity (project, &version, error))
    return NULL;
  if (writable)
    project->read_only_reason = emend_project_lock (project);
  if (!update_version (project, version, error))
    return NULL;
  if (version != EMEND_PROJECT_VERSION) {
    g_clear_pointer (&project, emend_project_close);
    return connect_to (path, writable, error);
  }
  return g_steal_pointer (&project);
}

/**
 * emend_project_open:
 * @path: of a project file; never taken for a URI
 * @flags: how
 * @reviewer: (nullable): whose decisions will be recorded
 * @error: EMEND_STORE_ERROR
 *
 * Opens a project after checking that it is one, that it is sound, and that nobody else writes it. What
 * cannot be written is opened for reading, with the reason in #EmendProjectInfo; then the counters
 * are those of the reviewer who wrote last. Not for the main thread.
 *
 * Returns: (transfer full) (nullable): the project
 */
EmendProject *
emend_project_open (const char *path,
                    EmendProjectFlags flags,
                    const char *reviewer,
                    GError **error)
{
  g_autofree char *real = resolve (path, error);
  g_autofree char *reason = real != NULL ? find_read_only_reason (real, flags) : NULL;
  g_autoptr (EmendProject) project = NULL;

  if (real == NULL)
    return NULL;
  project = connect_to (real, reason == NULL, error);
  if (project == NULL || !emend_project_check_tables (project, error) ||
      !emend_project_check_content (project, error) ||
      !emend_project_load (project, error))
    return NULL;
  if (reason == NULL && !become_writer (project, error))
    return NULL;
  if (reason != NULL)
    project->read_only_reason = g_steal_pointer (&reason);
  if (!emend_project_set_reviewer (project, reviewer, error))
    return NULL;
  return g_steal_pointer (&project);
}

/**
 * emend_project_close:
 * @project: (transfer full): a project
 *
 * Everything that was committed is on the disk already.
 */
void
emend_project_close (EmendProject *project)
{
  emend_project_rollback (project);
  g_clear_pointer (&project->queries, g_hash_table_unref);
  sqlite3_close_v2 (project->db);
  emend_project_unlock (project);
  g_clear_pointer (&project->schema, emend_schema_unref);
  g_free (project->path);
  g_free (project->folder);
  g_free (project->name);
  g_free (project->place);
  g_free (project->read_only_reason);
  g_free (project->reviewer);
  g_free (project);
}

/**
 * emend_project_set_reviewer:
 * @project: a project
 * @reviewer: (nullable): who decides from now on
 * @error: EMEND_STORE_ERROR
 *
 * The counters of items and project follow the reviewer, in one transaction. Where nothing can be written
 * they stay those of who wrote last, and that is the reviewer then.
 *
 * Returns: whether it could be done
 */
gboolean
emend_project_set_reviewer (EmendProject *project,
                            const char *reviewer,
                            GError **error)
{
  g_free (project->reviewer);
  project->reviewer = reviewer != NULL && *reviewer != '\0' ? g_utf8_make_valid (reviewer, -1) : NULL;
  return emend_stream_view_reviewer (project, error);
}

/**
 * emend_project_get_schema:
 * @project: a project
 *
 * Returns: (transfer none): what can be said in it now; never changed, take a reference to keep it
 */
EmendSchema *
emend_project_get_schema (EmendProject *project)
{
  return project->schema;
}

/* Whether no field that proposals or annotations speak of is gone. */
static gboolean
check_fields (EmendProject *project,
              EmendSchema *next,
              GError **error)
{
  g_autoptr (GArray) used = NULL;

  for (gsize i = 0; i < emend_schema_get_n_fields (project->schema); i++) {
    const EmendField *field = emend_schema_get_field (project->schema, i);

    if (emend_schema_find_field (next, field->id) != NULL)
      continue;
    if (used == NULL)
      used = emend_project_list_used (project, error);
    if (used == NULL)
      return FALSE;
    for (guint j = 0; j < used->len; j++) {
      if (g_array_index (used, int, j) != field->id)
        continue;
      g_set_error (error, EMEND_STORE_ERROR, EMEND_STORE_ERROR_REFUSED,
                   _ ("The field “%s” cannot be taken out of the schema, as documents have values of it. Retire it "
                      "instead."),
                   emend_field_get_title (field));
      return FALSE;
    }
  }
  return TRUE;
}

/**
 * emend_project_set_schema:
 * @project: a project
 * @schema: the next schema; its version becomes the next number. Labels of the present one must stay, and so must
 *   fields that are in use; they may be retired
 * @error: EMEND_STORE_ERROR_REFUSED when a label is gone, or a field that is in use
 *
 * Inside an import it is part of the import. What was decided of a field that is read in another way now is normalised
 * again; see emend_project_normalise().
 *
 * Returns: whether it was recorded
 */
gboolean
emend_project_set_schema (EmendProject *project,
                          EmendSchema *schema,
                          GError **error)
{
  gboolean own = !project->in_transaction;
  g_autoptr (EmendTransaction) transaction = NULL;
  g_autoptr (EmendSchema) next = emend_schema_copy (schema);
  g_autofree char *body = NULL;
  gint64 at_ms = emend_journal_now ();
  gint64 stream;

  for (gsize i = 0; i < emend_schema_get_n_labels (project->schema); i++) {
    const EmendLabel *label = emend_schema_get_label (project->schema, i);

    if (emend_schema_find_label (next, label->id) == NULL) {
      g_set_error (error, EMEND_STORE_ERROR, EMEND_STORE_ERROR_REFUSED,
                   _ ("The label “%s” cannot be taken out of the schema, as annotations may carry it. Retire it "
                      "instead."),
                   label->name);
      return FALSE;
    }
  }
  if (!check_fields (project, next, error))
    return FALSE;
  emend_schema_set_version (next, emend_schema_get_version (project->schema) + 1);
  if (own && !emend_project_begin (project, error))
    return FALSE;
  transaction = own ? project : NULL;
  body = event_with_schema (project, "schema-changed", next, at_ms);
  stream = emend_stream_ensure (project, at_ms, error);
  if (stream == 0 || !store_schema (project, next, at_ms, error) ||
      !emend_project_learn_aliases (project, next, error) || !emend_project_normalise (project, next, error) ||
      emend_journal_append (project, stream, "schema-changed", NULL, at_ms, body, error) == 0 ||
      (own && !emend_project_commit (project, error)))
    return FALSE;
  emend_schema_unref (project->schema);
  project->schema = g_steal_pointer (&next);
  return TRUE;
}

static gboolean
read_undo (EmendProject *project,
           const char *sql,
           char **summary,
           GError **error)
{
  g_autoptr (EmendQuery) query = emend_query_new (project, sql, error);
  EmendStep step;

  if (query == NULL)
    return FALSE;
  sqlite3_bind_int64 (query, 1, project->view);
  emend_query_bind_uuid (query, 2, &project->copy);
  step = emend_query_step (project, query, error);
  if (step == EMEND_STEP_ROW)
    *summary = emend_action_summary ((const char *) sqlite3_column_text (query, 0), sqlite3_column_int64 (query, 1));
  return step != EMEND_STEP_FAILED;
}

/**
 * emend_project_get_info:
 * @project: a project
 * @error: EMEND_STORE_ERROR
 *
 * Returns: (transfer full) (nullable): facts and counters, at the same cost for any size
 */
EmendProjectInfo *
emend_project_get_info (EmendProject *project,
                        GError **error)
{
  g_autoptr (EmendProjectInfo) info = g_new0 (EmendProjectInfo, 1);
  g_autoptr (EmendQuery) query = emend_query_new (project,
                                                  "SELECT n_items, n_done, n_waiting, n_proposals, n_undecided, "
                                                  "n_accepted, n_corrected, n_rejected, n_added, n_events FROM total",
                                                  error);
  gint64 *const counters[] = { &info->n_items, &info->n_items_done, &info->n_items_waiting, &info->n_proposals,
                               &info->n_undecided,
                               &info->n_accepted, &info->n_corrected, &info->n_rejected, &info->n_added,
                               &info->n_events };

  if (query == NULL || emend_query_step (project, query, error) != EMEND_STEP_ROW)
    return NULL;
  for (gsize i = 0; i < G_N_ELEMENTS (counters); i++)
    *counters[i] = sqlite3_column_int64 (query, (int) i);
  info->uuid = project->uuid;
  info->name = g_strdup (project->name);
  info->path = g_strdup (project->path);
  info->folder = g_strdup (project->folder);
  info->reviewer = g_strdup (project->reviewer);
  info->read_only_reason = g_strdup (project->read_only_reason);
  info->created_ms = project->created_ms;
  if (project->reviewer != NULL && project->read_only_reason == NULL &&
      (!read_undo (project,
                   "SELECT what, n FROM undo JOIN stream s ON s.id = stream WHERE stream = ?1 AND s.copy = ?2 AND "
                   "undone = 0 ORDER BY depth DESC LIMIT 1",
                   &info->can_undo, error) ||
       !read_undo (project,
                   "SELECT what, n FROM undo JOIN stream s ON s.id = stream WHERE stream = ?1 AND s.copy = ?2 AND "
                   "undone = 1 ORDER BY depth LIMIT 1",
                   &info->can_redo, error)))
    return NULL;
  return g_steal_pointer (&info);
}

/**
 * emend_project_info_free:
 * @info: (transfer full): facts of a project
 *
 * Any thread.
 */
void
emend_project_info_free (EmendProjectInfo *info)
{
  g_free (info->name);
  g_free (info->path);
  g_free (info->folder);
  g_free (info->reviewer);
  g_free (info->read_only_reason);
  g_free (info->can_undo);
  g_free (info->can_redo);
  g_free (info);
}

/**
 * emend_project_get_setting:
 * @project: a project
 * @key: which value
 *
 * Returns: (transfer full) (nullable): what was set in this project file
 */
char *
emend_project_get_setting (EmendProject *project,
                           const char *key)
{
  g_autoptr (EmendQuery) query = emend_query_new (project, "SELECT value FROM setting WHERE key = ?", NULL);

  if (query == NULL)
    return NULL;
  emend_query_bind_text (query, 1, key);
  return emend_query_step (project, query, NULL) == EMEND_STEP_ROW ? emend_query_get_text (query, 0) : NULL;
}

/**
 * emend_project_set_setting:
 * @project: a project
 * @key: which value
 * @value: (nullable): the value; %NULL takes it out
 * @error: EMEND_STORE_ERROR
 *
 * Returns: whether it was written; it leaves no event
 */
gboolean
emend_project_set_setting (EmendProject *project,
                           const char *key,
                           const char *value,
                           GError **error)
{
  g_autoptr (EmendTransaction) transaction = NULL;
  g_autoptr (EmendQuery) query = NULL;

  if (!emend_project_begin (project, error))
    return FALSE;
  transaction = project;
  query = emend_query_new (project,
                           value != NULL ? "INSERT OR REPLACE INTO setting (key, value) VALUES (?1, ?2)" :
                                           "DELETE FROM setting WHERE key = ?1",
                           error);
  if (query == NULL)
    return FALSE;
  emend_query_bind_text (query, 1, key);
  if (value != NULL)
    emend_query_bind_text (query, 2, value);
  return emend_query_run (project, query, error) && emend_project_commit (project, error);
}
