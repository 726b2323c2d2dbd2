#define G_LOG_DOMAIN "emend-ui"

#include "config.h"

#include "emend-export-dialog.h"

#include <inttypes.h>

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "emend-count-text.h"
#include "emend-error-bar.h"
#include "emend-file-chooser.h"
#include "emend-import-job.h"
#include "emend-progress-page.h"
#include "emend-result-page.h"

struct _EmendExportDialog {
  GtkWindow parent_instance;

  GtkButton *cancel;
  GtkButton *primary;
  GtkStack *stack;
  EmendErrorBar *error;
  AdwComboRow *format;
  GtkCheckButton *final_state;
  GtkCheckButton *all_states;
  AdwActionRow *destination;
  EmendProgressPage *progress_page;
  EmendResultPage *result;

  EmendStore *store;
  char *folder;
  char *name;
  char *path; /* (nullable) */
  GPtrArray *formats;
  gboolean closing;
};

/* Everything that the worker needs, with memory of its own. */
typedef struct {
  char *path;
  char *format;
  gboolean all;
  EmendTaskProgress *progress;
} ExportJob;

G_DEFINE_FINAL_TYPE (EmendExportDialog, emend_export_dialog, GTK_TYPE_WINDOW)

static void
export_job_free (ExportJob *job)
{
  g_free (job->path);
  g_free (job->format);
  g_clear_object (&job->progress);
  g_free (job);
}

static EmendFormat *
get_format (EmendExportDialog *self)
{
  guint selected = adw_combo_row_get_selected (self->format);

  return selected < self->formats->len ? g_ptr_array_index (self->formats, selected) : NULL;
}

static void
set_path (EmendExportDialog *self,
          const char *path)
{
  g_autofree char *shown = path != NULL ? emend_file_chooser_describe_path (path) : NULL;
  g_autofree char *markup = g_markup_escape_text (shown != NULL ? shown : _ ("Nothing chosen yet"), -1);

  if (path != self->path) {
    g_free (self->path);
    self->path = g_strdup (path);
  }
  adw_action_row_set_subtitle (self->destination, markup);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "export.run", path != NULL && get_format (self) != NULL);
}

static char *
propose_name (EmendExportDialog *self)
{
  EmendFormat *format = get_format (self);
  const char *suffix = format != NULL && !emend_format_writes_folder (format) ? emend_format_get_suffix (format) : NULL;
  g_autofree char *safe = g_strdup (self->name);

  g_strdelimit (safe, "/\\:", '-');
  return g_strdup_printf ("%s-%s%s", safe, format != NULL ? emend_format_get_id (format) : "export",
                          suffix != NULL ? suffix : "");
}

static void
format_changed_cb (EmendExportDialog *self)
{
  g_autofree char *name = NULL;
  g_autofree char *path = NULL;

  if (self->name == NULL)
    return;
  name = propose_name (self);
  path = g_build_filename (self->folder, name, NULL);
  set_path (self, path);
}

static void
chosen_cb (GObject *source,
           GAsyncResult *result,
           gpointer data)
{
  g_autoptr (EmendExportDialog) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = emend_file_chooser_choose_finish (result, &error);

  if (self->stack == NULL)
    return;
  emend_error_bar_set_error (self->error, error);
  if (path == NULL)
    return;
  g_free (self->folder);
  self->folder = g_path_get_dirname (path);
  set_path (self, path);
}

static void
choose_action (GtkWidget *widget,
               const char *action,
               GVariant *parameter)
{
  EmendExportDialog *self = EMEND_EXPORT_DIALOG (widget);
  g_autofree char *name = propose_name (self);
  const EmendFileChooserOptions options = {
    .kind = EMEND_FILE_CHOOSER_SAVE,
    .title = _ ("Export To"),
    .accept = _ ("_Choose"),
    .folder = self->folder,
    .name = name,
  };

  emend_file_chooser_choose_async (GTK_WINDOW (self), &options, NULL, chosen_cb, g_object_ref (self));
}

