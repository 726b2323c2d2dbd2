#define G_LOG_DOMAIN "emend-test"

#include "config.h"

#include <math.h>
#include <string.h>

#include "emend-document-fixture.h"

static void
write_file (DocumentFixture *fixture,
            const char *name,
            const char *text)
{
  g_autofree char *path = emend_test_write (fixture->folder, name, text);

  g_test_message ("%s", path);
}

static void
test_azure_labels (DocumentFixture *fixture,
                   gconstpointer data)
{
  const EmendProposal *record;
  const EmendRegion *second;

  write_file (fixture, "fields.json",
              "{\"fields\": [{\"fieldKey\": \"a/b~c\", \"fieldType\": \"date\"}, {\"fieldKey\": \"Items\", "
              "\"fieldType\": \"array\", \"itemType\": \"#/definitions/x\"}], \"definitions\": {\"x\": "
              "{\"fields\": [{\"fieldKey\": \"Price\", \"fieldType\": \"number\"}]}}}");
  document_fixture_read (fixture, "azure", "other.labels.json",
                         "{\"document\": \"a.jpg\", \"labels\": ["
                         "{\"label\": \"a~1b~0c\", \"value\": [{\"page\": 1, \"text\": \"1 May\", \"boundingBoxes\": "
                         "[[0.125, 0.125, 0.25, 0.125, 0.25, 0.1875, 0.125, 0.1875]]}, {\"page\": 2, \"text\": "
                         "\"2020\", \"boundingBoxes\": "
                         "[[0.5, 0.5, 0.6, 0.5, 0.6, 0.6, 0.5, 0.6]]}]},"
                         "{\"label\": \"Items/1/Price\", \"confidence\": 0.5, \"value\": [{\"page\": 1, \"text\": "
                         "\"3\", "
                         "\"boundingBoxes\": []}]},"
                         "{\"label\": \"Drawn\", \"labelType\": \"region\", \"value\": [{\"page\": 1, \"text\": \"\", "
                         "\"boundingBoxes\": [[0, 0, 1, 0, 1, 1, 0, 1]]}]},"
                         "{\"label\": \"x/y\", \"value\": [{\"page\": 1, \"text\": \"3\", \"boundingBoxes\": []}]},"
                         "{\"label\": \"Nothing\", \"value\": []}]}");
  g_assert_cmpuint (fixture->sink->records->len, ==, 3);
  record = test_sink_find_value (fixture->sink, "a/b~c", -1);
  g_assert_cmpstr (record->value->value, ==, "1 May 2020");
  test_assert_box (&record->shape, 125, 250, 125, 125);
  second = &g_array_index (record->value->regions, EmendRegion, 0);
  g_assert_cmpint (second->page, ==, 1);
  g_assert_cmpfloat (second->box.y, ==, 1000);
  g_assert_cmpint (document_fixture_type (fixture, "a/b~c", -1), ==, EMEND_FIELD_DATE);
  record = test_sink_find_value (fixture->sink, "Items/Price", 1);
  g_assert_cmpfloat (record->score, ==, 0.5);
  g_assert_cmpint (document_fixture_type (fixture, "Items/Price", 1), ==, EMEND_FIELD_NUMBER);
  record = test_sink_find_value (fixture->sink, "Drawn", -1);
  g_assert_cmpstr (record->value->value, ==, "");
  g_assert_cmpfloat (record->shape.box.height, ==, 2000);
  g_assert_cmpint (fixture->sink->n_skipped, ==, 1);
  g_assert_nonnull (strstr (test_sink_problem (fixture->sink, 0), "neither a field nor a cell"));
}

