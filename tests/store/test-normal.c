#define G_LOG_DOMAIN "emend-test"

#include "config.h"

#include "emend-test-project.h"
#include "emend-test.h"

/* What was decided is normalised by the schema in use, also when that is another than at the decision. */

enum {
  DATE = 3,
  TOTAL,
  SHOP,
  LINES
};

static EmendSchema *
schema_of (EmendProject *project,
           EmendDateOrder order,
           const char *currency,
           const char *shop)
{
  g_autoptr (EmendSchema) schema = emend_schema_copy (emend_project_get_schema (project));
  EmendField *date = emend_field_new (DATE, "date", EMEND_FIELD_DATE);
  EmendField *total = emend_field_new (TOTAL, "total", EMEND_FIELD_AMOUNT);
  EmendField *place = emend_field_new (SHOP, "shop", EMEND_FIELD_TEXT);
  EmendField *lines = emend_field_new (LINES, "lines", EMEND_FIELD_TABLE);
  EmendField *price = emend_field_new (0, "price", currency != NULL ? EMEND_FIELD_AMOUNT : EMEND_FIELD_TEXT);
  EmendList *list = emend_list_new ("shops");
  const char *const aliases[] = { "acme", NULL };

  emend_schema_clear_fields (schema);
  date->date_order = order;
  total->currency = g_strdup (currency);
  place->list = g_strdup ("shops");
  lines->columns = g_ptr_array_new_with_free_func ((GDestroyNotify) emend_field_free);
  price->currency = g_strdup (currency);
  g_ptr_array_add (lines->columns, price);
  g_assert_cmpint (emend_schema_add_field (schema, date), ==, DATE);
  g_assert_cmpint (emend_schema_add_field (schema, total), ==, TOTAL);
  g_assert_cmpint (emend_schema_add_field (schema, place), ==, SHOP);
  g_assert_cmpint (emend_schema_add_field (schema, lines), ==, LINES);
  emend_list_add (list, shop, aliases);
  emend_schema_set_list (schema, list);
  return g_steal_pointer (&schema);
}

static void
change (EmendProject *project,
        EmendDateOrder order,
        const char *currency,
        const char *shop)
{
  g_autoptr (EmendSchema) schema = schema_of (project, order, currency, shop);
  g_autoptr (GError) error = NULL;

  g_assert_true (emend_project_set_schema (project, schema, &error));
  g_assert_no_error (error);
}

static void
set_up (EmendTestProject *self,
        gconstpointer data)
{
  emend_test_project_set_up (self, "ann");
  emend_test_add_items (self->project, 1);
  change (self->project, EMEND_DATE_DMY, "EUR", "Acme Limited");
}

static void
tear_down (EmendTestProject *self,
           gconstpointer data)
{
  emend_test_assert_sound (self->project);
  emend_test_project_tear_down (self);
}

static EmendDecision *
says (int field,
      const char *text)
{
  EmendDecision *decision = emend_decision_new (EMEND_DECISION_ADD, 1);

  decision->label = field;
  decision->value = emend_value_new (text);
  if (field == LINES) {
    decision->value->row = 0;
    decision->value->column = g_strdup ("price");
  }
  return decision;
}

static void
decide_all (EmendProject *project)
{
  emend_outcome_free (emend_test_decide (project, says (DATE, "3/4/2026")));
  emend_outcome_free (emend_test_decide (project, says (TOTAL, "12.50")));
  emend_outcome_free (emend_test_decide (project, says (SHOP, "ACME")));
  emend_outcome_free (emend_test_decide (project, says (LINES, "7.25")));
}

/* The normalised values of the active reviewer, in the order of the fields. */
static void
assert_normals (EmendProject *project,
                const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (EmendItemContent) content = emend_project_load_content (project, 1, &error);
  g_autoptr (GString) all = g_string_new (NULL);

  g_assert_no_error (error);
  for (int field = DATE; field <= LINES; field++) {
    for (guint i = 0; i < content->marks->len; i++) {
      const EmendMark *mark = g_ptr_array_index (content->marks, i);

      if (emend_mark_get_label (mark) == field)
        g_string_append_printf (all, "%s%s", all->len > 0 ? "|" : "", emend_mark_get_value (mark)->normal);
    }
  }
  g_assert_cmpstr (all->str, ==, expected);
}

#define BEFORE "2026-04-03|12.50 EUR|Acme Limited|7.25 EUR"
#define AFTER "2026-03-04|12.50 USD|Acme Inc.|7.25 USD"

/* Order of a date, currency, list and column: each changes what was decided, and setting it back gives it back. */
static void
test_change (EmendTestProject *self,
             gconstpointer data)
{
  decide_all (self->project);
  assert_normals (self->project, BEFORE);
  change (self->project, EMEND_DATE_MDY, "USD", "Acme Inc.");
  assert_normals (self->project, AFTER);
  emend_test_assert_sound (self->project);
  emend_test_project_reopen (self, 0, "ann");
  assert_normals (self->project, AFTER);
  change (self->project, EMEND_DATE_DMY, NULL, "Acme Limited");
  assert_normals (self->project, "2026-04-03|12.50|Acme Limited|7.25");
  change (self->project, EMEND_DATE_DMY, "EUR", "Acme Limited");
  assert_normals (self->project, BEFORE);
}

