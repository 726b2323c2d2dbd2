#define G_LOG_DOMAIN "emend-ctl"

#include "config.h"

#include <inttypes.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include "emend-annotation.h"
#include "emend-commands.h"
#include "emend-output.h"
#include "emend-table.h"

/* Events that are printed at a time; a long journal is never held in memory. */
#define BATCH 256

/* Characters of a value that are printed. */
#define MAX_WORDS 60

/* The largest event that is read: one decision about very many things. */
#define MAX_BODY ((gsize) 256 * 1024 * 1024)

typedef struct {
  EmendCtl *ctl;
  EmendProject *project;
  EmendSchema *schema;
  GPtrArray *runs;
  EmendOutput *output;
  EmendTable *table;
  guint n_waiting;
} Historian;

static char *
format_time (gint64 at_ms)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_local (at_ms / 1000);
  char *text = time != NULL ? g_date_time_format (time, "%Y-%m-%d %H:%M:%S") : NULL;

  return text != NULL ? text : g_strdup ("?");
}

static const char *
verdict_of (const json_t *annotation)
{
  const char *verdict = json_string_value (json_object_get (annotation, "verdict"));
  return verdict != NULL ? verdict : emend_verdict_to_name (EMEND_VERDICT_NONE);
}

/* Number of the run that has this identity in this project; 0 for none. */
static int
find_run (const Historian *historian,
          const EmendUuid *uuid)
{
  for (guint i = 0; i < historian->runs->len; i++) {
    const EmendRun *run = g_ptr_array_index (historian->runs, i);

    if (emend_uuid_equal (&run->uuid, uuid))
      return run->id;
  }
  return 0;
}

static EmendValue *
copy_value (const EmendValue *value)
{
  return value != NULL ? emend_value_copy (value) : NULL;
}

/* What held before a change: the annotation, else the proposal that it is about; FALSE for something new. */
static gboolean
find_former (const Historian *historian,
             const EmendAnnotation *before,
             const EmendAnnotation *after,
             const EmendUuid *run,
             EmendAnnotation *former)
{
  g_autoptr (EmendProposal) proposal = NULL;
  int number = find_run (historian, run);

  if (before == NULL && number != 0)
    proposal = emend_project_find_proposal (historian->project, EMEND_PROPOSAL_ID (number, after->proposal), NULL);
  if (before == NULL && proposal == NULL)
    return FALSE;
  former->label = before != NULL ? before->label : proposal->label;
  emend_shape_copy (before != NULL ? &before->shape : &proposal->shape, &former->shape);
  former->value = copy_value (before != NULL ? before->value : proposal->value);
  return TRUE;
}

/* The name of a field, and of a table also row and column: “lines[2].price”. */
static void
append_field (const Historian *historian,
              int field,
              const EmendValue *value,
              GString *text)
{
  const char *name = emend_schema_find_entry_name (historian->schema, field);

  g_string_append_printf (text, ", %s", name != NULL ? name : "?");
  if (value->row >= 0 && value->column != NULL)
    g_string_append_printf (text, "[%d].%s", value->row + 1, value->column);
}

/* Long values, such as the findings of a report, are cut. */
static void
append_words (const char *words,
              GString *text)
{
  g_autofree char *beginning = NULL;

  if (words == NULL) {
    g_string_append (text, "–");
    return;
  }
  beginning = g_utf8_substring (words, 0, MIN (g_utf8_strlen (words, -1), MAX_WORDS));
  /* TRANSLATORS: the value of a field between quotation marks; the second is "…" when it was cut. */
  g_string_append_printf (text, _ ("“%s%s”"), beginning, strlen (beginning) < strlen (words) ? "…" : "");
}

/* What was said of a field before and is now: “, total, “9.00” → “9.10””. */
static void
describe_value (const Historian *historian,
                const EmendAnnotation *former,
                const EmendAnnotation *after,
                GString *text)
{
  const char *is = after->value->value;
  const char *was = former->value != NULL ? former->value->value : NULL;

  append_field (historian, after->label, after->value, text);
  if (is == NULL && was == NULL)
    return;
  g_string_append (text, ", ");
  if (g_strcmp0 (was, is) != 0) {
    append_words (was, text);
    g_string_append (text, " → ");
  }
  append_words (is, text);
  if (after->value->override != NULL)
    /* TRANSLATORS: why a value stands against the rules, in the reviewer's words. */
    g_string_append_printf (text, _ (", against the rules: %s"), after->value->override);
}

