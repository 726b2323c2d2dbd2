/* The rows of a table in the form of a document: what can be done with a whole row, and that it is one step. */
#define G_LOG_DOMAIN "emend-test"

#include "config.h"

#include <string.h>

#include <adwaita.h>

#include "emend-field-row.h"
#include "emend-form.h"
#include "emend-image.h"
#include "emend-import.h"
#include "emend-test.h"
#include "ui-fixture.h"

/* Numbers of the fields. */
enum {
  TOTAL = 1,
  LINES,
};

#define N_VALUES 8

/* A form over a document of its own: a total of 30, and lines of an article and a price. */
typedef struct {
  UiFixture ui;
  EmendDocument *document;
  GtkWidget *window;
  EmendForm *form;
} Form;

static EmendSchema *
make_schema (void)
{
  const char *const operands[] = { "lines.price", NULL };
  EmendSchema *schema = emend_schema_new ();
  EmendField *lines = emend_field_new (0, "lines", EMEND_FIELD_TABLE);

  g_ptr_array_add (lines->columns, emend_field_new (0, "item", EMEND_FIELD_TEXT));
  g_ptr_array_add (lines->columns, emend_field_new (0, "price", EMEND_FIELD_AMOUNT));
  g_assert_cmpint (emend_schema_add_field (schema, emend_field_new (0, "total", EMEND_FIELD_AMOUNT)), ==, TOTAL);
  g_assert_cmpint (emend_schema_add_field (schema, lines), ==, LINES);
  emend_schema_add_rule (schema, emend_rule_new ("sum", EMEND_RULE_SUM, "total", operands));
  return schema;
}

static void
add_item (EmendProject *project)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;
  EmendNewItem item = { .item = emend_item_new () };

  item.item->path = g_strdup ("gone.png");
  item.item->width = 400;
  item.item->height = 300;
  item.item->size = 1;
  g_ptr_array_add (items, &item);
  emend_project_add_items (project, items, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  emend_item_free (item.item);
}

static void
add_value (EmendImport *import,
           int row,
           const char *column,
           const char *text)
{
  g_autoptr (EmendProposal) proposal = emend_proposal_new ();
  g_autoptr (GError) error = NULL;

  proposal->item = 1;
  proposal->label = column != NULL ? LINES : TOTAL;
  proposal->value = emend_value_new (text);
  if (column == NULL || g_str_equal (column, "price"))
    proposal->value->normal = g_strdup (text);
  if (column != NULL) {
    proposal->value->row = row;
    proposal->value->column = g_strdup (column);
  }
  emend_shape_init_box (&proposal->shape,
                        &(EmendRect){ g_strcmp0 (column, "item") == 0 ? 20 : 120, 30 + 20 * row, 60, 12 });
  emend_import_add (import, proposal, &error);
  g_assert_no_error (error);
}

static void
add_values (EmendProject *project)
{
  g_autoptr (EmendRun) run = emend_run_new ();
  g_autoptr (EmendImport) import = NULL;
  g_autoptr (GError) error = NULL;

  run->name = g_strdup ("model");
  import = emend_import_begin (project, run, &error);
  g_assert_no_error (error);
  add_value (import, -1, NULL, "30.00");
  add_value (import, 0, "item", "Milk");
  add_value (import, 0, "price", "10.00");
  add_value (import, 1, "item", "Bread");
  add_value (import, 1, "price", "15.00");
  add_value (import, 2, "item", "brown");
  add_value (import, 3, "item", "Eggs");
  add_value (import, 3, "price", "20.00");
  emend_import_finish (import, &error);
  g_assert_no_error (error);
}

static gboolean
has_marks (UiFixture *fixture)
{
  return emend_review_get_item (fixture->review) != NULL && emend_review_get_n_marks (fixture->review) == N_VALUES;
}

static void
settle (Form *form)
{
  ui_fixture_settle (&form->ui);
}

