#pragma once

#include <gio/gio.h>

#include "emend-error.h"
#include "emend-pixmap.h"
#include "emend-propose-error.h"
#include "emend-words.h"

G_BEGIN_DECLS

/**
 * EmendOcr:
 *
 * Tesseract with the data of one language (or several). It takes 0.1 s and some 100 MB to start: keep it for many
 * pages. Any thread may use it, one at a time; what it reads uses that thread alone. Every page is read as if it
 * were the first one.
 */
typedef struct _EmendOcr EmendOcr;

/**
 * EmendOcrLayout:
 * @EMEND_OCR_LAYOUT_ROWS: rows of text across the whole page, as on a receipt or a form: what stands side by side is
 *   one line (Tesseract's page segmentation mode 6). This is what a new engine does
 * @EMEND_OCR_LAYOUT_PAGE: columns, headings and pictures are told apart (mode 3)
 * @EMEND_OCR_LAYOUT_COLUMN: one column of text of different sizes (mode 4)
 * @EMEND_OCR_LAYOUT_SPARSE: text wherever it is, in no order (mode 11)
 *
 * How a page is divided into lines. Of the words of 41 receipts @EMEND_OCR_LAYOUT_ROWS found most; of those of forms
 * with columns, @EMEND_OCR_LAYOUT_SPARSE and @EMEND_OCR_LAYOUT_PAGE found more.
 */
typedef enum {
  EMEND_OCR_LAYOUT_ROWS,
  EMEND_OCR_LAYOUT_PAGE,
  EMEND_OCR_LAYOUT_COLUMN,
  EMEND_OCR_LAYOUT_SPARSE,
} EmendOcrLayout;

const char *emend_ocr_get_engine (void);
GStrv emend_ocr_list_languages (void);
char *emend_ocr_get_package (const char *language);

EmendOcr *emend_ocr_new (const char *language,
                         GError **error);
void emend_ocr_free (EmendOcr *ocr);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EmendOcr, emend_ocr_free)

const char *emend_ocr_get_language (EmendOcr *ocr);
void emend_ocr_set_layout (EmendOcr *ocr,
                           EmendOcrLayout layout);
EmendWords *emend_ocr_read (EmendOcr *ocr,
                            EmendPixmap *pixmap,
                            double dpi,
                            GCancellable *cancellable,
                            EmendProgressFunc progress,
                            gpointer data,
                            GError **error);
EmendWords *emend_ocr_read_page (EmendOcr *ocr,
                                 const char *path,
                                 int page,
                                 GCancellable *cancellable,
                                 EmendProgressFunc progress,
                                 gpointer data,
                                 GError **error);

G_END_DECLS
