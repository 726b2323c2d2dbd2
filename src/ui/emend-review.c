#define G_LOG_DOMAIN "emend-ui"

#include "config.h"

#include "emend-review-private.h"

#include <math.h>

G_DEFINE_FINAL_TYPE (EmendReview, emend_review, G_TYPE_OBJECT)

guint emend_review_signals[EMEND_REVIEW_N_SIGNALS];

static void
slot_clear (gpointer data)
{
  EmendReviewSlot *slot = data;

  g_clear_pointer (&slot->mark, emend_mark_free);
}

/**
 * emend_review_content_free:
 * @content: (transfer full): what was read of an item
 *
 * Any thread.
 */
void
emend_review_content_free (EmendReviewContent *content)
{
  g_clear_pointer (&content->content, emend_item_content_free);
  g_clear_pointer (&content->schema, emend_schema_unref);
  g_free (content->path);
  g_free (content);
}

static void
emend_review_dispose (GObject *object)
{
  EmendReview *self = EMEND_REVIEW (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->nudge_timeout, g_source_remove);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (emend_review_parent_class)->dispose (object);
}

static void
emend_review_finalize (GObject *object)
{
  EmendReview *self = EMEND_REVIEW (object);

  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->info, emend_project_info_free);
  g_clear_pointer (&self->schema, emend_schema_unref);
  g_clear_pointer (&self->settings, g_hash_table_unref);
  g_clear_pointer (&self->open, emend_review_content_free);
  g_clear_pointer (&self->slots, g_array_unref);
  g_clear_pointer (&self->by_proposal, g_hash_table_unref);
  g_clear_pointer (&self->ahead, g_hash_table_unref);
  g_clear_pointer (&self->passed, g_hash_table_unref);
  g_clear_pointer (&self->shown_change, emend_annotation_free);
  g_free (self->question);
  G_OBJECT_CLASS (emend_review_parent_class)->finalize (object);
}

static guint
new_signal (const char *name,
            guint n_arguments,
            GType first,
            GType second)
{
  return g_signal_new (name, EMEND_TYPE_REVIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, n_arguments,
                       first, second);
}

static void
emend_review_class_init (EmendReviewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = emend_review_dispose;
  G_OBJECT_CLASS (klass)->finalize = emend_review_finalize;

  emend_review_signals[EMEND_REVIEW_STARTED] = new_signal ("started", 0, G_TYPE_NONE, G_TYPE_NONE);
  emend_review_signals[EMEND_REVIEW_OPENED] = new_signal ("opened", 0, G_TYPE_NONE, G_TYPE_NONE);
  emend_review_signals[EMEND_REVIEW_MARK_CHANGED] = new_signal ("mark-changed", 1, G_TYPE_UINT, G_TYPE_NONE);
  emend_review_signals[EMEND_REVIEW_SELECTED] = new_signal ("selected", 2, G_TYPE_INT, G_TYPE_BOOLEAN);
  emend_review_signals[EMEND_REVIEW_COUNTERS] = new_signal ("counters", 0, G_TYPE_NONE, G_TYPE_NONE);
  emend_review_signals[EMEND_REVIEW_FOUND] = new_signal ("found", 0, G_TYPE_NONE, G_TYPE_NONE);
  emend_review_signals[EMEND_REVIEW_OUTCOME] = new_signal ("outcome", 1, G_TYPE_POINTER, G_TYPE_NONE);
  emend_review_signals[EMEND_REVIEW_TOLD] = new_signal ("told", 2, G_TYPE_STRING, G_TYPE_BOOLEAN);
  emend_review_signals[EMEND_REVIEW_FAILED] = new_signal ("failed", 1, G_TYPE_ERROR, G_TYPE_NONE);
  emend_review_signals[EMEND_REVIEW_FINISHED] = new_signal ("finished", 0, G_TYPE_NONE, G_TYPE_NONE);
}

