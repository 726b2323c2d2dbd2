#define G_LOG_DOMAIN "emend-ui"

#include "config.h"

#include "emend-review-private.h"

#include <glib/gi18n-lib.h>

/* Arrow keys move a shape in small steps; they are one decision when they come faster than this. */
#define NUDGE_PAUSE_MS 500

/* What was handed to the store and is not answered yet. */
typedef struct {
  EmendReview *review;
  guint generation;
  GArray *marks; /* (element-type guint) */
} Commit;

static void
commit_free (Commit *commit)
{
  g_object_unref (commit->review);
  g_array_unref (commit->marks);
  g_free (commit);
}

/* clang-format off */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Commit, commit_free)
/* clang-format on */

/**
 * emend_review_may_decide:
 * @self: the work
 *
 * Tells why not when the project is open for reading only.
 *
 * Returns: whether an item is open on which something can be decided
 */
gboolean
emend_review_may_decide (EmendReview *self)
{
  if (self->open == NULL || self->wanted != 0)
    return FALSE;
  if (emend_review_is_writable (self))
    return TRUE;
  if (self->info != NULL)
    g_signal_emit (self, emend_review_signals[EMEND_REVIEW_TOLD], 0, self->info->read_only_reason, FALSE);
  return FALSE;
}

/**
 * emend_review_new_decision:
 * @self: the work
 * @kind: what is decided
 * @mark: (nullable): of what
 *
 * Returns: (transfer full): a decision on the open item that sets nothing yet
 */
EmendDecision *
emend_review_new_decision (EmendReview *self,
                           EmendDecisionKind kind,
                           const EmendMark *mark)
{
  EmendDecision *decision = emend_decision_new (kind, self->open->content->item->id);

  decision->source = self->source;
  if (mark == NULL)
    return decision;
  if (mark->proposal != NULL)
    decision->proposal = mark->proposal->id;
  else
    decision->annotation = mark->annotation->uuid;
  return decision;
}

/**
 * emend_review_take_time:
 * @self: the work
 *
 * What comes next begins at zero.
 *
 * Returns: the time since the mark was shown, in milliseconds
 */
gint64
emend_review_take_time (EmendReview *self)
{
  gint64 now = g_get_monotonic_time ();
  gint64 ms = emend_stopwatch_get_ms (&self->watch, now);

  emend_stopwatch_start (&self->watch, now);
  return ms;
}

static void
take_values (EmendAnnotation *annotation,
             const EmendDecision *decision)
{
  if ((decision->sets & EMEND_DECISION_SETS_LABEL) != 0)
    annotation->label = decision->label;
  if ((decision->sets & EMEND_DECISION_SETS_SHAPE) != 0) {
    if (annotation->value != NULL)
      annotation->page = decision->page;
    emend_shape_clear (&annotation->shape);
    emend_shape_copy (&decision->shape, &annotation->shape);
  }
  if ((decision->sets & EMEND_DECISION_SETS_ATTRIBUTES) != 0) {
    g_free (annotation->attributes);
    annotation->attributes = g_strdup (decision->attributes);
  }
  if ((decision->sets & EMEND_DECISION_SETS_COMMENT) != 0) {
    g_free (annotation->comment);
    annotation->comment = g_strdup (decision->comment);
  }
  if ((decision->sets & EMEND_DECISION_SETS_VALUE) != 0) {
    g_clear_pointer (&annotation->value, emend_value_free);
    annotation->value = emend_value_copy (decision->value);
  }
}

/* A field that is not there, or that nobody can read, says nothing. */
static void
empty_value (EmendAnnotation *annotation,
             EmendDecisionKind kind)
{
  EmendValue *empty = emend_value_new (NULL);

  empty->row = annotation->value->row;
  empty->column = g_strdup (annotation->value->column);
  g_clear_pointer (&annotation->value, emend_value_free);
  annotation->value = empty;
  annotation->verdict = kind == EMEND_DECISION_ILLEGIBLE ? EMEND_VERDICT_ILLEGIBLE : EMEND_VERDICT_ABSENT;
  if (kind == EMEND_DECISION_ILLEGIBLE)
    return;
  emend_shape_clear (&annotation->shape);
  emend_shape_init_box (&annotation->shape, &(EmendRect){ 0 });
}

