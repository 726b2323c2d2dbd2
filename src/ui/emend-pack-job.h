#pragma once

#include "emend-pack.h"
#include "emend-store.h"
#include "emend-task-progress.h"

G_BEGIN_DECLS

typedef enum {
  EMEND_PACK_ALL = 0,
  EMEND_PACK_DONE,
  EMEND_PACK_FILTER,
} EmendPackChoice;

/* What would be packed. */
typedef struct {
  guint64 n_items;
  guint64 n_done;
  guint64 n_bytes;
} EmendPackTally;

void emend_pack_job_tally_async (EmendStore *store,
                                 EmendPackChoice choice,
                                 const char *filter,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
gboolean emend_pack_job_tally_finish (EmendStore *store,
                                      GAsyncResult *result,
                                      EmendPackTally *tally,
                                      GError **error);

/**
 * EmendPackOrder:
 * @path: of the archive
 * @kind: what it is for
 * @choice: which items
 * @filter: (nullable): for %EMEND_PACK_FILTER, as it is typed in the queue
 * @blind: leaves out all readings
 */
typedef struct {
  const char *path;
  EmendPackKind kind;
  EmendPackChoice choice;
  const char *filter;
  gboolean blind;
} EmendPackOrder;

void emend_pack_job_write_async (EmendStore *store,
                                 const EmendPackOrder *order,
                                 EmendTaskProgress *progress,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
EmendPackFacts *emend_pack_job_write_finish (EmendStore *store,
                                             GAsyncResult *result,
                                             GError **error);
void emend_pack_job_verify_async (const char *path,
                                  EmendTaskProgress *progress,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
EmendPackFacts *emend_pack_job_verify_finish (GAsyncResult *result,
                                              GError **error);
void emend_pack_job_unpack_async (const char *path,
                                  const char *folder,
                                  EmendTaskProgress *progress,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
char *emend_pack_job_unpack_finish (GAsyncResult *result,
                                    GError **error);

G_END_DECLS
