#include "config.h"

#include <string.h>

#include "emend-model-error.h"
#include "emend-rule.h"

#define TOTAL(text)         \
  {                         \
    "total", NULL, -1, text \
  }
#define NET(text)         \
  {                       \
    "net", NULL, -1, text \
  }
#define TAX(text)         \
  {                       \
    "tax", NULL, -1, text \
  }
#define CELL(column, row, text) \
  {                             \
    "lines", column, row, text  \
  }

typedef struct {
  EmendRuleKind kind;
  const char *target;
  const char *operands[4];
  double tolerance;
  EmendRuleValue values[10]; /* the first without a field ends them */
  EmendRuleState state;
  int row;
  const char *explanation;
} Case;

static void
check_cases (const Case *cases,
             gsize n_cases)
{
  for (gsize i = 0; i < n_cases; i++) {
    const Case *test = &cases[i];
    g_autoptr (EmendRule) rule = emend_rule_new ("rule", test->kind, test->target, test->operands);
    g_auto (EmendRuleResult) result = { 0 };
    gsize n_values = 0;

    while (test->values[n_values].field != NULL)
      n_values++;
    rule->tolerance = test->tolerance;
    emend_rule_check (rule, test->values, n_values, &result);
    g_test_message ("case %" G_GSIZE_FORMAT ": %s", i, result.explanation);
    g_assert_cmpint (result.state, ==, test->state);
    g_assert_cmpint (result.row, ==, test->row);
    g_assert_cmpstr (result.explanation, ==, test->explanation);
  }
}

static void
test_sum (void)
{
  static const Case cases[] = {
    { EMEND_RULE_SUM, "total", { "net", "tax" }, 0, { NET ("0.1"), TAX ("0.2"), TOTAL ("0.3") }, EMEND_RULE_HOLDS, -1, "0.1 + 0.2 = 0.3" },
    { EMEND_RULE_SUM, "total", { "net", "tax" }, 0, { NET ("12.50"), TAX ("3.00"), TOTAL ("15.60") }, EMEND_RULE_BROKEN, -1, "12.50 + 3.00 = 15.50, not 15.60" },
    { EMEND_RULE_SUM, "total", { "net", "tax" }, 0.1, { NET ("12.50"), TAX ("3.00"), TOTAL ("15.60") }, EMEND_RULE_HOLDS, -1, "12.50 + 3.00 = 15.50" },
    { EMEND_RULE_SUM, "total", { "net", "tax" }, 0.01, { NET ("12.50"), TAX ("3.00"), TOTAL ("15.52") }, EMEND_RULE_BROKEN, -1, "12.50 + 3.00 = 15.50, not 15.52" },
    { EMEND_RULE_SUM, "total", { "net", "tax" }, 0, { NET ("12.50"), TOTAL ("15.60") }, EMEND_RULE_UNKNOWN, -1, NULL },
    { EMEND_RULE_SUM, "total", { "net", "tax" }, 0, { NET ("12.50"), TAX (NULL), TOTAL ("15.60") }, EMEND_RULE_UNKNOWN, -1, NULL },
    { EMEND_RULE_SUM, "total", { "net", "tax" }, 0, { NET ("12.50"), TAX ("3.00") }, EMEND_RULE_UNKNOWN, -1, NULL },
    { EMEND_RULE_SUM, "total", { "net", "tax" }, 0, { NET ("1 EUR"), TAX ("1 USD"), TOTAL ("2 EUR") }, EMEND_RULE_UNKNOWN, -1, NULL },
    { EMEND_RULE_SUM, "total", { "net", "tax" }, 0, { NET ("1 EUR"), TAX ("1"), TOTAL ("2 EUR") }, EMEND_RULE_HOLDS, -1, "1 + 1 = 2" },
    { EMEND_RULE_SUM, "total", { "net", "tax" }, 0, { NET ("1"), TAX ("-1.50"), TOTAL ("-0.5") }, EMEND_RULE_HOLDS, -1, "1 + -1.50 = -0.50" },
    { EMEND_RULE_SUM, "total", { "net", "tax" }, 0, { NET ("x"), TAX ("1"), TOTAL ("2") }, EMEND_RULE_UNKNOWN, -1, NULL },
    { EMEND_RULE_SUM, "total", { "net" }, 0, { NET ("9223372036854775807"), NET ("9223372036854775807"), TOTAL ("2") }, EMEND_RULE_UNKNOWN, -1, NULL },
    { EMEND_RULE_SUM, "total", { "net" }, 0, { NET ("900000000000000000"), NET ("0.000000000000000001"), TOTAL ("2") }, EMEND_RULE_UNKNOWN, -1, NULL },
    { EMEND_RULE_SUM, "total", { "tax" }, 0, { TAX ("1"), TAX ("2"), TOTAL ("3") }, EMEND_RULE_HOLDS, -1, "1 + 2 = 3" },
    { EMEND_RULE_SUM, "total", { "tax" }, 0, { TAX ("1"), TOTAL ("1"), TOTAL ("3") }, EMEND_RULE_UNKNOWN, -1, NULL },
  };

  check_cases (cases, G_N_ELEMENTS (cases));
}

