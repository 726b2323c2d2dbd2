#define G_LOG_DOMAIN "emend-model"

#include "config.h"

#include "emend-normal-private.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#define MAX_DIGITS 40
#define MAX_SEPARATORS 16

/* What stands in for the separators that Arabic has of its own. */
#define ARABIC_DECIMAL 'D'
#define ARABIC_THOUSANDS 'T'

/* From the first digit to the last one. */
typedef struct {
  char digits[MAX_DIGITS + 1];
  guint n_digits;
  char separators[MAX_SEPARATORS];
  guint n_separators;
  guint lengths[MAX_SEPARATORS + 1]; /* digits before, between and after the separators */
} Core;

/* What stands around the digits. */
typedef struct {
  guint n_minus;
  guint n_open;
  guint n_closed;
  gboolean credit;
  gboolean percent;
  char code[4];       /* of a currency, or empty */
  gboolean ambiguous; /* a mark that several currencies use */
} Around;

/* A separator is one character; spaces next to a point or comma come from wrong reading. */
static char
separator_of (gunichar c)
{
  switch (c) {
  case '.':
  case ',':
  case '\'':
  case ' ':
    return (char) c;
  case 0x66b:
    return ARABIC_DECIMAL;
  case 0x66c:
    return ARABIC_THOUSANDS;
  default:
    return '\0';
  }
}

static gboolean
add_separator (Core *core,
               char separator)
{
  gboolean after_digit = core->lengths[core->n_separators] > 0;

  if (!after_digit && core->n_separators > 0) { /* directly after another one */
    char *last = &core->separators[core->n_separators - 1];

    if (separator == ' ')
      return TRUE;
    if (*last != ' ')
      return FALSE;
    *last = separator;
    return TRUE;
  }
  if (core->n_separators == MAX_SEPARATORS)
    return FALSE;
  core->separators[core->n_separators++] = separator;
  core->lengths[core->n_separators] = 0;
  return TRUE;
}

static gboolean
read_core (const char *text,
           const char *end,
           Core *core)
{
  memset (core, 0, sizeof *core);
  for (const char *p = text; p < end; p = g_utf8_next_char (p)) {
    gunichar c = g_utf8_get_char (p);

    if (c < 0x80 && g_ascii_isdigit ((char) c)) {
      if (core->n_digits == MAX_DIGITS)
        return FALSE;
      core->digits[core->n_digits++] = (char) c;
      core->lengths[core->n_separators]++;
      continue;
    }
    if (separator_of (c) == '\0' || !add_separator (core, separator_of (c)))
      return FALSE;
  }
  return core->n_digits > 0;
}

/* Whether the first @n groups are thousands: 1 234 567, or as in India 12,34,567. */
static gboolean
groups_are_thousands (const Core *core,
                      guint n)
{
  gboolean western = TRUE;
  gboolean indian = n >= 3 && core->separators[0] == ',';

  if (core->lengths[0] < 1 || core->lengths[0] > 3)
    return n == 1 && core->lengths[0] > 0;
  for (guint i = 1; i < n; i++) {
    western = western && core->lengths[i] == 3;
    indian = indian && core->lengths[i] == (i + 1 < n ? 2u : 3u);
    if (core->separators[i - 1] != core->separators[0])
      return FALSE;
  }
  return western || (indian && core->lengths[0] <= 2);
}

static guint
count_separator (const Core *core,
                 char separator)
{
  guint n = 0;

  for (guint i = 0; i < core->n_separators; i++)
    n += core->separators[i] == separator ? 1u : 0u;
  return n;
}

/* "1,234" and "1.234": how many of the digits are decimals, and how many in the other reading. */
static void
settle_ambiguous (const EmendField *field,
                  const char *code,
                  char separator,
                  guint *decimals,
                  int *other)
{
  gboolean fraction = FALSE;

  if (field->type == EMEND_FIELD_AMOUNT)
    fraction = *code != '\0' && emend_currency_get_decimals (code) == 3;
  else if (field->type == EMEND_FIELD_NUMBER)
    fraction = separator == '.';
  *decimals = fraction ? 3 : 0;
  if (field->type != EMEND_FIELD_INTEGER)
    *other = fraction ? 0 : 3;
}

