#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

char *emend_small_file_read (const char *path,
                             gsize limit,
                             gsize *length,
                             GError **error);
gboolean emend_small_file_read_head (const char *path,
                                     char **head);

G_END_DECLS
