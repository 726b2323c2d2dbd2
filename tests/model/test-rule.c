#include "config.h"

#include <string.h>

#include "emend-model-error.h"
#include "emend-rule.h"

/* @operands are names with blanks between them; @values are "name=value" or "table.column.row=value" with "; "
 * between them, "?" for a value that is missing. */
typedef struct {
  EmendRuleKind kind;
  const char *target;
  const char *operands;
  double tolerance;
  const char *values;
  EmendRuleState state;
  int row;
  const char *explanation;
} Case;

/* Takes one "name=value" apart; the pieces live in @parts. */
static EmendRuleValue
read_value (const char *text,
            GPtrArray *parts)
{
  char **sides = g_strsplit (text, "=", 2);
  char **names = g_strsplit (sides[0], ".", 3);
  EmendRuleValue value = { names[0], NULL, -1, g_str_equal (sides[1], "?") ? NULL : sides[1] };

  g_ptr_array_add (parts, sides);
  g_ptr_array_add (parts, names);
  if (names[1] != NULL) {
    value.column = names[1];
    value.row = (int) g_ascii_strtoll (names[2], NULL, 10);
  }
  return value;
}

static void
check_cases (const Case *cases,
             gsize n_cases)
{
  for (gsize i = 0; i < n_cases; i++) {
    g_auto (GStrv) operands = g_strsplit (cases[i].operands, " ", -1);
    g_auto (GStrv) texts = g_strsplit (cases[i].values, "; ", -1);
    const char *const *names = (const char *const *) operands;
    g_autoptr (EmendRule) rule = emend_rule_new ("rule", cases[i].kind, cases[i].target, names);
    g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
    EmendRuleValue values[10];
    gsize n_values = 0;
    g_auto (EmendRuleResult) result = { 0 };

    for (; texts[n_values] != NULL; n_values++)
      values[n_values] = read_value (texts[n_values], parts);
    rule->tolerance = cases[i].tolerance;
    emend_rule_check (rule, values, n_values, &result);
    g_test_message ("%s: %s", cases[i].values, result.explanation);
    g_assert_cmpint (result.state, ==, cases[i].state);
    g_assert_cmpint (result.row, ==, cases[i].row);
    g_assert_cmpstr (result.explanation, ==, cases[i].explanation);
  }
}

#define CHECK(cases) check_cases (cases, G_N_ELEMENTS (cases))

static void
test_sum (void)
{
  static const Case cases[] = {
    { EMEND_RULE_SUM, "total", "net tax", 0, "net=0.1; tax=0.2; total=0.3",
      EMEND_RULE_HOLDS, -1, "0.1 + 0.2 = 0.3" },
    { EMEND_RULE_SUM, "total", "net tax", 0, "net=12.50; tax=3.00; total=15.60",
      EMEND_RULE_BROKEN, -1, "12.50 + 3.00 = 15.50, not 15.60" },
    { EMEND_RULE_SUM, "total", "net tax", 0.1, "net=12.50; tax=3.00; total=15.60",
      EMEND_RULE_HOLDS, -1, "12.50 + 3.00 = 15.50" },
    { EMEND_RULE_SUM, "total", "net tax", 0.01, "net=12.50; tax=3.00; total=15.52",
      EMEND_RULE_BROKEN, -1, "12.50 + 3.00 = 15.50, not 15.52" },
    { EMEND_RULE_SUM, "total", "net tax", 0, "net=12.50; total=15.60",
      EMEND_RULE_UNKNOWN, -1, NULL },
    { EMEND_RULE_SUM, "total", "net tax", 0, "net=12.50; tax=?; total=15.60",
      EMEND_RULE_UNKNOWN, -1, NULL },
    { EMEND_RULE_SUM, "total", "net tax", 0, "net=12.50; tax=3.00",
      EMEND_RULE_UNKNOWN, -1, NULL },
    { EMEND_RULE_SUM, "total", "net tax", 0, "net=1 EUR; tax=1 USD; total=2 EUR",
      EMEND_RULE_UNKNOWN, -1, NULL },
    { EMEND_RULE_SUM, "total", "net tax", 0, "net=1 EUR; tax=1; total=2 EUR",
      EMEND_RULE_HOLDS, -1, "1 + 1 = 2" },
    { EMEND_RULE_SUM, "total", "net tax", 0, "net=1; tax=-1.50; total=-0.5",
      EMEND_RULE_HOLDS, -1, "1 + -1.50 = -0.50" },
    { EMEND_RULE_SUM, "total", "net tax", 0, "net=x; tax=1; total=2",
      EMEND_RULE_UNKNOWN, -1, NULL },
    { EMEND_RULE_SUM, "total", "net", 0, "net=9223372036854775807; net=9223372036854775807; total=2",
      EMEND_RULE_UNKNOWN, -1, NULL },
    { EMEND_RULE_SUM, "total", "net", 0, "net=900000000000000000; net=0.000000000000000001; total=2",
      EMEND_RULE_UNKNOWN, -1, NULL },
    { EMEND_RULE_SUM, "total", "tax", 0, "tax=1; tax=2; total=3",
      EMEND_RULE_HOLDS, -1, "1 + 2 = 3" },
    { EMEND_RULE_SUM, "total", "tax", 0, "tax=1; total=1; total=3",
      EMEND_RULE_UNKNOWN, -1, NULL },
  };

  CHECK (cases);
}

