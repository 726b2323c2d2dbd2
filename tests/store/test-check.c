#define G_LOG_DOMAIN "emend-test"

#include "config.h"

#include <string.h>

#include "emend-test-project.h"
#include "emend-test.h"

#define P(ordinal) EMEND_PROPOSAL_ID (1, ordinal)

static void
set_up (EmendTestProject *self,
        gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  emend_test_project_set_up (self, "ann");
  emend_test_add_items (self->project, 5);
  emend_test_add_run (self->project, EMEND_RUN_PROPOSALS, 4, 3);
  for (int i = 0; i < 6; i++)
    emend_outcome_free (emend_test_decide (self->project,
                                           emend_test_decision (i % 2 ? EMEND_DECISION_REJECT : EMEND_DECISION_ACCEPT,
                                                                i / 3 + 1, P (i))));
  emend_outcome_free (emend_project_undo (self->project, &error));
  g_assert_no_error (error);
  emend_test_assert_sound (self->project);
}

static void
tear_down (EmendTestProject *self,
           gconstpointer data)
{
  emend_test_project_tear_down (self);
}

/* What somebody alters, whether it is noticed only when the state is made again, and a word of what is said. */
typedef struct {
  const char *name;
  const char *sql;
  gboolean only_rebuild;
  const char *word;
} Tampering;

static const Tampering tamperings[] = {
  { "event-body", "UPDATE event SET body = replace (body, 'rejected', 'accepted') WHERE id = (1 << 40) + 6", FALSE,
    "Event 6 of ann was altered" },
  { "event-missing", "DELETE FROM event WHERE id = (1 << 40) + 6", FALSE, "Event 6 of ann is missing" },
  { "event-action", "UPDATE event SET action = 'exported' WHERE id = (1 << 40) + 6", FALSE, "Event 6 of ann" },
  { "event-time", "UPDATE event SET at = at + 1 WHERE id = (1 << 40) + 6", FALSE, "Event 6 of ann" },
  { "event-of-nobody", "INSERT INTO event SELECT id + (7 << 40), hash, at, action, body FROM event LIMIT 1", FALSE,
    "1 event belongs to no journal" },
  { "event-count", "UPDATE total SET n_events = n_events + 1", FALSE, "the project counts" },
  { "proposal-score", "UPDATE proposal SET score = 0.99 WHERE id = (1 << 32) + 7", FALSE, "detector" },
  { "proposal-label", "UPDATE proposal SET label = 3 - label WHERE id = (1 << 32) + 7", FALSE, "detector" },
  { "proposal-box", "UPDATE proposal SET x = x + 1e-9 WHERE id = (1 << 32) + 7", FALSE, "detector" },
  { "proposal-missing", "DELETE FROM proposal WHERE id = (1 << 32) + 11", FALSE, "detector" },
  { "proposal-of-other-item", "UPDATE proposal SET item = 5 WHERE id = (1 << 32) + 7", FALSE, "detector" },
  { "run-count", "UPDATE run SET count = 11", FALSE, "detector" },
  { "run-and-proposal",
    "DELETE FROM proposal; UPDATE run SET count = 0, sha256 = "
    "x'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'",
    FALSE,
    "detector" },
  { "item-hash", "UPDATE item SET sha256 = randomblob (32) WHERE id = 2", FALSE, "5 items" },
  { "schema-label", "UPDATE schema_version SET json = replace (json, 'cat', 'cow')", FALSE, "Version 1 of the schema" },
  { "item-place", "UPDATE item SET position = 17 WHERE id = 5", FALSE, "gaps" },
  { "annotation-verdict", "UPDATE annotation SET verdict = 3 WHERE proposal = (1 << 32) + 0", TRUE,
    "says something else" },
  { "annotation-box", "UPDATE annotation SET x = x + 1 WHERE proposal = (1 << 32) + 0", TRUE, "images/0000.jpg, ann" },
  { "annotation-missing", "DELETE FROM annotation WHERE proposal = (1 << 32) + 0", TRUE, "is missing" },
  { "annotation-extra",
    "INSERT INTO annotation SELECT item, stream, 0, randomblob (16), 4, page, label, kind, x, y, w, h, shape, "
    "attributes, comment, ms, decided, value FROM annotation LIMIT 1",
    TRUE, "does not follow" },
  { "reading-state", "UPDATE reading SET state = 2", TRUE, "“reading”" },
  { "undo-step", "UPDATE undo SET seq = seq - 1 WHERE depth = 3", TRUE, "“undo”" },
  { "event-item", "DELETE FROM event_item WHERE item = 1", TRUE, "“event_item”" },
  { "item-counter", "UPDATE item SET n_accepted = 9 WHERE id = 1", TRUE, "The counters of “images/0000.jpg”" },
  { "item-doubt", "UPDATE item SET doubt = 0 WHERE id = 4", TRUE, "The counters of “images/0003.jpg”" },
  { "total-counter", "UPDATE total SET n_accepted = 9", TRUE, "counters of the project" },
};

