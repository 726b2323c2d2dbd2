#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * EmendUnpackDialog:
 *
 * Verifies a pack, shows what is in it or why it must not be trusted, and unpacks it. Signal "unpacked"
 * (path of the project).
 */
#define EMEND_TYPE_UNPACK_DIALOG (emend_unpack_dialog_get_type ())
G_DECLARE_FINAL_TYPE (EmendUnpackDialog, emend_unpack_dialog, EMEND, UNPACK_DIALOG, GtkWindow)

GtkWindow *emend_unpack_dialog_new (GtkWindow *parent);
void emend_unpack_dialog_set_archive (EmendUnpackDialog *self,
                                      const char *path);

G_END_DECLS
