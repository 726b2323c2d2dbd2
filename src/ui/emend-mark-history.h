#pragma once

#include "emend-store.h"

G_BEGIN_DECLS

/* Lines (utf8) that say who decided what about an annotation and when, the latest first; read in the
 * background. */
void emend_mark_history_read_async (EmendStore *store,
                                    gint64 item,
                                    const EmendUuid *annotation,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
GPtrArray *emend_mark_history_read_finish (EmendStore *store,
                                           GAsyncResult *result,
                                           GError **error);

G_END_DECLS
