#pragma once

#include "emend-overlay.h"
#include "emend-store.h"
#include "emend-table-edit.h"
#include "emend-table-fill.h"

G_BEGIN_DECLS

/**
 * EmendReviewState:
 * @EMEND_REVIEW_LOADING: nothing is known yet
 * @EMEND_REVIEW_NO_ITEMS: the project is empty
 * @EMEND_REVIEW_READY: an item is open and its file can be shown
 * @EMEND_REVIEW_MISSING: an item is open and its file is not where it was
 * @EMEND_REVIEW_UNREADABLE: an item is open and its file cannot be decoded
 */
typedef enum {
  EMEND_REVIEW_LOADING,
  EMEND_REVIEW_NO_ITEMS,
  EMEND_REVIEW_READY,
  EMEND_REVIEW_MISSING,
  EMEND_REVIEW_UNREADABLE,
} EmendReviewState;

/**
 * EmendReview:
 *
 * The work on one open project: which item is open, what is on it, what is selected, and what a
 * reviewer does to it. A decision shows at once and is taken back with a message when it cannot be
 * committed. Knows no widget. Main thread.
 *
 * Signals:
 *   started ()                  the facts of the project are known
 *   opened ()                   another item is open; all about it is new
 *   mark-changed (guint)        one mark, or a new last one
 *   selected (int, gboolean)    another mark is selected, or none (-1); whether the view shall go there
 *   counters ()                 the facts of the project, or what is not saved yet, changed
 *   found ()                    what was looked for is to be shown, or not any more
 *   outcome (EmendOutcome)      something was committed
 *   told (utf8, gboolean)       a passing message; whether it offers to undo
 *   failed (GError)             something could not be done
 *   finished ()                 nothing waits any more
 */
#define EMEND_TYPE_REVIEW (emend_review_get_type ())
G_DECLARE_FINAL_TYPE (EmendReview, emend_review, EMEND, REVIEW, GObject)

EmendReview *emend_review_new (EmendStore *store);
void emend_review_start (EmendReview *self,
                         const char *item);
EmendStore *emend_review_get_store (EmendReview *self);
const EmendProjectInfo *emend_review_get_info (EmendReview *self);
EmendSchema *emend_review_get_schema (EmendReview *self);
const char *emend_review_get_setting (EmendReview *self,
                                      const char *key);
void emend_review_set_setting (EmendReview *self,
                               const char *key,
                               const char *value);
void emend_review_reload_facts (EmendReview *self);
void emend_review_reload_item (EmendReview *self);
void emend_review_take_outcome (EmendReview *self,
                                EmendOutcome *outcome);
gboolean emend_review_is_writable (EmendReview *self);
gboolean emend_review_is_saving (EmendReview *self);

/* The open item. */
EmendReviewState emend_review_get_state (EmendReview *self);
const EmendItem *emend_review_get_item (EmendReview *self);
const char *emend_review_get_media_path (EmendReview *self);
const EmendPage *emend_review_get_page (EmendReview *self);
int emend_review_get_n_pages (EmendReview *self);
void emend_review_set_page (EmendReview *self,
                            int page);
void emend_review_turn (EmendReview *self,
                        int direction);
void emend_review_open (EmendReview *self,
                        gint64 item);
void emend_review_show_found (EmendReview *self,
                              const char *question,
                              gint64 item,
                              int page,
                              guint word);
void emend_review_forget_found (EmendReview *self);
const char *emend_review_get_question (EmendReview *self);
int emend_review_take_found_word (EmendReview *self);
void emend_review_open_next_waiting (EmendReview *self);
guint emend_review_count_passed (EmendReview *self);
void emend_review_prefetch (EmendReview *self,
                            const gint64 *items,
                            gsize n_items);
void emend_review_set_unreadable (EmendReview *self,
                                  const GError *reason);
void emend_review_locate (EmendReview *self,
                          const char *path);

/* Its marks; the number of a mark stays the same as long as the item is open. */
guint emend_review_get_n_marks (EmendReview *self);
const EmendMark *emend_review_get_mark (EmendReview *self,
                                        guint index);
gboolean emend_review_is_shown (EmendReview *self,
                                guint index);
guint emend_review_count_undecided (EmendReview *self);
guint emend_review_count_hidden (EmendReview *self);
int emend_review_get_selected (EmendReview *self);
void emend_review_select (EmendReview *self,
                          int index,
                          gboolean follow);
void emend_review_step (EmendReview *self,
                        int direction);
gboolean emend_review_select_undecided (EmendReview *self);
const EmendOverlayFilter *emend_review_get_filter (EmendReview *self);
void emend_review_set_filter (EmendReview *self,
                              const EmendOverlayFilter *filter);
void emend_review_note_activity (EmendReview *self);

/* What a reviewer does. */
void emend_review_set_source (EmendReview *self,
                              EmendDecisionSource source);
void emend_review_accept (EmendReview *self,
                          int index,
                          gboolean advance);
void emend_review_reject (EmendReview *self,
                          int index,
                          gboolean advance);
void emend_review_take_back (EmendReview *self,
                             int index);
void emend_review_relabel (EmendReview *self,
                           int index,
                           int label);
void emend_review_reshape (EmendReview *self,
                           int index,
                           const EmendShape *shape,
                           gboolean more_follows);
void emend_review_set_attributes (EmendReview *self,
                                  int index,
                                  const char *attributes);
void emend_review_set_comment (EmendReview *self,
                               int index,
                               const char *comment);
void emend_review_set_value (EmendReview *self,
                             int index,
                             int field,
                             const EmendValue *value,
                             const EmendRegion *place);
void emend_review_set_place (EmendReview *self,
                             int index,
                             const EmendRegion *place);
void emend_review_set_without_value (EmendReview *self,
                                     int index,
                                     int field,
                                     EmendDecisionKind kind);
gboolean emend_review_edit_table (EmendReview *self,
                                  int table,
                                  GPtrArray *changes);
gboolean emend_review_fill_table (EmendReview *self,
                                  int field,
                                  EmendTableFilling *filling);
GPtrArray *emend_review_get_superseded (EmendReview *self);
EmendDateOrder emend_review_get_date_order (EmendReview *self);
int emend_review_add (EmendReview *self,
                      int label,
                      const EmendShape *shape);
void emend_review_done (EmendReview *self,
                        gboolean accept_rest);
void emend_review_reopen (EmendReview *self);
void emend_review_undo (EmendReview *self);
void emend_review_redo (EmendReview *self);
void emend_review_step_in_place (EmendReview *self,
                                 gboolean is_redo);
gboolean emend_review_decide_all (EmendReview *self,
                                  GPtrArray *decisions);
void emend_review_flush (EmendReview *self);

G_END_DECLS
