#define G_LOG_DOMAIN "emend-propose"

#include "config.h"

#include "emend-layout-private.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* A gap of this many heights of a word parts two segments. */
#define GAP 1.5

/* How many rows up and down a neighbour is looked for. */
#define NEAR_ROWS 12

/* FNV-1a, 64 bit (Fowler, Noll, Vo: http://www.isthe.com/chongo/tech/comp/fnv/). */
#define FNV_BASIS G_GUINT64_CONSTANT (0xcbf29ce484222325)
#define FNV_PRIME G_GUINT64_CONSTANT (0x100000001b3)

static guint64
hash_character (guint64 hash,
                gunichar character)
{
  for (guint shift = 0; shift < 32; shift += 8) {
    hash ^= (character >> shift) & 0xff;
    hash *= FNV_PRIME;
  }
  return hash;
}

/* The part of a word without the marks at its ends; all of it when it is nothing but marks. */
static void
trim (const char **start,
      const char **end)
{
  const char *from = *start;
  const char *to = *end;

  while (from < to && !g_unichar_isalnum (g_utf8_get_char (from)))
    from = g_utf8_next_char (from);
  while (to > from && !g_unichar_isalnum (g_utf8_get_char (g_utf8_prev_char (to))))
    to = g_utf8_prev_char (to);
  if (from < to) {
    *start = from;
    *end = to;
  }
}

/**
 * emend_layout_hash:
 * @text: a word
 *
 * Returns: hash of the word in small letters, digits as 0, without marks at its ends. The same on every machine.
 *   Any thread.
 */
guint64
emend_layout_hash (const char *text)
{
  const char *start = text;
  const char *end = text + strlen (text);
  guint64 hash = FNV_BASIS;

  trim (&start, &end);
  for (const char *at = start; at < end; at = g_utf8_next_char (at)) {
    gunichar character = g_utf8_get_char (at);

    hash = hash_character (hash, g_unichar_isdigit (character) ? '0' : g_unichar_tolower (character));
  }
  return hash;
}

/**
 * emend_layout_plain:
 * @text: any text
 *
 * Returns: (transfer full): its letters and digits alone, in small letters: what two texts are compared by.
 *   Any thread.
 */
char *
emend_layout_plain (const char *text)
{
  GString *plain = g_string_new (NULL);

  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at)) {
    gunichar character = g_utf8_get_char (at);

    if (g_unichar_isalnum (character))
      g_string_append_unichar (plain, g_unichar_tolower (character));
  }
  return g_string_free (plain, FALSE);
}

static gunichar
class_of (gunichar character)
{
  if (g_unichar_isdigit (character))
    return '0';
  if (g_unichar_islower (character))
    return 'x';
  if (g_unichar_isalpha (character))
    return 'X';
  return character < 128 ? character : '?';
}

/* Runs of letters count as one, digits each. */
static void
read_token (const char *text,
            EmendLayoutToken *token)
{
  guint64 hash = FNV_BASIS;
  gunichar previous = 0;

  token->key = emend_layout_hash (text);
  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at)) {
    gunichar class = class_of (g_utf8_get_char (at));

    token->last = g_utf8_get_char (at);
    token->length = (guint16) MIN (token->length + 1, G_MAXINT16);
    if (class == '0')
      token->n_digits = (guint16) MIN (token->n_digits + 1, G_MAXINT16);
    if (class == 'x' || class == 'X')
      token->n_letters = (guint16) MIN (token->n_letters + 1, G_MAXINT16);
    if (class == previous && class != '0')
      continue;
    hash = hash_character (hash, class);
    previous = class;
  }
  token->shape = hash;
}

static int
compare_doubles (const void *a,
                 const void *b)
{
  const double *left = a;
  const double *right = b;

  return (*left > *right) - (*left < *right);
}

static double
median_height (EmendWords *words,
               guint n_words)
{
  g_autofree double *heights = g_new (double, MAX (n_words, 1));

  for (guint i = 0; i < n_words; i++)
    heights[i] = emend_words_get (words, i)->box.height;
  qsort (heights, n_words, sizeof *heights, compare_doubles);
  return n_words > 0 && heights[n_words / 2] > 0 ? heights[n_words / 2] : 1;
}

static gboolean
parts (const EmendWord *a,
       const EmendWord *b,
       double height)
{
  double gap = MAX (b->box.x - (a->box.x + a->box.width), a->box.x - (b->box.x + b->box.width));

  return a->line != b->line || gap > GAP * MAX (height, MIN (a->box.height, b->box.height));
}

static void
find_segments (EmendLayout *layout)
{
  g_autoptr (GArray) segments = g_array_new (FALSE, FALSE, sizeof (EmendSegment));

  for (guint i = 0; i < layout->n_words; i++) {
    const EmendWord *word = emend_words_get (layout->words, i);
    EmendSegment *last;

    if (i == 0 || parts (emend_words_get (layout->words, i - 1), word, layout->height)) {
      EmendSegment segment = { i, 1, word->box, 0, -1, -1, -1, -1 };

      g_array_append_val (segments, segment);
    } else {
      last = &g_array_index (segments, EmendSegment, segments->len - 1);
      last->n_words++;
      last->box = emend_rect_union (&last->box, &word->box);
    }
    layout->tokens[i].segment = segments->len - 1;
    layout->extent = i == 0 ? word->box : emend_rect_union (&layout->extent, &word->box);
  }
  layout->n_segments = segments->len;
  layout->segments = (EmendSegment *) (void *) g_array_free (g_steal_pointer (&segments), FALSE);
}

static double
middle (const EmendSegment *segment)
{
  return segment->box.y + segment->box.height / 2;
}

