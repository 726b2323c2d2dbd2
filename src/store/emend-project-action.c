#define G_LOG_DOMAIN "emend-store"

#include "config.h"

#include "emend-project-private.h"

#include <glib/gi18n-lib.h>

/* What an action can be; the names are stored in project files. */
static const char *const names[] = { "accept", "reject", "correct", "add", "clear", "absent",
                                     "illegible", "done", "reopen", "item", "several" };

/**
 * emend_change_new:
 * @item: number of the item
 * @before: (transfer full) (nullable): the annotation as it was
 * @after: (transfer full) (nullable): the annotation as it is now
 *
 * Returns: (transfer full): the change. Any thread.
 */
EmendChange *
emend_change_new (gint64 item,
                  EmendAnnotation *before,
                  EmendAnnotation *after)
{
  EmendChange *change = g_new0 (EmendChange, 1);

  change->item = item;
  change->before = before;
  change->after = after;
  return change;
}

/**
 * emend_change_free:
 * @change: (transfer full): a change
 *
 * Any thread.
 */
void
emend_change_free (EmendChange *change)
{
  g_clear_pointer (&change->before, emend_annotation_free);
  g_clear_pointer (&change->after, emend_annotation_free);
  g_free (change);
}

/**
 * emend_reading_clear:
 * @reading: becomes none
 */
void
emend_reading_clear (EmendReading *reading)
{
  g_free (reading->decision);
  *reading = (EmendReading){ 0 };
}

static void
reading_copy (const EmendReading *source,
              EmendReading *target)
{
  *target = *source;
  target->decision = g_strdup (source->decision);
}

static void
reading_change_free (EmendReadingChange *change)
{
  emend_reading_clear (&change->before);
  emend_reading_clear (&change->after);
  g_free (change);
}

/**
 * emend_action_new:
 *
 * Returns: (transfer full): an action that does nothing yet
 */
EmendAction *
emend_action_new (void)
{
  EmendAction *action = g_new0 (EmendAction, 1);

  action->changes = g_ptr_array_new_with_free_func ((GDestroyNotify) emend_change_free);
  action->sources = g_array_new (FALSE, FALSE, sizeof (EmendDecisionSource));
  action->readings = g_ptr_array_new_with_free_func ((GDestroyNotify) reading_change_free);
  return action;
}

/**
 * emend_action_free:
 * @action: (transfer full): an action
 */
void
emend_action_free (EmendAction *action)
{
  g_ptr_array_unref (action->changes);
  g_array_unref (action->sources);
  g_ptr_array_unref (action->readings);
  g_free (action);
}

/**
 * emend_action_add:
 * @action: an action
 * @item: number of the item
 * @before: (transfer full) (nullable): the annotation as it was
 * @after: (transfer full) (nullable): the annotation as it becomes
 * @source: how it was decided
 */
void
emend_action_add (EmendAction *action,
                  gint64 item,
                  EmendAnnotation *before,
                  EmendAnnotation *after,
                  EmendDecisionSource source)
{
  g_ptr_array_add (action->changes, emend_change_new (item, before, after));
  g_array_append_val (action->sources, source);
}

/**
 * emend_action_touch:
 * @action: an action
 * @project: a project
 * @stream: number of the stream
 * @item: number of the item
 * @error: EMEND_STORE_ERROR
 *
 * Returns: (transfer none) (nullable): the change of the item's reading, at first without a difference
 */
EmendReadingChange *
emend_action_touch (EmendAction *action,
                    EmendProject *project,
                    gint64 stream,
                    gint64 item,
                    GError **error)
{
  EmendReadingChange *change;

  for (guint i = action->readings->len; i > 0; i--) {
    change = g_ptr_array_index (action->readings, i - 1);
    if (change->item == item)
      return change;
  }
  change = g_new0 (EmendReadingChange, 1);
  change->item = item;
  if (!emend_reading_load (project, stream, item, &change->before, error)) {
    reading_change_free (change);
    return NULL;
  }
  reading_copy (&change->before, &change->after);
  g_ptr_array_add (action->readings, change);
  return change;
}

