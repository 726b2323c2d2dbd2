#define G_LOG_DOMAIN "emend-test"

#include "config.h"

#include <math.h>
#include <string.h>

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

/* Items 1 to 10; 1 to 5 have two proposals each (cat, dog), with scores
 * 0.5 0.6 | 0.7 0.8 | 0.9 0.5 | 0.6 0.7 | 0.8 0.9. */
static void
set_up (EmendTestProject *self,
        gconstpointer data)
{
  emend_test_project_set_up (self, "ann");
  emend_test_add_items (self->project, 10);
  emend_test_add_run (self->project, EMEND_RUN_PROPOSALS, 5, 2);
  decide (self, EMEND_DECISION_ACCEPT, 1, P (0));
  decide (self, EMEND_DECISION_REJECT, 1, P (1));
  decide (self, EMEND_DECISION_DONE, 2, 0);
  decide (self, EMEND_DECISION_ACCEPT, 3, P (4));
  decide (self, EMEND_DECISION_DONE, 10, 0);
}

static void
tear_down (EmendTestProject *self,
           gconstpointer data)
{
  emend_test_project_tear_down (self);
}

static void
assert_items (EmendTestProject *self,
              const char *text,
              EmendItemOrder order,
              const char *expected)
{
  EmendItemFilter filter;
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) items = NULL;
  g_autoptr (GString) found = g_string_new (NULL);

  emend_item_filter_parse (&filter, emend_project_get_schema (self->project), text, &error);
  g_assert_no_error (error);
  items = emend_project_query_items (self->project, &filter, order, 0, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < items->len; i++)
    g_string_append_printf (found, "%s%d", i > 0 ? " " : "", (int) g_array_index (items, gint64, i));
  g_test_message ("%s", text);
  g_assert_cmpstr (found->str, ==, expected);
  emend_item_filter_clear (&filter);
}

static void
test_filters (EmendTestProject *self,
              gconstpointer data)
{
  g_assert_true (emend_project_set_media (self->project, 7, NULL, EMEND_MEDIA_MISSING, "gone", NULL));
  g_assert_true (emend_project_set_media (self->project, 8, "images/Österreich.JPG", EMEND_MEDIA_UNREADABLE, "broken",
                                          NULL));
  assert_items (self, "", EMEND_ITEM_ORDER_POSITION, "1 2 3 4 5 6 7 8 9 10");
  assert_items (self, "is:done", EMEND_ITEM_ORDER_POSITION, "2 10");
  assert_items (self, "is:open", EMEND_ITEM_ORDER_POSITION, "1 3");
  assert_items (self, "is:new", EMEND_ITEM_ORDER_POSITION, "4 5 6 7 8 9");
  assert_items (self, "is:open is:done", EMEND_ITEM_ORDER_POSITION, "1 2 3 10");
  assert_items (self, "is:waiting", EMEND_ITEM_ORDER_POSITION, "2 3 4 5");
  assert_items (self, "is:waiting is:new", EMEND_ITEM_ORDER_POSITION, "4 5");
  assert_items (self, "is:missing", EMEND_ITEM_ORDER_POSITION, "7");
  assert_items (self, "is:unreadable", EMEND_ITEM_ORDER_POSITION, "8");
  assert_items (self, "is:missing is:unreadable", EMEND_ITEM_ORDER_POSITION, "7 8");
  assert_items (self, "has:accepted", EMEND_ITEM_ORDER_POSITION, "1 3");
  assert_items (self, "has:rejected", EMEND_ITEM_ORDER_POSITION, "1");
  assert_items (self, "has:undecided has:rejected", EMEND_ITEM_ORDER_POSITION, "1 2 3 4 5");
  assert_items (self, "has:corrected", EMEND_ITEM_ORDER_POSITION, "");
  assert_items (self, "has:added", EMEND_ITEM_ORDER_POSITION, "");
  assert_items (self, "label:cat", EMEND_ITEM_ORDER_POSITION, "1 2 3 4 5");
  assert_items (self, "score<0.6", EMEND_ITEM_ORDER_POSITION, "3");
  assert_items (self, "score<0.65", EMEND_ITEM_ORDER_POSITION, "3 4");
  assert_items (self, "0003", EMEND_ITEM_ORDER_POSITION, "4");
  assert_items (self, "IMAGES 0003", EMEND_ITEM_ORDER_POSITION, "4");
  assert_items (self, "ÖSTER jpg", EMEND_ITEM_ORDER_POSITION, "8");
  assert_items (self, "0003 is:done", EMEND_ITEM_ORDER_POSITION, "");
}

static void
test_label_of_annotation (EmendTestProject *self,
                          gconstpointer data)
{
  EmendDecision *decision = emend_test_decision (EMEND_DECISION_ADD, 9, 0);

  decision->label = 2;
  emend_shape_init_box (&decision->shape, &(EmendRect){ 1, 1, 2, 2 });
  emend_outcome_free (emend_test_decide (self->project, decision));
  assert_items (self, "label:dog", EMEND_ITEM_ORDER_POSITION, "1 2 3 4 5 9");
  assert_items (self, "label:\"dog\" has:added", EMEND_ITEM_ORDER_POSITION, "9");
}

static void
test_orders (EmendTestProject *self,
             gconstpointer data)
{
  g_assert_true (emend_project_set_media (self->project, 1, "images/10.jpg", EMEND_MEDIA_OK, NULL, NULL));
  g_assert_true (emend_project_set_media (self->project, 2, "images/9.jpg", EMEND_MEDIA_OK, NULL, NULL));
  assert_items (self, "is:waiting", EMEND_ITEM_ORDER_DOUBT, "3 4 2 5");
  assert_items (self, "is:waiting", EMEND_ITEM_ORDER_UNDECIDED, "2 4 5 3");
  assert_items (self, "is:open is:done", EMEND_ITEM_ORDER_NAME, "3 10 2 1");
}

