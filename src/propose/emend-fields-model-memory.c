#define G_LOG_DOMAIN "emend-propose"

#include "config.h"

#include <string.h>

#include "emend-fields-model-private.h"

/* A print is taken for a known one when at most one character in so many differs, and it is not shorter than this. */
#define CHARACTERS_PER_ERROR 12
#define MIN_LENGTH 12
#define MAX_LENGTH 400

/* Digits are never guessed: house 12 is not house 13. */
static gboolean
same_digits (const char *a,
             const char *b)
{
  for (;;) {
    while (*a != '\0' && !g_ascii_isdigit (*a))
      a++;
    while (*b != '\0' && !g_ascii_isdigit (*b))
      b++;
    if (*a != *b)
      return FALSE;
    if (*a == '\0')
      return TRUE;
    a++;
    b++;
  }
}

/* How many bytes must be changed, added or left out to make one text of the other (V. Levenshtein, 1966); @most + 1
 * when there are more. */
static guint
distance_of (const char *a,
             gsize n_a,
             const char *b,
             gsize n_b,
             guint most)
{
  guint row[MAX_LENGTH + 1];

  for (guint j = 0; j <= n_b; j++)
    row[j] = j;
  for (guint i = 1; i <= n_a; i++) {
    guint diagonal = row[0];
    guint least = i;

    row[0] = i;
    for (guint j = 1; j <= n_b; j++) {
      guint above = row[j];

      row[j] = MIN (MIN (row[j] + 1, row[j - 1] + 1), diagonal + (a[i - 1] != b[j - 1] ? 1 : 0));
      diagonal = above;
      least = MIN (least, row[j]);
    }
    if (least > most)
      return most + 1;
  }
  return row[n_b];
}

/* The value of the one known print that is nearest; none when two values are as near. */
static const char *
find_alike (GHashTable *memory,
            const char *plain)
{
  GHashTableIter iter;
  gpointer key;
  gpointer value;
  gsize length = strlen (plain);
  guint most = (guint) (length / CHARACTERS_PER_ERROR);
  const char *found = NULL;
  guint nearest = most + 1;

  if (length < MIN_LENGTH || length > MAX_LENGTH)
    return NULL;
  g_hash_table_iter_init (&iter, memory);
  while (g_hash_table_iter_next (&iter, &key, &value)) {
    gsize other = strlen (key);
    guint distance;

    if (other > MAX_LENGTH || other > length + most || other + most < length || !same_digits (plain, key))
      continue;
    distance = distance_of (plain, length, key, other, most);
    if (distance > nearest || distance > most)
      continue;
    if (distance == nearest && found != NULL && strcmp (found, value) != 0)
      found = NULL;
    else if (distance < nearest)
      found = value;
    nearest = distance;
  }
  return found;
}

/* Whether a value has these letters and digits. */
static gboolean
is_spelled (const char *value,
            const char *plain)
{
  g_autofree char *own = emend_layout_plain (value);

  return strcmp (own, plain) == 0;
}

/**
 * emend_field_model_look_up:
 * @model: (nullable): a model of one field
 * @set: the fields
 * @field: the field
 * @guess: a guess of its value
 *
 * Returns: (transfer full) (nullable): the value that people made of this print before, or the name that the list of
 *   the field has for it, or, when the engine was not sure of a word, the value of a known print that differs by a few
 *   letters; %NULL when it is to stay as it is. Any thread.
 */
char *
emend_field_model_look_up (const EmendFieldModel *model,
                           const EmendFieldSet *set,
                           const EmendField *field,
                           const EmendGuess *guess)
{
  g_autofree char *plain = emend_layout_plain (guess->text);
  const EmendList *list = emend_field_set_find_list (set, field);
  const char *known = model != NULL ? g_hash_table_lookup (model->memory, plain) : NULL;
  const char *found = known != NULL && !is_spelled (known, plain) ? known : NULL;

  if (found == NULL && list != NULL)
    found = emend_list_find (list, guess->text);
  if (found == NULL && model != NULL && known == NULL && guess->is_doubtful)
    found = find_alike (model->memory, plain);
  return found != NULL && !is_spelled (found, plain) ? g_strdup (found) : NULL;
}
