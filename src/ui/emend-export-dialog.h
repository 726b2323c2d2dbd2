#pragma once

#include <gtk/gtk.h>

#include "emend-store.h"

G_BEGIN_DECLS

/**
 * EmendExportDialog:
 *
 * Writes what was decided as a file of another tool.
 */
#define EMEND_TYPE_EXPORT_DIALOG (emend_export_dialog_get_type ())
G_DECLARE_FINAL_TYPE (EmendExportDialog, emend_export_dialog, EMEND, EXPORT_DIALOG, GtkWindow)

GtkWindow *emend_export_dialog_new (GtkWindow *parent,
                                    EmendStore *store,
                                    const EmendProjectInfo *info);

G_END_DECLS
