#define G_LOG_DOMAIN "emend-ui"

#include "config.h"

#include "emend-queue-row.h"

#include "emend-thumbnail.h"
#include "emend-phrases.h"

struct _EmendQueueRow {
  GtkWidget parent_instance;

  GtkWidget *box;
  EmendThumbnail *thumbnail;
  GtkImage *icon;
  GtkLabel *name;
  GtkLabel *state;

  EmendItemEntry *entry;
  EmendThumbnailer *thumbnailer;
  char *folder;
  char *shown; /* (nullable): path whose small picture is shown or asked for */
  GCancellable *cancellable;
};

G_DEFINE_FINAL_TYPE (EmendQueueRow, emend_queue_row, GTK_TYPE_WIDGET)

static void
emend_queue_row_dispose (GObject *object)
{
  emend_queue_row_unbind (EMEND_QUEUE_ROW (object));
  gtk_widget_dispose_template (GTK_WIDGET (object), EMEND_TYPE_QUEUE_ROW);
  G_OBJECT_CLASS (emend_queue_row_parent_class)->dispose (object);
}

static void
emend_queue_row_class_init (EmendQueueRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = emend_queue_row_dispose;
  g_type_ensure (EMEND_TYPE_THUMBNAIL);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/emend/Emend/ui/emend-queue-row.ui");
  gtk_widget_class_bind_template_child (widget_class, EmendQueueRow, box);
  gtk_widget_class_bind_template_child (widget_class, EmendQueueRow, thumbnail);
  gtk_widget_class_bind_template_child (widget_class, EmendQueueRow, icon);
  gtk_widget_class_bind_template_child (widget_class, EmendQueueRow, name);
  gtk_widget_class_bind_template_child (widget_class, EmendQueueRow, state);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
emend_queue_row_init (EmendQueueRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * emend_queue_row_new:
 *
 * Returns: (transfer floating): an empty row
 */
GtkWidget *
emend_queue_row_new (void)
{
  return g_object_new (EMEND_TYPE_QUEUE_ROW, NULL);
}

static void
thumbnail_cb (GObject *source,
              GAsyncResult *result,
              gpointer data)
{
  g_autoptr (EmendQueueRow) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (EmendPixmap) pixmap = emend_thumbnailer_get_finish (EMEND_THUMBNAILER (source), result, &error);

  /* Cancelled: the row shows something else by now. A picture that cannot be read says so in words. */
  if (pixmap != NULL)
    emend_thumbnail_set_pixmap (self->thumbnail, pixmap);
}

static void
ask_thumbnail (EmendQueueRow *self,
               const EmendItem *item)
{
  int scale = gtk_widget_get_scale_factor (GTK_WIDGET (self));
  g_autofree char *path = g_build_filename (self->folder, item->path, NULL);

  if (g_strcmp0 (path, self->shown) == 0)
    return;
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  emend_thumbnail_set_pixmap (self->thumbnail, NULL);
  g_free (self->shown);
  self->shown = g_steal_pointer (&path);
  if (item->media_state != EMEND_MEDIA_OK)
    return;
  self->cancellable = g_cancellable_new ();
  /* Twice as large, so that filling the frame does not enlarge it. */
  emend_thumbnailer_get_async (self->thumbnailer, self->shown, EMEND_THUMBNAIL_WIDTH * 2 * scale,
                               EMEND_THUMBNAIL_HEIGHT * 2 * scale, self->cancellable, thumbnail_cb,
                               g_object_ref (self));
}

static void
update (EmendQueueRow *self)
{
  const EmendItem *item = emend_item_entry_get_item (self->entry);
  g_autofree char *name = NULL;
  g_autofree char *state = NULL;

  if (item == NULL) {
    gtk_label_set_text (self->name, "");
    gtk_label_set_text (self->state, "");
    gtk_image_clear (self->icon);
    return;
  }
  name = emend_item_get_name (item);
  state = emend_phrase_item_state (item);
  gtk_label_set_text (self->name, name);
  gtk_label_set_text (self->state, state);
  gtk_image_set_from_icon_name (self->icon, emend_phrase_item_icon (item));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), item->path);
  ask_thumbnail (self, item);
}

/**
 * emend_queue_row_bind:
 * @self: a row
 * @entry: what it shows
 * @thumbnailer: for the small picture
 * @folder: of the project
 */
void
emend_queue_row_bind (EmendQueueRow *self,
                      EmendItemEntry *entry,
                      EmendThumbnailer *thumbnailer,
                      const char *folder)
{
  emend_queue_row_unbind (self);
  self->entry = g_object_ref (entry);
  self->thumbnailer = g_object_ref (thumbnailer);
  self->folder = g_strdup (folder);
  g_signal_connect_object (entry, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
}

/**
 * emend_queue_row_unbind:
 * @self: a row
 *
 * It shows nothing any more and waits for nothing.
 */
void
emend_queue_row_unbind (EmendQueueRow *self)
{
  if (self->entry != NULL)
    g_signal_handlers_disconnect_by_data (self->entry, self);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->entry);
  g_clear_object (&self->thumbnailer);
  g_clear_pointer (&self->folder, g_free);
  g_clear_pointer (&self->shown, g_free);
}
