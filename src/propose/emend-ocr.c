#define G_LOG_DOMAIN "emend-propose"

#include "config.h"

#include "emend-ocr.h"

#include <dlfcn.h>
#include <math.h>
#include <string.h>

#include <glib/gi18n-lib.h>
#include <leptonica/allheaders.h>
#include <tesseract/capi.h>

#include "emend-image.h"
#include "emend-skew-private.h"

/* Tesseract keeps coordinates in 16 bits. */
#define MAX_SIDE 32000
/* A4 at 600 dpi, or A3 at 400 dpi: more makes letters larger than it helps. */
#define MAX_PIXELS 36000000.0
/* What Tesseract believes of a resolution; beyond it guesses. */
#define MIN_DPI 70
#define MAX_DPI 2400
/* What is coarser or smaller than this is read at twice its size, see choose_scale(). */
#define COARSE_DPI 130
#define SMALL_PIXELS 1200000.0
#define ENLARGED 2
/* Alternatives below this were never near being chosen. */
#define MIN_ALTERNATIVE 10.0f
#define MAX_ALTERNATIVES 4
/* Fewer characters, or less evidence for one of them, may be text that lies on its side or on its head. */
#define MIN_CHARACTERS 40
#define MIN_EVIDENCE 0.15

typedef struct {
  GCancellable *cancellable;
  EmendProgressFunc progress;
  gpointer data;
  int reported; /* percent told last, so that a step is told once, and another turn does not begin again */
} Task;

/* One reading of a page at one turn. */
typedef struct {
  EmendWords *words;
  int turn;
  int width; /* of the page, in the pixels of the caller */
  int height;
  double scale;      /* pixels that were read for one of those */
  double skew;       /* by how many degrees the text slants clockwise; the picture that was read is turned back by it */
  double read_width; /* of the picture that was read, in its pixels */
  double read_height;
  guint n_lines;
  gboolean has_word; /* whether the word that is being read was kept */
  gint64 run;        /* all lines put one after the other: how far they go to the right … */
  gint64 rise;       /* … and down */
  double evidence;
  guint n_characters;
} Reading;

struct _EmendOcr {
  TessBaseAPI *api;
  char *language;
  EmendOcrLayout layout;
};

/* Tesseract's settings are partly those of the process. */
static GMutex engine_lock;

/*
 * Each line is recognised by loops that ask for four threads, whatever omp_set_num_threads() says, and wait for one
 * another: the same wall time for 40 % and more of processor time. OMP_THREAD_LIMIT would forbid it, but is read
 * before main(). That no level of parallel regions may be active is a setting of the calling thread alone, so it
 * is set by every thread that reads. The symbol is taken from the OpenMP that Tesseract was linked with, if any.
 */
static void
use_one_thread (void)
{
  static void (*set_max_active_levels) (int);
  static gsize once = 0;

  if (g_once_init_enter (&once)) {
    *(void **) &set_max_active_levels = dlsym (RTLD_DEFAULT, "omp_set_max_active_levels");
    g_once_init_leave (&once, 1);
  }
  if (set_max_active_levels != NULL)
    set_max_active_levels (0);
}

/* A new engine that is silent on standard error, as are the libraries below it. With the lock held. */
static TessBaseAPI *
create_api (void)
{
  TessBaseAPI *api = TessBaseAPICreate ();

  setMsgSeverity (L_SEVERITY_NONE);
  TessBaseAPISetVariable (api, "debug_file", "/dev/null");
  return api;
}

/**
 * emend_ocr_get_engine:
 *
 * Returns: (transfer none): what reads, with its version: "tesseract 5.3.0". Any thread.
 */
