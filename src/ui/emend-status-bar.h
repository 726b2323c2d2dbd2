#pragma once

#include <gtk/gtk.h>

#include "emend-review.h"

G_BEGIN_DECLS

/**
 * EmendStatusBar:
 *
 * How far the project is, whether all is saved, who reviews, and the keys that matter now.
 */
#define EMEND_TYPE_STATUS_BAR (emend_status_bar_get_type ())
G_DECLARE_FINAL_TYPE (EmendStatusBar, emend_status_bar, EMEND, STATUS_BAR, GtkBox)

void emend_status_bar_set_review (EmendStatusBar *self,
                                  EmendReview *review);
void emend_status_bar_set_problem (EmendStatusBar *self,
                                   const char *text);
void emend_status_bar_set_tool_hint (EmendStatusBar *self,
                                     const char *hint);
void emend_status_bar_set_activity (EmendStatusBar *self,
                                    const char *text);

G_END_DECLS
