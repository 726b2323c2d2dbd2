#define G_LOG_DOMAIN "emend-model"

#include "config.h"

#include "emend-word-find.h"

/* Without case and accents, as the index of words has it. */
static char *
fold (const char *text)
{
  g_autofree char *apart = g_utf8_normalize (text, -1, G_NORMALIZE_NFD);
  g_autoptr (GString) plain = g_string_new (NULL);

  for (const char *p = apart; p != NULL && *p != '\0'; p = g_utf8_next_char (p)) {
    gunichar c = g_utf8_get_char (p);

    if (!g_unichar_ismark (c))
      g_string_append_unichar (plain, c);
  }
  return g_utf8_casefold (plain->str, (gssize) plain->len);
}

/**
 * emend_word_find_split:
 * @question: valid UTF-8: what a person typed
 *
 * Any thread.
 *
 * Returns: (transfer full): what words have to begin with, without case, accents and all that is neither letter nor
 *   digit; empty when nothing can be looked for
 */
GStrv
emend_word_find_split (const char *question)
{
  g_autofree char *folded = fold (question);
  g_autoptr (GPtrArray) parts = g_ptr_array_new ();
  const char *end;

  for (const char *p = folded; *p != '\0'; p = end) {
    while (*p != '\0' && !g_unichar_isalnum (g_utf8_get_char (p)))
      p = g_utf8_next_char (p);
    for (end = p; *end != '\0' && g_unichar_isalnum (g_utf8_get_char (end));)
      end = g_utf8_next_char (end);
    if (end > p)
      g_ptr_array_add (parts, g_strndup (p, (gsize) (end - p)));
  }
  g_ptr_array_add (parts, NULL);
  return (GStrv) g_ptr_array_steal (parts, NULL);
}

static gboolean
is_meant (const char *text,
          const char *const *beginnings)
{
  g_auto (GStrv) parts = emend_word_find_split (text);

  for (char **part = parts; *part != NULL; part++) {
    for (const char *const *beginning = beginnings; *beginning != NULL; beginning++) {
      if (g_str_has_prefix (*part, *beginning))
        return TRUE;
    }
  }
  return FALSE;
}

/**
 * emend_word_find:
 * @words: the words of a page
 * @beginnings: see emend_word_find_split()
 *
 * Any thread.
 *
 * Returns: (transfer full) (element-type guint): the words in which one of @beginnings begins a part, in reading order
 */
GArray *
emend_word_find (EmendWords *words,
                 const char *const *beginnings)
{
  GArray *found = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; i < emend_words_get_n (words); i++) {
    if (is_meant (emend_words_get_text (words, emend_words_get (words, i)->text), beginnings))
      g_array_append_val (found, i);
  }
  return found;
}

/**
 * emend_word_find_run:
 * @words: the words of a page
 * @found: (element-type guint): what emend_word_find() found
 * @position: in @found
 *
 * Any thread.
 *
 * Returns: how many of @found from @position on stand side by side in one line, which makes them one place
 */
guint
emend_word_find_run (EmendWords *words,
                     const GArray *found,
                     guint position)
{
  const guint *indices = (const guint *) (gconstpointer) found->data;
  guint n = 1;

  while (position + n < found->len && indices[position + n] == indices[position] + n &&
         emend_words_get (words, indices[position + n])->line == emend_words_get (words, indices[position])->line)
    n++;
  return n;
}
