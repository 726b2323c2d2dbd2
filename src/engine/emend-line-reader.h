#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The longest line that is taken: room for a large mask. */
#define EMEND_LINE_MAX_SIZE ((gsize) 16 * 1024 * 1024)

/**
 * EmendLineReader:
 *
 * Reads a stream line by line, each as soon as it is there, in bounded memory.
 */
typedef struct _EmendLineReader EmendLineReader;

EmendLineReader *emend_line_reader_new (GInputStream *stream);
void emend_line_reader_free (EmendLineReader *reader);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EmendLineReader, emend_line_reader_free)
gboolean emend_line_reader_next (EmendLineReader *reader,
                                 GBytes **line,
                                 GCancellable *cancellable,
                                 GError **error);
gint64 emend_line_reader_get_number (EmendLineReader *reader);

G_END_DECLS