/* A person's choice of the order stays. */
static void
test_own_order (EmendTestProject *self,
                gconstpointer data)
{
  EmendDecision *decision = says (DATE, "3/4/2026");

  decision->value->date_order = EMEND_DATE_MDY;
  emend_outcome_free (emend_test_decide (self->project, decision));
  assert_normals (self->project, "2026-03-04");
  change (self->project, EMEND_DATE_YMD, "EUR", "Acme Limited");
  assert_normals (self->project, "2026-03-04");
}

/* What is undone and done again after the change is read by the schema in use. */
static void
test_undo (EmendTestProject *self,
           gconstpointer data)
{
  EmendDecision *next = says (DATE, "5/6/2026");
  g_autoptr (EmendOutcome) first = emend_test_decide (self->project, says (DATE, "3/4/2026"));
  g_autoptr (GError) error = NULL;

  next->kind = EMEND_DECISION_CORRECT;
  next->sets = EMEND_DECISION_SETS_VALUE;
  next->annotation = ((EmendChange *) g_ptr_array_index (first->changes, 0))->after->uuid;
  emend_outcome_free (emend_test_decide (self->project, next));
  assert_normals (self->project, "2026-06-05");
  change (self->project, EMEND_DATE_MDY, "EUR", "Acme Limited");
  assert_normals (self->project, "2026-05-06");
  emend_outcome_free (emend_project_undo (self->project, &error));
  g_assert_no_error (error);
  assert_normals (self->project, "2026-03-04");
  emend_test_assert_sound (self->project);
  emend_outcome_free (emend_project_redo (self->project, &error));
  g_assert_no_error (error);
  assert_normals (self->project, "2026-05-06");
}

/* One schema holds for all reviewers, whoever changed it. */
static void
test_reviewers (EmendTestProject *self,
                gconstpointer data)
{
  decide_all (self->project);
  emend_test_project_reopen (self, 0, "ben");
  decide_all (self->project);
  change (self->project, EMEND_DATE_MDY, "USD", "Acme Inc.");
  assert_normals (self->project, AFTER);
  emend_test_assert_sound (self->project);
  emend_test_project_reopen (self, 0, "ann");
  assert_normals (self->project, AFTER);
}

/* Two copies in which the same was decided before and after the change agree, and one that goes on from another. */
static void
test_copies (EmendTestProject *self,
             gconstpointer data)
{
  EmendTestProject copy = { g_strdup (self->folder), g_build_filename (self->folder, "copy.emend", NULL), NULL };
  g_autoptr (GError) error = NULL;

  decide_all (self->project);
  g_assert_true (emend_project_save_copy (self->project, copy.path, &error));
  g_assert_no_error (error);
  copy.project = emend_project_open (copy.path, 0, "ann", &error);
  g_assert_no_error (error);
  change (copy.project, EMEND_DATE_MDY, "USD", "Acme Inc.");
  assert_normals (copy.project, AFTER);
  emend_outcome_free (emend_test_decide (copy.project, emend_test_decision (EMEND_DECISION_DONE, 1, 0)));
  assert_normals (copy.project, AFTER);
  emend_test_assert_sound (copy.project);
  change (self->project, EMEND_DATE_MDY, "USD", "Acme Inc.");
  assert_normals (self->project, AFTER);
  g_clear_pointer (&copy.project, emend_project_close);
  g_free (copy.folder);
  g_free (copy.path);
}

/* A proposal stays as it was written, and is read by the schema in use. */
static void
test_proposal (EmendTestProject *self,
               gconstpointer data)
{
  g_autoptr (EmendRun) run = emend_run_new ();
  g_autoptr (EmendImport) import = NULL;
  g_autoptr (EmendProposal) date = emend_test_proposal (1, DATE, 10, 0.9);
  g_autoptr (GError) error = NULL;

  run->name = g_strdup ("fields");
  date->value = emend_value_new ("3/4/2026");
  emend_schema_normalise (emend_project_get_schema (self->project), DATE, date->value);
  import = emend_import_begin (self->project, run, &error);
  g_assert_true (emend_import_add (import, date, &error));
  g_assert_true (emend_import_finish (import, &error));
  g_assert_no_error (error);
  assert_normals (self->project, "2026-04-03");
  change (self->project, EMEND_DATE_MDY, "EUR", "Acme Limited");
  assert_normals (self->project, "2026-03-04");
  emend_outcome_free (
    emend_test_decide (self->project, emend_test_decision (EMEND_DECISION_ACCEPT, 1, EMEND_PROPOSAL_ID (1, 0))));
  assert_normals (self->project, "2026-03-04");
}

/* A form that neither the journal nor the schema gives is found. */
static void
test_forged (EmendTestProject *self,
             gconstpointer data)
{
  g_autoptr (EmendCheck) check = NULL;
  g_autoptr (GError) error = NULL;

  decide_all (self->project);
  change (self->project, EMEND_DATE_MDY, "USD", "Acme Inc.");
  emend_test_sql (self->path, "UPDATE annotation SET value = replace (value, '2026-03-04', '2026-03-05')");
  check = emend_project_check (self->project, TRUE, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (check->problems->len, ==, 1);
  emend_test_sql (self->path, "UPDATE annotation SET value = replace (value, '2026-03-05', '2026-03-04')");
}

#define ADD(name, func) g_test_add ("/store/project/normal/" name, EmendTestProject, NULL, set_up, func, tear_down)

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("change", test_change);
  ADD ("own-order", test_own_order);
  ADD ("undo", test_undo);
  ADD ("reviewers", test_reviewers);
  ADD ("copies", test_copies);
  ADD ("proposal", test_proposal);
  ADD ("forged", test_forged);
  return g_test_run ();
}
