#define G_LOG_DOMAIN "emend-scene"

#include "config.h"

#include "emend-tool.h"

#include <math.h>

#include "emend-tool-private.h"
#include "emend-tool-reshape.h"

#define PICK_DISTANCE 3.0

/**
 * emend_tool_new:
 * @kind: what a drag does
 *
 * Returns: (transfer full): a tool. Any thread, one at a time.
 */
EmendTool *
emend_tool_new (EmendToolKind kind)
{
  EmendTool *tool = g_new0 (EmendTool, 1);

  tool->kind = kind;
  tool->index = -1;
  tool->hover = -1;
  tool->active_mark = -1;
  tool->placed = g_array_new (FALSE, FALSE, sizeof (EmendPoint));
  return tool;
}

/**
 * emend_tool_free:
 * @tool: (transfer full) (nullable): a tool
 */
void
emend_tool_free (EmendTool *tool)
{
  if (tool == NULL)
    return;
  emend_shape_clear (&tool->original);
  emend_shape_clear (&tool->shape);
  g_array_unref (tool->placed);
  g_free (tool);
}

/**
 * emend_tool_get_kind:
 * @tool: a tool
 *
 * Returns: what it was made for.
 */
EmendToolKind
emend_tool_get_kind (const EmendTool *tool)
{
  return tool->kind;
}

/**
 * emend_tool_kind_get_shape:
 * @kind: a tool
 *
 * Returns: what a new thing that is drawn with it becomes; a box with the tools that draw nothing else.
 */
EmendShapeKind
emend_tool_kind_get_shape (EmendToolKind kind)
{
  switch (kind) {
  case EMEND_TOOL_ELLIPSE:
    return EMEND_SHAPE_ELLIPSE;
  case EMEND_TOOL_ROTATED_BOX:
    return EMEND_SHAPE_ROTATED_BOX;
  case EMEND_TOOL_POLYGON:
    return EMEND_SHAPE_POLYGON;
  case EMEND_TOOL_POLYLINE:
    return EMEND_SHAPE_POLYLINE;
  case EMEND_TOOL_POINT:
    return EMEND_SHAPE_POINT;
  case EMEND_TOOL_SELECT:
  case EMEND_TOOL_BOX:
  case EMEND_TOOL_PAN:
  default:
    return EMEND_SHAPE_BOX;
  }
}

/**
 * emend_tool_is_busy:
 * @tool: a tool
 *
 * Returns: whether a button is down in it or something is begun, so that Escape is for it.
 */
gboolean
emend_tool_is_busy (const EmendTool *tool)
{
  return tool->state != EMEND_TOOL_STATE_IDLE || tool->placed->len > 0;
}

/**
 * emend_tool_get_sketch:
 * @tool: a tool
 * @sketch: (out): what is begun
 *
 * Returns: whether something is drawn by one click after another now.
 */
gboolean
emend_tool_get_sketch (const EmendTool *tool,
                       EmendToolSketch *sketch)
{
  *sketch = (EmendToolSketch){ emend_tool_kind_get_shape (tool->kind),
                               (const EmendPoint *) (gconstpointer) tool->placed->data, tool->placed->len, tool->at,
                               tool->closing };
  return tool->placed->len > 0;
}

/**
 * emend_tool_get_active:
 * @tool: a tool
 * @context: how things are now
 * @grip: (out): the corner of the selected mark that the arrow keys move
 *
 * Returns: whether there is one.
 */
gboolean
emend_tool_get_active (const EmendTool *tool,
                       const EmendToolContext *context,
                       EmendGrip *grip)
{
  const EmendOverlayMark *mark = emend_tool_get_mark (context, context->selected);
  gsize n_points;

  *grip = tool->active;
  if (mark == NULL || tool->active_mark != context->selected ||
      tool->active.ring >= emend_shape_get_n_rings (&mark->shape))
    return FALSE;
  emend_shape_get_ring (&mark->shape, tool->active.ring, &n_points);
  return tool->active.vertex < n_points;
}

