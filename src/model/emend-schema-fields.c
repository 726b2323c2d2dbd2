#define G_LOG_DOMAIN "emend-model"

#include "config.h"

#include "emend-schema-private.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "emend-model-error.h"
#include "emend-normal.h"

/* A form with more is not one that a person fills in. */
#define MAX_FIELDS 2000
#define MAX_RULES 2000
#define MAX_LISTS 100

/**
 * emend_schema_get_n_fields:
 * @schema: a schema
 *
 * Returns: how many fields it has, retired ones too. Any thread.
 */
gsize
emend_schema_get_n_fields (EmendSchema *schema)
{
  return schema->fields->len;
}

/**
 * emend_schema_get_field:
 * @schema: a schema
 * @index: from 0, in the order of the form
 *
 * Returns: (transfer none): the field at that place. Any thread.
 */
const EmendField *
emend_schema_get_field (EmendSchema *schema,
                        gsize index)
{
  g_return_val_if_fail (index < schema->fields->len, NULL);

  return g_ptr_array_index (schema->fields, index);
}

/**
 * emend_schema_find_field:
 * @schema: a schema
 * @id: a number
 *
 * Returns: (transfer none) (nullable): the field of that number; %NULL for that of a label. Any thread.
 */
const EmendField *
emend_schema_find_field (EmendSchema *schema,
                         int id)
{
  for (guint i = 0; i < schema->fields->len; i++) {
    const EmendField *field = g_ptr_array_index (schema->fields, i);
    if (field->id == id)
      return field;
  }
  return NULL;
}

/**
 * emend_schema_find_field_by_name:
 * @schema: a schema
 * @name: a field's name, exactly
 *
 * Returns: (transfer none) (nullable): the field. Any thread.
 */
const EmendField *
emend_schema_find_field_by_name (EmendSchema *schema,
                                 const char *name)
{
  for (guint i = 0; i < schema->fields->len; i++) {
    const EmendField *field = g_ptr_array_index (schema->fields, i);
    if (g_strcmp0 (field->name, name) == 0)
      return field;
  }
  return NULL;
}

/**
 * emend_schema_find_entry_name:
 * @schema: a schema
 * @id: number of a label or a field
 *
 * Returns: (transfer none) (nullable): its name as in files. Any thread.
 */
const char *
emend_schema_find_entry_name (EmendSchema *schema,
                              int id)
{
  const EmendLabel *label = emend_schema_find_label (schema, id);
  const EmendField *field = label == NULL ? emend_schema_find_field (schema, id) : NULL;

  return label != NULL ? label->name : field != NULL ? field->name :
                                                       NULL;
}

/* What a value is read as: the field, or the column of a table that it belongs to. */
static const EmendField *
find_cell (EmendSchema *schema,
           int id,
           const EmendValue *value)
{
  const EmendField *field = emend_schema_find_field (schema, id);

  if (field == NULL || field->type != EMEND_FIELD_TABLE)
    return value->row < 0 && value->column == NULL ? field : NULL;
  return value->row >= 0 && value->column != NULL ? emend_field_find_column (field, value->column) : NULL;
}

/**
 * emend_schema_has_cell:
 * @schema: a schema
 * @id: number of a field
 * @value: a value
 *
 * Returns: whether the field can have it: a table a value with row and column, another field one without. Any thread.
 */
gboolean
emend_schema_has_cell (EmendSchema *schema,
                       int id,
                       const EmendValue *value)
{
  return find_cell (schema, id, value) != NULL;
}

/**
 * emend_schema_normalise:
 * @schema: a schema
 * @id: number of a field
 * @value: a value of it, whose normalised form is set; a date in the order that a person chose for it
 *
 * Any thread.
 */
void
emend_schema_normalise (EmendSchema *schema,
                        int id,
                        EmendValue *value)
{
  const EmendField *field = find_cell (schema, id, value);

  g_clear_pointer (&value->normal, g_free);
  if (field != NULL && value->value != NULL) {
    g_auto (EmendNormal) result = { 0 };

    emend_field_parse_in_order (field, emend_schema_find_list (schema, field->list), value->date_order, value->value,
                                &result);
    value->normal = g_steal_pointer (&result.normal);
  }
}

/**
 * emend_schema_add_field:
 * @schema: a schema that only the caller holds
 * @field: (transfer full): the field; a number of 0 is replaced by the next free one
 *
 * Appends it to the form.
 *
 * Returns: its number, or 0 when name or number is taken or the name is empty
 */
