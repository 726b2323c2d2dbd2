#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean emend_renderer_finds_card (const char *devices);
void emend_renderer_choose (const char *devices);

G_END_DECLS
