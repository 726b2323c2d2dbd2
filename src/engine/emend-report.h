#pragma once

#include "emend-project.h"

G_BEGIN_DECLS

/**
 * EmendReportRow:
 * @name: label, run or field ("table.column" for the cells of a table); NULL in the row of totals
 * @n_proposals: of role proposals
 * @n_undecided: waiting
 * @n_accepted: right as they were
 * @n_corrected: right in part
 * @n_moved: of the corrected boxes, those whose shape changed
 * @n_relabelled: of the corrected boxes, those whose label changed
 * @n_rejected: wrong; of a row that is no field's, also values that were proposed and are not on the document, while
 *   those that were proposed and are illegible count as corrected
 * @n_added: missed by the model
 * @n_absent: of a field: not on the document, whether proposed or not; 0 in rows of other kinds
 * @n_illegible: of a field: on the document and not to be read; 0 in rows of other kinds
 * @n_compared: of a field: proposals of which the final value is known: all that were decided, but for illegible ones
 * @n_agreeing: of the compared, those that say the same as the final value, see emend_report_values_agree()
 * @agreement: @n_agreeing / @n_compared; NaN without any
 * @mean_iou: of the moved ones, between proposal and decision; NaN without any
 * @override_rate: share of the proposals that were judged and not accepted; NaN without any
 * @mean_ms: per decision with a time; NaN without any
 * @true_positives: matched with the reference; -1 when there is no reference
 * @false_positives: not in the reference
 * @misses: in the reference and not here
 * @precision: true positives / (true positives + false positives); NaN when it is not defined
 * @recall: true positives / (true positives + misses); NaN when it is not defined
 */
typedef struct {
  char *name;
  gint64 n_proposals;
  gint64 n_undecided;
  gint64 n_accepted;
  gint64 n_corrected;
  gint64 n_moved;
  gint64 n_relabelled;
  gint64 n_rejected;
  gint64 n_added;
  gint64 n_absent;
  gint64 n_illegible;
  gint64 n_compared;
  gint64 n_agreeing;
  double agreement;
  double mean_iou;
  double override_rate;
  double mean_ms;
  gint64 true_positives;
  gint64 false_positives;
  gint64 misses;
  double precision;
  double recall;
} EmendReportRow;

/**
 * EmendReport:
 * @labels: (element-type EmendReportRow): in the schema's order
 * @fields: (element-type EmendReportRow): fields that are not retired, or of which something is known, in the schema's
 *   order; of a table each column
 * @runs: (element-type EmendReportRow): runs of role proposals
 * @total: all, boxes and values of fields
 * @reviewed: the final state against the reference: only its last five numbers mean something
 * @n_items: items
 * @n_items_done: done in the reading that counts
 * @has_reference: whether there is a reference run
 */
typedef struct {
  GPtrArray *labels;
  GPtrArray *fields;
  GPtrArray *runs;
  EmendReportRow *total;
  EmendReportRow *reviewed;
  gint64 n_items;
  gint64 n_items_done;
  gboolean has_reference;
} EmendReport;

EmendReport *emend_report_make (EmendProject *project,
                                GCancellable *cancellable,
                                EmendProgressFunc progress,
                                gpointer progress_data,
                                GError **error);
void emend_report_free (EmendReport *report);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EmendReport, emend_report_free)
char *emend_report_to_json (const EmendReport *report);

G_END_DECLS
