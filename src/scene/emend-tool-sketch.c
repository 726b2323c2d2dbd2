#define G_LOG_DOMAIN "emend-scene"

#include "config.h"

#include <math.h>

#include "emend-tool-private.h"
#include "emend-tool-reshape.h"

/* Logical pixels: a click this near to the first corner closes the polygon. */
#define REACH_FIRST 9.0
/* Logical pixels: a drag places a corner as often as this. */
#define FREEHAND_STEP 16.0
/* Logical pixels: a second press nearer than this is no other corner. */
#define SAME_PLACE 1.5
#define TURN_STEP 15.0 /* degrees */

/**
 * emend_tool_is_sketching_kind:
 * @kind: a tool
 *
 * Returns: whether it draws by one click after another rather than by one drag. Any thread.
 */
gboolean
emend_tool_is_sketching_kind (EmendToolKind kind)
{
  return kind == EMEND_TOOL_ROTATED_BOX || kind == EMEND_TOOL_POLYGON || kind == EMEND_TOOL_POLYLINE ||
         kind == EMEND_TOOL_POINT;
}

static gboolean
is_by_corners (const EmendTool *tool)
{
  return tool->kind == EMEND_TOOL_POLYGON || tool->kind == EMEND_TOOL_POLYLINE;
}

static EmendPoint
get_placed (const EmendTool *tool,
            guint index)
{
  return g_array_index (tool->placed, EmendPoint, index);
}

/* In logical pixels of the view. */
static double
distance (const EmendToolContext *context,
          EmendPoint a,
          EmendPoint b)
{
  return hypot (a.x - b.x, a.y - b.y) * context->viewport->scale;
}

/* The side that is drawn: turned by whole steps when that is asked, on a hundredth of a degree, so that what is
 * stored is what is shown. */
static EmendPoint
straighten (const EmendTool *tool,
            EmendPoint at,
            gboolean by_steps)
{
  EmendPoint from = get_placed (tool, 0);
  double length = hypot (at.x - from.x, at.y - from.y);
  double degrees = atan2 (at.y - from.y, at.x - from.x) * 180 / G_PI;
  double radians;

  if (by_steps)
    degrees = round (degrees / TURN_STEP) * TURN_STEP;
  radians = emend_reshape_normal_degrees (degrees) * G_PI / 180;
  length = round (length * 10) / 10;
  return (EmendPoint){ from.x + length * cos (radians), from.y + length * sin (radians) };
}

/* The box on the side that is placed, as wide as the pointer is away from it, on that side of it. */
static void
make_rotated (EmendTool *tool)
{
  EmendPoint a = get_placed (tool, 0);
  EmendPoint b = get_placed (tool, 1);
  double length = hypot (b.x - a.x, b.y - a.y);
  EmendPoint along = { (b.x - a.x) / length, (b.y - a.y) / length };
  double away = (tool->at.y - a.y) * along.x - (tool->at.x - a.x) * along.y;
  double width = round (away * 10) / 10;
  EmendPoint middle = { (a.x + b.x) / 2 - along.y * width / 2, (a.y + b.y) / 2 + along.x * width / 2 };

  emend_shape_init_rotated_box (&tool->shape, middle, length, fabs (width),
                                emend_reshape_normal_degrees (atan2 (along.y, along.x) * 180 / G_PI));
}

/* A polygon of less than three corners is shown as a line. */
static void
make_from_points (EmendTool *tool,
                  const EmendPoint *points,
                  guint32 n_points)
{
  EmendShapeKind kind = emend_tool_kind_get_shape (tool->kind);

  if (kind != EMEND_SHAPE_POINT && (kind != EMEND_SHAPE_POLYGON || n_points < 3))
    kind = EMEND_SHAPE_POLYLINE;
  emend_shape_init_points (&tool->shape, kind, points, &n_points, 1);
}

static void
make_preview (EmendTool *tool)
{
  emend_shape_clear (&tool->shape);
  if (tool->kind == EMEND_TOOL_ROTATED_BOX && tool->placed->len == 2) {
    make_rotated (tool);
    return;
  }
  g_array_append_val (tool->placed, tool->at);
  make_from_points (tool, (const EmendPoint *) (gpointer) tool->placed->data, tool->placed->len);
  g_array_set_size (tool->placed, tool->placed->len - 1);
}

static EmendToolResult
show (EmendTool *tool)
{
  make_preview (tool);
  tool->index = -1;
  return emend_tool_result_with_shape (tool, EMEND_TOOL_ACTION_PREVIEW, tool->closing ? "pointer" : "crosshair");
}

/* Where the pointer is: on the page, on the first corner when it is near, on a straight line when that is asked. */
static void
follow (EmendTool *tool,
        const EmendToolContext *context,
        const EmendPointerEvent *event)
{
  EmendPoint image = emend_viewport_to_image (context->viewport, (EmendPoint){ event->x, event->y });

  tool->at = emend_reshape_snap (context->viewport, image);
  if (tool->kind == EMEND_TOOL_ROTATED_BOX && tool->placed->len == 1)
    tool->at = straighten (tool, tool->at, (event->modifiers & EMEND_MODIFIER_SHIFT) != 0);
  tool->closing = tool->kind == EMEND_TOOL_POLYGON && tool->placed->len >= 3 &&
                  distance (context, image, get_placed (tool, 0)) <= REACH_FIRST;
  if (tool->closing)
    tool->at = get_placed (tool, 0);
}

static void
place (EmendTool *tool,
       const EmendToolContext *context)
{
  guint n = tool->placed->len;

  if (n == 0 || distance (context, tool->at, get_placed (tool, n - 1)) >= SAME_PLACE)
    g_array_append_val (tool->placed, tool->at);
}