static void
describe_difference (const Historian *historian,
                     const EmendAnnotation *former,
                     const EmendAnnotation *after,
                     GString *text)
{
  const EmendLabel *was = emend_schema_find_label (historian->schema, former->label);
  const EmendLabel *is = emend_schema_find_label (historian->schema, after->label);

  if (after->value != NULL) {
    describe_value (historian, former, after, text);
    if (emend_rect_area (&former->shape.box) <= 0 || emend_rect_area (&after->shape.box) <= 0)
      return;
  }
  if (was != NULL && is != NULL && was != is)
    g_string_append_printf (text, ", %s → %s", was->name, is->name);
  else if (is != NULL)
    g_string_append_printf (text, ", %s", is->name);
  if (!emend_shape_equal (&former->shape, &after->shape))
    /* TRANSLATORS: how much the place before and the place after overlap, 0 to 1. */
    g_string_append_printf (text, _ (", moved (IoU %.2f)"), emend_shape_iou (&former->shape, &after->shape));
}

/* One change as “undecided → corrected, cat → dog, moved (IoU 0.82)”. */
static void
describe_change (const Historian *historian,
                 const json_t *change,
                 GString *text)
{
  const json_t *old = json_object_get (change, "before");
  const json_t *new = json_object_get (change, "after");
  EmendUuid run = { 0 };
  g_autoptr (EmendAnnotation) before = json_is_object (old) ? emend_annotation_from_json (old, &run, NULL) : NULL;
  g_autoptr (EmendAnnotation) after = json_is_object (new) ? emend_annotation_from_json (new, &run, NULL) : NULL;
  const EmendAnnotation *latest = after != NULL ? after : before;
  g_autoptr (EmendAnnotation) former = emend_annotation_new ();

  g_string_append_printf (text, "%s → %s", verdict_of (old), verdict_of (new));
  if (latest == NULL)
    return;
  if (!find_former (historian, before, latest, &run, former)) {
    former->label = latest->label;
    emend_shape_copy (&latest->shape, &former->shape);
    former->value = after == NULL ? copy_value (latest->value) : NULL;
  }
  describe_difference (historian, former, latest, text);
}

static void
describe_reading (const json_t *reading,
                  GString *text)
{
  const char *before = json_string_value (json_object_get (json_object_get (reading, "before"), "state"));
  const char *after = json_string_value (json_object_get (json_object_get (reading, "after"), "state"));

  g_string_append_printf (text, "%s → %s", before != NULL ? before : "new", after != NULL ? after : "new");
}

/* The members of @object that people read, as “name: value”. */
static void
describe_members (const json_t *object,
                  GString *text)
{
  const char *const dull[] = { "action", "at", "tz", "reviewer", "app", "item", "of", "what", "uuid", "copy",
                               "project", "run", "sha256",
                               "source_sha256", NULL };
  const char *name;
  json_t *value;

  json_object_foreach ((json_t *) object, name, value)
  {
    if (g_strv_contains (dull, name) || !(json_is_string (value) || json_is_number (value)))
      continue;
    g_string_append_printf (text, "%s%s: ", text->len > 0 ? ", " : "", name);
    if (json_is_string (value))
      g_string_append (text, json_string_value (value));
    else
      g_string_append_printf (text, "%g", json_number_value (value));
  }
}

static char *
describe (const Historian *historian,
          const EmendEvent *event)
{
  g_autoptr (json_t) body = emend_json_parse (event->body, strlen (event->body), MAX_BODY, NULL);
  const json_t *changes = json_object_get (body, "changes");
  const json_t *readings = json_object_get (body, "readings");
  g_autoptr (GString) text = g_string_new (NULL);
  gsize n_changes = json_array_size (changes);

  if (n_changes > 0) {
    describe_change (historian, json_array_get (changes, 0), text);
    if (n_changes > 1)
      /* TRANSLATORS: after the first of several changes. */
      g_string_append_printf (text, ngettext (" and %" PRIuPTR " more", " and %" PRIuPTR " more", n_changes - 1),
                              n_changes - 1);
  } else if (json_array_size (readings) > 0) {
    describe_reading (json_array_get (readings, 0), text);
  } else {
    describe_members (body, text);
    describe_members (json_object_get (body, "facts"), text);
  }
  return g_strdup (text->str);
}

static void
write_event (EmendOutput *output,
             const EmendEvent *event)
{
  emend_json_begin_object (output->writer);
  emend_json_key (output->writer, "stream");
  emend_json_uuid (output->writer, &event->stream);
  emend_output_text (output, "reviewer", event->reviewer);
  emend_output_number (output, "seq", event->seq);
  emend_output_number (output, "at_ms", event->at_ms);
  emend_output_text (output, "action", event->action);
  emend_output_text (output, "item", event->item_path);
  emend_json_key (output->writer, "body");
  emend_json_raw (output->writer, event->body);
  emend_json_end_object (output->writer);
  emend_output_flush (output);
}

