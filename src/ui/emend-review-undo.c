#define G_LOG_DOMAIN "emend-ui"

#include "config.h"

#include "emend-review-private.h"

#include <glib/gi18n-lib.h>

/* What of it to go to: what is selected, where that is part of it; else the first. */
static const EmendChange *
find_change (EmendReview *self,
             const EmendOutcome *outcome)
{
  for (guint i = 0; i < outcome->changes->len && self->open != NULL && self->selected >= 0; i++) {
    const EmendChange *change = g_ptr_array_index (outcome->changes, i);
    const EmendAnnotation *known = change->after != NULL ? change->after : change->before;

    if (known != NULL && change->item == self->open->content->item->id &&
        emend_review_find_slot (self, known) == self->selected)
      return change;
  }
  return outcome->changes->len > 0 ? g_ptr_array_index (outcome->changes, 0) : NULL;
}

/* Goes to what an undo or redo changed. */
static void
jump (EmendReview *self,
      const EmendOutcome *outcome)
{
  const EmendChange *change = find_change (self, outcome);
  const EmendAnnotation *annotation = change == NULL ? NULL : change->after != NULL ? change->after :
                                                                                      change->before;
  gint64 item = 0;

  if (change != NULL)
    item = change->item;
  else if (outcome->items->len > 0)
    item = ((const EmendItem *) g_ptr_array_index (outcome->items, 0))->id;
  if (item == 0)
    return;
  if (self->open != NULL && self->open->content->item->id == item && self->wanted == 0) {
    if (annotation != NULL)
      emend_review_show_change (self, annotation);
    else
      g_signal_emit (self, emend_review_signals[EMEND_REVIEW_COUNTERS], 0);
    return;
  }
  g_clear_pointer (&self->shown_change, emend_annotation_free);
  if (annotation != NULL)
    self->shown_change = emend_annotation_copy (annotation);
  emend_review_open (self, item);
}

static void
take_step (EmendReview *self,
           EmendOutcome *outcome,
           const GError *error,
           gboolean is_redo,
           gboolean follows)
{
  if (outcome == NULL && g_error_matches (error, EMEND_STORE_ERROR, EMEND_STORE_ERROR_REFUSED))
    g_signal_emit (self, emend_review_signals[EMEND_REVIEW_TOLD], 0, error->message, FALSE);
  else if (outcome == NULL)
    emend_review_fail (self, error);
  else {
    g_autofree char *text = g_strdup_printf (is_redo ? _ ("Done again: %s") : _ ("Undone: %s"), outcome->summary);

    emend_review_take_outcome (self, outcome);
    g_signal_emit (self, emend_review_signals[EMEND_REVIEW_TOLD], 0, text, FALSE);
    if (follows)
      jump (self, outcome);
  }
  emend_review_settle (self);
}

/* A step back or forth that was asked for. */
typedef struct {
  EmendReview *review;
  gboolean is_redo;
  gboolean follows; /* whether what it was about is opened */
} Step;

static void
stepped_cb (GObject *source,
            GAsyncResult *result,
            gpointer data)
{
  g_autofree Step *step = data;
  g_autoptr (EmendReview) self = step->review;
  g_autoptr (GError) error = NULL;
  g_autoptr (EmendOutcome) outcome = emend_store_decide_finish (EMEND_STORE (source), result, &error);

  take_step (self, outcome, error, step->is_redo, step->follows);
}

static void
ask_step (EmendReview *self,
          gboolean is_redo,
          gboolean follows)
{
  Step *step;

  emend_review_flush (self);
  if (self->info == NULL || !emend_review_is_writable (self))
    return;
  step = g_new0 (Step, 1);
  step->review = g_object_ref (self);
  step->is_redo = is_redo;
  step->follows = follows;
  self->n_pending++;
  if (is_redo)
    emend_store_redo_async (self->store, stepped_cb, step);
  else
    emend_store_undo_async (self->store, stepped_cb, step);
}

/**
 * emend_review_undo:
 * @self: the work
 *
 * Takes back the last action, also one of an earlier day, and goes to what it was about.
 */
void
emend_review_undo (EmendReview *self)
{
  ask_step (self, FALSE, TRUE);
}

/**
 * emend_review_redo:
 * @self: the work
 *
 * Does again what was undone last, and goes to what it was about.
 */
void
emend_review_redo (EmendReview *self)
{
  ask_step (self, TRUE, TRUE);
}

/**
 * emend_review_step_in_place:
 * @self: the work
 * @is_redo: whether the last undone action is done again; else the last action is taken back
 *
 * As emend_review_undo() and emend_review_redo(), for who looks at more than the open item: that stays open.
 */
void
emend_review_step_in_place (EmendReview *self,
                            gboolean is_redo)
{
  ask_step (self, is_redo, FALSE);
}

/**
 * emend_review_decide_all:
 * @self: the work
 * @decisions: (element-type EmendDecision): one human action, on any items
 *
 * Hands them to the store; "outcome" tells what became of them, or "failed" why nothing did. Says why not when the
 * project is open for reading only.
 *
 * Returns: whether they are on their way
 */
gboolean
emend_review_decide_all (EmendReview *self,
                         GPtrArray *decisions)
{
  emend_review_flush (self);
  if (self->info == NULL || decisions->len == 0)
    return FALSE;
  if (!emend_review_is_writable (self)) {
    g_signal_emit (self, emend_review_signals[EMEND_REVIEW_TOLD], 0, self->info->read_only_reason, FALSE);
    return FALSE;
  }
  emend_review_commit (self, decisions, g_array_new (FALSE, FALSE, sizeof (guint)));
  return TRUE;
}
