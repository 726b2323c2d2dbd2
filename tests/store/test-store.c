#define G_LOG_DOMAIN "emend-test"

#include "config.h"

#include "emend-project-private.h"
#include "emend-store.h"
#include "emend-test-project.h"
#include "emend-test.h"

#define P(ordinal) EMEND_PROPOSAL_ID (1, ordinal)

typedef struct {
  EmendTestProject file;
  EmendStore *store;
} Fixture;

static GThread *main_thread;

/* An answer that a test waits for. */
typedef struct {
  gboolean done;
  GAsyncResult *result;
} Answer;

static void
answer_cb (GObject *source,
           GAsyncResult *result,
           gpointer data)
{
  Answer *answer = data;

  g_assert_true (g_thread_self () == main_thread);
  answer->result = g_object_ref (result);
  answer->done = TRUE;
}

static EmendStore *
open_store (const char *path,
            GError **error)
{
  Answer answer = { 0 };
  EmendStore *store;

  emend_store_open_async (path, 0, "ann", NULL, answer_cb, &answer);
  emend_test_wait (&answer.done);
  store = emend_store_open_finish (answer.result, error);
  g_object_unref (answer.result);
  return store;
}

static void
set_up (Fixture *self,
        gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  emend_test_project_set_up (&self->file, "ann");
  emend_test_add_items (self->file.project, 5);
  emend_test_add_run (self->file.project, EMEND_RUN_PROPOSALS, 5, 3);
  g_clear_pointer (&self->file.project, emend_project_close);
  self->store = open_store (self->file.path, &error);
  g_assert_no_error (error);
}

static void
close_store (Fixture *self)
{
  Answer answer = { 0 };
  g_autoptr (GError) error = NULL;

  emend_store_close_async (self->store, answer_cb, &answer);
  emend_test_wait (&answer.done);
  g_assert_true (emend_store_close_finish (self->store, answer.result, &error));
  g_assert_no_error (error);
  g_object_unref (answer.result);
  while (g_main_context_iteration (NULL, FALSE))
    continue;
}

static void
tear_down (Fixture *self,
           gconstpointer data)
{
  if (self->store != NULL) {
    close_store (self);
    g_assert_finalize_object (self->store);
  }
  emend_test_project_reopen (&self->file, 0, "ann");
  emend_test_assert_sound (self->file.project);
  emend_test_project_tear_down (&self->file);
}

static GPtrArray *
one (EmendDecisionKind kind,
     gint64 item,
     EmendProposalId proposal)
{
  GPtrArray *decisions = g_ptr_array_new_with_free_func ((GDestroyNotify) emend_decision_free);

  g_ptr_array_add (decisions, emend_test_decision (kind, item, proposal));
  return decisions;
}

static void
notify_cb (EmendStore *store,
           GParamSpec *spec,
           gpointer data)
{
  g_assert_true (g_thread_self () == main_thread);
  g_string_append_printf (data, "%u ", emend_store_get_pending (store));
}

/* Three decisions and an undo, asked at once: answered in order, counted up and down. */
static void
test_decide (Fixture *self,
             gconstpointer data)
{
  Answer answers[4] = { 0 };
  g_autoptr (GString) counts = g_string_new (NULL);
  gint64 last = 0;

  g_signal_connect (self->store, "notify::pending", G_CALLBACK (notify_cb), counts);
  for (guint i = 0; i < 3; i++) {
    g_autoptr (GPtrArray) decisions = one (EMEND_DECISION_ACCEPT, 1, P (i));
    emend_store_decide_async (self->store, decisions, answer_cb, &answers[i]);
  }
  emend_store_undo_async (self->store, answer_cb, &answers[3]);
  g_assert_cmpuint (emend_store_get_pending (self->store), ==, 4);
  emend_test_wait (&answers[3].done);
  for (guint i = 0; i < 4; i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (EmendOutcome) outcome = emend_store_decide_finish (self->store, answers[i].result, &error);

    g_assert_no_error (error);
    g_assert_cmpint (outcome->seq, >, last);
    last = outcome->seq;
    g_clear_object (&answers[i].result);
  }
  g_assert_cmpstr (counts->str, ==, "1 2 3 4 3 2 1 0 ");
}

static void
test_redo (Fixture *self,
           gconstpointer data)
{
  Answer answers[3] = { 0 };
  g_autoptr (GPtrArray) decisions = one (EMEND_DECISION_ACCEPT, 1, P (0));

  emend_store_decide_async (self->store, decisions, NULL, NULL);
  emend_store_undo_async (self->store, answer_cb, &answers[0]);
  emend_store_redo_async (self->store, answer_cb, &answers[1]);
  emend_store_redo_async (self->store, answer_cb, &answers[2]);
  emend_test_wait (&answers[2].done);
  for (int i = 0; i < 3; i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (EmendOutcome) outcome = emend_store_decide_finish (self->store, answers[i].result, &error);

    g_assert_cmpint (outcome != NULL, ==, i < 2);
    g_assert_cmpint (error != NULL, ==, i == 2);
    g_clear_object (&answers[i].result);
  }
}

