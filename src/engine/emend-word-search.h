#pragma once

#include "emend-project.h"

G_BEGIN_DECLS

/**
 * EmendFoundPlace:
 * @item: the item's number
 * @page: from 0
 * @word: index of the first word of the place on its page
 * @path: of the item
 * @before: what stands before it
 * @found: the words themselves
 * @after: what stands after it
 *
 * Where words that were looked for stand side by side.
 */
typedef struct {
  gint64 item;
  int page;
  guint word;
  char *path;
  char *before;
  char *found;
  char *after;
} EmendFoundPlace;

/**
 * EmendFound:
 * @places: (element-type EmendFoundPlace): in the order of the queue
 * @n_pages: on which they stand
 * @is_cut: whether there are more
 * @n_read: pages of the project whose words are known
 * @n_all: pages of the project
 */
typedef struct {
  GPtrArray *places;
  guint n_pages;
  gboolean is_cut;
  gint64 n_read;
  gint64 n_all;
} EmendFound;

EmendFound *emend_word_search (EmendProject *project,
                               const char *question,
                               guint limit,
                               GCancellable *cancellable,
                               GError **error);
void emend_found_free (EmendFound *found);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EmendFound, emend_found_free)

G_END_DECLS
