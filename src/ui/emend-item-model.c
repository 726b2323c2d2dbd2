#define G_LOG_DOMAIN "emend-ui"

#include "config.h"

#include "emend-item-model.h"

#include <string.h>

/* Rows are read so many at a time. */
#define PAGE 128u
/* So many rows are kept; those that nobody looks at go first. */
#define MAX_ENTRIES 4096u
/* So many pages are asked for at a time. Scrolling fast asks for many that are gone when they come. */
#define MAX_ASKED 2u

struct _EmendItemEntry {
  GObject parent_instance;
  EmendItem *item;
  guint index;
};

G_DEFINE_FINAL_TYPE (EmendItemEntry, emend_item_entry, G_TYPE_OBJECT)

static guint changed_signal;

static void
emend_item_entry_finalize (GObject *object)
{
  g_clear_pointer (&EMEND_ITEM_ENTRY (object)->item, emend_item_free);
  G_OBJECT_CLASS (emend_item_entry_parent_class)->finalize (object);
}

static void
emend_item_entry_class_init (EmendItemEntryClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = emend_item_entry_finalize;
  changed_signal = g_signal_new ("changed", EMEND_TYPE_ITEM_ENTRY, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 0);
}

static void
emend_item_entry_init (EmendItemEntry *self)
{
}

static void
entry_set_item (EmendItemEntry *self,
                const EmendItem *item)
{
  g_clear_pointer (&self->item, emend_item_free);
  self->item = emend_item_copy (item);
  g_signal_emit (self, changed_signal, 0);
}

/**
 * emend_item_entry_get_item:
 * @self: an entry
 *
 * Returns: (transfer none) (nullable): the item; %NULL until it was read
 */
const EmendItem *
emend_item_entry_get_item (EmendItemEntry *self)
{
  return self->item;
}

/**
 * emend_item_entry_get_index:
 * @self: an entry
 *
 * Returns: its place in the list, from 0
 */
guint
emend_item_entry_get_index (EmendItemEntry *self)
{
  return self->index;
}

struct _EmendItemModel {
  GObject parent_instance;

  EmendStore *store;
  GCancellable *cancellable;
  GCancellable *query; /* (nullable): gives up the last question */
  guint n_total;       /* items of the project */
  GArray *ids;         /* (nullable) (element-type gint64): the filtered ones in their order */
  guint generation;    /* counts the answers that changed the list */
  guint question;      /* counts the questions; only the last one's answer counts */
  GHashTable *entries; /* (element-type guint EmendItemEntry) */
  GQueue wanted;       /* (element-type guint): pages, the latest first */
  guint n_asked;
  guint idle;
};

static guint queried_signal;

static GType
get_item_type (GListModel *list)
{
  return EMEND_TYPE_ITEM_ENTRY;
}

static guint
get_n_items (GListModel *list)
{
  EmendItemModel *self = EMEND_ITEM_MODEL (list);

  return self->ids != NULL ? self->ids->len : self->n_total;
}

static void ask (EmendItemModel *self);

static gboolean
ask_idle_cb (gpointer data)
{
  EmendItemModel *self = data;

  self->idle = 0;
  ask (self);
  return G_SOURCE_REMOVE;
}

static void
want (EmendItemModel *self,
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

static gboolean
is_unused (gpointer key,
           gpointer value,
           gpointer data)
{
  return G_OBJECT (value)->ref_count == 1;
}

static gpointer
get_item (GListModel *list,
          guint index)
{
  EmendItemModel *self = EMEND_ITEM_MODEL (list);
  EmendItemEntry *entry;

  if (index >= get_n_items (list))
    return NULL;
  entry = g_hash_table_lookup (self->entries, GUINT_TO_POINTER (index));
  if (entry == NULL) {
    if (g_hash_table_size (self->entries) >= MAX_ENTRIES)
      g_hash_table_foreach_remove (self->entries, is_unused, NULL);
    entry = g_object_new (EMEND_TYPE_ITEM_ENTRY, NULL);
    entry->index = index;
    g_hash_table_insert (self->entries, GUINT_TO_POINTER (index), entry);
  }
  if (entry->item == NULL)
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
G_DEFINE_FINAL_TYPE_WITH_CODE (EmendItemModel, emend_item_model, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))
/* clang-format on */

typedef struct {
  EmendItemModel *model;
  guint generation;
  guint first;
  guint count;
  gint64 *ids; /* (nullable) */
} Request;

static void
request_free (Request *request)
{
  g_object_unref (request->model);
  g_free (request->ids);
  g_free (request);
}

/* clang-format off */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Request, request_free)
/* clang-format on */

