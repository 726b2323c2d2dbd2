#pragma once

#include "emend-import-job.h"
#include "emend-store.h"
#include "emend-task-progress.h"

G_BEGIN_DECLS

/**
 * EmendImportRequest:
 * @paths: (array zero-terminated=1): the files
 * @format: (nullable): id of the format, %NULL to find out
 * @run_name: (nullable): name of the run
 * @model: (nullable): name of the model
 * @names_file: (nullable): file with the names of the labels
 * @role: what the records are
 * @frame: which frame the coordinates are in
 * @trailing: what a further column of a YOLO line is
 * @map: (nullable): see #EmendImportOptions
 *
 * Everything that one import was told, with memory of its own, so that it can go to another thread.
 */
typedef struct {
  char **paths;
  char *format;
  char *run_name;
  char *model;
  char *names_file;
  EmendRunRole role;
  EmendFrame frame;
  EmendTrailing trailing;
  GHashTable *map;
} EmendImportRequest;

EmendImportRequest *emend_import_request_new (void);
void emend_import_request_free (EmendImportRequest *request);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EmendImportRequest, emend_import_request_free)
void emend_import_request_run_async (EmendImportRequest *request,
                                     EmendStore *store,
                                     gboolean dry_run,
                                     EmendTaskProgress *progress,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
EmendImportReport *emend_import_request_run_finish (EmendStore *store,
                                                    GAsyncResult *result,
                                                    GError **error);

G_END_DECLS
