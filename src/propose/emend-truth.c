#define G_LOG_DOMAIN "emend-propose"

#include "config.h"

#include "emend-truth-private.h"

#include <math.h>
#include <string.h>

#include "emend-normal.h"

/* Numbers that differ by less are the same. */
#define CENT 0.005

/* A shorter text must be whole words to be found, as it stands within many. */
#define MIN_PART 6

/* Of a value that stands nowhere as it was decided, so much must be found for its words to be learned. */
#define MIN_FOUND 0.6

/* The words of a document one after the other, letters and digits alone. */
typedef struct {
  GString *text;
  GArray *starts; /* guint: where each word starts in @text; one more than words */
} Plain;

/**
 * emend_normal_same:
 * @a: (nullable): a normalised value
 * @b: (nullable): another
 *
 * Returns: whether they are the same; of amounts, a currency only counts when both have one. Any thread.
 */
gboolean
emend_normal_same (const char *a,
                   const char *b)
{
  double x;
  double y;
  const char *currency_a = NULL;
  const char *currency_b = NULL;

  if (a == NULL || b == NULL)
    return FALSE;
  if (strcmp (a, b) == 0)
    return TRUE;
  return emend_normal_to_number (a, &x, &currency_a) && emend_normal_to_number (b, &y, &currency_b) &&
         fabs (x - y) < CENT && (currency_a == NULL || currency_b == NULL || strcmp (currency_a, currency_b) == 0);
}

static gboolean
contains (GPtrArray *texts,
          const char *text)
{
  for (guint i = 0; i < texts->len; i++)
    if (strcmp (texts->pdata[i], text) == 0)
      return TRUE;
  return FALSE;
}

/**
 * emend_truth_accepts:
 * @truth: the truth
 * @value: a proposed value
 * @normal: (nullable): in its normalised form
 *
 * Returns: whether it is right: normalised it is the same, or its letters and digits are. Any thread.
 */
gboolean
emend_truth_accepts (const EmendTruth *truth,
                     const char *value,
                     const char *normal)
{
  g_autofree char *plain = NULL;

  for (guint i = 0; i < truth->normals->len; i++)
    if (emend_normal_same (truth->normals->pdata[i], normal))
      return TRUE;
  plain = emend_layout_plain (value);
  return *plain != '\0' && contains (truth->finals, plain);
}

static const char *
plain_of (const Plain *plain,
          guint word,
          gsize *length)
{
  guint start = g_array_index (plain->starts, guint, word);

  *length = g_array_index (plain->starts, guint, word + 1) - start;
  return plain->text->str + start;
}

static Plain
plain_new (const EmendPrepared *prepared)
{
  Plain plain = { g_string_new (NULL), g_array_new (FALSE, FALSE, sizeof (guint)) };
  guint end;

  for (guint page = 0; page < prepared->layouts->len; page++) {
    const EmendLayout *layout = prepared->layouts->pdata[page];

    for (guint i = 0; i < layout->n_words; i++) {
      g_autofree char *word = emend_layout_plain (emend_layout_get_text (layout, i));
      guint start = (guint) plain.text->len;

      g_array_append_val (plain.starts, start);
      g_string_append (plain.text, word);
    }
  }
  end = (guint) plain.text->len;
  g_array_append_val (plain.starts, end);
  return plain;
}

static void
plain_clear (Plain *plain)
{
  g_string_free (plain->text, TRUE);
  g_array_unref (plain->starts);
}

static void
mark_span (EmendTruth *truth,
           guint first,
           guint end)
{
  truth->marks[first] |= EMEND_TRUTH_START;
  truth->marks[end - 1] |= EMEND_TRUTH_END;
  for (guint i = first; i < end; i++)
    truth->marks[i] |= EMEND_TRUTH_INSIDE;
  truth->has_place = TRUE;
}

/* The last word that starts at or before an offset and is not empty. */
static guint
word_at (const Plain *plain,
         guint offset)
{
  guint low = 0;
  guint high = plain->starts->len - 1;

  while (low + 1 < high) {
    guint middle = (low + high) / 2;

    if (g_array_index (plain->starts, guint, middle) <= offset)
      low = middle;
    else
      high = middle;
  }
  return low;
}

