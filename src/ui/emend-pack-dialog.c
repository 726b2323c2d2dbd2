#define G_LOG_DOMAIN "emend-ui"

#include "config.h"

#include "emend-pack-dialog.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "emend-count-text.h"
#include "emend-error-bar.h"
#include "emend-file-chooser.h"
#include "emend-pack-job.h"
#include "emend-pack-text.h"
#include "emend-progress-page.h"
#include "emend-result-page.h"

/* Time for more typing before the filter is tried. */
#define DELAY_MS 300

struct _EmendPackDialog {
  GtkWindow parent_instance;

  GtkButton *cancel;
  GtkButton *primary;
  GtkStack *stack;
  EmendErrorBar *error;
  GtkCheckButton *work;
  GtkCheckButton *delivery;
  GtkCheckButton *backup;
  GtkSwitch *blind;
  AdwActionRow *blind_row;
  AdwComboRow *items;
  AdwEntryRow *filter;
  AdwActionRow *destination;
  GtkLabel *tally;
  EmendProgressPage *progress_page;
  EmendResultPage *result;

  EmendStore *store;
  char *folder;
  char *name;
  char *path;
  gboolean own_path;
  GCancellable *tally_cancellable;
  guint delay_id;
  guint64 n_items;
  gboolean closing;
};

G_DEFINE_FINAL_TYPE (EmendPackDialog, emend_pack_dialog, GTK_TYPE_WINDOW)

static EmendPackKind
get_kind (EmendPackDialog *self)
{
  if (gtk_check_button_get_active (self->delivery))
    return EMEND_PACK_DELIVERY;
  if (gtk_check_button_get_active (self->backup))
    return EMEND_PACK_BACKUP;
  return EMEND_PACK_WORK;
}

static EmendPackChoice
get_choice (EmendPackDialog *self)
{
  if (get_kind (self) == EMEND_PACK_BACKUP)
    return EMEND_PACK_ALL;
  return (EmendPackChoice) adw_combo_row_get_selected (self->items);
}

static void
propose_path (EmendPackDialog *self)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *date = g_date_time_format (now, "%Y-%m-%d");
  g_autofree char *safe = g_strdup (self->name);
  g_autofree char *name = NULL;
  g_autofree char *shown = NULL;
  g_autofree char *markup = NULL;

  if (!self->own_path) {
    g_strdelimit (safe, "/\\:*?\"<>|", '-');
    name = g_strdup_printf ("%s-%s-%s.emend.zip", safe, emend_pack_kind_to_name (get_kind (self)), date);
    g_free (self->path);
    self->path = g_build_filename (self->folder, name, NULL);
  }
  shown = emend_file_chooser_describe_path (self->path);
  markup = g_markup_escape_text (shown, -1);
  adw_action_row_set_subtitle (self->destination, markup);
}

static void
tally_cb (GObject *source,
          GAsyncResult *result,
          gpointer data)
{
  g_autoptr (EmendPackDialog) self = data;
  g_autoptr (GError) error = NULL;
  EmendPackTally tally = { 0 };
  gboolean counted = emend_pack_job_tally_finish (EMEND_STORE (source), result, &tally, &error);
  g_autofree char *items = NULL;
  g_autofree char *done = NULL;
  g_autofree char *size = NULL;
  g_autofree char *text = NULL;

  if (self->stack == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  emend_error_bar_set_error (self->error, error);
  self->n_items = tally.n_items;
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "pack.run", tally.n_items > 0);
  if (!counted) {
    gtk_label_set_text (self->tally, "");
    return;
  }
  items = emend_count_to_text (tally.n_items);
  done = emend_count_to_text (tally.n_done);
  size = g_format_size (tally.n_bytes);
  /* TRANSLATORS: what will be packed: a number of items, how many of them are done, their size. */
  text = g_strdup_printf (ngettext ("%s item, %s done, %s", "%s items, %s done, %s", (gulong) tally.n_items), items,
                          done, size);
  gtk_label_set_text (self->tally, tally.n_items > 0 ? text : _ ("No item is chosen."));
}

static void
start_tally (EmendPackDialog *self)
{
  if (self->tally_cancellable != NULL)
    g_cancellable_cancel (self->tally_cancellable);
  g_clear_object (&self->tally_cancellable);
  self->tally_cancellable = g_cancellable_new ();
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "pack.run", FALSE);
  if (self->store != NULL)
    emend_pack_job_tally_async (self->store, get_choice (self), gtk_editable_get_text (GTK_EDITABLE (self->filter)),
                                self->tally_cancellable, tally_cb, g_object_ref (self));
}

static gboolean
delay_cb (gpointer data)
{
  EmendPackDialog *self = data;

  self->delay_id = 0;
  start_tally (self);
  return G_SOURCE_REMOVE;
}

static void
filter_changed_cb (EmendPackDialog *self)
{
  g_clear_handle_id (&self->delay_id, g_source_remove);
  self->delay_id = g_timeout_add (DELAY_MS, delay_cb, self);
}

