#include "config.h"

#include <math.h>

#include "emend-document-fixture.h"
#include "emend-learning-private.h"

static gboolean
update (DocumentFixture *self,
        EmendLearning *learning,
        guint limit)
{
  g_autoptr (GError) error = NULL;
  gboolean complete;

  g_assert_true (emend_learning_update (learning, self->project, limit, &complete, &error));
  g_assert_no_error (error);
  return complete;
}

static EmendFieldsModel *
train (EmendLearning *learning)
{
  g_autoptr (GError) error = NULL;
  EmendFieldsModel *model = emend_learning_train (learning, NULL, &error);

  g_assert_no_error (error);
  return model;
}

static void
add (DocumentFixture *self,
     EmendFieldsTask *task,
     int number)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (emend_fields_task_add (task, self->project, self->items[number], &error));
  g_assert_no_error (error);
}

static void
propose (EmendFieldsTask *task)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (emend_fields_task_propose (task, NULL, &error));
  g_assert_no_error (error);
}

static gint64
store (DocumentFixture *self,
       EmendFieldsTask *task)
{
  g_autoptr (GError) error = NULL;
  gint64 n = emend_fields_task_store (task, self->project, &error);

  g_assert_no_error (error);
  return n;
}

/* Proposes for one document, at once. */
static gint64
propose_for (DocumentFixture *self,
             EmendLearning *learning,
             EmendFieldsModel *model,
             int number)
{
  g_autoptr (EmendFieldsTask) task = emend_fields_task_new (learning, model, self->project);

  add (self, task, number);
  propose (task);
  return store (self, task);
}

static guint
count_runs (DocumentFixture *self)
{
  g_autoptr (GPtrArray) runs = emend_project_list_runs (self->project, NULL);
  return runs->len;
}

/* What is shown of a field: proposal or decision; %NULL for nothing. */
static char *
shown (DocumentFixture *self,
       int number,
       int field,
       EmendVerdict *verdict)
{
  g_autoptr (EmendItemContent) content = document_fixture_content (self, number);

  for (guint i = 0; i < content->marks->len; i++) {
    const EmendMark *mark = g_ptr_array_index (content->marks, i);

    if (emend_mark_get_label (mark) != field)
      continue;
    *verdict = emend_mark_get_verdict (mark);
    return g_strdup (emend_mark_get_value (mark)->value);
  }
  return NULL;
}

static void
assert_shown (DocumentFixture *self,
              int number,
              int field,
              EmendVerdict expected,
              const char *value)
{
  EmendVerdict verdict = EMEND_VERDICT_REJECTED;
  g_autofree char *text = shown (self, number, field, &verdict);

  g_assert_cmpstr (text, ==, value);
  g_assert_cmpint (verdict, ==, expected);
}

static void
test_done (DocumentFixture *self,
           gconstpointer data)
{
  g_autoptr (EmendLearning) learning = emend_learning_new ();
  g_autoptr (EmendFieldsModel) model = NULL;
  const EmendFieldStatistics *statistics;

  document_fixture_read (self, 0, DOCUMENTS);
  g_assert_true (update (self, learning, 0));
  g_assert_cmpuint (emend_learning_get_n_documents (learning), ==, 0);
  document_fixture_finish (self, 0, 36);
  document_fixture_add (self, 40, FIELD_TOTAL, "1.00");
  g_assert_true (update (self, learning, 0));
  g_assert_cmpuint (emend_learning_get_n_documents (learning), ==, 36);
  model = train (learning);
  statistics = emend_fields_model_get_statistics (model, FIELD_TOTAL);
  g_assert_cmpint (statistics->n_present, ==, 36);
  g_assert_false (statistics->is_learning);
  g_assert_cmpfloat (statistics->accuracy, >, 0.9);
  g_assert_cmpint (propose_for (self, learning, model, 42), ==, 2);
  {
    g_autofree char *date = document_fixture_date (42);
    g_autofree char *total = document_fixture_total (42);

    assert_shown (self, 42, FIELD_DATE, EMEND_VERDICT_NONE, date);
    assert_shown (self, 42, FIELD_TOTAL, EMEND_VERDICT_NONE, total);
  }
  /* To say the same again would be another row that says nothing. */
  g_assert_cmpint (propose_for (self, learning, model, 42), ==, 0);
}