/**
 * emend_action_reverse:
 * @action: an action
 *
 * Returns: (transfer full): what takes it back, the last change first
 */
EmendAction *
emend_action_reverse (const EmendAction *action)
{
  EmendAction *reverse = emend_action_new ();

  for (guint i = action->changes->len; i > 0; i--) {
    const EmendChange *change = g_ptr_array_index (action->changes, i - 1);

    emend_action_add (reverse, change->item, change->after ? emend_annotation_copy (change->after) : NULL,
                      change->before ? emend_annotation_copy (change->before) : NULL,
                      g_array_index (action->sources, EmendDecisionSource, i - 1));
  }
  for (guint i = 0; i < action->readings->len; i++) {
    const EmendReadingChange *change = g_ptr_array_index (action->readings, i);
    EmendReadingChange *back = g_new0 (EmendReadingChange, 1);

    back->item = change->item;
    reading_copy (&change->after, &back->before);
    reading_copy (&change->before, &back->after);
    g_ptr_array_add (reverse->readings, back);
  }
  reverse->what = action->what;
  reverse->n = action->n;
  return reverse;
}

static void
normalise (EmendSchema *schema,
           EmendAnnotation *annotation)
{
  if (annotation != NULL && annotation->value != NULL)
    emend_schema_normalise (schema, annotation->label, annotation->value);
}

/**
 * emend_action_normalise:
 * @action: an action that an event of before says
 * @schema: the schema in use, which may read values in another way than the one of then
 */
void
emend_action_normalise (EmendAction *action,
                        EmendSchema *schema)
{
  for (guint i = 0; i < action->changes->len; i++) {
    EmendChange *change = g_ptr_array_index (action->changes, i);

    normalise (schema, change->before);
    normalise (schema, change->after);
  }
}

/**
 * emend_action_items:
 * @action: an action
 *
 * Returns: (transfer full) (element-type gint64): numbers of the items it touches, each once
 */
GArray *
emend_action_items (const EmendAction *action)
{
  GArray *items = g_array_sized_new (FALSE, FALSE, sizeof (gint64), action->readings->len);

  for (guint i = 0; i < action->readings->len; i++) {
    const EmendReadingChange *change = g_ptr_array_index (action->readings, i);
    g_array_append_val (items, change->item);
  }
  return items;
}

/**
 * emend_action_what:
 * @name: (nullable): from a project file
 *
 * Returns: (transfer none): the same as one of the known names, "several" for any other
 */
const char *
emend_action_what (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++) {
    if (g_strcmp0 (name, names[i]) == 0)
      return names[i];
  }
  return "several";
}

/**
 * emend_action_summary:
 * @what: one of the known names
 * @n: how many decisions
 *
 * Returns: (transfer full): a short phrase for people, to stand after "Undo: "
 */
char *
emend_action_summary (const char *what,
                      gint64 n)
{
  gulong count = (gulong) n;

  what = emend_action_what (what);
  if (g_str_equal (what, "accept"))
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "accept", "accept %d things", count), (int) n);
  if (g_str_equal (what, "reject"))
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "reject", "reject %d things", count), (int) n);
  if (g_str_equal (what, "correct"))
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "correct", "correct %d things", count), (int) n);
  if (g_str_equal (what, "add"))
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "add", "add %d things", count), (int) n);
  if (g_str_equal (what, "clear"))
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "take back", "take back %d things", count), (int) n);
  if (g_str_equal (what, "absent"))
    return g_strdup_printf (
      g_dngettext (GETTEXT_PACKAGE, "not on the document", "%d fields not on the document", count), (int) n);
  if (g_str_equal (what, "illegible"))
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "illegible", "%d fields illegible", count), (int) n);
  if (g_str_equal (what, "done"))
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "item done", "%d items done", count), (int) n);
  if (g_str_equal (what, "reopen"))
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "reopen item", "reopen %d items", count), (int) n);
  if (g_str_equal (what, "item"))
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "decision on the item", "decision on %d items", count),
                            (int) n);
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%d decision", "%d decisions", count), (int) n);
}

