#define G_LOG_DOMAIN "emend-test"

#include "config.h"

#include <math.h>
#include <string.h>

#include "emend-test-sink.h"
#include "emend-test.h"

typedef void (*FileFunc) (const char *path,
                          const char *name);

static void
foreach_file (const char *shared,
              const char *prefix,
              FileFunc func)
{
  g_autofree char *folder = emend_test_shared (shared);
  g_autoptr (GDir) dir = folder != NULL ? g_dir_open (folder, 0, NULL) : NULL;
  const char *name;
  int n_files = 0;

  if (folder == NULL)
    return;
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (folder, name, NULL);

    if (!g_str_has_prefix (name, prefix))
      continue;
    func (path, name);
    n_files++;
  }
  g_assert_cmpint (n_files, >, 10);
}

/* Wraps the text as something that is not looked at in an otherwise good file. */
static char *
wrap (const char *folder,
      const char *path)
{
  const char *const head = "{\"images\": [], \"categories\": [], \"annotations\": [], \"info\": ";
  g_autofree char *inner = NULL;
  gsize length = 0;
  g_autoptr (GString) text = g_string_new (head);
  g_autofree char *wrapped = g_build_filename (folder, "in.json", NULL);
  g_autoptr (GError) error = NULL;

  g_file_get_contents (path, &inner, &length, &error);
  g_assert_no_error (error);
  g_string_append_len (text, inner, (gssize) length);
  g_string_append (text, "}");
  g_file_set_contents (wrapped, text->str, (gssize) text->len, &error);
  g_assert_no_error (error);
  return g_steal_pointer (&wrapped);
}

static void
assert_refused (const char *path,
                const char *name)
{
  static const char *const formats[] = { "coco", "coco-results", "azure", "textract", "funsd",
                                         "docile", "ppocrlabel", "sroie", "values" };
  g_autofree char *folder = emend_test_make_folder ();
  g_autofree char *names = emend_test_write (folder, "names.json",
                                             "{\"images\": [], \"categories\": [], \"annotations\": []}");
  const EmendReadOptions options = { .names_file = names };

  for (guint i = 0; i < G_N_ELEMENTS (formats); i++) {
    g_autoptr (TestSink) sink = test_sink_new ();
    g_autoptr (GError) error = NULL;

    g_assert_false (test_sink_read (sink, formats[i], path, &options, &error));
    g_test_message ("%s: %s", name, error->message);
    g_assert_true (error->domain == EMEND_FORMATS_ERROR);
    g_assert_true (g_utf8_validate (error->message, -1, NULL));
    g_assert_cmpuint (sink->records->len, ==, 0);
  }
  emend_test_remove_folder (folder);
}

/* As a value inside of a good file too, where the parser alone decides. */
static void
assert_bad_json (const char *path,
                 const char *name)
{
  g_autofree char *folder = emend_test_make_folder ();
  g_autofree char *wrapped = wrap (folder, path);
  g_autoptr (TestSink) sink = test_sink_new ();
  g_autoptr (GError) error = NULL;
  gboolean done = test_sink_read (sink, "coco", wrapped, NULL, &error);

  if (done)
    g_error ("%s was taken", name);
  g_assert_true (error->domain == EMEND_FORMATS_ERROR);
  emend_test_remove_folder (folder);
  assert_refused (path, name);
}

static void
assert_good_json (const char *path,
                  const char *name)
{
  g_autofree char *folder = emend_test_make_folder ();
  g_autofree char *wrapped = wrap (folder, path);
  g_autoptr (TestSink) sink = test_sink_new ();
  g_autoptr (GError) error = NULL;

  test_sink_read (sink, "coco", wrapped, NULL, &error);
  if (error != NULL)
    g_error ("%s: %s", name, error->message);
  emend_test_remove_folder (folder);
}

/* Either way is right, but it must end. */
static void
assert_ends (const char *path,
             const char *name)
{
  g_autofree char *folder = emend_test_make_folder ();
  g_autofree char *wrapped = wrap (folder, path);
  g_autoptr (TestSink) sink = test_sink_new ();
  g_autoptr (GError) error = NULL;
  gboolean done = test_sink_read (sink, "coco", wrapped, NULL, &error);

  g_assert_true (done == (error == NULL));
  emend_test_remove_folder (folder);
}

static void
test_hostile_json (void)
{
  foreach_file ("hostile/json", "n_", assert_bad_json);
}

static void
test_good_json (void)
{
  foreach_file ("conformance/json", "y_", assert_good_json);
}

