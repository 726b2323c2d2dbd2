#define G_LOG_DOMAIN "emend-app"

#include "config.h"

#include "emend-window-private.h"

#include <inttypes.h>

#include <glib/gi18n-lib.h>

#include "emend-about.h"
#include "emend-add-dialog.h"
#include "emend-column-window.h"
#include "emend-export-dialog.h"
#include "emend-fields-dialog.h"
#include "emend-file-chooser.h"
#include "emend-import-dialog.h"
#include "emend-labels-dialog.h"
#include "emend-new-project-dialog.h"
#include "emend-pack-dialog.h"
#include "emend-learning-window.h"
#include "emend-report-window.h"
#include "emend-reviewer-dialog.h"
#include "emend-sample.h"
#include "emend-search-window.h"
#include "emend-unpack-dialog.h"

static void
reload (EmendWindow *self)
{
  EmendReview *review = emend_window_get_review (self);

  if (review != NULL)
    emend_review_reload_facts (review);
}

static void
new_action (GSimpleAction *action,
            GVariant *value,
            gpointer data)
{
  emend_window_new_from (data, NULL);
}

/**
 * emend_window_new_from:
 * @self: a window
 * @folder: (nullable): of images
 *
 * Makes a new project, and opens it.
 */
void
emend_window_new_from (EmendWindow *self,
                       const char *folder)
{
  g_autofree char *reviewer = g_settings_get_string (emend_window_get_settings (self), "reviewer");
  GtkWindow *dialog = emend_new_project_dialog_new (GTK_WINDOW (self), *reviewer == '\0' ? NULL : reviewer);

  if (folder != NULL)
    emend_new_project_dialog_set_folder (EMEND_NEW_PROJECT_DIALOG (dialog), folder);
  g_signal_connect_object (dialog, "created", G_CALLBACK (emend_window_open), self, G_CONNECT_SWAPPED);
  gtk_window_present (dialog);
}

static void
open_chosen_cb (GObject *source,
                GAsyncResult *result,
                gpointer data)
{
  g_autoptr (EmendWindow) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = emend_file_chooser_choose_finish (result, &error);

  if (path != NULL)
    emend_window_open (self, path);
  else if (error != NULL)
    emend_window_fail (self, error);
}

static void
open_action (GSimpleAction *action,
             GVariant *value,
             gpointer data)
{
  EmendFileChooserOptions options = {
    .kind = EMEND_FILE_CHOOSER_OPEN,
    .title = _ ("Open a Project"),
    .filter_name = _ ("Projects and packs"),
    .patterns = "*.emend;*.emend.zip",
  };

  emend_file_chooser_choose_async (GTK_WINDOW (data), &options, NULL, open_chosen_cb, g_object_ref (data));
}

static void
close_project_action (GSimpleAction *action,
                      GVariant *value,
                      gpointer data)
{
  emend_window_close_project (data);
}

static void
items_added_cb (EmendWindow *self,
                const EmendScanResult *added)
{
  g_autofree char *text = g_strdup_printf (ngettext ("%" PRId64 " item was added.", "%" PRId64 " items were added.",
                                                     (gulong) added->n_added),
                                           added->n_added);

  emend_window_tell (self, text, FALSE);
  reload (self);
}

