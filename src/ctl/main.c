#define G_LOG_DOMAIN "emend-ctl"

#include "config.h"

#include <locale.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

#include <glib/gi18n-lib.h>

#include "emend-commands.h"
#include "emend-image.h"
#include "emend-output.h"
#include "emend-text.h"

static const EmendCommand commands[] = {
  { "new", N_ ("PROJECT"), N_ ("Make a project."),
    N_ ("Without a template or labels the schema is empty, and takes the labels of the first file that is imported."),
    emend_command_new },
  { "add", N_ ("PROJECT FILE|DIR…"), N_ ("Add images and documents: files, and all that folders hold."),
    N_ ("Hidden names and links within folders are left out. The files stay where they are, and are never changed."),
    emend_command_add },
  { "schema", N_ ("PROJECT [show | import FILE | export FILE]"),
    N_ ("Show, replace or write what can be said in a project."),
    N_ ("Labels are the same when their names are, and so are fields. What the imported file does not have is retired: "
        "what was decided of it stays readable. A look-up list has a value on each line, and its other spellings "
        "after commas."),
    emend_command_schema },
  { "items", N_ ("PROJECT"), N_ ("List the items, and what is proposed and decided on them."), NULL,
    emend_command_items },
  { "import", N_ ("PROJECT FILE…"), N_ ("Take over proposals, a reference or annotations from files of other tools."),
    N_ ("Labels that the project does not have are reported and left out, unless --add-labels is given or the project "
        "has no labels at all."),
    emend_command_import },
  { "propose", N_ ("PROJECT"), N_ ("Read the words of pages, or propose values of fields from what was learned."),
    N_ ("“--with ocr” reads the pages that nobody has read: the text of a PDF, else by text recognition. "
        "“--with fields” learns from the documents that are done, and proposes for fields that nobody has decided."),
    emend_command_propose },
  { "learn", N_ ("PROJECT"), N_ ("Learn the fields from the documents that are done, and tell how well."), NULL,
    emend_command_learn },
  { "search", N_ ("PROJECT TEXT…"), N_ ("Print the pages on which all words stand."),
    N_ ("Each word is the beginning of a word on the page, in any case and without regard to accents."),
    emend_command_search },
  { "review", N_ ("PROJECT DECISIONS.jsonl"),
    N_ ("Make the decisions of a file, one JSON object a line; “-” reads standard input."),
    N_ ("A line that cannot be applied stops nothing: it is reported with its number, and the exit status is 1."),
    emend_command_review },
  { "export", N_ ("PROJECT"), N_ ("Write what was decided in a format of another tool."), NULL, emend_command_export },
  { "report", N_ ("PROJECT"), N_ ("Count what became of the proposals, and compare with a reference."), NULL,
    emend_command_report },
  { "history", N_ ("PROJECT"), N_ ("Print what happened, event by event."), NULL, emend_command_history },
  { "pack", N_ ("PROJECT"), N_ ("Write a project and its media as one archive that another desk can verify."), NULL,
    emend_command_pack },
  { "verify", N_ ("PACK|PROJECT"), N_ ("Verify a pack, or a project and its media."), NULL, emend_command_verify },
  { "unpack", N_ ("PACK"), N_ ("Verify a pack and make a folder of it."), NULL, emend_command_unpack },
  { "check", N_ ("PROJECT"), N_ ("Check that a project file is sound in itself."), NULL, emend_command_check },
};

static void
print_help (void)
{
  emend_output_print (_ ("Usage:\n  emendctl COMMAND [OPTION…] …\n\n"));
  emend_output_print (_ ("Review of what a model proposed, without a window.\n\nCommands:\n"));
  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    emend_output_print ("  %-9s %s\n", commands[i].name, _ (commands[i].summary));
  emend_output_print (_ ("\n“emendctl COMMAND --help” tells about a command; “emendctl --version” about the "
                         "program.\n"));
}

