#define G_LOG_DOMAIN "emend-test"

#include "config.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "emend-pack-fixture.h"
#include "emend-test.h"

#define N_FLIPS 200

/* Demands that a pack is refused: by verify with a reason that has @part in it, by unpack without a trace. */
static void
assert_refused (EmendPackFixture *fixture,
                const char *path,
                const char *part)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (EmendPackFacts) facts = emend_pack_verify (path, NULL, NULL, NULL, &error);
  g_autofree char *target = g_build_filename (fixture->folder, "target", NULL);
  g_autofree char *all = NULL;
  g_autofree char *left = NULL;
  g_autoptr (GError) unpack_error = NULL;
  int code;

  if (facts != NULL) {
    g_ptr_array_add (facts->problems, NULL);
    all = g_strjoinv ("\n", (char **) facts->problems->pdata);
    g_assert_cmpuint (strlen (facts->sha256), ==, 64);
  } else {
    g_assert_cmpint (error->domain, ==, EMEND_HANDOFF_ERROR);
    all = g_strdup (error->message);
  }
  if (all[0] == '\0' || strstr (all, part) == NULL || !g_utf8_validate (all, -1, NULL))
    g_error ("%s: “%s” does not say “%s”", path, all, part);
  g_assert_cmpint (g_mkdir_with_parents (target, 0700), ==, 0);
  g_assert_null (emend_pack_unpack (path, target, NULL, NULL, NULL, &unpack_error));
  code = facts != NULL ? EMEND_HANDOFF_ERROR_REFUSED : error->code;
  g_assert_error (unpack_error, EMEND_HANDOFF_ERROR, code);
  left = emend_pack_fixture_list (target);
  g_assert_cmpstr (left, ==, "");
}

