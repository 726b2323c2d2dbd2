/* Drawing the columns of a table, with the pointer and with keys. */
#include "config.h"

#include <math.h>

#include "emend-table-tool.h"
#include "table-page.h"

static const char *const page[] = {
  "",
  "",
  "     Oak board         2    10.00     20.00",
  "     Sash cord         1     5.50      5.50",
  "     Site visit        3   100.00    300.00",
  "",
  "     Thank you",
  NULL,
};

typedef struct {
  EmendTableTool *tool;
  EmendViewport viewport;
  const char *cursor;
} Fixture;

static void
set_up (Fixture *fixture,
        gconstpointer data)
{
  g_autoptr (EmendWords) words = table_page_new (page, 0);
  g_autoptr (EmendField) table = table_page_make_field ();

  fixture->tool = emend_table_tool_new (words, table);
  emend_viewport_init (&fixture->viewport);
  emend_viewport_set_page (&fixture->viewport, 800, 1000);
  emend_viewport_set_view_size (&fixture->viewport, 400, 500, 1);
  emend_viewport_fit (&fixture->viewport);
}

static void
tear_down (Fixture *fixture,
           gconstpointer data)
{
  emend_table_tool_free (fixture->tool);
}

static EmendTableToolAction
point (Fixture *fixture,
       EmendPointerKind kind,
       double x,
       double y)
{
  EmendPoint at = emend_viewport_to_view (&fixture->viewport, (EmendPoint){ x, y });
  EmendPointerEvent event = { kind, at.x, at.y, kind == EMEND_POINTER_MOTION ? 0 : 1, EMEND_MODIFIER_NONE, 0 };

  return emend_table_tool_pointer (fixture->tool, &fixture->viewport, &event, &fixture->cursor);
}

static void
drag (Fixture *fixture,
      double x1,
      double y1,
      double x2,
      double y2)
{
  g_assert_cmpint (point (fixture, EMEND_POINTER_PRESS, x1, y1), ==, EMEND_TABLE_TOOL_REDRAW);
  g_assert_cmpint (point (fixture, EMEND_POINTER_MOTION, x2, y2), ==, EMEND_TABLE_TOOL_REDRAW);
  g_assert_cmpint (point (fixture, EMEND_POINTER_RELEASE, x2, y2), ==, EMEND_TABLE_TOOL_REDRAW);
}

static EmendTableToolAction
press_key (Fixture *fixture,
           EmendTableKey key)
{
  return emend_table_tool_key (fixture->tool, key, EMEND_MODIFIER_NONE);
}

static const EmendTableGrid *
get_grid (Fixture *fixture)
{
  return emend_table_tool_get_grid (fixture->tool);
}

static double
get_line (Fixture *fixture,
          guint line)
{
  return g_array_index (get_grid (fixture)->columns, EmendTableColumn, line).left;
}

static int
get_column (Fixture *fixture,
            guint column)
{
  return g_array_index (get_grid (fixture)->columns, EmendTableColumn, column).column;
}

/* From the upper left corner of the rows to the lower right one. */
static void
draw_table (Fixture *fixture)
{
  drag (fixture, 30, 40, 450, 115);
}

static void
test_rect (Fixture *fixture,
           gconstpointer data)
{
  EmendRect band;

  g_assert_null (get_grid (fixture));
  g_assert_cmpint (press_key (fixture, EMEND_TABLE_KEY_ENTER), ==, EMEND_TABLE_TOOL_NONE);
  point (fixture, EMEND_POINTER_PRESS, 30, 40);
  point (fixture, EMEND_POINTER_MOTION, 450, 115);
  g_assert_true (emend_table_tool_get_band (fixture->tool, &band));
  g_assert_cmpfloat_with_epsilon (band.width, 420, 0.1);
  g_assert_cmpstr (fixture->cursor, ==, "crosshair");
  point (fixture, EMEND_POINTER_RELEASE, 450, 115);
  g_assert_false (emend_table_tool_get_band (fixture->tool, &band));
  g_assert_cmpuint (get_grid (fixture)->columns->len, ==, 4);
  g_assert_cmpuint (get_grid (fixture)->rows->len, ==, 3);
  g_assert_cmpint (press_key (fixture, EMEND_TABLE_KEY_ENTER), ==, EMEND_TABLE_TOOL_TAKE);
}

