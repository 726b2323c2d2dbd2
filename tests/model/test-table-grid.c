/* The words of a table in columns and rows. */
#include "config.h"

#include <math.h>
#include <string.h>

#include "emend-json.h"
#include "emend-table-grid.h"
#include "emend-test.h"
#include "table-page.h"

/* What the field has in a row of the grid, columns parted by "|". */
static char *
get_row (const EmendTableGrid *grid,
         guint row,
         guint n_fields)
{
  g_auto (GStrv) cells = g_new0 (char *, n_fields + 1);

  for (guint i = 0; i < n_fields; i++)
    cells[i] = g_strdup ("");
  for (guint i = 0; i < grid->columns->len; i++) {
    int column = g_array_index (grid->columns, EmendTableColumn, i).column;

    if (column < 0)
      continue;
    g_free (cells[column]);
    cells[column] = emend_table_grid_get_text (grid, row, i);
  }
  return g_strjoinv ("|", cells);
}

static void
assert_rows (const EmendTableGrid *grid,
             const char *const *rows)
{
  g_assert_cmpuint (grid->rows->len, ==, g_strv_length ((char **) rows));
  for (guint i = 0; i < grid->rows->len; i++) {
    g_autofree char *row = get_row (grid, i, 4);

    g_assert_cmpstr (row, ==, rows[i]);
  }
}

static const char *const invoice[] = {
  "Service                    Qty   Price   Amount",
  "Oak board planed             2   10.00    20.00",
  "Sash cord, per window        1    5.50     5.50",
  "Site visit                   3  100.00   300.00",
  NULL,
};

static const char *const invoice_rows[] = {
  "Oak board planed|2|10.00|20.00",
  "Sash cord, per window|1|5.50|5.50",
  "Site visit|3|100.00|300.00",
  NULL,
};

static void
test_heading (void)
{
  g_autoptr (EmendWords) words = table_page_new (invoice, 0);
  g_autoptr (EmendField) table = table_page_make_field ();
  EmendRect rect = table_page_get_rect (0, 47, 0, 3);
  g_autoptr (EmendTableGrid) grid = emend_table_grid_new (words, &rect, table, NULL, NULL);
  EmendRect box;

  assert_rows (grid, invoice_rows);
  g_assert_cmpuint (emend_table_grid_count_columns (grid), ==, 4);
  g_assert_cmpfloat (grid->heading_bottom - grid->heading_top, ==, TABLE_PAGE_WORD);
  box = emend_table_grid_get_box (grid, 0, 0);
  g_assert_true (emend_rect_equal (&box, &(EmendRect){ 0, TABLE_PAGE_LINE, 158, TABLE_PAGE_WORD }));
  g_assert_cmpint (emend_table_grid_find_row (grid, (EmendPoint){ 50, 2 * TABLE_PAGE_LINE + 5 }), ==, 1);
  g_assert_cmpint (emend_table_grid_find_row (grid, (EmendPoint){ 50, 5 }), ==, -1);
}

/* The columns of the page stand in another order than those of the field; the heading says which is which. */
static void
test_heading_order (void)
{
  static const char *const page[] = {
    "Amount     Qty   Description        Unit  price",
    "20.00       2    Oak board             10.00",
    "5.50        1    Sash cord              5.50",
    NULL,
  };
  static const char *const rows[] = { "Oak board|2|10.00|20.00", "Sash cord|1|5.50|5.50", NULL };
  g_autoptr (EmendWords) words = table_page_new (page, 0);
  g_autoptr (EmendField) table = table_page_make_field ();
  EmendRect rect = table_page_get_rect (0, 48, 0, 2);
  g_autoptr (EmendTableGrid) grid = emend_table_grid_new (words, &rect, table, NULL, NULL);

  assert_rows (grid, rows);
}

static void
test_types (void)
{
  g_autoptr (EmendWords) words = table_page_new (invoice + 1, 0);
  g_autoptr (EmendField) table = table_page_make_field ();
  EmendRect rect = table_page_get_rect (0, 47, 0, 2);
  g_autoptr (EmendTableGrid) grid = emend_table_grid_new (words, &rect, table, NULL, NULL);

  assert_rows (grid, invoice_rows);
  g_assert_cmpfloat (grid->heading_bottom, ==, grid->heading_top);
}

/* Places count up: they are no quantity. */
static void
test_places (void)
{
  static const char *const page[] = {
    "1   Oak board     2   10.00   20.00",
    "2   Sash cord     1    5.50    5.50",
    "3   Site visit    3    1.00    3.00",
    "4   Beeswax       3    2.00    6.00",
    NULL,
  };
  static const char *const rows[] = {
    "Oak board|2|10.00|20.00",
    "Sash cord|1|5.50|5.50",
    "Site visit|3|1.00|3.00",
    "Beeswax|3|2.00|6.00",
    NULL,
  };
  g_autoptr (EmendWords) words = table_page_new (page, 0);
  g_autoptr (EmendField) table = table_page_make_field ();
  EmendRect rect = table_page_get_rect (0, 36, 0, 3);
  g_autoptr (EmendTableGrid) grid = emend_table_grid_new (words, &rect, table, NULL, NULL);

  assert_rows (grid, rows);
}

