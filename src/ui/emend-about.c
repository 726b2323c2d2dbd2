#define G_LOG_DOMAIN "emend-ui"

#include "config.h"

#include "emend-about.h"

#include <glib/gi18n-lib.h>

/**
 * emend_about_new:
 * @parent: (nullable): the window it belongs to
 *
 * Returns: (transfer none): a window that says what the program is, owned by GTK
 */
GtkWindow *
emend_about_new (GtkWindow *parent)
{
  GtkWidget *about = gtk_about_dialog_new ();
  GtkAboutDialog *dialog = GTK_ABOUT_DIALOG (about);

  gtk_about_dialog_set_program_name (dialog, "Emend");
  gtk_about_dialog_set_logo_icon_name (dialog, EMEND_APP_ID);
  gtk_about_dialog_set_version (dialog, EMEND_VERSION);
  gtk_about_dialog_set_comments (dialog,
                                 _ ("See what the model proposed, confirm it or put it right.\n\nEmend never uses a "
                                    "network. Your files are never changed."));
  gtk_about_dialog_set_license_type (dialog, GTK_LICENSE_GPL_3_0);
  /* TRANSLATORS: your names, one a line, to be credited. */
  gtk_about_dialog_set_translator_credits (dialog, _ ("translator-credits"));
  gtk_window_set_transient_for (GTK_WINDOW (about), parent);
  gtk_window_set_modal (GTK_WINDOW (about), TRUE);
  return GTK_WINDOW (about);
}

/**
 * emend_shortcuts_new:
 * @parent: (nullable): the window it belongs to
 *
 * Returns: (transfer none): a window with the keys, owned by GTK
 */
GtkWindow *
emend_shortcuts_new (GtkWindow *parent)
{
  g_autoptr (GtkBuilder) builder = gtk_builder_new_from_resource ("/org/emend/Emend/ui/emend-shortcuts.ui");
  GtkWindow *window = GTK_WINDOW (gtk_builder_get_object (builder, "shortcuts"));

  gtk_window_set_transient_for (window, parent);
  gtk_window_set_modal (window, TRUE);
  return window;
}
