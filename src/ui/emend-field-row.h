#pragma once

#include "emend-crop.h"
#include "emend-field.h"
#include "emend-schema.h"
#include "emend-value.h"

G_BEGIN_DECLS

/**
 * EmendFieldState:
 * @field: what is asked for
 * @schema: (nullable): in which @list is
 * @list: (nullable): where its values come from
 * @verdict: what is decided
 * @value: (nullable): the decided value, else the proposed one
 * @proposed: (nullable): what was proposed
 * @score: confidence of the proposal 0..1, or NaN
 * @date_order: how a date is read that can be read in two ways, or 0 for as @field says
 * @hidden: the proposal is not shown before the reviewer has typed
 *
 * What a row of the form shows. The strings belong to the caller.
 */
typedef struct {
  const EmendField *field;
  EmendSchema *schema;
  const EmendList *list;
  EmendVerdict verdict;
  const EmendValue *value;
  const EmendValue *proposed;
  double score;
  EmendDateOrder date_order;
  gboolean hidden;
} EmendFieldState;

/**
 * EmendFieldRow:
 *
 * One field of the form: its state, where it stands on the page, its value, how that is read, and what is wrong with
 * it.
 *
 * Signals:
 *   entered ()                  the entry has the focus
 *   date-swapped ()             the other reading of a date was chosen, and not confirmed yet
 *   edited ()                   there is other text in the entry, typed or set
 *   confirmed (gboolean)        Enter: the value is right; whether against what is wrong with it
 */
#define EMEND_TYPE_FIELD_ROW (emend_field_row_get_type ())
G_DECLARE_FINAL_TYPE (EmendFieldRow, emend_field_row, EMEND, FIELD_ROW, GtkBox)

GtkWidget *emend_field_row_new (void);
void emend_field_row_set_cell (EmendFieldRow *self,
                               gboolean is_cell);
void emend_field_row_set_state (EmendFieldRow *self,
                                const EmendFieldState *state);
void emend_field_row_forget (EmendFieldRow *self);
void emend_field_row_set_broken (EmendFieldRow *self,
                                 const char *sentence);
EmendCrop *emend_field_row_get_crop (EmendFieldRow *self);
const char *emend_field_row_get_text (EmendFieldRow *self);
void emend_field_row_set_text (EmendFieldRow *self,
                               const char *text);
gboolean emend_field_row_is_changed (EmendFieldRow *self);
EmendDateOrder emend_field_row_get_date_order (EmendFieldRow *self);
char *emend_field_row_swap_date (EmendFieldRow *self);
const char *emend_field_row_get_problem (EmendFieldRow *self);
const char *emend_field_row_get_reason (EmendFieldRow *self);
void emend_field_row_ask_reason (EmendFieldRow *self);
void emend_field_row_tell (EmendFieldRow *self,
                           const char *text);
void emend_field_row_set_doubtful (EmendFieldRow *self,
                                   const guint8 *doubtful,
                                   gsize n);
void emend_field_row_set_current (EmendFieldRow *self,
                                  gboolean current);
void emend_field_row_grab_focus (EmendFieldRow *self);
GtkWidget *emend_field_row_get_entry (EmendFieldRow *self);

G_END_DECLS
