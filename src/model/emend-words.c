#define G_LOG_DOMAIN "emend-model"

#include "config.h"

#include "emend-words.h"

#include <math.h>
#include <string.h>

#include <glib/gi18n-lib.h>
#include <zlib.h>

#include "emend-model-error.h"

/*
 * The stored form: "EWD1", the length of the rest before it was deflated (32 bit), then the deflated rest: width,
 * height, turn (32 bit), skew (float), the counts of words and symbols and the length of the text (32 bit), the
 * offsets of engine and language (32 bit), the words, the symbols, the text. Little endian.
 */
static const char magic[4] = { 'E', 'W', 'D', '1' };

#define HEADER_SIZE 36
#define WORD_SIZE 36
#define SYMBOL_SIZE 28
#define PREFIX_SIZE 8
#define MAX_SYMBOLS (EMEND_WORDS_MAX * 16u)

struct _EmendWords {
  gatomicrefcount refs;
  int width;
  int height;
  int turn;
  float skew;
  guint32 engine;
  guint32 language;
  GArray *words;
  GArray *symbols;
  GString *text; /* strings with their zeros; the first is empty */
};

static guint32
add_text (EmendWords *words,
          const char *text)
{
  guint32 offset = (guint32) words->text->len;

  if (text == NULL || *text == '\0')
    return 0;
  g_string_append_len (words->text, text, (gssize) strlen (text) + 1);
  return offset;
}

/* The precision that is stored, so that what was read again equals what was made. */
static EmendRect
stored_box (const EmendRect *box)
{
  return (EmendRect){ (float) box->x, (float) box->y, (float) box->width, (float) box->height };
}

/**
 * emend_words_new:
 * @width: of the upright page in pixels
 * @height: of the upright page in pixels
 * @engine: what read it, with its version: "tesseract 5.3.0", "pdf-text"
 * @language: (nullable): of the text, as the engine names it ("eng", "deu+eng")
 *
 * Returns: (transfer full): a page without words. Any thread.
 */
EmendWords *
emend_words_new (int width,
                 int height,
                 const char *engine,
                 const char *language)
{
  EmendWords *words = g_new0 (EmendWords, 1);

  g_atomic_ref_count_init (&words->refs);
  words->width = width;
  words->height = height;
  words->words = g_array_new (FALSE, FALSE, sizeof (EmendWord));
  words->symbols = g_array_new (FALSE, FALSE, sizeof (EmendSymbol));
  words->text = g_string_new (NULL);
  g_string_append_len (words->text, "", 1);
  words->engine = add_text (words, engine);
  words->language = add_text (words, language);
  return words;
}

/**
 * emend_words_ref:
 * @words: words
 *
 * Returns: (transfer full): @words. Any thread.
 */
EmendWords *
emend_words_ref (EmendWords *words)
{
  g_atomic_ref_count_inc (&words->refs);
  return words;
}

/**
 * emend_words_unref:
 * @words: (transfer full): words
 *
 * Any thread.
 */
void
emend_words_unref (EmendWords *words)
{
  if (!g_atomic_ref_count_dec (&words->refs))
    return;
  g_array_unref (words->words);
  g_array_unref (words->symbols);
  g_string_free (words->text, TRUE);
  g_free (words);
}

static gboolean
has_room (EmendWords *words,
          const char *text)
{
  return strlen (text) < EMEND_WORDS_MAX_TEXT && words->text->len + strlen (text) + 1 <= EMEND_WORDS_MAX_TEXT &&
         g_utf8_validate (text, -1, NULL);
}

/**
 * emend_words_add:
 * @words: words that only the caller holds
 * @text: of the word, in UTF-8
 * @box: where it is, in page pixels
 * @confidence: 0..1, or NaN
 * @line: number of its line; words of a line are added one after the other
 *
 * Appends a word. Coordinates are kept to the precision of a float.
 *
 * Returns: whether there was room, the box has finite numbers and the text is UTF-8
 */
