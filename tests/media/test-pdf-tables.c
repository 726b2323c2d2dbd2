/* Tables of real invoices, by the words that their PDF has. */
#include "config.h"

#include <math.h>
#include <string.h>

#include "emend-json.h"
#include "emend-pdf.h"
#include "emend-table-guide.h"
#include "emend-test.h"

static EmendField *
make_field (void)
{
  static const struct {
    const char *name;
    EmendFieldType type;
  } columns[] = {
    { "quantity", EMEND_FIELD_NUMBER },
    { "description", EMEND_FIELD_TEXT },
    { "price", EMEND_FIELD_AMOUNT },
    { "amount", EMEND_FIELD_AMOUNT },
  };
  EmendField *table = emend_field_new (1, "lines", EMEND_FIELD_TABLE);

  for (gsize i = 0; i < G_N_ELEMENTS (columns); i++)
    g_ptr_array_add (table->columns, emend_field_new (0, columns[i].name, columns[i].type));
  return table;
}

static char *
get_cell (const EmendTableGrid *grid,
          guint row,
          int column)
{
  for (guint i = 0; i < grid->columns->len; i++) {
    if (g_array_index (grid->columns, EmendTableColumn, i).column == column)
      return emend_table_grid_get_text (grid, row, i);
  }
  return g_strdup ("");
}

static EmendWords *
read_words (const char *name)
{
  g_autofree char *relative = g_strdup_printf ("receipts/invoice2data/%s.pdf", name);
  g_autofree char *path = emend_test_shared (relative);
  g_autoptr (GError) error = NULL;
  EmendWords *words;

  if (path == NULL)
    return NULL;
  words = emend_pdf_read_words (path, 0, NULL, &error);
  g_assert_no_error (error);
  return words;
}

static EmendPoint
find_word (EmendWords *words,
           const char *text,
           gboolean end)
{
  for (guint i = 0; i < emend_words_get_n (words); i++) {
    const EmendWord *word = emend_words_get (words, i);

    if (g_str_equal (emend_words_get_text (words, word->text), text))
      return (EmendPoint){ word->box.x + (end ? word->box.width : 0), word->box.y + (end ? word->box.height : 0) };
  }
  g_assert_not_reached ();
}

static void
tell_rows (const EmendTableGrid *grid)
{
  for (guint i = 0; i < grid->rows->len; i++) {
    g_autofree char *quantity = get_cell (grid, i, 0);
    g_autofree char *description = get_cell (grid, i, 1);
    g_autofree char *price = get_cell (grid, i, 2);
    g_autofree char *amount = get_cell (grid, i, 3);

    g_test_message ("%s|%s|%s|%s", quantity, g_strdelimit (description, "\n", '/'), price, amount);
  }
}

/* Seven lines, each with four lines of text, under a heading in another language of three lines. */
static void
test_wrapped (void)
{
  g_autoptr (EmendWords) words = read_words ("QualityHosting");
  g_autoptr (EmendField) table = make_field ();
  g_autoptr (EmendTableGrid) grid = NULL;
  EmendPoint top;
  EmendPoint right;
  EmendRect rect;

  if (words == NULL)
    return;
  top = find_word (words, "Pos.", FALSE);
  right = find_word (words, "Zeilenbetrag", TRUE);
  rect = emend_rect_from_corners ((EmendPoint){ top.x - 20, top.y - 20 },
                                  (EmendPoint){ right.x + 20, find_word (words, "Vorstand:", FALSE).y - 20 });
  grid = emend_table_grid_new (words, &rect, table, NULL, NULL);
  tell_rows (grid);
  g_assert_cmpuint (grid->rows->len, ==, 6);
  for (guint i = 0; i < 6; i++) {
    g_autofree char *quantity = get_cell (grid, i, 0);
    g_autofree char *description = get_cell (grid, i, 1);
    g_autofree char *price = get_cell (grid, i, 2);
    g_autofree char *amount = get_cell (grid, i, 3);

    g_assert_cmpstr (quantity, ==, "1");
    g_assert_true (g_str_has_prefix (description, "Small Business"));
    g_assert_true (g_str_has_suffix (description, "\n01.05.14-31.05.14"));
    g_assert_cmpstr (price, ==, i == 0 ? "3,89" : "5,39");
    g_assert_cmpstr (amount, ==, price);
  }
}

/* The heading says where the table is; its totals are no rows of it. */
static void
test_found (void)
{
  g_autoptr (EmendWords) words = read_words ("SammyMaystoneLinesTest");
  g_autoptr (EmendField) table = make_field ();
  g_autoptr (EmendTableGrid) grid = NULL;
  EmendRect rect;

  if (words == NULL)
    return;
  g_assert_true (emend_table_find (words, table, &rect));
  grid = emend_table_grid_new (words, &rect, table, NULL, NULL);
  tell_rows (grid);
  g_assert_cmpuint (grid->rows->len, ==, 2);
  for (guint i = 0; i < 2; i++) {
    g_autofree char *quantity = get_cell (grid, i, 0);
    g_autofree char *description = get_cell (grid, i, 1);
    g_autofree char *price = get_cell (grid, i, 2);
    g_autofree char *amount = get_cell (grid, i, 3);

    g_assert_cmpstr (quantity, ==, i == 0 ? "12" : "5");
    g_assert_true (g_str_has_prefix (description, i == 0 ? "Service A" : "Service B"));
    g_assert_cmpstr (price, ==, i == 0 ? "$10.00" : "$1.50");
    g_assert_cmpstr (amount, ==, i == 0 ? "$120.00" : "$7.50");
  }
}

/* A quantity with its unit is no number, so that no column is taken for it; the table ends at its first subtotal. */
static void
test_units (void)
{
  g_autoptr (EmendWords) words = read_words ("AzureInterior");
  g_autoptr (EmendField) table = make_field ();
  g_autoptr (EmendTableGrid) grid = NULL;
  EmendRect rect;

  if (words == NULL)
    return;
  g_assert_true (emend_table_find (words, table, &rect));
  grid = emend_table_grid_new (words, &rect, table, NULL, NULL);
  tell_rows (grid);
  g_assert_cmpuint (grid->rows->len, ==, 2);
  for (guint i = 0; i < 2; i++) {
    g_autofree char *quantity = get_cell (grid, i, 0);
    g_autofree char *description = get_cell (grid, i, 1);
    g_autofree char *amount = get_cell (grid, i, 3);

    g_assert_cmpstr (quantity, ==, "");
    g_assert_cmpstr (description, ==, i == 0 ? "[17589684] Beeswax XL\nAcme beeswax" : "[FURN_7777] Office Chair");
    g_assert_cmpstr (amount, ==, i == 0 ? "$ 42.00" : "$ 70.00");
  }
}

int
main (int argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/media/pdf-tables/wrapped", test_wrapped);
  g_test_add_func ("/media/pdf-tables/found", test_found);
  g_test_add_func ("/media/pdf-tables/units", test_units);
  return g_test_run ();
}
