/* Receipts of a roll: columns as a till prints them, or two rows for each line as a café does. */
#include "sample-sheet.h"

#define LEFT 12.0
#define RIGHT (SAMPLE_ROLL_WIDTH - 12.0)
#define MIDDLE (SAMPLE_ROLL_WIDTH / 2)
#define BLACK 0x1c1b20

static const SampleFont till = { "DejaVu Sans Mono", 8.2, FALSE };
static const SampleFont till_bold = { "DejaVu Sans Mono", 8.2, TRUE };
static const SampleFont till_name = { "DejaVu Sans Mono", 12.5, TRUE };
static const SampleFont till_total = { "DejaVu Sans Mono", 13, TRUE };
static const SampleFont cafe = { "Cantarell", 9.2, FALSE };
static const SampleFont cafe_small = { "Cantarell", 7.8, FALSE };
static const SampleFont cafe_bold = { "Cantarell", 9.2, TRUE };
static const SampleFont cafe_name = { "Noto Serif", 19, TRUE };
static const SampleFont cafe_total = { "Cantarell", 14, TRUE };

static SampleSpot
left (double y)
{
  return (SampleSpot){ LEFT, y, SAMPLE_LEFT };
}

static SampleSpot
middle (double y)
{
  return (SampleSpot){ MIDDLE, y, SAMPLE_CENTER };
}

static SampleSpot
right (double y)
{
  return (SampleSpot){ RIGHT, y, SAMPLE_RIGHT };
}

static void
dashes (SampleSheet *sheet,
        double y)
{
  static const double lengths[] = { 3.2, 2.2 };

  cairo_save (sheet->cr);
  cairo_set_dash (sheet->cr, lengths, 2, 0);
  sample_sheet_rule (sheet, LEFT, RIGHT, y, 0.7);
  cairo_restore (sheet->cr);
}

static void
barcode (SampleSheet *sheet,
         double y)
{
  double x = MIDDLE - 62;

  while (x < MIDDLE + 62) {
    double bar = 0.85 * g_rand_int_range (sheet->random, 1, 4);

    sample_sheet_fill (sheet, &(EmendRect){ x, y, bar, 26 });
    x += bar + 0.85 * g_rand_int_range (sheet->random, 1, 4);
  }
}

/* A cup with steam, or a loaf: what a small shop has over its name. */
static void
emblem (SampleSheet *sheet,
        const SampleDocument *document,
        double y)
{
  cairo_t *cr = sheet->cr;

  cairo_save (cr);
  cairo_translate (cr, MIDDLE, y);
  cairo_set_line_width (cr, 1.6);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  if (!document->company->bakes) {
    cairo_move_to (cr, -13, 0);
    cairo_curve_to (cr, -12, 17, 12, 17, 13, 0);
    cairo_close_path (cr);
    cairo_fill (cr);
    cairo_arc (cr, 15, 4.5, 4.6, -1.3, 1.9);
    cairo_stroke (cr);
    sample_sheet_rule (sheet, -17, 17, 16.5, 1.6);
    for (int i = -1; i < 2; i++) {
      cairo_move_to (cr, i * 6, -4);
      cairo_curve_to (cr, i * 6 - 4, -8, i * 6 + 4, -11, i * 6, -15);
      cairo_stroke (cr);
    }
  } else {
    cairo_move_to (cr, -19, 12);
    cairo_curve_to (cr, -25, -12, 25, -12, 19, 12);
    cairo_close_path (cr);
    cairo_stroke (cr);
    for (int i = -1; i < 2; i++) {
      cairo_move_to (cr, i * 9 - 3, 3);
      cairo_line_to (cr, i * 9 + 3, -4);
      cairo_stroke (cr);
    }
  }
  cairo_restore (cr);
}

