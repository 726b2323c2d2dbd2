#define G_LOG_DOMAIN "emend-model"

#include "config.h"

#include "emend-field.h"

#include "emend-normal-private.h"

/* What the indices hold: the entry's place, from 1, and whether the key is an alias; or that several are meant. */
#define FOUND(place, alias) GUINT_TO_POINTER ((place) << 1 | ((alias) ? 1u : 0u))
#define FOUND_PLACE(found) (GPOINTER_TO_UINT (found) >> 1)
#define FOUND_ALIAS(found) ((GPOINTER_TO_UINT (found) & 1u) != 0)
#define SEVERAL 0

static void
entry_free (EmendListEntry *entry)
{
  g_free (entry->value);
  g_strfreev (entry->aliases);
  g_free (entry);
}

/**
 * emend_list_new:
 * @name: unique in the schema
 *
 * Returns: (transfer full): a list without entries. Any thread.
 */
EmendList *
emend_list_new (const char *name)
{
  EmendList *list = g_new0 (EmendList, 1);

  list->name = g_strdup (name);
  list->entries = g_ptr_array_new_with_free_func ((GDestroyNotify) entry_free);
  list->exact = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  list->folded = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return list;
}

/**
 * emend_list_copy:
 * @list: a list
 *
 * Returns: (transfer full): the same. Any thread.
 */
EmendList *
emend_list_copy (const EmendList *list)
{
  EmendList *copy = emend_list_new (list->name);

  for (guint i = 0; i < list->entries->len; i++) {
    const EmendListEntry *entry = g_ptr_array_index (list->entries, i);
    emend_list_add (copy, entry->value, (const char *const *) entry->aliases);
  }
  return copy;
}

/**
 * emend_list_free:
 * @list: (transfer full) (nullable): a list
 *
 * Any thread.
 */
void
emend_list_free (EmendList *list)
{
  if (list == NULL)
    return;
  g_free (list->name);
  g_ptr_array_unref (list->entries);
  g_hash_table_unref (list->exact);
  g_hash_table_unref (list->folded);
  g_free (list);
}

/* The names that are meant beat aliases; two that are equally good cancel each other. */
static void
index_key (EmendList *list,
           GHashTable *index,
           char *key,
           guint place,
           gboolean alias)
{
  gpointer known;
  const EmendListEntry *other;

  if (*key == '\0') {
    g_free (key);
    return;
  }
  if (!g_hash_table_lookup_extended (index, key, NULL, &known)) {
    g_hash_table_insert (index, key, FOUND (place, alias));
    return;
  }
  if (FOUND_ALIAS (known) && !alias) {
    g_hash_table_replace (index, key, FOUND (place, alias));
    return;
  }
  if (FOUND_ALIAS (known) == alias && FOUND_PLACE (known) != SEVERAL) {
    other = g_ptr_array_index (list->entries, FOUND_PLACE (known) - 1);
    if (!g_str_equal (other->value, ((EmendListEntry *) g_ptr_array_index (list->entries, place - 1))->value)) {
      g_hash_table_replace (index, key, FOUND (SEVERAL, alias));
      return;
    }
  }
  g_free (key);
}

/**
 * emend_list_add:
 * @list: a list that only the caller holds
 * @value: the name that is meant
 * @aliases: (nullable) (array zero-terminated=1): other spellings of it
 */
void
emend_list_add (EmendList *list,
                const char *value,
                const char *const *aliases)
{
  EmendListEntry *entry = g_new0 (EmendListEntry, 1);
  guint place;

  entry->value = g_strdup (value);
  if (aliases != NULL && *aliases != NULL)
    entry->aliases = g_strdupv ((char **) aliases);
  g_ptr_array_add (list->entries, entry);
  place = list->entries->len;
  index_key (list, list->exact, g_strdup (value), place, FALSE);
  index_key (list, list->folded, emend_normal_fold (value), place, FALSE);
  for (char **alias = entry->aliases; alias != NULL && *alias != NULL; alias++) {
    index_key (list, list->exact, g_strdup (*alias), place, TRUE);
    index_key (list, list->folded, emend_normal_fold (*alias), place, TRUE);
  }
}

/**
 * emend_list_find:
 * @list: a list
 * @text: what stands in a document
 *
 * Looks for a name or alias that is exactly @text, then for one that has the same letters and digits, whatever their
 * case and accents. Names beat aliases. A text that fits several names equally well fits none.
 *
 * Returns: (transfer none) (nullable): the name that is meant. Takes the same time whatever the length of the list.
 *   Any thread while nobody adds to it.
 */
const char *
emend_list_find (const EmendList *list,
                 const char *text)
{
  guint place = FOUND_PLACE (g_hash_table_lookup (list->exact, text));
  g_autofree char *folded = NULL;

  if (place == SEVERAL) {
    folded = emend_normal_fold (text);
    place = FOUND_PLACE (g_hash_table_lookup (list->folded, folded));
  }
  return place == SEVERAL ? NULL : ((const EmendListEntry *) g_ptr_array_index (list->entries, place - 1))->value;
}