gboolean
emend_words_add (EmendWords *words,
                 const char *text,
                 const EmendRect *box,
                 double confidence,
                 guint line)
{
  EmendWord word = { .box = stored_box (box), .confidence = (float) confidence, .line = line };

  if (words->words->len >= EMEND_WORDS_MAX || !emend_rect_is_finite (box) || !has_room (words, text))
    return FALSE;
  word.text = add_text (words, text);
  word.first_symbol = words->symbols->len;
  g_array_append_val (words->words, word);
  return TRUE;
}

/**
 * emend_words_add_symbol:
 * @words: words that only the caller holds, with at least one word
 * @text: one character
 * @box: where it is, in page pixels
 * @confidence: 0..1
 * @alternatives: (nullable): what it could also be, best first, one after the other
 *
 * Appends a character to the word that was added last.
 *
 * Returns: whether there was room, the box has finite numbers and the texts are UTF-8
 */
gboolean
emend_words_add_symbol (EmendWords *words,
                        const char *text,
                        const EmendRect *box,
                        double confidence,
                        const char *alternatives)
{
  EmendSymbol symbol = { .box = stored_box (box), .confidence = (float) confidence };

  g_return_val_if_fail (words->words->len > 0, FALSE);

  if (words->symbols->len >= MAX_SYMBOLS || !emend_rect_is_finite (box) || !has_room (words, text) ||
      (alternatives != NULL && !has_room (words, alternatives)))
    return FALSE;
  symbol.text = add_text (words, text);
  symbol.alternatives = add_text (words, alternatives);
  g_array_append_val (words->symbols, symbol);
  g_array_index (words->words, EmendWord, words->words->len - 1).n_symbols++;
  return TRUE;
}

/**
 * emend_words_set_turn:
 * @words: words that only the caller holds
 * @degrees: how far the text is turned clockwise on the upright page: 0, 90, 180 or 270
 * @skew: how far its lines slope besides, in degrees clockwise
 */
void
emend_words_set_turn (EmendWords *words,
                      int degrees,
                      double skew)
{
  words->turn = degrees;
  words->skew = (float) skew;
}

/**
 * emend_words_get_n:
 * @words: words
 *
 * Returns: how many. Any thread.
 */
gsize
emend_words_get_n (EmendWords *words)
{
  return words->words->len;
}

/**
 * emend_words_get:
 * @words: words
 * @index: below emend_words_get_n()
 *
 * Returns: (transfer none): one of them. Any thread.
 */
const EmendWord *
emend_words_get (EmendWords *words,
                 gsize index)
{
  g_return_val_if_fail (index < words->words->len, NULL);

  return &g_array_index (words->words, EmendWord, index);
}

/**
 * emend_words_get_symbol:
 * @words: words
 * @index: see EmendWord.first_symbol
 *
 * Returns: (transfer none): one character. Any thread.
 */
const EmendSymbol *
emend_words_get_symbol (EmendWords *words,
                        gsize index)
{
  g_return_val_if_fail (index < words->symbols->len, NULL);

  return &g_array_index (words->symbols, EmendSymbol, index);
}

/**
 * emend_words_get_text:
 * @words: words
 * @offset: of a word, a symbol or its alternatives
 *
 * Returns: (transfer none): the text there. Any thread.
 */
const char *
emend_words_get_text (EmendWords *words,
                      guint32 offset)
{
  g_return_val_if_fail (offset < words->text->len, "");

  return words->text->str + offset;
}

/**
 * emend_words_get_width:
 * @words: words
 *
 * Returns: width of the upright page in pixels. Any thread.
 */
int
emend_words_get_width (EmendWords *words)
{
  return words->width;
}

/**
 * emend_words_get_height:
 * @words: words
 *
 * Returns: height of the upright page in pixels. Any thread.
 */
int
emend_words_get_height (EmendWords *words)
{
  return words->height;
}

/**
 * emend_words_get_engine:
 * @words: words
 *
 * Returns: (transfer none): what read them. Any thread.
 */
const char *
emend_words_get_engine (EmendWords *words)
{
  return words->text->str + words->engine;
}

