#define G_LOG_DOMAIN "emend-test"

#include "config.h"

#include <math.h>

#include "emend-test-project.h"
#include "emend-test.h"

/* Numbers that the fields of this test get: labels and fields share one sequence, and the fixture has two labels. */
enum {
  DATE = 3,
  TOTAL,
  NOTE,
  LINES
};

static void
add_fields (EmendProject *project)
{
  g_autoptr (EmendSchema) schema = emend_schema_copy (emend_project_get_schema (project));
  EmendField *date = emend_field_new (0, "date", EMEND_FIELD_DATE);
  EmendField *note = emend_field_new (0, "note", EMEND_FIELD_TEXT);
  EmendField *lines = emend_field_new (0, "lines", EMEND_FIELD_TABLE);
  g_autoptr (GError) error = NULL;

  date->date_order = EMEND_DATE_DMY;
  note->repeatable = TRUE;
  lines->columns = g_ptr_array_new_with_free_func ((GDestroyNotify) emend_field_free);
  g_ptr_array_add (lines->columns, emend_field_new (0, "price", EMEND_FIELD_AMOUNT));
  g_assert_cmpint (emend_schema_add_field (schema, date), ==, DATE);
  g_assert_cmpint (emend_schema_add_field (schema, emend_field_new (0, "total", EMEND_FIELD_AMOUNT)), ==, TOTAL);
  g_assert_cmpint (emend_schema_add_field (schema, note), ==, NOTE);
  g_assert_cmpint (emend_schema_add_field (schema, lines), ==, LINES);
  g_assert_true (emend_project_set_schema (project, schema, &error));
  g_assert_no_error (error);
}

static void
set_up (EmendTestProject *self,
        gconstpointer data)
{
  emend_test_project_set_up (self, "ann");
  emend_test_add_items (self->project, 3);
  add_fields (self->project);
}

static void
tear_down (EmendTestProject *self,
           gconstpointer data)
{
  emend_test_assert_sound (self->project);
  emend_test_project_tear_down (self);
}

static EmendProposal *
proposal (gint64 item,
          int field,
          const char *text)
{
  EmendProposal *made = emend_test_proposal (item, field, 10, 0.9);

  made->value = emend_value_new (text);
  emend_value_add_candidate (made->value, "other", 0, NULL, 0.1);
  return made;
}

/* One run that says of item 1 what its total and date are. */
static void
add_run (EmendProject *project,
         const char *total,
         const char *date)
{
  g_autoptr (EmendRun) run = emend_run_new ();
  g_autoptr (EmendImport) import = NULL;
  g_autoptr (EmendProposal) one = proposal (1, TOTAL, total);
  g_autoptr (EmendProposal) two = date != NULL ? proposal (1, DATE, date) : NULL;
  g_autoptr (GError) error = NULL;

  run->name = g_strdup ("fields");
  import = emend_import_begin (project, run, &error);
  g_assert_no_error (error);
  g_assert_true (emend_import_add (import, one, &error));
  g_assert_true (two == NULL || emend_import_add (import, two, &error));
  g_assert_true (emend_import_finish (import, &error));
  g_assert_no_error (error);
}

static EmendItem *
load_item (EmendProject *project,
           gint64 id)
{
  g_autoptr (GPtrArray) items = emend_project_load_items (project, &id, 1, NULL);

  return emend_item_copy (g_ptr_array_index (items, 0));
}

static void
assert_undecided (EmendTestProject *self,
                  int expected)
{
  g_autoptr (EmendItem) item = load_item (self->project, 1);

  g_assert_cmpint (item->n_undecided, ==, expected);
}

static const EmendAnnotation *
after (const EmendOutcome *outcome)
{
  return ((EmendChange *) g_ptr_array_index (outcome->changes, 0))->after;
}

static EmendDecision *
field_decision (EmendDecisionKind kind,
                int field,
                const char *text)
{
  EmendDecision *decision = emend_decision_new (kind, 1);

  decision->label = field;
  if (text != NULL) {
    decision->value = emend_value_new (text);
    decision->sets = EMEND_DECISION_SETS_VALUE;
  }
  return decision;
}

