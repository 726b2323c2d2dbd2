#pragma once

#include <jansson.h>

#include "emend-document.h"

G_BEGIN_DECLS

EmendFieldType emend_azure_field_type (const char *name);
const char *emend_azure_get_text (const json_t *field);
GArray *emend_azure_get_regions (const json_t *field,
                                 int page);
gboolean emend_azure_add_fields (EmendDocument *document,
                                 const json_t *fields,
                                 GError **error);
gboolean emend_azure_add_pairs (EmendDocument *document,
                                const json_t *pairs,
                                GError **error);
gboolean emend_azure_add_tables (EmendDocument *document,
                                 const json_t *tables,
                                 int page,
                                 GError **error);
gboolean emend_azure_read_labels (EmendDocument *document,
                                  const json_t *tree,
                                  GError **error);

G_END_DECLS
