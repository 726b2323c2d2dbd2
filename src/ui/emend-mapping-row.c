#define G_LOG_DOMAIN "emend-ui"

#include "config.h"

#include "emend-mapping-row.h"

#include <glib/gi18n-lib.h>

#include "emend-count-text.h"

struct _EmendMappingRow {
  GtkListBoxRow parent_instance;

  GtkLabel *name;
  GtkLabel *count;
  GtkDropDown *target;

  EmendLabelMapping *mapping;
  char **others; /* labels of the project, in the order of the list */
};

G_DEFINE_FINAL_TYPE (EmendMappingRow, emend_mapping_row, GTK_TYPE_LIST_BOX_ROW)

static void
show_count (EmendMappingRow *self)
{
  g_autofree char *text = emend_count_to_text ((guint64) emend_label_mapping_get_count (self->mapping));

  gtk_label_set_text (self->count, text);
}

/* The list is: itself, the project's other labels, leave out. */
static void
selected_cb (EmendMappingRow *self)
{
  guint selected = gtk_drop_down_get_selected (self->target);
  guint n_others = self->others != NULL ? g_strv_length (self->others) : 0;

  if (self->mapping == NULL || selected == GTK_INVALID_LIST_POSITION)
    return;
  if (selected == 0)
    emend_label_mapping_set_target (self->mapping, EMEND_LABEL_TARGET_SAME, NULL);
  else if (selected <= n_others)
    emend_label_mapping_set_target (self->mapping, EMEND_LABEL_TARGET_OTHER, self->others[selected - 1]);
  else
    emend_label_mapping_set_target (self->mapping, EMEND_LABEL_TARGET_NONE, NULL);
}

static guint
find_selected (EmendMappingRow *self,
               EmendLabelMapping *mapping)
{
  guint n_others = g_strv_length (self->others);

  switch (emend_label_mapping_get_target (mapping)) {
  case EMEND_LABEL_TARGET_SAME:
    return 0;
  case EMEND_LABEL_TARGET_NONE:
    return n_others + 1;
  case EMEND_LABEL_TARGET_OTHER:
  default:
    for (guint i = 0; i < n_others; i++) {
      if (g_strcmp0 (self->others[i], emend_label_mapping_get_other (mapping)) == 0)
        return i + 1;
    }
    return 0;
  }
}

static void
fill_targets (EmendMappingRow *self,
              EmendLabelMapping *mapping,
              EmendSchema *schema)
{
  g_autoptr (GPtrArray) others = g_ptr_array_new ();
  g_autoptr (GtkStringList) list = gtk_string_list_new (NULL);
  const char *name = emend_label_mapping_get_name (mapping);
  /* TRANSLATORS: the choice to make a new label of that name in the project. */
  g_autofree char *fresh = g_strdup_printf (_ ("New label “%s”"), name);

  gtk_string_list_append (list, emend_label_mapping_get_known (mapping) ? name : fresh);
  for (gsize i = 0; i < emend_schema_get_n_labels (schema); i++) {
    const EmendLabel *label = emend_schema_get_label (schema, i);

    if (label->retired || g_str_equal (label->name, name))
      continue;
    g_ptr_array_add (others, g_strdup (label->name));
    gtk_string_list_append (list, label->name);
  }
  gtk_string_list_append (list, _ ("Leave out"));
  g_ptr_array_add (others, NULL);
  self->others = (char **) g_ptr_array_free (g_steal_pointer (&others), FALSE);
  gtk_drop_down_set_model (self->target, G_LIST_MODEL (list));
}

static void
emend_mapping_row_dispose (GObject *object)
{
  EmendMappingRow *self = EMEND_MAPPING_ROW (object);

  g_clear_object (&self->mapping);
  gtk_widget_dispose_template (GTK_WIDGET (object), EMEND_TYPE_MAPPING_ROW);
  G_OBJECT_CLASS (emend_mapping_row_parent_class)->dispose (object);
}

static void
emend_mapping_row_finalize (GObject *object)
{
  g_strfreev (EMEND_MAPPING_ROW (object)->others);
  G_OBJECT_CLASS (emend_mapping_row_parent_class)->finalize (object);
}

static void
emend_mapping_row_class_init (EmendMappingRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = emend_mapping_row_dispose;
  G_OBJECT_CLASS (klass)->finalize = emend_mapping_row_finalize;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/emend/Emend/ui/emend-mapping-row.ui");
  gtk_widget_class_bind_template_child (widget_class, EmendMappingRow, name);
  gtk_widget_class_bind_template_child (widget_class, EmendMappingRow, count);
  gtk_widget_class_bind_template_child (widget_class, EmendMappingRow, target);
  gtk_widget_class_bind_template_callback (widget_class, selected_cb);
}

static void
emend_mapping_row_init (EmendMappingRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * emend_mapping_row_new:
 * @mapping: what it shows and changes
 * @schema: the project's labels
 *
 * Returns: (transfer floating): a row
 */
GtkWidget *
emend_mapping_row_new (EmendLabelMapping *mapping,
                       EmendSchema *schema)
{
  EmendMappingRow *self = g_object_new (EMEND_TYPE_MAPPING_ROW, NULL);
  const char *name = emend_label_mapping_get_name (mapping);
  /* TRANSLATORS: for the screen reader: what becomes of a label of the file. */
  g_autofree char *label = g_strdup_printf (_ ("“%s” becomes"), name);

  gtk_label_set_text (self->name, name);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->name), name);
  fill_targets (self, mapping, schema);
  gtk_drop_down_set_selected (self->target, find_selected (self, mapping));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->target), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  self->mapping = g_object_ref (mapping);
  g_signal_connect_object (mapping, "notify::count", G_CALLBACK (show_count), self, G_CONNECT_SWAPPED);
  show_count (self);
  return GTK_WIDGET (self);
}
