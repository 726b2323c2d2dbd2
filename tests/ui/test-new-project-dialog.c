#define G_LOG_DOMAIN "emend-test"

#include "config.h"

#include "emend-dialog-test.h"
#include "emend-error-bar.h"
#include "emend-fields-editor.h"
#include "emend-import-page.h"
#include "emend-label-editor.h"
#include "emend-new-project-dialog.h"
#include "emend-test.h"

static void
created_cb (GtkWindow *window,
            const char *path,
            char **created)
{
  *created = g_strdup (path);
}

static gboolean
is_set (gpointer data)
{
  return *(char **) data != NULL;
}

static gboolean
next_works (gpointer window)
{
  /* The action is there and on when activating it changes the page; ask the button instead. */
  GtkWidget *titlebar = gtk_window_get_titlebar (window);
  GtkWidget *button = gtk_window_get_default_widget (window);

  return titlebar != NULL && button != NULL && gtk_widget_get_sensitive (button);
}

static gboolean
page_ready (gpointer page)
{
  return emend_import_page_get_ready (page);
}

static void
go_next (GtkWindow *window,
         const char *page)
{
  emend_dialog_test_wait_for (next_works, window);
  gtk_widget_activate_action (GTK_WIDGET (window), "create.next", NULL);
  emend_dialog_test_wait_page (gtk_window_get_child (window), page);
}

static void
test_creates (EmendDialogTest *test,
              gconstpointer data)
{
  GtkWindow *window = emend_new_project_dialog_new (NULL, "Ada");
  GtkWidget *labels = emend_dialog_test_find (GTK_WIDGET (window), EMEND_TYPE_LABEL_EDITOR);
  GtkWidget *page = emend_dialog_test_find (GTK_WIDGET (window), EMEND_TYPE_IMPORT_PAGE);
  g_autofree char *created = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (EmendProject) project = NULL;
  g_autoptr (EmendProjectInfo) info = NULL;
  gpointer weak = window;

  g_object_add_weak_pointer (G_OBJECT (window), &weak);
  g_signal_connect (window, "created", G_CALLBACK (created_cb), &created);
  gtk_window_present (window);
  emend_new_project_dialog_set_folder (EMEND_NEW_PROJECT_DIALOG (window), test->folder);
  go_next (window, "labels");
  emend_label_editor_add_text (EMEND_LABEL_EDITOR (labels), "cat, bird");
  go_next (window, "proposals");
  emend_import_page_set_path (EMEND_IMPORT_PAGE (page), test->coco);
  emend_dialog_test_wait_for (page_ready, page);
  gtk_widget_activate_action (GTK_WIDGET (window), "create.next", NULL);
  emend_dialog_test_wait_for (is_set, &created);
  emend_dialog_test_assert_gone (&weak);
  project = emend_project_open (created, 0, "Ada", &error);
  g_assert_no_error (error);
  info = emend_project_get_info (project, &error);
  g_assert_no_error (error);
  g_assert_cmpint (info->n_items, ==, 3);
  g_assert_cmpint (info->n_undecided, ==, 2);
  g_assert_nonnull (emend_schema_find_label_by_name (emend_project_get_schema (project), "bird"));
  g_assert_nonnull (emend_schema_find_label_by_name (emend_project_get_schema (project), "Dog"));
}

static void
test_given_up (EmendDialogTest *test,
               gconstpointer data)
{
  guint before = emend_dialog_test_count_files (test->folder);
  GtkWindow *window = emend_new_project_dialog_new (NULL, NULL);
  gpointer weak = window;

  g_object_add_weak_pointer (G_OBJECT (window), &weak);
  gtk_window_present (window);
  emend_new_project_dialog_set_folder (EMEND_NEW_PROJECT_DIALOG (window), test->folder);
  go_next (window, "labels");
  go_next (window, "proposals");
  g_assert_cmpuint (emend_dialog_test_count_files (test->folder), >, before);
  gtk_window_close (window);
  emend_dialog_test_assert_gone (&weak);
  g_assert_cmpuint (emend_dialog_test_count_files (test->folder), ==, before);
}

static void
test_back_and_forth (EmendDialogTest *test,
                     gconstpointer data)
{
  guint before = emend_dialog_test_count_files (test->folder);
  GtkWindow *window = emend_new_project_dialog_new (NULL, "Ada");
  GtkWidget *labels = emend_dialog_test_find (GTK_WIDGET (window), EMEND_TYPE_LABEL_EDITOR);
  gpointer weak = window;

  g_object_add_weak_pointer (G_OBJECT (window), &weak);
  gtk_window_present (window);
  emend_new_project_dialog_set_folder (EMEND_NEW_PROJECT_DIALOG (window), test->folder);
  go_next (window, "labels");
  go_next (window, "proposals");
  gtk_widget_activate_action (GTK_WIDGET (window), "create.back", NULL);
  emend_dialog_test_wait_page (gtk_window_get_child (window), "labels");
  emend_label_editor_add_text (EMEND_LABEL_EDITOR (labels), "zebra");
  go_next (window, "proposals");
  gtk_widget_activate_action (GTK_WIDGET (window), "create.back", NULL);
  gtk_widget_activate_action (GTK_WIDGET (window), "create.back", NULL);
  emend_dialog_test_wait_page (gtk_window_get_child (window), "folder");
  gtk_window_close (window);
  emend_dialog_test_assert_gone (&weak);
  while (emend_dialog_test_count_files (test->folder) > before)
    g_main_context_iteration (NULL, FALSE);
}