/**
 * emend_tool_end_drag:
 * @tool: a tool
 *
 * The button is up, or no longer ours: what was placed by clicks before stays.
 */
void
emend_tool_end_drag (EmendTool *tool)
{
  tool->state = EMEND_TOOL_STATE_IDLE;
  tool->intent = EMEND_TOOL_INTENT_NOTHING;
  tool->index = -1;
  tool->click_picks = FALSE;
}

/**
 * emend_tool_cancel:
 * @tool: a tool
 *
 * Gives up what is under way.
 */
void
emend_tool_cancel (EmendTool *tool)
{
  emend_tool_end_drag (tool);
  g_array_set_size (tool->placed, 0);
  tool->closing = FALSE;
  tool->active_mark = -1;
}

/* What to do, about which mark. */
EmendToolResult
emend_tool_result (EmendToolAction action,
                   int index,
                   const char *cursor)
{
  return (EmendToolResult){ .action = action, .index = index, .cursor = cursor };
}

/* The same with the shape of @tool. */
EmendToolResult
emend_tool_result_with_shape (EmendTool *tool,
                              EmendToolAction action,
                              const char *cursor)
{
  EmendToolResult result = emend_tool_result (action, tool->index, cursor);

  result.shape = &tool->shape;
  result.rect = tool->shape.box;
  return result;
}

/* (transfer none): the cursor where there is nothing to take hold of. */
const char *
emend_tool_get_idle_cursor (const EmendTool *tool,
                            const EmendToolContext *context)
{
  if (tool->kind == EMEND_TOOL_PAN)
    return "grab";
  return emend_tool_can_draw (tool, context) ? "crosshair" : "default";
}

/* Whether a new thing can be drawn with @tool, and its label may have that shape. */
gboolean
emend_tool_can_draw (const EmendTool *tool,
                     const EmendToolContext *context)
{
  return context->label >= 0 && !context->read_only && context->viewport->page_width > 0 &&
         (context->shapes & 1u << emend_tool_kind_get_shape (tool->kind)) != 0;
}

/* (nullable): mark @index if there is one that is not hidden. */
const EmendOverlayMark *
emend_tool_get_mark (const EmendToolContext *context,
                     int index)
{
  const EmendOverlayMark *mark;

  if (context->overlay == NULL || index < 0 || (gsize) index >= emend_overlay_get_n_marks (context->overlay))
    return NULL;
  mark = emend_overlay_get_mark (context->overlay, (gsize) index);
  return mark->hidden ? NULL : mark;
}

/* Whether it may be moved: not what is locked, nor a mask, which is bound to its pixels. */
gboolean
emend_tool_can_move (const EmendToolContext *context,
                     const EmendOverlayMark *mark)
{
  return !context->read_only && !mark->locked && mark->shape.kind != EMEND_SHAPE_MASK;
}

/* Whether it has sides that can be changed. */
gboolean
emend_tool_can_resize (const EmendToolContext *context,
                       const EmendOverlayMark *mark)
{
  return emend_tool_can_move (context, mark) && mark->shape.kind != EMEND_SHAPE_POINT;
}

/* (transfer full) (element-type guint32): what is under the view point, the smallest first. */
static GArray *
pick (const EmendToolContext *context,
      EmendPoint view)
{
  GArray *found = g_array_new (FALSE, FALSE, sizeof (guint32));
  EmendPoint image = emend_viewport_to_image (context->viewport, view);

  if (context->overlay != NULL)
    emend_overlay_pick (context->overlay, &context->filter, image, PICK_DISTANCE / context->viewport->scale, found);
  return found;
}

static int
pick_smallest (const EmendToolContext *context,
               EmendPoint view)
{
  g_autoptr (GArray) found = pick (context, view);

  return found->len > 0 ? (int) g_array_index (found, guint32, 0) : -1;
}

/* The one after the selected one in the order of size, and round again. */
static int
pick_below (const EmendToolContext *context,
            EmendPoint view)
{
  g_autoptr (GArray) found = pick (context, view);

  for (guint i = 0; i < found->len; i++) {
    if ((int) g_array_index (found, guint32, i) == context->selected)
      return (int) g_array_index (found, guint32, (i + 1) % found->len);
  }
  return found->len > 0 ? (int) g_array_index (found, guint32, 0) : -1;
}