static void
option_changed_cb (EmendPackDialog *self)
{
  EmendPackKind kind = get_kind (self);

  if (self->name == NULL)
    return;
  gtk_widget_set_visible (GTK_WIDGET (self->blind_row), kind == EMEND_PACK_WORK);
  gtk_widget_set_visible (GTK_WIDGET (self->items), kind != EMEND_PACK_BACKUP);
  gtk_widget_set_visible (GTK_WIDGET (self->filter), get_choice (self) == EMEND_PACK_FILTER);
  propose_path (self);
  start_tally (self);
}

static void
chosen_cb (GObject *source,
           GAsyncResult *result,
           gpointer data)
{
  g_autoptr (EmendPackDialog) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = emend_file_chooser_choose_finish (result, &error);

  if (self->stack == NULL)
    return;
  emend_error_bar_set_error (self->error, error);
  if (path == NULL)
    return;
  g_free (self->path);
  self->path = g_str_has_suffix (path, ".zip") ? g_steal_pointer (&path) : g_strconcat (path, ".emend.zip", NULL);
  self->own_path = TRUE;
  propose_path (self);
}

static void
choose_action (GtkWidget *widget,
               const char *action,
               GVariant *parameter)
{
  EmendPackDialog *self = EMEND_PACK_DIALOG (widget);
  g_autofree char *folder = g_path_get_dirname (self->path);
  g_autofree char *name = g_filename_display_basename (self->path);
  const EmendFileChooserOptions options = {
    .kind = EMEND_FILE_CHOOSER_SAVE,
    .title = _ ("Pack To"),
    .accept = _ ("_Choose"),
    .folder = folder,
    .name = name,
    .filter_name = _ ("Packs"),
    .patterns = "*.zip",
  };

  emend_file_chooser_choose_async (GTK_WINDOW (self), &options, NULL, chosen_cb, g_object_ref (self));
}

static void
show_page (EmendPackDialog *self,
           const char *name)
{
  gboolean form = g_str_equal (name, "form");

  gtk_widget_set_visible (GTK_WIDGET (self->primary), form);
  gtk_widget_set_visible (GTK_WIDGET (self->cancel), form);
  /* A window forgets a default that is hidden. */
  gtk_window_set_default_widget (GTK_WINDOW (self), form ? GTK_WIDGET (self->primary) : NULL);
  gtk_stack_set_visible_child_name (self->stack, name);
}

static void
show_facts (EmendPackDialog *self,
            const EmendPackFacts *facts,
            const char *good)
{
  gboolean sound = facts->problems == NULL || facts->problems->len == 0;

  emend_result_page_begin (self->result, sound ? EMEND_RESULT_GOOD : EMEND_RESULT_BAD,
                           sound ? good : _ ("The Pack Is Not Sound"),
                           sound ? _ ("It was read back and is complete. Give the SHA-256 along by another way, and "
                                      "the receiver knows that it is this one.") :
                                   _ ("Do not send it. The project is "
                                      "as it was; pack it again."));
  emend_pack_facts_show (facts, self->result);
  emend_result_page_add_button (self->result, _ ("_Show in Folder"), "pack.show");
  emend_result_page_add_button (self->result, _ ("_Verify Again"), "pack.verify");
  emend_result_page_add_button (self->result, _ ("_Done"), "window.close");
  show_page (self, "result");
}

static void
end_work (EmendPackDialog *self,
          const EmendPackFacts *facts,
          const GError *error,
          const char *good)
{
  if (self->stack == NULL)
    return;
  emend_progress_page_stop (self->progress_page);
  if (facts != NULL) {
    show_facts (self, facts, good);
  } else {
    show_page (self, "form");
    emend_error_bar_set_error (self->error, error);
  }
  if (self->closing)
    gtk_window_destroy (GTK_WINDOW (self));
}

static void
written_cb (GObject *source,
            GAsyncResult *result,
            gpointer data)
{
  g_autoptr (EmendPackDialog) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (EmendPackFacts) facts = emend_pack_job_write_finish (EMEND_STORE (source), result, &error);

  end_work (self, facts, error, _ ("Packed"));
}

static void
verified_cb (GObject *source,
             GAsyncResult *result,
             gpointer data)
{
  g_autoptr (EmendPackDialog) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (EmendPackFacts) facts = emend_pack_job_verify_finish (result, &error);

  end_work (self, facts, error, _ ("Complete and Unaltered"));
}

static void
run_action (GtkWidget *widget,
            const char *name,
            GVariant *parameter)
{
  EmendPackDialog *self = EMEND_PACK_DIALOG (widget);
  g_autoptr (EmendTaskProgress) progress = emend_task_progress_new (EMEND_PROGRESS_BYTES);
  g_autofree char *items = emend_count_to_text (self->n_items);
  g_autofree char *title = g_strdup_printf (ngettext ("Packing %s item", "Packing %s items",
                                                      (gulong) self->n_items),
                                            items);
  const EmendPackOrder order = {
    .path = self->path,
    .kind = get_kind (self),
    .choice = get_choice (self),
    .filter = gtk_editable_get_text (GTK_EDITABLE (self->filter)),
    .blind = gtk_switch_get_active (self->blind),
  };

  emend_error_bar_set_text (self->error, NULL);
  emend_progress_page_start (self->progress_page, title, progress);
  show_page (self, "progress");
  emend_pack_job_write_async (self->store, &order, progress, written_cb, g_object_ref (self));
}

