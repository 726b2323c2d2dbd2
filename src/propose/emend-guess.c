#define G_LOG_DOMAIN "emend-propose"

#include "config.h"

#include "emend-guess-private.h"

#include <math.h>

#include "emend-normal.h"

/* An engine that is surer than this of a word is seldom wrong: of Tesseract's words on receipts 3 in 100. */
#define SURE 0.9

/* A text of a field is not longer than this. */
#define MAX_SPAN_WORDS 60
#define MAX_SPAN_LINES 8

/* How much the words inside of a span count against those at its ends. On the receipts of the bench 0.5, 0.75 and 1
 * differ by less than chance does. */
#define INSIDE 0.5

/**
 * emend_guess_free:
 * @guess: (transfer full): a guess
 *
 * Any thread.
 */
void
emend_guess_free (EmendGuess *guess)
{
  g_free (guess->text);
  g_free (guess->normal);
  g_free (guess);
}

/**
 * emend_guess_new_hit:
 * @hit: a candidate of a type
 * @score: its score
 *
 * Returns: (transfer full): a guess. Any thread.
 */
EmendGuess *
emend_guess_new_hit (const EmendHit *hit,
                     double score)
{
  EmendGuess *guess = g_new0 (EmendGuess, 1);

  *guess = (EmendGuess){ hit->page, hit->first, hit->n_words, hit->box, g_strdup (hit->text), g_strdup (hit->normal),
                         score, FALSE };
  return guess;
}

/**
 * emend_guess_new_span:
 * @prepared: a document
 * @set: the fields
 * @field: one of any text
 * @first: number of its first word in the document
 * @end: number of the word after its last, on the same page
 * @score: its score
 *
 * Returns: (transfer full): a guess. Any thread.
 */
EmendGuess *
emend_guess_new_span (const EmendPrepared *prepared,
                      const EmendFieldSet *set,
                      const EmendField *field,
                      guint first,
                      guint end,
                      double score)
{
  EmendGuess *guess = g_new0 (EmendGuess, 1);
  g_autoptr (GArray) indices = g_array_new (FALSE, FALSE, sizeof (guint));
  g_auto (EmendNormal) normal = { 0 };
  const EmendLayout *layout;

  while (prepared->starts[guess->page + 1] <= first)
    guess->page++;
  layout = prepared->layouts->pdata[guess->page];
  guess->first = first - prepared->starts[guess->page];
  guess->n_words = end - first;
  guess->box = emend_layout_get_box (layout, guess->first, guess->n_words);
  guess->score = score;
  for (guint i = 0; i < guess->n_words; i++) {
    guint index = guess->first + i;

    guess->is_doubtful = guess->is_doubtful || (double) emend_words_get (layout->words, index)->confidence < SURE;
    g_array_append_val (indices, index);
  }
  guess->text = emend_words_join (layout->words, (const guint *) (void *) indices->data, indices->len);
  emend_field_parse (field, emend_field_set_find_list (set, field), guess->text, &normal);
  guess->normal = g_steal_pointer (&normal.normal);
  return guess;
}

/* Puts a guess in its place among the best, unless there is a better one of the same value. */
static void
offer_hit (GPtrArray *guesses,
           const EmendHit *hit,
           double score)
{
  guint at = 0;

  while (at < guesses->len && ((const EmendGuess *) guesses->pdata[at])->score >= score) {
    if (g_strcmp0 (((const EmendGuess *) guesses->pdata[at])->normal, hit->normal) == 0)
      return;
    at++;
  }
  if (at >= EMEND_MAX_GUESSES)
    return;
  for (guint i = at; i < guesses->len; i++)
    if (g_strcmp0 (((const EmendGuess *) guesses->pdata[i])->normal, hit->normal) == 0) {
      g_ptr_array_remove_index (guesses, i);
      break;
    }
  g_ptr_array_insert (guesses, (int) at, emend_guess_new_hit (hit, score));
  if (guesses->len > EMEND_MAX_GUESSES)
    g_ptr_array_set_size (guesses, EMEND_MAX_GUESSES);
}

static void
guess_hits (GPtrArray *guesses,
            const EmendWeights *weights,
            const EmendHitGroup *group)
{
  for (guint i = 0; i < group->hits->len; i++)
    offer_hit (guesses, group->hits->pdata[i], emend_weights_score (weights, group->rows, i));
}

/* The best span that starts with a word. */
typedef struct {
  guint first;
  guint end;
  double score;
} Span;

/* What the words inside add is the sum over the lines of the mean of the words of each, as the words of a line say the
 * same thing over and over. */