/**
 * emend_words_get_language:
 * @words: words
 *
 * Returns: (transfer none): in which language; "" when that was not said. Any thread.
 */
const char *
emend_words_get_language (EmendWords *words)
{
  return words->text->str + words->language;
}

/**
 * emend_words_get_turn:
 * @words: words
 *
 * Returns: see emend_words_set_turn(). Any thread.
 */
int
emend_words_get_turn (EmendWords *words)
{
  return words->turn;
}

/**
 * emend_words_get_skew:
 * @words: words
 *
 * Returns: see emend_words_set_turn(). Any thread.
 */
double
emend_words_get_skew (EmendWords *words)
{
  return words->skew;
}

/**
 * emend_words_join:
 * @words: words
 * @indices: (array length=n_indices): of the wanted words, in reading order
 * @n_indices: how many
 *
 * Returns: (transfer full): their texts, with a space between words of a line and a line break between lines.
 *   Any thread.
 */
char *
emend_words_join (EmendWords *words,
                  const guint *indices,
                  gsize n_indices)
{
  GString *text = g_string_new (NULL);

  for (gsize i = 0; i < n_indices; i++) {
    const EmendWord *word = emend_words_get (words, indices[i]);

    if (i > 0)
      g_string_append_c (text, emend_words_get (words, indices[i - 1])->line == word->line ? ' ' : '\n');
    g_string_append (text, words->text->str + word->text);
  }
  return g_string_free (text, FALSE);
}

/**
 * emend_words_scale:
 * @words: words
 * @width: of the same upright page in other pixels
 * @height: see @width
 *
 * Returns: (transfer full): the words with their boxes in a page of that size; @words itself when it has it.
 *   Any thread.
 */
EmendWords *
emend_words_scale (EmendWords *words,
                   int width,
                   int height)
{
  EmendWords *scaled;
  double x = words->width > 0 ? (double) width / words->width : 1;
  double y = words->height > 0 ? (double) height / words->height : 1;

  if (width == words->width && height == words->height)
    return emend_words_ref (words);
  scaled = emend_words_new (width, height, emend_words_get_engine (words), emend_words_get_language (words));
  scaled->turn = words->turn;
  scaled->skew = words->skew;
  g_string_truncate (scaled->text, 0);
  g_string_append_len (scaled->text, words->text->str, (gssize) words->text->len);
  g_array_append_vals (scaled->words, words->words->data, words->words->len);
  g_array_append_vals (scaled->symbols, words->symbols->data, words->symbols->len);
  for (guint i = 0; i < scaled->words->len; i++) {
    EmendRect *box = &g_array_index (scaled->words, EmendWord, i).box;
    *box = stored_box (&(EmendRect){ box->x * x, box->y * y, box->width * x, box->height * y });
  }
  for (guint i = 0; i < scaled->symbols->len; i++) {
    EmendRect *box = &g_array_index (scaled->symbols, EmendSymbol, i).box;
    *box = stored_box (&(EmendRect){ box->x * x, box->y * y, box->width * x, box->height * y });
  }
  return scaled;
}

static void
put_int (GByteArray *out,
         guint32 value)
{
  guint32 little = GUINT32_TO_LE (value);

  g_byte_array_append (out, (const guint8 *) &little, sizeof little);
}

static void
put_float (GByteArray *out,
           double value)
{
  float number = (float) value;
  guint32 bits;

  memcpy (&bits, &number, sizeof bits);
  put_int (out, bits);
}

static void
put_box (GByteArray *out,
         const EmendRect *box)
{
  put_float (out, box->x);
  put_float (out, box->y);
  put_float (out, box->width);
  put_float (out, box->height);
}

