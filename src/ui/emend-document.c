#define G_LOG_DOMAIN "emend-ui"

#include "config.h"

#include "emend-document.h"

#include "emend-pages.h"

/* Pages that are handed to the reader at a time, so that what is looked at never waits behind many. */
#define MAX_UNDER_WAY 4

struct _EmendDocument {
  GObject parent_instance;
  EmendReview *review;
  EmendPageReader *reader;
  GCancellable *cancellable; /* of everything */
  GCancellable *batch;       /* (nullable): of reading all pages, while that is under way */

  gint64 item;           /* whose words these are */
  GPtrArray *pages;      /* (element-type EmendWords) (nullable elements) */
  GHashTable *under_way; /* (element-type utf8): pages that are being read, by hash and number */
  GQueue ahead;          /* (element-type EmendPageTask): waiting */
  guint n_done;          /* of the batch */
  guint n_failed;
  guint n_total;
  guint n_reading;
};

enum {
  SIGNAL_WORDS_CHANGED,
  SIGNAL_PROGRESS,
  SIGNAL_ALL_READ,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (EmendDocument, emend_document, G_TYPE_OBJECT)

/* What is asked of the project, and the answer. */
typedef struct {
  gint64 item;
  gboolean all;     /* pages of the project */
  GPtrArray *pages; /* (nullable) (element-type EmendWords) (nullable elements) */
  GPtrArray *tasks; /* (element-type EmendPageTask) */
} Question;

/* A page that is being read. */
typedef struct {
  EmendDocument *document;
  EmendPageTask *task;
  EmendWords *words; /* (nullable) */
  GCancellable *cancellable;
} Reading;

static void
words_unref (gpointer words)
{
  g_clear_pointer ((EmendWords **) &words, emend_words_unref);
}

static void
question_free (Question *question)
{
  g_clear_pointer (&question->pages, g_ptr_array_unref);
  g_clear_pointer (&question->tasks, g_ptr_array_unref);
  g_free (question);
}

static Question *
question_new (gint64 item,
              gboolean all)
{
  Question *question = g_new0 (Question, 1);

  question->item = item;
  question->all = all;
  question->tasks = g_ptr_array_new_with_free_func ((GDestroyNotify) emend_page_task_free);
  return question;
}

static void
reading_free (Reading *reading)
{
  g_clear_object (&reading->document);
  g_clear_object (&reading->cancellable);
  g_clear_pointer (&reading->task, emend_page_task_free);
  g_clear_pointer (&reading->words, emend_words_unref);
  g_free (reading);
}

static void read_next (EmendDocument *self);

static void
end_batch (EmendDocument *self)
{
  g_clear_object (&self->batch);
  self->n_done = self->n_failed = self->n_total = 0;
}

static void
drop_waiting (EmendDocument *self)
{
  g_cancellable_cancel (self->batch);
  g_queue_clear_full (&self->ahead, (GDestroyNotify) emend_page_task_free);
  end_batch (self);
}

static void
emend_document_dispose (GObject *object)
{
  EmendDocument *self = EMEND_DOCUMENT (object);

  g_cancellable_cancel (self->cancellable);
  drop_waiting (self);
  g_clear_object (&self->review);
  g_clear_object (&self->reader);
  G_OBJECT_CLASS (emend_document_parent_class)->dispose (object);
}

static void
emend_document_finalize (GObject *object)
{
  EmendDocument *self = EMEND_DOCUMENT (object);

  g_clear_object (&self->cancellable);
  g_clear_object (&self->batch);
  g_clear_pointer (&self->pages, g_ptr_array_unref);
  g_clear_pointer (&self->under_way, g_hash_table_unref);
  g_queue_clear_full (&self->ahead, (GDestroyNotify) emend_page_task_free);
  G_OBJECT_CLASS (emend_document_parent_class)->finalize (object);
}

static void
emend_document_class_init (EmendDocumentClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = emend_document_dispose;
  G_OBJECT_CLASS (klass)->finalize = emend_document_finalize;

  signals[SIGNAL_WORDS_CHANGED] = g_signal_new ("words-changed", EMEND_TYPE_DOCUMENT, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                                NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_PROGRESS] = g_signal_new ("progress", EMEND_TYPE_DOCUMENT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                           G_TYPE_NONE, 0);
  signals[SIGNAL_ALL_READ] = g_signal_new ("all-read", EMEND_TYPE_DOCUMENT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                           G_TYPE_NONE, 1, G_TYPE_UINT);
}

static void
emend_document_init (EmendDocument *self)
{
  self->cancellable = g_cancellable_new ();
  self->pages = g_ptr_array_new_with_free_func (words_unref);
  self->under_way = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_queue_init (&self->ahead);
}

static char *
task_key (const EmendPageTask *task)
{
  g_autofree char *hash = emend_digest_to_hex (&task->sha256);

  return g_strdup_printf ("%s %d", hash, task->page);
}

/* Words that were read for the open item are shown. */
static void
take_words (EmendDocument *self,
            const EmendPageTask *task,
            EmendWords *words)
{
  g_autoptr (EmendWords) scaled = NULL;

  if (task->item != self->item || (guint) task->page >= self->pages->len)
    return;
  scaled = emend_words_scale (words, task->width, task->height);
  words_unref (self->pages->pdata[task->page]);
  self->pages->pdata[task->page] = g_steal_pointer (&scaled);
  g_signal_emit (self, signals[SIGNAL_WORDS_CHANGED], 0);
}

static gpointer
store_worker (EmendProject *project,
              gpointer data,
              GCancellable *cancellable,
              GError **error)
{
  Reading *reading = data;

  return GINT_TO_POINTER (emend_pages_store (project, reading->task, reading->words, error));
}

static void
stored_cb (GObject *source,
           GAsyncResult *result,
           gpointer data)
{
  g_autoptr (EmendDocument) self = data;
  g_autoptr (GError) error = NULL;

  /* Words that could not be kept are shown all the same, and read again another day; a project that is open for reading
   * only says so elsewhere. */
  if (!emend_store_run_finish (EMEND_STORE (source), result, &error) &&
      !g_error_matches (error, EMEND_STORE_ERROR, EMEND_STORE_ERROR_READ_ONLY) && self->review != NULL)
    g_signal_emit_by_name (self->review, "failed", error);
}

/* Where all pages are being read, the last one may just have been. */
static void
tell_progress (EmendDocument *self)
{
  guint n_failed = self->n_failed;

  if (self->batch == NULL || self->n_done < self->n_total) {
    g_signal_emit (self, signals[SIGNAL_PROGRESS], 0);
    return;
  }
  end_batch (self);
  g_signal_emit (self, signals[SIGNAL_PROGRESS], 0);
  g_signal_emit (self, signals[SIGNAL_ALL_READ], 0, n_failed);
}

static void
finish_reading (EmendDocument *self,
                const Reading *reading)
{
  g_autofree char *key = task_key (reading->task);

  g_hash_table_remove (self->under_way, key);
  self->n_reading--;
  if (self->batch == NULL || reading->cancellable != self->batch)
    return;
  self->n_done++;
  if (reading->words == NULL)
    self->n_failed++;
}

static void
read_cb (GObject *source,
         GAsyncResult *result,
         gpointer data)
{
  Reading *reading = data;
  g_autoptr (EmendDocument) self = g_object_ref (reading->document);
  g_autoptr (GError) error = NULL;

  reading->words = emend_page_reader_read_finish (EMEND_PAGE_READER (source), result, &error);
  finish_reading (self, reading);
  if (self->review == NULL) {
    reading_free (reading);
    return;
  }
  if (reading->words != NULL) {
    take_words (self, reading->task, reading->words);
    emend_store_run_async (emend_review_get_store (self->review), store_worker, reading, (GDestroyNotify) reading_free,
                           NULL, NULL, stored_cb, g_object_ref (self));
  } else {
    if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) && reading->task->item == self->item)
      g_signal_emit_by_name (self->review, "failed", error);
    reading_free (reading);
  }
  read_next (self);
  tell_progress (self);
}

