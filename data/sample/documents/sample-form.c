/* A form that was printed in one colour and filled in by a machine, with boxes to tick. */
#include "sample-sheet.h"

#define LEFT 44.0
#define RIGHT (SAMPLE_A4_WIDTH - 44.0)
#define QUANTITY 70.0
#define UNIT 440.0
#define TOP 292.0
#define ROW 24.0
#define N_ROWS 11
#define TYPED 0x26262e

static const SampleFont printed = { "Noto Sans", 8.2, FALSE };
static const SampleFont heading = { "Noto Sans", 20, TRUE };
static const SampleFont title = { "Noto Sans", 9.4, TRUE };
static const SampleFont typed = { "DejaVu Sans Mono", 9.6, FALSE };
static const SampleFont typed_large = { "DejaVu Sans Mono", 11.5, TRUE };

static void
frame (SampleSheet *sheet,
       double x,
       double y,
       double width,
       double height)
{
  cairo_set_line_width (sheet->cr, 0.9);
  cairo_rectangle (sheet->cr, x, y, width, height);
  cairo_stroke (sheet->cr);
}

static void
head (SampleSheet *sheet,
      const SampleDocument *document)
{
  const SampleCompany *company = document->company;
  double y = 66;

  sample_sheet_ink (sheet, company->color);
  sample_sheet_value (sheet, &heading, (SampleSpot){ LEFT, y, SAMPLE_LEFT }, SAMPLE_FIELD_COMPANY, company->printed,
                      company->name);
  sample_sheet_text (sheet, &printed, (SampleSpot){ LEFT, y + 15, SAMPLE_LEFT }, company->trade);
  sample_sheet_text (sheet, &printed, (SampleSpot){ RIGHT, y - 12, SAMPLE_RIGHT }, company->street);
  sample_sheet_text (sheet, &printed, (SampleSpot){ RIGHT, y - 1, SAMPLE_RIGHT }, company->town);
  sample_sheet_text (sheet, &printed, (SampleSpot){ RIGHT, y + 10, SAMPLE_RIGHT }, company->phone);
  if (company->email != NULL)
    sample_sheet_value (sheet, &printed, (SampleSpot){ RIGHT, y + 21, SAMPLE_RIGHT }, SAMPLE_FIELD_EMAIL,
                        company->email, company->email);
  sample_sheet_rule (sheet, LEFT, RIGHT, y + 28, 2.4);
}

/* A frame with its printed title and what was typed into it. */
static void
box (SampleSheet *sheet,
     const SampleDocument *document,
     const EmendRect *place,
     const char *text,
     SampleField field,
     const char *value)
{
  sample_sheet_ink (sheet, document->company->color);
  frame (sheet, place->x, place->y, place->width, place->height);
  sample_sheet_text (sheet, &printed, (SampleSpot){ place->x + 5, place->y + 11, SAMPLE_LEFT }, text);
  if (value == NULL)
    return;
  sample_sheet_ink (sheet, TYPED);
  sample_sheet_value (sheet, &typed, (SampleSpot){ place->x + 10, place->y + 27, SAMPLE_LEFT }, field, value, value);
}

static void
facts (SampleSheet *sheet,
       const SampleDocument *document)
{
  g_auto (GStrv) rows = g_strsplit (document->customer, "|", -1);
  double half = (RIGHT - LEFT) / 2;

  sample_sheet_ink (sheet, document->company->color);
  frame (sheet, LEFT, 112, half, 76);
  sample_sheet_text (sheet, &printed, (SampleSpot){ LEFT + 5, 123, SAMPLE_LEFT }, "Customer");
  sample_sheet_ink (sheet, TYPED);
  for (guint i = 0; rows[i] != NULL; i++)
    sample_sheet_text (sheet, &typed, (SampleSpot){ LEFT + 10, 140 + 15 * i, SAMPLE_LEFT }, rows[i]);
  box (sheet, document, &(EmendRect){ LEFT + half, 112, half / 2, 38 }, "Number", SAMPLE_FIELD_NUMBER,
       document->number);
  box (sheet, document, &(EmendRect){ LEFT + 1.5 * half, 112, half / 2, 38 }, "Date", SAMPLE_FIELD_DATE,
       document->date);
  box (sheet, document, &(EmendRect){ LEFT + half, 150, half / 2, 38 }, "Due", SAMPLE_FIELD_DUE, document->due);
  box (sheet, document, &(EmendRect){ LEFT + 1.5 * half, 150, half / 2, 38 }, "Order", SAMPLE_FIELD_NONE, NULL);
}

