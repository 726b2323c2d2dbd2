#pragma once

#include "emend-words.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* All coordinates of a page of a PDF are pixels of so many to the inch, of the page as a viewer shows it: the crop box,
 * turned upright, origin top-left. One PDF point is EMEND_PDF_DPI / 72 of them; an A4 page has 4961 x 7016. */
#define EMEND_PDF_DPI 600

EmendWords *emend_pdf_read_words (const char *path,
                                  int page,
                                  GCancellable *cancellable,
                                  GError **error);
gboolean emend_pdf_is_scan (EmendWords *words);

G_END_DECLS
