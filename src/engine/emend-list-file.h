#pragma once

#include "emend-field.h"

G_BEGIN_DECLS

EmendList *emend_list_file_load (const char *path,
                                 const char *name,
                                 GError **error);

G_END_DECLS
