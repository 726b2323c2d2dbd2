#define G_LOG_DOMAIN "emend-ui"

#include "config.h"

#include "emend-form-private.h"

#include <glib/gi18n-lib.h>

/* What is asked for: a field, or a cell of a table, and the mark that has its proposal or value. */
typedef struct {
  int field;
  int table_row; /* -1 outside of tables */
  int column;
  int mark;
} Asked;

static void
ask (GArray *asked,
     int field,
     int mark)
{
  Asked one = { field, -1, 0, mark };

  g_array_append_val (asked, one);
}

/* One that may repeat is asked for with each of its values, and there is room for another. */
static void
ask_field (EmendForm *self,
           const EmendField *field,
           GArray *asked)
{
  guint before = asked->len;

  for (guint i = 0; i < emend_review_get_n_marks (self->review); i++) {
    const EmendMark *mark = emend_review_get_mark (self->review, i);

    if (mark != NULL && emend_mark_get_value (mark) != NULL && emend_mark_get_label (mark) == field->id)
      ask (asked, field->id, (int) i);
  }
  if (asked->len == before || field->repeatable)
    ask (asked, field->id, -1);
}

static int
find_column (const EmendField *table,
             const char *name)
{
  for (guint i = 0; name != NULL && i < table->columns->len; i++) {
    if (g_str_equal (((const EmendField *) g_ptr_array_index (table->columns, i))->name, name))
      return (int) i;
  }
  return -1;
}

/* The rows that the table has, and an empty one. */
static int
count_rows (EmendForm *self,
            const EmendField *table)
{
  int n = 0;

  for (guint i = 0; i < emend_review_get_n_marks (self->review); i++) {
    const EmendMark *mark = emend_form_get_standing (self, i);
    const EmendValue *value = mark != NULL ? emend_mark_get_value (mark) : NULL;

    if (value != NULL && emend_mark_get_label (mark) == table->id && value->row + 1 > n)
      n = value->row + 1;
  }
  return n + 1;
}

/* Row by row, every cell, whether there is something in it or not. */
static void
ask_table (EmendForm *self,
           const EmendField *table,
           GArray *asked)
{
  guint first = asked->len;
  int n_rows = count_rows (self, table);
  int n_columns = (int) table->columns->len;

  for (int row = 0; row < n_rows; row++) {
    for (int column = 0; column < n_columns; column++) {
      Asked one = { table->id, row, column, -1 };
      g_array_append_val (asked, one);
    }
  }
  for (guint i = 0; i < emend_review_get_n_marks (self->review); i++) {
    const EmendMark *mark = emend_form_get_standing (self, i);
    const EmendValue *value = mark != NULL ? emend_mark_get_value (mark) : NULL;
    int column = value != NULL && value->row >= 0 && emend_mark_get_label (mark) == table->id ?
                   find_column (table, value->column) :
                   -1;

    if (column >= 0)
      g_array_index (asked, Asked, first + (guint) (value->row * n_columns + column)).mark = (int) i;
  }
}

static GArray *
find_asked (EmendForm *self)
{
  EmendSchema *schema = emend_review_get_schema (self->review);
  GArray *asked = g_array_new (FALSE, FALSE, sizeof (Asked));

  for (gsize i = 0; i < emend_schema_get_n_fields (schema); i++) {
    const EmendField *field = emend_schema_get_field (schema, i);

    if (field->retired)
      continue;
    if (field->type == EMEND_FIELD_TABLE)
      ask_table (self, field, asked);
    else
      ask_field (self, field, asked);
  }
  return asked;
}

