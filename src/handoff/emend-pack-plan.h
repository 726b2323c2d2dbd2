#pragma once

#include "emend-handoff-types.h"
#include "emend-hash.h"
#include "emend-private-folder.h"

G_BEGIN_DECLS

/**
 * EmendPackFile:
 * @path: in the pack, below the top folder
 * @source: the file whose bytes it gets
 * @size: of it in bytes
 * @expected: what its SHA-256 must be; nil when it was just made
 */
typedef struct {
  char *path;
  char *source;
  guint64 size;
  EmendDigest expected;
} EmendPackFile;

/**
 * EmendPackPlan:
 * @folder: private, for the snapshot and the ledger
 * @project_name: for people
 * @files: (element-type EmendPackFile): the payload, sorted by path
 * @n_bytes: of it
 *
 * What a pack will hold, before a byte of it is written.
 */
typedef struct {
  EmendPrivateFolder *folder;
  char *project_name;
  GPtrArray *files;
  guint64 n_bytes;
} EmendPackPlan;

EmendPackPlan *emend_pack_plan_new (EmendProject *project,
                                    const EmendPackOptions *options,
                                    GCancellable *cancellable,
                                    GError **error);
void emend_pack_plan_free (EmendPackPlan *plan);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EmendPackPlan, emend_pack_plan_free)

/* emend-pack-ledger.c: who gets the ledger; returns whether to go on, and sets an error if not. */
typedef gboolean (*EmendLedgerSink) (gconstpointer line,
                                     gsize size,
                                     gpointer data,
                                     GError **error);
gboolean emend_pack_tell_ledger (const char *project_path,
                                 EmendLedgerSink sink,
                                 gpointer sink_data,
                                 GCancellable *cancellable,
                                 GError **error);

G_END_DECLS