static void
test_column (void)
{
  static const Case cases[] = {
    { EMEND_RULE_SUM, "total", "t.amount", 0, "t.amount.0=1.10; t.amount.1=2.20; total=3.30",
      EMEND_RULE_HOLDS, -1, "1.10 + 2.20 = 3.30" },
    { EMEND_RULE_SUM, "total", "t.amount", 0, "t.amount.0=1.10; t.amount.1=2.20; total=3.31",
      EMEND_RULE_BROKEN, -1, "1.10 + 2.20 = 3.30, not 3.31" },
    { EMEND_RULE_SUM, "total", "t.amount", 0, "t.amount.0=1.10; t.amount.1=?; total=1.10",
      EMEND_RULE_UNKNOWN, -1, NULL },
    { EMEND_RULE_SUM, "total", "t.amount", 0, "t.amount.0=1.10; t.text.1=a; total=1.10",
      EMEND_RULE_UNKNOWN, -1, NULL },
    { EMEND_RULE_SUM, "total", "t.amount", 0, "total=1.10",
      EMEND_RULE_UNKNOWN, -1, NULL },
  };

  CHECK (cases);
}

static void
test_product (void)
{
  static const Case cases[] = {
    { EMEND_RULE_PRODUCT, "t.amount", "t.n t.price", 0,
      "t.n.0=2; t.price.0=3.50; t.amount.0=7.00; t.n.1=3; t.price.1=1.10 EUR; t.amount.1=3.30 EUR",
      EMEND_RULE_HOLDS, -1, NULL },
    { EMEND_RULE_PRODUCT, "t.amount", "t.n t.price", 0,
      "t.n.4=2; t.price.4=3.50; t.amount.4=7.50; t.n.1=3; t.price.1=1.10; t.amount.1=3.30",
      EMEND_RULE_BROKEN, 4, "2 × 3.50 = 7.00, not 7.50" },
    { EMEND_RULE_PRODUCT, "t.amount", "t.n t.price", 0,
      "t.price.0=3.50; t.amount.0=7.50; t.n.1=3; t.price.1=1.10; t.amount.1=3.30",
      EMEND_RULE_UNKNOWN, -1, NULL },
    { EMEND_RULE_PRODUCT, "t.amount", "t.n t.price", 0,
      "t.n.0=1; t.price.0=3.50; t.n.1=3; t.price.1=1.10; t.amount.1=3.30",
      EMEND_RULE_UNKNOWN, -1, NULL },
    { EMEND_RULE_PRODUCT, "t.amount", "t.n rate", 0, "t.n.0=2; t.amount.0=5.0; t.n.1=4; t.amount.1=9; rate=2.5",
      EMEND_RULE_BROKEN, 1, "4 × 2.5 = 10, not 9" },
    /* Tills round to the printed decimals, up or down. */
    { EMEND_RULE_PRODUCT, "total", "net tax", 0, "net=1.5; tax=3.33; total=5.00",
      EMEND_RULE_HOLDS, -1, "1.5 × 3.33 = 5.00" },
    { EMEND_RULE_PRODUCT, "total", "net tax", 0, "net=0.125; tax=3.99; total=0.50",
      EMEND_RULE_HOLDS, -1, "0.125 × 3.99 = 0.50" },
    { EMEND_RULE_PRODUCT, "total", "net tax", 0, "net=0.125; tax=3.99; total=0.49",
      EMEND_RULE_BROKEN, -1, "0.125 × 3.99 = 0.50, not 0.49" },
    { EMEND_RULE_PRODUCT, "total", "net tax", 0, "net=99999999999; tax=99999999999; total=0.49",
      EMEND_RULE_UNKNOWN, -1, NULL },
  };

  CHECK (cases);
}

