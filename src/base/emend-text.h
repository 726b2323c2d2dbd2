#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Room for any number that emend_text_from_double() writes, with the zero. */
#define EMEND_TEXT_DOUBLE_SIZE 32

const char *emend_text_from_double (char buffer[EMEND_TEXT_DOUBLE_SIZE],
                                    double value);
gboolean emend_text_to_double (const char *text,
                               gssize length,
                               double *value);
gboolean emend_text_to_int (const char *text,
                            gssize length,
                            gint64 *value);
int emend_text_compare_natural (const char *a,
                                const char *b);
char *emend_text_for_terminal (const char *text);

G_END_DECLS
