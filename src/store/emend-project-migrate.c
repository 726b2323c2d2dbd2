#define G_LOG_DOMAIN "emend-store"

#include "config.h"

#include "emend-project-private.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#include <glib/gi18n-lib.h>

/*
 * A project of an older version is brought to the present one in a copy; the old file stays beside it under a name
 * that tells its version, and only then does the copy take its place. The end of the list is marked by version 0.
 * After the last step sqlite_schema must hold exactly what emend-project-schema-sql.c says.
 */
static const EmendMigration migrations[] = {
  /* Documents: values of fields, words of pages, what was learned. */
  { 1, "ALTER TABLE proposal ADD COLUMN value TEXT;"
       "ALTER TABLE annotation ADD COLUMN value TEXT;"
       "CREATE INDEX proposal_field ON proposal (item, label, id) WHERE value IS NOT NULL;"
       "CREATE INDEX item_sha256 ON item (sha256);"
       "CREATE TABLE words (id INTEGER PRIMARY KEY, sha256 BLOB NOT NULL, page INTEGER NOT NULL, engine TEXT NOT NULL, "
       "language TEXT NOT NULL, created INTEGER NOT NULL, n INTEGER NOT NULL, data BLOB NOT NULL, "
       "UNIQUE (sha256, page, engine, language)) STRICT;"
       "CREATE VIRTUAL TABLE word_text USING fts5(text, content='', columnsize=0, "
       "tokenize='unicode61 remove_diacritics 2');"
       "CREATE TABLE learned (id INTEGER PRIMARY KEY CHECK (id = 1), created INTEGER NOT NULL, data BLOB NOT NULL) "
       "STRICT" },
  { 0, NULL },
};

/**
 * emend_project_migrations:
 *
 * Returns: (transfer none): the steps from version to version, in order; the last has version 0. Any thread.
 */
const EmendMigration *
emend_project_migrations (void)
{
  return migrations;
}

static gboolean
run_steps (EmendProject *project,
           const EmendMigration *steps,
           gint64 version,
           gint64 *reached,
           GError **error)
{
  *reached = version;
  if (!emend_project_exec (project, "BEGIN", error))
    return FALSE;
  for (; steps->from != 0; steps++) {
    g_autofree char *mark = g_strdup_printf ("PRAGMA user_version = %d", steps->from + 1);

    if (steps->from != *reached)
      continue;
    if (!emend_project_exec (project, steps->sql, error) || !emend_project_exec (project, mark, error))
      return FALSE;
    (*reached)++;
  }
  return emend_project_exec (project, "COMMIT", error);
}

static gboolean
copy_to_part (EmendProject *project,
              EmendPartFile *part,
              GError **error)
{
  g_autoptr (EmendQuery) query = emend_query_new (project, "VACUUM INTO ?", error);

  if (query == NULL)
    return FALSE;
  emend_query_bind_text (query, 1, emend_part_file_get_part_path (part));
  return emend_query_run (project, query, error);
}

/* Gives the old file a second name beside it, which replaces nothing. */
static gboolean
keep_old (const char *path,
          gint64 version,
          GError **error)
{
  g_autofree char *kept = g_strdup_printf ("%s.version-%d", path, (int) version);

  if (link (path, kept) == 0)
    return TRUE;
  g_set_error (error, EMEND_STORE_ERROR, errno == EEXIST ? EMEND_STORE_ERROR_EXISTS : EMEND_STORE_ERROR_DISK,
               /* TRANSLATORS: two file names, then the system's own words. */
               _ ("“%s” was made by an older Emend, and it cannot be kept as “%s” before it is brought up to date: "
                  "%s. It was not changed."),
               path, kept,
               g_strerror (errno));
  return FALSE;
}

/**
 * emend_project_migrate:
 * @path: real path of a project file that nobody writes
 * @steps: from version to version, in order; the last has version 0
 * @target: the version to reach
 * @error: EMEND_STORE_ERROR
 *
 * Brings the file from its version to @target in a copy, and keeps the old one as PATH.version-N.
 * Not for the main thread.
 *
 * Returns: whether PATH has the new version now; on failure it is as it was
 */
gboolean
emend_project_migrate (const char *path,
                       const EmendMigration *steps,
                       int target,
                       GError **error)
{
  g_autoptr (EmendPartFile) part = emend_store_new_part (path, error);
  g_autoptr (EmendProject) old = part != NULL ? emend_project_new_connection (path, SQLITE_OPEN_READWRITE, error) :
                                                NULL;
  g_autoptr (EmendProject) copy = NULL;
  gint64 version = 0;
  gint64 reached = 0;

  if (old == NULL || !emend_project_query_int (old, "PRAGMA user_version", 0, &version, error) ||
      !copy_to_part (old, part, error))
    return FALSE;
  g_clear_pointer (&old, emend_project_close);
  copy = emend_project_new_connection (emend_part_file_get_part_path (part), SQLITE_OPEN_READWRITE, error);
  if (copy == NULL || !run_steps (copy, steps, version, &reached, error))
    return FALSE;
  g_clear_pointer (&copy, emend_project_close);
  if (reached != target) {
    g_set_error (error, EMEND_STORE_ERROR, EMEND_STORE_ERROR_DAMAGED,
                 _ ("“%s” has version %d, and there is no way from it to version %d. It was not changed."), path,
                 (int) version, target);
    return FALSE;
  }
  return keep_old (path, version, error) && emend_store_commit_part (part, path, TRUE, error);
}
