#define G_LOG_DOMAIN "emend-ctl"

#include "config.h"

#include <inttypes.h>

#include <glib/gi18n-lib.h>

#include "emend-commands.h"
#include "emend-learning.h"
#include "emend-ocr.h"
#include "emend-output.h"
#include "emend-read-job.h"

/* Documents whose words are in memory at a time. */
#define BATCH 200

#define DEFAULT_LANGUAGE "eng"

typedef struct {
  char *with;
  char *language;
  char *items;
  gboolean again;
} ProposeOptions;

static void
propose_options_clear (ProposeOptions *options)
{
  g_free (options->with);
  g_free (options->language);
  g_free (options->items);
}
/* clang-format off */
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ProposeOptions, propose_options_clear)
/* clang-format on */

/* Whether the engine has the data of all languages ("deu+eng"); what is missing was told. */
static gboolean
check_language (const char *language)
{
  g_auto (GStrv) installed = emend_ocr_list_languages ();
  g_auto (GStrv) wanted = g_strsplit (language, "+", -1);
  g_autofree char *all = g_strjoinv (", ", installed);

  for (gsize i = 0; wanted[i] != NULL; i++) {
    g_autofree char *message = NULL;

    if (g_strv_contains ((const char *const *) installed, wanted[i]))
      continue;
    /* TRANSLATORS: a code of three letters, then a list of such codes. */
    message = g_strdup_printf (_ ("The language “%s” of text recognition is not installed. Installed are: %s."),
                               wanted[i],
                               all);
    emend_ctl_complain (NULL, message);
    return FALSE;
  }
  return TRUE;
}

static void
write_read (EmendCtl *ctl,
            const EmendReadReport *report)
{
  g_autoptr (EmendOutput) output = emend_output_new ();

  emend_output_text (output, "with", "ocr");
  emend_output_number (output, "items", report->n_items);
  emend_output_number (output, "left_out", report->n_left_out);
  emend_output_number (output, "pages", report->n_pages);
  emend_output_number (output, "words", report->n_words);
  emend_output_truth (output, "interrupted", report->interrupted);
  emend_json_key (output->writer, "unreadable");
  emend_json_begin_array (output->writer);
  for (guint i = 0; i < report->problems->len; i++) {
    const EmendReadProblem *problem = g_ptr_array_index (report->problems, i);

    emend_json_begin_object (output->writer);
    emend_output_text (output, "item", problem->path);
    emend_output_number (output, "page", problem->page + 1);
    emend_output_text (output, "reason", problem->reason);
    emend_json_end_object (output->writer);
  }
  emend_json_end_array (output->writer);
}

static EmendCtlStatus
tell_read (EmendCtl *ctl,
           const EmendReadReport *report)
{
  for (guint i = 0; i < report->problems->len; i++) {
    const EmendReadProblem *problem = g_ptr_array_index (report->problems, i);
    /* TRANSLATORS: number of a page, then why it cannot be read, a whole sentence. */
    g_autofree char *message = g_strdup_printf (_ ("Page %d: %s"), problem->page + 1, problem->reason);

    emend_ctl_complain (problem->path, message);
  }
  if (ctl->json) {
    write_read (ctl, report);
  } else {
    emend_output_print (_ ("Pages read: %" PRId64 "\n"), report->n_pages);
    emend_output_print (_ ("Words on them: %" PRId64 "\n"), report->n_words);
    if (report->problems->len > 0)
      emend_output_print (_ ("Pages that could not be read: %u\n"), report->problems->len);
    if (report->n_left_out > 0)
      emend_output_print (_ ("Items whose file is missing or cannot be decoded: %" PRId64 "\n"), report->n_left_out);
  }
  if (report->interrupted)
    emend_ctl_complain (ctl->args[0], _ ("Interrupted before it was finished. What was read is kept."));
  return report->interrupted || report->problems->len > 0 ? EMEND_CTL_FAILED : EMEND_CTL_DONE;
}

