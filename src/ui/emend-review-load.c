#define G_LOG_DOMAIN "emend-ui"

#include "config.h"

#include "emend-review-private.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "emend-scan.h"

/* So many items are kept read ahead; neighbours on both sides and the next that waits. */
#define MAX_AHEAD 8

typedef struct {
  EmendProjectInfo *info;
  EmendSchema *schema;
  GHashTable *settings;
  gint64 item;              /* where to begin, or 0 */
  EmendReviewContent *read; /* (nullable): of that item */
} Facts;

typedef struct {
  char *item; /* (nullable): path of the item to begin with */
  gboolean first;
} FactsQuestion;

static const char *const setting_keys[] = { "last-item", "zoom", "threshold", "order",
                                            "filter", "label", "panes-swapped", "inspector-width" };

static void
facts_free (gpointer data)
{
  Facts *facts = data;

  g_clear_pointer (&facts->info, emend_project_info_free);
  g_clear_pointer (&facts->schema, emend_schema_unref);
  g_clear_pointer (&facts->settings, g_hash_table_unref);
  g_clear_pointer (&facts->read, emend_review_content_free);
  g_free (facts);
}

static void
facts_question_free (gpointer data)
{
  FactsQuestion *question = data;

  g_free (question->item);
  g_free (question);
}

static gpointer
read_item_worker (EmendProject *project,
                  gpointer data,
                  GCancellable *cancellable,
                  GError **error)
{
  const gint64 *id = data;
  g_autoptr (EmendProjectInfo) info = NULL;
  g_autoptr (EmendItemContent) content = emend_project_load_content (project, *id, error);
  EmendReviewContent *read;

  if (content == NULL)
    return NULL;
  info = emend_project_get_info (project, error);
  if (info == NULL)
    return NULL;
  read = g_new0 (EmendReviewContent, 1);
  read->path = g_build_filename (info->folder, content->item->path, NULL);
  read->exists = g_file_test (read->path, G_FILE_TEST_IS_REGULAR);
  read->content = g_steal_pointer (&content);
  read->schema = emend_schema_ref (emend_project_get_schema (project));
  return read;
}

static void
remember_ahead (EmendReview *self,
                EmendReviewContent *read)
{
  gint64 id = read->content->item->id;

  if (g_hash_table_size (self->ahead) >= MAX_AHEAD)
    g_hash_table_remove_all (self->ahead);
  g_hash_table_replace (self->ahead, g_memdup2 (&id, sizeof id), read);
}

/* The item to begin with: the one asked for, the one left off at, the first that waits, the first. */
static gint64
find_start (EmendProject *project,
            const char *asked)
{
  g_autofree char *last = emend_project_get_setting (project, "last-item");
  g_autoptr (EmendItem) item = NULL;
  g_autoptr (GPtrArray) first = NULL;

  if (asked != NULL)
    item = emend_project_find_item (project, asked, NULL);
  if (item == NULL && last != NULL)
    item = emend_project_find_item (project, last, NULL);
  if (item == NULL)
    item = emend_project_next_waiting (project, -1, EMEND_ITEM_ORDER_POSITION, NULL);
  if (item != NULL)
    return item->id;
  first = emend_project_load_items_at (project, 0, 1, NULL);
  return first == NULL || first->len == 0 ? 0 : ((EmendItem *) g_ptr_array_index (first, 0))->id;
}

static void
read_setting (EmendProject *project,
              const char *key,
              GHashTable *settings)
{
  char *value = emend_project_get_setting (project, key);

  if (value != NULL)
    g_hash_table_insert (settings, g_strdup (key), value);
}

static void
read_grids (EmendProject *project,
            Facts *facts)
{
  for (gsize i = 0; i < emend_schema_get_n_fields (facts->schema); i++) {
    const EmendField *field = emend_schema_get_field (facts->schema, i);
    g_autofree char *key = g_strdup_printf ("grid-%d", field->id);

    if (field->type == EMEND_FIELD_TABLE)
      read_setting (project, key, facts->settings);
  }
}

static gpointer
read_facts_worker (EmendProject *project,
                   gpointer data,
                   GCancellable *cancellable,
                   GError **error)
{
  const FactsQuestion *question = data;
  Facts *facts = g_new0 (Facts, 1);

  facts->info = emend_project_get_info (project, error);
  if (facts->info == NULL) {
    facts_free (facts);
    return NULL;
  }
  facts->schema = emend_schema_ref (emend_project_get_schema (project));
  facts->settings = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  for (gsize i = 0; i < G_N_ELEMENTS (setting_keys); i++)
    read_setting (project, setting_keys[i], facts->settings);
  read_grids (project, facts);
  if (question->first)
    facts->item = find_start (project, question->item);
  if (facts->item != 0)
    facts->read = read_item_worker (project, &facts->item, cancellable, NULL); /* opening it says why not */
  return facts;
}

