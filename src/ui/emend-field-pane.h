#pragma once

#include <gtk/gtk.h>

#include "emend-fields-draft.h"

G_BEGIN_DECLS

/**
 * EmendFieldPane:
 *
 * Edits one field, or one column of a table: what can be said of its type, and a sample to try it.
 */
#define EMEND_TYPE_FIELD_PANE (emend_field_pane_get_type ())
G_DECLARE_FINAL_TYPE (EmendFieldPane, emend_field_pane, EMEND, FIELD_PANE, GtkBox)

void emend_field_pane_set_field (EmendFieldPane *self,
                                 EmendFieldsDraft *owner,
                                 EmendFieldDraft *field);
void emend_field_pane_refresh (EmendFieldPane *self);
void emend_field_pane_set_editable (EmendFieldPane *self,
                                    gboolean editable);
void emend_field_pane_load_list (EmendFieldPane *self,
                                 const char *path);
void emend_field_pane_set_sample (EmendFieldPane *self,
                                  const char *sample);

G_END_DECLS
