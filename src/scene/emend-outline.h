#pragma once

#include <cairo.h>

#include "emend-overlay.h"
#include "emend-viewport.h"

G_BEGIN_DECLS

/**
 * EMEND_OUTLINE_LINE:
 *
 * Width of the line of a mark in logical pixels; its halo is one wider on each side.
 */
#define EMEND_OUTLINE_LINE 2.0
#define EMEND_OUTLINE_SELECTED_LINE 3.0
#define EMEND_OUTLINE_HALO_COLOR 0x141416

/* The colour of the lines of a label: its own, lightened as far as it takes to tell line from halo. */
guint32 emend_outline_get_line_color (guint32 color);
/* Adds the outline of @shape to the path of @cr, in logical pixels of the view; nothing for a mask. */
void emend_outline_add_path (cairo_t *cr,
                             const EmendShape *shape,
                             const EmendViewport *viewport);
/* Draws a mark of any kind in logical pixels of the view: halo, line in the style of its verdict,
 * corner sign, fill of a mask. @line is its width; @opacity 0..1. */
void emend_outline_draw (cairo_t *cr,
                         const EmendOverlayMark *mark,
                         const EmendViewport *viewport,
                         double line,
                         double opacity);
/* Draws what is not finished: a line through @points in the colour of the label, dashes from there to
 * @at, and, when it is going to be closed, a faint fill. */
void emend_outline_draw_sketch (cairo_t *cr,
                                const EmendPoint *points,
                                gsize n_points,
                                EmendPoint at,
                                gboolean closed,
                                guint32 color,
                                const EmendViewport *viewport);

G_END_DECLS