static GByteArray *
to_raw (EmendWords *words)
{
  GByteArray *out = g_byte_array_new ();

  put_int (out, (guint32) words->width);
  put_int (out, (guint32) words->height);
  put_int (out, (guint32) words->turn);
  put_float (out, words->skew);
  put_int (out, words->words->len);
  put_int (out, words->symbols->len);
  put_int (out, (guint32) words->text->len);
  put_int (out, words->engine);
  put_int (out, words->language);
  for (guint i = 0; i < words->words->len; i++) {
    const EmendWord *word = &g_array_index (words->words, EmendWord, i);
    put_box (out, &word->box);
    put_float (out, word->confidence);
    put_int (out, word->line);
    put_int (out, word->text);
    put_int (out, word->first_symbol);
    put_int (out, word->n_symbols);
  }
  for (guint i = 0; i < words->symbols->len; i++) {
    const EmendSymbol *symbol = &g_array_index (words->symbols, EmendSymbol, i);
    put_box (out, &symbol->box);
    put_float (out, symbol->confidence);
    put_int (out, symbol->text);
    put_int (out, symbol->alternatives);
  }
  g_byte_array_append (out, (const guint8 *) words->text->str, (guint) words->text->len);
  return out;
}

/**
 * emend_words_to_bytes:
 * @words: words
 *
 * Returns: (transfer full): the compact form that project files keep. Any thread.
 */
GBytes *
emend_words_to_bytes (EmendWords *words)
{
  g_autoptr (GByteArray) raw = to_raw (words);
  GByteArray *out = g_byte_array_new ();
  uLongf size = compressBound (raw->len);

  g_byte_array_append (out, (const guint8 *) magic, sizeof magic);
  put_int (out, raw->len);
  g_byte_array_set_size (out, PREFIX_SIZE + (guint) size);
  if (compress2 (out->data + PREFIX_SIZE, &size, raw->data, raw->len, 6) != Z_OK)
    g_assert_not_reached ();
  g_byte_array_set_size (out, PREFIX_SIZE + (guint) size);
  return g_byte_array_free_to_bytes (out);
}

typedef struct {
  const guint8 *at;
} Reader;

static guint32
get_int (Reader *reader)
{
  guint32 value;

  memcpy (&value, reader->at, sizeof value);
  reader->at += sizeof value;
  return GUINT32_FROM_LE (value);
}

static float
get_float (Reader *reader)
{
  guint32 bits = get_int (reader);
  float value;

  memcpy (&value, &bits, sizeof value);
  return value;
}

static EmendRect
get_box (Reader *reader)
{
  EmendRect box = { 0 };

  box.x = get_float (reader);
  box.y = get_float (reader);
  box.width = get_float (reader);
  box.height = get_float (reader);
  return box;
}

static gboolean
read_words (EmendWords *words,
            Reader *reader,
            guint32 n_words,
            guint32 n_symbols,
            guint32 n_text)
{
  guint32 next_symbol = 0;

  for (guint32 i = 0; i < n_words; i++) {
    EmendWord word = { .box = get_box (reader) };

    word.confidence = get_float (reader);
    word.line = get_int (reader);
    word.text = get_int (reader);
    word.first_symbol = get_int (reader);
    word.n_symbols = get_int (reader);
    if (!emend_rect_is_finite (&word.box) || word.text >= n_text || word.first_symbol != next_symbol ||
        word.n_symbols > n_symbols - next_symbol)
      return FALSE;
    next_symbol += word.n_symbols;
    g_array_append_val (words->words, word);
  }
  for (guint32 i = 0; i < n_symbols; i++) {
    EmendSymbol symbol = { .box = get_box (reader) };

    symbol.confidence = get_float (reader);
    symbol.text = get_int (reader);
    symbol.alternatives = get_int (reader);
    if (!emend_rect_is_finite (&symbol.box) || symbol.text >= n_text || symbol.alternatives >= n_text)
      return FALSE;
    g_array_append_val (words->symbols, symbol);
  }
  return next_symbol == n_symbols;
}

/* Every string of the pool must end in it and be UTF-8; a pool is checked once as a whole. */
static gboolean
read_text (EmendWords *words,
           Reader *reader,
           guint32 n_text)
{
  const char *text = (const char *) reader->at;

  if (n_text == 0 || text[0] != '\0' || text[n_text - 1] != '\0')
    return FALSE;
  for (guint32 at = 0; at < n_text; at += (guint32) strlen (text + at) + 1) {
    if (!g_utf8_validate (text + at, -1, NULL))
      return FALSE;
  }
  g_string_truncate (words->text, 0);
  g_string_append_len (words->text, text, n_text);
  return TRUE;
}

