#pragma once

#include "emend-field.h"
#include "emend-value.h"

G_BEGIN_DECLS

/**
 * EmendRuleKind:
 * @EMEND_RULE_SUM: the target is the sum of the operands; a column of a table stands for all of its cells
 * @EMEND_RULE_PRODUCT: the target is the product of the operands, rounded as it is printed
 * @EMEND_RULE_EQUAL: the target and all operands have the same value
 * @EMEND_RULE_BEFORE: the target is not after any operand (dates, times, numbers)
 * @EMEND_RULE_AFTER: the target is not before any operand
 *
 * When the target is a column of a table, the rule is about each row: of other columns of that table only the cell in
 * the row counts.
 */
typedef enum {
  EMEND_RULE_SUM = 1,
  EMEND_RULE_PRODUCT,
  EMEND_RULE_EQUAL,
  EMEND_RULE_BEFORE,
  EMEND_RULE_AFTER,
} EmendRuleKind;

/**
 * EmendRule:
 * @name: unique in the schema
 * @kind: what must hold
 * @target: a field's name, or "table.column"
 * @operands: likewise; at least one
 * @tolerance: how far numbers may differ, in their unit
 * @sentence: (nullable): what is wrong when it is broken, for the reviewer
 *
 * Something that must hold between the values of one document.
 */
struct _EmendRule {
  char *name;
  EmendRuleKind kind;
  char *target;
  char **operands;
  double tolerance;
  char *sentence;
};

EmendRule *emend_rule_new (const char *name,
                           EmendRuleKind kind,
                           const char *target,
                           const char *const *operands);
EmendRule *emend_rule_copy (const EmendRule *rule);
void emend_rule_free (EmendRule *rule);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EmendRule, emend_rule_free)
void emend_rule_to_json (const EmendRule *rule,
                         EmendJsonWriter *writer);
EmendRule *emend_rule_from_json (const json_t *json,
                                 GError **error);

/**
 * EmendRuleValue:
 * @field: a field's name
 * @column: (nullable): name of a column when the field is a table
 * @row: row of the table, -1 outside of tables
 * @normal: (nullable): the normalised value; %NULL for absent, illegible or not readable
 *
 * What a document says now, for the rules. The strings belong to the caller.
 */
typedef struct {
  const char *field;
  const char *column;
  int row;
  const char *normal;
} EmendRuleValue;

typedef enum {
  EMEND_RULE_UNKNOWN = 0, /* a value is missing, so nothing can be said */
  EMEND_RULE_HOLDS,
  EMEND_RULE_BROKEN,
} EmendRuleState;

/**
 * EmendRuleResult:
 * @state: whether it holds
 * @row: the first row in which it is broken, -1 when it is not about rows
 * @explanation: (nullable): the two sides, a translated phrase ("12.50 + 3.00 = 15.50, not 15.60"); of a rule that
 *   holds only for a sum or product of a document ("12.50 + 3.00 = 15.50")
 */
typedef struct {
  EmendRuleState state;
  int row;
  char *explanation;
} EmendRuleResult;

void emend_rule_result_clear (EmendRuleResult *result);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (EmendRuleResult, emend_rule_result_clear)
void emend_rule_check (const EmendRule *rule,
                       const EmendRuleValue *values,
                       gsize n_values,
                       EmendRuleResult *result);

G_END_DECLS
