#define G_LOG_DOMAIN "emend-test"

#include "config.h"

#include <float.h>
#include <math.h>
#include <string.h>

#include <glib/gstdio.h>

#include "emend-import-fixture.h"

#define VOC "detection/voc100_eight_formats/dets/coco_format/coco_dets.json"
#define VAL2014 "detection/coco_val2014_100/instances_val2014_100.json"

/* Corrects the first proposal, rejects the second, accepts the others, adds one, and says that the item is done. */
static void
decide (ImportFixture *fixture,
        const char *path)
{
  g_autoptr (EmendItemContent) content = import_fixture_content (fixture, path);
  g_autoptr (GPtrArray) decisions = g_ptr_array_new_with_free_func ((GDestroyNotify) emend_decision_free);
  g_autoptr (EmendOutcome) outcome = NULL;
  g_autoptr (GError) error = NULL;
  EmendDecision *added = emend_decision_new (EMEND_DECISION_ADD, content->item->id);

  for (guint i = 0; i < content->marks->len; i++) {
    const EmendMark *mark = g_ptr_array_index (content->marks, i);
    EmendDecisionKind kind = i == 0 ? EMEND_DECISION_CORRECT : i == 1 ? EMEND_DECISION_REJECT :
                                                                        EMEND_DECISION_ACCEPT;
    EmendDecision *decision = emend_decision_new (kind, content->item->id);

    decision->proposal = mark->proposal->id;
    if (kind == EMEND_DECISION_CORRECT) {
      decision->sets = EMEND_DECISION_SETS_SHAPE;
      emend_shape_init_box (&decision->shape, &(EmendRect){ 1.25, 2.5, 30.125, 40 });
    }
    g_ptr_array_add (decisions, decision);
  }
  added->sets = EMEND_DECISION_SETS_LABEL | EMEND_DECISION_SETS_SHAPE;
  added->label = 1;
  emend_shape_init_box (&added->shape, &(EmendRect){ 0.1, 0.2, 10.3, 10.7 });
  g_ptr_array_add (decisions, added);
  g_ptr_array_add (decisions, emend_decision_new (EMEND_DECISION_DONE, content->item->id));
  outcome = emend_project_decide (fixture->project, (const EmendDecision *const *) decisions->pdata, decisions->len,
                                  &error);
  g_assert_no_error (error);
}

/* The project of a detector's 452 boxes on 98 images; 2007_000032.jpg has six of them. */
static gboolean
import_voc (ImportFixture *fixture)
{
  g_autofree char *file = emend_test_shared (VOC);
  const EmendImportOptions options = { .add_labels = TRUE };

  if (file == NULL)
    return FALSE;
  import_fixture_add_coco_images (fixture, file);
  emend_import_report_free (import_fixture_import (fixture, file, &options));
  return TRUE;
}

static void
check_with_python (const char *path,
                   gboolean all)
{
  g_autofree char *script = g_test_build_filename (G_TEST_DIST, "engine", "check_coco.py", NULL);
  const char *const argv[] = { "python3", script, path, all ? "all" : NULL, NULL };
  g_autofree char *output = emend_test_run (argv, 0);

  g_test_message ("%s", g_strstrip (output));
}

static void
check_with_jq (const char *path,
               const char *question)
{
  const char *const argv[] = { "jq", "-e", question, path, NULL };
  g_autofree char *jq = g_find_program_in_path ("jq");

  if (jq != NULL)
    g_free (emend_test_run (argv, 0));
}

static void
test_final (ImportFixture *fixture,
            gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "out.json", NULL);
  g_autofree char *hash = NULL;
  g_autoptr (EmendExportReport) report = NULL;

  if (!import_voc (fixture))
    return;
  decide (fixture, "2007_000032.jpg");
  report = import_fixture_export (fixture, "coco", FALSE, path);
  /* One corrected, four accepted, one added. */
  g_assert_cmpint (report->n_items, ==, 98);
  g_assert_cmpint (report->n_undone, ==, 97);
  g_assert_cmpint (report->n_records, ==, 6);
  hash = import_fixture_hash (path);
  g_assert_cmpstr (report->sha256, ==, hash);
  check_with_python (path, FALSE);
  check_with_jq (path,
                 "(.images | length) == 1 and .images[0].file_name == \"2007_000032.jpg\" and (.annotations | length) "
                 "== 6");
  check_with_jq (path, ".annotations | map (.bbox) | contains ([[1.25, 2.5, 30.125, 40], [0.1, 0.2, 10.3, 10.7]])");
  check_with_jq (path, ".annotations | all (has (\"score\") | not)");
}

