#include "config.h"

#include <string.h>

#include <glib/gstdio.h>

#include "emend-error.h"
#include "emend-hash.h"
#include "emend-test.h"

/* FIPS 180-4 example values. */
#define ABC_256 "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
#define ABC_512 "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a" \
                "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f"

static void
test_known (void)
{
  g_autoptr (EmendHasher) long_hash = emend_hasher_new (EMEND_HASH_SHA512);
  g_autofree char *long_hex = NULL;
  g_autofree char *hex = NULL;
  EmendDigest digest;
  EmendDigest back;

  emend_digest_of ("abc", 3, &digest);
  hex = emend_digest_to_hex (&digest);
  g_assert_cmpstr (hex, ==, ABC_256);
  g_assert_true (emend_digest_parse (hex, &back));
  g_assert_true (memcmp (&back, &digest, sizeof digest) == 0);
  g_assert_false (emend_digest_parse ("ba78", &back));

  emend_hasher_update (long_hash, "a", 1);
  emend_hasher_update (long_hash, "bc", 2);
  long_hex = emend_hasher_finish_hex (long_hash);
  g_assert_cmpstr (long_hex, ==, ABC_512);
}

static void
test_file (void)
{
  g_autofree char *folder = emend_test_make_folder ();
  g_autofree char *path = emend_test_write (folder, "abc", "abc");
  g_autofree char *none = g_build_filename (folder, "none", NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *hex = NULL;
  EmendDigest digest;
  guint64 size = 0;

  g_assert_true (emend_digest_of_file (path, &digest, &size, NULL, &error));
  g_assert_no_error (error);
  hex = emend_digest_to_hex (&digest);
  g_assert_cmpstr (hex, ==, ABC_256);
  g_assert_cmpuint (size, ==, 3);
  g_assert_false (emend_digest_of_file (none, &digest, &size, NULL, &error));
  g_assert_error (error, EMEND_BASE_ERROR, EMEND_BASE_ERROR_IO);
  g_assert_nonnull (strstr (error->message, "none"));
  emend_test_remove_folder (folder);
}

static void
test_file_cancelled (void)
{
  g_autofree char *folder = emend_test_make_folder ();
  g_autofree char *path = emend_test_write (folder, "abc", "abc");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  EmendDigest digest;

  g_cancellable_cancel (cancellable);
  g_assert_false (emend_digest_of_file (path, &digest, NULL, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  emend_test_remove_folder (folder);
}

int
main (int argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/hash/known/fips", test_known);
  g_test_add_func ("/base/hash/file/content", test_file);
  g_test_add_func ("/base/hash/file/cancelled", test_file_cancelled);
  return g_test_run ();
}
