#define G_LOG_DOMAIN "emend-store"

#include "config.h"

#include "emend-project-private.h"

#include <string.h>

#include "emend-normal.h"

/*
 * What look-up lists learn follows from what is decided now: who corrects the "ACME LTD." of a model to the list's
 * "Acme Limited" teaches another spelling, and who takes the correction back takes the spelling back. It is kept
 * nowhere but in the lists of the schema in memory, so that it cannot differ from the decisions.
 */

/* How often one spelling was said to mean one name. */
typedef struct {
  char *text;
  char *value;
  guint n;
} Lesson;

/* All lessons of one list, by letters and digits of the spelling and by the name. */
typedef GHashTable Lessons;

static void
lesson_free (Lesson *lesson)
{
  g_free (lesson->text);
  g_free (lesson->value);
  g_free (lesson);
}

static const EmendList *
find_list (EmendSchema *schema,
           int id,
           const EmendValue *value)
{
  const EmendField *field = emend_schema_find_field (schema, id);

  if (field != NULL && field->type == EMEND_FIELD_TABLE)
    field = value->column != NULL ? emend_field_find_column (field, value->column) : NULL;
  return field != NULL ? emend_schema_find_list (schema, field->list) : NULL;
}

static void
add_lesson (Lessons *lessons,
            const EmendList *list,
            const char *text,
            const char *value)
{
  g_autofree char *folded = emend_normal_fold (text);
  g_autofree char *key = g_strconcat (folded, "\x1f", value, NULL);
  Lesson *lesson;

  if (*folded == '\0' || emend_list_find_own (list, text) != NULL)
    return;
  lesson = g_hash_table_lookup (lessons, key);
  if (lesson == NULL) {
    lesson = g_new0 (Lesson, 1);
    lesson->text = g_strdup (text);
    lesson->value = g_strdup (value);
    g_hash_table_insert (lessons, g_steal_pointer (&key), lesson);
  } else if (strcmp (text, lesson->text) < 0) { /* the same one whatever the order */
    g_free (lesson->text);
    lesson->text = g_strdup (text);
  }
  lesson->n++;
}

/* What was read at the place of the value: the print that it was taken from, and what the model made of the same
 * place. Who chose another place says nothing of what the model read elsewhere. */
static void
hear (Lessons *lessons,
      const EmendList *list,
      const EmendAnnotation *annotation,
      const EmendProposal *proposal)
{
  const EmendValue *value = annotation->value;
  const char *name = value->value != NULL && value->override == NULL ? emend_list_find_own (list, value->value) : NULL;
  const char *proposed = proposal != NULL && proposal->page == annotation->page &&
                             emend_shape_equal (&proposal->shape, &annotation->shape) && proposal->value != NULL ?
                           proposal->value->value :
                           NULL;

  if (name == NULL || (annotation->verdict != EMEND_VERDICT_CORRECTED && annotation->verdict != EMEND_VERDICT_ADDED))
    return;
  if (value->text != NULL)
    add_lesson (lessons, list, value->text, name);
  if (proposed != NULL && g_strcmp0 (proposed, value->text) != 0)
    add_lesson (lessons, list, proposed, name);
}

static int
compare_lessons (gconstpointer a,
                 gconstpointer b)
{
  const Lesson *x = *(const Lesson *const *) a;
  const Lesson *y = *(const Lesson *const *) b;
  g_autofree char *folded_x = emend_normal_fold (x->text);
  g_autofree char *folded_y = emend_normal_fold (y->text);
  int order = strcmp (folded_x, folded_y);

  return order != 0 ? order : x->n != y->n ? (x->n > y->n ? -1 : 1) :
                                             strcmp (x->value, y->value);
}

