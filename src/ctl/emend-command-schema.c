#define G_LOG_DOMAIN "emend-ctl"

#include "config.h"

#include <inttypes.h>

#include <glib/gi18n-lib.h>

#include "emend-commands.h"
#include "emend-output.h"
#include "emend-schema-file.h"
#include "emend-table.h"

static void
print_table (EmendSchema *schema)
{
  const EmendTableColumn columns[] = {
    { _ ("NUMBER"), TRUE, 0 },
    { _ ("KEY"), FALSE, 0 },
    { _ ("COLOR"), FALSE, 0 },
    { _ ("STATE"), FALSE, 0 },
    { _ ("LABEL"), FALSE, 0 },
  };
  g_autoptr (EmendTable) table = emend_table_new (columns, G_N_ELEMENTS (columns));
  const char *const *decisions = emend_schema_get_item_decisions (schema);

  for (gsize i = 0; i < emend_schema_get_n_labels (schema); i++) {
    const EmendLabel *label = emend_schema_get_label (schema, i);
    g_autofree char *color = g_strdup_printf ("#%06X", label->color & 0xffffff);
    char key[8] = { 0 };

    g_unichar_to_utf8 (label->key, key);
    emend_table_add_number (table, label->id);
    emend_table_add (table, label->key != 0 ? key : NULL);
    emend_table_add (table, color);
    emend_table_add (table, label->retired ? C_ ("label", "retired") : C_ ("label", "in use"));
    emend_table_add (table, label->name);
  }
  emend_table_print (table);
  for (gsize i = 0; decisions != NULL && decisions[i] != NULL; i++) {
    emend_output_print ("%s", i == 0 ? _ ("Decisions about a whole item: ") : ", ");
    emend_output_print_safe (decisions[i]);
  }
  if (decisions != NULL && decisions[0] != NULL)
    emend_output_print ("\n");
}

static EmendCtlStatus
show (EmendCtl *ctl)
{
  g_autoptr (EmendProject) project = emend_ctl_open (ctl, ctl->args[0]);

  if (project == NULL)
    return EMEND_CTL_FAILED;
  if (ctl->json) {
    g_autofree char *text = emend_schema_to_json (emend_project_get_schema (project), TRUE);
    emend_output_print ("%s\n", text);
  } else {
    print_table (emend_project_get_schema (project));
  }
  return EMEND_CTL_DONE;
}

static void
print_change (EmendCtl *ctl,
              EmendSchema *schema)
{
  g_autoptr (EmendOutput) output = NULL;
  gsize n_labels = emend_schema_get_n_labels (schema);
  gint64 n_retired = 0;

  for (gsize i = 0; i < n_labels; i++)
    n_retired += emend_schema_get_label (schema, i)->retired;
  if (ctl->json) {
    output = emend_output_new ();
    emend_output_number (output, "version", emend_schema_get_version (schema));
    emend_output_number (output, "labels", (gint64) n_labels);
    emend_output_number (output, "retired", n_retired);
  } else {
    emend_output_print (_ ("Version of the schema: %u\n"), emend_schema_get_version (schema));
    emend_output_print (_ ("Labels: %" PRIuPTR "\n"), n_labels);
    emend_output_print (_ ("Of them, retired: %" PRId64 "\n"), n_retired);
  }
}

static EmendCtlStatus
import (EmendCtl *ctl)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (EmendSchema) wanted = emend_schema_file_load (ctl->args[2], &error);
  g_autoptr (EmendSchema) adapted = NULL;
  g_autoptr (EmendProject) project = NULL;

  if (wanted == NULL)
    return emend_ctl_fail (ctl->args[2], error);
  project = emend_ctl_open_to_write (ctl, ctl->args[0]);
  if (project == NULL)
    return EMEND_CTL_FAILED;
  adapted = emend_schema_file_adapt (emend_project_get_schema (project), wanted, &error);
  if (adapted == NULL)
    return emend_ctl_fail (ctl->args[2], error);
  if (!emend_project_set_schema (project, adapted, &error))
    return emend_ctl_fail (ctl->args[0], error);
  print_change (ctl, emend_project_get_schema (project));
  return EMEND_CTL_DONE;
}

static EmendCtlStatus export(EmendCtl *ctl)
{
  g_autoptr (EmendProject) project = emend_ctl_open (ctl, ctl->args[0]);
  g_autoptr (GError) error = NULL;
  EmendSchema *schema;

  if (project == NULL)
    return EMEND_CTL_FAILED;
  schema = emend_project_get_schema (project);
  if (!emend_schema_file_save (schema, ctl->args[2], &error))
    return emend_ctl_fail (ctl->args[2], error);
  if (ctl->json) {
    g_autoptr (EmendOutput) output = emend_output_new ();

    emend_output_text (output, "file", ctl->args[2]);
    emend_output_number (output, "labels", (gint64) emend_schema_get_n_labels (schema));
  }
  return EMEND_CTL_DONE;
}

/**
 * emend_command_schema:
 * @ctl: this call
 *
 * `emendctl schema`: shows, replaces or writes what can be said in a project.
 *
 * Returns: with what the program ends
 */
EmendCtlStatus
emend_command_schema (EmendCtl *ctl)
{
  const char *action;

  if (!emend_ctl_parse (ctl, NULL, EMEND_CTL_HAS_JSON | EMEND_CTL_HAS_REVIEWER, 1, 3))
    return EMEND_CTL_USAGE;
  action = ctl->n_args > 1 ? ctl->args[1] : "show";
  if (g_str_equal (action, "show") && ctl->n_args <= 2)
    return show (ctl);
  if (g_str_equal (action, "import") && ctl->n_args == 3)
    return import (ctl);
  if (g_str_equal (action, "export") && ctl->n_args == 3)
    return export(ctl);
  return emend_ctl_fail_usage (ctl, _ ("After the project comes “show”, “import FILE” or “export FILE”."));
}