static void
assert_refused (EmendTestProject *self,
                EmendDecision *decision)
{
  g_autoptr (EmendDecision) owned = decision;
  const EmendDecision *decisions[] = { owned };
  g_autoptr (GError) error = NULL;

  g_assert_null (emend_project_decide (self->project, decisions, 1, &error));
  g_assert_error (error, EMEND_STORE_ERROR, EMEND_STORE_ERROR_REFUSED);
}

static void
test_accept (EmendTestProject *self,
             gconstpointer data)
{
  g_autoptr (EmendOutcome) outcome = NULL;

  add_run (self->project, "RM 12.50", "2/9/2020");
  assert_undecided (self, 2);
  outcome = emend_test_decide (self->project,
                               emend_test_decision (EMEND_DECISION_ACCEPT, 1, EMEND_PROPOSAL_ID (1, 1)));
  g_assert_cmpint (after (outcome)->verdict, ==, EMEND_VERDICT_ACCEPTED);
  g_assert_cmpstr (after (outcome)->value->value, ==, "2/9/2020");
  g_assert_cmpstr (after (outcome)->value->normal, ==, "2020-09-02");
  g_assert_null (after (outcome)->value->candidates);
  assert_undecided (self, 1);
}

static void
test_correct (EmendTestProject *self,
              gconstpointer data)
{
  EmendDecision *decision = field_decision (EMEND_DECISION_CORRECT, TOTAL, "RM 13.50");
  g_autoptr (EmendOutcome) outcome = NULL;

  add_run (self->project, "RM 12.50", NULL);
  decision->proposal = EMEND_PROPOSAL_ID (1, 0);
  outcome = emend_test_decide (self->project, decision);
  g_assert_cmpint (after (outcome)->verdict, ==, EMEND_VERDICT_CORRECTED);
  g_assert_cmpstr (after (outcome)->value->normal, ==, "13.50 MYR");
  g_assert_cmpfloat (after (outcome)->shape.box.x, ==, 10);
}

/* Another reading of the same words is a correction, kept with the value. */
static void
test_correct_order (EmendTestProject *self,
                    gconstpointer data)
{
  EmendDecision *decision = field_decision (EMEND_DECISION_CORRECT, DATE, "09/02/2020");
  g_autoptr (EmendOutcome) outcome = NULL;

  add_run (self->project, "RM 12.50", "09/02/2020");
  decision->proposal = EMEND_PROPOSAL_ID (1, 1);
  decision->value->date_order = EMEND_DATE_MDY;
  outcome = emend_test_decide (self->project, decision);
  g_assert_cmpint (after (outcome)->verdict, ==, EMEND_VERDICT_CORRECTED);
  g_assert_cmpstr (after (outcome)->value->value, ==, "09/02/2020");
  g_assert_cmpstr (after (outcome)->value->normal, ==, "2020-09-02");
}

/* The place alone may be corrected, and the words stay. */
static void
test_correct_place (EmendTestProject *self,
                    gconstpointer data)
{
  EmendDecision *decision = emend_test_decision (EMEND_DECISION_CORRECT, 1, EMEND_PROPOSAL_ID (1, 0));
  g_autoptr (EmendOutcome) outcome = NULL;

  add_run (self->project, "RM 12.50", NULL);
  decision->sets = EMEND_DECISION_SETS_SHAPE;
  emend_shape_init_box (&decision->shape, &(EmendRect){ 50, 60, 70, 8 });
  outcome = emend_test_decide (self->project, decision);
  g_assert_cmpint (after (outcome)->verdict, ==, EMEND_VERDICT_CORRECTED);
  g_assert_cmpstr (after (outcome)->value->value, ==, "RM 12.50");
  g_assert_cmpfloat (after (outcome)->shape.box.x, ==, 50);
}

