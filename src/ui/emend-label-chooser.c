#define G_LOG_DOMAIN "emend-ui"

#include "config.h"

#include "emend-label-chooser.h"

#include <string.h>

#include "emend-color-dot.h"

struct _EmendLabelChooser {
  GtkPopover parent_instance;

  GtkSearchEntry *search;
  GtkListBox *list;

  EmendSchema *schema;
  char *needle; /* case folded */
};

G_DEFINE_FINAL_TYPE (EmendLabelChooser, emend_label_chooser, GTK_TYPE_POPOVER)

static guint chosen_signal;
static GQuark label_quark;

static void
emend_label_chooser_dispose (GObject *object)
{
  EmendLabelChooser *self = EMEND_LABEL_CHOOSER (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), EMEND_TYPE_LABEL_CHOOSER);
  g_clear_pointer (&self->schema, emend_schema_unref);
  g_clear_pointer (&self->needle, g_free);
  G_OBJECT_CLASS (emend_label_chooser_parent_class)->dispose (object);
}

static int
get_label (GtkListBoxRow *row)
{
  return GPOINTER_TO_INT (g_object_get_qdata (G_OBJECT (row), label_quark));
}

static gboolean
matches (GtkListBoxRow *row,
         gpointer data)
{
  EmendLabelChooser *self = data;
  const EmendLabel *label = emend_schema_find_label (self->schema, get_label (row));
  g_autofree char *folded = NULL;

  if (self->needle == NULL || label == NULL)
    return TRUE;
  folded = g_utf8_casefold (label->name, -1);
  return strstr (folded, self->needle) != NULL;
}

static void
searched_cb (EmendLabelChooser *self)
{
  g_free (self->needle);
  self->needle = g_utf8_casefold (gtk_editable_get_text (GTK_EDITABLE (self->search)), -1);
  gtk_list_box_invalidate_filter (self->list);
}

static void
choose (EmendLabelChooser *self,
        GtkListBoxRow *row)
{
  int label = get_label (row);

  gtk_popover_popdown (GTK_POPOVER (self));
  g_signal_emit (self, chosen_signal, 0, label);
}

static GtkListBoxRow *
find_first (EmendLabelChooser *self)
{
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i++)
    if (matches (row, self))
      return row;
  return NULL;
}

static void
search_activated_cb (EmendLabelChooser *self)
{
  GtkListBoxRow *row = find_first (self);

  if (row != NULL)
    choose (self, row);
}

static void
row_activated_cb (EmendLabelChooser *self,
                  GtkListBoxRow *row)
{
  choose (self, row);
}

static void
stop_search_cb (EmendLabelChooser *self)
{
  gtk_popover_popdown (GTK_POPOVER (self));
}

static void
shown_cb (EmendLabelChooser *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  searched_cb (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->search));
}

static void
emend_label_chooser_class_init (EmendLabelChooserClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = emend_label_chooser_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/emend/Emend/ui/emend-label-chooser.ui");
  gtk_widget_class_bind_template_child (widget_class, EmendLabelChooser, search);
  gtk_widget_class_bind_template_child (widget_class, EmendLabelChooser, list);
  gtk_widget_class_bind_template_callback (widget_class, searched_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, stop_search_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  label_quark = g_quark_from_static_string ("emend-label");
  chosen_signal = g_signal_new ("chosen", EMEND_TYPE_LABEL_CHOOSER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 1, G_TYPE_INT);
}

static void
emend_label_chooser_init (EmendLabelChooser *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->schema = emend_schema_new ();
  gtk_list_box_set_filter_func (self->list, matches, self, NULL);
  g_signal_connect (self, "show", G_CALLBACK (shown_cb), NULL);
}

/**
 * emend_label_chooser_new:
 *
 * Returns: (transfer floating): one without labels
 */
GtkWidget *
emend_label_chooser_new (void)
{
  return g_object_new (EMEND_TYPE_LABEL_CHOOSER, NULL);
}

static GtkWidget *
make_row (const EmendLabel *label,
          guint number)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *dot = emend_color_dot_new ();
  GtkWidget *name = gtk_label_new (label->name);
  char text[8] = "";
  GtkWidget *key;

  if (label->key != 0)
    text[g_unichar_to_utf8 (g_unichar_toupper (label->key), text)] = '\0';
  else if (number <= 9)
    g_snprintf (text, sizeof text, "%u", number);
  key = gtk_label_new (text);
  emend_color_dot_set_color (EMEND_COLOR_DOT (dot), label->color);
  gtk_label_set_xalign (GTK_LABEL (name), 0);
  gtk_label_set_ellipsize (GTK_LABEL (name), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (name, TRUE);
  gtk_widget_add_css_class (key, "dim-label");
  gtk_widget_add_css_class (key, "caption");
  gtk_box_append (GTK_BOX (box), dot);
  gtk_box_append (GTK_BOX (box), name);
  gtk_box_append (GTK_BOX (box), key);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, label->name, -1);
  g_object_set_qdata (G_OBJECT (row), label_quark, GINT_TO_POINTER (label->id));
  return row;
}

/**
 * emend_label_chooser_set_schema:
 * @self: a chooser
 * @schema: whose labels are offered; retired ones are not
 */
void
emend_label_chooser_set_schema (EmendLabelChooser *self,
                                EmendSchema *schema)
{
  GtkListBoxRow *row;
  guint number = 0;

  emend_schema_ref (schema);
  emend_schema_unref (self->schema);
  self->schema = schema;
  while ((row = gtk_list_box_get_row_at_index (self->list, 0)) != NULL)
    gtk_list_box_remove (self->list, GTK_WIDGET (row));
  for (gsize i = 0; i < emend_schema_get_n_labels (schema); i++) {
    const EmendLabel *label = emend_schema_get_label (schema, i);

    if (!label->retired)
      gtk_list_box_append (self->list, make_row (label, ++number));
  }
}

/**
 * emend_label_chooser_set_current:
 * @self: a chooser
 * @label: number of the label that is in use
 */
void
emend_label_chooser_set_current (EmendLabelChooser *self,
                                 int label)
{
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i++)
    if (get_label (row) == label)
      gtk_list_box_select_row (self->list, row);
}
