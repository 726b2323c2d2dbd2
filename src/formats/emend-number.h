#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean emend_number_parse (const char *text,
                             gsize length,
                             double *value);
gboolean emend_number_parse_int (const char *text,
                                 gsize length,
                                 gint64 *value);
gboolean emend_number_is_shortest (const char *text,
                                   gsize length,
                                   double value);

G_END_DECLS
