#pragma once

#include <gtk/gtk.h>

#include "emend-review.h"

G_BEGIN_DECLS

void emend_mark_attributes_fill (GtkBox *box,
                                 EmendReview *review,
                                 int mark);

G_END_DECLS
