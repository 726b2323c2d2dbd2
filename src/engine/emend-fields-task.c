#define G_LOG_DOMAIN "emend-engine"

#include "config.h"

#include <math.h>

#include "emend-import.h"
#include "emend-learning-private.h"
#include "emend-pages.h"

/* Documents that were decided by a person before the accuracy of a run says something. */
#define MIN_JUDGED 10

#define MODEL_NAME "emend-fields"

/* One document: what its fields wait for, and what is proposed. */
typedef struct {
  gint64 item;
  GPtrArray *pages;     /* (element-type EmendWords) (nullable): NULL once it was proposed for */
  GHashTable *waiting;  /* (element-type int EmendProposal) (nullable values): fields that a proposal may be made for,
                           with the one that is shown now */
  GPtrArray *proposals; /* (element-type EmendProposal) */
} Document;

struct _EmendFieldsTask {
  EmendLearning *learning;
  EmendFieldsModel *model; /* (nullable) */
  EmendLearningSchema *schema;
  GHashTable *own_runs; /* (element-type int): numbers of runs that were learned */
  GPtrArray *documents; /* (element-type Document) */
};

static void
proposal_free (gpointer proposal)
{
  if (proposal != NULL)
    emend_proposal_free (proposal);
}

static void
document_free (Document *document)
{
  g_clear_pointer (&document->pages, g_ptr_array_unref);
  g_hash_table_unref (document->waiting);
  g_ptr_array_unref (document->proposals);
  g_free (document);
}

/* The runs that were learned, of which a later one is always better. */
static GHashTable *
find_own_runs (EmendProject *project)
{
  GHashTable *own = g_hash_table_new (NULL, NULL);
  g_autoptr (GPtrArray) runs = emend_project_list_runs (project, NULL);

  for (guint i = 0; runs != NULL && i < runs->len; i++) {
    const EmendRun *run = g_ptr_array_index (runs, i);

    if (g_strcmp0 (run->model, MODEL_NAME) == 0)
      g_hash_table_add (own, GINT_TO_POINTER (run->id));
  }
  return own;
}

/**
 * emend_fields_task_new:
 * @learning: what was learned from; only asked for how good other runs were
 * @model: (nullable): what was learned; %NULL for nothing yet: then the rules of the fields' types propose
 * @project: the project
 *
 * On the project's thread.
 *
 * Returns: (transfer full): a task without documents
 */
EmendFieldsTask *
emend_fields_task_new (EmendLearning *learning,
                       EmendFieldsModel *model,
                       EmendProject *project)
{
  EmendFieldsTask *task = g_new0 (EmendFieldsTask, 1);

  task->learning = learning;
  task->model = model != NULL ? emend_fields_model_ref (model) : NULL;
  task->schema = emend_learning_schema_new (emend_project_get_schema (project));
  task->own_runs = find_own_runs (project);
  task->documents = g_ptr_array_new_with_free_func ((GDestroyNotify) document_free);
  return task;
}

/**
 * emend_fields_task_free:
 * @task: (transfer full): a task
 */
void
emend_fields_task_free (EmendFieldsTask *task)
{
  g_clear_pointer (&task->model, emend_fields_model_unref);
  g_clear_pointer (&task->schema, emend_learning_schema_free);
  g_clear_pointer (&task->own_runs, g_hash_table_unref);
  g_clear_pointer (&task->documents, g_ptr_array_unref);
  g_free (task);
}

/*
 * Whether what is learned may take the place of what another model proposed: only when it was measured to be better on
 * documents that neither had seen. Where nothing can be compared, the other model stays.
 */
static gboolean
may_replace (EmendFieldsTask *self,
             const EmendProposal *shown)
{
  int run = EMEND_PROPOSAL_RUN (shown->id);
  const EmendFieldStatistics *statistics;
  double accuracy;
  gint64 n;

  if (g_hash_table_contains (self->own_runs, GINT_TO_POINTER (run)))
    return TRUE;
  statistics = self->model != NULL ? emend_fields_model_get_statistics (self->model, shown->label) : NULL;
  accuracy = emend_learning_get_accuracy (self->learning, run, shown->label, &n);
  return statistics != NULL && !statistics->is_learning && n >= MIN_JUDGED && statistics->accuracy > accuracy;
}