static gboolean
says_absent (const EmendMark *mark,
             const EmendDecision *decision,
             EmendSchema *schema)
{
  const EmendField *field = emend_schema_find_field (schema, emend_mark_get_label (mark));

  if (decision->kind == EMEND_DECISION_REJECT)
    return field != NULL && !field->repeatable && field->type != EMEND_FIELD_TABLE;
  return decision->kind == EMEND_DECISION_ABSENT || decision->kind == EMEND_DECISION_ILLEGIBLE;
}

/* What the store will answer, to be shown before it does: the rules are those of
 * emend_project_decide(). NULL: nothing is decided any more. */
static EmendAnnotation *
foresee (const EmendMark *mark,
         const EmendDecision *decision,
         EmendSchema *schema)
{
  const EmendProposal *proposal = mark->proposal;
  EmendAnnotation *annotation;

  if (decision->kind == EMEND_DECISION_CLEAR || (decision->kind == EMEND_DECISION_REJECT && proposal == NULL))
    return NULL;
  if (mark->annotation != NULL && (decision->kind == EMEND_DECISION_CORRECT || proposal == NULL))
    annotation = emend_annotation_copy (mark->annotation);
  else {
    annotation = emend_annotation_new ();
    annotation->proposal = proposal->id;
    annotation->item = proposal->item;
    annotation->page = proposal->page;
    annotation->label = proposal->label;
    emend_shape_copy (&proposal->shape, &annotation->shape);
    annotation->attributes = g_strdup (proposal->attributes);
    annotation->value = proposal->value == NULL ? NULL : emend_value_copy (proposal->value);
    annotation->comment = mark->annotation == NULL ? NULL : g_strdup (mark->annotation->comment);
  }
  take_values (annotation, decision);
  if (annotation->value != NULL)
    emend_schema_normalise (schema, annotation->label, annotation->value);
  if (annotation->value != NULL && says_absent (mark, decision, schema))
    empty_value (annotation, decision->kind);
  else if (proposal == NULL)
    annotation->verdict = EMEND_VERDICT_ADDED;
  else if (decision->kind == EMEND_DECISION_REJECT)
    annotation->verdict = EMEND_VERDICT_REJECTED;
  else
    annotation->verdict = emend_annotation_differs (annotation, proposal) ? EMEND_VERDICT_CORRECTED :
                                                                            EMEND_VERDICT_ACCEPTED;
  return annotation;
}

/**
 * emend_review_show_decision:
 * @self: the work
 * @index: number of the mark that it is about
 * @decision: what is decided
 *
 * Shows what will come of it, before it is committed.
 */
void
emend_review_show_decision (EmendReview *self,
                            guint index,
                            const EmendDecision *decision)
{
  g_autoptr (EmendAnnotation) after = foresee (g_array_index (self->slots, EmendReviewSlot, index).mark, decision,
                                               self->schema);

  emend_review_set_annotation (self, index, after);
}

/* The answer agrees with what was shown but for identity and time; a later decision that is still on
 * its way counts more. */
static void
take_changes (EmendReview *self,
              const EmendOutcome *outcome)
{
  for (guint i = 0; i < outcome->changes->len; i++) {
    const EmendChange *change = g_ptr_array_index (outcome->changes, i);
    const EmendAnnotation *known = change->after != NULL ? change->after : change->before;
    int index;

    if (self->open == NULL || known == NULL || change->item != self->open->content->item->id)
      continue;
    index = emend_review_find_slot (self, known);
    if (index < 0 && change->after != NULL)
      index = (int) emend_review_add_slot (self, emend_mark_new (NULL, emend_annotation_copy (change->after)));
    if (index >= 0 && g_array_index (self->slots, EmendReviewSlot, (guint) index).pending == 0)
      emend_review_set_annotation (self, (guint) index, change->after);
  }
}

