#pragma once

#include "emend-learn-document.h"

G_BEGIN_DECLS

/* The fields of the receipts of the shared data; their ids are one more. */
enum {
  EMEND_RECEIPT_COMPANY,
  EMEND_RECEIPT_DATE,
  EMEND_RECEIPT_ADDRESS,
  EMEND_RECEIPT_TOTAL,
  EMEND_RECEIPT_N_FIELDS,
};

extern const char *const emend_receipt_fields[EMEND_RECEIPT_N_FIELDS];

/* A receipt: what it says in truth, its words, and what a reviewer would have decided. */
typedef struct {
  char *name;
  char *values[EMEND_RECEIPT_N_FIELDS];
  GPtrArray *lines;
  EmendWords *words;
  EmendLearnDocument *document;
} EmendReceipt;

void emend_receipt_free (EmendReceipt *receipt);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EmendReceipt, emend_receipt_free)

/* The four fields. */
GPtrArray *emend_receipt_make_fields (void);

/* All receipts of a folder in the order of their names; the words are the transcribed lines, split, or what Tesseract
 * reads, which is kept in the temporary folder. */
GPtrArray *emend_receipts_read (const char *folder,
                                gboolean is_ocr,
                                const EmendFieldSet *set,
                                GError **error);

/* A receipt with other words of the same values, as document of that number. */
EmendReceipt *emend_receipt_copy (const EmendReceipt *receipt,
                                  EmendWords *words,
                                  guint64 number,
                                  const EmendFieldSet *set);

/* Whether a value is exactly right: letters and digits of texts, the day of dates, the cents of amounts. */
gboolean emend_receipt_is_right (const EmendReceipt *receipt,
                                 guint field,
                                 const EmendFieldSet *set,
                                 const char *value);

G_END_DECLS