/* A click beside the table draws nothing, another drag there draws another one. */
static void
test_rect_again (Fixture *fixture,
                 gconstpointer data)
{
  draw_table (fixture);
  point (fixture, EMEND_POINTER_PRESS, 600, 600);
  point (fixture, EMEND_POINTER_RELEASE, 600, 600);
  g_assert_cmpuint (get_grid (fixture)->rows->len, ==, 3);
  drag (fixture, 30, 300, 450, 87);
  g_assert_cmpuint (get_grid (fixture)->rows->len, ==, 2);
}

static void
test_line (Fixture *fixture,
           gconstpointer data)
{
  double before;

  draw_table (fixture);
  before = get_line (fixture, 1);
  drag (fixture, before, 80, before + 15, 82);
  g_assert_cmpfloat_with_epsilon (get_line (fixture, 1), before + 15, 0.1);
  g_assert_cmpuint (emend_table_tool_get_selected (fixture->tool), ==, 1);
  g_assert_cmpuint (get_grid (fixture)->columns->len, ==, 4);
  /* It stops at its neighbour. */
  drag (fixture, get_line (fixture, 1), 80, 440, 80);
  g_assert_cmpfloat (get_line (fixture, 1), <, get_line (fixture, 2));
  point (fixture, EMEND_POINTER_MOTION, get_line (fixture, 2), 80);
  g_assert_cmpstr (fixture->cursor, ==, "col-resize");
}

static void
test_line_new (Fixture *fixture,
               gconstpointer data)
{
  draw_table (fixture);
  drag (fixture, 95, 80, 85, 80);
  g_assert_cmpuint (get_grid (fixture)->columns->len, ==, 5);
  g_assert_cmpfloat_with_epsilon (get_line (fixture, 1), 85, 0.1);
  g_assert_cmpuint (emend_table_tool_get_selected (fixture->tool), ==, 1);
}

static void
test_line_out (Fixture *fixture,
               gconstpointer data)
{
  double x;

  draw_table (fixture);
  x = get_line (fixture, 2);
  point (fixture, EMEND_POINTER_PRESS, x, 80);
  point (fixture, EMEND_POINTER_MOTION, x, 300);
  g_assert_cmpuint (get_grid (fixture)->columns->len, ==, 3);
  point (fixture, EMEND_POINTER_MOTION, x + 4, 90);
  g_assert_cmpuint (get_grid (fixture)->columns->len, ==, 4);
  g_assert_cmpfloat_with_epsilon (get_line (fixture, 2), x + 4, 0.1);
  point (fixture, EMEND_POINTER_MOTION, x, 300);
  point (fixture, EMEND_POINTER_RELEASE, x, 300);
  g_assert_cmpuint (get_grid (fixture)->columns->len, ==, 3);
  g_assert_cmpuint (emend_table_tool_get_column (fixture->tool), <, 3);
}

static void
test_edges (Fixture *fixture,
            gconstpointer data)
{
  double x;

  draw_table (fixture);
  x = get_line (fixture, 2);
  drag (fixture, 100, 115, 100, 87);
  g_assert_cmpuint (get_grid (fixture)->rows->len, ==, 2);
  drag (fixture, 100, 40, 100, 65);
  g_assert_cmpuint (get_grid (fixture)->rows->len, ==, 1);
  drag (fixture, 450, 75, 380, 75);
  g_assert_cmpfloat_with_epsilon (get_grid (fixture)->rect.width, 350, 0.1);
  g_assert_cmpfloat (get_line (fixture, 2), ==, x);
}

