#define G_LOG_DOMAIN "emend-test"

#include "config.h"

#include "emend-viewport.h"

#include <math.h>

#define ROUNDS 500

static void
assert_near (double a,
             double b,
             double tolerance)
{
  g_assert_cmpfloat_with_epsilon (a, b, tolerance);
}

static EmendViewport
random_viewport (void)
{
  EmendViewport v;

  emend_viewport_init (&v);
  emend_viewport_set_page (&v, g_test_rand_double_range (1, 30000), g_test_rand_double_range (1, 30000));
  emend_viewport_set_view_size (&v, g_test_rand_double_range (50, 4000), g_test_rand_double_range (50, 3000),
                                g_test_rand_int_range (1, 4));
  emend_viewport_set_zoom (&v, exp (g_test_rand_double_range (-4, 4)));
  emend_viewport_pan (&v, g_test_rand_double_range (-5000, 5000), g_test_rand_double_range (-5000, 5000));
  return v;
}

static EmendPoint
random_point (const EmendViewport *v)
{
  return (EmendPoint){ g_test_rand_double_range (0, v->view_width), g_test_rand_double_range (0, v->view_height) };
}

static void
test_round_trip (void)
{
  for (int i = 0; i < ROUNDS; i++) {
    EmendViewport v = random_viewport ();
    EmendPoint view = random_point (&v);
    EmendPoint back = emend_viewport_to_view (&v, emend_viewport_to_image (&v, view));
    EmendRect rect = { view.x, view.y, 17, 23 };
    EmendRect image = emend_viewport_rect_to_image (&v, &rect);
    EmendRect rect_back = emend_viewport_rect_to_view (&v, &image);

    assert_near (back.x, view.x, 1e-6);
    assert_near (back.y, view.y, 1e-6);
    assert_near (rect_back.x, rect.x, 1e-6);
    assert_near (rect_back.height, rect.height, 1e-6);
  }
}

static void
test_zoom_at_keeps_point (void)
{
  int kept = 0;

  for (int i = 0; i < ROUNDS; i++) {
    EmendViewport v = random_viewport ();
    EmendViewport before = v;
    EmendPoint at = random_point (&v);
    EmendPoint image = emend_viewport_to_image (&v, at);
    EmendViewport clamped;

    emend_viewport_zoom_at (&v, exp (g_test_rand_double_range (-1, 1)), at);
    /* Where the page had to be held in the view the point moves; only there. */
    clamped = v;
    clamped.offset_x = at.x - image.x * v.scale;
    clamped.offset_y = at.y - image.y * v.scale;
    emend_viewport_clamp (&clamped);
    assert_near (clamped.offset_x, v.offset_x, 1e-6);
    assert_near (clamped.offset_y, v.offset_y, 1e-6);
    if (fabs (v.offset_x + image.x * v.scale - at.x) < 1e-6 && fabs (v.offset_y + image.y * v.scale - at.y) < 1e-6)
      kept++;
    g_assert_cmpfloat (before.view_width, ==, v.view_width);
  }
  g_assert_cmpint (kept, >, ROUNDS / 4);
}

static void
test_zoom_at_inside (void)
{
  EmendViewport v;
  EmendPoint at = { 700, 300 };
  EmendPoint before;
  EmendPoint after;

  emend_viewport_init (&v);
  emend_viewport_set_page (&v, 6000, 4000);
  emend_viewport_set_view_size (&v, 1000, 700, 2);
  before = emend_viewport_to_image (&v, at);
  emend_viewport_zoom_at (&v, 10, at);
  after = emend_viewport_to_image (&v, at);
  assert_near (before.x, after.x, 1e-9);
  assert_near (before.y, after.y, 1e-9);
}

static void
test_clamp_keeps_page (void)
{
  for (int i = 0; i < ROUNDS; i++) {
    EmendViewport v = random_viewport ();
    double width = v.page_width * v.scale;
    double left = fmax (0, v.offset_x);
    double right = fmin (v.view_width, v.offset_x + width);

    g_assert_cmpfloat (right - left + 1e-6, >=, fmin (width, v.view_width / 2));
  }
}