const char *
emend_ocr_get_engine (void)
{
  static gsize once = 0;
  static char engine[64];

  if (g_once_init_enter (&once)) {
    g_snprintf (engine, sizeof engine, "tesseract %s", TessVersion ());
    g_once_init_leave (&once, 1);
  }
  return engine;
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* Starting with a language that cannot exist finds the folder and loads nothing. With the lock held. */
static GStrv
list_languages (void)
{
  TessBaseAPI *api = create_api ();
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  char **found;

  TessBaseAPIInit4 (api, NULL, ".", OEM_LSTM_ONLY, NULL, 0, NULL, NULL, 0, FALSE);
  found = TessBaseAPIGetAvailableLanguagesAsVector (api);
  for (gsize i = 0; found[i] != NULL; i++)
    if (!g_str_equal (found[i], "osd") && !g_str_equal (found[i], "equ"))
      g_ptr_array_add (names, g_strdup (found[i]));
  TessDeleteTextArray (found);
  TessBaseAPIDelete (api);
  g_ptr_array_sort (names, compare_names);
  g_ptr_array_add (names, NULL);
  return (GStrv) g_ptr_array_free (g_steal_pointer (&names), FALSE);
}

/**
 * emend_ocr_list_languages:
 *
 * Reads the folder of Tesseract's data; not for the main thread.
 *
 * Returns: (transfer full): the languages that can be read, as emend_ocr_new() takes them, sorted
 */
GStrv
emend_ocr_list_languages (void)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&engine_lock);

  return list_languages ();
}

/**
 * emend_ocr_get_package:
 * @language: one language, as Tesseract names it: "chi_sim"
 *
 * Any thread.
 *
 * Returns: (transfer full): the name of Debian's package with its data: "tesseract-ocr-chi-sim"
 */
char *
emend_ocr_get_package (const char *language)
{
  g_autofree char *low = g_ascii_strdown (language, -1);

  return g_strconcat ("tesseract-ocr-", g_strdelimit (low, "_/", '-'), NULL);
}

static gboolean
check_languages (const char *language,
                 GError **error)
{
  g_auto (GStrv) available = list_languages ();
  g_auto (GStrv) wanted = g_strsplit (language, "+", -1);

  /* "" is no list of languages, but not one that can be read either: the first round ends there. */
  for (gsize i = 0; i == 0 || wanted[i] != NULL; i++) {
    const char *name = wanted[i] != NULL ? wanted[i] : "";
    g_autofree char *package = emend_ocr_get_package (name);

    if (g_strv_contains ((const char *const *) available, name))
      continue;
    g_set_error (error, EMEND_PROPOSE_ERROR, EMEND_PROPOSE_ERROR_LANGUAGE,
                 /* TRANSLATORS: the first is a language ("deu"), the second a package ("tesseract-ocr-deu") */
                 _ ("Text in the language “%s” cannot be read, as its data is not installed. Install the package "
                    "%s, or choose another language."),
                 name, package);
    return FALSE;
  }
  return TRUE;
}

/**
 * emend_ocr_new:
 * @language: as Tesseract names it: "eng", or several: "deu+eng", the likeliest first
 * @error: (out) (optional): an #EmendProposeError
 *
 * Starts an engine. Not for the main thread.
 *
 * Returns: (transfer full) (nullable): the engine
 */
EmendOcr *
emend_ocr_new (const char *language,
               GError **error)
{
  static char *names[] = { (char *) "lstm_choice_mode" };
  static char *values[] = { (char *) "2" };
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&engine_lock);
  g_autoptr (EmendOcr) ocr = NULL;

  g_return_val_if_fail (language != NULL, NULL);

  if (!check_languages (language, error))
    return NULL;
  ocr = g_new0 (EmendOcr, 1);
  ocr->language = g_strdup (language);
  ocr->api = create_api ();
  if (TessBaseAPIInit4 (ocr->api, NULL, language, OEM_LSTM_ONLY, NULL, 0, names, values, G_N_ELEMENTS (names),
                        FALSE) != 0) {
    g_set_error (error, EMEND_PROPOSE_ERROR, EMEND_PROPOSE_ERROR_ENGINE,
                 _ ("Text recognition cannot start with the language “%s”: its data is damaged or too old. Install its "
                    "package again, or choose another language."),
                 language);
    return NULL;
  }
  emend_ocr_set_layout (ocr, EMEND_OCR_LAYOUT_ROWS);
  return g_steal_pointer (&ocr);
}