static void
test_absent (EmendTestProject *self,
             gconstpointer data)
{
  g_autoptr (EmendOutcome) with = NULL;
  g_autoptr (EmendOutcome) without = NULL;
  EmendDecision *decision = emend_test_decision (EMEND_DECISION_ABSENT, 1, EMEND_PROPOSAL_ID (1, 0));

  add_run (self->project, "RM 12.50", NULL);
  with = emend_test_decide (self->project, decision);
  g_assert_cmpint (after (with)->verdict, ==, EMEND_VERDICT_ABSENT);
  g_assert_null (after (with)->value->value);
  g_assert_cmpfloat (after (with)->shape.box.width, ==, 0);
  without = emend_test_decide (self->project, field_decision (EMEND_DECISION_ABSENT, DATE, NULL));
  g_assert_cmpint (after (without)->label, ==, DATE);
  assert_undecided (self, 0);
  assert_refused (self, field_decision (EMEND_DECISION_ABSENT, 1, NULL)); /* a label, not a field */
}

static void
test_illegible (EmendTestProject *self,
                gconstpointer data)
{
  g_autoptr (EmendOutcome) outcome = NULL;

  add_run (self->project, "RM 12.50", NULL);
  outcome = emend_test_decide (self->project,
                               emend_test_decision (EMEND_DECISION_ILLEGIBLE, 1, EMEND_PROPOSAL_ID (1, 0)));
  g_assert_cmpint (after (outcome)->verdict, ==, EMEND_VERDICT_ILLEGIBLE);
  g_assert_cmpfloat (after (outcome)->shape.box.x, ==, 10); /* where nobody can read it */
}

static void
test_reject (EmendTestProject *self,
             gconstpointer data)
{
  g_autoptr (EmendOutcome) outcome = NULL;

  add_run (self->project, "RM 12.50", NULL);
  outcome = emend_test_decide (self->project,
                               emend_test_decision (EMEND_DECISION_REJECT, 1, EMEND_PROPOSAL_ID (1, 0)));
  g_assert_cmpint (after (outcome)->verdict, ==, EMEND_VERDICT_ABSENT);
}

/* A field that cannot repeat has one value; one that can has as many as are added. */
static void
test_single (EmendTestProject *self,
             gconstpointer data)
{
  emend_outcome_free (emend_test_decide (self->project, field_decision (EMEND_DECISION_ADD, TOTAL, "1.00")));
  assert_refused (self, field_decision (EMEND_DECISION_ADD, TOTAL, "2.00"));
  assert_refused (self, field_decision (EMEND_DECISION_ABSENT, TOTAL, NULL));
  emend_outcome_free (emend_test_decide (self->project, field_decision (EMEND_DECISION_ADD, NOTE, "one")));
  emend_outcome_free (emend_test_decide (self->project, field_decision (EMEND_DECISION_ADD, NOTE, "two")));
}

static void
test_table (EmendTestProject *self,
            gconstpointer data)
{
  EmendDecision *cell = field_decision (EMEND_DECISION_ADD, LINES, "7.25");
  EmendDecision *nowhere = field_decision (EMEND_DECISION_ADD, LINES, "7.25");
  g_autoptr (EmendOutcome) outcome = NULL;

  cell->value->row = 2;
  cell->value->column = g_strdup ("price");
  outcome = emend_test_decide (self->project, cell);
  g_assert_cmpstr (after (outcome)->value->normal, ==, "7.25");
  nowhere->value->row = 2;
  nowhere->value->column = g_strdup ("weight");
  assert_refused (self, nowhere);
  assert_refused (self, field_decision (EMEND_DECISION_ADD, LINES, "7.25"));
}

