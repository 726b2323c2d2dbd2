#pragma once

#include <glib.h>

G_BEGIN_DECLS

GArray *emend_coco_rle_decode (const char *text,
                               gsize length,
                               guint64 total);
void emend_coco_rle_encode (const guint32 *counts,
                            gsize n_counts,
                            GString *out);

G_END_DECLS
