#pragma once

#include <gtk/gtk.h>

#include "emend-import-request.h"

G_BEGIN_DECLS

/**
 * EmendImportPage:
 *
 * Lets choose a file of another tool, asks what the file cannot tell, and shows what an import into a
 * project would do before anything is done. Property "ready" (notified): something would be imported.
 */
#define EMEND_TYPE_IMPORT_PAGE (emend_import_page_get_type ())
G_DECLARE_FINAL_TYPE (EmendImportPage, emend_import_page, EMEND, IMPORT_PAGE, GtkBox)

void emend_import_page_set_project (EmendImportPage *self,
                                    EmendStore *store,
                                    EmendSchema *schema);
void emend_import_page_set_choose_role (EmendImportPage *self,
                                        gboolean choose);
void emend_import_page_set_path (EmendImportPage *self,
                                 const char *path);
const char *emend_import_page_get_path (EmendImportPage *self);
gboolean emend_import_page_get_ready (EmendImportPage *self);
EmendImportRequest *emend_import_page_make_request (EmendImportPage *self);
void emend_import_page_cancel (EmendImportPage *self);

G_END_DECLS
