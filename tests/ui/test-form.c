/* The form of a document: what its rules say of the values that stand in it. */
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

/* How the project of a test is. */
typedef struct {
  gboolean is_blind; /* the total is hidden until it was typed */
  gboolean is_empty; /* the items after the first have nothing; else a total alone */
  int n_items;
} Kind;

/* A form over a project of its own: total 30, lines of 10 and 20, and a line of 5 that is on no page. */
typedef struct {
  UiFixture ui;
  EmendDocument *document;
  GtkWidget *window;
  EmendForm *form;
} Form;

static EmendSchema *
make_schema (const Kind *kind)
{
  const char *const operands[] = { "lines.price", NULL };
  EmendSchema *schema = emend_schema_new ();
  EmendField *total = emend_field_new (0, "total", EMEND_FIELD_AMOUNT);
  EmendField *lines = emend_field_new (0, "lines", EMEND_FIELD_TABLE);

  total->blind = kind->is_blind;
  g_ptr_array_add (lines->columns, emend_field_new (0, "price", EMEND_FIELD_AMOUNT));
  g_assert_cmpint (emend_schema_add_field (schema, total), ==, TOTAL);
  g_assert_cmpint (emend_schema_add_field (schema, lines), ==, LINES);
  emend_schema_add_rule (schema, emend_rule_new ("sum", EMEND_RULE_SUM, "total", operands));
  return schema;
}

static void
add_item (EmendProject *project,
          int number)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;
  EmendNewItem item = { .item = emend_item_new () };

  item.item->path = g_strdup_printf ("gone%d.png", number);
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
           int item,
           int field,
           int row,
           const char *text)
{
  g_autoptr (EmendProposal) proposal = emend_proposal_new ();
  g_autoptr (GError) error = NULL;

  proposal->item = item;
  proposal->label = field;
  proposal->value = emend_value_new (text);
  proposal->value->normal = g_strdup (text);
  if (row >= 0) {
    proposal->value->row = row;
    proposal->value->column = g_strdup ("price");
  }
  emend_shape_init_box (&proposal->shape, &(EmendRect){ 20, 30 + 20 * row, 60, 12 });
  emend_import_add (import, proposal, &error);
  g_assert_no_error (error);
}

static void
add_values (EmendProject *project,
            const Kind *kind)
{
  g_autoptr (EmendRun) run = emend_run_new ();
  g_autoptr (EmendImport) import = NULL;
  g_autoptr (GError) error = NULL;

  run->name = g_strdup ("model");
  import = emend_import_begin (project, run, &error);
  g_assert_no_error (error);
  add_value (import, 1, TOTAL, -1, "30.00");
  add_value (import, 1, LINES, 0, "10.00");
  add_value (import, 1, LINES, 1, "20.00");
  add_value (import, 1, LINES, 2, "5.00");
  for (int i = 2; i <= kind->n_items && !kind->is_empty; i++)
    add_value (import, i, TOTAL, -1, "30.00");
  emend_import_finish (import, &error);
  g_assert_no_error (error);
}

static gboolean
has_marks (UiFixture *fixture)
{
  return emend_review_get_item (fixture->review) != NULL && emend_review_get_n_marks (fixture->review) == 4;
}

static void
set_up (Form *form,
        gconstpointer data)
{
  const Kind *kind = data;
  UiFixture *fixture = &form->ui;
  g_autoptr (EmendSchema) schema = make_schema (kind);
  g_autoptr (GError) error = NULL;
  EmendProject *project;

  fixture->folder = emend_test_make_folder ();
  fixture->path = g_build_filename (fixture->folder, "p.emend", NULL);
  project = emend_project_create (fixture->path, "Receipts", schema, "Ada", &error);
  g_assert_no_error (error);
  for (int i = 1; i <= kind->n_items; i++)
    add_item (project, i);
  add_values (project, kind);
  emend_project_close (project);
  ui_fixture_open (fixture);
  form->window = ui_fixture_show_form (fixture, &form->form, &form->document);
  ui_fixture_wait (fixture, has_marks);
}

static void
tear_down (Form *form,
           gconstpointer data)
{
  ui_fixture_hide_form (&form->ui, form->window, form->document);
}

static void
settle (Form *form)
{
  ui_fixture_settle (&form->ui);
}

