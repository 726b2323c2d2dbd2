#include "config.h"

#include <locale.h>
#include <string.h>

#include "emend-json.h"
#include "emend-normal.h"
#include "emend-test.h"

/* A text, what it means, and what else it could mean; NULL for nothing. */
typedef struct {
  const char *text;
  const char *normal;
  const char *other;
} Case;

static void
check_cases (const EmendField *field,
             const Case *cases,
             gsize n_cases)
{
  for (gsize i = 0; i < n_cases; i++) {
    g_auto (EmendNormal) result = { 0 };
    gboolean good = emend_field_parse (field, NULL, cases[i].text, &result);

    g_test_message ("%s", cases[i].text);
    g_assert_cmpstr (result.normal, ==, cases[i].normal);
    g_assert_cmpstr (result.other, ==, cases[i].other);
    g_assert_cmpint (good, ==, cases[i].normal != NULL);
    g_assert_cmpint (result.problem == NULL, ==, good);
  }
}

#define CHECK(field, cases) check_cases (field, cases, G_N_ELEMENTS (cases))

/* The order in which a date has its other reading. */
static void
test_find_order (void)
{
  g_autoptr (EmendField) field = emend_field_new (1, "date", EMEND_FIELD_DATE);
  g_auto (EmendNormal) result = { 0 };

  field->date_order = EMEND_DATE_DMY;
  emend_field_parse (field, NULL, "09/02/2020", &result);
  g_assert_cmpstr (result.normal, ==, "2020-02-09");
  g_assert_cmpint (emend_field_find_order (field, "09/02/2020", result.other), ==, EMEND_DATE_MDY);
  g_assert_cmpint (emend_field_find_order (field, "25/02/2020", "2020-02-26"), ==, 0);
  emend_normal_clear (&result);
  emend_field_parse_in_order (field, NULL, EMEND_DATE_MDY, "09/02/2020", &result);
  g_assert_cmpstr (result.normal, ==, "2020-09-02");
  g_assert_cmpstr (result.other, ==, "2020-02-09");
}

static void
test_amount (void)
{
  static const Case cases[] = {
    { "RM 12.50", "12.50 MYR", NULL },
    { "RM12.50", "12.50 MYR", NULL },
    { "rm 12.50", "12.50 MYR", NULL },
    { "$1,234.50", "1234.50", NULL },
    { "US$1,234.50", "1234.50 USD", NULL },
    { "$12.50 CAD", "12.50 CAD", NULL },
    { "1.234,50 €", "1234.50 EUR", NULL },
    { "EUR 1 234,50", "1234.50 EUR", NULL },
    { "EUR 1\xc2\xa0"
      "234,50",
      "1234.50 EUR", NULL },
    { "1\xe2\x80\xaf"
      "234\xe2\x80\xaf"
      "567,8 Euro",
      "1234567.8 EUR", NULL },
    { "CHF 1'234.50", "1234.50 CHF", NULL },
    { "SFr. 1’234.50", "1234.50 CHF", NULL },
    { "12.50 CR", "-12.50", "12.50" },
    { "12.50 DR", "12.50", NULL },
    { "(12.50)", "-12.50", NULL },
    { "($1,012.50)", "-1012.50", NULL },
    { "12.50-", "-12.50", NULL },
    { "-$12.50", "-12.50", NULL },
    { "$-12.50", "-12.50", NULL },
    { "− 12,50 zł", "-12.50 PLN", NULL },
    { "1 ,234.50", "1234.50", NULL },
    { "12. 50", "12.50", NULL },
    { "1,234", "1234", "1.234" },
    { "1.234", "1234", "1.234" },
    { "KWD 1.234", "1.234 KWD", "1234 KWD" },
    { "0.234", "0.234", NULL },
    { "1,234,567", "1234567", NULL },
    { "12,34,567.50", "1234567.50", NULL },
    { "₹ 12,34,567", "1234567 INR", NULL },
    { "Rs.50", "50", NULL },
    { ".50", "0.50", NULL },
    { "12.-", "12", NULL },
    { "1'200.–", "1200", NULL },
    { "12.50.", "12.50", NULL },
    { "12,-- €", "12 EUR", NULL },
    { "007.10", "7.10", NULL },
    { "-0.00", "0.00", NULL },
    { "***12.50", "12.50", NULL },
    { "１２３．５０", "123.50", NULL },
    { "١٢٣٤٫٥٠", "1234.50", NULL },
    { "￥1,200.00", "1200.00", NULL },
    { "1,200円", "1200 JPY", "1.200 JPY" },
    { "12.50 Kč", "12.50 CZK", NULL },
    { "R$ 1.234,50", "1234.50 BRL", NULL },
    { "12.50.30", NULL, NULL },
    { "1,23,45", NULL, NULL },
    { "1 2.50", NULL, NULL },
    { "12 50", NULL, NULL },
    { "5-10", NULL, NULL },
    { "2 x 5.00", NULL, NULL },
    { "(12.50", NULL, NULL },
    { "--5", NULL, NULL },
    { "6 %", NULL, NULL },
    { "USD 5 EUR", NULL, NULL },
    { "RMB1x", NULL, NULL },
    { "total", NULL, NULL },
    { "", NULL, NULL },
    { "12345678901234567890123456789012345678901", NULL, NULL },
  };
  g_autoptr (EmendField) field = emend_field_new (1, "total", EMEND_FIELD_AMOUNT);

  CHECK (field, cases);
}

