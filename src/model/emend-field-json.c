#define G_LOG_DOMAIN "emend-model"

#include "config.h"

#include "emend-field.h"

#include <math.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include "emend-json-members.h"
#include "emend-model-error.h"
#include "emend-normal-private.h"

#define MAX_COLUMNS 200
#define MAX_CHOICES 10000
#define MAX_NAME 200     /* characters of a name or title */
#define MAX_PATTERN 1000 /* bytes */
#define MAX_CHARACTERS 100000000

/* In the order in which they are written. */
static const char *const members[] = {
  "id",
  "name",
  "title",
  "type",
  "required",
  "repeatable",
  "blind",
  "retired",
  "order",
  "currency",
  "pattern",
  "min",
  "max",
  "min_length",
  "max_length",
  "choices",
  "list",
  "columns",
};

static void
write_flag (EmendJsonWriter *writer,
            const char *key,
            gboolean flag)
{
  if (!flag)
    return;
  emend_json_key (writer, key);
  emend_json_bool (writer, TRUE);
}

static void
write_number (EmendJsonWriter *writer,
              const char *key,
              double number)
{
  if (isnan (number))
    return;
  emend_json_key (writer, key);
  emend_json_double (writer, number);
}

static void
write_length (EmendJsonWriter *writer,
              const char *key,
              int length)
{
  if (length <= 0)
    return;
  emend_json_key (writer, key);
  emend_json_int (writer, length);
}

/**
 * emend_field_to_json:
 * @field: a field
 * @writer: where an object is expected
 *
 * Writes the field as it stands in schema files: `{"id"?, "name", "title"?, "type", "required"?, "repeatable"?,
 * "blind"?, "retired"?, "order"? ("dmy", "mdy" or "ymd", of dates), "currency"?, "pattern"?, "min"?, "max"?,
 * "min_length"?, "max_length"?, "choices"?: [text], "list"?, "columns"?: [field]}`. What says nothing is left out.
 * Any thread.
 */
void
emend_field_to_json (const EmendField *field,
                     EmendJsonWriter *writer)
{
  emend_json_begin_object (writer);
  write_length (writer, "id", field->id);
  emend_json_string_member (writer, "name", field->name);
  emend_json_string_member (writer, "title", field->title);
  emend_json_string_member (writer, "type", emend_field_type_to_name (field->type));
  write_flag (writer, "required", field->required);
  write_flag (writer, "repeatable", field->repeatable);
  write_flag (writer, "blind", field->blind);
  write_flag (writer, "retired", field->retired);
  if (field->type == EMEND_FIELD_DATE)
    emend_json_string_member (writer, "order", emend_date_order_to_name (field->date_order));
  emend_json_string_member (writer, "currency", field->currency);
  emend_json_string_member (writer, "pattern", field->pattern);
  write_number (writer, "min", field->minimum);
  write_number (writer, "max", field->maximum);
  write_length (writer, "min_length", field->min_length);
  write_length (writer, "max_length", field->max_length);
  if (field->choices != NULL) {
    emend_json_key (writer, "choices");
    emend_json_begin_array (writer);
    for (char **choice = field->choices; *choice != NULL; choice++)
      emend_json_string (writer, *choice);
    emend_json_end_array (writer);
  }
  emend_json_string_member (writer, "list", field->list);
  if (field->columns != NULL) {
    emend_json_key (writer, "columns");
    emend_json_begin_array (writer);
    for (guint i = 0; i < field->columns->len; i++)
      emend_field_to_json (g_ptr_array_index (field->columns, i), writer);
    emend_json_end_array (writer);
  }
  emend_json_end_object (writer);
}

static gboolean
refuse (GError **error,
        const char *name,
        const char *member,
        const char *expected)
{
  g_set_error (error, EMEND_MODEL_ERROR, EMEND_MODEL_ERROR_SCHEMA,
               /* TRANSLATORS: name of a field, of a member in the file, and what is expected there ("a number"). */
               _ ("Field “%s” of the schema: “%s” must be %s."), name, member, expected);
  return FALSE;
}

static gboolean
is_name (const char *text)
{
  if (*text == '\0' || g_utf8_strlen (text, -1) > MAX_NAME)
    return FALSE;
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p)) {
    if (g_unichar_iscntrl (g_utf8_get_char (p)))
      return FALSE;
  }
  return TRUE;
}

/* Reads a text of one line, or NULL when there is no such member. */
static gboolean
read_string (const json_t *json,
             const char *name,
             const char *member,
             char **out,
             GError **error)
{
  const json_t *value = json_object_get (json, member);

  if (value == NULL)
    return TRUE;
  if (!json_is_string (value) || !is_name (json_string_value (value)))
    return refuse (error, name, member, _ ("a text of one line, not empty and not longer than 200 characters"));
  *out = g_strdup (json_string_value (value));
  return TRUE;
}