static void
emend_review_init (EmendReview *self)
{
  self->cancellable = g_cancellable_new ();
  self->settings = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->slots = g_array_new (FALSE, TRUE, sizeof (EmendReviewSlot));
  g_array_set_clear_func (self->slots, slot_clear);
  self->by_proposal = g_hash_table_new (g_int64_hash, g_int64_equal);
  self->ahead = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, (GDestroyNotify) emend_review_content_free);
  self->passed = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  self->selected = -1;
  self->nudged = -1;
  self->found_word = -1;
  self->schema = emend_schema_new ();
}

/**
 * emend_review_new:
 * @store: an open project
 *
 * Returns: (transfer full): the work on it; emend_review_start() begins it
 */
EmendReview *
emend_review_new (EmendStore *store)
{
  EmendReview *self = g_object_new (EMEND_TYPE_REVIEW, NULL);

  self->store = g_object_ref (store);
  return self;
}

/**
 * emend_review_get_store:
 * @self: the work
 *
 * Returns: (transfer none): the project it is on
 */
EmendStore *
emend_review_get_store (EmendReview *self)
{
  return self->store;
}

/**
 * emend_review_get_info:
 * @self: the work
 *
 * Returns: (transfer none) (nullable): the facts of the project as last committed; %NULL before "started"
 */
const EmendProjectInfo *
emend_review_get_info (EmendReview *self)
{
  return self->info;
}

/**
 * emend_review_get_schema:
 * @self: the work
 *
 * Returns: (transfer none): what can be said; empty before "started"
 */
EmendSchema *
emend_review_get_schema (EmendReview *self)
{
  return self->schema;
}

/**
 * emend_review_is_writable:
 * @self: the work
 *
 * Returns: whether decisions can be made
 */
gboolean
emend_review_is_writable (EmendReview *self)
{
  return self->info != NULL && self->info->read_only_reason == NULL;
}

/**
 * emend_review_is_saving:
 * @self: the work
 *
 * Returns: whether something was decided that is not committed yet
 */
gboolean
emend_review_is_saving (EmendReview *self)
{
  return self->n_pending > 0 || self->nudged >= 0;
}

/**
 * emend_review_set_info:
 * @self: the work
 * @info: new facts of the project
 *
 * Takes a copy of what changes with a decision.
 */
void
emend_review_set_info (EmendReview *self,
                       const EmendProjectInfo *info)
{
  EmendProjectInfo *own = self->info;

  if (own == NULL || info == NULL)
    return;
  own->n_items = info->n_items;
  own->n_items_done = info->n_items_done;
  own->n_items_waiting = info->n_items_waiting;
  own->n_proposals = info->n_proposals;
  own->n_undecided = info->n_undecided;
  own->n_accepted = info->n_accepted;
  own->n_corrected = info->n_corrected;
  own->n_rejected = info->n_rejected;
  own->n_added = info->n_added;
  own->n_events = info->n_events;
  g_free (own->can_undo);
  own->can_undo = g_strdup (info->can_undo);
  g_free (own->can_redo);
  own->can_redo = g_strdup (info->can_redo);
  g_signal_emit (self, emend_review_signals[EMEND_REVIEW_COUNTERS], 0);
}

/**
 * emend_review_fail:
 * @self: the work
 * @error: what could not be done
 *
 * Tells it, unless it was only cancelled.
 */
void
emend_review_fail (EmendReview *self,
                   const GError *error)
{
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_signal_emit (self, emend_review_signals[EMEND_REVIEW_FAILED], 0, error);
}

/**
 * emend_review_get_state:
 * @self: the work
 *
 * Returns: what can be shown
 */
EmendReviewState
emend_review_get_state (EmendReview *self)
{
  return self->state;
}

/**
 * emend_review_get_item:
 * @self: the work
 *
 * Returns: (transfer none) (nullable): the open item
 */
const EmendItem *
emend_review_get_item (EmendReview *self)
{
  return self->open == NULL ? NULL : self->open->content->item;
}

/**
 * emend_review_get_media_path:
 * @self: the work
 *
 * Returns: (transfer none) (nullable): absolute path of the open item's file
 */
