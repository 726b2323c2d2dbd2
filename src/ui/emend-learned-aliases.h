#pragma once

#include <adwaita.h>

#include "emend-field.h"

G_BEGIN_DECLS

/**
 * EmendLearnedAliases:
 *
 * What a look-up list learned from corrections. Not visible while that is nothing.
 *
 * Signals:
 *   refused (utf8)   somebody took a spelling away
 */
#define EMEND_TYPE_LEARNED_ALIASES (emend_learned_aliases_get_type ())
G_DECLARE_FINAL_TYPE (EmendLearnedAliases, emend_learned_aliases, EMEND, LEARNED_ALIASES, GtkBox)

void emend_learned_aliases_set_list (EmendLearnedAliases *self,
                                     const EmendList *list);

G_END_DECLS
