#define G_LOG_DOMAIN "emend-test"

#include "config.h"

#include <math.h>
#include <string.h>

#include "emend-test-sink.h"
#include "emend-test.h"

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
  test_sink_add_image (fixture->sink, "a.jpg", 100, 80, 1);
}

static void
tear_down (Fixture *fixture,
           gconstpointer data)
{
  emend_test_remove_folder (fixture->folder);
  g_free (fixture->folder);
  test_sink_free (fixture->sink);
}

static gboolean
read_text (Fixture *fixture,
           const char *text,
           GError **error)
{
  g_autofree char *path = emend_test_write (fixture->folder, "in.json", text);

  return test_sink_read (fixture->sink, "coco", path, NULL, error);
}

static void
read_annotations (Fixture *fixture,
                  const char *annotations)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = test_coco_text (annotations);

  read_text (fixture, text, &error);
  g_assert_no_error (error);
}

static void
test_box (Fixture *fixture,
          gconstpointer data)
{
  const EmendProposal *record;

  read_annotations (fixture,
                    "{\"id\": 12, \"image_id\": 7, \"category_id\": 3, \"bbox\": [1.5, 2, 30.25, 40], \"area\": 1210, "
                    "\"iscrowd\": 0, \"segmentation\": [], \"score\": 0.90}");
  g_assert_cmpuint (fixture->sink->records->len, ==, 1);
  g_assert_cmpuint (fixture->sink->problems->len, ==, 0);
  record = test_sink_record (fixture->sink, 0);
  g_assert_cmpint (record->item, ==, 1);
  g_assert_cmpstr (test_sink_label (fixture->sink, record), ==, "cat");
  g_assert_cmpint (record->shape.kind, ==, EMEND_SHAPE_BOX);
  test_assert_box (&record->shape, 1.5, 2, 30.25, 40);
  g_assert_cmpfloat (record->score, ==, 0.9);
  g_assert_cmpstr (record->score_text, ==, "0.90");
  g_assert_cmpstr (record->attributes, ==, "{\"coco\":{\"id\":12}}");
  g_assert_cmpuint (fixture->sink->progress_done, ==, fixture->sink->progress_total);
}

static void
test_annotations_first (Fixture *fixture,
                        gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  read_text (fixture,
             "{\"annotations\": [{\"image_id\": 0, \"category_id\": 0, \"bbox\": [1, 2, 3, 4], \"score\": 0.25}],"
             "\"categories\": [{\"id\": 0, \"name\": \"cat\"}, {\"name\": \"dog\", \"id\": 90}],"
             "\"images\": [{\"file_name\": \"a.jpg\", \"id\": 0}]}",
             &error);
  g_assert_no_error (error);
  g_assert_cmpuint (fixture->sink->labels->len, ==, 2);
  g_assert_cmpuint (fixture->sink->records->len, ==, 1);
  g_assert_null (test_sink_record (fixture->sink, 0)->score_text);
  g_assert_null (test_sink_record (fixture->sink, 0)->attributes);
}

static void
test_polygon (Fixture *fixture,
              gconstpointer data)
{
  const EmendProposal *record;
  gsize n_points;

  read_annotations (fixture,
                    "{\"image_id\": 7, \"category_id\": 3, \"segmentation\": [[10, 10, 20, 10, 20, 20], [30, 30, 40, "
                    "30, 40, 40, 30, 40]]}");
  g_assert_cmpuint (fixture->sink->records->len, ==, 1);
  record = test_sink_record (fixture->sink, 0);
  g_assert_cmpint (record->shape.kind, ==, EMEND_SHAPE_POLYGON);
  g_assert_cmpuint (emend_shape_get_n_rings (&record->shape), ==, 2);
  emend_shape_get_ring (&record->shape, 1, &n_points);
  g_assert_cmpuint (n_points, ==, 4);
  test_assert_box (&record->shape, 10, 10, 30, 30);
}

