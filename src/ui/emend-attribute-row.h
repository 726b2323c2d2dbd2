#pragma once

#include <gtk/gtk.h>

#include "emend-schema.h"

G_BEGIN_DECLS

/**
 * EmendAttributeRow:
 *
 * Edits one attribute of a label. Signals: "changed", "remove".
 */
#define EMEND_TYPE_ATTRIBUTE_ROW (emend_attribute_row_get_type ())
G_DECLARE_FINAL_TYPE (EmendAttributeRow, emend_attribute_row, EMEND, ATTRIBUTE_ROW, GtkBox)

GtkWidget *emend_attribute_row_new (const EmendAttribute *attribute);
EmendAttribute *emend_attribute_row_get_attribute (EmendAttributeRow *self);

G_END_DECLS
