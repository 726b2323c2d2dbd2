#pragma once

#include "emend-project.h"

G_BEGIN_DECLS

#define EMEND_TYPE_STORE (emend_store_get_type ())
G_DECLARE_FINAL_TYPE (EmendStore, emend_store, EMEND, STORE, GObject)

/**
 * EmendStoreFunc:
 * @project: the project, for the time of this call
 * @data: the caller's data
 * @cancellable: (nullable): to stop early
 * @error: set when %NULL is returned for a failure
 *
 * Work on the thread that owns the connection. It must not touch widgets.
 *
 * Returns: (nullable): the result, freed by the function given to emend_store_run_async() if nobody
 *   takes it
 */
typedef gpointer (*EmendStoreFunc) (EmendProject *project,
                                    gpointer data,
                                    GCancellable *cancellable,
                                    GError **error);

/* Each opens on a new thread, which then owns the connection until the store is closed. */
void emend_store_open_async (const char *path,
                             EmendProjectFlags flags,
                             const char *reviewer,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);
EmendStore *emend_store_open_finish (GAsyncResult *result,
                                     GError **error);
void emend_store_create_async (const char *path,
                               const char *name,
                               EmendSchema *schema,
                               const char *reviewer,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
EmendStore *emend_store_create_finish (GAsyncResult *result,
                                       GError **error);

/* What was asked is done in the order in which it was asked, one at a time. The callback runs in the
 * thread-default main context of the caller. */
void emend_store_run_async (EmendStore *store,
                            EmendStoreFunc func,
                            gpointer data,
                            GDestroyNotify data_free,
                            GDestroyNotify result_free,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data);
/* The same for what only looks something up: decisions do not wait for it but interrupt it, and then it begins
 * anew. */
void emend_store_query_async (EmendStore *store,
                              EmendStoreFunc func,
                              gpointer data,
                              GDestroyNotify data_free,
                              GDestroyNotify result_free,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
gpointer emend_store_run_finish (EmendStore *store,
                                 GAsyncResult *result,
                                 GError **error);

/* Decisions, in the order in which they are made; property "pending" counts those that are not
 * committed yet, 0 means "Saved". */
void emend_store_decide_async (EmendStore *store,
                               GPtrArray *decisions,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
void emend_store_undo_async (EmendStore *store,
                             GAsyncReadyCallback callback,
                             gpointer user_data);
void emend_store_redo_async (EmendStore *store,
                             GAsyncReadyCallback callback,
                             gpointer user_data);
EmendOutcome *emend_store_decide_finish (EmendStore *store,
                                         GAsyncResult *result,
                                         GError **error);
guint emend_store_get_pending (EmendStore *store);

void emend_store_close_async (EmendStore *store,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
gboolean emend_store_close_finish (EmendStore *store,
                                   GAsyncResult *result,
                                   GError **error);

G_END_DECLS
