#pragma once

#include "emend-project.h"

G_BEGIN_DECLS

EmendDecision *emend_decision_line_parse (GBytes *line,
                                          EmendProject *project,
                                          EmendSchema *schema,
                                          GError **error);
char *emend_decision_line_format_proposal (EmendProposalId id);
gboolean emend_decision_line_parse_proposal (const char *text,
                                             EmendProposalId *id);

G_END_DECLS