static void
verify_action (GtkWidget *widget,
               const char *name,
               GVariant *parameter)
{
  EmendPackDialog *self = EMEND_PACK_DIALOG (widget);
  g_autoptr (EmendTaskProgress) progress = emend_task_progress_new (EMEND_PROGRESS_BYTES);

  emend_progress_page_start (self->progress_page, _ ("Verifying"), progress);
  show_page (self, "progress");
  emend_pack_job_verify_async (self->path, progress, verified_cb, g_object_ref (self));
}

static void
show_action (GtkWidget *widget,
             const char *name,
             GVariant *parameter)
{
  emend_file_chooser_show_in_folder (EMEND_PACK_DIALOG (widget)->path);
}

static gboolean
close_request (GtkWindow *window)
{
  EmendPackDialog *self = EMEND_PACK_DIALOG (window);

  if (emend_progress_page_cancel (self->progress_page)) {
    self->closing = TRUE;
    return TRUE;
  }
  return GTK_WINDOW_CLASS (emend_pack_dialog_parent_class)->close_request (window);
}

static void
emend_pack_dialog_dispose (GObject *object)
{
  EmendPackDialog *self = EMEND_PACK_DIALOG (object);

  g_clear_handle_id (&self->delay_id, g_source_remove);
  if (self->tally_cancellable != NULL)
    g_cancellable_cancel (self->tally_cancellable);
  g_clear_object (&self->tally_cancellable);
  gtk_widget_dispose_template (GTK_WIDGET (object), EMEND_TYPE_PACK_DIALOG);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (emend_pack_dialog_parent_class)->dispose (object);
}

static void
emend_pack_dialog_finalize (GObject *object)
{
  EmendPackDialog *self = EMEND_PACK_DIALOG (object);

  g_free (self->folder);
  g_free (self->name);
  g_free (self->path);
  G_OBJECT_CLASS (emend_pack_dialog_parent_class)->finalize (object);
}

static void
emend_pack_dialog_class_init (EmendPackDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = emend_pack_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = emend_pack_dialog_finalize;
  GTK_WINDOW_CLASS (klass)->close_request = close_request;
  g_type_ensure (EMEND_TYPE_ERROR_BAR);
  g_type_ensure (EMEND_TYPE_PROGRESS_PAGE);
  g_type_ensure (EMEND_TYPE_RESULT_PAGE);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/emend/Emend/ui/emend-pack-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, EmendPackDialog, cancel);
  gtk_widget_class_bind_template_child (widget_class, EmendPackDialog, primary);
  gtk_widget_class_bind_template_child (widget_class, EmendPackDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, EmendPackDialog, error);
  gtk_widget_class_bind_template_child (widget_class, EmendPackDialog, work);
  gtk_widget_class_bind_template_child (widget_class, EmendPackDialog, delivery);
  gtk_widget_class_bind_template_child (widget_class, EmendPackDialog, backup);
  gtk_widget_class_bind_template_child (widget_class, EmendPackDialog, blind);
  gtk_widget_class_bind_template_child (widget_class, EmendPackDialog, blind_row);
  gtk_widget_class_bind_template_child (widget_class, EmendPackDialog, items);
  gtk_widget_class_bind_template_child (widget_class, EmendPackDialog, filter);
  gtk_widget_class_bind_template_child (widget_class, EmendPackDialog, destination);
  gtk_widget_class_bind_template_child (widget_class, EmendPackDialog, tally);
  gtk_widget_class_bind_template_child (widget_class, EmendPackDialog, progress_page);
  gtk_widget_class_bind_template_child (widget_class, EmendPackDialog, result);
  gtk_widget_class_bind_template_callback (widget_class, option_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, filter_changed_cb);
  gtk_widget_class_install_action (widget_class, "pack.choose", NULL, choose_action);
  gtk_widget_class_install_action (widget_class, "pack.run", NULL, run_action);
  gtk_widget_class_install_action (widget_class, "pack.verify", NULL, verify_action);
  gtk_widget_class_install_action (widget_class, "pack.show", NULL, show_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
emend_pack_dialog_init (EmendPackDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * emend_pack_dialog_new:
 * @parent: (nullable): the window it belongs to
 * @store: the project
 * @info: facts of it
 *
 * Returns: (transfer none): a window, owned by GTK
 */
GtkWindow *
emend_pack_dialog_new (GtkWindow *parent,
                       EmendStore *store,
                       const EmendProjectInfo *info)
{
  EmendPackDialog *self = g_object_new (EMEND_TYPE_PACK_DIALOG, "transient-for", parent, NULL);

  g_set_object (&self->store, store);
  self->folder = g_path_get_dirname (info->folder);
  self->name = g_strdup (info->name);
  option_changed_cb (self);
  return GTK_WINDOW (self);
}
