#define G_LOG_DOMAIN "emend-bench"

#include "config.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include <glib/gstdio.h>
#include <sqlite3.h>
#include <yajl/yajl_parse.h>

#include "emend-bench.h"
#include "emend-import-job.h"

#define N_RESULTS 1000000
#define N_IMAGES 10000
#define N_CATEGORIES 80
#define CHUNK (64 * 1024)
#define N_ROUNDS 3

/* The columns of a project's proposals. */
#define BARE_TABLE                                                                                     \
  "CREATE TABLE proposal (id INTEGER PRIMARY KEY, item INTEGER NOT NULL, page INTEGER NOT NULL, "      \
  "label INTEGER NOT NULL, kind INTEGER NOT NULL, x REAL NOT NULL, y REAL NOT NULL, w REAL NOT NULL, " \
  "h REAL NOT NULL, shape BLOB, score REAL, score_text TEXT, attributes TEXT) STRICT"

/* One result, the same in the file and in the bare inserts. */
typedef struct {
  int image;
  int category;
  double box[4];
  double score;
} Result;

/* Numbers as detectors write them: two decimals for the box, three to seven for the score. */
static void
make_result (int index,
             Result *result)
{
  guint32 seed = (guint32) index * 2654435761u;

  result->image = index / (N_RESULTS / N_IMAGES);
  result->category = (int) (seed % N_CATEGORIES) + 1;
  result->box[0] = (seed >> 8) % 30000 / 100.0;
  result->box[1] = (seed >> 4) % 20000 / 100.0;
  result->box[2] = (seed >> 12) % 20000 / 100.0 + 1;
  result->box[3] = (seed >> 6) % 15000 / 100.0 + 1;
  result->score = (seed >> 3) % 9999999 / 1e7;
}

static void
write_results (const char *path)
{
  g_autoptr (GString) line = g_string_new (NULL);
  FILE *file = fopen (path, "w");
  Result result;

  if (file == NULL)
    g_error ("The file of the benchmark cannot be written");
  for (int i = 0; i < N_RESULTS; i++) {
    make_result (i, &result);
    g_string_printf (line, "%s{\"image_id\":%d,\"category_id\":%d,\"bbox\":[%.2f,%.2f,%.2f,%.2f],\"score\":%.7f}",
                     i == 0 ? "[" : ",",
                     result.image, result.category, result.box[0], result.box[1], result.box[2], result.box[3],
                     result.score);
    fputs (line->str, file);
  }
  fputs ("]", file);
  if (fclose (file) != 0)
    g_error ("The file of the benchmark cannot be written");
}

static void
write_instances (const char *path)
{
  g_autoptr (GString) text = g_string_new ("{\"images\":[");
  g_autoptr (GError) error = NULL;

  for (int i = 0; i < N_IMAGES; i++)
    g_string_append_printf (text, "%s{\"id\":%d,\"file_name\":\"%06d.jpg\",\"width\":640,\"height\":480}",
                            i > 0 ? "," : "", i, i);
  g_string_append (text, "],\"categories\":[");
  for (int i = 0; i < N_CATEGORIES; i++)
    g_string_append_printf (text, "%s{\"id\":%d,\"name\":\"class %d\"}", i > 0 ? "," : "", i + 1, i + 1);
  g_string_append (text, "],\"annotations\":[]}");
  if (!g_file_set_contents (path, text->str, (gssize) text->len, &error))
    g_error ("%s", error->message);
}

/* The least that a reader of such a file does: it is told all pieces and knows all numbers. */
typedef struct {
  double sum;
  gsize n_pieces;
} Parsed;

static int
piece_cb (void *data)
{
  ((Parsed *) data)->n_pieces++;
  return 1;
}

static int
text_cb (void *data,
         const unsigned char *text,
         size_t length)
{
  ((Parsed *) data)->n_pieces++;
  return 1;
}

static int
number_cb (void *data,
           const char *text,
           size_t length)
{
  ((Parsed *) data)->n_pieces++;
  ((Parsed *) data)->sum += g_ascii_strtod (text, NULL);
  return 1;
}

static double
parse_bare (const char *path)
{
  const yajl_callbacks callbacks = {
    .yajl_number = number_cb,
    .yajl_string = text_cb,
    .yajl_map_key = text_cb,
    .yajl_start_map = piece_cb,
    .yajl_end_map = piece_cb,
    .yajl_start_array = piece_cb,
    .yajl_end_array = piece_cb,
  };
  Parsed result = { 0 };
  g_autofree unsigned char *chunk = g_malloc (CHUNK);
  double start = emend_bench_cpu ();
  yajl_handle parser = yajl_alloc (&callbacks, NULL, &result);
  FILE *file = fopen (path, "r");
  size_t size;

  if (file == NULL)
    g_error ("The file of the benchmark cannot be read");
  while ((size = fread (chunk, 1, CHUNK, file)) > 0) {
    if (yajl_parse (parser, chunk, size) != yajl_status_ok)
      g_error ("The file of the benchmark is not valid");
  }
  if (yajl_complete_parse (parser) != yajl_status_ok)
    g_error ("The file of the benchmark is not valid");
  fclose (file);
  yajl_free (parser);
  if (result.n_pieces < 15 * (gsize) N_RESULTS || !isfinite (result.sum))
    g_error ("The file of the benchmark was not read");
  return emend_bench_cpu () - start;
}

static void
run (sqlite3 *db,
     const char *sql)
{
  if (sqlite3_exec (db, sql, NULL, NULL, NULL) != SQLITE_OK)
    g_error ("%s: %s", sql, sqlite3_errmsg (db));
}

