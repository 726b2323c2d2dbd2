#pragma once

#include "emend-field.h"

G_BEGIN_DECLS

/**
 * EmendNormal:
 * @normal: (nullable): the value in one form for all: text with single spaces; a number with a point and no
 *   grouping; an amount likewise, with a space and the ISO 4217 code when there is one ("1234.50 EUR"); a date as
 *   YYYY-MM-DD; a time as HH:MM or HH:MM:SS; "yes" or "no"; the choice as the schema spells it; the name that a
 *   look-up list has for it. %NULL when the text cannot be read as the field's type
 * @problem: (nullable): what is wrong with it, a whole translated sentence; with @normal when it can be read and
 *   breaks a rule of the field (pattern, range, length, list)
 * @other: (nullable): the other way to read an ambiguous date or number, normalised
 *
 * What a text means as a value of a field.
 */
typedef struct {
  char *normal;
  char *problem;
  char *other;
} EmendNormal;

void emend_normal_clear (EmendNormal *normal);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (EmendNormal, emend_normal_clear)

char *emend_normal_fold (const char *text);
gboolean emend_field_parse (const EmendField *field,
                            const EmendList *list,
                            const char *text,
                            EmendNormal *result);
gboolean emend_field_parse_in_order (const EmendField *field,
                                     const EmendList *list,
                                     EmendDateOrder order,
                                     const char *text,
                                     EmendNormal *result);
EmendDateOrder emend_field_find_order (const EmendField *field,
                                       const char *text,
                                       const char *normal);
char *emend_field_spell (const EmendField *field,
                         const char *normal);
gboolean emend_normal_to_number (const char *normal,
                                 double *number,
                                 const char **currency);

G_END_DECLS
