#include "config.h"

#include <math.h>
#include <string.h>

#include "emend-model-error.h"
#include "emend-shape.h"

static const EmendPoint square[] = { { 10, 10 }, { 20, 10 }, { 20, 30 }, { 10, 30 } };
static const guint32 one_ring[] = { 4 };
/* A 4 wide, 3 high mask whose foreground is column 1 rows 1-2 and column 2 rows 0-1. */
static const guint32 runs[] = { 4, 4, 4 };

static void
make_all (EmendShape shapes[7])
{
  EmendRect box = { 1.5, 2.25, 30, 40.125 };
  EmendPoint at = { 7, 8 };
  guint32 one = 1;

  emend_shape_init_box (&shapes[0], &box);
  emend_shape_init_rotated_box (&shapes[1], (EmendPoint){ 50, 60 }, 20, 10, 30);
  shapes[2] = (EmendShape){ EMEND_SHAPE_ELLIPSE, box, NULL };
  g_assert_true (emend_shape_init_points (&shapes[3], EMEND_SHAPE_POLYGON, square, one_ring, 1));
  g_assert_true (emend_shape_init_points (&shapes[4], EMEND_SHAPE_POLYLINE, square, one_ring, 1));
  g_assert_true (emend_shape_init_points (&shapes[5], EMEND_SHAPE_POINT, &at, &one, 1));
  g_assert_true (emend_shape_init_mask (&shapes[6], 4, 3, runs, G_N_ELEMENTS (runs), TRUE));
}

static void
test_round_trips (void)
{
  EmendShape shapes[7];

  make_all (shapes);
  for (int i = 0; i < 7; i++) {
    g_autoptr (GString) text = g_string_new (NULL);
    g_autoptr (EmendJsonWriter) writer = emend_json_writer_new (text, FALSE);
    g_autoptr (json_t) json = NULL;
    g_autoptr (GError) error = NULL;
    g_auto (EmendShape) stored = { 0 };
    g_auto (EmendShape) parsed = { 0 };

    g_assert_true (emend_shape_init_stored (&stored, (int) shapes[i].kind, &shapes[i].box, shapes[i].data));
    g_assert_true (emend_shape_equal (&stored, &shapes[i]));
    emend_shape_to_json (&shapes[i], writer);
    json = emend_json_parse (text->str, text->len, 10000, &error);
    g_assert_no_error (error);
    g_assert_true (emend_shape_from_json (&parsed, json, &error));
    g_assert_no_error (error);
    g_assert_true (emend_shape_equal (&parsed, &shapes[i]));
  }
  for (int i = 0; i < 7; i++)
    emend_shape_clear (&shapes[i]);
}

static void
test_areas (void)
{
  static const double areas[7] = { 30 * 40.125, 200, 30 * 40.125 * G_PI / 4, 200, 0, 0, 4 };
  EmendShape shapes[7];

  make_all (shapes);
  for (int i = 0; i < 7; i++) {
    g_assert_cmpfloat_with_epsilon (emend_shape_area (&shapes[i]), areas[i], 1e-9);
    emend_shape_clear (&shapes[i]);
  }
}

static void
test_mask_bounds (void)
{
  g_auto (EmendShape) shape = { 0 };

  g_assert_true (emend_shape_init_mask (&shape, 4, 3, runs, G_N_ELEMENTS (runs), FALSE));
  g_assert_true (emend_rect_equal (&shape.box, &(EmendRect){ 1, 0, 2, 3 }));
}