/* A later run takes the place of an earlier one for what waits, and touches nothing that was decided. */
static void
test_superseded (EmendTestProject *self,
                 gconstpointer data)
{
  g_autoptr (EmendItemContent) content = NULL;
  const EmendMark *mark;

  add_run (self->project, "RM 12.50", "2/9/2020");
  emend_outcome_free (emend_test_decide (self->project,
                                         emend_test_decision (EMEND_DECISION_ACCEPT, 1, EMEND_PROPOSAL_ID (1, 1))));
  add_run (self->project, "RM 99.00", "3/9/2020");
  assert_undecided (self, 1);
  content = emend_project_load_content (self->project, 1, NULL);
  g_assert_cmpuint (content->marks->len, ==, 2);
  g_assert_cmpuint (content->superseded->len, ==, 2);
  mark = g_ptr_array_index (content->marks, 0);
  g_assert_cmpstr (emend_mark_get_value (mark)->value, ==, "2/9/2020");
  g_assert_nonnull (mark->annotation);
  mark = g_ptr_array_index (content->marks, 1);
  g_assert_cmpstr (emend_mark_get_value (mark)->value, ==, "RM 99.00");
  g_assert_null (mark->annotation);
}

/* What was typed before anything was proposed is decided, also when a model speaks of it later. */
static void
test_superseded_by_person (EmendTestProject *self,
                           gconstpointer data)
{
  emend_outcome_free (emend_test_decide (self->project, field_decision (EMEND_DECISION_ADD, TOTAL, "1.00")));
  g_usleep (2000); /* the run is made in a later millisecond than the decision */
  add_run (self->project, "RM 99.00", NULL);
  assert_undecided (self, 0);
}

static void
test_undo (EmendTestProject *self,
           gconstpointer data)
{
  EmendDecision *decision = field_decision (EMEND_DECISION_CORRECT, TOTAL, "13.50");
  g_autoptr (GError) error = NULL;
  g_autofree char *before = NULL;
  g_autofree char *undone = NULL;
  g_autofree char *decided = NULL;
  g_autofree char *redone = NULL;

  add_run (self->project, "RM 12.50", NULL);
  before = emend_test_dump (self->project);
  decision->proposal = EMEND_PROPOSAL_ID (1, 0);
  decision->value->override = g_strdup ("as printed");
  emend_outcome_free (emend_test_decide (self->project, decision));
  decided = emend_test_dump (self->project);
  emend_outcome_free (emend_project_undo (self->project, &error));
  g_assert_no_error (error);
  undone = emend_test_dump (self->project);
  emend_outcome_free (emend_project_redo (self->project, &error));
  g_assert_no_error (error);
  redone = emend_test_dump (self->project);
  g_assert_cmpstr (before, ==, undone);
  g_assert_cmpstr (decided, ==, redone);
  g_assert_cmpstr (before, !=, decided);
}

/* A run of totals for the items from 1 on; a score below 0 stands for none. */
static void
add_totals (EmendProject *project,
            EmendRunRole role,
            const char *const *totals,
            const double *scores,
            gint64 n)
{
  g_autoptr (EmendRun) run = emend_run_new ();
  g_autoptr (EmendImport) import = NULL;
  g_autoptr (GError) error = NULL;

  run->name = g_strdup ("totals");
  run->role = role;
  import = emend_import_begin (project, run, &error);
  g_assert_no_error (error);
  for (gint64 i = 0; i < n; i++) {
    g_autoptr (EmendProposal) one = proposal (i + 1, TOTAL, totals[i]);

    one->score = scores[i] < 0 ? NAN : scores[i];
    g_assert_true (emend_import_add (import, one, &error));
  }
  g_assert_true (emend_import_finish (import, &error));
  g_assert_no_error (error);
}

/* The values of a column, in their order. */
static char *
column (EmendProject *project,
        int field)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) ids = emend_project_list_field (project, field, &error);
  g_autoptr (GPtrArray) marks = NULL;
  GString *text = g_string_new (NULL);

  g_assert_no_error (error);
  marks = emend_project_load_field (project, (const EmendProposalId *) (gconstpointer) ids->data, ids->len, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < marks->len; i++) {
    const EmendFieldMark *mark = g_ptr_array_index (marks, i);

    g_assert_null (mark->mark->annotation);
    g_string_append_printf (text, "%s%s", i > 0 ? " " : "", mark->mark->proposal->value->value);
  }
  return g_string_free (text, FALSE);
}

static gint64
count_of (EmendProject *project,
          int field)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) counts = emend_project_count_fields (project, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < counts->len; i++) {
    if (g_array_index (counts, EmendFieldCount, i).field == field)
      return g_array_index (counts, EmendFieldCount, i).n_undecided;
  }
  return 0;
}

