#define G_LOG_DOMAIN "emend-ui"

#include "config.h"

#include "emend-column-model.h"

#include <string.h>

#include "emend-column-entry-private.h"
#include "emend-stopwatch.h"

/* Rows are read so many at a time. */
#define PAGE 64u
/* So many rows are kept; those that nobody looks at go first. */
#define MAX_ENTRIES 2048u
/* So many pages are asked for at a time. Scrolling fast asks for many that are gone when they come. */
#define MAX_ASKED 2u

struct _EmendColumnModel {
  GObject parent_instance;

  EmendReview *review;
  EmendSchema *schema;       /* (nullable): whose field it is */
  const EmendField *field;   /* (nullable) */
  GCancellable *cancellable; /* of the list that is shown or asked for */
  GArray *ids;               /* (element-type EmendProposalId) */
  GHashTable *entries;       /* (element-type guint EmendColumnEntry) */
  GHashTable *known;         /* (element-type EmendProposalId EmendColumnEntry): those that were read */
  GQueue wanted;             /* (element-type guint): pages, the latest first */
  guint generation;          /* counts the lists */
  guint n_asked;
  guint idle;
  EmendStopwatch watch;
};

enum {
  SIGNAL_LISTED,
  SIGNAL_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static GType
get_item_type (GListModel *list)
{
  return EMEND_TYPE_COLUMN_ENTRY;
}

static guint
get_n_items (GListModel *list)
{
  return EMEND_COLUMN_MODEL (list)->ids->len;
}

static void ask (EmendColumnModel *self);

static gboolean
ask_idle_cb (gpointer data)
{
  EmendColumnModel *self = data;

  self->idle = 0;
  ask (self);
  return G_SOURCE_REMOVE;
}

static void
want (EmendColumnModel *self,
      guint page)
{
  GList *link = g_queue_find (&self->wanted, GUINT_TO_POINTER (page));

  if (link != NULL)
    g_queue_unlink (&self->wanted, link);
  else
    link = g_list_append (NULL, GUINT_TO_POINTER (page));
  g_queue_push_head_link (&self->wanted, link);
  if (self->idle == 0)
    self->idle = g_idle_add_full (G_PRIORITY_DEFAULT, ask_idle_cb, self, NULL);
}

/* What the reviewer marked or typed is kept, and what is not committed yet. */
static gboolean
forget_unused (gpointer key,
               gpointer value,
               gpointer data)
{
  EmendColumnModel *self = data;
  EmendColumnEntry *entry = value;

  if (G_OBJECT (entry)->ref_count > 1 || entry->left_out || entry->draft != NULL || entry->n_pending > 0)
    return FALSE;
  if (entry->proposal != NULL)
    g_hash_table_remove (self->known, &entry->proposal->mark->proposal->id);
  return TRUE;
}

static gpointer
get_item (GListModel *list,
          guint index)
{
  EmendColumnModel *self = EMEND_COLUMN_MODEL (list);
  EmendColumnEntry *entry;

  if (index >= self->ids->len)
    return NULL;
  entry = g_hash_table_lookup (self->entries, GUINT_TO_POINTER (index));
  if (entry == NULL) {
    if (g_hash_table_size (self->entries) >= MAX_ENTRIES)
      g_hash_table_foreach_remove (self->entries, forget_unused, self);
    entry = g_object_new (EMEND_TYPE_COLUMN_ENTRY, NULL);
    entry->index = index;
    g_hash_table_insert (self->entries, GUINT_TO_POINTER (index), entry);
  }
  if (entry->proposal == NULL)
    want (self, index / PAGE);
  return g_object_ref (entry);
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

/* clang-format off */
G_DEFINE_FINAL_TYPE_WITH_CODE (EmendColumnModel, emend_column_model, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))
/* clang-format on */

/* What is asked of the project: a page of the list, or the list itself. */
typedef struct {
  EmendColumnModel *model;
  guint generation;
  int field;
  guint first;
  guint count;
  EmendProposalId *ids;
} Question;

static void
question_free (Question *question)
{
  g_object_unref (question->model);
  g_free (question->ids);
  g_free (question);
}

/* clang-format off */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Question, question_free)
/* clang-format on */

static Question *
question_new (EmendColumnModel *self)
{
  Question *question = g_new0 (Question, 1);

  question->model = g_object_ref (self);
  question->generation = self->generation;
  question->field = self->field->id;
  return question;
}

static gpointer
read_worker (EmendProject *project,
             gpointer data,
             GCancellable *cancellable,
             GError **error)
{
  const Question *question = data;

  return emend_project_load_field (project, question->ids, question->count, error);
}

