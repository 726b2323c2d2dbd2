#define G_LOG_DOMAIN "emend-media"

#include "config.h"

#include "emend-work-private.h"

/* What a thread needs; nothing of it is shared with the picture but the mailbox. */
typedef struct {
  guint id;
  EmendMailbox *mailbox;
  char *path;
  int page;
  EmendHeader header;
  EmendRegions *regions;
  EmendTileKey key;
} Task;

static void
task_free (Task *task)
{
  emend_mailbox_unref (task->mailbox);
  g_clear_pointer (&task->regions, emend_regions_unref);
  g_free (task->path);
  g_free (task);
}

static Task *
task_new (EmendMailbox *mailbox,
          guint id,
          const char *path)
{
  Task *task = g_new0 (Task, 1);

  task->id = id;
  task->mailbox = emend_mailbox_ref (mailbox);
  task->path = g_strdup (path);
  return task;
}

static EmendWork *
work_start (EmendWorkKind kind,
            EmendPriority priority,
            EmendJobFunc func,
            Task *task)
{
  EmendWork *work = g_new0 (EmendWork, 1);

  work->id = task->id;
  work->kind = kind;
  work->key = task->key;
  work->priority = priority;
  work->job = emend_job_start (priority, func, task, (GDestroyNotify) task_free);
  return work;
}

static void
post_done (Task *task,
           EmendHeader *header,
           EmendRegions *regions,
           GError *error)
{
  EmendResult *result = g_new0 (EmendResult, 1);

  result->work = task->id;
  result->header = header;
  result->regions = regions;
  result->done = TRUE;
  result->error = error;
  emend_mailbox_post (task->mailbox, result);
}

static gboolean
post_tile_worker (const EmendTileKey *key,
                  EmendPixmap *pixmap,
                  gpointer data,
                  GError **error)
{
  Task *task = data;
  EmendResult *result = g_new0 (EmendResult, 1);

  result->work = task->id;
  result->key = *key;
  result->pixmap = pixmap;
  emend_mailbox_post (task->mailbox, result);
  return TRUE;
}

static void
open_worker (gpointer data,
             GCancellable *cancellable)
{
  Task *task = data;
  g_autofree EmendHeader *header = g_new0 (EmendHeader, 1);
  EmendRegions *regions = NULL;
  GError *error = NULL;

  if (!emend_header_read (header, task->path, task->page, cancellable, &error) ||
      !emend_header_measure (header, task->path, cancellable, &error)) {
    post_done (task, NULL, NULL, error);
    return;
  }
  regions = header->tiled ? emend_regions_new (header, task->path) : emend_regions_find_copy (header, task->path);
  post_done (task, g_steal_pointer (&header), regions, NULL);
}

static void
pass_worker (gpointer data,
             GCancellable *cancellable)
{
  Task *task = data;
  GError *error = NULL;

  if (!g_cancellable_set_error_if_cancelled (cancellable, &error))
    emend_tiles_pass (&task->header, task->path, task->key.level, post_tile_worker, task, cancellable, &error);
  post_done (task, NULL, NULL, error);
}

static void
tile_worker (gpointer data,
             GCancellable *cancellable)
{
  Task *task = data;
  GError *error = NULL;
  EmendPixmap *pixmap = emend_regions_read (task->regions, &task->key, cancellable, &error);

  if (pixmap != NULL)
    post_tile_worker (&task->key, pixmap, task, NULL);
  post_done (task, NULL, NULL, error);
}

static void
copy_worker (gpointer data,
             GCancellable *cancellable)
{
  Task *task = data;
  GError *error = NULL;
  EmendRegions *regions = NULL;

  if (!g_cancellable_set_error_if_cancelled (cancellable, &error))
    regions = emend_regions_make_copy (&task->header, task->path, cancellable, &error);
  post_done (task, NULL, regions, error);
}

/**
 * emend_work_open:
 * @mailbox: where the header goes
 * @priority: of the job
 * @id: of the work
 * @path: the file
 * @page: from 0
 *
 * Main thread.
 *
 * Returns: (transfer full): the work
 */
EmendWork *
emend_work_open (EmendMailbox *mailbox,
                 EmendPriority priority,
                 guint id,
                 const char *path,
                 int page)
{
  Task *task = task_new (mailbox, id, path);

  task->page = page;
  return work_start (EMEND_WORK_OPEN, priority, open_worker, task);
}

/**
 * emend_work_pass:
 * @mailbox: where the tiles go
 * @priority: of the job
 * @id: of the work
 * @path: the file
 * @header: of the page
 * @level: the finest one that is made
 *
 * Main thread.
 *
 * Returns: (transfer full): the work
 */
EmendWork *
emend_work_pass (EmendMailbox *mailbox,
                 EmendPriority priority,
                 guint id,
                 const char *path,
                 const EmendHeader *header,
                 int level)
{
  Task *task = task_new (mailbox, id, path);

  task->header = *header;
  task->key.level = level;
  return work_start (EMEND_WORK_PASS, priority, pass_worker, task);
}

/**
 * emend_work_tile:
 * @mailbox: where the tile goes
 * @priority: of the job
 * @id: of the work
 * @regions: reads it
 * @key: which tile
 *
 * Main thread.
 *
 * Returns: (transfer full): the work
 */
EmendWork *
emend_work_tile (EmendMailbox *mailbox,
                 EmendPriority priority,
                 guint id,
                 EmendRegions *regions,
                 const EmendTileKey *key)
{
  Task *task = task_new (mailbox, id, NULL);

  task->regions = emend_regions_ref (regions);
  task->key = *key;
  return work_start (EMEND_WORK_TILE, priority, tile_worker, task);
}

/**
 * emend_work_copy:
 * @mailbox: where the reader of the copy goes
 * @priority: of the job
 * @id: of the work
 * @path: the file
 * @header: of the page
 *
 * Main thread.
 *
 * Returns: (transfer full): the work
 */
EmendWork *
emend_work_copy (EmendMailbox *mailbox,
                 EmendPriority priority,
                 guint id,
                 const char *path,
                 const EmendHeader *header)
{
  Task *task = task_new (mailbox, id, path);

  task->header = *header;
  return work_start (EMEND_WORK_COPY, priority, copy_worker, task);
}

/**
 * emend_work_raise:
 * @work: work
 * @priority: what it is from now on, if that is more urgent
 *
 * Main thread.
 */
void
emend_work_raise (EmendWork *work,
                  EmendPriority priority)
{
  work->priority = MIN (work->priority, priority);
  emend_job_raise (work->job, priority);
}

/**
 * emend_work_free:
 * @work: (transfer full): work
 *
 * Cancels it if it is not done. Main thread.
 */
void
emend_work_free (EmendWork *work)
{
  emend_job_cancel (work->job);
  emend_job_unref (work->job);
  g_free (work);
}
