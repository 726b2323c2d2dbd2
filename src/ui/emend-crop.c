#define G_LOG_DOMAIN "emend-ui"

#include "config.h"

#include "emend-crop.h"

#include <math.h>

#include "emend-compose.h"
#include "emend-pixels.h"

/* How much of the page is shown above and below the place, as a part of its height: enough to see what it belongs to.
 */
#define MARGIN 0.35
/* Logical pixels a page pixel: smaller text is not enlarged into squares that are harder to read. */
#define MAX_SCALE 2.0
/* A place of several lines is shown from its first line. */
#define MAX_LINES_HEIGHT 160.0

struct _EmendCrop {
  GtkWidget parent_instance;
  EmendPicture *picture; /* (nullable) */
  EmendRect rect;
  EmendPixels *pixels; /* (nullable) */
  int pixels_width;
  gboolean dirty;
};

G_DEFINE_FINAL_TYPE (EmendCrop, emend_crop, GTK_TYPE_WIDGET)

static void
emend_crop_dispose (GObject *object)
{
  EmendCrop *self = EMEND_CROP (object);

  g_clear_object (&self->picture);
  g_clear_pointer (&self->pixels, emend_pixels_free);
  G_OBJECT_CLASS (emend_crop_parent_class)->dispose (object);
}

static void
emend_crop_measure (GtkWidget *widget,
                    GtkOrientation orientation,
                    int for_size,
                    int *minimum,
                    int *natural,
                    int *minimum_baseline,
                    int *natural_baseline)
{
  *minimum = *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? 60 : EMEND_CROP_HEIGHT;
}

/* The view of the page that the strip is: the place in the middle of its height, from its left edge on. */
static EmendViewport
get_viewport (EmendCrop *self)
{
  EmendViewport viewport;
  double width = gtk_widget_get_width (GTK_WIDGET (self));
  double lines = MIN (self->rect.height, MAX_LINES_HEIGHT);
  double scale = MIN (EMEND_CROP_HEIGHT / (lines * (1 + 2 * MARGIN)), MAX_SCALE);

  emend_viewport_init (&viewport);
  viewport.page_width = emend_picture_get_width (self->picture);
  viewport.page_height = emend_picture_get_height (self->picture);
  viewport.view_width = width;
  viewport.view_height = EMEND_CROP_HEIGHT;
  viewport.device_scale = gtk_widget_get_scale_factor (GTK_WIDGET (self));
  /* The whole width of the place counts more than its height. */
  if (self->rect.width * scale > width - 12)
    scale = MAX ((width - 12) / self->rect.width, scale / 3);
  viewport.scale = scale;
  viewport.offset_x = MIN (6 - self->rect.x * scale, 0);
  if (self->rect.width * scale < width - 12)
    viewport.offset_x = MIN (MIN ((width - self->rect.width * scale) / 4, 40) - self->rect.x * scale, 0);
  viewport.offset_y = (EMEND_CROP_HEIGHT - self->rect.height * scale) / 2 - self->rect.y * scale;
  if (self->rect.height * scale > EMEND_CROP_HEIGHT)
    viewport.offset_y = 4 - self->rect.y * scale;
  return viewport;
}

static void
compose (EmendCrop *self)
{
  EmendComposeInput input;
  g_autoptr (EmendPixmap) pixmap = NULL;
  g_autoptr (GArray) tiles = NULL;
  EmendRect visible;
  int width;
  int height;

  g_clear_pointer (&self->pixels, emend_pixels_free);
  self->dirty = FALSE;
  self->pixels_width = gtk_widget_get_width (GTK_WIDGET (self));
  if (self->picture == NULL || self->pixels_width < 1 || emend_picture_get_width (self->picture) < 1)
    return;
  emend_compose_input_init (&input);
  input.viewport = get_viewport (self);
  input.background = 0xffffff;
  input.page_color = 0xffffff;
  visible = emend_viewport_get_visible (&input.viewport);
  tiles = emend_picture_take_tiles (self->picture, &visible, emend_viewport_get_zoom (&input.viewport), NULL);
  input.tiles = tiles;
  emend_compose_get_size (&input.viewport, &width, &height);
  pixmap = emend_pixmap_new (width, height);
  if (pixmap == NULL || !emend_compose (&input, pixmap, NULL))
    return;
  self->pixels = emend_pixels_new (pixmap);
}

static void
emend_crop_snapshot (GtkWidget *widget,
                     GtkSnapshot *snapshot)
{
  EmendCrop *self = EMEND_CROP (widget);
  float width = (float) gtk_widget_get_width (widget);

  if (self->dirty || self->pixels_width != gtk_widget_get_width (widget))
    compose (self);
  if (self->pixels != NULL)
    emend_pixels_snapshot (self->pixels, widget, snapshot, &GRAPHENE_RECT_INIT (0, 0, width, EMEND_CROP_HEIGHT));
}

static void
emend_crop_class_init (EmendCropClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = emend_crop_dispose;
  widget_class->measure = emend_crop_measure;
  widget_class->snapshot = emend_crop_snapshot;
  gtk_widget_class_set_css_name (widget_class, "crop");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
emend_crop_init (EmendCrop *self)
{
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
}

static void
changed_cb (EmendCrop *self)
{
  self->dirty = TRUE;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/**
 * emend_crop_set_place:
 * @self: a crop
 * @picture: (nullable): the page; somebody else asks it for what emend_crop_get_needed() says
 * @rect: place on it, in page pixels; without area the crop is hidden
 */
void
emend_crop_set_place (EmendCrop *self,
                      EmendPicture *picture,
                      const EmendRect *rect)
{
  gboolean has_area = picture != NULL && rect->width > 0 && rect->height > 0;

  gtk_widget_set_visible (GTK_WIDGET (self), has_area);
  if (self->picture == picture && emend_rect_equal (&self->rect, rect))
    return;
  if (self->picture != picture) {
    if (self->picture != NULL)
      g_signal_handlers_disconnect_by_data (self->picture, self);
    g_set_object (&self->picture, picture);
    if (picture != NULL)
      g_signal_connect_object (picture, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  }
  self->rect = *rect;
  changed_cb (self);
}

/**
 * emend_crop_get_needed:
 * @self: a crop
 * @scale: (out): device pixels per page pixel
 *
 * Returns: what part of the page it shows, in page pixels; without area when it shows nothing
 */
EmendRect
emend_crop_get_needed (EmendCrop *self,
                       double *scale)
{
  EmendViewport viewport;

  *scale = 0;
  if (self->picture == NULL || !gtk_widget_get_visible (GTK_WIDGET (self)) ||
      gtk_widget_get_width (GTK_WIDGET (self)) < 1)
    return (EmendRect){ 0 };
  viewport = get_viewport (self);
  *scale = emend_viewport_get_zoom (&viewport);
  return (EmendRect){ MAX (0, -viewport.offset_x / viewport.scale), MAX (0, -viewport.offset_y / viewport.scale),
                      viewport.view_width / viewport.scale, viewport.view_height / viewport.scale };
}
