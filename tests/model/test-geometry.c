#include "config.h"

#include <math.h>

#include "emend-geometry.h"

static EmendRect
random_rect (void)
{
  return (EmendRect){
    g_test_rand_double_range (-50, 50),
    g_test_rand_double_range (-50, 50),
    g_test_rand_double_range (0, 60),
    g_test_rand_double_range (0, 60),
  };
}

/* Worked by hand: two 10 x 10 boxes shifted by 5 share 5 x 10 of 150. */
static void
test_iou_known (void)
{
  EmendRect a = { 0, 0, 10, 10 };
  EmendRect b = { 5, 0, 10, 10 };
  EmendRect apart = { 10, 0, 10, 10 };
  EmendRect empty = { 3, 3, 0, 0 };

  g_assert_cmpfloat_with_epsilon (emend_rect_iou (&a, &b), 1.0 / 3, 1e-12);
  g_assert_cmpfloat (emend_rect_iou (&a, &a), ==, 1);
  g_assert_cmpfloat (emend_rect_iou (&a, &apart), ==, 0);
  g_assert_cmpfloat (emend_rect_iou (&empty, &empty), ==, 0);
}

static void
test_iou_properties (void)
{
  for (int i = 0; i < 5000; i++) {
    EmendRect a = random_rect ();
    EmendRect b = random_rect ();
    double iou = emend_rect_iou (&a, &b);

    g_assert_cmpfloat (iou, >=, 0);
    g_assert_cmpfloat (iou, <=, 1);
    g_assert_cmpfloat (iou, ==, emend_rect_iou (&b, &a));
  }
}

static void
test_clamp (void)
{
  EmendRect over = { -5, 90, 30, 30 };
  EmendRect clamped = emend_rect_clamp (&over, 100, 100);

  g_assert_true (emend_rect_equal (&clamped, &(EmendRect){ 0, 90, 25, 10 }));
  over = (EmendRect){ 200, 200, 10, 10 };
  clamped = emend_rect_clamp (&over, 100, 100);
  g_assert_cmpfloat (emend_rect_area (&clamped), ==, 0);
}

static void
test_corners (void)
{
  EmendRect rect = emend_rect_from_corners ((EmendPoint){ 10, 2 }, (EmendPoint){ 4, 8 });

  g_assert_true (emend_rect_equal (&rect, &(EmendRect){ 4, 2, 6, 6 }));
  g_assert_true (emend_rect_contains (&rect, (EmendPoint){ 4, 2 }));
  g_assert_false (emend_rect_contains (&rect, (EmendPoint){ 10, 8 }));
  rect.width = NAN;
  g_assert_false (emend_rect_is_finite (&rect));
}

int
main (int argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/geometry/iou/known", test_iou_known);
  g_test_add_func ("/model/geometry/iou/properties", test_iou_properties);
  g_test_add_func ("/model/geometry/clamp/page", test_clamp);
  g_test_add_func ("/model/geometry/corners/any-order", test_corners);
  return g_test_run ();
}
