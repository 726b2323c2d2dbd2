#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * EmendNewProjectDialog:
 *
 * Makes a project in three calm steps: images, labels, proposals. Signal "created" (path) when its file
 * is there; a creation that is given up leaves nothing.
 */
#define EMEND_TYPE_NEW_PROJECT_DIALOG (emend_new_project_dialog_get_type ())
G_DECLARE_FINAL_TYPE (EmendNewProjectDialog, emend_new_project_dialog, EMEND, NEW_PROJECT_DIALOG, GtkWindow)

GtkWindow *emend_new_project_dialog_new (GtkWindow *parent,
                                         const char *reviewer);
void emend_new_project_dialog_set_folder (EmendNewProjectDialog *self,
                                          const char *folder);
char *emend_new_project_dialog_propose_path (const char *folder,
                                             const char *name);

G_END_DECLS