static void
test_fit (void)
{
  for (int i = 0; i < ROUNDS; i++) {
    EmendViewport v = random_viewport ();
    EmendRect visible;

    emend_viewport_fit (&v);
    visible = emend_viewport_get_visible (&v);
    assert_near (visible.width, v.page_width, 1e-6);
    assert_near (visible.height, v.page_height, 1e-6);
    g_assert_true (emend_viewport_is_fitted (&v));
    emend_viewport_zoom_at (&v, 3, (EmendPoint){ v.view_width / 2, v.view_height / 2 });
    g_assert_false (emend_viewport_is_fitted (&v));
  }
}

static void
test_resize (void)
{
  EmendViewport v;
  EmendPoint middle;

  emend_viewport_init (&v);
  emend_viewport_set_page (&v, 2000, 1000);
  emend_viewport_set_view_size (&v, 800, 600, 1);
  g_assert_true (emend_viewport_is_fitted (&v));
  emend_viewport_set_view_size (&v, 500, 600, 1);
  g_assert_true (emend_viewport_is_fitted (&v));
  emend_viewport_set_zoom (&v, 1);
  emend_viewport_pan (&v, -100, 20);
  middle = emend_viewport_to_image (&v, (EmendPoint){ 250, 300 });
  emend_viewport_set_view_size (&v, 900, 400, 1);
  assert_near (emend_viewport_to_image (&v, (EmendPoint){ 450, 200 }).x, middle.x, 1e-9);
  assert_near (emend_viewport_to_image (&v, (EmendPoint){ 450, 200 }).y, middle.y, 1e-9);
  assert_near (emend_viewport_get_zoom (&v), 1, 1e-12);
}

static void
test_steps (void)
{
  EmendViewport v;
  gsize n;
  const double *steps = emend_viewport_get_zoom_steps (&n);

  emend_viewport_init (&v);
  emend_viewport_set_page (&v, 8000, 8000);
  emend_viewport_set_view_size (&v, 800, 600, 2);
  emend_viewport_set_zoom (&v, 0.5);
  for (gsize i = 1; i < n; i++)
    g_assert_cmpfloat (steps[i], >, steps[i - 1]);
  g_assert_cmpfloat (emend_viewport_get_next_zoom (&v, 1), ==, 0.66);
  g_assert_cmpfloat (emend_viewport_get_next_zoom (&v, -1), ==, 0.33);
  emend_viewport_set_zoom (&v, 1000);
  g_assert_cmpfloat (emend_viewport_get_zoom (&v), ==, 64);
  g_assert_cmpfloat (emend_viewport_get_next_zoom (&v, 1), ==, 64);
}

static void
test_zoom_to_rect (void)
{
  EmendViewport v;
  EmendRect rect = { 1000, 1000, 200, 100 };
  EmendRect view;

  emend_viewport_init (&v);
  emend_viewport_set_page (&v, 8000, 6000);
  emend_viewport_set_view_size (&v, 800, 600, 1);
  emend_viewport_zoom_to_rect (&v, &rect, 0.5, 64);
  view = emend_viewport_rect_to_view (&v, &rect);
  assert_near (view.width, 400, 1e-9);
  assert_near (view.x, 200, 1e-9);
  assert_near (view.y + view.height / 2, 300, 1e-9);
  emend_viewport_zoom_to_rect (&v, &rect, 0.5, 1);
  assert_near (emend_viewport_get_zoom (&v), 1, 1e-12);
}