static void
assert_mask (Fixture *fixture,
             const char *counts,
             gboolean compressed)
{
  g_autofree char *text = g_strdup_printf ("{\"image_id\": 7, \"category_id\": 3, \"iscrowd\": 1, \"area\": 5, "
                                           "\"bbox\": [1, 2, 1, 5],\"segmentation\": {\"size\": [80, 100], "
                                           "\"counts\": %s}}",
                                           counts);
  const EmendProposal *record;
  gboolean was_compressed;
  gsize n_counts;
  const guint32 *runs;

  g_ptr_array_set_size (fixture->sink->records, 0);
  read_annotations (fixture, text);
  g_assert_cmpuint (fixture->sink->problems->len, ==, 0);
  record = test_sink_record (fixture->sink, 0);
  g_assert_cmpint (record->shape.kind, ==, EMEND_SHAPE_MASK);
  runs = emend_shape_get_mask (&record->shape, NULL, NULL, &n_counts, &was_compressed);
  g_assert_cmpuint (n_counts, ==, 3);
  g_assert_cmpuint (runs[0], ==, 82);
  g_assert_cmpuint (runs[1], ==, 5);
  g_assert_cmpuint (runs[2], ==, 7913);
  g_assert_cmpint (was_compressed, ==, compressed);
  g_assert_cmpstr (record->attributes, ==, "{\"coco\":{\"iscrowd\":1}}");
}

static void
test_mask (Fixture *fixture,
           gconstpointer data)
{
  assert_mask (fixture, "[82, 5, 7913]", FALSE);
  /* As pycocotools writes it. */
  assert_mask (fixture, "\"b25Yg7\"", TRUE);
}

static void
test_attributes (Fixture *fixture,
                 gconstpointer data)
{
  read_annotations (fixture,
                    "{\"id\": 5, \"image_id\": 7, \"category_id\": 3, \"bbox\": [1, 2, 3, 4], \"attributes\": "
                    "{\"occluded\": false, \"n\": 1.50, \"list\": [1, \"\\u00e9\", null, {\"a\": {}}], \"coco\": "
                    "{\"id\": 1}}},{\"image_id\": 7, \"category_id\": 3, \"bbox\": [1, 2, 3, 4], \"attributes\": {}},"
                    "{\"image_id\": 7, \"category_id\": 3, \"bbox\": [1, 2, 3, 4], \"attributes\": {\"a\": 1, \"a\": "
                    "2}},{\"image_id\": 7, \"category_id\": 3, \"bbox\": [1, 2, 3, 4], \"attributes\": [1]},"
                    "{\"image_id\": 7, \"category_id\": 3, \"bbox\": [1, 2, 3, 4], \"attributes\": {\"z\": "
                    "\"\\u0000\"}}");
  g_assert_cmpuint (fixture->sink->records->len, ==, 2);
  g_assert_cmpstr (test_sink_record (fixture->sink, 0)->attributes, ==,
                   "{\"occluded\":false,\"n\":1.50,\"list\":[1,\"é\",null,{\"a\":{}}],\"coco\":{\"id\":5}}");
  g_assert_null (test_sink_record (fixture->sink, 1)->attributes);
  g_assert_cmpuint (fixture->sink->problems->len, ==, 3);
  g_assert_cmpint (fixture->sink->n_skipped, ==, 3);
}

