/* Learning that a person asks for: what the window tells of it, and that it can be cancelled. */
#define G_LOG_DOMAIN "emend-test"

#include "config.h"

#include <string.h>

#include <adwaita.h>

#include "emend-image.h"
#include "emend-learning-window.h"
#include "emend-test.h"
#include "ui-fixture.h"

/* A project that asks for a total; its one document has a page with three words. */
typedef struct {
  UiFixture ui;
  EmendFieldLearner *learner;
  GtkWindow *window;
  gboolean is_written;
} Shown;

static void
add_item (EmendProject *project)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;
  EmendNewItem item = { .item = emend_item_new () };

  item.item->path = g_strdup ("gone.png");
  item.item->width = 400;
  item.item->height = 300;
  item.item->size = 1;
  item.item->n_pages = 1;
  item.item->sha256.bytes[0] = 1;
  g_ptr_array_add (items, &item);
  emend_project_add_items (project, items, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  emend_item_free (item.item);
}

static void
opened_cb (GObject *source,
           GAsyncResult *result,
           gpointer data)
{
  g_autoptr (GError) error = NULL;

  ((UiFixture *) data)->store = emend_store_open_finish (result, &error);
  g_assert_no_error (error);
}

static gboolean
is_open (UiFixture *fixture)
{
  return fixture->store != NULL;
}

static gboolean
has_item (UiFixture *fixture)
{
  return emend_review_get_item (fixture->review) != NULL;
}

static gboolean
is_done (UiFixture *fixture)
{
  return ui_fixture_is_saved (fixture) && emend_review_get_item (fixture->review)->reading == EMEND_READING_DONE;
}

static gboolean
is_idle (UiFixture *fixture)
{
  return emend_field_learner_get_phase (((Shown *) fixture)->learner) == EMEND_LEARNER_IDLE;
}

static gpointer
read_worker (EmendProject *project,
             gpointer data,
             GCancellable *cancellable,
             GError **error)
{
  static const char *const texts[] = { "Total", "due", "12.50" };
  g_autoptr (EmendWords) words = emend_words_new (400, 300, "test", "eng");
  EmendDigest sha256 = { .bytes = { 1 } };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    emend_words_add (words, texts[i], &(EmendRect){ 10 + 60.0 * i, 20, 50, 10 }, 1, 0);
  return GINT_TO_POINTER (emend_project_store_words (project, &sha256, 0, words, error));
}

static void
read_cb (GObject *source,
         GAsyncResult *result,
         gpointer data)
{
  g_assert_nonnull (emend_store_run_finish (EMEND_STORE (source), result, NULL));
  ((Shown *) data)->is_written = TRUE;
}

static gboolean
is_written (UiFixture *fixture)
{
  return ((Shown *) fixture)->is_written;
}

static void
set_up (Shown *shown,
        gconstpointer data)
{
  UiFixture *fixture = &shown->ui;
  g_autoptr (EmendSchema) schema = emend_schema_new ();
  g_autoptr (GError) error = NULL;
  EmendProject *project;

  fixture->folder = emend_test_make_folder ();
  fixture->path = g_build_filename (fixture->folder, "p.emend", NULL);
  emend_schema_add_field (schema, emend_field_new (0, "total", EMEND_FIELD_AMOUNT));
  project = emend_project_create (fixture->path, "Receipts", schema, "Ada", &error);
  g_assert_no_error (error);
  add_item (project);
  emend_project_close (project);
  emend_store_open_async (fixture->path, 0, "Ada", NULL, opened_cb, fixture);
  ui_fixture_wait (fixture, is_open);
  fixture->review = emend_review_new (fixture->store);
  shown->learner = emend_field_learner_new (fixture->review);
  emend_review_start (fixture->review, NULL);
  ui_fixture_wait (fixture, has_item);
  ui_fixture_wait (fixture, is_idle);
  shown->window = emend_learning_window_new (NULL, fixture->review, shown->learner);
  gtk_window_present (shown->window);
}

