#define G_LOG_DOMAIN "emend-store"

#include "config.h"

#include "emend-project-private.h"

#include <string.h>

/* A question that a person types. */
#define MAX_QUESTION 1000

/**
 * emend_project_has_words:
 * @project: a project
 * @sha256: of the file
 * @page: from 0
 * @engine: (nullable): what read it, see emend_words_new(); %NULL for any
 * @language: (nullable): in which language; %NULL for any
 * @has: (out): whether its words are kept
 * @error: EMEND_STORE_ERROR
 *
 * Returns: whether it could be asked
 */
gboolean
emend_project_has_words (EmendProject *project,
                         const EmendDigest *sha256,
                         int page,
                         const char *engine,
                         const char *language,
                         gboolean *has,
                         GError **error)
{
  g_autoptr (EmendQuery) query = emend_query_new (project,
                                                  "SELECT 1 FROM words WHERE sha256 = ?1 AND page = ?2 AND (?3 IS NULL "
                                                  "OR engine = ?3) AND (?4 IS NULL OR language = ?4) LIMIT 1",
                                                  error);
  EmendStep step;

  *has = FALSE;
  if (query == NULL)
    return FALSE;
  emend_query_bind_digest (query, 1, sha256);
  sqlite3_bind_int (query, 2, page);
  emend_query_bind_text (query, 3, engine);
  emend_query_bind_text (query, 4, language);
  step = emend_query_step (project, query, error);
  *has = step == EMEND_STEP_ROW;
  return step != EMEND_STEP_FAILED;
}

/* All words of a page as one text, for the index. */
static char *
join_all (EmendWords *words)
{
  GString *text = g_string_new (NULL);

  for (gsize i = 0; i < emend_words_get_n (words); i++) {
    g_string_append (text, emend_words_get_text (words, emend_words_get (words, i)->text));
    g_string_append_c (text, ' ');
  }
  return g_string_free (text, FALSE);
}

/* FTS5 keeps no text, so that it has to be told the old one to forget it. */
static gboolean
index_words (EmendProject *project,
             gint64 id,
             EmendWords *words,
             gboolean forget,
             GError **error)
{
  g_autoptr (EmendQuery) query = emend_query_new (
    project,
    forget ? "INSERT INTO word_text (word_text, rowid, text) VALUES ('delete', ?, ?)" :
             "INSERT INTO word_text (rowid, text) VALUES (?, ?)",
    error);
  g_autofree char *text = join_all (words);

  if (query == NULL)
    return FALSE;
  sqlite3_bind_int64 (query, 1, id);
  emend_query_bind_text (query, 2, text);
  return emend_query_run (project, query, error);
}

static EmendWords *
words_from_column (EmendQuery *query,
                   int column)
{
  gconstpointer data = sqlite3_column_blob (query, column);
  g_autoptr (GBytes) bytes = g_bytes_new (data, (gsize) sqlite3_column_bytes (query, column));

  return emend_words_from_bytes (bytes, NULL);
}

/* Takes away what the same engine read before, with another version of our own or by another request. */
static gboolean
remove_words (EmendProject *project,
              const EmendDigest *sha256,
              int page,
              EmendWords *words,
              GError **error)
{
  g_autoptr (EmendQuery) find = emend_query_new (
    project, "SELECT id, data FROM words WHERE sha256 = ? AND page = ? AND engine = ? AND language = ?", error);
  g_autoptr (EmendQuery) remove = emend_query_new (project, "DELETE FROM words WHERE id = ?", error);
  g_autoptr (EmendWords) old = NULL;
  gint64 id;
  EmendStep step;

  if (find == NULL || remove == NULL)
    return FALSE;
  emend_query_bind_digest (find, 1, sha256);
  sqlite3_bind_int (find, 2, page);
  emend_query_bind_text (find, 3, emend_words_get_engine (words));
  emend_query_bind_text (find, 4, emend_words_get_language (words));
  step = emend_query_step (project, find, error);
  if (step != EMEND_STEP_ROW)
    return step == EMEND_STEP_DONE;
  id = sqlite3_column_int64 (find, 0);
  old = words_from_column (find, 1);
  sqlite3_bind_int64 (remove, 1, id);
  return (old == NULL || index_words (project, id, old, TRUE, error)) && emend_query_run (project, remove, error);
}

