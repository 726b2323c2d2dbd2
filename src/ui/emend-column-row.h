#pragma once

#include "emend-column-model.h"
#include "emend-crop.h"

G_BEGIN_DECLS

/**
 * EmendColumnRow:
 *
 * One value of a column: its state, where it stands on its page, what it says and how that is read, how sure the model
 * is, and of which document. All rows are equally high.
 *
 * Signals:
 *   confirmed ()                Enter in the entry: what is typed is the value
 *   given-up ()                 Escape in the entry
 */
#define EMEND_TYPE_COLUMN_ROW (emend_column_row_get_type ())
G_DECLARE_FINAL_TYPE (EmendColumnRow, emend_column_row, EMEND, COLUMN_ROW, GtkBox)

GtkWidget *emend_column_row_new (void);
void emend_column_row_bind (EmendColumnRow *self,
                            EmendColumnEntry *entry,
                            guint index);
void emend_column_row_unbind (EmendColumnRow *self);
EmendColumnEntry *emend_column_row_get_entry (EmendColumnRow *self);
guint emend_column_row_get_index (EmendColumnRow *self);
EmendCrop *emend_column_row_get_crop (EmendColumnRow *self);
void emend_column_row_set_unreadable (EmendColumnRow *self,
                                      gboolean unreadable);
void emend_column_row_edit (EmendColumnRow *self,
                            const char *typed);
gboolean emend_column_row_has_focus (EmendColumnRow *self);

G_END_DECLS