static void
test_amount_currency (void)
{
  static const Case cases[] = {
    { "$8.20", "8.20 SGD", NULL },
    { "8.20", "8.20 SGD", NULL },
    { "RM 8.20", "8.20 MYR", NULL },
  };
  g_autoptr (EmendField) field = emend_field_new (1, "total", EMEND_FIELD_AMOUNT);

  field->currency = g_strdup ("SGD");
  CHECK (field, cases);
}

static void
test_number (void)
{
  static const Case cases[] = {
    { "1,234", "1234", "1.234" },
    { "1.234", "1.234", "1234" },
    { "2.50", "2.50", NULL },
    { "6%", "6", NULL },
    { "RM 2,5", "2.5", NULL },
    { "1 234 567", "1234567", NULL },
    { "1,5,0", NULL, NULL },
  };
  static const Case whole[] = {
    { "12", "12", NULL },
    { "3.00", "3", NULL },
    { "1,234", "1234", NULL },
    { "1.234", "1234", NULL },
    { "-7", "-7", NULL },
    { "3.5", NULL, NULL },
    { "x", NULL, NULL },
  };
  g_autoptr (EmendField) number = emend_field_new (1, "weight", EMEND_FIELD_NUMBER);
  g_autoptr (EmendField) integer = emend_field_new (2, "pieces", EMEND_FIELD_INTEGER);

  CHECK (number, cases);
  CHECK (integer, whole);
}

