#pragma once

#include <gtk/gtk.h>

#include "emend-store.h"

G_BEGIN_DECLS

/**
 * EmendImportDialog:
 *
 * Imports a file of another tool into a project that is open. Signal "imported" when something was.
 */
#define EMEND_TYPE_IMPORT_DIALOG (emend_import_dialog_get_type ())
G_DECLARE_FINAL_TYPE (EmendImportDialog, emend_import_dialog, EMEND, IMPORT_DIALOG, GtkWindow)

GtkWindow *emend_import_dialog_new (GtkWindow *parent,
                                    EmendStore *store,
                                    EmendSchema *schema);
void emend_import_dialog_set_path (EmendImportDialog *self,
                                   const char *path);

G_END_DECLS
