#define G_LOG_DOMAIN "emend-store"

#include "config.h"

#include "emend-project-private.h"

#include <string.h>

#include <glib/gi18n-lib.h>

/* Attributes of one thing; more is no attribute. */
#define MAX_ATTRIBUTES ((gsize) 1024 * 1024)

/* One decision, with what it is about. */
typedef struct {
  EmendProject *project;
  const EmendDecision *decision;
  EmendItem *item;
  EmendProposal *proposal;     /* (nullable) */
  EmendAnnotation *annotation; /* (nullable): as it is before */
  const EmendField *field;     /* (nullable): what it is the value of */
  gint64 stream;
  gint64 at_ms;
} Case;

static void
case_clear (Case *self)
{
  g_clear_pointer (&self->item, emend_item_free);
  g_clear_pointer (&self->proposal, emend_proposal_free);
  g_clear_pointer (&self->annotation, emend_annotation_free);
}

/* clang-format off */
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Case, case_clear)
/* clang-format on */

static gboolean
refuse (const Case *self,
        const char *reason,
        GError **error)
{
  g_set_error (error, EMEND_STORE_ERROR, EMEND_STORE_ERROR_REFUSED,
               /* TRANSLATORS: the path of an image, then a sentence. */
               _ ("The decision on “%s” was not recorded. %s"), self->item->path, reason);
  return FALSE;
}

/* The value of a field may have no place on a page. */
static gboolean
check_shape (const Case *self,
             const EmendShape *shape,
             GError **error)
{
  gboolean has_area = shape->box.width > 0 && shape->box.height > 0;

  if (!emend_rect_is_finite (&shape->box))
    return refuse (self, _ ("Its shape has a number that is not finite."), error);
  if (!has_area && self->field == NULL &&
      (shape->kind == EMEND_SHAPE_BOX || shape->kind == EMEND_SHAPE_ROTATED_BOX || shape->kind == EMEND_SHAPE_ELLIPSE))
    return refuse (self, _ ("Its box is empty."), error);
  return TRUE;
}

static gboolean
check_attributes (const Case *self,
                  const char *attributes,
                  GError **error)
{
  g_autoptr (json_t) tree = NULL;

  if (attributes == NULL)
    return TRUE;
  tree = emend_json_parse (attributes, strlen (attributes), MAX_ATTRIBUTES, NULL);
  return json_is_object (tree) || refuse (self, _ ("Its attributes are not one JSON object."), error);
}

/* A field that cannot repeat has one value: what was decided of it is corrected, not decided again. */
static gboolean
check_single (const Case *self,
              GError **error)
{
  g_autoptr (EmendQuery) query = NULL;
  EmendUuid own = { 0 };
  EmendStep step;

  if (self->field->repeatable || self->field->type == EMEND_FIELD_TABLE)
    return TRUE;
  query = emend_query_new (self->project,
                           "SELECT 1 FROM annotation WHERE item = ? AND stream = ? AND label = ? AND value IS NOT NULL "
                           "AND uuid <> ? LIMIT 1",
                           error);
  if (query == NULL)
    return FALSE;
  if (self->annotation != NULL)
    own = self->annotation->uuid;
  sqlite3_bind_int64 (query, 1, self->item->id);
  sqlite3_bind_int64 (query, 2, self->stream);
  sqlite3_bind_int (query, 3, self->field->id);
  sqlite3_bind_blob (query, 4, own.bytes, sizeof own.bytes, SQLITE_TRANSIENT);
  step = emend_query_step (self->project, query, error);
  if (step == EMEND_STEP_ROW)
    return refuse (self, _ ("Its field has a value already, and can have only one."), error);
  return step == EMEND_STEP_DONE;
}

static gboolean
check_field (const Case *self,
             GError **error)
{
  const EmendDecision *decision = self->decision;
  gboolean sets = decision->kind == EMEND_DECISION_ADD || (decision->sets & EMEND_DECISION_SETS_VALUE) != 0;

  if (decision->kind == EMEND_DECISION_CLEAR)
    return TRUE;
  if (sets && decision->value == NULL)
    return refuse (self, _ ("It has no value for its field."), error);
  if (decision->value != NULL && !emend_schema_has_cell (self->project->schema, self->field->id, decision->value))
    return refuse (self, _ ("Its field has no such row and column."), error);
  if ((decision->sets & EMEND_DECISION_SETS_SHAPE) != 0 &&
      (decision->page < 0 || decision->page >= self->item->n_pages))
    return refuse (self, _ ("There is no such page."), error);
  return check_single (self, error);
}

