#define G_LOG_DOMAIN "emend-engine"

#include "config.h"

#include "emend-decision-line.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include "emend-decision-field.h"
#include "emend-engine-error.h"
#include "emend-json.h"
#include "emend-line-reader.h"
#include "emend-text.h"

/* The members that a decision can have. */
enum {
  HAS_ITEM = 1 << 0,
  HAS_VERDICT = 1 << 1,
  HAS_PROPOSAL = 1 << 2,
  HAS_ANNOTATION = 1 << 3,
  HAS_PAGE = 1 << 4,
  HAS_LABEL = 1 << 5,
  HAS_BOX = 1 << 6,
  HAS_SHAPE = 1 << 7,
  HAS_ATTRIBUTES = 1 << 8,
  HAS_COMMENT = 1 << 9,
  HAS_DECISION = 1 << 10,
  HAS_MS = 1 << 11,
  HAS_FIELD = 1 << 12,
  HAS_VALUE = 1 << 13,
  HAS_TEXT = 1 << 14,
  HAS_ROW = 1 << 15,
  HAS_COLUMN = 1 << 16,
  HAS_OVERRIDE = 1 << 17,
  HAS_ORDER = 1 << 18,
};
#define HAS_TARGET (HAS_PROPOSAL | HAS_ANNOTATION)
#define HAS_PLACE (HAS_BOX | HAS_SHAPE)
#define HAS_CELL (HAS_ROW | HAS_COLUMN)
#define HAS_WORDS (HAS_VALUE | HAS_TEXT | HAS_OVERRIDE | HAS_ORDER)

static const char *const member_names[] = {
  "item", "verdict", "proposal", "annotation", "page", "label",
  "box", "shape", "attributes", "comment", "decision", "ms",
  "field", "value", "text", "row", "column", "override", "order"
};

/* Of each of the three sets at least one member must be there; 0 asks for nothing. */
typedef struct {
  const char *name;
  EmendDecisionKind kind;
  guint allowed;
  guint needed[3];
} VerdictRule;

static const VerdictRule verdict_rules[] = {
  { "accept", EMEND_DECISION_ACCEPT, HAS_PROPOSAL | HAS_FIELD | HAS_CELL | HAS_COMMENT, { HAS_PROPOSAL | HAS_FIELD } },
  { "reject", EMEND_DECISION_REJECT, HAS_PROPOSAL | HAS_FIELD | HAS_CELL | HAS_COMMENT, { HAS_PROPOSAL | HAS_FIELD } },
  { "correct",
    EMEND_DECISION_CORRECT,
    HAS_TARGET | HAS_FIELD | HAS_CELL | HAS_PAGE | HAS_LABEL | HAS_PLACE | HAS_ATTRIBUTES | HAS_COMMENT | HAS_WORDS,
    { HAS_TARGET | HAS_FIELD, HAS_LABEL | HAS_PLACE | HAS_ATTRIBUTES | HAS_COMMENT | HAS_VALUE } },
  { "add",
    EMEND_DECISION_ADD,
    HAS_ANNOTATION | HAS_FIELD | HAS_CELL | HAS_PAGE | HAS_LABEL | HAS_PLACE | HAS_ATTRIBUTES | HAS_COMMENT | HAS_WORDS,
    { HAS_LABEL | HAS_FIELD, HAS_PLACE | HAS_VALUE } },
  { "absent", EMEND_DECISION_ABSENT, HAS_TARGET | HAS_FIELD | HAS_CELL | HAS_COMMENT, { HAS_TARGET | HAS_FIELD } },
  { "illegible",
    EMEND_DECISION_ILLEGIBLE,
    HAS_TARGET | HAS_FIELD | HAS_CELL | HAS_PAGE | HAS_PLACE | HAS_COMMENT,
    { HAS_TARGET | HAS_FIELD } },
  { "clear", EMEND_DECISION_CLEAR, HAS_TARGET | HAS_FIELD | HAS_CELL, { HAS_TARGET | HAS_FIELD } },
  { "done", EMEND_DECISION_DONE, 0, { 0 } },
  { "reopen", EMEND_DECISION_REOPEN, 0, { 0 } },
  { "item", EMEND_DECISION_ITEM, HAS_DECISION, { HAS_DECISION } },
};

