#pragma once

#include "emend-project.h"

G_BEGIN_DECLS

/**
 * EmendPageTask:
 * @item: the item's number
 * @page: from 0
 * @path: of the file, absolute
 * @sha256: of the file
 * @width: of the upright page in pixels
 * @height: of the upright page in pixels
 *
 * A page whose words are not known yet: what reading it needs, so that it can be read on any thread.
 */
typedef struct {
  gint64 item;
  int page;
  char *path;
  EmendDigest sha256;
  int width;
  int height;
} EmendPageTask;

void emend_page_task_free (EmendPageTask *task);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EmendPageTask, emend_page_task_free)

gboolean emend_pages_missing (EmendProject *project,
                              gint64 item,
                              gboolean again,
                              GPtrArray *tasks,
                              GError **error);
gboolean emend_pages_store (EmendProject *project,
                            const EmendPageTask *task,
                            EmendWords *words,
                            GError **error);
gboolean emend_pages_load (EmendProject *project,
                           const EmendItemContent *content,
                           gboolean complete,
                           GPtrArray **pages,
                           GError **error);

G_END_DECLS