static void
show_buttons (EmendExportDialog *self,
              gboolean form)
{
  gtk_widget_set_visible (GTK_WIDGET (self->primary), form);
  gtk_widget_set_visible (GTK_WIDGET (self->cancel), form);
  /* A window forgets a default that is hidden. */
  gtk_window_set_default_widget (GTK_WINDOW (self), form ? GTK_WIDGET (self->primary) : NULL);
}

static void
show_result (EmendExportDialog *self,
             const EmendExportReport *report)
{
  g_autofree char *records = emend_count_to_text ((guint64) report->n_records);
  g_autofree char *items = emend_count_to_text ((guint64) report->n_items);
  g_autofree char *undone = NULL;
  g_autofree char *path = emend_file_chooser_describe_path (self->path);

  if (report->n_undone > 0)
    undone = g_strdup_printf (ngettext ("%" PRId64 " item in it is not done yet.",
                                        "%" PRId64 " items in it are not done yet.", (gulong) report->n_undone),
                              report->n_undone);
  emend_result_page_begin (self->result, EMEND_RESULT_GOOD, _ ("Exported"), undone);
  emend_result_page_add_fact (self->result, _ ("Written to"), path, FALSE);
  emend_result_page_add_fact (self->result, _ ("Items"), items, FALSE);
  emend_result_page_add_fact (self->result, _ ("Things"), records, FALSE);
  if (report->sha256 != NULL)
    emend_result_page_add_fact (self->result, "SHA-256", report->sha256, TRUE);
  emend_result_page_add_button (self->result, _ ("_Show in Folder"), "export.show");
  emend_result_page_add_button (self->result, _ ("_Done"), "window.close");
  gtk_stack_set_visible_child_name (self->stack, "result");
}

static void
exported_cb (GObject *source,
             GAsyncResult *result,
             gpointer data)
{
  g_autoptr (EmendExportDialog) self = data;
  g_autoptr (GError) error = NULL;
  EmendExportReport *report = emend_store_run_finish (EMEND_STORE (source), result, &error);

  if (self->stack != NULL) {
    emend_progress_page_stop (self->progress_page);
    if (report != NULL) {
      show_result (self, report);
    } else {
      emend_error_bar_set_error (self->error, error);
      show_buttons (self, TRUE);
      gtk_stack_set_visible_child_name (self->stack, "form");
    }
    if (self->closing)
      gtk_window_destroy (GTK_WINDOW (self));
  }
  g_clear_pointer (&report, emend_export_report_free);
}

static gpointer
export_worker (EmendProject *project,
               gpointer data,
               GCancellable *cancellable,
               GError **error)
{
  const ExportJob *job = data;
  const EmendExportOptions options = { .format = job->format, .all = job->all };

  return emend_export_run (project, job->path, &options, cancellable, emend_task_progress_report, job->progress, error);
}

static void
run_action (GtkWidget *widget,
            const char *name,
            GVariant *parameter)
{
  EmendExportDialog *self = EMEND_EXPORT_DIALOG (widget);
  g_autoptr (EmendTaskProgress) progress = emend_task_progress_new (EMEND_PROGRESS_ITEMS);
  ExportJob *job = g_new0 (ExportJob, 1);

  job->path = g_strdup (self->path);
  job->format = g_strdup (emend_format_get_id (get_format (self)));
  job->all = gtk_check_button_get_active (self->all_states);
  job->progress = g_object_ref (progress);
  emend_error_bar_set_text (self->error, NULL);
  emend_progress_page_start (self->progress_page, _ ("Exporting"), progress);
  show_buttons (self, FALSE);
  gtk_stack_set_visible_child_name (self->stack, "progress");
  emend_store_run_async (self->store, export_worker, job, (GDestroyNotify) export_job_free,
                         (GDestroyNotify) emend_export_report_free, emend_task_progress_get_cancellable (progress),
                         exported_cb,
                         g_object_ref (self));
}

static void
show_action (GtkWidget *widget,
             const char *name,
             GVariant *parameter)
{
  emend_file_chooser_show_in_folder (EMEND_EXPORT_DIALOG (widget)->path);
}

