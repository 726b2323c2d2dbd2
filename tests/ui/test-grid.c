/* A table that is filled from columns drawn over its page: what is decided, and what the form and the bar say. */
#define G_LOG_DOMAIN "emend-test"

#include "config.h"

#include <string.h>

#include <adwaita.h>

#include "emend-field-row.h"
#include "emend-form.h"
#include "emend-grid-bar.h"
#include "emend-image.h"
#include "emend-import.h"
#include "emend-test.h"
#include "table-page.h"
#include "ui-fixture.h"

/* Number of the table. */
#define LINES 1

/* In the second row an amount has a letter; the first two rows are proposed, the first with a wrong quantity. */
static const char *const page[] = {
  "Description      Qty   Price    Amount",
  "Oak board          2   10.00     20.00",
  "Sash cord          1    5.50      5.5O",
  "Site visit         3  100.00    300.00",
  NULL,
};

typedef struct {
  UiFixture ui;
  EmendDocument *document;
  GtkWidget *window;
  EmendForm *form;
  EmendTableGrid *grid;
} Grid;

static void
add_item (EmendProject *project)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;
  EmendNewItem item = { .item = emend_item_new () };

  item.item->path = g_strdup ("gone.png");
  item.item->width = 800;
  item.item->height = 1000;
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
           const char *text,
           double x)
{
  g_autoptr (EmendProposal) proposal = emend_proposal_new ();
  g_autoptr (GError) error = NULL;

  proposal->item = 1;
  proposal->label = LINES;
  proposal->value = emend_value_new (text);
  proposal->value->normal = g_strdup (text);
  proposal->value->row = row;
  proposal->value->column = g_strdup (column);
  emend_shape_init_box (&proposal->shape, &(EmendRect){ x, TABLE_PAGE_LINE * (row + 1), 90, TABLE_PAGE_WORD });
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
  add_value (import, 0, "description", "Oak board", 0);
  add_value (import, 0, "quantity", "7", 150);
  add_value (import, 1, "description", "Sash chord", 0);
  emend_import_finish (import, &error);
  g_assert_no_error (error);
}

static gboolean
has_marks (UiFixture *fixture)
{
  return emend_review_get_item (fixture->review) != NULL && emend_review_get_n_marks (fixture->review) == 3;
}

static void
make_project (UiFixture *fixture)
{
  g_autoptr (EmendSchema) schema = emend_schema_new ();
  g_autoptr (GError) error = NULL;
  EmendField *table = table_page_make_field ();
  EmendProject *project;

  table->id = 0;
  g_assert_cmpint (emend_schema_add_field (schema, table), ==, LINES);
  fixture->folder = emend_test_make_folder ();
  fixture->path = g_build_filename (fixture->folder, "p.emend", NULL);
  project = emend_project_create (fixture->path, "Invoices", schema, "Ada", &error);
  g_assert_no_error (error);
  add_item (project);
  add_values (project);
  emend_project_close (project);
}

static void
settle (Grid *grid)
{
  ui_fixture_settle (&grid->ui);
}

static const EmendField *
get_table (Grid *grid)
{
  return emend_schema_find_field (emend_review_get_schema (grid->ui.review), LINES);
}

static void
set_up (Grid *grid,
        gconstpointer data)
{
  UiFixture *fixture = &grid->ui;
  g_autoptr (EmendWords) words = table_page_new (page, 0);
  EmendRect rect = table_page_get_rect (0, 38, 0, 3);

  make_project (fixture);
  ui_fixture_open (fixture);
  grid->window = ui_fixture_show_form (fixture, &grid->form, &grid->document);
  ui_fixture_wait (fixture, has_marks);
  grid->grid = emend_table_grid_new (words, &rect, get_table (grid), NULL, NULL);
  settle (grid);
}

static void
tear_down (Grid *grid,
           gconstpointer data)
{
  emend_table_grid_free (grid->grid);
  ui_fixture_hide_form (&grid->ui, grid->window, grid->document);
}

