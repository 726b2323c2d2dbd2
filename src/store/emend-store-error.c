#define G_LOG_DOMAIN "emend-store"

#include "config.h"

#include "emend-store-error.h"

/* clang-format off */
G_DEFINE_QUARK (emend_store_error, emend_store_error)
/* clang-format on */