static gboolean
write_annotation (EmendProject *project,
                  const EmendAnnotation *annotation,
                  EmendJsonWriter *writer,
                  GError **error)
{
  EmendUuid run;

  if (annotation == NULL) {
    emend_json_null (writer);
    return TRUE;
  }
  if (annotation->proposal == 0) {
    emend_annotation_to_json (annotation, NULL, writer);
    return TRUE;
  }
  if (!emend_project_run_uuid (project, EMEND_PROPOSAL_RUN (annotation->proposal), &run, error))
    return FALSE;
  emend_annotation_to_json (annotation, &run, writer);
  return TRUE;
}

static void
write_reading (const EmendReading *reading,
               EmendJsonWriter *writer)
{
  if (reading->state == EMEND_READING_NONE) {
    emend_json_null (writer);
    return;
  }
  emend_json_begin_object (writer);
  emend_json_key (writer, "state");
  emend_json_string (writer, emend_reading_state_to_name (reading->state));
  if (reading->decision != NULL) {
    emend_json_key (writer, "decision");
    emend_json_string (writer, reading->decision);
  }
  emend_json_key (writer, "ms");
  emend_json_int (writer, reading->ms);
  emend_json_key (writer, "decided");
  emend_json_int (writer, reading->decided_ms);
  emend_json_key (writer, "done");
  emend_json_int (writer, reading->done_ms);
  emend_json_end_object (writer);
}

static const char *
source_name (EmendDecisionSource source)
{
  switch (source) {
  case EMEND_DECISION_BY_POINTER:
    return "pointer";
  case EMEND_DECISION_BY_BULK:
    return "bulk";
  case EMEND_DECISION_BY_REPLAY:
    return "replay";
  case EMEND_DECISION_BY_KEYBOARD:
  default:
    return "keyboard";
  }
}

static EmendDecisionSource
source_from_name (const char *name)
{
  for (EmendDecisionSource source = EMEND_DECISION_BY_POINTER; source <= EMEND_DECISION_BY_REPLAY; source++) {
    if (g_strcmp0 (name, source_name (source)) == 0)
      return source;
  }
  return EMEND_DECISION_BY_KEYBOARD;
}

static gboolean
write_changes (const EmendAction *action,
               EmendProject *project,
               EmendJsonWriter *writer,
               GError **error)
{
  emend_json_key (writer, "changes");
  emend_json_begin_array (writer);
  for (guint i = 0; i < action->changes->len; i++) {
    const EmendChange *change = g_ptr_array_index (action->changes, i);
    EmendUuid item;

    if (!emend_project_item_uuid (project, change->item, &item, error))
      return FALSE;
    emend_json_begin_object (writer);
    emend_json_key (writer, "item");
    emend_json_uuid (writer, &item);
    emend_json_key (writer, "source");
    emend_json_string (writer, source_name (g_array_index (action->sources, EmendDecisionSource, i)));
    emend_json_key (writer, "before");
    if (!write_annotation (project, change->before, writer, error))
      return FALSE;
    emend_json_key (writer, "after");
    if (!write_annotation (project, change->after, writer, error))
      return FALSE;
    emend_json_end_object (writer);
  }
  emend_json_end_array (writer);
  return TRUE;
}

/**
 * emend_action_write:
 * @action: an action
 * @project: a project
 * @writer: inside the object of an event
 * @error: EMEND_STORE_ERROR
 *
 * Writes members "what", "n", "changes" and "readings".
 *
 * Returns: whether all could be named
 */
