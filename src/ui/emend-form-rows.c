#define G_LOG_DOMAIN "emend-ui"

#include "config.h"

#include "emend-form-private.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "emend-question.h"

/* What can be done with a row of a table. */
typedef enum {
  ACCEPT,
  MERGE,
  SPLIT,
  DELETE,
  N_OPERATIONS,
} Operation;

/* Their letters are not those of the items above them in the menu of a text. */
static const struct {
  const char *action;
  const char *accel;
  const char *title;
} operations[N_OPERATIONS] = {
  [ACCEPT] = { "form.accept-row", "<Control><Shift>Return", N_ ("Accept _Row") },
  [MERGE] = { "form.merge-row", "<Control><Shift>m", N_ ("_Merge with Row Below") },
  [SPLIT] = { "form.split-row", "<Control><Shift>s", N_ ("_Split Row") },
  [DELETE] = { "form.delete-row", "<Control><Shift>Delete", N_ ("De_lete Row") },
};

/* The current cell, when it is one of a table. */
static EmendFormSlot *
get_cell (EmendForm *self)
{
  EmendFormSlot *slot = emend_form_get_current (self);

  return slot != NULL && slot->table_row >= 0 ? slot : NULL;
}

static gboolean
is_typed (const EmendFormSlot *slot)
{
  return emend_field_row_is_changed (slot->row) || slot->has_pending;
}

static const EmendFormSlot *
find_slot (EmendForm *self,
           guint mark)
{
  for (guint i = 0; i < self->slots->len; i++) {
    const EmendFormSlot *slot = g_ptr_array_index (self->slots, i);

    if (slot->mark == (int) mark)
      return slot;
  }
  return NULL;
}

/* What stands in a table; without cells that say something else by now, where @typed is not meant. */
static void
read_table (EmendForm *self,
            int field,
            gboolean typed,
            EmendTable *table)
{
  EmendSchema *schema = emend_review_get_schema (self->review);

  table->schema = schema;
  table->field = field;
  table->date_order = emend_review_get_date_order (self->review);
  table->cells = g_array_new (FALSE, FALSE, sizeof (EmendTableCell));
  for (guint i = 0; i < emend_review_get_n_marks (self->review); i++) {
    const EmendMark *mark = emend_form_get_standing (self, i);
    const EmendFormSlot *slot;
    EmendTableCell cell = { i, mark, NULL };

    if (mark == NULL || emend_mark_get_label (mark) != field || emend_mark_get_value (mark) == NULL ||
        !emend_schema_has_cell (schema, field, emend_mark_get_value (mark)))
      continue;
    slot = typed ? NULL : find_slot (self, i);
    if (slot != NULL && is_typed (slot))
      continue;
    cell.words = emend_document_get_words (self->document, emend_mark_get_page (mark));
    g_array_append_val (table->cells, cell);
  }
}

static void
table_clear (EmendTable *table)
{
  g_clear_pointer (&table->cells, g_array_unref);
}

/* clang-format off */
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (EmendTable, table_clear)
/* clang-format on */

static void
tell (EmendForm *self,
      const char *text)
{
  g_signal_emit (self, emend_form_signals[EMEND_FORM_TOLD], 0, text);
}

static gboolean
decide (EmendForm *self,
        int field,
        GPtrArray *changes)
{
  gboolean done;

  emend_review_set_source (self->review, EMEND_DECISION_BY_KEYBOARD);
  done = emend_review_edit_table (self->review, field, changes);
  emend_form_catch_up (self);
  return done;
}

/* Text that is not confirmed would stand in another row, or go. */
static gboolean
check_typed (EmendForm *self,
             const EmendFormSlot *cell)
{
  for (guint i = 0; i < self->slots->len; i++) {
    EmendFormSlot *slot = g_ptr_array_index (self->slots, i);

    if (slot->field != cell->field || slot->table_row < cell->table_row || !is_typed (slot))
      continue;
    emend_form_go_to (self, (int) i);
    tell (self, _ ("Confirm what you typed here first: Enter takes it."));
    return FALSE;
  }
  return TRUE;
}

