#pragma once

#include "emend-project.h"

G_BEGIN_DECLS

/**
 * EmendMediaCheck:
 * @n_compared: files whose content was compared
 */
typedef struct {
  gint64 n_compared;
} EmendMediaCheck;

EmendMediaCheck *emend_media_check_run (EmendProject *project,
                                        GPtrArray *problems,
                                        GCancellable *cancellable,
                                        EmendProgressFunc progress,
                                        gpointer progress_data,
                                        GError **error);
void emend_media_check_free (EmendMediaCheck *check);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EmendMediaCheck, emend_media_check_free)

G_END_DECLS
