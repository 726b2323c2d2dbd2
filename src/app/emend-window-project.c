#define G_LOG_DOMAIN "emend-app"

#include "config.h"

#include "emend-window-private.h"

#include <glib/gi18n-lib.h>

#include "emend-recent-list.h"

/* Keeps the program alive until what was decided is in the file. */
static void
closed_cb (GObject *source,
           GAsyncResult *result,
           gpointer data)
{
  g_autoptr (GError) error = NULL;

  if (!emend_store_close_finish (EMEND_STORE (source), result, &error))
    g_debug ("closing: %s", error->message);
  g_application_release (G_APPLICATION (data));
}

/**
 * emend_window_note_recent:
 * @self: a window with an open project
 *
 * Puts the project at the head of those that were open lately.
 */
void
emend_window_note_recent (EmendWindow *self)
{
  EmendReview *review = emend_window_get_review (self);
  const EmendProjectInfo *info = review == NULL ? NULL : emend_review_get_info (review);
  EmendRecentFacts facts = { 0 };

  if (info == NULL)
    return;
  facts.path = info->path;
  facts.name = info->name;
  facts.picture = emend_review_get_media_path (review);
  facts.n_items = info->n_items;
  facts.n_left = info->n_undecided;
  emend_recent_list_note (emend_recent_list_get_default (), &facts);
}

/**
 * emend_window_close_project:
 * @self: a window
 *
 * Commits what is on its way, closes the project and shows the first page.
 */
void
emend_window_close_project (EmendWindow *self)
{
  EmendReview *review = emend_window_get_review (self);
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (self));

  g_cancellable_cancel (self->opening);
  g_clear_object (&self->opening);
  if (review == NULL)
    return;
  emend_review_flush (review);
  emend_window_note_recent (self);
  emend_review_page_save_layout (self->page);
  emend_review_page_remove_actions (G_ACTION_MAP (self));
  emend_threshold_set_review (self->threshold, NULL);
  if (application != NULL) {
    g_application_hold (G_APPLICATION (application));
    emend_store_close_async (emend_review_get_store (review), closed_cb, application);
  }
  gtk_stack_set_visible_child_name (self->stack, "welcome");
  gtk_stack_remove (self->stack, GTK_WIDGET (self->page));
  self->page = NULL;
  emend_window_update_actions (self);
  emend_window_show_title (self);
}

static void
started_cb (EmendWindow *self)
{
  emend_window_note_recent (self);
  emend_window_update_actions (self);
  emend_window_show_title (self);
}

static void
show_project (EmendWindow *self,
              EmendStore *store)
{
  g_autoptr (EmendReview) review = emend_review_new (store);

  self->page = EMEND_REVIEW_PAGE (emend_review_page_new (review, emend_window_get_settings (self), self->pictures,
                                                         self->thumbnailer));
  g_signal_connect_object (self->page, "told", G_CALLBACK (emend_window_tell), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->page, "failed", G_CALLBACK (emend_window_fail), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->page, "title-changed", G_CALLBACK (emend_window_show_title), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (review, "started", G_CALLBACK (started_cb), self, G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  gtk_stack_add_named (self->stack, GTK_WIDGET (self->page), "review");
  emend_review_page_add_actions (self->page, G_ACTION_MAP (self));
  emend_threshold_set_review (self->threshold, review);
  /* At once: fading would draw the whole window several times while the picture is decoded. */
  gtk_stack_set_visible_child_full (self->stack, "review", GTK_STACK_TRANSITION_TYPE_NONE);
  emend_window_update_actions (self);
  emend_window_show_title (self);
  gtk_widget_grab_focus (GTK_WIDGET (emend_review_page_get_canvas (self->page)));
  emend_review_start (review, NULL);
}

static void
opened_cb (GObject *source,
           GAsyncResult *result,
           gpointer data)
{
  g_autoptr (EmendWindow) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (EmendStore) store = emend_store_open_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&self->opening);
  if (store == NULL) {
    gtk_stack_set_visible_child_name (self->stack, "welcome");
    emend_window_fail (self, error);
  } else
    show_project (self, store);
}

/**
 * emend_window_open:
 * @self: a window
 * @path: a project or a pack
 *
 * Opens a project in place of what is open; shows what is in a pack. Asks for the reviewer's name when it is
 * not known yet. Shows the window, if it is not shown yet: the project is read while that comes up.
 */
void
emend_window_open (EmendWindow *self,
                   const char *path)
{
  GSettings *settings = emend_window_get_settings (self);
  g_autofree char *reviewer = g_settings_get_string (settings, "reviewer");

  if (g_str_has_suffix (path, ".zip")) {
    gtk_window_present (GTK_WINDOW (self));
    emend_window_unpack (self, path);
    return;
  }
  if (*reviewer == '\0') {
    g_free (self->awaited_path);
    self->awaited_path = g_strdup (path);
    gtk_window_present (GTK_WINDOW (self));
    emend_window_ask_reviewer (self);
    return;
  }
  emend_window_close_project (self);
  emend_welcome_page_set_message (self->welcome, NULL);
  self->opening = g_cancellable_new ();
  emend_store_open_async (path, 0, reviewer, self->opening, opened_cb, g_object_ref (self));
  gtk_stack_set_visible_child_name (self->stack, "opening");
  gtk_window_present (GTK_WINDOW (self));
}
