#define G_LOG_DOMAIN "emend-ui"

#include "config.h"

#include "emend-label-row.h"

#include <glib/gi18n-lib.h>

#include "emend-attribute-row.h"

struct _EmendLabelRow {
  GtkListBoxRow parent_instance;

  GtkColorButton *color;
  GtkEntry *name;
  GtkEntry *key;
  GtkButton *up;
  GtkButton *down;
  GtkToggleButton *more;
  GtkButton *remove;
  GtkRevealer *revealer;
  GtkBox *attributes;

  GListStore *drafts;
  EmendLabelDraft *draft;
};

G_DEFINE_FINAL_TYPE (EmendLabelRow, emend_label_row, GTK_TYPE_LIST_BOX_ROW)

static guint
get_position (EmendLabelRow *self)
{
  guint position = 0;

  return g_list_store_find (self->drafts, self->draft, &position) ? position : G_MAXUINT;
}

static void
color_set_cb (EmendLabelRow *self)
{
  GdkRGBA rgba;
  guint32 red, green, blue;

  gtk_color_chooser_get_rgba (GTK_COLOR_CHOOSER (self->color), &rgba);
  red = (guint32) (rgba.red * 255 + 0.5f);
  green = (guint32) (rgba.green * 255 + 0.5f);
  blue = (guint32) (rgba.blue * 255 + 0.5f);
  emend_label_draft_set_color (self->draft, red << 16 | green << 8 | blue);
}

static void
show_color (EmendLabelRow *self)
{
  guint32 color = emend_label_draft_get_color (self->draft);
  const GdkRGBA rgba = {
    .red = (float) (color >> 16 & 0xff) / 255,
    .green = (float) (color >> 8 & 0xff) / 255,
    .blue = (float) (color & 0xff) / 255,
    .alpha = 1,
  };

  gtk_color_chooser_set_rgba (GTK_COLOR_CHOOSER (self->color), &rgba);
}

static void
key_changed_cb (EmendLabelRow *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->key));
  gunichar key = g_unichar_tolower (g_utf8_get_char (text));

  if (self->draft != NULL)
    emend_label_drafts_claim_key (G_LIST_MODEL (self->drafts), self->draft, g_unichar_isalnum (key) ? key : 0);
}

static void
show_key (EmendLabelRow *self)
{
  gunichar key = emend_label_draft_get_key (self->draft);
  const char *shown = gtk_editable_get_text (GTK_EDITABLE (self->key));
  char text[8] = { 0 };

  if (key != 0)
    g_unichar_to_utf8 (key, text);
  if (!g_str_equal (shown, text))
    gtk_editable_set_text (GTK_EDITABLE (self->key), text);
}

static void
show_retired (EmendLabelRow *self)
{
  gboolean retired = emend_label_draft_get_retired (self->draft);
  gboolean stored = emend_label_draft_get_id (self->draft) != 0;
  const char *tooltip = _ ("Remove this label");

  if (stored && retired)
    tooltip = _ ("Offer this label again");
  else if (stored)
    tooltip = _ ("Retire: no longer offer this label; what carries it stays readable");
  if (retired)
    gtk_widget_add_css_class (GTK_WIDGET (self), "retired");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "retired");
  gtk_button_set_icon_name (self->remove,
                            !stored ? "list-remove-symbolic" :
                                      (retired ? "edit-undo-symbolic" : "action-unavailable-symbolic"));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->remove), tooltip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->remove), GTK_ACCESSIBLE_PROPERTY_LABEL, tooltip, -1);
}

static void
collect_attributes (EmendLabelRow *self)
{
  g_autoptr (GPtrArray) attributes = g_ptr_array_new ();
  GtkWidget *child;

  for (child = gtk_widget_get_first_child (GTK_WIDGET (self->attributes)); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    EmendAttribute *attribute = emend_attribute_row_get_attribute (EMEND_ATTRIBUTE_ROW (child));
    if (attribute != NULL)
      g_ptr_array_add (attributes, attribute);
  }
  emend_label_draft_set_attributes (self->draft, attributes);
  for (guint i = 0; i < attributes->len; i++) {
    EmendAttribute *attribute = g_ptr_array_index (attributes, i);

    g_free (attribute->name);
    g_strfreev (attribute->choices);
    g_free (attribute);
  }
}

static void
attribute_removed_cb (EmendAttributeRow *row,
                      EmendLabelRow *self)
{
  gtk_box_remove (self->attributes, GTK_WIDGET (row));
  collect_attributes (self);
}

static GtkWidget *
add_attribute_row (EmendLabelRow *self,
                   const EmendAttribute *attribute)
{
  GtkWidget *row = emend_attribute_row_new (attribute);

  g_signal_connect_object (row, "changed", G_CALLBACK (collect_attributes), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (row, "remove", G_CALLBACK (attribute_removed_cb), self, 0);
  gtk_box_append (self->attributes, row);
  return row;
}

static void
add_attribute_action (GtkWidget *widget,
                      const char *name,
                      GVariant *parameter)
{
  GtkWidget *row = add_attribute_row (EMEND_LABEL_ROW (widget), NULL);

  gtk_widget_child_focus (row, GTK_DIR_TAB_FORWARD);
}

static void
move_by (EmendLabelRow *self,
         int delta)
{
  g_autoptr (EmendLabelRow) kept = g_object_ref (self);
  GtkListBox *list = GTK_LIST_BOX (gtk_widget_get_parent (GTK_WIDGET (self)));
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->drafts));
  guint position = get_position (self);
  guint target = (guint) ((gint64) position + delta);
  GtkListBoxRow *row;

  if (position >= n || target >= n)
    return;
  emend_label_drafts_move (self->drafts, position, target);
  row = gtk_list_box_get_row_at_index (list, (int) target);
  if (EMEND_IS_LABEL_ROW (row))
    gtk_widget_grab_focus (GTK_WIDGET (delta < 0 ? EMEND_LABEL_ROW (row)->up : EMEND_LABEL_ROW (row)->down));
}