static EmendCtlStatus
read_pages (EmendCtl *ctl,
            EmendProject *project,
            GArray *items,
            const ProposeOptions *options)
{
  const EmendReadOptions wanted = {
    .items = (const gint64 *) (gpointer) items->data,
    .n_items = items->len,
    .language = options->language != NULL ? options->language : DEFAULT_LANGUAGE,
    .again = options->again,
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (EmendReadReport) report = NULL;

  emend_ctl_begin_progress (ctl, _ ("Reading pages"));
  report = emend_read_run (project, &wanted, ctl->cancellable, emend_ctl_progress, ctl, &error);
  emend_ctl_end_progress (ctl);
  return report != NULL ? tell_read (ctl, report) : emend_ctl_fail (ctl->args[0], error);
}

/* Goes through the documents, some at a time. */
static gboolean
propose_for (EmendCtl *ctl,
             EmendFieldsTask *task,
             EmendProject *project,
             GArray *items,
             GError **error)
{
  for (guint i = 0; i < items->len; i++) {
    if (!emend_fields_task_add (task, project, g_array_index (items, gint64, i), error))
      return FALSE;
    if ((i + 1) % BATCH != 0 && i + 1 < items->len)
      continue;
    if (!emend_fields_task_propose (task, ctl->cancellable, error))
      return FALSE;
    emend_ctl_progress (i + 1, items->len, ctl);
  }
  return TRUE;
}

/* Learns from what is finished, keeps that, and proposes. */
static gboolean
learn_and_propose (EmendCtl *ctl,
                   EmendProject *project,
                   EmendLearning *learning,
                   GArray *items,
                   gint64 *n_proposals,
                   GError **error)
{
  g_autoptr (EmendFieldsModel) model = NULL;
  g_autoptr (EmendFieldsTask) task = NULL;
  gboolean complete;

  if (!emend_learning_update (learning, project, 0, &complete, error))
    return FALSE;
  if (emend_learning_get_n_documents (learning) > 0) {
    g_autoptr (GBytes) bytes = NULL;

    model = emend_learning_train (learning, ctl->cancellable, error);
    if (model == NULL)
      return FALSE;
    bytes = emend_fields_model_to_bytes (model);
    if (!emend_project_set_learned (project, bytes, error))
      return FALSE;
  }
  task = emend_fields_task_new (learning, model, project);
  if (!propose_for (ctl, task, project, items, error))
    return FALSE;
  *n_proposals = emend_fields_task_store (task, project, error);
  return *n_proposals >= 0;
}

static EmendCtlStatus
propose_fields (EmendCtl *ctl,
                EmendProject *project,
                GArray *items)
{
  g_autoptr (EmendLearning) learning = emend_learning_new ();
  g_autoptr (GError) error = NULL;
  gint64 n_proposals = 0;
  guint n_documents;
  gboolean all_well;

  if (emend_schema_get_n_fields (emend_project_get_schema (project)) == 0) {
    emend_ctl_complain (ctl->args[0], _ ("The schema has no fields, so that nothing can be proposed for them."));
    return EMEND_CTL_FAILED;
  }
  emend_ctl_begin_progress (ctl, _ ("Proposing values"));
  all_well = learn_and_propose (ctl, project, learning, items, &n_proposals, &error);
  emend_ctl_end_progress (ctl);
  if (!all_well)
    return emend_ctl_fail (ctl->args[0], error);
  n_documents = emend_learning_get_n_documents (learning);
  if (ctl->json) {
    g_autoptr (EmendOutput) output = emend_output_new ();

    emend_output_text (output, "with", "fields");
    emend_output_number (output, "items", items->len);
    emend_output_number (output, "learned_from", n_documents);
    emend_output_number (output, "proposals", n_proposals);
  } else {
    emend_output_print (_ ("Documents learned from: %u\n"), n_documents);
    emend_output_print (_ ("Proposals: %" PRId64 "\n"), n_proposals);
  }
  return EMEND_CTL_DONE;
}

static EmendCtlStatus
propose (EmendCtl *ctl,
         const ProposeOptions *options)
{
  g_autoptr (EmendProject) project = emend_ctl_open_to_write (ctl, ctl->args[0]);
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) items = NULL;

  if (project == NULL)
    return EMEND_CTL_FAILED;
  items = emend_ctl_choose_items (project, options->items != NULL ? options->items : "", &error);
  if (items == NULL)
    return emend_ctl_fail (ctl->args[0], error);
  if (g_str_equal (options->with, "ocr"))
    return read_pages (ctl, project, items, options);
  return propose_fields (ctl, project, items);
}

/**
 * emend_command_propose:
 * @ctl: this call
 *
 * `emendctl propose`: reads the words of pages, or proposes values of fields.
 *
 * Returns: with what the program ends
 */
EmendCtlStatus
emend_command_propose (EmendCtl *ctl)
{
  g_auto (ProposeOptions) options = { 0 };
  const GOptionEntry entries[] = {
    { "with", 0, 0, G_OPTION_ARG_STRING, &options.with, N_ ("ocr or fields"), N_ ("WHAT") },
    { "language", 0, 0, G_OPTION_ARG_STRING, &options.language, N_ ("Of text recognition; else eng"), N_ ("LANGUAGE") },
    { "again", 0, 0, G_OPTION_ARG_NONE, &options.again, N_ ("Read pages again whose words are known"), NULL },
    { "items", 0, 0, G_OPTION_ARG_STRING, &options.items, N_ ("Only those that this finds"), N_ ("FILTER") },
    G_OPTION_ENTRY_NULL
  };
  gboolean ocr;

  if (!emend_ctl_parse (ctl, entries, EMEND_CTL_HAS_JSON | EMEND_CTL_HAS_REVIEWER, 1, 1))
    return EMEND_CTL_USAGE;
  ocr = g_strcmp0 (options.with, "ocr") == 0;
  if (!ocr && g_strcmp0 (options.with, "fields") != 0)
    return emend_ctl_fail_usage (ctl, _ ("After “--with” comes “ocr” or “fields”."));
  if (!ocr && (options.language != NULL || options.again))
    return emend_ctl_fail_usage (ctl, _ ("“--language” and “--again” go with “--with ocr”."));
  if (options.language != NULL && !check_language (options.language))
    return EMEND_CTL_FAILED;
  return propose (ctl, &options);
}
