#pragma once

#include "emend-table-edit.h"

G_BEGIN_DECLS

/* emend-table-edit.c */
const EmendField *emend_table_get_column (const EmendTable *table,
                                          const EmendTableCell *cell);
const EmendTableCell *emend_table_find_cell (const EmendTable *table,
                                             int row,
                                             const char *column);
EmendRegion emend_table_get_place (const EmendTableCell *cell);
EmendTableChange *emend_table_correct (const EmendTable *table,
                                       const EmendTableCell *cell);
EmendTableChange *emend_table_move (const EmendTable *table,
                                    const EmendTableCell *cell,
                                    int row);
gboolean emend_table_check_seen (const EmendTable *table,
                                 const EmendTableCell *cell,
                                 GError **error);

G_END_DECLS
