#define G_LOG_DOMAIN "emend-formats"

#include "config.h"

#include <math.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include "emend-csv.h"
#include "emend-document-format.h"
#include "emend-document-write.h"
#include "emend-formats-private.h"
#include "emend-part-file.h"
#include "emend-text.h"

#define BUFFER_SIZE ((gsize) 64 * 1024)

/* Two tables for people and programs: one value a row, or one document a row. */
EMEND_DEFINE_FORMAT (EmendValuesCsv, emend_values_csv)
EMEND_DEFINE_FORMAT (EmendDocumentCsv, emend_document_csv)

typedef struct {
  const EmendWriteSource *source;
  EmendPartFile *part;
  GString *out;
  GPtrArray *columns; /* (element-type utf8): of a table of documents, "field" or "field.column" */
  GHashTable *cells;  /* (element-type utf8 Cell): of one document */
} Writer;

static gboolean
flush (Writer *writer,
       gsize limit,
       GError **error)
{
  if (writer->out->len <= limit)
    return TRUE;
  if (!emend_part_file_write (writer->part, writer->out->str, writer->out->len, error))
    return FALSE;
  g_string_truncate (writer->out, 0);
  return TRUE;
}

static void
append_number (GString *out,
               double value)
{
  char buffer[EMEND_TEXT_DOUBLE_SIZE];

  g_string_append_c (out, ',');
  if (isfinite (value))
    g_string_append (out, emend_text_from_double (buffer, value));
}

static void
append_index (GString *out,
              int index)
{
  g_string_append_c (out, ',');
  if (index >= 0)
    g_string_append_printf (out, "%d", index + 1);
}

static void
append_value (Writer *writer,
              const EmendWriteItem *item,
              const EmendMark *mark)
{
  GString *out = writer->out;
  const EmendValue *value = emend_mark_get_value (mark);
  const EmendRect *box = &emend_mark_get_shape (mark)->box;
  gboolean placed = emend_write_has_place (mark);

  emend_csv_append (out, item->path, TRUE);
  emend_csv_append (out, emend_write_get_field (writer->source, mark)->name, FALSE);
  emend_csv_append (out, value->value, FALSE);
  append_number (out, emend_mark_get_score (mark));
  append_index (out, placed ? emend_mark_get_page (mark) : -1);
  append_number (out, placed ? box->x : NAN);
  append_number (out, placed ? box->y : NAN);
  append_number (out, placed ? box->width : NAN);
  append_number (out, placed ? box->height : NAN);
  append_index (out, value->row);
  emend_csv_append (out, value->column, FALSE);
  emend_csv_append (out, value->text, FALSE);
  emend_csv_append (out, value->normal, FALSE);
  emend_csv_append (out, emend_verdict_to_name (emend_mark_get_verdict (mark)), FALSE);
  g_string_append (out, "\r\n");
}

static gboolean
write_values (gpointer data,
              const EmendWriteItem *item,
              GError **error)
{
  Writer *writer = data;
  g_autoptr (GPtrArray) marks = emend_write_list_values (writer->source, item);

  for (guint i = 0; i < marks->len; i++)
    append_value (writer, item, marks->pdata[i]);
  return flush (writer, BUFFER_SIZE, error);
}

static char *
column_name (const EmendField *field,
             const char *column)
{
  return column != NULL ? g_strdup_printf ("%s.%s", field->name, column) : g_strdup (field->name);
}

static void
list_columns (Writer *writer)
{
  EmendSchema *schema = writer->source->schema;

  for (gsize i = 0; i < emend_schema_get_n_fields (schema); i++) {
    const EmendField *field = emend_schema_get_field (schema, i);

    if (field->type != EMEND_FIELD_TABLE)
      g_ptr_array_add (writer->columns, column_name (field, NULL));
    for (guint j = 0; field->columns != NULL && j < field->columns->len; j++) {
      const EmendField *column = g_ptr_array_index (field->columns, j);
      g_ptr_array_add (writer->columns, column_name (field, column->name));
    }
  }
}

/* One cell of a document. */
typedef struct {
  GString *text;
  int lines;
} Cell;

static void
cell_free (gpointer data)
{
  Cell *cell = data;

  g_string_free (cell->text, TRUE);
  g_free (cell);
}

static Cell *
get_cell (Writer *writer,
          const char *name)
{
  Cell *cell = g_hash_table_lookup (writer->cells, name);

  if (cell == NULL) {
    cell = g_new0 (Cell, 1);
    cell->text = g_string_new (NULL);
    g_hash_table_insert (writer->cells, g_strdup (name), cell);
  }
  return cell;
}

