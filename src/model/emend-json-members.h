#pragma once

#include "emend-json.h"

G_BEGIN_DECLS

/* Members of the objects that schemas, values and files of other tools are written as. */
void emend_json_string_member (EmendJsonWriter *writer,
                               const char *key,
                               const char *text);
const char *emend_json_find_unknown (const json_t *json,
                                     const char *const *known,
                                     gsize n_known);

G_END_DECLS
