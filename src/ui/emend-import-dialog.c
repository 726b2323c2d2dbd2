#define G_LOG_DOMAIN "emend-ui"

#include "config.h"

#include "emend-import-dialog.h"

#include <glib/gi18n-lib.h>

#include "emend-count-text.h"
#include "emend-import-page.h"
#include "emend-progress-page.h"
#include "emend-result-page.h"

struct _EmendImportDialog {
  GtkWindow parent_instance;

  GtkButton *cancel;
  GtkButton *primary;
  GtkStack *stack;
  EmendImportPage *page;
  EmendProgressPage *progress_page;
  EmendResultPage *result;

  EmendStore *store;
  gboolean closing;
};

enum {
  IMPORTED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (EmendImportDialog, emend_import_dialog, GTK_TYPE_WINDOW)

static void
ready_cb (EmendImportDialog *self)
{
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "importer.run", emend_import_page_get_ready (self->page));
}

static void
show_form (EmendImportDialog *self,
           gboolean form)
{
  gtk_widget_set_visible (GTK_WIDGET (self->cancel), form);
  gtk_widget_set_visible (GTK_WIDGET (self->primary), form);
  /* A window forgets a default that is hidden. */
  gtk_window_set_default_widget (GTK_WINDOW (self), form ? GTK_WIDGET (self->primary) : NULL);
  if (form)
    gtk_stack_set_visible_child_name (self->stack, "form");
}

static void
show_result (EmendImportDialog *self,
             const EmendImportReport *report)
{
  g_autofree char *records = emend_count_to_text ((guint64) report->n_records);
  g_autofree char *images = emend_count_to_text ((guint64) report->n_images);
  g_autofree char *skipped = emend_count_to_text ((guint64) report->n_skipped);

  emend_result_page_begin (self->result, EMEND_RESULT_GOOD, _ ("Imported"), NULL);
  emend_result_page_add_fact (self->result, _ ("Taken"), records, FALSE);
  emend_result_page_add_fact (self->result, _ ("Items"), images, FALSE);
  if (report->n_skipped > 0)
    emend_result_page_add_fact (self->result, _ ("Left out"), skipped, FALSE);
  emend_result_page_add_button (self->result, _ ("_Done"), "window.close");
  gtk_stack_set_visible_child_name (self->stack, "result");
}

static void
show_failure (EmendImportDialog *self,
              const GError *error)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)) {
    show_form (self, TRUE);
    return;
  }
  emend_result_page_begin (self->result, EMEND_RESULT_BAD, _ ("Nothing Was Imported"), _ ("The project is as it was."));
  emend_result_page_add_problem (self->result, error->message);
  emend_result_page_add_button (self->result, _ ("_Back"), "importer.back");
  gtk_stack_set_visible_child_name (self->stack, "result");
}

static void
imported_cb (GObject *source,
             GAsyncResult *result,
             gpointer data)
{
  g_autoptr (EmendImportDialog) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (EmendImportReport) report = emend_import_request_run_finish (EMEND_STORE (source), result, &error);

  if (report != NULL)
    g_signal_emit (self, signals[IMPORTED], 0);
  if (self->stack == NULL)
    return;
  emend_progress_page_stop (self->progress_page);
  if (report != NULL)
    show_result (self, report);
  else
    show_failure (self, error);
  if (self->closing)
    gtk_window_destroy (GTK_WINDOW (self));
}

static void
run_action (GtkWidget *widget,
            const char *name,
            GVariant *parameter)
{
  EmendImportDialog *self = EMEND_IMPORT_DIALOG (widget);
  EmendImportRequest *request = emend_import_page_make_request (self->page);
  g_autoptr (EmendTaskProgress) progress = emend_task_progress_new (EMEND_PROGRESS_BYTES);

  if (request == NULL)
    return;
  emend_import_page_cancel (self->page);
  emend_progress_page_start (self->progress_page, _ ("Importing"), progress);
  show_form (self, FALSE);
  gtk_stack_set_visible_child_name (self->stack, "progress");
  emend_import_request_run_async (request, self->store, FALSE, progress, imported_cb, g_object_ref (self));
}

static void
back_action (GtkWidget *widget,
             const char *name,
             GVariant *parameter)
{
  show_form (EMEND_IMPORT_DIALOG (widget), TRUE);
}

static gboolean
close_request (GtkWindow *window)
{
  EmendImportDialog *self = EMEND_IMPORT_DIALOG (window);

  if (emend_progress_page_cancel (self->progress_page)) {
    self->closing = TRUE;
    return TRUE;
  }
  return GTK_WINDOW_CLASS (emend_import_dialog_parent_class)->close_request (window);
}

/**
 * emend_import_dialog_set_path:
 * @self: the dialog
 * @path: the file to start with
 */
void
emend_import_dialog_set_path (EmendImportDialog *self,
                              const char *path)
{
  g_return_if_fail (EMEND_IS_IMPORT_DIALOG (self));

  emend_import_page_set_path (self->page, path);
}

static void
emend_import_dialog_dispose (GObject *object)
{
  EmendImportDialog *self = EMEND_IMPORT_DIALOG (object);

  gtk_widget_dispose_template (GTK_WIDGET (object), EMEND_TYPE_IMPORT_DIALOG);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (emend_import_dialog_parent_class)->dispose (object);
}

static void
emend_import_dialog_class_init (EmendImportDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = emend_import_dialog_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = close_request;
  g_type_ensure (EMEND_TYPE_IMPORT_PAGE);
  g_type_ensure (EMEND_TYPE_PROGRESS_PAGE);
  g_type_ensure (EMEND_TYPE_RESULT_PAGE);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/emend/Emend/ui/emend-import-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, EmendImportDialog, cancel);
  gtk_widget_class_bind_template_child (widget_class, EmendImportDialog, primary);
  gtk_widget_class_bind_template_child (widget_class, EmendImportDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, EmendImportDialog, page);
  gtk_widget_class_bind_template_child (widget_class, EmendImportDialog, progress_page);
  gtk_widget_class_bind_template_child (widget_class, EmendImportDialog, result);
  gtk_widget_class_install_action (widget_class, "importer.run", NULL, run_action);
  gtk_widget_class_install_action (widget_class, "importer.back", NULL, back_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);

  /**
   * EmendImportDialog::imported:
   *
   * The project has more than before.
   */
  signals[IMPORTED] = g_signal_new ("imported", EMEND_TYPE_IMPORT_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                    G_TYPE_NONE, 0);
}

static void
emend_import_dialog_init (EmendImportDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  emend_import_page_set_choose_role (self->page, TRUE);
  g_signal_connect_object (self->page, "notify::ready", G_CALLBACK (ready_cb), self, G_CONNECT_SWAPPED);
  ready_cb (self);
}

/**
 * emend_import_dialog_new:
 * @parent: (nullable): the window it belongs to
 * @store: the project
 * @schema: its labels
 *
 * Returns: (transfer none): a window, owned by GTK
 */
GtkWindow *
emend_import_dialog_new (GtkWindow *parent,
                         EmendStore *store,
                         EmendSchema *schema)
{
  EmendImportDialog *self = g_object_new (EMEND_TYPE_IMPORT_DIALOG, "transient-for", parent, NULL);

  g_set_object (&self->store, store);
  emend_import_page_set_project (self->page, store, schema);
  return GTK_WINDOW (self);
}
