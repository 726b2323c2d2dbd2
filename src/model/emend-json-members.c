#define G_LOG_DOMAIN "emend-model"

#include "config.h"

#include "emend-json-members.h"

/**
 * emend_json_string_member:
 * @writer: in an object
 * @key: a key
 * @text: (nullable): its value; nothing is written without one
 *
 * Any thread.
 */
void
emend_json_string_member (EmendJsonWriter *writer,
                          const char *key,
                          const char *text)
{
  if (text == NULL)
    return;
  emend_json_key (writer, key);
  emend_json_string (writer, text);
}

/**
 * emend_json_find_unknown:
 * @json: an object
 * @known: (array length=n_known): the members it may have
 * @n_known: how many
 *
 * Returns: (transfer none) (nullable): the first member of @json that is not known. Any thread.
 */
const char *
emend_json_find_unknown (const json_t *json,
                         const char *const *known,
                         gsize n_known)
{
  const char *key;
  json_t *value;

  json_object_foreach ((json_t *) json, key, value)
  {
    gboolean found = FALSE;

    for (gsize i = 0; i < n_known && !found; i++)
      found = g_str_equal (key, known[i]);
    if (!found)
      return key;
  }
  return NULL;
}