/* A box to tick with its word; gives where both are. */
static EmendRect
tick (SampleSheet *sheet,
      const SampleDocument *document,
      double x,
      const char *word,
      gboolean ticked)
{
  cairo_t *cr = sheet->cr;
  double width;

  sample_sheet_ink (sheet, document->company->color);
  frame (sheet, x, 217, 11, 11);
  width = sample_sheet_text (sheet, &title, (SampleSpot){ x + 17, 226, SAMPLE_LEFT }, word);
  if (ticked) {
    sample_sheet_ink (sheet, TYPED);
    cairo_set_line_width (cr, 1.7);
    cairo_move_to (cr, x - 1.5, 215);
    cairo_line_to (cr, x + 12.5, 229);
    cairo_move_to (cr, x + 12, 215.5);
    cairo_line_to (cr, x - 1, 229.5);
    cairo_stroke (cr);
  }
  return (EmendRect){ x - 2, 214, width + 20, 17 };
}

static void
ticks (SampleSheet *sheet,
       const SampleDocument *document)
{
  double x = LEFT + 72;
  EmendRect place;

  sample_sheet_ink (sheet, document->company->color);
  frame (sheet, LEFT, 202, RIGHT - LEFT, 40);
  sample_sheet_text (sheet, &printed, (SampleSpot){ LEFT + 5, 226, SAMPLE_LEFT }, "Payment");
  for (SamplePayment payment = SAMPLE_PAYMENT_CASH; payment <= SAMPLE_PAYMENT_TRANSFER; payment++, x += 84) {
    const char *word = sample_payment_name (payment);

    place = tick (sheet, document, x, word, payment == document->payment);
    if (payment == document->payment)
      sample_sheet_mark (sheet, SAMPLE_FIELD_PAYMENT, word, word, &place);
  }
  place = tick (sheet, document, RIGHT - 88, "Paid", document->paid == SAMPLE_PAID_BOX);
  sample_sheet_mark (sheet, SAMPLE_FIELD_PAID, "Paid", document->paid == SAMPLE_PAID_BOX ? "yes" : "no", &place);
}

/* The colour of the hair lines between rows: a copier does not see them. */
static guint32
pale (guint32 color)
{
  return 0xb4b4b4 + (color >> 2 & 0x3f3f3f);
}

static void
grid (SampleSheet *sheet,
      const SampleDocument *document)
{
  const double columns[] = { LEFT, QUANTITY + 22, UNIT - 76, UNIT + 8, RIGHT };
  const char *titles[] = { "Qty", "Description", "Each", "Amount" };
  double bottom = TOP + ROW * N_ROWS;

  sample_sheet_ink (sheet, document->company->color);
  frame (sheet, LEFT, TOP - ROW, RIGHT - LEFT, bottom - TOP + ROW);
  sample_sheet_rule (sheet, LEFT, RIGHT, TOP, 1.4);
  sample_sheet_ink (sheet, pale (document->company->color));
  for (int i = 1; i < N_ROWS; i++)
    sample_sheet_rule (sheet, LEFT, RIGHT, TOP + ROW * i, 0.5);
  sample_sheet_ink (sheet, document->company->color);
  for (gsize i = 0; i < G_N_ELEMENTS (titles); i++) {
    cairo_move_to (sheet->cr, columns[i + 1], TOP - ROW);
    cairo_line_to (sheet->cr, columns[i + 1], bottom);
    cairo_set_line_width (sheet->cr, 0.7);
    cairo_stroke (sheet->cr);
    sample_sheet_text (sheet, &title, (SampleSpot){ (columns[i] + columns[i + 1]) / 2, TOP - 8, SAMPLE_CENTER },
                       titles[i]);
  }
}

