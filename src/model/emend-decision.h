#pragma once

#include "emend-annotation.h"

G_BEGIN_DECLS

/**
 * EmendDecisionKind:
 * @EMEND_DECISION_ACCEPT: the proposal is right
 * @EMEND_DECISION_REJECT: the proposal is wrong
 * @EMEND_DECISION_CORRECT: it is right with another label, shape, attributes or comment; for a
 *   proposal or for an annotation made before
 * @EMEND_DECISION_ADD: the model missed this one
 * @EMEND_DECISION_CLEAR: takes a decision back: the proposal waits again, an added one is removed
 * @EMEND_DECISION_ABSENT: the document does not have the field
 * @EMEND_DECISION_ILLEGIBLE: the field is there and cannot be read
 * @EMEND_DECISION_DONE: the item is done
 * @EMEND_DECISION_REOPEN: the item is not done after all
 * @EMEND_DECISION_ITEM: says something of the whole item, from the schema's list
 */
typedef enum {
  EMEND_DECISION_ACCEPT = 1,
  EMEND_DECISION_REJECT,
  EMEND_DECISION_CORRECT,
  EMEND_DECISION_ADD,
  EMEND_DECISION_CLEAR,
  EMEND_DECISION_ABSENT,
  EMEND_DECISION_ILLEGIBLE,
  EMEND_DECISION_DONE,
  EMEND_DECISION_REOPEN,
  EMEND_DECISION_ITEM,
} EmendDecisionKind;

/**
 * EmendDecisionSource:
 * @EMEND_DECISION_BY_KEYBOARD: a key
 * @EMEND_DECISION_BY_POINTER: mouse, pen or touch
 * @EMEND_DECISION_BY_BULK: one key for many ("accept the rest")
 * @EMEND_DECISION_BY_REPLAY: a decisions file
 *
 * How a decision was made. The numbers are stored in project files.
 */
typedef enum {
  EMEND_DECISION_BY_KEYBOARD = 0,
  EMEND_DECISION_BY_POINTER = 1,
  EMEND_DECISION_BY_BULK = 2,
  EMEND_DECISION_BY_REPLAY = 3,
} EmendDecisionSource;

/* Which of the values of a decision are meant; the others stay as they were. */
typedef enum {
  EMEND_DECISION_SETS_LABEL = 1 << 0,
  EMEND_DECISION_SETS_SHAPE = 1 << 1,
  EMEND_DECISION_SETS_ATTRIBUTES = 1 << 2,
  EMEND_DECISION_SETS_COMMENT = 1 << 3,
  EMEND_DECISION_SETS_VALUE = 1 << 4,
} EmendDecisionSets;

/**
 * EmendDecision:
 * @kind: what is decided
 * @item: the item's number
 * @proposal: which proposal, or 0
 * @annotation: which annotation made before, or nil; for ADD, and for ABSENT and ILLEGIBLE of a field that has none,
 *   the identity of the new one, or nil to have one made
 * @sets: which of the following are meant
 * @page: from 0, of the shape: for ADD, and for a field wherever a shape is set
 * @label: number of the label, or of the field; for ABSENT and ILLEGIBLE without a proposal too
 * @shape: place
 * @attributes: (nullable): one JSON object
 * @comment: (nullable): text
 * @value: (nullable): of a field; its normalised form is made when it is recorded
 * @text: (nullable): the item decision, for ITEM; %NULL takes it back
 * @ms: time the reviewer spent in milliseconds
 * @source: how it was made
 *
 * One human action before it is committed.
 */
struct _EmendDecision {
  EmendDecisionKind kind;
  gint64 item;
  EmendProposalId proposal;
  EmendUuid annotation;
  EmendDecisionSets sets;
  int page;
  int label;
  EmendShape shape;
  char *attributes;
  char *comment;
  EmendValue *value;
  char *text;
  gint64 ms;
  EmendDecisionSource source;
};

EmendDecision *emend_decision_new (EmendDecisionKind kind,
                                   gint64 item);
EmendDecision *emend_decision_copy (const EmendDecision *decision);
void emend_decision_free (EmendDecision *decision);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EmendDecision, emend_decision_free)

G_END_DECLS
