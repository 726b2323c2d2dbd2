#define G_LOG_DOMAIN "emend-ui"

#include "config.h"

#include "emend-queue.h"

#include <glib/gi18n-lib.h>

#include "emend-queue-row.h"

struct _EmendQueue {
  GtkBox parent_instance;

  GtkSearchEntry *search;
  GtkMenuButton *order;
  GtkLabel *problem;
  GtkListView *list;
  GtkStack *stack;

  EmendReview *review;
  EmendThumbnailer *thumbnailer;
  EmendItemModel *model;
  GtkSingleSelection *selection;
  GSimpleActionGroup *actions;
  EmendItemEntry *awaited; /* (nullable): is opened as soon as it is known */
  gboolean following;      /* the selection is moved by the program */
};

G_DEFINE_FINAL_TYPE (EmendQueue, emend_queue, GTK_TYPE_BOX)

static guint activated_signal;

static const char *const order_names[] = { "position", "name", "doubt", "undecided" };

static void
emend_queue_dispose (GObject *object)
{
  EmendQueue *self = EMEND_QUEUE (object);

  if (self->awaited != NULL)
    g_signal_handlers_disconnect_by_data (self->awaited, self);
  g_clear_object (&self->awaited);
  if (self->list != NULL)
    gtk_list_view_set_model (self->list, NULL);
  g_clear_object (&self->selection);
  g_clear_object (&self->model);
  g_clear_object (&self->review);
  g_clear_object (&self->thumbnailer);
  g_clear_object (&self->actions);
  gtk_widget_dispose_template (GTK_WIDGET (self), EMEND_TYPE_QUEUE);
  G_OBJECT_CLASS (emend_queue_parent_class)->dispose (object);
}

static void
setup_cb (GtkSignalListItemFactory *factory,
          GtkListItem *list_item,
          EmendQueue *self)
{
  gtk_list_item_set_child (list_item, emend_queue_row_new ());
}

static void
bind_cb (GtkSignalListItemFactory *factory,
         GtkListItem *list_item,
         EmendQueue *self)
{
  emend_queue_row_bind (EMEND_QUEUE_ROW (gtk_list_item_get_child (list_item)), gtk_list_item_get_item (list_item),
                        self->thumbnailer,
                        emend_review_get_info (self->review)->folder);
}

static void
unbind_cb (GtkSignalListItemFactory *factory,
           GtkListItem *list_item,
           EmendQueue *self)
{
  GtkWidget *row = gtk_list_item_get_child (list_item);

  if (row != NULL)
    emend_queue_row_unbind (EMEND_QUEUE_ROW (row));
}

static void
open_awaited (EmendQueue *self)
{
  const EmendItem *item = emend_item_entry_get_item (self->awaited);

  if (item == NULL)
    return;
  emend_review_open (self->review, item->id);
  g_signal_handlers_disconnect_by_data (self->awaited, self);
  g_clear_object (&self->awaited);
}

/* Opens what is at a place of the list, as soon as it is known what that is. */
static void
open_at (EmendQueue *self,
         guint index)
{
  if (self->awaited != NULL)
    g_signal_handlers_disconnect_by_data (self->awaited, self);
  g_clear_object (&self->awaited);
  self->awaited = g_list_model_get_item (G_LIST_MODEL (self->model), index);
  if (self->awaited == NULL)
    return;
  g_signal_connect_object (self->awaited, "changed", G_CALLBACK (open_awaited), self, G_CONNECT_SWAPPED);
  open_awaited (self);
}

static void
selected_cb (EmendQueue *self)
{
  guint index = gtk_single_selection_get_selected (self->selection);

  if (!self->following && index != GTK_INVALID_LIST_POSITION)
    open_at (self, index);
}

static void
activate_cb (EmendQueue *self)
{
  g_signal_emit (self, activated_signal, 0);
}

/* Puts the selection on the open item and brings it into view. */
static void
follow (EmendQueue *self)
{
  const EmendItem *item = emend_review_get_item (self->review);
  gint64 index = item == NULL ? -1 : emend_item_model_find (self->model, item);

  self->following = TRUE;
  if (index < 0)
    gtk_single_selection_set_selected (self->selection, GTK_INVALID_LIST_POSITION);
  else {
    gtk_single_selection_set_selected (self->selection, (guint) index);
    gtk_widget_activate_action (GTK_WIDGET (self->list), "list.scroll-to-item", "u", (guint) index);
  }
  self->following = FALSE;
}

