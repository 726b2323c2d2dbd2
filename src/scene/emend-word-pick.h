#pragma once

#include "emend-words.h"

G_BEGIN_DECLS

/* (element-type guint): indices of words, in reading order. */
GArray *emend_word_pick_at (EmendWords *words,
                            EmendPoint point,
                            double distance);
GArray *emend_word_pick_in (EmendWords *words,
                            const EmendRect *rect);
EmendRect emend_word_pick_bounds (EmendWords *words,
                                  const GArray *indices);
gboolean emend_word_pick_same_line (EmendWords *words,
                                    const GArray *a,
                                    const GArray *b);
int emend_word_pick_step (EmendWords *words,
                          int index,
                          int direction);
GArray *emend_word_pick_doubtful (EmendWords *words,
                                  double threshold);

G_END_DECLS
