#define G_LOG_DOMAIN "emend-ui"

#include "config.h"

#include "emend-add-dialog.h"

#include <glib/gi18n-lib.h>

#include "emend-progress-page.h"

struct _EmendAddDialog {
  GtkWindow parent_instance;

  EmendProgressPage *progress_page;
};

enum {
  ADDED,
  FAILED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (EmendAddDialog, emend_add_dialog, GTK_TYPE_WINDOW)

typedef struct {
  char *folder;
  EmendTaskProgress *progress;
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  g_free (job->folder);
  g_object_unref (job->progress);
  g_free (job);
}

static gpointer
add_worker (EmendProject *project,
            gpointer data,
            GCancellable *cancellable,
            GError **error)
{
  const Job *job = data;
  const char *const paths[] = { job->folder, NULL };

  return emend_scan_add (project, paths, cancellable, emend_task_progress_report, job->progress, error);
}

static void
added_cb (GObject *source,
          GAsyncResult *result,
          gpointer data)
{
  g_autoptr (EmendAddDialog) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (EmendScanResult) added = emend_store_run_finish (EMEND_STORE (source), result, &error);

  if (self->progress_page != NULL)
    emend_progress_page_stop (self->progress_page);
  if (added != NULL)
    g_signal_emit (self, signals[ADDED], 0, added);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_signal_emit (self, signals[FAILED], 0, error);
  gtk_window_destroy (GTK_WINDOW (self));
}

static gboolean
close_request (GtkWindow *window)
{
  /* It closes when the work has ended. */
  if (emend_progress_page_cancel (EMEND_ADD_DIALOG (window)->progress_page))
    return TRUE;
  return GTK_WINDOW_CLASS (emend_add_dialog_parent_class)->close_request (window);
}

static void
emend_add_dialog_dispose (GObject *object)
{
  EmendAddDialog *self = EMEND_ADD_DIALOG (object);

  if (self->progress_page != NULL)
    emend_progress_page_cancel (self->progress_page);
  gtk_widget_dispose_template (GTK_WIDGET (object), EMEND_TYPE_ADD_DIALOG);
  G_OBJECT_CLASS (emend_add_dialog_parent_class)->dispose (object);
}

static void
emend_add_dialog_class_init (EmendAddDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = emend_add_dialog_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = close_request;
  g_type_ensure (EMEND_TYPE_PROGRESS_PAGE);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/emend/Emend/ui/emend-add-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, EmendAddDialog, progress_page);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);

  /**
   * EmendAddDialog::added:
   * @result: an #EmendScanResult
   */
  signals[ADDED] = g_signal_new ("added", EMEND_TYPE_ADD_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                 1, G_TYPE_POINTER);

  /**
   * EmendAddDialog::failed:
   * @error: why nothing was added
   */
  signals[FAILED] = g_signal_new ("failed", EMEND_TYPE_ADD_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
emend_add_dialog_init (EmendAddDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * emend_add_dialog_new:
 * @parent: (nullable): the window it belongs to
 *
 * Returns: (transfer none): a window, owned by GTK
 */
GtkWindow *
emend_add_dialog_new (GtkWindow *parent)
{
  return g_object_new (EMEND_TYPE_ADD_DIALOG, "transient-for", parent, NULL);
}

/**
 * emend_add_dialog_run:
 * @self: a new dialog
 * @store: the project
 * @folder: whose images and documents are added, with all below it
 *
 * Begins at once.
 */
void
emend_add_dialog_run (EmendAddDialog *self,
                      EmendStore *store,
                      const char *folder)
{
  g_autoptr (EmendTaskProgress) progress = emend_task_progress_new (EMEND_PROGRESS_FILES);
  g_autofree char *name = g_filename_display_basename (folder);
  g_autofree char *title = g_strdup_printf (_ ("Adding the files of “%s”"), name);
  Job *job;

  g_return_if_fail (EMEND_IS_ADD_DIALOG (self));

  job = g_new0 (Job, 1);
  job->folder = g_strdup (folder);
  job->progress = g_object_ref (progress);
  emend_progress_page_start (self->progress_page, title, progress);
  emend_store_run_async (store, add_worker, job, job_free, (GDestroyNotify) emend_scan_result_free,
                         emend_task_progress_get_cancellable (progress), added_cb, g_object_ref (self));
}
