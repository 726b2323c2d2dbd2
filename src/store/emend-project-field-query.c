#define G_LOG_DOMAIN "emend-store"

#include "config.h"

#include "emend-project-private.h"

/* The values of fields `p` that wait in stream ?2. */
#define WAITING                                                                                              \
  "FROM proposal p JOIN run r ON r.id = p.id >> 32 AND r.role = 0 WHERE p.value IS NOT NULL AND NOT EXISTS " \
  "(SELECT 1 FROM annotation a WHERE a.item = p.item AND a.stream = ?2 AND a.proposal = p.id) AND NOT "      \
  "(" EMEND_SUPERSEDED ")"

/**
 * emend_project_count_fields:
 * @project: a project
 * @error: EMEND_STORE_ERROR
 *
 * Looks at every value that was proposed: a tenth of a second for 50,000 of them. Not for the main thread.
 *
 * Returns: (transfer full) (nullable) (element-type EmendFieldCount): the fields of which something waits for the
 *   active reviewer, by number
 */
GArray *
emend_project_count_fields (EmendProject *project,
                            GError **error)
{
  g_autoptr (GArray) counts = g_array_new (FALSE, FALSE, sizeof (EmendFieldCount));
  g_autoptr (EmendQuery) query = emend_query_new (
    project, "SELECT p.label, count (*) " WAITING " GROUP BY p.label ORDER BY p.label", error);
  EmendStep step;

  if (query == NULL)
    return NULL;
  sqlite3_bind_int64 (query, 2, project->view);
  while ((step = emend_query_step (project, query, error)) == EMEND_STEP_ROW) {
    EmendFieldCount count = { sqlite3_column_int (query, 0), sqlite3_column_int64 (query, 1) };
    g_array_append_val (counts, count);
  }
  return step == EMEND_STEP_DONE ? g_steal_pointer (&counts) : NULL;
}

/**
 * emend_project_list_field:
 * @project: a project
 * @field: number of a field
 * @error: EMEND_STORE_ERROR
 *
 * Only their identities, so that a list of any length is asked for once and read by emend_project_load_field() as it is
 * looked at. Looks at every proposal; not for the main thread.
 *
 * Returns: (transfer full) (nullable) (element-type EmendProposalId): the values of the field that wait for the active
 *   reviewer: those without a confidence, then the least certain first, those of one confidence by what they say
 */
GArray *
emend_project_list_field (EmendProject *project,
                          int field,
                          GError **error)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (EmendProposalId));
  g_autoptr (EmendQuery) query = emend_query_new (project,
                                                  "SELECT p.id " WAITING " AND p.label = ?1 ORDER BY p.score, "
                                                  "json_extract (p.value, '$.value'), p.id",
                                                  error);
  EmendStep step;

  if (query == NULL)
    return NULL;
  sqlite3_bind_int (query, 1, field);
  sqlite3_bind_int64 (query, 2, project->view);
  while ((step = emend_query_step (project, query, error)) == EMEND_STEP_ROW) {
    EmendProposalId id = sqlite3_column_int64 (query, 0);
    g_array_append_val (ids, id);
  }
  return step == EMEND_STEP_DONE ? g_steal_pointer (&ids) : NULL;
}

/**
 * emend_field_mark_free:
 * @proposal: (transfer full): a value in a list
 *
 * Any thread.
 */
void
emend_field_mark_free (EmendFieldMark *proposal)
{
  g_clear_pointer (&proposal->mark, emend_mark_free);
  g_free (proposal->path);
  g_free (proposal);
}

static EmendFieldMark *
load_one (EmendProject *project,
          EmendProposalId id,
          GError **error)
{
  g_autoptr (EmendProposal) proposal = emend_project_find_proposal (project, id, error);
  g_autoptr (EmendItem) item = proposal != NULL ? emend_project_load_item (project, proposal->item, error) : NULL;
  EmendAnnotation *annotation = NULL;
  EmendFieldMark *loaded;

  if (item == NULL || (project->view != 0 && !emend_annotation_find (project, project->view, item->id, id,
                                                                     &(EmendUuid){ 0 }, &annotation, error)))
    return NULL;
  loaded = g_new0 (EmendFieldMark, 1);
  loaded->mark = emend_mark_new (g_steal_pointer (&proposal), annotation);
  loaded->path = g_strdup (item->path);
  return loaded;
}

/**
 * emend_project_load_field:
 * @project: a project
 * @ids: (array length=n_ids): proposals of runs of role proposals
 * @n_ids: how many
 * @error: EMEND_STORE_ERROR_REFUSED when one is not there
 *
 * Returns: (transfer full) (nullable) (element-type EmendFieldMark): them, in the order asked for, with what the
 *   active reviewer decided
 */
GPtrArray *
emend_project_load_field (EmendProject *project,
                          const EmendProposalId *ids,
                          gsize n_ids,
                          GError **error)
{
  g_autoptr (GPtrArray) loaded = g_ptr_array_new_with_free_func ((GDestroyNotify) emend_field_mark_free);

  for (gsize i = 0; i < n_ids; i++) {
    EmendFieldMark *one = load_one (project, ids[i], error);

    if (one == NULL)
      return NULL;
    g_ptr_array_add (loaded, one);
  }
  return g_steal_pointer (&loaded);
}