/* A PDF in inches, of which the item has pixels. */
static void
test_azure_result (DocumentFixture *fixture,
                   gconstpointer data)
{
  const EmendProposal *record;
  EmendWords *words;

  document_fixture_read (
    fixture, "azure", "a.json",
    "{\"analyzeResult\": {\"apiVersion\": \"2024-11-30\", \"pages\": [{\"pageNumber\": 1, \"width\": 10, \"height\": "
    "20, \"unit\": \"inch\", \"words\": [{\"content\": \"b\", \"polygon\": [1, 1, 2, 1, 2, 2, 1, 2], \"confidence\": "
    "0.25, \"span\": {\"offset\": 9, \"length\": 1}}, {\"content\": \"a\", \"polygon\": [3, 1, 4, 1, 4, 2, 3, 2], "
    "\"span\": {\"offset\": 0, \"length\": 1}}], \"lines\": [{\"content\": \"a\", \"spans\": [{\"offset\": 0, "
    "\"length\": 1}]}, {\"content\": \"b\", \"spans\": [{\"offset\": 9, \"length\": 1}]}]}], \"documents\": "
    "[{\"fields\": {\"Total\": {\"type\": \"currency\", \"valueCurrency\": {\"amount\": 12.5, \"currencyCode\": "
    "\"EUR\"}, \"content\": \"12,50\", \"confidence\": 0.75, \"boundingRegions\": [{\"pageNumber\": 1, \"polygon\": "
    "[1, 1, 2, 1, 2, 2, 1, 2]}, {\"pageNumber\": 7, \"polygon\": [1, 1, 2, 1, 2, 2, 1, 2]}]}, \"Tags\": {\"type\": "
    "\"array\", \"valueArray\": [{\"type\": \"string\", \"valueString\": \"x\", \"content\": \"x\"}, {\"type\": "
    "\"string\", \"content\": \"y\"}]}, \"Ship\": {\"type\": \"object\", \"valueObject\": {\"City\": {\"type\": "
    "\"string\", \"content\": \"Ulm\"}}}, \"Ticked\": {\"type\": \"selectionMark\", \"valueSelectionMark\": "
    "\"selected\", \"content\": \":selected:\"}, \"Gone\": {\"type\": \"string\"}, \"None\": null}}]}}");
  record = test_sink_find_value (fixture->sink, "Total", -1);
  g_assert_cmpstr (record->value->value, ==, "12.5 EUR");
  g_assert_cmpstr (record->value->text, ==, "12,50");
  test_assert_box (&record->shape, 100, 100, 100, 100);
  g_assert_null (record->value->regions);
  g_assert_cmpuint (fixture->sink->problems->len, ==, 1);
  g_assert_cmpint (document_fixture_type (fixture, "Total", -1), ==, EMEND_FIELD_AMOUNT);
  g_assert_cmpstr (document_fixture_value (fixture, "Ship.City", -1), ==, "Ulm");
  g_assert_cmpstr (document_fixture_value (fixture, "Ticked", -1), ==, "yes");
  g_assert_true (isnan (test_sink_find_value (fixture->sink, "Tags", -1)->score));
  g_assert_cmpuint (fixture->sink->records->len, ==, 5);
  words = test_sink_words (fixture->sink, 1, 0);
  g_assert_cmpuint (emend_words_get_n (words), ==, 2);
  g_assert_cmpstr (emend_words_get_text (words, emend_words_get (words, 0)->text), ==, "a");
  g_assert_cmpuint (emend_words_get (words, 1)->line, ==, 1);
  g_assert_cmpfloat (emend_words_get (words, 1)->confidence, ==, 0.25);
  g_assert_cmpstr (emend_words_get_engine (words), ==, "azure 2024-11-30");
}

static EmendSchema *
schema_with_lines (void)
{
  EmendSchema *schema = emend_schema_new ();
  EmendField *other = emend_field_new (0, "other", EMEND_FIELD_TABLE);
  EmendField *lines = emend_field_new (0, "lines", EMEND_FIELD_TABLE);
  EmendField *price = emend_field_new (0, "price", EMEND_FIELD_AMOUNT);

  price->title = g_strdup ("Unit price");
  other->columns = g_ptr_array_new_with_free_func ((GDestroyNotify) emend_field_free);
  lines->columns = g_ptr_array_new_with_free_func ((GDestroyNotify) emend_field_free);
  g_ptr_array_add (other->columns, emend_field_new (0, "quantity", EMEND_FIELD_NUMBER));
  g_ptr_array_add (other->columns, emend_field_new (0, "weight", EMEND_FIELD_NUMBER));
  g_ptr_array_add (lines->columns, emend_field_new (0, "quantity", EMEND_FIELD_NUMBER));
  g_ptr_array_add (lines->columns, price);
  emend_schema_add_field (schema, other);
  emend_schema_add_field (schema, lines);
  return schema;
}

static char *
cell (int row,
      int column,
      const char *more)
{
  return g_strdup_printf ("{\"rowIndex\": %d, \"columnIndex\": %d, %s, \"boundingRegions\": [{\"pageNumber\": 2, "
                          "\"polygon\": [%d, 1, %d, 1, %d, 2, %d, 2]}]}",
                          row, column, more, column + 1, column + 2, column + 2, column + 1);
}

