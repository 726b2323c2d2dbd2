#pragma once

#include "emend-store.h"

G_BEGIN_DECLS

/**
 * EmendItemEntry:
 *
 * One place in the queue. Signal "changed": the item is known now, or its counts are others.
 */
#define EMEND_TYPE_ITEM_ENTRY (emend_item_entry_get_type ())
G_DECLARE_FINAL_TYPE (EmendItemEntry, emend_item_entry, EMEND, ITEM_ENTRY, GObject)

const EmendItem *emend_item_entry_get_item (EmendItemEntry *self);
guint emend_item_entry_get_index (EmendItemEntry *self);

/**
 * EmendItemModel:
 *
 * The queue as a list: all items in their order, or those that a filter lets through. Rows are read from
 * the project page by page when somebody looks at them, so that a million items open at once. Main
 * thread. Signal "queried" (GError, nullable): emend_item_model_query() has its answer.
 */
#define EMEND_TYPE_ITEM_MODEL (emend_item_model_get_type ())
G_DECLARE_FINAL_TYPE (EmendItemModel, emend_item_model, EMEND, ITEM_MODEL, GObject)

EmendItemModel *emend_item_model_new (EmendStore *store);
void emend_item_model_set_n_items (EmendItemModel *self,
                                   gint64 n_items);
gboolean emend_item_model_query (EmendItemModel *self,
                                 const char *text,
                                 EmendSchema *schema,
                                 EmendItemOrder order,
                                 GError **error);
gboolean emend_item_model_is_filtered (EmendItemModel *self);
gint64 emend_item_model_find (EmendItemModel *self,
                              const EmendItem *item);
void emend_item_model_update (EmendItemModel *self,
                              const EmendItem *item);

G_END_DECLS