int
emend_schema_add_field (EmendSchema *schema,
                        EmendField *field)
{
  g_autoptr (EmendField) owned = field;
  int id = field->id != 0 ? field->id : schema->next_id;

  if (field->name == NULL || *field->name == '\0' || id < 1 || id == G_MAXINT ||
      emend_schema_find_entry_name (schema, id) != NULL ||
      emend_schema_find_field_by_name (schema, field->name) != NULL)
    return 0;
  field->id = id;
  schema->next_id = MAX (schema->next_id, id + 1);
  g_ptr_array_add (schema->fields, g_steal_pointer (&owned));
  return id;
}

/**
 * emend_schema_set_field:
 * @schema: a schema that only the caller holds
 * @field: (transfer full): takes the place of the field with the same number
 *
 * Returns: whether there is a field of that number and no other one of that name
 */
gboolean
emend_schema_set_field (EmendSchema *schema,
                        EmendField *field)
{
  g_autoptr (EmendField) owned = field;
  const EmendField *other = emend_schema_find_field_by_name (schema, field->name);

  if (other != NULL && other->id != field->id)
    return FALSE;
  for (guint i = 0; i < schema->fields->len; i++) {
    EmendField *old = g_ptr_array_index (schema->fields, i);

    if (old->id != field->id)
      continue;
    emend_field_free (old);
    schema->fields->pdata[i] = g_steal_pointer (&owned);
    return TRUE;
  }
  return FALSE;
}

/**
 * emend_schema_move_field:
 * @schema: a schema that only the caller holds
 * @id: number of a field
 * @index: its new place in the form, from 0
 */
void
emend_schema_move_field (EmendSchema *schema,
                         int id,
                         gsize index)
{
  for (guint i = 0; i < schema->fields->len; i++) {
    EmendField *field = g_ptr_array_index (schema->fields, i);

    if (field->id != id)
      continue;
    g_ptr_array_steal_index (schema->fields, i);
    g_ptr_array_insert (schema->fields, (int) MIN (index, schema->fields->len), field);
    return;
  }
}

/**
 * emend_schema_clear_fields:
 * @schema: a schema that only the caller holds
 *
 * Takes all fields, rules and look-up lists away. Fields that are added later get numbers that none of them had.
 */
void
emend_schema_clear_fields (EmendSchema *schema)
{
  g_ptr_array_set_size (schema->fields, 0);
  g_ptr_array_set_size (schema->rules, 0);
  g_ptr_array_set_size (schema->lists, 0);
}

/**
 * emend_schema_get_n_rules:
 * @schema: a schema
 *
 * Returns: how many rules across fields it has. Any thread.
 */
gsize
emend_schema_get_n_rules (EmendSchema *schema)
{
  return schema->rules->len;
}

/**
 * emend_schema_get_rule:
 * @schema: a schema
 * @index: from 0
 *
 * Returns: (transfer none): a rule. Any thread.
 */
const EmendRule *
emend_schema_get_rule (EmendSchema *schema,
                       gsize index)
{
  g_return_val_if_fail (index < schema->rules->len, NULL);

  return g_ptr_array_index (schema->rules, index);
}

static gboolean
operand_exists (EmendSchema *schema,
                const char *operand)
{
  const char *dot = strchr (operand, '.');
  g_autofree char *table = dot != NULL ? g_strndup (operand, (gsize) (dot - operand)) : NULL;
  const EmendField *field = emend_schema_find_field_by_name (schema, operand);

  if (field != NULL)
    return field->type != EMEND_FIELD_TABLE;
  field = table != NULL ? emend_schema_find_field_by_name (schema, table) : NULL;
  return field != NULL && emend_field_find_column (field, dot + 1) != NULL;
}

/**
 * emend_schema_add_rule:
 * @schema: a schema that only the caller holds
 * @rule: (transfer full): a rule
 *
 * Returns: whether its name is free and all that it speaks of is in the schema
 */
gboolean
emend_schema_add_rule (EmendSchema *schema,
                       EmendRule *rule)
{
  g_autoptr (EmendRule) owned = rule;

  if (!operand_exists (schema, rule->target))
    return FALSE;
  for (gsize i = 0; rule->operands[i] != NULL; i++) {
    if (!operand_exists (schema, rule->operands[i]))
      return FALSE;
  }
  for (guint i = 0; i < schema->rules->len; i++) {
    const EmendRule *other = g_ptr_array_index (schema->rules, i);
    if (g_str_equal (other->name, rule->name))
      return FALSE;
  }
  g_ptr_array_add (schema->rules, g_steal_pointer (&owned));
  return TRUE;
}

/**
 * emend_schema_clear_rules:
 * @schema: a schema that only the caller holds
 *
 * Takes all rules away.
 */
void
emend_schema_clear_rules (EmendSchema *schema)
{
  g_ptr_array_set_size (schema->rules, 0);
}

/**
 * emend_schema_get_n_lists:
 * @schema: a schema
 *
 * Returns: how many look-up lists it has. Any thread.
 */
