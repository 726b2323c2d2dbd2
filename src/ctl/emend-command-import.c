#define G_LOG_DOMAIN "emend-ctl"

#include "config.h"

#include <inttypes.h>

#include <glib/gi18n-lib.h>

#include "emend-commands.h"
#include "emend-import-job.h"
#include "emend-output.h"
#include "emend-table.h"

typedef struct {
  char *format;
  char *run;
  char *model;
  char *as;
  char **map;
  char *names;
  char *frame;
  char *trailing;
  gboolean add_labels;
  gboolean dry_run;
} ImportArguments;

static void
import_arguments_clear (ImportArguments *arguments)
{
  g_free (arguments->format);
  g_free (arguments->run);
  g_free (arguments->model);
  g_free (arguments->as);
  g_strfreev (arguments->map);
  g_free (arguments->names);
  g_free (arguments->frame);
  g_free (arguments->trailing);
}
/* clang-format off */
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ImportArguments, import_arguments_clear)
/* clang-format on */

/* The place of @word in @words; 0 without one; -1 when it is none of them. */
static int
find_word (const char *word,
           const char *const *words)
{
  if (word == NULL)
    return 0;
  for (int i = 0; words[i] != NULL; i++) {
    if (g_str_equal (word, words[i]))
      return i;
  }
  return -1;
}

static GHashTable *
make_map (char **pairs)
{
  g_autoptr (GHashTable) map = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  for (gsize i = 0; pairs != NULL && pairs[i] != NULL; i++) {
    const char *equals = strrchr (pairs[i], '=');

    if (equals == NULL || equals == pairs[i])
      return NULL;
    g_hash_table_insert (map, g_strndup (pairs[i], (gsize) (equals - pairs[i])), g_strdup (equals + 1));
  }
  return g_steal_pointer (&map);
}

/* FALSE after telling what is wrong. */
static gboolean
read_options (EmendCtl *ctl,
              const ImportArguments *arguments,
              EmendImportOptions *options)
{
  const char *const roles[] = { "proposals", "reference", "annotations", NULL };
  const char *const frames[] = { "auto", "upright", "stored", NULL };
  const char *const trailings[] = { "ask", "confidence", "track", "confidence-second", NULL };
  int role = find_word (arguments->as, roles);
  int frame = find_word (arguments->frame, frames);
  int trailing = find_word (arguments->trailing, trailings);
  const char *problem = NULL;

  if (role < 0)
    problem = _ ("Records are imported as proposals, annotations or reference.");
  else if (frame < 0)
    problem = _ ("The frame is auto, upright or stored.");
  else if (trailing < 0)
    problem = _ ("The further column is confidence, confidence-second or track, or ask.");
  else if ((options->map = make_map (arguments->map)) == NULL)
    problem = _ ("A mapping is SOURCE=LABEL, or SOURCE= to leave a label out.");
  if (problem != NULL) {
    emend_ctl_fail_usage (ctl, problem);
    return FALSE;
  }
  options->format = arguments->format;
  options->run_name = arguments->run;
  options->model = arguments->model;
  options->role = (EmendRunRole) role;
  options->add_labels = arguments->add_labels;
  options->read.frame = (EmendFrame) frame;
  options->read.trailing = (EmendTrailing) trailing;
  options->read.names_file = arguments->names;
  options->dry_run = arguments->dry_run;
  return TRUE;
}

typedef struct {
  const char *key;
  const char *text;
  gint64 value;
} Count;

#define N_COUNTS 7

static void
collect_counts (const EmendImportReport *report,
                Count counts[N_COUNTS])
{
  const Count all[N_COUNTS] = {
    { "records", N_ ("Records taken"), report->n_records },
    { "images", N_ ("Items matched"), report->n_images },
    { "empty", N_ ("Of them, said to be empty"), report->n_empty },
    { "unmatched", N_ ("Names not matched"), report->n_unmatched },
    { "ambiguous", N_ ("Names that fit several items"), report->n_ambiguous },
    { "untouched", N_ ("Items not spoken of"), report->n_untouched },
    { "skipped", N_ ("Records left out"), report->n_skipped },
  };

  memcpy (counts, all, sizeof all);
}