/**
 * emend_ocr_free:
 * @ocr: (transfer full): an engine that no thread uses
 *
 * Any thread.
 */
void
emend_ocr_free (EmendOcr *ocr)
{
  TessBaseAPIDelete (ocr->api);
  g_free (ocr->language);
  g_free (ocr);
}

/**
 * emend_ocr_get_language:
 * @ocr: an engine
 *
 * Returns: (transfer none): the language it reads, as emend_ocr_new() got it. Any thread.
 */
const char *
emend_ocr_get_language (EmendOcr *ocr)
{
  return ocr->language;
}

/**
 * emend_ocr_set_layout:
 * @ocr: an engine that no other thread uses
 * @layout: how the pages to come are divided into lines
 *
 * Any thread.
 */
void
emend_ocr_set_layout (EmendOcr *ocr,
                      EmendOcrLayout layout)
{
  static const TessPageSegMode modes[] = {
    [EMEND_OCR_LAYOUT_ROWS] = PSM_SINGLE_BLOCK,
    [EMEND_OCR_LAYOUT_PAGE] = PSM_AUTO,
    [EMEND_OCR_LAYOUT_COLUMN] = PSM_SINGLE_COLUMN,
    [EMEND_OCR_LAYOUT_SPARSE] = PSM_SPARSE_TEXT,
  };

  TessBaseAPISetPageSegMode (ocr->api, modes[layout]);
  ocr->layout = layout;
}

static bool
cancel_cb (void *data,
           int n_words)
{
  const Task *task = data;

  return g_cancellable_is_cancelled (task->cancellable);
}

static bool
progress_cb (ETEXT_DESC *monitor,
             int left,
             int right,
             int top,
             int bottom)
{
  Task *task = TessMonitorGetCancelThis (monitor);
  int percent = MIN (TessMonitorGetProgress (monitor), 99);

  if (task->progress != NULL && percent > task->reported) {
    task->reported = percent;
    task->progress ((guint64) percent, 100, task->data);
  }
  return false;
}

static gboolean
is_grey (EmendPixmap *pixmap)
{
  for (int y = 0; y < pixmap->height; y++) {
    const guint8 *pixel = pixmap->data + (gsize) y * pixmap->stride;

    for (int x = 0; x < pixmap->width; x++, pixel += 4)
      if (pixel[0] != pixel[1] || pixel[0] != pixel[2])
        return FALSE;
  }
  return TRUE;
}

/* Grey pages stay grey, as a program that reads the file itself would have them: colours are told from the
 * background channel by channel, which takes longer. */
static struct Pix *
to_pix (EmendPixmap *pixmap)
{
  gboolean grey = is_grey (pixmap);
  struct Pix *pix = pixCreateNoInit (pixmap->width, pixmap->height, grey ? 8 : 32);

  if (pix == NULL)
    return NULL;
  for (int y = 0; y < pixmap->height; y++) {
    const guint8 *pixel = pixmap->data + (gsize) y * pixmap->stride;
    l_uint32 *line = pixGetData (pix) + (gsize) y * (gsize) pixGetWpl (pix);

    for (int x = 0; x < pixmap->width; x++, pixel += 4)
      if (grey)
        SET_DATA_BYTE (line, x, pixel[0]);
      else
        composeRGBPixel (pixel[2], pixel[1], pixel[0], &line[x]);
  }
  return pix;
}

