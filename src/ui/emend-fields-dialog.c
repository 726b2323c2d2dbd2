#define G_LOG_DOMAIN "emend-ui"

#include "config.h"

#include "emend-fields-dialog.h"

#include <glib/gi18n-lib.h>

#include "emend-fields-editor.h"

struct _EmendFieldsDialog {
  GtkWindow parent_instance;

  GtkButton *cancel;
  GtkButton *primary;
  GtkLabel *read_only;
  EmendFieldsEditor *editor;

  EmendStore *store;
  EmendSchema *schema;
};

enum {
  SAVED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (EmendFieldsDialog, emend_fields_dialog, GTK_TYPE_WINDOW)

/* What is known of the project only when it is asked. */
typedef struct {
  GArray *used;
  EmendSchema *schema; /* with what its look-up lists learned by now */
} Known;

static void
known_free (Known *known)
{
  g_clear_pointer (&known->used, g_array_unref);
  g_clear_pointer (&known->schema, emend_schema_unref);
  g_free (known);
}

/* clang-format off */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Known, known_free)
/* clang-format on */

static gpointer
known_worker (EmendProject *project,
              gpointer data,
              GCancellable *cancellable,
              GError **error)
{
  g_autoptr (Known) known = g_new0 (Known, 1);

  known->used = emend_project_list_used (project, error);
  known->schema = emend_schema_ref (emend_project_get_schema (project));
  return known->used != NULL ? g_steal_pointer (&known) : NULL;
}

/* Until then everything goes for used: it can be retired, and not be removed. */
static void
known_cb (GObject *source,
          GAsyncResult *result,
          gpointer data)
{
  g_autoptr (EmendFieldsDialog) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (Known) known = emend_store_run_finish (EMEND_STORE (source), result, &error);

  if (self->editor == NULL)
    return;
  if (known == NULL) {
    emend_fields_editor_set_error (self->editor, error);
    return;
  }
  emend_fields_draft_set_used (emend_fields_editor_get_draft (self->editor), known->used);
  emend_fields_editor_take_learned (self->editor, known->schema);
}

static void
saved_cb (GObject *source,
          GAsyncResult *result,
          gpointer data)
{
  g_autoptr (EmendFieldsDialog) self = data;
  g_autoptr (GError) error = NULL;

  if (emend_store_run_finish (EMEND_STORE (source), result, &error) != NULL) {
    g_signal_emit (self, signals[SAVED], 0);
    gtk_window_destroy (GTK_WINDOW (self));
    return;
  }
  if (self->editor == NULL)
    return;
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "fields-dialog.save", TRUE);
  emend_fields_editor_set_error (self->editor, error);
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
  EmendFieldsDialog *self = EMEND_FIELDS_DIALOG (widget);
  EmendSchema *schema = emend_fields_editor_to_schema (self->editor, self->schema);

  if (schema == NULL)
    return;
  gtk_widget_action_set_enabled (widget, "fields-dialog.save", FALSE);
  emend_store_run_async (self->store, save_worker, schema, (GDestroyNotify) emend_schema_unref, NULL, NULL, saved_cb,
                         g_object_ref (self));
}

static void
emend_fields_dialog_dispose (GObject *object)
{
  EmendFieldsDialog *self = EMEND_FIELDS_DIALOG (object);

  gtk_widget_dispose_template (GTK_WIDGET (object), EMEND_TYPE_FIELDS_DIALOG);
  g_clear_object (&self->store);
  g_clear_pointer (&self->schema, emend_schema_unref);
  G_OBJECT_CLASS (emend_fields_dialog_parent_class)->dispose (object);
}

static void
emend_fields_dialog_class_init (EmendFieldsDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = emend_fields_dialog_dispose;
  g_type_ensure (EMEND_TYPE_FIELDS_EDITOR);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/emend/Emend/ui/emend-fields-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, EmendFieldsDialog, cancel);
  gtk_widget_class_bind_template_child (widget_class, EmendFieldsDialog, primary);
  gtk_widget_class_bind_template_child (widget_class, EmendFieldsDialog, read_only);
  gtk_widget_class_bind_template_child (widget_class, EmendFieldsDialog, editor);
  gtk_widget_class_install_action (widget_class, "fields-dialog.save", NULL, save_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_s, GDK_CONTROL_MASK, "fields-dialog.save", NULL);

  /**
   * EmendFieldsDialog::saved:
   *
   * The project has another schema.
   */
  signals[SAVED] = g_signal_new ("saved", EMEND_TYPE_FIELDS_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 0);
}

static void
emend_fields_dialog_init (EmendFieldsDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
show_read_only (EmendFieldsDialog *self,
                const char *reason)
{
  gtk_label_set_text (self->read_only, reason);
  gtk_widget_set_visible (GTK_WIDGET (self->read_only), TRUE);
  gtk_widget_set_visible (GTK_WIDGET (self->primary), FALSE);
  gtk_button_set_label (self->cancel, _ ("_Close"));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "fields-dialog.save", FALSE);
  emend_fields_editor_set_editable (self->editor, FALSE);
}

/**
 * emend_fields_dialog_new:
 * @parent: (nullable): the window it belongs to
 * @store: the project
 * @schema: its schema
 * @read_only_reason: (nullable): why the project cannot be written; %NULL when it can be
 *
 * Returns: (transfer none): a window, owned by GTK
 */
GtkWindow *
emend_fields_dialog_new (GtkWindow *parent,
                         EmendStore *store,
                         EmendSchema *schema,
                         const char *read_only_reason)
{
  EmendFieldsDialog *self = g_object_new (EMEND_TYPE_FIELDS_DIALOG, "transient-for", parent, NULL);

  g_set_object (&self->store, store);
  self->schema = emend_schema_ref (schema);
  emend_fields_editor_set_schema (self->editor, schema);
  gtk_widget_grab_focus (GTK_WIDGET (self->editor));
  if (read_only_reason != NULL)
    show_read_only (self, read_only_reason);
  else
    emend_store_run_async (store, known_worker, NULL, NULL, (GDestroyNotify) known_free, NULL, known_cb,
                           g_object_ref (self));
  return GTK_WINDOW (self);
}
