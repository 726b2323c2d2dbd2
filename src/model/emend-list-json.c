#define G_LOG_DOMAIN "emend-model"

#include "config.h"

#include "emend-field.h"

#include <glib/gi18n-lib.h>

#include "emend-model-error.h"

/* A list with more is not one that a person keeps. */
#define MAX_ENTRIES 20000

/**
 * emend_list_to_json:
 * @list: a list
 * @writer: where a value is expected
 *
 * Writes what belongs to the schema: names, other spellings, and those that are not learned. Any thread.
 */
void
emend_list_to_json (const EmendList *list,
                    EmendJsonWriter *writer)
{
  emend_json_begin_object (writer);
  emend_json_key (writer, "name");
  emend_json_string (writer, list->name);
  emend_json_key (writer, "entries");
  emend_json_begin_array (writer);
  for (guint i = 0; i < list->entries->len; i++) {
    const EmendListEntry *entry = g_ptr_array_index (list->entries, i);

    emend_json_begin_object (writer);
    emend_json_key (writer, "value");
    emend_json_string (writer, entry->value);
    if (entry->aliases != NULL && entry->aliases[0] != NULL) {
      emend_json_key (writer, "aliases");
      emend_json_begin_array (writer);
      for (gsize j = 0; entry->aliases[j] != NULL; j++)
        emend_json_string (writer, entry->aliases[j]);
      emend_json_end_array (writer);
    }
    emend_json_end_object (writer);
  }
  emend_json_end_array (writer);
  if (list->refused->len > 0) {
    emend_json_key (writer, "refused");
    emend_json_begin_array (writer);
    for (guint i = 0; i < list->refused->len; i++)
      emend_json_string (writer, g_ptr_array_index (list->refused, i));
    emend_json_end_array (writer);
  }
  emend_json_end_object (writer);
}

static gboolean
entry_from_json (EmendList *list,
                 const json_t *json)
{
  const char *value = json_string_value (json_object_get (json, "value"));
  const json_t *aliases = json_object_get (json, "aliases");
  g_autoptr (GPtrArray) names = g_ptr_array_new ();

  if (value == NULL || (aliases != NULL && !json_is_array (aliases)))
    return FALSE;
  for (gsize i = 0; i < json_array_size (aliases); i++) {
    const char *alias = json_string_value (json_array_get (aliases, i));

    if (alias == NULL)
      return FALSE;
    g_ptr_array_add (names, (gpointer) alias);
  }
  g_ptr_array_add (names, NULL);
  emend_list_add (list, value, (const char *const *) names->pdata);
  return TRUE;
}

static gboolean
refused_from_json (EmendList *list,
                   const json_t *json)
{
  if (json != NULL && (!json_is_array (json) || json_array_size (json) > MAX_ENTRIES))
    return FALSE;
  for (gsize i = 0; i < json_array_size (json); i++) {
    const char *text = json_string_value (json_array_get (json, i));

    if (text == NULL)
      return FALSE;
    emend_list_refuse (list, text);
  }
  return TRUE;
}

/**
 * emend_list_from_json:
 * @json: (nullable): a member of the "lists" of a schema file
 * @error: EMEND_MODEL_ERROR_SCHEMA
 *
 * Reads what emend_list_to_json() wrote, or a person. Any thread.
 *
 * Returns: (transfer full) (nullable): the list
 */
EmendList *
emend_list_from_json (const json_t *json,
                      GError **error)
{
  const char *name = json_string_value (json_object_get (json, "name"));
  const json_t *entries = json_object_get (json, "entries");
  g_autoptr (EmendList) list = NULL;
  gboolean sound = name != NULL && *name != '\0' && json_is_array (entries) &&
                   json_array_size (entries) <= MAX_ENTRIES;

  list = sound ? emend_list_new (name) : NULL;
  for (gsize i = 0; sound && i < json_array_size (entries); i++)
    sound = entry_from_json (list, json_array_get (entries, i));
  if (sound && refused_from_json (list, json_object_get (json, "refused")))
    return g_steal_pointer (&list);
  g_set_error (error, EMEND_MODEL_ERROR, EMEND_MODEL_ERROR_SCHEMA,
               _ ("The look-up list “%s” of the schema is not a list of values with their other spellings."),
               name != NULL ? name : "");
  return NULL;
}