static void
set_up (Form *form,
        gconstpointer data)
{
  UiFixture *fixture = &form->ui;
  g_autoptr (EmendSchema) schema = make_schema ();
  g_autoptr (GError) error = NULL;
  EmendProject *project;

  fixture->folder = emend_test_make_folder ();
  fixture->path = g_build_filename (fixture->folder, "p.emend", NULL);
  project = emend_project_create (fixture->path, "Receipts", schema, "Ada", &error);
  g_assert_no_error (error);
  add_item (project);
  add_values (project);
  emend_project_close (project);
  ui_fixture_open (fixture);
  form->window = ui_fixture_show_form (fixture, &form->form, &form->document);
  ui_fixture_wait (fixture, has_marks);
  settle (form);
}

static void
tear_down (Form *form,
           gconstpointer data)
{
  ui_fixture_hide_form (&form->ui, form->window, form->document);
}

/* What stands in the entries of the form, from the top. */
static void
add_texts (GtkWidget *root,
           GString *texts)
{
  if (EMEND_IS_FIELD_ROW (root)) {
    g_string_append_printf (texts, "[%s]", emend_field_row_get_text (EMEND_FIELD_ROW (root)));
    return;
  }
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    add_texts (child, texts);
}

/* What is decided of every value and what it says, one a line. */
static char *
describe (Form *form)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < emend_review_get_n_marks (form->ui.review); i++) {
    const EmendMark *mark = emend_review_get_mark (form->ui.review, i);
    g_autofree char *value = mark != NULL ? emend_value_to_json (emend_mark_get_value (mark)) : NULL;
    const EmendRect *box = mark != NULL ? &emend_mark_get_shape (mark)->box : NULL;

    if (mark != NULL)
      g_string_append_printf (text, "%u %s %s %d %g %g %g %g\n", i,
                              emend_verdict_to_name (emend_mark_get_verdict (mark)), value, emend_mark_get_page (mark),
                              box->x, box->y, box->width, box->height);
  }
  return g_string_free (text, FALSE);
}

static int
compare_texts (gconstpointer a,
               gconstpointer b)
{
  return g_strcmp0 (*(const char *const *) a, *(const char *const *) b);
}

/* The marks of the lines as "row.column=value:verdict", by row and column; without what was rejected. */
static void
assert_lines (Form *form,
              const char *expected)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *text = NULL;

  for (guint i = 0; i < emend_review_get_n_marks (form->ui.review); i++) {
    const EmendMark *mark = emend_review_get_mark (form->ui.review, i);
    const EmendValue *value = mark != NULL ? emend_mark_get_value (mark) : NULL;

    if (mark == NULL || emend_mark_get_label (mark) != LINES ||
        emend_mark_get_verdict (mark) == EMEND_VERDICT_REJECTED)
      continue;
    g_ptr_array_add (lines, g_strdup_printf ("%d.%s=%s:%s", value->row, value->column, value->value,
                                             emend_verdict_to_name (emend_mark_get_verdict (mark))));
  }
  g_ptr_array_sort (lines, compare_texts);
  g_ptr_array_add (lines, NULL);
  text = g_strjoinv (" ", (char **) lines->pdata);
  g_assert_cmpstr (text, ==, expected);
}

static GtkWidget *
find_row (GtkWidget *root,
          const char *text)
{
  GtkWidget *found = NULL;

  if (EMEND_IS_FIELD_ROW (root))
    return g_str_equal (emend_field_row_get_text (EMEND_FIELD_ROW (root)), text) ? root : NULL;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_row (child, text);
  return found;
}

static GtkEditable *
get_entry (Form *form,
           const char *text)
{
  return GTK_EDITABLE (
    emend_field_row_get_entry (EMEND_FIELD_ROW (find_row (GTK_WIDGET (form->form), text))));
}

/* Asks about the first field that says this. */
static void
go_to (Form *form,
       const char *text)
{
  emend_field_row_grab_focus (EMEND_FIELD_ROW (find_row (GTK_WIDGET (form->form), text)));
  settle (form);
}

/* What stands in the entry that has the focus. */
static void
assert_focus (Form *form,
              const char *text)
{
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (form->window));

  g_assert_true (GTK_IS_TEXT (focus));
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (focus)), ==, text);
}

static void
press (Form *form,
       guint keyval)
{
  g_assert_true (emend_form_handle_key (form->form, keyval, GDK_CONTROL_MASK | GDK_SHIFT_MASK));
  settle (form);
}

static gboolean
is_broken (Form *form)
{
  g_autofree char *objection = emend_form_get_objection (form->form);

  return objection != NULL && strstr (objection, "30.00") != NULL;
}

