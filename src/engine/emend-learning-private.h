#pragma once

#include "emend-learning.h"

G_BEGIN_DECLS

/* What of a schema is learned, on its own, so that the project can go on. */
typedef struct {
  EmendSchema *schema;
  GPtrArray *fields; /* (element-type EmendField) (unowned elements) */
  GPtrArray *lists;
  GPtrArray *rules;
  EmendFieldSet set;
} EmendLearningSchema;

EmendLearningSchema *emend_learning_schema_new (EmendSchema *schema);
void emend_learning_schema_free (EmendLearningSchema *schema);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EmendLearningSchema, emend_learning_schema_free)

double emend_learning_get_accuracy (EmendLearning *learning,
                                    int run,
                                    int field,
                                    gint64 *n);

G_END_DECLS
