#include "config.h"

#include <math.h>
#include <string.h>

#include "emend-engine-fixture.h"
#include "emend-replay.h"

typedef struct {
  GString *told;
  GCancellable *cancellable;
  EmendProject *project;
} Listener;

static void
hear (gint64 line,
      const GError *error,
      gpointer data)
{
  Listener *listener = data;

  g_string_append_printf (listener->told, "%s%" G_GINT64_FORMAT " ", error == NULL ? "" : "!", line);
  if (listener->cancellable != NULL)
    g_cancellable_cancel (listener->cancellable);
}

static void
import (EngineFixture *fixture)
{
  const EngineRecord records[] = {
    { 0, 1, { 0, 0, 10, 10 }, 0.9 },
    { 0, 2, { 20, 0, 10, 10 }, 0.5 },
    { 1, 1, { 0, 0, 10, 10 }, NAN },
  };

  engine_fixture_import (fixture, EMEND_RUN_PROPOSALS, "model", records, G_N_ELEMENTS (records));
}

static gboolean
replay (EngineFixture *fixture,
        const char *text,
        Listener *listener,
        EmendReplayResult *result,
        GError **error)
{
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_data (text, (gssize) strlen (text), NULL);
  return emend_replay_run (fixture->project, stream, result, hear, listener, listener->cancellable, error);
}

static void
test_plain (EngineFixture *fixture,
            gconstpointer data)
{
  g_autoptr (GString) told = g_string_new (NULL);
  g_autoptr (EmendProjectInfo) info = NULL;
  g_autoptr (GError) error = NULL;
  Listener listener = { told, NULL, fixture->project };
  EmendReplayResult result;

  import (fixture);
  g_assert_true (replay (fixture,
                         "{\"item\": \"a.png\", \"proposal\": \"1:0\", \"verdict\": \"accept\"}\n"
                         "\n"
                         "{\"item\": \"a.png\", \"proposal\": \"1:1\", \"verdict\": \"correct\", \"box\": [21, 0, 10, "
                         "10]}\n"
                         "{\"item\": \"b.png\", \"proposal\": \"1:1\", \"verdict\": \"reject\"}\n"
                         "nonsense\n"
                         "{\"item\": \"b.png\", \"proposal\": \"1:2\", \"verdict\": \"reject\"}\r\n"
                         "{\"item\": \"b.png\", \"verdict\": \"add\", \"label\": \"cat\", \"box\": [1, 2, 3, 4]}",
                         &listener, &result, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (told->str, ==, "1 3 !4 !5 6 7 ");
  g_assert_cmpint (result.n_applied, ==, 4);
  g_assert_cmpint (result.n_failed, ==, 2);
  info = emend_project_get_info (fixture->project, &error);
  g_assert_cmpint (info->n_accepted, ==, 1);
  g_assert_cmpint (info->n_corrected, ==, 1);
  g_assert_cmpint (info->n_rejected, ==, 1);
  g_assert_cmpint (info->n_added, ==, 1);
  g_assert_cmpint (info->n_undecided, ==, 0);
}

/* What is told as applied is committed then: a second connection sees it. */
static void
hear_committed (gint64 line,
                const GError *error,
                gpointer data)
{
  Listener *listener = data;
  g_autoptr (EmendProjectInfo) info = emend_project_get_info (listener->project, NULL);
  g_autoptr (EmendProject) other = emend_project_open (info->path, EMEND_PROJECT_READ_ONLY, "Ada", NULL);
  g_autoptr (EmendProjectInfo) seen = emend_project_get_info (other, NULL);

  g_assert_no_error (error);
  g_assert_cmpint (seen->n_accepted, ==, line);
}

static void
test_committed (EngineFixture *fixture,
                gconstpointer data)
{
  const char *text = "{\"item\": \"a.png\", \"proposal\": \"1:0\", \"verdict\": \"accept\"}\n"
                     "{\"item\": \"a.png\", \"proposal\": \"1:1\", \"verdict\": \"accept\"}\n";
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_data (text, (gssize) strlen (text), NULL);
  g_autoptr (GError) error = NULL;
  Listener listener = { NULL, NULL, fixture->project };
  EmendReplayResult result;

  import (fixture);
  g_assert_true (emend_replay_run (fixture->project, stream, &result, hear_committed, &listener, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (result.n_applied, ==, 2);
}

/* What was done before it was cancelled stays. */
static void
test_cancelled (EngineFixture *fixture,
                gconstpointer data)
{
  g_autoptr (GString) told = g_string_new (NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  Listener listener = { told, cancellable, fixture->project };
  EmendReplayResult result;

  import (fixture);
  g_assert_false (replay (fixture,
                          "{\"item\": \"a.png\", \"proposal\": \"1:0\", \"verdict\": \"accept\"}\n"
                          "{\"item\": \"a.png\", \"proposal\": \"1:1\", \"verdict\": \"accept\"}\n",
                          &listener, &result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpstr (told->str, ==, "1 ");
  g_assert_cmpint (result.n_applied, ==, 1);
}

/* A reason that every line would meet ends it: here, nobody's name is known. */
static void
test_lasting (EngineFixture *fixture,
              gconstpointer data)
{
  g_autoptr (GString) told = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  Listener listener = { told, NULL, fixture->project };
  EmendReplayResult result;

  import (fixture);
  g_assert_true (emend_project_set_reviewer (fixture->project, NULL, &error));
  g_assert_false (replay (fixture, "{\"item\": \"a.png\", \"proposal\": \"1:0\", \"verdict\": \"accept\"}\n",
                          &listener, &result, &error));
  g_assert_error (error, EMEND_STORE_ERROR, EMEND_STORE_ERROR_NO_REVIEWER);
  g_assert_cmpstr (told->str, ==, "");
}

#define ADD(name, function) \
  g_test_add (name, EngineFixture, NULL, engine_fixture_set_up, function, engine_fixture_tear_down)

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/engine/replay/run/plain", test_plain);
  ADD ("/engine/replay/run/committed", test_committed);
  ADD ("/engine/replay/run/cancelled", test_cancelled);
  ADD ("/engine/replay/run/lasting", test_lasting);
  return g_test_run ();
}
