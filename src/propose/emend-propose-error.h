#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * EmendProposeError:
 * @EMEND_PROPOSE_ERROR_LANGUAGE: the data of a language is not installed; the message names its package
 * @EMEND_PROPOSE_ERROR_ENGINE: what should propose cannot start, or fails on this page
 * @EMEND_PROPOSE_ERROR_TOO_LARGE: more pixels than can be read, or no memory for them
 * @EMEND_PROPOSE_ERROR_MODEL: bytes that are no model of fields, or one of another version; it can be learned again
 *
 * What a caller can do differently.
 */
typedef enum {
  EMEND_PROPOSE_ERROR_LANGUAGE = 1,
  EMEND_PROPOSE_ERROR_ENGINE,
  EMEND_PROPOSE_ERROR_TOO_LARGE,
  EMEND_PROPOSE_ERROR_MODEL,
} EmendProposeError;

#define EMEND_PROPOSE_ERROR (emend_propose_error_quark ())
GQuark emend_propose_error_quark (void);

G_END_DECLS
