#define G_LOG_DOMAIN "emend-test"

#include "config.h"

#include <sqlite3.h>
#include <string.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "emend-test-project.h"
#include "emend-test.h"

static void
set_up (EmendTestProject *self,
        gconstpointer data)
{
  emend_test_project_set_up (self, "ann");
  emend_test_add_items (self->project, 20);
  emend_test_add_run (self->project, EMEND_RUN_PROPOSALS, 20, 5);
}

static void
tear_down (EmendTestProject *self,
           gconstpointer data)
{
  emend_test_project_tear_down (self);
}

/* Demands that the file is refused with this code, in words that name it, and that nothing is left beside it. */
static void
assert_refused (EmendTestProject *self,
                EmendStoreError code)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *lock = g_build_filename (self->folder, ".test.emend.lock", NULL);
  EmendProject *project;

  g_clear_pointer (&self->project, emend_project_close);
  project = emend_project_open (self->path, 0, "ann", &error);
  g_assert_null (project);
  g_assert_error (error, EMEND_STORE_ERROR, (int) code);
  g_assert_nonnull (strstr (error->message, "test.emend"));
  g_assert_true (g_str_has_suffix (error->message, "."));
  g_assert_false (g_file_test (lock, G_FILE_TEST_EXISTS));
}

static void
test_missing (EmendTestProject *self,
              gconstpointer data)
{
  g_unlink (self->path);
  assert_refused (self, EMEND_STORE_ERROR_NOT_FOUND);
}

static void
test_folder (EmendTestProject *self,
             gconstpointer data)
{
  g_unlink (self->path);
  g_assert_cmpint (g_mkdir (self->path, 0700), ==, 0);
  assert_refused (self, EMEND_STORE_ERROR_NOT_PROJECT);
}

static void
test_text_file (EmendTestProject *self,
                gconstpointer data)
{
  g_autofree char *text = g_strnfill (5000, 'x');

  g_clear_pointer (&self->project, emend_project_close);
  g_assert_true (g_file_set_contents (self->path, text, -1, NULL));
  assert_refused (self, EMEND_STORE_ERROR_NOT_PROJECT);
}

static void
test_empty_file (EmendTestProject *self,
                 gconstpointer data)
{
  g_clear_pointer (&self->project, emend_project_close);
  g_assert_true (g_file_set_contents (self->path, "", 0, NULL));
  assert_refused (self, EMEND_STORE_ERROR_NOT_PROJECT);
}

static void
test_foreign_database (EmendTestProject *self,
                       gconstpointer data)
{
  g_clear_pointer (&self->project, emend_project_close);
  g_unlink (self->path);
  emend_test_sql (self->path, "CREATE TABLE t (a); INSERT INTO t VALUES (1)");
  assert_refused (self, EMEND_STORE_ERROR_NOT_PROJECT);
}

/* What somebody does to the file, and how it must be refused. */
typedef struct {
  const char *name;
  const char *sql;
  EmendStoreError code;
} Tampering;

