#define G_LOG_DOMAIN "emend-engine"

#include "config.h"

#include <math.h>

#include "emend-learning-private.h"
#include "emend-pages.h"

/* How often a run was right about a field, in one document or in all. */
typedef struct {
  gint64 n;
  gint64 n_right;
} Score;

/* One document that was finished. Of one with a page that nobody has read, nothing is learned: what stands on that page
 * would seem to be nowhere. */
typedef struct {
  gint64 stamp;
  EmendDigest sha256;
  int unread;                   /* the first page that nobody has read, from 0; -1 for none */
  EmendLearnDocument *document; /* (nullable): NULL while a page was not read, or without a decided field */
  GHashTable *scores;           /* (element-type gint64 Score): by run and field */
} Known;

struct _EmendLearning {
  EmendLearningSchema *schema; /* (nullable) */
  GHashTable *known;           /* (element-type gint64 Known): by the item's number */
};

static void
known_free (Known *known)
{
  g_clear_pointer (&known->document, emend_learn_document_free);
  g_clear_pointer (&known->scores, g_hash_table_unref);
  g_free (known);
}

/**
 * emend_learning_schema_new:
 * @schema: a schema
 *
 * Returns: (transfer full): its fields, lists and rules as the learning takes them
 */
EmendLearningSchema *
emend_learning_schema_new (EmendSchema *schema)
{
  EmendLearningSchema *self = g_new0 (EmendLearningSchema, 1);

  self->schema = emend_schema_ref (schema);
  self->fields = g_ptr_array_new ();
  self->lists = g_ptr_array_new ();
  self->rules = g_ptr_array_new ();
  for (gsize i = 0; i < emend_schema_get_n_fields (schema); i++)
    g_ptr_array_add (self->fields, (gpointer) emend_schema_get_field (schema, i));
  for (gsize i = 0; i < emend_schema_get_n_lists (schema); i++)
    g_ptr_array_add (self->lists, (gpointer) emend_schema_get_list (schema, i));
  for (gsize i = 0; i < emend_schema_get_n_rules (schema); i++)
    g_ptr_array_add (self->rules, (gpointer) emend_schema_get_rule (schema, i));
  self->set = (EmendFieldSet){ self->fields, self->lists, self->rules };
  return self;
}

/**
 * emend_learning_schema_free:
 * @schema: (transfer full): see emend_learning_schema_new()
 */
void
emend_learning_schema_free (EmendLearningSchema *schema)
{
  g_ptr_array_unref (schema->fields);
  g_ptr_array_unref (schema->lists);
  g_ptr_array_unref (schema->rules);
  emend_schema_unref (schema->schema);
  g_free (schema);
}

/**
 * emend_learning_new:
 *
 * Returns: (transfer full): one that knows no document yet
 */
EmendLearning *
emend_learning_new (void)
{
  EmendLearning *learning = g_new0 (EmendLearning, 1);

  learning->known = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, (GDestroyNotify) known_free);
  return learning;
}

/**
 * emend_learning_free:
 * @learning: (transfer full): what can be learned from
 */
void
emend_learning_free (EmendLearning *learning)
{
  g_clear_pointer (&learning->schema, emend_learning_schema_free);
  g_hash_table_unref (learning->known);
  g_free (learning);
}

static gint64
score_key (int run,
           int field)
{
  return (gint64) run << 32 | field;
}

/* Accepted is right; corrected, absent and illegible are not. */
static void
count_score (Known *known,
             const EmendMark *mark)
{
  gint64 key = score_key (EMEND_PROPOSAL_RUN (mark->proposal->id), mark->proposal->label);
  Score *score = g_hash_table_lookup (known->scores, &key);

  if (score == NULL) {
    score = g_new0 (Score, 1);
    g_hash_table_insert (known->scores, g_memdup2 (&key, sizeof key), score);
  }
  score->n++;
  score->n_right += mark->annotation->verdict == EMEND_VERDICT_ACCEPTED;
}

