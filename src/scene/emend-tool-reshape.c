#define G_LOG_DOMAIN "emend-scene"

#include "config.h"

#include "emend-tool-reshape.h"

#include <math.h>

#define TURN_STEP 15.0 /* degrees */

static double
snap_to (double value,
         double limit)
{
  return CLAMP (round (value), 0, limit);
}

/* How far @box can move along an axis and stay on the page; what hangs out already may stay so. */
static double
clamp_move (double delta,
            double start,
            double size,
            double limit)
{
  return CLAMP (delta, fmin (0, -start), fmax (0, limit - start - size));
}

static EmendRect
moved_box (const EmendRect *box,
           const EmendViewport *viewport,
           double dx,
           double dy)
{
  EmendRect moved = *box;

  moved.x += clamp_move (dx, box->x, box->width, viewport->page_width);
  moved.y += clamp_move (dy, box->y, box->height, viewport->page_height);
  return moved;
}

/* Which edge of an axis a handle moves: -1 the near one, 1 the far one, 0 none. */
static int
handle_side_x (EmendHandle handle)
{
  if (handle == EMEND_HANDLE_TOP_LEFT || handle == EMEND_HANDLE_LEFT || handle == EMEND_HANDLE_BOTTOM_LEFT)
    return -1;
  return handle == EMEND_HANDLE_TOP_RIGHT || handle == EMEND_HANDLE_RIGHT || handle == EMEND_HANDLE_BOTTOM_RIGHT;
}

static int
handle_side_y (EmendHandle handle)
{
  if (handle == EMEND_HANDLE_TOP_LEFT || handle == EMEND_HANDLE_TOP || handle == EMEND_HANDLE_TOP_RIGHT)
    return -1;
  return handle == EMEND_HANDLE_BOTTOM_LEFT || handle == EMEND_HANDLE_BOTTOM || handle == EMEND_HANDLE_BOTTOM_RIGHT;
}

/* Moves one edge by @delta onto a whole pixel of the page, not past the other edge: at least one pixel is
 * left. */
static void
resize_axis (double *start,
             double *size,
             int side,
             double delta,
             double limit)
{
  double end = *start + *size;

  if (side < 0) {
    *start = fmax (fmin (snap_to (*start + delta, limit), end - 1), fmin (*start, 0));
    *size = end - *start;
  } else if (side > 0) {
    *size = fmax (snap_to (end + delta, limit) - *start, fmin (1, fmax (*size, limit - *start)));
  }
}

/* The largest factor by which a side can grow and stay on the page; what moves is its start (side -1), its
 * end (1) or both (0). */
static double
largest_factor (double start,
                double size,
                int side,
                double limit)
{
  double moves_before = size * (1 - side) / 2.0;
  double moves_after = size * (1 + side) / 2.0;
  double fixed = start + moves_before;
  double before = moves_before > 0 ? fixed / moves_before : INFINITY;
  double after = moves_after > 0 ? (limit - fixed) / moves_after : INFINITY;

  return fmax (1, fmin (before, after));
}

static EmendRect
resized_box (const EmendRect *box,
             const EmendViewport *viewport,
             EmendHandle handle,
             EmendPoint delta,
             gboolean keep_aspect)
{
  int side_x = handle_side_x (handle);
  int side_y = handle_side_y (handle);
  EmendRect result = *box;
  double factor = 0;

  resize_axis (&result.x, &result.width, side_x, delta.x, viewport->page_width);
  resize_axis (&result.y, &result.height, side_y, delta.y, viewport->page_height);
  if (!keep_aspect || box->width <= 0 || box->height <= 0)
    return result;
  if (side_x != 0)
    factor = result.width / box->width;
  if (side_y != 0)
    factor = fmax (factor, result.height / box->height);
  factor = fmin (factor, largest_factor (box->x, box->width, side_x, viewport->page_width));
  factor = fmin (factor, largest_factor (box->y, box->height, side_y, viewport->page_height));
  result.width = box->width * factor;
  result.height = box->height * factor;
  result.x = box->x + (box->width - result.width) * (1 - side_x) / 2.0;
  result.y = box->y + (box->height - result.height) * (1 - side_y) / 2.0;
  return result;
}