/**
 * emend_review_take_outcome:
 * @self: the work
 * @outcome: what became of items of the project, also by other means than a decision
 *
 * Everybody who shows one of these items learns of it.
 */
void
emend_review_take_outcome (EmendReview *self,
                           EmendOutcome *outcome)
{
  for (guint i = 0; i < outcome->items->len; i++) {
    const EmendItem *item = g_ptr_array_index (outcome->items, i);

    g_hash_table_remove (self->ahead, &item->id);
    if (self->open != NULL && self->open->content->item->id == item->id) {
      emend_item_free (self->open->content->item);
      self->open->content->item = emend_item_copy (item);
    }
  }
  take_changes (self, outcome);
  emend_review_set_info (self, outcome->info);
  g_signal_emit (self, emend_review_signals[EMEND_REVIEW_OUTCOME], 0, outcome);
}

/* What was shown ahead is not true: it is taken back by reading the item again. */
static void
take_refusal (EmendReview *self,
              const GError *error)
{
  self->reload = TRUE;
  emend_review_fail (self, error);
}

/**
 * emend_review_settle:
 * @self: the work
 *
 * Something that was asked of the project has been answered.
 */
void
emend_review_settle (EmendReview *self)
{
  self->n_pending--;
  if (self->n_pending == 0 && self->reload && self->open != NULL) {
    self->reload = FALSE;
    emend_review_reload_item (self);
  }
  g_signal_emit (self, emend_review_signals[EMEND_REVIEW_COUNTERS], 0);
}

static void
committed_cb (GObject *source,
              GAsyncResult *result,
              gpointer data)
{
  g_autoptr (Commit) commit = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (EmendOutcome) outcome = emend_store_decide_finish (EMEND_STORE (source), result, &error);
  EmendReview *self = commit->review;

  for (guint i = 0; i < commit->marks->len && commit->generation == self->generation; i++)
    g_array_index (self->slots, EmendReviewSlot, g_array_index (commit->marks, guint, i)).pending--;
  if (outcome == NULL)
    take_refusal (self, error);
  else
    emend_review_take_outcome (self, outcome);
  emend_review_settle (self);
}

/**
 * emend_review_commit:
 * @self: the work
 * @decisions: (element-type EmendDecision): one human action
 * @marks: (transfer full) (element-type guint): numbers of the marks of the open item that it is about
 *
 * Hands decisions to the store.
 */
void
emend_review_commit (EmendReview *self,
                     GPtrArray *decisions,
                     GArray *marks)
{
  Commit *state = g_new0 (Commit, 1);

  state->review = g_object_ref (self);
  state->generation = self->generation;
  state->marks = marks;
  for (guint i = 0; i < marks->len; i++)
    g_array_index (self->slots, EmendReviewSlot, g_array_index (marks, guint, i)).pending++;
  self->n_pending++;
  g_signal_emit (self, emend_review_signals[EMEND_REVIEW_COUNTERS], 0);
  emend_store_decide_async (self->store, decisions, committed_cb, state);
}

static void
commit_one (EmendReview *self,
            EmendDecision *decision,
            int index)
{
  g_autoptr (GPtrArray) decisions = g_ptr_array_new_with_free_func ((GDestroyNotify) emend_decision_free);
  GArray *marks = g_array_new (FALSE, FALSE, sizeof (guint));
  guint number = (guint) index;

  g_ptr_array_add (decisions, decision);
  if (index >= 0)
    g_array_append_val (marks, number);
  emend_review_commit (self, decisions, marks);
}

/**
 * emend_review_decide:
 * @self: the work
 * @decision: (transfer full): what is decided
 * @index: number of the mark that it is about
 *
 * Shows the decision and hands it to the store.
 */
void
emend_review_decide (EmendReview *self,
                     EmendDecision *decision,
                     int index)
{
  decision->ms = emend_review_take_time (self);
  emend_review_show_decision (self, (guint) index, decision);
  commit_one (self, decision, index);
}

static void
go_on (EmendReview *self)
{
  if (!emend_review_select_undecided (self))
    emend_review_open_next_waiting (self);
}

