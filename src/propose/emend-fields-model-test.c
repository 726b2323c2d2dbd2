#define G_LOG_DOMAIN "emend-propose"

#include "config.h"

#include <math.h>
#include <stdlib.h>

#include "emend-fields-model-private.h"

/* Every fifth document is held out in turn. Where there are many, some of the turns are enough. */
#define N_FOLDS 5
#define MANY 200
#define VERY_MANY 400

/* With fewer documents the rule of a type is kept unless what was learned is right more often. */
#define FEW 20

/* So many documents are proposed for to find a point of the learning curve. */
#define MAX_CURVE_TESTS 100

const int emend_fields_model_curve[EMEND_FIELDS_MODEL_CURVE] = { 5, 10, 20, 50, 100, 200 };

/* What came of one held-out document. */
typedef struct {
  double score; /* of its best candidate; -INFINITY without any */
  gboolean is_right;
  gboolean is_absent;
} Result;

static gboolean
is_right (const EmendFieldLesson *lesson,
          const EmendFieldModel *model,
          const EmendTruth *truth,
          const EmendGuess *guess)
{
  g_autofree char *found = emend_field_model_look_up (model, lesson->set, lesson->field, guess);

  return truth->state == EMEND_LEARN_PRESENT &&
         emend_truth_accepts (truth, found != NULL ? found : guess->text, found != NULL ? NULL : guess->normal);
}

/* The documents that say something of the field. */
static GArray *
choose_told (const EmendFieldLesson *lesson)
{
  GArray *told = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; i < lesson->truths->len; i++)
    if (((const EmendTruth *) lesson->truths->pdata[i])->state != EMEND_LEARN_EXCLUDED)
      g_array_append_val (told, i);
  return told;
}

static guint
count_turns (GArray *told)
{
  return told->len <= MANY ? N_FOLDS : told->len <= VERY_MANY ? 2 :
                                                                1;
}

static Result
test_one (const EmendFieldLesson *lesson,
          const EmendFieldModel *model,
          guint source,
          gboolean by_rule)
{
  const EmendLearnSource *from = lesson->sources->pdata[source];
  const EmendTruth *truth = lesson->truths->pdata[source];
  Result result = { -INFINITY, FALSE, truth->state == EMEND_LEARN_ABSENT };
  g_autoptr (GPtrArray) guesses = NULL;

  if (!by_rule && !emend_field_model_has_weights (model, lesson->field))
    return result;
  if (by_rule)
    guesses = emend_guesses_by_rule (from->prepared, lesson->set, lesson->field);
  else
    guesses = emend_guesses_by_weights (model->weights, from->prepared, lesson->set, lesson->field);
  if (guesses->len > 0) {
    const EmendGuess *guess = guesses->pdata[0];

    result.score = guess->score;
    result.is_right = is_right (lesson, model, truth, guess);
  }
  return result;
}

/* Proposes for every fifth document what is learned from the others. */
static void
test_fold (const EmendFieldLesson *lesson,
           GArray *told,
           guint fold,
           GArray *results)
{
  g_autoptr (EmendFieldModel) model = emend_field_model_new (lesson->field->id);
  g_autoptr (GArray) others = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; i < told->len; i++)
    if (i % N_FOLDS != fold)
      g_array_append_val (others, g_array_index (told, guint, i));
  emend_field_lesson_learn (lesson, (const guint *) (void *) others->data, others->len, model);
  for (guint i = fold; i < told->len; i += N_FOLDS) {
    Result result = test_one (lesson, model, g_array_index (told, guint, i), FALSE);

    g_array_append_val (results, result);
  }
}

