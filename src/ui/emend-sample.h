#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

char *emend_sample_find (void);
void emend_sample_copy_async (const char *source,
                              const char *target,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
char *emend_sample_copy_finish (GAsyncResult *result,
                                GError **error);

G_END_DECLS
