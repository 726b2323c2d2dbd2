#pragma once

#include "emend-review.h"
#include "emend-stopwatch.h"

G_BEGIN_DECLS

/* One mark of the open item. @pending counts its decisions that are not committed yet. */
typedef struct {
  EmendMark *mark;
  guint pending;
  gboolean gone;
} EmendReviewSlot;

/* What is read from the project to show an item; once it is open its marks are in the slots. */
typedef struct {
  EmendItemContent *content;
  char *path;
  gboolean exists;
} EmendReviewContent;

struct _EmendReview {
  GObject parent_instance;

  EmendStore *store;
  EmendProjectInfo *info;
  EmendSchema *schema;
  GHashTable *settings; /* (element-type utf8 utf8): as last read or written */
  GCancellable *cancellable;

  EmendReviewState state;
  EmendReviewContent *open;
  GArray *slots;
  GHashTable *by_proposal; /* (element-type EmendProposalId guint): keys are in the marks of the slots */
  int page;
  int selected;
  EmendOverlayFilter filter;
  EmendStopwatch watch;
  EmendDecisionSource source;

  gint64 wanted;                 /* the item that is being opened, or 0 */
  gboolean select_next;          /* whether the wanted item is opened to go on with the work */
  EmendAnnotation *shown_change; /* (nullable): of the wanted item: is selected once it is open */
  char *question;                /* (nullable): what was looked for in the words of found_item */
  gint64 found_item;             /* an item that is open or wanted, or 0 */
  int found_page;
  int found_word;     /* where the view is still to go, or -1 */
  guint generation;   /* counts how often marks were read; numbers of marks are valid in one of them */
  GHashTable *ahead;  /* (element-type gint64 EmendReviewContent): read ahead */
  GHashTable *passed; /* (element-type gint64): items shown without their file and with nothing to decide */

  int nudged; /* mark whose shape is not handed to the store yet, or -1 */
  guint nudge_timeout;
  guint n_pending;
  gboolean reload; /* something was refused: read the item again when all is answered */
};

enum {
  EMEND_REVIEW_STARTED,
  EMEND_REVIEW_OPENED,
  EMEND_REVIEW_MARK_CHANGED,
  EMEND_REVIEW_SELECTED,
  EMEND_REVIEW_COUNTERS,
  EMEND_REVIEW_FOUND,
  EMEND_REVIEW_OUTCOME,
  EMEND_REVIEW_TOLD,
  EMEND_REVIEW_FAILED,
  EMEND_REVIEW_FINISHED,
  EMEND_REVIEW_N_SIGNALS,
};

extern guint emend_review_signals[EMEND_REVIEW_N_SIGNALS];

void emend_review_content_free (EmendReviewContent *content);
EmendReviewSlot *emend_review_get_slot (EmendReview *self,
                                        int index);
void emend_review_fill_slots (EmendReview *self);
guint emend_review_add_slot (EmendReview *self,
                             EmendMark *mark);
int emend_review_find_slot (EmendReview *self,
                            const EmendAnnotation *annotation);
void emend_review_set_annotation (EmendReview *self,
                                  guint index,
                                  const EmendAnnotation *annotation);
gboolean emend_review_may_decide (EmendReview *self);
EmendDecision *emend_review_new_decision (EmendReview *self,
                                          EmendDecisionKind kind,
                                          const EmendMark *mark);
gint64 emend_review_take_time (EmendReview *self);
void emend_review_show_decision (EmendReview *self,
                                 guint index,
                                 const EmendDecision *decision);
void emend_review_decide (EmendReview *self,
                          EmendDecision *decision,
                          int index);
int emend_review_decide_new (EmendReview *self,
                             EmendDecision *decision,
                             EmendAnnotation *annotation);
void emend_review_commit (EmendReview *self,
                          GPtrArray *decisions,
                          GArray *marks);
void emend_review_settle (EmendReview *self);
void emend_review_set_info (EmendReview *self,
                            const EmendProjectInfo *info);
void emend_review_fail (EmendReview *self,
                        const GError *error);
void emend_review_show_change (EmendReview *self,
                               const EmendAnnotation *annotation);
void emend_review_go_to_found (EmendReview *self);

G_END_DECLS
