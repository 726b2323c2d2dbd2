#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * EmendConfidenceBar:
 *
 * A bar of 48 x 4 logical pixels, neutral to accent: low confidence is no error.
 */
#define EMEND_TYPE_CONFIDENCE_BAR (emend_confidence_bar_get_type ())
G_DECLARE_FINAL_TYPE (EmendConfidenceBar, emend_confidence_bar, EMEND, CONFIDENCE_BAR, GtkWidget)

void emend_confidence_bar_set_score (EmendConfidenceBar *self,
                                     double score);

G_END_DECLS
