#include "config.h"

#include "emend-model-error.h"
#include "emend-table-edit.h"

#define TABLE 1

/* A table of articles with amount and price, in the cells of which tests write. */
typedef struct {
  EmendTable table;
  GPtrArray *marks; /* (element-type EmendMark) */
  EmendWords *words;
} Fixture;

static void
set_up (Fixture *fixture,
        gconstpointer data)
{
  EmendField *field = emend_field_new (0, "lines", EMEND_FIELD_TABLE);

  g_ptr_array_add (field->columns, emend_field_new (0, "item", EMEND_FIELD_TEXT));
  g_ptr_array_add (field->columns, emend_field_new (0, "day", EMEND_FIELD_DATE));
  g_ptr_array_add (field->columns, emend_field_new (0, "price", EMEND_FIELD_AMOUNT));
  g_ptr_array_add (field->columns, emend_field_new (0, "secret", EMEND_FIELD_TEXT));
  ((EmendField *) g_ptr_array_index (field->columns, 3))->blind = TRUE;
  fixture->table.schema = emend_schema_new ();
  fixture->table.field = emend_schema_add_field (fixture->table.schema, field);
  fixture->table.cells = g_array_new (FALSE, TRUE, sizeof (EmendTableCell));
  fixture->marks = g_ptr_array_new_with_free_func ((GDestroyNotify) emend_mark_free);
  fixture->words = emend_words_new (800, 600, "test", "eng");
}

static void
tear_down (Fixture *fixture,
           gconstpointer data)
{
  g_array_unref (fixture->table.cells);
  g_ptr_array_unref (fixture->marks);
  emend_words_unref (fixture->words);
  emend_schema_unref (fixture->table.schema);
}

static EmendValue *
make_value (Fixture *fixture,
            int row,
            const char *column,
            const char *text)
{
  EmendValue *value = emend_value_new (text);

  value->row = row;
  value->column = g_strdup (column);
  emend_schema_normalise (fixture->table.schema, TABLE, value);
  return value;
}

/* A cell that a model proposed, at a height of 20 for each row; NONE: nobody decided it, ADDED: a person wrote it. */
static guint
add (Fixture *fixture,
     int row,
     const char *column,
     const char *text,
     EmendVerdict verdict)
{
  EmendProposal *proposal = verdict == EMEND_VERDICT_ADDED ? NULL : emend_proposal_new ();
  EmendAnnotation *annotation = verdict == EMEND_VERDICT_NONE ? NULL : emend_annotation_new ();
  EmendRect box = { g_str_equal (column, "item") ? 10 : 200, 20 * row, 100, 18 };
  EmendTableCell cell = { .mark = fixture->marks->len };

  if (proposal != NULL) {
    proposal->id = EMEND_PROPOSAL_ID (1, cell.mark);
    proposal->label = TABLE;
    proposal->value = make_value (fixture, row, column, text);
    emend_shape_init_box (&proposal->shape, &box);
  }
  if (annotation != NULL) {
    annotation->verdict = verdict;
    annotation->label = TABLE;
    annotation->value = make_value (fixture, row, column, text);
    emend_shape_init_box (&annotation->shape, &box);
  }
  cell.is = emend_mark_new (proposal, annotation);
  cell.words = fixture->words;
  g_ptr_array_add (fixture->marks, (gpointer) cell.is);
  g_array_append_val (fixture->table.cells, cell);
  return cell.mark;
}

static EmendMark *
get_mark (Fixture *fixture,
          guint number)
{
  return g_ptr_array_index (fixture->marks, number);
}

/* A cell over two lines of the page. */
static guint
add_tall (Fixture *fixture,
          int row,
          const char *column,
          const char *text)
{
  guint mark = add (fixture, row, column, text, EMEND_VERDICT_NONE);

  get_mark (fixture, mark)->proposal->shape.box.height = 38;
  return mark;
}

static void
add_word (Fixture *fixture,
          const char *text,
          double x,
          double y)
{
  guint line = (guint) emend_words_get_n (fixture->words);

  g_assert_true (emend_words_add (fixture->words, text, &(EmendRect){ x, y, 30, 14 }, 1, line));
}