static int
compare_middles (gconstpointer a,
                 gconstpointer b,
                 gpointer data)
{
  const EmendSegment *segments = data;
  const guint32 *left = a;
  const guint32 *right = b;
  double difference = middle (&segments[*left]) - middle (&segments[*right]);

  if (difference == 0)
    return *left < *right ? -1 : *left > *right;
  return difference < 0 ? -1 : 1;
}

static int
compare_lefts (gconstpointer a,
               gconstpointer b,
               gpointer data)
{
  const EmendSegment *segments = data;
  const guint32 *left = a;
  const guint32 *right = b;
  double difference = segments[*left].box.x - segments[*right].box.x;

  if (difference == 0)
    return *left < *right ? -1 : *left > *right;
  return difference < 0 ? -1 : 1;
}

/* A segment belongs to the row above it when its middle is within half its height of that row's first. */
static void
find_rows (EmendLayout *layout)
{
  guint n = layout->n_segments;
  guint first = 0;

  layout->by_row = g_new (guint32, MAX (n, 1));
  layout->rows = g_new0 (guint32, n + 1);
  for (guint i = 0; i < n; i++)
    layout->by_row[i] = i;
  g_qsort_with_data (layout->by_row, (int) n, sizeof *layout->by_row, compare_middles, layout->segments);
  for (guint i = 0; i < n; i++) {
    const EmendSegment *start = &layout->segments[layout->by_row[first]];
    EmendSegment *segment = &layout->segments[layout->by_row[i]];
    double reach = 0.5 * MIN (start->box.height, segment->box.height);

    if (i == 0 || middle (segment) - middle (start) > reach) {
      layout->rows[layout->n_rows++] = i;
      first = i;
    }
    segment->row = layout->n_rows - 1;
  }
  layout->rows[layout->n_rows] = n;
  for (guint row = 0; row < layout->n_rows; row++)
    g_qsort_with_data (layout->by_row + layout->rows[row], (int) (layout->rows[row + 1] - layout->rows[row]),
                       sizeof *layout->by_row, compare_lefts, layout->segments);
}

static double
shared_width (const EmendRect *a,
              const EmendRect *b)
{
  return MIN (a->x + a->width, b->x + b->width) - MAX (a->x, b->x);
}

/* The segment of a row that lies over or under @segment; the widest overlap wins. */
static int
find_in_row (const EmendLayout *layout,
             const EmendSegment *segment,
             guint row)
{
  double best = 0;
  int found = -1;

  for (guint i = layout->rows[row]; i < layout->rows[row + 1]; i++) {
    guint32 other = layout->by_row[i];
    double width = shared_width (&segment->box, &layout->segments[other].box);

    if (width > best) {
      best = width;
      found = (int) other;
    }
  }
  return found;
}

static void
find_neighbours (EmendLayout *layout)
{
  for (guint row = 0; row < layout->n_rows; row++)
    for (guint i = layout->rows[row]; i < layout->rows[row + 1]; i++) {
      EmendSegment *segment = &layout->segments[layout->by_row[i]];

      if (i > layout->rows[row])
        segment->left = (int) layout->by_row[i - 1];
      if (i + 1 < layout->rows[row + 1])
        segment->right = (int) layout->by_row[i + 1];
      for (guint up = 1; up <= NEAR_ROWS && up <= row && segment->above < 0; up++)
        segment->above = find_in_row (layout, segment, row - up);
      for (guint down = 1; down <= NEAR_ROWS && row + down < layout->n_rows && segment->below < 0; down++)
        segment->below = find_in_row (layout, segment, row + down);
    }
}

/**
 * emend_layout_new:
 * @words: of a page, no longer changed
 *
 * Returns: (transfer full): how they stand to one another. Any thread.
 */
EmendLayout *
emend_layout_new (EmendWords *words)
{
  EmendLayout *layout = g_new0 (EmendLayout, 1);

  layout->words = emend_words_ref (words);
  layout->n_words = (guint) MIN (emend_words_get_n (words), EMEND_LAYOUT_MAX_WORDS);
  layout->height = median_height (words, layout->n_words);
  layout->tokens = g_new0 (EmendLayoutToken, MAX (layout->n_words, 1));
  for (guint i = 0; i < layout->n_words; i++)
    read_token (emend_layout_get_text (layout, i), &layout->tokens[i]);
  find_segments (layout);
  find_rows (layout);
  find_neighbours (layout);
  return layout;
}

/**
 * emend_layout_free:
 * @layout: (transfer full): a layout
 *
 * Any thread.
 */
void
emend_layout_free (EmendLayout *layout)
{
  emend_words_unref (layout->words);
  g_free (layout->tokens);
  g_free (layout->segments);
  g_free (layout->by_row);
  g_free (layout->rows);
  g_free (layout);
}

/**
 * emend_layout_get_text:
 * @layout: a layout
 * @word: below its number of words
 *
 * Returns: (transfer none): the word. Any thread.
 */
const char *
emend_layout_get_text (const EmendLayout *layout,
                       guint word)
{
  return emend_words_get_text (layout->words, emend_words_get (layout->words, word)->text);
}

/**
 * emend_layout_get_box:
 * @layout: a layout
 * @first: a word
 * @n_words: at least 1
 *
 * Returns: the box round words that follow one another, in page pixels. Any thread.
 */
EmendRect
emend_layout_get_box (const EmendLayout *layout,
                      guint first,
                      guint n_words)
{
  EmendRect box = emend_words_get (layout->words, first)->box;

  for (guint i = first + 1; i < first + n_words; i++)
    box = emend_rect_union (&box, &emend_words_get (layout->words, i)->box);
  return box;
}
