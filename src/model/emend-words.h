#pragma once

#include "emend-types.h"

G_BEGIN_DECLS

/**
 * EmendSymbol:
 * @box: where it is, in page pixels
 * @confidence: 0..1
 * @text: offset of the character in the text of the page, see emend_words_get_text()
 * @alternatives: offset of what it could also be, best first, the characters one after the other; "" for nothing
 *
 * One character as an engine read it.
 */
typedef struct {
  EmendRect box;
  float confidence;
  guint32 text;
  guint32 alternatives;
} EmendSymbol;

/**
 * EmendWord:
 * @box: where it is, in page pixels, upright page, origin top-left
 * @confidence: 0..1, NaN when the source gave none; 1 for the text of a PDF
 * @line: number of its line on the page, from 0; words of a line are neighbours in the list, in reading order
 * @text: offset of the word in the text of the page, see emend_words_get_text()
 * @first_symbol: index of its first character in the list of symbols
 * @n_symbols: 0 when the source knew no characters
 *
 * One word as it stands on a page.
 */
typedef struct {
  EmendRect box;
  float confidence;
  guint32 line;
  guint32 text;
  guint32 first_symbol;
  guint32 n_symbols;
} EmendWord;

/**
 * EmendWords:
 *
 * All words of one page, in reading order. Counted. It is filled by its maker and never changed once shared; then
 * any thread may read it.
 */
typedef struct _EmendWords EmendWords;

/* More on one page is no page of text. */
#define EMEND_WORDS_MAX 200000
#define EMEND_WORDS_MAX_TEXT ((gsize) 16 * 1024 * 1024)

EmendWords *emend_words_new (int width,
                             int height,
                             const char *engine,
                             const char *language);
EmendWords *emend_words_ref (EmendWords *words);
void emend_words_unref (EmendWords *words);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EmendWords, emend_words_unref)

gboolean emend_words_add (EmendWords *words,
                          const char *text,
                          const EmendRect *box,
                          double confidence,
                          guint line);
gboolean emend_words_add_symbol (EmendWords *words,
                                 const char *text,
                                 const EmendRect *box,
                                 double confidence,
                                 const char *alternatives);
void emend_words_set_turn (EmendWords *words,
                           int degrees,
                           double skew);

gsize emend_words_get_n (EmendWords *words);
const EmendWord *emend_words_get (EmendWords *words,
                                  gsize index);
const EmendSymbol *emend_words_get_symbol (EmendWords *words,
                                           gsize index);
const char *emend_words_get_text (EmendWords *words,
                                  guint32 offset);
int emend_words_get_width (EmendWords *words);
int emend_words_get_height (EmendWords *words);
const char *emend_words_get_engine (EmendWords *words);
const char *emend_words_get_language (EmendWords *words);
int emend_words_get_turn (EmendWords *words);
double emend_words_get_skew (EmendWords *words);
char *emend_words_join (EmendWords *words,
                        const guint *indices,
                        gsize n_indices);
EmendWords *emend_words_scale (EmendWords *words,
                               int width,
                               int height);

GBytes *emend_words_to_bytes (EmendWords *words);
EmendWords *emend_words_from_bytes (GBytes *bytes,
                                    GError **error);

G_END_DECLS
