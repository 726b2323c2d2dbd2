#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

void emend_media_set_no_memory (GError **error,
                                const char *path);

G_END_DECLS
