#pragma once

#include "emend-ctl.h"
#include "emend-pack.h"

G_BEGIN_DECLS

void emend_pack_print (EmendCtl *ctl,
                       const char *path,
                       const EmendPackFacts *facts);

G_END_DECLS
