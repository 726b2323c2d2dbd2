#define G_LOG_DOMAIN "emend-ui"

#include "config.h"

#include "emend-field-pane.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "emend-background.h"
#include "emend-checked-row.h"
#include "emend-field-column-row.h"
#include "emend-count-text.h"
#include "emend-file-chooser.h"
#include "emend-learned-aliases.h"
#include "emend-list-file.h"
#include "emend-phrases.h"

struct _EmendFieldPane {
  GtkBox parent_instance;

  GtkScrolledWindow *scrolled;
  GtkBox *box;
  GtkButton *back;
  AdwButtonContent *back_content;
  EmendCheckedRow *texts[EMEND_FIELD_PART_CHOICES];
  AdwComboRow *kind;
  GtkSwitch *required;
  GtkSwitch *repeatable;
  AdwActionRow *repeatable_row;
  GtkSwitch *blind;
  AdwPreferencesGroup *rules_group;
  AdwComboRow *date_order;
  AdwPreferencesRow *choices_row;
  GtkTextView *choices;
  GtkLabel *choices_problem;
  AdwComboRow *list;
  EmendLearnedAliases *learned;
  AdwPreferencesGroup *columns_group;
  GtkListBox *columns;
  GtkLabel *columns_problem;
  AdwPreferencesGroup *sample_group;
  EmendCheckedRow *sample;
  GtkBox *reading;
  GtkImage *reading_icon;
  GtkLabel *reading_text;
  GtkButton *remove;

  EmendFieldsDraft *owner; /* (nullable) */
  EmendFieldDraft *field;  /* (nullable) */
  GBindingGroup *flags;
  GSignalGroup *changes;
  gboolean loading; /* what changes now was not done by a person */
  char *list_error; /* (nullable): why the last file could not be read */
  GCancellable *cancellable;
};

/* The list that is read belongs to the field for which the file was chosen. */
typedef struct {
  EmendFieldPane *pane;
  EmendFieldsDraft *owner;
  EmendFieldDraft *field;
} ListLoad;

G_DEFINE_FINAL_TYPE (EmendFieldPane, emend_field_pane, GTK_TYPE_BOX)

/* In the order of EmendFieldPart. */
static const char *const text_names[EMEND_FIELD_PART_CHOICES] = {
  "name",
  "title",
  "currency",
  "pattern",
  "minimum",
  "maximum",
  "min_length",
  "max_length",
};

static void show_field (EmendFieldPane *self,
                        EmendFieldDraft *field);

static void
set_problem (GtkLabel *label,
             const char *problem)
{
  gtk_label_set_text (label, problem != NULL ? problem : "");
  gtk_widget_set_visible (GTK_WIDGET (label), problem != NULL);
}

static void
show_reading (EmendFieldPane *self)
{
  const char *sample = emend_checked_row_get_text (self->sample);
  const EmendList *list = emend_fields_draft_find_list (self->owner, emend_field_draft_get_list (self->field));
  g_autofree char *sentence = NULL;
  gboolean good;

  gtk_widget_set_visible (GTK_WIDGET (self->reading), *sample != '\0');
  if (*sample == '\0')
    return;
  good = emend_field_draft_read_sample (self->field, list, sample, &sentence);
  gtk_label_set_text (self->reading_text, sentence);
  gtk_image_set_from_icon_name (self->reading_icon, good ? "emend-accept-symbolic" : "dialog-warning-symbolic");
  if (good)
    gtk_widget_remove_css_class (GTK_WIDGET (self->reading), "emend-problem");
  else
    gtk_widget_add_css_class (GTK_WIDGET (self->reading), "emend-problem");
}

static void
sample_changed_cb (EmendFieldPane *self)
{
  if (self->field != NULL)
    show_reading (self);
}

/* Which look-up lists there are, "None" before them, and one that is named but not there after them. */
static void
fill_lists (EmendFieldPane *self)
{
  const char *name = emend_field_draft_get_list (self->field);
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  guint selected = 0;

  gtk_string_list_append (names, C_ ("look-up list", "None"));
  for (guint i = 0; i < emend_fields_draft_get_n_lists (self->owner); i++) {
    const EmendList *list = emend_fields_draft_get_list (self->owner, i);

    gtk_string_list_append (names, list->name);
    if (g_strcmp0 (list->name, name) == 0)
      selected = i + 1;
  }
  if (name != NULL && selected == 0) {
    selected = g_list_model_get_n_items (G_LIST_MODEL (names));
    gtk_string_list_append (names, name);
  }
  self->loading = TRUE;
  adw_combo_row_set_model (self->list, G_LIST_MODEL (names));
  adw_combo_row_set_selected (self->list, selected);
  self->loading = FALSE;
}

