#define G_LOG_DOMAIN "emend-store"

#include "config.h"

#include "emend-project-private.h"

/* How doubtful a proposal `p` is that waits: see EmendItem.doubt. */
#define DOUBT "CASE WHEN p.score IS NULL THEN 1.0 ELSE 1.0 - 2.0 * abs (p.score - 0.5) END"

/* What the stream in view says of the proposals of one item, in the order of `update_sql`'s first values. */
static const char count_sql[] =
  "SELECT count (*), coalesce (sum (a.verdict IS NULL), 0), coalesce (sum (a.verdict = 1), 0), coalesce (sum "
  "(a.verdict IN (2, 6)), 0), coalesce (sum (a.verdict IN (3, 5)), 0), (SELECT count (*) FROM annotation n WHERE "
  "n.item = ?1 AND n.stream = ?2 AND n.proposal = 0 AND n.verdict = 4), "
  "coalesce (max (CASE WHEN a.verdict IS NULL THEN " DOUBT
  " ELSE -1.0 END), -1.0) "
  "FROM proposal p JOIN run r ON r.id = p.id >> 32 AND r.role = 0 "
  "LEFT JOIN annotation a ON a.item = ?1 AND a.stream = ?2 AND a.proposal = p.id WHERE p.item = ?1 AND (a.verdict IS "
  "NOT NULL OR NOT (" EMEND_SUPERSEDED "))";

static const char update_sql[] =
  "UPDATE item SET n_proposals = ?2, n_undecided = ?3, n_accepted = ?4, n_corrected = ?5, n_rejected = ?6, n_added = "
  "?7, doubt = ?8, reading = ?9, decision = ?10, waiting = ?11 WHERE id = ?1";

/* Adds (?2 = 1) or takes away (?2 = -1) what an item counts for. */
static const char total_sql[] =
  "UPDATE total SET n_done = total.n_done + ?2 * (i.reading = 2), n_waiting = total.n_waiting + ?2 * i.waiting, "
  "n_proposals = total.n_proposals + ?2 * i.n_proposals, n_undecided = total.n_undecided + ?2 * i.n_undecided, "
  "n_accepted = total.n_accepted + ?2 * i.n_accepted, n_corrected = total.n_corrected + ?2 * i.n_corrected, "
  "n_rejected = total.n_rejected + ?2 * i.n_rejected, n_added = total.n_added + ?2 * i.n_added FROM item i WHERE i.id "
  "= ?1";

/* The totals as sums over the items. */
#define TOTALS_SELECT                                                                                        \
  "SELECT count (*), coalesce (sum (i.reading = 2), 0), coalesce (sum (i.waiting), 0), "                     \
  "coalesce (sum (i.n_proposals), 0), "                                                                      \
  "coalesce (sum (i.n_undecided), 0), coalesce (sum (i.n_accepted), 0), coalesce (sum (i.n_corrected), 0), " \
  "coalesce (sum (i.n_rejected), 0), coalesce (sum (i.n_added), 0) FROM item i"

static gboolean
count_item_in_total (EmendProject *project,
                     gint64 item,
                     int sign,
                     GError **error)
{
  g_autoptr (EmendQuery) query = emend_query_new (project, total_sql, error);

  if (query == NULL)
    return FALSE;
  sqlite3_bind_int64 (query, 1, item);
  sqlite3_bind_int (query, 2, sign);
  return emend_query_run (project, query, error);
}

/* Whether the queue offers it: not done, and something is undecided or nothing was touched. */
static gboolean
item_waits (EmendQuery *counts,
            const EmendReading *reading)
{
  return reading->state != EMEND_READING_DONE &&
         (sqlite3_column_int64 (counts, 1) > 0 || reading->state == EMEND_READING_NONE);
}

static gboolean
update_item (EmendProject *project,
             gint64 item,
             EmendQuery *counts,
             const EmendReading *reading,
             GError **error)
{
  g_autoptr (EmendQuery) query = emend_query_new (project, update_sql, error);

  if (query == NULL)
    return FALSE;
  sqlite3_bind_int64 (query, 1, item);
  for (int i = 0; i < 6; i++)
    sqlite3_bind_int64 (query, 2 + i, sqlite3_column_int64 (counts, i));
  sqlite3_bind_double (query, 8, sqlite3_column_double (counts, 6));
  sqlite3_bind_int (query, 9, (int) reading->state);
  emend_query_bind_text (query, 10, reading->decision);
  sqlite3_bind_int (query, 11, item_waits (counts, reading));
  return emend_query_run (project, query, error);
}

/**
 * emend_project_refresh_item:
 * @project: a project in a transaction
 * @item: number of the item
 * @error: EMEND_STORE_ERROR
 *
 * Counts again what the stream in view says of the item, and carries the difference into the totals. An
 * item waits while it is not done and has something undecided or was not touched at all.
 *
 * Returns: whether it was written
 */
