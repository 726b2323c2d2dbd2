#define G_LOG_DOMAIN "emend-formats"

#include "config.h"

#include "emend-csv.h"

#include <string.h>

#include "emend-text.h"

#define MAX_CELLS 10000u

/* What a spreadsheet takes for a formula when a cell begins with it. */
static const char formula_signs[] = "=+-@\t\r";

/**
 * emend_csv_init:
 * @csv: (out caller-allocates): a reader
 * @text: (array length=length): the file, which is changed; a zero stands behind it
 * @length: its bytes
 *
 * The separator is what the first line has most of: comma, semicolon or tab.
 */
void
emend_csv_init (EmendCsv *csv,
                char *text,
                gsize length)
{
  static const char separators[] = ",;\t";
  gsize best = 0;

  *csv = (EmendCsv){ .at = text, .end = text + length, .separator = ',', .next_line = 1, .cells = g_ptr_array_new () };
  if (length >= 3 && memcmp (text, "\xef\xbb\xbf", 3) == 0)
    csv->at += 3;
  for (gsize i = 0; separators[i] != '\0'; i++) {
    gsize n = 0;

    for (const char *at = csv->at; *at != '\0' && *at != '\n'; at++)
      n += *at == separators[i] ? 1 : 0;
    if (n > best) {
      best = n;
      csv->separator = separators[i];
    }
  }
}

/**
 * emend_csv_clear:
 * @csv: a reader
 */
void
emend_csv_clear (EmendCsv *csv)
{
  g_clear_pointer (&csv->cells, g_ptr_array_unref);
}

/* A cell in quotes, without them; two quotes in it are one. */
static char *
take_quoted (EmendCsv *csv)
{
  char *start = csv->at + 1;
  char *to = start;
  char *from = start;

  while (from < csv->end && !(*from == '"' && from[1] != '"')) {
    from += *from == '"' ? 1 : 0;
    csv->next_line += *from == '\n' ? 1 : 0;
    *to++ = *from++;
  }
  csv->at = from < csv->end ? from + 1 : from;
  *to = '\0';
  return start;
}

/* Apostrophes in front do not hide the sign, so that taking one away gives exactly what one was put before. */
static gboolean
is_formula (const char *cell)
{
  cell += strspn (cell, "'");
  return *cell != '\0' && strchr (formula_signs, *cell) != NULL;
}

/* What a spreadsheet's apostrophe protects is without it. */
static char *
unprotect (char *cell)
{
  return *cell == '\'' && is_formula (cell + 1) ? cell + 1 : cell;
}

/**
 * emend_csv_next:
 * @csv: a reader
 *
 * Reads the next record into its cells. Blank lines are passed over.
 *
 * Returns: whether there was one
 */
gboolean
emend_csv_next (EmendCsv *csv)
{
  g_ptr_array_set_size (csv->cells, 0);
  while (csv->at < csv->end && (*csv->at == '\n' || *csv->at == '\r')) {
    csv->next_line += *csv->at == '\n' ? 1 : 0;
    csv->at++;
  }
  csv->line = csv->next_line;
  if (csv->at >= csv->end)
    return FALSE;
  for (;;) {
    char *cell = *csv->at == '"' ? take_quoted (csv) : csv->at;
    char after;

    while (csv->at < csv->end && *csv->at != csv->separator && *csv->at != '\n' && *csv->at != '\r')
      csv->at++;
    after = '\n';
    if (csv->at < csv->end)
      after = *csv->at;
    if (csv->at < csv->end)
      *csv->at++ = '\0';
    if (after == '\r' && csv->at < csv->end && *csv->at == '\n')
      csv->at++;
    if (csv->cells->len < MAX_CELLS)
      g_ptr_array_add (csv->cells, unprotect (cell));
    if (after != csv->separator) {
      csv->next_line++;
      return TRUE;
    }
    if (csv->at >= csv->end) {
      g_ptr_array_add (csv->cells, (gpointer) "");
      return TRUE;
    }
  }
}

/**
 * emend_csv_append:
 * @out: where it is appended
 * @cell: (nullable): a text
 * @first: whether it is the first cell of its record
 *
 * Writes a cell after RFC 4180, in quotes when it needs them. A text that a spreadsheet would take for a formula gets
 * an apostrophe in front; a plain number does not.
 */
void
emend_csv_append (GString *out,
                  const char *cell,
                  gboolean first)
{
  double number;

  if (!first)
    g_string_append_c (out, ',');
  if (cell == NULL || *cell == '\0')
    return;
  if (strpbrk (cell, ",\"\r\n") == NULL) {
    if (is_formula (cell) && !emend_text_to_double (cell, -1, &number))
      g_string_append_c (out, '\'');
    g_string_append (out, cell);
    return;
  }
  g_string_append_c (out, '"');
  if (is_formula (cell))
    g_string_append_c (out, '\'');
  for (; *cell != '\0'; cell++) {
    if (*cell == '"')
      g_string_append_c (out, '"');
    g_string_append_c (out, *cell);
  }
  g_string_append_c (out, '"');
}
