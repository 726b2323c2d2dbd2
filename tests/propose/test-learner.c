#include "config.h"

#include <math.h>

#include "emend-learner-private.h"

#define LIKE 1e-4

/* Rows of two features: one that all share, and one of two that tells which half a row is of. */
static EmendRows *
make_rows (guint n)
{
  EmendRows *rows = emend_rows_new ();

  for (guint i = 0; i < n; i++) {
    emend_rows_add (rows, 1, 1, 1);
    emend_rows_add (rows, 2, i % 2, 1);
    emend_rows_end (rows);
  }
  return rows;
}

static void
test_weights_separate (void)
{
  g_autoptr (EmendRows) rows = make_rows (20);
  EmendExample examples[20];
  g_autoptr (EmendWeights) weights = NULL;
  g_autoptr (EmendWeights) copy = NULL;
  const guint32 *packed;
  gsize n = 0;
  double scale = 0;

  for (guint i = 0; i < 20; i++)
    examples[i] = (EmendExample){ rows, i, i % 2 == 1 };
  weights = emend_weights_train (examples, 20);
  g_assert_nonnull (weights);
  g_assert_cmpfloat (emend_weights_score (weights, rows, 1), >, 2);
  g_assert_cmpfloat (emend_weights_score (weights, rows, 0), <, -2);
  packed = emend_weights_get_packed (weights, &n, &scale);
  copy = emend_weights_new (packed, n, scale);
  g_assert_cmpfloat (emend_weights_score (copy, rows, 1), ==, emend_weights_score (weights, rows, 1));
}

static void
test_weights_of_one_kind (void)
{
  g_autoptr (EmendRows) rows = make_rows (4);
  EmendExample examples[4];

  for (guint i = 0; i < 4; i++)
    examples[i] = (EmendExample){ rows, i, TRUE };
  g_assert_null (emend_weights_train (examples, 4));
  g_assert_null (emend_weights_train (examples, 0));
}

/* The first example being a negative one must not turn the signs round. */
static void
test_weights_first_label (void)
{
  g_autoptr (EmendRows) rows = make_rows (4);
  EmendExample first[4] = { { rows, 0, FALSE }, { rows, 1, TRUE }, { rows, 2, FALSE }, { rows, 3, TRUE } };
  EmendExample second[4] = { { rows, 1, TRUE }, { rows, 0, FALSE }, { rows, 3, TRUE }, { rows, 2, FALSE } };
  g_autoptr (EmendWeights) a = emend_weights_train (first, 4);
  g_autoptr (EmendWeights) b = emend_weights_train (second, 4);

  g_assert_cmpfloat (emend_weights_score (a, rows, 1), >, emend_weights_score (a, rows, 0));
  g_assert_cmpfloat_with_epsilon (emend_weights_score (a, rows, 1), emend_weights_score (b, rows, 1), 1e-3);
}

static void
test_rows_merge (void)
{
  g_autoptr (EmendRows) rows = emend_rows_new ();

  emend_rows_add (rows, 1, 1, 0.5);
  emend_rows_add (rows, 1, 1, 2);
  emend_rows_add (rows, 1, 1, 1);
  emend_rows_end (rows);
  emend_rows_end (rows);
  g_assert_cmpuint (emend_rows_get_n (rows), ==, 2);
  g_assert_cmpuint (rows->features->len, ==, 1);
  g_assert_cmpfloat_with_epsilon (emend_feature_value (g_array_index (rows->features, guint32, 0)), 2, 1e-3);
}

/* With two scores the map goes through the mean target of each: by hand, 3 right of 3 at 1 and 3 wrong of 3 at -1 have
 * the targets 4/5 and 1/5, so a = -ln 4 and b = 0. */
static void
test_platt_by_hand (void)
{
  const double scores[] = { 1, 1, 1, -1, -1, -1 };
  const gboolean rights[] = { TRUE, TRUE, TRUE, FALSE, FALSE, FALSE };
  EmendPlatt platt = emend_platt_fit (scores, rights, G_N_ELEMENTS (scores));

  g_assert_cmpfloat_with_epsilon (platt.a, -log (4), LIKE);
  g_assert_cmpfloat_with_epsilon (platt.b, 0, LIKE);
  g_assert_cmpfloat_with_epsilon (emend_platt_get (&platt, 1), 0.8, LIKE);
}

/* 5 right and 4 wrong: targets 6/7 and 1/6; the mean at 0 is (6/7 + 3/6) / 4, at 1 it is (4 x 6/7 + 1/6) / 5. */
static void
test_platt_uneven (void)
{
  const double scores[] = { 0, 0, 0, 0, 1, 1, 1, 1, 1 };
  const gboolean rights[] = { TRUE, FALSE, FALSE, FALSE, TRUE, TRUE, TRUE, TRUE, FALSE };
  EmendPlatt platt = emend_platt_fit (scores, rights, G_N_ELEMENTS (scores));

  g_assert_cmpfloat_with_epsilon (emend_platt_get (&platt, 0), (6.0 / 7 + 3.0 / 6) / 4, LIKE);
  g_assert_cmpfloat_with_epsilon (emend_platt_get (&platt, 1), (4 * 6.0 / 7 + 1.0 / 6) / 5, LIKE);
}

static void
test_platt_limits (void)
{
  const double scores[] = { 3, 4, 1000 };
  const gboolean rights[] = { TRUE, TRUE, TRUE };
  EmendPlatt none = emend_platt_fit (NULL, NULL, 0);
  EmendPlatt all = emend_platt_fit (scores, rights, G_N_ELEMENTS (scores));
  EmendPlatt steep = { -1, 0 };

  g_assert_cmpfloat_with_epsilon (emend_platt_get (&none, 0), 0.5, LIKE);
  g_assert_cmpfloat_with_epsilon (emend_platt_get (&all, 4), 0.8, 0.01);
  g_assert_cmpfloat (emend_platt_get (&steep, 1e6), ==, 1);
  g_assert_cmpfloat (emend_platt_get (&steep, -1e6), ==, 0);
}

/* Newcombe, "Two-sided confidence intervals for the single proportion", Statistics in Medicine 17, 1998, table I,
 * method 3. */
static void
test_wilson (void)
{
  static const struct {
    int n_right;
    int n;
    double low;
    double high;
  } cases[] = {
    { 81, 263, 0.2553, 0.3662 },
    { 15, 148, 0.0624, 0.1605 },
    { 0, 20, 0, 0.1611 },
    { 1, 29, 0.0061, 0.1718 },
  };
  double low;
  double high;

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    emend_wilson (cases[i].n_right, cases[i].n, &low, &high);
    g_assert_cmpfloat_with_epsilon (low, cases[i].low, LIKE);
    g_assert_cmpfloat_with_epsilon (high, cases[i].high, LIKE);
  }
  emend_wilson (0, 0, &low, &high);
  g_assert_cmpfloat (low, ==, 0);
  g_assert_cmpfloat (high, ==, 1);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/propose/learner/weights/separate", test_weights_separate);
  g_test_add_func ("/propose/learner/weights/one-kind", test_weights_of_one_kind);
  g_test_add_func ("/propose/learner/weights/first-label", test_weights_first_label);
  g_test_add_func ("/propose/learner/rows/merge", test_rows_merge);
  g_test_add_func ("/propose/learner/platt/by-hand", test_platt_by_hand);
  g_test_add_func ("/propose/learner/platt/uneven", test_platt_uneven);
  g_test_add_func ("/propose/learner/platt/limits", test_platt_limits);
  g_test_add_func ("/propose/learner/wilson/published", test_wilson);
  return g_test_run ();
}