/* One step back is as it was before, and one forth as it was then. */
static void
assert_one_step (Form *form,
                 const char *before)
{
  g_autofree char *after = describe (form);
  g_autofree char *undone = NULL;
  g_autofree char *redone = NULL;
  g_autoptr (GString) shown = g_string_new (NULL);
  g_autoptr (GString) again = g_string_new (NULL);

  add_texts (GTK_WIDGET (form->form), shown);
  g_assert_cmpstr (before, !=, after);
  emend_review_undo (form->ui.review);
  settle (form);
  undone = describe (form);
  g_assert_cmpstr (undone, ==, before);
  emend_review_redo (form->ui.review);
  settle (form);
  redone = describe (form);
  g_assert_cmpstr (redone, ==, after);
  add_texts (GTK_WIDGET (form->form), again);
  g_assert_cmpstr (again->str, ==, shown->str);
}

static void
assert_texts (Form *form,
              const char *expected)
{
  g_autoptr (GString) texts = g_string_new (NULL);

  add_texts (GTK_WIDGET (form->form), texts);
  g_assert_cmpstr (texts->str, ==, expected);
}

/* A row that is not there asks for nothing; the next one is asked about, in the same column. */
static void
test_delete (Form *form,
             gconstpointer data)
{
  g_autofree char *before = describe (form);

  go_to (form, "15.00");
  press (form, GDK_KEY_Delete);
  assert_lines (form, "0.item=Milk:undecided 0.price=10.00:undecided 2.item=brown:undecided 3.item=Eggs:undecided "
                      "3.price=20.00:undecided");
  assert_focus (form, "");
  assert_texts (form, "[30.00][Milk][10.00][brown][][Eggs][20.00][][]");
  assert_one_step (form, before);
  press (form, GDK_KEY_Delete);
  assert_texts (form, "[30.00][Milk][10.00][Eggs][20.00][][]");
}

static gboolean
shows_broken (Form *form)
{
  return gtk_widget_has_css_class (find_row (GTK_WIDGET (form->form), "30.00"), "broken");
}

/* The rule of the sum follows at once. */
static void
test_sum (Form *form,
          gconstpointer data)
{
  g_assert_false (shows_broken (form)); /* a price is missing */
  go_to (form, "Bread");
  g_assert_true (emend_form_handle_key (form->form, GDK_KEY_M, GDK_CONTROL_MASK | GDK_SHIFT_MASK));
  g_assert_true (shows_broken (form));
  g_assert_true (is_broken (form));
  g_assert_true (emend_form_handle_key (form->form, GDK_KEY_Delete, GDK_CONTROL_MASK | GDK_SHIFT_MASK));
  g_assert_false (shows_broken (form));
  g_assert_false (is_broken (form));
  assert_focus (form, "Eggs");
}

/* The last row that is there gives its place to the empty one. What was typed elsewhere stays. */
static void
test_delete_last (Form *form,
                  gconstpointer data)
{
  gtk_editable_set_text (get_entry (form, "Milk"), "Milch");
  go_to (form, "Eggs");
  press (form, GDK_KEY_KP_Delete);
  assert_texts (form, "[30.00][Milch][10.00][Bread][15.00][brown][][][]");
  assert_focus (form, "");
  press (form, GDK_KEY_Delete);
  assert_texts (form, "[30.00][Milch][10.00][Bread][15.00][brown][][][]");
}

static void
test_accept (Form *form,
             gconstpointer data)
{
  g_autofree char *before = describe (form);

  go_to (form, "15.00");
  press (form, GDK_KEY_Return);
  assert_lines (form, "0.item=Milk:undecided 0.price=10.00:undecided 1.item=Bread:accepted 1.price=15.00:accepted "
                      "2.item=brown:undecided 3.item=Eggs:undecided 3.price=20.00:undecided");
  assert_focus (form, "brown");
  assert_one_step (form, before);
}