static const char *
name_of (EmendDecisionKind kind)
{
  static const char *const names[] = { NULL, "accept", "reject", "correct", "add", "clear", "absent", "illegible" };

  return names[kind];
}

/* All changes in one line each: what is done with which cell, and what it says then. */
static void
assert_changes (GPtrArray *changes,
                const char *expected)
{
  g_autoptr (GString) text = g_string_new (NULL);

  g_assert_nonnull (changes);
  for (guint i = 0; i < changes->len; i++) {
    const EmendTableChange *change = g_ptr_array_index (changes, i);
    const EmendValue *value = change->value;

    g_string_append_printf (text, "%s %d", name_of (change->kind), change->mark);
    if (value != NULL)
      g_string_append_printf (text, " %d.%s=%s", value->row, value->column, value->value != NULL ? value->value : "-");
    if (change->has_place)
      g_string_append_printf (text, " @%g+%g", change->place.box.y, change->place.box.height);
    g_string_append (text, change->makes_room ? " room\n" : "\n");
  }
  g_assert_cmpstr (text->str, ==, expected);
  g_ptr_array_unref (changes);
}

static void
assert_refused (GPtrArray *changes,
                GError **error)
{
  g_assert_error (*error, EMEND_MODEL_ERROR, EMEND_MODEL_ERROR_ROWS);
  g_assert_null (changes);
  g_clear_error (error);
}

static void
test_accept (Fixture *fixture,
             gconstpointer data)
{
  add (fixture, 0, "item", "Milk", EMEND_VERDICT_NONE);
  add (fixture, 1, "item", "Bread", EMEND_VERDICT_NONE);
  add (fixture, 1, "price", "2.00", EMEND_VERDICT_CORRECTED);
  add (fixture, 1, "day", "9 February 2020", EMEND_VERDICT_NONE);
  assert_changes (emend_table_accept_row (&fixture->table, 1), "accept 1\naccept 3\n");
}

/* What asks for a person alone is not decided together with others. */
static void
test_accept_not (Fixture *fixture,
                 gconstpointer data)
{
  add (fixture, 0, "item", "Milk", EMEND_VERDICT_NONE);
  add (fixture, 0, "price", "a lot", EMEND_VERDICT_NONE);
  add (fixture, 0, "secret", "x", EMEND_VERDICT_NONE);
  assert_changes (emend_table_accept_row (&fixture->table, 0), "accept 0\n");
}

/* A date is accepted as it is shown: in the order that was chosen for another one of the document. */
static void
test_accept_date (Fixture *fixture,
                  gconstpointer data)
{
  GPtrArray *changes;

  add (fixture, 0, "day", "09/02/2020", EMEND_VERDICT_NONE);
  add (fixture, 0, "item", "09/02/2020", EMEND_VERDICT_NONE);
  fixture->table.date_order = EMEND_DATE_MDY;
  changes = emend_table_accept_row (&fixture->table, 0);
  g_assert_cmpstr (((EmendTableChange *) g_ptr_array_index (changes, 0))->value->normal, ==, "2020-09-02");
  assert_changes (changes, "correct 0 0.day=09/02/2020\naccept 1\n");
}

static void
test_delete (Fixture *fixture,
             gconstpointer data)
{
  add (fixture, 0, "item", "Milk", EMEND_VERDICT_NONE);
  add (fixture, 1, "item", "Subtotal", EMEND_VERDICT_NONE);
  add (fixture, 1, "price", "2.00", EMEND_VERDICT_ADDED);
  add (fixture, 1, "day", NULL, EMEND_VERDICT_ABSENT);
  add (fixture, 2, "item", "Bread", EMEND_VERDICT_NONE);
  assert_changes (emend_table_delete_row (&fixture->table, 1), "reject 1\nclear 2\nreject 3\n");
  assert_changes (emend_table_delete_row (&fixture->table, 7), "");
}

