#define G_LOG_DOMAIN "emend-test"

#include "config.h"

#include <math.h>

#include "emend-import-fixture.h"

#define TWO_IMAGES                                                                                   \
  "{\"images\": [{\"id\": 1, \"file_name\": \"a.jpg\"}, "                                            \
  "{\"id\": 2, \"file_name\": \"b.jpg\"}],\n"                                                        \
  "\"categories\": [{\"id\": 1, \"name\": \"cat\"}, {\"id\": 2, \"name\": \"dog\"}, "                \
  "{\"id\": 3, \"name\": \"cow\"}],\n"                                                               \
  "\"annotations\": [\n"                                                                             \
  "{\"id\": 1, \"image_id\": 1, \"category_id\": 1, \"bbox\": [1, 2, 3, 4], \"score\": 0.5},\n"      \
  "{\"id\": 2, \"image_id\": 1, \"category_id\": 2, \"bbox\": [10, 20, 30, 40], \"score\": 0.25},\n" \
  "{\"id\": 3, \"image_id\": 1, \"category_id\": 1, \"bbox\": [1, 2, -3, 4]}\n]}\n"

static void
add_two (ImportFixture *fixture)
{
  import_fixture_add_item (fixture, "a.jpg", 100, 80, 1);
  import_fixture_add_item (fixture, "b.jpg", 100, 80, 1);
  import_fixture_add_item (fixture, "c.jpg", 100, 80, 1);
}

static const EmendImportLabel *
find_label (const EmendImportReport *report,
            const char *name)
{
  for (guint i = 0; i < report->labels->len; i++) {
    const EmendImportLabel *label = g_ptr_array_index (report->labels, i);
    if (g_str_equal (label->name, name))
      return label;
  }
  g_error ("The report has no label “%s”", name);
}

