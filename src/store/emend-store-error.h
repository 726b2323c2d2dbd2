#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * EmendStoreError:
 * @EMEND_STORE_ERROR_NOT_FOUND: there is no such file
 * @EMEND_STORE_ERROR_NOT_PROJECT: the file is something else
 * @EMEND_STORE_ERROR_NEWER: made by a newer version of the program
 * @EMEND_STORE_ERROR_DAMAGED: the file is a project whose content is not sound
 * @EMEND_STORE_ERROR_READ_ONLY: the project can be read and not written
 * @EMEND_STORE_ERROR_MOVED: the file was moved, replaced or deleted while it was open
 * @EMEND_STORE_ERROR_BUSY: another program writes to it
 * @EMEND_STORE_ERROR_EXISTS: there is already something of that name
 * @EMEND_STORE_ERROR_DISK: the disk is full or fails
 * @EMEND_STORE_ERROR_REFUSED: what was asked does not fit the state: no such item, nothing to undo
 * @EMEND_STORE_ERROR_NO_REVIEWER: nobody's name is known for what shall be recorded
 *
 * What a caller can do differently.
 */
typedef enum {
  EMEND_STORE_ERROR_NOT_FOUND = 1,
  EMEND_STORE_ERROR_NOT_PROJECT,
  EMEND_STORE_ERROR_NEWER,
  EMEND_STORE_ERROR_DAMAGED,
  EMEND_STORE_ERROR_READ_ONLY,
  EMEND_STORE_ERROR_MOVED,
  EMEND_STORE_ERROR_BUSY,
  EMEND_STORE_ERROR_EXISTS,
  EMEND_STORE_ERROR_DISK,
  EMEND_STORE_ERROR_REFUSED,
  EMEND_STORE_ERROR_NO_REVIEWER,
} EmendStoreError;

#define EMEND_STORE_ERROR (emend_store_error_quark ())
GQuark emend_store_error_quark (void);

G_END_DECLS
