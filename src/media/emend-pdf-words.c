#define G_LOG_DOMAIN "emend-media"

#include "config.h"

#include "emend-pdf.h"

#include <math.h>

#include "emend-media-private.h"
#include "emend-pdf-private.h"

/* poppler puts these round what reads against the rest of the line; they stand for nothing on the page. */
#define LEFT_TO_RIGHT 0x202a
#define RIGHT_TO_LEFT 0x202b
#define POP_DIRECTION 0x202c
/* poppler nests two deep. */
#define MAX_NESTING 8
/* A larger part of the size of a character between two of them is no accident; poppler's own measure. */
#define WORD_GAP 0.1
/* What is so much smaller than what it touches is the number of a footnote, not the last digit of an amount. */
#define SMALLER 0.7
/* Only what is drawn at all is of interest, not how. */
#define LOOK_SIDE 256.0

/* The characters of a page in reading order, and for each its rectangle in the order on the paper. */
typedef struct {
  const char *text;   /* the next character */
  GArray *characters; /* Placed */
  int n_places;
} Placing;

typedef struct {
  const char *text;
  int place; /* of its rectangle */
} Placed;

typedef struct {
  EmendWords *words;
  const PopplerRectangle *places;
  double confidence;
  guint line;
  gboolean full; /* no more words are taken */
} Filling;

static gboolean
is_mark (gunichar character)
{
  return character == LEFT_TO_RIGHT || character == RIGHT_TO_LEFT || character == POP_DIRECTION;
}

/* How many characters come until the run that starts at @text ends, or the text. */
static int
count_run (const char *text)
{
  int depth = 1;
  int n = 0;

  for (; *text != '\0' && depth > 0; text = g_utf8_next_char (text)) {
    gunichar character = g_utf8_get_char (text);
    if (character == POP_DIRECTION)
      depth--;
    else if (is_mark (character))
      depth++;
    else
      n++;
  }
  return n;
}

static int
count_all (const char *text)
{
  int n = 0;

  for (; *text != '\0'; text = g_utf8_next_char (text))
    n += is_mark (g_utf8_get_char (text)) ? 0 : 1;
  return n;
}

/* Places the @n characters that come next, up to the mark that ends their run: the first at the left end of the places
 * from @low on, or when they read from right to left at the other. */
static void
place_run (Placing *placing,
           int low,
           int n,
           gboolean leftwards,
           int nesting)
{
  int done = 0;

  while (*placing->text != '\0') {
    gunichar character = g_utf8_get_char (placing->text);
    const char *at = placing->text;
    placing->text = g_utf8_next_char (placing->text);
    if (character == POP_DIRECTION && nesting > 0)
      return;
    if (!is_mark (character)) {
      Placed placed = { at, leftwards ? low + n - 1 - done : low + done };
      /* Marks that do not match are the document's own. */
      if (placed.place >= 0 && placed.place < placing->n_places)
        g_array_append_val (placing->characters, placed);
      done++;
    } else if (character != POP_DIRECTION && nesting < MAX_NESTING) {
      int inner = count_run (placing->text);
      int start = leftwards ? low + n - done - inner : low + done;
      place_run (placing, start, inner, character == RIGHT_TO_LEFT, nesting + 1);
      done += inner;
    }
  }
}

static EmendRect
to_pixels (const PopplerRectangle *place)
{
  double scale = (double) EMEND_PDF_DPI / 72;
  double left = MIN (place->x1, place->x2) * scale;
  double top = MIN (place->y1, place->y2) * scale;

  return (EmendRect){ left, top, fabs (place->x2 - place->x1) * scale, fabs (place->y2 - place->y1) * scale };
}

static gboolean
is_space (const Placed *placed)
{
  gunichar character = g_utf8_get_char (placed->text);

  return g_unichar_isspace (character) || g_unichar_iscntrl (character);
}

static double
gap (double start,
     double length,
     double other_start,
     double other_length)
{
  return MAX (start, other_start) - MIN (start + length, other_start + other_length);
}

/* Whether the second goes on where the first ends, in any direction and in its size. poppler sets no space between
 * columns. */