static void
write_labels (EmendOutput *output,
              GPtrArray *labels)
{
  emend_json_key (output->writer, "labels");
  emend_json_begin_array (output->writer);
  for (guint i = 0; i < labels->len; i++) {
    const EmendImportLabel *label = g_ptr_array_index (labels, i);

    emend_json_begin_object (output->writer);
    emend_output_text (output, "name", label->name);
    emend_output_text (output, "label", label->label);
    emend_output_truth (output, "new", label->is_new);
    emend_output_number (output, "records", label->count);
    emend_json_end_object (output->writer);
  }
  emend_json_end_array (output->writer);
}

static void
write_problems (EmendOutput *output,
                GPtrArray *problems)
{
  emend_json_key (output->writer, "problems");
  emend_json_begin_array (output->writer);
  for (guint i = 0; i < problems->len; i++) {
    const EmendImportProblem *problem = g_ptr_array_index (problems, i);

    emend_json_begin_object (output->writer);
    emend_output_text (output, "file", problem->file);
    emend_output_number (output, "line", problem->line);
    emend_output_text (output, "reason", problem->reason);
    emend_json_end_object (output->writer);
  }
  emend_json_end_array (output->writer);
}

static void
write_report (const EmendImportReport *report,
              gboolean dry_run)
{
  g_autoptr (EmendOutput) output = emend_output_new ();
  Count counts[N_COUNTS];

  collect_counts (report, counts);
  emend_output_text (output, "format", report->format);
  emend_output_truth (output, "dry_run", dry_run);
  if (!dry_run)
    emend_output_number (output, "run", report->run);
  for (gsize i = 0; i < N_COUNTS; i++)
    emend_output_number (output, counts[i].key, counts[i].value);
  emend_output_number (output, "bad_lines", report->n_problems);
  write_labels (output, report->labels);
  emend_output_texts (output, "unmatched_names", report->unmatched);
  write_problems (output, report->problems);
}

static void
print_counts (const EmendImportReport *report)
{
  const EmendTableColumn columns[] = { { NULL, FALSE, 0 }, { NULL, TRUE, 0 } };
  g_autoptr (EmendTable) table = emend_table_new (columns, G_N_ELEMENTS (columns));
  Count counts[N_COUNTS];

  collect_counts (report, counts);
  emend_table_add (table, _ ("Format"));
  emend_table_add (table, report->format);
  for (gsize i = 0; i < N_COUNTS; i++) {
    emend_table_add (table, _ (counts[i].text));
    emend_table_add_number (table, counts[i].value);
  }
  emend_table_add (table, _ ("Lines that cannot be used"));
  emend_table_add_number (table, report->n_problems);
  emend_table_print (table);
}

static void
print_labels (GPtrArray *labels)
{
  const EmendTableColumn columns[] = {
    { _ ("IN THE SOURCE"), FALSE, 0 },
    { _ ("RECORDS"), TRUE, 0 },
    { _ ("BECOMES"), FALSE, 0 },
  };
  g_autoptr (EmendTable) table = emend_table_new (columns, G_N_ELEMENTS (columns));

  for (guint i = 0; i < labels->len; i++) {
    const EmendImportLabel *label = g_ptr_array_index (labels, i);
    g_autofree char *new_label = label->is_new ? g_strdup_printf (_ ("%s (new)"), label->label) : NULL;
    const char *becomes = label->label != NULL ? label->label : _ ("unknown, left out");

    emend_table_add (table, label->name);
    emend_table_add_number (table, label->count);
    emend_table_add (table, new_label != NULL ? new_label : *becomes != '\0' ? becomes :
                                                                               _ ("left out as mapped"));
  }
  emend_output_print ("\n");
  emend_table_print (table);
}

static void
print_problems (const EmendImportReport *report)
{
  if (report->unmatched->len > 0)
    emend_output_print (_ ("\nPictures of the source that are no items:\n"));
  for (guint i = 0; i < report->unmatched->len; i++) {
    emend_output_print ("  ");
    emend_output_print_safe (g_ptr_array_index (report->unmatched, i));
    emend_output_print ("\n");
  }
  if (report->problems->len > 0)
    emend_output_print (_ ("\nWhat cannot be used:\n"));
  for (guint i = 0; i < report->problems->len; i++) {
    const EmendImportProblem *problem = g_ptr_array_index (report->problems, i);

    emend_output_print ("  ");
    emend_output_print_safe (problem->file);
    if (problem->line > 0)
      emend_output_print (":%" PRId64, problem->line);
    emend_output_print (": ");
    emend_output_print_safe (problem->reason);
    emend_output_print ("\n");
  }
}