static gpointer
read_worker (EmendProject *project,
             gpointer data,
             GCancellable *cancellable,
             GError **error)
{
  const Request *request = data;

  if (request->ids != NULL)
    return emend_project_load_items (project, request->ids, request->count, error);
  return emend_project_load_items_at (project, request->first, request->count, error);
}

static void
read_cb (GObject *source,
         GAsyncResult *result,
         gpointer data)
{
  g_autoptr (Request) request = data;
  EmendItemModel *self = request->model;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) items = emend_store_run_finish (EMEND_STORE (source), result, &error);

  self->n_asked--;
  if (items == NULL)
    g_debug ("a page of the queue was not read: %s", error != NULL ? error->message : "nothing");
  for (guint i = 0; items != NULL && request->generation == self->generation && i < items->len; i++) {
    EmendItemEntry *entry = g_hash_table_lookup (self->entries, GUINT_TO_POINTER (request->first + i));

    if (entry != NULL)
      entry_set_item (entry, g_ptr_array_index (items, i));
  }
  ask (self);
}

static void
ask_page (EmendItemModel *self,
          guint page)
{
  guint n_items = get_n_items (G_LIST_MODEL (self));
  Request *request;

  if (page * PAGE >= n_items)
    return;
  request = g_new0 (Request, 1);
  request->model = g_object_ref (self);
  request->generation = self->generation;
  request->first = page * PAGE;
  request->count = MIN (PAGE, n_items - request->first);
  if (self->ids != NULL)
    request->ids = g_memdup2 (&g_array_index (self->ids, gint64, request->first), request->count * sizeof (gint64));
  self->n_asked++;
  emend_store_run_async (self->store, read_worker, request, NULL, (GDestroyNotify) g_ptr_array_unref,
                         self->cancellable, read_cb, request);
}

static void
ask (EmendItemModel *self)
{
  while (self->n_asked < MAX_ASKED && !g_queue_is_empty (&self->wanted))
    ask_page (self, GPOINTER_TO_UINT (g_queue_pop_head (&self->wanted)));
}

static void
emend_item_model_dispose (GObject *object)
{
  EmendItemModel *self = EMEND_ITEM_MODEL (object);

  g_cancellable_cancel (self->cancellable);
  g_cancellable_cancel (self->query);
  g_clear_handle_id (&self->idle, g_source_remove);
  g_queue_clear (&self->wanted);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (emend_item_model_parent_class)->dispose (object);
}

static void
emend_item_model_finalize (GObject *object)
{
  EmendItemModel *self = EMEND_ITEM_MODEL (object);

  g_clear_object (&self->cancellable);
  g_clear_object (&self->query);
  g_clear_pointer (&self->ids, g_array_unref);
  g_clear_pointer (&self->entries, g_hash_table_unref);
  G_OBJECT_CLASS (emend_item_model_parent_class)->finalize (object);
}

