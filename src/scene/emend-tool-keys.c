#define G_LOG_DOMAIN "emend-scene"

#include "config.h"

#include "emend-tool-private.h"
#include "emend-tool-reshape.h"

static EmendToolResult
not_used (const EmendTool *tool,
          const EmendToolContext *context)
{
  return emend_tool_result (EMEND_TOOL_ACTION_NONE, context->selected, emend_tool_get_idle_cursor (tool, context));
}

/* The selected mark has become @changed, which is taken. */
static EmendToolResult
commit (EmendTool *tool,
        const EmendToolContext *context,
        EmendShape *changed,
        gboolean is_step)
{
  EmendToolResult result;

  emend_shape_clear (&tool->shape);
  tool->shape = *changed;
  tool->index = context->selected;
  result = emend_tool_result_with_shape (tool, EMEND_TOOL_ACTION_COMMIT_SHAPE,
                                         emend_tool_get_idle_cursor (tool, context));
  result.is_step = is_step;
  return result;
}

static EmendToolResult
commit_if_changed (EmendTool *tool,
                   const EmendToolContext *context,
                   EmendShape *changed)
{
  const EmendOverlayMark *mark = emend_tool_get_mark (context, context->selected);

  if (!emend_shape_equal (changed, &mark->shape))
    return commit (tool, context, changed, TRUE);
  emend_shape_clear (changed);
  return not_used (tool, context);
}

/* Moves the selected mark or its active corner, or its right and lower edge. */
static EmendToolResult
nudge (EmendTool *tool,
       const EmendToolContext *context,
       EmendPoint by,
       gboolean resize)
{
  const EmendOverlayMark *mark = emend_tool_get_mark (context, context->selected);
  EmendShape changed = { 0 };
  EmendGrip active;

  if (mark == NULL || !(resize ? emend_tool_can_resize (context, mark) : emend_tool_can_move (context, mark)))
    return not_used (tool, context);
  if (resize)
    emend_reshape_grow (&mark->shape, context->viewport, by.x, by.y, &changed);
  else if (emend_tool_get_active (tool, context, &active))
    emend_reshape_move_vertex (&mark->shape, context->viewport, active.ring, active.vertex, by, &changed);
  else
    emend_reshape_move (&mark->shape, context->viewport, by.x, by.y, &changed);
  return commit_if_changed (tool, context, &changed);
}

static EmendToolResult
turn (EmendTool *tool,
      const EmendToolContext *context,
      double degrees)
{
  const EmendOverlayMark *mark = emend_tool_get_mark (context, context->selected);
  EmendShape changed = { 0 };

  if (mark == NULL || mark->shape.kind != EMEND_SHAPE_ROTATED_BOX || !emend_tool_can_resize (context, mark))
    return not_used (tool, context);
  emend_reshape_turn (&mark->shape, emend_shape_get_rotation (&mark->shape) + degrees, &changed);
  return commit_if_changed (tool, context, &changed);
}

/* (nullable): the selected mark, when it has corners that can be changed. */
static const EmendOverlayMark *
get_cornered (const EmendToolContext *context)
{
  const EmendOverlayMark *mark = emend_tool_get_mark (context, context->selected);

  if (mark == NULL || !emend_tool_can_resize (context, mark) || emend_shape_get_n_rings (&mark->shape) == 0)
    return NULL;
  return mark;
}

static guint
count_vertices (const EmendShape *shape)
{
  gsize n = 0;

  for (gsize ring = 0; ring < emend_shape_get_n_rings (shape); ring++) {
    gsize n_points;

    emend_shape_get_ring (shape, ring, &n_points);
    n += n_points;
  }
  return (guint) n;
}

/* The number of a corner when all rings are counted through, and back. */
static guint
to_number (const EmendShape *shape,
           EmendGrip grip)
{
  gsize n = grip.vertex;

  for (gsize ring = 0; ring < grip.ring; ring++) {
    gsize n_points;

    emend_shape_get_ring (shape, ring, &n_points);
    n += n_points;
  }
  return (guint) n;
}

static EmendGrip
from_number (const EmendShape *shape,
             guint number)
{
  EmendGrip grip = { EMEND_HANDLE_VERTEX, 0, number };

  for (;;) {
    gsize n_points;

    emend_shape_get_ring (shape, grip.ring, &n_points);
    if (grip.vertex < n_points || grip.ring + 1 >= emend_shape_get_n_rings (shape))
      return grip;
    grip.vertex -= (guint) n_points;
    grip.ring++;
  }
}

static EmendToolResult
step_vertex (EmendTool *tool,
             const EmendToolContext *context,
             gboolean forward)
{
  const EmendOverlayMark *mark = get_cornered (context);
  EmendGrip active;
  guint n = mark != NULL ? count_vertices (&mark->shape) : 0;
  guint number;

  if (n == 0)
    return not_used (tool, context);
  if (emend_tool_get_active (tool, context, &active))
    number = (to_number (&mark->shape, active) + (forward ? 1 : n - 1)) % n;
  else
    number = forward ? 0 : n - 1;
  tool->active_mark = context->selected;
  tool->active = from_number (&mark->shape, number);
  return emend_tool_result (EMEND_TOOL_ACTION_REDRAW, context->selected, emend_tool_get_idle_cursor (tool, context));
}

