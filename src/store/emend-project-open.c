#define G_LOG_DOMAIN "emend-store"

#include "config.h"

#include "emend-project-private.h"

#include <inttypes.h>
#include <string.h>
#include <sys/stat.h>

#include <glib/gi18n-lib.h>

/* Above this size the pages are only checked by emend_project_check(), so that opening stays quick. */
#define MAX_QUICK_CHECK_BYTES ((gint64) 64 * 1024 * 1024)

#define BUSY_TIMEOUT_MS 2000

typedef struct {
  int option;
  int value;
} Setting;

/* What a file from elsewhere must not make SQLite do. */
static const Setting db_config[] = {
  { SQLITE_DBCONFIG_DEFENSIVE, 1 },
  { SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0 },
  { SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0 },
  { SQLITE_DBCONFIG_ENABLE_TRIGGER, 0 },
  { SQLITE_DBCONFIG_ENABLE_VIEW, 0 },
  { SQLITE_DBCONFIG_DQS_DDL, 0 },
  { SQLITE_DBCONFIG_DQS_DML, 0 },
  { SQLITE_DBCONFIG_ENABLE_FTS3_TOKENIZER, 0 },
  { SQLITE_DBCONFIG_ENABLE_FKEY, 1 },
};

/* ATTACHED 0 would break VACUUM INTO, TRIGGER_DEPTH 0 would break foreign keys. */
static const Setting limits[] = {
  { SQLITE_LIMIT_LENGTH, 64 * 1024 * 1024 },
  { SQLITE_LIMIT_SQL_LENGTH, 1024 * 1024 },
  { SQLITE_LIMIT_ATTACHED, 1 },
  { SQLITE_LIMIT_EXPR_DEPTH, 100 },
  { SQLITE_LIMIT_VDBE_OP, 250000 },
  { SQLITE_LIMIT_TRIGGER_DEPTH, 10 },
};

static const char pragmas[] =
  "PRAGMA cell_size_check = ON;"
  "PRAGMA mmap_size = 0;"
  "PRAGMA temp_store = MEMORY;"
  "PRAGMA secure_delete = ON;"
  "PRAGMA locking_mode = NORMAL;"
  "PRAGMA synchronous = EXTRA;"
  "PRAGMA cache_size = -65536;";

static void
finalize_query (gpointer query)
{
  sqlite3_finalize (query);
}

/**
 * emend_project_new_connection:
 * @path: absolute, without links
 * @flags: of sqlite3_open_v2()
 * @error: EMEND_STORE_ERROR
 *
 * A connection with every guard set; nothing of the file is read yet.
 *
 * Returns: (transfer full) (nullable): a project that knows no more than its path
 */
EmendProject *
emend_project_new_connection (const char *path,
                              int flags,
                              GError **error)
{
  g_autoptr (EmendProject) project = g_new0 (EmendProject, 1);

  project->lock_fd = -1;
  project->path = g_strdup (path);
  project->folder = g_path_get_dirname (path);
  project->queries = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, finalize_query);
  if (sqlite3_open_v2 (path, &project->db, flags | SQLITE_OPEN_NOFOLLOW | SQLITE_OPEN_EXRESCODE | SQLITE_OPEN_NOMUTEX,
                       NULL) != SQLITE_OK) {
    if (project->db != NULL)
      emend_project_set_db_error (project, error);
    return NULL;
  }
  for (gsize i = 0; i < G_N_ELEMENTS (db_config); i++)
    sqlite3_db_config (project->db, db_config[i].option, db_config[i].value, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (limits); i++)
    sqlite3_limit (project->db, limits[i].option, limits[i].value);
  sqlite3_busy_timeout (project->db, BUSY_TIMEOUT_MS);
  emend_project_add_functions (project);
  if (!emend_project_exec (project, pragmas, error))
    return NULL;
  return g_steal_pointer (&project);
}

/**
 * emend_project_create_tables:
 * @project: an empty database in a transaction
 * @error: EMEND_STORE_ERROR
 *
 * Returns: whether all tables, the application's number and the version were written
 */
gboolean
emend_project_create_tables (EmendProject *project,
                             GError **error)
{
  gsize n;
  const char *const *statements = emend_project_schema_sql (&n);
  g_autofree char *marks = g_strdup_printf ("PRAGMA application_id = %d; PRAGMA user_version = %d",
                                            EMEND_PROJECT_APPLICATION_ID, EMEND_PROJECT_VERSION);

  for (gsize i = 0; i < n; i++) {
    if (!emend_project_exec (project, statements[i], error))
      return FALSE;
  }
  return emend_project_exec (project, marks, error) &&
         emend_project_exec (project, "INSERT INTO total VALUES (1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)", error);
}

