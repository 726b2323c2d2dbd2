#pragma once

#include "emend-geometry.h"

G_BEGIN_DECLS

/**
 * EmendHandle:
 *
 * Where a selected box can be taken hold of; clockwise from the top left.
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
  EMEND_HANDLE_NONE,
} EmendHandle;

#define EMEND_N_HANDLES 8

/* Side of a handle in logical pixels. */
#define EMEND_HANDLE_SIZE 9.0

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
/* Name of the CSS cursor: "nw-resize" … "move", "default". */
const char *emend_handle_get_cursor (EmendHandle handle);

G_END_DECLS