static void
test_bad_records (Fixture *fixture,
                  gconstpointer data)
{
  static const char *const bad[] = {
    "{\"image_id\": \"7\", \"category_id\": 3, \"bbox\": [1, 2, 3, 4]}",
    "{\"image_id\": 7.0, \"category_id\": 3, \"bbox\": [1, 2, 3, 4]}",
    "{\"image_id\": 7, \"category_id\": null, \"bbox\": [1, 2, 3, 4]}",
    "{\"image_id\": 99999999999999999999, \"category_id\": 3, \"bbox\": [1, 2, 3, 4]}",
    "{\"image_id\": 8, \"category_id\": 3, \"bbox\": [1, 2, 3, 4]}",
    "{\"image_id\": 7, \"category_id\": 4, \"bbox\": [1, 2, 3, 4]}",
    "{\"image_id\": 7, \"bbox\": [1, 2, 3, 4]}",
    "{\"image_id\": 7, \"category_id\": 3}",
    "{\"image_id\": 7, \"category_id\": 3, \"bbox\": [1, 2, 3]}",
    "{\"image_id\": 7, \"category_id\": 3, \"bbox\": [1, 2, 3, 4, 5]}",
    "{\"image_id\": 7, \"category_id\": 3, \"bbox\": [1, 2, 1e309, 4]}",
    "{\"image_id\": 7, \"category_id\": 3, \"bbox\": [1, 2, -3, 4]}",
    "{\"image_id\": 7, \"category_id\": 3, \"bbox\": [1, 2, 0, 4]}",
    "{\"image_id\": 7, \"category_id\": 3, \"bbox\": [1, 2, \"3\", 4]}",
    "{\"image_id\": 7, \"category_id\": 3, \"bbox\": [1, [2], 3, 4]}",
    "{\"image_id\": 7, \"category_id\": 3, \"bbox\": {\"x\": 1}}",
    "{\"image_id\": 7, \"category_id\": 3, \"bbox\": [100, 2, 3, 4]}",
    "{\"image_id\": 7, \"category_id\": 3, \"bbox\": [1e300, 2, 3, 4]}",
    "{\"image_id\": 7, \"image_id\": 7, \"category_id\": 3, \"bbox\": [1, 2, 3, 4]}",
    "{\"image_id\": 7, \"category_id\": 3, \"bbox\": [1, 2, 3, 4], \"score\": \"0.5\"}",
    "{\"image_id\": 7, \"category_id\": 3, \"bbox\": [1, 2, 3, 4], \"score\": 1.5, \"score\": 2.5}",
    "{\"image_id\": 7, \"category_id\": 3, \"bbox\": [1, 2, 3, 4], \"score\": [0.5]}",
    "{\"image_id\": 7, \"category_id\": 3, \"bbox\": [1, 2, 3, 4], \"id\": \"a\"}",
    "{\"image_id\": 7, \"category_id\": 3, \"segmentation\": [[1, 2, 3, 4]]}",
    "{\"image_id\": 7, \"category_id\": 3, \"segmentation\": [[1, 2, 3, 4, 5, 6, 7]]}",
    "{\"image_id\": 7, \"category_id\": 3, \"segmentation\": [1, 2, 3, 4, 5, 6]}",
    "{\"image_id\": 7, \"category_id\": 3, \"segmentation\": [[[1, 2], [3, 4], [5, 6]]]}",
    "{\"image_id\": 7, \"category_id\": 3, \"segmentation\": {\"size\": [80, 100], \"counts\": [82, 5]}}",
    "{\"image_id\": 7, \"category_id\": 3, \"segmentation\": {\"size\": [80, 100], \"counts\": [8000]}}",
    "{\"image_id\": 7, \"category_id\": 3, \"segmentation\": {\"size\": [80, 100], \"counts\": [82.5, 7917.5]}}",
    "{\"image_id\": 7, \"category_id\": 3, \"segmentation\": {\"size\": [80, 100], \"counts\": \"~~~\"}}",
    "{\"image_id\": 7, \"category_id\": 3, \"segmentation\": {\"size\": [80, 100], \"counts\": \"oooooooooooooooo\"}}",
    "{\"image_id\": 7, \"category_id\": 3, \"segmentation\": {\"size\": [-80, -100], \"counts\": [8000]}}",
    "{\"image_id\": 7, \"category_id\": 3, \"segmentation\": {\"size\": [80], \"counts\": [82, 5, 7913]}}",
    "{\"image_id\": 7, \"category_id\": 3, \"segmentation\": {\"counts\": [82, 5, 7913]}}",
    "{\"image_id\": 7, \"category_id\": 3, \"segmentation\": {\"size\": [100000, 100000], \"counts\": \"~~~\"}}",
    "{\"image_id\": 7, \"category_id\": 3, \"segmentation\": true, \"bbox\": [1, 2, 3, 4]}",
    "[]",
    "null",
  };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_autofree char *annotations = g_strdup_printf (
      "%s,\n{\"image_id\": 7, \"category_id\": 3, \"bbox\": [1, 2, 3, 4]}", bad[i]);

    g_ptr_array_set_size (fixture->sink->records, 0);
    g_ptr_array_set_size (fixture->sink->problems, 0);
    fixture->sink->n_skipped = 0;
    read_annotations (fixture, annotations);
    g_test_message ("%s -> %s", bad[i],
                    fixture->sink->problems->len > 0 ? test_sink_problem (fixture->sink, 0) : "no problem");
    g_assert_cmpuint (fixture->sink->records->len, ==, 1);
    g_assert_cmpuint (fixture->sink->problems->len, ==, 1);
    g_assert_true (g_str_has_prefix (test_sink_problem (fixture->sink, 0), "5: "));
    g_assert_cmpint (fixture->sink->n_skipped, ==, 1);
  }
}