static char *
dump_item (EmendProject *project,
           const char *path)
{
  g_autoptr (EmendItem) item = emend_project_find_item (project, path, NULL);
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (EmendJsonWriter) writer = emend_json_writer_new (text, FALSE);
  g_autoptr (EmendItemContent) content = NULL;

  g_assert_nonnull (item);
  content = emend_project_load_content (project, item->id, NULL);
  g_assert_nonnull (content);
  emend_json_begin_array (writer);
  for (guint i = 0; i < content->marks->len; i++) {
    const EmendMark *mark = content->marks->pdata[i];

    emend_json_int (writer, emend_mark_get_verdict (mark));
    emend_json_int (writer, emend_mark_get_label (mark));
    emend_shape_to_json (emend_mark_get_shape (mark), writer);
    if (mark->annotation != NULL)
      emend_json_uuid (writer, &mark->annotation->uuid);
  }
  emend_json_end_array (writer);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* Every item is there with its media, and everything that was decided. */
static void
assert_same_project (EmendPackFixture *fixture,
                     const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (EmendProject) copy = emend_project_open (path, 0, "Ada", &error);
  g_autoptr (EmendProjectInfo) info = NULL;
  g_autoptr (GPtrArray) items = NULL;
  g_autoptr (GPtrArray) originals = NULL;

  g_assert_no_error (error);
  info = emend_project_get_info (copy, &error);
  items = emend_project_load_items_at (copy, 0, 100, &error);
  originals = emend_project_load_items_at (fixture->project, 0, 100, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (items->len, ==, originals->len);
  for (guint i = 0; i < items->len; i++) {
    const EmendItem *item = items->pdata[i];
    const EmendItem *original = originals->pdata[i];
    g_autofree char *file = g_build_filename (info->folder, item->path, NULL);
    g_autofree char *here = dump_item (copy, item->path);
    g_autofree char *there = dump_item (fixture->project, original->path);
    EmendDigest digest;

    g_assert_true (emend_uuid_equal (&item->uuid, &original->uuid));
    g_assert_true (emend_digest_of_file (file, &digest, NULL, NULL, &error));
    g_assert_true (memcmp (&digest, &original->sha256, sizeof digest) == 0);
    g_assert_cmpstr (here, ==, there);
  }
}

static void
test_round_trip (EmendPackFixture *fixture,
                 gconstpointer data)
{
  g_autoptr (EmendPackFacts) facts = emend_pack_fixture_write (fixture, NULL);
  g_autofree char *target = g_build_filename (fixture->folder, "target", NULL);
  g_autofree char *expected = g_build_filename (target, "first", "data", "project.emend", NULL);
  g_autofree char *listing = NULL;
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (EmendPackFacts) again = emend_pack_verify (fixture->pack_path, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (again->problems->len, ==, 0);
  g_assert_cmpstr (again->uuid, ==, facts->uuid);
  g_assert_cmpint (g_mkdir (target, 0700), ==, 0);
  path = emend_pack_unpack (fixture->pack_path, target, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (path, ==, expected);
  assert_same_project (fixture, path);
  listing = emend_pack_fixture_list (target);
  g_assert_true (g_str_has_prefix (listing, "first\nfirst/bag-info.txt\nfirst/bagit.txt\nfirst/data\n"));
  g_assert_null (strstr (listing, ".part"));
}

/* Items that may stay where they are do, so that they are called the same at every desk. */
static void
test_paths (EmendPackFixture *fixture,
            gconstpointer data)
{
  g_autoptr (EmendPackFacts) facts = emend_pack_fixture_write (fixture, NULL);
  g_autofree char *path = emend_pack_unpack (fixture->pack_path, fixture->folder, NULL, NULL, NULL, NULL);
  g_autoptr (EmendProject) copy = emend_project_open (path, EMEND_PROJECT_READ_ONLY, NULL, NULL);
  g_autoptr (GPtrArray) items = emend_project_load_items_at (copy, 0, 100, NULL);
  guint n_moved = 0;

  g_assert_nonnull (facts);
  for (guint i = 0; i < items->len; i++)
    n_moved += g_str_has_prefix (((const EmendItem *) items->pdata[i])->path, "media/") ? 1 : 0;
  /* ONE.jpg, elsewhere, CON, the ledger's name, the export folder's, the decomposed and the forbidden name */
  g_assert_cmpuint (n_moved, ==, 7);
  g_assert_cmpstr (((const EmendItem *) items->pdata[2])->path, ==, "scans/Übung 東京.png");
  g_assert_true (g_str_has_suffix (((const EmendItem *) items->pdata[5])->path, "/three.jpg"));
}

/* What comes out of a pack can be packed again, and is the same. */
static void
test_again (EmendPackFixture *fixture,
            gconstpointer data)
{
  g_autoptr (EmendPackFacts) first = emend_pack_fixture_write (fixture, NULL);
  g_autofree char *path = emend_pack_unpack (fixture->pack_path, fixture->folder, NULL, NULL, NULL, NULL);
  g_autoptr (EmendPackFacts) second = NULL;

  g_clear_pointer (&fixture->project, emend_project_close);
  fixture->project = emend_project_open (path, EMEND_PROJECT_READ_ONLY, NULL, NULL);
  g_assert_nonnull (fixture->project);
  g_remove (fixture->pack_path);
  second = emend_pack_fixture_write (fixture, NULL);
  g_assert_cmpuint (second->n_files, ==, first->n_files);
  g_assert_cmpuint (second->n_annotations, ==, first->n_annotations);
}

static void
test_hostile (EmendPackFixture *fixture,
              gconstpointer data)
{
  g_autoptr (EmendPackFacts) facts = emend_pack_fixture_write (fixture, NULL);
  g_autofree char *script = g_test_build_filename (G_TEST_DIST, "handoff", "make-hostile.py", NULL);
  g_autofree char *folder = g_build_filename (fixture->folder, "hostile", NULL);
  const char *const argv[] = { "python3", script, fixture->pack_path, folder, NULL };
  g_autofree char *output = NULL;
  g_auto (GStrv) lines = NULL;
  guint n_refused = 0;
  guint n_sound = 0;

  g_assert_nonnull (facts);
  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  output = emend_test_run (argv, 0);
  lines = g_strsplit (output, "\n", -1);
  for (guint i = 0; lines[i][0] != '\0'; i++) {
    g_auto (GStrv) parts = g_strsplit (lines[i], "\t", 2);
    g_autofree char *path = g_build_filename (folder, parts[0], NULL);

    if (parts[1][0] != '\0') {
      assert_refused (fixture, path, parts[1]);
      n_refused++;
      continue;
    }
    g_autoptr (EmendPackFacts) sound = emend_pack_verify (path, NULL, NULL, NULL, NULL);

    if (sound == NULL || sound->problems->len > 0)
      g_error ("%s was refused: %s", parts[0], sound != NULL ? (const char *) sound->problems->pdata[0] : "no pack");
    n_sound++;
  }
  g_test_message ("%u refused, %u accepted", n_refused, n_sound);
  g_assert_cmpuint (n_refused, >, 90);
  g_assert_cmpuint (n_sound, >, 8);
}

static void
test_flips (EmendPackFixture *fixture,
            gconstpointer data)
{
  g_autoptr (EmendPackFacts) facts = emend_pack_fixture_write (fixture, NULL);
  g_autoptr (GRand) rand = g_rand_new_with_seed (20261121);
  g_autofree char *path = g_build_filename (fixture->folder, "flipped.emend.zip", NULL);
  g_autofree char *bytes = NULL;
  gsize size;

  g_assert_true (g_file_get_contents (fixture->pack_path, &bytes, &size, NULL));
  for (int i = 0; i < N_FLIPS; i++) {
    gint32 at = g_rand_int_range (rand, 0, (gint32) size);
    char changed = (char) (bytes[at] ^ 1 << g_rand_int_range (rand, 0, 8));
    char original = bytes[at];
    g_autoptr (EmendPackFacts) flipped = NULL;

    bytes[at] = changed;
    g_assert_true (g_file_set_contents (path, bytes, (gssize) size, NULL));
    flipped = emend_pack_verify (path, NULL, NULL, NULL, NULL);
    if (flipped != NULL && flipped->problems->len == 0)
      g_error ("byte %d of %s was changed and nobody noticed", at, facts->sha256);
    bytes[at] = original;
  }
}

static void
test_truncated (EmendPackFixture *fixture,
                gconstpointer data)
{
  g_autoptr (EmendPackFacts) facts = emend_pack_fixture_write (fixture, NULL);
  g_autofree char *path = g_build_filename (fixture->folder, "cut.emend.zip", NULL);
  g_autofree char *bytes = NULL;
  gsize size;

  g_assert_true (g_file_get_contents (fixture->pack_path, &bytes, &size, NULL));
  for (gsize left = 0; left < size; left += 4096) {
    g_assert_true (g_file_set_contents (path, bytes, (gssize) left, NULL));
    assert_refused (fixture, path, "zip archive");
  }
  g_assert_nonnull (facts);
}

/* All that is wrong is named, but not without end. */
static void
test_all_problems (EmendPackFixture *fixture,
                   gconstpointer data)
{
  static const char script[] =
    "import sys, zipfile\n"
    "with zipfile.ZipFile (sys.argv[1]) as a, zipfile.ZipFile (sys.argv[2], 'w') as b:\n"
    "  for i in a.infolist ():\n"
    "    if not i.filename.endswith ('one.jpg'):\n"
    "      b.writestr (i.filename, a.read (i) + (b'x' if 'notes' in i.filename else b''))\n"
    "  for n in range (int (sys.argv[3])):\n"
    "    b.writestr (a.namelist ()[0].split ('/')[0] + '/data/more-%d' % n, b'x')\n";
  g_autoptr (EmendPackFacts) facts = emend_pack_fixture_write (fixture, NULL);
  g_autofree char *path = g_build_filename (fixture->folder, "three.emend.zip", NULL);
  g_autofree char *many = g_build_filename (fixture->folder, "many.emend.zip", NULL);
  const char *const argv[] = { "python3", "-c", script, fixture->pack_path, path, "1", NULL };
  const char *const many_argv[] = { "python3", "-c", script, fixture->pack_path, many, "3000", NULL };
  g_autoptr (EmendPackFacts) three = NULL;
  g_autoptr (EmendPackFacts) bounded = NULL;

  g_assert_nonnull (facts);
  g_free (emend_test_run (argv, 0));
  g_free (emend_test_run (many_argv, 0));
  assert_refused (fixture, path, "scans/one.jpg” is missing");
  assert_refused (fixture, path, "notes/page.txt” in the pack was changed");
  assert_refused (fixture, path, "data/more-0” is in the pack, but not in");
  three = emend_pack_verify (path, NULL, NULL, NULL, NULL);
  g_assert_cmpuint (three->problems->len, <, 10);
  bounded = emend_pack_verify (many, NULL, NULL, NULL, NULL);
  g_assert_cmpuint (bounded->problems->len, ==, 1000);
}

static guint
refuse_all_in (EmendPackFixture *fixture,
               const char *relative)
{
  g_autofree char *folder = emend_test_shared (relative);
  g_autoptr (GDir) dir = folder != NULL ? g_dir_open (folder, 0, NULL) : NULL;
  const char *name;
  guint count = 0;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (folder, name, NULL);

    if (!g_file_test (path, G_FILE_TEST_IS_REGULAR))
      continue;
    assert_refused (fixture, path, "");
    count++;
  }
  return count;
}

static void
test_hostile_real (EmendPackFixture *fixture,
                   gconstpointer data)
{
  static const char *const folders[] = {
    "hostile/archive_libarchive",
    "hostile/archive_libzip",
    "hostile/archive_zipslip",
    "hostile/generated_here",
  };
  guint count = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (folders); i++)
    count += refuse_all_in (fixture, folders[i]);
  if (!g_test_failed () && count > 0)
    g_assert_cmpuint (count, >, 60);
}

/* A sound bag of something else, zipped as it is, is no pack; nor are a holey or a hostile one. */
static void
test_other_bags (EmendPackFixture *fixture,
                 gconstpointer data)
{
  static const char *const bags[][2] = {
    { "formats/ocrd_page_alto/leptonica_samples", "no Emend project in it" },
    { "formats/ocrd_page_alto/kant_aufklaerung_1784", "no Emend project in it" },
    { "conformance/bagit_ocrd/sample_bagit-with-fetch", "no Emend project in it" },
    { "conformance/bagit_ocrd/incomplete_communist_manifesto", "no Emend project in it" },
    { "hostile/generated_here/bag_path_traversal", "no Emend project in it" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (bags); i++) {
    g_autofree char *bag = emend_test_shared (bags[i][0]);
    g_autofree char *zip = g_strdup_printf ("%s/bag-%d.zip", fixture->folder, (int) i);
    const char *const argv[] = { "python3", "-m", "zipfile", "-c", zip, bag, NULL };

    if (bag == NULL)
      return;
    g_free (emend_test_run (argv, 0));
    assert_refused (fixture, zip, bags[i][1]);
  }
}

static void
test_no_file (EmendPackFixture *fixture,
              gconstpointer data)
{
  g_autofree char *absent = g_build_filename (fixture->folder, "absent.zip", NULL);

  assert_refused (fixture, absent, "absent.zip");
  assert_refused (fixture, fixture->folder, "not a file");
  assert_refused (fixture, "/dev/zero", "not a file");
  assert_refused (fixture, fixture->project_path, "not a whole zip archive");
}

static void
test_unpack_exists (EmendPackFixture *fixture,
                    gconstpointer data)
{
  g_autoptr (EmendPackFacts) facts = emend_pack_fixture_write (fixture, NULL);
  g_autofree char *target = g_build_filename (fixture->folder, "target", NULL);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_nonnull (facts);
  g_free (emend_test_write (target, "first/mine.txt", "mine"));
  before = emend_pack_fixture_list (target);
  g_assert_null (emend_pack_unpack (fixture->pack_path, target, NULL, NULL, NULL, &error));
  g_assert_error (error, EMEND_HANDOFF_ERROR, EMEND_HANDOFF_ERROR_EXISTS);
  after = emend_pack_fixture_list (target);
  g_assert_cmpstr (before, ==, after);
}

/* A staging folder that a program left which died is replaced; a link in its place is not followed. */
static void
test_unpack_left_over (EmendPackFixture *fixture,
                       gconstpointer data)
{
  g_autoptr (EmendPackFacts) facts = emend_pack_fixture_write (fixture, NULL);
  g_autofree char *target = g_build_filename (fixture->folder, "target", NULL);
  g_autofree char *victim = g_build_filename (fixture->folder, "victim", NULL);
  g_autofree char *part = g_build_filename (target, ".second.part", NULL);
  g_autofree char *second = g_build_filename (fixture->out, "second.emend.zip", NULL);
  g_autofree char *inner = g_build_filename (target, ".first.part", "link", NULL);
  g_autofree char *kept = g_build_filename (victim, "kept.txt", NULL);
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_nonnull (facts);
  g_free (emend_test_write (victim, "kept.txt", "kept"));
  g_free (emend_test_write (target, ".first.part/data/old.txt", "old"));
  g_assert_cmpint (symlink (victim, inner), ==, 0);
  path = emend_pack_unpack (fixture->pack_path, target, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_file_test (kept, G_FILE_TEST_EXISTS));
  g_assert_cmpint (symlink (victim, part), ==, 0);
  g_assert_cmpint (g_rename (fixture->pack_path, second), ==, 0);
  g_assert_null (emend_pack_unpack (second, target, NULL, NULL, NULL, &error));
  g_assert_error (error, EMEND_HANDOFF_ERROR, EMEND_HANDOFF_ERROR_DISK);
  g_assert_true (g_file_test (kept, G_FILE_TEST_EXISTS));
}

typedef struct {
  GCancellable *cancellable;
  guint64 limit;
  guint64 last;
} Watch;

static void
watch_progress (guint64 done,
                guint64 total,
                gpointer data)
{
  Watch *watch = data;

  g_assert_cmpuint (done, >=, watch->last);
  g_assert_cmpuint (done, <=, total);
  watch->last = done;
  if (done >= watch->limit)
    g_cancellable_cancel (watch->cancellable);
}

static void
test_unpack_cancel (EmendPackFixture *fixture,
                    gconstpointer data)
{
  g_autoptr (EmendPackFacts) facts = emend_pack_fixture_write (fixture, NULL);
  g_autofree char *target = g_build_filename (fixture->folder, "target", NULL);
  guint64 whole = facts->n_bytes * 2;

  g_assert_cmpint (g_mkdir (target, 0700), ==, 0);
  for (guint64 part = 0; part <= 10; part++) {
    g_autoptr (GCancellable) cancellable = g_cancellable_new ();
    Watch watch = { cancellable, whole * part / 10, 0 };
    g_autofree char *left = NULL;
    g_autoptr (GError) error = NULL;

    g_assert_null (emend_pack_unpack (fixture->pack_path, target, cancellable, watch_progress, &watch, &error));
    g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
    left = emend_pack_fixture_list (target);
    g_assert_cmpstr (left, ==, "");
  }
}

/* Looking at a pack changes nothing beside it. */
static void
test_verify_writes_nothing (EmendPackFixture *fixture,
                            gconstpointer data)
{
  g_autoptr (EmendPackFacts) facts = emend_pack_fixture_write (fixture, NULL);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autoptr (EmendPackFacts) again = NULL;
  g_autoptr (GError) error = NULL;

  before = emend_pack_fixture_list (fixture->folder);
  g_assert_cmpint (g_chmod (fixture->pack_path, 0400), ==, 0);
  g_assert_cmpint (g_chmod (fixture->out, 0500), ==, 0);
  again = emend_pack_verify (fixture->pack_path, NULL, NULL, NULL, &error);
  g_assert_cmpint (g_chmod (fixture->out, 0700), ==, 0);
  g_assert_no_error (error);
  g_assert_cmpstr (again->sha256, ==, facts->sha256);
  after = emend_pack_fixture_list (fixture->folder);
  g_assert_cmpstr (before, ==, after);
}

#define ADD(name, func)                                                                       \
  g_test_add ("/handoff/pack/" name, EmendPackFixture, NULL, emend_pack_fixture_set_up, func, \
              emend_pack_fixture_tear_down)

int
main (int argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("verify/hostile", test_hostile);
  ADD ("verify/flips", test_flips);
  ADD ("verify/truncated", test_truncated);
  ADD ("verify/all-problems", test_all_problems);
  ADD ("verify/hostile-real", test_hostile_real);
  ADD ("verify/other-bags", test_other_bags);
  ADD ("verify/no-file", test_no_file);
  ADD ("verify/writes-nothing", test_verify_writes_nothing);
  ADD ("unpack/round-trip", test_round_trip);
  ADD ("unpack/paths", test_paths);
  ADD ("unpack/again", test_again);
  ADD ("unpack/exists", test_unpack_exists);
  ADD ("unpack/left-over", test_unpack_left_over);
  ADD ("unpack/cancel", test_unpack_cancel);
  return g_test_run ();
}
