#pragma once

#include "emend-words.h"

G_BEGIN_DECLS

/**
 * EmendLayoutToken:
 * @key: hash of the word in small letters, digits as 0, without marks at its ends
 * @shape: hash of its pattern: capital letters, small letters, digits and marks
 * @segment: where it stands
 * @length: characters
 * @n_letters: of these
 * @n_digits: of these
 * @last: its last character
 *
 * What is known of one word before its place is looked at.
 */
typedef struct {
  guint64 key;
  guint64 shape;
  guint32 segment;
  guint16 length;
  guint16 n_letters;
  guint16 n_digits;
  gunichar last;
} EmendLayoutToken;

/**
 * EmendSegment:
 * @first: its first word
 * @n_words: which follow one another in the list of words
 * @box: in page pixels
 * @row: row of the page, from 0 at the top
 * @left: nearest segment to the left in its row, or -1
 * @right: nearest to the right in its row, or -1
 * @above: nearest above that overlaps it sideways, or -1
 * @below: nearest below, or -1
 *
 * Words of a line without a wide gap between them.
 */
typedef struct {
  guint32 first;
  guint32 n_words;
  EmendRect box;
  guint32 row;
  int left;
  int right;
  int above;
  int below;
} EmendSegment;

/**
 * EmendLayout:
 * @words: the words of the page
 * @tokens: (array length=n_words): one for each word
 * @n_words: how many of the words are looked at
 * @segments: (array length=n_segments): in the order of the words
 * @n_segments: how many
 * @by_row: (array length=n_segments): the segments row by row, from left to right
 * @rows: (array length=n_rows+1): where each row starts in @by_row
 * @n_rows: how many
 * @extent: of all words
 * @height: median height of the words
 *
 * How the words of a page stand to one another.
 */
typedef struct {
  EmendWords *words;
  EmendLayoutToken *tokens;
  guint n_words;
  EmendSegment *segments;
  guint n_segments;
  guint32 *by_row;
  guint32 *rows;
  guint n_rows;
  EmendRect extent;
  double height;
} EmendLayout;

/* A page with more words is not looked at further than this. */
#define EMEND_LAYOUT_MAX_WORDS 20000

EmendLayout *emend_layout_new (EmendWords *words);
void emend_layout_free (EmendLayout *layout);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EmendLayout, emend_layout_free)

const char *emend_layout_get_text (const EmendLayout *layout,
                                   guint word);
EmendRect emend_layout_get_box (const EmendLayout *layout,
                                guint first,
                                guint n_words);
guint64 emend_layout_hash (const char *text);
char *emend_layout_plain (const char *text);

G_END_DECLS