/* What Enter would do with a cell that was typed into; NULL when that asks the reviewer something. */
static EmendTableChange *
confirm_typed (EmendForm *self,
               const EmendFormSlot *slot)
{
  const char *text = emend_field_row_get_text (slot->row);
  gboolean is_empty = text[strspn (text, " \t")] == '\0';
  EmendTableChange *change;

  if (emend_form_is_blind (self, slot) || emend_field_row_get_problem (slot->row) != NULL ||
      (is_empty && slot->mark < 0))
    return NULL;
  if (is_empty)
    return emend_table_change_new (EMEND_DECISION_ABSENT, slot->mark);
  change = emend_table_change_new (slot->mark >= 0 ? EMEND_DECISION_CORRECT : EMEND_DECISION_ADD, slot->mark);
  change->value = emend_form_make_value (self, slot, FALSE);
  change->has_place = slot->has_pending;
  change->place = slot->pending;
  return change;
}

/* Takes up what was typed into the row. Returns the number of the first cell that asks for more than that, or -1. */
static int
add_typed (EmendForm *self,
           const EmendFormSlot *cell,
           GPtrArray *changes,
           GPtrArray *taken)
{
  int open = -1;

  for (guint i = 0; i < self->slots->len; i++) {
    EmendFormSlot *slot = g_ptr_array_index (self->slots, i);
    EmendTableChange *change;

    if (slot->field != cell->field || slot->table_row != cell->table_row || !is_typed (slot))
      continue;
    change = confirm_typed (self, slot);
    if (change != NULL) {
      g_ptr_array_add (changes, change);
      g_ptr_array_add (taken, slot);
    } else if (open < 0)
      open = (int) i;
  }
  return open;
}

/* The row is right as it stands; what cannot be accepted without a word is asked about then. */
static void
accept_row (EmendForm *self,
            const EmendFormSlot *cell)
{
  g_auto (EmendTable) table = { 0 };
  g_autoptr (GPtrArray) changes = NULL;
  g_autoptr (GPtrArray) taken = g_ptr_array_new ();
  int before = self->current - cell->column - 1;
  int open;

  read_table (self, cell->field, FALSE, &table);
  changes = emend_table_accept_row (&table, cell->table_row);
  open = add_typed (self, cell, changes, taken);
  if (!emend_review_is_writable (self->review)) {
    decide (self, cell->field, changes);
    return;
  }
  for (guint i = 0; i < taken->len; i++)
    emend_form_forget_words (self, g_ptr_array_index (taken, i));
  decide (self, cell->field, changes);
  if (open >= 0)
    emend_form_go_to (self, open);
  else if (!emend_form_go_on_after (self, before))
    emend_form_tell_all_decided (self);
}

static void
delete_row (EmendForm *self,
            const EmendFormSlot *cell)
{
  g_auto (EmendTable) table = { 0 };
  g_autoptr (GPtrArray) changes = NULL;

  read_table (self, cell->field, TRUE, &table);
  changes = emend_table_delete_row (&table, cell->table_row);
  decide (self, cell->field, changes);
}

static void
merge_row (EmendForm *self,
           const EmendFormSlot *cell)
{
  g_auto (EmendTable) table = { 0 };
  g_autoptr (GPtrArray) changes = NULL;
  g_autoptr (GError) error = NULL;

  if (!check_typed (self, cell))
    return;
  read_table (self, cell->field, TRUE, &table);
  changes = emend_table_merge_row (&table, cell->table_row, &error);
  if (changes == NULL)
    tell (self, error->message);
  else
    decide (self, cell->field, changes);
}

/* A row that is to be split, until the reviewer has answered. */
typedef struct {
  EmendForm *form;
  gint64 item;
  int field;
  int row;
  int mark;
  int offset;
} Split;

static void
split_free (Split *split)
{
  g_object_unref (split->form);
  g_free (split);
}

/* clang-format off */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Split, split_free)
/* clang-format on */

/* How many values that nobody has decided would count as decided, because their row gets another number. */
static guint
count_moved (EmendForm *self,
             GPtrArray *changes)
{
  guint n = 0;

  for (guint i = 0; i < changes->len; i++) {
    const EmendTableChange *change = g_ptr_array_index (changes, i);

    n += change->makes_room &&
         emend_mark_get_verdict (emend_review_get_mark (self->review, (guint) change->mark)) == EMEND_VERDICT_NONE;
  }
  return n;
}

static GPtrArray *
find_split (const Split *split)
{
  g_auto (EmendTable) table = { 0 };
  g_autoptr (GError) error = NULL;
  GPtrArray *changes;

  read_table (split->form, split->field, TRUE, &table);
  changes = emend_table_split_row (&table, split->row, split->mark, split->offset, &error);
  if (changes == NULL)
    tell (split->form, error->message);
  return changes;
}

