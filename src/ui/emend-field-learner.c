#define G_LOG_DOMAIN "emend-ui"

#include "config.h"

#include "emend-field-learner.h"

#include "emend-background.h"
#include "emend-learning.h"

/* Documents that are finished sooner after one another are learned from together. */
#define PAUSE_MS 400
/* Documents that are read in one go on the project's thread: some 20 ms. */
#define CHUNK 20
/* Documents that get proposals after each training: those that come next. */
#define AHEAD 30

struct _EmendFieldLearner {
  GObject parent_instance;
  EmendReview *review;
  GCancellable *cancellable; /* of the round */
  EmendLearning *learning;   /* held by one step of the round at a time */
  EmendFieldsModel *model;   /* (nullable) */
  guint pause;
  EmendLearnerPhase phase;
  EmendLearnerEnd end; /* of the last round */
  GError *error;       /* (nullable): why it failed */
  gint64 n_proposed;   /* values, by the last round */
  gboolean again;
  gboolean telling; /* what is told at the moment comes from here */
};

enum {
  SIGNAL_LEARNED,
  SIGNAL_PHASE_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (EmendFieldLearner, emend_field_learner, G_TYPE_OBJECT)

/* What goes from step to step. */
typedef struct {
  EmendFieldLearner *learner; /* keeps what can be learned from alive */
  EmendFieldsModel *model;    /* (nullable) */
  EmendFieldsTask *task;      /* (nullable) */
  gint64 open;                /* number of the item that is open */
  gboolean complete;
  gboolean forget; /* no document is done any more of those that were learned from */
  gint64 n_proposed;
  EmendOutcome *outcome; /* (nullable): the documents that have new proposals */
} Round;

static void
round_free (Round *round)
{
  g_clear_object (&round->learner);
  g_clear_pointer (&round->model, emend_fields_model_unref);
  g_clear_pointer (&round->task, emend_fields_task_free);
  g_clear_pointer (&round->outcome, emend_outcome_free);
  g_free (round);
}

static void start (EmendFieldLearner *self);

static void
emend_field_learner_dispose (GObject *object)
{
  EmendFieldLearner *self = EMEND_FIELD_LEARNER (object);

  g_clear_handle_id (&self->pause, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->review);
  G_OBJECT_CLASS (emend_field_learner_parent_class)->dispose (object);
}

static void
emend_field_learner_finalize (GObject *object)
{
  EmendFieldLearner *self = EMEND_FIELD_LEARNER (object);

  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->learning, emend_learning_free);
  g_clear_pointer (&self->model, emend_fields_model_unref);
  g_clear_error (&self->error);
  G_OBJECT_CLASS (emend_field_learner_parent_class)->finalize (object);
}

static void
emend_field_learner_class_init (EmendFieldLearnerClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = emend_field_learner_dispose;
  G_OBJECT_CLASS (klass)->finalize = emend_field_learner_finalize;

  signals[SIGNAL_LEARNED] = g_signal_new ("learned", EMEND_TYPE_FIELD_LEARNER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 0);
  signals[SIGNAL_PHASE_CHANGED] = g_signal_new ("phase-changed", EMEND_TYPE_FIELD_LEARNER, G_SIGNAL_RUN_LAST, 0, NULL,
                                                NULL, NULL, G_TYPE_NONE, 0);
}

static void
emend_field_learner_init (EmendFieldLearner *self)
{
  self->cancellable = g_cancellable_new ();
  self->learning = emend_learning_new ();
}

static void
set_phase (EmendFieldLearner *self,
           EmendLearnerPhase phase)
{
  self->phase = phase;
  g_signal_emit (self, signals[SIGNAL_PHASE_CHANGED], 0);
}

/* What was learned stays learned, also when proposing is cancelled afterwards. */
static void
note_end (EmendFieldLearner *self,
          const GError *error)
{
  if (error != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)) {
    self->end = EMEND_LEARNER_FAILED;
    g_clear_error (&self->error);
    self->error = g_error_copy (error);
  } else if (self->end == EMEND_LEARNER_NOT_ENDED)
    self->end = EMEND_LEARNER_CANCELLED;
}

