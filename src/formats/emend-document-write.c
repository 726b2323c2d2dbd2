#define G_LOG_DOMAIN "emend-formats"

#include "config.h"

#include "emend-document-write.h"

#include <string.h>

#include <glib/gi18n-lib.h>

/**
 * emend_write_each:
 * @source: what is written
 * @func: writes one item
 * @data: its data
 * @cancellable: (nullable): to stop early
 * @error: what @func or the source said
 *
 * Returns: whether all items were written
 */
gboolean
emend_write_each (const EmendWriteSource *source,
                  EmendWriteFunc func,
                  gpointer data,
                  GCancellable *cancellable,
                  GError **error)
{
  g_autoptr (GError) problem = NULL;
  EmendWriteItem item;
  guint64 done = 0;

  while (source->next (source->data, &item, &problem)) {
    if (g_cancellable_set_error_if_cancelled (cancellable, error) || !func (data, &item, error))
      return FALSE;
    if (source->progress != NULL)
      source->progress (++done, source->n_items, source->progress_data);
  }
  if (problem != NULL) {
    g_propagate_error (error, g_steal_pointer (&problem));
    return FALSE;
  }
  return TRUE;
}

/* A mark with what it is sorted by. */
typedef struct {
  EmendMark *mark;
  gsize field;
  int row;
  guint column;
  guint place;
} Key;

static gsize
index_of_field (EmendSchema *schema,
                int id)
{
  gsize n = emend_schema_get_n_fields (schema);

  for (gsize i = 0; i < n; i++) {
    if (emend_schema_get_field (schema, i)->id == id)
      return i;
  }
  return n;
}

static guint
index_of_column (const EmendField *field,
                 const char *name)
{
  for (guint i = 0; name != NULL && field->columns != NULL && i < field->columns->len; i++) {
    const EmendField *column = g_ptr_array_index (field->columns, i);
    if (g_str_equal (column->name, name))
      return i;
  }
  return 0;
}

static int
compare_keys (gconstpointer a,
              gconstpointer b)
{
  const Key *one = a;
  const Key *two = b;

  if (one->field != two->field)
    return one->field < two->field ? -1 : 1;
  if (one->row != two->row)
    return one->row < two->row ? -1 : 1;
  if (one->column != two->column)
    return one->column < two->column ? -1 : 1;
  return one->place < two->place ? -1 : one->place > two->place;
}

/**
 * emend_write_list_values:
 * @source: what is written
 * @item: an item
 *
 * Returns: (transfer container) (element-type EmendMark): its marks that are of a field, in the order of the form: by
 *   field, row and column. They belong to @item
 */
GPtrArray *
emend_write_list_values (const EmendWriteSource *source,
                         const EmendWriteItem *item)
{
  g_autoptr (GArray) keys = g_array_new (FALSE, FALSE, sizeof (Key));
  GPtrArray *marks = g_ptr_array_new ();

  for (guint i = 0; i < item->marks->len; i++) {
    EmendMark *mark = g_ptr_array_index (item->marks, i);
    const EmendField *field = emend_write_get_field (source, mark);
    const EmendValue *value = emend_mark_get_value (mark);
    Key key = { .mark = mark, .place = i };

    if (field == NULL || value == NULL)
      continue;
    key.field = index_of_field (source->schema, field->id);
    key.row = value->row;
    key.column = index_of_column (field, value->column);
    g_array_append_val (keys, key);
  }
  g_array_sort (keys, compare_keys);
  for (guint i = 0; i < keys->len; i++)
    g_ptr_array_add (marks, g_array_index (keys, Key, i).mark);
  return marks;
}

/**
 * emend_write_number_rows:
 * @marks: (element-type EmendMark): what emend_write_list_values() gave
 *
 * Numbers in a project only say which row stands above which: rows may be missing that a person deleted.
 *
 * Returns: (transfer full) (element-type int): for each mark the row of its table, counted from 0 over those that
 *   something stands in; -1 outside of tables
 */
GArray *
emend_write_number_rows (GPtrArray *marks)
{
  GArray *rows = g_array_new (FALSE, FALSE, sizeof (int));
  const EmendMark *last = NULL;
  int number = -1;

  for (guint i = 0; i < marks->len; i++) {
    const EmendMark *mark = g_ptr_array_index (marks, i);
    EmendVerdict verdict = emend_mark_get_verdict (mark);
    int row = emend_mark_get_value (mark)->row;
    int own = -1;

    if (last == NULL || emend_mark_get_label (last) != emend_mark_get_label (mark)) {
      last = mark;
      number = -1;
    }
    if (row >= 0 && verdict != EMEND_VERDICT_REJECTED && verdict != EMEND_VERDICT_ABSENT) {
      if (number < 0 || emend_mark_get_value (last)->row != row)
        number++;
      last = mark;
      own = number;
    }
    g_array_append_val (rows, own);
  }
  return rows;
}

