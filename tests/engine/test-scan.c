#include "config.h"

#include <errno.h>
#include <string.h>

#include <glib/gstdio.h>

#include "emend-engine-error.h"
#include "emend-image.h"
#include "emend-project.h"
#include "emend-scan.h"
#include "emend-test.h"

/* PNG files of 3 x 2 and of 2 x 3 pixels. */
static const guint8 wide_png[] = {
  0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0x00, 0x00, 0x00, 0x0d, 0x49, 0x48, 0x44, 0x52, 0x00, 0x00, 0x00,
  0x03,
  0x00, 0x00, 0x00, 0x02, 0x08, 0x00, 0x00, 0x00, 0x00, 0xb8, 0x1f, 0x39, 0xc6, 0x00, 0x00, 0x00, 0x10, 0x49, 0x44,
  0x41,
  0x54, 0x78, 0x9c, 0x63, 0x60, 0x60, 0x64, 0x62, 0xe0, 0xe2, 0xe6, 0x01, 0x00, 0x00, 0x58, 0x00, 0x25, 0x73, 0x12,
  0xa5,
  0x47, 0x00, 0x00, 0x00, 0x00, 0x49, 0x45, 0x4e, 0x44, 0xae, 0x42, 0x60, 0x82
};
static const guint8 tall_png[] = {
  0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0x00, 0x00, 0x00, 0x0d, 0x49, 0x48, 0x44, 0x52, 0x00, 0x00, 0x00,
  0x02,
  0x00, 0x00, 0x00, 0x03, 0x08, 0x00, 0x00, 0x00, 0x00, 0x9c, 0x81, 0x81, 0x5d, 0x00, 0x00, 0x00, 0x11, 0x49, 0x44,
  0x41,
  0x54, 0x78, 0x9c, 0x63, 0x60, 0x60, 0x64, 0xe0, 0xe2, 0x66, 0x10, 0x11, 0x05, 0x00, 0x00, 0xab, 0x00, 0x40, 0x61,
  0xa4,
  0x30, 0x30, 0x00, 0x00, 0x00, 0x00, 0x49, 0x45, 0x4e, 0x44, 0xae, 0x42, 0x60, 0x82
};

static void
append_number (GByteArray *bytes,
               guint32 value,
               guint size)
{
  value = GUINT32_TO_LE (value);
  g_byte_array_append (bytes, (const guint8 *) &value, size);
}

/* A page of black pixels and its directory; the place where the number of the next one's goes is kept. */
static void
append_page (GByteArray *tiff,
             guint32 width,
             guint32 height,
             guint *next)
{
  const guint32 entries[][2] = {
    { 256, width },
    { 257, height },
    { 258, 8 },
    { 259, 1 },
    { 262, 1 },
    { 273, tiff->len },
    { 277, 1 },
    { 278, height },
    { 279, width * height }
  };
  g_autofree guint8 *pixels = g_malloc0 ((gsize) width * height);
  guint32 directory;

  g_byte_array_append (tiff, pixels, width * height);
  directory = GUINT32_TO_LE (tiff->len);
  memcpy (tiff->data + *next, &directory, sizeof directory);
  append_number (tiff, G_N_ELEMENTS (entries), 2);
  for (gsize i = 0; i < G_N_ELEMENTS (entries); i++) {
    append_number (tiff, entries[i][0], 2);
    append_number (tiff, 4, 2);
    append_number (tiff, 1, 4);
    append_number (tiff, entries[i][1], 4);
  }
  *next = tiff->len;
  append_number (tiff, 0, 4);
}

/* A TIFF file of two pages, of 30 x 20 and of 20 x 40 pixels. */
static GByteArray *
make_two_pages (void)
{
  GByteArray *tiff = g_byte_array_new ();
  guint next = 4;

  g_byte_array_append (tiff, (const guint8 *) "II*\0\0\0\0\0", 8);
  append_page (tiff, 30, 20, &next);
  append_page (tiff, 20, 40, &next);
  return tiff;
}

typedef struct {
  char *folder;
  char *path;
  EmendProject *project;
} Fixture;

static void
set_up (Fixture *fixture,
        gconstpointer data)
{
  g_autoptr (EmendSchema) schema = emend_schema_new ();
  g_autoptr (GError) error = NULL;

  fixture->folder = emend_test_make_folder ();
  fixture->path = g_build_filename (fixture->folder, "work", "test.emend", NULL);
  g_free (emend_test_write (fixture->folder, "work/notes.txt", "no picture"));
  fixture->project = emend_project_create (fixture->path, "Test", schema, "Ada", &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture *fixture,
           gconstpointer data)
{
  g_clear_pointer (&fixture->project, emend_project_close);
  emend_test_remove_folder (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->path);
}

static void
write_bytes (Fixture *fixture,
             const char *name,
             gconstpointer data,
             gsize size)
{
  g_autofree char *path = emend_test_write (fixture->folder, name, "");
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, data, (gssize) size, &error);
  g_assert_no_error (error);
}

