#define G_LOG_DOMAIN "emend-test"

#include "config.h"

#include <locale.h>
#include <math.h>
#include <string.h>

#include "emend-test-project.h"
#include "emend-test.h"

#define P(ordinal) EMEND_PROPOSAL_ID (1, ordinal)

static void
set_up (EmendTestProject *self,
        gconstpointer data)
{
  emend_test_project_set_up (self, "ann");
  emend_test_add_items (self->project, 5);
  emend_test_add_run (self->project, EMEND_RUN_PROPOSALS, 4, 3);
}

static void
tear_down (EmendTestProject *self,
           gconstpointer data)
{
  emend_test_assert_sound (self->project);
  emend_test_project_tear_down (self);
}

static EmendAnnotation *
after_of (EmendOutcome *outcome)
{
  const EmendChange *change = g_ptr_array_index (outcome->changes, 0);

  return change->after;
}

static EmendItem *
item_of (EmendOutcome *outcome)
{
  return g_ptr_array_index (outcome->items, 0);
}

static void
undo (EmendTestProject *self)
{
  g_autoptr (GError) error = NULL;

  emend_outcome_free (emend_project_undo (self->project, &error));
  g_assert_no_error (error);
}

static void
redo (EmendTestProject *self)
{
  g_autoptr (GError) error = NULL;

  emend_outcome_free (emend_project_redo (self->project, &error));
  g_assert_no_error (error);
}

/* Demands that it is refused, that the message names the image, and that nothing changed. */
static void
assert_refused (EmendTestProject *self,
                EmendDecision *taken)
{
  g_autoptr (EmendDecision) decision = taken;
  const EmendDecision *const decisions[] = { decision };
  g_autoptr (GError) error = NULL;
  g_autofree char *before = emend_test_dump (self->project);
  g_autofree char *after = NULL;

  g_assert_null (emend_project_decide (self->project, decisions, 1, &error));
  g_assert_error (error, EMEND_STORE_ERROR, EMEND_STORE_ERROR_REFUSED);
  after = emend_test_dump (self->project);
  g_assert_cmpstr (before, ==, after);
}

static void
test_accept (EmendTestProject *self,
             gconstpointer data)
{
  g_autoptr (EmendOutcome) outcome = emend_test_decide (self->project,
                                                        emend_test_decision (EMEND_DECISION_ACCEPT, 1, P (0)));
  const EmendChange *change = g_ptr_array_index (outcome->changes, 0);
  const EmendItem *item = item_of (outcome);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  g_assert_null (change->before);
  g_assert_cmpint (change->after->verdict, ==, EMEND_VERDICT_ACCEPTED);
  g_assert_cmpint (change->after->ms, ==, 100);
  g_assert_cmpint (item->n_accepted, ==, 1);
  g_assert_cmpint (item->n_undecided, ==, 2);
  g_assert_cmpint (item->reading, ==, EMEND_READING_OPEN);
  g_assert_cmpstr (outcome->info->can_undo, ==, "accept");
  g_assert_cmpint (outcome->info->n_undecided, ==, 11);
  before = emend_test_dump (self->project);
  emend_test_project_reopen (self, 0, "ann");
  after = emend_test_dump (self->project);
  g_assert_cmpstr (before, ==, after);
}

static void
test_reject_keeps_values (EmendTestProject *self,
                          gconstpointer data)
{
  g_autoptr (EmendOutcome) first = NULL;
  g_autoptr (EmendOutcome) outcome = NULL;
  EmendDecision *relabel = emend_test_decision (EMEND_DECISION_CORRECT, 1, P (0));

  relabel->sets = EMEND_DECISION_SETS_LABEL;
  relabel->label = 2;
  first = emend_test_decide (self->project, relabel);
  g_assert_cmpint (after_of (first)->verdict, ==, EMEND_VERDICT_CORRECTED);
  outcome = emend_test_decide (self->project, emend_test_decision (EMEND_DECISION_REJECT, 1, P (0)));
  g_assert_cmpint (after_of (outcome)->verdict, ==, EMEND_VERDICT_REJECTED);
  g_assert_cmpint (after_of (outcome)->label, ==, 1);
  g_assert_cmpint (after_of (outcome)->ms, ==, 200);
  g_assert_true (emend_uuid_equal (&after_of (outcome)->uuid, &after_of (first)->uuid));
}