gsize
emend_schema_get_n_lists (EmendSchema *schema)
{
  return schema->lists->len;
}

/**
 * emend_schema_get_list:
 * @schema: a schema
 * @index: from 0
 *
 * Returns: (transfer none): a look-up list. Any thread.
 */
const EmendList *
emend_schema_get_list (EmendSchema *schema,
                       gsize index)
{
  g_return_val_if_fail (index < schema->lists->len, NULL);

  return g_ptr_array_index (schema->lists, index);
}

/**
 * emend_schema_find_list:
 * @schema: a schema
 * @name: (nullable): of a look-up list
 *
 * Returns: (transfer none) (nullable): the list. Any thread.
 */
const EmendList *
emend_schema_find_list (EmendSchema *schema,
                        const char *name)
{
  for (guint i = 0; name != NULL && i < schema->lists->len; i++) {
    const EmendList *list = g_ptr_array_index (schema->lists, i);
    if (g_str_equal (list->name, name))
      return list;
  }
  return NULL;
}

/**
 * emend_schema_set_list:
 * @schema: a schema that only the caller holds
 * @list: (transfer full): takes the place of the list of the same name, if there is one
 */
void
emend_schema_set_list (EmendSchema *schema,
                       EmendList *list)
{
  for (guint i = 0; i < schema->lists->len; i++) {
    EmendList *old = g_ptr_array_index (schema->lists, i);

    if (!g_str_equal (old->name, list->name))
      continue;
    emend_list_free (old);
    schema->lists->pdata[i] = list;
    return;
  }
  g_ptr_array_add (schema->lists, list);
}

/**
 * emend_schema_copy_with_learned:
 * @schema: a schema
 *
 * Returns: (transfer full): the same for a file: what its lists learned are other spellings like all others there. Any
 *   thread.
 */
EmendSchema *
emend_schema_copy_with_learned (EmendSchema *schema)
{
  EmendSchema *copy = emend_schema_copy (schema);

  for (guint i = 0; i < schema->lists->len; i++)
    emend_schema_set_list (copy, emend_list_copy_with_learned (g_ptr_array_index (schema->lists, i)));
  return copy;
}

/**
 * emend_schema_copy_fields:
 * @schema: a schema
 * @copy: a new one, that gets its fields, rules and lists
 */
void
emend_schema_copy_fields (EmendSchema *schema,
                          EmendSchema *copy)
{
  for (guint i = 0; i < schema->fields->len; i++)
    g_ptr_array_add (copy->fields, emend_field_copy (g_ptr_array_index (schema->fields, i)));
  for (guint i = 0; i < schema->rules->len; i++)
    g_ptr_array_add (copy->rules, emend_rule_copy (g_ptr_array_index (schema->rules, i)));
  for (guint i = 0; i < schema->lists->len; i++)
    g_ptr_array_add (copy->lists, emend_list_copy (g_ptr_array_index (schema->lists, i)));
}

