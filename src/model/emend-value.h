#pragma once

#include "emend-field.h"
#include "emend-types.h"

G_BEGIN_DECLS

/**
 * EmendRegion:
 * @page: from 0
 * @box: on that page, in page pixels
 *
 * A place on one of the pages of a document.
 */
typedef struct {
  int page;
  EmendRect box;
} EmendRegion;

/**
 * EmendCandidate:
 * @value: see #EmendValue
 * @page: from 0
 * @box: where it stands, in page pixels; without area when it stands nowhere
 * @score: probability 0..1
 *
 * What else the model thought the field could be.
 */
typedef struct {
  char *value;
  int page;
  EmendRect box;
  double score;
} EmendCandidate;

/**
 * EmendValue:
 * @text: (nullable): as it is printed on the page, or as an engine read it there
 * @value: (nullable): what it is meant to be, as a person would write it; %NULL for a field that is absent or illegible
 * @normal: (nullable): @value as emend_field_parse() normalises it; %NULL when it cannot be read as the field's type
 * @regions: (nullable) (element-type EmendRegion): further places; the first is the page and box of the proposal or
 *   annotation that has this value. A box without area there means that it has no place on a page
 * @row: row of a table, from 0; -1 outside of tables
 * @column: (nullable): name of a column of a table
 * @source: (nullable): where a proposal comes from: "imported", "learned", "rule", "lookup", "pdf-text"
 * @override: (nullable): why a value stands against the rules; such a value is not learned from
 * @blind: whether the reviewer typed it without seeing the proposal
 * @date_order: how a person read a date whose day and month can be swapped; 0 for as the field says
 * @candidates: (nullable) (element-type EmendCandidate): of a proposal, best first, without the value itself
 *
 * The value of a field, as a model proposed or a person decided it.
 */
struct _EmendValue {
  char *text;
  char *value;
  char *normal;
  GArray *regions;
  int row;
  char *column;
  char *source;
  char *override;
  gboolean blind;
  EmendDateOrder date_order;
  GPtrArray *candidates;
};

EmendValue *emend_value_new (const char *text);
EmendValue *emend_value_copy (const EmendValue *value);
void emend_value_free (EmendValue *value);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EmendValue, emend_value_free)
void emend_value_add_region (EmendValue *value,
                             int page,
                             const EmendRect *box);
void emend_value_add_candidate (EmendValue *value,
                                const char *text,
                                int page,
                                const EmendRect *box,
                                double score);
gboolean emend_value_same_words (const EmendValue *a,
                                 const EmendValue *b);
gboolean emend_value_same_place (const EmendValue *a,
                                 const EmendValue *b);
char *emend_value_to_json (const EmendValue *value);
EmendValue *emend_value_from_json (const char *text,
                                   GError **error);

G_END_DECLS