static void
test_correct_without_change (EmendTestProject *self,
                             gconstpointer data)
{
  g_autoptr (EmendProposal) proposal = emend_project_find_proposal (self->project, P (0), NULL);
  g_autoptr (EmendOutcome) outcome = NULL;
  EmendDecision *decision = emend_test_decision (EMEND_DECISION_CORRECT, 1, P (0));

  decision->sets = EMEND_DECISION_SETS_LABEL | EMEND_DECISION_SETS_SHAPE | EMEND_DECISION_SETS_COMMENT;
  decision->label = proposal->label;
  decision->comment = g_strdup ("sure");
  emend_shape_copy (&proposal->shape, &decision->shape);
  outcome = emend_test_decide (self->project, decision);
  g_assert_cmpint (after_of (outcome)->verdict, ==, EMEND_VERDICT_ACCEPTED);
  g_assert_cmpstr (after_of (outcome)->comment, ==, "sure");
}

static void
test_add_correct_clear (EmendTestProject *self,
                        gconstpointer data)
{
  g_autoptr (EmendOutcome) outcome = NULL;
  EmendDecision *decision = emend_test_decision (EMEND_DECISION_ADD, 5, 0);
  EmendUuid uuid;

  emend_uuid_init_v7 (&uuid);
  decision->annotation = uuid;
  decision->label = 2;
  emend_shape_init_box (&decision->shape, &(EmendRect){ -3, 1e5, 0.25, 7 });
  outcome = emend_test_decide (self->project, decision);
  g_assert_cmpint (after_of (outcome)->verdict, ==, EMEND_VERDICT_ADDED);
  g_assert_true (emend_uuid_equal (&after_of (outcome)->uuid, &uuid));
  g_assert_cmpfloat (after_of (outcome)->shape.box.x, ==, -3);
  g_clear_pointer (&outcome, emend_outcome_free);
  decision = emend_test_decision (EMEND_DECISION_CORRECT, 5, 0);
  decision->annotation = uuid;
  decision->sets = EMEND_DECISION_SETS_LABEL;
  decision->label = 1;
  outcome = emend_test_decide (self->project, decision);
  g_assert_cmpint (after_of (outcome)->verdict, ==, EMEND_VERDICT_ADDED);
  g_assert_cmpint (after_of (outcome)->label, ==, 1);
  g_assert_cmpint (item_of (outcome)->n_added, ==, 1);
  g_clear_pointer (&outcome, emend_outcome_free);
  decision = emend_test_decision (EMEND_DECISION_CLEAR, 5, 0);
  decision->annotation = uuid;
  outcome = emend_test_decide (self->project, decision);
  g_assert_null (after_of (outcome));
  g_assert_cmpint (item_of (outcome)->n_added, ==, 0);
}

static void
test_reject_added (EmendTestProject *self,
                   gconstpointer data)
{
  g_autoptr (EmendOutcome) outcome = NULL;
  EmendDecision *decision = emend_test_decision (EMEND_DECISION_ADD, 5, 0);
  EmendUuid uuid;

  decision->label = 2;
  emend_shape_init_box (&decision->shape, &(EmendRect){ 1, 1, 2, 2 });
  outcome = emend_test_decide (self->project, decision);
  uuid = after_of (outcome)->uuid;
  g_clear_pointer (&outcome, emend_outcome_free);
  decision = emend_test_decision (EMEND_DECISION_REJECT, 5, 0);
  decision->annotation = uuid;
  outcome = emend_test_decide (self->project, decision);
  g_assert_null (after_of (outcome));
}

