#include "config.h"

#include <math.h>
#include <string.h>

#include "emend-image.h"
#include "emend-pdf.h"
#include "emend-test.h"
#include "media-fixtures.h"

#define POINT ((double) EMEND_PDF_DPI / 72)

/* A word as pdftotext has it, in points. */
typedef struct {
  char *text;
  EmendRect box;
} Reference;

static void
reference_clear (gpointer data)
{
  Reference *reference = data;

  g_free (reference->text);
}

static char *
unescape (const char *text)
{
  g_autoptr (GString) plain = g_string_new (text);

  g_string_replace (plain, "&lt;", "<", 0);
  g_string_replace (plain, "&gt;", ">", 0);
  g_string_replace (plain, "&quot;", "\"", 0);
  g_string_replace (plain, "&apos;", "'", 0);
  g_string_replace (plain, "&#39;", "'", 0);
  g_string_replace (plain, "&amp;", "&", 0);
  return g_strdup (plain->str);
}

/* What the other program, which shares only the library below, says of the page. */
static GArray *
read_reference (const char *path,
                int page)
{
  g_autofree char *number = g_strdup_printf ("%d", page + 1);
  const char *const argv[] = { "pdftotext", "-q", "-cropbox", "-bbox", "-f", number, "-l", number, path, "-", NULL };
  g_autofree char *output = emend_test_run (argv, 0);
  g_autofree char *valid = g_utf8_make_valid (output, -1);
  GArray *all = g_array_new (FALSE, TRUE, sizeof (Reference));
  g_autoptr (GRegex) regex = g_regex_new ("<word xMin=\"([^\"]*)\" yMin=\"([^\"]*)\" xMax=\"([^\"]*)\" "
                                          "yMax=\"([^\"]*)\">(.*?)</word>",
                                          G_REGEX_DOTALL, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;

  g_array_set_clear_func (all, reference_clear);
  for (g_regex_match (regex, valid, 0, &match); g_match_info_matches (match); g_match_info_next (match, NULL)) {
    g_auto (GStrv) parts = g_match_info_fetch_all (match);
    Reference one = { unescape (parts[5]), { g_ascii_strtod (parts[1], NULL), g_ascii_strtod (parts[2], NULL), 0, 0 } };
    one.box.width = g_ascii_strtod (parts[3], NULL) - one.box.x;
    one.box.height = g_ascii_strtod (parts[4], NULL) - one.box.y;
    g_array_append_val (all, one);
  }
  return all;
}

static const char *
word_text (EmendWords *words,
           guint index)
{
  return emend_words_get_text (words, emend_words_get (words, index)->text);
}

/* The bidi marks that pdftotext puts round words are no part of them; its letters go as on the paper. */
static gboolean
same_text (const char *word,
           const char *reference)
{
  g_autoptr (GString) plain = g_string_new (reference);

  g_string_replace (plain, "\u202a", "", 0);
  g_string_replace (plain, "\u202b", "", 0);
  g_string_replace (plain, "\u202c", "", 0);
  g_autofree char *reversed = g_utf8_strreverse (plain->str, -1);
  gboolean leftwards = g_unichar_get_script (g_utf8_get_char (plain->str)) == G_UNICODE_SCRIPT_ARABIC;
  return strcmp (word, leftwards ? reversed : plain->str) == 0;
}

static gboolean
same_box (const EmendRect *pixels,
          const EmendRect *points,
          double tolerance)
{
  return fabs (pixels->x / POINT - points->x) <= tolerance && fabs (pixels->y / POINT - points->y) <= tolerance &&
         fabs ((pixels->x + pixels->width) / POINT - points->x - points->width) <= tolerance &&
         fabs ((pixels->y + pixels->height) / POINT - points->y - points->height) <= tolerance;
}

/* Length of the longest common subsequence: the words that are there in the same order at the same place. */
static guint
count_in_order (EmendWords *words,
                GArray *reference,
                double tolerance)
{
  guint columns = reference->len + 1;
  g_autofree guint *before = g_new0 (guint, columns);
  g_autofree guint *row = g_new0 (guint, columns);

  for (guint i = 0; i < emend_words_get_n (words); i++) {
    for (guint j = 0; j < reference->len; j++) {
      const Reference *one = &g_array_index (reference, Reference, j);
      if (same_text (word_text (words, i), one->text) &&
          same_box (&emend_words_get (words, i)->box, &one->box, tolerance))
        row[j + 1] = before[j] + 1;
      else
        row[j + 1] = MAX (before[j + 1], row[j]);
    }
    memcpy (before, row, columns * sizeof *row);
  }
  return before[reference->len];
}

/* pdftotext ends a word where the font changes, though nothing is between the letters ("M|ORR|IS" of an OCR layer);
 * here such letters are one word, so the parts are put together before they are compared. */
static gboolean
continues (const Reference *first,
           const Reference *second)
{
  double gap = second->box.x - first->box.x - first->box.width;
  double low = MIN (first->box.height, second->box.height);
  double high = MAX (first->box.height, second->box.height);

  return fabs (gap) < 0.1 * high && low >= 0.7 * high && fabs (first->box.y - second->box.y) < high / 2;
}

static void
join_parts (GArray *reference)
{
  for (guint i = 0; i + 1 < reference->len;) {
    Reference *first = &g_array_index (reference, Reference, i);
    Reference *second = &g_array_index (reference, Reference, i + 1);
    if (!continues (first, second)) {
      i++;
      continue;
    }
    g_autofree char *old = first->text;
    double bottom = MAX (first->box.y + first->box.height, second->box.y + second->box.height);
    first->text = g_strconcat (old, second->text, NULL);
    first->box.width = second->box.x + second->box.width - first->box.x;
    first->box.y = MIN (first->box.y, second->box.y);
    first->box.height = bottom - first->box.y;
    g_array_remove_index (reference, i + 1);
  }
}

static guint
count_anywhere (EmendWords *words,
                GArray *reference,
                double tolerance)
{
  guint n = 0;

  for (guint j = 0; j < reference->len; j++) {
    const Reference *one = &g_array_index (reference, Reference, j);
    gboolean found = FALSE;
    for (guint i = 0; i < emend_words_get_n (words) && !found; i++)
      found = same_text (word_text (words, i), one->text) &&
              same_box (&emend_words_get (words, i)->box, &one->box, tolerance);
    n += found ? 1 : 0;
  }
  return n;
}

/* Every word has characters that spell it and lie in its box, and the words of a line are neighbours. */
static void
check_structure (EmendWords *words)
{
  guint32 line = 0;

  for (guint i = 0; i < emend_words_get_n (words); i++) {
    const EmendWord *word = emend_words_get (words, i);
    g_autoptr (GString) text = g_string_new (NULL);
    g_assert_cmpuint (word->line, >=, line);
    line = word->line;
    for (guint j = 0; j < word->n_symbols; j++) {
      const EmendSymbol *symbol = emend_words_get_symbol (words, word->first_symbol + j);
      EmendRect inside = emend_rect_intersect (&symbol->box, &word->box);
      g_string_append (text, emend_words_get_text (words, symbol->text));
      g_assert_cmpfloat_with_epsilon (inside.width, symbol->box.width, 0.01);
      g_assert_cmpfloat_with_epsilon (inside.height, symbol->box.height, 0.01);
    }
    g_assert_cmpstr (text->str, ==, word_text (words, i));
  }
}

typedef struct {
  guint n;        /* words of the other program */
  guint anywhere; /* found here with the same text in the same place */
  guint in_order;
} Score;

static void
compare_page (const char *path,
              int page,
              Score *score)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (EmendWords) words = emend_pdf_read_words (path, page, NULL, &error);
  g_autoptr (GArray) reference = read_reference (path, page);

  g_assert_no_error (error);
  check_structure (words);
  join_parts (reference);
  score->n += reference->len;
  score->anywhere += count_anywhere (words, reference, 1.5);
  score->in_order += count_in_order (words, reference, 1.5);
  g_assert_cmpstr (emend_words_get_engine (words), ==, "pdf-text");
}

