#define G_LOG_DOMAIN "emend-store"

#include "config.h"

#include "emend-project.h"

#include <math.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include "emend-text.h"

typedef struct {
  const char *word;
  guint reading;
  guint media;
  gboolean waiting;
} State;

static const State states[] = {
  { "new", 1u << EMEND_READING_NONE, 0, FALSE },
  { "open", 1u << EMEND_READING_OPEN, 0, FALSE },
  { "done", 1u << EMEND_READING_DONE, 0, FALSE },
  { "waiting", 0, 0, TRUE },
  { "missing", 0, 1u << EMEND_MEDIA_MISSING, FALSE },
  { "unreadable", 0, 1u << EMEND_MEDIA_UNREADABLE, FALSE },
};

static const char *const verdicts[] = { "undecided", "accepted", "corrected", "rejected", "added" };

/**
 * emend_item_filter_init:
 * @filter: (out): becomes one that keeps all
 *
 * Any thread.
 */
void
emend_item_filter_init (EmendItemFilter *filter)
{
  *filter = (EmendItemFilter){ .score_below = NAN };
}

/**
 * emend_item_filter_clear:
 * @filter: a filter; becomes one that keeps all
 *
 * Any thread.
 */
void
emend_item_filter_clear (EmendItemFilter *filter)
{
  g_free (filter->text);
  emend_item_filter_init (filter);
}

/**
 * emend_item_filter_is_empty:
 * @filter: a filter
 *
 * Returns: whether it keeps all items. Any thread.
 */
gboolean
emend_item_filter_is_empty (const EmendItemFilter *filter)
{
  return filter->text == NULL && filter->reading == 0 && !filter->waiting && filter->verdicts == 0 &&
         filter->label == 0 && filter->media == 0 &&
         isnan (filter->score_below);
}

static gboolean
parse_state (EmendItemFilter *filter,
             const char *word)
{
  for (gsize i = 0; i < G_N_ELEMENTS (states); i++) {
    if (!g_str_equal (word, states[i].word))
      continue;
    filter->reading |= states[i].reading;
    filter->media |= states[i].media;
    filter->waiting = filter->waiting || states[i].waiting;
    return TRUE;
  }
  return FALSE;
}

static gboolean
parse_verdict (EmendItemFilter *filter,
               const char *word)
{
  for (guint i = 0; i < G_N_ELEMENTS (verdicts); i++) {
    if (g_str_equal (word, verdicts[i])) {
      filter->verdicts |= 1u << i;
      return TRUE;
    }
  }
  return FALSE;
}

static gboolean
parse_label (EmendItemFilter *filter,
             EmendSchema *schema,
             const char *name)
{
  const EmendLabel *label = emend_schema_find_label_by_name (schema, name);

  if (label == NULL || (filter->label != 0 && filter->label != label->id))
    return FALSE;
  filter->label = label->id;
  return TRUE;
}

static gboolean
parse_word (EmendItemFilter *filter,
            EmendSchema *schema,
            const char *word)
{
  double score;

  if (g_str_has_prefix (word, "is:"))
    return parse_state (filter, word + strlen ("is:"));
  if (g_str_has_prefix (word, "has:"))
    return parse_verdict (filter, word + strlen ("has:"));
  if (g_str_has_prefix (word, "label:"))
    return parse_label (filter, schema, word + strlen ("label:"));
  if (!emend_text_to_double (word + strlen ("score<"), -1, &score) || isnan (score))
    return FALSE;
  filter->score_below = score;
  return TRUE;
}

static gboolean
is_keyword (const char *word)
{
  return g_str_has_prefix (word, "is:") || g_str_has_prefix (word, "has:") || g_str_has_prefix (word, "label:") ||
         g_str_has_prefix (word, "score<");
}

/* The words of a filter; one with blanks in it stands in double quotes, also in part: label:"traffic light". */
static GPtrArray *
split_words (const char *text)
{
  GPtrArray *words = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GString) word = g_string_new (NULL);
  gboolean quoted = FALSE;

  for (const char *p = text;; p++) {
    if (*p == '"')
      quoted = !quoted;
    else if (*p == '\0' || (!quoted && g_ascii_isspace (*p))) {
      if (word->len > 0)
        g_ptr_array_add (words, g_strdup (word->str));
      g_string_truncate (word, 0);
    } else
      g_string_append_c (word, *p);
    if (*p == '\0')
      return words;
  }
}

/**
 * emend_item_filter_parse:
 * @filter: (out): what the text says; empty on failure. Release it with emend_item_filter_clear()
 * @schema: whose labels may be named
 * @text: words, all of which must hold: `is:done is:open is:new is:waiting is:missing is:unreadable`,
 *   `has:undecided` (`accepted`, `corrected`, `rejected`, `added`), `label:NAME`, `score<0.5`; any other words
 *   together are a part of the path. Several `is:` of one kind, and several `has:`, are alternatives
 * @error: EMEND_STORE_ERROR_REFUSED, naming the word
 *
 * Returns: whether the text is a filter. Any thread.
 */
gboolean
emend_item_filter_parse (EmendItemFilter *filter,
                         EmendSchema *schema,
                         const char *text,
                         GError **error)
{
  g_autoptr (GPtrArray) words = split_words (text);
  g_autoptr (GString) path = g_string_new (NULL);

  emend_item_filter_init (filter);
  for (guint i = 0; i < words->len; i++) {
    const char *word = g_ptr_array_index (words, i);

    if (!is_keyword (word)) {
      g_string_append_printf (path, "%s%s", path->len > 0 ? " " : "", word);
      continue;
    }
    if (parse_word (filter, schema, word))
      continue;
    g_set_error (error, EMEND_STORE_ERROR, EMEND_STORE_ERROR_REFUSED,
                 /* TRANSLATORS: a word of a filter such as is:done; those that are listed are not translated. */
                 _ ("The filter does not know “%s”. It knows is:done, is:open, is:new, is:waiting, is:missing, "
                    "is:unreadable, has:undecided, has:accepted, has:corrected, has:rejected, has:added, label:NAME "
                    "with one label of the schema, score<0.5, and parts of the path."),
                 word);
    emend_item_filter_clear (filter);
    return FALSE;
  }
  if (path->len > 0)
    filter->text = g_strdup (path->str);
  return TRUE;
}
