#pragma once

#include "emend-field-learner.h"
#include "emend-form.h"
#include "emend-grid-bar.h"
#include "emend-inspector.h"
#include "emend-label-chooser.h"
#include "emend-queue.h"
#include "emend-review-page.h"
#include "emend-status-bar.h"
#include "emend-zoom-bar.h"

G_BEGIN_DECLS

struct _EmendReviewPage {
  GtkBox parent_instance;

  GtkRevealer *notice;
  GtkLabel *notice_text;
  GtkButton *notice_button;
  GtkPaned *outer;
  GtkPaned *inner;
  GtkWidget *middle;
  GtkStack *stack;
  GtkSpinner *spinner;
  EmendCanvas *canvas;
  EmendZoomBar *zoom_bar;
  EmendGridBar *grid_bar;
  GtkMenuButton *pen;
  GtkWidget *pen_dot;
  GtkLabel *pen_label;
  EmendLabelChooser *pen_chooser;
  GtkWidget *problem;
  GtkWidget *problem_first;
  GtkWidget *problem_second;
  EmendQueue *queue;
  GtkWidget *side;
  EmendForm *form;
  EmendInspector *inspector;
  EmendStatusBar *status;

  EmendLabelChooser *chooser; /* for the selected mark */
  EmendReview *review;
  GSettings *settings;
  EmendPictureCache *pictures;
  EmendThumbnailer *thumbnailer;
  EmendPicture *picture;
  EmendDocument *document;
  EmendFieldLearner *learner;
  EmendTableTool *table; /* (nullable): while columns are drawn over the page */
  gint64 table_item;     /* on which item */
  int table_page;        /* and page */
  guint table_tick;      /* the view goes to the table soon */
  int table_frames;
  GActionMap *actions;
  GtkWidget *window;               /* (nullable): weak: whose keys are listened to */
  GtkEventController *window_keys; /* (nullable): of that window */
  int pen_id;
  gboolean laid_out;
  guint prefetch_idle;
  int prefetch_waits; /* how often it was put off */
  guint layout_idle;
};

/* emend-review-page.c */
void emend_review_page_choose_label (EmendReviewPage *self);
void emend_review_page_set_pen (EmendReviewPage *self,
                                int label);
void emend_review_page_show_canvas (EmendReviewPage *self);
void emend_review_page_tell (EmendReviewPage *self,
                             const char *text);
void emend_review_page_prefetch (EmendReviewPage *self);

/* emend-review-layout.c */
void emend_review_page_set_up_layout (EmendReviewPage *self);
void emend_review_page_arrange (EmendReviewPage *self);
void emend_review_page_restore_layout (EmendReviewPage *self);
gboolean emend_review_page_is_swapped (EmendReviewPage *self);
void emend_review_page_set_swapped (EmendReviewPage *self,
                                    gboolean swapped);

/* emend-review-actions.c */
void emend_review_page_take_settings (EmendReviewPage *self);
void emend_review_page_update_actions (EmendReviewPage *self);

/* emend-review-tools.c */
void emend_review_page_add_tools (EmendReviewPage *self);
void emend_review_page_remove_tools (GActionMap *map);
void emend_review_page_update_tools (EmendReviewPage *self);
void emend_review_page_check_tool (EmendReviewPage *self);
void emend_review_page_use_tool (EmendReviewPage *self,
                                 EmendToolKind kind);

/* emend-review-marks.c */
EmendOverlayMark emend_review_page_get_overlay_mark (EmendReviewPage *self,
                                                     guint index);
void emend_review_page_show_marks (EmendReviewPage *self);
void emend_review_page_select_mark (EmendReviewPage *self,
                                    int index);
void emend_review_page_describe (EmendReviewPage *self);

/* emend-review-document.c */
void emend_review_page_set_up_document (EmendReviewPage *self);
void emend_review_page_show_side (EmendReviewPage *self);
void emend_review_page_finish_document (EmendReviewPage *self);

/* emend-review-grid.c */
void emend_review_page_set_up_tables (EmendReviewPage *self);
void emend_review_page_draw_table (EmendReviewPage *self,
                                   int field);
void emend_review_page_leave_table (EmendReviewPage *self,
                                    gboolean go_back);
void emend_review_page_drop_table (EmendReviewPage *self);
gboolean emend_review_page_table_key (EmendReviewPage *self,
                                      guint keyval,
                                      GdkModifierType modifiers);

/* emend-review-keys.c */
void emend_review_page_add_keys (EmendReviewPage *self);

G_END_DECLS