static void
take_facts (EmendReview *self,
            Facts *facts,
            gboolean first)
{
  const char *threshold;

  g_clear_pointer (&self->info, emend_project_info_free);
  self->info = g_steal_pointer (&facts->info);
  g_clear_pointer (&self->schema, emend_schema_unref);
  self->schema = g_steal_pointer (&facts->schema);
  if (!first) {
    g_hash_table_remove_all (self->ahead);
    g_hash_table_remove_all (self->passed);
    return;
  }
  g_clear_pointer (&self->settings, g_hash_table_unref);
  self->settings = g_steal_pointer (&facts->settings);
  threshold = emend_review_get_setting (self, "threshold");
  if (threshold != NULL)
    self->filter.threshold = CLAMP (g_ascii_strtod (threshold, NULL), 0, 1);
}

static void
started_cb (GObject *source,
            GAsyncResult *result,
            gpointer data)
{
  g_autoptr (EmendReview) self = data;
  g_autoptr (GError) error = NULL;
  Facts *facts = emend_store_run_finish (EMEND_STORE (source), result, &error);

  if (facts == NULL) {
    emend_review_fail (self, error);
    return;
  }
  take_facts (self, facts, TRUE);
  g_signal_emit (self, emend_review_signals[EMEND_REVIEW_STARTED], 0);
  g_signal_emit (self, emend_review_signals[EMEND_REVIEW_COUNTERS], 0);
  if (facts->item != 0) {
    if (facts->read != NULL)
      remember_ahead (self, g_steal_pointer (&facts->read));
    self->select_next = TRUE;
    emend_review_open (self, facts->item);
  } else {
    self->state = EMEND_REVIEW_NO_ITEMS;
    g_signal_emit (self, emend_review_signals[EMEND_REVIEW_OPENED], 0);
  }
  facts_free (facts);
}

static void
facts_cb (GObject *source,
          GAsyncResult *result,
          gpointer data)
{
  g_autoptr (EmendReview) self = data;
  g_autoptr (GError) error = NULL;
  Facts *facts = emend_store_run_finish (EMEND_STORE (source), result, &error);

  if (facts == NULL) {
    emend_review_fail (self, error);
    return;
  }
  take_facts (self, facts, FALSE);
  g_signal_emit (self, emend_review_signals[EMEND_REVIEW_STARTED], 0);
  g_signal_emit (self, emend_review_signals[EMEND_REVIEW_COUNTERS], 0);
  if (self->open != NULL)
    emend_review_reload_item (self);
  else if (facts->item != 0)
    emend_review_open (self, facts->item);
  facts_free (facts);
}

static void
ask_facts (EmendReview *self,
           const char *item,
           gboolean first,
           GAsyncReadyCallback callback)
{
  FactsQuestion *question = g_new0 (FactsQuestion, 1);

  question->item = g_strdup (item);
  question->first = first;
  emend_store_run_async (self->store, read_facts_worker, question, facts_question_free, facts_free, self->cancellable,
                         callback, g_object_ref (self));
}

/**
 * emend_review_start:
 * @self: the work
 * @item: (nullable): path of the item to begin with; %NULL for the one left off at
 *
 * Reads the facts of the project ("started"), then opens an item ("opened").
 */
void
emend_review_start (EmendReview *self,
                    const char *item)
{
  ask_facts (self, item, TRUE, started_cb);
}

/**
 * emend_review_reload_facts:
 * @self: the work
 *
 * After something else changed the project: items were added, proposals imported, the schema edited.
 */
void
emend_review_reload_facts (EmendReview *self)
{
  ask_facts (self, NULL, self->open == NULL, facts_cb);
}

/**
 * emend_review_get_setting:
 * @self: the work
 * @key: "last-item", "zoom", "threshold", "order", "filter", "label", "panes-swapped" ("true" or "false"),
 *   "inspector-width" (of the form or inspector, in logical pixels), or "grid-" and the number of a table: its columns
 *   as they were drawn last
 *
 * Returns: (transfer none) (nullable): what the project file remembers
 */
const char *
emend_review_get_setting (EmendReview *self,
                          const char *key)
{
  return g_hash_table_lookup (self->settings, key);
}

typedef struct {
  char *key;
  char *value;
} Setting;