/* Share right on the held-out documents after learning from the first @n others; NaN when there are not as many. */
static double
test_prefix (const EmendFieldLesson *lesson,
             GArray *told,
             guint n)
{
  g_autoptr (EmendFieldModel) model = emend_field_model_new (lesson->field->id);
  g_autoptr (GArray) others = g_array_new (FALSE, FALSE, sizeof (guint));
  int n_tested = 0;
  int n_right = 0;

  for (guint i = 0; i < told->len && others->len < n; i++)
    if (i % N_FOLDS != 0)
      g_array_append_val (others, g_array_index (told, guint, i));
  if (others->len < n)
    return NAN;
  emend_field_lesson_learn (lesson, (const guint *) (void *) others->data, others->len, model);
  for (guint i = 0; i < told->len && n_tested < MAX_CURVE_TESTS; i += N_FOLDS) {
    Result result = test_one (lesson, model, g_array_index (told, guint, i), FALSE);

    n_tested += result.is_absent ? 0 : 1;
    n_right += result.is_right ? 1 : 0;
  }
  return n_tested > 0 ? (double) n_right / n_tested : NAN;
}

static int
compare_results (gconstpointer a,
                 gconstpointer b)
{
  const Result *left = a;
  const Result *right = b;

  return (left->score < right->score) - (left->score > right->score);
}

/* Below which score "absent" is right more often than the candidate. Results come best first. */
static void
find_absent (GArray *results,
             EmendFieldModel *model)
{
  EmendFieldStatistics *statistics = &model->statistics;
  int n_below = 0, n_absent_below = 0;
  int gain = 0, best = 0;

  for (guint i = results->len; i > 0; i--) {
    const Result *result = &g_array_index (results, Result, i - 1);
    double above = i >= 2 ? g_array_index (results, Result, i - 2).score : result->score + 1;

    n_below++;
    n_absent_below += result->is_absent ? 1 : 0;
    gain += result->is_absent ? 1 : result->is_right ? -1 :
                                                       0;
    if (gain > best && above > result->score) {
      best = gain;
      model->absent_below = isfinite (result->score) ? (above + result->score) / 2 : above;
      model->absent_score = (n_absent_below + 1.0) / (n_below + 2.0);
      statistics->n_absent_right = n_absent_below;
    }
  }
}

/* What is proposed as absent is no proposal of the candidate, right or wrong. */
static void
count_results (GArray *results,
               EmendFieldModel *model)
{
  EmendFieldStatistics *statistics = &model->statistics;
  g_autofree double *scores = g_new (double, MAX (results->len, 1));
  g_autofree gboolean *rights = g_new (gboolean, MAX (results->len, 1));
  gsize n = 0;

  for (guint i = 0; i < results->len; i++) {
    const Result *result = &g_array_index (results, Result, i);
    gboolean is_proposed = result->score >= model->absent_below && isfinite (result->score);

    statistics->n_absent_tested += result->is_absent ? 1 : 0;
    statistics->n_tested += result->is_absent ? 0 : 1;
    statistics->n_right += result->is_right && is_proposed ? 1 : 0;
    if (!is_proposed)
      continue;
    scores[n] = result->score;
    rights[n++] = result->is_right;
  }
  model->platt = emend_platt_fit (scores, rights, n);
}

/* The most documents that could pass with the wanted share of right ones among them. Results come best first. */
static void
find_coverage (GArray *results,
               EmendFieldModel *model)
{
  EmendFieldStatistics *statistics = &model->statistics;
  int n_right = 0;

  for (guint i = 0; i < results->len; i++) {
    const Result *result = &g_array_index (results, Result, i);

    if (result->score < model->absent_below || !isfinite (result->score))
      break;
    n_right += result->is_right ? 1 : 0;
    if (n_right < EMEND_FIELDS_MODEL_PRECISION * (i + 1) ||
        (i + 1 < results->len && g_array_index (results, Result, i + 1).score >= result->score))
      continue;
    statistics->coverage = (i + 1.0) / results->len;
    statistics->threshold = emend_platt_get (&model->platt, result->score);
  }
}

/* How often the rule is right; it stays, or takes over, when that is more often than what was learned. Of a few
 * documents an equal count says nothing, and then the rule is the better bet. */
