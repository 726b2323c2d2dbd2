#define G_LOG_DOMAIN "emend-model"

#include "config.h"

#include "emend-decimal.h"

#include <math.h>

#define MAX_SCALE 18

static gboolean
rescale (EmendDecimal *decimal,
         guint scale)
{
  for (; decimal->scale < scale; decimal->scale++) {
    if (__builtin_mul_overflow (decimal->units, 10, &decimal->units))
      return FALSE;
  }
  return TRUE;
}

static void
strip_zeros (EmendDecimal *decimal)
{
  for (; decimal->scale > 0 && decimal->units % 10 == 0; decimal->scale--)
    decimal->units /= 10;
}

/**
 * emend_decimal_parse:
 * @text: (array length=length): a sign, digits, and a point with digits, as normalised numbers have them
 * @length: bytes
 * @decimal: (out): the number, with the decimals that it is printed with
 *
 * Returns: whether it is such a number and has at most 18 digits. Any thread.
 */
gboolean
emend_decimal_parse (const char *text,
                     gsize length,
                     EmendDecimal *decimal)
{
  gboolean negative = length > 0 && *text == '-';
  gboolean after_point = FALSE;
  gsize n_digits = 0;

  *decimal = (EmendDecimal){ 0 };
  for (gsize i = negative ? 1 : 0; i < length; i++) {
    if (text[i] == '.' && !after_point && n_digits > 0) {
      after_point = TRUE;
      continue;
    }
    if (!g_ascii_isdigit (text[i]) || n_digits == MAX_SCALE)
      return FALSE;
    n_digits++;
    decimal->units = decimal->units * 10 + (text[i] - '0');
    decimal->scale += after_point ? 1u : 0u;
  }
  if (negative)
    decimal->units = -decimal->units;
  return n_digits > 0;
}

/**
 * emend_decimal_add:
 * @sum: (inout): gets @other added
 * @other: a number
 *
 * Returns: whether the sum fits. Any thread.
 */
gboolean
emend_decimal_add (EmendDecimal *sum,
                   const EmendDecimal *other)
{
  EmendDecimal term = *other;
  guint scale = MAX (sum->scale, other->scale);

  return rescale (sum, scale) && rescale (&term, scale) &&
         !__builtin_add_overflow (sum->units, term.units, &sum->units);
}

/**
 * emend_decimal_multiply:
 * @product: (inout): gets multiplied by @other
 * @other: a number
 *
 * Returns: whether the product fits. Any thread.
 */
gboolean
emend_decimal_multiply (EmendDecimal *product,
                        const EmendDecimal *other)
{
  EmendDecimal factor = *other;

  strip_zeros (product);
  strip_zeros (&factor);
  product->scale += factor.scale;
  return product->scale <= MAX_SCALE && !__builtin_mul_overflow (product->units, factor.units, &product->units);
}

/**
 * emend_decimal_subtract:
 * @difference: (inout): gets @other taken away
 * @other: a number
 *
 * Returns: whether the difference fits. Any thread.
 */
gboolean
emend_decimal_subtract (EmendDecimal *difference,
                        const EmendDecimal *other)
{
  EmendDecimal negated = { -other->units, other->scale };

  return emend_decimal_add (difference, &negated);
}

/**
 * emend_decimal_is_within:
 * @decimal: a difference
 * @tolerance: the most that it may be
 * @rounded: decimals that one side was rounded to: half a unit of the last one is allowed as well; %G_MAXUINT for none
 *
 * Returns: whether the difference is no greater, whatever its sign. Any thread.
 */
gboolean
emend_decimal_is_within (const EmendDecimal *decimal,
                         double tolerance,
                         guint rounded)
{
  EmendDecimal twice = *decimal;
  EmendDecimal unit = { 1, rounded };

  /* A quotient of two exact numbers is the double next to the decimal, as a tolerance that was read is. */
  if (fabs ((double) decimal->units) / pow (10, decimal->scale) <= tolerance)
    return TRUE;
  if (rounded >= decimal->scale || !emend_decimal_add (&twice, decimal) || !rescale (&unit, decimal->scale))
    return FALSE;
  return ABS (twice.units) <= unit.units;
}

/**
 * emend_decimal_format:
 * @decimal: a number
 * @scale: decimals to write, 0..18; more than it has are zeros, with fewer it is rounded, half away from zero
 *
 * Returns: (transfer full): the number with a point. Any thread.
 */
char *
emend_decimal_format (const EmendDecimal *decimal,
                      guint scale)
{
  guint64 units = decimal->units < 0 ? 0 - (guint64) decimal->units : (guint64) decimal->units;
  guint n = MIN (decimal->scale, scale);
  guint64 unit = 1;
  GString *out = g_string_new (NULL);
  gboolean up = FALSE;

  for (guint i = decimal->scale; i > n; i--) {
    up = units % 10 >= 5;
    units /= 10;
  }
  units += up ? 1 : 0;
  for (guint i = 0; i < n; i++)
    unit *= 10;
  if (decimal->units < 0 && units > 0)
    g_string_append_c (out, '-');
  g_string_append_printf (out, "%" G_GUINT64_FORMAT, units / unit);
  if (scale > 0)
    g_string_append_c (out, '.');
  if (n > 0)
    g_string_append_printf (out, "%0*" G_GUINT64_FORMAT, (int) n, units % unit);
  for (guint i = n; i < scale; i++)
    g_string_append_c (out, '0');
  return g_string_free (out, FALSE);
}
