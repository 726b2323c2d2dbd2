#define G_LOG_DOMAIN "emend-ui"

#include "config.h"

#include "emend-fields-editor.h"

#include <string.h>

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "emend-background.h"
#include "emend-draft-row.h"
#include "emend-error-bar.h"
#include "emend-field-pane.h"
#include "emend-file-chooser.h"
#include "emend-model-error.h"
#include "emend-part-file.h"
#include "emend-rule-pane.h"
#include "emend-templates.h"

/* More than the largest schema that a project takes. */
#define MAX_SCHEMA_SIZE ((goffset) 8 * 1024 * 1024)
#define MARGIN 12 /* pixels that are kept free above and below what is scrolled to */

struct _EmendFieldsEditor {
  GtkBox parent_instance;

  EmendErrorBar *error;
  GMenu *templates_menu;
  GtkScrolledWindow *side;
  GtkListBox *fields;
  GtkListBox *rules;
  GtkLabel *no_rules;
  GtkButton *add_field;
  GtkButton *add_rule;
  GtkMenuButton *files;
  GtkStack *stack;
  AdwStatusPage *empty;
  EmendFieldPane *field_pane;
  EmendRulePane *rule_pane;

  EmendFieldsDraft *draft;
  EmendSchema *base; /* (nullable): what it was made from */
  gboolean editable;
  GCancellable *cancellable;
};

typedef struct {
  EmendSchema *schema;
  char *path;
} SaveJob;

G_DEFINE_FINAL_TYPE (EmendFieldsEditor, emend_fields_editor, GTK_TYPE_BOX)

static void
save_job_free (SaveJob *job)
{
  emend_schema_unref (job->schema);
  g_free (job->path);
  g_free (job);
}

/* A row has its place only after the next layout. */
static gboolean
scroll_cb (GtkWidget *row,
           GdkFrameClock *clock,
           gpointer data)
{
  EmendFieldsEditor *self = EMEND_FIELDS_EDITOR (gtk_widget_get_ancestor (row, EMEND_TYPE_FIELDS_EDITOR));
  GtkWidget *content = gtk_widget_get_first_child (gtk_scrolled_window_get_child (self->side));
  graphene_rect_t bounds;

  if (gtk_widget_get_height (row) == 0)
    return G_SOURCE_CONTINUE;
  if (gtk_widget_compute_bounds (row, content, &bounds))
    gtk_adjustment_clamp_page (gtk_scrolled_window_get_vadjustment (self->side), bounds.origin.y - MARGIN,
                               bounds.origin.y + bounds.size.height + MARGIN);
  return G_SOURCE_REMOVE;
}

static void
show_selected (EmendFieldsEditor *self,
               gpointer draft)
{
  if (EMEND_IS_FIELD_DRAFT (draft)) {
    emend_field_pane_set_field (self->field_pane, self->draft, draft);
    gtk_stack_set_visible_child_name (self->stack, "field");
  } else if (EMEND_IS_RULE_DRAFT (draft)) {
    emend_rule_pane_set_rule (self->rule_pane, self->draft, draft);
    gtk_stack_set_visible_child_name (self->stack, "rule");
  } else {
    gtk_stack_set_visible_child_name (self->stack, "empty");
    emend_field_pane_set_field (self->field_pane, NULL, NULL);
    emend_rule_pane_set_rule (self->rule_pane, NULL, NULL);
  }
}

static void
row_selected_cb (EmendFieldsEditor *self,
                 GtkListBoxRow *row,
                 GtkListBox *list)
{
  GtkListBox *other = list == self->fields ? self->rules : self->fields;

  if (row != NULL) {
    gtk_list_box_unselect_all (other);
    gtk_widget_add_tick_callback (GTK_WIDGET (row), scroll_cb, NULL, NULL);
    show_selected (self, emend_draft_row_get_draft (EMEND_DRAFT_ROW (row)));
  } else if (gtk_list_box_get_selected_row (other) == NULL) {
    show_selected (self, NULL);
  }
}

