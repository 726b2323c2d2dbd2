#define G_LOG_DOMAIN "emend-store"

#include "config.h"

#include "emend-store.h"

#include <glib/gi18n-lib.h>

#include "emend-project-private.h"

/*
 * One thread owns the connection. What is asked is a job in a queue; the job holds a GTask, and the task holds
 * the store, so that the store lives until all is answered. Answers are handed to the context of the
 * caller by a source, never from the thread itself: the last reference to the store is then always
 * dropped where it is used.
 *
 * What only looks something up, and may take long, gives way: a decision interrupts it and goes first, and then
 * it begins anew.
 */

/* What both threads look at.
 * @lock: for the connection
 * @query: (nullable): the connection, while something runs on it that gives way
 * @n_actions: (atomic): decisions that were asked for and did not run yet */
typedef struct {
  GMutex lock;
  sqlite3 *query;
  int n_actions;
} Gate;

/**
 * EmendStore:
 * @queue: (element-type Job): what the thread has to do
 * @gate: shared with the thread
 * @pending: decisions that are not committed yet
 * @closed: no more is taken
 */
struct _EmendStore {
  GObject parent_instance;
  GAsyncQueue *queue;
  Gate *gate;
  guint pending;
  gboolean closed;
};

typedef struct {
  GTask *task; /* (nullable): NULL to end the thread without being asked */
  EmendStoreFunc func;
  gpointer data;
  GDestroyNotify data_free;
  GDestroyNotify result_free;
  gboolean ends_thread;
  gboolean is_action; /* a decision, an undo or a redo */
  gboolean gives_way;
  gpointer result;
  GError *error;
} Job;

/* How the thread opens its project. */
typedef struct {
  char *path;
  char *name;          /* (nullable): to create one */
  EmendSchema *schema; /* (nullable): to create one */
  char *reviewer;
  EmendProjectFlags flags;
} Opening;

/* What the thread has. */
typedef struct {
  GAsyncQueue *queue;
  Gate *gate;
  GQueue parked; /* (element-type Job): gave way, and begin anew */
  EmendProject *project;
} Owner;

enum {
  PROP_PENDING = 1,
  N_PROPERTIES,
};

static GParamSpec *properties[N_PROPERTIES];

/* Source tags: their addresses, as ISO C has no way from a function to a pointer. */
static char open_tag;
static char create_tag;
static char run_tag;
static char action_tag;
static char close_tag;

/* clang-format off */
G_DEFINE_FINAL_TYPE (EmendStore, emend_store, G_TYPE_OBJECT)
/* clang-format on */

static void
gate_clear (gpointer data)
{
  g_mutex_clear (&((Gate *) data)->lock);
}

static void
gate_unref (Gate *gate)
{
  g_atomic_rc_box_release_full (gate, gate_clear);
}

static void
job_free (Job *job)
{
  if (job->data_free != NULL)
    job->data_free (job->data);
  if (job->result != NULL && job->result_free != NULL)
    job->result_free (job->result);
  g_clear_error (&job->error);
  g_clear_object (&job->task);
  g_free (job);
}

static void
opening_free (Opening *opening)
{
  g_free (opening->path);
  g_free (opening->name);
  g_clear_pointer (&opening->schema, emend_schema_unref);
  g_free (opening->reviewer);
  g_free (opening);
}

/* In the context of the caller. */
static gboolean
deliver_cb (gpointer data)
{
  Job *job = data;

  if (job->error != NULL)
    g_task_return_error (job->task, g_steal_pointer (&job->error));
  else
    g_task_return_pointer (job->task, g_steal_pointer (&job->result), job->result_free);
  return G_SOURCE_REMOVE;
}

static void
deliver (Job *job)
{
  g_autoptr (GSource) source = g_idle_source_new ();

  g_source_set_priority (source, g_task_get_priority (job->task));
  g_source_set_callback (source, deliver_cb, job, (GDestroyNotify) job_free);
  g_source_set_static_name (source, "emend-store answer");
  g_source_attach (source, g_task_get_context (job->task));
}

static void
interrupt_cb (GCancellable *cancellable,
              sqlite3 *db)
{
  sqlite3_interrupt (db);
}