static void
test_done_stays_done (EmendTestProject *self,
                      gconstpointer data)
{
  g_autoptr (EmendOutcome) outcome = emend_test_decide (self->project, emend_test_decision (EMEND_DECISION_DONE, 1, 0));

  g_assert_cmpint (outcome->changes->len, ==, 0);
  g_assert_cmpint (item_of (outcome)->reading, ==, EMEND_READING_DONE);
  g_assert_cmpint (outcome->info->n_items_done, ==, 1);
  g_assert_cmpint (outcome->info->n_items_waiting, ==, 4);
  g_clear_pointer (&outcome, emend_outcome_free);
  outcome = emend_test_decide (self->project, emend_test_decision (EMEND_DECISION_REJECT, 1, P (1)));
  g_assert_cmpint (item_of (outcome)->reading, ==, EMEND_READING_DONE);
  g_clear_pointer (&outcome, emend_outcome_free);
  outcome = emend_test_decide (self->project, emend_test_decision (EMEND_DECISION_REOPEN, 1, 0));
  g_assert_cmpint (item_of (outcome)->reading, ==, EMEND_READING_OPEN);
  g_assert_cmpint (outcome->info->n_items_waiting, ==, 5);
}

static void
test_item_decision (EmendTestProject *self,
                    gconstpointer data)
{
  g_autoptr (EmendOutcome) outcome = NULL;
  EmendDecision *decision = emend_test_decision (EMEND_DECISION_ITEM, 5, 0);

  decision->text = g_strdup ("blurred");
  outcome = emend_test_decide (self->project, decision);
  g_assert_cmpstr (item_of (outcome)->decision, ==, "blurred");
  g_clear_pointer (&outcome, emend_outcome_free);
  outcome = emend_test_decide (self->project, emend_test_decision (EMEND_DECISION_ITEM, 5, 0));
  g_assert_null (item_of (outcome)->decision);
  decision = emend_test_decision (EMEND_DECISION_ITEM, 5, 0);
  decision->text = g_strdup ("nonsense");
  assert_refused (self, decision);
}

static EmendDecision *
add_box (double width,
         int label,
         int page)
{
  EmendDecision *decision = emend_test_decision (EMEND_DECISION_ADD, 1, 0);

  decision->label = label;
  decision->page = page;
  emend_shape_init_box (&decision->shape, &(EmendRect){ 1, 1, width, 2 });
  return decision;
}

static void
test_refused (EmendTestProject *self,
              gconstpointer data)
{
  EmendDecision *decision;

  assert_refused (self, emend_test_decision (EMEND_DECISION_ACCEPT, 99, P (0)));
  assert_refused (self, emend_test_decision (EMEND_DECISION_ACCEPT, 2, P (0)));
  assert_refused (self, emend_test_decision (EMEND_DECISION_ACCEPT, 1, P (999)));
  assert_refused (self, emend_test_decision (EMEND_DECISION_ACCEPT, 1, 0));
  assert_refused (self, emend_test_decision (EMEND_DECISION_CORRECT, 1, 0));
  assert_refused (self, emend_test_decision (EMEND_DECISION_REJECT, 1, 0));
  assert_refused (self, emend_test_decision (EMEND_DECISION_CLEAR, 1, P (0)));
  assert_refused (self, emend_test_decision (EMEND_DECISION_REOPEN, 1, 0));
  assert_refused (self, emend_test_decision ((EmendDecisionKind) 77, 1, 0));
  assert_refused (self, add_box (0, 1, 0));
  assert_refused (self, add_box (NAN, 1, 0));
  assert_refused (self, add_box (INFINITY, 1, 0));
  assert_refused (self, add_box (2, 9, 0));
  assert_refused (self, add_box (2, 1, 1));
  assert_refused (self, add_box (2, 1, -1));
  decision = emend_test_decision (EMEND_DECISION_CORRECT, 1, P (0));
  decision->sets = EMEND_DECISION_SETS_ATTRIBUTES;
  decision->attributes = g_strdup ("[1]");
  assert_refused (self, decision);
}

