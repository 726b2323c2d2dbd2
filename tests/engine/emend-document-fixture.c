#include "config.h"

#include "emend-document-fixture.h"

#include "emend-test.h"

static EmendSchema *
make_schema (void)
{
  EmendSchema *schema = emend_schema_new ();
  EmendField *lines = emend_field_new (0, "lines", EMEND_FIELD_TABLE);

  lines->columns = g_ptr_array_new_with_free_func ((GDestroyNotify) emend_field_free);
  g_ptr_array_add (lines->columns, emend_field_new (0, "price", EMEND_FIELD_AMOUNT));
  g_assert_cmpint (emend_schema_add_field (schema, emend_field_new (0, "date", EMEND_FIELD_DATE)), ==, FIELD_DATE);
  g_assert_cmpint (emend_schema_add_field (schema, emend_field_new (0, "total", EMEND_FIELD_AMOUNT)), ==, FIELD_TOTAL);
  g_assert_cmpint (emend_schema_add_field (schema, lines), ==, FIELD_LINES);
  return schema;
}

static void
add_items (DocumentFixture *self)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new ();
  EmendNewItem new_items[DOCUMENTS] = { 0 };
  g_autoptr (GError) error = NULL;

  for (int i = 0; i < DOCUMENTS; i++) {
    EmendItem *item = new_items[i].item = emend_item_new ();

    item->path = g_strdup_printf ("%d.png", i);
    item->size = 10;
    item->sha256.bytes[0] = (guint8) (i + 1);
    item->n_pages = 1;
    item->width = 400;
    item->height = 600;
    item->orientation = 1;
    g_ptr_array_add (items, &new_items[i]);
  }
  g_assert_cmpint (emend_project_add_items (self->project, items, NULL, NULL, NULL, &error), ==, DOCUMENTS);
  g_assert_no_error (error);
  for (int i = 0; i < DOCUMENTS; i++) {
    g_autoptr (EmendItem) item = emend_project_find_item (self->project, new_items[i].item->path, &error);

    g_assert_no_error (error);
    self->items[i] = item->id;
    emend_item_free (new_items[i].item);
  }
}

void
document_fixture_set_up (DocumentFixture *self,
                         gconstpointer data)
{
  g_autoptr (EmendSchema) schema = make_schema ();
  g_autoptr (GError) error = NULL;

  self->folder = emend_test_make_folder ();
  self->path = g_build_filename (self->folder, "test.emend", NULL);
  self->project = emend_project_create (self->path, "Test", schema, "Ada", &error);
  g_assert_no_error (error);
  add_items (self);
}

