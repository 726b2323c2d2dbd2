#pragma once

#include "emend-features-private.h"
#include "emend-learner-private.h"

G_BEGIN_DECLS

/* Of the text of a span: where it starts, what is inside, where it ends. Of a type: one scorer, the first. */
enum {
  EMEND_SCORER_START,
  EMEND_SCORER_END,
  EMEND_SCORER_INSIDE,
  EMEND_N_SCORERS,
};

/* The best ones are kept: three for the rules of the schema to choose from, and one more to choose in the window. */
#define EMEND_MAX_GUESSES 4

/**
 * EmendGuess:
 * @page: from 0
 * @first: its first word on the page
 * @n_words: how many words it is of
 * @box: in page pixels
 * @text: as printed
 * @normal: (nullable): what it means
 * @score: the more the better; log odds of a learned one
 * @is_doubtful: whether the engine was not sure of one of its words
 *
 * What could be the value of a field.
 */
typedef struct {
  guint page;
  guint first;
  guint n_words;
  EmendRect box;
  char *text;
  char *normal;
  double score;
  gboolean is_doubtful;
} EmendGuess;

void emend_guess_free (EmendGuess *guess);
GPtrArray *emend_guesses_by_weights (EmendWeights *const *weights,
                                     const EmendPrepared *prepared,
                                     const EmendFieldSet *set,
                                     const EmendField *field);
GPtrArray *emend_guesses_by_rule (const EmendPrepared *prepared,
                                  const EmendFieldSet *set,
                                  const EmendField *field);
EmendGuess *emend_guess_new_hit (const EmendHit *hit,
                                 double score);
EmendGuess *emend_guess_new_span (const EmendPrepared *prepared,
                                  const EmendFieldSet *set,
                                  const EmendField *field,
                                  guint first,
                                  guint end,
                                  double score);

G_END_DECLS