static void
test_wrapped (void)
{
  static const char *const page[] = {
    "Description              Quantity   Amount",
    "Oak window board,               2    20.00",
    "planed and oiled",
    "by hand",
    "Sash cord                       1     5.50",
    "",
    "",
    "Thank you",
    NULL,
  };
  static const char *const rows[] = {
    "Oak window board,\nplaned and oiled\nby hand|2||20.00",
    "Sash cord|1||5.50",
    "Thank you|||",
    NULL,
  };
  g_autoptr (EmendWords) words = table_page_new (page, 0);
  g_autoptr (EmendField) table = table_page_make_field ();
  EmendRect rect = table_page_get_rect (0, 43, 0, 7);
  g_autoptr (EmendTableGrid) grid = emend_table_grid_new (words, &rect, table, NULL, NULL);

  assert_rows (grid, rows);
}

/* The sign of the currency stands apart from its amounts. */
static void
test_signs (void)
{
  static const char *const page[] = {
    "Oak board     2   €   10.00   €   20.00",
    "Sash cord     1   €    5.50   €    5.50",
    NULL,
  };
  static const char *const rows[] = { "Oak board|2|€ 10.00|€ 20.00", "Sash cord|1|€ 5.50|€ 5.50", NULL };
  g_autoptr (EmendWords) words = table_page_new (page, 0);
  g_autoptr (EmendField) table = table_page_make_field ();
  EmendRect rect = table_page_get_rect (0, 40, 0, 1);
  g_autoptr (EmendTableGrid) grid = emend_table_grid_new (words, &rect, table, NULL, NULL);

  assert_rows (grid, rows);
}

/* Hebrew goes from right to left, and so do the columns of its tables. */
static void
test_right_to_left (void)
{
  static const char *const page[] = {
    "20.00   10.00    2           אלון   לוח",
    "5.50     5.50    1        חלון  לכל חבל",
    NULL,
  };
  static const char *const rows[] = { "לוח אלון|2|10.00|20.00", "חבל לכל חלון|1|5.50|5.50", NULL };
  g_autoptr (EmendWords) words = table_page_new (page, 0);
  g_autoptr (EmendField) table = table_page_make_field ();
  g_autoptr (GArray) lines = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (EmendTableGrid) grid = NULL;
  static const double drawn[] = { 65, 145, 200 };
  EmendRect rect = table_page_get_rect (0, 40, 0, 1);

  g_array_append_vals (lines, drawn, G_N_ELEMENTS (drawn));
  grid = emend_table_grid_new (words, &rect, table, lines, NULL);
  assert_rows (grid, rows);
}

static void
test_crossed (void)
{
  const char *page[13];
  g_autoptr (EmendWords) words = NULL;
  g_autoptr (EmendField) table = table_page_make_field ();
  g_autoptr (EmendTableGrid) grid = NULL;
  EmendRect rect = table_page_get_rect (0, 34, 0, 11);

  for (guint i = 0; i < 12; i++)
    page[i] = i == 6 ? "Carried forward to here now" : "Nails     2      1.50      3.00";
  page[12] = NULL;
  words = table_page_new (page, 0);
  grid = emend_table_grid_new (words, &rect, table, NULL, NULL);
  g_assert_cmpuint (grid->columns->len, ==, 4);
}

static void
test_askew (void)
{
  static const double slopes[] = { 0.02, -0.035, 0.05 };

  for (gsize i = 0; i < G_N_ELEMENTS (slopes); i++) {
    g_autoptr (EmendWords) words = table_page_new (invoice, slopes[i]);
    g_autoptr (EmendField) table = table_page_make_field ();
    EmendRect rect = table_page_get_rect (0, 47, 0, 3);
    g_autoptr (EmendTableGrid) grid = NULL;
    EmendPoint page;
    EmendPoint level;

    rect.y += slopes[i] * 235;
    grid = emend_table_grid_new (words, &rect, table, NULL, NULL);
    assert_rows (grid, invoice_rows);
    g_assert_cmpfloat_with_epsilon (grid->slope, slopes[i], 0.002);
    page = emend_table_grid_to_page (grid, (EmendPoint){ 123, 45 });
    level = emend_table_grid_to_level (grid, page);
    g_assert_cmpfloat_with_epsilon (level.x, 123, 1e-9);
    g_assert_cmpfloat_with_epsilon (level.y, 45, 1e-9);
  }
}

