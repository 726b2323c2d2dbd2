#pragma once

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
 *
 * With all of them Space+drag and the middle button move the page and Escape gives up.
 */
typedef enum {
  EMEND_TOOL_SELECT,
  EMEND_TOOL_BOX,
  EMEND_TOOL_ELLIPSE,
  EMEND_TOOL_PAN,
} EmendToolKind;

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
} EmendToolKey;

/**
 * EmendToolContext:
 * @viewport: how the page is shown; has the page's size
 * @overlay: (nullable): what is on the page
 * @filter: which marks are shown
 * @selected: number of the selected mark, or -1
 * @label: number of the label for new things, or -1: nothing can be drawn
 * @read_only: nothing can be drawn, moved or resized
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
 */
typedef struct {
  EmendToolAction action;
  int index;
  const EmendShape *shape;
  EmendRect rect;
  double dx;
  double dy;
  const char *cursor;
} EmendToolResult;

typedef struct _EmendTool EmendTool;

EmendTool *emend_tool_new (EmendToolKind kind);
void emend_tool_free (EmendTool *tool);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EmendTool, emend_tool_free)
EmendToolKind emend_tool_get_kind (const EmendTool *tool);
/* Whether a drag is under way: Escape belongs to the tool then. */
gboolean emend_tool_is_busy (const EmendTool *tool);
EmendToolResult emend_tool_pointer (EmendTool *tool,
                                    const EmendToolContext *context,
                                    const EmendPointerEvent *event);
/* Arrows move the selected mark by 1 image pixel, with Shift by 10, with Control they move its right
 * and lower edge instead; each is a commit of its own. NONE: not used, give the key to others. */
EmendToolResult emend_tool_key (EmendTool *tool,
                                const EmendToolContext *context,
                                EmendToolKey key,
                                EmendModifiers modifiers);
/* Gives up what is under way, without a result: for example when the page changes. */
void emend_tool_cancel (EmendTool *tool);

G_END_DECLS
