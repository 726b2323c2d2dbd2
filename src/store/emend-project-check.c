#define G_LOG_DOMAIN "emend-store"

#include "config.h"

#include "emend-project-check-private.h"

#include <glib/gi18n-lib.h>

/* More than this tells nobody more. */
#define MAX_PROBLEMS 1000

/* How many steps are done between two looks at the cancellable. */
#define STEPS_PER_CHECK 1000

/**
 * emend_checker_add:
 * @checker: a check
 * @format: a whole sentence, translated
 * @...: values in it
 *
 * Notes what is not sound.
 */
void
emend_checker_add (EmendChecker *checker,
                   const char *format,
                   ...)
{
  GPtrArray *problems = checker->check->problems;
  va_list values;

  if (problems->len == MAX_PROBLEMS)
    g_ptr_array_add (problems, g_strdup (_ ("There are more problems than are listed here.")));
  if (problems->len > MAX_PROBLEMS)
    return;
  va_start (values, format);
  g_ptr_array_add (problems, g_strdup_vprintf (format, values));
  va_end (values);
}

/**
 * emend_checker_advance:
 * @checker: a check
 * @error: G_IO_ERROR_CANCELLED
 *
 * Notes that one step more is done.
 *
 * Returns: whether to go on
 */
gboolean
emend_checker_advance (EmendChecker *checker,
                       GError **error)
{
  if (checker->done++ % STEPS_PER_CHECK != 0)
    return TRUE;
  if (checker->progress != NULL)
    checker->progress (MIN (checker->done, checker->total), checker->total, checker->progress_data);
  return !g_cancellable_set_error_if_cancelled (checker->cancellable, error);
}

/* What SQLite finds in its own pages. */
static gboolean
check_pages (EmendChecker *checker,
             GError **error)
{
  EmendProject *project = checker->project;
  g_autoptr (EmendQuery) pages = emend_query_new (project, "PRAGMA integrity_check (100)", error);
  g_autoptr (EmendQuery) keys = pages != NULL ? emend_query_new (project, "PRAGMA foreign_key_check", error) : NULL;
  EmendStep step;

  if (keys == NULL)
    return FALSE;
  while ((step = emend_query_step (project, pages, error)) == EMEND_STEP_ROW) {
    const char *text = (const char *) sqlite3_column_text (pages, 0);

    if (g_strcmp0 (text, "ok") != 0)
      emend_checker_add (checker, _ ("The pages of the file are not sound: %s."), text);
  }
  if (step == EMEND_STEP_FAILED)
    return FALSE;
  while ((step = emend_query_step (project, keys, error)) == EMEND_STEP_ROW)
    emend_checker_add (checker, _ ("A row of the table “%s” points at one that is not there."),
                       sqlite3_column_text (keys, 0));
  return step == EMEND_STEP_DONE;
}

/* Rows that belong to nothing: no key is declared where it would slow down taking over millions of rows. */
static gboolean
check_orphans (EmendChecker *checker,
               GError **error)
{
  gint64 n_proposals = 0;
  gint64 n_judged = 0;
  gint64 n_gaps = 0;

  if (!emend_project_query_int (checker->project,
                                "SELECT count (*) FROM proposal p WHERE NOT EXISTS (SELECT 1 FROM run WHERE id = p.id "
                                ">> 32) OR NOT EXISTS (SELECT 1 FROM item WHERE id = p.item)",
                                0, &n_proposals, error) ||
      !emend_project_query_int (checker->project,
                                "SELECT count (*) FROM annotation a WHERE proposal <> 0 AND NOT EXISTS "
                                "(SELECT 1 FROM proposal p WHERE p.id = a.proposal AND p.item = a.item)",
                                0, &n_judged, error) ||
      !emend_project_query_int (checker->project, "SELECT count (*) - 1 - coalesce (max (position), -1) FROM item", 0,
                                &n_gaps, error))
    return FALSE;
  if (n_proposals > 0)
    emend_checker_add (checker,
                       ngettext ("%d proposal belongs to no run or to no item.",
                                 "%d proposals belong to no run or to no item.", (gulong) n_proposals),
                       (int) n_proposals);
  if (n_judged > 0)
    emend_checker_add (checker,
                       ngettext ("%d annotation speaks of a proposal that is not there.",
                                 "%d annotations speak of a proposal that is not there.", (gulong) n_judged),
                       (int) n_judged);
  if (n_gaps != 0)
    emend_checker_add (checker, _ ("The places in the queue have gaps."));
  return TRUE;
}

static gboolean
count_steps (EmendChecker *checker,
             gboolean rebuild,
             GError **error)
{
  gint64 n_events = 0;
  gint64 n_items = 0;

  if (!emend_project_query_int (checker->project, "SELECT count (*) FROM event", 0, &n_events, error) ||
      !emend_project_query_int (checker->project, "SELECT count (*) FROM item", 0, &n_items, error))
    return FALSE;
  checker->total = (guint64) (n_events + (rebuild ? n_events + n_items : 0));
  return TRUE;
}

static gboolean
run_check (EmendChecker *checker,
           gboolean rebuild,
           GError **error)
{
  g_autofree char *restricted = emend_project_get_meta (checker->project, "restricted", error);

  if (restricted == NULL)
    return FALSE;
  checker->restricted = g_str_equal (restricted, "1");
  if (!count_steps (checker, rebuild, error) || !check_pages (checker, error) || !check_orphans (checker, error) ||
      !emend_checker_chains (checker, error) || !emend_checker_runs (checker, error))
    return FALSE;
  if (!rebuild)
    return TRUE;
  checker->check->rebuilt = TRUE;
  return emend_checker_rebuild (checker, error) && emend_checker_counters (checker, error);
}

/**
 * emend_project_check:
 * @project: a project; nothing in it is changed
 * @rebuild: whether to make the state again from the journal and compare it
 * @cancellable: (nullable): to stop
 * @progress: (nullable) (scope call): told how many events and items are done
 * @progress_data: for @progress
 * @error: G_IO_ERROR_CANCELLED, or EMEND_STORE_ERROR when it cannot even be read
 *
 * Follows each hash chain from its first event, hashes the records of each run again, and looks at all pages and
 * at all rows that point at others. Not for the main thread.
 *
 * Returns: (transfer full) (nullable): what was found
 */
EmendCheck *
emend_project_check (EmendProject *project,
                     gboolean rebuild,
                     GCancellable *cancellable,
                     EmendProgressFunc progress,
                     gpointer progress_data,
                     GError **error)
{
  g_autoptr (EmendCheck) check = g_new0 (EmendCheck, 1);
  EmendChecker checker = {
    .project = project,
    .check = check,
    .cancellable = cancellable,
    .progress = progress,
    .progress_data = progress_data
  };
  gboolean ok;

  check->problems = g_ptr_array_new_with_free_func (g_free);
  if (!emend_project_begin_read (project, error))
    return NULL;
  ok = run_check (&checker, rebuild, error);
  emend_project_end_read (project);
  return ok ? g_steal_pointer (&check) : NULL;
}

/**
 * emend_check_free:
 * @check: (transfer full): what was found
 *
 * Any thread.
 */
void
emend_check_free (EmendCheck *check)
{
  g_clear_pointer (&check->problems, g_ptr_array_unref);
  g_free (check);
}