static gboolean
are_joined (const Filling *filling,
            const Placed *first,
            const Placed *second)
{
  EmendRect a = to_pixels (&filling->places[first->place]);
  EmendRect b = to_pixels (&filling->places[second->place]);
  double size = MAX (MAX (a.width, a.height), MAX (b.width, b.height));
  double across = gap (a.x, a.width, b.x, b.width);
  double down = gap (a.y, a.height, b.y, b.height);

  if (MAX (across, down) > WORD_GAP * size)
    return FALSE;
  if (across > down)
    return MIN (a.height, b.height) >= SMALLER * MAX (a.height, b.height);
  return MIN (a.width, b.width) >= SMALLER * MAX (a.width, b.width);
}

/* Words that are beside each other neither across nor down are on different lines, whatever poppler's layout says. */
static void
start_word (Filling *filling,
            const EmendRect *box)
{
  gsize n = emend_words_get_n (filling->words);

  if (n == 0 || emend_words_get (filling->words, n - 1)->line != filling->line)
    return;
  EmendRect last = emend_words_get (filling->words, n - 1)->box;
  if (gap (last.x, last.width, box->x, box->width) > 0 && gap (last.y, last.height, box->y, box->height) > 0)
    filling->line++;
}

static EmendRect
unite (const EmendRect *a,
       const EmendRect *b)
{
  double left = MIN (a->x, b->x);
  double top = MIN (a->y, b->y);

  return (EmendRect){ left, top, MAX (a->x + a->width, b->x + b->width) - left,
                      MAX (a->y + a->height, b->y + b->height) - top };
}

static void
add_word (Filling *filling,
          const Placed *characters,
          guint n)
{
  g_autoptr (GString) text = g_string_new (NULL);
  EmendRect box = to_pixels (&filling->places[characters[0].place]);

  for (guint i = 0; i < n; i++) {
    EmendRect one = to_pixels (&filling->places[characters[i].place]);
    box = unite (&box, &one);
    g_string_append_unichar (text, g_utf8_get_char (characters[i].text));
  }
  start_word (filling, &box);
  if (!emend_words_add (filling->words, text->str, &box, filling->confidence, filling->line)) {
    filling->full = TRUE;
    return;
  }
  for (guint i = 0; i < n; i++) {
    EmendRect one = to_pixels (&filling->places[characters[i].place]);
    char character[7] = { 0 };
    g_unichar_to_utf8 (g_utf8_get_char (characters[i].text), character);
    if (!emend_words_add_symbol (filling->words, character, &one, filling->confidence, NULL))
      return;
  }
}

static void
add_words (Filling *filling,
           GArray *characters)
{
  const Placed *all = (const Placed *) (gconstpointer) characters->data;
  guint i = 0;

  while (i < characters->len && !filling->full) {
    guint first = i;
    while (i < characters->len && !is_space (&all[i]) && (i == first || are_joined (filling, &all[i - 1], &all[i])))
      i++;
    if (i > first)
      add_word (filling, all + first, i - first);
    for (; i < characters->len && is_space (&all[i]); i++)
      filling->line += *all[i].text == '\n' ? 1 : 0;
  }
}

/* Whether any character of the page is drawn. That of a text layer behind a scan is not (text rendering mode 3, ISO
 * 32000-1, 9.3.6); poppler tells words but not their mode, so cairo is asked what it was given. */
static gboolean
draws_text (PopplerPage *page)
{
  double width;
  double height;

  poppler_page_get_size (page, &width, &height);
  double scale = LOOK_SIDE / MAX (width, height);
  cairo_surface_t *target = cairo_image_surface_create (CAIRO_FORMAT_RGB24, MAX ((int) ceil (width * scale), 1),
                                                        MAX ((int) ceil (height * scale), 1));
  cairo_surface_t *observer = cairo_surface_create_observer (target, CAIRO_SURFACE_OBSERVER_NORMAL);
  cairo_t *cairo = cairo_create (observer);
  cairo_scale (cairo, scale, scale);
  poppler_page_render (page, cairo);
  cairo_destroy (cairo);
  /* Time went by only if there was something to do; the callback for it would be leaked by cairo 1.16. */
  gboolean drawn = cairo_device_observer_glyphs_elapsed (cairo_surface_get_device (observer)) > 0;
  cairo_surface_destroy (observer);
  cairo_surface_destroy (target);
  return drawn;
}

