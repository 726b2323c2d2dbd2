#include "config.h"

#include <string.h>

#include "emend-model-error.h"
#include "emend-schema.h"

static EmendSchema *
make_schema (void)
{
  static const char *const choices[] = { "front", "back", NULL };
  static const char *const decisions[] = { "good", "blurred", NULL };
  EmendSchema *schema = emend_schema_new ();
  int car = emend_schema_add_label (schema, "car", G_MAXUINT32, 0);
  int person = emend_schema_add_label (schema, "person", 0x112233, 'p');

  emend_schema_add_attribute (schema, car, "side", EMEND_ATTRIBUTE_CHOICE, choices);
  emend_schema_add_attribute (schema, person, "occluded", EMEND_ATTRIBUTE_BOOLEAN, NULL);
  emend_schema_set_label_retired (schema, person, TRUE);
  emend_schema_set_item_decisions (schema, decisions);
  return schema;
}

static void
test_round_trip (void)
{
  g_autoptr (EmendSchema) schema = make_schema ();
  g_autofree char *text = emend_schema_to_json (schema, TRUE);
  g_autoptr (GError) error = NULL;
  g_autoptr (EmendSchema) back = emend_schema_from_json (text, strlen (text), &error);
  g_autoptr (EmendSchema) copy = NULL;
  g_autofree char *again = NULL;
  g_autofree char *copied = NULL;

  g_assert_no_error (error);
  again = emend_schema_to_json (back, TRUE);
  g_assert_cmpstr (again, ==, text);
  copy = emend_schema_copy (back);
  copied = emend_schema_to_json (copy, TRUE);
  g_assert_cmpstr (copied, ==, text);
}

static void
test_labels (void)
{
  g_autoptr (EmendSchema) schema = make_schema ();

  g_assert_cmpint (emend_schema_add_label (schema, "car", 0, 0), ==, 0);
  g_assert_cmpint (emend_schema_add_label (schema, "", 0, 0), ==, 0);
  g_assert_cmpint (emend_schema_find_label_by_name (schema, "car")->key, ==, '1');
  g_assert_null (emend_schema_find_label_by_key (schema, 'p'));
  g_assert_false (emend_schema_rename_label (schema, 1, "person"));
  g_assert_true (emend_schema_rename_label (schema, 1, "vehicle"));
  g_assert_cmpstr (emend_schema_find_label (schema, 1)->name, ==, "vehicle");
  emend_schema_set_label_key (schema, 2, '1');
  g_assert_cmpint (emend_schema_find_label (schema, 1)->key, ==, 0);
}

static void
test_colors (void)
{
  g_assert_cmphex (emend_schema_get_color (0), ==, 0xE69F00);
  g_assert_cmphex (emend_schema_get_color (11), ==, 0x88CCEE);
  for (gsize i = 0; i < 48; i++) {
    for (gsize j = 0; j < i; j++)
      g_assert_cmphex (emend_schema_get_color (i), !=, emend_schema_get_color (j));
  }
}

/* Numbers are never used again, also when the file's order is not theirs. */
static void
test_ids_from_file (void)
{
  const char *text = "{\"labels\":[{\"name\":\"a\",\"id\":7},{\"name\":\"b\"},{\"name\":\"c\",\"id\":2}]}";
  g_autoptr (GError) error = NULL;
  g_autoptr (EmendSchema) schema = emend_schema_from_json (text, strlen (text), &error);

  g_assert_no_error (error);
  g_assert_cmpint (emend_schema_find_label_by_name (schema, "b")->id, ==, 8);
  g_assert_cmpint (emend_schema_add_label (schema, "d", G_MAXUINT32, 0), ==, 9);
}

static void
test_refuses (void)
{
  static const char *const texts[] = {
    "[]",
    "{}",
    "{\"labels\":[{}]}",
    "{\"labels\":[{\"name\":\"\"}]}",
    "{\"labels\":[{\"name\":\"a\"},{\"name\":\"a\"}]}",
    "{\"labels\":[{\"name\":\"a\",\"color\":\"red\"}]}",
    "{\"labels\":[{\"name\":\"a\",\"id\":0}]}",
    "{\"labels\":[{\"name\":\"a\",\"id\":1},{\"name\":\"b\",\"id\":1}]}",
    "{\"labels\":[{\"name\":\"a\",\"shapes\":[\"sphere\"]}]}",
    "{\"labels\":[{\"name\":\"a\",\"attributes\":[{\"name\":\"x\",\"type\":\"y\"}]}]}",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_autoptr (GError) error = NULL;

    g_assert_null (emend_schema_from_json (texts[i], strlen (texts[i]), &error));
    g_assert_error (error, EMEND_MODEL_ERROR, EMEND_MODEL_ERROR_SCHEMA);
  }
}

int
main (int argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/schema/json/round-trip", test_round_trip);
  g_test_add_func ("/model/schema/json/ids", test_ids_from_file);
  g_test_add_func ("/model/schema/json/refuses", test_refuses);
  g_test_add_func ("/model/schema/labels/rules", test_labels);
  g_test_add_func ("/model/schema/colors/distinct", test_colors);
  return g_test_run ();
}
