#define G_LOG_DOMAIN "emend-model"

#include "config.h"

#include "emend-schema.h"

#include "emend-normal.h"

/* The column that a header calls by its name or title, by letters and digits. */
static const EmendField *
find_column (const EmendField *table,
             const char *header)
{
  g_autofree char *wanted = header != NULL ? emend_normal_fold (header) : g_strdup ("");

  for (guint i = 0; *wanted != '\0' && i < table->columns->len; i++) {
    const EmendField *column = g_ptr_array_index (table->columns, i);
    g_autofree char *name = emend_normal_fold (column->name);
    g_autofree char *title = emend_normal_fold (emend_field_get_title (column));

    if (!column->retired && (g_str_equal (name, wanted) || g_str_equal (title, wanted)))
      return column;
  }
  return NULL;
}

/* Which columns the headers call, each once. */
static gsize
match (const EmendField *table,
       const char *const *headers,
       gsize n_headers,
       const EmendField **columns)
{
  gsize n = 0;

  for (gsize i = 0; i < n_headers; i++) {
    const EmendField *column = find_column (table, headers[i]);

    for (gsize j = 0; j < i && column != NULL; j++)
      column = columns[j] == column ? NULL : column;
    columns[i] = column;
    n += column != NULL;
  }
  return n;
}

/**
 * emend_schema_match_table:
 * @schema: a schema
 * @headers: (array length=n_headers) (element-type utf8) (nullable elements): what stands above the columns of a table
 *   in a document
 * @n_headers: how many columns that has
 * @columns: (out caller-allocates) (array length=n_headers) (nullable elements): the columns that the headers call
 *
 * Names and titles of columns count, by their letters and digits. Two must fit, or all when there are fewer.
 *
 * Returns: (transfer none) (nullable): the table of the schema of which most columns fit, the first of equal ones. Any
 *   thread.
 */
const EmendField *
emend_schema_match_table (EmendSchema *schema,
                          const char *const *headers,
                          gsize n_headers,
                          const EmendField **columns)
{
  const EmendField *best = NULL;
  gsize most = 0;

  for (gsize i = 0; i < emend_schema_get_n_fields (schema); i++) {
    const EmendField *field = emend_schema_get_field (schema, i);
    gsize n = field->type == EMEND_FIELD_TABLE && !field->retired ? match (field, headers, n_headers, columns) : 0;

    if (n > most && n >= MIN (2, field->columns->len)) {
      best = field;
      most = n;
    }
  }
  if (best != NULL)
    match (best, headers, n_headers, columns);
  return best;
}
