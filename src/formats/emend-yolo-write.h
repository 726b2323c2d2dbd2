#pragma once

#include "emend-annotation.h"
#include "emend-format.h"

G_BEGIN_DECLS

gboolean emend_yolo_write_folder (const char *path,
                                  const EmendWriteSource *source,
                                  GCancellable *cancellable,
                                  GError **error);
char *emend_yolo_write_label_path (const char *item_path);

G_END_DECLS