static EmendTableFilling *
make_filling (Grid *grid)
{
  EmendReview *review = grid->ui.review;
  g_autoptr (GPtrArray) marks = g_ptr_array_new ();

  for (guint i = 0; i < emend_review_get_n_marks (review); i++)
    g_ptr_array_add (marks, (gpointer) emend_review_get_mark (review, i));
  return emend_table_filling_new (grid->grid, emend_review_get_schema (review), get_table (grid), 0, marks,
                                  (EmendDateOrder) 0);
}

/* "row column value", with a sign for what is decided, row by row as they were made. */
static char *
list_decided (Grid *grid)
{
  static const char signs[] = { '?', '=', '~', '-', '+', 'x', 'x' };
  g_autoptr (GString) list = g_string_new (NULL);

  for (guint i = 0; i < emend_review_get_n_marks (grid->ui.review); i++) {
    const EmendMark *mark = emend_review_get_mark (grid->ui.review, i);
    const EmendValue *value = mark != NULL ? emend_mark_get_value (mark) : NULL;

    if (value != NULL)
      g_string_append_printf (list, "%s%d %c%c%s", list->len > 0 ? ", " : "", value->row, value->column[0],
                              signs[emend_mark_get_verdict (mark)], value->value);
  }
  return g_string_free (g_steal_pointer (&list), FALSE);
}

static void
assert_decided (Grid *grid,
                const char *expected)
{
  g_autofree char *list = list_decided (grid);

  g_assert_cmpstr (list, ==, expected);
}

#define BEFORE "0 d?Oak board, 0 q?7, 1 d?Sash chord"
#define AFTER                                                                                  \
  "0 d=Oak board, 0 q~2, 1 d~Sash cord, 0 u+10.00, 0 a+20.00, 1 q+1, 1 u+5.50, 2 d+Site visit" \
  ", 2 q+3, 2 u+100.00, 2 a+300.00"

/* All cells in one step, which is taken back and done again as one. */
static void
test_fill (Grid *grid,
           gconstpointer data)
{
  g_autoptr (EmendTableFilling) filling = make_filling (grid);

  g_assert_true (emend_review_fill_table (grid->ui.review, LINES, filling));
  assert_decided (grid, AFTER);
  settle (grid);
  assert_decided (grid, AFTER);
  emend_review_undo (grid->ui.review);
  settle (grid);
  assert_decided (grid, BEFORE);
  emend_review_redo (grid->ui.review);
  settle (grid);
  emend_review_reload_item (grid->ui.review);
  settle (grid);
  g_assert_cmpuint (emend_review_get_n_marks (grid->ui.review), ==, 11);
}

/* What a person decided before stays as it is. */
static void
test_decided (Grid *grid,
              gconstpointer data)
{
  g_autoptr (EmendTableFilling) filling = NULL;

  emend_review_accept (grid->ui.review, 1, FALSE);
  filling = make_filling (grid);
  g_assert_true (emend_review_fill_table (grid->ui.review, LINES, filling));
  g_assert_cmpint (emend_mark_get_verdict (emend_review_get_mark (grid->ui.review, 1)), ==, EMEND_VERDICT_ACCEPTED);
  g_assert_cmpstr (emend_mark_get_value (emend_review_get_mark (grid->ui.review, 1))->value, ==, "7");
}

/* Nothing is left to fill the second time. */
static void
test_again (Grid *grid,
            gconstpointer data)
{
  g_autoptr (EmendTableFilling) filling = make_filling (grid);
  g_autoptr (EmendTableFilling) again = NULL;

  emend_review_fill_table (grid->ui.review, LINES, filling);
  settle (grid);
  again = make_filling (grid);
  g_assert_cmpuint (again->fills->len, ==, 0);
  g_assert_false (emend_review_fill_table (grid->ui.review, LINES, again));
  assert_decided (grid, AFTER);
}