static void
emend_item_model_class_init (EmendItemModelClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = emend_item_model_dispose;
  G_OBJECT_CLASS (klass)->finalize = emend_item_model_finalize;
  queried_signal = g_signal_new ("queried", EMEND_TYPE_ITEM_MODEL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
emend_item_model_init (EmendItemModel *self)
{
  self->cancellable = g_cancellable_new ();
  self->entries = g_hash_table_new_full (NULL, NULL, NULL, g_object_unref);
  g_queue_init (&self->wanted);
}

/**
 * emend_item_model_new:
 * @store: an open project
 *
 * Returns: (transfer full): an empty list; emend_item_model_set_n_items() fills it
 */
EmendItemModel *
emend_item_model_new (EmendStore *store)
{
  EmendItemModel *self = g_object_new (EMEND_TYPE_ITEM_MODEL, NULL);

  self->store = g_object_ref (store);
  return self;
}

static void
replace (EmendItemModel *self,
         GArray *ids,
         guint n_total)
{
  guint before = get_n_items (G_LIST_MODEL (self));

  self->generation++;
  g_hash_table_remove_all (self->entries);
  g_queue_clear (&self->wanted);
  g_clear_pointer (&self->ids, g_array_unref);
  self->ids = ids;
  self->n_total = n_total;
  g_list_model_items_changed (G_LIST_MODEL (self), 0, before, get_n_items (G_LIST_MODEL (self)));
}

/**
 * emend_item_model_set_n_items:
 * @self: the queue
 * @n_items: how many items the project has
 *
 * Nothing happens when it is so already.
 */
void
emend_item_model_set_n_items (EmendItemModel *self,
                              gint64 n_items)
{
  guint n = (guint) CLAMP (n_items, 0, G_MAXINT);

  if (n == self->n_total)
    return;
  if (self->ids == NULL)
    replace (self, NULL, n);
  else
    self->n_total = n;
}

typedef struct {
  EmendItemModel *model;
  EmendItemFilter filter;
  EmendItemOrder order;
  guint question;
} Query;

static void
query_free (Query *query)
{
  g_object_unref (query->model);
  emend_item_filter_clear (&query->filter);
  g_free (query);
}

/* clang-format off */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Query, query_free)
/* clang-format on */

static gpointer
query_worker (EmendProject *project,
              gpointer data,
              GCancellable *cancellable,
              GError **error)
{
  const Query *query = data;

  return emend_project_query_items (project, &query->filter, query->order, -1, error);
}

static void
query_cb (GObject *source,
          GAsyncResult *result,
          gpointer data)
{
  g_autoptr (Query) query = data;
  EmendItemModel *self = query->model;
  g_autoptr (GError) error = NULL;
  GArray *ids = emend_store_run_finish (EMEND_STORE (source), result, &error);

  if (query->question != self->question) {
    g_clear_pointer (&ids, g_array_unref);
    return;
  }
  if (ids != NULL)
    replace (self, ids, self->n_total);
  if (ids != NULL || !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_signal_emit (self, queried_signal, 0, error);
}

/**
 * emend_item_model_query:
 * @self: the queue
 * @text: what to show, in the syntax of emend_item_filter_parse(); "" for all
 * @schema: for the names of labels
 * @order: in which order
 * @error: return location
 *
 * The list changes when the answer is there; "queried" is told then.
 *
 * Returns: FALSE when @text is not understood
 */
gboolean
emend_item_model_query (EmendItemModel *self,
                        const char *text,
                        EmendSchema *schema,
                        EmendItemOrder order,
                        GError **error)
{
  g_autoptr (Query) query = g_new0 (Query, 1);

  query->model = g_object_ref (self);
  emend_item_filter_init (&query->filter);
  query->order = order;
  if (!emend_item_filter_parse (&query->filter, schema, text, error))
    return FALSE;
  query->question = ++self->question;
  g_cancellable_cancel (self->query);
  g_clear_object (&self->query);
  if (emend_item_filter_is_empty (&query->filter) && order == EMEND_ITEM_ORDER_POSITION) {
    if (self->ids != NULL)
      replace (self, NULL, self->n_total);
    g_signal_emit (self, queried_signal, 0, NULL);
    return TRUE;
  }
  self->query = g_cancellable_new ();
  emend_store_query_async (self->store, query_worker, query, NULL, (GDestroyNotify) g_array_unref, self->query,
                           query_cb, query);
  g_steal_pointer (&query);
  return TRUE;
}

/**
 * emend_item_model_is_filtered:
 * @self: the queue
 *
 * Returns: whether it shows less than all, or in another order
 */
gboolean
emend_item_model_is_filtered (EmendItemModel *self)
{
  return self->ids != NULL;
}

/**
 * emend_item_model_find:
 * @self: the queue
 * @item: an item
 *
 * Returns: its place in the list, or -1
 */
gint64
emend_item_model_find (EmendItemModel *self,
                       const EmendItem *item)
{
  if (self->ids == NULL)
    return item->position < self->n_total ? item->position : -1;
  for (guint i = 0; i < self->ids->len; i++)
    if (g_array_index (self->ids, gint64, i) == item->id)
      return i;
  return -1;
}

/**
 * emend_item_model_update:
 * @self: the queue
 * @item: an item with new counts
 *
 * It stays at its place, also when the filter would not let it through any more.
 */
void
emend_item_model_update (EmendItemModel *self,
                         const EmendItem *item)
{
  gint64 index = emend_item_model_find (self, item);
  EmendItemEntry *entry = index < 0 ? NULL : g_hash_table_lookup (self->entries, GUINT_TO_POINTER ((guint) index));

  if (entry != NULL)
    entry_set_item (entry, item);
}