static gboolean
has_images (PopplerPage *page)
{
  GList *images = poppler_page_get_image_mapping (page);
  gboolean any = images != NULL;

  poppler_page_free_image_mapping (images);
  return any;
}

/* poppler selects from where reading starts to where it ends, so that on a page that reads from right to left a
 * selection from the top left leaves out what is before it: the one that has most is the whole. */
static char *
get_text (PopplerPage *page,
          PopplerRectangle **places,
          guint *n_places)
{
  double width;
  double height;
  char *text = NULL;

  poppler_page_get_size (page, &width, &height);
  PopplerRectangle areas[] = {
    { 0, 0, width, height },
    { width, 0, 0, height },
    { width, 0, width, height },
    { 0, 0, 0, height },
  };
  *places = NULL;
  *n_places = 0;
  for (guint i = 0; i < G_N_ELEMENTS (areas); i++) {
    g_autofree PopplerRectangle *some = NULL;
    guint n = 0;
    if (!poppler_page_get_text_layout_for_area (page, &areas[i], &some, &n) || n <= *n_places)
      continue;
    g_free (*places);
    g_free (text);
    *places = g_steal_pointer (&some);
    *n_places = n;
    text = poppler_page_get_text_for_area (page, &areas[i]);
  }
  return text;
}

static void
fill (EmendWords *words,
      PopplerPage *page)
{
  g_autofree PopplerRectangle *places = NULL;
  guint n_places = 0;
  g_autofree char *raw = get_text (page, &places, &n_places);
  g_autofree char *text = g_utf8_make_valid (raw != NULL ? raw : "", -1);
  g_autoptr (GArray) characters = g_array_new (FALSE, FALSE, sizeof (Placed));
  int n = count_all (text);

  /* A text that is longer than its layout cannot be told where; one that is shorter was cut by a character zero. */
  if (n_places > G_MAXINT || n > (int) n_places) {
    g_debug ("A text layer has %d characters in %u places", n, n_places);
    return;
  }
  Placing placing = { text, characters, (int) n_places };
  place_run (&placing, 0, n, FALSE, 0);
  Filling filling = { words, places, has_images (page) && !draws_text (page) ? (double) NAN : 1, 0, FALSE };
  add_words (&filling, characters);
}

/**
 * emend_pdf_read_words:
 * @path: a PDF
 * @page: from 0
 * @cancellable: (nullable): to give up before it starts
 * @error: (out) (optional): an #EmendMediaError or %G_IO_ERROR_CANCELLED
 *
 * Reads the text layer of a page: its words in reading order, line by line, with the characters of each, in the frame
 * of %EMEND_PDF_DPI; engine "pdf-text". Their confidence is 1 when the page draws text, for then they are what was
 * meant; it is NaN when the page shows pictures and not a single character is drawn: then they are what somebody's OCR
 * made of them. A page without text has no words. Not for the main thread.
 *
 * Returns: (transfer full) (nullable): the words, maybe none
 */
EmendWords *
emend_pdf_read_words (const char *path,
                      int page,
                      GCancellable *cancellable,
                      GError **error)
{
  int width;
  int height;

  g_return_val_if_fail (path != NULL, NULL);

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  g_autoptr (EmendPdf) pdf = emend_pdf_open (path, error);
  if (pdf == NULL)
    return NULL;
  g_autoptr (PopplerPage) found = emend_pdf_get_page (pdf, path, page, &width, &height, error);
  if (found == NULL)
    return NULL;

  EmendWords *words = emend_words_new (width, height, "pdf-text", "");
  fill (words, found);
  return words;
}

/**
 * emend_pdf_is_scan:
 * @words: what emend_pdf_read_words() gave
 *
 * Any thread.
 *
 * Returns: whether the page has no text of its own: no words, or only those of an OCR layer that is not drawn
 */
gboolean
emend_pdf_is_scan (EmendWords *words)
{
  g_return_val_if_fail (words != NULL, FALSE);

  return emend_words_get_n (words) == 0 || isnan (emend_words_get (words, 0)->confidence);
}
