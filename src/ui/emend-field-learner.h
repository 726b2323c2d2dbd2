#pragma once

#include "emend-fields-model.h"
#include "emend-review.h"

G_BEGIN_DECLS

/**
 * EmendFieldLearner:
 *
 * Learns anew whenever a document was finished, in the background, and proposes for the documents that come next.
 * Several documents that are finished soon after one another are learned from together. Knows no widget. Main thread.
 *
 * Signals:
 *   learned ()                  a new model is there, and kept in the project
 *   busy-changed ()             it began to learn, or ended
 */
#define EMEND_TYPE_FIELD_LEARNER (emend_field_learner_get_type ())
G_DECLARE_FINAL_TYPE (EmendFieldLearner, emend_field_learner, EMEND, FIELD_LEARNER, GObject)

EmendFieldLearner *emend_field_learner_new (EmendReview *review);
void emend_field_learner_kick (EmendFieldLearner *self);
gboolean emend_field_learner_is_busy (EmendFieldLearner *self);
EmendFieldsModel *emend_field_learner_get_model (EmendFieldLearner *self);

G_END_DECLS
