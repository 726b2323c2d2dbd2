#pragma once

#include "emend-project.h"

G_BEGIN_DECLS

gboolean emend_decision_field_resolve (EmendDecision *decision,
                                       EmendProject *project,
                                       GError **error);

G_END_DECLS
