#define G_LOG_DOMAIN "emend-test"

#include "config.h"

#include <glib/gstdio.h>

#include "emend-dialog-test.h"
#include "emend-error-bar.h"
#include "emend-pack-dialog.h"
#include "emend-pack-job.h"
#include "emend-test.h"
#include "emend-unpack-dialog.h"

typedef struct {
  EmendPackFacts *facts;
  char *project;
  GError *error;
  gboolean done;
} Outcome;

static gboolean
can_run (gpointer window)
{
  return gtk_widget_get_sensitive (gtk_window_get_default_widget (window));
}

static char *
find_pack (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL) {
    if (g_str_has_suffix (name, ".emend.zip"))
      return g_build_filename (folder, name, NULL);
  }
  return NULL;
}

static void
remove_packs (const char *folder)
{
  char *path;

  while ((path = find_pack (folder)) != NULL) {
    g_assert_cmpint (g_remove (path), ==, 0);
    g_free (path);
  }
}

static void
test_packs (EmendDialogTest *test,
            gconstpointer data)
{
  g_autofree char *inner = g_strdup (test->info->folder);
  g_autofree char *outer = emend_test_make_folder ();
  GtkWindow *window;
  g_autofree char *pack = NULL;
  gpointer weak;

  /* The archive is proposed beside the project's folder. */
  g_free (test->info->folder);
  test->info->folder = g_build_filename (outer, "inner", NULL);
  window = emend_pack_dialog_new (NULL, test->store, test->info);
  weak = window;
  g_object_add_weak_pointer (G_OBJECT (window), &weak);
  gtk_window_present (window);
  emend_dialog_test_wait_for (can_run, window);
  gtk_widget_activate_action (GTK_WIDGET (window), "pack.run", NULL);
  emend_dialog_test_wait_page (gtk_window_get_child (window), "result");
  g_assert_nonnull (emend_dialog_test_find_label (GTK_WIDGET (window), "Packed"));
  pack = find_pack (outer);
  g_assert_nonnull (pack);
  gtk_widget_activate_action (GTK_WIDGET (window), "pack.verify", NULL);
  emend_dialog_test_wait_page (gtk_window_get_child (window), "progress");
  emend_dialog_test_wait_page (gtk_window_get_child (window), "result");
  g_assert_nonnull (emend_dialog_test_find_label (GTK_WIDGET (window), "Complete and Unaltered"));
  gtk_window_close (window);
  emend_dialog_test_assert_gone (&weak);
  remove_packs (outer);
  emend_test_remove_folder (outer);
}

static void
written_cb (GObject *source,
            GAsyncResult *result,
            gpointer data)
{
  Outcome *outcome = data;

  outcome->facts = emend_pack_job_write_finish (EMEND_STORE (source), result, &outcome->error);
  outcome->done = TRUE;
}

static void
unpacked_cb (GObject *source,
             GAsyncResult *result,
             gpointer data)
{
  Outcome *outcome = data;

  outcome->project = emend_pack_job_unpack_finish (result, &outcome->error);
  outcome->done = TRUE;
}

static char *
write_pack (EmendDialogTest *test,
            const char *folder)
{
  char *path = g_build_filename (folder, "x.emend.zip", NULL);
  const EmendPackOrder order = { .path = path, .kind = EMEND_PACK_BACKUP };
  g_autoptr (EmendTaskProgress) progress = emend_task_progress_new (EMEND_PROGRESS_BYTES);
  Outcome outcome = { 0 };

  emend_pack_job_write_async (test->store, &order, progress, written_cb, &outcome);
  emend_test_wait (&outcome.done);
  g_assert_no_error (outcome.error);
  g_assert_cmpuint (outcome.facts->n_items, ==, 3);
  emend_pack_facts_free (outcome.facts);
  return path;
}

static void
test_verifies (EmendDialogTest *test,
               gconstpointer data)
{
  g_autofree char *folder = emend_test_make_folder ();
  g_autofree char *path = write_pack (test, folder);
  GtkWindow *window = emend_unpack_dialog_new (NULL);
  g_autoptr (EmendTaskProgress) progress = emend_task_progress_new (EMEND_PROGRESS_BYTES);
  Outcome outcome = { 0 };

  gtk_window_present (window);
  emend_unpack_dialog_set_archive (EMEND_UNPACK_DIALOG (window), path);
  emend_dialog_test_wait_page (gtk_window_get_child (window), "result");
  g_assert_nonnull (emend_dialog_test_find_label (GTK_WIDGET (window), "Complete and Unaltered"));
  g_assert_true (can_run (window));
  gtk_window_destroy (window);
  emend_pack_job_unpack_async (path, folder, progress, unpacked_cb, &outcome);
  emend_test_wait (&outcome.done);
  g_assert_no_error (outcome.error);
  g_assert_true (g_file_test (outcome.project, G_FILE_TEST_EXISTS));
  g_free (outcome.project);
  emend_test_remove_folder (folder);
}

static void
test_refuses (EmendDialogTest *test,
              gconstpointer data)
{
  g_autofree char *folder = emend_test_make_folder ();
  g_autofree char *path = write_pack (test, folder);
  GtkWindow *window = emend_unpack_dialog_new (NULL);
  g_autofree char *bytes = NULL;
  gsize size = 0;

  g_assert_true (g_file_get_contents (path, &bytes, &size, NULL));
  bytes[size / 2] = (char) ~bytes[size / 2];
  g_assert_true (g_file_set_contents (path, bytes, (gssize) size, NULL));
  gtk_window_present (window);
  emend_unpack_dialog_set_archive (EMEND_UNPACK_DIALOG (window), path);
  emend_dialog_test_wait_page (gtk_window_get_child (window), "result");
  g_assert_null (emend_dialog_test_find_label (GTK_WIDGET (window), "Complete and Unaltered"));
  g_assert_false (can_run (window));
  gtk_window_destroy (window);
  emend_test_remove_folder (folder);
}

static void
test_no_pack (EmendDialogTest *test,
              gconstpointer data)
{
  GtkWindow *window = emend_unpack_dialog_new (NULL);
  gpointer weak = window;

  g_object_add_weak_pointer (G_OBJECT (window), &weak);
  gtk_window_present (window);
  emend_unpack_dialog_set_archive (EMEND_UNPACK_DIALOG (window), test->coco);
  emend_dialog_test_wait_page (gtk_window_get_child (window), "result");
  g_assert_false (can_run (window));
  gtk_window_close (window);
  emend_dialog_test_assert_gone (&weak);
}

#define ADD(path, func) \
  g_test_add (path, EmendDialogTest, NULL, emend_dialog_test_setup, func, emend_dialog_test_teardown)

int
main (int argc,
      char **argv)
{
  emend_dialog_test_init (&argc, &argv);
  ADD ("/ui/pack-dialog/run/packs", test_packs);
  ADD ("/ui/unpack-dialog/archive/verifies", test_verifies);
  ADD ("/ui/unpack-dialog/archive/refuses-damaged", test_refuses);
  ADD ("/ui/unpack-dialog/archive/no-pack", test_no_pack);
  return g_test_run ();
}
