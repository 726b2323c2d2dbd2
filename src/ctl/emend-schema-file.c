#define G_LOG_DOMAIN "emend-ctl"

#include "config.h"

#include "emend-schema-file.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include <gio/gio.h>
#include <glib/gi18n-lib.h>

#include "emend-engine-error.h"
#include "emend-error.h"
#include "emend-json.h"
#include "emend-list-file.h"
#include "emend-part-file.h"
#include "emend-templates.h"

/* The largest schema file that is read: more than the largest that is allowed needs. */
#define MAX_SIZE ((gsize) 64 * 1024 * 1024)

static char *
read_file (const char *path,
           gsize *size,
           GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileInputStream) stream = NULL;
  g_autofree char *text = NULL;
  g_autoptr (GError) problem = NULL;

  stream = g_file_read (file, NULL, &problem);
  if (stream != NULL) {
    text = g_malloc (MAX_SIZE + 1);
    if (g_input_stream_read_all (G_INPUT_STREAM (stream), text, MAX_SIZE + 1, size, NULL, &problem) &&
        *size <= MAX_SIZE)
      return g_realloc (g_steal_pointer (&text), *size + 1);
  }
  if (problem != NULL)
    g_set_error_literal (error, EMEND_BASE_ERROR, EMEND_BASE_ERROR_IO, problem->message);
  else
    g_set_error (error, EMEND_BASE_ERROR, EMEND_BASE_ERROR_LIMIT,
                 _ ("The file is larger than %" PRIuPTR " bytes, which no schema is."), MAX_SIZE);
  return NULL;
}

/**
 * emend_schema_file_load:
 * @path: a JSON file, in the form of emend_schema_to_json()
 * @error: EMEND_BASE_ERROR_IO, EMEND_BASE_ERROR_LIMIT, or what emend_schema_from_json() gives
 *
 * Returns: (transfer full) (nullable): the schema
 */
EmendSchema *
emend_schema_file_load (const char *path,
                        GError **error)
{
  gsize size = 0;
  g_autofree char *text = read_file (path, &size, error);

  return text != NULL ? emend_schema_from_json (text, size, error) : NULL;
}

/**
 * emend_schema_file_load_template:
 * @name: the name of a template that is built in, or else the path of a schema file
 * @error: as for emend_schema_file_load()
 *
 * Returns: (transfer full) (nullable): the schema
 */
EmendSchema *
emend_schema_file_load_template (const char *name,
                                 GError **error)
{
  const EmendTemplate *templates;
  gsize n_templates;

  templates = emend_templates_list (&n_templates);
  for (gsize i = 0; i < n_templates; i++) {
    if (g_str_equal (name, templates[i].name))
      return emend_templates_load (name, error);
  }
  return emend_schema_file_load (name, error);
}

static json_t *
tree_of (EmendSchema *schema)
{
  g_autofree char *text = emend_schema_to_json (schema, FALSE);
  return emend_json_parse (text, strlen (text), G_MAXSIZE, NULL);
}

/* The number of what has this name in the present schema; 0 for nothing. */
typedef int (*FindId) (EmendSchema *present,
                       const char *name);

static int
find_label_id (EmendSchema *present,
               const char *name)
{
  const EmendLabel *label = emend_schema_find_label_by_name (present, name);
  return label != NULL ? label->id : 0;
}

static int
find_field_id (EmendSchema *present,
               const char *name)
{
  const EmendField *field = emend_schema_find_field_by_name (present, name);
  return field != NULL ? field->id : 0;
}

static const char *
name_of (const json_t *entry)
{
  return json_string_value (json_object_get (entry, "name"));
}

/* Labels and fields share one sequence of numbers. */
static int
next_free_id (EmendSchema *schema)
{
  int next = 1;

  for (gsize i = 0; i < emend_schema_get_n_labels (schema); i++)
    next = MAX (next, emend_schema_get_label (schema, i)->id + 1);
  for (gsize i = 0; i < emend_schema_get_n_fields (schema); i++)
    next = MAX (next, emend_schema_get_field (schema, i)->id + 1);
  return next;
}

/* Numbers for the wanted entries: that of the present one of that name, else one that was never used. */
static void
number_entries (json_t *wanted,
                EmendSchema *present,
                FindId find_id,
                int *next)
{
  for (gsize i = 0; i < json_array_size (wanted); i++) {
    json_t *entry = json_array_get (wanted, i);
    int known = find_id (present, name_of (entry));

    json_object_set_new (entry, "id", json_integer (known != 0 ? known : (*next)++));
  }
}

