#define G_LOG_DOMAIN "emend-test"

#include "config.h"

#include <glib/gstdio.h>
#include <locale.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "emend-pack-fixture.h"
#include "emend-test.h"

static const char *program;

/* What the Python script finds in a pack, without any of our code. */
static char *
check_bag (EmendPackFixture *fixture)
{
  g_autofree char *script = g_test_build_filename (G_TEST_DIST, "handoff", "check-bag.py", NULL);
  g_autofree char *folder = g_build_filename (fixture->folder, "bag", NULL);
  const char *const argv[] = { "python3", script, fixture->pack_path, folder, NULL };
  char *found = emend_test_run (argv, 0);

  return found;
}

static void
test_independent (EmendPackFixture *fixture,
                  gconstpointer data)
{
  g_autoptr (EmendPackFacts) facts = emend_pack_fixture_write (fixture, NULL);
  g_autofree char *found = check_bag (fixture);
  const char *const bsdtar[] = { "bsdtar", "-tf", fixture->pack_path, NULL };
  const char *const sha256[] = { "sha256sum", fixture->pack_path, NULL };
  g_autofree char *listing = emend_test_run (bsdtar, 0);
  g_autofree char *sum = emend_test_run (sha256, 0);
  g_auto (GStrv) lines = g_strsplit (listing, "\n", -1);

  g_assert_nonnull (strstr (found, "\"files\": 14"));
  g_assert_nonnull (strstr (found, "\"accepted\", \"corrected\", \"rejected\", \"added\""));
  g_assert_cmpuint (g_strv_length (lines), ==, 14 + 4 + 1);
  g_assert_true (g_str_has_prefix (sum, facts->sha256));
  g_assert_cmpuint (facts->n_files, ==, 14);
  g_assert_cmpuint (facts->n_items, ==, 12);
  g_assert_cmpuint (facts->n_annotations, ==, 12);
  g_assert_cmpstr (facts->project_name, ==, "Lungs/2026");
  g_assert_cmpstr (facts->path, ==, fixture->pack_path);
  g_assert_cmpint (facts->kind, ==, EMEND_PACK_DELIVERY);
}

/* The manifest is what sha256sum reads, but for the percent sign. */
static void
test_sha256sum (EmendPackFixture *fixture,
                gconstpointer data)
{
  g_autoptr (EmendPackFacts) facts = emend_pack_fixture_write (fixture, NULL);
  g_autofree char *folder = g_build_filename (fixture->folder, "unzipped", NULL);
  const char *const unzip[] = { "unzip", "-qq", "-d", folder, fixture->pack_path, NULL };
  const char *const check[] = {
    "sh", "-c", "cd \"$0\"/* && sed 's/%25/%/' manifest-sha256.txt | sha256sum --strict --quiet -c && sha256sum "
                "--strict --quiet -c tagmanifest-sha256.txt",
    folder, NULL
  };

  g_free (emend_test_run (unzip, 0));
  g_free (emend_test_run (check, 0));
  g_assert_cmpuint (facts->n_bytes, >, 100000);
}

/* Packs in another process with its own surroundings; returns the archive's bytes. */
static GBytes *
pack_elsewhere (EmendPackFixture *fixture,
                const char *name,
                const char *const *settings)
{
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();
  g_autofree char *path = g_build_filename (fixture->out, name, NULL);
  g_autoptr (GError) error = NULL;
  char *bytes;
  gsize size;

  g_ptr_array_add (argv, (gpointer) "env");
  for (gsize i = 0; settings[i] != NULL; i++)
    g_ptr_array_add (argv, (gpointer) settings[i]);
  g_ptr_array_add (argv, (gpointer) program);
  g_ptr_array_add (argv, (gpointer) "--pack");
  g_ptr_array_add (argv, fixture->project_path);
  g_ptr_array_add (argv, path);
  g_ptr_array_add (argv, NULL);
  g_free (emend_test_run ((const char *const *) argv->pdata, 0));
  g_file_get_contents (path, &bytes, &size, &error);
  g_assert_no_error (error);
  return g_bytes_new_take (bytes, size);
}

