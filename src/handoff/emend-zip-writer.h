#pragma once

#include <gio/gio.h>

#include "emend-hash.h"

G_BEGIN_DECLS

/**
 * EmendZipWriter:
 *
 * Writes a zip archive whose bytes depend on nothing but the names and contents: no time, no owner,
 * mode 0644, sizes and CRC in front of the data, 64-bit sizes where they are needed.
 */
typedef struct _EmendZipWriter EmendZipWriter;

EmendZipWriter *emend_zip_writer_new (int fd,
                                      const char *path);
gboolean emend_zip_writer_begin (EmendZipWriter *writer,
                                 const char *name,
                                 guint64 size,
                                 gboolean deflate,
                                 GError **error);
gboolean emend_zip_writer_add (EmendZipWriter *writer,
                               gconstpointer data,
                               gsize size,
                               GError **error);
gboolean emend_zip_writer_end (EmendZipWriter *writer,
                               GError **error);
void emend_zip_writer_set_digest (EmendZipWriter *writer,
                                  const EmendDigest *digest);
GPtrArray *emend_zip_writer_get_entries (EmendZipWriter *writer);
guint64 emend_zip_writer_get_written (EmendZipWriter *writer);
char *emend_zip_writer_finish_deflated (EmendZipWriter *writer);
gboolean emend_zip_writer_finish (EmendZipWriter *writer,
                                  GError **error);
void emend_zip_writer_free (EmendZipWriter *writer);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EmendZipWriter, emend_zip_writer_free)

G_END_DECLS
