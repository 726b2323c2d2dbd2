#define G_LOG_DOMAIN "emend-ui"

#include "config.h"

#include "emend-count-text.h"

#include <inttypes.h>
#include <locale.h>
#include <string.h>

/**
 * emend_count_to_text:
 * @count: a number
 *
 * Returns: (transfer full): the number for people, in groups of three digits as the locale has it
 */
char *
emend_count_to_text (guint64 count)
{
  const char *separator = localeconv ()->thousands_sep;
  g_autofree char *digits = g_strdup_printf ("%" PRIu64, count);
  gsize length = strlen (digits);
  GString *out = g_string_new (NULL);

  for (gsize i = 0; i < length; i++) {
    if (i > 0 && (length - i) % 3 == 0)
      g_string_append (out, separator);
    g_string_append_c (out, digits[i]);
  }
  if (!g_utf8_validate (out->str, (gssize) out->len, NULL))
    g_string_assign (out, digits);
  return g_string_free (out, FALSE);
}
