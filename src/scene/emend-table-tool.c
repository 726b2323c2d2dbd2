#define G_LOG_DOMAIN "emend-scene"

#include "config.h"

#include "emend-table-tool.h"

#include <math.h>

/* So far from a line the pointer still has it, in logical pixels. */
#define REACH 6.0
/* So far beside the table a line is out of it, in logical pixels. */
#define OUT 20.0
/* A smaller drag draws no table, in logical pixels. */
#define LEAST 12.0
/* Arrow keys move a line by this part of the height of a word, with Shift by one height. */
#define STEP 0.25

typedef enum {
  DRAG_NOTHING,
  DRAG_BAND,
  DRAG_LINE, /* or the left or right edge */
  DRAG_TOP,
  DRAG_BOTTOM,
} Drag;

/* What a drag can be given up to. */
typedef struct {
  EmendRect rect;
  GArray *lines;
  GArray *chosen;
} State;

struct _EmendTableTool {
  EmendWords *words;
  EmendField *table;
  EmendRect rect;
  GArray *lines;        /* (element-type double): level, without the edges */
  GArray *chosen;       /* (element-type int): for each column */
  EmendTableGrid *grid; /* (nullable): while nothing is drawn yet */
  guint selected;       /* 0 for the left edge, then the lines, then the right edge */
  guint column;
  Drag drag;
  EmendPoint from; /* in page pixels */
  EmendPoint to;
  gboolean is_out; /* the line that is dragged is out of the table */
  State before;
};

static GArray *
copy_or_new (const GArray *array,
             guint size)
{
  return array != NULL ? g_array_copy ((GArray *) array) : g_array_new (FALSE, FALSE, size);
}

/**
 * emend_table_tool_new:
 * @words: of the page that is shown
 * @table: a field of the type table, with columns
 *
 * Returns: (transfer full): a tool with nothing drawn yet
 */
EmendTableTool *
emend_table_tool_new (EmendWords *words,
                      const EmendField *table)
{
  EmendTableTool *tool = g_new0 (EmendTableTool, 1);

  tool->words = emend_words_ref (words);
  tool->table = emend_field_copy (table);
  tool->lines = copy_or_new (NULL, sizeof (double));
  tool->chosen = copy_or_new (NULL, sizeof (int));
  return tool;
}

static void
clear_state (State *state)
{
  g_clear_pointer (&state->lines, g_array_unref);
  g_clear_pointer (&state->chosen, g_array_unref);
}

/**
 * emend_table_tool_free:
 * @tool: (transfer full) (nullable): a tool
 */
void
emend_table_tool_free (EmendTableTool *tool)
{
  if (tool == NULL)
    return;
  emend_words_unref (tool->words);
  emend_field_free (tool->table);
  g_array_unref (tool->lines);
  g_array_unref (tool->chosen);
  clear_state (&tool->before);
  g_clear_pointer (&tool->grid, emend_table_grid_free);
  g_free (tool);
}

static void
select_line (EmendTableTool *tool,
             guint line)
{
  tool->selected = MIN (line, tool->lines->len + 1);
  tool->column = MIN (tool->selected, tool->lines->len);
}

static void
update (EmendTableTool *tool)
{
  g_clear_pointer (&tool->grid, emend_table_grid_free);
  tool->grid = emend_table_grid_new (tool->words, &tool->rect, tool->table, tool->lines, tool->chosen);
}

static void
take_lines (EmendTableTool *tool,
            const EmendTableGrid *grid,
            gboolean with_columns)
{
  g_array_set_size (tool->lines, 0);
  g_array_set_size (tool->chosen, 0);
  for (guint i = 0; i < grid->columns->len; i++) {
    const EmendTableColumn *column = &g_array_index (grid->columns, EmendTableColumn, i);
    int chosen = with_columns ? column->column : EMEND_TABLE_OPEN;

    g_array_append_val (tool->chosen, chosen);
    if (i + 1 < grid->columns->len)
      g_array_append_val (tool->lines, column->right);
  }
}

/**
 * emend_table_tool_set_rect:
 * @tool: a tool
 * @rect: of a table, in page pixels
 *
 * Shows a table there, with lines from the white between its words.
 */
void
emend_table_tool_set_rect (EmendTableTool *tool,
                           const EmendRect *rect)
{
  g_autoptr (EmendTableGrid) found = emend_table_grid_new (tool->words, rect, tool->table, NULL, NULL);

  tool->rect = *rect;
  take_lines (tool, found, FALSE);
  update (tool);
  select_line (tool, 1);
}

