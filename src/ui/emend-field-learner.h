#pragma once

#include "emend-fields-model.h"
#include "emend-review.h"

G_BEGIN_DECLS

/* What it is at. */
typedef enum {
  EMEND_LEARNER_IDLE = 0,
  EMEND_LEARNER_READING,   /* takes up the documents that are done, or is about to */
  EMEND_LEARNER_LEARNING,  /* from them */
  EMEND_LEARNER_PROPOSING, /* for the documents that come next */
} EmendLearnerPhase;

/* How the last round ended. */
typedef enum {
  EMEND_LEARNER_NOT_ENDED = 0, /* there was none, or it is under way */
  EMEND_LEARNER_LEARNED,
  EMEND_LEARNER_NOTHING, /* there is nothing to learn from */
  EMEND_LEARNER_CANCELLED,
  EMEND_LEARNER_FAILED,
} EmendLearnerEnd;

/**
 * EmendFieldLearner:
 *
 * Learns anew whenever a document was finished, in the background, and proposes for the documents that come next.
 * Several documents that are finished soon after one another are learned from together. Knows no widget. Main thread.
 *
 * Signals:
 *   learned ()                  a new model is there, and kept in the project
 *   phase-changed ()            it began to learn, came to the next phase, or ended
 */
#define EMEND_TYPE_FIELD_LEARNER (emend_field_learner_get_type ())
G_DECLARE_FINAL_TYPE (EmendFieldLearner, emend_field_learner, EMEND, FIELD_LEARNER, GObject)

EmendFieldLearner *emend_field_learner_new (EmendReview *review);
void emend_field_learner_kick (EmendFieldLearner *self);
void emend_field_learner_learn (EmendFieldLearner *self);
void emend_field_learner_cancel (EmendFieldLearner *self);
EmendLearnerPhase emend_field_learner_get_phase (EmendFieldLearner *self);
EmendLearnerEnd emend_field_learner_get_end (EmendFieldLearner *self,
                                             gint64 *n_proposed,
                                             const GError **error);
EmendFieldsModel *emend_field_learner_get_model (EmendFieldLearner *self);

G_END_DECLS
