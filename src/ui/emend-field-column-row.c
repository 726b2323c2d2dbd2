#define G_LOG_DOMAIN "emend-ui"

#include "config.h"

#include "emend-field-column-row.h"

#include <glib/gi18n-lib.h>

#include "emend-phrases.h"

struct _EmendFieldColumnRow {
  GtkListBoxRow parent_instance;

  GtkEntry *name;
  GtkDropDown *kind;
  GtkButton *remove;
  GtkButton *more;
  GtkLabel *problem;

  EmendFieldDraft *column; /* (nullable): while it is being made */
};

enum {
  EDIT,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (EmendFieldColumnRow, emend_field_column_row, GTK_TYPE_LIST_BOX_ROW)

static void
name_changed_cb (EmendFieldColumnRow *self)
{
  if (self->column != NULL)
    emend_field_draft_set_text (self->column, EMEND_FIELD_PART_NAME,
                                gtk_editable_get_text (GTK_EDITABLE (self->name)));
}

static void
kind_changed_cb (EmendFieldColumnRow *self)
{
  if (self->column != NULL)
    emend_field_draft_set_field_type (self->column, (EmendFieldType) (gtk_drop_down_get_selected (self->kind) + 1));
}

static void
show_remove (EmendFieldColumnRow *self)
{
  gboolean used = emend_field_draft_get_used (self->column);
  gboolean retired = emend_field_draft_get_retired (self->column);
  const char *tooltip = _ ("Remove this column");

  if (used && retired)
    tooltip = _ ("Ask for this column again");
  else if (used)
    tooltip = _ ("Retire: no longer ask for this column; what it has stays readable");
  gtk_button_set_icon_name (self->remove,
                            !used ? "list-remove-symbolic" :
                                    (retired ? "edit-undo-symbolic" : "action-unavailable-symbolic"));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->remove), tooltip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->remove), GTK_ACCESSIBLE_PROPERTY_LABEL, tooltip, -1);
  if (retired)
    gtk_widget_add_css_class (GTK_WIDGET (self), "retired");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "retired");
}

static void
update (EmendFieldColumnRow *self)
{
  g_autofree char *problem = emend_field_draft_find_any_problem (self->column);
  const char *name = emend_field_draft_get_text (self->column, EMEND_FIELD_PART_NAME);

  if (!g_str_equal (gtk_editable_get_text (GTK_EDITABLE (self->name)), name))
    gtk_editable_set_text (GTK_EDITABLE (self->name), name);
  gtk_drop_down_set_selected (self->kind, (guint) emend_field_draft_get_field_type (self->column) - 1);
  gtk_label_set_text (self->problem, problem != NULL ? problem : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem), problem != NULL);
  show_remove (self);
}

static void
move_action (GtkWidget *widget,
             const char *action,
             GVariant *parameter)
{
  g_autoptr (EmendFieldColumnRow) self = g_object_ref (EMEND_FIELD_COLUMN_ROW (widget));
  GtkListBox *list = GTK_LIST_BOX (gtk_widget_get_parent (widget));
  GListModel *columns = emend_field_draft_get_columns (emend_field_draft_get_table (self->column));
  guint target = (guint) gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (self));
  guint position = target;

  target = g_str_equal (action, "column.up") ? target - 1 : target + 1;
  if (target >= g_list_model_get_n_items (columns))
    return;
  emend_draft_move (G_LIST_STORE (columns), position, target);
  emend_field_column_row_focus_name (EMEND_FIELD_COLUMN_ROW (gtk_list_box_get_row_at_index (list, (int) target)));
}

static void
remove_action (GtkWidget *widget,
               const char *action,
               GVariant *parameter)
{
  g_autoptr (EmendFieldColumnRow) self = g_object_ref (EMEND_FIELD_COLUMN_ROW (widget));

  emend_field_draft_remove_column (emend_field_draft_get_table (self->column), self->column);
}

static void
edit_action (GtkWidget *widget,
             const char *action,
             GVariant *parameter)
{
  g_signal_emit (widget, signals[EDIT], 0);
}

/**
 * emend_field_column_row_focus_name:
 * @self: the row
 *
 * Puts the keyboard into the name, which is selected so that typing replaces it.
 */
void
emend_field_column_row_focus_name (EmendFieldColumnRow *self)
{
  g_return_if_fail (EMEND_IS_FIELD_COLUMN_ROW (self));

  gtk_widget_grab_focus (GTK_WIDGET (self->name));
}

static void
emend_field_column_row_dispose (GObject *object)
{
  EmendFieldColumnRow *self = EMEND_FIELD_COLUMN_ROW (object);

  g_clear_object (&self->column);
  gtk_widget_dispose_template (GTK_WIDGET (object), EMEND_TYPE_FIELD_COLUMN_ROW);
  G_OBJECT_CLASS (emend_field_column_row_parent_class)->dispose (object);
}

static void
emend_field_column_row_class_init (EmendFieldColumnRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = emend_field_column_row_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/emend/Emend/ui/emend-field-column-row.ui");
  gtk_widget_class_bind_template_child (widget_class, EmendFieldColumnRow, name);
  gtk_widget_class_bind_template_child (widget_class, EmendFieldColumnRow, kind);
  gtk_widget_class_bind_template_child (widget_class, EmendFieldColumnRow, remove);
  gtk_widget_class_bind_template_child (widget_class, EmendFieldColumnRow, more);
  gtk_widget_class_bind_template_child (widget_class, EmendFieldColumnRow, problem);
  gtk_widget_class_bind_template_callback (widget_class, name_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, kind_changed_cb);
  gtk_widget_class_install_action (widget_class, "column.up", NULL, move_action);
  gtk_widget_class_install_action (widget_class, "column.down", NULL, move_action);
  gtk_widget_class_install_action (widget_class, "column.remove", NULL, remove_action);
  gtk_widget_class_install_action (widget_class, "column.edit", NULL, edit_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Up, GDK_ALT_MASK, "column.up", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Down, GDK_ALT_MASK, "column.down", NULL);

  /**
   * EmendFieldColumnRow::edit:
   *
   * The rest of the column shall be shown.
   */
  signals[EDIT] =
    g_signal_new ("edit", EMEND_TYPE_FIELD_COLUMN_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
emend_field_column_row_init (EmendFieldColumnRow *self)
{
  g_autoptr (GtkStringList) types = gtk_string_list_new (NULL);

  gtk_widget_init_template (GTK_WIDGET (self));
  /* All but the last: a column is no table. */
  for (guint type = EMEND_FIELD_TEXT; type < EMEND_FIELD_TABLE; type++)
    gtk_string_list_append (types, emend_phrase_field_type ((EmendFieldType) type));
  gtk_drop_down_set_model (self->kind, G_LIST_MODEL (types));
}

/**
 * emend_field_column_row_new:
 * @column: a column of a table
 *
 * Returns: (transfer floating): a row that edits @column in place
 */
GtkWidget *
emend_field_column_row_new (EmendFieldDraft *column)
{
  EmendFieldColumnRow *self = g_object_new (EMEND_TYPE_FIELD_COLUMN_ROW, NULL);
  EmendFieldDraft *table = emend_field_draft_get_table (column);

  gtk_drop_down_set_selected (self->kind, (guint) emend_field_draft_get_field_type (column) - 1);
  gtk_editable_set_text (GTK_EDITABLE (self->name), emend_field_draft_get_text (column, EMEND_FIELD_PART_NAME));
  self->column = g_object_ref (column);
  /* Of the table: a name may be taken or free again by what is typed elsewhere. */
  g_signal_connect_object (table, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
  return GTK_WIDGET (self);
}