/**
 * emend_project_check_tables:
 * @project: a connection to a project of the present version
 * @error: EMEND_STORE_ERROR_DAMAGED
 *
 * Returns: whether sqlite_schema holds our statements, in our words, and nothing else
 */
gboolean
emend_project_check_tables (EmendProject *project,
                            GError **error)
{
  gsize n;
  gsize found = 0;
  gsize n_shadows;
  const char *const *statements = emend_project_schema_sql (&n);
  const char *const *shadows = emend_project_schema_shadows (&n_shadows);
  g_autoptr (EmendQuery) query = emend_query_new (project, "SELECT name, sql FROM sqlite_schema", error);
  g_autoptr (GHashTable) known = g_hash_table_new (g_str_hash, g_str_equal);
  EmendStep step;

  if (query == NULL)
    return FALSE;
  for (gsize i = 0; i < n; i++)
    g_hash_table_add (known, (gpointer) statements[i]);
  for (gsize i = 0; i < n_shadows; i++)
    g_hash_table_add (known, (gpointer) shadows[i]);
  while ((step = emend_query_step (project, query, error)) == EMEND_STEP_ROW) {
    const char *name = (const char *) sqlite3_column_text (query, 0);
    const char *sql = (const char *) sqlite3_column_text (query, 1);

    if (sql == NULL && name != NULL && g_str_has_prefix (name, "sqlite_autoindex_"))
      continue;
    if (sql == NULL || !g_hash_table_remove (known, sql)) {
      emend_project_set_damaged (project, _ ("it holds tables, views or triggers that Emend does not make"), error);
      return FALSE;
    }
    found++;
  }
  if (step == EMEND_STEP_DONE && found != n + n_shadows)
    emend_project_set_damaged (project, _ ("a table is missing"), error);
  return step == EMEND_STEP_DONE && found == n + n_shadows;
}

/**
 * emend_project_check_identity:
 * @project: a connection
 * @version: (out): of the file's form
 * @error: EMEND_STORE_ERROR_NOT_PROJECT, _NEWER or _DAMAGED
 *
 * Returns: whether the file is a project of a version that is known
 */
gboolean
emend_project_check_identity (EmendProject *project,
                              gint64 *version,
                              GError **error)
{
  gint64 application = 0;

  if (!emend_project_query_int (project, "PRAGMA application_id", 0, &application, error) ||
      !emend_project_query_int (project, "PRAGMA user_version", 0, version, error))
    return FALSE;
  if (application != EMEND_PROJECT_APPLICATION_ID) {
    g_set_error (error, EMEND_STORE_ERROR, EMEND_STORE_ERROR_NOT_PROJECT,
                 _ ("“%s” is not a project of Emend. It was not touched."), project->path);
    return FALSE;
  }
  if (*version > EMEND_PROJECT_VERSION) {
    g_set_error (error, EMEND_STORE_ERROR, EMEND_STORE_ERROR_NEWER,
                 /* TRANSLATORS: a file name, the version of the file's form, the newest one that is known here. */
                 _ ("“%s” was made by a newer Emend: it has version %d, and this program knows versions up to %d. "
                    "It was not touched; open it with the newer program."),
                 project->path, (int) *version, EMEND_PROJECT_VERSION);
    return FALSE;
  }
  if (*version < 1)
    emend_project_set_damaged (project, _ ("it says no version"), error);
  return *version >= 1;
}

static gboolean
check_pages (EmendProject *project,
             GError **error)
{
  g_autoptr (EmendQuery) query = NULL;
  gint64 n_pages = 0;
  gint64 page_size = 0;
  gboolean sound;

  if (!emend_project_query_int (project, "PRAGMA page_count", 0, &n_pages, error) ||
      !emend_project_query_int (project, "PRAGMA page_size", 0, &page_size, error))
    return FALSE;
  if (n_pages * page_size > MAX_QUICK_CHECK_BYTES)
    return TRUE;
  query = emend_query_new (project, "PRAGMA quick_check(1)", error);
  if (query == NULL || emend_query_step (project, query, error) != EMEND_STEP_ROW)
    return FALSE;
  sound = g_strcmp0 ((const char *) sqlite3_column_text (query, 0), "ok") == 0;
  if (!sound)
    emend_project_set_damaged (project, (const char *) sqlite3_column_text (query, 0), error);
  if (sound) {
    g_autoptr (EmendQuery) keys = emend_query_new (project, "PRAGMA foreign_key_check", error);

    if (keys == NULL)
      return FALSE;
    switch (emend_query_step (project, keys, error)) {
    case EMEND_STEP_DONE:
      return TRUE;
    case EMEND_STEP_ROW:
      emend_project_set_damaged (project, _ ("a row points at one that is not there"), error);
      break;
    case EMEND_STEP_FAILED:
      break;
    }
    return FALSE;
  }
  return FALSE;
}

