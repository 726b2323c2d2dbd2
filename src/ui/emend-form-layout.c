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

/* One that may repeat is asked for with each of its values, but for those that were rejected, which are on no page, and
 * there is room for another. */
static void
ask_field (EmendForm *self,
           const EmendField *field,
           GArray *asked)
{
  guint before = asked->len;

  for (guint i = 0; i < emend_review_get_n_marks (self->review); i++) {
    const EmendMark *mark = field->repeatable ? emend_form_get_standing (self, i) :
                                                emend_review_get_mark (self->review, i);

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

/* The column of a mark that stands in the table, or -1. */
static int
find_cell (EmendForm *self,
           const EmendField *table,
           guint index)
{
  const EmendMark *mark = emend_form_get_standing (self, index);
  const EmendValue *value = mark != NULL ? emend_mark_get_value (mark) : NULL;

  return value != NULL && value->row >= 0 && emend_mark_get_label (mark) == table->id ?
           find_column (table, value->column) :
           -1;
}

static int
compare_ints (gconstpointer a,
              gconstpointer b)
{
  int one = *(const int *) a;
  int two = *(const int *) b;

  return one < two ? -1 : one > two;
}

/* The numbers of the rows that something stands in, and of an empty one below them. */
static GArray *
find_rows (EmendForm *self,
           const EmendField *table)
{
  GArray *rows = g_array_new (FALSE, FALSE, sizeof (int));
  guint n = 0;
  int next;

  for (guint i = 0; i < emend_review_get_n_marks (self->review); i++) {
    if (find_cell (self, table, i) >= 0)
      g_array_append_val (rows, emend_mark_get_value (emend_review_get_mark (self->review, i))->row);
  }
  g_array_sort (rows, compare_ints);
  for (guint i = 0; i < rows->len; i++) {
    if (n == 0 || g_array_index (rows, int, i) != g_array_index (rows, int, n - 1))
      g_array_index (rows, int, n++) = g_array_index (rows, int, i);
  }
  g_array_set_size (rows, n);
  next = n > 0 ? g_array_index (rows, int, n - 1) + 1 : 0;
  if (next <= G_MAXINT16)
    g_array_append_val (rows, next);
  return rows;
}

/* Row by row, every cell, whether there is something in it or not. */
static void
ask_table (EmendForm *self,
           const EmendField *table,
           GArray *asked)
{
  g_autoptr (GArray) rows = find_rows (self, table);
  guint first = asked->len;
  guint n_columns = table->columns->len;

  for (guint row = 0; row < rows->len; row++) {
    for (guint column = 0; column < n_columns; column++) {
      Asked one = { table->id, g_array_index (rows, int, row), (int) column, -1 };
      g_array_append_val (asked, one);
    }
  }
  for (guint i = 0; i < emend_review_get_n_marks (self->review); i++) {
    int column = find_cell (self, table, i);
    guint row;

    if (column >= 0 &&
        g_array_binary_search (rows, &emend_mark_get_value (emend_review_get_mark (self->review, i))->row, compare_ints,
                               &row))
      g_array_index (asked, Asked, first + row * n_columns + (guint) column).mark = (int) i;
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
    gtk_grid_attach (GTK_GRID (grid), head, (int) i + 1, 0, 1, 1);
  }
  gtk_box_append (GTK_BOX (card), head_row);
  gtk_box_append (GTK_BOX (card), scroller);
  gtk_box_append (self->rows, card);
  return GTK_GRID (grid);
}

static gboolean
is_same (const EmendFormSlot *slot,
         const Asked *one)
{
  return slot->field == one->field && slot->table_row == one->table_row && slot->column == one->column;
}

static gboolean
is_in_table (const EmendFormSlot *slot,
             int field)
{
  return slot != NULL && slot->table_row >= 0 && slot->field == field;
}

/* What is there and what is asked for, while the one is made to be the other. */
typedef struct {
  EmendForm *form;
  GPtrArray *old; /* (element-type EmendFormSlot): stolen as they go over */
  guint at;       /* the first of them that did not go over */
} Change;

static EmendFormSlot *
get_old (const Change *change)
{
  return change->at < change->old->len ? g_ptr_array_index (change->old, change->at) : NULL;
}

static EmendFormSlot *
get_last (const Change *change)
{
  GPtrArray *slots = change->form->slots;

  return slots->len > 0 ? g_ptr_array_index (slots, slots->len - 1) : NULL;
}

/* The focus does not wander through what is taken away. */
static void
let_go (GtkWidget *widget)
{
  GtkRoot *root = gtk_widget_get_root (widget);
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (focus != NULL && (focus == widget || gtk_widget_is_ancestor (focus, widget)))
    gtk_root_set_focus (root, NULL);
}

/* The row of a value that was rejected goes as such, so that what is typed into those below stays where it is. */
static gboolean
remove_rejected (EmendForm *self)
{
  guint n = self->slots->len;

  for (guint i = n; i-- > 0;) {
    const EmendFormSlot *slot = g_ptr_array_index (self->slots, i);
    const EmendField *field = emend_schema_find_field (emend_review_get_schema (self->review), slot->field);

    if (field == NULL || !field->repeatable || slot->table_row >= 0 || slot->mark < 0 ||
        emend_form_get_standing (self, (guint) slot->mark) != NULL)
      continue;
    let_go (GTK_WIDGET (slot->row));
    gtk_box_remove (self->rows, GTK_WIDGET (slot->row));
    g_ptr_array_remove_index (self->slots, i);
    if ((int) i < self->current)
      self->current--;
  }
  return self->slots->len < n;
}

/* One cell that nobody asks for any more. */
static void
remove_cell (Change *change)
{
  EmendFormSlot *slot = g_ptr_array_index (change->old, change->at);
  GtkGrid *grid = GTK_GRID (gtk_widget_get_parent (GTK_WIDGET (slot->row)));

  let_go (GTK_WIDGET (slot->row));
  gtk_grid_remove (grid, GTK_WIDGET (slot->row));
  if (slot->menu != NULL)
    gtk_grid_remove (grid, slot->menu);
  g_ptr_array_remove_index (change->old, change->at);
}

/* Everything from the first that did not go over on. */
static void
remove_rest (Change *change)
{
  GtkBox *rows = change->form->rows;
  const EmendFormSlot *first = get_old (change);
  GtkWidget *child = first != NULL ? GTK_WIDGET (first->row) : NULL;

  while (child != NULL && gtk_widget_get_parent (child) != GTK_WIDGET (rows))
    child = gtk_widget_get_parent (child);
  while (child != NULL) {
    GtkWidget *next = gtk_widget_get_next_sibling (child);

    let_go (child);
    gtk_box_remove (rows, child);
    child = next;
  }
  g_ptr_array_set_size (change->old, (int) change->at);
}

/* The cell stands where its row and column are; who reads the widgets aloud meets them in that order too. */
static void
add_cell (Change *change,
          EmendFormSlot *slot)
{
  EmendForm *self = change->form;
  const EmendField *field = emend_schema_find_field (emend_review_get_schema (self->review), slot->field);
  const EmendFormSlot *before = is_in_table (get_last (change), slot->field) ? get_last (change) : NULL;
  const EmendFormSlot *after = is_in_table (get_old (change), slot->field) ? get_old (change) : NULL;
  const EmendFormSlot *beside = before != NULL ? before : after;
  GtkGrid *grid = beside != NULL ? GTK_GRID (gtk_widget_get_parent (GTK_WIDGET (beside->row))) :
                                   add_table (self, field);

  emend_field_row_set_cell (slot->row, TRUE);
  emend_form_add_row_menu_to_entry (self, slot);
  /* Rows that are missing take no room. */
  gtk_grid_attach (grid, GTK_WIDGET (slot->row), slot->column + 1, slot->table_row + 1, 1, 1);
  if (before != NULL)
    gtk_widget_insert_after (GTK_WIDGET (slot->row), GTK_WIDGET (grid), GTK_WIDGET (before->row));
  else if (after != NULL)
    gtk_widget_insert_before (GTK_WIDGET (slot->row), GTK_WIDGET (grid),
                              after->menu != NULL ? after->menu : GTK_WIDGET (after->row));
}

static void
add_slot (Change *change,
          const Asked *one)
{
  EmendForm *self = change->form;
  EmendFormSlot *slot = emend_form_new_slot (self);

  slot->field = one->field;
  slot->table_row = one->table_row;
  slot->column = one->column;
  if (one->table_row < 0)
    gtk_box_append (self->rows, GTK_WIDGET (slot->row));
  else
    add_cell (change, slot);
  g_ptr_array_add (self->slots, slot);
}

/* Whether a table has the headings that it would get now. */
static gboolean
has_columns (EmendForm *self,
             const EmendFormSlot *slot)
{
  const EmendField *table = emend_schema_find_field (emend_review_get_schema (self->review), slot->field);
  GtkGrid *grid = GTK_GRID (gtk_widget_get_parent (GTK_WIDGET (slot->row)));

  for (guint i = 0; i < table->columns->len; i++) {
    GtkWidget *head = gtk_grid_get_child_at (grid, (int) i + 1, 0);

    if (head == NULL || !g_str_equal (gtk_label_get_text (GTK_LABEL (head)),
                                      emend_field_get_title (g_ptr_array_index (table->columns, i))))
      return FALSE;
  }
  return gtk_grid_get_child_at (grid, (int) table->columns->len + 1, 0) == NULL;
}

/* Lets go of cells above the one that is asked for, and of everything when another thing is asked for. */
static void
make_way (Change *change,
          const Asked *one)
{
  const EmendFormSlot *old = get_old (change);

  if (is_in_table (old, one->field) && !is_in_table (get_last (change), one->field) &&
      !has_columns (change->form, old))
    remove_rest (change);
  while ((old = get_old (change)) != NULL && !is_same (old, one)) {
    gboolean in_last = get_last (change) != NULL && is_in_table (old, get_last (change)->field);

    if (is_in_table (old, one->field) && old->table_row >= one->table_row)
      return; /* a row more comes before it */
    if (is_in_table (old, one->field) || in_last)
      remove_cell (change);
    else if (is_in_table (get_last (change), one->field))
      return; /* a row more comes at the end of its table */
    else
      remove_rest (change);
  }
}

static void
set_mark (EmendFormSlot *slot,
          int mark)
{
  slot->stale = slot->stale || slot->mark != mark;
  slot->mark = mark;
}

/* What is left is asked for no more. */
static void
finish (Change *change)
{
  while (get_last (change) != NULL && is_in_table (get_old (change), get_last (change)->field))
    remove_cell (change);
  remove_rest (change);
}

/* A row that something stands in has a menu before it, where it is seen however wide the table is. */
static void
show_row_menus (EmendForm *self)
{
  EmendSchema *schema = emend_review_get_schema (self->review);
  guint n_columns;

  for (guint i = 0; i < self->slots->len; i += n_columns) {
    EmendFormSlot *slot = g_ptr_array_index (self->slots, i);
    gboolean stands = FALSE;

    n_columns = slot->table_row >= 0 ? emend_schema_find_field (schema, slot->field)->columns->len : 1;
    for (guint k = i; slot->table_row >= 0 && k < i + n_columns; k++)
      stands = stands || ((EmendFormSlot *) g_ptr_array_index (self->slots, k))->mark >= 0;
    if (stands && slot->menu == NULL) {
      GtkGrid *grid = GTK_GRID (gtk_widget_get_parent (GTK_WIDGET (slot->row)));

      slot->menu = emend_form_new_row_menu (self, slot);
      gtk_grid_attach (grid, slot->menu, 0, slot->table_row + 1, 1, 1);
      gtk_widget_insert_before (slot->menu, GTK_WIDGET (grid), GTK_WIDGET (slot->row));
    }
    if (slot->menu != NULL)
      gtk_widget_set_visible (slot->menu, stands);
  }
}

/**
 * emend_form_arrange:
 * @self: a form
 *
 * Makes the widgets for what the open document asks for, and gives each its mark. Those that serve as they are stay,
 * with what was typed into them; of a table every row serves by itself.
 *
 * Returns: whether the field that was asked about is gone, and its number is that of another one
 */
gboolean
emend_form_arrange (EmendForm *self)
{
  g_autoptr (GArray) asked = find_asked (self);
  gboolean is_less = remove_rejected (self);
  g_autoptr (GPtrArray) old = self->slots;
  const EmendFormSlot *current = emend_form_get_current (self);
  Change change = { .form = self, .old = old };
  int kept = -1;

  self->slots = g_ptr_array_new_with_free_func ((GDestroyNotify) emend_form_slot_free);
  for (guint i = 0; i < asked->len; i++) {
    const Asked *one = &g_array_index (asked, Asked, i);

    make_way (&change, one);
    if (get_old (&change) == NULL || !is_same (get_old (&change), one))
      add_slot (&change, one);
    else {
      if (get_old (&change) == current)
        kept = (int) i;
      g_ptr_array_add (self->slots, g_steal_pointer (&g_ptr_array_index (old, change.at)));
      change.at++;
    }
    set_mark (g_ptr_array_index (self->slots, i), one->mark);
  }
  finish (&change);
  show_row_menus (self);
  if (kept >= 0)
    self->current = kept;
  return is_less || (current != NULL && kept < 0);
}