/* Work that runs is stopped first; the window goes when it has ended. */
static gboolean
close_request (GtkWindow *window)
{
  EmendExportDialog *self = EMEND_EXPORT_DIALOG (window);

  if (emend_progress_page_cancel (self->progress_page)) {
    self->closing = TRUE;
    return TRUE;
  }
  return GTK_WINDOW_CLASS (emend_export_dialog_parent_class)->close_request (window);
}

static void
fill_formats (EmendExportDialog *self)
{
  g_autoptr (GListModel) all = emend_formats_list ();
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (all); i++) {
    g_autoptr (EmendFormat) format = g_list_model_get_item (all, i);

    if (!emend_format_can_write (format))
      continue;
    gtk_string_list_append (names, emend_format_get_name (format));
    g_ptr_array_add (self->formats, g_steal_pointer (&format));
  }
  adw_combo_row_set_model (self->format, G_LIST_MODEL (names));
}

static void
emend_export_dialog_dispose (GObject *object)
{
  EmendExportDialog *self = EMEND_EXPORT_DIALOG (object);

  gtk_widget_dispose_template (GTK_WIDGET (object), EMEND_TYPE_EXPORT_DIALOG);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (emend_export_dialog_parent_class)->dispose (object);
}

static void
emend_export_dialog_finalize (GObject *object)
{
  EmendExportDialog *self = EMEND_EXPORT_DIALOG (object);

  g_free (self->folder);
  g_free (self->name);
  g_free (self->path);
  g_ptr_array_unref (self->formats);
  G_OBJECT_CLASS (emend_export_dialog_parent_class)->finalize (object);
}

static void
emend_export_dialog_class_init (EmendExportDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = emend_export_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = emend_export_dialog_finalize;
  GTK_WINDOW_CLASS (klass)->close_request = close_request;
  g_type_ensure (EMEND_TYPE_ERROR_BAR);
  g_type_ensure (EMEND_TYPE_PROGRESS_PAGE);
  g_type_ensure (EMEND_TYPE_RESULT_PAGE);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/emend/Emend/ui/emend-export-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, EmendExportDialog, cancel);
  gtk_widget_class_bind_template_child (widget_class, EmendExportDialog, primary);
  gtk_widget_class_bind_template_child (widget_class, EmendExportDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, EmendExportDialog, error);
  gtk_widget_class_bind_template_child (widget_class, EmendExportDialog, format);
  gtk_widget_class_bind_template_child (widget_class, EmendExportDialog, final_state);
  gtk_widget_class_bind_template_child (widget_class, EmendExportDialog, all_states);
  gtk_widget_class_bind_template_child (widget_class, EmendExportDialog, destination);
  gtk_widget_class_bind_template_child (widget_class, EmendExportDialog, progress_page);
  gtk_widget_class_bind_template_child (widget_class, EmendExportDialog, result);
  gtk_widget_class_bind_template_callback (widget_class, format_changed_cb);
  gtk_widget_class_install_action (widget_class, "export.choose", NULL, choose_action);
  gtk_widget_class_install_action (widget_class, "export.run", NULL, run_action);
  gtk_widget_class_install_action (widget_class, "export.show", NULL, show_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
emend_export_dialog_init (EmendExportDialog *self)
{
  self->formats = g_ptr_array_new_with_free_func (g_object_unref);
  gtk_widget_init_template (GTK_WIDGET (self));
  fill_formats (self);
}

/**
 * emend_export_dialog_new:
 * @parent: (nullable): the window it belongs to
 * @store: the project
 * @info: facts of it
 *
 * Returns: (transfer none): a window, owned by GTK
 */
GtkWindow *
emend_export_dialog_new (GtkWindow *parent,
                         EmendStore *store,
                         const EmendProjectInfo *info)
{
  EmendExportDialog *self = g_object_new (EMEND_TYPE_EXPORT_DIALOG, "transient-for", parent, NULL);

  g_set_object (&self->store, store);
  self->folder = g_strdup (info->folder);
  self->name = g_strdup (info->name);
  format_changed_cb (self);
  return GTK_WINDOW (self);
}
