#pragma once

#include "emend-error.h"
#include "emend-project.h"

G_BEGIN_DECLS

/**
 * EmendReadProblem:
 * @path: of the item
 * @page: from 0
 * @reason: why it could not be read, a sentence
 *
 * A page that could not be read.
 */
typedef struct {
  char *path;
  int page;
  char *reason;
} EmendReadProblem;

/**
 * EmendReadReport:
 * @n_items: items that were looked at
 * @n_pages: pages that were read, and whose words are kept now
 * @n_words: words that stand on them
 * @n_left_out: items whose file is missing or cannot be decoded
 * @problems: (element-type EmendReadProblem): pages that could not be read
 * @interrupted: whether it was cancelled; what was read before is kept
 *
 * What became of the pages.
 */
typedef struct {
  gint64 n_items;
  gint64 n_pages;
  gint64 n_words;
  gint64 n_left_out;
  GPtrArray *problems;
  gboolean interrupted;
} EmendReadReport;

/**
 * EmendReadOptions:
 * @items: (array length=n_items): numbers of the items
 * @n_items: how many
 * @language: of OCR, as the engine names it ("eng", "deu+eng")
 * @again: also pages whose words are known
 *
 * Which pages are read, and how.
 */
typedef struct {
  const gint64 *items;
  gsize n_items;
  const char *language;
  gboolean again;
} EmendReadOptions;

EmendReadReport *emend_read_run (EmendProject *project,
                                 const EmendReadOptions *options,
                                 GCancellable *cancellable,
                                 EmendProgressFunc progress,
                                 gpointer progress_data,
                                 GError **error);
void emend_read_report_free (EmendReadReport *report);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EmendReadReport, emend_read_report_free)

G_END_DECLS