static gboolean
check_values (const Case *self,
              GError **error)
{
  const EmendDecision *decision = self->decision;
  gboolean adds = decision->kind == EMEND_DECISION_ADD;

  if (decision->kind >= EMEND_DECISION_DONE)
    return TRUE;
  if (self->field != NULL && !check_field (self, error))
    return FALSE;
  if (self->field == NULL && (decision->value != NULL || decision->kind == EMEND_DECISION_ABSENT ||
                              decision->kind == EMEND_DECISION_ILLEGIBLE))
    return refuse (self, _ ("Its field is not in the schema."), error);
  if (!adds && decision->kind != EMEND_DECISION_CORRECT)
    return TRUE;
  if (self->field == NULL && (adds || (decision->sets & EMEND_DECISION_SETS_LABEL) != 0) &&
      emend_schema_find_label (self->project->schema, decision->label) == NULL)
    return refuse (self, _ ("Its label is not in the schema."), error);
  if (adds && (decision->page < 0 || decision->page >= self->item->n_pages))
    return refuse (self, _ ("There is no such page."), error);
  if ((adds || (decision->sets & EMEND_DECISION_SETS_SHAPE) != 0) && !check_shape (self, &decision->shape, error))
    return FALSE;
  return (decision->sets & EMEND_DECISION_SETS_ATTRIBUTES) == 0 || check_attributes (self, decision->attributes, error);
}

/* Which field the decision is about: that of the proposal or annotation, else the one it names. */
static const EmendField *
find_field (const Case *self)
{
  EmendSchema *schema = self->project->schema;

  if (self->annotation != NULL)
    return self->annotation->value != NULL ? emend_schema_find_field (schema, self->annotation->label) : NULL;
  if (self->proposal != NULL)
    return self->proposal->value != NULL ? emend_schema_find_field (schema, self->proposal->label) : NULL;
  return emend_schema_find_field (schema, self->decision->label);
}

/* Finds the item, the proposal and the annotation that the decision is about. */
static gboolean
load_parts (Case *self,
            GError **error)
{
  const EmendDecision *decision = self->decision;
  EmendProposalId proposal = decision->proposal;

  self->item = emend_project_load_item (self->project, decision->item, error);
  if (self->item == NULL)
    return FALSE;
  if (decision->kind >= EMEND_DECISION_DONE)
    return TRUE;
  if (proposal != 0 || !emend_uuid_is_nil (&decision->annotation)) {
    if (!emend_annotation_find (self->project, self->stream, decision->item, proposal, &decision->annotation,
                                &self->annotation, error))
      return FALSE;
  }
  if (proposal == 0 && self->annotation != NULL)
    proposal = self->annotation->proposal;
  if (proposal == 0)
    return TRUE;
  self->proposal = emend_project_find_proposal (self->project, proposal, error);
  if (self->proposal == NULL)
    return FALSE;
  return self->proposal->item == decision->item || refuse (self, _ ("The proposal belongs to another item."), error);
}

static gboolean
case_load (Case *self,
           GError **error)
{
  if (!load_parts (self, error))
    return FALSE;
  if (self->decision->kind < EMEND_DECISION_DONE)
    self->field = find_field (self);
  return TRUE;
}

/* The value that a person takes over, which has no more alternatives. */
static EmendValue *
take_value (const EmendValue *value)
{
  EmendValue *copy = value != NULL ? emend_value_copy (value) : NULL;

  if (copy != NULL)
    g_clear_pointer (&copy->candidates, g_ptr_array_unref);
  return copy;
}

/* The annotation that the decision starts from: the one before, else the proposal taken as it is. */
static EmendAnnotation *
start_annotation (const Case *self)
{
  EmendAnnotation *annotation;

  if (self->annotation != NULL)
    annotation = emend_annotation_copy (self->annotation);
  else {
    annotation = emend_annotation_new ();
    emend_uuid_init_v7 (&annotation->uuid);
    annotation->item = self->item->id;
    annotation->proposal = self->proposal->id;
    annotation->page = self->proposal->page;
    annotation->label = self->proposal->label;
    emend_shape_copy (&self->proposal->shape, &annotation->shape);
    annotation->attributes = g_strdup (self->proposal->attributes);
    annotation->value = take_value (self->proposal->value);
  }
  annotation->ms += MAX (0, self->decision->ms);
  annotation->decided_ms = self->at_ms;
  return annotation;
}

