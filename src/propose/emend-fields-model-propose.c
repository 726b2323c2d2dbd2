#define G_LOG_DOMAIN "emend-propose"

#include "config.h"

#include <math.h>
#include <string.h>

#include "emend-fields-model-private.h"
#include "emend-normal.h"
#include "emend-rule.h"

/* Of a sum so many fields are chosen together, each among so many candidates: 27 combinations. */
#define MAX_JOINT_FIELDS 3
#define MAX_JOINT_GUESSES 3

/* Log odds that a candidate may be behind another and still be nearly as likely: half as likely. */
#define NEARLY G_LN2

/* What one field could be, and which of it was chosen. */
typedef struct {
  const EmendField *field;
  const EmendFieldModel *model;
  GPtrArray *guesses;
  guint chosen;
  gboolean is_learned;
  gboolean is_absent;
  gboolean is_joint;
} Choice;

static void
choice_free (gpointer data)
{
  Choice *choice = data;

  g_ptr_array_unref (choice->guesses);
  g_free (choice);
}

/**
 * emend_field_proposal_free:
 * @proposal: (transfer full): a proposal
 *
 * Any thread.
 */
void
emend_field_proposal_free (EmendFieldProposal *proposal)
{
  g_clear_pointer (&proposal->value, emend_value_free);
  g_free (proposal);
}

static const EmendGuess *
guess_of (const Choice *choice)
{
  return choice->chosen < choice->guesses->len ? choice->guesses->pdata[choice->chosen] : NULL;
}

/* What the best candidate leaves is shared by the others as their odds are. The map of the scores was fitted to the
 * best candidates of documents, and says nothing of the others. */
static double
share_of (const Choice *choice,
          const EmendGuess *guess,
          double rest)
{
  const EmendGuess *second = choice->guesses->pdata[1];
  double sum = 0;

  for (guint i = 1; i < choice->guesses->len; i++)
    sum += exp (((const EmendGuess *) choice->guesses->pdata[i])->score - second->score);
  return rest * exp (guess->score - second->score) / sum;
}

static double
probability_of (const Choice *choice,
                const EmendGuess *guess)
{
  const EmendGuess *best = choice->guesses->pdata[0];
  double probability;

  if (!choice->is_learned)
    return choice->model != NULL ? choice->model->rule_score : 0.5;
  probability = emend_platt_get (&choice->model->platt, best->score);
  return guess == best ? probability : MIN (probability, share_of (choice, guess, 1 - probability));
}

/* The logarithm of how likely a candidate is against the others of its field. */
static double
odds_of (const Choice *choice,
         const EmendGuess *guess)
{
  return choice->is_learned ? guess->score : 0;
}

static Choice *
choose (EmendFieldsModel *model,
        const EmendFieldSet *set,
        const EmendField *field,
        const EmendPrepared *prepared)
{
  Choice *choice = g_new0 (Choice, 1);
  const EmendFieldStatistics *statistics;

  choice->field = field;
  choice->model = model != NULL ? emend_fields_model_find (model, field->id) : NULL;
  choice->guesses = emend_field_model_guess (choice->model, prepared, set, field);
  choice->is_learned = choice->model != NULL && !choice->model->use_rule &&
                       emend_field_model_has_weights (choice->model, field);
  if (choice->model == NULL)
    return choice;
  statistics = &choice->model->statistics;
  choice->is_absent = statistics->n_absent > 0 && statistics->n_present == 0;
  if (choice->is_learned && choice->guesses->len > 0)
    choice->is_absent = ((const EmendGuess *) choice->guesses->pdata[0])->score < choice->model->absent_below;
  else if (statistics->n_absent > 0 && choice->guesses->len == 0)
    choice->is_absent = TRUE;
  return choice;
}

static gboolean
same_place (const EmendGuess *a,
            const EmendGuess *b)
{
  return a->page == b->page && emend_rect_iou (&a->box, &b->box) > 0.5;
}

/* The sure ones choose first; a place that is taken is passed over for another that is nearly as likely. Equal values
 * stand on a document more than once; where there is one place, two fields may well share it. */
static void
part_places (GPtrArray *choices)
{
  for (guint i = 0; i < choices->len; i++) {
    Choice *choice = choices->pdata[i];
    const EmendGuess *guess = guess_of (choice);

    for (guint j = 0; j < choices->len && guess != NULL && !choice->is_joint; j++) {
      const Choice *other = choices->pdata[j];
      const EmendGuess *taken = guess_of (other);

      if (i == j || taken == NULL || choice->is_absent || other->is_absent || !same_place (guess, taken) ||
          probability_of (choice, guess) > probability_of (other, taken))
        continue;
      if (choice->chosen + 1 < choice->guesses->len &&
          odds_of (choice, choice->guesses->pdata[choice->chosen + 1]) > odds_of (choice, guess) - NEARLY)
        choice->chosen++;
      break;
    }
  }
}

static Choice *
find_choice (GPtrArray *choices,
             const char *name)
{
  for (guint i = 0; i < choices->len; i++) {
    Choice *choice = choices->pdata[i];

    if (strcmp (choice->field->name, name) == 0)
      return choice;
  }
  return NULL;
}

static gboolean
holds (const EmendRule *rule,
       Choice *const *fields,
       guint n_fields,
       const guint *picks)
{
  EmendRuleValue values[MAX_JOINT_FIELDS];
  g_auto (EmendRuleResult) result = { 0 };

  for (guint i = 0; i < n_fields; i++) {
    const EmendGuess *guess = fields[i]->guesses->pdata[picks[i]];

    values[i] = (EmendRuleValue){ fields[i]->field->name, NULL, -1, guess->normal };
  }
  emend_rule_check (rule, values, n_fields, &result);
  return result.state == EMEND_RULE_HOLDS;
}

