#define G_LOG_DOMAIN "emend-propose"

#include "config.h"

#include "emend-features-private.h"

#include <math.h>
#include <string.h>

#include "emend-features-place-private.h"

/* Numbers that differ by less are the same amount. */
#define CENT 0.005

/* Weight of a part of a label against a whole word of it. */
#define PART 0.5

/* So many amounts are tried as parts of a sum; the greatest come first. */
#define MAX_PARTS 40

enum {
  FLAG_FIRST = 1,
  FLAG_LAST,
  FLAG_ALONE,
  FLAG_DIGITS,
  FLAG_NO_DIGITS,
  FLAG_MIDDLE,
  FLAG_PARENTHESIS,
};

enum {
  SUM_OF_TWO = 1,
  PART_OF_SUM,
  ZERO,
  NEGATIVE,
};

static void
add_token (EmendRows *rows,
           const EmendLayout *layout,
           guint word)
{
  const EmendLayoutToken *token = &layout->tokens[word];
  const char *text = emend_layout_get_text (layout, word);
  const char *tail = text + strlen (text);
  guint64 head_key = 0;
  guint64 tail_key = 0;

  for (int i = 0; i < 3 && *text != '\0'; i++, text = g_utf8_next_char (text))
    head_key = head_key << 21 | g_unichar_tolower (g_utf8_get_char (text));
  for (int i = 0; i < 3 && tail > text; i++) {
    tail = g_utf8_prev_char (tail);
    tail_key = tail_key << 21 | g_unichar_tolower (g_utf8_get_char (tail));
  }
  emend_rows_add (rows, EMEND_KIND_WORD, token->key, 1);
  emend_rows_add (rows, EMEND_KIND_SHAPE, token->shape, 1);
  emend_rows_add (rows, EMEND_KIND_START, head_key, 1);
  emend_rows_add (rows, EMEND_KIND_END, tail_key, 1);
  emend_rows_add (rows, EMEND_KIND_LENGTH, MIN (token->length, 12), 1);
  emend_rows_add (rows, EMEND_KIND_FLAG, token->n_digits > 0 ? FLAG_DIGITS : FLAG_NO_DIGITS, 1);
  if (!g_unichar_isalnum (token->last))
    emend_rows_add (rows, EMEND_KIND_LAST, token->last, 1);
}

/* How sure the engine was, in tenths; 11 where it did not say. */
static void
add_confidence (EmendRows *rows,
                const EmendLayout *layout,
                guint first,
                guint n_words)
{
  double least = 2;

  for (guint i = first; i < first + n_words; i++) {
    double confidence = (double) emend_words_get (layout->words, i)->confidence;

    if (!isnan (confidence))
      least = fmin (least, confidence);
  }
  emend_rows_add (rows, EMEND_KIND_CONFIDENCE, least > 1 ? 11 : (guint64) (fmax (least, 0) * 10), 1);
}

/* What the whole segment of a word says of it. */
static void
add_own_segment (EmendRows *rows,
                 const EmendLayout *layout,
                 guint word)
{
  guint at = layout->tokens[word].segment;
  const EmendSegment *segment = &layout->segments[at];
  double middle = segment->box.x + segment->box.width / 2 - layout->extent.x - layout->extent.width / 2;
  guint n_digits = 0;
  guint n = 0;

  for (guint i = segment->first; i < segment->first + segment->n_words; i++) {
    n_digits += layout->tokens[i].n_digits;
    n += layout->tokens[i].length;
  }
  emend_features_add_bag (rows, layout, (int) at, EMEND_KIND_OWN_BAG, 12);
  emend_rows_add (rows, EMEND_KIND_OWN_WORDS, MIN (segment->n_words, 8), 1);
  emend_rows_add (rows, EMEND_KIND_OWN_DIGITS, n > 0 ? n_digits * 8 / n : 0, 1);
  emend_rows_add (rows, EMEND_KIND_WIDTH, (guint64) (8 * segment->box.width / fmax (layout->extent.width, 1)), 1);
  if (word == segment->first)
    emend_rows_add (rows, EMEND_KIND_FLAG, FLAG_FIRST, 1);
  if (word + 1 == segment->first + segment->n_words)
    emend_rows_add (rows, EMEND_KIND_FLAG, FLAG_LAST, 1);
  if (segment->n_words == 1)
    emend_rows_add (rows, EMEND_KIND_FLAG, FLAG_ALONE, 1);
  if (fabs (middle) < 0.05 * layout->extent.width)
    emend_rows_add (rows, EMEND_KIND_FLAG, FLAG_MIDDLE, 1);
}

