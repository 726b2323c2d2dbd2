#define G_LOG_DOMAIN "emend-ctl"

#include "config.h"

#include <inttypes.h>
#include <stdio.h>
#include <unistd.h>

#include <gio/gunixinputstream.h>
#include <glib/gi18n-lib.h>

#include "emend-commands.h"
#include "emend-output.h"
#include "emend-replay.h"

/* The most refused lines that are kept for JSON. */
#define MAX_PROBLEMS 1000

typedef struct {
  const char *file;
  gboolean ack;
  EmendOutput *output;
  guint n_problems;
} Listener;

static void
line_done (gint64 line,
           const GError *error,
           gpointer data)
{
  Listener *listener = data;
  g_autofree char *message = NULL;

  if (error == NULL && listener->ack) {
    emend_output_print ("ok %" PRId64 "\n", line);
    (void) fflush (stdout);
  }
  if (error == NULL)
    return;
  /* TRANSLATORS: the number of a line, then why it cannot be used. */
  message = g_strdup_printf (_ ("line %" PRId64 ": %s"), line, error->message);
  emend_ctl_complain (listener->file, message);
  if (listener->output != NULL && listener->n_problems++ < MAX_PROBLEMS) {
    emend_json_begin_object (listener->output->writer);
    emend_output_number (listener->output, "line", line);
    emend_output_text (listener->output, "reason", error->message);
    emend_json_end_object (listener->output->writer);
  }
}

static GInputStream *
open_lines (const char *path,
            GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);

  if (g_str_equal (path, "-"))
    return g_unix_input_stream_new (STDIN_FILENO, FALSE);
  return (GInputStream *) g_file_read (file, NULL, error);
}

static EmendCtlStatus
replay (EmendCtl *ctl,
        EmendProject *project,
        GInputStream *lines,
        gboolean ack)
{
  g_autoptr (EmendOutput) output = ctl->json ? emend_output_new () : NULL;
  Listener listener = { ctl->args[1], ack, output, 0 };
  EmendReplayResult result;
  g_autoptr (GError) error = NULL;
  gboolean finished;

  if (output != NULL) {
    emend_json_key (output->writer, "problems");
    emend_json_begin_array (output->writer);
  }
  finished = emend_replay_run (project, lines, &result, line_done, &listener, ctl->cancellable, &error);
  if (output != NULL) {
    emend_json_end_array (output->writer);
    emend_output_number (output, "applied", result.n_applied);
    emend_output_number (output, "failed", result.n_failed);
  } else if (!ack) {
    emend_output_print (_ ("Decisions made: %" PRId64 "\n"), result.n_applied);
    emend_output_print (_ ("Lines that could not be applied: %" PRId64 "\n"), result.n_failed);
  }
  if (!finished)
    return emend_ctl_fail (ctl->args[0], error);
  return result.n_failed == 0 ? EMEND_CTL_DONE : EMEND_CTL_FAILED;
}

/**
 * emend_command_review:
 * @ctl: this call
 *
 * `emendctl review`: makes the decisions of a file, one after another, each committed at once.
 *
 * Returns: with what the program ends
 */
EmendCtlStatus
emend_command_review (EmendCtl *ctl)
{
  gboolean ack = FALSE;
  const GOptionEntry entries[] = {
    { "ack", 0, 0, G_OPTION_ARG_NONE, &ack, N_ ("Print “ok LINE” when a decision is safely saved"), NULL },
    G_OPTION_ENTRY_NULL
  };
  g_autoptr (GInputStream) lines = NULL;
  g_autoptr (EmendProject) project = NULL;
  g_autoptr (GError) error = NULL;

  if (!emend_ctl_parse (ctl, entries, EMEND_CTL_HAS_JSON | EMEND_CTL_HAS_REVIEWER, 2, 2))
    return EMEND_CTL_USAGE;
  if (ack && ctl->json)
    return emend_ctl_fail_usage (ctl, _ ("--ack and --json cannot be used together."));
  lines = open_lines (ctl->args[1], &error);
  if (lines == NULL)
    return emend_ctl_fail (ctl->args[1], error);
  project = emend_ctl_open_to_write (ctl, ctl->args[0]);
  if (project == NULL)
    return EMEND_CTL_FAILED;
  return replay (ctl, project, lines, ack);
}
