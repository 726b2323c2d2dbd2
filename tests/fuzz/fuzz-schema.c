#include "config.h"

#include <string.h>

#include "emend-fuzz.h"
#include "emend-schema.h"

/* What is taken must be written, and what is written must be taken again as the same. */
int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t size)
{
  g_autoptr (EmendSchema) schema = emend_schema_from_json ((const char *) data, size, NULL);
  g_autoptr (EmendSchema) again = NULL;
  g_autofree char *text = NULL;
  g_autofree char *second = NULL;

  if (schema == NULL)
    return 0;
  text = emend_schema_to_json (schema, FALSE);
  again = emend_schema_from_json (text, strlen (text), NULL);
  g_assert_nonnull (again);
  second = emend_schema_to_json (again, FALSE);
  g_assert_cmpstr (text, ==, second);
  return 0;
}
