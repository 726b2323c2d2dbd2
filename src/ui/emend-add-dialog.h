#pragma once

#include <gtk/gtk.h>

#include "emend-scan.h"
#include "emend-store.h"

G_BEGIN_DECLS

/**
 * EmendAddDialog:
 *
 * Adds the images of a folder to an open project: how far it is, and a button to stop it. Closes by
 * itself; the signals "added" and "failed" tell how it ended, a cancelled one ends with neither.
 */
#define EMEND_TYPE_ADD_DIALOG (emend_add_dialog_get_type ())
G_DECLARE_FINAL_TYPE (EmendAddDialog, emend_add_dialog, EMEND, ADD_DIALOG, GtkWindow)

GtkWindow *emend_add_dialog_new (GtkWindow *parent);
void emend_add_dialog_run (EmendAddDialog *self,
                           EmendStore *store,
                           const char *folder);

G_END_DECLS
