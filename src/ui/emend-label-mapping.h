#pragma once

#include <gio/gio.h>

#include "emend-import-job.h"

G_BEGIN_DECLS

typedef enum {
  EMEND_LABEL_TARGET_SAME = 0, /* the project's label of the same name, or a new one */
  EMEND_LABEL_TARGET_OTHER,    /* another label of the project */
  EMEND_LABEL_TARGET_NONE,     /* left out */
} EmendLabelTarget;

/**
 * EmendLabelMapping:
 *
 * What becomes of one label name of a file that is imported. Signal "notify::target" when that
 * changes.
 */
#define EMEND_TYPE_LABEL_MAPPING (emend_label_mapping_get_type ())
G_DECLARE_FINAL_TYPE (EmendLabelMapping, emend_label_mapping, EMEND, LABEL_MAPPING, GObject)

const char *emend_label_mapping_get_name (EmendLabelMapping *self);
gint64 emend_label_mapping_get_count (EmendLabelMapping *self);
gboolean emend_label_mapping_get_known (EmendLabelMapping *self);
EmendLabelTarget emend_label_mapping_get_target (EmendLabelMapping *self);
const char *emend_label_mapping_get_other (EmendLabelMapping *self);
void emend_label_mapping_set_target (EmendLabelMapping *self,
                                     EmendLabelTarget target,
                                     const char *other);

void emend_label_mappings_update (GListStore *mappings,
                                  GPtrArray *labels,
                                  EmendSchema *schema);
GHashTable *emend_label_mappings_to_table (GListModel *mappings);

G_END_DECLS
