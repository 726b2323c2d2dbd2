#pragma once

#include "emend-proposal.h"

G_BEGIN_DECLS

/**
 * EmendAnnotation:
 * @uuid: the same in every copy of the project
 * @item: the item's number in this project file
 * @proposal: the proposal that was judged, or 0 for something added
 * @verdict: what was said of it; never %EMEND_VERDICT_NONE
 * @page: from 0
 * @label: number of the final label, or of the field
 * @shape: final place
 * @attributes: (nullable): final attributes, one JSON object
 * @comment: (nullable): the reviewer's words
 * @value: (nullable): of a field; %NULL for a thing with a label
 * @ms: time spent on it in milliseconds
 * @decided_ms: Unix time of the last decision in milliseconds
 *
 * What a person decided. A rejected one keeps the proposal's label and shape.
 */
struct _EmendAnnotation {
  EmendUuid uuid;
  gint64 item;
  EmendProposalId proposal;
  EmendVerdict verdict;
  int page;
  int label;
  EmendShape shape;
  char *attributes;
  char *comment;
  EmendValue *value;
  gint64 ms;
  gint64 decided_ms;
};

EmendAnnotation *emend_annotation_new (void);
EmendAnnotation *emend_annotation_copy (const EmendAnnotation *annotation);
void emend_annotation_free (EmendAnnotation *annotation);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EmendAnnotation, emend_annotation_free)
gboolean emend_annotation_differs (const EmendAnnotation *annotation,
                                   const EmendProposal *proposal);
void emend_annotation_to_json (const EmendAnnotation *annotation,
                               const EmendUuid *run,
                               EmendJsonWriter *writer);
EmendAnnotation *emend_annotation_from_json (const json_t *json,
                                             EmendUuid *run,
                                             GError **error);

/**
 * EmendMark:
 * @proposal: (nullable): what the model said
 * @annotation: (nullable): what the reviewer decided
 *
 * One thing on a page that can be looked at: a proposal that nobody decided, a decided proposal, or
 * something added. At least one of the two is there.
 */
struct _EmendMark {
  EmendProposal *proposal;
  EmendAnnotation *annotation;
};

EmendMark *emend_mark_new (EmendProposal *proposal,
                           EmendAnnotation *annotation);
EmendMark *emend_mark_copy (const EmendMark *mark);
void emend_mark_free (EmendMark *mark);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EmendMark, emend_mark_free)
EmendVerdict emend_mark_get_verdict (const EmendMark *mark);
const EmendShape *emend_mark_get_shape (const EmendMark *mark);
int emend_mark_get_label (const EmendMark *mark);
const EmendValue *emend_mark_get_value (const EmendMark *mark);
int emend_mark_get_page (const EmendMark *mark);
double emend_mark_get_score (const EmendMark *mark);

G_END_DECLS