static void
print_report (const EmendImportReport *report,
              gboolean dry_run)
{
  print_counts (report);
  if (report->labels->len > 0)
    print_labels (report->labels);
  print_problems (report);
  if (dry_run)
    emend_output_print (_ ("\nThis was a dry run: nothing was changed.\n"));
}

static EmendCtlStatus
run_import (EmendCtl *ctl,
            EmendImportOptions *options)
{
  g_autoptr (EmendProject) project = NULL;
  g_autoptr (EmendImportReport) report = NULL;
  g_autoptr (GError) error = NULL;

  if (options->dry_run)
    project = emend_ctl_open (ctl, ctl->args[0]);
  else
    project = emend_ctl_open_to_write (ctl, ctl->args[0]);
  if (project == NULL)
    return EMEND_CTL_FAILED;
  if (emend_schema_get_n_labels (emend_project_get_schema (project)) == 0)
    options->add_labels = TRUE;
  emend_ctl_begin_progress (ctl, _ ("Importing"));
  report = emend_import_run (project, (const char *const *) ctl->args + 1, options, ctl->cancellable,
                             emend_ctl_progress, ctl, &error);
  emend_ctl_end_progress (ctl);
  if (report == NULL)
    return emend_ctl_fail (ctl->args[1], error);
  if (ctl->json)
    write_report (report, options->dry_run);
  else
    print_report (report, options->dry_run);
  if (report->n_images > 0 || report->n_unmatched + report->n_ambiguous == 0)
    return EMEND_CTL_DONE;
  emend_ctl_complain (ctl->args[1],
                      _ ("Nothing in it belongs to an item of this project, so that nothing was taken over."));
  return EMEND_CTL_FAILED;
}

/**
 * emend_command_import:
 * @ctl: this call
 *
 * `emendctl import`: takes other tools' files over as a run.
 *
 * Returns: with what the program ends
 */
EmendCtlStatus
emend_command_import (EmendCtl *ctl)
{
  g_auto (ImportArguments) given = { 0 };
  const GOptionEntry entries[] = {
    { "format", 0, 0, G_OPTION_ARG_STRING, &given.format, N_ ("The format; else it is found out"), N_ ("FORMAT") },
    { "as", 0, 0, G_OPTION_ARG_STRING, &given.as, N_ ("proposals (the default), annotations or reference"),
      N_ ("ROLE") },
    { "run", 0, 0, G_OPTION_ARG_STRING, &given.run, N_ ("Name of the run; else the file’s"), N_ ("NAME") },
    { "model", 0, 0, G_OPTION_ARG_STRING, &given.model, N_ ("Name of the model"), N_ ("MODEL") },
    { "map", 0, 0, G_OPTION_ARG_STRING_ARRAY, &given.map,
      N_ ("A label of the source is this one here; may be repeated"), N_ ("SOURCE=LABEL") },
    { "add-labels", 0, 0, G_OPTION_ARG_NONE, &given.add_labels, N_ ("Add labels that the project does not have"),
      NULL },
    { "names", 0, 0, G_OPTION_ARG_FILENAME, &given.names, N_ ("The file with the names of labels and pictures"),
      N_ ("FILE") },
    { "frame", 0, 0, G_OPTION_ARG_STRING, &given.frame,
      N_ ("Coordinates of pictures that are stored turned: auto, upright or stored"), N_ ("FRAME") },
    { "trailing", 0, 0, G_OPTION_ARG_STRING, &given.trailing,
      N_ ("What a further column of a YOLO line is: ask, confidence (at the end), confidence-second (behind the class) "
          "or track"),
      N_ ("WHAT") },
    { "dry-run", 0, 0, G_OPTION_ARG_NONE, &given.dry_run, N_ ("Only tell what would happen"), NULL },
    G_OPTION_ENTRY_NULL
  };
  EmendImportOptions options = { 0 };
  EmendCtlStatus status = EMEND_CTL_USAGE;

  if (!emend_ctl_parse (ctl, entries, EMEND_CTL_HAS_JSON | EMEND_CTL_HAS_REVIEWER, 2, G_MAXUINT))
    return EMEND_CTL_USAGE;
  if (read_options (ctl, &given, &options))
    status = run_import (ctl, &options);
  g_clear_pointer (&options.map, g_hash_table_unref);
  return status;
}