static double
till_head (SampleSheet *sheet,
           const SampleDocument *document)
{
  const SampleCompany *company = document->company;
  const char *rows[] = { company->trade, company->street, company->town, company->phone, company->tax_number };
  double y = 30;

  sample_sheet_value (sheet, &till_name, middle (y), SAMPLE_FIELD_COMPANY, company->printed, company->name);
  y += 15;
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++, y += 10.6)
    sample_sheet_text (sheet, &till, middle (y), rows[i]);
  if (company->email != NULL) {
    sample_sheet_value (sheet, &till, middle (y), SAMPLE_FIELD_EMAIL, company->email, company->email);
    y += 10.6;
  }
  return y + 2;
}

static double
till_facts (SampleSheet *sheet,
            const SampleDocument *document,
            double y)
{
  g_autofree char *time = g_strdup_printf ("%02d:%02d", g_rand_int_range (sheet->random, 8, 19),
                                           g_rand_int_range (sheet->random, 0, 60));
  g_autofree char *clerk = g_strdup_printf ("TILL %02d", g_rand_int_range (sheet->random, 1, 6));

  dashes (sheet, y);
  y += 12;
  sample_sheet_value (sheet, &till, left (y), SAMPLE_FIELD_DATE, document->date, document->date);
  sample_sheet_text (sheet, &till, (SampleSpot){ MIDDLE + 14, y, SAMPLE_CENTER }, time);
  sample_sheet_text (sheet, &till, right (y), clerk);
  y += 11.5;
  sample_sheet_text (sheet, &till, left (y), "RECEIPT");
  sample_sheet_value (sheet, &till, right (y), SAMPLE_FIELD_NUMBER, document->number, document->number);
  y += 7;
  dashes (sheet, y);
  return y + 13;
}

static double
till_lines (SampleSheet *sheet,
            const SampleDocument *document,
            double y)
{
  sample_sheet_text (sheet, &till_bold, left (y), "QTY ITEM");
  sample_sheet_text (sheet, &till_bold, (SampleSpot){ RIGHT - 42, y, SAMPLE_RIGHT }, "EACH");
  sample_sheet_text (sheet, &till_bold, right (y), "AMOUNT");
  y += 13;
  for (guint i = 0; i < document->lines->len; i++, y += 11.8) {
    const SampleLine *line = &g_array_index (document->lines, SampleLine, i);
    g_autofree char *quantity = g_strdup_printf ("%d", line->quantity);
    g_autofree char *unit = sample_document_money (document, line->unit, FALSE);
    g_autofree char *amount = sample_document_money (document, line->amount, FALSE);

    sample_sheet_cell (sheet, &till, (SampleSpot){ LEFT + 10, y, SAMPLE_RIGHT }, (int) i, "quantity", quantity);
    sample_sheet_cell (sheet, &till, (SampleSpot){ LEFT + 20, y, SAMPLE_LEFT }, (int) i, "description",
                       line->description);
    sample_sheet_cell (sheet, &till, (SampleSpot){ RIGHT - 42, y, SAMPLE_RIGHT }, (int) i, "unit", unit);
    sample_sheet_cell (sheet, &till, right (y), (int) i, "amount", amount);
  }
  return y;
}

static double
totals (SampleSheet *sheet,
        const SampleDocument *document,
        const SampleFont *font,
        const SampleFont *large,
        double y)
{
  g_autofree char *net = sample_document_money (document, document->net, FALSE);
  g_autofree char *tax = sample_document_money (document, document->tax, FALSE);
  g_autofree char *total = sample_document_money (document, document->total, TRUE);
  g_autofree char *tax_title = g_strdup_printf ("VAT %d %%", document->company->tax);

  sample_sheet_text (sheet, font, left (y), "Subtotal");
  sample_sheet_value (sheet, font, right (y), SAMPLE_FIELD_NET, net, net);
  y += 12;
  sample_sheet_text (sheet, font, left (y), tax_title);
  sample_sheet_value (sheet, font, right (y), SAMPLE_FIELD_TAX, tax, tax);
  y += 22;
  sample_sheet_text (sheet, large, left (y), "TOTAL");
  sample_sheet_value (sheet, large, right (y), SAMPLE_FIELD_TOTAL, total, total);
  return y + 9;
}