/* Several values of a field and the rows of a table stand in one cell, one below the other. An empty line keeps the
 * place of a row that has no value in this column. */
static void
collect_cell (Writer *writer,
              const EmendMark *mark,
              int row)
{
  const EmendValue *value = emend_mark_get_value (mark);
  g_autofree char *name = column_name (emend_write_get_field (writer->source, mark), value->column);
  const char *text = emend_write_get_text (mark);
  Cell *cell;
  int line;

  if (text == NULL)
    return;
  cell = get_cell (writer, name);
  line = row >= 0 ? MAX (row, cell->lines) : cell->lines;
  for (int i = MAX (cell->lines, 1); i <= line; i++)
    g_string_append_c (cell->text, '\n');
  cell->lines = line + 1;
  /* A line break of its own would count as a row. */
  for (; *text != '\0'; text++)
    g_string_append_c (cell->text, *text == '\n' || *text == '\r' ? ' ' : *text);
}

static gboolean
write_document (gpointer data,
                const EmendWriteItem *item,
                GError **error)
{
  Writer *writer = data;
  g_autoptr (GPtrArray) marks = emend_write_list_values (writer->source, item);
  g_autoptr (GArray) rows = emend_write_number_rows (marks);
  g_autoptr (GString) illegible = g_string_new (NULL);

  g_hash_table_remove_all (writer->cells);
  for (guint i = 0; i < marks->len; i++) {
    const EmendMark *mark = g_ptr_array_index (marks, i);

    collect_cell (writer, mark, g_array_index (rows, int, i));
    if (emend_mark_get_verdict (mark) == EMEND_VERDICT_ILLEGIBLE) {
      g_autofree char *name = column_name (emend_write_get_field (writer->source, mark),
                                           emend_mark_get_value (mark)->column);
      g_string_append_printf (illegible, "%s%s", illegible->len > 0 ? "\n" : "", name);
    }
  }
  emend_csv_append (writer->out, item->path, TRUE);
  emend_csv_append (writer->out, item->reviewed ? "yes" : "no", FALSE);
  for (guint i = 0; i < writer->columns->len; i++) {
    const Cell *cell = g_hash_table_lookup (writer->cells, writer->columns->pdata[i]);
    emend_csv_append (writer->out, cell != NULL ? cell->text->str : NULL, FALSE);
  }
  emend_csv_append (writer->out, illegible->str, FALSE);
  g_string_append (writer->out, "\r\n");
  return flush (writer, BUFFER_SIZE, error);
}

static gboolean
write_table (Writer *writer,
             const char *path,
             EmendWriteFunc func,
             GCancellable *cancellable,
             GError **error)
{
  g_autoptr (EmendPartFile) part = emend_part_file_new (path, error);

  writer->part = part;
  return part != NULL && emend_write_each (writer->source, func, writer, cancellable, error) &&
         flush (writer, 0, error) && emend_part_file_commit (part, FALSE, error);
}

static gboolean
values_write (EmendFormat *format,
              const char *path,
              const EmendWriteSource *source,
              GCancellable *cancellable,
              GError **error)
{
  g_autoptr (GString) out = g_string_new ("file,field,value,confidence,page,x,y,w,h,row,column,text,normal,state\r\n");
  Writer writer = { .source = source, .out = out };

  return write_table (&writer, path, write_values, cancellable, error);
}

static gboolean
documents_write (EmendFormat *format,
                 const char *path,
                 const EmendWriteSource *source,
                 GCancellable *cancellable,
                 GError **error)
{
  g_autoptr (GString) out = g_string_new ("file,done");
  g_autoptr (GPtrArray) columns = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GHashTable) cells = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, cell_free);
  Writer writer = { .source = source, .out = out, .columns = columns, .cells = cells };

  list_columns (&writer);
  for (guint i = 0; i < columns->len; i++)
    emend_csv_append (out, columns->pdata[i], FALSE);
  g_string_append (out, ",illegible\r\n");
  return write_table (&writer, path, write_document, cancellable, error);
}

static void
emend_values_csv_format_init (EmendFormatInterface *iface)
{
  iface->id = "values-csv";
  iface->name = "CSV, one row a value";
  iface->suffix = ".csv";
  iface->write = values_write;
}

static void
emend_document_csv_format_init (EmendFormatInterface *iface)
{
  iface->id = "document-csv";
  iface->name = "CSV, one row a document";
  iface->suffix = ".csv";
  iface->write = documents_write;
}