static void
show_list (EmendFieldPane *self)
{
  const char *name = emend_field_draft_get_list (self->field);
  const EmendList *list = emend_fields_draft_find_list (self->owner, name);
  g_autofree char *count = list != NULL ? emend_count_to_text (list->entries->len) : NULL;
  g_autofree char *text = NULL;
  g_autofree char *markup = NULL;

  if (self->list_error != NULL)
    text = g_strdup (self->list_error);
  else if (list != NULL)
    text = g_strdup_printf (ngettext ("%s value", "%s values", list->entries->len), count);
  else if (name != NULL)
    text = g_strdup (_ ("This list is not there, so that nothing is looked up. Load it from a file."));
  else
    text = g_strdup (_ ("Values that are known, with their other spellings."));
  markup = g_markup_escape_text (text, -1);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->list), markup);
  if (self->list_error != NULL || (name != NULL && list == NULL))
    gtk_widget_add_css_class (GTK_WIDGET (self->list), "emend-wrong");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->list), "emend-wrong");
  if (!emend_field_part_fits (emend_field_draft_get_field_type (self->field), EMEND_FIELD_PART_LIST))
    list = NULL;
  emend_learned_aliases_set_list (self->learned, list);
}

static void
show_kind (EmendFieldPane *self)
{
  g_autofree char *problem = emend_field_draft_find_problem (self->field, EMEND_FIELD_PART_TYPE);
  g_autofree char *markup = problem != NULL ? g_markup_escape_text (problem, -1) : g_strdup ("");

  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->kind), markup);
  if (problem != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self->kind), "emend-wrong");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->kind), "emend-wrong");
}

static void
show_remove (EmendFieldPane *self)
{
  gboolean column = emend_field_draft_get_table (self->field) != NULL;
  gboolean used = emend_field_draft_get_used (self->field);
  gboolean retired = emend_field_draft_get_retired (self->field);
  const char *label = column ? _ ("Remove Column") : _ ("Remove Field");
  const char *tooltip = NULL;

  if (used && retired) {
    label = _ ("Ask for It Again");
  } else if (used) {
    label = column ? _ ("Retire Column") : _ ("Retire Field");
    tooltip = _ ("It is no longer asked for; what documents have of it stays readable.");
  }
  gtk_button_set_label (self->remove, label);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->remove), tooltip);
}

/* Everything but what is typed: whoever types keeps the cursor. */
static void
update (EmendFieldPane *self)
{
  EmendFieldType type;
  g_autofree char *choices = NULL;
  g_autofree char *columns = NULL;
  gboolean any = FALSE;

  if (self->field == NULL)
    return;
  type = emend_field_draft_get_field_type (self->field);
  for (guint part = 0; part < EMEND_FIELD_PART_CHOICES; part++) {
    g_autofree char *problem = emend_field_draft_find_problem (self->field, (EmendFieldPart) part);

    emend_checked_row_set_problem (self->texts[part], problem);
    gtk_widget_set_visible (GTK_WIDGET (self->texts[part]), emend_field_part_fits (type, (EmendFieldPart) part));
  }
  for (guint part = EMEND_FIELD_PART_CURRENCY; part <= EMEND_FIELD_PART_LIST; part++)
    any = any || (part != EMEND_FIELD_PART_TYPE && emend_field_part_fits (type, (EmendFieldPart) part));
  choices = emend_field_draft_find_problem (self->field, EMEND_FIELD_PART_CHOICES);
  set_problem (self->choices_problem, choices);
  columns = g_list_model_get_n_items (emend_field_draft_get_columns (self->field)) == 0 ?
              emend_field_draft_find_problem (self->field, EMEND_FIELD_PART_COLUMNS) :
              NULL; /* a column says itself what is wrong with it */
  set_problem (self->columns_problem, columns);
  gtk_widget_set_visible (GTK_WIDGET (self->columns),
                          g_list_model_get_n_items (emend_field_draft_get_columns (self->field)) > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->rules_group), any);
  gtk_widget_set_visible (GTK_WIDGET (self->date_order), emend_field_part_fits (type, EMEND_FIELD_PART_DATE_ORDER));
  gtk_widget_set_visible (GTK_WIDGET (self->choices_row), emend_field_part_fits (type, EMEND_FIELD_PART_CHOICES));
  gtk_widget_set_visible (GTK_WIDGET (self->list), emend_field_part_fits (type, EMEND_FIELD_PART_LIST));
  gtk_widget_set_visible (GTK_WIDGET (self->columns_group), type == EMEND_FIELD_TABLE);
  gtk_widget_set_visible (GTK_WIDGET (self->sample_group), type != EMEND_FIELD_TABLE);
  gtk_widget_set_visible (GTK_WIDGET (self->repeatable_row),
                          emend_field_part_fits (type, EMEND_FIELD_PART_REPEATABLE) &&
                            emend_field_draft_get_table (self->field) == NULL);
  emend_checked_row_set_placeholder (self->texts[EMEND_FIELD_PART_TITLE],
                                     emend_field_draft_get_text (self->field, EMEND_FIELD_PART_NAME));
  show_kind (self);
  show_list (self);
  show_remove (self);
  show_reading (self);
}

