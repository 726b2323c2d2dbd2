#define G_LOG_DOMAIN "emend-test"

#include "config.h"

#include "emend-dialog-test.h"
#include "emend-error-bar.h"
#include "emend-import-dialog.h"
#include "emend-import-page.h"
#include "emend-mapping-row.h"
#include "emend-test.h"

static gboolean
is_ready (gpointer page)
{
  return emend_import_page_get_ready (page);
}

static gboolean
has_error (gpointer bar)
{
  return gtk_widget_get_visible (bar);
}

static EmendImportPage *
find_page (GtkWindow *window)
{
  return EMEND_IMPORT_PAGE (emend_dialog_test_find (GTK_WIDGET (window), EMEND_TYPE_IMPORT_PAGE));
}

static void
count_cb (GtkWindow *window,
          guint *n)
{
  (*n)++;
}

static void
test_imports (EmendDialogTest *test,
              gconstpointer data)
{
  GtkWindow *window = emend_import_dialog_new (NULL, test->store, test->schema);
  EmendImportPage *page = find_page (window);
  g_autoptr (EmendImportRequest) request = NULL;
  g_autoptr (EmendProjectInfo) info = NULL;
  gpointer weak = window;
  guint n = 0;

  g_object_add_weak_pointer (G_OBJECT (window), &weak);
  g_signal_connect (window, "imported", G_CALLBACK (count_cb), &n);
  gtk_window_present (window);
  emend_import_dialog_set_path (EMEND_IMPORT_DIALOG (window), test->coco);
  emend_dialog_test_wait_for (is_ready, page);
  /* “Dog” is spelled otherwise in the project: that one is proposed. */
  request = emend_import_page_make_request (page);
  g_assert_cmpstr (g_hash_table_lookup (request->map, "Dog"), ==, "dog");
  g_assert_cmpstr (request->run_name, ==, "model");
  g_assert_nonnull (emend_dialog_test_find (GTK_WIDGET (window), EMEND_TYPE_MAPPING_ROW));
  g_assert_nonnull (emend_dialog_test_find_label (GTK_WIDGET (window), "nowhere.png"));
  gtk_widget_activate_action (GTK_WIDGET (window), "importer.run", NULL);
  emend_dialog_test_wait_page (gtk_window_get_child (window), "result");
  g_assert_cmpuint (n, ==, 1);
  info = emend_dialog_test_get_info (test);
  g_assert_cmpint (info->n_undecided, ==, 2);
  gtk_window_close (window);
  emend_dialog_test_assert_gone (&weak);
}

static void
test_leaves_out (EmendDialogTest *test,
                 gconstpointer data)
{
  GtkWindow *window = emend_import_dialog_new (NULL, test->store, test->schema);
  EmendImportPage *page = find_page (window);
  GtkWidget *row;
  GtkDropDown *target;

  gtk_window_present (window);
  emend_import_page_set_path (page, test->coco);
  emend_dialog_test_wait_for (is_ready, page);
  for (int i = 0; i < 2; i++) {
    row = emend_dialog_test_find (GTK_WIDGET (window), EMEND_TYPE_MAPPING_ROW);
    row = i == 0 ? row : gtk_widget_get_next_sibling (row);
    target = GTK_DROP_DOWN (emend_dialog_test_find (row, GTK_TYPE_DROP_DOWN));
    gtk_drop_down_set_selected (target, g_list_model_get_n_items (gtk_drop_down_get_model (target)) - 1);
  }
  g_assert_false (emend_import_page_get_ready (page));
  /* Nothing is left to be taken: said so, and the button stays off. */
  emend_dialog_test_wait_for (has_error, emend_dialog_test_find (GTK_WIDGET (page), EMEND_TYPE_ERROR_BAR));
  g_assert_false (emend_import_page_get_ready (page));
  gtk_window_destroy (window);
}

static void
test_refuses (EmendDialogTest *test,
              gconstpointer data)
{
  g_autofree char *path = emend_test_write (test->folder, "broken.json", "{\"images\": [");
  GtkWindow *window = emend_import_dialog_new (NULL, test->store, test->schema);
  EmendImportPage *page = find_page (window);

  gtk_window_present (window);
  emend_import_page_set_path (page, path);
  emend_dialog_test_wait_for (has_error, emend_dialog_test_find (GTK_WIDGET (page), EMEND_TYPE_ERROR_BAR));
  g_assert_false (emend_import_page_get_ready (page));
  gtk_window_destroy (window);
}

/* What the further column is, is asked; both answers to “a confidence” can be read. */
static void
test_asks (EmendDialogTest *test,
           gconstpointer data)
{
  g_autofree char *folder = g_build_filename (test->folder, "labels", NULL);
  g_autofree char *names = emend_test_write (folder, "obj.names", "cat\n");
  g_autofree char *labels = emend_test_write (folder, "a.txt", "0 0.75 0.5 0.5 0.25 0.5\n");
  GtkWindow *window = emend_import_dialog_new (NULL, test->store, test->schema);
  EmendImportPage *page = find_page (window);
  static const EmendTrailing answers[] = { EMEND_TRAILING_CONFIDENCE, EMEND_TRAILING_CONFIDENCE_SECOND };
  GtkWidget *row;

  gtk_window_present (window);
  emend_import_page_set_path (page, folder);
  emend_dialog_test_wait_for (has_error, emend_dialog_test_find (GTK_WIDGET (page), EMEND_TYPE_ERROR_BAR));
  g_assert_false (emend_import_page_get_ready (page));
  row = gtk_widget_get_ancestor (emend_dialog_test_find_label (GTK_WIDGET (page), "The extra column is"),
                                 ADW_TYPE_COMBO_ROW);
  g_assert_true (gtk_widget_get_mapped (row));
  for (guint i = 0; i < G_N_ELEMENTS (answers); i++) {
    g_autoptr (EmendImportRequest) request = NULL;

    adw_combo_row_set_selected (ADW_COMBO_ROW (row), answers[i]);
    emend_dialog_test_wait_for (is_ready, page);
    request = emend_import_page_make_request (page);
    g_assert_cmpint (request->trailing, ==, answers[i]);
  }
  gtk_window_destroy (window);
}

static void
test_closed_early (EmendDialogTest *test,
                   gconstpointer data)
{
  GtkWindow *window = emend_import_dialog_new (NULL, test->store, test->schema);
  gpointer weak = window;

  g_object_add_weak_pointer (G_OBJECT (window), &weak);
  gtk_window_present (window);
  emend_import_dialog_set_path (EMEND_IMPORT_DIALOG (window), test->coco);
  gtk_window_close (window);
  emend_dialog_test_assert_gone (&weak);
}

#define ADD(path, func) \
  g_test_add (path, EmendDialogTest, NULL, emend_dialog_test_setup, func, emend_dialog_test_teardown)

int
main (int argc,
      char **argv)
{
  emend_dialog_test_init (&argc, &argv);
  ADD ("/ui/import-dialog/run/imports", test_imports);
  ADD ("/ui/import-dialog/mapping/leaves-out", test_leaves_out);
  ADD ("/ui/import-dialog/dry-run/refuses", test_refuses);
  ADD ("/ui/import-dialog/trailing/asks", test_asks);
  ADD ("/ui/import-dialog/close/early", test_closed_early);
  return g_test_run ();
}
