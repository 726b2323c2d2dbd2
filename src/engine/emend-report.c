#define G_LOG_DOMAIN "emend-engine"

#include "config.h"

#include "emend-report.h"

#include <math.h>

#include "emend-json.h"
#include "emend-report-private.h"

/* Items that are loaded at a time. */
#define BATCH 256

static void
row_free (EmendReportRow *row)
{
  g_free (row->name);
  g_free (row);
}

/**
 * emend_report_tally_new:
 * @name: (nullable): of its row
 *
 * Returns: (transfer full): a row with nothing counted
 */
EmendReportTally *
emend_report_tally_new (const char *name)
{
  EmendReportTally *tally = g_new0 (EmendReportTally, 1);

  tally->row = g_new0 (EmendReportRow, 1);
  tally->row->name = g_strdup (name);
  return tally;
}

/**
 * emend_report_tally_free:
 * @tally: (transfer full): a row, which may have been taken out of it
 */
void
emend_report_tally_free (EmendReportTally *tally)
{
  g_clear_pointer (&tally->row, row_free);
  g_free (tally);
}

static EmendReportTally *
add_tally (GHashTable *tallies,
           int id,
           const char *name)
{
  EmendReportTally *tally = emend_report_tally_new (name);

  g_hash_table_insert (tallies, GINT_TO_POINTER (id), tally);
  return tally;
}

static void
count_corrected (EmendReportTally *tally,
                 const EmendMark *mark)
{
  EmendReportRow *row = tally->row;

  row->n_corrected++;
  if (emend_mark_get_value (mark) != NULL)
    return;
  if (mark->annotation->label != mark->proposal->label)
    row->n_relabelled++;
  if (!emend_shape_equal (&mark->annotation->shape, &mark->proposal->shape)) {
    row->n_moved++;
    emend_mean_add (&tally->iou, emend_shape_iou (&mark->annotation->shape, &mark->proposal->shape));
  }
}

static void
count_mark (EmendReportTally *tally,
            const EmendMark *mark)
{
  EmendReportRow *row = tally->row;

  if (mark->proposal != NULL)
    row->n_proposals++;
  if (mark->proposal != NULL && mark->annotation != NULL) {
    tally->n_judged++;
    tally->n_overridden += mark->annotation->verdict != EMEND_VERDICT_ACCEPTED;
  }
  switch (emend_mark_get_verdict (mark)) {
  case EMEND_VERDICT_NONE:
    row->n_undecided++;
    break;
  case EMEND_VERDICT_ACCEPTED:
    row->n_accepted++;
    break;
  case EMEND_VERDICT_CORRECTED:
    count_corrected (tally, mark);
    break;
  case EMEND_VERDICT_ILLEGIBLE:
    row->n_corrected += mark->proposal != NULL;
    break;
  case EMEND_VERDICT_REJECTED:
  case EMEND_VERDICT_ABSENT:
    row->n_rejected += mark->proposal != NULL;
    break;
  case EMEND_VERDICT_ADDED:
    row->n_added++;
    break;
  }
  if (mark->annotation != NULL && mark->annotation->ms > 0)
    emend_mean_add (&tally->ms, (double) mark->annotation->ms);
}

/* A thing counts for the label that the model gave it; what was added, for the label that it has. */
static void
count_marks (EmendReportWork *work,
             GPtrArray *marks)
{
  for (guint i = 0; i < marks->len; i++) {
    const EmendMark *mark = g_ptr_array_index (marks, i);
    int label = mark->proposal != NULL ? mark->proposal->label : mark->annotation->label;
    EmendReportTally *tally = g_hash_table_lookup (work->labels, GINT_TO_POINTER (label));

    count_mark (work->total, mark);
    emend_report_fields_count (work->fields, mark);
    if (tally != NULL)
      count_mark (tally, mark);
    if (mark->proposal != NULL) {
      int run = EMEND_PROPOSAL_RUN (mark->proposal->id);

      tally = g_hash_table_lookup (work->runs, GINT_TO_POINTER (run));
      if (tally != NULL)
        count_mark (tally, mark);
    }
  }
}

