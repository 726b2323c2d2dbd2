#define G_LOG_DOMAIN "emend-engine"

#include "config.h"

#include "emend-pages.h"

/**
 * emend_page_task_free:
 * @task: (transfer full): a page to read
 */
void
emend_page_task_free (EmendPageTask *task)
{
  g_free (task->path);
  g_free (task);
}

/**
 * emend_pages_missing:
 * @project: a project
 * @item: number of the item
 * @again: also the pages whose words are known already
 * @tasks: (element-type EmendPageTask): gets the pages to read, in order
 * @error: EMEND_STORE_ERROR
 *
 * Tells which pages of an item nobody has read yet. One whose file is missing or cannot be decoded has none. Not for
 * the main thread.
 *
 * Returns: whether it could be asked
 */
gboolean
emend_pages_missing (EmendProject *project,
                     gint64 item,
                     gboolean again,
                     GPtrArray *tasks,
                     GError **error)
{
  g_autoptr (EmendItemContent) content = emend_project_load_content (project, item, error);
  g_autoptr (EmendProjectInfo) info = content != NULL ? emend_project_get_info (project, error) : NULL;

  if (info == NULL)
    return FALSE;
  if (content->item->media_state != EMEND_MEDIA_OK)
    return TRUE;
  for (guint i = 0; i < content->pages->len; i++) {
    const EmendPage *page = &g_array_index (content->pages, EmendPage, i);
    gboolean known = FALSE;
    EmendPageTask *task;

    if (!again && !emend_project_has_words (project, &content->item->sha256, page->number, NULL, NULL, &known, error))
      return FALSE;
    if (known)
      continue;
    task = g_new0 (EmendPageTask, 1);
    task->item = item;
    task->page = page->number;
    task->path = g_build_filename (info->folder, content->item->path, NULL);
    task->sha256 = content->item->sha256;
    task->width = page->width;
    task->height = page->height;
    g_ptr_array_add (tasks, task);
  }
  return TRUE;
}

/**
 * emend_pages_store:
 * @project: a project
 * @task: a page
 * @words: what was read there, in the frame of any size
 * @error: EMEND_STORE_ERROR
 *
 * Keeps the words, in the pixels of the page. Not for the main thread.
 *
 * Returns: whether they are on the disk
 */
gboolean
emend_pages_store (EmendProject *project,
                   const EmendPageTask *task,
                   EmendWords *words,
                   GError **error)
{
  g_autoptr (EmendWords) scaled = emend_words_scale (words, task->width, task->height);

  return emend_project_store_words (project, &task->sha256, task->page, scaled, error);
}

/**
 * emend_pages_load:
 * @project: a project
 * @content: an item
 * @complete: whether all pages must have been read
 * @pages: (out) (nullable) (transfer full) (element-type EmendWords): the words of its pages, in order; a page that
 *   nobody has read has none, or with @complete makes this %NULL
 * @error: EMEND_STORE_ERROR
 *
 * Not for the main thread.
 *
 * Returns: whether it could be asked
 */
gboolean
emend_pages_load (EmendProject *project,
                  const EmendItemContent *content,
                  gboolean complete,
                  GPtrArray **pages,
                  GError **error)
{
  g_autoptr (GPtrArray) loaded = g_ptr_array_new_with_free_func ((GDestroyNotify) emend_words_unref);

  *pages = NULL;
  for (guint i = 0; i < content->pages->len; i++) {
    const EmendPage *page = &g_array_index (content->pages, EmendPage, i);
    EmendWords *words;

    if (!emend_project_load_words (project, &content->item->sha256, page->number, &words, error))
      return FALSE;
    if (words == NULL && complete)
      return TRUE;
    g_ptr_array_add (loaded, words != NULL ? words : emend_words_new (page->width, page->height, "", ""));
  }
  *pages = g_steal_pointer (&loaded);
  return TRUE;
}