static void
split_answer_cb (int answer,
                 gboolean remember,
                 gpointer data)
{
  g_autoptr (Split) split = data;
  g_autoptr (GPtrArray) changes = NULL;

  if (answer == 0 && split->form->item == split->item)
    changes = find_split (split);
  if (changes != NULL)
    decide (split->form, split->field, changes);
  emend_form_grab_focus (split->form);
}

static void
ask_about_moved (Split *split,
                 guint n)
{
  GtkWindow *window = GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (split->form)));
  const char *const answers[] = { _ ("_Split Row"), _ ("_Cancel"), NULL };
  g_autofree char *heading = g_strdup_printf (
    ngettext ("%u value below is undecided", "%u values below are undecided", n), n);

  emend_question_ask (window, heading,
                      _ ("The rows below move down to make room, and what moves counts as decided as it stands. To "
                         "look at those rows first, cancel, and accept them one by one."),
                      answers, FALSE, split_answer_cb, split);
}

static void
split_row (EmendForm *self,
           const EmendFormSlot *cell)
{
  g_autoptr (Split) split = NULL;
  g_autoptr (GPtrArray) changes = NULL;
  guint n;

  if (!check_typed (self, cell))
    return;
  split = g_new0 (Split, 1);
  split->form = g_object_ref (self);
  split->item = self->item;
  split->field = cell->field;
  split->row = cell->table_row;
  split->mark = cell->mark;
  split->offset = gtk_editable_get_position (GTK_EDITABLE (emend_field_row_get_entry (cell->row)));
  changes = find_split (split);
  if (changes == NULL)
    return;
  n = emend_review_is_writable (self->review) ? count_moved (self, changes) : 0;
  if (n > 0)
    ask_about_moved (g_steal_pointer (&split), n);
  else
    decide (self, cell->field, changes);
}

static gboolean
operate (EmendForm *self,
         Operation operation)
{
  static void (*const functions[N_OPERATIONS]) (EmendForm *, const EmendFormSlot *) = {
    [ACCEPT] = accept_row,
    [MERGE] = merge_row,
    [SPLIT] = split_row,
    [DELETE] = delete_row,
  };
  const EmendFormSlot *cell;

  emend_form_catch_up (self);
  cell = get_cell (self);
  if (cell == NULL)
    return FALSE;
  functions[operation](self, cell);
  return TRUE;
}

static void
row_action (GtkWidget *widget,
            const char *name,
            GVariant *parameter)
{
  EmendForm *self = EMEND_FORM (widget);

  for (int i = 0; i < N_OPERATIONS; i++) {
    if (g_str_equal (operations[i].action, name))
      operate (self, (Operation) i);
  }
}

/**
 * emend_form_install_row_actions:
 * @widget_class: of the form
 *
 * Installs the actions on the row of a table that the current cell is in.
 */
void
emend_form_install_row_actions (GtkWidgetClass *widget_class)
{
  for (int i = 0; i < N_OPERATIONS; i++)
    gtk_widget_class_install_action (widget_class, operations[i].action, NULL, row_action);
}

/**
 * emend_form_allow_row_actions:
 * @self: a form
 *
 * Offers what can be done with the row of the current cell. Whether a row is there is known without looking at what
 * stands in it.
 */
void
emend_form_allow_row_actions (EmendForm *self)
{
  const EmendFormSlot *cell = get_cell (self);
  gboolean stands = FALSE;
  gboolean has_below = FALSE;

  for (guint i = 0; cell != NULL && i < self->slots->len; i++) {
    const EmendFormSlot *slot = g_ptr_array_index (self->slots, i);

    if (slot->field != cell->field || slot->mark < 0)
      continue;
    stands = stands || slot->table_row == cell->table_row;
    has_below = has_below || slot->table_row > cell->table_row;
  }
  gtk_widget_action_set_enabled (GTK_WIDGET (self), operations[ACCEPT].action, cell != NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), operations[MERGE].action, stands && has_below);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), operations[SPLIT].action, stands);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), operations[DELETE].action, stands);
}

