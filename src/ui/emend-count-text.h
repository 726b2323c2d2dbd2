#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *emend_count_to_text (guint64 count);

G_END_DECLS