/* Tables of the layout whose headers call columns of the project's table give its rows, one below the other. */
static void
test_azure_tables (DocumentFixture *fixture,
                   gconstpointer data)
{
  g_autofree char *group = cell (0, 0, "\"kind\": \"columnHeader\", \"columnSpan\": 3, \"content\": \"Items\"");
  g_autofree char *price = cell (1, 0, "\"kind\": \"columnHeader\", \"content\": \"UNIT PRICE\"");
  g_autofree char *note = cell (1, 1, "\"kind\": \"columnHeader\", \"content\": \"Note\"");
  g_autofree char *quantity = cell (1, 2, "\"kind\": \"columnHeader\", \"content\": \"Quantity:\"");
  g_autofree char *late = cell (4, 0, "\"content\": \"7.50\"");
  g_autofree char *first = cell (2, 0, "\"content\": \"2.50\"");
  g_autofree char *text = cell (2, 1, "\"content\": \"green\"");
  g_autofree char *empty = cell (3, 0, "\"content\": \"\"");
  g_autofree char *count = cell (2, 2, "\"content\": \"3\"");
  g_autofree char *file = g_strdup_printf (
    "{\"analyzeResult\": {\"apiVersion\": \"2023-07-31\", \"pages\": [{\"pageNumber\": 2, \"width\": 10, "
    "\"height\": 20}], \"tables\": [{\"cells\": [{\"rowIndex\": 0, \"columnIndex\": 0, \"content\": \"Quantity\"}, "
    "{\"rowIndex\": 1, \"columnIndex\": 0, \"content\": \"5\"}]}, {\"cells\": [%s, %s, %s, %s, %s, %s, %s, %s, %s, "
    "{\"rowIndex\": 1e9, \"columnIndex\": 0}, {\"rowIndex\": 1, \"columnIndex\": -1}, 5]}, {\"cells\": "
    "[{\"rowIndex\": 0, \"columnIndex\": 0, \"content\": \"price\"}, {\"rowIndex\": 0, \"columnIndex\": 1, "
    "\"content\": \"quantity\"}, {\"rowIndex\": 1, \"columnIndex\": 1, \"content\": \"9\"}]}]}}",
    group, price, note, quantity, late, first, text, empty, count);
  const EmendProposal *record;

  fixture->sink->schema = schema_with_lines ();
  document_fixture_read (fixture, "azure", "a.json", file);
  g_assert_cmpuint (fixture->sink->records->len, ==, 4);
  g_assert_cmpstr (document_fixture_value (fixture, "lines/price", 0), ==, "2.50");
  g_assert_cmpstr (document_fixture_value (fixture, "lines/quantity", 0), ==, "3");
  g_assert_cmpstr (document_fixture_value (fixture, "lines/price", 1), ==, "7.50");
  g_assert_cmpstr (document_fixture_value (fixture, "lines/quantity", 2), ==, "9");
  record = test_sink_find_value (fixture->sink, "lines/quantity", 0);
  g_assert_cmpint (record->page, ==, 1);
  test_assert_box (&record->shape, 300, 100, 100, 100);
  g_assert_true (isnan (record->score));
}

/* 2.1 has its tables on the pages; a table that the model read itself counts more than the layout. */
static void
test_azure_old_tables (DocumentFixture *fixture,
                       gconstpointer data)
{
  const char *file = "{\"analyzeResult\": {\"version\": \"2.1.0\", \"readResults\": [{\"page\": 1, \"width\": 10, "
                     "\"height\": 20}, {\"page\": 2, \"width\": 10, \"height\": 20}], \"pageResults\": [{\"page\": "
                     "2, \"tables\": [{\"rows\": 2, \"columns\": 2, \"cells\": [{\"rowIndex\": 0, \"columnIndex\": 0, "
                     "\"text\": \"Quantity\", \"isHeader\": true}, {\"rowIndex\": 0, \"columnIndex\": 1, \"text\": "
                     "\"Price\", \"isHeader\": true}, {\"rowIndex\": 1, \"columnIndex\": 1, \"text\": \"4.00\", "
                     "\"boundingBox\": [1, 1, 2, 1, 2, 2, 1, 2]}]}]}]%s}}";
  g_autofree char *layout = g_strdup_printf (file, "");
  g_autofree char *both = g_strdup_printf (
    file, ", \"documentResults\": [{\"fields\": {\"rows\": {\"type\": \"array\", \"valueArray\": [{\"type\": "
          "\"object\", \"valueObject\": {\"sum\": {\"type\": \"string\", \"text\": \"1\"}}}]}}}]");
  const EmendProposal *record;

  fixture->sink->schema = schema_with_lines ();
  document_fixture_read (fixture, "azure", "a.json", layout);
  g_assert_cmpuint (fixture->sink->records->len, ==, 1);
  record = test_sink_find_value (fixture->sink, "lines/price", 0);
  g_assert_cmpint (record->page, ==, 1);
  test_assert_box (&record->shape, 100, 100, 100, 100);
  document_fixture_read (fixture, "azure", "a.json", both);
  g_assert_cmpuint (fixture->sink->records->len, ==, 2);
  g_assert_cmpstr (document_fixture_value (fixture, "rows/sum", 0), ==, "1");
}