static void
add_items (EmendWindow *self,
           EmendReview *review,
           const char *folder)
{
  GtkWindow *dialog = emend_add_dialog_new (GTK_WINDOW (self));

  g_signal_connect_object (dialog, "added", G_CALLBACK (items_added_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (dialog, "failed", G_CALLBACK (emend_window_fail), self, G_CONNECT_SWAPPED);
  gtk_window_present (dialog);
  emend_add_dialog_run (EMEND_ADD_DIALOG (dialog), emend_review_get_store (review), folder);
}

static void
items_chosen_cb (GObject *source,
                 GAsyncResult *result,
                 gpointer data)
{
  g_autoptr (EmendWindow) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = emend_file_chooser_choose_finish (result, &error);
  EmendReview *review = emend_window_get_review (self);

  if (path != NULL && review != NULL)
    add_items (self, review, path);
  else if (error != NULL)
    emend_window_fail (self, error);
}

static void
add_items_action (GSimpleAction *action,
                  GVariant *value,
                  gpointer data)
{
  EmendFileChooserOptions options = {
    .kind = EMEND_FILE_CHOOSER_FOLDER,
    .title = _ ("Add the Files of a Folder"),
    .accept = _ ("_Add"),
  };

  options.folder = emend_review_get_info (emend_window_get_review (data))->folder;
  emend_file_chooser_choose_async (GTK_WINDOW (data), &options, NULL, items_chosen_cb, g_object_ref (data));
}

static void
import_action (GSimpleAction *action,
               GVariant *value,
               gpointer data)
{
  EmendReview *review = emend_window_get_review (data);
  GtkWindow *dialog = emend_import_dialog_new (GTK_WINDOW (data), emend_review_get_store (review),
                                               emend_review_get_schema (review));

  g_signal_connect_object (dialog, "imported", G_CALLBACK (reload), data, G_CONNECT_SWAPPED);
  gtk_window_present (dialog);
}

static void
labels_action (GSimpleAction *action,
               GVariant *value,
               gpointer data)
{
  EmendReview *review = emend_window_get_review (data);
  GtkWindow *dialog = emend_labels_dialog_new (GTK_WINDOW (data), emend_review_get_store (review),
                                               emend_review_get_schema (review));

  g_signal_connect_object (dialog, "saved", G_CALLBACK (reload), data, G_CONNECT_SWAPPED);
  gtk_window_present (dialog);
}

static void
fields_action (GSimpleAction *action,
               GVariant *value,
               gpointer data)
{
  EmendReview *review = emend_window_get_review (data);
  GtkWindow *dialog = emend_fields_dialog_new (GTK_WINDOW (data), emend_review_get_store (review),
                                               emend_review_get_schema (review),
                                               emend_review_get_info (review)->read_only_reason);

  g_signal_connect_object (dialog, "saved", G_CALLBACK (reload), data, G_CONNECT_SWAPPED);
  gtk_window_present (dialog);
}

static void
export_action (GSimpleAction *action,
               GVariant *value,
               gpointer data)
{
  EmendReview *review = emend_window_get_review (data);

  gtk_window_present (emend_export_dialog_new (GTK_WINDOW (data), emend_review_get_store (review),
                                               emend_review_get_info (review)));
}

static void
report_action (GSimpleAction *action,
               GVariant *value,
               gpointer data)
{
  EmendReview *review = emend_window_get_review (data);

  gtk_window_present (emend_report_window_new (GTK_WINDOW (data), emend_review_get_store (review),
                                               emend_review_get_info (review)));
}

/* It closes with the project. */
static void
learning_action (GSimpleAction *action,
                 GVariant *value,
                 gpointer data)
{
  EmendWindow *self = data;
  GtkWindow *window = emend_learning_window_new (GTK_WINDOW (self), emend_window_get_review (self),
                                                 emend_review_page_get_learner (self->page));

  g_signal_connect_object (self->page, "destroy", G_CALLBACK (gtk_window_destroy), window, G_CONNECT_SWAPPED);
  gtk_window_present (window);
}

static GtkWindow *
find_column_window (EmendWindow *self)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *link = windows; link != NULL; link = link->next) {
    if (EMEND_IS_COLUMN_WINDOW (link->data) &&
        emend_column_window_get_review (link->data) == emend_window_get_review (self))
      return link->data;
  }
  return NULL;
}

/* There is one at the most, and it closes with the project. */
static void
column_action (GSimpleAction *action,
               GVariant *value,
               gpointer data)
{
  EmendWindow *self = data;
  GtkWindow *window = find_column_window (self);

  if (window == NULL) {
    window = emend_column_window_new (GTK_WINDOW (self), emend_window_get_review (self),
                                      emend_window_get_settings (self));
    g_signal_connect_object (self->page, "destroy", G_CALLBACK (gtk_window_destroy), window, G_CONNECT_SWAPPED);
  }
  gtk_window_present (window);
}

static GtkWindow *
find_search_window (EmendWindow *self)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *link = windows; link != NULL; link = link->next) {
    if (EMEND_IS_SEARCH_WINDOW (link->data) &&
        emend_search_window_get_review (link->data) == emend_window_get_review (self))
      return link->data;
  }
  return NULL;
}

/* There is one at the most, and it closes with the project. */
static void
search_words_action (GSimpleAction *action,
                     GVariant *value,
                     gpointer data)
{
  EmendWindow *self = data;
  GtkWindow *window = find_search_window (self);

  if (window == NULL) {
    window = emend_search_window_new (GTK_WINDOW (self), emend_window_get_review (self));
    g_signal_connect_object (self->page, "destroy", G_CALLBACK (gtk_window_destroy), window, G_CONNECT_SWAPPED);
  }
  emend_search_window_ask (EMEND_SEARCH_WINDOW (window));
}

static void
pack_action (GSimpleAction *action,
             GVariant *value,
             gpointer data)
{
  EmendReview *review = emend_window_get_review (data);

  gtk_window_present (emend_pack_dialog_new (GTK_WINDOW (data), emend_review_get_store (review),
                                             emend_review_get_info (review)));
}

