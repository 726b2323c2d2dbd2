#define G_LOG_DOMAIN "emend-store"

#include "config.h"

#include "emend-project-private.h"

/* What all readers of events ask for, in this order. */
#define EVENT_COLUMNS                                                                                                \
  "e.id, s.uuid, s.reviewer, e.at, e.action, e.body, (SELECT i.path FROM event_item x JOIN item i ON i.id = x.item " \
  "WHERE x.event = e.id LIMIT 1)"

static EmendEvent *
event_from_query (EmendQuery *query)
{
  EmendEvent *event = g_new0 (EmendEvent, 1);

  event->seq = EMEND_EVENT_SEQ (sqlite3_column_int64 (query, 0));
  emend_query_get_uuid (query, 1, &event->stream);
  event->reviewer = emend_query_get_text (query, 2);
  event->at_ms = sqlite3_column_int64 (query, 3);
  event->action = emend_query_get_text (query, 4);
  event->body = g_strdup ((const char *) sqlite3_column_text (query, 5));
  event->item_path = emend_query_get_text (query, 6);
  return event;
}

/**
 * emend_event_free:
 * @event: (transfer full): an event
 *
 * Any thread.
 */
void
emend_event_free (EmendEvent *event)
{
  g_free (event->reviewer);
  g_free (event->action);
  g_free (event->item_path);
  g_free (event->body);
  g_free (event);
}

static int
compare_latest_first (gconstpointer a,
                      gconstpointer b)
{
  const EmendEvent *x = *(const EmendEvent *const *) a;
  const EmendEvent *y = *(const EmendEvent *const *) b;

  if (x->at_ms != y->at_ms)
    return x->at_ms > y->at_ms ? -1 : 1;
  return x->seq > y->seq ? -1 : x->seq < y->seq;
}

static GArray *
stream_numbers (EmendProject *project,
                GError **error)
{
  g_autoptr (GArray) numbers = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (EmendQuery) query = emend_query_new (project, "SELECT id FROM stream ORDER BY id", error);
  EmendStep step;

  if (query == NULL)
    return NULL;
  while ((step = emend_query_step (project, query, error)) == EMEND_STEP_ROW) {
    gint64 id = sqlite3_column_int64 (query, 0);
    g_array_append_val (numbers, id);
  }
  return step == EMEND_STEP_DONE ? g_steal_pointer (&numbers) : NULL;
}

static gboolean
add_latest (EmendProject *project,
            gint64 stream,
            gint64 item,
            gint64 limit,
            GPtrArray *events,
            GError **error)
{
  g_autoptr (EmendQuery) query = emend_query_new (project,
                                                  item != 0 ?
                                                    "SELECT " EVENT_COLUMNS " FROM event_item o JOIN event e ON e.id "
                                                    "= o.event JOIN stream s ON s.id = ?1 "
                                                    "WHERE o.item = ?5 AND o.event BETWEEN ?2 AND ?3 ORDER BY o.event "
                                                    "DESC LIMIT ?4" :
                                                    "SELECT " EVENT_COLUMNS " FROM event e JOIN stream s ON s.id = ?1 "
                                                    "WHERE e.id BETWEEN ?2 AND ?3 ORDER BY e.id DESC LIMIT ?4",
                                                  error);
  EmendStep step;

  if (query == NULL)
    return FALSE;
  sqlite3_bind_int64 (query, 1, stream);
  sqlite3_bind_int64 (query, 2, EMEND_EVENT_ID (stream, 0));
  sqlite3_bind_int64 (query, 3, EMEND_EVENT_ID (stream + 1, 0) - 1);
  sqlite3_bind_int64 (query, 4, limit > 0 ? limit : -1);
  if (item != 0)
    sqlite3_bind_int64 (query, 5, item);
  while ((step = emend_query_step (project, query, error)) == EMEND_STEP_ROW)
    g_ptr_array_add (events, event_from_query (query));
  return step == EMEND_STEP_DONE;
}

/**
 * emend_project_list_events:
 * @project: a project
 * @item: number of an item, or 0 for the whole project
 * @limit: at most so many; 0 for all
 * @error: EMEND_STORE_ERROR
 *
 * Returns: (transfer full) (nullable) (element-type EmendEvent): events of all streams, the latest first
 */
GPtrArray *
emend_project_list_events (EmendProject *project,
                           gint64 item,
                           gint64 limit,
                           GError **error)
{
  g_autoptr (GPtrArray) events = g_ptr_array_new_with_free_func ((GDestroyNotify) emend_event_free);
  g_autoptr (GArray) streams = stream_numbers (project, error);

  if (streams == NULL)
    return NULL;
  for (guint i = 0; i < streams->len; i++) {
    if (!add_latest (project, g_array_index (streams, gint64, i), item, limit, events, error))
      return NULL;
  }
  g_ptr_array_sort (events, compare_latest_first);
  if (limit > 0 && events->len > limit)
    g_ptr_array_set_size (events, (int) limit);
  return g_steal_pointer (&events);
}

/**
 * emend_project_foreach_event:
 * @project: a project
 * @func: (scope call): told each event, stream after stream, each from its first event; it must not
 *   write to the project. What it returns says whether to go on
 * @data: for @func
 * @error: EMEND_STORE_ERROR, or what @func set
 *
 * Returns: whether all were told
 */
gboolean
emend_project_foreach_event (EmendProject *project,
                             EmendEventFunc func,
                             gpointer data,
                             GError **error)
{
  g_autoptr (EmendQuery) query = emend_query_new (project,
                                                  "SELECT " EVENT_COLUMNS " FROM event e JOIN stream s ON s.id = e.id "
                                                  ">> 40 ORDER BY e.id",
                                                  error);
  EmendStep step;

  if (query == NULL)
    return FALSE;
  while ((step = emend_query_step (project, query, error)) == EMEND_STEP_ROW) {
    g_autoptr (EmendEvent) event = event_from_query (query);

    if (!func (event, data, error))
      return FALSE;
  }
  return step == EMEND_STEP_DONE;
}
