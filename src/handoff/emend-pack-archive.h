#pragma once

#include "emend-handoff-types.h"
#include "emend-zip-directory.h"

G_BEGIN_DECLS

/**
 * EmendArchiveVisitor:
 * @begin: (nullable): the bytes of a file follow; sets *@wanted to %FALSE to skip them
 * @data: the next bytes of that file, never more than its size in all
 * @end: that file ends; @is_whole when all its bytes came and their CRC is right
 *
 * Who gets the files of an archive; each returns whether to go on, and sets an error if not.
 */
typedef struct {
  gboolean (*begin) (gpointer user_data,
                     guint index,
                     gboolean *wanted,
                     GError **error);
  gboolean (*data) (gpointer user_data,
                    guint index,
                    gconstpointer bytes,
                    gsize size,
                    GError **error);
  gboolean (*end) (gpointer user_data,
                   guint index,
                   gboolean is_whole,
                   GError **error);
} EmendArchiveVisitor;

gboolean emend_archive_visit (int fd,
                              const char *path,
                              GPtrArray *entries,
                              GPtrArray *problems,
                              const EmendArchiveVisitor *visitor,
                              gpointer user_data,
                              GError **error);

G_END_DECLS
