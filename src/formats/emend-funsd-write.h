#pragma once

#include "emend-format.h"

G_BEGIN_DECLS

gboolean emend_funsd_write (EmendFormat *format,
                            const char *path,
                            const EmendWriteSource *source,
                            GCancellable *cancellable,
                            GError **error);

G_END_DECLS
