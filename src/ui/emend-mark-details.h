#pragma once

#include <gtk/gtk.h>

#include "emend-review.h"

G_BEGIN_DECLS

/**
 * EmendMarkDetails:
 *
 * What is known of the selected mark, and can be said about it: label, place, attributes, comment,
 * history.
 */
#define EMEND_TYPE_MARK_DETAILS (emend_mark_details_get_type ())
G_DECLARE_FINAL_TYPE (EmendMarkDetails, emend_mark_details, EMEND, MARK_DETAILS, GtkBox)

void emend_mark_details_set_review (EmendMarkDetails *self,
                                    EmendReview *review);

G_END_DECLS
