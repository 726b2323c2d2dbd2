#pragma once

#include <gtk/gtk.h>

#include "emend-picture.h"
#include "emend-recent-list.h"

G_BEGIN_DECLS

/**
 * EmendWelcomePage:
 *
 * What is shown while no project is open. Its buttons activate win.new, win.open, win.unpack and
 * win.sample, win.sample-documents. Signals: "open" (path) for a project of the list, or one that was dropped here;
 * "new-from" (path) for a folder that was dropped; "unpack" (path) for a dropped archive.
 */
#define EMEND_TYPE_WELCOME_PAGE (emend_welcome_page_get_type ())
G_DECLARE_FINAL_TYPE (EmendWelcomePage, emend_welcome_page, EMEND, WELCOME_PAGE, GtkBox)

GtkWidget *emend_welcome_page_new (void);
void emend_welcome_page_set_recent (EmendWelcomePage *self,
                                    EmendRecentList *list,
                                    EmendThumbnailer *thumbnailer);
void emend_welcome_page_set_message (EmendWelcomePage *self,
                                     const char *text);

G_END_DECLS
