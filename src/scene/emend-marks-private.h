#pragma once

#include "emend-compose.h"
#include "emend-raster-private.h"

G_BEGIN_DECLS

gboolean emend_marks_draw (const EmendRaster *raster,
                           const EmendComposeInput *input,
                           const int *cancelled);

G_END_DECLS