static EmendFieldRow *
find_changed (GtkWidget *root)
{
  EmendFieldRow *found = NULL;

  if (EMEND_IS_FIELD_ROW (root))
    return emend_field_row_is_changed (EMEND_FIELD_ROW (root)) ? EMEND_FIELD_ROW (root) : NULL;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_changed (child);
  return found;
}

/* What cannot be read as an amount waits in its entry, with the focus, until it is right. */
static void
test_unread (Grid *grid,
             gconstpointer data)
{
  g_autoptr (EmendTableFilling) filling = make_filling (grid);
  EmendFieldRow *row;

  g_assert_cmpint (emend_form_find_table (grid->form), ==, LINES);
  emend_review_fill_table (grid->ui.review, LINES, filling);
  emend_form_take_unread (grid->form, LINES, filling->unread);
  settle (grid);
  row = find_changed (GTK_WIDGET (grid->form));
  g_assert_nonnull (row);
  g_assert_cmpstr (emend_field_row_get_text (row), ==, "5.5O");
  g_assert_true (emend_form_is_typing (grid->form));
  emend_field_row_set_text (row, "5.50");
  emend_form_confirm (grid->form, FALSE);
  settle (grid);
  assert_decided (grid, AFTER ", 1 a+5.50");
}

static GtkWidget *
find_type (GtkWidget *root,
           GType type)
{
  GtkWidget *found = G_TYPE_CHECK_INSTANCE_TYPE (root, type) ? root : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_type (child, type);
  return found;
}

static void
chosen_cb (EmendGridBar *bar,
           int column,
           int *chosen)
{
  *chosen = column;
}

static void
test_bar (Grid *grid,
          gconstpointer data)
{
  g_autoptr (EmendTableFilling) filling = make_filling (grid);
  g_autoptr (EmendTableTool) tool = emend_table_tool_new (grid->grid->words, get_table (grid));
  GtkWidget *bar = g_object_ref_sink (g_object_new (EMEND_TYPE_GRID_BAR, NULL));
  GtkDropDown *columns = GTK_DROP_DOWN (find_type (bar, GTK_TYPE_DROP_DOWN));
  GtkLabel *count = GTK_LABEL (find_type (bar, GTK_TYPE_LABEL));
  int chosen = 99;

  g_signal_connect (bar, "column-chosen", G_CALLBACK (chosen_cb), &chosen);
  emend_grid_bar_set_field (EMEND_GRID_BAR (bar), get_table (grid));
  emend_grid_bar_show_table (EMEND_GRID_BAR (bar), tool, NULL);
  g_assert_cmpstr (gtk_label_get_text (count), ==, "Draw the table");
  emend_table_tool_set_grid (tool, grid->grid);
  emend_grid_bar_show_table (EMEND_GRID_BAR (bar), tool, filling);
  g_assert_cmpstr (gtk_label_get_text (count), ==, "3 rows are filled · 4 columns · 1 cell to look at");
  g_assert_cmpuint (gtk_drop_down_get_selected (columns), ==, 2);
  g_assert_cmpint (chosen, ==, 99);
  gtk_drop_down_set_selected (columns, 0);
  g_assert_cmpint (chosen, ==, EMEND_TABLE_NO_COLUMN);
  gtk_drop_down_set_selected (columns, 4);
  g_assert_cmpint (chosen, ==, 3);
  g_assert_finalize_object (bar);
}

#define ADD(name, func) g_test_add ("/ui/grid/" name, Grid, NULL, set_up, func, tear_down)

int
main (int argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  emend_media_init (64 * 1024 * 1024);
  ADD ("fill", test_fill);
  ADD ("decided", test_decided);
  ADD ("again", test_again);
  ADD ("unread", test_unread);
  ADD ("bar", test_bar);
  return g_test_run ();
}
