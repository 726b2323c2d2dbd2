#pragma once

#include <gtk/gtk.h>

#include "emend-store.h"

G_BEGIN_DECLS

/**
 * EmendFieldsDialog:
 *
 * Edits the fields, rules and look-up lists of a project that is open, or shows them when it cannot be written. Signal
 * "saved" when the project has the new ones.
 */
#define EMEND_TYPE_FIELDS_DIALOG (emend_fields_dialog_get_type ())
G_DECLARE_FINAL_TYPE (EmendFieldsDialog, emend_fields_dialog, EMEND, FIELDS_DIALOG, GtkWindow)

GtkWindow *emend_fields_dialog_new (GtkWindow *parent,
                                    EmendStore *store,
                                    EmendSchema *schema,
                                    const char *read_only_reason);

G_END_DECLS