static void
test_date_numbers (void)
{
  static const Case day_first[] = {
    { "25/12/2018", "2018-12-25", NULL },
    { "12/25/2018", "2018-12-25", NULL },
    { "2/9/2020", "2020-09-02", "2020-02-09" },
    { "05/05/2018", "2018-05-05", NULL },
    { "25-12-18", "2018-12-25", NULL },
    { "12-01-19", "2019-01-12", "2019-12-01" },
    { "1.2.49", "2049-02-01", "2049-01-02" },
    { "31.12.50", "1950-12-31", NULL },
    { "25 12 2018", "2018-12-25", NULL },
    { "25 / 12 / 2018", "2018-12-25", NULL },
    { "2018-12-25", "2018-12-25", NULL },
    { "2016/05/01", "2016-05-01", NULL },
    { "99-12-31", "1999-12-31", NULL },
    { "20180304", "2018-03-04", NULL },
    { "25122018", "2018-12-25", NULL },
    { "20181225201339", "2018-12-25", NULL },
    { "2018-12-25T20:13:39Z", "2018-12-25", NULL },
    { "2018-12-25T20:13:39.250+08:00", "2018-12-25", NULL },
    { "2018-12-25 20:13:39 -0500", "2018-12-25", NULL },
    { "25/12/2018 8:13:39 PM", "2018-12-25", NULL },
    { "25/12/2018 (Tue) 20:13", "2018-12-25", NULL },
    { "20:13 25/12/2018", "2018-12-25", NULL },
    { "25.12.2018, 20.13 Uhr", "2018-12-25", NULL },
    { "25.12.2018 20h13", "2018-12-25", NULL },
    { "20h 25/12/2018", "2018-12-25", NULL },
    { "20 Uhr 25.12.2018", "2018-12-25", NULL },
    { "13.05.2018 14:30 - 15:30", "2018-05-13", NULL },
    { "2018年12月25日", "2018-12-25", NULL },
    { "2018年12月25日(火) 20時13分", "2018-12-25", NULL },
    { "2018년 12월 25일", "2018-12-25", NULL },
    { "２０１８／１２／２５", "2018-12-25", NULL },
    { "٢٥/١٢/٢٠١٨", "2018-12-25", NULL },
    { "29/02/2020", "2020-02-29", NULL },
    { "29/02/2019", NULL, NULL },
    { "31/11/2018", NULL, NULL },
    { "00/12/2018", NULL, NULL },
    { "12/2018", NULL, NULL },
    { "1/2/3", NULL, NULL },
    { "1,234,50", NULL, NULL },
    { "1/2/345", NULL, NULL },
    { "1//2/2018", NULL, NULL },
    { "8:13:39", NULL, NULL },
    { "12345678901234", NULL, NULL },
    { "1-2-2018-3", NULL, NULL },
  };
  static const Case month_first[] = {
    { "2/9/2020", "2020-02-09", "2020-09-02" },
    { "25/12/2018", "2018-12-25", NULL },
  };
  static const Case year_first[] = {
    { "18-12-11", "2018-12-11", "2011-12-18" },
    { "2/9/2020", "2020-09-02", "2020-02-09" },
  };
  g_autoptr (EmendField) field = emend_field_new (1, "date", EMEND_FIELD_DATE);

  CHECK (field, day_first);
  field->date_order = EMEND_DATE_MDY;
  CHECK (field, month_first);
  field->date_order = EMEND_DATE_YMD;
  CHECK (field, year_first);
}

static void
test_date_names (void)
{
  static const Case cases[] = {
    { "25 DEC 2018", "2018-12-25", NULL },
    { "25DEC2018", "2018-12-25", NULL },
    { "Dec 25, 2018", "2018-12-25", NULL },
    { "OCT 3, 2016", "2016-10-03", NULL },
    { "December 25th, 2018", "2018-12-25", NULL },
    { "Tuesday, 25th of December 2018", "2018-12-25", NULL },
    { "Tue 25-Dec-18", "2018-12-25", NULL },
    { "02/JAN/2017", "2017-01-02", NULL },
    { "2018-Dec-25", "2018-12-25", NULL },
    { "25 Dec '18", "2018-12-25", NULL },
    { "Di., 25. Dezember 2018", "2018-12-25", NULL },
    { "1. März 2018", "2018-03-01", NULL },
    { "1. Jänner 2018", "2018-01-01", NULL },
    { "5. Okt. 2018", "2018-10-05", NULL },
    { "mardi 1er août 2018", "2018-08-01", NULL },
    { "mar. 6 mars 2018", "2018-03-06", NULL },
    { "6 mar 2018", "2018-03-06", NULL },
    { "12 févr. 2018", "2018-02-12", NULL },
    { "14 JUIL. 2018", "2018-07-14", NULL },
    { "25 de diciembre de 2018", "2018-12-25", NULL },
    { "3 ene. 2018", "2018-01-03", NULL },
    { "15 settembre 2018", "2018-09-15", NULL },
    { "15 de março de 2018", "2018-03-15", NULL },
    { "segunda-feira, 15 de outubro de 2018", "2018-10-15", NULL },
    { "5 mei 2018", "2018-05-05", NULL },
    { "25 Dec 2018 8:13 p.m.", "2018-12-25", NULL },
    { "31 Feb 2018", NULL, NULL },
    { "25 Decimal 2018", NULL, NULL },
    { "December 2018", NULL, NULL },
    { "may", NULL, NULL },
  };
  g_autoptr (EmendField) field = emend_field_new (1, "date", EMEND_FIELD_DATE);

  CHECK (field, cases);
}