static Span
best_from (const EmendLayout *layout,
           const double *scores[EMEND_N_SCORERS],
           guint first)
{
  Span best = { first, first, -INFINITY };
  guint limit = MIN (layout->n_words, first + MAX_SPAN_WORDS);
  double lines = 0, line = 0;
  guint n_line = 0, n_lines = 1;

  for (guint i = first; i < limit; i++) {
    double score;

    if (i > first && layout->tokens[i].segment != layout->tokens[i - 1].segment) {
      lines += line / n_line;
      line = 0;
      n_line = 0;
      if (++n_lines > MAX_SPAN_LINES)
        break;
    }
    line += scores[EMEND_SCORER_INSIDE][i];
    n_line++;
    score = scores[EMEND_SCORER_START][first] + scores[EMEND_SCORER_END][i] + INSIDE * (lines + line / n_line);
    if (score > best.score)
      best = (Span){ first, i + 1, score };
  }
  return best;
}

static int
compare_spans (gconstpointer a,
               gconstpointer b)
{
  const Span *left = a;
  const Span *right = b;

  if (left->score == right->score)
    return left->first < right->first ? -1 : left->first > right->first;
  return left->score > right->score ? -1 : 1;
}

/* The number of the segment of a word within the document. */
static guint
segment_of (const EmendPrepared *prepared,
            guint word)
{
  guint before = 0;
  guint page = 0;

  for (; prepared->starts[page + 1] <= word; page++)
    before += ((const EmendLayout *) prepared->layouts->pdata[page])->n_segments;
  return before + ((const EmendLayout *) prepared->layouts->pdata[page])->tokens[word - prepared->starts[page]].segment;
}

static GArray *
find_spans (EmendWeights *const *weights,
            const EmendPrepared *prepared)
{
  gsize n = prepared->starts[prepared->layouts->len];
  g_autofree double *values = g_new (double, MAX (n, 1) * EMEND_N_SCORERS);
  GArray *spans = g_array_new (FALSE, FALSE, sizeof (Span));

  for (gsize scorer = 0; scorer < EMEND_N_SCORERS; scorer++)
    for (guint i = 0; i < n; i++)
      values[scorer * n + i] = emend_weights_score (weights[scorer], prepared->words, i);
  for (guint page = 0; page < prepared->layouts->len; page++) {
    const EmendLayout *layout = prepared->layouts->pdata[page];
    guint start = prepared->starts[page];
    const double *scores[EMEND_N_SCORERS] = { values + start, values + n + start, values + n + n + start };

    for (guint i = 0; i < layout->n_words; i++) {
      Span span = best_from (layout, scores, i);

      span.first += start;
      span.end += start;
      g_array_append_val (spans, span);
    }
  }
  g_array_sort (spans, compare_spans);
  return spans;
}

/* The best span, then the best ones that start in other segments: what starts a word later is hardly another choice. */
static void
guess_spans (GPtrArray *guesses,
             EmendWeights *const *weights,
             const EmendPrepared *prepared,
             const EmendFieldSet *set,
             const EmendField *field)
{
  g_autoptr (GArray) spans = find_spans (weights, prepared);
  guint taken[EMEND_MAX_GUESSES] = { 0 };

  for (guint i = 0; i < spans->len && guesses->len < EMEND_MAX_GUESSES; i++) {
    const Span *span = &g_array_index (spans, Span, i);
    guint segment = segment_of (prepared, span->first);
    gboolean is_new = TRUE;

    for (guint j = 0; j < guesses->len && is_new; j++)
      is_new = taken[j] != segment;
    if (!is_new)
      continue;
    taken[guesses->len] = segment;
    g_ptr_array_add (guesses,
                     emend_guess_new_span (prepared, set, field, span->first, span->end, span->score));
  }
}

/**
 * emend_guesses_by_weights:
 * @weights: (array fixed-size=3): what was learned of the field
 * @prepared: a document
 * @set: the fields
 * @field: one of them
 *
 * Returns: (transfer full) (element-type EmendGuess): the best few values, best first. Any thread.
 */
GPtrArray *
emend_guesses_by_weights (EmendWeights *const *weights,
                          const EmendPrepared *prepared,
                          const EmendFieldSet *set,
                          const EmendField *field)
{
  GPtrArray *guesses = g_ptr_array_new_with_free_func ((GDestroyNotify) emend_guess_free);

  if (emend_field_is_span (field))
    guess_spans (guesses, weights, prepared, set, field);
  else
    guess_hits (guesses, weights[EMEND_SCORER_START], emend_prepared_get_group (prepared, set, field));
  return guesses;
}