static void
setting_free (gpointer data)
{
  Setting *setting = data;

  g_free (setting->key);
  g_free (setting->value);
  g_free (setting);
}

static gpointer
set_setting_worker (EmendProject *project,
                    gpointer data,
                    GCancellable *cancellable,
                    GError **error)
{
  const Setting *setting = data;

  /* A convenience: a project that cannot be written simply does not remember. */
  if (!emend_project_set_setting (project, setting->key, setting->value, NULL))
    g_debug ("setting %s was not kept", setting->key);
  return NULL;
}

static void
ignore_cb (GObject *source,
           GAsyncResult *result,
           gpointer data)
{
  emend_store_run_finish (EMEND_STORE (source), result, NULL);
}

/**
 * emend_review_set_setting:
 * @self: the work
 * @key: see emend_review_get_setting()
 * @value: what to remember
 *
 * Written in the background; a project that cannot be written remembers it until it is closed.
 */
void
emend_review_set_setting (EmendReview *self,
                          const char *key,
                          const char *value)
{
  Setting *setting;

  if (g_strcmp0 (emend_review_get_setting (self, key), value) == 0)
    return;
  g_hash_table_insert (self->settings, g_strdup (key), g_strdup (value));
  if (!emend_review_is_writable (self))
    return;
  setting = g_new0 (Setting, 1);
  setting->key = g_strdup (key);
  setting->value = g_strdup (value);
  emend_store_run_async (self->store, set_setting_worker, setting, setting_free, NULL, NULL, ignore_cb, NULL);
}

static void
read_ahead_cb (GObject *source,
               GAsyncResult *result,
               gpointer data)
{
  g_autoptr (EmendReview) self = data;
  EmendReviewContent *read = emend_store_run_finish (EMEND_STORE (source), result, NULL);

  if (read != NULL)
    remember_ahead (self, read);
}

static void
read_ahead (EmendReview *self,
            gint64 id)
{
  if (id == 0 || g_hash_table_contains (self->ahead, &id) ||
      (self->open != NULL && self->open->content->item->id == id))
    return;
  emend_store_run_async (self->store, read_item_worker, g_memdup2 (&id, sizeof id), g_free,
                         (GDestroyNotify) emend_review_content_free,
                         self->cancellable, read_ahead_cb, g_object_ref (self));
}

/**
 * emend_review_prefetch:
 * @self: the work
 * @items: numbers of the items that may be opened next
 * @n_items: how many, at most 4
 *
 * Reads them ahead, so that emend_review_open() shows them at once.
 */
void
emend_review_prefetch (EmendReview *self,
                       const gint64 *items,
                       gsize n_items)
{
  for (gsize i = 0; i < MIN (n_items, 4); i++)
    read_ahead (self, items[i]);
}

typedef struct {
  gint64 position;
  GHashTable *passed; /* (element-type gint64) */
} WaitingQuestion;

static void
waiting_question_free (gpointer data)
{
  WaitingQuestion *question = data;

  g_hash_table_unref (question->passed);
  g_free (question);
}

/* Goes round once at most: after as many as are passed over, and one more, all have been seen. */
static gpointer
next_waiting_worker (EmendProject *project,
                     gpointer data,
                     GCancellable *cancellable,
                     GError **error)
{
  const WaitingQuestion *question = data;
  gint64 position = question->position;

  for (guint i = 0; i <= g_hash_table_size (question->passed); i++) {
    g_autoptr (EmendItem) item = emend_project_next_waiting (project, position, EMEND_ITEM_ORDER_POSITION, error);

    if (item == NULL || !g_hash_table_contains (question->passed, &item->id))
      return g_steal_pointer (&item);
    position = item->position;
  }
  return NULL;
}

static void
note_next_waiting_cb (GObject *source,
                      GAsyncResult *result,
                      gpointer data)
{
  g_autoptr (EmendReview) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (EmendItem) item = emend_store_run_finish (EMEND_STORE (source), result, &error);

  if (item != NULL)
    read_ahead (self, item->id);
}

static void
ask_next_waiting (EmendReview *self,
                  GAsyncReadyCallback callback)
{
  WaitingQuestion *question = g_new0 (WaitingQuestion, 1);
  GHashTableIter iter;
  gpointer key;

  question->position = self->open == NULL ? -1 : self->open->content->item->position;
  question->passed = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_hash_table_iter_init (&iter, self->passed);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    g_hash_table_add (question->passed, g_memdup2 (key, sizeof (gint64)));
  emend_store_run_async (self->store, next_waiting_worker, question, waiting_question_free,
                         (GDestroyNotify) emend_item_free, self->cancellable, callback, g_object_ref (self));
}

