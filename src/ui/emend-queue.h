#pragma once

#include <gtk/gtk.h>

#include "emend-item-model.h"
#include "emend-picture.h"
#include "emend-review.h"

G_BEGIN_DECLS

/**
 * EmendQueue:
 *
 * The list of items with its filter and order. Signal "activated" (): the reviewer chose a row with
 * Enter or a double click and wants to work there.
 */
#define EMEND_TYPE_QUEUE (emend_queue_get_type ())
G_DECLARE_FINAL_TYPE (EmendQueue, emend_queue, EMEND, QUEUE, GtkBox)

GtkWidget *emend_queue_new (void);
void emend_queue_set_review (EmendQueue *self,
                             EmendReview *review,
                             EmendThumbnailer *thumbnailer);
gboolean emend_queue_step (EmendQueue *self,
                           int direction);
void emend_queue_focus_search (EmendQueue *self);
GArray *emend_queue_get_neighbours (EmendQueue *self,
                                    guint n_steps,
                                    GPtrArray *paths);

G_END_DECLS
