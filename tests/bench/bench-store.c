#define G_LOG_DOMAIN "emend-bench"

#include "config.h"

#include <math.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

#include <glib/gstdio.h>

#include "emend-bench.h"
#include "emend-import.h"
#include "emend-project-private.h"
#include "emend-test.h"

/*
 * The project file: a decision against a bare commit of SQLite with the same settings, an import against bare
 * inserts of the same rows, and what must not grow: opening, the counters, the next waiting item and the
 * content of an item, in two projects of which one is ten times larger. With EMEND_BENCH_LARGE in the
 * environment the larger one has a million items and ten million proposals.
 */

#define N_COMMITS 200
#define PER_ITEM 10
#define N_LABELS 2

static void
check (gboolean ok,
       const GError *error)
{
  if (!ok)
    g_error ("bench-store: %s", error != NULL ? error->message : "failed");
}

static EmendProject *
make_project (const char *path,
              int n_items)
{
  g_autoptr (EmendSchema) schema = emend_schema_new ();
  g_autoptr (GError) error = NULL;
  EmendProject *project;

  emend_schema_add_label (schema, "cat", 0xff0000, 'c');
  emend_schema_add_label (schema, "dog", 0x00ff00, 'd');
  project = emend_project_create (path, "Bench", schema, "ann", &error);
  check (project != NULL, error);
  for (int i = 0; i < n_items;) {
    g_autoptr (GPtrArray) items = g_ptr_array_new ();

    for (; i < n_items && items->len < 50000; i++) {
      EmendNewItem *item = g_new0 (EmendNewItem, 1);

      item->item = emend_item_new ();
      item->item->path = g_strdup_printf ("images/%03d/image-%07d.jpg", i % 100, i);
      item->item->width = 1920;
      item->item->height = 1080;
      g_ptr_array_add (items, item);
    }
    check (emend_project_add_items (project, items, NULL, NULL, NULL, &error) >= 0, error);
    for (guint j = 0; j < items->len; j++) {
      EmendNewItem *item = g_ptr_array_index (items, j);
      emend_item_free (item->item);
      g_free (item);
    }
  }
  return project;
}

/* With @n_items, items come in no order, as in files that are not sorted by image. */
static void
fill_proposal (EmendProposal *proposal,
               int number,
               int n_items)
{
  proposal->item = n_items != 0 ? (gint64) number * 7919 % n_items + 1 : number / PER_ITEM + 1;
  proposal->label = number % N_LABELS + 1;
  proposal->score = (double) (number * 7919 % 1000) / 1000;
  emend_shape_init_box (&proposal->shape, &(EmendRect){ number % 1000 + 0.25, number % 500, 40, 30.5 });
}

/* Returns CPU seconds: what the disk is doing for others does not count. */
static double
import_proposals (EmendProject *project,
                  int n,
                  int n_items)
{
  g_autoptr (EmendRun) run = emend_run_new ();
  g_autoptr (EmendProposal) proposal = emend_proposal_new ();
  g_autoptr (EmendImport) import = NULL;
  g_autoptr (GError) error = NULL;
  double start = emend_bench_cpu ();

  run->name = g_strdup ("bench");
  import = emend_import_begin (project, run, &error);
  check (import != NULL, error);
  for (int i = 0; i < n; i++) {
    fill_proposal (proposal, i, n_items);
    check (emend_import_add (import, proposal, &error), error);
  }
  check (emend_import_finish (import, &error), error);
  return emend_bench_cpu () - start;
}

static sqlite3 *
open_bare (const char *path)
{
  sqlite3 *db = NULL;

  check (sqlite3_open (path, &db) == SQLITE_OK, NULL);
  check (sqlite3_exec (db,
                       "PRAGMA journal_mode = DELETE; PRAGMA synchronous = EXTRA; PRAGMA secure_delete = ON; PRAGMA "
                       "cache_size = -65536",
                       NULL, NULL, NULL) == SQLITE_OK,
         NULL);
  return db;
}

