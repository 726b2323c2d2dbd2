#pragma once

#include <gtk/gtk.h>

#include "emend-field-draft.h"

G_BEGIN_DECLS

/**
 * EmendFieldColumnRow:
 *
 * Name and type of a column, in the list of those of a table. Signal "edit" when the rest of it shall be shown.
 */
#define EMEND_TYPE_FIELD_COLUMN_ROW (emend_field_column_row_get_type ())
G_DECLARE_FINAL_TYPE (EmendFieldColumnRow, emend_field_column_row, EMEND, FIELD_COLUMN_ROW, GtkListBoxRow)

GtkWidget *emend_field_column_row_new (EmendFieldDraft *column);
void emend_field_column_row_focus_name (EmendFieldColumnRow *self);

G_END_DECLS
