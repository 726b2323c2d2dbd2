#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

char *emend_small_file_read (const char *path,
                             gsize limit,
                             gsize *length,
                             GError **error);

G_END_DECLS