static void
text_changed_cb (EmendCheckedRow *row,
                 EmendFieldPane *self)
{
  for (guint part = 0; part < EMEND_FIELD_PART_CHOICES; part++) {
    if (self->texts[part] == row && self->field != NULL)
      emend_field_draft_set_text (self->field, (EmendFieldPart) part, emend_checked_row_get_text (row));
  }
}

static void
choices_changed_cb (EmendFieldPane *self)
{
  g_autofree char *text = NULL;

  if (self->loading || self->field == NULL)
    return;
  g_object_get (gtk_text_view_get_buffer (self->choices), "text", &text, NULL);
  emend_field_draft_set_text (self->field, EMEND_FIELD_PART_CHOICES, text);
}

static void
kind_changed_cb (EmendFieldPane *self)
{
  guint selected = adw_combo_row_get_selected (self->kind);

  if (!self->loading && self->field != NULL && selected != GTK_INVALID_LIST_POSITION)
    emend_field_draft_set_field_type (self->field, (EmendFieldType) (selected + 1));
}

static void
order_changed_cb (EmendFieldPane *self)
{
  guint selected = adw_combo_row_get_selected (self->date_order);

  if (!self->loading && self->field != NULL && selected != GTK_INVALID_LIST_POSITION)
    emend_field_draft_set_date_order (self->field, (EmendDateOrder) (selected + 1));
}

static void
list_changed_cb (EmendFieldPane *self)
{
  GtkStringObject *item = adw_combo_row_get_selected_item (self->list);

  if (self->loading || self->field == NULL || item == NULL)
    return;
  g_clear_pointer (&self->list_error, g_free);
  emend_field_draft_set_list (self->field, adw_combo_row_get_selected (self->list) == 0 ?
                                             NULL :
                                             gtk_string_object_get_string (item));
}

static void
refused_cb (EmendFieldPane *self,
            const char *text)
{
  emend_fields_draft_refuse_alias (self->owner, emend_field_draft_get_list (self->field), text);
  update (self);
}

/**
 * emend_field_pane_refresh:
 * @self: the pane
 *
 * After something that no field tells: what look-up lists learned was read.
 */
void
emend_field_pane_refresh (EmendFieldPane *self)
{
  g_return_if_fail (EMEND_IS_FIELD_PANE (self));

  update (self);
}

static void
list_load_free (ListLoad *load)
{
  g_object_unref (load->pane);
  g_object_unref (load->owner);
  g_object_unref (load->field);
  g_free (load);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ListLoad, list_load_free)

static gpointer
load_list_worker (gpointer data,
                  GCancellable *cancellable,
                  GError **error)
{
  g_autofree char *base = g_filename_display_basename (data);
  char *dot = strrchr (base, '.');

  if (dot != NULL && dot != base)
    *dot = '\0';
  return emend_list_file_load (data, base, error);
}

