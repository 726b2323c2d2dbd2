#include "config.h"

#include <math.h>
#include <string.h>

#include "emend-field.h"
#include "emend-model-error.h"

static EmendField *
read_field (const char *text,
            GError **error)
{
  g_autoptr (json_t) json = emend_json_parse (text, strlen (text), 1 << 20, NULL);

  g_assert_nonnull (json);
  return emend_field_from_json (json, error);
}

static char *
write_field (const EmendField *field)
{
  GString *out = g_string_new (NULL);
  g_autoptr (EmendJsonWriter) writer = emend_json_writer_new (out, FALSE);

  emend_field_to_json (field, writer);
  return g_string_free (out, FALSE);
}

static void
test_round_trip (void)
{
  static const char *const texts[] = {
    "{\"id\":3,\"name\":\"date\",\"title\":\"Date of invoice\",\"type\":\"date\",\"required\":true,\"order\":\"mdy\"}",
    "{\"name\":\"total\",\"type\":\"amount\",\"repeatable\":true,\"blind\":true,\"retired\":true,\"currency\":\"EUR\","
    "\"min\":-0.5,\"max\":1000}",
    "{\"name\":\"number\",\"type\":\"code\",\"pattern\":\"[A-Z]{2}\\\\d+\",\"min_length\":3,\"max_length\":12}",
    "{\"name\":\"kind\",\"type\":\"choice\",\"choices\":[\"invoice\",\"credit note\"]}",
    "{\"name\":\"vendor\",\"type\":\"choice\",\"list\":\"vendors\"}",
    "{\"id\":9,\"name\":\"lines\",\"type\":\"table\",\"columns\":[{\"name\":\"quantity\",\"type\":\"number\"},"
    "{\"name\":\"price\",\"type\":\"amount\",\"currency\":\"MYR\"}]}",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (EmendField) field = read_field (texts[i], &error);
    g_autoptr (EmendField) copy = NULL;
    g_autofree char *written = NULL;

    g_assert_no_error (error);
    copy = emend_field_copy (field);
    written = write_field (copy);
    g_assert_cmpstr (written, ==, texts[i]);
  }
}

static void
test_members (void)
{
  g_autoptr (EmendField) field = read_field ("{\"name\":\"lines\",\"type\":\"table\",\"columns\":["
                                             "{\"name\":\"day\",\"type\":\"date\",\"order\":\"ymd\",\"min\":2}]}",
                                             NULL);
  const EmendField *column = emend_field_find_column (field, "day");

  g_assert_nonnull (column);
  g_assert_null (emend_field_find_column (field, "night"));
  g_assert_null (emend_field_find_column (column, "day"));
  g_assert_cmpint (column->id, ==, 0);
  g_assert_cmpint (column->date_order, ==, EMEND_DATE_YMD);
  g_assert_cmpfloat (column->minimum, ==, 2);
  g_assert_true (isnan (column->maximum));
  g_assert_cmpstr (emend_field_get_title (column), ==, "day");
  g_free (field->title);
  field->title = g_strdup ("Items");
  g_assert_cmpstr (emend_field_get_title (field), ==, "Items");
}