/* What cannot be shown and asks nothing has been seen now, and does not come up again by itself. */
static void
note_passed (EmendReview *self)
{
  const EmendItem *item = self->open->content->item;
  gboolean asks = self->state == EMEND_REVIEW_READY || item->reading == EMEND_READING_DONE;

  for (guint i = 0; i < self->slots->len && !asks; i++) {
    const EmendMark *mark = emend_review_get_mark (self, i);

    asks = mark != NULL && emend_mark_get_verdict (mark) == EMEND_VERDICT_NONE;
  }
  if (asks)
    g_hash_table_remove (self->passed, &item->id);
  else
    g_hash_table_add (self->passed, g_memdup2 (&item->id, sizeof item->id));
}

/**
 * emend_review_count_passed:
 * @self: the work
 *
 * Returns: how many items wait that cannot be shown, ask nothing, and were seen: they do not come up again
 */
guint
emend_review_count_passed (EmendReview *self)
{
  return g_hash_table_size (self->passed);
}

static void
show_item (EmendReview *self,
           EmendReviewContent *read)
{
  gboolean select_next = self->select_next;

  self->wanted = 0;
  self->select_next = FALSE;
  g_clear_pointer (&self->open, emend_review_content_free);
  self->open = read;
  if (read->schema != self->schema) { /* its look-up lists learned something since */
    emend_schema_unref (self->schema);
    self->schema = emend_schema_ref (read->schema);
  }
  self->page = 0;
  self->selected = -1;
  self->nudged = -1;
  self->reload = FALSE;
  emend_review_fill_slots (self);
  emend_stopwatch_start (&self->watch, g_get_monotonic_time ());
  self->state = EMEND_REVIEW_READY;
  if (!read->exists)
    self->state = EMEND_REVIEW_MISSING;
  else if (read->content->item->media_state == EMEND_MEDIA_UNREADABLE)
    self->state = EMEND_REVIEW_UNREADABLE;
  note_passed (self);
  if (read->content->item->id != self->found_item)
    emend_review_forget_found (self);
  g_signal_emit (self, emend_review_signals[EMEND_REVIEW_OPENED], 0);
  emend_review_set_setting (self, "last-item", read->content->item->path);
  if (self->shown_change != NULL)
    emend_review_show_change (self, NULL);
  else if (select_next && self->state == EMEND_REVIEW_READY)
    emend_review_select_undecided (self);
  emend_review_go_to_found (self);
  ask_next_waiting (self, note_next_waiting_cb);
}

static void
opened_cb (GObject *source,
           GAsyncResult *result,
           gpointer data)
{
  g_autoptr (EmendReview) self = data;
  g_autoptr (GError) error = NULL;
  EmendReviewContent *read = emend_store_run_finish (EMEND_STORE (source), result, &error);

  if (read == NULL) {
    self->wanted = 0;
    emend_review_fail (self, error);
  } else if (read->content->item->id != self->wanted)
    remember_ahead (self, read);
  else
    show_item (self, read);
}

/**
 * emend_review_open:
 * @self: the work
 * @item: number of an item
 *
 * Opens it: at once when it was read ahead, else when it is read. Nothing can be decided in between.
 */
void
emend_review_open (EmendReview *self,
                   gint64 item)
{
  gpointer key;
  gpointer read;

  emend_review_flush (self);
  self->wanted = item;
  if (g_hash_table_steal_extended (self->ahead, &item, &key, &read)) {
    g_free (key);
    show_item (self, read);
    return;
  }
  emend_store_run_async (self->store, read_item_worker, g_memdup2 (&item, sizeof item), g_free,
                         (GDestroyNotify) emend_review_content_free,
                         self->cancellable, opened_cb, g_object_ref (self));
}

/**
 * emend_review_reload_item:
 * @self: the work
 *
 * Reads the open item again.
 */
void
emend_review_reload_item (EmendReview *self)
{
  gint64 id;

  if (self->open == NULL)
    return;
  id = self->open->content->item->id;
  g_hash_table_remove_all (self->ahead);
  emend_review_open (self, id);
}

static void
open_next_waiting_cb (GObject *source,
                      GAsyncResult *result,
                      gpointer data)
{
  g_autoptr (EmendReview) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (EmendItem) item = emend_store_run_finish (EMEND_STORE (source), result, &error);

  if (item != NULL) {
    self->select_next = TRUE;
    emend_review_open (self, item->id);
    return;
  }
  self->wanted = 0;
  if (error != NULL)
    emend_review_fail (self, error);
  else
    g_signal_emit (self, emend_review_signals[EMEND_REVIEW_FINISHED], 0);
}

