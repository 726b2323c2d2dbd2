#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * EmendModelError:
 * @EMEND_MODEL_ERROR_SHAPE: numbers that are no shape
 * @EMEND_MODEL_ERROR_SCHEMA: text that is no schema
 * @EMEND_MODEL_ERROR_VALUE: text that is no value of a field
 * @EMEND_MODEL_ERROR_WORDS: bytes that are no words of a page
 * @EMEND_MODEL_ERROR_ROWS: rows of a table that cannot be merged or split as they are
 *
 * What a caller can do differently.
 */
typedef enum {
  EMEND_MODEL_ERROR_SHAPE = 1,
  EMEND_MODEL_ERROR_SCHEMA,
  EMEND_MODEL_ERROR_VALUE,
  EMEND_MODEL_ERROR_WORDS,
  EMEND_MODEL_ERROR_ROWS,
} EmendModelError;

#define EMEND_MODEL_ERROR (emend_model_error_quark ())
GQuark emend_model_error_quark (void);

G_END_DECLS