/* What was typed into the row is taken as Enter takes it; what is no amount is asked about. */
static void
test_accept_typed (Form *form,
                   gconstpointer data)
{
  g_autofree char *before = describe (form);

  gtk_editable_set_text (get_entry (form, "brown"), "brown loaf");
  go_to (form, "brown loaf");
  g_assert_true (emend_form_handle_key (form->form, GDK_KEY_Return, GDK_CONTROL_MASK | GDK_SHIFT_MASK));
  settle (form);
  assert_lines (form, "0.item=Milk:undecided 0.price=10.00:undecided 1.item=Bread:undecided 1.price=15.00:undecided "
                      "2.item=brown loaf:corrected 3.item=Eggs:undecided 3.price=20.00:undecided");
  assert_focus (form, "Eggs");
  assert_one_step (form, before);
  gtk_editable_set_text (get_entry (form, "10.00"), "a lot");
  go_to (form, "Milk");
  press (form, GDK_KEY_Return);
  assert_lines (form, "0.item=Milk:accepted 0.price=10.00:undecided 1.item=Bread:undecided 1.price=15.00:undecided "
                      "2.item=brown loaf:corrected 3.item=Eggs:undecided 3.price=20.00:undecided");
  assert_focus (form, "a lot");
}

/* A description over two lines that was read as two rows. */
static void
test_merge (Form *form,
            gconstpointer data)
{
  g_autofree char *before = describe (form);

  go_to (form, "Bread");
  press (form, GDK_KEY_M);
  assert_lines (form, "0.item=Milk:undecided 0.price=10.00:undecided 1.item=Bread brown:corrected "
                      "1.price=15.00:undecided 3.item=Eggs:undecided 3.price=20.00:undecided");
  assert_texts (form, "[30.00][Milk][10.00][Bread brown][15.00][Eggs][20.00][][]");
  assert_focus (form, "Bread brown");
  assert_one_step (form, before);
  assert_focus (form, "Bread brown");
}

static void
told_cb (EmendForm *form,
         const char *text,
         char **told)
{
  g_free (*told);
  *told = g_strdup (text);
}

/* Nothing is decided where something has to be said first. */
static void
test_refused (Form *form,
              gconstpointer data)
{
  g_autofree char *before = describe (form);
  g_autofree char *after = NULL;
  g_autofree char *told = NULL;

  g_signal_connect (form->form, "told", G_CALLBACK (told_cb), &told);
  go_to (form, "Milk");
  press (form, GDK_KEY_m);
  g_assert_nonnull (strstr (told, "“price”"));
  press (form, GDK_KEY_s);
  g_assert_nonnull (strstr (told, "cursor"));
  gtk_editable_set_text (get_entry (form, "brown"), "white");
  go_to (form, "Bread");
  press (form, GDK_KEY_m);
  g_assert_nonnull (strstr (told, "Confirm"));
  assert_focus (form, "white");
  go_to (form, "30.00");
  g_assert_false (emend_form_handle_key (form->form, GDK_KEY_Delete, GDK_CONTROL_MASK | GDK_SHIFT_MASK));
  after = describe (form);
  g_assert_cmpstr (after, ==, before);
}

/* The lower half goes into a number that is free; after that, back into one row, and again. */
static void
test_split (Form *form,
            gconstpointer data)
{
  g_autofree char *before = NULL;

  go_to (form, "Bread");
  press (form, GDK_KEY_m);
  before = describe (form);
  gtk_editable_set_position (get_entry (form, "Bread brown"), 6);
  press (form, GDK_KEY_S);
  assert_lines (form, "0.item=Milk:undecided 0.price=10.00:undecided 1.item=Bread:corrected 1.price=15.00:undecided "
                      "2.item=brown:added 3.item=Eggs:undecided 3.price=20.00:undecided");
  assert_texts (form, "[30.00][Milk][10.00][Bread][15.00][brown][][Eggs][20.00][][]");
  assert_focus (form, "Bread");
  assert_one_step (form, before);
  assert_focus (form, "Bread");
}

static GtkWidget *
find_button (GtkWidget *root,
             const char *label)
{
  GtkWidget *found = NULL;

  if (GTK_IS_BUTTON (root))
    return g_strcmp0 (gtk_button_get_label (GTK_BUTTON (root)), label) == 0 ? root : NULL;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_button (child, label);
  return found;
}

