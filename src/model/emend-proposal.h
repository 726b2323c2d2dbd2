#pragma once

#include "emend-shape.h"
#include "emend-value.h"

G_BEGIN_DECLS

/**
 * EmendProposal:
 * @id: run and ordinal; the same in every copy of the project
 * @item: the item's number in this project file
 * @page: from 0
 * @label: number of the label, or of the field
 * @shape: where it is
 * @score: confidence 0..1, or NaN when the source gave none
 * @score_text: (nullable): the number as the source gave it, when that is not what @score prints
 * @attributes: (nullable): further facts from the source, one JSON object
 * @value: (nullable): of a field; %NULL for a thing with a label
 *
 * What a model said, or the truth of a reference run. Written once and never changed.
 */
struct _EmendProposal {
  EmendProposalId id;
  gint64 item;
  int page;
  int label;
  EmendShape shape;
  double score;
  char *score_text;
  char *attributes;
  EmendValue *value;
};

EmendProposal *emend_proposal_new (void);
EmendProposal *emend_proposal_copy (const EmendProposal *proposal);
void emend_proposal_free (EmendProposal *proposal);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EmendProposal, emend_proposal_free)

/**
 * EmendRunRole:
 * @EMEND_RUN_PROPOSALS: what a model said, to be reviewed
 * @EMEND_RUN_REFERENCE: truth to compare with, never shown as a proposal
 * @EMEND_RUN_ANNOTATIONS: work that a person had done elsewhere, taken over as annotations
 *
 * The numbers are stored in project files.
 */
typedef enum {
  EMEND_RUN_PROPOSALS = 0,
  EMEND_RUN_REFERENCE = 1,
  EMEND_RUN_ANNOTATIONS = 2,
} EmendRunRole;

/**
 * EmendRun:
 * @id: number in this project file, from 1
 * @uuid: the same in every copy of the project
 * @role: what its records are
 * @name: shown to people
 * @model: (nullable): name of the model, as far as known
 * @version: (nullable): version of the model
 * @source: (nullable): name of the file it came from
 * @source_sha256: (nullable): hexadecimal hash of that file
 * @params: (nullable): one JSON object: format, options, mapping
 * @created_ms: Unix time in milliseconds
 * @count: how many records
 *
 * One batch of proposals.
 */
struct _EmendRun {
  int id;
  EmendUuid uuid;
  EmendRunRole role;
  char *name;
  char *model;
  char *version;
  char *source;
  char *source_sha256;
  char *params;
  gint64 created_ms;
  gint64 count;
};

EmendRun *emend_run_new (void);
void emend_run_free (EmendRun *run);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EmendRun, emend_run_free)
const char *emend_run_role_to_name (EmendRunRole role);

G_END_DECLS
