#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * EmendLanguageGroup:
 *
 * Chooses the languages of text recognition among those that are installed.
 */
#define EMEND_TYPE_LANGUAGE_GROUP (emend_language_group_get_type ())
G_DECLARE_FINAL_TYPE (EmendLanguageGroup, emend_language_group, EMEND, LANGUAGE_GROUP, AdwPreferencesGroup)

void emend_language_group_set_settings (EmendLanguageGroup *self,
                                        GSettings *settings);
GStrv emend_language_group_arrange (const char *const *installed,
                                    const char *const *chosen);
char *emend_language_group_toggle (const char *languages,
                                   const char *language);

G_END_DECLS