/**
 * emend_write_get_text:
 * @mark: of a field
 *
 * Returns: (nullable): its value; %NULL when it says none
 */
const char *
emend_write_get_text (const EmendMark *mark)
{
  const EmendValue *value = emend_mark_get_value (mark);

  return emend_write_says_value (mark) ? value->value : NULL;
}

/**
 * emend_write_says_value:
 * @mark: of a field
 *
 * Returns: whether it says that the document has that value: it was not rejected, and is neither absent nor illegible
 */
gboolean
emend_write_says_value (const EmendMark *mark)
{
  EmendVerdict verdict = emend_mark_get_verdict (mark);

  return verdict != EMEND_VERDICT_REJECTED && verdict != EMEND_VERDICT_ABSENT && verdict != EMEND_VERDICT_ILLEGIBLE;
}

/**
 * emend_write_get_field:
 * @source: what is written
 * @mark: a mark
 *
 * Returns: (nullable): its field; %NULL when it is of a label
 */
const EmendField *
emend_write_get_field (const EmendWriteSource *source,
                       const EmendMark *mark)
{
  return emend_schema_find_field (source->schema, emend_mark_get_label (mark));
}

/**
 * emend_write_has_place:
 * @mark: a mark
 *
 * Returns: whether it stands somewhere on its page
 */
gboolean
emend_write_has_place (const EmendMark *mark)
{
  const EmendRect *box = &emend_mark_get_shape (mark)->box;

  return box->width > 0 && box->height > 0;
}

/**
 * emend_write_get_page_size:
 * @item: an item
 * @page: from 0
 * @width: (out): upright, in pixels
 * @height: (out): upright, in pixels
 *
 * Returns: whether it has that page and its size is known
 */
gboolean
emend_write_get_page_size (const EmendWriteItem *item,
                           int page,
                           int *width,
                           int *height)
{
  *width = page == 0 ? item->width : 0;
  *height = page == 0 ? item->height : 0;
  for (guint i = 0; item->pages != NULL && i < item->pages->len; i++) {
    const EmendPage *found = &g_array_index (item->pages, EmendPage, i);

    if (found->number == page) {
      *width = found->width;
      *height = found->height;
    }
  }
  return *width > 0 && *height > 0;
}

/**
 * emend_write_safe_path:
 * @path: of an item, relative to the project's folder
 * @with_extension: whether its ending is kept
 *
 * Returns: (transfer full): a path that stays inside of the folder that is written
 */
char *
emend_write_safe_path (const char *path,
                       gboolean with_extension)
{
  g_auto (GStrv) parts = g_strsplit (path, "/", -1);
  g_autoptr (GString) safe = g_string_new (NULL);
  const char *dot;

  for (gsize i = 0; parts[i] != NULL; i++) {
    if (*parts[i] != '\0' && !g_str_equal (parts[i], ".") && !g_str_equal (parts[i], ".."))
      g_string_append_printf (safe, "%s%s", safe->len > 0 ? "/" : "", parts[i]);
  }
  dot = strrchr (safe->str, '.');
  if (!with_extension && dot != NULL && dot != safe->str && dot[-1] != '/' && strchr (dot, '/') == NULL)
    g_string_truncate (safe, (gsize) (dot - safe->str));
  return g_string_free (g_steal_pointer (&safe), FALSE);
}

/**
 * emend_write_claim:
 * @written: (element-type utf8 utf8): paths of items by names of files
 * @name: of a file that is about to be written
 * @item: the item it is of
 * @error: EMEND_FORMATS_ERROR_INVALID
 *
 * Returns: whether no other item's file has that name
 */
gboolean
emend_write_claim (GHashTable *written,
                   const char *name,
                   const EmendWriteItem *item,
                   GError **error)
{
  const char *other = g_hash_table_lookup (written, name);

  if (other == NULL) {
    g_hash_table_insert (written, g_strdup (name), g_strdup (item->path));
    return TRUE;
  }
  g_set_error (error, EMEND_FORMATS_ERROR, EMEND_FORMATS_ERROR_INVALID,
               _ ("The files of this format are called like the document without its ending, so “%s” and “%s” would "
                  "share one. Export them apart, with a filter. Nothing was written."),
               other, item->path);
  return FALSE;
}