/* Every place where the text stands; whether any is made of whole words is told. */
static gboolean
mark_text (EmendTruth *truth,
           const Plain *plain,
           const char *text)
{
  gsize length = strlen (text);
  gboolean is_found = FALSE;
  const char *at = plain->text->str;

  while (length > 0 && (at = strstr (at, text)) != NULL) {
    guint start = (guint) (at - plain->text->str);
    guint first = word_at (plain, start);
    guint last = word_at (plain, start + (guint) length - 1);
    gboolean is_whole = g_array_index (plain->starts, guint, first) == start &&
                        g_array_index (plain->starts, guint, last + 1) == start + length;

    if (is_whole || length >= MIN_PART)
      mark_span (truth, first, last + 1);
    is_found = is_found || is_whole;
    at += is_whole ? length : 1;
  }
  return is_found;
}

/* Words that belong to the text count for a stretch, others against it; the best stretch is taken when enough of the
 * text is found in it (the greatest sum of neighbours: J. Bentley, CACM 27, 1984). */
static void
mark_likeness (EmendTruth *truth,
               const Plain *plain,
               const char *text)
{
  double sum = 0, best = 0;
  guint start = 0, best_start = 0, best_end = 0;

  for (guint i = 0; i < truth->n_marks; i++) {
    gsize length;
    const char *word = plain_of (plain, i, &length);
    gboolean belongs = length >= 2 && memmem (text, strlen (text), word, length) != NULL;

    if (sum <= 0) {
      sum = 0;
      start = i;
    }
    sum += belongs ? (double) length : -(double) length;
    if (sum > best && belongs) {
      best = sum;
      best_start = start;
      best_end = i + 1;
    }
  }
  if (best >= MIN_FOUND * (double) strlen (text))
    mark_span (truth, best_start, best_end);
}

static gboolean
is_inside (const EmendLearnValue *value,
           guint page,
           const EmendRect *box)
{
  EmendPoint middle = { box->x + box->width / 2, box->y + box->height / 2 };

  for (guint i = 0; i < value->regions->len; i++) {
    const EmendRegion *region = &g_array_index (value->regions, EmendRegion, i);

    if (region->page == (int) page && emend_rect_contains (&region->box, middle))
      return TRUE;
  }
  return FALSE;
}

/* The words in the regions; whether there are any is told. */
static gboolean
mark_regions (EmendTruth *truth,
              const EmendPrepared *prepared,
              const EmendLearnValue *value)
{
  gboolean is_any = FALSE;
  guint last = 0;

  for (guint page = 0; page < prepared->layouts->len && value->regions->len > 0; page++) {
    const EmendLayout *layout = prepared->layouts->pdata[page];

    for (guint i = 0; i < layout->n_words; i++) {
      if (!is_inside (value, page, &emend_words_get (layout->words, i)->box))
        continue;
      last = prepared->starts[page] + i;
      truth->marks[last] |= is_any ? EMEND_TRUTH_INSIDE : EMEND_TRUTH_INSIDE | EMEND_TRUTH_START;
      is_any = TRUE;
    }
  }
  if (is_any)
    truth->marks[last] |= EMEND_TRUTH_END;
  truth->has_place = truth->has_place || is_any;
  return is_any;
}

static void
mark_words (EmendTruth *truth,
            const EmendPrepared *prepared,
            const EmendLearnValue *value,
            const Plain *plain)
{
  g_autofree char *final = emend_layout_plain (value->value);
  g_autofree char *printed = emend_layout_plain (value->text != NULL ? value->text : value->value);
  gboolean has_region = mark_regions (truth, prepared, value);

  if (has_region) {
    truth->is_reachable = truth->is_reachable || (*final != '\0' && strstr (plain->text->str, final) != NULL);
    return;
  }
  if (mark_text (truth, plain, final) || mark_text (truth, plain, printed))
    truth->is_reachable = TRUE;
  else if (!truth->has_place && *printed != '\0')
    mark_likeness (truth, plain, printed);
}

/* Candidates in the region are the value when they mean it; when none does, all of them are, as the printed text was
 * corrected. What means the same elsewhere is neither right nor wrong. */
static void
mark_hits (EmendTruth *truth,
           GPtrArray *hits,
           const EmendLearnValue *value)
{
  gboolean is_placed = FALSE;

  for (guint pass = 0; pass < 3 && !is_placed; pass++)
    for (guint i = 0; i < hits->len; i++) {
      const EmendHit *hit = hits->pdata[i];
      gboolean means_it = emend_truth_accepts (truth, hit->text, hit->normal);
      gboolean is_there = is_inside (value, hit->page, &hit->box);

      truth->is_reachable = truth->is_reachable || means_it;
      if ((pass == 0 && is_there && means_it) || (pass == 1 && is_there) || (pass == 2 && means_it)) {
        truth->marks[i] |= EMEND_TRUTH_START;
        is_placed = TRUE;
      }
    }
  for (guint i = 0; i < hits->len; i++) {
    const EmendHit *hit = hits->pdata[i];

    if (truth->marks[i] == 0 && emend_truth_accepts (truth, hit->text, hit->normal))
      truth->marks[i] |= EMEND_TRUTH_NEUTRAL;
  }
  truth->has_place = truth->has_place || is_placed;
}

