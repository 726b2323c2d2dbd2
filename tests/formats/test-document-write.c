#define G_LOG_DOMAIN "emend-test"

#include "config.h"

#include <math.h>
#include <string.h>

#include <glib/gstdio.h>

#include "emend-annotation.h"
#include "emend-document-fixture.h"

/* What is written: a document with values of all kinds, one in which nothing is, and one that nobody looked at. */
typedef struct {
  EmendSchema *schema;
  GPtrArray *marks; /* (element-type EmendMark) */
  GPtrArray *none;
  GArray *one_page;
  GArray *two_pages;
  EmendWords *words;
  guint at;
} Data;

static int
add_field (EmendSchema *schema,
           const char *name,
           EmendFieldType type)
{
  return emend_schema_add_field (schema, emend_field_new (0, name, type));
}

static void
add_table (EmendSchema *schema)
{
  EmendField *table = emend_field_new (0, "Items", EMEND_FIELD_TABLE);

  table->columns = g_ptr_array_new_with_free_func ((GDestroyNotify) emend_field_free);
  g_ptr_array_add (table->columns, emend_field_new (0, "Name", EMEND_FIELD_TEXT));
  g_ptr_array_add (table->columns, emend_field_new (0, "Price", EMEND_FIELD_NUMBER));
  emend_schema_add_field (schema, table);
}

static EmendMark *
add_mark (Data *data,
          const char *field,
          EmendVerdict verdict,
          const char *value,
          const EmendRect *box)
{
  EmendAnnotation *annotation = emend_annotation_new ();
  EmendRect none = { 0, 0, 0, 0 };
  EmendMark *mark;

  annotation->verdict = verdict;
  annotation->label = emend_schema_find_field_by_name (data->schema, field)->id;
  annotation->value = emend_value_new (value);
  emend_shape_init_box (&annotation->shape, box != NULL ? box : &none);
  emend_schema_normalise (data->schema, annotation->label, annotation->value);
  mark = emend_mark_new (NULL, annotation);
  g_ptr_array_add (data->marks, mark);
  return mark;
}

static void
add_cell (Data *data,
          int row,
          const char *column,
          const char *value,
          const EmendRect *box)
{
  EmendMark *mark = add_mark (data, "Items", EMEND_VERDICT_ADDED, value, box);

  mark->annotation->value->row = row;
  mark->annotation->value->column = g_strdup (column);
  emend_schema_normalise (data->schema, mark->annotation->label, mark->annotation->value);
}

static void
add_word (Data *data,
          const char *text,
          double x,
          double y,
          double confidence,
          guint line)
{
  EmendRect box = { x, y, 90, 40 };

  g_assert_true (emend_words_add (data->words, text, &box, confidence, line));
}

static void
fill_marks (Data *data)
{
  EmendMark *mark;

  /* Not in the order of the form. */
  add_cell (data, 2, "Price", "-5", &(EmendRect){ 500, 700, 90, 40 });
  add_cell (data, 0, "Price", "3", NULL);
  add_cell (data, 0, "Name", "Tea,\n\"green\"", &(EmendRect){ 100, 600, 190, 40 });
  add_mark (data, "Day", EMEND_VERDICT_ILLEGIBLE, NULL, &(EmendRect){ 100, 400, 90, 40 });
  add_mark (data, "a/b~c", EMEND_VERDICT_CORRECTED, "=HYPERLINK(1)", NULL);
  add_mark (data, "Name", EMEND_VERDICT_CORRECTED, "John Smith", &(EmendRect){ 100, 100, 200, 40 });
  mark = add_mark (data, "Total", EMEND_VERDICT_ACCEPTED, "1234.50", &(EmendRect){ 100, 300, 100, 40 });
  emend_value_add_region (mark->annotation->value, 1, &(EmendRect){ 10, 20, 30, 40 });
  add_mark (data, "Code", EMEND_VERDICT_CORRECTED, "AB12", &(EmendRect){ 300, 300, 300, 40 });
  add_mark (data, "Unread", EMEND_VERDICT_ADDED, "x<y", &(EmendRect){ 700, 900, 50, 40 });
  add_mark (data, "Tag", EMEND_VERDICT_ADDED, "one", NULL);
  add_mark (data, "Tag", EMEND_VERDICT_ADDED, "two", NULL);
}

