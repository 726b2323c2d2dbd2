#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * EmendColorDot:
 *
 * A round spot in the colour of a label.
 */
#define EMEND_TYPE_COLOR_DOT (emend_color_dot_get_type ())
G_DECLARE_FINAL_TYPE (EmendColorDot, emend_color_dot, EMEND, COLOR_DOT, GtkWidget)

GtkWidget *emend_color_dot_new (void);
void emend_color_dot_set_color (EmendColorDot *self,
                                guint32 color);

G_END_DECLS