/**
 * emend_review_accept:
 * @self: the work
 * @index: number of a mark, or -1
 * @advance: go on to the next undecided one, on this item or on the next that waits
 *
 * What is decided already stays as it is; of something rejected the proposal is right after all. Where
 * nothing is selected and nothing waits the item is done.
 */
void
emend_review_accept (EmendReview *self,
                     int index,
                     gboolean advance)
{
  EmendReviewSlot *slot;
  EmendVerdict verdict;

  emend_review_flush (self);
  if (!emend_review_may_decide (self))
    return;
  slot = emend_review_get_slot (self, index);
  if (slot == NULL) {
    if (advance && !emend_review_select_undecided (self))
      emend_review_done (self, FALSE);
    return;
  }
  verdict = emend_mark_get_verdict (slot->mark);
  if (verdict == EMEND_VERDICT_NONE || verdict == EMEND_VERDICT_REJECTED ||
      ((verdict == EMEND_VERDICT_ABSENT || verdict == EMEND_VERDICT_ILLEGIBLE) && slot->mark->proposal != NULL))
    emend_review_decide (self, emend_review_new_decision (self, EMEND_DECISION_ACCEPT, slot->mark), index);
  if (advance)
    go_on (self);
}

/**
 * emend_review_reject:
 * @self: the work
 * @index: number of a mark
 * @advance: go on to the next undecided one
 *
 * There is no such thing; something added is taken away again.
 */
void
emend_review_reject (EmendReview *self,
                     int index,
                     gboolean advance)
{
  EmendReviewSlot *slot;

  emend_review_flush (self);
  slot = emend_review_get_slot (self, index);
  if (slot == NULL || !emend_review_may_decide (self))
    return;
  if (slot->mark->proposal == NULL) {
    emend_review_decide (self, emend_review_new_decision (self, EMEND_DECISION_CLEAR, slot->mark), index);
    g_signal_emit (self, emend_review_signals[EMEND_REVIEW_TOLD], 0, _ ("Removed what was added."), TRUE);
  } else if (emend_mark_get_verdict (slot->mark) != EMEND_VERDICT_REJECTED)
    emend_review_decide (self, emend_review_new_decision (self, EMEND_DECISION_REJECT, slot->mark), index);
  if (advance)
    go_on (self);
}

/**
 * emend_review_take_back:
 * @self: the work
 * @index: number of a mark
 *
 * Takes a decision back: the proposal waits again.
 */
void
emend_review_take_back (EmendReview *self,
                        int index)
{
  EmendReviewSlot *slot;

  emend_review_flush (self);
  slot = emend_review_get_slot (self, index);
  if (slot != NULL && slot->mark->annotation != NULL && emend_review_may_decide (self))
    emend_review_decide (self, emend_review_new_decision (self, EMEND_DECISION_CLEAR, slot->mark), index);
}

/**
 * emend_review_relabel:
 * @self: the work
 * @index: number of a mark
 * @label: number of a label
 */
void
emend_review_relabel (EmendReview *self,
                      int index,
                      int label)
{
  EmendReviewSlot *slot;
  EmendDecision *decision;

  emend_review_flush (self);
  slot = emend_review_get_slot (self, index);
  if (slot == NULL || !emend_review_may_decide (self))
    return;
  if (emend_mark_get_label (slot->mark) == label && emend_mark_get_verdict (slot->mark) != EMEND_VERDICT_REJECTED)
    return;
  decision = emend_review_new_decision (self, EMEND_DECISION_CORRECT, slot->mark);
  decision->sets = EMEND_DECISION_SETS_LABEL;
  decision->label = label;
  emend_review_decide (self, decision, index);
}

static gboolean
nudge_timeout_cb (gpointer data)
{
  EmendReview *self = data;

  self->nudge_timeout = 0;
  emend_review_flush (self);
  return G_SOURCE_REMOVE;
}

/**
 * emend_review_flush:
 * @self: the work
 *
 * Hands to the store what waits for more of its kind.
 */
