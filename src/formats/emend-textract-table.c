#define G_LOG_DOMAIN "emend-formats"

#include "config.h"

#include <inttypes.h>
#include <math.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include "emend-document-json.h"
#include "emend-textract-private.h"

#define MAX_COLUMNS 500
#define MAX_ROWS 100000
#define MAX_HEADERS 100

/* One table while its cells are given. */
typedef struct {
  EmendTextract *textract;
  const json_t *block;
  char *name;
  GPtrArray *columns;  /* (element-type utf8) (nullable elements): from their headers */
  GHashTable *headers; /* (element-type gint): rows that are headers */
  GError **error;
  gboolean failed;
} Table;

static gboolean
get_place (const json_t *cell,
           int *row,
           int *column)
{
  double r;
  double c;

  if (!g_str_equal (emend_textract_get_type (cell), "CELL") || !emend_json_get_number (cell, "RowIndex", &r) ||
      !emend_json_get_number (cell, "ColumnIndex", &c) || !(r >= 1 && r <= MAX_ROWS) || !(c >= 1 && c <= MAX_COLUMNS))
    return FALSE;
  *row = (int) r;
  *column = (int) c;
  return TRUE;
}

static gboolean
take_title (gpointer data,
            const json_t *title)
{
  Table *table = data;
  g_auto (EmendTextractText) text = { 0 };

  emend_textract_text_init (&text);
  emend_textract_text_collect (&text, table->textract, title);
  g_free (table->name);
  table->name = emend_document_key_name (text.text->str);
  return TRUE;
}

/* A column is called by the words of its headers, one below the other. */
static gboolean
take_header (gpointer data,
             const json_t *cell)
{
  Table *table = data;
  g_auto (EmendTextractText) text = { 0 };
  int row;
  int column;
  g_autofree char *name = NULL;
  char **slot;

  if (!get_place (cell, &row, &column) || !emend_textract_has_entity (cell, "COLUMN_HEADER"))
    return TRUE;
  if (g_hash_table_size (table->headers) >= MAX_HEADERS)
    return TRUE;
  g_hash_table_add (table->headers, GINT_TO_POINTER (row));
  emend_textract_text_init (&text);
  emend_textract_text_collect (&text, table->textract, cell);
  name = emend_document_key_name (text.text->str);
  if (*name == '\0')
    return TRUE;
  if ((int) table->columns->len < column)
    g_ptr_array_set_size (table->columns, column);
  slot = (char **) &table->columns->pdata[column - 1];
  if (*slot != NULL) {
    char *longer = g_strdup_printf ("%s %s", *slot, name);
    g_free (*slot);
    *slot = longer;
  } else
    *slot = g_steal_pointer (&name);
  return TRUE;
}

/* No two columns may have one name, and each must have one. */
static void
finish_columns (Table *table)
{
  g_autoptr (GHashTable) used = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < table->columns->len; i++) {
    char **slot = (char **) &table->columns->pdata[i];

    if (*slot == NULL)
      *slot = g_strdup_printf ("%u", i + 1);
    if (g_hash_table_contains (used, *slot)) {
      char *other = g_strdup_printf ("%s (%u)", *slot, i + 1);
      g_free (*slot);
      *slot = other;
    }
    g_hash_table_add (used, g_strdup (*slot));
  }
}

static int
data_row (const Table *table,
          int row)
{
  int above = 0;
  GHashTableIter iter;
  gpointer header;

  g_hash_table_iter_init (&iter, table->headers);
  while (g_hash_table_iter_next (&iter, &header, NULL))
    above += GPOINTER_TO_INT (header) < row ? 1 : 0;
  return row - 1 - above;
}

static gboolean
take_cell (gpointer data,
           const json_t *cell)
{
  Table *table = data;
  g_auto (EmendTextractText) text = { 0 };
  g_autoptr (GArray) regions = NULL;
  EmendDocumentValue value = { .name = table->name, .type = EMEND_FIELD_TEXT };
  g_autofree char *number = NULL;
  int row;
  int column;

  if (!get_place (cell, &row, &column) || g_hash_table_contains (table->headers, GINT_TO_POINTER (row)))
    return TRUE;
  emend_textract_text_init (&text);
  emend_textract_text_collect (&text, table->textract, cell);
  if (text.n_words == 0 && text.n_marks == 0)
    return TRUE;
  number = g_strdup_printf ("%d", column);
  regions = g_array_new (FALSE, FALSE, sizeof (EmendRegion));
  emend_textract_add_region (regions, emend_textract_get_page (cell), cell);
  value.row = data_row (table, row);
  value.column = column <= (int) table->columns->len ? table->columns->pdata[column - 1] : number;
  value.text = text.n_words > 0 ? text.text->str : text.ticked ? "yes" :
                                                                 "no";
  value.regions = regions;
  table->failed = !emend_textract_give (table->textract->document, &value, emend_textract_get_confidence (cell),
                                        text.confidence, table->error);
  return !table->failed;
}

static gboolean
add_table (EmendTextract *textract,
           const json_t *block,
           GError **error)
{
  g_autoptr (GPtrArray) columns = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GHashTable) headers = g_hash_table_new (g_direct_hash, g_direct_equal);
  Table table = { .textract = textract, .block = block, .columns = columns, .headers = headers, .error = error };

  textract->n_tables++;
  emend_textract_each (textract, block, "TABLE_TITLE", take_title, &table);
  if (table.name == NULL || *table.name == '\0') {
    g_free (table.name);
    table.name = g_strdup_printf ("Table %u", textract->n_tables);
  }
  emend_textract_each (textract, block, "CHILD", take_header, &table);
  finish_columns (&table);
  emend_textract_each (textract, block, "CHILD", take_cell, &table);
  g_free (table.name);
  return !table.failed;
}

/**
 * emend_textract_add_tables:
 * @textract: the blocks
 * @error: what the sink said
 *
 * Each table becomes a field of its own, called by its title or number; its columns are called by their headers or
 * numbers. Cells count, as they have the words; merged cells only say which belong together.
 *
 * Returns: whether to go on
 */
gboolean
emend_textract_add_tables (EmendTextract *textract,
                           GError **error)
{
  for (guint i = 0; i < textract->order->len; i++) {
    const json_t *block = g_ptr_array_index (textract->order, i);

    if (g_str_equal (emend_textract_get_type (block), "TABLE") && !add_table (textract, block, error))
      return FALSE;
  }
  return TRUE;
}
