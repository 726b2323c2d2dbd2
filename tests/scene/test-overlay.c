#define G_LOG_DOMAIN "emend-test"

#include "config.h"

#include "emend-overlay.h"

#include <math.h>

static EmendOverlayMark
make_mark (double x,
           double y,
           double width,
           double height)
{
  EmendOverlayMark mark = { .color = 0xe69f00, .score = 0.5, .tag = (char *) "car" };
  EmendRect box = { x, y, width, height };

  emend_shape_init_box (&mark.shape, &box);
  return mark;
}

static const EmendOverlayFilter all = { 0, TRUE };

static void
assert_picked (EmendOverlay *overlay,
               double x,
               double y,
               const char *expected)
{
  g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_autoptr (GString) text = g_string_new (NULL);

  emend_overlay_pick (overlay, &all, (EmendPoint){ x, y }, 1, found);
  for (guint i = 0; i < found->len; i++)
    g_string_append_printf (text, "%u ", g_array_index (found, guint32, i));
  g_assert_cmpstr (text->str, ==, expected);
}

static void
test_copies (void)
{
  char tag[] = "dog";
  EmendOverlayMark mark = make_mark (1, 2, 3, 4);
  g_autoptr (EmendOverlay) overlay = NULL;

  mark.tag = tag;
  overlay = emend_overlay_new (&mark, 1);
  tag[0] = 'f';
  g_assert_cmpuint (emend_overlay_get_n_marks (overlay), ==, 1);
  g_assert_cmpstr (emend_overlay_get_mark (overlay, 0)->tag, ==, "dog");
  g_assert_cmpfloat (emend_overlay_get_mark (overlay, 0)->shape.box.height, ==, 4);
}

static void
test_pick_order (void)
{
  EmendOverlayMark marks[] = { make_mark (0, 0, 100, 100), make_mark (10, 10, 20, 20), make_mark (0, 0, 50, 50),
                               make_mark (10, 10, 20, 20) };
  g_autoptr (EmendOverlay) overlay = NULL;

  marks[2].hidden = TRUE;
  overlay = emend_overlay_new (marks, G_N_ELEMENTS (marks));
  assert_picked (overlay, 15, 15, "3 1 0 ");
  assert_picked (overlay, 60, 60, "0 ");
  assert_picked (overlay, 100.5, 50, "0 ");
  assert_picked (overlay, 150, 150, "");
}

static void
test_pick_shapes (void)
{
  const EmendPoint corners[] = { { 0, 0 }, { 100, 0 }, { 0, 100 } };
  const guint32 size = 3;
  EmendOverlayMark marks[3] = { { .score = NAN }, { .score = NAN }, { .score = NAN } };
  EmendRect box = { 200, 0, 100, 100 };
  g_autoptr (EmendOverlay) overlay = NULL;

  g_assert_true (emend_shape_init_points (&marks[0].shape, EMEND_SHAPE_POLYGON, corners, &size, 1));
  g_assert_true (emend_shape_init_points (&marks[1].shape, EMEND_SHAPE_POLYLINE, corners, &size, 1));
  emend_shape_init_box (&marks[2].shape, &box);
  marks[2].shape.kind = EMEND_SHAPE_ELLIPSE;
  overlay = emend_overlay_new (marks, G_N_ELEMENTS (marks));
  assert_picked (overlay, 20, 20, "0 ");
  assert_picked (overlay, 50.2, 50.2, "1 0 ");
  assert_picked (overlay, 80, 80, "");
  assert_picked (overlay, 250, 50, "2 ");
  assert_picked (overlay, 202, 2, "");
  for (int i = 0; i < 3; i++)
    emend_shape_clear (&marks[i].shape);
}

static void
test_filter (void)
{
  EmendOverlayMark mark = make_mark (0, 0, 1, 1);
  EmendOverlayFilter filter = { 0.6, FALSE };

  g_assert_false (emend_overlay_mark_is_shown (&mark, &filter));
  mark.score = 0.6;
  g_assert_true (emend_overlay_mark_is_shown (&mark, &filter));
  mark.score = NAN;
  g_assert_true (emend_overlay_mark_is_shown (&mark, &filter));
  mark.score = 0.1;
  mark.verdict = EMEND_VERDICT_ACCEPTED;
  g_assert_true (emend_overlay_mark_is_shown (&mark, &filter));
  mark.verdict = EMEND_VERDICT_REJECTED;
  g_assert_false (emend_overlay_mark_is_shown (&mark, &filter));
  filter.show_rejected = TRUE;
  g_assert_true (emend_overlay_mark_is_shown (&mark, &filter));
  mark.hidden = TRUE;
  g_assert_false (emend_overlay_mark_is_shown (&mark, &filter));
}

