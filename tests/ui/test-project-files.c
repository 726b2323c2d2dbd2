/* What a new project does with files and folders, without a display. */
#define G_LOG_DOMAIN "emend-test"

#include "config.h"

#include <locale.h>

#include <gio/gio.h>

#include "emend-folder-count.h"
#include "emend-image.h"
#include "emend-project-draft.h"
#include "emend-sample.h"
#include "emend-test.h"

typedef struct {
  EmendFolderTally tally;
  GError *error;
  gboolean done;
} Count;

static void
counted_cb (GObject *source,
            GAsyncResult *result,
            gpointer data)
{
  Count *count = data;

  emend_folder_count_finish (result, &count->tally, &count->error);
  count->done = TRUE;
}

static void
test_folder_count (void)
{
  g_autofree char *folder = emend_test_make_folder ();
  g_autofree char *a = emend_test_write (folder, "a.JPG", "x");
  g_autofree char *b = emend_test_write (folder, "deep/er/b.png", "x");
  g_autofree char *c = emend_test_write (folder, "notes.txt", "x");
  g_autofree char *hidden = emend_test_write (folder, ".cache/d.png", "x");
  g_autofree char *nowhere = g_build_filename (folder, "nowhere", NULL);
  Count count = { 0 };
  Count failed = { 0 };

  emend_folder_count_async (folder, NULL, counted_cb, &count);
  emend_test_wait (&count.done);
  g_assert_no_error (count.error);
  g_assert_cmpuint (count.tally.n_images, ==, 2);
  g_assert_cmpuint (count.tally.n_others, ==, 1);
  g_assert_false (count.tally.truncated);
  emend_folder_count_async (nowhere, NULL, counted_cb, &failed);
  emend_test_wait (&failed.done);
  g_assert_error (failed.error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_clear_error (&failed.error);
  emend_test_remove_folder (folder);
}

typedef struct {
  gboolean done;
  gboolean good;
  GError *error;
} Answer;

static void
opened_cb (GObject *source,
           GAsyncResult *result,
           gpointer data)
{
  Answer *answer = data;

  answer->good = emend_project_draft_open_finish (EMEND_PROJECT_DRAFT (source), result, &answer->error);
  answer->done = TRUE;
}

static void
kept_cb (GObject *source,
         GAsyncResult *result,
         gpointer data)
{
  Answer *answer = data;

  answer->good = emend_project_draft_keep_finish (EMEND_PROJECT_DRAFT (source), result, &answer->error);
  answer->done = TRUE;
}

static void
discarded_cb (GObject *source,
              GAsyncResult *result,
              gpointer data)
{
  Answer *answer = data;

  answer->good = emend_project_draft_discard_finish (EMEND_PROJECT_DRAFT (source), result, &answer->error);
  answer->done = TRUE;
}

static guint
count_files (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  guint n = 0;

  while (g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

static EmendProjectDraft *
open_draft (const char *folder,
            const char *path,
            Answer *answer)
{
  EmendProjectDraft *draft = emend_project_draft_new (path, "Name", "Ada");
  g_autoptr (EmendSchema) schema = emend_schema_new ();
  g_autoptr (EmendTaskProgress) progress = emend_task_progress_new (EMEND_PROGRESS_FILES);

  emend_project_draft_open_async (draft, schema, folder, progress, opened_cb, answer);
  emend_test_wait (&answer->done);
  return draft;
}

static void
test_draft_keep (void)
{
  g_autofree char *folder = emend_test_make_folder ();
  g_autofree char *image = emend_test_write (folder, "a.png", "no picture");
  g_autofree char *path = g_build_filename (folder, "x.emend", NULL);
  Answer opened = { 0 };
  Answer kept = { 0 };
  g_autoptr (EmendProjectDraft) draft = open_draft (folder, path, &opened);

  g_assert_no_error (opened.error);
  g_assert_true (opened.good);
  g_assert_cmpint (emend_project_draft_get_scan (draft)->n_added, ==, 1);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  emend_project_draft_keep_async (draft, kept_cb, &kept);
  emend_test_wait (&kept.done);
  g_assert_no_error (kept.error);
  g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS));
  g_assert_cmpuint (count_files (folder), ==, 2);
  emend_test_remove_folder (folder);
}

static void
test_draft_discard (void)
{
  g_autofree char *folder = emend_test_make_folder ();
  g_autofree char *image = emend_test_write (folder, "a.png", "no picture");
  g_autofree char *path = g_build_filename (folder, "x.emend", NULL);
  Answer opened = { 0 };
  Answer discarded = { 0 };
  g_autoptr (EmendProjectDraft) draft = open_draft (folder, path, &opened);

  g_assert_true (opened.good);
  g_assert_cmpuint (count_files (folder), >=, 2);
  emend_project_draft_discard_async (draft, discarded_cb, &discarded);
  emend_test_wait (&discarded.done);
  g_assert_no_error (discarded.error);
  g_assert_cmpuint (count_files (folder), ==, 1);
  emend_test_remove_folder (folder);
}

static void
test_draft_replaces_nothing (void)
{
  g_autofree char *folder = emend_test_make_folder ();
  g_autofree char *image = emend_test_write (folder, "a.png", "no picture");
  g_autofree char *path = g_build_filename (folder, "x.emend", NULL);
  g_autofree char *other = NULL;
  g_autofree char *text = NULL;
  Answer opened = { 0 };
  Answer kept = { 0 };
  g_autoptr (EmendProjectDraft) draft = open_draft (folder, path, &opened);

  g_assert_true (opened.good);
  other = emend_test_write (folder, "x.emend", "somebody else's");
  emend_project_draft_keep_async (draft, kept_cb, &kept);
  emend_test_wait (&kept.done);
  g_assert_error (kept.error, G_IO_ERROR, G_IO_ERROR_EXISTS);
  g_clear_error (&kept.error);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, "somebody else's");
  emend_test_remove_folder (folder);
}

