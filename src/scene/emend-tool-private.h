#pragma once

#include "emend-handles.h"
#include "emend-tool.h"

G_BEGIN_DECLS

/* Logical pixels that a press may move and still be a click. */
#define EMEND_TOOL_DRAG_START 3.0
/* Logical pixels: a new thing smaller than this was no intention. */
#define EMEND_TOOL_SMALLEST_NEW 4.0

typedef enum {
  EMEND_TOOL_STATE_IDLE,
  EMEND_TOOL_STATE_PRESSED, /* a drag may follow */
  EMEND_TOOL_STATE_DRAG,
} EmendToolState;

typedef enum {
  EMEND_TOOL_INTENT_NOTHING,
  EMEND_TOOL_INTENT_PAN,
  EMEND_TOOL_INTENT_NEW,    /* by one drag */
  EMEND_TOOL_INTENT_SKETCH, /* by one click after another */
  EMEND_TOOL_INTENT_CHANGE, /* move, resize, turn */
} EmendToolIntent;

struct _EmendTool {
  EmendToolKind kind;
  EmendToolState state;
  EmendToolIntent intent;
  EmendGrip grip;
  int index;            /* of the mark that is changed, or -1 */
  gboolean click_picks; /* a click without a drag selects what is under it */
  EmendPoint start;     /* view */
  EmendPoint last;      /* view */
  EmendPoint anchor;    /* image: where the drag began */
  EmendShape original;
  EmendShape shape; /* the preview */
  int hover;

  GArray *placed;   /* (element-type EmendPoint): image: what a sketch has so far */
  EmendPoint at;    /* image: where the next one would go */
  guint n_at_press; /* how many were placed before the button went down */
  gboolean closing; /* a click here closes the ring */
  int active_mark;  /* whose corner has the keys, or -1 */
  EmendGrip active; /* that corner */
};

/* emend-tool.c */
EmendToolResult emend_tool_result (EmendToolAction action,
                                   int index,
                                   const char *cursor);
EmendToolResult emend_tool_result_with_shape (EmendTool *tool,
                                              EmendToolAction action,
                                              const char *cursor);
const char *emend_tool_get_idle_cursor (const EmendTool *tool,
                                        const EmendToolContext *context);
gboolean emend_tool_can_draw (const EmendTool *tool,
                              const EmendToolContext *context);
const EmendOverlayMark *emend_tool_get_mark (const EmendToolContext *context,
                                             int index);
gboolean emend_tool_can_move (const EmendToolContext *context,
                              const EmendOverlayMark *mark);
gboolean emend_tool_can_resize (const EmendToolContext *context,
                                const EmendOverlayMark *mark);

/* emend-tool-sketch.c */
gboolean emend_tool_is_sketching_kind (EmendToolKind kind);
EmendToolResult emend_tool_sketch_press (EmendTool *tool,
                                         const EmendToolContext *context,
                                         const EmendPointerEvent *event);
EmendToolResult emend_tool_sketch_motion (EmendTool *tool,
                                          const EmendToolContext *context,
                                          const EmendPointerEvent *event);
EmendToolResult emend_tool_sketch_release (EmendTool *tool,
                                           const EmendToolContext *context,
                                           const EmendPointerEvent *event);
EmendToolResult emend_tool_sketch_finish (EmendTool *tool,
                                          const EmendToolContext *context);
EmendToolResult emend_tool_sketch_step_back (EmendTool *tool,
                                             const EmendToolContext *context,
                                             gboolean whole);

/* emend-tool-keys.c */
EmendToolResult emend_tool_remove_vertex (EmendTool *tool,
                                          const EmendToolContext *context,
                                          EmendGrip grip);

G_END_DECLS
