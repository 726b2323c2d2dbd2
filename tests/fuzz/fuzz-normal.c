#include "config.h"

#include <string.h>

#include "emend-fuzz.h"
#include "emend-normal.h"

static EmendField *
make_field (uint8_t first)
{
  static const char *const choices[] = { "Cash", "Carte bancaire", "Überweisung", NULL };
  EmendField *field = emend_field_new (1, "field", (EmendFieldType) (EMEND_FIELD_TEXT + first % 11));

  field->date_order = (EmendDateOrder) (EMEND_DATE_DMY + first / 11 % 3);
  if (field->type == EMEND_FIELD_CODE)
    field->pattern = g_strdup ("([A-Z]+-?)+\\d*");
  if (field->type == EMEND_FIELD_CHOICE)
    field->choices = g_strdupv ((char **) choices);
  return field;
}

/* The first byte is the type and the order of dates, the rest the text. What can be read must be of the type's one
 * form: it reads as itself, except where a point may stand for thousands. */
int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t size)
{
  g_autoptr (EmendField) field = size > 0 ? make_field (data[0]) : NULL;
  g_autofree char *text = size > 0 ? g_strndup ((const char *) data + 1, size - 1) : NULL;
  g_autofree char *spelled = NULL;
  g_auto (EmendNormal) result = { 0 };
  g_auto (EmendNormal) again = { 0 };

  if (size == 0)
    return 0;
  if (emend_field_parse (field, NULL, text, &result))
    g_assert_null (result.problem);
  else
    g_assert_nonnull (result.problem);
  if (result.normal == NULL)
    return 0;
  g_assert_true (g_utf8_validate (result.normal, -1, NULL));
  spelled = emend_field_spell (field, result.normal);
  g_assert_nonnull (spelled);
  if (field->type == EMEND_FIELD_NUMBER || field->type == EMEND_FIELD_INTEGER || field->type == EMEND_FIELD_AMOUNT) {
    g_assert_true (emend_normal_to_number (result.normal, NULL, NULL));
    return 0;
  }
  emend_field_parse (field, NULL, result.normal, &again);
  g_assert_cmpstr (again.normal, ==, result.normal);
  return 0;
}