static void
test_time (void)
{
  static const Case cases[] = {
    { "8:13", "08:13", NULL },
    { "20:13:39", "20:13:39", NULL },
    { "20:13:39.25", "20:13:39", NULL },
    { "8:13:39 PM", "20:13:39", NULL },
    { "8:13PM", "20:13", NULL },
    { "8:13 p.m.", "20:13", NULL },
    { "12:05 am", "00:05", NULL },
    { "12:05 pm", "12:05", NULL },
    { "13:05 PM", "13:05", NULL },
    { "8 PM", "20:00", NULL },
    { "8.30 pm", "20:30", NULL },
    { "8h30", "08:30", NULL },
    { "8 h 30", "08:30", NULL },
    { "8h", "08:00", NULL },
    { "08.30 Uhr", "08:30", NULL },
    { "8 Uhr", "08:00", NULL },
    { "um 8 Uhr", "08:00", NULL },
    { "08.30", "08:30", NULL },
    { "8: 13", "08:13", NULL },
    { "20時13分", "20:13", NULL },
    { "13:05 AM", NULL, NULL },
    { "24:00", NULL, NULL },
    { "8:60", NULL, NULL },
    { "0:15 pm", NULL, NULL },
    { "8", NULL, NULL },
    { "08:00-12:00", NULL, NULL },
    { "20:13:39 +0800", "20:13:39", NULL },
    { "20 Uhr 15", "20:15", NULL },
    { "25/12/2018", NULL, NULL },
    { "8:13 and more", NULL, NULL },
    { "noon", NULL, NULL },
  };
  g_autoptr (EmendField) field = emend_field_new (1, "time", EMEND_FIELD_TIME);

  CHECK (field, cases);
}

static void
test_texts (void)
{
  static const Case texts[] = {
    { "  two   words \n\n\t next  line ", "two words\nnext line", NULL },
    { "Cafe\xcc\x81", "Café", NULL },
    { "a\xc2\xa0"
      "b",
      "a b", NULL },
    { " \n ", NULL, NULL },
    { "\xe2\x80\x8b", NULL, NULL },
  };
  static const Case addresses[] = {
    { "azure.Interior24@Example.com", "azure.Interior24@example.com", NULL },
    { " a+b@c-d.org ", "a+b@c-d.org", NULL },
    { "a@b", NULL, NULL },
    { "a b@c.de", NULL, NULL },
    { "a@b@c.de", NULL, NULL },
    { ".a@c.de", NULL, NULL },
    { "a@-c.de", NULL, NULL },
    { "a@c..de", NULL, NULL },
    { "@c.de", NULL, NULL },
    { "www.c.de", NULL, NULL },
  };
  g_autoptr (EmendField) text = emend_field_new (1, "text", EMEND_FIELD_TEXT);
  g_autoptr (EmendField) address = emend_field_new (2, "address", EMEND_FIELD_EMAIL);

  CHECK (text, texts);
  CHECK (address, addresses);
}

