#define G_LOG_DOMAIN "emend-scene"

#include "config.h"

#include "emend-tool.h"

#include <math.h>

#include "emend-handles.h"

#define DRAG_START 3.0   /* logical pixels that a press may move and still be a click */
#define SMALLEST_NEW 4.0 /* logical pixels: a new thing smaller than this was no intention */
#define PICK_DISTANCE 3.0

typedef enum {
  STATE_IDLE,
  STATE_PRESSED, /* a drag may follow */
  STATE_DRAG,
} State;

typedef enum {
  INTENT_NOTHING,
  INTENT_PAN,
  INTENT_NEW,
  INTENT_CHANGE, /* move or resize */
} Intent;

struct _EmendTool {
  EmendToolKind kind;
  State state;
  Intent intent;
  EmendHandle handle;
  int index;            /* of the mark that is changed, or -1 */
  gboolean click_picks; /* a click without a drag selects what is under it */
  EmendPoint start;     /* view */
  EmendPoint last;      /* view */
  EmendPoint anchor;    /* image: where the drag began */
  EmendShape original;
  EmendShape shape; /* the preview */
  int hover;
};

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
 * emend_tool_is_busy:
 * @tool: a tool
 *
 * Returns: whether a button is down in it, so that Escape is for it.
 */
gboolean
emend_tool_is_busy (const EmendTool *tool)
{
  return tool->state != STATE_IDLE;
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
  tool->state = STATE_IDLE;
  tool->intent = INTENT_NOTHING;
  tool->index = -1;
  tool->click_picks = FALSE;
}

static EmendToolResult
result_of (EmendToolAction action,
           int index,
           const char *cursor)
{
  return (EmendToolResult){ .action = action, .index = index, .cursor = cursor };
}

static EmendToolResult
result_with_shape (EmendTool *tool,
                   EmendToolAction action,
                   const char *cursor)
{
  EmendToolResult result = result_of (action, tool->index, cursor);

  result.shape = &tool->shape;
  result.rect = tool->shape.box;
  return result;
}

static const char *
idle_cursor (const EmendTool *tool,
             const EmendToolContext *context)
{
  if (tool->kind == EMEND_TOOL_PAN)
    return "grab";
  return context->label >= 0 && !context->read_only ? "crosshair" : "default";
}

static gboolean
can_draw (const EmendToolContext *context)
{
  return context->label >= 0 && !context->read_only && context->viewport->page_width > 0;
}

/* (nullable): mark @index if there is one that is not hidden. */
static const EmendOverlayMark *
get_mark (const EmendToolContext *context,
          int index)
{
  const EmendOverlayMark *mark;

  if (context->overlay == NULL || index < 0 || (gsize) index >= emend_overlay_get_n_marks (context->overlay))
    return NULL;
  mark = emend_overlay_get_mark (context->overlay, (gsize) index);
  return mark->hidden ? NULL : mark;
}

static gboolean
can_move (const EmendToolContext *context,
          const EmendOverlayMark *mark)
{
  return !context->read_only && !mark->locked && mark->shape.kind != EMEND_SHAPE_MASK;
}