/* What was given, and what came back. */
static double
payment (SampleSheet *sheet,
         const SampleDocument *document,
         const SampleFont *font,
         double y)
{
  const char *name = sample_payment_name (document->payment);
  int given = document->payment == SAMPLE_PAYMENT_CASH ? (document->total / 500 + 1) * 500 : document->total;
  g_autofree char *upper = g_utf8_strup (name, -1);
  g_autofree char *amount = sample_document_money (document, given, FALSE);
  g_autofree char *change = sample_document_money (document, given - document->total, FALSE);
  g_autofree char *card = g_strdup_printf ("**** **** **** %04d", g_rand_int_range (sheet->random, 1000, 9999));

  sample_sheet_value (sheet, font, left (y), SAMPLE_FIELD_PAYMENT, upper, name);
  sample_sheet_text (sheet, font, right (y), amount);
  y += 12;
  if (document->payment == SAMPLE_PAYMENT_CASH) {
    sample_sheet_text (sheet, font, left (y), "Change");
    sample_sheet_text (sheet, font, right (y), change);
  } else {
    sample_sheet_text (sheet, font, left (y), card);
  }
  return y + 8;
}

/* What a shop that writes to its customers has to say to them. */
static double
club (SampleSheet *sheet,
      const SampleDocument *document,
      double y)
{
  g_autofree char *points = g_strdup_printf ("Points today %d", document->total / 100);
  const char *rows[] = { "* * *", "YOUR LARDER CARD", points, "Worth one loaf at 500 points", "* * *",
                         "How did we do? Write to us", "and win a basket of pears." };

  if (document->company->email == NULL)
    return y;
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++, y += 12)
    sample_sheet_text (sheet, &till, middle (y), rows[i]);
  return y + 6;
}

static double
draw_till (SampleSheet *sheet,
           const SampleDocument *document)
{
  g_autofree char *count = g_strdup_printf ("%u lines", document->lines->len);
  double y = till_facts (sheet, document, till_head (sheet, document));

  y = till_lines (sheet, document, y);
  dashes (sheet, y - 5);
  y = totals (sheet, document, &till, &till_total, y + 8);
  dashes (sheet, y);
  y = payment (sheet, document, &till, y + 13);
  dashes (sheet, y);
  y += 14;
  y = club (sheet, document, y);
  sample_sheet_text (sheet, &till, middle (y), count);
  sample_sheet_text (sheet, &till, middle (y + 12), "Goods changed within 28 days");
  sample_sheet_text (sheet, &till_bold, middle (y + 26), "THANK YOU");
  barcode (sheet, y + 36);
  return y + 36 + 26 + 24;
}

static double
cafe_head (SampleSheet *sheet,
           const SampleDocument *document)
{
  const SampleCompany *company = document->company;
  g_autofree char *address = g_strconcat (company->street, ", ", company->town, NULL);
  double y = 74;

  emblem (sheet, document, 34);
  sample_sheet_value (sheet, &cafe_name, middle (y), SAMPLE_FIELD_COMPANY, company->printed, company->name);
  sample_sheet_text (sheet, &cafe_small, middle (y + 14), company->trade);
  sample_sheet_text (sheet, &cafe_small, middle (y + 26), address);
  sample_sheet_text (sheet, &cafe_small, middle (y + 37), company->phone);
  if (company->email == NULL)
    return y + 47;
  sample_sheet_value (sheet, &cafe_small, middle (y + 48), SAMPLE_FIELD_EMAIL, company->email, company->email);
  return y + 58;
}

