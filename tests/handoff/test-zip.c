#define G_LOG_DOMAIN "emend-test"

#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "emend-pack-archive.h"
#include "emend-test.h"
#include "emend-zip-writer.h"

typedef struct {
  char *folder;
  char *path;
  int fd;
} Fixture;

typedef struct {
  const char *name;
  const char *unit;
  gsize count;
  gboolean deflate;
} Sample;

static const Sample samples[] = {
  { "top/empty.txt", "", 0, TRUE },
  { "top/empty.jpg", "", 0, FALSE },
  { "top/short.txt", "x", 1, TRUE },
  { "top/picture.jpg", "0123456789abcdef", 200000, FALSE },
  { "top/text.txt", "a line of text\n", 100000, TRUE },
  { "top/zeros.bin", "zzzzzzzzzzzzzzzz", 1000000, TRUE },
  { "top/Übung 東京.txt", "äöü", 5, TRUE },
};

static void
set_up (Fixture *fixture,
        gconstpointer data)
{
  fixture->folder = emend_test_make_folder ();
  fixture->path = g_build_filename (fixture->folder, "a.zip", NULL);
  fixture->fd = open (fixture->path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  g_assert_cmpint (fixture->fd, >=, 0);
}

static void
tear_down (Fixture *fixture,
           gconstpointer data)
{
  close (fixture->fd);
  emend_test_remove_folder (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->path);
}

static GString *
make_bytes (const Sample *sample)
{
  GString *bytes = g_string_new (NULL);

  for (gsize i = 0; i < sample->count; i++)
    g_string_append (bytes, sample->unit);
  return bytes;
}

static void
write_samples (Fixture *fixture)
{
  g_autoptr (EmendZipWriter) writer = emend_zip_writer_new (fixture->fd, fixture->path);
  g_autoptr (GError) error = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (samples); i++) {
    g_autoptr (GString) bytes = make_bytes (&samples[i]);

    g_assert_true (emend_zip_writer_begin (writer, samples[i].name, bytes->len, samples[i].deflate, &error));
    g_assert_true (emend_zip_writer_add (writer, bytes->str, bytes->len, &error));
    g_assert_true (emend_zip_writer_end (writer, &error));
  }
  g_assert_true (emend_zip_writer_finish (writer, &error));
  g_assert_no_error (error);
}

static GPtrArray *
read_directory (Fixture *fixture,
                GPtrArray *problems)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *entries = emend_zip_directory_read (fixture->fd, fixture->path, problems, NULL, &error);

  g_assert_no_error (error);
  return entries;
}

static gboolean
take_bytes (gpointer user_data,
            guint index,
            gconstpointer bytes,
            gsize size,
            GError **error)
{
  GString **contents = user_data;

  g_string_append_len (contents[index], bytes, (gssize) size);
  return TRUE;
}

static gboolean
take_end (gpointer user_data,
          guint index,
          gboolean is_whole,
          GError **error)
{
  g_assert_true (is_whole);
  return TRUE;
}

static void
test_round_trip (Fixture *fixture,
                 gconstpointer data)
{
  static const EmendArchiveVisitor visitor = { NULL, take_bytes, take_end };
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) entries = NULL;
  g_autoptr (GError) error = NULL;
  GString *contents[G_N_ELEMENTS (samples)];

  write_samples (fixture);
  entries = read_directory (fixture, problems);
  g_assert_cmpuint (entries->len, ==, G_N_ELEMENTS (samples));
  for (gsize i = 0; i < G_N_ELEMENTS (samples); i++)
    contents[i] = g_string_new (NULL);
  g_assert_true (emend_archive_visit (fixture->fd, fixture->path, entries, problems, &visitor, contents, &error));
  g_assert_cmpuint (problems->len, ==, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (samples); i++) {
    const EmendZipEntry *entry = entries->pdata[i];
    g_autoptr (GString) expected = make_bytes (&samples[i]);

    g_assert_cmpstr (entry->name, ==, samples[i].name);
    g_assert_true (entry->is_canonical);
    g_assert_true (g_string_equal (contents[i], expected));
    g_string_free (contents[i], TRUE);
  }
}

