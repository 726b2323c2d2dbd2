#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * EmendEngineError:
 * @EMEND_ENGINE_ERROR_NOT_FOUND: there is no such file or item
 * @EMEND_ENGINE_ERROR_DECISION: a line that is no decision, or one that cannot be made
 * @EMEND_ENGINE_ERROR_IO: the system could not read
 * @EMEND_ENGINE_ERROR_LIST: a file that is no look-up list
 *
 * What a caller can do differently.
 */
typedef enum {
  EMEND_ENGINE_ERROR_NOT_FOUND = 1,
  EMEND_ENGINE_ERROR_DECISION,
  EMEND_ENGINE_ERROR_IO,
  EMEND_ENGINE_ERROR_LIST,
} EmendEngineError;

#define EMEND_ENGINE_ERROR (emend_engine_error_quark ())
GQuark emend_engine_error_quark (void);

G_END_DECLS