/* Escape gives up the drag first, then the tool. */
static void
test_escape (Fixture *fixture,
             gconstpointer data)
{
  double before;

  draw_table (fixture);
  before = get_line (fixture, 1);
  point (fixture, EMEND_POINTER_PRESS, before, 80);
  point (fixture, EMEND_POINTER_MOTION, before, 400);
  g_assert_cmpint (press_key (fixture, EMEND_TABLE_KEY_ENTER), ==, EMEND_TABLE_TOOL_NONE);
  g_assert_cmpint (press_key (fixture, EMEND_TABLE_KEY_ESCAPE), ==, EMEND_TABLE_TOOL_REDRAW);
  g_assert_cmpuint (get_grid (fixture)->columns->len, ==, 4);
  g_assert_cmpfloat (get_line (fixture, 1), ==, before);
  g_assert_cmpint (press_key (fixture, EMEND_TABLE_KEY_ESCAPE), ==, EMEND_TABLE_TOOL_LEAVE);
}

static void
test_choose (Fixture *fixture,
             gconstpointer data)
{
  draw_table (fixture);
  g_assert_cmpint (get_column (fixture, 1), ==, 1);
  g_assert_cmpint (get_column (fixture, 2), ==, 2);
  /* The label above the third column. */
  point (fixture, EMEND_POINTER_PRESS, get_line (fixture, 2) + 30, 20);
  g_assert_cmpuint (emend_table_tool_get_column (fixture->tool), ==, 2);
  g_assert_cmpstr (fixture->cursor, ==, "pointer");
  point (fixture, EMEND_POINTER_RELEASE, get_line (fixture, 2) + 30, 20);
  emend_table_tool_choose (fixture->tool, 1);
  g_assert_cmpint (get_column (fixture, 2), ==, 1);
  g_assert_cmpint (get_column (fixture, 1), !=, 1);
  emend_table_tool_choose (fixture->tool, EMEND_TABLE_NO_COLUMN);
  g_assert_cmpint (get_column (fixture, 2), ==, EMEND_TABLE_NO_COLUMN);
  g_assert_cmpint (get_column (fixture, 1), ==, 1);
  emend_table_tool_choose (fixture->tool, 4);
  g_assert_cmpint (get_column (fixture, 2), ==, EMEND_TABLE_NO_COLUMN);
}

/* All of it without a pointer. */
static void
test_keys (Fixture *fixture,
           gconstpointer data)
{
  double before;

  g_assert_cmpint (press_key (fixture, EMEND_TABLE_KEY_DELETE), ==, EMEND_TABLE_TOOL_NONE);
  g_assert_cmpint (press_key (fixture, EMEND_TABLE_KEY_INSERT), ==, EMEND_TABLE_TOOL_REDRAW);
  g_assert_cmpuint (get_grid (fixture)->rows->len, ==, 4);
  press_key (fixture, EMEND_TABLE_KEY_UP);
  g_assert_cmpuint (get_grid (fixture)->rows->len, ==, 3);
  press_key (fixture, EMEND_TABLE_KEY_DOWN);
  g_assert_cmpuint (get_grid (fixture)->rows->len, ==, 4);
  press_key (fixture, EMEND_TABLE_KEY_DOWN);
  g_assert_cmpuint (get_grid (fixture)->rows->len, ==, 4);
  emend_table_tool_key (fixture->tool, EMEND_TABLE_KEY_DOWN, EMEND_MODIFIER_SHIFT);
  g_assert_cmpuint (get_grid (fixture)->rows->len, ==, 3);
  emend_table_tool_key (fixture->tool, EMEND_TABLE_KEY_UP, EMEND_MODIFIER_SHIFT);
  g_assert_cmpuint (get_grid (fixture)->rows->len, ==, 4);

  g_assert_cmpuint (emend_table_tool_get_selected (fixture->tool), ==, 1);
  before = get_line (fixture, 1);
  press_key (fixture, EMEND_TABLE_KEY_RIGHT);
  g_assert_cmpfloat (get_line (fixture, 1), >, before);
  press_key (fixture, EMEND_TABLE_KEY_LEFT);
  g_assert_cmpfloat_with_epsilon (get_line (fixture, 1), before, 1e-6);
  press_key (fixture, EMEND_TABLE_KEY_NEXT);
  press_key (fixture, EMEND_TABLE_KEY_DELETE);
  g_assert_cmpuint (get_grid (fixture)->columns->len, ==, 3);
  press_key (fixture, EMEND_TABLE_KEY_PREVIOUS);
  press_key (fixture, EMEND_TABLE_KEY_INSERT);
  g_assert_cmpuint (get_grid (fixture)->columns->len, ==, 4);
  g_assert_cmpuint (emend_table_tool_get_selected (fixture->tool), ==, 2);
  for (guint i = 0; i < 5; i++)
    press_key (fixture, EMEND_TABLE_KEY_NEXT);
  g_assert_cmpuint (emend_table_tool_get_selected (fixture->tool), ==, 2);
}

