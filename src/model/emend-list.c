#define G_LOG_DOMAIN "emend-model"

#include "config.h"

#include "emend-field.h"

#include <string.h>

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

static void
learned_free (EmendLearnedAlias *alias)
{
  g_free (alias->text);
  g_free (alias->value);
  g_free (alias);
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
  list->learned = g_ptr_array_new_with_free_func ((GDestroyNotify) learned_free);
  list->refused = g_ptr_array_new_with_free_func (g_free);
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
  emend_list_go_on_from (copy, list);
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
  g_ptr_array_unref (list->learned);
  g_ptr_array_unref (list->refused);
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
 * emend_list_find_own:
 * @list: a list
 * @text: what stands in a document
 *
 * What emend_list_find() does, without what was learned.
 *
 * Returns: (transfer none) (nullable): the name that is meant. Any thread while nobody adds to it.
 */
const char *
emend_list_find_own (const EmendList *list,
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

/* Where the spelling is, or would be, among the learned ones; they are sorted by letters and digits. */
static gboolean
find_learned (const EmendList *list,
              const char *folded,
              guint *place)
{
  guint low = 0;
  guint high = list->learned->len;

  while (low < high) {
    guint middle = low + (high - low) / 2;
    const EmendLearnedAlias *alias = g_ptr_array_index (list->learned, middle);
    g_autofree char *own = emend_normal_fold (alias->text);
    int order = strcmp (own, folded);

    if (order == 0) {
      *place = middle;
      return TRUE;
    }
    if (order < 0)
      low = middle + 1;
    else
      high = middle;
  }
  *place = low;
  return FALSE;
}

/**
 * emend_list_find:
 * @list: a list
 * @text: what stands in a document
 *
 * Looks for a name or alias that is exactly @text, then for one that has the same letters and digits, whatever their
 * case and accents. Names beat aliases, and both what was learned. A text that fits several names equally well fits
 * none.
 *
 * Returns: (transfer none) (nullable): the name that is meant. Takes nearly the same time whatever the length of the
 *   list. Any thread while nobody adds to it.
 */
const char *
emend_list_find (const EmendList *list,
                 const char *text)
{
  const char *own = emend_list_find_own (list, text);
  g_autofree char *folded = NULL;
  guint place;

  if (own != NULL || list->learned->len == 0)
    return own;
  folded = emend_normal_fold (text);
  return find_learned (list, folded, &place) ?
           ((const EmendLearnedAlias *) g_ptr_array_index (list->learned, place))->value :
           NULL;
}

static gboolean
is_refused (const EmendList *list,
            const char *folded)
{
  for (guint i = 0; i < list->refused->len; i++) {
    g_autofree char *own = emend_normal_fold (g_ptr_array_index (list->refused, i));
    if (g_str_equal (own, folded))
      return TRUE;
  }
  return FALSE;
}

/**
 * emend_list_learn:
 * @list: a list that only the caller holds
 * @text: what stood in a document
 * @value: the name that is meant
 *
 * Returns: whether it is another spelling of the name now: not when the list knows @text itself or @value not at all,
 *   when @text has no letter and no digit, was refused, or was learned before
 */
gboolean
emend_list_learn (EmendList *list,
                  const char *text,
                  const char *value)
{
  g_autofree char *folded = emend_normal_fold (text);
  const char *name = emend_list_find_own (list, value);
  EmendLearnedAlias *alias;
  guint place;

  if (*folded == '\0' || name == NULL || emend_list_find_own (list, text) != NULL || is_refused (list, folded) ||
      find_learned (list, folded, &place))
    return FALSE;
  alias = g_new0 (EmendLearnedAlias, 1);
  alias->text = g_strdup (text);
  alias->value = g_strdup (name);
  g_ptr_array_insert (list->learned, (int) place, alias);
  return TRUE;
}

/**
 * emend_list_forget:
 * @list: a list that only the caller holds
 *
 * Takes away all that was learned.
 */
void
emend_list_forget (EmendList *list)
{
  g_ptr_array_set_size (list->learned, 0);
}

/**
 * emend_list_refuse:
 * @list: a list that only the caller holds
 * @text: a spelling
 *
 * Takes it away when it was learned, and lets it not be learned again.
 */
void
emend_list_refuse (EmendList *list,
                   const char *text)
{
  g_autofree char *folded = emend_normal_fold (text);
  guint place;

  if (find_learned (list, folded, &place))
    g_ptr_array_remove_index (list->learned, place);
  if (*folded != '\0' && !is_refused (list, folded))
    g_ptr_array_add (list->refused, g_strdup (text));
}

/**
 * emend_list_go_on_from:
 * @list: a list that only the caller holds
 * @other: a list that it takes the place of
 *
 * What was refused there is refused here, and what was learned there is learned here, where it still fits.
 */
void
emend_list_go_on_from (EmendList *list,
                       const EmendList *other)
{
  for (guint i = 0; i < other->refused->len; i++)
    emend_list_refuse (list, g_ptr_array_index (other->refused, i));
  for (guint i = 0; i < other->learned->len; i++) {
    const EmendLearnedAlias *alias = g_ptr_array_index (other->learned, i);
    emend_list_learn (list, alias->text, alias->value);
  }
}

/**
 * emend_list_copy_with_learned:
 * @list: a list
 *
 * Returns: (transfer full): the same, in which what was learned are other spellings like those from a file. Any thread.
 */
EmendList *
emend_list_copy_with_learned (const EmendList *list)
{
  EmendList *copy = emend_list_new (list->name);

  for (guint i = 0; i < list->entries->len; i++) {
    const EmendListEntry *entry = g_ptr_array_index (list->entries, i);
    g_autoptr (GPtrArray) aliases = g_ptr_array_new ();

    for (char **alias = entry->aliases; alias != NULL && *alias != NULL; alias++)
      g_ptr_array_add (aliases, *alias);
    for (guint j = 0; j < list->learned->len; j++) {
      const EmendLearnedAlias *alias = g_ptr_array_index (list->learned, j);
      if (g_str_equal (alias->value, entry->value))
        g_ptr_array_add (aliases, alias->text);
    }
    g_ptr_array_add (aliases, NULL);
    emend_list_add (copy, entry->value, (const char *const *) aliases->pdata);
  }
  for (guint i = 0; i < list->refused->len; i++)
    emend_list_refuse (copy, g_ptr_array_index (list->refused, i));
  return copy;
}

/**
 * emend_list_learned_alike:
 * @a: a list
 * @b: another
 *
 * Returns: whether both learned the same. Any thread.
 */
gboolean
emend_list_learned_alike (const EmendList *a,
                          const EmendList *b)
{
  if (a->learned->len != b->learned->len)
    return FALSE;
  for (guint i = 0; i < a->learned->len; i++) {
    const EmendLearnedAlias *x = g_ptr_array_index (a->learned, i);
    const EmendLearnedAlias *y = g_ptr_array_index (b->learned, i);

    if (!g_str_equal (x->text, y->text) || !g_str_equal (x->value, y->value))
      return FALSE;
  }
  return TRUE;
}