static void
test_other_json (void)
{
  foreach_file ("conformance/json", "i_", assert_ends);
}

static void
test_hostile_coco (void)
{
  g_autofree char *bad = emend_test_shared ("hostile/generated_here/coco_bad_numbers.json");
  g_autofree char *deep = emend_test_shared ("hostile/generated_here/json_deep_100k.json");

  if (bad == NULL || deep == NULL)
    return;
  assert_refused (bad, "coco_bad_numbers.json");
  assert_refused (deep, "json_deep_100k.json");
}

/* The same file with the NaN made a number: every bad record is named, nothing is taken. */
static void
test_hostile_records (void)
{
  g_autofree char *folder = emend_test_make_folder ();
  g_autofree char *shared = emend_test_shared ("hostile/generated_here/coco_bad_numbers.json");
  g_autofree char *text = NULL;
  g_autofree char *path = NULL;
  g_autoptr (TestSink) sink = test_sink_new ();
  g_autoptr (GError) error = NULL;
  char *nan;

  if (shared == NULL)
    return;
  g_file_get_contents (shared, &text, NULL, &error);
  g_assert_no_error (error);
  nan = strstr (text, "NaN");
  g_assert_nonnull (nan);
  memcpy (nan, "1e5", 3);
  path = emend_test_write (folder, "in.json", text);
  test_sink_read (sink, "coco", path, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (sink->records->len, ==, 0);
  g_assert_cmpint (sink->n_skipped, ==, 2);
  g_assert_cmpuint (sink->problems->len, >=, 3);
  emend_test_remove_folder (folder);
}

static void
assert_xml_refused (const char *path,
                    const char *name)
{
  static const char *const formats[] = { "alto", "page", "hocr" };

  for (guint i = 0; i < G_N_ELEMENTS (formats); i++) {
    g_autoptr (TestSink) sink = test_sink_new ();
    g_autoptr (GError) error = NULL;

    g_assert_false (test_sink_read (sink, formats[i], path, NULL, &error));
    g_test_message ("%s: %s", name, error->message);
    g_assert_true (error->domain == EMEND_FORMATS_ERROR);
    g_assert_true (g_utf8_validate (error->message, -1, NULL));
    g_assert_cmpuint (g_hash_table_size (sink->words), ==, 0);
  }
}

static void
test_hostile_xml (void)
{
  static const char *const names[] = { "xml_deep_100k.xml", "xml_entity_expansion.xml", "xml_external_entity.xml" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autofree char *relative = g_build_filename ("hostile/generated_here", names[i], NULL);
    g_autofree char *path = emend_test_shared (relative);

    if (path == NULL)
      return;
    assert_xml_refused (path, names[i]);
  }
}

static void
test_fuzzed_xml (void)
{
  g_autofree char *folder = emend_test_shared ("hostile/gofuzz/xml");
  g_autoptr (GDir) dir = folder != NULL ? g_dir_open (folder, 0, NULL) : NULL;
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (folder, name, NULL);
    assert_xml_refused (path, name);
  }
}

