/* An invoice as a letter, set with serifs; when the lines do not fit, it goes on over pages. */
#include "sample-sheet.h"

#define LEFT 62.0
#define RIGHT (SAMPLE_A4_WIDTH - 56.0)
#define QUANTITY 352.0
#define UNIT 446.0
#define BOTTOM 748.0
#define ROOM_FOR_TOTALS 110.0
#define BLACK 0x211d1c

static const SampleFont body = { "Noto Serif", 9.6, FALSE };
static const SampleFont strong = { "Noto Serif", 9.6, TRUE };
static const SampleFont small = { "Noto Serif", 8.2, FALSE };
static const SampleFont name = { "Noto Serif", 21, TRUE };
static const SampleFont title = { "Noto Serif", 17, FALSE };
static const SampleFont large = { "Noto Serif", 12.5, TRUE };

static void
head (SampleSheet *sheet,
      const SampleDocument *document)
{
  const SampleCompany *company = document->company;
  g_autofree char *address = g_strconcat (company->street, "  ·  ", company->town, "  ·  ", company->phone, NULL);

  sample_sheet_ink (sheet, company->color);
  sample_sheet_value (sheet, &name, (SampleSpot){ LEFT, 72, SAMPLE_LEFT }, SAMPLE_FIELD_COMPANY, company->printed,
                      company->name);
  sample_sheet_rule (sheet, LEFT, RIGHT, 84, 1.6);
  sample_sheet_rule (sheet, LEFT, RIGHT, 87, 0.5);
  sample_sheet_text (sheet, &small, (SampleSpot){ LEFT, 100, SAMPLE_LEFT }, company->trade);
  sample_sheet_text (sheet, &small, (SampleSpot){ RIGHT, 100, SAMPLE_RIGHT }, address);
  sample_sheet_ink (sheet, BLACK);
}

static void
customer (SampleSheet *sheet,
          const SampleDocument *document)
{
  g_auto (GStrv) rows = g_strsplit (document->customer, "|", -1);

  sample_sheet_text (sheet, &small, (SampleSpot){ LEFT, 146, SAMPLE_LEFT }, "Invoice to");
  for (guint i = 0; rows[i] != NULL; i++)
    sample_sheet_text (sheet, i == 0 ? &strong : &body, (SampleSpot){ LEFT, 161 + 14 * i, SAMPLE_LEFT }, rows[i]);
}

static void
facts (SampleSheet *sheet,
       const SampleDocument *document)
{
  const char *titles[] = { "Invoice no.", "Invoice date", "Delivered on", "Payment due" };
  const char *values[] = { document->number, document->date, document->delivery, document->due };
  const SampleField fields[] = { SAMPLE_FIELD_NUMBER, SAMPLE_FIELD_DATE, SAMPLE_FIELD_NONE, SAMPLE_FIELD_DUE };
  double y = 161;

  sample_sheet_text (sheet, &title, (SampleSpot){ RIGHT, 140, SAMPLE_RIGHT }, "INVOICE");
  for (gsize i = 0; i < G_N_ELEMENTS (titles); i++) {
    if (values[i] == NULL)
      continue;
    sample_sheet_text (sheet, &body, (SampleSpot){ 388, y, SAMPLE_LEFT }, titles[i]);
    if (fields[i] == SAMPLE_FIELD_NONE)
      sample_sheet_other (sheet, &body, (SampleSpot){ RIGHT, y, SAMPLE_RIGHT }, SAMPLE_FIELD_DUE, values[i]);
    else
      sample_sheet_value (sheet, &body, (SampleSpot){ RIGHT, y, SAMPLE_RIGHT }, fields[i], values[i], values[i]);
    y += 15;
  }
}

