#pragma once

#include "emend-shape.h"
#include "emend-viewport.h"

G_BEGIN_DECLS

/**
 * EmendHandle:
 * @EMEND_HANDLE_TOP_LEFT: the first of the eight of a box, clockwise
 * @EMEND_HANDLE_INSIDE: moves the whole thing
 * @EMEND_HANDLE_ROTATE: beside a rotated box: turns it
 * @EMEND_HANDLE_VERTEX: a corner of a polygon or line
 * @EMEND_HANDLE_MIDDLE: the middle of one of its edges: makes a new corner there
 * @EMEND_HANDLE_NONE: nothing that can be taken hold of
 *
 * Where a selected thing can be taken hold of.
 */
typedef enum {
  EMEND_HANDLE_TOP_LEFT,
  EMEND_HANDLE_TOP,
  EMEND_HANDLE_TOP_RIGHT,
  EMEND_HANDLE_RIGHT,
  EMEND_HANDLE_BOTTOM_RIGHT,
  EMEND_HANDLE_BOTTOM,
  EMEND_HANDLE_BOTTOM_LEFT,
  EMEND_HANDLE_LEFT,
  EMEND_HANDLE_INSIDE,
  EMEND_HANDLE_ROTATE,
  EMEND_HANDLE_VERTEX,
  EMEND_HANDLE_MIDDLE,
  EMEND_HANDLE_NONE,
} EmendHandle;

#define EMEND_N_HANDLES 8

/* Side of a handle in logical pixels. */
#define EMEND_HANDLE_SIZE 9.0

/* How far outside a rotated box the handle is that turns it, in logical pixels. */
#define EMEND_HANDLE_ROTATE_DISTANCE 24.0

/* No CSS cursor says “turn”: this name is for the one who shows cursors to draw. */
#define EMEND_HANDLE_ROTATE_CURSOR "emend-rotate"

/**
 * EmendFrame:
 * @box: the box as it would be if it were not turned
 * @degrees: how far it is turned clockwise about its middle
 *
 * A box on its own axes; an upright one is turned by 0.
 */
typedef struct {
  EmendRect box;
  double degrees;
} EmendFrame;

/**
 * EmendGrip:
 * @handle: what is taken hold of
 * @ring: of a corner or a middle
 * @vertex: number in the ring of the corner, or of the corner before the middle
 */
typedef struct {
  EmendHandle handle;
  guint ring;
  guint vertex;
} EmendGrip;

/**
 * EmendGripPlace:
 * @grip: what it is
 * @at: its middle in logical pixels of the view
 * @degrees: how far it is drawn turned
 */
typedef struct {
  EmendGrip grip;
  EmendPoint at;
  double degrees;
} EmendGripPlace;

/* The middles of the eight handles of @box, in its unit (logical pixels of the view). */
void emend_handles_get_positions (const EmendRect *box,
                                  EmendPoint positions[EMEND_N_HANDLES]);
/* Whether there is room for a handle: small boxes have only corners, tiny ones only the lower right. */
gboolean emend_handles_is_shown (const EmendRect *box,
                                 EmendHandle handle);
/* What of @box is under the view point @at. The whole edges can be taken hold of, not only the
 * handles; the area is larger than what is drawn, but leaves room inside to move even a small box. */
EmendHandle emend_handles_hit (const EmendRect *box,
                               EmendPoint at);
/* Name of the CSS cursor, turned with the box: "nw-resize" … "move", "default". */
const char *emend_handle_get_cursor (EmendHandle handle,
                                     double degrees);

/* The frame of a box, rotated box or ellipse in image pixels; of others their upright bounds. */
EmendFrame emend_frame_from_shape (const EmendShape *shape);
/* From the axes of the frame to those of the page, about its middle, and back. */
EmendPoint emend_frame_turn (const EmendFrame *frame,
                             EmendPoint point);
EmendPoint emend_frame_turn_back (const EmendFrame *frame,
                                  EmendPoint point);

/* Appends an EmendGripPlace for each handle of @shape that there is room to draw in the view. */
void emend_grips_list (const EmendShape *shape,
                       const EmendViewport *viewport,
                       GArray *places);
/* What of @shape can be taken hold of at the view point @at. Of polygons and lines only corners and
 * middles are looked at, never the inside. */
EmendGrip emend_grips_hit (const EmendShape *shape,
                           const EmendViewport *viewport,
                           EmendPoint at);

G_END_DECLS
