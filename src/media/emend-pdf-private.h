#pragma once

#include <poppler.h>

#include "emend-tiles-private.h"

G_BEGIN_DECLS

/* poppler 22.12 has none. */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PopplerPage, g_object_unref)

/**
 * EmendPdfIdentity:
 * @device: of the file system
 * @inode: of the file
 * @size: in bytes
 * @seconds: when it was changed last
 * @nanoseconds: of that second
 *
 * Another content of a file has another one.
 */
typedef struct {
  guint64 device;
  guint64 inode;
  gint64 size;
  gint64 seconds;
  glong nanoseconds;
} EmendPdfIdentity;

/**
 * EmendPdf:
 *
 * An open document, for one thread at a time: poppler is not made for more. A few stay open behind
 * emend_pdf_close(), because opening costs more than drawing many a page.
 */
typedef struct _EmendPdf EmendPdf;

EmendPdf *emend_pdf_open (const char *path,
                          GError **error);
void emend_pdf_close (EmendPdf *pdf);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EmendPdf, emend_pdf_close)

gboolean emend_pdf_identify (const char *path,
                             EmendPdfIdentity *identity);
gboolean emend_pdf_same_identity (const EmendPdfIdentity *a,
                                  const EmendPdfIdentity *b);
const EmendPdfIdentity *emend_pdf_get_identity (EmendPdf *pdf);
PopplerPage *emend_pdf_get_page (EmendPdf *pdf,
                                 const char *path,
                                 int page,
                                 int *width,
                                 int *height,
                                 GError **error);
gboolean emend_pdf_read_header (EmendHeader *header,
                                const char *path,
                                GError **error);

VipsImage *emend_pdf_open_level (const EmendHeader *header,
                                 const char *path,
                                 int level,
                                 GCancellable *cancellable,
                                 GError **error);
EmendPixmap *emend_pdf_read_tile (const EmendHeader *header,
                                  const char *path,
                                  const EmendTileKey *key,
                                  GCancellable *cancellable,
                                  GError **error);

G_END_DECLS