static gboolean
starts_text (const GString *text,
             guint32 offset)
{
  return offset == 0 || text->str[offset - 1] == '\0';
}

/* An offset into the middle of a character would give text that is not UTF-8. */
static gboolean
offsets_are_sound (EmendWords *words)
{
  if (words->engine >= words->text->len || words->language >= words->text->len ||
      !starts_text (words->text, words->engine) || !starts_text (words->text, words->language))
    return FALSE;
  for (guint i = 0; i < words->words->len; i++) {
    if (!starts_text (words->text, g_array_index (words->words, EmendWord, i).text))
      return FALSE;
  }
  for (guint i = 0; i < words->symbols->len; i++) {
    const EmendSymbol *symbol = &g_array_index (words->symbols, EmendSymbol, i);
    if (!starts_text (words->text, symbol->text) || !starts_text (words->text, symbol->alternatives))
      return FALSE;
  }
  return TRUE;
}

static EmendWords *
from_raw (const guint8 *raw,
          gsize size)
{
  g_autoptr (EmendWords) words = NULL;
  Reader reader = { raw };
  guint32 n_words;
  guint32 n_symbols;
  guint32 n_text;

  if (size < HEADER_SIZE)
    return NULL;
  words = emend_words_new (0, 0, NULL, NULL);
  words->width = (int) (get_int (&reader) & G_MAXINT);
  words->height = (int) (get_int (&reader) & G_MAXINT);
  words->turn = (int) (get_int (&reader) % 360);
  words->skew = get_float (&reader);
  n_words = get_int (&reader);
  n_symbols = get_int (&reader);
  n_text = get_int (&reader);
  words->engine = get_int (&reader);
  words->language = get_int (&reader);
  if (n_words > EMEND_WORDS_MAX || n_symbols > MAX_SYMBOLS || n_text > EMEND_WORDS_MAX_TEXT ||
      !isfinite (words->skew) ||
      size != HEADER_SIZE + (gsize) n_words * WORD_SIZE + (gsize) n_symbols * SYMBOL_SIZE + n_text ||
      !read_words (words, &reader, n_words, n_symbols, n_text) || !read_text (words, &reader, n_text) ||
      !offsets_are_sound (words))
    return NULL;
  return g_steal_pointer (&words);
}

/**
 * emend_words_from_bytes:
 * @bytes: what emend_words_to_bytes() made
 * @error: EMEND_MODEL_ERROR_WORDS
 *
 * Trusts nothing in @bytes. Any thread.
 *
 * Returns: (transfer full) (nullable): the words
 */
EmendWords *
emend_words_from_bytes (GBytes *bytes,
                        GError **error)
{
  const gsize most = HEADER_SIZE + (gsize) EMEND_WORDS_MAX * WORD_SIZE + (gsize) MAX_SYMBOLS * SYMBOL_SIZE +
                     EMEND_WORDS_MAX_TEXT;
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);
  EmendWords *words = NULL;
  g_autofree guint8 *raw = NULL;
  uLongf n_raw = 0;

  if (size >= PREFIX_SIZE && memcmp (data, magic, sizeof magic) == 0) {
    Reader reader = { data + sizeof magic };
    n_raw = get_int (&reader);
  }
  /* Deflate cannot make more than 1032 bytes of one. */
  if (n_raw > 0 && n_raw <= most && n_raw / 1032 <= size)
    raw = g_try_malloc (n_raw);
  if (raw != NULL) {
    uLongf got = n_raw;

    if (uncompress (raw, &got, data + PREFIX_SIZE, size - PREFIX_SIZE) == Z_OK && got == n_raw)
      words = from_raw (raw, n_raw);
  }
  if (words == NULL)
    g_set_error_literal (error, EMEND_MODEL_ERROR, EMEND_MODEL_ERROR_WORDS,
                         _ ("The stored words of a page are damaged. They can be read from the page again."));
  return words;
}