static void
assert_query (EmendOverlay *overlay,
              const EmendOverlayMark *marks,
              guint n)
{
  g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (guint32));
  EmendRect rect = { 100, 100, 400, 300 };
  guint at = 0;

  emend_overlay_query (overlay, &rect, found);
  for (guint i = 0; i < n; i++) {
    EmendRect common = emend_rect_intersect (&marks[i].shape.box, &rect);

    if (common.width <= 0 || common.height <= 0)
      continue;
    g_assert_cmpuint (at, <, found->len);
    g_assert_cmpuint (g_array_index (found, guint32, at), ==, i);
    at++;
  }
  g_assert_cmpuint (at, ==, found->len);
}

/* Changes and adds marks one after the other, past the point where a new base is made. */
static void
test_with_mark (void)
{
  EmendOverlayMark marks[400];
  guint n = 200;
  g_autoptr (EmendOverlay) first = NULL;
  g_autoptr (EmendOverlay) overlay = NULL;

  for (guint i = 0; i < n; i++)
    marks[i] = make_mark (g_test_rand_double_range (0, 900), g_test_rand_double_range (0, 900), 20.5, 20.5);
  first = emend_overlay_new (marks, n);
  overlay = emend_overlay_ref (first);
  while (n < 400) {
    guint at = n % 2 == 0 ? n : (guint) g_test_rand_int_range (0, (int) n);
    g_autoptr (EmendOverlay) old = g_steal_pointer (&overlay);

    marks[at] = make_mark (g_test_rand_double_range (0, 900), g_test_rand_double_range (0, 900), 30.5, 10.5);
    overlay = emend_overlay_with_mark (old, at, &marks[at]);
    n = MAX (n, at + 1);
    g_assert_cmpuint (emend_overlay_get_n_marks (overlay), ==, n);
    g_assert_cmpfloat (emend_overlay_get_mark (overlay, at)->shape.box.x, ==, marks[at].shape.box.x);
    assert_query (overlay, marks, n);
    if (at < n - 1 && n % 2 == 1) {
      marks[n] = make_mark (0, 0, 5, 5);
      g_clear_pointer (&old, emend_overlay_unref);
      old = g_steal_pointer (&overlay);
      overlay = emend_overlay_with_mark (old, n, &marks[n]);
      n++;
    }
  }
  g_assert_cmpuint (emend_overlay_get_n_marks (first), ==, 200);
}

static void
test_many (void)
{
  const gsize n = 100000;
  g_autofree EmendOverlayMark *marks = g_new (EmendOverlayMark, n);
  g_autoptr (EmendOverlay) overlay = NULL;
  g_autoptr (EmendOverlay) changed = NULL;
  g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (guint32));
  EmendRect whole = { -1, -1, 30002, 30002 };

  for (gsize i = 0; i < n; i++) {
    gsize row = i / 317;

    marks[i] = make_mark ((double) (i % 317) * 90, (double) row * 90, 40, 40);
  }
  overlay = emend_overlay_new (marks, n);
  emend_overlay_query (overlay, &whole, found);
  g_assert_cmpuint (found->len, ==, n);
  assert_picked (overlay, 90 * 100 + 20, 90 * 200 + 20, "63500 ");
  marks[63500] = make_mark (1e6, 1e6, 1, 1);
  changed = emend_overlay_with_mark (overlay, 63500, &marks[63500]);
  assert_picked (changed, 90 * 100 + 20, 90 * 200 + 20, "");
  assert_picked (overlay, 90 * 100 + 20, 90 * 200 + 20, "63500 ");
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scene/overlay/new/copies", test_copies);
  g_test_add_func ("/scene/overlay/new/many", test_many);
  g_test_add_func ("/scene/overlay/pick/order", test_pick_order);
  g_test_add_func ("/scene/overlay/pick/shapes", test_pick_shapes);
  g_test_add_func ("/scene/overlay/mark_is_shown/filter", test_filter);
  g_test_add_func ("/scene/overlay/with_mark/random", test_with_mark);
  return g_test_run ();
}
