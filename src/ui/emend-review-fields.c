#define G_LOG_DOMAIN "emend-ui"

#include "config.h"

#include "emend-review-private.h"

static void
set_place (EmendDecision *decision,
           const EmendRegion *place)
{
  if (place == NULL)
    return;
  decision->sets |= EMEND_DECISION_SETS_SHAPE;
  decision->page = place->page;
  emend_shape_clear (&decision->shape);
  emend_shape_init_box (&decision->shape, &place->box);
}

/* A value that no proposal stands for; @annotation is how it is shown until it is recorded. */
static EmendDecision *
new_added (EmendReview *self,
           int field,
           const EmendValue *value,
           const EmendRegion *place,
           EmendAnnotation **annotation)
{
  const EmendRegion nowhere = { self->page, { 0 } };
  const EmendRegion *where = place != NULL ? place : &nowhere;
  EmendDecision *decision = emend_review_new_decision (self, EMEND_DECISION_ADD, NULL);

  decision->label = field;
  decision->sets = EMEND_DECISION_SETS_VALUE;
  decision->value = emend_value_copy (value);
  set_place (decision, where);
  *annotation = emend_annotation_new ();
  (*annotation)->verdict = EMEND_VERDICT_ADDED;
  (*annotation)->label = field;
  (*annotation)->page = where->page;
  emend_shape_init_box (&(*annotation)->shape, &where->box);
  (*annotation)->value = emend_value_copy (value);
  emend_schema_normalise (self->schema, field, (*annotation)->value);
  return decision;
}

/**
 * emend_review_set_value:
 * @self: the work
 * @index: number of the mark that has the field's proposal or value, or -1 when there is none yet
 * @field: number of the field
 * @value: what it is
 * @place: (nullable): where it stands; %NULL leaves the place as it is
 *
 * A value typed or taken from the page. One that is what was proposed is an acceptance.
 */
void
emend_review_set_value (EmendReview *self,
                        int index,
                        int field,
                        const EmendValue *value,
                        const EmendRegion *place)
{
  EmendReviewSlot *slot;
  EmendDecision *decision;

  emend_review_flush (self);
  slot = emend_review_get_slot (self, index);
  if (!emend_review_may_decide (self))
    return;
  if (slot == NULL) {
    EmendAnnotation *annotation;

    decision = new_added (self, field, value, place, &annotation);
    emend_review_decide_new (self, decision, annotation);
    return;
  }
  decision = emend_review_new_decision (self, EMEND_DECISION_CORRECT, slot->mark);
  decision->sets = EMEND_DECISION_SETS_VALUE;
  decision->value = emend_value_copy (value);
  set_place (decision, place);
  emend_review_decide (self, decision, index);
}

/**
 * emend_review_set_place:
 * @self: the work
 * @index: number of a mark of a field
 * @place: where its value stands
 *
 * Corrects the place alone; the value stays.
 */
void
emend_review_set_place (EmendReview *self,
                        int index,
                        const EmendRegion *place)
{
  EmendReviewSlot *slot;
  EmendDecision *decision;

  emend_review_flush (self);
  slot = emend_review_get_slot (self, index);
  if (slot == NULL || !emend_review_may_decide (self))
    return;
  decision = emend_review_new_decision (self, EMEND_DECISION_CORRECT, slot->mark);
  set_place (decision, place);
  emend_review_decide (self, decision, index);
}

/**
 * emend_review_set_without_value:
 * @self: the work
 * @index: number of the mark that has the field's proposal or value, or -1 when there is none yet
 * @field: number of the field
 * @kind: %EMEND_DECISION_ABSENT or %EMEND_DECISION_ILLEGIBLE
 */