/* The present entries that the wanted schema does not have stay, retired. */
static void
keep_retired (json_t *wanted,
              const json_t *present,
              EmendSchema *schema,
              FindId find_id)
{
  for (gsize i = 0; i < json_array_size (present); i++) {
    json_t *entry = json_array_get (present, i);

    if (find_id (schema, name_of (entry)) != 0)
      continue;
    json_object_set_new (entry, "retired", json_true ());
    json_array_append (wanted, entry);
  }
}

static EmendSchema *
schema_of (const json_t *tree,
           GError **error)
{
  char *text = json_dumps (tree, JSON_COMPACT);
  EmendSchema *schema = emend_schema_from_json (text, strlen (text), error);

  free (text);
  return schema;
}

/**
 * emend_schema_file_adapt:
 * @present: the schema of a project
 * @wanted: one that shall take its place
 * @error: EMEND_MODEL_ERROR_SCHEMA
 *
 * Labels are the same when their names are, and so are fields: they keep their numbers in the project, as everything
 * that was decided refers to those. What @wanted does not have is retired, never removed; rules and look-up lists
 * are those of @wanted.
 *
 * Returns: (transfer full) (nullable): what to set in the project
 */
EmendSchema *
emend_schema_file_adapt (EmendSchema *present,
                         EmendSchema *wanted,
                         GError **error)
{
  g_autoptr (json_t) wanted_tree = tree_of (wanted);
  g_autoptr (json_t) present_tree = tree_of (present);
  json_t *labels = json_object_get (wanted_tree, "labels");
  json_t *fields = json_object_get (wanted_tree, "fields");
  int next = next_free_id (present);

  if (fields == NULL) {
    fields = json_array ();
    json_object_set_new (wanted_tree, "fields", fields);
  }
  number_entries (labels, present, find_label_id, &next);
  number_entries (fields, present, find_field_id, &next);
  keep_retired (labels, json_object_get (present_tree, "labels"), wanted, find_label_id);
  keep_retired (fields, json_object_get (present_tree, "fields"), wanted, find_field_id);
  return schema_of (wanted_tree, error);
}

/**
 * emend_schema_file_set_lists:
 * @schema: a schema
 * @lists: (array zero-terminated=1): "NAME=FILE.csv" each
 * @file: (out) (transfer full) (nullable): which of the files @error is about
 * @error: EMEND_ENGINE_ERROR_IO, EMEND_ENGINE_ERROR_LIST, or EMEND_MODEL_ERROR_SCHEMA
 *
 * Returns: (transfer full) (nullable): the same with the lists of the files, in place of those of these names
 */
EmendSchema *
emend_schema_file_set_lists (EmendSchema *schema,
                             const char *const *lists,
                             char **file,
                             GError **error)
{
  g_autoptr (EmendSchema) copy = emend_schema_copy (schema);
  g_autoptr (json_t) tree = NULL;

  *file = NULL;
  for (gsize i = 0; lists[i] != NULL; i++) {
    const char *equals = strchr (lists[i], '=');
    g_autofree char *name = NULL;
    const EmendList *old;
    EmendList *list;

    if (equals == NULL || equals == lists[i] || !g_utf8_validate (lists[i], equals - lists[i], NULL)) {
      g_set_error_literal (error, EMEND_ENGINE_ERROR, EMEND_ENGINE_ERROR_LIST,
                           _ ("A look-up list is given as NAME=FILE, with a name in UTF-8."));
      return NULL;
    }
    name = g_strndup (lists[i], (gsize) (equals - lists[i]));
    list = emend_list_file_load (equals + 1, name, error);
    if (list == NULL) {
      *file = g_strdup (equals + 1);
      return NULL;
    }
    old = emend_schema_find_list (copy, name);
    if (old != NULL)
      emend_list_go_on_from (list, old);
    emend_schema_set_list (copy, list);
  }
  /* As it will be read: too many lists, or more text than a schema may have, are refused now. */
  tree = tree_of (copy);
  return schema_of (tree, error);
}

/**
 * emend_schema_file_save:
 * @schema: a schema
 * @path: of a file that is not there yet
 * @error: EMEND_BASE_ERROR_EXISTS or EMEND_BASE_ERROR_IO
 *
 * Returns: whether it was written, whole
 */
gboolean
emend_schema_file_save (EmendSchema *schema,
                        const char *path,
                        GError **error)
{
  g_autofree char *text = emend_schema_to_json (schema, TRUE);
  g_autoptr (EmendPartFile) part = emend_part_file_new (path, error);

  return part != NULL && emend_part_file_write (part, text, strlen (text), error) &&
         emend_part_file_write (part, "\n", 1, error) && emend_part_file_commit (part, FALSE, error);
}
