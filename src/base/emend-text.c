#define G_LOG_DOMAIN "emend-base"

#include "config.h"

#include "emend-text.h"

#include <errno.h>
#include <math.h>
#include <string.h>

/**
 * emend_text_from_double:
 * @buffer: (out): room for the text
 * @value: a finite number
 *
 * Writes the shortest decimal text that reads back as exactly @value, with a point in any locale;
 * a whole number below 1e15 is written without a point. Any thread.
 *
 * Returns: @buffer
 */
const char *
emend_text_from_double (char buffer[EMEND_TEXT_DOUBLE_SIZE],
                        double value)
{
  g_return_val_if_fail (isfinite (value), NULL);

  for (int digits = 15; digits <= 17; digits++) {
    char format[8];

    g_snprintf (format, sizeof format, "%%.%dg", digits);
    g_ascii_formatd (buffer, EMEND_TEXT_DOUBLE_SIZE, format, value);
    if (g_ascii_strtod (buffer, NULL) == value)
      break;
  }
  if (strcmp (buffer, "-0") == 0)
    memcpy (buffer, "0", 2);
  return buffer;
}

/* Copies the first @length bytes (-1: all) to @buffer as a string; FALSE when they do not fit. */
static gboolean
copy_number (char *buffer,
             gsize size,
             const char *text,
             gssize length)
{
  gsize count = length < 0 ? strlen (text) : (gsize) length;

  if (count == 0 || count >= size)
    return FALSE;
  memcpy (buffer, text, count);
  buffer[count] = '\0';
  return strlen (buffer) == count;
}

/**
 * emend_text_to_double:
 * @text: a decimal number with a point, nothing before or after it
 * @length: its bytes, or -1 when zero-terminated
 * @value: (out): the number; untouched on failure
 *
 * Returns: whether @text is a finite decimal number. Hexadecimal, infinity and NaN are not. Any
 *   thread.
 */
gboolean
emend_text_to_double (const char *text,
                      gssize length,
                      double *value)
{
  char buffer[64];
  char *end = NULL;
  double number;

  if (!copy_number (buffer, sizeof buffer, text, length))
    return FALSE;
  if (strspn (buffer, "0123456789+-.eE") != strlen (buffer))
    return FALSE;
  number = g_ascii_strtod (buffer, &end);
  if (end == buffer || *end != '\0' || !isfinite (number))
    return FALSE;
  *value = number;
  return TRUE;
}

/**
 * emend_text_to_int:
 * @text: a decimal whole number, nothing before or after it
 * @length: its bytes, or -1 when zero-terminated
 * @value: (out): the number; untouched on failure
 *
 * Returns: whether @text is a whole number of 64 bits. Any thread.
 */
gboolean
emend_text_to_int (const char *text,
                   gssize length,
                   gint64 *value)
{
  char buffer[24];
  char *end = NULL;
  gint64 number;

  if (!copy_number (buffer, sizeof buffer, text, length))
    return FALSE;
  if (strspn (buffer, "0123456789+-") != strlen (buffer))
    return FALSE;
  errno = 0;
  number = g_ascii_strtoll (buffer, &end, 10);
  if (errno != 0 || end == buffer || *end != '\0')
    return FALSE;
  *value = number;
  return TRUE;
}

/* Length of the run of digits at @text without leading zeros; @digits points to its first. */
static gsize
digit_run (const char *text,
           const char **digits)
{
  while (*text == '0')
    text++;
  *digits = text;
  return strspn (text, "0123456789");
}

/**
 * emend_text_compare_natural:
 * @a: a name
 * @b: another
 *
 * Orders names so that runs of digits compare by number: "page 2" before "page 10". The order is
 * the same in every locale, and names that differ are never equal. Any thread.
 *
 * Returns: below, at or above zero as for strcmp().
 */
int
emend_text_compare_natural (const char *a,
                            const char *b)
{
  const char *p = a;
  const char *q = b;

  while (*p != '\0' && *q != '\0') {
    if (g_ascii_isdigit (*p) && g_ascii_isdigit (*q)) {
      const char *p_digits;
      const char *q_digits;
      gsize p_run = digit_run (p, &p_digits);
      gsize q_run = digit_run (q, &q_digits);
      int order = p_run != q_run ? (p_run < q_run ? -1 : 1) : memcmp (p_digits, q_digits, p_run);

      if (order != 0)
        return order;
      p = p_digits + p_run;
      q = q_digits + q_run;
    } else {
      if (*p != *q)
        return (guchar) *p < (guchar) *q ? -1 : 1;
      p++;
      q++;
    }
  }
  if (*p != *q)
    return *p == '\0' ? -1 : 1;
  return strcmp (a, b);
}

/* Whether a terminal would obey @c or show the text around it in another order. */
static gboolean
is_control (gunichar c)
{
  return c < 0x20 || (c >= 0x7f && c < 0xa0) || (c >= 0x202a && c <= 0x202e) ||
         (c >= 0x2066 && c <= 0x2069) || c == 0x200e || c == 0x200f || c == 0x061c;
}

/**
 * emend_text_for_terminal:
 * @text: text from a file, in any encoding
 *
 * Returns: (transfer full): @text as valid UTF-8 in which control and direction-changing
 *   characters are written as `\u{…}`, so that printing it cannot command a terminal. Any thread.
 */
char *
emend_text_for_terminal (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  GString *safe = g_string_sized_new (strlen (valid));

  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p)) {
    gunichar c = g_utf8_get_char (p);

    if (is_control (c))
      g_string_append_printf (safe, "\\u{%x}", c);
    else
      g_string_append_unichar (safe, c);
  }
  return g_string_free (safe, FALSE);
}
