#define G_LOG_DOMAIN "emend-test"

#include "config.h"

#include <string.h>

#include "emend-item-model.h"
#include "emend-mark-model.h"
#include "emend-stopwatch.h"
#include "emend-test.h"
#include "ui-fixture.h"

static EmendVerdict
verdict_of (UiFixture *fixture,
            guint index)
{
  return emend_mark_get_verdict (emend_review_get_mark (fixture->review, index));
}

static const char *
open_path (UiFixture *fixture)
{
  return emend_review_get_item (fixture->review)->path;
}

static gboolean
is_at_b (UiFixture *fixture)
{
  return strcmp (open_path (fixture), "b.png") == 0;
}

static gboolean
is_at_a (UiFixture *fixture)
{
  return strcmp (open_path (fixture), "a.png") == 0;
}

static void
keep_error_cb (EmendReview *review,
               const GError *error,
               GError **kept)
{
  g_clear_error (kept);
  *kept = g_error_copy (error);
}

static void
test_start (UiFixture *fixture,
            gconstpointer data)
{
  g_assert_cmpstr (open_path (fixture), ==, "a.png");
  g_assert_cmpuint (emend_review_get_n_marks (fixture->review), ==, 3);
  g_assert_cmpint (emend_review_get_selected (fixture->review), ==, 0);
  g_assert_cmpint (emend_review_get_info (fixture->review)->n_undecided, ==, 4);
  g_assert_true (emend_review_is_writable (fixture->review));
}

/* The verdict shows before the project answers, and is the one that the project keeps. */
static void
test_accept (UiFixture *fixture,
             gconstpointer data)
{
  emend_review_accept (fixture->review, 0, TRUE);
  g_assert_cmpint (verdict_of (fixture, 0), ==, EMEND_VERDICT_ACCEPTED);
  g_assert_cmpint (emend_review_get_selected (fixture->review), ==, 1);
  g_assert_true (emend_review_is_saving (fixture->review));
  ui_fixture_wait (fixture, ui_fixture_is_saved);
  g_assert_cmpint (emend_review_get_info (fixture->review)->n_accepted, ==, 1);
  g_assert_false (emend_uuid_is_nil (&emend_review_get_mark (fixture->review, 0)->annotation->uuid));
}

static void
test_reject_last_goes_on (UiFixture *fixture,
                          gconstpointer data)
{
  emend_review_accept (fixture->review, 0, TRUE);
  emend_review_accept (fixture->review, 1, TRUE);
  emend_review_reject (fixture->review, 2, TRUE);
  g_assert_cmpint (verdict_of (fixture, 2), ==, EMEND_VERDICT_REJECTED);
  ui_fixture_wait (fixture, is_at_b);
  g_assert_cmpint (emend_review_get_selected (fixture->review), ==, 0);
}

static gboolean
is_missing (UiFixture *fixture)
{
  return emend_review_get_state (fixture->review) == EMEND_REVIEW_MISSING;
}

static guint finished;

static void
finished_cb (void)
{
  finished++;
}

static gboolean
is_finished (UiFixture *fixture)
{
  return finished > 0;
}

/* From item to item, also over one whose file is missing, until nothing waits. */
static void
test_finished (UiFixture *fixture,
               gconstpointer data)
{
  finished = 0;
  g_signal_connect (fixture->review, "finished", G_CALLBACK (finished_cb), NULL);
  emend_review_done (fixture->review, TRUE);
  ui_fixture_wait (fixture, is_at_b);
  emend_review_done (fixture->review, TRUE);
  ui_fixture_wait (fixture, is_missing);
  g_assert_cmpuint (finished, ==, 0);
  emend_review_done (fixture->review, FALSE);
  ui_fixture_wait (fixture, is_finished);
  ui_fixture_wait (fixture, ui_fixture_is_saved);
  g_assert_cmpint (emend_review_get_info (fixture->review)->n_undecided, ==, 0);
  g_assert_cmpint (emend_review_get_info (fixture->review)->n_accepted, ==, 4);
  g_assert_cmpint (emend_review_get_info (fixture->review)->n_items_done, ==, 3);
}