static const Tampering tamperings[] = {
  { "newer", "PRAGMA user_version = 7", EMEND_STORE_ERROR_NEWER },
  { "no-version", "PRAGMA user_version = 0", EMEND_STORE_ERROR_DAMAGED },
  { "other-application", "PRAGMA application_id = 1", EMEND_STORE_ERROR_NOT_PROJECT },
  { "extra-table", "CREATE TABLE more (a)", EMEND_STORE_ERROR_DAMAGED },
  { "extra-view", "CREATE VIEW v AS SELECT * FROM item", EMEND_STORE_ERROR_DAMAGED },
  { "extra-trigger", "CREATE TRIGGER t AFTER INSERT ON event BEGIN DELETE FROM annotation; END",
    EMEND_STORE_ERROR_DAMAGED },
  { "extra-index", "CREATE INDEX i ON item (size)", EMEND_STORE_ERROR_DAMAGED },
  { "missing-table", "DROP TABLE setting", EMEND_STORE_ERROR_DAMAGED },
  { "missing-index", "DROP INDEX item_doubt", EMEND_STORE_ERROR_DAMAGED },
  { "generated-column",
    "DROP TABLE setting; CREATE TABLE setting (key TEXT PRIMARY KEY, value TEXT AS (zeroblob (400000000)))",
    EMEND_STORE_ERROR_DAMAGED },
  { "altered-last-event",
    "UPDATE event SET body = replace (body, 'ann', 'eve') WHERE id = (SELECT max (id) FROM event)",
    EMEND_STORE_ERROR_DAMAGED },
  { "missing-last-event", "DELETE FROM event WHERE id = (SELECT max (id) FROM event)", EMEND_STORE_ERROR_DAMAGED },
  { "event-behind-the-head",
    "INSERT INTO event SELECT id + 1, hash, at, action, body FROM event ORDER BY id DESC LIMIT 1",
    EMEND_STORE_ERROR_DAMAGED },
  { "altered-head", "UPDATE stream SET hash = zeroblob (32)", EMEND_STORE_ERROR_DAMAGED },
  { "dangling-row", "INSERT INTO page VALUES (999999, 0, 1, 1, 1)", EMEND_STORE_ERROR_DAMAGED },
  { "no-identity", "UPDATE meta SET value = 'x' WHERE key = 'uuid'", EMEND_STORE_ERROR_DAMAGED },
  { "no-facts", "DELETE FROM meta WHERE key = 'name'", EMEND_STORE_ERROR_DAMAGED },
  { "no-schema", "DELETE FROM schema_version", EMEND_STORE_ERROR_DAMAGED },
  { "bad-schema", "UPDATE schema_version SET json = '[1'", EMEND_STORE_ERROR_DAMAGED },
};

static void
test_tampered (EmendTestProject *self,
               gconstpointer data)
{
  const Tampering *tampering = data;

  g_clear_pointer (&self->project, emend_project_close);
  emend_test_sql (self->path, tampering->sql);
  assert_refused (self, tampering->code);
}

static void
test_newer_names_version (EmendTestProject *self,
                          gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&self->project, emend_project_close);
  emend_test_sql (self->path, "PRAGMA user_version = 7");
  g_assert_null (emend_project_open (self->path, 0, "ann", &error));
  g_assert_nonnull (strstr (error->message, "version 7"));
}

/* Zeros over each page in turn: refused, or what is refused later by a check; never a crash. */
static void
test_damaged_pages (EmendTestProject *self,
                    gconstpointer data)
{
  g_autofree char *content = NULL;
  gsize length;
  int n_refused = 0;
  int n_pages = 0;

  g_clear_pointer (&self->project, emend_project_close);
  g_assert_true (g_file_get_contents (self->path, &content, &length, NULL));
  for (gsize page = 4096; page + 4096 <= length; page += 4096) {
    g_autofree char *damaged = g_memdup2 (content, length);
    g_autoptr (EmendProject) project = NULL;

    memset (damaged + page, 0, 4096);
    g_assert_true (g_file_set_contents (self->path, damaged, (gssize) length, NULL));
    project = emend_project_open (self->path, 0, "ann", NULL);
    n_pages++;
    if (project == NULL)
      n_refused++;
    else {
      g_autoptr (EmendCheck) check = emend_project_check (project, TRUE, NULL, NULL, NULL, NULL);
      g_assert_true (check == NULL || check->problems->len > 0);
    }
  }
  g_test_message ("%d of %d damaged pages were noticed on opening", n_refused, n_pages);
  g_assert_cmpint (n_refused, >, 0);
  g_assert_true (g_file_set_contents (self->path, content, (gssize) length, NULL));
}

static void
test_truncated (EmendTestProject *self,
                gconstpointer data)
{
  g_autofree char *content = NULL;
  gsize length;

  g_clear_pointer (&self->project, emend_project_close);
  g_assert_true (g_file_get_contents (self->path, &content, &length, NULL));
  for (gsize size = 4096; size < length; size += 4096) {
    g_assert_true (g_file_set_contents (self->path, content, (gssize) size, NULL));
    g_assert_null (emend_project_open (self->path, 0, "ann", NULL));
  }
}

