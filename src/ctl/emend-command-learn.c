#define G_LOG_DOMAIN "emend-ctl"

#include "config.h"

#include <inttypes.h>
#include <math.h>

#include <glib/gi18n-lib.h>

#include "emend-commands.h"
#include "emend-learning.h"
#include "emend-output.h"
#include "emend-table.h"

static void
write_field (EmendOutput *output,
             const char *name,
             const EmendFieldStatistics *statistics)
{
  emend_json_begin_object (output->writer);
  emend_output_text (output, "name", name);
  emend_output_number (output, "present", statistics->n_present);
  emend_output_number (output, "absent", statistics->n_absent);
  emend_output_truth (output, "learning", statistics->is_learning);
  emend_output_number (output, "tested", statistics->n_tested);
  emend_output_number (output, "right", statistics->n_right);
  emend_output_real (output, "accuracy", statistics->accuracy);
  emend_output_real (output, "low", statistics->low);
  emend_output_real (output, "high", statistics->high);
  emend_output_number (output, "absent_tested", statistics->n_absent_tested);
  emend_output_number (output, "absent_right", statistics->n_absent_right);
  emend_output_real (output, "recall", statistics->recall);
  emend_output_real (output, "coverage", statistics->coverage);
  emend_output_real (output, "threshold", statistics->threshold);
  emend_json_key (output->writer, "curve");
  emend_json_begin_array (output->writer);
  for (gsize i = 0; i < EMEND_FIELDS_MODEL_CURVE; i++) {
    if (isnan (statistics->curve[i]))
      continue;
    emend_json_begin_object (output->writer);
    emend_output_number (output, "documents", emend_fields_model_curve[i]);
    emend_output_real (output, "accuracy", statistics->curve[i]);
    emend_json_end_object (output->writer);
  }
  emend_json_end_array (output->writer);
  emend_json_end_object (output->writer);
}

/* "5: 0.40, 10: 0.62", NULL without a point. */
static char *
format_curve (const EmendFieldStatistics *statistics)
{
  GString *text = g_string_new (NULL);

  for (gsize i = 0; i < EMEND_FIELDS_MODEL_CURVE; i++) {
    if (!isnan (statistics->curve[i]))
      g_string_append_printf (text, "%s%d: %.2f", text->len > 0 ? ", " : "", emend_fields_model_curve[i],
                              statistics->curve[i]);
  }
  return g_string_free (text, text->len == 0);
}

/* What a field that is still learning promises is not told: its numbers would be believed. */
static void
add_field (EmendTable *table,
           const char *name,
           const EmendFieldStatistics *statistics)
{
  g_autofree char *interval = g_strdup_printf ("%.3f–%.3f", statistics->low, statistics->high);
  g_autofree char *curve = format_curve (statistics);

  emend_table_add (table, name);
  emend_table_add_number (table, statistics->n_present);
  emend_table_add_number (table, statistics->n_absent);
  if (statistics->is_learning) {
    emend_table_add (table, C_ ("field", "learning"));
    emend_table_add (table, NULL);
    emend_table_add (table, NULL);
  } else {
    emend_table_add_real (table, statistics->accuracy, 3);
    emend_table_add (table, interval);
    emend_table_add_real (table, statistics->coverage, 3);
  }
  emend_table_add_real (table, statistics->recall, 3);
  emend_table_add (table, curve);
}

static void
print_model (EmendCtl *ctl,
             EmendSchema *schema,
             EmendFieldsModel *model,
             guint n_documents)
{
  const EmendTableColumn columns[] = {
    { _ ("FIELD"), FALSE, 0 },
    { _ ("WITH IT"), TRUE, 0 },
    { _ ("WITHOUT"), TRUE, 0 },
    { _ ("RIGHT"), TRUE, 0 },
    { _ ("95 % INTERVAL"), FALSE, 0 },
    { _ ("COVERAGE"), TRUE, 0 },
    { _ ("CEILING"), TRUE, 0 },
    { _ ("RIGHT AFTER SO MANY DOCUMENTS"), FALSE, 0 },
  };
  g_autoptr (EmendTable) table = emend_table_new (columns, G_N_ELEMENTS (columns));
  g_autoptr (EmendOutput) output = ctl->json ? emend_output_new () : NULL;

  if (output != NULL) {
    emend_output_number (output, "documents", n_documents);
    emend_json_key (output->writer, "fields");
    emend_json_begin_array (output->writer);
  } else {
    emend_output_print (_ ("Documents learned from: %u\n\n"), n_documents);
  }
  for (gsize i = 0; i < emend_schema_get_n_fields (schema); i++) {
    const EmendField *field = emend_schema_get_field (schema, i);
    const EmendFieldStatistics *statistics = emend_fields_model_get_statistics (model, field->id);

    if (statistics == NULL)
      continue;
    if (output != NULL)
      write_field (output, field->name, statistics);
    else
      add_field (table, field->name, statistics);
  }
  if (output != NULL)
    emend_json_end_array (output->writer);
  else
    emend_table_print (table);
}

/* Learns and keeps it; NULL after telling why not. */
static EmendFieldsModel *
learn (EmendCtl *ctl,
       EmendProject *project,
       EmendLearning *learning)
{
  g_autoptr (EmendFieldsModel) model = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  gboolean complete;

  if (!emend_learning_update (learning, project, 0, &complete, &error)) {
    emend_ctl_fail (ctl->args[0], error);
    return NULL;
  }
  if (emend_learning_get_n_documents (learning) == 0) {
    emend_ctl_complain (ctl->args[0], _ ("There is nothing to learn from: no document is done that has a decided field "
                                         "and whose pages were all read."));
    return NULL;
  }
  model = emend_learning_train (learning, ctl->cancellable, &error);
  bytes = model != NULL ? emend_fields_model_to_bytes (model) : NULL;
  if (bytes == NULL || !emend_project_set_learned (project, bytes, &error)) {
    emend_ctl_fail (ctl->args[0], error);
    return NULL;
  }
  return g_steal_pointer (&model);
}

/**
 * emend_command_learn:
 * @ctl: this call
 *
 * `emendctl learn`: learns from the documents that are done, and tells how well.
 *
 * Returns: with what the program ends
 */
EmendCtlStatus
emend_command_learn (EmendCtl *ctl)
{
  g_autoptr (EmendProject) project = NULL;
  g_autoptr (EmendLearning) learning = emend_learning_new ();
  g_autoptr (EmendFieldsModel) model = NULL;

  if (!emend_ctl_parse (ctl, NULL, EMEND_CTL_HAS_JSON | EMEND_CTL_HAS_REVIEWER, 1, 1))
    return EMEND_CTL_USAGE;
  project = emend_ctl_open_to_write (ctl, ctl->args[0]);
  if (project == NULL)
    return EMEND_CTL_FAILED;
  model = learn (ctl, project, learning);
  if (model == NULL)
    return EMEND_CTL_FAILED;
  print_model (ctl, emend_project_get_schema (project), model, emend_learning_get_n_documents (learning));
  return EMEND_CTL_DONE;
}