static void
take_proposal_values (EmendAnnotation *annotation,
                      const EmendProposal *proposal)
{
  annotation->page = proposal->page;
  annotation->label = proposal->label;
  emend_shape_clear (&annotation->shape);
  emend_shape_copy (&proposal->shape, &annotation->shape);
  g_free (annotation->attributes);
  annotation->attributes = g_strdup (proposal->attributes);
  g_clear_pointer (&annotation->value, emend_value_free);
  annotation->value = take_value (proposal->value);
}

static void
take_decided_values (EmendAnnotation *annotation,
                     const EmendDecision *decision,
                     EmendDecisionSets sets)
{
  gboolean is_field = annotation->value != NULL || decision->value != NULL;

  if ((sets & EMEND_DECISION_SETS_LABEL) != 0 && !is_field)
    annotation->label = decision->label;
  if ((sets & EMEND_DECISION_SETS_SHAPE) != 0) {
    if (is_field)
      annotation->page = decision->page;
    emend_shape_clear (&annotation->shape);
    emend_shape_copy (&decision->shape, &annotation->shape);
  }
  if ((sets & EMEND_DECISION_SETS_ATTRIBUTES) != 0) {
    g_free (annotation->attributes);
    annotation->attributes = g_strdup (decision->attributes);
  }
  if ((sets & EMEND_DECISION_SETS_COMMENT) != 0) {
    g_free (annotation->comment);
    annotation->comment = decision->comment != NULL ? g_utf8_make_valid (decision->comment, -1) : NULL;
  }
  if ((sets & EMEND_DECISION_SETS_VALUE) != 0) {
    g_clear_pointer (&annotation->value, emend_value_free);
    annotation->value = take_value (decision->value);
  }
}

/* A field that is not there, or that nobody can read: what it says is nothing, in the cell that it had. */
static EmendAnnotation *
without_value (const Case *self)
{
  const EmendDecision *decision = self->decision;
  EmendAnnotation *annotation;
  EmendValue *value = emend_value_new (NULL);
  const EmendValue *cell = decision->value;

  if (self->annotation != NULL || self->proposal != NULL)
    annotation = start_annotation (self);
  else {
    annotation = emend_annotation_new ();
    annotation->uuid = decision->annotation;
    if (emend_uuid_is_nil (&annotation->uuid))
      emend_uuid_init_v7 (&annotation->uuid);
    annotation->item = self->item->id;
    annotation->label = self->field->id;
    annotation->ms = MAX (0, decision->ms);
    annotation->decided_ms = self->at_ms;
  }
  cell = cell != NULL ? cell : annotation->value;
  if (cell != NULL) {
    value->row = cell->row;
    value->column = g_strdup (cell->column);
  }
  g_clear_pointer (&annotation->value, emend_value_free);
  annotation->value = value;
  annotation->verdict = decision->kind == EMEND_DECISION_ILLEGIBLE ? EMEND_VERDICT_ILLEGIBLE : EMEND_VERDICT_ABSENT;
  take_decided_values (annotation, decision, decision->sets & EMEND_DECISION_SETS_COMMENT);
  if (annotation->verdict == EMEND_VERDICT_ABSENT) {
    emend_shape_clear (&annotation->shape);
    emend_shape_init_box (&annotation->shape, &(EmendRect){ 0 });
  } else
    take_decided_values (annotation, decision, decision->sets & EMEND_DECISION_SETS_SHAPE);
  return annotation;
}

static EmendAnnotation *
judge (const Case *self)
{
  EmendAnnotation *annotation = start_annotation (self);
  const EmendDecision *decision = self->decision;

  if (decision->kind == EMEND_DECISION_CORRECT)
    take_decided_values (annotation, decision, decision->sets);
  else {
    take_proposal_values (annotation, self->proposal);
    take_decided_values (annotation, decision, decision->sets & EMEND_DECISION_SETS_COMMENT);
  }
  if (self->field != NULL) /* another reading of the same text is a correction */
    emend_schema_normalise (self->project->schema, self->field->id, annotation->value);
  if (self->proposal == NULL)
    annotation->verdict = EMEND_VERDICT_ADDED;
  else if (decision->kind == EMEND_DECISION_REJECT)
    annotation->verdict = EMEND_VERDICT_REJECTED;
  else
    annotation->verdict = emend_annotation_differs (annotation, self->proposal) ? EMEND_VERDICT_CORRECTED :
                                                                                  EMEND_VERDICT_ACCEPTED;
  return annotation;
}

