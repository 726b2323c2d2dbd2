#pragma once

#include <gtk/gtk.h>

#include "emend-fields-draft.h"

G_BEGIN_DECLS

/**
 * EmendFieldsEditor:
 *
 * Lists of the fields and rules of a schema, and beside them the one that is edited.
 */
#define EMEND_TYPE_FIELDS_EDITOR (emend_fields_editor_get_type ())
G_DECLARE_FINAL_TYPE (EmendFieldsEditor, emend_fields_editor, EMEND, FIELDS_EDITOR, GtkBox)

EmendFieldsDraft *emend_fields_editor_get_draft (EmendFieldsEditor *self);
void emend_fields_editor_set_schema (EmendFieldsEditor *self,
                                     EmendSchema *schema);
void emend_fields_editor_set_editable (EmendFieldsEditor *self,
                                       gboolean editable);
EmendSchema *emend_fields_editor_to_schema (EmendFieldsEditor *self,
                                            EmendSchema *base);
void emend_fields_editor_take_learned (EmendFieldsEditor *self,
                                       EmendSchema *schema);
void emend_fields_editor_set_error (EmendFieldsEditor *self,
                                    const GError *error);
void emend_fields_editor_add_file (EmendFieldsEditor *self,
                                   const char *path);
void emend_fields_editor_save_file (EmendFieldsEditor *self,
                                    const char *path);
void emend_fields_editor_select (EmendFieldsEditor *self,
                                 gpointer draft);

G_END_DECLS