static void
test_all (ImportFixture *fixture,
          gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "out.json", NULL);
  g_autoptr (EmendExportReport) report = NULL;

  if (!import_voc (fixture))
    return;
  decide (fixture, "2007_000032.jpg");
  report = import_fixture_export (fixture, "coco", TRUE, path);
  g_assert_cmpint (report->n_records, ==, 453);
  check_with_python (path, TRUE);
  check_with_jq (path, "[.annotations[].emend.verdict] | group_by (.) | map ({(.[0]): length}) | add == "
                       "{\"accepted\": 4, \"added\": 1, \"corrected\": 1, \"rejected\": 1, \"undecided\": 446}");
  check_with_jq (path, "[.annotations[] | select (.emend.verdict == \"undecided\") | has (\"score\")] | all");
  check_with_jq (path, "[.images[] | select (.emend.done)] | length == 1");
}

static void
test_deterministic (ImportFixture *fixture,
                    gconstpointer data)
{
  g_autofree char *one = g_build_filename (fixture->folder, "one.json", NULL);
  g_autofree char *two = g_build_filename (fixture->folder, "two.json", NULL);
  g_autofree char *three = g_build_filename (fixture->folder, "three", NULL);
  g_autofree char *four = g_build_filename (fixture->folder, "four", NULL);
  g_autoptr (EmendExportReport) first = NULL;
  g_autoptr (EmendExportReport) second = NULL;
  g_autoptr (EmendExportReport) third = NULL;
  g_autoptr (EmendExportReport) fourth = NULL;

  if (!import_voc (fixture))
    return;
  decide (fixture, "2007_000032.jpg");
  first = import_fixture_export (fixture, "coco", TRUE, one);
  second = import_fixture_export (fixture, "coco", TRUE, two);
  third = import_fixture_export (fixture, "yolo", TRUE, three);
  fourth = import_fixture_export (fixture, "yolo", TRUE, four);
  g_assert_cmpstr (first->sha256, ==, second->sha256);
  g_assert_cmpstr (third->sha256, ==, fourth->sha256);
}

/* The same marks of the same items, in the same order, number by number. */
static void
assert_same_marks (ImportFixture *a,
                   ImportFixture *b,
                   double tolerance)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) items = emend_project_load_items_at (a->project, 0, 1000, &error);
  guint n_marks = 0;

  g_assert_no_error (error);
  for (guint i = 0; i < items->len; i++) {
    const EmendItem *item = g_ptr_array_index (items, i);
    g_autoptr (EmendItemContent) first = import_fixture_content (a, item->path);
    g_autoptr (EmendItemContent) second = import_fixture_content (b, item->path);

    g_assert_cmpuint (first->marks->len, ==, second->marks->len);
    for (guint j = 0; j < first->marks->len; j++) {
      const EmendShape *x = emend_mark_get_shape (g_ptr_array_index (first->marks, j));
      const EmendShape *y = emend_mark_get_shape (g_ptr_array_index (second->marks, j));
      double sx = emend_mark_get_score (g_ptr_array_index (first->marks, j));
      double sy = emend_mark_get_score (g_ptr_array_index (second->marks, j));

      g_assert_cmpint (x->kind, ==, y->kind);
      g_assert_true (tolerance > 0 || emend_shape_equal (x, y));
      g_assert_cmpfloat_with_epsilon (x->box.x, y->box.x, tolerance + DBL_MIN);
      g_assert_cmpfloat_with_epsilon (x->box.width, y->box.width, tolerance + DBL_MIN);
      g_assert_cmpfloat_with_epsilon (x->box.height, y->box.height, tolerance + DBL_MIN);
      g_assert_true (sx == sy || (isnan (sx) && isnan (sy)));
      n_marks++;
    }
  }
  g_assert_cmpuint (n_marks, >, 400);
}

static void
add_images_of (ImportFixture *fixture,
               const char *shared)
{
  g_autofree char *file = emend_test_shared (shared);

  import_fixture_add_coco_images (fixture, file);
}