static void
add_wanted (EmendTruth *truth,
            const EmendFieldSet *set,
            const EmendField *field,
            const EmendLearnValue *value)
{
  g_auto (EmendNormal) normal = { 0 };
  g_autofree char *plain = emend_layout_plain (value->value);

  emend_field_parse_in_order (field, emend_field_set_find_list (set, field), value->date_order, value->value, &normal);
  if (*plain != '\0')
    g_ptr_array_add (truth->finals, g_steal_pointer (&plain));
  if (normal.normal != NULL)
    g_ptr_array_add (truth->normals, g_steal_pointer (&normal.normal));
  if (value->text != NULL)
    g_ptr_array_add (truth->printed, emend_layout_plain (value->text));
}

static void
mark_present (EmendTruth *truth,
              const EmendLearnDocument *document,
              const EmendPrepared *prepared,
              const EmendFieldSet *set,
              const EmendField *field)
{
  gboolean is_span = emend_field_is_span (field);
  Plain plain = is_span ? plain_new (prepared) : (Plain){ 0 };

  for (guint i = 0; i < document->values->len; i++) {
    const EmendLearnValue *value = document->values->pdata[i];

    if (value->field != field->id)
      continue;
    if (is_span && truth->n_marks > 0)
      mark_words (truth, prepared, value, &plain);
    else if (!is_span)
      mark_hits (truth, emend_prepared_get_group (prepared, set, field)->hits, value);
  }
  if (is_span)
    plain_clear (&plain);
}

/**
 * emend_truth_new:
 * @document: a document
 * @prepared: its candidates
 * @set: the fields
 * @field: one of them
 *
 * Finds the words that a person's value is: those in its region, else those that say the same, all of them when
 * there are several, else for a text those that are most like it. A field with one value that is excluded is excluded
 * altogether.
 *
 * Returns: (transfer full): what the document says. Any thread.
 */
EmendTruth *
emend_truth_new (const EmendLearnDocument *document,
                 const EmendPrepared *prepared,
                 const EmendFieldSet *set,
                 const EmendField *field)
{
  EmendTruth *truth = g_new0 (EmendTruth, 1);
  gboolean is_told = FALSE;

  truth->finals = g_ptr_array_new_with_free_func (g_free);
  truth->printed = g_ptr_array_new_with_free_func (g_free);
  truth->normals = g_ptr_array_new_with_free_func (g_free);
  truth->state = EMEND_LEARN_ABSENT;
  for (guint i = 0; i < document->values->len; i++) {
    const EmendLearnValue *value = document->values->pdata[i];

    if (value->field != field->id)
      continue;
    is_told = TRUE;
    if (value->state == EMEND_LEARN_EXCLUDED)
      truth->state = EMEND_LEARN_EXCLUDED;
    if (value->state == EMEND_LEARN_PRESENT && truth->state == EMEND_LEARN_ABSENT)
      truth->state = EMEND_LEARN_PRESENT;
    if (value->state == EMEND_LEARN_PRESENT)
      add_wanted (truth, set, field, value);
  }
  if (!is_told)
    truth->state = EMEND_LEARN_EXCLUDED;
  truth->n_marks = prepared->starts[prepared->layouts->len];
  if (!emend_field_is_span (field))
    truth->n_marks = emend_prepared_get_group (prepared, set, field)->hits->len;
  truth->marks = g_new0 (guint8, MAX (truth->n_marks, 1));
  if (truth->state == EMEND_LEARN_PRESENT)
    mark_present (truth, document, prepared, set, field);
  return truth;
}

/**
 * emend_truth_free:
 * @truth: (transfer full): a truth
 *
 * Any thread.
 */
void
emend_truth_free (EmendTruth *truth)
{
  g_free (truth->marks);
  g_ptr_array_unref (truth->finals);
  g_ptr_array_unref (truth->printed);
  g_ptr_array_unref (truth->normals);
  g_free (truth);
}
