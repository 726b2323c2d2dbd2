#pragma once

#include <gtk/gtk.h>

#include "emend-schema.h"

G_BEGIN_DECLS

/**
 * EmendLabelChooser:
 *
 * Labels to choose from, found by typing. Signal "chosen" (int): number of a label.
 */
#define EMEND_TYPE_LABEL_CHOOSER (emend_label_chooser_get_type ())
G_DECLARE_FINAL_TYPE (EmendLabelChooser, emend_label_chooser, EMEND, LABEL_CHOOSER, GtkPopover)

GtkWidget *emend_label_chooser_new (void);
void emend_label_chooser_set_schema (EmendLabelChooser *self,
                                     EmendSchema *schema);
void emend_label_chooser_set_current (EmendLabelChooser *self,
                                      int label);

G_END_DECLS