static void
test_limit (DocumentFixture *self,
            gconstpointer data)
{
  g_autoptr (EmendLearning) learning = emend_learning_new ();

  document_fixture_read (self, 0, 5);
  document_fixture_finish (self, 0, 5);
  g_assert_false (update (self, learning, 2));
  g_assert_cmpuint (emend_learning_get_n_documents (learning), ==, 2);
  g_assert_false (update (self, learning, 2));
  g_assert_true (update (self, learning, 2));
  g_assert_cmpuint (emend_learning_get_n_documents (learning), ==, 5);
}

static void
test_reopened (DocumentFixture *self,
               gconstpointer data)
{
  g_autoptr (EmendLearning) learning = emend_learning_new ();
  g_autoptr (EmendFieldsModel) model = NULL;

  document_fixture_read (self, 0, 6);
  document_fixture_finish (self, 0, 6);
  update (self, learning, 0);
  document_fixture_decide (self, EMEND_DECISION_REOPEN, 2, 0, 0);
  update (self, learning, 0);
  g_assert_cmpuint (emend_learning_get_n_documents (learning), ==, 5);
  model = train (learning);
  g_assert_cmpint (emend_fields_model_get_statistics (model, FIELD_TOTAL)->n_present, ==, 5);
}

/* Says of a value that was added that the field is absent. */
static void
make_absent (DocumentFixture *self,
             int number,
             int field)
{
  g_autoptr (EmendItemContent) content = document_fixture_content (self, number);
  g_autoptr (EmendDecision) decision = emend_decision_new (EMEND_DECISION_ABSENT, self->items[number]);
  const EmendDecision *one = decision;
  g_autoptr (EmendOutcome) outcome = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < content->marks->len; i++) {
    const EmendMark *mark = g_ptr_array_index (content->marks, i);

    if (mark->annotation->label == field)
      decision->annotation = mark->annotation->uuid;
  }
  decision->label = field;
  outcome = emend_project_decide (self->project, &one, 1, &error);
  g_assert_no_error (error);
}

/* A document that is decided anew is learned from anew. */
static void
test_changed (DocumentFixture *self,
              gconstpointer data)
{
  g_autoptr (EmendLearning) learning = emend_learning_new ();
  g_autoptr (EmendFieldsModel) before = NULL;
  g_autoptr (EmendFieldsModel) after = NULL;

  document_fixture_read (self, 0, 6);
  document_fixture_finish (self, 0, 6);
  update (self, learning, 0);
  before = train (learning);
  g_assert_cmpint (emend_fields_model_get_statistics (before, FIELD_TOTAL)->n_present, ==, 6);
  document_fixture_decide (self, EMEND_DECISION_REOPEN, 2, 0, 0);
  make_absent (self, 2, FIELD_TOTAL);
  document_fixture_decide (self, EMEND_DECISION_DONE, 2, 0, 0);
  update (self, learning, 0);
  after = train (learning);
  g_assert_cmpint (emend_fields_model_get_statistics (after, FIELD_TOTAL)->n_present, ==, 5);
  g_assert_cmpint (emend_fields_model_get_statistics (after, FIELD_TOTAL)->n_absent, ==, 1);
}

/* Nothing is learned from a document with a page that nobody has read, until somebody has. */
static void
test_unread (DocumentFixture *self,
             gconstpointer data)
{
  g_autoptr (EmendLearning) learning = emend_learning_new ();

  document_fixture_read (self, 0, 3);
  document_fixture_finish (self, 0, 5);
  update (self, learning, 0);
  g_assert_cmpuint (emend_learning_get_n_documents (learning), ==, 3);
  g_assert_true (update (self, learning, 1));
  document_fixture_read (self, 3, 5);
  update (self, learning, 0);
  g_assert_cmpuint (emend_learning_get_n_documents (learning), ==, 5);
}

/* Fields are what they mean: when the schema changes, all is read again. */
static void
test_schema (DocumentFixture *self,
             gconstpointer data)
{
  g_autoptr (EmendLearning) learning = emend_learning_new ();
  g_autoptr (EmendSchema) schema = NULL;
  g_autoptr (GError) error = NULL;

  document_fixture_read (self, 0, 4);
  document_fixture_finish (self, 0, 4);
  update (self, learning, 0);
  schema = emend_schema_copy (emend_project_get_schema (self->project));
  emend_schema_add_field (schema, emend_field_new (0, "more", EMEND_FIELD_TEXT));
  g_assert_true (emend_project_set_schema (self->project, schema, &error));
  g_assert_no_error (error);
  g_assert_false (update (self, learning, 2));
  g_assert_cmpuint (emend_learning_get_n_documents (learning), ==, 2);
}

