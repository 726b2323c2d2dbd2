#pragma once

#include "emend-schema.h"

G_BEGIN_DECLS

struct _EmendSchema {
  gatomicrefcount refs;
  guint version;
  int next_id;
  GPtrArray *labels; /* (element-type EmendLabel) */
  char **item_decisions;
  GPtrArray *fields; /* (element-type EmendField) */
  GPtrArray *rules;  /* (element-type EmendRule) */
  GPtrArray *lists;  /* (element-type EmendList) */
};

/* emend-schema-fields.c */
void emend_schema_copy_fields (EmendSchema *schema,
                               EmendSchema *copy);
void emend_schema_fields_to_json (EmendSchema *schema,
                                  EmendJsonWriter *writer);
gboolean emend_schema_fields_from_json (EmendSchema *schema,
                                        const json_t *tree,
                                        GError **error);

G_END_DECLS