static gboolean
can_resize (const EmendToolContext *context,
            const EmendOverlayMark *mark)
{
  return can_move (context, mark) && mark->shape.kind != EMEND_SHAPE_ROTATED_BOX &&
         mark->shape.kind != EMEND_SHAPE_POINT;
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

/* What of the selected mark can be taken hold of at the view point. */
static EmendHandle
hit_selected (const EmendToolContext *context,
              EmendPoint view)
{
  const EmendOverlayMark *mark = get_mark (context, context->selected);
  EmendRect box;
  EmendHandle handle;

  if (mark == NULL || !can_move (context, mark))
    return EMEND_HANDLE_NONE;
  box = emend_viewport_rect_to_view (context->viewport, &mark->shape.box);
  handle = emend_handles_hit (&box, view);
  if (handle != EMEND_HANDLE_NONE && !can_resize (context, mark))
    return EMEND_HANDLE_INSIDE;
  return handle;
}

static void
prepare_change (EmendTool *tool,
                const EmendToolContext *context,
                int index,
                EmendHandle handle)
{
  const EmendOverlayMark *mark = get_mark (context, index);

  if (mark == NULL || !can_move (context, mark))
    return;
  tool->intent = INTENT_CHANGE;
  tool->index = index;
  tool->handle = handle;
  emend_shape_clear (&tool->original);
  emend_shape_copy (&mark->shape, &tool->original);
}

static EmendToolResult
press_select (EmendTool *tool,
              const EmendToolContext *context,
              const EmendPointerEvent *event)
{
  EmendHandle handle = hit_selected (context, tool->start);
  int index;

  if (event->modifiers & EMEND_MODIFIER_ALT)
    return result_of (EMEND_TOOL_ACTION_CYCLE_BELOW, pick_below (context, tool->start), "default");
  if (handle != EMEND_HANDLE_NONE) {
    /* The selected one can be dragged also where a smaller one lies on it; a click picks that. */
    prepare_change (tool, context, context->selected, handle);
    tool->click_picks = handle == EMEND_HANDLE_INSIDE;
    return result_of (EMEND_TOOL_ACTION_NONE, context->selected, emend_handle_get_cursor (handle));
  }
  index = pick_smallest (context, tool->start);
  if (index >= 0) {
    prepare_change (tool, context, index, EMEND_HANDLE_INSIDE);
    return result_of (index == context->selected ? EMEND_TOOL_ACTION_NONE : EMEND_TOOL_ACTION_SELECT, index, "default");
  }
  tool->intent = can_draw (context) ? INTENT_NEW : INTENT_NOTHING;
  tool->click_picks = TRUE;
  return result_of (EMEND_TOOL_ACTION_NONE, -1, idle_cursor (tool, context));
}

static EmendToolResult
press (EmendTool *tool,
       const EmendToolContext *context,
       const EmendPointerEvent *event)
{
  int index;

  if (tool->state != STATE_IDLE)
    return result_of (EMEND_TOOL_ACTION_NONE, tool->index, idle_cursor (tool, context));
  if (event->button == 3) {
    index = pick_smallest (context, (EmendPoint){ event->x, event->y });
    return result_of (index >= 0 && index != context->selected ? EMEND_TOOL_ACTION_SELECT : EMEND_TOOL_ACTION_NONE,
                      index, "default");
  }
  if (event->button != 1 && event->button != 2)
    return result_of (EMEND_TOOL_ACTION_NONE, -1, idle_cursor (tool, context));
  emend_tool_cancel (tool);
  tool->state = STATE_PRESSED;
  tool->start = tool->last = (EmendPoint){ event->x, event->y };
  tool->anchor = emend_viewport_to_image (context->viewport, tool->start);
  if (event->button == 2 || (event->modifiers & EMEND_MODIFIER_SPACE) != 0 || tool->kind == EMEND_TOOL_PAN) {
    tool->intent = INTENT_PAN;
    return result_of (EMEND_TOOL_ACTION_NONE, -1, "grabbing");
  }
  if (tool->kind == EMEND_TOOL_SELECT)
    return press_select (tool, context, event);
  tool->intent = can_draw (context) ? INTENT_NEW : INTENT_NOTHING;
  tool->click_picks = TRUE;
  return result_of (EMEND_TOOL_ACTION_NONE, -1, idle_cursor (tool, context));
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

/* The original, changed as far as the pointer went. */
static void
shape_changed (EmendTool *tool,
               const EmendToolContext *context,
               EmendPoint at,
               gboolean keep_aspect)
{
  EmendPoint delta = { at.x - tool->anchor.x, at.y - tool->anchor.y };
  EmendRect box;

  if (tool->handle == EMEND_HANDLE_INSIDE)
    box = moved_box (&tool->original.box, context->viewport, round (delta.x), round (delta.y));
  else
    box = resized_box (&tool->original.box, context->viewport, tool->handle, delta, keep_aspect);
  emend_shape_clear (&tool->shape);
  emend_shape_copy (&tool->original, &tool->shape);
  emend_shape_set_box (&tool->shape, &box);
}

static EmendToolResult
hover (EmendTool *tool,
       const EmendToolContext *context,
       const EmendPointerEvent *event)
{
  EmendPoint view = { event->x, event->y };
  EmendHandle handle = tool->kind == EMEND_TOOL_SELECT ? hit_selected (context, view) : EMEND_HANDLE_NONE;
  int index = tool->kind == EMEND_TOOL_SELECT ? pick_smallest (context, view) : -1;
  gboolean changed = index != tool->hover;
  const char *cursor = idle_cursor (tool, context);

  tool->hover = index;
  if (event->modifiers & EMEND_MODIFIER_SPACE)
    cursor = "grab";
  else if (handle != EMEND_HANDLE_NONE)
    cursor = emend_handle_get_cursor (handle);
  else if (index >= 0)
    cursor = "default";
  return result_of (changed ? EMEND_TOOL_ACTION_HOVER : EMEND_TOOL_ACTION_NONE, index, cursor);
}

static EmendToolResult
drag (EmendTool *tool,
      const EmendToolContext *context,
      const EmendPointerEvent *event)
{
  EmendPoint view = { event->x, event->y };
  EmendPoint image = emend_viewport_to_image (context->viewport, view);
  gboolean shift = (event->modifiers & EMEND_MODIFIER_SHIFT) != 0;
  EmendToolResult result = result_of (EMEND_TOOL_ACTION_PAN, -1, "grabbing");

  switch (tool->intent) {
  case INTENT_PAN:
    result.dx = view.x - tool->last.x;
    result.dy = view.y - tool->last.y;
    tool->last = view;
    return result;
  case INTENT_NEW:
    shape_new (tool, context, image, shift);
    return result_with_shape (tool, EMEND_TOOL_ACTION_PREVIEW, "crosshair");
  case INTENT_CHANGE:
    shape_changed (tool, context, image, shift);
    return result_with_shape (tool, EMEND_TOOL_ACTION_PREVIEW, emend_handle_get_cursor (tool->handle));
  case INTENT_NOTHING:
  default:
    return result_of (EMEND_TOOL_ACTION_NONE, -1, idle_cursor (tool, context));
  }
}

static EmendToolResult
motion (EmendTool *tool,
        const EmendToolContext *context,
        const EmendPointerEvent *event)
{
  if (tool->state == STATE_IDLE)
    return hover (tool, context, event);
  if (tool->state == STATE_PRESSED) {
    gboolean far = hypot (event->x - tool->start.x, event->y - tool->start.y) >= DRAG_START;

    if (!far)
      return result_of (EMEND_TOOL_ACTION_NONE, tool->index, idle_cursor (tool, context));
    tool->state = STATE_DRAG;
  }
  return drag (tool, context, event);
}

static EmendToolResult
click (EmendTool *tool,
       const EmendToolContext *context)
{
  int index;

  if (!tool->click_picks)
    return result_of (EMEND_TOOL_ACTION_NONE, context->selected, idle_cursor (tool, context));
  index = pick_smallest (context, tool->start);
  return result_of (index != context->selected ? EMEND_TOOL_ACTION_SELECT : EMEND_TOOL_ACTION_NONE, index,
                    idle_cursor (tool, context));
}

static gboolean
is_large_enough (const EmendTool *tool,
                 const EmendToolContext *context)
{
  double side = fmin (tool->shape.box.width, tool->shape.box.height);

  return side >= 1 && side * context->viewport->scale >= SMALLEST_NEW;
}

static EmendToolResult
release (EmendTool *tool,
         const EmendToolContext *context,
         const EmendPointerEvent *event)
{
  State state = tool->state;
  EmendToolResult result = result_of (EMEND_TOOL_ACTION_NONE, context->selected, idle_cursor (tool, context));

  tool->state = STATE_IDLE;
  if (state == STATE_PRESSED)
    result = click (tool, context);
  else if (state == STATE_DRAG)
    result = drag (tool, context, event);
  if (result.action == EMEND_TOOL_ACTION_PREVIEW && tool->intent == INTENT_NEW)
    result.action = is_large_enough (tool, context) ? EMEND_TOOL_ACTION_COMMIT_NEW : EMEND_TOOL_ACTION_CANCEL;
  else if (result.action == EMEND_TOOL_ACTION_PREVIEW)
    result.action = emend_shape_equal (&tool->shape, &tool->original) ? EMEND_TOOL_ACTION_CANCEL :
                                                                        EMEND_TOOL_ACTION_COMMIT_SHAPE;
  emend_tool_cancel (tool);
  return result;
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
    emend_tool_cancel (tool);
    index = pick_smallest (context, (EmendPoint){ event->x, event->y });
    return result_of (EMEND_TOOL_ACTION_OPEN, index, idle_cursor (tool, context));
  case EMEND_POINTER_LEAVE:
  default:
    index = tool->hover;
    tool->hover = -1;
    return result_of (index >= 0 ? EMEND_TOOL_ACTION_HOVER : EMEND_TOOL_ACTION_NONE, -1, "default");
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

/* Moves the selected mark, or its right and lower edge. */
static EmendToolResult
nudge (EmendTool *tool,
       const EmendToolContext *context,
       EmendPoint by,
       gboolean resize)
{
  const EmendOverlayMark *mark = get_mark (context, context->selected);
  EmendRect box;

  if (mark == NULL || !(resize ? can_resize (context, mark) : can_move (context, mark)))
    return result_of (EMEND_TOOL_ACTION_NONE, context->selected, idle_cursor (tool, context));
  box = mark->shape.box;
  if (resize) {
    box.width = nudged_size (box.x, box.width, by.x, context->viewport->page_width);
    box.height = nudged_size (box.y, box.height, by.y, context->viewport->page_height);
  } else {
    box = moved_box (&box, context->viewport, by.x, by.y);
  }
  if (emend_rect_equal (&box, &mark->shape.box))
    return result_of (EMEND_TOOL_ACTION_NONE, context->selected, idle_cursor (tool, context));
  emend_shape_clear (&tool->shape);
  emend_shape_copy (&mark->shape, &tool->shape);
  emend_shape_set_box (&tool->shape, &box);
  tool->index = context->selected;
  return result_with_shape (tool, EMEND_TOOL_ACTION_COMMIT_SHAPE, idle_cursor (tool, context));
}

/**
 * emend_tool_key:
 * @tool: a tool
 * @context: how things are now
 * @key: what was pressed
 * @modifiers: with what
 *
 * Returns: what to do about it; NONE when the key was of no use here.
 */
EmendToolResult
emend_tool_key (EmendTool *tool,
                const EmendToolContext *context,
                EmendToolKey key,
                EmendModifiers modifiers)
{
  double step = modifiers & EMEND_MODIFIER_SHIFT ? 10 : 1;
  gboolean resize = (modifiers & EMEND_MODIFIER_CONTROL) != 0;
  EmendPoint by = { 0, 0 };

  if (key == EMEND_TOOL_KEY_ESCAPE) {
    gboolean busy = tool->state != STATE_IDLE;

    emend_tool_cancel (tool);
    if (busy)
      return result_of (EMEND_TOOL_ACTION_CANCEL, -1, idle_cursor (tool, context));
    return result_of (context->selected >= 0 ? EMEND_TOOL_ACTION_SELECT : EMEND_TOOL_ACTION_NONE, -1,
                      idle_cursor (tool, context));
  }
  if (tool->state != STATE_IDLE)
    return result_of (EMEND_TOOL_ACTION_NONE, context->selected, idle_cursor (tool, context));
  if (key == EMEND_TOOL_KEY_LEFT || key == EMEND_TOOL_KEY_RIGHT)
    by.x = key == EMEND_TOOL_KEY_LEFT ? -step : step;
  else
    by.y = key == EMEND_TOOL_KEY_UP ? -step : step;
  return nudge (tool, context, by, resize);
}
