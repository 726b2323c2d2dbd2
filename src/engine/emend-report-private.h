#pragma once

#include "emend-rate.h"
#include "emend-report.h"

G_BEGIN_DECLS

/* A row while it is counted. */
typedef struct {
  EmendReportRow *row;
  EmendMean iou;
  EmendMean ms;
} EmendReportTally;

/**
 * EmendReportWork:
 * @labels: label number to #EmendReportTally
 * @runs: run number to #EmendReportTally, of role proposals
 *
 * A report while it is counted.
 */
typedef struct {
  EmendProject *project;
  GHashTable *labels;
  GHashTable *runs;
  EmendReportTally *total;
  EmendReportTally *reviewed;
  gboolean has_reference;
  gint64 n_items;
  gint64 n_items_done;
} EmendReportWork;

void emend_report_compare_item (EmendReportWork *work,
                                const EmendItemContent *content,
                                GPtrArray *reference);

G_END_DECLS