static gboolean
refuse (GError **error,
        const char *message)
{
  g_set_error_literal (error, EMEND_ENGINE_ERROR, EMEND_ENGINE_ERROR_DECISION, message);
  return FALSE;
}

static gboolean
refuse_value (GError **error,
              const char *member)
{
  /* TRANSLATORS: the name of a member of a JSON object. */
  g_set_error (error, EMEND_ENGINE_ERROR, EMEND_ENGINE_ERROR_DECISION,
               _ ("“%s” does not have a value that can be used."), member);
  return FALSE;
}

/**
 * emend_decision_line_format_proposal:
 * @id: which proposal
 *
 * Returns: (transfer full): its name in decision files, `RUN:ORDINAL`. Any thread.
 */
char *
emend_decision_line_format_proposal (EmendProposalId id)
{
  return g_strdup_printf ("%d:%u", EMEND_PROPOSAL_RUN (id), EMEND_PROPOSAL_ORDINAL (id));
}

/**
 * emend_decision_line_parse_proposal:
 * @text: what emend_decision_line_format_proposal() makes
 * @id: (out): which proposal; untouched on failure
 *
 * Returns: whether @text is of that form. Any thread.
 */
gboolean
emend_decision_line_parse_proposal (const char *text,
                                    EmendProposalId *id)
{
  const char *colon = strchr (text, ':');
  gint64 run;
  gint64 ordinal;

  if (colon == NULL || !emend_text_to_int (text, colon - text, &run) || !emend_text_to_int (colon + 1, -1, &ordinal))
    return FALSE;
  if (run < 1 || run > G_MAXINT32 || ordinal < 0 || ordinal > G_MAXUINT32)
    return FALSE;
  *id = EMEND_PROPOSAL_ID (run, ordinal);
  return TRUE;
}

static gboolean
collect_members (json_t *tree,
                 guint *members,
                 GError **error)
{
  const char *name;
  json_t *value;

  *members = 0;
  json_object_foreach (tree, name, value)
  {
    guint i = 0;

    while (i < G_N_ELEMENTS (member_names) && !g_str_equal (name, member_names[i]))
      i++;
    if (i == G_N_ELEMENTS (member_names)) {
      /* TRANSLATORS: the name of a member of a JSON object. */
      g_set_error (error, EMEND_ENGINE_ERROR, EMEND_ENGINE_ERROR_DECISION,
                   _ ("“%s” is nothing that a decision can have."), name);
      return FALSE;
    }
    *members |= 1u << i;
  }
  return TRUE;
}

static const VerdictRule *
find_rule (const char *verdict,
           GError **error)
{
  for (gsize i = 0; verdict != NULL && i < G_N_ELEMENTS (verdict_rules); i++) {
    if (g_str_equal (verdict, verdict_rules[i].name))
      return &verdict_rules[i];
  }
  if (verdict == NULL)
    refuse (error, _ ("It has no “verdict”."));
  else
    g_set_error (error, EMEND_ENGINE_ERROR, EMEND_ENGINE_ERROR_DECISION,
                 _ ("“%s” is no verdict that is known."), verdict);
  return NULL;
}

static char *
name_members (guint members)
{
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (member_names); i++) {
    if (members & 1u << i)
      g_string_append_printf (names, "%s“%s”", names->len > 0 ? ", " : "", member_names[i]);
  }
  return g_strdup (names->str);
}

static gboolean
check_members (const VerdictRule *rule,
               guint members,
               GError **error)
{
  guint extra = members & ~(rule->allowed | HAS_ITEM | HAS_VERDICT | HAS_MS);

  if (extra != 0) {
    g_autofree char *names = name_members (extra);

    /* TRANSLATORS: a verdict, then names of members of a JSON object. */
    g_set_error (error, EMEND_ENGINE_ERROR, EMEND_ENGINE_ERROR_DECISION, _ ("“%s” does not take %s."), rule->name,
                 names);
    return FALSE;
  }
  for (guint i = 0; i < G_N_ELEMENTS (rule->needed); i++) {
    if (rule->needed[i] != 0 && (members & rule->needed[i]) == 0) {
      g_autofree char *names = name_members (rule->needed[i]);

      /* TRANSLATORS: a verdict, then one or several names of members of a JSON object. */
      g_set_error (error, EMEND_ENGINE_ERROR, EMEND_ENGINE_ERROR_DECISION, _ ("“%s” needs one of %s."), rule->name,
                   names);
      return FALSE;
    }
  }
  if ((members & HAS_TARGET) == HAS_TARGET)
    return refuse (error, _ ("It names both a “proposal” and an “annotation”."));
  if ((members & HAS_PLACE) == HAS_PLACE)
    return refuse (error, _ ("It has both a “box” and a “shape”."));
  return TRUE;
}

