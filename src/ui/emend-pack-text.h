#pragma once

#include "emend-pack.h"
#include "emend-result-page.h"

G_BEGIN_DECLS

const char *emend_pack_kind_describe (EmendPackKind kind);
void emend_pack_facts_show (const EmendPackFacts *facts,
                            EmendResultPage *page);

G_END_DECLS
