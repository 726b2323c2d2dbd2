#pragma once

#include <gtk/gtk.h>

#include "emend-pixmap.h"

G_BEGIN_DECLS

/**
 * EmendThumbnail:
 *
 * A small picture that fills its frame of 56 x 42 logical pixels.
 */
#define EMEND_TYPE_THUMBNAIL (emend_thumbnail_get_type ())
G_DECLARE_FINAL_TYPE (EmendThumbnail, emend_thumbnail, EMEND, THUMBNAIL, GtkWidget)

#define EMEND_THUMBNAIL_WIDTH 56
#define EMEND_THUMBNAIL_HEIGHT 42

void emend_thumbnail_set_pixmap (EmendThumbnail *self,
                                 EmendPixmap *pixmap);

G_END_DECLS
