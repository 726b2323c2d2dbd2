#define G_LOG_DOMAIN "emend-app"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <gtk/gtk.h>
#include <locale.h>

#include "emend-application.h"
#include "emend-renderer.h"

int
main (int argc,
      char **argv)
{
  g_autoptr (EmendApplication) application = NULL;

  emend_renderer_choose ("/dev");
  (void) setlocale (LC_ALL, "");
  gtk_disable_setlocale (); /* no second time, when there is more than one thread */
  bindtextdomain (GETTEXT_PACKAGE, EMEND_LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);

  application = emend_application_new ();
  if (emend_application_get_settings (application) == NULL) {
    g_printerr ("emend: %s\n",
                _ ("The settings schema org.emend.Emend is not installed. Install Emend again, or set "
                   "GSETTINGS_SCHEMA_DIR."));
    return 1;
  }
  return g_application_run (G_APPLICATION (application), argc, argv);
}