/* The words before and after in reading order, within the segment and beyond. */
static void
add_sequence (EmendRows *rows,
              const EmendLayout *layout,
              guint first,
              guint n_words)
{
  guint segment = layout->tokens[first].segment;
  guint end = first + n_words;

  for (guint i = 1; i <= 2; i++) {
    gboolean is_inside = first >= i && layout->tokens[first - i].segment == segment;
    guint kind = is_inside ? EMEND_KIND_BEFORE : EMEND_KIND_LINE_BEFORE;

    if (first >= i)
      emend_rows_add (rows, kind, layout->tokens[first - i].key + i, 1);
    else
      emend_rows_add (rows, EMEND_KIND_LINE_BEFORE, i, 1);
  }
  for (guint i = 0; i < 2; i++) {
    gboolean is_inside = end + i < layout->n_words && layout->tokens[end + i].segment == segment;

    if (end + i < layout->n_words)
      emend_rows_add (rows, is_inside ? EMEND_KIND_AFTER : EMEND_KIND_LINE_AFTER, layout->tokens[end + i].key + i, 1);
    else
      emend_rows_add (rows, EMEND_KIND_LINE_AFTER, i, 1);
  }
}

/**
 * emend_features_of_words:
 * @layouts: (element-type EmendLayout): the pages of a document
 * @rows: where a row is added for each word
 *
 * What could tell that a value starts, goes on or ends with a word.
 */
void
emend_features_of_words (GPtrArray *layouts,
                         EmendRows *rows)
{
  for (guint page = 0; page < layouts->len; page++) {
    const EmendLayout *layout = layouts->pdata[page];

    for (guint i = 0; i < layout->n_words; i++) {
      const EmendRect *box = &emend_words_get (layout->words, i)->box;

      emend_features_add_page (rows, page, layouts->len);
      add_token (rows, layout, i);
      add_confidence (rows, layout, i, 1);
      add_own_segment (rows, layout, i);
      add_sequence (rows, layout, i, 1);
      emend_features_add_place (rows, layout, box);
      emend_features_add_segment (rows, layout, layout->tokens[i].segment);
      emend_rows_end (rows);
    }
  }
}

static gboolean
same_amount (double a,
             double b)
{
  return fabs (a - b) < CENT;
}

static int
compare_numbers (gconstpointer a,
                 gconstpointer b)
{
  const double *left = a;
  const double *right = b;

  return (*left < *right) - (*left > *right);
}

/* One of the different numbers of a document. */
typedef struct {
  double value;
  gboolean is_sum;
  gboolean is_part;
} Number;

/* Which are sums of two others, and which are parts of such sums. */
static void
mark_sums (GArray *numbers)
{
  Number *values = (Number *) (void *) numbers->data;
  guint n = MIN (numbers->len, MAX_PARTS);

  for (guint i = 0; i < n; i++)
    for (guint j = i + 1; j < n && values[j].value > CENT; j++)
      for (guint k = 0; k < i; k++)
        if (same_amount (values[k].value, values[i].value + values[j].value))
          values[k].is_sum = values[i].is_part = values[j].is_part = TRUE;
}

/* The different numbers of all hits, the greatest first. */
static GArray *
collect_numbers (GPtrArray *hits)
{
  g_autoptr (GArray) all = g_array_new (FALSE, FALSE, sizeof (double));
  GArray *numbers = g_array_new (FALSE, FALSE, sizeof (Number));

  for (guint i = 0; i < hits->len; i++) {
    const EmendHit *hit = hits->pdata[i];

    if (!isnan (hit->number))
      g_array_append_val (all, hit->number);
  }
  g_array_sort (all, compare_numbers);
  for (guint i = 0; i < all->len; i++) {
    Number number = { .value = g_array_index (all, double, i) };

    if (i == 0 || !same_amount (g_array_index (all, double, i - 1), number.value))
      g_array_append_val (numbers, number);
  }
  mark_sums (numbers);
  return numbers;
}

static void
add_arithmetic (EmendRows *rows,
                GArray *numbers,
                double value)
{
  guint rank = 0;
  const Number *number;

  while (rank + 1 < numbers->len && g_array_index (numbers, Number, rank).value > value + CENT)
    rank++;
  number = &g_array_index (numbers, Number, rank);
  emend_rows_add (rows, EMEND_KIND_RANK, MIN (rank, 8), 1);
  emend_rows_add (rows, EMEND_KIND_RANK, 100 + MIN (numbers->len - rank, 8), 1);
  if (number->is_sum)
    emend_rows_add (rows, EMEND_KIND_ARITHMETIC, SUM_OF_TWO, 1);
  if (number->is_part)
    emend_rows_add (rows, EMEND_KIND_ARITHMETIC, PART_OF_SUM, 1);
  if (same_amount (value, 0))
    emend_rows_add (rows, EMEND_KIND_ARITHMETIC, ZERO, 1);
  if (value < 0)
    emend_rows_add (rows, EMEND_KIND_ARITHMETIC, NEGATIVE, 1);
}