static gboolean
read_box (const json_t *json,
          EmendShape *shape)
{
  double v[4];

  if (!json_is_array (json) || json_array_size (json) != 4)
    return FALSE;
  for (gsize i = 0; i < 4; i++) {
    const json_t *value = json_array_get (json, i);

    if (!json_is_number (value))
      return FALSE;
    v[i] = json_number_value (value);
  }
  if (!isfinite (v[0] + v[2]) || !isfinite (v[1] + v[3]) || v[2] <= 0 || v[3] <= 0)
    return FALSE;
  emend_shape_init_box (shape, &(EmendRect){ v[0], v[1], v[2], v[3] });
  return TRUE;
}

static gboolean
read_place (EmendDecision *decision,
            const json_t *tree,
            guint members,
            GError **error)
{
  if ((members & HAS_BOX) && !read_box (json_object_get (tree, "box"), &decision->shape))
    return refuse (error, _ ("“box” must be four numbers: left, top, width and height, the last two above 0."));
  if ((members & HAS_SHAPE) && !emend_shape_from_json (&decision->shape, json_object_get (tree, "shape"), error))
    return FALSE;
  if (members & HAS_PLACE)
    decision->sets |= EMEND_DECISION_SETS_SHAPE;
  return TRUE;
}

static gboolean
read_label (EmendDecision *decision,
            const json_t *tree,
            EmendSchema *schema,
            GError **error)
{
  const char *name = json_string_value (json_object_get (tree, "label"));
  const EmendLabel *label = name != NULL ? emend_schema_find_label_by_name (schema, name) : NULL;

  if (name == NULL)
    return refuse_value (error, "label");
  if (label == NULL) {
    g_set_error (error, EMEND_ENGINE_ERROR, EMEND_ENGINE_ERROR_DECISION,
                 _ ("The project has no label “%s”."), name);
    return FALSE;
  }
  decision->label = label->id;
  decision->sets |= EMEND_DECISION_SETS_LABEL;
  return TRUE;
}

static gboolean
read_attributes (EmendDecision *decision,
                 const json_t *tree,
                 GError **error)
{
  const json_t *attributes = json_object_get (tree, "attributes");
  char *text;

  if (!json_is_object (attributes))
    return refuse_value (error, "attributes");
  text = json_dumps (attributes, JSON_COMPACT);
  decision->attributes = g_strdup (text);
  free (text);
  decision->sets |= EMEND_DECISION_SETS_ATTRIBUTES;
  return TRUE;
}

static gboolean
read_target (EmendDecision *decision,
             const json_t *tree,
             guint members,
             GError **error)
{
  const char *proposal = json_string_value (json_object_get (tree, "proposal"));
  const char *annotation = json_string_value (json_object_get (tree, "annotation"));

  if ((members & HAS_PROPOSAL) && (proposal == NULL ||
                                   !emend_decision_line_parse_proposal (proposal, &decision->proposal)))
    return refuse (error, _ ("“proposal” must be RUN:ORDINAL, as “emendctl items --proposals” prints it."));
  if ((members & HAS_ANNOTATION) && (annotation == NULL || !emend_uuid_parse (annotation, &decision->annotation)))
    return refuse_value (error, "annotation");
  return TRUE;
}

static gboolean
read_numbers (EmendDecision *decision,
              const json_t *tree,
              guint members,
              GError **error)
{
  const json_t *ms = json_object_get (tree, "ms");
  const json_t *page = json_object_get (tree, "page");

  if ((members & HAS_MS) && (!json_is_number (ms) || !(json_number_value (ms) >= 0 && json_number_value (ms) < 1e15)))
    return refuse_value (error, "ms");
  if ((members & HAS_PAGE) && (!json_is_integer (page) || json_integer_value (page) < 1 ||
                               json_integer_value (page) > G_MAXINT))
    return refuse (error, _ ("“page” must be a whole number from 1."));
  decision->ms = (members & HAS_MS) ? (gint64) json_number_value (ms) : 0;
  decision->page = (members & HAS_PAGE) ? (int) json_integer_value (page) - 1 : 0;
  return TRUE;
}