static void
test_textract_pages (DocumentFixture *fixture,
                     gconstpointer data)
{
  const EmendProposal *record;
  const EmendCandidate *other;

  document_fixture_read (fixture, "textract", "a.json",
                         "[{\"JobStatus\": \"PARTIAL_SUCCESS\", \"NextToken\": \"t\", \"Blocks\": [{\"BlockType\": "
                         "\"QUERY\", "
                         "\"Id\": \"q\", \"Query\": {\"Text\": \"What?\", \"Alias\": \"SUM\"}, \"Relationships\": "
                         "[{\"Type\": "
                         "\"ANSWER\", \"Ids\": [\"r\", \"s\", \"gone\"]}]}, {\"BlockType\": \"QUERY_RESULT\", "
                         "\"Id\": \"r\", "
                         "\"Text\": \"1\", \"Confidence\": 40}]}, {\"Blocks\": [{\"BlockType\": \"QUERY_RESULT\", "
                         "\"Id\": \"s\", "
                         "\"Text\": \"2\", \"Confidence\": 60, \"Page\": 2, \"Geometry\": {\"BoundingBox\": "
                         "{\"Left\": 0.5, "
                         "\"Top\": 0.5, \"Width\": 0.25, \"Height\": 0.25}}}, {\"BlockType\": \"SIGNATURE\", \"Id\": "
                         "\"g\", "
                         "\"Confidence\": 101, \"Geometry\": {\"BoundingBox\": {\"Left\": 0, \"Top\": 0, \"Width\": "
                         "1e300, "
                         "\"Height\": 0.25}}}]}]");
  record = test_sink_find_value (fixture->sink, "SUM", -1);
  g_assert_cmpstr (record->value->value, ==, "2");
  g_assert_cmpint (record->page, ==, 1);
  g_assert_cmpfloat (record->score, ==, 0.6);
  g_assert_cmpstr (record->score_text, ==, "60");
  test_assert_box (&record->shape, 500, 1000, 250, 500);
  other = g_ptr_array_index (record->value->candidates, 0);
  g_assert_cmpstr (other->value, ==, "1");
  g_assert_cmpfloat (other->score, ==, 0.4);
  record = test_sink_find_value (fixture->sink, "Signature", -1);
  g_assert_true (isnan (record->score));
  g_assert_cmpfloat (record->shape.box.width, ==, 0);
  g_assert_cmpuint (fixture->sink->problems->len, ==, 2);
}

static void
write_part (DocumentFixture *fixture,
            const char *name,
            const char *token,
            int page)
{
  g_autofree char *text = g_strdup_printf (
    "{\"JobStatus\": \"SUCCEEDED\", %s \"Blocks\": [{\"BlockType\": \"WORD\", \"Id\": \"w%d\", \"Text\": \"v%d\", "
    "\"Page\": %d, \"Confidence\": 90}, {\"BlockType\": \"KEY\", \"Id\": \"k%d\", \"Page\": %d, \"Relationships\": "
    "[{\"Type\": \"CHILD\", \"Ids\": [\"w%d\"]}, {\"Type\": \"VALUE\", \"Ids\": [\"x%d\"]}]}, {\"BlockType\": "
    "\"VALUE\", \"Id\": \"x%d\", \"Page\": %d, \"Relationships\": [{\"Type\": \"CHILD\", \"Ids\": [\"w%d\"]}]}]}",
    token, page, page, page, page, page, page, page + 1, page, page, page);

  g_free (emend_test_write (fixture->folder, name, text));
}

static void
read_folder (DocumentFixture *fixture,
             const char *name)
{
  g_autofree char *path = g_build_filename (fixture->folder, name, NULL);
  g_autoptr (GError) error = NULL;

  test_sink_read (fixture->sink, "textract", path, NULL, &error);
  g_assert_no_error (error);
}

/* What a job writes: parts called by numbers in a folder called like the document. A value can be in another part than
 * its key, and the tenth part comes after the second. */
static void
test_textract_parts (DocumentFixture *fixture,
                     gconstpointer data)
{
  write_part (fixture, "out/a/10", "", 3);
  write_part (fixture, "out/a/2", "\"NextToken\": \"u\",", 2);
  write_part (fixture, "out/a/1", "\"NextToken\": \"t\",", 1);
  g_free (emend_test_write (fixture->folder, "out/a/.s3_access_check", ""));
  g_free (emend_test_write (fixture->folder, "out/a/7", "not one of them"));
  read_folder (fixture, "out");
  g_assert_cmpuint (fixture->sink->records->len, ==, 2);
  g_assert_cmpstr (document_fixture_value (fixture, "v1", -1), ==, "v2");
  g_assert_cmpstr (document_fixture_value (fixture, "v2", -1), ==, "v3");
  g_assert_cmpuint (fixture->sink->problems->len, ==, 0);
}

