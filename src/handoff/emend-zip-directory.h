#pragma once

#include <gio/gio.h>

#include "emend-zip-format.h"

G_BEGIN_DECLS

/* More files than this are no pack of pictures but an attack. */
#define EMEND_ZIP_ENTRIES_MAX ((gsize) 1000 * 1000)

GPtrArray *emend_zip_directory_read (int fd,
                                     const char *path,
                                     GPtrArray *problems,
                                     GCancellable *cancellable,
                                     GError **error);

G_END_DECLS
