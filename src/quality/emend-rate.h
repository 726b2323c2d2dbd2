#pragma once

#include <glib.h>

G_BEGIN_DECLS

double emend_rate (gint64 part,
                   gint64 whole);

/**
 * EmendMean:
 * @sum: of the values
 * @count: how many values
 *
 * A mean that grows value by value; all zero to begin with.
 */
typedef struct {
  double sum;
  gint64 count;
} EmendMean;

void emend_mean_add (EmendMean *mean,
                     double value);
double emend_mean_get (const EmendMean *mean);

G_END_DECLS