/* What could be taken for a bomb is stored more loosely. */
static void
test_ratio (Fixture *fixture,
            gconstpointer data)
{
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) entries = NULL;
  const EmendZipEntry *zeros;

  write_samples (fixture);
  entries = read_directory (fixture, problems);
  zeros = entries->pdata[5];
  g_assert_cmpstr (zeros->name, ==, "top/zeros.bin");
  g_assert_cmpuint (zeros->size, ==, 16000000);
  g_assert_cmpuint (zeros->packed_size, <, zeros->size / 50);
  g_assert_cmpuint (zeros->packed_size, >, zeros->size / EMEND_ZIP_RATIO_MAX);
}

/* Other programs must read it: Info-ZIP, bsdtar and Python. */
static void
test_foreign (Fixture *fixture,
              gconstpointer data)
{
  const char *const unzip[] = { "unzip", "-tqq", fixture->path, NULL };
  const char *const bsdtar[] = { "bsdtar", "-tvf", fixture->path, NULL };
  const char *const python[] = { "python3", "-m", "zipfile", "-t", fixture->path, NULL };
  g_autofree char *listing = NULL;

  write_samples (fixture);
  g_free (emend_test_run (unzip, 0));
  g_free (emend_test_run (python, 0));
  listing = emend_test_run (bsdtar, 0);
  g_assert_nonnull (strstr (listing, "-rw-r--r--"));
  g_assert_nonnull (strstr (listing, "top/picture.jpg"));
}

/* More than 65,535 files need the 64-bit end of the directory. */
static void
test_many (Fixture *fixture,
           gconstpointer data)
{
  const char *const unzip[] = { "unzip", "-tqq", fixture->path, NULL };
  g_autoptr (EmendZipWriter) writer = emend_zip_writer_new (fixture->fd, fixture->path);
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) entries = NULL;
  g_autoptr (GError) error = NULL;

  for (int i = 0; i < 70000; i++) {
    char name[32];

    g_snprintf (name, sizeof name, "top/%05d", i);
    g_assert_true (emend_zip_writer_begin (writer, name, 1, FALSE, &error));
    g_assert_true (emend_zip_writer_add (writer, "x", 1, &error));
    g_assert_true (emend_zip_writer_end (writer, &error));
  }
  g_assert_true (emend_zip_writer_finish (writer, &error));
  entries = read_directory (fixture, problems);
  g_assert_cmpuint (problems->len, ==, 0);
  g_assert_cmpuint (entries->len, ==, 70000);
  g_free (emend_test_run (unzip, 0));
}

/* A stored file above 4 GiB, as a hole: only the headers are read. */
static void
test_large (Fixture *fixture,
            gconstpointer data)
{
  static const guint64 size = G_GUINT64_CONSTANT (5) * 1024 * 1024 * 1024;
  EmendZipEntry first = { (char *) "top/large.jpg", size, size, 0, 0, 0, EMEND_ZIP_FLAG_UTF8, EMEND_ZIP_STORED };
  EmendZipEntry second = { (char *) "top/second.jpg", 0, 0, 0, 0, 0, EMEND_ZIP_FLAG_UTF8, EMEND_ZIP_STORED };
  g_autoptr (GByteArray) header = emend_zip_make_local_header (&first);
  g_autoptr (GByteArray) second_header = NULL;
  g_autoptr (GByteArray) central = NULL;
  g_autoptr (GByteArray) second_central = NULL;
  g_autoptr (GByteArray) end = NULL;
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) entries = NULL;
  guint64 start;

  second.offset = header->len + size;
  second_header = emend_zip_make_local_header (&second);
  start = second.offset + second_header->len;
  central = emend_zip_make_central_header (&first);
  second_central = emend_zip_make_central_header (&second);
  end = emend_zip_make_end (2, start, start + central->len + second_central->len);
  g_byte_array_append (central, second_central->data, second_central->len);
  g_byte_array_append (central, end->data, end->len);
  g_assert_cmpint (pwrite (fixture->fd, header->data, header->len, 0), ==, header->len);
  g_assert_cmpint (pwrite (fixture->fd, second_header->data, second_header->len, (off_t) second.offset), ==,
                   second_header->len);
  g_assert_cmpint (pwrite (fixture->fd, central->data, central->len, (off_t) start), ==, central->len);
  entries = read_directory (fixture, problems);
  g_assert_cmpuint (problems->len, ==, 0);
  g_assert_cmpuint (entries->len, ==, 2);
  g_assert_cmpuint (((const EmendZipEntry *) entries->pdata[0])->size, ==, size);
  g_assert_cmpuint (((const EmendZipEntry *) entries->pdata[1])->offset, ==, second.offset);
}

