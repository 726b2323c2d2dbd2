#pragma once

#include "emend-table-grid.h"

G_BEGIN_DECLS

/**
 * EmendTableGuide:
 * @rect: of the table: x and width as fractions of the width of the page, y and height as fractions of its height
 * @lines: (element-type double): where columns meet, as fractions of the width of the page, from left to right
 * @names: (array zero-terminated=1): for each column the name of the column of the field that it is, "" for none
 *
 * The column lines that a person drew over a table once, for the next page that looks like it.
 */
typedef struct {
  EmendRect rect;
  GArray *lines;
  char **names;
} EmendTableGuide;

EmendTableGuide *emend_table_guide_new (const EmendTableGrid *grid,
                                        const EmendField *table);
void emend_table_guide_free (EmendTableGuide *guide);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EmendTableGuide, emend_table_guide_free)
char *emend_table_guide_to_text (const EmendTableGuide *guide);
EmendTableGuide *emend_table_guide_from_text (const char *text);
EmendTableGrid *emend_table_guide_place (const EmendTableGuide *guide,
                                         EmendWords *words,
                                         const EmendField *table);
gboolean emend_table_find (EmendWords *words,
                           const EmendField *table,
                           EmendRect *rect);

G_END_DECLS
