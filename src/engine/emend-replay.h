#pragma once

#include "emend-project.h"

G_BEGIN_DECLS

/* Called after each line: @error is NULL when it was committed, else why it could not be applied. */
typedef void (*EmendReplayFunc) (gint64 line,
                                 const GError *error,
                                 gpointer data);

typedef struct {
  gint64 n_applied;
  gint64 n_failed;
} EmendReplayResult;

/* Applies decisions, one JSON object a line (design, section 6), each committed by emend_project_decide()
 * before the next is read; a line that cannot be applied is told and passed over. */
gboolean emend_replay_run (EmendProject *project,
                           GInputStream *lines,
                           EmendReplayResult *result,
                           EmendReplayFunc func,
                           gpointer data,
                           GCancellable *cancellable,
                           GError **error);

G_END_DECLS