/* Ends a round, for good or bad; what changed meanwhile begins the next one. */
static void
end_round (EmendFieldLearner *self,
           const GError *error)
{
  gboolean again = self->again;

  self->phase = EMEND_LEARNER_IDLE;
  if (self->review == NULL)
    return;
  note_end (self, error);
  self->again = FALSE;
  if (again && self->end != EMEND_LEARNER_FAILED) {
    start (self);
    return;
  }
  g_signal_emit (self, signals[SIGNAL_PHASE_CHANGED], 0);
  if (self->end == EMEND_LEARNER_FAILED && !g_error_matches (error, EMEND_STORE_ERROR, EMEND_STORE_ERROR_READ_ONLY))
    g_signal_emit_by_name (self->review, "failed", error);
}

/* Whether the next step is to come after one that was @done or failed; if not, the round ends here. */
static gboolean
goes_on (Round *round,
         gboolean done,
         const GError *error)
{
  if (done && round->learner->review != NULL && !g_cancellable_is_cancelled (round->learner->cancellable))
    return TRUE;
  end_round (round->learner, error);
  round_free (round);
  return FALSE;
}

/* The documents as they are now. */
static EmendOutcome *
load_outcome (EmendProject *project,
              EmendFieldsTask *task,
              GError **error)
{
  g_autoptr (GArray) ids = emend_fields_task_get_items (task);
  g_autoptr (EmendOutcome) outcome = g_new0 (EmendOutcome, 1);

  outcome->changes = g_ptr_array_new ();
  outcome->items = emend_project_load_items (project, (const gint64 *) (gpointer) ids->data, ids->len, error);
  outcome->info = outcome->items != NULL ? emend_project_get_info (project, error) : NULL;
  if (outcome->items == NULL)
    outcome->items = g_ptr_array_new ();
  return outcome->info != NULL ? g_steal_pointer (&outcome) : NULL;
}

static gpointer
store_worker (EmendProject *project,
              gpointer data,
              GCancellable *cancellable,
              GError **error)
{
  Round *round = data;

  round->n_proposed = emend_fields_task_store (round->task, project, error);
  if (round->n_proposed > 0)
    round->outcome = load_outcome (project, round->task, error);
  return GINT_TO_POINTER (round->n_proposed >= 0);
}

/* What is open shows its new proposals, unless somebody is at work on it. */
static void
show_proposals (EmendFieldLearner *self,
                EmendOutcome *outcome)
{
  const EmendItem *item;

  self->telling = TRUE;
  emend_review_take_outcome (self->review, outcome);
  self->telling = FALSE;
  item = emend_review_get_item (self->review);
  if (item != NULL && item->reading == EMEND_READING_NONE)
    emend_review_reload_item (self->review);
}

static void
stored_cb (GObject *source,
           GAsyncResult *result,
           gpointer data)
{
  Round *round = data;
  EmendFieldLearner *self = round->learner;
  g_autoptr (GError) error = NULL;

  emend_store_run_finish (EMEND_STORE (source), result, &error);
  self->n_proposed = MAX (round->n_proposed, 0);
  if (self->review != NULL && round->outcome != NULL)
    show_proposals (self, round->outcome);
  end_round (self, error);
  round_free (round);
}

static gpointer
propose_worker (gpointer data,
                GCancellable *cancellable,
                GError **error)
{
  Round *round = data;

  return GINT_TO_POINTER (emend_fields_task_propose (round->task, cancellable, error));
}

static void
proposed_cb (GObject *source,
             GAsyncResult *result,
             gpointer data)
{
  Round *round = data;
  EmendFieldLearner *self = round->learner;
  g_autoptr (GError) error = NULL;

  if (!goes_on (round, emend_background_run_finish (result, &error) != NULL, error))
    return;
  emend_store_run_async (emend_review_get_store (self->review), store_worker, round, NULL, NULL, NULL, stored_cb,
                         round);
}