static void
list_loaded_cb (GObject *source,
                GAsyncResult *result,
                gpointer data)
{
  g_autoptr (ListLoad) load = data;
  EmendFieldPane *self = load->pane;
  g_autoptr (GError) error = NULL;
  EmendList *list = emend_background_run_finish (result, &error);

  if (list != NULL) {
    g_autofree char *name = g_strdup (list->name);

    emend_fields_draft_set_list (load->owner, list);
    emend_field_draft_set_list (load->field, name);
  }
  if (self->box == NULL || self->field != load->field || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_free (self->list_error);
  self->list_error = error != NULL ? g_strdup (error->message) : NULL;
  fill_lists (self);
  update (self);
}

/**
 * emend_field_pane_load_list:
 * @self: the pane, with a field
 * @path: of a CSV file
 *
 * Reads a look-up list, called like the file, and takes it for the field.
 */
void
emend_field_pane_load_list (EmendFieldPane *self,
                            const char *path)
{
  ListLoad *load;

  g_return_if_fail (EMEND_IS_FIELD_PANE (self) && self->field != NULL);

  load = g_new0 (ListLoad, 1);
  load->pane = g_object_ref (self);
  load->owner = g_object_ref (self->owner);
  load->field = g_object_ref (self->field);
  emend_background_run_async (load_list_worker, g_strdup (path), g_free, (GDestroyNotify) emend_list_free,
                              self->cancellable, list_loaded_cb, load);
}

static void
list_chosen_cb (GObject *source,
                GAsyncResult *result,
                gpointer data)
{
  g_autoptr (EmendFieldPane) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = emend_file_chooser_choose_finish (result, &error);

  if (self->box == NULL || self->field == NULL)
    return;
  if (path != NULL) {
    emend_field_pane_load_list (self, path);
  } else if (error != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)) {
    g_free (self->list_error);
    self->list_error = g_strdup (error->message);
    update (self);
  }
}

static void
load_list_action (GtkWidget *widget,
                  const char *name,
                  GVariant *parameter)
{
  EmendFieldPane *self = EMEND_FIELD_PANE (widget);
  GtkRoot *root = gtk_widget_get_root (widget);
  const EmendFileChooserOptions options = {
    .kind = EMEND_FILE_CHOOSER_OPEN,
    .title = _ ("Look-up List"),
    .accept = _ ("_Read"),
    .filter_name = _ ("Comma-separated values"),
    .patterns = "*.csv;*.txt",
  };

  emend_file_chooser_choose_async (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, &options, self->cancellable,
                                   list_chosen_cb, g_object_ref (self));
}

static void
add_column_action (GtkWidget *widget,
                   const char *name,
                   GVariant *parameter)
{
  EmendFieldPane *self = EMEND_FIELD_PANE (widget);
  GListModel *columns = emend_field_draft_get_columns (self->field);
  GtkListBoxRow *row;

  emend_field_draft_add_column (self->field);
  row = gtk_list_box_get_row_at_index (self->columns, (int) g_list_model_get_n_items (columns) - 1);
  emend_field_column_row_focus_name (EMEND_FIELD_COLUMN_ROW (row));
}

static void
back_action (GtkWidget *widget,
             const char *name,
             GVariant *parameter)
{
  EmendFieldPane *self = EMEND_FIELD_PANE (widget);
  EmendFieldDraft *table = self->field != NULL ? emend_field_draft_get_table (self->field) : NULL;

  if (table != NULL)
    show_field (self, table);
}

static void
remove_action (GtkWidget *widget,
               const char *name,
               GVariant *parameter)
{
  EmendFieldPane *self = EMEND_FIELD_PANE (widget);
  g_autoptr (EmendFieldDraft) field = g_object_ref (self->field);
  EmendFieldDraft *table = emend_field_draft_get_table (field);

  if (table == NULL) {
    emend_fields_draft_remove_field (self->owner, field);
    return;
  }
  if (!emend_field_draft_get_used (field))
    show_field (self, table);
  emend_field_draft_remove_column (table, field);
}

static void
edit_column_cb (GtkListBoxRow *row,
                EmendFieldPane *self)
{
  GListModel *columns = emend_field_draft_get_columns (self->field);
  g_autoptr (EmendFieldDraft) column = g_list_model_get_item (columns, (guint) gtk_list_box_row_get_index (row));

  show_field (self, column);
  gtk_widget_grab_focus (GTK_WIDGET (self->texts[EMEND_FIELD_PART_NAME]));
}

static GtkWidget *
create_column_row (gpointer item,
                   gpointer data)
{
  GtkWidget *row = emend_field_column_row_new (item);

  g_signal_connect_object (row, "edit", G_CALLBACK (edit_column_cb), data, 0);
  return row;
}