static const EmendCommand *
find_command (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++) {
    if (g_str_equal (name, commands[i].name))
      return &commands[i];
  }
  return NULL;
}

/* Waits for the signals that ask to stop. The only thread that is started here: a handler could not
 * cancel, and there is no main loop that could. A second signal ends the program at once, which loses
 * nothing either: what was not committed was not acknowledged. */
static void *
signal_thread (void *data)
{
  GCancellable *cancellable = data;
  sigset_t signals;
  int number = 0;

  sigemptyset (&signals);
  sigaddset (&signals, SIGINT);
  sigaddset (&signals, SIGTERM);
  sigwait (&signals, &number);
  g_cancellable_cancel (cancellable);
  sigwait (&signals, &number);
  _exit (EMEND_CTL_FAILED);
  return NULL;
}

static void
watch_signals (GCancellable *cancellable)
{
  pthread_t thread;
  sigset_t signals;

  sigemptyset (&signals);
  sigaddset (&signals, SIGINT);
  sigaddset (&signals, SIGTERM);
  pthread_sigmask (SIG_BLOCK, &signals, NULL);
  /* Without the thread the signals would be blocked for nothing. */
  if (pthread_create (&thread, NULL, signal_thread, cancellable) == 0)
    pthread_detach (thread);
  else
    pthread_sigmask (SIG_UNBLOCK, &signals, NULL);
  /* A closed pipe is told by what is written to it. */
  (void) signal (SIGPIPE, SIG_IGN);
}

static EmendCtlStatus
run_command (const EmendCommand *command,
             int argc,
             char **argv)
{
  /* Lives as long as the process: the signal thread holds it. */
  static GCancellable *cancellable;
  EmendCtl ctl = { .command = command };
  EmendCtlStatus status;

  cancellable = g_cancellable_new ();
  ctl.cancellable = cancellable;
  ctl.argv = g_new0 (char *, (gsize) argc + 1);
  for (int i = 0; i < argc; i++)
    ctl.argv[i] = g_strdup (argv[i]);
  watch_signals (cancellable);
  emend_media_init (0);
  status = command->run (&ctl);
  g_strfreev (ctl.argv);
  g_strfreev (ctl.args);
  g_free (ctl.reviewer);
  g_free (ctl.progress_title);
  return status;
}

static EmendCtlStatus
dispatch (int argc,
          char **argv)
{
  const char *name = argc > 1 ? argv[1] : NULL;
  const EmendCommand *command = name != NULL ? find_command (name) : NULL;
  g_autofree char *message = NULL;

  if (command != NULL)
    return run_command (command, argc - 1, argv + 1);
  if (name != NULL && (g_str_equal (name, "--help") || g_str_equal (name, "-h") || g_str_equal (name, "help"))) {
    print_help ();
    return EMEND_CTL_DONE;
  }
  if (name != NULL && g_str_equal (name, "--version")) {
    emend_output_print ("emendctl %s\n", EMEND_VERSION);
    return EMEND_CTL_DONE;
  }
  if (name == NULL)
    message = g_strdup (_ ("A command is missing."));
  else
    message = g_strdup_printf (_ ("There is no command “%s”."), name);
  emend_ctl_complain (NULL, message);
  emend_output_error (_ ("Try “emendctl --help”.\n"));
  return EMEND_CTL_USAGE;
}

int
main (int argc,
      char **argv)
{
  EmendCtlStatus status;

  (void) setlocale (LC_ALL, "");
  /* What is read and printed is UTF-8 in every locale, so that a pipeline without one works too. */
  if (!g_get_charset (NULL))
    (void) setlocale (LC_CTYPE, "C.UTF-8");
  bindtextdomain (GETTEXT_PACKAGE, EMEND_LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  status = dispatch (argc, argv);
  if (!emend_output_finish () && status == EMEND_CTL_DONE)
    status = EMEND_CTL_FAILED;
  return (int) status;
}