static void
test_choices (void)
{
  static const char *const choices[] = { "Cash", "Carte bancaire", "Überweisung", "A+", "A-", NULL };
  static const Case cases[] = {
    { "cash", "Cash", NULL },
    { "CARTE-BANCAIRE", "Carte bancaire", NULL },
    { "uberweisung", "Überweisung", NULL },
    { "a-", "A-", NULL },
    { "a", NULL, NULL },
    { "cheque", NULL, NULL },
  };
  static const Case marks[] = {
    { "x", "yes", NULL },
    { "☒", "yes", NULL },
    { "✓", "yes", NULL },
    { "✔️", "yes", NULL },
    { "☑", "yes", NULL },
    { "true", "yes", NULL },
    { "selected", "yes", NULL },
    { "Ja", "yes", NULL },
    { "OUI", "yes", NULL },
    { "sí", "yes", NULL },
    { "1", "yes", NULL },
    { "☐", "no", NULL },
    { "unselected", "no", NULL },
    { "NOT_SELECTED", "no", NULL },
    { "Nein", "no", NULL },
    { "non", "no", NULL },
    { "não", "no", NULL },
    { "0", "no", NULL },
    { "false", "no", NULL },
    { "perhaps", NULL, NULL },
    { "-", NULL, NULL },
  };
  g_autoptr (EmendField) choice = emend_field_new (1, "choice", EMEND_FIELD_CHOICE);
  g_autoptr (EmendField) mark = emend_field_new (2, "mark", EMEND_FIELD_MARK);

  choice->choices = g_strdupv ((char **) choices);
  CHECK (choice, cases);
  CHECK (mark, marks);
}

/* A rule that is broken gives a problem beside the value. */
static void
assert_broken (const EmendField *field,
               const EmendList *list,
               const char *text,
               const char *normal)
{
  g_auto (EmendNormal) result = { 0 };

  g_assert_false (emend_field_parse (field, list, text, &result));
  g_assert_cmpstr (result.normal, ==, normal);
  g_assert_nonnull (result.problem);
}

static void
assert_kept (const EmendField *field,
             const EmendList *list,
             const char *text,
             const char *normal)
{
  g_auto (EmendNormal) result = { 0 };

  g_assert_true (emend_field_parse (field, list, text, &result));
  g_assert_cmpstr (result.normal, ==, normal);
}

static void
test_rules_of_field (void)
{
  static const char *const aliases[] = { "Book T.A.K", NULL };
  g_autoptr (EmendField) code = emend_field_new (1, "code", EMEND_FIELD_CODE);
  g_autoptr (EmendField) number = emend_field_new (2, "number", EMEND_FIELD_NUMBER);
  g_autoptr (EmendField) text = emend_field_new (3, "text", EMEND_FIELD_TEXT);
  g_autoptr (EmendField) shop = emend_field_new (4, "shop", EMEND_FIELD_TEXT);
  g_autoptr (EmendList) list = emend_list_new ("shops");

  code->pattern = g_strdup ("INV-\\d{3}|X");
  assert_kept (code, NULL, " INV-123 ", "INV-123");
  assert_kept (code, NULL, "X", "X");
  assert_broken (code, NULL, "INV-1234", "INV-1234");
  assert_broken (code, NULL, "aINV-123", "aINV-123");
  number->minimum = 1;
  number->maximum = 10.5;
  assert_kept (number, NULL, "10,5", "10.5");
  assert_broken (number, NULL, "0.99", "0.99");
  assert_broken (number, NULL, "11", "11");
  text->min_length = 2;
  text->max_length = 3;
  assert_kept (text, NULL, "äöü", "äöü");
  assert_broken (text, NULL, "a", "a");
  assert_broken (text, NULL, "abcd", "abcd");
  emend_list_add (list, "BOOK TA .K (TAMAN DAYA) SDN BHD", aliases);
  assert_kept (shop, list, "book tak", "BOOK TA .K (TAMAN DAYA) SDN BHD");
  assert_broken (shop, list, "bookshop", "bookshop");
}

/* A pattern that would try for ages is given up. */
static void
test_pattern_terminates (void)
{
  g_autoptr (EmendField) code = emend_field_new (1, "code", EMEND_FIELD_CODE);
  g_autofree char *text = g_strnfill (999, 'a');
  gint64 start = g_get_monotonic_time ();

  text[998] = 'b';
  code->pattern = g_strdup ("(a+)+(a+)+(a|aa)+");
  assert_broken (code, NULL, text, text);
  g_assert_cmpint (g_get_monotonic_time () - start, <, 5 * G_USEC_PER_SEC);
}

