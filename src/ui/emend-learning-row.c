#define G_LOG_DOMAIN "emend-ui"

#include "config.h"

#include "emend-learning-row.h"

#include <math.h>

#include <glib/gi18n-lib.h>

#include "emend-learning-curve.h"
#include "emend-report-text.h"

struct _EmendLearningRow {
  GtkListBoxRow parent_instance;

  GtkLabel *name;
  GtkLabel *documents;
  GtkLabel *accuracy;
  GtkLabel *coverage;
  GtkLabel *ceiling;
  EmendLearningCurve *curve;
};

G_DEFINE_FINAL_TYPE (EmendLearningRow, emend_learning_row, GTK_TYPE_LIST_BOX_ROW)

static void
emend_learning_row_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), EMEND_TYPE_LEARNING_ROW);
  G_OBJECT_CLASS (emend_learning_row_parent_class)->dispose (object);
}

static void
emend_learning_row_class_init (EmendLearningRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = emend_learning_row_dispose;
  g_type_ensure (EMEND_TYPE_LEARNING_CURVE);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/emend/Emend/ui/emend-learning-row.ui");
  gtk_widget_class_bind_template_child (widget_class, EmendLearningRow, name);
  gtk_widget_class_bind_template_child (widget_class, EmendLearningRow, documents);
  gtk_widget_class_bind_template_child (widget_class, EmendLearningRow, accuracy);
  gtk_widget_class_bind_template_child (widget_class, EmendLearningRow, coverage);
  gtk_widget_class_bind_template_child (widget_class, EmendLearningRow, ceiling);
  gtk_widget_class_bind_template_child (widget_class, EmendLearningRow, curve);
}

static void
emend_learning_row_init (EmendLearningRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static char *
format_documents (const EmendFieldStatistics *statistics)
{
  g_autofree char *with = g_strdup_printf (ngettext ("Learned from %d document with it",
                                                     "Learned from %d documents with it",
                                                     (gulong) statistics->n_present),
                                           statistics->n_present);
  g_autofree char *without = g_strdup_printf (ngettext ("%d without it", "%d without it",
                                                        (gulong) statistics->n_absent),
                                              statistics->n_absent);

  if (statistics->n_absent == 0)
    return g_steal_pointer (&with);
  /* TRANSLATORS: "Learned from 20 documents with it", then "3 without it". */
  return g_strdup_printf (_ ("%s, %s"), with, without);
}

static char *
format_accuracy (const EmendFieldStatistics *statistics)
{
  g_autofree char *share = emend_report_format_share (statistics->accuracy);
  g_autofree char *low = emend_report_format_share (statistics->low);
  g_autofree char *high = emend_report_format_share (statistics->high);

  if (statistics->is_learning)
    /* TRANSLATORS: a number of documents, then how many are needed. */
    return g_strdup_printf (ngettext ("Still learning: %d of %d document", "Still learning: %d of %d documents",
                                      EMEND_FIELDS_MODEL_LEARNING),
                            statistics->n_present + statistics->n_absent, EMEND_FIELDS_MODEL_LEARNING);
  /* TRANSLATORS: a share in percent, then the ends of its interval; 95 % is how sure that is. */
  return g_strdup_printf (_ ("%s proposed right (95 %% sure: %s to %s)"), share, low, high);
}

static char *
format_coverage (const EmendFieldStatistics *statistics)
{
  g_autofree char *share = emend_report_format_share (statistics->coverage);
  g_autofree char *precision = emend_report_format_share (EMEND_FIELDS_MODEL_PRECISION);

  /* TRANSLATORS: two shares in percent. */
  return g_strdup_printf (_ ("%s could pass unseen with %s of them right"), share, precision);
}

static char *
format_ceiling (const EmendFieldStatistics *statistics)
{
  g_autofree char *share = emend_report_format_share (statistics->recall);

  /* TRANSLATORS: a share in percent. Documents whose read words hold the value that the reviewer confirmed. */
  return g_strdup_printf (_ ("The value was read in %s of the documents"), share);
}

static gboolean
has_point (const EmendFieldStatistics *statistics)
{
  for (guint i = 0; i < EMEND_FIELDS_MODEL_CURVE; i++) {
    if (!isnan (statistics->curve[i]))
      return TRUE;
  }
  return FALSE;
}

/**
 * emend_learning_row_new:
 * @name: of the field
 * @statistics: of it
 *
 * What a field that is still learning promises is not told: its numbers would be believed.
 *
 * Returns: (transfer floating): a row
 */
GtkWidget *
emend_learning_row_new (const char *name,
                        const EmendFieldStatistics *statistics)
{
  EmendLearningRow *self = g_object_new (EMEND_TYPE_LEARNING_ROW, NULL);
  g_autofree char *documents = format_documents (statistics);
  g_autofree char *accuracy = format_accuracy (statistics);
  g_autofree char *coverage = format_coverage (statistics);
  g_autofree char *ceiling = format_ceiling (statistics);

  gtk_label_set_text (self->name, name);
  gtk_label_set_text (self->documents, documents);
  gtk_label_set_text (self->accuracy, accuracy);
  gtk_label_set_text (self->coverage, coverage);
  gtk_label_set_text (self->ceiling, ceiling);
  gtk_widget_set_visible (GTK_WIDGET (self->coverage), !statistics->is_learning);
  gtk_widget_set_visible (GTK_WIDGET (self->ceiling), !isnan (statistics->recall));
  gtk_widget_set_visible (GTK_WIDGET (self->curve), has_point (statistics));
  emend_learning_curve_set_points (self->curve, statistics->curve);
  return GTK_WIDGET (self);
}