static gboolean
is_said (EmendCheck *check,
         const char *word)
{
  for (guint i = 0; i < check->problems->len; i++) {
    g_test_message ("%s", (const char *) g_ptr_array_index (check->problems, i));
    if (strstr (g_ptr_array_index (check->problems, i), word) != NULL)
      return TRUE;
  }
  return FALSE;
}

static void
test_tampered (EmendTestProject *self,
               gconstpointer data)
{
  const Tampering *tampering = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (EmendCheck) plain = NULL;
  g_autoptr (EmendCheck) rebuilt = NULL;

  g_clear_pointer (&self->project, emend_project_close);
  emend_test_sql (self->path, tampering->sql);
  emend_test_project_reopen (self, EMEND_PROJECT_READ_ONLY, "ann");
  plain = emend_project_check (self->project, FALSE, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_false (plain->rebuilt);
  g_assert_cmpint (is_said (plain, tampering->word), ==, !tampering->only_rebuild);
  rebuilt = emend_project_check (self->project, TRUE, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (rebuilt->rebuilt);
  g_assert_true (is_said (rebuilt, tampering->word));
}

/* Without the names of files: they may change in a project, and media are known by their hash. */
static char *
remove_paths (const char *dump)
{
  g_autoptr (GRegex) regex = g_regex_new ("^(?![ 0-9]).*? (?=[0-9]+/[0-9]+/)", G_REGEX_MULTILINE | G_REGEX_RAW, 0,
                                          NULL);

  return g_regex_replace_literal (regex, dump, -1, 0, "PATH ", 0, NULL);
}

/* Single bits that flip, as they do on worn disks: what can be seen is either as it was, or the damage is said. */
static void
test_flipped_bits (EmendTestProject *self,
                   gconstpointer data)
{
  g_autofree char *before = emend_test_dump (self->project);
  g_autofree char *content = NULL;
  gsize length;
  int n_said = 0;

  g_clear_pointer (&self->project, emend_project_close);
  g_assert_true (g_file_get_contents (self->path, &content, &length, NULL));
  for (int i = 0; i < 150; i++) {
    g_autofree char *flipped = g_memdup2 (content, length);
    g_autoptr (EmendProject) project = NULL;
    g_autoptr (EmendCheck) check = NULL;
    gsize place = (gsize) g_test_rand_double_range (0, (double) length);
    int bit = g_test_rand_int_range (0, 8);

    flipped[place] = (char) (flipped[place] ^ (1 << bit));
    g_assert_true (g_file_set_contents (self->path, flipped, (gssize) length, NULL));
    project = emend_project_open (self->path, EMEND_PROJECT_READ_ONLY, "ann", NULL);
    check = project != NULL ? emend_project_check (project, TRUE, NULL, NULL, NULL, NULL) : NULL;
    if (check == NULL || check->problems->len > 0)
      n_said++;
    else {
      g_autofree char *after = emend_test_dump (project);
      g_autofree char *same_names = remove_paths (after);
      g_autofree char *names = remove_paths (before);

      g_test_message ("byte %d, bit %d", (int) place, bit);
      g_assert_cmpstr (names, ==, same_names);
    }
  }
  g_test_message ("%d of 150 flips were noticed; the others changed nothing that is shown", n_said);
  g_assert_cmpint (n_said, >, 0);
}

static void
count_cb (guint64 done,
          guint64 total,
          gpointer data)
{
  g_assert_cmpuint (done, <=, total);
  ++*(int *) data;
}

static void
test_facts (EmendTestProject *self,
            gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  int n_calls = 0;
  g_autoptr (EmendCheck) check = emend_project_check (self->project, TRUE, NULL, count_cb, &n_calls, &error);

  g_assert_no_error (error);
  g_assert_cmpint (check->n_streams, ==, 1);
  g_assert_cmpint (check->n_events, ==, 11);
  g_assert_cmpint (check->n_annotations, ==, 5);
  g_assert_cmpint (n_calls, >, 0);
}

static void
test_cancelled (EmendTestProject *self,
                gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();

  g_cancellable_cancel (cancellable);
  g_assert_null (emend_project_check (self->project, TRUE, cancellable, NULL, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (tamperings); i++) {
    g_autofree char *path = g_strconcat ("/store/project/check/", tamperings[i].name, NULL);
    g_test_add (path, EmendTestProject, &tamperings[i], set_up, test_tampered, tear_down);
  }
  g_test_add ("/store/project/check/flipped-bits", EmendTestProject, NULL, set_up, test_flipped_bits, tear_down);
  g_test_add ("/store/project/check/facts", EmendTestProject, NULL, set_up, test_facts, tear_down);
  g_test_add ("/store/project/check/cancelled", EmendTestProject, NULL, set_up, test_cancelled, tear_down);
  return g_test_run ();
}