static gboolean
count_item (EmendReportWork *work,
            gint64 item,
            GError **error)
{
  g_autoptr (EmendItemContent) content = emend_project_load_final (work->project, item, NULL, error);
  g_autoptr (GPtrArray) reference = NULL;

  if (content == NULL)
    return FALSE;
  work->n_items++;
  if (content->item->reading == EMEND_READING_DONE)
    work->n_items_done++;
  count_marks (work, content->marks);
  if (!work->has_reference)
    return TRUE;
  reference = emend_project_load_reference (work->project, item, error);
  if (reference == NULL)
    return FALSE;
  emend_report_compare_item (work, content, reference);
  return TRUE;
}

static gboolean
count_items (EmendReportWork *work,
             EmendProgressFunc progress,
             gpointer progress_data,
             GCancellable *cancellable,
             GError **error)
{
  g_autoptr (EmendProjectInfo) info = emend_project_get_info (work->project, error);

  if (info == NULL)
    return FALSE;
  while (TRUE) {
    g_autoptr (GPtrArray) items = emend_project_load_items_at (work->project, work->n_items, BATCH, error);

    if (items == NULL)
      return FALSE;
    if (items->len == 0)
      return TRUE;
    for (guint i = 0; i < items->len; i++) {
      const EmendItem *item = g_ptr_array_index (items, i);

      if (g_cancellable_set_error_if_cancelled (cancellable, error) || !count_item (work, item->id, error))
        return FALSE;
    }
    if (progress != NULL)
      progress ((guint64) work->n_items, (guint64) info->n_items, progress_data);
  }
}

static EmendReportRow *
settle_tally (EmendReportTally *tally,
              gboolean has_reference)
{
  EmendReportRow *row = g_steal_pointer (&tally->row);

  row->mean_iou = emend_mean_get (&tally->iou);
  row->mean_ms = emend_mean_get (&tally->ms);
  row->override_rate = emend_rate (tally->n_overridden, tally->n_judged);
  row->agreement = emend_rate (row->n_agreeing, row->n_compared);
  row->precision = emend_rate (row->true_positives, row->true_positives + row->false_positives);
  row->recall = emend_rate (row->true_positives, row->true_positives + row->misses);
  if (!has_reference)
    row->true_positives = row->false_positives = row->misses = -1;
  return row;
}

static gboolean
is_counted (const EmendReportRow *row)
{
  return row->n_proposals + row->n_added + row->n_absent + row->n_illegible > 0;
}

static EmendReport *
settle (EmendReportWork *work,
        EmendSchema *schema,
        GPtrArray *runs)
{
  EmendReport *report = g_new0 (EmendReport, 1);

  report->labels = g_ptr_array_new_with_free_func ((GDestroyNotify) row_free);
  report->fields = g_ptr_array_new_with_free_func ((GDestroyNotify) row_free);
  report->runs = g_ptr_array_new_with_free_func ((GDestroyNotify) row_free);
  for (gsize i = 0; i < emend_schema_get_n_labels (schema); i++) {
    int id = emend_schema_get_label (schema, i)->id;
    EmendReportTally *tally = g_hash_table_lookup (work->labels, GINT_TO_POINTER (id));

    g_ptr_array_add (report->labels, settle_tally (tally, work->has_reference));
  }
  for (guint i = 0; i < work->fields->len; i++) {
    const EmendReportField *field = g_ptr_array_index (work->fields, i);

    if (!field->retired || is_counted (field->tally->row))
      g_ptr_array_add (report->fields, settle_tally (field->tally, work->has_reference));
  }
  for (guint i = 0; i < runs->len; i++) {
    const EmendRun *run = g_ptr_array_index (runs, i);
    EmendReportTally *tally = g_hash_table_lookup (work->runs, GINT_TO_POINTER (run->id));

    if (tally != NULL)
      g_ptr_array_add (report->runs, settle_tally (tally, work->has_reference));
  }
  report->total = settle_tally (work->total, work->has_reference);
  report->reviewed = settle_tally (work->reviewed, work->has_reference);
  report->n_items = work->n_items;
  report->n_items_done = work->n_items_done;
  report->has_reference = work->has_reference;
  return report;
}

