#define G_LOG_DOMAIN "emend-store"

#include "config.h"

#include "emend-project-private.h"

#include <math.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include "emend-text.h"

/* Function `contains` of the queries: whether a path has all words of a text that is folded already. */
static void
contains_func (sqlite3_context *context,
               int n_values,
               sqlite3_value **values)
{
  const char *path = (const char *) sqlite3_value_text (values[0]);
  const char *text = (const char *) sqlite3_value_text (values[1]);
  g_autofree char *valid = path != NULL ? g_utf8_make_valid (path, -1) : NULL;
  g_autofree char *folded = valid != NULL ? g_utf8_casefold (valid, -1) : NULL;
  g_auto (GStrv) words = g_strsplit (text != NULL ? text : "", " ", -1);
  gboolean found = folded != NULL;

  for (gsize i = 0; found && words[i] != NULL; i++)
    found = strstr (folded, words[i]) != NULL;
  sqlite3_result_int (context, found);
}

static char *
dup_value (const void *text,
           int length)
{
  return g_strndup (text, (gsize) length);
}

static int
natural_collation (void *data,
                   int length_a,
                   const void *a,
                   int length_b,
                   const void *b)
{
  g_autofree char *text_a = dup_value (a, length_a);
  g_autofree char *text_b = dup_value (b, length_b);

  return emend_text_compare_natural (text_a, text_b);
}

/**
 * emend_project_add_functions:
 * @project: a new connection
 *
 * Adds the words of our own that queries use; the text of a file cannot name them.
 */
void
emend_project_add_functions (EmendProject *project)
{
  sqlite3_create_function (project->db, "contains", 2, SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_DIRECTONLY, NULL,
                           contains_func, NULL, NULL);
  sqlite3_create_collation (project->db, "natural_order", SQLITE_UTF8, NULL, natural_collation);
}

static void
add_verdicts (GString *sql,
              guint verdicts)
{
  static const char *const columns[] = { "n_undecided", "n_accepted", "n_corrected", "n_rejected", "n_added" };
  const char *separator = " AND (";

  for (guint i = 0; i < G_N_ELEMENTS (columns); i++) {
    if ((verdicts & (1u << i)) == 0)
      continue;
    g_string_append_printf (sql, "%s%s > 0", separator, columns[i]);
    separator = " OR ";
  }
  if (!g_str_equal (separator, " AND ("))
    g_string_append_c (sql, ')');
}

static char *
filter_to_sql (const EmendItemFilter *filter,
               EmendItemOrder order)
{
  GString *sql = g_string_new ("SELECT id FROM item WHERE 1");

  if (filter != NULL && filter->text != NULL)
    g_string_append (sql, " AND contains (path, :text)");
  if (filter != NULL && filter->reading != 0)
    g_string_append (sql, " AND (1 << reading) & :reading");
  if (filter != NULL && filter->waiting)
    g_string_append (sql, " AND n_undecided > 0");
  if (filter != NULL)
    add_verdicts (sql, filter->verdicts);
  if (filter != NULL && filter->label != 0)
    g_string_append (sql,
                     " AND id IN (SELECT p.item FROM proposal p JOIN run r ON r.id = p.id >> 32 AND r.role = 0 WHERE "
                     "p.label = :label UNION SELECT item FROM annotation WHERE stream = :view AND label = :label)");
  if (filter != NULL && filter->media != 0)
    g_string_append (sql, " AND (1 << media) & :media");
  if (filter != NULL && !isnan (filter->score_below))
    g_string_append (sql,
                     " AND n_undecided > 0 AND EXISTS (SELECT 1 FROM proposal p JOIN run r ON r.id = p.id >> 32 AND "
                     "r.role = 0 WHERE p.item = item.id AND p.score < :score AND NOT EXISTS (SELECT 1 FROM annotation "
                     "a WHERE a.item = p.item AND a.stream = :view AND a.proposal = p.id))");
  switch (order) {
  case EMEND_ITEM_ORDER_NAME:
    g_string_append (sql, " ORDER BY path COLLATE natural_order, position");
    break;
  case EMEND_ITEM_ORDER_DOUBT:
    g_string_append (sql, " ORDER BY doubt DESC, position");
    break;
  case EMEND_ITEM_ORDER_UNDECIDED:
    g_string_append (sql, " ORDER BY n_undecided DESC, position");
    break;
  case EMEND_ITEM_ORDER_POSITION:
  default:
    g_string_append (sql, " ORDER BY position");
    break;
  }
  g_string_append (sql, " LIMIT :limit");
  return g_string_free (sql, FALSE);
}