static void
test_column (void)
{
  static const Case cases[] = {
    { EMEND_RULE_SUM, "total", { "lines.amount" }, 0, { CELL ("amount", 0, "1.10"), CELL ("amount", 1, "2.20"), TOTAL ("3.30") }, EMEND_RULE_HOLDS, -1, "1.10 + 2.20 = 3.30" },
    { EMEND_RULE_SUM, "total", { "lines.amount" }, 0, { CELL ("amount", 0, "1.10"), CELL ("amount", 1, "2.20"), TOTAL ("3.31") }, EMEND_RULE_BROKEN, -1, "1.10 + 2.20 = 3.30, not 3.31" },
    { EMEND_RULE_SUM, "total", { "lines.amount" }, 0, { CELL ("amount", 0, "1.10"), CELL ("amount", 1, NULL), TOTAL ("1.10") }, EMEND_RULE_UNKNOWN, -1, NULL },
    { EMEND_RULE_SUM, "total", { "lines.amount" }, 0, { CELL ("amount", 0, "1.10"), CELL ("text", 1, "a"), TOTAL ("1.10") }, EMEND_RULE_UNKNOWN, -1, NULL },
    { EMEND_RULE_SUM, "total", { "lines.amount" }, 0, { TOTAL ("1.10") }, EMEND_RULE_UNKNOWN, -1, NULL },
  };

  check_cases (cases, G_N_ELEMENTS (cases));
}

static void
test_product (void)
{
  static const Case cases[] = {
    { EMEND_RULE_PRODUCT, "lines.amount", { "lines.n", "lines.price" }, 0, { CELL ("n", 0, "2"), CELL ("price", 0, "3.50"), CELL ("amount", 0, "7.00"), CELL ("n", 1, "3"), CELL ("price", 1, "1.10 EUR"), CELL ("amount", 1, "3.30 EUR") }, EMEND_RULE_HOLDS, -1, NULL },
    { EMEND_RULE_PRODUCT, "lines.amount", { "lines.n", "lines.price" }, 0, { CELL ("n", 4, "2"), CELL ("price", 4, "3.50"), CELL ("amount", 4, "7.50"), CELL ("n", 1, "3"), CELL ("price", 1, "1.10"), CELL ("amount", 1, "3.30") }, EMEND_RULE_BROKEN, 4, "2 × 3.50 = 7.00, not 7.50" },
    { EMEND_RULE_PRODUCT, "lines.amount", { "lines.n", "lines.price" }, 0, { CELL ("price", 0, "3.50"), CELL ("amount", 0, "7.50"), CELL ("n", 1, "3"), CELL ("price", 1, "1.10"), CELL ("amount", 1, "3.30") }, EMEND_RULE_UNKNOWN, -1, NULL },
    { EMEND_RULE_PRODUCT, "lines.amount", { "lines.n", "lines.price" }, 0, { CELL ("n", 0, "1"), CELL ("price", 0, "3.50"), CELL ("n", 1, "3"), CELL ("price", 1, "1.10"), CELL ("amount", 1, "3.30") }, EMEND_RULE_UNKNOWN, -1, NULL },
    { EMEND_RULE_PRODUCT, "lines.amount", { "lines.n", "rate" }, 0, { CELL ("n", 0, "2"), CELL ("amount", 0, "5.0"), CELL ("n", 1, "4"), CELL ("amount", 1, "9"), { "rate", NULL, -1, "2.5" } }, EMEND_RULE_BROKEN, 1, "4 × 2.5 = 10, not 9" },
    /* Tills round to the printed decimals, up or down. */
    { EMEND_RULE_PRODUCT, "total", { "net", "tax" }, 0, { NET ("1.5"), TAX ("3.33"), TOTAL ("5.00") }, EMEND_RULE_HOLDS, -1, "1.5 × 3.33 = 5.00" },
    { EMEND_RULE_PRODUCT, "total", { "net", "tax" }, 0, { NET ("0.125"), TAX ("3.99"), TOTAL ("0.50") }, EMEND_RULE_HOLDS, -1, "0.125 × 3.99 = 0.50" },
    { EMEND_RULE_PRODUCT, "total", { "net", "tax" }, 0, { NET ("0.125"), TAX ("3.99"), TOTAL ("0.49") }, EMEND_RULE_BROKEN, -1, "0.125 × 3.99 = 0.50, not 0.49" },
    { EMEND_RULE_PRODUCT, "total", { "net", "tax" }, 0, { NET ("99999999999"), TAX ("99999999999"), TOTAL ("0.49") }, EMEND_RULE_UNKNOWN, -1, NULL },
  };

  check_cases (cases, G_N_ELEMENTS (cases));
}

