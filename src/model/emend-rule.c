#define G_LOG_DOMAIN "emend-model"

#include "config.h"

#include "emend-rule.h"

#include <glib/gi18n-lib.h>

#include "emend-json-members.h"
#include "emend-model-error.h"

#define MAX_OPERANDS 100
#define MAX_NAME 500 /* characters of a name, and of "table.column" */
#define MAX_SENTENCE 2000

static const char *const kind_names[] = { NULL, "sum", "product", "equal", "before", "after" };
static const char *const members[] = { "name", "kind", "target", "operands", "tolerance", "sentence" };

/**
 * emend_rule_new:
 * @name: unique in the schema
 * @kind: what must hold
 * @target: a field's name, or "table.column"
 * @operands: (array zero-terminated=1): likewise
 *
 * Returns: (transfer full): a rule without tolerance and sentence. Any thread.
 */
EmendRule *
emend_rule_new (const char *name,
                EmendRuleKind kind,
                const char *target,
                const char *const *operands)
{
  EmendRule *rule = g_new0 (EmendRule, 1);

  rule->name = g_strdup (name);
  rule->kind = kind;
  rule->target = g_strdup (target);
  rule->operands = g_strdupv ((char **) operands);
  return rule;
}

/**
 * emend_rule_copy:
 * @rule: a rule
 *
 * Returns: (transfer full): the same. Any thread.
 */
EmendRule *
emend_rule_copy (const EmendRule *rule)
{
  EmendRule *copy = emend_rule_new (rule->name, rule->kind, rule->target, (const char *const *) rule->operands);

  copy->tolerance = rule->tolerance;
  copy->sentence = g_strdup (rule->sentence);
  return copy;
}

/**
 * emend_rule_free:
 * @rule: (transfer full) (nullable): a rule
 *
 * Any thread.
 */
void
emend_rule_free (EmendRule *rule)
{
  if (rule == NULL)
    return;
  g_free (rule->name);
  g_free (rule->target);
  g_strfreev (rule->operands);
  g_free (rule->sentence);
  g_free (rule);
}

/**
 * emend_rule_to_json:
 * @rule: a rule
 * @writer: where an object is expected
 *
 * Writes the rule as it stands in schema files: `{"name", "kind" ("sum", "product", "equal", "before" or "after"),
 * "target", "operands": [name], "tolerance"?, "sentence"?}`. Any thread.
 */
void
emend_rule_to_json (const EmendRule *rule,
                    EmendJsonWriter *writer)
{
  emend_json_begin_object (writer);
  emend_json_key (writer, "name");
  emend_json_string (writer, rule->name);
  emend_json_key (writer, "kind");
  emend_json_string (writer, kind_names[rule->kind]);
  emend_json_key (writer, "target");
  emend_json_string (writer, rule->target);
  emend_json_key (writer, "operands");
  emend_json_begin_array (writer);
  for (char **operand = rule->operands; *operand != NULL; operand++)
    emend_json_string (writer, *operand);
  emend_json_end_array (writer);
  if (rule->tolerance > 0) {
    emend_json_key (writer, "tolerance");
    emend_json_double (writer, rule->tolerance);
  }
  emend_json_string_member (writer, "sentence", rule->sentence);
  emend_json_end_object (writer);
}

static gboolean
refuse (GError **error,
        const char *name,
        const char *member,
        const char *expected)
{
  g_set_error (error, EMEND_MODEL_ERROR, EMEND_MODEL_ERROR_SCHEMA,
               /* TRANSLATORS: name of a rule, of a member in the file, and what is expected there ("a number"). */
               _ ("Rule “%s” of the schema: “%s” must be %s."), name, member, expected);
  return FALSE;
}

static gboolean
is_name (const char *text)
{
  return text != NULL && *text != '\0' && g_utf8_strlen (text, -1) <= MAX_NAME;
}