/**
 * emend_table_tool_set_grid:
 * @tool: a tool
 * @grid: of the same words and field
 *
 * Shows this table; what its columns are is as if a person had said it.
 */
void
emend_table_tool_set_grid (EmendTableTool *tool,
                           const EmendTableGrid *grid)
{
  tool->rect = grid->rect;
  take_lines (tool, grid, TRUE);
  update (tool);
  select_line (tool, 1);
}

/**
 * emend_table_tool_get_field:
 * @tool: a tool
 *
 * Returns: (transfer none): whose columns they are
 */
const EmendField *
emend_table_tool_get_field (const EmendTableTool *tool)
{
  return tool->table;
}

/**
 * emend_table_tool_get_grid:
 * @tool: a tool
 *
 * Returns: (transfer none) (nullable): the table as it is drawn; valid until something changes
 */
const EmendTableGrid *
emend_table_tool_get_grid (const EmendTableTool *tool)
{
  return tool->grid;
}

/**
 * emend_table_tool_get_band:
 * @tool: a tool
 * @band: (out): in page pixels
 *
 * Returns: whether the place of a table is being drawn
 */
gboolean
emend_table_tool_get_band (const EmendTableTool *tool,
                           EmendRect *band)
{
  *band = emend_rect_from_corners (tool->from, tool->to);
  return tool->drag == DRAG_BAND;
}

/**
 * emend_table_tool_get_selected:
 * @tool: a tool
 *
 * Returns: which line has the keys: 0 for the left edge, then the lines between columns, then the right edge
 */
guint
emend_table_tool_get_selected (const EmendTableTool *tool)
{
  return tool->selected;
}

/**
 * emend_table_tool_get_column:
 * @tool: a tool
 *
 * Returns: number of the column of the grid that emend_table_tool_choose() is about
 */
guint
emend_table_tool_get_column (const EmendTableTool *tool)
{
  return MIN (tool->column, tool->lines->len);
}

/**
 * emend_table_tool_choose:
 * @tool: a tool
 * @column: number of a column of the field, or %EMEND_TABLE_NO_COLUMN
 *
 * Says what the current column is. Another column of which the same was said is open again.
 */
void
emend_table_tool_choose (EmendTableTool *tool,
                         int column)
{
  if (tool->grid == NULL || column < EMEND_TABLE_NO_COLUMN || column >= (int) tool->table->columns->len)
    return;
  for (guint i = 0; i < tool->chosen->len; i++) {
    int *chosen = &g_array_index (tool->chosen, int, i);

    if (i == tool->column)
      *chosen = column;
    else if (column >= 0 && *chosen == column)
      *chosen = EMEND_TABLE_OPEN;
  }
  update (tool);
}

static double
get_x (const EmendTableTool *tool,
       guint line)
{
  if (line == 0)
    return tool->rect.x;
  return line > tool->lines->len ? tool->rect.x + tool->rect.width : g_array_index (tool->lines, double, line - 1);
}

/* What is level is so about the middle of the table: as that moves, lines stay where they are on the page. */
static void
set_rect (EmendTableTool *tool,
          EmendRect rect)
{
  double slope = tool->grid->slope;
  double right = rect.x + rect.width / 2 - tool->rect.x - tool->rect.width / 2;
  double down = rect.y + rect.height / 2 - tool->rect.y - tool->rect.height / 2;

  for (guint i = 0; i < tool->lines->len; i++)
    g_array_index (tool->lines, double, i) -= slope * down;
  rect.x -= slope * down;
  rect.y += slope * right;
  tool->rect = rect;
}

/* A line stays between its neighbours. */
static void
move_line (EmendTableTool *tool,
           guint line,
           double x)
{
  double least = MAX (tool->grid->height / 2, 1);
  EmendRect rect = tool->rect;

  if (line > 0)
    x = MAX (x, get_x (tool, line - 1) + least);
  if (line <= tool->lines->len)
    x = MIN (x, get_x (tool, line + 1) - least);
  if (line > 0 && line <= tool->lines->len) {
    g_array_index (tool->lines, double, line - 1) = x;
    return;
  }
  if (line == 0) {
    rect.width += rect.x - x;
    rect.x = x;
  } else
    rect.width = x - rect.x;
  set_rect (tool, rect);
}

