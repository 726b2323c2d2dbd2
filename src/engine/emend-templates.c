#define G_LOG_DOMAIN "emend-engine"

#include "config.h"

#include "emend-templates.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>

#include "emend-engine-error.h"
#include "emend-template-files.h"

static const EmendTemplate templates[] = {
  { "objects", N_ ("Objects"), N_ ("Boxes of one class: cells, lesions, defects.") },
  { "receipt", N_ ("Receipt"), N_ ("Shop, address, date and total of a receipt.") },
  { "invoice", N_ ("Invoice"), N_ ("Head, lines and amounts of an invoice, with the sums that must hold.") },
  { "form", N_ ("Form"), N_ ("A form that a person filled in: name, address, marks and signature.") },
  { "radiology", N_ ("Radiology Report"), N_ ("The head of a radiology report, its findings and impression.") },
};

/**
 * emend_templates_list:
 * @n_templates: (out): how many
 *
 * Returns: (transfer none) (array length=n_templates): the templates that are built in, in the order to offer them. Any
 *   thread.
 */
const EmendTemplate *
emend_templates_list (gsize *n_templates)
{
  *n_templates = G_N_ELEMENTS (templates);
  return templates;
}

static gboolean
is_template (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (templates); i++) {
    if (g_str_equal (name, templates[i].name))
      return TRUE;
  }
  return FALSE;
}

/**
 * emend_templates_load:
 * @name: of a template
 * @error: EMEND_ENGINE_ERROR_NOT_FOUND when there is none of that name
 *
 * Returns: (transfer full) (nullable): its schema, that only the caller holds. Any thread.
 */
EmendSchema *
emend_templates_load (const char *name,
                      GError **error)
{
  g_autofree char *path = g_strdup_printf ("/org/emend/Emend/templates/%s.json", name);
  g_autoptr (GBytes) bytes = NULL;
  const char *text;
  gsize size;

  if (!is_template (name)) {
    g_set_error (error, EMEND_ENGINE_ERROR, EMEND_ENGINE_ERROR_NOT_FOUND, _ ("There is no template “%s”."), name);
    return NULL;
  }
  /* Asked by its own function: of a static library the linker takes only what somebody refers to. */
  bytes = g_resource_lookup_data (emend_template_files_get_resource (), path, G_RESOURCE_LOOKUP_FLAGS_NONE, error);
  if (bytes == NULL)
    return NULL;
  text = g_bytes_get_data (bytes, &size);
  return emend_schema_from_json (text, size, error);
}
