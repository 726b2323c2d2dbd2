#define G_LOG_DOMAIN "emend-handoff"

#include "config.h"

#include "emend-pack-check.h"

/**
 * emend_pack_verify:
 * @path: a file that may be a pack
 * @cancellable: (nullable): stops the reading
 * @progress: (nullable): told how many bytes were read
 * @progress_data: for @progress
 * @error: EMEND_HANDOFF_ERROR_NOT_PACK, EMEND_HANDOFF_ERROR_DISK, or G_IO_ERROR_CANCELLED
 *
 * Reads a pack from end to end: the archive and every header in it; the names; the hash of each file, in
 * each manifest; the project inside, its journal, and that each of its media files is there. Nothing is
 * written but a private copy of the project inside, which is removed again. Any thread but the main one.
 *
 * Returns: (transfer full) (nullable): what was found, also for a pack that is not sound: look at the
 *   problems. %NULL when it cannot be read or is no pack.
 */
EmendPackFacts *
emend_pack_verify (const char *path,
                   GCancellable *cancellable,
                   EmendProgressFunc progress,
                   gpointer progress_data,
                   GError **error)
{
  EmendWork work = { cancellable, progress, progress_data, 0, 0, 1 };
  g_autoptr (EmendPackCheck) check = emend_pack_check_run (path, NULL, &work, error);

  return check != NULL ? g_steal_pointer (&check->facts) : NULL;
}
