#pragma once

#include <gtk/gtk.h>

#include "emend-mark-model.h"

G_BEGIN_DECLS

/**
 * EmendMarkRow:
 *
 * A row of the inspector.
 */
#define EMEND_TYPE_MARK_ROW (emend_mark_row_get_type ())
G_DECLARE_FINAL_TYPE (EmendMarkRow, emend_mark_row, EMEND, MARK_ROW, GtkWidget)

GtkWidget *emend_mark_row_new (void);
void emend_mark_row_set_head (EmendMarkRow *self,
                              const char *title,
                              guint count);
char *emend_mark_row_set_mark (EmendMarkRow *self,
                               const EmendMark *mark,
                               int index,
                               EmendSchema *schema);

G_END_DECLS