static void
compare_file (const char *path,
              double least_in_order,
              double least_anywhere)
{
  EmendImageInfo info;
  Score score = { 0 };
  g_autoptr (GError) error = NULL;

  if (!emend_image_probe (path, &info, NULL, &error)) {
    g_assert_error (error, EMEND_MEDIA_ERROR, EMEND_MEDIA_ERROR_LOCKED);
    return;
  }
  for (int page = 0; page < info.n_pages; page++)
    compare_page (path, page, &score);
  g_test_message ("%s: %u words, %u found, %u in order", path, score.n, score.anywhere, score.in_order);
  g_assert_cmpfloat (score.anywhere, >=, least_anywhere * score.n);
  g_assert_cmpfloat (score.in_order, >=, least_in_order * score.n);
}

static void
compare_folder (const char *relative)
{
  g_autofree char *folder = emend_test_shared (relative);

  if (folder == NULL)
    return;
  g_autoptr (GPtrArray) paths = media_find_files (folder, ".pdf");
  g_assert_cmpuint (paths->len, >, 0);
  for (guint i = 0; i < paths->len; i++) {
    const char *path = paths->pdata[i];
    /* pdftotext lists the words of a line from left to right and writes their letters so, too; here both are in the
     * order of reading. In the second file a word is turned by 90 degrees and mixes both directions: poppler's
     * selection, on which poppler_page_get_text_layout () is built, then leaves a word out, and pdftotext keeps a space
     * inside one. */
    if (g_str_has_suffix (path, "ArabicCIDTrueType.pdf"))
      compare_file (path, 0.3, 0.9);
    else if (g_str_has_suffix (path, "habibi-rotated.pdf"))
      compare_file (path, 0, 0);
    /* The values of the fields of a form are annotations, not the text of the page. */
    else if (g_str_has_suffix (path, "libreoffice-form.pdf"))
      compare_file (path, 0.8, 0.9);
    else
      compare_file (path, 0.97, 0.97);
  }
}

