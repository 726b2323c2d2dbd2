#pragma once

#include "emend-field-row.h"
#include "emend-form.h"

G_BEGIN_DECLS

/**
 * EmendFormSlot:
 * @row: shows it
 * @menu: (nullable): the menu of a row of a table, at its first cell
 * @field: number of the field
 * @table_row: row of a table, from 0; -1 for a field of its own
 * @column: number of the column of the table, from 0
 * @mark: number of the mark that has its proposal or value, or -1
 * @stale: whether its row does not show yet what the mark says
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
  GtkWidget *menu;
  int field;
  int table_row;
  int column;
  int mark;
  gboolean stale;
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
  gint64 item;               /* whose fields these are */
  EmendSchema *schema;       /* of which the rows show fields; NULL before the first */
  EmendDateOrder date_order; /* in which undecided dates are shown */
  int word;                  /* the word that the keys are at, or -1 */
  guint crop_idle;
  guint focus_idle;
  guint rules_idle;
  guint refresh_idle;
  GMenuModel *row_menu; /* what can be done with a row of a table */
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
void emend_form_slot_free (EmendFormSlot *slot);
EmendVerdict emend_form_get_verdict (EmendForm *self,
                                     const EmendFormSlot *slot);
EmendWords *emend_form_get_words (EmendForm *self);
void emend_form_go_to (EmendForm *self,
                       int index);
gboolean emend_form_go_on (EmendForm *self);
gboolean emend_form_go_on_after (EmendForm *self,
                                 int index);
void emend_form_catch_up (EmendForm *self);
void emend_form_forget_words (EmendForm *self,
                              EmendFormSlot *slot);

/* emend-form-grid.c */
GtkWidget *emend_form_new_grid_button (EmendForm *self,
                                       const EmendField *table);

/* emend-form-show.c */
void emend_form_make_stale (EmendForm *self);
void emend_form_show_values (EmendForm *self);
void emend_form_show_crops (EmendForm *self);
void emend_form_show_count (EmendForm *self);

/* emend-form-layout.c */
gboolean emend_form_arrange (EmendForm *self);

/* emend-form-rows.c */
void emend_form_install_row_actions (GtkWidgetClass *widget_class);
void emend_form_allow_row_actions (EmendForm *self);
GtkWidget *emend_form_new_row_menu (EmendForm *self,
                                    EmendFormSlot *slot);
void emend_form_add_row_menu_to_entry (EmendForm *self,
                                       const EmendFormSlot *slot);
gboolean emend_form_handle_row_key (EmendForm *self,
                                    guint keyval);

/* emend-form-rules.c */
GPtrArray *emend_form_find_broken (EmendForm *self,
                                   gboolean typed);
void emend_form_show_rules (EmendForm *self);
char *emend_form_get_broken (EmendForm *self,
                             GPtrArray *broken,
                             const EmendFormSlot *slot);
void emend_form_cycle_broken (EmendForm *self);

/* emend-form-actions.c */
gboolean emend_form_is_blind (EmendForm *self,
                              const EmendFormSlot *slot);
EmendValue *emend_form_make_value (EmendForm *self,
                                   const EmendFormSlot *slot,
                                   gboolean with_reason);
void emend_form_tell_all_decided (EmendForm *self);
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