static void
test_pairs (void)
{
  static const Case cases[] = {
    { EMEND_RULE_EQUAL, "total", { "net" }, 0, { NET ("1234.5"), TOTAL ("1234.50 EUR") }, EMEND_RULE_HOLDS, -1, NULL },
    { EMEND_RULE_EQUAL, "total", { "net" }, 0, { NET ("abc"), TOTAL ("abd") }, EMEND_RULE_BROKEN, -1, "“abd” is not “abc”" },
    { EMEND_RULE_EQUAL, "total", { "net" }, 0, { NET ("007"), TOTAL ("7") }, EMEND_RULE_BROKEN, -1, "“7” is not “007”" },
    { EMEND_RULE_EQUAL, "total", { "net" }, 0, { NET ("7 USD"), TOTAL ("7 EUR") }, EMEND_RULE_UNKNOWN, -1, NULL },
    { EMEND_RULE_EQUAL, "total", { "net", "tax" }, 0, { NET ("a"), TOTAL ("a") }, EMEND_RULE_UNKNOWN, -1, NULL },
    { EMEND_RULE_EQUAL, "total", { "net", "tax" }, 0, { NET ("b"), TOTAL ("a") }, EMEND_RULE_BROKEN, -1, "“a” is not “b”" },
    { EMEND_RULE_BEFORE, "net", { "tax" }, 0, { NET ("2020-02-09"), TAX ("2020-02-10") }, EMEND_RULE_HOLDS, -1, NULL },
    { EMEND_RULE_BEFORE, "net", { "tax" }, 0, { NET ("2020-02-09"), TAX ("2020-02-09") }, EMEND_RULE_HOLDS, -1, NULL },
    { EMEND_RULE_BEFORE, "net", { "tax" }, 0, { NET ("2020-02-11"), TAX ("2020-02-10") }, EMEND_RULE_BROKEN, -1, "2020-02-11 comes after 2020-02-10" },
    { EMEND_RULE_BEFORE, "net", { "tax" }, 0, { NET ("9.5"), TAX ("10") }, EMEND_RULE_HOLDS, -1, NULL },
    { EMEND_RULE_BEFORE, "net", { "tax" }, 0, { NET ("08:13:00"), TAX ("08:13") }, EMEND_RULE_HOLDS, -1, NULL },
    { EMEND_RULE_BEFORE, "net", { "tax" }, 0, { NET ("08:13:01"), TAX ("08:13") }, EMEND_RULE_BROKEN, -1, "08:13:01 comes after 08:13" },
    { EMEND_RULE_BEFORE, "net", { "tax" }, 0, { NET ("2020-02-11"), TAX ("08:13") }, EMEND_RULE_UNKNOWN, -1, NULL },
    { EMEND_RULE_BEFORE, "net", { "tax" }, 0, { NET ("b"), TAX ("a") }, EMEND_RULE_UNKNOWN, -1, NULL },
    { EMEND_RULE_AFTER, "net", { "tax" }, 0, { NET ("2020-02-11"), TAX ("2020-02-10") }, EMEND_RULE_HOLDS, -1, NULL },
    { EMEND_RULE_AFTER, "net", { "tax" }, 0, { NET ("9"), TAX ("10") }, EMEND_RULE_BROKEN, -1, "9 comes before 10" },
    { EMEND_RULE_AFTER, "net", { "tax" }, 1, { NET ("9"), TAX ("10") }, EMEND_RULE_HOLDS, -1, NULL },
    { EMEND_RULE_AFTER, "lines.to", { "lines.from" }, 0, { CELL ("from", 0, "2020-01-01"), CELL ("to", 0, "2020-01-02"), CELL ("from", 3, "2020-01-05"), CELL ("to", 3, "2020-01-04") }, EMEND_RULE_BROKEN, 3, "2020-01-04 comes before 2020-01-05" },
  };

  check_cases (cases, G_N_ELEMENTS (cases));
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