static void
test_shared (gconstpointer data)
{
  compare_folder (data);
}

/* A page with a crop box, turned by each quarter: where the word is can be told by hand. */
static void
test_turned (void)
{
  g_autofree char *folder = emend_test_make_folder ();

  for (int i = 0; i < 4; i++) {
    g_autofree char *page = g_strdup_printf ("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 400 300] "
                                             "/CropBox [50 60 350 260] "
                                             "/Rotate %d /Contents 4 0 R /Resources << /Font << /F 5 0 R >> >> >>",
                                             i * 90);
    g_autofree char *content = media_pdf_stream ("BT /F 10 Tf 100 100 Td (Word) Tj ET");
    const char *const objects[] = { "<< /Type /Catalog /Pages 2 0 R >>",
                                    "<< /Type /Pages /Kids [3 0 R] /Count 1 >>", page, content,
                                    "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>", NULL };
    g_autofree char *path = media_make_pdf (folder, "turned.pdf", objects);
    g_autoptr (GError) error = NULL;
    g_autoptr (EmendWords) words = emend_pdf_read_words (path, 0, NULL, &error);
    g_assert_no_error (error);
    g_assert_cmpuint (emend_words_get_n (words), ==, 1);
    g_assert_cmpstr (word_text (words, 0), ==, "Word");
    EmendRect box = emend_words_get (words, 0)->box;
    /* The baseline starts at (50, 40) of the crop box of 300 x 200, counted from its bottom left corner. */
    double x = box.x / POINT;
    double y = box.y / POINT;
    double right = x + box.width / POINT;
    double bottom = y + box.height / POINT;
    const double starts[4][2] = { { 50, 160 }, { 40, 50 }, { 250, 40 }, { 160, 250 } };
    g_assert_cmpint (emend_words_get_width (words), ==, i % 2 == 0 ? 2500 : 1667);
    g_assert_cmpint (emend_words_get_height (words), ==, i % 2 == 0 ? 1667 : 2500);
    g_assert_cmpfloat (starts[i][0], >=, x - 0.5);
    g_assert_cmpfloat (starts[i][0], <=, right + 0.5);
    g_assert_cmpfloat (starts[i][1], >=, y - 0.5);
    g_assert_cmpfloat (starts[i][1], <=, bottom + 0.5);
    /* It runs to the right, down, to the left, up. */
    const double ends[4] = { x, y, right, bottom };
    g_assert_cmpfloat_with_epsilon (ends[i], starts[i][i % 2 == 0 ? 0 : 1], 0.5);
  }
  emend_test_remove_folder (folder);
}

static EmendWords *
read_made (const char *folder,
           const char *content)
{
  g_autofree char *stream = media_pdf_stream (content);
  const char *const objects[] = {
    "<< /Type /Catalog /Pages 2 0 R >>",
    "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 100] /Contents 4 0 R "
    "/Resources << /Font << /F 5 0 R >> /XObject << /I 6 0 R >> >> >>",
    stream,
    "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    "<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 /Length 1 >>\n"
    "stream\n~\nendstream",
    NULL,
  };
  g_autofree char *path = media_make_pdf (folder, "made.pdf", objects);
  g_autoptr (GError) error = NULL;
  EmendWords *words = emend_pdf_read_words (path, 0, NULL, &error);

  g_assert_no_error (error);
  return words;
}

#define IMAGE "q 200 0 0 100 0 0 cm /I Do Q "