static gboolean
read_texts (EmendDecision *decision,
            const json_t *tree,
            guint members,
            GError **error)
{
  const json_t *comment = json_object_get (tree, "comment");
  const json_t *text = json_object_get (tree, "decision");

  if ((members & HAS_COMMENT) && !json_is_string (comment) && !json_is_null (comment))
    return refuse_value (error, "comment");
  if ((members & HAS_DECISION) && !json_is_string (text) && !json_is_null (text))
    return refuse_value (error, "decision");
  decision->comment = g_strdup (json_string_value (comment));
  decision->text = g_strdup (json_string_value (text));
  if (members & HAS_COMMENT)
    decision->sets |= EMEND_DECISION_SETS_COMMENT;
  return TRUE;
}

static gboolean
read_string (const json_t *tree,
             const char *member,
             char **text,
             GError **error)
{
  const json_t *json = json_object_get (tree, member);

  if (json != NULL && !json_is_string (json))
    return refuse_value (error, member);
  *text = g_strdup (json_string_value (json));
  return TRUE;
}

/* The order says how the value of the line is read, so that there must be one. */
static gboolean
read_order (EmendDecision *decision,
            const json_t *tree,
            guint members,
            GError **error)
{
  const char *name = json_string_value (json_object_get (tree, "order"));

  if (!(members & HAS_ORDER))
    return TRUE;
  if (!(members & HAS_VALUE))
    return refuse (error, _ ("“order” says how a date is read, and needs its “value”."));
  decision->value->date_order = name != NULL ? emend_date_order_from_name (name) : 0;
  return decision->value->date_order != 0 || refuse (error, _ ("“order” must be “dmy”, “mdy” or “ymd”."));
}

/* What of a value the line has; the rest is that of the proposal, or of what was decided before. */
static gboolean
read_value (EmendDecision *decision,
            const json_t *tree,
            guint members,
            GError **error)
{
  const json_t *row = json_object_get (tree, "row");

  if ((members & (HAS_WORDS | HAS_CELL)) == 0)
    return TRUE;
  if ((members & HAS_CELL) != 0 && (members & HAS_CELL) != HAS_CELL)
    return refuse (error, _ ("A cell of a table needs both “row” and “column”."));
  if ((members & HAS_ROW) && (!json_is_integer (row) || json_integer_value (row) < 1 ||
                              json_integer_value (row) > G_MAXINT16))
    return refuse (error, _ ("“row” must be a whole number from 1."));
  decision->value = emend_value_new (NULL);
  decision->value->row = (members & HAS_ROW) ? (int) json_integer_value (row) - 1 : -1;
  if (members & HAS_VALUE)
    decision->sets |= EMEND_DECISION_SETS_VALUE;
  return read_string (tree, "value", &decision->value->value, error) &&
         read_string (tree, "text", &decision->value->text, error) &&
         read_string (tree, "column", &decision->value->column, error) &&
         read_string (tree, "override", &decision->value->override, error) &&
         read_order (decision, tree, members, error);
}

/* Whether what the decision names is a date, or its value has no order. */
static gboolean
check_order (const EmendDecision *decision,
             const EmendField *field,
             GError **error)
{
  const char *column = decision->value != NULL ? decision->value->column : NULL;
  const EmendField *cell = column != NULL && field->columns != NULL ? emend_field_find_column (field, column) : field;

  return decision->value == NULL || decision->value->date_order == 0 ||
         (cell != NULL && cell->type == EMEND_FIELD_DATE) ||
         refuse (error, _ ("Only a date has an “order”."));
}

static gboolean
read_field (EmendDecision *decision,
            const json_t *tree,
            EmendProject *project,
            GError **error)
{
  const char *name = json_string_value (json_object_get (tree, "field"));
  const EmendField *field = name != NULL ?
                              emend_schema_find_field_by_name (emend_project_get_schema (project), name) :
                              NULL;

  if (field == NULL) {
    g_set_error (error, EMEND_ENGINE_ERROR, EMEND_ENGINE_ERROR_DECISION, _ ("There is no field “%s” in the schema."),
                 name != NULL ? name : "");
    return FALSE;
  }
  decision->label = field->id;
  if (!check_order (decision, field, error))
    return FALSE;
  if (decision->proposal != 0 || !emend_uuid_is_nil (&decision->annotation))
    return TRUE;
  return emend_decision_field_resolve (decision, project, error);
}

