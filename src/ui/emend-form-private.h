#pragma once

#include "emend-field-row.h"
#include "emend-form.h"

G_BEGIN_DECLS

/**
 * EmendFormSlot:
 * @row: shows it
 * @field: number of the field
 * @table_row: row of a table, from 0; -1 for a field of its own
 * @column: number of the column of the table, from 0
 * @mark: number of the mark that has its proposal or value, or -1
 * @pending: place of the words that were taken and not confirmed yet
 * @has_pending: whether there is such a place
 * @printed: (nullable): what stands there
 * @taken: (element-type guint): the words
 * @compared: the typed value was compared with the hidden proposal, and the difference was told
 *
 * One value that the form asks for.
 */
typedef struct {
  EmendFieldRow *row;
  int field;
  int table_row;
  int column;
  int mark;
  EmendRegion pending;
  gboolean has_pending;
  char *printed;
  GArray *taken;
  gboolean compared;
} EmendFormSlot;

struct _EmendForm {
  GtkBox parent_instance;

  GtkLabel *count;
  GtkSpinner *spinner;
  GtkLabel *reading;
  GtkScrolledWindow *scroller;
  GtkBox *rows;

  EmendReview *review;
  EmendDocument *document;
  EmendPictureCache *pictures; /* of the strips, so that they do not take the place of what the canvas wants */
  GPtrArray *slots;            /* (element-type EmendFormSlot) */
  int current;
  gint64 item; /* whose fields these are */
  int word;    /* the word that the keys are at, or -1 */
  guint crop_idle;
  guint focus_idle;
  guint rules_idle;
  guint refresh_idle;
};

enum {
  EMEND_FORM_WORDS_TAKEN,
  EMEND_FORM_TOLD,
  EMEND_FORM_SHOW_RECT,
  EMEND_FORM_DRAW_TABLE,
  EMEND_FORM_N_SIGNALS,
};

extern guint emend_form_signals[EMEND_FORM_N_SIGNALS];

/* emend-form.c */
EmendFormSlot *emend_form_get_current (EmendForm *self);
const EmendMark *emend_form_get_mark (EmendForm *self,
                                      const EmendFormSlot *slot);
const EmendMark *emend_form_get_standing (EmendForm *self,
                                          guint index);
const EmendField *emend_form_get_field (EmendForm *self,
                                        const EmendFormSlot *slot);
char *emend_form_get_name (EmendForm *self,
                           const EmendFormSlot *slot);
EmendFormSlot *emend_form_new_slot (EmendForm *self);
EmendVerdict emend_form_get_verdict (EmendForm *self,
                                     const EmendFormSlot *slot);
EmendWords *emend_form_get_words (EmendForm *self);
void emend_form_go_to (EmendForm *self,
                       int index);
gboolean emend_form_go_on (EmendForm *self);
void emend_form_catch_up (EmendForm *self);
void emend_form_forget_words (EmendForm *self,
                              EmendFormSlot *slot);

/* emend-form-grid.c */
GtkWidget *emend_form_new_grid_button (EmendForm *self,
                                       const EmendField *table);

/* emend-form-layout.c */
gboolean emend_form_arrange (EmendForm *self);

/* emend-form-rules.c */
GPtrArray *emend_form_find_broken (EmendForm *self,
                                   gboolean typed);
void emend_form_show_rules (EmendForm *self);
char *emend_form_get_broken (EmendForm *self,
                             GPtrArray *broken,
                             const EmendFormSlot *slot);
void emend_form_cycle_broken (EmendForm *self);

/* emend-form-actions.c */
void emend_form_set_without_value (EmendForm *self,
                                   EmendDecisionKind kind);
void emend_form_show_candidates (EmendForm *self);
void emend_form_swap_date (EmendForm *self);
void emend_form_step_doubtful (EmendForm *self,
                               int direction);
void emend_form_step_word (EmendForm *self,
                           int direction,
                           gboolean extend);
void emend_form_mark_doubtful (EmendForm *self,
                               const EmendFormSlot *slot);

G_END_DECLS
