#pragma once

#include "emend-coco-tables.h"

G_BEGIN_DECLS

gboolean emend_coco_read_records (EmendJsonStream *stream,
                                  EmendCocoTables *tables,
                                  gboolean results,
                                  const EmendReadSink *sink,
                                  GCancellable *cancellable,
                                  GError **error);
GStrv emend_coco_list_labels (const char *path,
                              GCancellable *cancellable,
                              GError **error);

G_END_DECLS