void
emend_review_flush (EmendReview *self)
{
  int index = self->nudged;
  EmendReviewSlot *slot = emend_review_get_slot (self, index);
  EmendDecision *decision;

  g_clear_handle_id (&self->nudge_timeout, g_source_remove);
  self->nudged = -1;
  if (slot == NULL || slot->mark->annotation == NULL || self->open == NULL)
    return;
  slot->pending--;
  decision = emend_review_new_decision (self, EMEND_DECISION_CORRECT, slot->mark);
  decision->sets = EMEND_DECISION_SETS_SHAPE;
  emend_shape_copy (&slot->mark->annotation->shape, &decision->shape);
  decision->ms = emend_review_take_time (self);
  commit_one (self, decision, index);
}

/**
 * emend_review_reshape:
 * @self: the work
 * @index: number of a mark
 * @shape: where it is
 * @more_follows: small steps that follow soon are one decision together with this one
 */
void
emend_review_reshape (EmendReview *self,
                      int index,
                      const EmendShape *shape,
                      gboolean more_follows)
{
  EmendReviewSlot *slot = emend_review_get_slot (self, index);
  g_autoptr (EmendDecision) decision = NULL;

  if (slot == NULL || !emend_review_may_decide (self))
    return;
  if (self->nudged >= 0 && self->nudged != index)
    emend_review_flush (self);
  decision = emend_review_new_decision (self, EMEND_DECISION_CORRECT, slot->mark);
  decision->sets = EMEND_DECISION_SETS_SHAPE;
  emend_shape_copy (shape, &decision->shape);
  if (self->nudged < 0) {
    slot->pending++;
    self->nudged = index;
  }
  emend_review_show_decision (self, (guint) index, decision);
  g_clear_handle_id (&self->nudge_timeout, g_source_remove);
  if (!more_follows) {
    emend_review_flush (self);
    return;
  }
  self->nudge_timeout = g_timeout_add (NUDGE_PAUSE_MS, nudge_timeout_cb, self);
  g_signal_emit (self, emend_review_signals[EMEND_REVIEW_COUNTERS], 0);
}

static void
correct_text (EmendReview *self,
              int index,
              EmendDecisionSets sets,
              const char *text)
{
  EmendReviewSlot *slot;
  EmendDecision *decision;

  emend_review_flush (self);
  slot = emend_review_get_slot (self, index);
  if (slot == NULL || !emend_review_may_decide (self))
    return;
  decision = emend_review_new_decision (self, EMEND_DECISION_CORRECT, slot->mark);
  decision->sets = sets;
  if (sets == EMEND_DECISION_SETS_COMMENT)
    decision->comment = g_strdup (text);
  else
    decision->attributes = g_strdup (text);
  emend_review_decide (self, decision, index);
}

/**
 * emend_review_set_attributes:
 * @self: the work
 * @index: number of a mark
 * @attributes: (nullable): one JSON object
 */
void
emend_review_set_attributes (EmendReview *self,
                             int index,
                             const char *attributes)
{
  correct_text (self, index, EMEND_DECISION_SETS_ATTRIBUTES, attributes);
}

/**
 * emend_review_set_comment:
 * @self: the work
 * @index: number of a mark that is decided
 * @comment: (nullable): what the reviewer says about it
 */
void
emend_review_set_comment (EmendReview *self,
                          int index,
                          const char *comment)
{
  correct_text (self, index, EMEND_DECISION_SETS_COMMENT, comment);
}

/**
 * emend_review_add:
 * @self: the work
 * @label: number of a label
 * @shape: where it is on the page that is shown
 *
 * Something that the model missed; it is selected.
 *
 * Returns: its number, or -1 when nothing can be decided now
 */
int
emend_review_add (EmendReview *self,
                  int label,
                  const EmendShape *shape)
{
  EmendAnnotation *annotation;
  EmendDecision *decision;
  int index;

  emend_review_flush (self);
  if (!emend_review_may_decide (self))
    return -1;
  annotation = emend_annotation_new ();
  annotation->verdict = EMEND_VERDICT_ADDED;
  annotation->page = self->page;
  annotation->label = label;
  emend_shape_copy (shape, &annotation->shape);
  decision = emend_review_new_decision (self, EMEND_DECISION_ADD, NULL);
  decision->sets = EMEND_DECISION_SETS_LABEL | EMEND_DECISION_SETS_SHAPE;
  decision->page = self->page;
  decision->label = label;
  emend_shape_copy (shape, &decision->shape);
  index = emend_review_decide_new (self, decision, annotation);
  emend_review_select (self, index, FALSE);
  return index;
}

