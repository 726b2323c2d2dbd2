#define G_LOG_DOMAIN "emend-ctl"

#include "config.h"

#include <inttypes.h>
#include <math.h>

#include <glib/gi18n-lib.h>

#include "emend-commands.h"
#include "emend-output.h"
#include "emend-report.h"
#include "emend-table.h"

static void
add_row (EmendTable *table,
         const char *name,
         const EmendReportRow *row)
{
  const gint64 counts[] = { row->n_proposals, row->n_undecided, row->n_accepted, row->n_corrected, row->n_rejected,
                            row->n_added };

  emend_table_add (table, name);
  for (gsize i = 0; i < G_N_ELEMENTS (counts); i++)
    emend_table_add_number (table, counts[i]);
  emend_table_add_real (table, row->override_rate, 3);
  emend_table_add_real (table, row->mean_iou, 3);
  emend_table_add_real (table, row->mean_ms / 1000, 1);
}

static void
add_comparison (EmendTable *table,
                const char *name,
                const EmendReportRow *row)
{
  emend_table_add (table, name);
  emend_table_add_number (table, row->true_positives);
  emend_table_add_number (table, row->false_positives);
  emend_table_add_number (table, row->misses);
  emend_table_add_real (table, row->precision, 3);
  emend_table_add_real (table, row->recall, 3);
}

static void
print_decisions (const EmendReport *report)
{
  const EmendTableColumn columns[] = {
    { _ ("LABEL OR RUN"), FALSE, 0 },
    { _ ("PROPOSED"), TRUE, 0 },
    { _ ("UNDECIDED"), TRUE, 0 },
    { _ ("ACCEPTED"), TRUE, 0 },
    { _ ("CORRECTED"), TRUE, 0 },
    { _ ("REJECTED"), TRUE, 0 },
    { _ ("ADDED"), TRUE, 0 },
    { _ ("OVERRIDE"), TRUE, 0 },
    { _ ("IOU"), TRUE, 0 },
    { _ ("SECONDS"), TRUE, 0 },
  };
  g_autoptr (EmendTable) table = emend_table_new (columns, G_N_ELEMENTS (columns));

  for (guint i = 0; i < report->labels->len; i++) {
    const EmendReportRow *row = g_ptr_array_index (report->labels, i);
    add_row (table, row->name, row);
  }
  for (guint i = 0; i < report->runs->len; i++) {
    const EmendReportRow *row = g_ptr_array_index (report->runs, i);
    g_autofree char *name = g_strdup_printf (_ ("run: %s"), row->name);
    add_row (table, name, row);
  }
  add_row (table, _ ("all"), report->total);
  emend_table_print (table);
}

static void
print_fields (const EmendReport *report)
{
  const EmendTableColumn columns[] = {
    { _ ("FIELD"), FALSE, 0 },
    { _ ("PROPOSED"), TRUE, 0 },
    { _ ("UNDECIDED"), TRUE, 0 },
    { _ ("ACCEPTED"), TRUE, 0 },
    { _ ("CORRECTED"), TRUE, 0 },
    { _ ("REJECTED"), TRUE, 0 },
    { _ ("ABSENT"), TRUE, 0 },
    { _ ("ILLEGIBLE"), TRUE, 0 },
    { _ ("ADDED"), TRUE, 0 },
    { _ ("OVERRIDE"), TRUE, 0 },
    { _ ("AGREEMENT"), TRUE, 0 },
    { _ ("SECONDS"), TRUE, 0 },
  };
  g_autoptr (EmendTable) table = emend_table_new (columns, G_N_ELEMENTS (columns));

  for (guint i = 0; i < report->fields->len; i++) {
    const EmendReportRow *row = g_ptr_array_index (report->fields, i);
    const gint64 counts[] = { row->n_proposals, row->n_undecided, row->n_accepted, row->n_corrected,
                              row->n_rejected, row->n_absent, row->n_illegible, row->n_added };

    emend_table_add (table, row->name);
    for (gsize j = 0; j < G_N_ELEMENTS (counts); j++)
      emend_table_add_number (table, counts[j]);
    emend_table_add_real (table, row->override_rate, 3);
    emend_table_add_real (table, row->agreement, 3);
    emend_table_add_real (table, row->mean_ms / 1000, 1);
  }
  emend_output_print ("\n");
  emend_table_print (table);
}

static void
print_comparison (const EmendReport *report)
{
  const EmendTableColumn columns[] = {
    { _ ("AGAINST THE REFERENCE"), FALSE, 0 },
    { _ ("RIGHT"), TRUE, 0 },
    { _ ("FALSE"), TRUE, 0 },
    { _ ("MISSED"), TRUE, 0 },
    { _ ("PRECISION"), TRUE, 0 },
    { _ ("RECALL"), TRUE, 0 },
  };
  g_autoptr (EmendTable) table = emend_table_new (columns, G_N_ELEMENTS (columns));

  for (guint i = 0; i < report->labels->len; i++) {
    const EmendReportRow *row = g_ptr_array_index (report->labels, i);
    add_comparison (table, row->name, row);
  }
  for (guint i = 0; i < report->runs->len; i++) {
    const EmendReportRow *row = g_ptr_array_index (report->runs, i);
    g_autofree char *name = g_strdup_printf (_ ("run: %s"), row->name);
    add_comparison (table, name, row);
  }
  add_comparison (table, _ ("all, as proposed"), report->total);
  add_comparison (table, _ ("all, as reviewed"), report->reviewed);
  emend_output_print ("\n");
  emend_table_print (table);
}

/**
 * emend_command_report:
 * @ctl: this call
 *
 * `emendctl report`: what became of the proposals, and how they compare with a reference.
 *
 * Returns: with what the program ends
 */
EmendCtlStatus
emend_command_report (EmendCtl *ctl)
{
  g_autoptr (EmendProject) project = NULL;
  g_autoptr (EmendReport) report = NULL;
  g_autoptr (GError) error = NULL;

  if (!emend_ctl_parse (ctl, NULL, EMEND_CTL_HAS_JSON, 1, 1))
    return EMEND_CTL_USAGE;
  project = emend_ctl_open (ctl, ctl->args[0]);
  if (project == NULL)
    return EMEND_CTL_FAILED;
  emend_ctl_begin_progress (ctl, _ ("Counting"));
  report = emend_report_make (project, ctl->cancellable, emend_ctl_progress, ctl, &error);
  emend_ctl_end_progress (ctl);
  if (report == NULL)
    return emend_ctl_fail (ctl->args[0], error);
  if (ctl->json) {
    g_autofree char *text = emend_report_to_json (report);
    emend_output_print ("%s\n", text);
    return EMEND_CTL_DONE;
  }
  emend_output_print (_ ("Items done: %" PRId64 " of %" PRId64 "\n\n"), report->n_items_done, report->n_items);
  print_decisions (report);
  if (report->fields->len > 0)
    print_fields (report);
  if (report->has_reference)
    print_comparison (report);
  return EMEND_CTL_DONE;
}
