#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

char *emend_disk_cache_name (const char *path,
                             const char *detail);
void emend_disk_cache_touch (const char *file);
void emend_disk_cache_trim (const char *folder,
                            guint64 limit);

G_END_DECLS
