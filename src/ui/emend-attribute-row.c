#define G_LOG_DOMAIN "emend-ui"

#include "config.h"

#include "emend-attribute-row.h"

#include "emend-label-draft.h"

struct _EmendAttributeRow {
  GtkBox parent_instance;

  GtkEntry *name;
  GtkDropDown *kind;
  GtkEntry *choices;
  GtkButton *remove;
};

enum {
  CHANGED,
  REMOVE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (EmendAttributeRow, emend_attribute_row, GTK_TYPE_BOX)

static void
changed_cb (EmendAttributeRow *self)
{
  gboolean choice = gtk_drop_down_get_selected (self->kind) + 1 == EMEND_ATTRIBUTE_CHOICE;

  gtk_widget_set_visible (GTK_WIDGET (self->choices), choice);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
remove_action (GtkWidget *widget,
               const char *name,
               GVariant *parameter)
{
  g_signal_emit (widget, signals[REMOVE], 0);
}

/**
 * emend_attribute_row_get_attribute:
 * @self: the row
 *
 * Returns: (transfer full) (nullable): the attribute as it stands there, for
 *   emend_label_draft_set_attributes(); %NULL while it has no name
 */
EmendAttribute *
emend_attribute_row_get_attribute (EmendAttributeRow *self)
{
  g_autofree char *name = NULL;
  g_auto (GStrv) choices = NULL;
  EmendAttributeKind kind;

  g_return_val_if_fail (EMEND_IS_ATTRIBUTE_ROW (self), NULL);

  name = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->name))));
  kind = (EmendAttributeKind) (gtk_drop_down_get_selected (self->kind) + 1);
  if (*name == '\0')
    return NULL;
  if (kind == EMEND_ATTRIBUTE_CHOICE)
    choices = emend_label_names_parse (gtk_editable_get_text (GTK_EDITABLE (self->choices)));
  return emend_label_attribute_new (name, kind, (const char *const *) choices);
}

static void
emend_attribute_row_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), EMEND_TYPE_ATTRIBUTE_ROW);
  G_OBJECT_CLASS (emend_attribute_row_parent_class)->dispose (object);
}

static void
emend_attribute_row_class_init (EmendAttributeRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = emend_attribute_row_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/emend/Emend/ui/emend-attribute-row.ui");
  gtk_widget_class_bind_template_child (widget_class, EmendAttributeRow, name);
  gtk_widget_class_bind_template_child (widget_class, EmendAttributeRow, kind);
  gtk_widget_class_bind_template_child (widget_class, EmendAttributeRow, choices);
  gtk_widget_class_bind_template_child (widget_class, EmendAttributeRow, remove);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_install_action (widget_class, "attribute.remove", NULL, remove_action);

  /**
   * EmendAttributeRow::changed:
   *
   * Something was typed or chosen.
   */
  signals[CHANGED] = g_signal_new ("changed", EMEND_TYPE_ATTRIBUTE_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
  /**
   * EmendAttributeRow::remove:
   *
   * The attribute shall go.
   */
  signals[REMOVE] = g_signal_new ("remove", EMEND_TYPE_ATTRIBUTE_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 0);
}

static void
emend_attribute_row_init (EmendAttributeRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * emend_attribute_row_new:
 * @attribute: (nullable): what it shows first
 *
 * Returns: (transfer floating): a row
 */
GtkWidget *
emend_attribute_row_new (const EmendAttribute *attribute)
{
  EmendAttributeRow *self = g_object_new (EMEND_TYPE_ATTRIBUTE_ROW, NULL);

  if (attribute != NULL) {
    g_autofree char *choices = attribute->choices != NULL ? g_strjoinv (", ", attribute->choices) : g_strdup ("");

    gtk_editable_set_text (GTK_EDITABLE (self->name), attribute->name);
    gtk_drop_down_set_selected (self->kind, (guint) attribute->kind - 1);
    gtk_editable_set_text (GTK_EDITABLE (self->choices), choices);
  }
  return GTK_WIDGET (self);
}