static void
test_relabel_and_undo (UiFixture *fixture,
                       gconstpointer data)
{
  emend_review_relabel (fixture->review, 0, 2);
  g_assert_cmpint (verdict_of (fixture, 0), ==, EMEND_VERDICT_CORRECTED);
  emend_review_undo (fixture->review);
  ui_fixture_wait (fixture, ui_fixture_is_saved);
  g_assert_cmpint (verdict_of (fixture, 0), ==, EMEND_VERDICT_NONE);
  g_assert_cmpint (emend_mark_get_label (emend_review_get_mark (fixture->review, 0)), ==, 1);
  emend_review_redo (fixture->review);
  ui_fixture_wait (fixture, ui_fixture_is_saved);
  g_assert_cmpint (verdict_of (fixture, 0), ==, EMEND_VERDICT_CORRECTED);
  g_assert_cmpint (emend_mark_get_label (emend_review_get_mark (fixture->review, 0)), ==, 2);
}

/* Undo goes to the item that it is about. */
static void
test_undo_jumps (UiFixture *fixture,
                 gconstpointer data)
{
  emend_review_accept (fixture->review, 1, FALSE);
  emend_review_open (fixture->review, 2);
  ui_fixture_wait (fixture, is_at_b);
  emend_review_undo (fixture->review);
  ui_fixture_wait (fixture, is_at_a);
  g_assert_cmpint (emend_review_get_selected (fixture->review), ==, 1);
  g_assert_cmpint (verdict_of (fixture, 1), ==, EMEND_VERDICT_NONE);
}

/* Many small steps are one decision. */
static void
test_nudge (UiFixture *fixture,
            gconstpointer data)
{
  gint64 events = emend_review_get_info (fixture->review)->n_events;

  for (int i = 1; i <= 5; i++) {
    g_auto (EmendShape) shape = { 0 };
    EmendRect box = { 20 + i, 30, 60, 50 };

    emend_shape_init_box (&shape, &box);
    emend_review_reshape (fixture->review, 0, &shape, TRUE);
  }
  g_assert_true (emend_review_is_saving (fixture->review));
  emend_review_flush (fixture->review);
  ui_fixture_wait (fixture, ui_fixture_is_saved);
  g_assert_cmpint (emend_review_get_info (fixture->review)->n_events, ==, events + 1);
  g_assert_cmpfloat (emend_mark_get_shape (emend_review_get_mark (fixture->review, 0))->box.x, ==, 25);
  g_assert_cmpint (verdict_of (fixture, 0), ==, EMEND_VERDICT_CORRECTED);
}

static void
test_add_and_remove (UiFixture *fixture,
                     gconstpointer data)
{
  g_auto (EmendShape) shape = { 0 };
  EmendRect box = { 100, 100, 40, 40 };
  int index;

  emend_shape_init_box (&shape, &box);
  index = emend_review_add (fixture->review, 2, &shape);
  g_assert_cmpint (index, ==, 3);
  g_assert_cmpint (emend_review_get_selected (fixture->review), ==, 3);
  g_assert_cmpint (verdict_of (fixture, 3), ==, EMEND_VERDICT_ADDED);
  emend_review_reject (fixture->review, 3, FALSE);
  g_assert_null (emend_review_get_mark (fixture->review, 3));
  g_assert_cmpint (emend_review_get_selected (fixture->review), ==, -1);
  emend_review_undo (fixture->review);
  ui_fixture_wait (fixture, ui_fixture_is_saved);
  g_assert_cmpint (verdict_of (fixture, 3), ==, EMEND_VERDICT_ADDED);
  g_assert_cmpint (emend_review_get_info (fixture->review)->n_added, ==, 1);
}

