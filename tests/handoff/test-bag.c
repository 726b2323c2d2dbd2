#define G_LOG_DOMAIN "emend-test"

#include "config.h"

#include <string.h>

#include "emend-bag.h"
#include "emend-test.h"

static const char hash_a[] = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

static GHashTable *
parse (const char *text,
       guint n_problems)
{
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);
  GHashTable *hashes = emend_bag_parse_manifest ("manifest-sha256.txt", text, strlen (text), EMEND_HASH_SHA256,
                                                 problems);

  g_assert_cmpuint (problems->len, ==, n_problems);
  return hashes;
}

static void
test_manifest_percent (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GHashTable) hashes = NULL;

  emend_bag_write_manifest_line (text, hash_a, "data/50%\n\r.txt");
  g_assert_true (g_str_has_suffix (text->str, "  data/50%25%0A%0D.txt\n"));
  hashes = parse (text->str, 0);
  g_assert_cmpstr (g_hash_table_lookup (hashes, "data/50%\n\r.txt"), ==, hash_a);
}

static void
test_manifest_lines (void)
{
  g_autofree char *upper = g_ascii_strup (hash_a, -1);
  g_autofree char *text = g_strdup_printf ("%s data/a\r\n%s \t data/b c\r%s\tdata/%%0d", upper, hash_a, hash_a);
  g_autoptr (GHashTable) hashes = parse (text, 0);

  g_assert_cmpuint (g_hash_table_size (hashes), ==, 3);
  g_assert_cmpstr (g_hash_table_lookup (hashes, "data/a"), ==, hash_a);
  g_assert_true (g_hash_table_contains (hashes, "data/b c"));
  g_assert_true (g_hash_table_contains (hashes, "data/\r"));
}

static void
test_manifest_refused (void)
{
  static const char *const lines[] = { "%sdata/a\n", "%s  \n", "%s0  data/a\n", "x%s  data/a\n", "%s  data/%%41\n",
                                       "%s  data/a%%\n", "\n%s  data/a\n" };

  for (gsize i = 0; i < G_N_ELEMENTS (lines); i++) {
    g_autofree char *text = g_strdup_printf (lines[i], hash_a);
    g_autoptr (GHashTable) hashes = parse (text, 1);

    g_assert_nonnull (hashes);
  }
}

static void
test_kind_names (void)
{
  g_autofree char *none = NULL;
  g_autofree char *sha512 = NULL;
  g_autofree char *sha256 = NULL;
  EmendHashKind kind;

  g_assert_cmpint (emend_bag_get_file_kind ("data/manifest-sha256.txt", &none), ==, EMEND_BAG_FILE_PAYLOAD);
  g_assert_null (none);
  g_assert_cmpint (emend_bag_get_file_kind ("manifest-sha512.txt", &sha512), ==, EMEND_BAG_FILE_MANIFEST);
  g_assert_true (emend_bag_algorithm_to_kind (sha512, &kind));
  g_assert_cmpint (kind, ==, EMEND_HASH_SHA512);
  g_assert_cmpint (emend_bag_get_file_kind ("tagmanifest-sha256.txt", &sha256), ==, EMEND_BAG_FILE_TAG_MANIFEST);
  g_assert_true (emend_bag_algorithm_to_kind (sha256, &kind));
  g_assert_cmpint (kind, ==, EMEND_HASH_SHA256);
  g_assert_false (emend_bag_algorithm_to_kind ("md5", &kind));
  g_assert_cmpint (emend_bag_get_file_kind ("bagit.txt", &none), ==, EMEND_BAG_FILE_OTHER);
}

static void
test_info (void)
{
  static const char text[] = "Source-Organization: A: B\r\nContact-Name: one\n  two\nPAYLOAD-Oxum: 1.2\nX:\n";
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GHashTable) info = emend_bag_parse_info (text, strlen (text), problems);

  g_assert_cmpuint (problems->len, ==, 1);
  g_assert_cmpstr (g_hash_table_lookup (info, "source-organization"), ==, "A: B");
  g_assert_cmpstr (g_hash_table_lookup (info, "payload-oxum"), ==, "1.2");
}

/* Real bags: their manifests must be read without a problem, and the hashes be those of the files. */
static void
check_shared_bag (const char *bag,
                  guint *n_files)
{
  g_autofree char *manifest = g_build_filename (bag, "manifest-sha512.txt", NULL);
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GHashTable) hashes = NULL;
  g_autofree char *text = NULL;
  GHashTableIter iter;
  gpointer path;
  gpointer hex;
  gsize length;

  g_assert_true (g_file_get_contents (manifest, &text, &length, NULL));
  hashes = emend_bag_parse_manifest ("manifest-sha512.txt", text, length, EMEND_HASH_SHA512, problems);
  g_assert_cmpuint (problems->len, ==, 0);
  g_hash_table_iter_init (&iter, hashes);
  while (g_hash_table_iter_next (&iter, &path, &hex)) {
    g_autofree char *file = g_build_filename (bag, path, NULL);
    g_autofree char *bytes = NULL;
    g_autofree char *actual = NULL;

    if (!g_file_get_contents (file, &bytes, &length, NULL))
      continue;
    actual = g_compute_checksum_for_data (G_CHECKSUM_SHA512, (const guchar *) bytes, length);
    g_assert_cmpstr (actual, ==, hex);
    (*n_files)++;
  }
}

static void
test_manifest_real (void)
{
  static const char *const bags[] = {
    "kant_aufklaerung_1784",
    "glyph-consistency",
    "leptonica_samples",
    "grenzboten-test",
  };
  g_autofree char *shared = emend_test_shared ("formats/ocrd_page_alto");
  guint n_files = 0;

  if (shared == NULL)
    return;
  for (gsize i = 0; i < G_N_ELEMENTS (bags); i++) {
    g_autofree char *bag = g_build_filename (shared, bags[i], NULL);

    check_shared_bag (bag, &n_files);
  }
  g_assert_cmpuint (n_files, >, 10);
}

int
main (int argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/handoff/bag/manifest/percent", test_manifest_percent);
  g_test_add_func ("/handoff/bag/manifest/lines", test_manifest_lines);
  g_test_add_func ("/handoff/bag/manifest/refused", test_manifest_refused);
  g_test_add_func ("/handoff/bag/manifest/real", test_manifest_real);
  g_test_add_func ("/handoff/bag/kind/names", test_kind_names);
  g_test_add_func ("/handoff/bag/info/lines", test_info);
  return g_test_run ();
}
