#define G_LOG_DOMAIN "emend-test"

#include "config.h"

#include <string.h>
#include <time.h>

#include <glib/gstdio.h>

#include "emend-hash.h"
#include "emend-test-project.h"
#include "emend-test.h"

#define P(ordinal) EMEND_PROPOSAL_ID (1, ordinal)

static void
decide (EmendTestProject *self,
        EmendDecisionKind kind,
        gint64 item,
        EmendProposalId proposal)
{
  emend_outcome_free (emend_test_decide (self->project, emend_test_decision (kind, item, proposal)));
}

static void
set_up (EmendTestProject *self,
        gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  emend_test_project_set_up (self, "ann");
  emend_test_add_items (self->project, 8);
  emend_test_add_run (self->project, EMEND_RUN_PROPOSALS, 8, 3);
  emend_test_add_run (self->project, EMEND_RUN_REFERENCE, 8, 2);
  decide (self, EMEND_DECISION_ACCEPT, 1, P (0));
  decide (self, EMEND_DECISION_REJECT, 2, P (3));
  decide (self, EMEND_DECISION_DONE, 2, 0);
  g_assert_true (emend_project_set_reviewer (self->project, "ben", &error));
  decide (self, EMEND_DECISION_REJECT, 1, P (0));
  decide (self, EMEND_DECISION_ACCEPT, 5, P (13));
  emend_outcome_free (emend_project_undo (self->project, &error));
  g_assert_no_error (error);
  g_assert_true (emend_project_set_setting (self->project, "zoom", "2", &error));
}

static void
tear_down (EmendTestProject *self,
           gconstpointer data)
{
  emend_test_assert_sound (self->project);
  emend_test_project_tear_down (self);
}

/* Writes a snapshot and returns its path. */
static char *
snapshot (EmendTestProject *self,
          const char *name,
          const EmendSnapshotOptions *options)
{
  g_autoptr (GError) error = NULL;
  char *path = g_build_filename (self->folder, name, NULL);

  emend_project_snapshot (self->project, path, options, &error);
  g_assert_no_error (error);
  return path;
}

static char *
hash_of (const char *path)
{
  EmendDigest digest;
  guint64 size;

  g_assert_true (emend_digest_of_file (path, &digest, &size, NULL, NULL));
  return emend_digest_to_hex (&digest);
}

static void
assert_same_bytes (EmendTestProject *self,
                   const EmendSnapshotOptions *options)
{
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autofree char *hash = NULL;
  g_autofree char *hash_again = NULL;

  g_setenv ("TZ", "Asia/Tokyo", TRUE);
  tzset ();
  first = snapshot (self, "first.emend", options);
  emend_test_project_reopen (self, 0, "ben");
  g_setenv ("TZ", "America/Los_Angeles", TRUE);
  tzset ();
  second = snapshot (self, "second.emend", options);
  g_unsetenv ("TZ");
  tzset ();
  hash = hash_of (first);
  hash_again = hash_of (second);
  g_assert_cmpstr (hash, ==, hash_again);
}

static void
test_deterministic (EmendTestProject *self,
                    gconstpointer data)
{
  assert_same_bytes (self, &(EmendSnapshotOptions){ 0 });
}

static void
test_deterministic_choice (EmendTestProject *self,
                           gconstpointer data)
{
  const gint64 items[] = { 5, 1 };

  assert_same_bytes (self, &(EmendSnapshotOptions){ items, 2, FALSE });
}

static void
test_deterministic_blind (EmendTestProject *self,
                          gconstpointer data)
{
  assert_same_bytes (self, &(EmendSnapshotOptions){ .blind = TRUE });
}

static void
test_whole (EmendTestProject *self,
            gconstpointer data)
{
  g_autofree char *path = snapshot (self, "whole.emend", &(EmendSnapshotOptions){ 0 });
  g_autofree char *here = emend_test_dump (self->project);
  g_autofree char *there = NULL;
  g_autofree char *of_ann = NULL;
  g_autofree char *of_ann_there = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (EmendProject) copy = emend_project_open (path, 0, "ben", &error);
  g_autoptr (EmendProjectInfo) info = NULL;

  g_assert_no_error (error);
  there = emend_test_dump (copy);
  g_assert_cmpstr (here, ==, there);
  emend_test_assert_sound (copy);
  g_assert_null (emend_project_get_setting (copy, "zoom"));
  info = emend_project_get_info (copy, &error);
  g_assert_null (info->can_undo);
  g_assert_null (info->can_redo);
  g_assert_true (emend_project_set_reviewer (self->project, "ann", &error));
  g_assert_true (emend_project_set_reviewer (copy, "ann", &error));
  of_ann = emend_test_dump (self->project);
  of_ann_there = emend_test_dump (copy);
  g_assert_cmpstr (of_ann, ==, of_ann_there);
  emend_outcome_free (emend_test_decide (copy, emend_test_decision (EMEND_DECISION_ACCEPT, 8, P (21))));
  emend_test_assert_sound (copy);
}