static void
tear_down (Shown *shown,
           gconstpointer data)
{
  ui_fixture_wait (&shown->ui, is_idle);
  gtk_window_destroy (shown->window);
  g_clear_object (&shown->learner);
  ui_fixture_wait (&shown->ui, ui_fixture_is_saved);
  ui_fixture_tear_down (&shown->ui, data);
}

/* Whether a label that begins so, or a button, can be seen. */
static gboolean
is_seen (GtkWidget *widget,
         const char *text)
{
  if (!gtk_widget_get_visible (widget))
    return FALSE;
  if (GTK_IS_LABEL (widget) && g_str_has_prefix (gtk_label_get_text (GTK_LABEL (widget)), text))
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    if (is_seen (child, text))
      return TRUE;
  }
  return FALSE;
}

static void
assert_seen (Shown *shown,
             const char *text)
{
  if (!is_seen (GTK_WIDGET (shown->window), text))
    g_error ("it is not told: %s", text);
}

static void
act (Shown *shown,
     const char *action)
{
  gtk_widget_activate_action (GTK_WIDGET (shown->window), action, NULL);
}

/* The page is read, the total decided and the document done. */
static void
finish_document (Shown *shown)
{
  g_autoptr (EmendValue) value = emend_value_new ("12.50");

  emend_store_run_async (shown->ui.store, read_worker, NULL, NULL, NULL, NULL, read_cb, shown);
  ui_fixture_wait (&shown->ui, is_written);
  value->normal = g_strdup ("12.50");
  emend_review_set_value (shown->ui.review, -1, 1, value, NULL);
  ui_fixture_wait (&shown->ui, ui_fixture_is_saved);
  emend_review_done (shown->ui.review, FALSE);
  ui_fixture_wait (&shown->ui, is_done);
  ui_fixture_wait (&shown->ui, is_idle);
}

static void
test_nothing (Shown *shown,
              gconstpointer data)
{
  g_assert_false (is_seen (GTK_WIDGET (shown->window), "Cancel"));
  act (shown, "learning.learn");
  assert_seen (shown, "Reading the documents");
  assert_seen (shown, "Cancel");
  ui_fixture_wait (&shown->ui, is_idle);
  assert_seen (shown, "There is nothing to learn from yet");
  g_assert_false (is_seen (GTK_WIDGET (shown->window), "Cancel"));
}

static void
test_learn (Shown *shown,
            gconstpointer data)
{
  finish_document (shown);
  g_assert_false (is_seen (GTK_WIDGET (shown->window), "Learned anew"));
  act (shown, "learning.learn");
  ui_fixture_wait (&shown->ui, is_idle);
  assert_seen (shown, "Learned anew; nothing changes");
  g_assert_nonnull (emend_field_learner_get_model (shown->learner));
}

static void
test_cancel (Shown *shown,
             gconstpointer data)
{
  EmendFieldsModel *before;

  finish_document (shown);
  before = emend_field_learner_get_model (shown->learner);
  act (shown, "learning.learn");
  act (shown, "learning.cancel");
  ui_fixture_wait (&shown->ui, is_idle);
  assert_seen (shown, "Cancelled");
  g_assert_true (emend_field_learner_get_model (shown->learner) == before);
  emend_field_learner_kick (shown->learner);
  assert_seen (shown, "Reading the documents");
  act (shown, "learning.cancel");
  g_assert_true (is_idle (&shown->ui));
  assert_seen (shown, "Cancelled");
}

/* What is asked while a round is under way comes after it, and is busy until then. */
static void
test_again (Shown *shown,
            gconstpointer data)
{
  finish_document (shown);
  act (shown, "learning.learn");
  emend_field_learner_learn (shown->learner);
  ui_fixture_wait (&shown->ui, is_idle);
  assert_seen (shown, "Learned anew");
  ui_fixture_wait (&shown->ui, ui_fixture_is_saved);
  g_assert_true (is_idle (&shown->ui));
}

#define ADD(name, func) g_test_add ("/ui/learning-window/" name, Shown, NULL, set_up, func, tear_down)

int
main (int argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  emend_media_init (64 * 1024 * 1024);
  ADD ("nothing", test_nothing);
  ADD ("learn", test_learn);
  ADD ("cancel", test_cancel);
  ADD ("again", test_again);
  return g_test_run ();
}