gboolean
emend_action_write (const EmendAction *action,
                    EmendProject *project,
                    EmendJsonWriter *writer,
                    GError **error)
{
  emend_json_key (writer, "what");
  emend_json_string (writer, action->what);
  emend_json_key (writer, "n");
  emend_json_int (writer, action->n);
  if (!write_changes (action, project, writer, error))
    return FALSE;
  emend_json_key (writer, "readings");
  emend_json_begin_array (writer);
  for (guint i = 0; i < action->readings->len; i++) {
    const EmendReadingChange *change = g_ptr_array_index (action->readings, i);
    EmendUuid item;

    if (!emend_project_item_uuid (project, change->item, &item, error))
      return FALSE;
    emend_json_begin_object (writer);
    emend_json_key (writer, "item");
    emend_json_uuid (writer, &item);
    emend_json_key (writer, "before");
    write_reading (&change->before, writer);
    emend_json_key (writer, "after");
    write_reading (&change->after, writer);
    emend_json_end_object (writer);
  }
  emend_json_end_array (writer);
  return TRUE;
}

/* Number of the item that a member of an event names; 0 when it is not in this file. */
static gint64
item_of (EmendProject *project,
         const json_t *json,
         GError **error)
{
  const char *text = json_string_value (json_object_get (json, "item"));
  EmendUuid uuid;

  if (text != NULL && emend_uuid_parse (text, &uuid))
    return emend_project_item_number (project, &uuid, error);
  emend_project_set_damaged (project, _ ("an event names no item"), error);
  return -1;
}

static gboolean
read_annotation (EmendProject *project,
                 const json_t *json,
                 gint64 item,
                 EmendAnnotation **annotation,
                 GError **error)
{
  g_autoptr (GError) reason = NULL;
  EmendUuid run_uuid;
  int run;

  *annotation = NULL;
  if (json == NULL || json_is_null (json))
    return TRUE;
  *annotation = emend_annotation_from_json (json, &run_uuid, &reason);
  if (*annotation == NULL) {
    emend_project_set_damaged (project, reason->message, error);
    return FALSE;
  }
  (*annotation)->item = item;
  if (emend_uuid_is_nil (&run_uuid))
    return TRUE;
  if (!emend_project_run_number (project, &run_uuid, &run, error))
    return FALSE;
  (*annotation)->proposal = EMEND_PROPOSAL_ID (run, EMEND_PROPOSAL_ORDINAL ((*annotation)->proposal));
  return TRUE;
}

static void
read_reading (const json_t *json,
              EmendReading *reading)
{
  const char *state = json_string_value (json_object_get (json, "state"));

  *reading = (EmendReading){ 0 };
  if (state == NULL)
    return;
  reading->state = EMEND_READING_OPEN;
  if (g_str_equal (state, emend_reading_state_to_name (EMEND_READING_DONE)))
    reading->state = EMEND_READING_DONE;
  reading->decision = g_strdup (json_string_value (json_object_get (json, "decision")));
  reading->ms = json_integer_value (json_object_get (json, "ms"));
  reading->decided_ms = json_integer_value (json_object_get (json, "decided"));
  reading->done_ms = json_integer_value (json_object_get (json, "done"));
}

static gboolean
read_changes (EmendAction *action,
              EmendProject *project,
              const json_t *changes,
              GError **error)
{
  for (gsize i = 0; i < json_array_size (changes); i++) {
    const json_t *json = json_array_get (changes, i);
    gint64 item = item_of (project, json, error);
    g_autoptr (EmendAnnotation) before = NULL;
    g_autoptr (EmendAnnotation) after = NULL;

    if (item < 0 || !read_annotation (project, json_object_get (json, "before"), item, &before, error) ||
        !read_annotation (project, json_object_get (json, "after"), item, &after, error))
      return FALSE;
    if (item > 0)
      emend_action_add (action, item, g_steal_pointer (&before), g_steal_pointer (&after),
                        source_from_name (json_string_value (json_object_get (json, "source"))));
  }
  return TRUE;
}

/**
 * emend_action_read:
 * @project: a project
 * @body: an event that emend_action_write() wrote to
 * @error: EMEND_STORE_ERROR_DAMAGED
 *
 * What the event says of items that are not in this file is left out: a pack holds a choice of them.
 *
 * Returns: (transfer full) (nullable): the action
 */
