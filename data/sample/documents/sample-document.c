/* What stands in the sample's documents. All names are invented. */
#include "sample-document.h"

#define SEED 20240611

static const SampleGood hardware[] = {
  { "Wood screws 4x40", 429 },
  { "Masking tape", 315 },
  { "Sanding sheets", 275 },
  { "Hinge 60 mm", 189 },
  { "Wall plugs 8 mm", 249 },
  { "Paint brush 2 in", 560 },
  { "Wood glue 250 ml", 645 },
  { "Picture hooks", 120 },
  { "Garden twine", 375 },
  { "Drill bit 6 mm", 399 },
  { "Dust sheet", 299 },
  { "Work gloves L", 725 },
  { "Radiator key", 150 },
  { "Filler 330 g", 485 },
  { NULL, 0 },
};

static const SampleGood foods[] = {
  { "Oat milk 1 l", 189 },
  { "Brown bread", 235 },
  { "Butter 250 g", 279 },
  { "Red lentils", 165 },
  { "Tomatoes 500 g", 210 },
  { "Coffee beans", 695 },
  { "Dark chocolate", 195 },
  { "Free range eggs", 320 },
  { "Olive oil 0.5 l", 785 },
  { "Spaghetti", 129 },
  { "Pears 1 kg", 260 },
  { "Mature cheddar", 415 },
  { "Sparkling water", 79 },
  { "Basil pot", 149 },
  { "Dish soap", 175 },
  { "Paper towels", 248 },
  { "Raspberry jam", 289 },
  { "Spinach 200 g", 169 },
  { NULL, 0 },
};

static const SampleGood cafe[] = {
  { "Flat white", 340 },
  { "Pot of mint tea", 290 },
  { "Almond croissant", 365 },
  { "Lentil soup", 680 },
  { "Grilled halloumi roll", 845 },
  { "Lemon cake", 410 },
  { "Elderflower fizz", 325 },
  { "Side salad", 395 },
  { "Espresso", 240 },
  { "Oat porridge", 560 },
  { NULL, 0 },
};

static const SampleGood bakery[] = {
  { "Rye sourdough", 480 },
  { "Cinnamon knot", 285 },
  { "Cheese straw", 220 },
  { "Spelt loaf", 525 },
  { "Apple turnover", 310 },
  { "Seeded roll", 95 },
  { "Filter coffee", 260 },
  { NULL, 0 },
};

static const SampleGood joinery[] = {
  { "Oak window board, planed and oiled", 18450 },
  { "Sash cord replaced, per window", 6400 },
  { "Door hung, with hinges and latch", 14500 },
  { "Skirting board fitted, per metre", 1275 },
  { "Bookcase in ash, 4 shelves", 62000 },
  { "Stair tread renewed", 9600 },
  { "Site visit and drawings", 8500 },
  { "Beeswax finish, per square metre", 1450 },
  { NULL, 0 },
};

static const SampleGood office[] = {
  { "Copy paper A4, 80 g, 500 sheets", 465 },
  { "Lever arch file, 75 mm", 289 },
  { "Gel pen, black", 145 },
  { "Envelope C5, self seal, pack of 50", 620 },
  { "Notebook A5, dotted", 549 },
  { "Sticky notes, 76 x 76 mm", 198 },
  { "Desk lamp with dimmer", 3290 },
  { "Stapler, 30 sheets", 1125 },
  { "Box of staples 26/6", 110 },
  { "Whiteboard marker, set of 4", 575 },
  { "Correction tape", 230 },
  { "Ring binder A4", 340 },
  { "Punched pockets, pack of 100", 455 },
  { "Index dividers, 12 parts", 260 },
  { "Mouse pad", 399 },
  { "Paper clips, box of 200", 165 },
  { "Desk tray, smoke", 489 },
  { "Scissors, 21 cm", 615 },
  { "Label roll, 62 mm", 1480 },
  { "Toner, black", 6890 },
  { "Highlighter", 125 },
  { "Clipboard A4", 355 },
  { "Parcel tape, brown", 240 },
  { "Wall planner", 899 },
  { NULL, 0 },
};

static const SampleGood freight[] = {
  { "Groupage, 2 pallets, 480 kg", 21450 },
  { "Express parcel, next day", 2890 },
  { "Tail lift at delivery", 3500 },
  { "Customs papers", 4800 },
  { "Waiting time, half hour", 2250 },
  { "Fuel surcharge", 1835 },
  { "Pallet, returned empty", 1150 },
  { NULL, 0 },
};