/* Keeps the model, and looks which documents come next. */
static gpointer
keep_worker (EmendProject *project,
             gpointer data,
             GCancellable *cancellable,
             GError **error)
{
  Round *round = data;
  g_autoptr (GBytes) bytes = round->model != NULL ? emend_fields_model_to_bytes (round->model) : NULL;
  EmendItemFilter filter;
  g_autoptr (GArray) items = NULL;

  if ((bytes != NULL || round->forget) && !emend_project_set_learned (project, bytes, error))
    return NULL;
  emend_item_filter_init (&filter);
  filter.reading = 1u << EMEND_READING_NONE | 1u << EMEND_READING_OPEN;
  items = emend_project_query_items (project, &filter, EMEND_ITEM_ORDER_POSITION, AHEAD, error);
  emend_item_filter_clear (&filter);
  if (items == NULL)
    return NULL;
  round->task = emend_fields_task_new (round->learner->learning, round->model, project);
  if (round->open != 0 && !emend_fields_task_add (round->task, project, round->open, error))
    return NULL;
  for (guint i = 0; i < items->len; i++) {
    gint64 item = g_array_index (items, gint64, i);

    if (item != round->open && !emend_fields_task_add (round->task, project, item, error))
      return NULL;
  }
  return GINT_TO_POINTER (TRUE);
}

static void
kept_cb (GObject *source,
         GAsyncResult *result,
         gpointer data)
{
  Round *round = data;
  EmendFieldLearner *self = round->learner;
  g_autoptr (GError) error = NULL;

  if (!goes_on (round, emend_store_run_finish (EMEND_STORE (source), result, &error) != NULL, error))
    return;
  g_clear_pointer (&self->model, emend_fields_model_unref);
  if (round->model != NULL)
    self->model = emend_fields_model_ref (round->model);
  self->end = round->model != NULL ? EMEND_LEARNER_LEARNED : EMEND_LEARNER_NOTHING;
  g_signal_emit (self, signals[SIGNAL_LEARNED], 0);
  set_phase (self, EMEND_LEARNER_PROPOSING);
  emend_background_run_async (propose_worker, round, NULL, NULL, self->cancellable, proposed_cb, round);
}

static gpointer
train_worker (gpointer data,
              GCancellable *cancellable,
              GError **error)
{
  Round *round = data;

  if (emend_learning_get_n_documents (round->learner->learning) > 0)
    round->model = emend_learning_train (round->learner->learning, cancellable, error);
  return round->model;
}

static void
trained_cb (GObject *source,
            GAsyncResult *result,
            gpointer data)
{
  Round *round = data;
  EmendFieldLearner *self = round->learner;
  g_autoptr (GError) error = NULL;

  emend_background_run_finish (result, &error);
  if (!goes_on (round, error == NULL, error))
    return;
  round->forget = self->model != NULL && round->model == NULL;
  emend_store_run_async (emend_review_get_store (self->review), keep_worker, round, NULL, NULL, NULL, kept_cb, round);
}

static gpointer
update_worker (EmendProject *project,
               gpointer data,
               GCancellable *cancellable,
               GError **error)
{
  Round *round = data;

  return GINT_TO_POINTER (emend_learning_update (round->learner->learning, project, CHUNK, &round->complete, error));
}

static void
updated_cb (GObject *source,
            GAsyncResult *result,
            gpointer data)
{
  Round *round = data;
  EmendFieldLearner *self = round->learner;
  g_autoptr (GError) error = NULL;

  if (!goes_on (round, emend_store_run_finish (EMEND_STORE (source), result, &error) != NULL, error))
    return;
  if (round->complete) {
    emend_background_run_async (train_worker, round, NULL, NULL, self->cancellable, trained_cb, round);
    set_phase (self, EMEND_LEARNER_LEARNING);
  } else
    emend_store_run_async (EMEND_STORE (source), update_worker, round, NULL, NULL, NULL, updated_cb, round);
}

static void
start (EmendFieldLearner *self)
{
  Round *round = g_new0 (Round, 1);
  const EmendItem *item = emend_review_get_item (self->review);

  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  self->end = EMEND_LEARNER_NOT_ENDED;
  self->n_proposed = 0;
  round->learner = g_object_ref (self);
  round->open = item != NULL && item->reading == EMEND_READING_NONE ? item->id : 0;
  emend_store_run_async (emend_review_get_store (self->review), update_worker, round, NULL, NULL, NULL, updated_cb,
                         round);
  set_phase (self, EMEND_LEARNER_READING);
}