static void
run_job (Owner *owner,
         Job *job)
{
  GCancellable *cancellable = g_task_get_cancellable (job->task);
  gulong handler = 0;

  if (g_cancellable_set_error_if_cancelled (cancellable, &job->error))
    return;
  if (cancellable != NULL && owner->project != NULL)
    handler = g_cancellable_connect (cancellable, G_CALLBACK (interrupt_cb), owner->project->db, NULL);
  job->result = job->func (owner->project, job->data, cancellable, &job->error);
  if (handler != 0)
    g_cancellable_disconnect (cancellable, handler);
}

/* Decisions interrupt what runs from now on; FALSE when one waits already. */
static gboolean
open_gate (Owner *owner)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&owner->gate->lock);

  g_assert (owner->project != NULL); /* what could not be opened is never asked */
  if (g_atomic_int_get (&owner->gate->n_actions) > 0)
    return FALSE;
  owner->gate->query = owner->project->db;
  return TRUE;
}

/* Whether a decision came in the meantime. What it interrupts later is nothing of the thread's any more. */
static gboolean
close_gate (Owner *owner)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&owner->gate->lock);

  owner->gate->query = NULL;
  return g_atomic_int_get (&owner->gate->n_actions) > 0;
}

/* FALSE when it gave way, and is to begin anew. */
static gboolean
run_giving_way (Owner *owner,
                Job *job)
{
  GCancellable *cancellable = g_task_get_cancellable (job->task);

  if (!open_gate (owner))
    return FALSE;
  run_job (owner, job);
  if (!close_gate (owner) || (cancellable != NULL && g_cancellable_is_cancelled (cancellable)) ||
      !g_error_matches (job->error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return TRUE;
  g_clear_error (&job->error);
  return FALSE;
}

/* What gave way comes before all but the decisions; those are in the queue behind other things. */
static Job *
next_job (Owner *owner)
{
  if (g_atomic_int_get (&owner->gate->n_actions) == 0 && !g_queue_is_empty (&owner->parked))
    return g_queue_pop_head (&owner->parked);
  return g_async_queue_pop (owner->queue);
}

static gpointer
owner_worker (gpointer data)
{
  Owner *owner = data;
  gboolean ends = FALSE;

  while (!ends) {
    Job *job = next_job (owner);

    ends = job->ends_thread;
    if (ends)
      g_clear_pointer (&owner->project, emend_project_close);
    else if (!job->gives_way)
      run_job (owner, job);
    else if (!run_giving_way (owner, job)) {
      g_queue_push_tail (&owner->parked, job);
      continue;
    }
    if (job->is_action)
      g_atomic_int_add (&owner->gate->n_actions, -1);
    if (job->task != NULL)
      deliver (job);
    else
      job_free (job);
  }
  g_async_queue_unref (owner->queue);
  gate_unref (owner->gate);
  g_free (owner);
  return NULL;
}

static gpointer
open_worker (gpointer data)
{
  Owner *owner = data;
  Job *job = g_async_queue_pop (owner->queue);
  Opening *opening = job->data;

  if (!g_cancellable_set_error_if_cancelled (g_task_get_cancellable (job->task), &job->error)) {
    if (opening->schema != NULL)
      owner->project = emend_project_create (opening->path, opening->name, opening->schema, opening->reviewer,
                                             &job->error);
    else
      owner->project = emend_project_open (opening->path, opening->flags, opening->reviewer, &job->error);
  }
  if (owner->project != NULL)
    job->result = g_object_ref (g_task_get_task_data (job->task));
  deliver (job);
  return owner_worker (owner);
}

static void
push_end (EmendStore *self,
          GTask *task)
{
  Job *job = g_new0 (Job, 1);

  job->task = task;
  job->ends_thread = TRUE;
  self->closed = TRUE;
  g_async_queue_push (self->queue, job);
  /* cppcheck-suppress memleak ; the thread owns the job, and frees it in deliver() */
}

static void
emend_store_dispose (GObject *object)
{
  EmendStore *self = EMEND_STORE (object);

  if (!self->closed)
    push_end (self, NULL);
  G_OBJECT_CLASS (emend_store_parent_class)->dispose (object);
}

static void
emend_store_finalize (GObject *object)
{
  g_async_queue_unref (EMEND_STORE (object)->queue);
  gate_unref (EMEND_STORE (object)->gate);
  G_OBJECT_CLASS (emend_store_parent_class)->finalize (object);
}

static void
emend_store_get_property (GObject *object,
                          guint id,
                          GValue *value,
                          GParamSpec *spec)
{
  switch (id) {
  case PROP_PENDING:
    g_value_set_uint (value, EMEND_STORE (object)->pending);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
  }
}

static void
emend_store_class_init (EmendStoreClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);

  object_class->dispose = emend_store_dispose;
  object_class->finalize = emend_store_finalize;
  object_class->get_property = emend_store_get_property;
  properties[PROP_PENDING] = g_param_spec_uint ("pending", NULL, NULL, 0, G_MAXUINT, 0,
                                                G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
emend_store_init (EmendStore *self)
{
  self->queue = g_async_queue_new ();
  self->gate = g_atomic_rc_box_new0 (Gate);
  g_mutex_init (&self->gate->lock);
}

static void
start (Opening *opening,
       gpointer tag,
       GCancellable *cancellable,
       GAsyncReadyCallback callback,
       gpointer user_data)
{
  EmendStore *self = g_object_new (EMEND_TYPE_STORE, NULL);
  Owner *owner = g_new0 (Owner, 1);
  Job *job = g_new0 (Job, 1);

  job->task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (job->task, tag);
  g_task_set_task_data (job->task, self, g_object_unref);
  job->data = opening;
  job->data_free = (GDestroyNotify) opening_free;
  job->result_free = g_object_unref;
  owner->queue = g_async_queue_ref (self->queue);
  owner->gate = g_atomic_rc_box_acquire (self->gate);
  g_async_queue_push (self->queue, job);
  g_thread_unref (g_thread_new ("emend-store", open_worker, owner));
  /* cppcheck-suppress memleak ; the thread owns the job, and frees it in deliver() */
}

/**
 * emend_store_open_async:
 * @path: of a project file
 * @flags: how
 * @reviewer: (nullable): whose decisions will be recorded
 * @cancellable: (nullable): to give up before it is opened
 * @callback: called in the thread-default context of the caller
 * @user_data: for @callback
 *
 * Opens a project on a new thread, see emend_project_open().
 */
void
emend_store_open_async (const char *path,
                        EmendProjectFlags flags,
                        const char *reviewer,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  Opening *opening = g_new0 (Opening, 1);

  opening->path = g_strdup (path);
  opening->flags = flags;
  opening->reviewer = g_strdup (reviewer);
  start (opening, &open_tag, cancellable, callback, user_data);
}

/**
 * emend_store_open_finish:
 * @result: what the callback got
 * @error: as emend_project_open()
 *
 * Returns: (transfer full) (nullable): the store
 */
EmendStore *
emend_store_open_finish (GAsyncResult *result,
                         GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, &open_tag), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * emend_store_create_async:
 * @path: of the file to make
 * @name: for people
 * @schema: what can be said in it
 * @reviewer: (nullable): whose work is recorded
 * @cancellable: (nullable): to give up before it is made
 * @callback: called in the thread-default context of the caller
 * @user_data: for @callback
 *
 * Makes a project on a new thread, see emend_project_create().
 */
void
emend_store_create_async (const char *path,
                          const char *name,
                          EmendSchema *schema,
                          const char *reviewer,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  Opening *opening = g_new0 (Opening, 1);

  opening->path = g_strdup (path);
  opening->name = g_strdup (name);
  opening->schema = emend_schema_ref (schema);
  opening->reviewer = g_strdup (reviewer);
  start (opening, &create_tag, cancellable, callback, user_data);
}

/**
 * emend_store_create_finish:
 * @result: what the callback got
 * @error: as emend_project_create()
 *
 * Returns: (transfer full) (nullable): the store
 */
EmendStore *
emend_store_create_finish (GAsyncResult *result,
                           GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, &create_tag), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* Takes @task. */
static Job *
job_new (GTask *task,
         EmendStoreFunc func,
         gpointer data,
         GDestroyNotify data_free,
         GDestroyNotify result_free)
{
  Job *job = g_new0 (Job, 1);

  job->task = task;
  job->func = func;
  job->data = data;
  job->data_free = data_free;
  job->result_free = result_free;
  return job;
}

static void
let_pass (Gate *gate)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&gate->lock);

  g_atomic_int_inc (&gate->n_actions);
  if (gate->query != NULL)
    sqlite3_interrupt (gate->query);
}

/* Takes @job. */
static void
ask (EmendStore *self,
     Job *job)
{
  if (self->closed) {
    g_set_error_literal (&job->error, EMEND_STORE_ERROR, EMEND_STORE_ERROR_REFUSED,
                         _ ("The project is closed already. Nothing was done."));
    deliver (job);
    return;
  }
  if (job->is_action)
    let_pass (self->gate);
  g_async_queue_push (self->queue, job);
}

/**
 * emend_store_run_async:
 * @store: a store
 * @func: what to do on the thread that owns the project
 * @data: (transfer full): for @func
 * @data_free: (nullable): releases @data, in the context of the caller
 * @result_free: (nullable): releases a result that nobody takes
 * @cancellable: (nullable): to give up: a query that runs is interrupted
 * @callback: called in the thread-default context of the caller
 * @user_data: for @callback
 *
 * Does it after all that was asked before.
 */
void /* eight parameters: what is run, with all that it owns. NOLINTNEXTLINE(readability-function-size) */
emend_store_run_async (EmendStore *store,
                       EmendStoreFunc func,
                       gpointer data,
                       GDestroyNotify data_free,
                       GDestroyNotify result_free,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  GTask *task = g_task_new (store, cancellable, callback, user_data);

  g_task_set_source_tag (task, &run_tag);
  g_task_set_check_cancellable (task, FALSE);
  ask (store, job_new (task, func, data, data_free, result_free));
}

/**
 * emend_store_query_async:
 * @store: a store
 * @func: looks something up on the thread that owns the project; changes neither the project nor @data
 * @data: (transfer full): for @func
 * @data_free: (nullable): releases @data, in the context of the caller
 * @result_free: (nullable): releases a result that nobody takes
 * @cancellable: (nullable): to give up: a query that runs is interrupted
 * @callback: called in the thread-default context of the caller
 * @user_data: for @callback
 *
 * As emend_store_run_async(), for what may take long: a decision that is asked meanwhile does not wait for it but
 * interrupts it, and then it begins anew. Finish with emend_store_run_finish().
 */
void /* eight parameters: as above. NOLINTNEXTLINE(readability-function-size) */
emend_store_query_async (EmendStore *store,
                         EmendStoreFunc func,
                         gpointer data,
                         GDestroyNotify data_free,
                         GDestroyNotify result_free,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  GTask *task = g_task_new (store, cancellable, callback, user_data);
  Job *job = job_new (task, func, data, data_free, result_free);

  g_task_set_source_tag (task, &run_tag);
  g_task_set_check_cancellable (task, FALSE);
  job->gives_way = TRUE;
  ask (store, job);
}

/**
 * emend_store_run_finish:
 * @store: a store
 * @result: what the callback got
 * @error: what the function set
 *
 * Returns: (transfer full) (nullable): what the function returned
 */
gpointer
emend_store_run_finish (EmendStore *store,
                        GAsyncResult *result,
                        GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, store), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
set_pending (EmendStore *self,
             guint pending)
{
  self->pending = pending;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PENDING]);
}