/* Whether the last event of one stream hashes to what stream and event say. */
static gboolean
check_tail (EmendProject *project,
            EmendQuery *stream,
            GError **error)
{
  g_autoptr (EmendQuery) event = emend_query_new (project,
                                                  "SELECT e.hash, e.body, (SELECT hash FROM event WHERE id = e.id - "
                                                  "1) FROM event e WHERE e.id = ?1 AND NOT EXISTS (SELECT 1 FROM "
                                                  "event n WHERE n.id > ?1 AND n.id <= ?2)",
                                                  error);
  gint64 id = sqlite3_column_int64 (stream, 0);
  gint64 seq = sqlite3_column_int64 (stream, 2);
  EmendUuid uuid;
  EmendDigest head;
  EmendDigest stored;
  EmendDigest previous = { 0 };
  EmendDigest actual;

  if (event == NULL)
    return FALSE;
  emend_query_get_uuid (stream, 1, &uuid);
  emend_query_get_digest (stream, 3, &head);
  sqlite3_bind_int64 (event, 1, EMEND_EVENT_ID (id, seq));
  sqlite3_bind_int64 (event, 2, EMEND_EVENT_ID (id + 1, 0));
  switch (emend_query_step (project, event, error)) {
  case EMEND_STEP_FAILED:
    return FALSE;
  case EMEND_STEP_DONE:
    emend_project_set_damaged (project, _ ("the last event of its journal is missing"), error);
    return FALSE;
  case EMEND_STEP_ROW:
    break;
  }
  emend_query_get_digest (event, 0, &stored);
  if (seq > 1)
    emend_query_get_digest (event, 2, &previous);
  emend_journal_hash (&previous, &uuid, seq, (const char *) sqlite3_column_blob (event, 1),
                      (gsize) sqlite3_column_bytes (event, 1), &actual);
  if (memcmp (&actual, &stored, sizeof actual) == 0 && memcmp (&actual, &head, sizeof actual) == 0)
    return TRUE;
  emend_project_set_damaged (project, _ ("the last event of its journal was altered"), error);
  return FALSE;
}

/**
 * emend_project_check_content:
 * @project: a connection to a project of a known form
 * @error: EMEND_STORE_ERROR_DAMAGED
 *
 * Returns: whether the pages are sound, rows point at rows, and each journal ends as its stream says
 */
gboolean
emend_project_check_content (EmendProject *project,
                             GError **error)
{
  g_autoptr (EmendQuery) streams = NULL;
  EmendStep step;

  if (!check_pages (project, error))
    return FALSE;
  streams = emend_query_new (project, "SELECT id, uuid, seq, hash FROM stream", error);
  if (streams == NULL)
    return FALSE;
  while ((step = emend_query_step (project, streams, error)) == EMEND_STEP_ROW) {
    if (!check_tail (project, streams, error))
      return FALSE;
  }
  return step == EMEND_STEP_DONE;
}

static gboolean
load_schema (EmendProject *project,
             GError **error)
{
  g_autoptr (EmendQuery) query = emend_query_new (
    project, "SELECT json FROM schema_version ORDER BY version DESC LIMIT 1", error);
  g_autoptr (GError) reason = NULL;
  const char *json;

  if (query == NULL)
    return FALSE;
  if (emend_query_step (project, query, error) != EMEND_STEP_ROW) {
    if (error != NULL && *error == NULL)
      emend_project_set_damaged (project, _ ("it has no schema"), error);
    return FALSE;
  }
  json = (const char *) sqlite3_column_text (query, 0);
  g_clear_pointer (&project->schema, emend_schema_unref);
  project->schema = emend_schema_from_json (json, (gsize) sqlite3_column_bytes (query, 0), &reason);
  if (project->schema == NULL)
    emend_project_set_damaged (project, reason->message, error);
  return project->schema != NULL;
}

/**
 * emend_project_load:
 * @project: a connection that passed the checks
 * @error: EMEND_STORE_ERROR_DAMAGED
 *
 * Reads the facts that are kept in memory.
 *
 * Returns: whether all are there
 */
