#pragma once

#include <adwaita.h>

#include "emend-store.h"

G_BEGIN_DECLS

/* A folder with three pictures, a project of them that is open, and a COCO file that fits two. */
typedef struct {
  char *folder;
  char *project_path;
  char *coco;
  EmendStore *store;
  EmendProjectInfo *info;
  EmendSchema *schema;
} EmendDialogTest;

void emend_dialog_test_setup (EmendDialogTest *test,
                              gconstpointer data);
void emend_dialog_test_teardown (EmendDialogTest *test,
                                 gconstpointer data);
void emend_dialog_test_init (int *argc,
                             char ***argv);
/* Runs the main loop until the widget's stack shows the page; fails the test after 30 seconds. */
void emend_dialog_test_wait_page (GtkWidget *root,
                                  const char *page);
void emend_dialog_test_wait_for (gboolean (*condition) (gpointer data),
                                 gpointer data);
GtkWidget *emend_dialog_test_find (GtkWidget *root,
                                   GType type);
GtkWidget *emend_dialog_test_find_label (GtkWidget *root,
                                         const char *text);
/* Shows the window for a while and destroys it; fails the test when something still holds it. */
void emend_dialog_test_show_and_destroy (GtkWindow *window);
void emend_dialog_test_assert_gone (gpointer *weak);
EmendProjectInfo *emend_dialog_test_get_info (EmendDialogTest *test);
guint emend_dialog_test_count_files (const char *folder);

G_END_DECLS
