#define G_LOG_DOMAIN "emend-model"

#include "config.h"

#include "emend-normal.h"

#include <langinfo.h>
#include <locale.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include "emend-normal-private.h"
#include "emend-text.h"

/* The length of the number that @normal begins with: "-12.50" of "-12.50 EUR"; 0 when it is no normalised number. */
static gsize
number_length (const char *normal)
{
  gsize sign = *normal == '-' ? 1 : 0;
  gsize whole = strspn (normal + sign, "0123456789");
  gsize length = sign + whole;

  if (whole == 0)
    return 0;
  if (normal[length] == '.') {
    gsize decimals = strspn (normal + length + 1, "0123456789");
    if (decimals == 0)
      return 0;
    length += 1 + decimals;
  }
  if (normal[length] == '\0')
    return length;
  if (normal[length] != ' ' || strlen (normal + length) != 4 ||
      strspn (normal + length + 1, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != 3)
    return 0;
  return length;
}

/**
 * emend_normal_to_number:
 * @normal: (nullable): a normalised value
 * @number: (out) (optional): the nearest double
 * @currency: (out) (optional) (nullable) (transfer none): the code within @normal, %NULL without one
 *
 * Returns: whether @normal is a normalised number or amount. Any thread.
 */
gboolean
emend_normal_to_number (const char *normal,
                        double *number,
                        const char **currency)
{
  gsize length = normal != NULL ? number_length (normal) : 0;
  double value;

  if (length == 0 || !emend_text_to_double (normal, (gssize) length, &value))
    return FALSE;
  if (number != NULL)
    *number = value;
  if (currency != NULL)
    *currency = normal[length] == ' ' ? normal + length + 1 : NULL;
  return TRUE;
}

/* Text of the C library in UTF-8, or @fallback where there is none. */
static char *
from_locale (const char *text,
             const char *fallback)
{
  char *utf8 = *text != '\0' ? g_locale_to_utf8 (text, -1, NULL, NULL, NULL) : NULL;

  return utf8 != NULL ? utf8 : g_strdup (fallback);
}

/* Whether a separator belongs after a digit that @n_after digits follow (localeconv(3): sizes from the right, the
 * last repeats). */
static gboolean
is_group_end (const char *grouping,
              gsize n_after)
{
  gsize end = 0;

  if (n_after == 0)
    return FALSE;
  while (end < n_after) {
    if (*grouping <= 0 || *grouping == G_MAXINT8)
      return FALSE;
    end += (gsize) *grouping;
    if (grouping[1] != '\0')
      grouping++;
  }
  return end == n_after;
}

/* Where the locale groups no digits, they are grouped all the same: a slipped digit is to be seen. */
static char *
spell_number (const char *normal)
{
  const struct lconv *conventions = localeconv ();
  g_autofree char *point = from_locale (nl_langinfo (RADIXCHAR), ".");
  g_autofree char *separator = from_locale (nl_langinfo (THOUSEP), g_str_equal (point, ".") ? "," : "\xe2\x80\xaf");
  const char *grouping = *conventions->grouping != '\0' ? conventions->grouping : "\3";
  gsize sign = *normal == '-' ? 1 : 0;
  gsize n_whole = strspn (normal + sign, "0123456789");
  const char *rest = normal + sign + n_whole;
  GString *out = g_string_new (sign > 0 ? "-" : NULL);

  for (gsize i = 0; i < n_whole; i++) {
    g_string_append_c (out, normal[sign + i]);
    if (is_group_end (grouping, n_whole - i - 1))
      g_string_append (out, separator);
  }
  if (*rest == '.') {
    g_string_append (out, point);
    rest++;
  }
  g_string_append (out, rest);
  return g_string_free (out, FALSE);
}

static char *
spell_date (const char *normal)
{
  g_autofree char *noon = g_strconcat (normal, "T12:00:00Z", NULL);
  g_autoptr (GDateTime) date = strlen (normal) == 10 ? g_date_time_new_from_iso8601 (noon, NULL) : NULL;

  /* TRANSLATORS: a day as g_date_time_format() writes it: number of the day, name of the month, year. */
  return date != NULL ? g_date_time_format (date, _ ("%-e %B %Y")) : NULL;
}

/**
 * emend_field_spell:
 * @field: the field
 * @normal: a value of it as emend_field_parse() normalises it
 *
 * Writes a value so that a person sees what it means: "9 February 2020", "1,234.50 EUR", in the language of the person
 * (`LC_TIME`, `LC_NUMERIC`).
 *
 * Returns: (transfer full) (nullable): the text; of other types the value itself; %NULL when @normal is no value of
 *   @field. Any thread.
 */
char *
emend_field_spell (const EmendField *field,
                   const char *normal)
{
  if (field->type == EMEND_FIELD_DATE)
    return spell_date (normal);
  if (field->type == EMEND_FIELD_NUMBER || field->type == EMEND_FIELD_INTEGER || field->type == EMEND_FIELD_AMOUNT)
    return number_length (normal) > 0 ? spell_number (normal) : NULL;
  return g_strdup (normal);
}
