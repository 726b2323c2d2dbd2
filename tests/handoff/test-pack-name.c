#define G_LOG_DOMAIN "emend-test"

#include "config.h"

#include <string.h>

#include "emend-pack-name.h"

static void
test_check_allowed (void)
{
  static const char *const names[] = {
    "data/project.emend",
    "a",
    "data/Übung 東京.txt",
    "data/100% sure.jpg",
    "data/.hidden",
    "data/a..b",
    "data/console.txt",
    "data/com.txt",
    "data/com10.txt",
    "data/a/b/c/d/e/f/g/h/i/j/k/l/m/n/o/p",
    "data/(1) & 'two'; $three #4.jpg",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    g_assert_cmpstr (emend_pack_name_check (names[i]), ==, NULL);
}

static void
test_check_refused (void)
{
  static const char *const names[] = {
    "",
    "/",
    "/a",
    "a/",
    "a//b",
    ".",
    "..",
    "a/..",
    "../a",
    "a/./b",
    "a/../b",
    "C:",
    "c:/a",
    "a\\b",
    "a:b",
    "a*",
    "a?",
    "a\"",
    "<",
    ">",
    "a|b",
    "a\n",
    "a\x7f",
    "a\xc2\x85",
    "a\u202e",
    "a\u2066",
    "a\u200b",
    "\ufeffa",
    "a\u2028",
    "a\ue000",
    "e\u0301",
    "a.",
    "a ",
    " a",
    "a/b./c",
    "~",
    "~a",
    "con",
    "CON.txt",
    "data/nul",
    "Com1",
    "lpt9.tar.gz",
    "com¹",
    "aux .txt",
    "conin$",
    "\xff",
    "\xc0\xaf",
    "\xed\xa0\x80",
    "a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    if (emend_pack_name_check (names[i]) == NULL)
      g_error ("the name “%s” was accepted", names[i]);
}

static void
test_check_length (void)
{
  g_autofree char *longest = g_strnfill (EMEND_PACK_NAME_MAX, 'x');
  g_autofree char *longer = g_strnfill (EMEND_PACK_NAME_MAX + 1, 'x');

  g_assert_null (emend_pack_name_check (longest));
  g_assert_nonnull (emend_pack_name_check (longer));
}

static void
test_make_safe_any (void)
{
  static const char *const texts[] = {
    "",
    " ",
    "...",
    "a/b",
    "../../etc",
    "CON",
    "nul.txt",
    "~",
    "\xff\xfe",
    "e\u0301 cut",
    "a\u202eb",
    "x.",
    "Project 7: “left”?",
    "/",
    "0123456789012345678901234567890123456789012345678901234567890123456789",
    "012345678901234567890123456789012345678901234567890123456. .",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_autofree char *safe = emend_pack_name_make_safe (texts[i]);

    if (emend_pack_name_check (safe) != NULL || strchr (safe, '/') != NULL)
      g_error ("“%s” became “%s”", texts[i], safe);
  }
}

static void
test_make_safe_readable (void)
{
  g_autofree char *plain = emend_pack_name_make_safe ("Lungs 2026");
  g_autofree char *foreign = emend_pack_name_make_safe ("Größe/東京");

  g_assert_cmpstr (plain, ==, "Lungs 2026");
  g_assert_cmpstr (foreign, ==, "Größe-東京");
}

static void
test_set_twins (void)
{
  g_autoptr (EmendNameSet) set = emend_name_set_new ();

  g_assert_true (emend_name_set_add (set, "data/Straße/a.jpg"));
  g_assert_false (emend_name_set_add (set, "data/Straße/a.jpg"));
  g_assert_false (emend_name_set_add (set, "data/Straße/A.JPG"));
  g_assert_false (emend_name_set_add (set, "data/STRASSE/b.jpg"));
  g_assert_false (emend_name_set_add (set, "data/Straße"));
  g_assert_false (emend_name_set_add (set, "data/Straße/a.jpg/x"));
  g_assert_true (emend_name_set_add (set, "data/Straße/b.jpg"));
}

int
main (int argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/handoff/pack-name/check/allowed", test_check_allowed);
  g_test_add_func ("/handoff/pack-name/check/refused", test_check_refused);
  g_test_add_func ("/handoff/pack-name/check/length", test_check_length);
  g_test_add_func ("/handoff/pack-name/make-safe/any", test_make_safe_any);
  g_test_add_func ("/handoff/pack-name/make-safe/readable", test_make_safe_readable);
  g_test_add_func ("/handoff/pack-name/set/twins", test_set_twins);
  return g_test_run ();
}
