#pragma once

#include <gtk/gtk.h>

#include "emend-picture.h"

G_BEGIN_DECLS

/**
 * EmendCrop:
 *
 * A strip of a page around a place on it, in one line of text's height: what a value was read from, next to the value.
 */
#define EMEND_TYPE_CROP (emend_crop_get_type ())
G_DECLARE_FINAL_TYPE (EmendCrop, emend_crop, EMEND, CROP, GtkWidget)

#define EMEND_CROP_HEIGHT 36

void emend_crop_set_place (EmendCrop *self,
                           EmendPicture *picture,
                           const EmendRect *rect);
EmendRect emend_crop_get_needed (EmendCrop *self,
                                 double *scale);

G_END_DECLS
