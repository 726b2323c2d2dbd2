#pragma once

#include "emend-format.h"

G_BEGIN_DECLS

gboolean emend_outline_turn (const EmendSourceImage *image,
                             EmendShape *shape);
gboolean emend_outline_check (const EmendShape *shape,
                              const EmendSourceImage *image,
                              char **problem,
                              char **remark);

G_END_DECLS