/* What is given is taken as it is, with what its columns are. */
static void
test_given (Fixture *fixture,
            gconstpointer data)
{
  static const int said[] = { EMEND_TABLE_NO_COLUMN, 0, 3 };
  static const double drawn[] = { 210, 280 };
  g_autoptr (EmendWords) words = table_page_new (page, 0);
  g_autoptr (GArray) lines = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) chosen = g_array_new (FALSE, FALSE, sizeof (int));
  g_autoptr (EmendTableGrid) grid = NULL;
  EmendRect rect = { 30, 40, 420, 75 };

  g_array_append_vals (lines, drawn, G_N_ELEMENTS (drawn));
  g_array_append_vals (chosen, said, G_N_ELEMENTS (said));
  grid = emend_table_grid_new (words, &rect, emend_table_tool_get_field (fixture->tool), lines, chosen);
  emend_table_tool_set_grid (fixture->tool, grid);
  g_assert_cmpuint (get_grid (fixture)->columns->len, ==, 3);
  for (guint i = 0; i < G_N_ELEMENTS (said); i++)
    g_assert_cmpint (get_column (fixture, i), ==, said[i]);
}

static void
test_nothing (void)
{
  g_autoptr (EmendWords) words = emend_words_new (100, 100, "test", "eng");
  g_autoptr (EmendField) table = table_page_make_field ();
  g_autoptr (EmendTableTool) tool = emend_table_tool_new (words, table);

  g_assert_cmpint (emend_table_tool_key (tool, EMEND_TABLE_KEY_INSERT, EMEND_MODIFIER_NONE), ==,
                   EMEND_TABLE_TOOL_NONE);
  g_assert_cmpint (emend_table_tool_key (tool, EMEND_TABLE_KEY_ENTER, EMEND_MODIFIER_NONE), ==, EMEND_TABLE_TOOL_NONE);
}

int
main (int argc,
      char *argv[])
{
  static const struct {
    const char *path;
    void (*test) (Fixture *fixture,
                  gconstpointer data);
  } tests[] = {
    { "/scene/table-tool/rect", test_rect },
    { "/scene/table-tool/rect/again", test_rect_again },
    { "/scene/table-tool/line", test_line },
    { "/scene/table-tool/line/new", test_line_new },
    { "/scene/table-tool/line/out", test_line_out },
    { "/scene/table-tool/edges", test_edges },
    { "/scene/table-tool/escape", test_escape },
    { "/scene/table-tool/choose", test_choose },
    { "/scene/table-tool/keys", test_keys },
    { "/scene/table-tool/given", test_given },
  };

  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].test, tear_down);
  g_test_add_func ("/scene/table-tool/nothing", test_nothing);
  return g_test_run ();
}
