#define G_LOG_DOMAIN "emend-ui"

#include "config.h"

#include "emend-unpack-dialog.h"

#include <glib/gi18n-lib.h>

#include "emend-error-bar.h"
#include "emend-file-chooser.h"
#include "emend-pack-job.h"
#include "emend-pack-text.h"
#include "emend-progress-page.h"
#include "emend-result-page.h"

struct _EmendUnpackDialog {
  GtkWindow parent_instance;

  GtkButton *cancel;
  GtkButton *primary;
  GtkStack *stack;
  EmendErrorBar *error;
  EmendProgressPage *progress_page;
  EmendResultPage *result;

  char *path; /* (nullable): of the archive */
  gboolean sound;
  gboolean closing;
};

enum {
  UNPACKED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (EmendUnpackDialog, emend_unpack_dialog, GTK_TYPE_WINDOW)

static void
show_page (EmendUnpackDialog *self,
           const char *name)
{
  gboolean result = g_str_equal (name, "result");
  gboolean progress = g_str_equal (name, "progress");

  gtk_widget_set_visible (GTK_WIDGET (self->primary), result);
  gtk_widget_set_visible (GTK_WIDGET (self->cancel), !progress);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "unpack.run", result && self->sound);
  /* A window forgets a default that is hidden. */
  gtk_window_set_default_widget (GTK_WINDOW (self), result ? GTK_WIDGET (self->primary) : NULL);
  gtk_stack_set_visible_child_name (self->stack, name);
}

static gboolean
end_work (EmendUnpackDialog *self)
{
  if (self->stack == NULL)
    return FALSE;
  emend_progress_page_stop (self->progress_page);
  if (self->closing)
    gtk_window_destroy (GTK_WINDOW (self));
  return !self->closing;
}

static void
show_refused (EmendUnpackDialog *self,
              const GError *error)
{
  self->sound = FALSE;
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)) {
    show_page (self, "choose");
    return;
  }
  emend_result_page_begin (self->result, EMEND_RESULT_BAD, _ ("This Is No Pack That Can Be Used"),
                           _ ("Nothing was unpacked and nothing was changed."));
  emend_result_page_add_problem (self->result, error->message);
  emend_result_page_add_button (self->result, _ ("Choose _Another…"), "unpack.choose");
  show_page (self, "result");
}

static void
verified_cb (GObject *source,
             GAsyncResult *result,
             gpointer data)
{
  g_autoptr (EmendUnpackDialog) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (EmendPackFacts) facts = emend_pack_job_verify_finish (result, &error);

  if (!end_work (self))
    return;
  if (facts == NULL) {
    show_refused (self, error);
    return;
  }
  self->sound = facts->problems == NULL || facts->problems->len == 0;
  emend_result_page_begin (self->result, self->sound ? EMEND_RESULT_GOOD : EMEND_RESULT_BAD,
                           self->sound ? _ ("Complete and Unaltered") : _ ("Do Not Trust This Pack"),
                           self->sound ? _ ("Every file is there and is what the sender packed.") :
                                         _ ("Nothing was unpacked. Ask the sender for it again, and name what is said "
                                            "here."));
  emend_pack_facts_show (facts, self->result);
  emend_result_page_add_button (self->result, _ ("Choose _Another…"), "unpack.choose");
  show_page (self, "result");
  if (self->sound)
    gtk_widget_grab_focus (GTK_WIDGET (self->primary));
}

/**
 * emend_unpack_dialog_set_archive:
 * @self: the dialog
 * @path: of an archive
 *
 * Verifies the archive at once.
 */
void
emend_unpack_dialog_set_archive (EmendUnpackDialog *self,
                                 const char *path)
{
  g_autoptr (EmendTaskProgress) progress = emend_task_progress_new (EMEND_PROGRESS_BYTES);
  g_autofree char *name = g_filename_display_basename (path);
  g_autofree char *title = g_strdup_printf (_ ("Verifying “%s”"), name);

  g_return_if_fail (EMEND_IS_UNPACK_DIALOG (self));

  if (path != self->path) {
    g_free (self->path);
    self->path = g_strdup (path);
  }
  self->sound = FALSE;
  emend_error_bar_set_text (self->error, NULL);
  emend_progress_page_start (self->progress_page, title, progress);
  show_page (self, "progress");
  emend_pack_job_verify_async (self->path, progress, verified_cb, g_object_ref (self));
}

static void
archive_chosen_cb (GObject *source,
                   GAsyncResult *result,
                   gpointer data)
{
  g_autoptr (EmendUnpackDialog) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = emend_file_chooser_choose_finish (result, &error);

  if (self->stack == NULL)
    return;
  if (path != NULL)
    emend_unpack_dialog_set_archive (self, path);
  else
    emend_error_bar_set_error (self->error, error);
}

static void
choose_action (GtkWidget *widget,
               const char *name,
               GVariant *parameter)
{
  EmendUnpackDialog *self = EMEND_UNPACK_DIALOG (widget);
  const EmendFileChooserOptions options = {
    .kind = EMEND_FILE_CHOOSER_OPEN,
    .title = _ ("Choose a Pack"),
    .accept = _ ("_Verify"),
    .filter_name = _ ("Packs"),
    .patterns = "*.zip",
  };

  emend_file_chooser_choose_async (GTK_WINDOW (self), &options, NULL, archive_chosen_cb, g_object_ref (self));
}

