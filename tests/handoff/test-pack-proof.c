#define G_LOG_DOMAIN "emend-test"

#include "config.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "emend-pack-proof.h"
#include "emend-test.h"
#include "emend-zip-format.h"
#include "emend-zip-writer.h"

/* More than one block, and more than the ring holds. */
#define LARGE ((gsize) 9 * 1024 * 1024 + 77)

typedef struct {
  char *folder;
  char *path;
  int fd;
  EmendZipWriter *writer;
  guint64 size;
} Fixture;

static void
add_file (Fixture *fixture,
          const char *name,
          gsize size,
          gboolean deflate)
{
  g_autofree guint8 *bytes = g_malloc (size + 1);
  EmendDigest digest;

  for (gsize i = 0; i < size; i++)
    bytes[i] = (guint8) (i * 7 + i / 251);
  emend_digest_of (bytes, size, &digest);
  g_assert_true (emend_zip_writer_begin (fixture->writer, name, size, deflate, NULL));
  g_assert_true (emend_zip_writer_add (fixture->writer, bytes, size, NULL));
  g_assert_true (emend_zip_writer_end (fixture->writer, NULL));
  emend_zip_writer_set_digest (fixture->writer, &digest);
}

static void
set_up_empty (Fixture *fixture,
              gconstpointer data)
{
  fixture->folder = emend_test_make_folder ();
  fixture->path = g_build_filename (fixture->folder, "a.zip", NULL);
  fixture->fd = open (fixture->path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  g_assert_cmpint (fixture->fd, >=, 0);
  fixture->writer = emend_zip_writer_new (fixture->fd, fixture->path);
}

static void
set_up (Fixture *fixture,
        gconstpointer data)
{
  gsize large = GPOINTER_TO_SIZE (data);

  set_up_empty (fixture, data);
  add_file (fixture, "top/empty.jpg", 0, FALSE);
  add_file (fixture, "top/empty.txt", 0, TRUE);
  add_file (fixture, "top/one.jpg", 400, FALSE);
  add_file (fixture, "top/two.txt", 3000, TRUE);
  if (large > 0)
    add_file (fixture, "top/large.jpg", large, FALSE);
  add_file (fixture, "top/last.jpg", 3, FALSE);
  g_assert_true (emend_zip_writer_finish (fixture->writer, NULL));
  g_assert_cmpint (fsync (fixture->fd), ==, 0);
  fixture->size = (guint64) lseek (fixture->fd, 0, SEEK_END);
}

static void
tear_down (Fixture *fixture,
           gconstpointer data)
{
  emend_zip_writer_free (fixture->writer);
  close (fixture->fd);
  emend_test_remove_folder (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->path);
}

/* Proves a whole archive. */
static char *
prove_with (Fixture *fixture,
            EmendWork *work,
            GError **error)
{
  g_autoptr (EmendPackProver) prover = emend_pack_prover_new (fixture->fd, fixture->path);

  return emend_pack_prover_finish (prover, emend_zip_writer_get_entries (fixture->writer), fixture->size, work, error);
}

static char *
prove (Fixture *fixture,
       GError **error)
{
  EmendWork work = { NULL, NULL, NULL, 0, 0, 1 };

  return prove_with (fixture, &work, error);
}

/* What the system's own program says of the file is the hash of the whole. */
static void
test_same (Fixture *fixture,
           gconstpointer data)
{
  const char *const argv[] = { "sha256sum", fixture->path, NULL };
  g_autofree char *said = emend_test_run (argv, 0);
  g_autoptr (GError) error = NULL;
  g_autofree char *sha256 = prove (fixture, &error);

  g_assert_no_error (error);
  g_assert_true (g_str_has_prefix (said, sha256));
}

static void
flip (Fixture *fixture,
      guint64 offset)
{
  guint8 byte;

  g_assert_cmpint (pread (fixture->fd, &byte, 1, (off_t) offset), ==, 1);
  byte ^= 0x10;
  g_assert_cmpint (pwrite (fixture->fd, &byte, 1, (off_t) offset), ==, 1);
}

static void
assert_refused (Fixture *fixture,
                const char *part)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (prove (fixture, &error));
  g_assert_error (error, EMEND_HANDOFF_ERROR, EMEND_HANDOFF_ERROR_DISK);
  if (strstr (error->message, part) == NULL)
    g_error ("“%s” does not say “%s”", error->message, part);
}

/* One bit else in any byte: of headers, of stored and deflated files, of the directory and its end. */
static void
test_each_byte (Fixture *fixture,
                gconstpointer data)
{
  for (guint64 i = 0; i < fixture->size; i++) {
    flip (fixture, i);
    assert_refused (fixture, "a.zip");
    flip (fixture, i);
  }
  g_free (prove (fixture, NULL));
}

/* The file that is damaged is named, wherever in the ring it is found. */
static void
test_large (Fixture *fixture,
            gconstpointer data)
{
  const guint64 mib = (guint64) 1024 * 1024;
  const guint64 offsets[] = { 2000, mib, 5 * mib + 1, 9 * mib };

  for (gsize i = 0; i < G_N_ELEMENTS (offsets); i++) {
    flip (fixture, offsets[i]);
    assert_refused (fixture, i == 0 ? "top/" : "top/large.jpg");
    flip (fixture, offsets[i]);
  }
}