static int
find_line (Form *form,
           int row)
{
  for (guint i = 0; i < emend_review_get_n_marks (form->ui.review); i++) {
    const EmendMark *mark = emend_review_get_mark (form->ui.review, i);

    if (mark != NULL && emend_mark_get_label (mark) == LINES && emend_mark_get_value (mark)->row == row)
      return (int) i;
  }
  g_assert_not_reached ();
}

/* What stands in the entries of the form that can be seen, from the top, separated by spaces. */
static void
add_texts (GtkWidget *root,
           GString *texts)
{
  if (EMEND_IS_FIELD_ROW (root)) {
    if (texts->len > 0)
      g_string_append_c (texts, ' ');
    g_string_append_printf (texts, "[%s]", emend_field_row_get_text (EMEND_FIELD_ROW (root)));
    return;
  }
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    add_texts (child, texts);
}

static void
assert_texts (Form *form,
              const char *expected)
{
  g_autoptr (GString) texts = g_string_new (NULL);

  add_texts (GTK_WIDGET (form->form), texts);
  g_assert_cmpstr (texts->str, ==, expected);
}

static gboolean
is_broken (Form *form)
{
  g_autofree char *objection = emend_form_get_objection (form->form);

  return objection != NULL && strstr (objection, "30.00") != NULL;
}

/* A line that is on no page counts in no sum, and asks for no row. */
static void
test_rejected_row (Form *form,
                   gconstpointer data)
{
  settle (form);
  assert_texts (form, "[30.00] [10.00] [20.00] [5.00] []");
  g_assert_true (is_broken (form));
  emend_review_reject (form->ui.review, find_line (form, 2), FALSE);
  settle (form);
  assert_texts (form, "[30.00] [10.00] [20.00] []");
  g_assert_false (is_broken (form));
}

/* What was rejected does not stand in the place of what is there. */
static void
test_rejected_cell (Form *form,
                    gconstpointer data)
{
  g_autoptr (EmendValue) value = emend_value_new ("20.00");

  settle (form);
  value->row = 0;
  value->column = g_strdup ("price");
  emend_review_reject (form->ui.review, find_line (form, 2), FALSE);
  emend_review_reject (form->ui.review, find_line (form, 0), FALSE);
  emend_review_set_value (form->ui.review, -1, LINES, value, NULL);
  emend_review_reject (form->ui.review, find_line (form, 1), FALSE);
  settle (form);
  assert_texts (form, "[30.00] [20.00] []");
  g_assert_true (is_broken (form));
}

static GtkWidget *
find_row (GtkWidget *root,
          int *index)
{
  GtkWidget *found = NULL;

  if (EMEND_IS_FIELD_ROW (root))
    return (*index)-- == 0 ? root : NULL;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_row (child, index);
  return found;
}

/* Types into the entry at this place from the top. */
static void
type (Form *form,
      int index,
      const char *text)
{
  GtkWidget *row = find_row (GTK_WIDGET (form->form), &index);

  gtk_editable_set_text (GTK_EDITABLE (emend_field_row_get_entry (EMEND_FIELD_ROW (row))), text);
  settle (form);
}

static GtkWidget *
find_type (GtkWidget *root,
           GType type_wanted)
{
  GtkWidget *found = G_TYPE_CHECK_INSTANCE_TYPE (root, type_wanted) ? root : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_type (child, type_wanted);
  return found;
}

static gboolean
shows_broken (Form *form)
{
  int first = 0;

  return gtk_widget_has_css_class (find_row (GTK_WIDGET (form->form), &first), "broken");
}

/* The rules follow what is typed, in the field itself and in cells, and nothing is decided by that. */
static void
test_typed (Form *form,
            gconstpointer data)
{
  settle (form);
  g_assert_true (shows_broken (form));
  type (form, 0, "35.00");
  g_assert_false (shows_broken (form));
  type (form, 0, "30.00");
  g_assert_true (shows_broken (form));
  type (form, 3, "0,00");
  g_assert_false (shows_broken (form));
  type (form, 4, "7");
  g_assert_true (shows_broken (form));
  type (form, 4, "");
  g_assert_false (shows_broken (form));
  g_assert_true (is_broken (form)); /* what the project has is as it was */
  for (guint i = 0; i < 4; i++)
    g_assert_cmpint (emend_mark_get_verdict (emend_review_get_mark (form->ui.review, i)), ==, EMEND_VERDICT_NONE);
}