static guint
add_line (EmendTableTool *tool,
          double x)
{
  const int open = EMEND_TABLE_OPEN;
  guint at = 0;

  if (tool->lines->len >= EMEND_TABLE_MAX_LINES)
    return tool->selected;
  while (at < tool->lines->len && g_array_index (tool->lines, double, at) < x)
    at++;
  g_array_index (tool->chosen, int, at) = EMEND_TABLE_OPEN;
  g_array_insert_val (tool->lines, at, x);
  g_array_insert_val (tool->chosen, at, open);
  return at + 1;
}

/* Two columns become one: what a person said of either holds. */
static void
remove_line (EmendTableTool *tool,
             guint line)
{
  int right = g_array_index (tool->chosen, int, line);
  int *left = &g_array_index (tool->chosen, int, line - 1);

  if (*left < 0)
    *left = right;
  g_array_remove_index (tool->lines, line - 1);
  g_array_remove_index (tool->chosen, line);
}

static void
remember (EmendTableTool *tool)
{
  clear_state (&tool->before);
  tool->before.rect = tool->rect;
  tool->before.lines = g_array_copy (tool->lines);
  tool->before.chosen = g_array_copy (tool->chosen);
}

static void
restore (EmendTableTool *tool)
{
  tool->rect = tool->before.rect;
  g_array_unref (tool->lines);
  g_array_unref (tool->chosen);
  tool->lines = g_array_copy (tool->before.lines);
  tool->chosen = g_array_copy (tool->before.chosen);
}

/**
 * emend_table_tool_cancel_drag:
 * @tool: a tool
 *
 * Gives up what the pointer is doing.
 *
 * Returns: whether it was doing something
 */
gboolean
emend_table_tool_cancel_drag (EmendTableTool *tool)
{
  if (tool->drag == DRAG_NOTHING)
    return FALSE;
  if (tool->drag != DRAG_BAND) {
    restore (tool);
    update (tool);
    select_line (tool, tool->selected);
  }
  tool->drag = DRAG_NOTHING;
  return TRUE;
}

/* What is under the pointer. */
typedef struct {
  gboolean inside; /* of the table */
  gboolean label;  /* on the label of a column */
  Drag drag;       /* what a press would drag; DRAG_NOTHING between the lines */
  guint line;
} Hit;

static Hit
find_hit (const EmendTableTool *tool,
          EmendPoint level,
          double scale)
{
  double reach = REACH / scale;
  double bottom = tool->rect.y + tool->rect.height;
  gboolean beside = level.x < tool->rect.x - reach || level.x > tool->rect.x + tool->rect.width + reach;
  Hit hit = { emend_rect_contains (&tool->rect, level), FALSE, DRAG_BAND, 0 };
  double best = reach;

  hit.label = !beside && level.y < tool->rect.y - reach / 2 &&
              level.y >= tool->rect.y - EMEND_TABLE_TOOL_LABEL_HEIGHT / scale;
  if (beside || hit.label || level.y < tool->rect.y - reach || level.y > bottom + reach)
    return hit;
  hit.drag = DRAG_NOTHING;
  for (guint i = 0; i <= tool->lines->len + 1; i++) {
    double away = fabs (get_x (tool, i) - level.x);

    if (away > best)
      continue;
    best = away;
    hit.drag = DRAG_LINE;
    hit.line = i;
  }
  if (hit.drag == DRAG_NOTHING && fabs (level.y - tool->rect.y) <= reach)
    hit.drag = DRAG_TOP;
  if (hit.drag == DRAG_NOTHING && fabs (level.y - bottom) <= reach)
    hit.drag = DRAG_BOTTOM;
  return hit;
}

static guint
find_column (const EmendTableTool *tool,
             double x)
{
  guint i = 0;

  while (i < tool->lines->len && x >= g_array_index (tool->lines, double, i))
    i++;
  return i;
}

static EmendTableToolAction
press (EmendTableTool *tool,
       EmendPoint page,
       double scale)
{
  EmendPoint level = page; /* without a table the page is level enough */
  Hit hit = { .drag = DRAG_BAND };

  remember (tool);
  tool->from = tool->to = page;
  tool->is_out = FALSE;
  if (tool->grid != NULL) {
    level = emend_table_grid_to_level (tool->grid, page);
    hit = find_hit (tool, level, scale);
  }
  if (hit.label) {
    tool->column = find_column (tool, level.x);
    tool->selected = tool->column;
    return EMEND_TABLE_TOOL_REDRAW;
  }
  tool->drag = hit.drag;
  if (hit.drag == DRAG_NOTHING) {
    tool->drag = DRAG_LINE;
    hit.line = add_line (tool, level.x);
    update (tool);
  }
  if (tool->drag == DRAG_LINE)
    select_line (tool, hit.line);
  return EMEND_TABLE_TOOL_REDRAW;
}