/* Fields that nobody decided, with what is shown of them; the rest is not touched. */
static GHashTable *
find_waiting (EmendFieldsTask *self,
              const EmendItemContent *content)
{
  GHashTable *waiting = g_hash_table_new_full (NULL, NULL, NULL, proposal_free);

  for (gsize i = 0; i < emend_schema_get_n_fields (self->schema->schema); i++) {
    const EmendField *field = emend_schema_get_field (self->schema->schema, i);

    if (!field->retired)
      g_hash_table_insert (waiting, GINT_TO_POINTER (field->id), NULL);
  }
  for (guint i = 0; i < content->marks->len; i++) {
    const EmendMark *mark = g_ptr_array_index (content->marks, i);
    gpointer key = GINT_TO_POINTER (emend_mark_get_label (mark));

    if (emend_mark_get_value (mark) == NULL || !g_hash_table_contains (waiting, key))
      continue;
    if (mark->annotation != NULL || !may_replace (self, mark->proposal))
      g_hash_table_remove (waiting, key);
    else
      g_hash_table_insert (waiting, key, emend_proposal_copy (mark->proposal));
  }
  return waiting;
}

static void
remove_decided (GHashTable *waiting,
                GPtrArray *marks)
{
  for (guint i = 0; i < marks->len; i++) {
    const EmendMark *mark = g_ptr_array_index (marks, i);

    if (mark->annotation != NULL)
      g_hash_table_remove (waiting, GINT_TO_POINTER (mark->annotation->label));
  }
}

/*
 * What a document waits for: %NULL when it is done or cannot be shown. Whose work it is does not matter: what was
 * learned from one reviewer's decisions must not be proposed to the next one, who is asked to read independently.
 */
static gboolean
load_waiting (EmendFieldsTask *self,
              EmendProject *project,
              gint64 item,
              EmendItemContent **content,
              GHashTable **waiting,
              GError **error)
{
  g_autoptr (EmendItemContent) final = emend_project_load_final (project, item, NULL, error);

  *waiting = NULL;
  *content = final != NULL ? emend_project_load_content (project, item, error) : NULL;
  if (*content == NULL)
    return FALSE;
  if (final->item->reading == EMEND_READING_DONE || (*content)->item->reading == EMEND_READING_DONE ||
      (*content)->item->media_state != EMEND_MEDIA_OK)
    return TRUE;
  *waiting = find_waiting (self, *content);
  remove_decided (*waiting, final->marks);
  return TRUE;
}

/**
 * emend_fields_task_add:
 * @task: a task
 * @project: the project
 * @item: number of a document
 * @error: EMEND_STORE_ERROR
 *
 * Takes the document up, unless somebody says that it is done, it has nothing that waits, or has a page that nobody has
 * read. On the project's thread.
 *
 * Returns: whether it could be read
 */
gboolean
emend_fields_task_add (EmendFieldsTask *task,
                       EmendProject *project,
                       gint64 item,
                       GError **error)
{
  g_autoptr (EmendItemContent) content = NULL;
  g_autoptr (GHashTable) waiting = NULL;
  GPtrArray *pages;
  Document *document;

  if (!load_waiting (task, project, item, &content, &waiting, error))
    return FALSE;
  if (waiting == NULL || g_hash_table_size (waiting) == 0)
    return TRUE;
  if (!emend_pages_load (project, content, TRUE, &pages, error))
    return FALSE;
  if (pages == NULL)
    return TRUE;
  document = g_new0 (Document, 1);
  document->item = item;
  document->pages = pages;
  document->waiting = g_steal_pointer (&waiting);
  document->proposals = g_ptr_array_new_with_free_func ((GDestroyNotify) emend_proposal_free);
  g_ptr_array_add (task->documents, document);
  return TRUE;
}

/* Saying the same again would only be another row. */
static gboolean
is_shown (const EmendProposal *shown,
          const EmendProposal *proposal)
{
  return shown != NULL && shown->page == proposal->page && emend_shape_equal (&shown->shape, &proposal->shape) &&
         emend_value_same_words (shown->value, proposal->value);
}

static void
take_proposal (Document *document,
               const EmendFieldProposal *found)
{
  gpointer key = GINT_TO_POINTER (found->field);
  g_autoptr (EmendProposal) proposal = NULL;
  gpointer shown;

  if (found->is_absent || found->value == NULL ||
      !g_hash_table_lookup_extended (document->waiting, key, NULL, &shown))
    return;
  proposal = emend_proposal_new ();
  proposal->item = document->item;
  proposal->page = found->page;
  proposal->label = found->field;
  emend_shape_init_box (&proposal->shape, &found->box);
  proposal->score = found->score;
  proposal->value = emend_value_copy (found->value);
  if (!is_shown (shown, proposal))
    g_ptr_array_add (document->proposals, g_steal_pointer (&proposal));
}

