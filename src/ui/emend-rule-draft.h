#pragma once

#include "emend-field-draft.h"

G_BEGIN_DECLS

/**
 * EmendRulePart:
 * @EMEND_RULE_PART_NAME: unique among the rules
 * @EMEND_RULE_PART_TOLERANCE: a number
 * @EMEND_RULE_PART_SENTENCE: for people
 * @EMEND_RULE_PART_TARGET: a field or column
 * @EMEND_RULE_PART_OPERANDS: fields or columns
 *
 * What can be said of a rule.
 */
typedef enum {
  EMEND_RULE_PART_NAME = 0,
  EMEND_RULE_PART_TOLERANCE,
  EMEND_RULE_PART_SENTENCE,
  EMEND_RULE_PART_TARGET,
  EMEND_RULE_PART_OPERANDS,
} EmendRulePart;

#define EMEND_RULE_N_TEXTS EMEND_RULE_PART_TARGET
#define EMEND_RULE_N_PARTS (EMEND_RULE_PART_OPERANDS + 1)

/**
 * EmendRuleDraft:
 *
 * A rule while it is being edited. It speaks of drafts of fields, so that it follows when they get other names.
 * Signal "changed" whenever anything of it is another.
 */
#define EMEND_TYPE_RULE_DRAFT (emend_rule_draft_get_type ())
G_DECLARE_FINAL_TYPE (EmendRuleDraft, emend_rule_draft, EMEND, RULE_DRAFT, GObject)

EmendRuleDraft *emend_rule_draft_new (const char *name,
                                      EmendRuleKind kind,
                                      GListModel *fields,
                                      GListModel *rules);
EmendRuleDraft *emend_rule_draft_new_from_rule (const EmendRule *rule,
                                                GListModel *fields,
                                                GListModel *rules);
const char *emend_rule_draft_get_text (EmendRuleDraft *self,
                                       EmendRulePart part);
void emend_rule_draft_set_text (EmendRuleDraft *self,
                                EmendRulePart part,
                                const char *text);
EmendRuleKind emend_rule_draft_get_kind (EmendRuleDraft *self);
void emend_rule_draft_set_kind (EmendRuleDraft *self,
                                EmendRuleKind kind);
EmendFieldDraft *emend_rule_draft_get_target (EmendRuleDraft *self);
void emend_rule_draft_set_target (EmendRuleDraft *self,
                                  EmendFieldDraft *target);
GPtrArray *emend_rule_draft_get_operands (EmendRuleDraft *self);
void emend_rule_draft_set_operands (EmendRuleDraft *self,
                                    GPtrArray *operands);
char *emend_rule_draft_get_formula (EmendRuleDraft *self);
char *emend_rule_draft_find_problem (EmendRuleDraft *self,
                                     EmendRulePart part);
char *emend_rule_draft_find_any_problem (EmendRuleDraft *self);
EmendRule *emend_rule_draft_to_rule (EmendRuleDraft *self);

GPtrArray *emend_rule_terms_list (GListModel *fields);

G_END_DECLS
