#pragma once

#include <glib.h>

G_BEGIN_DECLS

GPtrArray *emend_yolo_yaml_parse_names (const char *text,
                                        const char *file,
                                        GError **error);

G_END_DECLS
