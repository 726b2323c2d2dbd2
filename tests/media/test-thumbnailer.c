#include "config.h"

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>

#include <glib/gstdio.h>

#include "emend-disk-cache-private.h"
#include "emend-queue-private.h"
#include "emend-test.h"
#include "media-fixtures.h"

typedef struct {
  EmendPixmap *pixmap;
  GError *error;
  int *order;
  int position;
  gboolean done;
} Answer;

static void
got_cb (GObject *source,
        GAsyncResult *result,
        gpointer data)
{
  Answer *answer = data;

  answer->pixmap = emend_thumbnailer_get_finish (EMEND_THUMBNAILER (source), result, &answer->error);
  g_assert_true ((answer->pixmap != NULL) == (answer->error == NULL));
  answer->position = answer->order != NULL ? (*answer->order)++ : 0;
  answer->done = TRUE;
}

static void
answer_clear (Answer *answer)
{
  g_clear_pointer (&answer->pixmap, emend_pixmap_unref);
  g_clear_error (&answer->error);
  *answer = (Answer){ 0 };
}

static void
get (EmendThumbnailer *thumbnailer,
     const char *path,
     Answer *answer)
{
  emend_thumbnailer_get_async (thumbnailer, path, 96, 96, NULL, got_cb, answer);
  emend_test_wait (&answer->done);
}

static void
find_files (const char *folder,
            GPtrArray *files)
{
  g_autoptr (GDir) entries = g_dir_open (folder, 0, NULL);
  const char *name;

  while (entries != NULL && (name = g_dir_read_name (entries)) != NULL) {
    g_autofree char *path = g_build_filename (folder, name, NULL);
    if (g_file_test (path, G_FILE_TEST_IS_DIR))
      find_files (path, files);
    else
      g_ptr_array_add (files, g_steal_pointer (&path));
  }
}

static GPtrArray *
list_files (const char *folder)
{
  GPtrArray *files = g_ptr_array_new_with_free_func (g_free);

  find_files (folder, files);
  return files;
}