static void
test_hostile_yolo (void)
{
  g_autofree char *shared = emend_test_shared ("hostile/generated_here/yolo_bad.txt");
  g_autofree char *folder = emend_test_make_folder ();
  g_autofree char *names = emend_test_write (folder, "obj.names", "a\n");
  const EmendReadOptions options = { .names_file = names };
  g_autoptr (TestSink) sink = test_sink_new ();
  g_autoptr (GError) error = NULL;

  if (shared == NULL)
    return;
  sink->take_all = TRUE;
  sink->take_size = 1000;
  test_sink_read (sink, "yolo", shared, &options, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (sink->records->len, ==, 0);
  g_assert_cmpuint (sink->problems->len, ==, 5);
  emend_test_remove_folder (folder);
}

static void
read_shared (TestSink *sink,
             const char *format,
             const char *shared,
             const EmendReadOptions *options)
{
  g_autoptr (GError) error = NULL;

  sink->take_all = TRUE;
  sink->take_size = g_str_equal (format, "yolo") ? 100000 : 0;
  test_sink_read (sink, format, shared, options, &error);
  g_assert_no_error (error);
}

static void
test_voc_detections (void)
{
  g_autofree char *path = emend_test_shared ("detection/voc100_eight_formats/dets/coco_format/coco_dets.json");
  g_autoptr (TestSink) sink = test_sink_new ();
  const EmendProposal *first;

  if (path == NULL)
    return;
  read_shared (sink, "coco", path, NULL);
  g_assert_cmpuint (sink->records->len, ==, 452);
  g_assert_cmpint (sink->next_item, ==, 98);
  g_assert_cmpint (sink->n_skipped, ==, 0);
  g_assert_cmpuint (sink->labels->len, ==, 20);
  first = test_sink_record (sink, 0);
  g_assert_cmpstr (test_sink_label (sink, first), ==, "person");
  test_assert_box (&first->shape, 162, 96, 189, 245);
  g_assert_cmpfloat (first->score, ==, 0.4314181593105666);
  g_assert_null (first->score_text);
  /* The file's own area is not that of the box: it is kept. */
  g_assert_cmpstr (first->attributes, ==, "{\"coco\":{\"id\":0,\"area\":46740}}");
}

static int
compare_numbers (gconstpointer a,
                 gconstpointer b)
{
  double one = *(const double *) a;
  double two = *(const double *) b;

  return (one > two) - (one < two);
}

/* The confidences, sorted. */
static GArray *
list_scores (TestSink *sink)
{
  GArray *scores = g_array_new (FALSE, FALSE, sizeof (double));

  for (guint i = 0; i < sink->records->len; i++)
    g_array_append_val (scores, test_sink_record (sink, i)->score);
  g_array_sort (scores, compare_numbers);
  return scores;
}

static int
compare_texts (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* One text for each record: image, label and box to the next pixel; sorted. */
static GPtrArray *
describe (TestSink *sink)
{
  GPtrArray *texts = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < sink->records->len; i++) {
    const EmendProposal *record = test_sink_record (sink, i);
    const EmendRect *box = &record->shape.box;
    g_autofree char *base = g_path_get_basename (g_hash_table_lookup (sink->names, (gpointer) (gintptr) record->item));
    char *dot = strrchr (base, '.');

    if (dot != NULL)
      *dot = '\0';
    g_ptr_array_add (texts, g_strdup_printf ("%s %s %ld %ld %ld %ld", base, test_sink_label (sink, record),
                                             lround (box->x), lround (box->y),
                                             lround (box->width), lround (box->height)));
  }
  g_ptr_array_sort (texts, compare_texts);
  return texts;
}

static void
assert_same (TestSink *a,
             TestSink *b,
             guint n)
{
  g_autoptr (GPtrArray) first = describe (a);
  g_autoptr (GPtrArray) second = describe (b);

  g_assert_cmpuint (first->len, ==, n);
  g_assert_cmpuint (second->len, ==, n);
  for (guint i = 0; i < n; i++)
    g_assert_cmpstr (first->pdata[i], ==, second->pdata[i]);
}

/* Adds the images of a COCO file to @sink, as YOLO names them below @folder. */
static void
add_sizes (TestSink *sink,
           const char *coco,
           const char *folder)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  gsize length = 0;
  g_autoptr (json_t) tree = NULL;
  json_t *image;
  gsize i;

  g_file_get_contents (coco, &text, &length, &error);
  g_assert_no_error (error);
  tree = emend_json_parse (text, length, G_MAXSIZE, &error);
  g_assert_no_error (error);
  json_array_foreach (json_object_get (tree, "images"), i, image)
  {
    g_autofree char *path = g_build_filename (folder, json_string_value (json_object_get (image, "file_name")), NULL);
    test_sink_add_image (sink, path, (int) json_integer_value (json_object_get (image, "width")),
                         (int) json_integer_value (json_object_get (image, "height")), 1);
  }
}

static void
test_voc_truth (void)
{
  g_autofree char *one = emend_test_shared ("detection/voc100_eight_formats/gts/coco_format_v1/instances_default.json");
  g_autofree char *two = emend_test_shared ("detection/voc100_eight_formats/gts/coco_format_v2/instances_v2.json");
  g_autofree char *yolo = emend_test_shared ("detection/voc100_eight_formats/gts/yolo_format");
  g_autofree char *canonical = yolo != NULL ? g_canonicalize_filename (yolo, NULL) : NULL;
  g_autofree char *folder = yolo != NULL ? g_build_filename (canonical, "obj_train_data", NULL) : NULL;
  g_autoptr (TestSink) first = test_sink_new ();
  g_autoptr (TestSink) second = test_sink_new ();
  g_autoptr (TestSink) third = test_sink_new ();

  if (one == NULL || two == NULL || yolo == NULL)
    return;
  read_shared (first, "coco", one, NULL);
  read_shared (second, "coco", two, NULL);
  g_assert_cmpuint (first->problems->len, ==, 0);
  assert_same (first, second, 273);
  /* YOLO counts in parts of the size, which here COCO tells. */
  add_sizes (third, one, folder);
  read_shared (third, "yolo", yolo, NULL);
  g_assert_cmpint (third->next_item, ==, 100);
  assert_same (first, third, 273);
}

