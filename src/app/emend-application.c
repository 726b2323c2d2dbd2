#define G_LOG_DOMAIN "emend-app"

#include "config.h"

#include "emend-application.h"

#include <glib/gi18n-lib.h>

#include "emend-about.h"
#include "emend-image.h"
#include "emend-preferences.h"
#include "emend-settings.h"
#include "emend-window.h"

struct _EmendApplication {
  AdwApplication parent_instance;
  GSettings *settings;
};

G_DEFINE_FINAL_TYPE (EmendApplication, emend_application, ADW_TYPE_APPLICATION)

static void
preferences_action (GSimpleAction *action,
                    GVariant *value,
                    gpointer data)
{
  EmendApplication *self = data;

  gtk_window_present (emend_preferences_new (gtk_application_get_active_window (GTK_APPLICATION (self)),
                                             self->settings));
}

static void
about_action (GSimpleAction *action,
              GVariant *value,
              gpointer data)
{
  gtk_window_present (emend_about_new (gtk_application_get_active_window (data)));
}

static void
new_window_action (GSimpleAction *action,
                   GVariant *value,
                   gpointer data)
{
  gtk_window_present (GTK_WINDOW (emend_window_new (data)));
}

static void
quit_action (GSimpleAction *action,
             GVariant *value,
             gpointer data)
{
  g_autoptr (GList) windows = g_list_copy (gtk_application_get_windows (data));

  /* Each window closes by itself, so that it keeps what is to be kept. */
  for (GList *link = windows; link != NULL; link = link->next)
    gtk_window_close (link->data);
}

static void
add_keys (GtkApplication *application)
{
  static const struct {
    const char *action;
    const char *keys[3];
  } accels[] = {
    { "app.quit", { "<Control>q" } },
    { "app.new-window", { "<Control><Shift>n" } },
    { "app.preferences", { "<Control>comma" } },
    { "window.close", { "<Control>w" } },
    { "win.new", { "<Control>n" } },
    { "win.open", { "<Control>o" } },
    { "win.import", { "<Control>i" } },
    { "win.export", { "<Control>e" } },
    { "win.report", { "<Control>r" } },
    { "win.pack", { "<Control>p" } },
    { "win.undo", { "<Control>z" } },
    { "win.redo", { "<Control><Shift>z", "<Control>y" } },
    { "win.item-done", { "<Control>Return", "<Control>KP_Enter" } },
    { "win.choose-label", { "F2" } },
    { "win.next-item", { "<Control>Page_Down" } },
    { "win.previous-item", { "<Control>Page_Up" } },
    { "win.next-page", { "<Control><Shift>Page_Down" } },
    { "win.previous-page", { "<Control><Shift>Page_Up" } },
    { "win.find", { "<Control>f" } },
    { "win.search-words", { "<Control><Shift>f" } },
    { "win.next-pane", { "F6" } },
    { "win.show-queue", { "F9" } },
    { "win.show-inspector", { "<Shift>F9" } },
    { "win.show-rejected", { "<Control>h" } },
    { "win.follow", { "<Control>l" } },
    { "win.zoom-in", { "<Control>plus", "<Control>equal" } },
    { "win.zoom-out", { "<Control>minus" } },
    { "win.zoom-fit", { "<Control>0" } },
    { "win.zoom-one", { "<Control>1" } },
    { "win.fullscreen", { "F11" } },
    { "win.shortcuts", { "<Control>question", "F1" } },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (accels); i++)
    gtk_application_set_accels_for_action (application, accels[i].action, (const char *const *) accels[i].keys);
}

static gpointer
media_worker (gpointer data)
{
  emend_media_init (0);
  return NULL;
}

static void
emend_application_startup (GApplication *application)
{
  static const GActionEntry entries[] = {
    { "preferences", preferences_action },
    { "about", about_action },
    { "new-window", new_window_action },
    { "quit", quit_action },
  };
  EmendApplication *self = EMEND_APPLICATION (application);
  GThread *media = g_thread_new ("emend-media-init", media_worker, NULL); /* libvips loads its modules meanwhile */

  G_APPLICATION_CLASS (emend_application_parent_class)->startup (application);
  g_thread_join (media);
  emend_preferences_follow_color_scheme (self->settings);
  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  add_keys (GTK_APPLICATION (self));
}

static void
emend_application_activate (GApplication *application)
{
  EmendApplication *self = EMEND_APPLICATION (application);
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (self));

  if (window == NULL)
    window = GTK_WINDOW (emend_window_new (self));
  gtk_window_present (window);
}

/* The window that shows a project already, else one that shows none, else a new one. */
static EmendWindow *
find_window (EmendApplication *self,
             const char *path,
             gboolean *is_open)
{
  EmendWindow *free_window = NULL;

  *is_open = FALSE;
  for (GList *link = gtk_application_get_windows (GTK_APPLICATION (self)); link != NULL; link = link->next) {
    if (!EMEND_IS_WINDOW (link->data))
      continue;
    if (g_strcmp0 (emend_window_get_project_path (link->data), path) == 0) {
      *is_open = TRUE;
      return link->data;
    }
    if (emend_window_is_free (link->data))
      free_window = link->data;
  }
  return free_window != NULL ? free_window : emend_window_new (self);
}

static void
emend_application_open (GApplication *application,
                        GFile **files,
                        int n_files,
                        const char *hint)
{
  for (int i = 0; i < n_files; i++) {
    g_autofree char *path = g_file_get_path (files[i]);
    gboolean is_open;
    EmendWindow *window;

    if (path == NULL)
      continue;
    window = find_window (EMEND_APPLICATION (application), path, &is_open);
    if (is_open)
      gtk_window_present (GTK_WINDOW (window));
    else
      emend_window_open (window, path);
  }
}

static void
emend_application_dispose (GObject *object)
{
  EmendApplication *self = EMEND_APPLICATION (object);

  g_clear_object (&self->settings);
  G_OBJECT_CLASS (emend_application_parent_class)->dispose (object);
}

static void
emend_application_class_init (EmendApplicationClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = emend_application_dispose;
  G_APPLICATION_CLASS (klass)->startup = emend_application_startup;
  G_APPLICATION_CLASS (klass)->activate = emend_application_activate;
  G_APPLICATION_CLASS (klass)->open = emend_application_open;
}

static void
emend_application_init (EmendApplication *self)
{
  self->settings = emend_settings_new ();
}

/**
 * emend_application_new:
 *
 * The program. Main thread.
 *
 * Returns: (transfer full): a new application
 */
EmendApplication *
emend_application_new (void)
{
  return g_object_new (EMEND_TYPE_APPLICATION,
                       "application-id", EMEND_APP_ID,
                       "resource-base-path", "/org/emend/Emend",
                       "flags", G_APPLICATION_HANDLES_OPEN,
                       NULL);
}

/**
 * emend_application_get_settings:
 * @self: the program
 *
 * Main thread.
 *
 * Returns: (transfer none) (nullable): the user's settings; %NULL when the program is not installed whole
 */
GSettings *
emend_application_get_settings (EmendApplication *self)
{
  g_return_val_if_fail (EMEND_IS_APPLICATION (self), NULL);
  return self->settings;
}
