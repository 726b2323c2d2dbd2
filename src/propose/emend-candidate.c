#define G_LOG_DOMAIN "emend-propose"

#include "config.h"

#include "emend-candidate-private.h"

#include <math.h>
#include <string.h>

#include "emend-normal.h"

/* Words of a choice. */
#define MAX_GRAM 4

/* Year first; numbers with one mark between them; the month as a word; a word first; with signs; eight digits. */
#define DATE_PATTERN                                                                   \
  "(?<!\\d)(?:"                                                                        \
  "\\d{4}\\s?[./\\-]\\s?\\d{1,2}\\s?[./\\-]\\s?\\d{1,2}(?!\\d)"                        \
  "|\\d{1,2}\\s?(?<mark>[./\\-])\\s?\\d{1,2}\\s?\\k<mark>\\s?(?:\\d{4}|\\d{2})(?!\\d)" \
  "|\\d{1,2}(?:st|nd|rd|th|\\.)?\\s?[ ./\\-,']?\\s?(?:de )?\\p{L}{3,10}"               \
  "\\.?\\s?[ ./\\-,']*\\s?(?:de )?(?:\\d{4}|\\d{2})(?!\\d)"                            \
  "|\\p{L}{3,10}\\.?\\s?\\d{1,2}(?:st|nd|rd|th)?\\s?[, ]\\s?\\d{4}(?!\\d)"             \
  "|\\d{4}\\s?\\x{5E74}\\s?\\d{1,2}\\s?\\x{6708}\\s?\\d{1,2}\\s?\\x{65E5}"             \
  "|(?:19|20)\\d{6}(?!\\d))"

/* A number, with a mark or code of a currency beside it or not. */
#define NUMBER_PATTERN                                                                 \
  "(?<before>(?<!\\p{L})(?:\\p{Sc}|[A-Z]{2,3}\\$?)\\s?)?"                              \
  "(?<core>(?<!\\d)(?<!\\d[.,:/])-?(?:\\d{1,3}(?:[ ,.'\\x{2019}]\\d{3})+(?!\\d)|\\d+)" \
  "(?:\\s?[.,]\\s?\\d{1,3}(?!\\d))?(?!\\d)(?![.,:/]\\d))"                              \
  "(?<after>\\s?(?:\\p{Sc}|[A-Z]{3}(?!\\p{L})))?"

#define TIME_PATTERN "(?<!\\d)\\d{1,2}[:.hH]\\d{2}(?:[:.]\\d{2})?(?!\\d)(?:\\s?[AaPp]\\.?[Mm]\\.?)?"
#define EMAIL_PATTERN "[^\\s@<>,;:()]+@[^\\s@<>,;:()]+\\.\\p{L}{2,}"
#define CODE_PATTERN "[\\p{L}\\d][\\p{L}\\d\\-/._]*(?<=\\d|\\p{L})"

/* One segment as text, and what is asked of it. */
typedef struct {
  const EmendField *field;
  const EmendList *list;
  GRegex *regex;
  const EmendLayout *layout;
  guint page;
  guint segment;
  GString *text;
  GArray *starts;
  GPtrArray *hits;
} Search;

/**
 * emend_hit_free:
 * @hit: (transfer full): a hit
 *
 * Any thread.
 */
void
emend_hit_free (EmendHit *hit)
{
  g_free (hit->text);
  g_free (hit->normal);
  g_free (hit);
}

/**
 * emend_field_is_learnable:
 * @field: a field
 *
 * Returns: whether its values are words of a page, one value a document. Any thread.
 */
gboolean
emend_field_is_learnable (const EmendField *field)
{
  return !field->retired && field->type != EMEND_FIELD_TABLE && field->type != EMEND_FIELD_MARK;
}

/**
 * emend_field_is_span:
 * @field: a field
 *
 * Returns: whether any words that follow one another could be its value, so that where it starts and ends is
 *   learned, rather than which of some candidates it is. Any thread.
 */
gboolean
emend_field_is_span (const EmendField *field)
{
  return field->type == EMEND_FIELD_TEXT;
}

static const char *
pattern_of (const EmendField *field)
{
  switch (field->type) {
  case EMEND_FIELD_DATE:
    return DATE_PATTERN;
  case EMEND_FIELD_TIME:
    return TIME_PATTERN;
  case EMEND_FIELD_NUMBER:
  case EMEND_FIELD_INTEGER:
  case EMEND_FIELD_AMOUNT:
    return NUMBER_PATTERN;
  case EMEND_FIELD_EMAIL:
    return EMAIL_PATTERN;
  case EMEND_FIELD_CODE:
    return CODE_PATTERN;
  case EMEND_FIELD_TEXT:
  case EMEND_FIELD_CHOICE:
  case EMEND_FIELD_MARK:
  case EMEND_FIELD_TABLE:
  default:
    return NULL;
  }
}