static void
test_pairs (void)
{
  static const Case cases[] = {
    { EMEND_RULE_EQUAL, "total", "net", 0, "net=1234.5; total=1234.50 EUR",
      EMEND_RULE_HOLDS, -1, NULL },
    { EMEND_RULE_EQUAL, "total", "net", 0, "net=abc; total=abd",
      EMEND_RULE_BROKEN, -1, "“abd” is not “abc”" },
    { EMEND_RULE_EQUAL, "total", "net", 0, "net=007; total=7",
      EMEND_RULE_BROKEN, -1, "“7” is not “007”" },
    { EMEND_RULE_EQUAL, "total", "net", 0, "net=7 USD; total=7 EUR",
      EMEND_RULE_UNKNOWN, -1, NULL },
    { EMEND_RULE_EQUAL, "total", "net tax", 0, "net=a; total=a",
      EMEND_RULE_UNKNOWN, -1, NULL },
    { EMEND_RULE_EQUAL, "total", "net tax", 0, "net=b; total=a",
      EMEND_RULE_BROKEN, -1, "“a” is not “b”" },
    { EMEND_RULE_BEFORE, "net", "tax", 0, "net=2020-02-09; tax=2020-02-10",
      EMEND_RULE_HOLDS, -1, NULL },
    { EMEND_RULE_BEFORE, "net", "tax", 0, "net=2020-02-09; tax=2020-02-09",
      EMEND_RULE_HOLDS, -1, NULL },
    { EMEND_RULE_BEFORE, "net", "tax", 0, "net=2020-02-11; tax=2020-02-10",
      EMEND_RULE_BROKEN, -1, "2020-02-11 comes after 2020-02-10" },
    { EMEND_RULE_BEFORE, "net", "tax", 0, "net=9.5; tax=10",
      EMEND_RULE_HOLDS, -1, NULL },
    { EMEND_RULE_BEFORE, "net", "tax", 0, "net=08:13:00; tax=08:13",
      EMEND_RULE_HOLDS, -1, NULL },
    { EMEND_RULE_BEFORE, "net", "tax", 0, "net=08:13:01; tax=08:13",
      EMEND_RULE_BROKEN, -1, "08:13:01 comes after 08:13" },
    { EMEND_RULE_BEFORE, "net", "tax", 0, "net=2020-02-11; tax=08:13",
      EMEND_RULE_UNKNOWN, -1, NULL },
    { EMEND_RULE_BEFORE, "net", "tax", 0, "net=b; tax=a",
      EMEND_RULE_UNKNOWN, -1, NULL },
    { EMEND_RULE_AFTER, "net", "tax", 0, "net=2020-02-11; tax=2020-02-10",
      EMEND_RULE_HOLDS, -1, NULL },
    { EMEND_RULE_AFTER, "net", "tax", 0, "net=9; tax=10",
      EMEND_RULE_BROKEN, -1, "9 comes before 10" },
    { EMEND_RULE_AFTER, "net", "tax", 1, "net=9; tax=10",
      EMEND_RULE_HOLDS, -1, NULL },
    { EMEND_RULE_AFTER, "t.to", "t.from", 0,
      "t.from.0=2020-01-01; t.to.0=2020-01-02; t.from.3=2020-01-05; t.to.3=2020-01-04",
      EMEND_RULE_BROKEN, 3, "2020-01-04 comes before 2020-01-05" },
  };

  CHECK (cases);
}