/* The same rows into a bare table with the same index, by one prepared statement. */
static double
insert_bare (const char *path,
             int n,
             int n_items)
{
  g_autoptr (EmendProposal) proposal = emend_proposal_new ();
  sqlite3 *db = open_bare (path);
  sqlite3_stmt *insert = NULL;
  double start = emend_bench_cpu ();

  sqlite3_exec (db,
                "BEGIN; CREATE TABLE proposal (id INTEGER PRIMARY KEY, item INTEGER, page INTEGER, label INTEGER, "
                "kind INTEGER, x REAL, y REAL, w REAL, h REAL, shape BLOB, score REAL, score_text TEXT, attributes "
                "TEXT) STRICT; CREATE INDEX proposal_item ON proposal (item)",
                NULL, NULL, NULL);
  check (sqlite3_prepare_v2 (db, "INSERT INTO proposal VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, NULL, ?, NULL, NULL)", -1,
                             &insert, NULL) == SQLITE_OK,
         NULL);
  for (int i = 0; i < n; i++) {
    fill_proposal (proposal, i, n_items);
    sqlite3_bind_int64 (insert, 1, i);
    sqlite3_bind_int64 (insert, 2, proposal->item);
    sqlite3_bind_int (insert, 3, proposal->page);
    sqlite3_bind_int (insert, 4, proposal->label);
    sqlite3_bind_int (insert, 5, (int) proposal->shape.kind);
    sqlite3_bind_double (insert, 6, proposal->shape.box.x);
    sqlite3_bind_double (insert, 7, proposal->shape.box.y);
    sqlite3_bind_double (insert, 8, proposal->shape.box.width);
    sqlite3_bind_double (insert, 9, proposal->shape.box.height);
    sqlite3_bind_double (insert, 10, proposal->score);
    check (sqlite3_step (insert) == SQLITE_DONE, NULL);
    sqlite3_reset (insert);
  }
  sqlite3_finalize (insert);
  check (sqlite3_exec (db, "COMMIT", NULL, NULL, NULL) == SQLITE_OK, NULL);
  sqlite3_close (db);
  return emend_bench_cpu () - start;
}

static void
bench_import (EmendProject *project,
              const char *bare_path,
              int n_proposals,
              int n_items,
              const char *name)
{
  double ours = import_proposals (project, n_proposals, n_items);
  double bare = insert_bare (bare_path, n_proposals, n_items);

  g_unlink (bare_path);
  emend_bench_report (name, ours / n_proposals * 1e6, "s", bare / n_proposals * 1e6, 2);
}

/* One row of the size of an event, committed. */
static double
commit_bare (sqlite3 *db,
             sqlite3_stmt *insert,
             int number)
{
  g_autofree char *body = g_strnfill (700, 'x');
  double start = emend_bench_wall ();

  sqlite3_exec (db, "BEGIN IMMEDIATE", NULL, NULL, NULL);
  sqlite3_bind_int (insert, 1, number);
  sqlite3_bind_text (insert, 2, body, -1, SQLITE_STATIC);
  check (sqlite3_step (insert) == SQLITE_DONE, NULL);
  sqlite3_reset (insert);
  check (sqlite3_exec (db, "COMMIT", NULL, NULL, NULL) == SQLITE_OK, NULL);
  return emend_bench_wall () - start;
}

static double
commit_decision (EmendProject *project,
                 int number)
{
  g_autoptr (EmendDecision) decision = emend_decision_new (EMEND_DECISION_ACCEPT, number / PER_ITEM + 1);
  const EmendDecision *const decisions[] = { decision };
  g_autoptr (EmendOutcome) outcome = NULL;
  g_autoptr (GError) error = NULL;
  double start;

  decision->proposal = EMEND_PROPOSAL_ID (1, number);
  decision->ms = 900;
  start = emend_bench_wall ();
  outcome = emend_project_decide (project, decisions, 1, &error);
  check (outcome != NULL, error);
  return emend_bench_wall () - start;
}

/* In turns, so that both see the same disk. */
static void
bench_commit (EmendProject *project,
              const char *bare_path)
{
  sqlite3 *db = open_bare (bare_path);
  sqlite3_stmt *insert = NULL;
  double ours[N_COMMITS];
  double bare[N_COMMITS];

  sqlite3_exec (db, "CREATE TABLE event (id INTEGER PRIMARY KEY, body TEXT)", NULL, NULL, NULL);
  check (sqlite3_prepare_v2 (db, "INSERT INTO event VALUES (?, ?)", -1, &insert, NULL) == SQLITE_OK, NULL);
  for (int i = 0; i < N_COMMITS; i++) {
    bare[i] = commit_bare (db, insert, i);
    ours[i] = commit_decision (project, i);
  }
  sqlite3_finalize (insert);
  sqlite3_close (db);
  emend_bench_report ("store: decision, durable, median", emend_bench_median (ours, N_COMMITS) * 1e6, "µs",
                      emend_bench_median (bare, N_COMMITS) * 1e6, 1.5);
}

typedef struct {
  double open;
  double info;
  double next;
  double next_steps;
  double next_doubt;
  double content;
} Figures;

#define N_ASKED 200

typedef void (*Question) (EmendProject *project,
                          int position);

static void
ask_info (EmendProject *project,
          int position)
{
  emend_project_info_free (emend_project_get_info (project, NULL));
}

static void
ask_next (EmendProject *project,
          int position)
{
  emend_item_free (emend_project_next_waiting (project, position, EMEND_ITEM_ORDER_POSITION, NULL));
}

