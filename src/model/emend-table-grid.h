#pragma once

#include "emend-field.h"
#include "emend-words.h"

G_BEGIN_DECLS

/* What a column of the page is, when it is none of the field's: its words are left out. */
#define EMEND_TABLE_NO_COLUMN (-1)
/* Nobody has said yet what a column of the page is: it is found out. */
#define EMEND_TABLE_OPEN (-2)
/* More lines than this are no table that a person draws. */
#define EMEND_TABLE_MAX_LINES 60

/**
 * EmendTableColumn:
 * @left: where it begins, see #EmendTableGrid
 * @right: where it ends
 * @column: number of the column of the field, from 0, or %EMEND_TABLE_NO_COLUMN
 *
 * What stands between two lines.
 */
typedef struct {
  double left;
  double right;
  int column;
} EmendTableColumn;

/**
 * EmendTableRow:
 * @top: where its words begin, see #EmendTableGrid
 * @bottom: where they end
 * @last: middle of the last of its lines of text
 * @cells: (element-type GArray): for each column of the grid its words, as indices (guint), in reading order; possibly
 *   none
 */
typedef struct {
  double top;
  double bottom;
  double last;
  GPtrArray *cells;
} EmendTableRow;

/**
 * EmendTableGrid:
 * @words: the page
 * @rect: of the table, in page pixels
 * @slope: of the lines of text: how far they go down for each pixel to the right
 * @height: of a usual word, in page pixels
 * @columns: (element-type EmendTableColumn): from left to right
 * @rows: (element-type EmendTableRow): from top to bottom, without the heading
 * @heading_top: where the heading begins; equal to @heading_bottom when there is none
 * @heading_bottom: where it ends
 *
 * The words of a table in columns and rows. A page that was scanned askew is read as if it were level: @rect, columns
 * and rows are page pixels of the page turned about the middle of @rect so that its text is level;
 * emend_table_grid_to_page() says where that is on the page.
 */
typedef struct {
  EmendWords *words;
  EmendRect rect;
  double slope;
  double height;
  GArray *columns;
  GPtrArray *rows;
  double heading_top;
  double heading_bottom;
} EmendTableGrid;

EmendTableGrid *emend_table_grid_new (EmendWords *words,
                                      const EmendRect *rect,
                                      const EmendField *table,
                                      const GArray *lines,
                                      const GArray *chosen);
void emend_table_grid_free (EmendTableGrid *grid);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EmendTableGrid, emend_table_grid_free)
EmendPoint emend_table_grid_to_page (const EmendTableGrid *grid,
                                     EmendPoint level);
EmendPoint emend_table_grid_to_level (const EmendTableGrid *grid,
                                      EmendPoint page);
int emend_table_grid_find_row (const EmendTableGrid *grid,
                               EmendPoint page);
const GArray *emend_table_grid_get_cell (const EmendTableGrid *grid,
                                         guint row,
                                         guint column);
char *emend_table_grid_get_text (const EmendTableGrid *grid,
                                 guint row,
                                 guint column);
EmendRect emend_table_grid_get_box (const EmendTableGrid *grid,
                                    guint row,
                                    guint column);
guint emend_table_grid_count_columns (const EmendTableGrid *grid);
gboolean emend_table_grid_step_edge (const EmendTableGrid *grid,
                                     gboolean at_top,
                                     gboolean more,
                                     EmendRect *rect);

G_END_DECLS