/* The likeliest combination that keeps the rule; that nothing keeps it changes nothing. */
static void
choose_jointly (const EmendRule *rule,
                Choice *const *fields,
                guint n_fields)
{
  guint picks[MAX_JOINT_FIELDS] = { 0 };
  guint best[MAX_JOINT_FIELDS] = { 0 };
  double best_odds = -INFINITY;

  for (gboolean is_more = TRUE; is_more;) {
    double odds = 0;

    for (guint i = 0; i < n_fields; i++)
      odds += odds_of (fields[i], fields[i]->guesses->pdata[picks[i]]);
    if (odds > best_odds && holds (rule, fields, n_fields, picks)) {
      best_odds = odds;
      memcpy (best, picks, sizeof best);
    }
    is_more = FALSE;
    for (guint i = 0; i < n_fields && !is_more; i++) {
      is_more = ++picks[i] < MIN (fields[i]->guesses->len, MAX_JOINT_GUESSES);
      if (!is_more)
        picks[i] = 0;
    }
  }
  for (guint i = 0; i < n_fields && isfinite (best_odds); i++) {
    fields[i]->chosen = best[i];
    fields[i]->is_joint = TRUE;
  }
}

static void
keep_rule (const EmendRule *rule,
           GPtrArray *choices)
{
  Choice *fields[MAX_JOINT_FIELDS];
  guint n = 0;

  if (rule->kind != EMEND_RULE_SUM || g_strv_length (rule->operands) >= MAX_JOINT_FIELDS)
    return;
  fields[n++] = find_choice (choices, rule->target);
  for (char **operand = rule->operands; *operand != NULL; operand++)
    fields[n++] = find_choice (choices, *operand);
  for (guint i = 0; i < n; i++)
    if (fields[i] == NULL || fields[i]->guesses->len == 0 || fields[i]->is_absent || fields[i]->is_joint)
      return;
  choose_jointly (rule, fields, n);
}

static EmendValue *
make_value (const Choice *choice,
            const EmendFieldSet *set)
{
  const EmendGuess *guess = guess_of (choice);
  g_autofree char *found = NULL;
  g_auto (EmendNormal) normal = { 0 };
  EmendValue *value;

  if (guess == NULL)
    return NULL;
  found = emend_field_model_look_up (choice->model, set, choice->field, guess);
  value = emend_value_new (found != NULL ? found : guess->text);
  g_free (value->text);
  value->text = g_strdup (guess->text);
  emend_field_parse (choice->field, emend_field_set_find_list (set, choice->field), value->value, &normal);
  value->normal = g_steal_pointer (&normal.normal);
  value->source = g_strdup (found != NULL ? "lookup" : choice->is_learned ? "learned" :
                                                                            "rule");
  for (guint i = 0; i < choice->guesses->len; i++) {
    const EmendGuess *other = choice->guesses->pdata[i];

    if (i != choice->chosen)
      emend_value_add_candidate (value, other->text, (int) other->page, &other->box, probability_of (choice, other));
  }
  return value;
}

static EmendFieldProposal *
make_proposal (const Choice *choice,
               const EmendFieldSet *set)
{
  EmendFieldProposal *proposal;
  const EmendGuess *guess = guess_of (choice);

  if (guess == NULL && !choice->is_absent)
    return NULL;
  proposal = g_new0 (EmendFieldProposal, 1);
  proposal->field = choice->field->id;
  proposal->is_absent = choice->is_absent;
  proposal->value = make_value (choice, set);
  if (guess != NULL) {
    proposal->page = (int) guess->page;
    proposal->box = guess->box;
  }
  if (choice->is_absent)
    proposal->score = choice->model->absent_score;
  else /* how often a rule is right is not known before it was measured */
    proposal->score = choice->is_learned || choice->model != NULL ? probability_of (choice, guess) : NAN;
  return proposal;
}

/**
 * emend_fields_model_propose:
 * @model: (nullable): what was learned; %NULL for nothing yet
 * @set: the fields, which need not be those that were learned: of others the rules of their types are used
 * @pages: (element-type EmendWords): of the document
 *
 * Proposes a value for each field. Each place is used once where a field has another candidate that is nearly as
 * likely; values of a sum of the schema are chosen together so that it is right, when a choice among the best three of
 * each makes it so.
 *
 * Returns: (transfer full) (element-type EmendFieldProposal): one for each field of which something can be said, in the
 *   order of the set. Any thread.
 */
GPtrArray *
emend_fields_model_propose (EmendFieldsModel *model,
                            const EmendFieldSet *set,
                            GPtrArray *pages)
{
  g_autoptr (EmendPrepared) prepared = emend_prepared_new (pages, set);
  g_autoptr (GPtrArray) choices = g_ptr_array_new_with_free_func (choice_free);
  GPtrArray *proposals = g_ptr_array_new_with_free_func ((GDestroyNotify) emend_field_proposal_free);

  for (guint i = 0; i < set->fields->len; i++) {
    const EmendField *field = set->fields->pdata[i];

    if (emend_field_is_learnable (field))
      g_ptr_array_add (choices, choose (model, set, field, prepared));
  }
  for (guint i = 0; set->rules != NULL && i < set->rules->len; i++)
    keep_rule (set->rules->pdata[i], choices);
  part_places (choices);
  for (guint i = 0; i < choices->len; i++) {
    EmendFieldProposal *proposal = make_proposal (choices->pdata[i], set);

    if (proposal != NULL)
      g_ptr_array_add (proposals, proposal);
  }
  return proposals;
}