static void
show_problem (EmendQueue *self,
              const char *text)
{
  gtk_widget_set_visible (GTK_WIDGET (self->problem), text != NULL);
  gtk_label_set_text (self->problem, text == NULL ? "" : text);
  if (text != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self->search), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->search), "error");
}

static EmendItemOrder
get_order (EmendQueue *self)
{
  g_autoptr (GVariant) state = g_action_group_get_action_state (G_ACTION_GROUP (self->actions), "order");

  for (gsize i = 0; i < G_N_ELEMENTS (order_names); i++)
    if (g_str_equal (g_variant_get_string (state, NULL), order_names[i]))
      return (EmendItemOrder) i;
  return EMEND_ITEM_ORDER_POSITION;
}

static void
query (EmendQueue *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->search));
  EmendItemOrder order = get_order (self);
  g_autoptr (GError) error = NULL;

  if (self->model == NULL)
    return;
  if (!emend_item_model_query (self->model, text, emend_review_get_schema (self->review), order, &error)) {
    show_problem (self, error->message);
    return;
  }
  show_problem (self, NULL);
  emend_review_set_setting (self->review, "filter", text);
  emend_review_set_setting (self->review, "order", order_names[order]);
}

static void
queried_cb (EmendQueue *self,
            const GError *error)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->model));

  show_problem (self, error == NULL ? NULL : error->message);
  gtk_stack_set_visible_child_name (self->stack,
                                    n == 0 && emend_item_model_is_filtered (self->model) ? "empty" : "list");
  follow (self);
}

static void
order_cb (GSimpleAction *action,
          GVariant *value,
          gpointer data)
{
  g_simple_action_set_state (action, value);
  query (data);
}

static void
filter_cb (GSimpleAction *action,
           GVariant *value,
           gpointer data)
{
  EmendQueue *self = data;

  gtk_editable_set_text (GTK_EDITABLE (self->search), g_variant_get_string (value, NULL));
  gtk_widget_grab_focus (GTK_WIDGET (self->search));
  query (self);
}

static void
stop_search_cb (EmendQueue *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  g_signal_emit (self, activated_signal, 0);
}

static void
emend_queue_class_init (EmendQueueClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = emend_queue_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/emend/Emend/ui/emend-queue.ui");
  gtk_widget_class_bind_template_child (widget_class, EmendQueue, search);
  gtk_widget_class_bind_template_child (widget_class, EmendQueue, order);
  gtk_widget_class_bind_template_child (widget_class, EmendQueue, problem);
  gtk_widget_class_bind_template_child (widget_class, EmendQueue, list);
  gtk_widget_class_bind_template_child (widget_class, EmendQueue, stack);
  gtk_widget_class_bind_template_callback (widget_class, query);
  gtk_widget_class_bind_template_callback (widget_class, stop_search_cb);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
  activated_signal = g_signal_new ("activated", EMEND_TYPE_QUEUE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                   0);
}

static void
emend_queue_init (EmendQueue *self)
{
  static const GActionEntry entries[] = {
    { "order", NULL, "s", "'position'", order_cb },
    { "filter", filter_cb, "s" },
  };
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  self->actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), entries, G_N_ELEMENTS (entries), self);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "queue", G_ACTION_GROUP (self->actions));
  g_signal_connect_object (factory, "setup", G_CALLBACK (setup_cb), self, 0);
  g_signal_connect_object (factory, "bind", G_CALLBACK (bind_cb), self, 0);
  g_signal_connect_object (factory, "unbind", G_CALLBACK (unbind_cb), self, 0);
  gtk_list_view_set_factory (self->list, factory);
}

/**
 * emend_queue_new:
 *
 * Returns: (transfer floating): an empty queue
 */
GtkWidget *
emend_queue_new (void)
{
  return g_object_new (EMEND_TYPE_QUEUE, NULL);
}