/* What the project refuses is taken back, and told. */
static void
test_refused (UiFixture *fixture,
              gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_auto (EmendShape) shape = { 0 };
  EmendRect empty = { 10, 10, 0, 0 };

  g_signal_connect (fixture->review, "failed", G_CALLBACK (keep_error_cb), &error);
  emend_shape_init_box (&shape, &empty);
  emend_review_reshape (fixture->review, 1, &shape, FALSE);
  g_assert_cmpint (verdict_of (fixture, 1), ==, EMEND_VERDICT_CORRECTED);
  ui_fixture_wait (fixture, ui_fixture_is_saved);
  while (emend_review_get_mark (fixture->review, 1)->annotation != NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_error (error, EMEND_STORE_ERROR, EMEND_STORE_ERROR_REFUSED);
  g_assert_cmpint (verdict_of (fixture, 1), ==, EMEND_VERDICT_NONE);
}

/* What the threshold hides is not asked about and not accepted in bulk. */
static void
test_threshold (UiFixture *fixture,
                gconstpointer data)
{
  EmendOverlayFilter filter = { 0.5, FALSE };

  emend_review_set_filter (fixture->review, &filter);
  g_assert_cmpuint (emend_review_count_undecided (fixture->review), ==, 2);
  g_assert_cmpuint (emend_review_count_hidden (fixture->review), ==, 1);
  g_assert_false (emend_review_is_shown (fixture->review, 2));
  emend_review_step (fixture->review, 1);
  g_assert_cmpint (emend_review_get_selected (fixture->review), ==, 1);
  emend_review_step (fixture->review, 1);
  g_assert_cmpint (emend_review_get_selected (fixture->review), ==, 0);
  emend_review_done (fixture->review, TRUE);
  ui_fixture_wait (fixture, ui_fixture_is_saved);
  g_assert_cmpint (emend_review_get_info (fixture->review)->n_accepted, ==, 2);
}

static void
test_missing (UiFixture *fixture,
              gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_signal_connect (fixture->review, "failed", G_CALLBACK (keep_error_cb), &error);
  emend_review_open (fixture->review, 3);
  ui_fixture_wait (fixture, is_missing);
  emend_review_locate (fixture->review, "/nowhere/at/all.png");
  while (error == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (is_missing (fixture));
}

/* A page is turned by hand, and by what is selected on another one; nothing unseen stays selected. */
static void
test_pages (UiFixture *fixture,
            gconstpointer data)
{
  g_auto (EmendShape) shape = { 0 };
  EmendRect box = { 100, 100, 40, 40 };
  int added;

  emend_review_open (fixture->review, 2);
  ui_fixture_wait (fixture, is_at_b);
  g_assert_cmpint (emend_review_get_n_pages (fixture->review), ==, 3);
  emend_review_select (fixture->review, 0, TRUE);
  emend_review_turn (fixture->review, -1);
  g_assert_cmpint (emend_review_get_page (fixture->review)->number, ==, 0);
  g_assert_cmpint (emend_review_get_selected (fixture->review), ==, 0);
  emend_review_turn (fixture->review, 1);
  g_assert_cmpint (emend_review_get_page (fixture->review)->number, ==, 1);
  g_assert_cmpint (emend_review_get_selected (fixture->review), ==, -1);
  emend_shape_init_box (&shape, &box);
  added = emend_review_add (fixture->review, 2, &shape);
  g_assert_cmpint (emend_mark_get_page (emend_review_get_mark (fixture->review, (guint) added)), ==, 1);
  emend_review_turn (fixture->review, 1);
  emend_review_turn (fixture->review, 1);
  g_assert_cmpint (emend_review_get_page (fixture->review)->number, ==, 2);
  emend_review_select (fixture->review, added, TRUE);
  g_assert_cmpint (emend_review_get_page (fixture->review)->number, ==, 1);
  emend_review_turn (fixture->review, -1);
  g_assert_cmpint (emend_review_get_page (fixture->review)->number, ==, 0);
  g_assert_cmpint (emend_review_get_selected (fixture->review), ==, 0);
}

/* What is missing and asks nothing comes up once, stays as it is, and the end tells of it. */
static void
test_passed (UiFixture *fixture,
             gconstpointer data)
{
  finished = 0;
  g_signal_connect (fixture->review, "finished", G_CALLBACK (finished_cb), NULL);
  emend_review_done (fixture->review, TRUE);
  ui_fixture_wait (fixture, is_at_b);
  emend_review_open_next_waiting (fixture->review);
  ui_fixture_wait (fixture, is_missing);
  g_assert_cmpuint (emend_review_count_passed (fixture->review), ==, 1);
  emend_review_open_next_waiting (fixture->review);
  ui_fixture_wait (fixture, is_at_b);
  g_assert_cmpuint (finished, ==, 0);
  emend_review_done (fixture->review, TRUE);
  ui_fixture_wait (fixture, is_finished);
  g_assert_cmpuint (emend_review_count_passed (fixture->review), ==, 1);
  ui_fixture_wait (fixture, ui_fixture_is_saved);
  g_assert_cmpint (emend_review_get_info (fixture->review)->n_items_done, ==, 2);
}

/* The list of the inspector follows every change. */
static void
test_mark_model (UiFixture *fixture,
                 gconstpointer data)
{
  g_autoptr (EmendMarkModel) model = emend_mark_model_new (fixture->review);

  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (model)), ==, 4);
  emend_review_accept (fixture->review, 1, FALSE);
  g_assert_cmpuint (emend_mark_model_get_count (model, EMEND_MARK_SECTION_LOOK), ==, 2);
  g_assert_cmpuint (emend_mark_model_get_count (model, EMEND_MARK_SECTION_DECIDED), ==, 1);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (model)), ==, 5);
  g_assert_cmpuint (emend_mark_model_find (model, 1), ==, 4);
  g_assert_cmpuint (emend_mark_model_find (model, 2), ==, 2);
  emend_review_take_back (fixture->review, 1);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (model)), ==, 4);
  g_assert_cmpuint (emend_mark_model_find (model, 1), ==, 2);
}

