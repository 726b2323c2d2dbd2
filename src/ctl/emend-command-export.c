#define G_LOG_DOMAIN "emend-ctl"

#include "config.h"

#include <inttypes.h>

#include <glib/gi18n-lib.h>

#include "emend-commands.h"
#include "emend-import-job.h"
#include "emend-output.h"

typedef struct {
  char *format;
  char *output;
  char *state;
  char *items;
} ExportArguments;

static void
export_arguments_clear (ExportArguments *arguments)
{
  g_free (arguments->format);
  g_free (arguments->output);
  g_free (arguments->state);
  g_free (arguments->items);
}
/* clang-format off */
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ExportArguments, export_arguments_clear)
/* clang-format on */

static void
print_result (EmendCtl *ctl,
              const char *path,
              const EmendExportReport *report)
{
  g_autoptr (EmendOutput) output = NULL;

  if (ctl->json) {
    output = emend_output_new ();
    emend_output_text (output, "file", path);
    emend_output_number (output, "items", report->n_items);
    emend_output_number (output, "records", report->n_records);
    emend_output_number (output, "undone", report->n_undone);
    emend_output_text (output, "sha256", report->sha256);
    return;
  }
  emend_output_print (_ ("Items: %" PRId64 "\n"), report->n_items);
  emend_output_print (_ ("Of them, not done: %" PRId64 "\n"), report->n_undone);
  emend_output_print (_ ("Records: %" PRId64 "\n"), report->n_records);
  emend_output_print (_ ("SHA-256: %s\n"), report->sha256);
}

static EmendCtlStatus
run_export (EmendCtl *ctl,
            const ExportArguments *given,
            gboolean all)
{
  EmendExportOptions options = { given->format, all, NULL };
  g_autoptr (EmendProject) project = emend_ctl_open_to_write (ctl, ctl->args[0]);
  g_autoptr (EmendExportReport) report = NULL;
  g_autoptr (GError) error = NULL;
  EmendItemFilter filter;

  if (project == NULL)
    return EMEND_CTL_FAILED;
  emend_item_filter_init (&filter);
  if (given->items == NULL || emend_item_filter_parse (&filter, emend_project_get_schema (project), given->items,
                                                       &error)) {
    options.filter = given->items != NULL ? &filter : NULL;
    emend_ctl_begin_progress (ctl, _ ("Exporting"));
    report = emend_export_run (project, given->output, &options, ctl->cancellable, emend_ctl_progress, ctl, &error);
    emend_ctl_end_progress (ctl);
  }
  emend_item_filter_clear (&filter);
  if (report == NULL)
    return emend_ctl_fail (given->output, error);
  print_result (ctl, given->output, report);
  return EMEND_CTL_DONE;
}

/**
 * emend_command_export:
 * @ctl: this call
 *
 * `emendctl export`: writes what was decided in another tool's format.
 *
 * Returns: with what the program ends
 */
EmendCtlStatus
emend_command_export (EmendCtl *ctl)
{
  g_auto (ExportArguments) given = { 0 };
  const GOptionEntry entries[] = {
    { "format", 0, 0, G_OPTION_ARG_STRING, &given.format, N_ ("The format"), N_ ("FORMAT") },
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &given.output, N_ ("Where to write; never over something else"),
      N_ ("OUT") },
    { "state", 0, 0, G_OPTION_ARG_STRING, &given.state,
      N_ ("final (the default), or all: undecided and rejected ones, too"), N_ ("STATE") },
    { "items", 0, 0, G_OPTION_ARG_STRING, &given.items, N_ ("Only items that this finds"), N_ ("FILTER") },
    G_OPTION_ENTRY_NULL
  };
  gboolean all;

  if (!emend_ctl_parse (ctl, entries, EMEND_CTL_HAS_JSON | EMEND_CTL_HAS_REVIEWER, 1, 1))
    return EMEND_CTL_USAGE;
  if (given.format == NULL || given.output == NULL)
    return emend_ctl_fail_usage (ctl, _ ("An export needs --format and -o."));
  all = given.state != NULL && g_str_equal (given.state, "all");
  if (given.state != NULL && !all && !g_str_equal (given.state, "final"))
    return emend_ctl_fail_usage (ctl, _ ("The state is final or all."));
  return run_export (ctl, &given, all);
}