static void
outcome_cb (EmendQueue *self,
            const EmendOutcome *outcome)
{
  for (guint i = 0; i < outcome->items->len; i++)
    emend_item_model_update (self->model, g_ptr_array_index (outcome->items, i));
}

static void
started_cb (EmendQueue *self)
{
  const char *order = emend_review_get_setting (self->review, "order");
  const char *filter = emend_review_get_setting (self->review, "filter");
  const EmendProjectInfo *info = emend_review_get_info (self->review);

  emend_item_model_set_n_items (self->model, info->n_items);
  gtk_stack_set_visible_child_name (self->stack, "list");
  if (order != NULL && g_strv_contains ((const char *const[]){ "position", "name", "doubt", "undecided", NULL }, order))
    g_action_group_change_action_state (G_ACTION_GROUP (self->actions), "order", g_variant_new_string (order));
  if (filter != NULL && *filter != '\0')
    gtk_editable_set_text (GTK_EDITABLE (self->search), filter);
  query (self);
}

/**
 * emend_queue_set_review:
 * @self: a queue
 * @review: the work whose items it shows
 * @thumbnailer: for the small pictures
 */
void
emend_queue_set_review (EmendQueue *self,
                        EmendReview *review,
                        EmendThumbnailer *thumbnailer)
{
  g_return_if_fail (self->review == NULL);
  self->review = g_object_ref (review);
  self->thumbnailer = g_object_ref (thumbnailer);
  self->model = emend_item_model_new (emend_review_get_store (review));
  self->selection = gtk_single_selection_new (g_object_ref (G_LIST_MODEL (self->model)));
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  gtk_single_selection_set_can_unselect (self->selection, TRUE);
  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (self->selection));
  g_signal_connect_object (self->selection, "notify::selected", G_CALLBACK (selected_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->model, "queried", G_CALLBACK (queried_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (review, "started", G_CALLBACK (started_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (review, "opened", G_CALLBACK (follow), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (review, "outcome", G_CALLBACK (outcome_cb), self, G_CONNECT_SWAPPED);
}

static gint64
get_current (EmendQueue *self)
{
  const EmendItem *item = self->review == NULL ? NULL : emend_review_get_item (self->review);

  return item == NULL ? -1 : emend_item_model_find (self->model, item);
}

/**
 * emend_queue_step:
 * @self: a queue
 * @direction: 1 to the next item of the list, -1 to the one before
 *
 * Returns: whether there is one
 */
gboolean
emend_queue_step (EmendQueue *self,
                  int direction)
{
  gint64 index = get_current (self) + direction;

  if (self->model == NULL || index < 0 || index >= g_list_model_get_n_items (G_LIST_MODEL (self->model)))
    return FALSE;
  open_at (self, (guint) index);
  return TRUE;
}

/**
 * emend_queue_focus_search:
 * @self: a queue
 */
void
emend_queue_focus_search (EmendQueue *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->search));
}

/**
 * emend_queue_get_neighbours:
 * @self: a queue
 * @n_steps: how many at most
 * @paths: (element-type utf8): gets the paths of their files, relative to the project's folder
 *
 * Returns: (transfer full) (element-type gint64): the items next to the open one, as far as they are
 *   known: the one after it first
 */
GArray *
emend_queue_get_neighbours (EmendQueue *self,
                            guint n_steps,
                            GPtrArray *paths)
{
  static const int steps[] = { 1, -1, 2, 3, -2, 4, 5, 6 };
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  gint64 current = get_current (self);

  for (gsize i = 0; current >= 0 && i < MIN (n_steps, G_N_ELEMENTS (steps)); i++) {
    gint64 index = current + steps[i];
    g_autoptr (EmendItemEntry) entry = index < 0 ? NULL :
                                                   g_list_model_get_item (G_LIST_MODEL (self->model), (guint) index);
    const EmendItem *item = entry == NULL ? NULL : emend_item_entry_get_item (entry);

    if (item == NULL || item->media_state != EMEND_MEDIA_OK)
      continue;
    g_array_append_val (ids, item->id);
    g_ptr_array_add (paths, g_strdup (item->path));
  }
  return ids;
}