static void
unpacked_cb (GObject *source,
             GAsyncResult *result,
             gpointer data)
{
  g_autoptr (EmendUnpackDialog) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *project = emend_pack_job_unpack_finish (result, &error);

  if (!end_work (self))
    return;
  if (project == NULL) {
    show_page (self, "result");
    emend_error_bar_set_error (self->error, error);
    return;
  }
  g_signal_emit (self, signals[UNPACKED], 0, project);
  gtk_window_destroy (GTK_WINDOW (self));
}

static void
folder_chosen_cb (GObject *source,
                  GAsyncResult *result,
                  gpointer data)
{
  g_autoptr (EmendUnpackDialog) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (EmendTaskProgress) progress = NULL;
  g_autofree char *folder = emend_file_chooser_choose_finish (result, &error);

  if (self->stack == NULL)
    return;
  emend_error_bar_set_error (self->error, error);
  if (folder == NULL)
    return;
  progress = emend_task_progress_new (EMEND_PROGRESS_BYTES);
  emend_progress_page_start (self->progress_page, _ ("Unpacking"), progress);
  show_page (self, "progress");
  emend_pack_job_unpack_async (self->path, folder, progress, unpacked_cb, g_object_ref (self));
}

static void
run_action (GtkWidget *widget,
            const char *name,
            GVariant *parameter)
{
  EmendUnpackDialog *self = EMEND_UNPACK_DIALOG (widget);
  g_autofree char *folder = g_path_get_dirname (self->path);
  const EmendFileChooserOptions options = {
    .kind = EMEND_FILE_CHOOSER_FOLDER,
    .title = _ ("Unpack Into"),
    .accept = _ ("_Unpack"),
    .folder = folder,
  };

  emend_file_chooser_choose_async (GTK_WINDOW (self), &options, NULL, folder_chosen_cb, g_object_ref (self));
}

static gboolean
drop_cb (EmendUnpackDialog *self,
         const GValue *value)
{
  GFile *file = g_value_get_object (value);

  if (file == NULL || g_file_peek_path (file) == NULL || !gtk_widget_get_visible (GTK_WIDGET (self->cancel)))
    return FALSE;
  emend_unpack_dialog_set_archive (self, g_file_peek_path (file));
  return TRUE;
}

static gboolean
close_request (GtkWindow *window)
{
  EmendUnpackDialog *self = EMEND_UNPACK_DIALOG (window);

  if (emend_progress_page_cancel (self->progress_page)) {
    self->closing = TRUE;
    return TRUE;
  }
  return GTK_WINDOW_CLASS (emend_unpack_dialog_parent_class)->close_request (window);
}

static void
emend_unpack_dialog_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), EMEND_TYPE_UNPACK_DIALOG);
  G_OBJECT_CLASS (emend_unpack_dialog_parent_class)->dispose (object);
}

static void
emend_unpack_dialog_finalize (GObject *object)
{
  g_free (EMEND_UNPACK_DIALOG (object)->path);
  G_OBJECT_CLASS (emend_unpack_dialog_parent_class)->finalize (object);
}

static void
emend_unpack_dialog_class_init (EmendUnpackDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = emend_unpack_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = emend_unpack_dialog_finalize;
  GTK_WINDOW_CLASS (klass)->close_request = close_request;
  g_type_ensure (EMEND_TYPE_ERROR_BAR);
  g_type_ensure (EMEND_TYPE_PROGRESS_PAGE);
  g_type_ensure (EMEND_TYPE_RESULT_PAGE);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/emend/Emend/ui/emend-unpack-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, EmendUnpackDialog, cancel);
  gtk_widget_class_bind_template_child (widget_class, EmendUnpackDialog, primary);
  gtk_widget_class_bind_template_child (widget_class, EmendUnpackDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, EmendUnpackDialog, error);
  gtk_widget_class_bind_template_child (widget_class, EmendUnpackDialog, progress_page);
  gtk_widget_class_bind_template_child (widget_class, EmendUnpackDialog, result);
  gtk_widget_class_install_action (widget_class, "unpack.choose", NULL, choose_action);
  gtk_widget_class_install_action (widget_class, "unpack.run", NULL, run_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);

  /**
   * EmendUnpackDialog::unpacked:
   * @path: of the project in it
   */
  signals[UNPACKED] = g_signal_new ("unpacked", EMEND_TYPE_UNPACK_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                    G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
emend_unpack_dialog_init (EmendUnpackDialog *self)
{
  GtkDropTarget *target = gtk_drop_target_new (G_TYPE_FILE, GDK_ACTION_COPY);

  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (target, "drop", G_CALLBACK (drop_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
  show_page (self, "choose");
}

/**
 * emend_unpack_dialog_new:
 * @parent: (nullable): the window it belongs to
 *
 * Returns: (transfer none): a window, owned by GTK
 */
GtkWindow *
emend_unpack_dialog_new (GtkWindow *parent)
{
  return g_object_new (EMEND_TYPE_UNPACK_DIALOG, "transient-for", parent, NULL);
}