static gboolean
read_flag (const json_t *json,
           const char *name,
           const char *member,
           gboolean *out,
           GError **error)
{
  const json_t *value = json_object_get (json, member);

  if (value == NULL)
    return TRUE;
  if (!json_is_boolean (value))
    return refuse (error, name, member, _ ("true or false"));
  *out = json_is_true (value);
  return TRUE;
}

static gboolean
read_number (const json_t *json,
             const char *name,
             const char *member,
             double *out,
             GError **error)
{
  const json_t *value = json_object_get (json, member);

  if (value == NULL)
    return TRUE;
  if (!json_is_number (value))
    return refuse (error, name, member, _ ("a number"));
  *out = json_number_value (value);
  return TRUE;
}

static gboolean
read_length (const json_t *json,
             const char *name,
             const char *member,
             int *out,
             GError **error)
{
  const json_t *value = json_object_get (json, member);

  if (value == NULL)
    return TRUE;
  if (!json_is_integer (value) || json_integer_value (value) < 0 || json_integer_value (value) > MAX_CHARACTERS)
    return refuse (error, name, member, _ ("a whole number of characters"));
  *out = (int) json_integer_value (value);
  return TRUE;
}

static gboolean
read_flags (const json_t *json,
            EmendField *field,
            GError **error)
{
  return read_flag (json, field->name, "required", &field->required, error) &&
         read_flag (json, field->name, "repeatable", &field->repeatable, error) &&
         read_flag (json, field->name, "blind", &field->blind, error) &&
         read_flag (json, field->name, "retired", &field->retired, error);
}

static gboolean
read_order (const json_t *json,
            EmendField *field,
            GError **error)
{
  const json_t *value = json_object_get (json, "order");

  if (value == NULL)
    return TRUE;
  field->date_order = emend_date_order_from_name (json_string_value (value));
  if (field->date_order != 0)
    return TRUE;
  return refuse (error, field->name, "order", _ ("“dmy”, “mdy” or “ymd”"));
}

