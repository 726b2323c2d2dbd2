#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The order is that of the schema's fields, whose numbers begin at 1. */
typedef enum {
  SAMPLE_FIELD_NONE = 0,
  SAMPLE_FIELD_COMPANY,
  SAMPLE_FIELD_NUMBER,
  SAMPLE_FIELD_DATE,
  SAMPLE_FIELD_DUE,
  SAMPLE_FIELD_NET,
  SAMPLE_FIELD_TAX,
  SAMPLE_FIELD_TOTAL,
  SAMPLE_FIELD_IBAN,
  SAMPLE_FIELD_EMAIL,
  SAMPLE_FIELD_PAYMENT,
  SAMPLE_FIELD_PAID,
  SAMPLE_FIELD_LINES,
} SampleField;

typedef enum {
  SAMPLE_LAYOUT_TILL,   /* a long thin receipt in columns */
  SAMPLE_LAYOUT_CAFE,   /* a receipt with two rows for each line */
  SAMPLE_LAYOUT_LETTER, /* an invoice as a letter, with serifs */
  SAMPLE_LAYOUT_BAND,   /* an invoice with a band of colour */
  SAMPLE_LAYOUT_FORM,   /* a printed form that a machine filled in */
} SampleLayout;

typedef enum {
  SAMPLE_MEDIUM_SCAN,  /* JPEG of a flat-bed scanner */
  SAMPLE_MEDIUM_PHOTO, /* JPEG of a camera, on a table */
  SAMPLE_MEDIUM_COPY,  /* PNG of an office copier, black and white */
  SAMPLE_MEDIUM_PDF,   /* made by the program that wrote it */
} SampleMedium;

/* What paper went through, and what people did to it. */
typedef enum {
  SAMPLE_WEAR_FOLDS = 1 << 0,
  SAMPLE_WEAR_STAIN = 1 << 1,
  SAMPLE_WEAR_HOLES = 1 << 2,
  SAMPLE_WEAR_STAPLE = 1 << 3,
  SAMPLE_WEAR_FADED = 1 << 4,
  SAMPLE_WEAR_RECEIVED = 1 << 5, /* a round stamp */
  SAMPLE_WEAR_PEN = 1 << 6,      /* a loop round the total */
} SampleWear;

typedef enum {
  SAMPLE_PAYMENT_NONE,
  SAMPLE_PAYMENT_CASH,
  SAMPLE_PAYMENT_CARD,
  SAMPLE_PAYMENT_TRANSFER,
} SamplePayment;

/* What a document says about being paid. */
typedef enum {
  SAMPLE_PAID_NOTHING, /* there is no such mark */
  SAMPLE_PAID_NO,      /* a box that is not ticked */
  SAMPLE_PAID_BOX,     /* a box that is ticked */
  SAMPLE_PAID_STAMP,   /* "PAID" */
} SamplePaid;

typedef enum {
  SAMPLE_MONEY_POUND, /* £1,234.50 */
  SAMPLE_MONEY_EURO,  /* 1.234,50 € */
  SAMPLE_MONEY_EUR,   /* EUR 1,234.50 */
} SampleMoney;

typedef enum {
  SAMPLE_DATE_SLASHES, /* 03/07/2024 */
  SAMPLE_DATE_DOTS,    /* 03.07.2024 */
  SAMPLE_DATE_LONG,    /* 3 July 2024 */
  SAMPLE_DATE_SHORT,   /* 03-Jul-2024 */
} SampleDate;

typedef struct {
  const char *name;
  int price; /* in hundredths */
} SampleGood;

typedef struct {
  const char *name;    /* as the look-up list has it */
  const char *printed; /* as its paper has it */
  const char *trade;
  const char *street;
  const char *town;
  const char *phone;
  const char *email; /* (nullable) */
  const char *iban;  /* (nullable) */
  const char *tax_number;
  const char *prefix; /* of its numbers */
  SampleLayout layout;
  SampleMoney money;
  SampleDate dates;
  int tax; /* per cent */
  guint32 color;
  const SampleGood *goods; /* ends with a nameless one */
  gboolean bakes;
} SampleCompany;

typedef struct {
  char *description;
  int quantity;
  int unit;
  int amount;
} SampleLine;

/* One document: what stands in it and what happened to its paper. Amounts are in hundredths. */
typedef struct {
  char *file; /* name with its suffix */
  const SampleCompany *company;
  SampleMedium medium;
  guint wear;
  double turn; /* degrees, clockwise */
  guint32 seed;
  char *number; /* (nullable) */
  char *date;
  char *due;      /* (nullable) */
  char *delivery; /* (nullable): a day that is no field */
  const char *customer;
  SamplePayment payment;
  SamplePaid paid;
  GArray *lines; /* (element-type SampleLine) */
  int net;
  int tax;
  int total;
} SampleDocument;

guint sample_documents_get_n (void);
SampleDocument *sample_document_new (guint index);
void sample_document_free (SampleDocument *document);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SampleDocument, sample_document_free)
char *sample_document_money (const SampleDocument *document,
                             int amount,
                             gboolean currency);
const char *sample_payment_name (SamplePayment payment);

G_END_DECLS