static void
assert_read_only (EmendProject *project,
                  int code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (EmendProjectInfo) info = emend_project_get_info (project, NULL);
  g_autoptr (EmendDecision) decision = emend_test_decision (EMEND_DECISION_DONE, 1, 0);
  const EmendDecision *const decisions[] = { decision };
  g_autofree char *dump = emend_test_dump (project);

  g_assert_nonnull (dump);
  g_assert_nonnull (info->read_only_reason);
  g_assert_null (info->can_undo);
  g_assert_cmpstr (info->reviewer, ==, "ann");
  g_assert_null (emend_project_decide (project, decisions, 1, &error));
  g_assert_error (error, EMEND_STORE_ERROR, code);
  g_assert_nonnull (strstr (error->message, info->read_only_reason));
  emend_test_assert_sound (project);
}

static void
test_flag_read_only (EmendTestProject *self,
                     gconstpointer data)
{
  emend_outcome_free (emend_test_decide (self->project, emend_test_decision (EMEND_DECISION_DONE, 2, 0)));
  emend_test_project_reopen (self, EMEND_PROJECT_READ_ONLY, "ben");
  assert_read_only (self->project, EMEND_STORE_ERROR_READ_ONLY);
}

static void
test_second_instance (EmendTestProject *self,
                      gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (EmendProject) second = NULL;
  g_autoptr (EmendProject) third = NULL;
  g_autoptr (EmendProjectInfo) info = NULL;
  g_autofree char *copy = g_build_filename (self->folder, "copy.emend", NULL);
  g_autofree char *snapshot = g_build_filename (self->folder, "snapshot.emend", NULL);
  EmendSnapshotOptions options = { 0 };

  emend_outcome_free (emend_test_decide (self->project, emend_test_decision (EMEND_DECISION_DONE, 2, 0)));
  second = emend_project_open (self->path, 0, "ann", &error);
  g_assert_no_error (error);
  assert_read_only (second, EMEND_STORE_ERROR_READ_ONLY);
  emend_outcome_free (emend_test_decide (self->project, emend_test_decision (EMEND_DECISION_DONE, 3, 0)));
  info = emend_project_get_info (second, &error);
  g_assert_no_error (error);
  g_assert_cmpint (info->n_items_done, ==, 2);
  g_assert_true (emend_project_save_copy (second, copy, &error));
  g_assert_no_error (error);
  g_assert_true (emend_project_snapshot (second, snapshot, &options, &error));
  g_assert_no_error (error);
  g_assert_false (emend_project_set_setting (second, "a", "b", NULL));
  g_clear_pointer (&self->project, emend_project_close);
  third = emend_project_open (self->path, 0, "ann", &error);
  g_assert_no_error (error);
  g_clear_pointer (&info, emend_project_info_free);
  info = emend_project_get_info (third, &error);
  g_assert_null (info->read_only_reason);
}

static void
test_read_only_file (EmendTestProject *self,
                     gconstpointer data)
{
  if (geteuid () == 0) {
    g_test_skip ("the superuser can write everything");
    return;
  }
  emend_outcome_free (emend_test_decide (self->project, emend_test_decision (EMEND_DECISION_DONE, 2, 0)));
  g_assert_cmpint (g_chmod (self->path, 0400), ==, 0);
  emend_test_project_reopen (self, 0, "ann");
  assert_read_only (self->project, EMEND_STORE_ERROR_READ_ONLY);
}

static void
test_read_only_folder (EmendTestProject *self,
                       gconstpointer data)
{
  if (geteuid () == 0) {
    g_test_skip ("the superuser can write everything");
    return;
  }
  emend_outcome_free (emend_test_decide (self->project, emend_test_decision (EMEND_DECISION_DONE, 2, 0)));
  g_clear_pointer (&self->project, emend_project_close);
  g_assert_cmpint (g_chmod (self->folder, 0500), ==, 0);
  emend_test_project_reopen (self, 0, "ann");
  assert_read_only (self->project, EMEND_STORE_ERROR_READ_ONLY);
  g_assert_cmpint (g_chmod (self->folder, 0700), ==, 0);
}