/* The name that most say; a spelling of which as many say this and that is learned as neither. */
static void
learn (EmendList *list,
       Lessons *lessons)
{
  g_autoptr (GPtrArray) sorted = g_ptr_array_new ();
  g_autofree char *before = NULL;
  GHashTableIter iter;
  gpointer each;

  g_hash_table_iter_init (&iter, lessons);
  while (g_hash_table_iter_next (&iter, NULL, &each))
    g_ptr_array_add (sorted, each);
  g_ptr_array_sort (sorted, compare_lessons);
  for (guint i = 0; i < sorted->len; i++) {
    const Lesson *lesson = g_ptr_array_index (sorted, i);
    const Lesson *next = i + 1 < sorted->len ? g_ptr_array_index (sorted, i + 1) : NULL;
    g_autofree char *folded = emend_normal_fold (lesson->text);
    g_autofree char *folded_next = next != NULL ? emend_normal_fold (next->text) : NULL;
    gboolean tied = next != NULL && g_strcmp0 (folded, folded_next) == 0 && next->n == lesson->n;

    if (g_strcmp0 (folded, before) != 0 && !tied)
      emend_list_learn (list, lesson->text, lesson->value);
    g_free (before);
    before = g_steal_pointer (&folded);
  }
}

/* The proposal that was decided on; none for what was added. */
static gboolean
find_proposal (EmendProject *project,
               const EmendAnnotation *annotation,
               EmendProposal **proposal,
               GError **error)
{
  g_autoptr (GError) reason = NULL;

  *proposal = annotation->proposal != 0 ? emend_project_find_proposal (project, annotation->proposal, &reason) : NULL;
  if (reason == NULL || g_error_matches (reason, EMEND_STORE_ERROR, EMEND_STORE_ERROR_REFUSED))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&reason));
  return FALSE;
}

/* Reads what all reviewers decided of one field; a stream that another goes on from says nothing of its own. */
static gboolean
hear_field (EmendProject *project,
            EmendSchema *schema,
            int field,
            GHashTable *by_list,
            GError **error)
{
  g_autoptr (EmendQuery) query = emend_query_new (project,
                                                  "SELECT " EMEND_ANNOTATION_COLUMNS " FROM annotation WHERE label = ? "
                                                  "AND value IS NOT NULL AND verdict IN (?, ?) AND stream NOT IN "
                                                  "(SELECT p.id FROM stream p JOIN stream c ON c.parent = p.uuid)",
                                                  error);
  EmendStep step;

  if (query == NULL)
    return FALSE;
  sqlite3_bind_int (query, 1, field);
  sqlite3_bind_int (query, 2, EMEND_VERDICT_CORRECTED);
  sqlite3_bind_int (query, 3, EMEND_VERDICT_ADDED);
  while ((step = emend_query_step (project, query, error)) == EMEND_STEP_ROW) {
    g_autoptr (EmendAnnotation) annotation = emend_annotation_from_query (project, query, error);
    g_autoptr (EmendProposal) proposal = NULL;
    const EmendList *list = annotation != NULL ? find_list (schema, field, annotation->value) : NULL;
    Lessons *lessons;

    if (annotation == NULL)
      return FALSE;
    if (list == NULL)
      continue;
    if (!find_proposal (project, annotation, &proposal, error))
      return FALSE;
    lessons = g_hash_table_lookup (by_list, list->name);
    if (lessons == NULL) {
      lessons = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) lesson_free);
      g_hash_table_insert (by_list, g_strdup (list->name), lessons);
    }
    hear (lessons, list, annotation, proposal);
  }
  return step == EMEND_STEP_DONE;
}

static gboolean
has_list (const EmendField *field)
{
  for (guint i = 0; field->columns != NULL && i < field->columns->len; i++) {
    if (((const EmendField *) g_ptr_array_index (field->columns, i))->list != NULL)
      return TRUE;
  }
  return field->list != NULL;
}