/* The part of the segment's box that some of its bytes take, as if all characters of a word were as wide. */
static EmendRect
box_of (const Search *search,
        gsize start,
        gsize end,
        guint *first,
        guint *n_words)
{
  const EmendSegment *segment = &search->layout->segments[search->segment];
  EmendRect box = { 0, 0, 0, 0 };

  *n_words = 0;
  for (guint i = 0; i < segment->n_words; i++) {
    guint word = segment->first + i;
    gsize from = g_array_index (search->starts, gsize, i);
    gsize to = from + strlen (emend_layout_get_text (search->layout, word));
    EmendRect part = emend_words_get (search->layout->words, word)->box;

    if (to <= start || from >= end)
      continue;
    if (start > from && to > from) {
      double cut = part.width * (double) (start - from) / (double) (to - from);

      part.x += cut;
      part.width -= cut;
    }
    if (end < to && to > MAX (from, start))
      part.width *= (double) (end - MAX (from, start)) / (double) (to - MAX (from, start));
    if (*n_words == 0)
      *first = word;
    box = *n_words == 0 ? part : emend_rect_union (&box, &part);
    (*n_words)++;
  }
  return box;
}

static gboolean
is_known (const Search *search,
          guint first,
          guint n_words,
          const char *text)
{
  for (guint i = search->hits->len; i > 0; i--) {
    const EmendHit *hit = search->hits->pdata[i - 1];

    if (hit->page != search->page || hit->segment != search->segment)
      return FALSE;
    if (hit->first == first && hit->n_words == n_words && strcmp (hit->text, text) == 0)
      return TRUE;
  }
  return FALSE;
}

/* Keeps the bytes from @start to @end when they can be read as the field's type. */
static gboolean
keep (Search *search,
      int start,
      int end)
{
  g_autofree char *text = g_strndup (search->text->str + start, (gsize) (end - start));
  g_auto (EmendNormal) normal = { 0 };
  EmendHit *hit;
  guint first = 0;
  guint n_words;
  EmendRect box;

  g_strstrip (text);
  if (*text == '\0' || search->hits->len >= EMEND_MAX_HITS)
    return FALSE;
  emend_field_parse (search->field, search->list, text, &normal);
  if (normal.normal == NULL)
    return FALSE;
  box = box_of (search, (gsize) start, (gsize) end, &first, &n_words);
  if (n_words == 0 || is_known (search, first, n_words, text))
    return FALSE;
  hit = g_new0 (EmendHit, 1);
  *hit = (EmendHit){ .page = search->page, .first = first, .n_words = n_words, .segment = search->segment, .box = box };
  hit->text = g_steal_pointer (&text);
  hit->normal = g_steal_pointer (&normal.normal);
  hit->is_odd = normal.problem != NULL;
  if (search->field->type == EMEND_FIELD_DATE || !emend_normal_to_number (hit->normal, &hit->number, NULL))
    hit->number = NAN;
  g_ptr_array_add (search->hits, hit);
  return TRUE;
}

/* Money has cents, or groups of digits, or a currency beside it; a number without all that is too common. */
static gboolean
looks_like_money (const char *core,
                  int length)
{
  gboolean has_mark = FALSE;

  for (int i = 0; i < length; i++)
    has_mark = has_mark || core[i] == '.' || core[i] == ',' || core[i] == '\'';
  return has_mark && g_ascii_isdigit (core[length - 1]) && g_ascii_isdigit (core[length - 2]) &&
         (length < 3 || core[length - 3] == '.' || core[length - 3] == ',' || g_ascii_isdigit (core[length - 3]));
}

static gboolean
has_fraction (const char *core,
              int length)
{
  for (int i = 1; i < length; i++)
    if ((core[i] == '.' || core[i] == ',') && length - i - 1 != 3)
      return TRUE;
  return FALSE;
}

/* With its currency when that can be read, else alone. */
static void
keep_number (Search *search,
             GMatchInfo *match)
{
  int start = 0, end = 0, core_start = 0, core_end = 0;
  const char *core;
  gboolean is_money = search->field->type == EMEND_FIELD_AMOUNT;

  if (!g_match_info_fetch_pos (match, 0, &start, &end) ||
      !g_match_info_fetch_named_pos (match, "core", &core_start, &core_end) || core_start < 0)
    return;
  core = search->text->str + core_start;
  if (search->field->type == EMEND_FIELD_INTEGER && has_fraction (core, core_end - core_start))
    return;
  if (is_money && (start < core_start || end > core_end) && keep (search, start, end))
    return;
  if (is_money && start < core_start && end > core_end &&
      (keep (search, start, core_end) || keep (search, core_start, end)))
    return;
  if (!is_money || looks_like_money (core, core_end - core_start))
    keep (search, core_start, core_end);
}

