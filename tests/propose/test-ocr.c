#include "config.h"

#include <locale.h>
#include <math.h>
#include <string.h>

#include <glib/gstdio.h>
#include <pango/pangocairo.h>

#include "emend-image.h"
#include "emend-ocr.h"
#include "emend-page-reader.h"
#include "emend-test.h"

#define WIDTH 1600
#define HEIGHT 1100
#define LEFT 120
#define TOP 130
#define LINE_HEIGHT 90

/* One engine for all tests, so that each shows too that the one before left it usable. */
static EmendOcr *engine;

static const char *const drawn_lines[] = {
  "Invoice number 20481",
  "Date of delivery 25/12/2018",
  "Twelve wooden chairs at 49.90 each",
  "Total without tax 598.80",
  "Please pay within thirty days",
  "Thank you very much",
};

typedef struct {
  const char *text;
  EmendRect box;
  guint line;
} Truth;

/* Draws the lines and tells where the ink of every word is. */
static GArray *
draw_lines (cairo_t *cr)
{
  g_autoptr (PangoLayout) layout = pango_cairo_create_layout (cr);
  g_autoptr (PangoFontDescription) font = pango_font_description_from_string ("DejaVu Sans");
  GArray *truth = g_array_new (FALSE, TRUE, sizeof (Truth));

  pango_font_description_set_absolute_size (font, 42 * PANGO_SCALE);
  pango_layout_set_font_description (layout, font);
  for (guint i = 0; i < G_N_ELEMENTS (drawn_lines); i++) {
    g_auto (GStrv) words = g_strsplit (drawn_lines[i], " ", -1);
    double x = LEFT;
    double y = TOP + i * LINE_HEIGHT;

    for (gsize k = 0; words[k] != NULL; k++) {
      PangoRectangle ink;
      PangoRectangle logical;
      Truth word = { .text = g_intern_string (words[k]), .line = i };

      pango_layout_set_text (layout, words[k], -1);
      pango_layout_get_pixel_extents (layout, &ink, &logical);
      cairo_move_to (cr, x, y);
      pango_cairo_show_layout (cr, layout);
      word.box = (EmendRect){ x + ink.x, y + ink.y, ink.width, ink.height };
      g_array_append_val (truth, word);
      x += logical.width + 16;
    }
  }
  return truth;
}

static EmendPixmap *
to_pixmap (cairo_surface_t *surface)
{
  EmendPixmap *pixmap = emend_pixmap_new (cairo_image_surface_get_width (surface),
                                          cairo_image_surface_get_height (surface));

  cairo_surface_flush (surface);
  for (int y = 0; y < pixmap->height; y++)
    memcpy (pixmap->data + (gsize) y * pixmap->stride,
            cairo_image_surface_get_data (surface) + (gsize) y * (gsize) cairo_image_surface_get_stride (surface),
            (gsize) pixmap->width * 4);
  return pixmap;
}

/* A page with the lines on it, turned clockwise by a multiple of 90 degrees and then by @skew more. */
static EmendPixmap *
draw_page (int turn,
           double skew,
           const char *folder,
           GArray **truth)
{
  gboolean side = turn % 180 != 0;
  int width = side ? HEIGHT : WIDTH;
  int height = side ? WIDTH : HEIGHT;
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, width, height);
  cairo_t *cr = cairo_create (surface);
  g_autoptr (GArray) words = NULL;
  EmendPixmap *pixmap;

  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  cairo_translate (cr, width / 2.0, height / 2.0);
  cairo_rotate (cr, (turn + skew) * G_PI / 180);
  cairo_translate (cr, -WIDTH / 2.0, -HEIGHT / 2.0);
  cairo_set_source_rgb (cr, 0, 0, 0);
  words = draw_lines (cr);
  if (truth != NULL)
    *truth = g_steal_pointer (&words);
  pixmap = to_pixmap (surface);
  if (folder != NULL) {
    g_autofree char *path = g_build_filename (folder, "page.png", NULL);
    g_assert_cmpint (cairo_surface_write_to_png (surface, path), ==, CAIRO_STATUS_SUCCESS);
  }
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
  return pixmap;
}

