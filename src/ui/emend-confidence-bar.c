#define G_LOG_DOMAIN "emend-ui"

#include "config.h"

#include "emend-confidence-bar.h"

#include <adwaita.h>
#include <math.h>

#define WIDTH 48
#define HEIGHT 4

struct _EmendConfidenceBar {
  GtkWidget parent_instance;
  double score;
};

G_DEFINE_FINAL_TYPE (EmendConfidenceBar, emend_confidence_bar, GTK_TYPE_WIDGET)

static float
mix (float a,
     float b,
     double share)
{
  return (float) (a + (b - a) * share);
}

static void
emend_confidence_bar_snapshot (GtkWidget *widget,
                               GtkSnapshot *snapshot)
{
  EmendConfidenceBar *self = EMEND_CONFIDENCE_BAR (widget);
  GtkStyleContext *style = gtk_widget_get_style_context (widget);
  gboolean rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  float width = (float) gtk_widget_get_width (widget);
  float filled = (float) self->score * width;
  GskRoundedRect shape;
  GdkRGBA base;
  GdkRGBA accent;
  GdkRGBA fill;

  if (isnan (self->score))
    return;
  gtk_style_context_get_color (style, &base);
  if (!gtk_style_context_lookup_color (style, "accent_color", &accent))
    accent = base;
  fill = (GdkRGBA){ mix (base.red, accent.red, self->score), mix (base.green, accent.green, self->score),
                    mix (base.blue, accent.blue, self->score), mix (0.55f, 1, self->score) };
  base.alpha = 0.15f;
  gsk_rounded_rect_init_from_rect (&shape, &GRAPHENE_RECT_INIT (0, 0, width, (float) gtk_widget_get_height (widget)),
                                   HEIGHT / 2.0f);
  gtk_snapshot_push_rounded_clip (snapshot, &shape);
  gtk_snapshot_append_color (snapshot, &base, &shape.bounds);
  gtk_snapshot_append_color (snapshot, &fill,
                             &GRAPHENE_RECT_INIT (rtl ? width - filled : 0, 0, filled, shape.bounds.size.height));
  gtk_snapshot_pop (snapshot);
}

static void
emend_confidence_bar_class_init (EmendConfidenceBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->snapshot = emend_confidence_bar_snapshot;
  gtk_widget_class_set_css_name (widget_class, "confidence");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
emend_confidence_bar_init (EmendConfidenceBar *self)
{
  gtk_widget_set_size_request (GTK_WIDGET (self), WIDTH, HEIGHT);
  self->score = NAN;
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
}

/**
 * emend_confidence_bar_set_score:
 * @self: a bar
 * @score: 0..1, or NaN for none
 */
void
emend_confidence_bar_set_score (EmendConfidenceBar *self,
                                double score)
{
  self->score = isnan (score) ? NAN : CLAMP (score, 0, 1);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