static void
test_choice (EmendTestProject *self,
             gconstpointer data)
{
  const gint64 items[] = { 5, 1, 5, 999 };
  g_autofree char *path = snapshot (self, "choice.emend", &(EmendSnapshotOptions){ items, 4, FALSE });
  g_autoptr (GError) error = NULL;
  g_autoptr (EmendProject) copy = emend_project_open (path, 0, "ann", &error);
  g_autoptr (EmendProjectInfo) info = emend_project_get_info (copy, &error);
  g_autoptr (EmendItem) item = emend_project_find_item (copy, "images/0004.jpg", &error);
  g_autoptr (GPtrArray) runs = emend_project_list_runs (copy, &error);

  g_assert_no_error (error);
  g_assert_cmpint (info->n_items, ==, 2);
  g_assert_cmpint (info->n_proposals, ==, 6);
  g_assert_cmpint (info->n_accepted, ==, 1);
  g_assert_cmpint (info->n_items_done, ==, 0);
  g_assert_cmpint (item->position, ==, 1);
  g_assert_cmpint (item->id, ==, 5);
  g_assert_cmpint (((EmendRun *) g_ptr_array_index (runs, 0))->count, ==, 6);
  emend_test_assert_sound (copy);
  emend_outcome_free (emend_test_decide (copy, emend_test_decision (EMEND_DECISION_ACCEPT, 5, P (12))));
  emend_outcome_free (emend_project_undo (copy, &error));
  g_assert_no_error (error);
  emend_test_assert_sound (copy);
}

/* Nothing of what anybody decided, or of the truth, is in the bytes. */
static void
test_blind (EmendTestProject *self,
            gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;
  g_autofree char *bytes = NULL;
  g_autoptr (EmendProject) copy = NULL;
  g_autoptr (EmendProjectInfo) info = NULL;
  g_autoptr (GPtrArray) reference = NULL;
  EmendDecision *decision = emend_test_decision (EMEND_DECISION_ACCEPT, 3, P (6));
  gsize length;

  decision->sets = EMEND_DECISION_SETS_COMMENT;
  decision->comment = g_strdup ("a secret of ben");
  emend_outcome_free (emend_test_decide (self->project, decision));
  path = snapshot (self, "blind.emend", &(EmendSnapshotOptions){ .blind = TRUE });
  g_assert_true (g_file_get_contents (path, &bytes, &length, NULL));
  g_assert_null (memmem (bytes, length, "secret", 6));
  g_assert_null (memmem (bytes, length, "ben", 3));
  copy = emend_project_open (path, 0, "cleo", &error);
  g_assert_no_error (error);
  info = emend_project_get_info (copy, &error);
  g_assert_cmpint (info->n_items, ==, 8);
  g_assert_cmpint (info->n_undecided, ==, 24);
  g_assert_cmpint (info->n_items_waiting, ==, 8);
  g_assert_cmpint (info->n_events, ==, 0);
  reference = emend_project_load_reference (copy, 1, &error);
  g_assert_cmpuint (reference->len, ==, 0);
  emend_test_assert_sound (copy);
  emend_outcome_free (emend_test_decide (copy, emend_test_decision (EMEND_DECISION_ACCEPT, 3, P (6))));
  emend_test_assert_sound (copy);
}

static void
test_exists (EmendTestProject *self,
             gconstpointer data)
{
  g_autofree char *path = emend_test_write (self->folder, "there.emend", "mine");
  g_autofree char *nowhere = g_build_filename (self->folder, "no", "where.emend", NULL);
  g_autofree char *content = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_false (emend_project_snapshot (self->project, path, &(EmendSnapshotOptions){ 0 }, &error));
  g_assert_error (error, EMEND_STORE_ERROR, EMEND_STORE_ERROR_EXISTS);
  g_clear_error (&error);
  g_assert_false (emend_project_save_copy (self->project, path, &error));
  g_assert_error (error, EMEND_STORE_ERROR, EMEND_STORE_ERROR_EXISTS);
  g_clear_error (&error);
  g_assert_false (emend_project_save_copy (self->project, nowhere, &error));
  g_assert_error (error, EMEND_STORE_ERROR, EMEND_STORE_ERROR_DISK);
  g_assert_true (g_file_get_contents (path, &content, NULL, NULL));
  g_assert_cmpstr (content, ==, "mine");
}

static void
test_save_copy (EmendTestProject *self,
                gconstpointer data)
{
  g_autofree char *path = g_build_filename (self->folder, "copy.emend", NULL);
  g_autofree char *here = emend_test_dump (self->project);
  g_autofree char *there = NULL;
  g_autofree char *setting = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (EmendProject) copy = NULL;

  g_assert_true (emend_project_save_copy (self->project, path, &error));
  copy = emend_project_open (path, 0, "ben", &error);
  g_assert_no_error (error);
  there = emend_test_dump (copy);
  g_assert_cmpstr (here, ==, there);
  setting = emend_project_get_setting (copy, "zoom");
  g_assert_cmpstr (setting, ==, "2");
  g_assert_null (emend_project_undo (copy, NULL));
  emend_test_assert_sound (copy);
}

#define ADD(name, func) g_test_add ("/store/project/" name, EmendTestProject, NULL, set_up, func, tear_down)

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("snapshot/deterministic", test_deterministic);
  ADD ("snapshot/deterministic-choice", test_deterministic_choice);
  ADD ("snapshot/deterministic-blind", test_deterministic_blind);
  ADD ("snapshot/whole", test_whole);
  ADD ("snapshot/choice", test_choice);
  ADD ("snapshot/blind", test_blind);
  ADD ("snapshot/exists", test_exists);
  ADD ("save-copy/goes-on", test_save_copy);
  return g_test_run ();
}
