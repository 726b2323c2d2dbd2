#define G_LOG_DOMAIN "emend-ui"

#include "config.h"

#include "emend-review-private.h"

#include <glib/gi18n-lib.h>

/* What is decided together. */
typedef struct {
  GPtrArray *decisions;
  GArray *marks;
} Action;

static void
set_value (EmendDecision *decision,
           const EmendTableFill *fill)
{
  decision->sets = EMEND_DECISION_SETS_VALUE | EMEND_DECISION_SETS_SHAPE;
  decision->value = emend_value_copy (fill->value);
  decision->page = fill->place.page;
  emend_shape_init_box (&decision->shape, &fill->place.box);
}

static EmendAnnotation *
make_annotation (EmendReview *self,
                 int field,
                 const EmendTableFill *fill)
{
  EmendAnnotation *annotation = emend_annotation_new ();

  annotation->verdict = EMEND_VERDICT_ADDED;
  annotation->label = field;
  annotation->page = fill->place.page;
  emend_shape_init_box (&annotation->shape, &fill->place.box);
  annotation->value = emend_value_copy (fill->value);
  emend_schema_normalise (self->schema, field, annotation->value);
  return annotation;
}

static void
add_cell (EmendReview *self,
          int field,
          const EmendTableFill *fill,
          Action *action)
{
  EmendDecision *decision = emend_review_new_decision (self, EMEND_DECISION_ADD, NULL);
  guint index;

  decision->label = field;
  set_value (decision, fill);
  index = emend_review_show_new (self, decision, make_annotation (self, field, fill));
  g_ptr_array_add (action->decisions, decision);
  g_array_append_val (action->marks, index);
}

/* What the page says as the proposal does is accepted with the place that was proposed. */
static void
decide_cell (EmendReview *self,
             const EmendTableFill *fill,
             Action *action)
{
  const EmendMark *mark = emend_review_get_mark (self, (guint) fill->mark);
  EmendDecision *decision = emend_review_new_decision (self,
                                                       fill->agrees ? EMEND_DECISION_ACCEPT : EMEND_DECISION_CORRECT,
                                                       mark);
  guint index = (guint) fill->mark;

  if (!fill->agrees)
    set_value (decision, fill);
  emend_review_show_decision (self, decision, fill->mark);
  g_ptr_array_add (action->decisions, decision);
  g_array_append_val (action->marks, index);
}

/**
 * emend_review_fill_table:
 * @self: the work
 * @field: number of a table
 * @filling: what its cells get, made of the marks of the open item as they are
 *
 * Decides all these cells in one step that is undone as one.
 *
 * Returns: whether anything was decided
 */
gboolean
emend_review_fill_table (EmendReview *self,
                         int field,
                         EmendTableFilling *filling)
{
  g_autoptr (GPtrArray) decisions = g_ptr_array_new_with_free_func ((GDestroyNotify) emend_decision_free);
  Action action = { decisions, NULL };
  g_autofree char *text = NULL;

  emend_review_flush (self);
  if (filling->fills->len == 0 || !emend_review_may_decide (self))
    return FALSE;
  action.marks = g_array_new (FALSE, FALSE, sizeof (guint));
  for (guint i = 0; i < filling->fills->len; i++) {
    const EmendTableFill *fill = g_ptr_array_index (filling->fills, i);

    if (fill->mark < 0)
      add_cell (self, field, fill, &action);
    else
      decide_cell (self, fill, &action);
  }
  emend_review_commit (self, decisions, action.marks);
  text = g_strdup_printf (ngettext ("%u cell was filled.", "%u cells were filled.", decisions->len), decisions->len);
  g_signal_emit (self, emend_review_signals[EMEND_REVIEW_TOLD], 0, text, TRUE);
  return TRUE;
}
