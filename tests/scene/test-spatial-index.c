#define G_LOG_DOMAIN "emend-test"

#include "config.h"

#include "emend-spatial-index.h"

#include <math.h>

static EmendRect
random_rect (double largest)
{
  return (EmendRect){ g_test_rand_double_range (-100, 1000), g_test_rand_double_range (-100, 1000),
                      g_test_rand_double_range (0, largest), g_test_rand_double_range (0, largest) };
}

static gboolean
meets (const EmendRect *a,
       const EmendRect *b)
{
  return a->x <= b->x + b->width && b->x <= a->x + a->width && a->y <= b->y + b->height && b->y <= a->y + a->height;
}

static void
assert_same_as_search (EmendSpatialIndex *index,
                       const EmendRect *rects,
                       gsize n,
                       const EmendRect *wanted)
{
  g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (guint32));
  guint at = 0;

  emend_spatial_index_query (index, wanted, found);
  for (gsize i = 0; i < n; i++) {
    if (!emend_rect_is_finite (&rects[i]) || !meets (&rects[i], wanted))
      continue;
    g_assert_cmpuint (at, <, found->len);
    g_assert_cmpuint (g_array_index (found, guint32, at), ==, i);
    at++;
  }
  g_assert_cmpuint (at, ==, found->len);
}

static void
test_random (void)
{
  static const gsize sizes[] = { 0, 1, 2, 15, 16, 17, 255, 256, 257, 3000 };

  for (gsize s = 0; s < G_N_ELEMENTS (sizes); s++) {
    g_autofree EmendRect *rects = g_new0 (EmendRect, sizes[s] + 1);
    g_autoptr (EmendSpatialIndex) index = NULL;

    for (gsize i = 0; i < sizes[s]; i++)
      rects[i] = random_rect (i % 50 == 0 ? 800 : 30);
    index = emend_spatial_index_new (rects, sizes[s], sizeof *rects);
    g_assert_cmpuint (emend_spatial_index_get_size (index), ==, sizes[s]);
    for (int i = 0; i < 60; i++) {
      EmendRect wanted = random_rect (i % 10 == 0 ? 2000 : 100);

      assert_same_as_search (index, rects, sizes[s], &wanted);
    }
  }
}

static void
test_strange (void)
{
  EmendRect rects[] = {
    { 5, 5, 0, 0 },
    { NAN, 0, 1, 1 },
    { 5, 5, 0, 0 },
    { 0, 0, INFINITY, 1 },
    { 5, 5, 10, 10 },
    { 1e308, 0, 1e308, 1 },
    { 0, 0, -1, 5 },
  };
  g_autoptr (EmendSpatialIndex) index = emend_spatial_index_new (rects, G_N_ELEMENTS (rects), sizeof *rects);
  g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (guint32));

  emend_spatial_index_query_point (index, (EmendPoint){ 5, 5 }, 0, found);
  g_assert_cmpuint (found->len, ==, 3);
  g_assert_cmpuint (g_array_index (found, guint32, 0), ==, 0);
  g_assert_cmpuint (g_array_index (found, guint32, 1), ==, 2);
  g_assert_cmpuint (g_array_index (found, guint32, 2), ==, 4);
  emend_spatial_index_query_point (index, (EmendPoint){ 3, 3 }, 2, found);
  g_assert_cmpuint (found->len, ==, 6);
}

static void
test_stride (void)
{
  struct {
    int before;
    EmendRect rect;
    char after[24];
  } things[40];
  g_autoptr (EmendSpatialIndex) index = NULL;
  g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (guint32));

  for (int i = 0; i < 40; i++)
    things[i].rect = (EmendRect){ i * 10, 0, 5, 5 };
  index = emend_spatial_index_new (&things[0].rect, 40, sizeof things[0]);
  emend_spatial_index_query_point (index, (EmendPoint){ 122, 2 }, 0, found);
  g_assert_cmpuint (found->len, ==, 1);
  g_assert_cmpuint (g_array_index (found, guint32, 0), ==, 12);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scene/spatial-index/query/random", test_random);
  g_test_add_func ("/scene/spatial-index/query/strange", test_strange);
  g_test_add_func ("/scene/spatial-index/new/stride", test_stride);
  return g_test_run ();
}
