#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * EmendCheckedRow:
 *
 * A row of a list with its title, an entry, and below it what is wrong with what is typed. Signal "changed" when
 * somebody types.
 */
#define EMEND_TYPE_CHECKED_ROW (emend_checked_row_get_type ())
G_DECLARE_FINAL_TYPE (EmendCheckedRow, emend_checked_row, EMEND, CHECKED_ROW, AdwPreferencesRow)

const char *emend_checked_row_get_text (EmendCheckedRow *self);
void emend_checked_row_set_text (EmendCheckedRow *self,
                                 const char *text);
void emend_checked_row_set_problem (EmendCheckedRow *self,
                                    const char *problem);
void emend_checked_row_set_placeholder (EmendCheckedRow *self,
                                        const char *text);

G_END_DECLS
