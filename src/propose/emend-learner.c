#define G_LOG_DOMAIN "emend-propose"

#include "config.h"

#include "emend-learner-private.h"

#include <linear.h>
#include <math.h>
#include <string.h>

/* Cost of a wrong example against a large weight. Rows have length 1, so weights must be large to tell anything. On the
 * receipts of the bench 100 is right more often than 3, 10 and 30, and 300 no more often. */
#define COST 100

/* Stopping criterion: ten times liblinear's own, as no proposal of the bench changed and it takes a third less time. */
#define EPSILON 0.1

/* A weight is kept in a word: the number of its feature in the upper bits, a signed step in the lower ones. */
#define WEIGHT_STEPS ((1 << (EMEND_FEATURE_VALUE_BITS - 1)) - 1)
#define WEIGHT_MASK EMEND_FEATURE_STEPS
#define WEIGHT_OFFSET (1 << (EMEND_FEATURE_VALUE_BITS - 1))

/* 64 features: which of them have a weight, and how many before them have one. */
typedef struct {
  guint64 bits;
  guint32 before;
} Block;

#define N_BLOCKS (EMEND_FEATURES / 64)

struct _EmendWeights {
  Block *blocks;
  float *values;
  guint32 *packed;
  gsize n;
  double scale;
};

static void
stay_silent (const char *text)
{
}

static guint
count_bits (guint64 bits)
{
  return (guint) __builtin_popcountll (bits);
}

static double
unpack (guint32 packed,
        double scale)
{
  return ((int) (packed & WEIGHT_MASK) - WEIGHT_OFFSET) * scale / WEIGHT_STEPS;
}

/**
 * emend_weights_new:
 * @packed: (array length=n): the weights as emend_weights_get_packed() tells them: in ascending order, each feature
 *   once
 * @n: how many
 * @scale: the greatest weight
 *
 * Returns: (transfer full): weights. Any thread.
 */
EmendWeights *
emend_weights_new (const guint32 *packed,
                   gsize n,
                   double scale)
{
  EmendWeights *weights = g_new0 (EmendWeights, 1);
  guint32 before = 0;

  weights->blocks = g_new0 (Block, N_BLOCKS);
  weights->packed = g_memdup2 (packed, n * sizeof *packed);
  weights->values = g_new (float, MAX (n, 1));
  weights->n = n;
  weights->scale = scale;
  for (gsize i = 0; i < n; i++) {
    guint feature = packed[i] >> EMEND_FEATURE_VALUE_BITS;

    weights->blocks[feature / 64].bits |= G_GUINT64_CONSTANT (1) << feature % 64;
    weights->values[i] = (float) unpack (packed[i], scale);
  }
  for (guint i = 0; i < N_BLOCKS; i++) {
    weights->blocks[i].before = before;
    before += count_bits (weights->blocks[i].bits);
  }
  return weights;
}

/**
 * emend_weights_free:
 * @weights: (transfer full): weights
 *
 * Any thread.
 */
void
emend_weights_free (EmendWeights *weights)
{
  g_free (weights->blocks);
  g_free (weights->values);
  g_free (weights->packed);
  g_free (weights);
}

/**
 * emend_weights_get_packed:
 * @weights: weights
 * @n: (out): how many
 * @scale: (out): the greatest
 *
 * Returns: (transfer none) (array length=n): the form to keep them in. Any thread.
 */
const guint32 *
emend_weights_get_packed (const EmendWeights *weights,
                          gsize *n,
                          double *scale)
{
  *n = weights->n;
  *scale = weights->scale;
  return weights->packed;
}

/**
 * emend_weights_score:
 * @weights: weights
 * @rows: rows
 * @row: one of them
 *
 * Returns: the logarithm of the odds that the row is what is looked for. Any thread.
 */
double
emend_weights_score (const EmendWeights *weights,
                     const EmendRows *rows,
                     guint row)
{
  const guint32 *features = (const guint32 *) (void *) rows->features->data;
  guint32 end = g_array_index (rows->starts, guint32, row + 1);
  double sum = 0;

  for (guint32 i = g_array_index (rows->starts, guint32, row); i < end; i++) {
    guint feature = features[i] >> EMEND_FEATURE_VALUE_BITS;
    const Block *block = &weights->blocks[feature / 64];
    guint64 bit = G_GUINT64_CONSTANT (1) << feature % 64;

    if (block->bits & bit)
      sum += weights->values[block->before + count_bits (block->bits & (bit - 1))] * emend_feature_value (features[i]);
  }
  return sum / g_array_index (rows->norms, float, row);
}

