#define G_LOG_DOMAIN "emend-ui"

#include "config.h"

#include "emend-label-editor.h"

#include <glib/gi18n-lib.h>

#include "emend-background.h"
#include "emend-error-bar.h"
#include "emend-file-chooser.h"
#include "emend-format.h"
#include "emend-label-row.h"

/* A file that is read to see whether it is a schema. */
#define MAX_SCHEMA_SIZE ((goffset) 4 * 1024 * 1024)

struct _EmendLabelEditor {
  GtkBox parent_instance;

  EmendErrorBar *error;
  GtkEntry *entry;
  GtkButton *from_file;
  GtkStack *stack;
  GtkListBox *list;

  GListStore *drafts;
  GCancellable *cancellable;
};

/* What a file says: a whole schema, or names only. */
typedef struct {
  EmendSchema *schema;
  char **names;
} Found;

G_DEFINE_FINAL_TYPE (EmendLabelEditor, emend_label_editor, GTK_TYPE_BOX)

static void
found_free (Found *found)
{
  g_clear_pointer (&found->schema, emend_schema_unref);
  g_strfreev (found->names);
  g_free (found);
}

static EmendSchema *
read_schema (const char *path)
{
  g_autofree char *text = NULL;
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileInfo) info = g_file_query_info (file,
                                                  G_FILE_ATTRIBUTE_STANDARD_SIZE "," G_FILE_ATTRIBUTE_STANDARD_TYPE,
                                                  G_FILE_QUERY_INFO_NONE, NULL, NULL);
  gsize size = 0;

  if (info == NULL || g_file_info_get_file_type (info) != G_FILE_TYPE_REGULAR ||
      g_file_info_get_size (info) > MAX_SCHEMA_SIZE)
    return NULL;
  if (!g_file_get_contents (path, &text, &size, NULL))
    return NULL;
  return emend_schema_from_json (text, size, NULL);
}

static gpointer
read_worker (gpointer data,
             GCancellable *cancellable,
             GError **error)
{
  const char *path = data;
  g_autoptr (EmendSchema) schema = read_schema (path);
  g_autoptr (EmendFormat) format = NULL;
  g_auto (GStrv) names = NULL;
  Found *found;

  if (schema == NULL) {
    format = emend_formats_detect (path, error);
    if (format == NULL)
      return NULL;
    names = emend_format_list_labels (format, path, cancellable, error);
    if (names == NULL)
      return NULL;
  }
  found = g_new0 (Found, 1);
  found->schema = g_steal_pointer (&schema);
  found->names = g_steal_pointer (&names);
  return found;
}

static void
read_cb (GObject *source,
         GAsyncResult *result,
         gpointer data)
{
  g_autoptr (EmendLabelEditor) self = data;
  g_autoptr (GError) error = NULL;
  Found *found = emend_background_run_finish (result, &error);

  if (self->error == NULL) {
    g_clear_pointer (&found, found_free);
    return;
  }
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "labels.from-file", TRUE);
  emend_error_bar_set_error (self->error, error);
  if (found == NULL)
    return;
  if (found->schema != NULL)
    emend_label_drafts_merge (self->drafts, found->schema);
  else if (*found->names == NULL)
    emend_error_bar_set_text (self->error, _ ("The file names no labels. Type them, or choose a file that does."));
  else
    emend_label_drafts_add_names (self->drafts, (const char *const *) found->names);
  found_free (found);
}

/**
 * emend_label_editor_add_file:
 * @self: the editor
 * @path: a schema, or a file of a format that names labels
 *
 * Adds the labels that the file names and that are not there yet.
 */
void
emend_label_editor_add_file (EmendLabelEditor *self,
                             const char *path)
{
  g_return_if_fail (EMEND_IS_LABEL_EDITOR (self));

  emend_error_bar_set_text (self->error, NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "labels.from-file", FALSE);
  emend_background_run_async (read_worker, g_strdup (path), g_free, (GDestroyNotify) found_free, self->cancellable,
                              read_cb, g_object_ref (self));
}

static void
chosen_cb (GObject *source,
           GAsyncResult *result,
           gpointer data)
{
  g_autoptr (EmendLabelEditor) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = emend_file_chooser_choose_finish (result, &error);

  if (self->error == NULL)
    return;
  if (path != NULL)
    emend_label_editor_add_file (self, path);
  else
    emend_error_bar_set_error (self->error, error);
}

static void
from_file_action (GtkWidget *widget,
                  const char *name,
                  GVariant *parameter)
{
  EmendLabelEditor *self = EMEND_LABEL_EDITOR (widget);
  GtkRoot *root = gtk_widget_get_root (widget);
  const EmendFileChooserOptions options = {
    .kind = EMEND_FILE_CHOOSER_OPEN,
    .title = _ ("Labels From a File"),
    .accept = _ ("_Read"),
    .filter_name = _ ("Schemas, COCO and YOLO files"),
    .patterns = "*.json;*.yaml;*.yml;*.txt;*.names;*.xml",
  };

  emend_file_chooser_choose_async (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, &options, self->cancellable,
                                   chosen_cb, g_object_ref (self));
}

