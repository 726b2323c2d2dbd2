#define G_LOG_DOMAIN "emend-ui"

#include "config.h"

#include "emend-mark-history.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "emend-phrases.h"

/* So many events of an item are looked through, and so many lines shown. */
#define MAX_EVENTS 400
#define MAX_LINES 12
#define MAX_BODY (((gsize) 16) * 1024 * 1024)

typedef struct {
  gint64 item;
  char id[EMEND_UUID_TEXT_LENGTH + 1];
} Question;

static gboolean
is_about (const json_t *annotation,
          const char *id)
{
  return g_strcmp0 (json_string_value (json_object_get (annotation, "id")), id) == 0;
}

/* Finds the change of the annotation in an event. */
static const json_t *
find_change (const json_t *body,
             const char *id)
{
  const json_t *changes = json_object_get (body, "changes");
  const json_t *change;
  size_t i;

  json_array_foreach (changes, i, change)
  {
    if (is_about (json_object_get (change, "after"), id) || is_about (json_object_get (change, "before"), id))
      return change;
  }
  return NULL;
}

static char *
describe (const EmendEvent *event,
          const json_t *change)
{
  const char *after = json_string_value (json_object_get (json_object_get (change, "after"), "verdict"));
  const char *what = after == NULL ? C_ ("verdict", "taken back") :
                                     emend_phrase_verdict (emend_verdict_from_name (after));
  g_autoptr (GDateTime) at = g_date_time_new_from_unix_local (event->at_ms / 1000);
  g_autofree char *when = at == NULL ? g_strdup ("") : g_date_time_format (at, "%x %H:%M");

  /* TRANSLATORS: what was decided, by whom, when: “accepted · Ada · 11/21/26 09:15”. */
  return g_strdup_printf (_ ("%s · %s · %s"), what, event->reviewer != NULL ? event->reviewer : "", when);
}

static gpointer
read_worker (EmendProject *project,
             gpointer data,
             GCancellable *cancellable,
             GError **error)
{
  const Question *question = data;
  g_autoptr (GPtrArray) events = emend_project_list_events (project, question->item, MAX_EVENTS, error);
  GPtrArray *lines;

  if (events == NULL)
    return NULL;
  lines = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < events->len && lines->len < MAX_LINES; i++) {
    const EmendEvent *event = g_ptr_array_index (events, i);
    g_autoptr (json_t) body = NULL;
    const json_t *change;

    if (event->body == NULL || strstr (event->body, question->id) == NULL)
      continue;
    body = emend_json_parse (event->body, strlen (event->body), MAX_BODY, NULL);
    change = body == NULL ? NULL : find_change (body, question->id);
    if (change != NULL)
      g_ptr_array_add (lines, describe (event, change));
  }
  return lines;
}

/**
 * emend_mark_history_read_async:
 * @store: an open project
 * @item: number of an item
 * @annotation: one of its annotations
 * @cancellable: (nullable): to stop early
 * @callback: called when done
 * @user_data: for @callback
 */
void
emend_mark_history_read_async (EmendStore *store,
                               gint64 item,
                               const EmendUuid *annotation,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  Question *question = g_new0 (Question, 1);

  question->item = item;
  emend_uuid_format (annotation, question->id);
  emend_store_run_async (store, read_worker, question, g_free, (GDestroyNotify) g_ptr_array_unref, cancellable,
                         callback, user_data);
}

/**
 * emend_mark_history_read_finish:
 * @store: an open project
 * @result: the answer
 * @error: return location
 *
 * Returns: (transfer full) (nullable) (element-type utf8): the lines
 */
GPtrArray *
emend_mark_history_read_finish (EmendStore *store,
                                GAsyncResult *result,
                                GError **error)
{
  return emend_store_run_finish (store, result, error);
}