/* What has no confidence comes first, then the least certain; of one confidence what says the same is together. */
static void
test_column_order (EmendTestProject *self,
                   gconstpointer data)
{
  const char *const totals[] = { "9.00", "7.00", "8.00" };
  const double scores[] = { 0.5, 0.5, -1 };
  g_autofree char *values = NULL;

  add_totals (self->project, EMEND_RUN_PROPOSALS, totals, scores, 3);
  values = column (self->project, TOTAL);
  g_assert_cmpstr (values, ==, "8.00 7.00 9.00");
  g_assert_cmpint (count_of (self->project, TOTAL), ==, 3);
  g_assert_cmpint (count_of (self->project, DATE), ==, 0);
}

/* It holds what waits and nothing else: not what was decided, what a later run took the place of, or a reference. */
static void
test_column_waiting (EmendTestProject *self,
                     gconstpointer data)
{
  const char *const totals[] = { "1.00", "2.00", "3.00" };
  const char *const later[] = { "1.50" };
  const double scores[] = { 0.1, 0.2, 0.3 };
  g_autoptr (GError) error = NULL;
  g_autofree char *values = NULL;
  g_autofree char *undone = NULL;

  add_totals (self->project, EMEND_RUN_PROPOSALS, totals, scores, 3);
  add_totals (self->project, EMEND_RUN_REFERENCE, totals, scores, 3);
  emend_outcome_free (
    emend_test_decide (self->project, emend_test_decision (EMEND_DECISION_ACCEPT, 2, EMEND_PROPOSAL_ID (1, 1))));
  add_totals (self->project, EMEND_RUN_PROPOSALS, later, scores, 1);
  values = column (self->project, TOTAL);
  g_assert_cmpstr (values, ==, "1.50 3.00");
  g_assert_cmpint (count_of (self->project, TOTAL), ==, 2);
  emend_outcome_free (emend_project_undo (self->project, &error));
  g_assert_no_error (error);
  undone = column (self->project, TOTAL);
  g_assert_cmpstr (undone, ==, "1.50 2.00 3.00");
}

/* Each reviewer has a column of their own. */
static void
test_column_reviewer (EmendTestProject *self,
                      gconstpointer data)
{
  const char *const totals[] = { "1.00", "2.00" };
  const double scores[] = { 0.1, 0.2 };
  g_autofree char *values = NULL;

  add_totals (self->project, EMEND_RUN_PROPOSALS, totals, scores, 2);
  emend_outcome_free (
    emend_test_decide (self->project, emend_test_decision (EMEND_DECISION_ACCEPT, 1, EMEND_PROPOSAL_ID (1, 0))));
  emend_test_project_reopen (self, 0, "ben");
  values = column (self->project, TOTAL);
  g_assert_cmpstr (values, ==, "1.00 2.00");
}

/* What is decided of a value is read with it, and where it is. */
static void
test_column_load (EmendTestProject *self,
                  gconstpointer data)
{
  const char *const totals[] = { "1.00", "2.00" };
  const double scores[] = { 0.1, 0.2 };
  const EmendProposalId ids[] = { EMEND_PROPOSAL_ID (1, 1), EMEND_PROPOSAL_ID (1, 0) };
  const EmendProposalId missing = EMEND_PROPOSAL_ID (7, 7);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) marks = NULL;
  const EmendFieldMark *mark;

  add_totals (self->project, EMEND_RUN_PROPOSALS, totals, scores, 2);
  emend_outcome_free (
    emend_test_decide (self->project, emend_test_decision (EMEND_DECISION_ABSENT, 2, EMEND_PROPOSAL_ID (1, 1))));
  marks = emend_project_load_field (self->project, ids, 2, &error);
  g_assert_no_error (error);
  mark = g_ptr_array_index (marks, 0);
  g_assert_cmpint (emend_mark_get_verdict (mark->mark), ==, EMEND_VERDICT_ABSENT);
  g_assert_cmpstr (mark->path, ==, "images/0001.jpg");
  mark = g_ptr_array_index (marks, 1);
  g_assert_cmpint (emend_mark_get_verdict (mark->mark), ==, EMEND_VERDICT_NONE);
  g_assert_null (emend_project_load_field (self->project, &missing, 1, &error));
  g_assert_error (error, EMEND_STORE_ERROR, EMEND_STORE_ERROR_REFUSED);
}

