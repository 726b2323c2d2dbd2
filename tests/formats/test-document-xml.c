#define G_LOG_DOMAIN "emend-test"

#include "config.h"

#include <math.h>
#include <string.h>

#include "emend-document-fixture.h"

static EmendWords *
get_words (DocumentFixture *fixture)
{
  EmendWords *words = test_sink_words (fixture->sink, 1, 0);

  g_assert_nonnull (words);
  return words;
}

static void
assert_word (DocumentFixture *fixture,
             guint index,
             const char *text,
             double confidence)
{
  EmendWords *words = get_words (fixture);
  const EmendWord *word;

  g_assert_cmpuint (index, <, emend_words_get_n (words));
  word = emend_words_get (words, index);
  g_assert_cmpstr (emend_words_get_text (words, word->text), ==, text);
  if (isnan (confidence))
    g_assert_true (isnan (word->confidence));
  else
    g_assert_cmpfloat_with_epsilon (word->confidence, confidence, 1e-6);
}

static void
assert_place (DocumentFixture *fixture,
              guint index,
              double x,
              double y,
              double width,
              double height)
{
  const EmendRect *box = &emend_words_get (get_words (fixture), index)->box;

  g_assert_cmpfloat_with_epsilon (box->x, x, 1e-3);
  g_assert_cmpfloat_with_epsilon (box->y, y, 1e-3);
  g_assert_cmpfloat_with_epsilon (box->width, width, 1e-3);
  g_assert_cmpfloat_with_epsilon (box->height, height, 1e-3);
}

static char *
alto (const char *head,
      const char *page,
      const char *strings)
{
  return g_strdup_printf ("<alto xmlns='http://www.loc.gov/standards/alto/ns-v2#'><Description>%s</Description><Layout>"
                          "<Page %s><PrintSpace><TextBlock><TextLine>%s</TextLine></TextBlock></PrintSpace></Page>"
                          "</Layout></alto>",
                          head, page, strings);
}

/* Tenths of millimetres: only their ratio to the page's counts. */
static void
test_alto_units (DocumentFixture *fixture,
                 gconstpointer data)
{
  g_autofree char *text = alto ("<MeasurementUnit>mm10</MeasurementUnit>", "WIDTH='2000' HEIGHT='4000'",
                                "<String CONTENT='a &amp; b' HPOS='200' VPOS='400' WIDTH='20' HEIGHT='40' WC='0.5' "
                                "CC='99'/>"
                                "<SP/><String CONTENT='c' HPOS='0' VPOS='0' WIDTH='20' HEIGHT='40' CC='0 9'/>"
                                "<String CONTENT='d' HPOS='0' VPOS='0' WIDTH='20' HEIGHT='40' WC='1.5'/>"
                                "<HYP CONTENT='-'/>");
  g_autofree char *unsized = alto ("<MeasurementUnit>inch1200</MeasurementUnit>", "ID='p'",
                                   "<String CONTENT='a' HPOS='0' VPOS='0' WIDTH='20' HEIGHT='40'/>");

  document_fixture_read (fixture, "alto", "a.xml", text);
  g_assert_cmpuint (emend_words_get_n (get_words (fixture)), ==, 3);
  assert_word (fixture, 0, "a & b", 0.5);
  assert_place (fixture, 0, 100, 200, 10, 20);
  assert_word (fixture, 1, "c", 0.5);
  assert_word (fixture, 2, "d", NAN);
  document_fixture_read (fixture, "alto", "a.xml", unsized);
  g_assert_nonnull (strstr (test_sink_problem (fixture->sink, 0), "no size"));
}

static void
test_alto_tesseract (DocumentFixture *fixture,
                     gconstpointer data)
{
  static const char *const strings =
    "<String CONTENT='a' HPOS='0' VPOS='0' WIDTH='2' HEIGHT='4' WC='0.7'/>"
    "<String CONTENT='b' HPOS='0' VPOS='0' WIDTH='2' HEIGHT='4' WC='0.70'/>"
    "<String CONTENT='c' HPOS='0' VPOS='0' WIDTH='2' HEIGHT='4' WC='0.100'/>"
    "<String CONTENT='d' HPOS='0' VPOS='0' WIDTH='2' HEIGHT='4' WC='0.0'/>";
  g_autofree char *bad = alto ("<softwareName>tesseract 5.3.0</softwareName>", "WIDTH='10' HEIGHT='20'", strings);
  g_autofree char *good = alto ("<softwareName>other</softwareName>", "WIDTH='10' HEIGHT='20'", strings);

  document_fixture_read (fixture, "alto", "a.xml", bad);
  assert_word (fixture, 0, "a", NAN);
  assert_word (fixture, 1, "b", 0.7);
  assert_word (fixture, 2, "c", NAN);
  assert_word (fixture, 3, "d", 0);
  g_assert_cmpuint (fixture->sink->problems->len, ==, 1);
  document_fixture_read (fixture, "alto", "a.xml", good);
  assert_word (fixture, 0, "a", 0.7);
  assert_word (fixture, 2, "c", 0.1);
}