static double
table_head (SampleSheet *sheet,
            double y)
{
  sample_sheet_rule (sheet, LEFT, RIGHT, y - 13, 0.9);
  sample_sheet_text (sheet, &strong, (SampleSpot){ LEFT, y, SAMPLE_LEFT }, "Description");
  sample_sheet_text (sheet, &strong, (SampleSpot){ QUANTITY, y, SAMPLE_RIGHT }, "Quantity");
  sample_sheet_text (sheet, &strong, (SampleSpot){ UNIT, y, SAMPLE_RIGHT }, "Unit price");
  sample_sheet_text (sheet, &strong, (SampleSpot){ RIGHT, y, SAMPLE_RIGHT }, "Amount");
  sample_sheet_rule (sheet, LEFT, RIGHT, y + 6, 0.9);
  return y + 22;
}

static void
foot (SampleSheet *sheet,
      const SampleDocument *document,
      gboolean first)
{
  const SampleCompany *company = document->company;
  g_autofree char *page = g_strdup_printf ("Page %d", sheet->page + 1);
  double x = LEFT;

  sample_sheet_rule (sheet, LEFT, RIGHT, 772, 0.5);
  sample_sheet_text (sheet, &small, (SampleSpot){ RIGHT, 800, SAMPLE_RIGHT }, page);
  sample_sheet_text (sheet, &small, (SampleSpot){ RIGHT, 786, SAMPLE_RIGHT }, company->tax_number);
  if (!first)
    return;
  x += sample_sheet_text (sheet, &small, (SampleSpot){ x, 786, SAMPLE_LEFT }, "IBAN  ");
  sample_sheet_value (sheet, &small, (SampleSpot){ x, 786, SAMPLE_LEFT }, SAMPLE_FIELD_IBAN, company->iban,
                      company->iban);
  x = LEFT + sample_sheet_text (sheet, &small, (SampleSpot){ LEFT, 800, SAMPLE_LEFT }, "E-mail  ");
  sample_sheet_value (sheet, &small, (SampleSpot){ x, 800, SAMPLE_LEFT }, SAMPLE_FIELD_EMAIL, company->email,
                      company->email);
}

/* The head of each further page is short. */
static double
go_on (SampleSheet *sheet,
       const SampleDocument *document)
{
  g_autofree char *again = g_strconcat (document->company->printed, ", invoice ", document->number, NULL);

  sample_sheet_text (sheet, &small, (SampleSpot){ RIGHT, BOTTOM + 12, SAMPLE_RIGHT }, "continued overleaf");
  sample_sheet_next_page (sheet);
  sample_sheet_ink (sheet, BLACK);
  sample_sheet_text (sheet, &small, (SampleSpot){ LEFT, 60, SAMPLE_LEFT }, again);
  foot (sheet, document, FALSE);
  return table_head (sheet, 92);
}

static double
lines (SampleSheet *sheet,
       const SampleDocument *document,
       double y)
{
  double step = document->lines->len > 12 ? 17.5 : 20;

  for (guint i = 0; i < document->lines->len; i++, y += step) {
    const SampleLine *line = &g_array_index (document->lines, SampleLine, i);
    g_autofree char *quantity = g_strdup_printf ("%d", line->quantity);
    g_autofree char *unit = sample_document_money (document, line->unit, FALSE);
    g_autofree char *amount = sample_document_money (document, line->amount, FALSE);

    if (y > BOTTOM)
      y = go_on (sheet, document);
    sample_sheet_cell (sheet, &body, (SampleSpot){ LEFT, y, SAMPLE_LEFT }, (int) i, "description", line->description);
    sample_sheet_cell (sheet, &body, (SampleSpot){ QUANTITY, y, SAMPLE_RIGHT }, (int) i, "quantity", quantity);
    sample_sheet_cell (sheet, &body, (SampleSpot){ UNIT, y, SAMPLE_RIGHT }, (int) i, "unit", unit);
    sample_sheet_cell (sheet, &body, (SampleSpot){ RIGHT, y, SAMPLE_RIGHT }, (int) i, "amount", amount);
  }
  return y > BOTTOM - ROOM_FOR_TOTALS ? go_on (sheet, document) : y;
}

