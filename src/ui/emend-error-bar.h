#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * EmendErrorBar:
 *
 * A line that says what failed, what is safe and what to do. Hidden while there is nothing to say.
 */
#define EMEND_TYPE_ERROR_BAR (emend_error_bar_get_type ())
G_DECLARE_FINAL_TYPE (EmendErrorBar, emend_error_bar, EMEND, ERROR_BAR, GtkBox)

void emend_error_bar_set_text (EmendErrorBar *self,
                               const char *text);
const char *emend_error_bar_get_text (EmendErrorBar *self);
void emend_error_bar_set_error (EmendErrorBar *self,
                                const GError *error);

G_END_DECLS