static gboolean
insert_words (EmendProject *project,
              const EmendDigest *sha256,
              int page,
              EmendWords *words,
              GError **error)
{
  g_autoptr (EmendQuery) query =
    emend_query_new (project,
                     "INSERT INTO words (sha256, page, engine, language, created, n, data) "
                     "VALUES (?, ?, ?, ?, ?, ?, ?)",
                     error);
  g_autoptr (GBytes) bytes = emend_words_to_bytes (words);

  if (query == NULL)
    return FALSE;
  emend_query_bind_digest (query, 1, sha256);
  sqlite3_bind_int (query, 2, page);
  emend_query_bind_text (query, 3, emend_words_get_engine (words));
  emend_query_bind_text (query, 4, emend_words_get_language (words));
  sqlite3_bind_int64 (query, 5, emend_journal_now ());
  sqlite3_bind_int64 (query, 6, (gint64) emend_words_get_n (words));
  emend_query_bind_bytes (query, 7, bytes);
  return emend_query_run (project, query, error) &&
         index_words (project, sqlite3_last_insert_rowid (project->db), words, FALSE, error);
}

/**
 * emend_words_write:
 * @project: a project in a transaction
 * @sha256: of the file that was read
 * @page: from 0
 * @words: its words
 * @error: EMEND_STORE_ERROR
 *
 * Returns: whether they were written, in place of those of the same engine and language
 */
gboolean
emend_words_write (EmendProject *project,
                   const EmendDigest *sha256,
                   int page,
                   EmendWords *words,
                   GError **error)
{
  return remove_words (project, sha256, page, words, error) && insert_words (project, sha256, page, words, error);
}

/**
 * emend_project_store_words:
 * @project: a project
 * @sha256: of the file that was read
 * @page: from 0
 * @words: its words
 * @error: EMEND_STORE_ERROR_READ_ONLY, _MOVED, _DISK
 *
 * Keeps the words of a page, in place of those that the same engine read in the same language before. Not for the
 * main thread.
 *
 * Returns: whether they are on the disk
 */
gboolean
emend_project_store_words (EmendProject *project,
                           const EmendDigest *sha256,
                           int page,
                           EmendWords *words,
                           GError **error)
{
  g_autoptr (EmendTransaction) transaction = NULL;

  if (!emend_project_begin (project, error))
    return FALSE;
  transaction = project;
  return emend_words_write (project, sha256, page, words, error) && emend_project_commit (project, error);
}

/**
 * emend_project_load_words:
 * @project: a project
 * @sha256: of the file
 * @page: from 0
 * @words: (out) (nullable) (transfer full): what was read last of this page; %NULL when nothing was, or when what is
 *   kept is damaged, so that it has to be read again
 * @error: EMEND_STORE_ERROR
 *
 * Returns: whether it could be asked
 */
gboolean
emend_project_load_words (EmendProject *project,
                          const EmendDigest *sha256,
                          int page,
                          EmendWords **words,
                          GError **error)
{
  g_autoptr (EmendQuery) query = emend_query_new (
    project, "SELECT data FROM words WHERE sha256 = ? AND page = ? ORDER BY created DESC, id DESC LIMIT 1", error);
  EmendStep step;

  *words = NULL;
  if (query == NULL)
    return FALSE;
  emend_query_bind_digest (query, 1, sha256);
  sqlite3_bind_int (query, 2, page);
  step = emend_query_step (project, query, error);
  if (step == EMEND_STEP_ROW)
    *words = words_from_column (query, 0);
  return step != EMEND_STEP_FAILED;
}

/* Each word that was typed as the beginning of a word on the page, in the language of FTS5 (its manual, section 3);
 * NULL when nothing can be looked for. */
static char *
question_to_match (const char *text)
{
  GString *match = g_string_new (NULL);
  const char *end;

  for (const char *p = text; *p != '\0'; p = end) {
    while (*p != '\0' && !g_unichar_isalnum (g_utf8_get_char (p)))
      p = g_utf8_next_char (p);
    for (end = p; *end != '\0' && g_unichar_isalnum (g_utf8_get_char (end));)
      end = g_utf8_next_char (end);
    if (end > p)
      g_string_append_printf (match, "%s\"%.*s\"*", match->len > 0 ? " " : "", (int) (end - p), p);
  }
  return g_string_free (match, match->len == 0);
}

/**
 * emend_project_search_words:
 * @project: a project
 * @text: beginnings of words, which must all stand on one page, in any case and without regard to accents
 * @limit: most hits that are wanted
 * @error: EMEND_STORE_ERROR
 *
 * Returns: (transfer full) (nullable) (element-type EmendWordsHit): the pages, in the order of the queue; of each item
 *   a page once, whatever engines read it
 */
