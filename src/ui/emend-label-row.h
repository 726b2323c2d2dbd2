#pragma once

#include <gtk/gtk.h>

#include "emend-label-draft.h"

G_BEGIN_DECLS

/**
 * EmendLabelRow:
 *
 * Edits one label of a list.
 */
#define EMEND_TYPE_LABEL_ROW (emend_label_row_get_type ())
G_DECLARE_FINAL_TYPE (EmendLabelRow, emend_label_row, EMEND, LABEL_ROW, GtkListBoxRow)

GtkWidget *emend_label_row_new (GListStore *drafts,
                                EmendLabelDraft *draft);
void emend_label_row_focus_name (EmendLabelRow *self);

G_END_DECLS