/* Takes what is in @read. */
static void
take_page (EmendColumnModel *self,
           guint first,
           GPtrArray *read)
{
  gsize n = 0;
  g_autofree gpointer *marks = g_ptr_array_steal (read, &n);

  for (gsize i = 0; i < n; i++) {
    EmendColumnEntry *entry = g_hash_table_lookup (self->entries, GUINT_TO_POINTER (first + (guint) i));

    if (entry == NULL || entry->proposal != NULL) {
      emend_field_mark_free (marks[i]);
      continue;
    }
    emend_column_entry_set_proposal (entry, marks[i], self->schema);
    g_hash_table_insert (self->known, &entry->proposal->mark->proposal->id, entry);
  }
}

static void
read_cb (GObject *source,
         GAsyncResult *result,
         gpointer data)
{
  g_autoptr (Question) question = data;
  EmendColumnModel *self = question->model;
  g_autoptr (GError) error = NULL;
  GPtrArray *read = emend_store_run_finish (EMEND_STORE (source), result, &error);

  self->n_asked--;
  if (question->generation == self->generation && self->review != NULL) {
    if (read != NULL)
      take_page (self, question->first, read);
    else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
      g_signal_emit_by_name (self->review, "failed", error);
    g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
  }
  g_clear_pointer (&read, g_ptr_array_unref);
  ask (self);
}

static void
ask_page (EmendColumnModel *self,
          guint page)
{
  Question *question;

  if (page * PAGE >= self->ids->len)
    return;
  question = question_new (self);
  question->first = page * PAGE;
  question->count = MIN (PAGE, self->ids->len - question->first);
  question->ids = g_memdup2 (&g_array_index (self->ids, EmendProposalId, question->first),
                             question->count * sizeof (EmendProposalId));
  self->n_asked++;
  emend_store_run_async (emend_review_get_store (self->review), read_worker, question, NULL,
                         (GDestroyNotify) g_ptr_array_unref, self->cancellable, read_cb, question);
}

static void
ask (EmendColumnModel *self)
{
  while (self->review != NULL && self->n_asked < MAX_ASKED && !g_queue_is_empty (&self->wanted))
    ask_page (self, GPOINTER_TO_UINT (g_queue_pop_head (&self->wanted)));
}