const char *
emend_review_get_media_path (EmendReview *self)
{
  return self->open == NULL ? NULL : self->open->path;
}

/**
 * emend_review_get_n_pages:
 * @self: the work
 *
 * Returns: how many pages the open item has
 */
int
emend_review_get_n_pages (EmendReview *self)
{
  return self->open == NULL ? 0 : (int) self->open->content->pages->len;
}

/**
 * emend_review_get_page:
 * @self: the work
 *
 * Returns: (transfer none) (nullable): the page that is shown
 */
const EmendPage *
emend_review_get_page (EmendReview *self)
{
  if (self->page >= emend_review_get_n_pages (self))
    return NULL;
  return &g_array_index (self->open->content->pages, EmendPage, (guint) self->page);
}

/**
 * emend_review_get_slot:
 * @self: the work
 * @index: number of a mark
 *
 * Returns: (transfer none) (nullable): it; %NULL when there is none
 */
EmendReviewSlot *
emend_review_get_slot (EmendReview *self,
                       int index)
{
  EmendReviewSlot *slot;

  if (index < 0 || (guint) index >= self->slots->len)
    return NULL;
  slot = &g_array_index (self->slots, EmendReviewSlot, (guint) index);
  return slot->gone ? NULL : slot;
}

/**
 * emend_review_add_slot:
 * @self: the work
 * @mark: (transfer full): another mark
 *
 * Returns: its number
 */
guint
emend_review_add_slot (EmendReview *self,
                       EmendMark *mark)
{
  EmendReviewSlot slot = { mark, 0, FALSE };
  guint index = self->slots->len;

  g_array_append_val (self->slots, slot);
  if (mark->proposal != NULL)
    g_hash_table_insert (self->by_proposal, &mark->proposal->id, GUINT_TO_POINTER (index));
  return index;
}

/**
 * emend_review_fill_slots:
 * @self: the work
 *
 * Takes the marks of the open item out of what was read of it.
 */
void
emend_review_fill_slots (EmendReview *self)
{
  gsize n;
  g_autofree gpointer *marks = g_ptr_array_steal (self->open->content->marks, &n);

  self->generation++;
  g_hash_table_remove_all (self->by_proposal);
  g_array_set_size (self->slots, 0);
  for (gsize i = 0; i < n; i++)
    emend_review_add_slot (self, marks[i]);
}

/**
 * emend_review_find_slot:
 * @self: the work
 * @annotation: an annotation of the open item
 *
 * Returns: number of the mark that it belongs to, also of one that is gone, or -1
 */
int
emend_review_find_slot (EmendReview *self,
                        const EmendAnnotation *annotation)
{
  gpointer found;

  if (annotation->proposal != 0) {
    if (g_hash_table_lookup_extended (self->by_proposal, &annotation->proposal, NULL, &found))
      return GPOINTER_TO_INT (found);
    return -1;
  }
  for (guint i = self->slots->len; i > 0; i--) {
    const EmendMark *mark = g_array_index (self->slots, EmendReviewSlot, i - 1).mark;

    if (mark->proposal == NULL && mark->annotation != NULL &&
        emend_uuid_equal (&mark->annotation->uuid, &annotation->uuid))
      return (int) i - 1;
  }
  return -1;
}

/**
 * emend_review_set_annotation:
 * @self: the work
 * @index: number of a mark, also of one that is gone
 * @annotation: (nullable): what is decided about it now
 *
 * Shows a decision; something added whose annotation is taken away is gone.
 */
void
emend_review_set_annotation (EmendReview *self,
                             guint index,
                             const EmendAnnotation *annotation)
{
  EmendReviewSlot *slot = &g_array_index (self->slots, EmendReviewSlot, index);

  if (annotation == NULL && slot->mark->proposal == NULL)
    slot->gone = TRUE; /* its annotation stays, so that it can be recognised when it comes back */
  else {
    EmendAnnotation *copy = annotation == NULL ? NULL : emend_annotation_copy (annotation);

    g_clear_pointer (&slot->mark->annotation, emend_annotation_free);
    slot->mark->annotation = copy;
    slot->gone = FALSE;
  }
  g_signal_emit (self, emend_review_signals[EMEND_REVIEW_MARK_CHANGED], 0, index);
  if (slot->gone && self->selected == (int) index)
    emend_review_select (self, -1, FALSE);
}

