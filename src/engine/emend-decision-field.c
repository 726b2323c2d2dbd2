#define G_LOG_DOMAIN "emend-engine"

#include "config.h"

#include "emend-decision-field.h"

#include <glib/gi18n-lib.h>

#include "emend-engine-error.h"

static gboolean
is_same_cell (const EmendMark *mark,
              const EmendDecision *decision)
{
  const EmendValue *value = emend_mark_get_value (mark);

  if (value == NULL || emend_mark_get_label (mark) != decision->label)
    return FALSE;
  if (decision->value == NULL)
    return value->row < 0;
  return value->row == decision->value->row && g_strcmp0 (value->column, decision->value->column) == 0;
}

/* The first value of the field that waits, else the last that was decided: what a form would show as its entry. */
static const EmendMark *
find_mark (const EmendItemContent *content,
           const EmendDecision *decision)
{
  const EmendMark *decided = NULL;

  for (guint i = 0; i < content->marks->len; i++) {
    const EmendMark *mark = g_ptr_array_index (content->marks, i);

    if (!is_same_cell (mark, decision))
      continue;
    if (mark->annotation == NULL)
      return mark;
    decided = mark;
  }
  return decided;
}

static gboolean
needs_target (EmendDecisionKind kind)
{
  return kind == EMEND_DECISION_ACCEPT || kind == EMEND_DECISION_REJECT || kind == EMEND_DECISION_CLEAR;
}

/**
 * emend_decision_field_resolve:
 * @decision: a decision that names a field by EmendDecision.label, and no proposal or annotation
 * @project: the project that it is about
 * @error: EMEND_ENGINE_ERROR_DECISION when there is nothing to accept, reject or clear; or what loading the item gives
 *
 * Finds what the decision is about as a form would: the proposal of the field (or of the cell of a table that its
 * value names) that waits, else what was decided of it. A correction of a field that has neither adds its value.
 * Not for the main thread.
 *
 * Returns: whether the decision has a target or needs none
 */
gboolean
emend_decision_field_resolve (EmendDecision *decision,
                              EmendProject *project,
                              GError **error)
{
  g_autoptr (EmendItemContent) content = NULL;
  const EmendMark *mark;

  if (decision->kind == EMEND_DECISION_ADD)
    return TRUE;
  content = emend_project_load_content (project, decision->item, error);
  if (content == NULL)
    return FALSE;
  mark = find_mark (content, decision);
  if (mark == NULL && needs_target (decision->kind)) {
    g_set_error (error, EMEND_ENGINE_ERROR, EMEND_ENGINE_ERROR_DECISION,
                 _ ("The field “%s” of the item has neither a proposal nor a decision."),
                 emend_schema_find_entry_name (emend_project_get_schema (project), decision->label));
    return FALSE;
  }
  if (mark == NULL && decision->kind == EMEND_DECISION_CORRECT)
    decision->kind = EMEND_DECISION_ADD;
  if (mark != NULL && mark->proposal != NULL)
    decision->proposal = mark->proposal->id;
  else if (mark != NULL)
    decision->annotation = mark->annotation->uuid;
  return TRUE;
}