static double
cafe_facts (SampleSheet *sheet,
            const SampleDocument *document,
            double y)
{
  g_autofree char *table = g_strdup_printf ("Table %d", g_rand_int_range (sheet->random, 2, 14));
  g_autofree char *time = g_strdup_printf ("%02d:%02d", g_rand_int_range (sheet->random, 8, 17),
                                           g_rand_int_range (sheet->random, 0, 60));
  g_autofree char *till_number = g_strdup_printf ("TK-%d", g_rand_int_range (sheet->random, 3000, 9000));

  sample_sheet_rule (sheet, LEFT, RIGHT, y, 0.8);
  y += 14;
  sample_sheet_value (sheet, &cafe, left (y), SAMPLE_FIELD_DATE, document->date, document->date);
  sample_sheet_text (sheet, &cafe, right (y), time);
  y += 13;
  if (document->number != NULL) {
    double x = LEFT + sample_sheet_text (sheet, &cafe, left (y), "Bill no. ");

    sample_sheet_value (sheet, &cafe, (SampleSpot){ x, y, SAMPLE_LEFT }, SAMPLE_FIELD_NUMBER, document->number,
                        document->number);
    sample_sheet_text (sheet, &cafe, right (y), table);
  } else {
    double x = LEFT + sample_sheet_text (sheet, &cafe, left (y), "Terminal ");

    sample_sheet_other (sheet, &cafe, (SampleSpot){ x, y, SAMPLE_LEFT }, SAMPLE_FIELD_NUMBER, till_number);
  }
  sample_sheet_rule (sheet, LEFT, RIGHT, y + 7, 0.8);
  return y + 22;
}

static double
cafe_lines (SampleSheet *sheet,
            const SampleDocument *document,
            double y)
{
  for (guint i = 0; i < document->lines->len; i++, y += 26) {
    const SampleLine *line = &g_array_index (document->lines, SampleLine, i);
    g_autofree char *quantity = g_strdup_printf ("%d", line->quantity);
    g_autofree char *unit = sample_document_money (document, line->unit, FALSE);
    g_autofree char *amount = sample_document_money (document, line->amount, FALSE);

    sample_sheet_cell (sheet, &cafe_bold, left (y), (int) i, "description",
                       line->description);
    sample_sheet_cell (sheet, &cafe, (SampleSpot){ LEFT + 18, y + 11.5, SAMPLE_RIGHT }, (int) i, "quantity", quantity);
    sample_sheet_text (sheet, &cafe, (SampleSpot){ LEFT + 24, y + 11.5, SAMPLE_LEFT }, "x");
    sample_sheet_cell (sheet, &cafe, (SampleSpot){ LEFT + 34, y + 11.5, SAMPLE_LEFT }, (int) i, "unit", unit);
    sample_sheet_cell (sheet, &cafe, right (y + 11.5), (int) i, "amount", amount);
  }
  return y;
}

static double
draw_cafe (SampleSheet *sheet,
           const SampleDocument *document)
{
  double y = cafe_facts (sheet, document, cafe_head (sheet, document));

  y = cafe_lines (sheet, document, y);
  sample_sheet_rule (sheet, LEFT, RIGHT, y - 8, 0.8);
  y = totals (sheet, document, &cafe, &cafe_total, y + 7);
  sample_sheet_rule (sheet, LEFT, RIGHT, y, 0.8);
  y = payment (sheet, document, &cafe, y + 15);
  sample_sheet_text (sheet, &cafe_small, middle (y + 14), document->company->tax_number);
  sample_sheet_text (sheet, &cafe_bold, middle (y + 29), "See you soon");
  return y + 62;
}

/**
 * sample_receipt_draw:
 * @sheet: paper of a roll
 * @document: what stands in it
 *
 * Returns: how long it is, in points
 */
double
sample_receipt_draw (SampleSheet *sheet,
                     const SampleDocument *document)
{
  sample_sheet_ink (sheet, BLACK);
  if (document->company->layout == SAMPLE_LAYOUT_CAFE)
    return draw_cafe (sheet, document);
  return draw_till (sheet, document);
}
