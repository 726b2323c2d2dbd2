#define G_LOG_DOMAIN "emend-ui"

#include "config.h"

#include "emend-column-entry-private.h"

#include <string.h>

#include <glib/gi18n-lib.h>

G_DEFINE_FINAL_TYPE (EmendColumnEntry, emend_column_entry, G_TYPE_OBJECT)

static guint changed_signal;

static void
emend_column_entry_finalize (GObject *object)
{
  EmendColumnEntry *self = EMEND_COLUMN_ENTRY (object);

  g_clear_pointer (&self->proposal, emend_field_mark_free);
  g_clear_pointer (&self->schema, emend_schema_unref);
  g_free (self->ahead_text);
  g_free (self->draft);
  g_free (self->spelled);
  g_free (self->problem);
  G_OBJECT_CLASS (emend_column_entry_parent_class)->finalize (object);
}

static void
emend_column_entry_class_init (EmendColumnEntryClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = emend_column_entry_finalize;
  changed_signal = g_signal_new ("changed", EMEND_TYPE_COLUMN_ENTRY, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 0);
}

static void
emend_column_entry_init (EmendColumnEntry *self)
{
}

static const EmendField *
get_field (EmendColumnEntry *self)
{
  return emend_schema_find_field (self->schema, self->proposal->mark->proposal->label);
}

/**
 * emend_column_entry_parse:
 * @self: an entry that is known
 * @text: a value of its field
 * @normal: (out): what it means; a date in the order that a person chose for the value, if any
 *
 * Returns: whether it can be read
 */
gboolean
emend_column_entry_parse (EmendColumnEntry *self,
                          const char *text,
                          EmendNormal *normal)
{
  const EmendField *field = get_field (self);

  return emend_field_parse_in_order (field, emend_schema_find_list (self->schema, field->list),
                                     emend_column_entry_get_date_order (self), text, normal);
}

/**
 * emend_column_entry_get_date_order:
 * @self: an entry that is known
 *
 * Returns: in which order a person read the date of the value, or 0 for as the field says
 */
EmendDateOrder
emend_column_entry_get_date_order (EmendColumnEntry *self)
{
  const EmendValue *value = emend_mark_get_value (self->proposal->mark);

  if (self->n_pending > 0)
    return self->ahead_order;
  return value != NULL ? value->date_order : (EmendDateOrder) 0;
}

/* Reads what is typed, else what is shown, as a value of the field. */
static void
read_text (EmendColumnEntry *self)
{
  const char *text = self->draft != NULL ? self->draft : emend_column_entry_get_text (self);
  EmendVerdict verdict = emend_column_entry_get_verdict (self);
  g_auto (EmendNormal) normal = { 0 };
  g_autofree char *spelled = NULL;

  g_clear_pointer (&self->spelled, g_free);
  g_clear_pointer (&self->problem, g_free);
  if (self->proposal == NULL)
    return;
  if (text == NULL || text[strspn (text, " \t")] == '\0') {
    if (verdict == EMEND_VERDICT_NONE || self->draft != NULL)
      self->problem = g_strdup (_ ("There is nothing to accept. Delete says that it is not on the document."));
    return;
  }
  emend_column_entry_parse (self, text, &normal);
  self->problem = g_steal_pointer (&normal.problem);
  spelled = normal.normal != NULL ? emend_field_spell (get_field (self), normal.normal) : NULL;
  if (spelled != NULL && !g_str_equal (spelled, text))
    self->spelled = g_steal_pointer (&spelled);
}

static void
tell_changed (EmendColumnEntry *self)
{
  read_text (self);
  g_signal_emit (self, changed_signal, 0);
}

/**
 * emend_column_entry_set_proposal:
 * @self: an entry
 * @proposal: (transfer full): what it is
 * @schema: in which its field is
 */
void
emend_column_entry_set_proposal (EmendColumnEntry *self,
                                 EmendFieldMark *proposal,
                                 EmendSchema *schema)
{
  g_clear_pointer (&self->proposal, emend_field_mark_free);
  self->proposal = proposal;
  if (self->schema == NULL)
    self->schema = emend_schema_ref (schema);
  tell_changed (self);
}

/**
 * emend_column_entry_set_annotation:
 * @self: an entry that is known
 * @annotation: (nullable): what was committed of it
 *
 * A later decision that is still on its way counts more.
 */
void
emend_column_entry_set_annotation (EmendColumnEntry *self,
                                   const EmendAnnotation *annotation)
{
  EmendMark *mark = self->proposal->mark;
  EmendAnnotation *copy = annotation != NULL ? emend_annotation_copy (annotation) : NULL;

  g_clear_pointer (&mark->annotation, emend_annotation_free);
  mark->annotation = copy;
  if (self->n_pending > 0)
    self->n_pending--;
  tell_changed (self);
}

/**
 * emend_column_entry_foresee:
 * @self: an entry that is known
 * @decision: what was decided of it
 *
 * Shows what will be committed.
 */
