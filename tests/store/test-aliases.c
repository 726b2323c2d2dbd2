#define G_LOG_DOMAIN "emend-test"

#include "config.h"

#include <string.h>

#include "emend-test-project.h"
#include "emend-test.h"

/* What a correction teaches the look-up list of its field. */

/* What no list knows is read as it stands. */
#define UNKNOWN "ACME LTD."

enum {
  SHOP = 3,
  LINES
};

static void
set_list (EmendProject *project,
          const char *refused)
{
  g_autoptr (EmendSchema) schema = emend_schema_copy (emend_project_get_schema (project));
  EmendField *shop = emend_field_new (SHOP, "shop", EMEND_FIELD_TEXT);
  EmendField *lines = emend_field_new (LINES, "lines", EMEND_FIELD_TABLE);
  EmendField *maker = emend_field_new (0, "maker", EMEND_FIELD_TEXT);
  EmendList *list = emend_list_new ("shops");
  g_autoptr (GError) error = NULL;

  emend_schema_clear_fields (schema);
  shop->list = g_strdup ("shops");
  maker->list = g_strdup ("shops");
  lines->columns = g_ptr_array_new_with_free_func ((GDestroyNotify) emend_field_free);
  g_ptr_array_add (lines->columns, maker);
  g_assert_cmpint (emend_schema_add_field (schema, shop), ==, SHOP);
  g_assert_cmpint (emend_schema_add_field (schema, lines), ==, LINES);
  emend_list_add (list, "Acme Limited", NULL);
  emend_list_add (list, "Paper Ltd.", NULL);
  if (refused != NULL)
    emend_list_refuse (list, refused);
  emend_schema_set_list (schema, list);
  g_assert_true (emend_project_set_schema (project, schema, &error));
  g_assert_no_error (error);
}

/* In each of three documents the model reads the shop as "ACME LTD." at the same place. */
static void
set_up (EmendTestProject *self,
        gconstpointer data)
{
  g_autoptr (EmendRun) run = emend_run_new ();
  g_autoptr (EmendImport) import = NULL;
  g_autoptr (GError) error = NULL;

  emend_test_project_set_up (self, "ann");
  emend_test_add_items (self->project, 4);
  set_list (self->project, NULL);
  run->name = g_strdup ("fields");
  import = emend_import_begin (self->project, run, &error);
  for (gint64 item = 1; item <= 4; item++) {
    g_autoptr (EmendProposal) shop = emend_test_proposal (item, SHOP, 10, 0.9);

    shop->value = emend_value_new ("ACME LTD.");
    g_assert_true (emend_import_add (import, shop, &error));
  }
  g_assert_true (emend_import_finish (import, &error));
  g_assert_no_error (error);
}

static void
tear_down (EmendTestProject *self,
           gconstpointer data)
{
  emend_test_assert_sound (self->project);
  emend_test_project_tear_down (self);
}

static EmendDecision *
correct (gint64 item,
         const char *text)
{
  EmendDecision *decision = emend_test_decision (EMEND_DECISION_CORRECT, item, EMEND_PROPOSAL_ID (1, item - 1));

  decision->value = emend_value_new (text);
  decision->sets = EMEND_DECISION_SETS_VALUE;
  return decision;
}

static gboolean
decide (EmendTestProject *self,
        EmendDecision *decision)
{
  g_autoptr (EmendOutcome) outcome = emend_test_decide (self->project, decision);

  return outcome->learned;
}

/* How the value of the shop in a document is read now. */
static void
assert_reads (EmendTestProject *self,
              gint64 item,
              const char *expected)
{
  g_autoptr (EmendItemContent) content = emend_project_load_content (self->project, item, NULL);
  const EmendMark *mark = g_ptr_array_index (content->marks, 0);

  g_assert_cmpstr (emend_mark_get_value (mark)->normal, ==, expected);
}

static void
test_correct (EmendTestProject *self,
              gconstpointer data)
{
  assert_reads (self, 2, UNKNOWN);
  g_assert_true (decide (self, correct (1, "Acme Limited")));
  assert_reads (self, 2, "Acme Limited");
  g_assert_false (decide (self, emend_test_decision (EMEND_DECISION_ACCEPT, 2, EMEND_PROPOSAL_ID (1, 1))));
  assert_reads (self, 2, "Acme Limited");
  emend_test_project_reopen (self, 0, "ben"); /* what was learned is there for everybody, and after opening again */
  assert_reads (self, 3, "Acme Limited");
}

/* Taking the correction back takes the spelling back, also from what was decided with it. */
static void
test_undo (EmendTestProject *self,
           gconstpointer data)
{
  g_autoptr (EmendOutcome) undone = NULL;
  g_autoptr (EmendOutcome) redone = NULL;
  g_autoptr (GError) error = NULL;

  decide (self, emend_test_decision (EMEND_DECISION_ACCEPT, 2, EMEND_PROPOSAL_ID (1, 1)));
  decide (self, correct (1, "Acme Limited"));
  assert_reads (self, 2, "Acme Limited");
  undone = emend_project_undo (self->project, &error);
  g_assert_no_error (error);
  g_assert_true (undone->learned);
  assert_reads (self, 2, UNKNOWN);
  assert_reads (self, 3, UNKNOWN);
  emend_test_assert_sound (self->project);
  redone = emend_project_redo (self->project, &error);
  g_assert_no_error (error);
  g_assert_true (redone->learned);
  assert_reads (self, 2, "Acme Limited");
}