static void
bind_filter (EmendProject *project,
             EmendQuery *query,
             const EmendItemFilter *filter,
             const char *folded,
             gint64 limit)
{
  int index;

  if ((index = sqlite3_bind_parameter_index (query, ":text")) > 0)
    emend_query_bind_text (query, index, folded);
  if ((index = sqlite3_bind_parameter_index (query, ":reading")) > 0)
    sqlite3_bind_int64 (query, index, filter->reading);
  if ((index = sqlite3_bind_parameter_index (query, ":label")) > 0)
    sqlite3_bind_int64 (query, index, filter->label);
  if ((index = sqlite3_bind_parameter_index (query, ":media")) > 0)
    sqlite3_bind_int64 (query, index, filter->media);
  if ((index = sqlite3_bind_parameter_index (query, ":score")) > 0)
    sqlite3_bind_double (query, index, filter->score_below);
  if ((index = sqlite3_bind_parameter_index (query, ":view")) > 0)
    sqlite3_bind_int64 (query, index, project->view);
  sqlite3_bind_int64 (query, sqlite3_bind_parameter_index (query, ":limit"), limit > 0 ? limit : -1);
}

/**
 * emend_project_query_items:
 * @project: a project
 * @filter: (nullable): which items; %NULL for all
 * @order: in which order
 * @limit: at most so many; 0 for all
 * @error: EMEND_STORE_ERROR
 *
 * Returns: (transfer full) (nullable) (element-type gint64): numbers of the items
 */
GArray *
emend_project_query_items (EmendProject *project,
                           const EmendItemFilter *filter,
                           EmendItemOrder order,
                           gint64 limit,
                           GError **error)
{
  g_autofree char *sql = filter_to_sql (filter, order);
  g_autofree char *folded = filter != NULL && filter->text != NULL ? g_utf8_casefold (filter->text, -1) : NULL;
  g_autoptr (GArray) items = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (EmendQuery) query = NULL;
  EmendStep step;

  query = emend_query_new (project, sql, error);
  if (query == NULL)
    return NULL;
  bind_filter (project, query, filter, folded, limit);
  while ((step = emend_query_step (project, query, error)) == EMEND_STEP_ROW) {
    gint64 id = sqlite3_column_int64 (query, 0);
    g_array_append_val (items, id);
  }
  return step == EMEND_STEP_DONE ? g_steal_pointer (&items) : NULL;
}

/**
 * emend_project_load_items:
 * @project: a project
 * @ids: (array length=n_ids): numbers of items
 * @n_ids: how many
 * @error: EMEND_STORE_ERROR_REFUSED when one is not there
 *
 * Returns: (transfer full) (nullable) (element-type EmendItem): the items, in the order asked for
 */
GPtrArray *
emend_project_load_items (EmendProject *project,
                          const gint64 *ids,
                          gsize n_ids,
                          GError **error)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func ((GDestroyNotify) emend_item_free);

  for (gsize i = 0; i < n_ids; i++) {
    EmendItem *item = emend_project_load_item (project, ids[i], error);

    if (item == NULL)
      return NULL;
    g_ptr_array_add (items, item);
  }
  return g_steal_pointer (&items);
}

/**
 * emend_project_load_items_at:
 * @project: a project
 * @position: of the first, from 0
 * @count: at most so many
 * @error: EMEND_STORE_ERROR
 *
 * Returns: (transfer full) (nullable) (element-type EmendItem): the items from there on, fewer at the end
 */