/* A detector's output as class, confidence and box, and the same as COCO. */
static void
test_voc_second (void)
{
  g_autofree char *coco = emend_test_shared ("detection/voc100_eight_formats/dets/coco_format/coco_dets.json");
  g_autofree char *yolo = emend_test_shared ("detection/voc100_eight_formats/dets/rel_xywh");
  g_autofree char *names = emend_test_shared ("detection/voc100_eight_formats/voc.names");
  g_autofree char *folder = yolo != NULL ? g_canonicalize_filename (yolo, NULL) : NULL;
  const EmendReadOptions options = { .names_file = names, .trailing = EMEND_TRAILING_CONFIDENCE_SECOND };
  const EmendReadOptions unanswered = { .names_file = names };
  g_autoptr (TestSink) first = test_sink_new ();
  g_autoptr (TestSink) second = test_sink_new ();
  g_autoptr (GArray) first_scores = NULL;
  g_autoptr (GArray) second_scores = NULL;
  g_autoptr (GError) error = NULL;

  if (coco == NULL || yolo == NULL || names == NULL)
    return;
  read_shared (first, "coco", coco, NULL);
  add_sizes (second, coco, folder);
  g_assert_false (test_sink_read (second, "yolo", yolo, &unanswered, &error));
  g_assert_error (error, EMEND_FORMATS_ERROR, EMEND_FORMATS_ERROR_QUESTION);
  g_assert_cmpuint (second->records->len, ==, 0);
  read_shared (second, "yolo", yolo, &options);
  g_assert_cmpuint (second->problems->len, ==, 0);
  assert_same (first, second, 452);
  first_scores = list_scores (first);
  second_scores = list_scores (second);
  for (guint i = 0; i < 452; i++) /* there are six digits in the text */
    g_assert_cmpfloat_with_epsilon (g_array_index (first_scores, double, i), g_array_index (second_scores, double, i),
                                    6e-7);
}

static void
test_val2014 (void)
{
  g_autofree char *truth = emend_test_shared ("detection/coco_val2014_100/instances_val2014_100.json");
  g_autofree char *boxes = emend_test_shared ("detection/coco_val2014_100/instances_val2014_fakebbox100_results.json");
  g_autofree char *masks = emend_test_shared ("detection/coco_val2014_100/instances_val2014_fakesegm100_results.json");
  const EmendReadOptions options = { .names_file = truth };
  g_autoptr (TestSink) first = test_sink_new ();
  g_autoptr (TestSink) second = test_sink_new ();
  g_autoptr (TestSink) third = test_sink_new ();
  g_autoptr (GError) error = NULL;
  guint n_masks = 0;

  if (truth == NULL || boxes == NULL || masks == NULL)
    return;
  read_shared (first, "coco", truth, NULL);
  for (guint i = 0; i < first->records->len; i++)
    n_masks += test_sink_record (first, i)->shape.kind == EMEND_SHAPE_MASK ? 1 : 0;
  g_assert_cmpint (first->next_item, ==, 100);
  g_assert_cmpuint (first->records->len, ==, 839);
  g_assert_cmpuint (n_masks, ==, 9);
  g_assert_cmpuint (first->problems->len, ==, 0);
  read_shared (second, "coco-results", boxes, &options);
  g_assert_cmpuint (second->records->len, ==, 734);
  g_assert_cmpuint (second->empty->len, ==, 0);
  test_assert_box (&test_sink_record (second, 0)->shape, 258.15, 41.29, 348.26, 243.78);
  read_shared (third, "coco-results", masks, &options);
  g_assert_cmpuint (third->records->len, ==, 734);
  g_assert_cmpint (test_sink_record (third, 0)->shape.kind, ==, EMEND_SHAPE_MASK);
  g_assert_false (test_sink_read (third, "coco-results", boxes, NULL, &error));
  g_assert_error (error, EMEND_FORMATS_ERROR, EMEND_FORMATS_ERROR_QUESTION);
}