/* A table is laid out as a whole: a card with a heading for each column. */
static GtkGrid *
add_table (EmendForm *self,
           const EmendField *table)
{
  GtkWidget *card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *head_row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *title = gtk_label_new (emend_field_get_title (table));
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *grid = gtk_grid_new ();

  gtk_widget_add_css_class (card, "field-card");
  gtk_widget_add_css_class (title, "field-title");
  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_label_set_ellipsize (GTK_LABEL (title), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (title, TRUE);
  gtk_box_append (GTK_BOX (head_row), title);
  gtk_box_append (GTK_BOX (head_row), emend_form_new_grid_button (self, table));
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_AUTOMATIC, GTK_POLICY_NEVER);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), grid);
  gtk_grid_set_row_spacing (GTK_GRID (grid), 3);
  gtk_grid_set_column_spacing (GTK_GRID (grid), 3);
  for (guint i = 0; i < table->columns->len; i++) {
    GtkWidget *head = gtk_label_new (emend_field_get_title (g_ptr_array_index (table->columns, i)));

    gtk_label_set_xalign (GTK_LABEL (head), 0);
    gtk_label_set_ellipsize (GTK_LABEL (head), PANGO_ELLIPSIZE_END);
    gtk_widget_add_css_class (head, "caption");
    gtk_widget_add_css_class (head, "dim-label");
    gtk_grid_attach (GTK_GRID (grid), head, (int) i, 0, 1, 1);
  }
  gtk_box_append (GTK_BOX (card), head_row);
  gtk_box_append (GTK_BOX (card), scroller);
  gtk_box_append (self->rows, card);
  return GTK_GRID (grid);
}

static void
add_slot (EmendForm *self,
          const Asked *one,
          GtkGrid **table)
{
  EmendFormSlot *slot = emend_form_new_slot (self);

  slot->field = one->field;
  slot->table_row = one->table_row;
  slot->column = one->column;
  g_ptr_array_add (self->slots, slot);
  if (one->table_row < 0) {
    gtk_box_append (self->rows, GTK_WIDGET (slot->row));
    return;
  }
  if (one->table_row == 0 && one->column == 0)
    *table = add_table (self, emend_schema_find_field (emend_review_get_schema (self->review), one->field));
  emend_field_row_set_cell (slot->row, TRUE);
  gtk_grid_attach (*table, GTK_WIDGET (slot->row), one->column, one->table_row + 1, 1, 1);
}

static gboolean
is_same (const EmendFormSlot *slot,
         const Asked *one)
{
  return slot->field == one->field && slot->table_row == one->table_row && slot->column == one->column;
}

/* How many of the widgets that are there serve for what is asked now: a table serves whole or not at all. */
static guint
count_kept (EmendForm *self,
            const GArray *asked)
{
  guint n = 0;

  while (n < self->slots->len && n < asked->len &&
         is_same (g_ptr_array_index (self->slots, n), &g_array_index (asked, Asked, n)))
    n++;
  if (n == self->slots->len && n == asked->len)
    return n;
  while (n > 0 && ((EmendFormSlot *) g_ptr_array_index (self->slots, n - 1))->table_row >= 0)
    n--;
  return n;
}

static void
remove_after (EmendForm *self,
              guint n)
{
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->rows));
  GtkWidget *last = n > 0 ? GTK_WIDGET (((EmendFormSlot *) g_ptr_array_index (self->slots, n - 1))->row) : NULL;
  gboolean after = last == NULL;

  while (child != NULL) {
    GtkWidget *next = gtk_widget_get_next_sibling (child);

    if (after)
      gtk_box_remove (self->rows, child);
    after = after || child == last;
    child = next;
  }
  g_ptr_array_set_size (self->slots, (int) n);
}

/**
 * emend_form_arrange:
 * @self: a form
 *
 * Makes the widgets for what the open document asks for, and gives each its mark. Those that serve as they are stay,
 * with what was typed into them.
 *
 * Returns: whether the widgets are others
 */
gboolean
emend_form_arrange (EmendForm *self)
{
  g_autoptr (GArray) asked = find_asked (self);
  guint n = count_kept (self, asked);
  gboolean changed = n < self->slots->len || n < asked->len;
  GtkGrid *table = NULL;

  if (changed)
    remove_after (self, n);
  for (guint i = n; i < asked->len; i++)
    add_slot (self, &g_array_index (asked, Asked, i), &table);
  for (guint i = 0; i < asked->len; i++)
    ((EmendFormSlot *) g_ptr_array_index (self->slots, i))->mark = g_array_index (asked, Asked, i).mark;
  return changed;
}
