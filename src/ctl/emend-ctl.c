#define G_LOG_DOMAIN "emend-ctl"

#include "config.h"

#include "emend-ctl.h"

#include <inttypes.h>
#include <stdio.h>
#include <unistd.h>

#include <glib/gi18n-lib.h>

#include "emend-output.h"
#include "emend-text.h"

/* Between two lines of progress, in microseconds. */
#define PROGRESS_INTERVAL (G_USEC_PER_SEC / 10)

/**
 * emend_ctl_complain:
 * @file: (nullable): which file it is about
 * @message: what is wrong
 *
 * Writes `emendctl: FILE: message` to standard error, with nothing in it that a terminal would obey.
 */
void
emend_ctl_complain (const char *file,
                    const char *message)
{
  g_autofree char *name = file != NULL ? g_filename_display_name (file) : NULL;
  g_autofree char *safe_name = name != NULL ? emend_text_for_terminal (name) : NULL;
  g_autofree char *safe_message = emend_text_for_terminal (message);

  if (safe_name != NULL)
    emend_output_error ("emendctl: %s: %s\n", safe_name, safe_message);
  else
    emend_output_error ("emendctl: %s\n", safe_message);
}

/**
 * emend_ctl_fail:
 * @file: (nullable): which file it is about
 * @error: what is wrong
 *
 * Returns: %EMEND_CTL_FAILED, after telling why
 */
EmendCtlStatus
emend_ctl_fail (const char *file,
                const GError *error)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    emend_ctl_complain (file, _ ("Interrupted before it was finished."));
  else
    emend_ctl_complain (file, error->message);
  return EMEND_CTL_FAILED;
}

/**
 * emend_ctl_fail_usage:
 * @ctl: this call
 * @message: what is wrong with the command line
 *
 * Returns: %EMEND_CTL_USAGE, after telling why
 */
EmendCtlStatus
emend_ctl_fail_usage (EmendCtl *ctl,
                      const char *message)
{
  emend_ctl_complain (NULL, message);
  emend_output_error (_ ("Try “emendctl %s --help”.\n"), ctl->command->name);
  return EMEND_CTL_USAGE;
}

static void
add_shared_entries (GOptionContext *context,
                    EmendCtl *ctl,
                    EmendCtlOptions options)
{
  const GOptionEntry json[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &ctl->json, N_ ("Print facts as JSON"), NULL },
    G_OPTION_ENTRY_NULL
  };
  const GOptionEntry reviewer[] = {
    { "reviewer", 0, 0, G_OPTION_ARG_STRING, &ctl->reviewer, N_ ("In whose name"), N_ ("NAME") },
    G_OPTION_ENTRY_NULL
  };
  const GOptionEntry rest[] = {
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &ctl->args, NULL, NULL },
    G_OPTION_ENTRY_NULL
  };

  if (options & EMEND_CTL_HAS_JSON)
    g_option_context_add_main_entries (context, json, GETTEXT_PACKAGE);
  if (options & EMEND_CTL_HAS_REVIEWER)
    g_option_context_add_main_entries (context, reviewer, GETTEXT_PACKAGE);
  g_option_context_add_main_entries (context, rest, GETTEXT_PACKAGE);
}

/**
 * emend_ctl_parse:
 * @ctl: this call
 * @entries: (nullable) (array zero-terminated=1): the command's own options
 * @options: which shared ones it has too
 * @least: the fewest arguments that are no options
 * @most: the most of them
 *
 * Reads the command line; `--help` prints the command's help and ends the program.
 *
 * Returns: whether the command line is right; what is wrong with it was told
 */
gboolean
emend_ctl_parse (EmendCtl *ctl,
                 const GOptionEntry *entries,
                 EmendCtlOptions options,
                 guint least,
                 guint most)
{
  g_autoptr (GOptionContext) context = g_option_context_new (_ (ctl->command->arguments));
  g_autofree char *program = g_strdup_printf ("emendctl %s", ctl->command->name);
  g_auto (GStrv) argv = g_strdupv (ctl->argv);
  g_autoptr (GError) error = NULL;

  g_set_prgname (program);
  g_option_context_set_summary (context, _ (ctl->command->summary));
  if (ctl->command->details != NULL)
    g_option_context_set_description (context, _ (ctl->command->details));
  if (entries != NULL)
    g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  add_shared_entries (context, ctl, options);
  if (!g_option_context_parse_strv (context, &argv, &error)) {
    emend_ctl_fail_usage (ctl, error->message);
    return FALSE;
  }
  if (ctl->reviewer != NULL && *ctl->reviewer == '\0') {
    emend_ctl_fail_usage (ctl, _ ("The reviewer’s name must not be empty."));
    return FALSE;
  }
  ctl->n_args = ctl->args != NULL ? g_strv_length (ctl->args) : 0;
  if (ctl->n_args < least) {
    emend_ctl_fail_usage (ctl, _ ("Something is missing on the command line."));
    return FALSE;
  }
  if (ctl->n_args > most) {
    emend_ctl_fail_usage (ctl, _ ("There is too much on the command line."));
    return FALSE;
  }
  return TRUE;
}

static gboolean
is_name (const char *text)
{
  return text != NULL && *text != '\0' && g_utf8_validate (text, -1, NULL);
}

/**
 * emend_ctl_get_reviewer:
 * @ctl: this call
 *
 * Returns: (transfer full) (nullable): in whose name events are recorded: `--reviewer`, else the
 *   environment's EMEND_REVIEWER, else the user's real name, else the login name
 */
