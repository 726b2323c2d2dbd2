#pragma once

#include <gtk/gtk.h>

#include "emend-canvas.h"
#include "emend-field-learner.h"
#include "emend-picture.h"
#include "emend-review.h"

G_BEGIN_DECLS

/**
 * EmendReviewPage:
 *
 * The window's content while a project is open: queue, page, inspector, status.
 *
 * Signals:
 *   told (utf8, gboolean)   a passing message; whether it offers to undo
 *   failed (GError)         something could not be done
 *   title-changed ()        another item, or other counts
 */
#define EMEND_TYPE_REVIEW_PAGE (emend_review_page_get_type ())
G_DECLARE_FINAL_TYPE (EmendReviewPage, emend_review_page, EMEND, REVIEW_PAGE, GtkBox)

GtkWidget *emend_review_page_new (EmendReview *review,
                                  GSettings *settings,
                                  EmendPictureCache *pictures,
                                  EmendThumbnailer *thumbnailer);
EmendReview *emend_review_page_get_review (EmendReviewPage *self);
EmendCanvas *emend_review_page_get_canvas (EmendReviewPage *self);
EmendFieldLearner *emend_review_page_get_learner (EmendReviewPage *self);
void emend_review_page_save_layout (EmendReviewPage *self);
char *emend_review_page_get_title (EmendReviewPage *self);
char *emend_review_page_get_subtitle (EmendReviewPage *self);
void emend_review_page_set_notice (EmendReviewPage *self,
                                   const char *text,
                                   const char *button,
                                   const char *action);
/* Its actions, for the window; taken away again with NULL values of the same names. */
void emend_review_page_add_actions (EmendReviewPage *self,
                                    GActionMap *map);
void emend_review_page_remove_actions (GActionMap *map);

G_END_DECLS