/* A line that leaves the table is gone as long as it is out of it. */
static void
drag_line (EmendTableTool *tool,
           EmendPoint level,
           double scale)
{
  double out = OUT / scale;
  guint line = tool->selected;
  gboolean is_edge = line == 0 || line > tool->lines->len + (tool->is_out ? 1 : 0);
  gboolean is_out = !is_edge && (level.x < tool->rect.x - out || level.x > tool->rect.x + tool->rect.width + out ||
                                 level.y < tool->rect.y - 2 * out || level.y > tool->rect.y + tool->rect.height + out);

  if (is_out && !tool->is_out)
    remove_line (tool, line);
  else if (!is_out && tool->is_out)
    select_line (tool, add_line (tool, CLAMP (level.x, tool->rect.x, tool->rect.x + tool->rect.width)));
  tool->is_out = is_out;
  if (!is_out)
    move_line (tool, tool->selected, level.x);
}

static void
drag_edge (EmendTableTool *tool,
           double y)
{
  EmendRect rect = tool->rect;
  double bottom = rect.y + rect.height;

  if (tool->drag == DRAG_TOP) {
    rect.y = MIN (y, bottom - tool->grid->height);
    rect.height = bottom - rect.y;
  } else
    rect.height = MAX (y - rect.y, tool->grid->height);
  set_rect (tool, rect);
}

static void
move (EmendTableTool *tool,
      EmendPoint page,
      double scale)
{
  EmendPoint level;

  tool->to = page;
  if (tool->drag == DRAG_BAND)
    return;
  level = emend_table_grid_to_level (tool->grid, page);
  if (tool->drag == DRAG_LINE)
    drag_line (tool, level, scale);
  else
    drag_edge (tool, level.y);
  update (tool);
}

static void
release (EmendTableTool *tool,
         EmendPoint page,
         double scale)
{
  EmendRect band = emend_rect_from_corners (tool->from, page);
  Drag drag = tool->drag;

  tool->drag = DRAG_NOTHING;
  if (drag == DRAG_BAND && band.width * scale >= LEAST && band.height * scale >= LEAST)
    emend_table_tool_set_rect (tool, &band);
  else if (drag == DRAG_LINE && tool->is_out)
    select_line (tool, tool->selected);
}

static const char *
find_cursor (const EmendTableTool *tool,
             EmendPoint page,
             double scale)
{
  Hit hit = { .drag = DRAG_BAND };
  Drag drag = tool->drag;

  if (tool->grid != NULL && drag == DRAG_NOTHING) {
    hit = find_hit (tool, emend_table_grid_to_level (tool->grid, page), scale);
    drag = hit.drag;
  }
  if (hit.label)
    return "pointer";
  if (drag == DRAG_LINE)
    return "col-resize";
  return drag == DRAG_TOP || drag == DRAG_BOTTOM ? "row-resize" : "crosshair";
}

EmendTableToolAction
emend_table_tool_pointer (EmendTableTool *tool,
                          const EmendViewport *viewport,
                          const EmendPointerEvent *event,
                          const char **cursor)
{
  EmendPoint page = emend_viewport_to_image (viewport, (EmendPoint){ event->x, event->y });
  gboolean presses = event->kind == EMEND_POINTER_PRESS || event->kind == EMEND_POINTER_DOUBLE;
  EmendTableToolAction action = EMEND_TABLE_TOOL_NONE;

  *cursor = NULL;
  if (tool->drag == DRAG_NOTHING && ((event->modifiers & EMEND_MODIFIER_SPACE) != 0 || event->button > 1))
    return EMEND_TABLE_TOOL_PASS;
  if (tool->drag == DRAG_NOTHING && event->kind == EMEND_POINTER_RELEASE)
    return EMEND_TABLE_TOOL_PASS;
  if (presses && tool->drag == DRAG_NOTHING)
    action = press (tool, page, viewport->scale);
  else if (event->kind == EMEND_POINTER_MOTION && tool->drag != DRAG_NOTHING) {
    move (tool, page, viewport->scale);
    action = EMEND_TABLE_TOOL_REDRAW;
  } else if (event->kind == EMEND_POINTER_RELEASE) {
    release (tool, page, viewport->scale);
    action = EMEND_TABLE_TOOL_REDRAW;
  }
  if (event->kind != EMEND_POINTER_LEAVE)
    *cursor = find_cursor (tool, page, viewport->scale);
  return action;
}

