#define G_LOG_DOMAIN "emend-test"

#include "config.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>

#include "emend-pack-fixture.h"
#include "emend-test.h"

/*
 * A packing that is killed leaves nothing for good, and one that lives is not disturbed by another. The packings run
 * as processes of their own: test-pack-kill --pack PROJECT PACK [EIGHTHS], which kills itself when so much is done.
 */

#define N_STAGES 8

static const EmendPackOptions all = { .kind = EMEND_PACK_DELIVERY };
static const char *program;

static void
die_at (guint64 done,
        guint64 total,
        gpointer data)
{
  if (done * N_STAGES >= total * *(guint64 *) data)
    raise (SIGKILL);
}

static int
pack_here (int argc,
           char *argv[])
{
  guint64 stage = argc > 4 ? g_ascii_strtoull (argv[4], NULL, 10) : G_MAXUINT32;
  g_autoptr (GError) error = NULL;
  g_autoptr (EmendProject) project = emend_project_open (argv[2], EMEND_PROJECT_READ_ONLY, NULL, &error);
  g_autoptr (EmendPackFacts) facts = NULL;

  if (project != NULL)
    facts = emend_pack_write (project, argv[3], &all, NULL, die_at, &stage, &error);
  if (facts != NULL)
    return 0;
  g_print ("%s\n", error->message);
  return 3;
}

typedef struct {
  EmendPackFixture base;
  char *temp;
} Fixture;

static void
set_up (Fixture *fixture,
        gconstpointer data)
{
  emend_pack_fixture_set_up (&fixture->base, data);
  fixture->temp = g_build_filename (fixture->base.folder, "tmp", NULL);
  g_assert_cmpint (g_mkdir (fixture->temp, 0700), ==, 0);
}

static void
tear_down (Fixture *fixture,
           gconstpointer data)
{
  g_free (fixture->temp);
  emend_pack_fixture_tear_down (&fixture->base, data);
}

/* Packs in another process whose place for temporary files is the fixture's; returns what waitpid() says. */
static int
pack_elsewhere (const Fixture *fixture,
                const char *path,
                const char *stage,
                char **said)
{
  const char *const argv[] = { program, "--pack", fixture->base.project_path, path, stage, NULL };
  g_auto (GStrv) environment = g_environ_setenv (g_get_environ (), "TMPDIR", fixture->temp, TRUE);
  g_autoptr (GError) error = NULL;
  int status = 0;

  g_spawn_sync (NULL, (char **) argv, environment, G_SPAWN_DEFAULT, NULL, NULL, said, NULL, &status, &error);
  g_assert_no_error (error);
  return status;
}

static void
assert_below (const char *folder,
              const char *names)
{
  g_autofree char *found = emend_pack_fixture_list (folder);

  g_assert_cmpstr (found, ==, names);
}

static void
test_killed (Fixture *fixture,
             gconstpointer data)
{
  for (int i = 0; i <= N_STAGES; i++) {
    g_autofree char *stage = g_strdup_printf ("%d", i);
    g_autofree char *left = NULL;
    int status = pack_elsewhere (fixture, fixture->base.pack_path, stage, NULL);

    g_assert_true (WIFSIGNALED (status));
    g_assert_cmpint (WTERMSIG (status), ==, SIGKILL);
    assert_below (fixture->base.out, ".first.emend.zip.part");
    left = emend_pack_fixture_list (fixture->temp);
    g_assert_nonnull (strstr (left, "project.emend"));
    g_assert_cmpint (pack_elsewhere (fixture, fixture->base.pack_path, NULL, NULL), ==, 0);
    assert_below (fixture->base.out, "first.emend.zip");
    assert_below (fixture->temp, "");
    g_assert_cmpint (g_remove (fixture->base.pack_path), ==, 0);
  }
}