/* All that says how values of the field are read, as text; %NULL when the field is not there. */
static char *
describe_reading (EmendSchema *schema,
                  int id)
{
  const EmendField *field = emend_schema_find_field (schema, id);
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (EmendJsonWriter) writer = emend_json_writer_new (text, FALSE);
  guint n_columns = field != NULL && field->columns != NULL ? field->columns->len : 0;

  if (field == NULL)
    return NULL;
  emend_json_begin_array (writer);
  emend_field_to_json (field, writer);
  for (guint i = 0; i <= n_columns; i++) {
    const EmendField *cell = i < n_columns ? g_ptr_array_index (field->columns, i) : field;
    const EmendList *list = emend_schema_find_list (schema, cell->list);

    if (list != NULL)
      emend_list_to_json (list, writer);
    else
      emend_json_null (writer);
  }
  emend_json_end_array (writer);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static gboolean
learned_alike (EmendSchema *schema,
               EmendSchema *other,
               const char *name)
{
  const EmendList *a = emend_schema_find_list (schema, name);
  const EmendList *b = emend_schema_find_list (other, name);

  return a == b || (a != NULL && b != NULL && emend_list_learned_alike (a, b));
}

/**
 * emend_schema_reads_alike:
 * @schema: a schema
 * @other: another
 * @id: number of a field
 *
 * Returns: whether both have the same field of that number, with the same look-up lists that learned the same, so that
 *   its values have the same normalised form in both. Any thread.
 */
gboolean
emend_schema_reads_alike (EmendSchema *schema,
                          EmendSchema *other,
                          int id)
{
  g_autofree char *a = describe_reading (schema, id);
  g_autofree char *b = describe_reading (other, id);
  const EmendField *field = emend_schema_find_field (schema, id);

  if (g_strcmp0 (a, b) != 0)
    return FALSE;
  for (guint i = 0; field != NULL && field->columns != NULL && i < field->columns->len; i++) {
    const EmendField *column = g_ptr_array_index (field->columns, i);
    if (!learned_alike (schema, other, column->list))
      return FALSE;
  }
  return field == NULL || learned_alike (schema, other, field->list);
}

/**
 * emend_schema_fields_to_json:
 * @schema: a schema
 * @writer: in the object of the schema
 *
 * Writes "fields", "rules" and "lists", each where there are any.
 */
void
emend_schema_fields_to_json (EmendSchema *schema,
                             EmendJsonWriter *writer)
{
  if (schema->fields->len > 0) {
    emend_json_key (writer, "fields");
    emend_json_begin_array (writer);
    for (guint i = 0; i < schema->fields->len; i++)
      emend_field_to_json (g_ptr_array_index (schema->fields, i), writer);
    emend_json_end_array (writer);
  }
  if (schema->rules->len > 0) {
    emend_json_key (writer, "rules");
    emend_json_begin_array (writer);
    for (guint i = 0; i < schema->rules->len; i++)
      emend_rule_to_json (g_ptr_array_index (schema->rules, i), writer);
    emend_json_end_array (writer);
  }
  if (schema->lists->len > 0) {
    emend_json_key (writer, "lists");
    emend_json_begin_array (writer);
    for (guint i = 0; i < schema->lists->len; i++)
      emend_list_to_json (g_ptr_array_index (schema->lists, i), writer);
    emend_json_end_array (writer);
  }
}

static gboolean
check_array (const json_t *json,
             const char *name,
             gsize most,
             GError **error)
{
  if (json == NULL || (json_is_array (json) && json_array_size (json) <= most))
    return TRUE;
  g_set_error (error, EMEND_MODEL_ERROR, EMEND_MODEL_ERROR_SCHEMA,
               /* TRANSLATORS: the name of a member of the file, then a number. */
               _ ("“%s” of the schema is not a list of at most %d."), name, (int) most);
  return FALSE;
}

static gboolean
fields_from_json (EmendSchema *schema,
                  const json_t *json,
                  GError **error)
{
  for (gsize i = 0; i < json_array_size (json); i++) {
    EmendField *field = emend_field_from_json (json_array_get (json, i), error);
    g_autofree char *name = field != NULL ? g_strdup (field->name) : NULL;

    if (field == NULL)
      return FALSE;
    if (emend_schema_add_field (schema, field) == 0) {
      g_set_error (error, EMEND_MODEL_ERROR, EMEND_MODEL_ERROR_SCHEMA,
                   _ ("The field “%s” of the schema has a name or a number that is taken."), name);
      return FALSE;
    }
  }
  return TRUE;
}

static gboolean
rules_from_json (EmendSchema *schema,
                 const json_t *json,
                 GError **error)
{
  for (gsize i = 0; i < json_array_size (json); i++) {
    EmendRule *rule = emend_rule_from_json (json_array_get (json, i), error);
    g_autofree char *name = rule != NULL ? g_strdup (rule->name) : NULL;

    if (rule == NULL)
      return FALSE;
    if (!emend_schema_add_rule (schema, rule)) {
      g_set_error (error, EMEND_MODEL_ERROR, EMEND_MODEL_ERROR_SCHEMA,
                   _ ("The rule “%s” of the schema has a name that is taken, or speaks of a field that is not there."),
                   name);
      return FALSE;
    }
  }
  return TRUE;
}

static gboolean
lists_from_json (EmendSchema *schema,
                 const json_t *json,
                 GError **error)
{
  for (gsize i = 0; i < json_array_size (json); i++) {
    EmendList *list = emend_list_from_json (json_array_get (json, i), error);

    if (list == NULL)
      return FALSE;
    emend_schema_set_list (schema, list);
  }
  return TRUE;
}

/**
 * emend_schema_fields_from_json:
 * @schema: a schema that has its labels
 * @tree: the object of a schema file
 * @error: EMEND_MODEL_ERROR_SCHEMA
 *
 * Reads what emend_schema_fields_to_json() wrote, or a person.
 *
 * Returns: whether all of it is sound
 */
gboolean
emend_schema_fields_from_json (EmendSchema *schema,
                               const json_t *tree,
                               GError **error)
{
  const json_t *fields = json_object_get (tree, "fields");
  const json_t *rules = json_object_get (tree, "rules");
  const json_t *lists = json_object_get (tree, "lists");

  return check_array (fields, "fields", MAX_FIELDS, error) && check_array (rules, "rules", MAX_RULES, error) &&
         check_array (lists, "lists", MAX_LISTS, error) && fields_from_json (schema, fields, error) &&
         rules_from_json (schema, rules, error) && lists_from_json (schema, lists, error);
}