/* What a person decided is not touched: not before, and not while proposals were made. */
static void
test_decided (DocumentFixture *self,
              gconstpointer data)
{
  g_autoptr (EmendLearning) learning = emend_learning_new ();
  g_autoptr (EmendFieldsModel) model = NULL;
  g_autoptr (EmendFieldsTask) task = NULL;
  g_autofree char *date = document_fixture_date (41);

  document_fixture_read (self, 0, DOCUMENTS);
  document_fixture_finish (self, 0, 36);
  update (self, learning, 0);
  model = train (learning);
  document_fixture_add (self, 40, FIELD_TOTAL, "7.77");
  document_fixture_decide (self, EMEND_DECISION_ILLEGIBLE, 40, FIELD_DATE, 0);
  document_fixture_decide (self, EMEND_DECISION_ABSENT, 41, FIELD_TOTAL, 0);
  task = emend_fields_task_new (learning, model, self->project);
  for (int i = 38; i < 44; i++)
    add (self, task, i);
  propose (task);
  document_fixture_add (self, 42, FIELD_DATE, "1/2/2003");
  document_fixture_decide (self, EMEND_DECISION_DONE, 43, 0, 0);
  /* Of 38 and 39 both, of 41 the date, of 42 the total. */
  g_assert_cmpint (store (self, task), ==, 6);
  assert_shown (self, 40, FIELD_TOTAL, EMEND_VERDICT_ADDED, "7.77");
  assert_shown (self, 40, FIELD_DATE, EMEND_VERDICT_ILLEGIBLE, NULL);
  assert_shown (self, 41, FIELD_TOTAL, EMEND_VERDICT_ABSENT, NULL);
  assert_shown (self, 41, FIELD_DATE, EMEND_VERDICT_NONE, date);
  assert_shown (self, 42, FIELD_DATE, EMEND_VERDICT_ADDED, "1/2/2003");
  assert_shown (self, 43, FIELD_DATE, EMEND_VERDICT_REJECTED, NULL);
}

/* What one reviewer finished was learned from: the next one is not told. */
static void
test_other_reviewer (DocumentFixture *self,
                     gconstpointer data)
{
  g_autoptr (EmendLearning) learning = emend_learning_new ();
  g_autoptr (EmendFieldsModel) model = NULL;
  g_autoptr (GError) error = NULL;

  document_fixture_read (self, 0, DOCUMENTS);
  document_fixture_finish (self, 0, 36);
  document_fixture_add (self, 40, FIELD_TOTAL, "7.77");
  g_assert_true (emend_project_set_reviewer (self->project, "Ben", &error));
  g_assert_no_error (error);
  update (self, learning, 0);
  g_assert_cmpuint (emend_learning_get_n_documents (learning), ==, 36);
  model = train (learning);
  g_assert_cmpint (propose_for (self, learning, model, 3), ==, 0);
  g_assert_cmpint (propose_for (self, learning, model, 40), ==, 1);
  g_assert_cmpint (propose_for (self, learning, model, 41), ==, 2);
}

/* Any number of documents, some at a time, are one run. */
static void
test_parts (DocumentFixture *self,
            gconstpointer data)
{
  g_autoptr (EmendLearning) learning = emend_learning_new ();
  g_autoptr (EmendFieldsModel) model = NULL;
  g_autoptr (EmendFieldsTask) task = NULL;

  document_fixture_read (self, 0, DOCUMENTS);
  document_fixture_finish (self, 0, 36);
  update (self, learning, 0);
  model = train (learning);
  task = emend_fields_task_new (learning, model, self->project);
  for (int i = 36; i < DOCUMENTS; i++) {
    add (self, task, i);
    if (i % 5 == 0)
      propose (task);
  }
  propose (task);
  g_assert_cmpint (store (self, task), ==, 2 * (DOCUMENTS - 36));
  g_assert_cmpuint (count_runs (self), ==, 1);
}

static void
test_not_taken (DocumentFixture *self,
                gconstpointer data)
{
  g_autoptr (EmendLearning) learning = emend_learning_new ();

  /* A page that nobody has read. */
  g_assert_cmpint (propose_for (self, learning, NULL, 0), ==, 0);
  document_fixture_read (self, 1, 2);
  document_fixture_decide (self, EMEND_DECISION_DONE, 1, 0, 0);
  g_assert_cmpint (propose_for (self, learning, NULL, 1), ==, 0);
  g_assert_cmpuint (count_runs (self), ==, 0);
}