/**
 * emend_review_get_n_marks:
 * @self: the work
 *
 * Returns: the highest number of a mark, plus 1
 */
guint
emend_review_get_n_marks (EmendReview *self)
{
  return self->slots->len;
}

/**
 * emend_review_get_mark:
 * @self: the work
 * @index: number of a mark
 *
 * Returns: (transfer none) (nullable): it, until it changes; %NULL when it was taken away
 */
const EmendMark *
emend_review_get_mark (EmendReview *self,
                       guint index)
{
  EmendReviewSlot *slot = index > G_MAXINT ? NULL : emend_review_get_slot (self, (int) index);

  return slot == NULL ? NULL : slot->mark;
}

/**
 * emend_review_is_shown:
 * @self: the work
 * @index: number of a mark
 *
 * Returns: whether it is there and neither the threshold nor another rule hides it
 */
gboolean
emend_review_is_shown (EmendReview *self,
                       guint index)
{
  const EmendMark *mark = emend_review_get_mark (self, index);
  double score;

  if (mark == NULL)
    return FALSE;
  score = emend_mark_get_score (mark);
  switch (emend_mark_get_verdict (mark)) {
  case EMEND_VERDICT_NONE: /* what a form asks for is asked, however doubtful it is */
    return isnan (score) || score >= self->filter.threshold || emend_mark_get_value (mark) != NULL;
  case EMEND_VERDICT_REJECTED:
  case EMEND_VERDICT_ABSENT:
    return self->filter.show_rejected;
  case EMEND_VERDICT_ACCEPTED:
  case EMEND_VERDICT_CORRECTED:
  case EMEND_VERDICT_ADDED:
  case EMEND_VERDICT_ILLEGIBLE:
  default:
    return TRUE;
  }
}

static gboolean
is_undecided (EmendReview *self,
              guint index)
{
  const EmendMark *mark = emend_review_get_mark (self, index);

  return mark != NULL && emend_mark_get_verdict (mark) == EMEND_VERDICT_NONE;
}

/**
 * emend_review_count_undecided:
 * @self: the work
 *
 * Returns: how many marks of the open item are shown and wait
 */
guint
emend_review_count_undecided (EmendReview *self)
{
  guint n = 0;

  for (guint i = 0; i < self->slots->len; i++)
    if (is_undecided (self, i) && emend_review_is_shown (self, i))
      n++;
  return n;
}

/**
 * emend_review_count_hidden:
 * @self: the work
 *
 * Returns: how many undecided marks the threshold hides
 */
guint
emend_review_count_hidden (EmendReview *self)
{
  guint n = 0;

  for (guint i = 0; i < self->slots->len; i++)
    if (is_undecided (self, i) && !emend_review_is_shown (self, i))
      n++;
  return n;
}

/**
 * emend_review_get_selected:
 * @self: the work
 *
 * Returns: number of the selected mark, or -1
 */
int
emend_review_get_selected (EmendReview *self)
{
  return self->selected;
}

/**
 * emend_review_select:
 * @self: the work
 * @index: number of a mark, or -1
 * @follow: whether the view shall go there
 *
 * Selects a mark, turns to its page, and begins to count the time spent on it.
 */
void
emend_review_select (EmendReview *self,
                     int index,
                     gboolean follow)
{
  EmendReviewSlot *slot = emend_review_get_slot (self, index);

  if (slot == NULL)
    index = -1;
  if (index == self->selected && !follow)
    return;
  if (index != self->selected) {
    emend_review_flush (self);
    emend_stopwatch_start (&self->watch, g_get_monotonic_time ());
  }
  self->selected = index;
  if (index >= 0)
    emend_review_set_page (self, emend_mark_get_page (slot->mark));
  g_signal_emit (self, emend_review_signals[EMEND_REVIEW_SELECTED], 0, index, follow);
}