static void
test_all_or_nothing (EmendTestProject *self,
                     gconstpointer data)
{
  g_autoptr (EmendDecision) good = emend_test_decision (EMEND_DECISION_ACCEPT, 1, P (0));
  g_autoptr (EmendDecision) bad = emend_test_decision (EMEND_DECISION_ACCEPT, 1, P (999));
  const EmendDecision *const decisions[] = { good, bad };
  g_autofree char *before = emend_test_dump (self->project);
  g_autofree char *after = NULL;

  g_assert_null (emend_project_decide (self->project, decisions, 2, NULL));
  after = emend_test_dump (self->project);
  g_assert_cmpstr (before, ==, after);
}

static void
test_bulk_is_one_step (EmendTestProject *self,
                       gconstpointer data)
{
  g_autoptr (EmendDecision) first = emend_test_decision (EMEND_DECISION_ACCEPT, 1, P (0));
  g_autoptr (EmendDecision) second = emend_test_decision (EMEND_DECISION_REJECT, 2, P (3));
  g_autoptr (EmendDecision) again = emend_test_decision (EMEND_DECISION_CLEAR, 1, P (0));
  g_autoptr (EmendDecision) done = emend_test_decision (EMEND_DECISION_DONE, 1, 0);
  const EmendDecision *const decisions[] = { first, second, again, done };
  g_autoptr (GError) error = NULL;
  g_autofree char *before = emend_test_dump (self->project);
  g_autofree char *decided = NULL;
  g_autofree char *undone = NULL;
  g_autofree char *redone = NULL;
  g_autoptr (EmendOutcome) outcome = emend_project_decide (self->project, decisions, 4, &error);

  g_assert_no_error (error);
  g_assert_cmpint (outcome->changes->len, ==, 3);
  g_assert_cmpint (outcome->items->len, ==, 2);
  g_assert_cmpstr (outcome->summary, ==, "4 decisions");
  decided = emend_test_dump (self->project);
  undo (self);
  undone = emend_test_dump (self->project);
  g_assert_cmpstr (undone, ==, before);
  redo (self);
  redone = emend_test_dump (self->project);
  g_assert_cmpstr (redone, ==, decided);
}

/* Decisions of all kinds; each is undone and done again over several openings, and every state comes back. */
static void
test_undo_reopened (EmendTestProject *self,
                    gconstpointer data)
{
  g_autoptr (GPtrArray) states = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;
  EmendDecision *correct = emend_test_decision (EMEND_DECISION_CORRECT, 2, P (4));
  EmendDecision *add = emend_test_decision (EMEND_DECISION_ADD, 5, 0);
  EmendDecision *steps[6];

  correct->sets = EMEND_DECISION_SETS_LABEL | EMEND_DECISION_SETS_SHAPE;
  correct->label = 1;
  emend_shape_init_rotated_box (&correct->shape, (EmendPoint){ 100.1, 50.2 }, 30.3, 20.7, 33.3);
  add->label = 2;
  emend_shape_init_points (&add->shape, EMEND_SHAPE_POLYGON,
                           (const EmendPoint[]){ { 0.1, 0.2 }, { 5.5, 0.1 }, { 3.3, 9.9 } }, &(const guint32){ 3 }, 1);
  steps[0] = emend_test_decision (EMEND_DECISION_ACCEPT, 1, P (0));
  steps[1] = correct;
  steps[2] = add;
  steps[3] = emend_test_decision (EMEND_DECISION_DONE, 2, 0);
  steps[4] = emend_test_decision (EMEND_DECISION_CLEAR, 2, P (4));
  steps[5] = emend_test_decision (EMEND_DECISION_REJECT, 1, P (0));
  g_ptr_array_add (states, emend_test_dump (self->project));
  for (int i = 0; i < 6; i++) {
    emend_outcome_free (emend_test_decide (self->project, steps[i]));
    g_ptr_array_add (states, emend_test_dump (self->project));
  }
  for (int i = 5; i >= 0; i--) {
    g_autofree char *state = NULL;

    emend_test_project_reopen (self, 0, "ann");
    undo (self);
    state = emend_test_dump (self->project);
    g_assert_cmpstr (state, ==, g_ptr_array_index (states, i));
  }
  g_assert_null (emend_project_undo (self->project, &error));
  g_assert_error (error, EMEND_STORE_ERROR, EMEND_STORE_ERROR_REFUSED);
  for (int i = 1; i <= 6; i++) {
    g_autofree char *state = NULL;

    emend_test_project_reopen (self, 0, "ann");
    emend_test_assert_sound (self->project);
    redo (self);
    state = emend_test_dump (self->project);
    g_assert_cmpstr (state, ==, g_ptr_array_index (states, i));
  }
  g_assert_null (emend_project_redo (self->project, NULL));
}

