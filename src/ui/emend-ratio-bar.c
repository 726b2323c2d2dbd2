#define G_LOG_DOMAIN "emend-ui"

#include "config.h"

#include "emend-ratio-bar.h"

#include <math.h>

#define WIDTH 48
#define HEIGHT 4

struct _EmendRatioBar {
  GtkWidget parent_instance;

  double value; /* 0 to 1, or NaN */
};

G_DEFINE_FINAL_TYPE (EmendRatioBar, emend_ratio_bar, GTK_TYPE_WIDGET)

/**
 * emend_ratio_bar_set_value:
 * @self: the bar
 * @value: 0 to 1, or NaN
 */
void
emend_ratio_bar_set_value (EmendRatioBar *self,
                           double value)
{
  g_return_if_fail (EMEND_IS_RATIO_BAR (self));

  if (self->value == value || (isnan (self->value) && isnan (value)))
    return;
  self->value = isnan (value) ? value : CLAMP (value, 0, 1);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/**
 * emend_ratio_bar_get_value:
 * @self: the bar
 *
 * Returns: 0 to 1, or NaN
 */
double
emend_ratio_bar_get_value (EmendRatioBar *self)
{
  g_return_val_if_fail (EMEND_IS_RATIO_BAR (self), NAN);

  return self->value;
}

static void
append_bar (GtkSnapshot *snapshot,
            const GdkRGBA *color,
            const graphene_rect_t *bounds)
{
  GskRoundedRect rounded;

  gsk_rounded_rect_init_from_rect (&rounded, bounds, bounds->size.height / 2);
  gtk_snapshot_push_rounded_clip (snapshot, &rounded);
  gtk_snapshot_append_color (snapshot, color, bounds);
  gtk_snapshot_pop (snapshot);
}

static void
emend_ratio_bar_snapshot (GtkWidget *widget,
                          GtkSnapshot *snapshot)
{
  EmendRatioBar *self = EMEND_RATIO_BAR (widget);
  GtkStyleContext *context = gtk_widget_get_style_context (widget);
  float width = (float) gtk_widget_get_width (widget);
  float top = ((float) gtk_widget_get_height (widget) - HEIGHT) / 2;
  GdkRGBA track, fill;
  float filled;

  if (isnan (self->value) || width <= 0)
    return;
  gtk_style_context_get_color (context, &track);
  if (!gtk_style_context_lookup_color (context, "accent_bg_color", &fill))
    fill = track;
  track.alpha *= 0.15f;
  append_bar (snapshot, &track, &GRAPHENE_RECT_INIT (0, top, width, HEIGHT));
  filled = width * (float) self->value;
  if (filled < 0.5f)
    return;
  if (gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL)
    append_bar (snapshot, &fill, &GRAPHENE_RECT_INIT (width - filled, top, filled, HEIGHT));
  else
    append_bar (snapshot, &fill, &GRAPHENE_RECT_INIT (0, top, filled, HEIGHT));
}

static void
emend_ratio_bar_class_init (EmendRatioBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->snapshot = emend_ratio_bar_snapshot;
  gtk_widget_class_set_css_name (widget_class, "ratiobar");
  /* The number beside it says the same. */
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
emend_ratio_bar_init (EmendRatioBar *self)
{
  gtk_widget_set_size_request (GTK_WIDGET (self), WIDTH, HEIGHT);
  self->value = NAN;
}

/**
 * emend_ratio_bar_new:
 *
 * Returns: (transfer floating): a bar that shows nothing
 */
GtkWidget *
emend_ratio_bar_new (void)
{
  return g_object_new (EMEND_TYPE_RATIO_BAR, NULL);
}