static gboolean
start_reading (EmendDocument *self,
               EmendPageTask *task,
               EmendPageReaderPriority priority,
               GCancellable *cancellable)
{
  g_autofree char *key = task_key (task);
  Reading *reading;

  if (!g_hash_table_add (self->under_way, g_steal_pointer (&key))) {
    emend_page_task_free (task);
    return FALSE;
  }
  reading = g_new0 (Reading, 1);
  reading->document = g_object_ref (self);
  reading->task = task;
  reading->cancellable = g_object_ref (cancellable);
  self->n_reading++;
  emend_page_reader_read_async (self->reader, task->path, task->page, priority, cancellable, read_cb, reading);
  return TRUE;
}

static void
read_next (EmendDocument *self)
{
  while (self->n_reading < MAX_UNDER_WAY && !g_queue_is_empty (&self->ahead)) {
    EmendPageTask *task = g_queue_pop_head (&self->ahead);

    if (!start_reading (self, task, EMEND_PAGE_READER_BATCH, self->batch != NULL ? self->batch : self->cancellable))
      self->n_done++;
  }
}

static gpointer
load_worker (EmendProject *project,
             gpointer data,
             GCancellable *cancellable,
             GError **error)
{
  Question *question = data;
  g_autoptr (EmendItemContent) content = emend_project_load_content (project, question->item, error);
  Question *answer;

  if (content == NULL)
    return NULL;
  answer = question_new (question->item, FALSE);
  answer->pages = g_ptr_array_new_with_free_func (words_unref);
  for (guint i = 0; i < content->pages->len; i++) {
    EmendWords *words = NULL;

    if (!emend_project_load_words (project, &content->item->sha256, g_array_index (content->pages, EmendPage, i).number,
                                   &words, error)) {
      question_free (answer);
      return NULL;
    }
    g_ptr_array_add (answer->pages, words);
  }
  if (!emend_pages_missing (project, question->item, FALSE, answer->tasks, error)) {
    question_free (answer);
    return NULL;
  }
  return answer;
}