EmendAction *
emend_action_read (EmendProject *project,
                   const json_t *body,
                   GError **error)
{
  g_autoptr (EmendAction) action = emend_action_new ();
  const json_t *readings = json_object_get (body, "readings");

  action->what = emend_action_what (json_string_value (json_object_get (body, "what")));
  action->n = json_integer_value (json_object_get (body, "n"));
  if (!read_changes (action, project, json_object_get (body, "changes"), error))
    return NULL;
  for (gsize i = 0; i < json_array_size (readings); i++) {
    const json_t *json = json_array_get (readings, i);
    gint64 item = item_of (project, json, error);
    EmendReadingChange *change;

    if (item < 0)
      return NULL;
    if (item == 0)
      continue;
    change = g_new0 (EmendReadingChange, 1);
    change->item = item;
    read_reading (json_object_get (json, "before"), &change->before);
    read_reading (json_object_get (json, "after"), &change->after);
    g_ptr_array_add (action->readings, change);
  }
  return g_steal_pointer (&action);
}

/**
 * emend_action_apply:
 * @action: an action
 * @project: a project in a transaction
 * @stream: number of the stream whose state it is
 * @error: EMEND_STORE_ERROR
 *
 * Writes what the action makes of annotations and readings, without counters.
 *
 * Returns: whether it was written
 */
gboolean
emend_action_apply (const EmendAction *action,
                    EmendProject *project,
                    gint64 stream,
                    GError **error)
{
  for (guint i = 0; i < action->changes->len; i++) {
    const EmendChange *change = g_ptr_array_index (action->changes, i);

    if (change->after == NULL && change->before != NULL &&
        !emend_annotation_remove (project, stream, change->before, error))
      return FALSE;
    if (change->after != NULL && !emend_annotation_store (project, stream, change->after, error))
      return FALSE;
  }
  for (guint i = 0; i < action->readings->len; i++) {
    const EmendReadingChange *change = g_ptr_array_index (action->readings, i);

    if (!emend_reading_store (project, stream, change->item, &change->after, error))
      return FALSE;
  }
  return TRUE;
}

/**
 * emend_action_outcome:
 * @action: an action that was applied
 * @project: a project
 * @seq: number of its event
 * @error: EMEND_STORE_ERROR
 *
 * Returns: (transfer full) (nullable): what the caller is told
 */
EmendOutcome *
emend_action_outcome (const EmendAction *action,
                      EmendProject *project,
                      gint64 seq,
                      GError **error)
{
  g_autoptr (EmendOutcome) outcome = g_new0 (EmendOutcome, 1);

  outcome->changes = g_ptr_array_new_with_free_func ((GDestroyNotify) emend_change_free);
  outcome->items = g_ptr_array_new_with_free_func ((GDestroyNotify) emend_item_free);
  outcome->seq = seq;
  outcome->summary = emend_action_summary (action->what, action->n);
  for (guint i = 0; i < action->changes->len; i++) {
    const EmendChange *change = g_ptr_array_index (action->changes, i);

    g_ptr_array_add (outcome->changes,
                     emend_change_new (change->item, change->before ? emend_annotation_copy (change->before) : NULL,
                                       change->after ? emend_annotation_copy (change->after) : NULL));
  }
  for (guint i = 0; i < action->readings->len; i++) {
    const EmendReadingChange *change = g_ptr_array_index (action->readings, i);
    EmendItem *item = emend_project_load_item (project, change->item, error);

    if (item == NULL)
      return NULL;
    g_ptr_array_add (outcome->items, item);
  }
  outcome->info = emend_project_get_info (project, error);
  return outcome->info != NULL ? g_steal_pointer (&outcome) : NULL;
}

/**
 * emend_outcome_free:
 * @outcome: (transfer full): what a committed action changed
 *
 * Any thread.
 */
void
emend_outcome_free (EmendOutcome *outcome)
{
  g_clear_pointer (&outcome->changes, g_ptr_array_unref);
  g_clear_pointer (&outcome->items, g_ptr_array_unref);
  g_clear_pointer (&outcome->info, emend_project_info_free);
  g_free (outcome->summary);
  g_free (outcome);
}
