#pragma once

#include <gtk/gtk.h>

#include "emend-fields-draft.h"

G_BEGIN_DECLS

/**
 * EmendDraftRow:
 *
 * One field or rule in the list of them. It is dragged, or moved with Alt+Up and Alt+Down, and removed with Delete.
 */
#define EMEND_TYPE_DRAFT_ROW (emend_draft_row_get_type ())
G_DECLARE_FINAL_TYPE (EmendDraftRow, emend_draft_row, EMEND, DRAFT_ROW, GtkListBoxRow)

GtkWidget *emend_draft_row_new (EmendFieldsDraft *owner,
                                gpointer draft);
gpointer emend_draft_row_get_draft (EmendDraftRow *self);
void emend_draft_row_set_editable (EmendDraftRow *self,
                                   gboolean editable);

G_END_DECLS
