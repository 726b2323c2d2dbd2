#pragma once

#include <gio/gio.h>

#include "emend-json.h"

G_BEGIN_DECLS

void emend_output_print (const char *format,
                         ...) G_GNUC_PRINTF (1, 2);
void emend_output_print_safe (const char *text);
void emend_output_error (const char *format,
                         ...) G_GNUC_PRINTF (1, 2);
gboolean emend_output_finish (void);

/**
 * EmendOutput:
 * @text: what was written and not printed yet
 * @writer: writes to it
 *
 * JSON on its way to standard output.
 */
typedef struct {
  GString *text;
  EmendJsonWriter *writer;
} EmendOutput;

EmendOutput *emend_output_new (void);
void emend_output_flush (EmendOutput *output);
void emend_output_free (EmendOutput *output);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EmendOutput, emend_output_free)
void emend_output_text (EmendOutput *output,
                        const char *key,
                        const char *text);
void emend_output_number (EmendOutput *output,
                          const char *key,
                          gint64 value);
void emend_output_real (EmendOutput *output,
                        const char *key,
                        double value);
void emend_output_truth (EmendOutput *output,
                         const char *key,
                         gboolean value);
void emend_output_texts (EmendOutput *output,
                         const char *key,
                         GPtrArray *texts);

G_END_DECLS
