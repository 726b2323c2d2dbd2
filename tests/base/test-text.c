#include "config.h"

#include <locale.h>
#include <math.h>

#include "emend-text.h"

static void
test_from_double (void)
{
  static const struct {
    double value;
    const char *text;
  } cases[] = {
    { 0, "0" },
    { -0.0, "0" },
    { 1, "1" },
    { 0.1, "0.1" },
    { 1.0 / 3, "0.3333333333333333" },
    { 123456789012345, "123456789012345" },
    { -2.5, "-2.5" },
    { 1e300, "1e+300" },
    { 5e-324, "4.94065645841247e-324" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    char buffer[EMEND_TEXT_DOUBLE_SIZE];

    g_assert_cmpstr (emend_text_from_double (buffer, cases[i].value), ==, cases[i].text);
  }
}

static void
test_from_double_round_trip (void)
{
  for (int i = 0; i < 20000; i++) {
    char buffer[EMEND_TEXT_DOUBLE_SIZE];
    double value = ldexp (g_test_rand_double_range (-1, 1), g_test_rand_int_range (-80, 80));
    double back = 0;

    emend_text_from_double (buffer, value);
    g_assert_true (emend_text_to_double (buffer, -1, &back));
    g_assert_true (back == value);
  }
}

static void
test_to_double_refuses (void)
{
  static const char *const texts[] = {
    "",
    " 1",
    "1 ",
    "1,5",
    "nan",
    "inf",
    "0x10",
    "1e999",
    "1e",
    "--1",
    "1.2.3",
    "١",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++) {
    double value = 42;

    g_assert_false (emend_text_to_double (texts[i], -1, &value));
    g_assert_cmpfloat (value, ==, 42);
  }
}

static void
test_to_int (void)
{
  gint64 value = 0;

  g_assert_true (emend_text_to_int ("-9223372036854775808", -1, &value));
  g_assert_cmpint (value, ==, G_MININT64);
  g_assert_true (emend_text_to_int ("12345", 3, &value));
  g_assert_cmpint (value, ==, 123);
  g_assert_false (emend_text_to_int ("9223372036854775808", -1, &value));
  g_assert_false (emend_text_to_int ("1.0", -1, &value));
  g_assert_false (emend_text_to_int ("", -1, &value));
}

static void
test_compare_natural (void)
{
  static const char *const order[] = {
    "a",
    "a1",
    "a2",
    "a10",
    "a10b",
    "a010c",
    "b",
    "b/1",
    "b/9",
    "b/10",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (order); i++) {
    for (gsize j = 0; j < G_N_ELEMENTS (order); j++) {
      int result = emend_text_compare_natural (order[i], order[j]);

      g_assert_cmpint (result < 0, ==, i < j);
      g_assert_cmpint (result > 0, ==, i > j);
    }
  }
  g_assert_cmpint (emend_text_compare_natural ("a01", "a1"), !=, 0);
}

static void
test_for_terminal (void)
{
  g_autofree char *escape = emend_text_for_terminal ("a\033[31mb\n\xe2\x80\xae"
                                                     "c\xff");

  g_assert_cmpstr (escape, ==, "a\\u{1b}[31mb\\u{a}\\u{202e}c\xef\xbf\xbd");
}

int
main (int argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  /* Numbers in files must not follow the locale; where no such locale is installed this is C again. */
  setlocale (LC_ALL, "de_DE.UTF-8");
  g_test_add_func ("/base/text/from-double/cases", test_from_double);
  g_test_add_func ("/base/text/from-double/round-trip", test_from_double_round_trip);
  g_test_add_func ("/base/text/to-double/refuses", test_to_double_refuses);
  g_test_add_func ("/base/text/to-int/cases", test_to_int);
  g_test_add_func ("/base/text/compare-natural/order", test_compare_natural);
  g_test_add_func ("/base/text/for-terminal/escapes", test_for_terminal);
  return g_test_run ();
}
