#define G_LOG_DOMAIN "emend-formats"

#include "config.h"

#include "emend-document.h"

#include <math.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include "emend-frame.h"
#include "emend-text.h"

/* A value is stored as one JSON object of a bounded size; no printed value is longer. */
#define MAX_TEXT ((gsize) 128 * 1024)
#define MAX_REGIONS 1000
#define MAX_CANDIDATES 20
/* Sides of pages in any unit. */
#define MAX_SIDE 1e7

/* A page as the source has it. */
typedef struct {
  double width; /* 0: not told */
  double height;
} PageSize;

typedef struct {
  int page;
  guint line;
  guint index;
  const char *text;
  EmendRect box; /* in the source's units */
  float confidence;
} Word;

/**
 * emend_document_init:
 * @document: (out caller-allocates): a document
 * @sink: where it goes
 * @options: how to read
 * @path: of its file; must outlive @document
 * @cancellable: (nullable): to stop early
 */
void
emend_document_init (EmendDocument *document,
                     const EmendReadSink *sink,
                     const EmendReadOptions *options,
                     const char *path,
                     GCancellable *cancellable)
{
  *document = (EmendDocument){ .sink = sink, .options = options, .path = path, .cancellable = cancellable };
  document->sizes = g_array_new (FALSE, TRUE, sizeof (PageSize));
  document->words = g_array_new (FALSE, FALSE, sizeof (Word));
  document->text = g_string_chunk_new (4096);
  document->rows = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  document->told = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

/**
 * emend_document_clear:
 * @document: a document that was initialised
 */
void
emend_document_clear (EmendDocument *document)
{
  g_clear_pointer (&document->sizes, g_array_unref);
  g_clear_pointer (&document->words, g_array_unref);
  g_clear_pointer (&document->text, g_string_chunk_free);
  g_clear_pointer (&document->rows, g_hash_table_unref);
  g_clear_pointer (&document->told, g_hash_table_unref);
}

/* The path without what only says that it is a file of labels or of recognised text. */
static char *
stem_of (const char *path)
{
  static const char *const suffixes[] = { ".labels.json", ".ocr.json", ".analysis.json", ".textract.json",
                                          ".page.xml", ".alto.xml", ".json", ".xml", ".hocr", ".html", ".htm", ".txt",
                                          ".csv", NULL };

  for (gsize i = 0; suffixes[i] != NULL; i++) {
    gsize length = strlen (path);
    gsize end = strlen (suffixes[i]);

    if (length > end && g_ascii_strcasecmp (path + length - end, suffixes[i]) == 0)
      return g_strndup (path, length - end);
  }
  return g_strdup (path);
}

/**
 * emend_document_find:
 * @document: a document
 * @name: (nullable): of its picture, as the file says
 *
 * Finds the item: by @name, or by the name of the file itself. A name from a file can be that of a temporary picture,
 * so it counts only when there is such an item or when the file's own name fits none either.
 *
 * Returns: whether there is one
 */
gboolean
emend_document_find (EmendDocument *document,
                     const char *name)
{
  const EmendReadSink *sink = document->sink;
  g_autofree char *path = g_utf8_make_valid (document->path, -1);
  g_autofree char *stem = stem_of (path);
  gboolean by_stem = name == NULL || *name == '\0' || !g_utf8_validate (name, -1, NULL);

  if (!by_stem && sink->has_image != NULL && !sink->has_image (sink->data, name, FALSE))
    by_stem = sink->has_image (sink->data, stem, TRUE);
  document->found = sink->find_image (sink->data, by_stem ? stem : name, by_stem, &document->image);
  return document->found;
}

/**
 * emend_document_names_item:
 * @document: a document
 * @path: of a file
 *
 * Returns: whether emend_document_find() finds an item by the name of that file
 */
gboolean
emend_document_names_item (EmendDocument *document,
                           const char *path)
{
  const EmendReadSink *sink = document->sink;
  g_autofree char *valid = g_utf8_make_valid (path, -1);
  g_autofree char *stem = stem_of (valid);

  return sink->has_image != NULL && sink->has_image (sink->data, stem, TRUE);
}

/**
 * emend_document_tell:
 * @document: a document
 * @line: 1-based line of the file, 0 for none
 * @reason: a whole sentence
 *
 * Tells a problem, each sentence once in a file unless it has a line.
 */
void
emend_document_tell (EmendDocument *document,
                     gint64 line,
                     const char *reason)
{
  if (line > 0 || g_hash_table_add (document->told, g_strdup (reason)))
    document->sink->problem (document->sink->data, document->path, line, reason);
}

/**
 * emend_document_skip:
 * @document: a document
 * @line: 1-based line of the file, 0 for none
 * @reason: (nullable): a whole sentence
 *
 * Counts one value that is left out.
 *
 * Returns: %TRUE, to go on reading
 */
gboolean
emend_document_skip (EmendDocument *document,
                     gint64 line,
                     const char *reason)
{
  if (reason != NULL)
    emend_document_tell (document, line, reason);
  document->sink->skip_record (document->sink->data);
  return TRUE;
}

/**
 * emend_document_set_page:
 * @document: a document
 * @page: from 0
 * @width: of the page in the source, in any unit
 * @height: of the page in the source, in the same unit
 *
 * Says what the coordinates of that page are parts of. Until then they are fractions of 0..1.
 *
 * Returns: whether that can be a page
 */
gboolean
emend_document_set_page (EmendDocument *document,
                         int page,
                         double width,
                         double height)
{
  if (page < 0 || page >= EMEND_DOCUMENT_MAX_PAGES || !(width > 0 && width <= MAX_SIDE) ||
      !(height > 0 && height <= MAX_SIDE))
    return FALSE;
  if (document->sizes->len <= (guint) page)
    g_array_set_size (document->sizes, (guint) page + 1);
  g_array_index (document->sizes, PageSize, page) = (PageSize){ width, height };
  return TRUE;
}

static gboolean
get_item_page (EmendDocument *document,
               int page,
               int *width,
               int *height)
{
  *width = document->image.width;
  *height = document->image.height;
  return page == 0 || (document->sink->get_page != NULL &&
                       document->sink->get_page (document->sink->data, document->image.item, page, width, height));
}

/**
 * emend_document_use_pixels:
 * @document: a document
 * @page: from 0
 *
 * Says that the coordinates of that page are pixels of the item, whose size the source does not tell.
 */
void
emend_document_use_pixels (EmendDocument *document,
                           int page)
{
  int width;
  int height;

  if (!document->found || !get_item_page (document, page, &width, &height))
    return;
  if (page == 0 && document->options->frame == EMEND_FRAME_STORED)
    emend_frame_get_stored_size (&document->image, &width, &height);
  emend_document_set_page (document, page, width, height);
}

/* Whether the source saw the pixels as they are stored: from its size, else from its proportions. */
static gboolean
is_stored_frame (EmendDocument *document,
                 const PageSize *size)
{
  const EmendSourceImage *image = &document->image;
  EmendFrame frame = document->options->frame;
  double upright = log ((double) image->width / image->height);
  double source;

  if (image->orientation <= 1 || image->orientation > 8)
    return FALSE;
  if (frame == EMEND_FRAME_AUTO && size->width == floor (size->width) && size->height == floor (size->height))
    frame = emend_frame_guess (image, (gint64) size->width, (gint64) size->height);
  if (frame != EMEND_FRAME_AUTO || image->orientation < 5 || (size->width == 1 && size->height == 1))
    return frame == EMEND_FRAME_STORED;
  source = log (size->width / size->height);
  return fabs (source + upright) < fabs (source - upright);
}

/**
 * emend_document_place:
 * @document: a document that was found
 * @page: from 0
 * @box: in the source's units
 * @placed: (out): in pixels of the upright page, the part on the page
 *
 * Scales by the ratio of the page's sizes. When the source saw a picture as it is stored, it is turned too.
 *
 * Returns: whether the item has that page and some of the box is on it
 */
gboolean
emend_document_place (EmendDocument *document,
                      int page,
                      const EmendRect *box,
                      EmendRect *placed)
{
  PageSize size = { 1, 1 };
  EmendRect scaled;
  int width;
  int height;
  int to_width;
  int to_height;
  gboolean stored;

  if (!document->found || page < 0 || !emend_rect_is_finite (box) || !get_item_page (document, page, &width, &height) ||
      width <= 0 || height <= 0)
    return FALSE;
  if ((guint) page < document->sizes->len && g_array_index (document->sizes, PageSize, page).width > 0)
    size = g_array_index (document->sizes, PageSize, page);
  stored = page == 0 && is_stored_frame (document, &size);
  to_width = width;
  to_height = height;
  if (stored)
    emend_frame_get_stored_size (&document->image, &to_width, &to_height);
  scaled = (EmendRect){ box->x * to_width / size.width, box->y * to_height / size.height,
                        box->width * to_width / size.width, box->height * to_height / size.height };
  if (stored)
    scaled = emend_frame_turn_rect (&document->image, &scaled);
  if (!emend_rect_is_finite (&scaled))
    return FALSE;
  if (scaled.x < 0 || scaled.y < 0 || scaled.x + scaled.width > width || scaled.y + scaled.height > height)
    scaled = emend_rect_clamp (&scaled, width, height);
  *placed = scaled;
  return placed->width > 0 && placed->height > 0;
}

/**
 * emend_document_next_row:
 * @document: a document
 * @table: name of a table
 *
 * Returns: the number of a new row, from 0; -1 when there are too many
 */
int
emend_document_next_row (EmendDocument *document,
                         const char *table)
{
  int row = GPOINTER_TO_INT (g_hash_table_lookup (document->rows, table));

  if (row >= EMEND_DOCUMENT_MAX_ROWS)
    return -1;
  g_hash_table_insert (document->rows, g_strdup (table), GINT_TO_POINTER (row + 1));
  return row;
}

static char *
clean_text (const char *text)
{
  char *clean;

  if (text == NULL)
    return NULL;
  clean = g_utf8_make_valid (text, -1);
  g_strstrip (clean);
  return clean;
}

/* Places what can be placed: the first region is that of the record. */
static void
place_regions (EmendDocument *document,
               const EmendDocumentValue *from,
               EmendProposal *record)
{
  EmendRect none = { 0, 0, 0, 0 };
  gboolean first = TRUE;

  emend_shape_init_box (&record->shape, &none);
  for (guint i = 0; from->regions != NULL && i < from->regions->len && i < MAX_REGIONS; i++) {
    const EmendRegion *region = &g_array_index (from->regions, EmendRegion, i);
    EmendRect placed;

    if (!emend_document_place (document, region->page, &region->box, &placed)) {
      if (document->found)
        emend_document_tell (document, from->line,
                             _ ("A place lies outside of the pages, so its value has no place there."));
      continue;
    }
    if (first) {
      record->page = region->page;
      emend_shape_init_box (&record->shape, &placed);
    } else
      emend_value_add_region (record->value, region->page, &placed);
    first = FALSE;
  }
}

static void
set_score (EmendDocument *document,
           const EmendDocumentValue *from,
           EmendProposal *record)
{
  record->score = NAN;
  if (isnan (from->score))
    return;
  if (!(from->score >= 0 && from->score <= 1)) {
    emend_document_tell (document, from->line, _ ("A confidence is not between its bounds and was left out."));
    return;
  }
  record->score = from->score;
  record->score_text = g_strdup (from->score_text);
}

static EmendProposal *
make_record (EmendDocument *document,
             const EmendDocumentValue *from,
             const char *text,
             const char *value)
{
  g_autoptr (EmendProposal) record = emend_proposal_new ();

  record->item = document->image.item;
  record->value = emend_value_new (value);
  if (text != NULL && g_strcmp0 (text, value) != 0) {
    g_free (record->value->text);
    record->value->text = g_strdup (text);
  }
  record->value->source = g_strdup ("imported");
  if (from->column != NULL) {
    record->value->row = from->row;
    record->value->column = g_strdup (from->column);
  }
  for (gsize i = 0; i < from->n_candidates && i < MAX_CANDIDATES; i++)
    emend_value_add_candidate (record->value, from->candidates[i].value, 0, NULL, from->candidates[i].score);
  place_regions (document, from, record);
  set_score (document, from, record);
  record->attributes = g_strdup (from->attributes);
  return g_steal_pointer (&record);
}

/**
 * emend_document_add_value:
 * @document: a document
 * @value: a value of it
 * @error: what the sink said
 *
 * A value without text and without place says nothing and is passed over.
 *
 * Returns: whether to go on
 */
gboolean
emend_document_add_value (EmendDocument *document,
                          const EmendDocumentValue *value,
                          GError **error)
{
  g_autofree char *name = clean_text (value->name);
  g_autofree char *column = clean_text (value->column);
  g_autofree char *text = clean_text (value->text);
  g_autofree char *meant = clean_text (value->value != NULL ? value->value : value->text);
  EmendSourceField field = { name, value->type, column };
  EmendDocumentValue clean = *value;
  g_autoptr (EmendProposal) record = NULL;
  int label;

  if ((meant == NULL || *meant == '\0') && (value->regions == NULL || value->regions->len == 0))
    return TRUE;
  if (name == NULL || *name == '\0' || (column != NULL && (*column == '\0' || value->row < 0)))
    return emend_document_skip (document, value->line, _ ("A value belongs to a field without a name."));
  if (strlen (name) > EMEND_FORMATS_MAX_LABEL_NAME ||
      (column != NULL && strlen (column) > EMEND_FORMATS_MAX_LABEL_NAME))
    return emend_document_skip (document, value->line, _ ("The name of a field is too long."));
  if ((meant != NULL && strlen (meant) > MAX_TEXT) || (text != NULL && strlen (text) > MAX_TEXT))
    return emend_document_skip (document, value->line, _ ("A value is too long to be one."));
  label = document->sink->find_field (document->sink->data, &field);
  if (label == 0 || !document->found)
    return emend_document_skip (document, value->line, NULL);
  clean.column = column;
  record = make_record (document, &clean, text, meant != NULL ? meant : "");
  record->label = label;
  return document->sink->add_record (document->sink->data, record, error);
}

/**
 * emend_document_add_word:
 * @document: a document
 * @page: from 0
 * @text: of the word, or of a line when the source knows no words
 * @box: in the source's units
 * @confidence: 0..1, or NaN
 * @line: any number that the words of one line share, growing in reading order
 *
 * Keeps a word until emend_document_give_words().
 */
void
emend_document_add_word (EmendDocument *document,
                         int page,
                         const char *text,
                         const EmendRect *box,
                         double confidence,
                         guint line)
{
  g_autofree char *clean = clean_text (text);
  Word word = { page, line, document->words->len, NULL, *box, NAN };

  if (clean == NULL || *clean == '\0')
    return;
  if (document->words->len >= 10u * EMEND_WORDS_MAX || page < 0 || page >= EMEND_DOCUMENT_MAX_PAGES ||
      !emend_rect_is_finite (box) || strlen (clean) > MAX_TEXT) {
    emend_document_tell (document, 0, _ ("A word has no place that can be used and was left out."));
    return;
  }
  if (confidence >= 0 && confidence <= 1)
    word.confidence = (float) confidence;
  word.text = g_string_chunk_insert (document->text, clean);
  g_array_append_val (document->words, word);
}

static int
compare_words (gconstpointer a,
               gconstpointer b)
{
  const Word *one = a;
  const Word *two = b;

  if (one->page != two->page)
    return one->page < two->page ? -1 : 1;
  if (one->line != two->line)
    return one->line < two->line ? -1 : 1;
  return one->index < two->index ? -1 : one->index > two->index;
}

static EmendWords *
make_page (EmendDocument *document,
           guint *at,
           const char *engine,
           const char *language)
{
  const Word *word = &g_array_index (document->words, Word, *at);
  int page = word->page;
  int width;
  int height;
  guint line = 0;
  guint last = word->line;
  g_autoptr (EmendWords) words = NULL;

  if (get_item_page (document, page, &width, &height))
    words = emend_words_new (width, height, engine, language);
  else
    emend_document_tell (document, 0, _ ("The file has words of a page that its document does not have."));
  for (; *at < document->words->len; (*at)++) {
    EmendRect placed;

    word = &g_array_index (document->words, Word, *at);
    if (word->page != page)
      break;
    line += word->line != last ? 1 : 0;
    last = word->line;
    if (words != NULL && (!emend_document_place (document, page, &word->box, &placed) ||
                          !emend_words_add (words, word->text, &placed, word->confidence, line)))
      emend_document_tell (document, 0, _ ("A word has no place that can be used and was left out."));
  }
  return g_steal_pointer (&words);
}

/**
 * emend_document_give_words:
 * @document: a document
 * @engine: what read them, with its version
 * @language: (nullable): of the text
 * @error: what the sink said
 *
 * Gives the words that were kept to the sink, page by page, once the whole file was read.
 *
 * Returns: whether to go on
 */
gboolean
emend_document_give_words (EmendDocument *document,
                           const char *engine,
                           const char *language,
                           GError **error)
{
  guint at = 0;

  if (!document->found || document->sink->add_words == NULL) {
    g_array_set_size (document->words, 0);
    return TRUE;
  }
  g_array_sort (document->words, compare_words);
  while (at < document->words->len) {
    int page = g_array_index (document->words, Word, at).page;
    g_autoptr (EmendWords) words = make_page (document, &at, engine, language);

    if (words != NULL && emend_words_get_n (words) > 0 &&
        !document->sink->add_words (document->sink->data, document->image.item, page, words, error))
      return FALSE;
  }
  g_array_set_size (document->words, 0);
  return TRUE;
}

/**
 * emend_document_give_only_words:
 * @document: a document
 * @engine: what read them, with its version
 * @language: (nullable): of the text
 * @error: what the sink said
 *
 * As emend_document_give_words(), of a file that should have words and nothing else: tells when it has none.
 *
 * Returns: whether to go on
 */
gboolean
emend_document_give_only_words (EmendDocument *document,
                                const char *engine,
                                const char *language,
                                GError **error)
{
  if (document->words->len == 0)
    emend_document_tell (document, 0, _ ("The file has no words with a place."));
  return emend_document_give_words (document, engine, language, error);
}

/**
 * emend_document_key_name:
 * @text: a key as it is printed on a form, such as "Date of birth:"
 *
 * Returns: (transfer full): the name of its field: in one line, without what only separates it from the value
 */
char *
emend_document_key_name (const char *text)
{
  g_autofree char *clean = clean_text (text);
  g_auto (GStrv) words = g_strsplit_set (clean, " \t\r\n", -1);
  g_autoptr (GString) name = g_string_new (NULL);

  for (gsize i = 0; words[i] != NULL; i++) {
    if (*words[i] != '\0')
      g_string_append_printf (name, "%s%s", name->len > 0 ? " " : "", words[i]);
  }
  while (name->len > 1 && strchr (": .", name->str[name->len - 1]) != NULL)
    g_string_truncate (name, name->len - 1);
  return g_string_free (g_steal_pointer (&name), FALSE);
}

/**
 * emend_document_refuse:
 * @path: of a file
 * @code: why
 * @reason: a whole sentence
 * @error: is set
 *
 * Returns: %FALSE
 */
gboolean
emend_document_refuse (const char *path,
                       EmendFormatsError code,
                       const char *reason,
                       GError **error)
{
  g_autofree char *name = g_filename_display_name (path);

  g_set_error (error, EMEND_FORMATS_ERROR, (int) code,
               /* TRANSLATORS: a file name, then a whole sentence. */
               _ ("The file “%s” was not taken: %s"), name, reason);
  return FALSE;
}
