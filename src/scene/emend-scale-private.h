#pragma once

#include "emend-raster-private.h"

G_BEGIN_DECLS

gboolean emend_scale_draw (const EmendRaster *raster,
                           const EmendPixmap *pixmap,
                           const EmendPixelBox *target,
                           gboolean smooth,
                           const int *cancelled);

G_END_DECLS
