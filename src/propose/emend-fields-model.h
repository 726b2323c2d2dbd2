#pragma once

#include <gio/gio.h>

#include "emend-learn-document.h"

G_BEGIN_DECLS

/* Below this many confirmed documents a field is still learning: its probabilities are shown, never relied on. */
#define EMEND_FIELDS_MODEL_LEARNING 30

/* The precision at which EmendFieldStatistics.coverage is told. */
#define EMEND_FIELDS_MODEL_PRECISION 0.98

/* Points of the learning curve: after 5, 10, 20, 50, 100 and 200 documents. */
#define EMEND_FIELDS_MODEL_CURVE 6
extern const int emend_fields_model_curve[EMEND_FIELDS_MODEL_CURVE];

/**
 * EmendFieldStatistics:
 * @field: its id
 * @n_present: documents that were learned from, with the value
 * @n_absent: documents that were learned from, without such a value
 * @is_learning: whether these are fewer than %EMEND_FIELDS_MODEL_LEARNING
 * @n_tested: documents with the value that were held out: proposed by a model that never saw them
 * @n_right: how many of these were proposed exactly right
 * @accuracy: @n_right / @n_tested; NaN without any
 * @low: lower end of its 95 % interval (Wilson 1927); 0 without any
 * @high: upper end; 1 without any
 * @n_absent_tested: documents without the value that were held out
 * @n_absent_right: how many of these were proposed as absent
 * @recall: share of the documents with the value whose pages hold it as a candidate: no model that points at
 *   words can be better; NaN without any
 * @coverage: share of the held-out documents that could pass unseen at a precision of %EMEND_FIELDS_MODEL_PRECISION
 * @threshold: the probability from which these pass; 1 when none does
 * @curve: share right among held-out documents after learning from the first emend_fields_model_curve[i]
 *   documents; NaN where there are not as many
 *
 * How well a field is learned.
 */
typedef struct {
  int field;
  int n_present;
  int n_absent;
  gboolean is_learning;
  int n_tested;
  int n_right;
  double accuracy;
  double low;
  double high;
  int n_absent_tested;
  int n_absent_right;
  double recall;
  double coverage;
  double threshold;
  double curve[EMEND_FIELDS_MODEL_CURVE];
} EmendFieldStatistics;

/**
 * EmendFieldProposal:
 * @field: its id
 * @is_absent: the document seems to have no such value; then @value is its best candidate, or %NULL
 * @value: (nullable): text as printed, value, normal, further regions, other candidates best first, and the source:
 *   "learned", "rule" (of the type of the field, while nothing is learned) or "lookup"
 * @page: of the first region, from 0
 * @box: the first region, in page pixels
 * @score: probability that the proposal is right, 0..1; NaN from a rule, which knows none
 *
 * What a model says of one field of one document.
 */
typedef struct {
  int field;
  gboolean is_absent;
  EmendValue *value;
  int page;
  EmendRect box;
  double score;
} EmendFieldProposal;

void emend_field_proposal_free (EmendFieldProposal *proposal);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EmendFieldProposal, emend_field_proposal_free)

/**
 * EmendFieldsModel:
 *
 * What was learned of the fields of a schema. Counted, immutable, any thread.
 */
typedef struct _EmendFieldsModel EmendFieldsModel;

EmendFieldsModel *emend_fields_model_train (const EmendFieldSet *set,
                                            GPtrArray *documents,
                                            GCancellable *cancellable,
                                            GError **error);
EmendFieldsModel *emend_fields_model_ref (EmendFieldsModel *model);
void emend_fields_model_unref (EmendFieldsModel *model);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EmendFieldsModel, emend_fields_model_unref)

GPtrArray *emend_fields_model_propose (EmendFieldsModel *model,
                                       const EmendFieldSet *set,
                                       GPtrArray *pages);
const EmendFieldStatistics *emend_fields_model_get_statistics (EmendFieldsModel *model,
                                                               int field);
guint emend_fields_model_get_n_documents (EmendFieldsModel *model);
gboolean emend_fields_model_has_document (EmendFieldsModel *model,
                                          const EmendUuid *id);
GBytes *emend_fields_model_to_bytes (EmendFieldsModel *model);
EmendFieldsModel *emend_fields_model_from_bytes (GBytes *bytes,
                                                 GError **error);

G_END_DECLS
