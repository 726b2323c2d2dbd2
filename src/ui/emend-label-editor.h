#pragma once

#include <gtk/gtk.h>

#include "emend-label-draft.h"

G_BEGIN_DECLS

/**
 * EmendLabelEditor:
 *
 * Edits a list of labels: names typed, pasted or read from a file, colours, keys, order, attributes.
 */
#define EMEND_TYPE_LABEL_EDITOR (emend_label_editor_get_type ())
G_DECLARE_FINAL_TYPE (EmendLabelEditor, emend_label_editor, EMEND, LABEL_EDITOR, GtkBox)

GListStore *emend_label_editor_get_drafts (EmendLabelEditor *self);
void emend_label_editor_set_schema (EmendLabelEditor *self,
                                    EmendSchema *schema);
void emend_label_editor_add_text (EmendLabelEditor *self,
                                  const char *text);
void emend_label_editor_add_file (EmendLabelEditor *self,
                                  const char *path);

G_END_DECLS