static const SampleGood studio[] = {
  { "Concept and moodboard", 64000 },
  { "Photography, half day", 48500 },
  { "Retouching, per picture", 3750 },
  { "Layout of leaflet, 8 pages", 82000 },
  { "Stock licence", 2900 },
  { "Prints on baryta, 40 x 60", 7450 },
  { "Courier", 1890 },
  { NULL, 0 },
};

static const SampleGood motor[] = {
  { "Oil change, 5W-30", 8950 },
  { "Oil filter", 1240 },
  { "Brake pads, front", 6475 },
  { "Labour, per hour", 6800 },
  { "Wiper blades, pair", 2390 },
  { "Coolant, litre", 895 },
  { "Bulb H7", 760 },
  { "Wheel alignment", 5500 },
  { NULL, 0 },
};

static const SampleGood apothecary[] = {
  { "Gauze swabs, 100", 745 },
  { "Saline 0.9 %, 500 ml", 385 },
  { "Gloves, nitrile, M", 1290 },
  { "Plasters, assorted", 495 },
  { "Hand rub, 1 litre", 1180 },
  { "Crepe bandage 8 cm", 165 },
  { "Thermometer", 1875 },
  { "Sharps box, 2 l", 640 },
  { NULL, 0 },
};

static const SampleCompany companies[] = {
  { "Bramblewick Hardware", "BRAMBLEWICK HARDWARE LTD", "Tools, timber, keys cut", "14 Cooper's Row",
    "Eastmere EM2 7QD", "Tel. 01632 960 118", NULL, NULL, "VAT no. 000 4417 82", "BW", SAMPLE_LAYOUT_TILL,
    SAMPLE_MONEY_POUND, SAMPLE_DATE_SLASHES, 20, 0x2f4f3a, hardware },
  { "Quillow Foods", "QUILLOW FOODS", "Fresh since six this morning", "3 Market Lane", "Saltham SA1 4BN",
    "Tel. 01632 960 342", "hello@quillow.example", NULL, "VAT no. 000 9206 15", "QF", SAMPLE_LAYOUT_TILL,
    SAMPLE_MONEY_POUND, SAMPLE_DATE_DOTS, 5, 0x3a5f2f, foods },
  { "Café Lunaria", "Café Lunaria", "Coffee, soup and cake", "22 Lantern Street", "Corrigan Bay", "Tel. 020 915 0177",
    "table@lunaria.example", NULL, "Tax no. 7706 2214", "CL", SAMPLE_LAYOUT_CAFE, SAMPLE_MONEY_EUR, SAMPLE_DATE_SHORT,
    9, 0x4a2f24, cafe },
  { "Tessel Bakery", "Tessel Bakery", "Baked in the night", "8 Mill Steps", "Eastmere EM1 2AF", "Tel. 01632 960 771",
    NULL, NULL, "VAT no. 000 3350 61", "TB", SAMPLE_LAYOUT_CAFE, SAMPLE_MONEY_POUND, SAMPLE_DATE_SLASHES, 20, 0x5a3b1c,
    bakery, TRUE },
  { "Alderhythe Joinery", "Alderhythe & Daughters", "Joiners and cabinet makers", "The Old Ropewalk, Quay Road",
    "Saltham SA3 9TW", "01632 960 204", "accounts@alderhythe.example", "GB09 ZZZZ 0000 1120 4081 73",
    "VAT no. 000 5128 40", "INV", SAMPLE_LAYOUT_LETTER, SAMPLE_MONEY_POUND, SAMPLE_DATE_LONG, 20, 0x5b2a1e, joinery },
  { "Pellworth Office Supply", "Pellworth Office Supply Ltd", "Everything on the desk, and the desk",
    "Unit 7, Tannery Park", "Great Holloway GH5 1LR", "01632 960 900", "ledger@pellworth.example",
    "GB48 ZZZZ 0000 9370 0166 20", "VAT no. 000 8814 07", "PW", SAMPLE_LAYOUT_LETTER, SAMPLE_MONEY_POUND,
    SAMPLE_DATE_SLASHES, 20, 0x1f3a5f, office },
  { "Corvane Freight", "Corvane Freight GmbH", "Road, rail and short sea", "Lagerweg 31", "04990 Hallerund",
    "+49 0000 310 704", "rechnung@corvane.example", "DE41 0000 0000 0310 7044 90", "VAT ID DE 000 310 704", "CF",
    SAMPLE_LAYOUT_BAND, SAMPLE_MONEY_EURO, SAMPLE_DATE_DOTS, 19, 0x0f4c5c, freight },
  { "Nordlumen Studio", "Nordlumen Studio B.V.", "Pictures for print and screen", "Havenkade 12", "9981 Westerdiep",
    "+31 00 260 1070", "studio@nordlumen.example", "NL76 ZZZZ 0260 0107 08", "VAT ID NL 0002 6010 7B", "NS",
    SAMPLE_LAYOUT_BAND, SAMPLE_MONEY_EUR, SAMPLE_DATE_LONG, 21, 0x7a2e4d, studio },
  { "Harnwick Motor Works", "Harnwick Motor Works", "Repairs, tests and tyres", "91 Station Approach",
    "Harnwick HK4 6PB", "01632 960 555", NULL, "GB71 ZZZZ 0000 2208 1570 06", "VAT no. 000 2291 36", "HM",
    SAMPLE_LAYOUT_FORM, SAMPLE_MONEY_POUND, SAMPLE_DATE_SLASHES, 20, 0x1d4f8a, motor },
  { "Ostermoor Apothecary", "Ostermoor Apothecary Supplies", "For surgeries and wards", "5 Physic Garden Court",
    "Ostermoor OM7 3DE", "020 915 0640", "orders@ostermoor.example", "IE60 ZZZZ 0000 0040 1700 52", "Tax no. 4017 0052",
    "OA", SAMPLE_LAYOUT_FORM, SAMPLE_MONEY_EUR, SAMPLE_DATE_SHORT, 23, 0x2a6b4f, apothecary },
};