static gboolean
has_digit (const char *text,
           int length)
{
  for (int i = 0; i < length; i++)
    if (g_ascii_isdigit (text[i]))
      return TRUE;
  return FALSE;
}

static gboolean
is_number (const EmendField *field)
{
  return field->type == EMEND_FIELD_NUMBER || field->type == EMEND_FIELD_INTEGER || field->type == EMEND_FIELD_AMOUNT;
}

static void
search_pattern (Search *search)
{
  g_autoptr (GMatchInfo) match = NULL;
  int start = 0;
  int end = 0;

  g_regex_match_full (search->regex, search->text->str, (gssize) search->text->len, 0, 0, &match, NULL);
  while (match != NULL && g_match_info_matches (match)) {
    g_match_info_fetch_pos (match, 0, &start, &end);
    if (is_number (search->field))
      keep_number (search, match);
    else if (search->field->type != EMEND_FIELD_CODE || search->field->pattern != NULL ||
             has_digit (search->text->str + start, end - start))
      keep (search, start, end);
    if (!g_match_info_next (match, NULL))
      break;
  }
}

/* All words that follow one another, for values that are whole words. */
static void
search_grams (Search *search)
{
  guint n = search->starts->len;

  for (guint i = 0; i < n; i++)
    for (guint j = i; j < MIN (n, i + MAX_GRAM); j++) {
      gsize end = j + 1 < n ? g_array_index (search->starts, gsize, j + 1) - 1 : search->text->len;

      keep (search, (int) g_array_index (search->starts, gsize, i), (int) end);
    }
}

static void
read_segment (Search *search)
{
  const EmendSegment *segment = &search->layout->segments[search->segment];

  g_string_truncate (search->text, 0);
  g_array_set_size (search->starts, 0);
  for (guint i = 0; i < segment->n_words; i++) {
    gsize start;

    if (i > 0)
      g_string_append_c (search->text, ' ');
    start = search->text->len;
    g_array_append_val (search->starts, start);
    g_string_append (search->text, emend_layout_get_text (search->layout, segment->first + i));
  }
}

/* The value stands among other words: the pattern is freed of its anchors, and parts of words are no match. */
static GRegex *
compile (const EmendField *field)
{
  g_autofree char *inner = NULL;
  g_autofree char *pattern = NULL;
  gsize length;

  if (field->type != EMEND_FIELD_CODE || field->pattern == NULL)
    return pattern_of (field) != NULL ? g_regex_new (pattern_of (field), G_REGEX_OPTIMIZE, 0, NULL) : NULL;
  inner = g_strdup (*field->pattern == '^' ? field->pattern + 1 : field->pattern);
  length = strlen (inner);
  if (length > 0 && inner[length - 1] == '$' && (length < 2 || inner[length - 2] != '\\'))
    inner[length - 1] = '\0';
  pattern = g_strdup_printf ("(?<![\\p{L}\\d])(?:%s)(?![\\p{L}\\d])", inner);
  return g_regex_new (pattern, G_REGEX_OPTIMIZE, 0, NULL);
}

/**
 * emend_hits_find:
 * @layouts: (element-type EmendLayout): the pages of a document
 * @field: a field whose values are of a type, see emend_field_is_span()
 * @list: (nullable): its look-up list
 *
 * Returns: (transfer full) (element-type EmendHit): what could be its value, in reading order. Any thread.
 */
GPtrArray *
emend_hits_find (GPtrArray *layouts,
                 const EmendField *field,
                 const EmendList *list)
{
  g_autoptr (GRegex) regex = compile (field);
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GArray) starts = g_array_new (FALSE, FALSE, sizeof (gsize));
  GPtrArray *hits = g_ptr_array_new_with_free_func ((GDestroyNotify) emend_hit_free);
  Search search = { .field = field, .list = list, .regex = regex, .text = text, .starts = starts, .hits = hits };

  for (guint page = 0; page < layouts->len; page++) {
    search.page = page;
    search.layout = layouts->pdata[page];
    for (search.segment = 0; search.segment < search.layout->n_segments; search.segment++) {
      read_segment (&search);
      if (regex != NULL)
        search_pattern (&search);
      if (field->type == EMEND_FIELD_CHOICE)
        search_grams (&search);
    }
  }
  return hits;
}
