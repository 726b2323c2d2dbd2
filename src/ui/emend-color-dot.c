#define G_LOG_DOMAIN "emend-ui"

#include "config.h"

#include "emend-color-dot.h"

#define SIZE 10

struct _EmendColorDot {
  GtkWidget parent_instance;
  guint32 color;
};

G_DEFINE_FINAL_TYPE (EmendColorDot, emend_color_dot, GTK_TYPE_WIDGET)

static void
emend_color_dot_snapshot (GtkWidget *widget,
                          GtkSnapshot *snapshot)
{
  EmendColorDot *self = EMEND_COLOR_DOT (widget);
  GdkRGBA rgba = { (float) (self->color >> 16 & 0xff) / 255, (float) (self->color >> 8 & 0xff) / 255,
                   (float) (self->color & 0xff) / 255, 1 };
  float x = (float) (gtk_widget_get_width (widget) - SIZE) / 2;
  float y = (float) (gtk_widget_get_height (widget) - SIZE) / 2;
  GskRoundedRect circle;

  gsk_rounded_rect_init_from_rect (&circle, &GRAPHENE_RECT_INIT (x, y, SIZE, SIZE), SIZE / 2.0f);
  gtk_snapshot_push_rounded_clip (snapshot, &circle);
  gtk_snapshot_append_color (snapshot, &rgba, &circle.bounds);
  gtk_snapshot_pop (snapshot);
}

static void
emend_color_dot_class_init (EmendColorDotClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->snapshot = emend_color_dot_snapshot;
  gtk_widget_class_set_css_name (widget_class, "colordot");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
emend_color_dot_init (EmendColorDot *self)
{
  gtk_widget_set_size_request (GTK_WIDGET (self), SIZE, SIZE);
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
}

/**
 * emend_color_dot_new:
 *
 * Returns: (transfer floating): a black spot
 */
GtkWidget *
emend_color_dot_new (void)
{
  return g_object_new (EMEND_TYPE_COLOR_DOT, NULL);
}

/**
 * emend_color_dot_set_color:
 * @self: a spot
 * @color: 0xRRGGBB
 */
void
emend_color_dot_set_color (EmendColorDot *self,
                           guint32 color)
{
  self->color = color;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
