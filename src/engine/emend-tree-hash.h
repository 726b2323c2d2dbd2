#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

char *emend_tree_hash (const char *path,
                       GCancellable *cancellable,
                       GError **error);

G_END_DECLS