static void
test_decision_empties_redo (EmendTestProject *self,
                            gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (EmendOutcome) outcome = NULL;

  emend_outcome_free (emend_test_decide (self->project, emend_test_decision (EMEND_DECISION_ACCEPT, 1, P (0))));
  undo (self);
  outcome = emend_test_decide (self->project, emend_test_decision (EMEND_DECISION_ACCEPT, 1, P (1)));
  g_assert_null (outcome->info->can_redo);
  g_assert_null (emend_project_redo (self->project, &error));
  g_assert_error (error, EMEND_STORE_ERROR, EMEND_STORE_ERROR_REFUSED);
}

static void
test_reviewers (EmendTestProject *self,
                gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *fresh = emend_test_dump (self->project);
  g_autofree char *of_ann = NULL;
  g_autofree char *of_ben = NULL;
  g_autofree char *ben_first = NULL;
  g_autofree char *again = NULL;
  g_autofree char *ben_again = NULL;
  g_autoptr (EmendProjectInfo) info = NULL;

  emend_outcome_free (emend_test_decide (self->project, emend_test_decision (EMEND_DECISION_ACCEPT, 1, P (0))));
  emend_outcome_free (emend_test_decide (self->project, emend_test_decision (EMEND_DECISION_DONE, 3, 0)));
  of_ann = emend_test_dump (self->project);
  g_assert_true (emend_project_set_reviewer (self->project, "ben", &error));
  ben_first = emend_test_dump (self->project);
  g_assert_cmpstr (ben_first, ==, fresh);
  info = emend_project_get_info (self->project, &error);
  g_assert_null (info->can_undo);
  emend_outcome_free (emend_test_decide (self->project, emend_test_decision (EMEND_DECISION_REJECT, 1, P (0))));
  of_ben = emend_test_dump (self->project);
  emend_test_assert_sound (self->project);
  emend_test_project_reopen (self, 0, "ann");
  again = emend_test_dump (self->project);
  g_assert_cmpstr (again, ==, of_ann);
  emend_test_assert_sound (self->project);
  emend_test_project_reopen (self, 0, "ben");
  ben_again = emend_test_dump (self->project);
  g_assert_cmpstr (ben_again, ==, of_ben);
}

static void
test_no_reviewer (EmendTestProject *self,
                  gconstpointer data)
{
  g_autoptr (EmendDecision) decision = emend_test_decision (EMEND_DECISION_ACCEPT, 1, P (0));
  const EmendDecision *const decisions[] = { decision };
  g_autoptr (GError) error = NULL;
  g_autoptr (EmendProjectInfo) info = NULL;

  emend_test_project_reopen (self, 0, NULL);
  g_assert_null (emend_project_decide (self->project, decisions, 1, &error));
  g_assert_error (error, EMEND_STORE_ERROR, EMEND_STORE_ERROR_NO_REVIEWER);
  g_clear_error (&error);
  g_assert_null (emend_project_undo (self->project, &error));
  g_assert_error (error, EMEND_STORE_ERROR, EMEND_STORE_ERROR_NO_REVIEWER);
  g_clear_error (&error);
  g_assert_true (emend_project_record (self->project, "exported", "{\"file\": \"a.json\"}", &error));
  g_assert_no_error (error);
  info = emend_project_get_info (self->project, &error);
  g_assert_null (info->reviewer);
}

