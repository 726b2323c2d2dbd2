#pragma once

#include <jansson.h>

#include "emend-document.h"

G_BEGIN_DECLS

/* What one value of one field can say of itself. */
typedef enum {
  EMEND_VALUES_FILE,
  EMEND_VALUES_FIELD,
  EMEND_VALUES_VALUE,
  EMEND_VALUES_CONFIDENCE,
  EMEND_VALUES_PAGE,
  EMEND_VALUES_X,
  EMEND_VALUES_Y,
  EMEND_VALUES_WIDTH,
  EMEND_VALUES_HEIGHT,
  EMEND_VALUES_ROW,
  EMEND_VALUES_COLUMN,
  EMEND_VALUES_TEXT,
  EMEND_VALUES_STATE,
  EMEND_VALUES_N_KEYS,
} EmendValuesKey;

/**
 * EmendValues:
 * @whole: of the file that is read
 * @current: the document of the value read last
 * @name: (nullable): as the source calls it; %NULL for that of the file itself
 * @has_current: whether @current is in use
 */
typedef struct {
  EmendDocument *whole;
  EmendDocument current;
  char *name;
  gboolean has_current;
} EmendValues;

gboolean emend_values_find_key (const char *name,
                                EmendValuesKey *key);
EmendDocument *emend_values_get_document (EmendValues *values,
                                          const char *name);
void emend_values_clear (EmendValues *values);
gboolean emend_values_add (EmendValues *values,
                           const char *const cells[EMEND_VALUES_N_KEYS],
                           gint64 line,
                           GError **error);
gboolean emend_values_add_json (EmendValues *values,
                                const json_t *tree,
                                gint64 line,
                                GError **error);

G_END_DECLS
