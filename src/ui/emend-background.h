#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Work that waits for the disk and needs no project; it must not touch widgets. Returns NULL with
 * error set on failure. */
typedef gpointer (*EmendBackgroundFunc) (gpointer data,
                                         GCancellable *cancellable,
                                         GError **error);

void emend_background_run_async (EmendBackgroundFunc func,
                                 gpointer data,
                                 GDestroyNotify data_free,
                                 GDestroyNotify result_free,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
gpointer emend_background_run_finish (GAsyncResult *result,
                                      GError **error);

G_END_DECLS