static void
lines (SampleSheet *sheet,
       const SampleDocument *document)
{
  sample_sheet_ink (sheet, TYPED);
  for (guint i = 0; i < document->lines->len; i++) {
    const SampleLine *line = &g_array_index (document->lines, SampleLine, i);
    double y = TOP + ROW * i + 16 + g_rand_double_range (sheet->random, -0.8, 0.8);
    g_autofree char *quantity = g_strdup_printf ("%d", line->quantity);
    g_autofree char *unit = sample_document_money (document, line->unit, FALSE);
    g_autofree char *amount = sample_document_money (document, line->amount, FALSE);

    sample_sheet_cell (sheet, &typed, (SampleSpot){ QUANTITY, y, SAMPLE_CENTER }, (int) i, "quantity", quantity);
    sample_sheet_cell (sheet, &typed, (SampleSpot){ QUANTITY + 32, y, SAMPLE_LEFT }, (int) i, "description",
                       line->description);
    sample_sheet_cell (sheet, &typed, (SampleSpot){ UNIT, y, SAMPLE_RIGHT }, (int) i, "unit", unit);
    sample_sheet_cell (sheet, &typed, (SampleSpot){ RIGHT - 8, y, SAMPLE_RIGHT }, (int) i, "amount", amount);
  }
}

static void
total (SampleSheet *sheet,
       const SampleDocument *document,
       int row,
       const char *text,
       SampleField field,
       int amount)
{
  gboolean last = field == SAMPLE_FIELD_TOTAL;
  double y = TOP + ROW * (N_ROWS + row);
  g_autofree char *value = sample_document_money (document, amount, last);

  sample_sheet_ink (sheet, document->company->color);
  frame (sheet, UNIT + 8 - 84, y, RIGHT - UNIT - 8 + 84, ROW);
  sample_sheet_text (sheet, &title, (SampleSpot){ UNIT + 8 - 76, y + 16, SAMPLE_LEFT }, text);
  sample_sheet_ink (sheet, TYPED);
  sample_sheet_value (sheet, last ? &typed_large : &typed, (SampleSpot){ RIGHT - 8, y + 16, SAMPLE_RIGHT }, field,
                      value, value);
}

static void
foot (SampleSheet *sheet,
      const SampleDocument *document)
{
  const SampleCompany *company = document->company;
  double x;

  sample_sheet_ink (sheet, company->color);
  sample_sheet_text (sheet, &printed, (SampleSpot){ LEFT, TOP + ROW * N_ROWS + 34, SAMPLE_LEFT },
                     "Received with thanks");
  sample_sheet_rule (sheet, LEFT, LEFT + 190, TOP + ROW * N_ROWS + 66, 0.6);
  sample_sheet_rule (sheet, LEFT, RIGHT, 770, 2.4);
  x = LEFT + sample_sheet_text (sheet, &printed, (SampleSpot){ LEFT, 786, SAMPLE_LEFT }, "IBAN  ");
  sample_sheet_value (sheet, &printed, (SampleSpot){ x, 786, SAMPLE_LEFT }, SAMPLE_FIELD_IBAN, company->iban,
                      company->iban);
  sample_sheet_text (sheet, &printed, (SampleSpot){ RIGHT, 786, SAMPLE_RIGHT }, company->tax_number);
}

/**
 * sample_form_draw:
 * @sheet: A4 paper
 * @document: what stands in it, at most 11 lines
 *
 * Returns: how high the paper is, in points
 */
double
sample_form_draw (SampleSheet *sheet,
                  const SampleDocument *document)
{
  g_autofree char *tax = g_strdup_printf ("VAT %d %%", document->company->tax);

  head (sheet, document);
  facts (sheet, document);
  ticks (sheet, document);
  grid (sheet, document);
  lines (sheet, document);
  total (sheet, document, 0, "Net", SAMPLE_FIELD_NET, document->net);
  total (sheet, document, 1, tax, SAMPLE_FIELD_TAX, document->tax);
  total (sheet, document, 2, "Total", SAMPLE_FIELD_TOTAL, document->total);
  foot (sheet, document);
  return SAMPLE_A4_HEIGHT;
}
