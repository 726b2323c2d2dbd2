#define G_LOG_DOMAIN "emend-test"

#include "config.h"

#include "emend-add-dialog.h"
#include "emend-dialog-test.h"
#include "emend-test.h"

typedef struct {
  guint n_ended;
  gint64 n_added;
  gint64 n_unreadable;
  GError *error;
} Outcome;

static void
added_cb (GtkWindow *window,
          const EmendScanResult *added,
          Outcome *outcome)
{
  outcome->n_ended++;
  outcome->n_added = added->n_added;
  outcome->n_unreadable = added->n_unreadable;
}

static void
failed_cb (GtkWindow *window,
           const GError *error,
           Outcome *outcome)
{
  outcome->n_ended++;
  outcome->error = g_error_copy (error);
}

static GtkWindow *
run (EmendDialogTest *test,
     const char *folder,
     Outcome *outcome)
{
  GtkWindow *window = emend_add_dialog_new (NULL);

  g_signal_connect (window, "added", G_CALLBACK (added_cb), outcome);
  g_signal_connect (window, "failed", G_CALLBACK (failed_cb), outcome);
  gtk_window_present (window);
  emend_add_dialog_run (EMEND_ADD_DIALOG (window), test->store, folder);
  return window;
}

static gboolean
is_gone (gpointer weak)
{
  return *(gpointer *) weak == NULL;
}

static void
wait_until_gone (GtkWindow *window)
{
  gpointer weak = window;

  g_object_add_weak_pointer (G_OBJECT (window), &weak);
  emend_dialog_test_wait_for (is_gone, &weak);
}

/* What is below the folder is added, also what cannot be shown, and the dialog goes by itself. */
static void
test_adds (EmendDialogTest *test,
           gconstpointer data)
{
  g_autoptr (EmendProjectInfo) after = NULL;
  g_autofree char *more = emend_test_make_folder ();
  Outcome outcome = { 0 };

  g_free (emend_test_write (more, "broken.png", "no picture"));
  wait_until_gone (run (test, more, &outcome));
  g_assert_cmpuint (outcome.n_ended, ==, 1);
  g_assert_no_error (outcome.error);
  g_assert_cmpint (outcome.n_added, ==, 1);
  g_assert_cmpint (outcome.n_unreadable, ==, 1);
  after = emend_dialog_test_get_info (test);
  g_assert_cmpint (after->n_items, ==, test->info->n_items + 1);
  emend_test_remove_folder (more);
}

static void
test_fails (EmendDialogTest *test,
            gconstpointer data)
{
  g_autofree char *nowhere = g_build_filename (test->folder, "nowhere", NULL);
  Outcome outcome = { 0 };

  wait_until_gone (run (test, nowhere, &outcome));
  g_assert_cmpuint (outcome.n_ended, ==, 1);
  g_assert_nonnull (outcome.error);
  g_clear_error (&outcome.error);
}

static GMutex gate;

/* Keeps the project busy for as long as the test holds the gate. */
static gpointer
wait_worker (EmendProject *project,
             gpointer data,
             GCancellable *cancellable,
             GError **error)
{
  g_mutex_lock (&gate);
  g_mutex_unlock (&gate);
  return NULL;
}

static void
waited_cb (GObject *source,
           GAsyncResult *result,
           gpointer data)
{
  g_assert_null (emend_store_run_finish (EMEND_STORE (source), result, NULL));
}

/* Cancelled before it can begin: it goes, and tells neither success nor failure. */
static void
test_cancel (EmendDialogTest *test,
             gconstpointer data)
{
  Outcome outcome = { 0 };
  GtkWindow *window;

  g_mutex_lock (&gate);
  emend_store_run_async (test->store, wait_worker, NULL, NULL, NULL, NULL, waited_cb, NULL);
  window = run (test, test->folder, &outcome);
  gtk_window_close (window);
  g_mutex_unlock (&gate);
  wait_until_gone (window);
  g_assert_no_error (outcome.error);
  g_assert_cmpuint (outcome.n_ended, ==, 0);
}

#define ADD(path, func) \
  g_test_add (path, EmendDialogTest, NULL, emend_dialog_test_setup, func, emend_dialog_test_teardown)

int
main (int argc,
      char **argv)
{
  emend_dialog_test_init (&argc, &argv);
  ADD ("/ui/add-dialog/run/adds", test_adds);
  ADD ("/ui/add-dialog/run/fails", test_fails);
  ADD ("/ui/add-dialog/run/cancel", test_cancel);
  return g_test_run ();
}