/* Answers what is asked in the window above. */
static void
answer (Form *form,
        const char *label)
{
  GListModel *windows = gtk_window_get_toplevels ();
  GtkWidget *button = NULL;

  for (guint i = 0; i < g_list_model_get_n_items (windows) && button == NULL; i++) {
    g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

    button = find_button (window, label);
  }
  g_assert_nonnull (button);
  g_signal_emit_by_name (button, "clicked");
  settle (form);
}

/* Rows that have to make room would count as decided: that is asked about. */
static void
test_split_room (Form *form,
                 gconstpointer data)
{
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  gtk_editable_set_text (get_entry (form, "Milk"), "Milk Cream");
  go_to (form, "10.00");
  press (form, GDK_KEY_Return);
  before = describe (form);
  go_to (form, "Milk Cream");
  gtk_editable_set_position (get_entry (form, "Milk Cream"), 5);
  press (form, GDK_KEY_s);
  answer (form, "_Cancel");
  after = describe (form);
  g_assert_cmpstr (after, ==, before);
  assert_focus (form, "Milk Cream");
  press (form, GDK_KEY_s);
  answer (form, "_Split Row");
  assert_lines (form, "0.item=Milk:accepted 0.price=10.00:accepted 1.item=Cream:added 2.item=Bread:corrected "
                      "2.price=15.00:corrected 3.item=brown:corrected 4.item=Eggs:corrected 4.price=20.00:corrected");
  assert_one_step (form, before);
}

static guint
count_visible (GtkWidget *root,
               GType type)
{
  guint n = G_TYPE_CHECK_INSTANCE_TYPE (root, type) && gtk_widget_get_visible (root);

  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    n += count_visible (child, type);
  return n;
}

/* Each row that is there has a menu, and a new one gets its own. */
static void
test_menus (Form *form,
            gconstpointer data)
{
  g_assert_cmpuint (count_visible (GTK_WIDGET (form->form), GTK_TYPE_MENU_BUTTON), ==, 4);
  go_to (form, "Eggs");
  gtk_widget_activate_action (GTK_WIDGET (form->form), "form.delete-row", NULL);
  settle (form);
  assert_texts (form, "[30.00][Milk][10.00][Bread][15.00][brown][][][]");
  g_assert_cmpuint (count_visible (GTK_WIDGET (form->form), GTK_TYPE_MENU_BUTTON), ==, 3);
  go_to (form, "brown");
  g_assert_true (emend_form_handle_key (form->form, GDK_KEY_Down, 0));
  gtk_editable_set_text (GTK_EDITABLE (gtk_root_get_focus (GTK_ROOT (form->window))), "Salt");
  press (form, GDK_KEY_Return);
  assert_texts (form, "[30.00][Milk][10.00][Bread][15.00][brown][][Salt][][][]");
  g_assert_cmpuint (count_visible (GTK_WIDGET (form->form), GTK_TYPE_MENU_BUTTON), ==, 4);
}

static void
step (Form *form,
      guint keyval)
{
  g_assert_true (emend_form_handle_key (form->form, keyval, 0));
  settle (form);
}

/* The arrows stay in the column, and leave the table at its first and last row. */
static void
test_arrows (Form *form,
             gconstpointer data)
{
  go_to (form, "10.00");
  step (form, GDK_KEY_Down);
  assert_focus (form, "15.00");
  step (form, GDK_KEY_Up);
  assert_focus (form, "10.00");
  step (form, GDK_KEY_Up);
  assert_focus (form, "30.00");
  go_to (form, "Eggs");
  step (form, GDK_KEY_Down); /* the room for another row */
  assert_focus (form, "");
  step (form, GDK_KEY_Down);
  assert_focus (form, "");
  step (form, GDK_KEY_Up);
  assert_focus (form, "Eggs");
}

#define ADD(name, func) g_test_add ("/ui/table-rows/" name, Form, NULL, set_up, func, tear_down)

int
main (int argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  emend_media_init (64 * 1024 * 1024);
  ADD ("arrows", test_arrows);
  ADD ("delete", test_delete);
  ADD ("delete/last", test_delete_last);
  ADD ("sum", test_sum);
  ADD ("accept", test_accept);
  ADD ("accept/typed", test_accept_typed);
  ADD ("merge", test_merge);
  ADD ("refused", test_refused);
  ADD ("split", test_split);
  ADD ("split/room", test_split_room);
  ADD ("menus", test_menus);
  return g_test_run ();
}