static gboolean
ignore_end (gpointer user_data,
            guint index,
            gboolean is_whole,
            GError **error)
{
  return TRUE;
}

static gboolean
ignore_bytes (gpointer user_data,
              guint index,
              gconstpointer bytes,
              gsize size,
              GError **error)
{
  return TRUE;
}

static gboolean
is_noticed (Fixture *fixture)
{
  static const EmendArchiveVisitor visitor = { NULL, ignore_bytes, ignore_end };
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) entries = emend_zip_directory_read (fixture->fd, fixture->path, problems, NULL, NULL);

  if (entries != NULL && problems->len == 0)
    g_assert_true (emend_archive_visit (fixture->fd, fixture->path, entries, problems, &visitor, NULL, NULL));
  return entries == NULL || problems->len > 0;
}

/* Every single bit of headers and stored files counts. */
static void
test_flips (Fixture *fixture,
            gconstpointer data)
{
  g_autoptr (EmendZipWriter) writer = emend_zip_writer_new (fixture->fd, fixture->path);
  g_autofree guint8 *bytes = g_malloc (4096);
  gssize size;

  for (int i = 0; i < 3; i++) {
    g_autofree char *name = g_strdup_printf ("top/file-%d.jpg", i);

    g_assert_true (emend_zip_writer_begin (writer, name, 5, FALSE, NULL));
    g_assert_true (emend_zip_writer_add (writer, "hello", 5, NULL));
    g_assert_true (emend_zip_writer_end (writer, NULL));
  }
  g_assert_true (emend_zip_writer_finish (writer, NULL));
  size = pread (fixture->fd, bytes, 4096, 0);
  g_assert_cmpint (size, >, 300);
  g_assert_false (is_noticed (fixture));
  for (gssize bit = 0; bit < size * 8; bit++) {
    guint8 flipped = (guint8) (bytes[bit / 8] ^ 1 << bit % 8);

    g_assert_cmpint (pwrite (fixture->fd, &flipped, 1, bit / 8), ==, 1);
    if (!is_noticed (fixture))
      g_error ("bit %d of byte %d was changed and nobody noticed", (int) (bit % 8), (int) (bit / 8));
    g_assert_cmpint (pwrite (fixture->fd, &bytes[bit / 8], 1, bit / 8), ==, 1);
  }
}

static void
test_disk_full (Fixture *fixture,
                gconstpointer data)
{
  int full = open ("/dev/full", O_WRONLY | O_CLOEXEC);
  g_autoptr (EmendZipWriter) writer = NULL;
  g_autoptr (GError) error = NULL;

  if (full < 0) {
    g_test_skip ("there is no /dev/full here");
    return;
  }
  writer = emend_zip_writer_new (full, fixture->path);
  g_assert_true (emend_zip_writer_begin (writer, "top/a", 1, FALSE, &error));
  g_assert_true (emend_zip_writer_add (writer, "x", 1, &error));
  g_assert_true (emend_zip_writer_end (writer, &error));
  g_assert_false (emend_zip_writer_finish (writer, &error));
  g_assert_error (error, EMEND_HANDOFF_ERROR, EMEND_HANDOFF_ERROR_DISK);
  g_assert_nonnull (strstr (error->message, "disk is full"));
  close (full);
}

#define ADD(name, func) g_test_add ("/handoff/zip/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("writer/round-trip", test_round_trip);
  ADD ("writer/ratio", test_ratio);
  ADD ("writer/foreign", test_foreign);
  ADD ("writer/many", test_many);
  ADD ("writer/disk-full", test_disk_full);
  ADD ("directory/large", test_large);
  ADD ("directory/flips", test_flips);
  return g_test_run ();
}
