#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * EmendPreferences:
 *
 * The user's settings. Each takes effect at once.
 */
#define EMEND_TYPE_PREFERENCES (emend_preferences_get_type ())
G_DECLARE_FINAL_TYPE (EmendPreferences, emend_preferences, EMEND, PREFERENCES, GtkWindow)

GtkWindow *emend_preferences_new (GtkWindow *parent,
                                  GSettings *settings);
void emend_preferences_follow_color_scheme (GSettings *settings);

G_END_DECLS