static void
read_missing (EmendDocument *self,
              Question *answer)
{
  const EmendPage *shown = emend_review_get_page (self->review);

  while (answer->tasks->len > 0) {
    EmendPageTask *task = g_ptr_array_steal_index (answer->tasks, 0);
    gboolean is_shown = shown != NULL && task->page == shown->number;

    start_reading (self, task, is_shown ? EMEND_PAGE_READER_NOW : EMEND_PAGE_READER_SOON, self->cancellable);
  }
}

static void
loaded_cb (GObject *source,
           GAsyncResult *result,
           gpointer data)
{
  g_autoptr (EmendDocument) self = data;
  g_autoptr (GError) error = NULL;
  Question *answer = emend_store_run_finish (EMEND_STORE (source), result, &error);

  if (answer == NULL) {
    if (self->review != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
      g_signal_emit_by_name (self->review, "failed", error);
    return;
  }
  if (self->review != NULL && answer->item == self->item) {
    g_clear_pointer (&self->pages, g_ptr_array_unref);
    self->pages = g_steal_pointer (&answer->pages);
    g_signal_emit (self, signals[SIGNAL_WORDS_CHANGED], 0);
    if (emend_document_has_fields (self))
      read_missing (self, answer);
  }
  question_free (answer);
}

/* Where no field asks for words, they are of use for what was found in them. */
static void
opened_cb (EmendDocument *self)
{
  const EmendItem *item = emend_review_get_item (self->review);

  if (item == NULL)
    return;
  if (!emend_document_has_fields (self) && emend_review_get_question (self->review) == NULL) {
    self->item = 0;
    g_ptr_array_set_size (self->pages, 0);
    return;
  }
  if (item->id == self->item) {
    g_signal_emit (self, signals[SIGNAL_WORDS_CHANGED], 0); /* another page of it */
    return;
  }
  self->item = item->id;
  g_ptr_array_set_size (self->pages, 0);
  g_signal_emit (self, signals[SIGNAL_WORDS_CHANGED], 0);
  emend_store_run_async (emend_review_get_store (self->review), load_worker, question_new (item->id, FALSE),
                         (GDestroyNotify) question_free, (GDestroyNotify) question_free, self->cancellable, loaded_cb,
                         g_object_ref (self));
}

static void
found_cb (EmendDocument *self)
{
  if (!emend_document_has_fields (self))
    opened_cb (self);
}

/**
 * emend_document_new:
 * @review: the work
 * @reader: reads what nobody has read
 *
 * Returns: (transfer full): the words of its open item
 */
EmendDocument *
emend_document_new (EmendReview *review,
                    EmendPageReader *reader)
{
  EmendDocument *self = g_object_new (EMEND_TYPE_DOCUMENT, NULL);

  self->review = g_object_ref (review);
  self->reader = g_object_ref (reader);
  g_signal_connect_object (review, "opened", G_CALLBACK (opened_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (review, "found", G_CALLBACK (found_cb), self, G_CONNECT_SWAPPED);
  return self;
}

/**
 * emend_document_set_language:
 * @self: a document
 * @language: of text recognition, for the pages that are read from now on; what was read stays
 */
void
emend_document_set_language (EmendDocument *self,
                             const char *language)
{
  emend_page_reader_set_language (self->reader, language);
}

/**
 * emend_document_has_fields:
 * @self: a document
 *
 * Returns: whether the project asks for fields, so that words are of use
 */
gboolean
emend_document_has_fields (EmendDocument *self)
{
  EmendSchema *schema = emend_review_get_schema (self->review);

  for (gsize i = 0; i < emend_schema_get_n_fields (schema); i++) {
    if (!emend_schema_get_field (schema, i)->retired)
      return TRUE;
  }
  return FALSE;
}

/**
 * emend_document_get_words:
 * @self: a document
 * @page: from 0
 *
 * Returns: (transfer none) (nullable): the words of a page of the open item; %NULL while they are not known
 */
EmendWords *
emend_document_get_words (EmendDocument *self,
                          int page)
{
  return page >= 0 && (guint) page < self->pages->len ? g_ptr_array_index (self->pages, page) : NULL;
}

/**
 * emend_document_is_reading:
 * @self: a document
 *
 * Returns: whether the words of the page that is shown are not known yet
 */
gboolean
emend_document_is_reading (EmendDocument *self)
{
  const EmendPage *page = emend_review_get_page (self->review);

  return self->n_reading > 0 && page != NULL && emend_document_get_words (self, page->number) == NULL;
}

static gpointer
missing_worker (EmendProject *project,
                gpointer data,
                GCancellable *cancellable,
                GError **error)
{
  GArray *items = data;
  Question *answer = question_new (0, FALSE);

  for (guint i = 0; i < items->len; i++) {
    if (!emend_pages_missing (project, g_array_index (items, gint64, i), FALSE, answer->tasks, error)) {
      question_free (answer);
      return NULL;
    }
  }
  return answer;
}

static gpointer
all_worker (EmendProject *project,
            gpointer data,
            GCancellable *cancellable,
            GError **error)
{
  g_autoptr (GArray) ids = emend_project_query_items (project, NULL, EMEND_ITEM_ORDER_POSITION, 0, error);
  Question *answer = ids != NULL ? question_new (0, TRUE) : NULL;

  for (guint i = 0; ids != NULL && i < ids->len; i++) {
    if (!emend_pages_missing (project, g_array_index (ids, gint64, i), FALSE, answer->tasks, error)) {
      question_free (answer);
      return NULL;
    }
  }
  return answer;
}

static void
missing_cb (GObject *source,
            GAsyncResult *result,
            gpointer data)
{
  g_autoptr (EmendDocument) self = data;
  g_autoptr (GError) error = NULL;
  Question *answer = emend_store_run_finish (EMEND_STORE (source), result, &error);

  if (answer == NULL) {
    if (self->review == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
      return;
    g_signal_emit_by_name (self->review, "failed", error);
    if (self->n_total == G_MAXUINT)
      emend_document_stop (self);
    return;
  }
  /* What is likely to be looked at next is among all pages; and those may have been stopped meanwhile. */
  if (self->review == NULL || answer->all != (self->batch != NULL)) {
    question_free (answer);
    return;
  }
  if (answer->all)
    self->n_total = answer->tasks->len;
  while (answer->tasks->len > 0)
    g_queue_push_tail (&self->ahead, g_ptr_array_steal_index (answer->tasks, 0));
  question_free (answer);
  read_next (self);
  tell_progress (self);
}

/**
 * emend_document_read_ahead:
 * @self: a document
 * @items: (array length=n_items): numbers of the items that are likely to be opened next
 * @n_items: how many
 *
 * Reads their pages when nothing else is wanted.
 */
void
emend_document_read_ahead (EmendDocument *self,
                           const gint64 *items,
                           gsize n_items)
{
  GArray *copy;

  if (n_items == 0 || self->batch != NULL || !emend_document_has_fields (self) || !g_queue_is_empty (&self->ahead))
    return;
  copy = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_array_append_vals (copy, items, (guint) n_items);
  emend_store_run_async (emend_review_get_store (self->review), missing_worker, copy, (GDestroyNotify) g_array_unref,
                         (GDestroyNotify) question_free, self->cancellable, missing_cb, g_object_ref (self));
}

/**
 * emend_document_read_all:
 * @self: a document
 *
 * Reads all pages of the project that nobody has read, in the background and after what is looked at;
 * emend_document_stop() ends it, and what was read stays.
 */
void
emend_document_read_all (EmendDocument *self)
{
  if (self->batch != NULL)
    return;
  g_queue_clear_full (&self->ahead, (GDestroyNotify) emend_page_task_free);
  self->batch = g_cancellable_new ();
  self->n_total = G_MAXUINT; /* until they are counted */
  emend_store_query_async (emend_review_get_store (self->review), all_worker, NULL, NULL,
                           (GDestroyNotify) question_free, self->batch, missing_cb, g_object_ref (self));
  g_signal_emit (self, signals[SIGNAL_PROGRESS], 0);
}

/**
 * emend_document_stop:
 * @self: a document
 *
 * Stops reading all pages.
 */
void
emend_document_stop (EmendDocument *self)
{
  drop_waiting (self);
  g_signal_emit (self, signals[SIGNAL_PROGRESS], 0);
}

/**
 * emend_document_get_progress:
 * @self: a document
 * @done: (out): pages of the project that were read since emend_document_read_all()
 * @total: (out): of how many; 0 as long as they are not counted
 *
 * Returns: whether all pages are being read
 */
gboolean
emend_document_get_progress (EmendDocument *self,
                             guint *done,
                             guint *total)
{
  *done = self->n_done;
  *total = self->n_total == G_MAXUINT ? 0 : self->n_total;
  return self->batch != NULL;
}
