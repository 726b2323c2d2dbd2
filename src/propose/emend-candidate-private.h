#pragma once

#include "emend-field.h"
#include "emend-layout-private.h"

G_BEGIN_DECLS

/**
 * EmendHit:
 * @page: from 0
 * @first: its first word on that page
 * @n_words: how many words it is of
 * @segment: in which they stand
 * @box: of the text itself, which may be a part of a word
 * @text: as printed
 * @normal: what it means, see #EmendNormal
 * @number: of a number or amount; NaN otherwise
 * @is_odd: whether it breaks a rule of its field
 *
 * A text that could be a value of a type.
 */
typedef struct {
  guint page;
  guint first;
  guint n_words;
  guint segment;
  EmendRect box;
  char *text;
  char *normal;
  double number;
  gboolean is_odd;
} EmendHit;

/* More on one document are not looked at. */
#define EMEND_MAX_HITS 2000

void emend_hit_free (EmendHit *hit);
gboolean emend_field_is_learnable (const EmendField *field);
gboolean emend_field_is_span (const EmendField *field);
GPtrArray *emend_hits_find (GPtrArray *layouts,
                            const EmendField *field,
                            const EmendList *list);

G_END_DECLS
