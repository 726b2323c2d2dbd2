#pragma once

#include <gtk/gtk.h>

#include "emend-fields-model.h"

G_BEGIN_DECLS

/**
 * EmendLearningCurve:
 *
 * A chart of how the share of right proposals grew with the documents that were learned from.
 */
#define EMEND_TYPE_LEARNING_CURVE (emend_learning_curve_get_type ())
G_DECLARE_FINAL_TYPE (EmendLearningCurve, emend_learning_curve, EMEND, LEARNING_CURVE, GtkWidget)

void emend_learning_curve_set_points (EmendLearningCurve *self,
                                      const double points[EMEND_FIELDS_MODEL_CURVE]);

G_END_DECLS
