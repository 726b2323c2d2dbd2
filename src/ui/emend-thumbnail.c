#define G_LOG_DOMAIN "emend-ui"

#include "config.h"

#include "emend-thumbnail.h"

#include "emend-pixels.h"

struct _EmendThumbnail {
  GtkWidget parent_instance;
  EmendPixels *pixels; /* (nullable) */
};

G_DEFINE_FINAL_TYPE (EmendThumbnail, emend_thumbnail, GTK_TYPE_WIDGET)

static void
emend_thumbnail_dispose (GObject *object)
{
  g_clear_pointer (&EMEND_THUMBNAIL (object)->pixels, emend_pixels_free);
  G_OBJECT_CLASS (emend_thumbnail_parent_class)->dispose (object);
}

static void
emend_thumbnail_measure (GtkWidget *widget,
                         GtkOrientation orientation,
                         int for_size,
                         int *minimum,
                         int *natural,
                         int *minimum_baseline,
                         int *natural_baseline)
{
  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? EMEND_THUMBNAIL_WIDTH : EMEND_THUMBNAIL_HEIGHT;
  *natural = *minimum;
}

static void
emend_thumbnail_snapshot (GtkWidget *widget,
                          GtkSnapshot *snapshot)
{
  EmendThumbnail *self = EMEND_THUMBNAIL (widget);
  float width = (float) gtk_widget_get_width (widget);
  float height = (float) gtk_widget_get_height (widget);
  float w;
  float h;
  float scale;

  if (self->pixels == NULL)
    return;
  w = (float) emend_pixels_get_width (self->pixels);
  h = (float) emend_pixels_get_height (self->pixels);
  scale = MAX (width / w, height / h);
  gtk_snapshot_push_clip (snapshot, &GRAPHENE_RECT_INIT (0, 0, width, height));
  emend_pixels_snapshot (self->pixels, widget, snapshot,
                         &GRAPHENE_RECT_INIT ((width - w * scale) / 2, (height - h * scale) / 2, w * scale,
                                              h * scale));
  gtk_snapshot_pop (snapshot);
}

static void
emend_thumbnail_class_init (EmendThumbnailClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = emend_thumbnail_dispose;
  widget_class->measure = emend_thumbnail_measure;
  widget_class->snapshot = emend_thumbnail_snapshot;
  gtk_widget_class_set_css_name (widget_class, "thumbnail");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
emend_thumbnail_init (EmendThumbnail *self)
{
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
}

/**
 * emend_thumbnail_set_pixmap:
 * @self: a thumbnail
 * @pixmap: (nullable): what it shows; its middle when it has other proportions
 */
void
emend_thumbnail_set_pixmap (EmendThumbnail *self,
                            EmendPixmap *pixmap)
{
  g_clear_pointer (&self->pixels, emend_pixels_free);
  if (pixmap != NULL && pixmap->width > 0 && pixmap->height > 0)
    self->pixels = emend_pixels_new (pixmap);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
