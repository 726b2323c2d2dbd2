#pragma once

#include <gtk/gtk.h>

#include "emend-review.h"

G_BEGIN_DECLS

/**
 * EmendSearchWindow:
 *
 * Looks for words on all pages of the project; a place that is chosen is shown by the window with the documents.
 */
#define EMEND_TYPE_SEARCH_WINDOW (emend_search_window_get_type ())
G_DECLARE_FINAL_TYPE (EmendSearchWindow, emend_search_window, EMEND, SEARCH_WINDOW, GtkWindow)

GtkWindow *emend_search_window_new (GtkWindow *parent,
                                    EmendReview *review);
void emend_search_window_ask (EmendSearchWindow *self);
EmendReview *emend_search_window_get_review (EmendSearchWindow *self);

G_END_DECLS