static EmendLearnState
learn_state (const EmendAnnotation *annotation)
{
  if (annotation->value->override != NULL)
    return EMEND_LEARN_EXCLUDED;
  switch (annotation->verdict) {
  case EMEND_VERDICT_ACCEPTED:
  case EMEND_VERDICT_CORRECTED:
  case EMEND_VERDICT_ADDED:
    return EMEND_LEARN_PRESENT;
  case EMEND_VERDICT_ABSENT:
    return EMEND_LEARN_ABSENT;
  case EMEND_VERDICT_NONE:
  case EMEND_VERDICT_REJECTED:
  case EMEND_VERDICT_ILLEGIBLE:
  default:
    return EMEND_LEARN_EXCLUDED;
  }
}

static void
learn_from (EmendLearning *self,
            Known *known,
            const EmendItemContent *content,
            GPtrArray *pages)
{
  gsize n_values = 0;

  known->document = emend_learn_document_new (&content->item->uuid);
  for (guint i = 0; i < pages->len; i++)
    emend_learn_document_add_page (known->document, g_ptr_array_index (pages, i));
  for (guint i = 0; i < content->marks->len; i++) {
    const EmendMark *mark = g_ptr_array_index (content->marks, i);
    const EmendAnnotation *annotation = mark->annotation;

    if (annotation == NULL || annotation->value == NULL)
      continue;
    emend_learn_document_add_value (known->document, annotation->label, learn_state (annotation), annotation->value,
                                    annotation->page, &annotation->shape.box);
    n_values++;
  }
  if (n_values == 0)
    g_clear_pointer (&known->document, emend_learn_document_free);
  else
    emend_learn_document_prepare (known->document, &self->schema->set);
}

static gboolean
find_unread (EmendProject *project,
             const EmendItemContent *content,
             int *unread,
             GError **error)
{
  *unread = -1;
  for (guint i = 0; i < content->pages->len; i++) {
    int page = g_array_index (content->pages, EmendPage, i).number;
    gboolean has;

    if (!emend_project_has_words (project, &content->item->sha256, page, NULL, NULL, &has, error))
      return FALSE;
    if (has)
      continue;
    *unread = page;
    return TRUE;
  }
  return TRUE;
}

static gboolean
update_item (EmendLearning *self,
             EmendProject *project,
             const EmendDoneItem *done,
             GError **error)
{
  g_autoptr (EmendItemContent) content = emend_project_load_final (project, done->item, NULL, error);
  g_autoptr (GPtrArray) pages = NULL;
  Known *known;
  int unread;

  if (content == NULL || !find_unread (project, content, &unread, error) ||
      (unread < 0 && !emend_pages_load (project, content, TRUE, &pages, error)))
    return FALSE;
  known = g_new0 (Known, 1);
  known->stamp = done->stamp;
  known->sha256 = content->item->sha256;
  known->unread = unread;
  known->scores = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  for (guint i = 0; i < content->marks->len; i++) {
    const EmendMark *mark = g_ptr_array_index (content->marks, i);

    if (mark->proposal != NULL && mark->annotation != NULL && mark->annotation->value != NULL)
      count_score (known, mark);
  }
  if (pages != NULL)
    learn_from (self, known, content, pages);
  g_hash_table_insert (self->known, g_memdup2 (&done->item, sizeof done->item), known);
  return TRUE;
}

/* Whether nothing has to be read again of an item: its decisions are the same, and a page that nobody had read is
 * still so. */
static gboolean
is_current (EmendLearning *self,
            EmendProject *project,
            const EmendDoneItem *done,
            gboolean *current,
            GError **error)
{
  const Known *known = g_hash_table_lookup (self->known, &done->item);
  gboolean has = FALSE;

  *current = known != NULL && known->stamp == done->stamp;
  if (*current && known->unread >= 0 &&
      !emend_project_has_words (project, &known->sha256, known->unread, NULL, NULL, &has, error))
    return FALSE;
  *current = *current && !has;
  return TRUE;
}

/* What was reopened since has no influence any more. */
static void
forget_others (EmendLearning *self,
               GArray *done)
{
  g_autoptr (GHashTable) wanted = g_hash_table_new (g_int64_hash, g_int64_equal);
  GHashTableIter iter;
  gpointer key;

  for (guint i = 0; i < done->len; i++)
    g_hash_table_add (wanted, &g_array_index (done, EmendDoneItem, i).item);
  g_hash_table_iter_init (&iter, self->known);
  while (g_hash_table_iter_next (&iter, &key, NULL)) {
    if (!g_hash_table_contains (wanted, key))
      g_hash_table_iter_remove (&iter);
  }
}

