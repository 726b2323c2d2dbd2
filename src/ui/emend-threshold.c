#define G_LOG_DOMAIN "emend-ui"

#include "config.h"

#include "emend-threshold.h"

#include <math.h>

#include <glib/gi18n-lib.h>

#include "emend-text.h"

struct _EmendThreshold {
  GtkPopover parent_instance;
  GtkScale *scale;
  GtkLabel *value;
  GtkLabel *effect;
  EmendReview *review;
  gboolean following;
};

G_DEFINE_FINAL_TYPE (EmendThreshold, emend_threshold, GTK_TYPE_POPOVER)

static void
emend_threshold_dispose (GObject *object)
{
  EmendThreshold *self = EMEND_THRESHOLD (object);

  g_clear_object (&self->review);
  gtk_widget_dispose_template (GTK_WIDGET (self), EMEND_TYPE_THRESHOLD);
  G_OBJECT_CLASS (emend_threshold_parent_class)->dispose (object);
}

static void
show_effect (EmendThreshold *self)
{
  double threshold = gtk_range_get_value (GTK_RANGE (self->scale));
  g_autofree char *value = g_strdup_printf (_ ("%d %%"), (int) lround (threshold));
  guint n = self->review == NULL ? 0 : emend_review_count_hidden (self->review);
  g_autofree char *effect = n == 0 ? g_strdup (_ ("Nothing is hidden here.")) :
                                     g_strdup_printf (ngettext ("%u proposal is hidden here. It stays undecided.",
                                                                "%u proposals are hidden here. They stay undecided.",
                                                                n),
                                                      n);

  gtk_label_set_text (self->value, value);
  gtk_label_set_text (self->effect, effect);
}

static void
value_cb (EmendThreshold *self)
{
  EmendOverlayFilter filter;
  char text[EMEND_TEXT_DOUBLE_SIZE];

  if (self->review == NULL || self->following)
    return;
  filter = *emend_review_get_filter (self->review);
  filter.threshold = gtk_range_get_value (GTK_RANGE (self->scale)) / 100;
  emend_review_set_filter (self->review, &filter);
  emend_review_set_setting (self->review, "threshold", emend_text_from_double (text, filter.threshold));
  show_effect (self);
}

static void
counters_cb (EmendThreshold *self)
{
  self->following = TRUE;
  gtk_range_set_value (GTK_RANGE (self->scale), emend_review_get_filter (self->review)->threshold * 100);
  self->following = FALSE;
  show_effect (self);
}

static void
emend_threshold_class_init (EmendThresholdClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = emend_threshold_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/emend/Emend/ui/emend-threshold.ui");
  gtk_widget_class_bind_template_child (widget_class, EmendThreshold, scale);
  gtk_widget_class_bind_template_child (widget_class, EmendThreshold, value);
  gtk_widget_class_bind_template_child (widget_class, EmendThreshold, effect);
  gtk_widget_class_bind_template_callback (widget_class, value_cb);
}

static void
emend_threshold_init (EmendThreshold *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  show_effect (self);
}

/**
 * emend_threshold_new:
 *
 * Returns: (transfer floating): a slider at zero
 */
GtkWidget *
emend_threshold_new (void)
{
  return g_object_new (EMEND_TYPE_THRESHOLD, NULL);
}

/**
 * emend_threshold_set_review:
 * @self: a slider
 * @review: the work whose marks it hides
 */
void
emend_threshold_set_review (EmendThreshold *self,
                            EmendReview *review)
{
  if (self->review != NULL)
    g_signal_handlers_disconnect_by_data (self->review, self);
  g_set_object (&self->review, review);
  if (review == NULL)
    return;
  g_signal_connect_object (review, "counters", G_CALLBACK (counters_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (review, "opened", G_CALLBACK (counters_cb), self, G_CONNECT_SWAPPED);
  counters_cb (self);
}