/**
 * emend_fields_task_propose:
 * @task: a task
 * @cancellable: (nullable): to stop early
 * @error: G_IO_ERROR_CANCELLED
 *
 * Makes the proposals for the documents that were added since the last call, and lets go of their words: so a task can
 * go through any number of documents, some at a time, and store one run in the end. For a worker.
 *
 * Returns: whether it was not cancelled
 */
gboolean
emend_fields_task_propose (EmendFieldsTask *task,
                           GCancellable *cancellable,
                           GError **error)
{
  for (guint i = 0; i < task->documents->len; i++) {
    Document *document = g_ptr_array_index (task->documents, i);
    g_autoptr (GPtrArray) found = NULL;

    if (document->pages == NULL)
      continue;
    if (g_cancellable_set_error_if_cancelled (cancellable, error))
      return FALSE;
    found = emend_fields_model_propose (task->model, &task->schema->set, document->pages);
    for (guint j = 0; j < found->len; j++)
      take_proposal (document, g_ptr_array_index (found, j));
    g_clear_pointer (&document->pages, g_ptr_array_unref);
    g_hash_table_remove_all (document->waiting);
  }
  return TRUE;
}

/* What a person decided, or another run proposed, while the proposals were made, is left alone. */
static gboolean
store_document (EmendFieldsTask *self,
                EmendProject *project,
                const Document *document,
                EmendImport *import,
                gint64 *n,
                GError **error)
{
  g_autoptr (EmendItemContent) content = NULL;
  g_autoptr (GHashTable) waiting = NULL;

  if (!load_waiting (self, project, document->item, &content, &waiting, error))
    return FALSE;
  for (guint i = 0; waiting != NULL && i < document->proposals->len; i++) {
    const EmendProposal *proposal = g_ptr_array_index (document->proposals, i);

    if (!g_hash_table_contains (waiting, GINT_TO_POINTER (proposal->label)))
      continue;
    if (!emend_import_add (import, proposal, error))
      return FALSE;
    (*n)++;
  }
  return TRUE;
}

static gboolean
has_proposals (EmendFieldsTask *self)
{
  for (guint i = 0; i < self->documents->len; i++) {
    if (((Document *) g_ptr_array_index (self->documents, i))->proposals->len > 0)
      return TRUE;
  }
  return FALSE;
}

/**
 * emend_fields_task_get_items:
 * @task: a task that has proposed
 *
 * Returns: (transfer full) (element-type gint64): numbers of the documents for which something is proposed
 */
GArray *
emend_fields_task_get_items (EmendFieldsTask *task)
{
  GArray *items = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = 0; i < task->documents->len; i++) {
    const Document *document = g_ptr_array_index (task->documents, i);

    if (document->proposals->len > 0)
      g_array_append_val (items, document->item);
  }
  return items;
}

/**
 * emend_fields_task_store:
 * @task: a task that has proposed
 * @project: the project
 * @error: EMEND_STORE_ERROR
 *
 * Writes the proposals as a new run, in one transaction: for fields that nobody has decided, of documents that are not
 * done. Nothing that a person decided is touched; what was proposed before stays in the project. On the project's
 * thread.
 *
 * Returns: how many proposals were written, 0 when there is nothing new to say; -1 on failure
 */
gint64
emend_fields_task_store (EmendFieldsTask *task,
                         EmendProject *project,
                         GError **error)
{
  g_autoptr (EmendRun) run = emend_run_new ();
  g_autoptr (EmendImport) import = NULL;
  guint n_documents = task->model != NULL ? emend_fields_model_get_n_documents (task->model) : 0;
  gint64 n = 0;

  if (!has_proposals (task))
    return 0;
  run->name = g_strdup (MODEL_NAME);
  run->model = g_strdup (MODEL_NAME);
  run->version = g_strdup_printf ("%u", n_documents);
  run->params = g_strdup_printf ("{\"documents\":%u}", n_documents);
  import = emend_import_begin (project, run, error);
  if (import == NULL)
    return -1;
  for (guint i = 0; i < task->documents->len; i++) {
    if (!store_document (task, project, g_ptr_array_index (task->documents, i), import, &n, error))
      return -1;
  }
  if (n > 0 && !emend_import_finish (import, error))
    return -1;
  return n;
}
