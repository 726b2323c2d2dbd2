#define G_LOG_DOMAIN "emend-ui"

#include "config.h"

#include "emend-form-private.h"

#include <glib/gi18n-lib.h>

/* Where the form meets the columns that are drawn over the page. */

static void
clicked_cb (GtkWidget *button,
            EmendForm *self)
{
  g_signal_emit (self, emend_form_signals[EMEND_FORM_DRAW_TABLE], 0,
                 GPOINTER_TO_INT (g_object_get_data (G_OBJECT (button), "field")));
}

/**
 * emend_form_new_grid_button:
 * @self: a form
 * @table: a field of the type table
 *
 * Returns: (transfer floating): the button at its title that begins to draw its columns over the page
 */
GtkWidget *
emend_form_new_grid_button (EmendForm *self,
                            const EmendField *table)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("emend-columns-symbolic");

  gtk_widget_set_tooltip_text (button, _ ("Draw the columns over the page, and fill the table from it (F7)"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Draw the columns over the page"), -1);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "field-tool");
  gtk_widget_set_focus_on_click (button, FALSE);
  g_object_set_data (G_OBJECT (button), "field", GINT_TO_POINTER (table->id));
  g_signal_connect_object (button, "clicked", G_CALLBACK (clicked_cb), self, 0);
  return button;
}

/**
 * emend_form_find_table:
 * @self: a form
 *
 * Returns: number of the table that is asked about, else of the first one; 0 when there is none
 */
int
emend_form_find_table (EmendForm *self)
{
  const EmendFormSlot *slot = emend_form_get_current (self);

  if (slot != NULL && slot->table_row >= 0)
    return slot->field;
  for (guint i = 0; i < self->slots->len; i++) {
    slot = g_ptr_array_index (self->slots, i);
    if (slot->table_row >= 0)
      return slot->field;
  }
  return 0;
}

static int
find_slot (EmendForm *self,
           int field,
           const EmendValue *value)
{
  for (guint i = 0; i < self->slots->len; i++) {
    const EmendFormSlot *slot = g_ptr_array_index (self->slots, i);

    if (slot->field == field && slot->table_row == value->row &&
        g_str_equal (emend_form_get_field (self, slot)->name, value->column))
      return (int) i;
  }
  return -1;
}

static void
take_words (EmendForm *self,
            EmendFormSlot *slot,
            const EmendTableFill *fill)
{
  emend_form_forget_words (self, slot);
  slot->pending = fill->place;
  slot->has_pending = TRUE;
  slot->printed = g_strdup (fill->value->text);
  emend_field_row_set_text (slot->row, fill->value->value);
}

/**
 * emend_form_take_unread:
 * @self: a form
 * @field: number of a table
 * @unread: (element-type EmendTableFill): cells that are not right as they were read
 *
 * Puts what was read into their entries where nothing is proposed, for the reviewer to correct and confirm, and goes to
 * the first of them; else to the next field that needs a person.
 */
void
emend_form_take_unread (EmendForm *self,
                        int field,
                        GPtrArray *unread)
{
  int first = -1;

  emend_form_catch_up (self);
  for (guint i = 0; i < unread->len; i++) {
    const EmendTableFill *fill = g_ptr_array_index (unread, i);
    int index = find_slot (self, field, fill->value);
    EmendFormSlot *slot = index >= 0 ? g_ptr_array_index (self->slots, (guint) index) : NULL;

    if (slot == NULL)
      continue;
    if (slot->mark < 0)
      take_words (self, slot, fill);
    first = first < 0 ? index : first;
  }
  if (first >= 0)
    emend_form_go_to (self, first);
  else if (!emend_form_go_on (self))
    emend_form_grab_focus (self);
}