/* What is refused, and what the sentence must name. */
static void
test_refuses (void)
{
  static const struct {
    const char *text;
    const char *field;
    const char *member;
  } cases[] = {
    { "[]", "“”", "“name”" },
    { "{}", "“”", "“name”" },
    { "{\"name\":\"\",\"type\":\"text\"}", "“”", "“name”" },
    { "{\"name\":\"a\\nb\",\"type\":\"text\"}", "“”", "“name”" },
    { "{\"name\":\"a\"}", "“a”", "“type”" },
    { "{\"name\":\"a\",\"type\":\"money\"}", "“a”", "“type”" },
    { "{\"name\":\"a\",\"type\":7}", "“a”", "“type”" },
    { "{\"name\":\"a\",\"type\":\"text\",\"id\":0}", "“a”", "“id”" },
    { "{\"name\":\"a\",\"type\":\"text\",\"id\":\"1\"}", "“a”", "“id”" },
    { "{\"name\":\"a\",\"type\":\"text\",\"id\":2147483647}", "“a”", "“id”" },
    { "{\"name\":\"a\",\"type\":\"text\",\"title\":1}", "“a”", "“title”" },
    { "{\"name\":\"a\",\"type\":\"text\",\"required\":1}", "“a”", "“required”" },
    { "{\"name\":\"a\",\"type\":\"text\",\"repeatable\":\"yes\"}", "“a”", "“repeatable”" },
    { "{\"name\":\"a\",\"type\":\"text\",\"blind\":null}", "“a”", "“blind”" },
    { "{\"name\":\"a\",\"type\":\"text\",\"retired\":[]}", "“a”", "“retired”" },
    { "{\"name\":\"a\",\"type\":\"date\",\"order\":\"ydm\"}", "“a”", "“order”" },
    { "{\"name\":\"a\",\"type\":\"amount\",\"currency\":\"eur\"}", "“a”", "“currency”" },
    { "{\"name\":\"a\",\"type\":\"amount\",\"currency\":\"EURO\"}", "“a”", "“currency”" },
    { "{\"name\":\"a\",\"type\":\"code\",\"pattern\":\"(\"}", "“a”", "“pattern”" },
    { "{\"name\":\"a\",\"type\":\"code\",\"pattern\":\"a)|(b\"}", "“a”", "“pattern”" },
    { "{\"name\":\"a\",\"type\":\"code\",\"pattern\":5}", "“a”", "“pattern”" },
    { "{\"name\":\"a\",\"type\":\"number\",\"min\":\"1\"}", "“a”", "“min”" },
    { "{\"name\":\"a\",\"type\":\"number\",\"min\":2,\"max\":1}", "“a”", "“max”" },
    { "{\"name\":\"a\",\"type\":\"text\",\"min_length\":-1}", "“a”", "“min_length”" },
    { "{\"name\":\"a\",\"type\":\"text\",\"max_length\":1.5}", "“a”", "“max_length”" },
    { "{\"name\":\"a\",\"type\":\"text\",\"min_length\":3,\"max_length\":2}", "“a”", "“max_length”" },
    { "{\"name\":\"a\",\"type\":\"choice\"}", "“a”", "“choices”" },
    { "{\"name\":\"a\",\"type\":\"choice\",\"choices\":[]}", "“a”", "“choices”" },
    { "{\"name\":\"a\",\"type\":\"choice\",\"choices\":[\"x\",\"x\"]}", "“a”", "“choices”" },
    { "{\"name\":\"a\",\"type\":\"choice\",\"choices\":[1]}", "“a”", "“choices”" },
    { "{\"name\":\"a\",\"type\":\"choice\",\"list\":[]}", "“a”", "“list”" },
    { "{\"name\":\"a\",\"type\":\"text\",\"colour\":\"red\"}", "“a”", "“colour”" },
    { "{\"name\":\"a\",\"type\":\"table\"}", "“a”", "“columns”" },
    { "{\"name\":\"a\",\"type\":\"table\",\"columns\":[]}", "“a”", "“columns”" },
    { "{\"name\":\"a\",\"type\":\"text\",\"columns\":[]}", "“a”", "“columns”" },
    { "{\"name\":\"a\",\"type\":\"table\",\"columns\":[{\"name\":\"b\",\"type\":\"text\"},"
      "{\"name\":\"b\",\"type\":\"date\"}]}",
      "“a”", "“b”" },
    { "{\"name\":\"a\",\"type\":\"table\",\"columns\":[{\"name\":\"b\",\"type\":\"table\"}]}", "“b”", "“type”" },
    { "{\"name\":\"a\",\"type\":\"table\",\"columns\":[{\"type\":\"text\"}]}", "“a”", "“name”" },
    { "{\"name\":\"a\",\"type\":\"table\",\"columns\":[{\"name\":\"b\",\"type\":\"text\",\"id\":4}]}", "“b”", "“id”" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;

    g_test_message ("%s", cases[i].text);
    g_assert_null (read_field (cases[i].text, &error));
    g_assert_error (error, EMEND_MODEL_ERROR, EMEND_MODEL_ERROR_SCHEMA);
    g_assert_nonnull (strstr (error->message, cases[i].field));
    g_assert_nonnull (strstr (error->message, cases[i].member));
  }
}

static void
test_too_many_columns (void)
{
  for (int n = 200; n <= 201; n++) {
    g_autoptr (EmendField) field = emend_field_new (1, "table", EMEND_FIELD_TABLE);
    g_autofree char *text = NULL;
    g_autoptr (GError) error = NULL;
    g_autoptr (EmendField) back = NULL;

    for (int i = 0; i < n; i++) {
      g_autofree char *name = g_strdup_printf ("c%d", i);
      g_ptr_array_add (field->columns, emend_field_new (0, name, EMEND_FIELD_TEXT));
    }
    text = write_field (field);
    back = read_field (text, &error);
    g_assert_cmpint (back != NULL, ==, n == 200);
  }
}

static void
test_types (void)
{
  EmendFieldType type = EMEND_FIELD_TEXT;

  for (int i = EMEND_FIELD_TEXT; i <= EMEND_FIELD_TABLE; i++) {
    g_assert_true (emend_field_type_from_name (emend_field_type_to_name ((EmendFieldType) i), &type));
    g_assert_cmpint (type, ==, i);
  }
  g_assert_false (emend_field_type_from_name ("money", &type));
}

static void
test_list (void)
{
  static const char *const aliases[] = { "Deutsche Bahn", "DB", NULL };
  static const char *const others[] = { "Muller GmbH", "DB", NULL };
  g_autoptr (EmendList) list = emend_list_new ("vendors");
  g_autoptr (EmendList) copy = NULL;

  emend_list_add (list, "DB Fernverkehr AG", aliases);
  emend_list_add (list, "Müller & Söhne", others);
  emend_list_add (list, "Łódź Sp. z o.o.", NULL);
  emend_list_add (list, "Muller GmbH", NULL);
  emend_list_add (list, "---", NULL);
  copy = emend_list_copy (list);
  g_assert_cmpstr (emend_list_find (copy, "DB Fernverkehr AG"), ==, "DB Fernverkehr AG");
  g_assert_cmpstr (emend_list_find (copy, "db-fernverkehr ag."), ==, "DB Fernverkehr AG");
  g_assert_cmpstr (emend_list_find (copy, "DEUTSCHE  BAHN"), ==, "DB Fernverkehr AG");
  g_assert_cmpstr (emend_list_find (copy, "MUELLER"), ==, NULL);
  g_assert_cmpstr (emend_list_find (copy, "muller, sohne"), ==, "Müller & Söhne");
  g_assert_cmpstr (emend_list_find (copy, "LODZ SP Z OO"), ==, "Łódź Sp. z o.o.");
  /* A name beats an alias, two aliases cancel each other. */
  g_assert_cmpstr (emend_list_find (copy, "Muller GmbH"), ==, "Muller GmbH");
  g_assert_cmpstr (emend_list_find (copy, "Müller GMBH"), ==, "Muller GmbH");
  g_assert_cmpstr (emend_list_find (copy, "DB"), ==, NULL);
  g_assert_cmpstr (emend_list_find (copy, "---"), ==, "---");
  g_assert_cmpstr (emend_list_find (copy, "..."), ==, NULL);
  g_assert_cmpstr (emend_list_find (copy, ""), ==, NULL);
}

/* Corrections teach spellings; what the list says itself is stronger, and what was refused is not learned again. */
static void
test_list_learn (void)
{
  const char *const aliases[] = { "Acme", NULL };
  g_autoptr (EmendList) list = emend_list_new ("vendors");
  g_autoptr (EmendList) copy = NULL;
  g_autoptr (EmendList) kept = NULL;

  emend_list_add (list, "Acme Limited", aliases);
  emend_list_add (list, "Paper Ltd.", NULL);
  g_assert_true (emend_list_learn (list, "ACME LTD.", "acme limited"));
  g_assert_true (emend_list_learn (list, "AC ME", "Paper Ltd.") == FALSE); /* is "Acme" already */
  g_assert_false (emend_list_learn (list, "acme ltd", "Paper Ltd."));
  g_assert_false (emend_list_learn (list, "--", "Paper Ltd."));
  g_assert_false (emend_list_learn (list, "P. L.", "Nobody"));
  g_assert_true (emend_list_learn (list, "P. L.", "Paper Ltd."));
  g_assert_cmpstr (emend_list_find (list, "Acme Ltd"), ==, "Acme Limited");
  g_assert_cmpstr (emend_list_find (list, "PL"), ==, "Paper Ltd.");
  g_assert_cmpstr (emend_list_find_own (list, "PL"), ==, NULL);
  copy = emend_list_copy (list);
  g_assert_true (emend_list_learned_alike (copy, list));
  emend_list_refuse (copy, "p l");
  g_assert_false (emend_list_learned_alike (copy, list));
  g_assert_false (emend_list_learn (copy, "P.L.", "Paper Ltd."));
  g_assert_cmpstr (emend_list_find (copy, "PL"), ==, NULL);
  kept = emend_list_copy_with_learned (copy);
  g_assert_cmpuint (kept->learned->len, ==, 0);
  g_assert_cmpstr (emend_list_find_own (kept, "Acme Ltd"), ==, "Acme Limited");
  g_assert_cmpuint (kept->refused->len, ==, 1);
  emend_list_forget (list);
  g_assert_cmpstr (emend_list_find (list, "Acme Ltd"), ==, NULL);
}

static void
test_long_list (void)
{
  g_autoptr (EmendList) list = emend_list_new ("vendors");
  gint64 start = g_get_monotonic_time ();

  for (int i = 0; i < 20000; i++) {
    g_autofree char *value = g_strdup_printf ("Händler Nr. %d", i);
    g_autofree char *alias = g_strdup_printf ("shop #%d", i);
    const char *const aliases[] = { alias, NULL };

    emend_list_add (list, value, aliases);
  }
  for (int i = 0; i < 5000; i++) {
    g_autofree char *text = g_strdup_printf ("HANDLER NR %d", i);
    g_autofree char *value = g_strdup_printf ("Händler Nr. %d", i);

    g_assert_cmpstr (emend_list_find (list, text), ==, value);
  }
  g_assert_cmpstr (emend_list_find (list, "Shop 19999"), ==, "Händler Nr. 19999");
  g_test_message ("%.0f ms", (double) (g_get_monotonic_time () - start) / 1000);
  g_assert_cmpint (g_get_monotonic_time () - start, <, 30 * G_USEC_PER_SEC);
}

int
main (int argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/field/json/round-trip", test_round_trip);
  g_test_add_func ("/model/field/json/members", test_members);
  g_test_add_func ("/model/field/json/refuses", test_refuses);
  g_test_add_func ("/model/field/json/columns", test_too_many_columns);
  g_test_add_func ("/model/field/type/names", test_types);
  g_test_add_func ("/model/field/list/find", test_list);
  g_test_add_func ("/model/field/list/find/learn", test_list_learn);
  g_test_add_func ("/model/field/list/long", test_long_list);
  return g_test_run ();
}