static void
test_final (EmendTestProject *self,
            gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (EmendItemContent) nobody = emend_project_load_final (self->project, 1, NULL, &error);
  g_autoptr (EmendItemContent) first = NULL;
  g_autoptr (EmendItemContent) second = NULL;
  g_autofree char *reviewer = NULL;

  g_assert_cmpint (nobody->item->n_undecided, ==, 3);
  emend_outcome_free (emend_test_decide (self->project, emend_test_decision (EMEND_DECISION_ACCEPT, 1, P (0))));
  emend_outcome_free (emend_test_decide (self->project, emend_test_decision (EMEND_DECISION_DONE, 1, 0)));
  g_assert_true (emend_project_set_reviewer (self->project, "ben", &error));
  g_usleep (2000);
  emend_outcome_free (emend_test_decide (self->project, emend_test_decision (EMEND_DECISION_REJECT, 1, P (0))));
  first = emend_project_load_final (self->project, 1, &reviewer, &error);
  g_assert_cmpstr (reviewer, ==, "ann");
  g_assert_cmpint (first->item->n_accepted, ==, 1);
  g_assert_cmpint (first->item->n_rejected, ==, 0);
  g_assert_cmpint (first->item->reading, ==, EMEND_READING_DONE);
  g_clear_pointer (&reviewer, g_free);
  g_usleep (2000);
  emend_outcome_free (emend_test_decide (self->project, emend_test_decision (EMEND_DECISION_DONE, 1, 0)));
  second = emend_project_load_final (self->project, 1, &reviewer, &error);
  g_assert_cmpstr (reviewer, ==, "ben");
  g_assert_cmpint (second->item->n_rejected, ==, 1);
}

static gboolean
count_event (const EmendEvent *event,
             gpointer data,
             GError **error)
{
  int *n = data;

  g_assert_nonnull (strstr (event->body, event->action));
  if (++*n < 1000)
    return TRUE;
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "enough");
  return FALSE;
}

static gboolean
refuse_event (const EmendEvent *event,
              gpointer data,
              GError **error)
{
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "enough");
  return FALSE;
}

