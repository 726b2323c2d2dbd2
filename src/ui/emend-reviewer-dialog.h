#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * EmendReviewerDialog:
 *
 * Asks under which name decisions are recorded. Signal "chosen" (name), then the window goes.
 */
#define EMEND_TYPE_REVIEWER_DIALOG (emend_reviewer_dialog_get_type ())
G_DECLARE_FINAL_TYPE (EmendReviewerDialog, emend_reviewer_dialog, EMEND, REVIEWER_DIALOG, GtkWindow)

GtkWindow *emend_reviewer_dialog_new (GtkWindow *parent,
                                      const char *name);
char *emend_reviewer_dialog_clean_name (const char *text);

G_END_DECLS