/* The frame of a box of the picture that was read, before it was turned back by its skew: both have one centre. */
static EmendRect
to_slanted (const Reading *reading,
            const EmendRect *box,
            double width,
            double height)
{
  double angle = reading->skew * G_PI / 180;
  EmendPoint low = { INFINITY, INFINITY };
  EmendPoint high = { -INFINITY, -INFINITY };

  for (int i = 0; i < 4; i++) {
    double x = box->x + (i % 2 == 0 ? 0 : box->width) - reading->read_width / 2;
    double y = box->y + (i < 2 ? 0 : box->height) - reading->read_height / 2;
    EmendPoint corner = { width / 2 + x * cos (angle) - y * sin (angle),
                          height / 2 + x * sin (angle) + y * cos (angle) };

    low = (EmendPoint){ fmin (low.x, corner.x), fmin (low.y, corner.y) };
    high = (EmendPoint){ fmax (high.x, corner.x), fmax (high.y, corner.y) };
  }
  return emend_rect_from_corners (low, high);
}

/* From the turned and scaled picture that was read to the page of the caller. */
static EmendRect
to_page (const Reading *reading,
         const EmendRect *read)
{
  double w = reading->width;
  double h = reading->height;
  gboolean lies = reading->turn % 180 != 0;
  EmendRect box = reading->skew != 0 ? to_slanted (reading, read, (lies ? h : w) * reading->scale,
                                                   (lies ? w : h) * reading->scale) :
                                       *read;
  EmendPoint a = { box.x / reading->scale, box.y / reading->scale };
  EmendPoint b = { (box.x + box.width) / reading->scale, (box.y + box.height) / reading->scale };

  switch (reading->turn) {
  case 90:
    box = emend_rect_from_corners ((EmendPoint){ w - a.y, a.x }, (EmendPoint){ w - b.y, b.x });
    break;
  case 180:
    box = emend_rect_from_corners ((EmendPoint){ w - a.x, h - a.y }, (EmendPoint){ w - b.x, h - b.y });
    break;
  case 270:
    box = emend_rect_from_corners ((EmendPoint){ a.y, h - a.x }, (EmendPoint){ b.y, h - b.x });
    break;
  default:
    box = emend_rect_from_corners (a, b);
    break;
  }
  return emend_rect_clamp (&box, w, h);
}

static gboolean
get_box (const Reading *reading,
         const TessPageIterator *page,
         TessPageIteratorLevel level,
         EmendRect *box)
{
  int left, top, right, bottom;

  if (!TessPageIteratorBoundingBox (page, level, &left, &top, &right, &bottom))
    return FALSE;
  *box = to_page (reading, &(EmendRect){ left, top, right - left, bottom - top });
  return TRUE;
}

static void
add_line (Reading *reading,
          const TessPageIterator *page)
{
  int x1, y1, x2, y2;

  reading->n_lines++;
  if (TessPageIteratorBaseline (page, RIL_TEXTLINE, &x1, &y1, &x2, &y2)) {
    reading->run += x2 - x1;
    reading->rise += y2 - y1;
  }
}

static void
add_word (Reading *reading,
          const TessResultIterator *results,
          const TessPageIterator *page)
{
  char *text = TessResultIteratorGetUTF8Text (results, RIL_WORD);
  double confidence = CLAMP (TessResultIteratorConfidence (results, RIL_WORD) / 100.0, 0, 1);
  EmendRect box;

  reading->has_word = FALSE;
  if (text != NULL && *g_strstrip (text) != '\0' && get_box (reading, page, RIL_WORD, &box))
    reading->has_word = emend_words_add (reading->words, text, &box, confidence, MAX (reading->n_lines, 1) - 1);
  if (reading->has_word) {
    glong length = g_utf8_strlen (text, -1);
    reading->n_characters += (guint) length;
    reading->evidence += MAX (confidence - 0.5, 0) * (double) length;
  }
  TessDeleteText (text);
}

/* (nullable): only where the engine's list knows the character that it chose; elsewhere, as where a dictionary
 * overruled it, the list belongs to a neighbour. */
