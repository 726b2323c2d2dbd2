#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * EmendPartFolder:
 *
 * A folder being written beside its final place as `.NAME.part`, so that under the final name there is
 * either nothing or the whole.
 */
typedef struct _EmendPartFolder EmendPartFolder;

EmendPartFolder *emend_part_folder_new (const char *path,
                                        GError **error);
void emend_part_folder_free (EmendPartFolder *folder);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EmendPartFolder, emend_part_folder_free)
gboolean emend_part_folder_add (EmendPartFolder *folder,
                                const char *name,
                                const char *text,
                                gsize length,
                                GError **error);
gboolean emend_part_folder_commit (EmendPartFolder *folder,
                                   GError **error);

G_END_DECLS
