#pragma once

#include <gio/gio.h>

#include "emend-rows-private.h"

G_BEGIN_DECLS

/**
 * EmendExample:
 * @rows: where its row is
 * @row: which
 * @is_positive: whether it is what is looked for
 *
 * One row to learn from.
 */
typedef struct {
  const EmendRows *rows;
  guint row;
  gboolean is_positive;
} EmendExample;

/**
 * EmendWeights:
 *
 * What logistic regression learned: a weight for each of some features. Immutable.
 */
typedef struct _EmendWeights EmendWeights;

EmendWeights *emend_weights_train (const EmendExample *examples,
                                   gsize n_examples);
EmendWeights *emend_weights_new (const guint32 *packed,
                                 gsize n,
                                 double scale);
void emend_weights_free (EmendWeights *weights);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EmendWeights, emend_weights_free)
double emend_weights_score (const EmendWeights *weights,
                            const EmendRows *rows,
                            guint row);
const guint32 *emend_weights_get_packed (const EmendWeights *weights,
                                         gsize *n,
                                         double *scale);

/**
 * EmendPlatt:
 * @a: slope
 * @b: offset
 *
 * The probability of a score s is 1 / (1 + exp (a s + b)).
 */
typedef struct {
  double a;
  double b;
} EmendPlatt;

EmendPlatt emend_platt_fit (const double *scores,
                            const gboolean *rights,
                            gsize n);
double emend_platt_get (const EmendPlatt *platt,
                        double score);
void emend_wilson (int n_right,
                   int n,
                   double *low,
                   double *high);

G_END_DECLS
