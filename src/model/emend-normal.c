#define G_LOG_DOMAIN "emend-model"

#include "config.h"

#include "emend-normal.h"

#include <math.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include "emend-normal-private.h"
#include "emend-text.h"

#define MAX_TEXT 100000 /* bytes of a value */

/* How far a match goes before it is given up: milliseconds (PCRE2, "Setting match resource limits at run time"). */
#define PATTERN_START "(*LIMIT_MATCH=100000)(*LIMIT_DEPTH=10000)\\A(?:"
#define PATTERN_END ")\\z"

/**
 * emend_normal_clear:
 * @normal: what emend_field_parse() gave; may be used again
 */
void
emend_normal_clear (EmendNormal *normal)
{
  g_clear_pointer (&normal->normal, g_free);
  g_clear_pointer (&normal->problem, g_free);
  g_clear_pointer (&normal->other, g_free);
}

/**
 * emend_field_compile_pattern:
 * @pattern: a regular expression, which is to match whole values
 * @error: of G_REGEX_ERROR
 *
 * Returns: (transfer full) (nullable): the expression, with limits on the work of a match. Any thread.
 */
GRegex *
emend_field_compile_pattern (const char *pattern,
                             GError **error)
{
  g_autoptr (GRegex) alone = g_regex_new (pattern, 0, 0, error);
  g_autofree char *whole = NULL;

  if (alone == NULL) /* checked alone, as "a)|(b" would fit in the brackets */
    return NULL;
  whole = g_strconcat (PATTERN_START, pattern, PATTERN_END, NULL);
  return g_regex_new (whole, 0, 0, error);
}

static gboolean
check_pattern (const EmendField *field,
               EmendNormal *result)
{
  g_autoptr (GRegex) regex = field->pattern != NULL ? emend_field_compile_pattern (field->pattern, NULL) : NULL;
  g_autoptr (GError) error = NULL;

  if (field->pattern == NULL)
    return TRUE;
  if (regex != NULL && g_regex_match_full (regex, result->normal, -1, 0, 0, NULL, &error))
    return TRUE;
  if (regex == NULL || error != NULL)
    result->problem = g_strdup_printf (_ ("The pattern of “%s” cannot be tried on this value; make it simpler."),
                                       emend_field_get_title (field));
  else
    emend_normal_refuse (result, _ ("“%s” does not follow the pattern of this field."), result->normal);
  return FALSE;
}

static gboolean
check_range (const EmendField *field,
             EmendNormal *result)
{
  char limit[EMEND_TEXT_DOUBLE_SIZE];
  double number;

  if ((isnan (field->minimum) && isnan (field->maximum)) || !emend_normal_to_number (result->normal, &number, NULL))
    return TRUE;
  if (number < field->minimum)
    result->problem = g_strdup_printf (_ ("%s is less than %s, the least that “%s” may be."), result->normal,
                                       emend_text_from_double (limit, field->minimum), emend_field_get_title (field));
  else if (number > field->maximum)
    result->problem = g_strdup_printf (_ ("%s is more than %s, the most that “%s” may be."), result->normal,
                                       emend_text_from_double (limit, field->maximum), emend_field_get_title (field));
  return result->problem == NULL;
}

static gboolean
check_length (const EmendField *field,
              EmendNormal *result)
{
  glong length = g_utf8_strlen (result->normal, -1);

  if (length < field->min_length)
    result->problem = g_strdup_printf (ngettext ("“%s” must have at least %d character.",
                                                 "“%s” must have at least %d characters.",
                                                 (gulong) field->min_length),
                                       emend_field_get_title (field), field->min_length);
  else if (field->max_length > 0 && length > field->max_length)
    result->problem = g_strdup_printf (ngettext ("“%s” must have at most %d character.",
                                                 "“%s” must have at most %d characters.",
                                                 (gulong) field->max_length),
                                       emend_field_get_title (field), field->max_length);
  return result->problem == NULL;
}

/* Texts only: of other types the length is not what a person sees. */
static gboolean
is_textual (EmendFieldType type)
{
  return type == EMEND_FIELD_TEXT || type == EMEND_FIELD_CODE || type == EMEND_FIELD_EMAIL ||
         type == EMEND_FIELD_CHOICE;
}

/* A choice that the schema lists itself needs no other list. */
static gboolean
is_looked_up (const EmendField *field)
{
  return is_textual (field->type) && (field->type != EMEND_FIELD_CHOICE || field->choices == NULL);
}

static void
look_up (const EmendField *field,
         const EmendList *list,
         EmendNormal *result)
{
  const char *found = emend_list_find (list, result->normal);

  if (found == NULL) {
    emend_normal_refuse (result, _ ("“%s” is not in the look-up list of this field."), result->normal);
    return;
  }
  g_free (result->normal);
  result->normal = g_strdup (found);
}

static void
check (const EmendField *field,
       const EmendList *list,
       EmendNormal *result)
{
  if (list != NULL && is_looked_up (field))
    look_up (field, list, result);
  if (result->problem != NULL || field->type == EMEND_FIELD_MARK || !check_pattern (field, result))
    return;
  if (is_textual (field->type))
    check_length (field, result);
  else
    check_range (field, result);
}

