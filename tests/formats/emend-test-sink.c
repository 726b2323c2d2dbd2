#define G_LOG_DOMAIN "emend-test"

#include "config.h"

#include "emend-test-sink.h"

static gboolean
find_image (gpointer data,
            const char *name,
            gboolean ignore_extension,
            EmendSourceImage *image)
{
  TestSink *sink = data;
  const EmendSourceImage *found = g_hash_table_lookup (sink->images, name);

  if (found == NULL && ignore_extension) {
    g_autofree char *with_extension = g_strconcat (name, ".jpg", NULL);
    found = g_hash_table_lookup (sink->images, with_extension);
  }
  if (found == NULL && sink->take_all) {
    test_sink_add_image (sink, name, sink->take_size, sink->take_size, 1);
    found = g_hash_table_lookup (sink->images, name);
  }
  if (found == NULL) {
    g_ptr_array_add (sink->unmatched, g_strdup (name));
    return FALSE;
  }
  *image = *found;
  return TRUE;
}

static int
label_number (TestSink *sink,
              const char *name)
{
  guint index;

  return g_ptr_array_find_with_equal_func (sink->labels, name, g_str_equal, &index) ? (int) index + 1 : 0;
}

static void
declare_label (gpointer data,
               const char *name)
{
  TestSink *sink = data;

  if (label_number (sink, name) == 0)
    g_ptr_array_add (sink->labels, g_strdup (name));
}

static int
find_label (gpointer data,
            const char *name)
{
  TestSink *sink = data;

  sink->n_asked++;
  return label_number (sink, name);
}

static gboolean
add_record (gpointer data,
            const EmendProposal *record,
            GError **error)
{
  TestSink *sink = data;

  if (sink->fail_after >= 0 && sink->records->len >= sink->fail_after) {
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE, "full");
    return FALSE;
  }
  g_ptr_array_add (sink->records, emend_proposal_copy (record));
  return TRUE;
}

static void
skip_record (gpointer data)
{
  ((TestSink *) data)->n_skipped++;
}

static gboolean
reviewed_empty (gpointer data,
                gint64 item,
                GError **error)
{
  g_array_append_val (((TestSink *) data)->empty, item);
  return TRUE;
}

static void
problem (gpointer data,
         const char *file,
         gint64 line,
         const char *reason)
{
  g_assert_nonnull (file);
  g_assert_true (g_utf8_validate (reason, -1, NULL));
  g_ptr_array_add (((TestSink *) data)->problems, g_strdup_printf ("%" G_GINT64_FORMAT ": %s", line, reason));
}

static void
progress (guint64 done,
          guint64 total,
          gpointer data)
{
  TestSink *sink = data;

  g_assert_cmpuint (done, >=, sink->progress_done);
  g_assert_cmpuint (done, <=, total);
  sink->progress_done = done;
  sink->progress_total = total;
}

TestSink *
test_sink_new (void)
{
  TestSink *sink = g_new0 (TestSink, 1);

  sink->images = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  sink->names = g_hash_table_new_full (g_direct_hash, g_direct_equal, NULL, g_free);
  sink->labels = g_ptr_array_new_with_free_func (g_free);
  sink->records = g_ptr_array_new_with_free_func ((GDestroyNotify) emend_proposal_free);
  sink->problems = g_ptr_array_new_with_free_func (g_free);
  sink->unmatched = g_ptr_array_new_with_free_func (g_free);
  sink->empty = g_array_new (FALSE, FALSE, sizeof (gint64));
  sink->fail_after = -1;
  sink->sink = (EmendReadSink){
    .find_image = find_image,
    .declare_label = declare_label,
    .find_label = find_label,
    .add_record = add_record,
    .skip_record = skip_record,
    .reviewed_empty = reviewed_empty,
    .problem = problem,
    .progress = progress,
    .progress_data = sink,
    .data = sink,
  };
  return sink;
}

void
test_sink_free (TestSink *sink)
{
  g_hash_table_unref (sink->images);
  g_hash_table_unref (sink->names);
  g_ptr_array_unref (sink->labels);
  g_ptr_array_unref (sink->records);
  g_ptr_array_unref (sink->problems);
  g_ptr_array_unref (sink->unmatched);
  g_array_unref (sink->empty);
  g_free (sink);
}

gint64
test_sink_add_image (TestSink *sink,
                     const char *name,
                     int width,
                     int height,
                     int orientation)
{
  EmendSourceImage *image = g_new (EmendSourceImage, 1);

  *image = (EmendSourceImage){ ++sink->next_item, width, height, orientation };
  g_hash_table_insert (sink->images, g_strdup (name), image);
  g_hash_table_insert (sink->names, (gpointer) (gintptr) image->item, g_strdup (name));
  return image->item;
}

const EmendProposal *
test_sink_record (TestSink *sink,
                  guint index)
{
  g_assert_cmpuint (index, <, sink->records->len);
  return g_ptr_array_index (sink->records, index);
}

const char *
test_sink_problem (TestSink *sink,
                   guint index)
{
  g_assert_cmpuint (index, <, sink->problems->len);
  return g_ptr_array_index (sink->problems, index);
}

const char *
test_sink_label (TestSink *sink,
                 const EmendProposal *record)
{
  g_assert_cmpint (record->label, >=, 1);
  g_assert_cmpint (record->label, <=, (int) sink->labels->len);
  return g_ptr_array_index (sink->labels, (guint) record->label - 1);
}

gboolean
test_sink_read (TestSink *sink,
                const char *format,
                const char *path,
                const EmendReadOptions *options,
                GError **error)
{
  const EmendReadOptions usual = { 0 };
  const char *const paths[] = { path, NULL };
  g_autoptr (EmendFormat) reader = emend_formats_find (format);

  g_assert_nonnull (reader);
  sink->progress_done = 0;
  return emend_format_read (reader, paths, options != NULL ? options : &usual, &sink->sink, NULL, error);
}

char *
test_coco_text (const char *annotations)
{
  return g_strdup_printf ("{\n\"images\": [{\"id\": 7, \"file_name\": \"a.jpg\", \"width\": 100, \"height\": 80}],\n"
                          "\"categories\": [{\"id\": 3, \"name\": \"cat\"}],\n"
                          "\"annotations\": [\n%s\n]}\n",
                          annotations);
}

void
test_assert_box (const EmendShape *shape,
                 double x,
                 double y,
                 double width,
                 double height)
{
  g_assert_cmpfloat (shape->box.x, ==, x);
  g_assert_cmpfloat (shape->box.y, ==, y);
  g_assert_cmpfloat (shape->box.width, ==, width);
  g_assert_cmpfloat (shape->box.height, ==, height);
}
