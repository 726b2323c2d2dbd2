#pragma once

#include <gtk/gtk.h>

#include "emend-recent-list.h"

G_BEGIN_DECLS

/**
 * EmendRecentRow:
 *
 * Shows one project that was open lately.
 */
#define EMEND_TYPE_RECENT_ROW (emend_recent_row_get_type ())
G_DECLARE_FINAL_TYPE (EmendRecentRow, emend_recent_row, EMEND, RECENT_ROW, GtkListBoxRow)

GtkWidget *emend_recent_row_new (EmendRecentList *list,
                                 EmendRecent *recent);
EmendRecent *emend_recent_row_get_recent (EmendRecentRow *self);
void emend_recent_row_set_picture (EmendRecentRow *self,
                                   GdkPaintable *picture);

G_END_DECLS
