#define G_LOG_DOMAIN "emend-ui"

#include "config.h"

#include "emend-mark-attributes.h"

#include <string.h>

#include "emend-text.h"

/* Attributes of one thing; more is no attribute. */
#define MAX_ATTRIBUTES (((gsize) 1024) * 1024)

/* One control, and what it changes. */
typedef struct {
  EmendReview *review;
  int mark;
  EmendAttribute *attribute; /* of a schema that @schema keeps */
  EmendSchema *schema;
} Field;

static void
field_free (gpointer data,
            GClosure *closure)
{
  Field *field = data;

  g_object_unref (field->review);
  emend_schema_unref (field->schema);
  g_free (field);
}

static json_t *
get_attributes (EmendReview *review,
                int index)
{
  const EmendMark *mark = emend_review_get_mark (review, (guint) index);
  const char *text = NULL;
  json_t *object = NULL;

  if (mark != NULL && mark->annotation != NULL)
    text = mark->annotation->attributes;
  else if (mark != NULL && mark->proposal != NULL)
    text = mark->proposal->attributes;
  if (text != NULL)
    object = emend_json_parse (text, strlen (text), MAX_ATTRIBUTES, NULL);
  if (!json_is_object (object)) {
    json_decref (object);
    object = json_object ();
  }
  return object;
}

static void
set_attribute (const Field *field,
               json_t *value)
{
  g_autoptr (json_t) object = get_attributes (field->review, field->mark);
  g_autofree char *text = NULL;
  const json_t *before = json_object_get (object, field->attribute->name);

  if (json_equal (before, value) || (before == NULL && value == NULL)) {
    json_decref (value);
    return;
  }
  if (value == NULL)
    json_object_del (object, field->attribute->name);
  else
    json_object_set_new (object, field->attribute->name, value);
  if (json_object_size (object) > 0)
    text = json_dumps (object, JSON_COMPACT | JSON_SORT_KEYS);
  emend_review_set_attributes (field->review, field->mark, text);
}

static void
entry_cb (GtkEntry *entry,
          const Field *field)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (entry));
  double number;

  gtk_widget_remove_css_class (GTK_WIDGET (entry), "error");
  if (*text == '\0')
    set_attribute (field, NULL);
  else if (field->attribute->kind != EMEND_ATTRIBUTE_NUMBER)
    set_attribute (field, json_string (text));
  else if (emend_text_to_double (text, -1, &number))
    set_attribute (field, json_real (number));
  else
    gtk_widget_add_css_class (GTK_WIDGET (entry), "error");
}

static void
check_cb (GtkCheckButton *check,
          const Field *field)
{
  set_attribute (field, json_boolean (gtk_check_button_get_active (check)));
}

static void
choice_cb (GtkDropDown *drop_down,
           GParamSpec *pspec,
           const Field *field)
{
  guint selected = gtk_drop_down_get_selected (drop_down);

  if (selected > 0 && selected != GTK_INVALID_LIST_POSITION)
    set_attribute (field, json_string (field->attribute->choices[selected - 1]));
  else
    set_attribute (field, NULL);
}

static GtkWidget *
make_choice (const EmendAttribute *attribute,
             const json_t *value)
{
  g_autoptr (GtkStringList) list = gtk_string_list_new ((const char *const[]){ "–", NULL });
  GtkWidget *drop_down;
  guint selected = 0;

  for (guint i = 0; attribute->choices != NULL && attribute->choices[i] != NULL; i++) {
    gtk_string_list_append (list, attribute->choices[i]);
    if (g_strcmp0 (json_string_value (value), attribute->choices[i]) == 0)
      selected = i + 1;
  }
  drop_down = gtk_drop_down_new (G_LIST_MODEL (g_steal_pointer (&list)), NULL);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (drop_down), selected);
  return drop_down;
}

static GtkWidget *
make_entry (const json_t *value)
{
  GtkWidget *entry = gtk_entry_new ();
  char buffer[EMEND_TEXT_DOUBLE_SIZE];

  if (json_is_number (value))
    gtk_editable_set_text (GTK_EDITABLE (entry), emend_text_from_double (buffer, json_number_value (value)));
  else if (json_is_string (value))
    gtk_editable_set_text (GTK_EDITABLE (entry), json_string_value (value));
  return entry;
}

static GtkWidget *
make_control (Field *field,
              const json_t *value)
{
  GtkWidget *control;

  switch (field->attribute->kind) {
  case EMEND_ATTRIBUTE_BOOLEAN:
    control = gtk_check_button_new ();
    gtk_check_button_set_active (GTK_CHECK_BUTTON (control), json_is_true (value));
    g_signal_connect_data (control, "toggled", G_CALLBACK (check_cb), field, field_free, 0);
    break;
  case EMEND_ATTRIBUTE_CHOICE:
    control = make_choice (field->attribute, value);
    g_signal_connect_data (control, "notify::selected", G_CALLBACK (choice_cb), field, field_free, 0);
    break;
  case EMEND_ATTRIBUTE_TEXT:
  case EMEND_ATTRIBUTE_NUMBER:
  default:
    control = make_entry (value);
    g_signal_connect_data (control, "activate", G_CALLBACK (entry_cb), field, field_free, 0);
    break;
  }
  gtk_widget_set_hexpand (control, TRUE);
  gtk_widget_set_sensitive (control, emend_review_is_writable (field->review));
  gtk_accessible_update_property (GTK_ACCESSIBLE (control), GTK_ACCESSIBLE_PROPERTY_LABEL, field->attribute->name, -1);
  return control;
}

static GtkWidget *
make_line (EmendReview *review,
           int mark,
           EmendAttribute *attribute,
           const json_t *value)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *name = gtk_label_new (attribute->name);
  Field *field = g_new0 (Field, 1);

  field->review = g_object_ref (review);
  field->mark = mark;
  field->attribute = attribute;
  field->schema = emend_schema_ref (emend_review_get_schema (review));
  gtk_label_set_xalign (GTK_LABEL (name), 0);
  gtk_label_set_width_chars (GTK_LABEL (name), 11);
  gtk_label_set_ellipsize (GTK_LABEL (name), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (name, "dim-label");
  gtk_box_append (GTK_BOX (line), name);
  gtk_box_append (GTK_BOX (line), make_control (field, value));
  return line;
}

/**
 * emend_mark_attributes_fill:
 * @box: gets a line for each attribute; what was in it goes
 * @review: the work
 * @mark: number of a mark
 *
 * Controls for the attributes that the label of a mark has. A change is a decision at once.
 */
void
emend_mark_attributes_fill (GtkBox *box,
                            EmendReview *review,
                            int mark)
{
  const EmendMark *shown = emend_review_get_mark (review, (guint) mark);
  const EmendLabel *label = shown == NULL ? NULL :
                                            emend_schema_find_label (emend_review_get_schema (review),
                                                                     emend_mark_get_label (shown));
  g_autoptr (json_t) values = get_attributes (review, mark);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (box))) != NULL)
    gtk_box_remove (box, child);
  for (guint i = 0; label != NULL && label->attributes != NULL && i < label->attributes->len; i++) {
    EmendAttribute *attribute = g_ptr_array_index (label->attributes, i);

    gtk_box_append (box, make_line (review, mark, attribute, json_object_get (values, attribute->name)));
  }
  gtk_widget_set_visible (GTK_WIDGET (box), gtk_widget_get_first_child (GTK_WIDGET (box)) != NULL);
}