void
document_fixture_tear_down (DocumentFixture *self,
                            gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (EmendCheck) check = emend_project_check (self->project, TRUE, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (check->problems->len, ==, 0);
  emend_project_close (self->project);
  emend_test_remove_folder (self->folder);
  g_free (self->folder);
  g_free (self->path);
}

char *
document_fixture_date (int number)
{
  return g_strdup_printf ("%02d/%02d/20%02d", number % 27 + 1, number % 12 + 1, 10 + number % 15);
}

char *
document_fixture_total (int number)
{
  return g_strdup_printf ("%d.%02d", 20 + number * 3, number * 7 % 100);
}

static void
add_word (EmendWords *words,
          const char *text,
          double x,
          guint line)
{
  const EmendRect box = { x, 40 + 40.0 * line, 9.0 * (double) g_utf8_strlen (text, -1), 18 };

  g_assert_true (emend_words_add (words, text, &box, 0.9, line));
}

EmendWords *
document_fixture_words (int number)
{
  EmendWords *words = emend_words_new (400, 600, "test", "eng");
  g_autofree char *shop = g_strdup_printf ("Shop%d", number);
  g_autofree char *date = document_fixture_date (number);
  g_autofree char *net = g_strdup_printf ("%d.10", 3 + number);
  g_autofree char *total = document_fixture_total (number);
  g_autofree char *cash = g_strdup_printf ("%d.00", 500 + number);

  add_word (words, shop, 30, 0);
  add_word (words, "Date:", 30, 1);
  add_word (words, date, 120, 1);
  add_word (words, "Subtotal", 30, 3);
  add_word (words, net, 250, 3);
  add_word (words, "Total", 30, 4);
  add_word (words, total, 250, 4);
  add_word (words, "Cash", 30, 6);
  add_word (words, cash, 250, 6);
  return words;
}

void
document_fixture_read (DocumentFixture *self,
                       int first,
                       int end)
{
  for (int i = first; i < end; i++) {
    g_autoptr (EmendWords) words = document_fixture_words (i);
    const EmendDigest sha256 = { .bytes = { (guint8) (i + 1) } };
    g_autoptr (GError) error = NULL;

    g_assert_true (emend_project_store_words (self->project, &sha256, 0, words, &error));
    g_assert_no_error (error);
  }
}

static void
decide (DocumentFixture *self,
        EmendDecision *decision)
{
  g_autoptr (EmendDecision) owned = decision;
  const EmendDecision *one = owned;
  g_autoptr (GError) error = NULL;
  g_autoptr (EmendOutcome) outcome = emend_project_decide (self->project, &one, 1, &error);

  g_assert_no_error (error);
  g_assert_nonnull (outcome);
}

void
document_fixture_add (DocumentFixture *self,
                      int number,
                      int field,
                      const char *value)
{
  EmendDecision *decision = emend_decision_new (EMEND_DECISION_ADD, self->items[number]);

  decision->label = field;
  decision->value = emend_value_new (value);
  decision->sets = EMEND_DECISION_SETS_VALUE;
  decide (self, decision);
}

void
document_fixture_decide (DocumentFixture *self,
                         EmendDecisionKind kind,
                         int number,
                         int field,
                         EmendProposalId proposal)
{
  EmendDecision *decision = emend_decision_new (kind, self->items[number]);

  decision->label = field;
  decision->proposal = proposal;
  decide (self, decision);
}

void
document_fixture_correct (DocumentFixture *self,
                          int number,
                          int field,
                          EmendProposalId proposal,
                          const char *value)
{
  EmendDecision *decision = emend_decision_new (EMEND_DECISION_CORRECT, self->items[number]);

  decision->label = field;
  decision->proposal = proposal;
  decision->value = emend_value_new (value);
  decision->sets = EMEND_DECISION_SETS_VALUE;
  decide (self, decision);
}

void
document_fixture_finish (DocumentFixture *self,
                         int first,
                         int end)
{
  for (int i = first; i < end; i++) {
    g_autofree char *date = document_fixture_date (i);
    g_autofree char *total = document_fixture_total (i);

    document_fixture_add (self, i, FIELD_DATE, date);
    document_fixture_add (self, i, FIELD_TOTAL, total);
    document_fixture_decide (self, EMEND_DECISION_DONE, i, 0, 0);
  }
}

EmendItemContent *
document_fixture_content (DocumentFixture *self,
                          int number)
{
  g_autoptr (GError) error = NULL;
  EmendItemContent *content = emend_project_load_content (self->project, self->items[number], &error);

  g_assert_no_error (error);
  return content;
}

int
document_fixture_import (DocumentFixture *self,
                         int first,
                         int end,
                         int n_right)
{
  g_autoptr (EmendRun) run = emend_run_new ();
  g_autoptr (EmendImport) import = NULL;
  g_autoptr (GPtrArray) runs = NULL;
  g_autoptr (GError) error = NULL;

  run->name = g_strdup ("other");
  run->model = g_strdup ("other");
  import = emend_import_begin (self->project, run, &error);
  g_assert_no_error (error);
  for (int i = first; i < end; i++) {
    g_autoptr (EmendProposal) proposal = emend_proposal_new ();
    g_autofree char *total = document_fixture_total (i);

    proposal->item = self->items[i];
    proposal->label = FIELD_TOTAL;
    proposal->score = 0.5;
    emend_shape_init_box (&proposal->shape, &(EmendRect){ 250, 200, 60, 18 });
    proposal->value = emend_value_new (i - first < n_right ? total : "1.11");
    emend_schema_normalise (emend_project_get_schema (self->project), FIELD_TOTAL, proposal->value);
    g_assert_true (emend_import_add (import, proposal, &error));
  }
  g_assert_true (emend_import_finish (import, &error));
  g_assert_no_error (error);
  runs = emend_project_list_runs (self->project, &error);
  g_assert_no_error (error);
  return ((EmendRun *) g_ptr_array_index (runs, runs->len - 1))->id;
}