static gboolean
take_event (const EmendEvent *event,
            gpointer data,
            GError **error)
{
  Historian *historian = data;
  g_autofree char *time = NULL;
  g_autofree char *details = NULL;

  if (g_cancellable_set_error_if_cancelled (historian->ctl->cancellable, error))
    return FALSE;
  if (historian->output != NULL) {
    write_event (historian->output, event);
    return TRUE;
  }
  time = format_time (event->at_ms);
  details = describe (historian, event);
  emend_table_add (historian->table, time);
  emend_table_add (historian->table, event->reviewer);
  emend_table_add_number (historian->table, event->seq);
  emend_table_add (historian->table, event->action);
  emend_table_add (historian->table, event->item_path);
  emend_table_add (historian->table, details);
  if (++historian->n_waiting % BATCH == 0)
    emend_table_print (historian->table);
  return TRUE;
}

static gboolean
take_list (Historian *historian,
           EmendProject *project,
           const char *path,
           gint64 limit,
           GError **error)
{
  g_autoptr (EmendItem) item = path != NULL ? emend_project_find_item (project, path, error) : NULL;
  g_autoptr (GPtrArray) events = NULL;

  if (path != NULL && item == NULL)
    return FALSE;
  events = emend_project_list_events (project, item != NULL ? item->id : 0, limit, error);
  /* The project gives the latest first. */
  for (guint i = events != NULL ? events->len : 0; i > 0; i--) {
    if (!take_event (g_ptr_array_index (events, i - 1), historian, error))
      return FALSE;
  }
  return events != NULL;
}

static EmendCtlStatus
print_history (EmendCtl *ctl,
               EmendProject *project,
               const char *item,
               gint64 limit)
{
  const EmendTableColumn columns[] = {
    { _ ("TIME"), FALSE, 19 },
    { _ ("REVIEWER"), FALSE, 10 },
    { _ ("NUMBER"), TRUE, 0 },
    { _ ("WHAT"), FALSE, 15 },
    { _ ("ITEM"), FALSE, 20 },
    { _ ("DETAILS"), FALSE, 0 },
  };
  g_autoptr (EmendTable) table = emend_table_new (columns, G_N_ELEMENTS (columns));
  g_autoptr (EmendOutput) output = ctl->json ? emend_output_new () : NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) runs = emend_project_list_runs (project, &error);
  Historian historian = { ctl, project, emend_project_get_schema (project), runs, output, table, 0 };
  gboolean all_well;

  if (runs == NULL)
    return emend_ctl_fail (ctl->args[0], error);
  if (output != NULL) {
    emend_json_key (output->writer, "events");
    emend_json_begin_array (output->writer);
  }
  if (item != NULL || limit > 0)
    all_well = take_list (&historian, project, item, limit, &error);
  else
    all_well = emend_project_foreach_event (project, take_event, &historian, &error);
  if (output != NULL)
    emend_json_end_array (output->writer);
  else
    emend_table_print (table);
  return all_well ? EMEND_CTL_DONE : emend_ctl_fail (ctl->args[0], error);
}

/**
 * emend_command_history:
 * @ctl: this call
 *
 * `emendctl history`: what happened in a project, event by event.
 *
 * Returns: with what the program ends
 */
EmendCtlStatus
emend_command_history (EmendCtl *ctl)
{
  g_autofree char *item = NULL;
  gint64 limit = 0;
  const GOptionEntry entries[] = {
    { "item", 0, 0, G_OPTION_ARG_STRING, &item, N_ ("Only what happened to this item"), N_ ("PATH") },
    { "limit", 0, 0, G_OPTION_ARG_INT64, &limit, N_ ("Only the latest events, not more than this many"), N_ ("N") },
    G_OPTION_ENTRY_NULL
  };
  g_autoptr (EmendProject) project = NULL;

  if (!emend_ctl_parse (ctl, entries, EMEND_CTL_HAS_JSON, 1, 1))
    return EMEND_CTL_USAGE;
  if (limit < 0)
    return emend_ctl_fail_usage (ctl, _ ("The limit must not be below 0."));
  project = emend_ctl_open (ctl, ctl->args[0]);
  return project != NULL ? print_history (ctl, project, item, limit) : EMEND_CTL_FAILED;
}
