#define G_LOG_DOMAIN "emend-app"

#include "config.h"

#include "emend-window-private.h"

#include <glib/gi18n-lib.h>

#include "emend-recent-list.h"

G_DEFINE_FINAL_TYPE (EmendWindow, emend_window, ADW_TYPE_APPLICATION_WINDOW)

static void
emend_window_dispose (GObject *object)
{
  EmendWindow *self = EMEND_WINDOW (object);

  g_cancellable_cancel (self->opening);
  g_clear_object (&self->opening);
  g_clear_pointer (&self->awaited_path, g_free);
  self->page = NULL;
  g_clear_object (&self->pictures);
  g_clear_object (&self->thumbnailer);
  gtk_widget_dispose_template (GTK_WIDGET (object), EMEND_TYPE_WINDOW);
  G_OBJECT_CLASS (emend_window_parent_class)->dispose (object);
}

static void
keep_size (EmendWindow *self)
{
  GSettings *settings = emend_window_get_settings (self);
  int width;
  int height;

  if (settings == NULL)
    return;
  gtk_window_get_default_size (GTK_WINDOW (self), &width, &height);
  g_settings_set_boolean (settings, "window-maximized", gtk_window_is_maximized (GTK_WINDOW (self)));
  if (!gtk_window_is_maximized (GTK_WINDOW (self)) && width >= 400 && height >= 300) {
    g_settings_set_int (settings, "window-width", width);
    g_settings_set_int (settings, "window-height", height);
  }
}

static gboolean
emend_window_close_request (GtkWindow *window)
{
  EmendWindow *self = EMEND_WINDOW (window);

  keep_size (self);
  emend_window_close_project (self);
  return GTK_WINDOW_CLASS (emend_window_parent_class)->close_request (window);
}

static void
emend_window_class_init (EmendWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = emend_window_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = emend_window_close_request;
  g_type_ensure (EMEND_TYPE_THRESHOLD);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/emend/Emend/ui/emend-window.ui");
  gtk_widget_class_bind_template_child (widget_class, EmendWindow, header);
  gtk_widget_class_bind_template_child (widget_class, EmendWindow, title);
  gtk_widget_class_bind_template_child (widget_class, EmendWindow, start_box);
  gtk_widget_class_bind_template_child (widget_class, EmendWindow, end_box);
  gtk_widget_class_bind_template_child (widget_class, EmendWindow, undo);
  gtk_widget_class_bind_template_child (widget_class, EmendWindow, redo);
  gtk_widget_class_bind_template_child (widget_class, EmendWindow, threshold);
  gtk_widget_class_bind_template_child (widget_class, EmendWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, EmendWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, EmendWindow, spinner);
}

static gboolean
drop_cb (GtkDropTarget *target,
         const GValue *value,
         double x,
         double y,
         EmendWindow *self)
{
  GSList *files = g_value_get_boxed (value);

  for (GSList *link = files; link != NULL; link = link->next) {
    const char *path = g_file_peek_path (link->data);

    if (path != NULL && (g_str_has_suffix (path, ".emend") || g_str_has_suffix (path, ".zip"))) {
      emend_window_open (self, path);
      return TRUE;
    }
  }
  return FALSE;
}

static void
add_welcome (EmendWindow *self)
{
  self->welcome = EMEND_WELCOME_PAGE (emend_welcome_page_new ());
  emend_welcome_page_set_recent (self->welcome, emend_recent_list_get_default (), self->thumbnailer);
  g_signal_connect_object (self->welcome, "open", G_CALLBACK (emend_window_open), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->welcome, "unpack", G_CALLBACK (emend_window_unpack), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->welcome, "new-from", G_CALLBACK (emend_window_new_from), self, G_CONNECT_SWAPPED);
  gtk_stack_add_named (self->stack, GTK_WIDGET (self->welcome), "welcome");
  gtk_stack_set_visible_child_name (self->stack, "welcome");
}

static void
emend_window_init (EmendWindow *self)
{
  GtkDropTarget *drop = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);
  g_autofree char *cache = g_build_filename (g_get_user_cache_dir (), "emend", "thumbnails", NULL);

  gtk_widget_init_template (GTK_WIDGET (self));
  /* Only while it is seen: one that turns behind another page makes a frame of the whole window 60 times a second. */
  g_signal_connect (self->spinner, "map", G_CALLBACK (gtk_spinner_start), NULL);
  g_signal_connect (self->spinner, "unmap", G_CALLBACK (gtk_spinner_stop), NULL);
  self->pictures = emend_picture_cache_new ();
  self->thumbnailer = emend_thumbnailer_new (cache);
  add_welcome (self);
  emend_window_add_actions (self);
  emend_window_show_title (self);
  g_signal_connect_object (drop, "drop", G_CALLBACK (drop_cb), self, 0);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drop));
  emend_frame_log_attach (GTK_WIDGET (self));
}

/**
 * emend_window_new:
 * @application: the program
 *
 * Main thread.
 *
 * Returns: (transfer none): a new window, owned by GTK
 */
