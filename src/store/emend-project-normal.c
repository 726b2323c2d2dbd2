#define G_LOG_DOMAIN "emend-store"

#include "config.h"

#include "emend-project-private.h"

/*
 * The normalised form of a value follows from its words and from how the schema in use reads them. The journal keeps it
 * as it was when it was decided; the tables keep it as it is now. So nobody's journal has to speak of what another
 * reviewer did to the schema, the same decisions under the same schema give the same forms in every copy, and a
 * schema that is set back gives the forms back.
 */

/* An annotation whose normalised form is another now. */
typedef struct {
  gint64 stream;
  EmendAnnotation *annotation;
} Stale;

static void
stale_clear (Stale *stale)
{
  g_clear_pointer (&stale->annotation, emend_annotation_free);
}

/* Finds the annotations of one field that @schema reads in another way than they are kept. */
static gboolean
find_stale (EmendProject *project,
            EmendSchema *schema,
            int field,
            GArray *stale,
            GError **error)
{
  g_autoptr (EmendQuery) query = emend_query_new (project,
                                                  "SELECT " EMEND_ANNOTATION_COLUMNS ", stream FROM annotation WHERE "
                                                  "label = ? AND value IS NOT NULL",
                                                  error);
  EmendStep step;

  if (query == NULL)
    return FALSE;
  sqlite3_bind_int (query, 1, field);
  while ((step = emend_query_step (project, query, error)) == EMEND_STEP_ROW) {
    g_autoptr (EmendAnnotation) annotation = emend_annotation_from_query (project, query, error);
    g_autofree char *before = NULL;

    if (annotation == NULL)
      return FALSE;
    before = g_strdup (annotation->value->normal);
    emend_schema_normalise (schema, field, annotation->value);
    if (g_strcmp0 (before, annotation->value->normal) != 0) {
      Stale found = { sqlite3_column_int64 (query, 17), g_steal_pointer (&annotation) };
      g_array_append_val (stale, found);
    }
  }
  return step == EMEND_STEP_DONE;
}

/**
 * emend_project_normalise:
 * @project: a project in a transaction, with its schema of before
 * @next: the schema that takes its place
 * @error: EMEND_STORE_ERROR
 *
 * Normalises again what every reviewer decided of the fields that @next reads in another way.
 *
 * Returns: whether all of it was written
 */
gboolean
emend_project_normalise (EmendProject *project,
                         EmendSchema *next,
                         GError **error)
{
  g_autoptr (GArray) stale = g_array_new (FALSE, FALSE, sizeof (Stale));

  g_array_set_clear_func (stale, (GDestroyNotify) stale_clear);
  for (gsize i = 0; i < emend_schema_get_n_fields (next); i++) {
    int field = emend_schema_get_field (next, i)->id;

    if (!emend_schema_reads_alike (project->schema, next, field) && !find_stale (project, next, field, stale, error))
      return FALSE;
  }
  for (guint i = 0; i < stale->len; i++) {
    const Stale *one = &g_array_index (stale, Stale, i);

    if (!emend_annotation_store (project, one->stream, one->annotation, error))
      return FALSE;
  }
  return TRUE;
}
