#define G_LOG_DOMAIN "emend-ctl"

#include "config.h"

#include <inttypes.h>

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "emend-commands.h"
#include "emend-output.h"
#include "emend-scan.h"
#include "emend-schema-file.h"

typedef struct {
  char *name;
  char *template_name;
  char *labels;
  char **media;
} NewOptions;

static void
new_options_clear (NewOptions *options)
{
  g_free (options->name);
  g_free (options->template_name);
  g_free (options->labels);
  g_strfreev (options->media);
}
/* clang-format off */
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (NewOptions, new_options_clear)
/* clang-format on */

/* The file's name without its folder and its suffix. */
static char *
name_from_path (const char *path)
{
  g_autofree char *base = g_path_get_basename (path);
  g_autofree char *name = g_filename_display_name (base);

  if (g_str_has_suffix (name, ".emend") && strlen (name) > strlen (".emend"))
    name[strlen (name) - strlen (".emend")] = '\0';
  return g_steal_pointer (&name);
}

/* The schema of the template, with the labels of the command line added; NULL after telling why not. */
static EmendSchema *
make_schema (const NewOptions *options)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (EmendSchema) schema = NULL;
  g_auto (GStrv) names = NULL;

  if (options->template_name != NULL)
    schema = emend_schema_file_load_template (options->template_name, &error);
  else
    schema = emend_schema_new ();
  if (schema == NULL) {
    emend_ctl_fail (options->template_name, error);
    return NULL;
  }
  names = options->labels != NULL ? g_strsplit (options->labels, ",", -1) : NULL;
  for (gsize i = 0; names != NULL && names[i] != NULL; i++) {
    const char *name = g_strstrip (names[i]);
    guint32 color = emend_schema_get_color (emend_schema_get_n_labels (schema));

    if (*name == '\0' || !g_utf8_validate (name, -1, NULL) || emend_schema_add_label (schema, name, color, 0) == 0) {
      g_autofree char *message = g_strdup_printf (_ ("“%s” cannot be a label: it is empty, too long or there twice."),
                                                  name);
      emend_ctl_complain (NULL, message);
      return NULL;
    }
  }
  return g_steal_pointer (&schema);
}

static void
print_result (EmendCtl *ctl,
              EmendProject *project,
              const EmendScanResult *scan)
{
  g_autoptr (EmendProjectInfo) info = emend_project_get_info (project, NULL);
  g_autofree char *uuid = info != NULL ? emend_uuid_to_string (&info->uuid) : NULL;
  g_autoptr (EmendOutput) output = NULL;
  gsize n_labels = emend_schema_get_n_labels (emend_project_get_schema (project));
  gsize n_fields = emend_schema_get_n_fields (emend_project_get_schema (project));

  if (!ctl->json) {
    emend_output_print (_ ("Labels: %" PRIuPTR "\n"), n_labels);
    if (n_fields > 0)
      emend_output_print (_ ("Fields: %" PRIuPTR "\n"), n_fields);
    emend_output_print (_ ("Items: %" PRId64 "\n"), scan != NULL ? scan->n_added : 0);
    return;
  }
  output = emend_output_new ();
  emend_output_text (output, "project", ctl->args[0]);
  emend_output_text (output, "name", info != NULL ? info->name : NULL);
  emend_output_text (output, "uuid", uuid);
  emend_output_number (output, "labels", (gint64) n_labels);
  emend_output_number (output, "fields", (gint64) n_fields);
  emend_output_number (output, "added", scan != NULL ? scan->n_added : 0);
  emend_output_number (output, "unreadable", scan != NULL ? scan->n_unreadable : 0);
}

/* Fills the new project; when that fails, nothing of it stays. */
static EmendCtlStatus
fill_project (EmendCtl *ctl,
              EmendProject *project,
              const NewOptions *options)
{
  g_autoptr (EmendProject) owned = project;
  g_autoptr (EmendScanResult) scan = NULL;
  g_autoptr (GError) error = NULL;

  if (options->media != NULL) {
    emend_ctl_begin_progress (ctl, _ ("Adding files"));
    scan = emend_scan_add (project, (const char *const *) options->media, ctl->cancellable, emend_ctl_progress, ctl,
                           &error);
    emend_ctl_end_progress (ctl);
    if (scan == NULL) {
      emend_ctl_fail (ctl->args[0], error);
      g_clear_pointer (&owned, emend_project_close);
      g_unlink (ctl->args[0]);
      return EMEND_CTL_FAILED;
    }
  }
  print_result (ctl, project, scan);
  return EMEND_CTL_DONE;
}

/**
 * emend_command_new:
 * @ctl: this call
 *
 * `emendctl new`: makes a project, and adds the media that are named.
 *
 * Returns: with what the program ends
 */
EmendCtlStatus
emend_command_new (EmendCtl *ctl)
{
  g_auto (NewOptions) options = { 0 };
  const GOptionEntry entries[] = {
    { "name", 0, 0, G_OPTION_ARG_STRING, &options.name, N_ ("Name of the project; else the file’s"), N_ ("NAME") },
    { "template", 0, 0, G_OPTION_ARG_FILENAME, &options.template_name,
      N_ ("A schema file, or a name: objects, receipt, invoice, form, radiology"),
      N_ ("TEMPLATE") },
    { "labels", 0, 0, G_OPTION_ARG_STRING, &options.labels, N_ ("Labels, with commas between them"), N_ ("A,B,…") },
    { "media", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &options.media, N_ ("Add this file or folder; may be repeated"),
      N_ ("DIR") },
    G_OPTION_ENTRY_NULL
  };
  g_autoptr (EmendSchema) schema = NULL;
  g_autofree char *name = NULL;
  g_autofree char *reviewer = NULL;
  g_autoptr (GError) error = NULL;
  EmendProject *project;

  if (!emend_ctl_parse (ctl, entries, EMEND_CTL_HAS_JSON | EMEND_CTL_HAS_REVIEWER, 1, 1))
    return EMEND_CTL_USAGE;
  schema = make_schema (&options);
  if (schema == NULL)
    return EMEND_CTL_FAILED;
  name = options.name != NULL ? g_strdup (options.name) : name_from_path (ctl->args[0]);
  reviewer = emend_ctl_get_reviewer (ctl);
  project = emend_project_create (ctl->args[0], name, schema, reviewer, &error);
  if (project == NULL)
    return emend_ctl_fail (ctl->args[0], error);
  return fill_project (ctl, project, &options);
}
