#include "config.h"

#include <locale.h>
#include <math.h>
#include <string.h>

#include "emend-json.h"
#include "emend-normal.h"
#include "emend-test.h"

#define SROIE "receipts/sroie"

static char *
read_file (const char *folder,
           const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  char *text = NULL;
  g_autoptr (GError) error = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  return text;
}

static json_t *
read_json (const char *folder,
           const char *name)
{
  g_autofree char *text = read_file (folder, name);
  g_autoptr (GError) error = NULL;
  json_t *json = emend_json_parse (text, strlen (text), 1 << 20, &error);

  g_assert_no_error (error);
  return json;
}

static char *
normalise (EmendFieldType type,
           const char *text)
{
  g_autoptr (EmendField) field = emend_field_new (1, "field", type);
  g_auto (EmendNormal) result = { 0 };

  if (!emend_field_parse (field, NULL, text, &result))
    g_test_message ("%s", result.problem);
  return g_steal_pointer (&result.normal);
}

/* Every date and total of the receipts that a person wrote down can be read. */
static void
test_receipts (void)
{
  g_autofree char *folder = emend_test_shared (SROIE "/truth_fields");
  g_autoptr (GDir) dir = folder != NULL ? g_dir_open (folder, 0, NULL) : NULL;
  const char *name;
  int n_values = 0;

  if (folder == NULL)
    return;
  while ((name = g_dir_read_name (dir)) != NULL) {
    g_autoptr (json_t) json = read_json (folder, name);
    const char *date = json_string_value (json_object_get (json, "date"));
    const char *total = json_string_value (json_object_get (json, "total"));

    if (date != NULL && *date != '\0') {
      g_autofree char *normal = normalise (EMEND_FIELD_DATE, date);
      g_assert_nonnull (normal);
      g_assert_true (g_str_has_prefix (normal, "201"));
      n_values++;
    }
    if (total != NULL && *total != '\0') {
      g_autofree char *normal = normalise (EMEND_FIELD_AMOUNT, total);
      g_assert_nonnull (normal);
      n_values++;
    }
  }
  g_test_message ("%d values", n_values);
  g_assert_cmpint (n_values, ==, 245); /* 123 receipts; one has no total */
}

/* Takes a line of RFC 4180 apart. */
static GPtrArray *
split_line (const char *line)
{
  GPtrArray *cells = g_ptr_array_new_with_free_func (g_free);
  GString *cell = g_string_new (NULL);
  gboolean quoted = FALSE;

  for (const char *p = line; *p != '\0' && *p != '\r'; p++) {
    if (*p == '"' && quoted && p[1] == '"')
      g_string_append_c (cell, *p++);
    else if (*p == '"')
      quoted = !quoted;
    else if (*p == ',' && !quoted) {
      g_ptr_array_add (cells, g_strdup (cell->str));
      g_string_truncate (cell, 0);
    } else
      g_string_append_c (cell, *p);
  }
  g_ptr_array_add (cells, g_string_free (cell, FALSE));
  return cells;
}

static gboolean
same_value (EmendFieldType type,
            const char *a,
            const char *b)
{
  g_autofree char *left = normalise (type, a);
  g_autofree char *right = normalise (type, b);
  double x, y;

  if (type == EMEND_FIELD_AMOUNT && emend_normal_to_number (left, &x, NULL) && emend_normal_to_number (right, &y, NULL))
    return fabs (x - y) < 0.005;
  return left != NULL && g_strcmp0 (left, right) == 0;
}

/* Another program compared what was published with what a model read; we come to the same verdicts. The one exception
 * is its own mistake: it reads every date day first and so takes 2016/05/01 and 2016-05-01 for different days. */
static void
test_agreement (void)
{
  g_autofree char *folder = emend_test_shared (SROIE);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  int n_same = 0;
  int n_all = 0;

  if (folder == NULL)
    return;
  text = read_file (folder, "EXPECTED_field_agreement.csv");
  lines = g_strsplit (text, "\n", -1);
  for (char **line = lines + 1; *line != NULL; line++) {
    g_autoptr (GPtrArray) cells = split_line (*line);
    EmendFieldType type = EMEND_FIELD_AMOUNT;
    gboolean same, expected;

    if (cells->len != 6)
      continue;
    if (g_str_equal (cells->pdata[1], "date"))
      type = EMEND_FIELD_DATE;
    else if (!g_str_equal (cells->pdata[1], "total"))
      continue;
    expected = g_str_equal (cells->pdata[5], "1") || g_str_equal (cells->pdata[2], "2016/05/01");
    same = same_value (type, cells->pdata[2], cells->pdata[3]);
    if (same != expected)
      g_test_message ("verdict differs: %s", *line);
    n_same += same == expected ? 1 : 0;
    n_all++;
  }
  g_test_message ("%d of %d verdicts", n_same, n_all);
  g_assert_cmpint (n_all, ==, 238); /* 119 dates, 119 totals */
  g_assert_cmpint (n_same, ==, n_all);
}

