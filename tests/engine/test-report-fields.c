#include "config.h"

#include <math.h>

#include "emend-document-fixture.h"
#include "emend-report-private.h"

static EmendReport *
make (DocumentFixture *self)
{
  g_autoptr (GError) error = NULL;
  EmendReport *report = emend_report_make (self->project, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  return report;
}

static const EmendReportRow *
row_of (const EmendReport *report,
        const char *name)
{
  for (guint i = 0; i < report->fields->len; i++) {
    const EmendReportRow *row = g_ptr_array_index (report->fields, i);

    if (g_strcmp0 (row->name, name) == 0)
      return row;
  }
  g_assert_not_reached ();
}

/* What agrees, by type: numbers to two decimals, dates by their day, texts by letters and digits. */
static void
test_agree (void)
{
  const struct {
    EmendFieldType type;
    const char *one;
    const char *two;
    gboolean agree;
  } cases[] = {
    { EMEND_FIELD_AMOUNT, "RM 9", "9.00", TRUE },
    { EMEND_FIELD_AMOUNT, "0.0049", "0", TRUE },
    { EMEND_FIELD_AMOUNT, "9.01", "9.00", FALSE },
    { EMEND_FIELD_AMOUNT, "1,234.50", "1234.5", TRUE },
    { EMEND_FIELD_AMOUNT, "-9", "9", FALSE },
    { EMEND_FIELD_NUMBER, "nine", "Nine.", TRUE },
    { EMEND_FIELD_NUMBER, "nine", "9", FALSE },
    { EMEND_FIELD_DATE, "2018-12-25", "25/12/2018", TRUE },
    { EMEND_FIELD_DATE, "25 Dec 2018", "25.12.18", TRUE },
    { EMEND_FIELD_DATE, "2018-12-25", "2018-12-24", FALSE },
    { EMEND_FIELD_TIME, "8:05 pm", "20:05", TRUE },
    { EMEND_FIELD_TEXT, "BOOK TA .K (TAMAN DAYA)", "Book T.A.K. Taman Daya", TRUE },
    { EMEND_FIELD_TEXT, "Müller", "MÜLLER", TRUE },
    { EMEND_FIELD_TEXT, "Müller", "Muller", FALSE },
    { EMEND_FIELD_CODE, "AB-12", "ab 12", TRUE },
    { EMEND_FIELD_CODE, "AB-12", "AB-13", FALSE },
    { EMEND_FIELD_TEXT, NULL, "x", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (EmendSchema) schema = emend_schema_new ();
    int id = emend_schema_add_field (schema, emend_field_new (0, "field", cases[i].type));
    g_autoptr (EmendValue) one = emend_value_new (cases[i].one);
    g_autoptr (EmendValue) two = emend_value_new (cases[i].two);
    const EmendField *field = emend_schema_find_field (schema, id);

    emend_schema_normalise (schema, id, one);
    emend_schema_normalise (schema, id, two);
    if (emend_report_values_agree (field, one, two) != cases[i].agree)
      g_error ("%s and %s", cases[i].one, cases[i].two);
    g_assert_cmpint (emend_report_values_agree (field, two, one), ==, cases[i].agree);
  }
}

static void
test_empty (DocumentFixture *self,
            gconstpointer data)
{
  g_autoptr (EmendReport) report = make (self);
  const EmendReportRow *row = row_of (report, "lines.price");

  g_assert_cmpuint (report->fields->len, ==, 3);
  g_assert_cmpuint (report->labels->len, ==, 0);
  g_assert_cmpint (row->n_proposals, ==, 0);
  g_assert_true (isnan (row->agreement));
  g_assert_true (isnan (row->override_rate));
}

/* Each decision once, on values that a model said; and what it missed. To reject the only value of a field says that it
 * is absent. */
static void
test_verdicts (DocumentFixture *self,
               gconstpointer data)
{
  g_autoptr (EmendReport) report = NULL;
  const EmendReportRow *row;
  int run = document_fixture_import (self, 0, 6, 3);
  const EmendDecisionKind kinds[] = { EMEND_DECISION_ACCEPT, EMEND_DECISION_REJECT, EMEND_DECISION_ABSENT,
                                      EMEND_DECISION_ILLEGIBLE };

  for (int i = 0; i < 4; i++)
    document_fixture_decide (self, kinds[i], i, FIELD_TOTAL, EMEND_PROPOSAL_ID (run, i));
  document_fixture_add (self, 7, FIELD_TOTAL, "5");
  document_fixture_decide (self, EMEND_DECISION_ABSENT, 8, FIELD_TOTAL, 0);
  report = make (self);
  row = row_of (report, "total");
  g_assert_cmpint (row->n_proposals, ==, 6);
  g_assert_cmpint (row->n_undecided, ==, 2);
  g_assert_cmpint (row->n_accepted, ==, 1);
  g_assert_cmpint (row->n_rejected, ==, 0);
  g_assert_cmpint (row->n_absent, ==, 3);
  g_assert_cmpint (row->n_illegible, ==, 1);
  g_assert_cmpint (row->n_added, ==, 1);
  g_assert_cmpint (row->n_compared, ==, 3);
  g_assert_cmpint (row->n_agreeing, ==, 1);
  g_assert_cmpfloat (row->override_rate, ==, 0.75);
  g_assert_cmpint (report->total->n_proposals, ==, 6);
  g_assert_cmpfloat (report->total->override_rate, ==, 0.75);
  g_assert_cmpint (report->total->n_moved, ==, 0);
  g_assert_true (isnan (report->total->mean_iou));
}

/* A value at another place is corrected, and is no box that moved. */
static void
test_moved (DocumentFixture *self,
            gconstpointer data)
{
  int run = document_fixture_import (self, 0, 1, 1);
  g_autoptr (EmendDecision) decision = emend_decision_new (EMEND_DECISION_CORRECT, self->items[0]);
  const EmendDecision *one = decision;
  g_autoptr (EmendOutcome) outcome = NULL;
  g_autoptr (EmendReport) report = NULL;
  g_autoptr (GError) error = NULL;

  decision->proposal = EMEND_PROPOSAL_ID (run, 0);
  decision->sets = EMEND_DECISION_SETS_SHAPE;
  emend_shape_init_box (&decision->shape, &(EmendRect){ 10, 20, 60, 18 });
  outcome = emend_project_decide (self->project, &one, 1, &error);
  g_assert_no_error (error);
  report = make (self);
  g_assert_cmpint (row_of (report, "total")->n_corrected, ==, 1);
  g_assert_cmpint (row_of (report, "total")->n_agreeing, ==, 1);
  g_assert_cmpint (report->total->n_corrected, ==, 1);
  g_assert_cmpint (report->total->n_moved, ==, 0);
}

/* A field that is no longer asked for has a row only while something is known of it. */
static void
test_retired (DocumentFixture *self,
              gconstpointer data)
{
  g_autoptr (EmendSchema) schema = emend_schema_copy (emend_project_get_schema (self->project));
  g_autoptr (EmendReport) report = NULL;
  g_autoptr (GError) error = NULL;

  document_fixture_add (self, 0, FIELD_TOTAL, "5");
  for (int id = FIELD_DATE; id <= FIELD_TOTAL; id++) {
    EmendField *field = emend_field_copy (emend_schema_find_field (schema, id));

    field->retired = TRUE;
    g_assert_true (emend_schema_set_field (schema, field));
  }
  g_assert_true (emend_project_set_schema (self->project, schema, &error));
  report = make (self);
  g_assert_cmpuint (report->fields->len, ==, 2);
  g_assert_cmpint (row_of (report, "total")->n_added, ==, 1);
  g_assert_cmpint (row_of (report, "lines.price")->n_added, ==, 0);
}

#define ADD(path, function) \
  g_test_add ("/engine/" path, DocumentFixture, NULL, document_fixture_set_up, function, document_fixture_tear_down)

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/engine/report-fields/agree/cases", test_agree);
  ADD ("report-fields/make/empty", test_empty);
  ADD ("report-fields/make/verdicts", test_verdicts);
  ADD ("report-fields/make/moved", test_moved);
  ADD ("report-fields/make/retired", test_retired);
  return g_test_run ();
}
