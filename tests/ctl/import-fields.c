/* Takes values of fields over as a run of proposals: PROJECT RUN, and on standard input a line a value, a JSON object
 * with "item", "field", "value" and, if known, "score", "page" (from 1) and "box". For tests that need proposals of
 * fields. */

#define G_LOG_DOMAIN "emend-test"

#include "config.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "emend-import.h"
#include "emend-project.h"

static EmendProposal *
read_line (EmendProject *project,
           const json_t *tree,
           GError **error)
{
  g_autoptr (EmendItem) item = emend_project_find_item (project, json_string_value (json_object_get (tree, "item")),
                                                        error);
  const char *name = json_string_value (json_object_get (tree, "field"));
  const EmendField *field = emend_schema_find_field_by_name (emend_project_get_schema (project), name);
  const json_t *score = json_object_get (tree, "score");
  const json_t *page = json_object_get (tree, "page");
  const json_t *box = json_object_get (tree, "box");
  EmendRect place = { 0 };
  EmendProposal *proposal;

  if (item == NULL)
    return NULL;
  g_assert_nonnull (field);
  if (box != NULL)
    place = (EmendRect){ json_number_value (json_array_get (box, 0)), json_number_value (json_array_get (box, 1)),
                         json_number_value (json_array_get (box, 2)), json_number_value (json_array_get (box, 3)) };
  proposal = emend_proposal_new ();
  proposal->item = item->id;
  proposal->label = field->id;
  proposal->page = page != NULL ? (int) json_integer_value (page) - 1 : 0;
  proposal->score = score != NULL ? json_number_value (score) : NAN;
  emend_shape_init_box (&proposal->shape, &place);
  proposal->value = emend_value_new (json_string_value (json_object_get (tree, "value")));
  proposal->value->source = g_strdup ("imported");
  emend_schema_normalise (emend_project_get_schema (project), field->id, proposal->value);
  return proposal;
}

static gboolean
import_lines (EmendProject *project,
              const char *name,
              GError **error)
{
  g_autoptr (EmendRun) run = emend_run_new ();
  g_autoptr (EmendImport) import = NULL;
  char line[1 << 16];

  run->name = g_strdup (name);
  import = emend_import_begin (project, run, error);
  while (import != NULL && fgets (line, sizeof line, stdin) != NULL) {
    g_autoptr (json_t) tree = emend_json_parse (line, strlen (line), sizeof line, error);
    g_autoptr (EmendProposal) proposal = tree != NULL ? read_line (project, tree, error) : NULL;

    if (proposal == NULL || !emend_import_add (import, proposal, error))
      return FALSE;
  }
  return import != NULL && emend_import_finish (import, error);
}

int
main (int argc,
      char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (EmendProject) project = argc == 3 ? emend_project_open (argv[1], 0, "Import", &error) : NULL;

  if (project != NULL && import_lines (project, argv[2], &error))
    return EXIT_SUCCESS;
  g_printerr ("import-fields: %s\n", error != NULL ? error->message : "PROJECT RUN");
  return EXIT_FAILURE;
}