GArray *
emend_project_search_words (EmendProject *project,
                            const char *text,
                            gint64 limit,
                            GError **error)
{
  g_autoptr (GArray) hits = g_array_new (FALSE, FALSE, sizeof (EmendWordsHit));
  g_autofree char *valid = g_utf8_make_valid (text, (gssize) strnlen (text, MAX_QUESTION));
  g_autofree char *whole = g_utf8_normalize (valid, -1, G_NORMALIZE_NFC); /* no accent is apart from its letter */
  g_autofree char *match = question_to_match (whole);
  g_autoptr (EmendQuery) query = NULL;
  EmendStep step;

  if (match == NULL)
    return g_steal_pointer (&hits);
  query =
    emend_query_new (project,
                     "SELECT DISTINCT i.id, w.page FROM word_text t JOIN words w ON w.id = t.rowid JOIN item i ON "
                     "i.sha256 = w.sha256 WHERE word_text MATCH ?1 ORDER BY i.position, w.page LIMIT ?2",
                     error);
  if (query == NULL)
    return NULL;
  emend_query_bind_text (query, 1, match);
  sqlite3_bind_int64 (query, 2, limit);
  while ((step = emend_query_step (project, query, error)) == EMEND_STEP_ROW) {
    EmendWordsHit hit = { sqlite3_column_int64 (query, 0), sqlite3_column_int (query, 1) };
    g_array_append_val (hits, hit);
  }
  return step == EMEND_STEP_DONE ? g_steal_pointer (&hits) : NULL;
}

/**
 * emend_project_count_read_pages:
 * @project: a project
 * @n_read: (out): pages whose words are kept
 * @n_all: (out): pages of all items
 * @error: EMEND_STORE_ERROR
 *
 * Returns: whether they could be counted
 */
gboolean
emend_project_count_read_pages (EmendProject *project,
                                gint64 *n_read,
                                gint64 *n_all,
                                GError **error)
{
  g_autoptr (EmendQuery) query =
    emend_query_new (project,
                     "SELECT (SELECT count (*) FROM (SELECT DISTINCT i.id, w.page FROM words w JOIN item i ON "
                     "i.sha256 = w.sha256 AND w.page < max (i.n_pages, 1))), "
                     "(SELECT coalesce (sum (max (n_pages, 1)), 0) FROM item)",
                     error);

  *n_read = *n_all = 0;
  if (query == NULL || emend_query_step (project, query, error) != EMEND_STEP_ROW)
    return FALSE;
  *n_read = sqlite3_column_int64 (query, 0);
  *n_all = sqlite3_column_int64 (query, 1);
  return TRUE;
}

/**
 * emend_words_index_all:
 * @project: a project in a transaction, or one that nobody else sees, whose words were copied without their index
 * @error: EMEND_STORE_ERROR
 *
 * Returns: whether all were indexed
 */
gboolean
emend_words_index_all (EmendProject *project,
                       GError **error)
{
  g_autoptr (EmendQuery) query = emend_query_new (project, "SELECT id, data FROM words ORDER BY id", error);
  EmendStep step;

  if (query == NULL)
    return FALSE;
  while ((step = emend_query_step (project, query, error)) == EMEND_STEP_ROW) {
    g_autoptr (EmendWords) words = words_from_column (query, 1);

    if (words != NULL && !index_words (project, sqlite3_column_int64 (query, 0), words, FALSE, error))
      return FALSE;
  }
  return step == EMEND_STEP_DONE;
}

/**
 * emend_project_get_learned:
 * @project: a project
 * @learned: (out) (nullable) (transfer full): what was learned last; %NULL when nothing was
 * @error: EMEND_STORE_ERROR
 *
 * Returns: whether it could be asked
 */
gboolean
emend_project_get_learned (EmendProject *project,
                           GBytes **learned,
                           GError **error)
{
  g_autoptr (EmendQuery) query = emend_query_new (project, "SELECT data FROM learned", error);
  EmendStep step;

  *learned = NULL;
  if (query == NULL)
    return FALSE;
  step = emend_query_step (project, query, error);
  if (step == EMEND_STEP_ROW)
    *learned = g_bytes_new (sqlite3_column_blob (query, 0), (gsize) sqlite3_column_bytes (query, 0));
  return step != EMEND_STEP_FAILED;
}

/**
 * emend_project_set_learned:
 * @project: a project
 * @learned: (nullable): what was learned, in place of what was before; %NULL to forget it
 * @error: EMEND_STORE_ERROR_READ_ONLY, _MOVED, _DISK
 *
 * Not for the main thread.
 *
 * Returns: whether it is on the disk
 */
gboolean
emend_project_set_learned (EmendProject *project,
                           GBytes *learned,
                           GError **error)
{
  g_autoptr (EmendTransaction) transaction = NULL;
  g_autoptr (EmendQuery) query = emend_query_new (project, "INSERT OR REPLACE INTO learned VALUES (1, ?, ?)", error);

  if (query == NULL || !emend_project_begin (project, error))
    return FALSE;
  transaction = project;
  sqlite3_bind_int64 (query, 1, emend_journal_now ());
  emend_query_bind_bytes (query, 2, learned);
  if (learned == NULL ? !emend_project_exec (project, "DELETE FROM learned", error) :
                        !emend_query_run (project, query, error))
    return FALSE;
  return emend_project_commit (project, error);
}
