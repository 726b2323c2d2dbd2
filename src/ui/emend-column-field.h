#pragma once

#include <glib-object.h>

#include "emend-field.h"

G_BEGIN_DECLS

/**
 * EmendColumnField:
 *
 * A field in the list to choose from. Properties "title" and "left" (utf8): its name and how much of it is left, as
 * they are shown.
 */
#define EMEND_TYPE_COLUMN_FIELD (emend_column_field_get_type ())
G_DECLARE_FINAL_TYPE (EmendColumnField, emend_column_field, EMEND, COLUMN_FIELD, GObject)

EmendColumnField *emend_column_field_new (const EmendField *field);
const EmendField *emend_column_field_get_field (EmendColumnField *self);
gint64 emend_column_field_get_left (EmendColumnField *self);
void emend_column_field_set_left (EmendColumnField *self,
                                  gint64 n_left);

G_END_DECLS