static void
test_round_trip_coco (ImportFixture *fixture,
                      gconstpointer data)
{
  const EmendImportOptions options = { .add_labels = TRUE };
  g_autofree char *path = g_build_filename (fixture->folder, "out.json", NULL);
  g_autofree char *again = g_build_filename (fixture->folder, "again.json", NULL);
  ImportFixture other;

  if (!import_voc (fixture))
    return;
  import_fixture_set_up (&other, NULL);
  add_images_of (&other, VOC);
  emend_export_report_free (import_fixture_export (fixture, "coco", TRUE, path));
  emend_import_report_free (import_fixture_import (&other, path, &options));
  assert_same_marks (fixture, &other, 0);
  emend_export_report_free (import_fixture_export (&other, "coco", TRUE, again));
  /* Also the numbers that only COCO has, and the source's own ids. */
  check_with_jq (path, ".annotations[0] | .source_id == 0 and .area == 46740");
  check_with_jq (again, ".annotations[0] | .source_id == 0 and .area == 46740");
  import_fixture_tear_down (&other, NULL);
}

static void
test_round_trip_yolo (ImportFixture *fixture,
                      gconstpointer data)
{
  const EmendImportOptions options = { .add_labels = TRUE, .read.trailing = EMEND_TRAILING_CONFIDENCE };
  g_autofree char *path = g_build_filename (fixture->folder, "out", NULL);
  g_autofree char *yaml = g_build_filename (path, "data.yaml", NULL);
  g_autofree char *text = NULL;
  ImportFixture other;

  if (!import_voc (fixture))
    return;
  import_fixture_set_up (&other, NULL);
  add_images_of (&other, VOC);
  emend_export_report_free (import_fixture_export (fixture, "yolo", TRUE, path));
  g_assert_true (g_file_get_contents (yaml, &text, NULL, NULL));
  g_assert_nonnull (strstr (text, "\n  0: \"cat\"\n  1: \"person\"\n"));
  emend_import_report_free (import_fixture_import (&other, path, &options));
  assert_same_marks (fixture, &other, 1e-9);
  import_fixture_tear_down (&other, NULL);
}

/* Outlines of several rings and run lengths of COCO itself come back as they were. */
static void
test_round_trip_outlines (ImportFixture *fixture,
                          gconstpointer data)
{
  const EmendImportOptions options = { .add_labels = TRUE };
  g_autofree char *file = emend_test_shared (VAL2014);
  g_autofree char *path = g_build_filename (fixture->folder, "out.json", NULL);
  g_autofree char *wanted = NULL;
  g_autofree char *got = NULL;
  const char *const sorted = "[.annotations[] | {id: (.source_id // .id), segmentation, bbox, area, iscrowd}] | "
                             "sort_by (.id)";
  g_autofree char *jq = g_find_program_in_path ("jq");

  if (file == NULL)
    return;
  import_fixture_add_coco_images (fixture, file);
  emend_import_report_free (import_fixture_import (fixture, file, &options));
  emend_export_report_free (import_fixture_export (fixture, "coco", TRUE, path));
  if (jq == NULL) {
    g_test_skip ("jq is not here");
    return;
  }
  wanted = emend_test_run ((const char *const[]){ "jq", "-S", "-c", sorted, file, NULL }, 0);
  got = emend_test_run ((const char *const[]){ "jq", "-S", "-c", sorted, path, NULL }, 0);
  g_assert_cmpstr (got, ==, wanted);
}

static void
test_exists (ImportFixture *fixture,
             gconstpointer data)
{
  const char *const formats[] = { "coco", "yolo" };
  g_autofree char *path = emend_test_write (fixture->folder, "mine", "mine");
  g_autofree char *text = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (formats); i++) {
    const EmendExportOptions options = { .format = formats[i] };
    g_autoptr (GError) error = NULL;

    g_assert_null (emend_export_run (fixture->project, path, &options, NULL, NULL, NULL, &error));
    g_assert_error (error, EMEND_BASE_ERROR, EMEND_BASE_ERROR_EXISTS);
  }
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, "mine");
}

/* What lies in the folder, but for the project's own files. */
static guint
count_others (ImportFixture *fixture)
{
  g_autoptr (GDir) dir = g_dir_open (fixture->folder, 0, NULL);
  const char *name;
  guint n = 0;

  while ((name = g_dir_read_name (dir)) != NULL)
    n += strstr (name, "test.emend") == NULL ? 1 : 0;
  return n;
}

