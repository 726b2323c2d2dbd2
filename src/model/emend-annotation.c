#define G_LOG_DOMAIN "emend-model"

#include "config.h"

#include "emend-annotation.h"

#include <math.h>
#include <stdlib.h>

#include <glib/gi18n-lib.h>

#include "emend-model-error.h"

/**
 * emend_annotation_new:
 *
 * Returns: (transfer full): an annotation without identity. Any thread.
 */
EmendAnnotation *
emend_annotation_new (void)
{
  return g_new0 (EmendAnnotation, 1);
}

/**
 * emend_annotation_copy:
 * @annotation: an annotation
 *
 * Returns: (transfer full): one like it. Any thread.
 */
EmendAnnotation *
emend_annotation_copy (const EmendAnnotation *annotation)
{
  EmendAnnotation *copy = g_memdup2 (annotation, sizeof *annotation);

  emend_shape_copy (&annotation->shape, &copy->shape);
  copy->attributes = g_strdup (annotation->attributes);
  copy->comment = g_strdup (annotation->comment);
  copy->value = annotation->value != NULL ? emend_value_copy (annotation->value) : NULL;
  return copy;
}

/**
 * emend_annotation_free:
 * @annotation: (transfer full): an annotation
 *
 * Any thread.
 */
void
emend_annotation_free (EmendAnnotation *annotation)
{
  emend_shape_clear (&annotation->shape);
  g_free (annotation->attributes);
  g_free (annotation->comment);
  g_clear_pointer (&annotation->value, emend_value_free);
  g_free (annotation);
}

static gboolean
values_differ (const EmendValue *decided,
               const EmendValue *proposed)
{
  if (decided == NULL || proposed == NULL)
    return decided != proposed;
  return !emend_value_same_words (decided, proposed) || !emend_value_same_place (decided, proposed);
}

/**
 * emend_annotation_differs:
 * @annotation: what a person decided
 * @proposal: what it was decided of
 *
 * "Changed" is always computed by this, never kept as a flag.
 *
 * Returns: whether label, shape, attributes or value are not the proposal's. Any thread.
 */
gboolean
emend_annotation_differs (const EmendAnnotation *annotation,
                          const EmendProposal *proposal)
{
  return annotation->label != proposal->label ||
         !emend_shape_equal (&annotation->shape, &proposal->shape) ||
         g_strcmp0 (annotation->attributes, proposal->attributes) != 0 ||
         values_differ (annotation->value, proposal->value);
}

/**
 * emend_annotation_to_json:
 * @annotation: an annotation
 * @run: (nullable): the identity of the proposal's run, which is the same in every copy
 * @writer: where the object is written, without the item, which an event names once
 *
 * The form of journal events. Any thread.
 */
void
emend_annotation_to_json (const EmendAnnotation *annotation,
                          const EmendUuid *run,
                          EmendJsonWriter *writer)
{
  emend_json_begin_object (writer);
  emend_json_key (writer, "id");
  emend_json_uuid (writer, &annotation->uuid);
  if (run != NULL) {
    emend_json_key (writer, "run");
    emend_json_uuid (writer, run);
    emend_json_key (writer, "ordinal");
    emend_json_int (writer, EMEND_PROPOSAL_ORDINAL (annotation->proposal));
  }
  emend_json_key (writer, "verdict");
  emend_json_string (writer, emend_verdict_to_name (annotation->verdict));
  emend_json_key (writer, "page");
  emend_json_int (writer, annotation->page);
  emend_json_key (writer, "label");
  emend_json_int (writer, annotation->label);
  emend_json_key (writer, "shape");
  emend_shape_to_json (&annotation->shape, writer);
  if (annotation->attributes != NULL) {
    emend_json_key (writer, "attributes");
    emend_json_string (writer, annotation->attributes);
  }
  if (annotation->comment != NULL) {
    emend_json_key (writer, "comment");
    emend_json_string (writer, annotation->comment);
  }
  if (annotation->value != NULL) {
    g_autofree char *value = emend_value_to_json (annotation->value);

    emend_json_key (writer, "value");
    emend_json_raw (writer, value);
  }
  emend_json_key (writer, "ms");
  emend_json_int (writer, annotation->ms);
  emend_json_key (writer, "at");
  emend_json_int (writer, annotation->decided_ms);
  emend_json_end_object (writer);
}

/* The value of a field, where the annotation has one. */
static gboolean
value_from_json (EmendAnnotation *annotation,
                 const json_t *json,
                 GError **error)
{
  char *text;

  if (json == NULL)
    return TRUE;
  text = json_dumps (json, JSON_COMPACT | JSON_ENCODE_ANY);
  annotation->value = emend_value_from_json (text, error);
  free (text);
  return annotation->value != NULL;
}

/**
 * emend_annotation_from_json:
 * @json: what emend_annotation_to_json() wrote
 * @run: (out): the identity of the proposal's run; nil for something added
 * @error: EMEND_MODEL_ERROR_SHAPE or EMEND_MODEL_ERROR_VALUE
 *
 * Returns: (transfer full) (nullable): the annotation, without its item; its proposal is the
 *   ordinal alone, as the run's number belongs to the project file. Any thread.
 */
