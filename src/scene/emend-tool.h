#pragma once

#include "emend-handles.h"
#include "emend-overlay.h"
#include "emend-viewport.h"

G_BEGIN_DECLS

/**
 * EmendToolKind:
 * @EMEND_TOOL_SELECT: click selects the smallest thing under the pointer, Alt+click the next below;
 *   a drag of a corner or edge of the selected one resizes it, of its inside moves it, on empty
 *   canvas draws a new box
 * @EMEND_TOOL_BOX: every drag draws a new box, also above others
 * @EMEND_TOOL_ELLIPSE: every drag draws a new ellipse
 * @EMEND_TOOL_PAN: every drag moves the page
 * @EMEND_TOOL_ROTATED_BOX: a drag, or two clicks, draws one side; a click beside it gives the width
 * @EMEND_TOOL_POLYGON: each click places a corner, a drag places them all along; a click on the first one,
 *   a double click or Enter closes it
 * @EMEND_TOOL_POLYLINE: the same for an open line; a double click or Enter ends it
 * @EMEND_TOOL_POINT: a click places a point
 *
 * With all of them Space+drag and the middle button move the page and Escape gives up.
 */
typedef enum {
  EMEND_TOOL_SELECT,
  EMEND_TOOL_BOX,
  EMEND_TOOL_ELLIPSE,
  EMEND_TOOL_PAN,
  EMEND_TOOL_ROTATED_BOX,
  EMEND_TOOL_POLYGON,
  EMEND_TOOL_POLYLINE,
  EMEND_TOOL_POINT,
} EmendToolKind;

#define EMEND_N_TOOL_KINDS 8

typedef enum {
  EMEND_POINTER_PRESS,
  EMEND_POINTER_MOTION,
  EMEND_POINTER_RELEASE,
  EMEND_POINTER_LEAVE,
  EMEND_POINTER_DOUBLE, /* the second press of a double click, instead of a press */
} EmendPointerKind;

typedef enum {
  EMEND_MODIFIER_NONE = 0,
  EMEND_MODIFIER_SHIFT = 1 << 0,
  EMEND_MODIFIER_CONTROL = 1 << 1,
  EMEND_MODIFIER_ALT = 1 << 2,
  EMEND_MODIFIER_SPACE = 1 << 3, /* the space bar is held */
} EmendModifiers;

/**
 * EmendPointerEvent:
 * @kind: what happened
 * @x: logical pixels from the left of the view
 * @y: logical pixels from its top
 * @button: 1 left, 2 middle, 3 right; 0 for a motion
 * @modifiers: keys that are held
 * @time_ms: any clock in milliseconds
 */
typedef struct {
  EmendPointerKind kind;
  double x;
  double y;
  int button;
  EmendModifiers modifiers;
  gint64 time_ms;
} EmendPointerEvent;

typedef enum {
  EMEND_TOOL_KEY_LEFT,
  EMEND_TOOL_KEY_RIGHT,
  EMEND_TOOL_KEY_UP,
  EMEND_TOOL_KEY_DOWN,
  EMEND_TOOL_KEY_ESCAPE,
  EMEND_TOOL_KEY_ENTER,
  EMEND_TOOL_KEY_BACKSPACE,
  EMEND_TOOL_KEY_DELETE,
  EMEND_TOOL_KEY_INSERT,
  EMEND_TOOL_KEY_NEXT_VERTEX,
  EMEND_TOOL_KEY_PREVIOUS_VERTEX,
} EmendToolKey;

#define EMEND_N_TOOL_KEYS 11

/**
 * EmendToolContext:
 * @viewport: how the page is shown; has the page's size
 * @overlay: (nullable): what is on the page
 * @filter: which marks are shown
 * @selected: number of the selected mark, or -1
 * @label: number of the label for new things, or -1: nothing can be drawn
 * @read_only: nothing can be drawn, moved or resized
 * @shapes: which shapes a new thing may have, bit n for #EmendShapeKind n
 *
 * What a tool must know; given with every event, nothing of it is kept.
 */
typedef struct {
  const EmendViewport *viewport;
  EmendOverlay *overlay;
  EmendOverlayFilter filter;
  int selected;
  int label;
  gboolean read_only;
  guint shapes;
} EmendToolContext;