static void
test_given (void)
{
  static const double lines[] = { 155, 320 };
  static const int said[] = { EMEND_TABLE_OPEN, EMEND_TABLE_NO_COLUMN, 2 };
  static const char *const rows[] = {
    "Oak board planed||10.00 20.00|",
    "Sash cord, per||5.50 5.50|",
    "Site visit||100.00 300.00|",
    NULL,
  };
  g_autoptr (EmendWords) words = table_page_new (invoice, 0);
  g_autoptr (EmendField) table = table_page_make_field ();
  g_autoptr (GArray) given = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) chosen = g_array_new (FALSE, FALSE, sizeof (int));
  g_autoptr (EmendTableGrid) grid = NULL;
  EmendRect rect = table_page_get_rect (0, 47, 0, 3);

  g_array_append_vals (given, lines, G_N_ELEMENTS (lines));
  g_array_append_vals (chosen, said, G_N_ELEMENTS (said));
  grid = emend_table_grid_new (words, &rect, table, given, chosen);
  g_assert_cmpuint (grid->columns->len, ==, 3);
  g_assert_cmpuint (emend_table_grid_count_columns (grid), ==, 2);
  assert_rows (grid, rows);
}

static void
test_nothing (void)
{
  g_autoptr (EmendWords) words = table_page_new (invoice, 0);
  g_autoptr (EmendField) table = table_page_make_field ();
  EmendRect rect = { 700, 900, 50, 50 };
  g_autoptr (EmendTableGrid) grid = emend_table_grid_new (words, &rect, table, NULL, NULL);

  g_assert_cmpuint (grid->columns->len, ==, 1);
  g_assert_cmpuint (grid->rows->len, ==, 0);
}

/* The rules of a table read as characters, and commas apart. */
static void
test_marks (void)
{
  g_autoptr (EmendWords) words = emend_words_new (400, 100, "test", "eng");
  g_autoptr (EmendField) table = table_page_make_field ();
  g_autoptr (EmendTableGrid) grid = NULL;
  static const char *const rows[] = { "Oak , planed|2||20.00", "Ash|1||5.50", NULL };
  EmendRect rect = { 0, 0, 400, 100 };

  emend_words_add (words, "Oak", &(EmendRect){ 10, 10, 30, 14 }, 0.9, 0);
  emend_words_add (words, ",", &(EmendRect){ 42, 21, 3, 5 }, 0.9, 0);
  emend_words_add (words, "planed", &(EmendRect){ 48, 10, 60, 14 }, 0.9, 0);
  emend_words_add (words, "|", &(EmendRect){ 130, 0, 3, 90 }, 0.3, 1);
  emend_words_add (words, "2", &(EmendRect){ 160, 10, 10, 14 }, 0.9, 0);
  emend_words_add (words, "|", &(EmendRect){ 200, 9, 3, 16 }, 0.3, 1);
  emend_words_add (words, ")", &(EmendRect){ 1, 36, 25, 25 }, 0.01, 1);
  emend_words_add (words, "Es", &(EmendRect){ 5, 27, 380, 10 }, 0.3, 1);
  emend_words_add (words, "20.00", &(EmendRect){ 250, 10, 50, 14 }, 0.9, 0);
  emend_words_add (words, "Ash", &(EmendRect){ 10, 40, 30, 14 }, 0.9, 2);
  emend_words_add (words, "1", &(EmendRect){ 160, 41, 10, 14 }, 0.9, 3);
  emend_words_add (words, "5.50", &(EmendRect){ 260, 39, 40, 14 }, 0.9, 4);
  grid = emend_table_grid_new (words, &rect, table, NULL, NULL);
  assert_rows (grid, rows);
}

/* A real invoice of the DocILE sample, with words as recognition read them and cells as people marked them. */
static json_t *
load_sample (const char *folder)
{
  g_autofree char *relative = g_strdup_printf ("receipts/docile_sample_NC/%s/516f2d61ea404b30a9192a72.json", folder);
  g_autofree char *path = emend_test_shared (relative);
  g_autofree char *text = NULL;
  gsize length;

  if (path == NULL)
    return NULL;
  g_assert_true (g_file_get_contents (path, &text, &length, NULL));
  return emend_json_parse (text, length, 64 << 20, NULL);
}

static double
number_at (const json_t *array,
           gsize index)
{
  return json_number_value (json_array_get (array, index));
}