static EmendPixmap *
make_plain (int width,
            int height)
{
  EmendPixmap *pixmap = emend_pixmap_new (width, height);

  memset (pixmap->data, 255, pixmap->stride * (gsize) height);
  return pixmap;
}

static EmendWords *
read_pixmap (EmendPixmap *pixmap,
             double dpi)
{
  g_autoptr (GError) error = NULL;
  EmendWords *words = emend_ocr_read (engine, pixmap, dpi, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (words);
  return words;
}

static void
assert_near (const EmendRect *box,
             const EmendRect *expected,
             double tolerance)
{
  g_assert_cmpfloat_with_epsilon (box->x, expected->x, tolerance);
  g_assert_cmpfloat_with_epsilon (box->y, expected->y, tolerance);
  g_assert_cmpfloat_with_epsilon (box->x + box->width, expected->x + expected->width, tolerance);
  g_assert_cmpfloat_with_epsilon (box->y + box->height, expected->y + expected->height, tolerance);
}

static const char *
word_text (EmendWords *words,
           gsize index)
{
  return emend_words_get_text (words, emend_words_get (words, index)->text);
}

static void
test_languages (void)
{
  g_auto (GStrv) languages = emend_ocr_list_languages ();
  g_autoptr (GError) error = NULL;

  g_assert_true (g_strv_contains ((const char *const *) languages, "eng"));
  g_assert_false (g_strv_contains ((const char *const *) languages, "osd"));
  g_assert_true (g_str_has_prefix (emend_ocr_get_engine (), "tesseract 5."));

  g_assert_null (emend_ocr_new ("eng+xxx_Yyyy", &error));
  g_assert_error (error, EMEND_PROPOSE_ERROR, EMEND_PROPOSE_ERROR_LANGUAGE);
  g_assert_nonnull (strstr (error->message, "xxx_Yyyy"));
  g_assert_nonnull (strstr (error->message, "tesseract-ocr-xxx-yyyy"));
  g_clear_error (&error);
  g_assert_null (emend_ocr_new ("", &error));
  g_assert_error (error, EMEND_PROPOSE_ERROR, EMEND_PROPOSE_ERROR_LANGUAGE);
  g_clear_error (&error);
  g_assert_null (emend_ocr_new ("../eng", &error));
  g_assert_error (error, EMEND_PROPOSE_ERROR, EMEND_PROPOSE_ERROR_LANGUAGE);
}

static void
assert_symbols (EmendWords *words,
                gsize index,
                guint *n_alternatives)
{
  const EmendWord *word = emend_words_get (words, index);
  g_autoptr (GString) text = g_string_new (NULL);

  g_assert_cmpuint (word->n_symbols, >, 0);
  for (guint i = 0; i < word->n_symbols; i++) {
    const EmendSymbol *symbol = emend_words_get_symbol (words, word->first_symbol + i);
    const char *character = emend_words_get_text (words, symbol->text);
    const char *alternatives = emend_words_get_text (words, symbol->alternatives);

    g_string_append (text, character);
    g_assert_null (strstr (alternatives, character));
    *n_alternatives += (guint) g_utf8_strlen (alternatives, -1);
    g_assert_cmpfloat (symbol->confidence, >, 0);
    g_assert_cmpfloat (symbol->confidence, <=, 1);
    g_assert_cmpfloat (symbol->box.x, >=, word->box.x - 1);
    g_assert_cmpfloat (symbol->box.x + symbol->box.width, <=, word->box.x + word->box.width + 1);
  }
  g_assert_cmpstr (text->str, ==, emend_words_get_text (words, word->text));
}

/* At 100 dpi the page is read enlarged, and the boxes are still those of the page. */
static void
test_drawn (gconstpointer data)
{
  g_autoptr (GArray) truth = NULL;
  g_autoptr (EmendPixmap) page = draw_page (0, 0, NULL, &truth);
  g_autoptr (EmendWords) words = read_pixmap (page, GPOINTER_TO_INT (data));
  guint n_alternatives = 0;

  g_assert_cmpuint (emend_words_get_n (words), ==, truth->len);
  g_assert_cmpint (emend_words_get_width (words), ==, WIDTH);
  g_assert_cmpint (emend_words_get_height (words), ==, HEIGHT);
  g_assert_cmpstr (emend_words_get_engine (words), ==, emend_ocr_get_engine ());
  g_assert_cmpstr (emend_words_get_language (words), ==, "eng");
  g_assert_cmpint (emend_words_get_turn (words), ==, 0);
  g_assert_cmpfloat_with_epsilon (emend_words_get_skew (words), 0, 0.1);
  for (guint i = 0; i < truth->len; i++) {
    const Truth *expected = &g_array_index (truth, Truth, i);
    const EmendWord *word = emend_words_get (words, i);

    g_assert_cmpstr (word_text (words, i), ==, expected->text);
    g_assert_cmpuint (word->line, ==, expected->line);
    g_assert_cmpfloat (word->confidence, >, 0.7);
    g_assert_cmpfloat (word->confidence, <=, 1);
    assert_near (&word->box, &expected->box, 3);
    assert_symbols (words, i, &n_alternatives);
  }
}

static EmendRect
turn_box (const EmendRect *box,
          int turn)
{
  switch (turn) {
  case 90:
    return (EmendRect){ HEIGHT - box->y - box->height, box->x, box->height, box->width };
  case 180:
    return (EmendRect){ WIDTH - box->x - box->width, HEIGHT - box->y - box->height, box->width, box->height };
  case 270:
    return (EmendRect){ box->y, WIDTH - box->x - box->width, box->height, box->width };
  default:
    return *box;
  }
}

static void
test_turned (gconstpointer data)
{
  int turn = GPOINTER_TO_INT (data);
  g_autoptr (GArray) truth = NULL;
  g_autoptr (EmendPixmap) page = draw_page (turn, 0, NULL, &truth);
  g_autoptr (EmendWords) words = read_pixmap (page, 300);

  g_assert_cmpint (emend_words_get_turn (words), ==, turn);
  g_assert_cmpint (emend_words_get_width (words), ==, page->width);
  g_assert_cmpuint (emend_words_get_n (words), ==, truth->len);
  for (guint i = 0; i < truth->len; i++) {
    const Truth *expected = &g_array_index (truth, Truth, i);
    EmendRect box = turn_box (&expected->box, turn);
    const EmendWord *word = emend_words_get (words, i);

    g_assert_cmpstr (word_text (words, i), ==, expected->text);
    assert_near (&word->box, &box, 3);
    for (guint k = 0; k < word->n_symbols; k++) {
      const EmendSymbol *symbol = emend_words_get_symbol (words, word->first_symbol + k);
      g_assert_cmpfloat (emend_rect_iou (&word->box, &symbol->box), >, 0);
    }
  }
}

static void
test_skewed (void)
{
  static const double skews[] = { -2, 1.5 };

  for (gsize i = 0; i < G_N_ELEMENTS (skews); i++) {
    g_autoptr (EmendPixmap) upright = draw_page (0, skews[i], NULL, NULL);
    g_autoptr (EmendPixmap) side = draw_page (270, skews[i], NULL, NULL);
    g_autoptr (EmendWords) words = read_pixmap (upright, 300);
    g_autoptr (EmendWords) side_words = read_pixmap (side, 300);

    g_assert_cmpint (emend_words_get_turn (words), ==, 0);
    g_assert_cmpfloat_with_epsilon (emend_words_get_skew (words), skews[i], 0.3);
    g_assert_cmpint (emend_words_get_turn (side_words), ==, 270);
    g_assert_cmpfloat_with_epsilon (emend_words_get_skew (side_words), skews[i], 0.3);
  }
}

static void
test_coloured (void)
{
  g_autoptr (EmendPixmap) page = draw_page (0, 0, NULL, NULL);
  g_autoptr (EmendWords) black = read_pixmap (page, 300);
  g_autoptr (EmendWords) coloured = NULL;

  /* Dark blue on light yellow. */
  for (int y = 0; y < page->height; y++)
    for (int x = 0; x < page->width; x++) {
      guint8 *pixel = page->data + (gsize) y * page->stride + (gsize) x * 4;
      pixel[0] = (guint8) (pixel[0] / 2 + 100);
      pixel[1] = (guint8) (pixel[1] * 9 / 10);
    }
  coloured = read_pixmap (page, 300);
  g_assert_cmpuint (emend_words_get_n (coloured), ==, emend_words_get_n (black));
  for (gsize i = 0; i < emend_words_get_n (black); i++)
    g_assert_cmpstr (word_text (coloured, i), ==, word_text (black, i));
}

static void
test_blank (void)
{
  static const int sizes[][2] = { { 1200, 1600 }, { 1, 1 }, { 2, 900 }, { 900, 3 }, { 40, 40 } };

  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++) {
    g_autoptr (EmendPixmap) page = make_plain (sizes[i][0], sizes[i][1]);
    for (int layout = EMEND_OCR_LAYOUT_ROWS; layout <= (int) EMEND_OCR_LAYOUT_SPARSE; layout++) {
      g_autoptr (EmendWords) words = NULL;
      emend_ocr_set_layout (engine, (EmendOcrLayout) layout);
      words = read_pixmap (page, 0);
      g_assert_cmpuint (emend_words_get_n (words), ==, 0);
      g_assert_cmpint (emend_words_get_turn (words), ==, 0);
    }
  }
  emend_ocr_set_layout (engine, EMEND_OCR_LAYOUT_ROWS);
}