/* Enter on a row goes into what it shows. */
static void
row_activated_cb (EmendFieldsEditor *self,
                  GtkListBoxRow *row,
                  GtkListBox *list)
{
  gtk_widget_grab_focus (GTK_WIDGET (list == self->fields ? (gpointer) self->field_pane :
                                                            (gpointer) self->rule_pane));
}

static GtkListBoxRow *
find_row (GtkListBox *list,
          gpointer draft)
{
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (list, i)) != NULL; i++) {
    if (emend_draft_row_get_draft (EMEND_DRAFT_ROW (row)) == draft)
      return row;
  }
  return NULL;
}

/**
 * emend_fields_editor_select:
 * @self: the editor
 * @draft: (nullable): one of its fields or rules
 *
 * Shows it.
 */
void
emend_fields_editor_select (EmendFieldsEditor *self,
                            gpointer draft)
{
  GtkListBox *list;

  g_return_if_fail (EMEND_IS_FIELDS_EDITOR (self));

  list = EMEND_IS_RULE_DRAFT (draft) ? self->rules : self->fields;
  gtk_list_box_select_row (list, find_row (list, draft));
}

/* Something is always shown when there is something: after a removal what came next to it. */
static void
keep_selection (EmendFieldsEditor *self)
{
  GtkListBoxRow *first = gtk_list_box_get_row_at_index (self->fields, 0);

  if (gtk_list_box_get_selected_row (self->fields) == NULL && gtk_list_box_get_selected_row (self->rules) == NULL)
    gtk_list_box_select_row (self->fields, first);
}

static void
items_changed_cb (GListModel *model,
                  guint position,
                  guint removed,
                  guint added,
                  EmendFieldsEditor *self)
{
  GtkListBox *list = model == G_LIST_MODEL (emend_fields_draft_get_fields (self->draft)) ? self->fields : self->rules;
  guint n = g_list_model_get_n_items (model);

  gtk_widget_set_visible (GTK_WIDGET (list), n > 0);
  if (list == self->rules)
    gtk_widget_set_visible (GTK_WIDGET (self->no_rules), n == 0);
  gtk_widget_action_set_enabled (
    GTK_WIDGET (self), "fields.add-rule",
    self->editable && g_list_model_get_n_items (G_LIST_MODEL (emend_fields_draft_get_fields (self->draft))) > 0);
  if (removed > 0 && added == 0 && n > 0 && gtk_list_box_get_selected_row (self->fields) == NULL &&
      gtk_list_box_get_selected_row (self->rules) == NULL)
    gtk_list_box_select_row (list, gtk_list_box_get_row_at_index (list, (int) MIN (position, n - 1)));
  keep_selection (self);
}

static void
add_field_action (GtkWidget *widget,
                  const char *name,
                  GVariant *parameter)
{
  EmendFieldsEditor *self = EMEND_FIELDS_EDITOR (widget);

  emend_fields_editor_select (self, emend_fields_draft_add_field (self->draft));
  gtk_widget_grab_focus (GTK_WIDGET (self->field_pane));
}

static void
add_rule_action (GtkWidget *widget,
                 const char *name,
                 GVariant *parameter)
{
  EmendFieldsEditor *self = EMEND_FIELDS_EDITOR (widget);

  emend_fields_editor_select (self, emend_fields_draft_add_rule (self->draft));
  gtk_widget_grab_focus (GTK_WIDGET (self->rule_pane));
}

static gpointer
read_worker (gpointer data,
             GCancellable *cancellable,
             GError **error)
{
  const char *path = data;
  g_autofree char *text = NULL;
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileInfo) info = g_file_query_info (file,
                                                  G_FILE_ATTRIBUTE_STANDARD_SIZE "," G_FILE_ATTRIBUTE_STANDARD_TYPE,
                                                  G_FILE_QUERY_INFO_NONE, cancellable, error);
  gsize size = 0;

  if (info == NULL)
    return NULL;
  if (g_file_info_get_file_type (info) != G_FILE_TYPE_REGULAR || g_file_info_get_size (info) > MAX_SCHEMA_SIZE) {
    g_autofree char *name = g_filename_display_name (path);
    g_set_error (error, EMEND_MODEL_ERROR, EMEND_MODEL_ERROR_SCHEMA,
                 _ ("“%s” is no schema: it is larger than 8 MB, or not a file. Choose another one."), name);
    return NULL;
  }
  if (!g_file_load_contents (file, cancellable, &text, &size, NULL, error))
    return NULL;
  return emend_schema_from_json (text, size, error);
}

