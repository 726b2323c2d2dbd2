/* What the cells of a table get from a grid over the page. */
#include "config.h"

#include "emend-table-fill.h"
#include "table-page.h"

static const char *const page[] = {
  "Description      Qty   Price    Amount",
  "Oak board          2   10.00     20.00",
  "Sash cord          1    5.50      5.5O",
  "Site visit         3  100.00    300.00",
  NULL,
};

typedef struct {
  EmendSchema *schema;
  const EmendField *table;
  EmendTableGrid *grid;
  GPtrArray *marks;
} Fixture;

static void
set_up (Fixture *fixture,
        gconstpointer data)
{
  g_autoptr (EmendWords) words = table_page_new (page, 0);
  EmendRect rect = table_page_get_rect (0, 38, 0, 3);
  EmendField *table = table_page_make_field ();

  fixture->schema = emend_schema_new ();
  table->id = 0;
  fixture->table = emend_schema_find_field (fixture->schema, emend_schema_add_field (fixture->schema, table));
  fixture->grid = emend_table_grid_new (words, &rect, fixture->table, NULL, NULL);
  fixture->marks = g_ptr_array_new_with_free_func ((GDestroyNotify) emend_mark_free);
}

static void
tear_down (Fixture *fixture,
           gconstpointer data)
{
  g_ptr_array_unref (fixture->marks);
  emend_table_grid_free (fixture->grid);
  emend_schema_unref (fixture->schema);
}

/* A mark of a cell that stands in a line of the page. */
static void
add_mark (Fixture *fixture,
          int row,
          const char *column,
          const char *text,
          int line,
          EmendVerdict verdict)
{
  EmendProposal *proposal = emend_proposal_new ();
  EmendAnnotation *annotation = NULL;

  proposal->label = fixture->table->id;
  proposal->value = emend_value_new (text);
  proposal->value->row = row;
  proposal->value->column = g_strdup (column);
  emend_schema_normalise (fixture->schema, proposal->label, proposal->value);
  emend_shape_init_box (&proposal->shape, &(EmendRect){ 180, TABLE_PAGE_LINE * line, 30, TABLE_PAGE_WORD });
  if (verdict != EMEND_VERDICT_NONE) {
    annotation = emend_annotation_new ();
    annotation->verdict = verdict;
    annotation->label = proposal->label;
    annotation->value = emend_value_copy (proposal->value);
    emend_shape_copy (&proposal->shape, &annotation->shape);
  }
  g_ptr_array_add (fixture->marks, emend_mark_new (proposal, annotation));
}

static EmendTableFilling *
fill (Fixture *fixture)
{
  return emend_table_filling_new (fixture->grid, fixture->schema, fixture->table, 0, fixture->marks,
                                  (EmendDateOrder) 0);
}

static const EmendTableFill *
find (const EmendTableFilling *filling,
      int row,
      const char *column)
{
  for (guint i = 0; i < filling->fills->len; i++) {
    const EmendTableFill *one = g_ptr_array_index (filling->fills, i);

    if (one->value->row == row && g_str_equal (one->value->column, column))
      return one;
  }
  return NULL;
}

static const EmendTableFill *
get (const EmendTableFilling *filling,
     int row,
     const char *column)
{
  const EmendTableFill *one = find (filling, row, column);

  if (one == NULL)
    g_error ("nothing for %s in row %d", column, row);
  return one;
}

static void
test_empty (Fixture *fixture,
            gconstpointer data)
{
  g_autoptr (EmendTableFilling) filling = fill (fixture);
  const EmendTableFill *unit = get (filling, 2, "unit");

  g_assert_cmpuint (filling->n_rows, ==, 3);
  g_assert_cmpuint (filling->n_columns, ==, 4);
  g_assert_cmpuint (filling->fills->len, ==, 11);
  g_assert_cmpint (unit->mark, ==, -1);
  g_assert_cmpstr (unit->value->text, ==, "100.00");
  g_assert_cmpstr (unit->value->normal, ==, "100.00");
  g_assert_cmpfloat (unit->place.box.y, ==, 3 * TABLE_PAGE_LINE);
}

