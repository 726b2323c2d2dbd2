#define G_LOG_DOMAIN "emend-formats"

#include "config.h"

#include "emend-corrected.h"

#include <math.h>
#include <string.h>

#include "emend-document-write.h"
#include "emend-normal.h"

/* The words of a page while what was decided is carried over to them. */
typedef struct {
  const EmendWriteSource *source;
  EmendWords *words;
  GArray *out;     /* (element-type EmendCorrectedWord): one for each of @words, then those that were added */
  GArray *dropped; /* (element-type gboolean) */
  guint last_line;
} Page;

static void
word_clear (gpointer data)
{
  EmendCorrectedWord *word = data;

  g_free (word->text);
  g_free (word->original);
}

static EmendCorrectedWord *
get_word (Page *page,
          guint index)
{
  return &g_array_index (page->out, EmendCorrectedWord, index);
}

static void
set_text (EmendCorrectedWord *word,
          const char *text)
{
  if (strcmp (word->text, text) == 0)
    return;
  if (word->original == NULL)
    word->original = g_steal_pointer (&word->text);
  g_free (word->text);
  word->text = g_strdup (text);
}

static void
collect_in (Page *page,
            const EmendRect *box,
            GArray *indices)
{
  for (guint i = 0; i < emend_words_get_n (page->words); i++) {
    const EmendRect *at = &emend_words_get (page->words, i)->box;

    if (emend_rect_contains (box, (EmendPoint){ at->x + at->width / 2, at->y + at->height / 2 }))
      g_array_append_val (indices, i);
  }
}

static int
compare_indices (gconstpointer a,
                 gconstpointer b)
{
  guint one = *(const guint *) a;
  guint two = *(const guint *) b;

  return one < two ? -1 : one > two;
}

/* The words below the places of a value on the page, in reading order, each once. */
static GArray *
find_words (Page *page,
            const EmendMark *mark,
            int number)
{
  const EmendValue *value = emend_mark_get_value (mark);
  GArray *indices = g_array_new (FALSE, FALSE, sizeof (guint));

  if (emend_mark_get_page (mark) == number)
    collect_in (page, &emend_mark_get_shape (mark)->box, indices);
  for (guint i = 0; value->regions != NULL && i < value->regions->len; i++) {
    const EmendRegion *region = &g_array_index (value->regions, EmendRegion, i);
    if (region->page == number)
      collect_in (page, &region->box, indices);
  }
  g_array_sort (indices, compare_indices);
  for (guint i = 1; i < indices->len;) {
    if (g_array_index (indices, guint, i) == g_array_index (indices, guint, i - 1))
      g_array_remove_index (indices, i);
    else
      i++;
  }
  return indices;
}

static const EmendField *
cell_field (Page *page,
            const EmendMark *mark)
{
  const EmendField *field = emend_write_get_field (page->source, mark);
  const EmendValue *value = emend_mark_get_value (mark);

  return field->type == EMEND_FIELD_TABLE && value->column != NULL ? emend_field_find_column (field, value->column) :
                                                                     field;
}

static GPtrArray *
split_words (const char *text)
{
  g_auto (GStrv) parts = g_strsplit_set (text, " \t\r\n", -1);
  GPtrArray *tokens = g_ptr_array_new_with_free_func (g_free);

  for (gsize i = 0; parts[i] != NULL; i++) {
    if (*parts[i] != '\0')
      g_ptr_array_add (tokens, g_strdup (parts[i]));
  }
  return tokens;
}

/* With one space between words, however they were separated. */
static char *
join_words (const char *text)
{
  g_autoptr (GPtrArray) tokens = split_words (text);

  g_ptr_array_add (tokens, NULL);
  return g_strjoinv (" ", (char **) tokens->pdata);
}

/* Whether the words say the value already: as a part of them, or in another form of the same date or number. */
static gboolean
is_said (Page *page,
         const EmendField *field,
         const EmendValue *value,
         const char *read)
{
  g_auto (EmendNormal) normal = { 0 };
  g_autofree char *plain = join_words (read);
  g_autofree char *wanted = join_words (value->value);
  const EmendList *list;

  if (strstr (plain, wanted) != NULL)
    return TRUE;
  if (value->normal == NULL)
    return FALSE;
  list = emend_schema_find_list (page->source->schema, field->list);
  emend_field_parse_in_order (field, list, value->date_order, read, &normal);
  return g_strcmp0 (normal.normal, value->normal) == 0;
}

static void
add_unread (Page *page,
            const EmendMark *mark,
            const char *text)
{
  EmendCorrectedWord word = { .text = g_strdup (text), .original = g_strdup (""), .confidence = NAN };
  gboolean kept = FALSE;

  word.box = emend_mark_get_shape (mark)->box;
  word.line = ++page->last_line;
  g_array_append_val (page->out, word);
  g_array_append_val (page->dropped, kept);
}

