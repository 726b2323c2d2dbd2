#define G_LOG_DOMAIN "emend-store"

#include "config.h"

#include "emend-project-private.h"

#include <inttypes.h>
#include <string.h>

#include <glib/gi18n-lib.h>

/* How many items are added between two looks at the cancellable. */
#define ITEMS_PER_CHECK 256

/**
 * emend_item_from_query:
 * @query: a row that begins with EMEND_ITEM_COLUMNS
 *
 * Returns: (transfer full): the item
 */
EmendItem *
emend_item_from_query (EmendQuery *query)
{
  EmendItem *item = emend_item_new ();

  item->id = sqlite3_column_int64 (query, 0);
  emend_query_get_uuid (query, 1, &item->uuid);
  item->position = sqlite3_column_int64 (query, 2);
  item->path = g_strdup ((const char *) sqlite3_column_text (query, 3));
  item->media_state = (EmendMediaState) CLAMP (sqlite3_column_int (query, 4), 0, EMEND_MEDIA_UNREADABLE);
  item->media_reason = emend_query_get_text (query, 5);
  emend_query_get_digest (query, 6, &item->sha256);
  item->size = (guint64) sqlite3_column_int64 (query, 7);
  item->n_pages = sqlite3_column_int (query, 8);
  item->width = sqlite3_column_int (query, 9);
  item->height = sqlite3_column_int (query, 10);
  item->orientation = sqlite3_column_int (query, 11);
  item->n_proposals = sqlite3_column_int (query, 12);
  item->n_undecided = sqlite3_column_int (query, 13);
  item->n_accepted = sqlite3_column_int (query, 14);
  item->n_corrected = sqlite3_column_int (query, 15);
  item->n_rejected = sqlite3_column_int (query, 16);
  item->n_added = sqlite3_column_int (query, 17);
  item->reading = (EmendReadingState) CLAMP (sqlite3_column_int (query, 18), 0, EMEND_READING_DONE);
  item->decision = emend_query_get_text (query, 19);
  item->doubt = sqlite3_column_double (query, 20);
  return item;
}

/**
 * emend_project_load_item:
 * @project: a project
 * @id: number of the item
 * @error: EMEND_STORE_ERROR_REFUSED when there is none
 *
 * Returns: (transfer full) (nullable): the item
 */
EmendItem *
emend_project_load_item (EmendProject *project,
                         gint64 id,
                         GError **error)
{
  g_autoptr (EmendQuery) query = emend_query_new (project, "SELECT " EMEND_ITEM_COLUMNS " FROM item WHERE id = ?",
                                                  error);
  EmendStep step;

  if (query == NULL)
    return NULL;
  sqlite3_bind_int64 (query, 1, id);
  step = emend_query_step (project, query, error);
  if (step == EMEND_STEP_DONE)
    g_set_error (error, EMEND_STORE_ERROR, EMEND_STORE_ERROR_REFUSED,
                 _ ("There is no item number %" PRId64 " in “%s”."), id, project->path);
  return step == EMEND_STEP_ROW ? emend_item_from_query (query) : NULL;
}

/* A relative path in its plainest form; media beside the folder ("../media/…") are allowed. */
static gboolean
is_usable_path (const char *path)
{
  g_auto (GStrv) parts = NULL;

  if (path == NULL || *path == '\0' || *path == '/')
    return FALSE;
  parts = g_strsplit (path, "/", -1);
  for (gsize i = 0; parts[i] != NULL; i++) {
    if (*parts[i] == '\0' || g_str_equal (parts[i], "."))
      return FALSE;
  }
  return TRUE;
}

static gboolean
insert_pages (EmendProject *project,
              gint64 item,
              GArray *pages,
              GError **error)
{
  g_autoptr (EmendQuery) query = emend_query_new (
    project, "INSERT INTO page (item, number, width, height, orientation) VALUES (?, ?, ?, ?, ?)", error);

  if (query == NULL)
    return FALSE;
  for (guint i = 0; i < pages->len; i++) {
    const EmendPage *page = &g_array_index (pages, EmendPage, i);

    sqlite3_bind_int64 (query, 1, item);
    sqlite3_bind_int (query, 2, (int) i);
    sqlite3_bind_int (query, 3, page->width);
    sqlite3_bind_int (query, 4, page->height);
    sqlite3_bind_int (query, 5, page->orientation);
    if (!emend_query_run (project, query, error))
      return FALSE;
  }
  return TRUE;
}

