#pragma once

#include <gtk/gtk.h>

#include "emend-report.h"
#include "emend-store.h"

G_BEGIN_DECLS

/**
 * EmendReportWindow:
 *
 * How good the model is, by label and by run, as it follows from the decisions.
 */
#define EMEND_TYPE_REPORT_WINDOW (emend_report_window_get_type ())
G_DECLARE_FINAL_TYPE (EmendReportWindow, emend_report_window, EMEND, REPORT_WINDOW, GtkWindow)

GtkWindow *emend_report_window_new (GtkWindow *parent,
                                    EmendStore *store,
                                    const EmendProjectInfo *info);
void emend_report_window_show_report (EmendReportWindow *self,
                                      EmendReport *report);

G_END_DECLS
