#pragma once

#include "emend-handles.h"

G_BEGIN_DECLS

/*
 * What a drag or a key makes of a shape: pure functions. Each replaces @to, which must be cleared or
 * zero, and leaves @from as it is. What it was not possible to change is equal to @from.
 */

/* On a tenth of a pixel of the page. */
EmendPoint emend_reshape_snap (const EmendViewport *viewport,
                               EmendPoint point);
void emend_reshape_move (const EmendShape *from,
                         const EmendViewport *viewport,
                         double dx,
                         double dy,
                         EmendShape *to);
/* Takes hold of @grip at @start and drags it to @at (image pixels); @constrain keeps the aspect of a
 * box, and turns by steps of 15 degrees. */
void emend_reshape_drag (const EmendShape *from,
                         const EmendViewport *viewport,
                         EmendGrip grip,
                         EmendPoint start,
                         EmendPoint at,
                         gboolean constrain,
                         EmendShape *to);
/* Moves the right and the lower edge, of a rotated box on its own axes. */
void emend_reshape_grow (const EmendShape *from,
                         const EmendViewport *viewport,
                         double dx,
                         double dy,
                         EmendShape *to);
void emend_reshape_turn (const EmendShape *from,
                         double degrees,
                         EmendShape *to);
/* How few points a ring of @kind may have. */
gsize emend_reshape_get_fewest (EmendShapeKind kind);
gboolean emend_reshape_remove_vertex (const EmendShape *from,
                                      guint ring,
                                      guint vertex,
                                      EmendShape *to);
/* A new corner in the middle of the edge after @vertex, or of the last edge of a line. Returns its number. */
guint emend_reshape_insert_vertex (const EmendShape *from,
                                   guint ring,
                                   guint vertex,
                                   EmendShape *to);
void emend_reshape_move_vertex (const EmendShape *from,
                                const EmendViewport *viewport,
                                guint ring,
                                guint vertex,
                                EmendPoint by,
                                EmendShape *to);
/* 0 <= degrees < 360, on a hundredth. */
double emend_reshape_normal_degrees (double degrees);

G_END_DECLS