static void
ask_next_doubt (EmendProject *project,
                int position)
{
  emend_item_free (emend_project_next_waiting (project, position, EMEND_ITEM_ORDER_DOUBT, NULL));
}

static void
ask_content (EmendProject *project,
             int position)
{
  emend_item_content_free (emend_project_load_content (project, position + 1, NULL));
}

/* Median of one call in microseconds, all over the queue. */
static double
ask (EmendProject *project,
     int n_items,
     Question question)
{
  double times[N_ASKED];

  for (int i = 0; i < N_ASKED; i++) {
    double start = emend_bench_wall ();

    question (project, i * (n_items / N_ASKED));
    times[i] = (emend_bench_wall () - start) * 1e6;
  }
  return emend_bench_median (times, N_ASKED);
}

static void
ask_all (EmendProject *project,
         int n_items,
         Figures *figures)
{
  figures->info = ask (project, n_items, ask_info);
  figures->next = ask (project, n_items, ask_next);
  figures->next_doubt = ask (project, n_items, ask_next_doubt);
  figures->content = ask (project, n_items, ask_content);
}

/* Steps of SQLite's virtual machine since the last time: every row that is touched takes some. */
static int
count_steps (EmendProject *project)
{
  int n = 0;

  for (sqlite3_stmt *query = sqlite3_next_stmt (project->db, NULL); query != NULL;
       query = sqlite3_next_stmt (project->db, query))
    n += sqlite3_stmt_status (query, SQLITE_STMTSTATUS_VM_STEP, TRUE);
  return n;
}

static void
measure (const char *path,
         int n_items,
         Figures *figures)
{
  double opened[5];

  for (int i = 0; i < 5; i++) {
    g_autoptr (GError) error = NULL;
    double start = emend_bench_wall ();
    g_autoptr (EmendProject) project = emend_project_open (path, 0, "ann", &error);

    check (project != NULL, error);
    opened[i] = emend_bench_wall () - start;
    if (i < 4)
      continue;
    ask_all (project, n_items, figures); /* once, so that what is measured is not the first reading of pages */
    ask_all (project, n_items, figures);
    (void) count_steps (project);
    ask_next (project, n_items / 2);
    figures->next_steps = count_steps (project);
  }
  figures->open = emend_bench_median (opened, 5) * 1e3;
}

static void
bench_growth (const char *folder,
              int n_small,
              int n_large)
{
  g_autofree char *small_path = g_build_filename (folder, "small.emend", NULL);
  g_autofree char *large_path = g_build_filename (folder, "large.emend", NULL);
  Figures small = { 0 };
  Figures large = { 0 };
  EmendProject *project = make_project (small_path, n_small);

  import_proposals (project, n_small * PER_ITEM, 0);
  emend_project_close (project);
  measure (small_path, n_small, &small);
  measure (large_path, n_large, &large);
  emend_bench_report ("store: open, ten times the items", large.open, "ms", small.open, NAN);
  emend_bench_report ("store: counters, ten times the items", large.info, "µs", small.info, 1.5);
  emend_bench_report ("store: next waiting by place, ten times the items", large.next, "µs", small.next, 2);
  emend_bench_report ("store: next waiting by place, ten times the items, work", large.next_steps, "steps",
                      small.next_steps, 1);
  emend_bench_report ("store: next waiting by doubt, ten times the items", large.next_doubt, "µs", small.next_doubt, 2);
  emend_bench_report ("store: content of an item, ten times the items", large.content, "µs", small.content, 2);
}

int
main (int argc,
      char **argv)
{
  g_autofree char *folder = emend_test_make_folder ();
  g_autofree char *large_path = g_build_filename (folder, "large.emend", NULL);
  g_autofree char *unsorted_path = g_build_filename (folder, "unsorted.emend", NULL);
  g_autofree char *bare_rows = g_build_filename (folder, "rows.db", NULL);
  g_autofree char *bare_commits = g_build_filename (folder, "commits.db", NULL);
  int n_large = g_getenv ("EMEND_BENCH_LARGE") != NULL ? 1000000 : 100000;
  int n_proposals = n_large * PER_ITEM;
  EmendProject *project = make_project (large_path, n_large);

  bench_import (project, bare_rows, n_proposals, 0, "store: import of a million proposals, processor time");
  bench_commit (project, bare_commits);
  emend_project_close (project);
  bench_growth (folder, n_large / 10, n_large);
  project = make_project (unsorted_path, n_large);
  bench_import (project, bare_rows, n_proposals, n_large,
                "store: import of a million unsorted proposals, processor time");
  emend_project_close (project);
  emend_bench_report ("store: peak memory", emend_bench_peak_memory () / 1e6, "MB", NAN, NAN);
  emend_test_remove_folder (folder);
  return EXIT_SUCCESS;
}