/* What fields are changes what their values mean: all documents are read again. */
static void
take_schema (EmendLearning *self,
             EmendProject *project)
{
  EmendSchema *schema = emend_project_get_schema (project);

  if (self->schema != NULL &&
      emend_schema_get_version (self->schema->schema) == emend_schema_get_version (schema))
    return;
  g_hash_table_remove_all (self->known);
  g_clear_pointer (&self->schema, emend_learning_schema_free);
  self->schema = emend_learning_schema_new (schema);
}

/**
 * emend_learning_update:
 * @learning: what can be learned from
 * @project: the project, always the same
 * @limit: most documents that are read in this call, so that decisions need not wait for it; 0 for all
 * @complete: (out): whether all that was finished is known now
 * @error: EMEND_STORE_ERROR
 *
 * Reads the documents that were finished, or decided anew, since the last call, and forgets those that were reopened.
 * On the project's thread.
 *
 * Returns: whether it could be read
 */
gboolean
emend_learning_update (EmendLearning *learning,
                       EmendProject *project,
                       guint limit,
                       gboolean *complete,
                       GError **error)
{
  g_autoptr (GArray) done = emend_project_list_done (project, error);
  guint n = 0;

  if (done == NULL)
    return FALSE;
  take_schema (learning, project);
  forget_others (learning, done);
  for (guint i = 0; i < done->len; i++) {
    const EmendDoneItem *item = &g_array_index (done, EmendDoneItem, i);
    gboolean current;

    if (!is_current (learning, project, item, &current, error))
      return FALSE;
    if (current)
      continue;
    if (limit > 0 && n == limit) {
      *complete = FALSE;
      return TRUE;
    }
    if (!update_item (learning, project, item, error))
      return FALSE;
    n++;
  }
  *complete = TRUE;
  return TRUE;
}

/**
 * emend_learning_get_n_documents:
 * @learning: what can be learned from
 *
 * Returns: how many finished documents can be learned from: all pages read, and a field decided
 */
guint
emend_learning_get_n_documents (EmendLearning *learning)
{
  GHashTableIter iter;
  gpointer value;
  guint n = 0;

  g_hash_table_iter_init (&iter, learning->known);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    n += ((Known *) value)->document != NULL;
  return n;
}

/**
 * emend_learning_get_accuracy:
 * @learning: what can be learned from
 * @run: number of a run of proposals
 * @field: number of a field
 * @n: (out): in how many finished documents the run spoke of the field
 *
 * Returns: in which share of them it was accepted; NaN without any
 */
double
emend_learning_get_accuracy (EmendLearning *learning,
                             int run,
                             int field,
                             gint64 *n)
{
  gint64 key = score_key (run, field);
  gint64 n_right = 0;
  GHashTableIter iter;
  gpointer value;

  *n = 0;
  g_hash_table_iter_init (&iter, learning->known);
  while (g_hash_table_iter_next (&iter, NULL, &value)) {
    const Score *score = g_hash_table_lookup (((Known *) value)->scores, &key);

    *n += score != NULL ? score->n : 0;
    n_right += score != NULL ? score->n_right : 0;
  }
  return *n > 0 ? (double) n_right / (double) *n : NAN;
}

/**
 * emend_learning_train:
 * @learning: what can be learned from, updated at least once
 * @cancellable: (nullable): to stop early
 * @error: G_IO_ERROR_CANCELLED
 *
 * Learns anew from all documents. For a worker.
 *
 * Returns: (transfer full) (nullable): the model
 */
EmendFieldsModel *
emend_learning_train (EmendLearning *learning,
                      GCancellable *cancellable,
                      GError **error)
{
  g_autoptr (GPtrArray) documents = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer value;

  g_return_val_if_fail (learning->schema != NULL, NULL);

  g_hash_table_iter_init (&iter, learning->known);
  while (g_hash_table_iter_next (&iter, NULL, &value)) {
    Known *known = value;

    if (known->document != NULL)
      g_ptr_array_add (documents, known->document);
  }
  return emend_fields_model_train (&learning->schema->set, documents, cancellable, error);
}
