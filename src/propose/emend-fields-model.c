#define G_LOG_DOMAIN "emend-propose"

#include "config.h"

#include <math.h>
#include <string.h>

#include "emend-fields-model-private.h"

/**
 * emend_field_model_new:
 * @field: id of a field
 *
 * Returns: (transfer full): a model that knows nothing. Any thread.
 */
EmendFieldModel *
emend_field_model_new (int field)
{
  EmendFieldModel *model = g_new0 (EmendFieldModel, 1);

  model->platt = (EmendPlatt){ -1, 0 };
  model->use_rule = TRUE;
  model->rule_score = 0.5;
  model->absent_below = -INFINITY;
  model->memory = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  model->statistics.field = field;
  model->statistics.is_learning = TRUE;
  model->statistics.accuracy = NAN;
  model->statistics.high = 1;
  model->statistics.recall = NAN;
  model->statistics.threshold = 1;
  for (guint i = 0; i < EMEND_FIELDS_MODEL_CURVE; i++)
    model->statistics.curve[i] = NAN;
  return model;
}

/**
 * emend_field_model_free:
 * @model: (transfer full): a model of one field
 *
 * Any thread.
 */
void
emend_field_model_free (EmendFieldModel *model)
{
  for (guint i = 0; i < EMEND_N_SCORERS; i++)
    g_clear_pointer (&model->weights[i], emend_weights_free);
  g_hash_table_unref (model->memory);
  g_free (model);
}

/**
 * emend_field_model_has_weights:
 * @model: a model of one field
 * @field: the field
 *
 * Returns: whether all that the type of the field needs was learned. Any thread.
 */
gboolean
emend_field_model_has_weights (const EmendFieldModel *model,
                               const EmendField *field)
{
  return model->weights[EMEND_SCORER_START] != NULL &&
         (!emend_field_is_span (field) ||
          (model->weights[EMEND_SCORER_END] != NULL && model->weights[EMEND_SCORER_INSIDE] != NULL));
}

/**
 * emend_field_model_guess:
 * @model: (nullable): a model of one field
 * @prepared: a document
 * @set: the fields
 * @field: the field
 *
 * Returns: (transfer full) (element-type EmendGuess): the best few values, best first. Any thread.
 */
GPtrArray *
emend_field_model_guess (const EmendFieldModel *model,
                         const EmendPrepared *prepared,
                         const EmendFieldSet *set,
                         const EmendField *field)
{
  if (model == NULL || model->use_rule || !emend_field_model_has_weights (model, field))
    return emend_guesses_by_rule (prepared, set, field);
  return emend_guesses_by_weights (model->weights, prepared, set, field);
}

/**
 * emend_fields_model_new:
 *
 * Returns: (transfer full): a model without fields. Any thread.
 */
EmendFieldsModel *
emend_fields_model_new (void)
{
  EmendFieldsModel *model = g_new0 (EmendFieldsModel, 1);

  g_atomic_ref_count_init (&model->refs);
  model->ids = g_array_new (FALSE, FALSE, sizeof (EmendUuid));
  model->fields = g_ptr_array_new_with_free_func ((GDestroyNotify) emend_field_model_free);
  return model;
}

/**
 * emend_fields_model_ref:
 * @model: a model
 *
 * Returns: (transfer full): @model. Any thread.
 */
EmendFieldsModel *
emend_fields_model_ref (EmendFieldsModel *model)
{
  g_atomic_ref_count_inc (&model->refs);
  return model;
}

/**
 * emend_fields_model_unref:
 * @model: (transfer full): a model
 *
 * Any thread.
 */
void
emend_fields_model_unref (EmendFieldsModel *model)
{
  if (!g_atomic_ref_count_dec (&model->refs))
    return;
  g_array_unref (model->ids);
  g_ptr_array_unref (model->fields);
  g_free (model);
}

/**
 * emend_fields_model_find:
 * @model: a model
 * @field: id of a field
 *
 * Returns: (transfer none) (nullable): what was learned of it. Any thread.
 */
const EmendFieldModel *
emend_fields_model_find (EmendFieldsModel *model,
                         int field)
{
  for (guint i = 0; i < model->fields->len; i++) {
    const EmendFieldModel *at = model->fields->pdata[i];

    if (at->statistics.field == field)
      return at;
  }
  return NULL;
}

/**
 * emend_fields_model_get_statistics:
 * @model: a model
 * @field: id of a field
 *
 * Returns: (transfer none) (nullable): how well it is learned; %NULL when the model does not know it. Any thread.
 */
const EmendFieldStatistics *
emend_fields_model_get_statistics (EmendFieldsModel *model,
                                   int field)
{
  const EmendFieldModel *found = emend_fields_model_find (model, field);

  return found != NULL ? &found->statistics : NULL;
}

/**
 * emend_fields_model_get_n_documents:
 * @model: a model
 *
 * Returns: from how many documents it was learned. Any thread.
 */
guint
emend_fields_model_get_n_documents (EmendFieldsModel *model)
{
  return model->ids->len;
}

/**
 * emend_fields_model_has_document:
 * @model: a model
 * @id: identity of a document
 *
 * Returns: whether it was learned from that document. Any thread.
 */
gboolean
emend_fields_model_has_document (EmendFieldsModel *model,
                                 const EmendUuid *id)
{
  guint low = 0;
  guint high = model->ids->len;

  while (low < high) {
    guint middle = (low + high) / 2;
    int order = memcmp (&g_array_index (model->ids, EmendUuid, middle), id, sizeof *id);

    if (order == 0)
      return TRUE;
    if (order < 0)
      low = middle + 1;
    else
      high = middle;
  }
  return FALSE;
}
