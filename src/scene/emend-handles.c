#define G_LOG_DOMAIN "emend-scene"

#include "config.h"

#include "emend-handles.h"

#include <math.h>

#define REACH 7.0      /* logical pixels round an edge that belong to it */
#define ROOM_EDGE 36.0 /* a side shorter than this has no handle in its middle */
#define ROOM_CORNER 14.0

static const char *const cursors[] = {
  "nw-resize",
  "n-resize",
  "ne-resize",
  "e-resize",
  "se-resize",
  "s-resize",
  "sw-resize",
  "w-resize",
  "move",
  "default",
};

/**
 * emend_handles_get_positions:
 * @box: a box in logical pixels of the view
 * @positions: (out): the middles of its handles, in the order of #EmendHandle
 *
 * Any thread.
 */
void
emend_handles_get_positions (const EmendRect *box,
                             EmendPoint positions[EMEND_N_HANDLES])
{
  double left = box->x;
  double middle = box->x + box->width / 2;
  double right = box->x + box->width;
  double top = box->y;
  double center = box->y + box->height / 2;
  double bottom = box->y + box->height;

  positions[EMEND_HANDLE_TOP_LEFT] = (EmendPoint){ left, top };
  positions[EMEND_HANDLE_TOP] = (EmendPoint){ middle, top };
  positions[EMEND_HANDLE_TOP_RIGHT] = (EmendPoint){ right, top };
  positions[EMEND_HANDLE_RIGHT] = (EmendPoint){ right, center };
  positions[EMEND_HANDLE_BOTTOM_RIGHT] = (EmendPoint){ right, bottom };
  positions[EMEND_HANDLE_BOTTOM] = (EmendPoint){ middle, bottom };
  positions[EMEND_HANDLE_BOTTOM_LEFT] = (EmendPoint){ left, bottom };
  positions[EMEND_HANDLE_LEFT] = (EmendPoint){ left, center };
}

/**
 * emend_handles_is_shown:
 * @box: a box in logical pixels of the view
 * @handle: which handle
 *
 * Returns: whether there is room to draw it. Any thread.
 */
gboolean
emend_handles_is_shown (const EmendRect *box,
                        EmendHandle handle)
{
  gboolean wide = box->width >= ROOM_CORNER;
  gboolean high = box->height >= ROOM_CORNER;

  switch (handle) {
  case EMEND_HANDLE_TOP:
  case EMEND_HANDLE_BOTTOM:
    return box->width >= ROOM_EDGE && high;
  case EMEND_HANDLE_LEFT:
  case EMEND_HANDLE_RIGHT:
    return box->height >= ROOM_EDGE && wide;
  case EMEND_HANDLE_TOP_LEFT:
    return wide || high;
  case EMEND_HANDLE_TOP_RIGHT:
  case EMEND_HANDLE_BOTTOM_LEFT:
    return wide && high;
  case EMEND_HANDLE_BOTTOM_RIGHT:
    return TRUE;
  case EMEND_HANDLE_INSIDE:
  case EMEND_HANDLE_NONE:
  default:
    return FALSE;
  }
}

/* -1 at the start of a side, 1 at its end, 0 between, 2 beyond. */
static int
zone (double start,
      double size,
      double at)
{
  double inside = fmin (REACH, size / 4);

  if (at < start - REACH || at > start + size + REACH)
    return 2;
  if (at > start + size - inside)
    return 1;
  return at < start + inside ? -1 : 0;
}

/**
 * emend_handles_hit:
 * @box: a box in logical pixels of the view
 * @at: a point in logical pixels of the view
 *
 * Returns: what of the box can be taken hold of at @at. Any thread.
 */
EmendHandle
emend_handles_hit (const EmendRect *box,
                   EmendPoint at)
{
  static const EmendHandle by_zone[3][3] = {
    { EMEND_HANDLE_TOP_LEFT, EMEND_HANDLE_TOP, EMEND_HANDLE_TOP_RIGHT },
    { EMEND_HANDLE_LEFT, EMEND_HANDLE_INSIDE, EMEND_HANDLE_RIGHT },
    { EMEND_HANDLE_BOTTOM_LEFT, EMEND_HANDLE_BOTTOM, EMEND_HANDLE_BOTTOM_RIGHT },
  };
  int column = zone (box->x, box->width, at.x);
  int row = zone (box->y, box->height, at.y);

  if (column > 1 || row > 1)
    return EMEND_HANDLE_NONE;
  return by_zone[row + 1][column + 1];
}

/**
 * emend_handle_get_cursor:
 * @handle: a handle
 *
 * Returns: (transfer none): the name of the CSS cursor. Any thread.
 */
const char *
emend_handle_get_cursor (EmendHandle handle)
{
  g_return_val_if_fail ((guint) handle < G_N_ELEMENTS (cursors), "default");

  return cursors[handle];
}