/* Finds out how many of the digits are decimals. */
static gboolean
find_decimals (const EmendField *field,
               const Core *core,
               const char *code,
               guint *decimals,
               int *other)
{
  guint n = core->n_separators;
  char last = core->separators[n > 0 ? n - 1 : 0];
  guint n_last = count_separator (core, last);
  gboolean is_point = last == '.' || last == ',';

  *decimals = 0;
  *other = -1;
  if (n == 0)
    return TRUE;
  if (n_last == 1 && (last == ARABIC_DECIMAL || (is_point && n > 1))) {
    *decimals = core->lengths[n];
    return groups_are_thousands (core, n) || (n == 1 && core->lengths[0] == 0);
  }
  if (n == 1 && is_point) {
    *decimals = core->lengths[1];
    if (core->lengths[1] == 3 && core->lengths[0] >= 1 && core->lengths[0] <= 3 && core->digits[0] != '0')
      settle_ambiguous (field, code, last, decimals, other);
    return TRUE;
  }
  return n_last == n && groups_are_thousands (core, n + 1);
}

static gboolean
set_code (Around *around,
          const char *code)
{
  if (*code == '\0') {
    around->ambiguous = TRUE;
    return TRUE;
  }
  if (around->code[0] != '\0')
    return g_str_equal (around->code, code);
  g_strlcpy (around->code, code, sizeof around->code);
  return TRUE;
}

/* Reads a currency or a word of bookkeeping at @plain; @raw has the same in its own case. */
static gsize
read_word (const char *plain,
           const char *raw,
           Around *around)
{
  gsize length = 0;
  gsize n_letters = 0;
  const char *code;
  char upper[4] = { 0 };

  while (g_ascii_isalpha (plain[n_letters]))
    n_letters++;
  if (n_letters == 3) {
    for (gsize i = 0; i < 3; i++)
      upper[i] = g_ascii_toupper (plain[i]);
    if (emend_currency_is_code (upper, 3) && strstr (raw, upper) != NULL && plain[3] != '$')
      return set_code (around, upper) ? 3 : 0;
  }
  if (n_letters == 2 && (g_str_has_prefix (plain, "cr") || g_str_has_prefix (plain, "dr"))) {
    around->credit = around->credit || *plain == 'c';
    return 2;
  }
  code = emend_currency_find_mark (plain, &length);
  return code != NULL && set_code (around, code) ? length : 0;
}

/* Reads signs, brackets and currencies before or after the digits; whether it is nothing else. */
static gboolean
read_around (const char *raw,
             Around *around)
{
  g_autofree char *plain = emend_normal_plain (raw);

  for (const char *p = plain; *p != '\0';) {
    gsize length = 1;

    if (*p == '-')
      around->n_minus++;
    else if (*p == '(')
      around->n_open++;
    else if (*p == ')')
      around->n_closed++;
    else if (*p == '%')
      around->percent = TRUE;
    else if (*p != ' ' && *p != '*' && *p != '+') {
      length = read_word (p, raw, around);
      if (length == 0)
        return FALSE;
      if (p[length] == '.' && g_unichar_isalpha (g_utf8_get_char (g_utf8_prev_char (p + length))))
        length++; /* "Rs.", "Fr." */
    }
    p += length;
  }
  return TRUE;
}

/* Where the digits begin: with a point before them (".50"), unless it ends a word ("Rs.50"). */
static const char *
core_start (const char *text)
{
  const char *digit = text + strcspn (text, "0123456789");

  if (*digit == '\0' || digit == text || (digit[-1] != '.' && digit[-1] != ','))
    return digit;
  if (digit - 1 > text && g_unichar_isalpha (g_utf8_get_char (g_utf8_prev_char (digit - 1))))
    return digit;
  return digit - 1;
}

static const char *
core_end (const char *text)
{
  const char *end = text + strlen (text);

  while (end > text && !g_ascii_isdigit (end[-1]))
    end--;
  return end;
}

