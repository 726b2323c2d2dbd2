#pragma once

#include "emend-table-grid.h"
#include "emend-tool.h"

G_BEGIN_DECLS

/**
 * EmendTableToolAction:
 * @EMEND_TABLE_TOOL_PASS: not for this tool, give it to others
 * @EMEND_TABLE_TOOL_NONE: nothing to do but to set the cursor
 * @EMEND_TABLE_TOOL_REDRAW: what it shows is other than before
 * @EMEND_TABLE_TOOL_TAKE: the table is right as it is shown
 * @EMEND_TABLE_TOOL_LEAVE: given up
 */
typedef enum {
  EMEND_TABLE_TOOL_PASS,
  EMEND_TABLE_TOOL_NONE,
  EMEND_TABLE_TOOL_REDRAW,
  EMEND_TABLE_TOOL_TAKE,
  EMEND_TABLE_TOOL_LEAVE,
} EmendTableToolAction;

typedef enum {
  EMEND_TABLE_KEY_LEFT,
  EMEND_TABLE_KEY_RIGHT,
  EMEND_TABLE_KEY_UP,
  EMEND_TABLE_KEY_DOWN,
  EMEND_TABLE_KEY_NEXT,
  EMEND_TABLE_KEY_PREVIOUS,
  EMEND_TABLE_KEY_INSERT,
  EMEND_TABLE_KEY_DELETE,
  EMEND_TABLE_KEY_ENTER,
  EMEND_TABLE_KEY_ESCAPE,
} EmendTableKey;

/* What the labels of columns take above the table, in logical pixels. */
#define EMEND_TABLE_TOOL_LABEL_HEIGHT 24.0

/**
 * EmendTableTool:
 *
 * Draws the columns of a table over a page: a drag from corner to corner gives its place, and the lines between its
 * columns are proposed from the white between the words. A drag moves a line or an edge, a press between them makes a
 * new line, a line that is dragged out of the table is gone. Main thread.
 */
typedef struct _EmendTableTool EmendTableTool;

EmendTableTool *emend_table_tool_new (EmendWords *words,
                                      const EmendField *table);
void emend_table_tool_free (EmendTableTool *tool);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EmendTableTool, emend_table_tool_free)
void emend_table_tool_set_rect (EmendTableTool *tool,
                                const EmendRect *rect);
void emend_table_tool_set_grid (EmendTableTool *tool,
                                const EmendTableGrid *grid);
const EmendField *emend_table_tool_get_field (const EmendTableTool *tool);
const EmendTableGrid *emend_table_tool_get_grid (const EmendTableTool *tool);
gboolean emend_table_tool_get_band (const EmendTableTool *tool,
                                    EmendRect *band);
guint emend_table_tool_get_selected (const EmendTableTool *tool);
guint emend_table_tool_get_column (const EmendTableTool *tool);
void emend_table_tool_choose (EmendTableTool *tool,
                              int column);
/* @cursor gets the name of the CSS cursor to show; static. */
EmendTableToolAction emend_table_tool_pointer (EmendTableTool *tool,
                                               const EmendViewport *viewport,
                                               const EmendPointerEvent *event,
                                               const char **cursor);
/* Left and right move the selected line or edge, with Shift further; NEXT and PREVIOUS select another one, INSERT makes
 * a new one in its column, DELETE removes it; up and down take a line of text less or more at the lower edge, with
 * Shift at the upper one. Where no table is drawn yet, INSERT and the arrows begin with all that is on the page. */
EmendTableToolAction emend_table_tool_key (EmendTableTool *tool,
                                           EmendTableKey key,
                                           EmendModifiers modifiers);
gboolean emend_table_tool_cancel_drag (EmendTableTool *tool);

G_END_DECLS