static void
move_action (GtkWidget *widget,
             const char *name,
             GVariant *parameter)
{
  move_by (EMEND_LABEL_ROW (widget), g_str_equal (name, "label.up") ? -1 : 1);
}

static void
remove_action (GtkWidget *widget,
               const char *name,
               GVariant *parameter)
{
  g_autoptr (EmendLabelRow) self = g_object_ref (EMEND_LABEL_ROW (widget));
  guint position = get_position (self);

  if (emend_label_draft_get_id (self->draft) != 0)
    emend_label_draft_set_retired (self->draft, !emend_label_draft_get_retired (self->draft));
  else if (position != G_MAXUINT)
    g_list_store_remove (self->drafts, position);
}

/**
 * emend_label_row_focus_name:
 * @self: the row
 *
 * Puts the keyboard into the name.
 */
void
emend_label_row_focus_name (EmendLabelRow *self)
{
  g_return_if_fail (EMEND_IS_LABEL_ROW (self));

  gtk_widget_grab_focus (GTK_WIDGET (self->name));
}

static void
emend_label_row_dispose (GObject *object)
{
  EmendLabelRow *self = EMEND_LABEL_ROW (object);

  gtk_widget_dispose_template (GTK_WIDGET (object), EMEND_TYPE_LABEL_ROW);
  g_clear_object (&self->drafts);
  g_clear_object (&self->draft);
  G_OBJECT_CLASS (emend_label_row_parent_class)->dispose (object);
}

static void
emend_label_row_class_init (EmendLabelRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = emend_label_row_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/emend/Emend/ui/emend-label-row.ui");
  gtk_widget_class_bind_template_child (widget_class, EmendLabelRow, color);
  gtk_widget_class_bind_template_child (widget_class, EmendLabelRow, name);
  gtk_widget_class_bind_template_child (widget_class, EmendLabelRow, key);
  gtk_widget_class_bind_template_child (widget_class, EmendLabelRow, up);
  gtk_widget_class_bind_template_child (widget_class, EmendLabelRow, down);
  gtk_widget_class_bind_template_child (widget_class, EmendLabelRow, more);
  gtk_widget_class_bind_template_child (widget_class, EmendLabelRow, remove);
  gtk_widget_class_bind_template_child (widget_class, EmendLabelRow, revealer);
  gtk_widget_class_bind_template_child (widget_class, EmendLabelRow, attributes);
  gtk_widget_class_bind_template_callback (widget_class, color_set_cb);
  gtk_widget_class_bind_template_callback (widget_class, key_changed_cb);
  gtk_widget_class_install_action (widget_class, "label.up", NULL, move_action);
  gtk_widget_class_install_action (widget_class, "label.down", NULL, move_action);
  gtk_widget_class_install_action (widget_class, "label.remove", NULL, remove_action);
  gtk_widget_class_install_action (widget_class, "label.add-attribute", NULL, add_attribute_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Up, GDK_ALT_MASK, "label.up", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Down, GDK_ALT_MASK, "label.down", NULL);
}

static void
add_palette (EmendLabelRow *self)
{
  GdkRGBA colors[EMEND_SCHEMA_N_COLORS];

  for (gsize i = 0; i < G_N_ELEMENTS (colors); i++) {
    guint32 color = emend_schema_get_color (i);
    colors[i] = (GdkRGBA){ (float) (color >> 16 & 0xff) / 255, (float) (color >> 8 & 0xff) / 255,
                           (float) (color & 0xff) / 255, 1 };
  }
  gtk_color_chooser_add_palette (GTK_COLOR_CHOOSER (self->color), GTK_ORIENTATION_HORIZONTAL, 6,
                                 G_N_ELEMENTS (colors), colors);
}

static void
emend_label_row_init (EmendLabelRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  add_palette (self);
}

/**
 * emend_label_row_new:
 * @drafts: the list
 * @draft: one of its labels
 *
 * Returns: (transfer floating): a row that edits @draft in place
 */
GtkWidget *
emend_label_row_new (GListStore *drafts,
                     EmendLabelDraft *draft)
{
  EmendLabelRow *self = g_object_new (EMEND_TYPE_LABEL_ROW, NULL);
  GPtrArray *attributes = emend_label_draft_get_attributes (draft);

  self->drafts = g_object_ref (drafts);
  self->draft = g_object_ref (draft);
  g_object_bind_property (draft, "name", self->name, "text", G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL);
  g_signal_connect_object (draft, "notify::color", G_CALLBACK (show_color), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (draft, "notify::key", G_CALLBACK (show_key), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (draft, "notify::retired", G_CALLBACK (show_retired), self, G_CONNECT_SWAPPED);
  show_color (self);
  show_key (self);
  show_retired (self);
  for (guint i = 0; i < attributes->len; i++)
    add_attribute_row (self, g_ptr_array_index (attributes, i));
  return GTK_WIDGET (self);
}