static void
parse (const EmendField *field,
       const char *text,
       EmendNormal *result)
{
  switch (field->type) {
  case EMEND_FIELD_NUMBER:
  case EMEND_FIELD_INTEGER:
  case EMEND_FIELD_AMOUNT:
    emend_normal_parse_number (field, text, result);
    break;
  case EMEND_FIELD_DATE:
    emend_normal_parse_date (field, text, result);
    break;
  case EMEND_FIELD_TIME:
    emend_normal_parse_time (text, result);
    break;
  case EMEND_FIELD_CODE:
    result->normal = g_utf8_normalize (text, -1, G_NORMALIZE_NFC);
    break;
  case EMEND_FIELD_EMAIL:
    emend_normal_parse_email (text, result);
    break;
  case EMEND_FIELD_CHOICE:
    if (field->choices != NULL)
      emend_normal_parse_choice (field, text, result);
    else
      emend_normal_parse_text (text, result);
    break;
  case EMEND_FIELD_MARK:
    emend_normal_parse_mark (text, result);
    break;
  case EMEND_FIELD_TABLE:
    result->problem = g_strdup_printf (_ ("“%s” is a table: its cells have values, it has none."),
                                       emend_field_get_title (field));
    break;
  case EMEND_FIELD_TEXT:
  default:
    emend_normal_parse_text (text, result);
    break;
  }
}

/* The text without white space around it; NULL when there is too much of it or none. */
static char *
trim (const EmendField *field,
      const char *text,
      EmendNormal *result)
{
  g_autofree char *trimmed = NULL;
  const char *start = text;
  const char *end;

  if (text == NULL || strlen (text) > MAX_TEXT) {
    result->problem = g_strdup (text == NULL ? _ ("There is no value.") : _ ("The value is too long."));
    return NULL;
  }
  trimmed = g_utf8_make_valid (text, -1);
  start = trimmed;
  while (*start != '\0' && g_unichar_isspace (g_utf8_get_char (start)))
    start = g_utf8_next_char (start);
  end = start + strlen (start);
  while (end > start && g_unichar_isspace (g_utf8_get_char (g_utf8_prev_char (end))))
    end = g_utf8_prev_char (end);
  if (end == start) {
    result->problem = g_strdup (_ ("There is no value."));
    return NULL;
  }
  if (field->type != EMEND_FIELD_TEXT && g_utf8_strlen (start, end - start) > EMEND_NORMAL_MAX_LENGTH) {
    result->problem = g_strdup (_ ("The value is too long."));
    return NULL;
  }
  return g_strndup (start, (gsize) (end - start));
}

/**
 * emend_field_parse:
 * @field: a field or column
 * @list: (nullable): the look-up list that @field names, when there is one
 * @text: (nullable): what stands in a document or was typed, in UTF-8
 * @result: (out caller-allocates): what it means; emend_normal_clear() frees. What was in it is not freed
 *
 * Reads @text as the type of @field says and checks the field's own rules: look-up list (of texts, codes, addresses,
 * and of choices that the field does not list itself), pattern (of the normalised value), range (of numbers), length
 * (of texts). Whether a value is required is not checked. See emend_normal_parse_number() and emend_normal_parse_date()
 * for what is done where a text can be read in several ways.
 *
 * Returns: whether it can be read and keeps the rules: @result has a normalised value and no problem. Any thread.
 */
gboolean
emend_field_parse (const EmendField *field,
                   const EmendList *list,
                   const char *text,
                   EmendNormal *result)
{
  g_autofree char *trimmed = NULL;

  memset (result, 0, sizeof *result);
  trimmed = trim (field, text, result);
  if (trimmed == NULL)
    return FALSE;
  parse (field, trimmed, result);
  if (result->normal != NULL && *result->normal == '\0') { /* nothing but what cannot be seen */
    g_clear_pointer (&result->normal, g_free);
    result->problem = g_strdup (_ ("There is no value."));
  }
  if (result->normal != NULL)
    check (field, list, result);
  return result->normal != NULL && result->problem == NULL;
}

/**
 * emend_field_parse_in_order:
 * @field: a field or column
 * @list: (nullable): see emend_field_parse()
 * @order: in which order the numbers of a date are read, or 0 for the field's
 * @text: (nullable): see emend_field_parse()
 * @result: (out caller-allocates): see emend_field_parse()
 *
 * What emend_field_parse() does, for a value whose order a person chose.
 *
 * Returns: whether it can be read and keeps the rules. Any thread.
 */
gboolean
emend_field_parse_in_order (const EmendField *field,
                            const EmendList *list,
                            EmendDateOrder order,
                            const char *text,
                            EmendNormal *result)
{
  EmendField ordered = *field;

  if (order != 0)
    ordered.date_order = order;
  return emend_field_parse (&ordered, list, text, result);
}

/**
 * emend_field_find_order:
 * @field: a field or column
 * @text: a value of it
 * @normal: (nullable): one of its readings
 *
 * Returns: the order in which @text means @normal, or 0 when it is no date or has no such reading. Any thread.
 */
EmendDateOrder
emend_field_find_order (const EmendField *field,
                        const char *text,
                        const char *normal)
{
  if (field->type != EMEND_FIELD_DATE || normal == NULL)
    return (EmendDateOrder) 0;
  for (guint order = EMEND_DATE_DMY; order <= EMEND_DATE_YMD; order++) {
    g_auto (EmendNormal) result = { 0 };

    emend_field_parse_in_order (field, NULL, (EmendDateOrder) order, text, &result);
    if (g_strcmp0 (result.normal, normal) == 0)
      return (EmendDateOrder) order;
  }
  return (EmendDateOrder) 0;
}
