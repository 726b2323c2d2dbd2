#pragma once

#include "emend-rate.h"
#include "emend-report.h"

G_BEGIN_DECLS

/* A row while it is counted. */
typedef struct {
  EmendReportRow *row;
  EmendMean iou;
  EmendMean ms;
  gint64 n_judged;     /* proposals that somebody decided about */
  gint64 n_overridden; /* of these, what was not accepted */
} EmendReportTally;

/**
 * EmendReportWork:
 * @labels: label number to #EmendReportTally
 * @fields: (element-type EmendReportField): the fields, see emend_report_fields_new()
 * @runs: run number to #EmendReportTally, of role proposals
 *
 * A report while it is counted.
 */
typedef struct {
  EmendProject *project;
  GHashTable *labels;
  GPtrArray *fields;
  GHashTable *runs;
  EmendReportTally *total;
  EmendReportTally *reviewed;
  gboolean has_reference;
  gint64 n_items;
  gint64 n_items_done;
} EmendReportWork;

/**
 * EmendReportField:
 * @tally: its row
 * @id: number of the field
 * @cell: what its values are: the field, or the column of a table
 * @column: (nullable): name of the column
 * @retired: whether it is no longer asked for
 *
 * A field, or a column of one that is a table, while it is counted. What it points to belongs to the schema.
 */
typedef struct {
  EmendReportTally *tally;
  int id;
  const EmendField *cell;
  const char *column;
  gboolean retired;
} EmendReportField;

EmendReportTally *emend_report_tally_new (const char *name);
void emend_report_tally_free (EmendReportTally *tally);

GPtrArray *emend_report_fields_new (EmendSchema *schema);
void emend_report_fields_count (GPtrArray *fields,
                                const EmendMark *mark);
gboolean emend_report_values_agree (const EmendField *cell,
                                    const EmendValue *proposed,
                                    const EmendValue *final);

void emend_report_compare_item (EmendReportWork *work,
                                const EmendItemContent *content,
                                GPtrArray *reference);

G_END_DECLS