void
emend_review_set_without_value (EmendReview *self,
                                int index,
                                int field,
                                EmendDecisionKind kind)
{
  EmendReviewSlot *slot;
  EmendDecision *decision;
  EmendAnnotation *annotation;

  emend_review_flush (self);
  slot = emend_review_get_slot (self, index);
  if (!emend_review_may_decide (self))
    return;
  decision = emend_review_new_decision (self, kind, slot != NULL ? slot->mark : NULL);
  decision->label = field;
  if (slot != NULL) {
    emend_review_decide (self, decision, index);
    return;
  }
  annotation = emend_annotation_new ();
  annotation->verdict = kind == EMEND_DECISION_ILLEGIBLE ? EMEND_VERDICT_ILLEGIBLE : EMEND_VERDICT_ABSENT;
  annotation->label = field;
  annotation->value = emend_value_new (NULL);
  emend_review_decide_new (self, decision, annotation);
}

/* What becomes of one cell, shown at once. Returns the number of its mark. */
static guint
show_change (EmendReview *self,
             int table,
             const EmendTableChange *change,
             EmendDecision **decision)
{
  const EmendRegion *place = change->has_place ? &change->place : NULL;
  EmendReviewSlot *slot = emend_review_get_slot (self, change->mark);

  if (change->kind == EMEND_DECISION_ADD) {
    EmendAnnotation *annotation;

    *decision = new_added (self, table, change->value, place, &annotation);
    return emend_review_show_new (self, *decision, annotation);
  }
  *decision = emend_review_new_decision (self, change->kind, slot->mark);
  if (change->value != NULL) {
    (*decision)->sets = EMEND_DECISION_SETS_VALUE;
    (*decision)->value = emend_value_copy (change->value);
  }
  set_place (*decision, place);
  emend_review_show_decision (self, *decision, change->mark);
  return (guint) change->mark;
}

/**
 * emend_review_edit_table:
 * @self: the work
 * @table: number of a field that is a table
 * @changes: (element-type EmendTableChange): what becomes of cells of it; their numbers are those of marks
 *
 * All of it is one step that is undone as one.
 *
 * Returns: whether it is on its way
 */
gboolean
emend_review_edit_table (EmendReview *self,
                         int table,
                         GPtrArray *changes)
{
  g_autoptr (GPtrArray) decisions = g_ptr_array_new_with_free_func ((GDestroyNotify) emend_decision_free);
  GArray *marks;

  emend_review_flush (self);
  if (changes->len == 0 || !emend_review_may_decide (self))
    return FALSE;
  marks = g_array_new (FALSE, FALSE, sizeof (guint));
  for (guint i = 0; i < changes->len; i++) {
    EmendDecision *decision;
    guint mark = show_change (self, table, g_ptr_array_index (changes, i), &decision);

    g_ptr_array_add (decisions, decision);
    g_array_append_val (marks, mark);
  }
  emend_review_commit (self, decisions, marks);
  return TRUE;
}

/**
 * emend_review_get_superseded:
 * @self: the work
 *
 * Returns: (transfer none) (nullable) (element-type EmendProposal): what earlier runs proposed for fields of the open
 *   item
 */
GPtrArray *
emend_review_get_superseded (EmendReview *self)
{
  return self->open != NULL ? self->open->content->superseded : NULL;
}

/**
 * emend_review_get_date_order:
 * @self: the work
 *
 * Returns: how dates of the open item are read that nobody has decided: as the reviewer last chose for one of them, or
 *   0 for as their fields say
 */
EmendDateOrder
emend_review_get_date_order (EmendReview *self)
{
  EmendDateOrder order = (EmendDateOrder) 0;
  gint64 last = G_MININT64;

  for (guint i = 0; i < emend_review_get_n_marks (self); i++) {
    const EmendMark *mark = emend_review_get_mark (self, i);
    const EmendAnnotation *annotation = mark != NULL ? mark->annotation : NULL;
    gint64 decided_ms;

    if (annotation == NULL || annotation->value == NULL || annotation->value->date_order == 0)
      continue;
    /* What is not committed yet has no time. */
    decided_ms = annotation->decided_ms != 0 ? annotation->decided_ms : G_MAXINT64;
    if (decided_ms < last)
      continue;
    last = decided_ms;
    order = annotation->value->date_order;
  }
  return order;
}