/* A description over two lines that was read as two rows; the row between was deleted. */
static void
test_merge (Fixture *fixture,
            gconstpointer data)
{
  GPtrArray *changes;

  add (fixture, 0, "item", "Milk", EMEND_VERDICT_NONE);
  add (fixture, 0, "price", "2.00", EMEND_VERDICT_ACCEPTED);
  add (fixture, 2, "item", "fresh", EMEND_VERDICT_NONE);
  add (fixture, 2, "day", "9 February 2020", EMEND_VERDICT_NONE);
  add (fixture, 2, "price", "2,00", EMEND_VERDICT_ADDED);
  changes = emend_table_merge_row (&fixture->table, 0, NULL);
  g_assert_cmpstr (((EmendTableChange *) g_ptr_array_index (changes, 0))->value->text, ==, "Milk\nfresh");
  assert_changes (changes, "correct 0 0.item=Milk fresh @0+58\nreject 2\ncorrect 3 0.day=9 February 2020\nclear 4\n");
}

/* A cell that says nothing makes way for one that says something. */
static void
test_merge_empty (Fixture *fixture,
                  gconstpointer data)
{
  add (fixture, 0, "item", NULL, EMEND_VERDICT_ABSENT);
  add (fixture, 0, "price", "2.00", EMEND_VERDICT_NONE);
  add (fixture, 1, "item", "Milk", EMEND_VERDICT_NONE);
  add (fixture, 1, "price", NULL, EMEND_VERDICT_ILLEGIBLE);
  add (fixture, 1, "day", NULL, EMEND_VERDICT_ILLEGIBLE);
  assert_changes (emend_table_merge_row (&fixture->table, 0, NULL),
                  "reject 0\ncorrect 2 0.item=Milk\nreject 3\nillegible 4 0.day=-\n");
}

/* On two pages the lower place is a further one, and splitting finds it again. */
static void
test_merge_pages (Fixture *fixture,
                  gconstpointer data)
{
  g_autoptr (GPtrArray) changes = NULL;
  const EmendTableChange *change;
  EmendMark *lower;

  add (fixture, 0, "item", "Milk", EMEND_VERDICT_NONE);
  lower = get_mark (fixture, add (fixture, 1, "item", "fresh", EMEND_VERDICT_NONE));
  lower->proposal->page = 1;
  changes = emend_table_merge_row (&fixture->table, 0, NULL);
  change = g_ptr_array_index (changes, 0);
  g_assert_cmpint (change->place.page, ==, 0);
  g_assert_cmpuint (change->value->regions->len, ==, 1);
  g_assert_cmpint (g_array_index (change->value->regions, EmendRegion, 0).page, ==, 1);
}

static void
test_merge_refused (Fixture *fixture,
                    gconstpointer data)
{
  GError *error = NULL;

  add (fixture, 0, "price", "1.00", EMEND_VERDICT_NONE);
  add (fixture, 1, "price", "2.00", EMEND_VERDICT_NONE);
  add (fixture, 2, "secret", "x", EMEND_VERDICT_NONE);
  assert_refused (emend_table_merge_row (&fixture->table, 0, &error), &error);
  assert_refused (emend_table_merge_row (&fixture->table, 1, &error), &error);
  assert_refused (emend_table_merge_row (&fixture->table, 2, &error), &error);
}

/* Two lines in every cell; the words say which is the upper one, and those of a decided value stay as a person wrote
 * them. */
static void
test_split_lines (Fixture *fixture,
                  gconstpointer data)
{
  GPtrArray *changes;

  add_tall (fixture, 0, "item", "Fresh Milk Bread");
  add_tall (fixture, 0, "price", "2.00 3.00");
  add_word (fixture, "Fresh", 12, 2);
  add_word (fixture, "Mi1k", 50, 3);
  add_word (fixture, "Bread", 12, 22);
  add_word (fixture, "2.00", 202, 2);
  add_word (fixture, "3.00", 202, 22);
  changes = emend_table_split_row (&fixture->table, 0, -1, 0, NULL);
  g_assert_cmpstr (((EmendTableChange *) g_ptr_array_index (changes, 0))->value->text, ==, "Fresh\nMi1k");
  assert_changes (changes, "correct 0 0.item=Fresh Milk @2+15\nadd -1 1.item=Bread @22+14\n"
                           "correct 1 0.price=2.00 @2+14\nadd -1 1.price=3.00 @22+14\n");
}