static void
test_limit (EmendTestProject *self,
            gconstpointer data)
{
  g_autoptr (GArray) items = emend_project_query_items (self->project, NULL, EMEND_ITEM_ORDER_POSITION, 3, NULL);

  g_assert_cmpuint (items->len, ==, 3);
}

static void
test_bad_filters (EmendTestProject *self,
                  gconstpointer data)
{
  const char *const bad[] = { "is:nonsense", "has:nothing", "label:bird", "score<x", "score<", "label:cat label:dog",
                              "is:" };

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++) {
    EmendItemFilter filter;
    g_autoptr (GError) error = NULL;
    const char *word = strrchr (bad[i], ' ') ? strrchr (bad[i], ' ') + 1 : bad[i];

    g_assert_false (emend_item_filter_parse (&filter, emend_project_get_schema (self->project), bad[i], &error));
    g_assert_error (error, EMEND_STORE_ERROR, EMEND_STORE_ERROR_REFUSED);
    g_assert_nonnull (strstr (error->message, word));
    g_assert_true (emend_item_filter_is_empty (&filter));
  }
}

static void
test_filter_values (EmendTestProject *self,
                    gconstpointer data)
{
  EmendItemFilter filter;

  emend_item_filter_init (&filter);
  g_assert_true (emend_item_filter_is_empty (&filter));
  g_assert_true (emend_item_filter_parse (&filter, emend_project_get_schema (self->project),
                                          "\"two words\" is:waiting score<0.5 label:cat", NULL));
  g_assert_cmpstr (filter.text, ==, "two words");
  g_assert_true (filter.waiting);
  g_assert_cmpfloat (filter.score_below, ==, 0.5);
  g_assert_cmpint (filter.label, ==, 1);
  g_assert_false (emend_item_filter_is_empty (&filter));
  emend_item_filter_clear (&filter);
  g_assert_true (isnan (filter.score_below));
}

static void
assert_next (EmendTestProject *self,
             EmendItemOrder order,
             gint64 after,
             gint64 expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (EmendItem) item = emend_project_next_waiting (self->project, after, order, &error);

  g_assert_no_error (error);
  g_assert_cmpint (item != NULL ? item->id : 0, ==, expected);
}

static void
test_next_waiting (EmendTestProject *self,
                   gconstpointer data)
{
  assert_next (self, EMEND_ITEM_ORDER_POSITION, -1, 3);
  assert_next (self, EMEND_ITEM_ORDER_POSITION, 2, 4);
  assert_next (self, EMEND_ITEM_ORDER_POSITION, 8, 3);
  assert_next (self, EMEND_ITEM_ORDER_POSITION, 999, 3);
  assert_next (self, EMEND_ITEM_ORDER_NAME, -1, 3);
  assert_next (self, EMEND_ITEM_ORDER_NAME, 4, 6);
  assert_next (self, EMEND_ITEM_ORDER_DOUBT, -1, 3);
  assert_next (self, EMEND_ITEM_ORDER_DOUBT, 2, 4);
  assert_next (self, EMEND_ITEM_ORDER_DOUBT, 5, 3);
  assert_next (self, EMEND_ITEM_ORDER_UNDECIDED, -1, 4);
  assert_next (self, EMEND_ITEM_ORDER_UNDECIDED, 3, 5);
  for (int i = 3; i < 10; i++)
    decide (self, EMEND_DECISION_DONE, i, 0);
  for (EmendItemOrder order = EMEND_ITEM_ORDER_POSITION; order <= EMEND_ITEM_ORDER_UNDECIDED; order++)
    assert_next (self, order, 1, 0);
  decide (self, EMEND_DECISION_REOPEN, 4, 0);
  for (EmendItemOrder order = EMEND_ITEM_ORDER_POSITION; order <= EMEND_ITEM_ORDER_UNDECIDED; order++)
    assert_next (self, order, 3, 4);
}

static void
test_load_items (EmendTestProject *self,
                 gconstpointer data)
{
  const gint64 ids[] = { 7, 2 };
  const gint64 wrong[] = { 7, 99 };
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) items = emend_project_load_items (self->project, ids, 2, &error);
  g_autoptr (GPtrArray) at = emend_project_load_items_at (self->project, 8, 5, &error);
  g_autoptr (GPtrArray) beyond = emend_project_load_items_at (self->project, 80, 5, &error);

  g_assert_no_error (error);
  g_assert_cmpint (((EmendItem *) g_ptr_array_index (items, 0))->id, ==, 7);
  g_assert_cmpint (((EmendItem *) g_ptr_array_index (items, 1))->id, ==, 2);
  g_assert_cmpuint (at->len, ==, 2);
  g_assert_cmpint (((EmendItem *) g_ptr_array_index (at, 1))->id, ==, 10);
  g_assert_cmpuint (beyond->len, ==, 0);
  g_assert_null (emend_project_load_items (self->project, wrong, 2, &error));
  g_assert_error (error, EMEND_STORE_ERROR, EMEND_STORE_ERROR_REFUSED);
}

#define ADD(name, func) g_test_add ("/store/" name, EmendTestProject, NULL, set_up, func, tear_down)

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("project/query-items/filters", test_filters);
  ADD ("project/query-items/label-of-annotation", test_label_of_annotation);
  ADD ("project/query-items/orders", test_orders);
  ADD ("project/query-items/limit", test_limit);
  ADD ("project/next-waiting/orders", test_next_waiting);
  ADD ("project/load-items/some", test_load_items);
  ADD ("item-filter/parse/bad", test_bad_filters);
  ADD ("item-filter/parse/values", test_filter_values);
  return g_test_run ();
}