/**
 * emend_label_editor_add_text:
 * @self: the editor
 * @text: names as typed or pasted, see emend_label_names_parse()
 *
 * Adds the names that are not there yet, and says so when there is none.
 */
void
emend_label_editor_add_text (EmendLabelEditor *self,
                             const char *text)
{
  g_auto (GStrv) names = emend_label_names_parse (text);

  g_return_if_fail (EMEND_IS_LABEL_EDITOR (self));

  if (*names == NULL)
    return;
  if (emend_label_drafts_add_names (self->drafts, (const char *const *) names) == 0)
    emend_error_bar_set_text (self->error,
                              names[1] == NULL ? _ ("There is already a label of that name.") :
                                                 _ ("All of these labels are there already."));
  else
    emend_error_bar_set_text (self->error, NULL);
}

static void
add_action (GtkWidget *widget,
            const char *name,
            GVariant *parameter)
{
  EmendLabelEditor *self = EMEND_LABEL_EDITOR (widget);

  emend_label_editor_add_text (self, gtk_editable_get_text (GTK_EDITABLE (self->entry)));
  gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
}

static void
entry_changed_cb (EmendLabelEditor *self)
{
  g_auto (GStrv) names = emend_label_names_parse (gtk_editable_get_text (GTK_EDITABLE (self->entry)));

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "labels.add", *names != NULL);
}

static void
entry_activate_cb (EmendLabelEditor *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "labels.add", NULL);
}

static void
count_changed_cb (EmendLabelEditor *self)
{
  gboolean empty = g_list_model_get_n_items (G_LIST_MODEL (self->drafts)) == 0;

  gtk_stack_set_visible_child_name (self->stack, empty ? "empty" : "list");
}

static GtkWidget *
create_row (gpointer item,
            gpointer data)
{
  EmendLabelEditor *self = data;

  return emend_label_row_new (self->drafts, item);
}

/**
 * emend_label_editor_get_drafts:
 * @self: the editor
 *
 * Returns: (transfer none): the list of #EmendLabelDraft
 */
GListStore *
emend_label_editor_get_drafts (EmendLabelEditor *self)
{
  g_return_val_if_fail (EMEND_IS_LABEL_EDITOR (self), NULL);

  return self->drafts;
}

/**
 * emend_label_editor_set_schema:
 * @self: the editor
 * @schema: (nullable): what to start from
 */
void
emend_label_editor_set_schema (EmendLabelEditor *self,
                               EmendSchema *schema)
{
  g_return_if_fail (EMEND_IS_LABEL_EDITOR (self));

  gtk_list_box_bind_model (self->list, NULL, NULL, NULL, NULL);
  g_clear_object (&self->drafts);
  self->drafts = emend_label_drafts_from_schema (schema);
  gtk_list_box_bind_model (self->list, G_LIST_MODEL (self->drafts), create_row, self, NULL);
  g_signal_connect_object (self->drafts, "items-changed", G_CALLBACK (count_changed_cb), self, G_CONNECT_SWAPPED);
  count_changed_cb (self);
}

static gboolean
grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (EMEND_LABEL_EDITOR (widget)->entry));
}

static void
emend_label_editor_dispose (GObject *object)
{
  EmendLabelEditor *self = EMEND_LABEL_EDITOR (object);

  g_cancellable_cancel (self->cancellable);
  gtk_widget_dispose_template (GTK_WIDGET (object), EMEND_TYPE_LABEL_EDITOR);
  g_clear_object (&self->drafts);
  G_OBJECT_CLASS (emend_label_editor_parent_class)->dispose (object);
}

static void
emend_label_editor_finalize (GObject *object)
{
  g_clear_object (&EMEND_LABEL_EDITOR (object)->cancellable);
  G_OBJECT_CLASS (emend_label_editor_parent_class)->finalize (object);
}

static void
emend_label_editor_class_init (EmendLabelEditorClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = emend_label_editor_dispose;
  G_OBJECT_CLASS (klass)->finalize = emend_label_editor_finalize;
  widget_class->grab_focus = grab_focus;
  g_type_ensure (EMEND_TYPE_ERROR_BAR);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/emend/Emend/ui/emend-label-editor.ui");
  gtk_widget_class_bind_template_child (widget_class, EmendLabelEditor, error);
  gtk_widget_class_bind_template_child (widget_class, EmendLabelEditor, entry);
  gtk_widget_class_bind_template_child (widget_class, EmendLabelEditor, from_file);
  gtk_widget_class_bind_template_child (widget_class, EmendLabelEditor, stack);
  gtk_widget_class_bind_template_child (widget_class, EmendLabelEditor, list);
  gtk_widget_class_bind_template_callback (widget_class, entry_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, entry_activate_cb);
  gtk_widget_class_install_action (widget_class, "labels.add", NULL, add_action);
  gtk_widget_class_install_action (widget_class, "labels.from-file", NULL, from_file_action);
}

static void
emend_label_editor_init (EmendLabelEditor *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  emend_label_editor_set_schema (self, NULL);
  entry_changed_cb (self);
}
