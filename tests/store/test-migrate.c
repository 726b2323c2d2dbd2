#define G_LOG_DOMAIN "emend-test"

#include "config.h"

#include "emend-project-private.h"
#include "emend-test-project.h"
#include "emend-test.h"

/* Two versions that may come one day; the first step is for an older file than the fixture's. */
static const EmendMigration steps[] = {
  { 2, "CREATE TABLE note (item INTEGER PRIMARY KEY, text TEXT) STRICT; INSERT INTO note SELECT id, path FROM item" },
  { 3, "CREATE INDEX note_text ON note (text)" },
  { 0, NULL },
};

static const EmendMigration broken[] = {
  { 2, "CREATE TABLE note (item INTEGER PRIMARY KEY, text TEXT) STRICT; INSERT INTO nowhere VALUES (1)" },
  { 0, NULL },
};

static void
set_up (EmendTestProject *self,
        gconstpointer data)
{
  emend_test_project_set_up (self, "ann");
  emend_test_add_items (self->project, 5);
  emend_test_add_run (self->project, EMEND_RUN_PROPOSALS, 5, 3);
  emend_outcome_free (emend_test_decide (self->project,
                                         emend_test_decision (EMEND_DECISION_ACCEPT, 1, EMEND_PROPOSAL_ID (1, 0))));
}

static void
tear_down (EmendTestProject *self,
           gconstpointer data)
{
  emend_test_project_tear_down (self);
}

static void
assert_answer (const char *path,
               const char *sql,
               const char *expected)
{
  const char *const argv[] = { "sqlite3", path, sql, NULL };
  g_autofree char *output = emend_test_run (argv, 0);

  g_assert_cmpstr (g_strchomp (output), ==, expected);
}

static void
test_steps (EmendTestProject *self,
            gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *before = emend_test_dump (self->project);
  g_autofree char *kept = g_strconcat (self->path, ".version-2", NULL);
  g_autofree char *after = NULL;
  g_autoptr (EmendProject) old = NULL;

  g_clear_pointer (&self->project, emend_project_close);
  g_assert_true (emend_project_migrate (self->path, steps, 4, &error));
  g_assert_no_error (error);
  assert_answer (self->path, "PRAGMA user_version", "4");
  assert_answer (self->path, "SELECT count (*), max (text) FROM note", "5|images/0004.jpg");
  assert_answer (self->path, "SELECT count (*) FROM annotation", "1");
  g_assert_null (emend_project_open (self->path, 0, "ann", &error));
  g_assert_error (error, EMEND_STORE_ERROR, EMEND_STORE_ERROR_NEWER);
  g_clear_error (&error);
  old = emend_project_open (kept, 0, "ann", &error);
  g_assert_no_error (error);
  after = emend_test_dump (old);
  g_assert_cmpstr (before, ==, after);
}

/* Whatever fails, the file is as it was. */
static void
assert_unchanged (EmendTestProject *self,
                  const EmendMigration *used,
                  int target,
                  EmendStoreError code)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *before = emend_test_dump (self->project);
  g_autofree char *after = NULL;

  g_clear_pointer (&self->project, emend_project_close);
  g_assert_false (emend_project_migrate (self->path, used, target, &error));
  g_assert_error (error, EMEND_STORE_ERROR, (int) code);
  emend_test_project_reopen (self, 0, "ann");
  after = emend_test_dump (self->project);
  g_assert_cmpstr (before, ==, after);
  emend_test_assert_sound (self->project);
}

static void
test_broken_step (EmendTestProject *self,
                  gconstpointer data)
{
  assert_unchanged (self, broken, 3, EMEND_STORE_ERROR_DAMAGED);
}

static void
test_no_way (EmendTestProject *self,
             gconstpointer data)
{
  assert_unchanged (self, steps, 5, EMEND_STORE_ERROR_DAMAGED);
}

static void
test_kept_exists (EmendTestProject *self,
                  gconstpointer data)
{
  g_autofree char *kept = emend_test_write (self->folder, "test.emend.version-2", "mine");
  g_autofree char *content = NULL;

  assert_unchanged (self, steps, 4, EMEND_STORE_ERROR_EXISTS);
  g_assert_true (g_file_get_contents (kept, &content, NULL, NULL));
  g_assert_cmpstr (content, ==, "mine");
}

/* The steps of the program end at the version of the program, one after another. */
static void
test_list (void)
{
  int version = EMEND_PROJECT_VERSION;
  const EmendMigration *step = emend_project_migrations ();

  if (step->from != 0)
    version = step->from;
  for (; step->from != 0; step++)
    g_assert_cmpint (step->from, ==, version++);
  g_assert_cmpint (version, ==, EMEND_PROJECT_VERSION);
}

/* A file that the program of version 1 wrote opens, says the same as before, and takes decisions. */
static void
test_from_version_1 (void)
{
  g_autofree char *folder = emend_test_make_folder ();
  g_autofree char *path = g_build_filename (folder, "old.emend", NULL);
  g_autofree char *kept = g_strconcat (path, ".version-1", NULL);
  g_autofree char *source = g_test_build_filename (G_TEST_DIST, "store", "files", "version-1.sql", NULL);
  g_autofree char *script = g_strdup_printf (".read %s", source);
  g_autoptr (GError) error = NULL;
  EmendProject *project;
  g_autoptr (EmendItemContent) content = NULL;

  emend_test_sql (path, script);
  project = emend_project_open (path, 0, "Ann", &error);
  g_assert_no_error (error);
  content = emend_project_load_content (project, 1, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (content->marks->len, ==, 2);
  g_assert_cmpint (emend_mark_get_verdict (g_ptr_array_index (content->marks, 0)), ==, EMEND_VERDICT_ACCEPTED);
  g_assert_cmpint (emend_mark_get_verdict (g_ptr_array_index (content->marks, 1)), ==, EMEND_VERDICT_CORRECTED);
  emend_outcome_free (
    emend_test_decide (project, emend_test_decision (EMEND_DECISION_ACCEPT, 2, EMEND_PROPOSAL_ID (1, 2))));
  emend_test_assert_sound (project);
  emend_project_close (project);
  assert_answer (path, "PRAGMA user_version", "2");
  assert_answer (kept, "PRAGMA user_version", "1");
  emend_test_remove_folder (folder);
}

#define ADD(name, func) g_test_add ("/store/project/migrate/" name, EmendTestProject, NULL, set_up, func, tear_down)

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("steps", test_steps);
  ADD ("broken-step", test_broken_step);
  ADD ("no-way", test_no_way);
  ADD ("kept-exists", test_kept_exists);
  g_test_add_func ("/store/project/migrate/from-version-1", test_from_version_1);
  g_test_add_func ("/store/project/migrate/list", test_list);
  return g_test_run ();
}