/* Parts that were saved one by one: each but the last says that more follows. */
static void
test_textract_saved (DocumentFixture *fixture,
                     gconstpointer data)
{
  test_sink_add_image (fixture->sink, "b.jpg", 1000, 2000, 1);
  write_part (fixture, "in/a-1.json", "\"NextToken\": \"t\",", 1);
  write_part (fixture, "in/a-2.json", "", 2);
  write_part (fixture, "in/b.json", "\"NextToken\": \"t\",", 1);
  read_folder (fixture, "in");
  g_assert_cmpuint (fixture->sink->records->len, ==, 1);
  g_assert_cmpstr (document_fixture_value (fixture, "v1", -1), ==, "v2");
  g_assert_cmpint (test_sink_find_value (fixture->sink, "v1", -1)->item, ==, 1);
  g_assert_cmpuint (fixture->sink->problems->len, ==, 1);
  g_assert_nonnull (strstr (test_sink_problem (fixture->sink, 0), "goes on in another file"));
}

/* A part that cannot be read is told by its name, and the document is left out. */
static void
test_textract_broken (DocumentFixture *fixture,
                      gconstpointer data)
{
  write_part (fixture, "out/a/1", "", 1);
  g_free (emend_test_write (fixture->folder, "out/a/2", "{\"Blocks\": ["));
  read_folder (fixture, "out");
  g_assert_cmpuint (fixture->sink->records->len, ==, 0);
  g_assert_cmpint (fixture->sink->n_skipped, ==, 1);
}

static void
test_textract_refused (DocumentFixture *fixture,
                       gconstpointer data)
{
  document_fixture_assert_refused (fixture, "textract", "a.json",
                                   "{\"JobStatus\": \"FAILED\", \"StatusMessage\": \"no pages\"}",
                                   "FAILED. no pages");
  document_fixture_assert_refused (fixture, "textract", "b.json", "{}", "no result of Textract");
  document_fixture_assert_refused (fixture, "textract", "c.json", "[]", "no result of Textract");
  document_fixture_assert_refused (fixture, "azure", "d.json", "{\"status\": \"running\"}", "running");
  document_fixture_assert_refused (fixture, "azure", "e.json", "{}", "neither a result nor labels");
  document_fixture_assert_refused (fixture, "funsd", "f.json", "{}", "no list");
}

static void
test_ppocrlabel (DocumentFixture *fixture,
                 gconstpointer data)
{
  const EmendProposal *record;
  EmendWords *words;

  test_sink_add_image (fixture->sink, "d/b.jpg", 10, 10, 1);
  document_fixture_read (fixture, "ppocrlabel", "Label.txt",
                         "a.jpg\t[{\"transcription\": \"Total 9\", \"points\": [[10, 20], [30, 20], [30, 40], [10, "
                         "40]], "
                         "\"difficult\": false, \"key_cls\": \"total\"}, {\"transcription\": \"###\", \"points\": "
                         "[[1, 2], [3, 4]], "
                         "\"key_cls\": \"date\"}, {\"transcription\": \"x\", \"points\": [[1, 2], [3, 4]], "
                         "\"key_cls\": \"None\"}, "
                         "{\"transcription\": \"y\"}]\n"
                         "d/b.jpg\t[]\r\n"
                         "\n"
                         "none.jpg\t[]\n"
                         "a.jpg\t__import__('os')\n"
                         "no tab\n");
  record = test_sink_find_value (fixture->sink, "total", -1);
  g_assert_cmpstr (record->value->value, ==, "Total 9");
  test_assert_box (&record->shape, 10, 20, 20, 20);
  g_assert_cmpuint (fixture->sink->records->len, ==, 1);
  words = test_sink_words (fixture->sink, 1, 0);
  g_assert_cmpuint (emend_words_get_n (words), ==, 2);
  g_assert_cmpuint (fixture->sink->empty->len, ==, 1);
  g_assert_cmpint (g_array_index (fixture->sink->empty, gint64, 0), ==, 2);
  g_assert_cmpint (fixture->sink->n_skipped, ==, 3);
  g_assert_true (g_str_has_prefix (test_sink_problem (fixture->sink, 1), "5: "));
  /* What the model found says nothing about what a person looked at. */
  document_fixture_read (fixture, "ppocrlabel", "Cache.cach", "d/b.jpg\t[]\n");
  g_assert_cmpuint (fixture->sink->empty->len, ==, 1);
}