static void
test_coco128 (void)
{
  g_autofree char *boxes = emend_test_shared ("detection/coco128_train/object_detection_labels");
  g_autofree char *outlines = emend_test_shared ("detection/coco128_train/instance_segmentation_labels");
  g_autofree char *box_names = emend_test_shared ("detection/coco128_train/object_detection.yaml");
  g_autofree char *outline_names = emend_test_shared ("detection/coco128_train/instance_segmentation.yaml");
  const EmendReadOptions box_options = { .names_file = box_names };
  const EmendReadOptions outline_options = { .names_file = outline_names };
  g_autoptr (TestSink) first = test_sink_new ();
  g_autoptr (TestSink) second = test_sink_new ();
  g_autoptr (GError) error = NULL;

  if (boxes == NULL || outlines == NULL || box_names == NULL || outline_names == NULL)
    return;
  read_shared (first, "yolo", boxes, &box_options);
  g_assert_cmpint (first->next_item, ==, 39);
  g_assert_cmpuint (first->records->len, >, 200);
  g_assert_cmpuint (first->labels->len, ==, 80);
  g_assert_cmpint (first->n_skipped, ==, 0);
  read_shared (second, "yolo", outlines, &outline_options);
  g_assert_cmpuint (second->records->len, >, 200);
  g_assert_cmpint (test_sink_record (second, 0)->shape.kind, ==, EMEND_SHAPE_POLYGON);
  /* Two lists of names lie beside the labels: nobody but a person knows which one is meant. */
  g_assert_false (test_sink_read (second, "yolo", boxes, NULL, &error));
  g_assert_error (error, EMEND_FORMATS_ERROR, EMEND_FORMATS_ERROR_QUESTION);
}

static void
assert_shared (const char *shared,
               const char *format,
               guint n_records,
               gint64 n_skipped)
{
  g_autofree char *path = emend_test_shared (shared);
  g_autoptr (TestSink) sink = test_sink_new ();
  g_autoptr (EmendFormat) found = NULL;
  g_autoptr (GError) error = NULL;

  if (path == NULL)
    return;
  found = emend_formats_detect (path, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (emend_format_get_id (found), ==, format);
  read_shared (sink, format, path, NULL);
  g_test_message ("%s: %u records, %" G_GINT64_FORMAT " skipped, %u problems", shared, sink->records->len,
                  sink->n_skipped, sink->problems->len);
  g_assert_cmpuint (sink->records->len, ==, n_records);
  g_assert_cmpint (sink->n_skipped, ==, n_skipped);
}

static void
test_other_tools (void)
{
  assert_shared ("formats/datumaro/coco_dataset/coco_instances/annotations/instances_train.json", "coco", 1, 0);
  assert_shared ("formats/datumaro/coco_dataset/coco_instances/annotations/instances_val.json", "coco", 2, 0);
  assert_shared ("formats/datumaro/coco_dataset/coco_roboflow/train/_annotations.coco.json", "coco", 1, 0);
  assert_shared ("formats/datumaro/coco_dataset/mmdet_coco/annotations/instances_train.json", "coco", 1, 0);
  /* Captions and picture labels have no place. */
  assert_shared ("formats/datumaro/coco_dataset/coco_captions/annotations/captions_val.json", "coco", 0, 2);
  assert_shared ("formats/datumaro/yolo_dataset/strict", "yolo", 2, 0);
  assert_shared ("formats/datumaro/yolo_dataset/labels", "yolo", 4, 0);
  assert_shared ("formats/label_studio/test_import_yolo_data_unif_dims", "yolo", 19, 0);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/formats/data/json/refused", test_hostile_json);
  g_test_add_func ("/formats/data/json/taken", test_good_json);
  g_test_add_func ("/formats/data/json/either", test_other_json);
  g_test_add_func ("/formats/data/coco/hostile", test_hostile_coco);
  g_test_add_func ("/formats/data/coco/hostile-records", test_hostile_records);
  g_test_add_func ("/formats/data/yolo/hostile", test_hostile_yolo);
  g_test_add_func ("/formats/data/xml/hostile", test_hostile_xml);
  g_test_add_func ("/formats/data/xml/fuzzed", test_fuzzed_xml);
  g_test_add_func ("/formats/data/coco/voc-detections", test_voc_detections);
  g_test_add_func ("/formats/data/coco/voc-truth", test_voc_truth);
  g_test_add_func ("/formats/data/yolo/voc-confidence-second", test_voc_second);
  g_test_add_func ("/formats/data/coco/val2014", test_val2014);
  g_test_add_func ("/formats/data/yolo/coco128", test_coco128);
  g_test_add_func ("/formats/data/read/other-tools", test_other_tools);
  return g_test_run ();
}