/* A rule tells nothing of a proposal that is hidden: neither while others are typed nor when the document is done. */
static void
test_blind (Form *form,
            gconstpointer data)
{
  settle (form);
  assert_texts (form, "[] [10.00] [20.00] [5.00] []");
  g_assert_false (shows_broken (form));
  g_assert_false (is_broken (form));
  type (form, 3, "7.00");
  g_assert_false (shows_broken (form));
  type (form, 0, "30.00");
  g_assert_true (shows_broken (form));
  type (form, 3, "0.00");
  g_assert_false (shows_broken (form));
  emend_review_accept (form->ui.review, 0, FALSE);
  settle (form);
  assert_texts (form, "[30.00] [10.00] [20.00] [0.00] []");
  g_assert_true (is_broken (form));
}

static gboolean
is_at_second (UiFixture *fixture)
{
  return emend_review_get_item (fixture->review)->id == 2 && emend_review_get_n_marks (fixture->review) == 1;
}

/* What was typed into one document and not confirmed does not stand in the next, though both have the same value. */
static void
test_next_document (Form *form,
                    gconstpointer data)
{
  GtkWidget *row;

  settle (form);
  type (form, 0, "31.00");
  row = find_type (GTK_WIDGET (form->form), EMEND_TYPE_FIELD_ROW);
  g_assert_true (emend_field_row_is_changed (EMEND_FIELD_ROW (row)));
  emend_review_open (form->ui.review, 2);
  ui_fixture_wait (&form->ui, is_at_second);
  settle (form);
  assert_texts (form, "[30.00] []");
}

static void
count_cb (guint *n)
{
  (*n)++;
}

/* Many decisions at a time are shown once. */
static void
test_batch (Form *form,
            gconstpointer data)
{
  int first = 0;
  guint n = 0;
  GtkWidget *icon;

  settle (form);
  icon = find_type (find_row (GTK_WIDGET (form->form), &first), GTK_TYPE_IMAGE);
  g_signal_connect_swapped (icon, "notify::icon-name", G_CALLBACK (count_cb), &n);
  for (guint i = 0; i < 4; i++)
    emend_review_accept (form->ui.review, (int) i, FALSE);
  g_assert_cmpuint (n, ==, 0);
  g_assert_cmpuint (emend_form_count_pending (form->form), ==, 0);
  g_assert_cmpuint (n, ==, 1);
  g_signal_handlers_disconnect_by_data (icon, &n);
}

/* What was not decided is not shown anew, so that a decision in a long table costs no more than in a short one. */
static void
test_others (Form *form,
             gconstpointer data)
{
  int first = 0;
  guint n = 0;
  GtkWidget *icon;

  settle (form);
  icon = find_type (find_row (GTK_WIDGET (form->form), &first), GTK_TYPE_IMAGE);
  g_signal_connect_swapped (icon, "notify::icon-name", G_CALLBACK (count_cb), &n);
  emend_review_accept (form->ui.review, find_line (form, 1), FALSE);
  settle (form);
  g_assert_cmpuint (n, ==, 0);
  g_signal_handlers_disconnect_by_data (icon, &n);
}

/* The first field of the next document is asked about, also when its entry had the focus before. */
static void
test_next_first (Form *form,
                 gconstpointer data)
{
  settle (form);
  emend_form_grab_focus (form->form);
  emend_review_open (form->ui.review, 2);
  settle (form);
  assert_texts (form, "[] []");
  type (form, 0, "12.00");
  emend_form_confirm (form->form, FALSE);
  settle (form);
  g_assert_cmpuint (emend_review_get_n_marks (form->ui.review), ==, 1);
}

static const Kind open_one = { .n_items = 1 };
static const Kind blind_one = { .is_blind = TRUE, .n_items = 1 };
static const Kind two = { .n_items = 2 };
static const Kind empty_second = { .n_items = 2, .is_empty = TRUE };

#define ADD(name, kind, func) g_test_add ("/ui/form/" name, Form, &(kind), set_up, func, tear_down)

int
main (int argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  emend_media_init (64 * 1024 * 1024);
  ADD ("rejected/row", open_one, test_rejected_row);
  ADD ("rejected/cell", open_one, test_rejected_cell);
  ADD ("typed", open_one, test_typed);
  ADD ("blind", blind_one, test_blind);
  ADD ("next-document/typed", two, test_next_document);
  ADD ("batch", open_one, test_batch);
  ADD ("others", open_one, test_others);
  ADD ("next-document/first", empty_second, test_next_first);
  return g_test_run ();
}
