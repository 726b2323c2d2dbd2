#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * EmendTableColumn:
 * @title: (nullable): its heading
 * @right: whether it is set flush right, for numbers
 * @width: the least width, for tables that are printed in parts
 */
typedef struct {
  const char *title;
  gboolean right;
  int width;
} EmendTableColumn;

typedef struct _EmendTable EmendTable;

EmendTable *emend_table_new (const EmendTableColumn *columns,
                             gsize n_columns);
void emend_table_free (EmendTable *table);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EmendTable, emend_table_free)
void emend_table_add (EmendTable *table,
                      const char *text);
void emend_table_add_number (EmendTable *table,
                             gint64 value);
void emend_table_add_real (EmendTable *table,
                           double value,
                           int digits);
void emend_table_print (EmendTable *table);

G_END_DECLS