static void
test_same_bytes (EmendPackFixture *fixture,
                 gconstpointer data)
{
  g_autofree char *locales = g_build_filename (fixture->folder, "locales", NULL);
  g_autofree char *locpath = g_strdup_printf ("LOCPATH=%s", locales);
  g_autofree char *make = g_strdup_printf ("mkdir '%s' && localedef -i de_DE -f UTF-8 '%s/de_DE.UTF-8' && localedef "
                                           "-i tr_TR -f UTF-8 '%s/tr_TR.UTF-8'",
                                           locales, locales, locales);
  /* setlocale() of glibc never frees what it makes of LOCPATH. */
  const char *const no_leaks = "ASAN_OPTIONS=detect_leaks=0";
  const char *const make_argv[] = { "sh", "-c", make, NULL };
  const char *const plain[] = { "TZ=UTC", "LC_ALL=C.UTF-8", NULL };
  const char *const others[][5] = {
    { "TZ=UTC", "LC_ALL=C.UTF-8", NULL },
    { "TZ=Asia/Tokyo", "LC_ALL=C", NULL },
    { "TZ=America/Los_Angeles", "LC_ALL=POSIX", NULL },
    { "TZ=Europe/Berlin", "LC_ALL=de_DE.UTF-8", locpath, no_leaks, NULL },
    { "TZ=Europe/Istanbul", "LC_ALL=tr_TR.UTF-8", locpath, no_leaks, NULL },
  };
  gsize n_others = G_N_ELEMENTS (others);
  g_autoptr (GBytes) first = NULL;
  int status = 0;

  if (!g_spawn_sync (NULL, (char **) make_argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, &status, NULL) ||
      status != 0) {
    g_test_message ("no German and Turkish locale can be made here; they are left out");
    n_others = 3;
  }
  g_clear_pointer (&fixture->project, emend_project_close);
  first = pack_elsewhere (fixture, "first.emend.zip", plain);
  for (gsize i = 0; i < n_others; i++) {
    g_autofree char *name = g_strdup_printf ("other-%d.emend.zip", (int) i);
    g_autoptr (GBytes) other = pack_elsewhere (fixture, name, others[i]);

    g_assert_true (g_bytes_equal (first, other));
  }
}

/* Another state is another pack. */
static void
test_other_bytes (EmendPackFixture *fixture,
                  gconstpointer data)
{
  g_autoptr (EmendPackFacts) before = emend_pack_fixture_write (fixture, NULL);
  g_autoptr (EmendPackFacts) after = NULL;
  g_autoptr (EmendOutcome) outcome = emend_project_undo (fixture->project, NULL);

  g_assert_nonnull (outcome);
  g_remove (fixture->pack_path);
  after = emend_pack_fixture_write (fixture, NULL);
  g_assert_cmpstr (before->uuid, !=, after->uuid);
  g_assert_cmpstr (before->sha256, !=, after->sha256);
}

static void
assert_fails (EmendPackFixture *fixture,
              const EmendPackOptions *options,
              EmendHandoffError code,
              const char *part)
{
  g_autofree char *before = emend_pack_fixture_list (fixture->out);
  g_autofree char *after = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_null (emend_pack_write (fixture->project, fixture->pack_path, options, NULL, NULL, NULL, &error));
  g_assert_error (error, EMEND_HANDOFF_ERROR, (int) code);
  if (strstr (error->message, part) == NULL)
    g_error ("“%s” does not say “%s”", error->message, part);
  after = emend_pack_fixture_list (fixture->out);
  g_assert_cmpstr (before, ==, after);
}

static const EmendPackOptions all = { .kind = EMEND_PACK_DELIVERY };

static void
test_missing (EmendPackFixture *fixture,
              gconstpointer data)
{
  g_autofree char *file = g_build_filename (fixture->folder, "work", "scans", "one.jpg", NULL);

  g_assert_cmpint (g_remove (file), ==, 0);
  assert_fails (fixture, &all, EMEND_HANDOFF_ERROR_MEDIA, "scans/one.jpg");
}

/* The same size and one bit else: only the hash tells. Of a deflated file it is known at once, of a stored one when the
 * pack is read back. */
static void
change_and_pack (EmendPackFixture *fixture,
                 const char *path)
{
  g_autofree char *file = g_build_filename (fixture->folder, "work", path, NULL);
  g_autofree char *bytes = NULL;
  gsize size;

  g_assert_true (g_file_get_contents (file, &bytes, &size, NULL));
  bytes[size / 2] ^= 1;
  g_assert_true (g_file_set_contents (file, bytes, (gssize) size, NULL));
  assert_fails (fixture, &all, EMEND_HANDOFF_ERROR_MEDIA, path);
}

static void
test_changed (EmendPackFixture *fixture,
              gconstpointer data)
{
  change_and_pack (fixture, "notes/page.txt");
}

static void
test_changed_stored (EmendPackFixture *fixture,
                     gconstpointer data)
{
  change_and_pack (fixture, "scans/one.jpg");
}