/* In a folder the reviewed labels count, and what the model had found before does not come on top. */
static void
test_ppocrlabel_folder (DocumentFixture *fixture,
                        gconstpointer data)
{
  static const char *const line =
    "a.jpg\t[{\"transcription\": \"x\", \"points\": [[1, 2], [3, 4]], \"key_cls\": \"k\"}]\n";
  g_autoptr (GError) error = NULL;

  write_file (fixture, "Cache.cach", line);
  test_sink_read (fixture->sink, "ppocrlabel", fixture->folder, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (fixture->sink->records->len, ==, 1);
  write_file (fixture, "Label.txt", line);
  test_sink_read (fixture->sink, "ppocrlabel", fixture->folder, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (fixture->sink->records->len, ==, 2);
}

static void
test_values_csv (DocumentFixture *fixture,
                 gconstpointer data)
{
  const EmendProposal *record;

  document_fixture_read (fixture, "values", "in.csv",
                         "\xef\xbb\xbf"
                         "File;field;VALUE;confidence;page;x;y;w;h;row;column;other\r\n"
                         "a.jpg;name;\"Smith; \"\"J\"\"\r\nSons\";0.50;2;1;2;3;4;;;z\r\n"
                         "a.jpg;sum;'-1+2;nan;;;;;;;;\r\n"
                         "\r\n"
                         "a.jpg;items;7;;1;1;2;3;4;2;price\r\n"
                         "a.jpg;items;8;;;;;;;0;price\r\n"
                         "gone.jpg;name;x;;;;;;;;\r\n"
                         "a.jpg;;x;;;;;;;;\r\n"
                         "a.jpg;day;2020-01-02;2;;;;;;;");
  record = test_sink_find_value (fixture->sink, "name", -1);
  g_assert_cmpstr (record->value->value, ==, "Smith; \"J\"\r\nSons");
  g_assert_cmpfloat (record->score, ==, 0.5);
  g_assert_cmpstr (record->score_text, ==, "0.50");
  g_assert_cmpint (record->page, ==, 1);
  test_assert_box (&record->shape, 1, 2, 3, 4);
  g_assert_cmpstr (document_fixture_value (fixture, "sum", -1), ==, "-1+2");
  g_assert_cmpstr (document_fixture_value (fixture, "items/price", 1), ==, "7");
  g_assert_cmpint (document_fixture_type (fixture, "day", -1), ==, EMEND_FIELD_DATE);
  g_assert_true (isnan (test_sink_find_value (fixture->sink, "day", -1)->score));
  g_assert_cmpuint (fixture->sink->records->len, ==, 4);
  g_assert_cmpint (fixture->sink->n_skipped, ==, 3);
  g_assert_cmpuint (fixture->sink->unmatched->len, ==, 1);
  document_fixture_assert_refused (fixture, "values", "b.csv", "file,value\na.jpg,1\n", "“field” and “value”");
}

static void
test_values_json (DocumentFixture *fixture,
                  gconstpointer data)
{
  document_fixture_read (fixture, "values", "a.json",
                         "{\"shop\": {\"name\": \"X\"}, \"n\": 2, \"ok\": true, \"none\": null, \"empty\": \"\", "
                         "\"tags\": "
                         "[\"s\", \"t\"], \"items\": [{\"p\": 1.50}, {}, {\"p\": 2, \"more\": {\"q\": \"r\"}}]}");
  g_assert_cmpuint (fixture->sink->records->len, ==, 8);
  g_assert_cmpstr (document_fixture_value (fixture, "shop.name", -1), ==, "X");
  g_assert_cmpstr (document_fixture_value (fixture, "ok", -1), ==, "yes");
  g_assert_cmpint (document_fixture_type (fixture, "n", -1), ==, EMEND_FIELD_NUMBER);
  g_assert_cmpint (document_fixture_type (fixture, "ok", -1), ==, EMEND_FIELD_MARK);
  g_assert_cmpstr (document_fixture_value (fixture, "items/p", 0), ==, "1.5");
  g_assert_cmpstr (document_fixture_value (fixture, "items/more.q", 2), ==, "r");
}

static void
test_values_records (DocumentFixture *fixture,
                     gconstpointer data)
{
  test_sink_add_image (fixture->sink, "b.png", 10, 10, 1);
  document_fixture_read (fixture, "values", "r.jsonl",
                         "{\"file\": \"a.jpg\", \"field\": \"n\", \"value\": 3, \"confidence\": 0.25, \"page\": 1, "
                         "\"x\": 1, \"y\": 2, \"w\": 3, \"h\": 4}\n"
                         "{\"file\": \"a.jpg\", \"field\": \"t\", \"column\": \"c\", \"row\": 1, \"value\": \"v\"}\n"
                         "{broken\n"
                         "{\"file_name\": \"b.png\", \"ground_truth\": \"{\\\"gt_parse\\\": {\\\"m\\\": "
                         "\\\"k\\\"}}\"}\n"
                         "{\"no\": \"file\"}\n"
                         "3\n");
  g_assert_cmpuint (fixture->sink->records->len, ==, 3);
  test_assert_box (&test_sink_find_value (fixture->sink, "n", -1)->shape, 1, 2, 3, 4);
  g_assert_cmpstr (document_fixture_value (fixture, "t/c", 0), ==, "v");
  g_assert_cmpint (test_sink_find_value (fixture->sink, "m", -1)->item, ==, 2);
  g_assert_cmpint (fixture->sink->n_skipped, ==, 3);
  g_assert_true (g_str_has_prefix (test_sink_problem (fixture->sink, 0), "3: "));
  document_fixture_read (fixture, "values", "by.json", "{\"a.jpg\": {\"z\": \"1\"}, \"b.png\": {\"z\": \"2\"}}");
  g_assert_cmpuint (fixture->sink->records->len, ==, 5);
  g_assert_cmpint (test_sink_record (fixture->sink, 4)->item, ==, 2);
}

static void
test_funsd (DocumentFixture *fixture,
            gconstpointer data)
{
  EmendWords *words;

  document_fixture_read (fixture, "funsd", "a.json",
                         "{\"form\": [{\"id\": 1, \"text\": \"Fax\\nno. :\", \"label\": \"question\", \"box\": [1, "
                         "1, 5, "
                         "5], \"linking\": [[1, 2], [0, 1], [1, 9], [1, 3]], \"words\": [{\"text\": \"Fax\", "
                         "\"box\": [1, 1, 3, "
                         "5]}, {\"text\": \"no.\", \"box\": [1, 6, 3, 9]}]}, {\"id\": 2, \"text\": \"77\", \"label\": "
                         "\"answer\", \"box\": [10, 1, 20, 5], \"linking\": [[1, 2]], \"words\": []}, {\"id\": 3, "
                         "\"text\": "
                         "\"o\", \"label\": \"other\", \"box\": [10, 1, 20, 5], \"linking\": [[1, 3]], \"words\": "
                         "[]}]}");
  g_assert_cmpuint (fixture->sink->records->len, ==, 1);
  g_assert_cmpstr (document_fixture_value (fixture, "Fax no", -1), ==, "77");
  test_assert_box (&test_sink_record (fixture->sink, 0)->shape, 10, 1, 10, 4);
  words = test_sink_words (fixture->sink, 1, 0);
  g_assert_cmpuint (emend_words_get_n (words), ==, 2);
  g_assert_cmpuint (emend_words_get (words, 1)->line, ==, 1);
}

/* A folder's broken file is told and the others are read; a file of another format is passed over. */
static void
test_folder (DocumentFixture *fixture,
             gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  write_file (fixture, "in/sub/a.txt", "1,2,3,2,3,4,1,4,\xc3\xa9t\xc3\xa9, 2\r\n9,9\n");
  write_file (fixture, "in/b.json", "{\"company\": \"c\", \"date\": \"\", \"address\": \"\", \"total\": NaN}");
  write_file (fixture, "in/readme.txt", "nothing");
  g_assert_true (test_sink_read (fixture->sink, "sroie", fixture->folder, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (fixture->sink->n_skipped, ==, 2);
  g_assert_cmpuint (fixture->sink->problems->len, ==, 2);
  g_assert_cmpstr (emend_words_get_text (test_sink_words (fixture->sink, 1, 0),
                                         emend_words_get (test_sink_words (fixture->sink, 1, 0), 0)->text),
                   ==, "\xc3\xa9t\xc3\xa9, 2");
  g_assert_false (test_sink_read (fixture->sink, "textract", fixture->folder, NULL, &error));
  g_assert_error (error, EMEND_FORMATS_ERROR, EMEND_FORMATS_ERROR_UNKNOWN);
}

/* What the sink refuses is no fault of the file and ends a folder's import too. */
static void
test_full (DocumentFixture *fixture,
           gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  write_file (fixture, "a.json", "{\"company\": \"c\", \"date\": \"d\", \"address\": \"\", \"total\": \"1\"}");
  fixture->sink->fail_after = 1;
  g_assert_false (test_sink_read (fixture->sink, "sroie", fixture->folder, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE);
}

static void
test_limits (DocumentFixture *fixture,
             gconstpointer data)
{
  static const char *const formats[] = { "azure", "textract", "funsd", "docile", "values" };
  g_autoptr (GString) deep = g_string_new (NULL);
  g_autofree char *name = g_strnfill (300, 'x');
  g_autofree char *long_name = g_strdup_printf ("{\"%s\": \"v\", \"ok\": \"v\"}", name);

  for (int i = 0; i < 101; i++)
    g_string_append (deep, "[");
  for (gsize i = 0; i < G_N_ELEMENTS (formats); i++) {
    document_fixture_assert_refused (fixture, formats[i], "deep.json", deep->str, "nested too deeply");
    document_fixture_assert_refused (fixture, formats[i], "nan.json", "{\"a\": NaN}", "not valid JSON");
    document_fixture_assert_refused (fixture, formats[i], "twice.json", "{\"a\": 1, \"a\": 2}", "not valid JSON");
  }
  document_fixture_read (fixture, "values", "a.json", long_name);
  g_assert_cmpuint (fixture->sink->records->len, ==, 1);
  g_assert_cmpint (fixture->sink->n_skipped, ==, 1);
}

static void
assert_detected (DocumentFixture *fixture,
                 const char *name,
                 const char *text,
                 const char *id)
{
  g_autofree char *path = emend_test_write (fixture->folder, name, text);
  g_autoptr (EmendFormat) format = emend_formats_detect (path, NULL);

  g_assert_cmpstr (format != NULL ? emend_format_get_id (format) : NULL, ==, id);
}

static void
test_detect (DocumentFixture *fixture,
             gconstpointer data)
{
  g_autofree char *coco = test_coco_text ("");

  assert_detected (fixture, "1.json", coco, "coco");
  assert_detected (fixture, "2.json", "{\"analyzeResult\": {\"readResults\": []}}", "azure");
  assert_detected (fixture, "3.json", "{\"document\": \"a\", \"labels\": [], \"labelingState\": 1}", "azure");
  assert_detected (fixture, "4.json", "{\"Blocks\": [], \"DocumentMetadata\": {}}", "textract");
  assert_detected (fixture, "5.json", "[{\"JobStatus\": \"SUCCEEDED\"}]", "textract");
  assert_detected (fixture, "6.json", "{\"form\": [{\"words\": [], \"linking\": []}]}", "funsd");
  assert_detected (fixture, "7.json",
                   "{\"company\": \"\", \"date\": \"\", \"address\": \"\", \"total\": \"\"}", "sroie");
  assert_detected (fixture, "8.json", "{\"company\": \"\", \"date\": \"\"}", "values");
  assert_detected (fixture, "9.json", "{\"shapes\": [{\"points\": [[1, 2]]}]}", NULL);
  assert_detected (fixture, "10.json", "{\"field_extractions\": []}", "docile");
  assert_detected (fixture, "11.txt", "d/a.jpg\t[{\"transcription\": \"\"}]\n", "ppocrlabel");
  assert_detected (fixture, "12.txt", "1,2,3,4,5,6,7,8,x\n", "sroie");
  assert_detected (fixture, "13.txt", "0 0.5 0.5 0.1 0.1\n", "yolo");
  assert_detected (fixture, "14.csv", "file,field,value\n", "values");
  assert_detected (fixture, "15.csv", "a,b\n", NULL);
  assert_detected (fixture, "16.xml", "<?xml version='1.0'?><!-- <alto> --><pc:PcGts xmlns:pc='x'/>", "page");
  assert_detected (fixture, "17.xml", "<alto/>", "alto");
  assert_detected (fixture, "18.html", "<!DOCTYPE html><HTML><div class=ocr_page>", "hocr");
  assert_detected (fixture, "19.html", "<html><alto>", NULL);
  assert_detected (fixture, "20.json", "{\"1\": \"a\", \"2\": \"b\"}", NULL);
}

static void
test_labels (DocumentFixture *fixture,
             gconstpointer data)
{
  g_autofree char *path = emend_test_write (fixture->folder, "a.json", "{\"n\": 1, \"t\": [{\"b\": 1}, {\"c\": 1}]}");
  g_autofree char *alto = emend_test_write (fixture->folder, "a.xml", "<alto/>");
  g_autoptr (EmendFormat) values = emend_formats_find ("values");
  g_autoptr (EmendFormat) words = emend_formats_find ("alto");
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) names = emend_format_list_labels (values, path, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (g_strv_length (names), ==, 2);
  g_assert_cmpstr (names[0], ==, "n");
  g_assert_cmpstr (names[1], ==, "t");
  g_assert_null (emend_format_list_labels (words, alto, NULL, &error));
  g_assert_error (error, EMEND_FORMATS_ERROR, EMEND_FORMATS_ERROR_UNKNOWN);
}

#define ADD(name, func)                                                                             \
  g_test_add ("/formats/document-json/" name, DocumentFixture, NULL, document_fixture_set_up, func, \
              document_fixture_tear_down)

int
main (int argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  ADD ("azure/labels", test_azure_labels);
  ADD ("azure/result", test_azure_result);
  ADD ("azure/tables", test_azure_tables);
  ADD ("azure/old-tables", test_azure_old_tables);
  ADD ("textract/pages", test_textract_pages);
  ADD ("textract/parts", test_textract_parts);
  ADD ("textract/saved", test_textract_saved);
  ADD ("textract/broken", test_textract_broken);
  ADD ("textract/refused", test_textract_refused);
  ADD ("ppocrlabel/lines", test_ppocrlabel);
  ADD ("ppocrlabel/folder", test_ppocrlabel_folder);
  ADD ("funsd/links", test_funsd);
  ADD ("values/csv", test_values_csv);
  ADD ("values/json", test_values_json);
  ADD ("values/records", test_values_records);
  ADD ("folder", test_folder);
  ADD ("full", test_full);
  ADD ("limits", test_limits);
  ADD ("detect", test_detect);
  ADD ("labels", test_labels);
  return g_test_run ();
}