static void
test_failed (Fixture *self,
             gconstpointer data)
{
  Answer answer = { 0 };
  g_autoptr (GPtrArray) decisions = one (EMEND_DECISION_ACCEPT, 1, P (999));
  g_autoptr (GError) error = NULL;

  emend_store_decide_async (self->store, decisions, answer_cb, &answer);
  emend_test_wait (&answer.done);
  g_assert_null (emend_store_decide_finish (self->store, answer.result, &error));
  g_assert_error (error, EMEND_STORE_ERROR, EMEND_STORE_ERROR_REFUSED);
  g_assert_cmpuint (emend_store_get_pending (self->store), ==, 0);
  g_object_unref (answer.result);
}

static gpointer
dump_func (EmendProject *project,
           gpointer data,
           GCancellable *cancellable,
           GError **error)
{
  g_assert_false (g_thread_self () == main_thread);
  return emend_test_dump (project);
}

static void
test_run (Fixture *self,
          gconstpointer data)
{
  Answer answer = { 0 };
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  emend_store_run_async (self->store, dump_func, g_strdup ("data"), g_free, g_free, NULL, answer_cb, &answer);
  emend_test_wait (&answer.done);
  text = emend_store_run_finish (self->store, answer.result, &error);
  g_assert_no_error (error);
  g_assert_nonnull (text);
  g_object_unref (answer.result);
  emend_store_run_async (self->store, dump_func, NULL, NULL, g_free, NULL, NULL, NULL);
}

/* A query that would take hours ends when it is given up. */
static gpointer
endless_func (EmendProject *project,
              gpointer data,
              GCancellable *cancellable,
              GError **error)
{
  EmendItemFilter filter;
  GArray *items = NULL;

  emend_item_filter_init (&filter);
  filter.text = g_strdup ("nothing");
  while (!g_cancellable_set_error_if_cancelled (cancellable, error)) {
    g_clear_pointer (&items, g_array_unref);
    items = emend_project_query_items (project, &filter, EMEND_ITEM_ORDER_NAME, 0, error);
    if (items == NULL)
      break;
    g_atomic_int_set ((int *) data, 1);
  }
  g_clear_pointer (&items, g_array_unref);
  emend_item_filter_clear (&filter);
  return NULL;
}