static void
merge (EmendFieldsEditor *self,
       EmendSchema *schema)
{
  guint before = g_list_model_get_n_items (G_LIST_MODEL (emend_fields_draft_get_fields (self->draft)));
  GtkListBoxRow *row;

  if (emend_schema_get_n_fields (schema) == 0)
    emend_error_bar_set_text (self->error, _ ("The file has no fields. Choose a schema that has."));
  else if (emend_fields_draft_merge (self->draft, schema) == 0)
    emend_error_bar_set_text (self->error, _ ("All of these fields and rules are there already."));
  row = gtk_list_box_get_row_at_index (self->fields, (int) before);
  if (row != NULL)
    gtk_list_box_select_row (self->fields, row);
}

static void
read_cb (GObject *source,
         GAsyncResult *result,
         gpointer data)
{
  g_autoptr (EmendFieldsEditor) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (EmendSchema) schema = emend_background_run_finish (result, &error);

  if (self->error == NULL)
    return;
  emend_error_bar_set_error (self->error, error);
  if (schema != NULL)
    merge (self, schema);
}

/**
 * emend_fields_editor_add_file:
 * @self: the editor
 * @path: a schema
 *
 * Adds the fields, rules and look-up lists of the file that are not there yet.
 */
void
emend_fields_editor_add_file (EmendFieldsEditor *self,
                              const char *path)
{
  g_return_if_fail (EMEND_IS_FIELDS_EDITOR (self));

  emend_error_bar_set_text (self->error, NULL);
  emend_background_run_async (read_worker, g_strdup (path), g_free, (GDestroyNotify) emend_schema_unref,
                              self->cancellable, read_cb, g_object_ref (self));
}

static void
chosen_cb (GObject *source,
           GAsyncResult *result,
           gpointer data)
{
  g_autoptr (EmendFieldsEditor) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = emend_file_chooser_choose_finish (result, &error);

  if (self->error == NULL)
    return;
  if (path != NULL)
    emend_fields_editor_add_file (self, path);
  else
    emend_error_bar_set_error (self->error, error);
}

static void
from_file_action (GtkWidget *widget,
                  const char *name,
                  GVariant *parameter)
{
  EmendFieldsEditor *self = EMEND_FIELDS_EDITOR (widget);
  GtkRoot *root = gtk_widget_get_root (widget);
  const EmendFileChooserOptions options = {
    .kind = EMEND_FILE_CHOOSER_OPEN,
    .title = _ ("Fields From a File"),
    .accept = _ ("_Read"),
    .filter_name = _ ("Schemas"),
    .patterns = "*.json",
  };

  emend_file_chooser_choose_async (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, &options, self->cancellable,
                                   chosen_cb, g_object_ref (self));
}

static void
from_template_action (GtkWidget *widget,
                      const char *action,
                      GVariant *parameter)
{
  EmendFieldsEditor *self = EMEND_FIELDS_EDITOR (widget);
  g_autoptr (GError) error = NULL;
  g_autoptr (EmendSchema) schema = emend_templates_load (g_variant_get_string (parameter, NULL), &error);

  emend_error_bar_set_error (self->error, error);
  if (schema != NULL)
    merge (self, schema);
}

static gpointer
save_worker (gpointer data,
             GCancellable *cancellable,
             GError **error)
{
  SaveJob *job = data;
  g_autofree char *text = emend_schema_to_json (job->schema, TRUE);
  g_autoptr (EmendPartFile) part = emend_part_file_new (job->path, error);

  if (part == NULL || !emend_part_file_write (part, text, strlen (text), error) ||
      !emend_part_file_write (part, "\n", 1, error) || !emend_part_file_commit (part, TRUE, error))
    return NULL;
  return job;
}