static EmendWords *
read_sample (json_t *tree)
{
  json_t *page = json_array_get (json_object_get (tree, "pages"), 0);
  EmendWords *words = emend_words_new (1692, 2245, "docile", "eng");
  guint number = 0;
  size_t i, j, k;
  json_t *block, *line, *word;

  json_array_foreach (json_object_get (page, "blocks"), i, block)
  {
    json_array_foreach (json_object_get (block, "lines"), j, line)
    {
      json_array_foreach (json_object_get (line, "words"), k, word)
      {
        const json_t *box = json_object_get (word, "snapped_geometry");
        EmendPoint a = { 1692 * number_at (json_array_get (box, 0), 0), 2245 * number_at (json_array_get (box, 0), 1) };
        EmendPoint b = { 1692 * number_at (json_array_get (box, 1), 0), 2245 * number_at (json_array_get (box, 1), 1) };
        EmendRect rect = emend_rect_from_corners (a, b);

        emend_words_add (words, json_string_value (json_object_get (word, "value")), &rect, 0.9, number);
      }
      number++;
    }
  }
  return words;
}

static EmendField *
make_sample_field (void)
{
  static const struct {
    const char *name;
    EmendFieldType type;
  } columns[] = {
    { "carton", EMEND_FIELD_NUMBER },
    { "code", EMEND_FIELD_CODE },
    { "description", EMEND_FIELD_TEXT },
    { "price", EMEND_FIELD_AMOUNT },
    { "amount", EMEND_FIELD_AMOUNT },
  };
  EmendField *table = emend_field_new (1, "lines", EMEND_FIELD_TABLE);

  for (gsize i = 0; i < G_N_ELEMENTS (columns); i++)
    g_ptr_array_add (table->columns, emend_field_new (0, columns[i].name, columns[i].type));
  return table;
}

/* Cells of a type that people marked and that a row of the grid has word by word. */
static guint
count_cells (const EmendTableGrid *grid,
             json_t *truth,
             const char *type,
             guint column,
             guint *total)
{
  guint n = 0;
  size_t i;
  json_t *cell;

  *total = 0;
  json_array_foreach (json_object_get (truth, "line_item_extractions"), i, cell)
  {
    const json_t *box = json_object_get (cell, "bbox");
    EmendPoint middle = { 1692 * (number_at (box, 0) + number_at (box, 2)) / 2,
                          2245 * (number_at (box, 1) + number_at (box, 3)) / 2 };
    int row = emend_table_grid_find_row (grid, middle);

    if (!g_str_equal (json_string_value (json_object_get (cell, "fieldtype")), type))
      continue;
    (*total)++;
    for (guint j = 0; row >= 0 && j < grid->columns->len; j++) {
      g_autofree char *text = emend_table_grid_get_text (grid, (guint) row, j);

      if (g_array_index (grid->columns, EmendTableColumn, j).column == (int) column &&
          g_str_equal (text, json_string_value (json_object_get (cell, "text"))))
        n++;
    }
  }
  return n;
}

static void
test_sample (void)
{
  g_autoptr (json_t) ocr = load_sample ("ocr");
  g_autoptr (json_t) truth = ocr != NULL ? load_sample ("annotations") : NULL;
  g_autoptr (EmendWords) words = NULL;
  g_autoptr (EmendField) table = make_sample_field ();
  g_autoptr (EmendTableGrid) grid = NULL;
  EmendRect rect = { 180, 830, 1365, 345 }; /* from the first row to the last, as the truth has them */
  guint total;

  if (truth == NULL)
    return;
  words = read_sample (ocr);
  grid = emend_table_grid_new (words, &rect, table, NULL, NULL);
  for (guint i = 0; i < grid->rows->len; i++) {
    g_autofree char *row = get_row (grid, i, 5);
    g_test_message ("%s", row);
  }
  g_assert_cmpuint (grid->rows->len, ==, 8);
  g_assert_cmpuint (count_cells (grid, truth, "line_item_amount_gross", 4, &total), ==, total);
  g_assert_cmpuint (count_cells (grid, truth, "line_item_unit_price_gross", 3, &total), ==, total);
  /* Of the others one character was read wrong. */
  g_assert_cmpuint (count_cells (grid, truth, "line_item_description", 2, &total), ==, 5);
  g_assert_cmpuint (count_cells (grid, truth, "line_item_code", 1, &total), ==, 5);
}

int
main (int argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/model/table-grid/heading", test_heading);
  g_test_add_func ("/model/table-grid/heading/order", test_heading_order);
  g_test_add_func ("/model/table-grid/types", test_types);
  g_test_add_func ("/model/table-grid/places", test_places);
  g_test_add_func ("/model/table-grid/wrapped", test_wrapped);
  g_test_add_func ("/model/table-grid/signs", test_signs);
  g_test_add_func ("/model/table-grid/right-to-left", test_right_to_left);
  g_test_add_func ("/model/table-grid/crossed", test_crossed);
  g_test_add_func ("/model/table-grid/askew", test_askew);
  g_test_add_func ("/model/table-grid/given", test_given);
  g_test_add_func ("/model/table-grid/nothing", test_nothing);
  g_test_add_func ("/model/table-grid/marks", test_marks);
  g_test_add_func ("/model/table-grid/sample", test_sample);
  return g_test_run ();
}
