#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

GPtrArray *emend_yolo_names_load (const char *path,
                                  GError **error);
char *emend_yolo_names_find (const char *folder,
                             GError **error);

G_END_DECLS
