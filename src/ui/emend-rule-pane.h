#pragma once

#include <gtk/gtk.h>

#include "emend-fields-draft.h"

G_BEGIN_DECLS

/**
 * EmendRulePane:
 *
 * Edits one rule, and shows it as a formula.
 */
#define EMEND_TYPE_RULE_PANE (emend_rule_pane_get_type ())
G_DECLARE_FINAL_TYPE (EmendRulePane, emend_rule_pane, EMEND, RULE_PANE, GtkBox)

void emend_rule_pane_set_rule (EmendRulePane *self,
                               EmendFieldsDraft *owner,
                               EmendRuleDraft *rule);
void emend_rule_pane_set_editable (EmendRulePane *self,
                                   gboolean editable);

G_END_DECLS