gboolean
emend_project_refresh_item (EmendProject *project,
                            gint64 item,
                            GError **error)
{
  EmendReading reading = { 0 };
  g_autoptr (EmendQuery) counts = emend_query_new (project, count_sql, error);
  gboolean ok;

  if (counts == NULL || !emend_reading_load (project, project->view, item, &reading, error))
    return FALSE;
  sqlite3_bind_int64 (counts, 1, item);
  sqlite3_bind_int64 (counts, 2, project->view);
  ok = emend_query_step (project, counts, error) == EMEND_STEP_ROW && count_item_in_total (project, item, -1, error) &&
       update_item (project, item, counts, &reading, error) && count_item_in_total (project, item, 1, error);
  emend_reading_clear (&reading);
  return ok;
}

/**
 * emend_project_refresh_totals:
 * @project: a project in a transaction
 * @error: EMEND_STORE_ERROR
 *
 * Sums the counters of all items again, after they were changed in bulk.
 *
 * Returns: whether it was written
 */
gboolean
emend_project_refresh_totals (EmendProject *project,
                              GError **error)
{
  return emend_project_exec (project,
                             "UPDATE total SET (n_items, n_done, n_waiting, n_proposals, n_undecided, n_accepted, "
                             "n_corrected, n_rejected, n_added) = (" TOTALS_SELECT ")",
                             error);
}

/**
 * emend_project_add_totals:
 * @project: a project in a transaction
 * @items: how many items more
 * @waiting: how many waiting ones more
 * @proposals: how many undecided proposals more
 * @events: how many events more
 * @error: EMEND_STORE_ERROR
 *
 * Returns: whether it was written
 */
gboolean
emend_project_add_totals (EmendProject *project,
                          gint64 items,
                          gint64 waiting,
                          gint64 proposals,
                          gint64 events,
                          GError **error)
{
  g_autoptr (EmendQuery) query = emend_query_new (project,
                                                  "UPDATE total SET n_items = n_items + ?1, n_waiting = n_waiting + "
                                                  "?2, n_proposals = n_proposals + ?3, n_undecided = n_undecided + "
                                                  "?3, n_events = n_events + ?4",
                                                  error);

  if (query == NULL)
    return FALSE;
  sqlite3_bind_int64 (query, 1, items);
  sqlite3_bind_int64 (query, 2, waiting);
  sqlite3_bind_int64 (query, 3, proposals);
  sqlite3_bind_int64 (query, 4, events);
  return emend_query_run (project, query, error);
}

/**
 * emend_project_compare_item:
 * @project: a project
 * @item: number of the item
 * @same: (out): whether its counters are what emend_project_refresh_item() would write
 * @error: EMEND_STORE_ERROR
 *
 * Returns: whether it could be counted
 */
gboolean
emend_project_compare_item (EmendProject *project,
                            gint64 item,
                            gboolean *same,
                            GError **error)
{
  g_autoptr (EmendQuery) counts = emend_query_new (project, count_sql, error);
  g_autoptr (EmendQuery) stored = emend_query_new (project,
                                                   "SELECT n_proposals, n_undecided, n_accepted, n_corrected, "
                                                   "n_rejected, n_added, doubt, reading, decision, waiting FROM item "
                                                   "WHERE id = ?",
                                                   error);
  EmendReading reading = { 0 };

  if (counts == NULL || stored == NULL || !emend_reading_load (project, project->view, item, &reading, error))
    return FALSE;
  sqlite3_bind_int64 (counts, 1, item);
  sqlite3_bind_int64 (counts, 2, project->view);
  sqlite3_bind_int64 (stored, 1, item);
  if (emend_query_step (project, counts, error) != EMEND_STEP_ROW ||
      emend_query_step (project, stored, error) != EMEND_STEP_ROW) {
    emend_reading_clear (&reading);
    return FALSE;
  }
  *same = sqlite3_column_double (counts, 6) == sqlite3_column_double (stored, 6) &&
          sqlite3_column_int (stored, 7) == (int) reading.state &&
          g_strcmp0 ((const char *) sqlite3_column_text (stored, 8), reading.decision) == 0 &&
          sqlite3_column_int (stored, 9) == item_waits (counts, &reading);
  for (int i = 0; i < 6; i++)
    *same = *same && sqlite3_column_int64 (counts, i) == sqlite3_column_int64 (stored, i);
  emend_reading_clear (&reading);
  return TRUE;
}

/**
 * emend_project_compare_totals:
 * @project: a project
 * @same: (out): whether the totals are what emend_project_refresh_totals() would write
 * @error: EMEND_STORE_ERROR
 *
 * Returns: whether it could be summed
 */
gboolean
emend_project_compare_totals (EmendProject *project,
                              gboolean *same,
                              GError **error)
{
  gint64 n = 0;

  if (!emend_project_query_int (project,
                                "SELECT count (*) FROM total WHERE (n_items, n_done, n_waiting, n_proposals, "
                                "n_undecided, n_accepted, n_corrected, n_rejected, n_added) = (" TOTALS_SELECT ")",
                                0, &n, error))
    return FALSE;
  *same = n == 1;
  return TRUE;
}