static GMenuModel *
get_menu (EmendForm *self)
{
  g_autoptr (GMenu) menu = NULL;
  g_autoptr (GMenu) section = NULL;

  if (self->row_menu != NULL)
    return self->row_menu;
  menu = g_menu_new ();
  section = g_menu_new ();
  for (int i = 0; i < N_OPERATIONS; i++) {
    g_autoptr (GMenuItem) item = g_menu_item_new (_ (operations[i].title), operations[i].action);

    g_menu_item_set_attribute (item, "accel", "s", operations[i].accel);
    g_menu_append_item (section, item);
  }
  g_menu_append_section (menu, NULL, G_MENU_MODEL (section));
  self->row_menu = G_MENU_MODEL (g_steal_pointer (&menu));
  return self->row_menu;
}

/* The row of the button becomes the current one, in the column that was asked about. */
static void
enter_row (EmendForm *self,
           GtkMenuButton *button)
{
  const EmendFormSlot *cell = get_cell (self);

  for (guint i = 0; i < self->slots->len; i++) {
    const EmendFormSlot *slot = g_ptr_array_index (self->slots, i);

    if (slot->menu != GTK_WIDGET (button))
      continue;
    if (cell == NULL || cell->field != slot->field)
      emend_form_go_to (self, (int) i);
    else if (cell->table_row != slot->table_row)
      emend_form_go_to (self, (int) i + cell->column);
    return;
  }
}

static void
closed_cb (GtkWidget *button)
{
  EmendForm *self = EMEND_FORM (gtk_widget_get_ancestor (button, EMEND_TYPE_FORM));
  GtkRoot *root = gtk_widget_get_root (button);

  gtk_widget_set_has_tooltip (button, TRUE);
  if (self != NULL && root != NULL && gtk_root_get_focus (root) == NULL)
    emend_form_grab_focus (self);
}

static void
popup_cb (GtkMenuButton *button,
          gpointer data)
{
  EmendForm *self = data;

  enter_row (self, button);
  gtk_widget_set_has_tooltip (GTK_WIDGET (button), FALSE); /* it would stand over the menu */
  if (gtk_menu_button_get_popover (button) != NULL)
    return;
  gtk_menu_button_set_menu_model (button, get_menu (self));
  g_signal_connect_object (gtk_menu_button_get_popover (button), "closed", G_CALLBACK (closed_cb), button,
                           G_CONNECT_SWAPPED);
}

/**
 * emend_form_new_row_menu:
 * @self: a form
 * @slot: the first cell of a row of a table
 *
 * Returns: (transfer floating): a button with a menu of what can be done with the row; its menu is made when it is
 *   wanted. The keyboard gets there from the cells
 */
GtkWidget *
emend_form_new_row_menu (EmendForm *self,
                         EmendFormSlot *slot)
{
  GtkWidget *button = gtk_menu_button_new ();

  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), "view-more-symbolic");
  gtk_menu_button_set_create_popup_func (GTK_MENU_BUTTON (button), popup_cb, self, NULL);
  gtk_widget_set_tooltip_text (button, _ ("What to do with this row (Shift+F10 in a cell)"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("What to do with this row"), -1);
  gtk_widget_set_focusable (gtk_widget_get_first_child (button), FALSE);
  gtk_widget_set_valign (button, GTK_ALIGN_START);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "row-menu");
  return button;
}

/**
 * emend_form_add_row_menu_to_entry:
 * @self: a form
 * @slot: a cell of a table
 *
 * Adds what can be done with its row to the menu of its text.
 */
void
emend_form_add_row_menu_to_entry (EmendForm *self,
                                  const EmendFormSlot *slot)
{
  gtk_entry_set_extra_menu (GTK_ENTRY (emend_field_row_get_entry (slot->row)), get_menu (self));
}

/**
 * emend_form_handle_row_key:
 * @self: a form
 * @keyval: what was pressed with Control and Shift
 *
 * Returns: whether it was a key for the row of the current cell
 */
gboolean
emend_form_handle_row_key (EmendForm *self,
                           guint keyval)
{
  switch (keyval) {
  case GDK_KEY_Return:
  case GDK_KEY_KP_Enter:
  case GDK_KEY_ISO_Enter:
    return operate (self, ACCEPT);
  case GDK_KEY_m:
  case GDK_KEY_M:
    return operate (self, MERGE);
  case GDK_KEY_s:
  case GDK_KEY_S:
    return operate (self, SPLIT);
  case GDK_KEY_Delete:
  case GDK_KEY_KP_Delete:
    return operate (self, DELETE);
  default:
    return FALSE;
  }
}