/* Without a pointer, the table begins as all that is on the page. */
static EmendTableToolAction
begin_with_all (EmendTableTool *tool)
{
  EmendRect all = { 0 };

  for (guint i = 0; i < emend_words_get_n (tool->words); i++) {
    const EmendRect *box = &emend_words_get (tool->words, i)->box;

    all = i == 0 ? *box : emend_rect_union (&all, box);
  }
  if (emend_rect_area (&all) <= 0)
    return EMEND_TABLE_TOOL_NONE;
  emend_table_tool_set_rect (tool, &(EmendRect){ all.x - 2, all.y - 2, all.width + 4, all.height + 4 });
  return EMEND_TABLE_TOOL_REDRAW;
}

static void
step_edge (EmendTableTool *tool,
           gboolean down,
           gboolean at_top)
{
  EmendRect rect;

  if (emend_table_grid_step_edge (tool->grid, at_top, down != at_top, &rect))
    set_rect (tool, rect);
}

static void
insert_line (EmendTableTool *tool)
{
  double left = get_x (tool, tool->column);
  double right = get_x (tool, tool->column + 1);

  if (right - left > tool->grid->height)
    select_line (tool, add_line (tool, (left + right) / 2));
}

static void
delete_line (EmendTableTool *tool)
{
  if (tool->selected == 0 || tool->selected > tool->lines->len)
    return;
  remove_line (tool, tool->selected);
  select_line (tool, tool->selected);
}

static void
change (EmendTableTool *tool,
        EmendTableKey key,
        gboolean shift)
{
  double step = tool->grid->height * (shift ? 1 : STEP);

  switch (key) {
  case EMEND_TABLE_KEY_LEFT:
  case EMEND_TABLE_KEY_RIGHT:
    move_line (tool, tool->selected,
               get_x (tool, tool->selected) + (key == EMEND_TABLE_KEY_LEFT ? -step : step));
    break;
  case EMEND_TABLE_KEY_UP:
  case EMEND_TABLE_KEY_DOWN:
    step_edge (tool, key == EMEND_TABLE_KEY_DOWN, shift);
    break;
  case EMEND_TABLE_KEY_INSERT:
    insert_line (tool);
    break;
  case EMEND_TABLE_KEY_DELETE:
    delete_line (tool);
    break;
  case EMEND_TABLE_KEY_NEXT:
    select_line (tool, (tool->selected + 1) % (tool->lines->len + 2));
    break;
  case EMEND_TABLE_KEY_PREVIOUS:
    select_line (tool, (tool->selected + tool->lines->len + 1) % (tool->lines->len + 2));
    break;
  case EMEND_TABLE_KEY_ENTER:
  case EMEND_TABLE_KEY_ESCAPE:
  default:
    break;
  }
  update (tool);
}

EmendTableToolAction
emend_table_tool_key (EmendTableTool *tool,
                      EmendTableKey key,
                      EmendModifiers modifiers)
{
  if (key == EMEND_TABLE_KEY_ESCAPE)
    return emend_table_tool_cancel_drag (tool) ? EMEND_TABLE_TOOL_REDRAW : EMEND_TABLE_TOOL_LEAVE;
  if (tool->drag != DRAG_NOTHING)
    return EMEND_TABLE_TOOL_NONE;
  if (key == EMEND_TABLE_KEY_ENTER) {
    gboolean is_table = tool->grid != NULL && tool->grid->rows->len > 0 &&
                        emend_table_grid_count_columns (tool->grid) > 0;

    return is_table ? EMEND_TABLE_TOOL_TAKE : EMEND_TABLE_TOOL_NONE;
  }
  if (tool->grid == NULL)
    return key == EMEND_TABLE_KEY_DELETE ? EMEND_TABLE_TOOL_NONE : begin_with_all (tool);
  change (tool, key, (modifiers & EMEND_MODIFIER_SHIFT) != 0);
  return EMEND_TABLE_TOOL_REDRAW;
}
