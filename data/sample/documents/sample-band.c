/* An invoice with a band of colour over the page, and a box of the same colour round the total. */
#include "sample-sheet.h"

#define LEFT 48.0
#define RIGHT (SAMPLE_A4_WIDTH - 48.0)
#define QUANTITY 346.0
#define UNIT 440.0
#define ROW 22.0
#define BLACK 0x22262b
#define GRAY 0x6b7178
#define WHITE 0xffffff
#define SHADE 0xeef1f3

static const SampleFont body = { "Cantarell", 10, FALSE };
static const SampleFont strong = { "Cantarell", 10, TRUE };
static const SampleFont small = { "Cantarell", 8.4, FALSE };
static const SampleFont name = { "Cantarell", 22, TRUE };
static const SampleFont large = { "Cantarell", 14, TRUE };

static void
head (SampleSheet *sheet,
      const SampleDocument *document)
{
  const SampleCompany *company = document->company;
  g_autofree char *address = g_strconcat (company->street, ", ", company->town, NULL);
  cairo_t *cr = sheet->cr;

  sample_sheet_ink (sheet, company->color);
  sample_sheet_fill (sheet, &(EmendRect){ 0, 0, SAMPLE_A4_WIDTH, 92 });
  sample_sheet_ink (sheet, WHITE);
  for (int i = 0; i < 3; i++) {
    cairo_arc (cr, RIGHT - 26 + i * 9, 46, 17 - i * 5, 0, 2 * G_PI);
    cairo_set_line_width (cr, 2.2);
    cairo_stroke (cr);
  }
  sample_sheet_value (sheet, &name, (SampleSpot){ LEFT, 50, SAMPLE_LEFT }, SAMPLE_FIELD_COMPANY, company->printed,
                      company->name);
  sample_sheet_text (sheet, &small, (SampleSpot){ LEFT, 68, SAMPLE_LEFT }, company->trade);
  sample_sheet_ink (sheet, GRAY);
  sample_sheet_text (sheet, &small, (SampleSpot){ LEFT, 112, SAMPLE_LEFT }, address);
  sample_sheet_text (sheet, &small, (SampleSpot){ RIGHT, 112, SAMPLE_RIGHT }, company->tax_number);
}

static void
fact (SampleSheet *sheet,
      double x,
      const char *title,
      SampleField field,
      const char *text)
{
  sample_sheet_ink (sheet, GRAY);
  sample_sheet_text (sheet, &small, (SampleSpot){ x, 238, SAMPLE_LEFT }, title);
  sample_sheet_ink (sheet, BLACK);
  if (field == SAMPLE_FIELD_NONE)
    sample_sheet_other (sheet, &strong, (SampleSpot){ x, 254, SAMPLE_LEFT }, SAMPLE_FIELD_DATE, text);
  else
    sample_sheet_value (sheet, &strong, (SampleSpot){ x, 254, SAMPLE_LEFT }, field, text, text);
}

static void
facts (SampleSheet *sheet,
       const SampleDocument *document)
{
  g_auto (GStrv) rows = g_strsplit (document->customer, "|", -1);

  sample_sheet_ink (sheet, BLACK);
  for (guint i = 0; rows[i] != NULL; i++)
    sample_sheet_text (sheet, i == 0 ? &strong : &body, (SampleSpot){ LEFT, 152 + 14.5 * i, SAMPLE_LEFT }, rows[i]);
  sample_sheet_ink (sheet, document->company->color);
  sample_sheet_text (sheet, &large, (SampleSpot){ RIGHT, 154, SAMPLE_RIGHT }, "Invoice");
  sample_sheet_rule (sheet, LEFT, RIGHT, 222, 1.2);
  fact (sheet, LEFT, "Number", SAMPLE_FIELD_NUMBER, document->number);
  fact (sheet, LEFT + 122, "Date", SAMPLE_FIELD_DATE, document->date);
  fact (sheet, LEFT + 252, "Delivered", SAMPLE_FIELD_NONE, document->delivery);
  if (document->due != NULL)
    fact (sheet, LEFT + 378, "Payable until", SAMPLE_FIELD_DUE, document->due);
}