static void
test_refuses (void)
{
  static const guint32 too_many[] = { 4, 9 };
  static const guint32 too_few[] = { 4, 4 };
  static const guint32 no_points[] = { 0 };
  static const guint32 hostile[] = { 0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff };
  EmendPoint nowhere = { NAN, 0 };
  EmendRect box = { 0, 0, 1, 1 };
  EmendRect bad = { 0, 0, INFINITY, 1 };
  EmendShape shape = { 0 };
  guint32 one = 1;
  g_autoptr (GBytes) data = g_bytes_new_static (hostile, sizeof hostile);

  g_assert_false (emend_shape_init_mask (&shape, 4, 3, too_many, 2, FALSE));
  g_assert_false (emend_shape_init_mask (&shape, 4, 3, too_few, 2, FALSE));
  g_assert_false (emend_shape_init_mask (&shape, 0, 3, runs, 3, FALSE));
  g_assert_false (emend_shape_init_points (&shape, EMEND_SHAPE_POLYGON, square, no_points, 1));
  g_assert_false (emend_shape_init_points (&shape, EMEND_SHAPE_POLYGON, &nowhere, &one, 1));
  g_assert_false (emend_shape_init_stored (&shape, EMEND_SHAPE_BOX, &bad, NULL));
  g_assert_false (emend_shape_init_stored (&shape, 7, &box, NULL));
  g_assert_false (emend_shape_init_stored (&shape, -1, &box, NULL));
  for (int kind = EMEND_SHAPE_ROTATED_BOX; kind <= EMEND_SHAPE_MASK; kind++) {
    if (kind != EMEND_SHAPE_ELLIPSE && kind != EMEND_SHAPE_POINT) {
      g_assert_false (emend_shape_init_stored (&shape, kind, &box, data));
      g_assert_false (emend_shape_init_stored (&shape, kind, &box, NULL));
    }
  }
}

/* Any bytes at all: either a shape whose parts can be walked, or refused. */
static void
test_stored_noise (void)
{
  for (int i = 0; i < 20000; i++) {
    guint8 noise[96];
    gsize size = (gsize) g_test_rand_int_range (0, sizeof noise);
    EmendRect box = { 0, 0, 10, 10 };
    g_auto (EmendShape) shape = { 0 };
    g_autoptr (GBytes) data = NULL;

    for (gsize j = 0; j < size; j++)
      noise[j] = (guint8) (g_test_rand_int_range (0, 4) ? g_test_rand_int_range (0, 5) :
                                                          g_test_rand_int_range (0, 256));
    data = g_bytes_new (noise, size);
    if (emend_shape_init_stored (&shape, g_test_rand_int_range (0, 8), &box, data)) {
      emend_shape_area (&shape);
      emend_shape_contains (&shape, (EmendPoint){ 5, 5 });
    }
  }
}

static void
test_contains (void)
{
  EmendShape shapes[7];

  make_all (shapes);
  g_assert_true (emend_shape_contains (&shapes[3], (EmendPoint){ 15, 20 }));
  g_assert_false (emend_shape_contains (&shapes[3], (EmendPoint){ 25, 20 }));
  g_assert_true (emend_shape_contains (&shapes[1], (EmendPoint){ 50, 60 }));
  /* Inside the upright bounds, outside the turned box. */
  g_assert_false (emend_shape_contains (&shapes[1],
                                        (EmendPoint){ shapes[1].box.x + 0.5,
                                                      shapes[1].box.y + shapes[1].box.height - 0.5 }));
  g_assert_false (emend_shape_contains (&shapes[2], (EmendPoint){ 1.6, 2.3 }));
  for (int i = 0; i < 7; i++)
    emend_shape_clear (&shapes[i]);
}

static void
test_set_box (void)
{
  EmendRect to = { 100, 200, 20, 10 };
  EmendShape shapes[7];
  const EmendPoint *points;
  gsize n_points;

  make_all (shapes);
  g_assert_true (emend_shape_set_box (&shapes[3], &to));
  points = emend_shape_get_ring (&shapes[3], 0, &n_points);
  g_assert_cmpuint (n_points, ==, 4);
  g_assert_cmpfloat (points[2].x, ==, 120);
  g_assert_cmpfloat (points[2].y, ==, 210);
  g_assert_false (emend_shape_set_box (&shapes[6], &to));
  g_assert_true (emend_shape_set_box (&shapes[1], &to));
  g_assert_cmpfloat (emend_shape_get_rotation (&shapes[1]), ==, 30);
  for (int i = 0; i < 7; i++)
    emend_shape_clear (&shapes[i]);
}

int
main (int argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/shape/stored/round-trips", test_round_trips);
  g_test_add_func ("/model/shape/stored/noise", test_stored_noise);
  g_test_add_func ("/model/shape/area/all-kinds", test_areas);
  g_test_add_func ("/model/shape/mask/bounds", test_mask_bounds);
  g_test_add_func ("/model/shape/init/refuses", test_refuses);
  g_test_add_func ("/model/shape/contains/kinds", test_contains);
  g_test_add_func ("/model/shape/set-box/kinds", test_set_box);
  return g_test_run ();
}
