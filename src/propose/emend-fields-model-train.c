#define G_LOG_DOMAIN "emend-propose"

#include "config.h"

#include <string.h>

#include "emend-fields-model-private.h"

static void
source_free (gpointer data)
{
  EmendLearnSource *source = data;

  if (source->is_own)
    emend_prepared_free (source->prepared);
  g_free (source);
}

static int
compare_ids (gconstpointer a,
             gconstpointer b)
{
  const EmendLearnDocument *const *left = a;
  const EmendLearnDocument *const *right = b;

  return memcmp (&(*left)->id, &(*right)->id, sizeof (EmendUuid));
}

/* In the order of their identities, each once, so that the order in which they came does not matter. */
static GPtrArray *
sort_documents (GPtrArray *documents)
{
  g_autoptr (GPtrArray) sorted = g_ptr_array_copy (documents, NULL, NULL);
  GPtrArray *unique = g_ptr_array_new ();

  g_ptr_array_set_free_func (sorted, NULL);
  g_ptr_array_sort (sorted, compare_ids);
  for (guint i = 0; i < sorted->len; i++)
    if (i == 0 || compare_ids (&sorted->pdata[i - 1], &sorted->pdata[i]) != 0)
      g_ptr_array_add (unique, sorted->pdata[i]);
  return unique;
}

static EmendLearnSource *
make_source (const EmendLearnDocument *document,
             const EmendFieldSet *set)
{
  EmendLearnSource *source = g_new0 (EmendLearnSource, 1);

  source->document = document;
  source->is_own = document->prepared == NULL || !emend_prepared_covers (document->prepared, set);
  source->prepared = source->is_own ? emend_prepared_new (document->pages, set) : document->prepared;
  return source;
}

static EmendFieldModel *
train_field (const EmendFieldSet *set,
             const EmendField *field,
             GPtrArray *sources,
             GCancellable *cancellable,
             GError **error)
{
  g_autoptr (EmendFieldModel) model = emend_field_model_new (field->id);
  g_autoptr (GPtrArray) truths = g_ptr_array_new_with_free_func ((GDestroyNotify) emend_truth_free);
  g_autoptr (GArray) told = g_array_new (FALSE, FALSE, sizeof (guint));
  EmendFieldLesson lesson = { set, field, sources, truths };

  for (guint i = 0; i < sources->len; i++) {
    const EmendLearnSource *source = sources->pdata[i];
    EmendTruth *truth = emend_truth_new (source->document, source->prepared, set, field);

    if (truth->state != EMEND_LEARN_EXCLUDED)
      g_array_append_val (told, i);
    g_ptr_array_add (truths, truth);
  }
  emend_field_lesson_learn (&lesson, (const guint *) (void *) told->data, told->len, model);
  if (!emend_field_lesson_test (&lesson, model, cancellable, error))
    return NULL;
  return g_steal_pointer (&model);
}

/**
 * emend_fields_model_train:
 * @set: the fields
 * @documents: (element-type EmendLearnDocument): what people confirmed; not changed
 * @cancellable: (nullable): to give up
 * @error: return location for an error
 *
 * Learns from scratch: nothing of an earlier model goes in, so a document that is left out leaves no trace. The same
 * documents in any order give the same model, byte for byte. Of documents with the same identity one counts.
 *
 * Returns: (transfer full) (nullable): a model, or %NULL with %G_IO_ERROR_CANCELLED. Any thread; it takes about a
 *   second for a thousand prepared documents.
 */
EmendFieldsModel *
emend_fields_model_train (const EmendFieldSet *set,
                          GPtrArray *documents,
                          GCancellable *cancellable,
                          GError **error)
{
  g_autoptr (EmendFieldsModel) model = emend_fields_model_new ();
  g_autoptr (GPtrArray) sorted = sort_documents (documents);
  g_autoptr (GPtrArray) sources = g_ptr_array_new_with_free_func (source_free);

  for (guint i = 0; i < sorted->len; i++) {
    const EmendLearnDocument *document = sorted->pdata[i];

    if (g_cancellable_set_error_if_cancelled (cancellable, error))
      return NULL;
    g_ptr_array_add (sources, make_source (document, set));
    g_array_append_val (model->ids, document->id);
  }
  for (guint i = 0; i < set->fields->len; i++) {
    const EmendField *field = set->fields->pdata[i];
    EmendFieldModel *learned;

    if (!emend_field_is_learnable (field))
      continue;
    learned = train_field (set, field, sources, cancellable, error);
    if (learned == NULL)
      return NULL;
    g_ptr_array_add (model->fields, learned);
  }
  return g_steal_pointer (&model);
}