static void
count_cb (GObject *source,
          int *count)
{
  (*count)++;
}

static void
keep_change_cb (GListModel *list,
                guint position,
                guint removed,
                guint added,
                guint *change)
{
  change[0] = position;
  change[1] = removed;
  change[2] = added;
}

/* When another item is opened, the rows stay and become those of its marks; only the last ones go. */
static void
test_mark_model_keeps_rows (UiFixture *fixture,
                            gconstpointer data)
{
  g_autoptr (EmendMarkModel) model = emend_mark_model_new (fixture->review);
  g_autoptr (EmendMarkEntry) second = g_list_model_get_item (G_LIST_MODEL (model), 1);
  g_autoptr (EmendMarkEntry) last = g_list_model_get_item (G_LIST_MODEL (model), 3);
  guint change[3] = { 0 };
  int n_second = 0;
  int n_last = 0;

  emend_review_accept (fixture->review, 0, FALSE);
  ui_fixture_wait (fixture, ui_fixture_is_saved);
  g_clear_object (&second);
  second = g_list_model_get_item (G_LIST_MODEL (model), 1);
  g_assert_cmpint (emend_mark_entry_get_mark (second), ==, 1);
  g_signal_connect (second, "changed", G_CALLBACK (count_cb), &n_second);
  g_signal_connect (last, "changed", G_CALLBACK (count_cb), &n_last);
  g_signal_connect (model, "items-changed", G_CALLBACK (keep_change_cb), change);
  emend_review_open (fixture->review, 2);
  ui_fixture_wait (fixture, is_at_b);
  g_assert_cmpint (n_second, ==, 1);
  g_assert_cmpint (emend_mark_entry_get_mark (second), ==, 0);
  g_assert_cmpint (emend_mark_entry_get_section (second), ==, EMEND_MARK_SECTION_LOOK);
  g_assert_cmpint (n_last, ==, 0);
  g_assert_cmpuint (change[0], ==, 2);
  g_assert_cmpuint (change[1], ==, 3);
  g_assert_cmpuint (change[2], ==, 0);
}

static EmendItemEntry *awaited;

static gboolean
is_known (UiFixture *fixture)
{
  return emend_item_entry_get_item (awaited) != NULL;
}

static guint queried;

static void
queried_cb (void)
{
  queried++;
}

static gboolean
was_queried (UiFixture *fixture)
{
  return queried > 0;
}

