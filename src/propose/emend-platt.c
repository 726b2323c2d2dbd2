#define G_LOG_DOMAIN "emend-propose"

#include "config.h"

#include "emend-learner-private.h"

#include <math.h>

#define MAX_STEPS 100
#define MAX_HALVINGS 33 /* to a step of about 1e-10 */
#define SIGMA 1e-12
#define EPSILON 1e-5

/* Half of the mass of the normal distribution between these is 95 %. */
#define Z 1.959963984540054

/* log (1 + exp (x)) without overflow. */
static double
soft_plus (double x)
{
  return x > 0 ? x + log1p (exp (-x)) : log1p (exp (x));
}

/* Minus the logarithm of the likelihood. */
static double
cost_of (const EmendPlatt *platt,
         const double *scores,
         const double *targets,
         gsize n)
{
  double cost = 0;

  for (gsize i = 0; i < n; i++) {
    double x = scores[i] * platt->a + platt->b;

    cost += targets[i] * x + soft_plus (-x);
  }
  return cost;
}

/* One Newton step with a line search; FALSE when there is nothing left to gain. */
static gboolean
improve (EmendPlatt *platt,
         double *cost,
         const double *scores,
         const double *targets,
         gsize n)
{
  double h11 = SIGMA, h22 = SIGMA, h21 = 0, g1 = 0, g2 = 0;
  double determinant, da, db, slope;

  for (gsize i = 0; i < n; i++) {
    double p = emend_platt_get (platt, scores[i]);
    double d1 = targets[i] - p;
    double d2 = p * (1 - p);

    h11 += scores[i] * scores[i] * d2;
    h22 += d2;
    h21 += scores[i] * d2;
    g1 += scores[i] * d1;
    g2 += d1;
  }
  if (fabs (g1) < EPSILON && fabs (g2) < EPSILON)
    return FALSE;
  determinant = h11 * h22 - h21 * h21;
  da = -(h22 * g1 - h21 * g2) / determinant;
  db = -(-h21 * g1 + h11 * g2) / determinant;
  slope = g1 * da + g2 * db;
  for (int halvings = 0; halvings <= MAX_HALVINGS; halvings++) {
    double step = ldexp (1, -halvings);
    EmendPlatt next = { platt->a + step * da, platt->b + step * db };
    double next_cost = cost_of (&next, scores, targets, n);

    if (next_cost < *cost + 1e-4 * step * slope) {
      *platt = next;
      *cost = next_cost;
      return TRUE;
    }
  }
  return FALSE;
}

/**
 * emend_platt_fit:
 * @scores: (array length=n): finite scores
 * @rights: (array length=n): whether each was right
 * @n: how many
 *
 * Fits the map from score to probability: J. Platt, "Probabilistic outputs for support vector machines", 1999, in the
 * numerically stable form of Lin, Lin & Weng, "A note on Platt's probabilistic outputs for support vector machines",
 * Machine Learning 68, 2007 (their algorithm 1, with its targets (N+ + 1) / (N+ + 2) and 1 / (N- + 2)).
 *
 * Returns: the map; the plain logistic function without scores. Any thread.
 */
EmendPlatt
emend_platt_fit (const double *scores,
                 const gboolean *rights,
                 gsize n)
{
  g_autofree double *targets = g_new (double, MAX (n, 1));
  EmendPlatt platt = { -1, 0 };
  double n_right = 0;
  double n_wrong;
  double cost;

  if (n == 0)
    return platt;
  for (gsize i = 0; i < n; i++)
    n_right += rights[i] ? 1 : 0;
  n_wrong = (double) n - n_right;
  for (gsize i = 0; i < n; i++)
    targets[i] = rights[i] ? (n_right + 1) / (n_right + 2) : 1 / (n_wrong + 2);
  platt = (EmendPlatt){ 0, log ((n_wrong + 1) / (n_right + 1)) };
  cost = cost_of (&platt, scores, targets, n);
  for (int i = 0; i < MAX_STEPS && improve (&platt, &cost, scores, targets, n); i++)
    continue;
  return platt;
}

/**
 * emend_platt_get:
 * @platt: a map
 * @score: a score
 *
 * Returns: its probability, 0..1. Any thread.
 */
double
emend_platt_get (const EmendPlatt *platt,
                 double score)
{
  double x = platt->a * score + platt->b;

  return x >= 0 ? exp (-x) / (1 + exp (-x)) : 1 / (1 + exp (x));
}

/**
 * emend_wilson:
 * @n_right: successes
 * @n: of how many
 * @low: (out): lower end of the 95 % interval of their share; 0 without any
 * @high: (out): upper end; 1 without any
 *
 * The score interval: E. B. Wilson, "Probable inference, the law of succession, and statistical inference", JASA 22,
 * 1927. Any thread.
 */
void
emend_wilson (int n_right,
              int n,
              double *low,
              double *high)
{
  double share = n > 0 ? (double) n_right / n : 0;
  double spread;
  double middle;

  *low = 0;
  *high = 1;
  if (n <= 0)
    return;
  middle = (share + Z * Z / (2 * n)) / (1 + Z * Z / n);
  spread = Z / (1 + Z * Z / n) * sqrt (share * (1 - share) / n + Z * Z / (4.0 * n * n));
  *low = fmax (0, middle - spread);
  *high = fmin (1, middle + spread);
}
