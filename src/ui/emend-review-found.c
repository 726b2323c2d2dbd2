#define G_LOG_DOMAIN "emend-ui"

#include "config.h"

#include "emend-review-private.h"

/**
 * emend_review_go_to_found:
 * @self: the work, whose item was just opened or asked for
 *
 * Turns to the page on which words were found, if it is one of the open item and the view was not there yet.
 */
void
emend_review_go_to_found (EmendReview *self)
{
  const EmendItem *item = emend_review_get_item (self);

  if (item == NULL || item->id != self->found_item || self->found_word < 0)
    return;
  if (self->page != self->found_page) {
    emend_review_select (self, -1, FALSE);
    emend_review_set_page (self, self->found_page);
  }
  g_signal_emit (self, emend_review_signals[EMEND_REVIEW_FOUND], 0);
}

/**
 * emend_review_show_found:
 * @self: the work
 * @question: what was looked for
 * @item: number of an item
 * @page: of it, from 0
 * @word: index of a word that was found on the page
 *
 * Opens the item at the page. "found" is told once it is open, and when what was found is forgotten: with the next
 * item, at the latest.
 */
void
emend_review_show_found (EmendReview *self,
                         const char *question,
                         gint64 item,
                         int page,
                         guint word)
{
  const EmendItem *open = emend_review_get_item (self);

  g_free (self->question);
  self->question = g_strdup (question);
  self->found_item = item;
  self->found_page = page;
  self->found_word = (int) word;
  if (open == NULL || open->id != item || self->wanted != 0)
    emend_review_open (self, item);
  else
    emend_review_go_to_found (self);
}

/**
 * emend_review_forget_found:
 * @self: the work
 *
 * What was found is not shown any more.
 */
void
emend_review_forget_found (EmendReview *self)
{
  if (self->question == NULL)
    return;
  g_clear_pointer (&self->question, g_free);
  self->found_item = 0;
  self->found_word = -1;
  g_signal_emit (self, emend_review_signals[EMEND_REVIEW_FOUND], 0);
}

/**
 * emend_review_get_question:
 * @self: the work
 *
 * Returns: (transfer none) (nullable): what was looked for in the words of the open item
 */
const char *
emend_review_get_question (EmendReview *self)
{
  const EmendItem *item = emend_review_get_item (self);

  return item != NULL && item->id == self->found_item ? self->question : NULL;
}

/**
 * emend_review_take_found_word:
 * @self: the work
 *
 * To be asked once the words of the page that is shown are known: the view goes there once.
 *
 * Returns: index of the word that the view is to go to now, or -1
 */
int
emend_review_take_found_word (EmendReview *self)
{
  int word = self->found_word;

  if (emend_review_get_question (self) == NULL || self->page != self->found_page)
    return -1;
  self->found_word = -1;
  return word;
}
