#pragma once

#include <gtk/gtk.h>

#include "emend-column-model.h"

G_BEGIN_DECLS

/**
 * EmendColumnList:
 *
 * A column of values to look through, worked with keys alone.
 *
 * Signals:
 *   screen-changed ()           what emend_column_list_tally() counts is something else now
 *   told (utf8, gboolean)       a passing message; whether it offers to undo
 *   open-item (gint64)          the document of a value shall be shown
 */
#define EMEND_TYPE_COLUMN_LIST (emend_column_list_get_type ())
G_DECLARE_FINAL_TYPE (EmendColumnList, emend_column_list, EMEND, COLUMN_LIST, GtkBox)

void emend_column_list_set_model (EmendColumnList *self,
                                  EmendColumnModel *model);
void emend_column_list_start (EmendColumnList *self);
void emend_column_list_tally (EmendColumnList *self,
                              EmendColumnTally *tally);
void emend_column_list_accept_screen (EmendColumnList *self);
void emend_column_list_step (EmendColumnList *self,
                             gboolean is_redo);
gboolean emend_column_list_handle_key (EmendColumnList *self,
                                       guint keyval,
                                       GdkModifierType modifiers);
guint emend_column_list_get_current (EmendColumnList *self);

G_END_DECLS
