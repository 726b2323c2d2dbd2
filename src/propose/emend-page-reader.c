#define G_LOG_DOMAIN "emend-propose"

#include "config.h"

#include "emend-page-reader.h"

#include "emend-image.h"
#include "emend-ocr.h"
#include "emend-pdf.h"

/* More engines than this take more memory than they save time. */
#define MAX_THREADS 4u

struct _EmendPageReader {
  GObject parent_instance;
  GThreadPool *pool;
  guint64 next_ticket;

  GMutex lock;
  char *language;     /* of pages that are begun from now on; under @lock */
  GPtrArray *engines; /* (element-type EmendOcr): those that no thread uses at the moment; under @lock */
};

G_DEFINE_FINAL_TYPE (EmendPageReader, emend_page_reader, G_TYPE_OBJECT)

/* One page to read; belongs to its task. */
typedef struct {
  char *path;
  int page;
  EmendPageReaderPriority priority;
  guint64 ticket;
} Request;

static void
request_free (Request *request)
{
  g_free (request->path);
  g_free (request);
}

/* Engines of a language that is no longer wanted end here, as ending one takes time. */
static EmendOcr *
take_engine (EmendPageReader *self,
             GError **error)
{
  g_autoptr (GPtrArray) outdated = g_ptr_array_new_with_free_func ((GDestroyNotify) emend_ocr_free);
  g_autofree char *language = NULL;
  EmendOcr *engine = NULL;

  g_mutex_lock (&self->lock);
  language = g_strdup (self->language);
  while (engine == NULL && self->engines->len > 0) {
    EmendOcr *last = g_ptr_array_steal_index_fast (self->engines, self->engines->len - 1);

    if (g_str_equal (emend_ocr_get_language (last), language))
      engine = last;
    else
      g_ptr_array_add (outdated, last);
  }
  g_mutex_unlock (&self->lock);
  return engine != NULL ? engine : emend_ocr_new (language, error);
}

static void
give_engine_back (EmendPageReader *self,
                  EmendOcr *engine)
{
  g_mutex_lock (&self->lock);
  g_ptr_array_add (self->engines, engine);
  g_mutex_unlock (&self->lock);
}

static EmendWords *
recognise (EmendPageReader *self,
           const Request *request,
           GCancellable *cancellable,
           GError **error)
{
  EmendOcr *engine = take_engine (self, error);
  EmendWords *words;

  if (engine == NULL)
    return NULL;
  words = emend_ocr_read_page (engine, request->path, request->page, cancellable, NULL, NULL, error);
  give_engine_back (self, engine);
  return words;
}

/* The text of a PDF is exact, and costs nothing; a scan in a PDF is read like any picture. */
static EmendWords *
read_page (EmendPageReader *self,
           const Request *request,
           GCancellable *cancellable,
           GError **error)
{
  g_autoptr (EmendWords) words = NULL;
  EmendImageInfo info;

  if (!emend_image_probe (request->path, &info, cancellable, error))
    return NULL;
  if (g_str_equal (info.format, "PDF")) {
    words = emend_pdf_read_words (request->path, request->page, cancellable, error);
    if (words == NULL || !emend_pdf_is_scan (words))
      return g_steal_pointer (&words);
  }
  return recognise (self, request, cancellable, error);
}

static void
read_worker (gpointer data,
             gpointer user_data)
{
  g_autoptr (GTask) task = data;
  EmendPageReader *self = user_data;
  GError *error = NULL;
  EmendWords *words;

  if (g_task_return_error_if_cancelled (task))
    return;
  words = read_page (self, g_task_get_task_data (task), g_task_get_cancellable (task), &error);
  if (words != NULL)
    g_task_return_pointer (task, words, (GDestroyNotify) emend_words_unref);
  else
    g_task_return_error (task, error);
}

static int
compare_requests (gconstpointer a,
                  gconstpointer b,
                  gpointer user_data)
{
  const Request *one = g_task_get_task_data ((GTask *) a);
  const Request *two = g_task_get_task_data ((GTask *) b);

  if (one->priority != two->priority)
    return one->priority > two->priority ? -1 : 1;
  return one->ticket < two->ticket ? -1 : one->ticket > two->ticket;
}

static void
emend_page_reader_finalize (GObject *object)
{
  EmendPageReader *self = EMEND_PAGE_READER (object);

  /* Each request holds a reference, so that nothing is under way or waits. The last may be dropped by a thread of the
   * pool itself, which cannot wait for its own end. */
  g_thread_pool_free (self->pool, FALSE, FALSE);
  g_ptr_array_unref (self->engines);
  g_mutex_clear (&self->lock);
  g_free (self->language);
  G_OBJECT_CLASS (emend_page_reader_parent_class)->finalize (object);
}

static void
emend_page_reader_class_init (EmendPageReaderClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = emend_page_reader_finalize;
}

static void
emend_page_reader_init (EmendPageReader *self)
{
  int n_threads = (int) MIN (g_get_num_processors (), MAX_THREADS);

  g_mutex_init (&self->lock);
  self->engines = g_ptr_array_new_with_free_func ((GDestroyNotify) emend_ocr_free);
  self->pool = g_thread_pool_new (read_worker, self, n_threads, FALSE, NULL);
  g_thread_pool_set_sort_function (self->pool, compare_requests, NULL);
}

/**
 * emend_page_reader_new:
 * @language: of OCR, as the engine names it ("eng", "deu+eng"); checked when the first page needs it
 *
 * Returns: (transfer full): a reader. Main thread.
 */
EmendPageReader *
emend_page_reader_new (const char *language)
{
  EmendPageReader *self = g_object_new (EMEND_TYPE_PAGE_READER, NULL);

  self->language = g_strdup (language);
  return self;
}

/**
 * emend_page_reader_set_language:
 * @reader: a reader
 * @language: of OCR, for the pages that are begun from now on; checked when the first of them needs it
 *
 * Pages that are being read are read to their end as they were begun. Any thread.
 */
void
emend_page_reader_set_language (EmendPageReader *reader,
                                const char *language)
{
  g_mutex_lock (&reader->lock);
  g_free (reader->language);
  reader->language = g_strdup (language);
  g_mutex_unlock (&reader->lock);
}

/**
 * emend_page_reader_read_async:
 * @reader: a reader
 * @path: of the file
 * @page: from 0
 * @priority: how urgent it is
 * @cancellable: (nullable): to stop it, also while it is read
 * @callback: called in the main context that this is called in
 * @user_data: for @callback
 *
 * Starts to read a page. Main thread.
 */
void
emend_page_reader_read_async (EmendPageReader *reader,
                              const char *path,
                              int page,
                              EmendPageReaderPriority priority,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  GTask *task = g_task_new (reader, cancellable, callback, user_data);
  Request *request = g_new0 (Request, 1);

  g_task_set_name (task, "emend_page_reader_read");
  request->path = g_strdup (path);
  request->page = page;
  request->priority = priority;
  request->ticket = reader->next_ticket++;
  g_task_set_task_data (task, request, (GDestroyNotify) request_free);
  g_thread_pool_push (reader->pool, task, NULL);
}

/**
 * emend_page_reader_read_finish:
 * @reader: a reader
 * @result: what the callback got
 * @error: EMEND_PROPOSE_ERROR, EMEND_MEDIA_ERROR or G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (nullable): the words of the page, in the page's own pixels; none on a page without text
 */
EmendWords *
emend_page_reader_read_finish (EmendPageReader *reader,
                               GAsyncResult *result,
                               GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, reader), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