static void
test_score (Fixture *fixture,
            gconstpointer data)
{
  static const struct {
    const char *given;
    double score;
    const char *text;
    gboolean problem;
  } cases[] = {
    { "0", 0, NULL, FALSE },
    { "1", 1, NULL, FALSE },
    { "1.0", 1, "1.0", FALSE },
    { "0.5", 0.5, NULL, FALSE },
    { "0.50", 0.5, "0.50", FALSE },
    { "0.4314181593105666", 0.4314181593105666, NULL, FALSE },
    { "0.12345678901234567890", 0.12345678901234567890, "0.12345678901234567890", FALSE },
    { "0.0001", 0.0001, NULL, FALSE },
    { "0.00001", 0.00001, "0.00001", FALSE },
    { "1e-05", 0.00001, NULL, FALSE },
    { "null", NAN, NULL, FALSE },
    { "1.5", NAN, "1.5", TRUE },
    { "-0.25", NAN, "-0.25", TRUE },
    { "97", NAN, "97", TRUE },
    { "1e400", NAN, "1e400", TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *text = g_strdup_printf (
      "{\"image_id\": 7, \"category_id\": 3, \"bbox\": [1, 2, 3, 4], \"score\": %s}", cases[i].given);
    const EmendProposal *record;

    g_ptr_array_set_size (fixture->sink->records, 0);
    g_ptr_array_set_size (fixture->sink->problems, 0);
    read_annotations (fixture, text);
    record = test_sink_record (fixture->sink, 0);
    g_test_message ("%s", cases[i].given);
    if (isnan (cases[i].score))
      g_assert_true (isnan (record->score));
    else
      g_assert_cmpfloat (record->score, ==, cases[i].score);
    g_assert_cmpstr (record->score_text, ==, cases[i].text);
    g_assert_cmpuint (fixture->sink->problems->len, ==, cases[i].problem ? 1 : 0);
  }
}

static void
test_outside (Fixture *fixture,
              gconstpointer data)
{
  read_annotations (fixture,
                    "{\"image_id\": 7, \"category_id\": 3, \"bbox\": [-0.5, 0, 101, 80.9]},\n"
                    "{\"image_id\": 7, \"category_id\": 3, \"bbox\": [-10, 0, 50, 80]}");
  g_assert_cmpuint (fixture->sink->records->len, ==, 2);
  g_assert_cmpuint (fixture->sink->problems->len, ==, 1);
  g_assert_true (g_str_has_prefix (test_sink_problem (fixture->sink, 0), "6: "));
  g_assert_cmpint (fixture->sink->n_skipped, ==, 0);
  test_assert_box (&test_sink_record (fixture->sink, 1)->shape, -10, 0, 50, 80);
}

static void
test_bad_tables (Fixture *fixture,
                 gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  read_text (fixture,
             "{\"images\": [{\"id\": \"1\", \"file_name\": \"x\"},\n {\"id\": 7, \"file_name\": \"a.jpg\"},\n "
             "{\"id\": 7, \"file_name\": \"b.jpg\"},\n {\"id\": 8},\n 5,\n"
             "{\"id\": 9, \"file_name\": \"../../etc/passwd\", \"width\": -5, \"height\": 1e309}],\n"
             "\"categories\": [{\"id\": 3, \"name\": \"cat\"}, {\"id\": 3, \"name\": \"dog\"}, {\"id\": 4, \"name\": "
             "\"x\\u0000y\"}, {\"id\": 5, \"name\": \"\"}],\n"
             "\"annotations\": [{\"image_id\": 7, \"category_id\": 3, \"bbox\": [1, 2, 3, 4]}, {\"image_id\": 9, "
             "\"category_id\": 3, \"bbox\": [1, 2, 3, 4]}]}",
             &error);
  g_assert_no_error (error);
  g_assert_cmpuint (fixture->sink->records->len, ==, 1);
  g_assert_cmpuint (fixture->sink->problems->len, ==, 8);
  g_assert_true (g_str_has_prefix (test_sink_problem (fixture->sink, 0), "1: "));
  g_assert_true (g_str_has_prefix (test_sink_problem (fixture->sink, 1), "3: "));
  g_assert_true (g_str_has_prefix (test_sink_problem (fixture->sink, 7), "7: "));
  g_assert_cmpuint (fixture->sink->unmatched->len, ==, 1);
  g_assert_cmpint (fixture->sink->n_skipped, ==, 1);
}

static void
test_empty (Fixture *fixture,
            gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  test_sink_add_image (fixture->sink, "b.jpg", 100, 80, 1);
  read_text (fixture,
             "{\"images\": [{\"id\": 1, \"file_name\": \"a.jpg\"}, {\"id\": 2, \"file_name\": \"b.jpg\"}, {\"id\": 3, "
             "\"file_name\": \"c.jpg\"}],\"categories\": [{\"id\": 3, \"name\": \"cat\"}],"
             "\"annotations\": [{\"image_id\": 1, \"category_id\": 3}]}",
             &error);
  g_assert_no_error (error);
  /* The record of a.jpg cannot be used, so nobody knows what is there; c.jpg is no item. */
  g_assert_cmpuint (fixture->sink->empty->len, ==, 1);
  g_assert_cmpint (g_array_index (fixture->sink->empty, gint64, 0), ==, 2);
}

static void
assert_refused (Fixture *fixture,
                const char *text,
                EmendFormatsError code,
                const char *part)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (read_text (fixture, text, &error));
  g_test_message ("%.60s -> %s", text, error->message);
  g_assert_error (error, EMEND_FORMATS_ERROR, (int) code);
  g_assert_nonnull (strstr (error->message, part));
  g_assert_nonnull (strstr (error->message, "in.json"));
  g_assert_cmpuint (fixture->sink->records->len, ==, 0);
}