static void
test_exists (EmendPackFixture *fixture,
             gconstpointer data)
{
  g_autofree char *text = NULL;

  g_free (emend_test_write (fixture->out, "first.emend.zip", "mine"));
  assert_fails (fixture, &all, EMEND_HANDOFF_ERROR_EXISTS, "already");
  g_assert_true (g_file_get_contents (fixture->pack_path, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, "mine");
}

static void
test_no_folder (EmendPackFixture *fixture,
                gconstpointer data)
{
  g_free (fixture->pack_path);
  fixture->pack_path = g_build_filename (fixture->out, "absent", "first.emend.zip", NULL);
  assert_fails (fixture, &all, EMEND_HANDOFF_ERROR_DISK, "first.emend.zip");
}

typedef struct {
  GCancellable *cancellable;
  guint64 limit;
  guint64 last;
  guint64 total;
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
  watch->total = total;
  if (done >= watch->limit)
    g_cancellable_cancel (watch->cancellable);
}

static void
test_cancel (EmendPackFixture *fixture,
             gconstpointer data)
{
  g_autoptr (GCancellable) never = g_cancellable_new ();
  Watch whole = { never, G_MAXUINT64, 0, 0 };
  g_autoptr (EmendPackFacts) facts = emend_pack_write (fixture->project, fixture->pack_path, &all, never,
                                                       watch_progress, &whole, NULL);

  g_assert_nonnull (facts);
  g_assert_cmpuint (whole.last, >, facts->n_bytes);
  g_assert_cmpint (g_remove (fixture->pack_path), ==, 0);
  for (guint64 part = 0; part <= 20; part++) {
    g_autoptr (GCancellable) cancellable = g_cancellable_new ();
    Watch watch = { cancellable, whole.last * part / 20, 0, 0 };
    g_autoptr (GError) error = NULL;
    g_autofree char *left = NULL;

    g_assert_null (emend_pack_write (fixture->project, fixture->pack_path, &all, cancellable, watch_progress, &watch,
                                     &error));
    g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
    left = emend_pack_fixture_list (fixture->out);
    g_assert_cmpstr (left, ==, "");
  }
}

/* Writing fails after any number of bytes, in a process of its own. */
static void
test_no_room (EmendPackFixture *fixture,
              gconstpointer data)
{
  g_autofree char *temp = g_build_filename (fixture->folder, "tmp", NULL);
  g_autofree char *setting = g_strdup_printf ("TMPDIR=%s", temp);

  g_autoptr (EmendPackFacts) facts = emend_pack_fixture_write (fixture, NULL);
  GStatBuf status;

  g_assert_nonnull (facts);
  g_assert_cmpint (g_stat (fixture->pack_path, &status), ==, 0);
  g_assert_cmpint (g_remove (fixture->pack_path), ==, 0);
  g_assert_cmpint (g_mkdir (temp, 0700), ==, 0);
  g_clear_pointer (&fixture->project, emend_project_close);
  for (int part = 0; part < 16; part++) {
    g_autofree char *limit = g_strdup_printf ("%d", (int) (status.st_size * part / 16));
    const char *const argv[] = { "env", setting, program, "--pack", fixture->project_path, fixture->pack_path, limit,
                                 NULL };
    g_autofree char *said = emend_test_run (argv, 3);
    g_autofree char *left = emend_pack_fixture_list (fixture->out);
    g_autofree char *left_in_temp = emend_pack_fixture_list (temp);

    g_assert_cmpstr (left, ==, "");
    g_assert_cmpstr (left_in_temp, ==, "");
    g_assert_cmpuint (strlen (said), >, 20);
  }
}

static void
test_choice (EmendPackFixture *fixture,
             gconstpointer data)
{
  const gint64 items[] = { 2, 5, 6 };
  const EmendPackOptions options = {
    .kind = EMEND_PACK_WORK,
    .items = items,
    .n_items = G_N_ELEMENTS (items),
    .blind = TRUE
  };
  g_autoptr (EmendPackFacts) facts = emend_pack_fixture_write (fixture, &options);
  g_autofree char *found = check_bag (fixture);

  g_assert_cmpuint (facts->n_items, ==, 3);
  g_assert_cmpuint (facts->n_files, ==, 5);
  g_assert_cmpuint (facts->n_annotations, ==, 0);
  g_assert_cmpint (facts->kind, ==, EMEND_PACK_WORK);
  g_assert_nonnull (strstr (found, "\"verdicts\": []"));
}

static void
test_exports (EmendPackFixture *fixture,
              gconstpointer data)
{
  g_autofree char *exports = g_build_filename (fixture->folder, "exports", NULL);
  const EmendPackOptions options = { .kind = EMEND_PACK_DELIVERY, .exports = exports };
  g_autoptr (EmendPackFacts) facts = NULL;
  g_autofree char *found = NULL;
  g_autofree char *link = NULL;

  g_free (emend_test_write (exports, "coco/instances.json", "{}\n"));
  g_free (emend_test_write (exports, "table.csv", "a,b\n"));
  facts = emend_pack_fixture_write (fixture, &options);
  found = check_bag (fixture);
  g_assert_cmpuint (facts->n_files, ==, 16);
  g_assert_nonnull (found);
  g_remove (fixture->pack_path);
  link = g_build_filename (exports, "link", NULL);
  g_assert_cmpint (symlink ("/etc/passwd", link), ==, 0);
  assert_fails (fixture, &options, EMEND_HANDOFF_ERROR_MEDIA, "link");
}

/* Names that are fine at this desk, and in a pack only after a second thought: a folder that is called almost
 * like the pack's own, and long names of wide characters. */
static void
test_awkward_names (EmendPackFixture *fixture,
                    gconstpointer data)
{
  g_autofree char *work = g_path_get_dirname (fixture->project_path);
  g_autoptr (GBytes) bytes = g_bytes_new_static ("picture", 7);
  g_autoptr (GString) wide = g_string_new ("out?");
  g_autoptr (EmendPackFacts) facts = NULL;
  g_autofree char *found = NULL;
  const char *const bsdtar[] = { "bsdtar", "-tf", fixture->pack_path, NULL };
  const gint64 items[] = { 13, 14, 15, 16 };
  const EmendPackOptions options = { .kind = EMEND_PACK_WORK, .items = items, .n_items = G_N_ELEMENTS (items) };

  for (int i = 0; i < 60; i++)
    g_string_append (wide, "\xf0\x9f\x92\xa9");
  g_string_append (wide, ".jpg");
  emend_pack_fixture_add_item (fixture->project, work, "Media/one.jpg", bytes);
  emend_pack_fixture_add_item (fixture->project, work, "Media/one?.jpg", bytes);
  emend_pack_fixture_add_item (fixture->project, work, "MEDIA-2/one.jpg", bytes);
  emend_pack_fixture_add_item (fixture->project, work, wide->str, bytes);
  facts = emend_pack_fixture_write (fixture, NULL);
  g_assert_cmpuint (facts->n_items, ==, 16);
  g_clear_pointer (&facts, emend_pack_facts_free);
  g_free (check_bag (fixture));
  g_assert_cmpint (g_remove (fixture->pack_path), ==, 0);
  /* Without the items before them, their own folder is the first of its name. */
  facts = emend_pack_fixture_write (fixture, &options);
  found = emend_test_run (bsdtar, 0);
  g_assert_cmpuint (facts->n_items, ==, 4);
  g_assert_nonnull (strstr (found, "/data/Media/one.jpg\n"));
  g_assert_nonnull (strstr (found, "/data/media-2/"));
  g_assert_null (strstr (found, "/data/MEDIA-2/"));
}

/* test-pack-write --pack PROJECT PACK [BYTES]: packs, with a limit on the size of files. */
static int
pack_here (int argc,
           char *argv[])
{
  g_autoptr (GError) error = NULL;
  g_autoptr (EmendPackFacts) facts = NULL;
  g_autoptr (EmendProject) project = NULL;

  if (setlocale (LC_ALL, "") == NULL)
    return 1;
  if (argc > 4) {
    rlim_t bytes = (rlim_t) g_ascii_strtoull (argv[4], NULL, 10);
    struct rlimit limit = { bytes, bytes };

    g_assert_true (signal (SIGXFSZ, SIG_IGN) != SIG_ERR);
    g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  }
  project = emend_project_open (argv[2], EMEND_PROJECT_READ_ONLY, NULL, &error);
  if (project != NULL)
    facts = emend_pack_write (project, argv[3], &all, NULL, NULL, NULL, &error);
  if (facts != NULL)
    return 0;
  g_print ("%s\n", error->message);
  return 3;
}

#define ADD(name, func)                                                                             \
  g_test_add ("/handoff/pack/write/" name, EmendPackFixture, NULL, emend_pack_fixture_set_up, func, \
              emend_pack_fixture_tear_down)

int
main (int argc,
      char *argv[])
{
  if (argc > 3 && strcmp (argv[1], "--pack") == 0)
    return pack_here (argc, argv);
  g_test_init (&argc, &argv, NULL);
  program = argv[0];
  ADD ("independent", test_independent);
  ADD ("sha256sum", test_sha256sum);
  ADD ("same-bytes", test_same_bytes);
  ADD ("other-bytes", test_other_bytes);
  ADD ("missing", test_missing);
  ADD ("changed", test_changed);
  ADD ("changed-stored", test_changed_stored);
  ADD ("exists", test_exists);
  ADD ("no-folder", test_no_folder);
  ADD ("cancel", test_cancel);
  ADD ("no-room", test_no_room);
  ADD ("choice", test_choice);
  ADD ("exports", test_exports);
  ADD ("awkward-names", test_awkward_names);
  return g_test_run ();
}
