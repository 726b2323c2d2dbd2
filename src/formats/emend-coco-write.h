#pragma once

#include "emend-annotation.h"
#include "emend-format.h"

G_BEGIN_DECLS

gboolean emend_coco_write_file (const char *path,
                                const EmendWriteSource *source,
                                GCancellable *cancellable,
                                GError **error);
void emend_coco_write_record (EmendJsonWriter *writer,
                              const EmendWriteItem *item,
                              const EmendMark *mark,
                              gboolean all);

G_END_DECLS
