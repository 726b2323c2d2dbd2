#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct {
  guint64 n_images;
  guint64 n_others;
  gboolean truncated; /* there are more than were counted */
} EmendFolderTally;

void emend_folder_count_async (const char *folder,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
gboolean emend_folder_count_finish (GAsyncResult *result,
                                    EmendFolderTally *tally,
                                    GError **error);

G_END_DECLS