static char *
dup_alternatives (const TessResultIterator *results,
                  const char *chosen)
{
  TessChoiceIterator *choices = TessResultIteratorGetChoiceIterator (results);
  g_autoptr (GString) text = g_string_new (NULL);
  gboolean known = FALSE;
  guint n = 0;

  do {
    const char *choice = TessChoiceIteratorGetUTF8Text (choices);

    if (choice == NULL)
      continue;
    if (g_str_equal (choice, chosen)) {
      known = TRUE;
    } else if (n < MAX_ALTERNATIVES && TessChoiceIteratorConfidence (choices) >= MIN_ALTERNATIVE &&
               g_utf8_strlen (choice, -1) == 1 && strstr (text->str, choice) == NULL) {
      g_string_append (text, choice);
      n++;
    }
  } while (TessChoiceIteratorNext (choices));
  TessChoiceIteratorDelete (choices);
  return known ? g_string_free (g_steal_pointer (&text), FALSE) : NULL;
}

static void
add_symbol (Reading *reading,
            const TessResultIterator *results,
            const TessPageIterator *page)
{
  char *text = TessResultIteratorGetUTF8Text (results, RIL_SYMBOL);
  EmendRect box;

  if (text != NULL && *text != '\0' && get_box (reading, page, RIL_SYMBOL, &box)) {
    g_autofree char *alternatives = dup_alternatives (results, text);
    emend_words_add_symbol (reading->words, text, &box,
                            CLAMP (TessResultIteratorConfidence (results, RIL_SYMBOL) / 100.0, 0, 1), alternatives);
  }
  TessDeleteText (text);
}

static void
collect (EmendOcr *ocr,
         Reading *reading)
{
  TessResultIterator *results = TessBaseAPIGetIterator (ocr->api);
  TessPageIterator *page;
  char *text;

  /* An iterator of a page without words has none to ask for; most questions to it end the program. */
  if (results == NULL)
    return;
  page = TessResultIteratorGetPageIterator (results);
  text = TessResultIteratorGetUTF8Text (results, RIL_WORD);
  if (text != NULL) {
    do {
      if (TessPageIteratorIsAtBeginningOf (page, RIL_TEXTLINE))
        add_line (reading, page);
      if (TessPageIteratorIsAtBeginningOf (page, RIL_WORD))
        add_word (reading, results, page);
      if (reading->has_word)
        add_symbol (reading, results, page);
    } while (TessResultIteratorNext (results, RIL_SYMBOL));
  }
  TessDeleteText (text);
  TessResultIteratorDelete (results);
}

static gboolean
recognise (EmendOcr *ocr,
           Task *task,
           GError **error)
{
  ETEXT_DESC *monitor = TessMonitorCreate ();
  gboolean failed;

  TessMonitorSetCancelThis (monitor, task);
  TessMonitorSetCancelFunc (monitor, cancel_cb);
  TessMonitorSetProgressFunc (monitor, progress_cb);
  failed = TessBaseAPIRecognize (ocr->api, monitor) != 0;
  TessMonitorDelete (monitor);
  if (g_cancellable_set_error_if_cancelled (task->cancellable, error))
    return FALSE;
  if (failed)
    g_set_error_literal (error, EMEND_PROPOSE_ERROR, EMEND_PROPOSE_ERROR_ENGINE,
                         _ ("Text recognition fails on this page. Its words have to be typed."));
  return !failed;
}

static void
set_no_memory (GError **error)
{
  g_set_error_literal (error, EMEND_PROPOSE_ERROR, EMEND_PROPOSE_ERROR_TOO_LARGE,
                       _ ("There is not enough memory to read the text of this page. Close other programs and try "
                          "again."));
}

/* (nullable): no memory. Turns the picture so that its text stands upright, and tells in @reading how it lay. */
static struct Pix *
straighten (struct Pix *pix,
            Reading *reading)
{
  struct Pix *upright = pixRotateOrth (pix, (360 - reading->turn) / 90 % 4);
  struct Pix *straight;

  if (upright == NULL)
    return NULL;
  reading->skew = emend_skew_find (upright);
  if (reading->skew != 0) {
    straight = pixRotate (upright, (l_float32) (-reading->skew * G_PI / 180), L_ROTATE_AREA_MAP, L_BRING_IN_WHITE,
                          pixGetWidth (upright), pixGetHeight (upright));
    pixDestroy (&upright);
    upright = straight;
  }
  reading->read_width = upright != NULL ? pixGetWidth (upright) : 0;
  reading->read_height = upright != NULL ? pixGetHeight (upright) : 0;
  return upright;
}

