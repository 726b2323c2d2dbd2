#pragma once

#include "emend-page-reader.h"
#include "emend-review.h"

G_BEGIN_DECLS

/**
 * EmendDocument:
 *
 * The words of the open item's pages: those that the project keeps, else read in the background, the page that is
 * looked at first. Knows no widget. Main thread.
 *
 * Signals:
 *   words-changed ()            the words of the page that is shown are others: another page, or they were read
 *   progress ()                 a page was read, or more are to be
 *   all-read (guint)            what emend_document_read_all() began is done; pages that could not be read
 */
#define EMEND_TYPE_DOCUMENT (emend_document_get_type ())
G_DECLARE_FINAL_TYPE (EmendDocument, emend_document, EMEND, DOCUMENT, GObject)

EmendDocument *emend_document_new (EmendReview *review,
                                   EmendPageReader *reader);
void emend_document_set_language (EmendDocument *self,
                                  const char *language);
gboolean emend_document_has_fields (EmendDocument *self);
EmendWords *emend_document_get_words (EmendDocument *self,
                                      int page);
gboolean emend_document_is_reading (EmendDocument *self);
void emend_document_read_ahead (EmendDocument *self,
                                const gint64 *items,
                                gsize n_items);
void emend_document_read_all (EmendDocument *self);
void emend_document_stop (EmendDocument *self);
gboolean emend_document_get_progress (EmendDocument *self,
                                      guint *done,
                                      guint *total);

G_END_DECLS