static void
data_init (Data *data)
{
  EmendPage pages[2] = { { 0, 1000, 2000, 1 }, { 1, 500, 800, 1 } };

  data->schema = emend_schema_new ();
  add_field (data->schema, "Name", EMEND_FIELD_TEXT);
  add_field (data->schema, "Day", EMEND_FIELD_DATE);
  add_field (data->schema, "Total", EMEND_FIELD_NUMBER);
  add_field (data->schema, "a/b~c", EMEND_FIELD_TEXT);
  add_field (data->schema, "Code", EMEND_FIELD_TEXT);
  add_field (data->schema, "Unread", EMEND_FIELD_TEXT);
  add_field (data->schema, "Tag", EMEND_FIELD_TEXT);
  add_field (data->schema, "Missing", EMEND_FIELD_TEXT);
  add_table (data->schema);
  data->marks = g_ptr_array_new_with_free_func ((GDestroyNotify) emend_mark_free);
  data->none = g_ptr_array_new ();
  data->one_page = g_array_new (FALSE, FALSE, sizeof (EmendPage));
  data->two_pages = g_array_new (FALSE, FALSE, sizeof (EmendPage));
  g_array_append_vals (data->one_page, pages, 1);
  g_array_append_vals (data->two_pages, pages, 2);
  fill_marks (data);
  data->words = emend_words_new (1000, 2000, "test 1", NULL);
  add_word (data, "J0hn", 105, 100, 0.5, 0);
  add_word (data, "Smith", 200, 100, 0.75, 0);
  add_word (data, "1,234.50", 100, 300, NAN, 1);
  add_word (data, "A", 300, 300, 0.5, 1);
  add_word (data, "B", 400, 300, 0.5, 1);
  add_word (data, "I2", 500, 300, 0.5, 1);
  add_word (data, "Tea,", 100, 600, 0.25, 2);
  add_word (data, "\"green\"&", 200, 600, 0.25, 2);
}

static void
data_clear (Data *data)
{
  emend_schema_unref (data->schema);
  g_ptr_array_unref (data->marks);
  g_ptr_array_unref (data->none);
  g_array_unref (data->one_page);
  g_array_unref (data->two_pages);
  emend_words_unref (data->words);
}

static gboolean
next_item (gpointer user_data,
           EmendWriteItem *item,
           GError **error)
{
  Data *data = user_data;
  const EmendWriteItem items[] = {
    { "img/a b.jpg", 1000, 2000, data->marks, data->two_pages, TRUE },
    { "img/b.png", 1000, 2000, data->none, data->one_page, TRUE },
    { "c.pdf", 1000, 2000, data->none, data->one_page, FALSE },
  };

  if (data->at >= G_N_ELEMENTS (items))
    return FALSE;
  *item = items[data->at++];
  return TRUE;
}

static gboolean
load_words (gpointer user_data,
            int page,
            EmendWords **words,
            GError **error)
{
  Data *data = user_data;

  *words = data->at == 1 && page == 0 ? emend_words_ref (data->words) : NULL;
  return TRUE;
}

static gboolean
write_to (Data *data,
          const char *id,
          const char *path,
          GError **error)
{
  g_autoptr (EmendFormat) format = emend_formats_find (id);
  const EmendWriteSource source = { .next = next_item, .load_words = load_words, .schema = data->schema, .data = data };

  g_assert_nonnull (format);
  data->at = 0;
  return emend_format_write (format, path, &source, NULL, error);
}

/* Writes each format twice; python says what is in it, and that both are the same. */
static void
test_written (void)
{
  static const char *const formats[] = { "values-csv", "document-csv", "jsonl", "azure-labels",
                                         "ppocrlabel", "alto", "page", "funsd", "coco" };
  g_autofree char *folder = emend_test_make_folder ();
  g_autofree char *script = g_test_build_filename (G_TEST_DIST, "formats", "check_written.py", NULL);
  const char *const argv[] = { "python3", script, folder, NULL };
  g_autofree char *said = NULL;
  Data data = { 0 };

  data_init (&data);
  for (gsize i = 0; i < G_N_ELEMENTS (formats); i++) {
    for (int j = 1; j <= 2; j++) {
      g_autofree char *name = g_strdup_printf ("%s.%d", formats[i], j);
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autoptr (GError) error = NULL;

      write_to (&data, formats[i], path, &error);
      g_assert_no_error (error);
      g_assert_false (write_to (&data, formats[i], path, &error));
      g_assert_error (error, EMEND_BASE_ERROR, EMEND_BASE_ERROR_EXISTS);
    }
  }
  said = emend_test_run (argv, 0);
  g_test_message ("%s", said);
  data_clear (&data);
  emend_test_remove_folder (folder);
}

static void
read_back (DocumentFixture *fixture,
           const char *format,
           const char *name,
           const char *reader)
{
  g_autofree char *path = g_build_filename (fixture->folder, name, NULL);
  g_autoptr (GError) error = NULL;
  Data data = { 0 };

  data_init (&data);
  test_sink_add_image (fixture->sink, "img/a b.jpg", 1000, 2000, 1);
  test_sink_add_image (fixture->sink, "a b.jpg", 1000, 2000, 1);
  test_sink_add_image (fixture->sink, "img/b.png", 1000, 2000, 1);
  write_to (&data, format, path, &error);
  g_assert_no_error (error);
  test_sink_read (fixture->sink, reader, path, NULL, &error);
  g_assert_no_error (error);
  data_clear (&data);
}

