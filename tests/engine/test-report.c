#include "config.h"

#include <math.h>
#include <string.h>

#include "emend-engine-fixture.h"
#include "emend-report.h"

static EmendReport *
make (EngineFixture *fixture)
{
  g_autoptr (GError) error = NULL;
  EmendReport *report = emend_report_make (fixture->project, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  return report;
}

static void
decide (EngineFixture *fixture,
        EmendDecisionKind kind,
        int item,
        EmendProposalId proposal,
        const EmendRect *box,
        int label)
{
  g_autoptr (EmendDecision) decision = emend_decision_new (kind, fixture->items[item]);
  const EmendDecision *one = decision;
  g_autoptr (EmendOutcome) outcome = NULL;
  g_autoptr (GError) error = NULL;

  decision->proposal = proposal;
  if (box != NULL) {
    emend_shape_init_box (&decision->shape, box);
    decision->sets |= EMEND_DECISION_SETS_SHAPE;
  }
  if (label != 0) {
    decision->label = label;
    decision->sets |= EMEND_DECISION_SETS_LABEL;
  }
  decision->ms = kind == EMEND_DECISION_ACCEPT ? 0 : 1000 * item + 500;
  outcome = emend_project_decide (fixture->project, &one, 1, &error);
  g_assert_no_error (error);
}

static void
test_empty (EngineFixture *fixture,
            gconstpointer data)
{
  g_autoptr (EmendReport) report = make (fixture);

  g_assert_cmpint (report->n_items, ==, 4);
  g_assert_cmpint (report->n_items_done, ==, 0);
  g_assert_cmpuint (report->labels->len, ==, 2);
  g_assert_cmpuint (report->runs->len, ==, 0);
  g_assert_false (report->has_reference);
  g_assert_cmpint (report->total->n_proposals, ==, 0);
  g_assert_cmpint (report->total->true_positives, ==, -1);
  g_assert_true (isnan (report->total->override_rate));
  g_assert_true (isnan (report->total->mean_iou));
  g_assert_true (isnan (report->total->mean_ms));
  g_assert_true (isnan (report->total->precision));
}

static void
import_two (EngineFixture *fixture)
{
  const EngineRecord records[] = {
    { 0, 1, { 0, 0, 10, 10 }, 0.9 },
    { 0, 2, { 20, 0, 10, 10 }, 0.5 },
    { 1, 1, { 0, 0, 10, 10 }, 0.6 },
    { 1, 1, { 30, 0, 10, 10 }, 0.4 },
    { 2, 2, { 0, 0, 10, 10 }, NAN },
  };

  g_assert_cmpint (engine_fixture_import (fixture, EMEND_RUN_PROPOSALS, "one", records, 5), ==, 1);
  g_assert_cmpint (engine_fixture_import (fixture, EMEND_RUN_PROPOSALS, "two", records, 1), ==, 2);
}

/* Each decision is counted for the label that was proposed, for its run and for the whole. */
static void
test_decisions (EngineFixture *fixture,
                gconstpointer data)
{
  g_autoptr (EmendReport) report = NULL;
  const EmendReportRow *cat;
  const EmendReportRow *dog;

  import_two (fixture);
  decide (fixture, EMEND_DECISION_ACCEPT, 0, EMEND_PROPOSAL_ID (1, 0), NULL, 0);
  decide (fixture, EMEND_DECISION_CORRECT, 0, EMEND_PROPOSAL_ID (1, 1), &(EmendRect){ 20, 0, 10, 5 }, 1);
  decide (fixture, EMEND_DECISION_CORRECT, 1, EMEND_PROPOSAL_ID (1, 2), NULL, 2);
  decide (fixture, EMEND_DECISION_REJECT, 1, EMEND_PROPOSAL_ID (1, 3), NULL, 0);
  decide (fixture, EMEND_DECISION_ADD, 2, 0, &(EmendRect){ 1, 1, 5, 5 }, 2);
  decide (fixture, EMEND_DECISION_DONE, 1, 0, NULL, 0);
  report = make (fixture);
  cat = g_ptr_array_index (report->labels, 0);
  dog = g_ptr_array_index (report->labels, 1);
  g_assert_cmpstr (cat->name, ==, "cat");
  g_assert_cmpint (cat->n_proposals, ==, 4);
  g_assert_cmpint (cat->n_undecided, ==, 1);
  g_assert_cmpint (cat->n_accepted, ==, 1);
  g_assert_cmpint (cat->n_corrected, ==, 1);
  g_assert_cmpint (cat->n_moved, ==, 0);
  g_assert_cmpint (cat->n_relabelled, ==, 1);
  g_assert_cmpint (cat->n_rejected, ==, 1);
  g_assert_true (isnan (cat->mean_iou));
  g_assert_cmpfloat_with_epsilon (cat->override_rate, 2 / 3.0, 1e-12);
  g_assert_cmpint (dog->n_moved, ==, 1);
  g_assert_cmpint (dog->n_relabelled, ==, 1);
  g_assert_cmpint (dog->n_added, ==, 1);
  g_assert_cmpfloat_with_epsilon (dog->mean_iou, 0.5, 1e-12);
  g_assert_cmpfloat_with_epsilon (dog->mean_ms, (500 + 2500) / 2.0, 1e-9);
  g_assert_cmpuint (report->runs->len, ==, 2);
  g_assert_cmpint (((EmendReportRow *) g_ptr_array_index (report->runs, 0))->n_corrected, ==, 2);
  g_assert_cmpint (((EmendReportRow *) g_ptr_array_index (report->runs, 1))->n_undecided, ==, 1);
  g_assert_cmpint (report->total->n_proposals, ==, 6);
  g_assert_cmpint (report->total->n_added, ==, 1);
  g_assert_cmpint (report->n_items_done, ==, 1);
}

static void
expect_findings (const EmendReportRow *row,
                 gint64 hits,
                 gint64 false_alarms,
                 gint64 misses)
{
  g_assert_cmpint (row->true_positives, ==, hits);
  g_assert_cmpint (row->false_positives, ==, false_alarms);
  g_assert_cmpint (row->misses, ==, misses);
  if (hits + false_alarms > 0)
    g_assert_cmpfloat_with_epsilon (row->precision, (double) hits / (double) (hits + false_alarms), 1e-12);
  else
    g_assert_true (isnan (row->precision));
}

/* Runs are compared each by itself; the reviewed state only where somebody reviewed. */
static void
test_reference (EngineFixture *fixture,
                gconstpointer data)
{
  const EngineRecord old_truth[] = { { 0, 1, { 50, 50, 10, 10 }, NAN } };
  const EngineRecord truth[] = {
    { 0, 1, { 0, 0, 10, 10 }, NAN },
    { 0, 2, { 0, 20, 10, 10 }, NAN },
    { 1, 1, { 0, 0, 10, 9 }, NAN },
    { 3, 2, { 0, 0, 10, 10 }, NAN }
  };
  g_autoptr (EmendReport) report = NULL;

  import_two (fixture);
  engine_fixture_import (fixture, EMEND_RUN_REFERENCE, "old", old_truth, 1);
  engine_fixture_import (fixture, EMEND_RUN_REFERENCE, "new", truth, 4);
  decide (fixture, EMEND_DECISION_ACCEPT, 0, EMEND_PROPOSAL_ID (1, 0), NULL, 0);
  decide (fixture, EMEND_DECISION_ADD, 0, 0, &(EmendRect){ 0, 21, 10, 10 }, 2);
  report = make (fixture);
  g_assert_true (report->has_reference);
  expect_findings (g_ptr_array_index (report->runs, 0), 2, 3, 2);
  expect_findings (g_ptr_array_index (report->runs, 1), 1, 0, 3);
  expect_findings (report->total, 3, 3, 5);
  expect_findings (g_ptr_array_index (report->labels, 0), 3, 1, 1);
  expect_findings (g_ptr_array_index (report->labels, 1), 0, 2, 4);
  expect_findings (report->reviewed, 2, 0, 0);
}

static void
test_json (EngineFixture *fixture,
           gconstpointer data)
{
  const EngineRecord truth[] = { { 0, 1, { 0, 0, 10, 10 }, NAN } };
  g_autoptr (EmendReport) report = make (fixture);
  g_autoptr (EmendReport) compared = NULL;
  g_autofree char *text = emend_report_to_json (report);
  g_autoptr (json_t) tree = emend_json_parse (text, strlen (text), G_MAXSIZE, NULL);
  const json_t *total = json_object_get (tree, "total");

  g_assert_cmpint (json_integer_value (json_object_get (tree, "items")), ==, 4);
  g_assert_true (json_is_null (json_object_get (total, "override_rate")));
  g_assert_null (json_object_get (total, "true_positives"));
  g_assert_null (json_object_get (tree, "reviewed"));
  g_clear_pointer (&tree, json_decref);
  g_clear_pointer (&text, g_free);

  engine_fixture_import (fixture, EMEND_RUN_REFERENCE, "truth", truth, 1);
  compared = make (fixture);
  text = emend_report_to_json (compared);
  tree = emend_json_parse (text, strlen (text), G_MAXSIZE, NULL);
  g_assert_true (json_is_integer (json_object_get (json_object_get (tree, "reviewed"), "misses")));
  g_assert_cmpstr (json_string_value (json_object_get (json_array_get (json_object_get (tree, "labels"), 1), "name")),
                   ==, "dog");
}

static void
test_cancelled (EngineFixture *fixture,
                gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_null (emend_report_make (fixture->project, cancellable, NULL, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

#define ADD(name, function) \
  g_test_add (name, EngineFixture, NULL, engine_fixture_set_up, function, engine_fixture_tear_down)

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/engine/report/make/empty", test_empty);
  ADD ("/engine/report/make/decisions", test_decisions);
  ADD ("/engine/report/make/reference", test_reference);
  ADD ("/engine/report/make/cancelled", test_cancelled);
  ADD ("/engine/report/to-json/members", test_json);
  return g_test_run ();
}