static const char *const customers[] = {
  "Marlow & Teague Architects|2 Compass Yard|Eastmere EM1 5HS",
  "Fennimore Community Hall|High Street|Great Holloway GH2 8AA",
  "Dr. Ilse Varga, Surgery|40 Orchard Hill|Corrigan Bay",
  "Wrenfield School|Wrenfield Lane|Saltham SA2 6JK",
  "Petrichor Press|11 Weaver's Court|Eastmere EM4 3RD",
};

/* How a document is to be made. */
typedef struct {
  const char *file;
  int company;
  SampleMedium medium;
  guint wear;
  double turn;
  int n_lines;
  int number; /* 0 for none */
  int day;    /* of the year 2024 */
  int due;    /* days after that; -1 when it does not say */
  SamplePayment payment;
  SamplePaid paid;
} Order;

static const Order orders[] = {
  { "01-invoice.jpg", 4, SAMPLE_MEDIUM_SCAN, SAMPLE_WEAR_FOLDS | SAMPLE_WEAR_RECEIVED, 0.5, 5, 117, 129, 30,
    SAMPLE_PAYMENT_TRANSFER, 0 },
  { "02-receipt.jpg", 0, SAMPLE_MEDIUM_SCAN, SAMPLE_WEAR_FOLDS, -0.8, 7, 100482, 94, -1, SAMPLE_PAYMENT_CARD, 0 },
  { "03-receipt.jpg", 2, SAMPLE_MEDIUM_PHOTO, SAMPLE_WEAR_PEN, 2.1, 4, 20931, 187, -1, SAMPLE_PAYMENT_CARD, 0 },
  { "04-statement.pdf", 6, SAMPLE_MEDIUM_PDF, 0, 0, 6, 20418, 66, 14, SAMPLE_PAYMENT_TRANSFER, 0 },
  { "05-invoice.png", 8, SAMPLE_MEDIUM_COPY, SAMPLE_WEAR_HOLES, -0.6, 6, 7735, 40, 21, SAMPLE_PAYMENT_CARD,
    SAMPLE_PAID_BOX },
  { "06-receipt.jpg", 1, SAMPLE_MEDIUM_PHOTO, SAMPLE_WEAR_FOLDS, -1.7, 14, 55019, 215, -1, SAMPLE_PAYMENT_CASH, 0 },
  { "07-invoice.jpg", 5, SAMPLE_MEDIUM_SCAN, SAMPLE_WEAR_HOLES | SAMPLE_WEAR_STAPLE, 0.9, 11, 88120, 283, 30,
    SAMPLE_PAYMENT_TRANSFER, SAMPLE_PAID_STAMP },
  { "08-order.pdf", 5, SAMPLE_MEDIUM_PDF, 0, 0, 71, 88164, 305, 30, SAMPLE_PAYMENT_TRANSFER, 0 },
  { "09-receipt.jpg", 3, SAMPLE_MEDIUM_SCAN, SAMPLE_WEAR_STAIN, 1.2, 4, 0, 151, -1, SAMPLE_PAYMENT_CASH, 0 },
  { "10-invoice.jpg", 6, SAMPLE_MEDIUM_SCAN, SAMPLE_WEAR_STAIN | SAMPLE_WEAR_FOLDS, -0.7, 5, 20466, 127, 14,
    SAMPLE_PAYMENT_TRANSFER, 0 },
  { "11-work.pdf", 7, SAMPLE_MEDIUM_PDF, 0, 0, 5, 1031, 199, 28, SAMPLE_PAYMENT_TRANSFER, 0 },
  { "12-receipt.jpg", 0, SAMPLE_MEDIUM_SCAN, SAMPLE_WEAR_FADED | SAMPLE_WEAR_FOLDS, 0.6, 11, 100977, 163, -1,
    SAMPLE_PAYMENT_CASH, 0 },
  { "13-invoice.png", 9, SAMPLE_MEDIUM_COPY, SAMPLE_WEAR_STAPLE, 0.4, 7, 40173, 245, 30, SAMPLE_PAYMENT_TRANSFER,
    SAMPLE_PAID_NO },
  { "14-receipt.jpg", 2, SAMPLE_MEDIUM_SCAN, SAMPLE_WEAR_STAIN, -1.4, 6, 21377, 222, -1, SAMPLE_PAYMENT_CASH, 0 },
  { "15-statement.pdf", 6, SAMPLE_MEDIUM_PDF, 0, 0, 4, 20502, 155, 14, SAMPLE_PAYMENT_TRANSFER, 0 },
  { "16-invoice.jpg", 4, SAMPLE_MEDIUM_SCAN, SAMPLE_WEAR_HOLES | SAMPLE_WEAR_PEN, -0.4, 3, 124, 190, 30,
    SAMPLE_PAYMENT_TRANSFER, SAMPLE_PAID_STAMP },
  { "17-order.pdf", 5, SAMPLE_MEDIUM_PDF, 0, 0, 8, 88203, 338, 30, SAMPLE_PAYMENT_CARD, 0 },
  { "18-receipt.jpg", 1, SAMPLE_MEDIUM_SCAN, SAMPLE_WEAR_FADED, 0.9, 18, 55240, 276, -1, SAMPLE_PAYMENT_CARD, 0 },
  { "19-invoice.jpg", 8, SAMPLE_MEDIUM_SCAN, SAMPLE_WEAR_FOLDS | SAMPLE_WEAR_RECEIVED, 0.7, 5, 7802, 98, -1,
    SAMPLE_PAYMENT_CASH, SAMPLE_PAID_BOX },
  { "20-work.pdf", 7, SAMPLE_MEDIUM_PDF, 0, 0, 4, 1044, 251, 28, SAMPLE_PAYMENT_TRANSFER, 0 },
  { "21-receipt.jpg", 0, SAMPLE_MEDIUM_PHOTO, SAMPLE_WEAR_FOLDS, 3.0, 5, 101130, 311, -1, SAMPLE_PAYMENT_CARD, 0 },
  { "22-joiner.pdf", 4, SAMPLE_MEDIUM_PDF, 0, 0, 4, 131, 221, -1, SAMPLE_PAYMENT_TRANSFER, 0 },
  { "23-ward.pdf", 9, SAMPLE_MEDIUM_PDF, 0, 0, 8, 40211, 309, 30, SAMPLE_PAYMENT_TRANSFER, SAMPLE_PAID_NO },
  { "24-receipt.jpg", 2, SAMPLE_MEDIUM_SCAN, SAMPLE_WEAR_FOLDS | SAMPLE_WEAR_PEN, -0.5, 5, 21604, 344, -1,
    SAMPLE_PAYMENT_CARD, 0 },
};