static void
outcome_cb (EmendColumnModel *self,
            const EmendOutcome *outcome)
{
  for (guint i = 0; i < outcome->changes->len; i++) {
    const EmendChange *change = g_ptr_array_index (outcome->changes, i);
    const EmendAnnotation *speaks_of = change->after != NULL ? change->after : change->before;
    EmendColumnEntry *entry = speaks_of == NULL ? NULL : g_hash_table_lookup (self->known, &speaks_of->proposal);

    if (entry != NULL)
      emend_column_entry_set_annotation (entry, change->after);
  }
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/* Nothing of what was shown ahead is sure any more; what is committed all the same is told by "outcome". */
static void
failed_cb (EmendColumnModel *self)
{
  GHashTableIter iter;
  gpointer entry;

  g_hash_table_iter_init (&iter, self->known);
  while (g_hash_table_iter_next (&iter, NULL, &entry))
    emend_column_entry_forget_foreseen (entry);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
emend_column_model_dispose (GObject *object)
{
  EmendColumnModel *self = EMEND_COLUMN_MODEL (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->idle, g_source_remove);
  g_queue_clear (&self->wanted);
  g_clear_object (&self->review);
  G_OBJECT_CLASS (emend_column_model_parent_class)->dispose (object);
}

static void
emend_column_model_finalize (GObject *object)
{
  EmendColumnModel *self = EMEND_COLUMN_MODEL (object);

  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->ids, g_array_unref);
  g_clear_pointer (&self->known, g_hash_table_unref);
  g_clear_pointer (&self->entries, g_hash_table_unref);
  g_clear_pointer (&self->schema, emend_schema_unref);
  G_OBJECT_CLASS (emend_column_model_parent_class)->finalize (object);
}

static void
emend_column_model_class_init (EmendColumnModelClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = emend_column_model_dispose;
  G_OBJECT_CLASS (klass)->finalize = emend_column_model_finalize;
  signals[SIGNAL_LISTED] = g_signal_new ("listed", EMEND_TYPE_COLUMN_MODEL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                         G_TYPE_NONE, 1, G_TYPE_ERROR);
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", EMEND_TYPE_COLUMN_MODEL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 0);
}

static void
emend_column_model_init (EmendColumnModel *self)
{
  self->ids = g_array_new (FALSE, FALSE, sizeof (EmendProposalId));
  self->entries = g_hash_table_new_full (NULL, NULL, NULL, g_object_unref);
  self->known = g_hash_table_new (g_int64_hash, g_int64_equal);
  g_queue_init (&self->wanted);
}

/**
 * emend_column_model_new:
 * @review: the work on the project
 *
 * Returns: (transfer full): an empty list; emend_column_model_set_field() fills it
 */
EmendColumnModel *
emend_column_model_new (EmendReview *review)
{
  EmendColumnModel *self = g_object_new (EMEND_TYPE_COLUMN_MODEL, NULL);

  self->review = g_object_ref (review);
  g_signal_connect_object (review, "outcome", G_CALLBACK (outcome_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (review, "failed", G_CALLBACK (failed_cb), self, G_CONNECT_SWAPPED);
  return self;
}

/**
 * emend_column_model_get_review:
 * @self: a column
 *
 * Returns: (transfer none): the work it is part of
 */
EmendReview *
emend_column_model_get_review (EmendColumnModel *self)
{
  return self->review;
}

/**
 * emend_column_model_get_field:
 * @self: a column
 *
 * Returns: (transfer none) (nullable): of which field
 */
const EmendField *
emend_column_model_get_field (EmendColumnModel *self)
{
  return self->field;
}

/* Takes @ids. */
static void
replace (EmendColumnModel *self,
         GArray *ids)
{
  guint before = self->ids->len;

  g_queue_clear (&self->wanted);
  g_hash_table_remove_all (self->known);
  g_array_unref (self->ids);
  self->ids = ids;
  g_hash_table_remove_all (self->entries);
  if (before > 0 || ids->len > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), 0, before, ids->len);
}

static gpointer
list_worker (EmendProject *project,
             gpointer data,
             GCancellable *cancellable,
             GError **error)
{
  return emend_project_list_field (project, ((const Question *) data)->field, error);
}

static void
listed_cb (GObject *source,
           GAsyncResult *result,
           gpointer data)
{
  g_autoptr (Question) question = data;
  EmendColumnModel *self = question->model;
  g_autoptr (GError) error = NULL;
  GArray *ids = emend_store_run_finish (EMEND_STORE (source), result, &error);

  if (question->generation != self->generation || self->review == NULL) {
    g_clear_pointer (&ids, g_array_unref);
    return;
  }
  if (ids != NULL)
    replace (self, ids);
  emend_stopwatch_start (&self->watch, g_get_monotonic_time ());
  g_signal_emit (self, signals[SIGNAL_LISTED], 0, error);
}

/**
 * emend_column_model_set_field:
 * @self: a column
 * @field: number of a field; 0 for none
 *
 * The list is empty until the answer is there; "listed" is told then.
 */
void
emend_column_model_set_field (EmendColumnModel *self,
                              int field)
{
  self->generation++;
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  replace (self, g_array_new (FALSE, FALSE, sizeof (EmendProposalId)));
  g_clear_pointer (&self->schema, emend_schema_unref);
  self->schema = emend_schema_ref (emend_review_get_schema (self->review));
  self->field = emend_schema_find_field (self->schema, field);
  if (self->field != NULL) {
    Question *question = question_new (self);

    emend_store_query_async (emend_review_get_store (self->review), list_worker, question, NULL,
                             (GDestroyNotify) g_array_unref, self->cancellable, listed_cb, question);
  }
}

/**
 * emend_column_model_find_first:
 * @self: a column
 * @outcome: what was committed
 *
 * Returns: the first place in the list that it changed, or -1
 */
gint64
emend_column_model_find_first (EmendColumnModel *self,
                               const EmendOutcome *outcome)
{
  g_autoptr (GHashTable) changed = g_hash_table_new (g_int64_hash, g_int64_equal);

  for (guint i = 0; i < outcome->changes->len; i++) {
    const EmendChange *change = g_ptr_array_index (outcome->changes, i);
    EmendAnnotation *annotation = change->after != NULL ? change->after : change->before;

    if (annotation != NULL)
      g_hash_table_add (changed, &annotation->proposal);
  }
  for (guint i = 0; i < self->ids->len; i++) {
    if (g_hash_table_contains (changed, &g_array_index (self->ids, EmendProposalId, i)))
      return i;
  }
  return -1;
}

/**
 * emend_column_model_has_drafts:
 * @self: a column
 *
 * Returns: whether something is typed over a value and not confirmed
 */
gboolean
emend_column_model_has_drafts (EmendColumnModel *self)
{
  GHashTableIter iter;
  gpointer entry;

  g_hash_table_iter_init (&iter, self->entries);
  while (g_hash_table_iter_next (&iter, NULL, &entry)) {
    if (emend_column_entry_get_draft (entry) != NULL)
      return TRUE;
  }
  return FALSE;
}

/**
 * emend_column_model_note_activity:
 * @self: a column
 *
 * A key or a movement of the pointer: the reviewer is there.
 */
void
emend_column_model_note_activity (EmendColumnModel *self)
{
  emend_stopwatch_touch (&self->watch, g_get_monotonic_time ());
}

/* Only what was read: what is not on the screen yet, nobody has looked at. */
static EmendColumnEntry *
get_known (EmendColumnModel *self,
           guint index)
{
  EmendColumnEntry *entry = g_hash_table_lookup (self->entries, GUINT_TO_POINTER (index));

  return entry != NULL && entry->proposal != NULL ? entry : NULL;
}

static EmendDecision *
new_decision (EmendDecisionKind kind,
              const EmendColumnEntry *entry)
{
  const EmendProposal *proposal = entry->proposal->mark->proposal;
  EmendDecision *decision = emend_decision_new (kind, proposal->item);

  decision->proposal = proposal->id;
  decision->label = proposal->label;
  decision->source = EMEND_DECISION_BY_KEYBOARD;
  return decision;
}

/* The time since the last decision belongs to all that are made now in equal parts. */
static void
share_time (EmendColumnModel *self,
            GPtrArray *decisions)
{
  gint64 now = g_get_monotonic_time ();
  gint64 ms = emend_stopwatch_get_ms (&self->watch, now);

  emend_stopwatch_start (&self->watch, now);
  for (guint i = 0; i < decisions->len; i++)
    ((EmendDecision *) g_ptr_array_index (decisions, i))->ms = ms / decisions->len;
}

/* Takes @decision. */
static gboolean
decide_one (EmendColumnModel *self,
            EmendColumnEntry *entry,
            EmendDecision *decision)
{
  g_autoptr (GPtrArray) decisions = g_ptr_array_new_with_free_func ((GDestroyNotify) emend_decision_free);

  g_ptr_array_add (decisions, decision);
  share_time (self, decisions);
  if (!emend_review_decide_all (self->review, decisions))
    return FALSE;
  emend_column_entry_foresee (entry, decision);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
  return TRUE;
}

/* What accepting leaves as it is, counted; or NULL. */
static guint *
find_obstacle (const EmendColumnEntry *entry,
               EmendColumnTally *tally)
{
  if (entry->draft != NULL)
    return &tally->n_drafts;
  if (entry->left_out)
    return &tally->n_left_out;
  return entry->problem != NULL ? &tally->n_problems : NULL;
}

/* Counts what can be accepted of a part of the column, and collects it where a list is given. */
static void
collect (EmendColumnModel *self,
         guint first,
         guint last,
         EmendColumnTally *tally,
         GPtrArray *accepted)
{
  *tally = (EmendColumnTally){ 0 };
  for (guint i = first; i <= last && i < self->ids->len; i++) {
    EmendColumnEntry *entry = get_known (self, i);
    guint *obstacle = entry != NULL ? find_obstacle (entry, tally) : NULL;

    if (entry == NULL || emend_column_entry_get_verdict (entry) != EMEND_VERDICT_NONE)
      continue;
    if (obstacle != NULL)
      (*obstacle)++;
    else {
      tally->n_accepted++;
      if (accepted != NULL)
        g_ptr_array_add (accepted, entry);
    }
  }
}

/**
 * emend_column_model_tally:
 * @self: a column
 * @first: place in the list
 * @last: place in the list
 * @tally: (out): what emend_column_model_accept() would do
 */
void
emend_column_model_tally (EmendColumnModel *self,
                          guint first,
                          guint last,
                          EmendColumnTally *tally)
{
  collect (self, first, last, tally, NULL);
}

/**
 * emend_column_model_accept:
 * @self: a column
 * @first: place in the list
 * @last: place in the list
 * @tally: (out): what was accepted and what not
 *
 * What is known from @first to @last and waits is right as proposed: one step that is undone as one. What is marked, is
 * being typed or has something wrong with it is left as it is.
 *
 * Returns: whether something was accepted
 */
gboolean
emend_column_model_accept (EmendColumnModel *self,
                           guint first,
                           guint last,
                           EmendColumnTally *tally)
{
  g_autoptr (GPtrArray) accepted = g_ptr_array_new ();
  g_autoptr (GPtrArray) decisions = g_ptr_array_new_with_free_func ((GDestroyNotify) emend_decision_free);

  collect (self, first, last, tally, accepted);
  for (guint i = 0; i < accepted->len; i++) {
    EmendDecision *decision = new_decision (EMEND_DECISION_ACCEPT, g_ptr_array_index (accepted, i));

    decision->source = EMEND_DECISION_BY_BULK;
    g_ptr_array_add (decisions, decision);
  }
  share_time (self, decisions);
  if (!emend_review_decide_all (self->review, decisions))
    return FALSE;
  for (guint i = 0; i < accepted->len; i++)
    emend_column_entry_foresee (g_ptr_array_index (accepted, i), g_ptr_array_index (decisions, i));
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
  return TRUE;
}

/**
 * emend_column_model_accept_one:
 * @self: a column
 * @index: place in the list
 *
 * It is right as proposed, also one that is marked to be left out; not one that has something wrong with it.
 *
 * Returns: whether it was accepted, or was already
 */
gboolean
emend_column_model_accept_one (EmendColumnModel *self,
                               guint index)
{
  EmendColumnEntry *entry = get_known (self, index);
  EmendVerdict verdict = entry != NULL ? emend_column_entry_get_verdict (entry) : EMEND_VERDICT_NONE;

  if (entry == NULL || entry->draft != NULL)
    return FALSE;
  if (verdict == EMEND_VERDICT_ACCEPTED || verdict == EMEND_VERDICT_CORRECTED)
    return TRUE;
  if (verdict == EMEND_VERDICT_NONE && entry->problem != NULL)
    return FALSE;
  return decide_one (self, entry, new_decision (EMEND_DECISION_ACCEPT, entry));
}

/**
 * emend_column_model_set_absent:
 * @self: a column
 * @index: place in the list
 *
 * The document does not have the field; of one that may repeat, it does not have this value.
 *
 * Returns: whether that was decided
 */
gboolean
emend_column_model_set_absent (EmendColumnModel *self,
                               guint index)
{
  EmendColumnEntry *entry = get_known (self, index);
  EmendDecisionKind kind;

  if (entry == NULL)
    return FALSE;
  kind = self->field->repeatable ? EMEND_DECISION_REJECT : EMEND_DECISION_ABSENT;
  return decide_one (self, entry, new_decision (kind, entry));
}

/**
 * emend_column_model_correct:
 * @self: a column
 * @index: place in the list
 * @text: what the value is; where it stands stays
 *
 * One that is what was proposed is an acceptance. Refuses what has something wrong with it: why that is right all the
 * same can be said in the document alone.
 *
 * Returns: whether that was decided
 */
gboolean
emend_column_model_correct (EmendColumnModel *self,
                            guint index,
                            const char *text)
{
  EmendColumnEntry *entry = get_known (self, index);
  g_autofree char *stripped = g_strstrip (g_strdup (text));
  g_auto (EmendNormal) normal = { 0 };
  const EmendValue *before;
  EmendDecision *decision;

  if (entry == NULL || *stripped == '\0')
    return FALSE;
  emend_column_entry_parse (entry, stripped, &normal);
  if (normal.problem != NULL)
    return FALSE;
  decision = new_decision (EMEND_DECISION_CORRECT, entry);
  decision->sets = EMEND_DECISION_SETS_VALUE;
  decision->value = emend_value_new (NULL);
  decision->value->value = g_steal_pointer (&stripped);
  before = emend_mark_get_value (entry->proposal->mark);
  decision->value->text = g_strdup (before->text);
  if (normal.other != NULL) /* else it has one reading only */
    decision->value->date_order = emend_column_entry_get_date_order (entry);
  if (before->regions != NULL)
    decision->value->regions = g_array_copy (before->regions);
  return decide_one (self, entry, decision);
}

/**
 * emend_column_model_leave_out:
 * @self: a column
 * @index: place in the list
 *
 * Marks a value that waits, so that accepting a part of the column leaves it as it is; or takes the mark away.
 */
void
emend_column_model_leave_out (EmendColumnModel *self,
                              guint index)
{
  EmendColumnEntry *entry = get_known (self, index);

  if (entry == NULL || emend_column_entry_get_verdict (entry) != EMEND_VERDICT_NONE)
    return;
  emend_column_entry_set_left_out (entry, !entry->left_out);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}