/* Returns 1 when it is new, 0 when there is an item of this path, -1 on failure. */
static int
insert_item (EmendProject *project,
             const EmendNewItem *new_item,
             gint64 position,
             GError **error)
{
  const EmendItem *item = new_item->item;
  g_autoptr (EmendQuery) query = emend_query_new (project,
                                                  "INSERT OR IGNORE INTO item (uuid, position, path, media, reason, "
                                                  "sha256, size, n_pages, width, height, orientation, n_proposals, "
                                                  "n_undecided, n_accepted, n_corrected, n_rejected, n_added, "
                                                  "reading, doubt, waiting) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, "
                                                  "0, 0, 0, 0, 0, 0, 0, -1.0, 1)",
                                                  error);
  EmendUuid uuid = item->uuid;
  guint n_pages = new_item->pages != NULL ? new_item->pages->len : 0;

  if (query == NULL)
    return -1;
  if (!is_usable_path (item->path)) {
    g_set_error (error, EMEND_STORE_ERROR, EMEND_STORE_ERROR_REFUSED,
                 _ ("“%s” cannot be an item: its path must be relative to the project's folder. No item was added."),
                 item->path ? item->path : "");
    return -1;
  }
  if (emend_uuid_is_nil (&uuid))
    emend_uuid_init_v7 (&uuid);
  emend_query_bind_uuid (query, 1, &uuid);
  sqlite3_bind_int64 (query, 2, position);
  emend_query_bind_text (query, 3, item->path);
  sqlite3_bind_int (query, 4, (int) item->media_state);
  emend_query_bind_text (query, 5, item->media_reason);
  emend_query_bind_digest (query, 6, &item->sha256);
  sqlite3_bind_int64 (query, 7, (gint64) item->size);
  sqlite3_bind_int (query, 8, n_pages > 0 ? (int) n_pages : MAX (1, item->n_pages));
  sqlite3_bind_int (query, 9, item->width);
  sqlite3_bind_int (query, 10, item->height);
  sqlite3_bind_int (query, 11, item->orientation);
  if (!emend_query_run (project, query, error))
    return -1;
  if (sqlite3_changes (project->db) == 0)
    return 0;
  if (n_pages > 1 && !insert_pages (project, sqlite3_last_insert_rowid (project->db), new_item->pages, error))
    return -1;
  return 1;
}

static gint64
insert_items (EmendProject *project,
              GPtrArray *new_items,
              GCancellable *cancellable,
              EmendProgressFunc progress,
              gpointer progress_data,
              GError **error)
{
  gint64 position;
  gint64 n_added = 0;

  if (!emend_project_query_int (project, "SELECT coalesce (max (position), -1) + 1 FROM item", 0, &position, error))
    return -1;
  for (guint i = 0; i < new_items->len; i++) {
    int is_new;

    if (i % ITEMS_PER_CHECK == 0) {
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return -1;
      if (progress != NULL)
        progress (i, new_items->len, progress_data);
    }
    is_new = insert_item (project, g_ptr_array_index (new_items, i), position + n_added, error);
    if (is_new < 0)
      return -1;
    n_added += is_new;
  }
  return n_added;
}

/**
 * emend_project_hash_items:
 * @project: a project
 * @first: place of the first in the queue
 * @count: how many
 * @digest: (out): SHA-256 over identity, hash of the file (16 and 32 bytes), then size, pages, width, height and
 *   orientation (i64 each, little-endian) of each
 * @error: EMEND_STORE_ERROR
 *
 * What never changes of an item is in the hash; its path and its state may.
 *
 * Returns: whether they could be read
 */
gboolean
emend_project_hash_items (EmendProject *project,
                          gint64 first,
                          gint64 count,
                          EmendDigest *digest,
                          GError **error)
{
  g_autoptr (EmendQuery) query = emend_query_new (project,
                                                  "SELECT uuid, sha256, size, n_pages, width, height, orientation "
                                                  "FROM item WHERE position >= ?1 AND position < ?1 + ?2 ORDER BY "
                                                  "position",
                                                  error);
  g_autoptr (EmendHasher) hasher = emend_hasher_new (EMEND_HASH_SHA256);
  guint8 bytes[EMEND_HASH_MAX_SIZE];
  EmendStep step;

  if (query == NULL)
    return FALSE;
  sqlite3_bind_int64 (query, 1, first);
  sqlite3_bind_int64 (query, 2, count);
  while ((step = emend_query_step (project, query, error)) == EMEND_STEP_ROW) {
    EmendUuid uuid;
    EmendDigest file;
    gint64 numbers[5];

    emend_query_get_uuid (query, 0, &uuid);
    emend_query_get_digest (query, 1, &file);
    for (int i = 0; i < 5; i++)
      numbers[i] = sqlite3_column_int64 (query, 2 + i);
    emend_hasher_update (hasher, uuid.bytes, sizeof uuid.bytes);
    emend_hasher_update (hasher, file.bytes, sizeof file.bytes);
    emend_hasher_update (hasher, numbers, sizeof numbers);
  }
  emend_hasher_finish (hasher, bytes);
  memcpy (digest->bytes, bytes, sizeof digest->bytes);
  return step == EMEND_STEP_DONE;
}

