#pragma once

#include <gtk/gtk.h>

#include "emend-fields-model.h"

G_BEGIN_DECLS

/**
 * EmendLearningRow:
 *
 * How well one field is learned.
 */
#define EMEND_TYPE_LEARNING_ROW (emend_learning_row_get_type ())
G_DECLARE_FINAL_TYPE (EmendLearningRow, emend_learning_row, EMEND, LEARNING_ROW, GtkListBoxRow)

GtkWidget *emend_learning_row_new (const char *name,
                                   const EmendFieldStatistics *statistics);

G_END_DECLS