/* "12.-", "12,--": no cents, not a minus. "12." at the end of a sentence. */
static const char *
skip_empty_decimals (const char *text)
{
  if (*text != '.' && *text != ',')
    return text;
  text++;
  return text + MIN (strspn (text, "-"), 2);
}

static gboolean
is_negative (const Around *around,
             gboolean *negative)
{
  *negative = around->n_minus == 1 || around->n_open == 1 || around->credit;
  return around->n_minus <= 1 && around->n_open == around->n_closed && around->n_open <= 1;
}

static char *
format_number (const Core *core,
               guint decimals,
               gboolean negative,
               const char *code)
{
  GString *out = g_string_new (NULL);
  guint n_whole = core->n_digits - decimals;
  guint first = 0;

  if (negative && strspn (core->digits, "0") < core->n_digits)
    g_string_append_c (out, '-');
  while (first + 1 < n_whole && core->digits[first] == '0')
    first++;
  if (n_whole == 0)
    g_string_append_c (out, '0');
  g_string_append_len (out, core->digits + first, n_whole - first);
  if (decimals > 0) {
    g_string_append_c (out, '.');
    g_string_append (out, core->digits + n_whole);
  }
  if (*code != '\0')
    g_string_append_printf (out, " %s", code);
  return g_string_free (out, FALSE);
}

static gboolean
drop_decimals (Core *core,
               guint *decimals)
{
  guint n_whole = core->n_digits - *decimals;

  if (strspn (core->digits + n_whole, "0") < *decimals || n_whole == 0)
    return FALSE;
  core->digits[n_whole] = '\0';
  core->n_digits = n_whole;
  *decimals = 0;
  return TRUE;
}

static void
refuse (const EmendField *field,
        const char *text,
        EmendNormal *result)
{
  if (field->type == EMEND_FIELD_AMOUNT)
    emend_normal_refuse (result, _ ("“%s” cannot be read as an amount."), text);
  else
    emend_normal_refuse (result, _ ("“%s” cannot be read as a number."), text);
}

/**
 * emend_normal_parse_number:
 * @field: a number, integer or amount
 * @text: UTF-8
 * @result: (inout): gets the number, or the problem
 *
 * One separator with three digits after it and one to three before can be either: of amounts it stands for thousands,
 * unless the currency has three decimals; of whole numbers for thousands; of other numbers a comma stands for
 * thousands and a point for decimals. The other reading is in @result as well. A credit ("12.50 CR") is negative, and
 * may be positive.
 */
void
emend_normal_parse_number (const EmendField *field,
                           const char *text,
                           EmendNormal *result)
{
  g_autofree char *simple = emend_normal_simplify (text);
  const char *start = core_start (simple);
  const char *end = core_end (simple);
  g_autofree char *before = g_strndup (simple, (gsize) (start - simple));
  gboolean amount = field->type == EMEND_FIELD_AMOUNT;
  Around around = { 0 };
  Core core;
  guint decimals;
  int other;
  gboolean negative;
  const char *code;

  if (*start == '\0' || !read_core (start, end, &core) || !read_around (before, &around) ||
      !read_around (skip_empty_decimals (end), &around) || !is_negative (&around, &negative) ||
      (amount && around.percent)) {
    refuse (field, text, result);
    return;
  }
  code = around.code[0] == '\0' && field->currency != NULL ? field->currency : around.code;
  if (!find_decimals (field, &core, code, &decimals, &other)) {
    refuse (field, text, result);
    return;
  }
  if (!amount)
    code = "";
  if (field->type == EMEND_FIELD_INTEGER && !drop_decimals (&core, &decimals)) {
    emend_normal_refuse (result, _ ("“%s” is not a whole number."), text);
    return;
  }
  result->normal = format_number (&core, decimals, negative, code);
  if (other >= 0)
    result->other = format_number (&core, (guint) other, negative, code);
  else if (around.credit)
    result->other = format_number (&core, decimals, FALSE, code);
}