static gboolean
read_item (EmendDecision *decision,
           const json_t *tree,
           EmendProject *project,
           GError **error)
{
  const char *path = json_string_value (json_object_get (tree, "item"));
  g_autoptr (EmendItem) item = NULL;

  if (path == NULL)
    return refuse (error, _ ("It has no “item”."));
  item = emend_project_find_item (project, path, error);
  if (item == NULL)
    return FALSE;
  decision->item = item->id;
  return TRUE;
}

/**
 * emend_decision_line_parse:
 * @line: one JSON object
 * @project: the project that it is about
 * @schema: its schema
 * @error: EMEND_ENGINE_ERROR_DECISION, EMEND_BASE_ERROR_JSON, EMEND_MODEL_ERROR_SHAPE, or what looking the
 *   item up gives
 *
 * Reads one decision as a decisions file holds it. Every line has "item", the item's path, and
 * "verdict"; "ms", the time spent, may be in any. The others by verdict:
 *
 * - "accept", "reject": "proposal" (RUN:ORDINAL); "comment"
 * - "correct": "proposal" or "annotation", and of "label" (name), "box" ([left, top, width, height] in
 *   image pixels) or "shape" (emend_shape_to_json()), "attributes" and "comment" at least one
 * - "add": "label", "box" or "shape"; "page" (from 1), "attributes", "comment", "annotation" (the
 *   identity that it shall have)
 * - "absent", "illegible": "proposal", "annotation" or "field"; "comment"; of what is illegible its "page" and "box"
 * - "clear": "proposal", "annotation" or "field"
 * - "done", "reopen": nothing more
 * - "item": "decision", one of the schema's, or null
 *
 * A value of a document is named by "field", which stands for the proposal or decision that its form would show,
 * with "row" (from 1) and "column" for the cell of a table. "correct" and "add" have its "value", and may have "text"
 * (as it is printed), "page", "box", "override" (why it stands against the rules), and, of a date that has two
 * readings, "order" ("dmy", "mdy" or "ymd"): in which order it is read where that is not as the field says.
 *
 * A member that is not known, or that the verdict has no use for, is refused: ignoring it would lose
 * what somebody meant. Not for the main thread.
 *
 * Returns: (transfer full) (nullable): the decision, with the replay as its source
 */
EmendDecision *
emend_decision_line_parse (GBytes *line,
                           EmendProject *project,
                           EmendSchema *schema,
                           GError **error)
{
  gsize size;
  const char *text = g_bytes_get_data (line, &size);
  g_autoptr (json_t) tree = emend_json_parse (text, size, EMEND_LINE_MAX_SIZE, error);
  g_autoptr (EmendDecision) decision = NULL;
  const VerdictRule *rule;
  guint members;

  if (tree == NULL)
    return NULL;
  if (!json_is_object (tree)) {
    refuse (error, _ ("It is not a JSON object."));
    return NULL;
  }
  if (!collect_members (tree, &members, error))
    return NULL;
  rule = find_rule (json_string_value (json_object_get (tree, "verdict")), error);
  if (rule == NULL || !check_members (rule, members, error))
    return NULL;
  decision = emend_decision_new (rule->kind, 0);
  decision->source = EMEND_DECISION_BY_REPLAY;
  if (!read_item (decision, tree, project, error) || !read_target (decision, tree, members, error) ||
      !read_place (decision, tree, members, error) || !read_numbers (decision, tree, members, error) ||
      !read_texts (decision, tree, members, error))
    return NULL;
  if ((members & HAS_LABEL) && !read_label (decision, tree, schema, error))
    return NULL;
  if ((members & HAS_ATTRIBUTES) && !read_attributes (decision, tree, error))
    return NULL;
  if (!read_value (decision, tree, members, error) ||
      ((members & HAS_FIELD) && !read_field (decision, tree, project, error)))
    return NULL;
  return g_steal_pointer (&decision);
}
