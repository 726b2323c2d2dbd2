#pragma once

#include "emend-format.h"
#include "emend-import.h"

G_BEGIN_DECLS

/**
 * EmendImportOptions:
 * @format: (nullable): id of the format; NULL to find out
 * @run_name: (nullable): name of the run; NULL for the file's name
 * @model: (nullable): name of the model
 * @role: what the records are
 * @map: (nullable) (element-type utf8 utf8): the source's label name to the project's, "" to leave it out
 * @add_labels: labels that the project has not are added to its schema; else they are reported
 * @read: how to read
 * @dry_run: only tells what would happen
 */
typedef struct {
  const char *format;
  const char *run_name;
  const char *model;
  EmendRunRole role;
  GHashTable *map;
  gboolean add_labels;
  EmendReadOptions read;
  gboolean dry_run;
} EmendImportOptions;

typedef struct {
  char *file;
  gint64 line; /* 1-based, 0 for none */
  char *reason;
} EmendImportProblem;

typedef struct {
  char *name;        /* as the source calls it */
  char *label;       /* (nullable): what it becomes */
  gboolean is_new;   /* would be, or was, added to the schema */
  gboolean is_field; /* a field of documents, or "table.column" */
  gint64 count;      /* records */
} EmendImportLabel;

/**
 * EmendImportReport:
 * @format: id of the format that read it
 * @n_records: records taken
 * @n_words: pages whose words were taken
 * @n_images: images of the source that are items
 * @n_empty: of them, those that the source says are empty
 * @n_unmatched: images of the source that are no item
 * @n_ambiguous: image names that fit several items
 * @n_untouched: items that the source does not speak of
 * @n_skipped: records left out: unmatched image, unknown label, or not usable
 * @n_problems: bad lines in all; @problems keeps the first 1,000
 * @unmatched: (element-type utf8): the first 1,000 names
 * @labels: (element-type EmendImportLabel): all of the source
 * @problems: (element-type EmendImportProblem): what cannot be used
 * @run: number of the new run, 0 after a dry run
 */
typedef struct {
  char *format;
  gint64 n_records;
  gint64 n_words;
  gint64 n_images;
  gint64 n_empty;
  gint64 n_unmatched;
  gint64 n_ambiguous;
  gint64 n_untouched;
  gint64 n_skipped;
  gint64 n_problems;
  GPtrArray *unmatched;
  GPtrArray *labels;
  GPtrArray *problems;
  int run;
} EmendImportReport;

void emend_import_report_free (EmendImportReport *report);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EmendImportReport, emend_import_report_free)

/* One transaction for all @paths; a failure or cancel leaves nothing. Not for the main thread. */
EmendImportReport *emend_import_run (EmendProject *project,
                                     const char *const *paths,
                                     const EmendImportOptions *options,
                                     GCancellable *cancellable,
                                     EmendProgressFunc progress,
                                     gpointer progress_data,
                                     GError **error);

/**
 * EmendExportOptions:
 * @format: id of the format
 * @all: undecided and rejected ones too, with their state
 * @filter: (nullable): which items
 */
typedef struct {
  const char *format;
  gboolean all;
  const EmendItemFilter *filter;
} EmendExportOptions;

typedef struct {
  gint64 n_items;
  gint64 n_records;
  gint64 n_undone; /* items exported that are not done */
  char *sha256;    /* of the file, or of the sorted list of the folder's files' hashes */
} EmendExportReport;

void emend_export_report_free (EmendExportReport *report);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EmendExportReport, emend_export_report_free)

/* Writes the final state to @path, never over something else, and notes it in the journal. */
EmendExportReport *emend_export_run (EmendProject *project,
                                     const char *path,
                                     const EmendExportOptions *options,
                                     GCancellable *cancellable,
                                     EmendProgressFunc progress,
                                     gpointer progress_data,
                                     GError **error);

G_END_DECLS