/* Whether the selected mark is one of those under the view point. */
static gboolean
is_selected_at (const EmendToolContext *context,
                EmendPoint view)
{
  g_autoptr (GArray) found = pick (context, view);

  for (guint i = 0; i < found->len; i++) {
    if ((int) g_array_index (found, guint32, i) == context->selected)
      return TRUE;
  }
  return FALSE;
}

/* What of the selected mark can be taken hold of at the view point. */
static EmendGrip
hit_selected (const EmendToolContext *context,
              EmendPoint view)
{
  const EmendOverlayMark *mark = emend_tool_get_mark (context, context->selected);
  EmendGrip grip = { EMEND_HANDLE_NONE, 0, 0 };

  if (mark == NULL || !emend_tool_can_move (context, mark))
    return grip;
  grip = emend_grips_hit (&mark->shape, context->viewport, view);
  if (grip.handle == EMEND_HANDLE_NONE && emend_shape_get_n_rings (&mark->shape) > 0 && is_selected_at (context, view))
    grip.handle = EMEND_HANDLE_INSIDE;
  return grip;
}

static const char *
grip_cursor (const EmendToolContext *context,
             EmendGrip grip,
             EmendModifiers modifiers)
{
  const EmendOverlayMark *mark = emend_tool_get_mark (context, context->selected);

  if (grip.handle == EMEND_HANDLE_VERTEX && (modifiers & EMEND_MODIFIER_ALT) != 0)
    return "no-drop";
  return emend_handle_get_cursor (grip.handle, mark == NULL ? 0 : emend_shape_get_rotation (&mark->shape));
}

static void
prepare_change (EmendTool *tool,
                const EmendToolContext *context,
                int index,
                EmendGrip grip)
{
  const EmendOverlayMark *mark = emend_tool_get_mark (context, index);

  if (mark == NULL || !emend_tool_can_move (context, mark))
    return;
  tool->intent = EMEND_TOOL_INTENT_CHANGE;
  tool->index = index;
  tool->grip = grip;
  emend_shape_clear (&tool->original);
  emend_shape_copy (&mark->shape, &tool->original);
}

/* Takes hold of a part of the selected one; a corner has the keys from now on. */
static EmendToolResult
press_grip (EmendTool *tool,
            const EmendToolContext *context,
            const EmendPointerEvent *event,
            EmendGrip grip)
{
  const char *cursor = grip_cursor (context, grip, event->modifiers);
  gboolean had_active = tool->active_mark >= 0;

  prepare_change (tool, context, context->selected, grip);
  /* The selected one can be dragged also where a smaller one lies on it; a click picks that. */
  tool->click_picks = grip.handle == EMEND_HANDLE_INSIDE;
  tool->active_mark = grip.handle == EMEND_HANDLE_VERTEX ? context->selected : -1;
  tool->active = grip;
  return emend_tool_result (had_active || tool->active_mark >= 0 ? EMEND_TOOL_ACTION_REDRAW : EMEND_TOOL_ACTION_NONE,
                            context->selected, cursor);
}

static EmendToolResult
press_select (EmendTool *tool,
              const EmendToolContext *context,
              const EmendPointerEvent *event)
{
  EmendGrip grip = hit_selected (context, tool->start);
  int index;

  if ((event->modifiers & EMEND_MODIFIER_ALT) != 0 && grip.handle == EMEND_HANDLE_VERTEX)
    return emend_tool_remove_vertex (tool, context, grip);
  if (event->modifiers & EMEND_MODIFIER_ALT)
    return emend_tool_result (EMEND_TOOL_ACTION_CYCLE_BELOW, pick_below (context, tool->start), "default");
  if (grip.handle != EMEND_HANDLE_NONE)
    return press_grip (tool, context, event, grip);
  tool->active_mark = -1;
  index = pick_smallest (context, tool->start);
  if (index >= 0) {
    prepare_change (tool, context, index, (EmendGrip){ EMEND_HANDLE_INSIDE, 0, 0 });
    return emend_tool_result (index == context->selected ? EMEND_TOOL_ACTION_NONE : EMEND_TOOL_ACTION_SELECT, index,
                              "default");
  }
  tool->intent = emend_tool_can_draw (tool, context) ? EMEND_TOOL_INTENT_NEW : EMEND_TOOL_INTENT_NOTHING;
  tool->click_picks = TRUE;
  return emend_tool_result (EMEND_TOOL_ACTION_NONE, -1, emend_tool_get_idle_cursor (tool, context));
}