static void
test_item_model (UiFixture *fixture,
                 gconstpointer data)
{
  g_autoptr (EmendItemModel) model = emend_item_model_new (fixture->store);
  g_autoptr (EmendItemEntry) entry = NULL;
  g_autoptr (GError) error = NULL;

  emend_item_model_set_n_items (model, 3);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (model)), ==, 3);
  entry = g_list_model_get_item (G_LIST_MODEL (model), 1);
  g_assert_null (emend_item_entry_get_item (entry));
  awaited = entry;
  ui_fixture_wait (fixture, is_known);
  g_assert_cmpstr (emend_item_entry_get_item (entry)->path, ==, "b.png");
  queried = 0;
  g_signal_connect (model, "queried", G_CALLBACK (queried_cb), NULL);
  g_assert_true (emend_item_model_query (model, "is:waiting", emend_review_get_schema (fixture->review),
                                         EMEND_ITEM_ORDER_POSITION, &error));
  ui_fixture_wait (fixture, was_queried);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (model)), ==, 2);
  g_assert_true (emend_item_model_is_filtered (model));
  g_assert_false (emend_item_model_query (model, "is:nonsense", emend_review_get_schema (fixture->review),
                                          EMEND_ITEM_ORDER_POSITION, &error));
  g_assert_error (error, EMEND_STORE_ERROR, EMEND_STORE_ERROR_REFUSED);
  while (g_main_context_iteration (NULL, FALSE))
    continue;
}

/* A million rows are a list at once; only what is looked at is read. */
static void
test_item_model_million (UiFixture *fixture,
                         gconstpointer data)
{
  g_autoptr (EmendItemModel) model = emend_item_model_new (fixture->store);

  emend_item_model_set_n_items (model, 1000000);
  for (guint i = 0; i < 20000; i++) {
    g_autoptr (GObject) entry = g_list_model_get_item (G_LIST_MODEL (model), i * 50);

    g_assert_nonnull (entry);
  }
  g_assert_null (g_list_model_get_item (G_LIST_MODEL (model), 1000000));
}

static void
test_stopwatch (void)
{
  EmendStopwatch watch;

  emend_stopwatch_start (&watch, 1000);
  g_assert_cmpint (emend_stopwatch_get_ms (&watch, 1000), ==, 0);
  emend_stopwatch_touch (&watch, 1000 + 5 * G_USEC_PER_SEC);
  g_assert_cmpint (emend_stopwatch_get_ms (&watch, 1000 + 6 * G_USEC_PER_SEC), ==, 6000);
  /* Of an hour's pause one minute counts. */
  emend_stopwatch_touch (&watch, 1000 + G_GINT64_CONSTANT (3605) * G_USEC_PER_SEC);
  g_assert_cmpint (emend_stopwatch_get_ms (&watch, 1000 + G_GINT64_CONSTANT (3605) * G_USEC_PER_SEC), ==, 65000);
}

#define ADD(path, func) g_test_add (path, UiFixture, NULL, ui_fixture_set_up, func, ui_fixture_tear_down)

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ui/stopwatch/pauses", test_stopwatch);
  ADD ("/ui/review/start", test_start);
  ADD ("/ui/review/accept", test_accept);
  ADD ("/ui/review/reject/last-goes-on", test_reject_last_goes_on);
  ADD ("/ui/review/done/finished", test_finished);
  ADD ("/ui/review/undo/relabel", test_relabel_and_undo);
  ADD ("/ui/review/undo/jumps", test_undo_jumps);
  ADD ("/ui/review/reshape/nudge", test_nudge);
  ADD ("/ui/review/add/remove", test_add_and_remove);
  ADD ("/ui/review/decide/refused", test_refused);
  ADD ("/ui/review/filter/threshold", test_threshold);
  ADD ("/ui/review/locate/missing", test_missing);
  ADD ("/ui/review/turn/pages", test_pages);
  ADD ("/ui/review/open-next-waiting/passed", test_passed);
  ADD ("/ui/mark-model/follows", test_mark_model);
  ADD ("/ui/mark-model/keeps-rows", test_mark_model_keeps_rows);
  ADD ("/ui/item-model/query", test_item_model);
  ADD ("/ui/item-model/million", test_item_model_million);
  return g_test_run ();
}