char *
emend_ctl_get_reviewer (EmendCtl *ctl)
{
  const char *const candidates[] = {
    ctl->reviewer,
    g_getenv ("EMEND_REVIEWER"),
    g_str_equal (g_get_real_name (), "Unknown") ? NULL : g_get_real_name (),
    g_get_user_name (),
  };

  for (gsize i = 0; i < G_N_ELEMENTS (candidates); i++) {
    if (is_name (candidates[i]))
      return g_strdup (candidates[i]);
  }
  return NULL;
}

/**
 * emend_ctl_open:
 * @ctl: this call
 * @path: a project file
 *
 * Returns: (transfer full) (nullable): the project, to be read only; why it could not be opened was told
 */
EmendProject *
emend_ctl_open (EmendCtl *ctl,
                const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *reviewer = emend_ctl_get_reviewer (ctl);
  EmendProject *project = emend_project_open (path, EMEND_PROJECT_READ_ONLY, reviewer, &error);

  /* A program that was killed while it saved leaves a journal; only who may write can take that back. */
  if (project == NULL && g_error_matches (error, EMEND_STORE_ERROR, EMEND_STORE_ERROR_READ_ONLY)) {
    g_clear_error (&error);
    project = emend_project_open (path, 0, reviewer, &error);
  }
  if (project == NULL)
    emend_ctl_fail (path, error);
  return project;
}

/**
 * emend_ctl_open_as_reviewer:
 * @ctl: this call
 * @path: a project file
 *
 * A project that is opened to be read shows it as the reviewer left it who worked in it last; to see it
 * as another does, its counters are made again, so that it must be possible to write it.
 *
 * Returns: (transfer full) (nullable): the project as `--reviewer` sees it, when that is given; why it
 *   could not be opened was told
 */
EmendProject *
emend_ctl_open_as_reviewer (EmendCtl *ctl,
                            const char *path)
{
  g_autoptr (EmendProject) project = emend_ctl_open (ctl, path);
  g_autoptr (EmendProjectInfo) info = NULL;
  g_autoptr (GError) error = NULL;

  if (project == NULL || ctl->reviewer == NULL)
    return g_steal_pointer (&project);
  info = emend_project_get_info (project, &error);
  if (info == NULL) {
    emend_ctl_fail (path, error);
    return NULL;
  }
  if (g_strcmp0 (info->reviewer, ctl->reviewer) == 0)
    return g_steal_pointer (&project);
  g_clear_pointer (&project, emend_project_close);
  return emend_ctl_open_to_write (ctl, path);
}

/**
 * emend_ctl_open_to_write:
 * @ctl: this call
 * @path: a project file
 *
 * Returns: (transfer full) (nullable): the project; why it cannot be opened or written was told
 */
EmendProject *
emend_ctl_open_to_write (EmendCtl *ctl,
                         const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *reviewer = emend_ctl_get_reviewer (ctl);
  g_autoptr (EmendProject) project = emend_project_open (path, 0, reviewer, &error);
  g_autoptr (EmendProjectInfo) info = project != NULL ? emend_project_get_info (project, &error) : NULL;

  if (info == NULL) {
    emend_ctl_fail (path, error);
    return NULL;
  }
  if (info->read_only_reason != NULL) {
    emend_ctl_complain (path, info->read_only_reason);
    return NULL;
  }
  return g_steal_pointer (&project);
}

/**
 * emend_ctl_choose_items:
 * @project: an open project
 * @filter: which items, as emend_item_filter_parse() takes it
 * @error: what the filter and the project give
 *
 * Returns: (transfer full) (nullable) (element-type gint64): their numbers, in the project's order
 */
GArray *
emend_ctl_choose_items (EmendProject *project,
                        const char *filter,
                        GError **error)
{
  EmendSchema *schema = emend_project_get_schema (project);
  EmendItemFilter wanted;
  GArray *items = NULL;

  emend_item_filter_init (&wanted);
  if (emend_item_filter_parse (&wanted, schema, filter, error))
    items = emend_project_query_items (project, &wanted, EMEND_ITEM_ORDER_POSITION, 0, error);
  emend_item_filter_clear (&wanted);
  return items;
}

/**
 * emend_ctl_begin_progress:
 * @ctl: this call
 * @title: what is being done, a few words
 *
 * From now on emend_ctl_progress() shows how far that is.
 */
void
emend_ctl_begin_progress (EmendCtl *ctl,
                          const char *title)
{
  g_free (ctl->progress_title);
  ctl->progress_title = g_strdup (title);
  ctl->progress_next = g_get_monotonic_time () + PROGRESS_INTERVAL;
}

/**
 * emend_ctl_progress:
 * @done: what is done so far
 * @total: the whole, or 0
 * @ctl: this call
 *
 * An #EmendProgressFunc.
 */
void
emend_ctl_progress (guint64 done,
                    guint64 total,
                    gpointer ctl)
{
  EmendCtl *self = ctl;

  if (self->progress_title == NULL || !isatty (STDERR_FILENO) || g_get_monotonic_time () < self->progress_next)
    return;
  if (total > 0)
    emend_output_error ("\r\033[K%s %3.0f %%", self->progress_title, 100 * (double) MIN (done, total) / (double) total);
  else
    emend_output_error ("\r\033[K%s %" PRIu64, self->progress_title, done);
  self->progress_shown = TRUE;
  self->progress_next = g_get_monotonic_time () + PROGRESS_INTERVAL;
}

/**
 * emend_ctl_end_progress:
 * @ctl: this call
 *
 * Takes the line of progress away.
 */
void
emend_ctl_end_progress (EmendCtl *ctl)
{
  g_clear_pointer (&ctl->progress_title, g_free);
  if (ctl->progress_shown)
    emend_output_error ("\r\033[K");
  ctl->progress_shown = FALSE;
}