static EmendToolResult
press (EmendTool *tool,
       const EmendToolContext *context,
       const EmendPointerEvent *event)
{
  int index;

  if (tool->state != EMEND_TOOL_STATE_IDLE)
    return emend_tool_result (EMEND_TOOL_ACTION_NONE, tool->index, emend_tool_get_idle_cursor (tool, context));
  if (event->button == 3 && tool->placed->len == 0) {
    index = pick_smallest (context, (EmendPoint){ event->x, event->y });
    return emend_tool_result (index >= 0 && index != context->selected ? EMEND_TOOL_ACTION_SELECT :
                                                                         EMEND_TOOL_ACTION_NONE,
                              index, "default");
  }
  if (event->button != 1 && event->button != 2)
    return emend_tool_result (EMEND_TOOL_ACTION_NONE, -1, emend_tool_get_idle_cursor (tool, context));
  emend_tool_end_drag (tool);
  tool->state = EMEND_TOOL_STATE_PRESSED;
  tool->start = tool->last = (EmendPoint){ event->x, event->y };
  tool->anchor = emend_viewport_to_image (context->viewport, tool->start);
  if (event->button == 2 || (event->modifiers & EMEND_MODIFIER_SPACE) != 0 || tool->kind == EMEND_TOOL_PAN) {
    tool->intent = EMEND_TOOL_INTENT_PAN;
    return emend_tool_result (EMEND_TOOL_ACTION_NONE, -1, "grabbing");
  }
  if (tool->kind == EMEND_TOOL_SELECT)
    return press_select (tool, context, event);
  if (emend_tool_is_sketching_kind (tool->kind))
    return emend_tool_sketch_press (tool, context, event);
  tool->intent = emend_tool_can_draw (tool, context) ? EMEND_TOOL_INTENT_NEW : EMEND_TOOL_INTENT_NOTHING;
  tool->click_picks = TRUE;
  return emend_tool_result (EMEND_TOOL_ACTION_NONE, -1, emend_tool_get_idle_cursor (tool, context));
}

static double
snap_to (double value,
         double limit)
{
  return CLAMP (round (value), 0, limit);
}

/* The thing that is drawn from the anchor to @at: on whole pixels, on the page. */
static void
shape_new (EmendTool *tool,
           const EmendToolContext *context,
           EmendPoint at,
           gboolean square)
{
  const EmendViewport *v = context->viewport;
  EmendPoint from = { snap_to (tool->anchor.x, v->page_width), snap_to (tool->anchor.y, v->page_height) };
  EmendPoint to = { snap_to (at.x, v->page_width), snap_to (at.y, v->page_height) };
  EmendRect rect;

  if (square) {
    double room_x = at.x < from.x ? from.x : v->page_width - from.x;
    double room_y = at.y < from.y ? from.y : v->page_height - from.y;
    double side = fmin (fmax (fabs (to.x - from.x), fabs (to.y - from.y)), fmin (room_x, room_y));

    to.x = from.x + (at.x < from.x ? -side : side);
    to.y = from.y + (at.y < from.y ? -side : side);
  }
  rect = emend_rect_from_corners (from, to);
  emend_shape_clear (&tool->shape);
  emend_shape_init_box (&tool->shape, &rect);
  if (tool->kind == EMEND_TOOL_ELLIPSE)
    tool->shape.kind = EMEND_SHAPE_ELLIPSE;
}

