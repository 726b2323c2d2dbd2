#pragma once

#include "emend-table-grid.h"

G_BEGIN_DECLS

/* White between two words that is at least so many usual heights wide parts columns. */
#define EMEND_TABLE_GAP 0.8
/* A heading says the title of a column when it agrees so far with it (0..1). */
#define EMEND_TABLE_NAMED 0.6

/**
 * EmendTableLine:
 * @words: (element-type guint): from left to right
 * @top: where they begin, level
 * @bottom: where they end, level
 * @middle: of its words, level
 *
 * What stands beside each other on a page.
 */
typedef struct {
  GArray *words;
  double top;
  double bottom;
  double middle;
} EmendTableLine;

/* From left to right where something stands, level. */
typedef struct {
  double left;
  double right;
} EmendTableSpan;

/* emend-table-lines.c */
double emend_table_find_slope (EmendWords *words);
EmendPoint emend_table_level (const EmendRect *rect,
                              double slope,
                              EmendPoint page);
EmendTableSpan emend_table_get_span (EmendWords *words,
                                     guint index,
                                     const EmendRect *rect,
                                     double slope);
GPtrArray *emend_table_find_lines (EmendWords *words,
                                   const EmendRect *rect,
                                   double slope,
                                   double *height);
GArray *emend_table_find_runs (EmendWords *words,
                               const EmendTableLine *line,
                               const EmendRect *rect,
                               double slope,
                               double height);
GArray *emend_table_find_gaps (EmendWords *words,
                               GPtrArray *lines,
                               const EmendRect *rect,
                               double slope,
                               double height);

/* emend-table-match.c */
double emend_table_match_title (const char *printed,
                                const EmendField *column);
gboolean emend_table_is_number (const char *text);
gboolean emend_table_goes_left (EmendWords *words,
                                const GArray *indices);
double emend_table_measure (const EmendTableGrid *grid,
                            guint column,
                            const EmendField *field);
void emend_table_assign (EmendTableGrid *grid,
                         const EmendField *table,
                         GPtrArray *heading,
                         const GArray *chosen);

G_END_DECLS