/* In the company's way, in English whatever the locale. */
static char *
print_date (SampleDate form,
            int day_of_year)
{
  static const char *const months[] = { "January", "February", "March", "April", "May", "June", "July",
                                        "August", "September", "October", "November", "December" };
  g_autoptr (GDate) date = g_date_new_dmy (1, G_DATE_JANUARY, 2024);
  int day, month, year;

  g_date_add_days (date, (guint) day_of_year - 1);
  day = g_date_get_day (date);
  month = (int) g_date_get_month (date);
  year = g_date_get_year (date);
  switch (form) {
  case SAMPLE_DATE_DOTS:
    return g_strdup_printf ("%02d.%02d.%d", day, month, year);
  case SAMPLE_DATE_LONG:
    return g_strdup_printf ("%d %s %d", day, months[month - 1], year);
  case SAMPLE_DATE_SHORT:
    return g_strdup_printf ("%02d-%.3s-%d", day, months[month - 1], year);
  case SAMPLE_DATE_SLASHES:
  default:
    return g_strdup_printf ("%02d/%02d/%d", day, month, year);
  }
}

static void
line_clear (SampleLine *line)
{
  g_free (line->description);
}

/* Takes goods in an order that the seed gives; when there are more lines than goods, some come again for another room.
 */
static void
add_lines (SampleDocument *document,
           int n_lines)
{
  const SampleGood *goods = document->company->goods;
  g_autoptr (GRand) random = g_rand_new_with_seed (document->seed);
  g_autofree int *order = NULL;
  int n_goods = 0;

  while (goods[n_goods].name != NULL)
    n_goods++;
  order = g_new (int, n_goods);
  for (int i = 0; i < n_goods; i++) {
    int j = g_rand_int_range (random, 0, i + 1);

    order[i] = order[j];
    order[j] = i;
  }
  for (int i = 0; i < n_lines; i++) {
    static const char *const again[] = { "", ", 2nd floor", ", reception" };
    const SampleGood *good = &goods[order[i % n_goods]];
    gboolean single = good->price >= 6000;
    int quantity = single || g_rand_int_range (random, 0, 3) == 0 ? 1 : g_rand_int_range (random, 2, 7);
    SampleLine line = { g_strconcat (good->name, again[i / n_goods], NULL), quantity, good->price,
                        quantity * good->price };

    document->net += line.amount;
    g_array_append_val (document->lines, line);
  }
}