static gboolean
same_value (const EmendHit *a,
            const EmendHit *b)
{
  if (isnan (a->number) || isnan (b->number))
    return strcmp (a->normal, b->normal) == 0;
  return same_amount (a->number, b->number);
}

/* How often the value stands on the document, and what stands before it elsewhere. */
static void
add_equals (EmendRows *rows,
            GPtrArray *layouts,
            GPtrArray *hits,
            guint index)
{
  const EmendHit *hit = hits->pdata[index];
  guint n = 0;

  for (guint i = 0; i < hits->len; i++) {
    const EmendHit *other = hits->pdata[i];
    const EmendLayout *layout = layouts->pdata[other->page];

    if (!same_value (hit, other))
      continue;
    n++;
    if (i == index || n > 6)
      continue;
    emend_features_add_bag (rows, layout, layout->segments[other->segment].left, EMEND_KIND_EQUAL_BAG, -4);
    for (guint word = layout->segments[other->segment].first; word < other->first; word++)
      emend_rows_add (rows, EMEND_KIND_EQUAL_BAG, layout->tokens[word].key, 1);
  }
  emend_rows_add (rows, EMEND_KIND_EQUALS, MIN (n, 5), 1);
}

/* Three characters each of a word of a label: where one was misread, others still tell. */
static void
add_parts (EmendRows *rows,
           const EmendLayout *layout,
           guint word)
{
  guint64 key = 0;
  guint n = 0;

  for (const char *at = emend_layout_get_text (layout, word); *at != '\0' && n < 16; at = g_utf8_next_char (at)) {
    gunichar character = g_utf8_get_char (at);

    if (!g_unichar_isalpha (character))
      continue;
    key = (key << 21 | g_unichar_tolower (character)) & G_GUINT64_CONSTANT (0x7fffffffffffffff);
    if (++n >= 3)
      emend_rows_add (rows, EMEND_KIND_LABEL_PART, key, PART);
  }
}

static void
add_hit (EmendRows *rows,
         const EmendLayout *layout,
         const EmendHit *hit)
{
  const EmendSegment *segment = &layout->segments[hit->segment];
  guint end = segment->first + segment->n_words;

  add_token (rows, layout, hit->first);
  add_confidence (rows, layout, hit->first, hit->n_words);
  emend_rows_add (rows, EMEND_KIND_WORD, emend_layout_hash (hit->text), 1);
  emend_rows_add (rows, EMEND_KIND_OWN_WORDS, MIN (segment->n_words, 8), 1);
  add_sequence (rows, layout, hit->first, hit->n_words);
  for (guint i = hit->first; i > segment->first && hit->first - i < 6; i--) {
    emend_rows_add (rows, EMEND_KIND_BEFORE_BAG, layout->tokens[i - 1].key, 1);
    add_parts (rows, layout, i - 1);
  }
  if (segment->left >= 0) {
    const EmendSegment *left = &layout->segments[segment->left];

    for (guint i = left->first; i < MIN (left->first + left->n_words, left->first + 5); i++)
      add_parts (rows, layout, i);
  }
  for (guint i = hit->first + hit->n_words; i < MIN (end, hit->first + hit->n_words + 3); i++)
    emend_rows_add (rows, EMEND_KIND_AFTER_BAG, layout->tokens[i].key, 1);
  if (hit->first == segment->first)
    emend_rows_add (rows, EMEND_KIND_FLAG, FLAG_FIRST, 1);
  if (hit->first + hit->n_words == end)
    emend_rows_add (rows, EMEND_KIND_FLAG, FLAG_LAST, 1);
  emend_features_add_place (rows, layout, &hit->box);
  emend_features_add_segment (rows, layout, hit->segment);
  if (hit->is_odd)
    emend_rows_add (rows, EMEND_KIND_ODD, 0, 1);
}

/**
 * emend_features_of_hits:
 * @layouts: (element-type EmendLayout): the pages of a document
 * @hits: (element-type EmendHit): candidates for one field
 * @rows: where a row is added for each
 *
 * What could tell which of the candidates is the value.
 */
void
emend_features_of_hits (GPtrArray *layouts,
                        GPtrArray *hits,
                        EmendRows *rows)
{
  g_autoptr (GArray) numbers = collect_numbers (hits);

  for (guint i = 0; i < hits->len; i++) {
    const EmendHit *hit = hits->pdata[i];

    emend_features_add_page (rows, hit->page, layouts->len);
    add_hit (rows, layouts->pdata[hit->page], hit);
    if (!isnan (hit->number))
      add_arithmetic (rows, numbers, hit->number);
    add_equals (rows, layouts, hits, i);
    emend_rows_add (rows, EMEND_KIND_FROM_FIRST, MIN (i, 8), 1);
    emend_rows_add (rows, EMEND_KIND_FROM_LAST, MIN (hits->len - 1 - i, 8), 1);
    emend_rows_end (rows);
  }
}
