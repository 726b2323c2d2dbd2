#pragma once

#include "emend-candidate-private.h"
#include "emend-learn-document.h"
#include "emend-rows-private.h"

G_BEGIN_DECLS

/* What the numbers of features mean; a model of another version is not read. */
#define EMEND_FEATURE_VERSION 1

/**
 * EmendHitGroup:
 * @hits: (element-type EmendHit): what could be a value of fields of one kind
 * @rows: the features of each
 *
 * Fields of the same type and pattern share their candidates.
 */
typedef struct {
  GPtrArray *hits;
  EmendRows *rows;
} EmendHitGroup;

/**
 * EmendPrepared:
 * @layouts: (element-type EmendLayout): one a page
 * @starts: (array): number of the first word of each page, and of all words at the end
 * @words: (nullable): the features of each word; %NULL unless a field is any text
 * @groups: (element-type utf8 EmendHitGroup): by kind of field, see emend_field_kind()
 *
 * A document ready to be learned from or proposed for. Immutable.
 */
typedef struct {
  GPtrArray *layouts;
  guint *starts;
  EmendRows *words;
  GHashTable *groups;
} EmendPrepared;

EmendPrepared *emend_prepared_new (GPtrArray *pages,
                                   const EmendFieldSet *set);
void emend_prepared_free (EmendPrepared *prepared);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EmendPrepared, emend_prepared_free)
gboolean emend_prepared_covers (const EmendPrepared *prepared,
                                const EmendFieldSet *set);
const EmendHitGroup *emend_prepared_get_group (const EmendPrepared *prepared,
                                               const EmendFieldSet *set,
                                               const EmendField *field);

const EmendList *emend_field_set_find_list (const EmendFieldSet *set,
                                            const EmendField *field);
void emend_features_of_words (GPtrArray *layouts,
                              EmendRows *rows);
void emend_features_of_hits (GPtrArray *layouts,
                             GPtrArray *hits,
                             EmendRows *rows);

G_END_DECLS