/**
 * emend_reshape_snap:
 * @viewport: has the page's size
 * @point: in image pixels
 *
 * Returns: the nearest place on a tenth of a pixel of the page; finer is beyond what an eye can tell
 *   and what other tools write. Any thread.
 */
EmendPoint
emend_reshape_snap (const EmendViewport *viewport,
                    EmendPoint point)
{
  return (EmendPoint){ CLAMP (round (point.x * 10) / 10, 0, viewport->page_width),
                       CLAMP (round (point.y * 10) / 10, 0, viewport->page_height) };
}

/**
 * emend_reshape_normal_degrees:
 * @degrees: any angle
 *
 * Returns: the same angle from 0 to below 360, on a hundredth of a degree. Any thread.
 */
double
emend_reshape_normal_degrees (double degrees)
{
  double turned = round (fmod (degrees, 360) * 100) / 100;

  if (turned < 0)
    turned += 360;
  return turned >= 360 ? 0 : turned;
}

/**
 * emend_reshape_move:
 * @from: a shape
 * @viewport: has the page's size
 * @dx: image pixels
 * @dy: image pixels
 * @to: (out): the shape, moved as far as it stays on the page
 *
 * Any thread.
 */
void
emend_reshape_move (const EmendShape *from,
                    const EmendViewport *viewport,
                    double dx,
                    double dy,
                    EmendShape *to)
{
  EmendRect box = moved_box (&from->box, viewport, dx, dy);

  emend_shape_copy (from, to);
  emend_shape_set_box (to, &box);
}

/* A rotated box with other sides: the edges that @side_x and @side_y name move, the others stay. */
static void
set_sides (const EmendFrame *frame,
           int side_x,
           int side_y,
           double width,
           double height,
           EmendShape *to)
{
  EmendPoint middle = {
    frame->box.x + frame->box.width / 2 + side_x * (width - frame->box.width) / 2,
    frame->box.y + frame->box.height / 2 + side_y * (height - frame->box.height) / 2,
  };

  emend_shape_init_rotated_box (to, emend_frame_turn (frame, middle), width, height, frame->degrees);
}

static double
changed_side (double side,
              double by)
{
  return by == 0 ? side : fmax (round ((side + by) * 10) / 10, fmin (1, side));
}

static void
resize_rotated (const EmendShape *from,
                EmendHandle handle,
                EmendPoint start,
                EmendPoint at,
                gboolean keep_aspect,
                EmendShape *to)
{
  EmendFrame frame = emend_frame_from_shape (from);
  EmendPoint a = emend_frame_turn_back (&frame, start);
  EmendPoint b = emend_frame_turn_back (&frame, at);
  int side_x = handle_side_x (handle);
  int side_y = handle_side_y (handle);
  double width = changed_side (frame.box.width, side_x * (b.x - a.x));
  double height = changed_side (frame.box.height, side_y * (b.y - a.y));

  if (keep_aspect && frame.box.width > 0 && frame.box.height > 0) {
    double factor = fmax (side_x != 0 ? width / frame.box.width : 0, side_y != 0 ? height / frame.box.height : 0);

    factor = fmax (factor, 1 / fmin (frame.box.width, frame.box.height));
    width = frame.box.width * factor;
    height = frame.box.height * factor;
  }
  set_sides (&frame, side_x, side_y, width, height, to);
}

/**
 * emend_reshape_turn:
 * @from: a rotated box
 * @degrees: what it is turned to, clockwise
 * @to: (out): the same box, turned about its middle
 *
 * Any thread.
 */
void
emend_reshape_turn (const EmendShape *from,
                    double degrees,
                    EmendShape *to)
{
  EmendFrame frame = emend_frame_from_shape (from);
  EmendPoint middle = { frame.box.x + frame.box.width / 2, frame.box.y + frame.box.height / 2 };

  emend_shape_init_rotated_box (to, middle, frame.box.width, frame.box.height, emend_reshape_normal_degrees (degrees));
}

