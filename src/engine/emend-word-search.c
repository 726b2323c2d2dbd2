#define G_LOG_DOMAIN "emend-engine"

#include "config.h"

#include "emend-word-search.h"

#include "emend-word-find.h"

/* Words that are shown beside what was found. */
#define N_BEFORE 5
#define N_AFTER 12

static void
place_free (EmendFoundPlace *place)
{
  g_free (place->path);
  g_free (place->before);
  g_free (place->found);
  g_free (place->after);
  g_free (place);
}

/**
 * emend_found_free:
 * @found: (transfer full): an answer
 *
 * Any thread.
 */
void
emend_found_free (EmendFound *found)
{
  g_clear_pointer (&found->places, g_ptr_array_unref);
  g_free (found);
}

/* The words from @first to before @end with blanks between them. */
static char *
join (EmendWords *words,
      gsize first,
      gsize end)
{
  GString *text = g_string_new (NULL);

  for (gsize i = first; i < MIN (end, emend_words_get_n (words)); i++)
    g_string_append_printf (text, "%s%s", i > first ? " " : "",
                            emend_words_get_text (words, emend_words_get (words, i)->text));
  return g_string_free (text, FALSE);
}

static void
add_place (EmendFound *found,
           const EmendItem *item,
           int page,
           EmendWords *words,
           guint first,
           guint n)
{
  EmendFoundPlace *place = g_new0 (EmendFoundPlace, 1);

  place->item = item->id;
  place->page = page;
  place->word = first;
  place->path = g_strdup (item->path);
  place->before = join (words, first - MIN (first, N_BEFORE), first);
  place->found = join (words, first, first + n);
  place->after = join (words, first + n, first + n + N_AFTER);
  g_ptr_array_add (found->places, place);
}

static gboolean
add_page (EmendFound *found,
          EmendProject *project,
          const EmendWordsHit *hit,
          const char *const *beginnings,
          guint limit,
          GError **error)
{
  g_autoptr (GPtrArray) items = emend_project_load_items (project, &hit->item, 1, error);
  const EmendItem *item = items != NULL && items->len > 0 ? g_ptr_array_index (items, 0) : NULL;
  g_autoptr (EmendWords) words = NULL;
  g_autoptr (GArray) indices = NULL;

  if (items == NULL || (item != NULL && !emend_project_load_words (project, &item->sha256, hit->page, &words, error)))
    return FALSE;
  if (words == NULL)
    return TRUE;
  indices = emend_word_find (words, beginnings);
  for (guint i = 0, n = 0; i < indices->len; i += n) {
    n = emend_word_find_run (words, indices, i);
    if (found->places->len == limit) {
      found->is_cut = TRUE;
      return TRUE;
    }
    if (i == 0)
      found->n_pages++;
    add_place (found, item, hit->page, words, g_array_index (indices, guint, i), n);
  }
  return TRUE;
}

/**
 * emend_word_search:
 * @project: a project
 * @question: valid UTF-8: beginnings of words that must all stand on a page; nothing is no error
 * @limit: most places that are wanted
 * @cancellable: (nullable): to stop early
 * @error: EMEND_STORE_ERROR, G_IO_ERROR_CANCELLED
 *
 * Looks for words on all pages. On a page that was read more than once, what was read last counts. Not for the main
 * thread.
 *
 * Returns: (transfer full) (nullable): where they stand, and on how many pages they could be looked for
 */
EmendFound *
emend_word_search (EmendProject *project,
                   const char *question,
                   guint limit,
                   GCancellable *cancellable,
                   GError **error)
{
  g_autoptr (EmendFound) found = g_new0 (EmendFound, 1);
  g_autoptr (GArray) hits = emend_project_search_words (project, question, (gint64) limit + 1, error);
  g_auto (GStrv) beginnings = emend_word_find_split (question);

  found->places = g_ptr_array_new_with_free_func ((GDestroyNotify) place_free);
  if (hits == NULL || !emend_project_count_read_pages (project, &found->n_read, &found->n_all, error))
    return NULL;
  for (guint i = 0; i < hits->len && !found->is_cut; i++) {
    if (g_cancellable_set_error_if_cancelled (cancellable, error) ||
        !add_page (found, project, &g_array_index (hits, EmendWordsHit, i), (const char *const *) beginnings, limit,
                   error))
      return NULL;
  }
  return g_steal_pointer (&found);
}