GPtrArray *
emend_project_load_items_at (EmendProject *project,
                             gint64 position,
                             gsize count,
                             GError **error)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func ((GDestroyNotify) emend_item_free);
  g_autoptr (EmendQuery) query = emend_query_new (project,
                                                  "SELECT " EMEND_ITEM_COLUMNS " FROM item WHERE position >= ? ORDER "
                                                  "BY position LIMIT ?",
                                                  error);
  EmendStep step;

  if (query == NULL)
    return NULL;
  sqlite3_bind_int64 (query, 1, position);
  sqlite3_bind_int64 (query, 2, (gint64) MIN (count, (gsize) G_MAXINT64));
  while ((step = emend_query_step (project, query, error)) == EMEND_STEP_ROW)
    g_ptr_array_add (items, emend_item_from_query (query));
  return step == EMEND_STEP_DONE ? g_steal_pointer (&items) : NULL;
}

/**
 * emend_project_find_item:
 * @project: a project
 * @path: relative to the project's folder
 * @error: EMEND_STORE_ERROR_REFUSED when there is no such item
 *
 * Returns: (transfer full) (nullable): the item of exactly this path
 */
EmendItem *
emend_project_find_item (EmendProject *project,
                         const char *path,
                         GError **error)
{
  g_autoptr (EmendQuery) query = emend_query_new (project, "SELECT " EMEND_ITEM_COLUMNS " FROM item WHERE path = ?",
                                                  error);
  EmendStep step;

  if (query == NULL)
    return NULL;
  emend_query_bind_text (query, 1, path);
  step = emend_query_step (project, query, error);
  if (step == EMEND_STEP_DONE)
    g_set_error (error, EMEND_STORE_ERROR, EMEND_STORE_ERROR_REFUSED, _ ("“%s” is not an item of “%s”."), path,
                 project->path);
  return step == EMEND_STEP_ROW ? emend_item_from_query (query) : NULL;
}

/* What comes after the item at position ?1. */
static const char *
next_sql (EmendItemOrder order)
{
  switch (order) {
  case EMEND_ITEM_ORDER_NAME:
    return "SELECT " EMEND_ITEM_COLUMNS " FROM item WHERE waiting = 1 AND position <> ?1 "
           "AND path COLLATE natural_order > (SELECT path FROM item WHERE position = ?1) ORDER BY path COLLATE "
           "natural_order, position LIMIT 1";
  case EMEND_ITEM_ORDER_DOUBT:
    return "SELECT " EMEND_ITEM_COLUMNS " FROM item WHERE waiting = 1 AND position <> ?1 ORDER BY doubt DESC, "
           "position LIMIT 1";
  case EMEND_ITEM_ORDER_UNDECIDED:
    return "SELECT " EMEND_ITEM_COLUMNS " FROM item WHERE waiting = 1 AND position <> ?1 ORDER BY n_undecided DESC, "
           "position LIMIT 1";
  case EMEND_ITEM_ORDER_POSITION:
  default:
    return "SELECT " EMEND_ITEM_COLUMNS " FROM item WHERE waiting = 1 AND position > ?1 ORDER BY position LIMIT 1";
  }
}

static const char *
first_sql (EmendItemOrder order)
{
  switch (order) {
  case EMEND_ITEM_ORDER_NAME:
    return "SELECT " EMEND_ITEM_COLUMNS " FROM item WHERE waiting = 1 ORDER BY path COLLATE natural_order, position "
           "LIMIT 1";
  case EMEND_ITEM_ORDER_DOUBT:
    return "SELECT " EMEND_ITEM_COLUMNS " FROM item WHERE waiting = 1 ORDER BY doubt DESC, position LIMIT 1";
  case EMEND_ITEM_ORDER_UNDECIDED:
    return "SELECT " EMEND_ITEM_COLUMNS " FROM item WHERE waiting = 1 ORDER BY n_undecided DESC, position LIMIT 1";
  case EMEND_ITEM_ORDER_POSITION:
  default:
    return "SELECT " EMEND_ITEM_COLUMNS " FROM item WHERE waiting = 1 ORDER BY position LIMIT 1";
  }
}