/* As far as the pointer went round the middle. */
static void
turn_to_pointer (const EmendShape *from,
                 EmendPoint start,
                 EmendPoint at,
                 gboolean by_steps,
                 EmendShape *to)
{
  EmendFrame frame = emend_frame_from_shape (from);
  EmendPoint middle = { frame.box.x + frame.box.width / 2, frame.box.y + frame.box.height / 2 };
  double before = atan2 (start.y - middle.y, start.x - middle.x);
  double after = atan2 (at.y - middle.y, at.x - middle.x);
  double degrees = frame.degrees + (after - before) * 180 / G_PI;

  if (by_steps)
    degrees = round (degrees / TURN_STEP) * TURN_STEP;
  else
    degrees = round (degrees * 10) / 10;
  emend_reshape_turn (from, degrees, to);
}

/* The points of all rings. */
static GArray *
copy_points (const EmendShape *shape,
             GArray *ring_sizes)
{
  GArray *points = g_array_new (FALSE, FALSE, sizeof (EmendPoint));

  for (gsize ring = 0; ring < emend_shape_get_n_rings (shape); ring++) {
    gsize n_points;
    const EmendPoint *of_ring = emend_shape_get_ring (shape, ring, &n_points);
    guint32 size = (guint32) n_points;

    g_array_append_val (ring_sizes, size);
    g_array_append_vals (points, of_ring, size);
  }
  return points;
}

typedef enum {
  EDIT_SET,
  EDIT_INSERT_AFTER,
  EDIT_REMOVE,
} Edit;

static void
edit_points (const EmendShape *from,
             guint ring,
             guint vertex,
             Edit edit,
             EmendPoint point,
             EmendShape *to)
{
  g_autoptr (GArray) sizes = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_autoptr (GArray) points = copy_points (from, sizes);
  guint at = vertex;

  for (guint i = 0; i < ring; i++)
    at += g_array_index (sizes, guint32, i);
  if (edit == EDIT_SET)
    g_array_index (points, EmendPoint, at) = point;
  else if (edit == EDIT_INSERT_AFTER) {
    g_array_insert_val (points, at + 1, point);
    g_array_index (sizes, guint32, ring)++;
  } else {
    g_array_remove_index (points, at);
    g_array_index (sizes, guint32, ring)--;
  }
  if (!emend_shape_init_points (to, from->kind, (const EmendPoint *) (gpointer) points->data,
                                (const guint32 *) (gpointer) sizes->data, sizes->len))
    emend_shape_copy (from, to);
}

/**
 * emend_reshape_get_fewest:
 * @kind: polygon or polyline
 *
 * Returns: how few points a ring of it may have. Any thread.
 */
gsize
emend_reshape_get_fewest (EmendShapeKind kind)
{
  return kind == EMEND_SHAPE_POLYGON ? 3 : 2;
}

/**
 * emend_reshape_remove_vertex:
 * @from: a polygon or polyline
 * @ring: which ring
 * @vertex: which of its points
 * @to: (out): the shape without it; untouched when there would be too few
 *
 * Returns: whether it was removed. Any thread.
 */
gboolean
emend_reshape_remove_vertex (const EmendShape *from,
                             guint ring,
                             guint vertex,
                             EmendShape *to)
{
  gsize n_points;

  emend_shape_get_ring (from, ring, &n_points);
  if (n_points <= emend_reshape_get_fewest (from->kind))
    return FALSE;
  edit_points (from, ring, vertex, EDIT_REMOVE, (EmendPoint){ 0, 0 }, to);
  return TRUE;
}

/**
 * emend_reshape_insert_vertex:
 * @from: a polygon or polyline
 * @ring: which ring
 * @vertex: the point before the edge
 * @to: (out): the shape with one more point in the middle of that edge; at the end of a line, of the
 *   last edge
 *
 * Returns: the number of the new point. Any thread.
 */