static gboolean
kind_from_name (const char *name,
                EmendRuleKind *kind)
{
  for (guint i = EMEND_RULE_SUM; name != NULL && i < G_N_ELEMENTS (kind_names); i++) {
    if (g_str_equal (kind_names[i], name)) {
      *kind = (EmendRuleKind) i;
      return TRUE;
    }
  }
  return FALSE;
}

static gboolean
check_members (const json_t *json,
               const char *name,
               GError **error)
{
  const char *unknown = emend_json_find_unknown (json, members, G_N_ELEMENTS (members));

  if (unknown != NULL)
    g_set_error (error, EMEND_MODEL_ERROR, EMEND_MODEL_ERROR_SCHEMA,
                 _ ("Rule “%s” of the schema has “%s”, which this version does not know."), name, unknown);
  return unknown == NULL;
}

static gboolean
read_operands (const json_t *json,
               const char *name,
               char ***operands,
               GError **error)
{
  const json_t *value = json_object_get (json, "operands");
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  gsize n = json_array_size (value);

  for (gsize i = 0; i < n && n <= MAX_OPERANDS; i++) {
    const char *operand = json_string_value (json_array_get (value, i));

    if (!is_name (operand))
      return refuse (error, name, "operands", _ ("a list of one to 100 names of fields"));
    g_strv_builder_add (builder, operand);
  }
  if (n == 0 || n > MAX_OPERANDS)
    return refuse (error, name, "operands", _ ("a list of one to 100 names of fields"));
  *operands = g_strv_builder_end (builder);
  return TRUE;
}

/* Reads what a rule may have. */
static gboolean
read_rest (const json_t *json,
           EmendRule *rule,
           GError **error)
{
  const json_t *tolerance = json_object_get (json, "tolerance");
  const json_t *sentence = json_object_get (json, "sentence");
  const char *text = json_string_value (sentence);

  if (tolerance != NULL && (!json_is_number (tolerance) || json_number_value (tolerance) < 0))
    return refuse (error, rule->name, "tolerance", _ ("a number from 0"));
  if (sentence != NULL && (text == NULL || *text == '\0' || g_utf8_strlen (text, -1) > MAX_SENTENCE))
    return refuse (error, rule->name, "sentence", _ ("a text, not empty and not longer than 2000 characters"));
  rule->tolerance = json_number_value (tolerance);
  rule->sentence = g_strdup (text);
  return check_members (json, rule->name, error);
}

/**
 * emend_rule_from_json:
 * @json: an object as emend_rule_to_json() describes it
 * @error: EMEND_MODEL_ERROR_SCHEMA with a sentence that names the rule and the member
 *
 * Reads strictly: wrong types and members that are not known are refused. Whether the fields exist is the schema's
 * business.
 *
 * Returns: (transfer full) (nullable): the rule. Any thread.
 */
EmendRule *
emend_rule_from_json (const json_t *json,
                      GError **error)
{
  const char *name = json_string_value (json_object_get (json, "name"));
  const char *target = json_string_value (json_object_get (json, "target"));
  g_auto (GStrv) operands = NULL;
  g_autoptr (EmendRule) rule = NULL;
  EmendRuleKind kind;

  if (!is_name (name)) {
    refuse (error, "", "name", _ ("a text, not empty and not longer than 500 characters"));
    return NULL;
  }
  if (!kind_from_name (json_string_value (json_object_get (json, "kind")), &kind)) {
    refuse (error, name, "kind", _ ("one of “sum”, “product”, “equal”, “before”, “after”"));
    return NULL;
  }
  if (!is_name (target)) {
    refuse (error, name, "target", _ ("the name of a field, or “table.column”"));
    return NULL;
  }
  if (!read_operands (json, name, &operands, error))
    return NULL;
  rule = emend_rule_new (name, kind, target, (const char *const *) operands);
  return read_rest (json, rule, error) ? g_steal_pointer (&rule) : NULL;
}