EmendWindow *
emend_window_new (EmendApplication *application)
{
  EmendWindow *self = g_object_new (EMEND_TYPE_WINDOW, "application", application, NULL);
  GSettings *settings = emend_window_get_settings (self);

  if (settings != NULL) {
    gtk_window_set_default_size (GTK_WINDOW (self), g_settings_get_int (settings, "window-width"),
                                 g_settings_get_int (settings, "window-height"));
    if (g_settings_get_boolean (settings, "window-maximized"))
      gtk_window_maximize (GTK_WINDOW (self));
  }
  return self;
}

/**
 * emend_window_get_settings:
 * @self: a window
 *
 * Returns: (transfer none) (nullable): the user's settings
 */
GSettings *
emend_window_get_settings (EmendWindow *self)
{
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (self));

  return application == NULL ? NULL : emend_application_get_settings (EMEND_APPLICATION (application));
}

/**
 * emend_window_get_review:
 * @self: a window
 *
 * Returns: (transfer none) (nullable): the work on the open project
 */
EmendReview *
emend_window_get_review (EmendWindow *self)
{
  return self->page == NULL ? NULL : emend_review_page_get_review (self->page);
}

/**
 * emend_window_get_project_path:
 * @self: a window
 *
 * Returns: (transfer none) (nullable): file of the open project
 */
const char *
emend_window_get_project_path (EmendWindow *self)
{
  EmendReview *review = emend_window_get_review (self);
  const EmendProjectInfo *info = review == NULL ? NULL : emend_review_get_info (review);

  return info == NULL ? NULL : info->path;
}

/**
 * emend_window_is_free:
 * @self: a window
 *
 * Returns: whether no project is open or being opened in it
 */
gboolean
emend_window_is_free (EmendWindow *self)
{
  return self->page == NULL && self->opening == NULL;
}

/**
 * emend_window_show_title:
 * @self: a window
 *
 * Says what is open, and what undo would take back.
 */
void
emend_window_show_title (EmendWindow *self)
{
  EmendReview *review = emend_window_get_review (self);
  const EmendProjectInfo *info = review == NULL ? NULL : emend_review_get_info (review);
  g_autofree char *title = info == NULL ? g_strdup ("Emend") : emend_review_page_get_title (self->page);
  g_autofree char *subtitle = info == NULL ? g_strdup ("") : emend_review_page_get_subtitle (self->page);
  g_autofree char *undo = NULL;
  g_autofree char *redo = NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->start_box), self->page != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->end_box), self->page != NULL);
  adw_window_title_set_title (self->title, title);
  adw_window_title_set_subtitle (self->title, subtitle);
  gtk_window_set_title (GTK_WINDOW (self), title);
  if (info == NULL)
    return;
  undo = info->can_undo == NULL ? g_strdup (_ ("Undo (Ctrl+Z)")) :
                                  g_strdup_printf (_ ("Undo: %s (Ctrl+Z)"), info->can_undo);
  redo = info->can_redo == NULL ? g_strdup (_ ("Redo (Ctrl+Shift+Z)")) :
                                  g_strdup_printf (_ ("Redo: %s (Ctrl+Shift+Z)"), info->can_redo);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->undo), undo);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->redo), redo);
}

/**
 * emend_window_tell:
 * @self: a window
 * @text: a passing message
 * @can_undo: whether it offers to undo
 */
void
emend_window_tell (EmendWindow *self,
                   const char *text,
                   gboolean can_undo)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);
  AdwToast *toast = adw_toast_new (escaped);

  adw_toast_set_timeout (toast, can_undo ? 5 : 3);
  if (can_undo) {
    adw_toast_set_button_label (toast, _ ("Undo"));
    adw_toast_set_action_name (toast, "win.undo");
  }
  adw_toast_overlay_add_toast (self->toasts, toast);
}

/* A state that lasts until something is done about it, and in which decisions cannot be saved. */
static gboolean
is_lasting (const GError *error)
{
  return g_error_matches (error, EMEND_STORE_ERROR, EMEND_STORE_ERROR_READ_ONLY) ||
         g_error_matches (error, EMEND_STORE_ERROR, EMEND_STORE_ERROR_MOVED) ||
         g_error_matches (error, EMEND_STORE_ERROR, EMEND_STORE_ERROR_DISK) ||
         g_error_matches (error, EMEND_STORE_ERROR, EMEND_STORE_ERROR_DAMAGED);
}

/**
 * emend_window_fail:
 * @self: a window
 * @error: what could not be done
 *
 * The one place where errors reach the person: a bar for a lasting state, a question when the name of the
 * reviewer is missing, else a passing message; on the first page under its buttons.
 */
void
emend_window_fail (EmendWindow *self,
                   const GError *error)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (self->page == NULL)
    emend_welcome_page_set_message (self->welcome, error->message);
  else if (g_error_matches (error, EMEND_STORE_ERROR, EMEND_STORE_ERROR_NO_REVIEWER))
    emend_window_ask_reviewer (self);
  else if (is_lasting (error))
    emend_review_page_set_notice (self->page, error->message, _ ("Save a _Copy…"), "win.save-copy");
  else
    emend_window_tell (self, error->message, FALSE);
}