/* Accepts what another run said of the first documents where it is right, corrects the rest, and finishes them. */
static void
judge (DocumentFixture *self,
       int run,
       int n,
       int n_right)
{
  for (int i = 0; i < n; i++) {
    EmendProposalId proposal = EMEND_PROPOSAL_ID (run, i);
    g_autofree char *date = document_fixture_date (i);
    g_autofree char *total = document_fixture_total (i);

    document_fixture_add (self, i, FIELD_DATE, date);
    if (i < n_right)
      document_fixture_decide (self, EMEND_DECISION_ACCEPT, i, FIELD_TOTAL, proposal);
    else
      document_fixture_correct (self, i, FIELD_TOTAL, proposal, total);
    document_fixture_decide (self, EMEND_DECISION_DONE, i, 0, 0);
  }
}

/* @data: how many of 36 the other run had right. What is learned takes its place only when it is measured to be better.
 */
static void
test_other_run (DocumentFixture *self,
                gconstpointer data)
{
  int n_right = GPOINTER_TO_INT (data);
  gboolean better = n_right < 36;
  g_autoptr (EmendLearning) learning = emend_learning_new ();
  g_autoptr (EmendFieldsModel) model = NULL;
  g_autofree char *total = document_fixture_total (40);
  gint64 n;
  int run;

  document_fixture_read (self, 0, DOCUMENTS);
  run = document_fixture_import (self, 0, DOCUMENTS, n_right);
  judge (self, run, 36, n_right);
  update (self, learning, 0);
  g_assert_cmpfloat_with_epsilon (emend_learning_get_accuracy (learning, run, FIELD_TOTAL, &n), n_right / 36.0, 1e-12);
  g_assert_cmpint (n, ==, 36);
  g_assert_true (isnan (emend_learning_get_accuracy (learning, run, FIELD_DATE, &n)));
  model = train (learning);
  g_assert_cmpint (propose_for (self, learning, model, 40), ==, better ? 2 : 1);
  assert_shown (self, 40, FIELD_TOTAL, EMEND_VERDICT_NONE, better || n_right > 40 ? total : "1.11");
}

/* Nobody judged the other run, so that nothing is known of it: it stays. */
static void
test_unjudged_run (DocumentFixture *self,
                   gconstpointer data)
{
  g_autoptr (EmendLearning) learning = emend_learning_new ();
  g_autoptr (EmendFieldsModel) model = NULL;

  document_fixture_read (self, 0, DOCUMENTS);
  document_fixture_finish (self, 0, 36);
  document_fixture_import (self, 40, 41, 0);
  update (self, learning, 0);
  model = train (learning);
  g_assert_cmpint (propose_for (self, learning, model, 40), ==, 1);
  assert_shown (self, 40, FIELD_TOTAL, EMEND_VERDICT_NONE, "1.11");
}

static void
test_cancelled (DocumentFixture *self,
                gconstpointer data)
{
  g_autoptr (EmendLearning) learning = emend_learning_new ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (EmendFieldsTask) task = NULL;
  g_autoptr (GError) error = NULL;

  document_fixture_read (self, 0, 2);
  document_fixture_finish (self, 0, 1);
  update (self, learning, 0);
  g_cancellable_cancel (cancellable);
  g_assert_null (emend_learning_train (learning, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  task = emend_fields_task_new (learning, NULL, self->project);
  add (self, task, 1);
  g_assert_false (emend_fields_task_propose (task, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

#define ADD(path, function, data) \
  g_test_add ("/engine/" path, DocumentFixture, data, document_fixture_set_up, function, document_fixture_tear_down)

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  ADD ("learning/update/done", test_done, NULL);
  ADD ("learning/update/limit", test_limit, NULL);
  ADD ("learning/update/reopened", test_reopened, NULL);
  ADD ("learning/update/changed", test_changed, NULL);
  ADD ("learning/update/unread", test_unread, NULL);
  ADD ("learning/update/schema", test_schema, NULL);
  ADD ("learning/cancelled", test_cancelled, NULL);
  ADD ("fields-task/decided", test_decided, NULL);
  ADD ("fields-task/other-reviewer", test_other_reviewer, NULL);
  ADD ("fields-task/parts", test_parts, NULL);
  ADD ("fields-task/not-taken", test_not_taken, NULL);
  ADD ("fields-task/better-run-stays", test_other_run, GINT_TO_POINTER (36));
  ADD ("fields-task/worse-run-goes", test_other_run, GINT_TO_POINTER (10));
  ADD ("fields-task/unjudged-run-stays", test_unjudged_run, NULL);
  return g_test_run ();
}