static void
cancel_early (guint64 done,
              guint64 total,
              gpointer data)
{
  if (done == total / 2)
    g_cancellable_cancel (data);
}

static void
test_cancelled (ImportFixture *fixture,
                gconstpointer data)
{
  const char *const formats[] = { "coco", "yolo" };

  if (!import_voc (fixture))
    return;
  for (guint i = 0; i < G_N_ELEMENTS (formats); i++) {
    const EmendExportOptions options = { .format = formats[i], .all = TRUE };
    g_autofree char *path = g_build_filename (fixture->folder, "out", NULL);
    g_autoptr (GCancellable) cancellable = g_cancellable_new ();
    g_autoptr (GError) error = NULL;

    g_assert_null (emend_export_run (fixture->project, path, &options, cancellable, cancel_early, cancellable, &error));
    g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
    g_assert_cmpuint (count_others (fixture), ==, 0);
  }
}

static void
test_unwritable (ImportFixture *fixture,
                 gconstpointer data)
{
  const char *const formats[] = { "coco", "yolo", "coco-results", "word" };

  for (guint i = 0; i < G_N_ELEMENTS (formats); i++) {
    const EmendExportOptions options = { .format = formats[i] };
    g_autofree char *path = g_build_filename (fixture->folder, "no", "such", "folder", NULL);
    g_autoptr (GError) error = NULL;

    g_assert_null (emend_export_run (fixture->project, path, &options, NULL, NULL, NULL, &error));
    g_assert_nonnull (error);
    g_test_message ("%s", error->message);
  }
}

static void
test_journal (ImportFixture *fixture,
              gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "out.json", NULL);
  g_autoptr (EmendExportReport) report = import_fixture_export (fixture, "coco", FALSE, path);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) events = emend_project_list_events (fixture->project, 0, 100, &error);
  const EmendEvent *found = NULL;

  g_assert_no_error (error);
  for (guint i = 0; i < events->len; i++) {
    const EmendEvent *event = g_ptr_array_index (events, i);
    if (g_str_equal (event->action, "exported"))
      found = event;
  }
  g_assert_true (found != NULL && strstr (found->body, report->sha256) != NULL &&
                 strstr (found->body, "out.json") != NULL);
}

/* Done and empty says that nothing is there; not looked at says nothing. */
static void
test_empty (ImportFixture *fixture,
            gconstpointer data)
{
  g_autofree char *coco = g_build_filename (fixture->folder, "out.json", NULL);
  g_autofree char *yolo = g_build_filename (fixture->folder, "out", NULL);
  g_autofree char *done = g_build_filename (yolo, "labels", "a.txt", NULL);
  g_autofree char *untouched = g_build_filename (yolo, "labels", "b.txt", NULL);
  g_autoptr (EmendDecision) decision = emend_decision_new (EMEND_DECISION_DONE, 1);
  const EmendDecision *const decisions[] = { decision };
  g_autoptr (EmendOutcome) outcome = NULL;
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  import_fixture_add_item (fixture, "a.jpg", 100, 80, 1);
  import_fixture_add_item (fixture, "b.jpg", 100, 80, 1);
  outcome = emend_project_decide (fixture->project, decisions, 1, &error);
  g_assert_no_error (error);
  emend_export_report_free (import_fixture_export (fixture, "coco", FALSE, coco));
  emend_export_report_free (import_fixture_export (fixture, "yolo", FALSE, yolo));
  check_with_python (coco, FALSE);
  check_with_jq (coco, "[.images[].file_name] == [\"a.jpg\"]");
  g_assert_true (g_file_get_contents (done, &text, NULL, &error));
  g_assert_cmpstr (text, ==, "");
  g_assert_false (g_file_test (untouched, G_FILE_TEST_EXISTS));
}