static void
test_events (EmendTestProject *self,
             gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) all = NULL;
  g_autoptr (GPtrArray) of_item = NULL;
  g_autoptr (GPtrArray) latest = NULL;
  const EmendEvent *event;
  int n = 0;

  emend_outcome_free (emend_test_decide (self->project, emend_test_decision (EMEND_DECISION_ACCEPT, 2, P (3))));
  g_usleep (2000);
  undo (self);
  all = emend_project_list_events (self->project, 0, 0, &error);
  g_assert_cmpuint (all->len, ==, 6); /* started, created, items, run, decided, undone */
  of_item = emend_project_list_events (self->project, 2, 0, &error);
  g_assert_cmpuint (of_item->len, ==, 2);
  event = g_ptr_array_index (of_item, 0);
  g_assert_cmpstr (event->action, ==, "undone");
  g_assert_cmpstr (event->item_path, ==, "images/0001.jpg");
  g_assert_cmpstr (event->reviewer, ==, "ann");
  latest = emend_project_list_events (self->project, 0, 1, &error);
  g_assert_cmpuint (latest->len, ==, 1);
  g_assert_true (emend_project_foreach_event (self->project, count_event, &n, &error));
  g_assert_cmpint (n, ==, 6);
  g_assert_false (emend_project_foreach_event (self->project, refuse_event, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_record (EmendTestProject *self,
             gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) events = NULL;
  const EmendEvent *event;

  g_assert_true (emend_project_record (self->project, "exported", "{\"file\":\"a.json\",\"n\":3}", &error));
  events = emend_project_list_events (self->project, 0, 1, &error);
  event = g_ptr_array_index (events, 0);
  g_assert_cmpstr (event->action, ==, "exported");
  g_assert_nonnull (strstr (event->body, "\"facts\":{\"file\":\"a.json\",\"n\":3}"));
  g_assert_false (emend_project_record (self->project, "exported", "[1]", &error));
  g_assert_error (error, EMEND_BASE_ERROR, EMEND_BASE_ERROR_JSON);
  g_clear_error (&error);
  g_assert_false (emend_project_record (self->project, "exported", "{", &error));
  g_assert_nonnull (error);
}

static void
test_schema (EmendTestProject *self,
             gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (EmendSchema) next = emend_schema_copy (emend_project_get_schema (self->project));
  g_autoptr (EmendSchema) less = emend_schema_new ();

  g_assert_cmpint (emend_schema_add_label (next, "bird", 0xff, 'b'), ==, 3);
  g_assert_true (emend_project_set_schema (self->project, next, &error));
  g_assert_no_error (error);
  g_assert_false (emend_project_set_schema (self->project, less, &error));
  g_assert_error (error, EMEND_STORE_ERROR, EMEND_STORE_ERROR_REFUSED);
  emend_test_project_reopen (self, 0, "ann");
  g_assert_nonnull (emend_schema_find_label_by_name (emend_project_get_schema (self->project), "bird"));
  g_assert_cmpuint (emend_schema_get_version (emend_project_get_schema (self->project)), ==, 2);
}

static void
test_settings (EmendTestProject *self,
               gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *value = NULL;

  g_assert_null (emend_project_get_setting (self->project, "zoom"));
  g_assert_true (emend_project_set_setting (self->project, "zoom", "1.5", &error));
  emend_test_project_reopen (self, 0, "ann");
  value = emend_project_get_setting (self->project, "zoom");
  g_assert_cmpstr (value, ==, "1.5");
  g_assert_true (emend_project_set_setting (self->project, "zoom", NULL, &error));
  g_assert_null (emend_project_get_setting (self->project, "zoom"));
}

/* A file that is copied elsewhere is another copy: the reviewer goes on from there in a new stream. */
static void
test_copied_file (EmendTestProject *self,
                  gconstpointer data)
{
  g_autofree char *folder = emend_test_make_folder ();
  g_autofree char *path = g_build_filename (folder, "copy.emend", NULL);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autofree char *content = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (EmendProject) copy = NULL;
  g_autoptr (EmendCheck) check = NULL;
  g_autoptr (EmendOutcome) outcome = NULL;
  gsize length;

  emend_outcome_free (emend_test_decide (self->project, emend_test_decision (EMEND_DECISION_ACCEPT, 1, P (0))));
  emend_outcome_free (emend_test_decide (self->project, emend_test_decision (EMEND_DECISION_DONE, 3, 0)));
  before = emend_test_dump (self->project);
  g_assert_true (g_file_get_contents (self->path, &content, &length, NULL));
  g_assert_true (g_file_set_contents (path, content, (gssize) length, NULL));
  copy = emend_project_open (path, 0, "ann", &error);
  g_assert_no_error (error);
  after = emend_test_dump (copy);
  g_assert_cmpstr (before, ==, after);
  g_assert_null (emend_project_undo (copy, NULL));
  outcome = emend_test_decide (copy, emend_test_decision (EMEND_DECISION_CLEAR, 1, P (0)));
  g_assert_cmpint (outcome->seq, ==, 2);
  check = emend_project_check (copy, FALSE, NULL, NULL, NULL, &error);
  g_assert_cmpint (check->n_streams, ==, 2);
  emend_test_assert_sound (copy);
  g_clear_pointer (&copy, emend_project_close);
  copy = emend_project_open (path, 0, "ann", &error);
  g_clear_pointer (&outcome, emend_outcome_free);
  outcome = emend_project_undo (copy, &error);
  g_assert_no_error (error);
  g_clear_pointer (&after, g_free);
  after = emend_test_dump (copy);
  g_assert_cmpstr (before, ==, after);
  emend_test_assert_sound (copy);
  emend_test_remove_folder (folder);
}

/* Makes a locale from the system's sources, before it is asked for: a failure would be remembered. */
static gboolean
use_locale (const char *folder,
            const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *language = g_strndup (name, strcspn (name, "."));
  const char *const argv[] = { "localedef", "-i", language, "-f", "UTF-8", path, NULL };

  if (strchr (name, '.') != NULL) {
    g_setenv ("LOCPATH", folder, TRUE);
    g_spawn_sync (NULL, (char **) argv, NULL,
                  G_SPAWN_SEARCH_PATH | G_SPAWN_STDOUT_TO_DEV_NULL | G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL, NULL,
                  NULL, NULL,
                  NULL);
  }
  return setlocale (LC_ALL, name) != NULL;
}

/* The text of the journal has points in its numbers wherever it is written, and I stays i in Turkish. */
static void
test_locales (EmendTestProject *self,
              gconstpointer data)
{
  const char *const locales[] = { "de_DE.UTF-8", "tr_TR.UTF-8", "C" };
  g_autoptr (GError) error = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (locales); i++) {
    EmendDecision *decision = emend_test_decision (EMEND_DECISION_CORRECT, 1, P (i));
    g_autoptr (GPtrArray) events = NULL;
    g_autofree char *dump = NULL;
    g_autofree char *again = NULL;

    if (!use_locale (self->folder, locales[i])) {
      g_test_message ("The locale %s is not installed", locales[i]);
      emend_decision_free (decision);
      continue;
    }
    emend_test_project_reopen (self, 0, "ann");
    decision->sets = EMEND_DECISION_SETS_SHAPE;
    emend_shape_init_box (&decision->shape, &(EmendRect){ 0.5, 1.25, 3.125, 1e-7 });
    emend_outcome_free (emend_test_decide (self->project, decision));
    events = emend_project_list_events (self->project, 0, 1, &error);
    g_assert_nonnull (strstr (((EmendEvent *) g_ptr_array_index (events, 0))->body, "[0.5,1.25,3.125,1e-07]"));
    dump = emend_test_dump (self->project);
    undo (self);
    redo (self);
    again = emend_test_dump (self->project);
    g_assert_cmpstr (dump, ==, again);
    emend_test_assert_sound (self->project);
  }
  g_unsetenv ("LOCPATH");
  setlocale (LC_ALL, "C.UTF-8");
}