static void
work_clear (EmendReportWork *work)
{
  g_clear_pointer (&work->labels, g_hash_table_unref);
  g_clear_pointer (&work->fields, g_ptr_array_unref);
  g_clear_pointer (&work->runs, g_hash_table_unref);
  g_clear_pointer (&work->total, emend_report_tally_free);
  g_clear_pointer (&work->reviewed, emend_report_tally_free);
}
/* clang-format off */
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (EmendReportWork, work_clear)
/* clang-format on */

static void
work_init (EmendReportWork *work,
           EmendSchema *schema,
           GPtrArray *runs)
{
  work->labels = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) emend_report_tally_free);
  work->runs = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) emend_report_tally_free);
  work->fields = emend_report_fields_new (schema);
  work->total = emend_report_tally_new (NULL);
  work->reviewed = emend_report_tally_new (NULL);
  for (gsize i = 0; i < emend_schema_get_n_labels (schema); i++) {
    const EmendLabel *label = emend_schema_get_label (schema, i);
    add_tally (work->labels, label->id, label->name);
  }
  for (guint i = 0; i < runs->len; i++) {
    const EmendRun *run = g_ptr_array_index (runs, i);

    if (run->role == EMEND_RUN_PROPOSALS)
      add_tally (work->runs, run->id, run->name);
    work->has_reference |= run->role == EMEND_RUN_REFERENCE;
  }
}

/**
 * emend_report_make:
 * @project: an open project
 * @cancellable: (nullable): to stop early
 * @progress: (nullable) (scope call): told the items that were counted
 * @progress_data: for @progress
 * @error: what reading the project gives, or cancelled
 *
 * Counts what became of the model's proposals, item by item, in memory that does not grow with the
 * project. Of each item the reading that counts is taken (see emend_project_load_final()); the time of
 * a decision counts where one is known. How the comparison with the reference is made is told at
 * emend_report_compare_item(). Waits for the disk: not for the main thread.
 *
 * Returns: (transfer full) (nullable): the report
 */
EmendReport *
emend_report_make (EmendProject *project,
                   GCancellable *cancellable,
                   EmendProgressFunc progress,
                   gpointer progress_data,
                   GError **error)
{
  EmendSchema *schema = emend_project_get_schema (project);
  g_autoptr (GPtrArray) runs = emend_project_list_runs (project, error);
  g_auto (EmendReportWork) work = { 0 };

  if (runs == NULL)
    return NULL;
  work.project = project;
  work_init (&work, schema, runs);
  if (!count_items (&work, progress, progress_data, cancellable, error))
    return NULL;
  return settle (&work, schema, runs);
}

/**
 * emend_report_free:
 * @report: (transfer full): a report
 *
 * Any thread.
 */
void
emend_report_free (EmendReport *report)
{
  g_ptr_array_unref (report->labels);
  g_ptr_array_unref (report->fields);
  g_ptr_array_unref (report->runs);
  row_free (report->total);
  row_free (report->reviewed);
  g_free (report);
}

static void
write_double (EmendJsonWriter *writer,
              const char *key,
              double value)
{
  emend_json_key (writer, key);
  if (isnan (value))
    emend_json_null (writer);
  else
    emend_json_double (writer, value);
}

static void
write_comparison (EmendJsonWriter *writer,
                  const EmendReportRow *row)
{
  const struct {
    const char *key;
    gint64 value;
  } counts[] = {
    { "true_positives", row->true_positives },
    { "false_positives", row->false_positives },
    { "misses", row->misses },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (counts); i++) {
    emend_json_key (writer, counts[i].key);
    emend_json_int (writer, counts[i].value);
  }
  write_double (writer, "precision", row->precision);
  write_double (writer, "recall", row->recall);
}

typedef struct {
  const char *key;
  gint64 value;
} Count;

