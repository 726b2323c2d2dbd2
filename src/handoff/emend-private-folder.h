#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The files that may be in such a folder; what the store writes beside the project begins with its name. */
#define EMEND_PRIVATE_PROJECT "project.emend"
#define EMEND_PRIVATE_LEDGER "ledger.jsonl"

/**
 * EmendPrivateFolder:
 *
 * A folder for temporary files that nobody else may enter, and that does not outlive a program that was killed: it is
 * locked, and whoever makes the next one removes those that no living program holds.
 */
typedef struct _EmendPrivateFolder EmendPrivateFolder;

EmendPrivateFolder *emend_private_folder_new (GError **error);
const char *emend_private_folder_get_path (const EmendPrivateFolder *folder);
void emend_private_folder_free (EmendPrivateFolder *folder);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EmendPrivateFolder, emend_private_folder_free)

G_END_DECLS
