#define G_LOG_DOMAIN "emend-scene"

#include "config.h"

#include "emend-handles.h"

#include <math.h>

#define REACH 7.0      /* logical pixels round an edge that belong to it */
#define ROOM_EDGE 36.0 /* a side shorter than this has no handle in its middle */
#define ROOM_CORNER 14.0
#define ROOM_VERTEX 10.0 /* a corner nearer than this to the last drawn one is not drawn */
#define ROOM_MIDDLE 44.0 /* an edge shorter than this has no handle in its middle */
#define REACH_ROUND 8.0  /* logical pixels round a corner, a middle or the handle that turns */

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
  EMEND_HANDLE_ROTATE_CURSOR,
  "crosshair",
  "copy",
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
  case EMEND_HANDLE_ROTATE:
  case EMEND_HANDLE_VERTEX:
  case EMEND_HANDLE_MIDDLE:
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
 * @degrees: how far the box is turned clockwise
 *
 * Returns: (transfer none): the name of the CSS cursor. Any thread.
 */
const char *
emend_handle_get_cursor (EmendHandle handle,
                         double degrees)
{
  int index = (int) handle;

  g_return_val_if_fail ((guint) handle < G_N_ELEMENTS (cursors), "default");

  if (index < EMEND_N_HANDLES)
    index = (index + (int) lround (fmod (degrees, 360) / 45) + EMEND_N_HANDLES) % EMEND_N_HANDLES;
  return cursors[index];
}

/**
 * emend_frame_from_shape:
 * @shape: a shape
 *
 * Returns: the frame of a box, rotated box or ellipse; of others their upright bounds. Any thread.
 */
EmendFrame
emend_frame_from_shape (const EmendShape *shape)
{
  EmendFrame frame = { shape->box, 0 };

  if (shape->kind == EMEND_SHAPE_ROTATED_BOX) {
    const double *values = g_bytes_get_data (shape->data, NULL);

    frame.box = (EmendRect){ values[0] - values[2] / 2, values[1] - values[3] / 2, values[2], values[3] };
    frame.degrees = values[4];
  }
  return frame;
}

static EmendPoint
turn_about_middle (const EmendRect *box,
                   EmendPoint point,
                   double degrees)
{
  double radians = degrees * G_PI / 180;
  EmendPoint middle = { box->x + box->width / 2, box->y + box->height / 2 };
  EmendPoint from = { point.x - middle.x, point.y - middle.y };

  if (degrees == 0)
    return point;
  return (EmendPoint){ middle.x + from.x * cos (radians) - from.y * sin (radians),
                       middle.y + from.x * sin (radians) + from.y * cos (radians) };
}

/**
 * emend_frame_turn:
 * @frame: a frame
 * @point: on the axes of @frame
 *
 * Returns: where that is on the page. Any thread.
 */
EmendPoint
emend_frame_turn (const EmendFrame *frame,
                  EmendPoint point)
{
  return turn_about_middle (&frame->box, point, frame->degrees);
}

/**
 * emend_frame_turn_back:
 * @frame: a frame
 * @point: on the page
 *
 * Returns: where that is on the axes of @frame. Any thread.
 */
EmendPoint
emend_frame_turn_back (const EmendFrame *frame,
                       EmendPoint point)
{
  return turn_about_middle (&frame->box, point, -frame->degrees);
}

static EmendFrame
frame_in_view (const EmendShape *shape,
               const EmendViewport *viewport)
{
  EmendFrame frame = emend_frame_from_shape (shape);

  frame.box = emend_viewport_rect_to_view (viewport, &frame.box);
  return frame;
}

static gboolean
is_in_view (const EmendViewport *viewport,
            EmendPoint at)
{
  return at.x >= -EMEND_HANDLE_SIZE && at.y >= -EMEND_HANDLE_SIZE && at.x <= viewport->view_width + EMEND_HANDLE_SIZE &&
         at.y <= viewport->view_height + EMEND_HANDLE_SIZE;
}