/* What cannot be read as an amount is told, and left to the reviewer. */
static void
test_unread (Fixture *fixture,
             gconstpointer data)
{
  g_autoptr (EmendTableFilling) filling = fill (fixture);
  const EmendTableFill *unread;

  g_assert_null (find (filling, 1, "amount"));
  g_assert_cmpuint (filling->unread->len, ==, 1);
  unread = g_ptr_array_index (filling->unread, 0);
  g_assert_cmpstr (unread->value->value, ==, "5.5O");
  g_assert_null (unread->value->normal);
  g_assert_cmpint (unread->value->row, ==, 1);
  g_assert_cmpfloat (unread->place.box.y, ==, 2 * TABLE_PAGE_LINE);
}

/* Rows go to where their proposals stand, others below all that there are; what is decided stays. */
static void
test_rows (Fixture *fixture,
           gconstpointer data)
{
  g_autoptr (EmendTableFilling) filling = NULL;

  add_mark (fixture, 0, "description", "Sash", 2, EMEND_VERDICT_NONE);
  add_mark (fixture, 0, "quantity", "1", 2, EMEND_VERDICT_NONE);
  add_mark (fixture, 1, "unit", "99.00", 3, EMEND_VERDICT_CORRECTED);
  add_mark (fixture, 1, "quantity", "3", 3, EMEND_VERDICT_ABSENT);
  add_mark (fixture, 7, "amount", "3", 3, EMEND_VERDICT_REJECTED);
  filling = fill (fixture);
  g_assert_cmpint (get (filling, 0, "description")->mark, ==, 0);
  g_assert_false (get (filling, 0, "description")->agrees);
  g_assert_cmpstr (get (filling, 0, "description")->value->value, ==, "Sash cord");
  g_assert_cmpint (get (filling, 0, "quantity")->mark, ==, 1);
  g_assert_true (get (filling, 0, "quantity")->agrees);
  g_assert_cmpstr (get (filling, 1, "description")->value->value, ==, "Site visit");
  g_assert_cmpint (get (filling, 1, "description")->mark, ==, -1);
  g_assert_null (find (filling, 1, "unit"));
  g_assert_null (find (filling, 1, "quantity"));
  g_assert_cmpstr (get (filling, 2, "description")->value->value, ==, "Oak board");
  g_assert_null (find (filling, 3, "description"));
}

/* The same value of another place is put where its words are. */
static void
test_place (Fixture *fixture,
            gconstpointer data)
{
  g_autoptr (EmendTableFilling) filling = NULL;

  add_mark (fixture, 0, "amount", "20.00", 1, EMEND_VERDICT_NONE);
  filling = fill (fixture);
  g_assert_cmpint (get (filling, 0, "amount")->mark, ==, 0);
  g_assert_false (get (filling, 0, "amount")->agrees);
}

/* What the reviewer has to type before seeing the proposal is not decided unseen. */
static void
test_blind (Fixture *fixture,
            gconstpointer data)
{
  g_autoptr (EmendTableFilling) filling = NULL;

  ((EmendField *) g_ptr_array_index (fixture->table->columns, 1))->blind = TRUE;
  add_mark (fixture, 0, "quantity", "2", 1, EMEND_VERDICT_NONE);
  filling = fill (fixture);
  g_assert_null (find (filling, 0, "quantity"));
  g_assert_nonnull (find (filling, 0, "unit"));
}

/* All is decided: there is nothing to fill, and no row is made for it. */
static void
test_decided (Fixture *fixture,
              gconstpointer data)
{
  static const char *const columns[] = { "description", "quantity", "unit", "amount" };
  g_autoptr (EmendTableFilling) filling = NULL;

  for (int row = 0; row < 3; row++) {
    for (gsize i = 0; i < G_N_ELEMENTS (columns); i++)
      add_mark (fixture, row, columns[i], "1", row + 1, EMEND_VERDICT_ACCEPTED);
  }
  filling = fill (fixture);
  g_assert_cmpuint (filling->fills->len, ==, 0);
  g_assert_cmpuint (filling->n_rows, ==, 0);
  g_assert_cmpuint (filling->unread->len, ==, 0);
}

int
main (int argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add ("/model/table-fill/empty", Fixture, NULL, set_up, test_empty, tear_down);
  g_test_add ("/model/table-fill/unread", Fixture, NULL, set_up, test_unread, tear_down);
  g_test_add ("/model/table-fill/rows", Fixture, NULL, set_up, test_rows, tear_down);
  g_test_add ("/model/table-fill/place", Fixture, NULL, set_up, test_place, tear_down);
  g_test_add ("/model/table-fill/blind", Fixture, NULL, set_up, test_blind, tear_down);
  g_test_add ("/model/table-fill/decided", Fixture, NULL, set_up, test_decided, tear_down);
  return g_test_run ();
}
