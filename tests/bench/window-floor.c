#define G_LOG_DOMAIN "emend-bench"

#include "config.h"

#include <gtk/gtk.h>
#include <stdlib.h>

/* The least that any GTK program needs: an empty window of WIDTH x HEIGHT, in the colour that the
 * benchmark waits for. */
static void
activate_cb (GtkApplication *application,
             char **sizes)
{
  GtkCssProvider *style = gtk_css_provider_new ();
  GtkWidget *window = gtk_application_window_new (application);

  gtk_css_provider_load_from_data (style, "window { background: #f032f0; }", -1);
  gtk_style_context_add_provider_for_display (gdk_display_get_default (), GTK_STYLE_PROVIDER (style),
                                              GTK_STYLE_PROVIDER_PRIORITY_USER);
  g_object_unref (style);
  gtk_window_set_default_size (GTK_WINDOW (window), atoi (sizes[1]), atoi (sizes[2]));
  gtk_window_present (GTK_WINDOW (window));
}

int
main (int argc,
      char **argv)
{
  g_autoptr (GtkApplication) application = gtk_application_new ("org.emend.Floor", G_APPLICATION_NON_UNIQUE);

  if (argc < 3)
    return 2;
  g_signal_connect (application, "activate", G_CALLBACK (activate_cb), argv);
  return g_application_run (G_APPLICATION (application), 1, argv);
}