/* A cell with one line goes where that stands. */
static void
test_split_lower_cell (Fixture *fixture,
                       gconstpointer data)
{
  guint price;

  add_tall (fixture, 0, "item", "Milk Bread");
  price = add (fixture, 0, "price", "3.00", EMEND_VERDICT_NONE);
  get_mark (fixture, price)->proposal->shape.box.y = 20;
  add_word (fixture, "Milk", 12, 2);
  add_word (fixture, "Bread", 12, 22);
  add_word (fixture, "3.00", 202, 22);
  assert_changes (emend_table_split_row (&fixture->table, 0, -1, 0, NULL),
                  "correct 0 0.item=Milk @2+14\nadd -1 1.item=Bread @22+14\ncorrect 1 1.price=3.00\n");
}

/* Cells that stand one above the other were read as one row. */
static void
test_split_staggered (Fixture *fixture,
                      gconstpointer data)
{
  guint price;

  add (fixture, 0, "item", "Milk", EMEND_VERDICT_NONE);
  price = add (fixture, 0, "price", "3.00", EMEND_VERDICT_NONE);
  get_mark (fixture, price)->proposal->shape.box.y = 20;
  assert_changes (emend_table_split_row (&fixture->table, 0, -1, 0, NULL), "correct 1 1.price=3.00\n");
}

/* On a page that lies askew one row is still one row. */
static void
test_split_askew (Fixture *fixture,
                  gconstpointer data)
{
  GError *error = NULL;
  guint price;

  add (fixture, 0, "item", "Milk", EMEND_VERDICT_NONE);
  price = add (fixture, 0, "price", "3.00", EMEND_VERDICT_NONE);
  get_mark (fixture, price)->proposal->shape.box.y = 12;
  assert_refused (emend_table_split_row (&fixture->table, 0, -1, 0, &error), &error);
}

/* The cursor counts between words only, and there before everything else. */
static void
test_split_cursor (Fixture *fixture,
                   gconstpointer data)
{
  GError *error = NULL;

  add (fixture, 0, "item", "Käse Brot Milch", EMEND_VERDICT_ADDED);
  add (fixture, 0, "price", "2.00", EMEND_VERDICT_NONE);
  assert_changes (emend_table_split_row (&fixture->table, 0, 0, 5, NULL),
                  "correct 0 0.item=Käse\nadd -1 1.item=Brot Milch @0+18\n");
  assert_changes (emend_table_split_row (&fixture->table, 0, 0, 9, NULL),
                  "correct 0 0.item=Käse Brot\nadd -1 1.item=Milch @0+18\n");
  assert_refused (emend_table_split_row (&fixture->table, 0, 0, 2, &error), &error);
  assert_refused (emend_table_split_row (&fixture->table, 0, 0, 15, &error), &error);
  assert_refused (emend_table_split_row (&fixture->table, 0, 0, 0, &error), &error);
  assert_refused (emend_table_split_row (&fixture->table, 3, -1, 0, &error), &error);
}

/* Cut within a line, nothing says what of the other cells is lower, however askew the page lies. */
static void
test_split_cursor_in_line (Fixture *fixture,
                           gconstpointer data)
{
  add (fixture, 0, "item", "Fresh Milk", EMEND_VERDICT_NONE);
  add (fixture, 0, "price", "2.00", EMEND_VERDICT_NONE);
  add_word (fixture, "Fresh", 12, 1);
  add_word (fixture, "Milk", 50, 2);
  add_word (fixture, "2.00", 202, 4);
  assert_changes (emend_table_split_row (&fixture->table, 0, 0, 6, NULL),
                  "correct 0 0.item=Fresh @1+14\nadd -1 1.item=Milk @2+14\n");
}