static void
test_refused (Fixture *fixture,
              gconstpointer data)
{
  g_autofree char *nan = test_coco_text ("{\"image_id\": 7, \"category_id\": 3, \"bbox\": [1, 2, 3, "
                                         "4]},\n{\"image_id\": 7, \"category_id\": 3, \"bbox\": [NaN, 2, 3, 4]}");
  g_autofree char *cut = test_coco_text ("{\"image_id\": 7, \"category_id\": 3, \"bbox\": [1, 2, 3, 4]}");
  g_autoptr (GString) deep = g_string_new ("{\"images\": ");

  for (int i = 0; i < 100000; i++)
    g_string_append_c (deep, '[');
  cut[strlen (cut) - 5] = '\0';
  assert_refused (fixture, nan, EMEND_FORMATS_ERROR_INVALID, "line 6, column 44");
  assert_refused (fixture, cut, EMEND_FORMATS_ERROR_INVALID, "line 5");
  assert_refused (fixture, deep->str, EMEND_FORMATS_ERROR_LIMIT, "64");
  assert_refused (fixture, "", EMEND_FORMATS_ERROR_INVALID, "line 1");
  assert_refused (fixture, "  \n ", EMEND_FORMATS_ERROR_INVALID, "line 2");
  assert_refused (fixture, "[]", EMEND_FORMATS_ERROR_INVALID, "COCO");
  assert_refused (fixture, "{}", EMEND_FORMATS_ERROR_INVALID, "COCO");
  assert_refused (fixture, "{\"images\": {}, \"categories\": []}", EMEND_FORMATS_ERROR_INVALID, "COCO");
  assert_refused (fixture, "{\"images\": [], \"categories\": [], \"images\": []}", EMEND_FORMATS_ERROR_INVALID,
                  "twice");
  assert_refused (fixture, "{\"images\": [], \"categories\": [], \"annotations\": []} x", EMEND_FORMATS_ERROR_INVALID,
                  "line 1");
}

