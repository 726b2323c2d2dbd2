#pragma once

#include "emend-fields-model.h"
#include "emend-guess-private.h"
#include "emend-truth-private.h"

G_BEGIN_DECLS

/**
 * EmendFieldModel:
 * @weights: of the field's scorers; all %NULL while there is nothing to tell right from wrong by
 * @use_rule: whether the rule of the field's type was right more often than what was learned
 * @rule_score: how often the rule was right
 * @platt: probability of a score
 * @absent_below: a lower score means that the document has no such value; -INFINITY when that never happened
 * @absent_score: how often that is right
 * @memory: (element-type utf8 utf8): letters and digits of printed texts, and the values that people made of them
 * @statistics: how well it does
 *
 * What was learned of one field.
 */
typedef struct {
  EmendWeights *weights[EMEND_N_SCORERS];
  gboolean use_rule;
  double rule_score;
  EmendPlatt platt;
  double absent_below;
  double absent_score;
  GHashTable *memory;
  EmendFieldStatistics statistics;
} EmendFieldModel;

struct _EmendFieldsModel {
  gatomicrefcount refs;
  GArray *ids;
  GPtrArray *fields;
};

EmendFieldsModel *emend_fields_model_new (void);
EmendFieldModel *emend_field_model_new (int field);
void emend_field_model_free (EmendFieldModel *model);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EmendFieldModel, emend_field_model_free)
const EmendFieldModel *emend_fields_model_find (EmendFieldsModel *model,
                                                int field);
GPtrArray *emend_field_model_guess (const EmendFieldModel *model,
                                    const EmendPrepared *prepared,
                                    const EmendFieldSet *set,
                                    const EmendField *field);
gboolean emend_field_model_has_weights (const EmendFieldModel *model,
                                        const EmendField *field);
char *emend_field_model_look_up (const EmendFieldModel *model,
                                 const EmendFieldSet *set,
                                 const EmendField *field,
                                 const EmendGuess *guess);

/**
 * EmendLearnSource:
 * @document: what a person confirmed
 * @prepared: its candidates
 * @is_own: whether @prepared belongs to this
 *
 * A document while it is learned from.
 */
typedef struct {
  const EmendLearnDocument *document;
  EmendPrepared *prepared;
  gboolean is_own;
} EmendLearnSource;

/**
 * EmendFieldLesson:
 * @set: the fields
 * @field: the one that is learned
 * @sources: (element-type EmendLearnSource): in the order of their ids
 * @truths: (element-type EmendTruth): what each says of the field
 *
 * All there is to learn of one field.
 */
typedef struct {
  const EmendFieldSet *set;
  const EmendField *field;
  GPtrArray *sources;
  GPtrArray *truths;
} EmendFieldLesson;

void emend_field_lesson_learn (const EmendFieldLesson *lesson,
                               const guint *chosen,
                               guint n_chosen,
                               EmendFieldModel *model);
gboolean emend_field_lesson_test (const EmendFieldLesson *lesson,
                                  EmendFieldModel *model,
                                  GCancellable *cancellable,
                                  GError **error);

G_END_DECLS
