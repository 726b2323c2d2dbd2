#include "config.h"

#include "emend-uuid.h"

static void
test_v7 (void)
{
  gint64 before = g_get_real_time () / 1000;
  EmendUuid uuid;
  guint64 ms = 0;

  emend_uuid_init_v7 (&uuid);
  for (int i = 0; i < 6; i++)
    ms = ms << 8 | uuid.bytes[i];
  g_assert_cmpint ((gint64) ms, >=, before);
  g_assert_cmpint ((gint64) ms, <=, g_get_real_time () / 1000);
  g_assert_cmpint (uuid.bytes[6] >> 4, ==, 7);
  g_assert_cmpint (uuid.bytes[8] >> 6, ==, 2);
}

static void
test_v7_unique (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (emend_uuid_hash, emend_uuid_equal, g_free, NULL);

  for (int i = 0; i < 10000; i++) {
    EmendUuid *uuid = g_new0 (EmendUuid, 1);

    emend_uuid_init_v7 (uuid);
    g_assert_true (g_hash_table_add (seen, uuid));
  }
}

static void
test_parse (void)
{
  const char *text = "0190163d-8694-739b-aea5-966c26f8ad91";
  g_autofree char *back = NULL;
  EmendUuid uuid;

  g_assert_true (emend_uuid_parse (text, &uuid));
  back = emend_uuid_to_string (&uuid);
  g_assert_cmpstr (back, ==, text);
  g_assert_true (emend_uuid_parse ("0190163D-8694-739B-AEA5-966C26F8AD91", &uuid));
  g_assert_false (emend_uuid_is_nil (&uuid));
}

static void
test_parse_refuses (void)
{
  static const char *const texts[] = {
    "",
    "0190163d8694739baea5966c26f8ad91",
    "0190163d-8694-739b-aea5-966c26f8ad9",
    "0190163d-8694-739b-aea5-966c26f8ad911",
    "0190163g-8694-739b-aea5-966c26f8ad91",
    "{0190163d-8694-739b-aea5-966c26f8ad9",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++) {
    EmendUuid uuid = { 0 };

    g_assert_false (emend_uuid_parse (texts[i], &uuid));
    g_assert_true (emend_uuid_is_nil (&uuid));
  }
}

int
main (int argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/uuid/init-v7/layout", test_v7);
  g_test_add_func ("/base/uuid/init-v7/unique", test_v7_unique);
  g_test_add_func ("/base/uuid/parse/both-cases", test_parse);
  g_test_add_func ("/base/uuid/parse/refuses", test_parse_refuses);
  return g_test_run ();
}
