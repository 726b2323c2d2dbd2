#define G_LOG_DOMAIN "emend-propose"

#include "config.h"

#include "emend-learn-document-private.h"

static void
learn_value_free (gpointer data)
{
  EmendLearnValue *value = data;

  g_free (value->text);
  g_free (value->value);
  g_array_unref (value->regions);
  g_free (value);
}

/**
 * emend_learn_document_new:
 * @id: identity of the document; of two with the same one is learned from
 *
 * Returns: (transfer full): a document without pages and values. Any thread.
 */
EmendLearnDocument *
emend_learn_document_new (const EmendUuid *id)
{
  EmendLearnDocument *document = g_new0 (EmendLearnDocument, 1);

  document->id = *id;
  document->pages = g_ptr_array_new_with_free_func ((GDestroyNotify) emend_words_unref);
  document->values = g_ptr_array_new_with_free_func (learn_value_free);
  return document;
}

/**
 * emend_learn_document_free:
 * @document: (transfer full): a document
 *
 * Any thread.
 */
void
emend_learn_document_free (EmendLearnDocument *document)
{
  g_ptr_array_unref (document->pages);
  g_ptr_array_unref (document->values);
  g_clear_pointer (&document->prepared, emend_prepared_free);
  g_free (document);
}

/**
 * emend_learn_document_get_id:
 * @document: a document
 *
 * Returns: (transfer none): its identity. Any thread.
 */
const EmendUuid *
emend_learn_document_get_id (const EmendLearnDocument *document)
{
  return &document->id;
}

/**
 * emend_learn_document_add_page:
 * @document: a document that only the caller holds
 * @words: the words of its next page; referenced
 *
 * Pages are added in order, one without words as well.
 */
void
emend_learn_document_add_page (EmendLearnDocument *document,
                               EmendWords *words)
{
  g_clear_pointer (&document->prepared, emend_prepared_free);
  g_ptr_array_add (document->pages, emend_words_ref (words));
}

static void
add_region (EmendLearnValue *value,
            int page,
            const EmendRect *box)
{
  EmendRegion region = { page, *box };

  if (page >= 0 && emend_rect_is_finite (box) && emend_rect_area (box) > 0)
    g_array_append_val (value->regions, region);
}

/**
 * emend_learn_document_add_value:
 * @document: a document that only the caller holds
 * @field: id of a field
 * @state: what is known of it
 * @value: (nullable): the final value, its printed text and further regions; not needed when it is absent or excluded
 * @page: of its first region, from 0
 * @box: (nullable): the first region, in page pixels; without area when it has no place
 *
 * Tells what a person decided of a field. A value that was set against the rules (EmendValue.override), one without
 * text and one of a table are not learned from. A field of which nothing is told is not learned from either. A field
 * that may be repeated is told once for each of its values.
 */
void
emend_learn_document_add_value (EmendLearnDocument *document,
                                int field,
                                EmendLearnState state,
                                const EmendValue *value,
                                int page,
                                const EmendRect *box)
{
  EmendLearnValue *learn = g_new0 (EmendLearnValue, 1);

  learn->field = field;
  learn->state = state;
  learn->regions = g_array_new (FALSE, FALSE, sizeof (EmendRegion));
  if (state == EMEND_LEARN_PRESENT && (value == NULL || value->value == NULL || *value->value == '\0' ||
                                       value->row >= 0 || value->override != NULL))
    learn->state = EMEND_LEARN_EXCLUDED;
  if (learn->state == EMEND_LEARN_PRESENT) {
    learn->text = g_strdup (value->text);
    learn->value = g_strdup (value->value);
    learn->date_order = value->date_order;
    if (box != NULL)
      add_region (learn, page, box);
    for (guint i = 0; value->regions != NULL && i < value->regions->len; i++) {
      const EmendRegion *region = &g_array_index (value->regions, EmendRegion, i);

      add_region (learn, region->page, &region->box);
    }
  }
  g_ptr_array_add (document->values, learn);
}

/**
 * emend_learn_document_prepare:
 * @document: a document with all its pages, that only the caller holds
 * @set: what will be learned
 *
 * Extracts candidates and features once, so that a document that stays the same costs nothing at the next training.
 * Without it, or when the fields have changed since, each training extracts them anew.
 */
void
emend_learn_document_prepare (EmendLearnDocument *document,
                              const EmendFieldSet *set)
{
  if (document->prepared != NULL && emend_prepared_covers (document->prepared, set))
    return;
  g_clear_pointer (&document->prepared, emend_prepared_free);
  document->prepared = emend_prepared_new (document->pages, set);
}