/**
 * sample_documents_get_n:
 *
 * Returns: how many documents the sample has
 */
guint
sample_documents_get_n (void)
{
  return G_N_ELEMENTS (orders);
}

/**
 * sample_document_new:
 * @index: less than sample_documents_get_n()
 *
 * Returns: (transfer full): that document; the same each time
 */
SampleDocument *
sample_document_new (guint index)
{
  const Order *order = &orders[index];
  SampleDocument *document = g_new0 (SampleDocument, 1);
  const SampleCompany *company = &companies[order->company];

  document->file = g_strdup (order->file);
  document->company = company;
  document->medium = order->medium;
  document->wear = order->wear;
  document->turn = order->turn;
  document->seed = SEED + index * 7919;
  if (order->number != 0)
    document->number = g_strdup_printf (order->number < 1000 ? "%s-2024-%04d" : "%s-%d", company->prefix,
                                        order->number);
  document->date = print_date (company->dates, order->day);
  document->due = order->due >= 0 ? print_date (company->dates, order->day + order->due) : NULL;
  if (company->layout == SAMPLE_LAYOUT_BAND || company->layout == SAMPLE_LAYOUT_LETTER)
    document->delivery = print_date (company->dates, order->day - 6);
  document->customer = customers[index % G_N_ELEMENTS (customers)];
  document->payment = order->payment;
  document->paid = order->paid;
  document->lines = g_array_new (FALSE, FALSE, sizeof (SampleLine));
  g_array_set_clear_func (document->lines, (GDestroyNotify) line_clear);
  add_lines (document, order->n_lines);
  document->tax = (document->net * company->tax + 50) / 100;
  document->total = document->net + document->tax;
  return document;
}

/**
 * sample_document_free:
 * @document: (transfer full) (nullable): a document
 */
void
sample_document_free (SampleDocument *document)
{
  if (document == NULL)
    return;
  g_free (document->file);
  g_free (document->number);
  g_free (document->date);
  g_free (document->due);
  g_free (document->delivery);
  g_array_unref (document->lines);
  g_free (document);
}

/**
 * sample_document_money:
 * @document: whose company says how
 * @amount: in hundredths
 * @currency: whether it stands there too
 *
 * Returns: (transfer full): the amount as it is printed
 */
char *
sample_document_money (const SampleDocument *document,
                       int amount,
                       gboolean currency)
{
  SampleMoney form = document->company->money;
  gboolean comma = form == SAMPLE_MONEY_EURO;
  g_autofree char *thousands = amount >= 100000 ? g_strdup_printf ("%d%c%03d", amount / 100000, comma ? '.' : ',',
                                                                   amount / 100 % 1000) :
                                                  g_strdup_printf ("%d", amount / 100);
  g_autofree char *bare = g_strdup_printf ("%s%c%02d", thousands, comma ? ',' : '.', amount % 100);

  if (!currency)
    return g_steal_pointer (&bare);
  if (form == SAMPLE_MONEY_POUND)
    return g_strconcat ("£", bare, NULL);
  return form == SAMPLE_MONEY_EUR ? g_strconcat ("EUR ", bare, NULL) : g_strconcat (bare, " €", NULL);
}

/**
 * sample_payment_name:
 * @payment: not %SAMPLE_PAYMENT_NONE
 *
 * Returns: (transfer none): the choice of the schema
 */
const char *
sample_payment_name (SamplePayment payment)
{
  static const char *const names[] = { NULL, "Cash", "Card", "Transfer" };

  return names[payment];
}