/* No words are known: the line breaks of the text cut, and the value is cut at the same word. */
static void
test_split_breaks (Fixture *fixture,
                   gconstpointer data)
{
  EmendMark *item;
  GPtrArray *changes;

  item = get_mark (fixture, add (fixture, 0, "item", "Milk Bread", EMEND_VERDICT_NONE));
  g_free (item->proposal->value->text);
  item->proposal->value->text = g_strdup ("Mi1k\nBread");
  emend_value_add_region (item->proposal->value, 1, &(EmendRect){ 5, 6, 7, 8 });
  add (fixture, 0, "price", "2.00\n3.00", EMEND_VERDICT_NONE);
  changes = emend_table_split_row (&fixture->table, 0, -1, 0, NULL);
  g_assert_cmpstr (((EmendTableChange *) g_ptr_array_index (changes, 0))->value->text, ==, "Mi1k");
  g_assert_cmpint (((EmendTableChange *) g_ptr_array_index (changes, 1))->place.page, ==, 1);
  assert_changes (changes, "correct 0 0.item=Milk\nadd -1 1.item=Bread @6+8\n"
                           "correct 1 0.price=2.00\nadd -1 1.price=3.00 @0+18\n");
}

/* Rows below go down as far as the next free number, with all that was decided of them. */
static void
test_split_room (Fixture *fixture,
                 gconstpointer data)
{
  add (fixture, 0, "item", "Milk Bread", EMEND_VERDICT_ADDED);
  add (fixture, 1, "item", "Eggs", EMEND_VERDICT_NONE);
  add (fixture, 2, "price", NULL, EMEND_VERDICT_ABSENT);
  add (fixture, 4, "item", "Oil", EMEND_VERDICT_NONE);
  assert_changes (emend_table_split_row (&fixture->table, 0, 0, 5, NULL),
                  "correct 0 0.item=Milk\nadd -1 1.item=Bread @0+18\n"
                  "correct 1 2.item=Eggs room\nabsent 2 3.price=- room\n");
}

static void
test_split_hidden (Fixture *fixture,
                   gconstpointer data)
{
  GError *error = NULL;

  add (fixture, 0, "item", "Milk Bread", EMEND_VERDICT_ADDED);
  add (fixture, 1, "secret", "x", EMEND_VERDICT_NONE);
  assert_refused (emend_table_split_row (&fixture->table, 0, 0, 5, &error), &error);
}

static void
test_row_below (Fixture *fixture,
                gconstpointer data)
{
  g_assert_cmpint (emend_table_find_row_below (&fixture->table, -1), ==, -1);
  add (fixture, 5, "item", "Eggs", EMEND_VERDICT_NONE);
  add (fixture, 2, "item", "Milk", EMEND_VERDICT_NONE);
  g_assert_cmpint (emend_table_find_row_below (&fixture->table, -1), ==, 2);
  g_assert_cmpint (emend_table_find_row_below (&fixture->table, 2), ==, 5);
  g_assert_cmpint (emend_table_find_row_below (&fixture->table, 5), ==, -1);
}

#define ADD(name, func) g_test_add ("/model/table-edit/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  ADD ("accept", test_accept);
  ADD ("accept/not", test_accept_not);
  ADD ("accept/date", test_accept_date);
  ADD ("delete", test_delete);
  ADD ("merge", test_merge);
  ADD ("merge/empty", test_merge_empty);
  ADD ("merge/pages", test_merge_pages);
  ADD ("merge/refused", test_merge_refused);
  ADD ("split/lines", test_split_lines);
  ADD ("split/lower-cell", test_split_lower_cell);
  ADD ("split/staggered", test_split_staggered);
  ADD ("split/askew", test_split_askew);
  ADD ("split/cursor", test_split_cursor);
  ADD ("split/cursor-in-line", test_split_cursor_in_line);
  ADD ("split/breaks", test_split_breaks);
  ADD ("split/room", test_split_room);
  ADD ("split/hidden", test_split_hidden);
  ADD ("row-below", test_row_below);
  return g_test_run ();
}