/* What a well-known extractor is expected to give for its own invoices. */
static void
test_invoices (void)
{
  static const char *const files[] = {
    "AmazonWebServices.json",
    "AzureInterior.json",
    "FlipkartInvoice.json",
    "NetpresseInvoice.json",
    "QualityHosting.json",
    "SammyMaystoneLinesTest.json",
  };
  g_autofree char *folder = emend_test_shared ("receipts/invoice2data");
  int n_values = 0;

  for (gsize i = 0; folder != NULL && i < G_N_ELEMENTS (files); i++) {
    g_autoptr (json_t) json = read_json (folder, files[i]);
    json_t *invoice = json_array_get (json, 0);
    const char *key;
    json_t *value;

    json_object_foreach (invoice, key, value)
    {
      g_autofree char *normal = NULL;

      if (g_str_has_prefix (key, "date")) {
        normal = normalise (EMEND_FIELD_DATE, json_string_value (value));
        g_assert_cmpstr (normal, ==, json_string_value (value));
        n_values++;
      } else if (g_str_has_prefix (key, "amount")) {
        g_autofree char *text = g_strdup_printf ("%s %.2f", json_string_value (json_object_get (invoice, "currency")),
                                                 json_number_value (value));
        double number;

        normal = normalise (EMEND_FIELD_AMOUNT, text);
        g_assert_true (emend_normal_to_number (normal, &number, NULL));
        g_assert_cmpfloat (number, ==, json_number_value (value));
        n_values++;
      }
    }
  }
  g_assert_true (folder == NULL || n_values > 15);
}

/* Strings that programs trip over: whatever they are taken for, the answer is a value or a sentence. */
static void
test_naughty (void)
{
  g_autofree char *folder = emend_test_shared ("hostile/text");
  g_autoptr (json_t) json = folder != NULL ? read_json (folder, "blns.json") : NULL;

  g_assert_true (folder == NULL || json_array_size (json) > 400);
  for (gsize i = 0; i < json_array_size (json); i++) {
    const char *text = json_string_value (json_array_get (json, i));

    for (int type = EMEND_FIELD_TEXT; type <= EMEND_FIELD_TABLE; type++) {
      g_autoptr (EmendField) field = emend_field_new (1, "field", (EmendFieldType) type);
      g_auto (EmendNormal) result = { 0 };

      emend_field_parse (field, NULL, text, &result);
      g_assert_true ((result.normal != NULL) != (result.problem != NULL));
      if (type == EMEND_FIELD_DATE && result.normal != NULL)
        g_test_message ("date: %s -> %s", text, result.normal);
      if (type == EMEND_FIELD_AMOUNT && result.normal != NULL)
        g_test_message ("amount: %s -> %s", text, result.normal);
    }
  }
}

/* Dates and numbers as Python prints them, which knows what they are. */
static void
test_python (void)
{
  g_autofree char *script = g_test_build_filename (G_TEST_DIST, "model", "normal-cases.py", NULL);
  const char *const argv[] = { "python3", script, NULL };
  g_autofree char *output = emend_test_run (argv, 0);
  g_auto (GStrv) lines = g_strsplit (output, "\n", -1);
  int n_cases = 0;

  for (char **line = lines; **line != '\0'; line++) {
    g_auto (GStrv) cells = g_strsplit (*line, "\t", -1);
    g_autoptr (EmendField) field = NULL;
    g_auto (EmendNormal) result = { 0 };
    EmendFieldType type = EMEND_FIELD_TEXT;

    g_assert_cmpint (g_strv_length (cells), ==, 4);
    g_assert_true (emend_field_type_from_name (cells[0], &type));
    field = emend_field_new (1, "field", type);
    field->date_order = g_str_equal (cells[1], "mdy") ? EMEND_DATE_MDY : EMEND_DATE_DMY;
    emend_field_parse (field, NULL, cells[2], &result);
    if (g_strcmp0 (result.normal, cells[3]) != 0)
      g_error ("%s %s: “%s” is %s, not %s", cells[0], cells[1], cells[2], result.normal, cells[3]);
    n_cases++;
  }
  g_test_message ("%d cases", n_cases);
  g_assert_cmpint (n_cases, >, 10000);
}

int
main (int argc,
      char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/normal/data/receipts", test_receipts);
  g_test_add_func ("/model/normal/data/agreement", test_agreement);
  g_test_add_func ("/model/normal/data/invoices", test_invoices);
  g_test_add_func ("/model/normal/data/naughty", test_naughty);
  g_test_add_func ("/model/normal/data/python", test_python);
  return g_test_run ();
}