static void
test_length (Fixture *fixture,
             gconstpointer data)
{
  const guint64 lengths[] = { 0, 1, fixture->size / 2, fixture->size - 1 };

  g_assert_cmpint (pwrite (fixture->fd, "x", 1, (off_t) fixture->size), ==, 1);
  assert_refused (fixture, "The end of the archive");
  for (gsize i = G_N_ELEMENTS (lengths); i > 0; i--) {
    g_assert_cmpint (ftruncate (fixture->fd, (off_t) lengths[i - 1]), ==, 0);
    assert_refused (fixture, "a.zip");
  }
}

static void
cancel_at (guint64 done,
           guint64 total,
           gpointer data)
{
  if (done >= LARGE / 3)
    g_cancellable_cancel (data);
}

static void
test_cancel (Fixture *fixture,
             gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  EmendWork work = { cancellable, cancel_at, cancellable, 0, 0, 1 };

  g_assert_null (prove_with (fixture, &work, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (work.done, <, fixture->size);
}

static void
allow (Fixture *fixture,
       EmendPackProver *prover)
{
  emend_pack_prover_allow (prover, emend_zip_writer_get_entries (fixture->writer),
                           emend_zip_writer_get_written (fixture->writer));
}

static void
add_files (Fixture *fixture,
           EmendPackProver *prover,
           int n_files)
{
  for (int i = 0; i < n_files; i++) {
    g_autofree char *name = g_strdup_printf ("top/%d.jpg", i);

    add_file (fixture, name, 1024 * 1024 + 1, FALSE);
    if (prover != NULL)
      allow (fixture, prover);
  }
}

/* Much is proven before the archive is complete. */
static void
test_follow (Fixture *fixture,
             gconstpointer data)
{
  g_autoptr (EmendPackProver) prover = emend_pack_prover_new (fixture->fd, fixture->path);
  const char *const argv[] = { "sha256sum", fixture->path, NULL };
  EmendWork work = { NULL, NULL, NULL, 0, 0, 1 };
  g_autoptr (GError) error = NULL;
  g_autofree char *said = NULL;
  g_autofree char *sha256 = NULL;
  guint64 proven = 0;

  add_files (fixture, prover, 80);
  for (int i = 0; i < 3000 && proven < (guint64) 32 * 1024 * 1024; i++) {
    g_usleep (10000);
    proven += emend_pack_prover_take_progress (prover);
  }
  g_assert_cmpuint (proven, >=, (guint64) 32 * 1024 * 1024);
  g_assert_cmpuint (proven, <=, emend_zip_writer_get_written (fixture->writer));
  g_assert_false (emend_pack_prover_has_failed (prover));
  g_assert_true (emend_zip_writer_finish (fixture->writer, NULL));
  sha256 = emend_pack_prover_finish (prover, emend_zip_writer_get_entries (fixture->writer),
                                     emend_zip_writer_get_written (fixture->writer), &work, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (proven + work.done, ==, emend_zip_writer_get_written (fixture->writer));
  said = emend_test_run (argv, 0);
  g_assert_true (g_str_has_prefix (said, sha256));
}

/* What the disk has else is found while the rest is still being written, and named. */
static void
test_early (Fixture *fixture,
            gconstpointer data)
{
  g_autoptr (EmendPackProver) prover = emend_pack_prover_new (fixture->fd, fixture->path);
  EmendWork work = { NULL, NULL, NULL, 0, 0, 1 };
  g_autoptr (GError) error = NULL;
  guint damaged = 0;

  add_files (fixture, NULL, 40);
  flip (fixture, (guint64) 7 * 1024 * 1024 + 1000);
  allow (fixture, prover);
  for (int i = 0; i < 3000 && !emend_pack_prover_has_failed (prover); i++)
    g_usleep (10000);
  g_assert_true (emend_pack_prover_has_failed (prover));
  g_assert_null (emend_pack_prover_finish (prover, emend_zip_writer_get_entries (fixture->writer),
                                           emend_zip_writer_get_written (fixture->writer), &work, &error));
  g_assert_error (error, EMEND_HANDOFF_ERROR, EMEND_HANDOFF_ERROR_DISK);
  g_assert_nonnull (strstr (error->message, "top/7.jpg"));
  g_assert_true (emend_pack_prover_get_damaged (prover, &damaged));
  g_assert_cmpuint (damaged, ==, 7);
}

/* The writing may be given up at any time. */
static void
test_give_up (Fixture *fixture,
              gconstpointer data)
{
  for (int n_files = 0; n_files <= 40; n_files += 20) {
    g_autoptr (EmendPackProver) prover = emend_pack_prover_new (fixture->fd, fixture->path);

    add_files (fixture, prover, n_files);
  }
}

#define ADD(name, size, func) \
  g_test_add ("/handoff/pack/prove/" name, Fixture, GSIZE_TO_POINTER (size), set_up, func, tear_down)
#define ADD_EMPTY(name, func) \
  g_test_add ("/handoff/pack/prove/" name, Fixture, NULL, set_up_empty, func, tear_down)

int
main (int argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("same", LARGE, test_same);
  ADD ("each-byte", 0, test_each_byte);
  ADD ("large", LARGE, test_large);
  ADD ("length", 0, test_length);
  ADD ("cancel", LARGE, test_cancel);
  ADD_EMPTY ("follow", test_follow);
  ADD_EMPTY ("early", test_early);
  ADD_EMPTY ("give-up", test_give_up);
  return g_test_run ();
}
