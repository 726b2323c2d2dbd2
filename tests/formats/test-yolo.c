#define G_LOG_DOMAIN "emend-test"

#include "config.h"

#include <math.h>
#include <string.h>

#include "emend-test-sink.h"
#include "emend-test.h"
#include "emend-yolo-files.h"
#include "emend-yolo-names.h"
#include "emend-yolo-write.h"

typedef struct {
  char *folder;
  TestSink *sink;
} Fixture;

static void
set_up (Fixture *fixture,
        gconstpointer data)
{
  fixture->folder = emend_test_make_folder ();
  fixture->sink = test_sink_new ();
  fixture->sink->take_all = TRUE;
  fixture->sink->take_size = 1000;
}

static void
tear_down (Fixture *fixture,
           gconstpointer data)
{
  emend_test_remove_folder (fixture->folder);
  g_free (fixture->folder);
  test_sink_free (fixture->sink);
}

static void
write_file (Fixture *fixture,
            const char *name,
            const char *text)
{
  g_free (emend_test_write (fixture->folder, name, text));
}

/* Reads one line of labels on an image of 100 x 50 pixels; the classes are a and b. */
static gboolean
read_line (Fixture *fixture,
           const char *text,
           const EmendReadOptions *options,
           GError **error)
{
  g_autofree char *image = g_build_filename (fixture->folder, "images", "1.jpg", NULL);
  TestSink *sink = fixture->sink;

  write_file (fixture, "data.yaml", "names: [a, b]\n");
  write_file (fixture, "labels/1.txt", text);
  g_ptr_array_set_size (sink->records, 0);
  g_ptr_array_set_size (sink->problems, 0);
  g_array_set_size (sink->empty, 0);
  sink->n_skipped = 0;
  sink->take_all = FALSE;
  if (g_hash_table_size (sink->images) == 0)
    test_sink_add_image (sink, image, 100, 50, 1);
  return test_sink_read (sink, "yolo", fixture->folder, options, error);
}

