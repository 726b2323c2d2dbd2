#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * EmendRatioBar:
 *
 * A small bar that shows a share. Without one it draws nothing.
 */
#define EMEND_TYPE_RATIO_BAR (emend_ratio_bar_get_type ())
G_DECLARE_FINAL_TYPE (EmendRatioBar, emend_ratio_bar, EMEND, RATIO_BAR, GtkWidget)

GtkWidget *emend_ratio_bar_new (void);
void emend_ratio_bar_set_value (EmendRatioBar *self,
                                double value);
double emend_ratio_bar_get_value (EmendRatioBar *self);

G_END_DECLS