/* Another number of words on one line: they become one, over all of their places. */
static void
merge_words (Page *page,
             GArray *indices,
             const char *read,
             const char *text)
{
  EmendCorrectedWord *first = get_word (page, g_array_index (indices, guint, 0));

  for (guint i = 1; i < indices->len; i++) {
    guint index = g_array_index (indices, guint, i);

    first->box = emend_rect_union (&first->box, &get_word (page, index)->box);
    g_array_index (page->dropped, gboolean, index) = TRUE;
  }
  g_free (first->original);
  first->original = g_strdup (read);
  g_free (first->text);
  first->text = g_strdup (text);
}

static void
apply_mark (Page *page,
            const EmendMark *mark,
            int number)
{
  const EmendField *field = cell_field (page, mark);
  const EmendValue *value = emend_mark_get_value (mark);
  const char *text = emend_write_get_text (mark);
  g_autoptr (GArray) indices = find_words (page, mark, number);
  g_autoptr (GPtrArray) tokens = text != NULL ? split_words (text) : NULL;
  g_autofree char *read = NULL;

  if (mark->annotation == NULL || tokens == NULL || tokens->len == 0 || field == NULL ||
      field->type == EMEND_FIELD_MARK)
    return;
  if (indices->len == 0) {
    if (emend_mark_get_page (mark) == number && emend_write_has_place (mark))
      add_unread (page, mark, text);
    return;
  }
  read = emend_words_join (page->words, (const guint *) (void *) indices->data, indices->len);
  if (is_said (page, field, value, read))
    return;
  if (tokens->len == indices->len) {
    for (guint i = 0; i < tokens->len; i++)
      set_text (get_word (page, g_array_index (indices, guint, i)), tokens->pdata[i]);
    return;
  }
  if (get_word (page, g_array_index (indices, guint, 0))->line ==
      get_word (page, g_array_index (indices, guint, indices->len - 1))->line)
    merge_words (page, indices, read, text);
}

/**
 * emend_corrected_words:
 * @source: what is written
 * @item: an item
 * @page: from 0
 * @words: of that page
 *
 * Carries what was decided of the values on a page over to its words. A value corrects the words below its place unless
 * they say the same in another form: word by word when there are as many, else as one over the whole when they are on
 * one line. With another number of words on several lines nobody knows which is which, and they stay as they were read.
 * A value where nothing was read is a word of its own.
 *
 * Returns: (transfer full) (element-type EmendCorrectedWord): the words, line by line
 */
GArray *
emend_corrected_words (const EmendWriteSource *source,
                       const EmendWriteItem *item,
                       int page,
                       EmendWords *words)
{
  g_autoptr (GPtrArray) marks = emend_write_list_values (source, item);
  g_autoptr (GArray) dropped = g_array_new (FALSE, TRUE, sizeof (gboolean));
  GArray *out = g_array_new (FALSE, FALSE, sizeof (EmendCorrectedWord));
  Page state = { source, words, out, dropped, 0 };

  g_array_set_clear_func (out, word_clear);
  for (gsize i = 0; i < emend_words_get_n (words); i++) {
    const EmendWord *word = emend_words_get (words, i);
    EmendCorrectedWord copy = { g_strdup (emend_words_get_text (words, word->text)), NULL, word->box,
                                word->confidence, word->line };

    g_array_append_val (out, copy);
    state.last_line = MAX (state.last_line, word->line);
  }
  g_array_set_size (dropped, out->len);
  for (guint i = 0; i < marks->len; i++)
    apply_mark (&state, marks->pdata[i], page);
  for (guint i = out->len; i > 0; i--) {
    if (g_array_index (dropped, gboolean, i - 1))
      g_array_remove_index (out, i - 1);
  }
  return out;
}

/**
 * emend_corrected_line_box:
 * @words: (element-type EmendCorrectedWord): line by line
 * @from: index of the first word of a line
 * @end: (out): index behind its last word
 *
 * Returns: what bounds the line
 */
EmendRect
emend_corrected_line_box (GArray *words,
                          guint from,
                          guint *end)
{
  const EmendCorrectedWord *first = &g_array_index (words, EmendCorrectedWord, from);
  EmendRect box = first->box;

  for (*end = from + 1; *end < words->len; (*end)++) {
    const EmendCorrectedWord *word = &g_array_index (words, EmendCorrectedWord, *end);

    if (word->line != first->line)
      break;
    box = emend_rect_union (&box, &word->box);
  }
  return box;
}

/**
 * emend_corrected_append_xml:
 * @out: where it is appended
 * @text: any text
 *
 * Appends text or the value of an attribute; what XML 1.0 cannot hold becomes U+FFFD.
 */
void
emend_corrected_append_xml (GString *out,
                            const char *text)
{
  for (; *text != '\0'; text = g_utf8_next_char (text)) {
    gunichar character = g_utf8_get_char (text);

    switch (character) {
    case '&':
      g_string_append (out, "&amp;");
      break;
    case '<':
      g_string_append (out, "&lt;");
      break;
    case '>':
      g_string_append (out, "&gt;");
      break;
    case '"':
      g_string_append (out, "&quot;");
      break;
    case '\t':
    case '\n':
    case '\r':
      g_string_append_printf (out, "&#%u;", character);
      break;
    default:
      if (character < 0x20 || character == 0xFFFE || character == 0xFFFF)
        character = 0xFFFD;
      g_string_append_unichar (out, character);
    }
  }
}
