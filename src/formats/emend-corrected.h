#pragma once

#include "emend-format.h"

G_BEGIN_DECLS

/**
 * EmendCorrectedWord:
 * @text: as it is right
 * @original: (nullable): as it was read, when that is not @text; "" for a word that was not read at all
 * @box: where it is, in page pixels
 * @confidence: of the reading, or NaN
 * @line: number of its line
 */
typedef struct {
  char *text;
  char *original;
  EmendRect box;
  double confidence;
  guint line;
} EmendCorrectedWord;

GArray *emend_corrected_words (const EmendWriteSource *source,
                               const EmendWriteItem *item,
                               int page,
                               EmendWords *words);
EmendRect emend_corrected_line_box (GArray *words,
                                    guint from,
                                    guint *end);
void emend_corrected_append_xml (GString *out,
                                 const char *text);

G_END_DECLS