static EmendAnnotation *
added (const Case *self)
{
  EmendAnnotation *annotation = emend_annotation_new ();
  const EmendDecision *decision = self->decision;

  annotation->uuid = decision->annotation;
  if (emend_uuid_is_nil (&annotation->uuid))
    emend_uuid_init_v7 (&annotation->uuid);
  annotation->item = self->item->id;
  annotation->verdict = EMEND_VERDICT_ADDED;
  annotation->page = decision->page;
  annotation->ms = MAX (0, decision->ms);
  annotation->decided_ms = self->at_ms;
  annotation->label = decision->label;
  take_decided_values (annotation, decision,
                       decision->sets | EMEND_DECISION_SETS_SHAPE | (self->field ? EMEND_DECISION_SETS_VALUE : 0));
  return annotation;
}

/* One that says "not on this document" when its proposal is rejected; of several values only that one is rejected. */
static gboolean
is_plain_field (const Case *self)
{
  return self->field != NULL && !self->field->repeatable && self->field->type != EMEND_FIELD_TABLE;
}

static gboolean
decide_annotation (const Case *self,
                   EmendAction *action,
                   GError **error)
{
  const EmendDecision *decision = self->decision;
  EmendAnnotation *after = NULL;

  switch (decision->kind) {
  case EMEND_DECISION_ADD:
    if (self->annotation != NULL || decision->proposal != 0)
      return refuse (self, _ ("There is already an annotation of this identity."), error);
    after = added (self);
    break;
  case EMEND_DECISION_ACCEPT:
    if (self->proposal == NULL)
      return refuse (self, _ ("Only a proposal can be accepted."), error);
    after = judge (self);
    break;
  case EMEND_DECISION_CORRECT:
    if (self->proposal == NULL && self->annotation == NULL)
      return refuse (self, _ ("There is nothing of this identity to correct."), error);
    after = judge (self);
    break;
  case EMEND_DECISION_REJECT:
    if (self->proposal == NULL && self->annotation == NULL)
      return refuse (self, _ ("There is nothing of this identity to reject."), error);
    after = self->proposal == NULL ? NULL : is_plain_field (self) ? without_value (self) :
                                                                    judge (self);
    break;
  case EMEND_DECISION_ABSENT:
  case EMEND_DECISION_ILLEGIBLE:
    after = without_value (self);
    break;
  case EMEND_DECISION_CLEAR:
    if (self->annotation == NULL)
      return refuse (self, _ ("There is no decision to take back."), error);
    break;
  case EMEND_DECISION_DONE:
  case EMEND_DECISION_REOPEN:
  case EMEND_DECISION_ITEM:
  default:
    return TRUE;
  }
  if (after != NULL && self->field != NULL)
    emend_schema_normalise (self->project->schema, self->field->id, after->value);
  emend_action_add (action, self->item->id, self->annotation ? emend_annotation_copy (self->annotation) : NULL, after,
                    decision->source);
  return TRUE;
}

static gboolean
decide_reading (const Case *self,
                EmendReading *reading,
                GError **error)
{
  const EmendDecision *decision = self->decision;

  if (decision->kind == EMEND_DECISION_ITEM) {
    if (decision->text != NULL && !g_strv_contains (emend_schema_get_item_decisions (self->project->schema),
                                                    decision->text))
      return refuse (self, _ ("The schema does not know this decision on an item."), error);
    g_free (reading->decision);
    reading->decision = g_strdup (decision->text);
  }
  if (decision->kind == EMEND_DECISION_DONE) {
    reading->state = EMEND_READING_DONE;
    reading->done_ms = self->at_ms;
  } else if (decision->kind == EMEND_DECISION_REOPEN) {
    if (reading->state != EMEND_READING_DONE)
      return refuse (self, _ ("The item is not done."), error);
    reading->state = EMEND_READING_OPEN;
    reading->done_ms = 0;
  } else if (reading->state == EMEND_READING_NONE)
    reading->state = EMEND_READING_OPEN;
  reading->ms += MAX (0, decision->ms);
  reading->decided_ms = self->at_ms;
  return TRUE;
}

static const char *
kind_name (EmendDecisionKind kind)
{
  static const char *const kinds[] = { NULL, "accept", "reject", "correct", "add", "clear",
                                       "absent", "illegible", "done", "reopen", "item" };

  return (guint) kind < G_N_ELEMENTS (kinds) ? kinds[kind] : NULL;
}

