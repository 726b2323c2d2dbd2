#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * EmendMediaError:
 * @EMEND_MEDIA_ERROR_NOT_FOUND: there is no such file, or it may not be read
 * @EMEND_MEDIA_ERROR_UNSUPPORTED: a kind of file that is not opened here
 * @EMEND_MEDIA_ERROR_DAMAGED: the file cannot be decoded
 * @EMEND_MEDIA_ERROR_TOO_LARGE: more pixels or pages than are allowed
 * @EMEND_MEDIA_ERROR_LOCKED: the file opens with a password only
 *
 * What a caller can do differently.
 */
typedef enum {
  EMEND_MEDIA_ERROR_NOT_FOUND = 1,
  EMEND_MEDIA_ERROR_UNSUPPORTED,
  EMEND_MEDIA_ERROR_DAMAGED,
  EMEND_MEDIA_ERROR_TOO_LARGE,
  EMEND_MEDIA_ERROR_LOCKED,
} EmendMediaError;

#define EMEND_MEDIA_ERROR (emend_media_error_quark ())
GQuark emend_media_error_quark (void);

G_END_DECLS