/* Above the box, or beside another side when that is not in the view. */
static EmendPoint
place_rotate (const EmendFrame *frame,
              const EmendViewport *viewport)
{
  const double away = EMEND_HANDLE_ROTATE_DISTANCE;
  const EmendRect *box = &frame->box;
  const EmendPoint sides[] = {
    { box->x + box->width / 2, box->y - away },
    { box->x + box->width / 2, box->y + box->height + away },
    { box->x + box->width + away, box->y + box->height / 2 },
    { box->x - away, box->y + box->height / 2 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (sides); i++) {
    EmendPoint at = emend_frame_turn (frame, sides[i]);

    if (at.x >= EMEND_HANDLE_SIZE && at.y >= EMEND_HANDLE_SIZE && at.x <= viewport->view_width - EMEND_HANDLE_SIZE &&
        at.y <= viewport->view_height - EMEND_HANDLE_SIZE)
      return at;
  }
  return emend_frame_turn (frame, sides[0]);
}

static void
append_place (GArray *places,
              EmendHandle handle,
              guint ring,
              guint vertex,
              EmendPoint at,
              double degrees)
{
  EmendGripPlace place = { { handle, ring, vertex }, at, degrees };

  g_array_append_val (places, place);
}

static void
list_frame (const EmendShape *shape,
            const EmendViewport *viewport,
            GArray *places)
{
  EmendFrame frame = frame_in_view (shape, viewport);
  EmendPoint at[EMEND_N_HANDLES];

  emend_handles_get_positions (&frame.box, at);
  if (shape->kind == EMEND_SHAPE_ROTATED_BOX)
    append_place (places, EMEND_HANDLE_ROTATE, 0, 0, place_rotate (&frame, viewport), frame.degrees);
  for (int i = 0; i < EMEND_N_HANDLES; i++) {
    if (emend_handles_is_shown (&frame.box, (EmendHandle) i))
      append_place (places, (EmendHandle) i, 0, 0, emend_frame_turn (&frame, at[i]), frame.degrees);
  }
}

/* The corner after @vertex, or @vertex itself at the end of a line. */
static gsize
next_vertex (const EmendShape *shape,
             gsize vertex,
             gsize n_points)
{
  if (vertex + 1 < n_points)
    return vertex + 1;
  return shape->kind == EMEND_SHAPE_POLYGON ? 0 : vertex;
}

/* Whether the edge that begins at @vertex is long enough to have a handle, and where that is. */
static gboolean
find_middle (const EmendShape *shape,
             const EmendViewport *viewport,
             guint ring,
             guint vertex,
             EmendPoint *middle)
{
  gsize n_points;
  const EmendPoint *points = emend_shape_get_ring (shape, ring, &n_points);
  EmendPoint a = emend_viewport_to_view (viewport, points[vertex]);
  EmendPoint b = emend_viewport_to_view (viewport, points[next_vertex (shape, vertex, n_points)]);

  *middle = (EmendPoint){ (a.x + b.x) / 2, (a.y + b.y) / 2 };
  return hypot (b.x - a.x, b.y - a.y) >= ROOM_MIDDLE;
}

static void
list_ring (const EmendShape *shape,
           const EmendViewport *viewport,
           guint ring,
           GArray *places)
{
  gsize n_points;
  const EmendPoint *points = emend_shape_get_ring (shape, ring, &n_points);
  EmendPoint last = { -INFINITY, -INFINITY };

  for (guint i = 0; i < n_points; i++) {
    EmendPoint at;

    if (find_middle (shape, viewport, ring, i, &at) && is_in_view (viewport, at))
      append_place (places, EMEND_HANDLE_MIDDLE, ring, i, at, 0);
    at = emend_viewport_to_view (viewport, points[i]);
    if (!is_in_view (viewport, at) || hypot (at.x - last.x, at.y - last.y) < ROOM_VERTEX)
      continue;
    append_place (places, EMEND_HANDLE_VERTEX, ring, i, at, 0);
    last = at;
  }
}

/**
 * emend_grips_list:
 * @shape: a shape
 * @viewport: where the page is
 * @places: (element-type EmendGripPlace): where the handles are appended
 *
 * Lists the handles that there is room to draw in the view; none for a mask. Any thread.
 */
void
emend_grips_list (const EmendShape *shape,
                  const EmendViewport *viewport,
                  GArray *places)
{
  if (shape->kind == EMEND_SHAPE_POLYGON || shape->kind == EMEND_SHAPE_POLYLINE) {
    for (guint ring = 0; ring < emend_shape_get_n_rings (shape); ring++)
      list_ring (shape, viewport, ring, places);
  } else if (shape->kind == EMEND_SHAPE_POINT) {
    EmendPoint at = { shape->box.x, shape->box.y };

    append_place (places, EMEND_HANDLE_INSIDE, 0, 0, emend_viewport_to_view (viewport, at), 0);
  } else if (shape->kind != EMEND_SHAPE_MASK)
    list_frame (shape, viewport, places);
}

/* The nearest corner within reach, else the nearest middle. */
static EmendGrip
hit_rings (const EmendShape *shape,
           const EmendViewport *viewport,
           EmendPoint at)
{
  EmendGrip found = { EMEND_HANDLE_NONE, 0, 0 };
  double nearest = REACH_ROUND;

  for (guint ring = 0; ring < emend_shape_get_n_rings (shape); ring++) {
    gsize n_points;
    const EmendPoint *points = emend_shape_get_ring (shape, ring, &n_points);

    for (guint i = 0; i < n_points; i++) {
      EmendPoint view = emend_viewport_to_view (viewport, points[i]);
      double distance = hypot (view.x - at.x, view.y - at.y);
      EmendPoint middle;

      if (distance <= nearest) {
        nearest = distance;
        found = (EmendGrip){ EMEND_HANDLE_VERTEX, ring, i };
      } else if (found.handle != EMEND_HANDLE_VERTEX && find_middle (shape, viewport, ring, i, &middle) &&
                 hypot (middle.x - at.x, middle.y - at.y) <= REACH_ROUND)
        found = (EmendGrip){ EMEND_HANDLE_MIDDLE, ring, i };
    }
  }
  return found;
}

/**
 * emend_grips_hit:
 * @shape: a shape
 * @viewport: where the page is
 * @at: a point in logical pixels of the view
 *
 * Returns: what of @shape can be taken hold of at @at; of a polygon or line its corners and middles
 *   only, of a mask nothing but the inside of its bounds. Any thread.
 */
EmendGrip
emend_grips_hit (const EmendShape *shape,
                 const EmendViewport *viewport,
                 EmendPoint at)
{
  EmendGrip grip = { EMEND_HANDLE_NONE, 0, 0 };
  EmendFrame frame;
  EmendPoint rotate;

  if (shape->kind == EMEND_SHAPE_POLYGON || shape->kind == EMEND_SHAPE_POLYLINE)
    return hit_rings (shape, viewport, at);
  frame = frame_in_view (shape, viewport);
  if (shape->kind == EMEND_SHAPE_ROTATED_BOX) {
    rotate = place_rotate (&frame, viewport);
    if (hypot (rotate.x - at.x, rotate.y - at.y) <= REACH_ROUND) {
      grip.handle = EMEND_HANDLE_ROTATE;
      return grip;
    }
  }
  grip.handle = emend_handles_hit (&frame.box, emend_frame_turn_back (&frame, at));
  if (grip.handle < EMEND_HANDLE_INSIDE && (shape->kind == EMEND_SHAPE_POINT || shape->kind == EMEND_SHAPE_MASK))
    grip.handle = EMEND_HANDLE_INSIDE;
  return grip;
}