/* A copy of the file and its journal in the middle of a transaction: what a kill leaves behind. */
static void
make_hot_journal (EmendTestProject *self)
{
  g_autofree char *journal = g_strconcat (self->path, "-journal", NULL);
  g_autofree char *content = NULL;
  g_autofree char *journal_content = NULL;
  gsize length;
  gsize journal_length;
  sqlite3 *db;

  g_clear_pointer (&self->project, emend_project_close);
  g_assert_cmpint (sqlite3_open (self->path, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db,
                                 "PRAGMA cache_size = 1; BEGIN; UPDATE item SET size = size + 1; UPDATE proposal SET "
                                 "label = 2",
                                 NULL, NULL, NULL),
                   ==,
                   SQLITE_OK);
  g_assert_cmpint (sqlite3_db_cacheflush (db), ==, SQLITE_OK);
  g_assert_true (g_file_get_contents (self->path, &content, &length, NULL));
  g_assert_true (g_file_get_contents (journal, &journal_content, &journal_length, NULL));
  sqlite3_close (db);
  g_assert_true (g_file_set_contents (self->path, content, (gssize) length, NULL));
  g_assert_true (g_file_set_contents (journal, journal_content, (gssize) journal_length, NULL));
}

static void
test_hot_journal (EmendTestProject *self,
                  gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *before = emend_test_dump (self->project);
  g_autofree char *after = NULL;

  make_hot_journal (self);
  g_assert_null (emend_project_open (self->path, EMEND_PROJECT_READ_ONLY, "ann", &error));
  g_assert_error (error, EMEND_STORE_ERROR, EMEND_STORE_ERROR_READ_ONLY);
  g_assert_nonnull (strstr (error->message, "-journal"));
  emend_test_project_reopen (self, 0, "ann");
  after = emend_test_dump (self->project);
  g_assert_cmpstr (before, ==, after);
  emend_test_assert_sound (self->project);
}

/* What happens to the file while it is open. */
static void
move_away (const char *path)
{
  g_autofree char *other = g_strconcat (path, ".moved", NULL);

  g_assert_cmpint (g_rename (path, other), ==, 0);
}

static void
delete_it (const char *path)
{
  g_assert_cmpint (g_unlink (path), ==, 0);
}

static void
replace_it (const char *path)
{
  g_autofree char *content = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (path, &content, &length, NULL));
  move_away (path);
  g_assert_true (g_file_set_contents (path, content, (gssize) length, NULL));
}

typedef struct {
  void (*happen) (const char *path);
} Happening;

static const Happening moved = { move_away };
static const Happening deleted = { delete_it };
static const Happening replaced = { replace_it };

static void
test_changed_under (EmendTestProject *self,
                    gconstpointer data)
{
  const Happening *happening = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (EmendDecision) decision = emend_test_decision (EMEND_DECISION_DONE, 1, 0);
  const EmendDecision *const decisions[] = { decision };
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autofree char *copy = g_build_filename (self->folder, "rescued.emend", NULL);
  g_autoptr (EmendProject) rescued = NULL;

  emend_outcome_free (emend_test_decide (self->project, emend_test_decision (EMEND_DECISION_DONE, 2, 0)));
  before = emend_test_dump (self->project);
  happening->happen (self->path);
  g_assert_null (emend_project_decide (self->project, decisions, 1, &error));
  g_assert_error (error, EMEND_STORE_ERROR, EMEND_STORE_ERROR_MOVED);
  g_clear_error (&error);
  g_assert_true (emend_project_save_copy (self->project, copy, &error));
  g_assert_no_error (error);
  rescued = emend_project_open (copy, 0, "ann", &error);
  g_assert_no_error (error);
  after = emend_test_dump (rescued);
  g_assert_cmpstr (before, ==, after);
  emend_test_assert_sound (rescued);
}

