#pragma once

#include "emend-project.h"

G_BEGIN_DECLS

/**
 * EmendHandoffError:
 * @EMEND_HANDOFF_ERROR_NOT_PACK: the file is no pack
 * @EMEND_HANDOFF_ERROR_REFUSED: the pack is damaged, incomplete or hostile
 * @EMEND_HANDOFF_ERROR_EXISTS: there is already something of that name
 * @EMEND_HANDOFF_ERROR_MEDIA: a media file is missing or was changed
 * @EMEND_HANDOFF_ERROR_DISK: the disk is full or fails
 */
typedef enum {
  EMEND_HANDOFF_ERROR_NOT_PACK = 1,
  EMEND_HANDOFF_ERROR_REFUSED,
  EMEND_HANDOFF_ERROR_EXISTS,
  EMEND_HANDOFF_ERROR_MEDIA,
  EMEND_HANDOFF_ERROR_DISK,
} EmendHandoffError;

#define EMEND_HANDOFF_ERROR (emend_handoff_error_quark ())
GQuark emend_handoff_error_quark (void);

typedef enum {
  EMEND_PACK_WORK = 1,
  EMEND_PACK_DELIVERY,
  EMEND_PACK_BACKUP,
} EmendPackKind;

const char *emend_pack_kind_to_name (EmendPackKind kind);
gboolean emend_pack_kind_from_name (const char *name,
                                    EmendPackKind *kind);

/**
 * EmendPackOptions:
 * @kind: what the pack is for
 * @items: (nullable): which items; NULL for all
 * @n_items: how many of them
 * @blind: leaves out all readings; for work
 * @exports: (nullable): a folder whose files are put under data/export/
 */
typedef struct {
  EmendPackKind kind;
  const gint64 *items;
  gsize n_items;
  gboolean blind;
  const char *exports;
} EmendPackOptions;

/**
 * EmendPackFacts:
 * @path: of the archive
 * @uuid: identity of the pack, from the state it holds
 * @kind: what it is for
 * @project_name: name of the project in it
 * @n_files: payload files
 * @n_bytes: payload bytes
 * @n_items: items
 * @n_annotations: annotations
 * @sha256: of the whole archive, hexadecimal
 * @problems: (element-type utf8): why it must not be trusted, whole sentences; empty when it is sound
 */
typedef struct {
  char *path;
  char *uuid;
  EmendPackKind kind;
  char *project_name;
  guint64 n_files;
  guint64 n_bytes;
  guint64 n_items;
  guint64 n_annotations;
  char *sha256;
  GPtrArray *problems;
} EmendPackFacts;

void emend_pack_facts_free (EmendPackFacts *facts);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EmendPackFacts, emend_pack_facts_free)

/* All three wait for the disk: not for the main thread. Progress is in bytes. */
EmendPackFacts *emend_pack_write (EmendProject *project,
                                  const char *path,
                                  const EmendPackOptions *options,
                                  GCancellable *cancellable,
                                  EmendProgressFunc progress,
                                  gpointer progress_data,
                                  GError **error);
/* Returns facts also for a pack that is not sound: look at problems. NULL when it cannot be read. */
EmendPackFacts *emend_pack_verify (const char *path,
                                   GCancellable *cancellable,
                                   EmendProgressFunc progress,
                                   gpointer progress_data,
                                   GError **error);
/* Verifies, then makes a folder of the pack's name in @folder; returns the path of the project in it. */
char *emend_pack_unpack (const char *path,
                         const char *folder,
                         GCancellable *cancellable,
                         EmendProgressFunc progress,
                         gpointer progress_data,
                         GError **error);

G_END_DECLS
