#pragma once

#include <gtk/gtk.h>

#include "emend-review.h"

G_BEGIN_DECLS

/**
 * EmendThreshold:
 *
 * Hides proposals of low confidence while the reviewer moves a slider.
 */
#define EMEND_TYPE_THRESHOLD (emend_threshold_get_type ())
G_DECLARE_FINAL_TYPE (EmendThreshold, emend_threshold, EMEND, THRESHOLD, GtkPopover)

GtkWidget *emend_threshold_new (void);
void emend_threshold_set_review (EmendThreshold *self,
                                 EmendReview *review);

G_END_DECLS
