#pragma once

#include "emend-learn-document-private.h"

G_BEGIN_DECLS

/* What a candidate or word is to the truth. */
typedef enum {
  EMEND_TRUTH_START = 1 << 0,  /* of a word: the value starts with it. Of a candidate: it is the value */
  EMEND_TRUTH_END = 1 << 1,    /* the value ends with the word */
  EMEND_TRUTH_INSIDE = 1 << 2, /* the word belongs to the value */
  EMEND_TRUTH_NEUTRAL = 1 << 3 /* neither right nor wrong: not learned from */
} EmendTruthMark;

/**
 * EmendTruth:
 * @state: what is known of the field
 * @marks: (array): one for each candidate, or each word of the document; see #EmendTruthMark
 * @n_marks: how many
 * @has_place: whether any of them is marked as the value
 * @is_reachable: whether a candidate is exactly the value
 * @finals: (element-type utf8): letters and digits of the values
 * @printed: (element-type utf8): letters and digits of their printed texts
 * @normals: (element-type utf8): the values in their normalised form
 *
 * What one document says of one field, for its candidates.
 */
typedef struct {
  EmendLearnState state;
  guint8 *marks;
  guint n_marks;
  gboolean has_place;
  gboolean is_reachable;
  GPtrArray *finals;
  GPtrArray *printed;
  GPtrArray *normals;
} EmendTruth;

EmendTruth *emend_truth_new (const EmendLearnDocument *document,
                             const EmendPrepared *prepared,
                             const EmendFieldSet *set,
                             const EmendField *field);
void emend_truth_free (EmendTruth *truth);
gboolean emend_truth_accepts (const EmendTruth *truth,
                              const char *value,
                              const char *normal);
gboolean emend_normal_same (const char *a,
                            const char *b);

G_END_DECLS