static void
test_page (DocumentFixture *fixture,
           gconstpointer data)
{
  document_fixture_read (
    fixture, "page", "x.xml",
    "<p:PcGts xmlns:p='http://schema.primaresearch.org/PAGE/gts/pagecontent/2024-07-15'><p:Metadata><p:Creator>me"
    "</p:Creator></p:Metadata><p:Page imageFilename='a.jpg' imageWidth='500' imageHeight='1000'><p:TextRegion>"
    "<p:Coords points='0,0 1,1'/><p:TextLine><p:Coords points='0,0 9,9'/><p:Word><p:Coords points='10,20 30,20 30,40 "
    "10,40'/><p:Glyph><p:Coords points='400,400 401,401'/><p:TextEquiv><p:Unicode>z</p:Unicode></p:TextEquiv></p:Glyph>"
    "<p:TextEquiv index='1' conf='0.25'><p:Unicode>read</p:Unicode></p:TextEquiv><p:TextEquiv index='0' conf='0.75'>"
    "<p:Unicode>right</p:Unicode></p:TextEquiv></p:Word><p:TextEquiv><p:Unicode>whole</p:Unicode></p:TextEquiv>"
    "</p:TextLine><p:TextLine><p:Coords><p:Point x='1' y='2'/><p:Point x='3' y='4'/></p:Coords><p:TextEquiv><p:Unicode>"
    "of 2010</p:Unicode></p:TextEquiv></p:TextLine><p:TextEquiv><p:Unicode>region</p:Unicode></p:TextEquiv>"
    "</p:TextRegion></p:Page></p:PcGts>");
  g_assert_cmpuint (emend_words_get_n (get_words (fixture)), ==, 2);
  assert_word (fixture, 0, "right", 0.75);
  assert_place (fixture, 0, 20, 40, 40, 40);
  assert_word (fixture, 1, "of 2010", NAN);
  assert_place (fixture, 1, 2, 4, 4, 4);
  g_assert_cmpstr (emend_words_get_engine (get_words (fixture)), ==, "me");
}

/* XHTML with a document type, an entity of it, quotes of both kinds with semicolons, and a page that begins
 * elsewhere. */
static void
test_hocr_xhtml (DocumentFixture *fixture,
                 gconstpointer data)
{
  document_fixture_read (
    fixture, "hocr", "other.hocr",
    "<?xml version='1.0'?><!DOCTYPE html PUBLIC '-//W3C//DTD XHTML 1.0 Transitional//EN' "
    "'http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd'><html xmlns='http://www.w3.org/1999/xhtml'><head><meta "
    "name='ocr-system' content='x 1'/></head><body><div class='ocr_page' title='image \"a.jpg\"; bbox 100 100 600 "
    "1100'>"
    "<span class='ocr_line' title='textangle 90; bbox 100 100 200 120'><span class='ocrx_word' title='foo \"a;bbox 1 "
    "1 2 "
    "2\"; bbox 110 120 120 140; x_wconf 93'><strong>b&amp;</strong>c</span>&nbsp;<span class='ocrx_word' title='bbox "
    "130 "
    "120 140 140; x_wconf 930'>d</span></span><span class='ocr_line' title='bbox 100 200 200 220'>a line</span></div>"
    "</body></html>");
  g_assert_cmpuint (emend_words_get_n (get_words (fixture)), ==, 3);
  assert_word (fixture, 0, "b&c", 0.93);
  assert_place (fixture, 0, 20, 40, 20, 40);
  assert_word (fixture, 1, "d", NAN);
  assert_word (fixture, 2, "a line", NAN);
  g_assert_cmpstr (emend_words_get_engine (get_words (fixture)), ==, "x 1");
}

/* HTML as other engines write it: nothing is closed, and the page has no box. */
static void
test_hocr_html (DocumentFixture *fixture,
                gconstpointer data)
{
  document_fixture_read (fixture, "hocr", "a.html",
                         "<!DOCTYPE html><HTML><head><meta charset=utf-8><meta name=ocr-system content=y></head><body>"
                         "<div class=ocr_page><p class=ocr_par lang=deu><span class='ocr_line' title='bbox 0 0 50 20'>"
                         "<span class='ocrx_word' title='bbox 1 2 3 5; x_wconf 50'>\xc3\xbc&nbsp;x<br></span></span>");
  g_assert_cmpuint (emend_words_get_n (get_words (fixture)), ==, 1);
  assert_word (fixture, 0,
               "\xc3\xbc\xc2\xa0"
               "x",
               0.5);
  assert_place (fixture, 0, 1, 2, 2, 3);
  g_assert_cmpstr (emend_words_get_language (get_words (fixture)), ==, "deu");
}

/* The name that the file gives counts only when there is such an item. */
static void
test_hocr_temporary (DocumentFixture *fixture,
                     gconstpointer data)
{
  document_fixture_read (fixture, "hocr", "a.hocr",
                         "<html xmlns='http://www.w3.org/1999/xhtml'><div class='ocr_page' title='image /tmp/1.png'>"
                         "<span class='ocrx_word' title='bbox 1 2 3 5'>w</span></div></html>");
  assert_word (fixture, 0, "w", NAN);
  g_assert_cmpuint (fixture->sink->unmatched->len, ==, 0);
}