static void
test_kept (void)
{
  g_autofree char *folder = emend_test_make_folder ();
  g_autofree char *kept = g_build_filename (folder, "kept", NULL);
  g_autofree char *path = media_make_file (folder, "a.png", 640, 480);
  g_autoptr (EmendThumbnailer) thumbnailer = emend_thumbnailer_new (kept);
  Answer answer = { 0 };
  struct stat status;

  get (thumbnailer, path, &answer);
  g_assert_no_error (answer.error);
  g_assert_cmpint (answer.pixmap->width, ==, 96);
  g_assert_cmpint (answer.pixmap->height, ==, 72);
  media_assert_position (answer.pixmap, 48, 36, 48.5 / 96, 36.5 / 72, 6);
  answer_clear (&answer);
  g_autoptr (GPtrArray) files = list_files (kept);
  g_assert_cmpuint (files->len, ==, 1);
  g_assert_cmpint (stat (kept, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0077, ==, 0);

  /* What is kept is used: here it is another picture on purpose. */
  g_autofree char *other = media_make_file (folder, "white.jpg", 10, 10);
  g_autofree char *bytes = NULL;
  gsize size;
  g_assert_true (g_file_get_contents (other, &bytes, &size, NULL));
  g_assert_true (g_file_set_contents (files->pdata[0], bytes, (gssize) size, NULL));
  get (thumbnailer, path, &answer);
  g_assert_cmpint (answer.pixmap->width, ==, 10);
  answer_clear (&answer);

  /* What is damaged is made anew, and so is the thumbnail of a file that changed. */
  g_assert_true (g_file_set_contents (files->pdata[0], "damaged", -1, NULL));
  get (thumbnailer, path, &answer);
  g_assert_cmpint (answer.pixmap->width, ==, 96);
  answer_clear (&answer);
  g_assert_cmpint (stat (files->pdata[0], &status), ==, 0);
  g_assert_cmpint (status.st_size, >, 100);
  g_free (media_make_file (folder, "a.png", 320, 480));
  get (thumbnailer, path, &answer);
  g_assert_cmpint (answer.pixmap->width, ==, 64);
  answer_clear (&answer);
  emend_test_remove_folder (folder);
}

static void
test_failed (void)
{
  g_autofree char *folder = emend_test_make_folder ();
  g_autofree char *kept = g_build_filename (folder, "kept", NULL);
  g_autofree char *path = emend_test_write (folder, "a.png", "no picture");
  g_autofree char *missing = g_build_filename (folder, "b.png", NULL);
  g_autoptr (EmendThumbnailer) thumbnailer = emend_thumbnailer_new (kept);
  g_autoptr (EmendThumbnailer) next = emend_thumbnailer_new (kept);
  Answer answer = { 0 };

  for (int i = 0; i < 2; i++) {
    get (thumbnailer, path, &answer);
    g_assert_error (answer.error, EMEND_MEDIA_ERROR, EMEND_MEDIA_ERROR_UNSUPPORTED);
    answer_clear (&answer);
    get (thumbnailer, missing, &answer);
    g_assert_error (answer.error, EMEND_MEDIA_ERROR, EMEND_MEDIA_ERROR_NOT_FOUND);
    answer_clear (&answer);
  }
  /* Only for the session, and nothing of it on disk. */
  g_autoptr (GPtrArray) files = list_files (kept);
  g_assert_cmpuint (files->len, ==, 0);

  /* A file that is there now, or is another now, is tried again at once. */
  g_free (media_make_file (folder, "a.png", 100, 100));
  get (thumbnailer, path, &answer);
  g_assert_no_error (answer.error);
  answer_clear (&answer);
  g_free (media_make_file (folder, "b.png", 100, 100));
  get (next, missing, &answer);
  g_assert_no_error (answer.error);
  answer_clear (&answer);
  emend_test_remove_folder (folder);
}

static void
block_worker (gpointer data,
              GCancellable *cancellable)
{
  g_mutex_lock (data);
  g_mutex_unlock (data);
}

static void
test_newest_first (void)
{
  g_autofree char *folder = emend_test_make_folder ();
  g_autofree char *kept = g_build_filename (folder, "kept", NULL);
  g_autoptr (EmendThumbnailer) thumbnailer = emend_thumbnailer_new (kept);
  Answer answers[6] = { 0 };
  GMutex mutex;
  int order = 0;

  /* The only thread that makes thumbnails is busy until all have been asked for. */
  g_mutex_init (&mutex);
  g_mutex_lock (&mutex);
  g_autoptr (EmendJob) job = emend_job_start (EMEND_PRIORITY_PREFETCH, block_worker, &mutex, NULL);
  for (int i = 0; i < (int) G_N_ELEMENTS (answers); i++) {
    g_autofree char *name = g_strdup_printf ("%d.png", i);
    g_autofree char *path = media_make_file (folder, name, 160, 120);
    answers[i].order = &order;
    emend_thumbnailer_get_async (thumbnailer, path, 64, 64, NULL, got_cb, &answers[i]);
  }
  g_mutex_unlock (&mutex);
  for (int i = 0; i < (int) G_N_ELEMENTS (answers); i++) {
    emend_test_wait (&answers[i].done);
    g_assert_cmpint (answers[i].position, ==, (int) G_N_ELEMENTS (answers) - 1 - i);
  }
  for (gsize i = 0; i < G_N_ELEMENTS (answers); i++)
    answer_clear (&answers[i]);
  g_mutex_clear (&mutex);
  emend_test_remove_folder (folder);
}

typedef struct {
  int *order;
  int position; /* from 1 */
} Turn;

static void
turn_worker (gpointer data,
             GCancellable *cancellable)
{
  Turn *turn = data;

  g_atomic_int_set (&turn->position, g_atomic_int_add (turn->order, 1) + 1);
}

static void
test_visible_first (void)
{
  int order = 0;
  Turn thumbnail = { &order, 0 };
  Turn visible = { &order, 0 };

  /* A thread is free for each, and the thumbnail is asked for first, as when a project is opened. */
  g_autoptr (EmendJob) first = emend_job_start (EMEND_PRIORITY_THUMBNAIL, turn_worker, &thumbnail, NULL);
  g_autoptr (EmendJob) second = emend_job_start (EMEND_PRIORITY_VISIBLE, turn_worker, &visible, NULL);
  while (g_atomic_int_get (&visible.position) == 0 || g_atomic_int_get (&thumbnail.position) == 0)
    g_usleep (1000);
  g_assert_cmpint (visible.position, ==, 1);
  g_assert_cmpint (thumbnail.position, ==, 2);
}

static void
test_cancelled (void)
{
  g_autofree char *folder = emend_test_make_folder ();
  g_autofree char *kept = g_build_filename (folder, "kept", NULL);
  g_autofree char *path = media_make_file (folder, "a.png", 3000, 3000);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  EmendThumbnailer *thumbnailer = emend_thumbnailer_new (kept);
  Answer answers[8] = { 0 };

  for (gsize i = 0; i < G_N_ELEMENTS (answers); i++)
    emend_thumbnailer_get_async (thumbnailer, path, 50 + (int) i, 50, cancellable, got_cb, &answers[i]);
  /* The requests keep what they need; the caller may let go at any time. */
  g_object_unref (thumbnailer);
  g_cancellable_cancel (cancellable);
  for (gsize i = 0; i < G_N_ELEMENTS (answers); i++) {
    emend_test_wait (&answers[i].done);
    g_assert_error (answers[i].error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
    answer_clear (&answers[i]);
  }
  emend_test_remove_folder (folder);
}

static void
test_trim (void)
{
  g_autofree char *folder = emend_test_make_folder ();
  g_autofree char *ten = g_strnfill (10000, 'x');

  for (int i = 0; i < 10; i++) {
    g_autofree char *name = g_strdup_printf ("%02d/%d", i % 3, i);
    g_autofree char *path = emend_test_write (folder, name, ten);
    struct timespec times[2] = { { 1000 + i, 0 }, { 1000 + i, 0 } };
    g_assert_cmpint (utimensat (AT_FDCWD, path, times, 0), ==, 0);
  }
  g_autofree char *oldest = g_build_filename (folder, "00", "0", NULL);
  emend_disk_cache_touch (oldest);
  emend_disk_cache_trim (folder, 45000);
  g_autoptr (GPtrArray) files = list_files (folder);
  g_assert_cmpuint (files->len, ==, 4);
  /* The oldest was used again, so the newest three stay beside it. */
  g_assert_true (g_file_test (oldest, G_FILE_TEST_EXISTS));
  g_autofree char *newest = g_build_filename (folder, "00", "9", NULL);
  g_assert_true (g_file_test (newest, G_FILE_TEST_EXISTS));
  emend_disk_cache_trim (folder, 45000);
  g_autoptr (GPtrArray) same = list_files (folder);
  g_assert_cmpuint (same->len, ==, 4);
  emend_test_remove_folder (folder);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  emend_media_init (0);

  g_test_add_func ("/media/thumbnailer/get/kept", test_kept);
  g_test_add_func ("/media/thumbnailer/get/failed", test_failed);
  g_test_add_func ("/media/thumbnailer/get/newest-first", test_newest_first);
  g_test_add_func ("/media/thumbnailer/get/visible-first", test_visible_first);
  g_test_add_func ("/media/thumbnailer/get/cancelled", test_cancelled);
  g_test_add_func ("/media/disk-cache/trim/oldest", test_trim);
  return g_test_run ();
}
