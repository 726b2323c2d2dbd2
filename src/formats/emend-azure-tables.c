#define G_LOG_DOMAIN "emend-formats"

#include "config.h"

#include "emend-azure-fields.h"

#include <math.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include "emend-document-json.h"

#define MAX_COLUMNS 500

/* One cell of a table of the layout. */
typedef struct {
  const json_t *json;
  int row;
  int column;
  gboolean is_header;
} Cell;

/* One table while its rows are given. */
typedef struct {
  EmendDocument *document;
  GArray *cells;
  int page;       /* of cells that name none, from 0 */
  char *name;     /* of the table of the project */
  char **columns; /* (array length=MAX_COLUMNS) (nullable elements) */
} Table;

static int
compare_cells (gconstpointer a,
               gconstpointer b)
{
  const Cell *x = a;
  const Cell *y = b;

  return x->row != y->row ? x->row - y->row : x->column - y->column;
}

static const char *
text_of (const json_t *cell)
{
  const char *text = emend_azure_get_text (cell);

  if (g_strcmp0 (text, ":selected:") == 0)
    return "yes";
  return g_strcmp0 (text, ":unselected:") == 0 ? "no" : text;
}

static gboolean
is_header (const json_t *cell)
{
  const char *kind = emend_json_get_text (cell, "kind");

  return g_strcmp0 (kind, "columnHeader") == 0 || g_strcmp0 (kind, "stubHead") == 0 ||
         json_is_true (json_object_get (cell, "isHeader"));
}

/* The cells in the order of rows and columns; where none is called a header, those of the first row are. */
static GArray *
list_cells (const json_t *table)
{
  GArray *cells = g_array_new (FALSE, FALSE, sizeof (Cell));
  gboolean any = FALSE;
  gsize i;
  json_t *json;

  json_array_foreach (json_object_get (table, "cells"), i, json)
  {
    Cell cell = { .json = json, .is_header = is_header (json) };
    double row;
    double column;

    if (!emend_json_get_number (json, "rowIndex", &row) || !emend_json_get_number (json, "columnIndex", &column) ||
        !(row >= 0 && row < EMEND_DOCUMENT_MAX_ROWS) || !(column >= 0 && column < MAX_COLUMNS))
      continue;
    cell.row = (int) row;
    cell.column = (int) column;
    any = any || cell.is_header;
    g_array_append_val (cells, cell);
  }
  g_array_sort (cells, compare_cells);
  for (guint j = 0; j < cells->len && !any; j++)
    g_array_index (cells, Cell, j).is_header = g_array_index (cells, Cell, j).row == g_array_index (cells, Cell, 0).row;
  return cells;
}

/* Which table of the project it is. The lowest header of a column calls it; one that spans several calls none. */
static gboolean
find_table (Table *table)
{
  const EmendReadSink *sink = table->document->sink;
  const char *headers[MAX_COLUMNS] = { NULL };
  const EmendField *columns[MAX_COLUMNS] = { NULL };
  const EmendField *found;

  for (guint i = 0; i < table->cells->len; i++) {
    const Cell *cell = &g_array_index (table->cells, Cell, i);
    double span = 1;

    emend_json_get_number (cell->json, "columnSpan", &span);
    if (cell->is_header && span <= 1)
      headers[cell->column] = text_of (cell->json);
  }
  found = sink->match_table (sink->data, headers, MAX_COLUMNS, columns);
  if (found == NULL)
    return FALSE;
  table->name = g_strdup (found->name);
  for (gsize i = 0; i < MAX_COLUMNS; i++)
    table->columns[i] = columns[i] != NULL ? g_strdup (columns[i]->name) : NULL;
  return TRUE;
}

static gboolean
add_cells (Table *table,
           GError **error)
{
  int source_row = -1;
  int row = -1;

  for (guint i = 0; i < table->cells->len; i++) {
    const Cell *cell = &g_array_index (table->cells, Cell, i);
    const char *text = text_of (cell->json);
    EmendDocumentValue value = { .name = table->name, .type = EMEND_FIELD_TEXT, .score = NAN };
    g_autoptr (GArray) regions = NULL;

    if (cell->is_header || table->columns[cell->column] == NULL || text == NULL || *text == '\0')
      continue;
    if (cell->row != source_row) /* a row without a word is none */
      row = emend_document_next_row (table->document, table->name);
    if (row < 0)
      return emend_document_skip (table->document, 0, _ ("A table has too many rows."));
    source_row = cell->row;
    regions = emend_azure_get_regions (cell->json, table->page);
    value.row = row;
    value.column = table->columns[cell->column];
    value.text = text;
    value.regions = regions;
    if (!emend_document_add_value (table->document, &value, error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
add_table (EmendDocument *document,
           const json_t *json,
           int page,
           GError **error)
{
  g_autoptr (GArray) cells = list_cells (json);
  char *columns[MAX_COLUMNS] = { NULL };
  Table table = { document, cells, page, NULL, columns };
  gboolean done = !find_table (&table) || add_cells (&table, error);

  g_free (table.name);
  for (gsize i = 0; i < MAX_COLUMNS; i++)
    g_free (columns[i]);
  return done;
}

/**
 * emend_azure_add_tables:
 * @document: where they go, after the fields
 * @tables: (nullable): a list of tables of the layout
 * @page: of cells that name no page, from 0
 * @error: what the sink said
 *
 * A table whose headers call columns of a table of the project gives rows of that, one below the other when there are
 * several such tables; all others are only layout and give nothing.
 *
 * Returns: whether to go on
 */
gboolean
emend_azure_add_tables (EmendDocument *document,
                        const json_t *tables,
                        int page,
                        GError **error)
{
  gsize i;
  json_t *table;

  if (document->sink->match_table == NULL)
    return TRUE;
  json_array_foreach (tables, i, table)
  {
    if (!add_table (document, table, page, error))
      return FALSE;
  }
  return TRUE;
}