static void
test_too_long (void)
{
  g_autoptr (EmendField) code = emend_field_new (1, "code", EMEND_FIELD_CODE);
  g_autoptr (EmendField) table = emend_field_new (2, "table", EMEND_FIELD_TABLE);
  g_autofree char *text = g_strnfill (1001, 'a');

  assert_broken (code, NULL, text, NULL);
  assert_broken (code, NULL, NULL, NULL);
  assert_broken (table, NULL, "a", NULL);
}

static void
assert_spelled (EmendFieldType type,
                const char *normal,
                const char *expected)
{
  g_autoptr (EmendField) field = emend_field_new (1, "field", type);
  g_autofree char *text = emend_field_spell (field, normal);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_spell (void)
{
  assert_spelled (EMEND_FIELD_DATE, "2020-02-09", "9 February 2020");
  assert_spelled (EMEND_FIELD_DATE, "2020-02-31", NULL);
  assert_spelled (EMEND_FIELD_DATE, "soon", NULL);
  assert_spelled (EMEND_FIELD_AMOUNT, "1234.50 EUR", "1,234.50 EUR");
  assert_spelled (EMEND_FIELD_AMOUNT, "-1234567.50", "-1,234,567.50");
  assert_spelled (EMEND_FIELD_AMOUNT, "123", "123");
  assert_spelled (EMEND_FIELD_NUMBER, "0.12345", "0.12345");
  assert_spelled (EMEND_FIELD_INTEGER, "1000", "1,000");
  assert_spelled (EMEND_FIELD_INTEGER, "many", NULL);
  assert_spelled (EMEND_FIELD_TIME, "08:13", "08:13");
  assert_spelled (EMEND_FIELD_TEXT, "a b", "a b");
}

static void
test_spell_german (void)
{
  if (setlocale (LC_ALL, "de_DE.UTF-8") == NULL) {
    g_test_skip ("the locale de_DE.UTF-8 is not installed");
    return;
  }
  assert_spelled (EMEND_FIELD_DATE, "2020-02-09", "9 Februar 2020");
  assert_spelled (EMEND_FIELD_AMOUNT, "1234.50 EUR", "1.234,50 EUR");
  setlocale (LC_ALL, "");
}

static void
test_to_number (void)
{
  static const char *const wrong[] = { "", "-", "1.", ".5", "1,5", "1 EURO", "1 eur", "1  EUR",
                                       "2020-02-09", "08:13", "1e5" };
  double number;
  const char *currency;

  g_assert_true (emend_normal_to_number ("-1234.50 EUR", &number, &currency));
  g_assert_cmpfloat (number, ==, -1234.5);
  g_assert_cmpstr (currency, ==, "EUR");
  g_assert_true (emend_normal_to_number ("7", &number, &currency));
  g_assert_null (currency);
  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    g_assert_false (emend_normal_to_number (wrong[i], NULL, NULL));
  g_assert_false (emend_normal_to_number (NULL, NULL, NULL));
}

int
main (int argc,
      char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/normal/amount/forms", test_amount);
  g_test_add_func ("/model/normal/amount/currency", test_amount_currency);
  g_test_add_func ("/model/normal/number/forms", test_number);
  g_test_add_func ("/model/normal/date/numbers", test_date_numbers);
  g_test_add_func ("/model/normal/date/names", test_date_names);
  g_test_add_func ("/model/normal/time/forms", test_time);
  g_test_add_func ("/model/normal/text/forms", test_texts);
  g_test_add_func ("/model/normal/choice/forms", test_choices);
  g_test_add_func ("/model/normal/check/rules", test_rules_of_field);
  g_test_add_func ("/model/normal/check/pattern-terminates", test_pattern_terminates);
  g_test_add_func ("/model/normal/check/too-long", test_too_long);
  g_test_add_func ("/model/normal/spell/english", test_spell);
  g_test_add_func ("/model/normal/spell/german", test_spell_german);
  g_test_add_func ("/model/normal/to-number", test_to_number);
  g_test_add_func ("/model/normal/find-order", test_find_order);
  return g_test_run ();
}
