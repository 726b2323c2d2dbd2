#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * EmendPartFile:
 *
 * A file being written beside its final place as `.NAME.part`, so that under the final name there
 * is either nothing new or the whole.
 */
typedef struct _EmendPartFile EmendPartFile;

EmendPartFile *emend_part_file_new (const char *path,
                                    GError **error);
int emend_part_file_get_fd (EmendPartFile *part);
const char *emend_part_file_get_part_path (EmendPartFile *part);
gboolean emend_part_file_write (EmendPartFile *part,
                                gconstpointer data,
                                gsize size,
                                GError **error);
gboolean emend_part_file_commit (EmendPartFile *part,
                                 gboolean replace,
                                 GError **error);
void emend_part_file_free (EmendPartFile *part);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EmendPartFile, emend_part_file_free)

G_END_DECLS