/* The original, changed as far as the pointer went. */
static void
shape_changed (EmendTool *tool,
               const EmendToolContext *context,
               EmendPoint at,
               gboolean constrain)
{
  EmendShape changed = { 0 };

  emend_reshape_drag (&tool->original, context->viewport, tool->grip, tool->anchor, at, constrain, &changed);
  emend_shape_clear (&tool->shape);
  tool->shape = changed;
}

static EmendToolResult
hover (EmendTool *tool,
       const EmendToolContext *context,
       const EmendPointerEvent *event)
{
  EmendPoint view = { event->x, event->y };
  EmendGrip grip = { EMEND_HANDLE_NONE, 0, 0 };
  int index = tool->kind == EMEND_TOOL_SELECT ? pick_smallest (context, view) : -1;
  gboolean changed = index != tool->hover;
  const char *cursor = emend_tool_get_idle_cursor (tool, context);

  tool->hover = index;
  if (tool->kind == EMEND_TOOL_SELECT)
    grip = hit_selected (context, view);
  if (event->modifiers & EMEND_MODIFIER_SPACE)
    cursor = "grab";
  else if (grip.handle != EMEND_HANDLE_NONE)
    cursor = grip_cursor (context, grip, event->modifiers);
  else if (index >= 0)
    cursor = "default";
  return emend_tool_result (changed ? EMEND_TOOL_ACTION_HOVER : EMEND_TOOL_ACTION_NONE, index, cursor);
}

static EmendToolResult
drag (EmendTool *tool,
      const EmendToolContext *context,
      const EmendPointerEvent *event)
{
  EmendPoint view = { event->x, event->y };
  EmendPoint image = emend_viewport_to_image (context->viewport, view);
  gboolean shift = (event->modifiers & EMEND_MODIFIER_SHIFT) != 0;
  EmendToolResult result = emend_tool_result (EMEND_TOOL_ACTION_PAN, -1, "grabbing");

  switch (tool->intent) {
  case EMEND_TOOL_INTENT_PAN:
    result.dx = view.x - tool->last.x;
    result.dy = view.y - tool->last.y;
    tool->last = view;
    return result;
  case EMEND_TOOL_INTENT_NEW:
    shape_new (tool, context, image, shift);
    return emend_tool_result_with_shape (tool, EMEND_TOOL_ACTION_PREVIEW, "crosshair");
  case EMEND_TOOL_INTENT_CHANGE:
    shape_changed (tool, context, image, shift);
    return emend_tool_result_with_shape (tool, EMEND_TOOL_ACTION_PREVIEW,
                                         grip_cursor (context, tool->grip, EMEND_MODIFIER_NONE));
  case EMEND_TOOL_INTENT_SKETCH:
    return emend_tool_sketch_motion (tool, context, event);
  case EMEND_TOOL_INTENT_NOTHING:
  default:
    return emend_tool_result (EMEND_TOOL_ACTION_NONE, -1, emend_tool_get_idle_cursor (tool, context));
  }
}

static EmendToolResult
motion (EmendTool *tool,
        const EmendToolContext *context,
        const EmendPointerEvent *event)
{
  if (tool->state == EMEND_TOOL_STATE_IDLE && tool->placed->len > 0)
    return emend_tool_sketch_motion (tool, context, event);
  if (tool->state == EMEND_TOOL_STATE_IDLE)
    return hover (tool, context, event);
  if (tool->state == EMEND_TOOL_STATE_PRESSED) {
    gboolean far = hypot (event->x - tool->start.x, event->y - tool->start.y) >= EMEND_TOOL_DRAG_START;

    if (!far)
      return emend_tool_result (EMEND_TOOL_ACTION_NONE, tool->index, emend_tool_get_idle_cursor (tool, context));
    tool->state = EMEND_TOOL_STATE_DRAG;
  }
  return drag (tool, context, event);
}