/* Clearing the decision, or correcting it to another name, does the same as undoing it. */
static void
test_change (EmendTestProject *self,
             gconstpointer data)
{
  decide (self, correct (1, "Acme Limited"));
  g_assert_true (decide (self, correct (1, "Paper Ltd.")));
  assert_reads (self, 2, "Paper Ltd.");
  g_assert_true (decide (self, emend_test_decision (EMEND_DECISION_CLEAR, 1, EMEND_PROPOSAL_ID (1, 0))));
  assert_reads (self, 2, UNKNOWN);
}

/* The name that most say counts, and none where as many say another. */
static void
test_several (EmendTestProject *self,
              gconstpointer data)
{
  decide (self, correct (1, "Acme Limited"));
  g_assert_true (decide (self, correct (2, "Paper Ltd.")));
  assert_reads (self, 4, UNKNOWN);
  decide (self, correct (3, "Acme Limited"));
  assert_reads (self, 4, "Acme Limited");
}

/* Who takes the value from another place says nothing of what the model read here; what stands there is learned. */
static void
test_elsewhere (EmendTestProject *self,
                gconstpointer data)
{
  EmendDecision *decision = correct (1, "Paper Ltd.");

  decision->sets |= EMEND_DECISION_SETS_SHAPE;
  emend_shape_init_box (&decision->shape, &(EmendRect){ 50, 60, 70, 8 });
  g_free (decision->value->text);
  decision->value->text = g_strdup ("PAPR L");
  g_assert_true (decide (self, decision));
  assert_reads (self, 2, UNKNOWN);
  g_assert_cmpstr (emend_list_find (emend_schema_get_list (emend_project_get_schema (self->project), 0), "papr l"), ==,
                   "Paper Ltd.");
}

/* What is not in the list, or was kept against it, teaches nothing. */
static void
test_nothing (EmendTestProject *self,
              gconstpointer data)
{
  EmendDecision *kept = correct (2, "Acme Limited");

  kept->value->override = g_strdup ("as printed");
  g_assert_false (decide (self, correct (1, "Acme Unlimited")));
  g_assert_false (decide (self, kept));
  assert_reads (self, 3, UNKNOWN);
}

/* A cell of a table teaches the list of its column. */
static void
test_cell (EmendTestProject *self,
           gconstpointer data)
{
  EmendDecision *decision = emend_decision_new (EMEND_DECISION_ADD, 1);

  decision->label = LINES;
  decision->value = emend_value_new ("Acme Limited");
  g_free (decision->value->text);
  decision->value->text = g_strdup ("Acme Ltd");
  decision->value->row = 0;
  decision->value->column = g_strdup ("maker");
  g_assert_true (decide (self, decision));
  assert_reads (self, 2, "Acme Limited");
}

/* Somebody took the spelling away: it is not learned again, and what was decided with it is read without it. */
static void
test_refused (EmendTestProject *self,
              gconstpointer data)
{
  decide (self, emend_test_decision (EMEND_DECISION_ACCEPT, 2, EMEND_PROPOSAL_ID (1, 1)));
  decide (self, correct (1, "Acme Limited"));
  set_list (self->project, "Acme Ltd");
  assert_reads (self, 2, UNKNOWN);
  decide (self, correct (3, "Acme Limited"));
  assert_reads (self, 4, UNKNOWN);
  emend_test_project_reopen (self, 0, "ann");
  assert_reads (self, 4, UNKNOWN);
}

/* The project does not write what was learned into its schema; a file of the schema has it. */
static void
test_export (EmendTestProject *self,
             gconstpointer data)
{
  g_autoptr (EmendSchema) copy = NULL;
  g_autofree char *inside = NULL;
  g_autofree char *outside = NULL;

  decide (self, correct (1, "Acme Limited"));
  inside = emend_schema_to_json (emend_project_get_schema (self->project), FALSE);
  copy = emend_schema_copy_with_learned (emend_project_get_schema (self->project));
  outside = emend_schema_to_json (copy, FALSE);
  g_assert_null (strstr (inside, "ACME LTD."));
  g_assert_nonnull (strstr (outside, "{\"value\":\"Acme Limited\",\"aliases\":[\"ACME LTD.\"]}"));
}

/* A reviewer who goes on in a copy can take back what was taught before the copy was made. */
static void
test_copy (EmendTestProject *self,
           gconstpointer data)
{
  g_autofree char *path = g_build_filename (self->folder, "copy.emend", NULL);
  g_autoptr (EmendProject) first = NULL;
  g_autoptr (GError) error = NULL;

  decide (self, correct (1, "Acme Limited"));
  g_assert_true (emend_project_save_copy (self->project, path, &error));
  g_assert_no_error (error);
  first = g_steal_pointer (&self->project);
  self->project = emend_project_open (path, 0, "ann", &error);
  g_assert_no_error (error);
  assert_reads (self, 2, "Acme Limited");
  g_assert_true (decide (self, emend_test_decision (EMEND_DECISION_CLEAR, 1, EMEND_PROPOSAL_ID (1, 0))));
  assert_reads (self, 2, UNKNOWN);
}

#define ADD(name, func) g_test_add ("/store/project/aliases/" name, EmendTestProject, NULL, set_up, func, tear_down)

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("correct", test_correct);
  ADD ("undo", test_undo);
  ADD ("change", test_change);
  ADD ("several", test_several);
  ADD ("elsewhere", test_elsewhere);
  ADD ("nothing", test_nothing);
  ADD ("cell", test_cell);
  ADD ("refused", test_refused);
  ADD ("export", test_export);
  ADD ("copy", test_copy);
  return g_test_run ();
}