static EmendRule *
read_rule (const char *text,
           GError **error)
{
  g_autoptr (json_t) json = emend_json_parse (text, strlen (text), 1 << 20, NULL);

  g_assert_nonnull (json);
  return emend_rule_from_json (json, error);
}

static void
test_round_trip (void)
{
  static const char *const texts[] = {
    "{\"name\":\"r\",\"kind\":\"sum\",\"target\":\"total\",\"operands\":[\"net\",\"lines.tax\"],\"tolerance\":0.01,"
    "\"sentence\":\"It does not add up.\"}",
    "{\"name\":\"r\",\"kind\":\"before\",\"target\":\"a\",\"operands\":[\"b\"]}",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (EmendRule) rule = read_rule (texts[i], &error);
    g_autoptr (EmendRule) copy = NULL;
    GString *out = g_string_new (NULL);
    g_autoptr (EmendJsonWriter) writer = emend_json_writer_new (out, FALSE);
    g_autofree char *written = NULL;

    g_assert_no_error (error);
    copy = emend_rule_copy (rule);
    emend_rule_to_json (copy, writer);
    written = g_string_free (out, FALSE);
    g_assert_cmpstr (written, ==, texts[i]);
  }
}

static void
test_refuses (void)
{
  static const struct {
    const char *text;
    const char *member;
  } cases[] = {
    { "[]", "“name”" },
    { "{\"name\":\"\"}", "“name”" },
    { "{\"name\":\"r\"}", "“kind”" },
    { "{\"name\":\"r\",\"kind\":\"difference\"}", "“kind”" },
    { "{\"name\":\"r\",\"kind\":\"sum\"}", "“target”" },
    { "{\"name\":\"r\",\"kind\":\"sum\",\"target\":3}", "“target”" },
    { "{\"name\":\"r\",\"kind\":\"sum\",\"target\":\"a\"}", "“operands”" },
    { "{\"name\":\"r\",\"kind\":\"sum\",\"target\":\"a\",\"operands\":[]}", "“operands”" },
    { "{\"name\":\"r\",\"kind\":\"sum\",\"target\":\"a\",\"operands\":\"b\"}", "“operands”" },
    { "{\"name\":\"r\",\"kind\":\"sum\",\"target\":\"a\",\"operands\":[1]}", "“operands”" },
    { "{\"name\":\"r\",\"kind\":\"sum\",\"target\":\"a\",\"operands\":[\"b\"],\"tolerance\":-1}", "“tolerance”" },
    { "{\"name\":\"r\",\"kind\":\"sum\",\"target\":\"a\",\"operands\":[\"b\"],\"tolerance\":\"1\"}", "“tolerance”" },
    { "{\"name\":\"r\",\"kind\":\"sum\",\"target\":\"a\",\"operands\":[\"b\"],\"sentence\":1}", "“sentence”" },
    { "{\"name\":\"r\",\"kind\":\"sum\",\"target\":\"a\",\"operands\":[\"b\"],\"severity\":1}", "“severity”" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;

    g_test_message ("%s", cases[i].text);
    g_assert_null (read_rule (cases[i].text, &error));
    g_assert_error (error, EMEND_MODEL_ERROR, EMEND_MODEL_ERROR_SCHEMA);
    g_assert_nonnull (strstr (error->message, cases[i].member));
  }
}

int
main (int argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/rule/check/sum", test_sum);
  g_test_add_func ("/model/rule/check/column", test_column);
  g_test_add_func ("/model/rule/check/product", test_product);
  g_test_add_func ("/model/rule/check/pairs", test_pairs);
  g_test_add_func ("/model/rule/json/round-trip", test_round_trip);
  g_test_add_func ("/model/rule/json/refuses", test_refuses);
  return g_test_run ();
}
