#pragma once

#include <gtk/gtk.h>

#include "emend-store.h"

G_BEGIN_DECLS

/**
 * EmendLabelsDialog:
 *
 * Edits the schema of a project that is open. Signal "saved" when the project has the new one.
 */
#define EMEND_TYPE_LABELS_DIALOG (emend_labels_dialog_get_type ())
G_DECLARE_FINAL_TYPE (EmendLabelsDialog, emend_labels_dialog, EMEND, LABELS_DIALOG, GtkWindow)

GtkWindow *emend_labels_dialog_new (GtkWindow *parent,
                                    EmendStore *store,
                                    EmendSchema *schema);

G_END_DECLS
