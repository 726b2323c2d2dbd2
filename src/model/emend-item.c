#define G_LOG_DOMAIN "emend-model"

#include "config.h"

#include "emend-item.h"

/**
 * emend_item_new:
 *
 * Returns: (transfer full): an item of one page, upright, with nothing waiting. Any thread.
 */
EmendItem *
emend_item_new (void)
{
  EmendItem *item = g_new0 (EmendItem, 1);

  item->n_pages = 1;
  item->orientation = 1;
  item->doubt = -1;
  return item;
}

/**
 * emend_item_copy:
 * @item: an item
 *
 * Returns: (transfer full): one like it. Any thread.
 */
EmendItem *
emend_item_copy (const EmendItem *item)
{
  EmendItem *copy = g_memdup2 (item, sizeof *item);

  copy->path = g_strdup (item->path);
  copy->media_reason = g_strdup (item->media_reason);
  copy->decision = g_strdup (item->decision);
  return copy;
}

/**
 * emend_item_free:
 * @item: (transfer full): an item
 *
 * Any thread.
 */
void
emend_item_free (EmendItem *item)
{
  g_free (item->path);
  g_free (item->media_reason);
  g_free (item->decision);
  g_free (item);
}

/**
 * emend_item_get_name:
 * @item: an item
 *
 * Returns: (transfer full): the last part of its path, valid UTF-8, for people. Any thread.
 */
char *
emend_item_get_name (const EmendItem *item)
{
  g_autofree char *name = g_path_get_basename (item->path);

  return g_utf8_make_valid (name, -1);
}
