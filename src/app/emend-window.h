#pragma once

#include "emend-application.h"

G_BEGIN_DECLS

/**
 * EmendWindow:
 *
 * A window: the page for choosing a project, or the review of one.
 */
#define EMEND_TYPE_WINDOW (emend_window_get_type ())
G_DECLARE_FINAL_TYPE (EmendWindow, emend_window, EMEND, WINDOW, AdwApplicationWindow)

EmendWindow *emend_window_new (EmendApplication *application);
void emend_window_open (EmendWindow *self,
                        const char *path);
const char *emend_window_get_project_path (EmendWindow *self);
gboolean emend_window_is_free (EmendWindow *self);

G_END_DECLS