static void
test_too_large (void)
{
  g_autoptr (EmendPixmap) page = make_plain (40000, 2);
  g_autoptr (GError) error = NULL;

  g_assert_null (emend_ocr_read (engine, page, 0, NULL, NULL, NULL, &error));
  g_assert_error (error, EMEND_PROPOSE_ERROR, EMEND_PROPOSE_ERROR_TOO_LARGE);
}

typedef struct {
  GCancellable *cancellable;
  guint64 last;
  guint n_told;
  gint64 cancelled;
} Progress;

static void
progress_cb (guint64 done,
             guint64 total,
             gpointer data)
{
  Progress *progress = data;

  g_assert_cmpuint (total, ==, 100);
  g_assert_cmpuint (done, >, progress->last);
  g_assert_cmpuint (done, <=, 100);
  progress->last = done;
  progress->n_told++;
  if (progress->cancellable != NULL && progress->n_told == 2) {
    progress->cancelled = g_get_monotonic_time ();
    g_cancellable_cancel (progress->cancellable);
  }
}

static void
test_progress (void)
{
  g_autoptr (EmendPixmap) page = draw_page (180, 0, NULL, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (EmendWords) words = NULL;
  Progress progress = { 0 };

  words = emend_ocr_read (engine, page, 300, NULL, progress_cb, &progress, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (progress.last, ==, 100);
  g_assert_cmpuint (progress.n_told, >, 3);
}

static void
test_cancel (void)
{
  g_autoptr (EmendPixmap) page = draw_page (0, 0, NULL, NULL);
  g_autoptr (EmendWords) before = read_pixmap (page, 300);
  g_autoptr (EmendWords) after = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) before_bytes = emend_words_to_bytes (before);
  g_autoptr (GBytes) after_bytes = NULL;
  Progress progress = { .cancellable = cancellable };

  g_assert_null (emend_ocr_read (engine, page, 300, cancellable, progress_cb, &progress, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (progress.n_told, ==, 2);
  g_assert_cmpint (g_get_monotonic_time () - progress.cancelled, <, G_USEC_PER_SEC);
  g_clear_error (&error);
  g_assert_null (emend_ocr_read (engine, page, 300, cancellable, NULL, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);

  after = read_pixmap (page, 300);
  after_bytes = emend_words_to_bytes (after);
  g_assert_true (g_bytes_equal (before_bytes, after_bytes));
}

/* A word of the tables that the program "tesseract" writes. */
typedef struct {
  char *text;
  EmendRect box;
  double confidence;
} Row;

static void
clear_row (gpointer row)
{
  g_free (((Row *) row)->text);
}

static GArray *
parse_table (const char *table)
{
  g_auto (GStrv) lines = g_strsplit (table, "\n", -1);
  GArray *rows = g_array_new (FALSE, FALSE, sizeof (Row));

  g_array_set_clear_func (rows, clear_row);
  for (gsize i = 0; lines[i] != NULL; i++) {
    g_auto (GStrv) cells = g_strsplit (lines[i], "\t", -1);

    if (g_strv_length (cells) != 12 || !g_str_equal (cells[0], "5") || *g_strstrip (cells[11]) == '\0')
      continue;
    Row row = { g_strdup (cells[11]),
                { g_ascii_strtod (cells[6], NULL), g_ascii_strtod (cells[7], NULL), g_ascii_strtod (cells[8], NULL),
                  g_ascii_strtod (cells[9], NULL) },
                g_ascii_strtod (cells[10], NULL) };
    g_array_append_val (rows, row);
  }
  return rows;
}

static void
assert_same_as_table (EmendWords *words,
                      const char *table)
{
  g_autoptr (GArray) rows = parse_table (table);

  g_assert_cmpuint (rows->len, >, 20);
  g_assert_cmpuint (emend_words_get_n (words), ==, rows->len);
  for (guint i = 0; i < rows->len; i++) {
    const Row *row = &g_array_index (rows, Row, i);
    const EmendWord *word = emend_words_get (words, i);

    g_assert_cmpstr (word_text (words, i), ==, row->text);
    assert_near (&word->box, &row->box, 0.01);
    g_assert_cmpfloat_with_epsilon ((double) word->confidence * 100, row->confidence, 0.01);
  }
}

static EmendPixmap *
load_receipt (const char *name,
              char **path)
{
  g_autofree char *relative = g_strdup_printf ("receipts/sroie/img/%s.jpg", name);
  g_autofree char *file = emend_test_shared (relative);
  g_autoptr (GError) error = NULL;
  EmendPixmap *pixmap;

  if (file == NULL)
    return NULL;
  pixmap = emend_image_decode (file, 0, 20000, 20000, NULL, &error);
  g_assert_no_error (error);
  *path = g_steal_pointer (&file);
  return pixmap;
}

static void
assert_same_as_program (EmendPixmap *page,
                        const char *path,
                        EmendOcrLayout layout,
                        const char *mode)
{
  const char *argv[] = { "tesseract", path, "-", "--psm", mode, "--dpi", "300", "tsv", NULL };
  g_autofree char *table = emend_test_run (argv, 0);
  g_autoptr (EmendWords) words = NULL;

  emend_ocr_set_layout (engine, layout);
  words = read_pixmap (page, 300);
  emend_ocr_set_layout (engine, EMEND_OCR_LAYOUT_ROWS);
  assert_same_as_table (words, table);
}

static const char *const receipts[] = { "030", "040", "068", "132", "143", "162", "182", "248", "276", "316" };

/* The program of the same engine reads the same words at the same places, as sure of them. */
static void
test_program (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (receipts); i++) {
    g_autofree char *path = NULL;
    g_autoptr (EmendPixmap) page = load_receipt (receipts[i], &path);

    if (page == NULL)
      return;
    assert_same_as_program (page, path, EMEND_OCR_LAYOUT_ROWS, "6");
    if (i % 5 == 0) {
      assert_same_as_program (page, path, EMEND_OCR_LAYOUT_PAGE, "3");
      assert_same_as_program (page, path, EMEND_OCR_LAYOUT_COLUMN, "4");
      assert_same_as_program (page, path, EMEND_OCR_LAYOUT_SPARSE, "11");
    }
  }
}

static gboolean
has_row (EmendWords *words,
         const Row *row)
{
  for (gsize i = 0; i < emend_words_get_n (words); i++) {
    const EmendWord *word = emend_words_get (words, i);
    if (g_str_equal (word_text (words, i), row->text) && emend_rect_iou (&word->box, &row->box) > 0.5)
      return TRUE;
  }
  return FALSE;
}

/* What was sure when the shared data was made is at the same place; the six small receipts are read enlarged here,
 * so that some words differ. */
static void
test_stored (void)
{
  guint n_rows = 0;
  guint n_same = 0;

  emend_ocr_set_layout (engine, EMEND_OCR_LAYOUT_COLUMN);
  for (gsize i = 0; i < G_N_ELEMENTS (receipts); i++) {
    g_autofree char *relative = g_strdup_printf ("receipts/tesseract/%s.tsv", receipts[i]);
    g_autofree char *stored = emend_test_shared (relative);
    g_autofree char *table = NULL;
    g_autofree char *path = NULL;

    if (stored == NULL)
      break;
    g_autoptr (EmendPixmap) page = load_receipt (receipts[i], &path);
    g_autoptr (EmendWords) words = read_pixmap (page, 0);
    g_assert_true (g_file_get_contents (stored, &table, NULL, NULL));
    g_autoptr (GArray) rows = parse_table (table);
    for (guint k = 0; k < rows->len; k++) {
      const Row *row = &g_array_index (rows, Row, k);
      if (row->confidence >= 90) {
        n_rows++;
        n_same += has_row (words, row) ? 1 : 0;
      }
    }
  }
  emend_ocr_set_layout (engine, EMEND_OCR_LAYOUT_ROWS);
  g_test_message ("%u of %u sure words are the same", n_same, n_rows);
  g_assert_cmpuint (n_same * 10, >=, n_rows * 9);
}

/* On real print an engine hesitates, and what it hesitates between is told. */
static void
test_alternatives (void)
{
  g_autofree char *path = NULL;
  g_autoptr (EmendPixmap) page = load_receipt ("030", &path);
  guint n_alternatives = 0;

  if (page == NULL)
    return;
  g_autoptr (EmendWords) words = read_pixmap (page, 300);
  for (gsize i = 0; i < emend_words_get_n (words); i++)
    assert_symbols (words, i, &n_alternatives);
  g_assert_cmpuint (n_alternatives, >, 100);
}

/* Larger than is worth reading: it is read smaller, and the boxes are those of the file. */
static void
test_page (void)
{
  g_autofree char *folder = emend_test_make_folder ();
  g_autofree char *small = g_build_filename (folder, "page.png", NULL);
  g_autofree char *large = g_build_filename (folder, "large.png", NULL);
  g_autoptr (GArray) truth = NULL;
  g_autoptr (EmendPixmap) page = draw_page (0, 0, folder, &truth);
  const char *argv[] = { "convert", small, "-filter", "Triangle", "-resize", "500%", large, NULL };
  g_autofree char *output = emend_test_run (argv, 0);
  g_autoptr (GError) error = NULL;
  g_autoptr (EmendWords) words = emend_ocr_read_page (engine, large, 0, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpint (emend_words_get_width (words), ==, WIDTH * 5);
  g_assert_cmpint (emend_words_get_height (words), ==, HEIGHT * 5);
  g_assert_cmpuint (emend_words_get_n (words), ==, truth->len);
  for (guint i = 0; i < truth->len; i++) {
    EmendRect box = g_array_index (truth, Truth, i).box;
    box = (EmendRect){ box.x * 5, box.y * 5, box.width * 5, box.height * 5 };
    g_assert_cmpstr (word_text (words, i), ==, g_array_index (truth, Truth, i).text);
    assert_near (&emend_words_get (words, i)->box, &box, 15);
  }
  g_unlink (large);
  g_assert_null (emend_ocr_read_page (engine, large, 0, NULL, NULL, NULL, &error));
  g_assert_error (error, EMEND_MEDIA_ERROR, EMEND_MEDIA_ERROR_NOT_FOUND);
  emend_test_remove_folder (folder);
}

/* Where numbers have a comma, the engine's files still have a point. */
static void
test_locale (void)
{
  g_autofree char *folder = emend_test_make_folder ();
  g_autofree char *name = g_build_filename (folder, "de_DE.UTF-8", NULL);
  const char *argv[] = { "localedef", "-i", "de_DE", "-f", "UTF-8", name, NULL };
  g_autoptr (EmendPixmap) page = draw_page (0, 0, NULL, NULL);
  g_autoptr (EmendWords) before = read_pixmap (page, 300);
  g_autoptr (GBytes) before_bytes = emend_words_to_bytes (before);
  g_autoptr (GError) error = NULL;

  if (!g_file_test ("/usr/share/i18n/locales/de_DE", G_FILE_TEST_EXISTS)) {
    g_test_skip ("the sources of the locale de_DE are not here");
    emend_test_remove_folder (folder);
    return;
  }
  g_free (emend_test_run (argv, 0));
  g_setenv ("LOCPATH", folder, TRUE);
  g_assert_nonnull (setlocale (LC_ALL, "de_DE.UTF-8"));
  g_assert_cmpstr (localeconv ()->decimal_point, ==, ",");
  g_autoptr (EmendOcr) ocr = emend_ocr_new ("eng", &error);
  g_assert_no_error (error);
  g_autoptr (EmendWords) words = emend_ocr_read (ocr, page, 300, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_autoptr (GBytes) bytes = emend_words_to_bytes (words);
  g_assert_true (g_bytes_equal (bytes, before_bytes));
  setlocale (LC_ALL, "C.UTF-8");
  g_unsetenv ("LOCPATH");
  emend_test_remove_folder (folder);
}

static guint
count_threads (void)
{
  g_autoptr (GDir) folder = g_dir_open ("/proc/self/task", 0, NULL);
  guint n = 0;

  while (g_dir_read_name (folder) != NULL)
    n++;
  return n;
}

static gpointer
read_worker (gpointer data)
{
  g_autoptr (EmendOcr) ocr = emend_ocr_new ("eng", NULL);
  g_autoptr (GError) error = NULL;
  EmendWords *words = emend_ocr_read (ocr, data, 300, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  return words;
}

/* Engines side by side read the same as one alone, and start no threads of their own. */
static void
test_threads (void)
{
  g_autoptr (EmendPixmap) page = draw_page (0, 0, NULL, NULL);
  guint n_before = count_threads ();
  g_autoptr (EmendWords) alone = read_pixmap (page, 300);
  g_autoptr (GBytes) alone_bytes = emend_words_to_bytes (alone);
  GThread *threads[2];

  g_assert_cmpuint (count_threads (), <=, n_before); /* those of libvips may end meanwhile */
  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("read", read_worker, page);
  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++) {
    g_autoptr (EmendWords) words = g_thread_join (threads[i]);
    g_autoptr (GBytes) bytes = emend_words_to_bytes (words);
    g_assert_true (g_bytes_equal (bytes, alone_bytes));
  }
}

typedef struct {
  EmendWords *words;
  GError *error;
  gboolean done;
} Answer;

static void
read_cb (GObject *source,
         GAsyncResult *result,
         gpointer data)
{
  Answer *answer = data;

  answer->words = emend_page_reader_read_finish (EMEND_PAGE_READER (source), result, &answer->error);
  answer->done = TRUE;
}

static Answer
read_by (EmendPageReader *reader,
         const char *path)
{
  Answer answer = { NULL, NULL, FALSE };

  emend_page_reader_read_async (reader, path, 0, EMEND_PAGE_READER_NOW, NULL, read_cb, &answer);
  emend_test_wait (&answer.done);
  return answer;
}

/* Another language is that of the next page, not that of the engine that is there already. */
static void
test_reader_language (void)
{
  g_autofree char *folder = emend_test_make_folder ();
  g_autofree char *path = g_build_filename (folder, "page.png", NULL);
  g_autoptr (EmendPixmap) page = draw_page (0, 0, folder, NULL);
  g_autoptr (EmendPageReader) reader = emend_page_reader_new ("eng");
  Answer answer = read_by (reader, path);

  g_assert_no_error (answer.error);
  g_assert_cmpstr (emend_words_get_language (answer.words), ==, "eng");
  emend_words_unref (answer.words);

  emend_page_reader_set_language (reader, "xxx");
  answer = read_by (reader, path);
  g_assert_error (answer.error, EMEND_PROPOSE_ERROR, EMEND_PROPOSE_ERROR_LANGUAGE);
  g_clear_error (&answer.error);

  emend_page_reader_set_language (reader, "eng+eng");
  answer = read_by (reader, path);
  g_assert_no_error (answer.error);
  g_assert_cmpstr (emend_words_get_language (answer.words), ==, "eng+eng");
  emend_words_unref (answer.words);
  emend_test_remove_folder (folder);
}

int
main (int argc,
      char *argv[])
{
  g_autoptr (GError) error = NULL;
  int status;

  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  emend_media_init (0);
  engine = emend_ocr_new ("eng", &error);
  g_assert_no_error (error);
  g_test_add_func ("/propose/ocr/languages", test_languages);
  g_test_add_data_func ("/propose/ocr/read/drawn/300", GINT_TO_POINTER (300), test_drawn);
  g_test_add_data_func ("/propose/ocr/read/drawn/100", GINT_TO_POINTER (100), test_drawn);
  g_test_add_data_func ("/propose/ocr/read/drawn/unknown", GINT_TO_POINTER (0), test_drawn);
  g_test_add_data_func ("/propose/ocr/read/turned/90", GINT_TO_POINTER (90), test_turned);
  g_test_add_data_func ("/propose/ocr/read/turned/180", GINT_TO_POINTER (180), test_turned);
  g_test_add_data_func ("/propose/ocr/read/turned/270", GINT_TO_POINTER (270), test_turned);
  g_test_add_func ("/propose/ocr/read/skewed", test_skewed);
  g_test_add_func ("/propose/ocr/read/coloured", test_coloured);
  g_test_add_func ("/propose/ocr/read/blank", test_blank);
  g_test_add_func ("/propose/ocr/read/too-large", test_too_large);
  g_test_add_func ("/propose/ocr/read/progress", test_progress);
  g_test_add_func ("/propose/ocr/read/cancel", test_cancel);
  g_test_add_func ("/propose/ocr/read/threads", test_threads);
  g_test_add_func ("/propose/ocr/read/program", test_program);
  g_test_add_func ("/propose/ocr/read/stored", test_stored);
  g_test_add_func ("/propose/ocr/read/alternatives", test_alternatives);
  g_test_add_func ("/propose/ocr/read/locale", test_locale);
  g_test_add_func ("/propose/ocr/read-page", test_page);
  g_test_add_func ("/propose/page-reader/set-language/next-page", test_reader_language);
  status = g_test_run ();
  emend_ocr_free (engine);
  return status;
}
