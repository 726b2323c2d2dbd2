#define G_LOG_DOMAIN "emend-quality"

#include "config.h"

#include "emend-rate.h"

#include <math.h>

/**
 * emend_rate:
 * @part: how many of the whole, 0 or more
 * @whole: of how many
 *
 * Returns: the share, 0 to 1; NaN when there is nothing to have a share of. Any thread.
 */
double
emend_rate (gint64 part,
            gint64 whole)
{
  return whole > 0 ? (double) part / (double) whole : NAN;
}

/**
 * emend_mean_add:
 * @mean: a mean
 * @value: a further value
 *
 * Any thread.
 */
void
emend_mean_add (EmendMean *mean,
                double value)
{
  mean->sum += value;
  mean->count++;
}

/**
 * emend_mean_get:
 * @mean: a mean
 *
 * Returns: the mean of the values so far; NaN without any. Any thread.
 */
double
emend_mean_get (const EmendMean *mean)
{
  return mean->count > 0 ? mean->sum / (double) mean->count : NAN;
}
