#define G_LOG_DOMAIN "emend-ctl"

#include "config.h"

#include <inttypes.h>

#include <glib/gi18n-lib.h>

#include "emend-commands.h"
#include "emend-output.h"
#include "emend-schema-file.h"
#include "emend-table.h"

static void
print_labels (EmendSchema *schema)
{
  const EmendTableColumn columns[] = {
    { _ ("NUMBER"), TRUE, 0 },
    { _ ("KEY"), FALSE, 0 },
    { _ ("COLOR"), FALSE, 0 },
    { _ ("STATE"), FALSE, 0 },
    { _ ("LABEL"), FALSE, 0 },
  };
  g_autoptr (EmendTable) table = emend_table_new (columns, G_N_ELEMENTS (columns));

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
}

static void
add_field (EmendTable *table,
           const EmendField *field,
           const EmendField *column)
{
  g_autofree char *name = column != NULL ? g_strdup_printf ("%s.%s", field->name, column->name) : NULL;
  const EmendField *cell = column != NULL ? column : field;

  if (column == NULL)
    emend_table_add_number (table, field->id);
  else
    emend_table_add (table, NULL);
  emend_table_add (table, emend_field_type_to_name (cell->type));
  emend_table_add (table, field->retired ? C_ ("field", "retired") :
                          cell->required ? C_ ("field", "required") :
                                           C_ ("field", "in use"));
  emend_table_add (table, name != NULL ? name : field->name);
  emend_table_add (table, cell->title);
}

static void
print_fields (EmendSchema *schema)
{
  const EmendTableColumn columns[] = {
    { _ ("NUMBER"), TRUE, 0 },
    { _ ("TYPE"), FALSE, 0 },
    { _ ("STATE"), FALSE, 0 },
    { _ ("FIELD"), FALSE, 0 },
    { _ ("TITLE"), FALSE, 0 },
  };
  g_autoptr (EmendTable) table = emend_table_new (columns, G_N_ELEMENTS (columns));

  for (gsize i = 0; i < emend_schema_get_n_fields (schema); i++) {
    const EmendField *field = emend_schema_get_field (schema, i);

    add_field (table, field, NULL);
    for (guint j = 0; field->columns != NULL && j < field->columns->len; j++)
      add_field (table, field, g_ptr_array_index (field->columns, j));
  }
  emend_table_print (table);
}

static const char *
rule_kind (EmendRuleKind kind)
{
  switch (kind) {
  case EMEND_RULE_SUM:
    return C_ ("rule", "sum");
  case EMEND_RULE_PRODUCT:
    return C_ ("rule", "product");
  case EMEND_RULE_EQUAL:
    return C_ ("rule", "equal");
  case EMEND_RULE_BEFORE:
    return C_ ("rule", "not after");
  case EMEND_RULE_AFTER:
  default:
    return C_ ("rule", "not before");
  }
}

static void
print_rules (EmendSchema *schema)
{
  const EmendTableColumn columns[] = {
    { _ ("RULE"), FALSE, 0 },
    { _ ("FIELD"), FALSE, 0 },
    { _ ("IS"), FALSE, 0 },
    { _ ("OF"), FALSE, 0 },
  };
  g_autoptr (EmendTable) table = emend_table_new (columns, G_N_ELEMENTS (columns));

  for (gsize i = 0; i < emend_schema_get_n_rules (schema); i++) {
    const EmendRule *rule = emend_schema_get_rule (schema, i);
    g_autofree char *operands = g_strjoinv (", ", rule->operands);

    emend_table_add (table, rule->name);
    emend_table_add (table, rule->target);
    emend_table_add (table, rule_kind (rule->kind));
    emend_table_add (table, operands);
  }
  emend_table_print (table);
}

static void
print_lists (EmendSchema *schema)
{
  const EmendTableColumn columns[] = {
    { _ ("VALUES"), TRUE, 0 },
    { _ ("LOOK-UP LIST"), FALSE, 0 },
  };
  g_autoptr (EmendTable) table = emend_table_new (columns, G_N_ELEMENTS (columns));

  for (gsize i = 0; i < emend_schema_get_n_lists (schema); i++) {
    const EmendList *list = emend_schema_get_list (schema, i);

    emend_table_add_number (table, list->entries->len);
    emend_table_add (table, list->name);
  }
  emend_table_print (table);
}

/* What the schema has of each, a table; labels also when there is nothing at all. */
static void
print_tables (EmendSchema *schema)
{
  const struct {
    gsize n;
    void (*print) (EmendSchema *schema);
  } parts[] = {
    { emend_schema_get_n_labels (schema), print_labels },
    { emend_schema_get_n_fields (schema), print_fields },
    { emend_schema_get_n_rules (schema), print_rules },
    { emend_schema_get_n_lists (schema), print_lists },
  };
  const char *const *decisions = emend_schema_get_item_decisions (schema);
  gboolean any = FALSE;

  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++) {
    if (parts[i].n == 0 && (i > 0 || emend_schema_get_n_fields (schema) > 0))
      continue;
    if (any)
      emend_output_print ("\n");
    parts[i].print (schema);
    any = TRUE;
  }
  if (decisions != NULL && decisions[0] != NULL)
    emend_output_print ("\n");
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
    g_autoptr (EmendSchema) whole = emend_schema_copy_with_learned (emend_project_get_schema (project));
    g_autofree char *text = emend_schema_to_json (whole, TRUE);

    emend_output_print ("%s\n", text);
  } else {
    print_tables (emend_project_get_schema (project));
  }
  return EMEND_CTL_DONE;
}

