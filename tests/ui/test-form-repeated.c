/* The form of a document: a field that may repeat, and values of it that were rejected. */
#define G_LOG_DOMAIN "emend-test"

#include "config.h"

#include <adwaita.h>

#include "emend-field-row.h"
#include "emend-form.h"
#include "emend-image.h"
#include "emend-import.h"
#include "emend-test.h"
#include "ui-fixture.h"

/* Number of the field. */
#define PHONE 1

/* A form over a project of its own, which asks for telephone numbers, one at the least; a model proposes three. */
typedef struct {
  UiFixture ui;
  EmendDocument *document;
  GtkWidget *window;
  EmendForm *form;
} Form;

static EmendSchema *
make_schema (void)
{
  EmendSchema *schema = emend_schema_new ();
  EmendField *phone = emend_field_new (0, "phone", EMEND_FIELD_TEXT);

  phone->repeatable = TRUE;
  phone->required = TRUE;
  g_assert_cmpint (emend_schema_add_field (schema, phone), ==, PHONE);
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
add_values (EmendProject *project)
{
  static const char *const texts[] = { "111", "222", "333" };
  g_autoptr (EmendRun) run = emend_run_new ();
  g_autoptr (EmendImport) import = NULL;
  g_autoptr (GError) error = NULL;

  run->name = g_strdup ("model");
  import = emend_import_begin (project, run, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_autoptr (EmendProposal) proposal = emend_proposal_new ();

    proposal->item = 1;
    proposal->label = PHONE;
    proposal->value = emend_value_new (texts[i]);
    proposal->value->normal = g_strdup (texts[i]);
    emend_shape_init_box (&proposal->shape, &(EmendRect){ 20, 30 + 20.0 * i, 60, 12 });
    emend_import_add (import, proposal, &error);
    g_assert_no_error (error);
  }
  emend_import_finish (import, &error);
  g_assert_no_error (error);
}

static gboolean
has_marks (UiFixture *fixture)
{
  return emend_review_get_item (fixture->review) != NULL && emend_review_get_n_marks (fixture->review) == 3;
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
  project = emend_project_create (fixture->path, "Letters", schema, "Ada", &error);
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

static void
add_rows (GtkWidget *root,
          GPtrArray *rows)
{
  if (EMEND_IS_FIELD_ROW (root))
    g_ptr_array_add (rows, root);
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    add_rows (child, rows);
}

/* What stands in the entries of the form, from the top, separated by spaces. */
static void
assert_texts (Form *form,
              const char *expected)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new ();
  g_autoptr (GString) texts = g_string_new (NULL);

  add_rows (GTK_WIDGET (form->form), rows);
  for (guint i = 0; i < rows->len; i++)
    g_string_append_printf (texts, "%s[%s]", i > 0 ? " " : "", emend_field_row_get_text (rows->pdata[i]));
  g_assert_cmpstr (texts->str, ==, expected);
}

static GtkEditable *
get_entry (Form *form,
           guint index)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new ();

  add_rows (GTK_WIDGET (form->form), rows);
  g_assert_cmpuint (index, <, rows->len);
  return GTK_EDITABLE (emend_field_row_get_entry (rows->pdata[index]));
}

static guint
count_accepted (Form *form)
{
  guint n = 0;

  for (guint i = 0; i < emend_review_get_n_marks (form->ui.review); i++)
    n += emend_mark_get_verdict (emend_review_get_mark (form->ui.review, i)) == EMEND_VERDICT_ACCEPTED;
  return n;
}

/* What was rejected asks for no row; undoing brings it back. */
static void
test_rejected (Form *form,
               gconstpointer data)
{
  assert_texts (form, "[111] [222] [333] []");
  emend_review_reject (form->ui.review, 1, FALSE);
  settle (form);
  assert_texts (form, "[111] [333] []");
  g_assert_cmpuint (emend_form_count_pending (form->form), ==, 2);
  emend_review_undo (form->ui.review);
  settle (form);
  assert_texts (form, "[111] [222] [333] []");
  g_assert_cmpuint (emend_form_count_pending (form->form), ==, 3);
}

/* What is typed and not confirmed stays with its value, and is what Enter confirms. */
static void
test_typed (Form *form,
            gconstpointer data)
{
  gtk_widget_grab_focus (GTK_WIDGET (get_entry (form, 2)));
  gtk_editable_set_text (get_entry (form, 2), "334");
  settle (form);
  emend_review_reject (form->ui.review, 0, FALSE);
  settle (form);
  assert_texts (form, "[222] [334] []");
  gtk_widget_grab_focus (GTK_WIDGET (get_entry (form, 1)));
  emend_form_confirm (form->form, FALSE);
  settle (form);
  assert_texts (form, "[222] [334] []");
  g_assert_cmpint (emend_mark_get_verdict (emend_review_get_mark (form->ui.review, 2)), ==, EMEND_VERDICT_CORRECTED);
}

/* The row that is asked about goes: the one that takes its place is asked about. */
static void
test_current (Form *form,
              gconstpointer data)
{
  gtk_widget_grab_focus (GTK_WIDGET (get_entry (form, 1)));
  settle (form);
  emend_review_reject (form->ui.review, 1, FALSE);
  settle (form);
  emend_form_confirm (form->form, FALSE);
  settle (form);
  g_assert_cmpuint (count_accepted (form), ==, 1);
  g_assert_cmpint (emend_mark_get_verdict (emend_review_get_mark (form->ui.review, 2)), ==, EMEND_VERDICT_ACCEPTED);
}

/* One value is enough of a field that a document should have; the room for another asks for nothing. */
static void
test_required (Form *form,
               gconstpointer data)
{
  g_autofree char *before = emend_form_get_objection (form->form);
  g_autofree char *after = NULL;

  g_assert_null (before);
  for (int i = 0; i < 3; i++)
    emend_review_reject (form->ui.review, i, FALSE);
  settle (form);
  assert_texts (form, "[]");
  after = emend_form_get_objection (form->form);
  g_assert_cmpstr (after, ==, "“phone” has no value.");
}

#define ADD(name, func) g_test_add ("/ui/form-repeated/" name, Form, NULL, set_up, func, tear_down)

int
main (int argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  emend_media_init (64 * 1024 * 1024);
  ADD ("rejected", test_rejected);
  ADD ("typed", test_typed);
  ADD ("current", test_current);
  ADD ("required", test_required);
  return g_test_run ();
}