static void
test_proposals (ImportFixture *fixture,
                gconstpointer data)
{
  const EmendImportOptions options = { .add_labels = TRUE, .model = "yolo-x" };
  g_autofree char *file = emend_test_write (fixture->folder, "in.json", TWO_IMAGES);
  g_autofree char *hash = import_fixture_hash (file);
  g_autoptr (EmendImportReport) report = NULL;
  g_autoptr (EmendProjectInfo) info = NULL;
  g_autoptr (GPtrArray) runs = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (json_t) params = NULL;
  const EmendRun *run;

  add_two (fixture);
  report = import_fixture_import (fixture, file, &options);
  g_assert_cmpstr (report->format, ==, "coco");
  g_assert_cmpint (report->n_records, ==, 2);
  g_assert_cmpint (report->n_images, ==, 2);
  g_assert_cmpint (report->n_empty, ==, 1);
  g_assert_cmpint (report->n_untouched, ==, 1);
  g_assert_cmpint (report->n_skipped, ==, 1);
  g_assert_cmpint (report->n_problems, ==, 1);
  g_assert_cmpint (((EmendImportProblem *) report->problems->pdata[0])->line, ==, 6);
  g_assert_cmpstr (((EmendImportProblem *) report->problems->pdata[0])->file, ==, file);
  g_assert_cmpuint (report->labels->len, ==, 3);
  g_assert_false (find_label (report, "cat")->is_new);
  g_assert_true (find_label (report, "dog")->is_new);
  g_assert_cmpint (find_label (report, "dog")->count, ==, 1);
  g_assert_cmpint (find_label (report, "cow")->count, ==, 0);
  g_assert_cmpuint (emend_schema_get_n_labels (emend_project_get_schema (fixture->project)), ==, 3);

  info = import_fixture_info (fixture);
  g_assert_cmpint (info->n_proposals, ==, 2);
  g_assert_cmpint (info->n_undecided, ==, 2);
  runs = emend_project_list_runs (fixture->project, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (runs->len, ==, 1);
  run = g_ptr_array_index (runs, 0);
  g_assert_cmpint (run->id, ==, report->run);
  g_assert_cmpint (run->count, ==, 2);
  g_assert_cmpstr (run->name, ==, "in.json");
  g_assert_cmpstr (run->source, ==, "in.json");
  g_assert_cmpstr (run->model, ==, "yolo-x");
  g_assert_cmpstr (run->source_sha256, ==, hash);
  params = emend_json_parse (run->params, strlen (run->params), G_MAXINT, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (json_string_value (json_object_get (params, "format")), ==, "coco");
}

static void
test_dry_run (ImportFixture *fixture,
              gconstpointer data)
{
  EmendImportOptions options = { .add_labels = TRUE, .dry_run = TRUE };
  g_autofree char *file = emend_test_write (fixture->folder, "in.json", TWO_IMAGES);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autoptr (EmendImportReport) told = NULL;
  g_autoptr (EmendImportReport) done = NULL;

  add_two (fixture);
  before = import_fixture_hash (fixture->path);
  told = import_fixture_import (fixture, file, &options);
  after = import_fixture_hash (fixture->path);
  g_assert_cmpstr (before, ==, after);
  g_assert_cmpuint (emend_schema_get_n_labels (emend_project_get_schema (fixture->project)), ==, 1);
  options.dry_run = FALSE;
  done = import_fixture_import (fixture, file, &options);
  g_assert_cmpint (told->run, ==, 0);
  g_assert_cmpint (told->n_records, ==, done->n_records);
  g_assert_cmpint (told->n_images, ==, done->n_images);
  g_assert_cmpint (told->n_empty, ==, done->n_empty);
  g_assert_cmpint (told->n_untouched, ==, done->n_untouched);
  g_assert_cmpint (told->n_skipped, ==, done->n_skipped);
  g_assert_cmpint (told->n_problems, ==, done->n_problems);
  g_assert_true (find_label (told, "dog")->is_new);
  g_assert_cmpstr (find_label (told, "dog")->label, ==, "dog");
}

static void
test_reference (ImportFixture *fixture,
                gconstpointer data)
{
  const EmendImportOptions options = { .role = EMEND_RUN_REFERENCE };
  g_autofree char *file = emend_test_write (fixture->folder, "in.json", TWO_IMAGES);
  g_autoptr (EmendImportReport) report = NULL;
  g_autoptr (EmendProjectInfo) info = NULL;
  g_autoptr (EmendItem) item = NULL;
  g_autoptr (GPtrArray) truth = NULL;
  g_autoptr (GError) error = NULL;

  add_two (fixture);
  report = import_fixture_import (fixture, file, &options);
  g_assert_cmpint (report->n_records, ==, 1);
  info = import_fixture_info (fixture);
  g_assert_cmpint (info->n_proposals, ==, 0);
  item = emend_project_find_item (fixture->project, "a.jpg", &error);
  truth = emend_project_load_reference (fixture->project, item->id, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (truth->len, ==, 1);
}

static void
test_annotations (ImportFixture *fixture,
                  gconstpointer data)
{
  const EmendImportOptions options = { .role = EMEND_RUN_ANNOTATIONS, .add_labels = TRUE };
  g_autofree char *file = emend_test_write (fixture->folder, "in.json", TWO_IMAGES);
  g_autoptr (EmendImportReport) report = NULL;
  g_autoptr (EmendItemContent) content = NULL;
  double heights = 0;

  add_two (fixture);
  report = import_fixture_import (fixture, file, &options);
  g_assert_cmpint (report->n_records, ==, 2);
  content = import_fixture_content (fixture, "a.jpg");
  g_assert_cmpuint (content->marks->len, ==, 2);
  for (guint i = 0; i < content->marks->len; i++) {
    const EmendMark *mark = g_ptr_array_index (content->marks, i);

    g_assert_nonnull (mark->annotation);
    heights += mark->annotation->shape.box.height;
  }
  g_assert_cmpfloat (heights, ==, 4 + 40);
}

static void
test_labels (ImportFixture *fixture,
             gconstpointer data)
{
  g_autoptr (GHashTable) map = g_hash_table_new (g_str_hash, g_str_equal);
  EmendImportOptions options = { .map = map };
  g_autofree char *file = emend_test_write (fixture->folder, "in.json", TWO_IMAGES);
  g_autoptr (EmendImportReport) unknown = NULL;
  g_autoptr (EmendImportReport) mapped = NULL;
  g_autoptr (EmendImportReport) left_out = NULL;

  add_two (fixture);
  unknown = import_fixture_import (fixture, file, &options);
  g_assert_cmpint (unknown->n_records, ==, 1);
  g_assert_cmpint (unknown->n_skipped, ==, 2);
  g_assert_null (find_label (unknown, "dog")->label);
  g_assert_cmpint (find_label (unknown, "dog")->count, ==, 1);
  g_hash_table_insert (map, (gpointer) "dog", (gpointer) "cat");
  mapped = import_fixture_import (fixture, file, &options);
  g_assert_cmpint (mapped->n_records, ==, 2);
  g_assert_cmpstr (find_label (mapped, "dog")->label, ==, "cat");
  g_assert_false (find_label (mapped, "dog")->is_new);
  g_hash_table_insert (map, (gpointer) "dog", (gpointer) "");
  options.add_labels = TRUE;
  left_out = import_fixture_import (fixture, file, &options);
  g_assert_cmpint (left_out->n_records, ==, 1);
  g_assert_null (find_label (left_out, "dog")->label);
  g_assert_null (emend_schema_find_label_by_name (emend_project_get_schema (fixture->project), "dog"));
}

static void
test_names (ImportFixture *fixture,
            gconstpointer data)
{
  g_autofree char *file = emend_test_write (fixture->folder, "in.json",
                                            "{\"images\": [{\"id\": 1, \"file_name\": \"x/a.jpg\"}, {\"id\": 2, "
                                            "\"file_name\": \"a.jpg\"}, {\"id\": 3, \"file_name\": "
                                            "\"data\\\\y\\\\a.jpg\"},{\"id\": 4, \"file_name\": \"none.jpg\"}, "
                                            "{\"id\": 5, \"file_name\": \"far/away/c.jpg\"}, {\"id\": 6, "
                                            "\"file_name\": \"../../etc/passwd\"}],\"categories\": [{\"id\": 1, "
                                            "\"name\": \"cat\"}], \"annotations\": [{\"image_id\": 1, "
                                            "\"category_id\": 1, \"bbox\": [1, 0, 5, 5]}, {\"image_id\": 2, "
                                            "\"category_id\": 1, \"bbox\": [2, 0, 5, 5]},{\"image_id\": 3, "
                                            "\"category_id\": 1, \"bbox\": [3, 0, 5, 5]}, {\"image_id\": 4, "
                                            "\"category_id\": 1, \"bbox\": [4, 0, 5, 5]},{\"image_id\": 5, "
                                            "\"category_id\": 1, \"bbox\": [5, 0, 5, 5]}, {\"image_id\": 6, "
                                            "\"category_id\": 1, \"bbox\": [5, 0, 5, 5]}]}");
  g_autoptr (EmendImportReport) report = NULL;
  g_autoptr (EmendItemContent) x = NULL;
  g_autoptr (EmendItemContent) y = NULL;

  import_fixture_add_item (fixture, "x/a.jpg", 100, 80, 1);
  import_fixture_add_item (fixture, "y/a.jpg", 100, 80, 1);
  import_fixture_add_item (fixture, "c.jpg", 100, 80, 1);
  report = import_fixture_import (fixture, file, NULL);
  g_assert_cmpint (report->n_records, ==, 3);
  g_assert_cmpint (report->n_images, ==, 3);
  g_assert_cmpint (report->n_ambiguous, ==, 1);
  g_assert_cmpint (report->n_unmatched, ==, 2);
  g_assert_cmpstr (report->unmatched->pdata[0], ==, "none.jpg");
  g_assert_cmpint (report->n_skipped, ==, 3);
  g_assert_cmpint (report->n_untouched, ==, 0);
  x = import_fixture_content (fixture, "x/a.jpg");
  y = import_fixture_content (fixture, "y/a.jpg");
  g_assert_cmpfloat (emend_mark_get_shape (x->marks->pdata[0])->box.x, ==, 1);
  g_assert_cmpfloat (emend_mark_get_shape (y->marks->pdata[0])->box.x, ==, 3);
}

static void
assert_nothing (ImportFixture *fixture)
{
  g_autoptr (EmendProjectInfo) info = import_fixture_info (fixture);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) runs = emend_project_list_runs (fixture->project, &error);
  g_autoptr (EmendCheck) check = NULL;

  g_assert_no_error (error);
  g_assert_cmpuint (runs->len, ==, 0);
  g_assert_cmpint (info->n_proposals, ==, 0);
  g_assert_cmpuint (emend_schema_get_n_labels (emend_project_get_schema (fixture->project)), ==, 1);
  check = emend_project_check (fixture->project, TRUE, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (check->problems->len, ==, 0);
}

/* A file of results that breaks off after many good records. */
static char *
write_results (ImportFixture *fixture,
               int n_results,
               const char *end)
{
  g_autoptr (GString) text = g_string_new ("[");

  for (int i = 0; i < n_results; i++)
    g_string_append_printf (text, "%s{\"image_id\": 1, \"category_id\": 2, \"bbox\": [1, 2, 3, 4], \"score\": 0.5}",
                            i > 0 ? "," : "");
  g_string_append (text, end);
  return emend_test_write (fixture->folder, "results.json", text->str);
}

static void
test_broken (ImportFixture *fixture,
             gconstpointer data)
{
  g_autofree char *names = emend_test_write (fixture->folder, "in.json", TWO_IMAGES);
  g_autofree char *file = write_results (fixture, 10000, ", {\"image_id\": NaN}]");
  const EmendImportOptions options = { .add_labels = TRUE, .read.names_file = names };
  g_autoptr (GError) error = NULL;

  add_two (fixture);
  g_assert_null (import_fixture_try (fixture, file, &options, &error));
  g_assert_error (error, EMEND_FORMATS_ERROR, EMEND_FORMATS_ERROR_INVALID);
  assert_nothing (fixture);
}

static void
test_question (ImportFixture *fixture,
               gconstpointer data)
{
  g_autofree char *results = write_results (fixture, 10, "]");
  g_autofree char *folder = g_build_filename (fixture->folder, "yolo", NULL);
  g_autoptr (GError) error = NULL;

  add_two (fixture);
  g_free (emend_test_write (folder, "obj.names", "cat\ndog\n"));
  g_free (emend_test_write (folder, "a.txt", "0 0.5 0.5 0.1 0.1 0.5\n"));
  g_free (emend_test_write (folder, "b.txt", "0 0.5 0.5 0.1 0.1 1\n"));
  g_assert_null (import_fixture_try (fixture, results, NULL, &error));
  g_assert_error (error, EMEND_FORMATS_ERROR, EMEND_FORMATS_ERROR_QUESTION);
  g_clear_error (&error);
  g_assert_null (import_fixture_try (fixture, folder, NULL, &error));
  g_assert_error (error, EMEND_FORMATS_ERROR, EMEND_FORMATS_ERROR_QUESTION);
  assert_nothing (fixture);
}

static void
test_unknown_format (ImportFixture *fixture,
                     gconstpointer data)
{
  const EmendImportOptions options = { .format = "word" };
  g_autofree char *file = emend_test_write (fixture->folder, "in.json", "{\"shapes\": []}");
  g_autoptr (GError) error = NULL;

  g_assert_null (import_fixture_try (fixture, file, NULL, &error));
  g_assert_error (error, EMEND_FORMATS_ERROR, EMEND_FORMATS_ERROR_UNKNOWN);
  g_clear_error (&error);
  g_assert_null (import_fixture_try (fixture, file, &options, &error));
  g_assert_error (error, EMEND_FORMATS_ERROR, EMEND_FORMATS_ERROR_UNKNOWN);
}

static void
cancel_half_way (guint64 done,
                 guint64 total,
                 gpointer data)
{
  if (done > total / 2)
    g_cancellable_cancel (data);
}

static void
test_cancelled (ImportFixture *fixture,
                gconstpointer data)
{
  g_autofree char *names = emend_test_write (fixture->folder, "in.json", TWO_IMAGES);
  g_autofree char *file = write_results (fixture, 20000, "]");
  const EmendImportOptions options = { .add_labels = TRUE, .read.names_file = names };
  const char *const paths[] = { file, NULL };
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  add_two (fixture);
  g_assert_null (emend_import_run (fixture->project, paths, &options, cancellable, cancel_half_way, cancellable,
                                   &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  assert_nothing (fixture);
}

static void
test_many_problems (ImportFixture *fixture,
                    gconstpointer data)
{
  g_autoptr (GString) text = g_string_new ("[");
  g_autofree char *names = emend_test_write (fixture->folder, "in.json", TWO_IMAGES);
  const EmendImportOptions options = { .read.names_file = names };
  g_autofree char *file = NULL;
  g_autoptr (EmendImportReport) report = NULL;

  add_two (fixture);
  for (int i = 0; i < 1500; i++)
    g_string_append_printf (text, "%s{\"image_id\": 77, \"category_id\": 2}", i > 0 ? ",\n" : "");
  g_string_append_c (text, ']');
  file = emend_test_write (fixture->folder, "results.json", text->str);
  report = import_fixture_import (fixture, file, &options);
  g_assert_cmpstr (report->format, ==, "coco-results");
  g_assert_cmpint (report->n_problems, ==, 1500);
  g_assert_cmpuint (report->problems->len, ==, 1000);
  g_assert_cmpint (((EmendImportProblem *) report->problems->pdata[999])->line, ==, 1000);
}

/* The boxes of a detector on 98 photographs, all taken, with the scores as the file has them. */
static void
test_voc (ImportFixture *fixture,
          gconstpointer data)
{
  g_autofree char *file = emend_test_shared ("detection/voc100_eight_formats/dets/coco_format/coco_dets.json");
  const EmendImportOptions options = { .add_labels = TRUE };
  g_autoptr (EmendImportReport) report = NULL;
  g_autoptr (EmendProjectInfo) info = NULL;
  g_autoptr (EmendItemContent) content = NULL;

  if (file == NULL)
    return;
  import_fixture_add_coco_images (fixture, file);
  report = import_fixture_import (fixture, file, &options);
  g_assert_cmpint (report->n_records, ==, 452);
  g_assert_cmpint (report->n_images, ==, 98);
  g_assert_cmpint (report->n_skipped, ==, 0);
  info = import_fixture_info (fixture);
  g_assert_cmpint (info->n_undecided, ==, 452);
  content = import_fixture_content (fixture, "2007_000027.jpg");
  g_assert_cmpfloat (emend_mark_get_score (content->marks->pdata[0]), ==, 0.4314181593105666);
}

#define ADD(name, func) \
  g_test_add ("/engine/import/run/" name, ImportFixture, NULL, import_fixture_set_up, func, import_fixture_tear_down)

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  ADD ("proposals", test_proposals);
  ADD ("dry-run", test_dry_run);
  ADD ("reference", test_reference);
  ADD ("annotations", test_annotations);
  ADD ("labels", test_labels);
  ADD ("names", test_names);
  ADD ("broken", test_broken);
  ADD ("question", test_question);
  ADD ("unknown-format", test_unknown_format);
  ADD ("cancelled", test_cancelled);
  ADD ("many-problems", test_many_problems);
  ADD ("voc", test_voc);
  return g_test_run ();
}
