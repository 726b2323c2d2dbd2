#pragma once

#include <gtk/gtk.h>

#include "emend-review.h"

G_BEGIN_DECLS

/**
 * EmendColumnWindow:
 *
 * One field of the whole project as a column of strips with values, the most doubtful first: a screenful is accepted
 * with one key.
 */
#define EMEND_TYPE_COLUMN_WINDOW (emend_column_window_get_type ())
G_DECLARE_FINAL_TYPE (EmendColumnWindow, emend_column_window, EMEND, COLUMN_WINDOW, GtkWindow)

GtkWindow *emend_column_window_new (GtkWindow *parent,
                                    EmendReview *review,
                                    GSettings *settings);
EmendReview *emend_column_window_get_review (EmendColumnWindow *self);
gboolean emend_column_window_is_of_use (EmendSchema *schema);

G_END_DECLS