/* The caller's task follows the one of the job, so that the count goes down before the caller is told. */
static void
decided_cb (GObject *source,
            GAsyncResult *result,
            gpointer data)
{
  EmendStore *self = EMEND_STORE (source);
  g_autoptr (GTask) task = data;
  g_autoptr (GError) error = NULL;
  EmendOutcome *outcome = g_task_propagate_pointer (G_TASK (result), &error);

  set_pending (self, self->pending - 1);
  if (outcome != NULL)
    g_task_return_pointer (task, outcome, (GDestroyNotify) emend_outcome_free);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
ask_action (EmendStore *self,
            EmendStoreFunc func,
            GPtrArray *decisions,
            GAsyncReadyCallback callback,
            gpointer user_data)
{
  GTask *task = g_task_new (self, NULL, callback, user_data);
  Job *job = job_new (g_task_new (self, NULL, decided_cb, task), func, decisions, (GDestroyNotify) g_ptr_array_unref,
                      (GDestroyNotify) emend_outcome_free);

  g_task_set_source_tag (task, &action_tag);
  set_pending (self, self->pending + 1);
  job->is_action = TRUE;
  ask (self, job);
}

static gpointer
decide_func (EmendProject *project,
             gpointer data,
             GCancellable *cancellable,
             GError **error)
{
  GPtrArray *decisions = data;

  return emend_project_decide (project, (const EmendDecision *const *) decisions->pdata, decisions->len, error);
}

static gpointer
undo_func (EmendProject *project,
           gpointer data,
           GCancellable *cancellable,
           GError **error)
{
  return emend_project_undo (project, error);
}

static gpointer
redo_func (EmendProject *project,
           gpointer data,
           GCancellable *cancellable,
           GError **error)
{
  return emend_project_redo (project, error);
}

static gpointer
copy_decision (gconstpointer decision,
               gpointer data)
{
  return emend_decision_copy (decision);
}

/**
 * emend_store_decide_async:
 * @store: a store
 * @decisions: (element-type EmendDecision): one human action; copied
 * @callback: called in the thread-default context of the caller
 * @user_data: for @callback
 *
 * See emend_project_decide(). It cannot be given up: what a person did is recorded.
 */
void
emend_store_decide_async (EmendStore *store,
                          GPtrArray *decisions,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  GPtrArray *copies = g_ptr_array_copy (decisions, (GCopyFunc) copy_decision, NULL);

  g_ptr_array_set_free_func (copies, (GDestroyNotify) emend_decision_free);
  ask_action (store, decide_func, copies, callback, user_data);
}

/**
 * emend_store_undo_async:
 * @store: a store
 * @callback: called in the thread-default context of the caller
 * @user_data: for @callback
 *
 * See emend_project_undo().
 */
void
emend_store_undo_async (EmendStore *store,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  ask_action (store, undo_func, g_ptr_array_new (), callback, user_data);
}

/**
 * emend_store_redo_async:
 * @store: a store
 * @callback: called in the thread-default context of the caller
 * @user_data: for @callback
 *
 * See emend_project_redo().
 */
void
emend_store_redo_async (EmendStore *store,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  ask_action (store, redo_func, g_ptr_array_new (), callback, user_data);
}

/**
 * emend_store_decide_finish:
 * @store: a store
 * @result: what the callback of a decision, an undo or a redo got
 * @error: as emend_project_decide()
 *
 * Returns: (transfer full) (nullable): what was committed
 */
EmendOutcome *
emend_store_decide_finish (EmendStore *store,
                           GAsyncResult *result,
                           GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, store), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * emend_store_get_pending:
 * @store: a store
 *
 * Returns: how many actions were asked for and not answered yet; 0 means that all is on the disk
 */
guint
emend_store_get_pending (EmendStore *store)
{
  return store->pending;
}

/**
 * emend_store_close_async:
 * @store: a store
 * @callback: called in the thread-default context of the caller
 * @user_data: for @callback
 *
 * Closes the project after all that was asked before is done.
 */
void
emend_store_close_async (EmendStore *store,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  GTask *task = g_task_new (store, NULL, callback, user_data);

  g_task_set_source_tag (task, &close_tag);
  if (store->closed) {
    g_task_return_pointer (task, NULL, NULL);
    g_object_unref (task);
    return;
  }
  push_end (store, task);
}

/**
 * emend_store_close_finish:
 * @store: a store
 * @result: what the callback got
 * @error: never set by a store that was open
 *
 * Returns: whether it is closed
 */
gboolean
emend_store_close_finish (EmendStore *store,
                          GAsyncResult *result,
                          GError **error)
{
  g_autoptr (GError) failure = NULL;

  g_return_val_if_fail (g_task_is_valid (result, store), FALSE);

  g_task_propagate_pointer (G_TASK (result), &failure);
  if (failure == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}
