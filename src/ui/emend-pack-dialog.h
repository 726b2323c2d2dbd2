#pragma once

#include <gtk/gtk.h>

#include "emend-store.h"

G_BEGIN_DECLS

/**
 * EmendPackDialog:
 *
 * Packs a project, or a choice of its items, as an archive that another desk can verify and open.
 */
#define EMEND_TYPE_PACK_DIALOG (emend_pack_dialog_get_type ())
G_DECLARE_FINAL_TYPE (EmendPackDialog, emend_pack_dialog, EMEND, PACK_DIALOG, GtkWindow)

GtkWindow *emend_pack_dialog_new (GtkWindow *parent,
                                  EmendStore *store,
                                  const EmendProjectInfo *info);

G_END_DECLS