/* Documents begin with the fields of a template, which stay when one goes back and forth. */
static void
test_documents (EmendDialogTest *test,
                gconstpointer data)
{
  GtkWindow *window = emend_new_project_dialog_new (NULL, "Ada");
  EmendFieldsEditor *fields = EMEND_FIELDS_EDITOR (emend_dialog_test_find (GTK_WIDGET (window),
                                                                           EMEND_TYPE_FIELDS_EDITOR));
  GtkWidget *subject = emend_dialog_test_find (GTK_WIDGET (window), ADW_TYPE_COMBO_ROW);
  AdwComboRow *template = ADW_COMBO_ROW (gtk_widget_get_next_sibling (subject));
  GtkWidget *error = emend_dialog_test_find (GTK_WIDGET (window), EMEND_TYPE_ERROR_BAR);
  g_autofree char *created = NULL;
  g_autoptr (GError) problem = NULL;
  g_autoptr (EmendProject) project = NULL;
  EmendSchema *schema;
  gpointer weak = window;

  g_object_add_weak_pointer (G_OBJECT (window), &weak);
  g_signal_connect (window, "created", G_CALLBACK (created_cb), &created);
  gtk_window_present (window);
  emend_new_project_dialog_set_folder (EMEND_NEW_PROJECT_DIALOG (window), test->folder);
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (template)));
  adw_combo_row_set_selected (ADW_COMBO_ROW (subject), 1);
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (template)));
  go_next (window, "fields");
  /* Without a field there is nothing to review. */
  gtk_widget_activate_action (GTK_WIDGET (window), "create.next", NULL);
  g_assert_true (gtk_widget_get_visible (error));
  emend_dialog_test_wait_page (gtk_window_get_child (window), "fields");
  gtk_widget_activate_action (GTK_WIDGET (window), "create.back", NULL);
  adw_combo_row_set_selected (template, 1);
  go_next (window, "fields");
  gtk_widget_activate_action (GTK_WIDGET (fields), "fields.add-field", NULL);
  gtk_widget_activate_action (GTK_WIDGET (window), "create.back", NULL);
  go_next (window, "fields");
  go_next (window, "proposals");
  gtk_widget_activate_action (GTK_WIDGET (window), "create.next", NULL);
  emend_dialog_test_wait_for (is_set, &created);
  emend_dialog_test_assert_gone (&weak);
  project = emend_project_open (created, 0, "Ada", &problem);
  g_assert_no_error (problem);
  schema = emend_project_get_schema (project);
  g_assert_cmpuint (emend_schema_get_n_labels (schema), ==, 0);
  g_assert_nonnull (emend_schema_find_field_by_name (schema, "total"));
  g_assert_nonnull (emend_schema_find_field_by_name (schema, "field"));
  g_assert_cmpuint (emend_schema_get_n_rules (schema), >, 0);
  g_assert_nonnull (emend_schema_get_item_decisions (schema)[0]);
}

static gboolean
has_error (gpointer bar)
{
  return gtk_widget_get_visible (bar);
}

static void
test_no_images (void)
{
  g_autofree char *folder = emend_test_make_folder ();
  GtkWindow *window = emend_new_project_dialog_new (NULL, "Ada");

  gtk_window_present (window);
  emend_new_project_dialog_set_folder (EMEND_NEW_PROJECT_DIALOG (window), folder);
  emend_dialog_test_wait_for (has_error, emend_dialog_test_find (GTK_WIDGET (window), EMEND_TYPE_ERROR_BAR));
  g_assert_false (next_works (window));
  gtk_window_destroy (window);
  emend_test_remove_folder (folder);
}

#define ADD(path, func) \
  g_test_add (path, EmendDialogTest, NULL, emend_dialog_test_setup, func, emend_dialog_test_teardown)

int
main (int argc,
      char **argv)
{
  emend_dialog_test_init (&argc, &argv);
  ADD ("/ui/new-project-dialog/create/with-proposals", test_creates);
  ADD ("/ui/new-project-dialog/close/nothing-left", test_given_up);
  ADD ("/ui/new-project-dialog/back/labels-changed", test_back_and_forth);
  ADD ("/ui/new-project-dialog/create/documents", test_documents);
  g_test_add_func ("/ui/new-project-dialog/folder/no-images", test_no_images);
  return g_test_run ();
}
