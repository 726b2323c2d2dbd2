#define G_LOG_DOMAIN "emend-test"

#include "config.h"

#include "emend-invoice.h"

#include <string.h>

static const char *const sellers[] = { "Acme Tools", "Blue Fish", "Corner Shop", "Delta Works", "East Side Books" };

GPtrArray *
emend_invoice_make_fields (void)
{
  static const struct {
    const char *name;
    EmendFieldType type;
  } fields[] = {
    { "seller", EMEND_FIELD_TEXT },
    { "issued", EMEND_FIELD_DATE },
    { "net", EMEND_FIELD_AMOUNT },
    { "tax", EMEND_FIELD_AMOUNT },
    { "total", EMEND_FIELD_AMOUNT },
    { "phone", EMEND_FIELD_CODE },
  };
  GPtrArray *all = g_ptr_array_new_with_free_func ((GDestroyNotify) emend_field_free);

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++) {
    EmendField *field = emend_field_new ((int) i + 1, fields[i].name, fields[i].type);

    field->date_order = EMEND_DATE_DMY;
    if (fields[i].type == EMEND_FIELD_CODE)
      field->pattern = g_strdup ("[0-9]{3}-[0-9]{4}");
    g_ptr_array_add (all, field);
  }
  return all;
}

EmendUuid
emend_invoice_make_id (guint number)
{
  EmendUuid id = { { 1 } };

  id.bytes[14] = (guint8) (number >> 8);
  id.bytes[15] = (guint8) number;
  return id;
}

static int
cents_of (guint number,
          int field)
{
  int net = 1000 + (int) (number * 7919 % 9000);
  int tax = net / 10;

  return field == EMEND_INVOICE_NET ? net : field == EMEND_INVOICE_TAX ? tax :
                                                                         net + tax;
}

char *
emend_invoice_make_value (guint number,
                          int field)
{
  int cents = cents_of (number, field);

  switch (field) {
  case EMEND_INVOICE_SELLER:
    return g_strdup (sellers[number * 31 % G_N_ELEMENTS (sellers)]);
  case EMEND_INVOICE_DATE:
    return g_strdup_printf ("%02u/%02u/2019", 1 + number * 5 % 28, 1 + number % 12);
  case EMEND_INVOICE_PHONE:
    return number % 3 == 0 ? NULL : g_strdup_printf ("%03u-%04u", 100 + number % 900, number * 613 % 10000);
  default:
    return g_strdup_printf ("%d.%02d", cents / 100, cents % 100);
  }
}

static void
add_line (EmendWords *words,
          double x,
          guint row,
          const char *text)
{
  g_auto (GStrv) parts = g_strsplit (text, " ", -1);

  for (guint i = 0; parts[i] != NULL; i++) {
    double width = 10 * (double) strlen (parts[i]);

    emend_words_add (words, parts[i], &(EmendRect){ x, 40.0 * row, width, 20 }, 1, row * 2 + (x > 0 ? 1 : 0));
    x += width + 10;
  }
}

/* Label at the left, value at the right. */
static void
add_pair (EmendWords *words,
          guint row,
          const char *label,
          const char *value)
{
  add_line (words, 0, row, label);
  add_line (words, 600, row, value);
}

/* What changes its place from one to the next: the due date before or after the date, and what was paid in cash. */
EmendWords *
emend_invoice_make_page (guint number)
{
  EmendWords *words = emend_words_new (1000, 1400, "test", "eng");
  g_autofree char *seller = emend_invoice_make_value (number, EMEND_INVOICE_SELLER);
  g_autofree char *date = emend_invoice_make_value (number, EMEND_INVOICE_DATE);
  g_autofree char *net = emend_invoice_make_value (number, EMEND_INVOICE_NET);
  g_autofree char *tax = emend_invoice_make_value (number, EMEND_INVOICE_TAX);
  g_autofree char *total = emend_invoice_make_value (number, EMEND_INVOICE_TOTAL);
  g_autofree char *phone = emend_invoice_make_value (number, EMEND_INVOICE_PHONE);
  g_autofree char *due = g_strdup_printf ("%02u/12/2020", 1 + number % 28);
  g_autofree char *fax = g_strdup_printf ("%03u-%04u", 200 + number % 700, number * 331 % 10000);
  g_autofree char *sold_by = g_strdup_printf ("Sold by %s today", seller);
  guint row = 0;

  add_line (words, 0, row++, "Tax invoice");
  add_line (words, 0, row++, number % 2 == 0 ? "Welcome to the market" : "Good morning");
  add_line (words, 0, row++, sold_by);
  add_pair (words, row++, number % 2 == 0 ? "Payable until" : "Issued on", number % 2 == 0 ? due : date);
  add_pair (words, row++, number % 2 == 0 ? "Issued on" : "Payable until", number % 2 == 0 ? date : due);
  add_pair (words, row++, "Fax", fax);
  if (phone != NULL)
    add_pair (words, row++, "Call us", phone);
  add_pair (words, row++, "Goods", net);
  add_pair (words, row++, "Levy", tax);
  add_pair (words, row++, "To pay", total);
  add_pair (words, row++, "Cash", "500.00");
  return words;
}

EmendLearnDocument *
emend_invoice_make_document (guint number)
{
  EmendUuid id = emend_invoice_make_id (number);
  EmendLearnDocument *document = emend_learn_document_new (&id);
  g_autoptr (EmendWords) words = emend_invoice_make_page (number);

  emend_learn_document_add_page (document, words);
  for (int field = EMEND_INVOICE_SELLER; field <= EMEND_INVOICE_PHONE; field++) {
    g_autofree char *text = emend_invoice_make_value (number, field);
    g_autoptr (EmendValue) value = emend_value_new (text);

    emend_learn_document_add_value (document, field, text != NULL ? EMEND_LEARN_PRESENT : EMEND_LEARN_ABSENT, value, 0,
                                    NULL);
  }
  return document;
}