/**
 * emend_project_learn_aliases:
 * @project: a project
 * @schema: a schema that only the caller holds
 * @error: EMEND_STORE_ERROR
 *
 * Lets the look-up lists of @schema learn from what is decided in the project, and forget all else. Looks at every
 * annotation when the schema has a field with a list, and at none otherwise.
 *
 * Returns: whether all could be read
 */
gboolean
emend_project_learn_aliases (EmendProject *project,
                             EmendSchema *schema,
                             GError **error)
{
  g_autoptr (GHashTable) by_list = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                                          (GDestroyNotify) g_hash_table_unref);

  for (gsize i = 0; i < emend_schema_get_n_fields (schema); i++) {
    const EmendField *field = emend_schema_get_field (schema, i);

    if (has_list (field) && !hear_field (project, schema, field->id, by_list, error))
      return FALSE;
  }
  for (gsize i = 0; i < emend_schema_get_n_lists (schema); i++) {
    EmendList *list = emend_list_copy (emend_schema_get_list (schema, i));
    Lessons *lessons = g_hash_table_lookup (by_list, list->name);

    emend_list_forget (list);
    if (lessons != NULL)
      learn (list, lessons);
    emend_schema_set_list (schema, list);
  }
  return TRUE;
}

/* Whether a decision may have taught something: then all is heard again, which is rare. */
static gboolean
may_teach (EmendSchema *schema,
           const EmendAnnotation *annotation)
{
  const EmendList *list = annotation != NULL && annotation->value != NULL ?
                            find_list (schema, annotation->label, annotation->value) :
                            NULL;

  return list != NULL && annotation->value->value != NULL &&
         (annotation->verdict == EMEND_VERDICT_CORRECTED || annotation->verdict == EMEND_VERDICT_ADDED) &&
         emend_list_find_own (list, annotation->value->value) != NULL;
}

static gboolean
learned_alike (EmendSchema *a,
               EmendSchema *b)
{
  for (gsize i = 0; i < emend_schema_get_n_lists (a); i++) {
    if (!emend_list_learned_alike (emend_schema_get_list (a, i), emend_schema_get_list (b, i)))
      return FALSE;
  }
  return TRUE;
}

/**
 * emend_project_update_aliases:
 * @project: a project in a transaction, in which @action was written
 * @action: (nullable): what was decided, undone or done again; %NULL when anything may be another
 * @next: (out) (nullable) (transfer full): the schema with what its lists know now, which is to take the place of
 *   that of the project after the commit; %NULL when they know the same as before
 * @error: EMEND_STORE_ERROR
 *
 * Values whose normalised form is another by that are written.
 *
 * Returns: whether it could be done
 */
gboolean
emend_project_update_aliases (EmendProject *project,
                              const EmendAction *action,
                              EmendSchema **next,
                              GError **error)
{
  g_autoptr (EmendSchema) schema = NULL;
  gboolean teaches = action == NULL;

  *next = NULL;
  for (guint i = 0; !teaches && i < action->changes->len; i++) {
    const EmendChange *change = g_ptr_array_index (action->changes, i);
    teaches = may_teach (project->schema, change->before) || may_teach (project->schema, change->after);
  }
  if (!teaches)
    return TRUE;
  schema = emend_schema_copy (project->schema);
  if (!emend_project_learn_aliases (project, schema, error))
    return FALSE;
  if (learned_alike (schema, project->schema))
    return TRUE;
  if (!emend_project_normalise (project, schema, error))
    return FALSE;
  *next = g_steal_pointer (&schema);
  return TRUE;
}

/**
 * emend_project_take_schema:
 * @project: a project after a commit
 * @next: (inout) (nullable): of emend_project_update_aliases(); becomes %NULL
 *
 * Returns: whether the schema is another now
 */
gboolean
emend_project_take_schema (EmendProject *project,
                           EmendSchema **next)
{
  if (*next == NULL)
    return FALSE;
  emend_schema_unref (project->schema);
  project->schema = g_steal_pointer (next);
  return TRUE;
}