guint
emend_reshape_insert_vertex (const EmendShape *from,
                             guint ring,
                             guint vertex,
                             EmendShape *to)
{
  gsize n_points;
  const EmendPoint *points = emend_shape_get_ring (from, ring, &n_points);
  const EmendPoint *next;

  if (from->kind == EMEND_SHAPE_POLYLINE && vertex + 1 == n_points && vertex > 0)
    vertex--;
  next = &points[(vertex + 1) % n_points];
  edit_points (from, ring, vertex, EDIT_INSERT_AFTER,
               (EmendPoint){ (points[vertex].x + next->x) / 2, (points[vertex].y + next->y) / 2 }, to);
  return vertex + 1;
}

/**
 * emend_reshape_move_vertex:
 * @from: a polygon or polyline
 * @viewport: has the page's size
 * @ring: which ring
 * @vertex: which of its points
 * @by: image pixels
 * @to: (out): the shape with that point moved, on the page
 *
 * Any thread.
 */
void
emend_reshape_move_vertex (const EmendShape *from,
                           const EmendViewport *viewport,
                           guint ring,
                           guint vertex,
                           EmendPoint by,
                           EmendShape *to)
{
  gsize n_points;
  EmendPoint point = emend_shape_get_ring (from, ring, &n_points)[vertex];

  point = emend_reshape_snap (viewport, (EmendPoint){ point.x + by.x, point.y + by.y });
  edit_points (from, ring, vertex, EDIT_SET, point, to);
}

/**
 * emend_reshape_drag:
 * @from: a shape
 * @viewport: has the page's size
 * @grip: what was taken hold of
 * @start: where that was, in image pixels
 * @at: where the pointer is now
 * @constrain: keep the aspect of a box; turn by steps of 15 degrees
 * @to: (out): what becomes of it
 *
 * Any thread.
 */
void
emend_reshape_drag (const EmendShape *from,
                    const EmendViewport *viewport,
                    EmendGrip grip,
                    EmendPoint start,
                    EmendPoint at,
                    gboolean constrain,
                    EmendShape *to)
{
  EmendPoint delta = { at.x - start.x, at.y - start.y };
  EmendRect box;

  if (grip.handle == EMEND_HANDLE_INSIDE)
    emend_reshape_move (from, viewport, round (delta.x), round (delta.y), to);
  else if (grip.handle == EMEND_HANDLE_VERTEX)
    emend_reshape_move_vertex (from, viewport, grip.ring, grip.vertex, delta, to);
  else if (grip.handle == EMEND_HANDLE_MIDDLE)
    edit_points (from, grip.ring, grip.vertex, EDIT_INSERT_AFTER, emend_reshape_snap (viewport, at), to);
  else if (grip.handle == EMEND_HANDLE_ROTATE)
    turn_to_pointer (from, start, at, constrain, to);
  else if (from->kind == EMEND_SHAPE_ROTATED_BOX)
    resize_rotated (from, grip.handle, start, at, constrain, to);
  else {
    box = resized_box (&from->box, viewport, grip.handle, delta, constrain);
    emend_shape_copy (from, to);
    emend_shape_set_box (to, &box);
  }
}

/* A size that was changed by @delta, at least a pixel and not beyond the page; what is smaller or reaches out
 * already may stay so. */
static double
nudged_size (double start,
             double size,
             double delta,
             double limit)
{
  return CLAMP (size + delta, fmin (1, size), fmax (size, limit - start));
}

/**
 * emend_reshape_grow:
 * @from: a shape
 * @viewport: has the page's size
 * @dx: image pixels that the right edge moves
 * @dy: image pixels that the lower edge moves
 * @to: (out): what becomes of it
 *
 * Any thread.
 */
void
emend_reshape_grow (const EmendShape *from,
                    const EmendViewport *viewport,
                    double dx,
                    double dy,
                    EmendShape *to)
{
  EmendRect box = from->box;

  if (from->kind == EMEND_SHAPE_ROTATED_BOX) {
    EmendFrame frame = emend_frame_from_shape (from);

    set_sides (&frame, 1, 1, changed_side (frame.box.width, dx), changed_side (frame.box.height, dy), to);
    return;
  }
  box.width = nudged_size (box.x, box.width, dx, viewport->page_width);
  box.height = nudged_size (box.y, box.height, dy, viewport->page_height);
  emend_shape_copy (from, to);
  emend_shape_set_box (to, &box);
}