static void
test_rule (const EmendFieldLesson *lesson,
           GArray *told,
           EmendFieldModel *model,
           GArray *results)
{
  EmendFieldStatistics *statistics = &model->statistics;
  guint n_turns = count_turns (told);
  g_autoptr (GArray) by_rule = g_array_new (FALSE, FALSE, sizeof (Result));
  int n_rule = 0, n_learned = 0;

  for (guint i = 0; i < told->len; i++) {
    Result result;

    if (i % N_FOLDS >= n_turns)
      continue;
    result = test_one (lesson, model, g_array_index (told, guint, i), TRUE);
    n_rule += result.is_right ? 1 : 0;
    g_array_append_val (by_rule, result);
  }
  for (guint i = 0; i < results->len; i++)
    n_learned += g_array_index (results, Result, i).is_right ? 1 : 0;
  model->rule_score = (n_rule + 1.0) / (by_rule->len + 2.0);
  model->use_rule = n_rule > n_learned || (n_rule > 0 && n_rule == n_learned && told->len < FEW) ||
                    !emend_field_model_has_weights (model, lesson->field);
  if (!model->use_rule || statistics->n_present == 0)
    return;
  statistics->n_right = n_rule;
  statistics->n_absent_right = 0;
  model->absent_below = -INFINITY;
  statistics->coverage = 0;
  statistics->threshold = 1;
}

/* Until something better is known, a field is as often absent as it was so far (Laplace's rule of succession). */
static void
count_told (const EmendFieldLesson *lesson,
            EmendFieldModel *model)
{
  EmendFieldStatistics *statistics = &model->statistics;
  int n_reachable = 0;

  for (guint i = 0; i < lesson->truths->len; i++) {
    const EmendTruth *truth = lesson->truths->pdata[i];

    statistics->n_present += truth->state == EMEND_LEARN_PRESENT ? 1 : 0;
    statistics->n_absent += truth->state == EMEND_LEARN_ABSENT ? 1 : 0;
    n_reachable += truth->state == EMEND_LEARN_PRESENT && truth->is_reachable ? 1 : 0;
  }
  model->absent_score = (statistics->n_absent + 1.0) / (statistics->n_present + statistics->n_absent + 2.0);
  statistics->is_learning = statistics->n_present + statistics->n_absent < EMEND_FIELDS_MODEL_LEARNING;
  statistics->recall = statistics->n_present > 0 ? (double) n_reachable / statistics->n_present : NAN;
}

/**
 * emend_field_lesson_test:
 * @lesson: what there is to learn
 * @model: what was learned of it, which gets its probabilities and statistics
 * @cancellable: (nullable): to give up
 * @error: return location for an error
 *
 * Finds out how good the model is on documents that it does not know: those are held out in turn, all pages of a
 * document together.
 *
 * Returns: %FALSE when it was cancelled. Any thread.
 */
gboolean
emend_field_lesson_test (const EmendFieldLesson *lesson,
                         EmendFieldModel *model,
                         GCancellable *cancellable,
                         GError **error)
{
  g_autoptr (GArray) told = choose_told (lesson);
  g_autoptr (GArray) results = g_array_new (FALSE, FALSE, sizeof (Result));
  EmendFieldStatistics *statistics = &model->statistics;
  guint n_turns = count_turns (told);

  count_told (lesson, model);
  for (guint fold = 0; fold < MIN (n_turns, told->len); fold++) {
    if (g_cancellable_set_error_if_cancelled (cancellable, error))
      return FALSE;
    test_fold (lesson, told, fold, results);
  }
  g_array_sort (results, compare_results);
  find_absent (results, model);
  count_results (results, model);
  find_coverage (results, model);
  test_rule (lesson, told, model, results);
  if (statistics->n_tested > 0)
    statistics->accuracy = (double) statistics->n_right / statistics->n_tested;
  emend_wilson (statistics->n_right, statistics->n_tested, &statistics->low, &statistics->high);
  for (guint i = 0; i < EMEND_FIELDS_MODEL_CURVE; i++) {
    if (g_cancellable_set_error_if_cancelled (cancellable, error))
      return FALSE;
    statistics->curve[i] = test_prefix (lesson, told, (guint) emend_fields_model_curve[i]);
  }
  return TRUE;
}