/* What is left of a snapshot that was killed in its midst. */
static void
test_left_over (Fixture *fixture,
                gconstpointer data)
{
  g_autofree char *folder = g_build_filename (fixture->temp, "emend-pack-a1B2c3", NULL);

  g_free (emend_test_write (folder, ".project.emend.part", "half"));
  g_free (emend_test_write (folder, ".project.emend.part-journal", "a journal"));
  g_free (emend_test_write (folder, "project.emend-journal", "a journal"));
  g_assert_cmpint (g_chmod (folder, 0700), ==, 0);
  g_assert_cmpint (pack_elsewhere (fixture, fixture->base.pack_path, NULL, NULL), ==, 0);
  assert_below (fixture->temp, "");
}

/* Other things in the place for temporary files are none of ours, whatever they are called. */
static void
test_foreign (Fixture *fixture,
              gconstpointer data)
{
  g_autofree char *before = NULL;

  g_free (emend_test_write (fixture->temp, "emend-pack-abcdef", "a file"));
  g_free (emend_test_write (fixture->temp, "emend-pack-abcdefg/mine", "a longer name"));
  g_free (emend_test_write (fixture->temp, "emend-pac-abcdef/mine", "another name"));
  g_free (emend_test_write (fixture->temp, "emend-pack-folder/mine/deep", "not as we leave it"));
  g_free (emend_test_write (fixture->temp, "emend-pack-backup/photo.jpg", "not ours"));
  g_free (emend_test_write (fixture->temp, "emend-pack-copies/project.emend", "ours"));
  g_free (emend_test_write (fixture->temp, "emend-pack-copies/notes.txt", "but not this"));
  before = emend_pack_fixture_list (fixture->temp);
  g_assert_cmpint (pack_elsewhere (fixture, fixture->base.pack_path, NULL, NULL), ==, 0);
  assert_below (fixture->temp, before);
}

typedef struct {
  Fixture *fixture;
  const char *path;
  int status;
  char *said;
} Other;

/* Packs elsewhere in the midst of a packing. */
static void
pack_between (guint64 done,
              guint64 total,
              gpointer data)
{
  Other *other = data;

  if (other->said == NULL && done > 0)
    other->status = pack_elsewhere (other->fixture, other->path, NULL, &other->said);
}

/* Packing here uses the same place for temporary files as elsewhere. */
static EmendPackFacts *
pack_with_other (Fixture *fixture,
                 Other *other)
{
  g_autoptr (GError) error = NULL;
  EmendPackFacts *facts;

  g_free (fixture->temp);
  fixture->temp = g_strdup (g_get_tmp_dir ());
  facts = emend_pack_write (fixture->base.project, fixture->base.pack_path, &all, NULL, pack_between, other, &error);
  g_assert_no_error (error);
  g_assert_nonnull (other->said);
  return facts;
}

static void
test_living (Fixture *fixture,
             gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->base.out, "second.emend.zip", NULL);
  Other other = { fixture, path, -1, NULL };
  g_autoptr (EmendPackFacts) facts = pack_with_other (fixture, &other);

  g_assert_nonnull (facts);
  g_assert_cmpstr (other.said, ==, "");
  g_assert_cmpint (other.status, ==, 0);
  assert_below (fixture->base.out, "first.emend.zip\nsecond.emend.zip");
  g_free (other.said);
}

/* Two at once under one name: the second is refused, and the first does not notice. */
static void
test_same_name (Fixture *fixture,
                gconstpointer data)
{
  Other other = { fixture, fixture->base.pack_path, -1, NULL };
  g_autoptr (EmendPackFacts) facts = pack_with_other (fixture, &other);

  g_assert_nonnull (facts);
  g_assert_nonnull (strstr (other.said, "just being written"));
  g_assert_true (WIFEXITED (other.status) && WEXITSTATUS (other.status) == 3);
  assert_below (fixture->base.out, "first.emend.zip");
  g_free (other.said);
}

#define ADD(name, func) g_test_add ("/handoff/pack/kill/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc,
      char *argv[])
{
  if (argc > 3 && strcmp (argv[1], "--pack") == 0)
    return pack_here (argc, argv);
  g_test_init (&argc, &argv, NULL);
  program = argv[0];
  ADD ("killed", test_killed);
  ADD ("left-over", test_left_over);
  ADD ("foreign", test_foreign);
  ADD ("living", test_living);
  ADD ("same-name", test_same_name);
  return g_test_run ();
}
