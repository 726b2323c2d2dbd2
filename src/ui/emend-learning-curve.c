#define G_LOG_DOMAIN "emend-ui"

#include "config.h"

#include "emend-learning-curve.h"

#include <math.h>

#include <glib/gi18n-lib.h>

#include "emend-report-text.h"

#define WIDTH 300
#define HEIGHT 92

/* Room for the numbers, in logical pixels. */
#define ROOM_LEFT 44
#define ROOM_RIGHT 14
#define ROOM_TOP 8
#define ROOM_BOTTOM 18

#define DOT_RADIUS 3

struct _EmendLearningCurve {
  GtkWidget parent_instance;

  double points[EMEND_FIELDS_MODEL_CURVE]; /* 0 to 1, or NaN */
};

G_DEFINE_FINAL_TYPE (EmendLearningCurve, emend_learning_curve, GTK_TYPE_WIDGET)

/* The chart in words. */
static char *
describe (const EmendLearningCurve *self)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < EMEND_FIELDS_MODEL_CURVE; i++) {
    g_autofree char *share = emend_report_format_share (self->points[i]);
    int n = emend_fields_model_curve[i];

    if (isnan (self->points[i]))
      continue;
    if (text->len > 0)
      g_string_append_c (text, '\n');
    /* TRANSLATORS: a number of documents that were learned from, then how many in percent were proposed right. */
    g_string_append_printf (text, ngettext ("After %d document: %s right", "After %d documents: %s right", (gulong) n),
                            n, share);
  }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/**
 * emend_learning_curve_set_points:
 * @self: the chart
 * @points: share of right proposals after emend_fields_model_curve[i] documents, 0 to 1; NaN where there is none
 */
void
emend_learning_curve_set_points (EmendLearningCurve *self,
                                 const double points[EMEND_FIELDS_MODEL_CURVE])
{
  g_autofree char *text = NULL;

  g_return_if_fail (EMEND_IS_LEARNING_CURVE (self));

  for (guint i = 0; i < EMEND_FIELDS_MODEL_CURVE; i++)
    self->points[i] = isnan (points[i]) ? NAN : CLAMP (points[i], 0, 1);
  text = describe (self);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), *text != '\0' ? text : NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text, -1);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* Where the numbers of documents stand: as far from one another as they are factors apart. */
static double
get_x (int n_documents,
       double width)
{
  double first = log (emend_fields_model_curve[0]);
  double last = log (emend_fields_model_curve[EMEND_FIELDS_MODEL_CURVE - 1]);

  return ROOM_LEFT + (width - ROOM_LEFT - ROOM_RIGHT) * (log (n_documents) - first) / (last - first);
}

static double
get_y (double share,
       double height)
{
  return ROOM_TOP + (height - ROOM_TOP - ROOM_BOTTOM) * (1 - share);
}

/* A number of an axis; @align is which part of it stands at @x: 0 its left end, 0.5 its middle, 1 its right end. */
static void
draw_number (GtkWidget *widget,
             GtkSnapshot *snapshot,
             const char *text,
             double x,
             double align,
             double top,
             const GdkRGBA *color)
{
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (widget, text);
  int width;

  pango_layout_get_pixel_size (layout, &width, NULL);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float) round (x - width * align), (float) round (top)));
  gtk_snapshot_append_layout (snapshot, layout, color);
  gtk_snapshot_restore (snapshot);
}

static void
draw_axes (EmendLearningCurve *self,
           GtkSnapshot *snapshot,
           const GdkRGBA *color)
{
  GtkWidget *widget = GTK_WIDGET (self);
  double width = gtk_widget_get_width (widget);
  double height = gtk_widget_get_height (widget);
  GdkRGBA line = *color;
  GdkRGBA number = *color;

  line.alpha *= 0.15f;
  number.alpha *= 0.65f;
  for (int i = 0; i <= 2; i++) {
    double y = get_y (i / 2.0, height);
    g_autofree char *text = emend_report_format_share (i / 2.0);

    gtk_snapshot_append_color (snapshot, &line,
                               &GRAPHENE_RECT_INIT (ROOM_LEFT - 4, (float) round (y),
                                                    (float) (width - ROOM_LEFT - ROOM_RIGHT + 8), 1));
    draw_number (widget, snapshot, text, ROOM_LEFT - 8, 1, y - 8, &number);
  }
  for (guint i = 0; i < EMEND_FIELDS_MODEL_CURVE; i++) {
    g_autofree char *text = g_strdup_printf ("%d", emend_fields_model_curve[i]);

    draw_number (widget, snapshot, text, get_x (emend_fields_model_curve[i], width), 0.5, height - ROOM_BOTTOM + 2,
                 &number);
  }
}

static void
draw_curve (EmendLearningCurve *self,
            cairo_t *cr)
{
  double width = gtk_widget_get_width (GTK_WIDGET (self));
  double height = gtk_widget_get_height (GTK_WIDGET (self));

  for (guint i = 0; i < EMEND_FIELDS_MODEL_CURVE; i++) {
    if (!isnan (self->points[i]))
      cairo_line_to (cr, get_x (emend_fields_model_curve[i], width), get_y (self->points[i], height));
  }
  cairo_set_line_width (cr, 2);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  cairo_stroke (cr);
  for (guint i = 0; i < EMEND_FIELDS_MODEL_CURVE; i++) {
    if (isnan (self->points[i]))
      continue;
    cairo_arc (cr, get_x (emend_fields_model_curve[i], width), get_y (self->points[i], height), DOT_RADIUS, 0,
               2 * G_PI);
    cairo_fill (cr);
  }
}

static void
emend_learning_curve_snapshot (GtkWidget *widget,
                               GtkSnapshot *snapshot)
{
  EmendLearningCurve *self = EMEND_LEARNING_CURVE (widget);
  GtkStyleContext *context = gtk_widget_get_style_context (widget);
  GdkRGBA text, curve;
  cairo_t *cr;

  gtk_style_context_get_color (context, &text);
  if (!gtk_style_context_lookup_color (context, "accent_color", &curve))
    curve = text;
  draw_axes (self, snapshot, &text);
  cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, (float) gtk_widget_get_width (widget),
                                                                 (float) gtk_widget_get_height (widget)));
  gdk_cairo_set_source_rgba (cr, &curve);
  draw_curve (self, cr);
  cairo_destroy (cr);
}

static void
emend_learning_curve_class_init (EmendLearningCurveClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->snapshot = emend_learning_curve_snapshot;
  gtk_widget_class_set_css_name (widget_class, "learningcurve");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
emend_learning_curve_init (EmendLearningCurve *self)
{
  gtk_widget_set_size_request (GTK_WIDGET (self), WIDTH, HEIGHT);
  for (guint i = 0; i < EMEND_FIELDS_MODEL_CURVE; i++)
    self->points[i] = NAN;
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Learning curve"), -1);
}