/* Reads the page with its text turned clockwise by reading->turn. */
static gboolean
read_turned (EmendOcr *ocr,
             struct Pix *pix,
             double dpi,
             Reading *reading,
             Task *task,
             GError **error)
{
  struct Pix *upright = straighten (pix, reading);
  gboolean done;

  if (upright == NULL) {
    set_no_memory (error);
    return FALSE;
  }
  TessBaseAPISetImage2 (ocr->api, upright);
  if (dpi >= MIN_DPI && dpi <= MAX_DPI)
    TessBaseAPISetSourceResolution (ocr->api, (int) lround (dpi));
  done = recognise (ocr, task, error);
  if (done) {
    reading->words = emend_words_new (reading->width, reading->height, emend_ocr_get_engine (), ocr->language);
    collect (ocr, reading);
    emend_words_set_turn (reading->words, reading->turn,
                          reading->skew +
                            atan2 ((double) reading->rise, (double) MAX (reading->run, 1)) * 180 / G_PI);
  }
  TessBaseAPIClear (ocr->api);
  TessBaseAPIClearAdaptiveClassifier (ocr->api);
  pixDestroy (&upright);
  return done;
}

/* Text that was read as it stands is mostly sure, at least 0.66 on the faintest receipts tried; text that lies on its
 * side gives a few characters, and text on its head many that are unsure, 0.45 at the most. */
static gboolean
is_doubtful (const Reading *reading)
{
  return reading->n_characters < MIN_CHARACTERS || reading->evidence < MIN_EVIDENCE * reading->n_characters;
}

/* Another turn must be clearly better, so that a page with a few specks stays as it is. */
static gboolean
is_better (const Reading *reading,
           const Reading *best)
{
  return reading->evidence > best->evidence * 1.5 + 2;
}

/* The page as it is, and at the other turns while that gives no text. */
static EmendWords *
read_best (EmendOcr *ocr,
           struct Pix *pix,
           const Reading *page,
           double dpi,
           Task *task,
           GError **error)
{
  static const int turns[] = { 0, 90, 270, 180 };
  Reading best = *page;

  for (gsize i = 0; i < G_N_ELEMENTS (turns) && (i == 0 || is_doubtful (&best)); i++) {
    Reading reading = *page;

    reading.turn = turns[i];
    if (!read_turned (ocr, pix, dpi, &reading, task, error)) {
      g_clear_pointer (&best.words, emend_words_unref);
      return NULL;
    }
    if (i == 0 || is_better (&reading, &best)) {
      g_clear_pointer (&best.words, emend_words_unref);
      best = reading;
    } else {
      emend_words_unref (reading.words);
    }
  }
  return best.words;
}

/*
 * Letters of a page at 100 dpi are too small: of the words of 12 forms of 0.8 megapixels 70 % were read at twice their
 * size and 50 % as they are. Receipts of 1 to 2 megapixels, in letters of 10 pixels, gained nothing worth the time at
 * 1.5 times their size (73 % and 72 % of the words of 34).
 */
static double
choose_scale (EmendPixmap *pixmap,
              double dpi)
{
  gboolean known = dpi >= MIN_DPI && dpi <= MAX_DPI;
  gboolean small = known ? dpi < COARSE_DPI : (double) pixmap->width * pixmap->height < SMALL_PIXELS;

  return small && MAX (pixmap->width, pixmap->height) <= MAX_SIDE / ENLARGED ? ENLARGED : 1;
}

/* (nullable): no memory */
static struct Pix *
to_scaled_pix (EmendPixmap *pixmap,
               double scale)
{
  struct Pix *pix = to_pix (pixmap);
  struct Pix *scaled;

  if (pix == NULL || scale <= 1)
    return pix;
  scaled = pixScaleLI (pix, (float) scale, (float) scale);
  pixDestroy (&pix);
  return scaled;
}

