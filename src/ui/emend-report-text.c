#define G_LOG_DOMAIN "emend-ui"

#include "config.h"

#include "emend-report-text.h"

#include <math.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include "emend-report-table.h"
#include "emend-text.h"

/* A cell that begins like a formula would be run by a spreadsheet: it gets an apostrophe in front. */
static void
append_text_cell (GString *out,
                  const char *text)
{
  gboolean quote = strpbrk (text, "\",\r\n") != NULL;

  if (quote)
    g_string_append_c (out, '"');
  if (*text != '\0' && strchr ("=+-@\t", *text) != NULL)
    g_string_append_c (out, '\'');
  for (; *text != '\0'; text++) {
    if (*text == '"')
      g_string_append_c (out, '"');
    g_string_append_c (out, *text);
  }
  if (quote)
    g_string_append_c (out, '"');
}

static void
append_number (GString *out,
               double value)
{
  char buffer[EMEND_TEXT_DOUBLE_SIZE];

  g_string_append_c (out, ',');
  if (isfinite (value))
    g_string_append (out, emend_text_from_double (buffer, value));
}

/* What a row of its kind does not have is an empty cell. */
static void
append_row (GString *out,
            const char *kind,
            const EmendReportRow *row,
            EmendReportColumns columns)
{
  gboolean has_reference = columns == EMEND_REPORT_COLUMNS_REFERENCE;
  gboolean is_field = columns == EMEND_REPORT_COLUMNS_FIELDS;
  const double cells[] = {
    (double) row->n_proposals,
    (double) row->n_undecided,
    (double) row->n_accepted,
    (double) row->n_corrected,
    is_field ? NAN : (double) row->n_moved,
    is_field ? NAN : (double) row->n_relabelled,
    (double) row->n_rejected,
    (double) row->n_added,
    is_field ? NAN : row->mean_iou,
    row->override_rate,
    row->mean_ms,
    has_reference ? (double) row->true_positives : NAN,
    has_reference ? (double) row->false_positives : NAN,
    has_reference ? (double) row->misses : NAN,
    has_reference ? row->precision : NAN,
    has_reference ? row->recall : NAN,
    is_field ? (double) row->n_absent : NAN,
    is_field ? (double) row->n_illegible : NAN,
    is_field ? (double) row->n_compared : NAN,
    is_field ? (double) row->n_agreeing : NAN,
    is_field ? row->agreement : NAN,
  };

  g_string_append (out, kind);
  g_string_append_c (out, ',');
  append_text_cell (out, row->name != NULL ? row->name : "");
  for (gsize i = 0; i < G_N_ELEMENTS (cells); i++)
    append_number (out, cells[i]);
  g_string_append (out, "\r\n");
}

static void
append_rows (GString *out,
             const char *kind,
             GPtrArray *rows,
             EmendReportColumns columns)
{
  for (guint i = 0; i < rows->len; i++)
    append_row (out, kind, g_ptr_array_index (rows, i), columns);
}

/**
 * emend_report_to_csv:
 * @report: a report
 *
 * Returns: (transfer full): its rows as CSV (RFC 4180), numbers with a point in any locale, an empty
 *   cell for what is not defined
 */
char *
emend_report_to_csv (const EmendReport *report)
{
  GString *out = g_string_new ("kind,name,proposals,undecided,accepted,corrected,moved,relabelled,rejected,"
                               "added,mean_iou,override_rate,mean_ms,true_positives,false_positives,misses,"
                               "precision,recall,absent,illegible,compared,agreeing,agreement\r\n");
  EmendReportColumns things = report->has_reference ? EMEND_REPORT_COLUMNS_REFERENCE : EMEND_REPORT_COLUMNS_THINGS;

  append_rows (out, "label", report->labels, things);
  append_rows (out, "field", report->fields, EMEND_REPORT_COLUMNS_FIELDS);
  append_rows (out, "run", report->runs, things);
  append_row (out, "total", report->total, things);
  return g_string_free (out, FALSE);
}

/**
 * emend_report_format_share:
 * @share: 0 to 1, or NaN
 *
 * Returns: (transfer full): "18 %", with one decimal below ten; a dash for NaN
 */
char *
emend_report_format_share (double share)
{
  double percent = share * 100;

  if (!isfinite (share))
    return g_strdup ("–");
  if (percent > 0 && percent < 9.95)
    /* TRANSLATORS: a share in percent with one decimal; %% is the percent sign. */
    return g_strdup_printf (_ ("%.1f %%"), percent);
  /* TRANSLATORS: a share in percent; %% is the percent sign. */
  return g_strdup_printf (_ ("%.0f %%"), percent);
}

/**
 * emend_report_format_number:
 * @value: a number or NaN
 * @digits: after the point
 *
 * Returns: (transfer full): the number for people; a dash for NaN
 */
char *
emend_report_format_number (double value,
                            int digits)
{
  if (!isfinite (value))
    return g_strdup ("–");
  return g_strdup_printf ("%.*f", digits, value);
}

/**
 * emend_report_format_ms:
 * @ms: milliseconds or NaN
 *
 * Returns: (transfer full): "1.8 s"; a dash for NaN
 */
char *
emend_report_format_ms (double ms)
{
  if (!isfinite (ms))
    return g_strdup ("–");
  if (ms < 99950)
    /* TRANSLATORS: seconds with one decimal. */
    return g_strdup_printf (_ ("%.1f s"), ms / 1000);
  /* TRANSLATORS: minutes with one decimal. */
  return g_strdup_printf (_ ("%.1f min"), ms / 60000);
}
