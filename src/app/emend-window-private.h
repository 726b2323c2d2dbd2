#pragma once

#include "emend-review-page.h"
#include "emend-threshold.h"
#include "emend-welcome-page.h"
#include "emend-window.h"

G_BEGIN_DECLS

struct _EmendWindow {
  AdwApplicationWindow parent_instance;

  AdwHeaderBar *header;
  AdwWindowTitle *title;
  GtkBox *start_box;
  GtkBox *end_box;
  GtkButton *undo;
  GtkButton *redo;
  EmendThreshold *threshold;
  AdwToastOverlay *toasts;
  GtkStack *stack;
  GtkSpinner *spinner;

  EmendWelcomePage *welcome;
  EmendReviewPage *page; /* (nullable): while a project is open */
  GCancellable *opening; /* (nullable): a project is being opened */
  char *awaited_path;    /* (nullable): to open once the reviewer has a name */
  EmendPictureCache *pictures;
  EmendThumbnailer *thumbnailer;
};

/* emend-window.c */
GSettings *emend_window_get_settings (EmendWindow *self);
EmendReview *emend_window_get_review (EmendWindow *self);
void emend_window_tell (EmendWindow *self,
                        const char *text,
                        gboolean can_undo);
void emend_window_fail (EmendWindow *self,
                        const GError *error);
void emend_window_show_title (EmendWindow *self);

/* emend-window-project.c */
void emend_window_close_project (EmendWindow *self);
void emend_window_note_recent (EmendWindow *self);

/* emend-window-actions.c */
void emend_window_add_actions (EmendWindow *self);
void emend_window_update_actions (EmendWindow *self);
void emend_window_ask_reviewer (EmendWindow *self);
void emend_window_unpack (EmendWindow *self,
                          const char *path);
void emend_window_new_from (EmendWindow *self,
                            const char *folder);

/* emend-frame-log.c */
void emend_frame_log_attach (GtkWidget *widget);

G_END_DECLS