static double
lines (SampleSheet *sheet,
       const SampleDocument *document,
       double y)
{
  sample_sheet_ink (sheet, document->company->color);
  sample_sheet_fill (sheet, &(EmendRect){ LEFT - 8, y - 15, RIGHT - LEFT + 16, ROW });
  sample_sheet_ink (sheet, WHITE);
  sample_sheet_text (sheet, &strong, (SampleSpot){ LEFT, y, SAMPLE_LEFT }, "Service");
  sample_sheet_text (sheet, &strong, (SampleSpot){ QUANTITY, y, SAMPLE_RIGHT }, "Qty");
  sample_sheet_text (sheet, &strong, (SampleSpot){ UNIT, y, SAMPLE_RIGHT }, "Price");
  sample_sheet_text (sheet, &strong, (SampleSpot){ RIGHT, y, SAMPLE_RIGHT }, "Amount");
  y += ROW;
  for (guint i = 0; i < document->lines->len; i++, y += ROW) {
    const SampleLine *line = &g_array_index (document->lines, SampleLine, i);
    g_autofree char *quantity = g_strdup_printf ("%d", line->quantity);
    g_autofree char *unit = sample_document_money (document, line->unit, FALSE);
    g_autofree char *amount = sample_document_money (document, line->amount, FALSE);

    sample_sheet_ink (sheet, SHADE);
    if (i % 2 == 1)
      sample_sheet_fill (sheet, &(EmendRect){ LEFT - 8, y - 15, RIGHT - LEFT + 16, ROW });
    sample_sheet_ink (sheet, BLACK);
    sample_sheet_cell (sheet, &body, (SampleSpot){ LEFT, y, SAMPLE_LEFT }, (int) i, "description", line->description);
    sample_sheet_cell (sheet, &body, (SampleSpot){ QUANTITY, y, SAMPLE_RIGHT }, (int) i, "quantity", quantity);
    sample_sheet_cell (sheet, &body, (SampleSpot){ UNIT, y, SAMPLE_RIGHT }, (int) i, "unit", unit);
    sample_sheet_cell (sheet, &body, (SampleSpot){ RIGHT, y, SAMPLE_RIGHT }, (int) i, "amount", amount);
  }
  return y;
}

static double
totals (SampleSheet *sheet,
        const SampleDocument *document,
        double y)
{
  g_autofree char *net = sample_document_money (document, document->net, FALSE);
  g_autofree char *tax = sample_document_money (document, document->tax, FALSE);
  g_autofree char *total = sample_document_money (document, document->total, TRUE);
  g_autofree char *tax_title = g_strdup_printf ("VAT %d %%", document->company->tax);

  y += 8;
  sample_sheet_text (sheet, &body, (SampleSpot){ QUANTITY, y, SAMPLE_LEFT }, "Subtotal");
  sample_sheet_value (sheet, &body, (SampleSpot){ RIGHT, y, SAMPLE_RIGHT }, SAMPLE_FIELD_NET, net, net);
  y += 18;
  sample_sheet_text (sheet, &body, (SampleSpot){ QUANTITY, y, SAMPLE_LEFT }, tax_title);
  sample_sheet_value (sheet, &body, (SampleSpot){ RIGHT, y, SAMPLE_RIGHT }, SAMPLE_FIELD_TAX, tax, tax);
  y += 32;
  sample_sheet_ink (sheet, document->company->color);
  sample_sheet_fill (sheet, &(EmendRect){ QUANTITY - 14, y - 20, RIGHT + 8 - QUANTITY + 14, 30 });
  sample_sheet_ink (sheet, WHITE);
  sample_sheet_text (sheet, &large, (SampleSpot){ QUANTITY, y, SAMPLE_LEFT }, "Total");
  sample_sheet_value (sheet, &large, (SampleSpot){ RIGHT, y, SAMPLE_RIGHT }, SAMPLE_FIELD_TOTAL, total, total);
  return y + 48;
}

static void
foot (SampleSheet *sheet,
      const SampleDocument *document,
      double y)
{
  const SampleCompany *company = document->company;
  const char *payment = sample_payment_name (document->payment);
  double x;

  sample_sheet_ink (sheet, BLACK);
  x = LEFT + sample_sheet_text (sheet, &body, (SampleSpot){ LEFT, y, SAMPLE_LEFT }, "Please pay by ");
  sample_sheet_value (sheet, &strong, (SampleSpot){ x, y, SAMPLE_LEFT }, SAMPLE_FIELD_PAYMENT, payment, payment);
  sample_sheet_text (sheet, &body, (SampleSpot){ LEFT, y + 16, SAMPLE_LEFT }, "and name the number of this invoice.");
  sample_sheet_ink (sheet, company->color);
  sample_sheet_rule (sheet, LEFT, RIGHT, 766, 1.2);
  sample_sheet_ink (sheet, BLACK);
  sample_sheet_text (sheet, &small, (SampleSpot){ LEFT, 784, SAMPLE_LEFT }, "Account");
  sample_sheet_value (sheet, &body, (SampleSpot){ LEFT, 799, SAMPLE_LEFT }, SAMPLE_FIELD_IBAN, company->iban,
                      company->iban);
  sample_sheet_text (sheet, &small, (SampleSpot){ LEFT + 232, 784, SAMPLE_LEFT }, "Questions");
  sample_sheet_value (sheet, &body, (SampleSpot){ LEFT + 232, 799, SAMPLE_LEFT }, SAMPLE_FIELD_EMAIL, company->email,
                      company->email);
  sample_sheet_text (sheet, &small, (SampleSpot){ RIGHT, 784, SAMPLE_RIGHT }, "Telephone");
  sample_sheet_text (sheet, &body, (SampleSpot){ RIGHT, 799, SAMPLE_RIGHT }, company->phone);
}

/**
 * sample_band_draw:
 * @sheet: A4 paper
 * @document: what stands in it
 *
 * Returns: how high the paper is, in points
 */
double
sample_band_draw (SampleSheet *sheet,
                  const SampleDocument *document)
{
  double y;

  head (sheet, document);
  facts (sheet, document);
  y = lines (sheet, document, 300);
  foot (sheet, document, totals (sheet, document, y));
  return SAMPLE_A4_HEIGHT;
}