/* The features that occur, numbered from 1 without gaps: the solver's work grows with their number. */
static guint32 *
number_features (const EmendExample *examples,
                 gsize n_examples,
                 guint32 *n_features,
                 gsize *n_values)
{
  guint32 *numbers = g_new0 (guint32, EMEND_FEATURES);
  guint32 n = 0;

  *n_values = 0;
  for (gsize i = 0; i < n_examples; i++) {
    const EmendRows *rows = examples[i].rows;
    guint32 end = g_array_index (rows->starts, guint32, examples[i].row + 1);

    for (guint32 j = g_array_index (rows->starts, guint32, examples[i].row); j < end; j++) {
      numbers[g_array_index (rows->features, guint32, j) >> EMEND_FEATURE_VALUE_BITS] = 1;
      (*n_values)++;
    }
  }
  for (guint i = 0; i < EMEND_FEATURES; i++)
    if (numbers[i] != 0)
      numbers[i] = ++n;
  *n_features = n;
  return numbers;
}

static void
fill_problem (const EmendExample *examples,
              const guint32 *numbers,
              struct problem *problem,
              struct feature_node *node)
{
  for (int i = 0; i < problem->l; i++) {
    const EmendRows *rows = examples[i].rows;
    guint row = examples[i].row;
    guint32 end = g_array_index (rows->starts, guint32, row + 1);

    problem->y[i] = examples[i].is_positive ? 1 : -1;
    problem->x[i] = node;
    for (guint32 j = g_array_index (rows->starts, guint32, row); j < end; j++) {
      guint32 feature = g_array_index (rows->features, guint32, j);

      node->index = (int) numbers[feature >> EMEND_FEATURE_VALUE_BITS];
      node->value = emend_feature_value (feature) / g_array_index (rows->norms, float, row);
      node++;
    }
    node->index = -1;
    node++;
  }
}

static EmendWeights *
pack_weights (const guint32 *numbers,
              const double *values)
{
  g_autoptr (GArray) packed = g_array_new (FALSE, FALSE, sizeof (guint32));
  double scale = 0;

  for (guint i = 0; i < EMEND_FEATURES; i++)
    if (numbers[i] != 0)
      scale = fmax (scale, fabs (values[numbers[i] - 1]));
  for (guint i = 0; i < EMEND_FEATURES && scale > 0; i++) {
    int step = numbers[i] != 0 ? (int) lround (values[numbers[i] - 1] / scale * WEIGHT_STEPS) : 0;
    guint32 word = (guint32) i << EMEND_FEATURE_VALUE_BITS | (guint32) (step + WEIGHT_OFFSET);

    if (step != 0)
      g_array_append_val (packed, word);
  }
  return emend_weights_new ((const guint32 *) (void *) packed->data, packed->len, scale);
}

static gboolean
has_both (const EmendExample *examples,
          gsize n)
{
  gsize n_positive = 0;

  for (gsize i = 0; i < n; i++)
    n_positive += examples[i].is_positive ? 1 : 0;
  return n_positive > 0 && n_positive < n;
}

/**
 * emend_weights_train:
 * @examples: (array length=n_examples): what to learn from, in an order that only depends on what they are
 * @n_examples: how many
 *
 * Binary logistic regression with L2 regularisation (liblinear's solver 0, a trust region Newton method without
 * chance: Lin, Weng & Keerthi, JMLR 9, 2008; Galli & Lin 2021 for the preconditioner). Weights are kept to 1/8191 of
 * the greatest one. The same examples give the same weights.
 *
 * Returns: (transfer full) (nullable): weights; %NULL unless there are examples of both kinds. Any thread.
 */
EmendWeights *
emend_weights_train (const EmendExample *examples,
                     gsize n_examples)
{
  static gsize is_silent;
  struct parameter parameter = { .solver_type = L2R_LR, .eps = EPSILON, .C = COST };
  struct problem problem = { .l = (int) n_examples, .bias = -1 };
  g_autofree struct feature_node *nodes = NULL;
  g_autofree guint32 *numbers = NULL;
  struct model *model;
  EmendWeights *weights;
  guint32 n_features = 0;
  gsize n_values = 0;

  if (!has_both (examples, n_examples))
    return NULL;
  if (g_once_init_enter (&is_silent)) {
    set_print_string_function (stay_silent);
    g_once_init_leave (&is_silent, 1);
  }
  numbers = number_features (examples, n_examples, &n_features, &n_values);
  nodes = g_new (struct feature_node, n_values + n_examples);
  problem.n = (int) n_features;
  problem.y = g_new (double, n_examples);
  problem.x = g_new (struct feature_node *, n_examples);
  fill_problem (examples, numbers, &problem, nodes);
  model = train (&problem, &parameter);
  if (model->label[0] != 1)
    for (guint32 i = 0; i < n_features; i++)
      model->w[i] = -model->w[i];
  weights = pack_weights (numbers, model->w);
  free_and_destroy_model (&model);
  g_free (problem.y);
  g_free (problem.x);
  return weights;
}
