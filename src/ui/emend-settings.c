#define G_LOG_DOMAIN "emend-ui"

#include "config.h"

#include "emend-settings.h"

/**
 * emend_settings_new:
 *
 * The user's settings. A schema that is not where GLib looks is looked for beside the program's own
 * data, so that a program installed below any folder works. Main thread.
 *
 * Returns: (transfer full) (nullable): the settings; %NULL when the schema is not installed
 */
GSettings *
emend_settings_new (void)
{
  GSettingsSchemaSource *standard = g_settings_schema_source_get_default ();
  g_autoptr (GSettingsSchemaSource) own = NULL;
  g_autoptr (GSettingsSchema) schema = NULL;

  if (standard != NULL)
    schema = g_settings_schema_source_lookup (standard, EMEND_APP_ID, TRUE);
  if (schema == NULL) {
    own = g_settings_schema_source_new_from_directory (EMEND_DATADIR "/glib-2.0/schemas", standard, FALSE, NULL);
    if (own != NULL)
      schema = g_settings_schema_source_lookup (own, EMEND_APP_ID, FALSE);
  }
  return schema == NULL ? NULL : g_settings_new_full (schema, NULL, NULL);
}