static void
test_draft_cancelled (void)
{
  g_autofree char *folder = emend_test_make_folder ();
  g_autofree char *image = emend_test_write (folder, "a.png", "no picture");
  g_autofree char *path = g_build_filename (folder, "x.emend", NULL);
  g_autoptr (EmendProjectDraft) draft = emend_project_draft_new (path, "Name", "Ada");
  g_autoptr (EmendSchema) schema = emend_schema_new ();
  g_autoptr (EmendTaskProgress) progress = emend_task_progress_new (EMEND_PROGRESS_FILES);
  Answer answer = { 0 };

  g_cancellable_cancel (emend_task_progress_get_cancellable (progress));
  emend_project_draft_open_async (draft, schema, folder, progress, opened_cb, &answer);
  emend_test_wait (&answer.done);
  g_assert_error (answer.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&answer.error);
  g_assert_cmpuint (count_files (folder), ==, 1);
  emend_test_remove_folder (folder);
}

typedef struct {
  char *path;
  GError *error;
  gboolean done;
} Sample;

static void
copied_cb (GObject *source,
           GAsyncResult *result,
           gpointer data)
{
  Sample *sample = data;

  sample->path = emend_sample_copy_finish (result, &sample->error);
  sample->done = TRUE;
}

static void
test_sample_copy (void)
{
  g_autofree char *folder = emend_test_make_folder ();
  g_autofree char *source = g_build_filename (folder, "sample", NULL);
  g_autofree char *target = g_build_filename (folder, "own", NULL);
  g_autofree char *nowhere = g_build_filename (folder, "nowhere", NULL);
  g_autofree char *other = g_build_filename (folder, "other", NULL);
  g_autofree char *project = emend_test_write (folder, "sample/sample.emend", "project");
  g_autofree char *picture = emend_test_write (folder, "sample/pictures/a.png", "picture");
  g_autofree char *copied = g_build_filename (target, "pictures", "a.png", NULL);
  Sample sample = { 0 };
  Sample failed = { 0 };

  emend_sample_copy_async (source, target, copied_cb, &sample);
  emend_test_wait (&sample.done);
  g_assert_no_error (sample.error);
  g_assert_true (g_str_has_suffix (sample.path, "own/sample.emend"));
  g_assert_true (g_file_test (copied, G_FILE_TEST_EXISTS));
  g_free (sample.path);
  emend_sample_copy_async (nowhere, other, copied_cb, &failed);
  emend_test_wait (&failed.done);
  g_assert_error (failed.error, G_IO_ERROR, G_IO_ERROR_FAILED);
  g_clear_error (&failed.error);
  g_assert_false (g_file_test (other, G_FILE_TEST_EXISTS));
  emend_test_remove_folder (folder);
}

static void
test_sample_find (void)
{
  g_autofree char *images = NULL;
  g_autofree char *documents = NULL;
  g_autofree char *own_images = emend_sample_get_copy (EMEND_SAMPLE_IMAGES);
  g_autofree char *own_documents = emend_sample_get_copy (EMEND_SAMPLE_DOCUMENTS);

  g_setenv ("EMEND_SAMPLE", "/a/sample", TRUE);
  g_unsetenv ("EMEND_SAMPLE_DOCUMENTS");
  images = emend_sample_find (EMEND_SAMPLE_IMAGES);
  documents = emend_sample_find (EMEND_SAMPLE_DOCUMENTS);
  g_assert_cmpstr (images, ==, "/a/sample");
  g_assert_cmpstr (documents, ==, EMEND_DATADIR "/emend/documents");
  g_assert_cmpstr (own_images, !=, own_documents);
}

int
main (int argc,
      char **argv)
{
  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, NULL);
  emend_media_init (0);
  g_test_add_func ("/ui/folder-count/count/tree", test_folder_count);
  g_test_add_func ("/ui/project-draft/keep/named", test_draft_keep);
  g_test_add_func ("/ui/project-draft/discard/nothing-left", test_draft_discard);
  g_test_add_func ("/ui/project-draft/keep/replaces-nothing", test_draft_replaces_nothing);
  g_test_add_func ("/ui/project-draft/open/cancelled", test_draft_cancelled);
  g_test_add_func ("/ui/sample/copy/once", test_sample_copy);
  g_test_add_func ("/ui/sample/find/each", test_sample_find);
  return g_test_run ();
}