/**
 * emend_window_unpack:
 * @self: a window
 * @path: (nullable): an archive; %NULL to choose one
 *
 * Verifies a pack, shows what is in it, unpacks and opens it.
 */
void
emend_window_unpack (EmendWindow *self,
                     const char *path)
{
  GtkWindow *dialog = emend_unpack_dialog_new (GTK_WINDOW (self));

  g_signal_connect_object (dialog, "unpacked", G_CALLBACK (emend_window_open), self, G_CONNECT_SWAPPED);
  if (path != NULL)
    emend_unpack_dialog_set_archive (EMEND_UNPACK_DIALOG (dialog), path);
  gtk_window_present (dialog);
}

static void
unpack_action (GSimpleAction *action,
               GVariant *value,
               gpointer data)
{
  emend_window_unpack (data, NULL);
}

static void
sample_copied_cb (GObject *source,
                  GAsyncResult *result,
                  gpointer data)
{
  g_autoptr (EmendWindow) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = emend_sample_copy_finish (result, &error);

  if (path != NULL)
    emend_window_open (self, path);
  else
    emend_window_fail (self, error);
}

/* The installed sample is not to be written: each person has a copy. */
static void
open_sample (EmendWindow *self,
             EmendSample sample)
{
  g_autofree char *source = emend_sample_find (sample);
  g_autofree char *target = emend_sample_get_copy (sample);

  emend_sample_copy_async (source, target, sample_copied_cb, g_object_ref (self));
}

static void
sample_action (GSimpleAction *action,
               GVariant *value,
               gpointer data)
{
  open_sample (data, EMEND_SAMPLE_IMAGES);
}

static void
sample_documents_action (GSimpleAction *action,
                         GVariant *value,
                         gpointer data)
{
  open_sample (data, EMEND_SAMPLE_DOCUMENTS);
}

static void
update_sample (EmendWindow *self,
               const char *name,
               EmendSample sample)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self), name);
  g_autofree char *source = emend_sample_find (sample);

  g_simple_action_set_enabled (G_SIMPLE_ACTION (action), g_file_test (source, G_FILE_TEST_IS_DIR));
}

static gpointer
save_copy_worker (EmendProject *project,
                  gpointer data,
                  GCancellable *cancellable,
                  GError **error)
{
  return emend_project_save_copy (project, data, error) ? g_strdup (data) : NULL;
}

static void
copy_saved_cb (GObject *source,
               GAsyncResult *result,
               gpointer data)
{
  g_autoptr (EmendWindow) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = emend_store_run_finish (EMEND_STORE (source), result, &error);
  g_autofree char *text = NULL;

  if (path == NULL) {
    emend_window_fail (self, error);
    return;
  }
  text = g_strdup_printf (_ ("A copy was saved as “%s”."), path);
  emend_window_tell (self, text, FALSE);
}

static void
copy_chosen_cb (GObject *source,
                GAsyncResult *result,
                gpointer data)
{
  g_autoptr (EmendWindow) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = emend_file_chooser_choose_finish (result, &error);
  EmendReview *review = emend_window_get_review (self);

  if (path != NULL && review != NULL)
    emend_store_run_async (emend_review_get_store (review), save_copy_worker, g_strdup (path), g_free, g_free, NULL,
                           copy_saved_cb, g_object_ref (self));
  else if (error != NULL)
    emend_window_fail (self, error);
}

static void
save_copy_action (GSimpleAction *action,
                  GVariant *value,
                  gpointer data)
{
  const EmendProjectInfo *info = emend_review_get_info (emend_window_get_review (data));
  EmendFileChooserOptions options = {
    .kind = EMEND_FILE_CHOOSER_SAVE,
    .title = _ ("Save a Copy of the Project"),
    .patterns = "*.emend",
  };
  g_autofree char *name = g_strdup_printf (_ ("Copy of %s.emend"), info->name);

  options.folder = info->folder;
  options.name = name;
  emend_review_flush (emend_window_get_review (data));
  emend_file_chooser_choose_async (GTK_WINDOW (data), &options, NULL, copy_chosen_cb, g_object_ref (data));
}

static gpointer
set_reviewer_worker (EmendProject *project,
                     gpointer data,
                     GCancellable *cancellable,
                     GError **error)
{
  return emend_project_set_reviewer (project, data, error) ? g_strdup (data) : NULL;
}