/**
 * emend_review_decide_new:
 * @self: the work
 * @decision: (transfer full): something that no proposal stands for
 * @annotation: (transfer full): how it is shown until it is recorded
 *
 * Returns: number of the new mark
 */
int
emend_review_decide_new (EmendReview *self,
                         EmendDecision *decision,
                         EmendAnnotation *annotation)
{
  guint index;

  emend_uuid_init_v7 (&annotation->uuid);
  annotation->item = self->open->content->item->id;
  decision->annotation = annotation->uuid;
  decision->ms = emend_review_take_time (self);
  index = emend_review_add_slot (self, emend_mark_new (NULL, annotation));
  g_signal_emit (self, emend_review_signals[EMEND_REVIEW_MARK_CHANGED], 0, index);
  commit_one (self, decision, (int) index);
  return (int) index;
}

static void
add_rest (EmendReview *self,
          GPtrArray *decisions,
          GArray *marks)
{
  for (guint i = 0; i < self->slots->len; i++) {
    const EmendMark *mark = emend_review_get_mark (self, i);
    EmendDecision *decision;

    if (mark == NULL || emend_mark_get_verdict (mark) != EMEND_VERDICT_NONE || !emend_review_is_shown (self, i))
      continue;
    decision = emend_review_new_decision (self, EMEND_DECISION_ACCEPT, mark);
    decision->source = EMEND_DECISION_BY_BULK;
    emend_review_show_decision (self, i, decision);
    g_ptr_array_add (decisions, decision);
    g_array_append_val (marks, i);
  }
}

/**
 * emend_review_done:
 * @self: the work
 * @accept_rest: what is shown and undecided is right
 *
 * The item is done, all in one step that is undone as one; goes on to the next that waits.
 */
void
emend_review_done (EmendReview *self,
                   gboolean accept_rest)
{
  g_autoptr (GPtrArray) decisions = g_ptr_array_new_with_free_func ((GDestroyNotify) emend_decision_free);
  GArray *marks;
  EmendDecision *done;

  emend_review_flush (self);
  if (!emend_review_may_decide (self))
    return;
  marks = g_array_new (FALSE, FALSE, sizeof (guint));
  if (accept_rest)
    add_rest (self, decisions, marks);
  done = emend_review_new_decision (self, EMEND_DECISION_DONE, NULL);
  done->ms = emend_review_take_time (self);
  g_ptr_array_add (decisions, done);
  emend_review_commit (self, decisions, marks);
  g_hash_table_remove (self->passed, &self->open->content->item->id);
  emend_review_open_next_waiting (self);
}

/**
 * emend_review_reopen:
 * @self: the work
 *
 * The open item is not done after all.
 */
void
emend_review_reopen (EmendReview *self)
{
  emend_review_flush (self);
  if (emend_review_may_decide (self) && self->open->content->item->reading == EMEND_READING_DONE)
    commit_one (self, emend_review_new_decision (self, EMEND_DECISION_REOPEN, NULL), -1);
}

/**
 * emend_review_show_change:
 * @self: the work
 * @annotation: (nullable): what changed on the open item; %NULL for what was noted before it was open
 *
 * Selects it, so that the view goes there.
 */
void
emend_review_show_change (EmendReview *self,
                          const EmendAnnotation *annotation)
{
  g_autoptr (EmendAnnotation) noted = g_steal_pointer (&self->shown_change);
  int index = emend_review_find_slot (self, annotation != NULL ? annotation : noted);

  if (emend_review_get_slot (self, index) != NULL && emend_review_is_shown (self, (guint) index))
    emend_review_select (self, index, TRUE);
  else
    emend_review_select (self, -1, FALSE);
}