static void
test_cancel (Fixture *self,
             gconstpointer data)
{
  Answer running = { 0 };
  Answer waiting = { 0 };
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  int started = 0;

  emend_store_run_async (self->store, endless_func, &started, NULL, NULL, cancellable, answer_cb, &running);
  emend_store_run_async (self->store, dump_func, NULL, NULL, g_free, cancellable, answer_cb, &waiting);
  while (!g_atomic_int_get (&started))
    g_usleep (100);
  g_cancellable_cancel (cancellable);
  emend_test_wait (&waiting.done);
  g_assert_null (emend_store_run_finish (self->store, running.result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  g_assert_null (emend_store_run_finish (self->store, waiting.result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_object_unref (running.result);
  g_object_unref (waiting.result);
}

/* One query that would take hours, until it is interrupted for the first time. */
static gpointer
long_query_func (EmendProject *project,
                 gpointer data,
                 GCancellable *cancellable,
                 GError **error)
{
  static const char sql[] = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1e12) "
                            "SELECT count (*) FROM n";
  gint64 n = 0;

  if (g_atomic_int_add ((int *) data, 1) > 0)
    return g_strdup ("found");
  g_assert_false (emend_project_query_int (project, sql, 0, &n, error));
  return NULL;
}

/* A decision does not wait for a query that runs; the query begins anew and is answered, also when the store is
 * closed at once. */
static void
test_gives_way (Fixture *self,
                gconstpointer data)
{
  Answer query = { 0 };
  Answer second = { 0 };
  Answer decided = { 0 };
  g_autoptr (GPtrArray) decisions = one (EMEND_DECISION_DONE, 1, 0);
  g_autoptr (GError) error = NULL;
  g_autofree char *found = NULL;
  int started = 0;

  emend_store_query_async (self->store, long_query_func, &started, NULL, g_free, NULL, answer_cb, &query);
  emend_store_query_async (self->store, dump_func, NULL, NULL, g_free, NULL, answer_cb, &second);
  while (g_atomic_int_get (&started) == 0)
    g_usleep (100);
  g_usleep (20000);
  emend_store_decide_async (self->store, decisions, answer_cb, &decided);
  close_store (self);
  g_assert_true (decided.done && query.done && second.done);
  emend_outcome_free (emend_store_decide_finish (self->store, decided.result, &error));
  g_assert_no_error (error);
  found = emend_store_run_finish (self->store, query.result, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (found, ==, "found");
  g_assert_cmpint (g_atomic_int_get (&started), ==, 2);
  g_free (emend_store_run_finish (self->store, second.result, &error));
  g_assert_no_error (error);
  g_object_unref (query.result);
  g_object_unref (second.result);
  g_object_unref (decided.result);
}

/* Given up, it does not begin anew. */
static void
test_query_cancelled (Fixture *self,
                      gconstpointer data)
{
  Answer query = { 0 };
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  int started = 0;

  emend_store_query_async (self->store, long_query_func, &started, NULL, g_free, cancellable, answer_cb, &query);
  while (g_atomic_int_get (&started) == 0)
    g_usleep (100);
  g_usleep (20000);
  g_cancellable_cancel (cancellable);
  emend_test_wait (&query.done);
  g_assert_null (emend_store_run_finish (self->store, query.result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (g_atomic_int_get (&started), ==, 1);
  g_object_unref (query.result);
}

/* Closing waits for what was asked, and takes nothing more. */
static void
test_close (Fixture *self,
            gconstpointer data)
{
  Answer answers[5] = { 0 };
  Answer late = { 0 };
  g_autoptr (GPtrArray) decisions = one (EMEND_DECISION_DONE, 1, 0);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 5; i++)
    emend_store_decide_async (self->store, decisions, answer_cb, &answers[i]);
  close_store (self);
  emend_store_decide_async (self->store, decisions, answer_cb, &late);
  emend_test_wait (&late.done);
  g_assert_null (emend_store_decide_finish (self->store, late.result, &error));
  g_assert_error (error, EMEND_STORE_ERROR, EMEND_STORE_ERROR_REFUSED);
  g_object_unref (late.result);
  for (guint i = 0; i < 5; i++) {
    g_assert_true (answers[i].done);
    emend_outcome_free (emend_store_decide_finish (self->store, answers[i].result, NULL));
    g_object_unref (answers[i].result);
  }
}

/* Dropped without being closed: what was asked is done all the same. */
static void
test_dropped (Fixture *self,
              gconstpointer data)
{
  Answer answer = { 0 };
  g_autoptr (GPtrArray) decisions = one (EMEND_DECISION_DONE, 1, 0);
  g_autofree char *lock = g_build_filename (self->file.folder, ".test.emend.lock", NULL);

  emend_store_decide_async (self->store, decisions, answer_cb, &answer);
  g_clear_object (&self->store);
  emend_test_wait (&answer.done);
  g_object_unref (answer.result);
  while (g_main_context_iteration (NULL, FALSE))
    continue;
  for (int i = 0; i < 1000 && g_file_test (lock, G_FILE_TEST_EXISTS); i++)
    g_usleep (1000);
  emend_test_project_reopen (&self->file, 0, "ann");
  {
    g_autoptr (EmendProjectInfo) info = emend_project_get_info (self->file.project, NULL);
    g_assert_cmpint (info->n_items_done, ==, 1);
  }
}

static void
test_open_fails (Fixture *self,
                 gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (open_store ("/nowhere/at/all.emend", &error));
  g_assert_error (error, EMEND_STORE_ERROR, EMEND_STORE_ERROR_NOT_FOUND);
}

static void
test_create (Fixture *self,
             gconstpointer data)
{
  Answer answer = { 0 };
  g_autofree char *path = g_build_filename (self->file.folder, "new.emend", NULL);
  g_autoptr (EmendSchema) schema = emend_test_schema ();
  g_autoptr (GError) error = NULL;
  g_autoptr (EmendStore) store = NULL;

  emend_store_create_async (path, "New", schema, "ann", NULL, answer_cb, &answer);
  emend_test_wait (&answer.done);
  store = emend_store_create_finish (answer.result, &error);
  g_assert_no_error (error);
  g_assert_nonnull (store);
  g_object_unref (answer.result);
}

static void
test_open_cancelled (Fixture *self,
                     gconstpointer data)
{
  Answer answer = { 0 };
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  emend_store_open_async (self->file.path, 0, "ann", cancellable, answer_cb, &answer);
  emend_test_wait (&answer.done);
  g_assert_null (emend_store_open_finish (answer.result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_object_unref (answer.result);
}

#define ADD(name, func) g_test_add ("/store/store/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  main_thread = g_thread_self ();
  ADD ("decide/in-order", test_decide);
  ADD ("decide/failed", test_failed);
  ADD ("redo/nothing-left", test_redo);
  ADD ("run/result", test_run);
  ADD ("run/cancelled", test_cancel);
  ADD ("query/gives-way", test_gives_way);
  ADD ("query/cancelled", test_query_cancelled);
  ADD ("close/waits", test_close);
  ADD ("close/dropped", test_dropped);
  ADD ("open/fails", test_open_fails);
  ADD ("open/cancelled", test_open_cancelled);
  ADD ("create/new", test_create);
  return g_test_run ();
}
