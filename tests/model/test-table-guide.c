/* Where a table is on a page, and lines that were drawn over another one. */
#include "config.h"

#include <string.h>

#include "emend-table-guide.h"
#include "table-page.h"

static const char *const first[] = {
  "ACME Joinery                        Invoice 117",
  "",
  "Dear customer, the amount of work was as follows",
  "",
  "Description            Qty    Price    Amount",
  "",
  "Oak board                2    10.00     20.00",
  "planed and oiled",
  "Sash cord                1     5.50      5.50",
  "",
  "                      Subtotal          25.50",
  "                      VAT 20 %           5.10",
  "Please pay soon, and name the number of this invoice",
  NULL,
};

/* The same paper, further down and to the right, with more lines. */
static const char *const second[] = {
  "",
  "    ACME Joinery                        Invoice 118",
  "",
  "    Description            Qty    Price    Amount",
  "",
  "    Door hung                1   145.00    145.00",
  "    Oak board                2    10.00     20.00",
  "    Stair tread              3    96.00    288.00",
  "",
  "                          Subtotal          25.50",
  NULL,
};

/* Another paper. */
static const char *const other[] = {
  "Qty   Description                  Amount",
  "2     Groupage, 2 pallets, 480 kg   20.00",
  "1     Express parcel, next day       5.50",
  NULL,
};

static char *
get_cell (const EmendTableGrid *grid,
          guint row,
          int column)
{
  for (guint i = 0; i < grid->columns->len; i++) {
    if (g_array_index (grid->columns, EmendTableColumn, i).column == column)
      return emend_table_grid_get_text (grid, row, i);
  }
  return NULL;
}

static void
test_find (void)
{
  static const double slopes[] = { 0, 0.03 };

  for (gsize i = 0; i < G_N_ELEMENTS (slopes); i++) {
    g_autoptr (EmendWords) words = table_page_new (first, slopes[i]);
    g_autoptr (EmendField) table = table_page_make_field ();
    g_autoptr (EmendTableGrid) grid = NULL;
    g_autofree char *text = NULL;
    g_autofree char *amount = NULL;
    EmendRect rect;

    g_assert_true (emend_table_find (words, table, &rect));
    grid = emend_table_grid_new (words, &rect, table, NULL, NULL);
    g_assert_cmpuint (grid->rows->len, ==, 2);
    text = get_cell (grid, 0, 0);
    amount = get_cell (grid, 1, 3);
    g_assert_cmpstr (text, ==, "Oak board\nplaned and oiled");
    g_assert_cmpstr (amount, ==, "5.50");
  }
}

static void
test_find_none (void)
{
  static const char *const letter[] = { "Dear customer, the amount of work", "was nothing at all this time", NULL };
  static const char *const bare[] = { "Description     Qty     Amount", NULL };
  g_autoptr (EmendField) table = table_page_make_field ();
  g_autoptr (EmendWords) a = table_page_new (letter, 0);
  g_autoptr (EmendWords) b = table_page_new (bare, 0);
  EmendRect rect;

  g_assert_false (emend_table_find (a, table, &rect));
  g_assert_false (emend_table_find (b, table, &rect));
}

/* The guide of the first page, with a line that a person took away: unit price and amount are one column. */
static EmendTableGuide *
make_guide (const EmendField *table)
{
  g_autoptr (EmendWords) words = table_page_new (first, 0);
  g_autoptr (GArray) lines = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) chosen = g_array_new (FALSE, FALSE, sizeof (int));
  g_autoptr (EmendTableGrid) grid = NULL;
  static const double drawn[] = { 200, 270, 360 };
  static const int said[] = { 0, 1, EMEND_TABLE_NO_COLUMN, 3 };
  EmendRect rect;

  g_array_append_vals (lines, drawn, G_N_ELEMENTS (drawn));
  g_array_append_vals (chosen, said, G_N_ELEMENTS (said));
  g_assert_true (emend_table_find (words, table, &rect));
  grid = emend_table_grid_new (words, &rect, table, lines, chosen);
  return emend_table_guide_new (grid, table);
}

static void
test_text (void)
{
  static const char *const bad[] = {
    "",
    "{",
    "[]",
    "{\"rect\":[0,0,1],\"lines\":[],\"columns\":[\"a\"]}",
    "{\"rect\":[0,0,0,1],\"lines\":[],\"columns\":[\"a\"]}",
    "{\"rect\":[0,0,1,1],\"lines\":[0.5],\"columns\":[\"a\"]}",
    "{\"rect\":[0,0,1,1],\"lines\":[1e9],\"columns\":[\"a\",\"b\"]}",
    "{\"rect\":[0,0,1,1],\"lines\":[\"x\"],\"columns\":[\"a\",\"b\"]}",
    "{\"rect\":[0,0,1,1],\"lines\":[],\"columns\":[1]}",
  };
  g_autoptr (EmendField) table = table_page_make_field ();
  g_autoptr (EmendTableGuide) guide = make_guide (table);
  g_autofree char *text = emend_table_guide_to_text (guide);
  g_autoptr (EmendTableGuide) again = emend_table_guide_from_text (text);
  g_autofree char *same = emend_table_guide_to_text (again);

  g_assert_cmpstr (text, ==, same);
  g_assert_cmpuint (again->lines->len, ==, 3);
  g_assert_cmpstr (again->names[3], ==, "amount");
  g_assert_cmpstr (again->names[2], ==, "");
  g_assert_null (emend_table_guide_from_text (NULL));
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_null (emend_table_guide_from_text (bad[i]));
}

static void
test_place (void)
{
  g_autoptr (EmendField) table = table_page_make_field ();
  g_autoptr (EmendTableGuide) guide = make_guide (table);
  g_autoptr (EmendWords) words = table_page_new (second, 0);
  g_autoptr (EmendTableGrid) grid = emend_table_guide_place (guide, words, table);
  g_autofree char *text = NULL;
  g_autofree char *amount = NULL;

  g_assert_nonnull (grid);
  g_assert_cmpuint (grid->rows->len, ==, 3);
  g_assert_cmpuint (emend_table_grid_count_columns (grid), ==, 3);
  text = get_cell (grid, 2, 0);
  amount = get_cell (grid, 2, 3);
  g_assert_cmpstr (text, ==, "Stair tread");
  g_assert_cmpstr (amount, ==, "288.00");
  g_assert_null (get_cell (grid, 2, 2));
}

static void
test_place_other (void)
{
  g_autoptr (EmendField) table = table_page_make_field ();
  g_autoptr (EmendTableGuide) guide = make_guide (table);
  g_autoptr (EmendWords) words = table_page_new (other, 0);

  g_assert_null (emend_table_guide_place (guide, words, table));
}

int
main (int argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/model/table-guide/find", test_find);
  g_test_add_func ("/model/table-guide/find/none", test_find_none);
  g_test_add_func ("/model/table-guide/text", test_text);
  g_test_add_func ("/model/table-guide/place", test_place);
  g_test_add_func ("/model/table-guide/place/other", test_place_other);
  return g_test_run ();
}
