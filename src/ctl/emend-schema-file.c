#define G_LOG_DOMAIN "emend-ctl"

#include "config.h"

#include "emend-schema-file.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include <gio/gio.h>
#include <glib/gi18n-lib.h>

#include "emend-error.h"
#include "emend-json.h"
#include "emend-part-file.h"

/* The largest schema file that is read: more than the largest that is allowed needs. */
#define MAX_SIZE ((gsize) 64 * 1024 * 1024)

/* For work in which everything is of one class: cells, lesions, defects. */
static const char objects_template[] =
  "{\"labels\": [{\"id\": 1, \"name\": \"object\", \"key\": \"1\"}], \"item_decisions\": [\"unusable\"]}";

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
  if (g_str_equal (name, "objects"))
    return emend_schema_from_json (objects_template, strlen (objects_template), error);
  return emend_schema_file_load (name, error);
}

static json_t *
tree_of (EmendSchema *schema)
{
  g_autofree char *text = emend_schema_to_json (schema, FALSE);
  return emend_json_parse (text, strlen (text), G_MAXSIZE, NULL);
}

/* Numbers for the wanted labels: that of the present label of that name, else one that was never used. */
static void
number_labels (json_t *wanted,
               EmendSchema *present)
{
  int next = 1;

  for (gsize i = 0; i < emend_schema_get_n_labels (present); i++)
    next = MAX (next, emend_schema_get_label (present, i)->id + 1);
  for (gsize i = 0; i < json_array_size (wanted); i++) {
    json_t *label = json_array_get (wanted, i);
    const EmendLabel *known = emend_schema_find_label_by_name (present,
                                                               json_string_value (json_object_get (label, "name")));

    json_object_set_new (label, "id", json_integer (known != NULL ? known->id : next++));
  }
}

/* The present labels that the wanted schema does not have stay, retired. */
static void
keep_retired (json_t *wanted,
              json_t *present,
              EmendSchema *schema)
{
  for (gsize i = 0; i < json_array_size (present); i++) {
    json_t *label = json_array_get (present, i);

    if (emend_schema_find_label_by_name (schema, json_string_value (json_object_get (label, "name"))) == NULL) {
      json_object_set_new (label, "retired", json_true ());
      json_array_append (wanted, label);
    }
  }
}

/**
 * emend_schema_file_adapt:
 * @present: the schema of a project
 * @wanted: one that shall take its place
 * @error: EMEND_MODEL_ERROR_SCHEMA
 *
 * Labels are the same when their names are: they keep their numbers in the project, as everything
 * that was decided refers to those. A label that @wanted does not have is retired, never removed.
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
  EmendSchema *schema;
  char *text;

  number_labels (labels, present);
  keep_retired (labels, json_object_get (present_tree, "labels"), wanted);
  text = json_dumps (wanted_tree, JSON_COMPACT);
  schema = emend_schema_from_json (text, strlen (text), error);
  free (text);
  return schema;
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
