#define G_LOG_DOMAIN "emend-ui"

#include "config.h"

#include "emend-report-text.h"

#include <math.h>
#include <string.h>

#include <glib/gi18n-lib.h>

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

static void
append_row (GString *out,
            const char *kind,
            const EmendReportRow *row,
            gboolean has_reference)
{
  const gint64 counts[] = { row->n_proposals, row->n_undecided, row->n_accepted, row->n_corrected, row->n_moved,
                            row->n_relabelled, row->n_rejected, row->n_added };
  const double numbers[] = { row->mean_iou, row->override_rate, row->mean_ms };
  const gint64 matches[] = { row->true_positives, row->false_positives, row->misses };

  g_string_append (out, kind);
  g_string_append_c (out, ',');
  append_text_cell (out, row->name != NULL ? row->name : "");
  for (gsize i = 0; i < G_N_ELEMENTS (counts); i++)
    append_number (out, (double) counts[i]);
  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
    append_number (out, numbers[i]);
  for (gsize i = 0; i < G_N_ELEMENTS (matches); i++)
    append_number (out, has_reference ? (double) matches[i] : NAN);
  append_number (out, has_reference ? row->precision : NAN);
  append_number (out, has_reference ? row->recall : NAN);
  g_string_append (out, "\r\n");
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
                               "precision,recall\r\n");

  for (guint i = 0; i < report->labels->len; i++)
    append_row (out, "label", g_ptr_array_index (report->labels, i), report->has_reference);
  for (guint i = 0; i < report->runs->len; i++)
    append_row (out, "run", g_ptr_array_index (report->runs, i), report->has_reference);
  append_row (out, "total", report->total, report->has_reference);
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