/* What the readers of the same formats make of it. */
static void
test_values_back (DocumentFixture *fixture,
                  gconstpointer data)
{
  read_back (fixture, "values-csv", "out.csv", "values");
  g_assert_cmpuint (fixture->sink->records->len, ==, 10);
  g_assert_cmpstr (document_fixture_value (fixture, "a/b~c", -1), ==, "=HYPERLINK(1)");
  g_assert_cmpstr (document_fixture_value (fixture, "Items/Name", 0), ==, "Tea,\n\"green\"");
  g_assert_cmpstr (document_fixture_value (fixture, "Items/Price", 2), ==, "-5");
  test_assert_box (&test_sink_find_value (fixture->sink, "Name", -1)->shape, 100, 100, 200, 40);
}

static void
test_jsonl_back (DocumentFixture *fixture,
                 gconstpointer data)
{
  read_back (fixture, "jsonl", "out.jsonl", "values");
  g_assert_cmpuint (fixture->sink->records->len, ==, 10);
  g_assert_cmpstr (document_fixture_value (fixture, "Items/Price", 1), ==, "-5");
}

static void
test_azure_back (DocumentFixture *fixture,
                 gconstpointer data)
{
  const EmendProposal *record;

  read_back (fixture, "azure-labels", "out", "azure");
  g_assert_cmpuint (fixture->sink->records->len, ==, 11);
  g_assert_cmpstr (document_fixture_value (fixture, "a/b~c", -1), ==, "=HYPERLINK(1)");
  g_assert_cmpstr (document_fixture_value (fixture, "Items/Price", 1), ==, "-5");
  record = test_sink_find_value (fixture->sink, "Total", -1);
  g_assert_cmpfloat_with_epsilon (record->shape.box.y, 300, 1e-9);
  g_assert_cmpint (g_array_index (record->value->regions, EmendRegion, 0).page, ==, 1);
}

static void
test_ppocrlabel_back (DocumentFixture *fixture,
                      gconstpointer data)
{
  read_back (fixture, "ppocrlabel", "out", "ppocrlabel");
  g_assert_cmpuint (fixture->sink->records->len, ==, 6);
  g_assert_cmpuint (fixture->sink->empty->len, ==, 1);
  test_assert_box (&test_sink_find_value (fixture->sink, "Name", -1)->shape, 100, 100, 200, 40);
}

static void
assert_corrected (DocumentFixture *fixture)
{
  EmendWords *words = test_sink_words (fixture->sink, 2, 0);
  static const char *const texts[] = { "John", "Smith", "1,234.50", "AB12", "Tea,", "\"green\"&", "x<y", "-5" };

  g_assert_cmpuint (emend_words_get_n (words), ==, G_N_ELEMENTS (texts));
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    g_assert_cmpstr (emend_words_get_text (words, emend_words_get (words, i)->text), ==, texts[i]);
  g_assert_true (isnan (emend_words_get (words, 0)->confidence));
  g_assert_cmpfloat (emend_words_get (words, 1)->confidence, ==, 0.75);
  g_assert_cmpfloat (emend_words_get (words, 3)->box.width, ==, 290);
}

static void
test_alto_back (DocumentFixture *fixture,
                gconstpointer data)
{
  read_back (fixture, "alto", "out", "alto");
  assert_corrected (fixture);
}

static void
test_page_back (DocumentFixture *fixture,
                gconstpointer data)
{
  read_back (fixture, "page", "out", "page");
  assert_corrected (fixture);
}

static void
test_funsd_back (DocumentFixture *fixture,
                 gconstpointer data)
{
  read_back (fixture, "funsd", "out", "funsd");
  g_assert_cmpuint (fixture->sink->records->len, ==, 6);
  g_assert_cmpstr (document_fixture_value (fixture, "Items.Name", -1), ==, "Tea,\n\"green\"");
}

#define ADD(name, func)                                                                                   \
  g_test_add ("/formats/document-write/back/" name, DocumentFixture, NULL, document_fixture_set_up, func, \
              document_fixture_tear_down)

int
main (int argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/formats/document-write/written", test_written);
  ADD ("values-csv", test_values_back);
  ADD ("jsonl", test_jsonl_back);
  ADD ("azure-labels", test_azure_back);
  ADD ("ppocrlabel", test_ppocrlabel_back);
  ADD ("alto", test_alto_back);
  ADD ("page", test_page_back);
  ADD ("funsd", test_funsd_back);
  return g_test_run ();
}