static void
saved_cb (GObject *source,
          GAsyncResult *result,
          gpointer data)
{
  g_autoptr (EmendFieldsEditor) self = data;
  g_autoptr (GError) error = NULL;

  emend_background_run_finish (result, &error);
  if (self->error != NULL)
    emend_error_bar_set_error (self->error, error);
}

/**
 * emend_fields_editor_save_file:
 * @self: the editor
 * @path: of the file; one that is there is replaced, as the person was asked
 *
 * Writes the schema as it stands now, with the labels that it was made from.
 */
void
emend_fields_editor_save_file (EmendFieldsEditor *self,
                               const char *path)
{
  EmendSchema *schema;
  SaveJob *job;

  g_return_if_fail (EMEND_IS_FIELDS_EDITOR (self));

  schema = emend_fields_editor_to_schema (self, self->base);
  if (schema == NULL)
    return;
  emend_fields_draft_keep_learned (self->draft, schema);
  job = g_new0 (SaveJob, 1);
  job->schema = schema;
  job->path = g_strdup (path);
  emend_background_run_async (save_worker, job, (GDestroyNotify) save_job_free, NULL, self->cancellable, saved_cb,
                              g_object_ref (self));
}

static void
save_chosen_cb (GObject *source,
                GAsyncResult *result,
                gpointer data)
{
  g_autoptr (EmendFieldsEditor) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = emend_file_chooser_choose_finish (result, &error);

  if (self->error == NULL)
    return;
  if (path != NULL)
    emend_fields_editor_save_file (self, path);
  else
    emend_error_bar_set_error (self->error, error);
}

static void
save_file_action (GtkWidget *widget,
                  const char *action,
                  GVariant *parameter)
{
  EmendFieldsEditor *self = EMEND_FIELDS_EDITOR (widget);
  GtkRoot *root = gtk_widget_get_root (widget);
  const EmendFileChooserOptions options = {
    .kind = EMEND_FILE_CHOOSER_SAVE,
    .title = _ ("Save the Fields as a File"),
    .name = "fields.json",
    .filter_name = _ ("Schemas"),
    .patterns = "*.json",
  };

  emend_file_chooser_choose_async (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, &options, self->cancellable,
                                   save_chosen_cb, g_object_ref (self));
}

/**
 * emend_fields_editor_get_draft:
 * @self: the editor
 *
 * Returns: (transfer none): what is edited
 */
EmendFieldsDraft *
emend_fields_editor_get_draft (EmendFieldsEditor *self)
{
  g_return_val_if_fail (EMEND_IS_FIELDS_EDITOR (self), NULL);

  return self->draft;
}

/**
 * emend_fields_editor_take_learned:
 * @self: the editor
 * @schema: the schema of the project as it is now
 *
 * Shows what look-up lists learned since the schema that is edited was read.
 */
void
emend_fields_editor_take_learned (EmendFieldsEditor *self,
                                  EmendSchema *schema)
{
  g_return_if_fail (EMEND_IS_FIELDS_EDITOR (self));

  emend_fields_draft_take_learned (self->draft, schema);
  emend_field_pane_refresh (self->field_pane);
}

/**
 * emend_fields_editor_set_error:
 * @self: the editor
 * @error: (nullable): what failed
 */
void
emend_fields_editor_set_error (EmendFieldsEditor *self,
                               const GError *error)
{
  g_return_if_fail (EMEND_IS_FIELDS_EDITOR (self));

  emend_error_bar_set_error (self->error, error);
}

/**
 * emend_fields_editor_to_schema:
 * @self: the editor
 * @base: (nullable): the schema it was made from
 *
 * Where something is not valid it is shown, with the sentence that says why.
 *
 * Returns: (transfer full) (nullable): the schema
 */