/* Every kind of shape, and one that reaches out of the image. */
static void
test_shapes (ImportFixture *fixture,
             gconstpointer data)
{
  const EmendPoint points[] = { { 10, 10 }, { 20, 10 }, { 20, 30 } };
  const guint32 sizes[] = { 3 };
  const EmendShapeKind kinds[] = { EMEND_SHAPE_BOX, EMEND_SHAPE_ROTATED_BOX, EMEND_SHAPE_ELLIPSE, EMEND_SHAPE_POLYGON,
                                   EMEND_SHAPE_BOX };
  g_autofree char *coco = g_build_filename (fixture->folder, "out.json", NULL);
  g_autofree char *yolo = g_build_filename (fixture->folder, "out", NULL);
  g_autofree char *labels = g_build_filename (yolo, "labels", "a.txt", NULL);
  g_autofree char *text = NULL;

  import_fixture_add_item (fixture, "a.jpg", 100, 80, 1);
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++) {
    g_autoptr (EmendDecision) decision = emend_decision_new (EMEND_DECISION_ADD, 1);
    const EmendDecision *const decisions[] = { decision };
    g_autoptr (EmendOutcome) outcome = NULL;
    g_autoptr (GError) error = NULL;

    decision->label = 1;
    decision->sets = EMEND_DECISION_SETS_LABEL | EMEND_DECISION_SETS_SHAPE;
    if (kinds[i] == EMEND_SHAPE_ROTATED_BOX)
      emend_shape_init_rotated_box (&decision->shape, (EmendPoint){ 50, 40 }, 20, 10, 90);
    else if (kinds[i] == EMEND_SHAPE_POLYGON)
      emend_shape_init_points (&decision->shape, kinds[i], points, sizes, 1);
    else
      decision->shape = (EmendShape){ kinds[i],
                                      i == 4 ? (EmendRect){ 90, 70, 30, 30 } : (EmendRect){ 10, 20, 30, 40 }, NULL };
    outcome = emend_project_decide (fixture->project, decisions, 1, &error);
    g_assert_no_error (error);
  }
  emend_export_report_free (import_fixture_export (fixture, "coco", FALSE, coco));
  check_with_python (coco, FALSE);
  check_with_jq (coco, "[.annotations[].bbox] | contains ([[90, 70, 10, 10], [10, 20, 30, 40], [10, 10, 10, 20]])");
  check_with_jq (coco, "[.annotations[].segmentation | flatten | length] | sort == [0, 0, 6, 8, 128]");
  emend_export_report_free (import_fixture_export (fixture, "yolo", FALSE, yolo));
  g_assert_true (g_file_get_contents (labels, &text, NULL, NULL));
  g_assert_nonnull (strstr (text, "0 0.95 0.9375 0.1 0.125\n"));
  g_assert_nonnull (strstr (text, "0 0.1 0.125 0.2 0.125 0.2 0.375\n"));
}

static void
test_twins (ImportFixture *fixture,
            gconstpointer data)
{
  const EmendExportOptions options = { .format = "yolo", .all = TRUE };
  g_autofree char *path = g_build_filename (fixture->folder, "out", NULL);
  g_autofree char *file = emend_test_write (fixture->folder, "in.json",
                                            "{\"images\": [{\"id\": 1, \"file_name\": \"a.jpg\"}, {\"id\": 2, "
                                            "\"file_name\": \"a.png\"}], \"categories\": [{\"id\": 1, \"name\": "
                                            "\"cat\"}],\"annotations\": [{\"image_id\": 1, \"category_id\": 1, "
                                            "\"bbox\": [1, 2, 3, 4]}, {\"image_id\": 2, \"category_id\": 1, \"bbox\": "
                                            "[1, 2, 3, 4]}]}");
  g_autoptr (GError) error = NULL;

  import_fixture_add_item (fixture, "a.jpg", 100, 80, 1);
  import_fixture_add_item (fixture, "a.png", 100, 80, 1);
  emend_import_report_free (import_fixture_import (fixture, file, NULL));
  g_assert_null (emend_export_run (fixture->project, path, &options, NULL, NULL, NULL, &error));
  g_assert_error (error, EMEND_FORMATS_ERROR, EMEND_FORMATS_ERROR_INVALID);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
}

#define ADD(name, func) \
  g_test_add ("/engine/export/run/" name, ImportFixture, NULL, import_fixture_set_up, func, import_fixture_tear_down)

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  ADD ("final", test_final);
  ADD ("all", test_all);
  ADD ("deterministic", test_deterministic);
  ADD ("round-trip-coco", test_round_trip_coco);
  ADD ("round-trip-yolo", test_round_trip_yolo);
  ADD ("round-trip-outlines", test_round_trip_outlines);
  ADD ("exists", test_exists);
  ADD ("cancelled", test_cancelled);
  ADD ("unwritable", test_unwritable);
  ADD ("journal", test_journal);
  ADD ("empty", test_empty);
  ADD ("shapes", test_shapes);
  ADD ("twins", test_twins);
  return g_test_run ();
}
