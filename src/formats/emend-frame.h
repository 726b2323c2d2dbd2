#pragma once

#include "emend-format.h"

G_BEGIN_DECLS

EmendPoint emend_frame_turn_point (const EmendSourceImage *image,
                                   EmendPoint point);
EmendRect emend_frame_turn_rect (const EmendSourceImage *image,
                                 const EmendRect *rect);
gboolean emend_frame_turn_mask (const EmendSourceImage *image,
                                EmendShape *mask);
void emend_frame_get_stored_size (const EmendSourceImage *image,
                                  int *width,
                                  int *height);
EmendFrame emend_frame_guess (const EmendSourceImage *image,
                              gint64 width,
                              gint64 height);

G_END_DECLS
