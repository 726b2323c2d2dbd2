#pragma once

#include <gtk/gtk.h>

#include "emend-field-learner.h"
#include "emend-review.h"

G_BEGIN_DECLS

/**
 * EmendLearningWindow:
 *
 * How well each field is learned, and learning on demand.
 */
#define EMEND_TYPE_LEARNING_WINDOW (emend_learning_window_get_type ())
G_DECLARE_FINAL_TYPE (EmendLearningWindow, emend_learning_window, EMEND, LEARNING_WINDOW, GtkWindow)

GtkWindow *emend_learning_window_new (GtkWindow *parent,
                                      EmendReview *review,
                                      EmendFieldLearner *learner);

G_END_DECLS
