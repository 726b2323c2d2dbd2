#pragma once

#include "emend-field.h"
#include "emend-value.h"
#include "emend-words.h"

G_BEGIN_DECLS

/**
 * EmendFieldSet:
 * @fields: (element-type EmendField): the fields that are asked for; retired ones, tables and marks are passed over
 * @lists: (nullable) (element-type EmendList): where the fields' look-up lists are
 * @rules: (nullable) (element-type EmendRule): sums among them are kept when values are chosen
 *
 * What of a schema the learning needs. Everything belongs to the caller.
 */
typedef struct {
  GPtrArray *fields;
  GPtrArray *lists;
  GPtrArray *rules;
} EmendFieldSet;

/**
 * EmendLearnState:
 * @EMEND_LEARN_PRESENT: the document has the value
 * @EMEND_LEARN_ABSENT: a person said that the document has no such value
 * @EMEND_LEARN_EXCLUDED: not to be learned from: illegible, set against the rules, or not decided
 *
 * What is known of a field of a document.
 */
typedef enum {
  EMEND_LEARN_PRESENT = 1,
  EMEND_LEARN_ABSENT,
  EMEND_LEARN_EXCLUDED,
} EmendLearnState;

/**
 * EmendLearnDocument:
 *
 * A document that a person confirmed: its words and what its fields are. It is filled by its maker and never changed
 * once it is learned from; then any thread may read it.
 */
typedef struct _EmendLearnDocument EmendLearnDocument;

EmendLearnDocument *emend_learn_document_new (const EmendUuid *id);
void emend_learn_document_free (EmendLearnDocument *document);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EmendLearnDocument, emend_learn_document_free)

const EmendUuid *emend_learn_document_get_id (const EmendLearnDocument *document);
void emend_learn_document_add_page (EmendLearnDocument *document,
                                    EmendWords *words);
void emend_learn_document_add_value (EmendLearnDocument *document,
                                     int field,
                                     EmendLearnState state,
                                     const EmendValue *value,
                                     int page,
                                     const EmendRect *box);
void emend_learn_document_prepare (EmendLearnDocument *document,
                                   const EmendFieldSet *set);

G_END_DECLS
