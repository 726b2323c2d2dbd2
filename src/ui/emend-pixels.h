#pragma once

#include <gtk/gtk.h>

#include "emend-pixmap.h"

G_BEGIN_DECLS

/**
 * EmendPixels:
 *
 * A finished picture as a widget draws it, in the way that is quick for the renderer of its window.
 */
typedef struct _EmendPixels EmendPixels;

EmendPixels *emend_pixels_new (EmendPixmap *pixmap);
void emend_pixels_free (EmendPixels *pixels);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EmendPixels, emend_pixels_free)
int emend_pixels_get_width (const EmendPixels *pixels);
int emend_pixels_get_height (const EmendPixels *pixels);
void emend_pixels_snapshot (EmendPixels *pixels,
                            GtkWidget *widget,
                            GtkSnapshot *snapshot,
                            const graphene_rect_t *bounds);

G_END_DECLS