void
emend_column_entry_foresee (EmendColumnEntry *self,
                            const EmendDecision *decision)
{
  const char *proposed = self->proposal->mark->proposal->value->value;
  const char *text = decision->value != NULL ? decision->value->value : proposed;
  EmendDateOrder order = decision->value != NULL ? decision->value->date_order : (EmendDateOrder) 0;
  gboolean same_order = order == 0 || order == get_field (self)->date_order;

  self->n_pending++;
  self->ahead_order = order;
  g_free (self->ahead_text);
  self->ahead_text = NULL;
  switch (decision->kind) {
  case EMEND_DECISION_ABSENT:
    self->ahead = EMEND_VERDICT_ABSENT;
    break;
  case EMEND_DECISION_REJECT:
    self->ahead = EMEND_VERDICT_REJECTED;
    self->ahead_text = g_strdup (proposed);
    break;
  case EMEND_DECISION_ACCEPT:
  case EMEND_DECISION_CORRECT:
  case EMEND_DECISION_ADD:
  case EMEND_DECISION_CLEAR:
  case EMEND_DECISION_ILLEGIBLE:
  case EMEND_DECISION_DONE:
  case EMEND_DECISION_REOPEN:
  case EMEND_DECISION_ITEM:
  default:
    self->ahead = same_order && g_strcmp0 (text, proposed) == 0 ? EMEND_VERDICT_ACCEPTED : EMEND_VERDICT_CORRECTED;
    self->ahead_text = g_strdup (text);
    break;
  }
  g_clear_pointer (&self->draft, g_free);
  self->left_out = FALSE;
  tell_changed (self);
}

/**
 * emend_column_entry_forget_foreseen:
 * @self: an entry
 *
 * What was shown ahead was not committed.
 */
void
emend_column_entry_forget_foreseen (EmendColumnEntry *self)
{
  if (self->n_pending == 0)
    return;
  self->n_pending = 0;
  tell_changed (self);
}

/**
 * emend_column_entry_set_left_out:
 * @self: an entry
 * @left_out: whether accepting a part of the column leaves it as it is
 */
void
emend_column_entry_set_left_out (EmendColumnEntry *self,
                                 gboolean left_out)
{
  self->left_out = left_out;
  tell_changed (self);
}

/**
 * emend_column_entry_get_proposal:
 * @self: an entry
 *
 * Returns: (transfer none) (nullable): what it is, as last committed; %NULL until it was read
 */
const EmendFieldMark *
emend_column_entry_get_proposal (EmendColumnEntry *self)
{
  return self->proposal;
}

/**
 * emend_column_entry_get_verdict:
 * @self: an entry
 *
 * Returns: what is decided of it, also what is not committed yet
 */
EmendVerdict
emend_column_entry_get_verdict (EmendColumnEntry *self)
{
  if (self->n_pending > 0)
    return self->ahead;
  return self->proposal != NULL ? emend_mark_get_verdict (self->proposal->mark) : EMEND_VERDICT_NONE;
}

/**
 * emend_column_entry_get_text:
 * @self: an entry
 *
 * Returns: (transfer none) (nullable): the value, as decided, else as proposed
 */
const char *
emend_column_entry_get_text (EmendColumnEntry *self)
{
  const EmendValue *value;

  if (self->n_pending > 0)
    return self->ahead_text;
  value = self->proposal != NULL ? emend_mark_get_value (self->proposal->mark) : NULL;
  return value != NULL ? value->value : NULL;
}

/**
 * emend_column_entry_get_spelled:
 * @self: an entry
 *
 * Returns: (transfer none) (nullable): how what is typed, else the value, is read; %NULL where that says nothing more
 */
const char *
emend_column_entry_get_spelled (EmendColumnEntry *self)
{
  return self->spelled;
}

/**
 * emend_column_entry_get_problem:
 * @self: an entry
 *
 * Returns: (transfer none) (nullable): what is wrong with what is typed, else with the value, a whole sentence
 */
const char *
emend_column_entry_get_problem (EmendColumnEntry *self)
{
  return self->problem;
}

/**
 * emend_column_entry_get_draft:
 * @self: an entry
 *
 * Returns: (transfer none) (nullable): what is typed over the value and not confirmed
 */
const char *
emend_column_entry_get_draft (EmendColumnEntry *self)
{
  return self->draft;
}

/**
 * emend_column_entry_set_draft:
 * @self: an entry
 * @draft: (nullable): what is typed over the value; %NULL to give it up
 */
void
emend_column_entry_set_draft (EmendColumnEntry *self,
                              const char *draft)
{
  char *copy;

  if (g_strcmp0 (self->draft, draft) == 0)
    return;
  copy = g_strdup (draft);
  g_free (self->draft);
  self->draft = copy;
  tell_changed (self);
}

/**
 * emend_column_entry_is_left_out:
 * @self: an entry
 *
 * Returns: whether accepting a part of the column leaves it as it is
 */
gboolean
emend_column_entry_is_left_out (EmendColumnEntry *self)
{
  return self->left_out;
}
