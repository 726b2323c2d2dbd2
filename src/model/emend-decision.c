#define G_LOG_DOMAIN "emend-model"

#include "config.h"

#include "emend-decision.h"

/**
 * emend_decision_new:
 * @kind: what is decided
 * @item: the item's number
 *
 * Returns: (transfer full): a decision that sets nothing yet. Any thread.
 */
EmendDecision *
emend_decision_new (EmendDecisionKind kind,
                    gint64 item)
{
  EmendDecision *decision = g_new0 (EmendDecision, 1);

  decision->kind = kind;
  decision->item = item;
  return decision;
}

/**
 * emend_decision_copy:
 * @decision: a decision
 *
 * Returns: (transfer full): one like it. Any thread.
 */
EmendDecision *
emend_decision_copy (const EmendDecision *decision)
{
  EmendDecision *copy = g_memdup2 (decision, sizeof *decision);

  emend_shape_copy (&decision->shape, &copy->shape);
  copy->attributes = g_strdup (decision->attributes);
  copy->comment = g_strdup (decision->comment);
  copy->value = decision->value != NULL ? emend_value_copy (decision->value) : NULL;
  copy->text = g_strdup (decision->text);
  return copy;
}

/**
 * emend_decision_free:
 * @decision: (transfer full): a decision
 *
 * Any thread.
 */
void
emend_decision_free (EmendDecision *decision)
{
  emend_shape_clear (&decision->shape);
  g_free (decision->attributes);
  g_free (decision->comment);
  g_clear_pointer (&decision->value, emend_value_free);
  g_free (decision->text);
  g_free (decision);
}