static void
write_counts (EmendJsonWriter *writer,
              const char *name,
              const Count *counts,
              gsize n_counts)
{
  if (name != NULL) {
    emend_json_key (writer, "name");
    emend_json_string (writer, name);
  }
  for (gsize i = 0; i < n_counts; i++) {
    emend_json_key (writer, counts[i].key);
    emend_json_int (writer, counts[i].value);
  }
}

static void
write_row (EmendJsonWriter *writer,
           const EmendReportRow *row,
           gboolean has_reference)
{
  const Count counts[] = {
    { "proposals", row->n_proposals },
    { "undecided", row->n_undecided },
    { "accepted", row->n_accepted },
    { "corrected", row->n_corrected },
    { "moved", row->n_moved },
    { "relabelled", row->n_relabelled },
    { "rejected", row->n_rejected },
    { "added", row->n_added },
  };

  emend_json_begin_object (writer);
  write_counts (writer, row->name, counts, G_N_ELEMENTS (counts));
  write_double (writer, "mean_iou", row->mean_iou);
  write_double (writer, "override_rate", row->override_rate);
  write_double (writer, "mean_ms", row->mean_ms);
  if (has_reference)
    write_comparison (writer, row);
  emend_json_end_object (writer);
}

static void
write_fields (EmendJsonWriter *writer,
              GPtrArray *rows)
{
  emend_json_key (writer, "fields");
  emend_json_begin_array (writer);
  for (guint i = 0; i < rows->len; i++) {
    const EmendReportRow *row = g_ptr_array_index (rows, i);
    const Count counts[] = {
      { "proposals", row->n_proposals },
      { "undecided", row->n_undecided },
      { "accepted", row->n_accepted },
      { "corrected", row->n_corrected },
      { "rejected", row->n_rejected },
      { "absent", row->n_absent },
      { "illegible", row->n_illegible },
      { "added", row->n_added },
      { "compared", row->n_compared },
      { "agreeing", row->n_agreeing },
    };

    emend_json_begin_object (writer);
    write_counts (writer, row->name, counts, G_N_ELEMENTS (counts));
    write_double (writer, "agreement", row->agreement);
    write_double (writer, "override_rate", row->override_rate);
    write_double (writer, "mean_ms", row->mean_ms);
    emend_json_end_object (writer);
  }
  emend_json_end_array (writer);
}

static void
write_rows (EmendJsonWriter *writer,
            const char *key,
            GPtrArray *rows,
            gboolean has_reference)
{
  emend_json_key (writer, key);
  emend_json_begin_array (writer);
  for (guint i = 0; i < rows->len; i++)
    write_row (writer, g_ptr_array_index (rows, i), has_reference);
  emend_json_end_array (writer);
}

/**
 * emend_report_to_json:
 * @report: a report
 *
 * Returns: (transfer full): `{"items", "items_done", "has_reference", "total", "labels": […], "fields":
 *   […], "runs": […], "reviewed"?}`; a number that is not defined is null; what a reference is needed for is left
 *   out without one. Any thread.
 */
char *
emend_report_to_json (const EmendReport *report)
{
  GString *out = g_string_new (NULL);
  g_autoptr (EmendJsonWriter) writer = emend_json_writer_new (out, TRUE);

  emend_json_begin_object (writer);
  emend_json_key (writer, "items");
  emend_json_int (writer, report->n_items);
  emend_json_key (writer, "items_done");
  emend_json_int (writer, report->n_items_done);
  emend_json_key (writer, "has_reference");
  emend_json_bool (writer, report->has_reference);
  emend_json_key (writer, "total");
  write_row (writer, report->total, report->has_reference);
  write_rows (writer, "labels", report->labels, report->has_reference);
  write_fields (writer, report->fields);
  write_rows (writer, "runs", report->runs, report->has_reference);
  if (report->has_reference) {
    emend_json_key (writer, "reviewed");
    emend_json_begin_object (writer);
    write_comparison (writer, report->reviewed);
    emend_json_end_object (writer);
  }
  emend_json_end_object (writer);
  return g_string_free (out, FALSE);
}