/* Text that is drawn, text that an OCR put behind the picture of a page, a picture alone, and nothing. */
static void
test_scan (void)
{
  g_autofree char *folder = emend_test_make_folder ();
  g_autoptr (EmendWords) drawn = read_made (folder, IMAGE "BT /F 10 Tf 10 50 Td (One two) Tj ET");
  g_autoptr (EmendWords) hidden = read_made (folder, IMAGE "BT 3 Tr /F 10 Tf 10 50 Td (One two) Tj ET");
  g_autoptr (EmendWords) picture = read_made (folder, IMAGE);
  g_autoptr (EmendWords) nothing = read_made (folder, "");

  g_assert_cmpuint (emend_words_get_n (drawn), ==, 2);
  g_assert_cmpfloat (emend_words_get (drawn, 1)->confidence, ==, 1);
  g_assert_false (emend_pdf_is_scan (drawn));
  g_assert_cmpuint (emend_words_get_n (hidden), ==, 2);
  g_assert_cmpstr (word_text (hidden, 1), ==, "two");
  g_assert_true (isnan (emend_words_get (hidden, 1)->confidence));
  g_assert_true (emend_pdf_is_scan (hidden));
  g_assert_cmpuint (emend_words_get_n (picture), ==, 0);
  g_assert_true (emend_pdf_is_scan (picture));
  g_assert_cmpuint (emend_words_get_n (nothing), ==, 0);
  emend_test_remove_folder (folder);
}

/* An invoice that was scanned and read by an OCR, and one that a program wrote, with a logo. */
static void
test_scan_shared (void)
{
  g_autofree char *scanned = emend_test_shared ("receipts/docile_sample_NC/pdfs/516f2d61ea404b30a9192a72.pdf");
  g_autofree char *written = emend_test_shared ("receipts/invoice2data/AzureInterior.pdf");

  if (scanned == NULL || written == NULL)
    return;
  g_autoptr (EmendWords) read = emend_pdf_read_words (scanned, 0, NULL, NULL);
  g_autoptr (EmendWords) own = emend_pdf_read_words (written, 0, NULL, NULL);
  g_assert_cmpuint (emend_words_get_n (read), >, 200);
  g_assert_true (emend_pdf_is_scan (read));
  g_assert_false (emend_pdf_is_scan (own));
}

/* Columns of a table without a space in the file, and the number of a footnote at an amount. */
static void
test_parts (void)
{
  g_autofree char *folder = emend_test_make_folder ();
  g_autoptr (EmendWords) words = read_made (folder, "BT /F 10 Tf 10 50 Td (Unit) Tj 30 0 Td (Price) Tj "
                                                    "60 0 Td (42.00) Tj /F 5 Tf 25 5 Td (1) Tj ET");

  g_assert_cmpuint (emend_words_get_n (words), ==, 4);
  g_assert_cmpstr (word_text (words, 0), ==, "Unit");
  g_assert_cmpstr (word_text (words, 1), ==, "Price");
  g_assert_cmpstr (word_text (words, 2), ==, "42.00");
  g_assert_cmpstr (word_text (words, 3), ==, "1");
  emend_test_remove_folder (folder);
}

static void
test_refused (void)
{
  g_autofree char *folder = emend_test_make_folder ();
  g_autofree char *text = emend_test_write (folder, "text.pdf", "no document");
  g_autoptr (EmendWords) words = read_made (folder, "");
  g_autofree char *path = g_build_filename (folder, "made.pdf", NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_assert_null (emend_pdf_read_words (text, 0, NULL, &error));
  g_assert_error (error, EMEND_MEDIA_ERROR, EMEND_MEDIA_ERROR_DAMAGED);
  g_clear_error (&error);
  g_assert_null (emend_pdf_read_words (path, 1, NULL, &error));
  g_assert_error (error, EMEND_MEDIA_ERROR, EMEND_MEDIA_ERROR_DAMAGED);
  g_clear_error (&error);
  g_cancellable_cancel (cancellable);
  g_assert_null (emend_pdf_read_words (path, 0, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  emend_test_remove_folder (folder);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  emend_media_init (0);
  g_test_add_func ("/media/pdf-words/read/turned", test_turned);
  g_test_add_func ("/media/pdf-words/read/scan", test_scan);
  g_test_add_func ("/media/pdf-words/read/scan-shared", test_scan_shared);
  g_test_add_func ("/media/pdf-words/read/parts", test_parts);
  g_test_add_func ("/media/pdf-words/read/refused", test_refused);
  g_test_add_data_func ("/media/pdf-words/read/pdfjs", "conformance/pdf_pdfjs", test_shared);
  g_test_add_data_func ("/media/pdf-words/read/py-pdf", "conformance/pdf_CC-BY-SA", test_shared);
  g_test_add_data_func ("/media/pdf-words/read/invoices", "receipts/invoice2data", test_shared);
  g_test_add_data_func ("/media/pdf-words/read/docile", "receipts/docile_sample_NC", test_shared);
  g_test_add_data_func ("/media/pdf-words/read/pawls", "formats/pawls", test_shared);
  return g_test_run ();
}
