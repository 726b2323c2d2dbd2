#pragma once

#include <gtk/gtk.h>

#include "emend-review.h"

G_BEGIN_DECLS

/**
 * EmendInspector:
 *
 * The marks of the open item as a list that a screen reader can read, and what is known of the
 * selected one.
 */
#define EMEND_TYPE_INSPECTOR (emend_inspector_get_type ())
G_DECLARE_FINAL_TYPE (EmendInspector, emend_inspector, EMEND, INSPECTOR, GtkBox)

GtkWidget *emend_inspector_new (void);
void emend_inspector_set_review (EmendInspector *self,
                                 EmendReview *review);
GtkWidget *emend_inspector_get_list (EmendInspector *self);

G_END_DECLS