static void
insert_rows (sqlite3 *db)
{
  sqlite3_stmt *insert = NULL;
  Result result;

  if (sqlite3_prepare_v2 (db, "INSERT INTO proposal VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", -1, &insert,
                          NULL) != SQLITE_OK)
    g_error ("%s", sqlite3_errmsg (db));
  for (int i = 0; i < N_RESULTS; i++) {
    make_result (i, &result);
    sqlite3_bind_int64 (insert, 1, ((sqlite3_int64) 1 << 32) + i);
    sqlite3_bind_int64 (insert, 2, result.image + 1);
    sqlite3_bind_int (insert, 3, 0);
    sqlite3_bind_int (insert, 4, result.category);
    sqlite3_bind_int (insert, 5, 0);
    for (int j = 0; j < 4; j++)
      sqlite3_bind_double (insert, 6 + j, result.box[j]);
    sqlite3_bind_null (insert, 10);
    sqlite3_bind_double (insert, 11, result.score);
    sqlite3_bind_null (insert, 12);
    sqlite3_bind_null (insert, 13);
    if (sqlite3_step (insert) != SQLITE_DONE)
      g_error ("%s", sqlite3_errmsg (db));
    sqlite3_reset (insert);
  }
  sqlite3_finalize (insert);
}

/* The same rows into a table of the same columns and with the same index, in one transaction. */
static double
insert_bare (const char *path)
{
  sqlite3 *db = NULL;
  double start;

  if (sqlite3_open (path, &db) != SQLITE_OK)
    g_error ("%s", sqlite3_errmsg (db));
  run (db, "PRAGMA synchronous = EXTRA");
  run (db, BARE_TABLE);
  run (db, "CREATE INDEX proposal_item ON proposal (item)");
  start = emend_bench_cpu ();
  run (db, "BEGIN IMMEDIATE");
  insert_rows (db);
  run (db, "COMMIT");
  sqlite3_close (db);
  return emend_bench_cpu () - start;
}

static void
free_item (EmendNewItem *made)
{
  emend_item_free (made->item);
  g_free (made);
}

static EmendProject *
make_project (const char *path)
{
  g_autoptr (EmendSchema) schema = emend_schema_new ();
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func ((GDestroyNotify) free_item);
  g_autoptr (GError) error = NULL;
  EmendProject *project = emend_project_create (path, "Benchmark", schema, "Ann", &error);

  for (int i = 0; i < N_IMAGES; i++) {
    EmendNewItem *made = g_new0 (EmendNewItem, 1);

    made->item = emend_item_new ();
    made->item->path = g_strdup_printf ("%06d.jpg", i);
    made->item->n_pages = 1;
    made->item->width = 640;
    made->item->height = 480;
    made->item->orientation = 1;
    g_ptr_array_add (items, made);
  }
  if (project == NULL || emend_project_add_items (project, items, NULL, NULL, NULL, &error) != N_IMAGES)
    g_error ("%s", error->message);
  return project;
}

static double
import_all (EmendProject *project,
            const char *results,
            const char *instances)
{
  const EmendImportOptions options = { .add_labels = TRUE, .read.names_file = instances };
  const char *const paths[] = { results, NULL };
  g_autoptr (GError) error = NULL;
  double start = emend_bench_cpu ();
  g_autoptr (EmendImportReport) report = emend_import_run (project, paths, &options, NULL, NULL, NULL, &error);

  if (report == NULL)
    g_error ("%s", error->message);
  if (report->n_records != N_RESULTS || report->n_problems != 0)
    g_error ("%" G_GINT64_FORMAT " of %d records were taken", report->n_records, N_RESULTS);
  return emend_bench_cpu () - start;
}

/* One import into a project of its own, and both floors right behind it. */
static void
measure_once (const char *folder,
              const char *results,
              const char *instances,
              double *imported,
              double *reference,
              double *peak)
{
  g_autofree char *project_path = g_build_filename (folder, "bench.emend", NULL);
  g_autofree char *bare_path = g_build_filename (folder, "bare.db", NULL);
  g_autoptr (EmendProject) project = make_project (project_path);

  *imported = import_all (project, results, instances);
  *peak = emend_bench_peak_memory ();
  *reference = parse_bare (results) + insert_bare (bare_path);
  g_clear_pointer (&project, emend_project_close);
  g_unlink (project_path);
  g_unlink (bare_path);
}

static void
measure (const char *folder)
{
  g_autofree char *results = g_build_filename (folder, "results.json", NULL);
  g_autofree char *instances = g_build_filename (folder, "instances.json", NULL);
  double imported[N_ROUNDS];
  double reference[N_ROUNDS];
  double peak[N_ROUNDS];

  write_results (results);
  write_instances (instances);
  for (int i = 0; i < N_ROUNDS; i++)
    measure_once (folder, results, instances, &imported[i], &reference[i], &peak[i]);
  emend_bench_report ("Import of 1 million COCO results, against yajl and bare inserts",
                      emend_bench_median (imported, N_ROUNDS), "CPU s",
                      emend_bench_median (reference, N_ROUNDS), 1.5);
  emend_bench_report ("Peak memory of that import", peak[0] / 1e6, "MB", NAN, 150);
  g_unlink (results);
  g_unlink (instances);
}

int
main (int argc,
      char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("emend-bench-XXXXXX", &error);

  if (folder == NULL)
    g_error ("%s", error->message);
  measure (folder);
  g_rmdir (folder);
  return 0;
}