static gboolean
read_currency (const json_t *json,
               EmendField *field,
               GError **error)
{
  const json_t *value = json_object_get (json, "currency");
  const char *text = json_string_value (value);

  if (value == NULL)
    return TRUE;
  if (text == NULL || strlen (text) != 3 || strspn (text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != 3)
    return refuse (error, field->name, "currency", _ ("three capital letters of ISO 4217, such as “EUR”"));
  field->currency = g_strdup (text);
  return TRUE;
}

static gboolean
read_pattern (const json_t *json,
              EmendField *field,
              GError **error)
{
  const json_t *value = json_object_get (json, "pattern");
  const char *text = json_string_value (value);
  g_autoptr (GError) problem = NULL;
  g_autoptr (GRegex) regex = NULL;

  if (value == NULL)
    return TRUE;
  if (text == NULL || *text == '\0' || strlen (text) > MAX_PATTERN)
    return refuse (error, field->name, "pattern", _ ("a regular expression of at most 1000 bytes"));
  regex = emend_field_compile_pattern (text, &problem);
  if (regex == NULL) {
    g_set_error (error, EMEND_MODEL_ERROR, EMEND_MODEL_ERROR_SCHEMA,
                 /* TRANSLATORS: name of a field, and the words of the library that reads regular expressions. */
                 _ ("Field “%s” of the schema: “pattern” is not a valid regular expression: %s"), field->name,
                 problem->message);
    return FALSE;
  }
  field->pattern = g_strdup (text);
  return TRUE;
}

static gboolean
read_range (const json_t *json,
            EmendField *field,
            GError **error)
{
  if (!read_number (json, field->name, "min", &field->minimum, error) ||
      !read_number (json, field->name, "max", &field->maximum, error) ||
      !read_length (json, field->name, "min_length", &field->min_length, error) ||
      !read_length (json, field->name, "max_length", &field->max_length, error))
    return FALSE;
  if (field->minimum > field->maximum)
    return refuse (error, field->name, "max", _ ("at least “min”"));
  if (field->max_length > 0 && field->min_length > field->max_length)
    return refuse (error, field->name, "max_length", _ ("at least “min_length”"));
  return TRUE;
}

static gboolean
read_choices (const json_t *json,
              EmendField *field,
              GError **error)
{
  const json_t *value = json_object_get (json, "choices");
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  const char *expected = _ ("a list of one to 10000 different texts");
  gsize n_choices = json_array_size (value);

  if (value == NULL)
    return TRUE;
  if (!json_is_array (value) || n_choices == 0 || n_choices > MAX_CHOICES)
    return refuse (error, field->name, "choices", expected);
  for (gsize i = 0; i < n_choices; i++) {
    const char *text = json_string_value (json_array_get (value, i));

    if (text == NULL || !is_name (text) || !g_hash_table_add (seen, (gpointer) text))
      return refuse (error, field->name, "choices", expected);
    g_strv_builder_add (builder, text);
  }
  field->choices = g_strv_builder_end (builder);
  return TRUE;
}

static EmendField *field_from_json (const json_t *json,
                                    const EmendField *table,
                                    GError **error);

static gboolean
read_columns (const json_t *json,
              EmendField *field,
              GError **error)
{
  const json_t *value = json_object_get (json, "columns");

  if (field->type != EMEND_FIELD_TABLE && value != NULL)
    return refuse (error, field->name, "columns", _ ("left out, as it is no table"));
  if (field->type != EMEND_FIELD_TABLE)
    return TRUE;
  if (!json_is_array (value) || json_array_size (value) == 0 || json_array_size (value) > MAX_COLUMNS)
    return refuse (error, field->name, "columns", _ ("a list of one to 200 columns"));
  for (gsize i = 0; i < json_array_size (value); i++) {
    g_autoptr (EmendField) column = field_from_json (json_array_get (value, i), field, error);

    if (column == NULL)
      return FALSE;
    if (emend_field_find_column (field, column->name) != NULL) {
      g_set_error (error, EMEND_MODEL_ERROR, EMEND_MODEL_ERROR_SCHEMA,
                   _ ("Field “%s” of the schema: “columns” has the column “%s” twice."), field->name, column->name);
      return FALSE;
    }
    g_ptr_array_add (field->columns, g_steal_pointer (&column));
  }
  return TRUE;
}

static gboolean
check_members (const json_t *json,
               const char *name,
               GError **error)
{
  const char *unknown = emend_json_find_unknown (json, members, G_N_ELEMENTS (members));

  if (unknown != NULL)
    g_set_error (error, EMEND_MODEL_ERROR, EMEND_MODEL_ERROR_SCHEMA,
                 _ ("Field “%s” of the schema has “%s”, which this version does not know."), name, unknown);
  return unknown == NULL;
}

/* Reads what every field must have. */
static EmendField *
start_field (const json_t *json,
             const EmendField *table,
             GError **error)
{
  const char *name = json_string_value (json_object_get (json, "name"));
  const char *type_name = json_string_value (json_object_get (json, "type"));
  const json_t *id = json_object_get (json, "id");
  EmendFieldType type;

  if (name == NULL || !is_name (name)) {
    refuse (error, table != NULL ? table->name : "", "name",
            _ ("a text of one line, not empty and not longer than 200 characters"));
    return NULL;
  }
  if (type_name == NULL || !emend_field_type_from_name (type_name, &type)) {
    refuse (error, name, "type",
            _ ("one of “text”, “number”, “integer”, “amount”, “date”, “time”, “code”, “email”, “choice”, "
               "“mark”, “table”"));
    return NULL;
  }
  if (table != NULL && type == EMEND_FIELD_TABLE) {
    refuse (error, name, "type", _ ("something other than “table”, as it is a column of a table"));
    return NULL;
  }
  if (table != NULL && id != NULL) {
    refuse (error, name, "id", _ ("left out, as it is a column of a table"));
    return NULL;
  }
  if (id != NULL && (!json_is_integer (id) || json_integer_value (id) < 1 || json_integer_value (id) >= G_MAXINT)) {
    refuse (error, name, "id", _ ("a whole number from 1"));
    return NULL;
  }
  return emend_field_new ((int) json_integer_value (id), name, type);
}

static EmendField *
field_from_json (const json_t *json,
                 const EmendField *table,
                 GError **error)
{
  g_autoptr (EmendField) field = start_field (json, table, error);

  if (field == NULL || !check_members (json, field->name, error) ||
      !read_string (json, field->name, "title", &field->title, error) || !read_flags (json, field, error) ||
      !read_order (json, field, error) || !read_currency (json, field, error) || !read_pattern (json, field, error) ||
      !read_range (json, field, error) || !read_choices (json, field, error) ||
      !read_string (json, field->name, "list", &field->list, error) || !read_columns (json, field, error))
    return NULL;
  if (field->type == EMEND_FIELD_CHOICE && field->choices == NULL && field->list == NULL) {
    refuse (error, field->name, "choices", _ ("there, or “list”, as it is a choice"));
    return NULL;
  }
  return g_steal_pointer (&field);
}

/**
 * emend_field_from_json:
 * @json: an object as emend_field_to_json() describes it; without `id` the field's number is 0
 * @error: EMEND_MODEL_ERROR_SCHEMA with a sentence that names the field and the member
 *
 * Reads strictly: wrong types, members that are not known, an invalid regular expression, a table without columns or
 * within a table, and doubled names of columns are refused.
 *
 * Returns: (transfer full) (nullable): the field. Any thread.
 */
EmendField *
emend_field_from_json (const json_t *json,
                       GError **error)
{
  return field_from_json (json, NULL, error);
}
