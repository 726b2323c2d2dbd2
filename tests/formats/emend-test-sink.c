#define G_LOG_DOMAIN "emend-test"

#include "config.h"

#include "emend-test-sink.h"

#include <math.h>

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
    g_autofree char *base = g_path_get_basename (with_extension);
    found = g_hash_table_lookup (sink->images, with_extension);
    if (found == NULL)
      found = g_hash_table_lookup (sink->images, base);
  }
  if (found == NULL && sink->take_all) {
    test_sink_add_image (sink, name, sink->take_width > 0 ? sink->take_width : sink->take_size,
                         sink->take_height > 0 ? sink->take_height : sink->take_size, 1);
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
has_image (gpointer data,
           const char *name,
           gboolean ignore_extension)
{
  TestSink *sink = data;
  EmendSourceImage image;
  guint n_unmatched = sink->unmatched->len;
  gboolean take_all = sink->take_all;
  gboolean found;

  sink->take_all = FALSE;
  found = find_image (data, name, ignore_extension, &image);
  sink->take_all = take_all;
  g_ptr_array_set_size (sink->unmatched, (int) n_unmatched);
  return found;
}

static gboolean
get_page (gpointer data,
          gint64 item,
          int page,
          int *width,
          int *height)
{
  TestSink *sink = data;
  const char *name = g_hash_table_lookup (sink->names, (gpointer) (gintptr) item);
  const EmendSourceImage *image = g_hash_table_lookup (sink->images, name);

  if (page < 0 || page >= MAX (1, sink->n_pages))
    return FALSE;
  *width = image->width;
  *height = image->height;
  return TRUE;
}

static int
find_field (gpointer data,
            const EmendSourceField *field)
{
  TestSink *sink = data;
  g_autofree char *name = field->column != NULL ? g_strdup_printf ("%s/%s", field->name, field->column) :
                                                  g_strdup (field->name);
  guint index;

  g_assert_cmpstr (name, !=, "");
  g_assert_true (g_utf8_validate (name, -1, NULL));
  if (g_ptr_array_find_with_equal_func (sink->fields, name, g_str_equal, &index))
    return (int) index + 1;
  g_ptr_array_add (sink->fields, g_steal_pointer (&name));
  g_array_append_val (sink->types, field->type);
  return (int) sink->fields->len;
}

static const EmendField *
match_table (gpointer data,
             const char *const *headers,
             gsize n_headers,
             const EmendField **columns)
{
  TestSink *sink = data;

  return sink->schema != NULL ? emend_schema_match_table (sink->schema, headers, n_headers, columns) : NULL;
}

static char *
words_key (gint64 item,
           int page)
{
  return g_strdup_printf ("%" G_GINT64_FORMAT "/%d", item, page);
}

static gboolean
add_words (gpointer data,
           gint64 item,
           int page,
           EmendWords *words,
           GError **error)
{
  TestSink *sink = data;

  g_assert_cmpint (page, >=, 0);
  g_hash_table_insert (sink->words, words_key (item, page), emend_words_ref (words));
  return TRUE;
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
  if (record->value != NULL) {
    g_assert_cmpint (record->label, >=, 1);
    g_assert_cmpint (record->label, <=, (int) sink->fields->len);
    g_assert_cmpstr (record->value->source, ==, "imported");
    g_assert_true (isnan (record->score) || (record->score >= 0 && record->score <= 1));
    g_assert_true (emend_rect_is_finite (&record->shape.box));
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
  sink->fields = g_ptr_array_new_with_free_func (g_free);
  sink->types = g_array_new (FALSE, FALSE, sizeof (EmendFieldType));
  sink->words = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) emend_words_unref);
  sink->fail_after = -1;
  sink->sink = (EmendReadSink){
    .find_image = find_image,
    .has_image = has_image,
    .get_page = get_page,
    .find_field = find_field,
    .match_table = match_table,
    .add_words = add_words,
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
  g_clear_pointer (&sink->schema, emend_schema_unref);
  g_hash_table_unref (sink->images);
  g_hash_table_unref (sink->names);
  g_ptr_array_unref (sink->labels);
  g_ptr_array_unref (sink->records);
  g_ptr_array_unref (sink->problems);
  g_ptr_array_unref (sink->unmatched);
  g_array_unref (sink->empty);
  g_ptr_array_unref (sink->fields);
  g_array_unref (sink->types);
  g_hash_table_unref (sink->words);
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

const char *
test_sink_field (TestSink *sink,
                 const EmendProposal *record)
{
  g_assert_cmpint (record->label, >=, 1);
  g_assert_cmpint (record->label, <=, (int) sink->fields->len);
  return g_ptr_array_index (sink->fields, (guint) record->label - 1);
}

EmendWords *
test_sink_words (TestSink *sink,
                 gint64 item,
                 int page)
{
  g_autofree char *key = words_key (item, page);

  return g_hash_table_lookup (sink->words, key);
}

/* The first value of the field ("table/column" for a cell of that row). */
const EmendProposal *
test_sink_find_value (TestSink *sink,
                      const char *field,
                      int row)
{
  for (guint i = 0; i < sink->records->len; i++) {
    const EmendProposal *record = test_sink_record (sink, i);

    if (record->value != NULL && g_str_equal (test_sink_field (sink, record), field) && record->value->row == row)
      return record;
  }
  g_error ("there is no value of %s", field);
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
