#include "config.h"

#include <math.h>

#include "emend-rate.h"

static void
test_rate (void)
{
  g_assert_cmpfloat (emend_rate (1, 4), ==, 0.25);
  g_assert_cmpfloat (emend_rate (0, 4), ==, 0);
  g_assert_cmpfloat (emend_rate (4, 4), ==, 1);
  g_assert_true (isnan (emend_rate (0, 0)));
}

static void
test_mean (void)
{
  EmendMean mean = { 0 };

  g_assert_true (isnan (emend_mean_get (&mean)));
  emend_mean_add (&mean, 1);
  emend_mean_add (&mean, 4);
  g_assert_cmpfloat (emend_mean_get (&mean), ==, 2.5);
  g_assert_cmpint (mean.count, ==, 2);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/quality/rate/rate/plain", test_rate);
  g_test_add_func ("/quality/rate/mean/plain", test_mean);
  return g_test_run ();
}
