#define G_LOG_DOMAIN "emend-ui"

#include "config.h"

#include "emend-file-chooser.h"

#include <string.h>

#include <glib/gi18n-lib.h>

static void
response_cb (GtkNativeDialog *dialog,
             int response,
             gpointer data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (GFile) file = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
  g_object_set_data (G_OBJECT (task), "dialog", NULL);
  if (g_task_return_error_if_cancelled (task))
    return;
  if (response != GTK_RESPONSE_ACCEPT)
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "Nothing was chosen");
  else if (file == NULL || g_file_peek_path (file) == NULL)
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
                             _ ("That place is not a folder of this computer. Choose a local one."));
  else
    g_task_return_pointer (task, g_file_get_path (file), g_free);
}

static void
add_filter (GtkFileChooser *chooser,
            const EmendFileChooserOptions *options)
{
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();
  g_autoptr (GtkFileFilter) all = gtk_file_filter_new ();
  g_auto (GStrv) patterns = g_strsplit (options->patterns, ";", -1);

  gtk_file_filter_set_name (filter, options->filter_name);
  for (char **pattern = patterns; *pattern != NULL; pattern++)
    gtk_file_filter_add_pattern (filter, *pattern);
  gtk_file_chooser_add_filter (chooser, filter);
  gtk_file_filter_set_name (all, _ ("All files"));
  gtk_file_filter_add_pattern (all, "*");
  gtk_file_chooser_add_filter (chooser, all);
}

static void
hide_cb (GCancellable *cancellable,
         GtkNativeDialog *dialog)
{
  gtk_native_dialog_hide (dialog);
  g_signal_emit_by_name (dialog, "response", GTK_RESPONSE_CANCEL);
}

/**
 * emend_file_chooser_choose_async:
 * @parent: (nullable): the window it belongs to
 * @options: what to choose
 * @cancellable: (nullable): hides it; it must be cancelled on the main thread
 * @callback: called when something was chosen or it was closed
 * @user_data: for @callback
 *
 * Shows the desktop's own file chooser. Main thread.
 */
void
emend_file_chooser_choose_async (GtkWindow *parent,
                                 const EmendFileChooserOptions *options,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  static const GtkFileChooserAction actions[] = {
    [EMEND_FILE_CHOOSER_OPEN] = GTK_FILE_CHOOSER_ACTION_OPEN,
    [EMEND_FILE_CHOOSER_SAVE] = GTK_FILE_CHOOSER_ACTION_SAVE,
    [EMEND_FILE_CHOOSER_FOLDER] = GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER,
  };
  GtkFileChooserNative *dialog = gtk_file_chooser_native_new (options->title, parent, actions[options->kind],
                                                              options->accept, NULL);
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_name (task, G_STRFUNC);
  g_object_set_data_full (G_OBJECT (task), "dialog", dialog, g_object_unref);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  if (options->folder != NULL) {
    g_autoptr (GFile) folder = g_file_new_for_path (options->folder);
    gtk_file_chooser_set_current_folder (GTK_FILE_CHOOSER (dialog), folder, NULL);
  }
  if (options->kind == EMEND_FILE_CHOOSER_SAVE && options->name != NULL)
    gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), options->name);
  if (options->filter_name != NULL)
    add_filter (GTK_FILE_CHOOSER (dialog), options);
  g_signal_connect (dialog, "response", G_CALLBACK (response_cb), task);
  if (cancellable != NULL)
    g_signal_connect_object (cancellable, "cancelled", G_CALLBACK (hide_cb), dialog, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

/**
 * emend_file_chooser_choose_finish:
 * @result: what the callback got
 * @error: %G_IO_ERROR_CANCELLED when nothing was chosen, %G_IO_ERROR_NOT_SUPPORTED for a place that
 *   is not a local one
 *
 * Returns: (transfer full) (nullable): the path
 */
char *
emend_file_chooser_choose_finish (GAsyncResult *result,
                                  GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
shown_cb (GObject *source,
          GAsyncResult *result,
          gpointer data)
{
  g_autofree char *folder = data;
  g_autoptr (GVariant) reply = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, NULL);

  if (reply == NULL) {
    g_autofree char *uri = g_filename_to_uri (folder, NULL, NULL);
    g_app_info_launch_default_for_uri_async (uri, NULL, NULL, NULL, NULL);
  }
}

static void
bus_cb (GObject *source,
        GAsyncResult *result,
        gpointer data)
{
  g_autofree char *path = data;
  g_autoptr (GDBusConnection) bus = g_bus_get_finish (result, NULL);
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *uri = g_filename_to_uri (path, NULL, NULL);
  const char *uris[] = { uri, NULL };

  if (bus == NULL || uri == NULL)
    return;
  g_dbus_connection_call (bus, "org.freedesktop.FileManager1", "/org/freedesktop/FileManager1",
                          "org.freedesktop.FileManager1", "ShowItems", g_variant_new ("(^ass)", uris, ""), NULL,
                          G_DBUS_CALL_FLAGS_NONE, -1, NULL, shown_cb, g_steal_pointer (&folder));
}

/**
 * emend_file_chooser_show_in_folder:
 * @path: absolute path of a file
 *
 * Has the desktop's file manager show it; opens its folder where no file manager answers. Main
 * thread.
 */
void
emend_file_chooser_show_in_folder (const char *path)
{
  g_bus_get (G_BUS_TYPE_SESSION, NULL, bus_cb, g_strdup (path));
}

/**
 * emend_file_chooser_describe_path:
 * @path: absolute path
 *
 * Returns: (transfer full): the path for people, in valid UTF-8, with `~` for the home folder
 */
char *
emend_file_chooser_describe_path (const char *path)
{
  const char *home = g_get_home_dir ();
  gsize length = strlen (home);
  g_autofree char *name = g_filename_display_name (path);

  if (length > 1 && strncmp (path, home, length) == 0 && (path[length] == '/' || path[length] == '\0') &&
      g_str_has_prefix (name, home))
    return g_strconcat ("~", name + length, NULL);
  return g_steal_pointer (&name);
}