static void
print_change (EmendCtl *ctl,
              EmendSchema *schema)
{
  g_autoptr (EmendOutput) output = NULL;
  gsize n_labels = emend_schema_get_n_labels (schema);
  gsize n_fields = emend_schema_get_n_fields (schema);
  gint64 n_retired = 0;

  for (gsize i = 0; i < n_labels; i++)
    n_retired += emend_schema_get_label (schema, i)->retired;
  for (gsize i = 0; i < n_fields; i++)
    n_retired += emend_schema_get_field (schema, i)->retired;
  if (ctl->json) {
    output = emend_output_new ();
    emend_output_number (output, "version", emend_schema_get_version (schema));
    emend_output_number (output, "labels", (gint64) n_labels);
    emend_output_number (output, "fields", (gint64) n_fields);
    emend_output_number (output, "retired", n_retired);
    emend_output_number (output, "rules", (gint64) emend_schema_get_n_rules (schema));
    emend_output_number (output, "lists", (gint64) emend_schema_get_n_lists (schema));
  } else {
    emend_output_print (_ ("Version of the schema: %u\n"), emend_schema_get_version (schema));
    emend_output_print (_ ("Labels: %" PRIuPTR "\n"), n_labels);
    emend_output_print (_ ("Fields: %" PRIuPTR "\n"), n_fields);
    emend_output_print (_ ("Of them, retired: %" PRId64 "\n"), n_retired);
  }
}

/* The wanted schema as the project takes it; NULL after telling why not. */
static EmendSchema *
adapt (EmendProject *project,
       EmendSchema *wanted,
       const char *path)
{
  g_autoptr (GError) error = NULL;
  EmendSchema *adapted = emend_schema_file_adapt (emend_project_get_schema (project), wanted, &error);

  if (adapted == NULL)
    emend_ctl_fail (path, error);
  return adapted;
}

/* Sets the schema of the file, if there is one, with the lists, if there are some. */
static EmendCtlStatus
change (EmendCtl *ctl,
        const char *path,
        const char *const *lists)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (EmendSchema) wanted = path != NULL ? emend_schema_file_load (path, &error) : NULL;
  g_autoptr (EmendSchema) next = NULL;
  g_autoptr (EmendProject) project = NULL;

  if (error != NULL)
    return emend_ctl_fail (path, error);
  project = emend_ctl_open_to_write (ctl, ctl->args[0]);
  if (project == NULL)
    return EMEND_CTL_FAILED;
  next = wanted != NULL ? adapt (project, wanted, path) : emend_schema_ref (emend_project_get_schema (project));
  if (next == NULL)
    return EMEND_CTL_FAILED;
  if (lists != NULL) {
    g_autofree char *file = NULL;
    EmendSchema *with = emend_schema_file_set_lists (next, lists, &file, &error);

    if (with == NULL)
      return emend_ctl_fail (file, error);
    emend_schema_unref (next);
    next = with;
  }
  if (!emend_project_set_schema (project, next, &error))
    return emend_ctl_fail (ctl->args[0], error);
  print_change (ctl, emend_project_get_schema (project));
  return EMEND_CTL_DONE;
}

static EmendCtlStatus export(EmendCtl *ctl)
{
  g_autoptr (EmendProject) project = emend_ctl_open (ctl, ctl->args[0]);
  g_autoptr (GError) error = NULL;
  g_autoptr (EmendSchema) schema = NULL;

  if (project == NULL)
    return EMEND_CTL_FAILED;
  schema = emend_schema_copy_with_learned (emend_project_get_schema (project));
  if (!emend_schema_file_save (schema, ctl->args[2], &error))
    return emend_ctl_fail (ctl->args[2], error);
  if (ctl->json) {
    g_autoptr (EmendOutput) output = emend_output_new ();

    emend_output_text (output, "file", ctl->args[2]);
    emend_output_number (output, "labels", (gint64) emend_schema_get_n_labels (schema));
    emend_output_number (output, "fields", (gint64) emend_schema_get_n_fields (schema));
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
  g_auto (GStrv) lists = NULL;
  const GOptionEntry entries[] = {
    { "list", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &lists,
      N_ ("Set a look-up list from a CSV file; may be repeated"), N_ ("NAME=FILE") },
    G_OPTION_ENTRY_NULL
  };
  const char *action;

  if (!emend_ctl_parse (ctl, entries, EMEND_CTL_HAS_JSON | EMEND_CTL_HAS_REVIEWER, 1, 3))
    return EMEND_CTL_USAGE;
  action = ctl->n_args > 1 ? ctl->args[1] : "show";
  if (g_str_equal (action, "import") && ctl->n_args == 3)
    return change (ctl, ctl->args[2], (const char *const *) lists);
  if (lists != NULL && ctl->n_args == 1)
    return change (ctl, NULL, (const char *const *) lists);
  if (lists != NULL)
    return emend_ctl_fail_usage (ctl, _ ("“--list” goes with “import FILE” or stands alone."));
  if (g_str_equal (action, "show") && ctl->n_args <= 2)
    return show (ctl);
  if (g_str_equal (action, "export") && ctl->n_args == 3)
    return export(ctl);
  return emend_ctl_fail_usage (ctl, _ ("After the project comes “show”, “import FILE” or “export FILE”."));
}
