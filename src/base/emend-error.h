#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * EmendBaseError:
 * @EMEND_BASE_ERROR_JSON: text is not the JSON that was expected
 * @EMEND_BASE_ERROR_LIMIT: something is larger than is allowed
 * @EMEND_BASE_ERROR_EXISTS: a file is already there and must not be replaced
 * @EMEND_BASE_ERROR_IO: the system could not read or write
 *
 * What a caller can do differently.
 */
typedef enum {
  EMEND_BASE_ERROR_JSON = 1,
  EMEND_BASE_ERROR_LIMIT,
  EMEND_BASE_ERROR_EXISTS,
  EMEND_BASE_ERROR_IO,
} EmendBaseError;

#define EMEND_BASE_ERROR (emend_base_error_quark ())
GQuark emend_base_error_quark (void);

/**
 * EmendProgressFunc:
 * @done: what is done so far, in the unit of the work (files, rows, bytes)
 * @total: the whole, or 0 while it is not known
 * @data: the caller's data
 *
 * Told by a worker, on the worker's thread, as often as the work advances; the receiver coalesces.
 */
typedef void (*EmendProgressFunc) (guint64 done,
                                   guint64 total,
                                   gpointer data);

G_END_DECLS
