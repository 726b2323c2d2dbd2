#define G_LOG_DOMAIN "emend-test"

#include "config.h"

#include "ui-fixture.h"

#include "emend-import.h"
#include "emend-test.h"

/* The second item has three pages. */
static void
add_pages (EmendNewItem *item)
{
  item->item->n_pages = 3;
  item->pages = g_array_new (FALSE, TRUE, sizeof (EmendPage));
  for (int i = 0; i < 3; i++) {
    EmendPage page = { .number = i, .width = 400, .height = 300 };

    g_array_append_val (item->pages, page);
  }
}

static void
add_items (EmendProject *project)
{
  static const char *const names[] = { "a.png", "b.png", "gone.png" };
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++) {
    EmendNewItem *item = g_new0 (EmendNewItem, 1);

    item->item = emend_item_new ();
    item->item->path = g_strdup (names[i]);
    item->item->n_pages = 1;
    item->item->width = 400;
    item->item->height = 300;
    item->item->orientation = 1;
    item->item->size = 1;
    item->item->sha256.bytes[0] = (guint8) (i + 1);
    if (i == 1)
      add_pages (item);
    g_ptr_array_add (items, item);
  }
  emend_project_add_items (project, items, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < items->len; i++) {
    EmendNewItem *item = g_ptr_array_index (items, i);

    emend_item_free (item->item);
    g_clear_pointer (&item->pages, g_array_unref);
  }
}

static void
add_proposals (EmendProject *project)
{
  static const struct {
    gint64 item;
    double x;
    double score;
  } boxes[] = { { 1, 20, 0.9 }, { 1, 160, 0.8 }, { 1, 280, 0.2 }, { 2, 50, 0.6 } };
  g_autoptr (EmendRun) run = emend_run_new ();
  g_autoptr (EmendImport) import = NULL;
  g_autoptr (GError) error = NULL;

  run->name = g_strdup ("model");
  import = emend_import_begin (project, run, &error);
  g_assert_no_error (error);
  for (gsize i = 0; i < G_N_ELEMENTS (boxes); i++) {
    g_autoptr (EmendProposal) proposal = emend_proposal_new ();
    EmendRect box = { boxes[i].x, 30, 60, 50 };

    proposal->item = boxes[i].item;
    proposal->label = 1;
    proposal->score = boxes[i].score;
    emend_shape_init_box (&proposal->shape, &box);
    emend_import_add (import, proposal, &error);
    g_assert_no_error (error);
  }
  emend_import_finish (import, &error);
  g_assert_no_error (error);
}

static void
opened_cb (GObject *source,
           GAsyncResult *result,
           gpointer data)
{
  UiFixture *fixture = data;
  g_autoptr (GError) error = NULL;

  fixture->store = emend_store_open_finish (result, &error);
  g_assert_no_error (error);
}

static gboolean
is_open (UiFixture *fixture)
{
  return fixture->store != NULL;
}

static gboolean
is_ready (UiFixture *fixture)
{
  return emend_review_get_state (fixture->review) == EMEND_REVIEW_READY;
}

/* Nothing that was asked of the project is still to be answered. */
gboolean
ui_fixture_is_saved (UiFixture *fixture)
{
  return !emend_review_is_saving (fixture->review) && emend_store_get_pending (fixture->store) == 0;
}

void
ui_fixture_wait (UiFixture *fixture,
                 gboolean (*check) (UiFixture *fixture))
{
  gint64 end = g_get_monotonic_time () + 60 * G_USEC_PER_SEC;

  while (!check (fixture)) {
    g_assert_cmpint (g_get_monotonic_time (), <, end);
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (500);
  }
}

void
ui_fixture_settle (UiFixture *fixture)
{
  ui_fixture_wait (fixture, ui_fixture_is_saved);
  for (int i = 0; i < 200; i++) {
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (1000);
  }
}

void
ui_fixture_open (UiFixture *fixture)
{
  emend_store_open_async (fixture->path, 0, "Ada", NULL, opened_cb, fixture);
  ui_fixture_wait (fixture, is_open);
  fixture->review = emend_review_new (fixture->store);
}

GtkWidget *
ui_fixture_show_form (UiFixture *fixture,
                      EmendForm **form,
                      EmendDocument **document)
{
  g_autoptr (EmendPageReader) reader = emend_page_reader_new ("eng");
  GtkWidget *window = gtk_window_new ();

  *document = emend_document_new (fixture->review, reader);
  *form = EMEND_FORM (emend_form_new ());
  gtk_window_set_child (GTK_WINDOW (window), GTK_WIDGET (*form));
  emend_form_set_review (*form, fixture->review, *document);
  emend_review_start (fixture->review, NULL);
  gtk_window_present (GTK_WINDOW (window));
  return window;
}

void
ui_fixture_hide_form (UiFixture *fixture,
                      GtkWidget *window,
                      EmendDocument *document)
{
  ui_fixture_wait (fixture, ui_fixture_is_saved);
  gtk_window_destroy (GTK_WINDOW (window));
  emend_document_stop (document);
  g_object_unref (document);
  ui_fixture_tear_down (fixture, NULL);
}

void
ui_fixture_set_up (UiFixture *fixture,
                   gconstpointer data)
{
  g_autoptr (EmendSchema) schema = emend_schema_new ();
  g_autoptr (GError) error = NULL;
  EmendProject *project;

  fixture->folder = emend_test_make_folder ();
  fixture->path = g_build_filename (fixture->folder, "p.emend", NULL);
  g_free (emend_test_write (fixture->folder, "a.png", "x"));
  g_free (emend_test_write (fixture->folder, "b.png", "x"));
  emend_schema_add_label (schema, "cell", 0xe69f00, 0);
  emend_schema_add_label (schema, "nucleus", 0x56b4e9, 'n');
  project = emend_project_create (fixture->path, "Cells", schema, "Ada", &error);
  g_assert_no_error (error);
  add_items (project);
  add_proposals (project);
  emend_project_close (project);
  ui_fixture_open (fixture);
  emend_review_start (fixture->review, NULL);
  ui_fixture_wait (fixture, is_ready);
}

static void
closed_cb (GObject *source,
           GAsyncResult *result,
           gpointer data)
{
  gboolean *done = data;

  g_assert_true (emend_store_close_finish (EMEND_STORE (source), result, NULL));
  *done = TRUE;
}

void
ui_fixture_tear_down (UiFixture *fixture,
                      gconstpointer data)
{
  gboolean done = FALSE;

  emend_review_flush (fixture->review);
  emend_store_close_async (fixture->store, closed_cb, &done);
  emend_test_wait (&done);
  while (g_main_context_iteration (NULL, FALSE))
    continue;
  g_assert_finalize_object (fixture->review);
  g_clear_object (&fixture->store);
  emend_test_remove_folder (fixture->folder);
  g_free (fixture->path);
  g_free (fixture->folder);
}