static EmendScanResult *
add (Fixture *fixture,
     const char *name,
     GError **error)
{
  g_autofree char *path = g_build_filename (fixture->folder, name, NULL);
  const char *const paths[] = { path, NULL };

  return emend_scan_add (fixture->project, paths, NULL, NULL, NULL, error);
}

static EmendItem *
find (Fixture *fixture,
      const char *path)
{
  g_autoptr (GError) error = NULL;
  EmendItem *item = emend_project_find_item (fixture->project, path, &error);

  g_assert_no_error (error);
  return item;
}

/* libvips warns of a damaged file before it refuses it. */
static gboolean
is_fatal_cb (const char *domain,
             GLogLevelFlags level,
             const char *message,
             gpointer data)
{
  return g_strcmp0 (domain, "VIPS") != 0;
}

static void
test_folder (Fixture *fixture,
             gconstpointer data)
{
  g_autoptr (EmendScanResult) result = NULL;
  g_autoptr (EmendScanResult) again = NULL;
  g_autoptr (EmendItem) wide = NULL;
  g_autoptr (EmendItem) broken = NULL;
  g_autoptr (EmendItem) outside = NULL;
  g_autoptr (GError) error = NULL;
  EmendDigest digest;

  g_test_log_set_fatal_handler (is_fatal_cb, NULL);
  write_bytes (fixture, "work/media/2.png", wide_png, sizeof wide_png);
  write_bytes (fixture, "work/media/10.png", wide_png, 40);
  write_bytes (fixture, "outside.png", tall_png, sizeof tall_png);
  result = add (fixture, "work", &error);
  g_assert_no_error (error);
  g_assert_cmpint (result->n_added, ==, 2);
  g_assert_cmpint (result->n_known, ==, 0);
  g_assert_cmpint (result->n_unreadable, ==, 1);
  g_assert_cmpuint (result->skipped->len, ==, 2);
  wide = find (fixture, "media/2.png");
  emend_digest_of (wide_png, sizeof wide_png, &digest);
  g_assert_cmpint (wide->position, ==, 0);
  g_assert_cmpint (wide->media_state, ==, EMEND_MEDIA_OK);
  g_assert_cmpint (wide->width, ==, 3);
  g_assert_cmpint (wide->height, ==, 2);
  g_assert_cmpuint (wide->size, ==, sizeof wide_png);
  g_assert_cmpint (memcmp (&wide->sha256, &digest, sizeof digest), ==, 0);
  broken = find (fixture, "media/10.png");
  g_assert_cmpint (broken->media_state, ==, EMEND_MEDIA_UNREADABLE);
  g_assert_nonnull (broken->media_reason);
  g_assert_false (emend_digest_is_nil (&broken->sha256));
  again = add (fixture, "", &error);
  g_assert_no_error (error);
  g_assert_cmpint (again->n_added, ==, 1);
  g_assert_cmpint (again->n_known, ==, 2);
  outside = find (fixture, "../outside.png");
  g_assert_cmpint (outside->height, ==, 3);
}