/**
 * emend_review_open_next_waiting:
 * @self: the work
 *
 * Opens the next item with something undecided, after the open one and then from the beginning; tells
 * "finished" when there is none. Items that cannot be shown and ask nothing come up once only. What is
 * decided before is committed first.
 */
void
emend_review_open_next_waiting (EmendReview *self)
{
  emend_review_flush (self);
  self->wanted = -1; /* nothing can be decided until it is known */
  ask_next_waiting (self, open_next_waiting_cb);
}

/**
 * emend_review_set_unreadable:
 * @self: the work
 * @reason: why the open item's file cannot be shown
 *
 * Shows it as unreadable; the queue goes on.
 */
void
emend_review_set_unreadable (EmendReview *self,
                             const GError *reason)
{
  EmendItem *item;

  if (self->open == NULL || self->state != EMEND_REVIEW_READY)
    return;
  item = self->open->content->item;
  item->media_state = EMEND_MEDIA_UNREADABLE;
  g_free (item->media_reason);
  item->media_reason = g_strdup (reason->message);
  self->state = EMEND_REVIEW_UNREADABLE;
  note_passed (self);
  emend_review_select (self, -1, FALSE);
  g_signal_emit (self, emend_review_signals[EMEND_REVIEW_OPENED], 0);
}

typedef struct {
  EmendItem *item;
  char *path; /* (nullable): where the person says it is */
} Search;

static void
search_free (gpointer data)
{
  Search *search = data;

  emend_item_free (search->item);
  g_free (search->path);
  g_free (search);
}

/* The path to keep in the project: relative to its folder when it is below it. */
static char *
get_kept_path (const char *folder,
               const char *path)
{
  g_autoptr (GFile) base = g_file_new_for_path (folder);
  g_autoptr (GFile) file = g_file_new_for_path (path);

  return g_file_get_relative_path (base, file);
}

static gpointer
take_path (EmendProject *project,
           const Search *search,
           GCancellable *cancellable,
           GError **error)
{
  g_autoptr (EmendProjectInfo) info = emend_project_get_info (project, error);
  g_autofree char *kept = NULL;
  EmendDigest digest;
  guint64 size;

  if (info == NULL || !emend_digest_of_file (search->path, &digest, &size, cancellable, error))
    return NULL;
  if (!emend_digest_is_nil (&search->item->sha256) && memcmp (&digest, &search->item->sha256, sizeof digest) != 0) {
    g_set_error (error, EMEND_STORE_ERROR, EMEND_STORE_ERROR_REFUSED,
                 /* TRANSLATORS: two paths of files. */
                 _ ("“%s” is another file than “%s”: its content differs. Nothing was changed."), search->path,
                 search->item->path);
    return NULL;
  }
  kept = get_kept_path (info->folder, search->path);
  if (kept == NULL) {
    g_set_error (error, EMEND_STORE_ERROR, EMEND_STORE_ERROR_REFUSED,
                 /* TRANSLATORS: a path, then the path of a folder. */
                 _ ("“%s” is not below the project's folder “%s”. Move or copy it there, then choose it again."),
                 search->path, info->folder);
    return NULL;
  }
  if (!emend_project_set_media (project, search->item->id, kept, EMEND_MEDIA_OK, NULL, error))
    return NULL;
  return g_strdup (search->path);
}

static gpointer
locate_worker (EmendProject *project,
               gpointer data,
               GCancellable *cancellable,
               GError **error)
{
  const Search *search = data;

  if (search->path != NULL)
    return take_path (project, search, cancellable, error);
  return emend_scan_locate (project, search->item, cancellable, error);
}

static void
located_cb (GObject *source,
            GAsyncResult *result,
            gpointer data)
{
  g_autoptr (EmendReview) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = emend_store_run_finish (EMEND_STORE (source), result, &error);

  if (path == NULL)
    emend_review_fail (self, error);
  else if (self->open != NULL)
    emend_review_reload_item (self);
}

/**
 * emend_review_locate:
 * @self: the work
 * @path: (nullable): where the open item's file is now; %NULL to look for it
 *
 * Points the open item to its file again. It is taken only when it is the same by its hash.
 */
void
emend_review_locate (EmendReview *self,
                     const char *path)
{
  Search *search;

  if (self->open == NULL)
    return;
  search = g_new0 (Search, 1);
  search->item = emend_item_copy (self->open->content->item);
  search->path = g_strdup (path);
  emend_store_run_async (self->store, locate_worker, search, search_free, g_free, self->cancellable, located_cb,
                         g_object_ref (self));
}