static double
totals (SampleSheet *sheet,
        const SampleDocument *document,
        double y)
{
  g_autofree char *net = sample_document_money (document, document->net, FALSE);
  g_autofree char *tax = sample_document_money (document, document->tax, FALSE);
  g_autofree char *total = sample_document_money (document, document->total, TRUE);
  g_autofree char *tax_title = g_strdup_printf ("VAT at %d %%", document->company->tax);

  sample_sheet_rule (sheet, LEFT, RIGHT, y - 10, 0.9);
  y += 8;
  sample_sheet_text (sheet, &body, (SampleSpot){ UNIT, y, SAMPLE_RIGHT }, "Net");
  sample_sheet_value (sheet, &body, (SampleSpot){ RIGHT, y, SAMPLE_RIGHT }, SAMPLE_FIELD_NET, net, net);
  y += 16;
  sample_sheet_text (sheet, &body, (SampleSpot){ UNIT, y, SAMPLE_RIGHT }, tax_title);
  sample_sheet_value (sheet, &body, (SampleSpot){ RIGHT, y, SAMPLE_RIGHT }, SAMPLE_FIELD_TAX, tax, tax);
  y += 22;
  sample_sheet_text (sheet, &large, (SampleSpot){ UNIT, y, SAMPLE_RIGHT }, "Total due");
  sample_sheet_value (sheet, &large, (SampleSpot){ RIGHT, y, SAMPLE_RIGHT }, SAMPLE_FIELD_TOTAL, total, total);
  sample_sheet_rule (sheet, UNIT - 70, RIGHT, y + 7, 1.1);
  sample_sheet_rule (sheet, UNIT - 70, RIGHT, y + 10, 1.1);
  return y + 30;
}

/* How to pay, and a name that a pen wrote. */
static void
closing (SampleSheet *sheet,
         const SampleDocument *document,
         double y)
{
  const char *payment = sample_payment_name (document->payment);
  double x = LEFT + sample_sheet_text (sheet, &body, (SampleSpot){ LEFT, y, SAMPLE_LEFT }, "Payment by ");
  cairo_t *cr = sheet->cr;

  sample_sheet_value (sheet, &strong, (SampleSpot){ x, y, SAMPLE_LEFT }, SAMPLE_FIELD_PAYMENT, payment, payment);
  sample_sheet_text (sheet, &body, (SampleSpot){ LEFT, y + 16, SAMPLE_LEFT }, "With thanks for your custom,");
  sample_sheet_ink (sheet, 0x1b2a66);
  cairo_save (cr);
  cairo_translate (cr, LEFT + 4, y + 44);
  cairo_set_line_width (cr, 1.1);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  cairo_move_to (cr, 0, 4);
  for (int i = 0; i < 7; i++) {
    double height = g_rand_double_range (sheet->random, 5, i % 3 == 0 ? 26 : 11);

    cairo_rel_curve_to (cr, 3, -height, 10, -height, 6, 2);
    cairo_rel_curve_to (cr, -4, height * 0.7, 2, height * 0.6, g_rand_double_range (sheet->random, 5, 9), -2);
  }
  cairo_rel_curve_to (cr, 12, 4, 24, -8, 40, -3);
  cairo_stroke (cr);
  cairo_restore (cr);
  sample_sheet_ink (sheet, BLACK);
}

/**
 * sample_letter_draw:
 * @sheet: A4 paper; that of a PDF when it has more lines than fit
 * @document: what stands in it
 *
 * Returns: how high the paper is, in points
 */
double
sample_letter_draw (SampleSheet *sheet,
                    const SampleDocument *document)
{
  double y;

  head (sheet, document);
  customer (sheet, document);
  facts (sheet, document);
  foot (sheet, document, TRUE);
  y = lines (sheet, document, table_head (sheet, 258));
  closing (sheet, document, totals (sheet, document, y));
  return SAMPLE_A4_HEIGHT;
}
