#pragma once

#include "emend-schema.h"

G_BEGIN_DECLS

EmendSchema *emend_schema_file_load (const char *path,
                                     GError **error);
EmendSchema *emend_schema_file_load_template (const char *name,
                                              GError **error);
EmendSchema *emend_schema_file_adapt (EmendSchema *present,
                                      EmendSchema *wanted,
                                      GError **error);
EmendSchema *emend_schema_file_set_lists (EmendSchema *schema,
                                          const char *const *lists,
                                          char **file,
                                          GError **error);
gboolean emend_schema_file_save (EmendSchema *schema,
                                 const char *path,
                                 GError **error);

G_END_DECLS
