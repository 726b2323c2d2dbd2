#define G_LOG_DOMAIN "emend-ui"

#include "config.h"

#include "emend-inspector.h"

#include <glib/gi18n-lib.h>

#include "emend-mark-details.h"
#include "emend-mark-model.h"
#include "emend-mark-row.h"

struct _EmendInspector {
  GtkBox parent_instance;

  GtkListView *list;
  GtkLabel *hidden;
  EmendMarkDetails *details;

  EmendReview *review;
  EmendMarkModel *model;
  GtkSingleSelection *selection;
  gboolean following; /* the selection is moved by the program */
};

G_DEFINE_FINAL_TYPE (EmendInspector, emend_inspector, GTK_TYPE_BOX)

static void
emend_inspector_dispose (GObject *object)
{
  EmendInspector *self = EMEND_INSPECTOR (object);

  if (self->list != NULL)
    gtk_list_view_set_model (self->list, NULL);
  g_clear_object (&self->selection);
  g_clear_object (&self->model);
  g_clear_object (&self->review);
  gtk_widget_dispose_template (GTK_WIDGET (self), EMEND_TYPE_INSPECTOR);
  G_OBJECT_CLASS (emend_inspector_parent_class)->dispose (object);
}

static void
setup_cb (GtkSignalListItemFactory *factory,
          GtkListItem *list_item)
{
  gtk_list_item_set_child (list_item, emend_mark_row_new ());
}

static void
fill_row (EmendInspector *self,
          GtkListItem *list_item)
{
  EmendMarkEntry *entry = gtk_list_item_get_item (list_item);
  EmendMarkRow *row = EMEND_MARK_ROW (gtk_list_item_get_child (list_item));
  EmendMarkSection section = emend_mark_entry_get_section (entry);
  int index = emend_mark_entry_get_mark (entry);
  const EmendMark *mark = index < 0 ? NULL : emend_review_get_mark (self->review, (guint) index);

  gtk_list_item_set_selectable (list_item, index >= 0);
  gtk_list_item_set_activatable (list_item, index >= 0);
  if (index < 0)
    emend_mark_row_set_head (row, section == EMEND_MARK_SECTION_LOOK ? _ ("To look at") : _ ("Decided"),
                             emend_mark_model_get_count (self->model, section));
  else if (mark != NULL) {
    g_autofree char *text = emend_mark_row_set_mark (row, mark, index, emend_review_get_schema (self->review));

    gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  }
}

static void
entry_changed_cb (EmendMarkEntry *entry,
                  GtkListItem *list_item)
{
  GtkWidget *row = gtk_list_item_get_child (list_item);

  fill_row (EMEND_INSPECTOR (gtk_widget_get_ancestor (row, EMEND_TYPE_INSPECTOR)), list_item);
}

static void
bind_cb (GtkSignalListItemFactory *factory,
         GtkListItem *list_item,
         EmendInspector *self)
{
  fill_row (self, list_item);
  g_signal_connect (gtk_list_item_get_item (list_item), "changed", G_CALLBACK (entry_changed_cb), list_item);
}

static void
unbind_cb (GtkSignalListItemFactory *factory,
           GtkListItem *list_item)
{
  g_signal_handlers_disconnect_by_data (gtk_list_item_get_item (list_item), list_item);
}

static void
selected_cb (EmendInspector *self)
{
  EmendMarkEntry *entry = gtk_single_selection_get_selected_item (self->selection);

  if (!self->following && entry != NULL && emend_mark_entry_get_mark (entry) >= 0)
    emend_review_select (self->review, emend_mark_entry_get_mark (entry), TRUE);
}

static guint
mark_selected_row (EmendInspector *self)
{
  int mark = emend_review_get_selected (self->review);
  guint row = mark < 0 ? GTK_INVALID_LIST_POSITION : emend_mark_model_find (self->model, mark);

  self->following = TRUE;
  gtk_single_selection_set_selected (self->selection, row);
  self->following = FALSE;
  return row;
}

static void
follow (EmendInspector *self)
{
  guint row = mark_selected_row (self);

  if (row != GTK_INVALID_LIST_POSITION)
    gtk_widget_activate_action (GTK_WIDGET (self->list), "list.scroll-to-item", "u", row);
}

static void
show_hidden (EmendInspector *self)
{
  guint n = emend_review_count_hidden (self->review);
  g_autofree char *text = g_strdup_printf (ngettext ("%u hidden by the threshold", "%u hidden by the threshold", n), n);

  gtk_label_set_text (self->hidden, text);
  gtk_widget_set_visible (GTK_WIDGET (self->hidden), n > 0);
}

static void
changed_cb (EmendInspector *self)
{
  follow (self);
  show_hidden (self);
}

/* The threshold may have moved all rows. */
static void
counters_cb (EmendInspector *self)
{
  mark_selected_row (self);
  show_hidden (self);
}

/* Another item: its list begins at the top, or where its selected mark is. */
static void
opened_cb (EmendInspector *self)
{
  if (g_list_model_get_n_items (G_LIST_MODEL (self->model)) > 0)
    gtk_widget_activate_action (GTK_WIDGET (self->list), "list.scroll-to-item", "u", 0);
  changed_cb (self);
}

static void
emend_inspector_class_init (EmendInspectorClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = emend_inspector_dispose;
  g_type_ensure (EMEND_TYPE_MARK_DETAILS);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/emend/Emend/ui/emend-inspector.ui");
  gtk_widget_class_bind_template_child (widget_class, EmendInspector, list);
  gtk_widget_class_bind_template_child (widget_class, EmendInspector, hidden);
  gtk_widget_class_bind_template_child (widget_class, EmendInspector, details);
}

static void
emend_inspector_init (EmendInspector *self)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (factory, "setup", G_CALLBACK (setup_cb), self, 0);
  g_signal_connect_object (factory, "bind", G_CALLBACK (bind_cb), self, 0);
  g_signal_connect_object (factory, "unbind", G_CALLBACK (unbind_cb), self, 0);
  gtk_list_view_set_factory (self->list, factory);
}

/**
 * emend_inspector_new:
 *
 * Returns: (transfer floating): an empty inspector
 */
GtkWidget *
emend_inspector_new (void)
{
  return g_object_new (EMEND_TYPE_INSPECTOR, NULL);
}

/**
 * emend_inspector_set_review:
 * @self: an inspector
 * @review: the work whose marks it lists
 */
void
emend_inspector_set_review (EmendInspector *self,
                            EmendReview *review)
{
  g_return_if_fail (self->review == NULL);
  self->review = g_object_ref (review);
  self->model = emend_mark_model_new (review);
  self->selection = gtk_single_selection_new (g_object_ref (G_LIST_MODEL (self->model)));
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  gtk_single_selection_set_can_unselect (self->selection, TRUE);
  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (self->selection));
  emend_mark_details_set_review (self->details, review);
  g_signal_connect_object (self->selection, "notify::selected", G_CALLBACK (selected_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (review, "selected", G_CALLBACK (follow), self, G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  g_signal_connect_object (review, "mark-changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  g_signal_connect_object (review, "opened", G_CALLBACK (opened_cb), self, G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  g_signal_connect_object (review, "counters", G_CALLBACK (counters_cb), self, G_CONNECT_SWAPPED | G_CONNECT_AFTER);
}

/**
 * emend_inspector_get_list:
 * @self: an inspector
 *
 * Returns: (transfer none): the list, to give it the focus and listen to its keys
 */
GtkWidget *
emend_inspector_get_list (EmendInspector *self)
{
  return GTK_WIDGET (self->list);
}
