#define G_LOG_DOMAIN "emend-ui"

#include "config.h"

#include "emend-welcome-page.h"

#include "emend-error-bar.h"
#include "emend-recent-row.h"

/* Device pixels: sharp on a screen of double density. */
#define PICTURE_WIDTH 112
#define PICTURE_HEIGHT 84

struct _EmendWelcomePage {
  GtkBox parent_instance;

  GtkWidget *scroller;
  EmendErrorBar *message;
  GtkWidget *recent_group;
  GtkListBox *recent_list;

  EmendRecentList *list;         /* (nullable) */
  EmendThumbnailer *thumbnailer; /* (nullable) */
};

enum {
  OPEN,
  NEW_FROM,
  UNPACK,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (EmendWelcomePage, emend_welcome_page, GTK_TYPE_BOX)

static void
count_changed_cb (EmendWelcomePage *self)
{
  gtk_widget_set_visible (self->recent_group,
                          self->list != NULL && g_list_model_get_n_items (G_LIST_MODEL (self->list)) > 0);
}

static void
thumbnail_cb (GObject *source,
              GAsyncResult *result,
              gpointer data)
{
  g_autoptr (EmendRecentRow) row = data;
  g_autoptr (EmendPixmap) pixmap = emend_thumbnailer_get_finish (EMEND_THUMBNAILER (source), result, NULL);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GdkTexture) texture = NULL;

  if (pixmap == NULL || emend_recent_row_get_recent (row) == NULL)
    return;
  bytes = emend_pixmap_to_bytes (pixmap);
  texture = gdk_memory_texture_new (pixmap->width, pixmap->height, GDK_MEMORY_B8G8R8A8, bytes, pixmap->stride);
  emend_recent_row_set_picture (row, GDK_PAINTABLE (texture));
}

static GtkWidget *
create_row (gpointer item,
            gpointer data)
{
  EmendWelcomePage *self = data;
  GtkWidget *row = emend_recent_row_new (self->list, item);
  const char *picture = emend_recent_get_picture (item);

  if (self->thumbnailer != NULL && picture != NULL)
    emend_thumbnailer_get_async (self->thumbnailer, picture, PICTURE_WIDTH, PICTURE_HEIGHT, NULL, thumbnail_cb,
                                 g_object_ref (row));
  return row;
}

static void
row_activated_cb (EmendWelcomePage *self,
                  EmendRecentRow *row)
{
  EmendRecent *recent = emend_recent_row_get_recent (row);

  if (!emend_recent_get_missing (recent))
    g_signal_emit (self, signals[OPEN], 0, emend_recent_get_path (recent));
}

static gboolean
drop_cb (EmendWelcomePage *self,
         const GValue *value)
{
  GFile *file = g_value_get_object (value);
  const char *path = file != NULL ? g_file_peek_path (file) : NULL;
  g_autofree char *lower = path != NULL ? g_ascii_strdown (path, -1) : NULL;

  if (lower == NULL)
    return FALSE;
  if (g_str_has_suffix (lower, ".emend"))
    g_signal_emit (self, signals[OPEN], 0, path);
  else if (g_str_has_suffix (lower, ".zip"))
    g_signal_emit (self, signals[UNPACK], 0, path);
  else
    g_signal_emit (self, signals[NEW_FROM], 0, path);
  return TRUE;
}

/**
 * emend_welcome_page_set_recent:
 * @self: the page
 * @list: (nullable): projects that were open lately
 * @thumbnailer: (nullable): makes the small pictures
 */
void
emend_welcome_page_set_recent (EmendWelcomePage *self,
                               EmendRecentList *list,
                               EmendThumbnailer *thumbnailer)
{
  g_return_if_fail (EMEND_IS_WELCOME_PAGE (self));

  gtk_list_box_bind_model (self->recent_list, NULL, NULL, NULL, NULL);
  if (self->list != NULL)
    g_signal_handlers_disconnect_by_data (self->list, self);
  g_set_object (&self->list, list);
  g_set_object (&self->thumbnailer, thumbnailer);
  if (list != NULL) {
    gtk_list_box_bind_model (self->recent_list, G_LIST_MODEL (list), create_row, self, NULL);
    g_signal_connect_object (list, "items-changed", G_CALLBACK (count_changed_cb), self, G_CONNECT_SWAPPED);
  }
  count_changed_cb (self);
}

/**
 * emend_welcome_page_set_message:
 * @self: the page
 * @text: (nullable): why a project could not be opened, in whole sentences
 */
void
emend_welcome_page_set_message (EmendWelcomePage *self,
                                const char *text)
{
  g_return_if_fail (EMEND_IS_WELCOME_PAGE (self));

  emend_error_bar_set_text (self->message, text);
}

static void
emend_welcome_page_dispose (GObject *object)
{
  EmendWelcomePage *self = EMEND_WELCOME_PAGE (object);

  gtk_widget_dispose_template (GTK_WIDGET (object), EMEND_TYPE_WELCOME_PAGE);
  g_clear_object (&self->list);
  g_clear_object (&self->thumbnailer);
  G_OBJECT_CLASS (emend_welcome_page_parent_class)->dispose (object);
}

static guint
new_path_signal (const char *name)
{
  return g_signal_new (name, EMEND_TYPE_WELCOME_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                       G_TYPE_STRING);
}

static void
emend_welcome_page_class_init (EmendWelcomePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = emend_welcome_page_dispose;
  g_type_ensure (EMEND_TYPE_ERROR_BAR);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/emend/Emend/ui/emend-welcome-page.ui");
  gtk_widget_class_bind_template_child (widget_class, EmendWelcomePage, scroller);
  gtk_widget_class_bind_template_child (widget_class, EmendWelcomePage, message);
  gtk_widget_class_bind_template_child (widget_class, EmendWelcomePage, recent_group);
  gtk_widget_class_bind_template_child (widget_class, EmendWelcomePage, recent_list);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);

  /**
   * EmendWelcomePage::open:
   * @path: of a project
   */
  signals[OPEN] = new_path_signal ("open");
  /**
   * EmendWelcomePage::new-from:
   * @path: of a folder
   */
  signals[NEW_FROM] = new_path_signal ("new-from");
  /**
   * EmendWelcomePage::unpack:
   * @path: of an archive
   */
  signals[UNPACK] = new_path_signal ("unpack");
}

static void
emend_welcome_page_init (EmendWelcomePage *self)
{
  GtkDropTarget *target = gtk_drop_target_new (G_TYPE_FILE, GDK_ACTION_COPY);

  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (target, "drop", G_CALLBACK (drop_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
}

/**
 * emend_welcome_page_new:
 *
 * Returns: (transfer floating): the page, without a list
 */
GtkWidget *
emend_welcome_page_new (void)
{
  return g_object_new (EMEND_TYPE_WELCOME_PAGE, NULL);
}
