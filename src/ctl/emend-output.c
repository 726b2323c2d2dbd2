#define G_LOG_DOMAIN "emend-ctl"

#include "config.h"

#include "emend-output.h"

#include <errno.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include "emend-text.h"

/* Whether standard output took everything so far; asked at the end, so that a full disk or a closed
 * pipe is not taken for success. */
static int first_errno;

static void
write_out (const char *text,
           gsize size)
{
  if (first_errno == 0 && fwrite (text, 1, size, stdout) != size)
    first_errno = errno;
}

/**
 * emend_output_print:
 * @format: as for printf()
 * @...: its values; texts from files only after emend_text_for_terminal()
 *
 * Prints to standard output.
 */
void
emend_output_print (const char *format,
                    ...)
{
  g_autofree char *text = NULL;
  va_list args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  write_out (text, strlen (text));
}

/**
 * emend_output_print_safe:
 * @text: any text
 *
 * Prints it to standard output with nothing in it that a terminal would obey.
 */
void
emend_output_print_safe (const char *text)
{
  g_autofree char *safe = emend_text_for_terminal (text);
  write_out (safe, strlen (safe));
}

/**
 * emend_output_error:
 * @format: as for printf()
 * @...: its values
 *
 * Prints to standard error.
 */
void
emend_output_error (const char *format,
                    ...)
{
  g_autofree char *text = NULL;
  va_list args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  /* There is nowhere left to tell that standard error cannot be written. */
  (void) fputs (text, stderr);
}

/**
 * emend_output_finish:
 *
 * Returns: whether standard output took everything; that it did not was told
 */
gboolean
emend_output_finish (void)
{
  if (fflush (stdout) != 0 && first_errno == 0)
    first_errno = errno;
  if (first_errno == 0)
    return TRUE;
  /* TRANSLATORS: the system's reason. */
  emend_output_error (_ ("emendctl: standard output: It cannot be written: %s.\n"), g_strerror (first_errno));
  return FALSE;
}

/**
 * emend_output_new:
 *
 * Returns: (transfer full): a JSON document to be written, inside its first object
 */
EmendOutput *
emend_output_new (void)
{
  EmendOutput *output = g_new0 (EmendOutput, 1);

  output->text = g_string_new (NULL);
  output->writer = emend_json_writer_new (output->text, TRUE);
  emend_json_begin_object (output->writer);
  return output;
}

/**
 * emend_output_flush:
 * @output: a document
 *
 * Prints what was written so far, so that a long document is not held in memory.
 */
void
emend_output_flush (EmendOutput *output)
{
  write_out (output->text->str, output->text->len);
  g_string_truncate (output->text, 0);
}

/**
 * emend_output_free:
 * @output: (transfer full): a document
 *
 * Closes its first object and prints the rest.
 */
void
emend_output_free (EmendOutput *output)
{
  emend_json_end_object (output->writer);
  g_string_append_c (output->text, '\n');
  emend_output_flush (output);
  emend_json_writer_free (output->writer);
  g_string_free (output->text, TRUE);
  g_free (output);
}

/**
 * emend_output_text:
 * @output: a document
 * @key: the member's name
 * @text: (nullable): its value; %NULL for null
 *
 * Writes one member; bytes that are no UTF-8 are replaced.
 */
void
emend_output_text (EmendOutput *output,
                   const char *key,
                   const char *text)
{
  g_autofree char *valid = text != NULL ? g_utf8_make_valid (text, -1) : NULL;

  emend_json_key (output->writer, key);
  if (valid != NULL)
    emend_json_string (output->writer, valid);
  else
    emend_json_null (output->writer);
}

/**
 * emend_output_number:
 * @output: a document
 * @key: the member's name
 * @value: its value
 *
 * Writes one member.
 */
void
emend_output_number (EmendOutput *output,
                     const char *key,
                     gint64 value)
{
  emend_json_key (output->writer, key);
  emend_json_int (output->writer, value);
}

/**
 * emend_output_real:
 * @output: a document
 * @key: the member's name
 * @value: its value; NaN for null
 *
 * Writes one member.
 */
void
emend_output_real (EmendOutput *output,
                   const char *key,
                   double value)
{
  emend_json_key (output->writer, key);
  if (isfinite (value))
    emend_json_double (output->writer, value);
  else
    emend_json_null (output->writer);
}

/**
 * emend_output_truth:
 * @output: a document
 * @key: the member's name
 * @value: its value
 *
 * Writes one member.
 */
void
emend_output_truth (EmendOutput *output,
                    const char *key,
                    gboolean value)
{
  emend_json_key (output->writer, key);
  emend_json_bool (output->writer, value);
}

/**
 * emend_output_texts:
 * @output: a document
 * @key: the member's name
 * @texts: (element-type utf8): its values
 *
 * Writes one member, a list of texts.
 */
void
emend_output_texts (EmendOutput *output,
                    const char *key,
                    GPtrArray *texts)
{
  emend_json_key (output->writer, key);
  emend_json_begin_array (output->writer);
  for (guint i = 0; i < texts->len; i++) {
    g_autofree char *valid = g_utf8_make_valid (g_ptr_array_index (texts, i), -1);
    emend_json_string (output->writer, valid);
  }
  emend_json_end_array (output->writer);
}