static EmendToolResult
click (EmendTool *tool,
       const EmendToolContext *context)
{
  int index;

  if (!tool->click_picks)
    return emend_tool_result (EMEND_TOOL_ACTION_NONE, context->selected, emend_tool_get_idle_cursor (tool, context));
  index = pick_smallest (context, tool->start);
  return emend_tool_result (index != context->selected ? EMEND_TOOL_ACTION_SELECT : EMEND_TOOL_ACTION_NONE, index,
                            emend_tool_get_idle_cursor (tool, context));
}

static gboolean
is_large_enough (const EmendTool *tool,
                 const EmendToolContext *context)
{
  double side = fmin (tool->shape.box.width, tool->shape.box.height);

  return side >= 1 && side * context->viewport->scale >= EMEND_TOOL_SMALLEST_NEW;
}

static EmendToolResult
release (EmendTool *tool,
         const EmendToolContext *context,
         const EmendPointerEvent *event)
{
  EmendToolState state = tool->state;
  EmendToolResult result = emend_tool_result (EMEND_TOOL_ACTION_NONE, context->selected,
                                              emend_tool_get_idle_cursor (tool, context));

  if (tool->intent == EMEND_TOOL_INTENT_SKETCH)
    return emend_tool_sketch_release (tool, context, event);
  tool->state = EMEND_TOOL_STATE_IDLE;
  if (state == EMEND_TOOL_STATE_PRESSED)
    result = click (tool, context);
  else if (state == EMEND_TOOL_STATE_DRAG)
    result = drag (tool, context, event);
  if (result.action == EMEND_TOOL_ACTION_PREVIEW && tool->intent == EMEND_TOOL_INTENT_NEW)
    result.action = is_large_enough (tool, context) ? EMEND_TOOL_ACTION_COMMIT_NEW : EMEND_TOOL_ACTION_CANCEL;
  else if (result.action == EMEND_TOOL_ACTION_PREVIEW)
    result.action = emend_shape_equal (&tool->shape, &tool->original) ? EMEND_TOOL_ACTION_CANCEL :
                                                                        EMEND_TOOL_ACTION_COMMIT_SHAPE;
  if (result.action == EMEND_TOOL_ACTION_COMMIT_SHAPE && tool->grip.handle == EMEND_HANDLE_MIDDLE) {
    tool->active_mark = tool->index;
    tool->active = (EmendGrip){ EMEND_HANDLE_VERTEX, tool->grip.ring, tool->grip.vertex + 1 };
  }
  emend_tool_end_drag (tool);
  return result;
}

/* A double click ends what is drawn click by click; beside that it opens what is under it. */
static EmendToolResult
double_click (EmendTool *tool,
              const EmendToolContext *context,
              const EmendPointerEvent *event)
{
  int index;

  if (emend_tool_is_sketching_kind (tool->kind)) {
    if (tool->kind == EMEND_TOOL_ROTATED_BOX || tool->placed->len == 0)
      return press (tool, context, event);
    emend_tool_end_drag (tool);
    return emend_tool_sketch_finish (tool, context);
  }
  emend_tool_cancel (tool);
  index = pick_smallest (context, (EmendPoint){ event->x, event->y });
  return emend_tool_result (EMEND_TOOL_ACTION_OPEN, index, emend_tool_get_idle_cursor (tool, context));
}

/**
 * emend_tool_pointer:
 * @tool: a tool
 * @context: how things are now
 * @event: what happened
 *
 * Returns: what to do about it.
 */
EmendToolResult
emend_tool_pointer (EmendTool *tool,
                    const EmendToolContext *context,
                    const EmendPointerEvent *event)
{
  int index;

  switch (event->kind) {
  case EMEND_POINTER_PRESS:
    return press (tool, context, event);
  case EMEND_POINTER_MOTION:
    return motion (tool, context, event);
  case EMEND_POINTER_RELEASE:
    return release (tool, context, event);
  case EMEND_POINTER_DOUBLE:
    return double_click (tool, context, event);
  case EMEND_POINTER_LEAVE:
  default:
    index = tool->hover;
    tool->hover = -1;
    return emend_tool_result (index >= 0 ? EMEND_TOOL_ACTION_HOVER : EMEND_TOOL_ACTION_NONE, -1, "default");
  }
}
