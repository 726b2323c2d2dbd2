#pragma once

#include "emend-pack.h"

G_BEGIN_DECLS

/* So many reasons why a pack must not be trusted are listed, and no more. */
#define EMEND_PROBLEMS_MAX 1000

/**
 * EmendWork:
 * @cancellable: (nullable): stops the work
 * @progress: (nullable): who is told
 * @progress_data: for @progress
 * @done: bytes so far
 * @total: bytes in all
 * @n_passes: how often the files of a pack will be read, 1 or 2
 *
 * How far a piece of work is, and whether it shall go on.
 */
typedef struct {
  GCancellable *cancellable;
  EmendProgressFunc progress;
  gpointer progress_data;
  guint64 done;
  guint64 total;
  guint n_passes;
} EmendWork;

gboolean emend_work_advance (EmendWork *work,
                             guint64 bytes,
                             GError **error);

void emend_problems_add (GPtrArray *problems,
                         const char *format,
                         ...) G_GNUC_PRINTF (2, 3);
void emend_problems_add_for (GPtrArray *problems,
                             const char *name,
                             const char *format);

void emend_handoff_set_disk_error (GError **error,
                                   const char *path,
                                   int code);
void emend_handoff_set_busy_error (GError **error,
                                   const char *path);
void emend_handoff_set_read_error (GError **error,
                                   const char *path,
                                   int code);
gboolean emend_handoff_read_at (int fd,
                                gpointer buffer,
                                gsize size,
                                guint64 offset);
gboolean emend_handoff_has_room (int fd,
                                 guint64 bytes,
                                 const char *path,
                                 GError **error);
int emend_handoff_lock (int fd,
                        int parent_fd,
                        const char *name);

G_END_DECLS