static EmendToolResult
commit (EmendTool *tool)
{
  tool->index = -1;
  tool->closing = FALSE;
  tool->intent = EMEND_TOOL_INTENT_NOTHING;
  g_array_set_size (tool->placed, 0);
  return emend_tool_result_with_shape (tool, EMEND_TOOL_ACTION_COMMIT_NEW, "crosshair");
}

static EmendToolResult
finish_rotated (EmendTool *tool,
                const EmendToolContext *context)
{
  EmendFrame frame;

  if (tool->placed->len < 2)
    return show (tool);
  make_preview (tool);
  frame = emend_frame_from_shape (&tool->shape);
  if (frame.box.height < 1 || frame.box.height * context->viewport->scale < EMEND_TOOL_SMALLEST_NEW)
    return show (tool);
  return commit (tool);
}

/**
 * emend_tool_sketch_finish:
 * @tool: a tool that draws click by click, with something begun
 * @context: how things are now
 *
 * Makes a thing of what is placed.
 *
 * Returns: what to do about it.
 */
EmendToolResult
emend_tool_sketch_finish (EmendTool *tool,
                          const EmendToolContext *context)
{
  EmendShapeKind kind = emend_tool_kind_get_shape (tool->kind);

  if (!is_by_corners (tool))
    return finish_rotated (tool, context);
  if (tool->placed->len < emend_reshape_get_fewest (kind))
    return emend_tool_result (EMEND_TOOL_ACTION_TOO_FEW, -1, "crosshair");
  emend_shape_clear (&tool->shape);
  make_from_points (tool, (const EmendPoint *) (gpointer) tool->placed->data, tool->placed->len);
  if (kind == EMEND_SHAPE_POLYGON && emend_shape_area (&tool->shape) < 1)
    return emend_tool_result (EMEND_TOOL_ACTION_TOO_FEW, -1, "crosshair"); /* all on one line */
  return commit (tool);
}

/**
 * emend_tool_sketch_press:
 * @tool: a tool that draws click by click
 * @context: how things are now
 * @event: a press of the first button
 *
 * Returns: what to do about it.
 */
EmendToolResult
emend_tool_sketch_press (EmendTool *tool,
                         const EmendToolContext *context,
                         const EmendPointerEvent *event)
{
  if (!emend_tool_can_draw (tool, context))
    return emend_tool_result (EMEND_TOOL_ACTION_NONE, -1, emend_tool_get_idle_cursor (tool, context));
  tool->intent = EMEND_TOOL_INTENT_SKETCH;
  tool->n_at_press = tool->placed->len;
  follow (tool, context, event);
  if (tool->closing)
    return emend_tool_sketch_finish (tool, context);
  if (is_by_corners (tool) || (tool->kind == EMEND_TOOL_ROTATED_BOX && tool->placed->len == 0))
    place (tool, context);
  return show (tool);
}

/**
 * emend_tool_sketch_motion:
 * @tool: a tool that draws click by click
 * @context: how things are now
 * @event: a motion, with the button down or up
 *
 * Returns: what to do about it.
 */
EmendToolResult
emend_tool_sketch_motion (EmendTool *tool,
                          const EmendToolContext *context,
                          const EmendPointerEvent *event)
{
  follow (tool, context, event);
  if (tool->state != EMEND_TOOL_STATE_IDLE && is_by_corners (tool) && !tool->closing &&
      distance (context, tool->at, get_placed (tool, tool->placed->len - 1)) >= FREEHAND_STEP)
    place (tool, context);
  return show (tool);
}

/**
 * emend_tool_sketch_release:
 * @tool: a tool that draws click by click
 * @context: how things are now
 * @event: the release of the first button
 *
 * Returns: what to do about it.
 */
EmendToolResult
emend_tool_sketch_release (EmendTool *tool,
                           const EmendToolContext *context,
                           const EmendPointerEvent *event)
{
  gboolean dragged = tool->state == EMEND_TOOL_STATE_DRAG;

  tool->state = EMEND_TOOL_STATE_IDLE;
  tool->intent = EMEND_TOOL_INTENT_NOTHING;
  follow (tool, context, event);
  if (tool->kind == EMEND_TOOL_POINT) {
    make_preview (tool);
    return commit (tool);
  }
  /* Drawn in one go, back to where it began. */
  if (is_by_corners (tool))
    return tool->closing && dragged ? emend_tool_sketch_finish (tool, context) : show (tool);
  if (tool->placed->len == 2)
    return finish_rotated (tool, context);
  if ((dragged || tool->n_at_press == 1) &&
      distance (context, tool->at, get_placed (tool, 0)) >= EMEND_TOOL_SMALLEST_NEW)
    place (tool, context);
  return show (tool);
}

/**
 * emend_tool_sketch_step_back:
 * @tool: a tool that draws click by click, with something begun
 * @context: how things are now
 * @whole: give up all rather than the last step
 *
 * Returns: what to do about it.
 */
EmendToolResult
emend_tool_sketch_step_back (EmendTool *tool,
                             const EmendToolContext *context,
                             gboolean whole)
{
  emend_tool_end_drag (tool);
  if (whole || tool->placed->len < 2) {
    emend_tool_cancel (tool);
    return emend_tool_result (EMEND_TOOL_ACTION_CANCEL, -1, emend_tool_get_idle_cursor (tool, context));
  }
  g_array_set_size (tool->placed, tool->placed->len - 1);
  tool->closing = FALSE;
  return show (tool);
}