static void
assert_line (Fixture *fixture,
             const char *text,
             const EmendReadOptions *options)
{
  g_autoptr (GError) error = NULL;

  read_line (fixture, text, options, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (fixture->sink->unmatched->len, ==, 0);
}

static void
test_box (Fixture *fixture,
          gconstpointer data)
{
  static const char *const same[] = { "1 0.5 0.5 0.25 0.5", "1\t0.5  0.5\t0.25   0.5\r\n",
                                      "\xef\xbb\xbf\x31 0.5 0.5 0.25 0.5\r\n\r\n",
                                      "  1 .5 5e-1 0.25 0.50 " };

  for (guint i = 0; i < G_N_ELEMENTS (same); i++) {
    assert_line (fixture, same[i], NULL);
    g_assert_cmpuint (fixture->sink->records->len, ==, 1);
    g_assert_cmpuint (fixture->sink->problems->len, ==, 0);
    test_assert_box (&test_sink_record (fixture->sink, 0)->shape, 37.5, 12.5, 25, 25);
    g_assert_cmpstr (test_sink_label (fixture->sink, test_sink_record (fixture->sink, 0)), ==, "b");
    g_assert_true (isnan (test_sink_record (fixture->sink, 0)->score));
    g_assert_cmpuint (fixture->sink->empty->len, ==, 0);
  }
}

static void
test_trailing (Fixture *fixture,
               gconstpointer data)
{
  static const struct {
    const char *columns;
    EmendTrailing trailing;
    gboolean question;
    double score;
    const char *score_text;
    const char *attributes;
    gboolean problem;
  } cases[] = {
    { "0.75", EMEND_TRAILING_ASK, TRUE, NAN, NULL, NULL, FALSE },
    { "0.75", EMEND_TRAILING_CONFIDENCE, FALSE, 0.75, NULL, NULL, FALSE },
    { "0.750", EMEND_TRAILING_CONFIDENCE, FALSE, 0.75, "0.750", NULL, FALSE },
    { "1", EMEND_TRAILING_ASK, TRUE, NAN, NULL, NULL, FALSE },
    { "17", EMEND_TRAILING_ASK, TRUE, NAN, NULL, NULL, FALSE },
    { "1.5", EMEND_TRAILING_ASK, TRUE, NAN, NULL, NULL, FALSE },
    { "1", EMEND_TRAILING_CONFIDENCE, FALSE, 1, NULL, NULL, FALSE },
    { "1.5", EMEND_TRAILING_CONFIDENCE, FALSE, NAN, "1.5", NULL, TRUE },
    { "17", EMEND_TRAILING_TRACK, FALSE, NAN, NULL, "{\"track_id\":17}", FALSE },
    { "0.5 17", EMEND_TRAILING_TRACK, FALSE, 0.5, NULL, "{\"track_id\":17}", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    const EmendReadOptions options = { .trailing = cases[i].trailing };
    g_autofree char *text = g_strdup_printf ("0 0.5 0.5 0.25 0.5 %s\n", cases[i].columns);
    g_autoptr (GError) error = NULL;
    gboolean done = read_line (fixture, text, &options, &error);
    const EmendProposal *record;

    g_test_message ("%s as %d: %s", cases[i].columns, cases[i].trailing, error != NULL ? error->message : "read");
    if (cases[i].question) {
      g_assert_false (done);
      g_assert_error (error, EMEND_FORMATS_ERROR, EMEND_FORMATS_ERROR_QUESTION);
      g_assert_nonnull (strstr (error->message, "1.txt"));
      continue;
    }
    g_assert_no_error (error);
    record = test_sink_record (fixture->sink, 0);
    test_assert_box (&record->shape, 37.5, 12.5, 25, 25);
    if (isnan (cases[i].score))
      g_assert_true (isnan (record->score));
    else
      g_assert_cmpfloat (record->score, ==, cases[i].score);
    g_assert_cmpstr (record->score_text, ==, cases[i].score_text);
    g_assert_cmpstr (record->attributes, ==, cases[i].attributes);
    g_assert_cmpuint (fixture->sink->problems->len, ==, cases[i].problem ? 1 : 0);
  }
}

/* The same five numbers are two different boxes: nobody but a person knows which. */
static void
test_second (Fixture *fixture,
             gconstpointer data)
{
  const EmendReadOptions second = { .trailing = EMEND_TRAILING_CONFIDENCE_SECOND };
  const EmendReadOptions last = { .trailing = EMEND_TRAILING_CONFIDENCE };
  const EmendProposal *record;
  g_autoptr (GError) error = NULL;

  assert_line (fixture, "0 0.750 0.5 0.5 0.25 0.5\n", &second);
  record = test_sink_record (fixture->sink, 0);
  test_assert_box (&record->shape, 37.5, 12.5, 25, 25);
  g_assert_cmpfloat (record->score, ==, 0.75);
  g_assert_cmpstr (record->score_text, ==, "0.750");
  assert_line (fixture, "0 0.750 0.5 0.5 0.25 0.5\n", &last);
  test_assert_box (&test_sink_record (fixture->sink, 0)->shape, 50, 18.75, 50, 12.5);
  g_assert_false (read_line (fixture, "0 0.750 0.5 0.5 0.25 0.5\n", NULL, &error));
  g_assert_error (error, EMEND_FORMATS_ERROR, EMEND_FORMATS_ERROR_QUESTION);
  assert_line (fixture, "0 0.5 0.1 0.1 0.5 0.1 0.5 0.9\n", &second);
  record = test_sink_record (fixture->sink, 0);
  g_assert_cmpint (record->shape.kind, ==, EMEND_SHAPE_POLYGON);
  test_assert_box (&record->shape, 10, 5, 40, 40);
  g_assert_cmpfloat (record->score, ==, 0.5);
  /* A line without a further column has no confidence; one with a bad one is left out and named. */
  assert_line (fixture, "0 0.5 0.5 0.25 0.5\n0 x 0.5 0.5 0.25 0.5\n", &second);
  g_assert_cmpuint (fixture->sink->records->len, ==, 1);
  g_assert_true (isnan (test_sink_record (fixture->sink, 0)->score));
  g_assert_cmpuint (fixture->sink->problems->len, ==, 1);
}

static void
test_polygon (Fixture *fixture,
              gconstpointer data)
{
  const EmendReadOptions options = { .trailing = EMEND_TRAILING_CONFIDENCE };
  const EmendProposal *record;
  g_autoptr (GError) error = NULL;

  assert_line (fixture, "0 0.1 0.1 0.5 0.1 0.5 0.9\n", NULL);
  record = test_sink_record (fixture->sink, 0);
  g_assert_cmpint (record->shape.kind, ==, EMEND_SHAPE_POLYGON);
  test_assert_box (&record->shape, 10, 5, 40, 40);
  assert_line (fixture, "0 0.1 0.1 0.5 0.1 0.5 0.9 0.75\n", &options);
  g_assert_cmpfloat (test_sink_record (fixture->sink, 0)->score, ==, 0.75);
  g_assert_false (read_line (fixture, "0 0.1 0.1 0.5 0.1 0.5 0.9 0.75\n", NULL, &error));
  g_assert_error (error, EMEND_FORMATS_ERROR, EMEND_FORMATS_ERROR_QUESTION);
}

static void
test_bad_lines (Fixture *fixture,
                gconstpointer data)
{
  static const char *const bad[] = {
    "0 0.5 0.5 1.5 -0.2",
    "-1 0.5 0.5 0.1 0.1",
    "0 nan inf 0 0",
    "0 0,5 0,5 0,1 0,1",
    "0 0.5",
    "0",
    "99999999999999999999 0.1 0.1 0.1 0.1",
    "2 0.5 0.5 0.1 0.1",
    "a 0.5 0.5 0.1 0.1",
    "0.0 0.5 0.5 0.1 0.1",
    "0 0x1 0.5 0.1 0.1",
    "0 0.5 0.5 0 0.1",
    "0 5 5 0.1 0.1",
    "0 1e300 0.5 0.1 0.1",
    "0 0.5 0.5 0.1 0.1 abc",
  };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++) {
    const EmendReadOptions options = { .trailing = EMEND_TRAILING_CONFIDENCE };
    g_autofree char *text = g_strdup_printf ("\n%s\n0 0.5 0.5 0.1 0.1\n", bad[i]);

    assert_line (fixture, text, &options);
    g_test_message ("%s -> %s", bad[i],
                    fixture->sink->problems->len > 0 ? test_sink_problem (fixture->sink, 0) : "no problem");
    g_assert_cmpuint (fixture->sink->records->len, ==, 1);
    g_assert_cmpuint (fixture->sink->problems->len, ==, 1);
    g_assert_true (g_str_has_prefix (test_sink_problem (fixture->sink, 0), "2: "));
    g_assert_cmpint (fixture->sink->n_skipped, ==, 1);
  }
}

static void
test_range (Fixture *fixture,
            gconstpointer data)
{
  assert_line (fixture, "0 1.1 0.5 0.4 0.5\n", NULL);
  g_assert_cmpuint (fixture->sink->records->len, ==, 1);
  g_assert_cmpuint (fixture->sink->problems->len, ==, 1);
  g_assert_cmpint (fixture->sink->n_skipped, ==, 0);
  g_assert_cmpfloat_with_epsilon (test_sink_record (fixture->sink, 0)->shape.box.x, 90, 1e-9);
}

static void
test_empty (Fixture *fixture,
            gconstpointer data)
{
  static const char *const empty[] = { "", "\n", " \r\n\t\r\n" };

  for (guint i = 0; i < G_N_ELEMENTS (empty); i++) {
    assert_line (fixture, empty[i], NULL);
    g_assert_cmpuint (fixture->sink->empty->len, ==, 1);
    g_assert_cmpuint (fixture->sink->problems->len, ==, 0);
  }
}

static void
test_zero_byte (Fixture *fixture,
                gconstpointer data)
{
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;

  write_file (fixture, "data.yaml", "names: [a, b]\n");
  write_file (fixture, "labels/1.txt", "");
  path = g_build_filename (fixture->folder, "labels", "1.txt", NULL);
  g_file_set_contents (path, "0 0.5 0.5 0.1 0.1\n\0 0.5\n", 24, &error);
  g_assert_no_error (error);
  test_sink_read (fixture->sink, "yolo", fixture->folder, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (fixture->sink->records->len, ==, 1);
  g_assert_cmpuint (fixture->sink->problems->len, ==, 1);
}

static void
assert_names (Fixture *fixture,
              const char *file,
              const char *text,
              const char *want)
{
  g_autofree char *path = emend_test_write (fixture->folder, file, text);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) names = emend_yolo_names_load (path, &error);
  g_autoptr (GString) joined = g_string_new (NULL);

  g_test_message ("%s: %s", file, error != NULL ? error->message : "read");
  if (want == NULL) {
    g_assert_null (names);
    g_assert_error (error, EMEND_FORMATS_ERROR, EMEND_FORMATS_ERROR_INVALID);
    return;
  }
  g_assert_no_error (error);
  for (guint i = 0; i < names->len; i++)
    g_string_append_printf (joined, "%s%s", i > 0 ? "|" : "",
                            names->pdata[i] != NULL ? (const char *) names->pdata[i] : "");
  g_assert_cmpstr (joined->str, ==, want);
}

static void
test_names (Fixture *fixture,
            gconstpointer data)
{
  g_autofree char *lines = g_strnfill (20000, '\n');
  g_autofree char *letters = g_strnfill (300, 'a');
  g_autofree char *long_name = g_strdup_printf ("names: [%s]\n", letters);

  lines[19999] = 'x';
  assert_names (fixture, "1.yaml", "path: x\ntrain: [a, {b: c}]\nnc: 2\nnames: [cat, 'hot dog', \"d\\u00e9\"]\n",
                "cat|hot dog|dé");
  assert_names (fixture, "2.yaml", "names:\n  - cat\n  - dog # comment\nval: x\n", "cat|dog");
  assert_names (fixture, "3.yaml", "names:\n  0: cat\n  3: dog\n", "cat|||dog");
  assert_names (fixture, "4.yaml", "\xef\xbb\xbfnames: {1: dog, 0: cat}\r\n", "cat|dog");
  assert_names (fixture, "5.yaml", "names: cat\n", NULL);
  assert_names (fixture, "6.yaml", "nc: 2\n", NULL);
  assert_names (fixture, "7.yaml", "names: [a, [b]]\n", NULL);
  assert_names (fixture, "8.yaml", "names: {a: b}\n", NULL);
  assert_names (fixture, "9.yaml", "names: {0: a, 0: b}\n", NULL);
  assert_names (fixture, "10.yaml", "names: {-1: a}\n", NULL);
  assert_names (fixture, "11.yaml", "names: {99999999: a}\n", NULL);
  assert_names (fixture, "12.yaml", "names: [a\n", NULL);
  assert_names (fixture, "13.yaml", "a: &x [b]\nnames: *x\n", NULL);
  assert_names (fixture, "14.yaml", "names: [a]\nnames: [b]\n", NULL);
  assert_names (fixture, "15.yaml", "", NULL);
  assert_names (fixture, "16.yaml", "\xff\xfe", NULL);
  assert_names (fixture, "obj.names", "\xef\xbb\xbf"
                                      "cat\r\n\r\n dog \n\n\n",
                "cat||dog");
  assert_names (fixture, "classes.txt", "\n\n", NULL);
  assert_names (fixture, "lines.names", lines, NULL);
  assert_names (fixture, "17.yaml", long_name, NULL);
}

static void
test_no_names (Fixture *fixture,
               gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  write_file (fixture, "labels/1.txt", "0 0.5 0.5 0.1 0.1\n");
  g_assert_false (test_sink_read (fixture->sink, "yolo", fixture->folder, NULL, &error));
  g_assert_error (error, EMEND_FORMATS_ERROR, EMEND_FORMATS_ERROR_QUESTION);
  g_clear_error (&error);
  write_file (fixture, "a.yaml", "names: [a]\n");
  write_file (fixture, "b.yaml", "names: [b]\n");
  g_assert_false (test_sink_read (fixture->sink, "yolo", fixture->folder, NULL, &error));
  g_assert_error (error, EMEND_FORMATS_ERROR, EMEND_FORMATS_ERROR_QUESTION);
  g_assert_cmpuint (fixture->sink->records->len, ==, 0);
}

static void
test_no_labels (Fixture *fixture,
                gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  write_file (fixture, "data.yaml", "names: [a]\n");
  g_assert_false (test_sink_read (fixture->sink, "yolo", fixture->folder, NULL, &error));
  g_assert_error (error, EMEND_FORMATS_ERROR, EMEND_FORMATS_ERROR_INVALID);
}

static void
assert_images (Fixture *fixture,
               const char *root,
               const char *want)
{
  g_autofree char *path = g_build_filename (fixture->folder, root, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) files = emend_yolo_files_list (path, NULL, &error);
  g_autoptr (GString) names = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < files->len; i++) {
    const EmendYoloFile *file = g_ptr_array_index (files, i);
    g_string_append_printf (names, "%s%s", i > 0 ? " " : "", file->image + strlen (fixture->folder) + 1);
  }
  g_assert_cmpstr (names->str, ==, want);
}