gboolean
emend_project_load (EmendProject *project,
                    GError **error)
{
  g_autofree char *uuid = emend_project_get_meta (project, "uuid", error);
  g_autofree char *created = uuid ? emend_project_get_meta (project, "created", error) : NULL;
  g_autofree char *view = created ? emend_project_get_meta (project, "view", error) : NULL;

  if (view == NULL)
    return FALSE;
  g_clear_pointer (&project->name, g_free);
  project->name = emend_project_get_meta (project, "name", error);
  if (project->name == NULL)
    return FALSE;
  if (!emend_uuid_parse (uuid, &project->uuid)) {
    emend_project_set_damaged (project, _ ("it has no identity"), error);
    return FALSE;
  }
  project->created_ms = g_ascii_strtoll (created, NULL, 10);
  project->view = g_ascii_strtoll (view, NULL, 10);
  return load_schema (project, error) && emend_project_learn_aliases (project, project->schema, error);
}

static char *
hash_of_text (const char *text)
{
  EmendDigest digest;

  emend_digest_of (text, strlen (text), &digest);
  return emend_digest_to_hex (&digest);
}

/**
 * emend_project_place:
 * @path: of a project file
 *
 * Where a copy lies, so that another copy of the file is told from this one: "PATH FILE", two hashes over
 * this machine's identity and the path, and over it and the file's device and number. A copy is the
 * same as long as one of the two is: a renamed file keeps its number, a file on a stick that numbers
 * anew at each mount keeps its path, and what was copied to elsewhere has neither.
 *
 * Returns: (transfer full): the text. Any thread.
 */
char *
emend_project_place (const char *path)
{
  g_autofree char *machine = NULL;
  g_autofree char *file = NULL;
  g_autofree char *by_path = NULL;
  struct stat status = { 0 };

  if (!g_file_get_contents ("/etc/machine-id", &machine, NULL, NULL))
    machine = g_strdup (g_get_host_name ());
  if (stat (path, &status) != 0)
    status = (struct stat){ 0 };
  file = g_strdup_printf ("%s\n%" PRIu64 " %" PRIu64, machine, (guint64) status.st_dev, (guint64) status.st_ino);
  by_path = g_strconcat (machine, "\n", path, NULL);
  g_autofree char *path_hash = hash_of_text (by_path);
  g_autofree char *file_hash = hash_of_text (file);
  return g_strdup_printf ("%.32s %.32s", path_hash, file_hash);
}

static gboolean
is_same_place (const char *a,
               const char *b)
{
  g_auto (GStrv) of_a = g_strsplit (a, " ", 2);
  g_auto (GStrv) of_b = g_strsplit (b, " ", 2);

  if (g_strv_length (of_a) != 2 || g_strv_length (of_b) != 2)
    return FALSE;
  return g_str_equal (of_a[0], of_b[0]) || g_str_equal (of_a[1], of_b[1]);
}

/**
 * emend_project_settle_copy:
 * @project: a loaded project
 * @error: EMEND_STORE_ERROR
 *
 * Finds out whether this file is the copy it says to be. If not - it was copied, restored or unpacked -
 * it gets a new identity, which is written with the first thing that is recorded, and each reviewer
 * goes on in a new stream.
 *
 * Returns: whether it could be found out
 */
gboolean
emend_project_settle_copy (EmendProject *project,
                           GError **error)
{
  g_autofree char *copy = emend_project_get_meta (project, "copy", error);
  g_autofree char *place = copy ? emend_project_get_meta (project, "place", error) : NULL;

  if (place == NULL)
    return FALSE;
  project->place = emend_project_place (project->path);
  if (emend_uuid_parse (copy, &project->copy) && is_same_place (place, project->place)) {
    project->place_pending = !g_str_equal (place, project->place);
    return TRUE;
  }
  emend_uuid_init_v7 (&project->copy);
  project->place_pending = TRUE;
  return TRUE;
}

/**
 * emend_project_write_place:
 * @project: a project in a transaction
 * @error: EMEND_STORE_ERROR
 *
 * Returns: whether identity and place of this copy were written
 */
gboolean
emend_project_write_place (EmendProject *project,
                           GError **error)
{
  char copy[EMEND_UUID_TEXT_LENGTH + 1];

  emend_uuid_format (&project->copy, copy);
  return emend_project_set_meta (project, "copy", copy, error) &&
         emend_project_set_meta (project, "place", project->place, error);
}
