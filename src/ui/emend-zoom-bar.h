#pragma once

#include "emend-canvas.h"

G_BEGIN_DECLS

/**
 * EmendZoomBar:
 *
 * Floats over the canvas: zoom out, percentage with a menu, zoom in, fit; for several pages also which one it is.
 * Fades when nobody needs it.
 */
#define EMEND_TYPE_ZOOM_BAR (emend_zoom_bar_get_type ())
G_DECLARE_FINAL_TYPE (EmendZoomBar, emend_zoom_bar, EMEND, ZOOM_BAR, GtkBox)

void emend_zoom_bar_set_canvas (EmendZoomBar *self,
                                EmendCanvas *canvas);
void emend_zoom_bar_set_page (EmendZoomBar *self,
                              int page,
                              int n_pages);

G_END_DECLS