static void
test_layouts (Fixture *fixture,
              gconstpointer data)
{
  write_file (fixture, "coco/labels/train/10.txt", "");
  write_file (fixture, "coco/labels/train/9.txt", "");
  write_file (fixture, "coco/labels/classes.txt", "");
  write_file (fixture, "coco/other.txt", "");
  write_file (fixture, "coco/labels/.hidden.txt", "");
  write_file (fixture, "robo/train/labels/a.txt", "");
  write_file (fixture, "robo/train/labels/README.txt", "");
  write_file (fixture, "robo/valid/labels/a.txt", "");
  write_file (fixture, "robo/README.roboflow.txt", "");
  write_file (fixture, "dark/obj_train_data/x.y.txt", "");
  write_file (fixture, "dark/train.txt", "");
  write_file (fixture, "dark/more.txt", "");
  write_file (fixture, "flat/1.txt", "");
  write_file (fixture, "flat/classes.txt", "");
  assert_images (fixture, "coco", "coco/images/train/9 coco/images/train/10");
  assert_images (fixture, "coco/labels", "coco/images/train/9 coco/images/train/10");
  assert_images (fixture, "coco/labels/train", "coco/images/train/9 coco/images/train/10");
  assert_images (fixture, "robo", "robo/train/images/a robo/valid/images/a");
  assert_images (fixture, "robo/train/labels/a.txt", "robo/train/images/a");
  assert_images (fixture, "dark", "dark/obj_train_data/x.y");
  assert_images (fixture, "flat", "flat/1");
}