/**
 * emend_review_set_page:
 * @self: the work
 * @page: from 0
 *
 * Turns to another page of the open item; "opened" is told again for it.
 */
void
emend_review_set_page (EmendReview *self,
                       int page)
{
  if (page == self->page || page < 0 || page >= emend_review_get_n_pages (self))
    return;
  self->page = page;
  g_signal_emit (self, emend_review_signals[EMEND_REVIEW_OPENED], 0);
}

/**
 * emend_review_turn:
 * @self: the work
 * @direction: 1 to the next page of the open item, -1 to the one before
 *
 * Turns the page, and selects what waits there first: nothing that cannot be seen stays selected.
 */
void
emend_review_turn (EmendReview *self,
                   int direction)
{
  int page = self->page + direction;

  if (page < 0 || page >= emend_review_get_n_pages (self))
    return;
  for (guint i = 0; i < self->slots->len; i++) {
    if (!is_undecided (self, i) || !emend_review_is_shown (self, i) ||
        emend_mark_get_page (emend_review_get_mark (self, i)) != page)
      continue;
    emend_review_select (self, (int) i, TRUE);
    return;
  }
  emend_review_select (self, -1, FALSE);
  emend_review_set_page (self, page);
}

/**
 * emend_review_step:
 * @self: the work
 * @direction: 1 to the next mark that is shown, -1 to the one before
 *
 * Goes round at the ends.
 */
void
emend_review_step (EmendReview *self,
                   int direction)
{
  int n = (int) self->slots->len;
  int index = self->selected;

  if (index < 0 && direction < 0)
    index = n;
  for (int i = 0; i < n; i++) {
    index = (index + direction + n) % n;
    if (emend_review_is_shown (self, (guint) index)) {
      emend_review_select (self, index, TRUE);
      return;
    }
  }
}

/**
 * emend_review_select_undecided:
 * @self: the work
 *
 * Selects the next mark that is shown and waits, from the selected one on, round the end.
 *
 * Returns: whether there was one; else the selection stays
 */
gboolean
emend_review_select_undecided (EmendReview *self)
{
  guint n = self->slots->len;
  guint start = self->selected < 0 ? 0 : (guint) self->selected;

  for (guint i = 0; i < n; i++) {
    guint index = (start + i) % n;

    if (is_undecided (self, index) && emend_review_is_shown (self, index)) {
      emend_review_select (self, (int) index, TRUE);
      return TRUE;
    }
  }
  return FALSE;
}

/**
 * emend_review_get_filter:
 * @self: the work
 *
 * Returns: (transfer none): which marks are shown
 */
const EmendOverlayFilter *
emend_review_get_filter (EmendReview *self)
{
  return &self->filter;
}

/**
 * emend_review_set_filter:
 * @self: the work
 * @filter: which marks are shown from now on
 *
 * Takes away the selection of a mark that it hides. Tells "counters".
 */
void
emend_review_set_filter (EmendReview *self,
                         const EmendOverlayFilter *filter)
{
  self->filter = *filter;
  if (self->selected >= 0 && !emend_review_is_shown (self, (guint) self->selected))
    emend_review_select (self, -1, FALSE);
  g_signal_emit (self, emend_review_signals[EMEND_REVIEW_COUNTERS], 0);
}

/**
 * emend_review_note_activity:
 * @self: the work
 *
 * A key or a movement of the pointer: the reviewer is there.
 */
void
emend_review_note_activity (EmendReview *self)
{
  emend_stopwatch_touch (&self->watch, g_get_monotonic_time ());
}

/**
 * emend_review_set_source:
 * @self: the work
 * @source: how the next decisions are made
 */
void
emend_review_set_source (EmendReview *self,
                         EmendDecisionSource source)
{
  self->source = source;
}