/* A column is no table, so that its types end before that. */
static void
fill_kinds (EmendFieldPane *self,
            gboolean column)
{
  g_autoptr (GtkStringList) types = gtk_string_list_new (NULL);
  guint last = column ? EMEND_FIELD_MARK : EMEND_FIELD_TABLE;

  for (guint type = EMEND_FIELD_TEXT; type <= last; type++)
    gtk_string_list_append (types, emend_phrase_field_type ((EmendFieldType) type));
  adw_combo_row_set_model (self->kind, G_LIST_MODEL (types));
}

static void
show_field (EmendFieldPane *self,
            EmendFieldDraft *field)
{
  EmendFieldDraft *table = field != NULL ? emend_field_draft_get_table (field) : NULL;

  g_signal_group_set_target (self->changes, NULL);
  gtk_list_box_bind_model (self->columns, NULL, NULL, NULL, NULL);
  g_set_object (&self->field, field);
  g_binding_group_set_source (self->flags, field);
  g_clear_pointer (&self->list_error, g_free);
  if (field == NULL)
    return;
  self->loading = TRUE;
  emend_checked_row_set_text (self->sample, "");
  for (guint part = 0; part < EMEND_FIELD_PART_CHOICES; part++)
    emend_checked_row_set_text (self->texts[part], emend_field_draft_get_text (field, (EmendFieldPart) part));
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->choices),
                            emend_field_draft_get_text (field, EMEND_FIELD_PART_CHOICES), -1);
  fill_kinds (self, table != NULL);
  adw_combo_row_set_selected (self->kind, (guint) emend_field_draft_get_field_type (field) - 1);
  adw_combo_row_set_selected (self->date_order, (guint) emend_field_draft_get_date_order (field) - 1);
  self->loading = FALSE;
  fill_lists (self);
  gtk_list_box_bind_model (self->columns, emend_field_draft_get_columns (field), create_column_row, self, NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->back), table != NULL);
  if (table != NULL)
    adw_button_content_set_label (self->back_content, emend_field_draft_get_title (table));
  g_signal_group_set_target (self->changes, field);
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scrolled), 0);
  update (self);
}

/**
 * emend_field_pane_set_field:
 * @self: the pane
 * @owner: (nullable): the whole of it
 * @field: (nullable): one of its fields
 */
void
emend_field_pane_set_field (EmendFieldPane *self,
                            EmendFieldsDraft *owner,
                            EmendFieldDraft *field)
{
  g_return_if_fail (EMEND_IS_FIELD_PANE (self) && (owner != NULL || field == NULL));

  if (self->field == field && self->owner == owner)
    return;
  g_set_object (&self->owner, owner);
  show_field (self, field);
}

/**
 * emend_field_pane_set_editable:
 * @self: the pane
 * @editable: whether anything can be changed
 */
void
emend_field_pane_set_editable (EmendFieldPane *self,
                               gboolean editable)
{
  g_return_if_fail (EMEND_IS_FIELD_PANE (self));

  gtk_widget_set_sensitive (GTK_WIDGET (self->box), editable);
}

/**
 * emend_field_pane_set_sample:
 * @self: the pane, with a field
 * @sample: what could stand in a document
 *
 * Tries the field with it.
 */
void
emend_field_pane_set_sample (EmendFieldPane *self,
                             const char *sample)
{
  g_return_if_fail (EMEND_IS_FIELD_PANE (self));

  emend_checked_row_set_text (self->sample, sample);
  sample_changed_cb (self);
}

static gboolean
grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (EMEND_FIELD_PANE (widget)->texts[EMEND_FIELD_PART_NAME]));
}

static void
emend_field_pane_dispose (GObject *object)
{
  EmendFieldPane *self = EMEND_FIELD_PANE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->flags);
  g_clear_object (&self->changes);
  gtk_widget_dispose_template (GTK_WIDGET (object), EMEND_TYPE_FIELD_PANE);
  g_clear_object (&self->field);
  g_clear_object (&self->owner);
  G_OBJECT_CLASS (emend_field_pane_parent_class)->dispose (object);
}

