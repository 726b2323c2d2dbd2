#define G_LOG_DOMAIN "emend-propose"

#include "config.h"

#include <math.h>
#include <string.h>

#include "emend-fields-model-private.h"

/* About so many rows are learned from; of a document at least the lower number. More take time and tell little. */
#define MAX_ROWS 8000
#define MIN_ROWS_OF_DOCUMENT 6

/* Words so near to an end of a value are always learned from: it is found by them. */
#define NEAR 1

/* Spreads what is taken of a document over all of it, the same way each time. */
static gboolean
is_drawn (const EmendUuid *id,
          guint index,
          guint n,
          guint n_wanted)
{
  guint64 hash = emend_uuid_hash (id);

  hash = (hash << 32 | index) * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);
  hash ^= hash >> 29;
  return n <= n_wanted || hash * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9) >> 40 < ((guint64) n_wanted << 24) / n;
}

static gboolean
is_near (const EmendTruth *truth,
         guint index)
{
  guint end = MIN (truth->n_marks, index + NEAR + 1);

  for (guint i = index - MIN (index, NEAR); i < end; i++)
    if (truth->marks[i] & (EMEND_TRUTH_START | EMEND_TRUTH_END))
      return TRUE;
  return FALSE;
}

static gboolean
is_told (const EmendTruth *truth)
{
  return truth->state == EMEND_LEARN_ABSENT || (truth->state == EMEND_LEARN_PRESENT && truth->has_place);
}

/* The numbers of the rows of a document that are learned from. */
static GArray *
draw_rows (const EmendFieldLesson *lesson,
           guint source,
           guint n_wanted)
{
  const EmendLearnSource *from = lesson->sources->pdata[source];
  const EmendTruth *truth = lesson->truths->pdata[source];
  gboolean is_span = emend_field_is_span (lesson->field);
  GArray *rows = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; i < truth->n_marks; i++)
    if (!(truth->marks[i] & EMEND_TRUTH_NEUTRAL) &&
        ((!is_span && truth->marks[i] != 0) || (is_span && is_near (truth, i)) ||
         is_drawn (&from->document->id, i, truth->n_marks, n_wanted)))
      g_array_append_val (rows, i);
  return rows;
}

static void
learn_weights (const EmendFieldLesson *lesson,
               const guint *chosen,
               guint n_chosen,
               EmendFieldModel *model)
{
  static const guint8 marks[EMEND_N_SCORERS] = { EMEND_TRUTH_START, EMEND_TRUTH_END, EMEND_TRUTH_INSIDE };
  g_autoptr (GArray) examples = g_array_new (FALSE, FALSE, sizeof (EmendExample));
  g_autoptr (GArray) seen = g_array_new (FALSE, FALSE, sizeof (guint8));
  guint n_wanted = MAX (MAX_ROWS / MAX (n_chosen, 1), MIN_ROWS_OF_DOCUMENT);
  gboolean is_span = emend_field_is_span (lesson->field);

  for (guint i = 0; i < n_chosen; i++) {
    const EmendLearnSource *source = lesson->sources->pdata[chosen[i]];
    const EmendTruth *truth = lesson->truths->pdata[chosen[i]];
    g_autoptr (GArray) rows = NULL;
    const EmendRows *from;

    if (!is_told (truth))
      continue;
    rows = draw_rows (lesson, chosen[i], n_wanted);
    from = source->prepared->words;
    if (!is_span)
      from = emend_prepared_get_group (source->prepared, lesson->set, lesson->field)->rows;
    for (guint j = 0; j < rows->len; j++) {
      EmendExample example = { .rows = from, .row = g_array_index (rows, guint, j) };

      g_array_append_val (examples, example);
      g_array_append_val (seen, truth->marks[example.row]);
    }
  }
  for (guint scorer = 0; scorer < (is_span ? EMEND_N_SCORERS : 1); scorer++) {
    for (guint i = 0; i < examples->len; i++)
      g_array_index (examples, EmendExample, i).is_positive = (g_array_index (seen, guint8, i) & marks[scorer]) != 0;
    model->weights[scorer] = emend_weights_train ((const EmendExample *) (void *) examples->data, examples->len);
  }
}

/* How often a printed text became a value. */
typedef struct {
  char *printed;
  char *value;
  guint n;
} Pair;

static void
pair_free (gpointer data)
{
  Pair *pair = data;

  g_free (pair->printed);
  g_free (pair->value);
  g_free (pair);
}

static void
count_pair (GHashTable *pairs,
            const char *printed,
            const char *value)
{
  g_autofree char *plain = emend_layout_plain (printed);
  g_autofree char *key = g_strdup_printf ("%s\x1f%s", plain, value);
  Pair *pair;

  if (*plain == '\0')
    return;
  pair = g_hash_table_lookup (pairs, key);
  if (pair == NULL) {
    pair = g_new0 (Pair, 1);
    pair->printed = g_steal_pointer (&plain);
    pair->value = g_strdup (value);
    g_hash_table_insert (pairs, g_steal_pointer (&key), pair);
  }
  pair->n++;
}

/* Of several values of the same print the most frequent counts, then the first in the alphabet. */
static void
fill_memory (GHashTable *pairs,
             GHashTable *memory)
{
  g_autoptr (GHashTable) best = g_hash_table_new (g_str_hash, g_str_equal);
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, pairs);
  while (g_hash_table_iter_next (&iter, NULL, &value)) {
    Pair *pair = value;
    const Pair *other = g_hash_table_lookup (best, pair->printed);

    if (other == NULL || pair->n > other->n || (pair->n == other->n && strcmp (pair->value, other->value) < 0))
      g_hash_table_insert (best, pair->printed, pair);
  }
  g_hash_table_iter_init (&iter, best);
  while (g_hash_table_iter_next (&iter, NULL, &value)) {
    const Pair *pair = value;

    g_hash_table_insert (memory, g_strdup (pair->printed), g_strdup (pair->value));
  }
}

/* Only texts are remembered: another day's amount or date says nothing of this one. */
static void
learn_memory (const EmendFieldLesson *lesson,
              const guint *chosen,
              guint n_chosen,
              EmendFieldModel *model)
{
  g_autoptr (GHashTable) pairs = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, pair_free);

  if (lesson->field->type != EMEND_FIELD_TEXT && lesson->field->type != EMEND_FIELD_CHOICE)
    return;
  for (guint i = 0; i < n_chosen; i++) {
    const EmendLearnSource *source = lesson->sources->pdata[chosen[i]];
    const EmendTruth *truth = lesson->truths->pdata[chosen[i]];

    for (guint j = 0; truth->state == EMEND_LEARN_PRESENT && j < source->document->values->len; j++) {
      const EmendLearnValue *value = source->document->values->pdata[j];

      if (value->field == lesson->field->id && value->text != NULL && value->value != NULL)
        count_pair (pairs, value->text, value->value);
    }
  }
  fill_memory (pairs, model->memory);
}

/**
 * emend_field_lesson_learn:
 * @lesson: what there is to learn
 * @chosen: (array length=n_chosen): which of its sources, in ascending order
 * @n_chosen: how many
 * @model: a new model, which gets weights and memory
 *
 * Learns one field from some documents. Any thread.
 */
void
emend_field_lesson_learn (const EmendFieldLesson *lesson,
                          const guint *chosen,
                          guint n_chosen,
                          EmendFieldModel *model)
{
  learn_weights (lesson, chosen, n_chosen, model);
  learn_memory (lesson, chosen, n_chosen, model);
}