/* Works one decision into the action and the tables, so that the next of the same call sees it. */
static gboolean
decide_one (EmendProject *project,
            const EmendDecision *decision,
            gint64 stream,
            gint64 at_ms,
            EmendAction *action,
            GError **error)
{
  g_auto (Case) self = { .project = project, .decision = decision, .stream = stream, .at_ms = at_ms };
  const char *what = kind_name (decision->kind);
  EmendReadingChange *reading;
  guint n_before = action->changes->len;

  if (what == NULL || !case_load (&self, error)) {
    if (what == NULL)
      g_set_error_literal (error, EMEND_STORE_ERROR, EMEND_STORE_ERROR_REFUSED,
                           _ ("This kind of decision is not known. Nothing was recorded."));
    return FALSE;
  }
  reading = emend_action_touch (action, project, stream, decision->item, error);
  if (reading == NULL || !check_values (&self, error) || !decide_annotation (&self, action, error) ||
      !decide_reading (&self, &reading->after, error))
    return FALSE;
  if (action->changes->len > n_before) {
    const EmendChange *change = g_ptr_array_index (action->changes, n_before);

    if (change->after != NULL && !emend_annotation_store (project, stream, change->after, error))
      return FALSE;
    if (change->after == NULL && !emend_annotation_remove (project, stream, change->before, error))
      return FALSE;
  }
  action->what = action->n == 0 || g_str_equal (action->what, what) ? what : "several";
  action->n++;
  return TRUE;
}

/* Readings and counters of the touched items, after their annotations were written. */
static gboolean
finish_items (EmendProject *project,
              gint64 stream,
              const EmendAction *action,
              GError **error)
{
  for (guint i = 0; i < action->readings->len; i++) {
    const EmendReadingChange *change = g_ptr_array_index (action->readings, i);

    if (!emend_reading_store (project, stream, change->item, &change->after, error) ||
        !emend_project_refresh_item (project, change->item, error))
      return FALSE;
  }
  return TRUE;
}

static gint64
record (EmendProject *project,
        gint64 stream,
        gint64 at_ms,
        const EmendAction *action,
        GError **error)
{
  g_autoptr (GString) body = g_string_new (NULL);
  g_autoptr (EmendJsonWriter) writer = emend_json_writer_new (body, FALSE);
  g_autoptr (GArray) items = emend_action_items (action);

  emend_journal_begin_body (project, writer, "decided", at_ms);
  if (!emend_action_write (action, project, writer, error))
    return 0;
  emend_json_end_object (writer);
  return emend_journal_append (project, stream, "decided", items, at_ms, body->str, error);
}

/**
 * emend_project_decide:
 * @project: a project
 * @decisions: (array length=n_decisions): what one human action decides
 * @n_decisions: at least 1
 * @error: EMEND_STORE_ERROR_REFUSED when one of them does not fit, _NO_REVIEWER, _READ_ONLY, _MOVED, _DISK
 *
 * Records all of them or none: one transaction, one event, one step of undo. What becomes of a proposal is
 * computed: a correction that changes nothing is an acceptance, a rejection keeps the proposal's own
 * values, but rejecting the only value of a field says that the document does not have the field. Rejecting what was
 * added removes it. Shapes are kept as drawn, also over the page's edge. Deciding on an item
 * that is done is allowed and leaves it done. Not for the main thread.
 *
 * Returns: (transfer full) (nullable): what became of it, after it is on the disk
 */
EmendOutcome *
emend_project_decide (EmendProject *project,
                      const EmendDecision *const *decisions,
                      gsize n_decisions,
                      GError **error)
{
  g_autoptr (EmendAction) action = emend_action_new ();
  g_autoptr (EmendTransaction) transaction = NULL;
  g_autoptr (EmendOutcome) outcome = NULL;
  g_autoptr (EmendSchema) schema = NULL;
  gint64 at_ms = emend_journal_now ();
  gint64 stream;
  gint64 seq;

  g_return_val_if_fail (n_decisions > 0, NULL);

  if (!emend_stream_require_reviewer (project, error) || !emend_project_begin (project, error))
    return NULL;
  transaction = project;
  stream = emend_stream_ensure (project, at_ms, error);
  if (stream == 0)
    return NULL;
  for (gsize i = 0; i < n_decisions; i++) {
    if (!decide_one (project, decisions[i], stream, at_ms, action, error))
      return NULL;
  }
  if (!finish_items (project, stream, action, error) ||
      !emend_project_update_aliases (project, action, &schema, error))
    return NULL;
  seq = record (project, stream, at_ms, action, error);
  if (seq == 0 || !emend_undo_push (project, stream, seq, action, error))
    return NULL;
  outcome = emend_action_outcome (action, project, seq, error);
  if (outcome == NULL || !emend_project_commit (project, error))
    return NULL;
  outcome->learned = emend_project_take_schema (project, &schema);
  return g_steal_pointer (&outcome);
}
