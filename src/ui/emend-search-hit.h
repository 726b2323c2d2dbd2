#pragma once

#include <glib-object.h>

#include "emend-word-search.h"

G_BEGIN_DECLS

/**
 * EmendSearchHit:
 *
 * A place in the list of what was found. Properties "name", "page" and "excerpt" (utf8): the document, the page for
 * people, and the words between their neighbours as markup.
 */
#define EMEND_TYPE_SEARCH_HIT (emend_search_hit_get_type ())
G_DECLARE_FINAL_TYPE (EmendSearchHit, emend_search_hit, EMEND, SEARCH_HIT, GObject)

EmendSearchHit *emend_search_hit_new (const EmendFoundPlace *place);
gint64 emend_search_hit_get_item (EmendSearchHit *self);
int emend_search_hit_get_page (EmendSearchHit *self);
guint emend_search_hit_get_word (EmendSearchHit *self);

G_END_DECLS
