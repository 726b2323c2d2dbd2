#pragma once

#include "emend-handoff-types.h"

G_BEGIN_DECLS

char *emend_pack_prove (int fd,
                        const char *path,
                        const GArray *entries,
                        EmendWork *work,
                        GError **error);

G_END_DECLS