#define ADD(name, func) g_test_add ("/store/project/" name, EmendTestProject, NULL, set_up, func, tear_down)

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("decide/accept", test_accept);
  ADD ("decide/reject-keeps-values", test_reject_keeps_values);
  ADD ("decide/correct-without-change", test_correct_without_change);
  ADD ("decide/add-correct-clear", test_add_correct_clear);
  ADD ("decide/reject-added", test_reject_added);
  ADD ("decide/done-stays-done", test_done_stays_done);
  ADD ("decide/item-decision", test_item_decision);
  ADD ("decide/refused", test_refused);
  ADD ("decide/all-or-nothing", test_all_or_nothing);
  ADD ("decide/bulk-is-one-step", test_bulk_is_one_step);
  ADD ("undo/reopened", test_undo_reopened);
  ADD ("undo/decision-empties-redo", test_decision_empties_redo);
  ADD ("set-reviewer/switch", test_reviewers);
  ADD ("set-reviewer/none", test_no_reviewer);
  ADD ("load-final/who-counts", test_final);
  ADD ("list-events/all", test_events);
  ADD ("record/facts", test_record);
  ADD ("set-schema/versions", test_schema);
  ADD ("set-setting/reopened", test_settings);
  ADD ("open/copied-file", test_copied_file);
  ADD ("open/locales", test_locales);
  return g_test_run ();
}