static void
test_show (void)
{
  EmendViewport v;
  EmendViewport before;
  EmendRect seen = { 100, 100, 50, 50 };
  EmendRect right = { 900, 100, 50, 50 };
  EmendRect tiny = { 3000, 2000, 2, 2 };
  EmendRect large = { 100, 100, 3000, 2500 };
  EmendRect view;

  emend_viewport_init (&v);
  emend_viewport_set_page (&v, 8000, 6000);
  emend_viewport_set_view_size (&v, 800, 600, 1);
  emend_viewport_set_zoom (&v, 1);
  v.offset_x = v.offset_y = 0;
  before = v;
  emend_viewport_show (&v, &seen, 8);
  g_assert_true (emend_viewport_equal (&v, &before));
  emend_viewport_show (&v, &right, 8);
  view = emend_viewport_rect_to_view (&v, &right);
  assert_near (v.scale, 1, 1e-12);
  assert_near (v.offset_y, 0, 1e-12);
  assert_near (view.x + view.width, 800 - 24, 1e-9);
  emend_viewport_show (&v, &tiny, 8);
  view = emend_viewport_rect_to_view (&v, &tiny);
  assert_near (emend_viewport_get_zoom (&v), 8, 1e-9);
  v = before;
  emend_viewport_show (&v, &tiny, 2);
  assert_near (emend_viewport_get_zoom (&v), 2, 1e-9);
  emend_viewport_set_zoom (&v, 3); /* what the reviewer chose stays */
  emend_viewport_show (&v, &tiny, 2);
  assert_near (emend_viewport_get_zoom (&v), 3, 1e-9);
  assert_near (view.x + view.width / 2, 400, 1e-9);
  emend_viewport_show (&v, &large, 8);
  view = emend_viewport_rect_to_view (&v, &large);
  g_assert_cmpfloat (view.width, <=, 800);
  g_assert_cmpfloat (view.height, <=, 600);
}

static void
test_interpolate (void)
{
  for (int i = 0; i < ROUNDS; i++) {
    EmendViewport from = random_viewport ();
    EmendViewport to = from;
    EmendViewport start;
    EmendViewport end;
    EmendViewport half;

    emend_viewport_zoom_at (&to, exp (g_test_rand_double_range (-2, 2)), random_point (&to));
    start = emend_viewport_interpolate (&from, &to, 0);
    half = emend_viewport_interpolate (&from, &to, 0.5);
    end = emend_viewport_interpolate (&from, &to, 1);
    g_assert_true (emend_viewport_equal (&end, &to));
    assert_near (start.scale, from.scale, from.scale * 1e-9);
    assert_near (start.offset_x, from.offset_x, 1e-6);
    g_assert_cmpfloat (half.scale, >=, fmin (from.scale, to.scale) * (1 - 1e-9));
    g_assert_cmpfloat (half.scale, <=, fmax (from.scale, to.scale) * (1 + 1e-9));
    /* Eased out: more than half of the way in half of the time. */
    g_assert_cmpfloat (fabs (log (half.scale / from.scale)) + 1e-9, >=, fabs (log (to.scale / from.scale)) * 0.5);
  }
}

static void
test_empty (void)
{
  EmendViewport v;
  EmendRect rect = { 0, 0, 10, 10 };
  EmendRect visible;

  emend_viewport_init (&v);
  emend_viewport_zoom_at (&v, 2, (EmendPoint){ 10, 10 });
  emend_viewport_pan (&v, 5, 5);
  emend_viewport_show (&v, &rect, 8);
  emend_viewport_set_view_size (&v, 0, 0, 1);
  emend_viewport_set_view_size (&v, 300, 200, 1);
  emend_viewport_fit (&v);
  visible = emend_viewport_get_visible (&v);
  g_assert_cmpfloat (visible.width, ==, 0);
  g_assert_true (isfinite (v.scale) && v.scale > 0 && isfinite (v.offset_x));
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scene/viewport/to_view/round-trip", test_round_trip);
  g_test_add_func ("/scene/viewport/zoom_at/keeps-point", test_zoom_at_keeps_point);
  g_test_add_func ("/scene/viewport/zoom_at/inside", test_zoom_at_inside);
  g_test_add_func ("/scene/viewport/clamp/keeps-page", test_clamp_keeps_page);
  g_test_add_func ("/scene/viewport/fit/whole-page", test_fit);
  g_test_add_func ("/scene/viewport/set_view_size/keeps-middle", test_resize);
  g_test_add_func ("/scene/viewport/get_next_zoom/steps", test_steps);
  g_test_add_func ("/scene/viewport/zoom_to_rect/margin", test_zoom_to_rect);
  g_test_add_func ("/scene/viewport/show/smallest-move", test_show);
  g_test_add_func ("/scene/viewport/interpolate/ends", test_interpolate);
  g_test_add_func ("/scene/viewport/init/empty", test_empty);
  return g_test_run ();
}