EmendAnnotation *
emend_annotation_from_json (const json_t *json,
                            EmendUuid *run,
                            GError **error)
{
  g_autoptr (EmendAnnotation) annotation = emend_annotation_new ();
  const char *id = json_string_value (json_object_get (json, "id"));
  const char *verdict = json_string_value (json_object_get (json, "verdict"));
  const char *run_text = json_string_value (json_object_get (json, "run"));

  *run = (EmendUuid){ 0 };
  if (id == NULL || (run_text != NULL && !emend_uuid_parse (run_text, run)) ||
      !emend_uuid_parse (id, &annotation->uuid) || verdict == NULL ||
      emend_verdict_from_name (verdict) == EMEND_VERDICT_NONE) {
    g_set_error_literal (error, EMEND_MODEL_ERROR, EMEND_MODEL_ERROR_SHAPE,
                         _ ("An annotation of the journal has no identity or no verdict."));
    return NULL;
  }
  if (!emend_shape_from_json (&annotation->shape, json_object_get (json, "shape"), error) ||
      !value_from_json (annotation, json_object_get (json, "value"), error))
    return NULL;
  annotation->verdict = emend_verdict_from_name (verdict);
  annotation->proposal = json_integer_value (json_object_get (json, "ordinal")) & 0xffffffff;
  annotation->page = (int) json_integer_value (json_object_get (json, "page"));
  annotation->label = (int) json_integer_value (json_object_get (json, "label"));
  annotation->attributes = g_strdup (json_string_value (json_object_get (json, "attributes")));
  annotation->comment = g_strdup (json_string_value (json_object_get (json, "comment")));
  annotation->ms = json_integer_value (json_object_get (json, "ms"));
  annotation->decided_ms = json_integer_value (json_object_get (json, "at"));
  return g_steal_pointer (&annotation);
}

/**
 * emend_mark_new:
 * @proposal: (transfer full) (nullable): what the model said
 * @annotation: (transfer full) (nullable): what the reviewer decided
 *
 * Returns: (transfer full): both as one thing on the page. Any thread.
 */
EmendMark *
emend_mark_new (EmendProposal *proposal,
                EmendAnnotation *annotation)
{
  EmendMark *mark;

  g_return_val_if_fail (proposal != NULL || annotation != NULL, NULL);

  mark = g_new0 (EmendMark, 1);
  mark->proposal = proposal;
  mark->annotation = annotation;
  return mark;
}

/**
 * emend_mark_copy:
 * @mark: a mark
 *
 * Returns: (transfer full): one like it. Any thread.
 */
EmendMark *
emend_mark_copy (const EmendMark *mark)
{
  return emend_mark_new (mark->proposal ? emend_proposal_copy (mark->proposal) : NULL,
                         mark->annotation ? emend_annotation_copy (mark->annotation) : NULL);
}

/**
 * emend_mark_free:
 * @mark: (transfer full): a mark
 *
 * Any thread.
 */
void
emend_mark_free (EmendMark *mark)
{
  g_clear_pointer (&mark->proposal, emend_proposal_free);
  g_clear_pointer (&mark->annotation, emend_annotation_free);
  g_free (mark);
}

/**
 * emend_mark_get_verdict:
 * @mark: a mark
 *
 * Returns: what was decided, %EMEND_VERDICT_NONE for a proposal that waits. Any thread.
 */
EmendVerdict
emend_mark_get_verdict (const EmendMark *mark)
{
  return mark->annotation != NULL ? mark->annotation->verdict : EMEND_VERDICT_NONE;
}

/**
 * emend_mark_get_shape:
 * @mark: a mark
 *
 * Returns: (transfer none): where it is: the decided place, else the proposed one. Any thread.
 */
const EmendShape *
emend_mark_get_shape (const EmendMark *mark)
{
  return mark->annotation != NULL ? &mark->annotation->shape : &mark->proposal->shape;
}

/**
 * emend_mark_get_label:
 * @mark: a mark
 *
 * Returns: the decided label's number, else the proposed one's. Any thread.
 */
int
emend_mark_get_label (const EmendMark *mark)
{
  return mark->annotation != NULL ? mark->annotation->label : mark->proposal->label;
}

/**
 * emend_mark_get_value:
 * @mark: a mark
 *
 * Returns: (transfer none) (nullable): the decided value of a field, else the proposed one; %NULL for a thing with
 *   a label. Any thread.
 */
const EmendValue *
emend_mark_get_value (const EmendMark *mark)
{
  return mark->annotation != NULL ? mark->annotation->value : mark->proposal->value;
}

/**
 * emend_mark_get_page:
 * @mark: a mark
 *
 * Returns: the page, from 0. Any thread.
 */
int
emend_mark_get_page (const EmendMark *mark)
{
  return mark->annotation != NULL ? mark->annotation->page : mark->proposal->page;
}

/**
 * emend_mark_get_score:
 * @mark: a mark
 *
 * Returns: the proposal's confidence 0..1, or NaN when there is none. Any thread.
 */
double
emend_mark_get_score (const EmendMark *mark)
{
  return mark->proposal != NULL ? mark->proposal->score : NAN;
}