/* Seen from outside: the value is JSON text in its column. */
static void
test_outside (EmendTestProject *self,
              gconstpointer data)
{
  const char *const argv[] = { "sqlite3", self->path,
                               "SELECT json_extract (value, '$.value'), json_extract (value, '$.normal'), verdict FROM "
                               "annotation",
                               NULL };
  g_autofree char *output = NULL;

  emend_outcome_free (emend_test_decide (self->project, field_decision (EMEND_DECISION_ADD, DATE, "25 Dec 2018")));
  output = emend_test_run (argv, 0);
  g_assert_cmpstr (g_strchomp (output), ==, "25 Dec 2018|2018-12-25|4");
}

#define ADD(name, func) g_test_add ("/store/project/fields/" name, EmendTestProject, NULL, set_up, func, tear_down)

/* What is in use stays, also when only another reviewer used it; what is not may go. */
static void
test_used (EmendTestProject *self,
           gconstpointer data)
{
  g_autoptr (EmendDecision) note = field_decision (EMEND_DECISION_ADD, NOTE, "paid");
  const EmendDecision *decisions[] = { note };
  g_autoptr (EmendSchema) next = emend_schema_copy (emend_project_get_schema (self->project));
  g_autoptr (EmendOutcome) outcome = NULL;
  g_autoptr (GArray) used = NULL;
  g_autoptr (GError) error = NULL;

  add_run (self->project, "12.50", NULL);
  outcome = emend_project_decide (self->project, decisions, 1, &error);
  g_assert_no_error (error);
  g_assert_true (emend_project_set_reviewer (self->project, "ben", &error));
  used = emend_project_list_used (self->project, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (used->len, ==, 2);
  g_assert_cmpint (g_array_index (used, int, 0), ==, TOTAL);
  g_assert_cmpint (g_array_index (used, int, 1), ==, NOTE);
  emend_schema_clear_fields (next);
  g_assert_cmpint (emend_schema_add_field (next, emend_field_new (0, "new", EMEND_FIELD_TEXT)), ==, LINES + 1);
  g_assert_cmpint (emend_schema_add_field (next, emend_field_new (TOTAL, "total", EMEND_FIELD_AMOUNT)), ==, TOTAL);
  g_assert_false (emend_project_set_schema (self->project, next, &error));
  g_assert_error (error, EMEND_STORE_ERROR, EMEND_STORE_ERROR_REFUSED);
  g_clear_error (&error);
  g_assert_cmpint (emend_schema_add_field (next, emend_field_new (NOTE, "note", EMEND_FIELD_TEXT)), ==, NOTE);
  g_assert_true (emend_project_set_schema (self->project, next, &error));
  g_assert_no_error (error);
  g_assert_null (emend_schema_find_field (emend_project_get_schema (self->project), DATE));
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("accept", test_accept);
  ADD ("correct", test_correct);
  ADD ("correct/place", test_correct_place);
  ADD ("correct/order", test_correct_order);
  ADD ("absent", test_absent);
  ADD ("illegible", test_illegible);
  ADD ("reject", test_reject);
  ADD ("single", test_single);
  ADD ("table", test_table);
  ADD ("superseded/by-run", test_superseded);
  ADD ("superseded/by-person", test_superseded_by_person);
  ADD ("undo", test_undo);
  ADD ("outside", test_outside);
  ADD ("schema/used", test_used);
  ADD ("column/order", test_column_order);
  ADD ("column/waiting", test_column_waiting);
  ADD ("column/reviewer", test_column_reviewer);
  ADD ("column/load", test_column_load);
  return g_test_run ();
}
