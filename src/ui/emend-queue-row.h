#pragma once

#include <gtk/gtk.h>

#include "emend-item-model.h"
#include "emend-picture.h"

G_BEGIN_DECLS

/**
 * EmendQueueRow:
 *
 * One item of the queue: a small picture, its name, how it stands.
 */
#define EMEND_TYPE_QUEUE_ROW (emend_queue_row_get_type ())
G_DECLARE_FINAL_TYPE (EmendQueueRow, emend_queue_row, EMEND, QUEUE_ROW, GtkWidget)

GtkWidget *emend_queue_row_new (void);
void emend_queue_row_bind (EmendQueueRow *self,
                           EmendItemEntry *entry,
                           EmendThumbnailer *thumbnailer,
                           const char *folder);
void emend_queue_row_unbind (EmendQueueRow *self);

G_END_DECLS
