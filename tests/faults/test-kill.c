#define G_LOG_DOMAIN "emend-test"

#include "config.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include "emend-test-project.h"
#include "emend-test.h"

/* How often the slow suite kills, and how often the quick one. */
#define SLOW_KILLS 300
#define QUICK_KILLS 40

/* Longest time until a kill, from the first acknowledged decision on. */
#define MAX_DELAY_US 25000

static char *worker;

/* Reads until the worker is gone; the last whole line is what it acknowledged last. */
static gint64
last_acknowledged (int fd,
                   pid_t pid,
                   guint delay_us)
{
  g_autoptr (GString) text = g_string_new (NULL);
  char buffer[4096];
  gboolean killed = FALSE;
  const char *end;
  gssize n;

  while ((n = read (fd, buffer, sizeof buffer)) > 0) {
    g_string_append_len (text, buffer, n);
    if (killed)
      continue;
    g_usleep (delay_us);
    g_assert_cmpint (kill (pid, SIGKILL), ==, 0);
    killed = TRUE;
  }
  g_assert_true (killed);
  end = strrchr (text->str, '\n');
  g_assert_nonnull (end);
  while (end > text->str && end[-1] != '\n')
    end--;
  return g_ascii_strtoll (end, NULL, 10);
}

static gint64
run_and_kill (EmendTestProject *self,
              guint32 seed,
              guint delay_us)
{
  g_autofree char *seed_text = g_strdup_printf ("%u", seed);
  const char *const argv[] = { worker, self->path, seed_text, NULL };
  g_autoptr (GError) error = NULL;
  gint64 acknowledged;
  GPid pid;
  int out = -1;
  int status;

  g_spawn_async_with_pipes (NULL, (char **) argv, NULL, G_SPAWN_DO_NOT_REAP_CHILD, NULL, NULL, &pid, NULL, &out, NULL,
                            &error);
  g_assert_no_error (error);
  acknowledged = last_acknowledged (out, pid, delay_us);
  close (out);
  g_assert_cmpint (waitpid (pid, &status, 0), ==, pid);
  g_assert_true (WIFSIGNALED (status) && WTERMSIG (status) == SIGKILL);
  return acknowledged;
}

/* The number of the last event of the reviewer. */
static gint64
last_recorded (EmendProject *project)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) events = emend_project_list_events (project, 0, 0, &error);
  gint64 last = 0;

  g_assert_no_error (error);
  for (guint i = 0; i < events->len; i++) {
    const EmendEvent *event = g_ptr_array_index (events, i);
    last = MAX (last, event->seq);
  }
  return last;
}

static void
test_kill (gconstpointer data)
{
  int n_kills = GPOINTER_TO_INT (data);
  EmendTestProject self;
  g_autofree char *journal = NULL;
  gint64 n_decisions = 0;
  int n_hot = 0;

  emend_test_project_set_up (&self, "ann");
  journal = g_strconcat (self.path, "-journal", NULL);
  emend_test_add_items (self.project, 20);
  emend_test_add_run (self.project, EMEND_RUN_PROPOSALS, 20, 3);
  for (int i = 0; i < n_kills; i++) {
    gint64 before = last_recorded (self.project);
    gint64 acknowledged;
    gint64 recorded;

    g_clear_pointer (&self.project, emend_project_close);
    acknowledged = run_and_kill (&self, g_test_rand_int () & 0x7fffffff,
                                 (guint) g_test_rand_int_range (0, MAX_DELAY_US));
    n_hot += g_file_test (journal, G_FILE_TEST_EXISTS);
    emend_test_project_reopen (&self, 0, "ann");
    recorded = last_recorded (self.project);
    g_assert_cmpint (recorded, >=, acknowledged);
    g_assert_cmpint (recorded, <=, acknowledged + 1);
    g_assert_cmpint (acknowledged, >, before);
    n_decisions += acknowledged - before;
    if (i % 10 == 9 || i == n_kills - 1)
      emend_test_assert_sound (self.project);
  }
  g_test_message ("%d kills, %d acknowledged decisions, none lost; %d kills left a journal to roll back", n_kills,
                  (int) n_decisions, n_hot);
  emend_test_project_tear_down (&self);
}

/* The child may write no file larger than this: what a full disk answers, without one. */
static gboolean
decide_until_full (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (EmendProject) project = emend_project_open (path, 0, "ann", &error);
  gboolean full = FALSE;

  for (int i = 0; project != NULL && i < 10000 && !full; i++) {
    g_autoptr (EmendDecision) decision = emend_test_decision (EMEND_DECISION_ADD, 1 + i % 20, 0);
    const EmendDecision *const decisions[] = { decision };
    g_autoptr (EmendOutcome) outcome = NULL;

    decision->label = 1;
    emend_shape_init_box (&decision->shape, &(EmendRect){ i, 1, 2, 3 });
    outcome = emend_project_decide (project, decisions, 1, &error);
    full = outcome == NULL && g_error_matches (error, EMEND_STORE_ERROR, EMEND_STORE_ERROR_DISK);
    if (outcome == NULL && !full)
      return FALSE;
    if (outcome != NULL && write (STDOUT_FILENO, "", 1) != 1)
      return FALSE;
  }
  if (full) {
    g_autofree char *dump = emend_test_dump (project);
    full = dump != NULL && g_strrstr (error->message, "test.emend") != NULL;
  }
  return full;
}

static void
test_disk_full (void)
{
  EmendTestProject self;
  g_autoptr (EmendProjectInfo) info = NULL;
  g_autoptr (GError) error = NULL;
  char buffer[4096];
  gint64 acknowledged = 0;
  int pipe_fds[2];
  int status;
  gssize n;
  pid_t pid;

  emend_test_project_set_up (&self, "ann");
  emend_test_add_items (self.project, 20);
  g_clear_pointer (&self.project, emend_project_close);
  g_assert_cmpint (pipe (pipe_fds), ==, 0);
  pid = fork ();
  if (pid == 0) {
    struct rlimit limit = { 400000, 400000 };

    signal (SIGXFSZ, SIG_IGN);
    if (setrlimit (RLIMIT_FSIZE, &limit) != 0 || dup2 (pipe_fds[1], STDOUT_FILENO) < 0)
      _exit (2);
    close (pipe_fds[0]);
    close (pipe_fds[1]);
    _exit (decide_until_full (self.path) ? 0 : 1);
  }
  close (pipe_fds[1]);
  while ((n = read (pipe_fds[0], buffer, sizeof buffer)) > 0)
    acknowledged += n;
  close (pipe_fds[0]);
  g_assert_cmpint (waitpid (pid, &status, 0), ==, pid);
  g_assert_true (WIFEXITED (status));
  g_assert_cmpint (WEXITSTATUS (status), ==, 0);
  emend_test_project_reopen (&self, 0, "ann");
  info = emend_project_get_info (self.project, &error);
  g_assert_cmpint (acknowledged, >, 10);
  g_assert_cmpint (info->n_added, ==, acknowledged);
  emend_test_assert_sound (self.project);
  emend_test_project_tear_down (&self);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  worker = g_test_build_filename (G_TEST_BUILT, "faults", "kill-worker", NULL);
  if (g_getenv ("EMEND_TEST_SLOW") != NULL)
    g_test_add_data_func ("/faults/kill/slow", GINT_TO_POINTER (SLOW_KILLS), test_kill);
  else {
    g_test_add_data_func ("/faults/kill/quick", GINT_TO_POINTER (QUICK_KILLS), test_kill);
    g_test_add_func ("/faults/disk/full", test_disk_full);
  }
  return g_test_run ();
}