static void
test_long_value (Fixture *fixture,
                 gconstpointer data)
{
  g_autofree char *filler = g_strnfill (17 * 1024 * 1024, 'x');
  g_autofree char *text = g_strdup_printf ("{\"info\": \"%s\", \"images\": [], \"categories\": []}", filler);

  assert_refused (fixture, text, EMEND_FORMATS_ERROR_LIMIT, "longer");
}

static void
test_many_categories (Fixture *fixture,
                      gconstpointer data)
{
  g_autoptr (GString) text = g_string_new ("{\"images\": [], \"annotations\": [], \"categories\": [");

  for (int i = 0; i < 20000; i++)
    g_string_append_printf (text, "%s{\"id\": %d, \"name\": \"c%d\"}", i > 0 ? "," : "", i, i);
  g_string_append (text, "]}");
  assert_refused (fixture, text->str, EMEND_FORMATS_ERROR_LIMIT, "10000");
}

static void
test_byte_order_mark (Fixture *fixture,
                      gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = test_coco_text ("{\"image_id\": 7, \"category_id\": 3, \"bbox\": [1, 2, 3, 4]}");
  g_autofree char *marked = g_strconcat ("\xef\xbb\xbf", text, NULL);

  read_text (fixture, marked, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (fixture->sink->records->len, ==, 1);
}

static void
test_sink_fails (Fixture *fixture,
                 gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = test_coco_text ("{\"image_id\": 7, \"category_id\": 3, \"bbox\": [1, 2, 3, 4]}, "
                                          "{\"image_id\": 7, \"category_id\": 3, \"bbox\": [1, 2, 3, 4]}");

  fixture->sink->fail_after = 1;
  g_assert_false (read_text (fixture, text, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE);
}

static void
test_no_file (Fixture *fixture,
              gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_build_filename (fixture->folder, "no.json", NULL);

  g_assert_false (test_sink_read (fixture->sink, "coco", path, NULL, &error));
  g_assert_error (error, EMEND_FORMATS_ERROR, EMEND_FORMATS_ERROR_IO);
  g_clear_error (&error);
  g_assert_false (test_sink_read (fixture->sink, "coco", fixture->folder, NULL, &error));
  g_assert_error (error, EMEND_FORMATS_ERROR, EMEND_FORMATS_ERROR_IO);
}

static void
test_cancelled (Fixture *fixture,
                gconstpointer data)
{
  const EmendReadOptions options = { 0 };
  g_autofree char *text = test_coco_text ("");
  g_autofree char *path = emend_test_write (fixture->folder, "in.json", text);
  const char *const paths[] = { path, NULL };
  g_autoptr (EmendFormat) format = emend_formats_find ("coco");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_false (emend_format_read (format, paths, &options, &fixture->sink->sink, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_labels (Fixture *fixture,
             gconstpointer data)
{
  g_autofree char *text = test_coco_text ("");
  g_autofree char *path = emend_test_write (fixture->folder, "in.json", text);
  g_autoptr (GError) error = NULL;
  g_autoptr (EmendFormat) format = emend_formats_detect (path, &error);
  g_auto (GStrv) labels = NULL;

  g_assert_no_error (error);
  g_assert_cmpstr (emend_format_get_id (format), ==, "coco");
  labels = emend_format_list_labels (format, path, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_strv_length (labels), ==, 1);
  g_assert_cmpstr (labels[0], ==, "cat");
}

#define ADD(name, func) g_test_add ("/formats/coco/read/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  ADD ("box", test_box);
  ADD ("annotations-first", test_annotations_first);
  ADD ("polygon", test_polygon);
  ADD ("mask", test_mask);
  ADD ("attributes", test_attributes);
  ADD ("bad-records", test_bad_records);
  ADD ("score", test_score);
  ADD ("outside", test_outside);
  ADD ("bad-tables", test_bad_tables);
  ADD ("empty", test_empty);
  ADD ("refused", test_refused);
  ADD ("long-value", test_long_value);
  ADD ("many-categories", test_many_categories);
  ADD ("byte-order-mark", test_byte_order_mark);
  ADD ("sink-fails", test_sink_fails);
  ADD ("no-file", test_no_file);
  ADD ("cancelled", test_cancelled);
  g_test_add ("/formats/coco/list-labels/order", Fixture, NULL, set_up, test_labels, tear_down);
  return g_test_run ();
}
