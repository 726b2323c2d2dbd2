#define G_LOG_DOMAIN "emend-propose"

#include "config.h"

#include <math.h>
#include <string.h>

#include "emend-features-private.h"

static void
group_free (gpointer data)
{
  EmendHitGroup *group = data;

  g_ptr_array_unref (group->hits);
  emend_rows_free (group->rows);
  g_free (group);
}

/**
 * emend_field_set_find_list:
 * @set: a set of fields
 * @field: one of them
 *
 * Returns: (transfer none) (nullable): its look-up list. Any thread.
 */
const EmendList *
emend_field_set_find_list (const EmendFieldSet *set,
                           const EmendField *field)
{
  for (guint i = 0; field->list != NULL && set->lists != NULL && i < set->lists->len; i++) {
    const EmendList *list = set->lists->pdata[i];

    if (g_strcmp0 (list->name, field->list) == 0)
      return list;
  }
  return NULL;
}

/* All that decides which texts can be read as values of a field. */
static char *
kind_of (const EmendFieldSet *set,
         const EmendField *field)
{
  const EmendList *list = emend_field_set_find_list (set, field);
  g_autofree char *choices = field->choices != NULL ? g_strjoinv ("\x1f", field->choices) : NULL;

  return g_strdup_printf ("%d %d %g %g %d %d\x1f%s\x1f%s\x1f%s\x1f%s %u", (int) field->type, (int) field->date_order,
                          field->minimum, field->maximum, field->min_length, field->max_length,
                          field->currency != NULL ? field->currency : "", field->pattern != NULL ? field->pattern : "",
                          choices != NULL ? choices : "", field->list != NULL ? field->list : "",
                          list != NULL ? list->entries->len : 0);
}

static void
add_group (EmendPrepared *prepared,
           const EmendFieldSet *set,
           const EmendField *field)
{
  g_autofree char *kind = kind_of (set, field);
  EmendHitGroup *group;

  if (g_hash_table_contains (prepared->groups, kind))
    return;
  group = g_new0 (EmendHitGroup, 1);
  group->hits = emend_hits_find (prepared->layouts, field, emend_field_set_find_list (set, field));
  group->rows = emend_rows_new ();
  emend_features_of_hits (prepared->layouts, group->hits, group->rows);
  g_hash_table_insert (prepared->groups, g_steal_pointer (&kind), group);
}

/**
 * emend_prepared_new:
 * @pages: (element-type EmendWords): of a document
 * @set: the fields
 *
 * Returns: (transfer full): the candidates for all fields, and the features of them. Any thread.
 */
EmendPrepared *
emend_prepared_new (GPtrArray *pages,
                    const EmendFieldSet *set)
{
  EmendPrepared *prepared = g_new0 (EmendPrepared, 1);

  prepared->layouts = g_ptr_array_new_with_free_func ((GDestroyNotify) emend_layout_free);
  prepared->starts = g_new0 (guint, pages->len + 1);
  prepared->groups = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, group_free);
  for (guint i = 0; i < pages->len; i++) {
    EmendLayout *layout = emend_layout_new (pages->pdata[i]);

    g_ptr_array_add (prepared->layouts, layout);
    prepared->starts[i + 1] = prepared->starts[i] + layout->n_words;
  }
  for (guint i = 0; i < set->fields->len; i++) {
    const EmendField *field = set->fields->pdata[i];

    if (!emend_field_is_learnable (field))
      continue;
    if (!emend_field_is_span (field)) {
      add_group (prepared, set, field);
    } else if (prepared->words == NULL) {
      prepared->words = emend_rows_new ();
      emend_features_of_words (prepared->layouts, prepared->words);
    }
  }
  return prepared;
}

/**
 * emend_prepared_free:
 * @prepared: (transfer full): a document
 *
 * Any thread.
 */
void
emend_prepared_free (EmendPrepared *prepared)
{
  g_ptr_array_unref (prepared->layouts);
  g_free (prepared->starts);
  g_clear_pointer (&prepared->words, emend_rows_free);
  g_hash_table_unref (prepared->groups);
  g_free (prepared);
}

/**
 * emend_prepared_covers:
 * @prepared: a document
 * @set: the fields
 *
 * Returns: whether all that these fields need is there. Any thread.
 */
gboolean
emend_prepared_covers (const EmendPrepared *prepared,
                       const EmendFieldSet *set)
{
  for (guint i = 0; i < set->fields->len; i++) {
    const EmendField *field = set->fields->pdata[i];

    if (!emend_field_is_learnable (field))
      continue;
    if (emend_field_is_span (field) ? prepared->words == NULL : emend_prepared_get_group (prepared, set, field) == NULL)
      return FALSE;
  }
  return TRUE;
}

/**
 * emend_prepared_get_group:
 * @prepared: a document
 * @set: the fields
 * @field: one whose values are of a type
 *
 * Returns: (transfer none) (nullable): the candidates for it. Any thread.
 */
const EmendHitGroup *
emend_prepared_get_group (const EmendPrepared *prepared,
                          const EmendFieldSet *set,
                          const EmendField *field)
{
  g_autofree char *kind = kind_of (set, field);

  return g_hash_table_lookup (prepared->groups, kind);
}