/**
 * emend_ocr_read:
 * @ocr: an engine that no other thread uses
 * @pixmap: a page
 * @dpi: its resolution in pixels per inch, or 0 when it is not known; below 130, or where it is not known below 1.2
 *   megapixels, the page is read enlarged
 * @cancellable: (nullable): to stop after the line that is being read
 * @progress: (nullable): told percent, on this thread
 * @data: for @progress
 * @error: (out) (optional): an #EmendProposeError, or G_IO_ERROR_CANCELLED
 *
 * Reads the words of a page with their characters. A page that lies on its side or on its head is read upright, and one
 * that slants is straightened first; its boxes are those of the page as it was given, and emend_words_get_turn() and
 * emend_words_get_skew() tell how it lay. Not for the main thread.
 *
 * Returns: (transfer full) (nullable): the words in reading order, in the pixels of @pixmap; a blank page has none
 */
EmendWords *
emend_ocr_read (EmendOcr *ocr,
                EmendPixmap *pixmap,
                double dpi,
                GCancellable *cancellable,
                EmendProgressFunc progress,
                gpointer data,
                GError **error)
{
  Task task = { .cancellable = cancellable, .progress = progress, .data = data };
  Reading page = { .width = pixmap->width, .height = pixmap->height, .scale = choose_scale (pixmap, dpi) };
  struct Pix *pix;
  EmendWords *words;

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  if (pixmap->width > MAX_SIDE || pixmap->height > MAX_SIDE) {
    g_set_error (error, EMEND_PROPOSE_ERROR, EMEND_PROPOSE_ERROR_TOO_LARGE,
                 _ ("The page has %d × %d pixels, and text can be read on %d × %d at the most. Make it smaller first."),
                 pixmap->width, pixmap->height, MAX_SIDE, MAX_SIDE);
    return NULL;
  }
  use_one_thread ();
  pix = to_scaled_pix (pixmap, page.scale);
  if (pix == NULL) {
    set_no_memory (error);
    return NULL;
  }
  words = read_best (ocr, pix, &page, dpi * page.scale, &task, error);
  pixDestroy (&pix);
  if (words != NULL && progress != NULL)
    progress (100, 100, data);
  return words;
}

/**
 * emend_ocr_read_page:
 * @ocr: an engine that no other thread uses
 * @path: an image file
 * @page: from 0
 * @cancellable: (nullable): to stop after the line that is being read
 * @progress: (nullable): told percent, on this thread
 * @data: for @progress
 * @error: (out) (optional): an #EmendMediaError, an #EmendProposeError, or G_IO_ERROR_CANCELLED
 *
 * Reads a page of a file, see emend_ocr_read(). Not for the main thread.
 *
 * Returns: (transfer full) (nullable): the words in the pixels of the upright page, as emend_image_probe_page() tells
 *   its size
 */
EmendWords *
emend_ocr_read_page (EmendOcr *ocr,
                     const char *path,
                     int page,
                     GCancellable *cancellable,
                     EmendProgressFunc progress,
                     gpointer data,
                     GError **error)
{
  g_autoptr (EmendPixmap) pixmap = NULL;
  g_autoptr (EmendWords) words = NULL;
  EmendImageInfo info;
  double scale;

  if (!emend_image_probe_page (path, page, &info, cancellable, error))
    return NULL;
  scale = MIN (sqrt (MAX_PIXELS / ((double) info.width * info.height)), 1);
  scale = MIN (scale, (double) MAX_SIDE / MAX (info.width, info.height));
  pixmap = emend_image_decode (path, page, MAX ((int) (info.width * scale), 1), MAX ((int) (info.height * scale), 1),
                               cancellable, error);
  if (pixmap == NULL)
    return NULL;
  words = emend_ocr_read (ocr, pixmap, 0, cancellable, progress, data, error);
  return words != NULL ? emend_words_scale (words, info.width, info.height) : NULL;
}
