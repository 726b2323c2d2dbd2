#pragma once

#include "emend-project.h"

G_BEGIN_DECLS

/**
 * EmendScanResult:
 * @n_added: new items
 * @n_known: files that were items already
 * @n_unreadable: of the new ones, those that cannot be decoded; they are items too
 * @skipped: (element-type utf8): names of files that are no media
 */
typedef struct {
  gint64 n_added;
  gint64 n_known;
  gint64 n_unreadable;
  GPtrArray *skipped;
} EmendScanResult;

void emend_scan_result_free (EmendScanResult *result);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EmendScanResult, emend_scan_result_free)

/* Adds files, and folders with all that is below them (no links followed, hidden names left out), in
 * natural order of their paths: header read, hashed, in one transaction. Not for the main thread. */
EmendScanResult *emend_scan_add (EmendProject *project,
                                 const char *const *paths,
                                 GCancellable *cancellable,
                                 EmendProgressFunc progress,
                                 gpointer progress_data,
                                 GError **error);
/* Absolute path of an item's file, looked for by hash and noted in the project when it was moved; NULL
 * with error when it is nowhere. Not for the main thread. */
char *emend_scan_locate (EmendProject *project,
                         const EmendItem *item,
                         GCancellable *cancellable,
                         GError **error);

G_END_DECLS
