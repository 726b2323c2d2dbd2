#pragma once

#include <gtk/gtk.h>

#include "emend-task-progress.h"

G_BEGIN_DECLS

/**
 * EmendProgressPage:
 *
 * Shows one long piece of work: its name, how far it is, how long it takes, and a button to cancel it.
 */
#define EMEND_TYPE_PROGRESS_PAGE (emend_progress_page_get_type ())
G_DECLARE_FINAL_TYPE (EmendProgressPage, emend_progress_page, EMEND, PROGRESS_PAGE, GtkBox)

void emend_progress_page_start (EmendProgressPage *self,
                                const char *title,
                                EmendTaskProgress *progress);
void emend_progress_page_stop (EmendProgressPage *self);
gboolean emend_progress_page_cancel (EmendProgressPage *self);

G_END_DECLS
