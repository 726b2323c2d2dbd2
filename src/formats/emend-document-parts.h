#pragma once

#include "emend-document-format.h"

G_BEGIN_DECLS

/* Documents whose result a service gives in several files. */
gboolean emend_document_is_numbered (const char *path);
guint emend_document_count_parts (const EmendDocumentReader *reader,
                                  GPtrArray *paths,
                                  guint first);
gboolean emend_document_read_parts (const EmendDocumentReader *reader,
                                    const char *const *paths,
                                    guint n_paths,
                                    const EmendReadOptions *options,
                                    const EmendReadSink *sink,
                                    GCancellable *cancellable,
                                    GError **error);

G_END_DECLS