/* Stored 100 x 50 with orientation 6: upright 50 x 100. The producer saw the stored pixels, at twice the size. */
static void
test_turned (DocumentFixture *fixture,
             gconstpointer data)
{
  g_autofree char *stored = alto ("", "WIDTH='200' HEIGHT='100'",
                                  "<String CONTENT='a' HPOS='0' VPOS='0' WIDTH='40' HEIGHT='20'/>");
  g_autofree char *upright = alto ("", "WIDTH='50' HEIGHT='100'",
                                   "<String CONTENT='a' HPOS='40' VPOS='0' WIDTH='10' HEIGHT='20'/>");

  test_sink_free (fixture->sink);
  fixture->sink = test_sink_new ();
  test_sink_add_image (fixture->sink, "a.jpg", 50, 100, 6);
  document_fixture_read (fixture, "alto", "a.xml", stored);
  assert_place (fixture, 0, 40, 0, 10, 20);
  document_fixture_read (fixture, "alto", "a.xml", upright);
  assert_place (fixture, 0, 40, 0, 10, 20);
}

static void
test_pages (DocumentFixture *fixture,
            gconstpointer data)
{
  document_fixture_read (
    fixture, "alto", "a.xml",
    "<alto><Layout><Page WIDTH='10' HEIGHT='20'/><Page WIDTH='10' HEIGHT='20'><String CONTENT='x' HPOS='1' VPOS='1' "
    "WIDTH='1' "
    "HEIGHT='1'/></Page><Page WIDTH='1' HEIGHT='1'/><Page WIDTH='10' HEIGHT='20'><String CONTENT='y' HPOS='1' VPOS='1' "
    "WIDTH='1' HEIGHT='1'/></Page></Layout></alto>");
  g_assert_null (test_sink_words (fixture->sink, 1, 0));
  g_assert_cmpuint (emend_words_get_n (test_sink_words (fixture->sink, 1, 1)), ==, 1);
  g_assert_cmpuint (fixture->sink->problems->len, ==, 1);
}

/* Nothing is given of a file that is broken at its end. */
static void
test_refused (DocumentFixture *fixture,
              gconstpointer data)
{
  static const char *const formats[] = { "hocr", "alto", "page" };
  g_autoptr (GString) deep = g_string_new ("<alto><Layout><Page WIDTH='1' HEIGHT='1'>");

  for (int i = 0; i < 300; i++)
    g_string_append (deep, "<a>");
  for (gsize i = 0; i < G_N_ELEMENTS (formats); i++) {
    document_fixture_assert_refused (fixture, formats[i], "other.xml", "<?xml version='1.0'?><other/>", "has no page");
    document_fixture_assert_refused (fixture, formats[i], "open.xml", "<?xml version='1.0'?><alto>", "well-formed");
    document_fixture_assert_refused (fixture, formats[i], "entity.xml",
                                     "<?xml version='1.0'?><!DOCTYPE alto [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>"
                                     "<alto>&e;</alto>",
                                     "defines entities");
    document_fixture_assert_refused (fixture, formats[i], "reference.xml",
                                     "<?xml version='1.0'?><!DOCTYPE alto SYSTEM "
                                     "'http://localhost/a.dtd'><alto>&e;</alto>",
                                     "refers to an entity");
  }
  document_fixture_assert_refused (fixture, "alto", "deep.xml", deep->str, "nested too deeply");
  document_fixture_assert_refused (
    fixture, "alto", "late.xml",
    "<alto><Layout><Page WIDTH='10' HEIGHT='20'><String CONTENT='y' HPOS='1' VPOS='1' WIDTH='1' "
    "HEIGHT='1'/></Page></alto>",
    "well-formed");
  g_assert_null (test_sink_words (fixture->sink, 1, 0));
}

static void
test_encodings (DocumentFixture *fixture,
                gconstpointer data)
{
  document_fixture_read (fixture, "alto", "a.xml",
                         "<?xml version='1.0' encoding='ISO-8859-1'?><alto><Layout><Page WIDTH='10' "
                         "HEIGHT='20'><String "
                         "CONTENT='\xfc' HPOS='1' VPOS='1' WIDTH='1' HEIGHT='1'/></Page></Layout></alto>");
  assert_word (fixture, 0, "\xc3\xbc", NAN);
}

#define ADD(name, func)                                                                            \
  g_test_add ("/formats/document-xml/" name, DocumentFixture, NULL, document_fixture_set_up, func, \
              document_fixture_tear_down)

int
main (int argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  ADD ("alto/units", test_alto_units);
  ADD ("alto/tesseract", test_alto_tesseract);
  ADD ("alto/turned", test_turned);
  ADD ("alto/pages", test_pages);
  ADD ("alto/encodings", test_encodings);
  ADD ("page", test_page);
  ADD ("hocr/xhtml", test_hocr_xhtml);
  ADD ("hocr/html", test_hocr_html);
  ADD ("hocr/temporary", test_hocr_temporary);
  ADD ("refused", test_refused);
  return g_test_run ();
}
