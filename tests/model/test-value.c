#include "config.h"

#include "emend-model-error.h"
#include "emend-value.h"

static void
test_json (void)
{
  const char *text =
    "{\"text\":\"RM 12.5O\",\"value\":\"RM 12.50\",\"normal\":\"12.50 MYR\",\"regions\":[[1,10,20,30.5,"
    "40]],\"row\":3,\"column\":\"price\",\"source\":\"learned\",\"override\":\"rounded\",\"blind\":true,"
    "\"candidates\":[{\"value\":\"13.00\",\"score\":0.25,\"place\":[0,1,2,3,4]}]}";
  g_autoptr (GError) error = NULL;
  g_autoptr (EmendValue) value = emend_value_from_json (text, &error);
  g_autoptr (EmendValue) copy = NULL;
  g_autofree char *written = NULL;

  g_assert_no_error (error);
  g_assert_cmpstr (value->value, ==, "RM 12.50");
  g_assert_cmpint (value->row, ==, 3);
  g_assert_true (value->blind);
  copy = emend_value_copy (value);
  g_clear_pointer (&value, emend_value_free);
  written = emend_value_to_json (copy);
  g_assert_cmpstr (written, ==, text);
}

static void
test_json_empty (void)
{
  g_autoptr (EmendValue) value = emend_value_from_json ("{}", NULL);
  g_autofree char *written = emend_value_to_json (value);

  g_assert_cmpint (value->row, ==, -1);
  g_assert_null (value->value);
  g_assert_cmpstr (written, ==, "{}");
}

static void
test_json_refused (void)
{
  const char *const refused[] = {
    "[]",
    "{\"value\":1}",
    "{\"row\":-2}",
    "{\"row\":1.5}",
    "{\"regions\":[[0,1,2,3]]}",
    "{\"regions\":[[-1,1,2,3,4]]}",
    "{\"regions\":[[0,1,2,-3,4]]}",
    "{\"regions\":{}}",
    "{\"candidates\":[{\"value\":\"x\"}]}",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (refused); i++) {
    g_autoptr (GError) error = NULL;
    g_assert_null (emend_value_from_json (refused[i], &error));
    g_assert_error (error, EMEND_MODEL_ERROR, EMEND_MODEL_ERROR_VALUE);
  }
}

static void
test_same (void)
{
  g_autoptr (EmendValue) a = emend_value_new ("12");
  g_autoptr (EmendValue) b = emend_value_new ("12");

  g_assert_true (emend_value_same_words (a, b));
  g_assert_true (emend_value_same_place (a, b));
  emend_value_add_region (b, 0, &(EmendRect){ 1, 2, 3, 4 });
  g_assert_true (emend_value_same_words (a, b));
  g_assert_false (emend_value_same_place (a, b));
  b->row = 1;
  g_assert_false (emend_value_same_words (a, b));
}

int
main (int argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/value/json", test_json);
  g_test_add_func ("/model/value/json/empty", test_json_empty);
  g_test_add_func ("/model/value/json/refused", test_json_refused);
  g_test_add_func ("/model/value/same", test_same);
  return g_test_run ();
}