static gboolean
pause_cb (gpointer data)
{
  EmendFieldLearner *self = data;

  self->pause = 0;
  emend_field_learner_learn (self);
  return G_SOURCE_REMOVE;
}

/**
 * emend_field_learner_kick:
 * @self: a learner
 *
 * Something changed that is worth another round: a document was finished, or its words were read.
 */
void
emend_field_learner_kick (EmendFieldLearner *self)
{
  EmendSchema *schema = emend_review_get_schema (self->review);

  if (emend_schema_get_n_fields (schema) == 0 || !emend_review_is_writable (self->review) || self->pause != 0)
    return;
  self->pause = g_timeout_add (PAUSE_MS, pause_cb, self);
  g_signal_emit (self, signals[SIGNAL_PHASE_CHANGED], 0);
}

/**
 * emend_field_learner_learn:
 * @self: a learner of a project that asks for fields and can be written
 *
 * Begins a round at once, or after the one that is under way.
 */
void
emend_field_learner_learn (EmendFieldLearner *self)
{
  g_clear_handle_id (&self->pause, g_source_remove);
  if (self->phase != EMEND_LEARNER_IDLE)
    self->again = TRUE;
  else
    start (self);
}

/**
 * emend_field_learner_cancel:
 * @self: a learner
 *
 * Ends the round that is under way or about to begin, as soon as can be. What was learned before is kept, and the next
 * document that is finished begins another.
 */
void
emend_field_learner_cancel (EmendFieldLearner *self)
{
  self->again = FALSE;
  g_clear_handle_id (&self->pause, g_source_remove);
  if (self->phase != EMEND_LEARNER_IDLE) {
    g_cancellable_cancel (self->cancellable);
    return;
  }
  self->end = EMEND_LEARNER_CANCELLED;
  g_signal_emit (self, signals[SIGNAL_PHASE_CHANGED], 0);
}

/* A document that is finished, or reopened, changes what can be learned from. */
static void
outcome_cb (EmendFieldLearner *self,
            const EmendOutcome *outcome)
{
  for (guint i = 0; i < outcome->items->len && !self->telling; i++) {
    const EmendItem *item = g_ptr_array_index (outcome->items, i);

    if (item->reading == EMEND_READING_DONE || outcome->changes->len == 0) {
      emend_field_learner_kick (self);
      return;
    }
  }
}

/**
 * emend_field_learner_new:
 * @review: the work
 *
 * Returns: (transfer full): learns from it
 */
EmendFieldLearner *
emend_field_learner_new (EmendReview *review)
{
  EmendFieldLearner *self = g_object_new (EMEND_TYPE_FIELD_LEARNER, NULL);

  self->review = g_object_ref (review);
  g_signal_connect_object (review, "outcome", G_CALLBACK (outcome_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (review, "started", G_CALLBACK (emend_field_learner_kick), self, G_CONNECT_SWAPPED);
  return self;
}

/**
 * emend_field_learner_get_phase:
 * @self: a learner
 *
 * Returns: what it is at; as soon as it is about to learn, it is at the first phase
 */
EmendLearnerPhase
emend_field_learner_get_phase (EmendFieldLearner *self)
{
  return self->phase == EMEND_LEARNER_IDLE && self->pause != 0 ? EMEND_LEARNER_READING : self->phase;
}

/**
 * emend_field_learner_get_end:
 * @self: a learner
 * @n_proposed: (out): how many values it proposed in that round
 * @error: (out) (transfer none) (nullable): why it failed, if it did
 *
 * Returns: how the last round ended
 */
EmendLearnerEnd
emend_field_learner_get_end (EmendFieldLearner *self,
                             gint64 *n_proposed,
                             const GError **error)
{
  *n_proposed = self->n_proposed;
  *error = self->end == EMEND_LEARNER_FAILED ? self->error : NULL;
  return self->end;
}

/**
 * emend_field_learner_get_model:
 * @self: a learner
 *
 * Returns: (transfer none) (nullable): what was learned last; %NULL while nothing was
 */
EmendFieldsModel *
emend_field_learner_get_model (EmendFieldLearner *self)
{
  return self->model;
}