static void
reviewer_set_cb (GObject *source,
                 GAsyncResult *result,
                 gpointer data)
{
  g_autoptr (EmendWindow) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *name = emend_store_run_finish (EMEND_STORE (source), result, &error);

  if (name == NULL)
    emend_window_fail (self, error);
  else
    reload (self);
}

static void
reviewer_chosen_cb (EmendWindow *self,
                    const char *name)
{
  EmendReview *review = emend_window_get_review (self);
  g_autofree char *path = g_steal_pointer (&self->awaited_path);

  g_settings_set_string (emend_window_get_settings (self), "reviewer", name);
  if (path != NULL)
    emend_window_open (self, path);
  else if (review != NULL) {
    emend_review_flush (review);
    emend_store_run_async (emend_review_get_store (review), set_reviewer_worker, g_strdup (name), g_free, g_free,
                           NULL, reviewer_set_cb, g_object_ref (self));
  }
}

/**
 * emend_window_ask_reviewer:
 * @self: a window
 *
 * Asks under which name decisions are recorded.
 */
void
emend_window_ask_reviewer (EmendWindow *self)
{
  g_autofree char *name = g_settings_get_string (emend_window_get_settings (self), "reviewer");
  GtkWindow *dialog = emend_reviewer_dialog_new (GTK_WINDOW (self), name);

  g_signal_connect_object (dialog, "chosen", G_CALLBACK (reviewer_chosen_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (dialog);
}

static void
reviewer_action (GSimpleAction *action,
                 GVariant *value,
                 gpointer data)
{
  emend_window_ask_reviewer (data);
}

static void
shortcuts_action (GSimpleAction *action,
                  GVariant *value,
                  gpointer data)
{
  gtk_window_present (emend_shortcuts_new (GTK_WINDOW (data)));
}

static void
fullscreen_action (GSimpleAction *action,
                   GVariant *value,
                   gpointer data)
{
  if (gtk_window_is_fullscreen (GTK_WINDOW (data)))
    gtk_window_unfullscreen (GTK_WINDOW (data));
  else
    gtk_window_fullscreen (GTK_WINDOW (data));
}

/* What needs an open project, and whether it also changes it. */
static const struct {
  const char *name;
  gboolean writes;
} needs_project[] = {
  { "close-project", FALSE },
  { "add-items", TRUE },
  { "import", TRUE },
  { "labels", TRUE },
  { "fields", FALSE },
  { "export", FALSE },
  { "report", FALSE },
  { "search-words", FALSE },
  { "pack", FALSE },
  { "save-copy", FALSE },
};

/**
 * emend_window_update_actions:
 * @self: a window
 *
 * Enables what can be done now.
 */
void
emend_window_update_actions (EmendWindow *self)
{
  EmendReview *review = emend_window_get_review (self);
  gboolean open = review != NULL && emend_review_get_info (review) != NULL;
  GAction *column = g_action_map_lookup_action (G_ACTION_MAP (self), "column");
  GAction *learning = g_action_map_lookup_action (G_ACTION_MAP (self), "learning");

  for (gsize i = 0; i < G_N_ELEMENTS (needs_project); i++) {
    GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self), needs_project[i].name);

    g_simple_action_set_enabled (G_SIMPLE_ACTION (action),
                                 open && (!needs_project[i].writes || emend_review_is_writable (review)));
  }
  g_simple_action_set_enabled (G_SIMPLE_ACTION (column),
                               open && emend_column_window_is_of_use (emend_review_get_schema (review)));
  g_simple_action_set_enabled (G_SIMPLE_ACTION (learning),
                               open && emend_schema_get_n_fields (emend_review_get_schema (review)) > 0);
  update_sample (self, "sample", EMEND_SAMPLE_IMAGES);
  update_sample (self, "sample-documents", EMEND_SAMPLE_DOCUMENTS);
}

/**
 * emend_window_add_actions:
 * @self: a new window
 *
 * Adds what can be done with projects.
 */
void
emend_window_add_actions (EmendWindow *self)
{
  static const GActionEntry entries[] = {
    { "new", new_action },
    { "open", open_action },
    { "close-project", close_project_action },
    { "add-items", add_items_action },
    { "import", import_action },
    { "labels", labels_action },
    { "fields", fields_action },
    { "export", export_action },
    { "report", report_action },
    { "learning", learning_action },
    { "column", column_action },
    { "search-words", search_words_action },
    { "pack", pack_action },
    { "unpack", unpack_action },
    { "sample", sample_action },
    { "sample-documents", sample_documents_action },
    { "save-copy", save_copy_action },
    { "reviewer", reviewer_action },
    { "shortcuts", shortcuts_action },
    { "fullscreen", fullscreen_action },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  emend_window_update_actions (self);
}
