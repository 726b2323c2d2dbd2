#pragma once

#include "emend-learn-document.h"

G_BEGIN_DECLS

/* The fields of made-up invoices; the numbers are their ids. */
enum {
  EMEND_INVOICE_SELLER = 1,
  EMEND_INVOICE_DATE,
  EMEND_INVOICE_NET,
  EMEND_INVOICE_TAX,
  EMEND_INVOICE_TOTAL,
  EMEND_INVOICE_PHONE,
};

GPtrArray *emend_invoice_make_fields (void);

/* The page of invoice @number, which says all of what its document tells. Every third has no phone. */
EmendWords *emend_invoice_make_page (guint number);
EmendUuid emend_invoice_make_id (guint number);
char *emend_invoice_make_value (guint number,
                                int field);
EmendLearnDocument *emend_invoice_make_document (guint number);

G_END_DECLS