EmendSchema *
emend_fields_editor_to_schema (EmendFieldsEditor *self,
                               EmendSchema *base)
{
  g_autoptr (GError) error = NULL;
  EmendSchema *schema;
  gpointer wrong;

  g_return_val_if_fail (EMEND_IS_FIELDS_EDITOR (self), NULL);

  schema = emend_fields_draft_to_schema (self->draft, base, &error);
  wrong = schema == NULL ? emend_fields_draft_find_wrong (self->draft) : NULL;
  emend_error_bar_set_error (self->error, error);
  if (wrong != NULL)
    emend_fields_editor_select (self, wrong);
  return schema;
}

/* What was said of the state before is of no use any more. */
static void
draft_changed_cb (EmendFieldsEditor *self)
{
  if (self->error != NULL)
    emend_error_bar_set_text (self->error, NULL);
}

static GtkWidget *
create_row (gpointer item,
            gpointer data)
{
  return emend_draft_row_new (EMEND_FIELDS_EDITOR (data)->draft, item);
}

/**
 * emend_fields_editor_set_schema:
 * @self: the editor
 * @schema: (nullable): what to start from
 */
void
emend_fields_editor_set_schema (EmendFieldsEditor *self,
                                EmendSchema *schema)
{
  GListModel *fields;
  GListModel *rules;

  g_return_if_fail (EMEND_IS_FIELDS_EDITOR (self));

  emend_error_bar_set_text (self->error, NULL);
  gtk_list_box_bind_model (self->fields, NULL, NULL, NULL, NULL);
  gtk_list_box_bind_model (self->rules, NULL, NULL, NULL, NULL);
  g_clear_object (&self->draft);
  g_clear_pointer (&self->base, emend_schema_unref);
  self->base = schema != NULL ? emend_schema_ref (schema) : NULL;
  self->draft = emend_fields_draft_new (schema);
  fields = G_LIST_MODEL (emend_fields_draft_get_fields (self->draft));
  rules = G_LIST_MODEL (emend_fields_draft_get_rules (self->draft));
  gtk_list_box_bind_model (self->fields, fields, create_row, self, NULL);
  gtk_list_box_bind_model (self->rules, rules, create_row, self, NULL);
  g_signal_connect_object (self->draft, "changed", G_CALLBACK (draft_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (fields, "items-changed", G_CALLBACK (items_changed_cb), self, 0);
  g_signal_connect_object (rules, "items-changed", G_CALLBACK (items_changed_cb), self, 0);
  items_changed_cb (rules, 0, 0, 0, self);
  items_changed_cb (fields, 0, 0, 0, self);
}

/**
 * emend_fields_editor_set_editable:
 * @self: the editor
 * @editable: whether anything can be changed
 */
void
emend_fields_editor_set_editable (EmendFieldsEditor *self,
                                  gboolean editable)
{
  static const char *const actions[] = { "fields.add-field", "fields.add-rule", "fields.from-file",
                                         "fields.from-template" };

  g_return_if_fail (EMEND_IS_FIELDS_EDITOR (self));

  self->editable = editable;
  for (gsize i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_action_set_enabled (GTK_WIDGET (self), actions[i], editable);
  emend_field_pane_set_editable (self->field_pane, editable);
  emend_rule_pane_set_editable (self->rule_pane, editable);
  for (GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (self->fields)); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    emend_draft_row_set_editable (EMEND_DRAFT_ROW (row), editable);
  for (GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (self->rules)); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    emend_draft_row_set_editable (EMEND_DRAFT_ROW (row), editable);
}

static gboolean
grab_focus (GtkWidget *widget)
{
  EmendFieldsEditor *self = EMEND_FIELDS_EDITOR (widget);
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->fields);

  return gtk_widget_grab_focus (row != NULL ? GTK_WIDGET (row) : GTK_WIDGET (self->add_field));
}

static void
emend_fields_editor_dispose (GObject *object)
{
  EmendFieldsEditor *self = EMEND_FIELDS_EDITOR (object);

  g_cancellable_cancel (self->cancellable);
  /* While all children are there: rows that go away tell what is selected then. */
  if (self->fields != NULL) {
    gtk_list_box_bind_model (self->fields, NULL, NULL, NULL, NULL);
    gtk_list_box_bind_model (self->rules, NULL, NULL, NULL, NULL);
  }
  gtk_widget_dispose_template (GTK_WIDGET (object), EMEND_TYPE_FIELDS_EDITOR);
  g_clear_object (&self->draft);
  g_clear_pointer (&self->base, emend_schema_unref);
  G_OBJECT_CLASS (emend_fields_editor_parent_class)->dispose (object);
}

static void
emend_fields_editor_finalize (GObject *object)
{
  g_clear_object (&EMEND_FIELDS_EDITOR (object)->cancellable);
  G_OBJECT_CLASS (emend_fields_editor_parent_class)->finalize (object);
}

static void
emend_fields_editor_class_init (EmendFieldsEditorClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = emend_fields_editor_dispose;
  G_OBJECT_CLASS (klass)->finalize = emend_fields_editor_finalize;
  widget_class->grab_focus = grab_focus;
  g_type_ensure (EMEND_TYPE_ERROR_BAR);
  g_type_ensure (EMEND_TYPE_FIELD_PANE);
  g_type_ensure (EMEND_TYPE_RULE_PANE);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/emend/Emend/ui/emend-fields-editor.ui");
  gtk_widget_class_bind_template_child (widget_class, EmendFieldsEditor, error);
  gtk_widget_class_bind_template_child (widget_class, EmendFieldsEditor, templates_menu);
  gtk_widget_class_bind_template_child (widget_class, EmendFieldsEditor, side);
  gtk_widget_class_bind_template_child (widget_class, EmendFieldsEditor, fields);
  gtk_widget_class_bind_template_child (widget_class, EmendFieldsEditor, rules);
  gtk_widget_class_bind_template_child (widget_class, EmendFieldsEditor, no_rules);
  gtk_widget_class_bind_template_child (widget_class, EmendFieldsEditor, add_field);
  gtk_widget_class_bind_template_child (widget_class, EmendFieldsEditor, add_rule);
  gtk_widget_class_bind_template_child (widget_class, EmendFieldsEditor, files);
  gtk_widget_class_bind_template_child (widget_class, EmendFieldsEditor, stack);
  gtk_widget_class_bind_template_child (widget_class, EmendFieldsEditor, empty);
  gtk_widget_class_bind_template_child (widget_class, EmendFieldsEditor, field_pane);
  gtk_widget_class_bind_template_child (widget_class, EmendFieldsEditor, rule_pane);
  gtk_widget_class_bind_template_callback (widget_class, row_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_install_action (widget_class, "fields.add-field", NULL, add_field_action);
  gtk_widget_class_install_action (widget_class, "fields.add-rule", NULL, add_rule_action);
  gtk_widget_class_install_action (widget_class, "fields.from-file", NULL, from_file_action);
  gtk_widget_class_install_action (widget_class, "fields.from-template", "s", from_template_action);
  gtk_widget_class_install_action (widget_class, "fields.save-file", NULL, save_file_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_n, GDK_CONTROL_MASK, "fields.add-field", NULL);
}

/* Those that have fields; the others are for pictures. */
static void
fill_templates (EmendFieldsEditor *self)
{
  gsize n_templates;
  const EmendTemplate *templates = emend_templates_list (&n_templates);

  for (gsize i = 0; i < n_templates; i++) {
    g_autoptr (EmendSchema) schema = emend_templates_load (templates[i].name, NULL);
    g_autoptr (GMenuItem) item = g_menu_item_new (gettext (templates[i].title), NULL);

    if (schema == NULL || emend_schema_get_n_fields (schema) == 0)
      continue;
    g_menu_item_set_action_and_target (item, "fields.from-template", "s", templates[i].name);
    g_menu_append_item (self->templates_menu, item);
  }
}

static void
emend_fields_editor_init (EmendFieldsEditor *self)
{
  self->cancellable = g_cancellable_new ();
  self->editable = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  fill_templates (self);
  emend_fields_editor_set_schema (self, NULL);
}
