#pragma once

#include "emend-field.h"
#include "emend-words.h"

G_BEGIN_DECLS

/* Pages for tests of tables: each character of a line is so wide, words are so high, lines so far apart. */
#define TABLE_PAGE_CHARACTER 10.0
#define TABLE_PAGE_WORD 14.0
#define TABLE_PAGE_LINE 24.0

/* Words parted by blanks; line i begins at (0, i * TABLE_PAGE_LINE). The page is turned by @slope about its origin. */
EmendWords *table_page_new (const char *const *lines,
                            double slope);

/* description, quantity, unit and amount. */
EmendField *table_page_make_field (void);

/* Where columns @left to @right of lines @top to @bottom are, in page pixels. */
EmendRect table_page_get_rect (int left,
                               int right,
                               int top,
                               int bottom);

G_END_DECLS
