#pragma once

#include <gio/gio.h>

#include "emend-words.h"

G_BEGIN_DECLS

/**
 * EmendPageReader:
 *
 * Reads the words of pages in the background, one page on each core: from the text of a PDF where it has one, else by
 * OCR. What was asked for with the highest priority goes first, of equal ones the oldest.
 */
#define EMEND_TYPE_PAGE_READER (emend_page_reader_get_type ())
G_DECLARE_FINAL_TYPE (EmendPageReader, emend_page_reader, EMEND, PAGE_READER, GObject)

typedef enum {
  EMEND_PAGE_READER_BATCH = 0, /* some day */
  EMEND_PAGE_READER_SOON,      /* likely to be looked at next */
  EMEND_PAGE_READER_NOW,       /* a person looks at it */
} EmendPageReaderPriority;

EmendPageReader *emend_page_reader_new (const char *language);
void emend_page_reader_set_language (EmendPageReader *reader,
                                     const char *language);
void emend_page_reader_read_async (EmendPageReader *reader,
                                   const char *path,
                                   int page,
                                   EmendPageReaderPriority priority,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
EmendWords *emend_page_reader_read_finish (EmendPageReader *reader,
                                           GAsyncResult *result,
                                           GError **error);

G_END_DECLS
