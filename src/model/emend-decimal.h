#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * EmendDecimal:
 * @units: the number in units of 10^-@scale
 * @scale: decimals, 0..18
 *
 * A decimal number, exactly. So 0.1 + 0.2 is 0.3 here.
 */
typedef struct {
  gint64 units;
  guint scale;
} EmendDecimal;

gboolean emend_decimal_parse (const char *text,
                              gsize length,
                              EmendDecimal *decimal);
gboolean emend_decimal_add (EmendDecimal *sum,
                            const EmendDecimal *other);
gboolean emend_decimal_multiply (EmendDecimal *product,
                                 const EmendDecimal *other);
gboolean emend_decimal_subtract (EmendDecimal *difference,
                                 const EmendDecimal *other);
gboolean emend_decimal_is_within (const EmendDecimal *decimal,
                                  double tolerance,
                                  guint rounded);
char *emend_decimal_format (const EmendDecimal *decimal,
                            guint scale);

G_END_DECLS