static void
test_renamed_goes_on (EmendTestProject *self,
                      gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (EmendProjectInfo) info = NULL;
  g_autofree char *path = g_build_filename (self->folder, "other.emend", NULL);

  emend_outcome_free (emend_test_decide (self->project, emend_test_decision (EMEND_DECISION_DONE, 2, 0)));
  g_clear_pointer (&self->project, emend_project_close);
  g_assert_cmpint (g_rename (self->path, path), ==, 0);
  g_free (g_steal_pointer (&self->path));
  self->path = g_steal_pointer (&path);
  emend_test_project_reopen (self, 0, "ann");
  info = emend_project_get_info (self->project, &error);
  g_assert_cmpstr (info->can_undo, ==, "item done");
}

static void
test_uri_name (EmendTestProject *self,
               gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (EmendProject) project = NULL;
  g_autofree char *here = g_get_current_dir ();
  g_autofree char *uri = g_strconcat ("file:", self->path, "?mode=ro", NULL);

  g_assert_null (emend_project_open (uri, 0, "ann", &error));
  g_assert_error (error, EMEND_STORE_ERROR, EMEND_STORE_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_clear_pointer (&self->project, emend_project_close);
  g_assert_cmpint (g_chdir (self->folder), ==, 0);
  g_assert_cmpint (g_rename (self->path, "file:x.emend"), ==, 0);
  project = emend_project_open ("file:x.emend", 0, "ann", &error);
  g_assert_no_error (error);
  g_assert_nonnull (project);
  g_assert_cmpint (g_chdir (here), ==, 0);
}

static void
test_link (EmendTestProject *self,
           gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (EmendProject) project = NULL;
  g_autoptr (EmendProjectInfo) info = NULL;
  g_autofree char *link = g_build_filename (self->folder, "link.emend", NULL);

  g_clear_pointer (&self->project, emend_project_close);
  g_assert_cmpint (symlink (self->path, link), ==, 0);
  project = emend_project_open (link, 0, "ann", &error);
  g_assert_no_error (error);
  info = emend_project_get_info (project, &error);
  g_assert_cmpstr (info->path, ==, self->path);
}

static void
test_create_exists (EmendTestProject *self,
                    gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (EmendSchema) schema = emend_test_schema ();
  g_autofree char *nowhere = g_build_filename (self->folder, "no", "where.emend", NULL);

  g_assert_null (emend_project_create (self->path, "Again", schema, "ann", &error));
  g_assert_error (error, EMEND_STORE_ERROR, EMEND_STORE_ERROR_EXISTS);
  g_clear_error (&error);
  g_assert_null (emend_project_create (nowhere, "Nowhere", schema, "ann", &error));
  g_assert_error (error, EMEND_STORE_ERROR, EMEND_STORE_ERROR_DISK);
  emend_test_assert_sound (self->project);
}

#define ADD(name, data, func) g_test_add ("/store/project/open/" name, EmendTestProject, data, set_up, func, tear_down)

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("missing", NULL, test_missing);
  ADD ("folder", NULL, test_folder);
  ADD ("text-file", NULL, test_text_file);
  ADD ("empty-file", NULL, test_empty_file);
  ADD ("foreign-database", NULL, test_foreign_database);
  for (gsize i = 0; i < G_N_ELEMENTS (tamperings); i++) {
    g_autofree char *path = g_strconcat ("/store/project/open/", tamperings[i].name, NULL);
    g_test_add (path, EmendTestProject, &tamperings[i], set_up, test_tampered, tear_down);
  }
  ADD ("newer-names-version", NULL, test_newer_names_version);
  ADD ("damaged-pages", NULL, test_damaged_pages);
  ADD ("truncated", NULL, test_truncated);
  ADD ("flag-read-only", NULL, test_flag_read_only);
  ADD ("second-instance", NULL, test_second_instance);
  ADD ("read-only-file", NULL, test_read_only_file);
  ADD ("read-only-folder", NULL, test_read_only_folder);
  ADD ("hot-journal", NULL, test_hot_journal);
  ADD ("moved", &moved, test_changed_under);
  ADD ("deleted", &deleted, test_changed_under);
  ADD ("replaced", &replaced, test_changed_under);
  ADD ("renamed-goes-on", NULL, test_renamed_goes_on);
  ADD ("uri-name", NULL, test_uri_name);
  ADD ("link", NULL, test_link);
  ADD ("create-exists", NULL, test_create_exists);
  return g_test_run ();
}
