#define G_LOG_DOMAIN "emend-ui"

#include "config.h"

#include "emend-labels-dialog.h"

#include <adwaita.h>

#include "emend-error-bar.h"
#include "emend-label-editor.h"

struct _EmendLabelsDialog {
  GtkWindow parent_instance;

  GtkButton *cancel;
  GtkButton *primary;
  GtkBox *box;
  EmendErrorBar *error;
  EmendLabelEditor *editor;
  AdwEntryRow *decisions;

  EmendStore *store;
  EmendSchema *schema;
};

enum {
  SAVED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (EmendLabelsDialog, emend_labels_dialog, GTK_TYPE_WINDOW)

static void
saved_cb (GObject *source,
          GAsyncResult *result,
          gpointer data)
{
  g_autoptr (EmendLabelsDialog) self = data;
  g_autoptr (GError) error = NULL;

  if (emend_store_run_finish (EMEND_STORE (source), result, &error) != NULL) {
    g_signal_emit (self, signals[SAVED], 0);
    gtk_window_destroy (GTK_WINDOW (self));
    return;
  }
  if (self->box == NULL)
    return;
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "labels-dialog.save", TRUE);
  emend_error_bar_set_error (self->error, error);
}

static gpointer
save_worker (EmendProject *project,
             gpointer data,
             GCancellable *cancellable,
             GError **error)
{
  return emend_project_set_schema (project, data, error) ? project : NULL;
}

static void
save_action (GtkWidget *widget,
             const char *name,
             GVariant *parameter)
{
  EmendLabelsDialog *self = EMEND_LABELS_DIALOG (widget);
  g_auto (GStrv) decisions = emend_label_names_parse (gtk_editable_get_text (GTK_EDITABLE (self->decisions)));
  g_autoptr (GError) error = NULL;
  EmendSchema *schema = emend_label_drafts_to_schema (G_LIST_MODEL (emend_label_editor_get_drafts (self->editor)),
                                                      self->schema, (const char *const *) decisions, &error);

  emend_error_bar_set_error (self->error, error);
  if (schema == NULL)
    return;
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "labels-dialog.save", FALSE);
  emend_store_run_async (self->store, save_worker, schema, (GDestroyNotify) emend_schema_unref, NULL, NULL, saved_cb,
                         g_object_ref (self));
}

static void
emend_labels_dialog_dispose (GObject *object)
{
  EmendLabelsDialog *self = EMEND_LABELS_DIALOG (object);

  gtk_widget_dispose_template (GTK_WIDGET (object), EMEND_TYPE_LABELS_DIALOG);
  g_clear_object (&self->store);
  g_clear_pointer (&self->schema, emend_schema_unref);
  G_OBJECT_CLASS (emend_labels_dialog_parent_class)->dispose (object);
}

static void
emend_labels_dialog_class_init (EmendLabelsDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = emend_labels_dialog_dispose;
  g_type_ensure (EMEND_TYPE_ERROR_BAR);
  g_type_ensure (EMEND_TYPE_LABEL_EDITOR);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/emend/Emend/ui/emend-labels-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, EmendLabelsDialog, cancel);
  gtk_widget_class_bind_template_child (widget_class, EmendLabelsDialog, primary);
  gtk_widget_class_bind_template_child (widget_class, EmendLabelsDialog, box);
  gtk_widget_class_bind_template_child (widget_class, EmendLabelsDialog, error);
  gtk_widget_class_bind_template_child (widget_class, EmendLabelsDialog, editor);
  gtk_widget_class_bind_template_child (widget_class, EmendLabelsDialog, decisions);
  gtk_widget_class_install_action (widget_class, "labels-dialog.save", NULL, save_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);

  /**
   * EmendLabelsDialog::saved:
   *
   * The project has another schema.
   */
  signals[SAVED] = g_signal_new ("saved", EMEND_TYPE_LABELS_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 0);
}

static void
emend_labels_dialog_init (EmendLabelsDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * emend_labels_dialog_new:
 * @parent: (nullable): the window it belongs to
 * @store: the project
 * @schema: its schema
 *
 * Returns: (transfer none): a window, owned by GTK
 */
GtkWindow *
emend_labels_dialog_new (GtkWindow *parent,
                         EmendStore *store,
                         EmendSchema *schema)
{
  EmendLabelsDialog *self = g_object_new (EMEND_TYPE_LABELS_DIALOG, "transient-for", parent, NULL);
  const char *const *decisions = emend_schema_get_item_decisions (schema);
  g_autofree char *text = g_strjoinv (", ", (char **) decisions);

  g_set_object (&self->store, store);
  self->schema = emend_schema_ref (schema);
  emend_label_editor_set_schema (self->editor, schema);
  gtk_editable_set_text (GTK_EDITABLE (self->decisions), text);
  return GTK_WINDOW (self);
}