/**
 * emend_tool_remove_vertex:
 * @tool: a tool
 * @context: how things are now
 * @grip: a corner of the selected mark
 *
 * Returns: what to do about it.
 */
EmendToolResult
emend_tool_remove_vertex (EmendTool *tool,
                          const EmendToolContext *context,
                          EmendGrip grip)
{
  const EmendOverlayMark *mark = emend_tool_get_mark (context, context->selected);
  EmendShape changed = { 0 };
  gsize n_points;

  emend_shape_get_ring (&mark->shape, grip.ring, &n_points);
  if (!emend_reshape_remove_vertex (&mark->shape, grip.ring, grip.vertex, &changed))
    return emend_tool_result (EMEND_TOOL_ACTION_TOO_FEW, context->selected,
                              emend_tool_get_idle_cursor (tool, context));
  /* The one before it has the keys now. */
  if (tool->active_mark >= 0)
    tool->active = (EmendGrip){ EMEND_HANDLE_VERTEX, grip.ring, grip.vertex > 0 ? grip.vertex - 1 : 0 };
  return commit (tool, context, &changed, FALSE);
}

static EmendToolResult
insert_vertex (EmendTool *tool,
               const EmendToolContext *context)
{
  const EmendOverlayMark *mark = get_cornered (context);
  EmendShape changed = { 0 };
  EmendGrip active;

  if (mark == NULL || !emend_tool_get_active (tool, context, &active))
    return not_used (tool, context);
  active.vertex = emend_reshape_insert_vertex (&mark->shape, active.ring, active.vertex, &changed);
  tool->active = active;
  return commit (tool, context, &changed, FALSE);
}

static EmendToolResult
escape (EmendTool *tool,
        const EmendToolContext *context)
{
  gboolean busy = tool->state != EMEND_TOOL_STATE_IDLE;
  EmendGrip active;

  if (tool->placed->len > 0)
    return emend_tool_sketch_step_back (tool, context, tool->kind != EMEND_TOOL_ROTATED_BOX);
  if (!busy && emend_tool_get_active (tool, context, &active)) {
    tool->active_mark = -1;
    return emend_tool_result (EMEND_TOOL_ACTION_REDRAW, context->selected, emend_tool_get_idle_cursor (tool, context));
  }
  emend_tool_cancel (tool);
  if (busy)
    return emend_tool_result (EMEND_TOOL_ACTION_CANCEL, -1, emend_tool_get_idle_cursor (tool, context));
  return emend_tool_result (context->selected >= 0 ? EMEND_TOOL_ACTION_SELECT : EMEND_TOOL_ACTION_NONE, -1,
                            emend_tool_get_idle_cursor (tool, context));
}

static EmendToolResult
arrow (EmendTool *tool,
       const EmendToolContext *context,
       EmendToolKey key,
       EmendModifiers modifiers)
{
  double step = modifiers & EMEND_MODIFIER_SHIFT ? 10 : 1;
  gboolean sideways = key == EMEND_TOOL_KEY_LEFT || key == EMEND_TOOL_KEY_RIGHT;
  gboolean back = key == EMEND_TOOL_KEY_LEFT || key == EMEND_TOOL_KEY_UP;
  EmendPoint by = { sideways ? (back ? -step : step) : 0, sideways ? 0 : (back ? -step : step) };

  if ((modifiers & EMEND_MODIFIER_ALT) == 0)
    return nudge (tool, context, by, (modifiers & EMEND_MODIFIER_CONTROL) != 0);
  return sideways ? turn (tool, context, by.x) : not_used (tool, context);
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
  gboolean sketching = tool->placed->len > 0;
  EmendGrip active;

  if (key == EMEND_TOOL_KEY_ESCAPE)
    return escape (tool, context);
  if (tool->state != EMEND_TOOL_STATE_IDLE)
    return not_used (tool, context);
  switch (key) {
  case EMEND_TOOL_KEY_LEFT:
  case EMEND_TOOL_KEY_RIGHT:
  case EMEND_TOOL_KEY_UP:
  case EMEND_TOOL_KEY_DOWN:
    return sketching ? not_used (tool, context) : arrow (tool, context, key, modifiers);
  case EMEND_TOOL_KEY_ENTER:
    return sketching ? emend_tool_sketch_finish (tool, context) : not_used (tool, context);
  case EMEND_TOOL_KEY_BACKSPACE:
  case EMEND_TOOL_KEY_DELETE:
    if (sketching)
      return emend_tool_sketch_step_back (tool, context, FALSE);
    if (get_cornered (context) == NULL || !emend_tool_get_active (tool, context, &active))
      return not_used (tool, context);
    return emend_tool_remove_vertex (tool, context, active);
  case EMEND_TOOL_KEY_INSERT:
    return sketching ? not_used (tool, context) : insert_vertex (tool, context);
  case EMEND_TOOL_KEY_NEXT_VERTEX:
  case EMEND_TOOL_KEY_PREVIOUS_VERTEX:
    return sketching ? not_used (tool, context) : step_vertex (tool, context, key == EMEND_TOOL_KEY_NEXT_VERTEX);
  case EMEND_TOOL_KEY_ESCAPE:
  default:
    return not_used (tool, context);
  }
}