/* Returns whether it could be asked. */
static gboolean
ask_next (EmendProject *project,
          const char *sql,
          gint64 position,
          EmendItem **item,
          GError **error)
{
  g_autoptr (EmendQuery) query = emend_query_new (project, sql, error);
  EmendStep step;

  if (query == NULL)
    return FALSE;
  if (sqlite3_bind_parameter_count (query) > 0)
    sqlite3_bind_int64 (query, 1, position);
  step = emend_query_step (project, query, error);
  *item = step == EMEND_STEP_ROW ? emend_item_from_query (query) : NULL;
  return step != EMEND_STEP_FAILED;
}

/**
 * emend_project_list_done:
 * @project: a project
 * @error: EMEND_STORE_ERROR
 *
 * Returns: (transfer full) (nullable) (element-type EmendDoneItem): the items that any reviewer finished, by number
 */
GArray *
emend_project_list_done (EmendProject *project,
                         GError **error)
{
  g_autoptr (GArray) done = g_array_new (FALSE, FALSE, sizeof (EmendDoneItem));
  g_autoptr (EmendQuery) query = emend_query_new (
    project, "SELECT item, max (max (done, decided)) FROM reading WHERE state = 2 GROUP BY item ORDER BY item", error);
  EmendStep step;

  if (query == NULL)
    return NULL;
  while ((step = emend_query_step (project, query, error)) == EMEND_STEP_ROW) {
    EmendDoneItem item = { sqlite3_column_int64 (query, 0), sqlite3_column_int64 (query, 1) };
    g_array_append_val (done, item);
  }
  return step == EMEND_STEP_DONE ? g_steal_pointer (&done) : NULL;
}

/**
 * emend_project_list_used:
 * @project: a project
 * @error: EMEND_STORE_ERROR
 *
 * Asks of what proposals and annotations speak, those of other reviewers too. The cost grows with the project.
 *
 * Returns: (transfer full) (nullable) (element-type int): the numbers of labels and fields that are in use, ascending
 */
GArray *
emend_project_list_used (EmendProject *project,
                         GError **error)
{
  g_autoptr (GArray) used = g_array_new (FALSE, FALSE, sizeof (int));
  g_autoptr (EmendQuery) query = emend_query_new (
    project, "SELECT label FROM proposal UNION SELECT label FROM annotation ORDER BY 1", error);
  EmendStep step;

  if (query == NULL)
    return NULL;
  while ((step = emend_query_step (project, query, error)) == EMEND_STEP_ROW) {
    int id = sqlite3_column_int (query, 0);
    g_array_append_val (used, id);
  }
  return step == EMEND_STEP_DONE ? g_steal_pointer (&used) : NULL;
}

/**
 * emend_project_next_waiting:
 * @project: a project
 * @after_position: of the item that is shown, or -1
 * @order: in which order the queue is worked through
 * @error: EMEND_STORE_ERROR; not set when nothing waits
 *
 * By position and by name it is the next one after the shown item, and after the last the first. By doubt and
 * by number of undecided it is the one that comes first now, other than the shown one. When only
 * the shown item waits it is that one. By position and by doubt the cost is the same for any size.
 *
 * Returns: (transfer full) (nullable): the item, %NULL when nothing waits
 */
EmendItem *
emend_project_next_waiting (EmendProject *project,
                            gint64 after_position,
                            EmendItemOrder order,
                            GError **error)
{
  EmendItem *item = NULL;

  if (after_position >= 0 && !ask_next (project, next_sql (order), after_position, &item, error))
    return NULL;
  if (item == NULL)
    ask_next (project, first_sql (order), after_position, &item, error);
  return item;
}