/**
 * EmendToolAction:
 * @EMEND_TOOL_ACTION_NONE: nothing to do but to set the cursor
 * @EMEND_TOOL_ACTION_HOVER: the pointer is over index now (-1: over none); only when that changes
 * @EMEND_TOOL_ACTION_SELECT: select index (-1: none)
 * @EMEND_TOOL_ACTION_CYCLE_BELOW: select index, which lies below the one selected before
 * @EMEND_TOOL_ACTION_OPEN: double click on index (-1: beside everything)
 * @EMEND_TOOL_ACTION_PREVIEW: draw shape instead of mark index (-1: of a new one); nothing is changed
 *   yet
 * @EMEND_TOOL_ACTION_COMMIT_SHAPE: mark index has this shape now
 * @EMEND_TOOL_ACTION_COMMIT_NEW: a new thing with this shape and the current label
 * @EMEND_TOOL_ACTION_CANCEL: given up; take away the preview
 * @EMEND_TOOL_ACTION_PAN: move the page by dx, dy (emend_viewport_pan())
 * @EMEND_TOOL_ACTION_REDRAW: what the tool itself shows changed: see emend_tool_get_active()
 * @EMEND_TOOL_ACTION_TOO_FEW: refused: a polygon or line would have too few points
 */
typedef enum {
  EMEND_TOOL_ACTION_NONE,
  EMEND_TOOL_ACTION_HOVER,
  EMEND_TOOL_ACTION_SELECT,
  EMEND_TOOL_ACTION_CYCLE_BELOW,
  EMEND_TOOL_ACTION_OPEN,
  EMEND_TOOL_ACTION_PREVIEW,
  EMEND_TOOL_ACTION_COMMIT_SHAPE,
  EMEND_TOOL_ACTION_COMMIT_NEW,
  EMEND_TOOL_ACTION_CANCEL,
  EMEND_TOOL_ACTION_PAN,
  EMEND_TOOL_ACTION_REDRAW,
  EMEND_TOOL_ACTION_TOO_FEW,
} EmendToolAction;

/**
 * EmendToolResult:
 * @action: what to do
 * @index: number of the mark it is about, or -1
 * @shape: (nullable): for previews and commits, in image pixels; owned by the tool and valid until
 *   its next event: copy it with emend_shape_copy()
 * @rect: bounds of @shape in image pixels
 * @dx: logical pixels to pan
 * @dy: logical pixels to pan
 * @cursor: name of the CSS cursor to show; static
 * @is_step: a small step: those that follow soon are one change together with it
 */
typedef struct {
  EmendToolAction action;
  int index;
  const EmendShape *shape;
  EmendRect rect;
  double dx;
  double dy;
  const char *cursor;
  gboolean is_step;
} EmendToolResult;

/**
 * EmendToolSketch:
 * @kind: what it becomes
 * @points: (array length=n_points): in image pixels; what is placed so far. Of a rotated box the ends of
 *   one side. Owned by the tool, valid until its next event
 * @n_points: how many
 * @at: in image pixels: where the pointer is
 * @closing: a click here closes the polygon
 *
 * What is drawn by one click after another.
 */
typedef struct {
  EmendShapeKind kind;
  const EmendPoint *points;
  gsize n_points;
  EmendPoint at;
  gboolean closing;
} EmendToolSketch;

typedef struct _EmendTool EmendTool;

EmendTool *emend_tool_new (EmendToolKind kind);
void emend_tool_free (EmendTool *tool);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EmendTool, emend_tool_free)
EmendToolKind emend_tool_get_kind (const EmendTool *tool);
EmendShapeKind emend_tool_kind_get_shape (EmendToolKind kind);
/* Whether a drag is under way or something is begun: Escape belongs to the tool then. */
gboolean emend_tool_is_busy (const EmendTool *tool);
gboolean emend_tool_get_sketch (const EmendTool *tool,
                                EmendToolSketch *sketch);
/* The corner of the selected mark that has the arrow keys. */
gboolean emend_tool_get_active (const EmendTool *tool,
                                const EmendToolContext *context,
                                EmendGrip *grip);
EmendToolResult emend_tool_pointer (EmendTool *tool,
                                    const EmendToolContext *context,
                                    const EmendPointerEvent *event);
/* Arrows move the selected mark, or its active corner, by 1 image pixel, with Shift by 10; with Control they
 * move its right and lower edge instead; with Alt left and right turn a rotated box by 1 or 10 degrees. Each
 * is a commit of its own. NEXT_VERTEX makes the next corner of a polygon active, INSERT makes a new one after
 * it, DELETE removes it. NONE: not used, give the key to others. */
EmendToolResult emend_tool_key (EmendTool *tool,
                                const EmendToolContext *context,
                                EmendToolKey key,
                                EmendModifiers modifiers);
/* The button is no longer ours: gives up the drag, not what was placed by clicks before. */
void emend_tool_end_drag (EmendTool *tool);
/* Gives up what is under way, without a result: for example when the page changes. */
void emend_tool_cancel (EmendTool *tool);

G_END_DECLS