static void
test_label_path (void)
{
  static const char *const cases[][2] = {
    { "a.jpg", "labels/a.txt" },
    { "x/a.b.jpg", "labels/x/a.b.txt" },
    { "images/train/a.jpg", "labels/train/a.txt" },
    { "train/images/a.jpg", "train/labels/a.txt" },
    { "images/a/images/b.jpg", "images/a/labels/b.txt" },
    { "../../images/a.jpg", "labels/a.txt" },
    { "../a", "labels/a.txt" },
    { "x/.hidden", "labels/x/.hidden.txt" },
    { "x.y/noext", "labels/x.y/noext.txt" },
    { "images", "labels/images.txt" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *path = emend_yolo_write_label_path (cases[i][0]);
    g_assert_cmpstr (path, ==, cases[i][1]);
  }
}

static void
test_stored_frame (Fixture *fixture,
                   gconstpointer data)
{
  const EmendReadOptions options = { .frame = EMEND_FRAME_STORED };
  g_autofree char *image = g_build_filename (fixture->folder, "images", "1.jpg", NULL);

  /* Stored 50 x 100, upright 100 x 50. */
  test_sink_add_image (fixture->sink, image, 100, 50, 6);
  assert_line (fixture, "0 0.25 0.25 0.5 0.1\n", &options);
  /* x 0..25, y 20..30 of the stored pixels. */
  test_assert_box (&test_sink_record (fixture->sink, 0)->shape, 70, 0, 10, 25);
}

#define ADD(name, func) g_test_add ("/formats/yolo/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  ADD ("read/box", test_box);
  ADD ("read/trailing", test_trailing);
  ADD ("read/confidence-second", test_second);
  ADD ("read/polygon", test_polygon);
  ADD ("read/bad-lines", test_bad_lines);
  ADD ("read/range", test_range);
  ADD ("read/empty", test_empty);
  ADD ("read/zero-byte", test_zero_byte);
  ADD ("read/no-names", test_no_names);
  ADD ("read/no-labels", test_no_labels);
  ADD ("read/stored-frame", test_stored_frame);
  ADD ("names/load", test_names);
  ADD ("files/layouts", test_layouts);
  g_test_add_func ("/formats/yolo/write/label-path", test_label_path);
  return g_test_run ();
}