static gboolean
record_items (EmendProject *project,
              gint64 n_added,
              GError **error)
{
  g_autofree char *hex = NULL;
  EmendDigest digest;
  gint64 n_items;
  g_autoptr (GString) body = g_string_new (NULL);
  g_autoptr (EmendJsonWriter) writer = emend_json_writer_new (body, FALSE);
  gint64 at_ms = emend_journal_now ();
  gint64 stream = emend_stream_ensure (project, at_ms, error);

  if (!emend_project_query_int (project, "SELECT coalesce (max (position), -1) + 1 FROM item", 0, &n_items, error) ||
      !emend_project_hash_items (project, n_items - n_added, n_added, &digest, error))
    return FALSE;
  hex = emend_digest_to_hex (&digest);
  emend_journal_begin_body (project, writer, "items-added", at_ms);
  emend_json_key (writer, "first");
  emend_json_int (writer, n_items - n_added);
  emend_json_key (writer, "count");
  emend_json_int (writer, n_added);
  emend_json_key (writer, "sha256");
  emend_json_string (writer, hex);
  emend_json_end_object (writer);
  return stream != 0 && emend_journal_append (project, stream, "items-added", NULL, at_ms, body->str, error) != 0;
}

/**
 * emend_project_add_items:
 * @project: a project
 * @new_items: (element-type EmendNewItem): in the order of the queue
 * @cancellable: (nullable): to stop; nothing is added then
 * @progress: (nullable) (scope call): told how many of them are worked in
 * @progress_data: for @progress
 * @error: EMEND_STORE_ERROR, or G_IO_ERROR_CANCELLED
 *
 * Adds files as items, in one transaction. One whose path is an item already is passed over.
 *
 * Returns: how many are new, or -1
 */
gint64
emend_project_add_items (EmendProject *project,
                         GPtrArray *new_items,
                         GCancellable *cancellable,
                         EmendProgressFunc progress,
                         gpointer progress_data,
                         GError **error)
{
  g_autoptr (EmendTransaction) transaction = NULL;
  gint64 n_added;

  if (!emend_project_begin (project, error))
    return -1;
  transaction = project;
  n_added = insert_items (project, new_items, cancellable, progress, progress_data, error);
  if (n_added < 0)
    return -1;
  if (n_added > 0 && (!emend_project_add_totals (project, n_added, n_added, 0, 0, error) ||
                      !record_items (project, n_added, error)))
    return -1;
  return emend_project_commit (project, error) ? n_added : -1;
}

static gboolean
record_media (EmendProject *project,
              const EmendItem *item,
              const char *path,
              EmendMediaState state,
              const char *reason,
              GError **error)
{
  g_autoptr (GString) body = g_string_new (NULL);
  g_autoptr (EmendJsonWriter) writer = emend_json_writer_new (body, FALSE);
  g_autoptr (GArray) items = g_array_new (FALSE, FALSE, sizeof (gint64));
  gint64 at_ms = emend_journal_now ();
  gint64 stream = emend_stream_ensure (project, at_ms, error);

  g_array_append_val (items, item->id);
  emend_journal_begin_body (project, writer, "media-changed", at_ms);
  emend_json_key (writer, "item");
  emend_json_uuid (writer, &item->uuid);
  emend_json_key (writer, "path");
  emend_json_string (writer, path);
  emend_json_key (writer, "state");
  emend_json_string (writer, emend_media_state_to_name (state));
  emend_json_key (writer, "reason");
  emend_json_string (writer, reason);
  emend_json_end_object (writer);
  return stream != 0 && emend_journal_append (project, stream, "media-changed", items, at_ms, body->str, error) != 0;
}

/**
 * emend_project_set_media:
 * @project: a project
 * @item: number of the item
 * @path: (nullable): where its file is now, relative to the project's folder; %NULL to keep the path
 * @state: whether it can be shown
 * @reason: (nullable): why not, a sentence
 * @error: EMEND_STORE_ERROR_REFUSED when the path is that of another item
 *
 * Returns: whether it was recorded
 */
gboolean
emend_project_set_media (EmendProject *project,
                         gint64 item,
                         const char *path,
                         EmendMediaState state,
                         const char *reason,
                         GError **error)
{
  g_autoptr (EmendTransaction) transaction = NULL;
  g_autoptr (EmendItem) before = emend_project_load_item (project, item, error);
  g_autoptr (EmendItem) holder = NULL;
  g_autoptr (EmendQuery) query = NULL;

  if (before == NULL)
    return FALSE;
  if (path == NULL)
    path = before->path;
  holder = emend_project_find_item (project, path, NULL);
  if (!is_usable_path (path) || (holder != NULL && holder->id != item)) {
    g_set_error (error, EMEND_STORE_ERROR, EMEND_STORE_ERROR_REFUSED,
                 _ ("“%s” cannot become the file of “%s”: it is another item's, or not a path below the project's "
                    "folder."),
                 path, before->path);
    return FALSE;
  }
  if (!emend_project_begin (project, error))
    return FALSE;
  transaction = project;
  query = emend_query_new (project, "UPDATE item SET path = ?, media = ?, reason = ? WHERE id = ?", error);
  if (query == NULL)
    return FALSE;
  emend_query_bind_text (query, 1, path);
  sqlite3_bind_int (query, 2, (int) state);
  emend_query_bind_text (query, 3, reason);
  sqlite3_bind_int64 (query, 4, item);
  return emend_query_run (project, query, error) && record_media (project, before, path, state, reason, error) &&
         emend_project_commit (project, error);
}
