#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef enum {
  EMEND_SAMPLE_IMAGES,
  EMEND_SAMPLE_DOCUMENTS,
} EmendSample;

char *emend_sample_find (EmendSample sample);
char *emend_sample_get_copy (EmendSample sample);
void emend_sample_copy_async (const char *source,
                              const char *target,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
char *emend_sample_copy_finish (GAsyncResult *result,
                                GError **error);

G_END_DECLS