static void
test_pages (Fixture *fixture,
            gconstpointer data)
{
  g_autoptr (EmendScanResult) result = NULL;
  g_autoptr (EmendItem) item = NULL;
  g_autoptr (EmendItemContent) content = NULL;
  g_autoptr (GByteArray) tiff = make_two_pages ();
  const EmendPage *second;
  g_autoptr (GError) error = NULL;

  write_bytes (fixture, "work/scan.tif", tiff->data, tiff->len);
  result = add (fixture, "work", &error);
  g_assert_no_error (error);
  g_assert_cmpint (result->n_unreadable, ==, 0);
  item = find (fixture, "scan.tif");
  g_assert_cmpint (item->n_pages, ==, 2);
  g_assert_cmpint (item->width, ==, 30);
  content = emend_project_load_content (fixture->project, item->id, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (content->pages->len, ==, 2);
  second = &g_array_index (content->pages, EmendPage, 1);
  g_assert_cmpint (second->number, ==, 1);
  g_assert_cmpint (second->width, ==, 20);
  g_assert_cmpint (second->height, ==, 40);
}

static void
test_nothing_after_failure (Fixture *fixture,
                            gconstpointer data)
{
  g_autofree char *media = g_build_filename (fixture->folder, "work", NULL);
  g_autofree char *missing = g_build_filename (fixture->folder, "missing", NULL);
  const char *const paths[] = { media, missing, NULL };
  const char *const good[] = { media, NULL };
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (EmendProjectInfo) info = NULL;
  g_autoptr (GError) error = NULL;

  write_bytes (fixture, "work/a.png", wide_png, sizeof wide_png);
  g_assert_null (emend_scan_add (fixture->project, paths, NULL, NULL, NULL, &error));
  g_assert_error (error, EMEND_ENGINE_ERROR, EMEND_ENGINE_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_cancellable_cancel (cancellable);
  g_assert_null (emend_scan_add (fixture->project, good, cancellable, NULL, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  info = emend_project_get_info (fixture->project, NULL);
  g_assert_cmpint (info->n_items, ==, 0);
}

static void
note_progress (guint64 done,
               guint64 total,
               gpointer data)
{
  guint64 *last = data;

  g_assert_cmpuint (done, >=, *last);
  g_assert_cmpuint (total, ==, 40);
  *last = done;
}

static void
test_progress (Fixture *fixture,
               gconstpointer data)
{
  g_autofree char *media = g_build_filename (fixture->folder, "work", NULL);
  const char *const paths[] = { media, NULL };
  g_autoptr (EmendScanResult) result = NULL;
  g_autoptr (GError) error = NULL;
  guint64 last = 0;

  for (int i = 0; i < 40; i++) {
    g_autofree char *name = g_strdup_printf ("work/%d.png", i);
    write_bytes (fixture, name, wide_png, sizeof wide_png);
  }
  result = emend_scan_add (fixture->project, paths, NULL, note_progress, &last, &error);
  g_assert_no_error (error);
  g_assert_cmpint (result->n_added, ==, 40);
  g_assert_cmpuint (last, ==, 40);
}

static void
test_locate (Fixture *fixture,
             gconstpointer data)
{
  g_autofree char *old_place = g_build_filename (fixture->folder, "work", "a.png", NULL);
  g_autofree char *new_place = g_build_filename (fixture->folder, "work", "deep", "b.png", NULL);
  g_autoptr (EmendScanResult) result = NULL;
  g_autoptr (EmendItem) item = NULL;
  g_autoptr (EmendItem) moved = NULL;
  g_autofree char *there = NULL;
  g_autofree char *found = NULL;
  g_autoptr (GError) error = NULL;

  write_bytes (fixture, "work/a.png", wide_png, sizeof wide_png);
  write_bytes (fixture, "work/deep/c.png", tall_png, sizeof tall_png);
  result = add (fixture, "work/a.png", &error);
  g_assert_no_error (error);
  item = find (fixture, "a.png");
  there = emend_scan_locate (fixture->project, item, NULL, &error);
  g_assert_cmpstr (there, ==, old_place);
  g_assert_cmpint (g_rename (old_place, new_place), ==, 0);
  found = emend_scan_locate (fixture->project, item, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (found, ==, new_place);
  moved = find (fixture, "deep/b.png");
  g_assert_cmpint (moved->id, ==, item->id);
}

/* A file that is nowhere is noted as missing, and as here again when it is. */
static void
test_locate_missing (Fixture *fixture,
                     gconstpointer data)
{
  g_autofree char *place = g_build_filename (fixture->folder, "work", "a.png", NULL);
  g_autoptr (EmendScanResult) result = NULL;
  g_autoptr (EmendItem) item = NULL;
  g_autoptr (EmendItem) missing = NULL;
  g_autoptr (EmendItem) again = NULL;
  g_autofree char *found = NULL;
  g_autoptr (GError) error = NULL;

  write_bytes (fixture, "work/a.png", wide_png, sizeof wide_png);
  result = add (fixture, "work/a.png", &error);
  item = find (fixture, "a.png");
  g_assert_cmpint (g_unlink (place), ==, 0);
  g_assert_null (emend_scan_locate (fixture->project, item, NULL, &error));
  g_assert_error (error, EMEND_ENGINE_ERROR, EMEND_ENGINE_ERROR_NOT_FOUND);
  g_clear_error (&error);
  missing = find (fixture, "a.png");
  g_assert_cmpint (missing->media_state, ==, EMEND_MEDIA_MISSING);
  g_assert_nonnull (missing->media_reason);
  write_bytes (fixture, "work/a.png", wide_png, sizeof wide_png);
  found = emend_scan_locate (fixture->project, missing, NULL, &error);
  g_assert_cmpstr (found, ==, place);
  again = find (fixture, "a.png");
  g_assert_cmpint (again->media_state, ==, EMEND_MEDIA_OK);
}

#define ADD(name, function) g_test_add (name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  emend_media_init (0);
  ADD ("/engine/scan/add/folder", test_folder);
  ADD ("/engine/scan/add/pages", test_pages);
  ADD ("/engine/scan/add/nothing-after-failure", test_nothing_after_failure);
  ADD ("/engine/scan/add/progress", test_progress);
  ADD ("/engine/scan/locate/moved", test_locate);
  ADD ("/engine/scan/locate/missing", test_locate_missing);
  return g_test_run ();
}