static void
emend_field_pane_finalize (GObject *object)
{
  EmendFieldPane *self = EMEND_FIELD_PANE (object);

  g_free (self->list_error);
  g_clear_object (&self->cancellable);
  G_OBJECT_CLASS (emend_field_pane_parent_class)->finalize (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  for (guint part = 0; part < EMEND_FIELD_PART_CHOICES; part++)
    gtk_widget_class_bind_template_child_full (widget_class, text_names[part], FALSE, 0);
  gtk_widget_class_bind_template_child (widget_class, EmendFieldPane, scrolled);
  gtk_widget_class_bind_template_child (widget_class, EmendFieldPane, box);
  gtk_widget_class_bind_template_child (widget_class, EmendFieldPane, back);
  gtk_widget_class_bind_template_child (widget_class, EmendFieldPane, back_content);
  gtk_widget_class_bind_template_child (widget_class, EmendFieldPane, kind);
  gtk_widget_class_bind_template_child (widget_class, EmendFieldPane, required);
  gtk_widget_class_bind_template_child (widget_class, EmendFieldPane, repeatable);
  gtk_widget_class_bind_template_child (widget_class, EmendFieldPane, repeatable_row);
  gtk_widget_class_bind_template_child (widget_class, EmendFieldPane, blind);
  gtk_widget_class_bind_template_child (widget_class, EmendFieldPane, rules_group);
  gtk_widget_class_bind_template_child (widget_class, EmendFieldPane, date_order);
  gtk_widget_class_bind_template_child (widget_class, EmendFieldPane, choices_row);
  gtk_widget_class_bind_template_child (widget_class, EmendFieldPane, choices);
  gtk_widget_class_bind_template_child (widget_class, EmendFieldPane, choices_problem);
  gtk_widget_class_bind_template_child (widget_class, EmendFieldPane, list);
  gtk_widget_class_bind_template_child (widget_class, EmendFieldPane, learned);
  gtk_widget_class_bind_template_child (widget_class, EmendFieldPane, columns_group);
  gtk_widget_class_bind_template_child (widget_class, EmendFieldPane, columns);
  gtk_widget_class_bind_template_child (widget_class, EmendFieldPane, columns_problem);
  gtk_widget_class_bind_template_child (widget_class, EmendFieldPane, sample_group);
  gtk_widget_class_bind_template_child (widget_class, EmendFieldPane, sample);
  gtk_widget_class_bind_template_child (widget_class, EmendFieldPane, reading);
  gtk_widget_class_bind_template_child (widget_class, EmendFieldPane, reading_icon);
  gtk_widget_class_bind_template_child (widget_class, EmendFieldPane, reading_text);
  gtk_widget_class_bind_template_child (widget_class, EmendFieldPane, remove);
}

static void
emend_field_pane_class_init (EmendFieldPaneClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = emend_field_pane_dispose;
  G_OBJECT_CLASS (klass)->finalize = emend_field_pane_finalize;
  widget_class->grab_focus = grab_focus;
  g_type_ensure (EMEND_TYPE_CHECKED_ROW);
  g_type_ensure (EMEND_TYPE_LEARNED_ALIASES);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/emend/Emend/ui/emend-field-pane.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, kind_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, order_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, list_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, refused_cb);
  gtk_widget_class_install_action (widget_class, "field.load-list", NULL, load_list_action);
  gtk_widget_class_install_action (widget_class, "field.add-column", NULL, add_column_action);
  gtk_widget_class_install_action (widget_class, "field.back", NULL, back_action);
  gtk_widget_class_install_action (widget_class, "field.remove", NULL, remove_action);
}

static void
emend_field_pane_init (EmendFieldPane *self)
{
  const GBindingFlags both = G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL;

  self->cancellable = g_cancellable_new ();
  self->flags = g_binding_group_new ();
  self->changes = g_signal_group_new (EMEND_TYPE_FIELD_DRAFT);
  gtk_widget_init_template (GTK_WIDGET (self));
  for (guint part = 0; part < EMEND_FIELD_PART_CHOICES; part++) {
    self->texts[part] = EMEND_CHECKED_ROW (gtk_widget_get_template_child (GTK_WIDGET (self), EMEND_TYPE_FIELD_PANE,
                                                                          text_names[part]));
    g_signal_connect_object (self->texts[part], "changed", G_CALLBACK (text_changed_cb), self, 0);
  }
  g_signal_connect_object (self->sample, "changed", G_CALLBACK (sample_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (gtk_text_view_get_buffer (self->choices), "changed", G_CALLBACK (choices_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_group_connect_swapped (self->changes, "changed", G_CALLBACK (update), self);
  g_binding_group_bind (self->flags, "required", self->required, "active", both);
  g_binding_group_bind (self->flags, "repeatable", self->repeatable, "active", both);
  g_binding_group_bind (self->flags, "blind", self->blind, "active", both);
}
