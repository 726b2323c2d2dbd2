#pragma once

#include "emend-words.h"

G_BEGIN_DECLS

GStrv emend_word_find_split (const char *question);
GArray *emend_word_find (EmendWords *words,
                         const char *const *beginnings);
guint emend_word_find_run (EmendWords *words,
                           const GArray *found,
                           guint position);

G_END_DECLS
